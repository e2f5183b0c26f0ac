//! What the opening load posted, by customer.

use receivables::Currency;

use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    LOADED = "SELECT c.code, c.name, x.currency, COUNT(*), CAST(SUM(x.invoices) AS BIGINT), CAST(SUM(x.credits) AS BIGINT), CAST(SUM(x.unapplied) AS BIGINT) FROM (SELECT d.company, d.payer AS customer, d.currency, CASE WHEN d.kind = 1 THEN d.total ELSE 0 END AS invoices, CASE WHEN d.kind = 1 THEN 0 ELSE d.total END AS credits, 0 AS unapplied FROM document d WHERE d.company = $1 AND d.opening = 1 UNION ALL SELECT r.company, r.customer, r.currency, 0, 0, r.gross FROM receipt r WHERE r.company = $1 AND r.opening = 1) x LEFT JOIN customer c ON c.company = x.company AND c.id = x.customer GROUP BY c.code, c.name, x.currency";
}

/// One customer's part of the opening load in one currency, as posted; what happened since does not change it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Code and name; `None` for money that belongs to nobody yet.
    pub customer: Option<(String, String)>,
    pub currency: Currency,
    /// Documents and receipts.
    pub rows: i64,
    pub invoices: i64,
    /// Below zero.
    pub credits: i64,
    /// Above zero: money not applied.
    pub unapplied: i64,
}

pub fn loaded(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Loaded>, Error> {
    tx.all(LOADED, params![company], |row| {
        Ok(Loaded {
            customer: row.string_opt(0)?.zip(row.string_opt(1)?),
            currency: row.currency(2)?,
            rows: row.int(3)?,
            invoices: row.int(4)?,
            credits: row.int(5)?,
            unapplied: row.int(6)?,
        })
    })
}
