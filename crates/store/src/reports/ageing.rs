//! What is open and what is unapplied, as of a posting date and as known at an instant.
//!
//! Asked for now, the answer comes from the projections; for any other day or instant from the facts, without
//! the movements posted later or sealed later.

use receivables::ids::{self, Id};
use receivables::{Currency, Date, Instant, Refusal};

use crate::tx::{Row, statements};
use crate::{Error, Tx, audit, params};

statements! {
    HORIZON = "SELECT posted_on FROM horizon WHERE company = $1";
    NOW = "SELECT customer, currency, due_on, CAST(SUM(open) AS BIGINT), CAST(SUM(open_base) AS BIGINT) FROM (SELECT i.customer, i.currency, CASE WHEN EXISTS (SELECT 1 FROM submission s WHERE s.company = i.company AND s.document = i.document AND s.state <> 'fiscalised' AND s.state <> 'void') THEN 2932896 WHEN f.invoice IS NULL THEN i.due_on WHEN f.moved_days IS NULL THEN 2932896 ELSE i.due_on + f.moved_days END AS due_on, i.open, i.open_base FROM open_item i LEFT JOIN invoice_file f ON f.company = i.company AND f.invoice = i.document WHERE i.company = $1 AND i.open <> 0) x GROUP BY customer, currency, due_on";
    AS_OF = "SELECT customer, currency, due_on, CAST(SUM(open) AS BIGINT), CAST(SUM(open_base) AS BIGINT) FROM (SELECT i.customer, i.currency, CASE WHEN EXISTS (SELECT 1 FROM submission s WHERE s.company = i.company AND s.document = i.document AND s.state <> 'fiscalised' AND s.state <> 'void') THEN 2932896 WHEN f.invoice IS NULL THEN i.due_on WHEN f.moved_days IS NULL THEN 2932896 ELSE i.due_on + f.moved_days END AS due_on, i.total + COALESCE((SELECT CAST(SUM(m.amount) AS BIGINT) FROM movement m WHERE m.company = i.company AND m.document = i.document AND m.instalment = i.instalment AND m.posted_on <= $1), 0) AS open, i.total_base + COALESCE((SELECT CAST(SUM(m.amount_base) AS BIGINT) FROM movement m WHERE m.company = i.company AND m.document = i.document AND m.instalment = i.instalment AND m.posted_on <= $1), 0) AS open_base FROM open_item i LEFT JOIN invoice_file f ON f.company = i.company AND f.invoice = i.document WHERE i.company = $2 AND i.posted_on <= $1) x WHERE open <> 0 GROUP BY customer, currency, due_on";
    KNOWN_AT = "SELECT customer, currency, due_on, CAST(SUM(open) AS BIGINT), CAST(SUM(open_base) AS BIGINT) FROM (SELECT i.customer, i.currency, CASE WHEN EXISTS (SELECT 1 FROM submission s WHERE s.company = i.company AND s.document = i.document AND s.state <> 'fiscalised' AND s.state <> 'void') THEN 2932896 ELSE i.due_on END AS due_on, i.total + COALESCE((SELECT CAST(SUM(m.amount) AS BIGINT) FROM movement m WHERE m.company = i.company AND m.document = i.document AND m.instalment = i.instalment AND m.posted_on <= $1 AND m.action IN (SELECT action FROM seal WHERE company = $2 AND sealed_at <= $3)), 0) AS open, i.total_base + COALESCE((SELECT CAST(SUM(m.amount_base) AS BIGINT) FROM movement m WHERE m.company = i.company AND m.document = i.document AND m.instalment = i.instalment AND m.posted_on <= $1 AND m.action IN (SELECT action FROM seal WHERE company = $2 AND sealed_at <= $3)), 0) AS open_base FROM open_item i WHERE i.company = $2 AND i.posted_on <= $1 AND i.action IN (SELECT action FROM seal WHERE company = $2 AND sealed_at <= $3)) x WHERE open <> 0 GROUP BY customer, currency, due_on";
    INVOICES = "SELECT d.number, i.instalment, i.customer, i.currency, i.issued_on, i.due_on, i.total, i.total + COALESCE((SELECT CAST(SUM(m.amount) AS BIGINT) FROM movement m WHERE m.company = i.company AND m.document = i.document AND m.instalment = i.instalment AND m.posted_on <= $1 AND m.action IN (SELECT action FROM seal WHERE company = $2 AND sealed_at <= $3 UNION ALL SELECT action FROM unsealed WHERE company = $2 AND $4 = 1)), 0) AS open, CASE WHEN EXISTS (SELECT 1 FROM submission s WHERE s.company = i.company AND s.document = i.document AND s.state <> 'fiscalised' AND s.state <> 'void') THEN 1 ELSE 0 END, CASE WHEN $4 = 1 AND f.invoice IS NOT NULL THEN COALESCE(i.due_on + f.moved_days, 2932896) END FROM open_item i JOIN document d ON d.company = i.company AND d.id = i.document LEFT JOIN invoice_file f ON f.company = i.company AND f.invoice = i.document WHERE i.company = $2 AND i.posted_on <= $1 AND i.action IN (SELECT action FROM seal WHERE company = $2 AND sealed_at <= $3 UNION ALL SELECT action FROM unsealed WHERE company = $2 AND $4 = 1)";
    AWAITED = "SELECT customer, currency, number, instalment, CASE WHEN awaited > open THEN open ELSE awaited END FROM (SELECT i.customer AS customer, i.currency AS currency, d.number AS number, i.instalment AS instalment, f.awaited AS awaited, i.total + COALESCE((SELECT CAST(SUM(m.amount) AS BIGINT) FROM movement m WHERE m.company = i.company AND m.document = i.document AND m.instalment = i.instalment AND m.posted_on <= $1 AND m.action IN (SELECT action FROM seal WHERE company = $2 AND sealed_at <= $3 UNION ALL SELECT action FROM unsealed WHERE company = $2 AND $4 = 1)), 0) AS open FROM (SELECT c.document AS document, c.instalment AS instalment, CAST(SUM(c.amount) AS BIGINT) AS awaited FROM certificate c WHERE c.company = $2 AND c.awaited_on <= $1 AND c.action IN (SELECT action FROM seal WHERE company = $2 AND sealed_at <= $3 UNION ALL SELECT action FROM unsealed WHERE company = $2 AND $4 = 1) AND NOT EXISTS (SELECT 1 FROM certificate_event e WHERE e.company = c.company AND e.certificate = c.id AND e.on_day <= $1 AND e.action IN (SELECT action FROM seal WHERE company = $2 AND sealed_at <= $3 UNION ALL SELECT action FROM unsealed WHERE company = $2 AND $4 = 1)) GROUP BY c.document, c.instalment) f JOIN open_item i ON i.company = $2 AND i.document = f.document AND i.instalment = f.instalment JOIN document d ON d.company = i.company AND d.id = i.document) x WHERE open > 0";
    UNAPPLIED_NOW = "SELECT customer, currency, CAST(SUM(unapplied) AS BIGINT) FROM receipt WHERE company = $1 AND customer IS NOT NULL AND unapplied <> 0 GROUP BY customer, currency";
    UNAPPLIED = "SELECT customer, currency, CAST(SUM(amount) AS BIGINT) FROM (SELECT n.customer, r.currency, n.amount, n.posted_on, n.action FROM identification n JOIN receipt r ON r.company = n.company AND r.id = n.receipt WHERE n.company = $1 UNION ALL SELECT r.customer, r.currency, -m.receipt_amount, m.posted_on, m.action FROM movement m JOIN receipt r ON r.company = m.company AND r.id = m.receipt WHERE m.company = $1 UNION ALL SELECT f.customer, r.currency, -f.amount, f.posted_on, f.action FROM refund f JOIN receipt r ON r.company = f.company AND r.id = f.receipt WHERE f.company = $1 AND f.customer IS NOT NULL) x WHERE posted_on <= $2 AND action IN (SELECT action FROM seal WHERE company = $1 AND sealed_at <= $3 UNION ALL SELECT action FROM unsealed WHERE company = $1 AND $4 = 1) GROUP BY customer, currency";
    UNIDENTIFIED_NOW = "SELECT currency, CAST(SUM(unidentified) AS BIGINT) FROM receipt WHERE company = $1 AND unidentified <> 0 GROUP BY currency ORDER BY currency";
    UNIDENTIFIED = "SELECT currency, CAST(SUM(amount) AS BIGINT) FROM (SELECT r.currency, r.gross AS amount, r.posted_on, r.action FROM receipt r WHERE r.company = $1 UNION ALL SELECT r.currency, -n.amount, n.posted_on, n.action FROM identification n JOIN receipt r ON r.company = n.company AND r.id = n.receipt WHERE n.company = $1 UNION ALL SELECT r.currency, -f.amount, f.posted_on, f.action FROM refund f JOIN receipt r ON r.company = f.company AND r.id = f.receipt WHERE f.company = $1 AND f.customer IS NULL) x WHERE posted_on <= $2 AND action IN (SELECT action FROM seal WHERE company = $1 AND sealed_at <= $3 UNION ALL SELECT action FROM unsealed WHERE company = $1 AND $4 = 1) GROUP BY currency ORDER BY currency";
}

