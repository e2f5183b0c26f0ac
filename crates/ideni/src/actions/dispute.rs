//! Disputes: amounts a customer contests. They are not dunned, and stay open until somebody decides.

use receivables::collections::dispute::{self, Outcome, Reason};
use receivables::ids::{self, Id};
use receivables::{Date, Money};
use store::dispute::{Dispute, NewDispute};
use store::{Error, Tx, customer, document};

use super::merge::Group;
use super::{Actor, Once, Right, Subject, act, once};

/// What a customer contests, and why.
#[derive(Clone, Debug)]
pub struct Given {
    pub invoice: String,
    /// Minor units; all that is open and not in dispute when `None`.
    pub amount: Option<i64>,
    /// A code of [`Reason`].
    pub reason: String,
    pub note: String,
}

/// One dispute made: its id, and how much of which instalment.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Made {
    pub id: String,
    pub invoice: String,
    pub instalment: i32,
    pub amount: String,
    pub currency: String,
}

/// Writes a dispute down, one per instalment it reaches, the oldest first.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given, key: Option<&Once>) -> Result<Vec<Made>, Error> {
    once(tx, actor, key, |tx| {
        let reason = Reason::from_code(&given.reason)?;
        let subject = Subject { name: &given.invoice, cause: Some(reason.code()) };
        act(tx, actor, Right::DisputeAdd, subject, |tx| make(tx, actor, today, given))
    })
}

/// The same inside a running action.
pub(crate) fn make(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given) -> Result<Vec<Made>, Error> {
    let company = actor.company.id;
    let reason = Reason::from_code(&given.reason)?;
    let invoice = document::get(tx, company, &given.invoice)?;
    let collector = customer::by_id(tx, company, invoice.payer)?.collector;
    actor.may_for(Right::DisputeAdd, collector.as_deref())?;
    let items = document::items_of(tx, company, invoice.id)?;
    let mut made = Vec::new();
    for (place, amount) in dispute::raise(&items, &given.invoice, given.amount)? {
        let item = &items[place];
        let new = NewDispute {
            customer: item.customer,
            document: item.document,
            instalment: item.instalment,
            currency: item.currency,
            amount,
            reason: reason.code(),
            note: given.note.trim(),
            raised_on: today,
        };
        let id = store::dispute::save(tx, company, &new, item.open)?;
        made.push(Made {
            id: id.to_string(),
            invoice: item.number.clone(),
            instalment: item.instalment,
            amount: Money::new(amount, item.currency).major_text(),
            currency: item.currency.to_string(),
        });
    }
    Ok(made)
}

/// Ends a dispute by a person's decision. What follows (a credit note, a reminder) is another action.
pub fn end(tx: &mut Tx<'_>, actor: &Actor, today: Date, name: &str, outcome: &str, note: &str) -> Result<(), Error> {
    let outcome = Outcome::from_person(outcome)?;
    act(tx, actor, Right::DisputeEnd, Subject { name, cause: Some(outcome.code()) }, |tx| {
        let company = actor.company.id;
        let known = store::dispute::get(tx, company, name)?;
        super::customer::may_for(tx, actor, Right::DisputeEnd, known.customer)?;
        let item = document::item(tx, company, known.document, known.instalment)?;
        // Read again under the lock: another may have ended it meanwhile.
        let known = store::dispute::get(tx, company, name)?;
        dispute::end(&known.ended)?;
        store::dispute::end(tx, company, &known, outcome, note.trim(), today.max(known.raised_on), item.open)
    })
}

/// The disputes of an account.
pub fn of_group(tx: &mut Tx<'_>, actor: &Actor, group: &Group) -> Result<Vec<Dispute>, Error> {
    let mut all = Vec::new();
    for member in group.members() {
        all.extend(store::dispute::of_customer(tx, actor.company.id, member.id)?);
    }
    Ok(all)
}

pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Dispute>, Error> {
    actor.may(Right::Read)?;
    store::dispute::list(tx, actor.company.id)
}

/// Disputes of one customer or of all, those after one of them.
pub fn page(
    tx: &mut Tx<'_>,
    actor: &Actor,
    customer: Option<&str>,
    after: Id<ids::Dispute>,
    limit: i64,
) -> Result<Vec<Dispute>, Error> {
    actor.may(Right::Read)?;
    let customer = super::customer::id_of(tx, actor, customer)?;
    store::dispute::page(tx, actor.company.id, customer, after, limit)
}

pub fn get(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<Dispute, Error> {
    actor.may(Right::Read)?;
    store::dispute::get(tx, actor.company.id, name)
}
