//! Statement files and their lines: every line once, whatever file it comes in.

use std::collections::{BTreeMap, BTreeSet};

use receivables::cash::twin::Told;
use receivables::ids::{self, Id};
use receivables::ledger::Account;
use receivables::{Currency, Date, Instant};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params};

statements! {
    KNOWN each = ("SELECT fingerprint, occurrence FROM statement_line WHERE fingerprint = $1 AND account = $2 AND company = $3", "SELECT l.fingerprint, l.occurrence FROM unnest($1::bytea[], $2::int[]) AS v(fingerprint, account) JOIN statement_line l ON l.fingerprint = v.fingerprint AND l.account = v.account WHERE l.company = $3");
    REVIEW = "SELECT a.code, l.account, l.fingerprint, l.occurrence, l.line, l.on_day, l.at, l.kind, l.currency, l.amount, l.reference, l.counterparty, l.counterparty_ref, l.text, f.name FROM statement_line l JOIN account a ON a.company = l.company AND a.no = l.account JOIN statement_file f ON f.company = l.company AND f.id = l.file WHERE l.company = $1 AND l.review <> 0 ORDER BY f.id, l.line";
    REVIEW_COUNT = "SELECT COUNT(*) FROM statement_line WHERE company = $1 AND review <> 0";
    DECIDED = "SELECT a.code, l.account, l.fingerprint, l.occurrence, l.line, l.on_day, l.at, l.kind, l.currency, l.amount, l.reference, l.counterparty, l.counterparty_ref, l.text, f.name, x.reason, x.receipt, x.decided_on FROM line_decision x JOIN statement_line l ON l.company = x.company AND l.account = x.account AND l.fingerprint = x.fingerprint AND l.occurrence = x.occurrence JOIN account a ON a.company = l.company AND a.no = l.account JOIN statement_file f ON f.company = l.company AND f.id = l.file WHERE x.company = $1";
    FORMATS = "SELECT DISTINCT format FROM statement_file WHERE company = $1 AND account = $2";
    ALIKE each = ("SELECT l.fingerprint, l.occurrence, l.on_day, l.direction, l.currency, l.amount, l.reference, l.counterparty, l.counterparty_ref, l.text, f.format, t.format FROM statement_line l JOIN statement_file f ON f.company = l.company AND f.id = l.file LEFT JOIN line_twin t ON t.company = l.company AND t.account = l.account AND t.first_fingerprint = l.fingerprint AND t.first_occurrence = l.occurrence WHERE l.account = $1 AND l.amount = $2 AND l.on_day BETWEEN $3 AND $4 AND l.company = $5 AND NOT EXISTS (SELECT 1 FROM line_twin s WHERE s.company = l.company AND s.account = l.account AND s.fingerprint = l.fingerprint AND s.occurrence = l.occurrence)", "SELECT l.fingerprint, l.occurrence, l.on_day, l.direction, l.currency, l.amount, l.reference, l.counterparty, l.counterparty_ref, l.text, f.format, t.format FROM unnest($1::int[], $2::bigint[], $3::int[], $4::int[]) AS v(account, amount, from_on, until_on) JOIN statement_line l ON l.account = v.account AND l.amount = v.amount AND l.on_day BETWEEN v.from_on AND v.until_on JOIN statement_file f ON f.company = l.company AND f.id = l.file LEFT JOIN line_twin t ON t.company = l.company AND t.account = l.account AND t.first_fingerprint = l.fingerprint AND t.first_occurrence = l.occurrence WHERE l.company = $5 AND NOT EXISTS (SELECT 1 FROM line_twin s WHERE s.company = l.company AND s.account = l.account AND s.fingerprint = l.fingerprint AND s.occurrence = l.occurrence)");
    PROFILE = "SELECT profile FROM account_profile WHERE company = $1 AND account = $2 ORDER BY id DESC LIMIT 1";
    WAITS locked = "SELECT review FROM statement_line WHERE company = $1 AND account = $2 AND fingerprint = $3 AND occurrence = $4";
    CLEAR = "UPDATE statement_line SET review = 0 WHERE company = $1 AND account = $2 AND fingerprint = $3 AND occurrence = $4";
}

/// A file as it was taken in.
#[derive(Clone, Debug)]
pub struct File {
    pub id: Id<ids::StatementLine>,
    pub account: Account,
    pub digest: [u8; 32],
    pub name: String,
    pub format: String,
    pub currency: Currency,
    pub opening: Option<i64>,
    pub closing: Option<i64>,
    pub difference: Option<i64>,
    pub line_count: i64,
}

pub fn save_file(tx: &mut Tx<'_>, company: i64, f: &File) -> Result<(), Error> {
    let (action, now) = (tx.action_id()?, tx.now());
    tx.insert_facts(
        &table::STATEMENT_FILE,
        params![
            company,
            f.id,
            action,
            f.account.0,
            f.digest,
            &f.name,
            &f.format,
            f.currency,
            f.opening,
            f.closing,
            f.difference,
            f.line_count,
            now
        ],
    )
}

