//! Money between the company's own accounts: the sides that were seen, which two are one movement, and what was none.

use std::collections::BTreeMap;

use receivables::cash::transfer::Said;
use receivables::ids::{self, Id};
use receivables::ledger::{Account, Cause, Line};
use receivables::{Currency, Date, Money};

use crate::entry::{self, NewEntry};
use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params};

statements! {
    NUMBERS = "SELECT n.account, n.numbers FROM account_number n WHERE n.company = $1 AND n.id = (SELECT m.id FROM account_number m WHERE m.company = n.company AND m.account = n.account ORDER BY m.id DESC LIMIT 1) ORDER BY n.account";
    WENT_OUT = "SELECT l.account, l.fingerprint, l.occurrence, l.on_day, l.currency, l.amount, l.reference, l.counterparty, l.counterparty_ref, l.text FROM statement_line l WHERE l.company = $1 AND l.direction < 0 AND l.on_day BETWEEN $2 AND $3 AND l.review = 0 AND l.amount > 0 AND l.currency IS NOT NULL AND NOT EXISTS (SELECT 1 FROM line_announced n WHERE n.company = l.company AND n.account = l.account AND n.fingerprint = l.fingerprint AND n.occurrence = l.occurrence) AND NOT EXISTS (SELECT 1 FROM line_twin t WHERE t.company = l.company AND t.account = l.account AND t.fingerprint = l.fingerprint AND t.occurrence = l.occurrence) AND NOT EXISTS (SELECT 1 FROM transfer_side s LEFT JOIN transfer_end e ON e.company = s.company AND e.side = s.id WHERE s.company = l.company AND s.account = l.account AND s.fingerprint = l.fingerprint AND s.occurrence = l.occurrence AND e.id IS NULL) ORDER BY l.on_day, l.account, l.fingerprint, l.occurrence";
    CAME_IN = "SELECT l.on_day, l.at, l.currency, l.amount, l.fee, l.reference, l.counterparty, l.counterparty_ref, l.text FROM statement_line l WHERE l.company = $1 AND l.account = $2 AND l.fingerprint = $3 AND l.occurrence = $4";
    HELD locked = "SELECT review FROM statement_line WHERE company = $1 AND account = $2 AND fingerprint = $3 AND occurrence = $4";
    OF_LINE = "SELECT s.id FROM transfer_side s WHERE s.company = $1 AND s.account = $2 AND s.fingerprint = $3 AND s.occurrence = $4 AND NOT EXISTS (SELECT 1 FROM transfer_end e WHERE e.company = s.company AND e.side = s.id)";
    UNKNOWN = "SELECT r.id, r.account, r.fingerprint, r.occurrence, r.received_on, r.currency, r.gross, r.gross_base, r.reference, r.payer, r.payer_ref, r.text FROM receipt r WHERE r.company = $1 AND r.unidentified <> 0 AND r.unidentified = r.gross AND r.received_on BETWEEN $2 AND $3 ORDER BY r.id";
    UNKNOWN_ONE = "SELECT r.id, r.account, r.fingerprint, r.occurrence, r.received_on, r.currency, r.gross, r.gross_base, r.reference, r.payer, r.payer_ref, r.text FROM receipt r WHERE r.company = $1 AND r.id = $2 AND r.unidentified <> 0 AND r.unidentified = r.gross";
    PAIR_OF = "SELECT p.id FROM transfer_pair p WHERE p.company = $1 AND (p.went = $2 OR p.came = $2) AND NOT EXISTS (SELECT 1 FROM transfer_end x WHERE x.company = p.company AND (x.side = p.went OR x.side = p.came))";
    SIDES = "SELECT s.id, s.account, a.code, s.way, s.other, s.moved_on, s.posted_on, s.currency, s.amount, s.amount_base, s.fingerprint, s.occurrence, s.receipt, COALESCE(l.reference, r.reference), p.id, CASE WHEN p.went = s.id THEN p.came ELSE p.went END, p.said, p.difference FROM transfer_side s JOIN account a ON a.company = s.company AND a.no = s.account LEFT JOIN statement_line l ON l.company = s.company AND l.account = s.account AND l.fingerprint = s.fingerprint AND l.occurrence = s.occurrence LEFT JOIN receipt r ON r.company = s.company AND r.id = s.receipt LEFT JOIN transfer_pair p ON p.company = s.company AND (p.went = s.id OR p.came = s.id) AND NOT EXISTS (SELECT 1 FROM transfer_end x WHERE x.company = p.company AND (x.side = p.went OR x.side = p.came)) WHERE s.company = $1 AND NOT EXISTS (SELECT 1 FROM transfer_end e WHERE e.company = s.company AND e.side = s.id) ORDER BY s.id";
}

