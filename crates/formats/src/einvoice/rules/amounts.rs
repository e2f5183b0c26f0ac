//! BR-CO-10 to BR-CO-17: the totals add up; BR-DEC-*: amounts have at most two decimals.

use rust_decimal::Decimal;

use super::super::totals::{line_total, percent, rounded, sum};
use super::super::{EInvoice, TaxGroup, TaxTotal};
use super::lines::{allowances, charges, line_allowances, line_charges};
use super::{Rule, count, if_so};

const DECIMALS_MAX: u32 = 2;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "BR-CO-10",
        breaches: |i| if_so(i.totals.line_total.is_some_and(|stated| stated != rounded(line_total(i)))),
    },
    Rule { id: "BR-CO-11", breaches: |i| if_so(stated(i.totals.allowances) != total(allowances(i).map(|a| a.amount))) },
    Rule { id: "BR-CO-12", breaches: |i| if_so(stated(i.totals.charges) != total(charges(i).map(|a| a.amount))) },
    Rule { id: "BR-CO-13", breaches: |i| if_so(i.totals.tax_exclusive.is_some_and(|stated| stated != exclusive(i))) },
    Rule { id: "BR-CO-14", breaches: |i| count(&i.tax_totals, |total| !adds_up(total)) },
    Rule { id: "BR-CO-15", breaches: |i| if_so(i.totals.tax_inclusive.is_some_and(|stated| stated != inclusive(i))) },
    Rule { id: "BR-CO-16", breaches: |i| if_so(i.totals.payable.is_some_and(|stated| stated != payable(i))) },
    Rule { id: "BR-CO-17", breaches: |i| count(i.breakdown(), |group| !is_its_rate(group)) },
    Rule { id: "BR-DEC-01", breaches: |i| fine(allowances(i).map(|a| a.amount)) },
    Rule { id: "BR-DEC-02", breaches: |i| fine(allowances(i).map(|a| a.base)) },
    Rule { id: "BR-DEC-05", breaches: |i| fine(charges(i).map(|a| a.amount)) },
    Rule { id: "BR-DEC-06", breaches: |i| fine(charges(i).map(|a| a.base)) },
    Rule { id: "BR-DEC-09", breaches: |i| fine([i.totals.line_total]) },
    Rule { id: "BR-DEC-10", breaches: |i| fine([i.totals.allowances]) },
    Rule { id: "BR-DEC-11", breaches: |i| fine([i.totals.charges]) },
    Rule { id: "BR-DEC-12", breaches: |i| fine([i.totals.tax_exclusive]) },
    Rule { id: "BR-DEC-13", breaches: |i| fine([i.tax_total()]) },
    Rule { id: "BR-DEC-14", breaches: |i| fine([i.totals.tax_inclusive]) },
    Rule { id: "BR-DEC-15", breaches: |i| fine([i.tax_total_accounting()]) },
    Rule { id: "BR-DEC-16", breaches: |i| fine([i.totals.prepaid]) },
    Rule { id: "BR-DEC-17", breaches: |i| fine([i.totals.rounding]) },
    Rule { id: "BR-DEC-18", breaches: |i| fine([i.totals.payable]) },
    Rule { id: "BR-DEC-19", breaches: |i| fine(i.breakdown().map(|g| g.base)) },
    Rule { id: "BR-DEC-20", breaches: |i| fine(i.breakdown().map(|g| g.amount)) },
    Rule { id: "BR-DEC-23", breaches: |i| fine(i.lines.iter().map(|l| l.net)) },
    Rule { id: "BR-DEC-24", breaches: |i| fine(line_allowances(i).map(|a| a.amount)) },
    Rule { id: "BR-DEC-25", breaches: |i| fine(line_allowances(i).map(|a| a.base)) },
    Rule { id: "BR-DEC-27", breaches: |i| fine(line_charges(i).map(|a| a.amount)) },
    Rule { id: "BR-DEC-28", breaches: |i| fine(line_charges(i).map(|a| a.base)) },
];

/// How many amounts of the whole document have more than two decimals, prices aside.
pub(super) fn too_fine(invoice: &EInvoice) -> usize {
    let t = &invoice.totals;
    let totals =
        [t.line_total, t.allowances, t.charges, t.tax_exclusive, t.tax_inclusive, t.prepaid, t.rounding, t.payable];
    let taxes = invoice.tax_totals.iter().map(|total| total.amount);
    let groups = invoice.breakdown().flat_map(|group| [group.base, group.amount]);
    let allowances = invoice.allowances.iter().chain(invoice.lines.iter().flat_map(|line| &line.allowances));
    let allowances = allowances.flat_map(|allowance| [allowance.amount, allowance.base]);
    fine(
        totals
            .into_iter()
            .chain(taxes)
            .chain(groups)
            .chain(invoice.lines.iter().map(|line| line.net))
            .chain(allowances),
    )
}

fn fine(amounts: impl IntoIterator<Item = Option<Decimal>>) -> usize {
    amounts.into_iter().flatten().filter(|amount| amount.scale() > DECIMALS_MAX).count()
}

/// A total that is left out is nothing.
fn stated(total: Option<Decimal>) -> Decimal {
    total.unwrap_or_default()
}

fn total(amounts: impl Iterator<Item = Option<Decimal>>) -> Decimal {
    rounded(sum(amounts.flatten()))
}

fn exclusive(invoice: &EInvoice) -> Decimal {
    let lines = rounded(line_total(invoice));
    lines.saturating_sub(stated(invoice.totals.allowances)).saturating_add(stated(invoice.totals.charges))
}

fn inclusive(invoice: &EInvoice) -> Decimal {
    stated(invoice.totals.tax_exclusive).saturating_add(stated(invoice.tax_total()))
}

fn payable(invoice: &EInvoice) -> Decimal {
    let inclusive = stated(invoice.totals.tax_inclusive);
    inclusive.saturating_sub(stated(invoice.totals.prepaid)).saturating_add(stated(invoice.totals.rounding))
}

/// The total in the currency of the VAT accounts has no breakdown.
fn adds_up(total: &TaxTotal) -> bool {
    total.breakdown.is_empty()
        || stated(total.amount) == rounded(sum(total.breakdown.iter().filter_map(|group| group.amount)))
}

/// Whether the VAT of a group is that of its base and rate; without a rate there is none.
pub(super) fn is_its_rate(group: &TaxGroup) -> bool {
    let Some(base) = group.base else { return true };
    group.amount.is_none_or(|amount| amount == rounded(percent(base, stated(group.tax.rate))))
}
