//! Invoices and credit notes.

use receivables::billing::line::{Discount, Prices};
use receivables::billing::terms::Terms;
use receivables::{Money, Refusal};
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use store::reports::invoices::{Listed, State};
use store::{Error, Tx, document};

use super::ask::Ask;
use super::cursor::{Limit, Page, Span};
use super::endpoint::endpoints;
use super::shape::{
    Amount, Code, CurrencyCode, Cursor, Day, Line, List, Number, Object, Reason, Sum, Uuid, Whole, known, one_of,
};
use crate::actions::invoice::{self, LINES_MAX};
use crate::actions::{credit_note, debit_note, einvoice, reissue};

endpoints! { "invoices"
    /// Posted invoices and credit notes, the newest first.
    read Get "/invoices" Read list(query WhichInvoices) -> Page<Invoice>;
    /// Posts an invoice, or a credit note that was made elsewhere.
    /// Without a number it gets the next one of our own series; with one it was made elsewhere and keeps it. A credit note of
    /// ours is made at its invoice. Amounts are above
    /// zero for both kinds; what is missing of net, tax and total follows from the rest or from the lines. The same document
    /// under the same number is refused as known, with other content as another.
    write Post "/invoices" InvoiceIssue issue(body NewInvoice) -> Issued;
    /// One invoice or credit note with its lines, its instalments and what moved them.
    read Get "/invoices/{number}" Read show() -> InvoiceInFull;
    /// A document as an e-invoice by EN 16931, checked by its rules.
    read Get "/invoices/{number}/einvoice" Read electronic(query AsEinvoice) -> Einvoice;
    /// Charges more for what an invoice charged too little.
    write Post "/invoices/{number}/debit-notes" InvoiceDebit debit(body NewDebitNote) -> DebitNote;
    /// Takes an invoice back and issues the right one in its place; payments, disputes and the due day go along.
    write Post "/invoices/{number}/reissue" InvoiceReissue reissue(body NewReissue) -> Reissued;
    /// Takes an invoice back whole before the tax device has it; afterwards it is credited.
    write Post "/invoices/{number}/void" InvoiceVoid void(body NewVoid) -> Voided;
}

#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum Syntax {
    #[default]
    Ubl,
    Cii,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct AsEinvoice {
    /// `ubl` if left out.
    syntax: Option<Syntax>,
}

#[derive(Serialize, JsonSchema)]
struct Einvoice {
    /// What its file is called.
    name: String,
    xml: String,
}

