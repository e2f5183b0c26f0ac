//! What stands in the books, row by row: the journal, documents, receipts, and whom to call next.

use receivables::{Currency, Date};
use serde_json::{Value, json};
use store::{Error, Tx};

use super::{Take, amount};
use crate::actions::day::Why;
use crate::actions::{Actor, day, invoice, receipt, report};
use crate::words::{self, Language};

pub const JOURNAL: &[&str] =
    &["on", "entry", "cause", "line", "account", "account_name", "customer", "currency", "amount", "base"];

pub const WORKLIST: &[&str] =
    &["rank", "customer", "name", "currency", "overdue", "priority", "reasons", "step", "collector"];

pub const INVOICES: &[&str] =
    &["number", "kind", "series", "customer", "name", "issued_on", "due_on", "currency", "net", "tax", "total", "open"];

pub const RECEIPTS: &[&str] = &[
    "id",
    "account",
    "on",
    "currency",
    "gross",
    "charges",
    "payer",
    "reference",
    "text",
    "customer",
    "unidentified",
    "unapplied",
    "allocated",
    "refunded",
];

pub fn journal(
    tx: &mut Tx<'_>,
    actor: &Actor,
    from: Option<Date>,
    until: Option<Date>,
    take: Take<'_>,
) -> Result<Value, Error> {
    let own = actor.company.currency;
    report::journal(tx, actor, from, until, |l| {
        take(vec![
            json!(l.on.to_string()),
            json!(l.entry.to_string()),
            json!(l.cause),
            json!(l.no),
            json!(l.account),
            json!(l.account_name),
            json!(l.customer),
            json!(l.currency.to_string()),
            amount(l.amount, l.currency),
            amount(l.base, own),
        ])
    })?;
    Ok(json!({}))
}

pub fn worklist(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (on, collector, limit): (Date, Option<&str>, usize),
    language: Language,
    take: Take<'_>,
) -> Result<Value, Error> {
    let accounts = match collector {
        None => day::worklist(tx, actor, on)?,
        Some(user) => day::worklist_of(tx, actor, on, user)?,
    };
    for (rank, (_, a)) in accounts.iter().take(limit).enumerate() {
        let reasons = reasons(language, actor.company.currency, &a.reasons);
        for (currency, overdue) in &a.amounts {
            take(vec![
                json!(rank + 1),
                json!(a.code),
                json!(a.name),
                json!(currency),
                json!(overdue),
                json!(a.points),
                json!(reasons),
                json!(a.step),
                json!(a.collector),
            ])?;
        }
    }
    Ok(json!({}))
}

/// Sentences with their points.
pub fn reasons(language: Language, own: Currency, all: &[Why]) -> Vec<Value> {
    let say = |why: &Why| words::reason(language, &why.code, &why.args, own);
    all.iter().map(|why| json!({ "reason": say(why), "points": why.points })).collect()
}

pub fn invoices(
    tx: &mut Tx<'_>,
    actor: &Actor,
    customer: Option<&str>,
    limit: i64,
    take: Take<'_>,
) -> Result<Value, Error> {
    for d in invoice::list(tx, actor, customer, limit)? {
        take(vec![
            json!(d.number),
            json!(d.kind.name()),
            json!(d.series),
            json!(d.customer),
            json!(d.name),
            json!(d.issued_on.to_string()),
            json!(d.due_on.to_string()),
            json!(d.currency.to_string()),
            amount(d.net, d.currency),
            amount(d.tax, d.currency),
            amount(d.total, d.currency),
            amount(d.open, d.currency),
        ])?;
    }
    Ok(json!({}))
}

pub fn receipts(tx: &mut Tx<'_>, actor: &Actor, limit: i64, take: Take<'_>) -> Result<Value, Error> {
    for r in receipt::list(tx, actor, limit)? {
        take(vec![
            json!(r.id.to_string()),
            json!(r.account),
            json!(r.received_on.to_string()),
            json!(r.currency.to_string()),
            amount(r.gross, r.currency),
            amount(r.charges, r.currency),
            json!(r.payer),
            json!(r.reference),
            json!(r.text),
            json!(r.customer),
            amount(r.unidentified, r.currency),
            amount(r.unapplied, r.currency),
            amount(r.allocated, r.currency),
            amount(r.refunded, r.currency),
        ])?;
    }
    Ok(json!({}))
}
