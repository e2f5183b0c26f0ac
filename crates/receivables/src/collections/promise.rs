//! Promises to pay. A promise is judged from the payments since it was made, never marked by hand; withdrawing one is a
//! person's act and is not judged here.
//!
//! Kept: the promised amount was paid by the promised day and its grace (`conformance/science-tests.md` §D). What comes
//! later is counted apart. A last day without work rolls to the next working day: no bank moves money on a holiday.

use crate::calendar::Calendar;
use crate::{Date, Money, Refusal};

/// A promise of an amount (minor units of one currency) by a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    pub amount: i64,
    pub made_on: Date,
    pub promised_on: Date,
    /// Days after the promised day that a payment may still take.
    pub grace_days: i32,
}

/// What became of a promise; amounts in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// The last day is not over.
    Open { paid: i64 },
    /// Paid in full in time, on this day.
    Kept { on: Date },
    /// Something was paid in time, but less.
    PartlyKept { paid: i64, paid_late: i64 },
    /// Nothing was paid in time.
    Broken { paid_late: i64 },
}

impl Judged {
    /// Stable code for stores and locales.
    pub fn code(&self) -> &'static str {
        match self {
            Judged::Open { .. } => "open",
            Judged::Kept { .. } => "kept",
            Judged::PartlyKept { .. } => "partly-kept",
            Judged::Broken { .. } => "broken",
        }
    }
}

impl Promise {
    /// A promise made today. Refused unless the amount is above zero and the day is today or later.
    pub fn make(amount: Money, promised_on: Date, grace_days: i32, today: Date) -> Result<Promise, Refusal> {
        if amount.minor <= 0 {
            return Err(Refusal::NotPositive { amount });
        }
        if promised_on < today {
            return Err(Refusal::PromiseDay { on: promised_on, today });
        }
        Ok(Promise { amount: amount.minor, made_on: today, promised_on, grace_days: grace_days.max(0) })
    }

    /// The last day on which a payment keeps it: the promised day and its grace, or the working day after that.
    pub fn last_day(&self, calendar: &Calendar) -> Date {
        calendar.next_working_day(self.promised_on.plus_days(self.grace_days))
    }
}

