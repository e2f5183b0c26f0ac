//! Applying receipts and credit notes to invoices, giving up what will not come, and taking either back.

use receivables::billing::early::Wish;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx, document, movement};

use super::ask::Ask;
use super::cursor::{Page, PageOf};
use super::endpoint::endpoints;
use super::refund::{NewReversal, minor};
use super::shape::{Amount, Code, CurrencyCode, Day, Reason, Sum, Uuid};
use crate::actions::allocation;
use crate::actions::approval::Asked;

endpoints! { "allocations"
    /// What moved open items, in the order it was written: allocations, credits applied, write-offs, reversals.
    read Get "/allocations" Read list(query PageOf) -> Page<Allocation>;
    /// Applies a receipt or a credit note to an invoice, its oldest instalment first.
    write Post "/allocations" AllocationAdd add(body NewAllocation) -> Allocated;
    /// Takes an allocation, a credit applied or a write-off back.
    write Post "/allocations/{id}/reversal" AllocationReverse reverse(body NewReversal) -> Part;
    /// Gives up what is open of an invoice, or part of it, to bad debts, or asks a second person.
    /// Above what the company lets one person give up, or where the user may only ask, a request waits for an approval.
    write Post "/write-offs" ApprovalAsk write_off(body NewWriteOff) -> AskedWriteOff;
}

#[derive(Serialize, JsonSchema)]
struct Allocation {
    id: Uuid,
    kind: &'static str,
    invoice: String,
    on: Day,
    currency: CurrencyCode,
    /// What it changes of the open amount: below zero where something is settled.
    amount: Sum,
    receipt: Option<String>,
    reason: Option<String>,
    reversed: bool,
}

/// How much of which invoice.
#[derive(Serialize, JsonSchema)]
struct Part {
    id: Uuid,
    invoice: String,
    amount: Sum,
    currency: String,
    /// Taken off for paying early.
    discount: Option<Sum>,
}

impl From<allocation::Made> for Part {
    fn from(made: allocation::Made) -> Part {
        let (id, amount) = (Uuid(made.id), Sum::written(made.amount));
        let discount = Some(made.discount).filter(|off| !off.is_empty()).map(Sum::written);
        Part { id, invoice: made.invoice, amount, currency: made.currency, discount }
    }
}

#[derive(Serialize, JsonSchema)]
struct Allocated {
    /// One per instalment.
    allocations: Vec<Part>,
}

impl From<allocation::Allocated> for Allocated {
    fn from(made: allocation::Allocated) -> Allocated {
        Allocated { allocations: made.allocations.into_iter().map(Part::from).collect() }
    }
}

/// A write-off that was made, or the request that waits for it.
#[derive(Serialize, JsonSchema)]
struct AskedWriteOff {
    /// One per instalment; none while it waits.
    allocations: Vec<Part>,
    /// The id of the request.
    request: Option<Uuid>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewAllocation {
    /// A receipt's reference or id, or a credit note's number.
    source: Code,
    /// The invoice's number.
    invoice: Code,
    /// In the invoice's currency; as much as both sides allow if left out.
    amount: Option<Amount>,
    /// What leaves the receipt, where its currency is another.
    paid: Option<Amount>,
    /// Today if left out.
    on: Option<Day>,
    /// The discount that the invoice's terms offer for paying early; `exact` if left out: where the money is just what settles
    /// with it.
    discount: Option<Discount>,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum Discount {
    Exact,
    Take,
    Leave,
}

impl Discount {
    fn read(self) -> Wish {
        match self {
            Discount::Exact => Wish::WhereExact,
            Discount::Take => Wish::Take,
            Discount::Leave => Wish::Leave,
        }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewWriteOff {
    /// The invoice's number.
    invoice: Code,
    /// In the invoice's currency; all that is open if left out.
    amount: Option<Amount>,
    reason: Reason,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &PageOf) -> Result<Page<Allocation>, Error> {
    let span = asked.span("allocations");
    let rows = allocation::page(tx, ask.actor(), asked.customer(), span.after()?, span.limit())?;
    let show = |m: movement::Listed| Allocation {
        id: m.id.into(),
        kind: m.kind.name(),
        invoice: m.invoice,
        on: Day(m.posted_on),
        currency: CurrencyCode(m.currency),
        amount: Sum::of(m.amount, m.currency),
        receipt: m.receipt,
        reason: m.reason,
        reversed: m.reversed,
    };
    Ok(span.by_id(rows, |m| m.id, show))
}

/// An amount in minor units of an invoice's currency.
fn of_invoice(tx: &mut Tx<'_>, ask: &Ask, number: &str, amount: Option<&Amount>) -> Result<Option<i64>, Error> {
    let Some(amount) = amount else { return Ok(None) };
    let currency = document::get(tx, ask.actor().company.id, number)?.currency;
    Ok(Some(amount.in_currency(currency, "amount")?.minor))
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewAllocation) -> Result<Allocated, Error> {
    let given = allocation::Given {
        source: new.source.text(),
        invoice: new.invoice.text(),
        amount: of_invoice(tx, ask, new.invoice.as_str(), new.amount.as_ref())?,
        paid: minor(tx, ask, new.source.as_str(), new.paid.as_ref(), "paid")?,
        on: new.on.map(|Day(on)| on),
        discount: new.discount.map(Discount::read).unwrap_or_default(),
    };
    Ok(allocation::add(tx, ask.actor(), ask.today(), &given, None)?.into())
}

fn reverse(tx: &mut Tx<'_>, ask: &Ask, new: &NewReversal) -> Result<Part, Error> {
    let made = allocation::reverse(tx, ask.actor(), ask.today(), ask.path("id"), new.reason.as_str(), None)?;
    Ok(made.into())
}

fn write_off(tx: &mut Tx<'_>, ask: &Ask, new: &NewWriteOff) -> Result<AskedWriteOff, Error> {
    let given = allocation::GivenUp {
        invoice: new.invoice.text(),
        amount: of_invoice(tx, ask, new.invoice.as_str(), new.amount.as_ref())?,
        reason: new.reason.text(),
    };
    Ok(match allocation::write_off_or_ask(tx, ask.actor(), ask.today(), &given, None)? {
        Asked::Done(made) => AskedWriteOff { allocations: Allocated::from(made).allocations, request: None },
        Asked::Waits { id } => AskedWriteOff { allocations: Vec::new(), request: Some(Uuid(id)) },
    })
}
