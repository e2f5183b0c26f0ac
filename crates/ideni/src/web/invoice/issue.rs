//! A new invoice: written line by line, worked out, then posted.

use askama::Template;
use axum::response::Response;
use receivables::billing::line::{Discount, Prices};
use receivables::billing::terms::Terms;
use receivables::money::MoneyError;
use receivables::{Currency, Date, Refusal, Unusable};
use rust_decimal::Decimal;
use store::Error;
use store::customer::Customer;

use super::super::ask::{Ask, day_or_none, text_or_none};
use super::super::customer::Options;
use super::super::page::{Desk, Page, render};
use super::super::route::Route;
use super::{address, class};
use crate::actions::invoice::{self, Given, GivenLine, LINES_MAX, OfItem, Preview, References};
use crate::actions::item::{self, Asked};
use crate::actions::{Actor, Right, fiscal, quote, search, tax};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/invoices/new", Right::InvoiceIssue, new),
    Route::post("/invoices/new", Right::InvoiceIssue, issue).again(new),
];

const HERE: &str = "/invoices/new";
/// Lines of an empty form, and how many more come when they are asked for.
const ROWS: usize = 5;
/// The longest description and unit, in characters.
const DESCRIPTION_MAX: usize = 300;
const UNIT_MAX: usize = 20;
/// Items of the catalogue that the form offers; any other may be typed.
const OFFERED: usize = 300;

/// What the invoice comes to, as it was worked out.
struct Worked {
    customer: String,
    due_on: String,
    net: String,
    tax: String,
    total: String,
    /// Class with its rate, net and tax.
    classes: Vec<(String, String, String)>,
    /// Net of each row of the form; nothing for an empty one.
    nets: Vec<String>,
    /// What a person should look at: the code by which it is right, where it stops anything, and its sentence.
    checks: Vec<(Option<&'static str>, String)>,
    /// Lines that came with the others: what they say, and their net.
    added: Vec<(String, String)>,
    /// Deposits of which something is left: number, what is left, and whether this invoice settles them.
    deposits: Vec<(String, String, bool)>,
    /// What was taken of the catalogue, for each row that names an item.
    told: Vec<String>,
}

impl Worked {
    fn net_of(&self, row: &usize) -> &str {
        self.nets.get(*row).map_or("", String::as_str)
    }

    fn told_of(&self, row: &usize) -> &str {
        self.told.get(*row).map_or("", String::as_str)
    }
}

#[derive(Template)]
#[template(path = "invoice_new.html")]
struct New<'a> {
    p: &'a Page,
    customer: String,
    currency: String,
    today: String,
    classes: Options,
    /// The class that most lines have: the first that is taxed.
    usual: String,
    /// The class that a row begins with: where items are offered that of the item, else the usual one.
    chosen: String,
    /// Codes and names of items that a line may sell.
    items: Options,
    /// The id of their list, where there are some.
    offers: &'static str,
    prices: Options,
    /// Whether the tax device wants the code of a buyer with a TIN.
    asks_code: bool,
    /// The names of the fields of each row, without the field.
    rows: Vec<String>,
    worked: Option<Worked>,
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Question {
    customer: String,
}

fn new(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let Question { customer } = ask.query()?;
    show(desk, &desk.page, rows_of(ask), customer, None)
}

fn show(desk: &Desk, p: &Page, rows: usize, customer: String, worked: Option<Worked>) -> Result<Response, Error> {
    let company = &desk.actor.company;
    let name = |names: &[String; 4]| p.language.of(names).to_owned();
    let classes = tax::choices(&company.country, desk.today)?;
    let usual = usual_class(desk)?;
    let asked = Asked { limit: OFFERED, ..Asked::default() };
    let (items, _) = desk.read(|tx, actor| item::list(tx, actor, desk.today, &asked))?;
    render(&New {
        p,
        offers: if items.is_empty() { "" } else { "items" },
        chosen: if items.is_empty() { usual.clone() } else { String::new() },
        items: items.into_iter().map(|listed| (listed.known.item.code, listed.known.item.name)).collect(),
        usual,
        customer,
        currency: company.currency.to_string(),
        today: desk.today.to_string(),
        classes: classes.iter().map(|c| (c.code.clone(), format!("{} · {}", c.code, name(&c.names)))).collect(),
        prices: Prices::ALL.map(|(_, code)| (code.to_owned(), p.t(&format!("prices-{code}")))).into(),
        asks_code: desk.read(|tx, actor| fiscal::wants_purchase_code(tx, actor, desk.today))?,
        rows: (0..rows).map(|no| format!("lines[{no}].")).collect(),
        worked,
    })
}

fn usual_class(desk: &Desk) -> Result<String, Error> {
    let usual = tax::usual(&desk.actor.company.country, desk.today)?;
    Ok(usual.map(|class| class.code.clone()).unwrap_or_default())
}

/// How many rows the form has: those that were typed into, and some more.
fn rows_of(ask: &Ask) -> usize {
    let typed = ask.typed();
    let asked = field(&typed, "rows").trim().parse::<usize>().unwrap_or(ROWS);
    let more = if field(&typed, "do") == "more" { ROWS } else { 0 };
    (asked + more).clamp(ROWS, LINES_MAX)
}

fn field<'f>(typed: &'f [(String, String)], name: &str) -> &'f str {
    typed.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.as_str())
}

