//! A new invoice: written line by line, worked out, then posted.

use askama::Template;
use axum::response::Response;
use receivables::Date;
use receivables::billing::line::Prices;
use receivables::ids::{self, Id};
use store::Error;
use store::customer::Customer;
use store::draft::Kept;

use super::super::ask::Ask;
use super::super::customer::Options;
use super::super::page::{Desk, Page, render};
use super::super::route::Route;
use super::{address, class};
use crate::actions::draft::{self, Draft, DraftLine};
use crate::actions::invoice::{self, Given, LINES_MAX, Preview};
use crate::actions::item::{self, Asked};
use crate::actions::{Actor, Right, branch, fiscal, quote, search, tax};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/invoices/new", Right::InvoiceIssue, new),
    Route::post("/invoices/new", Right::InvoiceIssue, issue).again(new),
];

const HERE: &str = "/invoices/new";
/// Lines of an empty form, and how many more come when they are asked for.
const ROWS: usize = 5;
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
    /// Nothing first, then each branch; nothing at all where there is none.
    branches: Options,
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
    draft: String,
}

fn new(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let Question { customer, draft } = ask.query()?;
    if !draft.is_empty() && !desk.page.refused_at(HERE) {
        let id = draft::id_of(&draft)?;
        let (kept, draft) = desk.read(|tx, actor| draft::get(tx, actor, id))?;
        let rows = draft.lines.len().clamp(ROWS, LINES_MAX);
        return show(desk, &desk.page.filled(HERE, filled(&kept, &draft)), rows, String::new(), None);
    }
    show(desk, &desk.page, rows_of(ask), customer, None)
}

