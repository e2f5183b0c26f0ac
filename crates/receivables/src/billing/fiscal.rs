//! Reporting a document to a tax device that signs it: what may be sent when, and what an answer, silence or a restart means.
//! Pure: the caller persists what comes out before it acts on it. Which code means what is a country pack's data.
//!
//! Three rules keep a sale from being receipted twice. A document is `Sent` before it is sent. Each retry has the number of
//! the first attempt. Silence, and the answer that it is there already (994), are never answered by sending again: the
//! document is `Unknown` until the device's counters decide. They can decide only because one document after the other is
//! sent ([`next`]): a number above the last of the device did not arrive, the last itself did, and of one below it,
//! passed by while it was refused or parked, they prove nothing: then a person looks.
//!
//! Sources: RRA VSDC API specification 1.0.5, result codes and 2.2 (24 hours offline); RRA on failing devices (6 hours).

use crate::Instant;

mod advice;
#[cfg(test)]
mod tests;

pub use advice::{Advice, Ask, Doubt};

/// How long to wait and how often to try: a country pack's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Failures in a row, after which a document is parked.
    pub failures_max: u32,
    pub back_off_first_s: u32,
    pub back_off_most_s: u32,
    /// How long a device signs without reaching the authority.
    pub offline_h: u32,
    /// How soon the authority is told that a device failed.
    pub failure_notice_h: u32,
}

impl Limits {
    /// When a device that last reached the authority then stops signing.
    pub fn stops_signing_at(&self, reached_at: Instant) -> Instant {
        later(reached_at, i64::from(self.offline_h) * 3600)
    }

    /// By when the authority is told of a device that failed then.
    pub fn notice_due_at(&self, failed_at: Instant) -> Instant {
        later(failed_at, i64::from(self.failure_notice_h) * 3600)
    }

    /// When to try again after so many failures in a row: twice as long each time, up to the most.
    fn again_at(&self, failures: u32, now: Instant) -> Instant {
        let doubled = 1i64.checked_shl(failures.saturating_sub(1).min(31)).unwrap_or(i64::from(u32::MAX));
        let wait_s = i64::from(self.back_off_first_s).saturating_mul(doubled).min(i64::from(self.back_off_most_s));
        later(now, wait_s)
    }
}

fn later(at: Instant, seconds: i64) -> Instant {
    at.plus_micros(seconds * 1_000_000)
}

/// What the device signed: all of it is kept and printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub sdc: String,
    pub mrc: String,
    /// Among the receipts of its label.
    pub of_label: u64,
    /// Among all receipts of the device.
    pub of_all: u64,
    pub internal_data: String,
    pub signature: String,
    pub signed_at: Instant,
}

/// How a document stands with the device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Not under way; sent from `not_before` on.
    Waiting { not_before: Instant },
    /// Persisted, then sent.
    Sent { at: Instant },
    /// Perhaps received. `counters_cannot_tell`: a person looks.
    Unknown { since: Instant, doubt: Doubt, counters_cannot_tell: bool },
    /// The device has it; `None` where its receipt was lost on the way.
    Fiscalised { at: Instant, receipt: Option<Receipt> },
    /// Not taken: a person does what is asked.
    Refused { at: Instant, code: String, ask: Ask, field: Option<String> },
    /// Given up for now: a person looks.
    Parked { at: Instant, code: Option<String> },
    /// Taken back before the device had it.
    Void { at: Instant },
}

impl State {
    /// As it is kept and told.
    pub fn code(&self) -> &'static str {
        match self {
            State::Waiting { .. } => "waiting",
            State::Sent { .. } => "sent",
            State::Unknown { .. } => "unknown",
            State::Fiscalised { .. } => "fiscalised",
            State::Refused { .. } => "refused",
            State::Parked { .. } => "parked",
            State::Void { .. } => "void",
        }
    }

    /// Whether only a person can do something about it.
    pub fn needs_person(&self) -> bool {
        matches!(self, State::Unknown { counters_cannot_tell: true, .. } | State::Refused { .. } | State::Parked { .. })
    }

    /// Whether the document has no receipt yet and may still get one: it is not sent to the customer, not dunned, not aged.
    pub fn is_pending(&self) -> bool {
        !matches!(self, State::Fiscalised { .. } | State::Void { .. })
    }
}

