//! Holds on accounts.

use receivables::collections::hold::Hold;
use receivables::ids::{self, Id};
use receivables::{Date, Refusal};
use store::hold::Held;
use store::{Error, Tx, customer};

use super::merge::Group;
use super::{Actor, Right, Subject, act};

/// Leaves an account alone until a day, with the reason; it resumes by itself.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    code: &str,
    until: Date,
    reason: &str,
) -> Result<String, Error> {
    act(tx, actor, Right::HoldAdd, Subject { name: code, cause: Some(reason) }, |tx| {
        let customer = customer::get(tx, actor.company.id, code)?;
        actor.may_for(Right::HoldAdd, customer.collector.as_deref())?;
        let hold = Hold::place(reason, until, today)?;
        Ok(store::hold::save(tx, actor.company.id, customer.id, &hold)?.to_string())
    })
}

/// Ends a hold before its day.
pub fn lift(tx: &mut Tx<'_>, actor: &Actor, today: Date, name: &str) -> Result<(), Error> {
    act(tx, actor, Right::HoldAdd, Subject { name, cause: Some("lifted") }, |tx| {
        let not_found = || Refusal::NotFound { kind: "hold".into(), name: name.into() };
        let id: Id<ids::Hold> = name.parse().map_err(|_| not_found())?;
        let customer = store::hold::customer_of(tx, actor.company.id, id)?.ok_or_else(not_found)?;
        super::customer::may_for(tx, actor, Right::HoldAdd, customer)?;
        if store::hold::lift(tx, actor.company.id, id, today)? { Ok(()) } else { Err(not_found().into()) }
    })
}

/// What an account is left alone for today.
pub fn active(tx: &mut Tx<'_>, actor: &Actor, today: Date, group: &Group) -> Result<Vec<Held>, Error> {
    let mut held = Vec::new();
    for member in group.members() {
        held.extend(store::hold::of_customer(tx, actor.company.id, member.id, today)?);
    }
    held.retain(|h| h.hold.is_active(today));
    Ok(held)
}

pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Held>, Error> {
    actor.may(Right::Read)?;
    store::hold::list(tx, actor.company.id)
}

/// Holds of one customer or of all, those after one of them.
pub fn page(
    tx: &mut Tx<'_>,
    actor: &Actor,
    customer: Option<&str>,
    after: Id<ids::Hold>,
    limit: i64,
) -> Result<Vec<Held>, Error> {
    actor.may(Right::Read)?;
    let customer = super::customer::id_of(tx, actor, customer)?;
    store::hold::page(tx, actor.company.id, customer, after, limit)
}

pub fn get(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<Held, Error> {
    actor.may(Right::Read)?;
    store::hold::get(tx, actor.company.id, name)
}
