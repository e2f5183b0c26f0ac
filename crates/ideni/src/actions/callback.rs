//! Callbacks: an hour at which somebody asked to be called. Those whose hour has come ring on Today.

use receivables::collections::attempt::{ahead, hour_text};
use receivables::{Date, Refusal};
use store::callback::{Callback, NewCallback};
use store::customer::Customer;
use store::{Error, Tx, callback, customer};

use super::merge::{self, Group};
use super::{Actor, Once, Right, Subject, act, once};

/// The longest name of whom to ask for, in characters.
pub(crate) const WHO_MAX: usize = 200;
/// Callbacks that ring at once.
const SHOWN: i64 = 200;

/// When to call whom.
#[derive(Clone, Debug)]
pub struct Given {
    pub customer: String,
    pub on: Date,
    /// Of the day, in the company's zone.
    pub minute: i32,
    /// Whom to ask for; may be empty.
    pub who: String,
    pub note: String,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Made {
    pub id: String,
}

/// Writes down when to call.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given, key: Option<&Once>) -> Result<Made, Error> {
    once(tx, actor, key, |tx| {
        let when = format!("{} {}", given.on, hour_text(given.minute));
        act(tx, actor, Right::CallbackAdd, Subject { name: &given.customer, cause: Some(&when) }, |tx| {
            let customer = merge::group(tx, actor, &given.customer)?.survivor;
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
    actor.may_for(Right::CallbackAdd, customer.collector.as_deref())?;
    ahead("on", given.on, today)?;
    let new = NewCallback {
        customer: customer.id,
        on: given.on,
        minute: given.minute.clamp(0, 24 * 60 - 1),
        who: super::text("who", &given.who, WHO_MAX)?,
        note: super::text("note", &given.note, super::record::NOTE_MAX)?,
        by: &actor.user,
    };
    Ok(Made { id: callback::save(tx, actor.company.id, &new)?.to_string() })
}

/// Marks a callback as done.
pub fn done(tx: &mut Tx<'_>, actor: &Actor, today: Date, name: &str) -> Result<(), Error> {
    act(tx, actor, Right::CallbackDone, Subject { name, cause: None }, |tx| {
        let company = actor.company.id;
        let (id, customer, done) = callback::get(tx, company, name)?;
        let customer = customer::by_id(tx, company, customer)?;
        actor.may_for(Right::CallbackDone, customer.collector.as_deref())?;
        if let Some((on, by)) = done {
            return Err(Refusal::CallbackDone { on, by }.into());
        }
        callback::done(tx, company, id, today, &actor.user)
    })
}

/// A callback of today or before, and whether its hour has come.
#[derive(Clone, Debug)]
pub struct Ringing {
    pub callback: Callback,
    pub due: bool,
}

/// Those not done until the end of the day, in the order of their hours; only those of accounts that `user` works, or that
/// `user` took down, where one is named.
pub fn ringing(tx: &mut Tx<'_>, actor: &Actor, today: Date, user: Option<&str>) -> Result<Vec<Ringing>, Error> {
    actor.may(Right::Read)?;
    let now = (today, super::minute_now(tx, actor));
    let all = callback::open(tx, actor.company.id, today, user, SHOWN)?;
    Ok(all.into_iter().map(|b| Ringing { due: (b.on, b.minute) <= now, callback: b }).collect())
}

/// The callbacks of an account that are not done.
pub fn of_group(tx: &mut Tx<'_>, actor: &Actor, group: &Group) -> Result<Vec<Callback>, Error> {
    let mut all = Vec::new();
    for member in group.members() {
        all.extend(callback::of_customer(tx, actor.company.id, member.id)?);
    }
    all.sort_by_key(|b| (b.on, b.minute));
    Ok(all)
}

pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Callback>, Error> {
    actor.may(Right::Read)?;
    callback::list(tx, actor.company.id)
}
