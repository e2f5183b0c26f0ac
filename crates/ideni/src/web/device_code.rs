//! The codes and item classes of the tax device: found by words, and fetched.

use askama::Template;
use axum::response::Response;
use receivables::billing::device_code::{ITEM_CLASS, Listed, PACKAGING, UNIT};
use store::Error;

use super::ask::Ask;
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::{Right, fiscal};
use crate::gateways::tax_device::ANSWER;
use crate::jobs;

pub const ROUTES: &[Route] =
    &[Route::get("/ebm/codes", Right::Read, show), Route::post("/ebm/codes", Right::FiscalSend, fetch).again(show)];

/// Codes that words find.
const SHOWN: usize = 100;

struct Line {
    /// What it is a code of.
    of: String,
    code: String,
    name: String,
}

#[derive(Template)]
#[template(path = "device_codes.html")]
struct Codes<'a> {
    p: &'a Page,
    q: String,
    rows: Vec<Line>,
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Filter {
    q: String,
}

fn show(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let p = &desk.page;
    let Filter { q } = ask.query()?;
    let found = desk.read(|tx, actor| fiscal::search_codes(tx, actor, &q, SHOWN))?;
    let line = |one: Listed| Line {
        of: match one.class.as_str() {
            ITEM_CLASS => p.label("field-class-code"),
            PACKAGING => p.label("field-packaging"),
            UNIT => p.label("field-quantity-unit"),
            table => p.t1("ebm-table", "no", table),
        },
        code: one.code,
        name: one.name,
    };
    render(&Codes { p, q, rows: found.into_iter().map(line).collect() })
}

fn fetch(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    jobs::fiscal::codes(&desk.db, &desk.actor, ANSWER)?;
    desk.to("/ebm/codes", "codes-fetched")
}
