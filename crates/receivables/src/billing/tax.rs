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
    /// The same, because it leaves the country.
    Export,
    /// Not taxed, by a list of the law.
    Exempt,
    /// The seller is not registered, or the supply lies outside the tax.
    Outside,
    /// The buyer accounts for the tax.
    ReverseCharge,
    /// Not a sale: a levy that is collected for the state.
    Levy,
}

impl Treatment {
    pub const ALL: [(Treatment, &'static str); 7] = [
        (Treatment::Taxable, "taxable"),
        (Treatment::ZeroRated, "zero-rated"),
        (Treatment::Export, "export"),
        (Treatment::Exempt, "exempt"),
        (Treatment::Outside, "outside"),
        (Treatment::ReverseCharge, "reverse-charge"),
        (Treatment::Levy, "levy"),
    ];

    pub fn code(self) -> &'static str {
        crate::customer::code_of(&Treatment::ALL, self)
    }

    pub fn from_code(code: &str) -> Option<Treatment> {
        Treatment::ALL.iter().find(|(_, name)| *name == code).map(|(treatment, _)| *treatment)
    }
}

/// A tax class as it counts for some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    pub code: String,
    /// As the tax device calls it: A, B, C, D in Rwanda.
    pub letter: String,
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

    /// Whether a seller who is not registered for the tax may bill it.
    pub fn is_free_to_all(&self) -> bool {
        matches!(self.treatment, Treatment::Outside | Treatment::Levy)
    }

    fn counts_on(&self, on: Date) -> bool {
        counts((self.from, self.to), on)
    }
}

/// A further tax on what some classes sell, on the price without any tax; the VAT is not on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levy {
    /// The class of the line that carries it.
    pub code: String,
    /// In per cent of the price without tax.
    pub rate: Decimal,
    /// The classes it may come on.
    on: Vec<String>,
    pub names: [String; 4],
}

/// A class as a line may say it, alone or with a levy on it: `B`, `B+TT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub code: String,
    /// English, French, Kinyarwanda, Swahili.
    pub names: [String; 4],
}

/// Between a class and the levy on it.
const WITH: char = '+';

/// The tax classes of a country, none where there is no pack; and how the tax may follow a discount for paying early, the
/// usual way first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxes {
    classes: Vec<Class>,
    levies: Vec<Levy>,
    discounts: Vec<early::Treatment>,
}

/// No pack: no classes, and every way of a discount.
impl Default for Taxes {
    fn default() -> Taxes {
        Taxes {
            classes: Vec::new(),
            levies: Vec::new(),
            discounts: early::Treatment::ALL.map(|(treatment, _)| treatment).into(),
        }
    }
}

impl Taxes {
    /// Reads `class CODE RATE TREATMENT [as LETTER] [from DATE] [to DATE] | English | French | Kinyarwanda | Swahili`, one a
    /// line, `levy CODE RATE on CLASS… as LETTER [from DATE] [to DATE] | …` after the classes it comes on, and `discount WAY…`;
    /// `#` begins a comment. Refused with the line where it says something else, or where two rates of one class meet on a day.
    pub fn from_table(text: &str) -> Result<Taxes, String> {
        let Taxes { mut classes, mut levies, mut discounts } = Taxes::default();
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
            let (class, levy) = class_from(line).ok_or_else(wrong)?;
            let is_known = |code: &String| classes.iter().any(|known: &Class| known.code == *code);
            if levy.as_ref().is_some_and(|levy| !levy.on.iter().all(is_known)) {
                return Err(wrong());
            }
            let meets = |known: &Class| {
                let ends_before =
                    |one: &Class, other: &Class| matches!((one.to, other.from), (Some(to), Some(from)) if to < from);
                known.code == class.code && !ends_before(known, &class) && !ends_before(&class, known)
            };
            if classes.iter().any(meets) {
                return Err(format!("line {no}: class {} has two rates on one day", class.code));
            }
            classes.push(class);
            levies.extend(levy);
        }
        Ok(Taxes { classes, levies, discounts })
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

    /// What a line may say on a day.
    pub fn choices(&self, on: Date) -> Vec<Choice> {
        let is_sale = |class: &&Class| class.treatment != Treatment::Levy;
        let alone =
            self.on(on).filter(is_sale).map(|class| Choice { code: class.code.clone(), names: class.names.clone() });
        let mut choices: Vec<Choice> = alone.collect();
        for levy in self.levies.iter().filter(|levy| self.find(&levy.code, on).is_some()) {
            for class in levy.on.iter().filter_map(|code| self.find(code, on)) {
                let names = std::array::from_fn(|i| format!("{} {WITH} {}", class.names[i], levy.names[i]));
                choices.push(Choice { code: format!("{}{WITH}{}", class.code, levy.code), names });
            }
        }
        choices
    }

    /// The levies in what a line says, those of the day.
    pub fn levies(&self, said: &str, on: Date) -> impl Iterator<Item = &Levy> {
        let named = said.split(WITH).skip(1).map(str::to_owned).collect::<Vec<_>>();
        self.levies.iter().filter(move |levy| named.contains(&levy.code) && self.find(&levy.code, on).is_some())
    }

