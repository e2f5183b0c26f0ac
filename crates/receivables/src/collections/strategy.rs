//! The dunning ladder: which step an instalment is due for today, and what one message to a customer says.
//!
//! A level is due when its date ≤ today, worked out from the facts every time. Levels are not skipped, a draft holds back
//! the next level, an ignored step is proposed again. Dunned per instalment, sent per customer and currency.

use crate::{Date, Refusal, Unusable};

/// What a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// A friendly note before the due day.
    PreDueNote,
    Reminder,
    Call,
    FinalNotice,
}

/// One rung of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub level: u8,
    pub kind: StepKind,
    /// Days from the due day; below zero is before it.
    pub days_after_due: i32,
    /// At least so many days after the step before.
    pub min_gap_days: i32,
}

/// Where an account enters that is first seen long after its due day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// At the first level, however late: nobody's first letter is a final notice.
    FirstLevel,
    /// At the level its days would have reached.
    ReachedLevel,
}

/// The steps in order of level, and the setting for late entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    steps: Vec<Step>,
    entry: Entry,
}

/// What became of a step that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    Draft,
    Sent,
    Ignored,
}

/// The last step of an instalment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenStep {
    pub level: u8,
    pub on: Date,
    pub state: StepState,
}

/// What the ladder needs to know of one instalment; amounts in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemFacts {
    pub due_on: Date,
    pub open: i64,
    /// The part of `open` in dispute: it is not dunned, the rest is.
    pub disputed: i64,
    pub last: Option<TakenStep>,
    /// First day of the cycle that lasts from overdue to settled; steps before it do not count.
    pub cycle_from: Date,
}

/// What to do about one instalment today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Due(Step),
    HeldBack(SkipReason),
}

/// Why nothing is sent. Amounts in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkipReason {
    /// The account is on hold.
    Hold { until: Date },
    /// A promise to pay runs.
    PromiseOpen { promised_on: Date },
    /// All that is open is in dispute.
    Disputed { disputed: i64 },
    /// Less is overdue than the smallest amount that is worth a message.
    BelowMinimum { amount: i64, minimum: i64 },
    /// A step was drafted and not sent.
    DraftWaiting { level: u8 },
    /// Unapplied money and credits cover it.
    NothingNet { unapplied: i64 },
    /// Nothing is open.
    NothingOpen,
    /// The next step has a later date.
    NotYet { on: Date },
    /// The last level was taken: a person decides what follows.
    LadderDone,
}

impl SkipReason {
    /// Stable code, the key of the sentence in the locales.
    pub fn code(&self) -> &'static str {
        match self {
            SkipReason::Hold { .. } => "hold",
            SkipReason::PromiseOpen { .. } => "promise-open",
            SkipReason::Disputed { .. } => "disputed",
            SkipReason::BelowMinimum { .. } => "below-minimum",
            SkipReason::DraftWaiting { .. } => "draft-waiting",
            SkipReason::NothingNet { .. } => "nothing-net",
            SkipReason::NothingOpen => "nothing-open",
            SkipReason::NotYet { .. } => "not-yet",
            SkipReason::LadderDone => "ladder-done",
        }
    }

    /// The values the sentence needs.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            SkipReason::Hold { until } => vec![("until", until.to_string())],
            SkipReason::PromiseOpen { promised_on } => vec![("on", promised_on.to_string())],
            SkipReason::Disputed { disputed } => vec![("disputed", disputed.to_string())],
            SkipReason::BelowMinimum { amount, minimum } => {
                vec![("amount", amount.to_string()), ("minimum", minimum.to_string())]
            }
            SkipReason::DraftWaiting { level } => vec![("level", level.to_string())],
            SkipReason::NothingNet { unapplied } => vec![("unapplied", unapplied.to_string())],
            SkipReason::NotYet { on } => vec![("on", on.to_string())],
            SkipReason::NothingOpen | SkipReason::LadderDone => Vec::new(),
        }
    }
}

