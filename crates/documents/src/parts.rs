//! Parts that several papers share. Texts as the reader shall see them; what is empty is not printed.

use serde::{Deserialize, Serialize};

/// A label and its value, such as "TIN" and "101234567".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fact {
    pub label: String,
    pub value: String,
}

impl Fact {
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Fact {
        Fact { label: label.into(), value: value.into() }
    }
}

/// Who sells, buys, pays or is written to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Party {
    pub name: String,
    /// The address, a line each.
    pub lines: Vec<String>,
    /// TIN, telephone, e-mail.
    pub facts: Vec<Fact>,
}

/// A row of a sum.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Total {
    pub label: String,
    pub value: String,
    /// Set large and bold, between rules: what is to be paid.
    pub emphasised: bool,
}

/// What the lines of one tax class come to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaxClass {
    pub class: String,
    pub rate: String,
    pub net: String,
    pub tax: String,
    pub gross: String,
}

/// A part of the amount and when it is due.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Instalment {
    pub name: String,
    pub due: String,
    pub amount: String,
}

/// How to pay: bank account, MoMoPay code, the reader's own payment code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Payment {
    /// Numbered or plain sentences, such as "Dial *182*8*1*123456#".
    pub instructions: Vec<String>,
    pub facts: Vec<Fact>,
    /// What to quote so that the payment finds its invoice. Set large.
    pub code: String,
    pub qr: Option<QrCode>,
}

/// A QR code and the words under it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QrCode {
    /// What a scanner reads, printed with error correction M. At most 2,331 bytes.
    pub payload: String,
    pub caption: String,
}

/// What the fiscal device of the tax administration said of this document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fiscal {
    pub facts: Vec<Fact>,
    pub qr: Option<QrCode>,
}

/// One currency of a statement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Section {
    /// The currency, or empty if there is only one.
    pub title: String,
    pub activity: Vec<Activity>,
    pub open_items: Vec<OpenItem>,
    /// Buckets by age and what is open in each; at most eight fit beside each other.
    pub ageing: Vec<Fact>,
    pub totals: Vec<Total>,
}

/// A row of a statement's activity.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Activity {
    pub day: String,
    pub document: String,
    pub text: String,
    pub debit: String,
    pub credit: String,
    pub balance: String,
    /// An opening or closing balance: set bold.
    pub emphasised: bool,
}

/// A document that is not settled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OpenItem {
    pub number: String,
    pub issued: String,
    pub due: String,
    pub days_late: String,
    pub amount: String,
    pub open: String,
}
