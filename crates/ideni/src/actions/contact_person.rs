//! The people at a customer: whom to ask, by which way, on which days. Every change is a version that stays.

use receivables::customer::contact::{Contact, Typed, read};
use receivables::{Refusal, Unusable};
use store::contact_person::{self, Person, Version};
use store::customer::Customer;
use store::{Error, Tx, customer};

use super::{Actor, Once, Right, Subject, act, once, telephone};
use crate::words::Language;

/// A contact that was saved.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Made {
    pub id: String,
    pub version: i64,
}

/// Adds a person to a customer. A primary one takes that from who was it before.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, code: &str, typed: &Typed, key: Option<&Once>) -> Result<Made, Error> {
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::ContactSave, Subject { name: code, cause: None }, |tx| {
            let customer = customer::get(tx, actor.company.id, code)?;
            actor.may_for(Right::ContactSave, customer.collector.as_deref())?;
            let contact = checked(actor, typed)?;
            let person = Person { id: tx.new_id(), version: 1, customer: customer.id, contact };
            saved(tx, actor, &customer, person)
        })
    })
}

/// Changes a person that was read at a version; refused where somebody changed it since.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &str,
    version: i64,
    typed: &Typed,
    key: Option<&Once>,
) -> Result<Made, Error> {
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::ContactSave, Subject { name: id, cause: None }, |tx| {
            let (customer, known) = active(tx, actor, id)?;
            if known.version != version {
                return Err(stale(tx, actor, &known)?);
            }
            let contact = checked(actor, typed)?;
            if contact == known.contact {
                return Ok(Made { id: id.to_owned(), version });
            }
            saved(tx, actor, &customer, Person { version: version + 1, contact, ..known })
        })
    })
}

/// Ends a contact: the person left, or asked to be left alone. What was known of them stays in their history.
pub fn end(tx: &mut Tx<'_>, actor: &Actor, id: &str, reason: &str) -> Result<(), Error> {
    let cause = Some(reason.trim()).filter(|reason| !reason.is_empty());
    act(tx, actor, Right::ContactSave, Subject { name: id, cause }, |tx| {
        let (_, known) = active(tx, actor, id)?;
        let contact = Contact { active: false, primary: false, ..known.contact };
        let ended = Person { version: known.version + 1, contact, ..known };
        contact_person::save(tx, actor.company.id, &ended)
    })
}

/// The people at a customer and at those merged into it, with the customer's code.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Vec<(String, Person)>, Error> {
    let group = super::merge::group(tx, actor, code)?;
    let mut all = Vec::new();
    for member in group.members() {
        let people = contact_person::of_customer(tx, actor.company.id, member.id)?;
        all.extend(people.into_iter().map(|person| (member.code.clone(), person)));
    }
    Ok(all)
}

/// A person as known now.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, id: &str) -> Result<Person, Error> {
    actor.may(Right::Read)?;
    contact_person::get(tx, actor.company.id, id)
}

/// A person with every version, the latest first.
pub fn history(tx: &mut Tx<'_>, actor: &Actor, id: &str) -> Result<Vec<Version>, Error> {
    actor.may(Right::Read)?;
    let known = contact_person::get(tx, actor.company.id, id)?;
    contact_person::versions(tx, actor.company.id, known.id)
}

fn checked(actor: &Actor, typed: &Typed) -> Result<Contact, Error> {
    Ok(read(typed, telephone::plan(&actor.company)?, &Language::ALL.map(Language::code))?)
}

/// A person who was not ended, with the customer, whose account the actor may touch.
fn active(tx: &mut Tx<'_>, actor: &Actor, id: &str) -> Result<(Customer, Person), Error> {
    let known = contact_person::get(tx, actor.company.id, id)?;
    let customer = customer::by_id(tx, actor.company.id, known.customer)?;
    actor.may_for(Right::ContactSave, customer.collector.as_deref())?;
    if known.contact.active {
        return Ok((customer, known));
    }
    let (field, value) = ("contact".into(), known.contact.name);
    Err(Refusal::Invalid { field, value, reason: Unusable::ContactEnded }.into())
}

fn saved(tx: &mut Tx<'_>, actor: &Actor, customer: &Customer, person: Person) -> Result<Made, Error> {
    let company = actor.company.id;
    if person.contact.primary {
        for other in contact_person::of_customer(tx, company, customer.id)? {
            if other.contact.primary && other.id != person.id {
                let contact = Contact { primary: false, ..other.contact };
                contact_person::save(tx, company, &Person { version: other.version + 1, contact, ..other })?;
            }
        }
    }
    contact_person::save(tx, company, &person)?;
    Ok(Made { id: person.id.to_string(), version: person.version })
}

fn stale(tx: &mut Tx<'_>, actor: &Actor, known: &Person) -> Result<Error, Error> {
    let last = contact_person::versions(tx, actor.company.id, known.id)?.into_iter().next();
    let (user, at) = last.map(|last| (last.actor, last.at.local_text(&actor.company.time_zone))).unwrap_or_default();
    Ok(Refusal::StaleVersion { name: known.contact.name.clone(), user, at }.into())
}
