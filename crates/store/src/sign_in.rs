//! Tries to sign in. A try counts as failed until it is said to be good, so that many at once are many failures.

use receivables::Instant;
use receivables::ids::{self, Id};

use crate::table;
use crate::tx::statements;
use crate::{Engine, Error, Tx, params};

statements! {
    QUEUE postgres = "SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended($1, 1))) AS queued";
    GOOD = "UPDATE sign_in SET ok = 1 WHERE id = $1";
    LAST_GOOD = "SELECT MAX(at) FROM sign_in WHERE name = $1 AND address = $2 AND ok = 1 AND at > $3";
    FAILED_HERE = "SELECT COUNT(*), MAX(at) FROM sign_in WHERE name = $1 AND address = $2 AND ok = 0 AND at > $3";
    FAILED_NAME = "SELECT COUNT(*), MAX(at) FROM sign_in WHERE name = $1 AND ok = 0 AND at > $2";
    FAILED_ADDRESS = "SELECT COUNT(*), MAX(at) FROM sign_in WHERE address = $1 AND ok = 0 AND at > $2";
    FORGET = "DELETE FROM sign_in WHERE at < $1";
}

/// How many tries failed, and when the last of them was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Failed {
    pub count: i64,
    pub last_at: Option<Instant>,
}

/// Waits, on PostgreSQL, until nobody else tries this name or from this address (SQLite has one writer).
pub fn queue(tx: &mut Tx<'_>, name: &str, address: &str) -> Result<(), Error> {
    if tx.engine() == Engine::Postgres {
        for key in [format!("name {name}"), format!("address {address}")] {
            tx.execute(QUEUE, params![key])?;
        }
    }
    Ok(())
}

/// Writes a try down, as failed.
pub fn save(tx: &mut Tx<'_>, name: &str, address: &str) -> Result<Id<ids::SignIn>, Error> {
    let (id, now) = (tx.new_id(), tx.now());
    tx.insert_rows(&table::SIGN_IN, params![id, name, address, now, false])?;
    Ok(id)
}

/// The try was a good one.
pub fn good(tx: &mut Tx<'_>, id: Id<ids::SignIn>) -> Result<(), Error> {
    tx.execute(GOOD, params![id]).map(|_| ())
}

/// When the person last signed in from this address, later than `after`.
pub fn last_good(tx: &mut Tx<'_>, name: &str, address: &str, after: Instant) -> Result<Option<Instant>, Error> {
    let last = tx.first(LAST_GOOD, params![name, address, after], |row| row.int_opt(0))?;
    Ok(last.flatten().map(Instant::from_micros))
}

/// What failed for a name from one address later than `after`.
pub fn failed_here(tx: &mut Tx<'_>, name: &str, address: &str, after: Instant) -> Result<Failed, Error> {
    failed(tx.first(FAILED_HERE, params![name, address, after], |row| Ok((row.int(0)?, row.int_opt(1)?)))?)
}

/// What failed for a name, from anywhere, later than `after`.
pub fn failed_name(tx: &mut Tx<'_>, name: &str, after: Instant) -> Result<Failed, Error> {
    failed(tx.first(FAILED_NAME, params![name, after], |row| Ok((row.int(0)?, row.int_opt(1)?)))?)
}

/// What failed from an address, for whatever name, later than `after`.
pub fn failed_address(tx: &mut Tx<'_>, address: &str, after: Instant) -> Result<Failed, Error> {
    failed(tx.first(FAILED_ADDRESS, params![address, after], |row| Ok((row.int(0)?, row.int_opt(1)?)))?)
}

fn failed(found: Option<(i64, Option<i64>)>) -> Result<Failed, Error> {
    let (count, last) = found.unwrap_or((0, None));
    Ok(Failed { count, last_at: last.map(Instant::from_micros) })
}

/// Drops tries from before an instant.
pub fn forget(tx: &mut Tx<'_>, before: Instant) -> Result<u64, Error> {
    tx.execute(FORGET, params![before])
}
