//! The files of papers that buyers want with an invoice: what a customer wants, what is there of each invoice, and the way of the
//! file to the buyer's treasury. Before it is handed in, and while it is returned, the invoice is neither due nor dunned.

use std::collections::BTreeMap;

pub use receivables::billing::invoice_file::State;
use receivables::billing::invoice_file::{Lists, Need, Papers, TermFrom, moved_days};
use receivables::ids::{self, Id};
use receivables::{Date, Refusal, Unusable};
use store::document::{self, Document, Kind};
use store::invoice_file::{self, Event, File, Happened, Listed, Said, Wanted};
use store::reports::snapshot::Snapshots;
use store::{Error, Tx, customer};

use super::country::Packs;
use super::{Actor, Once, Right, Subject, act, needs_reason, once, text};

static PACKS: Packs<Lists> =
    Packs::new(&[("rw", include_str!("../../../../country/rw/invoice-file.txt"))], Lists::from_table, Lists::default);

/// The longest reference or reason, in characters.
const SAID_MAX: usize = 200;
/// Settled invoices that a list shows.
const SETTLED_MAX: i64 = 1_000;
/// Where counting files ends.
pub const COUNT_MAX: i64 = 1_000;

/// The papers that public buyers of the company's country usually want.
pub fn usual(actor: &Actor, on: Date) -> Result<Papers, Error> {
    let country = &actor.company.country;
    let usual = PACKS.of(country)?.on(on).cloned();
    Ok(usual.ok_or_else(|| Refusal::NoUsualPapers { country: country.clone() })?)
}

/// What a customer wants with its invoices.
#[derive(Clone, Debug)]
pub struct Given {
    pub customer: String,
    /// Codes with a comma between, or `none`; what is usual in the country where it is left out.
    pub papers: Option<String>,
    pub term: TermFrom,
    /// The day of the first invoice for which it counts; today's where it is left out.
    pub from: Option<Date>,
}

/// Writes down what a customer wants, for its invoices of a day and later.
pub fn need(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given, key: Option<&Once>) -> Result<(), Error> {
    let from_on = given.from.unwrap_or(today);
    let papers = match &given.papers {
        Some(papers) => Papers::read(papers)?,
        None => usual(actor, from_on)?,
    };
    let need = Need { papers, term: given.term };
    once(tx, actor, key, |tx| {
        let cause = format!("{} {}", need.papers.text(), need.term.code());
        act(tx, actor, Right::InvoiceFileNeed, Subject { name: &given.customer, cause: Some(&cause) }, |tx| {
            let company = actor.company.id;
            let customer = customer::get(tx, company, &given.customer)?.id;
            let wanted = invoice_file::needs_of(tx, company, customer)?;
            let said = wanted.iter().rfind(|one| one.from_on == from_on).map(|one| &one.need);
            if said == Some(&need) || (said.is_none() && invoice_file::in_force(&wanted, customer, from_on) == need) {
                return Ok(());
            }
            invoice_file::save_need(tx, company, &Wanted { customer, from_on, need: need.clone() })?;
            follow(tx, company, customer, from_on)
        })
    })
}

/// Works out anew what is wanted of the invoices that a word on a customer reaches.
fn follow(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>, from_on: Date) -> Result<(), Error> {
    let wanted = invoice_file::needs_of(tx, company, customer)?;
    let mut new = Vec::new();
    for one in invoice_file::invoices_from(tx, company, customer, from_on)? {
        let need = invoice_file::in_force(&wanted, customer, one.issued_on);
        match one.file {
            Some(old) => {
                let moved_days = moved_days(&need, old.state, one.approved_on, one.issued_on);
                let file = File { need, moved_days, ..old.clone() };
                if file != old {
                    invoice_file::set(tx, company, one.invoice, &file)?;
                }
            }
            None if need.is_nothing() => {}
            None => new.push((one.invoice, begun(need, one.issued_on))),
        }
    }
    invoice_file::save(tx, company, &new)?;
    store::day::forget_worklist(tx, company)
}

/// A file at its beginning.
fn begun(need: Need, issued_on: Date) -> File {
    let state = State::NotHandedIn;
    File { moved_days: moved_days(&need, state, None, issued_on), need, state, since_on: issued_on }
}

