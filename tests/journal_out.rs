//! The journal for the main books on both engines: each entry goes out once, what came late with the next month, and receivables tie.

use ideni::actions::journal_out;
use ideni::actions::listing::{Listing, plain};
use ideni::words::Language;
use receivables::billing::vat_return::Period;
use serde_json::Value;

use crate::support::{Book, Browser, each_engine, each_engine_really, ideni, json, small_book, told};

fn period(text: &str) -> Period {
    Period::read(text).expect("a period")
}

fn map(book: &Book, account: &str, code: &str) -> String {
    let (account, code) = (account.to_owned(), code.to_owned());
    told(book.act(move |tx, actor, _| journal_out::map(tx, actor, &account, &code, None)))
}

fn map_all(book: &Book) {
    for one in book.read(journal_out::codes) {
        assert_eq!(map(book, &one.own, &format!("M{}", one.account.0)), "done");
    }
}

fn make(book: &Book, month: &str) -> String {
    let month = period(month);
    told(book.act(move |tx, actor, today| journal_out::make(tx, actor, today, &month, None)))
}

fn rows(book: &Book, month: &str, detail: bool) -> (Vec<String>, Value) {
    let listing = Listing::JournalOut { period: period(month), detail };
    let mut rows = Vec::new();
    let totals = book.read(|tx, actor| {
        listing.each(tx, actor, Language::En, &mut |row| {
            assert_eq!(row.len(), listing.columns().len());
            rows.push(row.iter().map(plain).collect::<Vec<_>>().join(" | "));
            Ok(())
        })
    });
    (rows, totals["RWF"].clone())
}

fn tie_out(totals: &Value) -> [&str; 5] {
    ["opening", "moved", "closing", "open", "difference"].map(|name| totals[name].as_str().unwrap_or_default())
}

#[test]
fn a_month_goes_out_once_and_what_came_late_with_the_next() {
    each_engine(|book| {
        book.rate("2026-01-01", "USD", "1000");
        book.issue("A-1", "C1", "1000", "2026-01-20", "2026-02-20");
        book.on("2026-03-02");
        book.issue("A-2", "C1", "500", "2026-02-10", "2026-03-10");
        book.issue("A-3", "C1", "300", "2026-02-10", "2026-03-10");
        book.issue("A-4", "C2", "2 USD", "2026-02-28", "2026-03-28");
        book.receipt("R1", Some("C1"), "400", "2026-02-20");
        assert_eq!(book.apply("R1", "A-1", None), "done");
        assert_eq!((make(book, "2026-03"), make(book, "2026-Q1")), ("invalid".into(), "invalid".into()));
        let refused = book.act(|tx, actor, today| journal_out::make(tx, actor, today, &period("2026-02"), None));
        let said = format!("{:?}", refused.expect_err("nothing is mapped"));
        assert!(["receivables", "revenue", "bank"].iter().all(|one| said.contains(one)), "{said}");
        assert!(!said.contains("bad_debts"), "an account that nothing was posted to needs no code: {said}");
        assert_eq!(
            (map(book, "nothing", "411"), map(book, "receivables", "  ")),
            ("not-found".into(), "missing".into())
        );
        map_all(book);
        assert_eq!(make(book, "2026-02"), "done");
        assert_eq!((make(book, "2026-02"), make(book, "2026-04")), ("exists".into(), "invalid".into()));
        let (first, totals) = rows(book, "2026-02", false);
        // Two invoices of one day are one row per account; the dollars say what they are in francs.
        assert!(
            first.contains(&"2026-02-10 | M1 | Receivables | 800 |  | RWF |  | Receivables | ".to_owned()),
            "{first:?}"
        );
        assert!(
            first.contains(&"2026-02-28 | M1 | Receivables | 2000 |  | USD | 2.00 | Receivables | ".to_owned()),
            "{first:?}"
        );
        assert_eq!(totals["debit"], totals["credit"]);
        // The receipt was applied on the day of today, so that January's invoice is open at the end of February.
        assert_eq!(tie_out(&totals), ["1000", "2800", "3800", "3800", "0"]);
        let (detail, of_detail) = rows(book, "2026-02", true);
        assert_eq!(totals, of_detail);
        assert!(
            detail.iter().any(|row| row.starts_with("2026-02-10 | M1 | Receivables | 500 |  | RWF |  | invoice A-2")),
            "{detail:?}"
        );
        book.verify();
        // Late for February, and before what was ever handed over: both go out with March, first and marked.
        book.issue("A-5", "C1", "70", "2026-02-11", "2026-03-11");
        book.issue("A-6", "C1", "5", "2026-01-05", "2026-02-05");
        book.issue("A-7", "C1", "90", "2026-03-01", "2026-03-31");
        assert_eq!(map(book, "receivables", "411"), "done");
        assert_eq!(rows(book, "2026-02", false), (first.clone(), totals), "what was handed over stays");
        book.on("2026-05-05");
        assert_eq!(make(book, "2026-04"), "journal-out-of-turn");
        assert_eq!((make(book, "2026-03"), make(book, "2026-04")), ("done".into(), "done".into()));
        let (second, totals) = rows(book, "2026-03", false);
        let late: Vec<&str> = second.iter().filter(|row| row.ends_with("| late")).map(|row| &row[..16]).collect();
        assert_eq!(late, ["2026-01-05 | 411", "2026-01-05 | M2 ", "2026-02-11 | 411", "2026-02-11 | M2 "]);
        assert!(second[..4].iter().all(|row| row.ends_with("| late")), "{second:?}");
        // 70 and 5 late, 90 of March, less the 400 that were applied on 2 March.
        assert_eq!(tie_out(&totals), ["3800", "-235", "3565", "3565", "0"]);
        assert_eq!(tie_out(&rows(book, "2026-04", false).1), ["3565", "0", "3565", "3565", "0"]);
        assert_eq!(rows(book, "2026-04", false).0, Vec::<String>::new());
        assert_eq!(book.read(journal_out::made).len(), 3);
        book.verify();
    });
}