fn issue(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let typed = ask.typed();
    let p = desk.page.with_form(ask);
    if field(&typed, "do") == "more" {
        return show(desk, &p, rows_of(ask), String::new(), None);
    }
    let read = read(desk, &typed)?;
    if let Ok(kind) = quote::Kind::from_code(field(&typed, "do")) {
        let (once, given) = (ask.once(), read.given);
        let make = move |tx: &mut store::Tx<'_>, actor: &Actor, today: Date| {
            quote::make(tx, actor, today, (kind, &given), None, Some(&once))
        };
        desk.write(make)?;
        return desk.to("/quotes", "quote-made");
    }
    if !["post", "deposit"].contains(&field(&typed, "do")) {
        let preview = desk.read(|tx, actor| invoice::preview(tx, actor, desk.today, &read.given))?;
        let worked = worked(&p, &read, &preview);
        return show(desk, &p, rows_of(ask), String::new(), Some(worked));
    }
    let (once, given) = (ask.once(), read.given);
    let posted = desk.write(move |tx, actor, today| invoice::issue(tx, actor, today, &given, Some(&once)))?;
    desk.to(&address(&posted.number), if posted.twin.is_some() { "invoice-posted-twin" } else { "invoice-posted" })
}

/// An invoice as it was typed.
struct Read {
    given: Given,
    customer: Customer,
    /// Which row of the form each of its lines is.
    rows: Vec<usize>,
}

fn read(desk: &Desk, typed: &[(String, String)]) -> Result<Read, Error> {
    let text = |name: &str| field(typed, name).trim();
    let currency: Currency = match text("currency") {
        "" => desk.actor.company.currency,
        code => code.parse().map_err(|why| of_field("currency", code, why))?,
    };
    let (lines, at) = typed_lines(desk, typed, currency)?;
    let customer = desk.read(|tx, actor| search::customer(tx, desk.db.snapshots(), actor, text("customer")))?;
    let given = Given {
        due_on: day_or_none(text("due_on"), "due_on")?,
        lines,
        prices: Prices::from_code(text("prices"))?,
        terms: text_or_none(text("terms")).map(|terms| Terms::read(&terms)).transpose()?,
        right: all_of(typed, "right"),
        deposit: text("do") == "deposit",
        settles: all_of(typed, "settles"),
        references: References::read(Some(text("order")), Some(text("purchase_code")))?,
        ..Given::to(customer.code.clone(), day_or_none(text("issued_on"), "issued_on")?.unwrap_or(desk.today), currency)
    };
    Ok(Read { given, customer, rows: at })
}

/// Every value of a field that may come more than once.
fn all_of(typed: &[(String, String)], name: &str) -> Vec<String> {
    typed.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
}

