//! The journal: every line of every entry.

use receivables::ids::{self, Id};
use receivables::ledger::Cause;
use receivables::{Currency, Date};

use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params};

statements! {
    PAGE = "SELECT e.posted_on, e.id, e.cause, l.no, a.code, a.name, c.code, l.currency, l.amount, l.base FROM entry_line l JOIN entry e ON e.company = l.company AND e.id = l.entry JOIN account a ON a.company = l.company AND a.no = l.account LEFT JOIN customer c ON c.company = l.company AND c.id = l.customer WHERE l.company = $1 AND (l.entry, l.no) > ($2, $3) AND e.posted_on >= $4 AND e.posted_on <= $5 ORDER BY l.entry, l.no LIMIT $6";
    OF_ENTRY each = ("SELECT e.posted_on, e.id, e.cause, l.no, a.code, a.name, c.code, l.currency, l.amount, l.base FROM entry e JOIN entry_line l ON l.company = e.company AND l.entry = e.id JOIN account a ON a.company = l.company AND a.no = l.account LEFT JOIN customer c ON c.company = l.company AND c.id = l.customer WHERE e.id = $1 AND e.company = $2 ORDER BY l.no", "SELECT e.posted_on, e.id, e.cause, l.no, a.code, a.name, c.code, l.currency, l.amount, l.base FROM entry e JOIN entry_line l ON l.company = e.company AND l.entry = e.id JOIN account a ON a.company = l.company AND a.no = l.account LEFT JOIN customer c ON c.company = l.company AND c.id = l.customer WHERE e.id = ANY($1) AND e.company = $2 ORDER BY e.id, l.no");
    LINES = "SELECT e.posted_on, e.id, e.cause, l.no, a.code, a.name, c.code, l.currency, l.amount, l.base FROM entry e JOIN entry_line l ON l.company = e.company AND l.entry = e.id JOIN account a ON a.company = l.company AND a.no = l.account LEFT JOIN customer c ON c.company = l.company AND c.id = l.customer WHERE e.company = $1 AND e.posted_on >= $2 AND e.posted_on <= $3 ORDER BY e.posted_on, e.id, l.no";
}

/// One line of an entry; a debit is above zero.
#[derive(Clone, Debug)]
pub struct Line {
    pub on: Date,
    pub entry: Id<ids::Entry>,
    pub cause: &'static str,
    pub no: i64,
    pub account: String,
    pub account_name: String,
    pub customer: Option<String>,
    pub currency: Currency,
    pub amount: i64,
    /// In the company's currency.
    pub base: i64,
}

/// Calls `f` with each line posted in the span, in the order of the days.
pub fn lines(
    tx: &mut Tx<'_>,
    company: i64,
    from: Option<Date>,
    until: Option<Date>,
    mut f: impl FnMut(Line) -> Result<(), Error>,
) -> Result<(), Error> {
    let (from, until) = span(from, until);
    tx.each(LINES, params![company, from, until], |row| f(read(row)?))
}

pub(crate) fn span(from: Option<Date>, until: Option<Date>) -> (Date, Date) {
    (from.unwrap_or(Date::from_day_number(i32::MIN)), until.unwrap_or(Date::from_day_number(i32::MAX)))
}

/// The lines of entries, by entry and in their order.
pub fn of_entries(tx: &mut Tx<'_>, company: i64, entries: &[Id<ids::Entry>]) -> Result<Vec<Line>, Error> {
    let keys: Vec<Value<'_>> = entries.iter().map(|id| Value::from(*id)).collect();
    let mut found = Vec::new();
    tx.each_of(OF_ENTRY, &keys, 1, company, |row| {
        found.push(read(row)?);
        Ok(())
    })?;
    found.sort_by_key(|line| (line.on, line.entry, line.no));
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<Line, Error> {
    Ok(Line {
        on: row.date(0)?,
        entry: row.id(1)?,
        cause: Cause::from_number(row.int(2)?).map_or("", Cause::name),
        no: row.int(3)?,
        account: row.string(4)?,
        account_name: row.string(5)?,
        customer: row.string_opt(6)?,
        currency: row.currency(7)?,
        amount: row.int(8)?,
        base: row.int(9)?,
    })
}

/// Lines posted in the span in the order they were made, those after a line of an entry.
pub fn page(
    tx: &mut Tx<'_>,
    company: i64,
    (from, until): (Option<Date>, Option<Date>),
    after: (Id<ids::Entry>, i64),
    limit: i64,
) -> Result<Vec<Line>, Error> {
    let (from, until) = span(from, until);
    tx.all(PAGE, params![company, after.0, after.1, from, until, limit], read)
}
