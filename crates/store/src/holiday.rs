//! Days a company adds to its country's holidays or strikes off them.

use receivables::Date;
use receivables::calendar::OwnDays;
use receivables::ids::{self, Id};

use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    ALL = "SELECT on_day, free, name FROM holiday WHERE company = $1 ORDER BY id";
}

/// Saves a word on a day: its name as a holiday, or `None` for a day of work.
pub fn save(tx: &mut Tx<'_>, company: i64, on: Date, name: Option<&str>) -> Result<(), Error> {
    let id: Id<ids::Holiday> = tx.new_id();
    let action = tx.action_id()?;
    tx.insert_facts(&table::HOLIDAY, params![company, id, action, on, name.is_some(), name.unwrap_or("")])
}

/// The latest word on each day.
pub fn own(tx: &mut Tx<'_>, company: i64) -> Result<OwnDays, Error> {
    let said = tx.all(ALL, params![company], |row| {
        let name = row.flag(1)?.then(|| row.string(2)).transpose()?;
        Ok((row.date(0)?, name))
    })?;
    Ok(said.into_iter().collect())
}