fn show(desk: &Desk, p: &Page, rows: usize, customer: String, worked: Option<Worked>) -> Result<Response, Error> {
    let company = &desk.actor.company;
    let name = |names: &[String; 4]| p.language.of(names).to_owned();
    let classes = tax::choices(&company.country, desk.today)?;
    let usual = usual_class(desk)?;
    let mut branches = desk.read(branch::list)?;
    if !branches.is_empty() {
        branches.insert(0, (String::new(), String::new()));
    }
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
        branches,
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
    if field(&typed, "do") == "draft" {
        let (draft, seen) = (drafted(&typed), kept(&typed)?);
        desk.write(move |tx, actor, _| draft::save(tx, actor, &draft, seen))?;
        return desk.to("/drafts", "draft-kept");
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
        let worked = worked(&p, &read, &preview, &desk.actor.company.country)?;
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
    let draft = drafted(typed);
    let (_, rows) = draft.lines(&desk.actor, desk.today)?;
    let said = draft.customer.trim();
    let customer = desk.read(|tx, actor| search::customer(tx, desk.db.snapshots(), actor, said))?;
    let given = Given {
        right: all_of(typed, "right"),
        deposit: field(typed, "do") == "deposit",
        draft: kept(typed)?.map(|(id, _)| id),
        ..draft.given(&desk.actor, desk.today, customer.code.clone())?
    };
    Ok(Read { given, customer, rows })
}

/// What was typed.
fn drafted(typed: &[(String, String)]) -> Draft {
    let text = |name: &str| field(typed, name).trim().to_owned();
    Draft {
        customer: text("customer"),
        issued_on: text("issued_on"),
        due_on: text("due_on"),
        terms: text("terms"),
        currency: text("currency"),
        order: text("order"),
        purchase_code: text("purchase_code"),
        branch: text("branch"),
        hand_written: text("hand_written"),
        delivered_on: text("delivered_on"),
        prices: text("prices"),
        settles: all_of(typed, "settles"),
        lines: drafted_lines(typed),
    }
}

/// The draft that the form began with, and the version that was seen.
fn kept(typed: &[(String, String)]) -> Result<Option<(Id<ids::Draft>, i32)>, Error> {
    match field(typed, "draft") {
        "" => Ok(None),
        id => Ok(Some((draft::id_of(id)?, field(typed, "version").parse().unwrap_or_default()))),
    }
}

/// The form as a draft fills it.
fn filled(kept: &Kept, draft: &Draft) -> Vec<(String, String)> {
    let fields = [
        ("draft", kept.id.to_string()),
        ("version", kept.version.to_string()),
        ("customer", draft.customer.clone()),
        ("issued_on", draft.issued_on.clone()),
        ("due_on", draft.due_on.clone()),
        ("terms", draft.terms.clone()),
        ("currency", draft.currency.clone()),
        ("order", draft.order.clone()),
        ("purchase_code", draft.purchase_code.clone()),
        ("delivered_on", draft.delivered_on.clone()),
        ("prices", draft.prices.clone()),
        ("branch", draft.branch.clone()),
        ("hand_written", draft.hand_written.clone()),
        ("rows", draft.lines.len().to_string()),
    ];
    let mut typed: Vec<_> = fields.map(|(name, said)| (name.to_owned(), said)).into();
    typed.extend(draft.settles.iter().map(|number| ("settles".to_owned(), number.clone())));
    for (no, line) in draft.lines.iter().enumerate() {
        for (name, said) in [
            ("description", &line.description),
            ("quantity", &line.quantity),
            ("unit", &line.unit),
            ("unit_price", &line.unit_price),
            ("discount", &line.discount),
            ("tax_class", &line.tax_class),
        ] {
            typed.push((format!("lines[{no}].{name}"), said.clone()));
        }
    }
    // What was left empty is as in a new form.
    typed.retain(|(_, said)| !said.is_empty());
    typed
}

/// Every value of a field that may come more than once.
fn all_of(typed: &[(String, String)], name: &str) -> Vec<String> {
    typed.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
}

/// The lines of a form, row by row.
pub(super) fn drafted_lines(typed: &[(String, String)]) -> Vec<DraftLine> {
    let last =
        typed.iter().filter_map(|(name, _)| name.strip_prefix("lines[")?.split_once(']')?.0.parse::<usize>().ok());
    let rows = last.max().map_or(0, |last| last + 1).min(LINES_MAX);
    let line = |no: usize| {
        let of = |name: &str| field(typed, &format!("lines[{no}].{name}")).trim().to_owned();
        DraftLine {
            description: of("description"),
            quantity: of("quantity"),
            unit: of("unit"),
            unit_price: of("unit_price"),
            discount: of("discount"),
            tax_class: of("tax_class"),
        }
    };
    (0..rows).map(line).collect()
}

fn worked(p: &Page, read: &Read, preview: &Preview, country: &str) -> Result<Worked, Error> {
    let currency = read.given.currency;
    let mut nets = vec![String::new(); read.rows.last().map_or(0, |last| last + 1)];
    let mut told = nets.clone();
    for ((row, given), line) in read.rows.iter().zip(&read.given.lines).zip(&preview.lines) {
        nets[*row] = p.money(line.net, currency);
        if given.item.is_some() {
            told[*row] = format!("{} · {} · {}", line.description, p.number(&line.unit_price), line.tax_class);
        }
    }
    let mut classes = Vec::new();
    for of in &preview.taxes {
        if !tax::is_levy(country, &of.class, read.given.issued_on)? {
            classes.push(class(p, of, currency));
        }
    }
    let added = preview.lines.get(read.given.lines.len()..).unwrap_or_default();
    let parts = preview.parts.iter().map(|part| format!("{} {}", p.day(part.due_on), p.money(part.amount, currency)));
    Ok(Worked {
        customer: format!("{} · {}", read.customer.name, read.customer.code),
        due_on: parts.collect::<Vec<_>>().join(" · "),
        net: p.money(preview.net.minor, currency),
        tax: p.money(preview.tax.minor, currency),
        total: p.money(preview.total.minor, currency),
        classes,
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
    })
}
