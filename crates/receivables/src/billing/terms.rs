//! Payment terms: in which parts an invoice falls due, and what paying early takes off. Written as people of the trade write
//! them: `30`, `30 eom`, `30% 30; 50% 60; rest 90`, `2/10; 1/14; net 30`.

use std::fmt;

use rust_decimal::Decimal;

use super::early::{Early, Off, Offer, Treatment};
use crate::calendar::Calendar;
use crate::{Date, Money, Refusal, Unusable};

/// As many parts and offers as terms may have.
pub const MOST: usize = 60;

/// The longest time to pay, in days: ten years.
const DAYS_MOST: i32 = 3650;

/// How far the shares of terms may lie from a hundred per cent: thirds written with six decimals do.
const SHARES_WITHIN: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// When a part is due, counted from the day of issue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Due {
    pub days: i32,
    pub months: i32,
    pub then: Then,
}

/// What the counted day moves to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Then {
    Stays,
    /// The end of its month, and days after that.
    EndOfMonth {
        days: i32,
    },
    /// The next such day of a month, or the last of a month that is shorter.
    DayOfMonth(i8),
}

impl Due {
    /// The day this falls on.
    pub fn on(self, issued_on: Date) -> Date {
        let counted = issued_on.plus_months(self.months).plus_days(self.days);
        match self.then {
            Then::Stays => counted,
            Then::EndOfMonth { days } => counted.last_of_month().plus_days(days),
            Then::DayOfMonth(day) => {
                let within = |month: Date| {
                    let last = month.last_of_month();
                    month.first_of_month().plus_days(i32::from(day.min(last.day())) - 1)
                };
                let this = within(counted);
                if this >= counted { this } else { within(counted.first_of_month().plus_months(1)) }
            }
        }
    }
}

/// How much of the total a part is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Share {
    Percent(Decimal),
    /// Major units.
    Fixed(Decimal),
    /// What the parts before it leave.
    Rest,
}

/// Terms of payment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Terms {
    parts: Vec<(Share, Due)>,
    offers: Vec<(Off, i32)>,
    treatment: Option<Treatment>,
}

/// Whether a due day that is not a working day moves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moves {
    Stays,
    Next,
    Before,
}

impl Moves {
    pub const ALL: [(Moves, &'static str); 3] =
        [(Moves::Stays, "stays"), (Moves::Next, "next"), (Moves::Before, "before")];

    pub fn from_code(code: &str) -> Result<Moves, Refusal> {
        crate::customer::of_code(&Moves::ALL, "due-days", code)
    }

    /// The working day for a due day.
    pub fn moved(self, day: Date, calendar: &Calendar) -> Date {
        match self {
            Moves::Stays => day,
            _ if calendar.is_working_day(day) => day,
            Moves::Next => calendar.next_working_day(day),
            Moves::Before => calendar.working_day_before(day),
        }
    }
}

/// One instalment of a total.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Instalment {
    pub due_on: Date,
    /// Minor units of the document's currency.
    pub amount: i64,
}

impl Terms {
    /// Reads terms: clauses with `;` between. `P/D` is P per cent off within D days (`50 off/D` an amount), `P% DUE`,
    /// `AMOUNT DUE` and `rest DUE` are parts, `net DUE` or `DUE` alone is one for all, `tax WORD` says how an early payment
    /// treats the tax. DUE is days or months (`30`, `2m`), then `eom`, `eom+10` or `day 15` where they move.
    pub fn read(text: &str) -> Result<Terms, Refusal> {
        let unusable = |reason| Refusal::Invalid { field: "terms".into(), value: text.into(), reason };
        let mut terms = Terms { parts: Vec::new(), offers: Vec::new(), treatment: None };
        for clause in text.split([';', ',']).map(str::trim).filter(|clause| !clause.is_empty()) {
            terms.add(clause).ok_or_else(|| unusable(Unusable::NoTerms))?;
        }
        if terms.parts.is_empty() || terms.parts.len() > MOST || terms.offers.len() > MOST {
            return Err(unusable(Unusable::NoTerms));
        }
        let whole = terms.parts.iter().position(|(share, _)| *share == Share::Rest);
        if whole.is_some_and(|at| at + 1 != terms.parts.len()) {
            return Err(unusable(Unusable::RestIsLast));
        }
        let percent: Decimal = terms.parts.iter().filter_map(|(share, _)| share.percent()).sum();
        let fixed = terms.parts.iter().any(|(share, _)| matches!(share, Share::Fixed(_)));
        let fits = match (whole, fixed) {
            (Some(_), _) => percent < Decimal::ONE_HUNDRED,
            (None, true) => false,
            (None, false) => (percent - Decimal::ONE_HUNDRED).abs() <= SHARES_WITHIN,
        };
        if !fits {
            return Err(unusable(Unusable::SharesDoNotFit { percent: percent.normalize().to_string() }));
        }
        terms.offers.sort_by_key(|(_, days)| *days);
        Ok(terms)
    }

