//! Callbacks: hours at which somebody asked to be called.

use receivables::ids::{self, Id};
use receivables::{Date, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    OPEN = "SELECT b.id, b.customer, c.code, c.name, c.phone, c.collector, b.on_day, b.minute, b.who, b.note, b.by_user, b.done_on, b.done_by FROM callback b JOIN customer c ON c.company = b.company AND c.id = b.customer WHERE b.company = $1 AND b.done_on IS NULL AND b.on_day <= $2 AND (CAST($3 AS TEXT) IS NULL OR b.by_user = $3 OR c.collector = $3) ORDER BY b.on_day, b.minute, b.id LIMIT $4";
    OF_CUSTOMER = "SELECT b.id, b.customer, c.code, c.name, c.phone, c.collector, b.on_day, b.minute, b.who, b.note, b.by_user, b.done_on, b.done_by FROM callback b JOIN customer c ON c.company = b.company AND c.id = b.customer WHERE b.company = $1 AND b.customer = $2 AND b.done_on IS NULL ORDER BY b.on_day, b.minute, b.id";
    LIST = "SELECT b.id, b.customer, c.code, c.name, c.phone, c.collector, b.on_day, b.minute, b.who, b.note, b.by_user, b.done_on, b.done_by FROM callback b JOIN customer c ON c.company = b.company AND c.id = b.customer WHERE b.company = $1 ORDER BY b.on_day, b.minute, b.id";
    GET locked = "SELECT id, customer, done_on, done_by FROM callback WHERE company = $1 AND id = $2";
    DONE = "UPDATE callback SET done_on = $1, done_by = $2 WHERE company = $3 AND id = $4";
    DUE_DONE = "UPDATE callback SET done_on = $1, done_by = $2 WHERE company = $3 AND customer = $4 AND done_on IS NULL AND (on_day < $5 OR (on_day = $5 AND minute <= $6))";
}

/// A callback as people see it.
#[derive(Clone, Debug)]
pub struct Callback {
    pub id: Id<ids::Callback>,
    pub customer: Id<ids::Customer>,
    pub code: String,
    pub name: String,
    pub phone: Option<String>,
    pub collector: Option<String>,
    pub on: Date,
    /// Of the day, in the company's zone.
    pub minute: i32,
    /// Whom to ask for.
    pub who: String,
    pub note: String,
    pub by: String,
    /// The day it was done, and by whom.
    pub done: Option<(Date, String)>,
}

fn read(row: &Row<'_>) -> Result<Callback, Error> {
    Ok(Callback {
        id: row.id(0)?,
        customer: row.id(1)?,
        code: row.string(2)?,
        name: row.string(3)?,
        phone: row.string_opt(4)?,
        collector: row.string_opt(5)?,
        on: row.date(6)?,
        minute: row.small(7)?,
        who: row.string(8)?,
        note: row.string(9)?,
        by: row.string(10)?,
        done: row.date_opt(11)?.zip(row.string_opt(12)?),
    })
}

/// A callback to be saved.
#[derive(Clone, Debug)]
pub struct NewCallback<'a> {
    pub customer: Id<ids::Customer>,
    pub on: Date,
    pub minute: i32,
    pub who: &'a str,
    pub note: &'a str,
    pub by: &'a str,
}

pub fn save(tx: &mut Tx<'_>, company: i64, b: &NewCallback<'_>) -> Result<Id<ids::Callback>, Error> {
    let (id, action) = (tx.new_id(), tx.action_id()?);
    tx.insert_facts(
        &table::CALLBACK,
        params![company, id, action, b.customer, b.on, b.minute, b.who, b.note, b.by, None::<Date>, None::<&str>],
    )?;
    Ok(id)
}

/// Those not done of a day and before it, in the order of their hours; only those that `user` works or took down where one
/// is named.
pub fn open(
    tx: &mut Tx<'_>,
    company: i64,
    until: Date,
    user: Option<&str>,
    limit: i64,
) -> Result<Vec<Callback>, Error> {
    tx.all(OPEN, params![company, until, user, limit], read)
}

/// A customer's callbacks that are not done.
pub fn of_customer(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Vec<Callback>, Error> {
    tx.all(OF_CUSTOMER, params![company, customer], read)
}

pub fn list(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Callback>, Error> {
    tx.all(LIST, params![company], read)
}

/// A callback, its customer, and by whom it was done, if it was.
type Known = (Id<ids::Callback>, Id<ids::Customer>, Option<(Date, String)>);

/// The customer of a callback and whether it was done, locked for what follows.
pub fn get(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<Known, Error> {
    let not_found = || Error::from(Refusal::NotFound { kind: "callback".into(), name: name.into() });
    let id: Id<ids::Callback> = name.parse().map_err(|_| not_found())?;
    let read = |row: &Row<'_>| Ok((row.id(0)?, row.id(1)?, row.date_opt(2)?.zip(row.string_opt(3)?)));
    tx.first(GET, params![company, id], read)?.ok_or_else(not_found)
}

pub fn done(tx: &mut Tx<'_>, company: i64, id: Id<ids::Callback>, on: Date, by: &str) -> Result<(), Error> {
    tx.execute(DONE, params![on, by, company, id])?;
    tx.touch();
    Ok(())
}

/// A customer who was reached need not be called back for an hour that has come.
pub fn due_done(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Id<ids::Customer>,
    by: &str,
    (on, minute): (Date, i32),
) -> Result<(), Error> {
    tx.execute(DUE_DONE, params![on, by, company, customer, on, minute]).map(|_| ())
}
