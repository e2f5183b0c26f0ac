//! What is wrong with a message, without a language. Fields have the names of the wire, `itemList[2].qty`.

use rust_decimal::Decimal;

/// Why a message cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// More bytes than any answer has.
    TooLarge {
        most: usize,
    },
    /// Not JSON, or not an object of it.
    NotAnObject {
        cause: String,
    },
    /// A list where objects should stand.
    NotAList {
        field: String,
    },
    /// A field without which the message says nothing.
    Missing {
        field: String,
    },
    NotAText {
        field: String,
        value: String,
    },
    NotANumber {
        field: String,
        value: String,
    },
    NotYesOrNo {
        field: String,
        value: String,
    },
    NotADay {
        field: String,
        value: String,
    },
    NotATime {
        field: String,
        value: String,
    },
    /// More characters than CHAR holds.
    TooLong {
        field: String,
        most: usize,
        length: usize,
    },
    /// More digits, or more decimals, than NUMBER holds.
    TooManyDigits {
        field: String,
        digits: u32,
        decimals: u32,
        value: Decimal,
    },
    /// An amount below zero: a refund is sent with amounts above it.
    BelowZero {
        field: String,
        value: Decimal,
    },
    /// A discount whose rate rounds to zero: the device refuses `dcAmt` with `dcRt` 0.
    DiscountWithoutRate {
        amount: Decimal,
    },
    /// A discount larger than its line.
    DiscountAboveLine {
        amount: Decimal,
        line: Decimal,
    },
    /// A tax letter that the country does not have.
    UnknownLetter {
        letter: String,
    },
    /// A total that is not the sum of the lines.
    DoesNotAddUp {
        field: String,
        stated: Decimal,
        sum: Decimal,
    },
    /// Beyond what can be worked out exactly.
    OutOfRange {
        field: String,
    },
}

impl Fault {
    /// The field at fault.
    pub fn field(&self) -> Option<&str> {
        match self {
            Fault::TooLarge { .. } | Fault::NotAnObject { .. } => None,
            Fault::NotAList { field }
            | Fault::Missing { field }
            | Fault::NotAText { field, .. }
            | Fault::NotANumber { field, .. }
            | Fault::NotYesOrNo { field, .. }
            | Fault::NotADay { field, .. }
            | Fault::NotATime { field, .. }
            | Fault::TooLong { field, .. }
            | Fault::TooManyDigits { field, .. }
            | Fault::BelowZero { field, .. }
            | Fault::DoesNotAddUp { field, .. }
            | Fault::OutOfRange { field } => Some(field),
            Fault::DiscountWithoutRate { .. } | Fault::DiscountAboveLine { .. } => Some("dcAmt"),
            Fault::UnknownLetter { .. } => Some("taxTyCd"),
        }
    }

    /// The same, of a field within another.
    pub(super) fn within(mut self, outer: &str) -> Fault {
        match &mut self {
            Fault::NotAnObject { .. } => return Fault::NotAList { field: outer.to_owned() },
            Fault::NotAList { field }
            | Fault::Missing { field }
            | Fault::NotAText { field, .. }
            | Fault::NotANumber { field, .. }
            | Fault::NotYesOrNo { field, .. }
            | Fault::NotADay { field, .. }
            | Fault::NotATime { field, .. }
            | Fault::TooLong { field, .. }
            | Fault::TooManyDigits { field, .. }
            | Fault::BelowZero { field, .. }
            | Fault::DoesNotAddUp { field, .. }
            | Fault::OutOfRange { field } => *field = format!("{outer}.{field}"),
            _ => {}
        }
        self
    }
}
