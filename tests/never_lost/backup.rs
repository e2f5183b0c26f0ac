//! A backup taken while others work is whole: it restores, it verifies, and its keys are known.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use ideni::actions::{Actor, Once, Role, backup, day, invoice, outbox, quarantine};

use super::keys::ours;
use crate::support::{Book, Place, each_engine, each_engine_really, told};

fn post(book: &Book, key: &str) -> String {
    let (given, once) = (ours(book, key), Once::new(key, key));
    book.act(move |tx, actor, today| invoice::issue(tx, actor, today, &given, Some(&once))).expect("posted").number
}

/// Restores into an empty place, verifies, and answers every key as before; returns how many of them it knew.
fn restored_knows(file: &std::path::Path, target: &Place, acknowledged: &BTreeMap<String, String>) -> usize {
    let db = target.open_real();
    backup::restore(file, &db).expect("restored and verified");
    drop(db);
    let book = Book::reopen_real(target);
    assert_eq!(book.read(|tx, _| store::company::setting(tx, store::backup::QUARANTINE)).as_deref(), Some("1"));
    let there: BTreeMap<String, String> = book
        .read(|tx, actor| {
            let text = "SELECT l.description, d.number FROM document_line l JOIN document d ON d.company = l.company AND d.id = l.document WHERE l.company = $1";
            tx.all(store::Sql { lite: text, pg: text }, store::params![actor.company.id], |row| Ok((row.string(0)?, row.string(1)?)))
        })
        .into_iter()
        .collect();
    for (key, number) in &there {
        assert_eq!(&post(&book, key), number, "a key of the backup");
    }
    assert_eq!(book.documents().len(), there.len(), "replaying known keys posts nothing");
    // Those acknowledged after the backup are carried out now, once.
    for key in acknowledged.keys() {
        post(&book, key);
    }
    let all = acknowledged.keys().chain(there.keys()).collect::<std::collections::BTreeSet<_>>().len();
    assert_eq!(book.documents().len(), all);
    book.verify();
    there.len()
}

#[test]
fn a_backup_under_load_restores_verifies_and_knows_its_keys() {
    each_engine_really(|book, place| {
        book.customer("C1", "Customer One");
        for i in 0..20 {
            post(book, &format!("before-{i}"));
        }
        let file = place.folder().join("backup.ideni");
        let done = AtomicBool::new(false);
        let acknowledged: BTreeMap<String, String> = std::thread::scope(|scope| {
            let done = &done;
            let work = |t: usize| {
                scope.spawn(move || {
                    let mut told = Vec::new();
                    for i in 0.. {
                        let key = format!("load-{t}-{i}");
                        told.push((key.clone(), post(book, &key)));
                        if done.load(Ordering::Relaxed) {
                            return told;
                        }
                    }
                    told
                })
            };
            let threads: Vec<_> = (0..4).map(work).collect();
            let told = backup::write(&book.db, &file);
            done.store(true, Ordering::Relaxed);
            told.expect("a backup");
            threads.into_iter().flat_map(|t| t.join().expect("no panic")).collect()
        });
        assert!(acknowledged.len() >= 4, "{}", acknowledged.len());
        let known = restored_knows(&file, &Place::sqlite(), &acknowledged);
        assert!(known >= 20, "only {known} of the invoices before the backup");
        if let Some(target) = Place::postgres() {
            assert_eq!(restored_knows(&file, &target, &acknowledged), known);
        }
    });
}

#[test]
fn a_backup_is_never_written_over_and_never_restored_over() {
    each_engine(|book| {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("one");
        book.issue("F-1", "C1", "100", "2026-02-01", "2026-03-01");
        backup::write(&book.db, &file).expect("a backup");
        let told = backup::write(&book.db, &file).expect_err("refused").to_string();
        assert!(told == "file-exists", "{told}");
        let told = backup::restore(&file, &book.db).expect_err("refused").to_string();
        assert!(told == "book-not-empty", "{told}");
        assert_eq!(book.read(backup_day), Some(book.clock.now()));
    });
}

fn backup_day(tx: &mut store::Tx<'_>, _: &ideni::actions::Actor) -> Result<Option<receivables::Instant>, store::Error> {
    backup::last_good(tx)
}

