//! Section J: what open foreign amounts are worth at the rate of a day.

use ideni::actions::report;
use receivables::Currency;
use receivables::ledger::Account;

use crate::support::{Book, each_engine};

const USD: Currency = Currency::USD;

/// Currency, open, as booked, at the rate of the day, difference: minor units.
fn revalued(book: &Book, as_of: &str) -> Vec<(Currency, i64, i64, i64, i64)> {
    let as_of = as_of.parse().expect("a date");
    let told = book.read(|tx, actor| report::revaluation(tx, actor, as_of, None));
    told.iter().map(|r| (r.currency, r.open, r.booked, r.revalued, r.difference)).collect()
}

/// ERPNext posts the difference in a journal and shows it as a row of the receivables. Ours shows it and posts nothing:
/// the ledger books an exchange difference when money settles the item (DESIGN §3), and then it is the same 500.
#[test]
fn case_j8_revalued_at_the_rate_of_the_day() {
    each_engine(|book| {
        book.rate("2026-05-01", "USD", "80");
        book.rate("2026-06-30", "USD", "85");
        book.issue("J-8", "C1", "100 USD", "2026-05-01", "2026-05-31");
        book.issue("J-9", "C1", "7000", "2026-05-01", "2026-05-31");
        assert_eq!(revalued(book, "2026-06-30"), [(USD, 10_000, 8_000, 8_500, 500)]);
        assert_eq!(revalued(book, "2026-06-29"), [(USD, 10_000, 8_000, 8_000, 0)]);
        assert!(revalued(book, "2026-04-30").is_empty());
        assert_eq!((book.base_of(Account::RECEIVABLES), book.base_of(Account::EXCHANGE)), (15_000, 0));
        book.receipt("R1", Some("C1"), "100 USD", "2026-06-30");
        assert_eq!(book.apply("R1", "J-8", Some("40")), "done");
        assert_eq!(book.base_of(Account::EXCHANGE), -200);
        assert_eq!(revalued(book, "2026-06-30"), [(USD, 6_000, 4_800, 5_100, 300)]);
        assert_eq!(book.apply("R1", "J-8", None), "done");
        assert_eq!((book.base_of(Account::EXCHANGE), revalued(book, "2026-06-30")), (-500, vec![]));
    });
}
