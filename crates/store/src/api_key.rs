//! Keys of the API: whose they are, what they may touch, and when they were used last. Secrets are not here, only digests.

use receivables::ids::{self, Id};
use receivables::{Date, Instant};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    BY_ID = "SELECT id, company, app_user, name, digest, scopes, expires_on, created_at, last_used_at, ended_at FROM api_key WHERE id = $1";
    LIST = "SELECT id, company, app_user, name, digest, scopes, expires_on, created_at, last_used_at, ended_at FROM api_key WHERE company = $1 ORDER BY id";
    USED = "UPDATE api_key SET last_used_at = $1 WHERE id = $2";
    END = "UPDATE api_key SET ended_at = $1, ended_by = $2 WHERE company = $3 AND id = $4 AND ended_at IS NULL";
}

#[derive(Clone, Debug)]
pub struct ApiKey {
    pub id: Id<ids::ApiKey>,
    pub company: i64,
    /// The user it acts for.
    pub user: String,
    /// What it is for, in a person's words.
    pub name: String,
    pub digest: [u8; 32],
    pub scopes: String,
    /// The last day on which it works.
    pub expires_on: Option<Date>,
    pub created_at: Instant,
    pub last_used_at: Option<Instant>,
    pub ended_at: Option<Instant>,
}

fn read(row: &Row<'_>) -> Result<ApiKey, Error> {
    Ok(ApiKey {
        id: row.id(0)?,
        company: row.int(1)?,
        user: row.string(2)?,
        name: row.string(3)?,
        digest: row.bytes(4)?.try_into().map_err(|e| Error::failed("reading a key", e))?,
        scopes: row.string(5)?,
        expires_on: row.date_opt(6)?,
        created_at: row.instant(7)?,
        last_used_at: row.int_opt(8)?.map(Instant::from_micros),
        ended_at: row.int_opt(9)?.map(Instant::from_micros),
    })
}

/// A key to be saved.
#[derive(Clone, Debug)]
pub struct NewApiKey<'a> {
    pub user: &'a str,
    pub name: &'a str,
    pub digest: [u8; 32],
    pub scopes: &'a str,
    pub expires_on: Option<Date>,
}

/// Saves a key under an id made before: the key's text names it.
pub fn save(tx: &mut Tx<'_>, company: i64, id: Id<ids::ApiKey>, key: &NewApiKey<'_>) -> Result<(), Error> {
    let (action, now) = (tx.action_id()?, tx.now());
    tx.insert_facts(
        &table::API_KEY,
        params![
            id,
            company,
            action,
            key.user,
            key.name,
            key.digest,
            key.scopes,
            key.expires_on,
            now,
            None::<i64>,
            None::<i64>,
            None::<&str>
        ],
    )
}

/// The key of that id, in whichever company.
pub fn find(tx: &mut Tx<'_>, id: Id<ids::ApiKey>) -> Result<Option<ApiKey>, Error> {
    tx.first(BY_ID, params![id], read)
}

pub fn list(tx: &mut Tx<'_>, company: i64) -> Result<Vec<ApiKey>, Error> {
    tx.all(LIST, params![company], read)
}

/// Remembers that a key was used just now.
pub fn used(tx: &mut Tx<'_>, id: Id<ids::ApiKey>) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(USED, params![now, id]).map(|_| ())
}

/// Ends a key of the company; false if it is unknown or ended before.
pub fn end(tx: &mut Tx<'_>, company: i64, id: Id<ids::ApiKey>, by: &str) -> Result<bool, Error> {
    let now = tx.now();
    let ended = tx.execute(END, params![now, by, company, id])? > 0;
    if ended {
        tx.touch();
    }
    Ok(ended)
}
