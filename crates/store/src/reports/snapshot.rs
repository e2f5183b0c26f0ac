//! The open items of a company in columns in memory: the ageing as of any day and as known at any seal, without reading
//! more of the database than what was sealed since the last question. It equals the SQL of [`super::ageing`].
//!
//! A row carries the number of its seal, so every answer is one walk over the columns that leaves out what was posted
//! after the day or sealed after the limit. Ids of an action's rows are later than the action's own id: rows of new
//! seals are found by walking the keys from the earliest new action on.

pub mod amount;
pub mod drill;

use std::any::Any;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use receivables::ids::{self, Id};
use receivables::insight::ageing::{Aged, Buckets};
use receivables::{Currency, Date, Refusal};

use super::ageing::View;
use crate::tx::statements;
use crate::{Error, Tx, fiscal, params};

statements! {
    NEW_SEALS = "SELECT action, no FROM seal WHERE company = $1 AND no > $2 ORDER BY no";
    SEAL_AT = "SELECT no FROM seal WHERE company = $1 AND sealed_at <= $2 ORDER BY sealed_at DESC, no DESC LIMIT 1";
    LAST_SEAL = "SELECT no FROM seal WHERE company = $1 ORDER BY no DESC LIMIT 1";
    ITEMS = "SELECT action, document, instalment, customer, currency, due_on, posted_on, total FROM open_item WHERE company = $1 AND document >= $2 ORDER BY document, instalment";
    MOVEMENTS = "SELECT m.action, m.document, m.instalment, m.posted_on, m.amount, m.receipt_amount, r.currency, r.customer FROM movement m LEFT JOIN receipt r ON r.company = m.company AND r.id = m.receipt WHERE m.company = $1 AND m.id >= $2 ORDER BY m.id";
    RECEIPTS = "SELECT action, currency, posted_on, gross, id FROM receipt WHERE company = $1 AND id >= $2";
    IDENTIFICATIONS = "SELECT n.action, n.customer, r.currency, n.posted_on, n.amount FROM identification n JOIN receipt r ON r.company = n.company AND r.id = n.receipt WHERE n.company = $1 AND n.id >= $2";
    REFUNDS = "SELECT f.action, f.customer, r.currency, f.posted_on, f.amount FROM refund f JOIN receipt r ON r.company = f.company AND r.id = f.receipt WHERE f.company = $1 AND f.id >= $2";
    MOVED = "SELECT invoice, moved_days FROM invoice_file WHERE company = $1 AND changed >= $2";
    CUSTOMERS = "SELECT id, code, name, segment FROM customer WHERE company = $1 AND action >= $2";
}

/// The snapshots of every company that somebody asked about.
#[derive(Default)]
pub struct Snapshots(Mutex<BTreeMap<i64, Arc<Mutex<Snapshot>>>>);

impl Snapshots {
    /// Brings the company's snapshot up to what this transaction sees sealed, and hands it to `f`.
    pub fn of<T>(
        &self,
        tx: &mut Tx<'_>,
        company: i64,
        f: impl FnOnce(&Snapshot, &mut Tx<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let snapshot = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(company).or_insert_with(|| Arc::new(Mutex::new(Snapshot::new(company)))))
        };
        // A panic may have left it half caught up: it is made anew.
        let mut snapshot = snapshot.lock().unwrap_or_else(|poisoned| {
            let mut half = poisoned.into_inner();
            *half = Snapshot::new(company);
            half
        });
        if let Err(failure) = snapshot.catch_up(tx) {
            *snapshot = Snapshot::new(company);
            return Err(failure);
        }
        f(&snapshot, tx)
    }
}

/// A customer as reports name it.
#[derive(Clone, Debug)]
pub struct Named {
    pub id: Id<ids::Customer>,
    pub code: String,
    pub name: String,
    pub segment: Option<String>,
}

/// One company's columns.
pub struct Snapshot {
    company: i64,
    /// Seals up to this number are in.
    seal: u32,
    accounts: Vec<(Id<ids::Customer>, Currency)>,
    /// The accounts in the order of reports: by code and currency.
    order: Vec<u32>,
    account_of: HashMap<(Id<ids::Customer>, Currency), u32>,
    customers: HashMap<Id<ids::Customer>, Named>,
    items: Vec<ItemRow>,
    /// Which instalment each item is.
    keys: Vec<ItemKey>,
    /// Where the items of a document that falls due in parts begin, and how many they are.
    in_parts: Vec<(u32, u32)>,
    /// What is open of each item after everything that is in.
    open: Vec<i64>,
    /// The latest posting date that is in.
    horizon: i32,
    item_of: HashMap<(Id<ids::Document>, i32), u32>,
    /// Items of documents without a receipt of the tax device, as this transaction sees them.
    unreceipted: HashSet<usize>,
    /// Invoices that are due another day than they say, by how many days later; `None` while they are not due.
    moved: HashMap<Id<ids::Document>, Option<i32>>,
    /// What moved items: `of` is an item.
    movements: Vec<MoneyRow>,
    /// What came to and left money on account: `of` is an account.
    on_account: Vec<MoneyRow>,
    /// Money nobody was known to have paid, its identification and its return.
    unidentified: Vec<(Currency, MoneyRow)>,
    /// What every receipt came to.
    received: Vec<(Id<ids::Receipt>, Currency, i64)>,
    answers: Mutex<Answers>,
}

