//! Double entries: lines that sum to zero in each currency and in the company's.

use std::collections::BTreeMap;

use crate::ids::{self, Id};
use crate::ledger::Account;
use crate::money::MoneyError;
use crate::{Currency, Money};

/// What an entry records; the number is the one in the database.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Cause {
    Invoice = 1,
    CreditNote = 2,
    Receipt = 3,
    Identification = 4,
    Settlement = 5,
    Opening = 6,
    Refund = 7,
    Revaluation = 8,
    Transfer = 9,
}

impl Cause {
    pub const ALL: [Cause; 9] = [
        Cause::Invoice,
        Cause::CreditNote,
        Cause::Receipt,
        Cause::Identification,
        Cause::Settlement,
        Cause::Opening,
        Cause::Refund,
        Cause::Revaluation,
        Cause::Transfer,
    ];

    pub fn from_number(number: i64) -> Option<Cause> {
        Cause::ALL.into_iter().find(|cause| *cause as i64 == number)
    }

    pub fn name(self) -> &'static str {
        match self {
            Cause::Invoice => "invoice",
            Cause::CreditNote => "credit note",
            Cause::Receipt => "receipt",
            Cause::Identification => "identification",
            Cause::Settlement => "settlement",
            Cause::Opening => "opening",
            Cause::Refund => "refund",
            Cause::Revaluation => "revaluation",
            Cause::Transfer => "transfer",
        }
    }
}

/// One line. Debit is positive, credit negative, in the line's own currency and in the company's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    pub account: Account,
    pub customer: Option<Id<ids::Customer>>,
    pub amount: Money,
    /// Minor units of the company's currency.
    pub base: i64,
}

impl Line {
    /// A debit of an account that is not kept per customer.
    pub fn debit(account: Account, amount: Money, base: i64) -> Line {
        Line { account, customer: None, amount, base }
    }

    /// A credit of an account that is not kept per customer.
    pub fn credit(account: Account, amount: Money, base: i64) -> Result<Line, MoneyError> {
        Line::debit(account, amount, base).reversed()
    }

    /// The same line for a customer's part of the account.
    pub fn of(self, customer: Id<ids::Customer>) -> Line {
        Line { customer: Some(customer), ..self }
    }

    /// Debit for credit.
    pub fn reversed(self) -> Result<Line, MoneyError> {
        let base = self.base.checked_neg().ok_or(MoneyError::Overflow)?;
        Ok(Line { amount: self.amount.negated()?, base, ..self })
    }
}

/// Whether lines sum to zero in every currency and in the company's.
pub fn balances(lines: &[Line]) -> bool {
    let mut sums: BTreeMap<Currency, i128> = BTreeMap::new();
    let mut base = 0i128;
    for line in lines {
        *sums.entry(line.amount.currency).or_default() += i128::from(line.amount.minor);
        base += i128::from(line.base);
    }
    lines.len() >= 2 && base == 0 && sums.values().all(|sum| *sum == 0)
}
