//! An invoice, a credit note, a late charge.

use documents::{Body, Document, Fact, Fiscal, Instalment, Invoice, Line, Party, QrCode, TaxClass, Total};
use formats::vsdc::Printed;
use receivables::{Currency, Date, Money};
use rust_decimal::Decimal;
use store::document::Kind;
use store::reports::invoice as book;
use store::{Error, Tx, customer};

use super::super::{Actor, fiscal, invoice as ours};
use super::{Pen, Ready, party, payment, sender, set_out};
use crate::words::Language;

/// The document of a number, in the customer's language unless another is asked for. Who writes and how to pay are as the company
/// says today.
pub fn invoice(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    number: &str,
    language: Option<Language>,
) -> Result<Ready, Error> {
    let shown = ours::show(tx, actor, number, None)?;
    let found = &shown.invoice;
    let billed = customer::by_id(tx, actor.company.id, found.bill_to.id)?;
    let pen = Pen::of(Some(&billed), language);
    let currency = found.currency;
    let is_note = found.kind == Kind::CreditNote;
    // What a note takes back is written without a sign: its heading says what it does.
    let sign = if is_note { -1 } else { 1 };
    let is_debit = shown.references.iter().any(|(kind, _)| kind == ours::DEBITS);
    let key = match (found.kind, ours::is_late_charge(tx, actor, found.id)?) {
        (Kind::CreditNote, _) => "print-credit-note",
        (Kind::Invoice, true) => "print-late-charge",
        (Kind::Invoice, false) if is_debit => "print-debit-note",
        (Kind::Invoice, false) if shown.deposit.is_some() => "print-deposit",
        (Kind::Invoice, false) => "print-invoice",
    };
    let heading = pen.t(key);
    let amount = |minor: i64| pen.amount(minor * sign, currency);
    let credits = found.credits.as_ref().map(|number| Fact::new(pen.t("print-credits"), number));
    let terms = found.terms.as_ref().map(|terms| Fact::new(pen.t("print-terms"), terms));
    let taxes: Vec<TaxClass> = found
        .taxes
        .iter()
        .map(|of| TaxClass {
            class: of.class.clone(),
            rate: format!("{} %", pen.number(&Decimal::new(of.rate_ppm, 4).normalize().to_string())),
            net: amount(of.net),
            tax: amount(of.tax),
            gross: amount(of.net + of.tax),
        })
        .collect();
    let to_pay = Money::new(found.total, currency);
    let payment = match found.kind {
        Kind::CreditNote => None,
        Kind::Invoice => {
            let payer = customer::by_id(tx, actor.company.id, found.payer.id)?;
            Some(payment(tx, actor, pen, (&payer, today), Some(to_pay))?)
        }
    };
    let offers = shown.offers.iter().map(|offer| {
        let (day, paid) = (pen.day(offer.until_on), pen.money(offer.taken.paid, currency));
        pen.say("print-early-offer", &[("day", &day), ("amount", &paid)])
    });
    let why = found.why.iter().map(|why| why.explanation.clone());
    let signed = match fiscal::standing(tx, actor, found.id)?.and_then(|standing| standing.receipt) {
        Some((label, receipt)) => fiscal::printed(actor, &label, &receipt)?,
        None => None,
    };
    let not_fiscal = (actor.company.country == "rw" && signed.is_none()).then(|| pen.t("print-not-fiscal"));
    let told = |kind: &str, said: &str| match said.parse() {
        Ok(on) if kind == ours::DELIVERED => pen.day(on),
        _ => said.to_owned(),
    };
    let named = shown.references.iter();
    let named = named.map(|(kind, said)| Fact::new(pen.t(&format!("reference-{kind}")), told(kind, said)));
    let body = Invoice {
        heading: heading.clone(),
        number: found.number.clone(),
        issued: pen.day(found.issued_on),
        due: if is_note { String::new() } else { pen.day(found.due_on) },
        references: credits.into_iter().chain(terms).chain(named).collect(),
        buyer: party(pen, &billed),
        delivered_to: None,
        lines: found.lines.iter().map(|line| written(pen, line, sign, currency)).collect(),
        totals: totals(pen, found, sign),
        taxes,
        instalments: instalments(pen, found),
        notes: why.chain(offers).chain(not_fiscal).collect(),
        payment,
        fiscal: signed.map(|signed| block(pen, signed)),
    };
    let sender = sender(tx, actor, pen, today)?;
    let document = set_out(pen, format!("{heading} {}", found.number), found.issued_on, sender, Body::Invoice(body));
    Ready::of(tx, actor, &found.number, (pen, document))
}

