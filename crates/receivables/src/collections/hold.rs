//! Holds: an account that nobody writes to or calls for a time. A hold has a reason and an end, and resumes by itself.

use crate::{Date, Refusal, Unusable};

/// A pause of all steps on an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    pub reason: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// The day a person lifted it: from then on it does not hold.
    pub lifted_on: Option<Date>,
}

/// The longest a hold may last, in days from today; it can be renewed, which is a new decision.
pub const DAYS_MAX: i32 = 180;

impl Hold {
    /// A hold from today. Refused without a reason, without an end after today, or for longer than [`DAYS_MAX`].
    pub fn place(reason: &str, until: Date, today: Date) -> Result<Hold, Refusal> {
        if reason.trim().is_empty() {
            return Err(Refusal::Missing { field: "reason".to_owned() });
        }
        if until <= today {
            return Err(Refusal::HoldEnd { until, today });
        }
        if until.days_since(today) > DAYS_MAX {
            let reason = Unusable::HoldTooLong { days: DAYS_MAX.to_string() };
            return Err(Refusal::Invalid { field: "until".to_owned(), value: until.to_string(), reason });
        }
        Ok(Hold { reason: reason.trim().to_owned(), from: today, until, lifted_on: None })
    }

    /// Does it hold on this day? The last day is included.
    pub fn is_active(&self, on: Date) -> bool {
        let lifted = self.lifted_on.is_some_and(|lifted| on >= lifted);
        (self.from..=self.until).contains(&on) && !lifted
    }
}

/// The last day of the holds that are active on a day, if any is.
pub fn held_until(holds: &[Hold], on: Date) -> Option<Date> {
    holds.iter().filter(|hold| hold.is_active(on)).map(|hold| hold.until).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_hold_needs_a_reason_and_an_end_in_reach() {
        let today = day("2026-06-01");
        let place =
            |reason: &str, until: &str| Hold::place(reason, day(until), today).map_err(|refusal| refusal.code());
        assert!(place("illness", "2026-06-02").is_ok());
        assert!(place("illness", "2026-11-28").is_ok(), "180 days");
        assert_eq!(place(" ", "2026-06-30"), Err("missing"));
        assert_eq!(place("illness", "2026-06-01"), Err("hold-end"));
        assert_eq!(place("illness", "2026-11-29"), Err("invalid"));
    }

    #[test]
    fn case_d3_to_d6_a_hold_ends_by_itself_or_when_lifted() {
        let mut hold = Hold::place("breathing space", day("2023-10-30"), day("2023-10-06")).unwrap();
        let cases = [("2023-10-05", false), ("2023-10-06", true), ("2023-10-30", true), ("2023-10-31", false)];
        for (on, active) in cases {
            assert_eq!(hold.is_active(day(on)), active, "{on}");
        }
        assert_eq!(held_until(std::slice::from_ref(&hold), day("2023-10-07")), Some(day("2023-10-30")));
        hold.lifted_on = Some(day("2023-10-25"));
        assert!(hold.is_active(day("2023-10-24")) && !hold.is_active(day("2023-10-25")));
        assert_eq!(held_until(&[hold], day("2023-10-26")), None);
    }
}
