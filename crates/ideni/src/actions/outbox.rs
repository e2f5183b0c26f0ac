//! Messages that the day turn drafted, until a person has sent or ignored them. Nothing leaves by itself.

use receivables::ids::{self, Id};
use store::notice::{self, Listed};
use store::reports::snapshot::Snapshots;
use store::{Error, Tx};

use super::{Actor, Right, Subject, act, contact_person, merge, quarantine};

/// Where counting drafts with no address ends.
pub const COUNT_MAX: i64 = 1000;

/// Marks a drafted message as sent by a person, or as ignored: it will be proposed again at the same level. From a book
/// in quarantine nothing is sent.
pub fn decide(tx: &mut Tx<'_>, actor: &Actor, name: &str, sent: bool) -> Result<(), Error> {
    act(tx, actor, Right::DayTurn, Subject { name, cause: Some(if sent { "sent" } else { "ignored" }) }, |tx| {
        if sent {
            quarantine::check(tx)?;
        }
        notice::decide(tx, actor.company.id, name, if sent { "sent" } else { "ignored" })
    })
}

/// Drafts that wait for a person, the oldest first.
pub fn waiting(tx: &mut Tx<'_>, actor: &Actor, limit: i64) -> Result<Vec<Listed>, Error> {
    actor.may(Right::Read)?;
    notice::waiting(tx, actor.company.id, limit)
}

/// Drafts that wait for a person, those after one of them.
pub fn waiting_after(tx: &mut Tx<'_>, actor: &Actor, after: Id<ids::Notice>, limit: i64) -> Result<Vec<Listed>, Error> {
    actor.may(Right::Read)?;
    notice::page(tx, actor.company.id, after, limit)
}

/// Drafts that cannot go out, as no telephone or e-mail is known; those after one of them, or after none.
pub fn nowhere(
    tx: &mut Tx<'_>,
    actor: &Actor,
    after: Option<Id<ids::Notice>>,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    actor.may(Right::Read)?;
    notice::nowhere(tx, actor.company.id, after, limit)
}

/// How many drafts cannot go out, worked out once until something new is sealed; counting ends at [`COUNT_MAX`].
pub fn nowhere_count(tx: &mut Tx<'_>, snapshots: &Snapshots, actor: &Actor) -> Result<i64, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let count = snapshots.of(tx, company, |snapshot, tx| {
        snapshot.remember(tx, "drafts to nowhere".into(), |tx| notice::nowhere_count(tx, company, COUNT_MAX))
    })?;
    Ok(*count)
}

/// Every message, drafted or decided.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Listed>, Error> {
    actor.may(Right::Read)?;
    notice::outbox(tx, actor.company.id)
}

pub fn get(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<Listed, Error> {
    actor.may(Right::Read)?;
    notice::get(tx, actor.company.id, name)
}

/// Where a message to a customer may be sent.
#[derive(Clone, Default, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// In E.164 where it was understood, else as it was given.
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// The customer's own telephone and e-mail; where one is missing, that of the first person there who has one. Whoever left,
/// or asked to be left alone, gets nothing.
pub fn recipient(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Recipient, Error> {
    actor.may(Right::Read)?;
    let customer = merge::group(tx, actor, code)?.survivor;
    let Recipient { mut phone, mut email } = Recipient { phone: customer.phone, email: customer.email };
    if phone.is_none() || email.is_none() {
        let mut people = contact_person::list(tx, actor, code)?;
        people.sort_by_key(|(_, person)| !person.contact.primary);
        for (_, person) in people.into_iter().filter(|(_, person)| person.contact.active) {
            phone = phone.or(person.contact.phone);
            email = email.or(person.contact.email);
        }
    }
    Ok(Recipient { phone, email })
}
