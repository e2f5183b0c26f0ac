//! Documents and receipts by exact amounts. A million amounts are passed over in a few milliseconds, while an index of
//! them in the database would halve an import.

use std::collections::{BTreeMap, BTreeSet};

use receivables::ids::{self, Id};
use receivables::{Currency, Money};

use super::{ItemKey, Snapshot};

/// An amount as a key.
pub type Key = (i64, Currency);

/// The amounts that are looked for, told apart in two steps: few rows come to the second.
struct Wanted {
    minors: Vec<i64>,
    keys: BTreeSet<Key>,
}

impl Wanted {
    fn new(amounts: &[Money]) -> Wanted {
        let keys: BTreeSet<Key> = amounts.iter().map(|amount| (amount.minor, amount.currency)).collect();
        let minors: BTreeSet<i64> = keys.iter().map(|(minor, _)| *minor).collect();
        Wanted { minors: minors.into_iter().collect(), keys }
    }

    fn key(&self, minor: i64, currency: impl FnOnce() -> Option<Currency>) -> Option<Key> {
        self.minors.binary_search(&minor).ok()?;
        let key = (minor, currency()?);
        self.keys.contains(&key).then_some(key)
    }
}

impl Snapshot {
    /// For each amount (below zero: of a credit note) the instalments of which just so much is open, the latest first.
    pub fn open_of(&self, amounts: &[Money], most: usize) -> BTreeMap<Key, Vec<ItemKey>> {
        let wanted = Wanted::new(amounts);
        let mut found: BTreeMap<Key, Vec<ItemKey>> = BTreeMap::new();
        for (at, open) in self.open.iter().enumerate().rev() {
            if let Some(key) = wanted.key(*open, || self.currency_of(at)) {
                let items = found.entry(key).or_default();
                if items.len() < most {
                    items.push(self.keys[at]);
                }
            }
        }
        found
    }

    /// Documents that come to one of the amounts, or fall due in parts of which one does, the latest first.
    pub fn documents_of(&self, amounts: &[Money], most: usize) -> Vec<Id<ids::Document>> {
        let wanted = Wanted::new(amounts);
        let same = |at: &usize| wanted.key(self.items[*at].total, || self.currency_of(*at)).is_some();
        let of_one = (0..self.items.len()).rev().filter(same).take(most).map(|at| self.keys[at].0);
        let whole = |(from, count): &&(u32, u32)| {
            let items = &self.items[*from as usize..(*from + *count) as usize];
            let sum = items.iter().try_fold(0i64, |sum, item| sum.checked_add(item.total));
            sum.is_some_and(|sum| wanted.key(sum, || self.currency_of(*from as usize)).is_some())
        };
        let of_all = self.in_parts.iter().rev().filter(whole).take(most).map(|(from, _)| self.keys[*from as usize].0);
        let found: BTreeSet<Id<ids::Document>> = of_one.chain(of_all).collect();
        found.into_iter().rev().take(most).collect()
    }

    /// Receipts of one of the amounts, the latest first.
    pub fn receipts_of(&self, amounts: &[Money], most: usize) -> Vec<Id<ids::Receipt>> {
        let wanted = Wanted::new(amounts);
        let same = |(_, currency, gross): &&(Id<ids::Receipt>, Currency, i64)| {
            wanted.key(*gross, || Some(*currency)).is_some()
        };
        self.received.iter().rev().filter(same).take(most).map(|(id, ..)| *id).collect()
    }

    fn currency_of(&self, item: usize) -> Option<Currency> {
        self.accounts.get(self.items[item].account as usize).map(|(_, currency)| *currency)
    }
}
