//! Documents and receipts by an exact amount. A million amounts are passed over in a few milliseconds, while an index of
//! them in the database would halve an import.

use std::collections::BTreeSet;

use receivables::Money;
use receivables::ids::{self, Id};

use super::{ItemKey, Snapshot};

impl Snapshot {
    /// Instalments of which just this much is open (below zero: of a credit note), the latest first.
    pub fn open_of(&self, amount: Money, most: usize) -> Vec<ItemKey> {
        let same = |at: &usize| self.open[*at] == amount.minor && self.currency_of(*at) == Some(amount.currency);
        (0..self.open.len()).rev().filter(same).take(most).map(|at| self.keys[at]).collect()
    }

    /// Documents that come to just this much, or fall due in parts of which one does, the latest first.
    pub fn documents_of(&self, amount: Money, most: usize) -> Vec<Id<ids::Document>> {
        let same = |at: &usize| self.items[*at].total == amount.minor && self.currency_of(*at) == Some(amount.currency);
        let of_one = (0..self.items.len()).rev().filter(same).take(most).map(|at| self.keys[at].0);
        let whole = |(from, count): &&(u32, u32)| {
            let items = &self.items[*from as usize..(*from + *count) as usize];
            let sum: i128 = items.iter().map(|item| i128::from(item.total)).sum();
            sum == i128::from(amount.minor) && self.currency_of(*from as usize) == Some(amount.currency)
        };
        let of_all = self.in_parts.iter().rev().filter(whole).take(most).map(|(from, _)| self.keys[*from as usize].0);
        let found: BTreeSet<Id<ids::Document>> = of_one.chain(of_all).collect();
        found.into_iter().rev().take(most).collect()
    }

    /// Receipts of just this much, the latest first.
    pub fn receipts_of(&self, amount: Money, most: usize) -> Vec<Id<ids::Receipt>> {
        let same =
            |(_, currency, gross): &&(Id<ids::Receipt>, _, i64)| *gross == amount.minor && *currency == amount.currency;
        self.received.iter().rev().filter(same).take(most).map(|(id, ..)| *id).collect()
    }

    fn currency_of(&self, item: usize) -> Option<receivables::Currency> {
        self.accounts.get(self.items[item].account as usize).map(|(_, currency)| *currency)
    }
}