/// The ladder of a new company: a note 3 days before, reminders 5, 15 and 30 days after, a call at 40, the final notice at
/// 60; a week between two steps at least. A setting.
const DEFAULT_STEPS: [Step; 6] = [
    Step { level: 0, kind: StepKind::PreDueNote, days_after_due: -3, min_gap_days: 0 },
    Step { level: 1, kind: StepKind::Reminder, days_after_due: 5, min_gap_days: 7 },
    Step { level: 2, kind: StepKind::Reminder, days_after_due: 15, min_gap_days: 7 },
    Step { level: 3, kind: StepKind::Reminder, days_after_due: 30, min_gap_days: 7 },
    Step { level: 4, kind: StepKind::Call, days_after_due: 40, min_gap_days: 7 },
    Step { level: 5, kind: StepKind::FinalNotice, days_after_due: 60, min_gap_days: 7 },
];

impl Default for Ladder {
    fn default() -> Self {
        Ladder { steps: DEFAULT_STEPS.to_vec(), entry: Entry::FirstLevel }
    }
}

impl Ladder {
    /// Refused unless levels and days rise and no gap is below zero.
    pub fn new(steps: &[Step], entry: Entry) -> Result<Ladder, Refusal> {
        let rising = |pair: &[Step]| pair[0].level < pair[1].level && pair[0].days_after_due < pair[1].days_after_due;
        let fine = !steps.is_empty() && steps.windows(2).all(rising) && steps.iter().all(|step| step.min_gap_days >= 0);
        if fine {
            return Ok(Ladder { steps: steps.to_vec(), entry });
        }
        let levels: Vec<String> = steps.iter().map(|s| format!("{}:{}", s.level, s.days_after_due)).collect();
        let (field, value) = ("steps".to_owned(), levels.join(","));
        Err(Refusal::Invalid { field, value, reason: Unusable::StepsMustRise })
    }

    pub fn steps(&self) -> &[Step] {
        &self.steps
    }
}

/// First day of the cycle of an instalment: the day after its due day, or the day it opened again after it was settled.
pub fn cycle_from(due_on: Date, reopened_on: Option<Date>) -> Date {
    let overdue_from = due_on.plus_days(1);
    reopened_on.map_or(overdue_from, |reopened| reopened.max(overdue_from))
}

/// The step an instalment is due for today, or why none is.
pub fn next_step(facts: &ItemFacts, ladder: &Ladder, today: Date) -> Decision {
    if facts.open <= 0 {
        return Decision::HeldBack(SkipReason::NothingOpen);
    }
    if facts.disputed >= facts.open {
        return Decision::HeldBack(SkipReason::Disputed { disputed: facts.disputed });
    }
    // Before the cycle begins the last step can only be the note before the due day.
    let last = facts.last.filter(|last| last.on >= facts.cycle_from || today < facts.cycle_from);
    if let Some(TakenStep { level, state: StepState::Draft, .. }) = last {
        return Decision::HeldBack(SkipReason::DraftWaiting { level });
    }
    let Some(step) = following(facts, ladder, last, today) else {
        return Decision::HeldBack(SkipReason::LadderDone);
    };
    let by_due = facts.due_on.plus_days(step.days_after_due);
    let on = last.map_or(by_due, |last| by_due.max(earliest_after(&last, &step)));
    if on <= today { Decision::Due(step) } else { Decision::HeldBack(SkipReason::NotYet { on }) }
}

/// The rung after the last one, or the same again if it was ignored. A note before the due day is no use on it.
fn following(facts: &ItemFacts, ladder: &Ladder, last: Option<TakenStep>, today: Date) -> Option<Step> {
    let useful = |step: &&Step| step.kind != StepKind::PreDueNote || today < facts.due_on;
    let mut open = ladder.steps.iter().filter(useful);
    match last {
        Some(TakenStep { level, state: StepState::Ignored, .. }) => open.find(|step| step.level >= level).copied(),
        Some(TakenStep { level, .. }) => open.find(|step| step.level > level).copied(),
        None if ladder.entry == Entry::FirstLevel => open.next().copied(),
        None => {
            let reached = |step: &&Step| facts.due_on.plus_days(step.days_after_due) <= today;
            open.clone().rfind(reached).or_else(|| open.next()).copied()
        }
    }
}

