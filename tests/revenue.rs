//! Billing reports on both engines: what was sold beside the year before, how often invoices were wrong, and the number series.

use ideni::actions::approval::Asked;
use ideni::actions::credit_note::{self, How};
use ideni::actions::dispute;
use ideni::actions::invoice::OfItem;
use ideni::actions::item;
use ideni::actions::listing::{Listing, plain};
use ideni::actions::revenue::{self, By};
use ideni::words::Language;
use receivables::Date;
use receivables::billing::item::Typed;

use crate::billing::{line, ours};
use crate::support::{Book, Browser, each_engine, ideni, json, small_book};

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn rows(book: &Book, by: By, from: &str, until: &str) -> Vec<(String, i64, i64)> {
    let span = (day(from), day(until));
    let found = book.read(move |tx, actor| revenue::by(tx, actor, by, span));
    found.into_iter().map(|row| (row.key, row.net, row.year_before)).collect()
}

fn named<const N: usize>(rows: [(&str, i64, i64); N]) -> Vec<(String, i64, i64)> {
    rows.map(|(key, net, before)| (key.to_owned(), net, before)).into()
}

fn sell(book: &Book, customer: &str, on: &str, lines: &[&str]) -> String {
    book.on(on);
    let mut given = ours(book, lines);
    (given.customer, given.customer_name) = (customer.to_owned(), Some(customer.to_owned()));
    given.issued_on = day(on);
    given.due_on = Some(day(on));
    book.post(given).expect("posted")
}

fn credit(book: &Book, number: &str, reason: &str, how: How) -> String {
    let (invoice, reason) = (number.to_owned(), reason.to_owned());
    let given = credit_note::Given { invoice, reason, explanation: "delivery note 17".into(), how };
    match book.act(move |tx, actor, today| credit_note::post_or_ask(tx, actor, today, &given, None)) {
        Ok(Asked::Done(posted)) => posted.number,
        other => panic!("{other:?}"),
    }
}

#[test]
fn revenue_is_net_of_credit_notes_and_stands_beside_the_year_before() {
    each_engine(|book| {
        book.rate("2024-01-01", "USD", "1450");
        book.customer("C2", "C2");
        book.act(|tx, actor, today| {
            let (code, name, tax_class) = ("RICE".into(), "Rice 25 kg".into(), "B".into());
            let typed = Typed { code, name, tax_class, unit: "bag".into(), ..Typed::default() };
            item::add(tx, actor, today, &typed, None, None)
        })
        .expect("an item");
        let with_item = |customer: &str, on: &str, more: &str| {
            book.on(on);
            let mut given = ours(book, &["Rice;10;1000;B", more]);
            given.lines[0].item = Some(OfItem { code: "RICE".into(), is_priced: true });
            (given.customer, given.customer_name) = (customer.to_owned(), Some(customer.to_owned()));
            (given.issued_on, given.due_on) = (day(on), Some(day(on)));
            book.post(given).expect("posted")
        };
        sell(book, "C1", "2025-02-28", &["Beans;1;700;B"]);
        sell(book, "C1", "2025-03-31", &["Beans;1;600;B"]);
        sell(book, "C1", "2026-01-31", &["Beans;1;999;B"]);
        let number = with_item("C1", "2026-02-01", "Delivery;1;500;B");
        with_item("C2", "2026-02-28", "Books;2;250;A");
        book.on("2026-03-02");
        let mut abroad = book.given("", "C2", "0 USD", "2026-03-01", "2026-03-31");
        (abroad.number, abroad.total, abroad.lines) = (None, None, vec![line("Advice;1;10;B")]);
        book.post(abroad).expect("posted");
        credit(book, &number, "returned", How::Lines(vec![(1, Some(3.into()))]));
        let (from, until) = ("2026-02-01", "2026-03-31");
        assert_eq!(rows(book, By::Customer, from, until), named([("C1", 7_500, 1_300), ("C2", 25_000, 0)]));
        assert_eq!(rows(book, By::Item, from, until), named([("RICE", 17_000, 0), ("–", 15_500, 1_300)]));
        assert_eq!(rows(book, By::Month, from, until), named([("2026-02", 21_000, 700), ("2026-03", 11_500, 600)]));
        // The edges of the span are in it, a day beside them is not.
        assert_eq!(rows(book, By::Month, "2026-02-02", "2026-02-27"), []);
        assert_eq!(rows(book, By::Month, "2026-02-01", "2026-02-28"), named([("2026-02", 21_000, 700)]));
        let backwards = book.db.read(|tx| revenue::by(tx, &book.actor, By::Item, (day(until), day(from))));
        assert_eq!(crate::support::told(backwards), "invalid");
    });
}

