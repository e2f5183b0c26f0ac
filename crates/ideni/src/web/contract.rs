//! Recurring contracts: the list, and one with its lines, meters, readings, charges, what is billed next and what was billed.

use askama::Template;
use axum::response::Response;
use receivables::billing::meter::Reading;
use receivables::money::MoneyError;
use receivables::{Refusal, Unusable};
use rust_decimal::Decimal;
use store::Error;

use super::ask::{Ask, day_or_none};
use super::invoice::address;
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use crate::actions::contract::{self, Planned, Which};
use crate::actions::meter::{self, Shown};
use crate::actions::{Right, charge};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/contracts", Right::Read, list),
    Route::get("/contracts/{code}", Right::Read, one),
    Route::post("/contracts/{code}/run", Right::ContractRun, run).again(one),
    Route::post("/contracts/{code}/charges/{id}/withdraw", Right::ContractSave, withdraw).again(one),
    Route::post("/contracts/{code}/meters/{meter}/readings", Right::MeterRead, read).again(one),
    Route::post("/contracts/{code}/meters/{meter}/corrections", Right::MeterRead, correct).again(one),
];

/// Rows a table shows.
const SHOWN: usize = 200;
/// Readings of a meter, and periods that were billed, that a page shows.
const RECENT: usize = 24;

/// A contract in the list.
struct Row {
    at: String,
    code: String,
    name: String,
    customer: String,
    account: String,
    lasts: String,
    billed_to: String,
    next: String,
    /// Why a person looks at it.
    waits: bool,
    unread: bool,
}

#[derive(Template)]
#[template(path = "contracts.html")]
struct List<'a> {
    p: &'a Page,
    rows: Vec<Row>,
    count: usize,
}

fn list(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let p = &desk.page;
    let (all, plan) =
        desk.read(|tx, actor| Ok((contract::list(tx, actor)?, contract::plan(tx, actor, desk.today, None)?)))?;
    let row = |c: &store::contract::Contract| {
        let next = plan.iter().find(|one| one.contract == c.code);
        Row {
            at: in_path(&c.code),
            code: c.code.clone(),
            name: c.name.clone(),
            customer: c.customer_name.clone(),
            account: in_path(&c.customer_code),
            lasts: lasts(p, c),
            billed_to: c.billed.last().map(|billed| p.day(billed.until_on)).unwrap_or_default(),
            next: next.map(|one| p.money(one.net.minor, one.net.currency)).unwrap_or_default(),
            waits: next.is_some_and(|one| one.is_parked),
            unread: next.is_some_and(|one| !one.unread.is_empty()),
        }
    };
    render(&List { p, rows: all.iter().take(SHOWN).map(row).collect(), count: all.len() })
}

fn lasts(p: &Page, c: &store::contract::Contract) -> String {
    match c.ends_on {
        None => p.day(c.starts_on),
        Some(last) => format!("{} – {}", p.day(c.starts_on), p.day(last)),
    }
}

/// A period that is due.
struct Due {
    period: String,
    net: String,
    total: String,
    difference: String,
    is_parked: bool,
    held: Option<String>,
    unread: String,
}

struct Line {
    no: i32,
    what: String,
    quantity: String,
    price: String,
    lasts: String,
}

struct Meter {
    code: String,
    description: String,
    unit: String,
    tariffs: Vec<(String, String)>,
    readings: Vec<(String, String)>,
    billed_to: String,
    read_at: String,
    correct_at: String,
}

struct Charge {
    what: String,
    on: String,
    price: String,
    invoice: Option<(String, String)>,
    /// Why it was taken back.
    withdrawn: Option<String>,
    /// Where it is taken back, while it is not billed.
    withdraw_at: Option<String>,
}

struct Billed {
    period: String,
    number: String,
    link: String,
    net: String,
    total: String,
}

#[derive(Template)]
#[template(path = "contract.html")]
struct One<'a> {
    p: &'a Page,
    code: String,
    name: String,
    customer: String,
    account: String,
    lasts: String,
    today: String,
    run_at: String,
    due: Vec<Due>,
    may_bill: bool,
    lines: Vec<Line>,
    meters: Vec<Meter>,
    charges: Vec<Charge>,
    billed: Vec<Billed>,
}