#[test]
fn a_damaged_backup_is_refused() {
    each_engine(|book| {
        for i in 0..50 {
            book.issue(&format!("F-{i}"), "C1", "100", "2026-02-01", "2026-03-01");
        }
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("one");
        backup::write(&book.db, &file).expect("a backup");
        let bytes = std::fs::read(&file).expect("the backup");
        for (name, damaged) in [
            ("cut", bytes[..bytes.len() / 2].to_vec()),
            ("zeroed", {
                let mut copy = bytes.clone();
                let middle = copy.len() / 2;
                copy[middle..middle + 20_000].fill(0);
                copy
            }),
            ("a letter", b"Dear Sir".to_vec()),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, damaged).expect("written");
            let target = Place::sqlite();
            let told = backup::restore(&path, &target.open_real());
            assert!(told.is_err(), "{:?}: {name} was restored", book.engine);
        }
    });
}

/// A franc changed inside the copy, where the file itself is sound: the identities find it.
#[test]
fn a_forged_backup_is_refused() {
    each_engine(|book| {
        book.issue("F-1", "C1", "100", "2026-02-01", "2026-03-01");
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("one");
        backup::write(&book.db, &file).expect("a backup");
        let copy = store::Db::open(&file.display().to_string(), store::Source::system()).expect("opens");
        for text in ["DROP TRIGGER open_item_update", "UPDATE open_item SET total = 99, open = 99"] {
            copy.write(move |tx| tx.execute(store::Sql { lite: text, pg: "" }, &[])).expect("forged");
        }
        drop(copy);
        let target = Place::sqlite();
        let told = backup::restore(&file, &target.open_real()).expect_err("refused").to_string();
        assert!(told == "backup-broken", "{told}");
    });
}

/// What PostgreSQL's writers had committed and nobody had sealed yet is sealed where it is restored.
#[test]
fn what_was_not_sealed_yet_is_sealed_after_the_restore() {
    each_engine(|book| {
        book.issue("F-1", "C1", "100", "2026-02-01", "2026-03-01");
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("one");
        backup::write(&book.db, &file).expect("a backup");
        for target in crate::support::places() {
            let db = target.open(book.clock.clone(), 9);
            backup::restore(&file, &db).expect("restored");
            drop(db);
            let restored = Book::reopen(&target, book.clock.now().plus_micros(1_000_000), 10);
            restored.issue("F-2", "C1", "100", "2026-02-01", "2026-03-01");
            restored.verify();
        }
    });
}

/// Two books must not write to the same customers: the copy waits until somebody says that it is the one in use.
#[test]
fn nothing_leaves_a_restored_book_until_its_quarantine_is_lifted() {
    each_engine(|book| {
        for code in ["C1", "C2"] {
            book.issue(&format!("F-{code}"), code, "100", "2026-02-01", "2026-03-01");
        }
        book.on("2026-03-10");
        book.act(day::turn).expect("a day");
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("one");
        backup::write(&book.db, &file).expect("a backup");
        let lift = |book: &Book, role: Role, reason: &'static str| {
            told(book.act(move |tx, actor, _| {
                let actor = Actor { roles: role.into(), ..actor.clone() };
                quarantine::lift(tx, &actor, reason)
            }))
        };
        assert_eq!(lift(book, Role::Admin, "a mistake"), "not-quarantined");
        for target in crate::support::places() {
            let db = target.open(book.clock.clone(), 9);
            backup::restore(&file, &db).expect("restored");
            drop(db);
            let restored = Book::reopen(&target, book.clock.now().plus_micros(1_000_000), 10);
            let drafts: Vec<String> =
                restored.read(|tx, actor| outbox::waiting(tx, actor, 10)).iter().map(|m| m.id.to_string()).collect();
            let decide = |i: usize, sent: bool| {
                let id = drafts[i].clone();
                told(restored.act(move |tx, actor, _| outbox::decide(tx, actor, &id, sent)))
            };
            assert_eq!((decide(0, true), decide(1, false)), ("quarantined".into(), "done".into()));
            backup::write(&restored.db, &folder.path().join(format!("{:?}", target.engine))).expect("a backup");
            assert_eq!(lift(&restored, Role::Manager, "now in use"), "not-allowed");
            assert_eq!(lift(&restored, Role::Admin, " "), "missing");
            assert_eq!(lift(&restored, Role::Admin, "now in use"), "done");
            assert_eq!(lift(&restored, Role::Admin, "now in use"), "not-quarantined");
            assert_eq!(decide(0, true), "done");
            let log = restored
                .read(|tx, actor| store::reports::audit::list(tx, actor.company.id, &Default::default(), None, 2));
            let lifted = log.iter().find(|deed| deed.verb == "quarantine lift").expect("it is in the log");
            assert_eq!(lifted.cause.as_deref(), Some("now in use"));
            restored.verify();
            std::fs::remove_file(folder.path().join(format!("{:?}", target.engine))).expect("removed");
        }
    });
}
