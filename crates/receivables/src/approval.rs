//! What needs a second person: who asked does not decide. A company of one person may declare it; then the same person
//! decides after a night's sleep, with a reason, and it shows in the list of exceptions.

use crate::{Instant, Refusal};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Where money of a customer goes when it goes back.
    BankDetails,
    /// Giving up more of an invoice than the company lets one person.
    WriteOff,
    Refund,
    /// Crediting more of an invoice than the company lets one person.
    CreditNote,
}

impl Kind {
    pub const ALL: [(Kind, &'static str); 4] = [
        (Kind::BankDetails, "bank-details"),
        (Kind::WriteOff, "write-off"),
        (Kind::Refund, "refund"),
        (Kind::CreditNote, "credit-note"),
    ];

    pub fn code(self) -> &'static str {
        crate::customer::code_of(&Kind::ALL, self)
    }

    pub fn from_code(code: &str) -> Result<Kind, Refusal> {
        crate::customer::of_code(&Kind::ALL, "kind", code)
    }
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Approved,
    Rejected,
    /// Taken back by whoever asked.
    Withdrawn,
}

impl Outcome {
    pub const ALL: [(Outcome, &'static str); 3] =
        [(Outcome::Approved, "approved"), (Outcome::Rejected, "rejected"), (Outcome::Withdrawn, "withdrawn")];

    pub fn code(self) -> &'static str {
        crate::customer::code_of(&Outcome::ALL, self)
    }
}

/// A request as it stands.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    pub asked_by: &'a str,
    pub asked_at: Instant,
    /// How it was decided (its code), by whom and when.
    pub decided: Option<(&'a str, &'a str, Instant)>,
}

/// Whoever decides, and when.
#[derive(Debug, Clone, Copy)]
pub struct Decider<'a> {
    pub user: &'a str,
    pub at: Instant,
    pub reason: &'a str,
    /// The company declared that it is one person.
    pub one_person: bool,
    /// The company's time zone, for moments in refusals.
    pub zone: &'a str,
}

/// How long a person who asked waits before deciding alone.
pub const ALONE_AFTER_MICROS: i64 = 24 * 60 * 60 * 1_000_000;

/// May the request be approved? Says whether by the one who asked.
pub fn approve(request: &Request<'_>, by: &Decider<'_>) -> Result<bool, Refusal> {
    waiting(request, by.zone)?;
    if request.asked_by != by.user {
        return Ok(false);
    }
    if !by.one_person {
        return Err(Refusal::OwnRequest { user: by.user.to_owned() });
    }
    let from = request.asked_at.plus_micros(ALONE_AFTER_MICROS);
    if by.at < from {
        return Err(Refusal::OwnRequestWaits { from: from.local_text(by.zone) });
    }
    if by.reason.trim().is_empty() {
        return Err(Refusal::Missing { field: "reason".to_owned() });
    }
    Ok(true)
}

/// Turns the request down, or takes it back where it is one's own; both with a reason.
pub fn reject(request: &Request<'_>, by: &Decider<'_>) -> Result<Outcome, Refusal> {
    waiting(request, by.zone)?;
    if by.reason.trim().is_empty() {
        return Err(Refusal::Missing { field: "reason".to_owned() });
    }
    Ok(if request.asked_by == by.user { Outcome::Withdrawn } else { Outcome::Rejected })
}

fn waiting(request: &Request<'_>, zone: &str) -> Result<(), Refusal> {
    match request.decided {
        None => Ok(()),
        Some((decision, user, at)) => Err(Refusal::RequestDecided {
            decision: decision.to_owned(),
            user: user.to_owned(),
            at: at.local_text(zone),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000;

    fn at(hours: i64) -> Instant {
        Instant::from_micros(hours * HOUR)
    }

    fn asked() -> Request<'static> {
        Request { asked_by: "keza", asked_at: at(0), decided: None }
    }

    #[track_caller]
    fn check(user: &str, hours: i64, reason: &str, one_person: bool, expected: &str) {
        let told = match approve(&asked(), &Decider { user, at: at(hours), reason, one_person, zone: "UTC" }) {
            Ok(alone) => if alone { "alone" } else { "by two" }.to_owned(),
            Err(refusal) => refusal.code().to_owned(),
        };
        assert_eq!(told, expected, "{user} after {hours} h");
    }

    #[test]
    fn another_person_decides() {
        check("mutesi", 0, "", false, "by two");
        check("mutesi", 0, "", true, "by two");
        check("keza", 100, "I am sure", false, "own-request");
    }

    #[test]
    fn one_person_waits_a_day_and_says_why() {
        check("keza", 23, "checked again", true, "own-request-waits");
        check("keza", 24, "checked again", true, "alone");
        check("keza", 24, "  ", true, "missing");
    }

    #[test]
    fn a_request_is_decided_once() {
        let done = Request { decided: Some(("approved", "mutesi", at(1))), ..asked() };
        let by = Decider { user: "mutesi", at: at(2), reason: "late", one_person: false, zone: "UTC" };
        assert_eq!(approve(&done, &by).unwrap_err().code(), "request-decided");
        assert_eq!(reject(&done, &by).unwrap_err().code(), "request-decided");
    }

    #[test]
    fn whoever_asked_may_take_it_back() {
        let by = |user, reason| Decider { user, at: at(1), reason, one_person: false, zone: "UTC" };
        assert_eq!(reject(&asked(), &by("keza", "typed wrongly")), Ok(Outcome::Withdrawn));
        assert_eq!(reject(&asked(), &by("mutesi", "no paper")), Ok(Outcome::Rejected));
        assert_eq!(reject(&asked(), &by("mutesi", "")).unwrap_err().code(), "missing");
    }
}
