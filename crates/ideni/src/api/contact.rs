//! The people at a customer.

use receivables::customer::contact::{self, Contact as Known, Typed};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use store::contact_person::Person;
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::refund::NewReversal;
use super::shape::{Code, Line, Maybe, Name, OrNothing, Uuid, one_of};
use crate::actions::{contact_person, customer};

endpoints! { "contacts"
    /// The people at a customer, and at those merged with it.
    read Get "/customers/{code}/contacts" Read list() -> Contacts;
    /// Adds a person to a customer: somebody with a name who can be reached.
    write Post "/customers/{code}/contacts" ContactSave add(body NewContact) -> Contact;
    /// One person.
    read Get "/contacts/{id}" Read show() -> Contact;
    /// Changes what is given of a person, and nothing else.
    /// `null` takes a value away.
    write Patch "/contacts/{id}" ContactSave change(guarded ContactChange) -> Contact;
    /// Ends a contact: the person left, or asked to be left alone.
    write Post "/contacts/{id}/end" ContactSave end(body NewReversal) -> Contact;
}

#[derive(Serialize, JsonSchema)]
struct Contacts {
    rows: Vec<Contact>,
}

#[derive(Serialize, JsonSchema)]
struct Contact {
    id: Uuid,
    /// The customer's code.
    customer: String,
    name: String,
    #[schemars(schema_with = "roles")]
    role: &'static str,
    phone: Option<String>,
    email: Option<String>,
    language: Option<String>,
    /// Days on which to call, such as `mon tue`; `null` where nobody said when.
    call_days: Option<String>,
    /// The hours to call between, such as `08:30`.
    call_from: Option<String>,
    call_to: Option<String>,
    /// How the person wants to be reached.
    #[schemars(schema_with = "channel_or_nothing")]
    channel: Option<&'static str>,
    /// Whom to ask first.
    primary: bool,
    active: bool,
    /// One more with every change.
    version: i64,
}

fn roles(_: &mut SchemaGenerator) -> Schema {
    one_of(contact::Role::ALL.iter().map(|(_, code)| *code))
}

fn channels(_: &mut SchemaGenerator) -> Schema {
    one_of(contact::Channel::ALL.iter().map(|(_, code)| *code))
}

fn channel_or_nothing(_: &mut SchemaGenerator) -> Schema {
    let codes: Vec<Option<&str>> = contact::Channel::ALL.iter().map(|(_, code)| Some(*code)).chain([None]).collect();
    schemars::json_schema!({ "enum": codes })
}

