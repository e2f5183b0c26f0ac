//! Opening again, on empty and on filled databases, from several programs at once.

use ideni::actions::{company, search};
use store::{Clock, Db, Source};

use crate::support::{Book, Place, currency, places};

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

/// The migrations before there were words to search by.
const OLDER: [&str; 7] = [
    include_str!("../../crates/store/migrations/0001_ledger.sql"),
    include_str!("../../crates/store/migrations/0002_desk.sql"),
    include_str!("../../crates/store/migrations/0003_snapshot.sql"),
    include_str!("../../crates/store/migrations/0004_refund.sql"),
    include_str!("../../crates/store/migrations/0005_people.sql"),
    include_str!("../../crates/store/migrations/0006_customer.sql"),
    include_str!("../../crates/store/migrations/0007_contact.sql"),
];

/// A book as those left it, with a customer, an invoice and a receipt, and a guard as PostgreSQL had it.
fn older_book(place: &Place) {
    let postgres = place.engine == store::Engine::Postgres;
    let id = |n: u8| if postgres { format!("'{n:032x}'") } else { format!("X'{n:032x}'") };
    let bytes = if postgres { "'\\x00'" } else { "X'00'" };
    let clustered = if postgres { "" } else { "WITHOUT ROWID" };
    let (customer, document, receipt, action) = (id(1), id(2), id(3), id(4));
    let mut text = OLDER.map(|text| text.replace("{clustered}", clustered)).join("\n");
    text += &format!(
        "CREATE TABLE migration (number BIGINT NOT NULL PRIMARY KEY);
         INSERT INTO migration (number) VALUES (1), (2), (3), (4), (5), (6), (7);
         INSERT INTO company (id, code, name, currency, country, time_zone, simulated, created_at) VALUES (1, 'old', 'Old Ltd', 'RWF', 'rw', 'Africa/Kigali', 0, 0);
         INSERT INTO account (company, no, code, name, kind) VALUES (1, 1000, 'bank', 'Bank', 'money');
         INSERT INTO customer (company, id, code, name, kind, phone, language, terms_days, limit_kind, currency, created_at, action)
           VALUES (1, {customer}, 'C1', 'Société Kivu', 'business', '+250788123456', 'en', 30, 'unset', 'RWF', 0, {action});
         INSERT INTO document (company, id, action, kind, series, number, bill_to, payer, beneficiary, issued_on, due_on, posted_on, currency, net, tax, total, total_base, opening, content)
           VALUES (1, {document}, {action}, 1, 'external', 'INV-2026-0017', {customer}, {customer}, {customer}, 20000, 20030, 20000, 'RWF', 1, 0, 1, 1, 0, {bytes});
         INSERT INTO receipt (company, id, action, account, fingerprint, occurrence, received_on, posted_on, currency, gross, charges, gross_base, payer, opening, unidentified, unapplied, allocated, refunded, unapplied_base)
           VALUES (1, {receipt}, {action}, 1000, {bytes}, 1, 20000, 20000, 'RWF', 1, 0, 1, 'Uwimana Rose', 0, 1, 0, 0, 0, 0);"
    );
    if postgres {
        text += "CREATE FUNCTION ideni_insert_only() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN RAISE EXCEPTION 'no'; END $body$;
                 CREATE TRIGGER document_update BEFORE UPDATE OF number ON document FOR EACH ROW EXECUTE FUNCTION ideni_insert_only();
                 CREATE TRIGGER receipt_update BEFORE UPDATE OF reference ON receipt FOR EACH ROW EXECUTE FUNCTION ideni_insert_only();";
        place.client().batch_execute(&text).expect("an older book");
    } else {
        let path = Db::sqlite_file(&place.url).expect("a file");
        rusqlite::Connection::open(path).expect("a file").execute_batch(&text).expect("an older book");
    }
}

#[test]
fn an_older_book_is_searchable_once_it_is_opened() {
    for place in places() {
        older_book(&place);
        let db = place.open(Clock::System, 1);
        let actor = db.read(|tx| company::actor(tx, None, None)).expect("the company");
        for (text, kinds) in
            [("kivu", [1, 0, 0]), ("0788123456", [1, 0, 0]), ("rose", [0, 0, 1]), ("inv 2026 17", [0, 1, 0])]
        {
            let found = db.read(|tx| search::find(tx, db.snapshots(), &actor, text)).expect("found");
            let counts = [found.customers.hits.len(), found.documents.hits.len(), found.receipts.hits.len()];
            assert_eq!(counts, kinds, "{:?}: {text}", place.engine);
        }
        let changed = db.write(|tx| {
            let text = "UPDATE document SET number = 'X'";
            tx.execute(store::Sql { lite: text, pg: text }, &[])
        });
        assert!(changed.expect_err("guarded").to_string().contains("insert-only"), "{:?}", place.engine);
    }
}
