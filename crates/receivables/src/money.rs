//! `Money`: integer minor units with their currency. Every operation is checked; a division names its rounding.

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::sayings;

/// An ISO 4217 currency, held as its three letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Rwandan franc, which has no minor unit (ISO 4217 exponent 0).
    pub const RWF: Currency = Currency(*b"RWF");
    /// United States dollar, two decimals.
    pub const USD: Currency = Currency(*b"USD");

    /// The three-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a currency is made of ASCII letters")
    }

    /// Decimal places of the minor unit (ISO 4217): RWF 0, USD 2, KWD 3.
    pub fn exponent(&self) -> u32 {
        iso_currency::Currency::from_code(self.code()).and_then(|c| c.exponent()).map_or(2, u32::from)
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let upper = text.trim().to_ascii_uppercase();
        let code = match upper.as_str() {
            // How Rwandan businesses write the franc.
            "FRW" | "RF" => "RWF",
            other => other,
        };
        if iso_currency::Currency::from_code(code).is_none() {
            return Err(MoneyError::UnknownCurrency { text: text.trim().to_owned() });
        }
        Ok(Currency(code.as_bytes().try_into().map_err(|_| MoneyError::UnknownCurrency { text: text.to_owned() })?))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount of one currency in its minor units (francs for RWF, cents for USD).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

sayings! {
    /// Why a sum of money cannot be formed.
    pub enum MoneyError in "money" {
        /// Two currencies met in one operation.
        Mixed "mixed" { one, other },
        /// The result does not fit in 64 bits of minor units.
        Overflow "overflow",
        /// A text is not an amount.
        NotAnAmount "not-an-amount" { text },
        /// An amount has a fraction that the currency does not have (`10.5` RWF).
        TooPrecise "too-precise" { text, currency },
        /// Not an ISO 4217 code.
        UnknownCurrency "unknown-currency" { text },
        /// A split without a weight above zero.
        NoWeights "no-weights",
    }
}

impl std::error::Error for MoneyError {}

/// The most of one document or receipt in minor units, a hundred million million: sums of very many still fit 64 bits.
pub const MINOR_MAX: u64 = 100_000_000_000_000;

impl Money {
    /// `minor` units of `currency`.
    pub fn new(minor: i64, currency: Currency) -> Money {
        Money { minor, currency }
    }

    /// Nothing of `currency`.
    pub fn zero(currency: Currency) -> Money {
        Money { minor: 0, currency }
    }

    /// An exact decimal in major units; refuses a fraction below the minor unit.
    pub fn from_major(major: Decimal, currency: Currency) -> Result<Money, MoneyError> {
        let scaled = shift(major, currency.exponent())?;
        if !scaled.fract().is_zero() {
            return Err(MoneyError::TooPrecise { text: major.normalize().to_string(), currency: currency.to_string() });
        }
        Ok(Money { minor: to_i64(scaled)?, currency })
    }

    /// A decimal in major units rounded half away from zero to the minor unit.
    pub fn from_major_rounded(major: Decimal, currency: Currency) -> Result<Money, MoneyError> {
        let scaled = shift(major, currency.exponent())?;
        let rounded = scaled.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        Ok(Money { minor: to_i64(rounded)?, currency })
    }

    /// Plain decimal text in major units, `.` before the decimals, no grouping (`1180000`, `-55.94`).
    pub fn parse_major(text: &str, currency: Currency) -> Result<Money, MoneyError> {
        let decimal =
            Decimal::from_str_exact(text.trim()).map_err(|_| MoneyError::NotAnAmount { text: text.to_owned() })?;
        Money::from_major(decimal, currency)
    }

    /// The amount as an exact decimal in major units.
    pub fn to_major(self) -> Decimal {
        Decimal::new(self.minor, self.currency.exponent())
    }

    /// Decimal string in major units with the currency's own decimals (`"1180000"` RWF, `"55.94"` USD).
    pub fn major_text(self) -> String {
        self.to_major().to_string()
    }

    /// Whether one document or receipt may be so large.
    pub fn fits(self) -> bool {
        self.minor.unsigned_abs() <= MINOR_MAX
    }

    pub fn is_zero(self) -> bool {
        self.minor == 0
    }

    pub fn is_negative(self) -> bool {
        self.minor < 0
    }

    pub fn plus(self, other: Money) -> Result<Money, MoneyError> {
        self.same(other)?;
        Ok(Money { minor: self.minor.checked_add(other.minor).ok_or(MoneyError::Overflow)?, currency: self.currency })
    }

    pub fn minus(self, other: Money) -> Result<Money, MoneyError> {
        self.same(other)?;
        Ok(Money { minor: self.minor.checked_sub(other.minor).ok_or(MoneyError::Overflow)?, currency: self.currency })
    }

    pub fn negated(self) -> Result<Money, MoneyError> {
        Ok(Money { minor: self.minor.checked_neg().ok_or(MoneyError::Overflow)?, currency: self.currency })
    }

    /// `self × part ÷ whole`, rounded half away from zero: how a partial allocation takes its share of the
    /// company amount. Refuses a zero `whole`.
    pub fn share(self, part: i64, whole: i64) -> Result<Money, MoneyError> {
        Ok(Money { minor: share_minor(self.minor, part, whole)?, currency: self.currency })
    }

    /// Splits by whole-number weights without losing a unit: each part is rounded down towards zero and the
    /// spare units go one each to the first parts that have a weight. Refuses when no weight is above zero.
    pub fn split(self, weights: &[u32]) -> Result<Vec<Money>, MoneyError> {
        let whole: i64 = weights.iter().map(|w| i64::from(*w)).sum();
        if whole == 0 {
            return Err(MoneyError::NoWeights);
        }
        let mut parts: Vec<i64> = weights
            .iter()
            .map(|w| i64::try_from(i128::from(self.minor) * i128::from(*w) / i128::from(whole)))
            .collect::<Result<_, _>>()
            .map_err(|_| MoneyError::Overflow)?;
        let mut spare = self.minor - parts.iter().sum::<i64>();
        let unit = spare.signum();
        for (part, weight) in parts.iter_mut().zip(weights) {
            if spare == 0 {
                break;
            }
            if *weight > 0 {
                *part += unit;
                spare -= unit;
            }
        }
        Ok(parts.into_iter().map(|minor| Money { minor, currency: self.currency }).collect())
    }

    fn same(self, other: Money) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(MoneyError::Mixed { one: self.currency.to_string(), other: other.currency.to_string() })
    }
}

