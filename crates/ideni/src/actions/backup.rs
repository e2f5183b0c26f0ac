//! Backup and restore, each proven: the copy is opened and verified before it is called good.

use std::path::Path;

use receivables::{Instant, Refusal};
use store::{Db, Error, Source, backup, company, verify};

/// The setting that keeps the instant of the last good backup.
pub const LAST_GOOD: &str = "backup.last_good";

/// Writes a backup beside running work, verifies the copy, and remembers when.
pub fn write(db: &Db, to: &Path) -> Result<(), Error> {
    backup::write(db, to)?;
    let copy = Db::open(&to.display().to_string(), Source::system())?;
    prove(&copy)?;
    drop(copy);
    // Opening it for the proof made companions; a backup is one file.
    for companion in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{companion}", to.display()));
    }
    let at = db.source().clock.now().micros().to_string();
    db.write(move |tx| company::set(tx, LAST_GOOD, &at))
}

/// Fills an empty database from a backup, verifies it, and leaves it in quarantine: nothing is sent from it.
pub fn restore(file: &Path, target: &Db) -> Result<(), Error> {
    backup::restore(file, target)?;
    prove(target)
}

fn prove(db: &Db) -> Result<(), Error> {
    db.read(|tx| {
        for c in company::list(tx)? {
            for checked in verify::all(tx, c.id)? {
                if let Some(row) = checked.broken.first() {
                    let cause = format!("{}, {}: {row}", c.code, checked.identity);
                    return Err(Refusal::BackupBroken { cause }.into());
                }
            }
        }
        Ok(())
    })
}

/// When the last good backup was made.
pub fn last_good(tx: &mut store::Tx<'_>) -> Result<Option<Instant>, Error> {
    let kept = company::setting(tx, LAST_GOOD)?;
    Ok(kept.and_then(|micros| micros.parse().ok()).map(Instant::from_micros))
}
