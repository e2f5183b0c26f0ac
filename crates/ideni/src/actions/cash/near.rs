//! Matching one receipt against what may concern it, without the rest of the book: what a page asks for. It says of a
//! receipt what a look at all of them says.

use std::collections::{BTreeMap, BTreeSet};

use receivables::cash::payer::NameWords;
use receivables::cash::reference::ReferenceIndex;
use receivables::customer::merge::Groups;
use receivables::customer::payment_code;
use receivables::ids::{self, Id};
use receivables::{Money, fold, search as reading};
use store::document::OpenAmount;
use store::receipt::Waiting;
use store::reports::snapshot::amount::Key;
use store::reports::snapshot::{ItemKey, Snapshots};
use store::search::Kind;
use store::{Error, Tx, contact_person, customer, document, merge, search};

use super::{Actor, Book, Closed, Matched, Right, WORD_COMMON, marks_of, offers, text_of};

/// Customers looked at for one receipt: those whose names share most letters with it.
const CUSTOMERS_MAX: usize = 600;
/// Customers of one whole name or telephone number.
const SAME_MAX: i64 = 50;
/// Items of one amount.
const SAME_AMOUNT_MAX: usize = 500;
/// Parts of a text that may be one number.
const PARTS_MAX: usize = 6;
/// A longer run of digits is no number of a document.
const DIGITS_MAX: usize = 15;

/// Looks at one receipt. Nothing is written.
pub fn look_at(tx: &mut Tx<'_>, snapshots: &Snapshots, actor: &Actor, receipt: Waiting) -> Result<Matched, Error> {
    let same = of_same_amount(tx, snapshots, actor, &[left(&receipt)])?;
    look_at_beside(tx, actor, receipt, &same)
}

/// What is left of a receipt to identify or to apply.
pub(crate) fn left(receipt: &Waiting) -> Money {
    let left = if receipt.customer.is_some() { receipt.unapplied } else { receipt.unidentified };
    Money::new(left, receipt.currency)
}

/// The instalments of which just these amounts are open.
pub(crate) type SameAmount = BTreeMap<Key, Vec<ItemKey>>;

pub(crate) fn of_same_amount(
    tx: &mut Tx<'_>,
    snapshots: &Snapshots,
    actor: &Actor,
    amounts: &[Money],
) -> Result<SameAmount, Error> {
    actor.may(Right::Read)?;
    snapshots.of(tx, actor.company.id, |snapshot, _| Ok(snapshot.open_of(amounts, SAME_AMOUNT_MAX)))
}

/// As `look_at`, with the instalments of its amount found before.
pub(crate) fn look_at_beside(
    tx: &mut Tx<'_>,
    actor: &Actor,
    receipt: Waiting,
    same: &SameAmount,
) -> Result<Matched, Error> {
    let company = actor.company.id;
    let groups = merge::groups(tx, company)?;
    let people = people(tx, company, &receipt)?;
    let codes = codes(tx, company, &receipt)?;
    let marks = marks_of(&receipt).into_iter().map(|(mark, _)| mark).collect();
    let payers = store::payer::of_marks(tx, company, &marks)?;
    let mut ids = customers(tx, company, &groups, &receipt, &people)?;
    ids.extend(payers.iter().flat_map(|(customer, _)| groups.members(*customer)));
    ids.extend(codes.iter().flat_map(|(customer, _)| groups.members(*customer)));
    let known = customer::by_ids(tx, company, &ids)?.into_values().collect();
    let book = Book::of(known, &groups, people, &codes, payers);
    let named = named(tx, company, &receipt)?;
    let mut items = document::open_of_documents(tx, company, named.keys())?;
    let open: BTreeSet<_> = items.iter().map(|item| item.document).collect();
    let closed = named.iter().filter(|(id, (_, invoice))| *invoice && !open.contains(id));
    let closed = closed_of(closed.map(|(_, (number, _))| number));
    match book.payer(&receipt).map(|(payer, _)| payer).or_else(|| book.guess(&receipt).map(|(payer, _)| payer)) {
        Some(payer) => {
            for member in groups.members(book.customers[payer as usize].id) {
                items.extend(document::open_amounts(tx, company, member)?);
            }
        }
        None => items.extend(of_amount(tx, company, left(&receipt), same)?),
    }
    let book = with_items(tx, actor, book, items)?;
    Ok(match book.matched(receipt, Vec::new()) {
        matched if matched.in_full => matched,
        matched => {
            let named = closed.find(&text_of(&matched.receipt));
            book.matched(matched.receipt, named)
        }
    })
}

/// The customers a receipt may come from: told by a person, by telephone, by the whole name or by words of it; with those
/// merged with them.
fn customers(
    tx: &mut Tx<'_>,
    company: i64,
    groups: &Groups,
    receipt: &Waiting,
    people: &[(Id<ids::Customer>, String)],
) -> Result<BTreeSet<Id<ids::Customer>>, Error> {
    let mut found: BTreeSet<Id<ids::Customer>> = receipt.customer.into_iter().collect();
    found.extend(people.iter().map(|(customer, _)| *customer));
    if let Some(phone) = receipt.payer_ref.as_deref().and_then(reading::phone) {
        found.extend(search::with_word::<ids::Customer>(tx, company, Kind::Phone, &phone.head, SAME_MAX)?);
    }
    if let Some(name) = receipt.payer.as_deref().map(reading::whole_name).filter(|name| !name.is_empty()) {
        found.extend(search::with_word::<ids::Customer>(tx, company, Kind::WholeName, &name, SAME_MAX)?);
    }
    found.extend(of_words(tx, company, receipt)?);
    Ok(found.into_iter().flat_map(|customer| groups.members(customer)).collect())
}

