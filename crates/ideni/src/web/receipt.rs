//! Receipts: the list, one with all that became of it, and what a person does with one.

use askama::Template;
use axum::response::Response;
use store::Error;
use store::reports::receipt::Receipt;
use store::reports::receipts::{Listed, State};

use super::ask::{Ask, choice, day_or_none, text_or_none};
use super::customer::Options;
use super::exception::{self, Waiting};
use super::invoice::{Posted, by, ledger};
use super::kept::{self, Kept};
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use crate::actions::receipt::{self, Asked};
use crate::actions::{Right, account};

pub const ROUTES: &[Route] = &[
    Route::get("/receipts", Right::Read, list),
    Route::get("/receipts/{id}", Right::Read, show),
    Route::post("/receipts/{id}/notes", Right::NoteAdd, note).again(show),
    Route::post("/receipts/{id}/papers", Right::PaperAdd, paper).again(show).files(kept::BYTES_MAX),
];

/// Receipts a page shows.
const SHOWN: usize = 50;

// ---- the list

/// What was asked, as it was typed.
#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Filter {
    state: String,
    account: String,
    customer: String,
    from: String,
    until: String,
    after: String,
}

struct Row {
    r: Listed,
    /// How it is called, whose it is, and where that opens.
    name: String,
    whose: String,
    at: Option<String>,
    chip: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "receipts.html")]
struct List<'a> {
    p: &'a Page,
    asked: Filter,
    filtered: bool,
    /// Something was asked that stands under more.
    more: bool,
    states: Options,
    accounts: Options,
    rows: Vec<Row>,
    /// The question of the next page.
    next: Option<String>,
    /// The way was long: where the search of older ones goes on.
    walked_to: Option<String>,
}

fn list(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Filter = ask.query()?;
    let wanted = asked.read()?;
    let after = text_or_none(&asked.after);
    let (page, accounts) = desk.read(|tx, actor| {
        Ok((receipt::page(tx, actor, &wanted, after.as_deref(), SHOWN)?, account::list(tx, actor)?))
    })?;
    let p = &desk.page;
    let short = page.rows.len() < SHOWN;
    let walked_to = page.next.as_deref().filter(|_| short).and_then(|next| next.split_once('~'));
    let all = || vec![(String::new(), p.t("list-all"))];
    let state = |code: &str| (code.to_owned(), p.t(&format!("receipt-state-{code}")));
    let money = accounts.into_iter().filter(|a| a.account.is_money()).map(|a| (a.code, a.name));
    let view = List {
        p,
        more: Asked { state: None, ..wanted.clone() }.is_something(),
        filtered: wanted.is_something() || after.is_some(),
        states: all().into_iter().chain(State::ALL.iter().map(|(_, code)| state(code))).collect(),
        accounts: all().into_iter().chain(money).collect(),
        walked_to: walked_to.and_then(|(on, _)| Some(p.day(on.parse::<receivables::Date>().ok()?))),
        next: page.next.as_deref().map(|next| ask.query_with(&[("after", next)])),
        rows: page.rows.into_iter().map(|r| row(p, r)).collect(),
        asked,
    };
    render(&view)
}

impl Filter {
    fn read(&self) -> Result<Asked, Error> {
        Ok(Asked {
            state: choice(&self.state, "state", &State::ALL)?,
            account: text_or_none(&self.account),
            customer: text_or_none(&self.customer),
            from: day_or_none(&self.from, "from")?,
            until: day_or_none(&self.until, "until")?,
        })
    }
}

fn row(p: &Page, r: Listed) -> Row {
    let (chip, state) = chip(p, &r);
    let whose = r.customer_name.clone().or_else(|| r.payer.clone()).or_else(|| r.text.clone()).unwrap_or_default();
    let at = r.customer_code.as_deref().map(in_path);
    Row { name: name(p, &r), whose, at, chip, state, r }
}

