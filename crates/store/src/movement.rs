//! What moved open items: allocations, credits applied, write-offs, and their reversals.

use std::collections::BTreeMap;

use receivables::ids::{self, Id};
use receivables::ledger::settlement::{Moved, Settled};
use receivables::ledger::{Cause, MovementKind, reopened_on};
use receivables::{Currency, Date, Refusal};

use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, document, entry, params, receipt, table};

statements! {
    FREED = "SELECT MAX(posted_on) FROM (SELECT posted_on FROM movement WHERE company = $1 AND document = $2 AND instalment = $3 AND kind = 5 UNION ALL SELECT posted_on FROM movement WHERE company = $1 AND receipt = $4 AND receipt IS NOT NULL AND kind = 5) x";
    TAKEN_BACK = "SELECT i.document, i.instalment, i.total FROM movement m JOIN open_item i ON i.company = m.company AND i.document = m.document AND i.instalment = m.instalment WHERE m.company = $1 AND m.reverses IS NOT NULL AND i.open > 0";
    OF_ITEM = "SELECT posted_on, amount FROM movement WHERE company = $1 AND document = $2 AND instalment = $3 ORDER BY id";
    OF_CAUSE = "SELECT id, kind, document, instalment, posted_on, amount, amount_base, receipt, receipt_amount, receipt_base FROM movement WHERE company = $1 AND cause = $2 ORDER BY id";
    ONE = "SELECT cause, kind FROM movement WHERE company = $1 AND id = $2";
    REVERSED = "SELECT id FROM movement WHERE company = $1 AND reverses = $2";
    OF_CUSTOMER = "SELECT m.id, m.kind, d.number, m.posted_on, d.currency, m.amount, r.reference, m.reason, (SELECT x.id FROM movement x WHERE x.company = m.company AND x.reverses = m.id), r.id FROM movement m JOIN document d ON d.company = m.company AND d.id = m.document LEFT JOIN receipt r ON r.company = m.company AND r.id = m.receipt WHERE m.company = $1 AND d.payer = $2 ORDER BY m.id";
    LIST = "SELECT m.id, m.kind, d.number, m.posted_on, d.currency, m.amount, r.reference, m.reason, (SELECT x.id FROM movement x WHERE x.company = m.company AND x.reverses = m.id), r.id FROM movement m JOIN document d ON d.company = m.company AND d.id = m.document LEFT JOIN receipt r ON r.company = m.company AND r.id = m.receipt WHERE m.company = $1 ORDER BY m.id LIMIT $2";
    PAID_SINCE = "SELECT m.posted_on, CAST(SUM(m.receipt_amount) AS BIGINT) FROM movement m JOIN receipt r ON r.company = m.company AND r.id = m.receipt WHERE m.company = $1 AND r.customer = $2 AND r.currency = $3 AND m.posted_on >= $4 GROUP BY m.posted_on ORDER BY m.posted_on";
}

/// Saves a settlement: its movements, the open amounts and the receipt they move, and its entry. Its id, which
/// is also the entry's, comes back. `reverses` names the movements taken back, in the same order.
pub fn save(
    tx: &mut Tx<'_>,
    company: i64,
    settled: &Settled,
    posted_on: Date,
    reverses: &[Id<ids::Movement>],
    reason: Option<&str>,
) -> Result<Id<ids::Movement>, Error> {
    let (id, entry) = save_moved(tx, company, settled, posted_on, reverses, reason)?;
    entry::save(tx, company, &[entry])?;
    Ok(id)
}

/// As `save`, leaving the entry to be saved with others in bulk.
pub fn save_moved(
    tx: &mut Tx<'_>,
    company: i64,
    settled: &Settled,
    posted_on: Date,
    reverses: &[Id<ids::Movement>],
    reason: Option<&str>,
) -> Result<(Id<ids::Movement>, entry::NewEntry), Error> {
    let action = tx.action_id()?;
    let mut cause = None;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(settled.moved.len() * table::MOVEMENT.columns.len());
    for (i, m) in settled.moved.iter().enumerate() {
        if m.kind != MovementKind::Reversal {
            not_before_freed(tx, company, m, posted_on)?;
        }
        let id: Id<ids::Movement> = tx.new_id();
        let cause = *cause.get_or_insert(id);
        rows.extend([
            company.into(),
            id.into(),
            action.into(),
            cause.into(),
            Value::Int(m.kind as i64),
            m.document.into(),
            m.instalment.into(),
            posted_on.into(),
            m.amount.into(),
            m.base.into(),
            m.receipt.into(),
            m.receipt_amount.into(),
            m.receipt_base.into(),
            reverses.get(i).copied().into(),
            reason.into(),
        ]);
        document::move_open(tx, company, m.document, m.instalment, (m.amount, m.base), posted_on)?;
        if let Some(receipt) = m.receipt {
            receipt::take(tx, company, receipt, m.receipt_amount, m.receipt_base)?;
        }
    }
    tx.insert_facts(&table::MOVEMENT, &rows)?;
    let cause = cause.ok_or_else(|| Error::Failed("a settlement that moves nothing".into()))?;
    let entry =
        entry::NewEntry { id: *cause.bytes(), cause: Cause::Settlement, posted_on, lines: settled.lines.clone() };
    Ok((cause, entry))
}

