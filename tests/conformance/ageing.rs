//! Section J: the ageing, row by row.

use ideni::actions::report::By;
use receivables::{Currency, Money};

use crate::support::{Book, each_engine_in};

const USD: Currency = Currency::USD;
const NOW: &str = "2026-06-30";

/// Each open instalment: number, total of the instalment, what is open.
fn rows(book: &Book) -> Vec<String> {
    let amount = |minor| Money::new(minor, USD).major_text();
    let mut rows = book.ageing(By::Invoice, NOW).rows;
    rows.sort_by_key(|r| (r.key.clone(), r.invoice.as_ref().map(|i| i.instalment)));
    rows.iter()
        .map(|r| {
            let facts = r.invoice.as_ref().expect("an invoice");
            format!("{} {} {}", r.key, amount(facts.total), amount(r.aged.total().expect("a total")))
        })
        .collect()
}

fn terms(book: &Book, number: &str, total: &str, weights: [u32; 3]) {
    let [a, b, c] = weights;
    book.issue_in_parts(number, "C1", total, "2026-05-01", &[("2026-05-31", a), ("2026-06-30", b), ("2026-07-30", c)]);
}

fn pay(book: &Book, reference: &str, amount: &str, invoice: &str) {
    assert_eq!(book.receipt(reference, Some("C1"), amount, "2026-05-10"), "done");
    assert_eq!(book.apply(reference, invoice, None), "done");
}

/// ERPNext shows the grand total 100 on each row; ours the instalment's own, and the document's beside the document.
#[test]
fn case_j1_terms_are_rows() {
    each_engine_in(USD, |book| {
        terms(book, "J-1", "100", [30, 50, 20]);
        assert_eq!(rows(book), ["J-1 30.00 30.00", "J-1 50.00 50.00", "J-1 20.00 20.00"]);
        assert_eq!(book.document("J-1").total, 10_000);
    });
}

#[test]
fn case_j2_the_oldest_term_is_paid_first() {
    each_engine_in(USD, |book| {
        terms(book, "J-1", "100", [30, 50, 20]);
        pay(book, "R1", "40", "J-1");
        assert_eq!(rows(book), ["J-1 50.00 40.00", "J-1 20.00 20.00"]);
    });
}

#[test]
fn case_j4_credited_in_full_is_no_row() {
    each_engine_in(USD, |book| {
        terms(book, "J-1", "100", [30, 50, 20]);
        book.credit("N-1", "C1", "100", "2026-05-10", Some("J-1"));
        assert_eq!(rows(book), [""; 0]);
    });
}

#[test]
fn case_j5_paid_then_credited_across_terms() {
    each_engine_in(USD, |book| {
        terms(book, "J-1", "200", [60, 100, 40]);
        pay(book, "R1", "40", "J-1");
        assert_eq!(rows(book), ["J-1 60.00 20.00", "J-1 100.00 100.00", "J-1 40.00 40.00"]);
        book.credit("N-1", "C1", "100", "2026-05-12", Some("J-1"));
        assert_eq!(rows(book), ["J-1 100.00 20.00", "J-1 40.00 40.00"]);
        book.on("2026-06-30");
        assert_eq!(book.open_parts("J-1"), ["0.00", "20.00", "40.00"]);
    });
}

/// ERPNext shows an advance as a row of −1000; ours keeps it apart as unapplied, and the net is −1000.
#[test]
fn case_j7_an_advance() {
    each_engine_in(USD, |book| {
        book.customer("C1", "Customer One");
        assert_eq!(book.receipt("R1", Some("C1"), "1000", "2026-05-10"), "done");
        let ageing = book.ageing(By::Customer, NOW);
        let [row] = ageing.rows.as_slice() else { panic!("{ageing:?}") };
        assert_eq!((row.aged.total().unwrap(), row.aged.unapplied, row.aged.net().unwrap()), (0, 100_000, -100_000));
    });
}

#[test]
fn case_j10_half_paid() {
    each_engine_in(USD, |book| {
        book.issue("J-1", "C1", "100", "2026-05-01", "2026-05-01");
        pay(book, "R1", "50", "J-1");
        assert_eq!(rows(book), ["J-1 100.00 50.00"]);
        assert_eq!(book.documents().len(), 1, "and no credit note");
    });
}

#[test]
fn case_j11_paid_by_the_note_of_another_invoice() {
    each_engine_in(USD, |book| {
        book.issue("J-1", "C1", "100", "2026-05-01", "2026-05-31");
        pay(book, "R1", "100", "J-1");
        book.credit("N-1", "C1", "100", "2026-05-12", Some("J-1"));
        book.issue("J-2", "C1", "100", "2026-05-13", "2026-05-31");
        assert_eq!(rows(book), ["J-2 100.00 100.00", "N-1 -100.00 -100.00"]);
        assert_eq!(book.apply("N-1", "J-2", None), "done");
        assert_eq!(rows(book), [""; 0]);
    });
}

#[test]
fn case_j13_what_is_overdue() {
    each_engine_in(USD, |book| {
        book.issue("J-1", "C1", "500", "2026-05-01", "2026-05-31");
        book.issue("J-2", "C1", "1000", "2026-06-01", "2026-07-31");
        let ageing = book.ageing(By::Customer, NOW);
        let [row] = ageing.rows.as_slice() else { panic!("{ageing:?}") };
        assert_eq!((row.aged.overdue().unwrap(), row.aged.total().unwrap()), (50_000, 150_000));
        let late: Vec<_> =
            book.ageing(By::Invoice, NOW).rows.into_iter().filter(|r| r.aged.overdue().unwrap() > 0).collect();
        assert_eq!(late.len(), 1);
    });
}

/// Buckets sum to the ledger in every cut, with credits in their own bucket and unapplied money apart.
#[test]
fn buckets_sum_to_the_ledger_in_every_cut() {
    each_engine_in(USD, |book| {
        terms(book, "J-1", "100.01", [1, 1, 1]);
        book.issue("J-2", "C2", "70", "2026-01-10", "2026-02-10");
        book.credit("N-1", "C2", "15.50", "2026-04-01", None);
        pay(book, "R1", "12.34", "J-1");
        book.receipt("R2", Some("C2"), "9.99", "2026-04-01");
        book.receipt("R3", None, "5", "2026-04-01");
        for by in [By::Customer, By::Invoice, By::Currency, By::Segment] {
            let ageing = book.ageing(by, NOW);
            let [(currency, total)] = ageing.totals.as_slice() else { panic!("{ageing:?}") };
            assert_eq!(
                (*currency, total.total().unwrap(), total.unapplied),
                (USD, 10_001 + 7_000 - 1_550 - 1_234, 999),
                "{by:?}"
            );
            assert_eq!(ageing.unidentified, [(USD, 500)]);
        }
    });
}
