//! Credit notes for invoices.

use receivables::billing::credit_note::Reason;
use receivables::{Refusal, Unusable};
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::shape::{Amount, Code, CurrencyCode, List, Number, Object, Prose, Sum, Uuid, Whole, one_of};
use crate::actions::approval::Asked;
use crate::actions::credit_note::{self, EXPLANATION_MAX, Given, How};

endpoints! { "invoices"
    /// What of an invoice is left to be credited, by class and by line.
    read Get "/invoices/{number}/creditable" Read left() -> Creditable;
    /// Credits an invoice: all that is left of it, some lines, or an amount.
    /// The note is applied to what is open of the invoice. Above the company's limit, or without the right, it becomes a request
    /// for a second person.
    write Post "/invoices/{number}/credit-notes" ApprovalAsk credit(body NewCreditNote) -> AskedCreditNote;
}

fn reasons(_: &mut SchemaGenerator) -> Schema {
    one_of(Reason::ALL.map(|(_, code)| code))
}

#[derive(Serialize, JsonSchema)]
struct Creditable {
    currency: CurrencyCode,
    classes: Vec<ClassLeft>,
    lines: Vec<LineLeft>,
}

#[derive(Serialize, JsonSchema)]
struct ClassLeft {
    /// Empty for an invoice without classes.
    tax_class: String,
    net: Sum,
    tax: Sum,
}

#[derive(Serialize, JsonSchema)]
struct LineLeft {
    line: i64,
    quantity: String,
    net: Sum,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewCreditNote {
    #[schemars(schema_with = "reasons")]
    reason: Code,
    /// What happened, and what proves it.
    explanation: Prose<EXPLANATION_MAX>,
    /// All that is left where neither lines nor an amount are given.
    #[serde(default)]
    lines: List<Object<NewCreditedLine>, 0, 999>,
    /// An amount without its tax, instead of lines.
    net: Option<Amount>,
    /// An amount with its tax, instead of lines.
    total: Option<Amount>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewCreditedLine {
    /// Of the invoice, from 1.
    line: Whole<1, 999>,
    /// All that is left of it where nothing is said.
    quantity: Option<Number>,
}

#[derive(Serialize, JsonSchema)]
struct AskedCreditNote {
    /// The note's number; none where it waits for a second person.
    number: Option<String>,
    id: Option<Uuid>,
    /// The request's id where it waits.
    request: Option<Uuid>,
}

fn left(tx: &mut Tx<'_>, ask: &Ask) -> Result<Creditable, Error> {
    let (_, left) = credit_note::left(tx, ask.actor(), ask.path("number"))?;
    let sum = |minor| Sum::of(minor, left.currency);
    let class = |of: &receivables::billing::line::ClassTotal| ClassLeft {
        tax_class: of.class.clone(),
        net: sum(of.net),
        tax: sum(of.tax),
    };
    let line = |of: &receivables::billing::credit_note::LineLeft| LineLeft {
        line: of.no,
        quantity: of.quantity.normalize().to_string(),
        net: sum(of.net),
    };
    Ok(Creditable {
        currency: CurrencyCode(left.currency),
        classes: left.classes.iter().map(class).collect(),
        lines: left.lines.iter().map(line).collect(),
    })
}

fn credit(tx: &mut Tx<'_>, ask: &Ask, new: &NewCreditNote) -> Result<AskedCreditNote, Error> {
    let number = ask.path("number");
    let (_, left) = credit_note::left(tx, ask.actor(), number)?;
    let how = match (&new.net, &new.total, new.lines.0.as_slice()) {
        (Some(net), None, []) => How::Amount { minor: net.in_currency(left.currency, "net")?.minor, gross: false },
        (None, Some(total), []) => How::Amount { minor: total.in_currency(left.currency, "total")?.minor, gross: true },
        (None, None, []) => How::Whole,
        (None, None, lines) => How::Lines(lines.iter().map(|Object(line)| read(line)).collect()),
        _ => {
            let reason = Unusable::OnlyOneOf { fields: "lines, net, total".into() };
            return Err(Refusal::InvalidEmpty { field: "lines".into(), reason }.into());
        }
    };
    let given =
        Given { invoice: number.to_owned(), reason: new.reason.text(), explanation: new.explanation.text(), how };
    Ok(match credit_note::post_or_ask(tx, ask.actor(), ask.today(), &given, None)? {
        Asked::Done(posted) => {
            AskedCreditNote { number: Some(posted.number), id: Some(Uuid(posted.id)), request: None }
        }
        Asked::Waits { id } => AskedCreditNote { number: None, id: None, request: Some(Uuid(id)) },
    })
}

fn read(line: &NewCreditedLine) -> (i64, Option<Decimal>) {
    (line.line.get().into(), line.quantity.as_ref().map(|Number(quantity)| *quantity))
}
