//! Finding customers, documents and receipts by whatever a person remembers of them.

mod customers;

use std::collections::{BTreeMap, BTreeSet};

use receivables::ids::{self, Id};
use receivables::search::{self as reading, Fit, Typed};
use receivables::{Currency, Money, Refusal, Unusable};
use store::customer::Customer;
use store::reports::snapshot::Snapshots;
use store::reports::{invoices, receipts};
use store::search::Kind;
use store::{Error, Tx, search};

use super::{Actor, Right};
use customers::customers;

/// Hits of each kind of thing.
pub const SHOWN: usize = 8;
/// Rows one look into an index brings.
const LOOK: i64 = SHOWN as i64 + 1;
/// Things that one word may be of and still tell them apart.
const COMMON: usize = 500;
/// Fewer letters or digits are the beginning of everything.
const BEGINNING_MIN: usize = 2;

/// What of a thing was found, the most telling first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum By {
    Code,
    Number,
    Reference,
    Tin,
    /// What customers quote with payments.
    PaymentCode,
    Phone,
    Email,
    Name,
    /// A person at the customer: by name, telephone or e-mail.
    Person,
    Payer,
    /// Just this much is open.
    OpenAmount,
    /// It came to just this much.
    Amount,
}

impl By {
    pub fn name(self) -> &'static str {
        match self {
            By::Code => "code",
            By::Number => "number",
            By::Reference => "reference",
            By::Tin => "tin",
            By::PaymentCode => "payment-code",
            By::Phone => "phone",
            By::Email => "email",
            By::Name => "name",
            By::Person => "person",
            By::Payer => "payer",
            By::OpenAmount => "open-amount",
            By::Amount => "amount",
        }
    }
}

/// One thing that fits, how well, and by what.
#[derive(Clone, Debug)]
pub struct Hit<T> {
    pub fit: Fit,
    pub by: By,
    pub thing: T,
}

/// The best of one kind of thing.
#[derive(Clone, Debug)]
pub struct Hits<T> {
    pub hits: Vec<Hit<T>>,
    /// There are more than are shown.
    pub more: bool,
}

impl<T> Default for Hits<T> {
    fn default() -> Self {
        Hits { hits: Vec::new(), more: false }
    }
}

/// A customer with what is open.
#[derive(Clone, Debug)]
pub struct Account {
    pub customer: Customer,
    pub open: Vec<Money>,
}

/// What was found, the best first.
#[derive(Clone, Default, Debug)]
pub struct Found {
    pub customers: Hits<Account>,
    pub documents: Hits<invoices::Listed>,
    pub receipts: Hits<receipts::Listed>,
}

