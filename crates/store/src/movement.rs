//! What moved open items: allocations, credits applied, write-offs, and their reversals.

use std::collections::BTreeMap;

use receivables::ids::{self, Id};
use receivables::ledger::settlement::{Moved, Settled};
use receivables::ledger::{Cause, Line, MovementKind, reopened_on};
use receivables::{Currency, Date, Refusal};

use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, document, entry, params, receipt, table};

statements! {
    FREED_ITEMS each = ("SELECT document, instalment, posted_on FROM movement WHERE document = $1 AND instalment = $2 AND company = $3 AND kind = 5", "SELECT m.document, m.instalment, m.posted_on FROM unnest($1::uuid[], $2::int[]) AS v(document, instalment) JOIN movement m ON m.document = v.document AND m.instalment = v.instalment WHERE m.company = $3 AND m.kind = 5");
    FREED_RECEIPTS each = ("SELECT receipt, posted_on FROM movement WHERE receipt = $1 AND company = $2 AND kind = 5 UNION ALL SELECT receipt, posted_on FROM refund WHERE receipt = $1 AND company = $2 AND kind = 3", "SELECT receipt, posted_on FROM movement WHERE receipt = ANY($1) AND company = $2 AND kind = 5 UNION ALL SELECT receipt, posted_on FROM refund WHERE receipt = ANY($1) AND company = $2 AND kind = 3");
    TAKEN_BACK = "SELECT i.document, i.instalment, i.total FROM movement m JOIN open_item i ON i.company = m.company AND i.document = m.document AND i.instalment = m.instalment WHERE m.company = $1 AND m.reverses IS NOT NULL AND i.open > 0";
    OF_ITEM = "SELECT posted_on, amount FROM movement WHERE company = $1 AND document = $2 AND instalment = $3 ORDER BY id";
    OF_CAUSE = "SELECT id, kind, document, instalment, posted_on, amount, amount_base, receipt, receipt_amount, receipt_base FROM movement WHERE company = $1 AND cause = $2 ORDER BY id";
    ONE = "SELECT cause, kind FROM movement WHERE company = $1 AND id = $2";
    REVERSED = "SELECT id FROM movement WHERE company = $1 AND reverses = $2";
    STANDING = "SELECT m.id FROM movement m WHERE m.company = $1 AND m.receipt = $2 AND m.kind = 1 AND NOT EXISTS (SELECT 1 FROM movement x WHERE x.company = m.company AND x.reverses = m.id) ORDER BY m.id";
    LAST_ON = "SELECT MAX(posted_on) FROM movement WHERE company = $1 AND document = $2 AND instalment = $3";
    LIST = "SELECT m.id, m.kind, d.number, m.posted_on, d.currency, m.amount, r.reference, m.reason, (SELECT x.id FROM movement x WHERE x.company = m.company AND x.reverses = m.id), r.id FROM movement m JOIN document d ON d.company = m.company AND d.id = m.document LEFT JOIN receipt r ON r.company = m.company AND r.id = m.receipt WHERE m.company = $1 ORDER BY m.id LIMIT $2";
    PAGE = "SELECT m.id, m.kind, d.number, m.posted_on, d.currency, m.amount, r.reference, m.reason, (SELECT x.id FROM movement x WHERE x.company = m.company AND x.reverses = m.id), r.id FROM movement m JOIN document d ON d.company = m.company AND d.id = m.document LEFT JOIN receipt r ON r.company = m.company AND r.id = m.receipt WHERE m.company = $1 AND m.id > $2 ORDER BY m.id LIMIT $3";
    PAGE_OF = "SELECT m.id, m.kind, d.number, m.posted_on, d.currency, m.amount, r.reference, m.reason, (SELECT x.id FROM movement x WHERE x.company = m.company AND x.reverses = m.id), r.id FROM movement m JOIN document d ON d.company = m.company AND d.id = m.document LEFT JOIN receipt r ON r.company = m.company AND r.id = m.receipt WHERE m.company = $1 AND d.payer = $2 AND m.id > $3 ORDER BY m.id LIMIT $4";
    WRITTEN_OFF = "SELECT CAST(COALESCE(SUM(-m.amount_base), 0) AS BIGINT) FROM movement m WHERE m.company = $1 AND m.document = $2 AND m.kind = 4 AND NOT EXISTS (SELECT 1 FROM movement x WHERE x.company = m.company AND x.reverses = m.id)";
    PAID_SINCE = "SELECT m.posted_on, CAST(SUM(m.receipt_amount) AS BIGINT) FROM movement m JOIN receipt r ON r.company = m.company AND r.id = m.receipt WHERE m.company = $1 AND r.customer = $2 AND r.currency = $3 AND m.posted_on >= $4 GROUP BY m.posted_on ORDER BY m.posted_on";
}

