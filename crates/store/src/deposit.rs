//! Invoices for deposits, and what later documents took off them.

use receivables::ids::{self, Id};
use receivables::{Currency, Date};

use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, Value, params};

statements! {
    IS = "SELECT 1 FROM deposit WHERE company = $1 AND document = $2";
    LEFT = "SELECT x.class, CAST(SUM(x.net) AS BIGINT) FROM (SELECT t.class AS class, t.net AS net FROM document_tax t WHERE t.company = $1 AND t.document = $2 UNION ALL SELECT t.class, t.net FROM document d JOIN document_tax t ON t.company = d.company AND t.document = d.id WHERE d.company = $1 AND d.credits = $2 AND d.credits IS NOT NULL UNION ALL SELECT tax_class, net FROM deduction WHERE company = $1 AND deposit = $2) x GROUP BY x.class ORDER BY x.class";
    LEFT_BASE = "SELECT CAST(COALESCE(SUM(-l.base), 0) AS BIGINT) FROM entry_line l WHERE l.company = $1 AND l.account = 19 AND (l.entry = $2 OR l.entry IN (SELECT d.id FROM document d WHERE d.company = $1 AND d.credits = $2 AND d.credits IS NOT NULL))";
    TAKEN_BASE = "SELECT CAST(COALESCE(SUM(base), 0) AS BIGINT) FROM deduction WHERE company = $1 AND deposit = $2";
    OF_DOCUMENT = "SELECT x.no, x.deposit, x.tax_class, x.net, x.base, d.number FROM deduction x JOIN document d ON d.company = x.company AND d.id = x.deposit WHERE x.company = $1 AND x.document = $2 ORDER BY x.no";
    AHEAD = "SELECT c.code, c.name, x.currency, CAST(x.unapplied - COALESCE(o.open, 0) AS BIGINT), x.received_on FROM (SELECT customer, currency, SUM(unapplied) AS unapplied, MIN(received_on) AS received_on FROM receipt WHERE company = $1 AND customer IS NOT NULL AND unapplied > 0 GROUP BY customer, currency) x JOIN customer c ON c.company = $1 AND c.id = x.customer LEFT JOIN (SELECT customer, currency, SUM(open) AS open FROM open_item WHERE company = $1 AND open > 0 GROUP BY customer, currency) o ON o.customer = x.customer AND o.currency = x.currency WHERE x.unapplied > COALESCE(o.open, 0) ORDER BY x.received_on, c.code, x.currency";
    OF_CUSTOMER = "SELECT d.id, d.number, d.issued_on, CAST(d.net + COALESCE((SELECT SUM(n.net) FROM document n WHERE n.company = d.company AND n.credits = d.id AND n.credits IS NOT NULL), 0) + COALESCE((SELECT SUM(x.net) FROM deduction x WHERE x.company = d.company AND x.deposit = d.id), 0) AS BIGINT) FROM deposit p JOIN document d ON d.company = p.company AND d.id = p.document WHERE p.company = $1 AND d.bill_to = $2 AND d.currency = $3 ORDER BY d.issued_on, d.number";
}

/// What a line takes off a deposit, below zero, or puts back; without tax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deduction {
    /// Of the line, from 1.
    pub no: i32,
    pub deposit: Id<ids::Document>,
    pub class: String,
    /// Minor units of the document's currency.
    pub net: i64,
    /// Minor units of the company's currency, as the deposit was booked.
    pub base: i64,
}

/// Keeps which documents are deposits.
pub fn save(tx: &mut Tx<'_>, company: i64, documents: &[Id<ids::Document>]) -> Result<(), Error> {
    let action = tx.action_id()?;
    let rows: Vec<Value<'_>> = documents.iter().flat_map(|id| [company.into(), (*id).into(), action.into()]).collect();
    tx.insert_facts(&table::DEPOSIT, &rows)
}

/// Keeps what documents took off deposits.
pub fn save_deductions(tx: &mut Tx<'_>, company: i64, all: &[(Id<ids::Document>, Deduction)]) -> Result<(), Error> {
    let action = tx.action_id()?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(all.len() * table::DEDUCTION.columns.len());
    for (document, of) in all {
        rows.extend([company.into(), (*document).into(), of.no.into(), action.into(), of.deposit.into()]);
        rows.extend([Value::Text(&of.class), of.net.into(), of.base.into()]);
    }
    tx.insert_facts(&table::DEDUCTION, &rows)
}

/// Whether a document is a deposit.
pub fn is_deposit(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<bool, Error> {
    Ok(tx.first(IS, params![company, document], |_| Ok(()))?.is_some())
}

/// What is left of a deposit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// By class, without tax, in minor units of its currency.
    pub classes: Vec<(String, i64)>,
    /// In the company's currency, as it was booked.
    pub base: i64,
}

impl Left {
    pub fn net(&self) -> i64 {
        self.classes.iter().map(|(_, net)| net).sum()
    }
}

/// What is left of a deposit, after credit notes and what was settled.
pub fn left(tx: &mut Tx<'_>, company: i64, deposit: Id<ids::Document>) -> Result<Left, Error> {
    let of = params![company, deposit];
    let classes = tx.all(LEFT, of, |row| Ok((row.string(0)?, row.int(1)?)))?;
    let mut base = 0;
    for sum in [LEFT_BASE, TAKEN_BASE] {
        base += tx.first(sum, of, |row| row.int(0))?.unwrap_or(0);
    }
    Ok(Left { classes, base })
}

/// What a document took off deposits, each with the number of the deposit.
pub fn of_document(
    tx: &mut Tx<'_>,
    company: i64,
    document: Id<ids::Document>,
) -> Result<Vec<(Deduction, String)>, Error> {
    tx.all(OF_DOCUMENT, params![company, document], |row| {
        let (no, deposit, class, net, base) = (row.small(0)?, row.id(1)?, row.string(2)?, row.int(3)?, row.int(4)?);
        Ok((Deduction { no, deposit, class, net, base }, row.string(5)?))
    })
}

/// A deposit with what is left of it, without tax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub document: Id<ids::Document>,
    pub number: String,
    pub issued_on: Date,
    pub net: i64,
}

/// Money of a customer for which there is nothing open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    pub customer: String,
    pub name: String,
    pub currency: Currency,
    /// What is on account beyond all that is open, in minor units.
    pub amount: i64,
    /// The day of the oldest receipt that is not applied.
    pub since: Date,
}

/// Money that came before its invoice, the oldest first.
pub fn ahead(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Ahead>, Error> {
    tx.all(AHEAD, params![company], |row| {
        Ok(Ahead {
            customer: row.string(0)?,
            name: row.string(1)?,
            currency: row.currency(2)?,
            amount: row.int(3)?,
            since: row.date(4)?,
        })
    })
}

/// The deposits that were billed to a customer in a currency, the oldest first.
pub fn of_customer(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Id<ids::Customer>,
    currency: Currency,
) -> Result<Vec<Standing>, Error> {
    tx.all(OF_CUSTOMER, params![company, customer, currency], |row| {
        Ok(Standing { document: row.id(0)?, number: row.string(1)?, issued_on: row.date(2)?, net: row.int(3)? })
    })
}
