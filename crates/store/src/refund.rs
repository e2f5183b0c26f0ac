//! Money that left receipts again: refunds, payments the bank returned, credits nobody claims, and their reversals.

use std::collections::BTreeMap;

use receivables::cash::refund::{RefundKind, Refunded};
use receivables::ids::{self, Id};
use receivables::ledger::{Account, Cause};
use receivables::{Currency, Date, Refusal};

use crate::entry::NewEntry;
use crate::movement::Freed;
use crate::tx::{Row, statements};
use crate::{Error, Tx, entry, params, receipt, table};

statements! {
    GET = "SELECT kind, receipt, customer, account, posted_on, amount, amount_base, charges FROM refund WHERE company = $1 AND id = $2";
    REVERSED = "SELECT id FROM refund WHERE company = $1 AND reverses = $2";
    RETURNED = "SELECT f.id FROM refund f WHERE f.company = $1 AND f.receipt = $2 AND f.kind = 2 AND NOT EXISTS (SELECT 1 FROM refund x WHERE x.company = f.company AND x.reverses = f.id)";
    LAST_USED = "SELECT MAX(posted_on) FROM (SELECT posted_on FROM movement WHERE company = $1 AND receipt = $2 UNION ALL SELECT posted_on FROM refund WHERE company = $1 AND receipt = $2) x";
    LIST = "SELECT f.id, f.kind, r.reference, r.id, c.code, f.posted_on, a.code, r.currency, f.amount, f.charges, f.reason, (SELECT x.id FROM refund x WHERE x.company = f.company AND x.reverses = f.id) FROM refund f JOIN receipt r ON r.company = f.company AND r.id = f.receipt LEFT JOIN customer c ON c.company = f.company AND c.id = f.customer JOIN account a ON a.company = f.company AND a.no = f.account WHERE f.company = $1 ORDER BY f.id LIMIT $2";
    PAGE = "SELECT f.id, f.kind, r.reference, r.id, c.code, f.posted_on, a.code, r.currency, f.amount, f.charges, f.reason, (SELECT x.id FROM refund x WHERE x.company = f.company AND x.reverses = f.id) FROM refund f JOIN receipt r ON r.company = f.company AND r.id = f.receipt LEFT JOIN customer c ON c.company = f.company AND c.id = f.customer JOIN account a ON a.company = f.company AND a.no = f.account WHERE f.company = $1 AND f.id > $2 ORDER BY f.id LIMIT $3";
    PAGE_OF = "SELECT f.id, f.kind, r.reference, r.id, c.code, f.posted_on, a.code, r.currency, f.amount, f.charges, f.reason, (SELECT x.id FROM refund x WHERE x.company = f.company AND x.reverses = f.id) FROM refund f JOIN receipt r ON r.company = f.company AND r.id = f.receipt LEFT JOIN customer c ON c.company = f.company AND c.id = f.customer JOIN account a ON a.company = f.company AND a.no = f.account WHERE f.company = $1 AND f.customer = $2 AND f.id > $3 ORDER BY f.id LIMIT $4";
}

/// Saves one: the fact, what it moves of the receipt, and its entry, which bears its id. `reverses` names the one taken
/// back.
pub fn save(
    tx: &mut Tx<'_>,
    company: i64,
    refunded: &Refunded,
    posted_on: Date,
    reverses: Option<Id<ids::Refund>>,
    reason: &str,
) -> Result<Id<ids::Refund>, Error> {
    if refunded.kind != RefundKind::Reversal {
        Freed::of(tx, company, &[], &[refunded.receipt])?.allows_refund(refunded.receipt, posted_on)?;
    }
    let action = tx.action_id()?;
    let id: Id<ids::Refund> = tx.new_id();
    tx.insert_facts(
        &table::REFUND,
        params![
            company,
            id,
            action,
            refunded.kind as i64,
            refunded.receipt,
            refunded.customer,
            refunded.account.0,
            posted_on,
            refunded.amount,
            refunded.base,
            refunded.charges,
            reverses,
            reason
        ],
    )?;
    let mut change = receipt::Change::default();
    change.refund(refunded);
    receipt::change(tx, company, &BTreeMap::from([(refunded.receipt, change)]))?;
    let lines = refunded.lines.clone();
    entry::save(tx, company, &[NewEntry { id: *id.bytes(), cause: Cause::Refund, posted_on, lines }])?;
    Ok(id)
}

