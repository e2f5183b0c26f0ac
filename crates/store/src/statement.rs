//! Statement files and their lines: every line once, whatever file it comes in.

use receivables::ids::{self, Id};
use receivables::ledger::Account;
use receivables::{Currency, Date, Instant};

use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, Value, params};

statements! {
    KNOWN = "SELECT occurrence FROM statement_line WHERE company = $1 AND account = $2 AND fingerprint = $3 AND occurrence = $4";
    REVIEW = "SELECT a.code, l.line, l.on_day, l.kind, l.text, f.name FROM statement_line l JOIN account a ON a.company = l.company AND a.no = l.account JOIN statement_file f ON f.company = l.company AND f.id = l.file WHERE l.company = $1 AND l.review <> 0 ORDER BY f.id, l.line";
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

/// Whether this line of this account was taken in before.
pub fn is_known(
    tx: &mut Tx<'_>,
    company: i64,
    account: Account,
    fingerprint: [u8; 16],
    occurrence: i32,
) -> Result<bool, Error> {
    Ok(tx.first(KNOWN, params![company, account.0, fingerprint, occurrence], |row| row.int(0))?.is_some())
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

/// A line that a person has to look at.
#[derive(Clone, Debug)]
pub struct ToReview {
    pub account: String,
    pub line: i64,
    pub on: Option<Date>,
    pub kind: String,
    pub text: Option<String>,
    pub file: String,
}

pub fn to_review(tx: &mut Tx<'_>, company: i64) -> Result<Vec<ToReview>, Error> {
    tx.all(REVIEW, params![company], |row| {
        Ok(ToReview {
            account: row.string(0)?,
            line: row.int(1)?,
            on: row.date_opt(2)?,
            kind: row.string(3)?,
            text: row.string_opt(4)?,
            file: row.string(5)?,
        })
    })
}
