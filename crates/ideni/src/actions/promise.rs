//! Promises to pay.

use std::collections::BTreeMap;

use receivables::calendar::Calendar;
use receivables::collections::promise;
use receivables::customer::merge::Groups;
use receivables::ids::{self, Id};
use receivables::{Currency, Date, Money, Refusal, Unusable};
use store::customer::Customer;
use store::promise::Promise;
use store::{Error, Tx, customer};

use super::merge::Group;
use super::{Actor, Once, Right, Subject, act, once};

/// What a customer promised.
#[derive(Clone, Debug)]
pub struct Given {
    pub customer: String,
    pub amount: Money,
    pub promised_on: Date,
    pub grace_days: i32,
    pub note: String,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Made {
    pub id: String,
}

/// Writes a promise down; the ledger will judge it.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given, key: Option<&Once>) -> Result<Made, Error> {
    once(tx, actor, key, |tx| {
        let note = given.note.trim();
        let cause = (!note.is_empty()).then_some(note);
        act(tx, actor, Right::PromiseAdd, Subject { name: &given.customer, cause }, |tx| {
            let customer = customer::get(tx, actor.company.id, &given.customer)?;
            make(tx, actor, today, &customer, given)
        })
    })
}

/// The same inside a running action.
pub(crate) fn make(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    customer: &Customer,
    given: &Given,
) -> Result<Made, Error> {
    actor.may_for(Right::PromiseAdd, customer.collector.as_deref())?;
    let made = promise::Promise::make(given.amount, given.promised_on, given.grace_days, today)?;
    let id = tx.new_id();
    store::promise::save(
        tx,
        actor.company.id,
        &Promise {
            id,
            customer: customer.id,
            code: customer.code.clone(),
            currency: given.amount.currency,
            amount: made.amount,
            promised_on: made.promised_on,
            made_on: made.made_on,
            grace_days: made.grace_days,
            note: given.note.trim().to_owned(),
            state: "open".into(),
            kept: 0,
            judged_on: None,
        },
    )?;
    Ok(Made { id: id.to_string() })
}

/// Takes a promise back at the customer's word; the ledger no longer judges it.
pub fn withdraw(tx: &mut Tx<'_>, actor: &Actor, today: Date, name: &str, reason: &str) -> Result<(), Error> {
    super::needs_reason(reason)?;
    act(tx, actor, Right::PromiseAdd, Subject { name, cause: Some(reason) }, |tx| {
        let known = store::promise::get(tx, actor.company.id, name)?;
        super::customer::may_for(tx, actor, Right::PromiseAdd, known.customer)?;
        if known.state != "open" {
            let reason = Unusable::PromiseDecided { judged: known.state };
            return Err(Refusal::Invalid { field: "promise".into(), value: name.into(), reason }.into());
        }
        store::promise::set_state(tx, actor.company.id, known.id, "withdrawn", known.kept, today)
    })
}

/// What a stored promise is judged to be on a day.
pub(crate) fn judge(
    tx: &mut Tx<'_>,
    company: i64,
    p: &Promise,
    groups: &Groups,
    calendar: &Calendar,
    today: Date,
) -> Result<(&'static str, i64), Error> {
    let mut paid: BTreeMap<Date, i64> = BTreeMap::new();
    for customer in groups.members(p.customer) {
        for (on, amount) in store::promise::paid_since(tx, company, customer, p.currency, p.made_on)? {
            *paid.entry(on).or_default() += amount;
        }
    }
    let paid: Vec<(Date, i64)> = paid.into_iter().collect();
    let judged = promise::judge(&made(p), calendar, &paid, today);
    let kept = match judged {
        promise::Judged::Open { paid } | promise::Judged::PartlyKept { paid, .. } => paid,
        promise::Judged::Kept { .. } => p.amount,
        promise::Judged::Broken { .. } => 0,
    };
    Ok((judged.code(), kept))
}

fn made(p: &Promise) -> promise::Promise {
    promise::Promise { amount: p.amount, made_on: p.made_on, promised_on: p.promised_on, grace_days: p.grace_days }
}

/// Judges anew what was judged of a customer's promises, after a payment of that day came back or was good after all. An
/// open promise waits for its day.
pub(crate) fn judge_again(
    tx: &mut Tx<'_>,
    actor: &Actor,
    customer: Id<ids::Customer>,
    paid: (Currency, Date),
    today: Date,
) -> Result<(), Error> {
    let (company, (currency, paid_on)) = (actor.company.id, paid);
    let calendar = super::holiday::calendar(tx, &actor.company)?;
    let groups = store::merge::groups(tx, company)?;
    let mut promises = Vec::new();
    for customer in groups.members(customer) {
        promises.extend(store::promise::of_customer(tx, company, customer)?);
    }
    for p in promises {
        let judged = p.state != "open" && p.state != "withdrawn";
        if !judged || p.currency != currency || p.made_on > paid_on {
            continue;
        }
        let (state, kept) = judge(tx, company, &p, &groups, &calendar, today)?;
        if state != p.state || kept != p.kept {
            set(tx, company, &p, state, kept, today)?;
        }
    }
    Ok(())
}

/// Keeps what a promise is judged to be. Whatever was agreed before, an account whose word was not kept is called again.
pub(crate) fn set(tx: &mut Tx<'_>, company: i64, p: &Promise, state: &str, kept: i64, on: Date) -> Result<(), Error> {
    store::promise::set_state(tx, company, p.id, state, kept, on)?;
    if matches!(state, "broken" | "partly-kept") {
        store::attempt::wake(tx, company, p.customer)?;
    }
    Ok(())
}

/// Every promise, with the last day on which a payment keeps it.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(Promise, Date)>, Error> {
    actor.may(Right::Read)?;
    let all = store::promise::list(tx, actor.company.id)?;
    with_last_day(tx, actor, all)
}

/// The promises of an account, likewise.
pub fn of_group(tx: &mut Tx<'_>, actor: &Actor, group: &Group) -> Result<Vec<(Promise, Date)>, Error> {
    let mut all = Vec::new();
    for member in group.members() {
        all.extend(store::promise::of_customer(tx, actor.company.id, member.id)?);
    }
    all.sort_by_key(|p| p.id);
    with_last_day(tx, actor, all)
}

/// Promises of one customer or of all, those after one of them, likewise.
pub fn page(
    tx: &mut Tx<'_>,
    actor: &Actor,
    customer: Option<&str>,
    after: Id<ids::Promise>,
    limit: i64,
) -> Result<Vec<(Promise, Date)>, Error> {
    actor.may(Right::Read)?;
    let customer = super::customer::id_of(tx, actor, customer)?;
    let all = store::promise::page(tx, actor.company.id, customer, after, limit)?;
    with_last_day(tx, actor, all)
}

pub fn get(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<(Promise, Date), Error> {
    actor.may(Right::Read)?;
    let known = store::promise::get(tx, actor.company.id, name)?;
    let last_day = made(&known).last_day(&super::holiday::calendar(tx, &actor.company)?);
    Ok((known, last_day))
}

fn with_last_day(tx: &mut Tx<'_>, actor: &Actor, all: Vec<Promise>) -> Result<Vec<(Promise, Date)>, Error> {
    let calendar = super::holiday::calendar(tx, &actor.company)?;
    Ok(all
        .into_iter()
        .map(|p| {
            let last_day = made(&p).last_day(&calendar);
            (p, last_day)
        })
        .collect())
}
