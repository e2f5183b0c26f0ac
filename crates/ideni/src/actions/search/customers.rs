//! Customers by code, tax number, telephone, e-mail, name, and by the people there.

use std::collections::{BTreeMap, BTreeSet};

use receivables::ids::{self, Id};
use receivables::search::{self as reading, Fit, Typed};
use store::customer::Customer;
use store::search::Kind;
use store::{Error, Tx, contact_person, customer, search};

use super::{Account, Actor, BEGINNING_MIN, By, Hits, LOOK, Ranked, SHOWN, candidates};

/// Words that are looked through for one that is nearly the typed one.
const NEAR: i64 = 5_000;

pub(super) fn customers(tx: &mut Tx<'_>, actor: &Actor, typed: &Typed) -> Result<Hits<Account>, Error> {
    let company = actor.company.id;
    let mut ranked: Ranked<ids::Customer> = Ranked::new();
    for (kind, by) in [(Kind::Code, By::Code), (Kind::Tin, By::Tin)] {
        ranked.add(search::with_word(tx, company, kind, &typed.code, LOOK)?, Fit::Exact, by);
        if typed.code.chars().count() >= BEGINNING_MIN {
            ranked.add(search::with_beginning(tx, company, kind, &typed.code, LOOK)?, Fit::Begins, by);
        }
    }
    if let Some(email) = &typed.email {
        ranked.add(search::with_word(tx, company, Kind::Email, email, LOOK)?, Fit::Exact, By::Email);
        ranked.add(search::with_beginning(tx, company, Kind::Email, email, LOOK)?, Fit::Begins, By::Email);
    }
    let of_code = store::payment_code::whose(tx, company, &typed.code)?;
    ranked.add(of_code, Fit::Exact, By::PaymentCode);
    by_phone(tx, actor, typed, &mut ranked)?;
    by_name(tx, actor, typed, &mut ranked)?;
    by_person(tx, actor, typed, &mut ranked)?;
    ranked.hits(|ids| {
        let known = customer::by_ids(tx, company, &ids.iter().copied().collect())?;
        let mut accounts = BTreeMap::new();
        for (id, customer) in known {
            accounts.insert(id, Account { open: search::open(tx, company, id)?, customer });
        }
        Ok(accounts)
    })
}

fn by_phone(tx: &mut Tx<'_>, actor: &Actor, typed: &Typed, ranked: &mut Ranked<ids::Customer>) -> Result<(), Error> {
    let Some(phone) = &typed.phone else { return Ok(()) };
    let company = actor.company.id;
    let whole = search::with_word(tx, company, Kind::PhoneTail, &phone.tail, LOOK)?;
    ranked.add(whole, Fit::Exact, By::Phone);
    if phone.head.len() > BEGINNING_MIN {
        ranked.add(search::with_beginning(tx, company, Kind::Phone, &phone.head, LOOK)?, Fit::Begins, By::Phone);
    }
    ranked.add(search::with_beginning(tx, company, Kind::PhoneTail, &phone.tail, LOOK)?, Fit::Part, By::Phone);
    Ok(())
}

fn by_name(tx: &mut Tx<'_>, actor: &Actor, typed: &Typed, ranked: &mut Ranked<ids::Customer>) -> Result<(), Error> {
    if typed.words.is_empty() {
        return Ok(());
    }
    let named = of_words(tx, actor, &typed.words)?;
    let near = if named.is_empty() { nearly(tx, actor, &typed.words)? } else { Vec::new() };
    for (id, fit) in named {
        ranked.add([id], fit, By::Name);
    }
    for words in near {
        for (id, _) in of_words(tx, actor, &words)? {
            ranked.add([id], Fit::Close, By::Name);
        }
    }
    Ok(())
}

/// Customers of a person who is called so, or has that telephone number or address.
fn by_person(tx: &mut Tx<'_>, actor: &Actor, typed: &Typed, ranked: &mut Ranked<ids::Customer>) -> Result<(), Error> {
    let company = actor.company.id;
    let mut people: Vec<Id<ids::Contact>> = Vec::new();
    if !typed.words.is_empty() {
        people.extend(candidates::<ids::Contact>(tx, actor, Kind::Person, &typed.words)?);
    }
    if let Some(phone) = &typed.phone {
        people.extend(search::with_beginning::<ids::Contact>(tx, company, Kind::PersonPhoneTail, &phone.tail, LOOK)?);
    }
    if let Some(email) = &typed.email {
        people.extend(search::with_beginning::<ids::Contact>(tx, company, Kind::PersonEmail, email, LOOK)?);
    }
    for person in contact_person::by_ids(tx, company, &people)? {
        let named = reading::words_fit(&typed.words, &reading::name_words(&person.contact.name)).is_some();
        if named || typed.phone.is_some() || typed.email.is_some() {
            ranked.add([person.customer], Fit::Part, By::Person);
        }
    }
    Ok(())
}

/// Customers whose names have these words or beginnings.
fn of_words(tx: &mut Tx<'_>, actor: &Actor, words: &[String]) -> Result<Vec<(Id<ids::Customer>, Fit)>, Error> {
    let candidates: BTreeSet<_> = candidates(tx, actor, Kind::Name, words)?.into_iter().collect();
    let known = customer::by_ids(tx, actor.company.id, &candidates)?;
    let fit = |(id, c): (_, Customer)| Some((id, reading::words_fit(words, &reading::name_words(&c.name))?));
    Ok(known.into_iter().filter_map(fit).collect())
}

/// The words with those that nobody has replaced by what they nearly are.
fn nearly(tx: &mut Tx<'_>, actor: &Actor, words: &[String]) -> Result<Vec<Vec<String>>, Error> {
    let mut ways: Vec<Vec<String>> = vec![Vec::new()];
    for word in words {
        let known = search::with_beginning::<ids::Customer>(tx, actor.company.id, Kind::Name, word, 1)?;
        let instead = if known.is_empty() { near(tx, actor, word)? } else { vec![word.clone()] };
        ways = ways
            .iter()
            .flat_map(|way| instead.iter().map(|word| way.iter().chain([word]).cloned().collect()))
            .take(SHOWN)
            .collect();
    }
    Ok(ways)
}

/// Up to three words of names that are nearly this one, the nearest first.
fn near(tx: &mut Tx<'_>, actor: &Actor, word: &str) -> Result<Vec<String>, Error> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let first = word.chars().next().unwrap_or_default();
    let firsts = match first {
        'l' | 'r' => vec!['l', 'r'],
        other => vec![other],
    };
    for first in firsts {
        let known = search::words(tx, actor.company.id, Kind::Name, &first.to_string(), NEAR)?;
        found.extend(known.into_iter().filter_map(|known| Some((reading::slips_between(word, &known)?, known))));
    }
    found.sort();
    Ok(found.into_iter().take(3).map(|(_, word)| word).collect())
}
