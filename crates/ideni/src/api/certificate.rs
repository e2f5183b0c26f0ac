//! Certificates of tax that customers withhold.

use receivables::billing::certificate::State;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use store::{Error, Tx, document};

use super::ask::Ask;
use super::cursor::{Page, PageOf};
use super::endpoint::endpoints;
use super::shape::{Amount, Code, CurrencyCode, Day, Line, Reason, Sum, Uuid, one_of};
use crate::actions::certificate::{self, Said};

endpoints! { "certificates"
    /// Certificates in the order they were awaited, and how they stand.
    read Get "/certificates" Read list(query PageOf) -> Page<Certificate>;
    /// Writes down that a customer withheld tax from an invoice and owes the certificate: one per instalment, the oldest first.
    write Post "/certificates" CertificateSave awaits(body NewCertificate) -> CertificatesAwaited;
    /// One certificate with what became of it.
    read Get "/certificates/{id}" Read show() -> CertificateInFull;
    /// The paper is here: it settles its part of the invoice.
    write Post "/certificates/{id}/paper" CertificateSave file(body NewCertificatePaper) -> CertificateInFull;
    /// It was set off in the tax return of a period.
    write Post "/certificates/{id}/claim" CertificateSave claim(body NewCertificateClaim) -> CertificateInFull;
    /// There is none, or it was not accepted: the customer owes the amount again.
    write Post "/certificates/{id}/refusal" CertificateSave refuse(body NewCertificateRefusal) -> CertificateInFull;
}

#[derive(Serialize, JsonSchema)]
struct Certificate {
    id: Uuid,
    customer: String,
    invoice: String,
    instalment: i32,
    currency: CurrencyCode,
    amount: Sum,
    /// A kind of the country's: in Rwanda `vat`, `tender` or `unregistered`.
    kind: String,
    awaited_on: Day,
    #[schemars(schema_with = "states")]
    state: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct CertificateInFull {
    #[serde(flatten)]
    certificate: Certificate,
    events: Vec<CertificateEvent>,
}

/// What became of it.
#[derive(Serialize, JsonSchema)]
struct CertificateEvent {
    #[schemars(schema_with = "states")]
    state: &'static str,
    on: Day,
    /// The number of the paper, the period of the return, or the reason.
    said: String,
}

fn states(_: &mut SchemaGenerator) -> Schema {
    one_of(State::ALL.iter().map(|(_, code)| *code))
}

impl From<store::certificate::Certificate> for Certificate {
    fn from(c: store::certificate::Certificate) -> Certificate {
        Certificate {
            id: c.id.into(),
            customer: c.code,
            invoice: c.number,
            instalment: c.instalment,
            currency: CurrencyCode(c.currency),
            amount: Sum::of(c.amount, c.currency),
            kind: c.kind,
            awaited_on: Day(c.awaited_on),
            state: c.state.code(),
        }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewCertificate {
    /// The invoice's number.
    invoice: Code,
    /// A kind of the country's: in Rwanda `vat`, `tender` or `unregistered`.
    kind: Line<1, 40>,
    /// In the invoice's currency; what the kind takes of the invoice if left out.
    amount: Option<Amount>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewCertificatePaper {
    /// The number on the paper.
    number: Line<1, 200>,
    /// The day the paper bears; today if left out.
    on: Option<Day>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewCertificateClaim {
    /// The period of the return, for example 2026-09.
    period: Line<1, 200>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewCertificateRefusal {
    reason: Reason,
}

#[derive(Serialize, JsonSchema)]
struct CertificatesAwaited {
    certificates: Vec<CertificateAwaited>,
}

/// How much of which instalment.
#[derive(Serialize, JsonSchema)]
struct CertificateAwaited {
    id: Uuid,
    invoice: String,
    instalment: i32,
    amount: Sum,
    currency: String,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &PageOf) -> Result<Page<Certificate>, Error> {
    let span = asked.span("certificates");
    let rows = certificate::page(tx, ask.actor(), asked.customer(), span.after()?, span.limit())?;
    Ok(span.by_id(rows, |c| c.id, Certificate::from))
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<CertificateInFull, Error> {
    let (known, events) = certificate::get(tx, ask.actor(), ask.path("id"))?;
    let event = |event: store::certificate::Event| CertificateEvent {
        state: event.state.code(),
        on: Day(event.on),
        said: event.said,
    };
    Ok(CertificateInFull { certificate: known.into(), events: events.into_iter().map(event).collect() })
}

fn awaits(tx: &mut Tx<'_>, ask: &Ask, new: &NewCertificate) -> Result<CertificatesAwaited, Error> {
    let currency = document::get(tx, ask.actor().company.id, new.invoice.as_str())?.currency;
    let amount = new.amount.as_ref().map(|amount| amount.in_currency(currency, "amount")).transpose()?;
    let given = certificate::Given {
        invoice: new.invoice.text(),
        kind: new.kind.text(),
        amount: amount.map(|money| money.minor),
    };
    let made = certificate::awaits(tx, ask.actor(), ask.today(), &given, None)?;
    let part = |made: certificate::Made| CertificateAwaited {
        id: Uuid(made.id),
        invoice: made.invoice,
        instalment: made.instalment,
        amount: Sum::written(made.amount),
        currency: made.currency,
    };
    Ok(CertificatesAwaited { certificates: made.into_iter().map(part).collect() })
}

fn file(tx: &mut Tx<'_>, ask: &Ask, new: &NewCertificatePaper) -> Result<CertificateInFull, Error> {
    say(tx, ask, &Said::OnFile { number: new.number.text(), on: new.on.map(|Day(on)| on) })
}

fn claim(tx: &mut Tx<'_>, ask: &Ask, new: &NewCertificateClaim) -> Result<CertificateInFull, Error> {
    say(tx, ask, &Said::Claimed { period: new.period.text() })
}

fn refuse(tx: &mut Tx<'_>, ask: &Ask, new: &NewCertificateRefusal) -> Result<CertificateInFull, Error> {
    say(tx, ask, &Said::Refused { reason: new.reason.text() })
}

fn say(tx: &mut Tx<'_>, ask: &Ask, said: &Said) -> Result<CertificateInFull, Error> {
    certificate::say(tx, ask.actor(), ask.today(), ask.path("id"), said, None)?;
    show(tx, ask)
}
