//! A quote or a proforma invoice: what an invoice would say, with the day up to which it stands.

use documents::{Body, Fact, Invoice, Line, TaxClass, Total};
use receivables::{Date, Money};
use rust_decimal::Decimal;
use store::{Error, Tx, customer};

use super::super::{Actor, quote};
use super::{Pen, Ready, party, payment, sender, set_out};
use crate::words::Language;

/// The offer of a number, in the customer's language unless another is asked for.
pub fn quote(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    number: &str,
    language: Option<Language>,
) -> Result<Ready, Error> {
    let (found, comes_to) = quote::show(tx, actor, number)?;
    let buyer = customer::get(tx, actor.company.id, &found.customer)?;
    let pen = Pen::of(Some(&buyer), language);
    let currency = found.currency;
    let heading = pen.t(&format!("print-{}", found.kind));
    let amount = |minor: i64| pen.amount(minor, currency);
    let line = |line: &store::document::DocumentLine| Line {
        description: line.description.clone(),
        details: if line.term.gross { pen.t("print-price-with-tax") } else { String::new() },
        quantity: pen.number(&line.quantity),
        unit: line.term.unit.clone().unwrap_or_default(),
        unit_price: pen.number(&line.unit_price),
        discount: line.term.discount.clone().unwrap_or_default(),
        tax: line.tax_class.clone(),
        amount: amount(line.net),
    };
    let class = |of: &store::document::DocumentTax| TaxClass {
        class: of.class.clone(),
        rate: format!("{} %", pen.number(&Decimal::new(of.rate_ppm, 4).normalize().to_string())),
        net: amount(of.net),
        tax: amount(of.tax),
        gross: amount(of.net + of.tax),
    };
    let total = |label: String, minor: i64, emphasised: bool| Total { label, value: amount(minor), emphasised };
    let valid = Fact::new(pen.t("print-valid-until"), pen.day(found.valid_until));
    let terms = found.terms.as_ref().map(|terms| Fact::new(pen.t("print-terms"), terms));
    let order = found.order.as_ref().map(|order| Fact::new(pen.t("reference-order"), order));
    let to_pay = Money::new(comes_to.total.minor, currency);
    let body = Invoice {
        heading: heading.clone(),
        number: found.number.clone(),
        issued: pen.day(found.issued_on),
        references: std::iter::once(valid).chain(terms).chain(order).collect(),
        buyer: party(pen, &buyer),
        lines: comes_to.lines.iter().map(line).collect(),
        totals: vec![
            total(pen.t("print-net"), comes_to.net.minor, false),
            total(pen.t("print-tax-amount"), comes_to.tax.minor, false),
            total(pen.say("print-to-pay", &[("currency", &currency.to_string())]), comes_to.total.minor, true),
        ],
        taxes: comes_to.taxes.iter().map(class).collect(),
        notes: vec![pen.t("print-not-an-invoice")],
        payment: Some(payment(tx, actor, pen, (&buyer, today), Some(to_pay))?),
        ..Invoice::default()
    };
    let sender = sender(tx, actor, pen, today)?;
    let document = set_out(pen, format!("{heading} {}", found.number), found.issued_on, sender, Body::Invoice(body));
    Ready::of(tx, actor, &found.number, (pen, document))
}
