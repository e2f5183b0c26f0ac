//! Messages until a person has sent or ignored them: those that the day turn drafted, and those with a paper. Nothing leaves by itself.

mod paper;

pub(super) use paper::of_issued;
pub use paper::{PAPERS, add};

use receivables::ids::{self, Id};
use receivables::{Date, Refusal};
use store::notice::{self, Listed};
use store::reports::snapshot::Snapshots;
use store::{Error, Tx};

use super::setting::Setting;
use super::{Actor, Right, Subject, act, contact_person, merge, quarantine};
use crate::words::{self, Language};

/// Where counting drafts with no address ends.
pub const COUNT_MAX: i64 = 1000;

/// Marks a drafted message as sent by a person, or as ignored: a reminder will be proposed again at the same level. From a book
/// in quarantine nothing is sent, nor a document that the tax device has not seen.
pub fn decide(tx: &mut Tx<'_>, actor: &Actor, name: &str, sent: bool) -> Result<(), Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let paper = notice::get(tx, company, name)?.paper;
    let right = if paper.is_some() { Right::OutboxAdd } else { Right::DayTurn };
    act(tx, actor, right, Subject { name, cause: Some(if sent { "sent" } else { "ignored" }) }, |tx| {
        if sent {
            quarantine::check(tx)?;
            if let Some(paper) = paper.filter(|paper| paper.kind == "document")
                && store::fiscal::pending_ids(tx, company)?.contains(&Id::from_bytes(paper.id))
            {
                return Err(Refusal::NotFiscalised { number: paper.name }.into());
            }
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

/// Who a message comes from, and how the money may come.
pub(super) struct Sender {
    pub company: String,
    /// The name that signs, with the number to call.
    pub signed: String,
    how_to_pay: Option<String>,
}

impl Sender {
    pub fn load(tx: &mut Tx<'_>, actor: &Actor, on: Date) -> Result<Sender, Error> {
        let mut text = |setting: Setting| setting.text(tx, actor.company.id, on);
        let (name, phone, how_to_pay) = (text(Setting::NameShown)?, text(Setting::Phone)?, text(Setting::HowToPay)?);
        Ok(Sender {
            company: name.unwrap_or_else(|| actor.company.name.clone()),
            signed: phone.map_or_else(|| actor.user.clone(), |phone| format!("{} {phone}", actor.user)),
            how_to_pay,
        })
    }

    /// With the customer's payment code as the reference, as on every paper.
    pub fn how_to_pay(&self, language: Language, reference: &str) -> String {
        let own = |way: &String| words::say(language, "message-pay-by", &[("way", way), ("reference", reference)]);
        let any = || words::say(language, "message-how-to-pay", &[("reference", reference)]);
        self.how_to_pay.as_ref().map_or_else(any, own)
    }
}
