//! Papers as PDF, shown by the browser: an invoice, a receipt, a statement of account.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use store::Error;

use super::ask::{Ask, day_or_none};
use super::page::{Desk, in_path};
use super::route::Route;
use crate::actions::Right;
use crate::actions::print::{self, Ready};
use crate::actions::{einvoice, fiscal};

pub const ROUTES: &[Route] = &[
    Route::get("/invoices/{number}/pdf", Right::Read, invoice).a_file(),
    Route::get("/invoices/{number}/xml", Right::Read, xml).a_file(),
    Route::get("/quotes/{number}/pdf", Right::Read, quote).a_file(),
    Route::get("/receipts/{id}/pdf", Right::Read, receipt).a_file(),
    Route::get("/accounts/{code}/statement", Right::Read, statement).a_file(),
];

/// What was asked, as it was typed.
#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Asked {
    paper: String,
    from: String,
    until: String,
}

fn invoice(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Asked = ask.query()?;
    let number = ask.path("number").to_owned();
    let before = desk.write(move |tx, actor, _| fiscal::print(tx, actor, &number))?;
    let ready = desk.read(|tx, actor| print::invoice(tx, actor, desk.today, ask.path("number"), None))?;
    shown(&ready.as_copy(before), &asked.paper)
}

fn xml(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let written = desk.read(|tx, actor| einvoice::write(tx, actor, ask.path("number"), "ubl"))?;
    let headers = [
        (header::CONTENT_TYPE, "application/xml".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{}", in_path(&written.name))),
    ];
    Ok((headers, written.xml).into_response())
}

fn quote(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Asked = ask.query()?;
    shown(&desk.read(|tx, actor| print::quote(tx, actor, desk.today, ask.path("number"), None))?, &asked.paper)
}

fn receipt(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Asked = ask.query()?;
    shown(&desk.read(|tx, actor| print::receipt(tx, actor, desk.today, ask.path("id"), None))?, &asked.paper)
}

fn statement(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Asked = ask.query()?;
    let span = (day_or_none(&asked.from, "from")?, day_or_none(&asked.until, "until")?);
    let ready = desk.read(|tx, actor| print::statement(tx, actor, desk.today, ask.path("code"), span, None))?;
    shown(&ready, &asked.paper)
}

pub(super) fn shown(ready: &Ready, paper: &str) -> Result<Response, Error> {
    let pdf = ready.print(print::paper(paper)?)?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename*=UTF-8''{}.pdf", in_path(&ready.name))),
    ];
    Ok((headers, pdf).into_response())
}
