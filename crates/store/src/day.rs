//! The day turn: which days were turned, what it looks at, and the worklist it leaves.

use receivables::ids::{self, Id};
use receivables::money::share_minor;
use receivables::{Currency, Date};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Engine, Error, Tx, Value, params};

statements! {
    LAST = "SELECT on_day FROM day_turn WHERE company = $1 ORDER BY on_day DESC LIMIT 1";
    DUE = "SELECT i.customer, i.currency, i.document, i.instalment, i.due_on + COALESCE(f.moved_days, 0), i.open, i.open_base, i.disputed, i.awaited FROM open_item i LEFT JOIN invoice_file f ON f.company = i.company AND f.invoice = i.document WHERE i.company = $1 AND i.open <> 0 AND i.open <> i.awaited AND (f.invoice IS NULL OR f.moved_days IS NOT NULL) AND i.document NOT IN (SELECT s.document FROM submission s WHERE s.company = $1 AND s.state <> 'fiscalised' AND s.state <> 'void') ORDER BY i.customer, i.currency, i.due_on + COALESCE(f.moved_days, 0), i.document";
    DUE_OF = "SELECT i.customer, i.currency, i.document, i.instalment, i.due_on + COALESCE(f.moved_days, 0), i.open, i.open_base, i.disputed, i.awaited FROM open_item i LEFT JOIN invoice_file f ON f.company = i.company AND f.invoice = i.document WHERE i.company = $1 AND i.customer = $2 AND i.open <> 0 AND i.open <> i.awaited AND (f.invoice IS NULL OR f.moved_days IS NOT NULL) AND i.document NOT IN (SELECT s.document FROM submission s WHERE s.company = $1 AND s.state <> 'fiscalised' AND s.state <> 'void') ORDER BY i.customer, i.currency, i.due_on + COALESCE(f.moved_days, 0), i.document";
    OVERDUE = "SELECT i.currency, CAST(SUM(i.open - i.awaited) AS BIGINT) FROM open_item i LEFT JOIN invoice_file f ON f.company = i.company AND f.invoice = i.document WHERE i.company = $1 AND i.customer IN (SELECT id FROM customer WHERE company = $1 AND (id = $2 OR merged_into = $2)) AND i.open <> 0 AND i.due_on < $3 AND (f.invoice IS NULL OR i.due_on + f.moved_days < $3) AND i.open > i.awaited AND i.document NOT IN (SELECT s.document FROM submission s WHERE s.company = $1 AND s.state <> 'fiscalised' AND s.state <> 'void') GROUP BY i.currency ORDER BY i.currency";
    NUMBERS = "SELECT id, number FROM document WHERE company = $1 AND id = $2";
    UNAPPLIED = "SELECT customer, currency, CAST(SUM(unapplied) AS BIGINT), CAST(SUM(unapplied_base) AS BIGINT) FROM receipt WHERE company = $1 AND customer IS NOT NULL AND unapplied <> 0 GROUP BY customer, currency";
    ALONE postgres = "SELECT 1 FROM (SELECT pg_advisory_xact_lock(74613, CAST($1 AS INTEGER))) AS held";
    FORGET = "DELETE FROM priority WHERE company = $1";
}

/// The last day that was turned.
pub fn last(tx: &mut Tx<'_>, company: i64) -> Result<Option<Date>, Error> {
    tx.first(LAST, params![company], |row| row.date(0))
}

/// Marks a day as turned.
pub fn save(tx: &mut Tx<'_>, company: i64, on: Date) -> Result<(), Error> {
    let (action, now) = (tx.action_id()?, tx.now());
    tx.insert_facts(&table::DAY_TURN, params![company, on, action, now])
}

/// One open instalment as the day turn sees it.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    pub customer: Id<ids::Customer>,
    pub currency: Currency,
    pub document: Id<ids::Document>,
    pub instalment: i32,
    pub due_on: Date,
    /// Without what a certificate is awaited for: that is not overdue.
    pub open: i64,
    pub open_base: i64,
    pub disputed: i64,
}

