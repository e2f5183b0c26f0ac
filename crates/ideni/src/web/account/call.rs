//! The form of a call: one form, several outcomes, and straight to the next account.

use axum::response::Response;
use receivables::collections::attempt::{Channel, Outcome, minute_of};
use receivables::ledger::Item;
use receivables::{Currency, Money, Refusal};
use store::Error;
use store::customer::Customer;

use super::balance::name;
use super::money::minor_of;
use super::{Place, address, under};
use crate::actions::attempt::{self, CallBack, Contested, Promised};
use crate::actions::worklist;
use crate::web::ask::{Ask, day, day_or_none, question};
use crate::web::page::{Desk, Page};

/// An outcome to choose, its key and whether it was chosen.
pub(super) struct Choice {
    pub code: &'static str,
    pub words: String,
    pub key: &'static str,
    pub chosen: bool,
}

/// What the form shows.
pub(super) struct Form {
    /// Where it is sent, without the list that is walked.
    pub action: String,
    pub channels: Vec<(String, String)>,
    /// Whoever was reached said so; may be chosen together.
    pub said: Vec<Choice>,
    /// Nobody was reached: one key each.
    pub missed: Vec<Choice>,
    /// What the chosen items come to, and their numbers.
    pub amount: String,
    pub currency: String,
    pub note: String,
    pub currencies: Vec<(String, String)>,
    pub invoices: Vec<(String, String)>,
    pub right_party: bool,
}

impl Form {
    /// Whether a part of the form is shown at once: something of it was typed, or chosen before.
    pub(super) fn opens(&self, p: &Page, field: &str) -> bool {
        let begun = if field == "amount" { self.amount.as_str() } else { "" };
        !p.typed(&self.action, field, begun).is_empty() || p.fault(&self.action, field).is_some()
    }
}

const SAID: [(Outcome, &str); 5] = [
    (Outcome::SaysPaid, "s"),
    (Outcome::PlanAsked, "a"),
    (Outcome::Inquiry, "i"),
    (Outcome::Refused, "r"),
    (Outcome::WrongNumber, "w"),
];
const MISSED: [(Outcome, &str); 4] =
    [(Outcome::Busy, "b"), (Outcome::Off, "o"), (Outcome::NoAnswer, "n"), (Outcome::LeftMessage, "m")];

