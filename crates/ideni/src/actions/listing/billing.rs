//! What was billed.

use receivables::Date;
use serde_json::{Value, json};
use store::{Error, Tx};

use super::{Take, amount};
use crate::actions::{Actor, sales};

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