/// The gap counts from a step that was sent; an ignored one may be proposed again the next day.
fn earliest_after(last: &TakenStep, step: &Step) -> Date {
    match last.state {
        StepState::Ignored => last.on.plus_days(1),
        StepState::Draft | StepState::Sent => last.on.plus_days(step.min_gap_days),
    }
}

/// What holds back a whole account in one currency; amounts in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountFacts {
    /// Last day of the hold that is active today.
    pub held_until: Option<Date>,
    /// Day of the promise that is open today.
    pub promised_on: Option<Date>,
    /// Unapplied money and open credits of the customer, above zero.
    pub unapplied: i64,
    /// The smallest amount worth a message; exactly it is enough.
    pub minimum: i64,
}

/// One message to one customer in one currency; amounts in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The highest step of its items: it sets the tone.
    pub step: Step,
    /// Instalments by the caller's index, each with its own step.
    pub items: Vec<(usize, Step)>,
    /// Every instalment money is asked for, by the caller's index: the oldest due day first.
    pub told: Vec<usize>,
    /// Undisputed amounts past due, or of the items noted before their due day.
    pub undisputed: i64,
    pub disputed: i64,
    pub unapplied: i64,
}

/// One message for all instalments that are due for a step, or why none is sent.
pub fn message(
    account: &AccountFacts,
    items: &[(usize, ItemFacts)],
    ladder: &Ladder,
    today: Date,
) -> Result<Message, SkipReason> {
    if let Some(until) = account.held_until {
        return Err(SkipReason::Hold { until });
    }
    if let Some(promised_on) = account.promised_on {
        return Err(SkipReason::PromiseOpen { promised_on });
    }
    // One draft at a time: a second one would ask for the same money again.
    let drafted = items.iter().filter(|(_, facts)| facts.open > 0).filter_map(|(_, facts)| facts.last);
    if let Some(draft) = drafted.into_iter().find(|last| last.state == StepState::Draft) {
        return Err(SkipReason::DraftWaiting { level: draft.level });
    }
    let decided: Vec<(usize, &ItemFacts, Decision)> =
        items.iter().map(|(item, facts)| (*item, facts, next_step(facts, ladder, today))).collect();
    // Who owes something late hears of that; a friendly note about what is still to come waits.
    let late = items.iter().any(|(_, facts)| facts.open > facts.disputed && facts.due_on < today);
    let due: Vec<(usize, Step)> = decided
        .iter()
        .filter_map(|(item, _, decision)| match decision {
            Decision::Due(step) if late && step.kind == StepKind::PreDueNote => None,
            Decision::Due(step) => Some((*item, *step)),
            Decision::HeldBack(_) => None,
        })
        .collect();
    let Some(step) = due.iter().map(|(_, step)| *step).max_by_key(|step| step.level) else {
        return Err(nearest_reason(&decided));
    };
    let mut told: Vec<(usize, &ItemFacts)> = decided
        .iter()
        .filter(|(_, facts, decision)| {
            facts.open > 0 && (facts.due_on < today || (!late && matches!(decision, Decision::Due(_))))
        })
        .map(|(item, facts, _)| (*item, *facts))
        .collect();
    told.sort_by_key(|(_, facts)| facts.due_on);
    let (mut undisputed, mut disputed) = (0i64, 0i64);
    for (_, facts) in &told {
        let in_dispute = facts.disputed.clamp(0, facts.open);
        disputed = disputed.saturating_add(in_dispute);
        undisputed = undisputed.saturating_add(facts.open - in_dispute);
    }
    let net = undisputed.saturating_sub(account.unapplied);
    if net <= 0 {
        return Err(SkipReason::NothingNet { unapplied: account.unapplied });
    }
    if net < account.minimum {
        return Err(SkipReason::BelowMinimum { amount: net, minimum: account.minimum });
    }
    // What is wholly in dispute is not asked for, so it is not named.
    let told = told.into_iter().filter(|(_, facts)| facts.open > facts.disputed).map(|(item, _)| item).collect();
    Ok(Message { step, items: due, told, undisputed, disputed, unapplied: account.unapplied })
}

