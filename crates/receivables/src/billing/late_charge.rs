//! Late fees and interest: simple interest on what was open day by day, actual/365, from the day after the due day; a fee once
//! per invoice. Nothing is charged on charges.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::ledger::Rate;
use crate::money::MoneyError;
use crate::{Currency, Date, Money, Refusal, Unusable};

/// Days of a year.
const YEAR: i64 = 365;

/// What a company charges whoever pays late.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tariff {
    /// In per cent a year; zero is none.
    pub yearly: Decimal,
    pub fee: Fee,
    /// Nothing is charged of an invoice that is no more days late than these.
    pub grace_days: i32,
}

impl Tariff {
    /// Whether anything is ever charged.
    pub fn is_none(&self) -> bool {
        self.yearly.is_zero() && self.fee == Fee::NONE
    }
}

/// A fee by the original amount of the invoice, in major units of the company's currency: below the first limit the first, and
/// so on; the last has no limit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fee(Vec<(Option<Decimal>, Decimal)>);

impl Fee {
    pub const NONE: Fee = Fee(Vec::new());

    /// `none`, `5000`, or steps as in `40 <1000; 70 <10000; 100`.
    pub fn read(text: &str) -> Result<Fee, Refusal> {
        let text = text.trim();
        if text == "none" {
            return Ok(Fee::NONE);
        }
        let refused = || Refusal::Invalid { field: "late-fee".into(), value: text.into(), reason: Unusable::NoFee };
        let number = |text: &str| Decimal::from_str_exact(text.trim()).ok().filter(|n| *n > Decimal::ZERO);
        let step = |step: &str| match step.split_once('<') {
            Some((fee, below)) => Some((Some(number(below)?), number(fee)?)),
            None => Some((None, number(step)?)),
        };
        let steps: Vec<_> = text.split(';').map(step).collect::<Option<_>>().ok_or_else(refused)?;
        let rises = steps.windows(2).all(|pair| match (pair[0].0, pair[1].0) {
            (Some(first), Some(next)) => first < next,
            (first, next) => first.is_some() && next.is_none(),
        });
        let ends = steps.last().is_some_and(|(below, _)| below.is_none());
        if rises && ends { Ok(Fee(steps)) } else { Err(refused()) }
    }

    /// The fee on an invoice of this amount in the company's currency, in its minor units.
    pub fn of(&self, amount: Money) -> Result<i64, MoneyError> {
        let major = amount.to_major();
        let step = self.0.iter().find(|(below, _)| below.is_none_or(|below| major < below));
        step.map_or(Ok(0), |(_, fee)| Ok(Money::from_major_rounded(*fee, amount.currency)?.minor))
    }
}

impl std::fmt::Display for Fee {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() {
            return f.write_str("none");
        }
        let step = |(below, fee): &(Option<Decimal>, Decimal)| match below {
            Some(below) => format!("{} <{}", fee.normalize(), below.normalize()),
            None => fee.normalize().to_string(),
        };
        f.write_str(&self.0.iter().map(step).collect::<Vec<_>>().join("; "))
    }
}

/// An instalment that is late. Amounts in minor units of its currency.
#[derive(Clone, Debug)]
pub struct Late {
    pub currency: Currency,
    /// As it was billed, and what it was worth in the company's currency then.
    pub total: i64,
    pub total_base: i64,
    pub due_on: Date,
    /// What moved it since, in the order of days.
    pub movements: Vec<(Date, i64)>,
    /// In dispute, or awaited as a certificate: nothing is charged on it.
    pub spared: i64,
    /// Until when interest was charged before, how much, and whether the fee was.
    pub charged_to: Option<Date>,
    pub interest_before: i64,
    pub fee_before: bool,
}

/// What is charged of one instalment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Charge {
    /// Interest is for the days after this one.
    pub from_on: Date,
    pub days: i32,
    pub interest: i64,
    pub fee: i64,
}

