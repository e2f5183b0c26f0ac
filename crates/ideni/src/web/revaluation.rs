//! Revaluations: which were booked, and booking one.

use askama::Template;
use axum::response::Response;
use receivables::{Currency, Refusal};
use store::Error;
use store::revaluation::Booked;

use super::ask::{Ask, day_or_none};
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::{Right, revaluation};

pub const ROUTES: &[Route] = &[
    Route::get("/revaluations", Right::Read, list),
    Route::post("/revaluations", Right::RevaluationPost, post).again(list),
];

#[derive(Template)]
#[template(path = "revaluations.html")]
struct Revaluations<'a> {
    p: &'a Page,
    booked: Vec<Booked>,
    own: Currency,
    /// The end of the month before today's.
    last: String,
    may_post: bool,
}

fn list(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let mut booked = desk.read(revaluation::list)?;
    booked.reverse();
    render(&Revaluations {
        p: &desk.page,
        booked,
        own: desk.actor.company.currency,
        last: desk.today.first_of_month().plus_days(-1).to_string(),
        may_post: desk.actor.can(Right::RevaluationPost),
    })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PostForm {
    as_of: String,
}

fn post(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: PostForm = ask.form()?;
    let missing = || Refusal::Missing { field: "as_of".into() };
    let (as_of, once) = (day_or_none(&form.as_of, "as_of")?.ok_or_else(missing)?, ask.once());
    desk.write(move |tx, actor, today| revaluation::post(tx, actor, today, as_of, Some(&once)))?;
    desk.to("/revaluations", "revaluation-posted")
}