/// One line or message.
#[derive(Clone, Debug)]
pub struct Line {
    pub account: Account,
    pub fingerprint: [u8; 16],
    pub occurrence: i32,
    pub file: Id<ids::StatementLine>,
    pub line: u64,
    pub on: Option<Date>,
    pub at: Option<Instant>,
    pub kind: String,
    /// 1 in, −1 out, 0 neither.
    pub direction: i32,
    pub currency: Option<Currency>,
    pub amount: Option<i64>,
    pub fee: Option<i64>,
    pub balance_after: Option<i64>,
    pub reference: Option<String>,
    pub counterparty: Option<String>,
    pub counterparty_ref: Option<String>,
    pub text: Option<String>,
    pub receipt: Option<Id<ids::Receipt>>,
    pub review: bool,
}

/// The lines of an account with these fingerprints that were taken in before: fingerprint and occurrence.
pub fn known(
    tx: &mut Tx<'_>,
    company: i64,
    account: Account,
    fingerprints: &BTreeSet<[u8; 16]>,
) -> Result<BTreeSet<([u8; 16], i32)>, Error> {
    let keys: Vec<Value<'_>> = fingerprints.iter().flat_map(|print| [(*print).into(), account.0.into()]).collect();
    let mut found = BTreeSet::new();
    tx.each_of(KNOWN, &keys, 2, company, |row| {
        let print = row.bytes(0)?.try_into().map_err(|e| Error::failed("reading a statement line", e))?;
        found.insert((print, row.small(1)?));
        Ok(())
    })?;
    Ok(found)
}

pub fn save_lines(tx: &mut Tx<'_>, company: i64, lines: &[Line]) -> Result<(), Error> {
    let action = tx.action_id()?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(lines.len() * table::STATEMENT_LINE.columns.len());
    for l in lines {
        rows.extend([
            company.into(),
            l.account.0.into(),
            l.fingerprint.into(),
            l.occurrence.into(),
            action.into(),
            l.file.into(),
            Value::Int(i64::try_from(l.line).unwrap_or(i64::MAX)),
            l.on.into(),
            l.at.into(),
            (&l.kind).into(),
            l.direction.into(),
            l.currency.into(),
            l.amount.into(),
            l.fee.into(),
            l.balance_after.into(),
            l.reference.as_deref().into(),
            l.counterparty.as_deref().into(),
            l.counterparty_ref.as_deref().into(),
            l.text.as_deref().into(),
            l.receipt.into(),
            l.review.into(),
        ]);
    }
    tx.insert_facts(&table::STATEMENT_LINE, &rows)
}

/// A line that was taken in before, as a telling of its movement.
#[derive(Clone, Debug)]
pub struct Before {
    pub fingerprint: [u8; 16],
    pub occurrence: i32,
    pub direction: i32,
    pub currency: Option<Currency>,
    pub amount: i64,
    pub told: Told,
    /// The formats it was told in: its own file's, and those of lines that were found to tell of it again.
    pub formats: BTreeSet<String>,
}

/// The formats of the files that an account has taken in.
pub fn formats(tx: &mut Tx<'_>, company: i64, account: Account) -> Result<BTreeSet<String>, Error> {
    Ok(tx.all(FORMATS, params![company, account.0], |row| row.string(0))?.into_iter().collect())
}

/// The lines of an account with one of these amounts in minor units, dated from the first to the last of its days;
/// lines that only tell again of another are left out.
pub fn alike(
    tx: &mut Tx<'_>,
    company: i64,
    account: Account,
    wanted: &BTreeSet<(i64, Date, Date)>,
) -> Result<Vec<Before>, Error> {
    let keys: Vec<Value<'_>> = wanted
        .iter()
        .flat_map(|(amount, from, until)| [account.0.into(), (*amount).into(), (*from).into(), (*until).into()])
        .collect();
    let mut found: BTreeMap<([u8; 16], i32), Before> = BTreeMap::new();
    tx.each_of(ALIKE, &keys, 4, company, |row| {
        let print = row.bytes(0)?.try_into().map_err(|e| Error::failed("reading a statement line", e))?;
        let occurrence = row.small(1)?;
        let said: Option<String> = row.string_opt(11)?;
        if let Some(before) = found.get_mut(&(print, occurrence)) {
            before.formats.extend(said);
            return Ok(());
        }
        let currency = row.text_opt(4)?.map(str::parse).transpose();
        let before = Before {
            fingerprint: print,
            occurrence,
            direction: row.small(3)?,
            currency: currency.map_err(|e| Error::failed("reading a currency", e))?,
            amount: row.int(5)?,
            told: Told {
                on: row.date_opt(2)?,
                references: row.string_opt(6)?.into_iter().collect(),
                name: row.string_opt(7)?,
                number: row.string_opt(8)?,
                text: row.string_opt(9)?.unwrap_or_default(),
            },
            formats: [Some(row.string(10)?), said].into_iter().flatten().collect(),
        };
        found.insert((print, occurrence), before);
        Ok(())
    })?;
    Ok(found.into_values().collect())
}

