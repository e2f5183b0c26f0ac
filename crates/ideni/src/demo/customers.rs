//! Invented customers: names made of neutral words, telephone numbers nobody has, one scenario each.

use std::collections::BTreeSet;

use receivables::{Currency, Date};
use store::customer::CreditLimit;

use super::names;
use super::rng::Rng;
use super::scenario::{self, Scenario, Segment};
use crate::actions::Role;
use crate::actions::customer::Given;

/// One customer as the simulation plays it; amounts are minor units of its currency.
#[derive(Clone, Debug)]
pub struct Party {
    pub code: String,
    pub name: String,
    /// The person who runs it, whose name stands on some of its money.
    pub owner: String,
    /// The sister company that pays for some.
    pub sister: String,
    /// Without the plus sign.
    pub phone: String,
    /// Code of the language it reads.
    pub language: String,
    /// Who works the account.
    pub collector: Option<&'static str>,
    pub scenario: &'static Scenario,
    pub segment: &'static Segment,
    pub terms_days: i32,
    pub next_invoice_on: Date,
    /// Nothing is heard of it from this day.
    pub silent_from: Option<Date>,
    /// Positions of its invoices that it has not paid, as it sees them.
    pub open: Vec<usize>,
    /// Paid too much, as it sees it.
    pub credit: i64,
    pub promised_on: Option<Date>,
    pub held_until: Option<Date>,
}

impl Party {
    /// Whether it no longer answers.
    pub fn is_silent(&self, on: Date) -> bool {
        self.silent_from.is_some_and(|from| on >= from)
    }

    /// Its currency.
    pub fn currency(&self) -> Currency {
        self.scenario.currency
    }
}

/// A customer as the program is told of it, and as the simulation plays it.
pub struct New {
    pub party: Party,
    pub given: Given,
}

/// The days the history spans.
#[derive(Clone, Copy, Debug)]
pub struct History {
    pub first_day: Date,
    pub days: i32,
}

impl History {
    pub fn last_day(self) -> Date {
        self.first_day.plus_days(self.days - 1)
    }
}

/// Makes the customers of a demo.
pub fn make(rng: &mut Rng, count: usize, history: History) -> Vec<New> {
    let mut taken: BTreeSet<String> = scenario::SCENARIOS.iter().map(|s| s.example.to_owned()).collect();
    (1..=count).map(|n| one(rng, n, history, &mut taken)).collect()
}

fn one(rng: &mut Rng, n: usize, history: History, taken: &mut BTreeSet<String>) -> New {
    let scenario = scenario::of_customer(n);
    let segment = segment_of(rng, n, scenario);
    let owner = format!("{} {}", rng.pick(names::FIRST_NAMES), rng.pick(names::SECOND_NAMES));
    let is_example = n <= scenario::SCENARIOS.len();
    let is_person = !is_example && segment.name == "retail" && rng.chance(PERSONS_BPS);
    let name = match (is_example, is_person) {
        (true, _) => scenario.example.to_owned(),
        (false, true) if taken.insert(owner.clone()) => owner.clone(),
        (false, _) => firm(rng, segment, taken),
    };
    let is_person = name == owner;
    let sister = format!("{} {}", rng.pick(names::WORDS), SISTERS[n % SISTERS.len()]);
    let party = Party {
        code: format!("C{n:03}"),
        name,
        owner,
        sister,
        phone: phone(n),
        language: String::new(),
        collector: collector(n, is_person),
        scenario,
        segment,
        terms_days: *rng.weighted(scenario.terms_days),
        next_invoice_on: history.first_day.plus_days(rng.days((0, scenario.invoice_every.1))),
        silent_from: scenario.goes_silent.then(|| silent_from(rng, history)),
        open: Vec::new(),
        credit: 0,
        promised_on: None,
        held_until: None,
    };
    let given = given(rng, n, &party, is_person);
    let language = given.language.clone().unwrap_or_default();
    New { party: Party { language, ..party }, given }
}

/// Some of the shops are run under a person's own name.
const PERSONS_BPS: u32 = 700;
/// Last words of sister companies, which no customer bears.
const SISTERS: &[&str] = &["Holdings", "Investments", "Partners", "Ventures"];

