//! Use cases: one file per noun, one function per transaction. Each takes (tx, actor, today), asks the one
//! table of rights, and leaves one row in the audit log.

pub mod access;
pub mod account;
pub mod allocation;
pub mod api_key;
pub mod approval;
pub mod attempt;
pub mod audit;
pub mod backup;
pub mod bank;
pub mod branch;
pub mod callback;
pub mod cash;
pub mod certificate;
pub mod charge;
pub mod company;
pub mod contact_person;
pub mod contract;
mod country;
pub mod credit_note;
pub mod customer;
pub mod day;
pub mod debit_note;
pub mod dispute;
pub mod draft;
pub mod drill;
pub mod duplicate;
pub mod duty;
pub mod einvoice;
pub mod exception;
pub mod export;
pub mod fiscal;
pub mod gap;
pub mod history;
pub mod hold;
pub mod holiday;
pub mod import;
pub mod invoice;
pub mod invoice_file;
pub mod item;
pub mod journal_out;
pub mod late_charge;
pub mod link;
pub mod listing;
pub mod merge;
pub mod meter;
pub mod note;
pub mod opening;
pub mod outbox;
pub mod paper;
pub mod password;
pub mod payer;
pub mod period;
#[cfg(feature = "pdf")]
pub mod print;
pub mod progress;
pub mod promise;
pub mod quarantine;
pub mod quote;
pub mod rate;
pub mod reads;
pub mod receipt;
pub mod record;
pub mod refund;
pub mod reissue;
pub mod report;
pub mod revaluation;
pub mod revenue;
pub mod review;
pub mod sales;
pub mod search;
pub mod second_factor;
pub mod session;
pub mod setting;
pub mod sign_in;
pub mod statement;
pub mod stock;
pub mod tax;
pub mod telephone;
pub mod time_to_invoice;
pub mod today;
pub mod transfer;
pub mod unbilled;
pub mod upload;
pub mod user;
pub mod vat_return;
pub mod verify;
pub mod view;
pub mod worklist;

use receivables::{Refusal, Unusable};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use store::audit::Deed;
use store::company::Company;
use store::{Error, Tx};

pub use access::{Reach, Right, Role, Roles};

/// Who acts, in which company, with which roles.
#[derive(Clone, Debug)]
pub struct Actor {
    pub company: Company,
    pub user: String,
    pub roles: Roles,
}

impl Actor {
    /// Whether some of the roles has the right, at least for accounts of the actor's own.
    pub fn can(&self, right: Right) -> bool {
        self.roles.reach(right) > Reach::Nothing
    }

    /// Refuses what no role of the actor may do.
    pub fn may(&self, right: Right) -> Result<(), Error> {
        if self.can(right) { Ok(()) } else { Err(self.not_allowed(right)) }
    }

    /// Whether the right reaches an account that `collector` works; nobody's account is everybody's.
    pub fn can_for(&self, right: Right, collector: Option<&str>) -> bool {
        match self.roles.reach(right) {
            Reach::Nothing => false,
            Reach::Own => collector.is_none_or(|user| user == self.user),
            Reach::Company => true,
        }
    }

    /// Refuses what the actor may not do with an account that `collector` works.
    pub fn may_for(&self, right: Right, collector: Option<&str>) -> Result<(), Error> {
        self.may(right)?;
        if self.can_for(right, collector) {
            return Ok(());
        }
        let (user, collector) = (self.user.clone(), collector.unwrap_or_default().to_owned());
        Err(Refusal::OtherPortfolio { user, action: right.name().into(), collector }.into())
    }

    fn not_allowed(&self, right: Right) -> Error {
        Refusal::NotAllowed { user: self.user.clone(), action: right.name().into() }.into()
    }
}

/// To which thing, and why where a reason was given.
pub(crate) struct Subject<'a> {
    pub name: &'a str,
    pub cause: Option<&'a str>,
}

/// Runs `f` as one audited action of the actor.
pub(crate) fn act<T>(
    tx: &mut Tx<'_>,
    actor: &Actor,
    right: Right,
    subject: Subject<'_>,
    f: impl FnOnce(&mut Tx<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    actor.may(right)?;
    tx.begin_action(actor.company.id)?;
    let done = f(tx)?;
    tx.end_action(&Deed { actor: &actor.user, verb: right.name(), subject: subject.name, cause: subject.cause })?;
    Ok(done)
}

/// Refuses a reason that says nothing.
pub(crate) fn needs_reason(reason: &str) -> Result<(), Refusal> {
    needs("reason", reason)
}

/// Refuses a field that is empty.
pub(crate) fn needs(field: &str, value: &str) -> Result<(), Refusal> {
    if value.trim().is_empty() { Err(Refusal::Missing { field: field.into() }) } else { Ok(()) }
}

/// A text as it is kept: without space around it. Refused where it is longer than `most` characters, or holds what no text
/// does.
pub(crate) fn text<'a>(field: &str, value: &'a str, most: usize) -> Result<&'a str, Refusal> {
    let text = value.trim();
    let unusable = |reason| Err(Refusal::InvalidEmpty { field: field.into(), reason });
    if text.chars().count() > most {
        return unusable(Unusable::TooLong { most: most.to_string() });
    }
    if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return unusable(Unusable::ControlCharacter);
    }
    Ok(text)
}

/// The minute of the day on the clock of the company's zone.
pub(crate) fn minute_now(tx: &Tx<'_>, actor: &Actor) -> i32 {
    let (_, hour, minute) = tx.now().wall_clock(&actor.company.time_zone);
    i32::from(hour) * 60 + i32::from(minute)
}

/// A key under which a request is carried out once, with the request it stands for.
#[derive(Clone, Debug)]
pub struct Once {
    pub key: String,
    pub body: [u8; 32],
}

impl Once {
    /// The key of a request; `body` is what the request says.
    pub fn new(key: impl Into<String>, body: &str) -> Once {
        Once { key: key.into(), body: Sha256::digest(body.as_bytes()).into() }
    }
}

/// Carries `f` out once per key: a second request gets the first one's answer, another body is refused.
pub fn once<T: Serialize + DeserializeOwned>(
    tx: &mut Tx<'_>,
    actor: &Actor,
    once: Option<&Once>,
    f: impl FnOnce(&mut Tx<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let Some(once) = once else { return f(tx) };
    if let Some(answer) = store::idempotency::find(tx, actor.company.id, &actor.user, &once.key, &once.body)? {
        return serde_json::from_str(&answer).map_err(|e| Error::failed("reading a kept answer", e));
    }
    let done = f(tx)?;
    let answer = serde_json::to_string(&done).map_err(|e| Error::failed("keeping an answer", e))?;
    store::idempotency::save(tx, actor.company.id, &actor.user, &once.key, &once.body, &answer)?;
    Ok(done)
}

/// The first sixteen bytes of SHA-256 over texts, each with its length.
pub(crate) fn digest16<'a>(parts: impl IntoIterator<Item = &'a str>) -> [u8; 16] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let full: [u8; 32] = hash.finalize().into();
    full[..16].try_into().expect("sixteen of thirty-two bytes")
}
