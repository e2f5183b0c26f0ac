//! Passwords and second factors. A password is kept as the string of its hash, a recovery code as its digest.

use receivables::Instant;

use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, Value, params};

statements! {
    FIND = "SELECT password, changed_at, totp, totp_since, totp_step FROM credential WHERE app_user = $1";
    SET_PASSWORD = "INSERT INTO credential (app_user, password, changed_at) VALUES ($1, $2, $3) ON CONFLICT (app_user) DO UPDATE SET password = excluded.password, changed_at = excluded.changed_at";
    SET_SECRET = "UPDATE credential SET totp = $1, totp_since = NULL, totp_step = NULL WHERE app_user = $2";
    CONFIRM = "UPDATE credential SET totp_since = $1 WHERE app_user = $2 AND totp_since IS NULL";
    TAKE_STEP = "UPDATE credential SET totp_step = $1 WHERE app_user = $2 AND (totp_step IS NULL OR totp_step < $1)";
    TAKE_CODE = "UPDATE recovery_code SET used_at = $1 WHERE app_user = $2 AND digest = $3 AND used_at IS NULL";
    CODES_LEFT = "SELECT COUNT(*) FROM recovery_code WHERE app_user = $1 AND used_at IS NULL";
    FORGET_CODES = "DELETE FROM recovery_code WHERE app_user = $1";
}

#[derive(Clone, Debug)]
pub struct Credential {
    /// The hash, with how it was made.
    pub password: String,
    pub changed_at: Instant,
    /// The secret of the second factor in Base32, asked for or not yet.
    pub secret: Option<String>,
    /// Since when a code is asked for.
    pub since: Option<Instant>,
    /// The last time step whose code was used.
    pub step: Option<i64>,
}

pub fn find(tx: &mut Tx<'_>, user: &str) -> Result<Option<Credential>, Error> {
    tx.first(FIND, params![user], |row| {
        Ok(Credential {
            password: row.string(0)?,
            changed_at: row.instant(1)?,
            secret: row.string_opt(2)?,
            since: row.int_opt(3)?.map(Instant::from_micros),
            step: row.int_opt(4)?,
        })
    })
}

pub fn set_password(tx: &mut Tx<'_>, user: &str, hash: &str) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(SET_PASSWORD, params![user, hash, now])?;
    tx.touch();
    Ok(())
}

/// Keeps the secret of a second factor that is not asked for before it is confirmed; `None` takes the factor off.
pub fn set_secret(tx: &mut Tx<'_>, user: &str, secret: Option<&str>) -> Result<(), Error> {
    tx.execute(SET_SECRET, params![secret, user])?;
    tx.execute(FORGET_CODES, params![user])?;
    tx.touch();
    Ok(())
}

/// From now on the second factor is asked for; `codes` are the digests of what stands in for it.
pub fn confirm(tx: &mut Tx<'_>, user: &str, codes: &[[u8; 32]]) -> Result<(), Error> {
    let now = tx.now();
    tx.execute(CONFIRM, params![now, user])?;
    tx.execute(FORGET_CODES, params![user])?;
    let rows: Vec<Value<'_>> =
        codes.iter().flat_map(|code| [Value::from(user), Value::from(*code), Value::Null]).collect();
    tx.insert_rows(&table::RECOVERY_CODE, &rows)?;
    tx.touch();
    Ok(())
}

/// Marks the code of a time step as used; false if that one, or a later one, was used before.
pub fn take_step(tx: &mut Tx<'_>, user: &str, step: i64) -> Result<bool, Error> {
    Ok(tx.execute(TAKE_STEP, params![step, user])? > 0)
}

/// Marks a recovery code as used; false if there is no such code, or it was used before.
pub fn take_code(tx: &mut Tx<'_>, user: &str, digest: [u8; 32]) -> Result<bool, Error> {
    let now = tx.now();
    Ok(tx.execute(TAKE_CODE, params![now, user, digest])? > 0)
}

/// Recovery codes that were not used.
pub fn codes_left(tx: &mut Tx<'_>, user: &str) -> Result<i64, Error> {
    Ok(tx.first(CODES_LEFT, params![user], |row| row.int(0))?.unwrap_or(0))
}