/// What the tax device signed, as the law wants it printed.
fn block(pen: Pen, signed: Printed) -> Fiscal {
    let facts = [
        ("print-sdc-date", format!("{} {}", signed.day, signed.time)),
        ("print-sdc-id", signed.sdc),
        ("print-sdc-receipt", signed.count.to_string()),
        ("print-sdc-internal", signed.internal_data),
        ("print-sdc-signature", signed.signature),
        ("print-sdc-mrc", signed.mrc),
        ("print-sdc-software", format!("Ideni {}", env!("CARGO_PKG_VERSION"))),
    ];
    Fiscal {
        facts: facts.into_iter().map(|(key, said)| Fact::new(pen.t(key), said)).collect(),
        qr: Some(QrCode { payload: signed.qr.to_string(), caption: pen.t("print-sdc-scan") }),
    }
}

fn written(pen: Pen, line: &book::Line, sign: i64, currency: Currency) -> Line {
    // Quantities of a note are kept as they were written; its amounts turn.
    let quantity = if sign < 0 { line.quantity.trim_start_matches('-') } else { &line.quantity };
    Line {
        description: line.description.clone(),
        details: if line.term.gross { pen.t("print-price-with-tax") } else { String::new() },
        quantity: pen.number(quantity),
        unit: line.term.unit.clone().unwrap_or_default(),
        unit_price: pen.number(&line.unit_price),
        discount: line.term.discount.clone().unwrap_or_default(),
        tax: line.tax_class.clone(),
        amount: pen.amount(line.net * sign, currency),
    }
}

fn totals(pen: Pen, found: &book::Invoice, sign: i64) -> Vec<Total> {
    let currency = found.currency;
    let row = |key: &str, minor: i64| Total {
        label: pen.t(key),
        value: pen.amount(minor * sign, currency),
        emphasised: false,
    };
    let mut rows = vec![row("print-net", found.net), row("print-tax-amount", found.tax)];
    let key = if sign < 0 { "print-credited" } else { "print-to-pay" };
    rows.push(Total {
        label: pen.say(key, &[("currency", currency.to_string().as_str())]),
        value: pen.amount(found.total * sign, currency),
        emphasised: true,
    });
    rows
}

fn instalments(pen: Pen, found: &book::Invoice) -> Vec<Instalment> {
    if found.items.len() < 2 {
        return Vec::new();
    }
    let part = |item: &book::Instalment| Instalment {
        name: pen.number(&item.instalment.to_string()),
        due: pen.day(item.due_on),
        amount: pen.amount(item.total, found.currency),
    };
    found.items.iter().map(part).collect()
}

/// An invoice of nobody, for trying a template.
pub fn sample(actor: &Actor, on: Date) -> Document {
    let pen = Pen::of(None, None);
    let (own, name) = (actor.company.currency, actor.company.name.clone());
    let line = Line {
        description: pen.t("print-description"),
        quantity: pen.number("2"),
        unit_price: pen.number("500"),
        tax: "B".into(),
        amount: pen.amount(1_000, own),
        ..Line::default()
    };
    let total = Total { label: pen.t("print-net"), value: pen.amount(1_180, own), emphasised: true };
    let body = Invoice {
        heading: pen.t("print-invoice"),
        number: "INV-000001".into(),
        issued: pen.day(on),
        due: pen.day(on),
        buyer: Party { name: name.clone(), ..Party::default() },
        lines: vec![line],
        totals: vec![total],
        ..Invoice::default()
    };
    super::sample(actor, on, Body::Invoice(body))
}
