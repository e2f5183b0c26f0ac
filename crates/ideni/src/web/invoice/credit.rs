//! A credit note for an invoice: all that is left, some lines, or an amount; worked out, then posted.

use askama::Template;
use axum::response::Response;
use receivables::billing::credit_note::{Left, Reason};
use receivables::money::MoneyError;
use receivables::{Money, Refusal, Unusable};
use store::Error;
use store::reports::invoice::Invoice;

use super::super::ask::Ask;
use super::super::customer::Options;
use super::super::page::{Desk, Page, render};
use super::super::route::Route;
use super::address;
use crate::actions::Right;
use crate::actions::approval::Asked;
use crate::actions::credit_note::{self, Given, How};

pub const ROUTES: &[Route] = &[
    Route::get("/invoices/{number}/credit", Right::ApprovalAsk, new),
    Route::post("/invoices/{number}/credit", Right::ApprovalAsk, credit).again(new),
];

/// A line of the invoice, and what is left of it.
struct Line {
    /// The field of how much of it is credited, and what a screen reader says of it.
    field: String,
    label: String,
    description: String,
    left: String,
    net: String,
    class: String,
}

#[derive(Template)]
#[template(path = "invoice_credit.html")]
struct New<'a> {
    p: &'a Page,
    number: String,
    /// The invoice's page, and this one.
    back: String,
    here: String,
    lead: String,
    left: String,
    lines: Vec<Line>,
    reasons: Options,
    /// Net, tax and total, as they were worked out.
    worked: Option<(String, String, String)>,
}

fn new(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    show(desk, &desk.page, ask.path("number"), None)
}

fn show(desk: &Desk, p: &Page, number: &str, worked: Option<(String, String, String)>) -> Result<Response, Error> {
    let (invoice, left) = desk.read(|tx, actor| credit_note::left(tx, actor, number))?;
    let total: i64 = left.classes.iter().map(|class| class.net + class.tax).sum();
    let nothing = [(String::new(), String::new())].into_iter();
    let reason = |(_, code): (Reason, &str)| (code.to_owned(), p.t(&format!("credit-reason-{code}")));
    let back = address(number);
    render(&New {
        p,
        here: format!("{back}/credit"),
        back,
        number: number.to_owned(),
        lead: format!("{} · {}", invoice.payer.name, p.money(invoice.total, left.currency)),
        left: p.money(total, left.currency),
        lines: lines(p, &invoice, &left),
        reasons: nothing.chain(Reason::ALL.map(reason)).collect(),
        worked,
    })
}

fn lines(p: &Page, invoice: &Invoice, left: &Left) -> Vec<Line> {
    let of = |line: &store::reports::invoice::Line| {
        let rest = left.lines.iter().find(|rest| rest.no == line.no && !rest.quantity.is_zero())?;
        Some(Line {
            field: format!("quantity-{}", line.no),
            label: format!("{} · {}", p.t("credit-quantity"), line.description),
            description: line.description.clone(),
            left: p.number(rest.quantity.normalize()),
            net: p.money(rest.net, left.currency),
            class: rest.class.clone(),
        })
    };
    invoice.lines.iter().filter_map(of).collect()
}

fn credit(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let number = ask.path("number").to_owned();
    let typed = ask.typed();
    let text =
        |name: &str| typed.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.trim()).to_owned();
    let (_, left) = desk.read(|tx, actor| credit_note::left(tx, actor, &number))?;
    let given = Given {
        invoice: number.clone(),
        reason: text("reason"),
        explanation: text("explanation"),
        how: how(&left, &typed, &text("amount"))?,
    };
    if text("do") != "post" {
        let preview = desk.read(|tx, actor| credit_note::preview(tx, actor, &given))?;
        let money = |money: Money| desk.page.money(money.minor, money.currency);
        let worked = (money(preview.net), money(preview.tax), money(preview.total));
        return show(desk, &desk.page.with_form(ask), &number, Some(worked));
    }
    let once = ask.once();
    let asked = desk.write(move |tx, actor, today| credit_note::post_or_ask(tx, actor, today, &given, Some(&once)))?;
    match asked {
        Asked::Done(posted) => desk.to(&address(&posted.number), "credit-note-posted"),
        Asked::Waits { .. } => desk.to(&address(&number), "credit-note-asked"),
    }
}

/// An amount with its tax, the lines that were marked or have a quantity, or all that is left.
fn how(left: &Left, typed: &[(String, String)], amount: &str) -> Result<How, Error> {
    let mut lines = Vec::new();
    for (name, text) in typed {
        let Some(no) = name.strip_prefix("quantity-").and_then(|no| no.parse::<i64>().ok()) else { continue };
        if text.trim().is_empty() {
            continue;
        }
        let quantity = formats::parse_quantity(text).ok_or_else(|| {
            let reason = Unusable::Money { why: MoneyError::NotAnAmount { text: text.clone() } };
            Refusal::Invalid { field: "quantity".into(), value: text.clone(), reason }
        })?;
        lines.push((no, Some(quantity)));
    }
    Ok(match (amount, lines.is_empty()) {
        ("", true) => How::Whole,
        ("", false) => How::Lines(lines),
        (text, true) => How::Amount { minor: formats::parse_money(text, left.currency)?.minor, gross: true },
        _ => {
            let reason = Unusable::OnlyOneOf { fields: "amount, quantity".into() };
            return Err(Refusal::InvalidEmpty { field: "amount".into(), reason }.into());
        }
    })
}
