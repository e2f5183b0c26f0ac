//! Attempts to reach customers, and when to call them back.

use receivables::collections::attempt::{Channel, Outcome, hour_text, minute_of};
use receivables::collections::dispute;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use store::{Error, Tx, document};

use super::ask::Ask;
use super::cursor::{Page, PageOf};
use super::endpoint::endpoints;
use super::shape::{Amount, Code, CurrencyCode, Day, Line, List, Moment, Name, Object, Prose, Uuid, one_of};
use crate::actions::{attempt, callback};

endpoints! { "attempts"
    /// Attempts in the order they were made, with what came of them.
    read Get "/attempts" Read list(query PageOf) -> Page<Attempt>;
    /// Records an attempt with all that came of it, in one action.
    /// A promise, a dispute and a callback given with it are made; the account rests until it is worth another try.
    write Post "/attempts" AttemptAdd add(body NewAttempt) -> MadeAttempt;
    /// Callbacks by day and hour, also those done.
    read Get "/callbacks" Read callbacks(query PageOf) -> Page<Callback>;
    /// Writes down when to call a customer.
    write Post "/callbacks" CallbackAdd call_back(body NewCallback) -> MadeCallback;
    /// Marks a callback as done.
    write Post "/callbacks/{id}/done" CallbackDone done() -> MadeCallback;
}

#[derive(Serialize, JsonSchema)]
struct Attempt {
    id: Uuid,
    customer: String,
    on: Day,
    at: Moment,
    channel: String,
    /// Who answered, as far as is known.
    answered: String,
    /// Whoever answered may speak for the account.
    right_party: bool,
    #[schemars(schema_with = "outcome_list")]
    outcomes: Vec<String>,
    note: String,
    next_on: Option<Day>,
    by: String,
}

fn channels(_: &mut SchemaGenerator) -> Schema {
    one_of(Channel::ALL.iter().map(|(_, code)| *code))
}

fn outcome_list(_: &mut SchemaGenerator) -> Schema {
    let codes: Vec<&str> = Outcome::ALL.iter().map(|(_, code)| *code).collect();
    schemars::json_schema!({ "type": "array", "items": { "type": "string", "enum": codes }, "maxItems": 12 })
}

fn reasons(_: &mut SchemaGenerator) -> Schema {
    one_of(dispute::Reason::ALL.iter().map(|(_, code)| *code))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewAttempt {
    customer: Code,
    #[schemars(schema_with = "channels")]
    channel: Code,
    /// Who answered, as far as is known.
    answered: Option<Name>,
    /// Whoever answered may speak for the account.
    right_party: Option<bool>,
    /// What is given below adds its own.
    #[serde(default)]
    #[schemars(schema_with = "outcome_list")]
    outcomes: List<Code, 0, 12>,
    note: Option<Prose<2000>>,
    /// When to try again.
    next_on: Option<Day>,
    promise: Option<Object<GivenPromise>>,
    dispute: Option<Object<GivenDispute>>,
    callback: Option<Object<GivenCallback>>,
}

/// A promise made in the call.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GivenPromise {
    amount: Amount,
    /// The company's if left out.
    currency: Option<CurrencyCode>,
    on: Day,
}

/// An invoice contested in the call.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GivenDispute {
    invoice: Code,
    /// In the invoice's currency; all that is open and not in dispute if left out.
    amount: Option<Amount>,
    #[schemars(schema_with = "reasons")]
    reason: Code,
}

/// When to call back, and whom to ask for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GivenCallback {
    on: Day,
    /// The hour, such as `16:30`, in the company's time zone.
    at: Line<1, 5>,
    /// Whom to ask for.
    who: Option<Name>,
}

