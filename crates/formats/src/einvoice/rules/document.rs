//! BR-01 to BR-63 and BR-CO-* of the document as a whole: what must be there.

use super::super::codes::COUNTRIES;
use super::super::{Address, EInvoice, Party, Payment, Period};
use super::{Rule, count, filled, if_so};

/// Credit transfers, which need an account to go to (UNTDID 4461: credit transfer, SEPA credit transfer).
const TRANSFERS: [&str; 2] = ["30", "58"];

pub(super) const RULES: &[Rule] = &[
    Rule { id: "BR-01", breaches: |i| if_so(!filled(&i.specification)) },
    Rule { id: "BR-02", breaches: |i| if_so(!filled(&i.number)) },
    Rule { id: "BR-03", breaches: |i| if_so(i.issued_on.is_none()) },
    Rule { id: "BR-04", breaches: |i| if_so(!filled(&i.type_code)) },
    Rule { id: "BR-05", breaches: |i| if_so(!filled(&i.currency)) },
    Rule { id: "BR-06", breaches: |i| if_so(!named(&i.seller)) },
    Rule { id: "BR-07", breaches: |i| if_so(!named(&i.buyer)) },
    Rule { id: "BR-08", breaches: |i| if_so(address(&i.seller).is_none()) },
    Rule { id: "BR-09", breaches: |i| count(address(&i.seller), nowhere) },
    Rule { id: "BR-10", breaches: |i| if_so(address(&i.buyer).is_none()) },
    Rule { id: "BR-11", breaches: |i| count(address(&i.buyer), nowhere) },
    Rule { id: "BR-12", breaches: |i| if_so(i.totals.line_total.is_none()) },
    Rule { id: "BR-13", breaches: |i| if_so(i.totals.tax_exclusive.is_none()) },
    Rule { id: "BR-14", breaches: |i| if_so(i.totals.tax_inclusive.is_none()) },
    Rule { id: "BR-15", breaches: |i| if_so(i.totals.payable.is_none()) },
    Rule { id: "BR-16", breaches: |i| if_so(i.lines.is_empty()) },
    Rule { id: "BR-17", breaches: |i| count(&i.payee, |payee| !filled(&payee.name)) },
    Rule { id: "BR-18", breaches: |i| count(&i.tax_representative, |party| !filled(&party.name)) },
    Rule { id: "BR-19", breaches: |i| count(&i.tax_representative, |party| party.address.is_none()) },
    Rule { id: "BR-20", breaches: |i| count(address(&i.tax_representative), nowhere) },
    Rule { id: "BR-29", breaches: |i| count(&i.period, turned) },
    Rule { id: "BR-49", breaches: |i| count(&i.payment, |p| !filled(&p.means_code)) },
    Rule { id: "BR-50", breaches: |i| count(&i.payment, |p| p.account.is_some() && !has_account(p)) },
    Rule { id: "BR-51", breaches: |i| count(&i.payment, |p| p.card.as_ref().is_some_and(|c| !few_digits(&c.number))) },
    Rule { id: "BR-52", breaches: |i| count(&i.papers, |paper| !filled(&paper.id)) },
    Rule { id: "BR-53", breaches: |i| if_so(filled(&i.tax_currency) && i.tax_total_accounting().is_none()) },
    Rule { id: "BR-55", breaches: |i| count(&i.preceding, |p| !filled(&p.number)) },
    Rule { id: "BR-56", breaches: |i| count(&i.tax_representative, |party| !has_vat_id(party)) },
    Rule { id: "BR-57", breaches: |i| count(i.delivery.iter().filter_map(|d| d.address.as_ref()), nowhere) },
    Rule { id: "BR-61", breaches: |i| count(&i.payment, |p| is_transfer(p) && !has_account(p)) },
    Rule { id: "BR-62", breaches: |i| if_so(!scheme_of_address(&i.seller)) },
    Rule { id: "BR-63", breaches: |i| if_so(!scheme_of_address(&i.buyer)) },
    Rule { id: "BR-CO-03", breaches: |i| if_so(i.tax_point_on.is_some() && !i.tax_point_codes.is_empty()) },
    Rule { id: "BR-CO-09", breaches: unknown_prefixes },
    Rule { id: "BR-CO-18", breaches: |i| if_so(i.breakdown().next().is_none()) },
    Rule { id: "BR-CO-19", breaches: |i| if_so(i.tax_point_codes.is_empty()) * count(&i.period, endless) },
    Rule { id: "BR-CO-25", breaches: |i| if_so(is_owed(i) && i.due_on.is_none() && !has_terms(i)) },
    Rule { id: "BR-CO-26", breaches: |i| if_so(!i.seller.as_ref().is_some_and(is_identified)) },
];

fn named(party: &Option<Party>) -> bool {
    party.as_ref().is_some_and(|p| filled(&p.name))
}

fn address(party: &Option<Party>) -> Option<&Address> {
    party.as_ref().and_then(|p| p.address.as_ref())
}

fn nowhere(address: &Address) -> bool {
    !filled(&address.country)
}

/// Whether a period ends before it begins.
pub(super) fn turned(period: &Period) -> bool {
    period.from.zip(period.to).is_some_and(|(from, to)| to < from)
}

/// Whether a period has neither beginning nor end.
pub(super) fn endless(period: &Period) -> bool {
    period.from.is_none() && period.to.is_none()
}

fn has_account(payment: &Payment) -> bool {
    payment.account.as_ref().is_some_and(|a| filled(&a.id))
}

fn is_transfer(payment: &Payment) -> bool {
    payment.means_code.as_ref().is_some_and(|code| TRANSFERS.contains(&code.as_str()))
}

/// The last four to six digits of a card, the first six perhaps beside them; never the whole number.
fn few_digits(number: &super::Text) -> bool {
    number.as_ref().is_some_and(|n| (4..=10).contains(&n.bytes().filter(u8::is_ascii_digit).count()))
}

pub(super) fn has_vat_id(party: &Party) -> bool {
    party.tax_registrations.iter().any(|r| r.vat && filled(&r.id))
}

fn scheme_of_address(party: &Option<Party>) -> bool {
    let address = party.as_ref().and_then(|p| p.electronic_address.as_ref());
    address.is_none_or(|a| filled(&a.scheme))
}

/// A VAT number begins with its country; Greece writes `EL`.
fn unknown_prefixes(invoice: &EInvoice) -> usize {
    let parties = [&invoice.seller, &invoice.tax_representative, &invoice.buyer];
    let registrations = parties.into_iter().flatten().flat_map(|p| &p.tax_registrations);
    count(registrations.filter(|r| r.vat && filled(&r.id)), |r| {
        let prefix = r.id.as_deref().and_then(|id| id.get(..2)).unwrap_or_default();
        prefix != "EL" && !COUNTRIES.has(prefix)
    })
}

fn is_owed(invoice: &EInvoice) -> bool {
    invoice.totals.payable.is_some_and(|p| p > rust_decimal::Decimal::ZERO)
}

fn has_terms(invoice: &EInvoice) -> bool {
    invoice.payment_terms.iter().any(|terms| !terms.is_empty())
}

fn is_identified(party: &Party) -> bool {
    let any = |all: &[super::super::Identifier]| all.iter().any(|i| !i.id.is_empty());
    any(&party.identifiers) || any(&party.legal_registrations) || has_vat_id(party)
}