/// The last day there is, as the statements write it: 31 December 9999.
const NEVER: i32 = 2_932_896;

/// Which facts an answer sees.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Facts posted on or before this day.
    pub as_of: Date,
    /// Facts sealed at or before this instant; all of them when `None`.
    pub known_at: Option<Instant>,
}

/// One customer's sum of open items of one currency and due date. What has no receipt of the tax device yet, or is not due before its
/// file of papers is handed in or approved, is due on the last day there is; as known at an instant, files are not looked at.
#[derive(Clone, Copy, Debug)]
pub struct Position {
    pub customer: Id<ids::Customer>,
    pub currency: Currency,
    pub due_on: Date,
    pub open: i64,
    pub open_base: i64,
}

/// Refuses a known-at that later facts could still change.
pub fn check(tx: &mut Tx<'_>, company: i64, view: View) -> Result<(), Error> {
    let Some(known_at) = view.known_at else { return Ok(()) };
    let last = audit::last_seal(tx, company)?.map(|seal| seal.sealed_at);
    if last.is_some_and(|last| known_at <= last) {
        return Ok(());
    }
    let last = last.map_or_else(|| "–".to_owned(), |last| last.to_string());
    Err(Refusal::NotSealedYet { known_at: known_at.to_string(), last }.into())
}

