//! Whom to call first. A priority is a sum of points from tables a person can read; every point has a reason.
//!
//! Integer arithmetic and a fixed order: the same facts give the same list on every machine.

use std::cmp::Reverse;

/// What is known of an account; amounts in minor units of the company's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AccountFacts {
    /// Undisputed and past due, net of unapplied money.
    pub overdue: i64,
    /// Days since the due day of the oldest item past due; 0 if nothing is.
    pub oldest_days_late: i32,
    /// Promises broken within the last half-year.
    pub promises_broken: u32,
    /// Promises that are open today.
    pub promises_open: u32,
    /// Days since somebody last spoke or wrote to the customer; `None`: never.
    pub last_contact_days: Option<i32>,
    /// A promise has broken since that contact: it earns no more peace.
    pub broken_since_contact: bool,
    /// The day somebody chose to look at it again has come.
    pub look_again: bool,
    /// Part of what is past due that is in dispute, in basis points.
    pub disputed_bps: i32,
    /// Exposure ÷ credit limit in basis points; `None` for no limit.
    pub credit_used_bps: Option<i32>,
    /// Days late on average over the invoices settled in the last year.
    pub history_days_late: i32,
}

/// Why an account has points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Overdue { amount: i64 },
    DaysLate { days: i32 },
    PromisesBroken { count: u32 },
    PromiseOpen { count: u32 },
    NeverContacted,
    NotContacted { days: i32 },
    JustContacted { days: i32 },
    LookAgain,
    Disputed { share_bps: i32 },
    CreditUsed { usage_bps: i32 },
    PaysLate { days: i32 },
}

/// The points of an account, and where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priority {
    /// Never below zero.
    pub points: i32,
    /// In the order of the table: reasons with no points are left out.
    pub reasons: Vec<(Reason, i32)>,
}

/// From this value on, so many points: rows rise, and the last row reached counts.
pub type Bands = &'static [(i64, i32)];

/// The tables of points: a setting, here the one of a new company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Points {
    /// By minor units past due; suited to francs.
    pub overdue: Bands,
    pub days_late: Bands,
    pub promises_broken: Bands,
    pub promises_open: Bands,
    pub never_contacted: i32,
    pub contact_days: Bands,
    pub look_again: i32,
    pub disputed_bps: Bands,
    pub credit_used_bps: Bands,
    pub history_days_late: Bands,
}

/// The tables of a new company in Rwanda.
pub const POINTS: Points = Points {
    overdue: &[(1, 2), (100_000, 8), (500_000, 15), (2_000_000, 22), (10_000_000, 30), (50_000_000, 35)],
    days_late: &[(1, 5), (8, 10), (31, 15), (61, 20), (91, 25)],
    promises_broken: &[(1, 15), (2, 20), (3, 25)],
    // Until its day a promise is trusted.
    promises_open: &[(1, -30)],
    never_contacted: 10,
    // Called yesterday: leave them in peace.
    contact_days: &[(0, -20), (3, 0), (7, 4), (14, 8), (30, 10)],
    // What was agreed for a day counts on that day, however fresh the contact.
    look_again: 20,
    // A dispute is for its processor to solve first.
    disputed_bps: &[(2_500, -5), (5_000, -15)],
    credit_used_bps: &[(8_000, 5), (10_000, 10)],
    history_days_late: &[(8, 3), (16, 6), (31, 10)],
};

impl Reason {
    /// Every code there is.
    pub const CODES: [&str; 11] = [
        "overdue",
        "days-late",
        "promises-broken",
        "promise-open",
        "never-contacted",
        "not-contacted",
        "just-contacted",
        "look-again",
        "disputed",
        "credit-used",
        "pays-late",
    ];

