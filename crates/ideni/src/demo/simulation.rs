//! The office's side, day by day: every phase of a day is one commit made of the program's own actions.

use std::collections::BTreeMap;

use receivables::cash::matching;
use receivables::collections::dispute::Outcome;
use receivables::ledger::Rate;
use receivables::{Currency, Date, Instant, Money};
use store::rate::RateRow;
use store::{Db, Error, Tx};

use super::Desk;
use super::calls::Calls;
use super::customers::History;
use super::rng::{Rng, Span};
use super::town::{Payment, Town, Wish};
use crate::actions::allocation::{self, GivenUp};
use crate::actions::cash::{self, Matched, Planned};
use crate::actions::{
    Actor, Right, Subject, act, attempt, credit_note, day, dispute, hold, invoice, outbox, period, promise, rate,
    receipt, record,
};

/// The company's time zone, in which the office opens.
pub const ZONE: &str = "Africa/Kigali";

/// Hours at which the phases of a day begin.
const BILLING_HOUR: i8 = 7;
const CASH_HOUR: i8 = 8;
const TURN_HOUR: i8 = 9;
const COLLECTING_HOUR: i8 = 16;
/// Weekdays on which drafted messages are decided (1 is Monday).
const SENDING_DAYS: &[i8] = &[1, 2, 3, 4, 5];
/// Of the drafts, so many are put aside instead of sent.
const IGNORED_BPS: u32 = 400;
/// Weekday on which somebody is granted patience.
const PATIENCE_DAY: i8 = 3;
/// From this day of the month the month before is closed, and old debts are given up.
const CLOSING_DAY: i8 = 10;
const WRITE_OFF_DAY: i8 = 20;
const WRITE_OFF_AFTER_DAYS: i32 = 240;
const WRITE_OFFS_A_MONTH: usize = 3;
/// Days until somebody looks at money that did not explain itself, with weights; and again.
const CLERK_DAYS: &[(u32, Span)] = &[(45, (2, 8)), (30, (9, 25)), (18, (26, 70)), (7, (71, 300))];
const CLERK_AGAIN_DAYS: i32 = 9;
/// The dollar on the last day, and what it gains a day, in hundredths of a franc.
const DOLLAR_LAST: i64 = 146_000;
const DOLLAR_GAINS: i64 = 29;
const DOLLAR_NOISE: Span = (-500, 500);
/// What a bank keeps of a transfer in dollars, in cents.
const DOLLAR_CHARGE: i64 = 1_500;

/// What the payer meant, which a clerk finds out by asking.
struct Truth {
    party: usize,
    invoices: Vec<String>,
    look_on: Date,
    /// The clerk has already said whose money it is and applied it by hand.
    by_hand: bool,
}

/// Money a clerk sorts out: whose it is, and what it pays.
#[derive(Clone, Debug)]
struct ByHand {
    receipt: String,
    /// Customer code, where the receipt has none yet.
    customer: Option<String>,
    invoices: Vec<String>,
}

/// What a clerk does about one receipt.
enum Work {
    CarryOut,
    ByHand(ByHand),
    Wait,
}

/// The user who works an account, if somebody does.
type Worker = Option<&'static str>;

/// One thing the collectors or the manager do in an afternoon.
#[derive(Clone, Debug)]
enum Task {
    Decide {
        message: String,
        sent: bool,
    },
    /// What is about an account is done by who works it.
    Promise(Worker, promise::Given),
    Hold(Worker, Wish),
    Dispute(Worker, dispute::Given),
    Note(Worker, record::Given),
    /// Ends what is in dispute of an invoice.
    EndDispute(String, Outcome),
    WriteOff(GivenUp),
    Close(Date),
}

/// A company, its town, and the days they spend together.
pub struct Simulation<'a> {
    db: &'a Db,
    desk: Desk,
    town: Town,
    calls: Calls,
    history: History,
    truths: BTreeMap<String, Truth>,
    receipts: u64,
    /// First days of the months whose rate is known, that are closed, and whose old debts were given up.
    rated: Option<Date>,
    closed: Option<Date>,
    cleared: Option<Date>,
}