/// Begins the files of invoices that are posted.
pub(crate) fn begin(tx: &mut Tx<'_>, company: i64, documents: &[Document]) -> Result<(), Error> {
    let wanted = invoice_file::needs(tx, company)?;
    if wanted.is_empty() {
        return Ok(());
    }
    let of = |d: &Document| {
        let need = invoice_file::in_force(&wanted, d.payer, d.issued_on);
        (!need.is_nothing()).then(|| (d.id, begun(need, d.issued_on)))
    };
    let files: Vec<_> = documents.iter().filter(|d| d.kind == Kind::Invoice).filter_map(of).collect();
    invoice_file::save(tx, company, &files)
}

/// What is said of a file.
#[derive(Clone, Debug)]
pub struct Step {
    pub state: State,
    /// Today where it is left out.
    pub on: Option<Date>,
    pub reference: String,
    /// Why it was returned, or is handed in without a paper.
    pub reason: String,
}

/// Writes down a step on the way of an invoice's file.
pub fn say(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    number: &str,
    step: &Step,
    key: Option<&Once>,
) -> Result<(), Error> {
    if step.state == State::Returned {
        needs_reason(&step.reason)?;
    }
    let reference = text("reference", &step.reference, SAID_MAX)?.to_owned();
    let reason = text("reason", &step.reason, SAID_MAX)?.to_owned();
    once(tx, actor, key, |tx| {
        let subject = Subject { name: number, cause: Some(step.state.code()) };
        act(tx, actor, Right::InvoiceFileSay, subject, |tx| {
            let company = actor.company.id;
            let invoice = document::get(tx, company, number)?;
            if invoice.kind != Kind::Invoice {
                return Err(Refusal::NotFound { kind: "invoice".into(), name: number.into() }.into());
            }
            super::customer::may_for(tx, actor, Right::InvoiceFileSay, invoice.payer)?;
            // Another may be saying the same: whoever holds the instalments goes first.
            document::items_of(tx, company, invoice.id)?;
            let file = match invoice_file::find(tx, company, invoice.id)? {
                Some(file) => file,
                None => {
                    let file = begun(Need::default(), invoice.issued_on);
                    invoice_file::save(tx, company, &[(invoice.id, file.clone())])?;
                    file
                }
            };
            let state = file.state.to(step.state, number)?;
            let on = step.on.unwrap_or(today);
            let from = invoice.issued_on.max(file.since_on);
            if on < from || on > today {
                let reason = Unusable::OutsideDays { from, to: today };
                return Err(Refusal::Invalid { field: "on".into(), value: on.to_string(), reason }.into());
            }
            let missing = match state {
                State::HandedIn => missing(tx, company, invoice.id, on)?,
                _ => Papers::default(),
            };
            if !missing.is_empty() && reason.is_empty() {
                return Err(Refusal::PapersMissing { number: number.into(), papers: missing.text() }.into());
            }
            let event = Event { state, on, reference, reason, missing };
            invoice_file::save_event(tx, company, invoice.id, &event)?;
            let approved_on = match state {
                State::Approved => Some(on),
                _ => approved_on(tx, company, invoice.id)?,
            };
            let moved_days = moved_days(&file.need, state, approved_on, invoice.issued_on);
            let now = File { state, since_on: on, moved_days, ..file.clone() };
            invoice_file::set(tx, company, invoice.id, &now)?;
            if now.moved_days != file.moved_days {
                store::day::forget_worklist(tx, company)?;
            }
            Ok(())
        })
    })
}

fn missing(tx: &mut Tx<'_>, company: i64, invoice: Id<ids::Document>, on: Date) -> Result<Papers, Error> {
    let listed = invoice_file::of_invoice(tx, company, invoice)?;
    Ok(listed.map(|listed| listed.there.missing(&listed.file.need.papers, on)).unwrap_or_default())
}

/// The day of the last approval before.
fn approved_on(tx: &mut Tx<'_>, company: i64, invoice: Id<ids::Document>) -> Result<Option<Date>, Error> {
    let events = invoice_file::events(tx, company, invoice)?;
    Ok(events.iter().rfind(|one| one.event.state == State::Approved).map(|one| one.event.on))
}

/// How many files of open invoices wait for us, worked out once until something new is sealed; counting ends at [`COUNT_MAX`].
pub fn count(tx: &mut Tx<'_>, snapshots: &Snapshots, actor: &Actor) -> Result<i64, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let count = snapshots.of(tx, company, |snapshot, tx| {
        snapshot.remember(tx, "files to hand in".into(), |tx| invoice_file::ours(tx, company, COUNT_MAX))
    })?;
    Ok(*count)
}

