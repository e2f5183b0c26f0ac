//! Dunning steps taken, and the outbox of messages rendered for them. Nothing leaves from here by itself.

use std::collections::{BTreeMap, HashSet};

use receivables::collections::strategy::{StepState, TakenStep};
use receivables::ids::{self, Id};
use receivables::{Currency, Date, Refusal, Unusable};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params};

statements! {
    TAKEN = "SELECT document, instalment, level, on_day, state, attempt, cycle FROM notice WHERE company = $1";
    CONTACTED = "SELECT customer, last_on FROM contact WHERE company = $1";
    CONTACT = "INSERT INTO contact (company, customer, last_on) SELECT company, customer, on_day FROM outbox WHERE company = $1 AND id = $2 AND NOT EXISTS (SELECT 1 FROM outbox_paper x WHERE x.company = $1 AND x.message = $2) ON CONFLICT (company, customer) DO UPDATE SET last_on = excluded.last_on WHERE contact.last_on < excluded.last_on";
    OUTBOX = "SELECT o.id, c.code, c.name, o.step, o.language, o.subject, o.body, o.currency, o.amount, o.on_day, o.state, x.kind, x.name, x.paper FROM outbox o LEFT JOIN outbox_paper x ON x.company = o.company AND x.message = o.id JOIN customer c ON c.company = o.company AND c.id = o.customer WHERE o.company = $1 ORDER BY o.id";
    WAITING = "SELECT o.id, c.code, c.name, o.step, o.language, o.subject, o.body, o.currency, o.amount, o.on_day, o.state, x.kind, x.name, x.paper FROM outbox o LEFT JOIN outbox_paper x ON x.company = o.company AND x.message = o.id JOIN customer c ON c.company = o.company AND c.id = o.customer WHERE o.company = $1 AND o.state = 'draft' ORDER BY o.id LIMIT $2";
    PAGE = "SELECT o.id, c.code, c.name, o.step, o.language, o.subject, o.body, o.currency, o.amount, o.on_day, o.state, x.kind, x.name, x.paper FROM outbox o LEFT JOIN outbox_paper x ON x.company = o.company AND x.message = o.id JOIN customer c ON c.company = o.company AND c.id = o.customer WHERE o.company = $1 AND o.state = 'draft' AND o.id > $2 ORDER BY o.id LIMIT $3";
    NOWHERE = "SELECT o.id, c.code, c.name, o.step, o.language, o.subject, o.body, o.currency, o.amount, o.on_day, o.state, x.kind, x.name, x.paper FROM outbox o LEFT JOIN outbox_paper x ON x.company = o.company AND x.message = o.id JOIN customer c ON c.company = o.company AND c.id = o.customer JOIN customer s ON s.company = c.company AND s.id = COALESCE(c.merged_into, c.id) WHERE o.company = $1 AND o.state = 'draft' AND o.id > $2 AND s.phone IS NULL AND s.email IS NULL AND NOT EXISTS (SELECT 1 FROM contact_person p WHERE p.company = o.company AND p.customer IN (SELECT m.id FROM customer m WHERE m.company = o.company AND (m.id = s.id OR m.merged_into = s.id)) AND p.active = 1 AND (p.phone IS NOT NULL OR p.email IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM contact_person n WHERE n.company = p.company AND n.contact = p.contact AND n.version > p.version)) ORDER BY o.id LIMIT $3";
    NOWHERE_COUNT = "SELECT COUNT(*) FROM (SELECT 1 FROM outbox o JOIN customer c ON c.company = o.company AND c.id = o.customer JOIN customer s ON s.company = c.company AND s.id = COALESCE(c.merged_into, c.id) WHERE o.company = $1 AND o.state = 'draft' AND s.phone IS NULL AND s.email IS NULL AND NOT EXISTS (SELECT 1 FROM contact_person p WHERE p.company = o.company AND p.customer IN (SELECT m.id FROM customer m WHERE m.company = o.company AND (m.id = s.id OR m.merged_into = s.id)) AND p.active = 1 AND (p.phone IS NOT NULL OR p.email IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM contact_person n WHERE n.company = p.company AND n.contact = p.contact AND n.version > p.version)) LIMIT $2) AS found";
    GET = "SELECT o.id, c.code, c.name, o.step, o.language, o.subject, o.body, o.currency, o.amount, o.on_day, o.state, x.kind, x.name, x.paper FROM outbox o LEFT JOIN outbox_paper x ON x.company = o.company AND x.message = o.id JOIN customer c ON c.company = o.company AND c.id = o.customer WHERE o.company = $1 AND o.id = $2";
    DRAFTS = "SELECT COUNT(*) FROM outbox WHERE company = $1 AND state = 'draft'";
    STATE locked = "SELECT state FROM outbox WHERE company = $1 AND id = $2";
    STEPS = "SELECT document, instalment FROM notice WHERE company = $1 AND message = $2";
    WAITS = "SELECT 1 FROM outbox_paper x JOIN outbox o ON o.company = x.company AND o.id = x.message WHERE x.company = $1 AND x.paper = $2 AND o.state = 'draft' LIMIT 1";
    WITHDRAW = "UPDATE outbox SET state = 'ignored' WHERE company = $1 AND state = 'draft' AND id IN (SELECT x.message FROM outbox_paper x WHERE x.company = $1 AND x.paper = $2)";
    SET_MESSAGE = "UPDATE outbox SET state = $1 WHERE company = $2 AND id = $3";
    SET_NOTICES = "UPDATE notice SET state = $1 WHERE company = $2 AND message = $3";
}

