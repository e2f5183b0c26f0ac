//! What contracts bill once, and the invoices that did.

use receivables::Date;
use receivables::ids::{self, Id};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    ALL = "SELECT c.id, c.contract, x.code, c.description, c.quantity, c.unit, c.unit_price, c.tax_class, c.on_day, d.number, e.reason FROM charge c JOIN contract x ON x.company = c.company AND x.id = c.contract LEFT JOIN charge_end e ON e.company = c.company AND e.charge = c.id LEFT JOIN charge_bill b ON b.company = c.company AND b.charge = c.id LEFT JOIN document d ON d.company = b.company AND d.id = b.document WHERE c.company = $1 ORDER BY c.id";
    OF = "SELECT c.id, c.contract, x.code, c.description, c.quantity, c.unit, c.unit_price, c.tax_class, c.on_day, d.number, e.reason FROM charge c JOIN contract x ON x.company = c.company AND x.id = c.contract LEFT JOIN charge_end e ON e.company = c.company AND e.charge = c.id LEFT JOIN charge_bill b ON b.company = c.company AND b.charge = c.id LEFT JOIN document d ON d.company = b.company AND d.id = b.document WHERE c.company = $1 AND c.contract = $2 ORDER BY c.id";
    GET = "SELECT c.id, c.contract, x.code, c.description, c.quantity, c.unit, c.unit_price, c.tax_class, c.on_day, d.number, e.reason FROM charge c JOIN contract x ON x.company = c.company AND x.id = c.contract LEFT JOIN charge_end e ON e.company = c.company AND e.charge = c.id LEFT JOIN charge_bill b ON b.company = c.company AND b.charge = c.id LEFT JOIN document d ON d.company = b.company AND d.id = b.document WHERE c.company = $1 AND c.id = $2";
}

/// A charge, and what became of it.
#[derive(Clone, Debug)]
pub struct Charge {
    pub id: Id<ids::Charge>,
    pub contract: Id<ids::Contract>,
    pub contract_code: String,
    pub description: String,
    pub quantity: String,
    pub unit: Option<String>,
    /// In major units.
    pub unit_price: String,
    pub tax_class: String,
    /// It is billed from this day on.
    pub on: Date,
    /// The invoice that bills it.
    pub invoice: Option<String>,
    /// Why it was taken back, where it was.
    pub withdrawn: Option<String>,
}

/// A charge as it is saved.
#[derive(Clone, Debug)]
pub struct NewCharge<'a> {
    pub contract: Id<ids::Contract>,
    pub description: &'a str,
    pub quantity: &'a str,
    pub unit: Option<&'a str>,
    pub unit_price: &'a str,
    pub tax_class: &'a str,
    pub on: Date,
}

fn read(row: &Row<'_>) -> Result<Charge, Error> {
    Ok(Charge {
        id: row.id(0)?,
        contract: row.id(1)?,
        contract_code: row.string(2)?,
        description: row.string(3)?,
        quantity: row.string(4)?,
        unit: row.string_opt(5)?,
        unit_price: row.string(6)?,
        tax_class: row.string(7)?,
        on: row.date(8)?,
        invoice: row.string_opt(9)?,
        withdrawn: row.string_opt(10)?,
    })
}

/// Every charge of the company, in the order they were recorded.
pub fn all(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Charge>, Error> {
    tx.all(ALL, params![company], read)
}

/// The charges of a contract.
pub fn of(tx: &mut Tx<'_>, company: i64, contract: Id<ids::Contract>) -> Result<Vec<Charge>, Error> {
    tx.all(OF, params![company, contract], read)
}

/// A charge.
pub fn find(tx: &mut Tx<'_>, company: i64, id: Id<ids::Charge>) -> Result<Option<Charge>, Error> {
    tx.first(GET, params![company, id], read)
}

pub fn save(tx: &mut Tx<'_>, company: i64, new: &NewCharge<'_>) -> Result<Id<ids::Charge>, Error> {
    let (id, action) = (tx.new_id(), tx.action_id()?);
    let (quantity, unit_price, tax_class) = (new.quantity, new.unit_price, new.tax_class);
    let row =
        params![company, id, action, new.contract, new.description, quantity, new.unit, unit_price, tax_class, new.on];
    tx.insert_facts(&table::CHARGE, row)?;
    Ok(id)
}

/// Keeps that an invoice bills a charge, with which of its lines.
pub fn save_bill(
    tx: &mut Tx<'_>,
    company: i64,
    charge: Id<ids::Charge>,
    document: Id<ids::Document>,
    no: i32,
) -> Result<(), Error> {
    let action = tx.action_id()?;
    tx.insert_facts(&table::CHARGE_BILL, params![company, charge, action, document, no])
}

/// Takes a charge back.
pub fn withdraw(
    tx: &mut Tx<'_>,
    company: i64,
    charge: Id<ids::Charge>,
    reason: &str,
    ended_on: Date,
) -> Result<(), Error> {
    let action = tx.action_id()?;
    tx.insert_facts(&table::CHARGE_END, params![company, charge, action, reason, ended_on])
}
