//! What a customer was billed before, for looking at an invoice before it is posted.

use receivables::billing::check::Before;
use receivables::ids::{self, Id};
use receivables::{Currency, Date, Money};

use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    BEFORE = "SELECT d.total, CASE WHEN r.document IS NULL THEN 0 ELSE 1 END FROM document d LEFT JOIN document_reference r ON r.company = d.company AND r.document = d.id AND r.kind = 'order' WHERE d.company = $1 AND d.payer = $2 AND d.currency = $3 AND d.kind = 1 AND d.total > 0 ORDER BY d.issued_on DESC, d.id DESC LIMIT $4";
    SAME_LINE = "SELECT d.number FROM document d JOIN document_line l ON l.company = d.company AND l.document = d.id WHERE d.company = $1 AND d.payer = $2 AND l.description = $3 AND d.kind = 1 AND d.total + COALESCE((SELECT CAST(SUM(k.total) AS BIGINT) FROM document k WHERE k.company = d.company AND k.credits = d.id AND k.credits IS NOT NULL), 0) > 0 ORDER BY d.id LIMIT 1";
    OF_DAY = "SELECT d.number, l.description, l.quantity, l.unit_price, l.tax_class FROM document d LEFT JOIN document_line l ON l.company = d.company AND l.document = d.id WHERE d.company = $1 AND d.payer = $2 AND d.issued_on = $3 AND d.currency = $4 AND d.total = $5 AND d.kind = 1 AND d.total + COALESCE((SELECT CAST(SUM(k.total) AS BIGINT) FROM document k WHERE k.company = d.company AND k.credits = d.id AND k.credits IS NOT NULL), 0) > 0 ORDER BY d.id, l.no";
    SAME_PAPER = "SELECT d.number FROM document_reference r JOIN document d ON d.company = r.company AND d.id = r.document WHERE r.company = $1 AND r.kind = 'hand-written' AND r.said = $2 AND d.kind = 1 AND d.total + COALESCE((SELECT CAST(SUM(k.total) AS BIGINT) FROM document k WHERE k.company = d.company AND k.credits = d.id AND k.credits IS NOT NULL), 0) > 0 ORDER BY d.id LIMIT 1";
    SAME_ORDER = "SELECT d.number FROM document_reference r JOIN document d ON d.company = r.company AND d.id = r.document WHERE r.company = $1 AND r.kind = 'order' AND r.said = $2 AND d.payer = $3 AND d.kind = 1 AND d.total + COALESCE((SELECT CAST(SUM(k.total) AS BIGINT) FROM document k WHERE k.company = d.company AND k.credits = d.id AND k.credits IS NOT NULL), 0) > 0 ORDER BY d.id LIMIT 1";
}

/// Invoices that are looked back at.
const LOOKED_BACK: i64 = 24;

/// The last invoices of a payer in a currency, the newest first.
pub fn before(
    tx: &mut Tx<'_>,
    company: i64,
    payer: Id<ids::Customer>,
    currency: Currency,
) -> Result<Vec<Before>, Error> {
    tx.all(BEFORE, params![company, payer, currency, LOOKED_BACK], |row| {
        Ok(Before { total: row.int(0)?, has_order: row.flag(1)? })
    })
}

/// An invoice of the payer, not credited in full, with a line of these words.
pub fn same_line(
    tx: &mut Tx<'_>,
    company: i64,
    payer: Id<ids::Customer>,
    description: &str,
) -> Result<Option<String>, Error> {
    tx.first(SAME_LINE, params![company, payer, description], |row| row.string(0))
}

/// A line as it was posted: description, quantity, price and tax class.
pub type Words = [String; 4];

/// The invoices of the payer of one day, currency and total in minor units that are not credited in full, with their lines.
pub fn of_day(
    tx: &mut Tx<'_>,
    company: i64,
    payer: Id<ids::Customer>,
    issued_on: Date,
    total: Money,
) -> Result<Vec<(String, Vec<Words>)>, Error> {
    let mut found: Vec<(String, Vec<Words>)> = Vec::new();
    tx.each(OF_DAY, params![company, payer, issued_on, total.currency, total.minor], |row| {
        let number = row.string(0)?;
        if found.last().is_none_or(|(known, _)| *known != number) {
            found.push((number, Vec::new()));
        }
        if let (Some(description), Some((_, lines))) = (row.string_opt(1)?, found.last_mut()) {
            lines.push([description, row.string(2)?, row.string(3)?, row.string_opt(4)?.unwrap_or_default()]);
        }
        Ok(())
    })?;
    Ok(found)
}

/// An invoice of the payer, not credited in full, that names the order.
pub fn same_order(
    tx: &mut Tx<'_>,
    company: i64,
    payer: Id<ids::Customer>,
    order: &str,
) -> Result<Option<String>, Error> {
    tx.first(SAME_ORDER, params![company, order, payer], |row| row.string(0))
}

/// An invoice, not credited in full, that was written by hand under a number.
pub fn same_hand_written(tx: &mut Tx<'_>, company: i64, number: &str) -> Result<Option<String>, Error> {
    tx.first(SAME_PAPER, params![company, number], |row| row.string(0))
}
