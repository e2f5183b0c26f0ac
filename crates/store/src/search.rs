//! Finding things: words of customers and receipts in a table of their own, documents by numbers in any spelling.
//!
//! The words are a projection, written in the transaction that saves what they are of, so that one text of SQL serves
//! both engines: a word is looked up by its beginning in the table's key. Documents have none: indexes over their
//! numbers find them, for a million more rows would halve an import.

use std::collections::{BTreeMap, BTreeSet};

use receivables::customer::contact::Contact;
use receivables::ids::{self, Id};
use receivables::{Currency, Money, search};

use crate::audit::{RowDigest, RowSum};
use crate::contact_person::Person;
use crate::customer::Customer;
use crate::receipt::Receipt;
use crate::tx::{Row, statements};
use crate::verify::Checked;
use crate::{Error, Sql, Tx, Value, contact_person, params, table};

/// A number without what stands between its parts: the expression of the index `document_folded`.
macro_rules! folded {
    () => {
        "UPPER(REPLACE(REPLACE(REPLACE(REPLACE(number, '-', ''), '/', ''), ' ', ''), '.', ''))"
    };
}
/// The digits a number ends with, without leading zeros: the expression of the index `document_tail`.
macro_rules! tail {
    () => {
        "LTRIM(SUBSTR(number, LENGTH(RTRIM(number, '0123456789')) + 1), '0')"
    };
}

statements! {
    IS_WORD = "SELECT id FROM search_word WHERE company = $1 AND kind = $2 AND word = $3 ORDER BY id DESC LIMIT $4";
    BEGINS = "SELECT id, word FROM search_word WHERE company = $1 AND kind = $2 AND word >= $3 AND word < $4 ORDER BY word, id LIMIT $5";
    WORDS = "SELECT DISTINCT word FROM search_word WHERE company = $1 AND kind = $2 AND word >= $3 AND word < $4 ORDER BY word LIMIT $5";
    FORGET each = ("DELETE FROM search_word WHERE kind = $1 AND word = $2 AND id = $3 AND company = $4", "DELETE FROM search_word s USING unnest($1::smallint[], $2::text[], $3::uuid[]) AS v(kind, word, id) WHERE s.kind = v.kind AND s.word = v.word AND s.id = v.id AND s.company = $4");
    ALL_WORDS = "SELECT kind, word, id FROM search_word WHERE company = $1";
    NUMBER_IS = concat!("SELECT id, number FROM document WHERE company = $1 AND ", folded!(), " = $2 LIMIT $3");
    NUMBER_BEGINS = concat!("SELECT id, number FROM document WHERE company = $1 AND ", folded!(), " >= $2 AND ", folded!(), " < $3 ORDER BY ", folded!(), " LIMIT $4");
    NUMBER_ENDS = concat!("SELECT id, number FROM document WHERE company = $1 AND ", tail!(), " = $2 ORDER BY id DESC LIMIT $3");
    OPEN = "SELECT currency, CAST(SUM(open) AS BIGINT) FROM open_item WHERE company = $1 AND customer = $2 AND open <> 0 GROUP BY currency ORDER BY currency";
    CURRENCIES = "SELECT DISTINCT currency FROM rate WHERE company = $1";
    NUMBERS_ARE each = (concat!("SELECT id, number, kind FROM document WHERE ", folded!(), " = $1 AND company = $2 LIMIT 50"), concat!("SELECT d.id, d.number, d.kind FROM unnest($1::text[]) AS v(key) CROSS JOIN LATERAL (SELECT id, number, kind FROM document WHERE company = $2 AND ", folded!(), " = v.key LIMIT 50) d"));
    NUMBERS_END each = (concat!("SELECT id, number, kind FROM document WHERE ", tail!(), " = $1 AND company = $2 ORDER BY id DESC LIMIT 50"), concat!("SELECT d.id, d.number, d.kind FROM unnest($1::text[]) AS v(key) CROSS JOIN LATERAL (SELECT id, number, kind FROM document WHERE company = $2 AND ", tail!(), " = v.key ORDER BY id DESC LIMIT 50) d"));
    REFERENCE_BEGINS = "SELECT id, reference FROM receipt WHERE company = $1 AND reference >= $2 AND reference < $3 AND reference IS NOT NULL ORDER BY reference, id LIMIT $4";
    CUSTOMERS = "SELECT id, code, name, tin, phone, email FROM customer WHERE company = $1 AND id > $2 ORDER BY id LIMIT $3";
    RECEIPTS = "SELECT id, payer, payer_ref, text FROM receipt WHERE company = $1 AND id > $2 ORDER BY id LIMIT $3";
    PERSONS = "SELECT p.contact, p.version, p.customer, p.name, p.role, p.phone, p.email, p.language, p.call_days, p.call_from, p.call_to, p.channel, p.is_primary, p.active FROM contact_person p WHERE p.company = $1 AND p.contact > $2 AND NOT EXISTS (SELECT 1 FROM contact_person n WHERE n.company = p.company AND n.contact = p.contact AND n.version > p.version) ORDER BY p.contact LIMIT $3";
    COMPANIES = "SELECT id FROM company ORDER BY id";
}

