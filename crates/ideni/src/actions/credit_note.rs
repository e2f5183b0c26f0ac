//! Credit notes for invoices: all that is left, some lines, or an amount; above the company's limit by two people.

use std::collections::BTreeMap;

use receivables::approval::Kind;
use receivables::billing::credit_note::{Credit, Left, LineLeft, Reason};
use receivables::billing::line::{ClassTotal, Prices};
use receivables::{Date, Money, Refusal, Unusable};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use store::credit_note::{self, Why};
use store::deposit::Deduction;
use store::document::{self, DocumentLine, DocumentTax};
use store::reports::invoice::Invoice;
use store::{Error, Tx};

use super::invoice::{self, Amounts, Outcome, Posted, Poster};
use super::{Actor, Once, Right, Subject, act, approval, once, setting};

/// The longest explanation, in characters.
pub const EXPLANATION_MAX: usize = 300;

/// The reason of a document that takes an invoice back before it had a receipt.
pub const VOID: &str = "void";

/// How much of an invoice is credited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    /// All that is left.
    Whole,
    /// Lines by their number from 1, each with how much of it; all that is left of it where nothing is said.
    Lines(Vec<(i64, Option<Decimal>)>),
    /// Minor units; with the tax in it, or without.
    Amount { minor: i64, gross: bool },
}

/// A credit note as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub invoice: String,
    /// One of [`Reason::ALL`].
    pub reason: String,
    /// What happened, and what proves it.
    pub explanation: String,
    pub how: How,
}

/// A request for a second person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub given: Given,
    /// What it comes to, in minor units.
    pub total: i64,
    pub currency: String,
}

/// What a credit note would take back.
#[derive(Clone, Debug)]
pub struct Preview {
    pub credit: Credit,
    pub net: Money,
    pub tax: Money,
    pub total: Money,
}

/// What is left of an invoice to be credited.
pub fn left(tx: &mut Tx<'_>, actor: &Actor, number: &str) -> Result<(Invoice, Left), Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let not_found = || Refusal::NotFound { kind: "invoice".into(), name: number.to_owned() };
    let found = store::reports::invoice::find(tx, company, number, None)?.ok_or_else(not_found)?;
    if found.kind == document::Kind::CreditNote {
        return Err(Refusal::SignMismatch { number: number.to_owned() }.into());
    }
    let credited = credit_note::credited(tx, company, found.id)?;
    let class = |of: &DocumentTax| {
        let rate = Decimal::new(of.rate_ppm, 4);
        let before = credited.classes.iter().filter(|known| known.class == of.class);
        let (net, tax) = before.fold((of.net, of.tax), |(net, tax), known| (net + known.net, tax + known.tax));
        ClassTotal { class: of.class.clone(), rate, net, tax }
    };
    let mut lines_before: BTreeMap<i64, (Decimal, i64)> = BTreeMap::new();
    for (no, quantity, net) in &credited.lines {
        let before = lines_before.entry(*no).or_default();
        before.0 += decimal(quantity)?;
        before.1 += net;
    }
    let line = |line: &store::reports::invoice::Line| {
        let (quantity, net) = lines_before.get(&line.no).copied().unwrap_or_default();
        let left = decimal(&line.quantity)? - quantity;
        Ok(LineLeft { no: line.no, class: line.tax_class.clone(), quantity: left, net: line.net + net })
    };
    let levies = store::levy::of_document(tx, company, found.id)?;
    let (currency, without) = (found.currency, found.taxes.is_empty());
    let of_whole = ClassTotal {
        class: String::new(),
        rate: Decimal::ZERO,
        net: found.net + credited.net,
        tax: found.tax + credited.tax,
    };
    let left = Left {
        number: found.number.clone(),
        currency,
        classes: if without { vec![of_whole] } else { found.taxes.iter().map(class).collect() },
        lines: if without { Vec::new() } else { found.lines.iter().map(line).collect::<Result<_, Error>>()? },
        levies: levies
            .into_iter()
            .map(|levy| (i64::from(levy.no), levy.levied.into_iter().map(i64::from).collect()))
            .collect(),
    };
    // Notes made elsewhere say no classes: what they took is spread over those there are.
    let of_classes: i64 = credited.classes.iter().map(|class| class.net + class.tax).sum();
    let spread = of_classes - credited.net - credited.tax;
    Ok((found, if without || spread == 0 { left } else { left.less(spread)? }))
}

/// Refuses a note of ours that takes more than is left of its invoice.
pub(crate) fn check(tx: &mut Tx<'_>, actor: &Actor, number: &str, total: Money) -> Result<(), Error> {
    let invoice = document::get(tx, actor.company.id, number)?;
    credit_note::lock(tx, actor.company.id, invoice.id)?;
    let (_, left) = left(tx, actor, number)?;
    if invoice.currency == total.currency { Ok(left.holds(total.minor, Prices::Gross)?) } else { Ok(()) }
}

