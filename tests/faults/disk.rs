//! The power cut and the full disk, by a file layer under the program (`power_cut.c`): SQLite. PostgreSQL's are in `server`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::child::{Log, post, prepare, start};
use crate::support::{Book, Place, draw, scaled, seed};

/// Builds the layer; `None`, and a line that says so, where there is no C compiler.
pub fn layer(folder: &Path) -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/faults/power_cut.c");
    let built = folder.join("power_cut.so");
    let told = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&built)
        .arg(source)
        .args(["-ldl", "-lpthread"])
        .status();
    match told {
        Ok(status) if status.success() => Some(built),
        told => {
            eprintln!("skipped: the file layer could not be built by cc ({told:?})");
            None
        }
    }
}

struct Disk {
    books: tempfile::TempDir,
    shadow: tempfile::TempDir,
    environment: Vec<(&'static str, String)>,
}

fn disk(place: &Place) -> Option<Disk> {
    let (books, shadow) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let layer = layer(shadow.path())?;
    let path = place.url.strip_prefix("sqlite:").expect("an SQLite place");
    let folder = Path::new(path).parent().expect("its folder").display().to_string();
    let environment = vec![
        ("LD_PRELOAD", layer.display().to_string()),
        ("POWER_CUT_MATCH", folder),
        ("POWER_CUT_SHADOW", shadow.path().display().to_string()),
    ];
    Some(Disk { books, shadow, environment })
}

/// What the disk holds after the power is back: the last synced state, in a book of its own.
fn after_the_cut(shadow: &Path, place: &Place) {
    let url = place.url.strip_prefix("sqlite:").expect("an SQLite place");
    for ending in ["", "-wal"] {
        let (from, to) = (shadow.join(format!("book.db{ending}")), PathBuf::from(format!("{url}{ending}")));
        let _ = std::fs::remove_file(&to);
        if from.exists() {
            std::fs::copy(&from, &to).expect("copied");
        }
    }
    let _ = std::fs::remove_file(format!("{url}-shm"));
}

#[test]
fn what_was_not_synced_is_lost_and_nothing_acknowledged_with_it() {
    let mut random = seed("power cuts") | 1;
    let place = Place::sqlite();
    let Some(disk) = disk(&place) else { return };
    prepare(&place);
    let url = place.url.strip_prefix("sqlite:").expect("an SQLite place").to_owned();
    let mut log = Log::default();
    for _ in 0..scaled(100).max(5) {
        // The disk as it is now is what the layer begins with.
        for ending in ["", "-wal"] {
            let (from, to) = (format!("{url}{ending}"), disk.shadow.path().join(format!("book.db{ending}")));
            let _ = std::fs::remove_file(&to);
            if Path::new(&from).exists() {
                std::fs::copy(from, to).expect("copied");
            }
        }
        let running = start(&place.url, &log.next, &disk.environment);
        draw(&mut random);
        let mut lines = vec![running.lines.recv_timeout(Duration::from_secs(60)).expect("the child runs")];
        while !lines.iter().any(|l| l.contains("ACK ")) {
            lines.push(running.lines.recv_timeout(Duration::from_secs(60)).expect("the child answers"));
        }
        std::thread::sleep(Duration::from_micros(random % 300_000));
        lines.extend(running.kill());
        log.take(&lines);
        after_the_cut(disk.shadow.path(), &place);
        log.check(&place);
    }
    eprintln!("power cuts: {} acknowledgements, none lost", log.acknowledged.len());
}

#[test]
fn a_full_disk_is_refused_readable_and_resumes() {
    let place = Place::sqlite();
    let Some(mut disk) = disk(&place) else { return };
    prepare(&place);
    let quota = disk.books.path().join("quota");
    let mut log = Log::default();
    for (round, room) in [0u64, 40_000, 150_000, 400_001].into_iter().enumerate() {
        std::fs::write(&quota, room.to_string()).expect("written");
        disk.environment.retain(|(name, _)| *name != "DISK_QUOTA_FILE" && !name.starts_with("POWER"));
        let folder = Path::new(place.url.strip_prefix("sqlite:").expect("a path")).parent().expect("a folder");
        disk.environment.push(("POWER_CUT_MATCH", folder.display().to_string()));
        disk.environment.push(("DISK_QUOTA_FILE", quota.display().to_string()));
        let running = start(&place.url, &log.next, &disk.environment);
        let mut lines = Vec::new();
        if room > 0 {
            while !lines.iter().any(|l: &String| l.contains("NO ")) {
                lines.push(running.lines.recv_timeout(Duration::from_secs(60)).expect("the child says it is full"));
            }
            let refusal = lines.iter().find(|l| l.contains("NO ")).expect("a refusal");
            assert!(refusal.contains("the disk is full"), "round {round}: {refusal}");
            // It stays readable meanwhile, for any other program.
            let book = Book::reopen_real(&place);
            let there = book.documents().len();
            log.take(&lines);
            assert!(there >= log.acknowledged.len(), "{there} invoices, {} acknowledged", log.acknowledged.len());
            drop(book);
            // Room again: the same program goes on.
            std::fs::write(&quota, "1000000000").expect("written");
            let before = log.acknowledged.len();
            while log.acknowledged.len() < before + 20 {
                let line = running.lines.recv_timeout(Duration::from_secs(60)).expect("the child goes on");
                log.take([&line]);
            }
        }
        log.take(&running.kill());
        log.check(&place);
    }
    let db = place.open_real();
    post(&db, "after").expect("posted");
    eprintln!("full disks: {} acknowledgements, none lost", log.acknowledged.len());
}
