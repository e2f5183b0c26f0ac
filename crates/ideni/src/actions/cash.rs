//! Cash application: what each receipt settles, with its evidence; first as a plan, then carried out.

use std::collections::{BTreeMap, BTreeSet};

use receivables::cash::matching::{self, Evidence, OpenItem, Outcome, Policy};
use receivables::cash::payer::{self, NameWords};
use receivables::cash::reference::ReferenceIndex;
use receivables::ids::{self, Id};
use receivables::ledger::{Item, settlement};
use receivables::{Currency, Date, Money, Refusal};
use serde::{Deserialize, Serialize};
use store::customer::Customer;
use store::movement::{Batch, Freed};
use store::receipt::Waiting;
use store::{Error, Tx, document, period, receipt};

use super::{Actor, Right, Subject, act};

/// What the matching says of one receipt.
#[derive(Clone, Debug)]
pub struct Matched {
    pub receipt: Waiting,
    pub outcome: Outcome,
    pub confidence_bps: u16,
    pub allocations: Vec<Share>,
    pub evidence: Vec<Evidence>,
}

/// How much of which instalment.
#[derive(Clone, Debug)]
pub struct Share {
    pub document: Id<ids::Document>,
    pub instalment: i32,
    pub customer: Id<ids::Customer>,
    pub invoice: String,
    pub amount: i64,
}

/// One receipt of a plan, as it is kept and carried out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Planned {
    pub receipt: String,
    pub name: String,
    /// Document, instalment, number and amount in minor units.
    pub allocations: Vec<(String, i32, String, i64)>,
}

