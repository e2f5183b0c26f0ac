//! Backup and restore. A backup is an SQLite database of Ideni, whichever engine it was taken from.

use std::path::Path;

use receivables::Refusal;

use crate::table::{self, Table};
use crate::tx::Cell;
use crate::{Db, Engine, Error, Source, Tx, Value, audit, company, dialect, link, session};

/// Rows written at a time, and bytes of papers among them.
const CHUNK: usize = 2000;
const CHUNK_BYTES: usize = 16 << 20;
/// The setting that keeps a restored book from sending anything.
pub const QUARANTINE: &str = "quarantine";

/// Writes one consistent view of the database to `to` while others work; the file is checked and synced before
/// it gets its name. Refuses to overwrite.
pub fn write(db: &Db, to: &Path) -> Result<(), Error> {
    if to.exists() {
        return Err(Refusal::FileExists { file: to.display().to_string() }.into());
    }
    let part = to.with_extension("part");
    let _ = std::fs::remove_file(&part);
    match db.engine() {
        Engine::Sqlite => dialect::vacuum_into(db, &part)?,
        Engine::Postgres => copy_to_sqlite(db, &part)?,
    }
    check(&part)?;
    let io = |e: std::io::Error| Error::failed(&format!("writing {}", to.display()), e);
    std::fs::File::open(&part).and_then(|f| f.sync_all()).map_err(io)?;
    std::fs::rename(&part, to).map_err(io)?;
    if let Some(folder) = to.parent().filter(|p| !p.as_os_str().is_empty()) {
        std::fs::File::open(folder).and_then(|f| f.sync_all()).map_err(io)?;
    }
    Ok(())
}

/// Whether the book was restored and nobody has lifted its quarantine.
pub fn in_quarantine(tx: &mut Tx<'_>) -> Result<bool, Error> {
    Ok(company::setting(tx, QUARANTINE)?.as_deref() == Some("1"))
}

pub fn lift_quarantine(tx: &mut Tx<'_>) -> Result<(), Error> {
    company::set(tx, QUARANTINE, "0")?;
    tx.touch();
    Ok(())
}

fn check(file: &Path) -> Result<(), Error> {
    let conn = dialect::open_sqlite_reader(file, 1)?;
    let told: String = conn.query_row("PRAGMA integrity_check", [], |r| r.get(0))?;
    if told == "ok" { Ok(()) } else { Err(Refusal::BackupBroken { cause: told }.into()) }
}

fn copy_to_sqlite(db: &Db, to: &Path) -> Result<(), Error> {
    let target = Db::open(&to.display().to_string(), db.source().clone())?;
    copy(db, &target)?;
    seal(&target)?;
    drop(target);
    // Everything into the one file: a backup has no companions.
    let conn = dialect::open_sqlite(to, 1)?;
    conn.pragma_update(None, "journal_mode", "DELETE")?;
    Ok(())
}

/// Fills `target`, which must be empty, from a backup file; the restored book starts in quarantine.
pub fn restore(file: &Path, target: &Db) -> Result<(), Error> {
    if !file.exists() {
        return Err(Refusal::FileMissing { file: file.display().to_string() }.into());
    }
    check(file).map_err(|error| match error {
        Error::Failed(cause) => Error::from(Refusal::NoBook { file: file.display().to_string(), cause }),
        other => other,
    })?;
    let from = Db::open(&file.display().to_string(), Source::system())?;
    if !target.read(|tx| Ok(company::list(tx)?.is_empty()))? {
        return Err(Refusal::BookNotEmpty.into());
    }
    copy(&from, target)?;
    seal(target)?;
    target.write(|tx| {
        company::set(tx, QUARANTINE, "1")?;
        // Who is signed in to the book that was copied is not signed in to this one.
        session::end_all(tx, "restored")?;
        link::use_up_all(tx)
    })
}

/// Seals what no sealer had reached when a PostgreSQL book was copied.
fn seal(copied: &Db) -> Result<(), Error> {
    while copied.write(audit::seal_waiting)? > 0 {}
    Ok(())
}

/// Copies every table in one view of `from`.
fn copy(from: &Db, to: &Db) -> Result<(), Error> {
    from.read(|tx| {
        for table in table::ALL {
            let mut rows: Vec<Value<'static>> = Vec::new();
            let mut bytes = 0;
            tx.each(table.select_sql(), &[], |row| {
                for i in 0..table.columns.len() {
                    let value = owned(row.cell(i)?);
                    if let Value::Content(content) = &value {
                        bytes += content.len();
                    }
                    rows.push(value);
                }
                if rows.len() >= CHUNK * table.columns.len() || bytes >= CHUNK_BYTES {
                    write_chunk(to, table, std::mem::take(&mut rows))?;
                    bytes = 0;
                }
                Ok(())
            })?;
            write_chunk(to, table, rows)?;
        }
        Ok(())
    })
}

fn write_chunk(to: &Db, table: &'static Table, rows: Vec<Value<'static>>) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    to.write(move |tx: &mut Tx<'_>| tx.insert_rows(table, &rows))
}

fn owned(cell: Cell<'_>) -> Value<'static> {
    match cell {
        Cell::Null => Value::Null,
        Cell::Int(v) => Value::Int(v),
        Cell::Text(v) => Value::Owned(v.to_owned()),
        Cell::Bytes(v) => match v.len() {
            16 => Value::Bytes(v.try_into().expect("sixteen bytes")),
            32 => Value::Digest(v.try_into().expect("thirty-two bytes")),
            _ => Value::Content(v.to_vec()),
        },
    }
}