type Hour = Line<0, 5>;
type Days = Line<0, 40>;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewContact {
    name: Name,
    #[schemars(schema_with = "roles")]
    role: Code,
    /// A telephone number or an address of e-mail is needed.
    phone: Option<Line<1, 40>>,
    email: Option<Line<1, 254>>,
    /// en, fr, rw or sw.
    language: Option<Line<2, 2>>,
    /// Days on which to call, such as `mon tue` or `mon-fri`.
    call_days: Option<Days>,
    /// The hours to call between, such as `08:30`.
    call_from: Option<Hour>,
    call_to: Option<Hour>,
    #[serde(default)]
    #[schemars(schema_with = "channels")]
    channel: Option<Code>,
    /// Whom to ask first.
    primary: Option<bool>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ContactChange {
    #[serde(default)]
    name: Maybe<Name>,
    #[serde(default)]
    #[schemars(schema_with = "roles")]
    role: Maybe<Code>,
    #[serde(default)]
    phone: OrNothing<Line<1, 40>>,
    #[serde(default)]
    email: OrNothing<Line<1, 254>>,
    #[serde(default)]
    language: OrNothing<Line<2, 2>>,
    #[serde(default)]
    call_days: OrNothing<Days>,
    #[serde(default)]
    call_from: OrNothing<Hour>,
    #[serde(default)]
    call_to: OrNothing<Hour>,
    #[serde(default)]
    #[schemars(schema_with = "channel_or_nothing")]
    channel: OrNothing<Code>,
    #[serde(default)]
    primary: Maybe<bool>,
}

fn shown(customer: String, person: Person) -> Contact {
    let Known { name, role, phone, email, language, hours, channel, primary, active } = person.contact;
    Contact {
        id: person.id.into(),
        customer,
        name,
        role: role.code(),
        phone,
        email,
        language,
        call_days: hours.map(|hours| hours.days.to_string()),
        call_from: hours.map(|hours| contact::clock(hours.from)),
        call_to: hours.map(|hours| contact::clock(hours.to)),
        channel: channel.map(contact::Channel::code),
        primary,
        active,
        version: person.version,
    }
}

fn list(tx: &mut Tx<'_>, ask: &Ask) -> Result<Contacts, Error> {
    let all = contact_person::list(tx, ask.actor(), ask.path("code"))?;
    Ok(Contacts { rows: all.into_iter().map(|(code, person)| shown(code, person)).collect() })
}

fn of_id(tx: &mut Tx<'_>, ask: &Ask, id: &str) -> Result<Contact, Error> {
    let person = contact_person::get(tx, ask.actor(), id)?;
    let customer = customer::by_id(tx, ask.actor(), person.customer)?.code;
    Ok(shown(customer, person))
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<Contact, Error> {
    of_id(tx, ask, ask.path("id"))
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewContact) -> Result<Contact, Error> {
    let days = new.call_days.as_ref().map(Line::text).unwrap_or_default();
    let hour = |hour: &Option<Hour>| hour.as_ref().map(Line::text).unwrap_or_default();
    let typed = Typed {
        name: new.name.text(),
        role: new.role.text(),
        phone: new.phone.as_ref().map(Line::text).unwrap_or_default(),
        email: new.email.as_ref().map(Line::text).unwrap_or_default(),
        language: new.language.as_ref().map(Line::text).unwrap_or_default(),
        days,
        from: hour(&new.call_from),
        to: hour(&new.call_to),
        channel: new.channel.as_ref().map(Line::text).unwrap_or_default(),
        primary: new.primary.unwrap_or_default(),
    };
    let made = contact_person::add(tx, ask.actor(), ask.path("code"), &typed, None)?;
    of_id(tx, ask, &made.id)
}

fn change(tx: &mut Tx<'_>, ask: &Ask, new: &ContactChange) -> Result<Contact, Error> {
    let id = ask.path("id");
    let known = of_id(tx, ask, id)?;
    // No contact has version 0: one that is not as it was read is refused with whoever saved it.
    let version = if ask.is_unchanged(&known)? { known.version } else { 0 };
    let or = |given: Option<Option<String>>, known: Option<String>| given.unwrap_or(known).unwrap_or_default();
    let typed = Typed {
        name: new.name.0.as_ref().map_or(known.name, Line::text),
        role: new.role.0.as_ref().map_or(known.role.to_owned(), Line::text),
        phone: or(new.phone.given(Line::text), known.phone),
        email: or(new.email.given(Line::text), known.email),
        language: or(new.language.given(Line::text), known.language),
        days: or(new.call_days.given(Line::text), known.call_days),
        from: or(new.call_from.given(Line::text), known.call_from),
        to: or(new.call_to.given(Line::text), known.call_to),
        channel: or(new.channel.given(Line::text), known.channel.map(str::to_owned)),
        primary: new.primary.0.unwrap_or(known.primary),
    };
    contact_person::change(tx, ask.actor(), id, version, &typed, None)?;
    of_id(tx, ask, id)
}

fn end(tx: &mut Tx<'_>, ask: &Ask, new: &NewReversal) -> Result<Contact, Error> {
    let id = ask.path("id");
    contact_person::end(tx, ask.actor(), id, new.reason.as_str())?;
    of_id(tx, ask, id)
}
