//! Every change of a customer: which field, from what to what. Who, when and by which deed is the action's.

use std::collections::BTreeMap;

use receivables::Instant;
use receivables::customer::edit::Fields;
use receivables::ids::{self, Id};

use crate::customer::Customer;
use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    OF_CUSTOMER = "SELECT h.version, h.field, h.was, h.became, a.at, a.actor, a.verb FROM customer_change h JOIN action a ON a.company = h.company AND a.id = h.action WHERE h.company = $1 AND h.customer = $2 ORDER BY h.version DESC, h.field";
    SINCE = "SELECT field, was FROM customer_change WHERE company = $1 AND customer = $2 AND version > $3 ORDER BY version DESC";
    LAST = "SELECT a.actor, a.at FROM customer_change h JOIN action a ON a.company = h.company AND a.id = h.action WHERE h.company = $1 AND h.customer = $2 ORDER BY h.version DESC LIMIT 1";
}

/// One field as it was and became.
#[derive(Clone, Debug)]
pub struct Change {
    /// The version the change made.
    pub version: i64,
    pub field: String,
    pub was: String,
    pub became: String,
    pub at: Instant,
    pub actor: String,
    /// By which deed: saved by hand, imported, assigned.
    pub verb: String,
}

/// Saves what `new` changed of `old`.
pub(crate) fn save(tx: &mut Tx<'_>, company: i64, old: &Customer, new: &Customer) -> Result<(), Error> {
    let action = tx.action_id()?;
    let version = old.version + 1;
    for ((field, was), (_, became)) in old.fields().iter().zip(&new.fields()).filter(|(was, became)| was != became) {
        tx.insert_facts(&table::CUSTOMER_CHANGE, params![company, old.id, version, *field, action, was, became])?;
    }
    Ok(())
}

/// A customer's changes, the latest first.
pub fn of_customer(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Vec<Change>, Error> {
    tx.all(OF_CUSTOMER, params![company, customer], |row| {
        Ok(Change {
            version: row.int(0)?,
            field: row.string(1)?,
            was: row.string(2)?,
            became: row.string(3)?,
            at: row.instant(4)?,
            actor: row.string(5)?,
            verb: row.string(6)?,
        })
    })
}

/// The fields of a customer as they were at a version.
pub fn at_version(tx: &mut Tx<'_>, company: i64, customer: &Customer, version: i64) -> Result<Fields, Error> {
    let mut was: BTreeMap<String, String> = BTreeMap::new();
    tx.each(SINCE, params![company, customer.id, version], |row| {
        // The latest come first: the earliest after the version has the last word.
        was.insert(row.string(0)?, row.string(1)?);
        Ok(())
    })?;
    let fields = customer.fields().into_iter();
    Ok(fields.map(|(field, value)| (field, was.remove(field).unwrap_or(value))).collect())
}

/// Who changed a customer last, and when.
pub fn last(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Option<(String, Instant)>, Error> {
    tx.first(LAST, params![company, customer], |row| Ok((row.string(0)?, row.instant(1)?)))
}
