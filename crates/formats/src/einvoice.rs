//! Electronic invoices of EN 16931, in UBL 2.1 and in UN/CEFACT CII, read into one plain model: the terms of the
//! standard (BT and BG numbers beside the fields) under the words of the trade, amounts exactly as written.
//!
//! Reading is lenient: what is missing is absent in the model and breaks a rule (`rules::broken`). Only what cannot be
//! an e-invoice at all, a number that is none or a day that is none is a `Fault`. `totals::recomputed` adds up the
//! lines, whatever totals the document claims.

use quick_xml::events::Event;
use receivables::Date;
use rust_decimal::Decimal;

use crate::fault::Fault;
use crate::xml;

mod cii;
mod codes;
mod draft;
mod leaf;
mod line;
mod party;
pub mod rules;
pub mod totals;
mod ubl;

pub use line::{Item, Line, Price};
pub use party::{Address, Contact, Party, TaxRegistration};

/// No real invoice is larger, its embedded papers included.
pub const BYTES_MAX: usize = 20 << 20;
/// Tags and comments: more than this is an attack on memory, not an invoice.
const MARKS_MAX: usize = 2_000_000;

/// Reads an e-invoice; the syntax is found by the root element and its namespace.
pub fn read(bytes: &[u8]) -> Result<EInvoice, Fault> {
    if bytes.len() > BYTES_MAX || bytes.iter().filter(|b| **b == b'<').count() > MARKS_MAX {
        return Err(Fault::EInvoiceTooLarge { most: (BYTES_MAX >> 20).to_string() });
    }
    let text = xml::repaired(&xml::decoded(bytes));
    if text.trim().is_empty() {
        return Err(Fault::Empty);
    }
    if !text.trim_start().starts_with('<') {
        return Err(Fault::NotXml);
    }
    let breaks_off = |cause: String| Fault::EInvoiceBreaksOff { cause };
    let mut reader = xml::reader(&text);
    let root = loop {
        match reader.read_event().map_err(|e| breaks_off(e.to_string()))? {
            Event::Start(start) => {
                known(&xml::Node::of(&start))?;
                break xml::subtree(&mut reader, &start).map_err(breaks_off)?;
            }
            Event::Empty(start) => break xml::Node::of(&start),
            Event::Eof => return Err(Fault::NotXml),
            _ => {}
        }
    };
    match known(&root)? {
        Syntax::Cii => cii::read(&root),
        syntax => ubl::read(&root, syntax),
    }
}

/// Writes an e-invoice in its syntax. What the model does not hold, and what its syntax has no place for, is not written.
pub fn write(invoice: &EInvoice) -> String {
    match invoice.syntax {
        Syntax::Cii => cii::write(invoice),
        Syntax::UblInvoice | Syntax::UblCreditNote => ubl::write(invoice),
    }
}

fn known(root: &xml::Node) -> Result<Syntax, Fault> {
    let within = |namespace: &str| root.attributes.iter().any(|(_, value)| value.starts_with(namespace));
    match root.name.as_str() {
        "Invoice" if within("urn:oasis:names:specification:ubl:schema:xsd:Invoice-2") => Ok(Syntax::UblInvoice),
        "CreditNote" if within("urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2") => {
            Ok(Syntax::UblCreditNote)
        }
        "CrossIndustryInvoice" if within("urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:") => {
            Ok(Syntax::Cii)
        }
        other => Err(Fault::EInvoiceOtherRoot { root: crate::table::shown(other) }),
    }
}

/// How an e-invoice is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Syntax {
    #[default]
    UblInvoice,
    UblCreditNote,
    Cii,
}

impl Syntax {
    /// The name of the standard and, in UBL, of its document.
    pub fn name(self) -> &'static str {
        match self {
            Syntax::UblInvoice => "UBL Invoice",
            Syntax::UblCreditNote => "UBL CreditNote",
            Syntax::Cii => "CII",
        }
    }
}

/// A text as written: `None` if its element is absent, empty if the element is.
pub type Text = Option<String>;

