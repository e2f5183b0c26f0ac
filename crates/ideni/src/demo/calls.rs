//! The collectors' calls of the last weeks: whom they try, what they hear, and what they write down of it.

use std::collections::BTreeMap;

use receivables::Date;

use super::customers::Party;
use super::heard;
use super::rng::{Rng, Span};
use super::town::Town;
use crate::actions::attempt::{CallBack, Contested, Given, Promised};
use crate::actions::{dispute, promise, record};

/// Calls are told of so many days; of older ones only what was promised or contested in them.
const TOLD_DAYS: i32 = 60;
/// One call a day for so many customers, and at most so many, besides those in which something was agreed.
const CUSTOMERS_A_CALL: usize = 50;
const CALLS_MAX: usize = 8;
/// An account that was tried is left alone for so long.
const REST_DAYS: i32 = 4;
/// Minutes of the day between which is called, and at which people ask to be called back.
const CALLING: Span = (10 * 60, 15 * 60 + 30);
const BACK_MINUTES: Span = (9 * 60, 9 * 60 + 45);
const BACK_DAYS: Span = (1, 3);
/// Days until somebody looks whether what was said came true.
const NEXT_DAYS: Span = (2, 5);
const RIGHT_PARTY_BPS: u32 = 8_500;
const INCOMING_BPS: u32 = 4_000;
/// Of the working days, so many on which something is noted of an account; of the notes, so many on an invoice.
const NOTED_BPS: u32 = 7_500;
const ON_INVOICE_BPS: u32 = 3_000;

/// What comes of trying somebody, of one who asked to be called, and of one who is silent for good; codes with weights.
const TRIED: &[(u32, &str)] = &[
    (5, "no-answer"),
    (2, "busy"),
    (2, "left-message"),
    (1, "off"),
    (3, "says-paid"),
    (3, "inquiry"),
    (2, "call-back"),
    (1, "refused"),
    (1, "plan-asked"),
];
const ANSWERED: &[(u32, &str)] = &[(3, "says-paid"), (3, "inquiry"), (1, "refused"), (1, "plan-asked")];
const SILENT: &[(u32, &str)] = &[(5, "no-answer"), (3, "off"), (1, "busy"), (1, "wrong-number")];
const REACHED_NOBODY: [&str; 5] = ["no-answer", "busy", "off", "left-message", "wrong-number"];
/// By which way somebody who was reached was reached.
const CHANNELS: &[(u32, &str)] = &[(8, "call"), (1, "whatsapp"), (1, "visit")];

/// One call, at its time.
#[derive(Debug)]
pub struct Call {
    pub party: usize,
    /// Of the day.
    pub minute: i32,
    pub given: Given,
}

/// The calls, and what the collectors remember of them.
pub struct Calls {
    rng: Rng,
    last_day: Date,
    /// When an account was tried last.
    tried: BTreeMap<usize, Date>,
    /// Whom to call back on which day.
    agreed: BTreeMap<Date, Vec<usize>>,
}

impl Calls {
    pub fn new(rng: Rng, last_day: Date) -> Calls {
        Calls { rng, last_day, tried: BTreeMap::new(), agreed: BTreeMap::new() }
    }

    /// Whether the day is one of the last weeks.
    pub fn are_told(&self, today: Date) -> bool {
        today > self.last_day.plus_days(-TOLD_DAYS)
    }

    /// The calls of a working day: those in which was promised or contested, those that were asked for, and others.
    pub fn of_day(
        &mut self,
        today: Date,
        town: &Town,
        promises: Vec<(usize, promise::Given)>,
        disputes: Vec<(usize, dispute::Given)>,
    ) -> Vec<Call> {
        let mut all: Vec<(usize, Given)> = Vec::new();
        all.extend(promises.into_iter().map(|(at, said)| (at, self.promised(&town.parties[at], &said))));
        all.extend(disputes.into_iter().map(|(at, said)| (at, self.disputed(&town.parties[at], said))));
        for (at, _) in &all {
            self.tried.insert(*at, today);
        }
        for at in self.agreed.remove(&today).unwrap_or_default() {
            if self.tried.insert(at, today) != Some(today) {
                let outcome = *self.rng.weighted(ANSWERED);
                all.push((at, self.heard(today, town, at, outcome)));
            }
        }
        for at in self.late(today, town) {
            if self.tried.insert(at, today) != Some(today) {
                let silent = town.parties[at].is_silent(today);
                let outcome = *self.rng.weighted(if silent { SILENT } else { TRIED });
                all.push((at, self.heard(today, town, at, outcome)));
            }
        }
        self.spread(all)
    }

