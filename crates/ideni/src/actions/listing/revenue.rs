//! What was sold beside the year before, how often invoices were wrong, and the number series.

use receivables::Date;
use serde_json::{Value, json};
use store::{Error, Tx};

use super::{Take, amount};
use crate::actions::Actor;
use crate::actions::revenue::{self, By};
use crate::words::{self, Language};

pub const ACCURACY: &[&str] = &["found", "reason", "issued_by", "item", "wrong_invoices", "share_percent"];
pub const NUMBERS: &[&str] = &["series", "first", "last", "count", "missing", "gaps"];

pub fn columns(by: By) -> &'static [&'static str] {
    match by {
        By::Item => &["item", "name", "currency", "net", "year_before", "difference"],
        By::Customer => &["customer", "name", "currency", "net", "year_before", "difference"],
        By::Month => &["month", "currency", "net", "year_before", "difference"],
    }
}

pub fn revenue(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (by, from, until): (By, Date, Date),
    take: Take<'_>,
) -> Result<Value, Error> {
    let own = actor.company.currency;
    let (mut net, mut before) = (0, 0);
    for row in revenue::by(tx, actor, by, (from, until))? {
        net += row.net;
        before += row.year_before;
        let heads = if by == By::Month { vec![json!(row.key)] } else { vec![json!(row.key), json!(row.name)] };
        let amounts = [row.net, row.year_before, row.net - row.year_before].map(|minor| amount(minor, own));
        take(heads.into_iter().chain([json!(own.to_string())]).chain(amounts).collect())?;
    }
    Ok(json!({ own.to_string(): {
        "net": amount(net, own),
        "year_before": amount(before, own),
        "difference": amount(net - before, own),
    } }))
}

/// Hundredths of a per cent, as a decimal.
fn percent(bps: i64) -> Value {
    json!(format!("{}.{:02}", bps / 100, bps % 100))
}

pub fn accuracy(
    tx: &mut Tx<'_>,
    actor: &Actor,
    span: (Date, Date),
    language: Language,
    take: Take<'_>,
) -> Result<Value, Error> {
    let found = revenue::accuracy(tx, actor, span)?;
    for row in found.rows {
        let kind = if row.found == "credited" { "credit-reason" } else { "dispute" };
        take(vec![
            json!(words::say(language, &format!("found-{}", row.found), &[])),
            json!(words::say(language, &format!("{kind}-{}", row.reason), &[])),
            json!(row.actor),
            json!(row.item),
            json!(row.invoices),
            percent(row.share_bps),
        ])?;
    }
    Ok(json!({ actor.company.currency.to_string(): {
        "issued": found.issued.to_string(),
        "wrong": found.wrong.to_string(),
        "share_percent": percent(found.share_bps),
    } }))
}

pub fn numbers(tx: &mut Tx<'_>, actor: &Actor, take: Take<'_>) -> Result<Value, Error> {
    for one in revenue::series(tx, actor)? {
        let missing: u64 = one.gaps.iter().map(|(before, next)| (next - before).saturating_sub(1)).sum();
        let gaps: Vec<String> = one.gaps.iter().map(|(before, next)| format!("{before} … {next}")).collect();
        take(vec![
            json!(one.series),
            json!(one.first),
            json!(one.last),
            json!(one.count),
            json!(missing),
            json!(gaps.join("; ")),
        ])?;
    }
    Ok(json!({}))
}