#[test]
fn two_at_once_hand_a_month_over_once() {
    each_engine_really(|book, place| {
        book.issue("A-1", "C1", "1000", "2026-05-20", "2026-06-20");
        map_all(book);
        let books: Vec<Book> = (0..4).map(|_| Book::reopen_real(place)).collect();
        let done: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = books.iter().map(|book| scope.spawn(move || make(book, "2026-05"))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        assert_eq!(done.iter().filter(|done| *done == "done").count(), 1, "{done:?}");
        assert!(done.iter().all(|done| done == "done" || done == "exists"), "{done:?}");
        book.verify();
    });
}

#[test]
fn a_month_is_handed_over_by_command_into_a_file_and_on_its_page() {
    let folder = small_book();
    let at = folder.path();
    let run = |args: &[&str]| json(at, &[&["--today", "2026-10-10"], args].concat());
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let refused = browser.submit("/journal-out", "/journal-out", &[("period", "2026-08")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("receivables, revenue"), "{}", refused.text);
    for (account, code) in [("receivables", "411000"), ("revenue", "701000"), ("vat_output", "443100")] {
        let fields = [("account", account), ("account_code", code)];
        assert_eq!(browser.submit("/journal-out", "/journal-out/accounts", &fields).status, 303);
    }
    assert!(browser.get("/journal-out").text.contains("411000"));
    assert_eq!(browser.submit("/journal-out", "/journal-out", &[("period", "2026-08")]).status, 303);
    let made = ideni(at, &["--today", "2026-10-10", "journal-out", "make", "--period", "2026-09", "--to", "out.csv"]);
    assert!(made.status.success(), "{made:?}");
    let file = std::fs::read_to_string(at.join("out.csv")).expect("a file");
    assert!(file.contains("411000") && file.contains("55.94"), "{file}");
    assert!(ideni(at, &["export", "journal-out", "--period", "2026-09", "--to", "again.csv"]).status.success());
    assert_eq!(std::fs::read_to_string(at.join("again.csv")).expect("a file"), file, "read again as it was");
    let listed = run(&["journal-out", "list"]);
    assert_eq!((&listed["rows"][1]["period"], &listed["rows"][1]["difference"]), (&"2026-09".into(), &"0".into()));
    let page = browser.get("/reports/journal-out?period=2026-08").text;
    assert!(page.contains("411000") && page.contains("118,000"), "{page}");
    assert!(ideni(at, &["export", "vat-sales", "--period", "2026-08", "--to", "sales.xlsx"]).status.success());
    assert!(ideni(at, &["verify"]).status.success());
}
