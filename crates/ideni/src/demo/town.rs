//! The customers' side: what is ordered, when and how each invoice is paid, what is promised, disputed or forgotten.
//! It knows its own invoices by heart and never looks into the book.

use std::collections::BTreeMap;

use receivables::billing::credit_note::Reason;
use receivables::billing::line::{self, Discount, Prices};
use receivables::calendar::Calendar;
use receivables::collections::dispute::Outcome;
use receivables::{Currency, Date, Money};
use rust_decimal::Decimal;

use super::customers::Party;
use super::names::{DISPUTE_REASONS, HOLD_REASONS, PROMISE_NOTES};
use super::rng::{Rng, Span};
use super::scenario::{Channel, Payer, Phone, Scenario, Segment};
use crate::actions::{credit_note, dispute, invoice, promise};

/// An invoice as its payer sees it; minor units.
#[derive(Clone, Debug)]
pub struct Bill {
    pub number: String,
    pub party: usize,
    pub due_on: Date,
    pub open: i64,
    /// Left out when other invoices are paid: disputed, or a rest they think they do not owe.
    aside: bool,
    /// Was disputed or shortened once; it will not be again.
    argued: bool,
}

/// Money on its way to us.
#[derive(Clone, Debug)]
pub struct Payment {
    pub party: usize,
    pub gross: Money,
    pub channel: Channel,
    pub payer: String,
    pub payer_ref: Option<String>,
    pub text: Option<String>,
    /// What it is meant for, which its text may not say.
    pub invoices: Vec<String>,
}

/// What happens on a day to one bill, by its position.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// Its payer sits down to pay it.
    Visit(usize),
    /// Its payer pays half of it, whatever was promised.
    Half(usize),
    /// A collector calls about it.
    Call(usize),
    /// We agree that so much of it is not owed.
    Credit(usize, i64),
    /// We find that it is owed after all.
    Reject(usize),
}

/// An invoice to issue, and whose it is.
#[derive(Clone, Debug)]
pub struct Draft {
    pub party: usize,
    pub due_on: Date,
    pub total: i64,
    pub given: invoice::Given,
}

/// A wish to be left alone, with the reason the collector writes down.
#[derive(Clone, Debug)]
pub struct Wish {
    pub party: usize,
    pub code: String,
    pub until: Date,
    pub reason: &'static str,
}

/// Everyone who buys from us, and what they are about to do.
pub struct Town {
    pub parties: Vec<Party>,
    pub bills: Vec<Bill>,
    pub rng: Rng,
    pub calendar: Calendar,
    by_number: BTreeMap<String, usize>,
    events: BTreeMap<Date, Vec<Event>>,
    payments: BTreeMap<Date, Vec<Payment>>,
    /// Bills to call about, credits agreed, what is contested and what was decided, since the office last worked.
    calls: Vec<usize>,
    credits: Vec<(usize, i64)>,
    contested: Vec<(usize, i64)>,
    decided: Vec<(usize, Outcome)>,
}

/// Supply stops this long after a customer fell silent.
const SUPPLY_STOPS_DAYS: i32 = 45;
/// Days after the due day on which a collector calls those who like to promise.
const CALL_DAYS: Span = (5, 18);
/// Days from a call to the day promised, and from a broken promise to the money.
const PROMISED_DAYS: Span = (7, 25);
const BROKEN_DAYS: Span = (8, 55);
/// Of the promises that are not kept, so many are kept in part.
const PARTLY_BPS: u32 = 3_500;
/// Days from a dispute to its decision, and from a short payment to its end.
const DECIDED_DAYS: Span = (10, 40);
/// Days for which an account is left alone.
const PATIENCE_DAYS: Span = (10, 45);
/// What is due so soon is paid along when everything due is paid.
const ALONG_DAYS: i32 = 3;
/// Invoices a payer names before giving up.
const NAMED_MAX: usize = 4;
/// VAT in Rwanda, per cent of the net amount.
const VAT_PERCENT: i64 = 18;
/// The tax class of goods under VAT.
const TAX_CLASS: &str = "B";

