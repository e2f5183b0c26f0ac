//! Holidays of the country and of the company.

use askama::Template;
use axum::response::Response;
use receivables::{Date, Refusal, Unusable};
use store::Error;

use super::ask::{Ask, day};
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::{Right, holiday};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/holidays", Right::Read, list),
    Route::post("/holidays/add", Right::HolidayAdd, add).again(list),
    Route::post("/holidays/remove", Right::HolidayRemove, remove).again(list),
];

/// Years whose holidays are known or can be forecast.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

struct Day {
    on: Date,
    name: String,
    own: bool,
    estimated: bool,
}

#[derive(Template)]
#[template(path = "holidays.html")]
struct Holidays<'a> {
    p: &'a Page,
    year: i16,
    days: Vec<Day>,
    may_change: bool,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    year: Option<i16>,
}

fn list(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Asked = ask.query()?;
    let year = asked.year.unwrap_or(desk.today.year());
    if !YEARS.contains(&year) {
        let reason = Unusable::OutOfRange { from: YEARS.start().to_string(), to: YEARS.end().to_string() };
        return Err(Refusal::Invalid { field: "year".into(), value: year.to_string(), reason }.into());
    }
    let days = desk.db.read(|tx| holiday::list(tx, &desk.actor, year))?.into_iter().map(|(on, day)| Day {
        on,
        name: words::holiday(desk.page.language, &day),
        own: day.own,
        estimated: day.estimated,
    });
    render(&Holidays { p: &desk.page, year, days: days.collect(), may_change: desk.actor.can(Right::HolidayAdd) })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DayForm {
    on: String,
    /// Empty where a day of work is asked for.
    #[serde(default)]
    name: String,
}

fn add(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: DayForm = ask.form()?;
    let on = day(&form.on, "on")?;
    desk.write(move |tx, actor, _| holiday::add(tx, actor, on, &form.name))?;
    desk.to(&format!("/holidays?year={}", on.year()), "holiday-added")
}

fn remove(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: DayForm = ask.form()?;
    let on = day(&form.on, "on")?;
    desk.write(move |tx, actor, _| holiday::remove(tx, actor, on))?;
    desk.to(&format!("/holidays?year={}", on.year()), "holiday-removed")
}