fn electronic(tx: &mut Tx<'_>, ask: &Ask, asked: &AsEinvoice) -> Result<Einvoice, Error> {
    let syntax = match asked.syntax.unwrap_or_default() {
        Syntax::Ubl => "ubl",
        Syntax::Cii => "cii",
    };
    let written = einvoice::write(tx, ask.actor(), ask.path("number"), syntax)?;
    Ok(Einvoice { name: written.name, xml: written.xml })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct WhichInvoices {
    /// Only those this customer pays, with those merged with it, by code.
    customer: Option<Code>,
    #[serde(default)]
    #[schemars(schema_with = "states")]
    state: Option<Code>,
    kind: Option<Kind>,
    currency: Option<CurrencyCode>,
    /// Issued on or after this day.
    from: Option<Day>,
    /// Issued on or before this day.
    until: Option<Day>,
    /// What the number begins with, in any spelling.
    number: Option<Code>,
    limit: Option<Limit>,
    after: Option<Cursor>,
}

fn states(_: &mut SchemaGenerator) -> Schema {
    one_of(State::ALL.iter().map(|(_, code)| *code))
}

#[derive(Serialize, JsonSchema)]
struct Invoice {
    number: String,
    #[schemars(extend("enum" = ["invoice", "credit_note"]))]
    kind: &'static str,
    series: String,
    /// Who pays.
    customer: String,
    name: String,
    issued_on: Day,
    due_on: Day,
    currency: CurrencyCode,
    /// Below zero in a credit note, as all its amounts.
    net: Sum,
    tax: Sum,
    total: Sum,
    open: Sum,
    /// What of it the customer contests.
    disputed: Sum,
}

impl From<Listed> for Invoice {
    fn from(d: Listed) -> Invoice {
        let sum = |minor| Sum::of(minor, d.currency);
        Invoice {
            kind: d.kind.name(),
            net: sum(d.net),
            tax: sum(d.tax),
            total: sum(d.total),
            open: sum(d.open),
            disputed: sum(d.disputed),
            number: d.number,
            series: d.series,
            customer: d.customer,
            name: d.name,
            issued_on: Day(d.issued_on),
            due_on: Day(d.due_on),
            currency: CurrencyCode(d.currency),
        }
    }
}

#[derive(Serialize, JsonSchema)]
struct InvoiceInFull {
    #[serde(flatten)]
    invoice: Invoice,
    /// Who was billed, and who benefits.
    bill_to: String,
    beneficiary: String,
    posted_on: Day,
    /// The invoice that a credit note credits.
    credits: Option<String>,
    lines: Vec<InvoiceLine>,
    /// By class, where the lines say of which they are.
    taxes: Vec<InvoiceTax>,
    instalments: Vec<Instalment>,
    /// Terms of payment, where more than a day was agreed.
    terms: Option<String>,
    /// What settles all that is open until which day, by the terms.
    early: Vec<EarlyOffer>,
    movements: Vec<Movement>,
    /// The number of the buyer's order, and the buyer's purchase code.
    order: Option<String>,
    purchase_code: Option<String>,
    /// The day on which what it bills was delivered.
    delivered_on: Option<Day>,
    /// Of a deposit, what is not settled yet, without tax.
    deposit_left: Option<Sum>,
}

#[derive(Serialize, JsonSchema)]
struct InvoiceLine {
    /// The item of the catalogue it sold, by code.
    item: Option<String>,
    description: String,
    quantity: String,
    unit: Option<String>,
    unit_price: String,
    /// Whether the unit price holds the tax.
    #[schemars(extend("enum" = ["net", "gross"]))]
    prices: &'static str,
    /// `5%`, or an amount in major units.
    discount: Option<String>,
    tax_class: String,
    net: Sum,
    /// Its share of the tax of its class.
    tax: Sum,
}

/// What paying early takes off.
#[derive(Serialize, JsonSchema)]
struct EarlyOffer {
    until: Day,
    /// What is to be paid.
    pay: Sum,
    discount: Sum,
}

/// What a tax class comes to.
#[derive(Serialize, JsonSchema)]
struct InvoiceTax {
    tax_class: String,
    /// In per cent.
    rate: String,
    net: Sum,
    tax: Sum,
}

#[derive(Serialize, JsonSchema)]
struct Instalment {
    instalment: i32,
    due_on: Day,
    /// From when its term runs; nothing while a file of papers holds the invoice up.
    falls_due_on: Option<Day>,
    total: Sum,
    open: Sum,
    disputed: Sum,
    /// Tax withheld, whose certificate is awaited: open, but not overdue.
    awaited: Sum,
}

/// What moved an instalment.
#[derive(Serialize, JsonSchema)]
struct Movement {
    id: Uuid,
    kind: &'static str,
    instalment: i32,
    on: Day,
    /// What it changes of the open amount: below zero where something is settled.
    amount: Sum,
    /// The receipt, or the document on the other side of a credit.
    by: Option<String>,
    reason: Option<String>,
    reversed: bool,
}

impl From<invoice::Shown> for InvoiceInFull {
    fn from(invoice::Shown { invoice: d, offers, references, deposit, .. }: invoice::Shown) -> InvoiceInFull {
        let said = |kind: &str| references.iter().find(|(known, _)| known == kind).map(|(_, said)| said.clone());
        let sum = |minor| Sum::of(minor, d.currency);
        let early = |offer: &invoice::EarlyOffer| EarlyOffer {
            until: Day(offer.until_on),
            pay: sum(offer.taken.paid),
            discount: sum(offer.taken.settled() - offer.taken.paid),
        };
        let line = |line: store::reports::invoice::Line| InvoiceLine {
            item: line.item,
            description: line.description,
            quantity: line.quantity,
            unit: line.term.unit,
            unit_price: line.unit_price,
            prices: if line.term.gross { "gross" } else { "net" },
            discount: line.term.discount,
            tax_class: line.tax_class,
            net: sum(line.net),
            tax: sum(line.tax),
        };
        let tax = |of: store::document::DocumentTax| InvoiceTax {
            tax_class: of.class,
            rate: Decimal::new(of.rate_ppm, 4).normalize().to_string(),
            net: sum(of.net),
            tax: sum(of.tax),
        };
        let movement = |m: store::reports::invoice::Movement| Movement {
            id: m.id.into(),
            kind: m.kind.name(),
            instalment: m.instalment,
            on: Day(m.posted_on),
            amount: sum(m.amount),
            by: m.receipt_name.or(m.other),
            reason: m.reason,
            reversed: m.reversed,
        };
        let instalment = |item: &store::reports::invoice::Instalment| Instalment {
            instalment: item.instalment,
            due_on: Day(item.due_on),
            falls_due_on: item.falls_due_on.map(Day),
            total: sum(item.total),
            open: sum(item.open),
            disputed: sum(item.disputed),
            awaited: sum(item.awaited),
        };
        InvoiceInFull {
            order: said(invoice::ORDER),
            purchase_code: said(invoice::PURCHASE_CODE),
            delivered_on: said(invoice::DELIVERED).and_then(|on| on.parse().ok()).map(Day),
            deposit_left: deposit.map(sum),
            invoice: Invoice {
                number: d.number,
                kind: d.kind.name(),
                series: d.series,
                customer: d.payer.code,
                name: d.payer.name,
                issued_on: Day(d.issued_on),
                due_on: Day(d.due_on),
                currency: CurrencyCode(d.currency),
                net: sum(d.net),
                tax: sum(d.tax),
                total: sum(d.total),
                open: sum(d.items.iter().map(|item| item.open).sum()),
                disputed: sum(d.items.iter().map(|item| item.disputed).sum()),
            },
            bill_to: d.bill_to.code,
            beneficiary: d.beneficiary.code,
            posted_on: Day(d.posted_on),
            credits: d.credits,
            lines: d.lines.into_iter().map(line).collect(),
            taxes: d.taxes.into_iter().map(tax).collect(),
            instalments: d.items.iter().map(instalment).collect(),
            terms: d.terms,
            early: offers.iter().map(early).collect(),
            movements: d.movements.into_iter().map(movement).collect(),
        }
    }
}

#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
enum Kind {
    #[default]
    Invoice,
    CreditNote,
}

impl Kind {
    fn of_document(self) -> document::Kind {
        match self {
            Kind::Invoice => document::Kind::Invoice,
            Kind::CreditNote => document::Kind::CreditNote,
        }
    }
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub(super) enum PricesWritten {
    Net,
    Gross,
}

impl PricesWritten {
    pub(super) fn read(self) -> Prices {
        match self {
            PricesWritten::Net => Prices::Net,
            PricesWritten::Gross => Prices::Gross,
        }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewInvoice {
    kind: Option<Kind>,
    /// Of a document made elsewhere; the next of our own series if left out.
    number: Option<Code>,
    /// Who is billed, by code.
    customer: Code,
    /// Who pays, if not the customer billed.
    payer: Option<Code>,
    /// Who benefits, if not the customer billed.
    beneficiary: Option<Code>,
    /// Today if left out.
    issued_on: Option<Day>,
    /// By the customer's terms if left out.
    due_on: Option<Day>,
    /// The company's if left out.
    currency: Option<CurrencyCode>,
    net: Option<Amount>,
    tax: Option<Amount>,
    total: Option<Amount>,
    /// The invoice that a credit note credits, by number.
    credits: Option<Code>,
    /// Whether it is a deposit, whose money is still owed to the customer until a later invoice settles it.
    #[serde(default)]
    deposit: bool,
    /// The numbers of deposits that it settles, as far as it goes.
    #[serde(default)]
    settles: List<Code, 0, 20>,
    #[serde(default)]
    lines: List<Object<NewLine>, 0, LINES_MAX>,
    /// Whether the prices of the lines hold the tax; net if left out.
    prices: Option<PricesWritten>,
    /// Parts of the total with due days of their own; one part on `due_on` if left out.
    #[serde(default)]
    instalments: List<Object<NewInstalment>, 0, 60>,
    /// Terms of payment in place of due days: `30`, `30 eom`, `30% 30; rest 60`, or `2/10; net 30`.
    terms: Option<Line<1, 200>>,
    /// The number of the buyer's order.
    order: Option<Line<1, 60>>,
    /// The buyer's purchase code for this seller, six letters and digits, where a tax device wants one.
    purchase_code: Option<Line<1, 20>>,
    /// The branch that issues it, by code: a series of its own.
    branch: Option<Code>,
    /// The number it was given by hand while the tax device failed.
    hand_written: Option<Line<1, 60>>,
    /// The day on which what it bills was delivered; not after today.
    delivered_on: Option<Day>,
    /// Codes of checks (`needs-look`) that somebody looked at and found right.
    #[serde(default)]
    right: List<Code, 0, 10>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewLine {
    /// The item of the catalogue it sells, by code: what is left out of description, unit, price and class is the item's.
    item: Option<Line<1, 40>>,
    /// Needed without an item.
    description: Option<Line<1, 300>>,
    quantity: Number,
    /// Major units; needed without an item.
    unit_price: Option<Number>,
    /// What is counted: hours, bags, m³.
    unit: Option<Line<1, 20>>,
    /// `5%`, or an amount in major units; below zero it is a charge.
    discount: Option<Line<0, 20>>,
    /// As the tax device calls it. Our own documents need one of the country's classes on every line, and their tax is
    /// worked out by it.
    tax_class: Option<Line<0, 20>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewInstalment {
    due_on: Day,
    /// Its share of the total among all weights.
    weight: Whole<1, 1_000_000>,
}

#[derive(Serialize, JsonSchema)]
struct Issued {
    number: String,
    id: Uuid,
    /// Another document that says the same under another number: a warning, for it may be right.
    twin: Option<String>,
    /// What was told and stopped nothing, by code: `no-tin`, `no-purchase-code`.
    told: Vec<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewDebitNote {
    explanation: Reason,
    lines: List<Object<NewLine>, 1, LINES_MAX>,
    prices: Option<PricesWritten>,
    due_on: Option<Day>,
    purchase_code: Option<Line<1, 20>>,
}

#[derive(Serialize, JsonSchema)]
struct DebitNote {
    number: String,
    id: Uuid,
}

fn debit(tx: &mut Tx<'_>, ask: &Ask, new: &NewDebitNote) -> Result<DebitNote, Error> {
    let given = debit_note::Given {
        invoice: ask.path("number").to_owned(),
        explanation: new.explanation.as_str().to_owned(),
        lines: new.lines.0.iter().enumerate().map(read_line).collect::<Result<_, Error>>()?,
        prices: new.prices.map_or(Prices::Net, PricesWritten::read),
        references: invoice::References::read(None, new.purchase_code.as_ref().map(Line::as_str))?,
        due_on: new.due_on.map(|Day(on)| on),
    };
    let posted = debit_note::post(tx, ask.actor(), ask.today(), &given, None)?;
    Ok(DebitNote { number: posted.number, id: Uuid(posted.id) })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewReissue {
    /// As for a credit note.
    reason: Code,
    explanation: Reason,
    /// Who should have been billed.
    customer: Option<Code>,
    /// In place of all lines; the old ones if left out.
    #[serde(default)]
    lines: List<Object<NewLine>, 0, LINES_MAX>,
    prices: Option<PricesWritten>,
    order: Option<Line<1, 60>>,
    purchase_code: Option<Line<1, 20>>,
    /// Another due day, with `due_reason`; the old one is kept if left out.
    due_on: Option<Day>,
    due_reason: Option<Reason>,
    /// Whether open disputes are settled by it; they are raised again on the new invoice otherwise.
    #[serde(default)]
    settles_disputes: bool,
}

#[derive(Serialize, JsonSchema)]
struct Reissued {
    number: String,
    id: Uuid,
    /// The document that takes the old invoice back.
    taken_back_by: String,
    /// What was applied of each receipt again.
    carried: Vec<Carried>,
}

#[derive(Serialize, JsonSchema)]
struct Carried {
    receipt: String,
    amount: Sum,
}

fn reissue(tx: &mut Tx<'_>, ask: &Ask, new: &NewReissue) -> Result<Reissued, Error> {
    let lines = new.lines.0.iter().enumerate().map(read_line).collect::<Result<Vec<_>, Error>>()?;
    let why = new.due_reason.as_ref().map(|why| why.as_str().to_owned()).unwrap_or_default();
    let given = reissue::Given {
        invoice: ask.path("number").to_owned(),
        reason: new.reason.text(),
        explanation: new.explanation.as_str().to_owned(),
        customer: new.customer.as_ref().map(Line::text),
        lines: (!lines.is_empty()).then_some((lines, new.prices.map_or(Prices::Net, PricesWritten::read))),
        references: invoice::References::read(
            new.order.as_ref().map(Line::as_str),
            new.purchase_code.as_ref().map(Line::as_str),
        )?,
        due_on: new.due_on.map(|Day(on)| (on, why)),
        settles_disputes: new.settles_disputes,
    };
    let done = reissue::reissue(tx, ask.actor(), ask.today(), &given, None)?;
    let carried = done.carried.into_iter().map(|(receipt, amount)| Carried { receipt, amount: Sum::written(amount) });
    Ok(Reissued {
        number: done.number,
        id: Uuid(done.id),
        taken_back_by: done.taken_back_by,
        carried: carried.collect(),
    })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewVoid {
    reason: Reason,
}

#[derive(Serialize, JsonSchema)]
struct Voided {
    /// The document that takes it back.
    number: String,
    id: Uuid,
}

fn void(tx: &mut Tx<'_>, ask: &Ask, new: &NewVoid) -> Result<Voided, Error> {
    let posted = credit_note::void(tx, ask.actor(), ask.today(), ask.path("number"), new.reason.as_str(), None)?;
    Ok(Voided { number: posted.number, id: Uuid(posted.id) })
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &WhichInvoices) -> Result<Page<Invoice>, Error> {
    let which = invoice::Asked {
        customer: asked.customer.as_ref().map(Line::text),
        state: asked.state.as_ref().map(|code| known("state", code, &State::ALL)).transpose()?,
        kind: asked.kind.map(Kind::of_document),
        currency: asked.currency.map(|CurrencyCode(currency)| currency),
        from: asked.from.map(|Day(on)| on),
        until: asked.until.map(|Day(on)| on),
        number: asked.number.as_ref().map(Line::text),
    };
    let span = Span::new("invoices", asked.limit, asked.after.as_ref());
    let after = span.place()?;
    let page = invoice::page(tx, ask.actor(), ask.today(), &which, after.as_deref(), span.rows())?;
    Ok(span.of_place(page, Invoice::from))
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<InvoiceInFull, Error> {
    Ok(invoice::show(tx, ask.actor(), ask.path("number"), None)?.into())
}

/// A line as it is billed.
pub(super) fn read_line((no, Object(line)): (usize, &Object<NewLine>)) -> Result<invoice::GivenLine, Error> {
    let missing = |field: &str| Err(Refusal::Missing { field: field.into() }.in_line(no).into());
    match (&line.item, &line.description, &line.unit_price) {
        (None, None, _) => return missing("description"),
        (None, _, None) => return missing("unit_price"),
        _ => {}
    }
    let of_item = |code: &Line<1, 40>| invoice::OfItem { code: code.text(), is_priced: line.unit_price.is_some() };
    Ok(invoice::GivenLine {
        description: line.description.as_ref().map(Line::text).unwrap_or_default(),
        quantity: line.quantity.0,
        unit: line.unit.as_ref().map(Line::text),
        unit_price: line.unit_price.as_ref().map(|price| price.0).unwrap_or_default(),
        item: line.item.as_ref().map(of_item),
        discount: Discount::read(line.discount.as_ref().map(Line::as_str).unwrap_or_default())?,
        tax_class: line.tax_class.as_ref().map(Line::text).unwrap_or_default(),
    })
}

fn issue(tx: &mut Tx<'_>, ask: &Ask, new: &NewInvoice) -> Result<Issued, Error> {
    let currency = new.currency.map_or(ask.own(), |CurrencyCode(currency)| currency);
    let money = |amount: &Option<Amount>, field: &str| -> Result<Option<Money>, Error> {
        Ok(amount.as_ref().map(|amount| amount.in_currency(currency, field)).transpose()?)
    };
    let part = |Object(part): &Object<NewInstalment>| (part.due_on.0, part.weight.get().unsigned_abs());
    let given = invoice::Given {
        kind: new.kind.unwrap_or_default().of_document(),
        number: new.number.as_ref().map(Line::text),
        payer: new.payer.as_ref().map(Line::text),
        beneficiary: new.beneficiary.as_ref().map(Line::text),
        due_on: new.due_on.map(|Day(on)| on),
        net: money(&new.net, "net")?,
        tax: money(&new.tax, "tax")?,
        total: money(&new.total, "total")?,
        credits: new.credits.as_ref().map(Line::text),
        lines: new.lines.0.iter().enumerate().map(read_line).collect::<Result<_, Error>>()?,
        prices: new.prices.map_or(Prices::Net, PricesWritten::read),
        instalments: new.instalments.0.iter().map(part).collect(),
        terms: new.terms.as_ref().map(|terms| Terms::read(terms.as_str())).transpose()?,
        deposit: new.deposit,
        settles: new.settles.0.iter().map(|number| number.as_str().to_owned()).collect(),
        right: new.right.0.iter().map(Line::text).collect(),
        references: invoice::References::read(
            new.order.as_ref().map(Line::as_str),
            new.purchase_code.as_ref().map(Line::as_str),
        )?
        .with(new.branch.as_ref().map(Code::as_str), new.hand_written.as_ref().map(Line::as_str))?
        .delivered(new.delivered_on.map(|Day(on)| on)),
        ..invoice::Given::to(new.customer.text(), new.issued_on.map_or(ask.today(), |Day(on)| on), currency)
    };
    let posted = invoice::issue(tx, ask.actor(), ask.today(), &given, None)?;
    Ok(Issued { number: posted.number, id: Uuid(posted.id), twin: posted.twin, told: posted.told })
}
