//! Open items: one instalment of one document, moved only by facts that point at it.

use crate::ids::{self, Id};
use crate::money::{MoneyError, share_minor};
use crate::{Currency, Date, Money, Refusal};

/// What a movement is; the number is the one in the database.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum MovementKind {
    /// Money of a receipt.
    Allocation = 1,
    /// Part of a credit note, on the invoice it settles.
    CreditApplied = 2,
    /// The same part, on the credit note.
    CreditUsed = 3,
    /// Given up, with approval.
    WriteOff = 4,
    /// Takes back an earlier movement.
    Reversal = 5,
    /// A short payment small enough to let go.
    Difference = 6,
    /// Taken off for paying early.
    Discount = 7,
    /// Tax the customer withheld, proven by a certificate.
    Withholding = 8,
    /// A late charge given up.
    Waiver = 9,
}

impl MovementKind {
    /// Every kind: the roll-forward must name each of them.
    pub const ALL: [MovementKind; 9] = [
        MovementKind::Allocation,
        MovementKind::CreditApplied,
        MovementKind::CreditUsed,
        MovementKind::WriteOff,
        MovementKind::Reversal,
        MovementKind::Difference,
        MovementKind::Discount,
        MovementKind::Withholding,
        MovementKind::Waiver,
    ];

    pub fn from_number(number: i64) -> Option<MovementKind> {
        MovementKind::ALL.into_iter().find(|kind| *kind as i64 == number)
    }

    pub fn name(self) -> &'static str {
        match self {
            MovementKind::Allocation => "allocation",
            MovementKind::CreditApplied => "credit applied",
            MovementKind::CreditUsed => "credit used",
            MovementKind::WriteOff => "write-off",
            MovementKind::Reversal => "reversal",
            MovementKind::Difference => "difference",
            MovementKind::Discount => "discount",
            MovementKind::Withholding => "withholding",
            MovementKind::Waiver => "waiver",
        }
    }
}

/// An open item as the ledger holds it now. `total` and `open` are negative for a credit note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    pub document: Id<ids::Document>,
    pub instalment: i32,
    pub number: String,
    /// Who pays.
    pub customer: Id<ids::Customer>,
    pub currency: Currency,
    pub posted_on: Date,
    pub due_on: Date,
    pub total: i64,
    pub total_base: i64,
    pub open: i64,
    pub open_base: i64,
    /// The part of `open` that the customer contests.
    pub disputed: i64,
    /// The part of `open` for which a certificate of withheld tax is awaited.
    pub awaited: i64,
}

/// The day of the latest movement that opened an item again after nothing was open of it: a payment that bounced.
/// Movements as day and amount, in the order they were recorded.
pub fn reopened_on(total: i64, movements: &[(Date, i64)]) -> Option<Date> {
    let (mut open, mut reopened) = (total, None);
    for (on, amount) in movements {
        if open == 0 {
            reopened = Some(*on);
        }
        open += amount;
    }
    reopened
}

impl Item {
    /// The company amount that goes with `amount` of what is open: its share, or all of the rest with the last.
    pub fn base_of(&self, amount: i64) -> Result<i64, MoneyError> {
        if amount == self.open { Ok(self.open_base) } else { share_minor(self.open_base, amount, self.open) }
    }

    /// Refuses what the item cannot give: `amount` has the sign of `open` and is not larger.
    pub fn may_give(&self, amount: i64, on: Date) -> Result<(), Refusal> {
        if amount == 0 {
            return Err(Refusal::NotPositive { amount: self.money(amount) });
        }
        if self.open == 0 && self.total != 0 {
            return Err(Refusal::AlreadySettled { item: self.number.clone() });
        }
        if amount.signum() != self.total.signum() {
            return Err(Refusal::SignMismatch { number: self.number.clone() });
        }
        if amount.abs() > self.open.abs() {
            return Err(Refusal::ExceedsOpen {
                item: self.number.clone(),
                open: self.money(self.open),
                amount: self.money(amount),
            });
        }
        if on < self.posted_on {
            return Err(Refusal::BeforeDocument { on, document_on: self.posted_on, document: self.number.clone() });
        }
        Ok(())
    }

    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_opens_again_only_from_nothing() {
        let check = |movements: &[(i32, i64)], expected: Option<i32>| {
            let movements: Vec<(Date, i64)> =
                movements.iter().map(|(on, amount)| (Date::from_day_number(*on), *amount)).collect();
            assert_eq!(reopened_on(100, &movements), expected.map(Date::from_day_number), "{movements:?}");
        };
        check(&[], None);
        check(&[(10, -100)], None);
        check(&[(10, -100), (20, 100)], Some(20));
        check(&[(10, -60), (20, 60)], None);
        check(&[(10, -60), (12, -40), (20, 60), (21, 40)], Some(20));
        check(&[(10, -100), (20, 100), (30, -100), (40, 100)], Some(40));
        check(&[(10, -100), (20, 100), (30, -50), (40, 50)], Some(20));
    }
}