    /// Gives each call its minute, one after the other.
    fn spread(&mut self, all: Vec<(usize, Given)>) -> Vec<Call> {
        let mut minute = CALLING.0;
        let apart = (CALLING.1 - CALLING.0) / i64::try_from(all.len().max(1)).unwrap_or(1);
        let calls = all.into_iter().map(|(party, given)| {
            let at = minute + self.rng.between((0, apart.max(1) - 1));
            minute += apart;
            Call { party, minute: i32::try_from(at).unwrap_or(0), given }
        });
        calls.collect()
    }

    /// Accounts somebody should call: late, not tried of late, and nothing agreed.
    fn late(&mut self, today: Date, town: &Town) -> Vec<usize> {
        let count = (town.parties.len() / CUSTOMERS_A_CALL).clamp(1, CALLS_MAX);
        let drawn: Vec<usize> = (0..count * 8).map(|_| self.rng.place(town.parties.len())).collect();
        let rested = |at: &usize| self.tried.get(at).is_none_or(|on| *on < today.plus_days(-REST_DAYS));
        let free = |party: &Party| [party.promised_on, party.held_until].iter().flatten().all(|until| *until < today);
        let found = drawn.into_iter().filter(|at| rested(at) && free(&town.parties[*at]) && town.is_late(today, *at));
        found.take(count).collect()
    }

    fn promised(&mut self, party: &Party, said: &promise::Given) -> Given {
        Given { promise: Some(Promised { amount: said.amount, on: said.promised_on }), ..self.talk(party, "promised") }
    }

    fn disputed(&mut self, party: &Party, said: dispute::Given) -> Given {
        let talk = self.talk(party, "disputed");
        let channel = if self.rng.chance(INCOMING_BPS) { "incoming".to_owned() } else { talk.channel };
        let contested = Contested { invoice: said.invoice, amount: said.amount, reason: said.reason };
        Given { channel, note: said.note, dispute: Some(contested), ..talk }
    }

    /// A call in which nothing was promised or contested.
    fn heard(&mut self, today: Date, town: &Town, at: usize, outcome: &'static str) -> Given {
        let party = &town.parties[at];
        let after = |rng: &mut Rng, days| town.calendar.next_working_day(today.plus_days(rng.days(days)));
        if REACHED_NOBODY.contains(&outcome) {
            let note = heard::of_call(&mut self.rng, outcome, &party.language).to_owned();
            let (customer, channel) = (party.code.clone(), "call".to_owned());
            return Given { customer, channel, outcomes: vec![outcome.to_owned()], note, ..Given::default() };
        }
        let back_on = after(&mut self.rng, BACK_DAYS);
        if outcome == "call-back" && back_on <= self.last_day && !party.is_silent(back_on) {
            self.agreed.entry(back_on).or_default().push(at);
            let minute = i32::try_from(self.rng.between(BACK_MINUTES)).unwrap_or(0);
            let callback = Some(CallBack { on: back_on, minute, who: party.owner.clone() });
            return Given { callback, ..self.talk(party, outcome) };
        }
        let outcome = if outcome == "call-back" { "inquiry" } else { outcome };
        let next_on = Some(after(&mut self.rng, NEXT_DAYS));
        Given { outcomes: vec![outcome.to_owned()], next_on, ..self.talk(party, outcome) }
    }

    /// Somebody was reached.
    fn talk(&mut self, party: &Party, outcome: &str) -> Given {
        Given {
            customer: party.code.clone(),
            channel: (*self.rng.weighted(CHANNELS)).to_owned(),
            answered: party.owner.clone(),
            right_party: outcome == "promised" || self.rng.chance(RIGHT_PARTY_BPS),
            note: heard::of_call(&mut self.rng, outcome, &party.language).to_owned(),
            ..Given::default()
        }
    }

    /// What somebody notes of an account today, if anything, and whose it is.
    pub fn note(&mut self, today: Date, town: &Town) -> Option<(usize, record::Given)> {
        if !self.are_told(today) || !self.rng.chance(NOTED_BPS) {
            return None;
        }
        let at = self.rng.place(town.parties.len());
        let party = &town.parties[at];
        let text = heard::of_account(&mut self.rng, &party.language).to_owned();
        let bill = party.open.first().filter(|_| self.rng.chance(ON_INVOICE_BPS)).map(|bill| &town.bills[*bill]);
        let (record, name) = match bill {
            Some(bill) => ("invoice", bill.number.clone()),
            None => ("customer", party.code.clone()),
        };
        Some((at, record::Given { record: record.to_owned(), name, text, corrects: None }))
    }
}