    /// Stable code, the key of the sentence in the locales.
    pub fn code(&self) -> &'static str {
        match self {
            Reason::Overdue { .. } => "overdue",
            Reason::DaysLate { .. } => "days-late",
            Reason::PromisesBroken { .. } => "promises-broken",
            Reason::PromiseOpen { .. } => "promise-open",
            Reason::NeverContacted => "never-contacted",
            Reason::NotContacted { .. } => "not-contacted",
            Reason::JustContacted { .. } => "just-contacted",
            Reason::LookAgain => "look-again",
            Reason::Disputed { .. } => "disputed",
            Reason::CreditUsed { .. } => "credit-used",
            Reason::PaysLate { .. } => "pays-late",
        }
    }

    /// The values the sentence needs.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Reason::Overdue { amount } => vec![("amount", amount.to_string())],
            Reason::DaysLate { days }
            | Reason::NotContacted { days }
            | Reason::JustContacted { days }
            | Reason::PaysLate { days } => vec![("days", days.to_string())],
            Reason::PromisesBroken { count } | Reason::PromiseOpen { count } => vec![("count", count.to_string())],
            Reason::NeverContacted | Reason::LookAgain => Vec::new(),
            Reason::Disputed { share_bps } => vec![("share_bps", share_bps.to_string())],
            Reason::CreditUsed { usage_bps } => vec![("usage_bps", usage_bps.to_string())],
        }
    }
}

/// The priority of an account. Nothing past due has none, whatever else is known.
pub fn priority(facts: &AccountFacts, points: &Points) -> Priority {
    if facts.overdue <= 0 {
        return Priority { points: 0, reasons: Vec::new() };
    }
    let usage_bps = facts.credit_used_bps.unwrap_or(0);
    let rows = [
        (Reason::Overdue { amount: facts.overdue }, band(points.overdue, facts.overdue)),
        (Reason::DaysLate { days: facts.oldest_days_late }, band(points.days_late, facts.oldest_days_late)),
        (Reason::PromisesBroken { count: facts.promises_broken }, band(points.promises_broken, facts.promises_broken)),
        contact(facts, points),
        (Reason::LookAgain, if facts.look_again { points.look_again } else { 0 }),
        (Reason::CreditUsed { usage_bps }, band(points.credit_used_bps, usage_bps)),
        (Reason::PaysLate { days: facts.history_days_late }, band(points.history_days_late, facts.history_days_late)),
        (Reason::PromiseOpen { count: facts.promises_open }, band(points.promises_open, facts.promises_open)),
        (Reason::Disputed { share_bps: facts.disputed_bps }, band(points.disputed_bps, facts.disputed_bps)),
    ];
    let reasons: Vec<(Reason, i32)> = rows.into_iter().filter(|(_, points)| *points != 0).collect();
    let sum: i32 = reasons.iter().map(|(_, points)| points).sum();
    Priority { points: sum.max(0), reasons }
}

/// The worklist: most points first, then the larger amount, then the key (the customer's code), so that no two runs differ.
pub fn order<K: Ord>(accounts: &mut [(K, AccountFacts, Priority)]) {
    accounts.sort_by(|(a_key, a, a_priority), (b_key, b, b_priority)| {
        let a_rank = (Reverse(a_priority.points), Reverse(a.overdue), a_key);
        a_rank.cmp(&(Reverse(b_priority.points), Reverse(b.overdue), b_key))
    });
}

fn contact(facts: &AccountFacts, points: &Points) -> (Reason, i32) {
    let Some(days) = facts.last_contact_days else {
        return (Reason::NeverContacted, points.never_contacted);
    };
    let points = match band(points.contact_days, days) {
        peace if peace < 0 && facts.broken_since_contact => 0,
        points => points,
    };
    let reason = if points < 0 { Reason::JustContacted { days } } else { Reason::NotContacted { days } };
    (reason, points)
}

