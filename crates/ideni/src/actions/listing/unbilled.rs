//! What is not billed yet: work that was done, periods of contracts that are due, and charges without a period.

use std::collections::{BTreeMap, BTreeSet};

use receivables::{Currency, Date, Money};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use store::{Error, Tx, customer};

use super::{Take, amount};
use crate::actions::{Actor, charge, contract, setting, unbilled};

pub const UNBILLED: &[&str] =
    &["customer", "name", "kind", "what", "reference", "since", "days", "bucket", "currency", "amount", "papers"];

/// One thing that waits to be billed; its amount is without tax, as prices without tax are written.
struct Waiting {
    customer: String,
    name: String,
    kind: &'static str,
    what: String,
    reference: String,
    since: Date,
    amount: Money,
    /// How many are filed with it.
    papers: i64,
}

/// By customer and age. Totals: by currency and bucket.
pub fn unbilled(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (on, customer): (Date, Option<&str>),
    take: Take<'_>,
) -> Result<Value, Error> {
    let buckets = setting::buckets(tx, actor.company.id, on)?;
    let names = buckets.names();
    let mut all = work(tx, actor, customer)?;
    all.extend(of_contracts(tx, actor, on, customer)?);
    all.sort_by(|a, b| (&a.name, &a.customer, a.since).cmp(&(&b.name, &b.customer, b.since)));
    let mut sums: BTreeMap<Currency, Vec<i64>> = BTreeMap::new();
    for one in all {
        let bucket = buckets.index(one.since, on);
        let sum = sums.entry(one.amount.currency).or_insert_with(|| vec![0; buckets.count()]);
        sum[bucket] = Money::new(sum[bucket], one.amount.currency).plus(one.amount)?.minor;
        take(vec![
            json!(one.customer),
            json!(one.name),
            json!(one.kind),
            json!(one.what),
            json!(one.reference),
            json!(one.since.to_string()),
            json!(on.days_since(one.since).max(0)),
            json!(names[bucket]),
            json!(one.amount.currency.to_string()),
            amount(one.amount.minor, one.amount.currency),
            json!(one.papers),
        ])?;
    }
    let of = |(currency, sums): (Currency, Vec<i64>)| {
        let mut cells: serde_json::Map<String, Value> =
            names.iter().zip(&sums).map(|(name, minor)| (name.clone(), amount(*minor, currency))).collect();
        cells.insert("total".into(), amount(sums.iter().sum(), currency));
        (currency.to_string(), Value::Object(cells))
    };
    Ok(Value::Object(sums.into_iter().map(of).collect()))
}

fn work(tx: &mut Tx<'_>, actor: &Actor, customer: Option<&str>) -> Result<Vec<Waiting>, Error> {
    let of = |one: store::unbilled::Unbilled| {
        Ok(Waiting {
            amount: comes_to(&one.quantity, &one.unit_price, one.currency)?,
            customer: one.customer,
            name: one.name,
            kind: "work",
            what: one.description,
            reference: one.proof,
            since: one.done_on,
            papers: one.papers,
        })
    };
    unbilled::list(tx, actor, customer)?.into_iter().map(of).collect()
}

fn of_contracts(tx: &mut Tx<'_>, actor: &Actor, on: Date, customer: Option<&str>) -> Result<Vec<Waiting>, Error> {
    let is_asked = |code: &str| customer.is_none_or(|asked| asked == code);
    let mut all = Vec::new();
    let mut billed_with_a_period = BTreeSet::new();
    for one in contract::plan(tx, actor, on, None)? {
        billed_with_a_period.insert(one.contract.clone());
        if is_asked(&one.customer) {
            all.push(Waiting {
                customer: one.customer,
                name: one.name,
                kind: "period",
                what: format!("{} – {}", one.period.from, one.period.until),
                reference: one.contract,
                since: one.due_on,
                amount: one.net,
                papers: 0,
            });
        }
    }
    let alone = |one: &store::charge::Charge| {
        one.invoice.is_none()
            && one.withdrawn.is_none()
            && one.on <= on
            && !billed_with_a_period.contains(&one.contract_code)
    };
    for one in charge::list(tx, actor)?.into_iter().filter(alone) {
        let of = contract::get(tx, actor, &one.contract_code)?;
        if is_asked(&of.customer_code) {
            all.push(Waiting {
                amount: comes_to(&one.quantity, &one.unit_price, of.currency)?,
                customer: of.customer_code,
                name: of.customer_name,
                kind: "charge",
                what: one.description,
                reference: one.contract_code,
                since: one.on,
                papers: 0,
            });
        }
    }
    if let Some(code) = customer {
        customer::get(tx, actor.company.id, code)?;
    }
    Ok(all)
}

fn comes_to(quantity: &str, unit_price: &str, currency: Currency) -> Result<Money, Error> {
    let number = |text: &str| Decimal::from_str_exact(text).map_err(|e| Error::failed("reading unbilled work", e));
    let too_large = || receivables::Refusal::TooLarge { what: unit_price.to_owned() };
    let whole = number(quantity)?.checked_mul(number(unit_price)?).ok_or_else(too_large)?;
    Ok(Money::from_major_rounded(whole, currency)?)
}
