//! Sections F and E by hand: what an allocation leaves, and what it refuses.

use receivables::Currency;

use crate::support::{Book, each_engine_in, message};

const USD: Currency = Currency::USD;

fn open(book: &Book, number: &str, total: &str) {
    book.issue(number, "C1", total, "2026-02-01", "2026-03-01");
}

fn money(book: &Book, reference: &str, amount: &str) {
    assert_eq!(book.receipt(reference, Some("C1"), amount, "2026-02-10"), "done");
}

#[test]
fn case_f7_reconciled_and_undone() {
    each_engine_in(USD, |book| {
        open(book, "F-1", "200");
        money(book, "R55", "55");
        money(book, "R35", "35");
        let first = book.allocate("R55", "F-1", None).expect("applied");
        assert_eq!(book.apply("R35", "F-1", None), "done");
        assert_eq!(book.open("F-1"), "110.00");
        assert_eq!(book.reverse(&first.allocations[0].id), "done");
        assert_eq!((book.open("F-1").as_str(), book.left("R55").as_str()), ("165.00", "55.00"));
    });
}

#[test]
fn case_f8_a_note_against_an_invoice() {
    each_engine_in(USD, |book| {
        open(book, "F-1", "100");
        assert_eq!(book.credit("N-1", "C1", "80", "2026-02-05", None), "done");
        assert_eq!(book.apply("N-1", "F-1", Some("80")), "done");
        assert_eq!((book.open("F-1").as_str(), book.open("N-1").as_str()), ("20.00", "0.00"));
    });
}

#[test]
fn case_f10_more_than_is_left() {
    each_engine_in(USD, |book| {
        open(book, "F-1", "400");
        money(book, "R1", "1000");
        assert_eq!(book.apply("R1", "F-1", Some("200.01")), "done");
        assert_eq!(book.apply("R1", "F-1", Some("200")), "exceeds-open");
        assert_eq!(book.open("F-1"), "199.99");
        open(book, "F-2", "5000");
        assert_eq!(book.apply("R1", "F-2", Some("800")), "exceeds-unapplied");
        assert_eq!(book.left("R1"), "799.99");
        for nothing in ["0", "-1"] {
            assert_ne!(book.apply("R1", "F-2", Some(nothing)), "done", "amount {nothing}");
        }
        assert_eq!(book.left("R1"), "799.99");
    });
}

#[test]
fn case_f11_one_debt_in_parts_is_paid_in_the_order_it_falls_due() {
    each_engine_in(USD, |book| {
        book.issue_in_parts(
            "F-1",
            "C1",
            "100",
            "2026-02-01",
            &[("2026-03-01", 50), ("2026-03-02", 20), ("2026-04-01", 30)],
        );
        money(book, "R1", "80");
        assert_eq!(book.apply("R1", "F-1", None), "done");
        assert_eq!(book.open_parts("F-1"), ["0.00", "0.00", "20.00"]);
        assert_eq!(book.left("R1"), "0.00");
    });
}

/// Tryton spreads 80 over three debts by due date. Ours sees that 50 + 30 is the only combination of them that is
/// 80 and takes it as said (DESIGN §5.8); what is left is 20 as well, of another debt.
#[test]
fn case_f11_separate_debts_are_what_the_amount_says() {
    each_engine_in(USD, |book| {
        for (number, total, due) in
            [("R1-50", "50", "2026-03-01"), ("R2-20", "20", "2026-03-01"), ("R2-30", "30", "2026-04-01")]
        {
            book.issue(number, "C1", total, "2026-02-01", due);
        }
        money(book, "GENERAL", "80");
        assert_eq!(book.match_of("GENERAL"), "applied r1-50 50.00, r2-30 30.00");
        assert_eq!(book.apply_all(), 1);
        let left: Vec<String> = ["R1-50", "R2-20", "R2-30"].iter().map(|n| book.open(n)).collect();
        assert_eq!(left, ["0.00", "20.00", "0.00"]);
    });
}

/// Tryton moves what is over to an overflow account of −50; ours keeps it as the customer's unapplied money.
#[test]
fn case_f12_what_is_over() {
    each_engine_in(USD, |book| {
        open(book, "F-1", "50");
        money(book, "R1", "100");
        assert_eq!(book.apply("R1", "F-1", None), "done");
        assert_eq!((book.open("F-1").as_str(), book.left("R1").as_str()), ("0.00", "50.00"));
        assert_eq!(book.base_of(receivables::ledger::Account::UNAPPLIED), -5_000);
    });
}