/// The points of the last row that the value reaches; none below the first.
fn band(bands: Bands, value: impl Into<i64>) -> i32 {
    let value = value.into();
    bands.iter().take_while(|(from, _)| *from <= value).last().map_or(0, |(_, points)| *points)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(facts: AccountFacts, points: i32, codes: &[&str]) {
        let priority = priority(&facts, &POINTS);
        let told: Vec<&str> = priority.reasons.iter().map(|(reason, _)| reason.code()).collect();
        assert_eq!((priority.points, told.as_slice()), (points, codes), "{facts:?}");
    }

    #[test]
    fn every_point_has_a_reason() {
        let late =
            AccountFacts { overdue: 600_000, oldest_days_late: 45, last_contact_days: Some(5), ..Default::default() };
        check(late, 30, &["overdue", "days-late"]);
        check(AccountFacts { last_contact_days: None, ..late }, 40, &["overdue", "days-late", "never-contacted"]);
        check(AccountFacts { last_contact_days: Some(1), ..late }, 10, &["overdue", "days-late", "just-contacted"]);
        let talked = AccountFacts { last_contact_days: Some(1), promises_broken: 1, ..late };
        let peace = priority(&talked, &POINTS).points;
        let broken = priority(&AccountFacts { broken_since_contact: true, ..talked }, &POINTS);
        assert!(broken.points > peace && broken.reasons.iter().all(|(_, points)| *points > 0), "{broken:?}");
        let again = AccountFacts { last_contact_days: Some(1), look_again: true, ..late };
        check(again, 30, &["overdue", "days-late", "just-contacted", "look-again"]);
        check(AccountFacts { last_contact_days: Some(20), ..late }, 38, &["overdue", "days-late", "not-contacted"]);
        check(AccountFacts { promises_broken: 2, ..late }, 50, &["overdue", "days-late", "promises-broken"]);
        check(AccountFacts { promises_open: 1, ..late }, 0, &["overdue", "days-late", "promise-open"]);
        check(AccountFacts { disputed_bps: 6_000, ..late }, 15, &["overdue", "days-late", "disputed"]);
        check(AccountFacts { credit_used_bps: Some(12_000), ..late }, 40, &["overdue", "days-late", "credit-used"]);
        check(AccountFacts { history_days_late: 20, ..late }, 36, &["overdue", "days-late", "pays-late"]);
    }

    #[test]
    fn points_never_fall_below_zero_and_nothing_overdue_has_none() {
        let small = AccountFacts { overdue: 1, oldest_days_late: 1, last_contact_days: Some(0), ..Default::default() };
        check(small, 0, &["overdue", "days-late", "just-contacted"]);
        check(AccountFacts { overdue: 0, promises_broken: 3, ..small }, 0, &[]);
    }

    #[test]
    fn the_order_is_points_then_amount_then_key() {
        let account = |key: &'static str, overdue: i64| {
            let facts = AccountFacts { overdue, oldest_days_late: 10, ..Default::default() };
            (key, facts, priority(&facts, &POINTS))
        };
        let mut list = [account("C", 200_000), account("B", 200_000), account("A", 5_000), account("D", 300_000)];
        order(&mut list);
        assert_eq!(list.map(|(key, _, _)| key), ["D", "B", "C", "A"]);
    }

    #[test]
    fn every_code_is_among_the_codes() {
        let all = [
            Reason::Overdue { amount: 1 },
            Reason::DaysLate { days: 1 },
            Reason::PromisesBroken { count: 1 },
            Reason::PromiseOpen { count: 1 },
            Reason::NeverContacted,
            Reason::NotContacted { days: 1 },
            Reason::JustContacted { days: 1 },
            Reason::LookAgain,
            Reason::Disputed { share_bps: 1 },
            Reason::CreditUsed { usage_bps: 1 },
            Reason::PaysLate { days: 1 },
        ];
        assert_eq!(all.map(|reason| reason.code()), Reason::CODES);
    }

    #[test]
    fn bands_rise() {
        let all = [
            POINTS.overdue,
            POINTS.days_late,
            POINTS.promises_broken,
            POINTS.promises_open,
            POINTS.contact_days,
            POINTS.disputed_bps,
            POINTS.credit_used_bps,
            POINTS.history_days_late,
        ];
        for bands in all {
            assert!(bands.windows(2).all(|pair| pair[0].0 < pair[1].0), "{bands:?}");
        }
    }
}