/// The customer whose payment code the text has, with its number.
fn codes(tx: &mut Tx<'_>, company: i64, receipt: &Waiting) -> Result<Vec<(Id<ids::Customer>, i64)>, Error> {
    let Some(no) = payment_code::named(&text_of(receipt)) else { return Ok(Vec::new()) };
    Ok(store::payment_code::of_no(tx, company, no)?.map(|customer| (customer, no)).into_iter().collect())
}

/// Persons with the payer's telephone number: their customers, and the number.
fn people(tx: &mut Tx<'_>, company: i64, receipt: &Waiting) -> Result<Vec<(Id<ids::Customer>, String)>, Error> {
    let Some(phone) = receipt.payer_ref.as_deref().and_then(reading::phone) else { return Ok(Vec::new()) };
    let ids = search::with_word(tx, company, Kind::PersonPhone, &phone.head, SAME_MAX)?;
    let people = contact_person::by_ids(tx, company, &ids)?;
    Ok(people.into_iter().filter_map(|person| Some((person.customer, person.contact.phone?))).collect())
}

/// The customers whose names share words with the payer or the text that are not everybody's.
fn of_words(tx: &mut Tx<'_>, company: i64, receipt: &Waiting) -> Result<Vec<Id<ids::Customer>>, Error> {
    let written: Vec<&str> = [receipt.payer.as_deref(), receipt.text.as_deref()].into_iter().flatten().collect();
    let mut letters: BTreeMap<Id<ids::Customer>, usize> = BTreeMap::new();
    for word in NameWords::new(&written.join(" ")).words() {
        let bearers = search::with_word(tx, company, Kind::Name, word, WORD_COMMON as i64 + 1)?;
        for customer in bearers.iter().filter(|_| bearers.len() <= WORD_COMMON) {
            *letters.entry(*customer).or_default() += word.chars().count();
        }
    }
    let mut ranked: Vec<_> = letters.into_iter().collect();
    ranked.sort_by_key(|(_, shared)| std::cmp::Reverse(*shared));
    ranked.truncate(CUSTOMERS_MAX);
    Ok(ranked.into_iter().map(|(customer, _)| customer).collect())
}

/// The documents a receipt may name, by id, with number and whether each is an invoice.
fn named(
    tx: &mut Tx<'_>,
    company: i64,
    receipt: &Waiting,
) -> Result<BTreeMap<Id<ids::Document>, (String, bool)>, Error> {
    let has_digit = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
    let parts = fold::words(&text_of(receipt).replace('.', " "));
    let whole = (0..parts.len()).flat_map(|from| {
        let ends = from + 1..=parts.len().min(from + PARTS_MAX);
        ends.map(|to| reading::number(&parts[from..to].concat())).collect::<Vec<_>>()
    });
    let whole = whole.filter(|number| has_digit(number)).collect();
    let runs = parts.iter().filter(|part| has_digit(part) && part.len() <= DIGITS_MAX);
    search::named(tx, company, &whole, &runs.flat_map(|run| reading::tails(run)).collect())
}

fn closed_of<'n>(numbers: impl Iterator<Item = &'n String>) -> Closed {
    let mut closed = Closed::default();
    for number in numbers {
        closed.index.insert(number, closed.numbers.len());
        closed.numbers.push(number.clone());
    }
    closed
}

/// Items of exactly the amount of a receipt that nobody is known to have paid.
fn of_amount(tx: &mut Tx<'_>, company: i64, amount: Money, same: &SameAmount) -> Result<Vec<OpenAmount>, Error> {
    let keys = same.get(&(amount.minor, amount.currency)).map_or(&[][..], Vec::as_slice);
    let documents: BTreeSet<_> = keys.iter().map(|(document, _)| *document).collect();
    let mut items = document::open_of_documents(tx, company, &documents)?;
    items.retain(|item| item.open == amount.minor && item.currency == amount.currency);
    Ok(items)
}

fn with_items(tx: &mut Tx<'_>, actor: &Actor, book: Book, mut items: Vec<OpenAmount>) -> Result<Book, Error> {
    let company = actor.company.id;
    items.sort_by_key(|item| (item.document, item.instalment));
    items.dedup_by_key(|item| (item.document, item.instalment));
    let documents = items.iter().map(|item| item.document).collect();
    let numbers = document::numbers_of(tx, company, &documents)?;
    let offers = offers(actor, document::agreed_of(tx, company, &documents)?, &items)?;
    let item_numbers: Vec<String> =
        items.iter().map(|item| numbers.get(&item.document).cloned().unwrap_or_default()).collect();
    let index = ReferenceIndex::new(item_numbers.iter().map(String::as_str).zip(0..));
    Ok(book.with(items, item_numbers, index, offers))
}
