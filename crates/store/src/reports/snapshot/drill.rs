//! The open instalments behind a figure of the ageing: of a bucket, a customer, a currency, as of the same day and as
//! known at the same instant.

use std::collections::{BTreeMap, BinaryHeap};

use receivables::ids::{self, Id};
use receivables::insight::ageing::Buckets;
use receivables::{Currency, Date};

use super::{ItemKey, Snapshot, View, add};
use crate::reports::page::Page;
use crate::{Error, Tx};

/// Which of them; all where nothing is said.
#[derive(Clone, Copy, Default, Debug)]
pub struct Drill<'a> {
    /// Those of these customers only, unless empty: of one and those merged into it.
    pub customers: &'a [Id<ids::Customer>],
    pub currency: Option<Currency>,
    /// Of [`Buckets::index`].
    pub bucket: Option<usize>,
}

/// One open instalment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpenItem {
    pub document: Id<ids::Document>,
    pub instalment: i32,
    pub customer: Id<ids::Customer>,
    pub currency: Currency,
    pub due_on: Date,
    /// Without a receipt of the tax device, or while its file of papers holds it up, it does not age.
    pub is_pending: bool,
    pub total: i64,
    pub open: i64,
}

/// Where a page begins: after the instalment that was due on this day.
pub type After = (Date, ItemKey);

/// One page, the longest due first, and over all pages how many instalments there are per currency and what is open.
pub struct Drilled {
    pub page: Page<OpenItem, After>,
    pub totals: BTreeMap<Currency, (usize, i64)>,
}

impl Snapshot {
    pub fn drill(
        &self,
        tx: &mut Tx<'_>,
        view: View,
        buckets: &Buckets,
        drill: Drill<'_>,
        after: Option<After>,
        limit: usize,
    ) -> Result<Drilled, Error> {
        let seen = self.seen(tx, view)?;
        let open = self.open_in(seen)?;
        let after = after.map(|(on, key)| (on.day_number(), key));
        let mut first: BinaryHeap<(i32, ItemKey, usize)> = BinaryHeap::new();
        let mut totals: BTreeMap<Currency, (usize, i64)> = BTreeMap::new();
        for (at, item) in self.items.iter().enumerate().filter(|(at, _)| open[*at] != 0) {
            let (customer, currency) = self.accounts[item.account as usize];
            let asked = (drill.customers.is_empty() || drill.customers.contains(&customer))
                && drill.currency.is_none_or(|of| of == currency)
                && drill.bucket.is_none_or(|of| of == self.bucket(at, view, buckets));
            if !asked {
                continue;
            }
            let total = totals.entry(currency).or_default();
            total.0 += 1;
            add(&mut total.1, open[at])?;
            let key = (self.due_on(at, view).unwrap_or(item.due_on), self.keys[at]);
            let may_be_first = first.len() <= limit || first.peek().is_some_and(|last| key < (last.0, last.1));
            if may_be_first && after.is_none_or(|after| key > after) {
                first.push((key.0, key.1, at));
                if first.len() > limit + 1 {
                    first.pop();
                }
            }
        }
        let mut rows: Vec<OpenItem> =
            first.into_sorted_vec().into_iter().map(|(.., at)| self.row(at, view, open[at])).collect();
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|row| (row.due_on, (row.document, row.instalment)));
        Ok(Drilled { page: Page { rows, next }, totals })
    }

    fn row(&self, at: usize, view: View, open: i64) -> OpenItem {
        let (item, (document, instalment)) = (&self.items[at], self.keys[at]);
        let (customer, currency) = self.accounts[item.account as usize];
        let due_on = Date::from_day_number(self.due_on(at, view).unwrap_or(item.due_on));
        let is_pending = self.ages_from(at, view).is_none();
        OpenItem { document, instalment, customer, currency, due_on, is_pending, total: item.total, open }
    }
}
