//! BR-CL-*: a code belongs to its list. A code that is missing is another rule's matter.

use super::super::codes::{
    ALLOWANCE_REASONS, CHARGE_REASONS, COUNTRIES, CURRENCIES, Codes, DOCUMENT_TYPES, ELECTRONIC_ADDRESSES,
    EXEMPTION_REASONS, ITEM_CLASSIFICATIONS, NOTE_SUBJECTS, OBJECT_SCHEMES, ORGANISATION_SCHEMES, PAYMENT_MEANS,
    TAX_CATEGORIES, UNITS,
};
use super::super::{EInvoice, Identifier, Party, Syntax, Text};
use super::lines::{allowances, charges, line_allowances, line_charges};
use super::{Rule, if_so};

/// When VAT falls due (UNTDID 2005 in UBL, 2475 in CII): issue, delivery, payment.
const TAX_POINTS_UBL: [&str; 3] = ["3", "35", "432"];
const TAX_POINTS_CII: [&str; 3] = ["5", "29", "72"];

/// The kinds of file that may be embedded.
pub(super) const MIME: [&str; 6] = [
    "application/pdf",
    "image/png",
    "image/jpeg",
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.spreadsheet",
];

/// The scheme of a creditor in direct debits, which is no register of organisations.
const CREDITOR: &str = "SEPA";

pub(super) const RULES: &[Rule] = &[
    Rule { id: "BR-CL-01", breaches: |i| unlisted(&DOCUMENT_TYPES, [&i.type_code]) },
    Rule { id: "BR-CL-03", breaches: currencies },
    Rule { id: "BR-CL-04", breaches: |i| unlisted(&CURRENCIES, [&i.currency]) },
    Rule { id: "BR-CL-05", breaches: |i| unlisted(&CURRENCIES, [&i.tax_currency]) },
    Rule { id: "BR-CL-06", breaches: tax_points },
    Rule { id: "BR-CL-07", breaches: objects },
    Rule { id: "BR-CL-08", breaches: |i| unlisted(&NOTE_SUBJECTS, i.notes.iter().map(|n| &n.subject)) },
    Rule { id: "BR-CL-10", breaches: |i| schemes(parties(i).flat_map(|p| &p.identifiers)) },
    Rule { id: "BR-CL-11", breaches: |i| schemes(parties(i).flat_map(|p| &p.legal_registrations)) },
    Rule { id: "BR-CL-13", breaches: classifications },
    Rule { id: "BR-CL-14", breaches: countries },
    Rule { id: "BR-CL-15", breaches: |i| unlisted(&COUNTRIES, i.lines.iter().map(|l| &l.item.origin_country)) },
    Rule { id: "BR-CL-16", breaches: |i| unlisted(&PAYMENT_MEANS, i.payment.iter().map(|p| &p.means_code)) },
    Rule { id: "BR-CL-17", breaches: document_categories },
    Rule { id: "BR-CL-18", breaches: line_categories },
    Rule { id: "BR-CL-19", breaches: allowance_reasons },
    Rule { id: "BR-CL-20", breaches: charge_reasons },
    Rule { id: "BR-CL-21", breaches: |i| schemes(i.lines.iter().filter_map(|l| l.item.standard_id.as_ref())) },
    Rule { id: "BR-CL-22", breaches: exemptions },
    Rule { id: "BR-CL-23", breaches: units },
    Rule { id: "BR-CL-24", breaches: mime },
    Rule { id: "BR-CL-25", breaches: electronic_addresses },
    Rule { id: "BR-CL-26", breaches: |i| schemes(i.delivery.iter().filter_map(|d| d.location.as_ref())) },
];

fn unlisted<'a>(list: &Codes, codes: impl IntoIterator<Item = &'a Text>) -> usize {
    codes.into_iter().flatten().filter(|code| !code.is_empty() && !list.has(code)).count()
}

