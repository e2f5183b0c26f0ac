//! The connection that writes answers only after the data is on disk.

use ideni::actions::customer;
use store::{Clock, Engine, Sql};

use crate::support::{Book, Place, code, places};

#[test]
fn the_writing_connection_runs_with_full_sync() {
    for place in places() {
        let db = place.open(Clock::System, 1);
        let ask = |lite: &'static str, pg: &'static str| {
            db.write(move |tx| {
                tx.first(Sql { lite, pg }, &[], |row| row.string(0).or_else(|_| row.int(0).map(|n| n.to_string())))
            })
            .expect("a setting")
            .unwrap_or_default()
        };
        match place.engine {
            Engine::Sqlite => {
                assert_eq!(ask("PRAGMA synchronous", ""), "2", "FULL");
                assert_eq!(ask("PRAGMA journal_mode", ""), "wal");
                assert_eq!(ask("PRAGMA fullfsync", ""), "0", "of macOS alone");
            }
            Engine::Postgres => {
                assert_eq!(ask("", "SELECT current_setting('synchronous_commit')"), "on");
                assert_eq!(ask("", "SELECT current_setting('fsync')"), "on");
                assert_eq!(ask("", "SELECT current_setting('full_page_writes')"), "on");
            }
        }
    }
}

#[test]
fn a_server_role_set_to_answer_early_is_overruled() {
    let Some(place) = crate::support::Place::postgres() else { return };
    let database = place.url.rsplit('/').next().expect("a database").to_owned();
    place
        .client()
        .batch_execute(&format!("ALTER DATABASE {database} SET synchronous_commit = off"))
        .expect("a careless setting");
    let db = place.open(Clock::System, 1);
    let pg = "SELECT current_setting('synchronous_commit')";
    let told = db.write(move |tx| tx.first(Sql { lite: "", pg }, &[], |row| row.string(0))).expect("a setting");
    assert_eq!(told.as_deref(), Some("on"));
}

#[test]
fn a_read_never_writes() {
    for place in places() {
        let db = place.open(Clock::System, 1);
        let told = db.read(|tx| store::company::set(tx, "a", "b"));
        assert!(told.is_err(), "{:?}: a reading connection wrote", place.engine);
    }
}

/// The demo is made under another name and then given its own: nothing of it may be left in a log beside it.
#[test]
fn a_book_that_was_closed_is_one_file() {
    let place = Place::sqlite();
    {
        let book = Book::real(&place, receivables::Currency::RWF);
        book.customer("C1", "Customer One");
        book.verify();
    }
    let path = place.url.strip_prefix("sqlite:").expect("an SQLite place");
    for ending in ["-wal", "-shm"] {
        assert!(!std::path::Path::new(&format!("{path}{ending}")).exists(), "{ending} is left");
    }
}

/// An action that stops in the middle has failed, and nothing goes with it: not the writer, not a connection.
#[test]
fn an_action_that_panics_leaves_the_book_at_work() {
    for place in places() {
        let book = Book::new(&place, receivables::Currency::RWF);
        book.customer("C1", "Ineza Shop");
        for _ in 0..20 {
            let stopped = book.act(|tx, actor, today| {
                let given = customer::Given { code: "C2".into(), ..customer::Given::default() };
                customer::save(tx, actor, today, &given)?;
                if given.name.is_none() {
                    panic!("in the middle");
                }
                Ok(())
            });
            assert!(code(&stopped.expect_err("it stopped")).starts_with("failed"));
            let read: Result<(), _> = book.db.read(|_| panic!("while reading"));
            assert!(read.is_err());
        }
        book.customer("C3", "Keza Ltd");
        let codes: Vec<String> = book.read(customer::list).into_iter().map(|c| c.code).collect();
        assert_eq!(codes, ["C1", "C3"], "{:?}", book.engine);
    }
}