/// Answers worked out since the seal `at`, by their question.
#[derive(Default)]
struct Answers {
    at: i64,
    known: HashMap<String, Arc<dyn Any + Send + Sync>>,
}

/// Answers that are kept at once.
const ANSWERS_MAX: usize = 16;

/// An instalment: its document and number.
pub type ItemKey = (Id<ids::Document>, i32);

#[derive(Clone, Copy)]
struct ItemRow {
    account: u32,
    due_on: i32,
    posted_on: i32,
    seal: u32,
    total: i64,
}

#[derive(Clone, Copy)]
struct MoneyRow {
    of: u32,
    posted_on: i32,
    seal: u32,
    amount: i64,
}

/// What is open per customer and currency, by bucket, with money on account; and what is unidentified.
pub struct Sums<'s> {
    pub accounts: Vec<(Option<&'s Named>, Currency, Aged)>,
    pub unidentified: Vec<(Currency, i64)>,
}

impl Snapshot {
    fn new(company: i64) -> Snapshot {
        Snapshot {
            company,
            seal: 0,
            accounts: Vec::new(),
            order: Vec::new(),
            account_of: HashMap::new(),
            customers: HashMap::new(),
            items: Vec::new(),
            keys: Vec::new(),
            in_parts: Vec::new(),
            open: Vec::new(),
            horizon: i32::MIN,
            item_of: HashMap::new(),
            unreceipted: HashSet::new(),
            moved: HashMap::new(),
            movements: Vec::new(),
            on_account: Vec::new(),
            unidentified: Vec::new(),
            received: Vec::new(),
            answers: Mutex::default(),
        }
    }

    /// Takes in what was sealed since.
    /// The answer to a question, worked out once for what is sealed. The question names everything the answer depends on
    /// besides the sealed facts, and is of one type of answer.
    pub fn remember<T: Send + Sync + 'static>(
        &self,
        tx: &mut Tx<'_>,
        question: String,
        answer: impl FnOnce(&mut Tx<'_>) -> Result<T, Error>,
    ) -> Result<Arc<T>, Error> {
        let at = tx.first(LAST_SEAL, params![self.company], |row| row.int(0))?.unwrap_or(0);
        let answers = || self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let known = Some(answers()).filter(|answers| answers.at == at).and_then(|a| a.known.get(&question).cloned());
        if let Some(known) = known.and_then(|known| known.downcast().ok()) {
            return Ok(known);
        }
        let new = Arc::new(answer(tx)?);
        let mut answers = answers();
        if answers.at != at || answers.known.len() >= ANSWERS_MAX {
            *answers = Answers { at, known: HashMap::new() };
        }
        answers.known.insert(question, Arc::clone(&new) as Arc<dyn Any + Send + Sync>);
        Ok(new)
    }

    fn catch_up(&mut self, tx: &mut Tx<'_>) -> Result<(), Error> {
        self.take_in(tx)?;
        let pending = fiscal::pending_ids(tx, self.company)?;
        let parts = |document: Id<ids::Document>| (1..).map(move |part| (document, part));
        self.unreceipted = pending
            .into_iter()
            .flat_map(|document| parts(document).map_while(|key| self.item_of.get(&key).map(|at| *at as usize)))
            .collect();
        Ok(())
    }

    /// The day on which an item is due in a view; `None` while it is not. As known at an instant, it is due as it says.
    fn due_on(&self, at: usize, view: View) -> Option<i32> {
        let due_on = self.items[at].due_on;
        if view.known_at.is_some() || self.moved.is_empty() {
            return Some(due_on);
        }
        self.moved.get(&self.keys[at].0).map_or(Some(due_on), |days| days.map(|days| due_on + days))
    }

    /// The day from which an item ages in a view; `None` where it does not.
    fn ages_from(&self, at: usize, view: View) -> Option<i32> {
        self.due_on(at, view).filter(|_| !self.unreceipted.contains(&at))
    }

    /// The bucket of an item in a view. What has no receipt of the tax device yet does not age, nor does what is not due.
    fn bucket(&self, at: usize, view: View, buckets: &Buckets) -> usize {
        match self.ages_from(at, view) {
            Some(due_on) => buckets.index(Date::from_day_number(due_on), view.as_of),
            None => 0,
        }
    }

