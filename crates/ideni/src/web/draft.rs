//! Drafts: invoices that are not finished.

use askama::Template;
use axum::response::Response;
use store::Error;

use super::ask::{Ask, question};
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::{Right, draft};

pub const ROUTES: &[Route] = &[
    Route::get("/drafts", Right::InvoiceIssue, list),
    Route::post("/drafts/{id}/discard", Right::InvoiceIssue, discard).again(list),
];

/// Rows that the list shows.
const SHOWN: i64 = 200;

struct Row {
    open_at: String,
    discard_at: String,
    customer: String,
    lines: String,
    by: String,
    at: String,
}

#[derive(Template)]
#[template(path = "drafts.html")]
struct Drafts<'a> {
    p: &'a Page,
    rows: Vec<Row>,
}

fn list(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let p = &desk.page;
    let found = desk.read(|tx, actor| {
        let kept = draft::list(tx, actor, SHOWN)?;
        kept.into_iter().map(|kept| draft::get(tx, actor, kept.id)).collect::<Result<Vec<_>, _>>()
    })?;
    let row = |(kept, draft): (store::draft::Kept, draft::Draft)| {
        let id = kept.id.to_string();
        let said = draft.lines.iter().filter(|line| !line.is_empty()).map(|line| line.description.as_str());
        Row {
            open_at: format!("/invoices/new{}", question([("draft", id.as_str())])),
            discard_at: format!("/drafts/{id}/discard"),
            customer: kept.customer,
            lines: said.collect::<Vec<_>>().join(", ").chars().take(120).collect(),
            by: kept.by,
            at: p.instant(kept.at),
        }
    };
    render(&Drafts { p, rows: found.into_iter().map(row).collect() })
}

fn discard(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let id = draft::id_of(ask.path("id"))?;
    desk.write(move |tx, actor, _| draft::discard(tx, actor, id))?;
    desk.to("/drafts", "draft-discarded")
}
