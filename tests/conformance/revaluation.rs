//! Section J: what open foreign amounts are worth at the rate of a day.

use ideni::actions::{report, revaluation};
use receivables::Currency;
use receivables::ledger::Account;

use crate::support::{Book, Browser, each_engine, each_engine_really, ideni, json, small_book, told};

const USD: Currency = Currency::USD;

/// Currency, open, as booked, at the rate of the day, difference: minor units.
fn revalued(book: &Book, as_of: &str) -> Vec<(Currency, i64, i64, i64, i64)> {
    let as_of = as_of.parse().expect("a date");
    let told = book.read(|tx, actor| report::revaluation(tx, actor, as_of, None));
    told.iter().map(|r| (r.currency, r.open, r.booked, r.revalued, r.difference)).collect()
}

/// ERPNext posts the difference in a journal and shows it as a row of the receivables. Our report shows it; booking it is an act
/// of its own, on an account of its own and taken back the day after, so that what money settles books the same 500 once.
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

#[test]
fn a_period_end_is_booked_and_taken_back_the_day_after_and_settling_books_the_whole() {
    each_engine(|book| {
        book.rate("2026-05-01", "USD", "80");
        book.rate("2026-05-01", "EUR", "100");
        book.rate("2026-06-30", "USD", "85");
        book.issue("J-8", "C1", "100 USD", "2026-05-01", "2026-05-31");
        book.issue("J-9", "C1", "10 EUR", "2026-05-01", "2026-05-31");
        let post = |as_of: &str| {
            let as_of = as_of.parse().expect("a date");
            told(book.act(move |tx, actor, today| revaluation::post(tx, actor, today, as_of, None)))
        };
        let on = |day: &str| {
            let day = day.parse().expect("a date");
            let mut sums = std::collections::BTreeMap::<String, i64>::new();
            book.read(|tx, actor| {
                report::journal(tx, actor, Some(day), Some(day), |line| {
                    *sums.entry(line.account).or_default() += line.base;
                    Ok(())
                })
            });
            ["receivables", "revaluation", "exchange"].map(|account| sums.get(account).copied().unwrap_or(0))
        };
        book.on("2026-06-30");
        assert_eq!(post("2026-06-30"), "invalid", "the day is not over");
        book.on("2026-07-05");
        assert_eq!(post("2026-06-29"), "nothing-revalued");
        assert_eq!(post("2026-06-30"), "done");
        assert_eq!(post("2026-06-30"), "exists");
        assert_eq!((on("2026-06-30"), on("2026-07-01")), ([0, 500, -500], [0, -500, 500]));
        assert_eq!(book.base_of(Account::REVALUATION), 0);
        book.verify();
        // The report still says what it was worth, and what money settles books all of it.
        assert_eq!(revalued(book, "2026-06-30")[1], (USD, 10_000, 8_000, 8_500, 500));
        book.receipt("R1", Some("C1"), "100 USD", "2026-07-05");
        assert_eq!(book.apply("R1", "J-8", None), "done");
        assert_eq!(book.base_of(Account::EXCHANGE), -500);
        assert_eq!(book.close_to("2026-06-30"), "done");
        assert_eq!(post("2026-05-31"), "period-closed");
        book.verify();
    });
}

#[test]
fn many_at_once_book_a_period_end_once() {
    each_engine_really(|book, place| {
        book.rate("2026-05-01", "USD", "80");
        book.issue("J-8", "C1", "100 USD", "2026-05-01", "2026-05-31");
        book.rate("2026-05-20", "USD", "90");
        let as_of = "2026-05-20".parse().expect("a date");
        let books: Vec<Book> = (0..4).map(|_| Book::reopen_real(place)).collect();
        let post =
            |book: &Book| told(book.act(move |tx, actor, today| revaluation::post(tx, actor, today, as_of, None)));
        let done: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = books.iter().map(|book| scope.spawn(move || post(book))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        assert_eq!(done.iter().filter(|done| *done == "done").count(), 1, "{done:?}");
        book.verify();
    });
}

#[test]
fn a_period_end_by_command_and_on_its_page() {
    let folder = small_book();
    let on = ["--today", "2026-10-20"];
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let refused = browser.submit("/revaluations", "/revaluations", &[("as_of", "2026-10-15")]);
    assert_eq!(refused.status, 422, "the rate of the day is the one it was booked at: {}", refused.text);
    let rates = folder.path().join("rates.csv");
    std::fs::write(&rates, "currency,on,rate\nUSD,2026-10-15,1500\n").expect("a file");
    assert!(ideni(folder.path(), &["import", "rates", "rates.csv"]).status.success());
    let rows = json(folder.path(), &[&["revaluation", "post", "2026-10-15"], &on[..]].concat());
    assert_eq!(
        (&rows["rows"][0]["currency"], &rows["rows"][0]["taken_back_on"]),
        (&"USD".into(), &"2026-10-16".into())
    );
    assert!(browser.get("/revaluations").text.contains("1,500"));
    assert!(ideni(folder.path(), &["verify"]).status.success());
}
