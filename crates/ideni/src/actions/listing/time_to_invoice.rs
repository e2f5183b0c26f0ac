//! How long work waited for its invoice: a row per invoice and kind of work, and per kind the median and the ninth tenth.

use receivables::Date;
use serde_json::{Map, Value, json};
use store::{Error, Tx};

use super::Take;
use crate::actions::{Actor, time_to_invoice};
use crate::words::{self, Language};

pub const TIME_TO_INVOICE: &[&str] = &["invoice", "customer", "name", "work", "since", "issued_on", "days"];

pub fn time_to_invoice(
    tx: &mut Tx<'_>,
    actor: &Actor,
    span: (Date, Date),
    language: Language,
    take: Take<'_>,
) -> Result<Value, Error> {
    let found = time_to_invoice::times(tx, actor, span)?;
    for row in &found.rows {
        take(vec![
            json!(row.number),
            json!(row.customer),
            json!(row.name),
            json!(row.kind),
            json!(row.since.to_string()),
            json!(row.issued_on.to_string()),
            json!(time_to_invoice::days(row)),
        ])?;
    }
    let mut totals = Map::new();
    for one in &found.kinds {
        let formula = words::say(language, &format!("formula-time-to-invoice-{}", one.kind), &[]);
        totals.insert(
            one.kind.to_owned(),
            json!({
                "count": one.count.to_string(),
                "median": one.median.to_string(),
                "p90": one.p90.to_string(),
                "formula": formula,
            }),
        );
    }
    let formula = words::say(language, "formula-time-to-invoice-without", &[]);
    totals.insert("without".into(), json!({ "count": found.without.to_string(), "formula": formula }));
    Ok(Value::Object(totals))
}