/// Looks at every receipt that is not applied in full. Nothing is written.
pub fn look(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Matched>, Error> {
    actor.may(Right::Read)?;
    let waiting = receipt::waiting(tx, actor.company.id)?;
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let book = Book::load(tx, actor)?;
    Ok(waiting.into_iter().map(|receipt| book.matched(receipt)).collect())
}

/// Everything open, arranged for matching.
struct Book {
    items: Vec<Item>,
    customers: Vec<Customer>,
    names: Vec<NameWords>,
    place: BTreeMap<Id<ids::Customer>, u32>,
    by_customer: BTreeMap<(u32, Currency), Vec<usize>>,
    by_amount: BTreeMap<(Currency, i64), Vec<usize>>,
    by_phone: BTreeMap<String, Vec<u32>>,
    /// Customers by all the words of their name, and by each word.
    by_name: BTreeMap<Vec<String>, Vec<u32>>,
    by_word: BTreeMap<String, Vec<u32>>,
    numbers: ReferenceIndex,
}

/// A word in more customers' names than this tells nothing apart.
const WORD_COMMON: usize = 200;

impl Book {
    fn load(tx: &mut Tx<'_>, actor: &Actor) -> Result<Book, Error> {
        let customers = store::customer::list(tx, actor.company.id)?;
        let place: BTreeMap<_, _> = (0u32..).zip(&customers).map(|(i, c)| (c.id, i)).collect();
        let mut items = document::open_all(tx, actor.company.id)?;
        items.retain(|item| item.open > 0);
        items.sort_by_key(|item| (item.due_on, item.document, item.instalment));
        let mut by_customer: BTreeMap<(u32, Currency), Vec<usize>> = BTreeMap::new();
        let mut by_amount: BTreeMap<(Currency, i64), Vec<usize>> = BTreeMap::new();
        for (i, item) in items.iter().enumerate() {
            if let Some(customer) = place.get(&item.customer) {
                by_customer.entry((*customer, item.currency)).or_default().push(i);
            }
            by_amount.entry((item.currency, item.open)).or_default().push(i);
        }
        let mut by_phone: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (i, customer) in (0u32..).zip(&customers) {
            if let Some(phone) = customer.phone.as_deref().and_then(phone_key) {
                by_phone.entry(phone).or_default().push(i);
            }
        }
        let numbers = ReferenceIndex::new(items.iter().enumerate().map(|(i, item)| (item.number.as_str(), i)));
        let names: Vec<NameWords> = customers.iter().map(|c| NameWords::new(&c.name)).collect();
        let mut by_name: BTreeMap<Vec<String>, Vec<u32>> = BTreeMap::new();
        let mut by_word: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (i, name) in (0u32..).zip(&names) {
            by_name.entry(name.words().to_vec()).or_default().push(i);
            for word in name.words() {
                by_word.entry(word.clone()).or_default().push(i);
            }
        }
        Ok(Book { items, customers, names, place, by_customer, by_amount, by_phone, by_name, by_word, numbers })
    }

    fn matched(&self, receipt: Waiting) -> Matched {
        let amount = if receipt.customer.is_some() { receipt.unapplied } else { receipt.unidentified };
        let text = [receipt.text.as_deref(), receipt.reference.as_deref()];
        let text = text.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let mut references = self.numbers.find(&text);
        references.retain(|mention| self.items[mention.index].currency == receipt.currency);
        let payer = self.payer(&receipt);
        let payer_guess = if payer.is_some() { None } else { self.guess(&receipt) };
        let mut candidates: Vec<usize> = references.iter().map(|mention| mention.index).collect();
        for customer in payer.iter().chain(payer_guess.iter().map(|(customer, _)| customer)) {
            candidates.extend(self.by_customer.get(&(*customer, receipt.currency)).into_iter().flatten());
        }
        if candidates.is_empty() && payer.is_none() && payer_guess.is_none() {
            candidates.extend(self.by_amount.get(&(receipt.currency, amount)).into_iter().flatten());
        }
        candidates.sort_unstable();
        candidates.dedup();
        let items: Vec<OpenItem> = candidates.iter().map(|i| self.open_item(*i)).collect();
        let line = matching::Line {
            amount,
            on: receipt.received_on,
            text,
            references,
            closed: Vec::new(),
            payer,
            payer_guess,
        };
        let policy = Policy { tolerance_minor: 0, tolerance_bps: 0, oldest_first: false };
        let proposal = matching::propose(&line, &items, &policy);
        let allocations: Vec<Share> = proposal.allocations.iter().map(|(i, amount)| self.share(*i, *amount)).collect();
        let one_payer = allocations.windows(2).all(|pair| pair[0].customer == pair[1].customer);
        let outcome = match proposal.outcome {
            // Money of one receipt belongs to one customer; splitting it between two is a person's decision.
            Outcome::Applied if !one_payer => Outcome::Proposed,
            outcome => outcome,
        };
        Matched { receipt, outcome, confidence_bps: proposal.confidence_bps, allocations, evidence: proposal.evidence }
    }

    fn open_item(&self, i: usize) -> OpenItem {
        let item = &self.items[i];
        OpenItem {
            item: i,
            number: item.number.clone(),
            customer: self.place.get(&item.customer).copied().unwrap_or(u32::MAX),
            due_on: item.due_on,
            open: item.open,
        }
    }

    fn share(&self, i: usize, amount: i64) -> Share {
        let item = &self.items[i];
        Share {
            document: item.document,
            instalment: item.instalment,
            customer: item.customer,
            invoice: item.number.clone(),
            amount,
        }
    }

    /// The customer a receipt surely comes from: told by a person, by a telephone number only one customer has,
    /// or by the whole name of one business.
    fn payer(&self, receipt: &Waiting) -> Option<u32> {
        if let Some(customer) = receipt.customer {
            return self.place.get(&customer).copied();
        }
        if let Some([one]) =
            receipt.payer_ref.as_deref().and_then(phone_key).and_then(|key| self.by_phone.get(&key)).map(Vec::as_slice)
        {
            return Some(*one);
        }
        let name = NameWords::new(receipt.payer.as_deref()?);
        match self.by_name.get(name.words()).map(Vec::as_slice) {
            Some([one]) if self.customers[*one as usize].kind != "person" && name.words().len() > 1 => Some(*one),
            _ => None,
        }
    }

    fn guess(&self, receipt: &Waiting) -> Option<(u32, String)> {
        let written =
            [receipt.payer.as_deref(), receipt.text.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let name = NameWords::new(&written);
        if name.is_empty() {
            return None;
        }
        let sharing = name.words().iter().filter_map(|word| self.by_word.get(word));
        let mut candidates: Vec<u32> = sharing.filter(|of| of.len() <= WORD_COMMON).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let known = candidates.into_iter().map(|i| {
            let at = i as usize;
            (i, &self.names[at], self.customers[at].phone.as_deref().unwrap_or_default())
        });
        payer::best_payer(&name, receipt.payer_ref.as_deref(), known)
            .map(|(customer, fit)| (customer, fit.words.join(" ")))
    }
}

/// The last nine digits of a whole telephone number; `None` for a masked or short one.
fn phone_key(text: &str) -> Option<String> {
    if text.contains('*') {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 9).then(|| digits[digits.len() - 9..].to_owned())
}

/// What carrying out one receipt of a plan did.
#[derive(Clone, Debug)]
pub struct Done {
    pub name: String,
    /// Why the step was dropped: its facts have changed since the plan.
    pub dropped: Option<Refusal>,
}

/// Carries out receipts of a plan in one transaction. A step whose facts have changed is dropped and named.
pub fn carry_out(tx: &mut Tx<'_>, actor: &Actor, today: Date, steps: &[Planned]) -> Result<Vec<Done>, Error> {
    let name = format!("{} receipts", steps.len());
    act(tx, actor, Right::CashApply, Subject { name: &name, cause: None }, |tx| {
        let wanted: Vec<Result<Wanted, Refusal>> = steps.iter().map(Wanted::read).collect();
        let mut hand = Hand::load(tx, actor, today, wanted.iter().flatten())?;
        let mut done = Vec::with_capacity(steps.len());
        for (step, wanted) in steps.iter().zip(wanted) {
            let dropped = match wanted.map_err(Error::from).and_then(|wanted| hand.carry_out(tx, step, &wanted)) {
                Ok(()) => None,
                Err(Error::Refused(refusal)) => Some(refusal),
                Err(failure) => return Err(failure),
            };
            done.push(Done { name: step.name.clone(), dropped });
        }
        hand.batch.save(tx, actor.company.id)?;
        Ok(done)
    })
}

/// A step of a plan with its ids read.
struct Wanted {
    receipt: Id<ids::Receipt>,
    parts: Vec<(ItemKey, i64)>,
}

type ItemKey = (Id<ids::Document>, i32);

impl Wanted {
    fn read(step: &Planned) -> Result<Wanted, Refusal> {
        let gone = |kind: &str| Refusal::NotFound { kind: kind.into(), name: step.name.clone() };
        let receipt = step.receipt.parse().map_err(|_| gone("receipt"))?;
        let parts = step.allocations.iter().map(|(document, instalment, _, amount)| {
            let document = document.parse().map_err(|_| gone("invoice"))?;
            Ok(((document, *instalment), *amount))
        });
        let parts: Vec<_> = parts.collect::<Result<_, Refusal>>()?;
        if parts.is_empty() { Err(gone("open item")) } else { Ok(Wanted { receipt, parts }) }
    }
}

/// The receipts and items of a chunk of steps, locked and kept as the steps before left them, and what will be written.
struct Hand<'a> {
    actor: &'a Actor,
    today: Date,
    closed_to: Option<Date>,
    receipts: BTreeMap<Id<ids::Receipt>, Waiting>,
    items: BTreeMap<ItemKey, Item>,
    freed: Freed,
    batch: Batch<'a>,
}

impl<'a> Hand<'a> {
    /// Locks in one order: the receipts, then the items.
    fn load<'w>(
        tx: &mut Tx<'_>,
        actor: &'a Actor,
        today: Date,
        wanted: impl Iterator<Item = &'w Wanted> + Clone,
    ) -> Result<Hand<'a>, Error> {
        let company = actor.company.id;
        let receipts: BTreeSet<_> = wanted.clone().map(|w| w.receipt).collect();
        let items: BTreeSet<_> = wanted.flat_map(|w| w.parts.iter().map(|(key, _)| *key)).collect();
        let closed_to = period::closed_to(tx, company)?;
        let waiting = receipt::waiting_of(tx, company, &receipts)?;
        let locked = document::items(tx, company, &items)?;
        let (receipts, items): (Vec<_>, Vec<_>) = (receipts.into_iter().collect(), items.into_iter().collect());
        let freed = Freed::of(tx, company, &items, &receipts)?;
        Ok(Hand { actor, today, closed_to, receipts: waiting, items: locked, freed, batch: Batch::default() })
    }

    /// One receipt: everything is decided before anything is kept, so a dropped step leaves no trace.
    fn carry_out(&mut self, tx: &mut Tx<'_>, step: &Planned, wanted: &Wanted) -> Result<(), Error> {
        let company = self.actor.company.id;
        let gone = |kind: &str| Refusal::NotFound { kind: kind.into(), name: step.name.clone() };
        let waiting = self.receipts.get(&wanted.receipt).ok_or_else(|| gone("receipt"))?.clone();
        let mut items: Vec<Item> = Vec::with_capacity(wanted.parts.len());
        for (key, _) in &wanted.parts {
            items.push(self.items.get(key).ok_or_else(|| gone("open item"))?.clone());
        }
        let mut funds = waiting.funds();
        let newly = waiting.customer.is_none();
        if newly {
            funds.customer = items.first().map(|item| item.customer);
            (funds.unapplied, funds.unapplied_base) = (waiting.unidentified, waiting.gross_base);
        }
        let sum: i64 = wanted.parts.iter().map(|(_, amount)| amount).sum();
        if sum > funds.unapplied {
            return Err(Refusal::ExceedsUnapplied {
                source: step.name.clone(),
                unapplied: Money::new(funds.unapplied, funds.currency).to_string(),
                amount: Money::new(sum, funds.currency).to_string(),
            }
            .into());
        }
        let mut settlements = Vec::with_capacity(items.len());
        for (item, (_, amount)) in items.iter_mut().zip(&wanted.parts) {
            let on = period::first_open(self.closed_to, self.today.max(funds.posted_on).max(item.posted_on));
            let settled = settlement::allocate(&funds, item, *amount, *amount, on, self.actor.company.currency)?;
            self.freed.allows(&settled, on)?;
            for moved in &settled.moved {
                item.open += moved.amount;
                item.open_base += moved.base;
                funds.unapplied -= moved.receipt_amount;
                funds.unapplied_base -= moved.receipt_base;
            }
            settlements.push((settled, on));
        }
        if let Some(customer) = funds.customer.filter(|_| newly) {
            let on = period::first_open(self.closed_to, self.today.max(waiting.posted_on));
            let lines = super::receipt::identification(&waiting, customer)?;
            self.batch.identify(tx, company, &waiting, customer, on, lines)?;
        }
        for (settled, on) in &settlements {
            self.batch.settle(tx, company, settled, *on, &[], None)?;
        }
        let unidentified = if newly { 0 } else { waiting.unidentified };
        let (customer, unapplied, unapplied_base) = (funds.customer, funds.unapplied, funds.unapplied_base);
        self.receipts.insert(wanted.receipt, Waiting { customer, unidentified, unapplied, unapplied_base, ..waiting });
        self.items.extend(wanted.parts.iter().map(|(key, _)| *key).zip(items));
        Ok(())
    }
}

impl Matched {
    /// The step a plan keeps of a receipt that may be applied.
    pub fn step(&self) -> Planned {
        let allocations = self.allocations.iter();
        Planned {
            receipt: self.receipt.id.to_string(),
            name: self.receipt.name(),
            allocations: allocations
                .map(|s| (s.document.to_string(), s.instalment, s.invoice.clone(), s.amount))
                .collect(),
        }
    }
}
