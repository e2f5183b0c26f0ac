//! Receipts: money that came in, and whose it is.

use receivables::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::receipt::Listed;
use store::{Error, Tx};

use super::ask::Ask;
use super::cursor::{Page, PageOf};
use super::endpoint::endpoints;
use super::refund::{Refunded, minor};
use super::shape::{Amount, Code, CurrencyCode, Day, Line, Name, Reason, Sum, Uuid};
use crate::actions::{receipt, refund};

endpoints! { "receipts"
    /// Receipts in the order they came, and what is left of them.
    read Get "/receipts" Read list(query PageOf) -> Page<Receipt>;
    /// Records money that came in.
    write Post "/receipts" ReceiptRecord record(body NewReceipt) -> Receipt;
    /// One receipt, by its id or by a reference that only it bears.
    read Get "/receipts/{receipt}" Read show() -> Receipt;
    /// Says whose money a receipt is.
    write Post "/receipts/{receipt}/identification" ReceiptIdentify identify(body NewIdentification) -> Receipt;
    /// The bank took a payment back: its invoices are open again, and the whole of it leaves the account it came to.
    write Post "/receipts/{receipt}/return" ReceiptReturn take_back(body NewReturn) -> Refunded;
}

#[derive(Serialize, JsonSchema)]
struct Receipt {
    id: Uuid,
    account: String,
    on: Day,
    currency: CurrencyCode,
    /// What the payer paid.
    gross: Sum,
    /// What bank or wallet kept of it.
    charges: Sum,
    payer: Option<String>,
    reference: Option<String>,
    text: Option<String>,
    /// Whose money it is, once known.
    customer: Option<String>,
    /// The gross is the sum of these four.
    unidentified: Sum,
    unapplied: Sum,
    allocated: Sum,
    refunded: Sum,
}

impl From<Listed> for Receipt {
    fn from(r: Listed) -> Receipt {
        let sum = |minor| Sum::of(minor, r.currency);
        Receipt {
            id: r.id.into(),
            account: r.account,
            on: Day(r.received_on),
            currency: CurrencyCode(r.currency),
            gross: sum(r.gross),
            charges: sum(r.charges),
            unidentified: sum(r.unidentified),
            unapplied: sum(r.unapplied),
            allocated: sum(r.allocated),
            refunded: sum(r.refunded),
            payer: r.payer,
            reference: r.reference,
            text: r.text,
            customer: r.customer,
        }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewReceipt {
    /// What the payer paid.
    amount: Amount,
    /// The company's if left out.
    currency: Option<CurrencyCode>,
    /// The money account it came to; `bank` if left out.
    account: Option<Code>,
    /// Today if left out.
    on: Option<Day>,
    /// What bank or wallet kept of it.
    charges: Option<Amount>,
    /// Whose money it is, if known.
    customer: Option<Code>,
    /// The provider's own; the same again, for the same day and amount, is refused as known.
    reference: Option<Code>,
    payer: Option<Name>,
    /// The payer's telephone or account number.
    payer_account: Option<Code>,
    /// What the payer wrote.
    text: Option<Line<1, 500>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewIdentification {
    customer: Code,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewReturn {
    /// What the bank took for it, in the receipt's currency.
    charges: Option<Amount>,
    /// Today if left out.
    on: Option<Day>,
    reason: Reason,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &PageOf) -> Result<Page<Receipt>, Error> {
    let span = asked.span("receipts");
    let rows = receipt::page(tx, ask.actor(), asked.customer(), span.after()?, span.limit())?;
    Ok(span.by_id(rows, |r| r.id, Receipt::from))
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<Receipt, Error> {
    Ok(receipt::get(tx, ask.actor(), ask.path("receipt"))?.into())
}

fn record(tx: &mut Tx<'_>, ask: &Ask, new: &NewReceipt) -> Result<Receipt, Error> {
    let currency = new.currency.map_or(ask.own(), |CurrencyCode(currency)| currency);
    let charges = new.charges.as_ref().map(|charges| charges.in_currency(currency, "charges")).transpose()?;
    let given = receipt::Given {
        account: new.account.as_ref().map_or("bank".into(), Line::text),
        received_on: new.on.map_or(ask.today(), |Day(on)| on),
        received_at: None,
        gross: new.amount.in_currency(currency, "amount")?,
        charges: charges.unwrap_or(Money::zero(currency)),
        payer: new.payer.as_ref().map(Line::text),
        payer_ref: new.payer_account.as_ref().map(Line::text),
        reference: new.reference.as_ref().map(Line::text),
        text: new.text.as_ref().map(Line::text),
        customer: new.customer.as_ref().map(Line::text),
        opening_on: None,
    };
    let made = receipt::record(tx, ask.actor(), ask.today(), &given, None)?;
    Ok(receipt::get(tx, ask.actor(), &made.id)?.into())
}

fn identify(tx: &mut Tx<'_>, ask: &Ask, new: &NewIdentification) -> Result<Receipt, Error> {
    let name = ask.path("receipt");
    receipt::identify(tx, ask.actor(), ask.today(), name, new.customer.as_str())?;
    Ok(receipt::get(tx, ask.actor(), name)?.into())
}

fn take_back(tx: &mut Tx<'_>, ask: &Ask, new: &NewReturn) -> Result<Refunded, Error> {
    let name = ask.path("receipt");
    let given = refund::ReturnedPayment {
        receipt: name.to_owned(),
        charges: minor(tx, ask, name, new.charges.as_ref(), "charges")?.unwrap_or(0),
        on: new.on.map(|Day(on)| on),
        reason: new.reason.text(),
    };
    Ok(refund::return_payment(tx, ask.actor(), ask.today(), &given, None)?.into())
}