impl Town {
    /// A town on its first morning.
    pub fn new(parties: Vec<Party>, rng: Rng, calendar: Calendar) -> Town {
        Town {
            parties,
            bills: Vec::new(),
            rng,
            calendar,
            by_number: BTreeMap::new(),
            events: BTreeMap::new(),
            payments: BTreeMap::new(),
            calls: Vec::new(),
            credits: Vec::new(),
            contested: Vec::new(),
            decided: Vec::new(),
        }
    }

    /// Whose invoice it is.
    pub fn party_of(&self, number: &str) -> Option<usize> {
        self.by_number.get(number).map(|at| self.bills[*at].party)
    }

    /// Lets a day pass: payers decide, calls and credits fall due.
    pub fn live(&mut self, today: Date) {
        for event in self.events.remove(&today).unwrap_or_default() {
            match event {
                Event::Visit(at) => self.visit(today, at),
                Event::Half(at) => self.pay_half(today, at),
                Event::Call(at) => self.calls.push(at),
                Event::Credit(at, amount) => {
                    self.credits.push((at, amount));
                    self.decided.push((at, Outcome::Accepted));
                }
                Event::Reject(at) => self.decided.push((at, Outcome::Rejected)),
            }
        }
    }

    fn plan(&mut self, on: Date, event: Event) {
        self.events.entry(on).or_default().push(event);
    }