impl<'a> Simulation<'a> {
    /// Before its first day.
    pub fn new(db: &'a Db, desk: Desk, town: Town, rng: Rng, history: History) -> Simulation<'a> {
        Simulation {
            db,
            desk,
            town,
            calls: Calls::new(rng, history.last_day()),
            history,
            truths: BTreeMap::new(),
            receipts: 0,
            rated: None,
            closed: None,
            cleared: None,
        }
    }

    /// Lives one day. Days must be lived in order.
    pub fn live(&mut self, today: Date) -> Result<(), Error> {
        self.town.live(today);
        let supplies = today.weekday() != 7 && !self.town.calendar.is_holiday(today);
        let works = self.town.calendar.is_working_day(today);
        if supplies {
            self.bill_and_take_in(today)?;
        }
        if works {
            self.apply_cash(today)?;
        }
        self.turn(today)?;
        if works {
            self.call(today)?;
            self.collect(today)?;
        }
        self.db.seal()
    }

    /// Everyone who buys from us, as they are after the days lived.
    pub fn town(&self) -> &Town {
        &self.town
    }

    fn worker(&self, party: usize) -> Worker {
        self.town.parties[party].collector
    }

    fn clock(&self, today: Date, hour: i8) -> Result<(), Error> {
        self.db.source().clock.set(instant(today, hour, 0)?);
        Ok(())
    }

    // ---- Morning: invoices, credit notes, the statements of the days before

    fn bill_and_take_in(&mut self, today: Date) -> Result<(), Error> {
        self.clock(today, BILLING_HOUR)?;
        let drafts = self.town.drafts(today);
        let notes = self.town.notes();
        let arrived = self.town.arrived(today);
        let rates = self.rate(today);
        let receipts: Vec<receipt::Given> =
            arrived.into_iter().map(|(on, payment)| self.take_in(today, on, payment)).collect::<Result<_, _>>()?;
        let documents: Vec<invoice::Given> = drafts.iter().map(|draft| draft.given.clone()).collect();
        let (billing, cash) = (self.desk.billing.clone(), self.desk.cash.clone());
        let posted = self.db.write(move |tx| {
            if let Some(row) = &rates {
                save_rate(tx, &billing, row)?;
            }
            let mut numbers = Vec::with_capacity(documents.len());
            for document in &documents {
                numbers.push(invoice::issue(tx, &billing, today, document, None)?.number);
            }
            for note in &notes {
                credit_note::posted(tx, &billing, today, note)?;
            }
            for given in &receipts {
                receipt::record(tx, &cash, today, given, None)?;
            }
            Ok(numbers)
        })?;
        for (draft, number) in drafts.iter().zip(posted) {
            self.town.receive(today, draft, number);
        }
        Ok(())
    }

    /// The dollar of this month, on its first day, once.
    fn rate(&mut self, today: Date) -> Option<RateRow> {
        let on = today.first_of_month();
        if self.rated.replace(on) == Some(on) {
            return None;
        }
        let days_left = i64::from(self.history.last_day().days_since(on));
        let hundredths = (DOLLAR_LAST - DOLLAR_GAINS * days_left + self.town.rng.between(DOLLAR_NOISE)).max(80_000);
        let rate = Rate::from_nano(hundredths * 10_000_000);
        Some(RateRow { on, currency: Currency::USD, rate, source: "simulated".to_owned(), corrected: None })
    }

    /// Money as the statement shows it; what was meant is kept for the clerk.
    fn take_in(&mut self, today: Date, on: Date, payment: Payment) -> Result<receipt::Given, Error> {
        self.receipts += 1;
        let reference = format!("{}{:08}", payment.channel.prefix, 10_000_000 + self.receipts);
        let rng = &mut self.town.rng;
        let waits = *rng.weighted(CLERK_DAYS);
        let look_on = today.plus_days(rng.days(waits));
        let (hour, minute) = (rng.between((7, 19)), rng.between((0, 59)));
        let received_at = instant(on, i8::try_from(hour).unwrap_or(12), i8::try_from(minute).unwrap_or(0))?;
        let truth = Truth { party: payment.party, invoices: payment.invoices, look_on, by_hand: false };
        self.truths.insert(reference.clone(), truth);
        let gross = payment.gross;
        let kept = if gross.currency == Currency::USD {
            DOLLAR_CHARGE.min(gross.minor / 10)
        } else {
            gross.minor * payment.channel.fee_bps / 10_000
        };
        Ok(receipt::Given {
            account: payment.channel.account.to_owned(),
            received_on: on,
            received_at: Some(received_at),
            gross,
            charges: Money::new(kept, gross.currency),
            payer: Some(payment.payer),
            payer_ref: payment.payer_ref,
            reference: Some(reference),
            text: payment.text,
            customer: None,
            opening_on: None,
        })
    }

    // ---- Cash application: what explains itself, and what a clerk has found out

    fn apply_cash(&mut self, today: Date) -> Result<(), Error> {
        self.clock(today, CASH_HOUR)?;
        let clerk = self.desk.cash.clone();
        let matched = self.db.read(|tx| cash::look(tx, &clerk))?;
        let (mut steps, mut by_hand): (Vec<Planned>, Vec<ByHand>) = (Vec::new(), Vec::new());
        for m in &matched {
            match self.work(today, m) {
                Work::CarryOut => steps.push(m.step()),
                Work::ByHand(one) => by_hand.push(one),
                Work::Wait => {}
            }
        }
        if steps.is_empty() && by_hand.is_empty() {
            return Ok(());
        }
        self.db.write(move |tx| {
            if !steps.is_empty() {
                cash::carry_out(tx, &clerk, today, &steps)?;
            }
            for one in &by_hand {
                one.carry_out(tx, &clerk, today)?;
            }
            Ok(())
        })
    }

    /// Applied by itself; a right proposal accepted, or the money sorted out, once the clerk gets round to it.
    fn work(&mut self, today: Date, m: &Matched) -> Work {
        if m.outcome == matching::Outcome::Applied {
            return Work::CarryOut;
        }
        let Some(reference) = &m.receipt.reference else { return Work::Wait };
        let Some(truth) = self.truths.get_mut(reference).filter(|truth| truth.look_on <= today) else {
            return Work::Wait;
        };
        truth.look_on = today.plus_days(CLERK_AGAIN_DAYS);
        let party = truth.party;
        let right = m.allocations.iter().all(|share| self.town.party_of(&share.invoice) == Some(party));
        if right && !m.allocations.is_empty() {
            return Work::CarryOut;
        }
        if std::mem::replace(&mut truth.by_hand, true) {
            return Work::Wait;
        }
        let unknown = m.receipt.customer.is_none();
        Work::ByHand(ByHand {
            receipt: reference.clone(),
            customer: unknown.then(|| self.town.parties[party].code.clone()),
            invoices: truth.invoices.clone(),
        })
    }

    // ---- The day turn

    fn turn(&mut self, today: Date) -> Result<(), Error> {
        self.clock(today, TURN_HOUR)?;
        let days = self.db.read(|tx| day::days(tx, self.desk.collector(None), today))?;
        for on in days {
            let collector = self.desk.collector(None).clone();
            self.db.write(move |tx| day::turn(tx, &collector, on))?;
        }
        Ok(())
    }

    // ---- The day's calls

    /// Each call of the last weeks at its time, with what follows from it.
    fn call(&mut self, today: Date) -> Result<(), Error> {
        if !self.calls.are_told(today) {
            return Ok(());
        }
        let (promises, disputes) = (self.town.promises(today), self.town.disputes());
        for call in self.calls.of_day(today, &self.town, promises, disputes) {
            self.db.source().clock.set(at_minute(today, call.minute)?);
            let collector = self.desk.collector(self.worker(call.party)).clone();
            let (contests, given) = (call.given.dispute.is_some(), call.given);
            let done = self.db.write(move |tx| attempt::add(tx, &collector, today, &given, None));
            // What they contest may be settled by now.
            if contests { unless_refused(done)? } else { done.map(drop)? }
        }
        Ok(())
    }

    // ---- Afternoon: messages, promises, disputes, holds; once a month old debts and the period

    fn collect(&mut self, today: Date) -> Result<(), Error> {
        self.clock(today, COLLECTING_HOUR)?;
        let mut tasks = self.decisions(today)?;
        let (promises, disputes) = (self.town.promises(today), self.town.disputes());
        tasks.extend(promises.into_iter().map(|(at, given)| Task::Promise(self.worker(at), given)));
        let patience = today.weekday() == PATIENCE_DAY;
        let wish = patience.then(|| self.town.wish(today)).flatten();
        tasks.extend(wish.map(|wish| Task::Hold(self.worker(wish.party), wish)));
        let note = self.calls.note(today, &self.town);
        tasks.extend(note.map(|(at, given)| Task::Note(self.worker(at), given)));
        let decisions = self.town.decisions();
        tasks.extend(disputes.into_iter().map(|(at, given)| Task::Dispute(self.worker(at), given)));
        tasks.extend(decisions.into_iter().map(|(invoice, outcome)| Task::EndDispute(invoice, outcome)));
        tasks.extend(self.write_offs(today).into_iter().map(Task::WriteOff));
        tasks.extend(self.close(today).map(Task::Close));
        if tasks.is_empty() {
            return Ok(());
        }
        let desk = self.desk.clone();
        self.db.write(move |tx| tasks.iter().try_for_each(|task| task.carry_out(tx, &desk, today)))
    }

    /// What becomes of the waiting drafts; those of the last day are left for whoever opens the demo.
    fn decisions(&mut self, today: Date) -> Result<Vec<Task>, Error> {
        let sends = SENDING_DAYS.contains(&today.weekday()) || self.is_last_sending(today);
        if !sends || today == self.history.last_day() {
            return Ok(Vec::new());
        }
        let drafts = self.db.read(|tx| outbox::waiting(tx, self.desk.collector(None), i64::MAX))?.into_iter();
        let rng = &mut self.town.rng;
        Ok(drafts.map(|m| Task::Decide { message: m.id.to_string(), sent: !rng.chance(IGNORED_BPS) }).collect())
    }

    /// The last working day before the last day.
    fn is_last_sending(&self, today: Date) -> bool {
        let calendar = &self.town.calendar;
        today < self.history.last_day() && calendar.next_working_day(today.plus_days(1)) >= self.history.last_day()
    }

    fn write_offs(&mut self, today: Date) -> Vec<GivenUp> {
        let month = today.first_of_month();
        if today.day() < WRITE_OFF_DAY || self.cleared.replace(month) == Some(month) {
            return Vec::new();
        }
        let invoices = self.town.hopeless(today, WRITE_OFF_AFTER_DAYS, WRITE_OFFS_A_MONTH);
        let reason = "no answer for months; recovery would cost more".to_owned();
        invoices.into_iter().map(|invoice| GivenUp { invoice, amount: None, reason: reason.clone() }).collect()
    }

    /// The day up to which the books close today, if they do.
    fn close(&mut self, today: Date) -> Option<Date> {
        let month = today.first_of_month();
        let to = month.plus_days(-1);
        if today.day() < CLOSING_DAY || to < self.history.first_day || self.closed.replace(month) == Some(month) {
            return None;
        }
        Some(to)
    }
}

impl ByHand {
    /// Says whose money it is and applies it to what was meant, as far as that is still open.
    fn carry_out(&self, tx: &mut Tx<'_>, clerk: &Actor, today: Date) -> Result<(), Error> {
        if let Some(code) = &self.customer {
            unless_refused(receipt::identify(tx, clerk, today, &self.receipt, code))?;
        }
        for invoice in &self.invoices {
            let given = allocation::Given {
                source: self.receipt.clone(),
                invoice: invoice.clone(),
                amount: None,
                paid: None,
                on: None,
                discount: Default::default(),
            };
            unless_refused(allocation::add(tx, clerk, today, &given, None))?;
        }
        Ok(())
    }
}

impl Task {
    fn carry_out(&self, tx: &mut Tx<'_>, desk: &Desk, today: Date) -> Result<(), Error> {
        match self {
            Task::Decide { message, sent } => {
                unless_refused(outbox::decide(tx, desk.collector(None), message, *sent))?;
            }
            Task::Promise(worker, given) => {
                promise::add(tx, desk.collector(*worker), today, given, None)?;
            }
            Task::Hold(worker, wish) => {
                hold::add(tx, desk.collector(*worker), today, &wish.code, wish.until, wish.reason)?;
            }
            Task::Dispute(worker, given) => {
                unless_refused(dispute::add(tx, desk.collector(*worker), today, given, None))?;
            }
            Task::Note(worker, given) => {
                record::add_note(tx, desk.collector(*worker), today, given, None)?;
            }
            Task::EndDispute(invoice, outcome) => {
                let open = dispute::list(tx, &desk.billing)?.into_iter().filter(|d| d.ended.is_none());
                for d in open.filter(|d| d.number == *invoice) {
                    dispute::end(tx, &desk.billing, today, &d.id.to_string(), outcome.code(), "")?;
                }
            }
            Task::WriteOff(given) => {
                unless_refused(allocation::write_off(tx, &desk.manager, today, given, None))?;
            }
            Task::Close(to) => period::close(tx, &desk.manager, today, *to)?,
        }
        Ok(())
    }
}

/// A refusal is an answer too: the book knows better than the person who asked. Each of these actions refuses
/// before it writes.
fn unless_refused<T>(done: Result<T, Error>) -> Result<(), Error> {
    match done {
        Ok(_) | Err(Error::Refused(_)) => Ok(()),
        Err(failure) => Err(failure),
    }
}

fn save_rate(tx: &mut Tx<'_>, actor: &Actor, row: &RateRow) -> Result<bool, Error> {
    let name = format!("{} {}", row.currency, row.on);
    act(tx, actor, Right::ImportRates, Subject { name: &name, cause: None }, |tx| rate::save(tx, actor, row))
}

/// A wall-clock time of the company.
pub fn instant(on: Date, hour: i8, minute: i8) -> Result<Instant, Error> {
    Instant::from_local(on, hour, minute, 0, ZONE).ok_or_else(|| Error::Failed(format!("{on} has no {hour}:{minute}")))
}

/// The same by the minute of the day.
pub fn at_minute(on: Date, minute: i32) -> Result<Instant, Error> {
    let part = |number: i32| i8::try_from(number).unwrap_or(0);
    instant(on, part(minute / 60), part(minute % 60))
}
