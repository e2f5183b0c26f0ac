//! Exchange rates: dated rows, kept in billionths so that no rate is rounded on its way in.

use rust_decimal::Decimal;

use crate::money::MoneyError;
use crate::{Currency, Money};

/// Units of the company's currency for one unit of another, in billionths.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rate(i64);

impl Rate {
    /// One for one: the company's own currency.
    pub const ONE: Rate = Rate(1_000_000_000);

    /// From a decimal above zero with at most nine decimals.
    pub fn from_decimal(rate: Decimal) -> Option<Rate> {
        let nano = rate.checked_mul(Decimal::from(1_000_000_000i64))?;
        if !nano.fract().is_zero() || nano <= Decimal::ZERO {
            return None;
        }
        i64::try_from(nano).ok().map(Rate)
    }

    pub fn from_nano(nano: i64) -> Rate {
        Rate(nano)
    }

    pub fn nano(self) -> i64 {
        self.0
    }

    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 9).normalize()
    }

    /// `amount` in minor units of the company's currency, rounded half away from zero.
    pub fn to_base(self, amount: Money, company: Currency) -> Result<i64, MoneyError> {
        let up = 10i128.pow(company.exponent());
        let down = 10i128.pow(amount.currency.exponent() + 9);
        let product = i128::from(amount.minor)
            .checked_mul(i128::from(self.0))
            .and_then(|p| p.checked_mul(up))
            .ok_or(MoneyError::Overflow)?;
        let away = if (product % down).abs() * 2 >= down { product.signum() } else { 0 };
        i64::try_from(product / down + away).map_err(|_| MoneyError::Overflow)
    }

    /// What an amount of the company's currency is in another, in minor units, rounded half away from zero.
    pub fn to_other(self, amount: Money, other: Currency) -> Result<i64, MoneyError> {
        if amount.is_zero() {
            return Ok(0);
        }
        let major = amount.to_major().checked_div(self.to_decimal()).ok_or(MoneyError::Overflow)?;
        Ok(Money::from_major_rounded(major, other)?.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollars_become_francs() {
        let rate = Rate::from_decimal("1450.25".parse().unwrap()).unwrap();
        let base = |minor| rate.to_base(Money::new(minor, Currency::USD), Currency::RWF).unwrap();
        assert_eq!(base(5594), 81_127); // 55.94 × 1450.25 = 81,126.985
        assert_eq!(base(-5594), -81_127);
        assert!(Rate::from_decimal("0".parse().unwrap()).is_none());
        assert!(Rate::from_decimal("0.0000000001".parse().unwrap()).is_none());
        assert_eq!(Rate::ONE.to_base(Money::new(7, Currency::RWF), Currency::RWF).unwrap(), 7);
    }
}
