//! Correct and re-issue, in one act: an invoice that was wrong is taken back whole (by a refund, or where it has no receipt of the
//! tax device yet by a void), the right one is issued in its place, and what hangs on the old one is carried over: payments,
//! disputes, the due date.

use std::collections::BTreeMap;

use receivables::billing::early::Wish;
use receivables::billing::line::{Discount, Prices};
use receivables::ids::{self, Id};
use receivables::ledger::MovementKind;
use receivables::{Date, Money, Refusal};
use rust_decimal::Decimal;
use store::document::{self};
use store::reports::invoice::{Invoice, Line};
use store::{Error, Tx, receipt};

use super::credit_note::{self, How};
use super::invoice::{GivenLine, OfItem, Outcome, Poster, Purpose, References};
use super::{Actor, Once, Right, Subject, act, allocation, approval, dispute, fiscal, invoice, needs_reason, once};

/// What was wrong, and what is right; what is not said stays as it was.
#[derive(Clone, Debug)]
pub struct Given {
    pub invoice: String,
    /// A code of [`receivables::billing::credit_note::Reason`].
    pub reason: String,
    /// What happened, and what proves it.
    pub explanation: String,
    /// Who should have been billed.
    pub customer: Option<String>,
    /// In place of all lines, with their prices as they are written.
    pub lines: Option<(Vec<GivenLine>, Prices)>,
    pub references: References,
    /// Another due day, and why.
    pub due_on: Option<(Date, String)>,
    /// Whether open disputes are settled by the correction; they are raised again on the new invoice otherwise.
    pub settles_disputes: bool,
}

/// What a re-issue did.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Reissued {
    /// The document that takes the old invoice back.
    pub taken_back_by: String,
    pub number: String,
    pub id: String,
    /// What was applied of each receipt again, in major units.
    pub carried: Vec<(String, String)>,
}

/// Money that was applied to the old invoice: of which receipt, under which name, and how much.
struct Paid {
    receipt: Id<ids::Receipt>,
    name: String,
    amount: i64,
}

/// Takes an invoice back and issues the right one in its place.
pub fn reissue(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    given: &Given,
    key: Option<&Once>,
) -> Result<Reissued, Error> {
    needs_reason(&given.reason)?;
    let back = credit_note::Given {
        invoice: given.invoice.clone(),
        reason: given.reason.clone(),
        explanation: given.explanation.clone(),
        how: How::Whole,
    };
    credit_note::checked(&back)?;
    if let Some((_, why)) = &given.due_on {
        super::needs("due_reason", why)?;
    }
    once(tx, actor, key, |tx| {
        let subject = Subject { name: &given.invoice, cause: Some(&given.reason) };
        act(tx, actor, Right::InvoiceReissue, subject, |tx| {
            let company = actor.company.id;
            let document = document::get(tx, company, &given.invoice)?;
            store::credit_note::lock(tx, company, document.id)?;
            let (old, left) = credit_note::left(tx, actor, &given.invoice)?;
            if !is_plain(tx, actor, &old)? {
                return Err(Refusal::NoPlainInvoice { number: old.number }.into());
            }
            corrigible(&old)?;
            if credit_note::above_limit(tx, actor, &old, &credit_note::decide(&left, &How::Whole)?)? {
                return Err(approval::refuse(Right::InvoiceReissue));
            }
            let contested: Vec<_> = old.disputes.iter().filter(|d| d.ended.is_none()).cloned().collect();
            store::notice::withdraw(tx, company, *document.id.bytes())?;
            let paid = free(tx, actor, today, &old, &given.explanation)?;
            let purpose = if is_unreceipted(tx, actor, old.id)? {
                fiscal::void(tx, actor, old.id, &old.number)?;
                Purpose::Void
            } else {
                Purpose::Sale
            };
            let taken_back_by = credit_note::write(tx, actor, today, &old, &left, &back, purpose)?.number;
            let new = post(tx, actor, today, &old, given)?;
            let carried = apply_again(tx, actor, today, &new.number, &paid)?;
            if !given.settles_disputes {
                raise_again(tx, actor, today, &new.number, &contested)?;
            }
            Ok(Reissued { taken_back_by, number: new.number, id: new.id, carried })
        })
    })
}

/// Refuses what cannot be taken back whole: an invoice made elsewhere, one that was credited, written off or settled by anything
/// but money.
fn corrigible(old: &Invoice) -> Result<(), Refusal> {
    let is_money = |kind: MovementKind| matches!(kind, MovementKind::Allocation | MovementKind::Discount);
    let moved = old.movements.iter().filter(|m| !m.reversed && m.kind != MovementKind::Reversal);
    let only_money = moved.map(|m| m.kind).all(is_money);
    if only_money && old.credited_by.is_empty() && old.series != invoice::EXTERNAL && !old.opening {
        return Ok(());
    }
    Err(Refusal::NotUntouched { number: old.number.clone() })
}

