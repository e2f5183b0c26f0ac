//! How long work waits for its invoice: days from the work to the day of the invoice, and what half and nine tenths stay within.

use std::collections::{BTreeMap, BTreeSet};

use receivables::insight::rank;
use store::reports::time_to_invoice::{self, Measured};
use store::{Error, Tx};

use super::revenue::{Span, in_order};
use super::{Actor, Right};

/// What the day of some work is of.
const KINDS: [&str; 7] = ["work", "period-begin", "period-end", "usage", "charge", "quote", "delivery"];

/// Days of one kind of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfKind {
    pub kind: &'static str,
    pub count: usize,
    pub median: i64,
    pub p90: i64,
}

/// Each invoice with its days, and each kind of work.
#[derive(Clone, Debug)]
pub struct Times {
    pub rows: Vec<Measured>,
    pub kinds: Vec<OfKind>,
    /// Invoices of ours in the span of whose work no day is known.
    pub without: i64,
}

/// Days from the work to the invoice; below zero where it is billed ahead.
pub fn days(one: &Measured) -> i64 {
    i64::from(one.issued_on.days_since(one.since))
}

pub fn times(tx: &mut Tx<'_>, actor: &Actor, span: Span) -> Result<Times, Error> {
    actor.may(Right::Read)?;
    in_order(span)?;
    let rows = time_to_invoice::measured(tx, actor.company.id, span)?;
    let issued = time_to_invoice::issued(tx, actor.company.id, span)?;
    let mut by_kind: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for row in &rows {
        by_kind.entry(&row.kind).or_default().push(days(row));
    }
    let mut kinds = Vec::with_capacity(by_kind.len());
    for kind in KINDS {
        let mut all = by_kind.remove(kind).unwrap_or_default();
        all.sort_unstable();
        if let (Some(median), Some(p90)) = (rank::nearest(&all, 50), rank::nearest(&all, 90)) {
            kinds.push(OfKind { kind, count: all.len(), median, p90 });
        }
    }
    let known: BTreeSet<&str> = rows.iter().map(|row| row.number.as_str()).collect();
    let without = issued - i64::try_from(known.len()).unwrap_or(i64::MAX);
    Ok(Times { rows, kinds, without })
}
