//! Half a year of a company: it bills, customers decide to pay, channels tell of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use crate::clerk::{Answer, Clerk, FEES, Said, Shown, withheld};
use crate::company::{Company, telephone};
use crate::difficulty::Difficulty;
use crate::names;
use crate::rng::Rng;
use crate::told::{Channel, Order, tell};
use crate::truth::{Accepts, Kind, Knowable};

/// So many weeks of statements.
pub const WEEKS: usize = 26;
/// So many weeks of invoices before the first statement.
const WEEKS_BEFORE: i64 = 4;
/// So many times a story is told before it is told plainly.
const TELLINGS: usize = 4;

/// A payment as it came in, with what it truly is.
#[derive(Clone, Debug)]
pub struct Payment {
    /// The week of its statement, from 1.
    pub week: usize,
    /// The way it came.
    pub channel: Channel,
    /// The day.
    pub on: Date,
    /// What arrived.
    pub amount: i64,
    /// The channel's reference.
    pub reference: String,
    /// What the files show.
    pub shown: Shown,
    /// What it is.
    pub kind: Kind,
    /// The customer it is for.
    pub customer: Option<usize>,
    /// What it pays, and how much of it.
    pub allocations: Vec<(usize, i64)>,
    /// How much an honest clerk can know.
    pub knowable: Knowable,
    /// What else is right.
    pub accepts: Accepts,
}

/// A company and all that came in.
pub struct Story {
    /// The company, its invoices as they stand at the end.
    pub company: Company,
    /// Payments by day.
    pub payments: Vec<Payment>,
    /// The first day of the first week.
    pub begins_on: Date,
}

/// What to write.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Of all draws.
    pub seed: u64,
    /// How hard.
    pub difficulty: Difficulty,
    /// So many customers.
    pub customers: usize,
    /// So many payments.
    pub receipts: usize,
}

struct Teller {
    rng: Rng,
    company: Company,
    clerk: Clerk,
    references: u64,
    /// Invoices that were paid in part this week: nobody pays twice on one before the clerk has worked.
    touched: BTreeSet<usize>,
}

/// What a customer decided.
struct Decision {
    order: Order,
    amount: i64,
    allocations: Vec<(usize, i64)>,
    /// The kind, if it is not for the telling to say.
    kind: Option<Kind>,
    /// Nothing more will come for these invoices.
    done: bool,
    accepts: Accepts,
}

/// Lives through the weeks.
pub fn live(wanted: Wanted) -> Story {
    let mut rng = Rng::new(wanted.seed);
    let company = Company::found(&mut rng, wanted.difficulty, wanted.customers.max(2));
    let clerk = Clerk::hired(&company.customers);
    let begins_on = Date::constant(2026, 3, 2);
    let mut teller = Teller { rng, company, clerk, references: 0, touched: BTreeSet::new() };
    let mut payments = Vec::new();
    let days = WEEKS * 7;
    for day in -(WEEKS_BEFORE * 7)..days as i64 {
        let on = begins_on.saturating_add(day.days());
        let open = teller.company.to_be_paid().len();
        let wished = wanted.customers * 2;
        let most = if day < 0 { wished / 20 + 1 } else { wished.saturating_sub(open) };
        for _ in 0..most {
            teller.company.bill(&mut teller.rng, on);
        }
        let Ok(day) = usize::try_from(day) else { continue };
        if day % 7 == 0 {
            teller.remember(&payments, day / 7);
        }
        for _ in wanted.receipts * day / days..wanted.receipts * (day + 1) / days {
            payments.push(teller.payment(on, day / 7 + 1));
        }
    }
    Story { company: teller.company, payments, begins_on }
}

impl Teller {
    fn payment(&mut self, on: Date, week: usize) -> Payment {
        let habits = self.company.difficulty;
        if self.rng.chance(habits.not_a_customer) {
            return self.nobodys(on, week);
        }
        if self.rng.chance(habits.ambiguous)
            && let Some(payment) = self.unnamed(on, week)
        {
            return payment;
        }
        match self.decide() {
            Some(decision) => self.told(on, week, decision),
            None => self.nobodys(on, week),
        }
    }

    /// Whose payments those of a week were is known the next.
    fn remember(&mut self, payments: &[Payment], week: usize) {
        self.touched.clear();
        for payment in payments.iter().rev().take_while(|payment| payment.week == week) {
            if let Some(customer) = payment.customer {
                self.clerk.learn(&payment.shown, customer);
            }
        }
    }

