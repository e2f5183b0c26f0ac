//! Money that leaves receipts again: refunds, credits nobody claims, and taking each back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx, receipt};

use super::ask::Ask;
use super::cursor::{Page, PageOf};
use super::endpoint::endpoints;
use super::shape::{Amount, Code, CurrencyCode, Day, Line, Reason, Sum, Uuid};
use crate::actions::approval::Asked;
use crate::actions::refund;

endpoints! { "refunds"
    /// What left receipts again, in the order it was written: refunds, returned payments, credits written off, reversals.
    read Get "/refunds" Read list(query PageOf) -> Page<Refund>;
    /// Sends unapplied money of a receipt back to the customer, or asks a second person.
    /// Where the company wants a second person, or the user may only ask, a request waits for an approval.
    write Post "/refunds" ApprovalAsk add(body NewRefund) -> AskedRefund;
    /// Takes a refund, a returned payment or a credit written off back.
    write Post "/refunds/{id}/reversal" RefundReverse reverse(body NewReversal) -> Refunded;
    /// Gives unapplied money that nobody claims up to income.
    write Post "/credit-write-offs" WriteOff write_off(body NewCreditWriteOff) -> Refunded;
}

#[derive(Serialize, JsonSchema)]
struct Refund {
    id: Uuid,
    kind: &'static str,
    /// Its reference, else its id.
    receipt: String,
    customer: Option<String>,
    on: Day,
    /// Where it went.
    account: String,
    currency: CurrencyCode,
    amount: Sum,
    charges: Sum,
    reason: String,
    reversed: bool,
}

/// What left a receipt, or came back to it.
#[derive(Serialize, JsonSchema)]
pub struct Refunded {
    id: Uuid,
    receipt: String,
    amount: Sum,
    currency: String,
}

impl From<refund::Made> for Refunded {
    fn from(made: refund::Made) -> Refunded {
        let (id, amount) = (Uuid(made.id), Sum::written(made.amount));
        Refunded { id, receipt: made.receipt, amount, currency: made.currency }
    }
}

/// A refund that was made, or the request that waits for it.
#[derive(Serialize, JsonSchema)]
struct AskedRefund {
    refund: Option<Refunded>,
    /// The id of the request.
    request: Option<Uuid>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewRefund {
    /// Its reference or id.
    receipt: Code,
    /// In the receipt's currency; all that is unapplied if left out.
    amount: Option<Amount>,
    /// The money account it goes out of; the one it came to if left out.
    account: Option<Code>,
    /// Today if left out.
    on: Option<Day>,
    reason: Reason,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewCreditWriteOff {
    /// Its reference or id.
    receipt: Code,
    /// In the receipt's currency; all that is unapplied if left out.
    amount: Option<Amount>,
    /// Today if left out.
    on: Option<Day>,
    reason: Reason,
}

/// Why something is taken back.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReversal {
    pub reason: Reason,
}

/// An amount in minor units of a receipt's currency.
pub fn minor(
    tx: &mut Tx<'_>,
    ask: &Ask,
    name: &str,
    amount: Option<&Amount>,
    field: &str,
) -> Result<Option<i64>, Error> {
    let Some(amount) = amount else { return Ok(None) };
    let id = receipt::find(tx, ask.actor().company.id, name)?;
    let currency = receipt::get(tx, ask.actor().company.id, id)?.currency;
    Ok(Some(amount.in_currency(currency, field)?.minor))
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &PageOf) -> Result<Page<Refund>, Error> {
    let span = asked.span("refunds");
    let rows = refund::page(tx, ask.actor(), asked.customer(), span.after()?, span.limit())?;
    let show = |f: store::refund::Listed| Refund {
        id: f.id.into(),
        kind: f.kind.name(),
        receipt: f.receipt,
        customer: f.customer,
        on: Day(f.posted_on),
        account: f.account,
        currency: CurrencyCode(f.currency),
        amount: Sum::of(f.amount, f.currency),
        charges: Sum::of(f.charges, f.currency),
        reason: f.reason,
        reversed: f.reversed,
    };
    Ok(span.by_id(rows, |f| f.id, show))
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewRefund) -> Result<AskedRefund, Error> {
    let given = refund::Given {
        receipt: new.receipt.text(),
        amount: minor(tx, ask, new.receipt.as_str(), new.amount.as_ref(), "amount")?,
        account: new.account.as_ref().map(Line::text),
        on: new.on.map(|Day(on)| on),
        reason: new.reason.text(),
    };
    Ok(match refund::add_or_ask(tx, ask.actor(), ask.today(), &given, None)? {
        Asked::Done(made) => AskedRefund { refund: Some(made.into()), request: None },
        Asked::Waits { id } => AskedRefund { refund: None, request: Some(Uuid(id)) },
    })
}

fn reverse(tx: &mut Tx<'_>, ask: &Ask, new: &NewReversal) -> Result<Refunded, Error> {
    let made = refund::reverse(tx, ask.actor(), ask.today(), ask.path("id"), new.reason.as_str(), None)?;
    Ok(made.into())
}

fn write_off(tx: &mut Tx<'_>, ask: &Ask, new: &NewCreditWriteOff) -> Result<Refunded, Error> {
    let given = refund::GivenUp {
        receipt: new.receipt.text(),
        amount: minor(tx, ask, new.receipt.as_str(), new.amount.as_ref(), "amount")?,
        on: new.on.map(|Day(on)| on),
        reason: new.reason.text(),
    };
    Ok(refund::write_off(tx, ask.actor(), ask.today(), &given, None)?.into())
}
