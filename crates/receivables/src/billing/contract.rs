//! Recurring contracts: which periods are to be billed, and what part of a period a line covers.

use rust_decimal::Decimal;

use crate::{Currency, Date, Money, Refusal, Unusable};

/// Where the periods of a contract begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// With the calendar: months, quarters, half-years, years. The first period is cut where the contract starts within it.
    Calendar,
    /// On the day of the month on which the contract starts, or the last of a month that is shorter.
    Anniversary,
}

impl Anchor {
    pub const ALL: [(Anchor, &'static str); 2] = [(Anchor::Calendar, "calendar"), (Anchor::Anniversary, "anniversary")];

    pub fn code(self) -> &'static str {
        crate::customer::code_of(&Anchor::ALL, self)
    }

    pub fn from_code(code: &str) -> Result<Anchor, Refusal> {
        crate::customer::of_code(&Anchor::ALL, "anchor", code)
    }
}

/// When a period is billed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// From its first day.
    Advance,
    /// Once its last day has passed.
    Arrears,
}

impl When {
    pub const ALL: [(When, &'static str); 2] = [(When::Advance, "advance"), (When::Arrears, "arrears")];

    pub fn code(self) -> &'static str {
        crate::customer::code_of(&When::ALL, self)
    }

    pub fn from_code(code: &str) -> Result<When, Refusal> {
        crate::customer::of_code(&When::ALL, "bills", code)
    }
}

/// How many months a period may have: those that fit into a year.
pub const MONTHS: [i32; 6] = [1, 2, 3, 4, 6, 12];

/// The rhythm of a contract.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rhythm {
    /// One of [`MONTHS`].
    pub months: i32,
    pub anchor: Anchor,
    pub when: When,
    pub starts_on: Date,
    /// Its last day.
    pub ends_on: Option<Date>,
}

/// Days from the first to the last, both within.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Span {
    pub from: Date,
    pub until: Date,
}

impl Span {
    pub fn days(self) -> i32 {
        self.until.days_since(self.from) + 1
    }

    /// The days that both have.
    pub fn within(self, other: Span) -> Option<Span> {
        let both = Span { from: self.from.max(other.from), until: self.until.min(other.until) };
        (both.from <= both.until).then_some(both)
    }
}

impl Rhythm {
    /// The whole period of a number from 0, whether or not the contract covers all of it.
    fn whole(&self, no: i32) -> Span {
        let begin = |no: i32| match self.anchor {
            Anchor::Anniversary => self.starts_on.plus_months(no * self.months),
            Anchor::Calendar => {
                let month = i32::from(self.starts_on.month()) - 1;
                self.starts_on.first_of_month().plus_months(no * self.months - month % self.months)
            }
        };
        Span { from: begin(no), until: begin(no + 1).plus_days(-1) }
    }

    /// The days of the contract.
    fn life(&self) -> Span {
        Span { from: self.starts_on, until: self.ends_on.unwrap_or(Date::from_day_number(i32::MAX / 2)) }
    }

    /// The periods to be billed on a day, those that were billed left out; the oldest first, at most so many. Each with the
    /// whole period it is part of.
    pub fn due(&self, on: Date, is_billed: impl Fn(Date) -> bool, most: usize) -> Vec<(Span, Span)> {
        let mut due = Vec::new();
        for no in 0.. {
            let whole = self.whole(no);
            let Some(part) = whole.within(self.life()) else { break };
            let is_due = match self.when {
                When::Advance => part.from <= on,
                When::Arrears => part.until < on,
            };
            if !is_due || due.len() == most {
                break;
            }
            if !is_billed(part.from) {
                due.push((part, whole));
            }
        }
        due
    }
}

/// By what prices are raised, or lowered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Raise {
    /// Below zero where they are lowered; above -100.
    Percent(Decimal),
    /// From the value of an index to another.
    Index { old: Decimal, new: Decimal },
}

