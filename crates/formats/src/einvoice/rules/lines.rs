//! BR-21 to BR-54 and BR-CO-* of lines, allowances, charges and groups of the VAT breakdown: what must be there.

use super::super::{Allowance, EInvoice, Line};
use super::document::{endless, turned};
use super::{Rule, count, filled};

pub(super) const RULES: &[Rule] = &[
    Rule { id: "BR-21", breaches: |i| count(&i.lines, |l| !filled(&l.id)) },
    Rule { id: "BR-22", breaches: |i| count(&i.lines, |l| l.quantity.is_none()) },
    Rule { id: "BR-23", breaches: |i| count(&i.lines, |l| !filled(&l.unit)) },
    Rule { id: "BR-24", breaches: |i| count(&i.lines, |l| l.net.is_none()) },
    Rule { id: "BR-25", breaches: |i| count(&i.lines, |l| !filled(&l.item.name)) },
    Rule { id: "BR-26", breaches: |i| count(&i.lines, |l| l.price.net.is_none()) },
    Rule { id: "BR-27", breaches: |i| count(&i.lines, |l| l.price.net.is_some_and(|p| p.is_sign_negative())) },
    Rule { id: "BR-28", breaches: |i| count(&i.lines, |l| l.price.gross.is_some_and(|p| p.is_sign_negative())) },
    Rule { id: "BR-30", breaches: |i| count(&i.lines, |l| l.period.as_ref().is_some_and(turned)) },
    Rule { id: "BR-31", breaches: |i| count(allowances(i), without_amount) },
    Rule { id: "BR-32", breaches: |i| count(allowances(i), without_category) },
    Rule { id: "BR-33", breaches: |i| count(allowances(i), without_reason) },
    Rule { id: "BR-36", breaches: |i| count(charges(i), without_amount) },
    Rule { id: "BR-37", breaches: |i| count(charges(i), without_category) },
    Rule { id: "BR-38", breaches: |i| count(charges(i), without_reason) },
    Rule { id: "BR-41", breaches: |i| count(line_allowances(i), without_amount) },
    Rule { id: "BR-42", breaches: |i| count(line_allowances(i), without_reason) },
    Rule { id: "BR-43", breaches: |i| count(line_charges(i), without_amount) },
    Rule { id: "BR-44", breaches: |i| count(line_charges(i), without_reason) },
    Rule { id: "BR-45", breaches: |i| count(i.breakdown(), |g| g.base.is_none()) },
    Rule { id: "BR-46", breaches: |i| count(i.breakdown(), |g| g.amount.is_none()) },
    Rule { id: "BR-47", breaches: |i| count(i.breakdown(), |g| !filled(&g.tax.category)) },
    Rule {
        id: "BR-48",
        breaches: |i| count(i.breakdown(), |g| g.tax.rate.is_none() && g.tax.category.as_deref() != Some("O")),
    },
    Rule { id: "BR-54", breaches: |i| i.lines.iter().map(unnamed_attributes).sum() },
    Rule { id: "BR-64", breaches: |i| count(&i.lines, |l| l.item.standard_id.iter().any(|id| !filled(&id.scheme))) },
    Rule { id: "BR-65", breaches: |i| i.lines.iter().map(unlisted_classifications).sum() },
    Rule { id: "BR-CO-04", breaches: |i| count(&i.lines, |l| !l.tax.as_ref().is_some_and(|t| filled(&t.category))) },
    Rule { id: "BR-CO-20", breaches: |i| count(&i.lines, |l| l.period.as_ref().is_some_and(endless)) },
    Rule { id: "BR-CO-21", breaches: |i| count(allowances(i), without_reason) },
    Rule { id: "BR-CO-22", breaches: |i| count(charges(i), without_reason) },
    Rule { id: "BR-CO-23", breaches: |i| count(line_allowances(i), without_reason) },
    Rule { id: "BR-CO-24", breaches: |i| count(line_charges(i), without_reason) },
];

/// BG-20.
pub(super) fn allowances(invoice: &EInvoice) -> impl Iterator<Item = &Allowance> {
    invoice.allowances.iter().filter(|a| a.is_allowance())
}

/// BG-21.
pub(super) fn charges(invoice: &EInvoice) -> impl Iterator<Item = &Allowance> {
    invoice.allowances.iter().filter(|a| a.is_charge())
}

/// BG-27.
pub(super) fn line_allowances(invoice: &EInvoice) -> impl Iterator<Item = &Allowance> {
    invoice.lines.iter().flat_map(|l| &l.allowances).filter(|a| a.is_allowance())
}

/// BG-28.
pub(super) fn line_charges(invoice: &EInvoice) -> impl Iterator<Item = &Allowance> {
    invoice.lines.iter().flat_map(|l| &l.allowances).filter(|a| a.is_charge())
}

fn without_amount(allowance: &Allowance) -> bool {
    allowance.amount.is_none()
}

fn without_category(allowance: &Allowance) -> bool {
    !allowance.tax.as_ref().is_some_and(|t| filled(&t.category))
}

fn without_reason(allowance: &Allowance) -> bool {
    !filled(&allowance.reason) && !filled(&allowance.reason_code)
}

fn unnamed_attributes(line: &Line) -> usize {
    count(&line.item.attributes, |(name, value)| !filled(name) || !filled(value))
}

fn unlisted_classifications(line: &Line) -> usize {
    count(&line.item.classifications, |(code, _)| !filled(&code.scheme))
}