    /// What a class is called, the last time it counts.
    pub fn names_of(&self, code: &str) -> Option<&[String; 4]> {
        self.classes.iter().rfind(|class| class.code == code).map(|class| &class.names)
    }

    /// The levy whose lines have a class.
    pub fn levy(&self, code: &str, on: Date) -> Option<&Levy> {
        self.levies.iter().find(|levy| levy.code == code && self.find(code, on).is_some())
    }

    /// The class in what a line says, alone or before its levy; refused with what there is to say on the day.
    pub fn class(&self, said: &str, on: Date) -> Result<&Class, Refusal> {
        let code = said.split(WITH).next().unwrap_or_default();
        let can_be = code == said || self.choices(on).iter().any(|choice| choice.code == said);
        self.find(code, on).filter(|_| can_be).ok_or_else(|| self.refused(said, on))
    }

    /// Why a line cannot say that: with what there is to say on the day.
    pub fn refused(&self, said: &str, on: Date) -> Refusal {
        let known = self.choices(on).into_iter().map(|choice| choice.code).collect::<Vec<_>>().join(", ");
        let field = "tax_class".to_owned();
        let reason = Unusable::NoTaxClass { on, known };
        match said {
            "" => Refusal::InvalidEmpty { field, reason },
            _ => Refusal::Invalid { field, value: said.to_owned(), reason },
        }
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

fn class_from(line: &str) -> Option<(Class, Option<Levy>)> {
    let mut parts = line.split('|').map(str::trim);
    let mut words = parts.next()?.split_whitespace().peekable();
    let names = [parts.next()?, parts.next()?, parts.next()?, parts.next()?].map(str::to_owned);
    let is_levy = match words.next()? {
        "class" => false,
        "levy" => true,
        _ => return None,
    };
    let code = words.next().filter(|code| !code.contains(WITH))?.to_owned();
    let rate = Decimal::from_str_exact(words.next()?).ok()?;
    let word = words.next()?;
    let mut on = Vec::new();
    let treatment = if is_levy {
        while let Some(class) = words.next_if(|word| *word != "as") {
            on.push(class.to_owned());
        }
        Treatment::Levy
    } else {
        Treatment::from_code(word)?
    };
    let fits = match treatment {
        Treatment::Levy => is_levy && word == "on" && !on.is_empty() && words.peek().is_some() && rate > Decimal::ZERO,
        Treatment::Taxable => rate > Decimal::ZERO,
        _ => rate.is_zero(),
    };
    let letter = match words.next_if_eq(&"as") {
        Some(_) => words.next()?.to_owned(),
        None => code.clone(),
    };
    let (from, to) = span_from(words)?;
    if !fits || rate >= Decimal::ONE_HUNDRED || parts.next().is_some() {
        return None;
    }
    let levy = is_levy.then(|| Levy { code: code.clone(), rate, on, names: names.clone() });
    let rate = if is_levy { Decimal::ZERO } else { rate };
    Some((Class { code, letter, treatment, rate, from, to, names }, levy))
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
            ("X", "0", Treatment::Export),
            ("TT", "0", Treatment::Levy),
        ];
        assert_eq!(all, expected.map(|(code, rate, treatment)| (code, rate.to_owned(), treatment)));
    }

    #[test]
    fn the_tourism_levy_comes_on_top_of_a_class_from_its_day() {
        let taxes = Taxes::from_table(RWANDA).unwrap();
        let codes = |on: &str| taxes.choices(day(on)).into_iter().map(|c| c.code).collect::<Vec<_>>().join(" ");
        assert_eq!(codes("2025-06-30"), "A B C D X");
        assert_eq!(codes("2025-07-01"), "A B C D X B+TT D+TT");
        assert_eq!(taxes.class("B+TT", day("2025-07-01")).unwrap().code, "B");
        let levies: Vec<_> = taxes.levies("B+TT", day("2025-07-01")).map(|levy| levy.rate.to_string()).collect();
        assert_eq!(levies, ["3"]);
        assert_eq!(taxes.levies("B", day("2025-07-01")).count(), 0);
        for said in ["B+", "B+X", "X+TT", "+TT", "B+TT+TT", "TT+TT"] {
            assert!(taxes.class(said, day("2025-07-01")).is_err(), "{said}");
        }
        assert!(taxes.class("B+TT", day("2025-06-30")).is_err());
        assert_eq!(taxes.class("X", day("2025-07-01")).unwrap().letter, "C");
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
            ("class L 3 levy | a | b | c | d", "line 1"),
            ("class B+ 18 taxable | a | b | c | d", "line 1"),
            ("levy L 3 on as D | a | b | c | d", "line 1"),
            ("levy L 3 on B as D | a | b | c | d", "line 1"),
            ("levy L 0 on B as D | a | b | c | d", "line 1"),
            ("levy L 3 on B | a | b | c | d", "line 1"),
        ] {
            assert!(Taxes::from_table(line).is_err_and(|why| why.starts_with(at)), "{line}");
        }
        let twice = format!("class B 18 taxable {names}\n# and again\nclass B 19 taxable from 2026-01-01 {names}");
        assert_eq!(Taxes::from_table(&twice), Err("line 3: class B has two rates on one day".into()));
    }
}
