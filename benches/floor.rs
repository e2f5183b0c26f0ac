//! The machine's own floor: syncs, and the same rows written by prepared SQL statements alone.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

pub fn time(f: impl FnOnce()) -> Duration {
    let start = Instant::now();
    f();
    start.elapsed()
}

pub fn told(what: &str, count: u64, took: Duration) {
    let per_second = u128::from(count) * 1000 / took.as_millis().max(1);
    println!("{what}: {per_second}/s ({} ms)", took.as_millis());
}

pub fn percent(floor: Duration, took: Duration) -> u128 {
    floor.as_millis() * 100 / took.as_millis().max(1)
}

pub fn sync_rate(folder: &Path) -> u64 {
    let mut file = std::fs::File::create(folder.join("sync")).expect("a file");
    let took = time(|| {
        for _ in 0..200 {
            file.write_all(&[7; 4096]).expect("writes");
            file.sync_data().expect("syncs");
        }
    });
    200_000 / u64::try_from(took.as_millis().max(1)).expect("short")
}

pub fn open_floor(file: &Path) -> rusqlite::Connection {
    let target = rusqlite::Connection::open(file).expect("opens");
    target.execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-131072;").expect("sets");
    target
}

/// The statement that inserts what a `SELECT` of whole rows reads.
pub fn insert_into(source: &rusqlite::Connection, rows: &str) -> String {
    let width = source.prepare(rows).expect("reads").column_count();
    let table = rows.split(" FROM ").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a table");
    format!("INSERT INTO {table} VALUES ({})", vec!["?"; width].join(","))
}

/// Runs `write` for each row of `rows`, 4,000 to a commit; only the writing is timed.
pub fn bare_rows(source: &rusqlite::Connection, target: &rusqlite::Connection, rows: &str, write: &str) -> Duration {
    let mut took = Duration::ZERO;
    let mut read = source.prepare(rows).expect("reads");
    let width = read.column_count();
    let mut write = target.prepare(write).expect("writes");
    let mut rows = read.query([]).expect("reads");
    let mut chunk: Vec<Vec<rusqlite::types::Value>> = Vec::new();
    loop {
        let row = rows.next().expect("reads");
        if let Some(row) = row {
            chunk.push((0..width).map(|i| row.get(i).expect("a value")).collect());
        }
        if chunk.len() == 4000 || (row.is_none() && !chunk.is_empty()) {
            took += time(|| {
                target.execute_batch("BEGIN IMMEDIATE").expect("begins");
                for row in &chunk {
                    write.execute(rusqlite::params_from_iter(row)).expect("writes");
                }
                target.execute_batch("COMMIT").expect("commits");
            });
            chunk.clear();
        }
        if row.is_none() {
            return took;
        }
    }
}
