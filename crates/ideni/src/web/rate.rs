//! Exchange rates: those there are, and putting one right that was written wrong.

use askama::Template;
use axum::response::Response;
use receivables::{Currency, Refusal};
use rust_decimal::Decimal;
use store::Error;
use store::rate::RateRow;

use super::ask::{Ask, day_or_none};
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::{Right, rate};

pub const ROUTES: &[Route] =
    &[Route::get("/rates", Right::Read, list), Route::post("/rates", Right::RateCorrect, correct).again(list)];

/// Rates that a page shows, the latest first; the command lists them all.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "rates.html")]
struct Rates<'a> {
    p: &'a Page,
    rows: Vec<RateRow>,
}

fn list(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let mut rows = desk.read(rate::list)?;
    rows.sort_by_key(|row| (std::cmp::Reverse(row.on), row.currency));
    rows.truncate(SHOWN);
    render(&Rates { p: &desk.page, rows })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectForm {
    currency: String,
    on: String,
    rate: String,
    reason: String,
}

fn correct(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: CorrectForm = ask.form()?;
    let currency: Currency = form.currency.trim().parse()?;
    let missing = |field: &str| Refusal::Missing { field: field.into() };
    let on = day_or_none(&form.on, "on")?.ok_or_else(|| missing("on"))?;
    let typed: Decimal = form.rate.trim().replace(',', ".").parse().map_err(|_| missing("rate"))?;
    let once = ask.once();
    desk.write(move |tx, actor, _| rate::correct(tx, actor, currency, on, typed, &form.reason, Some(&once)))?;
    desk.to("/rates", "rate-corrected")
}
