//! What a served book does by itself, and the long work it does for somebody (`work`). All schedules stand in one table.

pub mod fiscal;
pub mod work;

use std::path::PathBuf;
use std::time::Duration;

use store::{Db, Error};

use crate::actions::{backup, session};

/// One job: its name, how long between two runs, and what it does.
pub struct Job {
    pub name: &'static str,
    pub every: Duration,
    pub run: fn(&Db) -> Result<(), Error>,
}

/// Every schedule.
pub const SCHEDULE: &[Job] = &[
    Job { name: "seal what was committed", every: Duration::from_millis(500), run: |db| db.seal() },
    Job { name: "send to the tax device", every: Duration::from_secs(2), run: fiscal::run },
    Job { name: "keep the ageing at hand", every: Duration::from_secs(30), run: catch_up },
    Job { name: "back up once a day", every: Duration::from_secs(600), run: daily_backup },
    Job { name: "write down who read what", every: Duration::from_secs(60), run: |db| db.write_noted() },
    Job { name: "end old sessions", every: Duration::from_secs(600), run: end_sessions },
    Job { name: "forget old request keys", every: Duration::from_secs(86_400), run: forget_keys },
];

/// Hours between two backups.
const BACKUP_HOURS: i64 = 20;
/// Backups kept; the oldest goes first.
const BACKUPS_KEPT: usize = 14;
const HOUR_MICROS: i64 = 3_600_000_000;

/// The first question for an ageing need not wait for the snapshot to be read.
fn catch_up(db: &Db) -> Result<(), Error> {
    db.read(|tx| {
        for company in store::company::list(tx)? {
            db.snapshots().of(tx, company.id, |_, _| Ok(()))?;
        }
        Ok(())
    })
}

fn end_sessions(db: &Db) -> Result<(), Error> {
    db.write(session::sweep)
}

fn forget_keys(db: &Db) -> Result<(), Error> {
    db.write(store::idempotency::forget_old).map(|_| ())
}

/// Where backups go: a folder beside an SQLite book, or in the working folder for PostgreSQL.
pub fn backup_folder(db: &Db) -> PathBuf {
    match db.sqlite_path() {
        Some(path) => path.with_extension("backups"),
        None => PathBuf::from("ideni.backups"),
    }
}

fn daily_backup(db: &Db) -> Result<(), Error> {
    let now = db.source().clock.now();
    let last = db.read(backup::last_good)?;
    if last.is_some_and(|last| now.micros() - last.micros() < BACKUP_HOURS * HOUR_MICROS) {
        return Ok(());
    }
    let folder = backup_folder(db);
    let io = |e: std::io::Error| Error::failed(&format!("the backup folder {}", folder.display()), e);
    std::fs::create_dir_all(&folder).map_err(io)?;
    let stamp = now.to_string().replace([':', '.'], "-");
    backup::write(db, &folder.join(format!("ideni-{stamp}.db")))?;
    let mut kept: Vec<PathBuf> = std::fs::read_dir(&folder)
        .map_err(io)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("ideni-")))
        .collect();
    kept.sort();
    for old in kept.iter().take(kept.len().saturating_sub(BACKUPS_KEPT)) {
        std::fs::remove_file(old).map_err(io)?;
    }
    Ok(())
}