#[derive(Serialize, JsonSchema)]
struct MadeAttempt {
    id: Uuid,
    /// The id of the promise that was made.
    promise: Option<Uuid>,
    disputes: Vec<Uuid>,
    callback: Option<Uuid>,
    /// Until when the account is left alone: a day, and an hour of it where it comes back in the course of it.
    rests_until: String,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &PageOf) -> Result<Page<Attempt>, Error> {
    let span = asked.span("attempts");
    let rows = attempt::page(tx, ask.actor(), asked.customer(), span.after()?, span.limit())?;
    let show = |a: store::attempt::Attempt| Attempt {
        id: a.id.into(),
        customer: a.code,
        on: Day(a.on),
        at: Moment(a.at),
        channel: a.channel,
        answered: a.answered,
        right_party: a.right_party,
        outcomes: a.outcomes,
        note: a.note,
        next_on: a.next_on.map(Day),
        by: a.by,
    };
    Ok(span.by_id(rows, |a| a.id, show))
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewAttempt) -> Result<MadeAttempt, Error> {
    let given = attempt::Given {
        customer: new.customer.text(),
        channel: new.channel.text(),
        answered: new.answered.as_ref().map(Line::text).unwrap_or_default(),
        right_party: new.right_party.unwrap_or_default(),
        outcomes: new.outcomes.0.iter().map(Line::text).collect(),
        note: new.note.as_ref().map(Prose::text).unwrap_or_default(),
        next_on: new.next_on.map(|Day(on)| on),
        promise: new.promise.as_ref().map(|Object(promise)| promised(ask, promise)).transpose()?,
        dispute: new.dispute.as_ref().map(|Object(dispute)| contested(tx, ask, dispute)).transpose()?,
        callback: new.callback.as_ref().map(|Object(callback)| called_back(callback)).transpose()?,
    };
    let made = attempt::add(tx, ask.actor(), ask.today(), &given, None)?;
    Ok(MadeAttempt {
        id: Uuid(made.id),
        promise: made.promise.map(Uuid),
        disputes: made.disputes.into_iter().map(Uuid).collect(),
        callback: made.callback.map(Uuid),
        rests_until: made.rests_until,
    })
}

fn promised(ask: &Ask, new: &GivenPromise) -> Result<attempt::Promised, Error> {
    let currency = new.currency.map_or(ask.own(), |CurrencyCode(currency)| currency);
    Ok(attempt::Promised { amount: new.amount.in_currency(currency, "amount")?, on: new.on.0 })
}

fn contested(tx: &mut Tx<'_>, ask: &Ask, new: &GivenDispute) -> Result<attempt::Contested, Error> {
    let currency = document::get(tx, ask.actor().company.id, new.invoice.as_str())?.currency;
    let amount = new.amount.as_ref().map(|amount| amount.in_currency(currency, "amount")).transpose()?;
    let amount = amount.map(|money| money.minor);
    Ok(attempt::Contested { invoice: new.invoice.text(), amount, reason: new.reason.text() })
}

fn called_back(new: &GivenCallback) -> Result<attempt::CallBack, Error> {
    let who = new.who.as_ref().map(Line::text).unwrap_or_default();
    Ok(attempt::CallBack { on: new.on.0, minute: minute_of("at", new.at.as_str())?, who })
}

#[derive(Serialize, JsonSchema)]
struct Callback {
    id: Uuid,
    customer: String,
    name: String,
    on: Day,
    /// The hour, such as `16:30`, in the company's time zone.
    at: String,
    /// Whom to ask for.
    who: String,
    note: String,
    by: String,
    /// The day it was done, and by whom.
    done_on: Option<Day>,
    done_by: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewCallback {
    customer: Code,
    on: Day,
    /// The hour, such as `16:30`, in the company's time zone.
    at: Line<1, 5>,
    /// Whom to ask for.
    who: Option<Name>,
    note: Option<Prose<2000>>,
}

#[derive(Serialize, JsonSchema)]
struct MadeCallback {
    id: Uuid,
}

fn callbacks(tx: &mut Tx<'_>, ask: &Ask, asked: &PageOf) -> Result<Page<Callback>, Error> {
    let mut all = callback::list(tx, ask.actor())?;
    if let Some(code) = asked.customer() {
        all.retain(|b| b.code == code);
    }
    let key = |b: &store::callback::Callback| format!("{} {} {}", b.on, hour_text(b.minute), b.id).into_bytes();
    asked.span("callbacks").cut(all, key, |b| Callback {
        id: b.id.into(),
        customer: b.code,
        name: b.name,
        on: Day(b.on),
        at: hour_text(b.minute),
        who: b.who,
        note: b.note,
        by: b.by,
        done_on: b.done.as_ref().map(|(on, _)| Day(*on)),
        done_by: b.done.map(|(_, by)| by),
    })
}

fn call_back(tx: &mut Tx<'_>, ask: &Ask, new: &NewCallback) -> Result<MadeCallback, Error> {
    let given = callback::Given {
        customer: new.customer.text(),
        on: new.on.0,
        minute: minute_of("at", new.at.as_str())?,
        who: new.who.as_ref().map(Line::text).unwrap_or_default(),
        note: new.note.as_ref().map(Prose::text).unwrap_or_default(),
    };
    Ok(MadeCallback { id: Uuid(callback::add(tx, ask.actor(), ask.today(), &given, None)?.id) })
}

fn done(tx: &mut Tx<'_>, ask: &Ask) -> Result<MadeCallback, Error> {
    let id = ask.path("id");
    callback::done(tx, ask.actor(), ask.today(), id)?;
    Ok(MadeCallback { id: Uuid(id.to_owned()) })
}