/// How people call it.
pub(super) fn name(p: &Page, r: &Listed) -> String {
    r.reference.clone().unwrap_or_else(|| p.t("receipt-unnamed"))
}

/// The colour and the word of how it stands.
fn chip(p: &Page, r: &Listed) -> (&'static str, String) {
    let state = r.state();
    let colour = match state {
        State::Unidentified | State::Unapplied => "wait",
        State::Applied => "good",
        State::Refunded => "off",
    };
    (colour, p.t(&format!("receipt-state-{}", state.code())))
}

// ---- one

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Question {
    /// Another customer is looked for.
    q: String,
}

/// What became of it: in words, with where it opens.
struct Became {
    on: String,
    what: String,
    amount: String,
    link: Option<(String, String)>,
    reason: String,
    by: String,
    faded: bool,
}

#[derive(Template)]
#[template(path = "receipt.html")]
struct One<'a> {
    p: &'a Page,
    r: Receipt,
    name: String,
    at: Option<String>,
    chip: &'static str,
    state: String,
    became: Vec<Became>,
    ledger: Vec<Posted>,
    by: String,
    /// What may be done with it, where something of it waits.
    waits: Option<Waiting>,
    kept: Kept,
}

fn show(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Question = ask.query()?;
    let (id, here) = (ask.path("id"), address(ask));
    let (shown, kept) =
        desk.read(|tx, actor| Ok((receipt::show(tx, actor, id)?, Kept::load(tx, desk, "receipt", id, &here, "")?)))?;
    let (p, r) = (&desk.page, shown.receipt);
    let waits = exception::of(desk, r.listed.id, &asked.q, &here)?;
    let (chip, state) = chip(p, &r.listed);
    let page = One {
        p,
        name: name(p, &r.listed),
        at: r.listed.customer_code.as_deref().map(in_path),
        chip,
        state,
        became: became(p, &r),
        ledger: ledger(p, &shown.entries),
        by: by(p, r.deed.as_ref()),
        waits,
        kept,
        r,
    };
    render(&page)
}

/// Where the page of the receipt that is asked for is.
fn address(ask: &Ask) -> String {
    format!("/receipts/{}", in_path(ask.path("id")))
}

fn note(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    kept::note(desk, ask, "receipt", ask.path("id"))?;
    desk.to(&address(ask), "note-added")
}

fn paper(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    kept::paper(desk, ask, "receipt", ask.path("id"))?;
    desk.to(&address(ask), "paper-added")
}

/// The latest first.
fn became(p: &Page, r: &Receipt) -> Vec<Became> {
    let currency = r.listed.currency;
    let identified = r.identified.iter().map(|n| Became {
        on: p.day(n.posted_on),
        what: p.t("receipt-identified"),
        amount: p.money(n.amount, currency),
        link: Some((format!("/accounts/{}", in_path(&n.customer.code)), n.customer.name.clone())),
        reason: String::new(),
        by: by(p, n.deed.as_ref()),
        faded: false,
    });
    let allocated = r.allocations.iter().map(|a| Became {
        on: p.day(a.posted_on),
        what: p.t(&format!("movement-{}", a.kind.name().replace(' ', "-"))),
        amount: p.money(a.receipt_amount, currency),
        link: Some((format!("/invoices/{}", in_path(&a.number)), a.number.clone())),
        reason: a.reason.clone().unwrap_or_default(),
        by: by(p, a.deed.as_ref()),
        faded: a.reversed,
    });
    let refunded = r.refunds.iter().map(|f| Became {
        on: p.day(f.posted_on),
        what: p.t(&format!("refund-{}", f.kind.name().replace(' ', "-"))),
        amount: p.money(f.amount, currency),
        link: None,
        reason: f.reason.clone(),
        by: by(p, f.deed.as_ref()),
        faded: f.reversed,
    });
    let mut all: Vec<Became> = identified.chain(allocated).chain(refunded).collect();
    all.reverse();
    all
}