/// Refuses a day on which the money or the debt was still taken up: a reversal sets free from its own day on, and
/// an earlier date would spend it twice in the past.
fn not_before_freed(tx: &mut Tx<'_>, company: i64, moved: &Moved, posted_on: Date) -> Result<(), Error> {
    let of = params![company, moved.document, moved.instalment, moved.receipt];
    let freed = tx.first(FREED, of, |row| row.date_opt(0))?.flatten();
    match freed.filter(|freed| posted_on < *freed) {
        None => Ok(()),
        Some(freed) => {
            Err(Refusal::BeforeReversal { on: posted_on.to_string(), reversed_on: freed.to_string() }.into())
        }
    }
}

/// Instalments that are open and were closed before, with the day they opened again. Only what was ever reversed is
/// looked at.
pub fn reopened(tx: &mut Tx<'_>, company: i64) -> Result<BTreeMap<(Id<ids::Document>, i32), Date>, Error> {
    let items = tx.all(TAKEN_BACK, params![company], |row| Ok(((row.id(0)?, row.small(1)?), row.int(2)?)))?;
    let items: BTreeMap<(Id<ids::Document>, i32), i64> = items.into_iter().collect();
    let mut reopened = BTreeMap::new();
    for ((document, instalment), total) in items {
        let movements =
            tx.all(OF_ITEM, params![company, document, instalment], |row| Ok((row.date(0)?, row.int(1)?)))?;
        if let Some(on) = reopened_on(total, &movements) {
            reopened.insert((document, instalment), on);
        }
    }
    Ok(reopened)
}

/// A settlement as it was saved: its movements by id, and the day it was posted.
pub struct Saved {
    pub cause: Id<ids::Movement>,
    pub moved: Vec<(Id<ids::Movement>, Moved)>,
    pub posted_on: Date,
}

/// The settlement that a movement belongs to; refuses one already taken back.
pub fn settlement(tx: &mut Tx<'_>, company: i64, id: Id<ids::Movement>) -> Result<Saved, Error> {
    let not_found = || Refusal::NotFound { kind: "allocation".into(), name: id.to_string() };
    let (cause, kind) = tx
        .first(ONE, params![company, id], |row| Ok((row.id::<ids::Movement>(0)?, row.int(1)?)))?
        .ok_or_else(not_found)?;
    let taken_back = tx.first(REVERSED, params![company, id], |row| row.id::<ids::Movement>(0))?.is_some();
    if taken_back || kind == MovementKind::Reversal as i64 {
        return Err(Refusal::AlreadyReversed { what: id.to_string() }.into());
    }
    let mut posted_on = None;
    let moved = tx.all(OF_CAUSE, params![company, cause], |row| {
        posted_on = Some(row.date(4)?);
        Ok((row.id(0)?, read_moved(row)?))
    })?;
    Ok(Saved { cause, moved, posted_on: posted_on.ok_or_else(not_found)? })
}

fn read_moved(row: &Row<'_>) -> Result<Moved, Error> {
    Ok(Moved {
        kind: MovementKind::from_number(row.int(1)?).ok_or_else(|| Error::Failed("unknown movement kind".into()))?,
        document: row.id(2)?,
        instalment: row.small(3)?,
        amount: row.int(5)?,
        base: row.int(6)?,
        receipt: row.id_opt(7)?,
        receipt_amount: row.int(8)?,
        receipt_base: row.int(9)?,
    })
}

/// One movement for people.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: Id<ids::Movement>,
    pub kind: MovementKind,
    pub invoice: String,
    pub posted_on: Date,
    pub currency: Currency,
    pub amount: i64,
    pub receipt: Option<String>,
    pub reason: Option<String>,
    pub reversed: bool,
}

fn read_listed(row: &Row<'_>) -> Result<Listed, Error> {
    let receipt_id = row.id_opt::<ids::Receipt>(9)?;
    Ok(Listed {
        id: row.id(0)?,
        kind: MovementKind::from_number(row.int(1)?).ok_or_else(|| Error::Failed("unknown movement kind".into()))?,
        invoice: row.string(2)?,
        posted_on: row.date(3)?,
        currency: row.currency(4)?,
        amount: row.int(5)?,
        receipt: row.string_opt(6)?.or_else(|| receipt_id.map(|id| id.to_string())),
        reason: row.string_opt(7)?,
        reversed: row.id_opt::<ids::Movement>(8)?.is_some(),
    })
}

pub fn of_customer(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Vec<Listed>, Error> {
    tx.all(OF_CUSTOMER, params![company, customer], read_listed)
}

pub fn list(tx: &mut Tx<'_>, company: i64, limit: i64) -> Result<Vec<Listed>, Error> {
    tx.all(LIST, params![company, limit], read_listed)
}

/// What a customer's receipts paid off per day from `since` on, reversals taken off.
pub fn paid_since(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Id<ids::Customer>,
    currency: Currency,
    since: Date,
) -> Result<Vec<(Date, i64)>, Error> {
    tx.all(PAID_SINCE, params![company, customer, currency, since], |row| Ok((row.date(0)?, row.int(1)?)))
}
