//! Sessions, found by the SHA-256 of the token in the browser. An ended one stays for a year, with why.

use receivables::Instant;

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    FIND = "SELECT digest, app_user, company, started_at, seen_at, address, agent, ended_at, why FROM session WHERE digest = $1";
    OF_USER = "SELECT digest, app_user, company, started_at, seen_at, address, agent, ended_at, why FROM session WHERE app_user = $1 AND ended_at IS NULL AND seen_at > $2 AND started_at > $3 ORDER BY started_at DESC, digest";
    LAST = "SELECT company FROM session WHERE app_user = $1 ORDER BY started_at DESC, digest LIMIT 1";
    END = "UPDATE session SET ended_at = $1, why = $2 WHERE digest = $3 AND ended_at IS NULL";
    END_OF_USER = "UPDATE session SET ended_at = $1, why = $2 WHERE app_user = $3 AND digest <> $4 AND ended_at IS NULL";
    END_IN_COMPANY = "UPDATE session SET ended_at = $1, why = $2 WHERE app_user = $3 AND company = $4 AND ended_at IS NULL";
    END_ALL = "UPDATE session SET ended_at = $1, why = $2 WHERE ended_at IS NULL";
    END_OLD = "UPDATE session SET ended_at = $1, why = 'expired' WHERE ended_at IS NULL AND (seen_at <= $2 OR started_at <= $3)";
    SET_COMPANY = "UPDATE session SET company = $1 WHERE digest = $2";
    SEEN = "UPDATE session SET seen_at = $1 WHERE digest = $2 AND seen_at < $1";
    FORGET = "DELETE FROM session WHERE ended_at < $1";
}

#[derive(Clone, Debug)]
pub struct Session {
    /// SHA-256 of the token.
    pub digest: [u8; 32],
    pub user: String,
    pub company: i64,
    pub started_at: Instant,
    pub seen_at: Instant,
    /// Where it was opened from, and what browser said it was.
    pub address: String,
    pub agent: String,
    pub ended_at: Option<Instant>,
    /// `signed-out`, `expired`, `ended`, `replaced`, `password`, `second-factor`, `deactivated`, `restored`.
    pub why: Option<String>,
}

fn read(row: &Row<'_>) -> Result<Session, Error> {
    Ok(Session {
        digest: row.bytes(0)?.try_into().map_err(|e| Error::failed("reading a session", e))?,
        user: row.string(1)?,
        company: row.int(2)?,
        started_at: row.instant(3)?,
        seen_at: row.instant(4)?,
        address: row.string(5)?,
        agent: row.string(6)?,
        ended_at: row.int_opt(7)?.map(Instant::from_micros),
        why: row.string_opt(8)?,
    })
}

/// A session as it was kept, ended or not.
pub fn find(tx: &mut Tx<'_>, digest: [u8; 32]) -> Result<Option<Session>, Error> {
    tx.first(FIND, params![digest], read)
}

/// A person's sessions that have not ended, were seen after `seen` and started after `started`; the newest first.
pub fn of_user(tx: &mut Tx<'_>, user: &str, seen: Instant, started: Instant) -> Result<Vec<Session>, Error> {
    tx.all(OF_USER, params![user, seen, started], read)
}

/// The company a person worked in last.
pub fn last_company(tx: &mut Tx<'_>, user: &str) -> Result<Option<i64>, Error> {
    tx.first(LAST, params![user], |row| row.int(0))
}

pub fn save(tx: &mut Tx<'_>, s: &Session) -> Result<(), Error> {
    tx.insert_rows(
        &table::SESSION,
        params![
            s.digest,
            &s.user,
            s.company,
            s.started_at,
            s.seen_at,
            &s.address,
            &s.agent,
            s.ended_at,
            s.why.as_deref()
        ],
    )
}

/// Ends one session; false if there is none that has not ended.
pub fn end(tx: &mut Tx<'_>, digest: [u8; 32], why: &str) -> Result<bool, Error> {
    let now = tx.now();
    let ended = tx.execute(END, params![now, why, digest])? > 0;
    if ended {
        tx.touch();
    }
    Ok(ended)
}

/// Ends all sessions of a person but one; how many.
pub fn end_others(tx: &mut Tx<'_>, user: &str, but: Option<[u8; 32]>, why: &str) -> Result<u64, Error> {
    let now = tx.now();
    let ended = tx.execute(END_OF_USER, params![now, why, user, but.unwrap_or_default()])?;
    if ended > 0 {
        tx.touch();
    }
    Ok(ended)
}

/// Ends a person's sessions in one company; how many.
pub fn end_in(tx: &mut Tx<'_>, company: i64, user: &str, why: &str) -> Result<u64, Error> {
    let now = tx.now();
    let ended = tx.execute(END_IN_COMPANY, params![now, why, user, company])?;
    if ended > 0 {
        tx.touch();
    }
    Ok(ended)
}

/// Ends everybody's sessions.
pub fn end_all(tx: &mut Tx<'_>, why: &str) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(END_ALL, params![now, why]).map(|_| ())
}

/// Ends what was not seen since `seen` or started before `started`.
pub fn end_old(tx: &mut Tx<'_>, seen: Instant, started: Instant) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(END_OLD, params![now, seen, started]).map(|_| ())
}

pub fn set_company(tx: &mut Tx<'_>, digest: [u8; 32], company: i64) -> Result<(), Error> {
    tx.execute(SET_COMPANY, params![company, digest]).map(|_| ())
}

pub(crate) fn seen(tx: &mut Tx<'_>, digest: [u8; 32], at: Instant) -> Result<(), Error> {
    tx.execute(SEEN, params![at, digest]).map(|_| ())
}

/// Drops sessions that ended before an instant.
pub fn forget(tx: &mut Tx<'_>, before: Instant) -> Result<u64, Error> {
    tx.execute(FORGET, params![before])
}
