//! Late fees and interest through the book, on both engines: raised, never twice, waived and brought back.

use ideni::actions::late_charge::{self, Raised};
use ideni::actions::{allocation, setting};
use receivables::ledger::{Account, MovementKind};

use crate::support::{Book, code, each_engine, ideni, json, small_book, told};

fn decide(book: &Book, name: &str, value: &str) -> String {
    let given =
        setting::Given { name: name.into(), value: value.into(), from: None, reason: "agreed".into(), was: None };
    told(book.act(move |tx, actor, today| setting::set(tx, actor, today, &given, None)))
}

fn raise(book: &Book) -> Vec<(String, String)> {
    let raised = book.act(|tx, actor, today| late_charge::raise(tx, actor, today, today, None)).expect("raised");
    raised.into_iter().map(|Raised { customer, total, .. }| (customer, total)).collect()
}

fn one(customer: &str, total: &str) -> Vec<(String, String)> {
    vec![(customer.to_owned(), total.to_owned())]
}

/// What is open of the charges of a customer, in the order they were raised.
fn charges(book: &Book) -> Vec<(String, i64)> {
    let all = book.documents().into_iter().filter(|d| d.series == "LC");
    all.map(|d| (d.number, d.open)).collect()
}

#[test]
fn nothing_is_charged_until_the_company_says_so_and_no_day_twice() {
    each_engine(|book| {
        book.issue("F-1", "C1", "1000000", "2026-01-01", "2026-01-31");
        book.issue("F-2", "C1", "1000", "2026-06-01", "2026-06-29");
        book.on("2026-03-02");
        assert_eq!(raise(book), []);
        assert_eq!(decide(book, "late-interest", "12"), "done");
        assert_eq!(decide(book, "late-fee", "5000"), "done");
        // 30 days: 1,000,000 × 12 % × 30 / 365 = 9,863.01, and the fee.
        assert_eq!(raise(book), one("C1", "14863"));
        assert_eq!(raise(book), [], "the same day again");
        assert_eq!(book.base_of(Account::LATE_CHARGES), -14_863);
        // Half is paid on 12 March; 10 days on the whole, 21 on the rest; no fee again, nothing on the charge.
        book.on("2026-03-12").receipt("R1", Some("C1"), "500000", "2026-03-12");
        assert_eq!(book.apply("R1", "F-1", None), "done");
        book.on("2026-04-02");
        assert_eq!(raise(book), one("C1", "6739")); // 3,287.67 + 3,452.05 = 6,739.7
        assert_eq!(charges(book), [("LC-000001".into(), 14_863), ("LC-000002".into(), 6_739)]);
    });
}

#[test]
fn a_charge_is_waived_with_a_reason_and_brought_back() {
    each_engine(|book| {
        book.issue("F-1", "C1", "1000000", "2026-01-01", "2026-01-31");
        book.on("2026-03-02");
        decide(book, "late-fee", "5000");
        assert_eq!(raise(book), one("C1", "5000"));
        let waive = |number: &str, reason: &str| {
            let (number, reason) = (number.to_owned(), reason.to_owned());
            told(book.act(move |tx, actor, today| late_charge::waive(tx, actor, today, &number, &reason, None)))
        };
        assert_eq!(waive("LC-000001", " "), "missing");
        assert_eq!(waive("F-1", "kindness"), "not-found");
        assert_eq!(waive("LC-000001", "kindness"), "done");
        assert_eq!(waive("LC-000001", "kindness"), "already-settled");
        assert_eq!((book.open("LC-000001"), book.base_of(Account::LATE_CHARGES)), ("0".into(), 0));
        let moved = book.read(|tx, actor| allocation::list(tx, actor, 10));
        let waiver = moved.iter().find(|m| m.kind == MovementKind::Waiver).expect("a waiver").id.to_string();
        assert_eq!(book.reverse(&waiver), "done");
        assert_eq!((book.open("LC-000001"), book.base_of(Account::LATE_CHARGES)), ("5000".into(), -5_000));
        assert_eq!(raise(book), [], "the fee is not charged again");
    });
}

#[test]
fn charges_are_in_the_currency_of_the_invoice_and_spare_what_is_in_dispute() {
    each_engine(|book| {
        book.rate("2026-01-01", "USD", "1450");
        book.issue("F-1", "C1", "1000.00 USD", "2026-01-01", "2026-01-31");
        book.issue("F-2", "C2", "1000000", "2026-01-01", "2026-01-31");
        let dispute = ideni::actions::dispute::Given {
            invoice: "F-2".into(),
            amount: None,
            reason: "price".into(),
            note: String::new(),
        };
        book.on("2026-03-02");
        book.act(move |tx, actor, today| ideni::actions::dispute::add(tx, actor, today, &dispute, None))
            .expect("raised");
        decide(book, "late-interest", "36.5");
        decide(book, "late-fee", "14500");
        // 30 days at a thousandth a day, and 14,500 francs at 1,450.
        assert_eq!(raise(book), one("C1", "40.00"));
    });
}

#[test]
fn what_no_tariff_is_is_refused() {
    each_engine(|book| {
        for (name, value) in [
            ("late-interest", "-1"),
            ("late-interest", "101"),
            ("late-interest", "0"),
            ("late-fee", "5; 6"),
            ("late-fee", "free"),
            ("late-grace-days", "-1"),
            ("late-charge-prefix", "INV"),
        ] {
            assert_eq!(decide(book, name, value), "invalid", "{name} {value}");
        }
        let after = book.act(|tx, actor, today| late_charge::raise(tx, actor, today, today.plus_days(1), None));
        assert_eq!(code(&after.unwrap_err()), "after-today");
    });
}

#[test]
fn late_charges_by_command() {
    let folder = small_book();
    let on = ["--today", "2026-10-30"];
    let run = |args: &[&str]| json(folder.path(), &[args, &on].concat());
    assert!(ideni(folder.path(), &["setting", "set", "late-interest", "12", "--today", "2026-08-01"]).status.success());
    let planned = run(&["late-charge", "plan"]);
    assert_eq!(planned["rows"][0]["invoice"], "A-1");
    // 118,000 × 12 % × 60 / 365 = 2,327.67.
    assert_eq!((&planned["rows"][0]["days"], &planned["rows"][0]["interest"]), (&60.into(), &"2327".into()));
    let raised = run(&["late-charge", "raise"]);
    assert_eq!(raised["rows"][0]["total"], "2327");
    assert_eq!(run(&["late-charge", "raise"])["rows"].as_array().unwrap().len(), 0);
    assert!(ideni(folder.path(), &["late-charge", "waive", "LC-000001", "--reason", "kindness"]).status.success());
}
