//! Attempts to reach a customer: a call, its outcomes and what follows, in one action.

use receivables::collections::attempt::{Attempt, Channel, Outcome, hour_text, wall_minute};
use receivables::ids::{self, Id};
use receivables::{Date, Money, Refusal};
use store::attempt::{self, NewAttempt};
use store::{Error, Tx, customer, document};

use super::merge::{self, Group};
use super::{Actor, Once, Right, Subject, act, callback, dispute, once, promise};

/// What a person says of one attempt.
#[derive(Clone, Debug, Default)]
pub struct Given {
    pub customer: String,
    /// A code of [`Channel`].
    pub channel: String,
    /// Who answered, as far as is known.
    pub answered: String,
    /// Whoever answered may speak for the account.
    pub right_party: bool,
    /// Codes of [`Outcome`]; what is given below adds its own.
    pub outcomes: Vec<String>,
    pub note: String,
    pub next_on: Option<Date>,
    pub promise: Option<Promised>,
    pub dispute: Option<Contested>,
    pub callback: Option<CallBack>,
}

/// A promise made in the call.
#[derive(Clone, Debug)]
pub struct Promised {
    pub amount: Money,
    pub on: Date,
}

/// An invoice contested in the call; all that is open and not in dispute of it where no amount is given.
#[derive(Clone, Debug)]
pub struct Contested {
    pub invoice: String,
    pub amount: Option<i64>,
    pub reason: String,
}

/// When to call back, and whom to ask for.
#[derive(Clone, Debug)]
pub struct CallBack {
    pub on: Date,
    pub minute: i32,
    pub who: String,
}

/// What was made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Made {
    pub id: String,
    pub promise: Option<String>,
    pub disputes: Vec<String>,
    pub callback: Option<String>,
    /// Until when the account is left alone: a day, and an hour of it where it comes back in the course of it.
    pub rests_until: String,
}

impl Given {
    /// The outcomes, with those that a promise, a dispute or a callback stands for, each once; refused where one lacks what
    /// it stands for.
    fn outcomes(&self) -> Result<Vec<Outcome>, Refusal> {
        let mut all = Vec::new();
        for code in &self.outcomes {
            let outcome = Outcome::from_code(code)?;
            if !all.contains(&outcome) {
                all.push(outcome);
            }
        }
        let details = [
            (Outcome::Promised, self.promise.is_some(), "amount"),
            (Outcome::Disputed, self.dispute.is_some(), "invoice"),
            (Outcome::CallBack, self.callback.is_some(), "hour"),
        ];
        for (outcome, given, field) in details {
            match (given, all.contains(&outcome)) {
                (true, false) => all.push(outcome),
                (false, true) => return Err(Refusal::Missing { field: field.to_owned() }),
                _ => {}
            }
        }
        Ok(all)
    }

    /// The day something was agreed for, the first of them.
    fn agreed_on(&self) -> Option<Date> {
        let promised = self.promise.as_ref().map(|p| p.on);
        promised.into_iter().chain(self.callback.as_ref().map(|b| b.on)).min()
    }
}

/// Records an attempt with all that came of it. The account rests until it is worth another try; a talk with somebody who
/// may speak for it is its last contact.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given, key: Option<&Once>) -> Result<Made, Error> {
    once(tx, actor, key, |tx| {
        let outcomes = given.outcomes()?;
        let codes: Vec<&str> = outcomes.iter().map(|o| o.code()).collect();
        let cause = codes.join(", ");
        act(tx, actor, Right::AttemptAdd, Subject { name: &given.customer, cause: Some(&cause) }, |tx| {
            let group = merge::group(tx, actor, &given.customer)?;
            actor.may_for(Right::AttemptAdd, group.survivor.collector.as_deref())?;
            let channel = Channel::from_code(&given.channel)?;
            let attempt = Attempt { channel, outcomes, right_party: given.right_party, next_on: given.next_on };
            attempt.check(today)?;
            record(tx, actor, today, given, &group, &attempt)
        })
    })
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    given: &Given,
    group: &Group,
    attempt: &Attempt,
) -> Result<Made, Error> {
    let (company, customer) = (actor.company.id, &group.survivor);
    let minute = super::minute_now(tx, actor);
    if attempt.outcomes.iter().all(|o| o.reached()) {
        for member in group.members() {
            store::callback::due_done(tx, company, member.id, &actor.user, (today, minute))?;
        }
    }
    let follows = Follows::make(tx, actor, today, given, group)?;
    let (on, until) = attempt.rests_until(given.agreed_on(), today, minute);
    let new = NewAttempt {
        customer: customer.id,
        on: today,
        channel: attempt.channel.code(),
        answered: super::text("answered", &given.answered, callback::WHO_MAX)?,
        right_party: attempt.talked(),
        note: super::text("note", &given.note, super::record::NOTE_MAX)?,
        next_on: attempt.next_on,
        by: &actor.user,
        outcomes: attempt.outcomes.iter().flat_map(|o| follows.of(*o)).collect(),
        rests_until: (on, until),
    };
    let id = attempt::save(tx, company, &new)?.to_string();
    let hour = (until > 0).then(|| hour_text(until));
    let rests_until = [Some(on.to_string()), hour].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Ok(Made { id, rests_until, ..follows.0 })
}

