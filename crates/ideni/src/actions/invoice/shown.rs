//! Invoices and credit notes as they are listed and shown.

use receivables::billing::early::{Of, Taken};
use receivables::ids::{self, Id};
use receivables::{Currency, Date, Refusal, Unusable, search as reading};
use store::document::{self, Kind};
use store::reports::ageing::View;
use store::reports::invoice::{self, Invoice};
use store::reports::invoices::{self, Filter, Listed, State};
use store::reports::journal::{self, Line};
use store::reports::page::Page;
use store::{Error, Tx, customer, merge};

use super::super::{Actor, Right, reads};

/// Which documents are asked for; all of them where nothing is said.
#[derive(Clone, Default, Debug)]
pub struct Asked {
    /// By code; with those merged with it.
    pub customer: Option<String>,
    pub state: Option<State>,
    pub kind: Option<Kind>,
    pub currency: Option<Currency>,
    pub from: Option<Date>,
    pub until: Option<Date>,
    /// What the number begins with, in any spelling.
    pub number: Option<String>,
}

impl Asked {
    /// Whether anything was said that leaves documents out.
    pub fn is_something(&self) -> bool {
        let days = self.from.is_some() || self.until.is_some();
        let whose = self.customer.is_some() || self.number.is_some();
        days || whose || self.state.is_some() || self.kind.is_some() || self.currency.is_some()
    }
}

/// One page of documents, the newest first. `after` is where the page before said to go on.
pub fn page(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    asked: &Asked,
    after: Option<&str>,
    limit: usize,
) -> Result<Page<Listed, String>, Error> {
    actor.may(Right::Read)?;
    let customers = customers_of(tx, actor, asked.customer.as_deref())?;
    let number = asked.number.as_deref().map(reading::number).filter(|number| !number.is_empty());
    let filter = Filter {
        customers: &customers,
        state: asked.state,
        kind: asked.kind,
        currency: asked.currency,
        from: asked.from,
        until: asked.until,
        number: number.as_deref(),
        today,
    };
    let after = after.map(|text| read_place(text, |number| Some(number.to_owned()))).transpose()?;
    let page = invoices::page(tx, actor.company.id, &filter, after, limit)?;
    Ok(Page { rows: page.rows, next: page.next.map(|(on, number)| format!("{on}~{number}")) })
}

/// The customer of a code with those that are looked at as one with it; none where no code is given.
pub(crate) fn customers_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    code: Option<&str>,
) -> Result<Vec<Id<ids::Customer>>, Error> {
    let Some(code) = code else { return Ok(Vec::new()) };
    let known = customer::get(tx, actor.company.id, code)?;
    Ok(merge::groups(tx, actor.company.id)?.members(known.id))
}

/// A place in a list, as the page before wrote it: a day and what tells the rows of a day apart.
pub(crate) fn read_place<K>(text: &str, key: impl FnOnce(&str) -> Option<K>) -> Result<(Date, K), Error> {
    let read = text.split_once('~').and_then(|(on, rest)| Some((on.parse::<Date>().ok()?, key(rest)?)));
    read.ok_or_else(|| {
        Refusal::Invalid { field: "after".into(), value: text.to_owned(), reason: Unusable::NoPlace }.into()
    })
}

/// One document with the ledger lines of it and of what moved it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub invoice: Invoice,
    pub entries: Vec<Line>,
    /// What paying early takes off of what is open, the earliest day first; only while it may be taken.
    pub offers: Vec<EarlyOffer>,
    /// What the buyer calls it by: kind and words.
    pub references: Vec<(String, String)>,
    /// Of a deposit, what is not settled yet, without tax.
    pub deposit: Option<i64>,
}

/// What settles all that is open of an invoice until a day.
#[derive(Clone, Copy, Debug)]
pub struct EarlyOffer {
    pub until_on: Date,
    pub taken: Taken,
}

/// One document, as of a day and as known at an instant, or as it is now.
pub fn show(tx: &mut Tx<'_>, actor: &Actor, number: &str, view: Option<View>) -> Result<Shown, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let invoice = invoice::find(tx, company, number, view)?
        .ok_or_else(|| Refusal::NotFound { kind: "invoice".into(), name: number.to_owned() })?;
    reads::note(tx, actor, invoice.payer.id);
    let own = Some(*invoice.id.bytes()).filter(|_| invoice.seen);
    let causes = invoice.movements.iter().filter(|m| m.seen).map(|m| *m.cause.bytes());
    let mut entries: Vec<Id<ids::Entry>> = own.into_iter().chain(causes).map(Id::from_bytes).collect();
    entries.sort_unstable();
    entries.dedup();
    let entries = journal::of_entries(tx, company, &entries)?;
    let offers = offers(tx, actor, &invoice)?;
    let references = store::fiscal::references(tx, company, invoice.id)?;
    let deposit = match store::deposit::is_deposit(tx, company, invoice.id)? {
        true => Some(store::deposit::left(tx, company, invoice.id)?.net()),
        false => None,
    };
    Ok(Shown { invoice, entries, offers, references, deposit })
}

fn offers(tx: &mut Tx<'_>, actor: &Actor, invoice: &Invoice) -> Result<Vec<EarlyOffer>, Error> {
    let open = invoice.items.iter().map(|item| item.open).sum::<i64>();
    let Some(agreed) = document::agreed(tx, actor.company.id, invoice.id)?.filter(|_| open > 0) else {
        return Ok(Vec::new());
    };
    let Some(early) = super::early(actor, &agreed)? else { return Ok(Vec::new()) };
    let of = Of { net: agreed.net, total: agreed.total, exponent: invoice.currency.exponent() };
    let each = early
        .offers
        .iter()
        .map(|offer| Ok(EarlyOffer { until_on: offer.until_on, taken: early.settles(of, open, offer.until_on)? }));
    each.collect()
}
