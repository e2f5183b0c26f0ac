//! Attempts to reach a customer and what came of them; until when the account rests is a projection of them.

use std::collections::{BTreeMap, BTreeSet};

use receivables::collections::attempt::{from_wall_minute, wall_minute};
use receivables::ids::{self, Id};
use receivables::{Date, Instant};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params};

statements! {
    LIST = "SELECT a.id, c.code, a.on_day, a.at, a.channel, a.answered, a.right_party, a.note, a.next_on, a.by_user FROM attempt a JOIN customer c ON c.company = a.company AND c.id = a.customer WHERE a.company = $1 ORDER BY a.id DESC LIMIT $2";
    OF_CUSTOMER = "SELECT a.id, c.code, a.on_day, a.at, a.channel, a.answered, a.right_party, a.note, a.next_on, a.by_user FROM attempt a JOIN customer c ON c.company = a.company AND c.id = a.customer WHERE a.company = $1 AND a.customer = $2 ORDER BY a.on_day DESC, a.id DESC LIMIT $3";
    PAGE = "SELECT a.id, c.code, a.on_day, a.at, a.channel, a.answered, a.right_party, a.note, a.next_on, a.by_user FROM attempt a JOIN customer c ON c.company = a.company AND c.id = a.customer WHERE a.company = $1 AND a.id > $2 ORDER BY a.id LIMIT $3";
    PAGE_OF = "SELECT a.id, c.code, a.on_day, a.at, a.channel, a.answered, a.right_party, a.note, a.next_on, a.by_user FROM attempt a JOIN customer c ON c.company = a.company AND c.id = a.customer WHERE a.company = $1 AND a.customer = $2 AND a.id > $3 ORDER BY a.id LIMIT $4";
    OUTCOMES each = ("SELECT attempt, outcome, refers FROM attempt_outcome WHERE attempt = $1 AND company = $2 ORDER BY no", "SELECT attempt, outcome, refers FROM attempt_outcome WHERE attempt = ANY($1) AND company = $2 ORDER BY attempt, no");
    TALKED = "INSERT INTO contact (company, customer, last_on) VALUES ($1, $2, $3) ON CONFLICT (company, customer) DO UPDATE SET last_on = excluded.last_on WHERE contact.last_on < excluded.last_on";
    REST = "INSERT INTO rest (company, customer, until_minute, next_on) VALUES ($1, $2, $3, $4) ON CONFLICT (company, customer) DO UPDATE SET until_minute = excluded.until_minute, next_on = excluded.next_on";
    LOOK_AGAIN = "SELECT customer FROM rest WHERE company = $1 AND next_on <= $2";
    WAKE = "DELETE FROM rest WHERE company = $1 AND (customer = $2 OR customer IN (SELECT merged_into FROM customer WHERE company = $1 AND id = $2))";
    REST_OF = "SELECT until_minute FROM rest WHERE company = $1 AND customer = $2 AND until_minute > $3";
    RESTING = "SELECT customer FROM rest WHERE company = $1 AND until_minute > $2";
    TEAM = "SELECT by_user, on_day, COUNT(*), CAST(SUM(right_party) AS BIGINT) FROM attempt WHERE company = $1 AND on_day >= $2 AND on_day <= $3 GROUP BY by_user, on_day";
}

/// An attempt to be saved.
#[derive(Clone, Debug)]
pub struct NewAttempt<'a> {
    pub customer: Id<ids::Customer>,
    pub on: Date,
    pub channel: &'a str,
    /// Who answered, as far as is known.
    pub answered: &'a str,
    /// Somebody who may speak for the account was reached.
    pub right_party: bool,
    pub note: &'a str,
    pub next_on: Option<Date>,
    pub by: &'a str,
    /// Codes, each with what was made with it.
    pub outcomes: Vec<(&'a str, Option<[u8; 16]>)>,
    /// Until when the account is left alone: a day and a minute of it.
    pub rests_until: (Date, i32),
}

/// Saves an attempt with its outcomes; the account rests, and a talk is its last contact.
pub fn save(tx: &mut Tx<'_>, company: i64, a: &NewAttempt<'_>) -> Result<Id<ids::Attempt>, Error> {
    let (id, action, now) = (tx.new_id(), tx.action_id()?, tx.now());
    tx.insert_facts(
        &table::ATTEMPT,
        params![
            company,
            id,
            action,
            a.customer,
            a.on,
            now,
            a.channel,
            a.answered,
            a.right_party,
            a.note,
            a.next_on,
            a.by
        ],
    )?;
    let mut rows: Vec<Value<'_>> = Vec::new();
    for (no, (outcome, refers)) in (1i32..).zip(&a.outcomes) {
        rows.extend([company.into(), id.into(), no.into(), action.into(), (*outcome).into(), (*refers).into()]);
    }
    tx.insert_facts(&table::ATTEMPT_OUTCOME, &rows)?;
    if a.right_party {
        tx.execute(TALKED, params![company, a.customer, a.on])?;
    }
    let (on, minute) = a.rests_until;
    tx.execute(REST, params![company, a.customer, wall_minute(on, minute), a.next_on])?;
    Ok(id)
}

