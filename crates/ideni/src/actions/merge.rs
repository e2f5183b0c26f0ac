//! Customers that are one: looked at together from the merge on, each with its own code and postings. Nothing posted
//! changes, and a merge can be taken back.

use receivables::Refusal;
use receivables::customer::merge::{Party, check};
use receivables::ids::{self, Id};
use store::customer::Customer;
use store::{Error, Tx, customer, merge};

use super::{Actor, Once, Right, Subject, act, needs_reason, once};

/// A customer with those merged into it; their accounts are looked at as one.
#[derive(Clone, Debug)]
pub struct Group {
    pub survivor: Customer,
    pub merged: Vec<Customer>,
}

impl Group {
    /// All of them, the one that stands for them first.
    pub fn members(&self) -> impl Iterator<Item = &Customer> {
        std::iter::once(&self.survivor).chain(&self.merged)
    }
}

/// The group a code belongs to, also a merged one.
pub fn group(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Group, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let known = customer::get(tx, company, code)?;
    let survivor = merge::survivor_of(tx, company, &known)?;
    let merged = merge::members(tx, company, survivor.id)?;
    Ok(Group { survivor, merged })
}

/// Says that a customer is another one, whose account takes it in.
pub fn merge(
    tx: &mut Tx<'_>,
    actor: &Actor,
    from: &str,
    into: &str,
    reason: &str,
    key: Option<&Once>,
) -> Result<(), Error> {
    needs_reason(reason)?;
    once(tx, actor, key, |tx| {
        let name = format!("{from} into {into}");
        act(tx, actor, Right::CustomerMerge, Subject { name: &name, cause: Some(reason) }, |tx| {
            let company = actor.company.id;
            let (one, other) = (customer::get(tx, company, from)?, customer::get(tx, company, into)?);
            merge::lock(tx, company, one.id, other.id)?;
            // Read again under the lock: another may have merged one of them meanwhile.
            let (one, one_into) = read(tx, company, one.id)?;
            let (other, other_into) = read(tx, company, other.id)?;
            check(
                Party { code: &one.code, merged_into: one_into.as_deref() },
                Party { code: &other.code, merged_into: other_into.as_deref() },
            )?;
            merge::save(tx, company, one.id, other.id, reason.trim()).map(|_| ())
        })
    })
}

/// A customer, and the code of the one it is merged into.
fn read(tx: &mut Tx<'_>, company: i64, id: Id<ids::Customer>) -> Result<(Customer, Option<String>), Error> {
    let known = customer::by_id(tx, company, id)?;
    let into = match known.merged_into {
        Some(survivor) => Some(customer::by_id(tx, company, survivor)?.code),
        None => None,
    };
    Ok((known, into))
}

/// Takes a merge back: the customer has its own account again.
pub fn unmerge(tx: &mut Tx<'_>, actor: &Actor, code: &str, reason: &str, key: Option<&Once>) -> Result<(), Error> {
    needs_reason(reason)?;
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::CustomerMerge, Subject { name: code, cause: Some(reason) }, |tx| {
            let company = actor.company.id;
            let known = customer::get(tx, company, code)?;
            merge::lock(tx, company, known.id, known.merged_into.unwrap_or(known.id))?;
            let standing = merge::standing(tx, company, known.id)?;
            let standing = standing.ok_or_else(|| Refusal::NotMerged { code: code.into() })?;
            merge::undo(tx, company, standing, reason.trim())
        })
    })
}

/// Every merge, the latest first.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<merge::Listed>, Error> {
    actor.may(Right::Read)?;
    merge::list(tx, actor.company.id)
}
