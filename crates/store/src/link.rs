//! One-time links, found by the SHA-256 of their token: whoever has one chooses a password for a person, once and in time.

use receivables::Instant;

use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    FIND = "SELECT app_user, company, made_by, expires_at FROM link WHERE digest = $1 AND used_at IS NULL AND expires_at > $2";
    USE_UP = "UPDATE link SET used_at = $1 WHERE app_user = $2 AND used_at IS NULL";
    TAKE = "UPDATE link SET used_at = $1 WHERE digest = $2 AND used_at IS NULL AND expires_at > $1";
    USE_UP_ALL = "UPDATE link SET used_at = $1 WHERE used_at IS NULL";
    FORGET = "DELETE FROM link WHERE expires_at < $1";
}

/// A link that still works.
#[derive(Clone, Debug)]
pub struct Link {
    pub user: String,
    pub company: i64,
    pub made_by: String,
    pub expires_at: Instant,
}

/// The link of a token, if it was not used and has time left.
pub fn find(tx: &mut Tx<'_>, digest: [u8; 32]) -> Result<Option<Link>, Error> {
    let now = tx.now();
    tx.first(FIND, params![digest, now], |row| {
        Ok(Link { user: row.string(0)?, company: row.int(1)?, made_by: row.string(2)?, expires_at: row.instant(3)? })
    })
}

pub fn save(tx: &mut Tx<'_>, digest: [u8; 32], l: &Link) -> Result<(), Error> {
    let now = tx.now();
    tx.insert_rows(&table::LINK, params![digest, &l.user, l.company, &l.made_by, now, l.expires_at, None::<i64>])?;
    tx.touch();
    Ok(())
}

/// Uses a link; false if it was used before or its time is over.
pub fn take(tx: &mut Tx<'_>, digest: [u8; 32]) -> Result<bool, Error> {
    let now = tx.now();
    Ok(tx.execute(TAKE, params![now, digest])? > 0)
}

/// No link of this person works any more.
pub fn use_up(tx: &mut Tx<'_>, user: &str) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(USE_UP, params![now, user]).map(|_| ())
}

/// No link works any more.
pub fn use_up_all(tx: &mut Tx<'_>) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(USE_UP_ALL, params![now]).map(|_| ())
}

/// Drops links whose time was over before an instant.
pub fn forget(tx: &mut Tx<'_>, before: Instant) -> Result<u64, Error> {
    tx.execute(FORGET, params![before])
}
