//! Receipts as they are listed and shown.

use receivables::ids::{self, Id};
use receivables::{Date, Refusal};
use store::reports::journal::{self, Line};
use store::reports::page::Page;
use store::reports::receipt::{self as one, Receipt};
use store::reports::receipts::{self, Filter, Listed, State};
use store::{Error, Tx, receipt};

use super::super::{Actor, Right, account, invoice, reads};

/// Which receipts are asked for; all of them where nothing is said.
#[derive(Clone, Default, Debug)]
pub struct Asked {
    pub state: Option<State>,
    /// The code of a money account.
    pub account: Option<String>,
    /// By code; with those merged with it.
    pub customer: Option<String>,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

impl Asked {
    /// Whether anything was said that leaves receipts out.
    pub fn is_something(&self) -> bool {
        let days = self.from.is_some() || self.until.is_some();
        days || self.state.is_some() || self.account.is_some() || self.customer.is_some()
    }
}

/// One page of receipts, the newest first. `after` is where the page before said to go on.
pub fn page(
    tx: &mut Tx<'_>,
    actor: &Actor,
    asked: &Asked,
    after: Option<&str>,
    limit: usize,
) -> Result<Page<Listed, String>, Error> {
    actor.may(Right::Read)?;
    let customers = invoice::customers_of(tx, actor, asked.customer.as_deref())?;
    let account = match &asked.account {
        Some(code) => Some(account::money(tx, actor, code)?.account),
        None => None,
    };
    let filter = Filter { state: asked.state, account, customers: &customers, from: asked.from, until: asked.until };
    let after = after.map(read_place).transpose()?;
    let page = receipts::page(tx, actor.company.id, &filter, after, limit)?;
    Ok(Page { rows: page.rows, next: page.next.map(place) })
}

pub(crate) fn read_place(text: &str) -> Result<(Date, Id<ids::Receipt>), Error> {
    invoice::read_place(text, |id| id.parse().ok())
}

pub(crate) fn place((on, id): (Date, Id<ids::Receipt>)) -> String {
    format!("{on}~{id}")
}

/// One receipt with the ledger lines of it and of what became of it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub receipt: Receipt,
    pub entries: Vec<Line>,
}

/// The receipt called by its id or by a reference that only it bears.
pub fn show(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<Shown, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let id = receipt::find(tx, company, name)?;
    let found = one::find(tx, company, id)?
        .ok_or_else(|| Refusal::NotFound { kind: "receipt".into(), name: name.to_owned() })?;
    if let Some(customer) = found.listed.customer {
        reads::note(tx, actor, customer);
    }
    let identified = found.identified.iter().map(|n| *n.id.bytes());
    let settled = found.allocations.iter().map(|a| *a.cause.bytes());
    let refunded = found.refunds.iter().map(|f| *f.id.bytes());
    let causes = std::iter::once(*id.bytes()).chain(identified).chain(settled).chain(refunded);
    let mut entries: Vec<Id<ids::Entry>> = causes.map(Id::from_bytes).collect();
    entries.sort_unstable();
    entries.dedup();
    Ok(Shown { receipt: found, entries: journal::of_entries(tx, company, &entries)? })
}
