//! Lines of a document and what they come to. A line is rounded to the currency's smallest unit, half up; the tax is rounded
//! once per class and document, half up (DESIGN §3). What a line shows of the tax is its share, so that the lines add up.

use rust_decimal::{Decimal, RoundingStrategy};

use super::tax::Class;
use crate::money::MoneyError;
use crate::{Currency, Money, Refusal, Unusable};

/// Whether prices are written without tax or with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prices {
    #[default]
    Net,
    Gross,
}

impl Prices {
    pub const ALL: [(Prices, &'static str); 2] = [(Prices::Net, "net"), (Prices::Gross, "gross")];

    pub fn code(self) -> &'static str {
        crate::customer::code_of(&Prices::ALL, self)
    }

    pub fn from_code(code: &str) -> Result<Prices, Refusal> {
        crate::customer::of_code(&Prices::ALL, "prices", code)
    }
}

/// Off the price of a line; a charge is the same below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discount {
    /// Of quantity × price, up to 100.
    Percent(Decimal),
    /// In major units, in the way prices are written.
    Amount(Decimal),
}

impl Discount {
    pub const NONE: Discount = Discount::Amount(Decimal::ZERO);

    /// What is left of an amount; `None` where that does not fit.
    pub fn off(self, whole: Decimal) -> Option<Decimal> {
        match self {
            Discount::Percent(percent) => whole.checked_sub(whole.checked_mul(percent)? / Decimal::ONE_HUNDRED),
            Discount::Amount(amount) => whole.checked_sub(amount),
        }
    }

    /// `5%` or `1500`, as people write it; nothing is none.
    pub fn read(text: &str) -> Result<Discount, Refusal> {
        let text = text.trim();
        let unusable =
            || Refusal::Invalid { field: "discount".into(), value: text.into(), reason: Unusable::NoDiscount };
        let number = |text: &str| Decimal::from_str_exact(text.trim()).map_err(|_| unusable());
        match text.strip_suffix('%') {
            None if text.is_empty() => Ok(Discount::NONE),
            None => Ok(Discount::Amount(number(text)?)),
            Some(percent) => match number(percent)? {
                percent if percent.abs() <= Decimal::ONE_HUNDRED => Ok(Discount::Percent(percent)),
                _ => Err(unusable()),
            },
        }
    }
}

/// As it is read again.
impl std::fmt::Display for Discount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Discount::Percent(percent) => write!(f, "{}%", percent.normalize()),
            Discount::Amount(amount) => write!(f, "{}", amount.normalize()),
        }
    }
}

/// A line as it is billed.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    pub quantity: Decimal,
    /// In major units.
    pub unit_price: Decimal,
    pub discount: Discount,
    pub class: &'a Class,
}

impl Line<'_> {
    /// What it costs in the way prices are written, rounded half up. Refused where it does not fit, or where a discount is
    /// larger than the line.
    fn amount(&self, currency: Currency) -> Result<Money, Refusal> {
        let overflow = || Refusal::InvalidEmpty {
            field: "unit_price".into(),
            reason: Unusable::Money { why: MoneyError::Overflow },
        };
        let whole = self.quantity.checked_mul(self.unit_price).ok_or_else(overflow)?;
        let rest = self.discount.off(whole).ok_or_else(overflow)?;
        if rest.is_sign_negative() != whole.is_sign_negative() && !rest.is_zero() && !whole.is_zero() {
            let value = self.discount.to_string();
            return Err(Refusal::Invalid { field: "discount".into(), value, reason: Unusable::DiscountAboveLine });
        }
        let amount = Money::from_major_rounded(rest, currency).map_err(|_| overflow())?;
        if amount.fits() { Ok(amount) } else { Err(overflow()) }
    }
}

/// What a line comes to, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineTotal {
    pub net: i64,
    /// Its share of the tax of its class.
    pub tax: i64,
}

