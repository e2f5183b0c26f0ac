//! Everything the two engines do differently: opening, durability, guards, bulk writing, locks.

use std::path::Path;
use std::time::Duration;

use bytes::BytesMut;
use postgres::types::Type;
use receivables::Refusal;
use rusqlite::OpenFlags;

use crate::table::{self, Table};
use crate::tx::{Conn, Prepared, write_field};
use crate::{Db, Error, Tx, Value};

/// How long a second process on the same SQLite file waits its turn.
const BUSY: Duration = Duration::from_secs(60);
/// Rows from which PostgreSQL's COPY pays.
const COPY_FROM: usize = 4;

pub(crate) fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

pub(crate) fn sqlite_path(url: &str) -> &str {
    url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url)
}

/// Opens the writing connection: WAL, and a full sync before every answer.
pub(crate) fn open_sqlite(path: &Path, cached: usize) -> Result<rusqlite::Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = rusqlite::Connection::open_with_flags(path, flags)
        .map_err(|e| Error::failed(&format!("opening the database file {}", path.display()), e))?;
    conn.busy_timeout(BUSY)?;
    steady_plans(&conn)?;
    conn.set_prepared_statement_cache_capacity(cached);
    write_ahead(&conn).map_err(|e| Refusal::NoBook { file: path.display().to_string(), cause: e.to_string() })?;
    conn.execute_batch(
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-131072;
         PRAGMA wal_autocheckpoint=4000;",
    )?;
    let (journal, sync): (String, i64) = (
        conn.pragma_query_value(None, "journal_mode", |r| r.get(0))?,
        conn.pragma_query_value(None, "synchronous", |r| r.get(0))?,
    );
    if journal != "wal" || sync != 2 {
        return Err(Error::Failed(format!("SQLite runs with journal {journal} and sync {sync}, not with full sync")));
    }
    Ok(conn)
}

/// Sets the journal of the file. Where several programs start at once, SQLite does not let this statement wait its turn, so that it
/// is tried again.
fn write_ahead(conn: &rusqlite::Connection) -> Result<(), rusqlite::Error> {
    let pause = Duration::from_millis(10);
    let tries = BUSY.as_millis() / pause.as_millis();
    for _ in 1..tries {
        match conn.pragma_update(None, "journal_mode", "WAL") {
            Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => std::thread::sleep(pause),
            done => return done,
        }
    }
    conn.pragma_update(None, "journal_mode", "WAL")
}

pub(crate) fn open_sqlite_reader(path: &Path, cached: usize) -> Result<rusqlite::Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = rusqlite::Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(BUSY)?;
    steady_plans(&conn)?;
    conn.set_prepared_statement_cache_capacity(cached);
    conn.execute_batch("PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824;")?;
    Ok(conn)
}

/// The plan of a statement never depends on the values bound to it: otherwise SQLite prepares it anew at each use.
fn steady_plans(conn: &rusqlite::Connection) -> Result<(), Error> {
    conn.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// How many rows of a company typically share the columns of a key so far: what SQLite's planner is told, since
/// without it every company is taken for a handful of rows. Plans so stay the same whatever the data.
const SHARED: &[(&str, u32)] = &[
    ("company", 1_000_000),
    ("account", 200_000),
    ("currency", 300_000),
    ("actor", 100_000),
    ("kind", 200_000),
    ("word", 20),
    ("issued_on", 2_000),
    ("received_on", 2_000),
    ("verb", 100_000),
    ("customer", 50),
    ("payer", 50),
    ("document", 2),
    ("receipt", 2),
    ("entry", 3),
];

/// Writes the planner's statistics for every index.
pub(crate) fn sqlite_statistics(conn: &rusqlite::Connection) -> Result<(), Error> {
    conn.execute_batch("ANALYZE; DELETE FROM sqlite_stat1;")?;
    let mut list = conn.prepare(
        "SELECT m.name, i.name, i.origin, i.partial, i.\"unique\" FROM sqlite_schema m JOIN pragma_index_list(m.name) i
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
    )?;
    let indexes: Vec<(String, String, String, bool, bool)> = list
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))?
        .collect::<Result<_, _>>()?;
    for (table, index, origin, partial, unique) in indexes {
        let mut columns =
            conn.prepare("SELECT COALESCE(name, '') FROM pragma_index_xinfo($1) WHERE key = 1 ORDER BY seqno")?;
        let columns: Vec<String> = columns.query_map([&index], |r| r.get(0))?.collect::<Result<_, _>>()?;
        let clustered: bool =
            conn.query_row("SELECT sql LIKE '%WITHOUT ROWID%' FROM sqlite_schema WHERE name = $1", [&table], |r| {
                r.get(0)
            })?;
        // A partial index holds what still waits: a tenth, say.
        let rows: u32 = if partial { 100_000 } else { 1_000_000 };
        let mut shared = rows;
        let mut stat = vec![rows.to_string()];
        for (i, column) in columns.iter().enumerate() {
            let known = SHARED.iter().find(|(name, _)| name == column).map_or(2, |(_, rows)| *rows);
            shared = if unique && i + 1 == columns.len() { 1 } else { shared.min(known) };
            stat.push(shared.to_string());
        }
        let name = if clustered && origin == "pk" { &table } else { &index };
        conn.execute("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ($1, $2, $3)", [&table, name, &stat.join(" ")])?;
    }
    conn.execute_batch("ANALYZE sqlite_schema")?;
    Ok(())
}

