//! Attempts to reach a customer: over which channel, what came of it, and when the account comes back to the worklist.
//!
//! A call that reaches somebody may have several outcomes; one that does not has one. Times are those of the company's
//! zone, in minutes of the day.

use crate::{Date, Refusal, Unusable};

/// How a customer was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    Call,
    Sms,
    WhatsApp,
    Email,
    Letter,
    Visit,
    /// They called, wrote or came.
    Incoming,
}

impl Channel {
    pub const ALL: [(Channel, &'static str); 7] = [
        (Channel::Call, "call"),
        (Channel::Sms, "sms"),
        (Channel::WhatsApp, "whatsapp"),
        (Channel::Email, "email"),
        (Channel::Letter, "letter"),
        (Channel::Visit, "visit"),
        (Channel::Incoming, "incoming"),
    ];

    /// Stable code for stores and locales.
    pub fn code(self) -> &'static str {
        Channel::ALL.iter().find(|(channel, _)| *channel == self).map_or("", |(_, code)| code)
    }

    /// Refused with the codes there are.
    pub fn from_code(code: &str) -> Result<Channel, Refusal> {
        known(&Channel::ALL, "channel", code)
    }
}

/// What came of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// An amount by a day.
    Promised,
    SaysPaid,
    PlanAsked,
    /// They contest an invoice.
    Disputed,
    /// They asked something that must be found out first.
    Inquiry,
    Refused,
    WrongNumber,
    CallBack,
    Busy,
    /// The telephone is switched off or out of reach.
    Off,
    NoAnswer,
    LeftMessage,
}

impl Outcome {
    pub const ALL: [(Outcome, &'static str); 12] = [
        (Outcome::Promised, "promised"),
        (Outcome::SaysPaid, "says-paid"),
        (Outcome::PlanAsked, "plan-asked"),
        (Outcome::Disputed, "disputed"),
        (Outcome::Inquiry, "inquiry"),
        (Outcome::Refused, "refused"),
        (Outcome::WrongNumber, "wrong-number"),
        (Outcome::CallBack, "call-back"),
        (Outcome::Busy, "busy"),
        (Outcome::Off, "off"),
        (Outcome::NoAnswer, "no-answer"),
        (Outcome::LeftMessage, "left-message"),
    ];

    /// Stable code for stores and locales.
    pub fn code(self) -> &'static str {
        Outcome::ALL.iter().find(|(outcome, _)| *outcome == self).map_or("", |(_, code)| code)
    }

    /// Refused with the codes there are.
    pub fn from_code(code: &str) -> Result<Outcome, Refusal> {
        known(&Outcome::ALL, "outcome", code)
    }

    /// Whether somebody was reached.
    pub fn reached(self) -> bool {
        self.retry_minutes().is_none()
    }

    /// Minutes after which one that reached nobody is tried again.
    fn retry_minutes(self) -> Option<i32> {
        match self {
            Outcome::Busy => Some(30),
            Outcome::NoAnswer => Some(120),
            Outcome::Off => Some(180),
            Outcome::LeftMessage => Some(240),
            _ => None,
        }
    }
}

