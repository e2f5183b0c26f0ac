//! Tax classes and what they take. They are a country pack's data (`country/rw/tax.txt`), read by [`Taxes::from_table`]; this
//! file knows no country.

use rust_decimal::Decimal;

use super::early;
use crate::{Date, Refusal, Unusable};

/// What a class means for whoever sells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Treatment {
    /// Taxed above zero.
    Taxable,
    /// Taxed at zero: the seller recovers the tax on purchases.
    ZeroRated,
    /// Not taxed, by a list of the law.
    Exempt,
    /// The seller is not registered, or the supply lies outside the tax.
    Outside,
}

impl Treatment {
    pub const ALL: [(Treatment, &'static str); 4] = [
        (Treatment::Taxable, "taxable"),
        (Treatment::ZeroRated, "zero-rated"),
        (Treatment::Exempt, "exempt"),
        (Treatment::Outside, "outside"),
    ];

    pub fn code(self) -> &'static str {
        crate::customer::code_of(&Treatment::ALL, self)
    }
}

/// A tax class as it counts for some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// As the tax device calls it: A, B, C, D in Rwanda.
    pub code: String,
    pub treatment: Treatment,
    /// In per cent of the price without tax.
    pub rate: Decimal,
    /// First and last day it counts; `None` without end.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// English, French, Kinyarwanda, Swahili.
    pub names: [String; 4],
}

impl Class {
    /// Whether the supply lies outside the tax.
    pub fn is_outside(&self) -> bool {
        self.treatment == Treatment::Outside
    }

    fn counts_on(&self, on: Date) -> bool {
        counts((self.from, self.to), on)
    }
}

/// The tax classes of a country, none where there is no pack; and how the tax may follow a discount for paying early, the
/// usual way first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxes {
    classes: Vec<Class>,
    discounts: Vec<early::Treatment>,
}

/// No pack: no classes, and every way of a discount.
impl Default for Taxes {
    fn default() -> Taxes {
        Taxes { classes: Vec::new(), discounts: early::Treatment::ALL.map(|(treatment, _)| treatment).into() }
    }
}

impl Taxes {
    /// Reads `class CODE RATE TREATMENT [from DATE] [to DATE] | English | French | Kinyarwanda | Swahili`, one a line, and
    /// `discount WAY…`; `#` begins a comment. Refused with the line where it says something else, or where two rates of one
    /// class meet on a day.
    pub fn from_table(text: &str) -> Result<Taxes, String> {
        let Taxes { mut classes, mut discounts } = Taxes::default();
        for (no, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = || format!("line {no}: {line}");
            if let Some(ways) = line.strip_prefix("discount ") {
                discounts = ways.split_whitespace().map(discount_from).collect::<Option<_>>().ok_or_else(wrong)?;
                continue;
            }
            let class = class_from(line).ok_or_else(wrong)?;
            let meets = |known: &Class| {
                let ends_before =
                    |one: &Class, other: &Class| matches!((one.to, other.from), (Some(to), Some(from)) if to < from);
                known.code == class.code && !ends_before(known, &class) && !ends_before(&class, known)
            };
            if classes.iter().any(meets) {
                return Err(format!("line {no}: class {} has two rates on one day", class.code));
            }
            classes.push(class);
        }
        Ok(Taxes { classes, discounts })
    }

    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// How the tax follows a discount for paying early: as it is asked for, where the country allows that, else the usual way.
    pub fn discount(&self, asked: Option<early::Treatment>) -> Result<early::Treatment, Refusal> {
        match asked {
            None => Ok(self.discounts.first().copied().unwrap_or(early::Treatment::Gross)),
            Some(asked) if self.discounts.contains(&asked) => Ok(asked),
            Some(asked) => {
                let known = self.discounts.iter().map(|way| way.code()).collect::<Vec<_>>().join(", ");
                let reason = Unusable::NotAmong { known };
                Err(Refusal::Invalid { field: "terms".into(), value: format!("tax {}", asked.code()), reason })
            }
        }
    }

    /// The classes that count on a day.
    pub fn on(&self, on: Date) -> impl Iterator<Item = &Class> {
        self.classes.iter().filter(move |class| class.counts_on(on))
    }

    /// A class by its code, where it counts on the day.
    pub fn find(&self, code: &str, on: Date) -> Option<&Class> {
        self.on(on).find(|class| class.code == code)
    }

    /// The same; refused with the codes there are on the day.
    pub fn class(&self, code: &str, on: Date) -> Result<&Class, Refusal> {
        self.find(code, on).ok_or_else(|| {
            let known = self.on(on).map(|class| class.code.as_str()).collect::<Vec<_>>().join(", ");
            let field = "tax_class".to_owned();
            let reason = Unusable::NoTaxClass { on, known };
            match code {
                "" => Refusal::InvalidEmpty { field, reason },
                _ => Refusal::Invalid { field, value: code.to_owned(), reason },
            }
        })
    }
}

/// First and last day that something counts; `None` without end.
pub(super) type Span = (Option<Date>, Option<Date>);

