//! What Peppol BIS Billing 3 asks beyond the standard: the rules of its published list that look at amounts, codes and
//! references of the model.

use rust_decimal::Decimal;

use super::super::totals::{percent, sum};
use super::super::{Allowance, EInvoice, Identifier, Line, Party, Syntax, TaxTotal};
use super::codes::{currencies, electronic_addresses, mime};
use super::numbers::{australian, italian, swedish};
use super::{Rule, count, filled, if_so};

/// Sums of rounded parts may be off by this much (R040, R120): two minor units.
const SLACK: Decimal = Decimal::from_parts(2, 0, 0, false, 2);

/// What may be invoiced under the billing process (P0100), the German ones among them (P0112).
const INVOICE_TYPES: [&str; 26] = [
    "71", "80", "82", "84", "102", "218", "219", "326", "331", "380", "382", "383", "384", "386", "388", "393", "395",
    "553", "575", "623", "780", "817", "870", "875", "876", "877",
];
/// What may be credited under the billing process (P0101).
const CREDIT_NOTE_TYPES: [&str; 5] = ["81", "83", "381", "396", "532"];
/// Part and corrected invoices, which are for Germans among themselves (P0112).
const GERMAN_TYPES: [&str; 2] = ["326", "384"];

const PROCESS: &str = "urn:fdc:peppol.eu:2017:poacc:billing:";
const BILLING: &str = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

pub(super) const RULES: &[Rule] = &[
    Rule { id: "PEPPOL-COMMON-R047", breaches: |i| numbers(i, "0211", italian) },
    Rule { id: "PEPPOL-COMMON-R049", breaches: |i| numbers(i, "0007", swedish) },
    Rule { id: "PEPPOL-COMMON-R050", breaches: |i| numbers(i, "0151", australian) },
    Rule { id: "PEPPOL-EN16931-CL001", breaches: mime },
    Rule { id: "PEPPOL-EN16931-CL007", breaches: currencies },
    Rule { id: "PEPPOL-EN16931-CL008", breaches: electronic_addresses },
    Rule { id: "PEPPOL-EN16931-P0100", breaches: |i| other_type(i, Syntax::UblInvoice, &INVOICE_TYPES) },
    Rule { id: "PEPPOL-EN16931-P0101", breaches: |i| other_type(i, Syntax::UblCreditNote, &CREDIT_NOTE_TYPES) },
    Rule { id: "PEPPOL-EN16931-P0104", breaches: |i| misplaced(i, "VATEX-EU-G", "G") },
    Rule { id: "PEPPOL-EN16931-P0105", breaches: |i| misplaced(i, "VATEX-EU-O", "O") },
    Rule { id: "PEPPOL-EN16931-P0106", breaches: |i| misplaced(i, "VATEX-EU-IC", "K") },
    Rule { id: "PEPPOL-EN16931-P0107", breaches: |i| misplaced(i, "VATEX-EU-AE", "AE") },
    Rule { id: "PEPPOL-EN16931-P0108", breaches: |i| misplaced(i, "VATEX-EU-D", "E") },
    Rule { id: "PEPPOL-EN16931-P0109", breaches: |i| misplaced(i, "VATEX-EU-F", "E") },
    Rule { id: "PEPPOL-EN16931-P0110", breaches: |i| misplaced(i, "VATEX-EU-I", "E") },
    Rule { id: "PEPPOL-EN16931-P0111", breaches: |i| misplaced(i, "VATEX-EU-J", "E") },
    Rule { id: "PEPPOL-EN16931-P0112", breaches: |i| if_so(is_german_type(i) && !are_german(i)) },
    Rule { id: "PEPPOL-EN16931-R001", breaches: |i| if_so(!filled(&i.business_process)) },
    Rule {
        id: "PEPPOL-EN16931-R003",
        breaches: |i| if_so(!filled(&i.buyer_reference) && !filled(&i.references.purchase_order)),
    },
    Rule { id: "PEPPOL-EN16931-R005", breaches: |i| if_so(i.tax_currency.is_some() && i.tax_currency == i.currency) },
    Rule { id: "PEPPOL-EN16931-R006", breaches: |i| if_so(i.references.objects.len() > 1) },
    Rule { id: "PEPPOL-EN16931-R007", breaches: |i| if_so(!is_process(i)) },
    Rule { id: "PEPPOL-EN16931-R010", breaches: |i| if_so(!has_address(&i.buyer)) },
    Rule { id: "PEPPOL-EN16931-R020", breaches: |i| if_so(!has_address(&i.seller)) },
    Rule { id: "PEPPOL-EN16931-R040", breaches: |i| count(all(i), |a| !is_its_percentage(a)) },
    Rule { id: "PEPPOL-EN16931-R041", breaches: |i| count(all(i), |a| a.percent.is_some() && a.base.is_none()) },
    Rule { id: "PEPPOL-EN16931-R042", breaches: |i| count(all(i), |a| a.base.is_some() && a.percent.is_none()) },
    Rule { id: "PEPPOL-EN16931-R043", breaches: |i| count(all(i), |a| !is_word(a)) },
    Rule { id: "PEPPOL-EN16931-R044", breaches: |i| count(&i.lines, charged_price) },
    Rule { id: "PEPPOL-EN16931-R046", breaches: |i| count(&i.lines, |l| !is_net_price(l)) },
    Rule { id: "PEPPOL-EN16931-R053", breaches: |i| if_so(count(&i.tax_totals, is_broken_down) != 1) },
    Rule {
        id: "PEPPOL-EN16931-R054",
        breaches: |i| if_so(count(&i.tax_totals, |t| !is_broken_down(t)) != if_so(i.tax_currency.is_some())),
    },
    Rule { id: "PEPPOL-EN16931-R055", breaches: |i| if_so(opposed(i)) },
    Rule { id: "PEPPOL-EN16931-R080", breaches: |i| if_so(i.references.projects > 1) },
    Rule { id: "PEPPOL-EN16931-R100", breaches: |i| count(&i.lines, |l| l.objects.len() > 1) },
    Rule { id: "PEPPOL-EN16931-R101", breaches: |i| i.lines.iter().map(other_papers).sum() },
    Rule { id: "PEPPOL-EN16931-R110", breaches: |i| count(&i.lines, |l| begins_early(i, l)) },
    Rule { id: "PEPPOL-EN16931-R111", breaches: |i| count(&i.lines, |l| ends_late(i, l)) },
    Rule { id: "PEPPOL-EN16931-R120", breaches: |i| count(&i.lines, |l| !is_its_price(l)) },
    Rule {
        id: "PEPPOL-EN16931-R121",
        breaches: |i| count(&i.lines, |l| l.price.base_quantity.is_some_and(|q| q <= Decimal::ZERO)),
    },
    Rule { id: "PEPPOL-EN16931-R130", breaches: |i| count(&i.lines, other_unit) },
];

