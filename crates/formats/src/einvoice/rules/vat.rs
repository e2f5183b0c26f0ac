//! The rules of each VAT category (BR-S-*, BR-Z-*, BR-E-*, BR-AE-*, BR-IC-*, BR-G-*, BR-O-*, BR-AF-*, BR-AG-*): the
//! same ten questions with other answers, then what is of one category alone. The islands' taxes IGIC and IPSI have the
//! ids of the published artefacts, AF and AG; the standard's text calls them IG and IP.

use rust_decimal::Decimal;

use super::super::totals::{rounded, taxable};
use super::super::{Allowance, EInvoice, Party, Tax, TaxGroup};
use super::amounts::is_its_rate;
use super::document::{endless, has_vat_id};
use super::lines::{allowances, charges};
use super::{Rule, count, filled, if_so};

/// What the standard asks of a VAT category.
struct Category {
    code: &'static str,
    /// Whether each rate has a group of its own in the breakdown.
    by_rate: bool,
    rate: Rate,
    parties: Parties,
    exemption: Exemption,
}

enum Rate {
    AboveZero,
    NotBelowZero,
    Zero,
    Absent,
}

/// Whose tax numbers must be there.
enum Parties {
    /// A VAT or other tax number of the seller, or the VAT number of the tax representative.
    Seller,
    /// That, and the buyer's VAT number or legal registration.
    SellerAndBuyer,
    /// The VAT number of the seller or the tax representative.
    SellerVat,
    /// That, and the buyer's VAT number.
    SellerVatAndBuyerVat,
    /// No VAT number of anybody.
    Nobody,
}

#[derive(PartialEq)]
enum Exemption {
    Required,
    Forbidden,
}

impl Category {
    const fn taxed(code: &'static str, rate: Rate) -> Category {
        Category { code, by_rate: true, rate, parties: Parties::Seller, exemption: Exemption::Forbidden }
    }

    const fn untaxed(code: &'static str, parties: Parties) -> Category {
        Category { code, by_rate: false, rate: Rate::Zero, parties, exemption: Exemption::Required }
    }
}

const STANDARD: Category = Category::taxed("S", Rate::AboveZero);
const IGIC: Category = Category::taxed("L", Rate::NotBelowZero);
const IPSI: Category = Category::taxed("M", Rate::NotBelowZero);
const ZERO: Category = Category { exemption: Exemption::Forbidden, ..Category::untaxed("Z", Parties::Seller) };
const EXEMPT: Category = Category::untaxed("E", Parties::Seller);
const REVERSE: Category = Category::untaxed("AE", Parties::SellerAndBuyer);
const INTRA_COMMUNITY: Category = Category::untaxed("K", Parties::SellerVatAndBuyerVat);
const EXPORT: Category = Category::untaxed("G", Parties::SellerVat);
const OUTSIDE: Category = Category { rate: Rate::Absent, ..Category::untaxed("O", Parties::Nobody) };

macro_rules! rules {
    ($($prefix:literal $CATEGORY:ident,)* ; $($rest:expr,)*) => {
        pub(super) const RULES: &[Rule] = &[
            $(
                Rule { id: concat!($prefix, "-01"), breaches: |i| if_so(!broken_down(i, &$CATEGORY)) },
                Rule { id: concat!($prefix, "-02"), breaches: |i| if_so(any(lines(i), &$CATEGORY) && !numbers(i, &$CATEGORY)) },
                Rule { id: concat!($prefix, "-03"), breaches: |i| if_so(any(taxes(allowances(i)), &$CATEGORY) && !numbers(i, &$CATEGORY)) },
                Rule { id: concat!($prefix, "-04"), breaches: |i| if_so(any(taxes(charges(i)), &$CATEGORY) && !numbers(i, &$CATEGORY)) },
                Rule { id: concat!($prefix, "-05"), breaches: |i| other_rates(lines(i), &$CATEGORY) },
                Rule { id: concat!($prefix, "-06"), breaches: |i| other_rates(taxes(allowances(i)), &$CATEGORY) },
                Rule { id: concat!($prefix, "-07"), breaches: |i| other_rates(taxes(charges(i)), &$CATEGORY) },
                Rule { id: concat!($prefix, "-08"), breaches: |i| count(groups(i, &$CATEGORY), |g| !is_its_base(i, g, &$CATEGORY)) },
                Rule { id: concat!($prefix, "-09"), breaches: |i| count(groups(i, &$CATEGORY), |g| !is_its_tax(g, &$CATEGORY)) },
                Rule { id: concat!($prefix, "-10"), breaches: |i| count(groups(i, &$CATEGORY), |g| !is_excused(g, &$CATEGORY)) },
            )*
            $($rest,)*
        ];
    };
}

rules! {
    "BR-S" STANDARD,
    "BR-Z" ZERO,
    "BR-E" EXEMPT,
    "BR-AE" REVERSE,
    "BR-IC" INTRA_COMMUNITY,
    "BR-G" EXPORT,
    "BR-O" OUTSIDE,
    "BR-AF" IGIC,
    "BR-AG" IPSI,
    ;
    Rule { id: "BR-IC-11", breaches: |i| if_so(groups(i, &INTRA_COMMUNITY).next().is_some() && !has_delivery_day(i)) },
    Rule { id: "BR-IC-12", breaches: |i| if_so(groups(i, &INTRA_COMMUNITY).next().is_some() && !has_destination(i)) },
    Rule { id: "BR-O-11", breaches: |i| beside_outside(i, &mut i.breakdown().map(|g| &g.tax)) },
    Rule { id: "BR-O-12", breaches: |i| beside_outside(i, &mut lines(i)) },
    Rule { id: "BR-O-13", breaches: |i| beside_outside(i, &mut taxes(allowances(i))) },
    Rule { id: "BR-O-14", breaches: |i| beside_outside(i, &mut taxes(charges(i))) },
    Rule { id: "BR-B-01", breaches: |i| if_so(is_split(i) && !is_italian(i)) },
    Rule { id: "BR-B-02", breaches: |i| if_so(is_split(i) && everywhere(i).any(|t| is(t, "S"))) },
}

