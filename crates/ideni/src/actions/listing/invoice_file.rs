//! The files of papers that buyers want with an invoice.

use std::collections::BTreeMap;

use receivables::{Currency, Date};
use serde_json::{Value, json};
use store::{Error, Tx};

use super::{Take, amount};
use crate::actions::{Actor, invoice_file};

pub const INVOICE_FILES: &[&str] = &[
    "number",
    "customer",
    "name",
    "currency",
    "amount",
    "open",
    "stands",
    "since",
    "days",
    "missing_papers",
    "ends_on",
    "falls_due_on",
    "by",
];

/// Files on a day, the longest in their state first; what is open by state.
pub fn invoice_files(
    tx: &mut Tx<'_>,
    actor: &Actor,
    on: Date,
    asked: &invoice_file::Asked,
    take: Take<'_>,
) -> Result<Value, Error> {
    let mut sums: BTreeMap<Currency, BTreeMap<&str, i64>> = BTreeMap::new();
    for one in invoice_file::list(tx, actor, on, asked)? {
        let of = &one.of;
        *sums.entry(of.currency).or_default().entry(one.state).or_default() += of.open;
        take(vec![
            json!(of.number),
            json!(of.code),
            json!(of.name),
            json!(of.currency.to_string()),
            amount(of.total, of.currency),
            amount(of.open, of.currency),
            json!(one.state),
            json!(of.file.since_on.to_string()),
            json!(one.days),
            json!(one.missing.text()),
            json!(one.ends_on.map(|on| on.to_string())),
            json!(one.falls_due_on().map(|on| on.to_string())),
            json!(of.by),
        ])?;
    }
    let of = |(currency, states): (Currency, BTreeMap<&str, i64>)| {
        let states = states.into_iter().map(|(state, minor)| (state.replace('-', "_"), amount(minor, currency)));
        (currency.to_string(), Value::Object(states.collect()))
    };
    Ok(Value::Object(sums.into_iter().map(of).collect()))
}
