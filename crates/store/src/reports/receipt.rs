//! One receipt with all that became of it: whose money it is, what it settled, what went back, and the line of the
//! statement it came with.

use receivables::cash::refund::RefundKind;
use receivables::ids::{self, Id};
use receivables::ledger::MovementKind;
use receivables::{Currency, Date, Instant};

use super::invoice::{Deed, Party, read_deed, read_party};
use super::receipts::{self, Listed};
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    MADE = "SELECT r.posted_on, r.opening, a.actor, a.verb, a.at FROM receipt r LEFT JOIN action a ON a.company = r.company AND a.id = r.action WHERE r.company = $1 AND r.id = $2";
    IDENTIFIED = "SELECT n.id, c.id, c.code, c.name, n.posted_on, n.amount, a.actor, a.verb, a.at FROM identification n JOIN customer c ON c.company = n.company AND c.id = n.customer LEFT JOIN action a ON a.company = n.company AND a.id = n.action WHERE n.company = $1 AND n.receipt = $2 ORDER BY n.id";
    ALLOCATIONS = "SELECT m.id, m.cause, m.kind, d.number, m.instalment, m.posted_on, m.amount, d.currency, m.receipt_amount, m.reason, (SELECT x.id FROM movement x WHERE x.company = m.company AND x.reverses = m.id), a.actor, a.verb, a.at FROM movement m JOIN document d ON d.company = m.company AND d.id = m.document LEFT JOIN action a ON a.company = m.company AND a.id = m.action WHERE m.company = $1 AND m.receipt = $2 ORDER BY m.id";
    REFUNDS = "SELECT f.id, f.kind, f.posted_on, f.amount, f.charges, t.code, f.reason, (SELECT x.id FROM refund x WHERE x.company = f.company AND x.reverses = f.id), a.actor, a.verb, a.at FROM refund f JOIN account t ON t.company = f.company AND t.no = f.account LEFT JOIN action a ON a.company = f.company AND a.id = f.action WHERE f.company = $1 AND f.receipt = $2 ORDER BY f.id";
    LINE = "SELECT f.name, f.format, f.at, l.line, l.on_day, l.at, l.kind, l.fee, l.balance_after, l.counterparty, l.counterparty_ref, l.text FROM receipt r JOIN statement_line l ON l.company = r.company AND l.account = r.account AND l.fingerprint = r.fingerprint AND l.occurrence = r.occurrence JOIN statement_file f ON f.company = l.company AND f.id = l.file WHERE r.company = $1 AND r.id = $2";
}

/// One receipt.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub listed: Listed,
    pub posted_on: Date,
    pub opening: bool,
    pub deed: Option<Deed>,
    pub identified: Vec<Identified>,
    pub allocations: Vec<Allocation>,
    pub refunds: Vec<Refund>,
    pub line: Option<StatementLine>,
}

/// Whose money it is.
#[derive(Clone, Debug)]
pub struct Identified {
    pub id: Id<ids::Entry>,
    pub customer: Party,
    pub posted_on: Date,
    pub amount: i64,
    pub deed: Option<Deed>,
}

/// What it settled.
#[derive(Clone, Debug)]
pub struct Allocation {
    pub id: Id<ids::Movement>,
    pub cause: Id<ids::Movement>,
    pub kind: MovementKind,
    pub number: String,
    pub instalment: i32,
    pub posted_on: Date,
    /// Of the invoice, in its currency: below zero.
    pub amount: i64,
    pub currency: Currency,
    /// Of the receipt, in its currency.
    pub receipt_amount: i64,
    pub reason: Option<String>,
    pub reversed: bool,
    pub deed: Option<Deed>,
}

/// What went back.
#[derive(Clone, Debug)]
pub struct Refund {
    pub id: Id<ids::Refund>,
    pub kind: RefundKind,
    pub posted_on: Date,
    pub amount: i64,
    pub charges: i64,
    pub account: String,
    pub reason: String,
    pub reversed: bool,
    pub deed: Option<Deed>,
}

/// The line it came with, as the bank wrote it.
#[derive(Clone, Debug)]
pub struct StatementLine {
    pub file: String,
    pub format: String,
    pub taken_in_at: Instant,
    pub line: i64,
    pub on: Option<Date>,
    pub at: Option<Instant>,
    pub kind: String,
    pub fee: Option<i64>,
    pub balance_after: Option<i64>,
    pub counterparty: Option<String>,
    pub counterparty_ref: Option<String>,
    pub text: Option<String>,
}

pub fn find(tx: &mut Tx<'_>, company: i64, id: Id<ids::Receipt>) -> Result<Option<Receipt>, Error> {
    let Some(listed) = receipts::rows(tx, company, &[id])?.remove(&id) else { return Ok(None) };
    let of = params![company, id];
    let made = tx.first(MADE, of, |row| Ok((row.date(0)?, row.flag(1)?, read_deed(row, 2)?)))?;
    let Some((posted_on, opening, deed)) = made else { return Ok(None) };
    Ok(Some(Receipt {
        listed,
        posted_on,
        opening,
        deed,
        identified: tx.all(IDENTIFIED, of, read_identified)?,
        allocations: tx.all(ALLOCATIONS, of, read_allocation)?,
        refunds: tx.all(REFUNDS, of, read_refund)?,
        line: tx.first(LINE, of, read_statement_line)?,
    }))
}

fn read_identified(row: &Row<'_>) -> Result<Identified, Error> {
    Ok(Identified {
        id: row.id(0)?,
        customer: read_party(row, 1)?,
        posted_on: row.date(4)?,
        amount: row.int(5)?,
        deed: read_deed(row, 6)?,
    })
}

fn read_allocation(row: &Row<'_>) -> Result<Allocation, Error> {
    Ok(Allocation {
        id: row.id(0)?,
        cause: row.id(1)?,
        kind: MovementKind::from_number(row.int(2)?).ok_or_else(|| Error::Failed("unknown movement kind".into()))?,
        number: row.string(3)?,
        instalment: row.small(4)?,
        posted_on: row.date(5)?,
        amount: row.int(6)?,
        currency: row.currency(7)?,
        receipt_amount: row.int(8)?,
        reason: row.string_opt(9)?,
        reversed: row.id_opt::<ids::Movement>(10)?.is_some(),
        deed: read_deed(row, 11)?,
    })
}

fn read_refund(row: &Row<'_>) -> Result<Refund, Error> {
    Ok(Refund {
        id: row.id(0)?,
        kind: RefundKind::from_number(row.int(1)?).ok_or_else(|| Error::Failed("unknown kind of refund".into()))?,
        posted_on: row.date(2)?,
        amount: row.int(3)?,
        charges: row.int(4)?,
        account: row.string(5)?,
        reason: row.string(6)?,
        reversed: row.id_opt::<ids::Refund>(7)?.is_some(),
        deed: read_deed(row, 8)?,
    })
}

fn read_statement_line(row: &Row<'_>) -> Result<StatementLine, Error> {
    Ok(StatementLine {
        file: row.string(0)?,
        format: row.string(1)?,
        taken_in_at: row.instant(2)?,
        line: row.int(3)?,
        on: row.date_opt(4)?,
        at: row.int_opt(5)?.map(Instant::from_micros),
        kind: row.string(6)?,
        fee: row.int_opt(7)?,
        balance_after: row.int_opt(8)?,
        counterparty: row.string_opt(9)?,
        counterparty_ref: row.string_opt(10)?,
        text: row.string_opt(11)?,
    })
}