/// One step for one instalment, as part of a message.
#[derive(Clone, Debug)]
pub struct Notice {
    pub customer: Id<ids::Customer>,
    pub currency: Currency,
    pub document: Id<ids::Document>,
    pub instalment: i32,
    pub level: u8,
    /// First day of the cycle, which lasts from overdue to settled.
    pub cycle: Date,
    /// 1, or one more each time an ignored step is proposed again.
    pub attempt: i32,
    pub on: Date,
    pub step: String,
    pub amount: i64,
    pub message: Id<ids::Notice>,
}

/// A message to one customer.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: Id<ids::Notice>,
    pub customer: Id<ids::Customer>,
    pub step: String,
    pub language: String,
    pub subject: String,
    pub body: String,
    pub currency: Currency,
    pub amount: i64,
    pub on: Date,
}

/// The paper that goes with a message.
#[derive(Clone, Copy, Debug)]
pub struct NewPaper<'a> {
    pub message: Id<ids::Notice>,
    pub kind: &'a str,
    /// The document, receipt or quote; of a statement the customer.
    pub paper: [u8; 16],
    /// What people call it by.
    pub name: &'a str,
}

/// Saves messages with the papers that go with them, as drafts.
pub fn save_papers(tx: &mut Tx<'_>, company: i64, messages: &[Message], papers: &[NewPaper<'_>]) -> Result<(), Error> {
    let action = tx.action_id()?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(papers.len() * table::OUTBOX_PAPER.columns.len());
    for p in papers {
        rows.extend_from_slice(params![company, p.message, action, p.kind, p.paper, p.name]);
    }
    save_messages(tx, company, messages)?;
    tx.insert_facts(&table::OUTBOX_PAPER, &rows)
}

/// Whether a message with this paper waits for a person.
pub fn waits(tx: &mut Tx<'_>, company: i64, paper: [u8; 16]) -> Result<bool, Error> {
    Ok(tx.first(WAITS, params![company, paper], |_| Ok(()))?.is_some())
}

/// Ignores the drafts with a paper that must not be sent any more.
pub fn withdraw(tx: &mut Tx<'_>, company: i64, paper: [u8; 16]) -> Result<(), Error> {
    tx.execute(WITHDRAW, params![company, paper]).map(|_| ())
}