/// The lines of a form, each with the row of the form it is; at least one.
pub(super) fn typed_lines(
    desk: &Desk,
    typed: &[(String, String)],
    currency: Currency,
) -> Result<(Vec<GivenLine>, Vec<usize>), Error> {
    let last =
        typed.iter().filter_map(|(name, _)| name.strip_prefix("lines[")?.split_once(']')?.0.parse::<usize>().ok());
    let rows = last.max().map_or(0, |last| last + 1).min(LINES_MAX);
    let (mut lines, mut at) = (Vec::new(), Vec::new());
    let usual = usual_class(desk)?;
    for no in 0..rows {
        let of = |name: &str| field(typed, &format!("lines[{no}].{name}")).trim();
        if ["description", "quantity", "unit_price"].iter().all(|name| of(name).is_empty()) {
            continue;
        }
        lines.push(line(&of, currency, &usual).map_err(|refusal| refusal.in_line(no))?);
        at.push(no);
    }
    if lines.is_empty() {
        return Err(Refusal::Missing { field: "description".into() }.in_line(0).into());
    }
    Ok((lines, at))
}

fn line<'f>(of: &impl Fn(&str) -> &'f str, currency: Currency, usual: &str) -> Result<GivenLine, Refusal> {
    let text = |field: &str, most: usize| match of(field) {
        text if text.chars().count() > most => Err(Refusal::Invalid {
            field: field.into(),
            value: text.chars().take(40).collect(),
            reason: Unusable::TooLong { most: most.to_string() },
        }),
        text => Ok(text.to_owned()),
    };
    let description = text("description", DESCRIPTION_MAX)?;
    let (item, description) = invoice::named(&description);
    if item.is_none() && description.is_empty() {
        return Err(Refusal::Missing { field: "description".into() });
    }
    let quantity = match of("quantity") {
        "" => Decimal::ONE,
        text => formats::parse_quantity(text).ok_or_else(|| {
            let reason = Unusable::Money { why: MoneyError::NotAnAmount { text: text.into() } };
            Refusal::Invalid { field: "quantity".into(), value: text.into(), reason }
        })?,
    };
    let unit_price = match of("unit_price") {
        "" if item.is_some() => None,
        "" => return Err(Refusal::Missing { field: "unit_price".into() }),
        price => Some(formats::parse_price(price, currency).map_err(|why| of_field("unit_price", price, why))?),
    };
    let tax_class = match of("tax_class") {
        "" if item.is_none() => usual,
        class => class,
    };
    Ok(GivenLine {
        description: description.to_owned(),
        quantity,
        unit: text_or_none(&text("unit", UNIT_MAX)?),
        unit_price: unit_price.unwrap_or_default(),
        discount: Discount::read(of("discount"))?,
        tax_class: tax_class.to_owned(),
        item: item.map(|code| OfItem { code: code.to_owned(), is_priced: unit_price.is_some() }),
    })
}

fn of_field(field: &str, value: &str, why: MoneyError) -> Refusal {
    Refusal::Invalid { field: field.into(), value: value.into(), reason: Unusable::Money { why } }
}

fn worked(p: &Page, read: &Read, preview: &Preview) -> Worked {
    let currency = read.given.currency;
    let mut nets = vec![String::new(); read.rows.last().map_or(0, |last| last + 1)];
    let mut told = nets.clone();
    for ((row, given), line) in read.rows.iter().zip(&read.given.lines).zip(&preview.lines) {
        nets[*row] = p.money(line.net, currency);
        if given.item.is_some() {
            told[*row] = format!("{} · {} · {}", line.description, p.number(&line.unit_price), line.tax_class);
        }
    }
    let added = preview.lines.get(read.given.lines.len()..).unwrap_or_default();
    let parts = preview.parts.iter().map(|part| format!("{} {}", p.day(part.due_on), p.money(part.amount, currency)));
    Worked {
        customer: format!("{} · {}", read.customer.name, read.customer.code),
        due_on: parts.collect::<Vec<_>>().join(" · "),
        net: p.money(preview.net.minor, currency),
        tax: p.money(preview.tax.minor, currency),
        total: p.money(preview.total.minor, currency),
        classes: preview.taxes.iter().map(|of| class(p, of, currency)).collect(),
        checks: preview
            .checks
            .iter()
            .map(|check| (check.stops().then_some(check.code()), words::saying(p.language, check)))
            .collect(),
        added: added.iter().map(|line| (line.description.clone(), p.money(line.net, currency))).collect(),
        deposits: preview
            .deposits
            .iter()
            .map(|one| (one.number.clone(), p.money(one.net, currency), read.given.settles.contains(&one.number)))
            .collect(),
        nets,
        told,
    }
}
