//! Invoices that are not finished, as they were typed.

use receivables::Instant;
use receivables::ids::{self, Id};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    LIST = "SELECT id, customer, body, version, by_user, at FROM draft WHERE company = $1 ORDER BY at DESC, id LIMIT $2";
    GET = "SELECT id, customer, body, version, by_user, at FROM draft WHERE company = $1 AND id = $2";
    CHANGE = "UPDATE draft SET customer = $1, body = $2, version = version + 1, by_user = $3, at = $4 WHERE company = $5 AND id = $6 AND version = $7";
    FORGET = "DELETE FROM draft WHERE company = $1 AND id = $2";
}

/// A draft as it was kept last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub id: Id<ids::Draft>,
    /// As it was typed.
    pub customer: String,
    pub body: String,
    /// From 1, one more with each change.
    pub version: i32,
    pub by: String,
    pub at: Instant,
}

fn read(row: &Row<'_>) -> Result<Kept, Error> {
    Ok(Kept {
        id: row.id(0)?,
        customer: row.string(1)?,
        body: row.string(2)?,
        version: row.small(3)?,
        by: row.string(4)?,
        at: row.instant(5)?,
    })
}

/// Drafts, the latest first.
pub fn list(tx: &mut Tx<'_>, company: i64, limit: i64) -> Result<Vec<Kept>, Error> {
    tx.all(LIST, params![company, limit], read)
}

/// The draft of an id.
pub fn find(tx: &mut Tx<'_>, company: i64, id: Id<ids::Draft>) -> Result<Option<Kept>, Error> {
    tx.first(GET, params![company, id], read)
}

/// Keeps a new draft.
pub fn save(tx: &mut Tx<'_>, company: i64, customer: &str, body: &str, by: &str) -> Result<Id<ids::Draft>, Error> {
    let (id, at) = (tx.new_id(), tx.now());
    tx.insert_rows(&table::DRAFT, params![company, id, customer, body, 1i32, by, at])?;
    Ok(id)
}

/// Puts a draft in the place of its version; false where it is another by now.
pub fn change(
    tx: &mut Tx<'_>,
    company: i64,
    (id, version): (Id<ids::Draft>, i32),
    customer: &str,
    body: &str,
    by: &str,
) -> Result<bool, Error> {
    let at = tx.now();
    Ok(tx.execute(CHANGE, params![customer, body, by, at, company, id, version])? > 0)
}

/// False where it is gone already.
pub fn forget(tx: &mut Tx<'_>, company: i64, id: Id<ids::Draft>) -> Result<bool, Error> {
    Ok(tx.execute(FORGET, params![company, id])? > 0)
}
