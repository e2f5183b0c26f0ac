//! Moves of stock: what comes in and goes out, as the tax authority lists them (VSDC specification, code class 12).

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::{Refusal, Unusable};

/// A quantity of stock is kept in millionths.
const MILLIONTHS: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

/// Why stock moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveKind {
    Import,
    Purchase,
    /// A buyer brings back what was sold.
    Return,
    MovementIn,
    ProcessingIn,
    AdjustmentIn,
    Sale,
    /// What was bought goes back to whoever sold it.
    PurchaseReturn,
    MovementOut,
    ProcessingOut,
    Discarding,
    AdjustmentOut,
}

impl MoveKind {
    pub const ALL: [(MoveKind, &'static str); 12] = [
        (MoveKind::Import, "import"),
        (MoveKind::Purchase, "purchase"),
        (MoveKind::Return, "return"),
        (MoveKind::MovementIn, "movement-in"),
        (MoveKind::ProcessingIn, "processing-in"),
        (MoveKind::AdjustmentIn, "adjustment-in"),
        (MoveKind::Sale, "sale"),
        (MoveKind::PurchaseReturn, "purchase-return"),
        (MoveKind::MovementOut, "movement-out"),
        (MoveKind::ProcessingOut, "processing-out"),
        (MoveKind::Discarding, "discarding"),
        (MoveKind::AdjustmentOut, "adjustment-out"),
    ];

    pub fn code(self) -> &'static str {
        crate::customer::code_of(&MoveKind::ALL, self)
    }

    pub fn from_code(code: &str) -> Result<MoveKind, Refusal> {
        crate::customer::of_code(&MoveKind::ALL, "kind", code)
    }

    /// Its number in the authority's list: 01 to 06 come in, 11 to 16 go out.
    pub fn number(self) -> u8 {
        let place = MoveKind::ALL.iter().position(|(kind, _)| *kind == self).unwrap_or_default() as u8;
        if self.comes_in() { place + 1 } else { place + 5 }
    }

    pub fn comes_in(self) -> bool {
        MoveKind::ALL.iter().take(6).any(|(kind, _)| *kind == self)
    }

    /// Whether a person writes it down; sales and what is taken back of them come from documents.
    pub fn is_by_hand(self) -> bool {
        !matches!(self, MoveKind::Sale | MoveKind::Return)
    }

    /// What a quantity does to the stock, in millionths: above zero where it comes in.
    pub fn micros(self, quantity: Decimal) -> Result<i64, Refusal> {
        let micros = micros(quantity)?;
        Ok(if self.comes_in() { micros } else { -micros })
    }
}

/// A quantity in millionths; refused where it is none above zero with at most six decimals.
pub fn micros(quantity: Decimal) -> Result<i64, Refusal> {
    let unusable =
        || Refusal::Invalid { field: "quantity".into(), value: quantity.to_string(), reason: Unusable::NoQuantity };
    let micros = quantity.checked_mul(MILLIONTHS).filter(|micros| micros.fract().is_zero()).ok_or_else(unusable)?;
    micros.to_i64().filter(|micros| *micros > 0).ok_or_else(unusable)
}

/// A quantity out of millionths.
pub fn quantity(micros: i64) -> Decimal {
    Decimal::new(micros, 6).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_the_numbers_of_the_authoritys_list() {
        let numbers: Vec<u8> = MoveKind::ALL.iter().map(|(kind, _)| kind.number()).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16]);
        assert!(MoveKind::AdjustmentIn.comes_in() && !MoveKind::Sale.comes_in());
    }

    #[test]
    fn quantities_keep_six_decimals_and_nothing_below_zero() {
        let read = |text: &str| micros(text.parse().unwrap());
        assert_eq!(read("2.5").unwrap(), 2_500_000);
        assert_eq!(quantity(2_500_000).to_string(), "2.5");
        assert_eq!(MoveKind::Sale.micros("3".parse().unwrap()).unwrap(), -3_000_000);
        for text in ["0", "-1", "0.0000001", "10000000000000"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