/// What is charged of an instalment up to a day, that day included; `None` where there is nothing to charge. `rate` is what a
/// unit of its currency is worth in the company's.
pub fn charge(
    tariff: &Tariff,
    late: &Late,
    on: Date,
    rate: &Rate,
    company: Currency,
) -> Result<Option<Charge>, Refusal> {
    let from_on = late.charged_to.unwrap_or(late.due_on).max(late.due_on);
    let first = late.charged_to.is_none();
    let open = late.movements.iter().filter(|(day, _)| *day <= on).map(|(_, amount)| amount).sum::<i64>() + late.total;
    if on <= from_on || open - late.spared <= 0 || (first && on.days_since(late.due_on) <= tariff.grace_days) {
        return Ok(None);
    }
    let interest = interest(&late.stretches(from_on, on), tariff.yearly, late.currency)?;
    let interest = interest.min(late.total - late.interest_before).max(0);
    let fee = if late.fee_before { 0 } else { tariff.fee.of(Money::new(late.total_base, company))? };
    let fee = rate.to_other(Money::new(fee, company), late.currency)?;
    let charge = Charge { from_on, days: on.days_since(from_on), interest, fee };
    Ok((interest + fee > 0).then_some(charge))
}

impl Late {
    /// What was open for how many days: a payment counts from the day after it.
    fn stretches(&self, from_on: Date, on: Date) -> Vec<(i64, i32)> {
        let mut open =
            self.total + self.movements.iter().filter(|(day, _)| *day <= from_on).map(|(_, a)| a).sum::<i64>();
        let mut since = from_on;
        let mut stretches = Vec::new();
        for (day, amount) in self.movements.iter().filter(|(day, _)| *day > from_on && *day < on) {
            stretches.push(((open - self.spared).max(0), day.days_since(since)));
            (open, since) = (open + amount, *day);
        }
        stretches.push(((open - self.spared).max(0), on.days_since(since)));
        stretches
    }
}

/// Simple interest in minor units on amounts that were open for days, rounded once at the end: francs down (no charge of a lender
/// is rounded up, Law 017/2021), other currencies half up.
pub fn interest(stretches: &[(i64, i32)], yearly: Decimal, currency: Currency) -> Result<i64, Refusal> {
    let mut amount_days = Decimal::ZERO;
    for (open, days) in stretches {
        let part = Decimal::from(*open).checked_mul(Decimal::from(*days)).ok_or(MoneyError::Overflow)?;
        amount_days = amount_days.checked_add(part).ok_or(MoneyError::Overflow)?;
    }
    let exact = amount_days.checked_mul(yearly).ok_or(MoneyError::Overflow)? / Decimal::from(100 * YEAR);
    let way = if currency == Currency::RWF { RoundingStrategy::ToZero } else { RoundingStrategy::MidpointAwayFromZero };
    Ok(i64::try_from(exact.round_dp_with_strategy(0, way)).map_err(|_| MoneyError::Overflow)?)
}

