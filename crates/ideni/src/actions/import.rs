//! Customers, invoices, receipts and rates from files: a document is atomic, a file is not. Chunks commit; a
//! killed import starts again and finds what it posted as duplicates.
//!
//! `fields` knows the columns, `rows` reads them; here they are saved.

mod fields;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use receivables::ids::{self, Id};
use receivables::ledger::Account;
use receivables::{Date, Money};
use store::company::AccountRow;
use store::entry::NewEntry;
use store::rate::RateRow;
use store::receipt::Receipt;
use store::{Error, Tx, entry, receipt};

use super::customer::Saved;
use super::invoice::{self, Outcome, Poster};
use super::note::Note;
use super::receipt::Natural;
use super::{Actor, Right, Subject, account, act, customer, rate};
use rows::{Read, ReceiptRow};
pub use rows::{Reading, Unit, Units};

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    Customers,
    Invoices,
    Receipts,
    Rates,
}

impl What {
    fn right(self) -> Right {
        match self {
            What::Customers => Right::ImportCustomers,
            What::Invoices => Right::ImportInvoices,
            What::Receipts => Right::ImportReceipts,
            What::Rates => Right::ImportRates,
        }
    }
}

/// What became of one row, or of one document that took several rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowReport {
    pub line: u64,
    pub status: Status,
    /// The number, code or id that people call it by.
    pub id: String,
    pub message: Option<Note>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Status {
    Created,
    Updated,
    Duplicate,
    Refused,
}

impl Status {
    pub fn name(self) -> &'static str {
        match self {
            Status::Created => "created",
            Status::Updated => "updated",
            Status::Duplicate => "duplicate",
            Status::Refused => "refused",
        }
    }
}

/// Customers met so far, carried from chunk to chunk once a chunk has committed.
pub type Known = BTreeMap<String, Id<ids::Customer>>;

/// What a chunk did.
pub struct ChunkDone {
    pub reports: Vec<RowReport>,
    pub known: Known,
}

/// Saves one chunk of units in one transaction: each is created, a duplicate, or refused with its reason.
pub fn chunk(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    reading: &Reading,
    units: &[Unit],
    known: Known,
) -> Result<ChunkDone, Error> {
    act(tx, actor, reading.what.right(), Subject { name: &reading.file, cause: None }, |tx| {
        let mut poster = Poster::knowing(known);
        let invoices = units.iter().filter_map(|unit| match &unit.read {
            Ok(Read::Invoice(given)) => Some(given.as_ref()),
            _ => None,
        });
        poster.foresee(tx, actor, invoices)?;
        let mut receipts = Receipts::default();
        receipts.foresee(tx, actor, units)?;
        let mut reports = Vec::with_capacity(units.len());
        // Rows of the report whose document was created, in order.
        let mut created = Vec::new();
        for unit in units {
            let (id, outcome) = match &unit.read {
                Err(note) => (String::new(), Ok((Status::Refused, Some(note.clone())))),
                Ok(Read::Customer(given)) => (given.code.clone(), save_customer(tx, actor, today, given)),
                Ok(Read::Rate(row)) => (format!("{} {}", row.currency, row.on), save_rate(tx, actor, row)),
                Ok(Read::Invoice(given)) => {
                    let id = given.number.clone().unwrap_or_default();
                    let outcome = save_invoice(tx, actor, today, &mut poster, given);
                    if matches!(outcome, Ok((Status::Created, _))) {
                        created.push(reports.len());
                    }
                    (id, outcome)
                }
                Ok(Read::Receipt(row)) => {
                    let id = row.given.reference.clone().unwrap_or_default();
                    let customer = match (&row.given.customer, &row.customer_name) {
                        (Some(code), Some(name)) => poster
                            .customer(tx, actor, today, code, Some(name))
                            .and_then(|_| poster.save_customers(tx, actor)),
                        _ => Ok(()),
                    };
                    (id, customer.and_then(|()| receipts.add(tx, actor, today, row, reports.len())))
                }
            };
            let (status, message) = match outcome {
                Ok(done) => done,
                Err(Error::Refused(refusal)) => (Status::Refused, Some(refusal.into())),
                Err(failure) => return Err(failure),
            };
            reports.push(RowReport { line: unit.line, status, id, message });
        }
        for (at, twin) in created.into_iter().zip(poster.save(tx, actor)?) {
            // Equal content under another number is told, never refused: two true equal invoices exist.
            reports[at].message = twin.map(|number| Note::Twin { number });
        }
        receipts.save(tx, actor, today, &mut reports)?;
        Ok(ChunkDone { reports, known: poster.into_customers() })
    })
}

type Told = Result<(Status, Option<Note>), Error>;

fn save_customer(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &customer::Given) -> Told {
    Ok(match customer::save_given(tx, actor, today, given)? {
        Saved::Created => (Status::Created, None),
        Saved::Updated => (Status::Updated, None),
        Saved::Unchanged => (Status::Duplicate, Some(Note::SameCustomer)),
    })
}