/// What a word is of, and what it is of that; the number is the one in the database.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// A word of a customer's name.
    Name = 1,
    Code = 2,
    Tin = 3,
    /// A customer's telephone number from its first digit that counts.
    Phone = 4,
    /// The same from its last digit.
    PhoneTail = 5,
    Email = 6,
    /// A word of a receipt's payer, or of its text where it names no payer.
    Payer = 7,
    /// The payer's telephone number from its last digit.
    PayerPhone = 8,
    /// All words of a customer's name; see [`search::whole_name`].
    WholeName = 9,
    /// A word of the name of a person at a customer.
    Person = 10,
    PersonPhone = 11,
    PersonPhoneTail = 12,
    PersonEmail = 13,
}

type Words = BTreeSet<(Kind, String)>;

/// What a customer is found by.
struct Called<'a> {
    code: &'a str,
    name: &'a str,
    tin: Option<&'a str>,
    phone: Option<&'a str>,
    email: Option<&'a str>,
}

impl<'a> Called<'a> {
    fn of(c: &'a Customer) -> Called<'a> {
        let (tin, phone, email) = (c.tin.as_deref(), c.phone.as_deref(), c.email.as_deref());
        Called { code: &c.code, name: &c.name, tin, phone, email }
    }

    fn words(&self) -> Words {
        let mut words: Words = search::name_words(self.name).into_iter().map(|word| (Kind::Name, word)).collect();
        words.insert((Kind::WholeName, search::whole_name(self.name)));
        words.insert((Kind::Code, search::code(self.code)));
        words.extend(self.tin.map(|tin| (Kind::Tin, search::code(tin))));
        if let Some(phone) = self.phone.and_then(search::phone) {
            words.extend([(Kind::Phone, phone.head), (Kind::PhoneTail, phone.tail)]);
        }
        words.extend(self.email.map(|email| (Kind::Email, search::email(email))));
        words.retain(|(_, word)| !word.is_empty());
        words
    }
}

fn words_of_person(contact: &Contact) -> Words {
    if !contact.active {
        return Words::new();
    }
    let mut words: Words = search::name_words(&contact.name).into_iter().map(|word| (Kind::Person, word)).collect();
    if let Some(phone) = contact.phone.as_deref().and_then(search::phone) {
        words.extend([(Kind::PersonPhone, phone.head), (Kind::PersonPhoneTail, phone.tail)]);
    }
    words.extend(contact.email.as_deref().map(|email| (Kind::PersonEmail, search::email(email))));
    words
}

/// What a receipt is found by, its reference apart.
struct Paid<'a> {
    payer: Option<&'a str>,
    payer_ref: Option<&'a str>,
    text: Option<&'a str>,
}

impl Paid<'_> {
    fn words(&self) -> Words {
        let words = search::payer_words(self.payer, self.text);
        let phone = self.payer_ref.and_then(search::phone).map(|phone| (Kind::PayerPhone, phone.tail));
        words.into_iter().map(|word| (Kind::Payer, word)).chain(phone).collect()
    }
}

fn push<K>(rows: &mut Vec<Value<'static>>, company: i64, words: Words, id: Id<K>) {
    for (kind, word) in words {
        rows.extend([company.into(), Value::Int(kind as i64), word.into(), id.into()]);
    }
}

pub(crate) fn add_customers(tx: &mut Tx<'_>, company: i64, customers: &[Customer]) -> Result<(), Error> {
    let mut rows = Vec::new();
    for c in customers {
        push(&mut rows, company, Called::of(c).words(), c.id);
    }
    tx.insert_rows(&table::SEARCH_WORD, &rows)
}

pub(crate) fn add_receipts(tx: &mut Tx<'_>, company: i64, receipts: &[Receipt]) -> Result<(), Error> {
    let mut rows = Vec::new();
    for r in receipts {
        let (payer, payer_ref, text) = (r.payer.as_deref(), r.payer_ref.as_deref(), r.text.as_deref());
        push(&mut rows, company, Paid { payer, payer_ref, text }.words(), r.id);
    }
    tx.insert_rows(&table::SEARCH_WORD, &rows)
}

