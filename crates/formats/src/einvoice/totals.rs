//! The totals of an invoice (BG-22, BG-23) worked out from its lines, allowances and charges: what a document claims
//! is not looked at, but for what is prepaid and the rounding, which no line tells.
//!
//! VAT is rounded once per category and rate, half up, to two decimals (EN 16931, BR-CO-17).

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Allowance, EInvoice, Tax};

/// Amounts of the standard have two decimals, in every currency.
const DECIMALS: u32 = 2;

/// The totals that the lines add up to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recomputed {
    pub line_total: Decimal,
    pub allowances: Decimal,
    pub charges: Decimal,
    pub tax_exclusive: Decimal,
    pub tax_total: Decimal,
    pub tax_inclusive: Decimal,
    pub prepaid: Decimal,
    pub rounding: Decimal,
    pub payable: Decimal,
    pub breakdown: Vec<Group>,
}

/// What falls under one VAT category and rate.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    pub category: String,
    pub rate: Decimal,
    pub base: Decimal,
    pub tax: Decimal,
}

/// Adds up an invoice.
pub fn recomputed(invoice: &EInvoice) -> Recomputed {
    let breakdown = breakdown(invoice);
    let line_total = rounded(line_total(invoice));
    let allowances = rounded(sum(invoice.allowances.iter().filter(|a| a.is_allowance()).filter_map(|a| a.amount)));
    let charges = rounded(sum(invoice.allowances.iter().filter(|a| a.is_charge()).filter_map(|a| a.amount)));
    let tax_exclusive = line_total.saturating_sub(allowances).saturating_add(charges);
    let tax_total = sum(breakdown.iter().map(|g| g.tax));
    let tax_inclusive = tax_exclusive.saturating_add(tax_total);
    let prepaid = invoice.totals.prepaid.unwrap_or_default();
    let rounding = invoice.totals.rounding.unwrap_or_default();
    let payable = tax_inclusive.saturating_sub(prepaid).saturating_add(rounding);
    Recomputed {
        line_total,
        allowances,
        charges,
        tax_exclusive,
        tax_total,
        tax_inclusive,
        prepaid,
        rounding,
        payable,
        breakdown,
    }
}

/// Σ BT-131, of the lines that count.
pub(super) fn line_total(invoice: &EInvoice) -> Decimal {
    sum(invoice.lines.iter().filter(|l| l.counts()).filter_map(|l| l.net))
}

/// What falls under a category: of one rate, or of all.
pub(super) fn taxable(invoice: &EInvoice, category: &str, rate: Option<Decimal>) -> Decimal {
    let fits =
        |tax: &Tax| tax.category.as_deref() == Some(category) && rate.is_none_or(|r| tax.rate.unwrap_or_default() == r);
    sum(parts(invoice).filter(|(tax, _)| fits(tax)).map(|(_, amount)| amount))
}

/// Half up, away from zero where the amount is below it, as invoices are rounded.
pub(super) fn rounded(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointAwayFromZero)
}

/// The VAT on an amount, not rounded yet.
pub(super) fn percent(base: Decimal, rate: Decimal) -> Decimal {
    base.saturating_mul(rate) / Decimal::ONE_HUNDRED
}

pub(super) fn sum(amounts: impl Iterator<Item = Decimal>) -> Decimal {
    amounts.fold(Decimal::ZERO, Decimal::saturating_add)
}

/// Every amount that VAT is due on: lines, charges, and allowances below zero.
fn parts(invoice: &EInvoice) -> impl Iterator<Item = (&Tax, Decimal)> {
    let lines = invoice.lines.iter().filter(|l| l.counts()).filter_map(|l| Some((l.tax.as_ref()?, l.net?)));
    lines.chain(invoice.allowances.iter().filter_map(|a| Some((a.tax.as_ref()?, signed(a)?))))
}

fn signed(allowance: &Allowance) -> Option<Decimal> {
    match allowance.amount? {
        amount if allowance.is_charge() => Some(amount),
        amount if allowance.is_allowance() => Some(-amount),
        _ => None,
    }
}

fn breakdown(invoice: &EInvoice) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (tax, amount) in parts(invoice) {
        let category = tax.category.as_deref().unwrap_or_default();
        let rate = tax.rate.unwrap_or_default();
        match groups.iter_mut().find(|g| g.category == category && g.rate == rate) {
            Some(group) => group.base = group.base.saturating_add(amount),
            None => groups.push(Group { category: category.to_owned(), rate, base: amount, tax: Decimal::ZERO }),
        }
    }
    for group in &mut groups {
        group.base = rounded(group.base);
        group.tax = rounded(percent(group.base, group.rate));
    }
    groups
}
