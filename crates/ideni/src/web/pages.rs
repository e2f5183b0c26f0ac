//! Ageing and outbox.

use askama::Template;
use axum::response::Response;
use receivables::Currency;
use receivables::insight::ageing::Aged;
use store::Error;

use super::ask::{Ask, day_or_none};
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::report::{self, Asked, By};
use crate::actions::{Right, day, setting};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/ageing", Right::Read, ageing),
    Route::get("/outbox", Right::Read, outbox),
    Route::post("/outbox/{id}", Right::DayTurn, decide),
];

/// Drafts a page shows.
const SHOWN: usize = 50;
/// Rows of the ageing a page shows.
const ROWS: usize = 500;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AsOf {
    as_of: Option<String>,
}

struct Total {
    currency: String,
    amounts: Vec<String>,
}

struct Line {
    code: String,
    name: String,
    currency: String,
    amounts: Vec<String>,
}

#[derive(Template)]
#[template(path = "ageing.html")]
struct Ageing<'a> {
    p: &'a Page,
    as_of: String,
    buckets: Vec<String>,
    /// What the amounts of a row are, in their order.
    labels: Vec<String>,
    totals: Vec<Total>,
    rows: Vec<Line>,
    more: usize,
}

fn ageing(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: AsOf = ask.query()?;
    let as_of = day_or_none(asked.as_of.as_deref().unwrap_or_default(), "as_of")?.unwrap_or(desk.today);
    let buckets = desk.read(|tx, actor| setting::buckets(tx, actor.company.id, desk.today))?;
    let names = words::buckets(desk.page.language, &buckets);
    let asked = Asked { as_of, known_at: None, by: By::Customer, buckets };
    // What was posted a moment ago is in the snapshot once it is sealed.
    desk.db.seal()?;
    let ageing = desk.db.read(|tx| report::age_in_memory(tx, desk.db.snapshots(), &desk.actor, &asked))?;
    let totals = ageing
        .totals
        .iter()
        .map(|(currency, aged)| Ok(Total { currency: currency.to_string(), amounts: amounts(desk, aged, *currency)? }));
    let rows = ageing.rows.iter().take(ROWS).map(|row| {
        Ok(Line {
            code: row.key.clone(),
            name: row.name.clone(),
            currency: row.currency.to_string(),
            amounts: amounts(desk, &row.aged, row.currency)?,
        })
    });
    let of_sum = |word: &str| desk.page.t(&format!("word-{word}"));
    let view = Ageing {
        p: &desk.page,
        as_of: as_of.to_string(),
        labels: names.iter().cloned().chain(["total", "unapplied", "net"].map(of_sum)).collect(),
        buckets: names,
        totals: totals.collect::<Result<_, Error>>()?,
        rows: rows.collect::<Result<_, Error>>()?,
        more: ageing.rows.len().saturating_sub(ROWS),
    };
    render(&view)
}

fn amounts(desk: &Desk, aged: &Aged, currency: Currency) -> Result<Vec<String>, Error> {
    let text = |minor: i64| desk.page.amount(minor, currency);
    let mut out: Vec<String> = aged.open.iter().map(|minor| text(*minor)).collect();
    out.extend([text(aged.total()?), text(aged.unapplied), text(aged.net()?)]);
    Ok(out)
}

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
