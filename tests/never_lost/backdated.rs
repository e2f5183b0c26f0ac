//! Nothing is spent twice, also not in the past.

use crate::support::{Book, each_engine, told};

fn apply_on(book: &Book, invoice: &str, on: &str) -> String {
    let given = ideni::actions::allocation::Given {
        source: "P".into(),
        invoice: invoice.into(),
        amount: None,
        paid: None,
        on: Some(on.parse().expect("a day")),
        discount: Default::default(),
    };
    told(book.act(move |tx, actor, today| ideni::actions::allocation::add(tx, actor, today, &given, None)).map(|_| ()))
}

#[test]
fn money_set_free_by_a_reversal_cannot_be_spent_before_it() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        book.on("2026-02-01");
        book.issue("A", "C1", "100", "2026-01-10", "2026-02-10");
        book.issue("B", "C1", "100", "2026-01-10", "2026-02-10");
        book.receipt("P", Some("C1"), "100", "2026-02-01");
        book.on("2026-03-01");
        let made = book.allocate("P", "A", None).expect("allocated").allocations[0].id.clone();
        book.on("2026-04-01");
        book.reverse(&made);
        let refused = apply_on(book, "B", "2026-02-15");
        assert!(refused.contains("before-reversal"), "{refused}");
        let refused = apply_on(book, "A", "2026-03-31");
        assert!(refused.contains("before-reversal"), "{refused}");
        let done = apply_on(book, "B", "2026-04-01");
        assert!(!done.contains("before-reversal"), "{done}");
        assert_eq!(book.open("B"), "0");
    });
}

#[test]
fn money_back_from_a_refund_cannot_be_spent_before_that() {
    each_engine(|book| {
        book.on("2026-02-01");
        book.issue("A", "C1", "100", "2026-01-10", "2026-02-10");
        book.receipt("P", Some("C1"), "100", "2026-02-01");
        let sent = book.on("2026-03-01").refund("P", "100").expect("refunded");
        assert_eq!(book.on("2026-04-01").reverse_refund(&sent.id), "done");
        assert_eq!(apply_on(book, "A", "2026-03-31"), "before-reversal");
        assert_eq!(told(book.refund_on("P", "100", Some("2026-03-31"))), "before-reversal");
        assert_eq!(apply_on(book, "A", "2026-04-01"), "done");
        assert_eq!(book.open("A"), "0");
    });
}

#[test]
fn money_set_free_by_a_reversal_is_not_refunded_before_it() {
    each_engine(|book| {
        book.on("2026-02-01");
        book.issue("A", "C1", "100", "2026-01-10", "2026-02-10");
        book.receipt("P", Some("C1"), "100", "2026-02-01");
        let made = book.on("2026-03-01").allocate("P", "A", None).expect("allocated").allocations[0].id.clone();
        assert_eq!(book.on("2026-04-01").reverse(&made), "done");
        assert_eq!(told(book.refund_on("P", "100", Some("2026-02-15"))), "before-reversal");
        assert_eq!(told(book.refund_on("P", "100", Some("2026-04-01"))), "done");
    });
}

/// Whatever went back on whichever day, a refund undone on an earlier day takes the day of the refund.
#[test]
fn a_refund_undone_on_an_earlier_day_takes_its_day() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        book.receipt("P", Some("C1"), "100", "2026-02-01");
        let sent = book.on("2026-05-01").refund("P", "100").expect("refunded");
        assert_eq!(book.on("2026-03-01").reverse_refund(&sent.id), "done");
        let days = "SELECT MIN(posted_on) - MAX(posted_on) FROM refund WHERE company = $1";
        assert_eq!(book.number(days), 0);
    });
}