/// The numbers by which banks and wallets call each money account, as they were typed.
pub fn numbers(tx: &mut Tx<'_>, company: i64) -> Result<BTreeMap<Account, Vec<String>>, Error> {
    let all = tx.all(NUMBERS, params![company], |row| {
        let numbers = row.string(1)?.lines().map(str::to_owned).collect();
        Ok((Account(row.small(0)?), numbers))
    })?;
    Ok(all.into_iter().collect())
}

/// Says all numbers of an account from now on.
pub fn save_numbers(tx: &mut Tx<'_>, company: i64, account: Account, numbers: &[String]) -> Result<(), Error> {
    let (id, action) = (tx.new_id::<ids::StatementLine>(), tx.action_id()?);
    tx.insert_facts(&table::ACCOUNT_NUMBER, params![company, id, action, account.0, numbers.join("\n")])
}

/// The natural key of a line within its company.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct LineKey {
    pub account: Account,
    pub fingerprint: [u8; 16],
    pub occurrence: i32,
}

/// Keeps which lines were only announced.
pub fn save_announced(tx: &mut Tx<'_>, company: i64, lines: &[LineKey]) -> Result<(), Error> {
    let action = tx.action_id()?;
    let rows: Vec<Value<'_>> = lines
        .iter()
        .flat_map(|l| [company.into(), l.account.0.into(), l.fingerprint.into(), l.occurrence.into(), action.into()])
        .collect();
    tx.insert_facts(&table::LINE_ANNOUNCED, &rows)
}

/// A line by which money went out, and which is not known to be a transfer.
#[derive(Clone, Debug)]
pub struct WentOut {
    pub key: LineKey,
    pub on: Date,
    pub amount: Money,
    pub reference: Option<String>,
    pub counterparty: Option<String>,
    pub counterparty_ref: Option<String>,
    pub text: Option<String>,
}

/// Money that went out from the first to the last day, of all accounts.
pub fn went_out(tx: &mut Tx<'_>, company: i64, from: Date, until: Date) -> Result<Vec<WentOut>, Error> {
    tx.all(WENT_OUT, params![company, from, until], |row| {
        Ok(WentOut {
            key: LineKey { account: Account(row.small(0)?), fingerprint: print(row, 1)?, occurrence: row.small(2)? },
            on: row.date(3)?,
            amount: Money::new(row.int(5)?, row.currency(4)?),
            reference: row.string_opt(6)?,
            counterparty: row.string_opt(7)?,
            counterparty_ref: row.string_opt(8)?,
            text: row.string_opt(9)?,
        })
    })
}

fn print(row: &Row<'_>, at: usize) -> Result<[u8; 16], Error> {
    row.bytes(at)?.try_into().map_err(|e| Error::failed("reading a statement line", e))
}

/// A line by which money came in, as far as a receipt is made of it.
#[derive(Clone, Debug)]
pub struct CameIn {
    pub on: Option<Date>,
    pub at: Option<receivables::Instant>,
    pub amount: Money,
    pub fee: i64,
    pub reference: Option<String>,
    pub counterparty: Option<String>,
    pub counterparty_ref: Option<String>,
    pub text: Option<String>,
}

