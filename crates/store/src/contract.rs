//! Recurring contracts, their lines, and the periods that were billed.

use std::collections::BTreeMap;

use receivables::ids::{self, Id};
use receivables::ledger::Rate;
use receivables::{Currency, Date, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params};

statements! {
    ALL = "SELECT x.id, x.code, x.name, x.customer, c.code, c.name, x.currency, x.starts_on, x.months, x.anchor, x.bills, x.gross, x.terms, e.last_on, c.language, p.contract, p.rate_nano FROM contract x JOIN customer c ON c.company = x.company AND c.id = x.customer LEFT JOIN contract_end e ON e.company = x.company AND e.contract = x.id LEFT JOIN contract_payable p ON p.company = x.company AND p.contract = x.id WHERE x.company = $1 ORDER BY x.code";
    GET = "SELECT x.id, x.code, x.name, x.customer, c.code, c.name, x.currency, x.starts_on, x.months, x.anchor, x.bills, x.gross, x.terms, e.last_on, c.language, p.contract, p.rate_nano FROM contract x JOIN customer c ON c.company = x.company AND c.id = x.customer LEFT JOIN contract_end e ON e.company = x.company AND e.contract = x.id LEFT JOIN contract_payable p ON p.company = x.company AND p.contract = x.id WHERE x.company = $1 AND x.code = $2";
    LINES = "SELECT l.contract, l.no, l.description, l.quantity, l.unit, l.unit_price, l.discount, l.tax_class, l.from_on, e.last_on, i.item, i.priced FROM contract_line l LEFT JOIN contract_line_end e ON e.company = l.company AND e.contract = l.contract AND e.no = l.no LEFT JOIN contract_line_item i ON i.company = l.company AND i.contract = l.contract AND i.no = l.no WHERE l.company = $1 ORDER BY l.contract, l.no";
    BILLED = "SELECT b.contract, b.from_on, b.until_on, d.number, d.total, d.net, d.currency FROM contract_bill b JOIN document d ON d.company = b.company AND d.id = b.document WHERE b.company = $1 ORDER BY b.contract, b.from_on";
    LOCK locked = "SELECT id FROM contract WHERE company = $1 AND id = $2";
    IS_BILLED = "SELECT 1 FROM contract_bill WHERE company = $1 AND contract = $2 AND from_on = $3";
    TODAY = "SELECT payer, COUNT(*) FROM document WHERE company = $1 AND issued_on = $2 AND series <> 'external' GROUP BY payer";
}

/// A contract as it is saved.
#[derive(Clone, Debug)]
pub struct NewContract {
    pub code: String,
    pub name: String,
    pub customer: Id<ids::Customer>,
    pub currency: Currency,
    pub starts_on: Date,
    pub months: i32,
    pub anchor: &'static str,
    pub bills: &'static str,
    /// Whether the prices of its lines hold the tax.
    pub gross: bool,
    pub terms: Option<String>,
    pub payable: Option<Payable>,
}

/// How prices in a foreign currency become invoices in the company's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payable {
    /// At the company's rate of the day of issue.
    AtDay,
    /// At a rate that was agreed.
    At(Rate),
}

/// A contract with its lines and the periods that were billed.
#[derive(Clone, Debug)]
pub struct Contract {
    pub id: Id<ids::Contract>,
    pub code: String,
    pub name: String,
    pub customer: Id<ids::Customer>,
    pub customer_code: String,
    pub customer_name: String,
    /// In which the customer is written to.
    pub language: String,
    pub currency: Currency,
    pub starts_on: Date,
    pub months: i32,
    pub anchor: String,
    pub bills: String,
    pub gross: bool,
    pub terms: Option<String>,
    /// Where it is billed in the company's currency and priced in another.
    pub payable: Option<Payable>,
    /// Its last day, once it was given one.
    pub ends_on: Option<Date>,
    pub lines: Vec<Line>,
    pub billed: Vec<Billed>,
}

