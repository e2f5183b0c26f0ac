//! Deeds that wait for a second person, and bank details, which always do.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::cursor::{AnyPage, Page};
use super::endpoint::endpoints;
use super::shape::{Code, Line, Moment, Name, Prose, Reason, Sum, Uuid, one_of};
use crate::actions::{approval, bank};

endpoints! { "approvals"
    /// Requests that wait for a decision, the oldest first.
    read Get "/approvals" Read list(query AnyPage) -> Page<Request>;
    /// One request, waiting or decided.
    read Get "/approvals/{id}" Read show() -> Request;
    /// Approves a request and carries it out, as somebody else than whoever asked.
    write Post "/approvals/{id}/approval" ApprovalDecide approve(body NewApproval) -> Request;
    /// Turns a request down; whoever asked takes it back so.
    write Post "/approvals/{id}/rejection" ApprovalAsk reject(body NewRejection) -> Request;
    /// A customer's bank details, numbers but for their last signs masked; those that count first.
    read Get "/customers/{code}/bank-details" Read bank_details() -> BankDetails;
    /// Asks for bank details of a customer to be saved; they count once somebody else approves.
    write Post "/customers/{code}/bank-details" ApprovalAsk ask_bank_details(body NewBankDetails) -> Request;
}

#[derive(Serialize, JsonSchema)]
struct Request {
    id: Uuid,
    #[schemars(schema_with = "kinds")]
    kind: &'static str,
    /// To which thing: an invoice, a receipt, a customer.
    subject: String,
    /// What is at stake; `null` for bank details.
    amount: Option<Sum>,
    currency: Option<String>,
    customer: Option<String>,
    reason: String,
    asked_by: String,
    asked_at: Moment,
    /// Whether the key's user may decide it now.
    may_decide: bool,
    /// `approved`, `rejected` or `withdrawn`; `null` while it waits.
    decision: Option<String>,
    decided_by: Option<String>,
    decided_at: Option<Moment>,
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    one_of(receivables::approval::Kind::ALL.iter().map(|(_, code)| *code))
}

fn shown(listed: approval::Listed) -> Request {
    let (request, amount) = (listed.request, listed.what.amount());
    let decision = request.decision;
    Request {
        id: request.id.into(),
        kind: request.kind.code(),
        subject: request.subject,
        amount: amount.map(Sum::from),
        currency: amount.map(|money| money.currency.to_string()),
        customer: request.customer,
        reason: request.reason,
        asked_by: request.asked_by,
        asked_at: Moment(request.asked_at),
        may_decide: listed.may_decide,
        decided_by: decision.as_ref().map(|d| d.user.clone()),
        decided_at: decision.as_ref().map(|d| Moment(d.at)),
        decision: decision.map(|d| d.outcome),
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewApproval {
    /// Needed where the one person of a company decides alone.
    reason: Option<Prose<500>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewRejection {
    reason: Reason,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &AnyPage) -> Result<Page<Request>, Error> {
    let all = approval::waiting(tx, ask.actor())?;
    asked.span("approvals").cut(all, |listed| listed.request.id.bytes().to_vec(), shown)
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<Request, Error> {
    Ok(shown(approval::get(tx, ask.actor(), ask.path("id"))?))
}

fn approve(tx: &mut Tx<'_>, ask: &Ask, new: &NewApproval) -> Result<Request, Error> {
    let reason = new.reason.as_ref().map_or("", Prose::as_str);
    approval::approve(tx, ask.actor(), ask.today(), ask.path("id"), reason, None)?;
    show(tx, ask)
}

fn reject(tx: &mut Tx<'_>, ask: &Ask, new: &NewRejection) -> Result<Request, Error> {
    approval::reject(tx, ask.actor(), ask.path("id"), new.reason.as_str(), None)?;
    show(tx, ask)
}

#[derive(Serialize, JsonSchema)]
struct BankDetails {
    rows: Vec<BankDetail>,
}

#[derive(Serialize, JsonSchema)]
struct BankDetail {
    kind: &'static str,
    holder: String,
    /// The bank's name, or the wallet's.
    institution: String,
    number: String,
    at: Moment,
    asked_by: String,
    approved_by: String,
}

fn purses(_: &mut SchemaGenerator) -> Schema {
    one_of(receivables::customer::bank::Kind::ALL.iter().map(|(_, code)| *code))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewBankDetails {
    #[schemars(schema_with = "purses")]
    kind: Code,
    holder: Name,
    /// The bank's name, or the wallet's.
    institution: Name,
    number: Line<1, 60>,
    reason: Reason,
}

fn bank_details(tx: &mut Tx<'_>, ask: &Ask) -> Result<BankDetails, Error> {
    let all = bank::list(tx, ask.actor(), ask.path("code"))?;
    let rows = all.into_iter().map(|saved| BankDetail {
        kind: saved.details.kind.code(),
        holder: saved.details.holder,
        institution: saved.details.institution,
        number: saved.details.number,
        at: Moment(saved.at),
        asked_by: saved.asked_by,
        approved_by: saved.approved_by,
    });
    Ok(BankDetails { rows: rows.collect() })
}

fn ask_bank_details(tx: &mut Tx<'_>, ask: &Ask, new: &NewBankDetails) -> Result<Request, Error> {
    let typed = bank::Typed {
        kind: new.kind.text(),
        holder: new.holder.text(),
        institution: new.institution.text(),
        number: new.number.text(),
    };
    let id = bank::ask(tx, ask.actor(), ask.path("code"), &typed, new.reason.as_str(), None)?;
    Ok(shown(approval::get(tx, ask.actor(), &id)?))
}