/// The line that a side was made of.
pub fn line(tx: &mut Tx<'_>, company: i64, key: &LineKey) -> Result<Option<CameIn>, Error> {
    tx.first(CAME_IN, params![company, key.account.0, key.fingerprint, key.occurrence], |row| {
        Ok(CameIn {
            on: row.date_opt(0)?,
            at: row.int_opt(1)?.map(receivables::Instant::from_micros),
            amount: Money::new(row.int(3)?, row.currency(2)?),
            fee: row.int_opt(4)?.unwrap_or(0),
            reference: row.string_opt(5)?,
            counterparty: row.string_opt(6)?,
            counterparty_ref: row.string_opt(7)?,
            text: row.string_opt(8)?,
        })
    })
}

/// Locks a line for what follows; the side that it is, if it is one.
pub fn hold_line(tx: &mut Tx<'_>, company: i64, key: &LineKey) -> Result<Option<Id<ids::Transfer>>, Error> {
    let params = params![company, key.account.0, key.fingerprint, key.occurrence];
    tx.first(HELD, params, |row| row.flag(0))?;
    tx.first(OF_LINE, params, |row| row.id(0))
}

/// A receipt of which nobody knows whose it is: it may be no payment at all.
#[derive(Clone, Debug)]
pub struct Unknown {
    pub receipt: Id<ids::Receipt>,
    pub key: LineKey,
    pub on: Date,
    pub amount: Money,
    /// Minor units of the company's currency.
    pub base: i64,
    pub reference: Option<String>,
    pub payer: Option<String>,
    pub payer_ref: Option<String>,
    pub text: Option<String>,
}

/// Receipts of nobody from the first to the last day.
pub fn unknown(tx: &mut Tx<'_>, company: i64, from: Date, until: Date) -> Result<Vec<Unknown>, Error> {
    tx.all(UNKNOWN, params![company, from, until], read_unknown)
}

/// A receipt, if nobody knows whose it is.
pub fn unknown_one(tx: &mut Tx<'_>, company: i64, receipt: Id<ids::Receipt>) -> Result<Option<Unknown>, Error> {
    tx.first(UNKNOWN_ONE, params![company, receipt], read_unknown)
}

fn read_unknown(row: &Row<'_>) -> Result<Unknown, Error> {
    Ok(Unknown {
        receipt: row.id(0)?,
        key: LineKey { account: Account(row.small(1)?), fingerprint: print(row, 2)?, occurrence: row.small(3)? },
        on: row.date(4)?,
        amount: Money::new(row.int(6)?, row.currency(5)?),
        base: row.int(7)?,
        reference: row.string_opt(8)?,
        payer: row.string_opt(9)?,
        payer_ref: row.string_opt(10)?,
        text: row.string_opt(11)?,
    })
}

/// Which way money moved; the number is the one in the database.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Way {
    Out = 1,
    In = 2,
}

/// One side to be saved.
#[derive(Clone, Debug)]
pub struct NewSide {
    /// That of its entry; of a receipt, that of what let the money leave it.
    pub id: [u8; 16],
    pub line: LineKey,
    pub way: Way,
    /// The own account that it names.
    pub other: Option<Account>,
    pub moved_on: Date,
    pub posted_on: Date,
    pub amount: Money,
    /// Minor units of the company's currency.
    pub base: i64,
    pub receipt: Option<Id<ids::Receipt>>,
}

/// Saves sides. Their entries are saved by whoever made them.
pub fn save_sides(tx: &mut Tx<'_>, company: i64, sides: &[NewSide]) -> Result<(), Error> {
    let action = tx.action_id()?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(sides.len() * table::TRANSFER_SIDE.columns.len());
    for s in sides {
        rows.extend([
            company.into(),
            Id::<ids::Transfer>::from_bytes(s.id).into(),
            action.into(),
            s.line.account.0.into(),
            Value::Int(s.way as i64),
            s.other.map(|account| account.0).into(),
            s.moved_on.into(),
            s.posted_on.into(),
            s.amount.currency.into(),
            s.amount.minor.into(),
            s.base.into(),
            s.line.fingerprint.into(),
            s.line.occurrence.into(),
            s.receipt.into(),
        ]);
    }
    tx.insert_facts(&table::TRANSFER_SIDE, &rows)
}

