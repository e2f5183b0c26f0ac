//! Our own documents as e-invoices of EN 16931, in UBL or CII; checked by the rules of the standard before they leave.

use formats::einvoice::{
    self, Address, Allowance, Contact, EInvoice, Identifier, Item, Line, Note, Party, Payment, Preceding, Price,
    Syntax, Tax, TaxGroup, TaxRegistration, TaxTotal, Totals, rules,
};
use receivables::billing::line::Discount;
use receivables::billing::tax::Treatment;
use receivables::{Money, Refusal, Unusable};
use rust_decimal::{Decimal, RoundingStrategy};
use store::customer::Customer;
use store::document::Kind;
use store::reports::invoice::{self as book, Invoice};
use store::{Error, Tx, customer};

use super::setting::Setting;
use super::{Actor, invoice, tax};

/// By which rules it is written (BT-24).
const SPECIFICATION: &str = "urn:cen.eu:en16931:2017";
/// UN/ECE Recommendation 20: one; what we count is in words, which the standard has no place for but the item's description.
const ONE: &str = "C62";
/// UNTDID 1001: commercial invoice, credit note, debit note.
const INVOICE: &str = "380";
const CREDIT_NOTE: &str = "381";
const DEBIT_NOTE: &str = "383";
const PREPAYMENT: &str = "386";
/// UNTDID 4461: not said how.
const MEANS_NOT_DEFINED: &str = "1";
/// Rules by which a tax is exact to a hundredth. In a currency without hundredths, such as the franc, it is rounded to a whole unit,
/// once per class; the checks that the standard's authors publish let it be off by as much.
const TAX_TO_HUNDREDTHS: [&str; 2] = ["BR-CO-17", "BR-S-09"];
/// Decimals of a price per unit.
const PRICE_DECIMALS: u32 = 8;

/// A document as it is written down.
#[derive(Clone, Debug)]
pub struct Written {
    /// What its file is called.
    pub name: String,
    pub xml: String,
}

/// A syntax by its code: `ubl` or `cii`.
pub fn syntax(code: &str, kind: Kind) -> Result<Syntax, Refusal> {
    match (code, kind) {
        ("ubl", Kind::Invoice) => Ok(Syntax::UblInvoice),
        ("ubl", Kind::CreditNote) => Ok(Syntax::UblCreditNote),
        ("cii", _) => Ok(Syntax::Cii),
        _ => {
            let reason = Unusable::NotAmong { known: "ubl, cii".into() };
            Err(Refusal::Invalid { field: "syntax".into(), value: code.into(), reason })
        }
    }
}