impl Raise {
    /// The price after it, rounded half up to the currency's smallest unit. Refused where nothing would be left, or it does not fit.
    pub fn price(self, unit_price: Decimal, currency: Currency) -> Result<Decimal, Refusal> {
        let unusable = |value: Decimal| {
            let (field, value) = ("percent".into(), value.to_string());
            Err(Refusal::Invalid { field, value, reason: Unusable::NoIndex })
        };
        let too_large = || Refusal::TooLarge { what: unit_price.to_string() };
        let exact = match self {
            Raise::Percent(percent) if percent <= -Decimal::ONE_HUNDRED => return unusable(percent),
            Raise::Index { old, .. } if old <= Decimal::ZERO => return unusable(old),
            Raise::Index { new, .. } if new <= Decimal::ZERO => return unusable(new),
            Raise::Percent(percent) => {
                let whole = Decimal::ONE_HUNDRED.checked_add(percent).ok_or_else(too_large)?;
                unit_price.checked_mul(whole).ok_or_else(too_large)? / Decimal::ONE_HUNDRED
            }
            Raise::Index { old, new } => {
                let whole = unit_price.checked_mul(new).ok_or_else(too_large)?;
                whole.checked_div(old).ok_or_else(too_large)?
            }
        };
        Ok(Money::from_major_rounded(exact, currency).map_err(|_| too_large())?.to_major().normalize())
    }
}

