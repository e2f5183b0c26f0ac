//! One account: what is open, what was paid and promised, and what to do next.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use receivables::Currency;
use receivables::collections::dispute::Reason;
use store::customer::Customer;
use store::{Error, Tx};

use super::ask::{Ask, day};
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::approval::Asked;
use crate::actions::history::{self, Event, What};
use crate::actions::{Actor, Right, allocation, customer, dispute, hold, promise};
use crate::words;

struct Item {
    number: String,
    instalment: i32,
    due_on: String,
    days_late: i32,
    total: String,
    open: String,
    disputed: String,
}

struct Promised {
    amount: String,
    promised_on: String,
    /// Where it is another: grace, or no work on the promised day.
    last_day: Option<String>,
    state: String,
    note: String,
}

struct Contested {
    id: String,
    invoice: String,
    amount: String,
    reason: String,
    note: String,
    raised_on: String,
}

/// What is open of one currency, in parts.
struct Balance {
    open: String,
    /// Open without and with a dispute; `None` where nothing is disputed.
    parts: Option<(String, String)>,
    overdue: String,
    on_account: String,
}

struct Happened {
    on: String,
    what: String,
    amount: String,
    undo: Option<String>,
}

struct Held {
    until: String,
    reason: String,
}

#[derive(Default)]
struct Sums {
    open: i64,
    disputed: i64,
    overdue: i64,
    on_account: i64,
}

pub const ROUTES: &[Route] = &[
    Route::get("/accounts/{code}", Right::Read, show),
    Route::post("/accounts/{code}/promises", Right::PromiseAdd, promise).again(show),
    Route::post("/accounts/{code}/holds", Right::HoldAdd, hold).again(show),
    Route::post("/accounts/{code}/disputes", Right::DisputeAdd, dispute).again(show),
    Route::post("/accounts/{code}/dispute-ends", Right::DisputeEnd, end_dispute).again(show),
    Route::post("/accounts/{code}/allocations", Right::AllocationAdd, allocate).again(show),
    Route::post("/accounts/{code}/reversals", Right::AllocationReverse, reverse).again(show),
    Route::post("/accounts/{code}/write-offs", Right::WriteOff, write_off).again(show),
];

/// Events of the history that are shown before the reader asks for more.
const HISTORY_SHOWN: usize = 40;