fn one(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let p = &desk.page;
    let (c, due, meters, charges) = desk.read(|tx, actor| {
        let c = contract::get(tx, actor, ask.path("code"))?;
        let due = contract::plan(tx, actor, desk.today, Some(&c.code))?;
        let (meters, charges) = (meter::of(tx, actor, &c)?, charge::of(tx, actor, &c)?);
        Ok((c, due, meters, charges))
    })?;
    let here = at(&c.code);
    let price = |text: &str| match text.parse::<Decimal>() {
        Ok(price) => format!("{} {}", c.currency, p.number(price)),
        Err(_) => String::new(),
    };
    let line = |line: &store::contract::Line| Line {
        no: line.no,
        what: match &line.item {
            Some(item) => format!("@{} {}", item.code, line.description),
            None => line.description.clone(),
        },
        quantity: line.quantity.parse::<Decimal>().map(|quantity| p.number(quantity)).unwrap_or_default(),
        price: match &line.item {
            Some(item) if !item.is_priced => p.t("contract-list-price"),
            _ => price(&line.unit_price),
        },
        lasts: match line.last_on {
            None => p.day(line.from_on),
            Some(last) => format!("{} – {}", p.day(line.from_on), p.day(last)),
        },
    };
    let charged = |one: &store::charge::Charge| Charge {
        what: one.description.clone(),
        on: p.day(one.on),
        price: format!("{} × {}", one.quantity, price(&one.unit_price)),
        invoice: one.invoice.as_ref().map(|number| (number.clone(), address(number))),
        withdraw_at: (one.invoice.is_none() && one.withdrawn.is_none())
            .then(|| format!("{here}/charges/{}/withdraw", one.id)),
        withdrawn: one.withdrawn.clone(),
    };
    let billed = |one: &store::contract::Billed| Billed {
        period: format!("{} – {}", p.day(one.from_on), p.day(one.until_on)),
        number: one.number.clone(),
        link: address(&one.number),
        net: p.money(one.net, one.currency),
        total: p.money(one.total, one.currency),
    };
    render(&One {
        p,
        account: in_path(&c.customer_code),
        customer: c.customer_name.clone(),
        lasts: lasts(p, &c),
        today: desk.today.to_string(),
        run_at: format!("{here}/run"),
        may_bill: desk.actor.can(Right::ContractRun) && due.iter().any(|one| !one.is_parked),
        due: due.iter().take(RECENT).map(|one| of_due(p, one)).collect(),
        lines: c.lines.iter().map(line).collect(),
        meters: meters.into_iter().map(|meter| of_meter(p, &here, &meter)).collect(),
        charges: charges.iter().map(charged).collect(),
        billed: c.billed.iter().rev().take(RECENT).map(billed).collect(),
        code: c.code,
        name: c.name,
    })
}

fn at(code: &str) -> String {
    format!("/contracts/{}", in_path(code))
}

fn of_due(p: &Page, one: &Planned) -> Due {
    Due {
        period: format!("{} – {}", p.day(one.period.from), p.day(one.period.until)),
        net: p.money(one.net.minor, one.net.currency),
        total: p.money(one.total.minor, one.total.currency),
        difference: one.before.map(|before| p.money(one.net.minor - before, one.net.currency)).unwrap_or_default(),
        is_parked: one.is_parked,
        held: one.held.as_ref().map(|why| words::saying(p.language, why)),
        unread: one.unread.join(", "),
    }
}

/// The latest readings first.
fn of_meter(p: &Page, here: &str, meter: &store::meter::Meter) -> Meter {
    let path = format!("{here}/meters/{}", in_path(&meter.code));
    let shown = |one: &Reading| {
        let value = p.number(one.value);
        let value = match one.replaced_at {
            None => value,
            Some(first) => format!("{value} → {}", p.number(first)),
        };
        (p.day(one.on), value)
    };
    Meter {
        code: meter.code.clone(),
        description: meter.description.clone(),
        unit: meter.unit.clone(),
        tariffs: meter.history.tariffs.iter().rev().map(|(on, tariff)| (p.day(*on), tariff.to_string())).collect(),
        readings: meter.history.readings.iter().rev().take(RECENT).map(shown).collect(),
        billed_to: meter.history.billed.last().map(|billed| p.day(billed.until)).unwrap_or_default(),
        read_at: format!("{path}/readings"),
        correct_at: format!("{path}/corrections"),
    }
}

fn run(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let code = ask.path("code").to_owned();
    let (back, which) = (at(&code), Which { contract: Some(code), parked: false });
    desk.write(move |tx, actor, today| contract::run(tx, actor, today, &which, None))?;
    desk.to(&back, "contracts-billed")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct WithdrawForm {
    reason: String,
}

fn withdraw(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let WithdrawForm { reason } = ask.form()?;
    let (id, once) = (ask.path("id").to_owned(), ask.once());
    desk.write(move |tx, actor, today| charge::withdraw(tx, actor, today, &id, &reason, Some(&once)))?;
    desk.to(&at(ask.path("code")), "charge-withdrawn")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadingForm {
    on: String,
    value: String,
    #[serde(default)]
    new_meter: String,
    #[serde(default)]
    reason: String,
}

impl ReadingForm {
    fn shown(&self, desk: &Desk, ask: &Ask) -> Result<Shown, Error> {
        let number = |field: &str, text: &str| {
            let wrong = || Refusal::Invalid {
                field: field.into(),
                value: text.into(),
                reason: Unusable::Money { why: MoneyError::NotAnAmount { text: text.into() } },
            };
            formats::parse_quantity(text).ok_or_else(wrong)
        };
        let value = match self.value.trim() {
            "" => return Err(Refusal::Missing { field: "value".into() }.into()),
            text => number("value", text)?,
        };
        let replaced_at = match self.new_meter.trim() {
            "" => None,
            text => Some(number("new_meter", text)?),
        };
        let on = day_or_none(&self.on, "on")?.unwrap_or(desk.today);
        Ok(Shown { meter: ask.path("meter").to_owned(), reading: Reading { on, value, replaced_at } })
    }
}

fn read(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: ReadingForm = ask.form()?;
    let (shown, once) = (form.shown(desk, ask)?, ask.once());
    desk.write(move |tx, actor, today| meter::read(tx, actor, today, &shown, Some(&once)))?;
    desk.to(&at(ask.path("code")), "reading-recorded")
}

fn correct(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: ReadingForm = ask.form()?;
    let (shown, once) = (form.shown(desk, ask)?, ask.once());
    desk.write(move |tx, actor, _| meter::correct(tx, actor, &shown, &form.reason, Some(&once)))?;
    desk.to(&at(ask.path("code")), "reading-corrected")
}
