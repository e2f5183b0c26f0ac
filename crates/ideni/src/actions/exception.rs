//! Receipts that wait for a person, each beside what may be done with it and why.

use receivables::ids::{self, Id};
use receivables::{Date, Money};
use store::reports::page::Page;
use store::reports::receipts::{self, Listed, Wait};
use store::reports::snapshot::Snapshots;
use store::reports::{invoices, receipt as one};
use store::{Error, Tx, receipt as receipts_kept};

use super::cash::{self, Done, Matched, Planned};
use super::{Actor, Once, Right, once, receipt};

/// Other invoices of the same amount beside a proposal.
const OTHERS: usize = 5;

/// A receipt that waits, what the matching says of it, and other invoices of which just its amount is open.
#[derive(Clone, Debug)]
pub struct Exception {
    pub receipt: Listed,
    pub matched: Matched,
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
    let mut rows = Vec::with_capacity(page.rows.len());
    for listed in page.rows {
        rows.push(beside(tx, snapshots, actor, listed)?);
    }
    Ok(Page { rows, next: page.next.map(receipt::place) })
}

/// How many receipts wait.
pub fn count(tx: &mut Tx<'_>, actor: &Actor, wait: Wait) -> Result<i64, Error> {
    actor.may(Right::Read)?;
    receipts::waiting_count(tx, actor.company.id, wait)
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
    match found.filter(|listed| listed.unidentified != 0 || listed.unapplied != 0) {
        Some(listed) => beside(tx, snapshots, actor, listed).map(Some),
        None => Ok(None),
    }
}

fn beside(tx: &mut Tx<'_>, snapshots: &Snapshots, actor: &Actor, listed: Listed) -> Result<Exception, Error> {
    let company = actor.company.id;
    let waiting = receipts_kept::get(tx, company, listed.id)?;
    let matched = cash::look_at(tx, snapshots, actor, waiting)?;
    let amount = Money::new(listed.unidentified + listed.unapplied, listed.currency);
    let same = snapshots.of(tx, company, |snapshot, _| Ok(snapshot.open_of(amount, 2 * OTHERS)))?;
    let proposed = |document: &Id<ids::Document>| matched.allocations.iter().any(|share| share.document == *document);
    let mut others: Vec<_> = same.into_iter().map(|(document, _)| document).filter(|id| !proposed(id)).collect();
    others.dedup();
    others.truncate(OTHERS);
    let mut rows = invoices::rows(tx, company, &others)?;
    let others = others.iter().filter_map(|id| rows.remove(id)).collect();
    Ok(Exception { receipt: listed, matched, others })
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
