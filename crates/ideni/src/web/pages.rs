//! The outbox.

use askama::Template;
use axum::response::Response;
use store::Error;

use super::ask::Ask;
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::{Right, day};

pub const ROUTES: &[Route] =
    &[Route::get("/outbox", Right::Read, outbox), Route::post("/outbox/{id}", Right::DayTurn, decide)];

/// Drafts a page shows.
const SHOWN: usize = 50;

struct Draft {
    id: String,
    customer: String,
    name: String,
    step: String,
    language: String,
    subject: String,
    body: String,
    on: String,
    state: String,
}

#[derive(Template)]
#[template(path = "outbox.html")]
struct Outbox<'a> {
    p: &'a Page,
    messages: Vec<Draft>,
}

fn outbox(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let listed = desk.db.read(|tx| day::drafts(tx, &desk.actor, i64::try_from(SHOWN).unwrap_or(i64::MAX)))?;
    let messages = listed.into_iter().map(|m| Draft {
        id: m.id.to_string(),
        customer: m.customer,
        name: m.name,
        step: m.step,
        language: m.language,
        subject: m.subject,
        body: m.body,
        on: desk.page.day(m.on),
        state: m.state,
    });
    render(&Outbox { p: &desk.page, messages: messages.collect() })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    decision: String,
}

fn decide(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let id = ask.path("id").to_owned();
    let form: Decision = ask.form()?;
    let sent = form.decision == "sent";
    desk.write(move |tx, actor, _| day::decide_message(tx, actor, &id, sent))?;
    desk.to("/outbox", if sent { "message-sent" } else { "message-ignored" })
}
