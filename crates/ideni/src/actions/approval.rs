//! Deeds that wait for a second person. Whoever asks does not decide; an approval carries the deed out in its own transaction.

use receivables::approval::{self, Decider, Kind};
use receivables::customer::bank::Details;
use receivables::ids::{self, Id};
use receivables::{Currency, Date, Money, Refusal};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::approval::{NewRequest, Request};
use store::{Error, Tx};

use super::setting::Setting;
use super::{Actor, Once, Right, Subject, act, allocation, bank, company, credit_note, once, refund};

/// What came of a wish: it was carried out, or waits for somebody else as a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked<T> {
    Done(T),
    Waits { id: String },
}

/// A write-off as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteOff {
    pub invoice: String,
    /// Minor units.
    pub amount: i64,
    pub currency: String,
}

/// A refund as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    pub receipt: String,
    /// Minor units.
    pub amount: i64,
    pub currency: String,
    pub account: Option<String>,
    /// The day the money left.
    pub on: Option<String>,
}

/// What a request is about, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    BankDetails(Details),
    WriteOff(WriteOff),
    Refund(Refund),
    CreditNote(credit_note::Asked),
}

impl What {
    pub fn of(request: &Request) -> Result<What, Error> {
        Ok(match request.kind {
            Kind::BankDetails => What::BankDetails(bank::asked(request)?),
            Kind::WriteOff => What::WriteOff(payload(request)?),
            Kind::Refund => What::Refund(payload(request)?),
            Kind::CreditNote => What::CreditNote(payload(request)?),
        })
    }

    /// The amount at stake; none for bank details.
    pub fn amount(&self) -> Option<Money> {
        let (minor, currency) = match self {
            What::BankDetails(_) => return None,
            What::WriteOff(asked) => (asked.amount, &asked.currency),
            What::Refund(asked) => (asked.amount, &asked.currency),
            What::CreditNote(asked) => (asked.total, &asked.currency),
        };
        Some(Money::new(minor, currency.parse::<Currency>().ok()?))
    }
}

/// What a request carries.
pub(crate) fn payload<T: DeserializeOwned>(request: &Request) -> Result<T, Error> {
    serde_json::from_str(&request.payload).map_err(|e| Error::failed("reading a request", e))
}

/// A request to be made.
pub(crate) struct New<'a, P: Serialize> {
    pub kind: Kind,
    pub subject: &'a str,
    pub payload: &'a P,
    pub reason: &'a str,
    pub customer: Option<Id<ids::Customer>>,
}

/// Asks a second person; the id of the request comes back.
pub(crate) fn ask<P: Serialize>(tx: &mut Tx<'_>, actor: &Actor, new: &New<'_, P>) -> Result<String, Error> {
    super::needs_reason(new.reason)?;
    let payload = serde_json::to_string(new.payload).map_err(|e| Error::failed("keeping a request", e))?;
    let name = name_of(new.kind, new.subject);
    act(tx, actor, Right::ApprovalAsk, Subject { name: &name, cause: Some(new.reason) }, |tx| {
        let New { kind, subject, reason, customer, .. } = *new;
        let saved = NewRequest { kind, subject, payload: &payload, reason: reason.trim(), customer };
        store::approval::save(tx, actor.company.id, &saved).map(|id| id.to_string())
    })
}

/// How the audit log names a request.
fn name_of(kind: Kind, subject: &str) -> String {
    format!("{} {subject}", kind.code())
}

/// Approves a request and carries it out, or refuses both.
pub fn approve(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    id: &str,
    reason: &str,
    key: Option<&Once>,
) -> Result<(), Error> {
    once(tx, actor, key, |tx| {
        actor.may(Right::ApprovalDecide)?;
        actor.may(deed(store::approval::get(tx, actor.company.id, id)?.kind))?;
        let request = store::approval::locked(tx, actor.company.id, id)?;
        let by = decider(tx, actor, reason)?;
        let alone = approval::approve(&facts(&request), &by)?;
        decide(tx, actor, &request, approval::Outcome::Approved, reason, alone)?;
        match What::of(&request)? {
            What::BankDetails(details) => bank::save_approved(tx, actor, &request, &details),
            What::WriteOff(asked) => {
                let given = allocation::GivenUp {
                    invoice: asked.invoice,
                    amount: Some(asked.amount),
                    reason: request.reason.clone(),
                };
                allocation::written_off(tx, actor, today, &given).map(|_| ())
            }
            What::Refund(asked) => {
                let on =
                    asked.on.map(|on| on.parse()).transpose().map_err(|e| Error::failed("reading a request", e))?;
                let given = refund::Given {
                    receipt: asked.receipt,
                    amount: Some(asked.amount),
                    account: asked.account,
                    on,
                    reason: request.reason.clone(),
                };
                refund::sent(tx, actor, today, &given).map(|_| ())
            }
            What::CreditNote(asked) => credit_note::posted(tx, actor, today, &asked.given).map(|_| ()),
        }
    })
}

