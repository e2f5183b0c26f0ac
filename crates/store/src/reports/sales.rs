//! Documents with their tax by class, for the sales register, and the output tax of the ledger beside them.

use receivables::ids::{self, Id};
use receivables::{Currency, Date};

use super::journal::span;
use crate::document::{DocumentTax, Kind};
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    DOCUMENTS = "SELECT d.number, d.kind, d.issued_on, d.posted_on, c.code, c.name, c.tin, d.currency, d.net, d.tax, d.total, d.total_base, t.class, t.rate_ppm, t.net, t.tax, d.id FROM document d JOIN customer c ON c.company = d.company AND c.id = d.bill_to LEFT JOIN document_tax t ON t.company = d.company AND t.document = d.id WHERE d.company = $1 AND d.opening = 0 AND d.posted_on >= $2 AND d.posted_on <= $3 ORDER BY d.posted_on, d.id, t.class";
    OUTPUT_TAX = "SELECT CAST(COALESCE(SUM(-l.base), 0) AS BIGINT) FROM entry e JOIN entry_line l ON l.company = e.company AND l.entry = e.id WHERE e.company = $1 AND e.posted_on >= $2 AND e.posted_on <= $3 AND l.account = 3";
}

/// A document that was posted to revenue; amounts have its sign.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sold {
    pub document: Id<ids::Document>,
    pub number: String,
    pub kind: Kind,
    pub issued_on: Date,
    pub posted_on: Date,
    /// Who was billed.
    pub customer: String,
    pub name: String,
    pub tin: Option<String>,
    pub currency: Currency,
    pub net: i64,
    pub tax: i64,
    pub total: i64,
    /// In the company's currency.
    pub total_base: i64,
    /// By class; none where it says no classes.
    pub taxes: Vec<DocumentTax>,
}

/// Calls `f` with each document posted in the span, the opening load left out, in the order of the days.
pub fn documents(
    tx: &mut Tx<'_>,
    company: i64,
    from: Option<Date>,
    until: Option<Date>,
    mut f: impl FnMut(Sold) -> Result<(), Error>,
) -> Result<(), Error> {
    let (from, until) = span(from, until);
    let mut current: Option<Sold> = None;
    tx.each(DOCUMENTS, params![company, from, until], |row| {
        let next = read(row)?;
        match &mut current {
            Some(sold) if sold.document == next.document => sold.taxes.extend(next.taxes),
            _ => {
                if let Some(sold) = current.replace(next) {
                    f(sold)?;
                }
            }
        }
        Ok(())
    })?;
    current.map_or(Ok(()), f)
}

/// Seventeen columns from the first on.
pub(crate) fn read(row: &Row<'_>) -> Result<Sold, Error> {
    let class = row.string_opt(12)?;
    let tax = |class: String| -> Result<DocumentTax, Error> {
        Ok(DocumentTax { class, rate_ppm: row.int(13)?, net: row.int(14)?, tax: row.int(15)? })
    };
    Ok(Sold {
        document: row.id(16)?,
        number: row.string(0)?,
        kind: Kind::from_number(row.int(1)?),
        issued_on: row.date(2)?,
        posted_on: row.date(3)?,
        customer: row.string(4)?,
        name: row.string(5)?,
        tin: row.string_opt(6)?,
        currency: row.currency(7)?,
        net: row.int(8)?,
        tax: row.int(9)?,
        total: row.int(10)?,
        total_base: row.int(11)?,
        taxes: class.map(tax).transpose()?.into_iter().collect(),
    })
}

/// What the ledger's account of output tax holds for a span, in the company's currency.
pub fn output_tax(tx: &mut Tx<'_>, company: i64, from: Option<Date>, until: Option<Date>) -> Result<i64, Error> {
    let (from, until) = span(from, until);
    Ok(tx.first(OUTPUT_TAX, params![company, from, until], |row| row.int(0))?.unwrap_or(0))
}
