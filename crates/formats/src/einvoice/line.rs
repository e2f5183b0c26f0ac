//! The lines of an invoice (BG-25).

use rust_decimal::Decimal;

use super::{Allowance, Identifier, Period, Tax, Text};

/// BG-25: one line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// BT-126.
    pub id: Text,
    /// The line this one is a part of, in documents that go beyond the standard (BT-X-304).
    pub parent: Text,
    /// Whether the line is a group of others or only tells something, in such documents (BT-X-8).
    pub status: Text,
    /// BT-127.
    pub notes: Vec<String>,
    /// BT-128, each with the code of its kind.
    pub objects: Vec<(Identifier, Text)>,
    /// BT-129.
    pub quantity: Option<Decimal>,
    /// BT-130.
    pub unit: Text,
    /// BT-131.
    pub net: Option<Decimal>,
    /// BT-132.
    pub order_line: Text,
    /// BT-133.
    pub buyer_accounting: Text,
    /// BG-26.
    pub period: Option<Period>,
    /// BG-27 and BG-28.
    pub allowances: Vec<Allowance>,
    /// BG-29.
    pub price: Price,
    /// BG-30.
    pub tax: Option<Tax>,
    /// BG-31.
    pub item: Item,
}

/// BG-29: what one unit costs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Price {
    /// BT-146.
    pub net: Option<Decimal>,
    /// BT-147.
    pub discount: Option<Decimal>,
    /// As written; the standard knows discounts of a price only.
    pub discount_indicator: Text,
    /// BT-148.
    pub gross: Option<Decimal>,
    /// BT-149.
    pub base_quantity: Option<Decimal>,
    /// BT-150.
    pub base_unit: Text,
}

/// BG-31: what was sold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// BT-153.
    pub name: Text,
    /// BT-154.
    pub description: Text,
    /// BT-155.
    pub seller_id: Text,
    /// BT-156.
    pub buyer_id: Text,
    /// BT-157.
    pub standard_id: Option<Identifier>,
    /// BT-158, each with the version of its list.
    pub classifications: Vec<(Identifier, Text)>,
    /// BT-159.
    pub origin_country: Text,
    /// BG-32: names and values.
    pub attributes: Vec<(Text, Text)>,
}

impl Line {
    /// Whether its amount is part of the totals: that of a group is in its parts already.
    pub fn counts(&self) -> bool {
        !matches!(self.status.as_deref(), Some("GROUP" | "INFORMATION"))
    }
}