    fn take_in(&mut self, tx: &mut Tx<'_>) -> Result<(), Error> {
        let mut new: HashMap<Id<ids::Action>, u32> = HashMap::new();
        let mut last = self.seal;
        tx.each(NEW_SEALS, params![self.company, self.seal], |row| {
            last = seal_number(row.int(1)?)?;
            new.insert(row.id(0)?, last);
            Ok(())
        })?;
        let Some(from) = new.keys().min().copied() else { return Ok(()) };
        let since = params![self.company, from];
        let mut named_anew = false;
        tx.each(ITEMS, since, |row| {
            let Some(seal) = new.get(&row.id(0)?) else { return Ok(()) };
            let account = self.account(row.id(3)?, row.currency(4)?)?;
            let (at, key) = (place(self.items.len())?, (row.id(1)?, row.small(2)?));
            self.item_of.insert(key, at);
            self.add_key(at, key);
            let (due_on, posted_on, total) = (row.small(5)?, row.small(6)?, row.int(7)?);
            self.horizon = self.horizon.max(posted_on);
            self.open.push(total);
            self.items.push(ItemRow { account, due_on, posted_on, seal: *seal, total });
            Ok(())
        })?;
        let moved = tx.all(MOVED, since, |row| Ok((row.id(0)?, row.int_opt(1)?)))?;
        for (document, days) in moved {
            let days = days.map(i32::try_from).transpose().map_err(|e| Error::failed("reading days", e))?;
            self.moved.insert(document, days);
        }
        tx.each(MOVEMENTS, since, |row| {
            let Some(seal) = new.get(&row.id(0)?) else { return Ok(()) };
            let key = (row.id(1)?, row.small(2)?);
            let of = *self.item_of.get(&key).ok_or_else(|| Error::Failed("a movement without its item".into()))?;
            let moved = MoneyRow { of, posted_on: row.small(3)?, seal: *seal, amount: row.int(4)? };
            self.movements.push(moved);
            self.horizon = self.horizon.max(moved.posted_on);
            add(&mut self.open[of as usize], moved.amount)?;
            if let Some(currency) = row.text_opt(6)? {
                let currency = currency.parse().map_err(|e| Error::failed("reading a movement", e))?;
                let of = self.account(row.id(7)?, currency)?;
                self.on_account.push(MoneyRow { of, amount: -row.int(5)?, ..moved });
            }
            Ok(())
        })?;
        tx.each(RECEIPTS, since, |row| {
            let Some(seal) = new.get(&row.id(0)?) else { return Ok(()) };
            let money = MoneyRow { of: 0, posted_on: row.small(2)?, seal: *seal, amount: row.int(3)? };
            self.unidentified.push((row.currency(1)?, money));
            self.received.push((row.id(4)?, row.currency(1)?, money.amount));
            Ok(())
        })?;
        tx.each(IDENTIFICATIONS, since, |row| {
            let Some(seal) = new.get(&row.id(0)?) else { return Ok(()) };
            let currency = row.currency(2)?;
            let of = self.account(row.id(1)?, currency)?;
            let money = MoneyRow { of, posted_on: row.small(3)?, seal: *seal, amount: row.int(4)? };
            self.on_account.push(money);
            self.unidentified.push((currency, MoneyRow { of: 0, amount: -money.amount, ..money }));
            Ok(())
        })?;
        tx.each(REFUNDS, since, |row| {
            let Some(seal) = new.get(&row.id(0)?) else { return Ok(()) };
            let currency = row.currency(2)?;
            let money = MoneyRow { of: 0, posted_on: row.small(3)?, seal: *seal, amount: -row.int(4)? };
            match row.id_opt(1)? {
                Some(customer) => {
                    let of = self.account(customer, currency)?;
                    self.on_account.push(MoneyRow { of, ..money });
                }
                None => self.unidentified.push((currency, money)),
            }
            Ok(())
        })?;
        tx.each(CUSTOMERS, since, |row| {
            let id = row.id(0)?;
            let named = Named { id, code: row.string(1)?, name: row.string(2)?, segment: row.string_opt(3)? };
            self.customers.insert(id, named);
            named_anew = true;
            Ok(())
        })?;
        if named_anew || self.order.len() < self.accounts.len() {
            self.order = self.in_order()?;
        }
        self.seal = last;
        Ok(())
    }

    fn add_key(&mut self, at: u32, key: ItemKey) {
        if self.keys.last().is_some_and(|(document, _)| *document == key.0) {
            match self.in_parts.last_mut() {
                Some((from, count)) if *from + *count == at => *count += 1,
                _ => self.in_parts.push((at - 1, 2)),
            }
        }
        self.keys.push(key);
    }

