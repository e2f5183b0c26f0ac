//! What of an invoice a credit note takes back: all that is left, some lines, or an amount. The last note takes the rest, so
//! that the notes of an invoice add up to it (DESIGN §5.10).

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::line::{ClassTotal, LineTotal, Prices, tax_on};
use crate::money::{MoneyError, share_minor};
use crate::{Currency, Money, Refusal, Unusable};

/// Why an invoice is credited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    MissingQuantity,
    MissingItem,
    Damaged,
    Wasted,
    Shortage,
    Returned,
    WrongTin,
    WrongName,
    WrongPrice,
    WrongQuantity,
    WrongItem,
    WrongTax,
    Other,
}

impl Reason {
    pub const ALL: [(Reason, &'static str); 13] = [
        (Reason::MissingQuantity, "missing-quantity"),
        (Reason::MissingItem, "missing-item"),
        (Reason::Damaged, "damaged"),
        (Reason::Wasted, "wasted"),
        (Reason::Shortage, "shortage"),
        (Reason::Returned, "returned"),
        (Reason::WrongTin, "wrong-tin"),
        (Reason::WrongName, "wrong-name"),
        (Reason::WrongPrice, "wrong-price"),
        (Reason::WrongQuantity, "wrong-quantity"),
        (Reason::WrongItem, "wrong-item"),
        (Reason::WrongTax, "wrong-tax"),
        (Reason::Other, "other"),
    ];

    pub fn code(self) -> &'static str {
        crate::customer::code_of(&Reason::ALL, self)
    }

    pub fn from_code(code: &str) -> Result<Reason, Refusal> {
        crate::customer::of_code(&Reason::ALL, "reason", code)
    }
}

/// What is left of an invoice. Amounts are in minor units and above zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    pub number: String,
    pub currency: Currency,
    /// By class; of an invoice without classes, one that has no code.
    pub classes: Vec<ClassTotal>,
    pub lines: Vec<LineLeft>,
    /// Numbers of lines that are levies, each with those of the lines it is of.
    pub levies: Vec<(i64, Vec<i64>)>,
}

/// Decimals of the part of a levy that goes with a part of its lines.
const LEVY_DECIMALS: u32 = 6;

/// What is left of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineLeft {
    /// From 1.
    pub no: i64,
    pub class: String,
    pub quantity: Decimal,
    pub net: i64,
}

/// A line to be credited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditedLine {
    pub no: i64,
    pub quantity: Decimal,
    pub total: LineTotal,
}

/// What a credit note takes back, in minor units above zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    pub classes: Vec<ClassTotal>,
    /// The lines it names; none where it is an amount.
    pub lines: Vec<CreditedLine>,
}

