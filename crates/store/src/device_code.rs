//! Codes and item classes as the tax device listed them last.

use receivables::Instant;
use receivables::billing::device_code::Listed;

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    ALL = "SELECT class, code, name, used FROM device_code WHERE company = $1 ORDER BY class, code";
    OF_CLASS = "SELECT class, code, name, used FROM device_code WHERE company = $1 AND class = $2 ORDER BY code";
    GET = "SELECT class, code, name, used FROM device_code WHERE company = $1 AND class = $2 AND code = $3";
    ANY = "SELECT class, code, name, used FROM device_code WHERE company = $1 AND class = $2 ORDER BY code LIMIT 1";
    CHANGE = "UPDATE device_code SET name = $1, used = $2 WHERE company = $3 AND class = $4 AND code = $5";
    ASKED = "SELECT at FROM device_asked WHERE company = $1 AND tables = $2";
    SET_ASKED = "INSERT INTO device_asked (company, tables, at) VALUES ($1, $2, $3) ON CONFLICT (company, tables) DO UPDATE SET at = excluded.at";
}

fn read(row: &Row<'_>) -> Result<Listed, Error> {
    Ok(Listed { class: row.string(0)?, code: row.string(1)?, name: row.string(2)?, used: row.flag(3)? })
}

/// Everything that is kept.
pub fn all(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Listed>, Error> {
    tx.all(ALL, params![company], read)
}

/// The codes of a table.
pub fn of_class(tx: &mut Tx<'_>, company: i64, class: &str) -> Result<Vec<Listed>, Error> {
    tx.all(OF_CLASS, params![company, class], read)
}

/// A code of a table.
pub fn find(tx: &mut Tx<'_>, company: i64, class: &str, code: &str) -> Result<Option<Listed>, Error> {
    tx.first(GET, params![company, class, code], read)
}

/// Whether anything of a table is kept.
pub fn is_kept(tx: &mut Tx<'_>, company: i64, class: &str) -> Result<bool, Error> {
    Ok(tx.first(ANY, params![company, class], read)?.is_some())
}

/// Keeps codes that are new.
pub fn add(tx: &mut Tx<'_>, company: i64, codes: &[Listed]) -> Result<(), Error> {
    let mut rows = Vec::with_capacity(codes.len() * table::DEVICE_CODE.columns.len());
    for one in codes {
        rows.extend_from_slice(params![company, &one.class, &one.code, &one.name, one.used]);
    }
    tx.touch();
    tx.insert_rows(&table::DEVICE_CODE, &rows)
}

/// Keeps another name of a code, or that it is used no more.
pub fn change(tx: &mut Tx<'_>, company: i64, one: &Listed) -> Result<(), Error> {
    tx.touch();
    tx.execute(CHANGE, params![&one.name, one.used, company, &one.class, &one.code]).map(|_| ())
}

/// When the device last answered for these tables.
pub fn asked_at(tx: &mut Tx<'_>, company: i64, tables: &str) -> Result<Option<Instant>, Error> {
    tx.first(ASKED, params![company, tables], |row| row.instant(0))
}

pub fn set_asked(tx: &mut Tx<'_>, company: i64, tables: &str, at: Instant) -> Result<(), Error> {
    tx.touch();
    tx.execute(SET_ASKED, params![company, tables, at]).map(|_| ())
}