/// One consistent copy of an SQLite database into a new file, beside running writers.
pub(crate) fn vacuum_into(db: &Db, to: &Path) -> Result<(), Error> {
    let from = db.sqlite_path().ok_or_else(|| Error::Failed("not an SQLite database".into()))?;
    let conn = open_sqlite_reader(from, 1)?;
    conn.execute("VACUUM INTO $1", [to.display().to_string()])?;
    Ok(())
}

/// Refuses a PostgreSQL connection that would answer before the data is on disk.
pub(crate) fn check_durable(client: &mut postgres::Client) -> Result<(), Error> {
    client.batch_execute("SET synchronous_commit = on; SET timezone = 'UTC'")?;
    for setting in ["fsync", "full_page_writes"] {
        let row = client.query_one("SELECT current_setting($1)", &[&setting])?;
        let value: String = row.get(0);
        if value != "on" {
            return Err(Refusal::NotDurable { setting: setting.into(), value }.into());
        }
    }
    Ok(())
}

/// The connection of a URL, with the password from `PGPASSWORD` or the password file when the URL has none.
pub(crate) fn pg_config(url: &str) -> Result<postgres::Config, Error> {
    let mut config: postgres::Config =
        url.parse().map_err(|e| Error::failed("the PostgreSQL address cannot be read", e))?;
    if config.get_user().is_none() {
        let user = std::env::var("PGUSER").or_else(|_| std::env::var("USER"));
        config.user(user.as_deref().unwrap_or("postgres"));
    }
    if config.get_password().is_none()
        && let Some(password) = std::env::var("PGPASSWORD").ok().or_else(|| password_from_file(&config))
    {
        config.password(password);
    }
    Ok(config)
}