    fn scenario_of(&self, at: usize) -> &'static Scenario {
        self.parties[self.bills[at].party].scenario
    }

    // ---- Buying

    /// The invoices of today: everyone whose time has come and who is still supplied.
    pub fn drafts(&mut self, today: Date) -> Vec<Draft> {
        (0..self.parties.len()).filter_map(|party| self.order(today, party)).collect()
    }

    fn order(&mut self, today: Date, party: usize) -> Option<Draft> {
        let buyer = &self.parties[party];
        let scenario = buyer.scenario;
        let supplied = !buyer.is_silent(today.plus_days(-SUPPLY_STOPS_DAYS));
        if buyer.next_invoice_on > today || !supplied {
            return None;
        }
        self.parties[party].next_invoice_on = today.plus_days(self.rng.days(scenario.invoice_every));
        let in_season = scenario.months.is_empty() || scenario.months.contains(&today.month());
        in_season.then(|| self.draft(today, party))
    }

    fn draft(&mut self, today: Date, party: usize) -> Draft {
        let buyer = &self.parties[party];
        let (scenario, currency) = (buyer.scenario, buyer.currency());
        let instalments: Vec<(Date, u32)> =
            scenario.instalments.iter().map(|(days, weight)| (today.plus_days(*days), *weight)).collect();
        let by_terms = today.plus_days(buyer.terms_days);
        let due_on = instalments.first().map_or(by_terms, |(on, _)| *on);
        let (code, segment) = (buyer.code.clone(), buyer.segment);
        let (lines, net_major) = basket(&mut self.rng, segment, scenario.size);
        let net = net_major * unit(currency);
        let tax = line::tax_on(net, VAT_PERCENT.into(), Prices::Net).unwrap_or_default();
        let given = invoice::Given {
            due_on: instalments.is_empty().then_some(due_on),
            net: Some(Money::new(net, currency)),
            tax: Some(Money::new(tax, currency)),
            lines,
            instalments,
            right: crate::actions::invoice::all_right(),
            ..invoice::Given::to(code, today, currency)
        };
        Draft { party, due_on, total: net + tax, given }
    }

    /// An invoice has reached its customer, who makes up their mind when to pay it.
    pub fn receive(&mut self, today: Date, draft: &Draft, number: String) {
        let at = self.bills.len();
        let Draft { party, due_on, total, .. } = *draft;
        self.by_number.insert(number.clone(), at);
        self.bills.push(Bill { number, party, due_on, open: total, aside: false, argued: false });
        self.parties[party].open.push(at);
        let scenario = self.parties[party].scenario;
        if self.rng.chance(scenario.promise.bps) {
            let on = due_on.plus_days(self.rng.days(CALL_DAYS));
            return self.plan(on, Event::Call(at));
        }
        let delay = *self.rng.weighted(scenario.delay);
        let on = due_on.plus_days(self.rng.days(delay)).max(today.plus_days(1));
        self.plan(on, Event::Visit(at));
    }

    // ---- Paying

    /// A payer sits down with one bill: argues about it, or pays it with what else is due.
    fn visit(&mut self, today: Date, at: usize) {
        let party = self.bills[at].party;
        if self.bills[at].open == 0 || self.parties[party].is_silent(today) {
            return;
        }
        if self.argue(today, at) {
            return;
        }
        let covered = self.covered(today, at);
        let owed: i64 = covered.iter().map(|at| self.bills[*at].open).sum();
        let credit = self.parties[party].credit.min(owed);
        self.parties[party].credit -= credit;
        let asked = owed - credit;
        let amount = self.amount(today, &covered, asked);
        let numbers: Vec<String> = covered.iter().map(|at| self.bills[*at].number.clone()).collect();
        self.fill(today, party, &covered, amount + credit);
        if amount > 0 {
            self.send_in_parts(today, party, amount, &numbers);
        }
    }

    /// Refuses to pay until something is put right; true when it does.
    fn argue(&mut self, today: Date, at: usize) -> bool {
        let scenario = self.scenario_of(at);
        self.bills[at].aside = false;
        if self.bills[at].argued || !self.rng.chance(scenario.dispute.bps) {
            return false;
        }
        self.bills[at].argued = true;
        self.bills[at].aside = true;
        let part = self.rng.between(scenario.dispute.part_bps);
        let amount = (self.bills[at].open * part / 10_000).max(1);
        self.contested.push((at, amount));
        let decision = if self.rng.chance(scenario.dispute.credited_bps) {
            Event::Credit(at, amount)
        } else if self.rng.chance(scenario.dispute.rejected_bps) {
            Event::Reject(at)
        } else {
            return true;
        };
        let decided_on = today.plus_days(self.rng.days(DECIDED_DAYS));
        self.plan(decided_on, decision);
        let paid_on = decided_on.plus_days(self.rng.days((3, 15)));
        self.plan(paid_on, Event::Visit(at));
        true
    }

    /// The bill and what is paid along with it, the oldest first.
    fn covered(&mut self, today: Date, at: usize) -> Vec<usize> {
        let party = self.bills[at].party;
        let scenario = self.parties[party].scenario;
        let (bills, open) = (&self.bills, &mut self.parties[party].open);
        open.retain(|other| bills[*other].open > 0);
        if scenario.round_to == 0 && !self.rng.chance(scenario.together_bps) {
            return vec![at];
        }
        let soon = today.plus_days(ALONG_DAYS);
        let along = |other: &usize| *other == at || (!self.bills[*other].aside && self.bills[*other].due_on <= soon);
        self.parties[party].open.iter().copied().filter(along).collect()
    }

    /// What is paid of what is asked: all, a round sum, or less.
    fn amount(&mut self, today: Date, covered: &[usize], asked: i64) -> i64 {
        let (first, last) = (covered[0], covered[covered.len() - 1]);
        let scenario = self.scenario_of(first);
        let round_to = scenario.round_to * unit(scenario.currency);
        if round_to > 0 && asked > 0 {
            let down = (asked / round_to * round_to).max(round_to);
            return if self.rng.chance(ROUNDS_UP_BPS) { down + round_to } else { down };
        }
        if asked == 0 || self.bills[last].argued || !self.rng.chance(scenario.short.bps) {
            return asked;
        }
        let less = (asked * self.rng.between(scenario.short.by_bps) / 10_000).min(self.bills[last].open - 1).max(0);
        if less > 0 {
            self.shorten(today, last, less);
        }
        asked - less
    }

    /// Decides what becomes of the rest of a bill paid short.
    fn shorten(&mut self, today: Date, at: usize, less: i64) {
        let short = &self.scenario_of(at).short;
        self.bills[at].argued = true;
        self.bills[at].aside = true;
        let on = today.plus_days(self.rng.days(DECIDED_DAYS));
        if self.rng.chance(short.credited_bps) {
            self.plan(on, Event::Credit(at, less));
        } else if self.rng.chance(short.later_bps) {
            self.plan(on, Event::Visit(at));
        }
    }

    /// Takes money off the bills in order; what is over is the customer's credit, what is left is paid another day.
    fn fill(&mut self, today: Date, party: usize, covered: &[usize], money: i64) {
        let mut left = money;
        for at in covered {
            let taken = left.min(self.bills[*at].open);
            self.bills[*at].open -= taken;
            left -= taken;
            if self.bills[*at].open > 0 && !self.bills[*at].aside {
                let on = today.plus_days(self.rng.days((8, 20)));
                self.plan(on, Event::Visit(*at));
            }
        }
        self.parties[party].credit += left;
    }

    fn pay_half(&mut self, today: Date, at: usize) {
        let (party, half) = (self.bills[at].party, self.bills[at].open / 2);
        if half > 0 && !self.parties[party].is_silent(today) {
            self.bills[at].open -= half;
            let number = self.bills[at].number.clone();
            self.send(today, party, half, &[number]);
        }
    }

    /// Sends an amount, in several payments where the scenario says so, and perhaps all of it twice.
    fn send_in_parts(&mut self, today: Date, party: usize, amount: i64, numbers: &[String]) {
        let scenario = self.parties[party].scenario;
        let parts = self.rng.between(scenario.parts).max(1);
        let (mut on, mut left) = (today, amount);
        for part in (1..=parts).rev() {
            let sum = if part == 1 { left } else { left / part / 100 * 100 };
            if sum > 0 {
                self.send(on, party, sum, numbers);
            }
            left -= sum;
            on = on.plus_days(self.rng.days(scenario.part_gap_days));
        }
        if self.rng.chance(scenario.twice_bps) {
            self.parties[party].credit += amount;
            let again_on = today.plus_days(self.rng.days((1, 9)));
            self.send(again_on, party, amount, numbers);
        }
    }

    fn send(&mut self, on: Date, party: usize, amount: i64, numbers: &[String]) {
        let payer = &self.parties[party];
        let scenario = payer.scenario;
        let channel = *self.rng.weighted(scenario.channels);
        let on = if channel.every_day { on } else { self.calendar.next_working_day(on) };
        let template = *self.rng.weighted(scenario.texts);
        let wrong = format!("INV-{:06}", self.rng.between((1, WRONG_MAX)));
        let text = written(template, numbers, &wrong, &payer.name);
        let payment = Payment {
            party,
            gross: Money::new(amount, payer.currency()),
            channel,
            payer: payer_name(payer, channel),
            payer_ref: shown(&payer.phone, scenario.phone.unwrap_or(channel.phone)),
            text: (!text.is_empty()).then_some(text),
            invoices: numbers.to_vec(),
        };
        self.payments.entry(on).or_default().push(payment);
    }

    /// Money that arrived before today and has not been taken in, with its days.
    pub fn arrived(&mut self, today: Date) -> Vec<(Date, Payment)> {
        let later = self.payments.split_off(&today);
        let arrived = std::mem::replace(&mut self.payments, later);
        arrived.into_iter().flat_map(|(on, all)| all.into_iter().map(move |payment| (on, payment))).collect()
    }

    // ---- Talking

    /// The credit notes we agreed to since the office last worked.
    pub fn notes(&mut self) -> Vec<credit_note::Given> {
        let agreed = std::mem::take(&mut self.credits);
        agreed.into_iter().filter_map(|(at, amount)| self.note(at, amount)).collect()
    }

    fn note(&mut self, at: usize, amount: i64) -> Option<credit_note::Given> {
        let bill = &mut self.bills[at];
        let amount = amount.min(bill.open);
        if amount == 0 {
            return None;
        }
        bill.open -= amount;
        Some(credit_note::Given {
            invoice: bill.number.clone(),
            reason: Reason::Damaged.code().into(),
            explanation: "damaged on the way, as agreed by telephone".into(),
            how: credit_note::How::Amount { minor: amount, gross: true },
        })
    }

    /// The promises made in today's calls, each with whose it is.
    pub fn promises(&mut self, today: Date) -> Vec<(usize, promise::Given)> {
        let calls = std::mem::take(&mut self.calls);
        calls.into_iter().filter_map(|at| Some((self.bills[at].party, self.answer(today, at)?))).collect()
    }

    /// What the customer says on the telephone, and when the money then comes.
    fn answer(&mut self, today: Date, at: usize) -> Option<promise::Given> {
        let party = self.bills[at].party;
        let scenario = self.parties[party].scenario;
        if self.bills[at].open == 0 || self.parties[party].is_silent(today) {
            return None;
        }
        if let Some(promised_on) = self.parties[party].promised_on.filter(|on| *on > today) {
            self.plan(promised_on.plus_days(1), Event::Visit(at));
            return None;
        }
        let promised_on = self.calendar.next_working_day(today.plus_days(self.rng.days(PROMISED_DAYS)));
        self.parties[party].promised_on = Some(promised_on);
        self.follow(today, at, promised_on);
        let overdue = |at: &&usize| !self.bills[**at].aside && self.bills[**at].due_on <= today;
        let amount: i64 = self.parties[party].open.iter().filter(overdue).map(|at| self.bills[*at].open).sum();
        (amount > 0).then(|| promise::Given {
            customer: self.parties[party].code.clone(),
            amount: Money::new(amount, scenario.currency),
            promised_on,
            grace_days: 2,
            note: (*self.rng.pick(PROMISE_NOTES)).to_owned(),
        })
    }

    fn follow(&mut self, today: Date, at: usize, promised_on: Date) {
        let keep_bps = self.scenario_of(at).promise.keep_bps;
        if self.rng.chance(keep_bps) {
            let on = promised_on.plus_days(-self.rng.days((0, 2))).max(today.plus_days(1));
            return self.plan(on, Event::Visit(at));
        }
        if self.rng.chance(PARTLY_BPS) {
            self.plan(promised_on, Event::Half(at));
        }
        let on = promised_on.plus_days(self.rng.days(BROKEN_DAYS));
        self.plan(on, Event::Visit(at));
    }

    /// What was contested since the office last worked, each with by whom.
    pub fn disputes(&mut self) -> Vec<(usize, dispute::Given)> {
        let contested = std::mem::take(&mut self.contested);
        let given = contested.into_iter().map(|(at, amount)| {
            let (reason, note) = *self.rng.pick(DISPUTE_REASONS);
            let given = dispute::Given {
                invoice: self.bills[at].number.clone(),
                amount: Some(amount),
                reason: reason.to_owned(),
                note: note.to_owned(),
            };
            (self.bills[at].party, given)
        });
        given.collect()
    }

    /// Invoices whose disputes were decided since the office last worked, and how.
    pub fn decisions(&mut self) -> Vec<(String, Outcome)> {
        let decided = std::mem::take(&mut self.decided);
        decided.into_iter().map(|(at, outcome)| (self.bills[at].number.clone(), outcome)).collect()
    }

    /// Whom we owe patience.
    pub fn wish(&mut self, today: Date) -> Option<Wish> {
        let late = (0..20).map(|_| self.rng.place(self.parties.len())).collect::<Vec<_>>();
        let party = late.into_iter().find(|party| self.is_late(today, *party))?;
        if self.parties[party].held_until.is_some_and(|until| until >= today) {
            return None;
        }
        let (until, reason) = (today.plus_days(self.rng.days(PATIENCE_DAYS)), *self.rng.pick(HOLD_REASONS));
        self.parties[party].held_until = Some(until);
        Some(Wish { party, code: self.parties[party].code.clone(), until, reason })
    }

    /// Whether something of it is overdue for more than a few days.
    pub fn is_late(&self, today: Date, party: usize) -> bool {
        let since = today.plus_days(-10);
        self.parties[party].open.iter().any(|at| self.bills[*at].open > 0 && self.bills[*at].due_on < since)
    }

    /// Up to `count` bills that nobody will pay, overdue for longer than `days`: they are given up.
    pub fn hopeless(&mut self, today: Date, days: i32, count: usize) -> Vec<String> {
        let since = today.plus_days(-days);
        let given_up = |bill: &Bill| bill.aside || self.parties[bill.party].is_silent(today);
        let old = |bill: &Bill| bill.open > 0 && bill.due_on < since && given_up(bill);
        let found: Vec<usize> = (0..self.bills.len()).filter(|at| old(&self.bills[*at])).take(count).collect();
        for at in &found {
            self.bills[*at].open = 0;
        }
        found.into_iter().map(|at| self.bills[at].number.clone()).collect()
    }
}