/// A line that holds from a day to a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub no: i32,
    pub description: String,
    pub quantity: String,
    pub unit: Option<String>,
    /// In major units.
    pub unit_price: String,
    pub discount: String,
    pub tax_class: String,
    pub from_on: Date,
    pub last_on: Option<Date>,
    pub item: Option<LineItem>,
}

/// The item of the catalogue that a line sells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineItem {
    pub code: String,
    /// Whether the line has its own price; else the catalogue's counts.
    pub is_priced: bool,
}

/// A period that was billed, with its invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Billed {
    pub from_on: Date,
    pub until_on: Date,
    pub number: String,
    /// Of the invoice.
    pub currency: Currency,
    pub total: i64,
    pub net: i64,
}

fn read(row: &Row<'_>) -> Result<Contract, Error> {
    Ok(Contract {
        id: row.id(0)?,
        code: row.string(1)?,
        name: row.string(2)?,
        customer: row.id(3)?,
        customer_code: row.string(4)?,
        customer_name: row.string(5)?,
        currency: row.currency(6)?,
        starts_on: row.date(7)?,
        months: row.small(8)?,
        anchor: row.string(9)?,
        bills: row.string(10)?,
        gross: row.flag(11)?,
        terms: row.string_opt(12)?,
        ends_on: row.date_opt(13)?,
        language: row.string(14)?,
        payable: match (row.id_opt::<ids::Contract>(15)?, row.int_opt(16)?) {
            (None, _) => None,
            (Some(_), None) => Some(Payable::AtDay),
            (Some(_), Some(nano)) => Some(Payable::At(Rate::from_nano(nano))),
        },
        lines: Vec::new(),
        billed: Vec::new(),
    })
}

fn read_line(row: &Row<'_>) -> Result<Line, Error> {
    let item = match row.string_opt(10)? {
        Some(code) => Some(LineItem { code, is_priced: row.flag(11)? }),
        None => None,
    };
    Ok(Line {
        item,
        no: row.small(1)?,
        description: row.string(2)?,
        quantity: row.string(3)?,
        unit: row.string_opt(4)?,
        unit_price: row.string(5)?,
        discount: row.string(6)?,
        tax_class: row.string(7)?,
        from_on: row.date(8)?,
        last_on: row.date_opt(9)?,
    })
}

/// Fills in the lines of contracts, and what was billed.
fn complete(tx: &mut Tx<'_>, company: i64, mut all: Vec<Contract>) -> Result<Vec<Contract>, Error> {
    let places: BTreeMap<Id<ids::Contract>, usize> = all.iter().enumerate().map(|(i, one)| (one.id, i)).collect();
    tx.each(LINES, params![company], |row| {
        if let Some(place) = places.get(&row.id(0)?) {
            all[*place].lines.push(read_line(row)?);
        }
        Ok(())
    })?;
    tx.each(BILLED, params![company], |row| {
        if let Some(place) = places.get(&row.id(0)?) {
            all[*place].billed.push(Billed {
                from_on: row.date(1)?,
                until_on: row.date(2)?,
                number: row.string(3)?,
                total: row.int(4)?,
                net: row.int(5)?,
                currency: row.currency(6)?,
            });
        }
        Ok(())
    })?;
    Ok(all)
}

