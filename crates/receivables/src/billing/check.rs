//! What is odd about an invoice before it is posted, from what the customer was billed before: a person looks, and says that it
//! is right, or corrects it. Nothing here forbids anything.

use crate::{Currency, Date, Money};

crate::sayings! {
    /// Something that a person should look at. Its code is what one says it is right by.
    pub enum Check in "check" {
        /// A business without a tax number.
        NoTin "no-tin" { customer },
        /// The tax device wants the buyer's purchase code.
        NoPurchaseCode "no-purchase-code" { customer },
        /// The customer's invoices name an order, and this one none.
        NoOrder "no-order" { customer },
        /// An invoice that is not credited names the same order.
        SameOrder "same-order" { order, number },
        /// An invoice that is not credited was written by hand under the same number.
        SameHandWritten "same-hand-written" { paper, number },
        /// An invoice of the same day that is not credited bills just the same lines.
        SameInvoice "same-invoice" { number },
        /// An invoice that is not credited bills the same line, and it names a year: a period, most likely.
        SameLine "same-line" { line, number },
        /// Its day lies in a period that is closed.
        ClosedPeriod "closed-period" { issued_on: Date, posted_on: Date },
        /// Far above the largest before.
        Unusual "unusual" { total: Money, largest: Money },
        /// Far below the smallest before.
        Small "small" { total: Money, smallest: Money },
    }
}

impl Check {
    /// By which a person says that it is right.
    pub fn code(&self) -> &'static str {
        use crate::Saying;
        self.key().trim_start_matches("check-")
    }

    /// Whether nothing is posted before somebody said that it is right. The others are told.
    pub fn stops(&self) -> bool {
        !matches!(self, Check::NoTin { .. } | Check::NoPurchaseCode { .. } | Check::ClosedPeriod { .. })
    }
}

/// So many invoices make a habit.
const HABIT: usize = 5;
/// Above so many times the largest, or below one in so many of the smallest, it is odd: a zero too many is ten times.
const TIMES_ABOVE: i64 = 3;
const TIMES_BELOW: i64 = 10;

/// An invoice of before, with what it came to in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    pub total: i64,
    pub has_order: bool,
}

/// Whether the total is far from what it was before in the same currency, on [`HABIT`] invoices at least.
pub fn amount(before: &[Before], total: i64, currency: Currency) -> Option<Check> {
    if before.len() < HABIT {
        return None;
    }
    let money = |minor| Money::new(minor, currency);
    let largest = before.iter().map(|one| one.total).max()?;
    let smallest = before.iter().map(|one| one.total).min()?;
    if total > largest.saturating_mul(TIMES_ABOVE) {
        return Some(Check::Unusual { total: money(total), largest: money(largest) });
    }
    let is_small = total.saturating_mul(TIMES_BELOW) < smallest;
    is_small.then(|| Check::Small { total: money(total), smallest: money(smallest) })
}

/// Whether the last [`HABIT`] invoices, the newest first, all named an order.
pub fn names_orders(before: &[Before]) -> bool {
    before.len() >= HABIT && before.iter().take(HABIT).all(|one| one.has_order)
}

/// Whether a description names a year, and so most likely a period: the same twice is billed twice.
pub fn names_a_year(description: &str) -> bool {
    let is_year = |word: &str| {
        let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        digits && (word.starts_with("19") || word.starts_with("20"))
    };
    description.split(|c: char| !c.is_ascii_digit()).any(is_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(totals: &[i64]) -> Vec<Before> {
        totals.iter().map(|total| Before { total: *total, has_order: true }).collect()
    }

    #[test]
    fn a_zero_too_many_or_too_few_is_odd() {
        let usual = before(&[100, 120, 90, 110, 150]);
        let odd = |total| amount(&usual, total, Currency::RWF).map(|check| check.code());
        for (total, told) in
            [(450, None), (451, Some("unusual")), (1200, Some("unusual")), (9, None), (8, Some("small")), (100, None)]
        {
            assert_eq!(odd(total), told, "{total}");
        }
        assert_eq!(amount(&usual[1..], 10_000, Currency::RWF), None, "four are no habit");
        assert!(odd(i64::MAX).is_some() && odd(0).is_some());
    }

    #[test]
    fn orders_are_a_habit_of_the_last_five() {
        let mut all = before(&[1, 1, 1, 1, 1, 1]);
        assert!(names_orders(&all));
        all[5].has_order = false;
        assert!(names_orders(&all), "the sixth is long ago");
        all[4].has_order = false;
        assert!(!names_orders(&all));
        assert!(!names_orders(&before(&[1, 1, 1, 1])));
    }

    #[test]
    fn a_year_makes_a_period() {
        for (description, year) in [
            ("Rent September 2026", true),
            ("Ubukode 2026-09", true),
            ("2026", true),
            ("Rice 25 kg", false),
            ("Screws 20260", false),
            ("Item 3026", false),
        ] {
            assert_eq!(names_a_year(description), year, "{description}");
        }
    }
}