#[derive(Template)]
#[template(path = "account.html")]
struct Account<'a> {
    p: &'a Page,
    customer: Customer,
    holds: Vec<Held>,
    balances: Vec<Balance>,
    items: Vec<Item>,
    disputes: Vec<Contested>,
    /// Code and words.
    reasons: Vec<(&'static str, String)>,
    outcomes: Vec<(&'static str, String)>,
    receipts: Vec<(String, String)>,
    promises: Vec<Promised>,
    history: Vec<Happened>,
}

fn show(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let code = ask.path("code").to_owned();
    let view = desk.db.read(|tx| account(tx, desk, &code))?;
    render(&view)
}

fn account<'a>(tx: &mut Tx<'_>, desk: &'a Desk, code: &str) -> Result<Account<'a>, Error> {
    let company = desk.actor.company.id;
    let customer = customer::get(tx, &desk.actor, code)?;
    let open = store::document::open_of(tx, company, customer.id)?;
    let funds = store::receipt::unapplied_of(tx, company, customer.id)?;
    let mut sums: BTreeMap<Currency, Sums> = BTreeMap::new();
    for item in &open {
        let sum = sums.entry(item.currency).or_default();
        sum.open += item.open;
        sum.disputed += item.disputed;
        if item.due_on < desk.today {
            sum.overdue += item.open;
        }
    }
    for f in &funds {
        sums.entry(f.currency).or_default().on_account += f.unapplied;
    }
    let say = |prefix: &str, code: &str| words::say(desk.page.language, &format!("{prefix}-{code}"), &[]);
    let disputes = store::dispute::of_customer(tx, company, customer.id)?.into_iter().filter(|d| d.ended.is_none());
    let text = |minor: i64, currency: Currency| desk.page.money(minor, currency);
    let holds = store::hold::list(tx, company)?;
    let holds = holds.into_iter().filter(|h| h.customer == customer.id && h.hold.is_active(desk.today));
    Ok(Account {
        p: &desk.page,
        holds: holds.map(|h| Held { until: desk.page.day(h.hold.until), reason: h.hold.reason }).collect(),
        balances: sums
            .iter()
            .map(|(c, sum)| Balance {
                open: text(sum.open, *c),
                parts: (sum.disputed != 0).then(|| (text(sum.open - sum.disputed, *c), text(sum.disputed, *c))),
                overdue: text(sum.overdue, *c),
                on_account: text(sum.on_account, *c),
            })
            .collect(),
        disputes: disputes
            .map(|d| Contested {
                id: d.id.to_string(),
                invoice: d.number,
                amount: text(d.amount, d.currency),
                reason: say("dispute", &d.reason),
                note: d.note,
                raised_on: desk.page.day(d.raised_on),
            })
            .collect(),
        reasons: Reason::ALL.iter().map(|(_, code)| (*code, say("dispute", code))).collect(),
        outcomes: ["rejected", "accepted", "withdrawn"].map(|code| (code, say("outcome", code))).to_vec(),
        items: open
            .iter()
            .map(|i| Item {
                number: i.number.clone(),
                instalment: i.instalment,
                due_on: desk.page.day(i.due_on),
                days_late: desk.today.days_since(i.due_on),
                total: text(i.total, i.currency),
                open: text(i.open, i.currency),
                disputed: if i.disputed == 0 { String::new() } else { text(i.disputed, i.currency) },
            })
            .collect(),
        receipts: funds
            .iter()
            .map(|f| (f.receipt.to_string(), format!("{} · {}", f.name, text(f.unapplied, f.currency))))
            .collect(),
        promises: promise::of_customer(tx, &desk.actor, customer.id)?
            .into_iter()
            .rev()
            .map(|(p, last_day)| Promised {
                amount: text(p.amount, p.currency),
                promised_on: desk.page.day(p.promised_on),
                last_day: (last_day != p.promised_on).then(|| desk.page.day(last_day)),
                state: words::say(desk.page.language, &format!("judged-{}", p.state), &[]),
                note: p.note,
            })
            .collect(),
        history: history::of_customer(tx, &desk.actor, code)?.into_iter().map(|e| happened(desk, e)).collect(),
        customer,
    })
}

fn happened(desk: &Desk, event: Event) -> Happened {
    let say = |key: &str, args: &[(&str, &str)]| words::say(desk.page.language, key, args);
    let name = event.name.as_str();
    let what = match event.what {
        What::Invoice => say("history-invoice", &[("number", name)]),
        What::CreditNote => say("history-credit-note", &[("number", name)]),
        What::Receipt => say("history-receipt", &[("name", name)]),
        What::Movement(kind) => {
            let kind = say(&format!("movement-{}", kind.name().replace(' ', "-")), &[]);
            say("history-movement", &[("kind", &kind), ("number", name)])
        }
        What::Refund(kind) => {
            let kind = say(&format!("refund-{}", kind.name().replace(' ', "-")), &[]);
            say("history-refund", &[("kind", &kind), ("receipt", name)])
        }
        What::Message => say("history-message", &[("subject", name)]),
        What::Dispute => {
            let (number, code) = name.rsplit_once(' ').unwrap_or((name, "other"));
            say("history-dispute", &[("number", number), ("reason", &say(&format!("dispute-{code}"), &[]))])
        }
        What::DisputeEnd => {
            let (number, code) = name.rsplit_once(' ').unwrap_or((name, "settled"));
            say("history-dispute-end", &[("number", number), ("outcome", &say(&format!("outcome-{code}"), &[]))])
        }
        What::Promise => say("history-promise", &[("state", &say(&format!("judged-{name}"), &[]))]),
    };
    let amount = words::money(desk.page.language, event.amount);
    Happened { on: desk.page.day(event.on), what, amount, undo: event.undo }
}

/// Minor units of an invoice's currency as typed; `None`, which means all, when left empty.
fn minor_of(tx: &mut Tx<'_>, actor: &Actor, invoice: &str, text: &str) -> Result<Option<i64>, Error> {
    let currency = store::document::get(tx, actor.company.id, invoice)?.currency;
    let text = text.trim();
    if text.is_empty() { Ok(None) } else { Ok(Some(formats::parse_money(text, currency)?.minor)) }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PromiseForm {
    amount: String,
    currency: String,
    on: String,
    note: String,
}

fn promise(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let code = ask.path("code").to_owned();
    let form: PromiseForm = ask.form()?;
    let currency: Currency = form.currency.parse()?;
    let given = promise::Given {
        customer: code.clone(),
        amount: formats::parse_money(&form.amount, currency)?,
        promised_on: day(&form.on, "on")?,
        grace_days: 0,
        note: form.note.clone(),
    };
    let once = ask.once();
    desk.write(move |tx, actor, today| promise::add(tx, actor, today, &given, Some(&once)))?;
    desk.to(&format!("/accounts/{code}"), "promise-added")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct HoldForm {
    until: String,
    reason: String,
}

fn hold(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let code = ask.path("code").to_owned();
    let form: HoldForm = ask.form()?;
    let until = day(&form.until, "until")?;
    let (name, reason) = (code.clone(), form.reason.clone());
    desk.write(move |tx, actor, today| hold::add(tx, actor, today, &name, until, &reason))?;
    desk.to(&format!("/accounts/{code}"), "hold-added")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DisputeForm {
    invoice: String,
    amount: String,
    reason: String,
    note: String,
}

fn dispute(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let code = ask.path("code").to_owned();
    let form: DisputeForm = ask.form()?;
    let once = ask.once();
    desk.write(move |tx, actor, today| {
        let amount = minor_of(tx, actor, &form.invoice, &form.amount)?;
        let (invoice, reason, note) = (form.invoice.clone(), form.reason.clone(), form.note.clone());
        dispute::add(tx, actor, today, &dispute::Given { invoice, amount, reason, note }, Some(&once))
    })?;
    desk.to(&format!("/accounts/{code}"), "dispute-added")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DisputeEndForm {
    id: String,
    outcome: String,
    note: String,
}

fn end_dispute(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let code = ask.path("code").to_owned();
    let form: DisputeEndForm = ask.form()?;
    desk.write(move |tx, actor, today| dispute::end(tx, actor, today, &form.id, &form.outcome, &form.note))?;
    desk.to(&format!("/accounts/{code}"), "dispute-ended")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AllocationForm {
    source: String,
    invoice: String,
    amount: String,
}

fn allocate(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let code = ask.path("code").to_owned();
    let form: AllocationForm = ask.form()?;
    let once = ask.once();
    desk.write(move |tx, actor, today| {
        let amount = minor_of(tx, actor, &form.invoice, &form.amount)?;
        let (source, invoice) = (form.source.clone(), form.invoice.clone());
        let given = allocation::Given { source, invoice, amount, paid: None, on: None };
        allocation::add(tx, actor, today, &given, Some(&once))
    })?;
    desk.to(&format!("/accounts/{code}"), "allocation-added")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ReversalForm {
    id: String,
    reason: String,
}

fn reverse(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let code = ask.path("code").to_owned();
    let form: ReversalForm = ask.form()?;
    desk.write(move |tx, actor, today| history::undo(tx, actor, today, &form.id, &form.reason))?;
    desk.to(&format!("/accounts/{code}"), "reversed")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct WriteOffForm {
    invoice: String,
    amount: String,
    reason: String,
}

fn write_off(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let code = ask.path("code").to_owned();
    let form: WriteOffForm = ask.form()?;
    let once = ask.once();
    let asked = desk.write(move |tx, actor, today| {
        let amount = minor_of(tx, actor, &form.invoice, &form.amount)?;
        let given = allocation::GivenUp { invoice: form.invoice.clone(), amount, reason: form.reason.clone() };
        allocation::write_off_or_ask(tx, actor, today, &given, Some(&once))
    })?;
    let done = if matches!(asked, Asked::Done(_)) { "written-off" } else { "approval-asked" };
    desk.to(&format!("/accounts/{code}"), done)
}
