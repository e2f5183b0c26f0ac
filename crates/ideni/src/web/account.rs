//! One account: what is open, what was paid and promised, and what to do next.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Redirect, Response};
use receivables::{Currency, Date, Money, Refusal};
use store::customer::Customer;
use store::{Error, Tx};

use super::Web;
use super::page::{Desk, Page, at_desk, render};
use crate::actions::history::{self, Event, What};
use crate::actions::{Actor, Once, allocation, customer, hold, promise};
use crate::words;

struct Item {
    number: String,
    instalment: i32,
    due_on: String,
    days_late: i32,
    total: String,
    open: String,
}

struct Promised {
    amount: String,
    promised_on: String,
    state: String,
    note: String,
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

#[derive(Template)]
#[template(path = "account.html")]
struct Account<'a> {
    p: &'a Page,
    customer: Customer,
    holds: Vec<Held>,
    /// Open, overdue and on account, per currency.
    balances: Vec<(String, String, String)>,
    items: Vec<Item>,
    receipts: Vec<(String, String)>,
    promises: Vec<Promised>,
    history: Vec<Happened>,
}

pub async fn show(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Response {
    at_desk(web, method, headers, move |desk| {
        let view = desk.db.read(|tx| account(tx, desk, &code))?;
        render(&view)
    })
    .await
}

fn account<'a>(tx: &mut Tx<'_>, desk: &'a Desk, code: &str) -> Result<Account<'a>, Error> {
    let company = desk.actor.company.id;
    let customer = customer::get(tx, &desk.actor, code)?;
    let open = store::document::open_of(tx, company, customer.id)?;
    let funds = store::receipt::unapplied_of(tx, company, customer.id)?;
    let mut sums: BTreeMap<Currency, (i64, i64, i64)> = BTreeMap::new();
    for item in &open {
        let (all, overdue, _) = sums.entry(item.currency).or_default();
        *all += item.open;
        if item.due_on < desk.today {
            *overdue += item.open;
        }
    }
    for f in &funds {
        sums.entry(f.currency).or_default().2 += f.unapplied;
    }
    let text = |minor: i64, currency: Currency| Money::new(minor, currency).to_string();
    let holds = store::hold::list(tx, company)?;
    let holds = holds.into_iter().filter(|h| h.customer == customer.id && h.hold.is_active(desk.today));
    Ok(Account {
        p: &desk.page,
        holds: holds.map(|h| Held { until: h.hold.until.to_string(), reason: h.hold.reason }).collect(),
        balances: sums.iter().map(|(c, (all, late, on))| (text(*all, *c), text(*late, *c), text(*on, *c))).collect(),
        items: open
            .iter()
            .map(|i| Item {
                number: i.number.clone(),
                instalment: i.instalment,
                due_on: i.due_on.to_string(),
                days_late: desk.today.days_since(i.due_on),
                total: text(i.total, i.currency),
                open: text(i.open, i.currency),
            })
            .collect(),
        receipts: funds
            .iter()
            .map(|f| (f.receipt.to_string(), format!("{} · {}", f.name, text(f.unapplied, f.currency))))
            .collect(),
        promises: store::promise::of_customer(tx, company, customer.id)?
            .into_iter()
            .rev()
            .map(|p| Promised {
                amount: text(p.amount, p.currency),
                promised_on: p.promised_on.to_string(),
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
        What::Movement(kind) => {
            let kind = say(&format!("movement-{}", kind.name().replace(' ', "-")), &[]);
            say("history-movement", &[("kind", &kind), ("number", name)])
        }
        What::Refund(kind) => {
            let kind = say(&format!("refund-{}", kind.name().replace(' ', "-")), &[]);
            say("history-refund", &[("kind", &kind), ("receipt", name)])
        }
        What::Message => say("history-message", &[("subject", name)]),
        What::Promise => say("history-promise", &[("state", &say(&format!("judged-{name}"), &[]))]),
    };
    Happened { on: event.on.to_string(), what, amount: event.amount.to_string(), undo: event.undo }
}

fn back_to(code: &str) -> Response {
    Redirect::to(&format!("/accounts/{code}")).into_response()
}

/// An amount as typed: thousands marks allowed, the currency's own decimals.
fn typed(text: &str, currency: Currency) -> Result<Money, Error> {
    let decimal = formats::parse_amount(text, '.').ok_or_else(|| Refusal::Invalid {
        field: "amount".into(),
        value: text.into(),
        reason: "it is not an amount".into(),
    })?;
    Ok(Money::from_major(decimal, currency)?)
}

/// Minor units of an invoice's currency as typed; `None`, which means all, when left empty.
fn minor_of(tx: &mut Tx<'_>, actor: &Actor, invoice: &str, text: &str) -> Result<Option<i64>, Error> {
    let currency = store::document::get(tx, actor.company.id, invoice)?.currency;
    let text = text.trim();
    if text.is_empty() { Ok(None) } else { Ok(Some(typed(text, currency)?.minor)) }
}

fn day(text: &str, field: &str) -> Result<Date, Error> {
    text.parse().map_err(|e: receivables::date::NotADate| {
        Refusal::Invalid { field: field.into(), value: text.into(), reason: e.to_string() }.into()
    })
}

#[derive(serde::Deserialize, Debug)]
pub struct PromiseForm {
    key: String,
    amount: String,
    currency: String,
    on: String,
    note: String,
}

pub async fn promise(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Path(code): Path<String>,
    Form(form): Form<PromiseForm>,
) -> Response {
    at_desk(web, method, headers, move |desk| {
        let currency: Currency = form.currency.parse()?;
        let given = promise::Given {
            customer: code.clone(),
            amount: typed(&form.amount, currency)?,
            promised_on: day(&form.on, "on")?,
            grace_days: 0,
            note: form.note.clone(),
        };
        let once = Once::new(&form.key, &format!("{code} {form:?}"));
        let (actor, today) = (desk.actor.clone(), desk.today);
        desk.db.write(move |tx| promise::add(tx, &actor, today, &given, Some(&once)))?;
        Ok(back_to(&code))
    })
    .await
}

#[derive(serde::Deserialize)]
pub struct HoldForm {
    until: String,
    reason: String,
}

pub async fn hold(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Path(code): Path<String>,
    Form(form): Form<HoldForm>,
) -> Response {
    at_desk(web, method, headers, move |desk| {
        let until = day(&form.until, "until")?;
        let (actor, today, name, reason) = (desk.actor.clone(), desk.today, code.clone(), form.reason.clone());
        desk.db.write(move |tx| hold::add(tx, &actor, today, &name, until, &reason))?;
        Ok(back_to(&code))
    })
    .await
}

#[derive(serde::Deserialize, Debug)]
pub struct AllocationForm {
    key: String,
    source: String,
    invoice: String,
    amount: String,
}

pub async fn allocate(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Path(code): Path<String>,
    Form(form): Form<AllocationForm>,
) -> Response {
    at_desk(web, method, headers, move |desk| {
        let once = Once::new(&form.key, &format!("{code} {form:?}"));
        let (actor, today) = (desk.actor.clone(), desk.today);
        desk.db.write(move |tx| {
            let amount = minor_of(tx, &actor, &form.invoice, &form.amount)?;
            let (source, invoice) = (form.source.clone(), form.invoice.clone());
            let given = allocation::Given { source, invoice, amount, paid: None, on: None };
            allocation::add(tx, &actor, today, &given, Some(&once))
        })?;
        Ok(back_to(&code))
    })
    .await
}

#[derive(serde::Deserialize)]
pub struct ReversalForm {
    id: String,
    reason: String,
}

pub async fn reverse(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Path(code): Path<String>,
    Form(form): Form<ReversalForm>,
) -> Response {
    at_desk(web, method, headers, move |desk| {
        let (actor, today) = (desk.actor.clone(), desk.today);
        desk.db.write(move |tx| history::undo(tx, &actor, today, &form.id, &form.reason))?;
        Ok(back_to(&code))
    })
    .await
}

#[derive(serde::Deserialize, Debug)]
pub struct WriteOffForm {
    key: String,
    invoice: String,
    amount: String,
    reason: String,
}

pub async fn write_off(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Path(code): Path<String>,
    Form(form): Form<WriteOffForm>,
) -> Response {
    at_desk(web, method, headers, move |desk| {
        let once = Once::new(&form.key, &format!("{code} {form:?}"));
        let (actor, today) = (desk.actor.clone(), desk.today);
        desk.db.write(move |tx| {
            let amount = minor_of(tx, &actor, &form.invoice, &form.amount)?;
            let given = allocation::GivenUp { invoice: form.invoice.clone(), amount, reason: form.reason.clone() };
            allocation::write_off(tx, &actor, today, &given, Some(&once))
        })?;
        Ok(back_to(&code))
    })
    .await
}
