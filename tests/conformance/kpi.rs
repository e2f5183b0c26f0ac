//! TEST 5 of the science tests, on a book: receipts that nobody had to touch.

use ideni::actions::report;
use receivables::Currency;

use crate::support::{Book, each_engine_in};

const USD: Currency = Currency::USD;

/// A ratio over the thirty days up to 30 June.
fn ratio(book: &Book, kpi: &str) -> Option<String> {
    let day = "2026-06-30".parse().expect("a date");
    let told = book.read(|tx, actor| report::kpis(tx, actor, day, 30, None));
    let found = told.iter().find(|(currency, k)| *currency == USD && k.kpi == kpi).expect("that ratio");
    found.1.rounded().map(|value| value.normalize().to_string())
}

#[test]
fn test_5_straight_through_receipts_of_a_book() {
    each_engine_in(USD, |book| {
        for (number, total) in [("K-1", "100"), ("K-2", "200"), ("K-3", "400"), ("K-4", "800")] {
            book.issue(number, "C1", total, "2026-06-01", "2026-06-15");
        }
        assert_eq!((ratio(book, "straight_through"), ratio(book, "for_people")), (None, None), "nothing came in");
        book.receipt("R1", Some("C1"), "100", "2026-06-10");
        book.receipt("R2", Some("C1"), "200", "2026-06-11");
        assert_eq!(ratio(book, "straight_through").as_deref(), Some("0"), "both wait");
        assert_eq!(book.apply_all(), 2);
        book.receipt("R3", Some("C1"), "400", "2026-06-12");
        assert_eq!(book.apply("R3", "K-3", None), "done");
        assert_eq!(ratio(book, "straight_through").as_deref(), Some("66.6667"), "two of three");
        assert_eq!(ratio(book, "for_people").as_deref(), Some("1"));
        // Before the span, nothing of it counts.
        book.receipt("OLD", Some("C1"), "5", "2026-05-31");
        assert_eq!(ratio(book, "straight_through").as_deref(), Some("66.6667"));
    });
}

/// Cash application alone does not make it untouched: a person named the customer, left a part of it, or took it back.
#[test]
fn test_5_what_a_person_touched_is_not_straight_through() {
    each_engine_in(USD, |book| {
        for (number, total) in [("K-1", "100"), ("K-2", "200")] {
            book.issue(number, "C1", total, "2026-06-01", "2026-06-15");
        }
        book.receipt("NAMED", None, "100", "2026-06-10");
        assert_eq!(book.identify("NAMED", "C1"), "done");
        assert_eq!(book.apply_all(), 1);
        book.receipt("OVER", Some("C1"), "250", "2026-06-11");
        assert_eq!(book.apply_all(), 1);
        assert_eq!((book.left("NAMED").as_str(), book.left("OVER").as_str()), ("0.00", "50.00"));
        assert_eq!(ratio(book, "straight_through").as_deref(), Some("0"), "one named by hand, one not applied in full");
        book.issue("K-3", "C1", "50", "2026-06-01", "2026-06-15");
        assert_eq!(book.apply_all(), 1);
        assert_eq!(ratio(book, "straight_through").as_deref(), Some("50"), "now all of it is applied");
        let made = book.read(|tx, actor| ideni::actions::allocation::list(tx, actor, i64::MAX));
        let over = made.iter().find(|m| m.receipt.as_deref() == Some("OVER")).expect("its allocation");
        assert_eq!(book.reverse(&over.id.to_string()), "done");
        assert_eq!(book.apply_all(), 1);
        assert_eq!(book.left("OVER"), "0.00");
        assert_eq!(ratio(book, "straight_through").as_deref(), Some("0"), "taken back once, it took a person");
    });
}