/// What is made together with an attempt.
struct Follows(Made);

impl Follows {
    fn make(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given, group: &Group) -> Result<Follows, Error> {
        let customer = &group.survivor;
        let mut made = Made::default();
        if let Some(p) = &given.promise {
            let given = promise::Given {
                customer: customer.code.clone(),
                amount: p.amount,
                promised_on: p.on,
                grace_days: 0,
                note: super::text("note", &given.note, super::record::NOTE_MAX)?.to_owned(),
            };
            made.promise = Some(promise::make(tx, actor, today, customer, &given)?.id);
        }
        if let Some(d) = &given.dispute {
            let known = document::get(tx, actor.company.id, &d.invoice)?;
            if group.members().all(|member| member.id != known.payer) {
                let (source, item) = (customer.code.clone(), d.invoice.clone());
                return Err(Refusal::OtherCustomer { source, item }.into());
            }
            let given = dispute::Given {
                invoice: d.invoice.clone(),
                amount: d.amount,
                reason: d.reason.clone(),
                note: super::text("note", &given.note, super::record::NOTE_MAX)?.to_owned(),
            };
            made.disputes = dispute::make(tx, actor, today, &given)?.into_iter().map(|d| d.id).collect();
        }
        if let Some(b) = &given.callback {
            let given = callback::Given {
                customer: customer.code.clone(),
                on: b.on,
                minute: b.minute,
                who: b.who.clone(),
                note: String::new(),
            };
            made.callback = Some(callback::make(tx, actor, today, customer, &given)?.id);
        }
        Ok(Follows(made))
    }

    /// An outcome with each thing made for it.
    fn of(&self, outcome: Outcome) -> Vec<(&'static str, Option<[u8; 16]>)> {
        let made: Vec<&String> = match outcome {
            Outcome::Promised => self.0.promise.iter().collect(),
            Outcome::Disputed => self.0.disputes.iter().collect(),
            Outcome::CallBack => self.0.callback.iter().collect(),
            _ => Vec::new(),
        };
        if made.is_empty() {
            return vec![(outcome.code(), None)];
        }
        made.into_iter().map(|id| (outcome.code(), bytes_of(id))).collect()
    }
}

fn bytes_of(id: &str) -> Option<[u8; 16]> {
    id.parse::<Id<ids::Attempt>>().ok().map(|id| *id.bytes())
}

/// Until when an account is left alone after an attempt, if it is: a day and a minute of it.
pub fn rests_until(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    customer: Id<ids::Customer>,
) -> Result<Option<(Date, i32)>, Error> {
    actor.may(Right::Read)?;
    let now = wall_minute(today, super::minute_now(tx, actor));
    attempt::rests_until(tx, actor.company.id, customer, now)
}

/// The newest attempts first, of one customer where a code is given.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    customer: Option<&str>,
    limit: i64,
) -> Result<Vec<attempt::Attempt>, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    match customer {
        None => attempt::list(tx, company, limit),
        Some(code) => {
            let customer = customer::get(tx, company, code)?;
            attempt::of_customer(tx, company, customer.id, limit)
        }
    }
}

/// Attempts of one customer or of all, those after one of them.
pub fn page(
    tx: &mut Tx<'_>,
    actor: &Actor,
    customer: Option<&str>,
    after: Id<ids::Attempt>,
    limit: i64,
) -> Result<Vec<attempt::Attempt>, Error> {
    actor.may(Right::Read)?;
    let customer = super::customer::id_of(tx, actor, customer)?;
    attempt::page(tx, actor.company.id, customer, after, limit)
}