/// Identifiers of one register that cannot be its numbers.
fn numbers(invoice: &EInvoice, scheme: &str, is_number: fn(&str) -> bool) -> usize {
    let parties = [&invoice.seller, &invoice.buyer, &invoice.payee, &invoice.tax_representative];
    let of = |party: &'_ Party| -> Vec<Identifier> {
        let own = party.identifiers.iter().chain(&party.legal_registrations).chain(&party.electronic_address);
        own.filter(|i| i.scheme.as_deref() == Some(scheme)).cloned().collect()
    };
    parties.into_iter().flatten().flat_map(of).filter(|i| !is_number(&i.id)).count()
}

fn other_type(invoice: &EInvoice, syntax: Syntax, types: &[&str]) -> usize {
    let applies = invoice.syntax == syntax && invoice.business_process.as_deref() == Some(BILLING);
    if_so(applies && !types.contains(&invoice.type_code.as_deref().unwrap_or_default()))
}

/// An exemption reason under another category than its own.
fn misplaced(invoice: &EInvoice, code: &str, category: &str) -> usize {
    let given =
        |g: &super::super::TaxGroup| g.tax.exemption_code.as_deref().is_some_and(|c| c.eq_ignore_ascii_case(code));
    count(invoice.breakdown(), |g| given(g) && g.tax.category.as_deref() != Some(category))
}

fn is_german_type(invoice: &EInvoice) -> bool {
    invoice.type_code.as_deref().is_some_and(|code| GERMAN_TYPES.contains(&code))
}

