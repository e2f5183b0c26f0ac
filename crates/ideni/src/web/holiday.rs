//! Holidays of the country and of the company.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Redirect, Response};

use super::Web;
use super::account::day;
use super::page::{Page, at_desk, render};
use crate::actions::holiday;
use crate::words;

struct Day {
    on: String,
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
}

#[derive(serde::Deserialize)]
pub struct Asked {
    year: Option<i16>,
}

pub async fn list(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    at_desk(web, method, headers, move |desk| {
        let year = asked.year.unwrap_or(desk.today.year());
        let days = desk.db.read(|tx| holiday::list(tx, &desk.actor, year))?.into_iter().map(|(on, day)| Day {
            on: on.to_string(),
            name: words::holiday(desk.page.language, &day),
            own: day.own,
            estimated: day.estimated,
        });
        render(&Holidays { p: &desk.page, year, days: days.collect() })
    })
    .await
}

#[derive(serde::Deserialize)]
pub struct DayForm {
    on: String,
    /// Empty where a day of work is asked for.
    #[serde(default)]
    name: String,
}

pub async fn add(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Form(form): Form<DayForm>,
) -> Response {
    at_desk(web, method, headers, move |desk| {
        let (actor, on) = (desk.actor.clone(), day(&form.on, "on")?);
        desk.db.write(move |tx| holiday::add(tx, &actor, on, &form.name))?;
        Ok(back_to(on.year()))
    })
    .await
}

pub async fn remove(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Form(form): Form<DayForm>,
) -> Response {
    at_desk(web, method, headers, move |desk| {
        let (actor, on) = (desk.actor.clone(), day(&form.on, "on")?);
        desk.db.write(move |tx| holiday::remove(tx, &actor, on))?;
        Ok(back_to(on.year()))
    })
    .await
}

fn back_to(year: i16) -> Response {
    Redirect::to(&format!("/holidays?year={year}")).into_response()
}