/// The one thing that a text means.
#[derive(Clone, Copy, Debug)]
pub enum Only<'f> {
    Customer(&'f Customer),
    Document(&'f invoices::Listed),
    Receipt(&'f receipts::Listed),
}

impl Found {
    pub fn is_empty(&self) -> bool {
        self.customers.hits.is_empty() && self.documents.hits.is_empty() && self.receipts.hits.is_empty()
    }

    /// The only thing that is just what was typed, if there is one and no more.
    pub fn only(&self) -> Option<Only<'_>> {
        let customers = self.customers.exact().map(|account| Only::Customer(&account.customer));
        let mut exact =
            customers.chain(self.documents.exact().map(Only::Document)).chain(self.receipts.exact().map(Only::Receipt));
        exact.next().filter(|_| exact.next().is_none())
    }
}

impl<T> Hits<T> {
    fn exact(&self) -> impl Iterator<Item = &T> {
        self.hits.iter().filter(|hit| hit.fit == Fit::Exact).map(|hit| &hit.thing)
    }
}

/// The customer whom a text means: a code, or what only one customer can be, such as a name, a TIN or a telephone number.
pub fn customer(tx: &mut Tx<'_>, snapshots: &Snapshots, actor: &Actor, text: &str) -> Result<Customer, Error> {
    actor.may(Right::Read)?;
    if text.is_empty() {
        return Err(Refusal::Missing { field: "customer".into() }.into());
    }
    if let Some(known) = store::customer::find(tx, actor.company.id, text)? {
        return Ok(known);
    }
    let mut found = find(tx, snapshots, actor, text)?.customers;
    match found.hits.as_slice() {
        [] => Err(Refusal::NotFound { kind: "customer".into(), name: text.to_owned() }.into()),
        [_] if !found.more => Ok(found.hits.remove(0).thing.customer),
        several => {
            let called = |hit: &Hit<Account>| format!("{} ({})", hit.thing.customer.name, hit.thing.customer.code);
            let customers = several.iter().map(called).collect::<Vec<_>>().join(", ");
            let reason = Unusable::SeveralCustomers { customers };
            Err(Refusal::Invalid { field: "customer".into(), value: text.to_owned(), reason }.into())
        }
    }
}

/// Looks for a text among the actor's company.
pub fn find(tx: &mut Tx<'_>, snapshots: &Snapshots, actor: &Actor, text: &str) -> Result<Found, Error> {
    actor.may(Right::Read)?;
    if text.chars().count() > reading::TEXT_MAX {
        let reason = Unusable::TooLong { most: reading::TEXT_MAX.to_string() };
        return Err(Refusal::InvalidEmpty { field: "search".into(), reason }.into());
    }
    let typed = Typed::new(text);
    if typed.text.is_empty() {
        return Ok(Found::default());
    }
    let amounts = amounts(tx, actor, &typed.text)?;
    Ok(Found {
        customers: customers(tx, actor, &typed)?,
        documents: documents(tx, snapshots, actor, &typed, &amounts)?,
        receipts: receipts(tx, snapshots, actor, &typed, &amounts)?,
    })
}

/// Things with the best that is known of how each fits.
struct Ranked<K>(BTreeMap<Id<K>, (Fit, By)>);

impl<K> Ranked<K> {
    fn new() -> Ranked<K> {
        Ranked(BTreeMap::new())
    }

    fn add(&mut self, ids: impl IntoIterator<Item = Id<K>>, fit: Fit, by: By) {
        for id in ids {
            let best = self.0.entry(id).or_insert((fit, by));
            *best = (fit, by).min(*best);
        }
    }

    /// The best with their rows; equals the latest first.
    fn hits<T>(self, read: impl FnOnce(&[Id<K>]) -> Result<BTreeMap<Id<K>, T>, Error>) -> Result<Hits<T>, Error> {
        let mut all: Vec<_> = self.0.into_iter().collect();
        all.sort_by_key(|(id, rank)| (*rank, std::cmp::Reverse(*id)));
        let more = all.len() > SHOWN;
        all.truncate(SHOWN);
        let mut rows = read(&all.iter().map(|(id, _)| *id).collect::<Vec<_>>())?;
        let hits = all.into_iter().filter_map(|(id, (fit, by))| Some(Hit { fit, by, thing: rows.remove(&id)? }));
        Ok(Hits { hits: hits.collect(), more })
    }
}

/// Things that may have all of these words: those with the rarest of them.
fn candidates<K>(tx: &mut Tx<'_>, actor: &Actor, kind: Kind, words: &[String]) -> Result<Vec<Id<K>>, Error> {
    let (company, most) = (actor.company.id, COMMON as i64 + 1);
    let mut rarest: Option<Vec<Id<K>>> = None;
    let mut keep = |found: Vec<Id<K>>| {
        if rarest.as_ref().is_none_or(|rarest| found.len() < rarest.len()) {
            rarest = Some(found);
        }
    };
    for word in words {
        keep(search::with_beginning(tx, company, kind, word, most)?);
    }
    // Beginnings that are too common may still be rare as whole words; a word that nobody has tells nothing.
    for word in words {
        let whole = search::with_word(tx, company, kind, word, most)?;
        if !whole.is_empty() {
            keep(whole);
        }
    }
    let mut found = rarest.unwrap_or_default();
    found.truncate(COMMON);
    Ok(found)
}

// ---- documents

fn documents(
    tx: &mut Tx<'_>,
    snapshots: &Snapshots,
    actor: &Actor,
    typed: &Typed,
    amounts: &[Money],
) -> Result<Hits<invoices::Listed>, Error> {
    let company = actor.company.id;
    let mut ranked: Ranked<ids::Document> = Ranked::new();
    let number = &typed.number;
    if !number.is_empty() {
        let same = search::of_number(tx, company, number, LOOK)?;
        ranked.add(same.into_iter().map(|(id, _)| id), Fit::Exact, By::Number);
    }
    if number.chars().count() >= BEGINNING_MIN {
        let begun = search::of_beginning(tx, company, number, LOOK)?;
        ranked.add(begun.into_iter().map(|(id, _)| id), Fit::Begins, By::Number);
    }
    for tail in reading::tails(number) {
        for (id, known) in search::of_ending(tx, company, &tail, 4 * LOOK)? {
            if let Some(fit) = reading::number_fit(&typed.text, &known) {
                ranked.add([id], fit, By::Number);
            }
        }
    }
    if !amounts.is_empty() {
        // A credit note's amounts are below zero.
        let both = amounts.iter().flat_map(|amount| [*amount, Money::new(-amount.minor, amount.currency)]);
        let both: Vec<Money> = both.collect();
        snapshots.of(tx, company, |snapshot, _| {
            let open = snapshot.open_of(&both, SHOWN + 1).into_values().flatten();
            ranked.add(open.map(|(document, _)| document), Fit::Exact, By::OpenAmount);
            ranked.add(snapshot.documents_of(&both, SHOWN + 1), Fit::Exact, By::Amount);
            Ok(())
        })?;
    }
    ranked.hits(|ids| invoices::rows(tx, company, ids))
}

// ---- receipts

fn receipts(
    tx: &mut Tx<'_>,
    snapshots: &Snapshots,
    actor: &Actor,
    typed: &Typed,
    amounts: &[Money],
) -> Result<Hits<receipts::Listed>, Error> {
    let company = actor.company.id;
    let mut ranked: Ranked<ids::Receipt> = Ranked::new();
    if let Ok(id) = typed.text.parse() {
        ranked.add([id], Fit::Exact, By::Reference);
    }
    let spellings = [typed.text.clone(), typed.text.to_uppercase(), typed.text.to_lowercase()];
    for spelling in BTreeSet::from(spellings).iter().filter(|text| text.chars().count() > BEGINNING_MIN) {
        for (id, reference) in search::of_reference(tx, company, spelling, LOOK)? {
            let fit = if reference == *spelling { Fit::Exact } else { Fit::Begins };
            ranked.add([id], fit, By::Reference);
        }
    }
    if let Some(phone) = &typed.phone {
        let whole = search::with_word(tx, company, Kind::PayerPhone, &phone.tail, LOOK)?;
        ranked.add(whole, Fit::Begins, By::Phone);
        ranked.add(search::with_beginning(tx, company, Kind::PayerPhone, &phone.tail, LOOK)?, Fit::Part, By::Phone);
    }
    if !typed.words.is_empty() {
        let candidates = candidates(tx, actor, Kind::Payer, &typed.words)?;
        for (id, row) in receipts::rows(tx, company, &candidates)? {
            let known = reading::payer_words(row.payer.as_deref(), row.text.as_deref());
            if let Some(fit) = reading::words_fit(&typed.words, &known) {
                // One payer pays many times: a name is never just this receipt.
                ranked.add([id], fit.max(Fit::Begins), By::Payer);
            }
        }
    }
    if !amounts.is_empty() {
        snapshots.of(tx, company, |snapshot, _| {
            ranked.add(snapshot.receipts_of(amounts, SHOWN + 1), Fit::Exact, By::Amount);
            Ok(())
        })?;
    }
    ranked.hits(|ids| receipts::rows(tx, company, ids))
}

// ---- amounts

/// The amounts a text may be, in the currency it names or else in every one the company has.
fn amounts(tx: &mut Tx<'_>, actor: &Actor, text: &str) -> Result<Vec<Money>, Error> {
    // A number that begins with a zero is a telephone or an account.
    let is_code = text.starts_with('0') && !text.contains(['.', ',']);
    let majors: BTreeSet<_> = ['.', ','].into_iter().filter_map(|sign| formats::parse_amount(text, sign)).collect();
    if is_code || majors.is_empty() {
        return Ok(Vec::new());
    }
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).collect();
    let currencies: BTreeSet<Currency> = match letters.parse::<Currency>() {
        Ok(named) => BTreeSet::from([named]),
        Err(_) => search::currencies(tx, actor.company.id)?.into_iter().chain([actor.company.currency]).collect(),
    };
    let every = majors.iter().flat_map(|major| currencies.iter().map(move |currency| (major.abs(), *currency)));
    let exact = every.filter_map(|(major, currency)| Money::from_major(major, currency).ok());
    Ok(exact.filter(|amount| amount.minor != 0).collect())
}
