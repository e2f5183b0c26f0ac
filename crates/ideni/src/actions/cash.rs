//! Cash application: what each receipt settles, with its evidence; first as a plan, then carried out.

mod near;
pub mod run;

pub use near::look_at;
pub(crate) use near::{SameAmount, left, look_at_beside, of_same_amount};

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use receivables::billing::early::{Early, Of, Taken, Wish};
use receivables::cash::matching::{self, Evidence, OpenItem, Outcome, Policy};
use receivables::cash::payer::{self, NameWords};
use receivables::cash::reference::{ReferenceIndex, Spellings, Strength};
use receivables::customer::merge::Groups;
use receivables::customer::payment_code;
use receivables::ids::{self, Id};
use receivables::ledger::{Item, settlement};
use receivables::{Currency, Date, Money, Refusal};
use serde::{Deserialize, Serialize};
use store::customer::Customer;
use store::document::{Agreed, OpenAmount};
use store::movement::{Batch, Freed};
use store::receipt::Waiting;
use store::{Error, Tx, contact_person, document, merge, period, receipt};

use super::allocation::Offered;
use super::{Actor, Right, Subject, act};

/// What the matching says of one receipt.
#[derive(Clone, Debug)]
pub struct Matched {
    pub receipt: Waiting,
    pub outcome: Outcome,
    pub confidence_bps: u16,
    pub allocations: Vec<Share>,
    pub evidence: Vec<Evidence>,
    /// Applied by number to the last franc on both sides: nothing else its text names could change that.
    in_full: bool,
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

/// Looks at every receipt that is not applied in full, in the order they came. Nothing is written.
pub fn look(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Matched>, Error> {
    let mut all = Vec::new();
    look_each(tx, actor, |matched| all.push(matched))?;
    all.sort_by_key(|matched| matched.receipt.id);
    Ok(all)
}

/// As `look`, calling `f` with each receipt as soon as it is clear: those that explain themselves in full come first.
pub fn look_each(tx: &mut Tx<'_>, actor: &Actor, mut f: impl FnMut(Matched)) -> Result<(), Error> {
    actor.may(Right::Read)?;
    let waiting = receipt::waiting(tx, actor.company.id)?;
    if waiting.is_empty() {
        return Ok(());
    }
    let book = Book::load(tx, actor)?;
    let mut doubtful = Vec::new();
    for receipt in waiting {
        match book.matched(receipt, Vec::new()) {
            matched if matched.in_full => f(matched),
            matched => doubtful.push(matched.receipt),
        }
    }
    // What is left may name invoices that are paid already: worth a walk through all numbers, where anything is left.
    let closed = book.closed(tx, actor, &doubtful)?;
    for receipt in doubtful {
        let text = text_of(&receipt);
        let named = closed.find(&text);
        f(book.matched(receipt, named));
    }
    Ok(())
}

/// What a receipt says in words.
fn text_of(receipt: &Waiting) -> String {
    let parts = [receipt.text.as_deref(), receipt.reference.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Numbers of invoices that are not open any more, as far as texts may name them.
#[derive(Default)]
struct Closed {
    numbers: Vec<String>,
    index: ReferenceIndex,
}

impl Closed {
    fn find(&self, text: &str) -> Vec<String> {
        let named = self.index.find(text).into_iter().filter(|mention| mention.strength == Strength::Exact);
        named.map(|mention| self.numbers[mention.index].clone()).collect()
    }
}

/// Everything open, arranged for matching.
struct Book {
    /// By document and instalment.
    items: Vec<OpenAmount>,
    /// The number of each item.
    item_numbers: Vec<String>,
    offers: Offers,
    customers: Vec<Customer>,
    names: Vec<NameWords>,
    /// The place of each customer, and of a merged one that of the one it is merged into.
    place: HashMap<Id<ids::Customer>, u32>,
    by_customer: Vec<Vec<u32>>,
    by_amount: OnceCell<HashMap<(Currency, i64), Vec<u32>>>,
    by_phone: BTreeMap<String, Vec<u32>>,
    by_payment_code: HashMap<i64, u32>,
    /// Customers by what was learned of their payers.
    by_mark: HashMap<String, Vec<u32>>,
    /// Customers by all the words of their name, and by each word.
    by_name: BTreeMap<Vec<String>, Vec<u32>>,
    by_word: BTreeMap<String, Vec<u32>>,
    numbers: ReferenceIndex,
}

/// What documents with something open take off for paying early, with the amounts it is counted from.
type Offers = HashMap<Id<ids::Document>, (Early, Of)>;

fn offers(actor: &Actor, agreed: Vec<(Id<ids::Document>, Agreed)>, items: &[OpenAmount]) -> Result<Offers, Error> {
    let mut offers = Offers::with_capacity(agreed.len());
    for (document, agreed) in agreed {
        let item = items.binary_search_by_key(&document, |item| item.document).map(|at| &items[at]);
        if let (Ok(item), Some(early)) = (item, super::invoice::early(actor, &agreed)?) {
            let of = Of { net: agreed.net, total: agreed.total, exponent: item.currency.exponent() };
            offers.insert(document, (early, of));
        }
    }
    Ok(offers)
}

/// A word in more customers' names than this tells nothing apart.
const WORD_COMMON: usize = 200;
/// Numbers handed to the index at a time.
const NUMBERS_CHUNK: usize = 4_096;

impl Book {
    fn load(tx: &mut Tx<'_>, actor: &Actor) -> Result<Book, Error> {
        let company = actor.company.id;
        let customers = store::customer::list(tx, company)?;
        let items = document::open_all(tx, company)?;
        let (item_numbers, numbers) = read_numbers(tx, actor, &items)?;
        let offers = offers(actor, document::agreed_open(tx, company)?, &items)?;
        let (groups, people) = (merge::groups(tx, company)?, contact_person::phones(tx, company)?);
        let codes = store::payment_code::all(tx, company)?;
        let payers = store::payer::all(tx, company)?;
        Ok(Book::of(customers, &groups, people, &codes, payers).with(items, item_numbers, numbers, offers))
    }

    /// The customers, with nothing open yet; `people` are the telephone numbers of the persons there, `codes` the numbers of payment codes,
    /// `payers` what was learned of who pays for whom.
    fn of(
        customers: Vec<Customer>,
        groups: &Groups,
        people: Vec<(Id<ids::Customer>, String)>,
        codes: &[(Id<ids::Customer>, i64)],
        payers: Vec<(Id<ids::Customer>, String)>,
    ) -> Book {
        let mut place: HashMap<_, _> = customers.iter().map(|c| c.id).zip(0u32..).collect();
        for (merged, survivor) in groups.pairs() {
            if let Some(at) = place.get(&survivor).copied() {
                place.insert(merged, at);
            }
        }
        let by_phone = by_phone(&customers, people, &place);
        let names: Vec<NameWords> = customers.iter().map(|c| NameWords::new(&c.name)).collect();
        let mut by_name: BTreeMap<Vec<String>, Vec<u32>> = BTreeMap::new();
        let mut by_word: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (i, name) in (0u32..).zip(&names) {
            let payer = place[&customers[i as usize].id];
            let bearers = by_name.entry(name.words().to_vec()).or_default();
            if !bearers.contains(&payer) {
                bearers.push(payer);
            }
            for word in name.words() {
                by_word.entry(word.clone()).or_default().push(i);
            }
        }
        let by_payment_code = codes.iter().filter_map(|(id, no)| Some((*no, *place.get(id)?))).collect();
        let mut by_mark: HashMap<String, Vec<u32>> = HashMap::new();
        for (customer, mark) in payers {
            let paid_for = by_mark.entry(mark).or_default();
            if let Some(at) = place.get(&customer).filter(|at| !paid_for.contains(at)) {
                paid_for.push(*at);
            }
        }
        Book {
            items: Vec::new(),
            item_numbers: Vec::new(),
            offers: Offers::new(),
            by_customer: vec![Vec::new(); customers.len()],
            customers,
            names,
            place,
            by_amount: OnceCell::new(),
            by_phone,
            by_payment_code,
            by_mark,
            by_name,
            by_word,
            numbers: ReferenceIndex::default(),
        }
    }

    /// With what is open, by document and instalment, the number of each, the index of the numbers, and what is taken off early.
    fn with(
        mut self,
        items: Vec<OpenAmount>,
        item_numbers: Vec<String>,
        numbers: ReferenceIndex,
        offers: Offers,
    ) -> Book {
        for (i, item) in (0u32..).zip(&items) {
            if let Some(customer) = self.place.get(&item.customer) {
                self.by_customer[*customer as usize].push(i);
            }
        }
        Book { items, item_numbers, numbers, offers, ..self }
    }

    /// Items of exactly this amount.
    fn of_amount(&self, currency: Currency, amount: i64) -> &[u32] {
        let by_amount = self.by_amount.get_or_init(|| {
            let mut made: HashMap<(Currency, i64), Vec<u32>> = HashMap::new();
            for (i, item) in (0u32..).zip(&self.items) {
                made.entry((item.currency, item.open)).or_default().push(i);
            }
            made
        });
        by_amount.get(&(currency, amount)).map_or(&[], Vec::as_slice)
    }

    /// The invoices that these receipts may name and that are not open.
    fn closed(&self, tx: &mut Tx<'_>, actor: &Actor, receipts: &[Waiting]) -> Result<Closed, Error> {
        let mut closed = Closed::default();
        if receipts.is_empty() {
            return Ok(closed);
        }
        let texts: Vec<String> = receipts.iter().map(text_of).collect();
        let spellings = Spellings::of(texts.iter().map(String::as_str));
        document::numbers(tx, actor.company.id, |id, number| {
            if spellings.may_name(number) && self.items.binary_search_by_key(&id, |item| item.document).is_err() {
                closed.index.insert(number, closed.numbers.len());
                closed.numbers.push(number.to_owned());
            }
            Ok(())
        })?;
        Ok(closed)
    }

    fn matched(&self, receipt: Waiting, closed: Vec<String>) -> Matched {
        let amount = if receipt.customer.is_some() { receipt.unapplied } else { receipt.unidentified };
        let text = text_of(&receipt);
        let mut references = self.numbers.find(&text);
        references.retain(|mention| self.items[mention.index].currency == receipt.currency);
        let (payer, learned) = match self.payer(&receipt) {
            Some((payer, learned)) => (Some(payer), learned),
            None => (None, None),
        };
        let payer_guess = if payer.is_some() { None } else { self.guess(&receipt) };
        let mut candidates: Vec<usize> = references.iter().map(|mention| mention.index).collect();
        for customer in payer.iter().chain(payer_guess.iter().map(|(customer, _)| customer)) {
            let of = self.by_customer[*customer as usize].iter().map(|i| *i as usize);
            candidates.extend(of.filter(|i| self.items[*i].currency == receipt.currency));
        }
        if candidates.is_empty() && payer.is_none() && payer_guess.is_none() {
            candidates.extend(self.of_amount(receipt.currency, amount).iter().map(|i| *i as usize));
        }
        candidates.sort_unstable_by_key(|i| (self.items[*i].due_on, *i));
        candidates.dedup();
        let items: Vec<OpenItem> = candidates.iter().map(|i| self.open_item(*i, receipt.received_on)).collect();
        let line = matching::Line {
            amount,
            on: receipt.received_on,
            text,
            references,
            closed,
            payer,
            learned,
            is_whole_name: payer_guess.as_ref().is_some_and(|(guess, _)| self.is_whole_name(&receipt, *guess)),
            payer_guess,
            has_payer: receipt.payer.is_some() || receipt.payer_ref.is_some(),
            is_told: receipt.customer.is_some(),
        };
        let policy = Policy { tolerance_minor: 0, tolerance_bps: 0, oldest_first: false };
        let proposal = matching::propose(&line, &items, &policy);
        let allocations: Vec<Share> = proposal.allocations.iter().map(|(i, amount)| self.share(*i, *amount)).collect();
        let payer_of = |share: &Share| self.place.get(&share.customer);
        let one_payer = allocations.windows(2).all(|pair| payer_of(&pair[0]) == payer_of(&pair[1]));
        let outcome = match proposal.outcome {
            // Money of one receipt belongs to one customer; splitting it between two is a person's decision.
            Outcome::Applied if !one_payer => Outcome::Proposed,
            outcome => outcome,
        };
        let named =
            proposal.evidence.iter().any(|e| matches!(e, Evidence::RefersTo { .. } | Evidence::RefersWeaklyTo { .. }));
        let in_full = outcome == Outcome::Applied && named && proposal.rest == 0 && proposal.shortfall.is_none();
        Matched {
            receipt,
            outcome,
            confidence_bps: proposal.confidence_bps,
            allocations,
            evidence: proposal.evidence,
            in_full,
        }
    }

    /// An item as a payment of that day meets it.
    fn open_item(&self, i: usize, on: Date) -> OpenItem {
        let item = &self.items[i];
        let taken = self.offers.get(&item.document).map(|(early, of)| early.settles(*of, item.open, on));
        OpenItem {
            item: i,
            number: self.item_numbers[i].clone(),
            customer: self.place.get(&item.customer).copied().unwrap_or(u32::MAX),
            due_on: item.due_on,
            open: item.open,
            early: taken.and_then(Result::ok).map(|taken| taken.paid).filter(|paid| (1..item.open).contains(paid)),
        }
    }

    fn share(&self, i: usize, amount: i64) -> Share {
        let item = &self.items[i];
        Share {
            document: item.document,
            instalment: item.instalment,
            customer: item.customer,
            invoice: self.item_numbers[i].clone(),
            amount,
        }
    }

    /// The customer a receipt surely comes from: told by a person, by the customer's payment code in its text, by a telephone number only one customer has,
    /// by what a person confirmed of an earlier payment (then with its words), or by the whole name of one business.
    fn payer(&self, receipt: &Waiting) -> Option<(u32, Option<String>)> {
        if let Some(customer) = receipt.customer {
            return self.place.get(&customer).map(|at| (*at, None));
        }
        if let Some(at) = payment_code::named(&text_of(receipt)).and_then(|no| self.by_payment_code.get(&no)) {
            return Some((*at, None));
        }
        if let Some([one]) =
            receipt.payer_ref.as_deref().and_then(phone_key).and_then(|key| self.by_phone.get(&key)).map(Vec::as_slice)
        {
            return Some((*one, None));
        }
        let sure = marks_of(receipt).into_iter().find_map(|(mark, said)| {
            let one = self.only(&mark).filter(|_| payer::is_sure(&mark))?;
            Some((one, Some(said)))
        });
        if sure.is_some() {
            return sure;
        }
        let name = NameWords::new(receipt.payer.as_deref()?);
        match self.by_name.get(name.words()).map(Vec::as_slice) {
            Some([one]) if self.customers[*one as usize].kind != "person" && name.words().len() > 1 => {
                Some((*one, None))
            }
            _ => None,
        }
    }

    /// Whether the payer's name is the whole name of that customer and of nobody else, and no number speaks against it.
    fn is_whole_name(&self, receipt: &Waiting, guess: u32) -> bool {
        let Some(name) = receipt.payer.as_deref().map(NameWords::new) else { return false };
        let Some([one]) = self.by_name.get(name.words()).map(Vec::as_slice) else { return false };
        let phone = self.customers[*one as usize].phone.as_deref().unwrap_or_default();
        let ends = receipt.payer_ref.as_deref().and_then(|number| payer::masked_phone_fits(number, phone));
        self.place[&self.customers[*one as usize].id] == guess && name.words().len() > 1 && ends != Some(false)
    }

    /// The only customer for whom what has this mark pays.
    fn only(&self, mark: &str) -> Option<u32> {
        match self.by_mark.get(mark).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            _ => None,
        }
    }

    fn guess(&self, receipt: &Waiting) -> Option<(u32, String)> {
        if let Some(learned) = marks_of(receipt).into_iter().find_map(|(mark, said)| Some((self.only(&mark)?, said))) {
            return Some(learned);
        }
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
            let (at, payer) = (i as usize, self.place[&self.customers[i as usize].id]);
            (payer, &self.names[at], self.customers[at].phone.as_deref().unwrap_or_default())
        });
        payer::best_payer(&name, receipt.payer_ref.as_deref(), known)
            .map(|(customer, fit)| (customer, fit.words.join(" ")))
    }
}

/// The number of each item, and the index of them. The index is made on a thread of its own while the numbers are read.
fn read_numbers(tx: &mut Tx<'_>, actor: &Actor, items: &[OpenAmount]) -> Result<(Vec<String>, ReferenceIndex), Error> {
    let count = items.len();
    let (send, receive) = std::sync::mpsc::sync_channel::<Vec<String>>(8);
    std::thread::scope(|scope| {
        let indexing = scope.spawn(move || {
            let (mut numbers, mut index) = (Vec::with_capacity(count), ReferenceIndex::with_capacity(count));
            for number in receive.into_iter().flatten() {
                index.insert(&number, numbers.len());
                numbers.push(number);
            }
            (numbers, index)
        });
        let mut next = items.iter().peekable();
        let mut chunk = Vec::with_capacity(NUMBERS_CHUNK);
        let read = document::numbers(tx, actor.company.id, |id, number| {
            while next.next_if(|item| item.document == id).is_some() {
                chunk.push(number.to_owned());
            }
            if chunk.len() >= NUMBERS_CHUNK {
                let full = std::mem::replace(&mut chunk, Vec::with_capacity(NUMBERS_CHUNK));
                send.send(full).map_err(|e| Error::failed("indexing the numbers", e))?;
            }
            Ok(())
        });
        let sent = read.and_then(|()| send.send(chunk).map_err(|e| Error::failed("indexing the numbers", e)));
        drop(send);
        let indexed = indexing.join().map_err(|_| Error::Failed("indexing the numbers stopped".into()))?;
        sent?;
        if indexed.0.len() == count {
            Ok(indexed)
        } else {
            Err(Error::Failed("an open item without its invoice".into()))
        }
    })
}

/// What a receipt's payer may be known by, and how it is written: the number, the name with the end of a masked one, the name.
fn marks_of(receipt: &Waiting) -> Vec<(String, String)> {
    let (name, number) = (receipt.payer.as_deref(), receipt.payer_ref.as_deref());
    let by_number = number.and_then(|said| Some((payer::number_mark(said)?, said.to_owned())));
    let by_name = |number| name.and_then(|said| Some((payer::name_mark(said, number)?, said.to_owned())));
    [by_number, by_name(number), by_name(None)].into_iter().flatten().collect()
}

/// Who has which telephone number: of the customer itself or of a person there.
fn by_phone(
    customers: &[Customer],
    people: Vec<(Id<ids::Customer>, String)>,
    place: &HashMap<Id<ids::Customer>, u32>,
) -> BTreeMap<String, Vec<u32>> {
    let own = customers.iter().filter_map(|c| Some((c.id, c.phone.clone()?)));
    let mut found: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (customer, phone) in own.chain(people) {
        if let (Some(at), Some(key)) = (place.get(&customer), phone_key(&phone)) {
            let owners = found.entry(key).or_default();
            if !owners.contains(at) {
                owners.push(*at);
            }
        }
    }
    found
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
    receipts: BTreeMap<Id<ids::Receipt>, Waiting>,
    items: BTreeMap<ItemKey, Item>,
    /// The terms of the invoices that get less than is open.
    agreed: BTreeMap<Id<ids::Document>, Agreed>,
    freed: Freed,
    groups: Groups,
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
        let items: BTreeSet<_> = wanted.clone().flat_map(|w| w.parts.iter().map(|(key, _)| *key)).collect();
        let waiting = receipt::waiting_of(tx, company, &receipts)?;
        let locked = document::items(tx, company, &items)?;
        let short =
            wanted.flat_map(|w| &w.parts).filter(|(key, amount)| locked.get(key).is_some_and(|i| *amount < i.open));
        let short = short.map(|((document, _), _)| *document).collect();
        let agreed = document::agreed_of(tx, company, &short)?.into_iter().collect();
        let (receipts, items): (Vec<_>, Vec<_>) = (receipts.into_iter().collect(), items.into_iter().collect());
        let freed = Freed::of(tx, company, &items, &receipts)?;
        let groups = merge::groups(tx, company)?;
        Ok(Hand { actor, today, receipts: waiting, items: locked, agreed, freed, groups, batch: Batch::default() })
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
                unapplied: Money::new(funds.unapplied, funds.currency),
                amount: Money::new(sum, funds.currency),
            }
            .into());
        }
        let mut settlements = Vec::with_capacity(items.len());
        for (item, (_, amount)) in items.iter_mut().zip(&wanted.parts) {
            let on = period::posting_day(tx, company, self.today.max(funds.posted_on).max(item.posted_on))?;
            let own = self.actor.company.currency;
            let settled = match self.taken(item, *amount, waiting.received_on)? {
                Some(taken) => settlement::allocate_early(&funds, item, taken, on, own, &self.groups)?,
                None => settlement::allocate(&funds, item, *amount, *amount, on, own, &self.groups)?,
            };
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
            let on = period::posting_day(tx, company, self.today.max(waiting.posted_on))?;
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

impl Hand<'_> {
    /// The discount that goes with an amount where the two settle the item to the last unit.
    fn taken(&self, item: &Item, amount: i64, on: Date) -> Result<Option<Taken>, Error> {
        let Some(agreed) = self.agreed.get(&item.document).filter(|_| amount < item.open) else { return Ok(None) };
        match Offered::of(self.actor, agreed, item.currency, on, Wish::WhereExact)? {
            Some(offered) => offered.taken(item, amount),
            None => Ok(None),
        }
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
