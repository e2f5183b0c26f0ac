//! The day turn: promises judged, the next step of each account drafted, the worklist ordered. Safe to run
//! twice, safe to kill: a day is one transaction.

pub mod run;

use std::collections::{BTreeMap, BTreeSet};

use receivables::collections::strategy::{self, ItemFacts, Ladder, SkipReason, Step, StepKind, StepState};
use receivables::collections::worklist::{self, POINTS, Priority, Reason};
use receivables::customer::merge::Groups;
use receivables::customer::payment_code;
use receivables::ids::{self, Id};
use receivables::ledger::Item;
use receivables::{Currency, Date, Money, Refusal, Unusable};
use serde::{Deserialize, Serialize};
use store::customer::{CreditLimit, Customer};
use store::day::Due;
use store::notice::{Message, Notice};
use store::promise::Promise;
use store::{Error, Tx};

use super::outbox::Sender;
use super::{Actor, Right, Subject, act};
use crate::words::{self, Language};

/// Days before the due day on which an account is first looked at: the earliest step of the ladder.
const AHEAD_DAYS: i32 = 3;
/// How far ahead of the clock a day may be turned: a slip of the pen must not lock the book.
const AHEAD_MAX_DAYS: i32 = 366;
/// Days in which a broken promise counts.
const BROKEN_COUNTS_DAYS: i32 = 183;

/// What one kind of step did, or will do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepReport {
    pub step: String,
    pub planned: u64,
    pub done: u64,
    /// Reason codes with how many accounts they held back.
    pub skipped: BTreeMap<String, u64>,
}

/// A plan for one day, as a person may look at it and have it carried out.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Plan {
    pub on: i32,
    pub judgements: Vec<Judgement>,
    pub messages: Vec<PlannedMessage>,
    pub skipped: BTreeMap<String, u64>,
    /// Holds whose last day has passed since the last turn.
    pub holds_ended: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Judgement {
    pub promise: String,
    pub state: String,
    pub kept: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlannedMessage {
    pub customer: String,
    pub currency: String,
    pub step: String,
    pub amount: i64,
    /// The instalments that take a step.
    pub items: Vec<PlannedItem>,
    /// Every instalment the amount stands for, the oldest first.
    pub told: Vec<Told>,
}

/// An instalment as the plan saw it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Told {
    pub document: String,
    pub instalment: i32,
    pub due_on: i32,
    pub open: i64,
    pub disputed: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlannedItem {
    pub document: String,
    pub instalment: i32,
    pub level: u8,
    /// First day of the cycle the step belongs to.
    pub cycle: i32,
    pub amount: i64,
    pub attempt: i32,
}

/// One account of the worklist.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    #[serde(skip)]
    pub code: String,
    #[serde(skip)]
    pub name: String,
    /// The user who works it.
    #[serde(skip)]
    pub collector: Option<String>,
    /// In the company's currency, what is on account taken off.
    #[serde(skip)]
    pub overdue: i64,
    pub amounts: Vec<(String, String)>,
    pub points: i32,
    pub reasons: Vec<Why>,
    pub step: String,
}

/// Why an account has points: the code and the values of the sentence, said in the language of whoever reads it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Why {
    pub code: String,
    pub args: Vec<(String, String)>,
    pub points: i32,
}

impl Why {
    fn of((reason, points): &(Reason, i32)) -> Why {
        let args = reason.args().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Why { code: reason.code().to_owned(), args, points: *points }
    }
}

/// What turning one day did.
#[derive(Clone, Debug)]
pub struct Turned {
    pub on: Date,
    /// True when the day was turned before: nothing was done.
    pub already: bool,
    pub steps: Vec<StepReport>,
}

