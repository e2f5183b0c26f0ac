//! Branches of a company.

use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    LIST = "SELECT code, name FROM branch WHERE company = $1 ORDER BY code";
    IS = "SELECT 1 FROM branch WHERE company = $1 AND code = $2";
}

/// Code and name of each branch, by code.
pub fn list(tx: &mut Tx<'_>, company: i64) -> Result<Vec<(String, String)>, Error> {
    tx.all(LIST, params![company], |row| Ok((row.string(0)?, row.string(1)?)))
}

/// Whether there is a branch of that code.
pub fn is_known(tx: &mut Tx<'_>, company: i64, code: &str) -> Result<bool, Error> {
    Ok(tx.first(IS, params![company, code], |_| Ok(()))?.is_some())
}

/// Keeps a branch.
pub fn save(tx: &mut Tx<'_>, company: i64, code: &str, name: &str) -> Result<(), Error> {
    let action = tx.action_id()?;
    tx.insert_facts(&table::BRANCH, params![company, code, action, name])
}
