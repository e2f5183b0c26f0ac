//! What was billed.

use std::collections::BTreeMap;

use receivables::billing::certificate::State;
use receivables::{Currency, Date, Id};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use store::{Error, Tx};

use super::{Take, amount};
use crate::actions::{Actor, certificate, sales, tax};
use crate::words::Language;

pub const SALES: &[&str] = &[
    "on",
    "number",
    "kind",
    "customer",
    "name",
    "tin",
    "currency",
    "net",
    "taxable",
    "zero_rated",
    "exports",
    "exempt",
    "outside",
    "reverse_charge",
    "unclassed",
    "tax",
    "levies",
    "total",
];

pub fn sales(
    tx: &mut Tx<'_>,
    actor: &Actor,
    from: Option<Date>,
    until: Option<Date>,
    take: Take<'_>,
) -> Result<Value, Error> {
    let own = actor.company.currency;
    let totals = sales::register(tx, actor, from, until, |row| {
        let (sold, of) = (row.sold, row.amounts);
        let parts = [of.net(), of.taxable, of.zero_rated, of.exports, of.exempt, of.outside, of.reverse_charge];
        let amounts = parts.into_iter().chain([of.unclassed, of.tax, of.levies, of.net() + of.tax + of.levies]);
        let head = [
            json!(sold.posted_on.to_string()),
            json!(sold.number),
            json!(sold.kind.name()),
            json!(sold.customer),
            json!(sold.name),
            json!(sold.tin),
            json!(own.to_string()),
        ];
        take(head.into_iter().chain(amounts.map(|minor| amount(minor, own))).collect())
    })?;
    let of = totals.amounts;
    Ok(json!({ own.to_string(): {
        "net": amount(of.net(), own),
        "taxable": amount(of.taxable, own),
        "zero_rated": amount(of.zero_rated, own),
        "exports": amount(of.exports, own),
        "exempt": amount(of.exempt, own),
        "outside": amount(of.outside, own),
        "reverse_charge": amount(of.reverse_charge, own),
        "unclassed": amount(of.unclassed, own),
        "levies": amount(of.levies, own),
        "tax": amount(of.tax, own),
        "total": amount(of.net() + of.tax + of.levies, own),
        "ledger_tax": amount(totals.ledger_tax, own),
        "difference": amount(of.tax - totals.ledger_tax, own),
    } }))
}

pub const LEVIES: &[&str] = &["levy", "name", "rate", "currency", "documents", "levied", "amount"];

/// Levies of the documents posted in a span, by rate and currency.
pub fn levies(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (from, until): (Option<Date>, Option<Date>),
    language: Language,
    take: Take<'_>,
) -> Result<Value, Error> {
    let mut sums: BTreeMap<Currency, i64> = BTreeMap::new();
    for one in sales::levies(tx, actor, from, until)? {
        *sums.entry(one.currency).or_default() += one.amount;
        take(vec![
            json!(one.levy),
            json!(language.of(&tax::names_of(&actor.company.country, &one.levy)?)),
            json!(Decimal::new(one.rate_ppm, 4).normalize().to_string()),
            json!(one.currency.to_string()),
            json!(one.documents.to_string()),
            amount(one.base, one.currency),
            amount(one.amount, one.currency),
        ])?;
    }
    let of =
        |(currency, minor): (&Currency, &i64)| (currency.to_string(), json!({ "amount": amount(*minor, *currency) }));
    Ok(Value::Object(sums.iter().map(of).collect()))
}

pub const ADVANCES: &[&str] = &["customer", "name", "currency", "amount", "received_on", "document_due"];

/// Money that customers have on account beyond all that is open. The payment is the tax point (Law 049/2023, article 12), so that
/// its document belongs to the month it came in.
pub fn advances(tx: &mut Tx<'_>, actor: &Actor, take: Take<'_>) -> Result<Value, Error> {
    let mut sums: BTreeMap<Currency, i64> = BTreeMap::new();
    for one in sales::ahead(tx, actor)? {
        *sums.entry(one.currency).or_default() += one.amount;
        take(vec![
            json!(one.customer),
            json!(one.name),
            json!(one.currency.to_string()),
            amount(one.amount, one.currency),
            json!(one.since.to_string()),
            json!(one.since.last_of_month().to_string()),
        ])?;
    }
    let of =
        |(currency, minor): (&Currency, &i64)| (currency.to_string(), json!({ "amount": amount(*minor, *currency) }));
    Ok(Value::Object(sums.iter().map(of).collect()))
}

pub const CERTIFICATES: &[&str] = &[
    "id",
    "customer",
    "name",
    "invoice",
    "instalment",
    "withholding",
    "currency",
    "amount",
    "awaited_on",
    "days",
    "state",
];

/// Certificates of a customer or of all, in the order they were awaited; `days` counts while they are.
pub fn certificates(
    tx: &mut Tx<'_>,
    actor: &Actor,
    on: Date,
    (customer, limit): (Option<&str>, i64),
    take: Take<'_>,
) -> Result<Value, Error> {
    let mut sums: BTreeMap<Currency, BTreeMap<&str, i64>> = BTreeMap::new();
    for c in certificate::page(tx, actor, customer, Id::from_bytes([0; 16]), limit)? {
        let days = (c.state == State::Awaited).then(|| on.days_since(c.awaited_on).max(0));
        *sums.entry(c.currency).or_default().entry(c.state.code()).or_default() += c.amount;
        take(vec![
            json!(c.id.to_string()),
            json!(c.code),
            json!(c.name),
            json!(c.number),
            json!(c.instalment),
            json!(c.kind),
            json!(c.currency.to_string()),
            amount(c.amount, c.currency),
            json!(c.awaited_on.to_string()),
            json!(days),
            json!(c.state.code()),
        ])?;
    }
    let of = |(currency, states): (Currency, BTreeMap<&str, i64>)| {
        let states = states.into_iter().map(|(state, minor)| (state.replace('-', "_"), amount(minor, currency)));
        (currency.to_string(), Value::Object(states.collect()))
    };
    Ok(Value::Object(sums.into_iter().map(of).collect()))
}