/// The days to turn: those missed since the last one, in order, then today. Refuses a day before the last.
pub fn days(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Vec<Date>, Error> {
    actor.may(Right::DayTurn)?;
    let real = tx.now().date_in(&actor.company.time_zone);
    if real.is_some_and(|real| today.days_since(real) > AHEAD_MAX_DAYS) {
        let (field, value) = ("today".into(), today.to_string());
        return Err(Refusal::Invalid { field, value, reason: Unusable::TooFarAhead }.into());
    }
    match store::day::last(tx, actor.company.id)? {
        None => Ok(vec![today]),
        Some(last) if today < last => Err(Refusal::DayBefore { today, last }.into()),
        Some(last) => Ok((1..=today.days_since(last)).map(|n| last.plus_days(n)).collect()),
    }
}

/// Turns one day.
pub fn turn(tx: &mut Tx<'_>, actor: &Actor, on: Date) -> Result<Turned, Error> {
    if store::day::last(tx, actor.company.id)?.is_some_and(|last| last >= on) {
        return Ok(Turned { on, already: true, steps: Vec::new() });
    }
    let plan = plan(tx, actor, on)?;
    carry_out(tx, actor, &plan)
}

/// What a day would do. Nothing is written.
pub fn plan(tx: &mut Tx<'_>, actor: &Actor, on: Date) -> Result<Plan, Error> {
    actor.may(Right::DayTurn)?;
    let snapshot = Snapshot::load(tx, actor, on)?;
    let mut plan = Plan { on: on.day_number(), holds_ended: snapshot.holds_ended, ..Plan::default() };
    let calendar = super::holiday::calendar(tx, &actor.company)?;
    for p in snapshot.promises.iter().filter(|p| p.state == "open") {
        let (state, kept) = super::promise::judge(tx, actor.company.id, p, &snapshot.groups, &calendar, on)?;
        if state != p.state || kept != p.kept {
            plan.judgements.push(Judgement { promise: p.id.to_string(), state: state.into(), kept });
        }
    }
    let judged: BTreeMap<&str, &str> = plan.judgements.iter().map(|j| (j.promise.as_str(), j.state.as_str())).collect();
    let ladder = Ladder::default();
    for account in snapshot.due.chunk_by(|a, b| (a.customer, a.currency) == (b.customer, b.currency)) {
        match snapshot.message(account, &ladder, on, &judged) {
            Ok(message) => plan.messages.push(message),
            Err(reason) => *plan.skipped.entry(reason.code().to_owned()).or_default() += 1,
        }
    }
    Ok(plan)
}

/// Carries a plan out as its day's turn: each message whose facts are unchanged is drafted, the others are
/// dropped and counted.
pub fn carry_out(tx: &mut Tx<'_>, actor: &Actor, plan: &Plan) -> Result<Turned, Error> {
    let on = Date::from_day_number(plan.on);
    let name = on.to_string();
    act(tx, actor, Right::DayTurn, Subject { name: &name, cause: None }, |tx| {
        let company = actor.company.id;
        if let Some(last) = store::day::last(tx, company)?.filter(|last| on <= *last) {
            return Err(Refusal::DayBefore { today: on, last }.into());
        }
        for j in &plan.judgements {
            let known = store::promise::get(tx, company, &j.promise)?;
            if known.state == "open" {
                super::promise::set(tx, company, &known, &j.state, j.kept, on)?;
            }
        }
        let mut steps = messages(tx, actor, on, plan)?;
        steps.insert(0, count("promises judged", plan.judgements.len()));
        steps.push(count("holds ended", usize::try_from(plan.holds_ended).unwrap_or(usize::MAX)));
        let accounts = worklist(tx, actor, on)?;
        keep(tx, company, on, &accounts)?;
        steps.push(count("worklist", accounts.len()));
        store::day::save(tx, company, on)?;
        Ok(Turned { on, already: false, steps })
    })
}

/// Keeps the worklist of a day in place of the one before.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    company: i64,
    on: Date,
    accounts: &[(Id<ids::Customer>, Account)],
) -> Result<(), Error> {
    let row = |(customer, a): &(Id<ids::Customer>, Account)| {
        let body = serde_json::to_string(a).map_err(|e| Error::failed("keeping the worklist", e))?;
        Ok(store::day::Priority {
            customer: *customer,
            points: a.points,
            body,
            step: a.step.clone(),
            overdue: a.overdue,
            reasons: a.reasons.iter().map(|why| why.code.clone()).collect(),
            currencies: a.amounts.iter().map(|(currency, _)| currency.clone()).collect(),
        })
    };
    let rows = accounts.iter().map(row).collect::<Result<Vec<_>, Error>>()?;
    store::day::replace_worklist(tx, company, on, &rows)
}