/// One line of `~/.pgpass` (or `PGPASSFILE`): `host:port:database:user:password`, `*` for any.
fn password_from_file(config: &postgres::Config) -> Option<String> {
    let path = std::env::var("PGPASSFILE").ok().or_else(|| Some(format!("{}/.pgpass", std::env::var("HOME").ok()?)))?;
    let host = match config.get_hosts().first() {
        Some(postgres::config::Host::Tcp(host)) => host.clone(),
        _ => "localhost".into(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432).to_string();
    let user = config.get_user().unwrap_or_default().to_owned();
    let wanted = [host, port, config.get_dbname().unwrap_or(&user).to_owned(), user.clone()];
    std::fs::read_to_string(path).ok()?.lines().find_map(|line| {
        let fields: Vec<&str> = line.splitn(5, ':').collect();
        let fits = fields.len() == 5 && fields.iter().zip(&wanted).all(|(f, w)| *f == "*" || f == w);
        fits.then(|| fields[4].to_owned())
    })
}

/// What differs in the text of a migration: `{clustered}` keeps an SQLite table in key order, a `{bytewise}` text is
/// compared byte by byte, a line that begins with `{postgres}` is for that engine alone.
pub(crate) fn ddl(text: &str, postgres: bool) -> String {
    let (clustered, bytewise, only) = if postgres { ("", "COLLATE \"C\"", "") } else { ("WITHOUT ROWID", "", "--") };
    text.replace("{clustered}", clustered).replace("{bytewise}", bytewise).replace("{postgres}", only)
}

/// The guards that make facts insert-only, for every table that has facts.
pub(crate) fn guards(postgres: bool) -> String {
    let mut out = String::new();
    if postgres {
        out.push_str(
            "CREATE OR REPLACE FUNCTION ideni_insert_only() RETURNS trigger LANGUAGE plpgsql AS $body$
             BEGIN RAISE EXCEPTION '% is insert-only: correct it with a new fact', TG_TABLE_NAME; END $body$;\n",
        );
    }
    for Table { name, columns, facts, .. } in table::ALL.iter().copied().filter(|t| t.facts > 0) {
        let fixed = columns[..*facts].join(", ");
        if postgres {
            out.push_str(&format!(
                "DROP TRIGGER IF EXISTS {name}_update ON {name}; DROP TRIGGER IF EXISTS {name}_delete ON {name};
                 DROP TRIGGER IF EXISTS {name}_truncate ON {name};
                 CREATE TRIGGER {name}_update BEFORE UPDATE OF {fixed} ON {name} FOR EACH ROW EXECUTE FUNCTION ideni_insert_only();
                 CREATE TRIGGER {name}_delete BEFORE DELETE ON {name} FOR EACH ROW EXECUTE FUNCTION ideni_insert_only();
                 CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {name} EXECUTE FUNCTION ideni_insert_only();\n"
            ));
        } else {
            let raise = format!("BEGIN SELECT RAISE(ABORT, '{name} is insert-only: correct it with a new fact'); END");
            out.push_str(&format!(
                "CREATE TRIGGER IF NOT EXISTS {name}_update BEFORE UPDATE OF {fixed} ON {name} {raise};
                 CREATE TRIGGER IF NOT EXISTS {name}_delete BEFORE DELETE ON {name} {raise};\n"
            ));
        }
    }
    out
}

impl Tx<'_> {
    /// Inserts rows of `table`, all columns in order, by the engine's fastest way.
    pub(crate) fn insert_rows(&mut self, table: &Table, rows: &[Value<'_>]) -> Result<(), Error> {
        let width = table.columns.len();
        match &mut self.conn {
            Conn::Lite(conn) => {
                let mut statement = conn.prepare_cached(table.insert_text())?;
                for row in rows.chunks(width) {
                    statement.execute(rusqlite::params_from_iter(row))?;
                }
                Ok(())
            }
            Conn::Pg(tx, prepared) if rows.len() / width < COPY_FROM => {
                let statement = prepared.statement(tx, table.insert_text())?;
                for row in rows.chunks(width) {
                    let params: Vec<&(dyn postgres::types::ToSql + Sync)> =
                        row.iter().map(|v| v as &(dyn postgres::types::ToSql + Sync)).collect();
                    tx.execute(&statement, &params)?;
                }
                Ok(())
            }
            Conn::Pg(tx, prepared) => copy_in(tx, prepared, table, rows),
        }
    }
}

/// PostgreSQL's binary COPY: a header, then per row the number of fields and each with its length.
fn copy_in(
    tx: &mut postgres::Transaction<'_>,
    prepared: &mut Prepared,
    table: &Table,
    rows: &[Value<'_>],
) -> Result<(), Error> {
    use std::io::Write;
    let shape = prepared.statement(tx, table.select_text())?;
    let kinds: Vec<Type> = shape.columns().iter().map(|c| c.type_().clone()).collect();
    let mut writer = tx.copy_in(table.copy_text())?;
    let mut out = BytesMut::with_capacity(1 << 16);
    out.extend_from_slice(b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0");
    let width = i16::try_from(kinds.len()).map_err(|e| Error::failed("columns", e))?;
    let wrote = |e: std::io::Error| Error::failed("COPY", e);
    for row in rows.chunks(kinds.len()) {
        out.extend_from_slice(&width.to_be_bytes());
        for (value, kind) in row.iter().zip(&kinds) {
            write_field(value, kind, &mut out).map_err(|e| Error::failed(table.name, e))?;
        }
        if out.len() > 1 << 16 {
            writer.write_all(&out).map_err(wrote)?;
            out.clear();
        }
    }
    out.extend_from_slice(&(-1i16).to_be_bytes());
    writer.write_all(&out).map_err(wrote)?;
    writer.finish()?;
    Ok(())
}