fn known<T: Copy>(all: &[(T, &'static str)], field: &str, code: &str) -> Result<T, Refusal> {
    all.iter().find(|(_, known)| *known == code).map(|(one, _)| *one).ok_or_else(|| {
        let codes: Vec<&str> = all.iter().map(|(_, code)| *code).collect();
        let reason = Unusable::NotAmong { known: codes.join(", ") };
        Refusal::Invalid { field: field.to_owned(), value: code.to_owned(), reason }
    })
}

/// The furthest a next date or a callback may lie ahead, in days.
pub const AHEAD_DAYS_MAX: i32 = 366;
/// The minute of the day from which nobody is called any more: an attempt that would come back later comes back tomorrow.
const EVENING: i32 = 18 * 60;
const MINUTES_OF_DAY: i32 = 24 * 60;

/// What is said of one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub channel: Channel,
    pub outcomes: Vec<Outcome>,
    /// Whoever answered may speak for the account.
    pub right_party: bool,
    pub next_on: Option<Date>,
}

impl Attempt {
    /// Refused without an outcome, where outcomes contradict each other, or with a next date that is past or too far.
    pub fn check(&self, today: Date) -> Result<(), Refusal> {
        if self.outcomes.is_empty() {
            return Err(Refusal::Missing { field: "outcome".to_owned() });
        }
        let crowded = self.outcomes.len() > 1 || self.channel == Channel::Incoming;
        let alone = |outcome: &&Outcome| !outcome.reached() || **outcome == Outcome::WrongNumber;
        if let Some(outcome) = self.outcomes.iter().find(alone).filter(|_| crowded) {
            return Err(Refusal::OutcomeAlone { attempt: outcome.code().to_owned() });
        }
        match self.next_on {
            Some(on) => ahead("next", on, today),
            None => Ok(()),
        }
    }

    /// Somebody who may speak for the account was reached: the account was in contact today.
    pub fn talked(&self) -> bool {
        self.right_party && self.outcomes.iter().all(|o| o.reached() && *o != Outcome::WrongNumber)
    }

    /// When the account comes back to the worklist: on the next date, else on the promised day, else after a while the same
    /// day where nobody was reached, else tomorrow. A day and a minute of it.
    pub fn rests_until(&self, promised_on: Option<Date>, today: Date, minute: i32) -> (Date, i32) {
        if let Some(on) = self.next_on.or(promised_on).filter(|on| *on > today) {
            return (on, 0);
        }
        let again = self.outcomes.iter().find_map(|o| o.retry_minutes()).map(|wait| minute + wait);
        match again {
            Some(again) if again < EVENING => (today, again),
            None if self.next_on == Some(today) => (today, minute),
            _ => (today.plus_days(1), 0),
        }
    }
}

/// Refuses a day that is past or more than [`AHEAD_DAYS_MAX`] ahead.
pub fn ahead(field: &str, on: Date, today: Date) -> Result<(), Refusal> {
    let last = today.plus_days(AHEAD_DAYS_MAX);
    if (today..=last).contains(&on) {
        return Ok(());
    }
    let reason = Unusable::OutsideDays { from: today, to: last };
    Err(Refusal::Invalid { field: field.to_owned(), value: on.to_string(), reason })
}

/// The minute of a day that a text such as `16:30` or `9:05` names.
pub fn minute_of(field: &str, text: &str) -> Result<i32, Refusal> {
    let (hour, minute) = text.trim().split_once(':').unwrap_or((text.trim(), ""));
    let number = |text: &str, most: i32| {
        let plain = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| text.parse().ok()).flatten().filter(|n: &i32| *n <= most)
    };
    match (number(hour, 23), number(minute, 59)) {
        (Some(hour), Some(rest)) if minute.len() == 2 => Ok(hour * 60 + rest),
        _ => Err(Refusal::Invalid { field: field.to_owned(), value: text.to_owned(), reason: Unusable::NotAnHour }),
    }
}

