//! Receipts that wait for a person, each beside what may be done with it and why.

use std::collections::BTreeMap;

use receivables::ids::{self, Id};
use receivables::{Date, Money};
use store::receipt::Waiting;
use store::reports::page::Page;
use store::reports::receipts::{self, Listed, Wait};
use store::reports::snapshot::Snapshots;
use store::reports::{invoices, receipt as one};
use store::{Error, Tx, receipt as receipts_kept};

use super::cash::{self, Done, Matched, Planned, SameAmount};
use super::{Actor, Once, Right, once, receipt};

/// Other invoices of the same amount beside a proposal.
const OTHERS: usize = 5;
/// Where counting ends: more is said as more.
pub const COUNT_MAX: i64 = 1_000;

/// A receipt that waits, what the matching says of it with the invoices of it, and other invoices of which just its amount
/// is open.
#[derive(Clone, Debug)]
pub struct Exception {
    pub receipt: Listed,
    pub matched: Matched,
    pub invoices: BTreeMap<Id<ids::Document>, invoices::Listed>,
    pub others: Vec<invoices::Listed>,
}

/// One page of what waits, the oldest first. `after` is where the page before said to go on.
pub fn page(
    tx: &mut Tx<'_>,
    snapshots: &Snapshots,
    actor: &Actor,
    wait: Wait,
    after: Option<&str>,
    limit: usize,
) -> Result<Page<Exception, String>, Error> {
    actor.may(Right::Read)?;
    let after = after.map(receipt::read_place).transpose()?;
    let page = receipts::waiting(tx, actor.company.id, wait, after, limit)?;
    let rows = beside(tx, snapshots, actor, page.rows)?;
    Ok(Page { rows, next: page.next.map(receipt::place) })
}

/// How many receipts wait; counting ends at [`COUNT_MAX`].
pub fn count(tx: &mut Tx<'_>, actor: &Actor, wait: Wait) -> Result<i64, Error> {
    actor.may(Right::Read)?;
    receipts::waiting_count(tx, actor.company.id, wait, COUNT_MAX)
}

/// How many receipts wait in all; counting ends at [`COUNT_MAX`].
pub fn count_all(tx: &mut Tx<'_>, actor: &Actor) -> Result<i64, Error> {
    Ok((count(tx, actor, Wait::Nobodys)? + count(tx, actor, Wait::OnAccount)?).min(COUNT_MAX))
}

/// One receipt beside what may be done with it; `None` where nothing of it waits.
pub fn of(
    tx: &mut Tx<'_>,
    snapshots: &Snapshots,
    actor: &Actor,
    id: Id<ids::Receipt>,
) -> Result<Option<Exception>, Error> {
    actor.may(Right::Read)?;
    let found = one::find(tx, actor.company.id, id)?.map(|found| found.listed);
    let waits = found.filter(|listed| listed.unidentified != 0 || listed.unapplied != 0);
    Ok(beside(tx, snapshots, actor, waits.into_iter().collect())?.pop())
}

/// Each receipt beside what may be done with it; one walk finds the invoices of the amounts of all.
fn beside(
    tx: &mut Tx<'_>,
    snapshots: &Snapshots,
    actor: &Actor,
    receipts: Vec<Listed>,
) -> Result<Vec<Exception>, Error> {
    let mut waiting = Vec::with_capacity(receipts.len());
    for listed in receipts {
        waiting.push((receipts_kept::get(tx, actor.company.id, listed.id)?, listed));
    }
    let amounts: Vec<Money> = waiting.iter().map(|(receipt, _)| cash::left(receipt)).collect();
    let same = cash::of_same_amount(tx, snapshots, actor, &amounts)?;
    waiting.into_iter().map(|(receipt, listed)| one_beside(tx, actor, receipt, listed, &same)).collect()
}

fn one_beside(
    tx: &mut Tx<'_>,
    actor: &Actor,
    receipt: Waiting,
    listed: Listed,
    same: &SameAmount,
) -> Result<Exception, Error> {
    let company = actor.company.id;
    let amount = cash::left(&receipt);
    let matched = cash::look_at_beside(tx, actor, receipt, same)?;
    let proposed: Vec<_> = matched.allocations.iter().map(|share| share.document).collect();
    let of_amount = same.get(&(amount.minor, amount.currency)).into_iter().flatten();
    let mut others: Vec<_> = of_amount.map(|(document, _)| *document).filter(|id| !proposed.contains(id)).collect();
    others.dedup();
    others.truncate(OTHERS);
    let mut rows = invoices::rows(tx, company, &others)?;
    let others = others.iter().filter_map(|id| rows.remove(id)).collect();
    let invoices = invoices::rows(tx, company, &proposed)?;
    Ok(Exception { receipt: listed, matched, invoices, others })
}

/// Applies a receipt as it was proposed and seen; refused where its facts have changed since.
pub fn apply(tx: &mut Tx<'_>, actor: &Actor, today: Date, step: &Planned, key: Option<&Once>) -> Result<(), Error> {
    actor.may(Right::CashApply)?;
    once(tx, actor, key, |tx| {
        let done = cash::carry_out(tx, actor, today, std::slice::from_ref(step))?;
        match done.into_iter().next() {
            Some(Done { dropped: Some(refusal), .. }) => Err(refusal.into()),
            _ => Ok(()),
        }
    })
}