/// Writes a document of ours. Refused where it says too little for the standard: the rules that it would break are named.
pub fn write(tx: &mut Tx<'_>, actor: &Actor, number: &str, code: &str) -> Result<Written, Error> {
    let shown = invoice::show(tx, actor, number, None)?;
    let found = &shown.invoice;
    let syntax = syntax(code, found.kind)?;
    let (company, on) = (actor.company.id, found.issued_on);
    let buyer = customer::by_id(tx, company, found.bill_to.id)?;
    let address = Setting::Address.value(tx, company, on)?;
    let phone = Setting::Phone.value(tx, company, on)?;
    let account = Setting::BankAccount.value(tx, company, on)?;
    let said = |kind: &str| shown.references.iter().find(|(known, _)| known == kind).map(|(_, said)| said.clone());
    let is_note = found.kind == Kind::CreditNote;
    // What a note takes back is written above zero: its type says what it does.
    let sign = if is_note { -1 } else { 1 };
    let amount = |minor: i64| Some(Money::new(minor * sign, found.currency).to_major());
    let currency = Some(found.currency.to_string());
    let groups = found.taxes.iter().map(|of| {
        let tax = Tax { rate: Some(rate(of.rate_ppm)), ..category(actor, found, &of.class)? };
        Ok(TaxGroup { base: amount(of.net), amount: amount(of.tax), tax })
    });
    let groups = one_a_category(groups.collect::<Result<Vec<_>, Error>>()?);
    let lines = found.lines.iter().map(|line| written(actor, found, line, sign)).collect::<Result<Vec<_>, Error>>()?;
    let type_code = match (is_note, said(invoice::DEBITS)) {
        (true, _) => CREDIT_NOTE,
        (false, Some(_)) => DEBIT_NOTE,
        (false, None) if shown.deposit.is_some() => PREPAYMENT,
        (false, None) => INVOICE,
    };
    let preceding = found.credits.clone().or_else(|| said(invoice::DEBITS)).or_else(|| said(invoice::REPLACES));
    let document = EInvoice {
        syntax,
        specification: Some(SPECIFICATION.into()),
        number: Some(found.number.clone()),
        issued_on: Some(found.issued_on),
        type_code: Some(type_code.into()),
        currency: currency.clone(),
        due_on: Some(found.due_on),
        payment_terms: found.terms.iter().cloned().collect(),
        references: einvoice::References { purchase_order: said(invoice::ORDER), ..Default::default() },
        notes: found.why.iter().map(|why| Note { subject: None, text: why.explanation.clone() }).collect(),
        preceding: preceding.map(|number| Preceding { number: Some(number), issued_on: None }).into_iter().collect(),
        seller: Some(seller(actor, &address, &phone)),
        buyer: Some(party(actor, &buyer)),
        payment: vec![paid(&account, &found.number)],
        totals: Totals {
            line_total: amount(found.net),
            tax_exclusive: amount(found.net),
            tax_inclusive: amount(found.total),
            payable: amount(found.total),
            ..Totals::default()
        },
        tax_totals: vec![TaxTotal { amount: amount(found.tax), currency, breakdown: groups }],
        lines,
        ..EInvoice::default()
    };
    let mut broken = rules::broken(&document);
    broken.retain(|rule| found.currency.exponent() >= 2 || !TAX_TO_HUNDREDTHS.contains(rule));
    if !broken.is_empty() {
        return Err(Refusal::NotStandard { number: found.number.clone(), rules: broken.join(", ") }.into());
    }
    let name = found.number.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect::<String>();
    Ok(Written { name: format!("{name}.xml"), xml: einvoice::write(&document) })
}

/// One group for each category and rate, as the standard wants it: classes of ours may share one.
fn one_a_category(groups: Vec<TaxGroup>) -> Vec<TaxGroup> {
    let mut found: Vec<TaxGroup> = Vec::new();
    let sum = |a: Option<Decimal>, b: Option<Decimal>| Some(a.unwrap_or_default() + b.unwrap_or_default());
    for group in groups {
        let same = |known: &&mut TaxGroup| known.tax.category == group.tax.category && known.tax.rate == group.tax.rate;
        match found.iter_mut().find(same) {
            None => found.push(group),
            Some(known) => {
                (known.base, known.amount) = (sum(known.base, group.base), sum(known.amount, group.amount));
                let reasons = [known.tax.exemption_reason.take(), group.tax.exemption_reason];
                let reasons: Vec<String> = reasons.into_iter().flatten().collect();
                known.tax.exemption_reason = Some(reasons.join(", ")).filter(|text| !text.is_empty());
            }
        }
    }
    found
}

fn rate(ppm: i64) -> Decimal {
    Decimal::new(ppm, 4).normalize()
}

/// The category of a class (UNTDID 5305): what lies outside the tax is written as exempt, with its name as the reason, since the
/// standard takes nothing beside what is outside.
fn category(actor: &Actor, found: &Invoice, class: &str) -> Result<Tax, Error> {
    let class = tax::of_country(&actor.company.country)?.class(class, found.issued_on)?;
    let (category, reason) = match class.treatment {
        Treatment::Taxable => ("S", None),
        Treatment::ZeroRated => ("Z", None),
        Treatment::Export => ("G", Some(class.names[0].clone())),
        Treatment::ReverseCharge => ("AE", Some(class.names[0].clone())),
        Treatment::Exempt | Treatment::Outside | Treatment::Levy => ("E", Some(class.names[0].clone())),
    };
    Ok(Tax { category: Some(category.into()), exemption_reason: reason, scheme: Some("VAT".into()), ..Tax::default() })
}