    fn add(&mut self, clause: &str) -> Option<()> {
        let words: Vec<&str> = clause.split_whitespace().collect();
        match words[..] {
            ["tax", word] => self.treatment = Some(Treatment::ALL.iter().find(|(_, code)| *code == word)?.0),
            ["rest" | "net", ref due @ ..] => self.parts.push((Share::Rest, due_from(due)?)),
            [amount, off] if off.starts_with("off/") => {
                let (amount, days) = (positive(amount)?, within(off.strip_prefix("off/")?)?);
                self.offers.push((Off::Amount(amount), days));
            }
            [one] if one.contains('/') => {
                let (percent, days) = one.split_once('/')?;
                let percent = positive(percent).filter(|percent| *percent < Decimal::ONE_HUNDRED)?;
                self.offers.push((Off::Percent(percent), within(days)?));
            }
            [share, ref due @ ..] if share.ends_with('%') => {
                let percent = positive(share.strip_suffix('%')?).filter(|percent| *percent <= Decimal::ONE_HUNDRED)?;
                self.parts.push((Share::Percent(percent), due_from(due)?));
            }
            ref due => match due_from(due) {
                Some(due) => self.parts.push((Share::Rest, due)),
                None => self.parts.push((Share::Fixed(positive(due.first()?)?), due_from(&due[1..])?)),
            },
        }
        Some(())
    }

    /// The instalments of a total above zero, each on its working day where days move; the last takes the rounding.
    pub fn instalments(
        &self,
        total: Money,
        issued_on: Date,
        moves: Moves,
        calendar: &Calendar,
    ) -> Result<Vec<Instalment>, Refusal> {
        let mut left = total.minor;
        let mut all = Vec::with_capacity(self.parts.len());
        for (no, (share, due)) in self.parts.iter().enumerate() {
            let last = no + 1 == self.parts.len();
            let amount = match share {
                _ if last => left,
                Share::Percent(percent) => part_of(total, *percent)?,
                Share::Fixed(major) => Money::from_major_rounded(*major, total.currency)?.minor,
                Share::Rest => left,
            };
            left -= amount;
            if left < 0 || (last && amount < 0) {
                let reason = Unusable::PartsAboveTotal { total };
                return Err(Refusal::Invalid { field: "terms".into(), value: self.to_string(), reason });
            }
            all.push(Instalment { due_on: moves.moved(due.on(issued_on), calendar), amount });
        }
        Ok(all)
    }

    /// What an early payment takes off an invoice of these terms; `None` where they offer nothing. `treatment` counts where
    /// they do not say.
    pub fn early(&self, issued_on: Date, treatment: Treatment) -> Option<Early> {
        let offer = |(off, days): &(Off, i32)| Offer { off: *off, until_on: issued_on.plus_days(*days) };
        let offers: Vec<Offer> = self.offers.iter().map(offer).collect();
        let treatment = self.treatment.unwrap_or(treatment);
        (!offers.is_empty()).then_some(Early { offers, treatment })
    }

    /// How an early payment treats the tax, where the terms say it.
    pub fn treatment(&self) -> Option<Treatment> {
        self.treatment
    }

