//! Amounts of formats that leave open how they are written: the amounts of a file tell it together.

use receivables::{Currency, Money};

use crate::amount::{Evidence, evidence, parse_amount};
use crate::fault::Fault;
use crate::table::{Votes, shown};

/// The decimal sign of a file, and whether its amounts leave no doubt of it.
pub(super) struct Decimals {
    sign: char,
    certain: bool,
}

impl Decimals {
    /// What the amounts of a file in `currency` say.
    pub(super) fn of<'t>(amounts: impl Iterator<Item = &'t str>, currency: Currency) -> Decimals {
        let mut votes = Votes::default();
        if currency.exponent() == 0 {
            votes.hint_francs();
        }
        amounts.for_each(|amount| votes.count_amount(amount));
        let (sign, certain) = votes.decimal();
        Decimals { sign, certain }
    }

    /// An amount of the file. Without a certain sign each amount speaks for itself, and `1,000` for nothing.
    pub(super) fn read(&self, text: &str, currency: Currency) -> Result<Money, Fault> {
        let sign = match evidence(text) {
            _ if self.certain => self.sign,
            Evidence::Decimal(sign) => sign,
            Evidence::Either(sign) if currency.exponent() == 3 => sign,
            Evidence::Either(_) => return Err(Fault::TwoReadings { value: shown(text) }),
            Evidence::Silent => self.sign,
        };
        let refused = || Fault::NotAnAmount { value: shown(text), sign: sign.to_string() };
        Ok(Money::from_major(parse_amount(text, sign).ok_or_else(refused)?, currency)?)
    }
}