/// The reason worth telling when no instalment is due: what a person could act on first, then the nearest date.
fn nearest_reason(decided: &[(usize, &ItemFacts, Decision)]) -> SkipReason {
    let rank = |reason: &SkipReason| match reason {
        SkipReason::DraftWaiting { .. } => (0, None),
        SkipReason::Disputed { .. } => (1, None),
        SkipReason::NotYet { on } => (2, Some(*on)),
        SkipReason::LadderDone => (3, None),
        _ => (4, None),
    };
    let reasons = decided.iter().filter_map(|(_, _, decision)| match decision {
        Decision::HeldBack(reason) => Some(*reason),
        Decision::Due(_) => None,
    });
    reasons.min_by_key(rank).unwrap_or(SkipReason::NothingOpen)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Day n after 2026-01-01.
    fn day(n: i32) -> Date {
        Date::new(2026, 1, 1).unwrap().plus_days(n)
    }

    fn reminder(level: u8, days_after_due: i32) -> Step {
        Step { level, kind: StepKind::Reminder, days_after_due, min_gap_days: 0 }
    }

    /// The levels of peer cases B1–B7: 5, 20 and 40 days overdue.
    fn levels() -> Ladder {
        Ladder::new(&[reminder(1, 5), reminder(2, 20), reminder(3, 40)], Entry::FirstLevel).unwrap()
    }

    /// 100 due on day 0.
    fn item(last: Option<(u8, i32, StepState)>) -> ItemFacts {
        let last = last.map(|(level, on, state)| TakenStep { level, on: day(on), state });
        ItemFacts { due_on: day(0), open: 100, disputed: 0, last, cycle_from: day(1) }
    }

    const FREE: AccountFacts = AccountFacts { held_until: None, promised_on: None, unapplied: 0, minimum: 1 };

    /// “level n” or the code of the reason.
    fn told(decision: Decision) -> String {
        match decision {
            Decision::Due(step) => format!("level {}", step.level),
            Decision::HeldBack(reason) => reason.code().to_owned(),
        }
    }

    fn check(facts: ItemFacts, ladder: &Ladder, today: i32, expected: &str) {
        assert_eq!(told(next_step(&facts, ladder, day(today))), expected, "day {today}: {facts:?}");
    }

    #[test]
    fn case_b1_nothing_before_the_first_level() {
        check(item(None), &levels(), 4, "not-yet");
    }

    #[test]
    fn case_b2_the_first_level_on_its_day_and_only_for_what_is_open() {
        let paid = ItemFacts { open: 0, ..item(None) };
        let message = message(&FREE, &[(0, item(None)), (1, paid)], &levels(), day(5)).unwrap();
        assert_eq!(message.items, [(0, reminder(1, 5))]);
        assert_eq!(message.undisputed, 100);
    }

    #[test]
    fn case_b3_a_draft_is_not_overtaken() {
        check(item(Some((1, 5, StepState::Draft))), &levels(), 30, "draft-waiting");
    }

    #[test]
    fn case_b4_a_sent_step_waits_for_the_next_date() {
        check(item(Some((1, 5, StepState::Sent))), &levels(), 6, "not-yet");
    }

    #[test]
    fn case_b5_a_blocked_account_stays_where_it_is() {
        let held = AccountFacts { held_until: Some(day(40)), ..FREE };
        let sent = item(Some((1, 5, StepState::Sent)));
        assert_eq!(message(&held, &[(0, sent)], &levels(), day(30)), Err(SkipReason::Hold { until: day(40) }));
    }

    #[test]
    fn case_b6_and_goes_on_when_free() {
        check(item(Some((1, 5, StepState::Sent))), &levels(), 30, "level 2");
    }

    #[test]
    fn case_b7_a_paid_item_is_dunned_no_more() {
        let paid = ItemFacts { open: 0, ..item(Some((2, 30, StepState::Draft))) };
        check(paid, &levels(), 50, "nothing-open");
    }

    #[test]
    fn case_b8_the_last_level_is_final() {
        let one = Ladder::new(&[reminder(1, 0)], Entry::FirstLevel).unwrap();
        check(item(None), &one, 1, "level 1");
        check(item(Some((1, 1, StepState::Sent))), &one, 2, "ladder-done");
    }

    #[test]
    fn case_b10_unapplied_money_is_told_and_taken_off() {
        let half = AccountFacts { unapplied: 50, ..FREE };
        let sent = message(&half, &[(0, item(None))], &levels(), day(5)).unwrap();
        assert_eq!((sent.undisputed, sent.unapplied), (100, 50));
        let all = AccountFacts { unapplied: 100, ..FREE };
        let skipped = message(&all, &[(0, item(None))], &levels(), day(5));
        assert_eq!(skipped, Err(SkipReason::NothingNet { unapplied: 100 }));
    }

    #[test]
    fn case_b29_the_minimum_is_enough() {
        let minimum = |minimum: i64| message(&AccountFacts { minimum, ..FREE }, &[(0, item(None))], &levels(), day(5));
        assert!(minimum(100).is_ok());
        assert_eq!(minimum(101), Err(SkipReason::BelowMinimum { amount: 100, minimum: 101 }));
    }

    #[test]
    fn case_a10_an_ignored_step_comes_again_at_its_level() {
        check(item(Some((2, 20, StepState::Ignored))), &levels(), 20, "not-yet");
        check(item(Some((2, 20, StepState::Ignored))), &levels(), 50, "level 2");
    }

    #[test]
    fn case_a16_a_level_twice_is_refused() {
        assert!(Ladder::new(&[reminder(1, 5), reminder(1, 9)], Entry::FirstLevel).is_err());
        assert!(Ladder::new(&[reminder(1, 5), reminder(2, 5)], Entry::FirstLevel).is_err());
        assert!(Ladder::new(&[], Entry::FirstLevel).is_err());
    }

    #[test]
    fn no_level_is_skipped_and_a_week_lies_between() {
        let ladder = Ladder::default();
        check(item(None), &ladder, -4, "not-yet");
        check(item(None), &ladder, -3, "level 0");
        check(item(Some((0, -3, StepState::Sent))), &ladder, -2, "not-yet");
        check(item(None), &ladder, 0, "not-yet");
        check(item(None), &ladder, 70, "level 1");
        check(item(Some((1, 70, StepState::Sent))), &ladder, 76, "not-yet");
        check(item(Some((1, 70, StepState::Sent))), &ladder, 77, "level 2");
        let reached = Ladder::new(ladder.steps(), Entry::ReachedLevel).unwrap();
        check(item(None), &reached, 70, "level 5");
        check(item(None), &reached, 2, "not-yet");
    }

    #[test]
    fn a_new_cycle_begins_at_the_first_level() {
        let again = ItemFacts { cycle_from: day(100), ..item(Some((3, 40, StepState::Sent))) };
        check(again, &levels(), 101, "level 1");
    }

    #[test]
    fn a_dispute_holds_its_amount_only() {
        check(ItemFacts { disputed: 100, ..item(None) }, &levels(), 5, "disputed");
        let part = ItemFacts { disputed: 40, ..item(None) };
        let sent = message(&FREE, &[(0, part)], &levels(), day(5)).unwrap();
        assert_eq!((sent.undisputed, sent.disputed), (60, 40));
    }

    #[test]
    fn one_message_takes_the_tone_of_its_highest_step() {
        let items = [(7, item(None)), (8, item(Some((1, 5, StepState::Sent))))];
        let sent = message(&FREE, &items, &levels(), day(20)).unwrap();
        assert_eq!((sent.step.level, sent.undisputed), (2, 200));
        assert_eq!(sent.items, [(7, reminder(1, 5)), (8, reminder(2, 20))]);
        let promised = AccountFacts { promised_on: Some(day(22)), ..FREE };
        let skipped = message(&promised, &items, &levels(), day(20)).unwrap_err();
        assert_eq!((skipped.code(), skipped.args()), ("promise-open", vec![("on", "2026-01-23".to_owned())]));
    }
}
