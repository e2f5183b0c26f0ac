//! Receipts: money that came in, and whose it is.

use receivables::Money;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use store::reports::receipts::{Listed, State};
use store::{Error, Tx};

use super::ask::Ask;
use super::cursor::{Limit, Page, Span};
use super::endpoint::endpoints;
use super::refund::{Refunded, minor};
use super::shape::{Amount, Code, CurrencyCode, Cursor, Day, Line, Name, Reason, Sum, Uuid, known, one_of};
use crate::actions::{receipt, refund};

endpoints! { "receipts"
    /// Receipts, the newest first, and what is left of them.
    read Get "/receipts" Read list(query WhichReceipts) -> Page<Receipt>;
    /// Records money that came in.
    write Post "/receipts" ReceiptRecord record(body NewReceipt) -> Receipt;
    /// One receipt, by its id or by a reference that only it bears.
    read Get "/receipts/{receipt}" Read show() -> Receipt;
    /// Says whose money a receipt is.
    write Post "/receipts/{receipt}/identification" ReceiptIdentify identify(body NewIdentification) -> Receipt;
    /// The bank took a payment back: its invoices are open again, and the whole of it leaves the account it came to.
    write Post "/receipts/{receipt}/return" ReceiptReturn take_back(body NewReturn) -> Refunded;
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct WhichReceipts {
    #[serde(default)]
    #[schemars(schema_with = "states")]
    state: Option<Code>,
    /// Only those that came to this money account.
    account: Option<Code>,
    /// Only those of this customer, with those merged with it, by code.
    customer: Option<Code>,
    /// Received on or after this day.
    from: Option<Day>,
    /// Received on or before this day.
    until: Option<Day>,
    limit: Option<Limit>,
    after: Option<Cursor>,
}

fn states(_: &mut SchemaGenerator) -> Schema {
    one_of(State::ALL.iter().map(|(_, code)| *code))
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
            account: r.account_code,
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
            customer: r.customer_code,
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

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &WhichReceipts) -> Result<Page<Receipt>, Error> {
    let which = receipt::Asked {
        state: asked.state.as_ref().map(|code| known("state", code, &State::ALL)).transpose()?,
        account: asked.account.as_ref().map(Line::text),
        customer: asked.customer.as_ref().map(Line::text),
        from: asked.from.map(|Day(on)| on),
        until: asked.until.map(|Day(on)| on),
    };
    let span = Span::new("receipts", asked.limit, asked.after.as_ref());
    let after = span.place()?;
    let page = receipt::page(tx, ask.actor(), &which, after.as_deref(), span.rows())?;
    Ok(span.of_place(page, Receipt::from))
}

fn of_name(tx: &mut Tx<'_>, ask: &Ask, name: &str) -> Result<Receipt, Error> {
    Ok(receipt::show(tx, ask.actor(), name)?.receipt.listed.into())
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<Receipt, Error> {
    of_name(tx, ask, ask.path("receipt"))
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
    of_name(tx, ask, &made.id)
}

fn identify(tx: &mut Tx<'_>, ask: &Ask, new: &NewIdentification) -> Result<Receipt, Error> {
    let name = ask.path("receipt");
    receipt::identify(tx, ask.actor(), ask.today(), name, new.customer.as_str())?;
    of_name(tx, ask, name)
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
