//! Disputes of amounts.

use receivables::collections::dispute::{Outcome, Reason};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use store::{Error, Tx, document};

use super::ask::Ask;
use super::cursor::{Page, PageOf};
use super::endpoint::endpoints;
use super::shape::{Amount, Code, CurrencyCode, Day, Line, Prose, Sum, Uuid, one_of};
use crate::actions::dispute;

endpoints! { "disputes"
    /// Disputes in the order they were raised, and how they stand.
    read Get "/disputes" Read list(query PageOf) -> Page<Dispute>;
    /// Writes down that a customer contests an invoice, or part of it: one dispute per instalment, the oldest first.
    write Post "/disputes" DisputeAdd add(body NewDispute) -> Raised;
    /// One dispute.
    read Get "/disputes/{id}" Read show() -> Dispute;
    /// Ends a dispute by a person's decision. What follows, such as a credit note, is another action.
    write Post "/disputes/{id}/end" DisputeEnd end(body NewEnd) -> Dispute;
}

#[derive(Serialize, JsonSchema)]
struct Dispute {
    id: Uuid,
    customer: String,
    invoice: String,
    instalment: i32,
    currency: CurrencyCode,
    amount: Sum,
    #[schemars(schema_with = "reasons")]
    reason: String,
    note: String,
    raised_on: Day,
    #[schemars(schema_with = "states")]
    state: String,
    ended_on: Option<Day>,
    ended_note: String,
}

fn reasons(_: &mut SchemaGenerator) -> Schema {
    one_of(Reason::ALL.iter().map(|(_, code)| *code))
}

fn outcomes(_: &mut SchemaGenerator) -> Schema {
    one_of(Outcome::ALL.iter().filter(|(outcome, _)| *outcome != Outcome::Settled).map(|(_, code)| *code))
}

fn states(_: &mut SchemaGenerator) -> Schema {
    one_of(Outcome::ALL.iter().map(|(_, code)| *code).chain(["open"]))
}

fn shown(d: store::dispute::Dispute) -> Dispute {
    Dispute {
        id: d.id.into(),
        state: d.state().to_owned(),
        ended_on: d.ended.as_ref().map(|(_, on)| Day(*on)),
        customer: d.code,
        invoice: d.number,
        instalment: d.instalment,
        currency: CurrencyCode(d.currency),
        amount: Sum::of(d.amount, d.currency),
        reason: d.reason,
        note: d.note,
        raised_on: Day(d.raised_on),
        ended_note: d.ended_note,
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewDispute {
    /// The invoice's number.
    invoice: Code,
    /// In the invoice's currency; all that is open and not in dispute if left out.
    amount: Option<Amount>,
    #[schemars(schema_with = "reasons")]
    reason: Line<1, 60>,
    note: Option<Prose<2000>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewEnd {
    #[schemars(schema_with = "outcomes")]
    outcome: Line<1, 60>,
    note: Option<Prose<2000>>,
}

#[derive(Serialize, JsonSchema)]
struct Raised {
    disputes: Vec<RaisedPart>,
}

/// How much of which instalment.
#[derive(Serialize, JsonSchema)]
struct RaisedPart {
    id: Uuid,
    invoice: String,
    instalment: i32,
    amount: Sum,
    currency: String,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &PageOf) -> Result<Page<Dispute>, Error> {
    let span = asked.span("disputes");
    let rows = dispute::page(tx, ask.actor(), asked.customer(), span.after()?, span.limit())?;
    Ok(span.by_id(rows, |d| d.id, shown))
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<Dispute, Error> {
    Ok(shown(dispute::get(tx, ask.actor(), ask.path("id"))?))
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewDispute) -> Result<Raised, Error> {
    let currency = document::get(tx, ask.actor().company.id, new.invoice.as_str())?.currency;
    let amount = new.amount.as_ref().map(|amount| amount.in_currency(currency, "amount")).transpose()?;
    let given = dispute::Given {
        invoice: new.invoice.text(),
        amount: amount.map(|money| money.minor),
        reason: new.reason.text(),
        note: new.note.as_ref().map(Prose::text).unwrap_or_default(),
    };
    let made = dispute::add(tx, ask.actor(), ask.today(), &given, None)?;
    let part = |made: dispute::Made| RaisedPart {
        id: Uuid(made.id),
        invoice: made.invoice,
        instalment: made.instalment,
        amount: Sum::written(made.amount),
        currency: made.currency,
    };
    Ok(Raised { disputes: made.into_iter().map(part).collect() })
}

fn end(tx: &mut Tx<'_>, ask: &Ask, new: &NewEnd) -> Result<Dispute, Error> {
    let name = ask.path("id");
    let note = new.note.as_ref().map_or("", Prose::as_str);
    dispute::end(tx, ask.actor(), ask.today(), name, new.outcome.as_str(), note)?;
    Ok(shown(dispute::get(tx, ask.actor(), name)?))
}