/// Saves steps and their messages as drafts.
pub fn save(tx: &mut Tx<'_>, company: i64, notices: &[Notice], messages: &[Message]) -> Result<(), Error> {
    let action = tx.action_id()?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(notices.len() * table::NOTICE.columns.len());
    for n in notices {
        rows.extend([
            company.into(),
            n.customer.into(),
            n.currency.into(),
            n.document.into(),
            n.instalment.into(),
            n.level.into(),
            n.cycle.into(),
            n.attempt.into(),
            action.into(),
            n.on.into(),
            (&n.step).into(),
            n.amount.into(),
            n.message.into(),
            Value::Text("draft"),
        ]);
    }
    tx.insert_facts(&table::NOTICE, &rows)?;
    save_messages(tx, company, messages)
}

fn save_messages(tx: &mut Tx<'_>, company: i64, messages: &[Message]) -> Result<(), Error> {
    let action = tx.action_id()?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(messages.len() * table::OUTBOX.columns.len());
    for m in messages {
        rows.extend([
            company.into(),
            m.id.into(),
            action.into(),
            m.customer.into(),
            (&m.step).into(),
            (&m.language).into(),
            (&m.subject).into(),
            (&m.body).into(),
            m.currency.into(),
            m.amount.into(),
            m.on.into(),
            Value::Text("draft"),
        ]);
    }
    tx.insert_facts(&table::OUTBOX, &rows)
}

/// The last step of an instalment: how often its level was tried, and the first day of its cycle.
#[derive(Clone, Copy, Debug)]
pub struct LastStep {
    pub step: TakenStep,
    pub attempt: i32,
    pub cycle: Date,
}

/// The last step of each open instalment.
pub type Taken = BTreeMap<(Id<ids::Document>, i32), LastStep>;

/// The last step of each of these instalments. All steps are walked through: a join with what is open would lean on
/// statistics that PostgreSQL has not gathered yet when a hundred thousand steps have just been written.
pub fn taken(tx: &mut Tx<'_>, company: i64, open: &HashSet<(Id<ids::Document>, i32)>) -> Result<Taken, Error> {
    let mut last: Taken = BTreeMap::new();
    tx.each(TAKEN, params![company], |row| {
        let key = (row.id(0)?, row.small(1)?);
        if !open.contains(&key) {
            return Ok(());
        }
        let state = match row.text(4)? {
            "sent" => StepState::Sent,
            "ignored" => StepState::Ignored,
            _ => StepState::Draft,
        };
        let level = u8::try_from(row.int(2)?).unwrap_or(u8::MAX);
        let step = TakenStep { level, on: row.date(3)?, state };
        let this = LastStep { step, attempt: row.small(5)?, cycle: row.date(6)? };
        let order = |last: &LastStep| (last.step.on, last.step.level, last.attempt);
        let known = last.entry(key).or_insert(this);
        if order(known) < order(&this) {
            *known = this;
        }
        Ok(())
    })?;
    Ok(last)
}

/// The last day each customer was written to.
pub fn contacted(tx: &mut Tx<'_>, company: i64) -> Result<BTreeMap<Id<ids::Customer>, Date>, Error> {
    let rows = tx.all(CONTACTED, params![company], |row| Ok((row.id(0)?, row.date(1)?)))?;
    Ok(rows.into_iter().collect())
}

/// The instalments that a message takes a step for.
pub fn steps(
    tx: &mut Tx<'_>,
    company: i64,
    message: Id<ids::Notice>,
) -> Result<HashSet<(Id<ids::Document>, i32)>, Error> {
    Ok(tx.all(STEPS, params![company, message], |row| Ok((row.id(0)?, row.small(1)?)))?.into_iter().collect())
}

/// A message as people see it in the outbox.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: Id<ids::Notice>,
    pub customer: String,
    pub name: String,
    pub step: String,
    pub language: String,
    pub subject: String,
    pub body: String,
    pub currency: Currency,
    pub amount: i64,
    pub on: Date,
    pub state: String,
    pub paper: Option<Paper>,
}

