//! The day of the work behind invoices: work that was done, periods and usage of contracts, charges, offers, deliveries.

use receivables::Date;

use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    MEASURED = "SELECT x.kind, d.number, c.code, c.name, x.day, x.said, d.issued_on FROM (SELECT 'work' AS kind, e.document AS document, MIN(u.done_on) AS day, CAST(NULL AS TEXT) AS said FROM unbilled_end e JOIN unbilled u ON u.company = e.company AND u.id = e.unbilled WHERE e.company = $1 AND e.document IS NOT NULL GROUP BY e.document UNION ALL SELECT CASE WHEN k.bills = 'advance' THEN 'period-begin' ELSE 'period-end' END, b.document, CASE WHEN k.bills = 'advance' THEN b.from_on ELSE b.until_on END, NULL FROM contract_bill b JOIN contract k ON k.company = b.company AND k.id = b.contract WHERE b.company = $1 UNION ALL SELECT 'usage', u.document, MIN(u.until_on), NULL FROM usage_bill u WHERE u.company = $1 AND u.correction = 0 GROUP BY u.document UNION ALL SELECT 'charge', b.document, MIN(g.on_day), NULL FROM charge_bill b JOIN charge g ON g.company = b.company AND g.id = b.charge WHERE b.company = $1 GROUP BY b.document UNION ALL SELECT 'quote', q.document, q.ended_on, NULL FROM quote_end q WHERE q.company = $1 AND q.document IS NOT NULL UNION ALL SELECT 'delivery', r.document, NULL, r.said FROM document_reference r WHERE r.company = $1 AND r.kind = 'delivered') x JOIN document d ON d.company = $1 AND d.id = x.document JOIN customer c ON c.company = d.company AND c.id = d.bill_to WHERE d.kind = 1 AND d.issued_on >= $2 AND d.issued_on <= $3 ORDER BY d.issued_on, d.number, x.kind, x.day";
    ISSUED = "SELECT COUNT(*) FROM document d WHERE d.company = $1 AND d.kind = 1 AND d.opening = 0 AND d.series <> 'external' AND d.issued_on >= $2 AND d.issued_on <= $3";
}

/// An invoice and the day of what it bills.
#[derive(Clone, Debug)]
pub struct Measured {
    /// What the day is of: `work`, `period-begin`, `period-end`, `usage`, `charge`, `quote`, `delivery`.
    pub kind: String,
    pub number: String,
    pub customer: String,
    pub name: String,
    pub since: Date,
    pub issued_on: Date,
}

/// Invoices of a span whose work has a day, in their order.
pub fn measured(tx: &mut Tx<'_>, company: i64, (from, until): (Date, Date)) -> Result<Vec<Measured>, Error> {
    let mut found = Vec::new();
    tx.each(MEASURED, params![company, from, until], |row| {
        let said = row.string_opt(5)?.and_then(|said| said.parse::<Date>().ok());
        if let Some(since) = row.date_opt(4)?.or(said) {
            found.push(Measured {
                kind: row.string(0)?,
                number: row.string(1)?,
                customer: row.string(2)?,
                name: row.string(3)?,
                since,
                issued_on: row.date(6)?,
            });
        }
        Ok(())
    })?;
    Ok(found)
}

/// How many invoices of ours bear a day of a span.
pub fn issued(tx: &mut Tx<'_>, company: i64, (from, until): (Date, Date)) -> Result<i64, Error> {
    Ok(tx.first(ISSUED, params![company, from, until], |row| row.int(0))?.unwrap_or(0))
}