fn written(actor: &Actor, found: &Invoice, line: &book::Line, sign: i64) -> Result<Line, Error> {
    let number = |text: &str| text.parse::<Decimal>().map_err(|e| Error::failed("reading a line", e));
    let quantity = number(&line.quantity)?.abs();
    let net = Money::new(line.net * sign, found.currency).to_major();
    let applied = found.taxes.iter().find(|of| of.class == line.tax_class).map(|of| rate(of.rate_ppm));
    let tax = Tax { rate: applied, exemption_reason: None, ..category(actor, found, &line.tax_class)? };
    // Without what was taken off, the price is what the line comes to, so that they agree however the price was written.
    let off = match Discount::read(line.term.discount.as_deref().unwrap_or_default())? {
        Discount::Percent(percent) if percent > Decimal::ZERO && percent < Decimal::ONE_HUNDRED => {
            let whole = (net * Decimal::ONE_HUNDRED / (Decimal::ONE_HUNDRED - percent)).round_dp(2);
            whole - net
        }
        Discount::Amount(amount) if amount > Decimal::ZERO && !line.term.gross => amount.round_dp(2),
        _ => Decimal::ZERO,
    };
    let allowance = Allowance {
        charge_indicator: Some("false".into()),
        amount: Some(off),
        reason: Some("Discount".into()),
        ..Allowance::default()
    };
    let price = if quantity.is_zero() { net + off } else { (net + off) / quantity };
    // A price is never below zero (BR-27): what is taken off, a deposit that was billed, is a quantity below zero.
    let (quantity, price) = if price.is_sign_negative() { (-quantity, -price) } else { (quantity, price) };
    let price = price.round_dp_with_strategy(PRICE_DECIMALS, RoundingStrategy::MidpointAwayFromZero).normalize();
    Ok(Line {
        id: Some(line.no.to_string()),
        quantity: Some(quantity.normalize()),
        unit: Some(ONE.into()),
        net: Some(net),
        allowances: if off.is_zero() { Vec::new() } else { vec![allowance] },
        price: Price { net: Some(price), ..Price::default() },
        tax: Some(tax),
        item: Item { name: Some(line.description.clone()), description: line.term.unit.clone(), ..Item::default() },
        ..Line::default()
    })
}

fn country(actor: &Actor) -> Option<String> {
    Some(actor.company.country.to_ascii_uppercase())
}

/// A tax number as the standard wants it: behind the code of its country.
fn registration(actor: &Actor, tin: &str) -> TaxRegistration {
    TaxRegistration { id: Some(format!("{}{tin}", actor.company.country.to_ascii_uppercase())), vat: true }
}

fn seller(actor: &Actor, address: &str, phone: &str) -> Party {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let tin = actor.company.tin.clone();
    Party {
        name: Some(actor.company.name.clone()),
        legal_registrations: tin.iter().map(|tin| Identifier { id: tin.clone(), scheme: None }).collect(),
        tax_registrations: tin.iter().map(|tin| registration(actor, tin)).collect(),
        address: Some(Address { street: text(address), country: country(actor), ..Address::default() }),
        contact: text(phone).map(|phone| Contact { telephone: Some(phone), ..Contact::default() }),
        ..Party::default()
    }
}

fn party(actor: &Actor, buyer: &Customer) -> Party {
    Party {
        name: Some(buyer.name.clone()),
        identifiers: vec![Identifier { id: buyer.code.clone(), scheme: None }],
        tax_registrations: buyer.tin.iter().map(|tin| registration(actor, tin)).collect(),
        address: Some(Address { city: buyer.district.clone(), country: country(actor), ..Address::default() }),
        ..Party::default()
    }
}

fn paid(account: &str, number: &str) -> Payment {
    Payment {
        means_code: Some(MEANS_NOT_DEFINED.into()),
        means_text: Some(account.to_owned()).filter(|account| !account.is_empty()),
        remittance: Some(number.to_owned()),
        ..Payment::default()
    }
}