#[cfg(test)]
#[allow(clippy::inconsistent_digit_grouping, reason = "hundredths are set apart: 152_50 is 152.50")]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn currency_eur() -> Currency {
        "EUR".parse().unwrap()
    }

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn late(total: i64, due_on: &str) -> Late {
        Late {
            currency: Currency::USD,
            total,
            total_base: total,
            due_on: day(due_on),
            movements: Vec::new(),
            spared: 0,
            charged_to: None,
            interest_before: 0,
            fee_before: false,
        }
    }

    fn tariff(yearly: &str, fee: &str) -> Tariff {
        Tariff { yearly: dec(yearly), fee: Fee::read(fee).unwrap(), grace_days: 0 }
    }

    fn charged(tariff: &Tariff, late: &Late, on: &str) -> Option<(i64, i64)> {
        let rate = Rate::ONE;
        charge(tariff, late, day(on), &rate, Currency::USD).unwrap().map(|charge| (charge.interest, charge.fee))
    }

    #[test]
    fn case_g1_and_g2_interest_and_fee_of_a_hundred() {
        let hundred = late(100_00, "2026-01-01");
        assert_eq!(charged(&tariff("0", "none"), &hundred, "2026-01-21"), None); // G1
        assert_eq!(charged(&tariff("10", "10"), &hundred, "2026-01-16"), Some((41, 10_00))); // G2
    }

    #[test]
    fn case_g4_and_g5_a_fee_in_the_currency_of_the_invoice() {
        let fee = tariff("0", "5");
        let of = |rate: &Rate, currency: Currency| {
            let late = Late { currency, ..late(100_00, "2026-01-01") };
            charge(&fee, &late, day("2026-01-10"), rate, currency_eur()).unwrap().unwrap().fee
        };
        assert_eq!(of(&Rate::ONE, currency_eur()), 5_00);
        assert_eq!(of(&Rate::from_decimal(dec("0.654")).unwrap(), Currency::USD), 7_65);
    }

    /// The published pages round the daily figure first and come to 169.68 and 32.66; ours is rounded once, at the end.
    #[test]
    fn test_20_and_21_interest_of_the_act_of_1998() {
        let act = "40 <1000; 70 <10000; 100";
        let found = charged(&tariff("12.25", act), &late(5000_00, "2026-01-01"), "2026-04-12");
        assert_eq!(found, Some((169_49, 70_00)), "101 days");
        let found = charged(&tariff("13.25", "none"), &late(2000_00, "2026-01-01"), "2026-02-15");
        assert_eq!(found, Some((32_67, 0)), "45 days");
        let fee = |total: i64| charged(&tariff("0", act), &late(total, "2026-01-01"), "2026-02-01").unwrap().1;
        assert_eq!([999_99, 1000_00, 9999_99, 10_000_00].map(fee), [40_00, 70_00, 70_00, 100_00]);
    }

    #[test]
    fn test_24_the_day_of_payment_still_counts() {
        let mut paid = late(1000_00, "2026-04-01");
        paid.movements = vec![(day("2026-05-16"), -500_00)];
        assert_eq!(paid.stretches(day("2026-04-01"), day("2026-05-26")), [(1000_00, 45), (500_00, 10)]);
    }

    #[test]
    fn what_was_charged_is_not_charged_again_and_interest_ends_at_the_principal() {
        let with = tariff("36.5", "10");
        let mut item = late(1000_00, "2026-01-01");
        assert_eq!(charged(&with, &item, "2026-01-31"), Some((30_00, 10_00)));
        (item.charged_to, item.interest_before, item.fee_before) = (Some(day("2026-01-31")), 30_00, true);
        assert_eq!(charged(&with, &item, "2026-01-31"), None);
        assert_eq!(charged(&with, &item, "2026-02-10"), Some((10_00, 0)));
        item.interest_before = 995_00;
        assert_eq!(charged(&with, &item, "2026-02-10"), Some((5_00, 0)));
        item.interest_before = 1000_00;
        assert_eq!(charged(&with, &item, "2026-02-10"), None);
    }

    #[test]
    fn grace_disputes_and_francs() {
        let graced = Tariff { grace_days: 10, ..tariff("36.5", "none") };
        let item = late(1000_00, "2026-01-01");
        assert_eq!(charged(&graced, &item, "2026-01-11"), None);
        assert_eq!(charged(&graced, &item, "2026-01-12"), Some((11_00, 0)));
        let spared = Late { spared: 400_00, ..item.clone() };
        assert_eq!(charged(&graced, &spared, "2026-01-12"), Some((6_60, 0)));
        assert_eq!(charged(&graced, &Late { spared: 1000_00, ..item }, "2026-01-12"), None);
        assert_eq!(interest(&[(999, 15)], dec("10"), Currency::RWF), Ok(4), "4.1 and never 5");
        assert_eq!(interest(&[(1999, 9)], dec("10"), Currency::RWF), Ok(4), "4.93 is rounded down");
    }

    #[test]
    fn a_fee_is_read_as_it_is_written() {
        for text in ["none", "5000", "40 <1000; 70 <10000; 100"] {
            assert_eq!(Fee::read(text).unwrap().to_string(), text);
        }
        for text in ["", "-5", "40 <1000", "40 <1000; 70 <900; 100", "5; 6", "a", "40 <x; 5"] {
            assert!(Fee::read(text).is_err(), "{text}");
        }
    }
}