fn decimal(text: &str) -> Result<Decimal, Error> {
    text.parse().map_err(|e| Error::failed("reading a quantity", e))
}

pub(super) fn decide(left: &Left, how: &How) -> Result<Preview, Error> {
    let credit = match how {
        How::Whole => left.whole()?,
        How::Amount { minor, gross } => left.by_amount(*minor, if *gross { Prices::Gross } else { Prices::Net })?,
        How::Lines(wanted) => {
            let all = |no: i64| left.lines.iter().find(|line| line.no == no).map_or(Decimal::ONE, |line| line.quantity);
            let wanted: Vec<(i64, Decimal)> =
                wanted.iter().map(|(no, quantity)| (*no, quantity.unwrap_or_else(|| all(*no)))).collect();
            left.by_line(&wanted)?
        }
    };
    let (net, tax) = credit.classes.iter().fold((0, 0), |(net, tax), of| (net + of.net, tax + of.tax));
    let money = |minor| Money::new(minor, left.currency);
    Ok(Preview { credit, net: money(net), tax: money(tax), total: money(net + tax) })
}

/// Works a credit note out without posting it.
pub fn preview(tx: &mut Tx<'_>, actor: &Actor, given: &Given) -> Result<Preview, Error> {
    let (_, left) = left(tx, actor, &given.invoice)?;
    decide(&left, &given.how)
}

/// Posts a credit note and applies it to what is open of the invoice; or asks a second person, where it takes more of the
/// invoice, with what was credited before, than the company lets one person.
pub fn post_or_ask(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    given: &Given,
    key: Option<&Once>,
) -> Result<approval::Asked<Posted>, Error> {
    checked(given)?;
    once(tx, actor, key, |tx| {
        let (found, left) = left(tx, actor, &given.invoice)?;
        let preview = decide(&left, &given.how)?;
        if actor.can(Right::InvoiceCredit) && !above_limit(tx, actor, &found, &preview)? {
            return posted(tx, actor, today, given).map(approval::Asked::Done);
        }
        let asked =
            Asked { given: given.clone(), total: preview.total.minor, currency: preview.total.currency.to_string() };
        let new = approval::New {
            kind: Kind::CreditNote,
            subject: &given.invoice,
            payload: &asked,
            reason: &given.explanation,
            customer: Some(found.payer.id),
        };
        Ok(approval::Asked::Waits { id: approval::ask(tx, actor, &new)? })
    })
}

pub(super) fn checked(given: &Given) -> Result<(), Error> {
    if given.reason.is_empty() {
        return Err(Refusal::Missing { field: "reason".into() }.into());
    }
    Reason::from_code(&given.reason)?;
    let explanation = given.explanation.trim();
    if explanation.is_empty() {
        return Err(Refusal::Missing { field: "explanation".into() }.into());
    }
    super::text("explanation", explanation, EXPLANATION_MAX)?;
    Ok(())
}

pub(super) fn above_limit(tx: &mut Tx<'_>, actor: &Actor, invoice: &Invoice, preview: &Preview) -> Result<bool, Error> {
    let Some(limit) = setting::credit_note_limit(tx, &actor.company)? else { return Ok(false) };
    let before = credit_note::credited(tx, actor.company.id, invoice.id)?.base;
    let worth = Money::new(invoice.total_base, limit.currency).share(preview.total.minor, invoice.total)?;
    Ok(worth.minor - before > limit.minor)
}

/// Posts what nobody needs to approve any more.
pub(crate) fn posted(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given) -> Result<Posted, Error> {
    let subject = Subject { name: &given.invoice, cause: Some(&given.reason) };
    act(tx, actor, Right::InvoiceCredit, subject, |tx| {
        let company = actor.company.id;
        let invoice = document::get(tx, company, &given.invoice)?.id;
        credit_note::lock(tx, company, invoice)?;
        let (found, left) = left(tx, actor, &given.invoice)?;
        write(tx, actor, today, &found, &left, given, invoice::Purpose::Sale)
    })
}

/// Writes a note within the action that posts it.
pub(super) fn write(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    found: &Invoice,
    left: &Left,
    given: &Given,
    purpose: invoice::Purpose,
) -> Result<Posted, Error> {
    let preview = decide(left, &given.how)?;
    let purpose = match purpose {
        invoice::Purpose::Sale if invoice::is_late_charge(tx, actor, found.id)? => invoice::Purpose::LateCharge,
        purpose => purpose,
    };
    let deductions = put_back(tx, actor, found, &preview)?;
    let branch = invoice::branch_of(tx, actor, found.id)?;
    let references = invoice::References { branch, ..invoice::References::default() };
    let note = invoice::Given { purpose, deductions, references, ..note_of(found, today) };
    let amounts = amounts(found, given, &preview)?;
    let mut poster = Poster::default();
    let outcome = poster.add_worked_out(tx, actor, today, &note, amounts)?;
    poster.save(tx, actor)?;
    let Outcome::Created(posted) = outcome else {
        return Err(Refusal::Exists { kind: "invoice".into(), name: given.invoice.clone() }.into());
    };
    let id = posted.id.parse().map_err(|_| Error::Failed("a note without an id".into()))?;
    let why = Why { reason: given.reason.clone(), explanation: given.explanation.trim().to_owned() };
    let lines: Vec<i64> = preview.credit.lines.iter().map(|line| line.no).collect();
    credit_note::save(tx, actor.company.id, id, found.id, &why, &lines)?;
    Ok(posted)
}