impl Left {
    fn sum(&self, prices: Prices) -> i64 {
        self.classes.iter().map(|class| worth(class, prices)).sum()
    }

    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }

    /// The same after something was taken with its tax, of which no class is known: in parts of what is left of each.
    pub fn less(mut self, gross: i64) -> Result<Left, Refusal> {
        let taken = self.by_amount(gross.min(self.sum(Prices::Gross)), Prices::Gross)?;
        for of in &taken.classes {
            for class in self.classes.iter_mut().filter(|class| class.class == of.class) {
                (class.net, class.tax) = (class.net - of.net, class.tax - of.tax);
            }
        }
        Ok(self)
    }

    /// Refused where more is wanted than is left, or nothing. Minor units, above zero.
    pub fn holds(&self, amount: i64, prices: Prices) -> Result<(), Refusal> {
        let left = self.sum(prices);
        if amount <= 0 && left > 0 {
            return Err(Refusal::NotPositive { amount: self.money(amount) });
        }
        if left <= 0 {
            return Err(Refusal::AllCredited { invoice: self.number.clone() });
        }
        if amount > left {
            let (invoice, left, amount) = (self.number.clone(), self.money(left), self.money(amount));
            return Err(Refusal::ExceedsCreditable { invoice, left, amount });
        }
        Ok(())
    }

    /// All that is left: by lines where each is as it was billed, else by class.
    pub fn whole(&self) -> Result<Credit, Refusal> {
        self.holds(self.sum(Prices::Gross), Prices::Gross)?;
        let of_lines: i64 = self.lines.iter().map(|line| line.net).sum();
        if of_lines != self.sum(Prices::Net) {
            return Ok(Credit { classes: self.classes.clone(), lines: Vec::new() });
        }
        let all: Vec<(i64, Decimal)> =
            self.lines.iter().filter(|line| !line.quantity.is_zero()).map(|line| (line.no, line.quantity)).collect();
        if all.is_empty() {
            return Ok(Credit { classes: self.classes.clone(), lines: Vec::new() });
        }
        self.by_line(&all)
    }

    /// An amount, without its tax or with it, in parts of what is left of each class.
    pub fn by_amount(&self, amount: i64, prices: Prices) -> Result<Credit, Refusal> {
        self.holds(amount, prices)?;
        let (mut rest, mut of) = (amount, self.sum(prices));
        let mut classes = Vec::with_capacity(self.classes.len());
        for class in &self.classes {
            let worth = worth(class, prices);
            let part = if of == 0 { 0 } else { share_minor(rest, worth, of)? };
            (rest, of) = (rest - part, of - worth);
            if part != 0 {
                classes.push(part_of(class, part, prices)?);
            }
        }
        Ok(Credit { classes, lines: Vec::new() })
    }

    /// What of the levies goes with some lines, where nobody said it: as much of a levy as of what it is of, in net.
    fn with_levies(&self, wanted: &[(i64, Decimal)]) -> Result<Vec<(i64, Decimal)>, Refusal> {
        let mut all = wanted.to_vec();
        let line = |no: i64| self.lines.iter().find(|line| line.no == no);
        for (levy, of) in self.levies.iter().filter(|(levy, _)| wanted.iter().all(|(no, _)| no != levy)) {
            let (mut credited, mut left) = (Decimal::ZERO, Decimal::ZERO);
            for line in of.iter().filter_map(|no| line(*no)).filter(|line| !line.quantity.is_zero()) {
                let net = Decimal::from(line.net);
                left += net;
                if let Some((_, quantity)) = wanted.iter().find(|(no, _)| *no == line.no) {
                    credited += net.checked_mul(*quantity).ok_or(MoneyError::Overflow)? / line.quantity;
                }
            }
            let Some(levy) = line(*levy).filter(|levy| !levy.quantity.is_zero()) else { continue };
            if credited.is_zero() || left.is_zero() {
                continue;
            }
            let part = levy.quantity.checked_mul(credited).ok_or(MoneyError::Overflow)? / left;
            let part = if credited == left { levy.quantity } else { part.round_dp(LEVY_DECIMALS) };
            if !part.is_zero() && part.abs() <= levy.quantity.abs() {
                all.push((levy.no, part));
            }
        }
        Ok(all)
    }

    /// Some lines, each with how much of it; the levies on them go along.
    pub fn by_line(&self, wanted: &[(i64, Decimal)]) -> Result<Credit, Refusal> {
        let wanted = self.with_levies(wanted)?;
        let mut lines: Vec<CreditedLine> = Vec::with_capacity(wanted.len());
        for (no, quantity) in &wanted {
            let missing = || Refusal::NotFound { kind: "line".into(), name: no.to_string() };
            let line = self.lines.iter().find(|line| line.no == *no).ok_or_else(missing)?;
            let within = quantity.abs() <= line.quantity.abs()
                && quantity.is_sign_negative() == line.quantity.is_sign_negative();
            if !within || quantity.is_zero() || lines.iter().any(|known| known.no == *no) {
                let (field, value) = ("quantity".to_owned(), quantity.normalize().to_string());
                let reason =
                    Unusable::NotLeftOfLine { no: no.to_string(), left: line.quantity.normalize().to_string() };
                return Err(Refusal::Invalid { field, value, reason });
            }
            let exact = Decimal::from(line.net).checked_mul(*quantity).ok_or(MoneyError::Overflow)? / line.quantity;
            let net = exact.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
            let net = net.to_i64().ok_or(MoneyError::Overflow)?;
            lines.push(CreditedLine { no: *no, quantity: *quantity, total: LineTotal { net, tax: 0 } });
        }
        let mut classes = Vec::new();
        for class in &self.classes {
            let of_class = |no: i64| self.lines.iter().any(|line| line.no == no && line.class == class.class);
            let mine: Vec<usize> = (0..lines.len()).filter(|i| of_class(lines[*i].no)).collect();
            let net: i64 = mine.iter().map(|i| lines[*i].total.net).sum();
            if mine.is_empty() {
                continue;
            }
            let total = part_of(class, net, Prices::Net)?;
            let (mut so_far, mut taxed) = (0, 0);
            for (n, i) in (1..).zip(&mine) {
                so_far += lines[*i].total.net;
                let tax = if n == mine.len() { total.tax } else { tax_on(so_far, class.rate, Prices::Net)? };
                (lines[*i].total.tax, taxed) = (tax - taxed, tax);
            }
            classes.push(total);
        }
        self.holds(classes.iter().map(|class| worth(class, Prices::Gross)).sum(), Prices::Gross)?;
        Ok(Credit { classes, lines })
    }
}

fn worth(class: &ClassTotal, prices: Prices) -> i64 {
    if prices == Prices::Net { class.net } else { class.net + class.tax }
}