/// Saves one settlement: its movements, the open amounts and the receipt they move, and its entry. Its id, which
/// is also the entry's, comes back. `reverses` names the movements taken back, in the same order.
pub fn save(
    tx: &mut Tx<'_>,
    company: i64,
    settled: &Settled,
    posted_on: Date,
    reverses: &[Id<ids::Movement>],
    reason: Option<&str>,
) -> Result<Id<ids::Movement>, Error> {
    let freed = Freed::load(tx, company, &settled.moved)?;
    freed.allows(settled, posted_on)?;
    let mut batch = Batch::default();
    let id = batch.settle(tx, company, settled, posted_on, reverses, reason)?;
    batch.save(tx, company)?;
    Ok(id)
}

/// Settlements and identifications written together: facts in bulk, every receipt and item moved once.
#[derive(Default)]
pub struct Batch<'a> {
    movements: Vec<Value<'a>>,
    identifications: Vec<Value<'a>>,
    entries: Vec<entry::NewEntry>,
    items: BTreeMap<(Id<ids::Document>, i32), document::Change>,
    receipts: BTreeMap<Id<ids::Receipt>, receipt::Change>,
}

impl<'a> Batch<'a> {
    /// Adds a settlement, whose day [`Freed::allows`] must have allowed. Its id, which is also its entry's, comes back.
    pub fn settle(
        &mut self,
        tx: &mut Tx<'_>,
        company: i64,
        settled: &Settled,
        posted_on: Date,
        reverses: &[Id<ids::Movement>],
        reason: Option<&'a str>,
    ) -> Result<Id<ids::Movement>, Error> {
        let action = tx.action_id()?;
        let mut cause = None;
        for (i, m) in settled.moved.iter().enumerate() {
            let id: Id<ids::Movement> = tx.new_id();
            let cause = *cause.get_or_insert(id);
            self.movements.extend([
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
            let none = document::Change { open: 0, open_base: 0, on: posted_on };
            let item = self.items.entry((m.document, m.instalment)).or_insert(none);
            item.open += m.amount;
            item.open_base += m.base;
            item.on = item.on.max(posted_on);
            if let Some(receipt) = m.receipt {
                self.receipts.entry(receipt).or_default().take(m.receipt_amount, m.receipt_base);
            }
        }
        let cause = cause.ok_or_else(|| Error::Failed("a settlement that moves nothing".into()))?;
        let lines = settled.lines.clone();
        self.entries.push(entry::NewEntry { id: *cause.bytes(), cause: Cause::Settlement, posted_on, lines });
        Ok(cause)
    }

    /// Adds whose money a receipt is, with the entry of it.
    pub fn identify(
        &mut self,
        tx: &mut Tx<'_>,
        company: i64,
        known: &receipt::Waiting,
        customer: Id<ids::Customer>,
        posted_on: Date,
        lines: Vec<Line>,
    ) -> Result<(), Error> {
        let id: Id<ids::Entry> = tx.new_id();
        self.identifications.extend([
            company.into(),
            id.into(),
            tx.action_id()?.into(),
            known.id.into(),
            customer.into(),
            posted_on.into(),
            known.unidentified.into(),
            known.gross_base.into(),
        ]);
        self.receipts.entry(known.id).or_default().identify(customer, known.unidentified, known.gross_base);
        self.entries.push(entry::NewEntry { id: *id.bytes(), cause: Cause::Identification, posted_on, lines });
        Ok(())
    }

    /// Writes what was added.
    pub fn save(self, tx: &mut Tx<'_>, company: i64) -> Result<(), Error> {
        tx.insert_facts(&table::IDENTIFICATION, &self.identifications)?;
        tx.insert_facts(&table::MOVEMENT, &self.movements)?;
        receipt::change(tx, company, &self.receipts)?;
        document::change(tx, company, &self.items)?;
        entry::save(tx, company, &self.entries)
    }
}

/// The latest day on which a reversal set items and receipts free.
#[derive(Default)]
pub struct Freed {
    items: BTreeMap<(Id<ids::Document>, i32), Date>,
    receipts: BTreeMap<Id<ids::Receipt>, Date>,
}

impl Freed {
    /// Reads it for the items and receipts of these movements.
    pub fn load(tx: &mut Tx<'_>, company: i64, moved: &[Moved]) -> Result<Freed, Error> {
        let items: Vec<_> = moved.iter().map(|m| (m.document, m.instalment)).collect();
        let receipts: Vec<_> = moved.iter().filter_map(|m| m.receipt).collect();
        Freed::of(tx, company, &items, &receipts)
    }

    pub fn of(
        tx: &mut Tx<'_>,
        company: i64,
        items: &[(Id<ids::Document>, i32)],
        receipts: &[Id<ids::Receipt>],
    ) -> Result<Freed, Error> {
        let mut freed = Freed::default();
        let keys: Vec<Value<'_>> = items.iter().flat_map(|(d, i)| [Value::from(*d), Value::from(*i)]).collect();
        tx.each_of(FREED_ITEMS, &keys, 2, company, |row| {
            let last = freed.items.entry((row.id(0)?, row.small(1)?)).or_insert(row.date(2)?);
            *last = row.date(2)?.max(*last);
            Ok(())
        })?;
        let keys: Vec<Value<'_>> = receipts.iter().map(|id| Value::from(*id)).collect();
        tx.each_of(FREED_RECEIPTS, &keys, 1, company, |row| {
            let last = freed.receipts.entry(row.id(0)?).or_insert(row.date(1)?);
            *last = row.date(1)?.max(*last);
            Ok(())
        })?;
        Ok(freed)
    }

    /// Refuses a day on which the money or the debt was still taken up: a reversal sets free from its own day on, and
    /// an earlier date would spend it twice in the past.
    pub fn allows(&self, settled: &Settled, posted_on: Date) -> Result<(), Refusal> {
        let taken = settled.moved.iter().filter(|m| m.kind != MovementKind::Reversal);
        let days = taken.flat_map(|m| {
            let receipt = m.receipt.and_then(|receipt| self.receipts.get(&receipt));
            [self.items.get(&(m.document, m.instalment)), receipt]
        });
        free_on(days.flatten().max(), posted_on)
    }

    /// The same of money that leaves a receipt again.
    pub fn allows_refund(&self, receipt: Id<ids::Receipt>, posted_on: Date) -> Result<(), Refusal> {
        free_on(self.receipts.get(&receipt), posted_on)
    }
}

fn free_on(freed: Option<&Date>, posted_on: Date) -> Result<(), Refusal> {
    match freed.filter(|freed| posted_on < **freed) {
        None => Ok(()),
        Some(freed) => Err(Refusal::BeforeReversal { on: posted_on, reversed_on: *freed }),
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

/// The allocations of a receipt that were not taken back.
pub fn standing(tx: &mut Tx<'_>, company: i64, receipt: Id<ids::Receipt>) -> Result<Vec<Id<ids::Movement>>, Error> {
    tx.all(STANDING, params![company, receipt], |row| row.id(0))
}

/// The latest day on which something moved an item.
pub fn last_on(
    tx: &mut Tx<'_>,
    company: i64,
    document: Id<ids::Document>,
    instalment: i32,
) -> Result<Option<Date>, Error> {
    Ok(tx.first(LAST_ON, params![company, document, instalment], |row| row.date_opt(0))?.flatten())
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

pub fn list(tx: &mut Tx<'_>, company: i64, limit: i64) -> Result<Vec<Listed>, Error> {
    tx.all(LIST, params![company, limit], read_listed)
}

/// What moved items of a customer or of all, those after one of them.
pub fn page(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Option<Id<ids::Customer>>,
    after: Id<ids::Movement>,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    match customer {
        None => tx.all(PAGE, params![company, after, limit], read_listed),
        Some(customer) => tx.all(PAGE_OF, params![company, customer, after, limit], read_listed),
    }
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

/// What was written off of a document and not taken back, in minor units of the company's currency.
pub fn written_off(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<i64, Error> {
    Ok(tx.first(WRITTEN_OFF, params![company, document], |row| row.int(0))?.unwrap_or(0))
}
