//! Invoices and credit notes.

use receivables::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::document::{self, Listed};
use store::{Error, Tx};

use super::ask::Ask;
use super::cursor::{Page, PageOf};
use super::endpoint::endpoints;
use super::shape::{Amount, Code, CurrencyCode, Day, Line, List, Number, Object, Sum, Uuid, Whole};
use crate::actions::invoice;

endpoints! { "invoices"
    /// Posted invoices and credit notes in the order they were posted.
    read Get "/invoices" Read list(query PageOf) -> Page<Invoice>;
    /// Posts an invoice or a credit note.
    /// Without a number it gets the next one of our own series; with one it was made elsewhere and keeps it. Amounts are above
    /// zero for both kinds; what is missing of net, tax and total follows from the rest or from the lines. The same document
    /// under the same number is refused as known, with other content as another.
    write Post "/invoices" InvoiceIssue issue(body NewInvoice) -> Issued;
    /// One invoice or credit note with its lines and instalments.
    read Get "/invoices/{number}" Read show() -> InvoiceInFull;
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
    lines: Vec<InvoiceLine>,
    instalments: Vec<Instalment>,
}

#[derive(Serialize, JsonSchema)]
struct InvoiceLine {
    description: String,
    quantity: String,
    unit_price: String,
    tax_class: String,
    net: Sum,
}

#[derive(Serialize, JsonSchema)]
struct Instalment {
    instalment: i32,
    due_on: Day,
    total: Sum,
    open: Sum,
    disputed: Sum,
}

#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
enum Kind {
    #[default]
    Invoice,
    CreditNote,
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
    #[serde(default)]
    lines: List<Object<NewLine>, 0, 200>,
    /// Parts of the total with due days of their own; one part on `due_on` if left out.
    #[serde(default)]
    instalments: List<Object<NewInstalment>, 0, 60>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewLine {
    description: Line<1, 300>,
    quantity: Number,
    /// Major units.
    unit_price: Number,
    /// As the tax device calls it.
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
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &PageOf) -> Result<Page<Invoice>, Error> {
    let span = asked.span("invoices");
    let rows = invoice::page(tx, ask.actor(), asked.customer(), span.after()?, span.limit())?;
    Ok(span.by_id(rows, |(id, _)| *id, |(_, listed)| listed.into()))
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<InvoiceInFull, Error> {
    let shown = invoice::get(tx, ask.actor(), ask.path("number"))?;
    let currency = shown.document.currency;
    let line = |line: document::DocumentLine| InvoiceLine {
        description: line.description,
        quantity: line.quantity,
        unit_price: line.unit_price,
        tax_class: line.tax_class,
        net: Sum::of(line.net, currency),
    };
    let instalment = |item: receivables::ledger::Item| Instalment {
        instalment: item.instalment,
        due_on: Day(item.due_on),
        total: Sum::of(item.total, currency),
        open: Sum::of(item.open, currency),
        disputed: Sum::of(item.disputed, currency),
    };
    Ok(InvoiceInFull {
        invoice: shown.document.into(),
        lines: shown.lines.into_iter().map(line).collect(),
        instalments: shown.instalments.into_iter().map(instalment).collect(),
    })
}

fn issue(tx: &mut Tx<'_>, ask: &Ask, new: &NewInvoice) -> Result<Issued, Error> {
    let currency = new.currency.map_or(ask.own(), |CurrencyCode(currency)| currency);
    let money = |amount: &Option<Amount>, field: &str| -> Result<Option<Money>, Error> {
        Ok(amount.as_ref().map(|amount| amount.in_currency(currency, field)).transpose()?)
    };
    let line = |Object(line): &Object<NewLine>| invoice::GivenLine {
        description: line.description.text(),
        quantity: line.quantity.0,
        unit_price: line.unit_price.0,
        tax_class: line.tax_class.as_ref().map(Line::text).unwrap_or_default(),
    };
    let part = |Object(part): &Object<NewInstalment>| (part.due_on.0, part.weight.get().unsigned_abs());
    let given = invoice::Given {
        kind: match new.kind.unwrap_or_default() {
            Kind::Invoice => document::Kind::Invoice,
            Kind::CreditNote => document::Kind::CreditNote,
        },
        number: new.number.as_ref().map(Line::text),
        customer: new.customer.text(),
        customer_name: None,
        payer: new.payer.as_ref().map(Line::text),
        beneficiary: new.beneficiary.as_ref().map(Line::text),
        issued_on: new.issued_on.map_or(ask.today(), |Day(on)| on),
        due_on: new.due_on.map(|Day(on)| on),
        currency,
        net: money(&new.net, "net")?,
        tax: money(&new.tax, "tax")?,
        total: money(&new.total, "total")?,
        credits: new.credits.as_ref().map(Line::text),
        lines: new.lines.0.iter().map(line).collect(),
        instalments: new.instalments.0.iter().map(part).collect(),
        opening_on: None,
    };
    let posted = invoice::issue(tx, ask.actor(), ask.today(), &given, None)?;
    Ok(Issued { number: posted.number, id: Uuid(posted.id), twin: posted.twin })
}
