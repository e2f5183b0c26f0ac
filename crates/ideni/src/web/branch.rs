//! Branches of the company.

use askama::Template;
use axum::response::Response;
use store::Error;

use super::ask::Ask;
use super::customer::Options;
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::{Right, branch};

pub const ROUTES: &[Route] =
    &[Route::get("/branches", Right::Read, list), Route::post("/branches", Right::SettingControl, add).again(list)];

#[derive(Template)]
#[template(path = "branches.html")]
struct Branches<'a> {
    p: &'a Page,
    rows: Options,
}

fn list(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    render(&Branches { p: &desk.page, rows: desk.read(branch::list)? })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AddForm {
    code: String,
    name: String,
}

fn add(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let AddForm { code, name } = ask.form()?;
    desk.write(move |tx, actor, _| branch::add(tx, actor, &code, &name))?;
    desk.to("/branches", "branch-added")
}