/// An identifier and the scheme it belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identifier {
    pub id: String,
    pub scheme: Text,
}

/// An invoice or credit note.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EInvoice {
    pub syntax: Syntax,
    /// BT-24: the rules the sender says it keeps to.
    pub specification: Text,
    /// BT-23.
    pub business_process: Text,
    /// BT-1.
    pub number: Text,
    /// BT-2.
    pub issued_on: Option<Date>,
    /// BT-3.
    pub type_code: Text,
    /// BT-5.
    pub currency: Text,
    /// BT-6: the currency of the VAT accounts, where it is another one.
    pub tax_currency: Text,
    /// BT-7.
    pub tax_point_on: Option<Date>,
    /// BT-8.
    pub tax_point_codes: Vec<String>,
    /// BT-9.
    pub due_on: Option<Date>,
    /// BT-10.
    pub buyer_reference: Text,
    pub references: References,
    /// BT-19.
    pub buyer_accounting: Text,
    /// BT-20.
    pub payment_terms: Vec<String>,
    /// BG-1.
    pub notes: Vec<Note>,
    /// BG-3.
    pub preceding: Vec<Preceding>,
    /// BG-4.
    pub seller: Option<Party>,
    /// BG-7.
    pub buyer: Option<Party>,
    /// BG-10.
    pub payee: Option<Party>,
    /// BG-11.
    pub tax_representative: Option<Party>,
    /// BG-13.
    pub delivery: Option<Delivery>,
    /// BG-14.
    pub period: Option<Period>,
    /// BG-16.
    pub payment: Vec<Payment>,
    /// BG-20 and BG-21.
    pub allowances: Vec<Allowance>,
    /// BG-22.
    pub totals: Totals,
    /// BT-110 and BT-111 with BG-23.
    pub tax_totals: Vec<TaxTotal>,
    /// BG-24.
    pub papers: Vec<Paper>,
    /// BG-25.
    pub lines: Vec<Line>,
    /// The currency beside each amount, in the order of the document.
    pub amount_currencies: Vec<String>,
}

/// The documents an invoice refers to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct References {
    /// BT-11.
    pub project: Text,
    /// How often a project is named.
    pub projects: usize,
    /// BT-12.
    pub contract: Text,
    /// BT-13.
    pub purchase_order: Text,
    /// BT-14.
    pub sales_order: Text,
    /// BT-15.
    pub receiving_advice: Text,
    /// BT-16.
    pub despatch_advice: Text,
    /// BT-17.
    pub tender: Text,
    /// BT-18.
    pub objects: Vec<Identifier>,
}

/// BG-1: what the sender adds in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// BT-21.
    pub subject: Text,
    /// BT-22.
    pub text: String,
}

/// BG-3: the invoice that a credit note or a final invoice follows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preceding {
    /// BT-25.
    pub number: Text,
    /// BT-26.
    pub issued_on: Option<Date>,
}

/// BG-13: when and where it was delivered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Delivery {
    /// BT-70.
    pub party_name: Text,
    /// BT-71.
    pub location: Option<Identifier>,
    /// BT-72.
    pub on: Option<Date>,
    /// BG-15.
    pub address: Option<Address>,
}

/// BG-14 or BG-26.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Period {
    pub from: Option<Date>,
    pub to: Option<Date>,
}

/// BG-16: one way to pay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Payment {
    /// BT-81.
    pub means_code: Text,
    /// BT-82.
    pub means_text: Text,
    /// BT-83.
    pub remittance: Text,
    /// BG-17.
    pub account: Option<Account>,
    /// BG-18.
    pub card: Option<Card>,
    /// BT-89.
    pub mandate: Text,
    /// BT-91.
    pub debited_account: Text,
}

/// BG-17: where to pay to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// BT-84.
    pub id: Text,
    /// BT-85.
    pub name: Text,
    /// BT-86.
    pub bank: Text,
}

/// BG-18: the card that was used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// BT-87.
    pub number: Text,
    /// BT-88.
    pub holder: Text,
}