fn save_rate(tx: &mut Tx<'_>, actor: &Actor, row: &RateRow) -> Told {
    Ok(if rate::save(tx, actor, row)? { (Status::Created, None) } else { (Status::Duplicate, Some(Note::SameRate)) })
}

fn save_invoice(tx: &mut Tx<'_>, actor: &Actor, today: Date, poster: &mut Poster, given: &invoice::Given) -> Told {
    Ok(match poster.add(tx, actor, today, given)? {
        Outcome::Created(_) => (Status::Created, None),
        Outcome::Duplicate(number) => (Status::Duplicate, Some(Note::SameInvoice { number })),
    })
}

/// Collects receipts and writes them in bulk; then applies those that name their invoice.
#[derive(Default)]
struct Receipts {
    receipts: Vec<Receipt>,
    entries: Vec<NewEntry>,
    accounts: BTreeMap<String, AccountRow>,
    /// Natural keys that were recorded before, and those of this chunk.
    seen: BTreeSet<(Account, [u8; 16], i32)>,
    /// Row of the report, receipt, and the invoice it names.
    apply: Vec<(usize, Id<ids::Receipt>, String)>,
}

impl Receipts {
    /// Reads in one go which receipts of a chunk were recorded before.
    fn foresee(&mut self, tx: &mut Tx<'_>, actor: &Actor, chunk: &[Unit]) -> Result<(), Error> {
        let mut keys = BTreeSet::new();
        for unit in chunk {
            let Ok(Read::Receipt(row)) = &unit.read else { continue };
            match self.account(tx, actor, &row.given.account) {
                Ok(account) => keys.insert((account.account, row.natural.print)),
                // The row itself will say what is wrong with its account.
                Err(Error::Refused(_)) => continue,
                Err(failure) => return Err(failure),
            };
        }
        self.seen = receipt::known(tx, actor.company.id, &keys)?;
        Ok(())
    }

    fn account(&mut self, tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<AccountRow, Error> {
        if let Some(known) = self.accounts.get(code) {
            return Ok(known.clone());
        }
        let found = account::money(tx, actor, code)?;
        self.accounts.insert(code.to_owned(), found.clone());
        Ok(found)
    }

    fn add(&mut self, tx: &mut Tx<'_>, actor: &Actor, today: Date, row: &ReceiptRow, at: usize) -> Told {
        let account = self.account(tx, actor, &row.given.account)?;
        let Natural { print, occurrence } = row.natural;
        if !self.seen.insert((account.account, print, occurrence)) {
            return Ok((Status::Duplicate, Some(Note::SameReceipt)));
        }
        let mut given = row.given.clone();
        if let Some(number) = &row.invoice
            && given.customer.is_none()
        {
            // An invoice names whose money it is.
            let invoice = store::document::get(tx, actor.company.id, number)?;
            given.customer = Some(store::customer::by_id(tx, actor.company.id, invoice.payer)?.code);
        }
        let (receipt, entry) = super::receipt::prepare(tx, actor, today, &given, &account, row.natural)?;
        if let Some(number) = &row.invoice {
            store::document::get(tx, actor.company.id, number)?;
            self.apply.push((at, receipt.id, number.clone()));
        }
        self.receipts.push(receipt);
        self.entries.push(entry);
        Ok((Status::Created, None))
    }

    fn save(self, tx: &mut Tx<'_>, actor: &Actor, today: Date, reports: &mut [RowReport]) -> Result<(), Error> {
        if self.receipts.is_empty() {
            return Ok(());
        }
        receipt::save(tx, actor.company.id, &self.receipts)?;
        entry::save(tx, actor.company.id, &self.entries)?;
        for (at, id, number) in self.apply {
            reports[at].message = Some(match apply_named(tx, actor, today, id, number) {
                Ok(note) => note,
                Err(Error::Refused(why)) => Note::LeftUnapplied { why },
                Err(failure) => return Err(failure),
            });
        }
        Ok(())
    }
}

/// Applies a receipt to the invoice its row names, as far as both reach, on the day it came in.
fn apply_named(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    id: Id<ids::Receipt>,
    number: String,
) -> Result<Note, Error> {
    let company = actor.company.id;
    let invoice = store::document::get(tx, company, &number)?;
    let mut applied = 0;
    for item in store::document::items_of(tx, company, invoice.id)? {
        let funds = receipt::funds(tx, company, id)?;
        if funds.currency != item.currency || item.open <= 0 || funds.unapplied == 0 {
            continue;
        }
        let amount = item.open.min(funds.unapplied);
        let on = funds.posted_on.max(item.posted_on);
        let part = super::allocation::Part { amount, paid: amount, on: Some(on) };
        super::allocation::allocate_one(tx, actor, today, &funds, &item, part)?;
        applied += amount;
    }
    let amount = Money::new(applied, invoice.currency);
    Ok(if applied == 0 { Note::NothingApplied { number } } else { Note::Applied { amount, number } })
}
