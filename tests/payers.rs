//! Who pays for whom: learned from what a person confirms, said by hand, forgotten; on both engines.

use ideni::actions::receipt::Given;
use ideni::actions::{Actor, Role, payer, receipt};
use receivables::{Currency, Money};

use crate::support::{Book, each_engine, told};

/// Money in from a payer, with the number that the provider shows of it.
fn paid(book: &Book, reference: &str, gross: i64, payer: &str, number: &str) {
    let given = Given {
        account: "momo".into(),
        received_on: book.today(),
        received_at: None,
        gross: Money::new(gross, Currency::RWF),
        charges: Money::zero(Currency::RWF),
        payer: (!payer.is_empty()).then(|| payer.to_owned()),
        payer_ref: (!number.is_empty()).then(|| number.to_owned()),
        reference: Some(reference.to_owned()),
        text: None,
        customer: None,
        opening_on: None,
    };
    book.act(move |tx, actor, today| receipt::record(tx, actor, today, &given, None)).expect("a receipt");
}

/// `applied`, `proposed` or `unexplained`.
fn outcome(book: &Book, reference: &str) -> String {
    book.match_of(reference).split(' ').next().unwrap_or_default().to_owned()
}

fn list(book: &Book) -> Vec<String> {
    let listed = book.read(|tx, actor| payer::list(tx, actor, None));
    listed.into_iter().map(|p| format!("{} {} {}", p.code, p.kind, p.said)).collect()
}

fn add(book: &Book, customer: &str, name: Option<&str>, number: Option<&str>) -> String {
    let given =
        payer::Given { customer: customer.into(), name: name.map(str::to_owned), number: number.map(str::to_owned) };
    told(book.act(move |tx, actor, _| payer::add(tx, actor, &given, None)))
}

fn forget(book: &Book, said: &str) -> String {
    let found = book.read(|tx, actor| payer::list(tx, actor, None)).into_iter().find(|p| p.said == said);
    let id = found.map_or("none".to_owned(), |p| p.id.to_string());
    told(book.act(move |tx, actor, today| payer::forget(tx, actor, today, &id, "no longer", None)))
}

#[test]
fn whose_payment_a_person_said_it_is_is_known_the_next_time() {
    each_engine(|book| {
        book.on("2026-09-01");
        book.issue("A", "C1", "10000", "2026-08-01", "2026-08-31");
        book.issue("B", "C2", "10000", "2026-08-01", "2026-08-31");
        book.issue("C", "C1", "20000", "2026-08-02", "2026-08-31");
        paid(book, "R1", 10_000, "UWASE Aline", "*********013");
        assert_ne!(outcome(book, "R1"), "applied", "two customers owe just this");
        assert_eq!(book.identify("R1", "C1"), "done");
        assert_eq!(list(book), ["C1 name UWASE Aline"]);

        // The same name with the same end of the number; in another order, too. Another end, or none, is a guess.
        paid(book, "R2", 20_000, "Aline UWASE", "*********013");
        assert_eq!(outcome(book, "R2"), "applied");
        paid(book, "R3", 20_000, "Aline UWASE", "*********014");
        assert_ne!(outcome(book, "R3"), "applied");
        paid(book, "R4", 20_000, "Aline UWASE", "");
        assert_ne!(outcome(book, "R4"), "applied");

        // A whole number is learned beside the name, and decides whatever the name.
        paid(book, "R5", 500, "KEZA Ange", "250788000555");
        assert_eq!(book.identify("R5", "C1"), "done");
        assert_eq!(list(book), ["C1 name UWASE Aline", "C1 number 250788000555", "C1 name KEZA Ange"]);
        paid(book, "R6", 20_000, "Somebody Else", "0788000555");
        assert_eq!(outcome(book, "R6"), "applied");
        // What pays for two says nothing any more.
        paid(book, "R7", 500, "KEZA Ange", "250788000555");
        assert_eq!(book.identify("R7", "C2"), "done");
        assert_ne!(outcome(book, "R6"), "applied");
        book.verify();
    });
}

#[test]
fn an_invoice_that_a_person_applies_money_to_teaches_its_payer() {
    each_engine(|book| {
        book.on("2026-09-01");
        book.issue("A", "C1", "10000", "2026-08-01", "2026-08-31");
        book.issue("B", "C1", "20000", "2026-08-01", "2026-08-31");
        paid(book, "R1", 10_000, "FACTOR HOUSE LTD", "000400012345");
        assert_eq!(book.apply("R1", "A", None), "done");
        assert_eq!(list(book), ["C1 number 000400012345", "C1 name FACTOR HOUSE LTD"]);
        paid(book, "R2", 20_000, "", "0004-0001-2345");
        assert_eq!(outcome(book, "R2"), "applied");
        book.verify();
    });
}

#[test]
fn payers_are_said_and_forgotten() {
    each_engine(|book| {
        book.on("2026-09-01");
        book.issue("A", "C1", "10000", "2026-08-01", "2026-08-31");
        book.issue("B", "C2", "10000", "2026-08-01", "2026-08-31");
        assert_eq!(add(book, "C1", None, Some("0788 000 136")), "done");
        assert_eq!(add(book, "C1", None, Some("+250788000136")), "exists");
        assert_eq!(add(book, "C1", Some("Aline"), None), "invalid");
        assert_eq!(add(book, "C1", None, Some("*********136")), "invalid");
        assert_eq!(add(book, "C1", None, None), "missing");
        assert_eq!(add(book, "NOBODY", Some("UWASE Aline"), None), "not-found");
        paid(book, "R1", 10_000, "UWASE Aline", "250788000136");
        assert_eq!(outcome(book, "R1"), "applied");
        assert_eq!(forget(book, "0788 000 136"), "done");
        assert_eq!(forget(book, "0788 000 136"), "not-found");
        assert_ne!(outcome(book, "R1"), "applied");
        assert!(list(book).is_empty());
        // It can be said again.
        assert_eq!(add(book, "C2", None, Some("0788000136")), "done");
        assert_eq!(outcome(book, "R1"), "applied");
        let collector = told(book.act(|tx, actor, today| {
            let collector = Actor { roles: Role::Collector.into(), ..actor.clone() };
            payer::forget(tx, &collector, today, "x", "y", None)
        }));
        assert_eq!(collector, "not-allowed");
        book.verify();
    });
}