/// Everything open but what certificates are awaited for, what has no receipt of the tax device yet, and what is not due before its file
/// of papers is handed in or approved, by customer and currency. Due days are those from which the term runs.
pub fn due(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Due>, Error> {
    tx.all(DUE, params![company], read_due)
}

/// The same of one customer, without those merged into it.
pub fn due_of(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Vec<Due>, Error> {
    tx.all(DUE_OF, params![company, customer], read_due)
}

fn read_due(row: &Row<'_>) -> Result<Due, Error> {
    let (open, awaited) = (row.int(5)?, row.int(8)?);
    let open_base = share_minor(row.int(6)?, open - awaited, open).map_err(receivables::Refusal::from)?;
    Ok(Due {
        customer: row.id(0)?,
        currency: row.currency(1)?,
        document: row.id(2)?,
        instalment: row.small(3)?,
        due_on: row.date(4)?,
        open: open - awaited,
        open_base,
        disputed: row.int(7)?,
    })
}

/// What one customer, with those merged into it, has past due at this moment, per currency.
pub fn overdue(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Id<ids::Customer>,
    today: Date,
) -> Result<Vec<(Currency, i64)>, Error> {
    tx.all(OVERDUE, params![company, customer, today], |row| Ok((row.currency(0)?, row.int(1)?)))
}

/// The number people know a document by.
pub fn number(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<String, Error> {
    Ok(tx.first(NUMBERS, params![company, document], |row| row.string(1))?.unwrap_or_default())
}

/// Money on account of one customer in one currency, also in the company's.
#[derive(Clone, Copy, Debug)]
pub struct OnAccount {
    pub customer: Id<ids::Customer>,
    pub currency: Currency,
    pub amount: i64,
    pub base: i64,
}

/// Money on account per customer and currency.
pub fn unapplied(tx: &mut Tx<'_>, company: i64) -> Result<Vec<OnAccount>, Error> {
    tx.all(UNAPPLIED, params![company], |row| {
        Ok(OnAccount { customer: row.id(0)?, currency: row.currency(1)?, amount: row.int(2)?, base: row.int(3)? })
    })
}

/// One account's place in the worklist; `body` holds amounts and reasons.
#[derive(Clone, Debug)]
pub struct Priority {
    pub customer: Id<ids::Customer>,
    pub points: i32,
    pub body: String,
    pub step: String,
    /// In the company's currency.
    pub overdue: i64,
    /// The codes of its reasons.
    pub reasons: Vec<String>,
    /// Those in which something is overdue.
    pub currencies: Vec<String>,
}

/// Forgets the order of the day: whoever asks next has it worked out anew.
pub fn forget_worklist(tx: &mut Tx<'_>, company: i64) -> Result<(), Error> {
    tx.execute(FORGET, params![company]).map(|_| ())
}

/// Replaces the worklist; `list` is in order, the most pressing first.
pub fn replace_worklist(tx: &mut Tx<'_>, company: i64, on: Date, list: &[Priority]) -> Result<(), Error> {
    if tx.engine() == Engine::Postgres {
        // Two people may ask for a new list at once.
        tx.execute(ALONE, params![company])?;
    }
    forget_worklist(tx, company)?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(list.len() * table::PRIORITY.columns.len());
    for (rank, p) in (1i32..).zip(list) {
        rows.extend([
            company.into(),
            p.customer.into(),
            on.into(),
            rank.into(),
            p.points.into(),
            (&p.body).into(),
            (&p.step).into(),
            p.overdue.into(),
            spaced(&p.reasons).into(),
            spaced(&p.currencies).into(),
        ]);
    }
    tx.insert_rows(&table::PRIORITY, &rows)
}

/// Codes with a space around each, for LIKE.
fn spaced(codes: &[String]) -> String {
    format!(" {} ", codes.join(" "))
}
