//! The people at a customer. Each change is a new version of the person; the highest counts.

use receivables::customer::contact::{Channel, Contact, Days, Hours, Role};
use receivables::ids::{self, Id};
use receivables::{Instant, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params, search};

statements! {
    OF_CUSTOMER = "SELECT p.contact, p.version, p.customer, p.name, p.role, p.phone, p.email, p.language, p.call_days, p.call_from, p.call_to, p.channel, p.is_primary, p.active FROM contact_person p WHERE p.company = $1 AND p.customer = $2 AND NOT EXISTS (SELECT 1 FROM contact_person n WHERE n.company = p.company AND n.contact = p.contact AND n.version > p.version) ORDER BY p.active DESC, p.is_primary DESC, p.contact";
    GET = "SELECT contact, version, customer, name, role, phone, email, language, call_days, call_from, call_to, channel, is_primary, active FROM contact_person WHERE company = $1 AND contact = $2 ORDER BY version DESC LIMIT 1";
    VERSIONS = "SELECT p.contact, p.version, p.customer, p.name, p.role, p.phone, p.email, p.language, p.call_days, p.call_from, p.call_to, p.channel, p.is_primary, p.active, a.at, a.actor FROM contact_person p JOIN action a ON a.company = p.company AND a.id = p.action WHERE p.company = $1 AND p.contact = $2 ORDER BY p.version DESC";
    PHONES = "SELECT p.customer, p.phone FROM contact_person p WHERE p.company = $1 AND p.phone IS NOT NULL AND p.active = 1 AND NOT EXISTS (SELECT 1 FROM contact_person n WHERE n.company = p.company AND n.contact = p.contact AND n.version > p.version) ORDER BY p.customer, p.phone";
}

/// A person as the latest version says.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: Id<ids::Contact>,
    pub version: i64,
    pub customer: Id<ids::Customer>,
    pub contact: Contact,
}

pub(crate) fn read(row: &Row<'_>) -> Result<Person, Error> {
    let hours = match (row.int_opt(8)?, row.int_opt(9)?, row.int_opt(10)?) {
        (Some(days), Some(from), Some(to)) => {
            let small = |value: i64| u16::try_from(value).map_err(|e| Error::failed("reading hours", e));
            let days = u8::try_from(days).map_err(|e| Error::failed("reading days", e))?;
            Some(Hours { days: Days(days), from: small(from)?, to: small(to)? })
        }
        _ => None,
    };
    let contact = Contact {
        name: row.string(3)?,
        role: Role::from_code(row.text(4)?)?,
        phone: row.string_opt(5)?,
        email: row.string_opt(6)?,
        language: row.string_opt(7)?,
        hours,
        channel: row.text_opt(11)?.map(Channel::from_code).transpose()?,
        primary: row.flag(12)?,
        active: row.flag(13)?,
    };
    Ok(Person { id: row.id(0)?, version: row.int(1)?, customer: row.id(2)?, contact })
}

/// Saves a version of a person; the key keeps two people from saving the same one.
pub fn save(tx: &mut Tx<'_>, company: i64, person: &Person) -> Result<(), Error> {
    let before = tx.first(GET, params![company, person.id], read)?;
    search::change_person(tx, company, before.as_ref(), person)?;
    let action = tx.action_id()?;
    let c = &person.contact;
    tx.insert_facts(
        &table::CONTACT_PERSON,
        params![
            company,
            person.id,
            person.version,
            action,
            person.customer,
            &c.name,
            c.role.code(),
            c.phone.as_deref(),
            c.email.as_deref(),
            c.language.as_deref(),
            c.hours.map(|h| i64::from(h.days.0)),
            c.hours.map(|h| i64::from(h.from)),
            c.hours.map(|h| i64::from(h.to)),
            c.channel.map(Channel::code),
            c.primary,
            c.active
        ],
    )
}

/// The people at a customer: active ones first, the one to ask first at their head.
pub fn of_customer(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Vec<Person>, Error> {
    tx.all(OF_CUSTOMER, params![company, customer], read)
}

pub fn get(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<Person, Error> {
    let not_found = || Error::from(Refusal::NotFound { kind: "contact".into(), name: name.into() });
    let id: Id<ids::Contact> = name.parse().map_err(|_| not_found())?;
    tx.first(GET, params![company, id], read)?.ok_or_else(not_found)
}

/// People by id, as their latest versions say.
pub fn by_ids(tx: &mut Tx<'_>, company: i64, people: &[Id<ids::Contact>]) -> Result<Vec<Person>, Error> {
    let mut found = Vec::with_capacity(people.len());
    for id in people {
        found.extend(tx.first(GET, params![company, *id], read)?);
    }
    Ok(found)
}

/// One version with when and by whom.
#[derive(Clone, Debug)]
pub struct Version {
    pub person: Person,
    pub at: Instant,
    pub actor: String,
}

/// Every version of a person, the latest first.
pub fn versions(tx: &mut Tx<'_>, company: i64, id: Id<ids::Contact>) -> Result<Vec<Version>, Error> {
    tx.all(VERSIONS, params![company, id], |row| {
        Ok(Version { person: read(row)?, at: row.instant(14)?, actor: row.string(15)? })
    })
}

/// Every telephone number of people who are still there, by customer.
pub fn phones(tx: &mut Tx<'_>, company: i64) -> Result<Vec<(Id<ids::Customer>, String)>, Error> {
    tx.all(PHONES, params![company], |row| Ok((row.id(0)?, row.string(1)?)))
}
