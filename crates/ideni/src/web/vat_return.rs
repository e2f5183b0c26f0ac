//! VAT returns: which were filed, and filing one.

use askama::Template;
use axum::response::Response;
use receivables::billing::vat_return::Period;
use store::Error;
use store::vat_return::Filed;

use super::ask::Ask;
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::{Right, vat_return};

pub const ROUTES: &[Route] = &[
    Route::get("/vat-returns", Right::Read, list),
    Route::post("/vat-returns", Right::VatReturnFile, file).again(list),
];

#[derive(Template)]
#[template(path = "vat_returns.html")]
struct VatReturns<'a> {
    p: &'a Page,
    filed: Vec<Filed>,
    /// The month before today's.
    last: Period,
    may_file: bool,
}

fn list(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let mut filed = desk.read(vat_return::filed)?;
    filed.reverse();
    let last = Period::month_of(desk.today.first_of_month().plus_days(-1));
    render(&VatReturns { p: &desk.page, filed, last, may_file: desk.actor.can(Right::VatReturnFile) })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct FileForm {
    period: String,
    reference: String,
}

fn file(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: FileForm = ask.form()?;
    let (period, once) = (Period::read(&form.period)?, ask.once());
    desk.write(move |tx, actor, today| vat_return::file(tx, actor, today, &period, &form.reference, Some(&once)))?;
    desk.to("/vat-returns", "vat-return-filed")
}
