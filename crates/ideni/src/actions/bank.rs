//! Bank details of customers: asked for by one person, approved by another. Lists show the last four signs of a number.

use receivables::approval::Kind;
use receivables::customer::bank::{self, Details, masked};
use serde::{Deserialize, Serialize};
use store::approval::Request;
use store::bank_detail::{self, Saved};
use store::{Error, Tx, customer};

use super::approval::{self, New};
use super::{Actor, Once, Right, Subject, act, once, telephone};

/// Bank details as somebody typed them.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// `bank` or `wallet`.
    pub kind: String,
    pub holder: String,
    /// The bank's name, or the wallet's.
    pub institution: String,
    pub number: String,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    customer: String,
    kind: String,
    holder: String,
    institution: String,
    number: String,
}

/// Asks for bank details to be saved; the id of the request comes back.
pub fn ask(
    tx: &mut Tx<'_>,
    actor: &Actor,
    code: &str,
    typed: &Typed,
    reason: &str,
    key: Option<&Once>,
) -> Result<String, Error> {
    once(tx, actor, key, |tx| {
        actor.may(Right::BankAsk)?;
        let customer = customer::get(tx, actor.company.id, code)?;
        let plan = telephone::plan(&actor.company)?;
        let details = bank::read(&typed.kind, &typed.holder, &typed.institution, &typed.number, plan)?;
        let payload = Payload {
            customer: code.to_owned(),
            kind: details.kind.code().to_owned(),
            holder: details.holder,
            institution: details.institution,
            number: details.number,
        };
        let customer = Some(customer.id);
        let new = New { kind: Kind::BankDetails, subject: code, payload: &payload, reason, customer };
        approval::ask(tx, actor, &new)
    })
}

/// The details a request asks for.
pub(crate) fn asked(request: &Request) -> Result<Details, Error> {
    let Payload { kind, holder, institution, number, .. } = approval::payload(request)?;
    Ok(Details { kind: bank::Kind::from_code(&kind)?, holder, institution, number })
}

/// Saves what was approved.
pub(crate) fn save_approved(tx: &mut Tx<'_>, actor: &Actor, request: &Request, details: &Details) -> Result<(), Error> {
    let Payload { customer: code, .. } = approval::payload(request)?;
    act(tx, actor, Right::BankDetails, Subject { name: &code, cause: Some(&request.reason) }, |tx| {
        let company = actor.company.id;
        let customer = customer::get(tx, company, &code)?;
        bank_detail::save(tx, company, customer.id, request.id, details)
    })
}

/// A customer's bank details with masked numbers, those that count first.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Vec<Saved>, Error> {
    actor.may(Right::Read)?;
    let mut all = saved(tx, actor, code)?;
    for one in &mut all {
        one.details.number = masked(&one.details.number);
    }
    Ok(all)
}

/// The bank details that count, in full: for whoever sends the money.
pub fn full(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Option<Saved>, Error> {
    actor.may(Right::BankRead)?;
    Ok(saved(tx, actor, code)?.into_iter().next())
}

fn saved(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Vec<Saved>, Error> {
    let customer = customer::get(tx, actor.company.id, code)?;
    bank_detail::of_customer(tx, actor.company.id, customer.id)
}