/// `16:30`.
pub fn hour_text(minute: i32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Minutes since 1970 on the clock of the wall, to compare days and minutes at once.
pub fn wall_minute(on: Date, minute: i32) -> i64 {
    i64::from(on.day_number()) * i64::from(MINUTES_OF_DAY) + i64::from(minute)
}

/// The day and the minute of it that [`wall_minute`] counts.
pub fn from_wall_minute(minutes: i64) -> (Date, i32) {
    let whole = i64::from(MINUTES_OF_DAY);
    let day = i32::try_from(minutes.div_euclid(whole)).unwrap_or(i32::MAX);
    (Date::from_day_number(day), i32::try_from(minutes.rem_euclid(whole)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i8) -> Date {
        Date::new(2026, 6, n).unwrap()
    }

    fn attempt(codes: &[&str]) -> Attempt {
        let outcomes = codes.iter().map(|code| Outcome::from_code(code).unwrap()).collect();
        Attempt { channel: Channel::Call, outcomes, right_party: true, next_on: None }
    }

    #[track_caller]
    fn check(codes: &[&str], expected: &str) {
        let told = match attempt(codes).check(day(10)) {
            Ok(()) => "done".to_owned(),
            Err(refusal) => refusal.to_string(),
        };
        assert_eq!(told, expected, "{codes:?}");
    }

    #[test]
    fn one_call_has_several_outcomes_that_do_not_contradict_each_other() {
        check(&["promised", "disputed", "call-back"], "done");
        check(&["busy"], "done");
        check(&["wrong-number"], "done");
        check(&[], "refusal-missing(outcome)");
        check(&["busy", "off"], "refusal-outcome-alone(busy)");
        check(&["promised", "no-answer"], "refusal-outcome-alone(no-answer)");
        check(&["wrong-number", "promised"], "refusal-outcome-alone(wrong-number)");
        let incoming = Attempt { channel: Channel::Incoming, ..attempt(&["busy"]) };
        assert_eq!(incoming.check(day(10)).unwrap_err().to_string(), "refusal-outcome-alone(busy)");
        assert_eq!(Outcome::from_code("weather").unwrap_err().code(), "invalid");
        assert_eq!(Channel::from_code("pigeon").unwrap_err().code(), "invalid");
    }

    #[test]
    fn a_next_date_lies_ahead_and_in_reach() {
        let on = |next_on| Attempt { next_on: Some(next_on), ..attempt(&["inquiry"]) }.check(day(10)).is_ok();
        assert!(on(day(10)) && on(day(10).plus_days(366)));
        assert!(!on(day(9)) && !on(day(10).plus_days(367)));
    }

    #[test]
    fn only_a_right_party_that_was_reached_is_a_talk() {
        assert!(attempt(&["refused"]).talked());
        assert!(!attempt(&["no-answer"]).talked());
        assert!(!attempt(&["wrong-number"]).talked());
        assert!(!Attempt { right_party: false, ..attempt(&["inquiry"]) }.talked());
    }

    #[test]
    fn an_account_comes_back_when_it_is_worth_another_try() {
        let rest = |codes: &[&str], promised: Option<i8>, minute: i32| {
            let (on, minute) = attempt(codes).rests_until(promised.map(day), day(10), minute);
            format!("{} {}", on.day(), hour_text(minute))
        };
        assert_eq!(rest(&["busy"], None, 9 * 60), "10 09:30");
        assert_eq!(rest(&["no-answer"], None, 9 * 60), "10 11:00");
        assert_eq!(rest(&["off"], None, 9 * 60), "10 12:00");
        assert_eq!(rest(&["off"], None, 16 * 60), "11 00:00", "nobody is called at seven in the evening");
        assert_eq!(rest(&["refused"], None, 9 * 60), "11 00:00");
        assert_eq!(rest(&["wrong-number"], None, 9 * 60), "11 00:00");
        assert_eq!(rest(&["promised"], Some(15), 9 * 60), "15 00:00");
        assert_eq!(rest(&["promised"], Some(10), 9 * 60), "11 00:00");
        let later = Attempt { next_on: Some(day(20)), ..attempt(&["busy"]) };
        assert_eq!(later.rests_until(Some(day(15)), day(10), 0), (day(20), 0));
        let today = Attempt { next_on: Some(day(10)), ..attempt(&["inquiry"]) };
        assert_eq!(today.rests_until(None, day(10), 600), (day(10), 600));
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (text, minute) in [("9:05", 545), ("09:05", 545), ("00:00", 0), ("23:59", 1439), (" 16:30 ", 990)] {
            assert_eq!(minute_of("hour", text), Ok(minute), "{text}");
        }
        for bad in ["", "9", "24:00", "9:60", "9:5", "nine", "-1:00", "9:05:00", "009:05", "+9:05"] {
            assert_eq!(minute_of("hour", bad).unwrap_err().code(), "invalid", "{bad}");
        }
        assert_eq!(hour_text(545), "09:05");
        assert!(wall_minute(day(10), 1439) < wall_minute(day(11), 0));
        for minute in [0, 545, 1439] {
            assert_eq!(from_wall_minute(wall_minute(day(10), minute)), (day(10), minute));
        }
    }
}
