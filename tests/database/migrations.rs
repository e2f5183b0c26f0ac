//! Opening again, on empty and on filled databases, from several programs at once.

use store::{Clock, Db, Source};

use crate::support::{Book, currency, places};

#[test]
fn opening_twice_changes_nothing() {
    for place in places() {
        let first = place.open(Clock::System, 1);
        let count = |db: &Db| db.read(|tx| Ok(store::company::list(tx)?.len())).expect("a read");
        assert_eq!(count(&first), 0);
        let second = place.open(Clock::System, 2);
        assert_eq!(count(&second), 0);
    }
}

#[test]
fn a_filled_database_opens_again_with_everything_in_it() {
    for place in places() {
        let book = Book::new(&place, currency("RWF"));
        book.issue("F-1", "C1", "118000", "2026-02-01", "2026-03-01");
        book.receipt("R-1", Some("C1"), "18000", "2026-02-15");
        book.apply("R-1", "F-1", None);
        book.verify();
        let at = book.clock.now().plus_micros(1_000_000);
        drop(book);
        let again = Book::reopen(&place, at, 8);
        assert_eq!(again.open("F-1"), "100000");
        again.receipt("R-2", Some("C1"), "100000", "2026-03-01");
        again.apply("R-2", "F-1", None);
        assert_eq!(again.open("F-1"), "0");
        again.verify();
    }
}

#[test]
fn several_programs_may_start_at_once() {
    for place in places() {
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| Db::open(&place.url, Source::system()).expect("each waits its turn"));
            }
        });
    }
}

#[test]
fn a_database_of_a_newer_program_is_refused() {
    for place in places() {
        let db = place.open(Clock::System, 1);
        let newer = store::Sql {
            lite: "INSERT INTO migration (number) VALUES (9999)",
            pg: "INSERT INTO migration (number) VALUES (9999)",
        };
        db.write(move |tx| tx.execute(newer, &[])).expect("written");
        drop(db);
        let told = Db::open(&place.url, Source::system()).err().expect("refused").to_string();
        assert!(told == "newer-book", "{told}");
    }
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("letter.txt");
    let letter = "Dear Sir, please find our payment. ".repeat(100);
    std::fs::write(&path, &letter).expect("written");
    let told = Db::open(&path.display().to_string(), Source::system()).err().expect("refused").to_string();
    assert!(told == "no-book", "{told}");
    assert_eq!(std::fs::read_to_string(&path).expect("still there"), letter);
}