/// A document on its way to the device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Its number with the device, the same in each attempt.
    pub number: u64,
    pub state: State,
    /// How often it was sent; names the latest attempt.
    pub attempts: u32,
    /// Failures since the last success or person.
    pub failures: u32,
    /// Attempts that the device may have taken without our knowing.
    pub open: u32,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// It is about to be sent. Persist what comes out, then send.
    Send,
    /// An attempt never left: no connection.
    NotSent { attempt: u32 },
    /// An attempt was answered with a receipt.
    Signed { attempt: u32, receipt: Receipt },
    /// An attempt was answered with a code, and the field at fault where the device names one.
    Answered { attempt: u32, code: String, advice: Advice, field: Option<String> },
    /// An attempt was answered by something unreadable.
    Garbled { attempt: u32 },
    /// No answer came to an attempt.
    Silence { attempt: u32 },
    /// We started again.
    Restarted,
    /// The last number the device knows of this series, read while nothing of it was under way.
    CountersSeen { last: u64 },
    /// The device does not tell its counters: a person looks.
    CountersHidden,
    /// A person looked at the authority's portal.
    Found { there: bool },
    /// A person did what was asked, or does not want to wait for the next attempt.
    Released,
    /// The document is taken back.
    Void,
}

impl Event {
    /// As it is kept and told.
    pub fn code(&self) -> &'static str {
        match self {
            Event::Send => "send",
            Event::NotSent { .. } => "not-sent",
            Event::Signed { .. } => "signed",
            Event::Answered { .. } => "answered",
            Event::Garbled { .. } => "garbled",
            Event::Silence { .. } => "silence",
            Event::Restarted => "restarted",
            Event::CountersSeen { .. } => "counters-seen",
            Event::CountersHidden => "counters-hidden",
            Event::Found { there: true } => "found",
            Event::Found { there: false } => "not-found",
            Event::Released => "released",
            Event::Void => "void",
        }
    }
}

/// Why nothing changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is too early.
    NotBefore { at: Instant },
    /// It is under way, or it is not known whether it arrived.
    InDoubt,
    /// The device has it: only a refund document takes it back.
    HasReceipt,
    /// The answer is of another attempt.
    OtherAttempt { attempt: u32, latest: u32 },
    /// The event has no meaning in this state.
    NotNow,
    /// Another receipt for the same number: a person looks.
    OtherReceipt { kept: Box<Receipt>, came: Box<Receipt> },
    /// A receipt for a document that was taken back: a refund is due.
    ReceiptOfVoid { came: Box<Receipt> },
}

impl Submission {
    /// A document that nobody sent yet.
    pub fn new(number: u64, now: Instant) -> Submission {
        Submission { number, state: State::Waiting { not_before: now }, attempts: 0, failures: 0, open: 0 }
    }

    /// A document that cannot be sent before a person did something.
    pub fn held(number: u64, ask: Ask, now: Instant) -> Submission {
        let state = State::Refused { at: now, code: String::new(), ask, field: None };
        Submission { number, state, attempts: 0, failures: 0, open: 0 }
    }