fn count(step: &str, done: usize) -> StepReport {
    let done = done as u64;
    StepReport { step: step.into(), planned: done, done, skipped: BTreeMap::new() }
}

/// The report of a plan that was not carried out.
pub fn preview(plan: &Plan) -> Vec<StepReport> {
    let mut steps: BTreeMap<&str, StepReport> = BTreeMap::new();
    for m in &plan.messages {
        let report =
            steps.entry(&m.step).or_insert_with(|| StepReport { step: m.step.clone(), ..StepReport::default() });
        report.planned += 1;
    }
    let mut out = vec![StepReport { done: 0, ..count("promises judged", plan.judgements.len()) }];
    out.extend(steps.into_values());
    out.push(StepReport { step: "accounts held back".into(), skipped: plan.skipped.clone(), ..StepReport::default() });
    out
}

/// Drafts the messages of a plan.
fn messages(tx: &mut Tx<'_>, actor: &Actor, on: Date, plan: &Plan) -> Result<Vec<StepReport>, Error> {
    let company = actor.company.id;
    let customers: BTreeMap<String, Customer> =
        store::customer::list(tx, company)?.into_iter().map(|c| (c.code.clone(), c)).collect();
    let mut reports: BTreeMap<String, StepReport> = BTreeMap::new();
    let (mut notices, mut outbox) = (Vec::new(), Vec::new());
    let (reasons, sender) = (Stops::load(tx, company, on)?, Sender::load(tx, actor, on)?);
    let told: BTreeSet<ItemKey> =
        plan.messages.iter().flat_map(|m| &m.told).map(Told::key).collect::<Result<_, _>>()?;
    let items = store::document::items(tx, company, &told)?;
    let moved = super::invoice_file::moved(tx, actor)?;
    let codes: BTreeMap<_, _> = store::payment_code::all(tx, company)?.into_iter().collect();
    for m in &plan.messages {
        let report = reports
            .entry(m.step.clone())
            .or_insert_with(|| StepReport { step: m.step.clone(), ..StepReport::default() });
        report.planned += 1;
        let Some(customer) = customers.get(&m.customer) else { continue };
        let still = reasons.allows(customer.id, &m.currency);
        let Some(numbers) = unchanged(&items, &moved, m)?.filter(|_| still) else {
            *report.skipped.entry("changed".into()).or_default() += 1;
            continue;
        };
        let currency: Currency = m.currency.parse()?;
        let id = tx.new_id();
        for item in &m.items {
            notices.push(Notice {
                customer: customer.id,
                currency,
                document: item.document.parse().map_err(|_| Error::Failed("a plan names no document".into()))?,
                instalment: item.instalment,
                level: item.level,
                cycle: Date::from_day_number(item.cycle),
                attempt: item.attempt,
                on,
                step: m.step.clone(),
                amount: item.amount,
                message: id,
            });
        }
        let code = codes.get(&customer.id).copied().map(payment_code::of).unwrap_or_default();
        outbox.push(render(&sender, on, m, (customer, &code), currency, &numbers, id));
        report.done += 1;
    }
    store::notice::save(tx, company, &notices, &outbox)?;
    let held = StepReport { step: "accounts held back".into(), skipped: plan.skipped.clone(), ..StepReport::default() };
    Ok(reports.into_values().chain([held]).collect())
}