/// One as it was saved, and the day it was posted.
pub struct Saved {
    pub refunded: Refunded,
    pub posted_on: Date,
}

/// One that may be taken back; refuses one already taken back, and a reversal.
pub fn get(tx: &mut Tx<'_>, company: i64, id: Id<ids::Refund>) -> Result<Saved, Error> {
    let lines = entry::lines(tx, company, id.bytes())?;
    let saved = tx
        .first(GET, params![company, id], |row| {
            let refunded = Refunded {
                kind: kind(row.int(0)?)?,
                receipt: row.id(1)?,
                customer: row.id_opt(2)?,
                account: Account(row.small(3)?),
                amount: row.int(5)?,
                base: row.int(6)?,
                charges: row.int(7)?,
                lines: lines.clone(),
            };
            Ok(Saved { refunded, posted_on: row.date(4)? })
        })?
        .ok_or_else(|| Refusal::NotFound { kind: "refund".into(), name: id.to_string() })?;
    let taken_back = tx.first(REVERSED, params![company, id], |row| row.id::<ids::Refund>(0))?.is_some();
    if taken_back || saved.refunded.kind == RefundKind::Reversal {
        return Err(Refusal::AlreadyReversed { what: id.to_string() }.into());
    }
    Ok(saved)
}

/// Whether there is one of this id.
pub fn exists(tx: &mut Tx<'_>, company: i64, id: Id<ids::Refund>) -> Result<bool, Error> {
    Ok(tx.first(GET, params![company, id], |row| row.int(0))?.is_some())
}

/// Whether the bank took the receipt's money back, and nobody took that back.
pub fn is_returned(tx: &mut Tx<'_>, company: i64, receipt: Id<ids::Receipt>) -> Result<bool, Error> {
    Ok(tx.first(RETURNED, params![company, receipt], |row| row.id::<ids::Refund>(0))?.is_some())
}

/// The latest day on which something was applied, sent back or taken back of a receipt.
pub fn last_used_on(tx: &mut Tx<'_>, company: i64, receipt: Id<ids::Receipt>) -> Result<Option<Date>, Error> {
    Ok(tx.first(LAST_USED, params![company, receipt], |row| row.date_opt(0))?.flatten())
}

fn kind(number: i64) -> Result<RefundKind, Error> {
    RefundKind::from_number(number).ok_or_else(|| Error::Failed("unknown kind of refund".into()))
}

/// One for people.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: Id<ids::Refund>,
    pub kind: RefundKind,
    /// How people call the receipt.
    pub receipt: String,
    pub customer: Option<String>,
    pub posted_on: Date,
    /// Where it went.
    pub account: String,
    pub currency: Currency,
    pub amount: i64,
    pub charges: i64,
    pub reason: String,
    pub reversed: bool,
}

fn read_listed(row: &Row<'_>) -> Result<Listed, Error> {
    let receipt: Id<ids::Receipt> = row.id(3)?;
    Ok(Listed {
        id: row.id(0)?,
        kind: kind(row.int(1)?)?,
        receipt: row.string_opt(2)?.unwrap_or_else(|| receipt.to_string()),
        customer: row.string_opt(4)?,
        posted_on: row.date(5)?,
        account: row.string(6)?,
        currency: row.currency(7)?,
        amount: row.int(8)?,
        charges: row.int(9)?,
        reason: row.string(10)?,
        reversed: row.id_opt::<ids::Refund>(11)?.is_some(),
    })
}

pub fn list(tx: &mut Tx<'_>, company: i64, limit: i64) -> Result<Vec<Listed>, Error> {
    tx.all(LIST, params![company, limit], read_listed)
}

/// What left receipts of a customer or of all, those after one of them.
pub fn page(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Option<Id<ids::Customer>>,
    after: Id<ids::Refund>,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    match customer {
        None => tx.all(PAGE, params![company, after, limit], read_listed),
        Some(customer) => tx.all(PAGE_OF, params![company, customer, after, limit], read_listed),
    }
}