/// `amount × part ÷ whole` in minor units, rounded half away from zero.
pub fn share_minor(amount: i64, part: i64, whole: i64) -> Result<i64, MoneyError> {
    if whole == 0 {
        return Err(MoneyError::Overflow);
    }
    let product = i128::from(amount) * i128::from(part);
    let divisor = i128::from(whole);
    let (quotient, rest) = (product / divisor, product % divisor);
    let away = if rest.abs() * 2 >= divisor.abs() { (product.signum()) * divisor.signum() } else { 0 };
    i64::try_from(quotient + away).map_err(|_| MoneyError::Overflow)
}

fn shift(major: Decimal, exponent: u32) -> Result<Decimal, MoneyError> {
    major.checked_mul(Decimal::from(10u64.pow(exponent))).ok_or(MoneyError::Overflow)
}

fn to_i64(whole: Decimal) -> Result<i64, MoneyError> {
    i64::try_from(whole).map_err(|_| MoneyError::Overflow)
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, grouped(&self.major_text()))
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.major_text())
    }
}

/// Thousands commas into a plain decimal text.
pub fn grouped(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn usd(minor: i64) -> Money {
        Money::new(minor, Currency::USD)
    }

    #[test]
    fn exponents_follow_iso_4217() {
        for (code, exponent) in [("RWF", 0), ("USD", 2), ("KWD", 3), ("JPY", 0), ("frw", 0)] {
            assert_eq!(code.parse::<Currency>().unwrap().exponent(), exponent, "{code}");
        }
        assert!("ZZZ".parse::<Currency>().is_err());
    }

    #[test]
    fn text_goes_in_and_out_exactly() {
        assert_eq!(Money::parse_major("55.94", Currency::USD).unwrap(), usd(5594));
        assert_eq!(usd(5594).major_text(), "55.94");
        assert_eq!(usd(-5).major_text(), "-0.05");
        assert_eq!(Money::new(1_180_000, Currency::RWF).to_string(), "RWF 1,180,000");
        assert!(matches!(Money::parse_major("10.5", Currency::RWF), Err(MoneyError::TooPrecise { .. })));
        assert!(matches!(Money::parse_major("12x", Currency::RWF), Err(MoneyError::NotAnAmount { .. })));
    }

    #[test]
    fn currencies_never_add_up_and_overflow_is_an_error() {
        assert!(matches!(usd(1).plus(Money::new(1, Currency::RWF)), Err(MoneyError::Mixed { .. })));
        assert_eq!(usd(i64::MAX).plus(usd(1)), Err(MoneyError::Overflow));
        assert_eq!(usd(i64::MIN).negated(), Err(MoneyError::Overflow));
    }

    #[test]
    fn case_l2_a_hundred_in_three_parts() {
        // Peer case L2 puts the spare cent last (33.33, 33.33, 33.34); ours goes to the first part, as `split` says.
        let parts: Vec<i64> = usd(10_000).split(&[1, 1, 1]).unwrap().iter().map(|m| m.minor).collect();
        assert_eq!(parts, [3334, 3333, 3333]);
    }

    #[test]
    fn a_share_is_rounded_half_away_from_zero() {
        assert_eq!(share_minor(100, 1, 8).unwrap(), 13);
        assert_eq!(share_minor(-100, 1, 8).unwrap(), -13);
        assert_eq!(share_minor(100, -1, 8).unwrap(), -13);
        assert_eq!(share_minor(1, 1, 3).unwrap(), 0);
        assert!(share_minor(1, 1, 0).is_err());
    }

    proptest! {
        #[test]
        fn a_split_never_loses_a_unit(minor in -1_000_000_000_000i64..1_000_000_000_000, weights in prop::collection::vec(0u32..1000, 1..20)) {
            prop_assume!(weights.iter().any(|w| *w > 0));
            let parts = usd(minor).split(&weights).unwrap();
            prop_assert_eq!(parts.iter().map(|m| m.minor).sum::<i64>(), minor);
        }
    }
}
