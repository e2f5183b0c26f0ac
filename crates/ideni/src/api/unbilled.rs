//! Work that was done and is not billed yet, and the invoice that bills it.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::shape::{Code, CurrencyCode, Day, Line, List, Number, Reason, Uuid};
use crate::actions::invoice::{LINES_MAX, References};
use crate::actions::unbilled::{self, Given, Which};

endpoints! { "unbilled"
    /// What waits to be billed, the oldest first.
    read Get "/unbilled" Read list() -> UnbilledWork;
    /// Writes down work that was done.
    write Post "/unbilled" UnbilledSave add(body NewWork) -> WorkAdded;
    /// One invoice for what waits of a customer, each piece of work once.
    write Post "/unbilled/bill" InvoiceIssue bill(body NewWorkBill) -> WorkBilled;
    /// Does not bill it.
    write Post "/unbilled/{id}/give-up" UnbilledSave give_up(body NewGivingUp) -> UnbilledWork;
}

#[derive(Serialize, JsonSchema)]
struct UnbilledWork {
    work: Vec<Work>,
}

#[derive(Serialize, JsonSchema)]
struct Work {
    id: Uuid,
    customer: String,
    name: String,
    done_on: Day,
    /// How long ago.
    days: i32,
    description: String,
    quantity: String,
    unit: Option<String>,
    currency: CurrencyCode,
    /// Major units, without tax.
    unit_price: String,
    tax_class: String,
    /// The code of an item of the catalogue.
    item: Option<String>,
    proof: String,
    /// How many papers are filed with it.
    papers: i64,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewWork {
    /// The customer's code.
    customer: Code,
    /// What was done; the item's name if left out.
    description: Option<Line<1, 500>>,
    /// 1 if left out.
    quantity: Option<Number>,
    unit: Option<Line<1, 20>>,
    /// Major units, without tax; the catalogue's of the day if left out with an item.
    unit_price: Option<Number>,
    /// The item's if left out.
    tax_class: Option<Line<1, 20>>,
    /// The code of an item of the catalogue.
    item: Option<Line<1, 40>>,
    /// The day of the work; today if left out.
    done_on: Option<Day>,
    /// What proves it: a delivery note, a time sheet, a signed job card.
    proof: Line<1, 200>,
    /// The company's if left out.
    currency: Option<CurrencyCode>,
}

#[derive(Serialize, JsonSchema)]
struct WorkAdded {
    id: Uuid,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewWorkBill {
    /// The customer's code.
    customer: Code,
    /// This work only, by its ids; all that waits if left out.
    only: Option<List<Line<1, 40>, 1, LINES_MAX>>,
    /// The company's if left out.
    currency: Option<CurrencyCode>,
    /// The number of the buyer's order.
    order: Option<Line<1, 60>>,
    /// The purchase code of the buyer, where a tax device wants it.
    purchase_code: Option<Line<1, 20>>,
}

#[derive(Serialize, JsonSchema)]
struct WorkBilled {
    number: String,
    id: Uuid,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewGivingUp {
    reason: Reason,
}

fn list(tx: &mut Tx<'_>, ask: &Ask) -> Result<UnbilledWork, Error> {
    let of = |one: store::unbilled::Unbilled| Work {
        id: Uuid(one.id.to_string()),
        customer: one.customer,
        name: one.name,
        days: ask.today().days_since(one.done_on),
        done_on: Day(one.done_on),
        description: one.description,
        quantity: one.quantity,
        unit: one.unit,
        currency: CurrencyCode(one.currency),
        unit_price: one.unit_price,
        tax_class: one.tax_class,
        item: one.item,
        proof: one.proof,
        papers: one.papers,
    };
    Ok(UnbilledWork { work: unbilled::list(tx, ask.actor(), None)?.into_iter().map(of).collect() })
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewWork) -> Result<WorkAdded, Error> {
    let given = Given {
        customer: new.customer.text(),
        currency: new.currency.map_or(ask.own(), |CurrencyCode(currency)| currency),
        description: new.description.as_ref().map(Line::text).unwrap_or_default(),
        quantity: new.quantity.as_ref().map_or(Decimal::ONE, |quantity| quantity.0),
        unit: new.unit.as_ref().map(Line::text),
        unit_price: new.unit_price.as_ref().map(|price| price.0),
        tax_class: new.tax_class.as_ref().map(Line::text).unwrap_or_default(),
        item: new.item.as_ref().map(Line::text),
        done_on: new.done_on.map_or(ask.today(), |Day(on)| on),
        proof: new.proof.text(),
    };
    Ok(WorkAdded { id: Uuid(unbilled::add(tx, ask.actor(), ask.today(), &given, None)?) })
}

fn bill(tx: &mut Tx<'_>, ask: &Ask, new: &NewWorkBill) -> Result<WorkBilled, Error> {
    let which = Which {
        customer: new.customer.text(),
        only: new.only.iter().flat_map(|only| only.0.iter().map(Line::text)).collect(),
        currency: new.currency.map_or(ask.own(), |CurrencyCode(currency)| currency),
        references: References::read(
            new.order.as_ref().map(Line::as_str),
            new.purchase_code.as_ref().map(Line::as_str),
        )?,
    };
    let posted = unbilled::bill(tx, ask.actor(), ask.today(), &which, None)?;
    Ok(WorkBilled { number: posted.number, id: Uuid(posted.id) })
}

fn give_up(tx: &mut Tx<'_>, ask: &Ask, new: &NewGivingUp) -> Result<UnbilledWork, Error> {
    unbilled::give_up(tx, ask.actor(), ask.today(), ask.path("id"), new.reason.as_str(), None)?;
    list(tx, ask)
}