    fn in_order(&self) -> Result<Vec<u32>, Error> {
        let mut order: Vec<u32> = (0..place(self.accounts.len())?).collect();
        order.sort_by_cached_key(|at| {
            let (customer, currency) = self.accounts[*at as usize];
            (self.customers.get(&customer).map(|named| named.code.as_str()), currency)
        });
        Ok(order)
    }

    fn account(&mut self, customer: Id<ids::Customer>, currency: Currency) -> Result<u32, Error> {
        let next = place(self.accounts.len())?;
        let at = *self.account_of.entry((customer, currency)).or_insert(next);
        if at == next {
            self.accounts.push((customer, currency));
        }
        Ok(at)
    }

    /// The ageing as of a day, as known at an instant or else at the last seal this transaction sees.
    pub fn age(&self, tx: &mut Tx<'_>, view: View, buckets: &Buckets) -> Result<Sums<'_>, Error> {
        let seen = self.seen(tx, view)?;
        let open = self.open_in(seen)?;
        let width = buckets.count();
        let mut sums = vec![0i64; self.accounts.len() * width];
        let mut has_open = vec![false; self.accounts.len()];
        for (at, (item, open)) in self.items.iter().zip(open.iter()).enumerate().filter(|(_, (_, open))| **open != 0) {
            let bucket = self.bucket(at, view, buckets);
            add(&mut sums[item.account as usize * width + bucket], *open)?;
            has_open[item.account as usize] = true;
        }
        let mut on_account = vec![0i64; self.accounts.len()];
        for m in self.on_account.iter().filter(|m| seen.has(m.posted_on, m.seal)) {
            add(&mut on_account[m.of as usize], m.amount)?;
        }
        let mut unidentified: BTreeMap<Currency, i64> = BTreeMap::new();
        for (currency, m) in self.unidentified.iter().filter(|(_, m)| seen.has(m.posted_on, m.seal)) {
            add(unidentified.entry(*currency).or_default(), m.amount)?;
        }
        unidentified.retain(|_, amount| *amount != 0);
        let accounts =
            self.order.iter().map(|at| *at as usize).filter(|at| has_open[*at] || on_account[*at] != 0).map(|at| {
                let (customer, currency) = self.accounts[at];
                let open = sums[at * width..(at + 1) * width].to_vec();
                (self.customers.get(&customer), currency, Aged { open, unapplied: on_account[at], awaited: 0 })
            });
        Ok(Sums { accounts: accounts.collect(), unidentified: unidentified.into_iter().collect() })
    }

    /// What may be seen: nothing later than the view, or than the last seal of this transaction.
    fn seen(&self, tx: &mut Tx<'_>, view: View) -> Result<Seen, Error> {
        super::ageing::check(tx, self.company, view)?;
        let seal = match view.known_at {
            Some(known_at) => tx.first(SEAL_AT, params![self.company, known_at], |row| row.int(0))?,
            None => tx.first(LAST_SEAL, params![self.company], |row| row.int(0))?,
        };
        Ok(Seen { as_of: view.as_of.day_number(), seal: seal_number(seal.unwrap_or(0))? })
    }

    /// A customer by its id.
    pub fn named(&self, customer: Id<ids::Customer>) -> Option<&Named> {
        self.customers.get(&customer)
    }

    /// What is open of each item for an answer.
    fn open_in(&self, seen: Seen) -> Result<Cow<'_, [i64]>, Error> {
        if seen.has(self.horizon, self.seal) {
            return Ok(Cow::Borrowed(&self.open));
        }
        let of_item = |i: &ItemRow| if seen.has(i.posted_on, i.seal) { i.total } else { 0 };
        let mut open: Vec<i64> = self.items.iter().map(of_item).collect();
        for m in self.movements.iter().filter(|m| seen.has(m.posted_on, m.seal)) {
            add(&mut open[m.of as usize], m.amount)?;
        }
        Ok(Cow::Owned(open))
    }
}

fn add(sum: &mut i64, amount: i64) -> Result<(), Refusal> {
    *sum = sum.checked_add(amount).ok_or_else(|| Refusal::TooLarge { what: "ageing".into() })?;
    Ok(())
}

/// What an answer may see.
#[derive(Clone, Copy)]
struct Seen {
    as_of: i32,
    seal: u32,
}

impl Seen {
    fn has(self, posted_on: i32, seal: u32) -> bool {
        posted_on <= self.as_of && seal <= self.seal
    }
}

fn seal_number(no: i64) -> Result<u32, Error> {
    u32::try_from(no).map_err(|e| Error::failed("numbering the seals", e))
}

fn place(length: usize) -> Result<u32, Error> {
    u32::try_from(length).map_err(|e| Error::failed("a snapshot of this many rows", e))
}
