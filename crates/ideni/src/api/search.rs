//! Finding anything by what is known of it.

use std::sync::Arc;

use receivables::search::Fit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::{Ask, Reply, Stop};
use super::endpoint::endpoints;
use super::shape::{Line, Sum};
use crate::actions::search::{self, Hit, Hits};

endpoints! { "search"
    /// Customers, documents and receipts by code, name, number, telephone, tax number or amount, the best first.
    read Get "/search" Read find(by query Sought) -> Found;
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct Sought {
    /// Any of them, in any spelling.
    text: Line<1, 100>,
}

#[derive(Serialize, JsonSchema)]
struct Found {
    rows: Vec<HitRow>,
    /// There is more than is told here.
    more: bool,
}

#[derive(Serialize, JsonSchema)]
struct HitRow {
    #[schemars(extend("enum" = ["customer", "invoice", "credit_note", "receipt"]))]
    kind: &'static str,
    /// A code, a number, a reference or an id.
    name: String,
    /// Whose it is.
    title: String,
    /// What it came to; `null` for a customer.
    total: Option<Sum>,
    /// What is open of it, or left of it, per currency.
    open: Vec<Money>,
    /// By what it was found.
    matched: &'static str,
    #[schemars(extend("enum" = ["exact", "begins", "part", "close"]))]
    fit: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Money {
    amount: Sum,
    currency: String,
}

impl From<receivables::Money> for Money {
    fn from(money: receivables::Money) -> Money {
        Money { currency: money.currency.to_string(), amount: money.into() }
    }
}

fn find(ask: &Arc<Ask>) -> Result<Reply, Stop> {
    let sought: Sought = ask.query()?;
    // What was posted a moment ago is in the snapshot once it is sealed.
    ask.db().seal()?;
    ask.read(move |tx, ask| found(tx, ask, sought.text.as_str()))
}

fn found(tx: &mut Tx<'_>, ask: &Ask, text: &str) -> Result<Found, Error> {
    let found = search::find(tx, ask.snapshots(), ask.actor(), text)?;
    let more = found.customers.more || found.documents.more || found.receipts.more;
    let mut rows = rows(found.customers, |account| {
        let open = account.open.into_iter().map(Money::from).collect();
        ("customer", account.customer.code, account.customer.name, None, open)
    });
    rows.extend(self::rows(found.documents, |d| {
        let money = |minor| receivables::Money::new(minor, d.currency);
        let open = vec![money(d.open).into()];
        (d.kind.name(), d.number, d.name, Some(money(d.total)), open)
    }));
    rows.extend(self::rows(found.receipts, |r| {
        let money = |minor| receivables::Money::new(minor, r.currency);
        let (left, gross) = (vec![money(r.unidentified + r.unapplied).into()], money(r.gross));
        let name = r.called();
        ("receipt", name, r.customer_name.or(r.payer).unwrap_or_default(), Some(gross), left)
    }));
    Ok(Found { rows, more })
}

/// What is told of a thing: kind, name, title, total and what is open.
type Told = (&'static str, String, String, Option<receivables::Money>, Vec<Money>);

fn rows<T>(hits: Hits<T>, told: impl Fn(T) -> Told) -> Vec<HitRow> {
    let row = |hit: Hit<T>| {
        let (kind, name, title, total, open) = told(hit.thing);
        let fit = match hit.fit {
            Fit::Exact => "exact",
            Fit::Begins => "begins",
            Fit::Part => "part",
            Fit::Close => "close",
        };
        HitRow { kind, name, title, total: total.map(Sum::from), open, matched: hit.by.name(), fit }
    };
    hits.hits.into_iter().map(row).collect()
}
