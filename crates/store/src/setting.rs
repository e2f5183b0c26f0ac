//! What a company decides for itself: each word on a setting is a fact with the day from which it counts.

use std::sync::Arc;

use receivables::ids::{self, Id};
use receivables::{Date, Instant};

use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    ALL = "SELECT name, value, from_on FROM setting_change WHERE company = $1 ORDER BY id";
    HISTORY = "SELECT s.value, s.from_on, s.reason, a.at, a.actor FROM setting_change s JOIN action a ON a.company = s.company AND a.id = s.action WHERE s.company = $1 AND s.name = $2 ORDER BY s.id DESC";
}

/// A word on a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub name: String,
    pub value: String,
    pub from_on: Date,
}

/// Every word of the company on its settings, in the order in which they were said. An action asks the database once.
pub fn all(tx: &mut Tx<'_>, company: i64) -> Result<Arc<[Change]>, Error> {
    if let Some(known) = tx.action.as_ref().filter(|a| a.company == company).and_then(|a| a.settings.clone()) {
        return Ok(known);
    }
    let read = tx.all(ALL, params![company], |row| {
        Ok(Change { name: row.string(0)?, value: row.string(1)?, from_on: row.date(2)? })
    })?;
    let all: Arc<[Change]> = read.into();
    if let Some(action) = tx.action.as_mut().filter(|a| a.company == company) {
        action.settings = Some(Arc::clone(&all));
    }
    Ok(all)
}

/// Saves a word on a setting.
pub fn save(tx: &mut Tx<'_>, company: i64, change: &Change, reason: &str) -> Result<(), Error> {
    let id: Id<ids::Setting> = tx.new_id();
    let action = tx.action_id()?;
    let Change { name, value, from_on } = change;
    tx.insert_facts(&table::SETTING_CHANGE, params![company, id, action, name, value, *from_on, reason])?;
    if let Some(action) = &mut tx.action {
        action.settings = None;
    }
    Ok(())
}

/// A word on a setting with who said it, when and why.
#[derive(Clone, Debug)]
pub struct Said {
    pub value: String,
    pub from_on: Date,
    pub reason: String,
    pub at: Instant,
    pub actor: String,
}

/// Every word on one setting, the latest first.
pub fn history(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<Vec<Said>, Error> {
    tx.all(HISTORY, params![company, name], |row| {
        Ok(Said {
            value: row.string(0)?,
            from_on: row.date(1)?,
            reason: row.string(2)?,
            at: row.instant(3)?,
            actor: row.string(4)?,
        })
    })
}