    /// What becomes of it. Saying the same thing twice changes nothing more.
    pub fn after(&self, event: Event, now: Instant, limits: &Limits) -> Result<Submission, Fault> {
        match event {
            Event::Send => self.sent(now),
            Event::NotSent { attempt } => {
                self.latest(attempt)?;
                Ok(Submission { open: self.open.saturating_sub(1), ..self.waiting(now, limits) })
            }
            Event::Signed { attempt, receipt } => self.signed(attempt, receipt, now),
            Event::Answered { attempt, code, advice, field } => {
                self.latest(attempt)?;
                Ok(self.answered(code, advice, field, now, limits))
            }
            Event::Garbled { attempt } => self.latest(attempt).map(|()| self.unknown(Doubt::NoReceipt, now)),
            Event::Silence { attempt } => self.latest(attempt).map(|()| self.unknown(Doubt::Silence, now)),
            Event::Restarted => match self.state {
                State::Sent { .. } => Ok(self.unknown(Doubt::Restart, now)),
                _ => Ok(self.clone()),
            },
            Event::CountersSeen { last } => self.counted(last, now, limits),
            Event::CountersHidden => match self.state {
                State::Unknown { since, doubt, .. } => {
                    Ok(self.with(State::Unknown { since, doubt, counters_cannot_tell: true }))
                }
                _ => Err(Fault::NotNow),
            },
            Event::Found { there } => match (&self.state, there) {
                (State::Unknown { .. }, true) => Ok(self.with(State::Fiscalised { at: now, receipt: None })),
                (State::Unknown { .. }, false) => Ok(Submission { open: 0, ..self.anew(now) }),
                _ => Err(Fault::NotNow),
            },
            Event::Released => match self.state {
                State::Refused { .. } | State::Parked { .. } if self.open == 0 => Ok(self.anew(now)),
                State::Waiting { .. } => Ok(self.anew(now)),
                State::Refused { .. } | State::Parked { .. } => {
                    Ok(Submission { failures: 0, ..self.unknown(Doubt::Parked, now) })
                }
                _ => Err(Fault::NotNow),
            },
            Event::Void => match self.state {
                State::Void { .. } => Ok(self.clone()),
                State::Fiscalised { .. } => Err(Fault::HasReceipt),
                State::Waiting { .. } | State::Refused { .. } | State::Parked { .. } if self.open == 0 => {
                    Ok(self.with(State::Void { at: now }))
                }
                _ => Err(Fault::InDoubt),
            },
        }
    }

    fn sent(&self, now: Instant) -> Result<Submission, Fault> {
        match self.state {
            State::Waiting { not_before } if not_before > now => Err(Fault::NotBefore { at: not_before }),
            State::Waiting { .. } => {
                let sent = self.with(State::Sent { at: now });
                Ok(Submission { attempts: self.attempts + 1, open: self.open + 1, ..sent })
            }
            State::Sent { .. } | State::Unknown { .. } => Err(Fault::InDoubt),
            State::Fiscalised { .. } => Err(Fault::HasReceipt),
            State::Refused { .. } | State::Parked { .. } | State::Void { .. } => Err(Fault::NotNow),
        }
    }

    /// A receipt counts whenever it comes, of whichever attempt.
    fn signed(&self, attempt: u32, receipt: Receipt, now: Instant) -> Result<Submission, Fault> {
        if attempt == 0 || attempt > self.attempts {
            return Err(Fault::OtherAttempt { attempt, latest: self.attempts });
        }
        match &self.state {
            State::Fiscalised { receipt: Some(kept), .. } if *kept == receipt => Ok(self.clone()),
            State::Fiscalised { receipt: Some(kept), .. } => {
                Err(Fault::OtherReceipt { kept: Box::new(kept.clone()), came: Box::new(receipt) })
            }
            State::Fiscalised { at, receipt: None } => {
                Ok(self.with(State::Fiscalised { at: *at, receipt: Some(receipt) }))
            }
            State::Void { .. } => Err(Fault::ReceiptOfVoid { came: Box::new(receipt) }),
            _ => {
                let receipt = Some(receipt);
                Ok(Submission { failures: 0, ..self.with(State::Fiscalised { at: now, receipt }) })
            }
        }
    }