    /// A customer decides to pay something.
    fn decide(&mut self) -> Option<Decision> {
        let habits = self.company.difficulty;
        let untouched = |place: &usize| !self.touched.contains(place);
        let all: Vec<usize> = self.company.to_be_paid().iter().copied().filter(untouched).collect();
        if all.is_empty() {
            return None;
        }
        let rng = &mut self.rng;
        let first = all[rng.early(all.len())];
        let customer = self.company.invoices[first].customer;
        let whom = &self.company.customers[customer];
        let mut own: Vec<usize> = self.company.open_items(customer).iter().copied().filter(untouched).collect();
        let mut items = vec![first];
        let invoice = &self.company.invoices[first];
        let open = invoice.open;
        let kept = withheld(whom.kind, whom.withholds, invoice.net, invoice.tax).filter(|_| open == invoice.total);
        let mut decision = Decision {
            order: Order { customer, items: Vec::new(), instead: None, payer: None },
            amount: open,
            allocations: vec![(first, open)],
            kind: None,
            done: true,
            accepts: Accepts::These,
        };
        let round = *rng.pick(&[1_000, 5_000, 10_000]);
        let fee = *rng.pick(FEES);
        if let Some(kept) = kept.filter(|kept| *kept > 0 && *kept < open) {
            decision.amount = open - kept;
            decision.allocations = vec![(first, open - kept)];
            decision.kind = Some(Kind::Withholding);
        } else if rng.chance(habits.part) && open >= 20_000 {
            decision.amount = (open * rng.between(20, 80) / 100 / round).max(1) * round;
            decision.allocations = vec![(first, decision.amount)];
            decision.kind = Some(Kind::Part);
            decision.done = false;
        } else if rng.chance(habits.overpaid) && open % round != 0 {
            decision.amount = (open / round + 1) * round;
            decision.kind = Some(Kind::Overpaid);
        } else if rng.chance(habits.fee_netted) && fee * 20 < open {
            decision.amount = open - fee;
            decision.allocations = vec![(first, open - fee)];
            decision.kind = Some(Kind::FeeNetted);
        } else if rng.chance(habits.several) && own.len() > 1 {
            own.retain(|place| *place != first);
            for _ in 0..rng.between(1, 3) {
                if !own.is_empty() {
                    items.push(own.remove(rng.early(own.len())));
                }
            }
            items.sort_unstable();
            decision.allocations = items.iter().map(|place| (*place, self.company.invoices[*place].open)).collect();
            decision.amount = decision.allocations.iter().map(|(_, amount)| amount).sum();
        }
        decision.order.items = items;
        if decision.kind.is_none() && rng.chance(habits.third_party) {
            decision.kind = Some(Kind::ThirdParty);
        }
        // Somebody on file pays for the customer now and then, whatever the payment is.
        let on_file = whom.payer_on_file.clone();
        decision.order.payer = match (decision.kind, on_file) {
            (_, Some((name, telephone))) if rng.chance(1_500) => {
                Some((name, telephone, format!("4{}", rng.digits(11))))
            }
            (Some(Kind::ThirdParty), _) if rng.chance(2_500) => {
                let other = &self.company.customers[rng.place(self.company.customers.len())];
                Some((other.name.clone(), other.telephone.clone(), other.account.clone()))
            }
            (Some(Kind::ThirdParty), _) => Some((names::person(rng), telephone(rng), format!("4{}", rng.digits(11)))),
            _ => None,
        };
        if decision.kind.is_none() && decision.order.payer.is_none() && rng.chance(habits.wrong_reference) {
            decision.order.instead = self.mistaken(customer, first);
            decision.kind = decision.order.instead.map(|_| Kind::WrongReference);
        }
        Some(decision)
    }

    /// The number of an invoice that is not the one meant: paid long ago, of somebody else, or another of the customer.
    fn mistaken(&mut self, customer: usize, meant: usize) -> Option<usize> {
        let company = &self.company;
        let own = |place: &usize| company.invoices[*place].customer == customer;
        let among: Vec<usize> = match self.rng.below(3) {
            0 => (0..company.invoices.len()).filter(|place| own(place) && company.invoices[*place].open == 0).collect(),
            1 => {
                (meant.saturating_sub(12)..company.invoices.len().min(meant + 12)).filter(|place| !own(place)).collect()
            }
            _ => company.open_items(customer).iter().copied().filter(|place| *place != meant).collect(),
        };
        (!among.is_empty()).then(|| *self.rng.pick(&among))
    }

