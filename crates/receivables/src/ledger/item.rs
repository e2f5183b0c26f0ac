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
}

impl MovementKind {
    /// Every kind: the roll-forward must name each of them.
    pub const ALL: [MovementKind; 6] = [
        MovementKind::Allocation,
        MovementKind::CreditApplied,
        MovementKind::CreditUsed,
        MovementKind::WriteOff,
        MovementKind::Reversal,
        MovementKind::Difference,
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
}

impl Item {
    /// The company amount that goes with `amount` of what is open: its share, or all of the rest with the last.
    pub fn base_of(&self, amount: i64) -> Result<i64, MoneyError> {
        if amount == self.open { Ok(self.open_base) } else { share_minor(self.open_base, amount, self.open) }
    }

    /// Refuses what the item cannot give: `amount` has the sign of `open` and is not larger.
    pub fn may_give(&self, amount: i64, on: Date) -> Result<(), Refusal> {
        if amount == 0 {
            return Err(Refusal::NotPositive { amount: self.money(amount).to_string() });
        }
        if amount.signum() != self.total.signum() {
            return Err(Refusal::SignMismatch { number: self.number.clone() });
        }
        if amount.abs() > self.open.abs() {
            return Err(Refusal::ExceedsOpen {
                item: self.number.clone(),
                open: self.money(self.open).to_string(),
                amount: self.money(amount).to_string(),
            });
        }
        if on < self.posted_on {
            return Err(Refusal::BeforeDocument {
                on: on.to_string(),
                document_on: self.posted_on.to_string(),
                document: self.number.clone(),
            });
        }
        Ok(())
    }

    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }
}
