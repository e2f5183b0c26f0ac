//! The company: whom it bills, what it bills, and what is open on each invoice in truth.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::difficulty::Difficulty;
use crate::names;
use crate::rng::Rng;

/// What a customer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A person.
    Person,
    /// A business.
    Business,
    /// A district, a school of the state: it keeps the VAT and 3 % of the net amount.
    PublicBody,
}

/// A customer, with what the company has on file and what it has not.
#[derive(Clone, Debug)]
pub struct Customer {
    /// Its code.
    pub code: String,
    /// The name on file.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its tax number, none for people.
    pub tin: String,
    /// The telephone it has in truth: 2507 and eight digits.
    pub telephone: String,
    /// Whether that telephone is on file.
    pub telephone_on_file: bool,
    /// Its account at its bank.
    pub account: String,
    /// The one amount it is billed again and again.
    pub same_amount: Option<i64>,
    /// Whether it keeps 15 % of the net amount.
    pub withholds: bool,
    /// Somebody who is on file as paying for it: name and telephone.
    pub payer_on_file: Option<(String, String)>,
}

/// An invoice.
#[derive(Clone, Debug)]
pub struct Invoice {
    /// Its number.
    pub number: String,
    /// Its place in the series.
    pub serial: u64,
    /// Place of its customer.
    pub customer: usize,
    /// When it was issued.
    pub issued_on: Date,
    /// Without tax.
    pub net: i64,
    /// Tax.
    pub tax: i64,
    /// With tax.
    pub total: i64,
    /// What is open.
    pub open: i64,
}

/// A company with its customers and its books as they truly are.
pub struct Company {
    /// How hard it is.
    pub difficulty: Difficulty,
    /// Its customers.
    pub customers: Vec<Customer>,
    /// Its invoices, in the order of their series.
    pub invoices: Vec<Invoice>,
    /// Invoices on which something is open, by customer.
    pub open_of: BTreeMap<usize, Vec<usize>>,
    unpaid: Vec<usize>,
    /// Invoices by their number without marks.
    by_number: BTreeMap<String, usize>,
    style: u64,
    first_serial: u64,
    amounts: Vec<i64>,
}