/// BG-20, BG-21, BG-27 or BG-28: an allowance, or a charge.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Allowance {
    /// `true` for a charge and `false` for an allowance, as written.
    pub charge_indicator: Text,
    pub amount: Option<Decimal>,
    pub base: Option<Decimal>,
    pub percent: Option<Decimal>,
    pub reason: Text,
    pub reason_code: Text,
    pub tax: Option<Tax>,
}

impl Allowance {
    /// Whether it is added; XML also writes a truth as a digit.
    pub fn is_charge(&self) -> bool {
        matches!(self.charge_indicator.as_deref(), Some("true" | "1"))
    }

    /// Whether it is taken off.
    pub fn is_allowance(&self) -> bool {
        matches!(self.charge_indicator.as_deref(), Some("false" | "0"))
    }
}

/// The VAT of a line, an allowance, a charge or a group of the breakdown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tax {
    /// BT-95, BT-102, BT-118 or BT-151.
    pub category: Text,
    /// BT-96, BT-103, BT-119 or BT-152.
    pub rate: Option<Decimal>,
    /// BT-120.
    pub exemption_reason: Text,
    /// BT-121.
    pub exemption_code: Text,
    /// `VAT`, the only tax the standard knows.
    pub scheme: Text,
}

impl Tax {
    /// Whether it is VAT, which it also is when nothing is said.
    pub fn is_vat(&self) -> bool {
        self.scheme.as_ref().is_none_or(|scheme| scheme.eq_ignore_ascii_case("VAT"))
    }
}

/// BG-22 as the document claims it; see `totals::recomputed`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Totals {
    /// BT-106.
    pub line_total: Option<Decimal>,
    /// BT-107.
    pub allowances: Option<Decimal>,
    /// BT-108.
    pub charges: Option<Decimal>,
    /// BT-109.
    pub tax_exclusive: Option<Decimal>,
    /// BT-112.
    pub tax_inclusive: Option<Decimal>,
    /// BT-113.
    pub prepaid: Option<Decimal>,
    /// BT-114.
    pub rounding: Option<Decimal>,
    /// BT-115.
    pub payable: Option<Decimal>,
}

/// BT-110 or BT-111, with the breakdown written under it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TaxTotal {
    pub amount: Option<Decimal>,
    pub currency: Text,
    pub breakdown: Vec<TaxGroup>,
}

/// BG-23: what falls under one category and rate.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TaxGroup {
    /// BT-116.
    pub base: Option<Decimal>,
    /// BT-117.
    pub amount: Option<Decimal>,
    pub tax: Tax,
}

/// BG-24: a paper that goes with the invoice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// BT-122.
    pub id: Text,
    /// BT-123.
    pub description: Text,
    /// BT-124.
    pub location: Text,
    /// BT-125.
    pub embedded: Option<Embedded>,
}

/// BT-125: a file within the invoice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Embedded {
    pub mime: Text,
    pub file_name: Text,
    /// Its bytes as base64, as written.
    pub content: String,
}

impl EInvoice {
    /// BG-23: every group of the VAT breakdown.
    pub fn breakdown(&self) -> impl Iterator<Item = &TaxGroup> {
        self.tax_totals.iter().flat_map(|total| &total.breakdown)
    }

    /// BT-110: the VAT in the currency of the invoice.
    pub fn tax_total(&self) -> Option<Decimal> {
        let own = |t: &&TaxTotal| t.currency.is_some() && t.currency == self.currency;
        let total = self.tax_totals.iter().find(own).or_else(|| {
            let foreign = |t: &&TaxTotal| t.currency.is_some() && t.currency == self.tax_currency;
            self.tax_totals.iter().find(|t| !foreign(t))
        });
        total.and_then(|t| t.amount)
    }

    /// BT-111: the VAT in the currency of the VAT accounts.
    pub fn tax_total_accounting(&self) -> Option<Decimal> {
        let currency = self.tax_currency.as_ref()?;
        self.tax_totals.iter().find(|t| t.currency.as_ref() == Some(currency)).and_then(|t| t.amount)
    }
}
