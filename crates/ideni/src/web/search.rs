//! Search: what was found, by what it was found, and where it opens.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use receivables::search::Fit;
use store::Error;
use store::reports::{invoices, receipts};

use super::ask::Ask;
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use crate::actions::Right;
use crate::actions::search::{self, Account, Found, Hit, Hits, Only};
use crate::words;

pub const ROUTES: &[Route] = &[Route::get("/search", Right::Read, search)];

/// One hit: where it opens, what it is called, what tells it from others, its amounts and what was found of it.
struct Row {
    link: String,
    name: String,
    code: String,
    facts: Vec<String>,
    amounts: Vec<String>,
    found_by: String,
}

/// Hits of one kind of thing.
struct Group {
    title: String,
    rows: Vec<Row>,
    more: bool,
}

#[derive(Template)]
#[template(path = "search.html")]
struct View<'a> {
    p: &'a Page,
    q: String,
    groups: Vec<Group>,
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Question {
    q: String,
}

fn search(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let Question { q } = ask.query()?;
    desk.db.seal()?;
    let found = desk.read(|tx, actor| search::find(tx, desk.db.snapshots(), actor, &q))?;
    if let Some(only) = found.only() {
        return Ok(Redirect::to(&place(only)).into_response());
    }
    render(&View { p: &desk.page, groups: groups(desk, &found), q })
}

/// Where a thing opens.
fn place(only: Only<'_>) -> String {
    match only {
        Only::Customer(customer) => format!("/accounts/{}", in_path(&customer.code)),
        Only::Document(document) => format!("/invoices/{}", in_path(&document.number)),
        Only::Receipt(receipt) => format!("/receipts/{}", receipt.id),
    }
}

fn groups(desk: &Desk, found: &Found) -> Vec<Group> {
    let p = &desk.page;
    let all = [
        group(p, "search-customers", &found.customers, |account| customer_row(p, account)),
        group(p, "search-invoices", &found.documents, |document| document_row(desk, document)),
        group(p, "search-receipts", &found.receipts, |receipt| receipt_row(p, receipt)),
    ];
    all.into_iter().filter(|group| !group.rows.is_empty()).collect()
}

fn group<T>(p: &Page, title: &str, hits: &Hits<T>, row: impl Fn(&T) -> Row) -> Group {
    let rows = hits.hits.iter().map(|hit| Row { found_by: found_by(p, hit), ..row(&hit.thing) });
    Group { title: p.t(title), rows: rows.collect(), more: hits.more }
}

/// What was found, and how nearly.
fn found_by<T>(p: &Page, hit: &Hit<T>) -> String {
    let what = p.t(&format!("found-by-{}", hit.by.name()));
    if hit.fit == Fit::Close { p.t1("found-nearly", "what", what) } else { what }
}

fn customer_row(p: &Page, account: &Account) -> Row {
    let c = &account.customer;
    let phone = c.phone.as_deref().map(words::phone);
    let tin = c.tin.as_ref().map(|tin| p.t1("search-tin", "tin", tin));
    Row {
        link: place(Only::Customer(c)),
        name: c.name.clone(),
        code: c.code.clone(),
        facts: [phone, c.email.clone(), tin].into_iter().flatten().collect(),
        amounts: account.open.iter().map(|open| p.money(open.minor, open.currency)).collect(),
        found_by: String::new(),
    }
}

fn document_row(desk: &Desk, d: &invoices::Listed) -> Row {
    let p = &desk.page;
    let mut amounts = vec![p.money(d.total, d.currency)];
    if d.open != d.total && d.open != 0 {
        amounts.push(p.t1("search-open", "amount", p.money(d.open, d.currency)));
    }
    Row {
        link: place(Only::Document(d)),
        name: d.number.clone(),
        code: String::new(),
        facts: vec![d.name.clone(), p.day(d.issued_on), p.t(&format!("invoice-state-{}", d.state(desk.today).code()))],
        amounts,
        found_by: String::new(),
    }
}

fn receipt_row(p: &Page, r: &receipts::Listed) -> Row {
    let whose = r.customer_name.clone().or_else(|| r.payer.clone()).or_else(|| r.text.clone());
    let state = p.t(&format!("receipt-state-{}", r.state().code()));
    Row {
        link: place(Only::Receipt(r)),
        name: r.reference.clone().unwrap_or_else(|| p.t("receipt-unnamed")),
        code: String::new(),
        facts: whose.into_iter().chain([p.day(r.received_on), state]).collect(),
        amounts: vec![p.money(r.gross, r.currency)],
        found_by: String::new(),
    }
}
