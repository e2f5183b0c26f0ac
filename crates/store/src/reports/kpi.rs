//! The sums behind the ratios: credit sales of a span of days, and how many receipts nobody had to touch.

use receivables::insight::kpi::Payments;
use receivables::{Currency, Date};

use super::ageing::View;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    SALES = "SELECT currency, CAST(SUM(total) AS BIGINT) FROM document WHERE company = $1 AND kind = 1 AND opening = 0 AND posted_on > $2 AND posted_on <= $3 GROUP BY currency ORDER BY currency";
    SALES_KNOWN = "SELECT currency, CAST(SUM(total) AS BIGINT) FROM document WHERE company = $1 AND kind = 1 AND opening = 0 AND posted_on > $2 AND posted_on <= $3 AND action IN (SELECT action FROM seal WHERE company = $1 AND sealed_at <= $4) GROUP BY currency ORDER BY currency";
    SALES_BY_DAY = "SELECT posted_on, CAST(SUM(total) AS BIGINT) FROM document WHERE company = $1 AND kind = 1 AND opening = 0 AND currency = $2 AND posted_on > $3 AND posted_on <= $4 GROUP BY posted_on ORDER BY posted_on";
    PAYMENTS = "SELECT currency, COUNT(*), CAST(SUM(untouched) AS BIGINT) FROM (SELECT r.currency, CASE WHEN r.gross = COALESCE((SELECT CAST(SUM(m.receipt_amount) AS BIGINT) FROM movement m WHERE m.company = r.company AND m.receipt = r.id AND m.posted_on <= $1), 0) AND NOT EXISTS (SELECT 1 FROM movement m JOIN action a ON a.company = m.company AND a.id = m.action WHERE m.company = r.company AND m.receipt = r.id AND m.posted_on <= $1 AND a.verb <> $2) AND NOT EXISTS (SELECT 1 FROM identification n JOIN action a ON a.company = n.company AND a.id = n.action WHERE n.company = r.company AND n.receipt = r.id AND n.posted_on <= $1 AND a.verb = $3) THEN 1 ELSE 0 END AS untouched FROM receipt r WHERE r.company = $4 AND r.opening = 0 AND r.posted_on > $5 AND r.posted_on <= $1) x GROUP BY currency ORDER BY currency";
    PAYMENTS_KNOWN = "SELECT currency, COUNT(*), CAST(SUM(untouched) AS BIGINT) FROM (SELECT r.currency, CASE WHEN r.gross = COALESCE((SELECT CAST(SUM(m.receipt_amount) AS BIGINT) FROM movement m WHERE m.company = r.company AND m.receipt = r.id AND m.posted_on <= $1 AND m.action IN (SELECT action FROM seal WHERE company = $2 AND sealed_at <= $3)), 0) AND NOT EXISTS (SELECT 1 FROM movement m JOIN action a ON a.company = m.company AND a.id = m.action WHERE m.company = r.company AND m.receipt = r.id AND m.posted_on <= $1 AND a.verb <> $4 AND m.action IN (SELECT action FROM seal WHERE company = $2 AND sealed_at <= $3)) AND NOT EXISTS (SELECT 1 FROM identification n JOIN action a ON a.company = n.company AND a.id = n.action WHERE n.company = r.company AND n.receipt = r.id AND n.posted_on <= $1 AND a.verb = $5 AND n.action IN (SELECT action FROM seal WHERE company = $2 AND sealed_at <= $3)) THEN 1 ELSE 0 END AS untouched FROM receipt r WHERE r.company = $2 AND r.opening = 0 AND r.posted_on > $6 AND r.posted_on <= $1 AND r.action IN (SELECT action FROM seal WHERE company = $2 AND sealed_at <= $3)) x GROUP BY currency ORDER BY currency";
}

/// Invoiced totals per currency, posted after `after` and on or before the day of the view; an opening load is no sale.
pub fn sales(tx: &mut Tx<'_>, company: i64, after: Date, view: View) -> Result<Vec<(Currency, i64)>, Error> {
    let read = |row: &Row<'_>| Ok((row.currency(0)?, row.int(1)?));
    match view.known_at {
        None => tx.all(SALES, params![company, after, view.as_of], read),
        Some(known_at) => tx.all(SALES_KNOWN, params![company, after, view.as_of, known_at], read),
    }
}

/// Invoiced totals of one currency on each day after `after`, up to a day.
pub fn sales_by_day(
    tx: &mut Tx<'_>,
    company: i64,
    currency: Currency,
    after: Date,
    until: Date,
) -> Result<Vec<(Date, i64)>, Error> {
    tx.all(SALES_BY_DAY, params![company, currency, after, until], |row| Ok((row.date(0)?, row.int(1)?)))
}

/// What the audit log calls the actions that tell a receipt nobody touched.
#[derive(Clone, Copy, Debug)]
pub struct Verbs {
    /// Cash application: the only one that moves such a receipt.
    pub applies: &'static str,
    /// A person who says whose money it is.
    pub identifies: &'static str,
}

/// Receipts per currency, posted after `after` and on or before the day of the view, and how many of them cash
/// application had applied in full by then, without a person; an opening load is no payment.
pub fn payments(
    tx: &mut Tx<'_>,
    company: i64,
    after: Date,
    view: View,
    verbs: Verbs,
) -> Result<Vec<(Currency, Payments)>, Error> {
    let Verbs { applies, identifies } = verbs;
    let read = |row: &Row<'_>| Ok((row.currency(0)?, Payments { received: row.int(1)?, untouched: row.int(2)? }));
    match view.known_at {
        None => tx.all(PAYMENTS, params![view.as_of, applies, identifies, company, after], read),
        Some(known_at) => {
            tx.all(PAYMENTS_KNOWN, params![view.as_of, company, known_at, applies, identifies, after], read)
        }
    }
}