/// The paper that goes with a message, by its kind and name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
    pub kind: String,
    pub name: String,
    /// The document, receipt or quote; of a statement the customer.
    pub id: [u8; 16],
}

fn read(row: &Row<'_>) -> Result<Listed, Error> {
    Ok(Listed {
        id: row.id(0)?,
        customer: row.string(1)?,
        name: row.string(2)?,
        step: row.string(3)?,
        language: row.string(4)?,
        subject: row.string(5)?,
        body: row.string(6)?,
        currency: row.currency(7)?,
        amount: row.int(8)?,
        on: row.date(9)?,
        state: row.string(10)?,
        paper: read_paper(row)?,
    })
}

fn read_paper(row: &Row<'_>) -> Result<Option<Paper>, Error> {
    let Some(kind) = row.string_opt(11)? else { return Ok(None) };
    let id = row.bytes(13)?.try_into().map_err(|e| Error::failed("reading a message", e))?;
    Ok(Some(Paper { kind, name: row.string(12)?, id }))
}

pub fn outbox(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Listed>, Error> {
    tx.all(OUTBOX, params![company], read)
}

/// Drafts that wait for a person, the oldest first.
pub fn waiting(tx: &mut Tx<'_>, company: i64, limit: i64) -> Result<Vec<Listed>, Error> {
    tx.all(WAITING, params![company, limit], read)
}

/// Drafts that wait for a person, those after one of them.
pub fn page(tx: &mut Tx<'_>, company: i64, after: Id<ids::Notice>, limit: i64) -> Result<Vec<Listed>, Error> {
    tx.all(PAGE, params![company, after, limit], read)
}

/// Drafts for customers of whom no telephone or e-mail is known, their people and those merged with them included; those
/// after one draft, or after none.
pub fn nowhere(
    tx: &mut Tx<'_>,
    company: i64,
    after: Option<Id<ids::Notice>>,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    let after = after.unwrap_or(Id::from_bytes([0; 16]));
    tx.all(NOWHERE, params![company, after, limit], read)
}

/// How many such drafts wait; counting ends at a limit.
pub fn nowhere_count(tx: &mut Tx<'_>, company: i64, limit: i64) -> Result<i64, Error> {
    Ok(tx.first(NOWHERE_COUNT, params![company, limit], |row| row.int(0))?.unwrap_or(0))
}

pub fn get(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<Listed, Error> {
    let not_found = || Error::from(Refusal::NotFound { kind: "message".into(), name: name.into() });
    let id: Id<ids::Notice> = name.parse().map_err(|_| not_found())?;
    tx.first(GET, params![company, id], read)?.ok_or_else(not_found)
}

/// How many drafts wait.
pub fn drafts(tx: &mut Tx<'_>, company: i64) -> Result<usize, Error> {
    let count = tx.first(DRAFTS, params![company], |row| row.int(0))?.unwrap_or(0);
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Marks a draft sent or ignored, with the steps it stands for; a message already decided is refused.
pub fn decide(tx: &mut Tx<'_>, company: i64, name: &str, state: &str) -> Result<(), Error> {
    let not_found = || Error::from(Refusal::NotFound { kind: "message".into(), name: name.into() });
    let id: Id<ids::Notice> = name.parse().map_err(|_| not_found())?;
    let known = tx.first(STATE, params![company, id], |row| row.string(0))?.ok_or_else(not_found)?;
    if known != "draft" {
        let reason = Unusable::MessageDecided { outbox: known };
        return Err(Refusal::Invalid { field: "message".into(), value: name.into(), reason }.into());
    }
    tx.execute(SET_MESSAGE, params![state, company, id])?;
    tx.execute(SET_NOTICES, params![state, company, id])?;
    if state == "sent" {
        tx.execute(CONTACT, params![company, id])?;
    }
    tx.touch();
    Ok(())
}