/// Exchanges the words of a customer; whoever saved another version of it first has been refused.
pub(crate) fn change_customer(tx: &mut Tx<'_>, company: i64, from: &Customer, to: &Customer) -> Result<(), Error> {
    change(tx, company, to.id, &Called::of(from).words(), &Called::of(to).words())
}

/// Exchanges the words of a person, who may be new.
pub(crate) fn change_person(tx: &mut Tx<'_>, company: i64, from: Option<&Person>, to: &Person) -> Result<(), Error> {
    let before = from.map(|person| words_of_person(&person.contact)).unwrap_or_default();
    change(tx, company, to.id, &before, &words_of_person(&to.contact))
}

fn change<K>(tx: &mut Tx<'_>, company: i64, id: Id<K>, before: &Words, after: &Words) -> Result<(), Error> {
    let gone = before.difference(after);
    let gone: Vec<Value<'_>> =
        gone.flat_map(|(kind, word)| [Value::Int(*kind as i64), word.into(), id.into()]).collect();
    tx.execute_each(FORGET, &gone, 3, company)?;
    let mut rows = Vec::new();
    push(&mut rows, company, after.difference(before).cloned().collect(), id);
    tx.insert_rows(&table::SEARCH_WORD, &rows)
}

/// Where a text that begins so ends, when texts are compared byte by byte.
fn past(beginning: &str) -> String {
    format!("{beginning}\u{10ffff}")
}

/// Things with just this word, the newest first.
pub fn with_word<K>(tx: &mut Tx<'_>, company: i64, kind: Kind, word: &str, most: i64) -> Result<Vec<Id<K>>, Error> {
    tx.all(IS_WORD, params![company, kind as i64, word, most], |row| row.id(0))
}

/// Things with a word that begins so, each once, shorter words first.
pub fn with_beginning<K>(
    tx: &mut Tx<'_>,
    company: i64,
    kind: Kind,
    word: &str,
    most: i64,
) -> Result<Vec<Id<K>>, Error> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    tx.each(BEGINS, params![company, kind as i64, word, past(word), most], |row| {
        let id: Id<K> = row.id(0)?;
        if seen.insert(*id.bytes()) {
            found.push(id);
        }
        Ok(())
    })?;
    Ok(found)
}

/// The words there are that begin so.
pub fn words(tx: &mut Tx<'_>, company: i64, kind: Kind, beginning: &str, most: i64) -> Result<Vec<String>, Error> {
    tx.all(WORDS, params![company, kind as i64, beginning, past(beginning), most], |row| row.string(0))
}

/// A document and its number.
pub type Numbered = (Id<ids::Document>, String);

fn numbered(row: &Row<'_>) -> Result<Numbered, Error> {
    Ok((row.id(0)?, row.string(1)?))
}

/// Documents whose number, folded, is just that.
pub fn of_number(tx: &mut Tx<'_>, company: i64, folded: &str, most: i64) -> Result<Vec<Numbered>, Error> {
    tx.all(NUMBER_IS, params![company, folded, most], numbered)
}

/// Documents whose number, folded, begins so.
pub fn of_beginning(tx: &mut Tx<'_>, company: i64, folded: &str, most: i64) -> Result<Vec<Numbered>, Error> {
    tx.all(NUMBER_BEGINS, params![company, folded, past(folded), most], numbered)
}

/// Documents whose number ends with these digits, as a whole number without leading zeros; the latest posted first.
pub fn of_ending(tx: &mut Tx<'_>, company: i64, digits: &str, most: i64) -> Result<Vec<Numbered>, Error> {
    tx.all(NUMBER_ENDS, params![company, digits, most], numbered)
}

/// Documents that a text may name: those whose numbers, folded, are among `whole`, or end with one of `endings`. By id, with
/// number and whether each is an invoice.
pub fn named(
    tx: &mut Tx<'_>,
    company: i64,
    whole: &BTreeSet<String>,
    endings: &BTreeSet<String>,
) -> Result<BTreeMap<Id<ids::Document>, (String, bool)>, Error> {
    let mut found = BTreeMap::new();
    for (sql, keys) in [(NUMBERS_ARE, whole), (NUMBERS_END, endings)] {
        let keys: Vec<Value<'_>> = keys.iter().map(Value::from).collect();
        tx.each_of(sql, &keys, 1, company, |row| {
            found.insert(row.id(0)?, (row.string(1)?, row.int(2)? == 1));
            Ok(())
        })?;
    }
    Ok(found)
}

