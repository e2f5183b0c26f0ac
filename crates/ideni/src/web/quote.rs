//! Quotes and proforma invoices: what is offered, and what became of it.

use askama::Template;
use axum::response::Response;
use store::Error;

use super::ask::Ask;
use super::invoice::address;
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use crate::actions::invoice::References;
use crate::actions::{Right, fiscal, quote};

pub const ROUTES: &[Route] = &[
    Route::get("/quotes", Right::Read, show),
    Route::post("/quotes/{number}/accept", Right::InvoiceIssue, accept).again(show),
    Route::post("/quotes/{number}/decline", Right::QuoteMake, decline).again(show),
];

/// Rows the list shows.
const SHOWN: i64 = 200;

struct Offer {
    number: String,
    kind: String,
    name: String,
    at: String,
    issued_on: String,
    valid_until: String,
    total: String,
    chip: &'static str,
    state: String,
    /// The invoice, or why it was declined.
    end: String,
    link: Option<String>,
    accept_at: String,
    decline_at: String,
    print_at: String,
    may_accept: bool,
    may_decline: bool,
}

#[derive(Template)]
#[template(path = "quotes.html")]
struct Quotes<'a> {
    p: &'a Page,
    offers: Vec<Offer>,
    asks_code: bool,
}

fn show(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let p = &desk.page;
    let (found, asks_code) = desk
        .read(|tx, actor| Ok((quote::list(tx, actor, SHOWN)?, fiscal::wants_purchase_code(tx, actor, desk.today)?)))?;
    let of = |one: &store::quote::Quote| {
        let state = quote::state(one, desk.today);
        let here = format!("/quotes/{}", in_path(&one.number));
        Offer {
            number: one.number.clone(),
            kind: p.t(&format!("quote-kind-{}", one.kind)),
            name: one.name.clone(),
            at: in_path(&one.customer),
            issued_on: p.day(one.issued_on),
            valid_until: p.day(one.valid_until),
            total: p.money(one.total, one.currency),
            chip: match state {
                "open" => "wait",
                "accepted" => "good",
                "declined" => "bad",
                _ => "",
            },
            state: p.t(&format!("quote-{state}")),
            end: one.invoice.clone().or_else(|| one.reason.clone()).unwrap_or_default(),
            link: one.invoice.as_deref().map(address),
            accept_at: format!("{here}/accept"),
            decline_at: format!("{here}/decline"),
            print_at: format!("{here}/pdf"),
            may_accept: state == "open" && desk.actor.can(Right::InvoiceIssue),
            may_decline: matches!(state, "open" | "expired") && desk.actor.can(Right::QuoteMake),
        }
    };
    render(&Quotes { p, offers: found.iter().map(of).collect(), asks_code })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AcceptForm {
    #[serde(default)]
    purchase_code: String,
}

fn accept(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let AcceptForm { purchase_code } = ask.form()?;
    let references = References::read(None, Some(&purchase_code))?;
    let (number, once) = (ask.path("number").to_owned(), ask.once());
    let accept = move |tx: &mut store::Tx<'_>, actor: &crate::actions::Actor, today: receivables::Date| {
        quote::accept(tx, actor, today, &number, &references, Some(&once))
    };
    let posted = desk.write(accept)?;
    desk.to(&address(&posted.number), "invoice-posted")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DeclineForm {
    reason: String,
}

fn decline(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let DeclineForm { reason } = ask.form()?;
    let (number, once) = (ask.path("number").to_owned(), ask.once());
    desk.write(move |tx, actor, today| quote::decline(tx, actor, today, &number, &reason, Some(&once)))?;
    desk.to("/quotes", "quote-declined")
}