    fn answered(
        &self,
        code: String,
        advice: Advice,
        field: Option<String>,
        now: Instant,
        limits: &Limits,
    ) -> Submission {
        let refused = |ask: Ask| {
            let state = State::Refused { at: now, code: code.clone(), ask, field: field.clone() };
            Submission { open: self.open.saturating_sub(1), ..self.with(state) }
        };
        match advice {
            // It says that it has it; what it signed did not come along.
            Advice::Store => self.unknown(Doubt::NoReceipt, now),
            Advice::Reconcile => self.unknown(Doubt::Duplicate, now),
            Advice::AskPurchaseCode => refused(Ask::NewPurchaseCode),
            Advice::Correct => refused(Ask::CorrectField),
            Advice::Operator => refused(Ask::Operator),
            Advice::Accountant => refused(Ask::Accountant),
            Advice::Reorder => refused(Ask::SendOtherFirst),
            Advice::BackOff => self.waiting(now, limits),
            Advice::FewTimes if self.failures + 1 < limits.failures_max => self.waiting(now, limits),
            Advice::FewTimes | Advice::EmptyList | Advice::Park => {
                self.with(State::Parked { at: now, code: Some(code) })
            }
        }
    }

    /// What the counters prove. A number above the last may be sent again, under the same number.
    fn counted(&self, last: u64, now: Instant, limits: &Limits) -> Result<Submission, Fault> {
        let State::Unknown { since, doubt, .. } = self.state else { return Err(Fault::NotNow) };
        Ok(match last.cmp(&self.number) {
            std::cmp::Ordering::Equal => self.with(State::Fiscalised { at: now, receipt: None }),
            std::cmp::Ordering::Less if self.failures + 1 < limits.failures_max => self.waiting(now, limits),
            std::cmp::Ordering::Less => self.with(State::Parked { at: now, code: None }),
            std::cmp::Ordering::Greater => self.with(State::Unknown { since, doubt, counters_cannot_tell: true }),
        })
    }

    /// Refused unless it is under way in this attempt.
    fn latest(&self, attempt: u32) -> Result<(), Fault> {
        match self.state {
            _ if attempt != self.attempts => Err(Fault::OtherAttempt { attempt, latest: self.attempts }),
            State::Sent { .. } => Ok(()),
            _ => Err(Fault::NotNow),
        }
    }

    fn with(&self, state: State) -> Submission {
        Submission { state, ..self.clone() }
    }

    fn unknown(&self, doubt: Doubt, now: Instant) -> Submission {
        self.with(State::Unknown { since: now, doubt, counters_cannot_tell: false })
    }

    /// Once more, after a failure.
    fn waiting(&self, now: Instant, limits: &Limits) -> Submission {
        let failures = self.failures.saturating_add(1);
        Submission { failures, ..self.with(State::Waiting { not_before: limits.again_at(failures, now) }) }
    }

    /// Once more, after a person saw to it.
    fn anew(&self, now: Instant) -> Submission {
        Submission { failures: 0, ..self.with(State::Waiting { not_before: now }) }
    }
}

/// What to do with the documents of one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Send this number.
    Send { number: u64 },
    /// Nothing before then.
    WaitUntil { at: Instant },
    /// This number is under way.
    AwaitAnswer { number: u64 },
    /// Read the counters of the device: it is not known whether this number arrived.
    ReadCounters { number: u64 },
    /// Nothing waits.
    Rest,
}

/// The next step for one device: one document after the other, the lowest number first. A document that waits for its next
/// attempt holds the others up, as the counters could not decide about it any more; one that needs a person does not.
pub fn next<'a>(queue: impl IntoIterator<Item = &'a Submission> + Clone, now: Instant) -> Step {
    let lowest = |wanted: fn(&State) -> bool| {
        queue.clone().into_iter().filter(|one| wanted(&one.state)).min_by_key(|one| one.number)
    };
    if let Some(one) = lowest(|state| matches!(state, State::Sent { .. })) {
        return Step::AwaitAnswer { number: one.number };
    }
    if let Some(one) = lowest(|state| matches!(state, State::Unknown { counters_cannot_tell: false, .. })) {
        return Step::ReadCounters { number: one.number };
    }
    match lowest(|state| matches!(state, State::Waiting { .. })) {
        Some(Submission { number, state: State::Waiting { not_before }, .. }) if *not_before <= now => {
            Step::Send { number: *number }
        }
        Some(Submission { state: State::Waiting { not_before }, .. }) => Step::WaitUntil { at: *not_before },
        _ => Step::Rest,
    }
}