/// Receipts whose reference begins so, and the reference.
pub fn of_reference(
    tx: &mut Tx<'_>,
    company: i64,
    beginning: &str,
    most: i64,
) -> Result<Vec<(Id<ids::Receipt>, String)>, Error> {
    tx.all(REFERENCE_BEGINS, params![company, beginning, past(beginning), most], |row| Ok((row.id(0)?, row.string(1)?)))
}

/// What a customer has open, per currency.
pub fn open(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Vec<Money>, Error> {
    tx.all(OPEN, params![company, customer], |row| Ok(Money::new(row.int(1)?, row.currency(0)?)))
}

/// The foreign currencies the company has rates of, and so may have amounts in.
pub fn currencies(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Currency>, Error> {
    tx.all(CURRENCIES, params![company], |row| row.currency(0))
}

/// Things read at a time when words are made anew.
const CHUNK: i64 = 4_000;

/// What words are made of.
type Read = fn(&Row<'_>) -> Result<Words, Error>;
const THINGS: [(Sql, Read); 3] = [(CUSTOMERS, customer_words), (PERSONS, person_words), (RECEIPTS, receipt_words)];

fn customer_words(row: &Row<'_>) -> Result<Words, Error> {
    let (code, name) = (row.text(1)?, row.text(2)?);
    Ok(Called { code, name, tin: row.text_opt(3)?, phone: row.text_opt(4)?, email: row.text_opt(5)? }.words())
}

fn person_words(row: &Row<'_>) -> Result<Words, Error> {
    Ok(words_of_person(&contact_person::read(row)?.contact))
}

fn receipt_words(row: &Row<'_>) -> Result<Words, Error> {
    Ok(Paid { payer: row.text_opt(1)?, payer_ref: row.text_opt(2)?, text: row.text_opt(3)? }.words())
}

/// Calls `f` with the words of every customer, person and receipt of a company, some thousands of things at a time.
fn each_thing(
    tx: &mut Tx<'_>,
    company: i64,
    mut f: impl FnMut(&mut Tx<'_>, Vec<([u8; 16], Words)>) -> Result<(), Error>,
) -> Result<(), Error> {
    for (sql, read) in THINGS {
        let mut last = [0u8; 16];
        loop {
            let things = tx.all(sql, params![company, last, CHUNK], |row| {
                Ok((*row.id::<ids::Customer>(0)?.bytes(), read(row)?))
            })?;
            let Some((id, _)) = things.last() else { break };
            last = *id;
            f(tx, things)?;
        }
    }
    Ok(())
}

/// Makes the words of everything in the book: for a book that had none.
pub(crate) fn fill(tx: &mut Tx<'_>) -> Result<(), Error> {
    for company in tx.all(COMPANIES, &[], |row| row.int(0))? {
        each_thing(tx, company, |tx, things| {
            let mut rows = Vec::new();
            for (id, words) in things {
                push(&mut rows, company, words, Id::<ids::Customer>::from_bytes(id));
            }
            tx.insert_rows(&table::SEARCH_WORD, &rows)
        })?;
    }
    Ok(())
}

/// The words are those of the customers and receipts, no more and no less.
pub(crate) fn check(tx: &mut Tx<'_>, company: i64) -> Result<Checked, Error> {
    // The sum of the digests of a thing's words, and of those that are kept: both are zero together or not at all.
    let mut sums: BTreeMap<[u8; 16], (RowSum, RowSum)> = BTreeMap::new();
    let mut checked = 0;
    each_thing(tx, company, |_, things| {
        for (id, words) in things {
            let sum = &mut sums.entry(id).or_default().0;
            words.iter().for_each(|(kind, word)| sum.add(digest(*kind as i64, word)));
        }
        Ok(())
    })?;
    tx.each(ALL_WORDS, params![company], |row| {
        checked += 1;
        let id: Id<ids::Customer> = row.id(2)?;
        sums.entry(*id.bytes()).or_default().1.add(digest(row.int(0)?, row.text(1)?));
        Ok(())
    })?;
    let wrong = sums.into_iter().filter(|(_, (of_thing, kept))| of_thing != kept);
    let broken = wrong.take(50).map(|(id, _)| Id::<ids::Customer>::from_bytes(id).to_string()).collect();
    Ok(Checked { identity: "words to search by equal their rebuilding", checked, broken })
}

fn digest(kind: i64, word: &str) -> [u8; 32] {
    let mut digest = RowDigest::of(&table::SEARCH_WORD);
    digest.int(kind);
    digest.text(word);
    digest.finish()
}
