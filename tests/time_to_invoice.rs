//! How long work waits for its invoice, on both engines; and the day of a delivery, which is printed and told in the annex.

use ideni::actions::certificate::{self, Given as Withheld, Said};
use ideni::actions::invoice::References;
use ideni::actions::listing::{Listing, OfPeriod, plain};
use ideni::actions::unbilled::{self, Given, Which};
use ideni::actions::{contract, time_to_invoice};
use ideni::words::Language;
use receivables::Date;
use receivables::billing::vat_return::Period;

use crate::billing::ours;
use crate::contracts::rent;
use crate::support::{Book, Browser, each_engine, ideni, json, small_book, told};

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn work(book: &Book, done_on: &str) {
    let given = Given {
        customer: "C1".into(),
        currency: receivables::Currency::RWF,
        description: "Repair".into(),
        quantity: "1".parse().expect("a number"),
        unit: None,
        unit_price: Some("1000".parse().expect("a number")),
        tax_class: "B".into(),
        item: None,
        done_on: day(done_on),
        proof: "job card".into(),
    };
    book.act(move |tx, actor, today| unbilled::add(tx, actor, today, &given, None)).expect("kept");
}

fn bill(book: &Book) -> String {
    let which = Which {
        customer: "C1".into(),
        only: Vec::new(),
        currency: receivables::Currency::RWF,
        references: References::default(),
    };
    book.act(move |tx, actor, today| unbilled::bill(tx, actor, today, &which, None)).expect("billed").number
}

#[test]
fn days_are_counted_from_the_work_to_the_invoice() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        book.on("2026-05-01");
        let rented = rent("R-1", "C1", "2026-05-01");
        book.act(move |tx, actor, _| contract::add(tx, actor, &rented, None)).expect("a contract");
        book.on("2026-05-04");
        book.act(|tx, actor, today| contract::run(tx, actor, today, &contract::Which::default(), None).map(|_| ()))
            .expect("a run");
        for (first, last, on) in
            [("2026-05-01", "2026-05-09", "2026-05-11"), ("2026-05-20", "2026-05-20", "2026-05-22")]
        {
            book.on(last);
            work(book, first);
            work(book, last);
            book.on(on);
            bill(book);
        }
        let mut delivered = ours(book, &["Rice;1;1000;B"]);
        (delivered.issued_on, delivered.due_on) = (day("2026-05-22"), Some(day("2026-06-22")));
        delivered.references.delivered_on = Some(day("2026-05-23"));
        assert_eq!(told(book.post(delivered.clone())), "after-today");
        delivered.references.delivered_on = Some(day("2026-05-15"));
        book.post(delivered.clone()).expect("posted");
        delivered.references.delivered_on = None;
        book.post(delivered).expect("posted");
        let span = (day("2026-05-01"), day("2026-05-31"));
        let times = book.read(move |tx, actor| time_to_invoice::times(tx, actor, span));
        let rows: Vec<_> = times.rows.iter().map(|row| (row.kind.as_str(), time_to_invoice::days(row))).collect();
        // The earliest work of an invoice counts.
        assert_eq!(rows, [("period-begin", 3), ("work", 10), ("work", 2), ("delivery", 7)]);
        let kinds: Vec<_> = times.kinds.iter().map(|one| (one.kind, one.count, one.median, one.p90)).collect();
        assert_eq!(kinds, [("work", 2, 2, 10), ("period-begin", 1, 3, 3), ("delivery", 1, 7, 7)]);
        assert_eq!(times.without, 1);
        let none = (day("2026-05-12"), day("2026-05-21"));
        assert_eq!(book.read(move |tx, actor| time_to_invoice::times(tx, actor, none)).rows.len(), 0);
        assert_eq!(told(book.db.read(|tx| time_to_invoice::times(tx, &book.actor, (span.1, span.0)))), "invalid");
        book.verify();
    });
}

#[test]
fn the_annex_of_vat_withheld_tells_the_day_of_delivery() {
    each_engine(|book| {
        book.on("2026-05-22");
        let mut given = ours(book, &["Rice;1;100000;B"]);
        (given.issued_on, given.due_on) = (day("2026-05-22"), Some(day("2026-06-22")));
        given.references.delivered_on = Some(day("2026-05-15"));
        let number = book.post(given).expect("posted");
        let invoice = number.clone();
        let made = book.act(move |tx, actor, today| {
            let given = Withheld { invoice: invoice.clone(), kind: "vat".into(), amount: None };
            certificate::awaits(tx, actor, today, &given, None)
        });
        let id = made.expect("awaited")[0].id.clone();
        for said in [Said::OnFile { number: "W-1".into(), on: None }, Said::Claimed { period: "2026-05".into() }] {
            let id = id.clone();
            book.act(move |tx, actor, today| certificate::say(tx, actor, today, &id, &said, None)).expect("said");
        }
        let listing = Listing::Vat { told: OfPeriod::VatWithheld, period: Period::read("2026-05").expect("a period") };
        let first = book.read(|tx, actor| listing.first(tx, actor, Language::En, 5));
        let row: Vec<String> = first.rows[0].iter().map(plain).collect();
        assert_eq!(row[4..6], ["22/05/2026", "15/05/2026"]);
        book.verify();
    });
}

#[test]
fn times_and_deliveries_by_command_and_on_pages() {
    let folder = small_book();
    let at = folder.path();
    let run = |args: &[&str]| json(at, &[&["--today", "2026-10-10"], args].concat());
    let issue = ["invoice", "issue", "--customer", "C1", "--line", "Rice;1;1000;B", "--delivered-on", "2026-10-02"];
    let number = run(&issue)["rows"][0]["number"].as_str().expect("a number").to_owned();
    let found = run(&["report", "time-to-invoice", "--from", "2026-10-01"]);
    assert_eq!(
        (&found["rows"][0]["days"], &found["totals"]["delivery"]["median"]),
        (&8.into(), &"8".into()),
        "{found}"
    );
    assert!(found["totals"]["delivery"]["formula"].as_str().is_some_and(|said| said.contains("delivery")), "{found}");
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    assert!(browser.get(&format!("/invoices/{number}")).text.contains("Delivered on"));
    let page = browser.get("/reports/time-to-invoice?from=2026-10-01&until=2026-10-31").text;
    assert!(page.contains("Median") && page.contains("Delivery"), "{page}");
    let export = ["export", "time-to-invoice", "--from", "2026-10-01", "--until", "2026-10-31", "--to", "times.csv"];
    assert!(ideni(at, &export).status.success());
    assert!(ideni(at, &["export", "unbilled", "--to", "unbilled.xlsx"]).status.success());
    assert!(ideni(at, &["export", "levies", "--to", "levies.xlsx"]).status.success());
    assert!(ideni(at, &["verify"]).status.success());
}