/// A file on a day.
#[derive(Clone, Debug)]
pub struct OnDay {
    pub of: Listed,
    /// A code of [`State`], or `settled` where nothing is open of the invoice.
    pub state: &'static str,
    /// Days in this state.
    pub days: i32,
    pub missing: Papers,
    /// The last day of a tax clearance that is soon over.
    pub ends_on: Option<Date>,
}

impl OnDay {
    /// The day on which the last of the invoice is due, from when its term runs; `None` while its file holds it up.
    pub fn falls_due_on(&self) -> Option<Date> {
        self.of.file.moved_days.map(|days| self.of.due_on.plus_days(days))
    }
}

/// Nothing is open of the invoice.
pub const SETTLED: &str = "settled";

fn on_day(of: Listed, on: Date) -> OnDay {
    let wanted = &of.file.need.papers;
    OnDay {
        state: if of.open == 0 { SETTLED } else { of.file.state.code() },
        days: on.days_since(of.file.since_on).max(0),
        missing: of.there.missing(wanted, on),
        ends_on: of.there.ends_on(wanted, on),
        of,
    }
}

/// The file of an invoice with its way so far; `None` where the invoice has none.
pub fn of_invoice(
    tx: &mut Tx<'_>,
    actor: &Actor,
    on: Date,
    invoice: Id<ids::Document>,
) -> Result<Option<(OnDay, Vec<Happened>)>, Error> {
    actor.may(Right::Read)?;
    let Some(listed) = invoice_file::of_invoice(tx, actor.company.id, invoice)? else { return Ok(None) };
    Ok(Some((on_day(listed, on), invoice_file::events(tx, actor.company.id, invoice)?)))
}

/// The same by the number of the invoice.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, on: Date, number: &str) -> Result<(OnDay, Vec<Happened>), Error> {
    let invoice = document::get(tx, actor.company.id, number)?.id;
    let found = of_invoice(tx, actor, on, invoice)?;
    Ok(found.ok_or_else(|| Refusal::NotFound { kind: "invoice file".into(), name: number.into() })?)
}

/// Which files are listed.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub customer: Option<String>,
    /// A code of [`State`], or [`SETTLED`]; every one that is not settled where none is named.
    pub state: Option<String>,
    /// At least so many days in the state.
    pub days: Option<i32>,
    /// Who wrote the last step down.
    pub by: Option<String>,
}

/// Files on a day, the longest in their state first.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, on: Date, asked: &Asked) -> Result<Vec<OnDay>, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let is_settled = asked.state.as_deref() == Some(SETTLED);
    let state = asked.state.as_deref().filter(|_| !is_settled).map(State::from_code).transpose()?;
    super::customer::id_of(tx, actor, asked.customer.as_deref())?;
    let found =
        if is_settled { invoice_file::settled(tx, company, SETTLED_MAX)? } else { invoice_file::open(tx, company)? };
    let fits = |one: &OnDay| {
        asked.customer.as_ref().is_none_or(|code| one.of.code == *code)
            && state.is_none_or(|state| one.of.file.state == state)
            && asked.days.is_none_or(|days| one.days >= days)
            && asked.by.as_ref().is_none_or(|user| one.of.by.as_ref() == Some(user))
    };
    Ok(found.into_iter().map(|of| on_day(of, on)).filter(fits).collect())
}

/// What a customer wants on a day, and every word on it, the latest first.
pub fn wanted(tx: &mut Tx<'_>, actor: &Actor, code: &str, on: Date) -> Result<(Need, Vec<Said>), Error> {
    actor.may(Right::Read)?;
    let customer = customer::get(tx, actor.company.id, code)?.id;
    let wanted = invoice_file::needs_of(tx, actor.company.id, customer)?;
    let said = invoice_file::said(tx, actor.company.id, customer)?;
    Ok((invoice_file::in_force(&wanted, customer, on), said))
}

/// Open invoices that are due later than they say, by how many days; `None` while they are not due.
pub fn moved(tx: &mut Tx<'_>, actor: &Actor) -> Result<BTreeMap<Id<ids::Document>, Option<i32>>, Error> {
    actor.may(Right::Read)?;
    Ok(invoice_file::moved(tx, actor.company.id)?.into_iter().collect())
}
