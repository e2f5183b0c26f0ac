//! The journal for the main books: the months handed over with their tie-out, handing over the next, and where our accounts go.

use askama::Template;
use axum::response::Response;
use receivables::Currency;
use receivables::billing::vat_return::Period;
use store::Error;
use store::journal_out::{Made, Mapped};

use super::ask::Ask;
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::{Right, journal_out};

pub const ROUTES: &[Route] = &[
    Route::get("/journal-out", Right::Read, list),
    Route::post("/journal-out", Right::JournalOutMake, make).again(list),
    Route::post("/journal-out/accounts", Right::JournalOutMap, map).again(list),
];

#[derive(Template)]
#[template(path = "journal_out.html")]
struct JournalOut<'a> {
    p: &'a Page,
    own: Currency,
    made: Vec<Made>,
    accounts: Vec<Mapped>,
    /// The month after the last that was handed over, else the month before today's.
    next: Period,
    may_make: bool,
    may_map: bool,
}

fn list(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let (mut made, accounts) =
        desk.read(|tx, actor| Ok((journal_out::made(tx, actor)?, journal_out::codes(tx, actor)?)))?;
    made.reverse();
    let before = desk.today.first_of_month().plus_days(-1);
    let next = Period::month_of(made.first().map_or(before, |last| last.period.until.plus_days(1)));
    render(&JournalOut {
        p: &desk.page,
        own: desk.actor.company.currency,
        made,
        accounts,
        next,
        may_make: desk.actor.can(Right::JournalOutMake),
        may_map: desk.actor.can(Right::JournalOutMap),
    })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct MakeForm {
    period: String,
}

fn make(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: MakeForm = ask.form()?;
    let (period, once) = (Period::read(&form.period)?, ask.once());
    desk.write(move |tx, actor, today| journal_out::make(tx, actor, today, &period, Some(&once)))?;
    desk.to("/journal-out", "journal-out-made")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct MapForm {
    account: String,
    account_code: String,
}

fn map(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (form, once): (MapForm, _) = (ask.form()?, ask.once());
    desk.write(move |tx, actor, _| journal_out::map(tx, actor, &form.account, &form.account_code, Some(&once)))?;
    desk.to("/journal-out", "journal-out-mapped")
}