/// Whether nothing was posted after the day, so that the projections answer for it.
fn is_now(tx: &mut Tx<'_>, company: i64, view: View) -> Result<bool, Error> {
    let horizon = tx.first(HORIZON, params![company], |row| row.date(0))?;
    Ok(view.known_at.is_none() && horizon.is_none_or(|last| last <= view.as_of))
}

/// Calls `f` with each position; due dates of one customer and currency come together.
pub fn positions(
    tx: &mut Tx<'_>,
    company: i64,
    view: View,
    mut f: impl FnMut(Position) -> Result<(), Error>,
) -> Result<(), Error> {
    check(tx, company, view)?;
    let mut take = |row: &Row<'_>| {
        f(Position {
            customer: row.id(0)?,
            currency: row.currency(1)?,
            due_on: row.date(2)?,
            open: row.int(3)?,
            open_base: row.int(4)?,
        })
    };
    if is_now(tx, company, view)? {
        return tx.each(NOW, params![company], &mut take);
    }
    match view.known_at {
        None => tx.each(AS_OF, params![view.as_of, company], &mut take),
        Some(known_at) => tx.each(KNOWN_AT, params![view.as_of, company, known_at], &mut take),
    }
}

/// One open instalment.
#[derive(Clone, Debug)]
pub struct OpenInvoice {
    pub number: String,
    pub instalment: i32,
    pub customer: Id<ids::Customer>,
    pub currency: Currency,
    pub issued_on: Date,
    pub due_on: Date,
    pub total: i64,
    pub open: i64,
    /// Without a receipt of the tax device, or while its file of papers holds it up, it does not age.
    pub is_pending: bool,
}

