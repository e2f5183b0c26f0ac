//! What is open of an account: sums per currency, how old they are, and each item.

use std::collections::{BTreeMap, BTreeSet};

use receivables::Currency;
use receivables::ids::{Document, Id};
use receivables::insight::ageing::Buckets;
use receivables::ledger::Item as Open;
use receivables::ledger::settlement::Funds;

use crate::actions::merge::Group;
use crate::web::chart::{self, Bar, Part};
use crate::web::page::Desk;
use crate::words;

/// What is open of one currency, in parts.
pub(super) struct Balance {
    pub open: String,
    /// Open without and with a dispute; `None` where nothing is disputed.
    pub parts: Option<(String, String)>,
    pub overdue: String,
    pub on_account: Option<String>,
    pub bar: Option<Bar>,
}

/// One instalment that is open.
pub(super) struct Item {
    pub number: String,
    pub instalment: i32,
    pub due_on: String,
    pub days_late: i32,
    pub total: String,
    pub open: String,
    pub disputed: Option<String>,
    pub chosen: bool,
    /// How it is named when it is chosen.
    pub value: String,
    /// The code of the merged customer it was posted to.
    pub of: Option<String>,
}

#[derive(Default)]
struct Sums {
    open: i64,
    disputed: i64,
    overdue: i64,
    on_account: i64,
    /// By bucket of the ageing.
    aged: Vec<i64>,
}

/// Names of the bars; further currencies have none.
const BARS: [&str; 3] = ["ageing-1", "ageing-2", "ageing-3"];

pub(super) fn balances(desk: &Desk, open: &[Open], funds: &[Funds], pending: &BTreeSet<Id<Document>>) -> Vec<Balance> {
    let (p, buckets) = (&desk.page, Buckets::default());
    let mut sums: BTreeMap<Currency, Sums> = BTreeMap::new();
    for item in open {
        let sum = sums.entry(item.currency).or_default();
        sum.aged.resize(buckets.count(), 0);
        let is_pending = pending.contains(&item.document);
        sum.aged[if is_pending { 0 } else { buckets.index(item.due_on, desk.today) }] += item.open;
        sum.open += item.open;
        sum.disputed += item.disputed;
        if item.due_on < desk.today && !is_pending {
            sum.overdue += item.open - item.awaited;
        }
    }
    for f in funds {
        sums.entry(f.currency).or_default().on_account += f.unapplied;
    }
    let names = words::buckets(p.language, &buckets);
    let balance = |(n, (currency, sum)): (usize, (Currency, Sums))| {
        let text = |minor: i64| p.money(minor, currency);
        let part = |(label, value): (&String, &i64)| Part {
            label: label.clone(),
            value: *value,
            shown: text(*value),
            link: None,
        };
        let parts: Vec<Part> = names.iter().zip(&sum.aged).map(part).collect();
        let title = p.t1("account-ageing", "currency", currency);
        Balance {
            open: text(sum.open),
            parts: (sum.disputed != 0).then(|| (text(sum.open - sum.disputed), text(sum.disputed))),
            overdue: text(sum.overdue),
            on_account: (sum.on_account != 0).then(|| text(sum.on_account)),
            bar: BARS.get(n).filter(|_| !parts.is_empty()).map(|id| chart::bar(p.language, id, title, &parts)),
        }
    };
    sums.into_iter().enumerate().map(balance).collect()
}

pub(super) fn items(
    desk: &Desk,
    open: &[Open],
    chosen: &[String],
    group: &Group,
    pending: &BTreeSet<Id<Document>>,
) -> Vec<Item> {
    let p = &desk.page;
    let of = |i: &Open| group.merged.iter().find(|c| c.id == i.customer).map(|c| c.code.clone());
    let item = |i: &Open| {
        let value = name(i);
        Item {
            number: i.number.clone(),
            instalment: i.instalment,
            due_on: p.day(i.due_on),
            days_late: if pending.contains(&i.document) { 0 } else { desk.today.days_since(i.due_on).max(0) },
            total: p.money(i.total, i.currency),
            open: p.money(i.open, i.currency),
            disputed: (i.disputed != 0).then(|| p.money(i.disputed, i.currency)),
            of: of(i),
            chosen: chosen.contains(&value),
            value,
        }
    };
    open.iter().map(item).collect()
}

/// How an item is named where it is chosen: `INV-7/2`.
pub(super) fn name(item: &Open) -> String {
    format!("{}/{}", item.number, item.instalment)
}
