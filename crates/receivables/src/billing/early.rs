//! Early-payment discounts: what an invoice's terms take off where it is paid by a day, and how the tax follows.

use rust_decimal::{Decimal, MathematicalOps, RoundingStrategy};

use crate::money::{MoneyError, share_minor};
use crate::{Date, Refusal};

/// How the tax follows a discount for paying early.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Treatment {
    /// Taken off the amount with tax; the tax stays as it was charged.
    Gross,
    /// Taken off the amount with tax; the tax in it is given back.
    Included,
    /// Taken off the amount without tax; the tax stays as it was charged.
    Excluded,
    /// Taken off the amount without tax; the tax was charged on the reduced amount from the start.
    Mixed,
}

impl Treatment {
    pub const ALL: [(Treatment, &'static str); 4] = [
        (Treatment::Gross, "gross"),
        (Treatment::Included, "included"),
        (Treatment::Excluded, "excluded"),
        (Treatment::Mixed, "mixed"),
    ];

    pub fn code(self) -> &'static str {
        crate::customer::code_of(&Treatment::ALL, self)
    }
}

/// Whether an allocation takes the discount that the terms of the invoice offer for paying early. What counts is the day the
/// money came.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Wish {
    /// Where the money is just what settles the instalment with it.
    #[default]
    WhereExact,
    Take,
    Leave,
}

impl Wish {
    pub const ALL: [(Wish, &'static str); 3] =
        [(Wish::WhereExact, "exact"), (Wish::Take, "take"), (Wish::Leave, "leave")];

    pub fn from_code(code: &str) -> Result<Wish, Refusal> {
        crate::customer::of_code(&Wish::ALL, "discount", code)
    }
}

/// What is taken off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Off {
    Percent(Decimal),
    /// Of the whole document, in major units.
    Amount(Decimal),
}

/// A discount and the last day of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Offer {
    pub off: Off,
    pub until_on: Date,
}

/// The discounts of an invoice, the earliest day first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Early {
    pub offers: Vec<Offer>,
    pub treatment: Treatment,
}

/// The amounts of the invoice, in minor units.
#[derive(Clone, Copy, Debug)]
pub struct Of {
    pub net: i64,
    pub total: i64,
    /// Decimals of its currency.
    pub exponent: u32,
}

/// What settling an amount takes, in minor units: `paid + discount + tax` is what is settled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Taken {
    pub paid: i64,
    /// The discount without the tax given back.
    pub discount: i64,
    /// The tax given back.
    pub tax: i64,
}

impl Taken {
    /// What leaves the invoice.
    pub fn settled(self) -> i64 {
        self.paid + self.discount + self.tax
    }
}

impl Early {
    /// The offer that holds on a day.
    pub fn on(&self, day: Date) -> Option<Offer> {
        self.offers.iter().copied().find(|offer| day <= offer.until_on)
    }

    /// What settles `amount` of the invoice on a day, above zero; all of it is paid where no offer holds.
    pub fn settles(&self, of: Of, amount: i64, day: Date) -> Result<Taken, Refusal> {
        let Some(offer) = self.on(day) else { return Ok(Taken { paid: amount, discount: 0, tax: 0 }) };
        let part = self.part(of, offer.off)?;
        let off = round(Decimal::from(amount).checked_mul(part).ok_or(MoneyError::Overflow)?)?.min(amount);
        self.taken(of, amount - off, off)
    }

    /// What a payment settles on a day with the discount that goes with it.
    pub fn by(&self, of: Of, paid: i64, day: Date) -> Result<Taken, Refusal> {
        let Some(offer) = self.on(day) else { return Ok(Taken { paid, discount: 0, tax: 0 }) };
        let rest = Decimal::ONE - self.part(of, offer.off)?;
        if rest <= Decimal::ZERO {
            return Ok(Taken { paid, discount: 0, tax: 0 });
        }
        self.taken(of, paid, round(Decimal::from(paid) / rest)? - paid)
    }

    /// The part of what is settled that is taken off, between 0 and 1.
    fn part(&self, of: Of, off: Off) -> Result<Decimal, Refusal> {
        if of.total == 0 {
            return Ok(Decimal::ZERO);
        }
        let total = Decimal::from(of.total);
        let base = match self.treatment {
            Treatment::Gross | Treatment::Included => total,
            Treatment::Excluded | Treatment::Mixed => Decimal::from(of.net),
        };
        let minor = match off {
            Off::Percent(percent) => base * percent / Decimal::ONE_HUNDRED,
            Off::Amount(major) => {
                let scale = Decimal::from(10i64.pow(of.exponent));
                major.checked_mul(scale).ok_or(MoneyError::Overflow)?.min(total)
            }
        };
        Ok(minor / total)
    }

    fn taken(&self, of: Of, paid: i64, off: i64) -> Result<Taken, Refusal> {
        let tax = match self.treatment {
            Treatment::Included if of.total != 0 => share_minor(off, of.total - of.net, of.total)?,
            _ => 0,
        };
        Ok(Taken { paid, discount: off - tax, tax })
    }
}

fn round(exact: Decimal) -> Result<i64, Refusal> {
    let rounded = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    Ok(i64::try_from(rounded).map_err(|_| MoneyError::Overflow)?)
}

/// What not taking a discount costs a year, in per cent, simple on 360 days: `percent` off for paying `days` earlier.
/// 2/10 net 30 costs 2/98 × 360/20 = 36.73 % (science-tests TEST 25).
pub fn yearly_cost(percent: Decimal, days: i32) -> Decimal {
    let once = percent / (Decimal::ONE_HUNDRED - percent);
    (once * Decimal::from(360) / Decimal::from(days.max(1)) * Decimal::ONE_HUNDRED).round_dp(2)
}