/// How much of a line a period takes: its quantity, in proportion to the days on which the line holds. `None` where it holds on
/// none of them.
pub fn covered(quantity: Decimal, line: Span, part: Span, whole: Span) -> Option<(Decimal, Span)> {
    let days = line.within(part)?;
    if days.days() == whole.days() {
        return Some((quantity, days));
    }
    let share = quantity * Decimal::from(days.days()) / Decimal::from(whole.days());
    Some((share.round_dp(8).normalize(), days))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn rhythm(months: i32, anchor: Anchor, when: When, starts: &str, ends: Option<&str>) -> Rhythm {
        Rhythm { months, anchor, when, starts_on: day(starts), ends_on: ends.map(day) }
    }

    /// The parts due on a day where none was billed.
    #[track_caller]
    fn check(rhythm: Rhythm, on: &str, expected: &[(&str, &str)]) {
        let due = rhythm.due(day(on), |_| false, 100);
        let due: Vec<_> = due.iter().map(|(part, _)| (part.from.to_string(), part.until.to_string())).collect();
        let expected: Vec<_> = expected.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
        assert_eq!(due, expected);
    }

    #[test]
    fn months_of_the_calendar_begin_and_end_within() {
        use Anchor::Calendar;
        let of = |when| rhythm(1, Calendar, when, "2026-01-15", Some("2026-03-10"));
        check(of(When::Advance), "2026-01-14", &[]);
        check(of(When::Advance), "2026-02-01", &[("2026-01-15", "2026-01-31"), ("2026-02-01", "2026-02-28")]);
        let all = [("2026-01-15", "2026-01-31"), ("2026-02-01", "2026-02-28"), ("2026-03-01", "2026-03-10")];
        check(of(When::Advance), "2027-01-01", &all);
        check(of(When::Arrears), "2026-03-10", &all[..2]);
        check(of(When::Arrears), "2026-03-11", &all);
        let quarter = rhythm(3, Calendar, When::Advance, "2026-02-10", None);
        check(quarter, "2026-04-01", &[("2026-02-10", "2026-03-31"), ("2026-04-01", "2026-06-30")]);
    }

    #[test]
    fn an_anniversary_keeps_its_day() {
        let monthly = rhythm(1, Anchor::Anniversary, When::Advance, "2026-01-31", None);
        let expected = [("2026-01-31", "2026-02-27"), ("2026-02-28", "2026-03-30"), ("2026-03-31", "2026-04-29")];
        check(monthly, "2026-04-01", &expected);
        let yearly = rhythm(12, Anchor::Anniversary, When::Advance, "2024-02-29", None);
        check(yearly, "2025-03-01", &[("2024-02-29", "2025-02-27"), ("2025-02-28", "2026-02-27")]);
    }

    #[test]
    fn what_was_billed_is_not_due_and_a_run_has_its_bound() {
        let monthly = rhythm(1, Anchor::Calendar, When::Advance, "2026-01-01", None);
        let left = monthly.due(day("2026-03-01"), |from| from == day("2026-02-01"), 100);
        assert_eq!(
            left.iter().map(|(part, _)| part.from.to_string()).collect::<Vec<_>>(),
            ["2026-01-01", "2026-03-01"]
        );
        assert_eq!(monthly.due(day("2030-01-01"), |_| false, 3).len(), 3);
    }

    #[test]
    fn a_line_is_taken_in_proportion_to_its_days() {
        let span = |from: &str, until: &str| Span { from: day(from), until: day(until) };
        let june = span("2026-06-01", "2026-06-30");
        let take = |line: Span, part: Span| {
            covered(Decimal::TWO, line, part, june).map(|(q, days)| (q.to_string(), days.days()))
        };
        let ever = span("2020-01-01", "2030-01-01");
        assert_eq!(take(ever, june), Some(("2".into(), 30)));
        assert_eq!(take(ever, span("2026-06-16", "2026-06-30")), Some(("1".into(), 15)));
        assert_eq!(take(span("2026-06-21", "2030-01-01"), june), Some(("0.66666667".into(), 10)));
        assert_eq!(take(span("2026-07-01", "2030-01-01"), june), None);
    }

    #[test]
    fn a_price_is_raised_to_the_smallest_unit_half_up() {
        let raised = |raise: Raise, price: &str, currency: Currency| match raise.price(price.parse().unwrap(), currency)
        {
            Ok(price) => price.to_string(),
            Err(refusal) => refusal.code().to_owned(),
        };
        let percent = |text: &str| Raise::Percent(text.parse().unwrap());
        assert_eq!(raised(percent("4.5"), "310000", Currency::RWF), "323950");
        assert_eq!(raised(percent("5"), "1010", Currency::RWF), "1061", "1060.5");
        assert_eq!(raised(percent("-2.5"), "99.99", Currency::USD), "97.49", "97.49025");
        let index = |old: &str, new: &str| Raise::Index { old: old.parse().unwrap(), new: new.parse().unwrap() };
        assert_eq!(raised(index("112.3", "118.9"), "350000", Currency::RWF), "370570", "370569.9");
        assert_eq!(raised(index("3", "4"), "0.01", Currency::USD), "0.01", "0.0133");
        for raise in [percent("-100"), index("0", "1"), index("1", "0"), index("-1", "-2")] {
            assert_eq!(raised(raise, "100", Currency::RWF), "invalid", "{raise:?}");
        }
    }

    proptest::proptest! {
        /// The parts of a life follow each other without a gap, and together have all its days.
        #[test]
        fn parts_follow_each_other(start in 18_000i32..22_000, days in 0i32..2_000, months in 0usize..6, calendar: bool) {
            let starts_on = Date::from_day_number(start);
            let anchor = if calendar { Anchor::Calendar } else { Anchor::Anniversary };
            let (when, ends_on) = (When::Advance, Some(starts_on.plus_days(days)));
            let rhythm = Rhythm { months: MONTHS[months], anchor, when, starts_on, ends_on };
            let due = rhythm.due(starts_on.plus_days(10_000), |_| false, 10_000);
            let sum: i32 = due.iter().map(|(part, _)| part.days()).sum();
            proptest::prop_assert_eq!(sum, days + 1);
            for pair in due.windows(2) {
                proptest::prop_assert_eq!(pair[0].0.until.plus_days(1), pair[1].0.from);
            }
            for (part, whole) in due {
                proptest::prop_assert_eq!(part.within(whole), Some(part));
            }
        }
    }
}