    /// Tells of a decision, again while the evidence would lead an honest clerk astray.
    fn told(&mut self, on: Date, week: usize, decision: Decision) -> Payment {
        let Decision { mut order, amount, allocations, mut kind, done, mut accepts } = decision;
        let customer = order.customer;
        let whom = &self.company.customers[customer];
        let channel = match (whom.kind, self.rng.below(10)) {
            (crate::company::Kind::Person, 0..=6) | (crate::company::Kind::Business, 0..=1) => Channel::Wallet,
            (_, n) if n % 2 == 0 => Channel::Bank,
            _ => Channel::Second,
        };
        let mut wanted = allocations.clone();
        wanted.sort_unstable();
        let mut told = None;
        for attempt in 0..=TELLINGS {
            let plainly = attempt == TELLINGS;
            if plainly && order.instead.take().is_some() {
                kind = None;
            }
            let shown = tell(&mut self.rng, &self.company, &order, channel, plainly);
            let answer = self.clerk.judge(&self.company, &shown, amount);
            let astray = self.astray(&answer, customer, &wanted);
            told = Some((shown, answer));
            if !astray {
                break;
            }
        }
        let (shown, answer) = told.unwrap_or((Shown::default(), Answer::Nothing));
        let (mut knowable, mut found) = (Knowable::Nothing, None);
        match &answer {
            Answer::Exact(_) if !self.astray(&answer, customer, &wanted) => knowable = Knowable::Allocation,
            Answer::Customer(one) if *one == customer => knowable = Knowable::Customer,
            Answer::Several(all) if all.iter().all(|one| self.customer_of(one) == Some(customer)) => {
                knowable = Knowable::Customer;
                // Equal amounts of one customer: nobody minds which is paid.
                let alike = |one: &Vec<(usize, i64)>| one.iter().map(|(_, amount)| *amount).collect::<Vec<_>>();
                if all.iter().all(|one| alike(one) == alike(&all[0])) {
                    accepts = Accepts::AnyOfTheCustomer;
                }
            }
            Answer::Several(_) => found = Some(Kind::Ambiguous),
            _ => {}
        }
        if kind == Some(Kind::Part) && shown.said.is_empty() && knowable != Knowable::Allocation {
            accepts = Accepts::AnyOfTheCustomer;
        }
        let kind = found.or(kind).unwrap_or_else(|| self.kind_of(&shown, customer, &order.items, knowable));
        for (place, amount) in &allocations {
            self.company.pay(*place, *amount, done);
            if !done {
                self.touched.insert(*place);
            }
        }
        let reference = self.reference(channel, on);
        Payment {
            week,
            channel,
            on,
            amount,
            reference,
            shown,
            kind,
            customer: Some(customer),
            allocations,
            knowable,
            accepts,
        }
    }

    fn customer_of(&self, answer: &[(usize, i64)]) -> Option<usize> {
        answer.first().map(|(place, _)| self.company.invoices[*place].customer)
    }

    /// Whether an honest clerk would come to a wrong answer without a doubt.
    fn astray(&self, answer: &Answer, customer: usize, wanted: &[(usize, i64)]) -> bool {
        let sorted = |all: &Vec<(usize, i64)>| {
            let mut all = all.clone();
            all.sort_unstable();
            all
        };
        match answer {
            Answer::Exact(all) => sorted(all) != wanted,
            Answer::Several(all) => !all.iter().any(|one| sorted(one) == wanted),
            Answer::Customer(one) => *one != customer,
            Answer::Nothing => false,
        }
    }

    /// What a payment is by what is told of it.
    fn kind_of(&mut self, shown: &Shown, customer: usize, items: &[usize], knowable: Knowable) -> Kind {
        let whole = |said: &Said| matches!(said, Said::Whole(_));
        if !shown.said.is_empty() {
            // A slip can be the number of another invoice.
            if shown.said.iter().any(|said| matches!(said, Said::Whole(place) if !items.contains(place))) {
                return Kind::WrongReference;
            }
            return if shown.said.iter().all(whole) { Kind::Reference } else { Kind::FreeText };
        }
        if shown.number.as_deref().is_some_and(|number| self.clerk.of_number(number) == [customer]) {
            return Kind::KnownPayer;
        }
        if knowable == Knowable::Allocation && self.clerk.of_name(&shown.name).contains(&customer) {
            return Kind::ExactAmount;
        }
        Kind::FreeText
    }

