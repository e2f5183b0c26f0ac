//! What is to be billed: the periods of contracts that are due, and late charges; looked at, then posted.

use askama::Template;
use axum::response::Response;
use store::Error;

use super::ask::Ask;
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use crate::actions::contract::{self, Which};
use crate::actions::{Right, late_charge};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/billing", Right::Read, show),
    Route::post("/billing/contracts", Right::ContractRun, run).again(show),
    Route::post("/billing/late-charges", Right::LateChargeRaise, raise).again(show),
];

/// Rows a table shows.
const SHOWN: usize = 200;
/// Steps of a run that one press of the button takes: some thousand documents.
const STEPS: usize = 10;

/// A period that is due.
struct Due {
    contract: String,
    contract_at: String,
    /// Why no run posts it as it is.
    held: Option<String>,
    name: String,
    at: String,
    period: String,
    net: String,
    total: String,
    /// Against the period before it.
    difference: String,
    is_parked: bool,
}

/// An invoice that is late, and what would be charged.
struct Late {
    invoice: String,
    link: String,
    name: String,
    at: String,
    days: i32,
    interest: String,
    fee: String,
}

/// A contract as it stands.
struct Held {
    code: String,
    code_at: String,
    name: String,
    customer: String,
    at: String,
    lasts: String,
    billed_to: String,
}

#[derive(Template)]
#[template(path = "billing.html")]
struct Billing<'a> {
    p: &'a Page,
    due: Vec<Due>,
    due_count: usize,
    parked: usize,
    late: Vec<Late>,
    late_count: usize,
    contracts: Vec<Held>,
    may_run: bool,
    may_raise: bool,
}

fn show(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let p = &desk.page;
    let (due, late, contracts) = desk.read(|tx, actor| {
        let due = contract::plan(tx, actor, desk.today, None)?;
        let late = late_charge::plan(tx, actor, desk.today)?;
        Ok((due, late, contract::list(tx, actor)?))
    })?;
    let period = |one: &contract::Planned| format!("{} – {}", p.day(one.period.from), p.day(one.period.until));
    let of_due = |one: &contract::Planned| Due {
        contract: one.contract.clone(),
        contract_at: in_path(&one.contract),
        held: one.held.as_ref().map(|why| words::saying(p.language, why)),
        name: one.name.clone(),
        at: in_path(&one.customer),
        period: period(one),
        net: p.money(one.net.minor, one.net.currency),
        total: p.money(one.total.minor, one.total.currency),
        difference: one.before.map(|before| p.money(one.net.minor - before, one.net.currency)).unwrap_or_default(),
        is_parked: one.is_parked,
    };
    let of_late = |one: &late_charge::Planned| Late {
        invoice: one.item.number.clone(),
        link: super::invoice::address(&one.item.number),
        name: one.item.name.clone(),
        at: in_path(&one.item.code),
        days: one.charge.days,
        interest: p.money(one.charge.interest, one.item.late.currency),
        fee: p.money(one.charge.fee, one.item.late.currency),
    };
    let held = |c: &store::contract::Contract| Held {
        code: c.code.clone(),
        code_at: in_path(&c.code),
        name: c.name.clone(),
        customer: c.customer_name.clone(),
        at: in_path(&c.customer_code),
        lasts: match c.ends_on {
            None => p.day(c.starts_on),
            Some(last) => format!("{} – {}", p.day(c.starts_on), p.day(last)),
        },
        billed_to: c.billed.last().map(|billed| p.day(billed.until_on)).unwrap_or_default(),
    };
    render(&Billing {
        p,
        due_count: due.len(),
        parked: due.iter().filter(|one| one.is_parked).count(),
        due: due.iter().take(SHOWN).map(of_due).collect(),
        late_count: late.len(),
        late: late.iter().take(SHOWN).map(of_late).collect(),
        contracts: contracts.iter().take(SHOWN).map(held).collect(),
        may_run: desk.actor.can(Right::ContractRun),
        may_raise: desk.actor.can(Right::LateChargeRaise),
    })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RunForm {
    /// `yes` where those that were parked are billed, too.
    #[serde(default)]
    parked: String,
}

/// Steps follow each other; each is whole, so that a page that is lost loses nothing. What is left then is on the page again.
fn run(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let RunForm { parked } = ask.form()?;
    let which = Which { contract: None, parked: parked == "yes" };
    for _ in 0..STEPS {
        let which = which.clone();
        if desk.write(move |tx, actor, today| contract::run(tx, actor, today, &which, None))?.is_empty() {
            break;
        }
    }
    desk.to("/billing", "contracts-billed")
}

fn raise(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    for _ in 0..STEPS {
        if desk.write(|tx, actor, today| late_charge::raise(tx, actor, today, today, None))?.is_empty() {
            break;
        }
    }
    desk.to("/billing", "late-charges-raised")
}