/// The line of business; that of an example follows from its name.
fn segment_of(rng: &mut Rng, n: usize, scenario: &'static Scenario) -> &'static Segment {
    if n <= scenario::SCENARIOS.len() {
        let named = |segment: &'static Segment| segment.trades.iter().any(|trade| scenario.example.ends_with(*trade));
        let found = scenario.segments.iter().map(|(_, segment)| *segment).find(|segment| named(segment));
        return found.unwrap_or(scenario.segments[0].1);
    }
    let segment: &&'static Segment = rng.weighted(scenario.segments);
    segment
}

/// A firm's name nobody has yet.
fn firm(rng: &mut Rng, segment: &Segment, taken: &mut BTreeSet<String>) -> String {
    loop {
        let mut name = format!("{} {}", rng.pick(names::WORDS), rng.pick(segment.trades));
        if taken.contains(&name) || rng.chance(WITH_PLACE_BPS) {
            name = format!("{name} {}", rng.pick(names::PLACES));
        }
        if taken.contains(&name) {
            name = format!("{name} {}", taken.len());
        }
        if taken.insert(name.clone()) {
            return name;
        }
    }
}

const WITH_PLACE_BPS: u32 = 3_000;

/// A number of its own for each customer, in the range 070 that no Rwandan network has.
fn phone(n: usize) -> String {
    format!("25070{:07}", (1_234_567 + n * 7_919) % 10_000_000)
}

/// Of some customers nobody wrote down the telephone number, the tax number, or who works them.
const WITHOUT_TIN_EVERY: usize = 19;
const WITHOUT_PHONE_EVERY: usize = 23;
const WORKED_BY_NOBODY_EVERY: usize = 17;

/// A number in the form of a TIN that no taxpayer has.
pub fn tin(n: usize) -> String {
    format!("9999{:05}", 20_000 + n)
}

/// The collectors share the firms; persons, and what was forgotten, are worked by whoever has time.
fn collector(n: usize, is_person: bool) -> Option<&'static str> {
    let all: Vec<&'static str> = super::users(Role::Collector).collect();
    let forgotten = n.is_multiple_of(WORKED_BY_NOBODY_EVERY);
    all.get(n / 2 % all.len().max(1)).copied().filter(|_| !is_person && !forgotten)
}

/// From the second quarter of the history to shortly before its end.
fn silent_from(rng: &mut Rng, history: History) -> Date {
    let days = i64::from(history.days);
    history.first_day.plus_days(rng.days((days / 4, days * 19 / 20)))
}

fn given(rng: &mut Rng, n: usize, party: &Party, is_person: bool) -> Given {
    let kind = if is_person { "person" } else { "business" };
    let mailbox: String = party.name.chars().filter(char::is_ascii_alphanumeric).collect();
    Given {
        code: party.code.clone(),
        name: Some(party.name.clone()),
        kind: Some(kind.to_owned()),
        tin: (!is_person && !n.is_multiple_of(WITHOUT_TIN_EVERY)).then(|| tin(n)),
        phone: (!n.is_multiple_of(WITHOUT_PHONE_EVERY)).then(|| format!("+{}", party.phone)),
        email: rng.chance(7_000).then(|| format!("{}@example.com", mailbox.to_ascii_lowercase())),
        language: Some((*rng.weighted(names::LANGUAGES)).to_owned()),
        terms_days: Some(party.terms_days),
        terms: None,
        credit_limit: credit_limit(rng, party),
        currency: Some(party.currency()),
        segment: Some(party.segment.name.to_owned()),
        district: Some((*rng.weighted(names::DISTRICTS)).to_owned()),
        collector: party.collector.map(str::to_owned),
    }
}

/// Two in five have a limit, near what they buy; public bodies have none by decision.
fn credit_limit(rng: &mut Rng, party: &Party) -> Option<CreditLimit> {
    if party.segment.name == "public" {
        return Some(CreditLimit::NoLimit);
    }
    let unit = 10i64.pow(party.currency().exponent());
    let near = party.scenario.size.1 * unit / 2 * rng.between((1, 6));
    match rng.below(10) {
        0..=3 => Some(CreditLimit::Amount(near)),
        4 => Some(CreditLimit::NoLimit),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_hundred_customers_have_names_and_numbers_of_their_own() {
        let history = History { first_day: Date::from_day_number(20_000), days: 730 };
        let all = make(&mut Rng::new(1), 400, history);
        let names: BTreeSet<&str> = all.iter().map(|c| c.party.name.as_str()).collect();
        let phones: BTreeSet<&str> = all.iter().map(|c| c.party.phone.as_str()).collect();
        assert_eq!((names.len(), phones.len()), (400, 400));
        assert_eq!((all[0].party.name.as_str(), all[0].party.segment.name), ("Ineza Supermarket", "retail"));
        assert_eq!(all[12].party.segment.name, "hotel");
        let of = |user: Option<&str>| all.iter().filter(|c| c.party.collector == user).count();
        let (one, other, nobody) = (of(Some("umutesi")), of(Some("rukundo")), of(None));
        assert!(one.abs_diff(other) < 40 && (20..80).contains(&nobody), "{one} and {other}, {nobody} of nobody");
    }
}