/// What the lines of a note put back of the deposits that the invoice settled.
fn put_back(tx: &mut Tx<'_>, actor: &Actor, found: &Invoice, preview: &Preview) -> Result<Vec<Deduction>, Error> {
    let taken = store::deposit::of_document(tx, actor.company.id, found.id)?;
    let mut back = Vec::new();
    for (no, credited) in (1..).zip(&preview.credit.lines) {
        let Some((of, _)) = taken.iter().find(|(of, _)| i64::from(of.no) == credited.no) else { continue };
        if credited.quantity != Decimal::ONE {
            let (field, value) = ("lines".into(), credited.no.to_string());
            return Err(Refusal::Invalid { field, value, reason: Unusable::DeductionWhole }.into());
        }
        back.push(Deduction { no, net: -of.net, base: -of.base, ..of.clone() });
    }
    Ok(back)
}

/// Takes an invoice back whole before the tax device has it: nothing of it was paid, credited or disputed. The document that
/// does so is of a series of its own, and no receipt is asked for.
pub fn void(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    number: &str,
    reason: &str,
    key: Option<&Once>,
) -> Result<Posted, Error> {
    super::needs_reason(reason)?;
    let reason = super::text("reason", reason, EXPLANATION_MAX)?.to_owned();
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::InvoiceVoid, Subject { name: number, cause: Some(&reason) }, |tx| {
            let company = actor.company.id;
            let document = document::get(tx, company, number)?;
            credit_note::lock(tx, company, document.id)?;
            let (found, left) = left(tx, actor, number)?;
            let untouched = found.movements.is_empty() && found.credited_by.is_empty() && found.disputes.is_empty();
            if !untouched || found.series == invoice::EXTERNAL || found.opening {
                return Err(Refusal::NotUntouched { number: number.to_owned() }.into());
            }
            super::fiscal::void(tx, actor, document.id, number)?;
            store::notice::withdraw(tx, company, *document.id.bytes())?;
            let given =
                Given { invoice: number.to_owned(), reason: VOID.into(), explanation: reason.clone(), how: How::Whole };
            write(tx, actor, today, &found, &left, &given, invoice::Purpose::Void)
        })
    })
}

/// The note without its amounts: of the same people and currency as the invoice, on the day it is written.
fn note_of(invoice: &Invoice, today: Date) -> invoice::Given {
    let other = |party: &store::reports::invoice::Party| (party.id != invoice.bill_to.id).then(|| party.code.clone());
    invoice::Given {
        kind: document::Kind::CreditNote,
        payer: other(&invoice.payer),
        beneficiary: other(&invoice.beneficiary),
        due_on: Some(today.max(invoice.issued_on)),
        credits: Some(invoice.number.clone()),
        ..invoice::Given::to(invoice.bill_to.code.clone(), today.max(invoice.issued_on), invoice.currency)
    }
}

fn amounts(invoice: &Invoice, given: &Given, preview: &Preview) -> Result<Amounts, Error> {
    let mut lines = Vec::new();
    for credited in &preview.credit.lines {
        let missing = || Error::Failed(format!("line {} of {} is gone", credited.no, invoice.number));
        let line = invoice.lines.iter().find(|line| line.no == credited.no).ok_or_else(missing)?;
        let mut term = line.term.clone();
        // A part of a line takes its part of a discount that is a percentage; of an amount, its net says it.
        term.discount =
            term.discount.filter(|discount| discount.ends_with('%') || line.quantity == credited.quantity.to_string());
        lines.push(DocumentLine {
            description: line.description.clone(),
            quantity: credited.quantity.normalize().to_string(),
            unit_price: line.unit_price.clone(),
            tax_class: line.tax_class.clone(),
            net: credited.total.net,
            tax: credited.total.tax,
            term,
        });
    }
    if lines.is_empty() {
        let of_class = |of: &ClassTotal| DocumentLine {
            description: given.explanation.trim().to_owned(),
            quantity: "1".into(),
            unit_price: Money::new(of.net, invoice.currency).major_text(),
            tax_class: of.class.clone(),
            net: of.net,
            tax: of.tax,
            term: document::LineTerm::default(),
        };
        lines = preview.credit.classes.iter().map(of_class).collect();
    }
    let classes = preview.credit.classes.iter().filter(|of| !of.class.is_empty());
    let taxes = classes.map(invoice::of_class).collect::<Result<_, _>>()?;
    Ok(Amounts { net: preview.net, tax: preview.tax, total: preview.total, lines, taxes })
}