fn schemes<'a>(identifiers: impl Iterator<Item = &'a Identifier>) -> usize {
    let own = |i: &&Identifier| i.scheme.as_deref() != Some(CREDITOR);
    unlisted(&ORGANISATION_SCHEMES, identifiers.filter(own).map(|i| &i.scheme))
}

fn parties(invoice: &EInvoice) -> impl Iterator<Item = &Party> {
    [&invoice.seller, &invoice.buyer, &invoice.payee, &invoice.tax_representative].into_iter().flatten()
}

/// The currencies beside amounts.
pub(super) fn currencies(invoice: &EInvoice) -> usize {
    invoice.amount_currencies.iter().filter(|code| !CURRENCIES.has(code)).count()
}

fn tax_points(invoice: &EInvoice) -> usize {
    let list = if invoice.syntax == Syntax::Cii { TAX_POINTS_CII } else { TAX_POINTS_UBL };
    invoice.tax_point_codes.iter().filter(|code| !list.contains(&code.as_str())).count()
}

fn objects(invoice: &EInvoice) -> usize {
    let of_lines = invoice.lines.iter().flat_map(|l| &l.objects).map(|(object, _)| object);
    unlisted(&OBJECT_SCHEMES, invoice.references.objects.iter().chain(of_lines).map(|o| &o.scheme))
}

fn classifications(invoice: &EInvoice) -> usize {
    let codes = invoice.lines.iter().flat_map(|l| &l.item.classifications);
    unlisted(&ITEM_CLASSIFICATIONS, codes.map(|(code, _)| &code.scheme))
}

fn countries(invoice: &EInvoice) -> usize {
    let delivered = invoice.delivery.iter().filter_map(|d| d.address.as_ref());
    let addresses = parties(invoice).filter_map(|p| p.address.as_ref()).chain(delivered);
    unlisted(&COUNTRIES, addresses.map(|a| &a.country))
}

fn document_categories(invoice: &EInvoice) -> usize {
    let allowances = invoice.allowances.iter().filter_map(|a| a.tax.as_ref());
    unlisted(&TAX_CATEGORIES, allowances.chain(invoice.breakdown().map(|g| &g.tax)).map(|t| &t.category))
}

fn line_categories(invoice: &EInvoice) -> usize {
    unlisted(&TAX_CATEGORIES, invoice.lines.iter().filter_map(|l| l.tax.as_ref()).map(|t| &t.category))
}

fn allowance_reasons(invoice: &EInvoice) -> usize {
    unlisted(&ALLOWANCE_REASONS, allowances(invoice).chain(line_allowances(invoice)).map(|a| &a.reason_code))
}

fn charge_reasons(invoice: &EInvoice) -> usize {
    unlisted(&CHARGE_REASONS, charges(invoice).chain(line_charges(invoice)).map(|a| &a.reason_code))
}

fn exemptions(invoice: &EInvoice) -> usize {
    let codes = invoice.breakdown().filter_map(|g| g.tax.exemption_code.as_ref());
    codes.filter(|code| !code.is_empty() && !EXEMPTION_REASONS.has(&code.to_ascii_uppercase())).count()
}

fn units(invoice: &EInvoice) -> usize {
    unlisted(&UNITS, invoice.lines.iter().flat_map(|l| [&l.unit, &l.price.base_unit]))
}

/// Files of another kind than those allowed.
pub(super) fn mime(invoice: &EInvoice) -> usize {
    let kinds = invoice.papers.iter().filter_map(|p| p.embedded.as_ref()?.mime.as_ref());
    kinds.filter(|kind| !MIME.contains(&kind.as_str())).count()
}

/// Electronic addresses under a scheme that is not one.
pub(super) fn electronic_addresses(invoice: &EInvoice) -> usize {
    let of = |party: &Option<Party>| {
        let address = party.as_ref().and_then(|p| p.electronic_address.as_ref());
        if_so(address.and_then(|a| a.scheme.as_ref()).is_some_and(|s| !ELECTRONIC_ADDRESSES.has(s)))
    };
    of(&invoice.seller) + of(&invoice.buyer)
}