/// Every contract, by code.
pub fn all(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Contract>, Error> {
    let all = tx.all(ALL, params![company], read)?;
    complete(tx, company, all)
}

/// The contract of a code, or a refusal that names it.
pub fn get(tx: &mut Tx<'_>, company: i64, code: &str) -> Result<Contract, Error> {
    let not_found = || Refusal::NotFound { kind: "contract".into(), name: code.into() };
    let found = tx.first(GET, params![company, code], read)?.ok_or_else(not_found)?;
    complete(tx, company, vec![found])?.pop().ok_or_else(|| not_found().into())
}

/// Makes whoever else bills the contract wait.
pub fn lock(tx: &mut Tx<'_>, company: i64, contract: Id<ids::Contract>) -> Result<(), Error> {
    tx.first(LOCK, params![company, contract], |_| Ok(())).map(|_| ())
}

/// Whether the period that begins on a day was billed.
pub fn is_billed(tx: &mut Tx<'_>, company: i64, contract: Id<ids::Contract>, from_on: Date) -> Result<bool, Error> {
    Ok(tx.first(IS_BILLED, params![company, contract, from_on], |_| Ok(()))?.is_some())
}

/// How many documents of ours each customer pays that were issued on a day.
pub fn issued_on(tx: &mut Tx<'_>, company: i64, day: Date) -> Result<BTreeMap<Id<ids::Customer>, i64>, Error> {
    let counts = tx.all(TODAY, params![company, day], |row| Ok((row.id(0)?, row.int(1)?)))?;
    Ok(counts.into_iter().collect())
}

pub fn save(tx: &mut Tx<'_>, company: i64, c: &NewContract) -> Result<Id<ids::Contract>, Error> {
    let (id, action) = (tx.new_id(), tx.action_id()?);
    let row = params![
        company,
        id,
        action,
        &c.code,
        c.customer,
        c.currency,
        &c.name,
        c.starts_on,
        c.months,
        c.anchor,
        c.bills,
        c.gross,
        c.terms.as_deref()
    ];
    tx.insert_facts(&table::CONTRACT, row)?;
    if let Some(payable) = c.payable {
        let rate = match payable {
            Payable::AtDay => None,
            Payable::At(rate) => Some(rate.nano()),
        };
        tx.insert_facts(&table::CONTRACT_PAYABLE, params![company, id, action, rate])?;
    }
    Ok(id)
}

/// Adds lines to a contract.
pub fn save_lines(tx: &mut Tx<'_>, company: i64, contract: Id<ids::Contract>, lines: &[Line]) -> Result<(), Error> {
    let action = tx.action_id()?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(lines.len() * table::CONTRACT_LINE.columns.len());
    let mut items: Vec<Value<'_>> = Vec::new();
    for line in lines {
        if let Some(LineItem { code, is_priced }) = &line.item {
            items.extend([company.into(), contract.into(), line.no.into(), action.into(), code.into()]);
            items.push((*is_priced).into());
        }
        rows.extend([company.into(), contract.into(), line.no.into(), action.into(), (&line.description).into()]);
        rows.extend([(&line.quantity).into(), line.unit.as_deref().into(), (&line.unit_price).into()]);
        rows.extend([(&line.discount).into(), (&line.tax_class).into(), line.from_on.into()]);
    }
    tx.insert_facts(&table::CONTRACT_LINE, &rows)?;
    if items.is_empty() { Ok(()) } else { tx.insert_facts(&table::CONTRACT_LINE_ITEM, &items) }
}

/// Gives a line its last day.
pub fn end_line(
    tx: &mut Tx<'_>,
    company: i64,
    contract: Id<ids::Contract>,
    no: i32,
    last_on: Date,
    reason: &str,
) -> Result<(), Error> {
    let action = tx.action_id()?;
    tx.insert_facts(&table::CONTRACT_LINE_END, params![company, contract, no, action, last_on, reason])
}

/// Gives a contract its last day.
pub fn end(
    tx: &mut Tx<'_>,
    company: i64,
    contract: Id<ids::Contract>,
    last_on: Date,
    reason: &str,
) -> Result<(), Error> {
    let action = tx.action_id()?;
    tx.insert_facts(&table::CONTRACT_END, params![company, contract, action, last_on, reason])
}

/// Keeps that a period was billed.
pub fn save_bill(
    tx: &mut Tx<'_>,
    company: i64,
    contract: Id<ids::Contract>,
    (from_on, until_on): (Date, Date),
    document: Id<ids::Document>,
) -> Result<(), Error> {
    let action = tx.action_id()?;
    tx.insert_facts(&table::CONTRACT_BILL, params![company, contract, from_on, action, until_on, document])
}