/// A part of what is left of a class; all of it takes the tax that is left, less takes the tax of its own.
fn part_of(class: &ClassTotal, part: i64, prices: Prices) -> Result<ClassTotal, Refusal> {
    let tax = match worth(class, prices) {
        left if left == part => class.tax,
        // An invoice without classes says its tax, but no rate.
        left if class.class.is_empty() => share_minor(class.tax, part, left)?,
        _ => tax_on(part, class.rate, prices)?.min(class.tax.max(0)).max(class.tax.min(0)),
    };
    // Where roundings before left more tax than is due on it, that tax goes before the net falls below zero.
    let net = if prices == Prices::Net { part } else { (part - tax).min(class.net.max(0)).max(class.net.min(0)) };
    let tax = if prices == Prices::Net { tax } else { part - net };
    Ok(ClassTotal { net, tax, ..class.clone() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn left(classes: &[(&str, &str, i64, i64)], lines: &[(&str, &str, i64)]) -> Left {
        let class = |(code, rate, net, tax): &(&str, &str, i64, i64)| ClassTotal {
            class: (*code).into(),
            rate: rate.parse().unwrap(),
            net: *net,
            tax: *tax,
        };
        let line = |(no, (class, quantity, net)): (i64, &(&str, &str, i64))| LineLeft {
            no,
            class: (*class).into(),
            quantity: quantity.parse().unwrap(),
            net: *net,
        };
        Left {
            number: "INV-1".into(),
            currency: Currency::USD,
            classes: classes.iter().map(class).collect(),
            lines: (1..).zip(lines).map(line).collect(),
            levies: Vec::new(),
        }
    }

    /// Net, tax and total of a credit.
    fn sums(credit: &Credit) -> (i64, i64, i64) {
        let (net, tax) = credit.classes.iter().fold((0, 0), |(n, t), class| (n + class.net, t + class.tax));
        (net, tax, net + tax)
    }

    /// What is left after a credit.
    fn after(left: &Left, credit: &Credit) -> Left {
        let mut left = left.clone();
        for class in &mut left.classes {
            for of in credit.classes.iter().filter(|of| of.class == class.class) {
                class.net -= of.net;
                class.tax -= of.tax;
            }
        }
        for line in &mut left.lines {
            for of in credit.lines.iter().filter(|of| of.no == line.no) {
                line.net -= of.total.net;
                line.quantity -= of.quantity;
            }
        }
        left
    }

    #[test]
    fn case_h10_the_total_is_the_sum_of_what_is_shown() {
        let invoice = left(&[("S", "25", 20_000, 5_000)], &[]);
        assert_eq!(sums(&invoice.by_amount(19_333, Prices::Net).unwrap()), (19_333, 4_833, 24_166));
    }

    #[test]
    fn case_h11_the_same_of_another_amount() {
        let invoice = left(&[("S", "25", 16_000, 4_000)], &[]);
        assert_eq!(sums(&invoice.by_amount(15_467, Prices::Net).unwrap()), (15_467, 3_867, 19_334));
    }

    #[test]
    fn case_h13_the_last_note_takes_the_rest() {
        let invoice = left(&[("S", "20", 76_900, 15_380)], &[]);
        let first = invoice.by_amount(72_686, Prices::Net).unwrap();
        assert_eq!(sums(&first), (72_686, 14_537, 87_223));
        let rest = after(&invoice, &first);
        assert_eq!(sums(&rest.by_amount(4_214, Prices::Net).unwrap()), (4_214, 843, 5_057));
        assert_eq!(sums(&rest.whole().unwrap()), (4_214, 843, 5_057));
    }

    #[test]
    fn lines_are_credited_in_part_and_no_further() {
        let invoice = left(
            &[("B", "18", 304_500, 54_810), ("A", "0", 12_000, 0)],
            &[("B", "10", 300_000), ("B", "1", 4_500), ("A", "3", 12_000)],
        );
        let some = invoice.by_line(&[(1, 3.into()), (3, 1.into())]).unwrap();
        assert_eq!(sums(&some), (94_000, 16_200, 110_200));
        assert_eq!(some.lines[0].total, LineTotal { net: 90_000, tax: 16_200 });
        let rest = after(&invoice, &some);
        let refused =
            |left: &Left, no: i64, quantity: &str| left.by_line(&[(no, quantity.parse().unwrap())]).unwrap_err();
        for (no, quantity) in [(1, "7.5"), (1, "0"), (1, "-1"), (4, "1")] {
            assert!(
                matches!(refused(&rest, no, quantity), Refusal::Invalid { .. } | Refusal::NotFound { .. }),
                "{no} {quantity}"
            );
        }
        assert!(rest.by_line(&[(1, 1.into()), (1, 1.into())]).is_err(), "a line twice");
        let whole = rest.whole().unwrap();
        assert_eq!((sums(&whole), whole.lines.len()), ((222_500, 38_610, 261_110), 3));
        let nothing = after(&rest, &whole);
        assert!(matches!(nothing.whole(), Err(Refusal::AllCredited { .. })));
    }

    #[test]
    fn an_amount_is_spread_over_the_classes_and_never_more_than_is_left() {
        let invoice =
            left(&[("B", "18", 10_000, 1_800), ("A", "0", 8_200, 0)], &[("B", "1", 10_000), ("A", "1", 8_200)]);
        assert_eq!(sums(&invoice.by_amount(10_000, Prices::Gross).unwrap()), (9_100, 900, 10_000));
        for amount in [0, -5, 20_001] {
            assert!(invoice.by_amount(amount, Prices::Gross).is_err(), "{amount}");
        }
        // Lines do not add up to what is left any more: the rest goes by class.
        let rest = after(&invoice, &invoice.by_amount(10_000, Prices::Gross).unwrap());
        let whole = rest.whole().unwrap();
        assert_eq!((sums(&whole), whole.lines.len()), ((9_100, 900, 10_000), 0));
    }

    #[test]
    fn an_invoice_without_classes_gives_its_tax_back_in_proportion() {
        let invoice = left(&[("", "0", 1_000, 180)], &[]);
        assert_eq!(sums(&invoice.by_amount(590, Prices::Gross).unwrap()), (500, 90, 590));
    }

    #[test]
    fn tax_that_roundings_left_goes_before_the_net_falls_below_zero() {
        let rest = left(&[("B", "18", 1, 2)], &[]);
        let credit = rest.by_amount(2, Prices::Gross).unwrap();
        assert_eq!(sums(&credit), (1, 1, 2));
    }

    /// Three nights with their levy: of one night goes a third of it, and the rest with the last.
    #[test]
    fn a_levy_goes_with_what_it_is_of() {
        let nights =
            left(&[("B", "18", 240_000, 43_200), ("TT", "0", 7_200, 0)], &[("B", "3", 240_000), ("TT", "1", 7_200)]);
        let mut nights = Left { levies: vec![(2, vec![1])], ..nights };
        for (wanted, expected) in [("1", (82_400, 14_400, 96_800)), ("2", (164_800, 28_800, 193_600))] {
            let credit = nights.by_line(&[(1, wanted.parse().unwrap())]).unwrap();
            assert_eq!(sums(&credit), expected, "{wanted}");
            nights = after(&nights, &credit);
        }
        assert!(nights.classes.iter().all(|class| class.net == 0 && class.tax == 0), "{nights:?}");
        // What somebody says of the levy itself counts.
        let nights =
            left(&[("B", "18", 240_000, 43_200), ("TT", "0", 7_200, 0)], &[("B", "3", 240_000), ("TT", "1", 7_200)]);
        let nights = Left { levies: vec![(2, vec![1])], ..nights };
        let said = nights.by_line(&[(1, Decimal::ONE), (2, Decimal::ONE)]).unwrap();
        assert_eq!(sums(&said), (87_200, 14_400, 101_600));
    }

    proptest! {
        /// However an invoice is credited bit by bit, the notes add up to it and none goes below zero.
        #[test]
        fn notes_add_up_to_their_invoice(
            nets in prop::collection::vec(1i64..1_000_000, 1..4),
            steps in prop::collection::vec((1u32..100, any::<bool>()), 0..8),
        ) {
            let classes: Vec<ClassTotal> = nets.iter().enumerate().map(|(i, net)| {
                let rate = Decimal::from([18, 0, 8][i]);
                ClassTotal { class: format!("{i}"), rate, net: *net, tax: tax_on(*net, rate, Prices::Net).unwrap() }
            }).collect();
            let mut rest = Left { number: "INV-1".into(), currency: Currency::RWF, classes, lines: Vec::new(), levies: Vec::new() };
            let whole = (rest.sum(Prices::Net), rest.sum(Prices::Gross));
            let mut credited = (0, 0);
            let mut take = |rest: &Left, credit: &Credit| {
                let (net, _, total) = sums(credit);
                credited = (credited.0 + net, credited.1 + total);
                after(rest, credit)
            };
            for (percent, gross) in steps {
                let prices = if gross { Prices::Gross } else { Prices::Net };
                let amount = rest.sum(prices) * i64::from(percent) / 100;
                let Ok(credit) = rest.by_amount(amount, prices) else { continue };
                prop_assert_eq!(if gross { sums(&credit).2 } else { sums(&credit).0 }, amount);
                rest = take(&rest, &credit);
                prop_assert!(rest.classes.iter().all(|class| class.net >= 0 && class.tax >= 0), "{:?}", rest);
            }
            if let Ok(credit) = rest.whole() {
                rest = take(&rest, &credit);
            }
            prop_assert_eq!(rest.sum(Prices::Gross), 0);
            prop_assert_eq!(credited, whole);
        }
    }
}