/// The entry of a side that is no receipt's.
pub fn entry_of(side: &NewSide, lines: Vec<Line>) -> NewEntry {
    NewEntry { id: side.id, cause: Cause::Transfer, posted_on: side.posted_on, lines }
}

/// Whether a side has its other one.
pub fn is_paired(tx: &mut Tx<'_>, company: i64, side: Id<ids::Transfer>) -> Result<bool, Error> {
    Ok(tx.first(PAIR_OF, params![company, side], |row| row.id::<ids::Transfer>(0))?.is_some())
}

/// Two sides that are one movement, and what the one that came in was booked at beyond the one that went out.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    pub went: Id<ids::Transfer>,
    pub came: Id<ids::Transfer>,
    pub said: Said,
    /// Minor units of the company's currency.
    pub difference: i64,
}

/// Keeps that two sides are one movement. What the one that came in was booked at more than the one that went out is an exchange gain.
pub fn pair(tx: &mut Tx<'_>, company: i64, own: Currency, pair: &Pair, posted_on: Date) -> Result<(), Error> {
    let Pair { went, came, said, difference } = *pair;
    let (id, action): (Id<ids::Transfer>, _) = (tx.new_id(), tx.action_id()?);
    tx.insert_facts(
        &table::TRANSFER_PAIR,
        params![company, id, action, went, came, said.name(), difference, posted_on],
    )?;
    if difference == 0 {
        return Ok(());
    }
    let lines = exchanged(own, difference);
    entry::save(tx, company, &[NewEntry { id: *id.bytes(), cause: Cause::Transfer, posted_on, lines }])
}

/// The lines that bring money in transit to zero in the company's currency.
pub fn exchanged(own: Currency, difference: i64) -> Vec<Line> {
    let nothing = Money::zero(own);
    vec![Line::debit(Account::TRANSIT, nothing, difference), Line::debit(Account::EXCHANGE, nothing, -difference)]
}

/// Takes a side back under the id of the entry that does it.
pub fn end(
    tx: &mut Tx<'_>,
    company: i64,
    id: [u8; 16],
    side: Id<ids::Transfer>,
    reason: &str,
    posted_on: Date,
) -> Result<(), Error> {
    let (id, action) = (Id::<ids::Transfer>::from_bytes(id), tx.action_id()?);
    tx.insert_facts(&table::TRANSFER_END, params![company, id, action, side, reason, posted_on])
}

/// The other side of one, and what said so.
#[derive(Clone, Debug)]
pub struct Paired {
    pub pair: Id<ids::Transfer>,
    pub with: Id<ids::Transfer>,
    pub said: String,
    pub difference: i64,
}

/// A side that stands.
#[derive(Clone, Debug)]
pub struct Side {
    pub id: Id<ids::Transfer>,
    pub line: LineKey,
    pub code: String,
    pub way: Way,
    pub other: Option<Account>,
    pub moved_on: Date,
    pub posted_on: Date,
    pub amount: Money,
    pub base: i64,
    pub receipt: Option<Id<ids::Receipt>>,
    pub reference: Option<String>,
    pub paired: Option<Paired>,
}

/// The sides that stand, in the order they were seen.
pub fn sides(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Side>, Error> {
    tx.all(SIDES, params![company], |row| {
        let paired = match row.id_opt(14)? {
            None => None,
            Some(pair) => Some(Paired { pair, with: row.id(15)?, said: row.string(16)?, difference: row.int(17)? }),
        };
        Ok(Side {
            id: row.id(0)?,
            line: LineKey { account: Account(row.small(1)?), fingerprint: print(row, 10)?, occurrence: row.small(11)? },
            code: row.string(2)?,
            way: if row.small(3)? == Way::Out as i32 { Way::Out } else { Way::In },
            other: row.int_opt(4)?.and_then(|no| i32::try_from(no).ok()).map(Account),
            moved_on: row.date(5)?,
            posted_on: row.date(6)?,
            amount: Money::new(row.int(8)?, row.currency(7)?),
            base: row.int(9)?,
            receipt: row.id_opt(12)?,
            reference: row.string_opt(13)?,
            paired,
        })
    })
}