fn is(tax: &Tax, code: &str) -> bool {
    tax.category.as_deref() == Some(code) && tax.is_vat()
}

fn lines(invoice: &EInvoice) -> impl Iterator<Item = &Tax> {
    invoice.lines.iter().filter_map(|l| l.tax.as_ref())
}

fn taxes<'i>(allowances: impl Iterator<Item = &'i Allowance>) -> impl Iterator<Item = &'i Tax> {
    allowances.filter_map(|a| a.tax.as_ref())
}

fn everywhere(invoice: &EInvoice) -> impl Iterator<Item = &Tax> {
    lines(invoice).chain(taxes(invoice.allowances.iter())).chain(invoice.breakdown().map(|g| &g.tax))
}

fn any<'i>(mut taxes: impl Iterator<Item = &'i Tax>, category: &Category) -> bool {
    taxes.any(|tax| is(tax, category.code))
}

fn groups<'i>(invoice: &'i EInvoice, category: &'i Category) -> impl Iterator<Item = &'i TaxGroup> {
    invoice.breakdown().filter(|g| is(&g.tax, category.code))
}

/// What is charged or allowed under a category is in the breakdown: once, or once at least where rates have groups.
fn broken_down(invoice: &EInvoice, category: &Category) -> bool {
    let used = any(lines(invoice), category) || any(taxes(invoice.allowances.iter()), category);
    match groups(invoice, category).count() {
        0 => !used,
        1 => true,
        _ => category.by_rate,
    }
}

fn numbers(invoice: &EInvoice, category: &Category) -> bool {
    let vat = |party: &Option<Party>| party.as_ref().is_some_and(has_vat_id);
    let any_number = |party: &Party| party.tax_registrations.iter().any(|r| filled(&r.id));
    let registered = |party: &Party| party.legal_registrations.iter().any(|r| !r.id.is_empty());
    let seller_vat = vat(&invoice.seller) || vat(&invoice.tax_representative);
    let seller = seller_vat || invoice.seller.as_ref().is_some_and(any_number);
    let buyer_vat = vat(&invoice.buyer);
    match category.parties {
        Parties::Seller => seller,
        Parties::SellerAndBuyer => seller && (buyer_vat || invoice.buyer.as_ref().is_some_and(registered)),
        Parties::SellerVat => seller_vat,
        Parties::SellerVatAndBuyerVat => seller_vat && buyer_vat,
        Parties::Nobody => !seller_vat && !buyer_vat,
    }
}

fn other_rates<'i>(taxes: impl Iterator<Item = &'i Tax>, category: &Category) -> usize {
    let fits = |rate: Option<Decimal>| match (&category.rate, rate) {
        (Rate::AboveZero, Some(rate)) => rate > Decimal::ZERO,
        (Rate::NotBelowZero, Some(rate)) => rate >= Decimal::ZERO,
        (Rate::Zero, Some(rate)) => rate.is_zero(),
        (Rate::Absent, rate) => rate.is_none(),
        (_, None) => false,
    };
    taxes.filter(|tax| is(tax, category.code) && !fits(tax.rate)).count()
}

fn is_its_base(invoice: &EInvoice, group: &TaxGroup, category: &Category) -> bool {
    let rate = if category.by_rate { Some(group.tax.rate.unwrap_or_default()) } else { None };
    group.base.is_none_or(|base| base == rounded(taxable(invoice, category.code, rate)))
}

fn is_its_tax(group: &TaxGroup, category: &Category) -> bool {
    if category.by_rate { is_its_rate(group) } else { group.amount.is_none_or(|amount| amount.is_zero()) }
}

fn is_excused(group: &TaxGroup, category: &Category) -> bool {
    let given = filled(&group.tax.exemption_reason) || filled(&group.tax.exemption_code);
    given == (category.exemption == Exemption::Required)
}

fn has_delivery_day(invoice: &EInvoice) -> bool {
    invoice.delivery.as_ref().is_some_and(|d| d.on.is_some()) || invoice.period.as_ref().is_some_and(|p| !endless(p))
}

fn has_destination(invoice: &EInvoice) -> bool {
    let address = invoice.delivery.as_ref().and_then(|d| d.address.as_ref());
    address.is_some_and(|a| filled(&a.country))
}

/// What is not subject to VAT stands alone.
fn beside_outside(invoice: &EInvoice, taxes: &mut dyn Iterator<Item = &Tax>) -> usize {
    match groups(invoice, &OUTSIDE).next() {
        Some(_) => taxes.filter(|tax| !is(tax, OUTSIDE.code)).count(),
        None => 0,
    }
}

fn is_split(invoice: &EInvoice) -> bool {
    everywhere(invoice).any(|t| is(t, "B"))
}

fn is_italian(invoice: &EInvoice) -> bool {
    let country = |party: &Option<Party>| {
        let address = party.as_ref().and_then(|p| p.address.as_ref());
        address.and_then(|a| a.country.clone()).unwrap_or_default()
    };
    country(&invoice.seller) == "IT" && country(&invoice.buyer) == "IT"
}
