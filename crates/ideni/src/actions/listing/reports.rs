//! Figures worked out of the books: ageing, ratios, what may be lost, what foreign amounts are worth, the opening proof.

use receivables::insight::ageing::Aged;
use receivables::insight::provision::Matrix;
use receivables::{Currency, Date, Instant, Money, Refusal};
use serde_json::{Map, Value, json};
use store::{Error, Tx};

use super::{Take, amount, amount_opt};
use crate::actions::Actor;
use crate::actions::opening::{self, Proven, Told};
use crate::actions::report::{self, Asked, By, Row};
use crate::words::{self, Language};

pub const KPI: &[&str] = &["kpi", "currency", "value", "unit", "formula"];
pub const PROVISION: &[&str] = &["currency", "bucket", "amount", "rate_percent", "allowance"];
pub const REVALUATION: &[&str] = &["currency", "open", "rate", "company_currency", "booked", "revalued", "difference"];
pub const OPENING_PROOF: &[&str] =
    &["customer", "name", "currency", "items", "invoices", "credits", "unapplied", "net", "list", "difference"];

const SUMS: [&str; 4] = ["total", "unapplied", "net", "awaited"];

pub fn ageing_columns(asked: &Asked) -> Vec<String> {
    let heads: &[&str] = match asked.by {
        By::Invoice => &["invoice", "instalment", "customer", "name", "issued_on", "due_on"],
        By::Segment => &["segment"],
        By::Currency => &[],
        By::Customer => &["customer", "name"],
    };
    let fixed = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    [fixed(heads), fixed(&["currency"]), asked.buckets.names(), fixed(&SUMS)].concat()
}

pub fn ageing(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked, take: Take<'_>) -> Result<Value, Error> {
    let ageing = report::age(tx, actor, asked)?;
    for row in &ageing.rows {
        let mut cells = heads(asked.by, row);
        cells.push(json!(row.currency.to_string()));
        cells.extend(amounts(&row.aged, row.currency)?);
        take(cells)?;
    }
    let mut totals = Map::new();
    for (currency, aged) in &ageing.totals {
        let keys = asked.buckets.names().into_iter().chain(SUMS.map(String::from));
        let mut object: Map<String, Value> = keys.zip(amounts(aged, *currency)?).collect();
        let unidentified = ageing.unidentified.iter().find(|(c, _)| c == currency).map_or(0, |(_, a)| *a);
        object.insert("unidentified".into(), amount(unidentified, *currency));
        totals.insert(currency.to_string(), Value::Object(object));
    }
    for (currency, left) in &ageing.unidentified {
        let entry = totals.entry(currency.to_string()).or_insert_with(|| json!({}));
        entry["unidentified"] = amount(*left, *currency);
    }
    Ok(Value::Object(totals))
}

fn heads(by: By, row: &Row) -> Vec<Value> {
    match (by, &row.invoice) {
        (By::Invoice, Some(facts)) => vec![
            json!(row.key),
            json!(facts.instalment),
            json!(facts.customer),
            json!(row.name),
            json!(facts.issued_on.to_string()),
            json!(facts.due_on.to_string()),
        ],
        (By::Currency, _) => Vec::new(),
        (By::Segment, _) => vec![json!(row.key)],
        _ => vec![json!(row.key), json!(row.name)],
    }
}

/// Each bucket, then total, unapplied, net and awaited.
fn amounts(aged: &Aged, currency: Currency) -> Result<Vec<Value>, Error> {
    let mut cells: Vec<Value> = aged.open.iter().map(|minor| amount(*minor, currency)).collect();
    for minor in [aged.total()?, aged.unapplied, aged.net()?, aged.awaited] {
        cells.push(amount(minor, currency));
    }
    Ok(cells)
}

pub fn kpi(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (as_of, known_at, days): (Date, Option<Instant>, u32),
    language: Language,
    take: Take<'_>,
) -> Result<Value, Error> {
    for (currency, kpi) in report::kpis(tx, actor, as_of, days, known_at)? {
        take(vec![
            json!(kpi.kpi),
            json!(currency.to_string()),
            json!(kpi.rounded().map(|v| v.to_string())),
            json!(kpi.unit),
            json!(words::say(language, &format!("formula-{}", kpi.kpi), &[])),
        ])?;
    }
    Ok(json!({}))
}

pub fn provision(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (as_of, known_at): (Date, Option<Instant>),
    matrix: &Matrix,
    take: Take<'_>,
) -> Result<Value, Error> {
    let names = matrix.buckets().names();
    let mut totals = Map::new();
    for row in report::provision(tx, actor, as_of, known_at, matrix)? {
        for (i, name) in names.iter().enumerate() {
            take(vec![
                json!(row.currency.to_string()),
                json!(name),
                amount(row.aged.open[i], row.currency),
                json!(matrix.rates()[i].percent()?.to_string()),
                amount(row.allowance.buckets[i], row.currency),
            ])?;
        }
        let sums = json!({
            "amount": amount(row.aged.total()?, row.currency),
            "allowance": amount(row.allowance.total, row.currency),
        });
        totals.insert(row.currency.to_string(), sums);
    }
    Ok(Value::Object(totals))
}

pub fn revaluation(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (as_of, known_at): (Date, Option<Instant>),
    take: Take<'_>,
) -> Result<Value, Error> {
    let own = actor.company.currency;
    let mut sums = [Money::zero(own); 3];
    for row in report::revaluation(tx, actor, as_of, known_at)? {
        let own_amounts = [row.booked, row.revalued, row.difference].map(|minor| Money::new(minor, own));
        let mut cells = vec![
            json!(row.currency.to_string()),
            amount(row.open, row.currency),
            json!(row.rate.to_decimal().to_string()),
            json!(own.to_string()),
        ];
        cells.extend(own_amounts.map(|money| json!(money.major_text())));
        take(cells)?;
        for (sum, money) in sums.iter_mut().zip(own_amounts) {
            *sum = sum.plus(money).map_err(Refusal::from)?;
        }
    }
    let [booked, revalued, difference] = sums.map(Money::major_text);
    let mut totals = Map::new();
    totals.insert(own.to_string(), json!({ "booked": booked, "revalued": revalued, "difference": difference }));
    Ok(Value::Object(totals))
}

pub fn opening_proof(tx: &mut Tx<'_>, actor: &Actor, against: Option<&[Told]>, take: Take<'_>) -> Result<Value, Error> {
    let (rows, totals) = opening::prove(tx, actor, against)?;
    for row in &rows {
        let mut cells = vec![json!(row.customer), json!(row.name), json!(row.currency.to_string())];
        cells.extend(proven(row));
        take(cells)?;
    }
    let object = |total: &Proven| -> Value {
        let keys = OPENING_PROOF[3..].iter().map(|key| (*key).to_owned());
        Value::Object(keys.zip(proven(total)).collect())
    };
    let totals: Map<String, Value> = totals.iter().map(|t| (t.currency.to_string(), object(t))).collect();
    Ok(Value::Object(totals))
}

/// From `items` to `difference`.
fn proven(row: &Proven) -> Vec<Value> {
    let mut cells = vec![json!(row.items)];
    cells.extend([row.invoices, row.credits, row.unapplied, row.net].map(|money| json!(money.major_text())));
    cells.extend([row.told, row.difference].map(amount_opt));
    cells
}
