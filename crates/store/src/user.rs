//! People of the installation and their membership in companies. Nobody is deleted: a membership ends, and may begin again.

use receivables::{Instant, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    KNOWN = "SELECT name FROM app_user WHERE name = $1";
    FIND = "SELECT u.name, u.full_name, u.language, m.role, m.ended_at, c.changed_at, c.totp_since FROM membership m JOIN app_user u ON u.name = m.app_user LEFT JOIN credential c ON c.app_user = u.name WHERE m.company = $1 AND m.app_user = $2";
    LIST = "SELECT u.name, u.full_name, u.language, m.role, m.ended_at, c.changed_at, c.totp_since FROM membership m JOIN app_user u ON u.name = m.app_user LEFT JOIN credential c ON c.app_user = u.name WHERE m.company = $1 ORDER BY u.name";
    LOCK locked = "SELECT app_user FROM membership WHERE company = $1 ORDER BY app_user";
    COMPANIES = "SELECT company, role FROM membership WHERE app_user = $1 AND ended_at IS NULL ORDER BY company";
    EVER_IN = "SELECT company FROM membership WHERE app_user = $1 ORDER BY company";
    SET_ROLES = "UPDATE membership SET role = $1 WHERE company = $2 AND app_user = $3";
    SET_END = "UPDATE membership SET ended_at = $1 WHERE company = $2 AND app_user = $3";
    SET_NAME = "UPDATE app_user SET full_name = $1 WHERE name = $2";
    SET_LANGUAGE = "UPDATE app_user SET language = $1 WHERE name = $2";
}

/// Somebody who works, or worked, in a company.
#[derive(Clone, Debug)]
pub struct User {
    pub name: String,
    pub full_name: String,
    /// The language the person reads; the browser's where `None`.
    pub language: Option<String>,
    /// Names of roles with a space between.
    pub roles: String,
    /// When the person stopped working here.
    pub ended_at: Option<Instant>,
    /// When the password was set; `None` where there is none yet.
    pub password_at: Option<Instant>,
    /// Since when a second factor is asked for.
    pub second_factor_since: Option<Instant>,
}

impl User {
    pub fn active(&self) -> bool {
        self.ended_at.is_none()
    }
}

fn read(row: &Row<'_>) -> Result<User, Error> {
    let instant = |i| Ok::<_, Error>(row.int_opt(i)?.map(Instant::from_micros));
    Ok(User {
        name: row.string(0)?,
        full_name: row.string(1)?,
        language: row.string_opt(2)?,
        roles: row.string(3)?,
        ended_at: instant(4)?,
        password_at: instant(5)?,
        second_factor_since: instant(6)?,
    })
}

/// Whether the installation knows somebody of that name, in whatever company.
pub fn is_known(tx: &mut Tx<'_>, name: &str) -> Result<bool, Error> {
    Ok(tx.first(KNOWN, params![name], |row| row.string(0))?.is_some())
}

pub fn find(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<Option<User>, Error> {
    tx.first(FIND, params![company, name], read)
}

/// The person of that name in the company, at work or not; refuses one whom it does not know.
pub fn get(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<User, Error> {
    find(tx, company, name)?.ok_or_else(|| Refusal::NotFound { kind: "user".into(), name: name.into() }.into())
}

/// Everybody who works or worked in a company.
pub fn list(tx: &mut Tx<'_>, company: i64) -> Result<Vec<User>, Error> {
    tx.all(LIST, params![company], read)
}

/// The same, and nobody changes who has which role until the transaction ends.
pub fn list_locked(tx: &mut Tx<'_>, company: i64) -> Result<Vec<User>, Error> {
    tx.all(LOCK, params![company], |row| row.string(0))?;
    list(tx, company)
}

/// The companies in which somebody works, with the roles there.
pub fn companies(tx: &mut Tx<'_>, name: &str) -> Result<Vec<(i64, String)>, Error> {
    tx.all(COMPANIES, params![name], |row| Ok((row.int(0)?, row.string(1)?)))
}

/// The companies in which somebody works or worked.
pub fn ever_in(tx: &mut Tx<'_>, name: &str) -> Result<Vec<i64>, Error> {
    tx.all(EVER_IN, params![name], |row| row.int(0))
}

/// Adds a person with roles to a company; a person whom the installation knows keeps name and password.
pub fn add(tx: &mut Tx<'_>, company: i64, name: &str, full_name: &str, roles: &str) -> Result<(), Error> {
    if find(tx, company, name)?.is_some() {
        return Err(Refusal::Exists { kind: "user".into(), name: name.into() }.into());
    }
    if !is_known(tx, name)? {
        let now = tx.now();
        tx.insert_rows(&table::APP_USER, params![name, full_name, now, None::<&str>])?;
    }
    tx.insert_rows(&table::MEMBERSHIP, params![company, name, roles, None::<i64>])?;
    tx.touch();
    Ok(())
}

pub fn set_roles(tx: &mut Tx<'_>, company: i64, name: &str, roles: &str) -> Result<(), Error> {
    tx.execute(SET_ROLES, params![roles, company, name])?;
    tx.touch();
    Ok(())
}

/// Ends a membership, or lets it go on.
pub fn set_end(tx: &mut Tx<'_>, company: i64, name: &str, ended_at: Option<Instant>) -> Result<(), Error> {
    tx.execute(SET_END, params![ended_at, company, name])?;
    tx.touch();
    Ok(())
}

pub fn set_full_name(tx: &mut Tx<'_>, name: &str, full_name: &str) -> Result<(), Error> {
    tx.execute(SET_NAME, params![full_name, name])?;
    tx.touch();
    Ok(())
}

pub fn set_language(tx: &mut Tx<'_>, name: &str, language: Option<&str>) -> Result<(), Error> {
    tx.execute(SET_LANGUAGE, params![language, name])?;
    tx.touch();
    Ok(())
}
