//! Money on an account: applied, taken back, given up.

use axum::response::Response;
use store::{Error, Tx};

use super::Place;
use crate::actions::approval::Asked;
use crate::actions::{Actor, allocation, history};
use crate::web::ask::Ask;
use crate::web::page::Desk;

/// Minor units of an invoice's currency as typed; `None`, which means all, when left empty.
pub(super) fn minor_of(tx: &mut Tx<'_>, actor: &Actor, invoice: &str, text: &str) -> Result<Option<i64>, Error> {
    let currency = store::document::get(tx, actor.company.id, invoice)?.currency;
    let text = text.trim();
    if text.is_empty() { Ok(None) } else { Ok(Some(formats::parse_money(text, currency)?.minor)) }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AllocationForm {
    source: String,
    invoice: String,
    amount: String,
}

pub(super) fn allocate(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let place = Place::of(ask)?;
    let form: AllocationForm = ask.form()?;
    let once = ask.once();
    desk.write(move |tx, actor, today| {
        let amount = minor_of(tx, actor, &form.invoice, &form.amount)?;
        let (source, invoice) = (form.source.clone(), form.invoice.clone());
        let given = allocation::Given { source, invoice, amount, paid: None, on: None, discount: Default::default() };
        allocation::add(tx, actor, today, &given, Some(&once))
    })?;
    place.to(desk, "allocation-added")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ReversalForm {
    id: String,
    reason: String,
}

pub(super) fn reverse(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let place = Place::of(ask)?;
    let form: ReversalForm = ask.form()?;
    desk.write(move |tx, actor, today| history::undo(tx, actor, today, &form.id, &form.reason))?;
    place.to(desk, "reversed")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct WriteOffForm {
    invoice: String,
    amount: String,
    reason: String,
}

pub(super) fn write_off(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let place = Place::of(ask)?;
    let form: WriteOffForm = ask.form()?;
    let once = ask.once();
    let asked = desk.write(move |tx, actor, today| {
        let amount = minor_of(tx, actor, &form.invoice, &form.amount)?;
        let given = allocation::GivenUp { invoice: form.invoice.clone(), amount, reason: form.reason.clone() };
        allocation::write_off_or_ask(tx, actor, today, &given, Some(&once))
    })?;
    place.to(desk, if matches!(asked, Asked::Done(_)) { "written-off" } else { "approval-asked" })
}
