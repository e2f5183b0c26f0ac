//! The words around the figures, in the language of the reader.

use serde::{Deserialize, Serialize};

/// Every label that a template may print. All are needed, so that a new one is missed by the compiler and not by a reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels {
    /// "Page {page} of {pages}": the two names in braces are replaced.
    pub page: String,
    pub billed_to: String,
    pub delivered_to: String,
    pub account_of: String,
    pub received_from: String,
    pub issued: String,
    pub due: String,
    pub period: String,
    pub received_on: String,
    pub description: String,
    pub quantity: String,
    pub unit: String,
    pub unit_price: String,
    pub discount: String,
    /// Over the letter of a line's tax class.
    pub tax: String,
    pub amount: String,
    pub tax_class: String,
    pub tax_rate: String,
    pub net: String,
    pub tax_amount: String,
    pub gross: String,
    /// Over the table of instalments.
    pub instalments: String,
    /// Over the notes.
    pub notes: String,
    /// Over the payment instructions: "How to pay".
    pub how_to_pay: String,
    pub payment_code: String,
    /// Over what the fiscal device said: "SDC information".
    pub fiscal: String,
    pub amount_received: String,
    /// Over what a receipt settled.
    pub applied_to: String,
    pub document: String,
    pub day: String,
    pub text: String,
    pub debit: String,
    pub credit: String,
    pub balance: String,
    /// Over the activity of a statement.
    pub activity: String,
    /// Over the open items.
    pub open_items: String,
    pub days_late: String,
    /// What is not yet paid of a document.
    pub open: String,
    /// Over the buckets by age.
    pub ageing: String,
}
