//! Sections F and E by hand: what an allocation leaves, and what it refuses.

use ideni::actions::{cash, late_charge, setting};
use receivables::Currency;
use receivables::ledger::Account;

use crate::support::{Book, currency, each_engine_in, message};

const USD: Currency = Currency::USD;

fn open(book: &Book, number: &str, total: &str) {
    book.issue(number, "C1", total, "2026-02-01", "2026-03-01");
}

fn money(book: &Book, reference: &str, amount: &str) {
    assert_eq!(book.receipt(reference, Some("C1"), amount, "2026-02-10"), "done");
}

/// A person accepts what the desk proposes.
pub(super) fn accept(book: &Book) {
    let steps: Vec<_> = book.look().iter().map(|matched| matched.step()).collect();
    let done = book.act(move |tx, actor, today| cash::carry_out(tx, actor, today, &steps)).expect("carried out");
    assert!(done.iter().all(|one| one.dropped.is_none()), "{done:?}");
}

/// 100, 250 and 500 by their due days, a charge of 7 that is two per cent of the two that are late and due in 30 days as any
/// document of ours, and 700 that come in.
fn three_debts_and_a_charge(book: &Book) {
    book.on("2026-10-15");
    for (number, total, issued_on, due_on) in [
        ("F-100", "100", "2026-07-16", "2026-08-15"),
        ("F-250", "250", "2026-08-02", "2026-09-01"),
        ("F-500", "500", "2026-09-15", "2026-10-15"),
    ] {
        book.issue(number, "C1", total, issued_on, due_on);
    }
    let fee = setting::Given { name: "late-fee".into(), value: "2 <200; 5".into(), ..setting::Given::default() };
    book.act(move |tx, actor, today| setting::set(tx, actor, today, &fee, None)).expect("set");
    book.act(|tx, actor, today| late_charge::raise(tx, actor, today, today, None)).expect("raised");
    assert_eq!(book.open("LC-000001"), "7.00");
    book.on("2026-10-25");
    assert_eq!(book.receipt("GENERAL", Some("C1"), "700", "2026-10-25"), "done");
}

fn left_of_the_three_and_the_charge(book: &Book) -> [String; 4] {
    ["F-100", "F-250", "F-500", "LC-000001"].map(|number| book.open(number))
}

/// Dynamics settles by itself, by due day. Ours proposes the same and a person accepts it, because an amount that no debts
/// come to says nothing of what was meant.
#[test]
fn case_f1_by_due_day() {
    each_engine_in(USD, |book| {
        three_debts_and_a_charge(book);
        assert_eq!(book.match_of("GENERAL"), "proposed f-100 100.00, f-250 250.00, f-500 350.00");
        assert_eq!(book.apply_all(), 0);
        accept(book);
        assert_eq!(left_of_the_three_and_the_charge(book), ["0.00", "0.00", "150.00", "7.00"]);
        assert_eq!(book.left("GENERAL"), "0.00");
    });
}

/// Dynamics has a setting that puts interest and fees first. Ours has none: the desk knows due days only. Whoever wants the
/// charge paid first applies it by hand, and what the desk proposes for the rest is what is published.
#[test]
fn case_f2_the_charge_first() {
    each_engine_in(USD, |book| {
        three_debts_and_a_charge(book);
        assert_eq!(book.apply("GENERAL", "LC-000001", None), "done");
        assert_eq!(book.left("GENERAL"), "693.00");
        assert_eq!(book.match_of("GENERAL"), "proposed f-100 100.00, f-250 250.00, f-500 343.00");
        accept(book);
        assert_eq!(left_of_the_three_and_the_charge(book), ["0.00", "0.00", "157.00", "0.00"]);
        assert_eq!(book.left("GENERAL"), "0.00");
    });
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
        assert_eq!(book.base_of(Account::UNAPPLIED), -5_000);
    });
}

/// Odoo's case is of payables, and its one payment of 1400 closes two bills and a credit together. The mirror: a receipt for
/// two invoices of a customer who has a credit note. In ours the note is applied first, by a fact of its own; from then on
/// the 1400 are all that is open and are applied without a person. Before, the desk only proposes: the amount is no sum of
/// what stands open.
#[test]
fn case_f17_two_invoices_less_a_credit_note_in_one_payment() {
    each_engine_in(USD, |book| {
        book.rate("2026-01-01", "EUR", "0.5");
        open(book, "F-1000", "1000 EUR");
        book.issue("F-2000", "C1", "2000 EUR", "2026-02-01", "2026-03-02");
        assert_eq!(book.credit("N-1600", "C1", "1600 EUR", "2026-02-05", None), "done");
        money(book, "GENERAL", "1400 EUR");
        assert_eq!(book.net(currency("EUR")), 0);
        assert_eq!(book.match_of("GENERAL"), "proposed f-1000 1000.00, f-2000 400.00");
        assert_eq!(book.apply_all(), 0);
        assert_eq!(book.apply("N-1600", "F-2000", None), "done");
        assert_eq!(book.match_of("GENERAL"), "applied f-1000 1000.00, f-2000 400.00");
        assert_eq!(book.apply_all(), 1);
        assert_eq!(["F-1000", "F-2000", "N-1600"].map(|number| book.open(number)), ["0.00", "0.00", "0.00"]);
        assert_eq!((book.left("GENERAL").as_str(), book.base_of(Account(Account::FIRST_MONEY))), ("0.00", 70_000));
        let closed = [Account::RECEIVABLES, Account::UNAPPLIED, Account::EXCHANGE].map(|account| book.base_of(account));
        assert_eq!(closed, [0, 0, 0]);
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