/// What stops a message since its plan: a hold, or a promise that runs.
struct Stops {
    held: BTreeSet<Id<ids::Customer>>,
    promised: BTreeSet<(Id<ids::Customer>, String)>,
}

impl Stops {
    fn load(tx: &mut Tx<'_>, company: i64, on: Date) -> Result<Stops, Error> {
        let held = store::hold::ending_from(tx, company, on)?.into_iter().filter(|h| h.hold.is_active(on));
        let promised = store::promise::running(tx, company, on)?.into_iter().filter(|p| p.state == "open");
        let groups = store::merge::groups(tx, company)?;
        Ok(Stops {
            held: held.map(|h| groups.survivor(h.customer)).collect(),
            promised: promised.map(|p| (groups.survivor(p.customer), p.currency.to_string())).collect(),
        })
    }

    fn allows(&self, customer: Id<ids::Customer>, currency: &str) -> bool {
        !self.held.contains(&customer) && !self.promised.contains(&(customer, currency.to_owned()))
    }
}

/// The numbers of a message's invoices, or nothing if one of them is no longer open as it was planned.
fn unchanged(
    items: &BTreeMap<ItemKey, Item>,
    moved: &BTreeMap<Id<ids::Document>, Option<i32>>,
    m: &PlannedMessage,
) -> Result<Option<Vec<String>>, Error> {
    let mut numbers = Vec::with_capacity(m.told.len());
    for told in &m.told {
        let item = items.get(&told.key()?);
        let as_told = |item: &&Item| {
            let days = moved.get(&item.document).copied().unwrap_or(Some(0));
            days.is_some_and(|days| item.due_on.day_number() + days == told.due_on)
                && (item.open - item.awaited, item.disputed) == (told.open, told.disputed)
        };
        let Some(item) = item.filter(as_told) else {
            return Ok(None);
        };
        if !numbers.contains(&item.number) {
            numbers.push(item.number.clone());
        }
    }
    Ok(Some(numbers))
}

type ItemKey = (Id<ids::Document>, i32);

impl Told {
    fn key(&self) -> Result<ItemKey, Error> {
        let document = self.document.parse().map_err(|_| Error::Failed("a plan names no document".into()))?;
        Ok((document, self.instalment))
    }
}

/// Invoices a message names before it says how many more there are.
const NAMED_MAX: usize = 4;

fn render(
    sender: &Sender,
    on: Date,
    m: &PlannedMessage,
    (customer, payment_code): (&Customer, &str),
    currency: Currency,
    numbers: &[String],
    id: Id<ids::Notice>,
) -> Message {
    let language = Language::from_code(&customer.language);
    let mut invoices = numbers.iter().take(NAMED_MAX).cloned().collect::<Vec<_>>().join(", ");
    if numbers.len() > NAMED_MAX {
        invoices.push_str(&format!(" (+{})", numbers.len() - NAMED_MAX));
    }
    let oldest = m.told.iter().map(|told| told.due_on).min().unwrap_or(on.day_number());
    let amount = words::for_sms(&words::money(language, Money::new(m.amount, currency)));
    let due_on = words::day_short(Date::from_day_number(oldest));
    let days_late = (on.day_number() - oldest).to_string();
    let how_to_pay = sender.how_to_pay(language, payment_code);
    let args = [
        ("customer", customer.name.as_str()),
        ("company", sender.company.as_str()),
        ("invoices", invoices.as_str()),
        ("amount", amount.as_str()),
        ("due_on", due_on.as_str()),
        ("days_late", days_late.as_str()),
        ("how_to_pay", how_to_pay.as_str()),
        ("collector", sender.signed.as_str()),
    ];
    let text = |part: &str| words::say(language, &format!("message-{}-{part}", m.step), &args);
    Message {
        id,
        customer: customer.id,
        step: m.step.clone(),
        language: customer.language.clone(),
        subject: text("subject"),
        body: text("body"),
        currency,
        amount: m.amount,
        on,
    }
}