/// Calls `f` with each instalment that is open in this view.
pub fn invoices(
    tx: &mut Tx<'_>,
    company: i64,
    view: View,
    mut f: impl FnMut(OpenInvoice) -> Result<(), Error>,
) -> Result<(), Error> {
    check(tx, company, view)?;
    let (sealed, unsealed) = seal_limits(view);
    tx.each(INVOICES, params![view.as_of, company, sealed, unsealed], |row| {
        let open = row.int(7)?;
        if open != 0 {
            let moved_to = row.date_opt(9)?;
            f(OpenInvoice {
                number: row.string(0)?,
                instalment: row.small(1)?,
                customer: row.id(2)?,
                currency: row.currency(3)?,
                issued_on: row.date(4)?,
                due_on: moved_to.filter(|on| on.day_number() < NEVER).unwrap_or(row.date(5)?),
                total: row.int(6)?,
                open,
                is_pending: row.flag(8)? || moved_to.is_some_and(|on| on.day_number() >= NEVER),
            })?;
        }
        Ok(())
    })
}

/// What each customer has paid and not applied.
pub fn unapplied(tx: &mut Tx<'_>, company: i64, view: View) -> Result<Vec<(Id<ids::Customer>, Currency, i64)>, Error> {
    let read = |row: &Row<'_>| Ok((row.id(0)?, row.currency(1)?, row.int(2)?));
    if is_now(tx, company, view)? {
        return tx.all(UNAPPLIED_NOW, params![company], read);
    }
    let (sealed, unsealed) = seal_limits(view);
    let rows = tx.all(UNAPPLIED, params![company, view.as_of, sealed, unsealed], read)?;
    Ok(rows.into_iter().filter(|(_, _, amount)| *amount != 0).collect())
}

/// What came in and belongs to nobody yet.
pub fn unidentified(tx: &mut Tx<'_>, company: i64, view: View) -> Result<Vec<(Currency, i64)>, Error> {
    let read = |row: &Row<'_>| Ok((row.currency(0)?, row.int(1)?));
    if is_now(tx, company, view)? {
        return tx.all(UNIDENTIFIED_NOW, params![company], read);
    }
    let (sealed, unsealed) = seal_limits(view);
    let rows = tx.all(UNIDENTIFIED, params![company, view.as_of, sealed, unsealed], read)?;
    Ok(rows.into_iter().filter(|(_, amount)| *amount != 0).collect())
}

/// What is open of an instalment while a certificate of tax withheld is awaited for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    pub customer: Id<ids::Customer>,
    pub currency: Currency,
    pub number: String,
    pub instalment: i32,
    pub amount: i64,
}

/// Each instalment for which a certificate is awaited.
pub fn awaited(tx: &mut Tx<'_>, company: i64, view: View) -> Result<Vec<Awaited>, Error> {
    let (sealed, unsealed) = seal_limits(view);
    tx.all(AWAITED, params![view.as_of, company, sealed, unsealed], |row| {
        Ok(Awaited {
            customer: row.id(0)?,
            currency: row.currency(1)?,
            number: row.string(2)?,
            instalment: row.small(3)?,
            amount: row.int(4)?,
        })
    })
}

/// The last seal instant to see, and whether facts not sealed yet are seen too.
fn seal_limits(view: View) -> (Instant, bool) {
    view.known_at.map_or((Instant::from_micros(i64::MAX), true), |known_at| (known_at, false))
}
