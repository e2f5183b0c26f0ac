//! Keys of requests: the answer given once is given again, and the action happens once.

use receivables::Refusal;

use crate::table;
use crate::tx::statements;
use crate::{Engine, Error, Tx, params};

statements! {
    FIND = "SELECT body, answer FROM idempotency WHERE company = $1 AND actor = $2 AND idem_key = $3";
    FORGET = "DELETE FROM idempotency WHERE at < $1";
    CLAIM postgres = "SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended($1, 0))) AS claimed";
}

/// The answer already given under this key; refuses when the key came with another body. On PostgreSQL the
/// same key in flight waits here until the first is done.
pub fn find(tx: &mut Tx<'_>, company: i64, actor: &str, key: &str, body: &[u8; 32]) -> Result<Option<String>, Error> {
    if tx.engine() == Engine::Postgres {
        tx.execute(CLAIM, params![format!("{company}/{actor}/{key}")])?;
    }
    let known = tx.first(FIND, params![company, actor, key], |row| Ok((row.bytes(0)? == body, row.string(1)?)))?;
    match known {
        None => Ok(None),
        Some((true, answer)) => Ok(Some(answer)),
        Some((false, _)) => Err(Refusal::KeyReused { key: key.into() }.into()),
    }
}

/// Keeps the answer in the action's own transaction.
pub fn save(tx: &mut Tx<'_>, company: i64, actor: &str, key: &str, body: &[u8; 32], answer: &str) -> Result<(), Error> {
    let now = tx.now();
    tx.insert_rows(&table::IDEMPOTENCY, params![company, actor, key, *body, answer, now])
}

/// Days a key is kept.
pub const KEPT_DAYS: i64 = 90;

/// Drops keys older than `KEPT_DAYS`.
pub fn forget_old(tx: &mut Tx<'_>) -> Result<u64, Error> {
    let before = tx.now().plus_micros(-KEPT_DAYS * 86_400_000_000);
    tx.execute(FORGET, params![before])
}
