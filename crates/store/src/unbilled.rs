//! Work that was done and is not billed yet, with what proves it; and what became of it.

use receivables::ids::{self, Id};
use receivables::{Currency, Date};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    WAITING = "SELECT u.id, c.code, c.name, u.currency, u.description, u.quantity, u.unit, u.unit_price, u.tax_class, u.item, u.done_on, u.proof, (SELECT COUNT(*) FROM paper p WHERE p.company = u.company AND p.record = u.id) FROM unbilled u JOIN customer c ON c.company = u.company AND c.id = u.customer LEFT JOIN unbilled_end e ON e.company = u.company AND e.unbilled = u.id WHERE u.company = $1 AND e.unbilled IS NULL ORDER BY u.done_on, u.id";
    OF = "SELECT u.id, c.code, c.name, u.currency, u.description, u.quantity, u.unit, u.unit_price, u.tax_class, u.item, u.done_on, u.proof, (SELECT COUNT(*) FROM paper p WHERE p.company = u.company AND p.record = u.id) FROM unbilled u JOIN customer c ON c.company = u.company AND c.id = u.customer LEFT JOIN unbilled_end e ON e.company = u.company AND e.unbilled = u.id WHERE u.company = $1 AND u.customer = $2 AND e.unbilled IS NULL ORDER BY u.done_on, u.id";
    ENDED = "SELECT d.number, e.reason, e.ended_on FROM unbilled u LEFT JOIN unbilled_end e ON e.company = u.company AND e.unbilled = u.id LEFT JOIN document d ON d.company = e.company AND d.id = e.document WHERE u.company = $1 AND u.id = $2";
    CUSTOMER = "SELECT customer FROM unbilled WHERE company = $1 AND id = $2";
    BILLED_BY = "SELECT unbilled FROM unbilled_end WHERE company = $1 AND document = $2 ORDER BY unbilled";
    LOCK locked = "SELECT id FROM unbilled WHERE company = $1 AND id = $2";
}

/// Work that waits to be billed.
#[derive(Clone, Debug)]
pub struct Unbilled {
    pub id: Id<ids::Unbilled>,
    pub customer: String,
    pub name: String,
    pub currency: Currency,
    pub description: String,
    pub quantity: String,
    pub unit: Option<String>,
    /// In major units.
    pub unit_price: String,
    pub tax_class: String,
    /// The code of an item of the catalogue.
    pub item: Option<String>,
    pub done_on: Date,
    pub proof: String,
    /// How many papers are filed with it.
    pub papers: i64,
}

/// Work as it is saved.
#[derive(Clone, Debug)]
pub struct NewUnbilled<'a> {
    pub customer: Id<ids::Customer>,
    pub currency: Currency,
    pub description: &'a str,
    pub quantity: &'a str,
    pub unit: Option<&'a str>,
    pub unit_price: &'a str,
    pub tax_class: &'a str,
    pub item: Option<&'a str>,
    pub done_on: Date,
    pub proof: &'a str,
}

/// What became of work: an invoice, or a reason why none.
#[derive(Clone, Debug)]
pub struct End {
    pub invoice: Option<String>,
    pub reason: Option<String>,
    /// `None` while it waits.
    pub on: Option<Date>,
}

fn read(row: &Row<'_>) -> Result<Unbilled, Error> {
    Ok(Unbilled {
        id: row.id(0)?,
        customer: row.string(1)?,
        name: row.string(2)?,
        currency: row.currency(3)?,
        description: row.string(4)?,
        quantity: row.string(5)?,
        unit: row.string_opt(6)?,
        unit_price: row.string(7)?,
        tax_class: row.string(8)?,
        item: row.string_opt(9)?,
        done_on: row.date(10)?,
        proof: row.string(11)?,
        papers: row.int(12)?,
    })
}

/// All that waits, the oldest first.
pub fn waiting(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Unbilled>, Error> {
    tx.all(WAITING, params![company], read)
}

/// What waits of a customer, the oldest first.
pub fn of(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Vec<Unbilled>, Error> {
    tx.all(OF, params![company, customer], read)
}

/// What became of work; `None` where there is no such work.
pub fn end(tx: &mut Tx<'_>, company: i64, id: Id<ids::Unbilled>) -> Result<Option<End>, Error> {
    tx.first(ENDED, params![company, id], |row| {
        Ok(End { invoice: row.string_opt(0)?, reason: row.string_opt(1)?, on: row.date_opt(2)? })
    })
}

/// For whom work was done; `None` where there is no such work.
pub fn customer(tx: &mut Tx<'_>, company: i64, id: Id<ids::Unbilled>) -> Result<Option<Id<ids::Customer>>, Error> {
    tx.first(CUSTOMER, params![company, id], |row| row.id(0))
}

/// The work that a document bills.
pub fn billed_by(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<Vec<Id<ids::Unbilled>>, Error> {
    tx.all(BILLED_BY, params![company, document], |row| row.id(0))
}

/// Makes whoever else bills the work wait.
pub fn lock(tx: &mut Tx<'_>, company: i64, id: Id<ids::Unbilled>) -> Result<(), Error> {
    tx.first(LOCK, params![company, id], |_| Ok(())).map(|_| ())
}

pub fn save(tx: &mut Tx<'_>, company: i64, new: &NewUnbilled<'_>) -> Result<Id<ids::Unbilled>, Error> {
    let (id, action) = (tx.new_id(), tx.action_id()?);
    let (quantity, unit_price, tax_class) = (new.quantity, new.unit_price, new.tax_class);
    let row = params![
        company,
        id,
        action,
        new.customer,
        new.currency,
        new.description,
        quantity,
        new.unit,
        unit_price,
        tax_class,
        new.item,
        new.done_on,
        new.proof
    ];
    tx.insert_facts(&table::UNBILLED, row)?;
    Ok(id)
}

/// Keeps that an invoice bills the work, with which of its lines.
pub fn save_bill(
    tx: &mut Tx<'_>,
    company: i64,
    id: Id<ids::Unbilled>,
    (document, no): (Id<ids::Document>, i32),
    on: Date,
) -> Result<(), Error> {
    let (action, reason) = (tx.action_id()?, None::<&str>);
    tx.insert_facts(&table::UNBILLED_END, params![company, id, action, document, no, reason, on])
}

/// Keeps why the work is not billed.
pub fn give_up(tx: &mut Tx<'_>, company: i64, id: Id<ids::Unbilled>, reason: &str, on: Date) -> Result<(), Error> {
    let action = tx.action_id()?;
    let (document, no) = (None::<Id<ids::Document>>, None::<i32>);
    tx.insert_facts(&table::UNBILLED_END, params![company, id, action, document, no, reason, on])
}
