//! Customers that may be the same: asked before one is made, and as a list of those there are.

use std::collections::BTreeMap;
use std::sync::Arc;

use receivables::customer::duplicate::{self, Face, Likeness};
use receivables::customer::phone::Plan;
use receivables::ids::{self, Id};
use store::customer_list::{self, Compared};
use store::reports::snapshot::Snapshots;
use store::{Error, Tx, contact_person, merge};

use super::{Actor, Right, telephone};

/// A customer that another may be.
#[derive(Clone, Debug)]
pub struct Found {
    pub code: String,
    pub name: String,
    pub likeness: Likeness,
}

/// What a customer to be is compared by.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sought<'a> {
    /// Its own code, which it is not compared with.
    pub code: &'a str,
    pub name: &'a str,
    pub tin: Option<&'a str>,
    pub phone: Option<&'a str>,
}

/// Likenesses a page or a refusal shows.
const SHOWN: usize = 5;

/// The customers this one may be, the likeliest first.
pub fn of(tx: &mut Tx<'_>, actor: &Actor, sought: Sought<'_>) -> Result<Vec<Found>, Error> {
    actor.may(Right::Read)?;
    let plan = telephone::plan(&actor.company)?;
    let (mut known, mut faces) = known(tx, actor, plan)?;
    if let Some(own) = known.iter().position(|customer| customer.code == sought.code) {
        known.remove(own);
        faces.remove(own);
    }
    let phone = sought.phone.map(|phone| kept(plan, phone));
    let face = Face::new(sought.name, sought.tin, phone.as_deref());
    let found = duplicate::find(&face, &faces).into_iter().take(SHOWN);
    Ok(found
        .map(|(at, likeness)| Found { code: known[at].code.clone(), name: known[at].name.clone(), likeness })
        .collect())
}

/// Two customers that may be one.
#[derive(Clone, Debug)]
pub struct Pair {
    pub one: (String, String),
    pub other: (String, String),
    pub likeness: Likeness,
}

/// Every two customers that may be one and are not merged yet, the likeliest first, and how many there are.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, limit: usize) -> Result<(usize, Vec<Pair>), Error> {
    actor.may(Right::Read)?;
    let plan = telephone::plan(&actor.company)?;
    let (known, faces) = known(tx, actor, plan)?;
    let groups = merge::groups(tx, actor.company.id)?;
    let mut pairs = duplicate::pairs(&faces);
    pairs.retain(|(one, other, _)| !groups.together(known[*one].id, known[*other].id));
    let count = pairs.len();
    let named = |at: usize| (known[at].code.clone(), known[at].name.clone());
    let shown = pairs.into_iter().take(limit);
    Ok((count, shown.map(|(one, other, likeness)| Pair { one: named(one), other: named(other), likeness }).collect()))
}

/// As `list`, worked out once until something new is sealed.
pub fn list_in_memory(
    tx: &mut Tx<'_>,
    snapshots: &Snapshots,
    actor: &Actor,
    limit: usize,
) -> Result<Arc<(usize, Vec<Pair>)>, Error> {
    actor.may(Right::Read)?;
    snapshots.of(tx, actor.company.id, |snapshot, tx| {
        snapshot.remember(tx, format!("duplicates {limit}"), |tx| list(tx, actor, limit))
    })
}

/// Every customer with what it is compared by.
fn known(tx: &mut Tx<'_>, actor: &Actor, plan: &Plan) -> Result<(Vec<Compared>, Vec<Face>), Error> {
    let company = actor.company.id;
    let mut phones: BTreeMap<Id<ids::Customer>, Vec<String>> = BTreeMap::new();
    for (customer, phone) in contact_person::phones(tx, company)? {
        phones.entry(customer).or_default().push(phone);
    }
    let known = customer_list::compared(tx, company)?;
    let face = |customer: &Compared| {
        let mut all = phones.remove(&customer.id).unwrap_or_default();
        all.extend(customer.phone.as_deref().map(|phone| kept(plan, phone)));
        Face::new(&customer.name, customer.tin.as_deref(), all.iter().map(String::as_str))
    };
    let faces = known.iter().map(face).collect();
    Ok((known, faces))
}

/// A number as it is kept where it can be read, else as it is.
fn kept(plan: &Plan, phone: &str) -> String {
    plan.e164(phone).unwrap_or_else(|_| phone.to_owned())
}