/// The same compounded on 365 days: (1 + 2/98)^(365/20) − 1 = 44.59 %. `None` where it does not fit.
pub fn yearly_cost_compounded(percent: Decimal, days: i32) -> Option<Decimal> {
    let once = Decimal::ONE + percent / (Decimal::ONE_HUNDRED - percent);
    let times = Decimal::from(365) / Decimal::from(days.max(1));
    Some(((once.checked_powd(times)? - Decimal::ONE) * Decimal::ONE_HUNDRED).round_dp(2))
}

#[cfg(test)]
#[allow(clippy::inconsistent_digit_grouping, reason = "hundredths are set apart: 152_50 is 152.50")]
mod tests {
    use super::*;
    use crate::billing::terms::Terms;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn early(terms: &str, issued_on: &str) -> Early {
        Terms::read(terms).unwrap().early(day(issued_on), Treatment::Gross).unwrap()
    }

    /// What settles all of an invoice of net and total in hundredths: paid, discount and tax given back.
    #[track_caller]
    fn check(terms: &str, (net, total): (i64, i64), expected: (i64, i64, i64)) {
        let taken =
            early(terms, "2026-01-01").settles(Of { net, total, exponent: 2 }, total, day("2026-01-02")).unwrap();
        assert_eq!((taken.paid, taken.discount, taken.tax), expected, "{terms}");
        assert_eq!(taken.settled(), total, "{terms}");
    }

    #[test]
    fn case_f18_to_f23_and_f27_f28_the_three_treatments_of_the_tax() {
        check("10/10; 30; tax included", (1000_00, 1000_00), (900_00, 100_00, 0)); // F18
        check("10/10; 30; tax included", (1500_00, 1725_00), (1552_50, 150_00, 22_50)); // F19
        check("10/10; 30; tax included", (3000_00, 3150_00), (2835_00, 300_00, 15_00)); // F20
        check("10/10; 30; tax excluded", (3000_00, 3150_00), (2850_00, 300_00, 0)); // F22
        check("10/10; 30; tax mixed", (3000_00, 3135_00), (2835_00, 300_00, 0)); // F23
        check("10/10; 30; tax mixed", (2000_00, 2000_00), (1800_00, 200_00, 0)); // F23: one of the two is in time
        check("10/10; 30; tax gross", (200_00, 236_00), (212_40, 23_60, 0)); // F27
        check("10/10; 30; tax included", (200_00, 236_00), (212_40, 20_00, 3_60)); // F27, tax split out
        check("50 off/10; 30; tax included", (200_00, 236_00), (186_00, 42_37, 7_63)); // F28
    }

    #[test]
    fn case_f3_to_f5_the_discount_of_the_day_in_whole_or_in_half() {
        let of = Of { net: 1000_00, total: 1000_00, exponent: 2 };
        let i2 = early("1/14; 30", "2026-06-25");
        let i3 = early("2/5; 1/14; 30", "2026-06-25");
        let discount =
            |of_terms: &Early, amount: i64, on: &str| of_terms.settles(of, amount, day(on)).unwrap().discount;
        assert_eq!((discount(&i2, 1000_00, "2026-06-29"), discount(&i3, 1000_00, "2026-06-29")), (10_00, 20_00)); // F3
        assert_eq!((discount(&i2, 1000_00, "2026-07-01"), discount(&i3, 1000_00, "2026-07-01")), (10_00, 10_00)); // F4
        let half = |of_terms: &Early, paid: i64| {
            let taken = of_terms.by(of, paid, day("2026-06-29")).unwrap();
            (taken.discount, taken.settled())
        };
        assert_eq!((half(&i2, 495_00), half(&i3, 490_00)), ((5_00, 500_00), (10_00, 500_00))); // F5
        assert_eq!(discount(&i2, 1000_00, "2026-07-10"), 0); // F28: after the cut-off
    }

    #[test]
    fn case_f26_the_last_day_of_ten() {
        assert_eq!(early("2/10; 30", "2019-01-01").offers[0].until_on, day("2019-01-11"));
        assert!(early("2/10; 30", "2019-01-01").on(day("2019-01-11")).is_some());
        assert!(early("2/10; 30", "2019-01-01").on(day("2019-01-12")).is_none());
    }

    #[test]
    fn test_25_what_not_taking_a_discount_costs_a_year() {
        assert_eq!(yearly_cost(Decimal::TWO, 20).to_string(), "36.73");
        assert_eq!(yearly_cost_compounded(Decimal::TWO, 20).unwrap().to_string(), "44.59");
    }

    proptest::proptest! {
        /// A payment and what it settles agree both ways, to a unit.
        #[test]
        fn by_and_settles_agree(net in 1i64..100_000_000, tax in 0i64..20_000_000, percent in 1i64..50, included: bool) {
            let treatment = if included { Treatment::Included } else { Treatment::Excluded };
            let offers = vec![Offer { off: Off::Percent(Decimal::from(percent)), until_on: day("2026-01-31") }];
            let (early, of) = (Early { offers, treatment }, Of { net, total: net + tax, exponent: 0 });
            let all = early.settles(of, of.total, day("2026-01-31")).unwrap();
            proptest::prop_assert_eq!(all.settled(), of.total);
            let back = early.by(of, all.paid, day("2026-01-31")).unwrap();
            proptest::prop_assert!((back.settled() - of.total).abs() <= 2);
        }
    }
}