/// Whether it is billed as invoices are: late charges and debit notes have a series of their own, which a re-issue would leave.
fn is_plain(tx: &mut Tx<'_>, actor: &Actor, old: &Invoice) -> Result<bool, Error> {
    let debits =
        store::fiscal::references(tx, actor.company.id, old.id)?.iter().any(|(kind, _)| kind == invoice::DEBITS);
    Ok(!debits && !invoice::is_late_charge(tx, actor, old.id)?)
}

fn is_unreceipted(tx: &mut Tx<'_>, actor: &Actor, document: Id<ids::Document>) -> Result<bool, Error> {
    Ok(fiscal::standing(tx, actor, document)?.is_some_and(|standing| standing.way.submission.state.is_pending()))
}

/// Takes the money off the old invoice; what came of which receipt comes back, the first that was applied first.
fn free(tx: &mut Tx<'_>, actor: &Actor, today: Date, old: &Invoice, reason: &str) -> Result<Vec<Paid>, Error> {
    let applied = old.movements.iter().filter(|m| !m.reversed && m.kind == MovementKind::Allocation);
    let mut paid: Vec<Paid> = Vec::new();
    let mut causes: BTreeMap<Id<ids::Movement>, Id<ids::Movement>> = BTreeMap::new();
    for m in applied {
        causes.entry(m.cause).or_insert(m.id);
        let Some(receipt) = m.receipt else { continue };
        let amount = -m.amount;
        match paid.iter_mut().find(|one| one.receipt == receipt) {
            Some(one) => one.amount += amount,
            None => paid.push(Paid { receipt, name: m.receipt_name.clone().unwrap_or_default(), amount }),
        }
    }
    for movement in causes.into_values() {
        allocation::take_back(tx, actor, today, movement, reason)?;
    }
    Ok(paid)
}

/// What the right invoice comes to, beside the wrong one; what it takes off deposits is not in it, for the wrong one has taken it.
#[derive(Clone, Debug)]
pub struct Compared {
    pub was: Money,
    pub becomes: Money,
    /// What the deposits that both settle take off, with tax.
    pub settled: Money,
}

/// Works a correction out without carrying it out.
pub fn preview(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given) -> Result<Compared, Error> {
    actor.may(Right::InvoiceReissue)?;
    let old = invoice::show(tx, actor, &given.invoice, None)?.invoice;
    let new = invoice::Given { settles: Vec::new(), ..renewed(tx, actor, today, &old, given)? };
    let taken = store::deposit::of_document(tx, actor.company.id, old.id)?;
    let of_deposits = old.lines.iter().filter(|line| taken.iter().any(|(of, _)| i64::from(of.no) == line.no));
    let settled: i64 = of_deposits.map(|line| line.net + line.tax).sum();
    let becomes = invoice::previewed(tx, actor, today, &new)?.total;
    let money = |minor| Money::new(minor, old.currency);
    Ok(Compared { was: money(old.total), becomes: becomes.plus(money(settled))?, settled: money(settled) })
}

/// Issues the right invoice.
fn post(tx: &mut Tx<'_>, actor: &Actor, today: Date, old: &Invoice, given: &Given) -> Result<invoice::Posted, Error> {
    let new = renewed(tx, actor, today, old, given)?;
    let mut poster = Poster::default();
    let outcome = poster.add(tx, actor, today, &new)?;
    poster.save(tx, actor)?;
    match outcome {
        Outcome::Created(posted) => Ok(posted),
        Outcome::Duplicate(number) => Err(invoice::exists(number)),
    }
}

/// The right invoice: what is not said stays as it was.
fn renewed(tx: &mut Tx<'_>, actor: &Actor, today: Date, old: &Invoice, given: &Given) -> Result<invoice::Given, Error> {
    let other = |party: &store::reports::invoice::Party| (party.id != old.bill_to.id).then(|| party.code.clone());
    let same = given.customer.as_ref().is_none_or(|code| *code == old.bill_to.code);
    let (lines, prices) = match &given.lines {
        Some((lines, prices)) => (lines.clone(), *prices),
        None => as_before(tx, actor, old)?,
    };
    let company = actor.company.id;
    let mut settles: Vec<String> = Vec::new();
    for (_, number) in store::deposit::of_document(tx, company, old.id)? {
        if !settles.contains(&number) {
            settles.push(number);
        }
    }
    let in_parts = old.items.len() > 1 && given.due_on.is_none();
    let branch = invoice::branch_of(tx, actor, old.id)?;
    let mut references = References { branch, ..given.references.clone() };
    for (kind, said) in store::fiscal::references(tx, actor.company.id, old.id)? {
        if kind == invoice::ORDER && references.order.is_none() {
            references.order = Some(said);
        }
    }
    Ok(invoice::Given {
        payer: other(&old.payer).filter(|_| same),
        beneficiary: other(&old.beneficiary).filter(|_| same),
        due_on: (!in_parts).then(|| given.due_on.as_ref().map_or(old.due_on, |(on, _)| *on)),
        lines,
        prices,
        instalments: if in_parts { weights(old) } else { Vec::new() },
        purpose: Purpose::Replacement,
        deposit: store::deposit::is_deposit(tx, company, old.id)?,
        settles,
        references,
        about: vec![(invoice::REPLACES, old.number.clone())],
        ..invoice::Given::to(
            given.customer.clone().unwrap_or_else(|| old.bill_to.code.clone()),
            today.max(old.issued_on),
            old.currency,
        )
    })
}