pub(super) fn form(desk: &Desk, ask: &Ask, customer: &Customer, open: &[Item], chosen: &[String]) -> Form {
    let (p, typed) = (&desk.page, ask.all("outcome"));
    let choice = |(outcome, key): &(Outcome, &'static str)| Choice {
        code: outcome.code(),
        words: p.t(&format!("attempt-{}", outcome.code())),
        key,
        chosen: typed.iter().any(|code| code == outcome.code()),
    };
    let chosen: Vec<&Item> = open.iter().filter(|item| item.open > 0 && chosen.contains(&name(item))).collect();
    let currency = chosen.first().map_or(customer.currency, |item| item.currency);
    let sum = chosen.iter().filter(|i| i.currency == currency).fold(0i64, |sum, i| sum.saturating_add(i.open));
    let numbers: Vec<&str> = chosen.iter().map(|item| item.number.as_str()).collect();
    let mut currencies: Vec<Currency> = open.iter().map(|item| item.currency).chain([currency]).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let invoice =
        |item: &&Item| (item.number.clone(), format!("{} · {}", item.number, p.money(item.open, item.currency)));
    let mut invoices: Vec<(String, String)> = open.iter().filter(|item| item.open > 0).map(|i| invoice(&i)).collect();
    invoices.dedup_by(|a, b| a.0 == b.0);
    Form {
        action: under(&customer.code, "attempts"),
        channels: Channel::ALL.map(|(_, code)| (code.to_owned(), p.t(&format!("channel-{code}")))).to_vec(),
        said: SAID.iter().map(choice).collect(),
        missed: MISSED.iter().map(choice).collect(),
        amount: if sum == 0 { String::new() } else { Money::new(sum, currency).major_text() },
        currency: currency.to_string(),
        note: numbers.join(", "),
        currencies: currencies.iter().map(|c| (c.to_string(), c.to_string())).collect(),
        invoices: [(String::new(), "–".to_owned())].into_iter().chain(invoices).collect(),
        // A refused form comes back as it was.
        right_party: ask.key().is_empty() || !ask.all("right_party").is_empty(),
    }
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct CallForm {
    channel: String,
    answered: String,
    /// `yes`, or not sent.
    right_party: String,
    note: String,
    next: String,
    amount: String,
    currency: String,
    on: String,
    invoice: String,
    disputed: String,
    reason: String,
    call_on: String,
    call_at: String,
    call_who: String,
    /// `next`: straight to the next account.
    then: String,
}

pub(super) fn record(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let place = Place::of(ask)?;
    let form: CallForm = ask.form_beside(&["outcome"])?;
    let (given, once) = (form.given(desk, ask, &place.code)?, ask.once());
    let missed = given.outcomes.iter().any(|code| MISSED.iter().any(|(outcome, _)| outcome.code() == code));
    let disputed = form.disputed.clone();
    desk.write(move |tx, actor, today| {
        let mut given = given.clone();
        if let Some(dispute) = &mut given.dispute {
            dispute.amount = minor_of(tx, actor, &dispute.invoice, &disputed)?;
        }
        attempt::add(tx, actor, today, &given, Some(&once))
    })?;
    // Where nobody was reached there is nothing more to do here.
    if missed || form.then == "next" { next(desk, &place) } else { place.to(desk, "attempt-added") }
}

/// To the next account of the list, or back to the list at its end.
fn next(desk: &Desk, place: &Place) -> Result<Response, Error> {
    let q = question(place.asked.parts());
    let (_, after) = desk.read(|tx, actor| {
        let customer = crate::actions::merge::group(tx, actor, &place.code)?.survivor;
        let filter = place.asked.understood(tx, actor)?;
        worklist::neighbours(tx, actor, desk.today, &filter, customer.id)
    })?;
    let path = after.map_or_else(|| format!("/worklist{q}"), |(code, _)| address(&code, &q));
    desk.to(&path, "attempt-added")
}

impl CallForm {
    /// What was said, without the amount of a dispute, whose currency is the invoice's.
    fn given(&self, desk: &Desk, ask: &Ask, code: &str) -> Result<attempt::Given, Error> {
        Ok(attempt::Given {
            customer: code.to_owned(),
            channel: self.channel.clone(),
            answered: self.answered.clone(),
            right_party: self.right_party == "yes",
            outcomes: ask.all("outcome"),
            note: self.note.clone(),
            next_on: day_or_none(&self.next, "next")?,
            promise: self.promised()?,
            dispute: self.contested()?,
            callback: self.call_back(desk)?,
        })
    }

    fn promised(&self) -> Result<Option<Promised>, Error> {
        if self.amount.trim().is_empty() && self.on.is_empty() {
            return Ok(None);
        }
        let amount = match self.amount.trim() {
            "" => return Err(Refusal::Missing { field: "amount".into() }.into()),
            text => formats::parse_money(text, self.currency.parse()?)?,
        };
        if self.on.is_empty() {
            return Err(Refusal::Missing { field: "on".into() }.into());
        }
        Ok(Some(Promised { amount, on: day(&self.on, "on")? }))
    }

    fn contested(&self) -> Result<Option<Contested>, Error> {
        if self.invoice.is_empty() {
            let amount = self.disputed.trim();
            return if amount.is_empty() { Ok(None) } else { Err(Refusal::Missing { field: "invoice".into() }.into()) };
        }
        Ok(Some(Contested { invoice: self.invoice.clone(), amount: None, reason: self.reason.clone() }))
    }

    /// An hour without a day is one of today.
    fn call_back(&self, desk: &Desk) -> Result<Option<CallBack>, Error> {
        if self.call_on.is_empty() && self.call_at.is_empty() {
            return Ok(None);
        }
        if self.call_at.is_empty() {
            return Err(Refusal::Missing { field: "call_at".into() }.into());
        }
        Ok(Some(CallBack {
            on: day_or_none(&self.call_on, "call_on")?.unwrap_or(desk.today),
            minute: minute_of("call_at", &self.call_at)?,
            who: self.call_who.clone(),
        }))
    }
}
