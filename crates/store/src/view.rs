//! Views: filters of the worklist that people keep under a name, each person their own.

use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    OF_USER = "SELECT name, filter FROM saved_view WHERE company = $1 AND app_user = $2 ORDER BY name";
    FORGET = "DELETE FROM saved_view WHERE company = $1 AND app_user = $2 AND name = $3";
}

/// Name and filter of a person's views.
pub fn of_user(tx: &mut Tx<'_>, company: i64, user: &str) -> Result<Vec<(String, String)>, Error> {
    tx.all(OF_USER, params![company, user], |row| Ok((row.string(0)?, row.string(1)?)))
}

/// Keeps a view, in place of the one of that name.
pub fn save(tx: &mut Tx<'_>, company: i64, user: &str, name: &str, filter: &str) -> Result<(), Error> {
    forget(tx, company, user, name)?;
    tx.insert_rows(&table::SAVED_VIEW, params![company, user, name, filter])
}

/// False where there is none of that name.
pub fn forget(tx: &mut Tx<'_>, company: i64, user: &str, name: &str) -> Result<bool, Error> {
    Ok(tx.execute(FORGET, params![company, user, name])? > 0)
}
