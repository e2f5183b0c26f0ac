//! The audit log: who did what to which thing, and every fact that an action wrote.

use std::str::FromStr;

use receivables::ids::{self, Id};
use receivables::{Date, Instant, Refusal, Unusable};
use store::reports::audit::{self, Detail, Filter, Logged, Mark, SUBJECT_MAX, Told, Written};
use store::{Error, Tx, customer};

use super::{Actor, Right};

/// A moment as people give it: an instant, or a whole day of the company.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moment {
    At(Instant),
    Day(Date),
}

impl FromStr for Moment {
    type Err = receivables::date::NotADate;

    fn from_str(text: &str) -> Result<Moment, Self::Err> {
        text.parse().map(Moment::Day).or_else(|_| text.parse().map(Moment::At))
    }
}

impl Moment {
    /// The first instant of it.
    fn begin(self, zone: &str) -> Result<Instant, Error> {
        match self {
            Moment::At(at) => Ok(at),
            Moment::Day(on) => midnight(on, zone),
        }
    }

    /// The first instant after it.
    fn end(self, zone: &str) -> Result<Instant, Error> {
        match self {
            Moment::At(at) => Ok(at.plus_micros(1)),
            Moment::Day(on) => midnight(on.plus_days(1), zone),
        }
    }
}

fn midnight(on: Date, zone: &str) -> Result<Instant, Error> {
    Instant::from_local(on, 0, 0, 0, zone).ok_or_else(|| {
        let (field, value) = ("from".into(), on.to_string());
        Refusal::Invalid { field, value, reason: Unusable::NotADate }.into()
    })
}

/// Which actions; what is left out does not matter.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub actor: Option<String>,
    pub verb: Option<String>,
    /// The whole subject.
    pub subject: Option<String>,
    /// Code of the customer whose money, promises or data they touched.
    pub customer: Option<String>,
    pub from: Option<Moment>,
    pub until: Option<Moment>,
    /// The action that ended the page before.
    pub after: Option<String>,
}

/// One page, the newest first.
#[derive(Debug)]
pub struct Page {
    pub rows: Vec<Logged>,
    /// Where the next page begins, if there is one.
    pub after: Option<String>,
}

/// The actions of the company that are asked for.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked, limit: i64) -> Result<Page, Error> {
    actor.may(Right::Read)?;
    let company = &actor.company;
    if let Some(long) = asked.subject.as_ref().filter(|subject| subject.chars().count() > SUBJECT_MAX) {
        let reason = Unusable::TooLong { most: SUBJECT_MAX.to_string() };
        return Err(Refusal::Invalid { field: "subject".into(), value: long.clone(), reason }.into());
    }
    let customer = match &asked.customer {
        Some(code) => Some((customer::get(tx, company.id, code)?.id, code.as_str())),
        None => None,
    };
    let mark = match &asked.after {
        Some(name) => Some(mark(tx, company.id, name)?),
        None => None,
    };
    let filter = Filter {
        actor: asked.actor.as_deref(),
        verb: asked.verb.as_deref(),
        subject: asked.subject.as_deref(),
        customer,
        from: asked.from.map(|moment| moment.begin(&company.time_zone)).transpose()?,
        until: asked.until.map(|moment| moment.end(&company.time_zone)).transpose()?,
    };
    let mut rows = audit::list(tx, company.id, &filter, mark, limit.saturating_add(1))?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > shown;
    rows.truncate(shown);
    let after = rows.last().filter(|_| more).map(|last| last.id.to_string());
    Ok(Page { rows, after })
}

fn mark(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<Mark, Error> {
    let missing = || not_found(name);
    let id = name.parse().map_err(|_| missing())?;
    audit::mark(tx, company, id)?.ok_or_else(missing)
}

fn not_found(name: &str) -> Error {
    Refusal::NotFound { kind: "action".into(), name: name.into() }.into()
}

/// One action by its id or its place in the chain, with what it wrote.
pub fn one(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<Detail, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let id: Option<Id<ids::Action>> = match name.parse::<i64>() {
        Ok(no) => audit::sealed_as(tx, company, no)?,
        Err(_) => name.parse().ok(),
    };
    let found = match id {
        Some(id) => audit::one(tx, company, id)?,
        None => None,
    };
    let mut found = found.ok_or_else(|| not_found(name))?;
    if !actor.can(Right::BankRead) {
        found.written.iter_mut().for_each(hide);
    }
    Ok(found)
}

/// Where money goes is not for everybody who may read the log.
const HIDDEN: &[(&str, &[&str])] = &[("bank_detail", &["holder", "institution", "number"]), ("approval", &["payload"])];

fn hide(written: &mut Written) {
    let Some((_, hidden)) = HIDDEN.iter().find(|(table, _)| *table == written.table) else { return };
    for row in &mut written.rows {
        for (column, value) in written.columns.iter().zip(row) {
            if hidden.contains(column) {
                *value = Told::Text("•••".into());
            }
        }
    }
}

/// A value as a person reads it: days, instants and ids by the name of their column.
pub fn plain(column: &str, value: &Told) -> String {
    match value {
        Told::Null => String::new(),
        Told::Text(text) => text.clone(),
        Told::Int(number) if is_day(column) => {
            i32::try_from(*number).map_or_else(|_| number.to_string(), |no| Date::from_day_number(no).to_string())
        }
        Told::Int(number) if is_instant(column) => Instant::from_micros(*number).to_string(),
        Told::Int(number) => number.to_string(),
        Told::Long(bytes) => format!("({bytes})"),
        Told::Bytes(bytes) => match <[u8; 16]>::try_from(bytes.as_slice()) {
            Ok(id) if column != "fingerprint" && column != "content" => Id::<ids::Action>::from_bytes(id).to_string(),
            _ => hex(bytes),
        },
    }
}

fn is_day(column: &str) -> bool {
    column.ends_with("_on") || matches!(column, "on_day" | "closed_to" | "cycle")
}

fn is_instant(column: &str) -> bool {
    column == "at" || column.ends_with("_at")
}

/// Bytes as people compare them.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