fn are_german(invoice: &EInvoice) -> bool {
    [&invoice.seller, &invoice.buyer].into_iter().all(|party| {
        let address = party.as_ref().and_then(|p| p.address.as_ref());
        address.is_some_and(|a| a.country.as_deref() == Some("DE"))
    })
}

/// `urn:fdc:peppol.eu:2017:poacc:billing:NN:1.0`, NN two digits.
fn is_process(invoice: &EInvoice) -> bool {
    let number = invoice.business_process.as_deref().and_then(|p| p.strip_prefix(PROCESS)?.strip_suffix(":1.0"));
    number.is_some_and(|n| n.len() == 2 && n.bytes().all(|b| b.is_ascii_digit()))
}

fn has_address(party: &Option<Party>) -> bool {
    party.as_ref().is_some_and(|p| p.electronic_address.is_some())
}

/// Allowances and charges of the document and of its lines.
fn all(invoice: &EInvoice) -> impl Iterator<Item = &Allowance> {
    invoice.allowances.iter().chain(invoice.lines.iter().flat_map(|l| &l.allowances))
}

fn is_its_percentage(allowance: &Allowance) -> bool {
    match (allowance.amount, allowance.base, allowance.percent) {
        (Some(amount), Some(base), Some(rate)) => near(amount, percent(base, rate)),
        _ => true,
    }
}

fn near(one: Decimal, other: Decimal) -> bool {
    one.saturating_sub(other).abs() <= SLACK
}

fn is_word(allowance: &Allowance) -> bool {
    matches!(allowance.charge_indicator.as_deref(), Some("true" | "false"))
}

fn charged_price(line: &Line) -> bool {
    line.price.discount_indicator.as_deref().is_some_and(|indicator| indicator != "false")
}

fn is_net_price(line: &Line) -> bool {
    match (line.price.net, line.price.gross) {
        (Some(net), Some(gross)) => net == gross.saturating_sub(line.price.discount.unwrap_or_default()),
        _ => true,
    }
}

fn is_broken_down(total: &TaxTotal) -> bool {
    !total.breakdown.is_empty()
}

/// One VAT total above zero, the other below.
fn opposed(invoice: &EInvoice) -> bool {
    match (invoice.tax_total(), invoice.tax_total_accounting()) {
        (Some(one), Some(other)) => {
            !one.is_zero() && !other.is_zero() && one.is_sign_negative() != other.is_sign_negative()
        }
        _ => false,
    }
}

fn other_papers(line: &Line) -> usize {
    count(&line.objects, |(_, kind)| kind.as_deref() != Some("130"))
}

fn begins_early(invoice: &EInvoice, line: &Line) -> bool {
    let from = |period: &Option<super::super::Period>| period.as_ref().and_then(|p| p.from);
    from(&line.period).zip(from(&invoice.period)).is_some_and(|(line, invoice)| line < invoice)
}

fn ends_late(invoice: &EInvoice, line: &Line) -> bool {
    let to = |period: &Option<super::super::Period>| period.as_ref().and_then(|p| p.to);
    to(&line.period).zip(to(&invoice.period)).is_some_and(|(line, invoice)| line > invoice)
}

/// Quantity × price ÷ the quantity the price is for, with the line's own charges and allowances.
fn is_its_price(line: &Line) -> bool {
    let (Some(net), Some(quantity), Some(price)) = (line.net, line.quantity, line.price.net) else { return true };
    let per = line.price.base_quantity.filter(|q| !q.is_zero()).unwrap_or(Decimal::ONE);
    let Some(goods) = quantity.checked_mul(price).and_then(|p| p.checked_div(per)) else { return false };
    let charges = sum(line.allowances.iter().filter(|a| a.is_charge()).filter_map(|a| a.amount));
    let allowances = sum(line.allowances.iter().filter(|a| a.is_allowance()).filter_map(|a| a.amount));
    near(net, goods.saturating_add(charges).saturating_sub(allowances))
}

fn other_unit(line: &Line) -> bool {
    filled(&line.price.base_unit) && filled(&line.unit) && line.price.base_unit != line.unit
}
