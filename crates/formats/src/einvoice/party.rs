//! Who sells, who buys, who is paid, and where they are to be found.

use super::{Identifier, Text};

/// Seller, buyer, payee or tax representative.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Party {
    /// BT-27, BT-44, BT-59 or BT-62.
    pub name: Text,
    /// BT-28 or BT-45.
    pub trading_name: Text,
    /// BT-29, BT-46 or BT-60.
    pub identifiers: Vec<Identifier>,
    /// BT-30, BT-47 or BT-61.
    pub legal_registrations: Vec<Identifier>,
    /// BT-31, BT-32, BT-48 or BT-63.
    pub tax_registrations: Vec<TaxRegistration>,
    /// BT-33.
    pub legal_form: Text,
    /// BT-34 or BT-49.
    pub electronic_address: Option<Identifier>,
    /// BG-5, BG-8 or BG-12.
    pub address: Option<Address>,
    /// BG-6 or BG-9.
    pub contact: Option<Contact>,
}

/// A number at a tax office; that of VAT is the one whose scheme says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaxRegistration {
    pub id: Text,
    pub vat: bool,
}

/// Where a party has its seat, or where goods go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    pub street: Text,
    pub street_more: Text,
    pub street_third: Text,
    pub city: Text,
    pub postcode: Text,
    pub region: Text,
    /// BT-40, BT-55, BT-69 or BT-80.
    pub country: Text,
}

/// Whom to ask.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    pub name: Text,
    pub telephone: Text,
    pub email: Text,
}