/// The name of a step in reports and locales.
fn step_name(step: &Step) -> String {
    match step.kind {
        StepKind::PreDueNote => "pre-due-note".into(),
        StepKind::Reminder => format!("reminder-{}", step.level),
        StepKind::Call => "call".into(),
        StepKind::FinalNotice => "final-notice".into(),
    }
}

/// Everything a day looks at.
struct Snapshot {
    due: Vec<Due>,
    customers: BTreeMap<Id<ids::Customer>, Customer>,
    unapplied: BTreeMap<(Id<ids::Customer>, Currency), (i64, i64)>,
    taken: store::notice::Taken,
    reopened: BTreeMap<(Id<ids::Document>, i32), Date>,
    held: BTreeMap<Id<ids::Customer>, Date>,
    promises: Vec<Promise>,
    contacted: BTreeMap<Id<ids::Customer>, Date>,
    look_again: BTreeSet<Id<ids::Customer>>,
    holds_ended: u64,
    groups: Groups,
}

impl Snapshot {
    fn load(tx: &mut Tx<'_>, actor: &Actor, on: Date) -> Result<Snapshot, Error> {
        let company = actor.company.id;
        let mut unapplied: BTreeMap<(Id<ids::Customer>, Currency), (i64, i64)> = BTreeMap::new();
        // Merged customers are worked as one account.
        let groups = store::merge::groups(tx, company)?;
        for money in store::day::unapplied(tx, company)? {
            let (amount, base) = unapplied.entry((groups.survivor(money.customer), money.currency)).or_default();
            *amount += money.amount;
            *base += money.base;
        }
        let mut due = store::day::due(tx, company)?;
        if !groups.is_empty() {
            due.iter_mut().for_each(|d| d.customer = groups.survivor(d.customer));
            due.sort_by_key(|d| (d.customer, d.currency, d.due_on, d.document, d.instalment));
        }
        // Open credit notes count for the customer like money on account.
        for credit in due.iter().filter(|d| d.open < 0) {
            let (amount, base) = unapplied.entry((credit.customer, credit.currency)).or_default();
            *amount -= credit.open;
            *base -= credit.open_base;
        }
        due.retain(|d| d.open > 0 && d.due_on <= on.plus_days(AHEAD_DAYS));
        let yesterday = on.plus_days(-1);
        let holds = store::hold::ending_from(tx, company, yesterday)?;
        let active = holds.iter().filter(|h| h.hold.is_active(on));
        let held = active.map(|h| (groups.survivor(h.customer), h.hold.until)).collect();
        let ended = holds.iter().filter(|h| h.hold.is_active(yesterday) && !h.hold.is_active(on)).count();
        let open = due.iter().map(|d| (d.document, d.instalment)).collect();
        let mut promises = store::promise::running(tx, company, on.plus_days(-BROKEN_COUNTS_DAYS))?;
        promises.iter_mut().for_each(|p| p.customer = groups.survivor(p.customer));
        let mut contacted: BTreeMap<Id<ids::Customer>, Date> = BTreeMap::new();
        for (customer, last_on) in store::notice::contacted(tx, company)? {
            let last = contacted.entry(groups.survivor(customer)).or_insert(last_on);
            *last = last_on.max(*last);
        }
        let look_again = store::attempt::look_again(tx, company, on)?;
        Ok(Snapshot {
            due,
            customers: store::customer::list(tx, company)?.into_iter().map(|c| (c.id, c)).collect(),
            unapplied,
            taken: store::notice::taken(tx, company, &open)?,
            reopened: store::movement::reopened(tx, company)?,
            held,
            promises,
            contacted,
            look_again: look_again.into_iter().map(|customer| groups.survivor(customer)).collect(),
            holds_ended: ended as u64,
            groups,
        })
    }