/// Judges a promise on the day `today`. `payments` are what was allocated to the promised items, by date, in any order;
/// those before the promise was made or after `today` do not count. An allocation taken back is an amount below zero.
pub fn judge(promise: &Promise, calendar: &Calendar, payments: &[(Date, i64)], today: Date) -> Judged {
    let last_day = promise.last_day(calendar);
    let mut counted: Vec<(Date, i64)> =
        payments.iter().copied().filter(|(on, _)| (promise.made_on..=today).contains(on)).collect();
    counted.sort_by_key(|(on, _)| *on);
    let (mut paid, mut paid_late, mut kept_on) = (0i64, 0i64, None);
    for (on, amount) in counted {
        if on > last_day && amount > 0 {
            paid_late = paid_late.saturating_add(amount);
        } else {
            paid = paid.saturating_add(amount);
            kept_on = kept_on.or(Some(on)).filter(|_| paid >= promise.amount);
        }
    }
    if let Some(on) = kept_on {
        return Judged::Kept { on };
    }
    match paid {
        paid if today <= last_day => Judged::Open { paid },
        paid if paid > 0 => Judged::PartlyKept { paid, paid_late },
        _ => Judged::Broken { paid_late },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A day of June 2026.
    fn june(day: i8) -> Date {
        Date::new(2026, 6, day).unwrap()
    }

    /// Eid al-Adha of 2026 fell on Wednesday 27 May.
    fn rwanda() -> Calendar {
        let rules = crate::calendar::rules_from_table(include_str!("../../../../country/rw/holidays.txt"));
        Calendar::new(rules.unwrap())
    }

    fn francs(minor: i64) -> Money {
        Money::new(minor, crate::Currency::RWF)
    }

    fn check(payments: &[(i8, i64)], today: i8, expected: Judged) {
        let promise = Promise { amount: 100, made_on: june(1), promised_on: june(10), grace_days: 2 };
        let payments: Vec<(Date, i64)> = payments.iter().map(|(day, amount)| (june(*day), *amount)).collect();
        assert_eq!(judge(&promise, &rwanda(), &payments, june(today)), expected, "{payments:?} on {today} June");
    }

    #[test]
    fn a_promise_is_kept_partly_kept_or_broken_after_its_grace() {
        check(&[], 1, Judged::Open { paid: 0 });
        check(&[], 12, Judged::Open { paid: 0 });
        check(&[], 13, Judged::Broken { paid_late: 0 });
        check(&[(10, 100)], 10, Judged::Kept { on: june(10) });
        check(&[(12, 100)], 30, Judged::Kept { on: june(12) });
        check(&[(5, 60), (3, 40)], 30, Judged::Kept { on: june(5) });
        check(&[(5, 60)], 11, Judged::Open { paid: 60 });
        check(&[(5, 60)], 13, Judged::PartlyKept { paid: 60, paid_late: 0 });
        check(&[(5, 60), (13, 40)], 13, Judged::PartlyKept { paid: 60, paid_late: 40 });
        check(&[(13, 100)], 13, Judged::Broken { paid_late: 100 });
        check(&[(20, 100)], 12, Judged::Open { paid: 0 });
    }

    #[test]
    fn an_allocation_taken_back_breaks_what_it_kept() {
        check(&[(5, 60), (6, -60)], 13, Judged::Broken { paid_late: 0 });
        check(&[(5, 100), (20, -100)], 19, Judged::Kept { on: june(5) });
        check(&[(5, 100), (20, -100)], 25, Judged::Broken { paid_late: 0 });
    }

    #[test]
    fn payments_before_the_promise_do_not_count() {
        let promise = Promise { amount: 100, made_on: june(5), promised_on: june(10), grace_days: 0 };
        assert_eq!(judge(&promise, &rwanda(), &[(june(4), 100)], june(11)), Judged::Broken { paid_late: 0 });
    }

    #[test]
    fn a_promise_of_nothing_or_of_yesterday_is_refused() {
        assert!(matches!(Promise::make(francs(0), june(10), 2, june(1)), Err(Refusal::NotPositive { .. })));
        assert!(matches!(Promise::make(francs(100), june(1), 2, june(2)), Err(Refusal::PromiseDay { .. })));
        assert_eq!(Promise::make(francs(100), june(2), 2, june(2)).unwrap().last_day(&rwanda()), june(4));
    }

    #[test]
    fn a_day_without_work_is_judged_on_the_next_working_day() {
        let day = |text: &str| -> Date { text.parse().unwrap() };
        let judged = |promised: &str, grace_days, paid: &str, today: &str| {
            let promised_on = day(promised);
            let promise = Promise { amount: 100, made_on: day("2026-03-02"), promised_on, grace_days };
            judge(&promise, &rwanda(), &[(day(paid), 100)], day(today)).code()
        };
        // Eid al-Fitr of 2026 is Friday 20 March: a promise for it may be kept on Monday.
        assert_eq!(judged("2026-03-20", 0, "2026-03-23", "2026-03-23"), "kept");
        assert_eq!(judged("2026-03-20", 0, "2026-03-24", "2026-03-23"), "open");
        assert_eq!(judged("2026-03-20", 0, "2026-03-24", "2026-03-24"), "broken");
        // Eid al-Adha, Wednesday 27 May, gives one more day.
        assert_eq!(judged("2026-05-27", 0, "2026-05-28", "2026-05-28"), "kept");
        assert_eq!(judged("2026-05-27", 0, "2026-05-29", "2026-05-29"), "broken");
        // The grace is counted first: Thursday and two days is Saturday, so Monday.
        assert_eq!(judged("2026-06-11", 2, "2026-06-15", "2026-06-15"), "kept");
        assert_eq!(judged("2026-06-11", 2, "2026-06-16", "2026-06-16"), "broken");
    }
}