    /// The first percentage that an early payment takes off.
    pub fn first_percent(&self) -> Option<Decimal> {
        self.offers.iter().find_map(|(off, _)| match off {
            Off::Percent(percent) => Some(*percent),
            Off::Amount(_) => None,
        })
    }
}

impl Share {
    fn percent(self) -> Option<Decimal> {
        match self {
            Share::Percent(percent) => Some(percent),
            Share::Fixed(_) | Share::Rest => None,
        }
    }
}

/// A percentage of a total in minor units, rounded half up.
fn part_of(total: Money, percent: Decimal) -> Result<i64, Refusal> {
    let major = total.to_major().checked_mul(percent).ok_or(Refusal::TooLarge { what: "total".into() })?;
    Ok(Money::from_major_rounded(major / Decimal::ONE_HUNDRED, total.currency)?.minor)
}

fn positive(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text).ok().filter(|number| *number > Decimal::ZERO)
}

fn within(text: &str) -> Option<i32> {
    text.parse().ok().filter(|days| (0..=DAYS_MOST).contains(days))
}

fn due_from(words: &[&str]) -> Option<Due> {
    let (span, then) = words.split_first()?;
    let (days, months) = match span.strip_suffix('m') {
        Some(months) => (0, within(months).filter(|months| *months <= 120)?),
        None => (within(span)?, 0),
    };
    let then = match then {
        [] => Then::Stays,
        ["eom"] => Then::EndOfMonth { days: 0 },
        ["day", day] => Then::DayOfMonth(day.parse().ok().filter(|day| (1..=31).contains(day))?),
        [eom] => Then::EndOfMonth { days: within(eom.strip_prefix("eom+")?)? },
        _ => return None,
    };
    Some(Due { days, months, then })
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.months {
            0 => write!(f, "{}", self.days)?,
            months => write!(f, "{months}m")?,
        }
        match self.then {
            Then::Stays => Ok(()),
            Then::EndOfMonth { days: 0 } => write!(f, " eom"),
            Then::EndOfMonth { days } => write!(f, " eom+{days}"),
            Then::DayOfMonth(day) => write!(f, " day {day}"),
        }
    }
}