    /// A cycle lasts from overdue to settled: a payment that bounces begins a new one.
    fn cycle_from(&self, d: &Due) -> Date {
        strategy::cycle_from(d.due_on, self.reopened.get(&(d.document, d.instalment)).copied())
    }

    fn message(
        &self,
        account: &[Due],
        ladder: &Ladder,
        on: Date,
        judged: &BTreeMap<&str, &str>,
    ) -> Result<PlannedMessage, SkipReason> {
        let (customer, currency) = (account[0].customer, account[0].currency);
        let promised_on = self
            .promises
            .iter()
            .filter(|p| p.customer == customer && p.currency == currency && p.state == "open")
            .filter(|p| judged.get(p.id.to_string().as_str()).is_none_or(|state| *state == "open"))
            .map(|p| p.promised_on)
            .max();
        let facts = strategy::AccountFacts {
            held_until: self.held.get(&customer).copied(),
            promised_on,
            unapplied: self.unapplied.get(&(customer, currency)).map_or(0, |(amount, _)| *amount),
            minimum: 1,
        };
        let items: Vec<(usize, ItemFacts)> = account
            .iter()
            .enumerate()
            .map(|(i, d)| {
                let cycle_from = self.cycle_from(d);
                // A draft waits for a person whatever became of the item meanwhile; other steps end with their cycle.
                let last = self
                    .taken
                    .get(&(d.document, d.instalment))
                    .filter(|last| last.cycle == cycle_from || last.step.state == StepState::Draft);
                let last = last.map(|last| last.step);
                (i, ItemFacts { due_on: d.due_on, open: d.open, disputed: d.disputed, last, cycle_from })
            })
            .collect();
        let message = strategy::message(&facts, &items, ladder, on)?;
        let planned = message.items.iter().map(|(i, step)| {
            let d = &account[*i];
            let cycle = self.cycle_from(d);
            let attempt = match self.taken.get(&(d.document, d.instalment)) {
                Some(last) if last.cycle == cycle && last.step.level == step.level => last.attempt + 1,
                _ => 1,
            };
            PlannedItem {
                document: d.document.to_string(),
                instalment: d.instalment,
                level: step.level,
                cycle: cycle.day_number(),
                amount: d.open - d.disputed,
                attempt,
            }
        });
        Ok(PlannedMessage {
            customer: self.customers.get(&customer).map(|c| c.code.clone()).unwrap_or_default(),
            currency: currency.to_string(),
            step: step_name(&message.step),
            amount: message.undisputed - message.unapplied,
            items: planned.collect(),
            told: message
                .told
                .iter()
                .map(|i| &account[*i])
                .map(|d| Told {
                    document: d.document.to_string(),
                    instalment: d.instalment,
                    due_on: d.due_on.day_number(),
                    open: d.open,
                    disputed: d.disputed,
                })
                .collect(),
        })
    }

    /// The facts behind an account's priority; amounts in the company's currency.
    fn facts(&self, account: &[Due], on: Date) -> worklist::AccountFacts {
        let customer = account[0].customer;
        let overdue: Vec<&Due> = account.iter().filter(|d| d.due_on < on).collect();
        let sum: i64 = overdue.iter().map(|d| d.open_base).sum();
        let disputed: i128 =
            overdue.iter().map(|d| i128::from(d.disputed) * i128::from(d.open_base) / i128::from(d.open.max(1))).sum();
        let on_account: i64 =
            self.unapplied.iter().filter(|((c, _), _)| *c == customer).map(|(_, (_, base))| *base).sum();
        let of_customer = || self.promises.iter().filter(move |p| p.customer == customer);
        let broken_since = on.plus_days(-BROKEN_COUNTS_DAYS);
        let broken = of_customer().filter(|p| p.state == "broken" && p.promised_on >= broken_since).count();
        let exposure: i64 = account.iter().map(|d| d.open_base).sum();
        let credit_used_bps = match self.customers.get(&customer).map(|c| c.credit_limit) {
            Some(CreditLimit::Amount(limit)) if limit > 0 => {
                i32::try_from(i128::from(exposure) * 10_000 / i128::from(limit)).ok()
            }
            _ => None,
        };
        worklist::AccountFacts {
            overdue: sum.saturating_sub(on_account).max(0),
            oldest_days_late: overdue.iter().map(|d| on.days_since(d.due_on)).max().unwrap_or(0),
            promises_broken: u32::try_from(broken).unwrap_or(u32::MAX),
            promises_open: u32::try_from(of_customer().filter(|p| p.state == "open").count()).unwrap_or(u32::MAX),
            last_contact_days: self.contacted.get(&customer).map(|last| on.days_since(*last)),
            broken_since_contact: self
                .contacted
                .get(&customer)
                .is_some_and(|last| of_customer().any(|p| p.state == "broken" && p.promised_on >= *last)),
            look_again: self.look_again.contains(&customer),
            disputed_bps: if sum > 0 {
                i32::try_from(disputed * 10_000 / i128::from(sum)).unwrap_or(10_000)
            } else {
                0
            },
            credit_used_bps,
            history_days_late: 0,
        }
    }
}