/// Of the round sums, so many are rounded up.
const ROUNDS_UP_BPS: u32 = 3_000;
/// Wrong numbers are taken from the first so many.
const WRONG_MAX: i64 = 12_000;

/// Minor units of one major unit.
fn unit(currency: Currency) -> i64 {
    10i64.pow(currency.exponent())
}

/// One to three lines whose sum is near a size of the span, and that sum; major units.
fn basket(rng: &mut Rng, segment: &Segment, size: Span) -> (Vec<invoice::GivenLine>, i64) {
    let (target, count) = (rng.skewed(size), rng.between((1, 3)));
    let first = rng.place(segment.products.len());
    let mut net = 0;
    let lines = segment.products.iter().cycle().skip(first).zip(0..count).map(|((description, price), _)| {
        let quantity = (target / count / price).max(1);
        net += quantity * price;
        invoice::GivenLine {
            description: (*description).to_owned(),
            quantity: Decimal::from(quantity),
            unit: None,
            unit_price: Decimal::from(*price),
            discount: Discount::NONE,
            tax_class: TAX_CLASS.to_owned(),
            item: None,
        }
    });
    let lines = lines.collect();
    (lines, net)
}

/// A payer's text from its template.
fn written(template: &str, numbers: &[String], wrong: &str, name: &str) -> String {
    let named = &numbers[..numbers.len().min(NAMED_MAX)];
    let digits: Vec<&str> =
        named.iter().map(|n| n.trim_start_matches(|c: char| !c.is_ascii_digit() || c == '0')).collect();
    template
        .replace("{name}", name)
        .replace("{n}", &named.join(", "))
        .replace("{d}", &digits.join(", "))
        .replace("{w}", wrong)
}

fn payer_name(party: &Party, channel: Channel) -> String {
    let name = match party.scenario.payer {
        Payer::Own => &party.name,
        Payer::Sister => &party.sister,
        Payer::Owner => &party.owner,
    };
    match (channel.shouts, *name == party.owner) {
        (false, _) => name.clone(),
        (true, true) => name.to_uppercase(),
        (true, false) => format!("{} LTD", name.to_uppercase()),
    }
}

fn shown(phone: &str, how: Phone) -> Option<String> {
    match how {
        Phone::Hidden => None,
        Phone::Masked => Some(format!("*********{}", &phone[phone.len() - 3..])),
        Phone::Whole => Some(phone.to_owned()),
    }
}