/// Lets an account, or the one that stands for it, come back to the worklist whatever was agreed.
pub fn wake(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<(), Error> {
    tx.execute(WAKE, params![company, customer]).map(|_| ())
}

/// Until when an account rests, if it does at a minute: a day and a minute of it.
pub fn rests_until(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Id<ids::Customer>,
    now: i64,
) -> Result<Option<(Date, i32)>, Error> {
    tx.first(REST_OF, params![company, customer, now], |row| row.int(0).map(from_wall_minute))
}

/// The accounts that rest at a minute.
pub fn resting(tx: &mut Tx<'_>, company: i64, now: i64) -> Result<BTreeSet<Id<ids::Customer>>, Error> {
    Ok(tx.all(RESTING, params![company, now], |row| row.id(0))?.into_iter().collect())
}

/// An attempt as people see it.
#[derive(Clone, Debug)]
pub struct Attempt {
    pub id: Id<ids::Attempt>,
    pub code: String,
    pub on: Date,
    pub at: Instant,
    pub channel: String,
    pub answered: String,
    pub right_party: bool,
    pub note: String,
    pub next_on: Option<Date>,
    pub by: String,
    /// Codes.
    pub outcomes: Vec<String>,
}

fn read(row: &Row<'_>) -> Result<Attempt, Error> {
    Ok(Attempt {
        id: row.id(0)?,
        code: row.string(1)?,
        on: row.date(2)?,
        at: row.instant(3)?,
        channel: row.string(4)?,
        answered: row.string(5)?,
        right_party: row.flag(6)?,
        note: row.string(7)?,
        next_on: row.date_opt(8)?,
        by: row.string(9)?,
        outcomes: Vec::new(),
    })
}

/// The newest attempts first.
pub fn list(tx: &mut Tx<'_>, company: i64, limit: i64) -> Result<Vec<Attempt>, Error> {
    let all = tx.all(LIST, params![company, limit], read)?;
    with_outcomes(tx, company, all)
}

/// A customer's attempts, the newest first.
pub fn of_customer(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Id<ids::Customer>,
    limit: i64,
) -> Result<Vec<Attempt>, Error> {
    let all = tx.all(OF_CUSTOMER, params![company, customer, limit], read)?;
    with_outcomes(tx, company, all)
}

/// Attempts of a customer or of all, those after one of them.
pub fn page(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Option<Id<ids::Customer>>,
    after: Id<ids::Attempt>,
    limit: i64,
) -> Result<Vec<Attempt>, Error> {
    let all = match customer {
        None => tx.all(PAGE, params![company, after, limit], read)?,
        Some(customer) => tx.all(PAGE_OF, params![company, customer, after, limit], read)?,
    };
    with_outcomes(tx, company, all)
}

fn with_outcomes(tx: &mut Tx<'_>, company: i64, mut all: Vec<Attempt>) -> Result<Vec<Attempt>, Error> {
    let ids: Vec<Id<ids::Attempt>> = all.iter().map(|a| a.id).collect();
    let mut outcomes = outcomes(tx, company, &ids)?;
    for attempt in &mut all {
        attempt.outcomes = outcomes.remove(&attempt.id).unwrap_or_default();
    }
    Ok(all)
}

/// The codes of the outcomes of attempts, those of one in their order.
pub fn outcomes(
    tx: &mut Tx<'_>,
    company: i64,
    attempts: &[Id<ids::Attempt>],
) -> Result<BTreeMap<Id<ids::Attempt>, Vec<String>>, Error> {
    let keys: Vec<Value<'_>> = attempts.iter().map(|id| Value::from(*id)).collect();
    let mut found: BTreeMap<Id<ids::Attempt>, Vec<String>> = BTreeMap::new();
    tx.each_of(OUTCOMES, &keys, 1, company, |row| {
        found.entry(row.id(0)?).or_default().push(row.string(1)?);
        Ok(())
    })?;
    Ok(found)
}

/// The accounts whose day to be looked at again has come, and that nobody tried since.
pub fn look_again(tx: &mut Tx<'_>, company: i64, on: Date) -> Result<BTreeSet<Id<ids::Customer>>, Error> {
    Ok(tx.all(LOOK_AGAIN, params![company, on], |row| row.id(0))?.into_iter().collect())
}

/// What one person tried on one day.
#[derive(Clone, Debug)]
pub struct Tried {
    pub by: String,
    pub on: Date,
    pub attempts: i64,
    pub talks: i64,
}

/// What each person tried from one day to another.
pub fn tried(tx: &mut Tx<'_>, company: i64, from: Date, to: Date) -> Result<Vec<Tried>, Error> {
    tx.all(TEAM, params![company, from, to], |row| {
        Ok(Tried { by: row.string(0)?, on: row.date(1)?, attempts: row.int(2)?, talks: row.int(3)? })
    })
}
