//! Quotes and proforma invoices, their lines, and what became of them.

use receivables::ids::{self, Id};
use receivables::{Currency, Date, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params};

statements! {
    LIST = "SELECT q.id, q.kind, q.number, c.code, c.name, q.currency, q.issued_on, q.valid_until, q.gross, q.terms, q.buyer_order, q.total, e.ended_on, e.reason, d.number FROM quote q JOIN customer c ON c.company = q.company AND c.id = q.customer LEFT JOIN quote_end e ON e.company = q.company AND e.quote = q.id LEFT JOIN document d ON d.company = e.company AND d.id = e.document WHERE q.company = $1 ORDER BY q.id DESC LIMIT $2";
    GET = "SELECT q.id, q.kind, q.number, c.code, c.name, q.currency, q.issued_on, q.valid_until, q.gross, q.terms, q.buyer_order, q.total, e.ended_on, e.reason, d.number FROM quote q JOIN customer c ON c.company = q.company AND c.id = q.customer LEFT JOIN quote_end e ON e.company = q.company AND e.quote = q.id LEFT JOIN document d ON d.company = e.company AND d.id = e.document WHERE q.company = $1 AND q.number = $2";
    LOCK locked = "SELECT id FROM quote WHERE company = $1 AND number = $2";
    LINES = "SELECT description, quantity, unit, unit_price, discount, tax_class, item FROM quote_line WHERE company = $1 AND quote = $2 ORDER BY no";
}

/// A quote as it is saved.
#[derive(Clone, Debug)]
pub struct NewQuote {
    /// `quote` or `proforma`.
    pub kind: &'static str,
    pub number: String,
    pub customer: Id<ids::Customer>,
    pub currency: Currency,
    pub issued_on: Date,
    pub valid_until: Date,
    /// Whether the prices of its lines hold the tax.
    pub gross: bool,
    pub terms: Option<String>,
    /// The number of the buyer's order.
    pub order: Option<String>,
    /// With tax, in minor units.
    pub total: i64,
    pub lines: Vec<QuoteLine>,
}

/// A line as it was offered.
#[derive(Clone, Debug)]
pub struct QuoteLine {
    pub description: String,
    pub quantity: String,
    pub unit: Option<String>,
    pub unit_price: String,
    pub discount: String,
    pub tax_class: String,
    /// The code of an item of the catalogue.
    pub item: Option<String>,
}

/// A quote as people see it.
#[derive(Clone, Debug)]
pub struct Quote {
    pub id: Id<ids::Quote>,
    pub kind: String,
    pub number: String,
    pub customer: String,
    pub name: String,
    pub currency: Currency,
    pub issued_on: Date,
    pub valid_until: Date,
    pub gross: bool,
    pub terms: Option<String>,
    pub order: Option<String>,
    pub total: i64,
    pub ended_on: Option<Date>,
    /// Why it was declined.
    pub reason: Option<String>,
    /// The invoice that was issued of it.
    pub invoice: Option<String>,
}

fn read(row: &Row<'_>) -> Result<Quote, Error> {
    Ok(Quote {
        id: row.id(0)?,
        kind: row.string(1)?,
        number: row.string(2)?,
        customer: row.string(3)?,
        name: row.string(4)?,
        currency: row.currency(5)?,
        issued_on: row.date(6)?,
        valid_until: row.date(7)?,
        gross: row.flag(8)?,
        terms: row.string_opt(9)?,
        order: row.string_opt(10)?,
        total: row.int(11)?,
        ended_on: row.date_opt(12)?,
        reason: row.string_opt(13)?.filter(|reason| !reason.is_empty()),
        invoice: row.string_opt(14)?,
    })
}

/// Saves a quote with its lines, numbered from 1.
pub fn save(tx: &mut Tx<'_>, company: i64, q: &NewQuote) -> Result<(), Error> {
    let (id, action) = (tx.new_id::<ids::Quote>(), tx.action_id()?);
    let row = params![
        company,
        id,
        action,
        q.kind,
        &q.number,
        q.customer,
        q.currency,
        q.issued_on,
        q.valid_until,
        q.gross,
        q.terms.as_deref(),
        q.order.as_deref(),
        q.total
    ];
    tx.insert_facts(&table::QUOTE, row)?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(q.lines.len() * table::QUOTE_LINE.columns.len());
    for (no, line) in (1i32..).zip(&q.lines) {
        rows.extend([company.into(), id.into(), no.into(), action.into(), (&line.description).into()]);
        rows.extend([(&line.quantity).into(), line.unit.as_deref().into(), (&line.unit_price).into()]);
        rows.extend([(&line.discount).into(), (&line.tax_class).into(), line.item.as_deref().into()]);
    }
    tx.insert_facts(&table::QUOTE_LINE, &rows)
}

/// The latest quotes.
pub fn list(tx: &mut Tx<'_>, company: i64, limit: i64) -> Result<Vec<Quote>, Error> {
    tx.all(LIST, params![company, limit], read)
}

/// Makes whoever else decides about the quote wait.
pub fn lock(tx: &mut Tx<'_>, company: i64, number: &str) -> Result<(), Error> {
    tx.first(LOCK, params![company, number], |_| Ok(())).map(|_| ())
}

/// A quote with its lines.
pub fn get(tx: &mut Tx<'_>, company: i64, number: &str) -> Result<(Quote, Vec<QuoteLine>), Error> {
    let not_found = || Refusal::NotFound { kind: "quote".into(), name: number.into() };
    let quote = tx.first(GET, params![company, number], read)?.ok_or_else(not_found)?;
    let lines = tx.all(LINES, params![company, quote.id], |row| {
        Ok(QuoteLine {
            description: row.string(0)?,
            quantity: row.string(1)?,
            unit: row.string_opt(2)?,
            unit_price: row.string(3)?,
            discount: row.string(4)?,
            tax_class: row.string(5)?,
            item: row.string_opt(6)?,
        })
    })?;
    Ok((quote, lines))
}

/// Writes what became of a quote that was locked.
pub fn end(
    tx: &mut Tx<'_>,
    company: i64,
    quote: Id<ids::Quote>,
    document: Option<Id<ids::Document>>,
    reason: &str,
    on: Date,
) -> Result<(), Error> {
    let action = tx.action_id()?;
    tx.insert_facts(&table::QUOTE_END, params![company, quote, action, document, reason, on])
}