#[test]
fn case_e22_one_payment_two_invoices() {
    each_engine_in(USD, |book| {
        open(book, "E-50", "50");
        open(book, "E-500", "500");
        money(book, "R1", "500");
        assert_eq!(book.apply("R1", "E-50", None), "done");
        assert_eq!((book.left("R1").as_str(), book.open("E-50").as_str()), ("450.00", "0.00"));
        assert_eq!(book.apply("R1", "E-500", None), "done");
        assert_eq!((book.left("R1").as_str(), book.open("E-500").as_str()), ("0.00", "50.00"));
    });
}

#[test]
fn case_e23_seventy_and_thirty_by_hand() {
    each_engine_in(USD, |book| {
        open(book, "E-1", "100");
        open(book, "E-2", "100");
        money(book, "R1", "100");
        assert_eq!(book.apply("R1", "E-1", Some("70")), "done");
        assert_eq!(book.apply("R1", "E-2", Some("30")), "done");
        assert_eq!((book.open("E-1").as_str(), book.open("E-2").as_str()), ("30.00", "70.00"));
        assert_eq!(book.left("R1"), "0.00");
    });
}

/// On the debtor's side: 60 for an invoice of 50, and the rest cannot be applied to it again.
#[test]
fn case_e25_no_over_application() {
    each_engine_in(USD, |book| {
        open(book, "E-1", "50");
        money(book, "R1", "60");
        assert_eq!(book.apply("R1", "E-1", None), "done");
        assert_eq!((book.open("E-1").as_str(), book.left("R1").as_str()), ("0.00", "10.00"));
        assert_eq!(book.apply("R1", "E-1", Some("10")), "already-settled");
        assert_eq!(book.apply("R1", "E-1", None), "already-settled");
        assert_eq!((book.open("E-1").as_str(), book.left("R1").as_str()), ("0.00", "10.00"));
    });
}

/// A third of a hundred: what is below the cent is refused where it is written, and the cent over stays unapplied.
#[test]
fn case_e31_a_third_of_a_hundred() {
    each_engine_in(USD, |book| {
        use ideni::actions::import::{Status, What};
        let rows = book.import(What::Receipts, "reference,on,amount,currency\nR0,2026-02-10,33.333333,USD\n");
        assert_eq!(rows[0].status, Status::Refused);
        let said = message(rows[0].message.as_ref());
        assert!(said.contains("33.333333"), "{said}");
        open(book, "E-1", "33.33");
        money(book, "R1", "33.34");
        assert_eq!(book.apply("R1", "E-1", None), "done");
        assert_eq!((book.open("E-1").as_str(), book.left("R1").as_str()), ("0.00", "0.01"));
    });
}

#[test]
fn case_e32_the_same_money_twice() {
    each_engine_in(USD, |book| {
        open(book, "E-1", "100");
        open(book, "E-2", "100");
        money(book, "R1", "100");
        assert_eq!(book.apply("R1", "E-1", None), "done");
        assert_eq!(book.apply("R1", "E-2", None), "exceeds-unapplied");
        assert_eq!(book.apply("R1", "E-2", Some("0.01")), "exceeds-unapplied");
        // And the payment itself, recorded a second time.
        assert_eq!(book.receipt("R1", Some("C1"), "100", "2026-02-10"), "exists");
        assert_eq!(book.open("E-2"), "100.00");
    });
}

#[test]
fn money_never_pays_another_customers_debt() {
    each_engine_in(USD, |book| {
        open(book, "E-1", "100");
        book.issue("E-2", "C2", "100", "2026-02-01", "2026-03-01");
        money(book, "R1", "100");
        assert_eq!(book.apply("R1", "E-2", None), "other-customer");
        assert_eq!(book.credit("N-1", "C1", "10", "2026-02-05", Some("E-2")), "other-customer");
    });
}

#[test]
fn an_allocation_is_not_before_either_document() {
    each_engine_in(USD, |book| {
        book.issue("E-1", "C1", "100", "2026-04-01", "2026-05-01");
        money(book, "R1", "100");
        for (day, expected) in [("2026-03-31", "before-document"), ("2026-04-01", "done")] {
            let given = ideni::actions::allocation::Given {
                source: "R1".into(),
                invoice: "E-1".into(),
                amount: None,
                paid: None,
                on: Some(day.parse().unwrap()),
                discount: Default::default(),
            };
            let told =
                book.act(move |tx, actor, today| ideni::actions::allocation::add(tx, actor, today, &given, None));
            assert_eq!(crate::support::told(told), expected, "on {day}");
        }
    });
}