/// The accounts of one collector on the worklist of a day.
pub fn worklist_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    on: Date,
    collector: &str,
) -> Result<Vec<(Id<ids::Customer>, Account)>, Error> {
    super::user::known(tx, actor, collector)?;
    let mut all = worklist(tx, actor, on)?;
    all.retain(|(_, account)| account.collector.as_deref() == Some(collector));
    Ok(all)
}

/// The worklist of a day from the facts as they are: accounts with something past due, the most pressing first.
pub fn worklist(tx: &mut Tx<'_>, actor: &Actor, on: Date) -> Result<Vec<(Id<ids::Customer>, Account)>, Error> {
    actor.may(Right::Read)?;
    let snapshot = Snapshot::load(tx, actor, on)?;
    let ladder = Ladder::default();
    let mut ranked: Vec<(String, worklist::AccountFacts, Priority)> = Vec::new();
    let mut accounts: BTreeMap<String, (Id<ids::Customer>, Account)> = BTreeMap::new();
    for all in snapshot.due.chunk_by(|a, b| a.customer == b.customer) {
        let facts = snapshot.facts(all, on);
        let priority = worklist::priority(&facts, &POINTS);
        if priority.points == 0 || snapshot.held.contains_key(&all[0].customer) {
            continue;
        }
        let Some(customer) = snapshot.customers.get(&all[0].customer) else { continue };
        let step = all
            .chunk_by(|a, b| a.currency == b.currency)
            .map(|account| snapshot.message(account, &ladder, on, &BTreeMap::new()))
            .find_map(|told| match told {
                Ok(message) => Some(message.step),
                Err(SkipReason::DraftWaiting { .. }) => Some("look-at-draft".to_owned()),
                Err(SkipReason::PromiseOpen { .. }) => Some("wait-for-promise".to_owned()),
                Err(_) => None,
            })
            .unwrap_or_else(|| "call".to_owned());
        let amounts = all
            .chunk_by(|a, b| a.currency == b.currency)
            .map(|account| {
                let currency = account[0].currency;
                let overdue: i64 = account.iter().filter(|d| d.due_on < on).map(|d| d.open).sum();
                (currency.to_string(), Money::new(overdue, currency).major_text())
            })
            .collect();
        let account = Account {
            code: customer.code.clone(),
            name: customer.name.clone(),
            collector: customer.collector.clone(),
            overdue: facts.overdue,
            amounts,
            points: priority.points,
            reasons: priority.reasons.iter().map(Why::of).collect(),
            step,
        };
        ranked.push((customer.code.clone(), facts, priority));
        accounts.insert(customer.code.clone(), (customer.id, account));
    }
    worklist::order(&mut ranked);
    Ok(ranked.iter().filter_map(|(code, ..)| accounts.remove(code)).collect())
}
