//! Statement lines that wait for a person.

use askama::Template;
use axum::response::Response;
use receivables::{Currency, Money};
use store::Error;

use super::ask::{Ask, day_or_none, text_or_none};
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::Right;
use crate::actions::review::{self, Said, Waiting};

pub const ROUTES: &[Route] = &[
    Route::get("/statements/review", Right::Read, list),
    Route::post("/statements/review/{id}/clear", Right::StatementClear, clear).again(list),
    Route::post("/statements/review/{id}/record", Right::StatementRecord, record).again(list),
];

struct Line {
    id: String,
    file: String,
    account: String,
    on: String,
    kind: String,
    text: String,
    amount: String,
    currency: String,
    reference: String,
    payer: String,
}

#[derive(Template)]
#[template(path = "review.html")]
struct Review<'a> {
    p: &'a Page,
    lines: Vec<Line>,
    may_decide: bool,
}

fn list(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let own = desk.actor.company.currency;
    let lines = desk.db.read(|tx| review::list(tx, &desk.actor))?;
    let shown = lines.into_iter().map(|Waiting { id, line }| Line {
        id,
        file: line.file,
        account: line.account,
        on: line.on.map(|on| on.to_string()).unwrap_or_default(),
        kind: line.kind,
        amount: line.amount.map(|a| Money::new(a, line.currency.unwrap_or(own)).major_text()).unwrap_or_default(),
        currency: line.currency.unwrap_or(own).to_string(),
        text: line.text.unwrap_or_default(),
        reference: line.reference.unwrap_or_default(),
        payer: line.counterparty.unwrap_or_default(),
    });
    let may_decide = desk.actor.can(Right::StatementClear);
    render(&Review { p: &desk.page, lines: shown.collect(), may_decide })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ClearForm {
    reason: String,
}

fn clear(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let id = ask.path("id").to_owned();
    let form: ClearForm = ask.form()?;
    let once = ask.once();
    desk.write(move |tx, actor, today| review::clear(tx, actor, today, &id, &form.reason, Some(&once)))?;
    desk.to("/statements/review", "line-cleared")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordForm {
    amount: String,
    currency: String,
    on: String,
    reference: String,
    payer: String,
}

fn record(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let id = ask.path("id").to_owned();
    let form: RecordForm = ask.form()?;
    let once = ask.once();
    let said = form.said()?;
    desk.write(move |tx, actor, today| review::record(tx, actor, today, &id, &said, Some(&once)))?;
    desk.to("/statements/review", "line-recorded")
}

impl RecordForm {
    fn said(&self) -> Result<Said, Error> {
        let currency: Currency = self.currency.trim().parse()?;
        Ok(Said {
            amount: formats::parse_money(&self.amount, currency)?.to_major(),
            currency: Some(currency),
            on: day_or_none(&self.on, "on")?,
            reference: text_or_none(&self.reference),
            payer: text_or_none(&self.payer),
        })
    }
}