/// Letters and digits alone, in capitals.
pub fn bare(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

impl Company {
    /// A company with so many customers and no invoice yet.
    pub fn found(rng: &mut Rng, difficulty: Difficulty, count: usize) -> Company {
        let amounts = (0..8).map(|_| rng.between(3, 60) * 5_000).collect();
        let mut company = Company {
            difficulty,
            customers: Vec::new(),
            invoices: Vec::new(),
            open_of: BTreeMap::new(),
            unpaid: Vec::new(),
            by_number: BTreeMap::new(),
            style: rng.below(6),
            first_serial: *rng.pick(&[1, 87, 412, 1_640, 20_117]),
            amounts,
        };
        let mut taken = BTreeSet::new();
        while company.customers.len() < count {
            let customer = company.customer(rng);
            if taken.insert(customer.name.to_uppercase()) {
                company.customers.push(customer);
            }
        }
        company
    }

    fn customer(&self, rng: &mut Rng) -> Customer {
        let habits = self.difficulty;
        let place = self.customers.len();
        let kind = match () {
            () if rng.chance(habits.public_body) => Kind::PublicBody,
            () if rng.chance(5_500) => Kind::Business,
            () => Kind::Person,
        };
        let neighbour = (place > 0 && rng.chance(habits.near_name)).then(|| &self.customers[rng.place(place)]);
        let (name, kind) = match (neighbour, kind) {
            (Some(other), _) if other.kind != Kind::PublicBody => (names::near(rng, &other.name), other.kind),
            (_, Kind::Person) => (names::person(rng), kind),
            (_, Kind::Business) => (names::business(rng), kind),
            (_, Kind::PublicBody) => (names::public_body(rng), kind),
        };
        let shared = (place > 0 && rng.chance(habits.shared_telephone))
            .then(|| self.customers[rng.place(place)].telephone.clone());
        Customer {
            code: format!("C{:04}", place + 1),
            name,
            tin: if kind == Kind::Person { String::new() } else { format!("1{:08}", 10_000_019 + place * 37) },
            kind,
            telephone: shared.unwrap_or_else(|| telephone(rng)),
            telephone_on_file: !rng.chance(habits.no_telephone),
            account: format!("4{}", rng.digits(11)),
            same_amount: rng.chance(habits.same_amount).then(|| *rng.pick(&self.amounts)),
            withholds: kind == Kind::Business && rng.chance(habits.withholds),
            payer_on_file: rng.chance(habits.payer_on_file).then(|| (names::person(rng), telephone(rng))),
        }
    }

    /// Bills somebody.
    pub fn bill(&mut self, rng: &mut Rng, on: Date) {
        // Some buy every few days, most now and then.
        let customer = if rng.chance(5_000) {
            rng.place(self.customers.len().div_ceil(5))
        } else {
            rng.place(self.customers.len())
        };
        let whom = &self.customers[customer];
        let taxed = whom.kind == Kind::PublicBody || whom.withholds || rng.chance(6_000);
        let (net, tax, total) = match whom.same_amount {
            Some(total) => split(total, taxed),
            // Round prices before tax, odd sums of goods, and round sums with tax.
            None => match rng.below(10) {
                0..=3 => {
                    let net = rng.between(2, 400) * if rng.chance(3_000) { 5_000 } else { 500 };
                    let tax = if taxed { (net * 18 + 50) / 100 } else { 0 };
                    (net, tax, net + tax)
                }
                4..=7 => split(rng.between(2_000, 1_900_000), taxed),
                8 => split(rng.between(10, 900) * 100, taxed),
                _ => split(rng.between(4, 120) * 2_500, taxed),
            },
        };
        let serial = self.first_serial + self.invoices.len() as u64;
        let number = self.number(serial, on);
        let place = self.invoices.len();
        self.by_number.insert(bare(&number), place);
        self.open_of.entry(customer).or_default().push(place);
        self.unpaid.push(place);
        self.invoices.push(Invoice { number, serial, customer, issued_on: on, net, tax, total, open: total });
    }

    fn number(&self, serial: u64, on: Date) -> String {
        let year = on.year();
        match self.style {
            0 => format!("INV-{year}-{serial:05}"),
            1 => format!("F-{year}-{serial:04}"),
            2 => format!("FAC{}/{serial:05}", year % 100),
            3 => format!("SI{serial:06}"),
            4 => format!("INV{serial}"),
            _ => format!("{serial:04}/{year}"),
        }
    }

    /// The invoice of exactly this number, in any spelling of its marks.
    pub fn by_number(&self, said: &str) -> Option<usize> {
        self.by_number.get(&bare(said)).copied()
    }

    /// Invoices of the customer on which something is open, the oldest first.
    pub fn open_items(&self, customer: usize) -> &[usize] {
        self.open_of.get(&customer).map_or(&[], Vec::as_slice)
    }

    /// Invoices on which something is open, the oldest first.
    pub fn to_be_paid(&self) -> &[usize] {
        &self.unpaid
    }

    /// What truly was paid on an invoice; `done` says that nothing more will come, and the rest is tax withheld or a charge.
    pub fn pay(&mut self, place: usize, amount: i64, done: bool) {
        let invoice = &mut self.invoices[place];
        invoice.open = if done { 0 } else { invoice.open - amount };
        if invoice.open == 0
            && let Some(open) = self.open_of.get_mut(&invoice.customer)
        {
            open.retain(|other| *other != place);
            self.unpaid.retain(|other| *other != place);
        }
    }
}

/// A telephone number of the country.
pub fn telephone(rng: &mut Rng) -> String {
    format!("2507{}{}", rng.pick(&["8", "9", "2", "3"]), rng.digits(7))
}

fn split(total: i64, taxed: bool) -> (i64, i64, i64) {
    let net = if taxed { (total * 100 + 59) / 118 } else { total };
    (net, total - net, total)
}
