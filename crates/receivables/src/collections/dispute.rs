//! Disputes: an amount of an instalment that the customer contests. It is not dunned; it stays open, in ageing and in
//! exposure, until a person decides it or nothing is open any more.

use crate::ledger::Item;
use crate::{Date, Money, Refusal, Unusable};

/// Why a customer contests an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Price,
    Quantity,
    Quality,
    NotDelivered,
    AlreadyPaid,
    Tax,
    Other,
}

impl Reason {
    pub const ALL: [(Reason, &'static str); 7] = [
        (Reason::Price, "price"),
        (Reason::Quantity, "quantity"),
        (Reason::Quality, "quality"),
        (Reason::NotDelivered, "not-delivered"),
        (Reason::AlreadyPaid, "already-paid"),
        (Reason::Tax, "tax"),
        (Reason::Other, "other"),
    ];

    /// Stable code for stores and locales.
    pub fn code(self) -> &'static str {
        Reason::ALL.iter().find(|(reason, _)| *reason == self).map_or("", |(_, code)| code)
    }

    /// Refused with the codes there are.
    pub fn from_code(code: &str) -> Result<Reason, Refusal> {
        Reason::ALL.iter().find(|(_, known)| *known == code).map(|(reason, _)| *reason).ok_or_else(|| {
            let known: Vec<&str> = Reason::ALL.iter().map(|(_, code)| *code).collect();
            let reason = Unusable::NotAmong { known: known.join(", ") };
            Refusal::Invalid { field: "reason".to_owned(), value: code.to_owned(), reason }
        })
    }
}

/// How a dispute ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The customer is right: what follows is a credit note.
    Accepted,
    /// The amount is owed.
    Rejected,
    /// The customer took it back.
    Withdrawn,
    /// Nothing is open of the instalment any more; no person says this.
    Settled,
}

impl Outcome {
    pub const ALL: [(Outcome, &'static str); 4] = [
        (Outcome::Accepted, "accepted"),
        (Outcome::Rejected, "rejected"),
        (Outcome::Withdrawn, "withdrawn"),
        (Outcome::Settled, "settled"),
    ];

    /// Stable code for stores and locales.
    pub fn code(self) -> &'static str {
        Outcome::ALL.iter().find(|(outcome, _)| *outcome == self).map_or("", |(_, code)| code)
    }

    /// The outcomes a person may decide.
    pub fn from_person(code: &str) -> Result<Outcome, Refusal> {
        match Outcome::ALL.iter().find(|(_, known)| *known == code) {
            Some((outcome, _)) if *outcome != Outcome::Settled => Ok(*outcome),
            _ => Err(Refusal::Invalid {
                field: "outcome".to_owned(),
                value: code.to_owned(),
                reason: Unusable::NotAmong { known: "accepted, rejected, withdrawn".to_owned() },
            }),
        }
    }
}

/// How a dispute stands: `None` while it is open, else its outcome and day.
pub type Ended = Option<(String, Date)>;

/// Spreads what is contested over an invoice's instalments, the oldest first: by place in `items`, with its amount in
/// minor units. All that is open and not in dispute when `amount` is `None`.
pub fn raise(items: &[Item], number: &str, amount: Option<i64>) -> Result<Vec<(usize, i64)>, Refusal> {
    let Some(first) = items.first() else {
        return Err(Refusal::NotFound { kind: "open item".to_owned(), name: number.to_owned() });
    };
    if first.total < 0 {
        return Err(Refusal::SignMismatch { number: number.to_owned() });
    }
    let mut free: Vec<(usize, &Item)> = items.iter().enumerate().filter(|(_, i)| i.open > i.disputed).collect();
    free.sort_by_key(|(_, item)| (item.due_on, item.instalment));
    let undisputed = free.iter().fold(0i64, |sum, (_, i)| sum.saturating_add(i.open - i.disputed));
    let mut rest = amount.unwrap_or(undisputed);
    let money = |minor: i64| Money::new(minor, first.currency);
    if amount.is_some() && rest <= 0 {
        return Err(Refusal::NotPositive { amount: money(rest) });
    }
    if items.iter().all(|item| item.open == 0) {
        return Err(Refusal::AlreadySettled { item: number.to_owned() });
    }
    if rest == 0 || rest > undisputed {
        let asked = amount.unwrap_or_else(|| items.iter().map(|i| i.open).sum());
        return Err(Refusal::ExceedsUndisputed {
            item: number.to_owned(),
            undisputed: money(undisputed),
            amount: money(asked),
        });
    }
    let mut shares = Vec::new();
    for (place, item) in free {
        let share = rest.min(item.open - item.disputed);
        shares.push((place, share));
        rest -= share;
        if rest == 0 {
            break;
        }
    }
    Ok(shares)
}

