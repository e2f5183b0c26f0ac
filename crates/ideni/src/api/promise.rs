//! Promises to pay.

use receivables::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::cursor::{Page, PageOf};
use super::endpoint::endpoints;
use super::refund::NewReversal;
use super::shape::{Amount, Code, CurrencyCode, Day, Prose, Sum, Uuid, Whole};
use crate::actions::promise;

endpoints! { "promises"
    /// Promises in the order they were made, and how they stand.
    read Get "/promises" Read list(query PageOf) -> Page<Promise>;
    /// Writes down what a customer promised; the ledger will judge it.
    write Post "/promises" PromiseAdd add(body NewPromise) -> Promise;
    /// One promise.
    read Get "/promises/{id}" Read show() -> Promise;
    /// Takes a promise back at the customer's word.
    write Post "/promises/{id}/withdrawal" PromiseAdd withdraw(body NewReversal) -> Promise;
}

#[derive(Serialize, JsonSchema)]
struct Promise {
    id: Uuid,
    customer: String,
    currency: CurrencyCode,
    amount: Sum,
    promised_on: Day,
    made_on: Day,
    /// The last day on which a payment keeps it.
    last_day: Day,
    #[schemars(extend("enum" = ["open", "kept", "partly-kept", "broken", "withdrawn"]))]
    state: String,
    /// Paid in time, as last judged.
    kept: Sum,
    note: String,
}

fn shown((p, last_day): (store::promise::Promise, Date)) -> Promise {
    Promise {
        id: p.id.into(),
        customer: p.code,
        currency: CurrencyCode(p.currency),
        amount: Sum::of(p.amount, p.currency),
        promised_on: Day(p.promised_on),
        made_on: Day(p.made_on),
        last_day: Day(last_day),
        state: p.state,
        kept: Sum::of(p.kept, p.currency),
        note: p.note,
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewPromise {
    customer: Code,
    amount: Amount,
    /// The company's if left out.
    currency: Option<CurrencyCode>,
    /// Today or later.
    promised_on: Day,
    /// Days after it that still keep the promise.
    grace_days: Option<Whole<0, 60>>,
    note: Option<Prose<2000>>,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &PageOf) -> Result<Page<Promise>, Error> {
    let span = asked.span("promises");
    let rows = promise::page(tx, ask.actor(), asked.customer(), span.after()?, span.limit())?;
    Ok(span.by_id(rows, |(p, _)| p.id, shown))
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<Promise, Error> {
    Ok(shown(promise::get(tx, ask.actor(), ask.path("id"))?))
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewPromise) -> Result<Promise, Error> {
    let currency = new.currency.map_or(ask.own(), |CurrencyCode(currency)| currency);
    let given = promise::Given {
        customer: new.customer.text(),
        amount: new.amount.in_currency(currency, "amount")?,
        promised_on: new.promised_on.0,
        grace_days: new.grace_days.map_or(0, Whole::get),
        note: new.note.as_ref().map(Prose::text).unwrap_or_default(),
    };
    let made = promise::add(tx, ask.actor(), ask.today(), &given, None)?;
    Ok(shown(promise::get(tx, ask.actor(), &made.id)?))
}

fn withdraw(tx: &mut Tx<'_>, ask: &Ask, new: &NewReversal) -> Result<Promise, Error> {
    let name = ask.path("id");
    promise::withdraw(tx, ask.actor(), ask.today(), name, new.reason.as_str())?;
    Ok(shown(promise::get(tx, ask.actor(), name)?))
}