/// What the lines of one class come to, in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassTotal {
    pub class: String,
    /// In per cent.
    pub rate: Decimal,
    pub net: i64,
    pub tax: i64,
}

/// What a document comes to; its total is net and tax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    pub net: Money,
    pub tax: Money,
    pub lines: Vec<LineTotal>,
    /// In the order the classes first appear.
    pub classes: Vec<ClassTotal>,
}

/// Adds lines up.
pub fn total(lines: &[Line<'_>], prices: Prices, currency: Currency) -> Result<Totals, Refusal> {
    let money = |why: MoneyError| match why {
        MoneyError::Overflow => Refusal::TooLarge { what: "total".into() },
        why => Refusal::InvalidEmpty { field: "total".into(), reason: Unusable::Money { why } },
    };
    let amount = |(no, line): (usize, &Line<'_>)| line.amount(currency).map_err(|refusal| refusal.in_line(no));
    let amounts = lines.iter().enumerate().map(amount).collect::<Result<Vec<_>, _>>()?;
    let mut classes: Vec<ClassTotal> = Vec::new();
    let mut totals = vec![LineTotal { net: 0, tax: 0 }; lines.len()];
    for line in lines {
        if classes.iter().any(|known| known.class == line.class.code) {
            continue;
        }
        let (mut written, mut taxed) = (0i64, 0i64);
        for (i, amount) in amounts.iter().enumerate().filter(|(i, _)| lines[*i].class.code == line.class.code) {
            written = written.checked_add(amount.minor).ok_or(MoneyError::Overflow).map_err(money)?;
            let so_far = tax_on(written, line.class.rate, prices).map_err(money)?;
            let share = so_far - taxed;
            taxed = so_far;
            totals[i] = match prices {
                Prices::Net => LineTotal { net: amount.minor, tax: share },
                Prices::Gross => LineTotal { net: amount.minor - share, tax: share },
            };
        }
        let net = if prices == Prices::Net { written } else { written - taxed };
        classes.push(ClassTotal { class: line.class.code.clone(), rate: line.class.rate, net, tax: taxed });
    }
    let sum = |of: fn(&ClassTotal) -> i64| {
        let sum = classes.iter().try_fold(0i64, |sum, class| sum.checked_add(of(class)));
        sum.map(|minor| Money::new(minor, currency)).ok_or(MoneyError::Overflow).map_err(money)
    };
    Ok(Totals { net: sum(|class| class.net)?, tax: sum(|class| class.tax)?, lines: totals, classes })
}

/// Adds lines up with the tax on what an early payment of `percent` off would leave: it is charged on the reduced amount from
/// the start ([`super::early::Treatment::Mixed`]).
pub fn total_reduced(
    lines: &[Line<'_>],
    prices: Prices,
    currency: Currency,
    percent: Decimal,
) -> Result<Totals, Refusal> {
    let full = total(lines, prices, currency)?;
    let left = (Decimal::ONE_HUNDRED - percent) / Decimal::ONE_HUNDRED;
    let classes: Vec<Class> =
        lines.iter().map(|line| Class { rate: line.class.rate * left, ..line.class.clone() }).collect();
    let nets = full.lines.iter().zip(&classes).map(|(of, class)| Line {
        quantity: Decimal::ONE,
        unit_price: Money::new(of.net, currency).to_major(),
        discount: Discount::NONE,
        class,
    });
    total(&nets.collect::<Vec<_>>(), Prices::Net, currency)
}

/// The tax on an amount in minor units, or within it, rounded half away from zero. `rate` in per cent.
pub fn tax_on(minor: i64, rate: Decimal, prices: Prices) -> Result<i64, MoneyError> {
    let whole = if prices == Prices::Net { Decimal::ONE_HUNDRED } else { Decimal::ONE_HUNDRED + rate };
    let exact = Decimal::from(minor).checked_mul(rate).ok_or(MoneyError::Overflow)? / whole;
    let rounded = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    i64::try_from(rounded).map_err(|_| MoneyError::Overflow)
}

#[cfg(test)]
#[allow(clippy::inconsistent_digit_grouping, reason = "hundredths are set apart: 152_50 is 152.50")]
mod tests {
    use proptest::prelude::*;

    use super::super::tax::Treatment;
    use super::*;

    fn class(code: &str, rate: &str) -> Class {
        let rate: Decimal = rate.parse().unwrap();
        let treatment = if rate.is_zero() { Treatment::Exempt } else { Treatment::Taxable };
        Class {
            code: code.into(),
            letter: code.into(),
            treatment,
            rate,
            from: None,
            to: None,
            names: Default::default(),
        }
    }

    fn line<'a>(quantity: &str, unit_price: &str, discount: &str, class: &'a Class) -> Line<'a> {
        let discount = Discount::read(discount).unwrap();
        Line { quantity: quantity.parse().unwrap(), unit_price: unit_price.parse().unwrap(), discount, class }
    }

    /// Net and tax of a document in major units.
    fn sums(lines: &[Line<'_>], prices: Prices, currency: Currency) -> (String, String) {
        let totals = total(lines, prices, currency).unwrap();
        (totals.net.major_text(), totals.tax.major_text())
    }

    #[test]
    fn case_h1_a_taxed_and_an_untaxed_line() {
        let (taxed, free) = (class("T", "10"), class("N", "0"));
        let lines = [line("5", "40", "", &taxed), line("1", "20", "", &free)];
        assert_eq!(sums(&lines, Prices::Net, Currency::USD), ("220.00".into(), "20.00".into()));
    }

    #[test]
    fn case_h5_a_line_below_zero_takes_its_tax_back() {
        let taxed = class("T", "10");
        let lines = [line("5", "10", "", &taxed), line("-2", "5", "", &taxed)];
        let totals = total(&lines, Prices::Net, Currency::USD).unwrap();
        assert_eq!((totals.net.minor, totals.tax.minor), (4000, 400));
        assert_eq!(totals.lines, [LineTotal { net: 5000, tax: 500 }, LineTotal { net: -1000, tax: -100 }]);
    }

    /// The check values of the EBM receipts, which carry cents; the same price with tax in francs.
    #[test]
    fn prices_with_tax_hold_eighteen_parts_of_a_hundred_and_eighteen() {
        let b = class("B", "18");
        for (gross, cents, francs) in
            [("7000", "1067.80", "1068"), ("3500", "533.90", "534"), ("10500", "1601.69", "1602")]
        {
            assert_eq!(sums(&[line("1", gross, "", &b)], Prices::Gross, Currency::USD).1, cents);
            assert_eq!(sums(&[line("1", gross, "", &b)], Prices::Gross, Currency::RWF).1, francs);
        }
    }

    #[test]
    fn case_f25_the_tax_is_charged_on_what_an_early_payment_leaves() {
        let taxed = class("T", "21");
        let totals =
            total_reduced(&[line("1", "121", "", &taxed)], Prices::Gross, Currency::USD, Decimal::TWO).unwrap();
        assert_eq!((totals.net.major_text(), totals.tax.major_text()), ("100.00".into(), "20.58".into()));
        assert_eq!(totals.lines, [LineTotal { net: 100_00, tax: 20_58 }]);
        let (taxed, free) = (class("T", "15"), class("N", "0"));
        let both = [line("1", "1000", "", &taxed), line("1", "2000", "", &free)];
        let totals = total_reduced(&both, Prices::Net, Currency::USD, Decimal::TEN).unwrap(); // F23
        assert_eq!((totals.net.major_text(), totals.tax.major_text()), ("3000.00".into(), "135.00".into()));
    }

    #[test]
    fn tax_is_rounded_once_per_class_and_the_lines_add_up_to_it() {
        // 3 × 0.9 is 2.7, not 3 × 1.
        let b = class("B", "18");
        let lines = [line("1", "5", "", &b), line("1", "5", "", &b), line("1", "5", "", &b)];
        let totals = total(&lines, Prices::Net, Currency::RWF).unwrap();
        assert_eq!(totals.tax.minor, 3);
        assert_eq!(totals.lines.iter().map(|line| line.tax).collect::<Vec<_>>(), [1, 1, 1]);
        let lines = [line("1", "7", "", &b), line("1", "7", "", &b), line("1", "7", "", &b)];
        let totals = total(&lines, Prices::Net, Currency::RWF).unwrap();
        assert_eq!(
            (totals.tax.minor, totals.lines.iter().map(|line| line.tax).collect::<Vec<_>>()),
            (4, vec![1, 2, 1])
        );
    }

    #[test]
    fn a_discount_comes_off_before_the_tax() {
        let b = class("B", "18");
        for (discount, net, tax) in
            [("10%", "900", "162"), ("100", "900", "162"), ("-5%", "1050", "189"), ("100%", "0", "0")]
        {
            let lines = [line("2.5", "400", discount, &b)];
            assert_eq!(sums(&lines, Prices::Net, Currency::RWF), (net.into(), tax.into()), "{discount}");
        }
        let refused =
            |discount: &str| total(&[line("1", "100", discount, &b)], Prices::Net, Currency::RWF).unwrap_err();
        assert!(matches!(refused("101"), Refusal::Invalid { reason: Unusable::DiscountAboveLine, .. }));
        for text in ["101%", "free", "5%%", "1e3"] {
            assert!(Discount::read(text).is_err(), "{text}");
        }
        for text in ["0", "12.5%", "-3"] {
            assert_eq!(Discount::read(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_line_that_does_not_fit_is_refused() {
        let b = class("B", "18");
        let huge = "99999999999999999999";
        for lines in [[line(huge, huge, "", &b)], [line("1", huge, "", &b)]] {
            assert_eq!(total(&lines, Prices::Net, Currency::RWF).unwrap_err().field(), Some("lines[0].unit_price"));
        }
    }

    proptest! {
        /// Lines add up to their classes and classes to the document; prices with tax come back to the last unit.
        #[test]
        fn everything_adds_up(
            given in prop::collection::vec((-50i64..500, 0u32..4_000_000, 0u32..3, 0i64..100), 1..30),
            gross in any::<bool>(),
        ) {
            let classes = [class("A", "0"), class("B", "18"), class("E", "8.5")];
            let lines: Vec<Line<'_>> = given.iter().map(|(quantity, price, class, off)| Line {
                quantity: Decimal::new(*quantity, 1),
                unit_price: Decimal::new(i64::from(*price), 2),
                discount: Discount::Percent(Decimal::from(*off)),
                class: &classes[*class as usize],
            }).collect();
            let prices = if gross { Prices::Gross } else { Prices::Net };
            let totals = total(&lines, prices, Currency::RWF).unwrap();
            let net: i64 = totals.lines.iter().map(|line| line.net).sum();
            let tax: i64 = totals.lines.iter().map(|line| line.tax).sum();
            prop_assert_eq!((net, tax), (totals.net.minor, totals.tax.minor));
            for of in &totals.classes {
                let mine = lines.iter().zip(&totals.lines).filter(|(line, _)| line.class.code == of.class);
                let (net, tax) = mine.fold((0, 0), |(n, t), (_, line)| (n + line.net, t + line.tax));
                prop_assert_eq!((net, tax), (of.net, of.tax));
                let written = if gross { net + tax } else { net };
                prop_assert_eq!(tax_on(written, of.rate, prices).unwrap(), of.tax);
            }
            if gross {
                let written: i64 = lines.iter().map(|line| line.amount(Currency::RWF).unwrap().minor).sum();
                prop_assert_eq!(written, totals.net.minor + totals.tax.minor);
            }
        }
    }
}