/// Turns a request down; whoever asked takes it back so. Nothing is carried out.
pub fn reject(tx: &mut Tx<'_>, actor: &Actor, id: &str, reason: &str, key: Option<&Once>) -> Result<(), Error> {
    once(tx, actor, key, |tx| {
        let own = store::approval::get(tx, actor.company.id, id)?.asked_by == actor.user;
        actor.may(if own { Right::ApprovalAsk } else { Right::ApprovalDecide })?;
        let request = store::approval::locked(tx, actor.company.id, id)?;
        let by = decider(tx, actor, reason)?;
        let outcome = approval::reject(&facts(&request), &by)?;
        decide(tx, actor, &request, outcome, reason, false)
    })
}

fn decide(
    tx: &mut Tx<'_>,
    actor: &Actor,
    request: &Request,
    outcome: approval::Outcome,
    reason: &str,
    alone: bool,
) -> Result<(), Error> {
    let withdrawn = outcome == approval::Outcome::Withdrawn;
    let right = if withdrawn { Right::ApprovalAsk } else { Right::ApprovalDecide };
    let name = format!("{} {}", outcome.code(), name_of(request.kind, &request.subject));
    let reason = reason.trim();
    let cause = Some(reason).filter(|reason| !reason.is_empty());
    act(tx, actor, right, Subject { name: &name, cause }, |tx| {
        store::approval::decide(tx, actor.company.id, request.id, outcome, reason, alone)
    })
}

/// What carrying a request out takes besides deciding.
fn deed(kind: Kind) -> Right {
    match kind {
        Kind::BankDetails => Right::BankDetails,
        Kind::WriteOff => Right::WriteOff,
        Kind::Refund => Right::RefundAdd,
        Kind::CreditNote => Right::InvoiceCredit,
    }
}

fn decider<'a>(tx: &mut Tx<'_>, actor: &'a Actor, reason: &'a str) -> Result<Decider<'a>, Error> {
    let (user, at, zone) = (actor.user.as_str(), tx.now(), actor.company.time_zone.as_str());
    Ok(Decider { user, at, reason, one_person: company::one_person(tx, actor)?, zone })
}

fn facts(request: &Request) -> approval::Request<'_> {
    let decided = request.decision.as_ref().map(|d| (d.outcome.as_str(), d.user.as_str(), d.at));
    approval::Request { asked_by: &request.asked_by, asked_at: request.asked_at, decided }
}

// ---- what the company decided

/// Whether a refund needs a second person.
pub fn refund_needs_approval(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, Error> {
    Ok(Setting::RefundApproval.now(tx, actor.company.id)? == "yes")
}

/// Refuses a deed that needs a second person.
pub(crate) fn refuse(right: Right) -> Error {
    Refusal::NeedsApproval { action: right.name().into() }.into()
}

// ---- what waits

/// A request, and whether this actor may decide it now.
#[derive(Clone, Debug)]
pub struct Listed {
    pub request: Request,
    pub what: What,
    pub may_decide: bool,
}

/// What waits for a decision, the oldest first.
pub fn waiting(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Listed>, Error> {
    actor.may(Right::Read)?;
    let all = store::approval::waiting(tx, actor.company.id)?;
    listed(tx, actor, all)
}

/// Every request, the latest first.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, limit: i64) -> Result<Vec<Listed>, Error> {
    actor.may(Right::Read)?;
    let all = store::approval::list(tx, actor.company.id, limit)?;
    listed(tx, actor, all)
}

/// Those that whoever asked decided alone: the exceptions of a company of one person.
pub fn alone(tx: &mut Tx<'_>, actor: &Actor, limit: i64) -> Result<Vec<Listed>, Error> {
    actor.may(Right::Read)?;
    let all = store::approval::alone(tx, actor.company.id, limit)?;
    listed(tx, actor, all)
}

/// One request.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, id: &str) -> Result<Listed, Error> {
    actor.may(Right::Read)?;
    let request = store::approval::get(tx, actor.company.id, id)?;
    let mut one = listed(tx, actor, vec![request])?;
    one.pop().ok_or_else(|| Refusal::NotFound { kind: "request".into(), name: id.into() }.into())
}

/// How many wait for a decision of this actor.
pub fn count(tx: &mut Tx<'_>, actor: &Actor) -> Result<usize, Error> {
    Ok(waiting(tx, actor)?.iter().filter(|listed| listed.may_decide).count())
}

fn listed(tx: &mut Tx<'_>, actor: &Actor, all: Vec<Request>) -> Result<Vec<Listed>, Error> {
    // What a reason would be is asked for when the person decides.
    let by = decider(tx, actor, "–")?;
    let listed = all.into_iter().map(|request| {
        let allowed = actor.can(Right::ApprovalDecide) && actor.can(deed(request.kind));
        let may_decide = allowed && approval::approve(&facts(&request), &by).is_ok();
        Ok(Listed { what: What::of(&request)?, may_decide, request })
    });
    listed.collect()
}