/// What is in dispute of an instalment: its open disputes together, but no more than what is open of it.
pub fn held(disputes: i64, open: i64) -> i64 {
    disputes.min(open.max(0))
}

/// Refuses to end what ended before.
pub fn end(ended: &Ended) -> Result<(), Refusal> {
    match ended {
        None => Ok(()),
        Some((outcome, on)) => Err(Refusal::DisputeEnded { outcome: outcome.clone(), on: *on }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;
    use crate::ids::Id;

    /// Instalments due in the order given: open and disputed.
    fn items(parts: &[(i64, i64)]) -> Vec<Item> {
        let item = |(n, (open, disputed)): (i32, &(i64, i64))| Item {
            document: Id::from_bytes([1; 16]),
            instalment: n,
            number: "INV-1".into(),
            customer: Id::from_bytes([2; 16]),
            currency: Currency::RWF,
            posted_on: Date::from_day_number(0),
            due_on: Date::from_day_number(30 * n),
            total: (*open).max(1),
            total_base: (*open).max(1),
            open: *open,
            open_base: *open,
            disputed: *disputed,
            awaited: 0,
        };
        (1..).zip(parts).map(item).collect()
    }

    #[track_caller]
    fn check(parts: &[(i64, i64)], amount: Option<i64>, expected: &str) {
        let told = match raise(&items(parts), "INV-1", amount) {
            Ok(shares) => shares.iter().map(|(i, amount)| format!("{}:{amount}", i + 1)).collect::<Vec<_>>().join(" "),
            Err(refusal) => refusal.to_string(),
        };
        assert_eq!(told, expected, "{parts:?} {amount:?}");
    }

    #[test]
    fn a_dispute_takes_the_oldest_instalment_first_and_no_more_than_is_free() {
        check(&[(100, 0)], None, "1:100");
        check(&[(100, 0)], Some(40), "1:40");
        check(&[(100, 30)], None, "1:70");
        check(&[(100, 30)], Some(71), "refusal-exceeds-undisputed(INV-1, RWF 70, RWF 71)");
        check(&[(100, 100)], None, "refusal-exceeds-undisputed(INV-1, RWF 0, RWF 100)");
        check(&[(0, 0)], None, "refusal-already-settled(INV-1)");
        check(&[(60, 20), (0, 0), (50, 0)], Some(75), "1:40 3:35");
        check(&[(60, 0), (50, 0)], Some(60), "1:60");
        check(&[(60, 0)], Some(0), "refusal-not-positive(RWF 0)");
        check(&[(60, 0)], Some(-5), "refusal-not-positive(RWF -5)");
        check(&[], None, "refusal-not-found(open item, INV-1)");
    }

    #[test]
    fn a_credit_note_is_not_disputed() {
        let mut credit = items(&[(0, 0)]);
        credit[0].total = -10;
        assert_eq!(raise(&credit, "CN-1", None).unwrap_err().code(), "sign-mismatch");
    }

    #[test]
    fn what_is_paid_is_not_in_dispute_any_more() {
        assert_eq!(held(60, 100), 60);
        assert_eq!(held(60, 50), 50);
        assert_eq!(held(60, 0), 0);
    }

    #[test]
    fn codes_are_read_back_and_nobody_says_settled() {
        for (reason, code) in Reason::ALL {
            assert_eq!((Reason::from_code(code).unwrap(), reason.code()), (reason, code));
        }
        assert_eq!(Reason::from_code("weather").unwrap_err().code(), "invalid");
        assert_eq!(Outcome::from_person("accepted").unwrap(), Outcome::Accepted);
        assert_eq!(Outcome::from_person("settled").unwrap_err().code(), "invalid");
        let ended = Some(("rejected".to_owned(), Date::from_day_number(0)));
        assert_eq!(end(&ended).unwrap_err().code(), "dispute-ended");
    }
}