/// The lines of the old invoice, and whether their prices hold the tax.
fn as_before(tx: &mut Tx<'_>, actor: &Actor, old: &Invoice) -> Result<(Vec<GivenLine>, Prices), Error> {
    let sold = store::item::of_lines(tx, actor.company.id, old.id)?;
    let number = |text: &str| text.parse::<Decimal>().map_err(|e| Error::failed("reading a line", e));
    let line = |line: &Line| {
        let no = i32::try_from(line.no).unwrap_or(i32::MAX);
        let code = sold.get(&no).map(|known| known.item.code.clone());
        Ok(GivenLine {
            description: line.description.clone(),
            quantity: number(&line.quantity)?,
            unit: line.term.unit.clone(),
            unit_price: number(&line.unit_price)?,
            discount: Discount::read(line.term.discount.as_deref().unwrap_or_default())?,
            tax_class: line.said_class(),
            item: code.map(|code| OfItem { code, is_priced: true }),
        })
    };
    let lines = old.lines.iter().filter(|line| !line.follows).map(line).collect::<Result<Vec<_>, Error>>()?;
    if lines.is_empty() {
        return Err(Refusal::Missing { field: "lines".into() }.into());
    }
    let gross = old.lines.iter().any(|line| line.term.gross);
    Ok((lines, if gross { Prices::Gross } else { Prices::Net }))
}

/// The due days of the old instalments, weighted by what each came to.
fn weights(old: &Invoice) -> Vec<(Date, u32)> {
    let largest = old.items.iter().map(|item| item.total.unsigned_abs()).max().unwrap_or(1);
    let shift = u64::BITS.saturating_sub(u32::BITS).saturating_sub(largest.leading_zeros()) + 1;
    let shift = if largest > u64::from(u32::MAX) { shift } else { 0 };
    let weight = |total: i64| u32::try_from(total.unsigned_abs() >> shift).unwrap_or(u32::MAX).max(1);
    old.items.iter().map(|item| (item.due_on, weight(item.total))).collect()
}

/// Applies the money that was freed to the new invoice, as far as it goes; the rest stays on account.
fn apply_again(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    number: &str,
    paid: &[Paid],
) -> Result<Vec<(String, String)>, Error> {
    let company = actor.company.id;
    let invoice = document::get(tx, company, number)?;
    let mut carried = Vec::new();
    for one in paid {
        let funds = receipt::funds(tx, company, one.receipt)?;
        let items = document::items_of(tx, company, invoice.id)?;
        let open: i64 = items.iter().map(|item| item.open.max(0)).sum();
        let amount = one.amount.min(open).min(funds.unapplied);
        // Another customer's money, and money of another currency, is for a person to decide about.
        if amount <= 0 || funds.currency != invoice.currency || funds.customer != Some(invoice.payer) {
            continue;
        }
        let given = allocation::Given {
            source: one.name.clone(),
            invoice: number.to_owned(),
            amount: Some(amount),
            paid: None,
            on: None,
            discount: Wish::Leave,
        };
        allocation::apply_receipt(tx, actor, today, &given, one.receipt, invoice.id)?;
        carried.push((one.name.clone(), Money::new(amount, invoice.currency).major_text()));
    }
    Ok(carried)
}

/// Raises the disputes of the old invoice again, each for no more than is open and not in dispute.
fn raise_again(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    number: &str,
    contested: &[store::reports::invoice::Dispute],
) -> Result<(), Error> {
    let company = actor.company.id;
    let invoice = document::get(tx, company, number)?;
    for one in contested {
        let items = document::items_of(tx, company, invoice.id)?;
        let free: i64 = items.iter().map(|item| (item.open - item.disputed).max(0)).sum();
        let amount = one.amount.min(free);
        if amount <= 0 {
            continue;
        }
        let given = dispute::Given {
            invoice: number.to_owned(),
            amount: Some(amount),
            reason: one.reason.clone(),
            note: one.note.clone(),
        };
        dispute::make(tx, actor, today, &given)?;
    }
    Ok(())
}
