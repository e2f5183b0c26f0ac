//! What was billed.

use std::collections::BTreeMap;

use receivables::billing::certificate::State;
use receivables::{Currency, Date, Id};
use serde_json::{Value, json};
use store::{Error, Tx};

use super::{Take, amount};
use crate::actions::{Actor, certificate, sales};

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
    "exempt",
    "outside",
    "unclassed",
    "tax",
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
        let amounts =
            [of.net(), of.taxable, of.zero_rated, of.exempt, of.outside, of.unclassed, of.tax, of.net() + of.tax];
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
        "exempt": amount(of.exempt, own),
        "outside": amount(of.outside, own),
        "unclassed": amount(of.unclassed, own),
        "tax": amount(of.tax, own),
        "total": amount(of.net() + of.tax, own),
        "ledger_tax": amount(totals.ledger_tax, own),
        "difference": amount(of.tax - totals.ledger_tax, own),
    } }))
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