/// A line that tells of a movement which another line told already.
#[derive(Clone, Debug)]
pub struct Twin {
    pub account: Account,
    pub fingerprint: [u8; 16],
    pub occurrence: i32,
    /// The line that told of it first.
    pub first: ([u8; 16], i32),
    pub format: String,
    /// What both lines say.
    pub said: String,
}

pub fn save_twins(tx: &mut Tx<'_>, company: i64, twins: &[Twin]) -> Result<(), Error> {
    let action = tx.action_id()?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(twins.len() * table::LINE_TWIN.columns.len());
    for t in twins {
        rows.extend([
            company.into(),
            t.account.0.into(),
            t.fingerprint.into(),
            t.occurrence.into(),
            action.into(),
            t.first.0.into(),
            t.first.1.into(),
            (&t.format).into(),
            (&t.said).into(),
        ]);
    }
    tx.insert_facts(&table::LINE_TWIN, &rows)
}

/// How the files of an account are read, as the text of a profile; `None` if nobody said.
pub fn profile(tx: &mut Tx<'_>, company: i64, account: Account) -> Result<Option<String>, Error> {
    let found = tx.first(PROFILE, params![company, account.0], |row| row.string(0))?;
    Ok(found.filter(|profile| !profile.is_empty()))
}

pub fn save_profile(tx: &mut Tx<'_>, company: i64, account: Account, profile: &str) -> Result<(), Error> {
    let (id, action) = (tx.new_id::<ids::StatementLine>(), tx.action_id()?);
    tx.insert_facts(&table::ACCOUNT_PROFILE, params![company, id, action, account.0, profile])
}

/// A line that a person has to look at.
#[derive(Clone, Debug)]
pub struct ToReview {
    pub account: String,
    pub account_no: Account,
    pub fingerprint: [u8; 16],
    pub occurrence: i32,
    pub line: i64,
    pub on: Option<Date>,
    pub at: Option<Instant>,
    pub kind: String,
    pub currency: Option<Currency>,
    pub amount: Option<i64>,
    pub reference: Option<String>,
    pub counterparty: Option<String>,
    pub counterparty_ref: Option<String>,
    pub text: Option<String>,
    pub file: String,
}

fn read(row: &Row<'_>) -> Result<ToReview, Error> {
    Ok(ToReview {
        account: row.string(0)?,
        account_no: Account(row.small(1)?),
        fingerprint: row.bytes(2)?.try_into().map_err(|e| Error::failed("reading a statement line", e))?,
        occurrence: row.small(3)?,
        line: row.int(4)?,
        on: row.date_opt(5)?,
        at: row.int_opt(6)?.map(Instant::from_micros),
        kind: row.string(7)?,
        currency: row.text_opt(8)?.map(str::parse).transpose().map_err(|e| Error::failed("reading a currency", e))?,
        amount: row.int_opt(9)?,
        reference: row.string_opt(10)?,
        counterparty: row.string_opt(11)?,
        counterparty_ref: row.string_opt(12)?,
        text: row.string_opt(13)?,
        file: row.string(14)?,
    })
}

/// Lines that wait for a person, in the order they came.
pub fn to_review(tx: &mut Tx<'_>, company: i64) -> Result<Vec<ToReview>, Error> {
    tx.all(REVIEW, params![company], read)
}

/// How many lines wait.
pub fn review_count(tx: &mut Tx<'_>, company: i64) -> Result<usize, Error> {
    let count = tx.first(REVIEW_COUNT, params![company], |row| row.int(0))?.unwrap_or(0);
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// What a person decided about a line.
#[derive(Clone, Debug)]
pub struct Decision {
    pub reason: String,
    /// The receipt it became, if it did.
    pub receipt: Option<Id<ids::Receipt>>,
    pub on: Date,
}

/// Lines that were decided, with how.
pub fn decided(tx: &mut Tx<'_>, company: i64) -> Result<Vec<(ToReview, Decision)>, Error> {
    tx.all(DECIDED, params![company], |row| {
        Ok((read(row)?, Decision { reason: row.string(15)?, receipt: row.id_opt(16)?, on: row.date(17)? }))
    })
}

/// Whether a line still waits, locked for what follows.
pub fn still_waits(tx: &mut Tx<'_>, company: i64, line: &ToReview) -> Result<bool, Error> {
    let key = params![company, line.account_no.0, line.fingerprint, line.occurrence];
    Ok(tx.first(WAITS, key, |row| row.flag(0))?.unwrap_or(false))
}

/// Decides about a line; it waits no longer. The key of the fact keeps two people from deciding twice.
pub fn decide(tx: &mut Tx<'_>, company: i64, line: &ToReview, decision: &Decision) -> Result<(), Error> {
    let (action, account, print, occurrence) = (tx.action_id()?, line.account_no.0, line.fingerprint, line.occurrence);
    let Decision { reason, receipt, on } = decision;
    tx.insert_facts(
        &table::LINE_DECISION,
        params![company, account, print, occurrence, action, reason, *receipt, *on],
    )?;
    tx.execute(CLEAR, params![company, account, print, occurrence]).map(|_| ())
}