/// As they are read again.
impl fmt::Display for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut clauses: Vec<String> = self
            .offers
            .iter()
            .map(|(off, days)| match off {
                Off::Percent(percent) => format!("{}/{days}", percent.normalize()),
                Off::Amount(amount) => format!("{} off/{days}", amount.normalize()),
            })
            .collect();
        clauses.extend(self.parts.iter().map(|(share, due)| match share {
            Share::Percent(percent) => format!("{}% {due}", percent.normalize()),
            Share::Fixed(amount) => format!("{} {due}", amount.normalize()),
            Share::Rest if self.parts.len() == 1 => format!("net {due}"),
            Share::Rest => format!("rest {due}"),
        }));
        clauses.extend(self.treatment.map(|treatment| format!("tax {}", treatment.code())));
        f.write_str(&clauses.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use crate::calendar::HolidayRules;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// The instalments of a total in major units, issued on a day.
    #[track_caller]
    fn check(terms: &str, total: &str, currency: Currency, issued_on: &str, expected: &[(&str, &str)]) {
        let total = Money::parse_major(total, currency).unwrap();
        let calendar = Calendar::new(HolidayRules::none());
        let found = Terms::read(terms).unwrap().instalments(total, day(issued_on), Moves::Stays, &calendar).unwrap();
        let found: Vec<(String, String)> = found
            .iter()
            .map(|part| (part.due_on.to_string(), Money::new(part.amount, currency).major_text()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(on, amount)| (on.to_string(), amount.to_string())).collect();
        assert_eq!(found, expected, "{terms}");
    }

    #[test]
    fn case_h8_thirty_days_are_one_item() {
        check("30", "2300.00", Currency::USD, "2019-01-01", &[("2019-01-31", "2300.00")]);
    }

    #[test]
    fn case_j1_three_parts_at_thirty_sixty_and_ninety_days() {
        let parts = [("2026-01-31", "30.00"), ("2026-03-02", "50.00"), ("2026-04-01", "20.00")];
        check("30% 30; 50% 60; 20% 90", "100.00", Currency::USD, "2026-01-01", &parts);
        check("30% 30; 50% 60; rest 90", "100.00", Currency::USD, "2026-01-01", &parts);
    }

    #[test]
    fn the_last_part_takes_the_rounding() {
        let thirds = [("2026-09-30", "33.33"), ("2026-10-31", "33.33"), ("2026-11-30", "33.34")];
        check("33.33% 0 eom; 33.33% 1m eom; rest 2m eom", "100.00", Currency::USD, "2026-09-10", &thirds);
        let francs = [("2026-09-10", "33"), ("2026-09-20", "33"), ("2026-09-30", "34")];
        check("33.333333% 0; 33.333333% 10; 33.333333% 20", "100", Currency::RWF, "2026-09-10", &francs);
        let fixed = [("2026-09-10", "200000"), ("2026-10-10", "980000")];
        check("200000 0; rest 30", "1180000", Currency::RWF, "2026-09-10", &fixed);
    }

    #[test]
    fn days_move_to_the_end_of_a_month_or_a_day_of_it() {
        let on = |terms: &str, issued_on: &str| Terms::read(terms).unwrap().parts[0].1.on(day(issued_on)).to_string();
        assert_eq!(on("30 eom", "2026-01-15"), "2026-02-28");
        assert_eq!(on("30 eom+10", "2026-01-15"), "2026-03-10");
        assert_eq!(on("0 eom", "2024-02-29"), "2024-02-29");
        assert_eq!(on("2m", "2025-12-31"), "2026-02-28");
        assert_eq!(on("30 day 15", "2026-01-01"), "2026-02-15");
        assert_eq!(on("10 day 5", "2026-01-01"), "2026-02-05");
        assert_eq!(on("0 day 31", "2026-02-10"), "2026-02-28");
        assert_eq!(on("0 day 5", "2026-01-05"), "2026-01-05");
    }

    #[test]
    fn a_due_day_moves_to_a_working_day_where_the_company_wishes() {
        let calendar = Calendar::new(HolidayRules::none());
        let saturday = day("2026-08-01");
        let moved = [Moves::Stays, Moves::Next, Moves::Before].map(|moves| moves.moved(saturday, &calendar));
        assert_eq!(moved.map(|on| on.to_string()), ["2026-08-01", "2026-08-03", "2026-07-31"]);
        assert_eq!(Moves::Next.moved(day("2026-08-03"), &calendar), day("2026-08-03"));
    }

    /// `case_h7`: shares that do not make a whole are refused; a third written with six decimals is one.
    #[test]
    fn case_h7_terms_that_do_not_fit_are_refused() {
        for (text, reason) in [
            ("50% 30; 40% 60", Unusable::SharesDoNotFit { percent: "90".into() }),
            ("60% 30; 60% 60", Unusable::SharesDoNotFit { percent: "120".into() }),
            ("100% 30; rest 60", Unusable::SharesDoNotFit { percent: "100".into() }),
            ("200 30; 200 60", Unusable::SharesDoNotFit { percent: "0".into() }),
            ("rest 30; 50% 60", Unusable::RestIsLast),
            ("net 30; net 60", Unusable::RestIsLast),
        ] {
            let refused = Terms::read(text).unwrap_err();
            assert!(matches!(refused, Refusal::Invalid { reason: why, .. } if why == reason), "{text}");
        }
        for text in
            ["", "soon", "30 days", "-5", "5000", "2/10", "2%", "100/10; 30", "30 day 32", "0% 30", "121m", "1/"]
        {
            assert!(Terms::read(text).is_err(), "{text}");
        }
        let total = Money::new(100, Currency::RWF);
        let calendar = Calendar::new(HolidayRules::none());
        let terms = Terms::read("200 0; rest 30").unwrap();
        assert!(terms.instalments(total, day("2026-01-01"), Moves::Stays, &calendar).is_err());
    }

    #[test]
    fn terms_are_written_as_they_are_read() {
        for text in [
            "net 30",
            "net 30 eom",
            "net 2m eom+10",
            "30% 30; 50% 60; rest 90",
            "2/10; 1/14; net 30; tax excluded",
            "50 off/10; net 30",
            "200000 0; rest 30 day 15",
        ] {
            assert_eq!(Terms::read(text).unwrap().to_string(), text);
        }
        assert_eq!(Terms::read("net 30; 1/14, 2/10").unwrap().to_string(), "2/10; 1/14; net 30");
        assert_eq!(Terms::read("30").unwrap(), Terms::read("net 30").unwrap());
    }
}