#[test]
fn invoices_that_were_wrong_are_counted_by_reason_and_by_who_issued_them() {
    each_engine(|book| {
        let numbers: Vec<String> = (0..5).map(|_| sell(book, "C1", "2026-02-10", &["Rice;1;1000;B"])).collect();
        sell(book, "C1", "2026-03-10", &["Rice;1;1000;B"]);
        // Twice for one reason is one invoice; what came back is not our error.
        credit(book, &numbers[0], "wrong-price", How::Amount { minor: 118, gross: true });
        credit(book, &numbers[0], "wrong-price", How::Amount { minor: 118, gross: true });
        credit(book, &numbers[1], "returned", How::Whole);
        let contest = |number: &str, reason: &str, outcome: &'static str| {
            let (invoice, reason) = (number.to_owned(), reason.to_owned());
            let given = dispute::Given { invoice, amount: Some(100), reason, note: "too dear".into() };
            let made = book.act(move |tx, actor, today| dispute::add(tx, actor, today, &given, None));
            let id = made.expect("a dispute")[0].id.clone();
            book.act(move |tx, actor, today| dispute::end(tx, actor, today, &id, outcome, "")).expect("it ends");
        };
        contest(&numbers[0], "quantity", "accepted");
        contest(&numbers[2], "quantity", "accepted");
        contest(&numbers[3], "quantity", "rejected");
        contest(&numbers[4], "quality", "accepted");
        let span = (day("2026-02-01"), day("2026-02-28"));
        let found = book.read(move |tx, actor| revenue::accuracy(tx, actor, span));
        let rows: Vec<_> =
            found.rows.iter().map(|row| (row.found, row.reason.as_str(), row.invoices, row.share_bps)).collect();
        assert_eq!(rows, [("credited", "wrong-price", 1, 2_000), ("disputed", "quantity", 2, 4_000)]);
        assert!(found.rows.iter().all(|row| row.actor == "admin"));
        assert_eq!((found.issued, found.wrong, found.share_bps), (5, 2, 4_000));
        let listing = Listing::InvoiceAccuracy { from: span.0, until: span.1 };
        let first = book.read(|tx, actor| listing.first(tx, actor, Language::En, 10));
        let row: Vec<String> = first.rows[0].iter().map(plain).collect();
        assert_eq!(row, ["credited", "wrong price", "admin", "", "1", "20.00"]);
    });
}

#[test]
fn number_series_are_told_with_what_is_missing_and_reports_are_read_by_command_and_on_pages() {
    let folder = small_book();
    let at = folder.path();
    let run = |args: &[&str]| json(at, &[&["--today", "2026-10-10"], args].concat());
    for line in ["Rice;1;1000;B", "Beans;1;1000;B"] {
        run(&["invoice", "issue", "--customer", "C1", "--line", line]);
    }
    let numbers = run(&["report", "number-gaps"]);
    let row = &numbers["rows"][0];
    let cell = |name: &str| row[name].to_string();
    assert_eq!((cell("first"), cell("last")), ("\"INV-000001\"".into(), "\"INV-000002\"".into()));
    assert_eq!((cell("count"), cell("missing"), cell("gaps")), ("2".into(), "0".into(), "\"\"".into()));
    for by in ["customer", "item", "month"] {
        let found = run(&["report", "revenue", "--by", by, "--from", "2026-10-01", "--until", "2026-10-31"]);
        assert_eq!(found["totals"]["RWF"]["net"], "2000", "{by}: {found}");
    }
    run(&["report", "invoice-accuracy"]);
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let page = browser.get("/reports/revenue?by=month&from=2026-10-01&until=2026-10-31").text;
    assert!(page.contains("2026-10") && page.contains("2,000"), "{page}");
    assert_eq!(browser.get("/reports/revenue?by=segment").status, 422);
    assert_eq!(browser.get("/reports/number-gaps").status, 200);
    assert_eq!(browser.get("/reports/invoice-accuracy").status, 200);
    assert!(ideni(at, &["verify"]).status.success());
}
