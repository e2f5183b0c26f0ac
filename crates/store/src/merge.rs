//! Which customers were said to be one. A merge and its taking back are facts; which customer stands for a merged one is a
//! projection beside the customer, and as known at an earlier instant it is worked out from the facts.

use receivables::Instant;
use receivables::customer::merge::Groups;
use receivables::ids::{self, Id};

use crate::customer::{self, Customer};
use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, day, params};

type CustomerId = Id<ids::Customer>;

statements! {
    GROUPS = "SELECT id, merged_into FROM customer WHERE company = $1 AND merged_into IS NOT NULL";
    LOCK locked = "SELECT id FROM customer WHERE company = $1 AND id IN ($2, $3) ORDER BY id";
    STANDING = "SELECT m.merged, m.into_customer, m.id FROM customer_merge m WHERE m.company = $1 AND NOT EXISTS (SELECT 1 FROM customer_unmerge u WHERE u.company = m.company AND u.merge_id = m.id) ORDER BY m.id";
    KNOWN_AT = "SELECT m.merged, m.into_customer FROM customer_merge m WHERE m.company = $1 AND m.action IN (SELECT action FROM seal WHERE company = $1 AND sealed_at <= $2) AND NOT EXISTS (SELECT 1 FROM customer_unmerge u WHERE u.company = m.company AND u.merge_id = m.id AND u.action IN (SELECT action FROM seal WHERE company = $1 AND sealed_at <= $2)) ORDER BY m.id";
    MEMBERS = "SELECT id, code, name, kind, tin, phone, email, language, terms_days, credit_limit, limit_kind, currency, segment, district, collector, version, merged_into, language_assumed, terms_assumed, terms FROM customer WHERE company = $1 AND merged_into = $2 ORDER BY code";
    PLACE = "UPDATE customer SET merged_into = $1, action = $2 WHERE company = $3 AND id = $4";
    LIST = "SELECT m.id, c.code, c.name, s.code, s.name, m.reason, a.at, a.actor, u.reason, ua.at, ua.actor FROM customer_merge m JOIN customer c ON c.company = m.company AND c.id = m.merged JOIN customer s ON s.company = m.company AND s.id = m.into_customer JOIN action a ON a.company = m.company AND a.id = m.action LEFT JOIN customer_unmerge u ON u.company = m.company AND u.merge_id = m.id LEFT JOIN action ua ON ua.company = m.company AND ua.id = u.action WHERE m.company = $1 ORDER BY m.id DESC";
}

/// Who stands for whom now.
pub fn groups(tx: &mut Tx<'_>, company: i64) -> Result<Groups, Error> {
    Ok(Groups::from_pairs(tx.all(GROUPS, params![company], |row| Ok((row.id(0)?, row.id(1)?)))?))
}

/// Who stood for whom as known at an instant; now where none is given.
pub fn groups_known(tx: &mut Tx<'_>, company: i64, known_at: Option<Instant>) -> Result<Groups, Error> {
    let Some(known_at) = known_at else { return groups(tx, company) };
    Ok(Groups::of(&tx.all(KNOWN_AT, params![company, known_at], |row| Ok((row.id(0)?, row.id(1)?)))?))
}

/// Who stands for whom by the facts alone.
pub(crate) fn rebuilt(tx: &mut Tx<'_>, company: i64) -> Result<Groups, Error> {
    let merges: Vec<(CustomerId, CustomerId)> =
        tx.all(STANDING, params![company], |row| Ok((row.id(0)?, row.id(1)?)))?;
    Ok(Groups::of(&merges))
}

/// The customers merged into one, by code.
pub fn members(tx: &mut Tx<'_>, company: i64, survivor: CustomerId) -> Result<Vec<Customer>, Error> {
    tx.all(MEMBERS, params![company, survivor], customer::read)
}

/// Takes both customers for what follows, in one order.
pub fn lock(tx: &mut Tx<'_>, company: i64, one: CustomerId, other: CustomerId) -> Result<(), Error> {
    tx.each(LOCK, params![company, one, other], |_| Ok(()))
}

/// Merges a customer into another; both have been locked.
pub fn save(
    tx: &mut Tx<'_>,
    company: i64,
    merged: CustomerId,
    into: CustomerId,
    reason: &str,
) -> Result<Id<ids::Merge>, Error> {
    let (id, action) = (tx.new_id(), tx.action_id()?);
    tx.insert_facts(&table::CUSTOMER_MERGE, params![company, id, action, merged, into, reason])?;
    project(tx, company)?;
    Ok(id)
}

/// The merge of a customer that stands, if there is one.
pub fn standing(tx: &mut Tx<'_>, company: i64, merged: CustomerId) -> Result<Option<Id<ids::Merge>>, Error> {
    let all: Vec<(CustomerId, Id<ids::Merge>)> =
        tx.all(STANDING, params![company], |row| Ok((row.id(0)?, row.id(2)?)))?;
    Ok(all.into_iter().find(|(customer, _)| *customer == merged).map(|(_, id)| id))
}

/// Takes a merge back.
pub fn undo(tx: &mut Tx<'_>, company: i64, merge: Id<ids::Merge>, reason: &str) -> Result<(), Error> {
    let action = tx.action_id()?;
    tx.insert_facts(&table::CUSTOMER_UNMERGE, params![company, merge, action, reason])?;
    project(tx, company)
}

/// Works the projection out: who stands for each merged customer.
fn project(tx: &mut Tx<'_>, company: i64) -> Result<(), Error> {
    // Who is worked as one has changed, and so has the order of the day.
    day::forget_worklist(tx, company)?;
    let action = tx.action_id()?;
    let (shown, meant) = (groups(tx, company)?, rebuilt(tx, company)?);
    for (merged, _) in shown.pairs().filter(|(merged, _)| meant.survivor(*merged) == *merged) {
        tx.execute(PLACE, params![None::<CustomerId>, action, company, merged])?;
    }
    for (merged, survivor) in meant.pairs().filter(|(merged, survivor)| shown.survivor(*merged) != *survivor) {
        tx.execute(PLACE, params![survivor, action, company, merged])?;
    }
    Ok(())
}

/// A merge as people see it; `undone` is why, when and by whom it was taken back.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: Id<ids::Merge>,
    pub merged: String,
    pub merged_name: String,
    pub into: String,
    pub into_name: String,
    pub reason: String,
    pub at: Instant,
    pub actor: String,
    pub undone: Option<(String, Instant, String)>,
}

/// Every merge, the latest first.
pub fn list(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Listed>, Error> {
    tx.all(LIST, params![company], |row| {
        let undone = match row.string_opt(8)? {
            Some(reason) => Some((reason, row.instant(9)?, row.string(10)?)),
            None => None,
        };
        Ok(Listed {
            id: row.id(0)?,
            merged: row.string(1)?,
            merged_name: row.string(2)?,
            into: row.string(3)?,
            into_name: row.string(4)?,
            reason: row.string(5)?,
            at: row.instant(6)?,
            actor: row.string(7)?,
            undone,
        })
    })
}

/// The customer that stands for this one: itself where it is not merged.
pub fn survivor_of(tx: &mut Tx<'_>, company: i64, customer: &Customer) -> Result<Customer, Error> {
    match customer.merged_into {
        None => Ok(customer.clone()),
        Some(survivor) => customer::by_id(tx, company, survivor),
    }
}