pub(super) fn counts((from, to): Span, on: Date) -> bool {
    from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to)
}

/// `[from DATE] [to DATE]` at the end of a line of a pack.
pub(super) fn span_from<'w>(mut words: impl Iterator<Item = &'w str>) -> Option<Span> {
    let (mut from, mut to) = (None, None);
    while let Some(word) = words.next() {
        let day = words.next()?.parse().ok()?;
        match word {
            "from" => from = Some(day),
            "to" => to = Some(day),
            _ => return None,
        }
    }
    Some((from, to))
}

fn discount_from(code: &str) -> Option<early::Treatment> {
    early::Treatment::ALL.iter().find(|(_, known)| *known == code).map(|(way, _)| *way)
}

fn class_from(line: &str) -> Option<Class> {
    let mut parts = line.split('|').map(str::trim);
    let mut words = parts.next()?.split_whitespace();
    let names = [parts.next()?, parts.next()?, parts.next()?, parts.next()?].map(str::to_owned);
    if words.next()? != "class" || parts.next().is_some() {
        return None;
    }
    let code = words.next()?.to_owned();
    let rate = Decimal::from_str_exact(words.next()?).ok()?;
    let treatment = words.next()?;
    let treatment = Treatment::ALL.iter().find(|(_, name)| *name == treatment)?.0;
    let (from, to) = span_from(words)?;
    let fits = (treatment == Treatment::Taxable) == (rate > Decimal::ZERO) && rate < Decimal::ONE_HUNDRED;
    fits.then_some(Class { code, treatment, rate, from, to, names })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RWANDA: &str = include_str!("../../../../country/rw/tax.txt");

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn rwanda_has_four_classes_at_the_rates_of_its_law() {
        let taxes = Taxes::from_table(RWANDA).unwrap();
        let all: Vec<_> =
            taxes.on(day("2026-10-01")).map(|c| (c.code.as_str(), c.rate.to_string(), c.treatment)).collect();
        let expected = [
            ("A", "0", Treatment::Exempt),
            ("B", "18", Treatment::Taxable),
            ("C", "0", Treatment::ZeroRated),
            ("D", "0", Treatment::Outside),
        ];
        assert_eq!(all, expected.map(|(code, rate, treatment)| (code, rate.to_owned(), treatment)));
    }

    #[test]
    fn rwanda_leaves_the_tax_as_it_was_charged_where_somebody_pays_early() {
        use early::Treatment as Way;
        let taxes = Taxes::from_table(RWANDA).unwrap();
        assert_eq!(taxes.discount(None), Ok(Way::Gross));
        assert_eq!(taxes.discount(Some(Way::Excluded)), Ok(Way::Excluded));
        for way in [Way::Included, Way::Mixed] {
            assert_eq!(taxes.discount(Some(way)).unwrap_err().field(), Some("terms"));
            assert_eq!(Taxes::default().discount(Some(way)), Ok(way));
        }
    }

    #[test]
    fn a_class_counts_from_its_day_to_its_day() {
        let text = "class S 15 taxable to 2020-12-31 | a | b | c | d\nclass S 16 taxable from 2021-01-01 | a | b | c | d\n\
                    class T 5 taxable from 2020-01-01 to 2020-06-30 | a | b | c | d";
        let taxes = Taxes::from_table(text).unwrap();
        let rate = |code: &str, on: &str| taxes.class(code, day(on)).map(|class| class.rate.to_string());
        assert_eq!(rate("S", "2020-12-31"), Ok("15".into()));
        assert_eq!(rate("S", "2021-01-01"), Ok("16".into()));
        assert_eq!(rate("T", "2020-06-30"), Ok("5".into()));
        let refused = rate("T", "2020-07-01").expect_err("it is over");
        assert!(
            matches!(&refused, Refusal::Invalid { reason: Unusable::NoTaxClass { known, .. }, .. } if known == "S")
        );
        assert!(matches!(rate("", "2020-07-01"), Err(Refusal::InvalidEmpty { .. })));
    }

    #[test]
    fn a_table_that_says_something_else_is_refused_with_its_line() {
        let names = "| a | b | c | d";
        for (line, at) in [
            ("class B 18 taxable", "line 1"),
            ("rate B 18 taxable | a | b | c | d", "line 1"),
            ("class B -18 taxable | a | b | c | d", "line 1"),
            ("class B 0 taxable | a | b | c | d", "line 1"),
            ("class A 5 exempt | a | b | c | d", "line 1"),
            ("class B 18 taxable until 2020-01-01 | a | b | c | d", "line 1"),
            ("class B 18 taxable from 2020-02-31 | a | b | c | d", "line 1"),
            ("discount half", "line 1"),
        ] {
            assert!(Taxes::from_table(line).is_err_and(|why| why.starts_with(at)), "{line}");
        }
        let twice = format!("class B 18 taxable {names}\n# and again\nclass B 19 taxable from 2026-01-01 {names}");
        assert_eq!(Taxes::from_table(&twice), Err("line 3: class B has two rates on one day".into()));
    }
}
