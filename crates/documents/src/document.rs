//! What is printed. All of it is text as the reader shall see it; an empty text or list is left out of the paper.

use serde::{Deserialize, Serialize};

use crate::labels::Labels;
use crate::parts::{Fact, Fiscal, Instalment, OpenItem, Party, Payment, QrCode, Section, TaxClass, Total};

/// A paper and what its file says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The title of the file, such as "Invoice INV-2026-0042".
    pub title: String,
    /// ISO 639: two or three small letters, such as `rw`. For whoever reads the paper aloud.
    pub language: String,
    /// The day of the file, ISO 8601 such as `2026-11-28`; with the same day the bytes are the same.
    pub dated: String,
    pub labels: Labels,
    pub sender: Party,
    /// Across every page, such as "COPY" or "This is not an official receipt".
    #[serde(default)]
    pub banner: String,
    /// Small at the foot of every page: registration, bank, website.
    #[serde(default)]
    pub footer: Vec<String>,
    pub body: Body,
}

/// The kinds of paper, each with a template of its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Body {
    Invoice(Invoice),
    Receipt(Receipt),
    Statement(Statement),
    Letter(Letter),
}

impl Document {
    pub(crate) fn payment_qr(&self) -> Option<&QrCode> {
        let payment = match &self.body {
            Body::Invoice(invoice) => invoice.payment.as_ref(),
            Body::Receipt(_) => None,
            Body::Statement(statement) => statement.payment.as_ref(),
            Body::Letter(letter) => letter.payment.as_ref(),
        };
        payment.and_then(|payment| payment.qr.as_ref())
    }

    pub(crate) fn fiscal_qr(&self) -> Option<&QrCode> {
        let fiscal = match &self.body {
            Body::Invoice(invoice) => invoice.fiscal.as_ref(),
            Body::Receipt(_) | Body::Statement(_) | Body::Letter(_) => None,
        };
        fiscal.and_then(|fiscal| fiscal.qr.as_ref())
    }
}

/// An invoice and whatever looks like one: credit and debit note, proforma, quote, deposit invoice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Invoice {
    /// "Invoice", "Credit note", "Proforma".
    pub heading: String,
    pub number: String,
    pub issued: String,
    pub due: String,
    /// Purchase order, period, purchase code of the buyer, the invoice that a note is about.
    pub references: Vec<Fact>,
    pub buyer: Party,
    pub delivered_to: Option<Party>,
    pub lines: Vec<Line>,
    pub totals: Vec<Total>,
    pub taxes: Vec<TaxClass>,
    pub instalments: Vec<Instalment>,
    pub notes: Vec<String>,
    pub payment: Option<Payment>,
    pub fiscal: Option<Fiscal>,
}

/// A line of an invoice. A column that no line fills is not printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Line {
    pub description: String,
    /// Under the description, smaller: a period, an item code, a serial number.
    pub details: String,
    pub quantity: String,
    pub unit: String,
    pub unit_price: String,
    pub discount: String,
    /// The letter or rate of its tax class.
    pub tax: String,
    pub amount: String,
}

/// Money received and what it settled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Receipt {
    pub heading: String,
    pub number: String,
    pub received_on: String,
    pub from: Party,
    pub amount: String,
    pub amount_in_words: String,
    /// How it was paid, the payer's reference.
    pub references: Vec<Fact>,
    pub applied: Vec<Applied>,
    pub totals: Vec<Total>,
    pub notes: Vec<String>,
}

/// A document that money received was applied to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Applied {
    pub document: String,
    pub issued: String,
    /// What of it is left open.
    pub open: String,
    pub amount: String,
}

/// The account of a customer: what happened in a period, what is open, or both; a section for each currency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Statement {
    pub heading: String,
    pub period: String,
    /// Account number, day of the statement, credit limit.
    pub references: Vec<Fact>,
    pub customer: Party,
    pub sections: Vec<Section>,
    pub notes: Vec<String>,
    pub payment: Option<Payment>,
}

/// A letter with a table of open items, addressed for the window of an envelope.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Letter {
    pub addressee: Party,
    pub place_and_day: String,
    pub references: Vec<Fact>,
    pub subject: String,
    /// Before the table, the salutation first.
    pub opening: Vec<String>,
    pub open_items: Vec<OpenItem>,
    pub totals: Vec<Total>,
    /// After the table.
    pub paragraphs: Vec<String>,
    pub payment: Option<Payment>,
    /// "Yours sincerely", then name and office of who signs.
    pub closing: Vec<String>,
}