    /// Money that is no customer's, some of it with an amount that is open somewhere.
    fn nobodys(&mut self, on: Date, week: usize) -> Payment {
        let mut told = (Channel::Bank, 1_000, Shown::default());
        for _ in 0..=TELLINGS {
            let rng = &mut self.rng;
            let open = self.company.to_be_paid();
            let amount = match rng.below(4) {
                0 if !open.is_empty() => self.company.invoices[*rng.pick(open)].open,
                1 => rng.between(1, 200) * 5_000,
                _ => rng.between(500, 900_000),
            };
            let channel = *rng.pick(&[Channel::Bank, Channel::Second, Channel::Wallet]);
            let (name, text) = match (channel, rng.below(6)) {
                (Channel::Wallet, 0..=2) => (
                    names::person(rng).to_uppercase(),
                    (*rng.pick(&["", "", "murakoze", "return", "ikosa"])).to_owned(),
                ),
                (Channel::Wallet, _) => (names::person(rng).to_uppercase(), format!("cash in {}", rng.digits(4))),
                (_, 0) => ("RWANDA REVENUE AUTHORITY".to_owned(), format!("REFUND VAT {}", rng.digits(6))),
                (_, 1) => ("MTN RWANDA".to_owned(), "PUSH FROM OWN WALLET".to_owned()),
                (_, 2) => (String::new(), format!("LOAN DISBURSEMENT LD{}", rng.digits(9))),
                (_, 3) => (names::business(rng).to_uppercase(), format!("REFUND YOUR ORDER {}", rng.digits(4))),
                (_, 4) => (names::person(rng).to_uppercase(), "RETURN OF SALARY ADVANCE".to_owned()),
                _ => (String::new(), "INTEREST CAPITALISED".to_owned()),
            };
            let number = telephone(rng);
            let (number, ending) = match channel {
                Channel::Wallet if rng.chance(self.company.difficulty.masked) => {
                    (None, Some(number.chars().skip(9).collect()))
                }
                Channel::Wallet => (Some(number), None),
                _ => (None, None),
            };
            let shown = Shown { name, number, ending, text, ..Shown::default() };
            let answer = self.clerk.judge(&self.company, &shown, amount);
            told = (channel, amount, shown);
            if matches!(answer, Answer::Nothing | Answer::Customer(_)) {
                break;
            }
        }
        let (channel, amount, shown) = told;
        let reference = self.reference(channel, on);
        let (kind, knowable, accepts) = (Kind::NotACustomer, Knowable::Nothing, Accepts::These);
        Payment {
            week,
            channel,
            on,
            amount,
            reference,
            shown,
            kind,
            customer: None,
            allocations: Vec::new(),
            knowable,
            accepts,
        }
    }

    /// One of two equal open amounts is paid, and nobody is named.
    fn unnamed(&mut self, on: Date, week: usize) -> Option<Payment> {
        let mut by_amount: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for place in self.company.to_be_paid().iter().filter(|place| !self.touched.contains(place)) {
            by_amount.entry(self.company.invoices[*place].open).or_default().push(*place);
        }
        let customers = |places: &Vec<usize>| {
            let first = self.company.invoices[places[0]].customer;
            places.iter().any(|place| self.company.invoices[*place].customer != first)
        };
        let equal: Vec<Vec<usize>> = by_amount.into_values().filter(customers).collect();
        if equal.is_empty() {
            return None;
        }
        let among = self.rng.pick(&equal).clone();
        let place = *self.rng.pick(&among);
        let channel = *self.rng.pick(&[Channel::Bank, Channel::Second]);
        let name = *self.rng.pick(&["", "CASH DEPOSIT", "AGENT BANKING", "VERSEMENT ESPECES"]);
        let text = *self.rng.pick(&["", "kwishyura", "deposit", "payment", "invoice"]);
        let shown = Shown { name: name.to_owned(), text: text.to_owned(), ..Shown::default() };
        let amount = self.company.invoices[place].open;
        let customer = Some(self.company.invoices[place].customer);
        self.company.pay(place, amount, true);
        let reference = self.reference(channel, on);
        let (kind, knowable, accepts) = (Kind::Ambiguous, Knowable::Nothing, Accepts::These);
        let allocations = vec![(place, amount)];
        Some(Payment { week, channel, on, amount, reference, shown, kind, customer, allocations, knowable, accepts })
    }

    /// The channel's own reference: the day and a running number in a bank, eleven digits in the wallet.
    fn reference(&mut self, channel: Channel, on: Date) -> String {
        self.references += 1;
        let (year, day) = (on.year() % 100, on.day_of_year());
        let mut scrambled = self.references * 7_919 % 33_554_432;
        let mut code = String::new();
        for _ in 0..5 {
            code.push(char::from(b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789"[usize::try_from(scrambled % 32).unwrap_or(0)]));
            scrambled /= 32;
        }
        match channel {
            Channel::Bank => format!("FT{year}{day:03}{code}"),
            Channel::Second => format!("TT{year}{day:03}{code}"),
            Channel::Wallet => (70_000_000_000 + self.references * 10_007).to_string(),
        }
    }
}
