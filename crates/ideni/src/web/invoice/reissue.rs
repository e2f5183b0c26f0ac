//! Correct and re-issue: the form holds the invoice as it is; what is changed is what was wrong.

use askama::Template;
use axum::response::Response;
use receivables::billing::credit_note::Reason;
use receivables::billing::line::Prices;
use store::Error;

use super::super::ask::{Ask, day_or_none, text_or_none};
use super::super::customer::Options;
use super::super::page::{Desk, Page, render};
use super::super::route::Route;
use super::address;
use super::issue::drafted_lines;
use crate::actions::invoice::{self, References};
use crate::actions::reissue::{self, Given};
use crate::actions::{Right, draft, fiscal, tax};

pub const ROUTES: &[Route] = &[
    Route::get("/invoices/{number}/reissue", Right::InvoiceReissue, new),
    Route::post("/invoices/{number}/reissue", Right::InvoiceReissue, post).again(new),
];

/// Rows beside those of the invoice.
const MORE: usize = 3;

/// A row of the form: the beginning of its fields, and what stands in them.
#[derive(Default)]
struct Row {
    name: String,
    description: String,
    quantity: String,
    unit: String,
    unit_price: String,
    discount: String,
    tax_class: String,
}

#[derive(Template)]
#[template(path = "invoice_reissue.html")]
struct New<'a> {
    p: &'a Page,
    number: String,
    back: String,
    here: String,
    lead: String,
    customer: String,
    due_on: String,
    rows: Vec<Row>,
    classes: Options,
    reasons: Options,
    gross: bool,
    asks_code: bool,
    /// What it was, what it becomes and the difference, once it is worked out.
    compared: Option<[String; 3]>,
}

fn new(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    show(desk, &desk.page, ask.path("number"), None)
}

fn show(desk: &Desk, p: &Page, number: &str, compared: Option<&reissue::Compared>) -> Result<Response, Error> {
    let (shown, asks_code) = desk.read(|tx, actor| {
        Ok((invoice::show(tx, actor, number, None)?, fiscal::wants_purchase_code(tx, actor, desk.today)?))
    })?;
    let i = shown.invoice;
    let row = |(no, line): (usize, &store::reports::invoice::Line)| Row {
        name: format!("lines[{no}]."),
        description: line.description.clone(),
        quantity: line.quantity.clone(),
        unit: line.term.unit.clone().unwrap_or_default(),
        unit_price: line.unit_price.clone(),
        discount: line.term.discount.clone().unwrap_or_default(),
        tax_class: line.said_class(),
    };
    let written: Vec<_> = i.lines.iter().filter(|line| !line.follows).collect();
    let count = written.len();
    let empty = (count..count + MORE).map(|no| Row { name: format!("lines[{no}]."), ..Row::default() });
    let name = |names: &[String; 4]| p.language.of(names).to_owned();
    let classes = tax::choices(&desk.actor.company.country, desk.today)?;
    let nothing = [(String::new(), String::new())].into_iter();
    let back = address(number);
    render(&New {
        p,
        here: format!("{back}/reissue"),
        back,
        number: number.to_owned(),
        lead: format!("{} · {}", i.payer.name, p.money(i.total, i.currency)),
        customer: i.bill_to.code.clone(),
        due_on: i.due_on.to_string(),
        gross: i.lines.iter().any(|line| line.term.gross),
        rows: written.into_iter().enumerate().map(row).chain(empty).collect(),
        classes: std::iter::once((String::new(), String::new()))
            .chain(classes.iter().map(|c| (c.code.clone(), format!("{} · {}", c.code, name(&c.names)))))
            .collect(),
        reasons: nothing
            .chain(Reason::ALL.map(|(_, code)| (code.to_owned(), p.t(&format!("credit-reason-{code}")))))
            .collect(),
        asks_code,
        compared: compared.map(|of| {
            let money = |minor| p.money(minor, i.currency);
            [money(of.was.minor), money(of.becomes.minor), money(of.becomes.minor - of.was.minor)]
        }),
    })
}

fn post(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let number = ask.path("number").to_owned();
    let typed = ask.typed();
    let text = |name: &str| typed.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.trim());
    let old = desk.read(|tx, actor| invoice::show(tx, actor, &number, None))?.invoice;
    let (lines, _) = draft::read_lines(&drafted_lines(&typed), &desk.actor, desk.today, old.currency)?;
    let prices = if text("gross") == "yes" { Prices::Gross } else { Prices::Net };
    let due_on = day_or_none(text("due_on"), "due_on")?.filter(|on| *on != old.due_on);
    let given = Given {
        invoice: number,
        reason: text("reason").to_owned(),
        explanation: text("explanation").to_owned(),
        customer: text_or_none(text("customer")),
        lines: Some((lines, prices)),
        references: References::read(Some(text("order")), Some(text("purchase_code")))?,
        due_on: due_on.map(|on| (on, text("due_reason").to_owned())),
        settles_disputes: text("settles") == "yes",
    };
    if text("do") == "look" {
        let compared = desk.read(|tx, actor| reissue::preview(tx, actor, desk.today, &given))?;
        return show(desk, &desk.page.with_form(ask), &given.invoice, Some(&compared));
    }
    let once = ask.once();
    let done = desk.write(move |tx, actor, today| reissue::reissue(tx, actor, today, &given, Some(&once)))?;
    desk.to(&address(&done.number), "invoice-reissued")
}
