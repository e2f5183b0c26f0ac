//! Sections H and N: invoices that are paid in bits, empty ones, numbers of two firms, and small rests.

use ideni::actions::{company, invoice};
use receivables::Currency;
use receivables::ledger::Account;

use crate::support::{Book, each_engine, each_engine_in, told};

fn written_off(book: &Book, invoice: &str, amount: &str) -> String {
    told(book.write_off(invoice, Some(amount)))
}

#[test]
fn case_h2_three_payments_and_a_franc_given_up() {
    each_engine_in(Currency::USD, |book| {
        book.issue("H-2", "C1", "240", "2026-01-10", "2026-02-10");
        for (reference, amount, left) in [("R1", "120", "120.00"), ("R2", "20", "100.00"), ("R3", "99", "1.00")] {
            book.receipt(reference, Some("C1"), amount, "2026-02-01");
            assert_eq!(book.apply(reference, "H-2", None), "done");
            assert_eq!(book.open("H-2"), left);
        }
        assert_eq!(written_off(book, "H-2", "1"), "done");
        assert_eq!((book.open("H-2").as_str(), book.base_of(Account::BAD_DEBTS)), ("0.00", 100));
        assert_eq!(book.base_of(Account::RECEIVABLES), 0);
    });
}

#[test]
fn case_h4_an_empty_invoice_is_settled_at_once() {
    each_engine(|book| {
        book.issue("H-4", "C1", "0", "2026-01-10", "2026-02-10");
        assert_eq!(book.open("H-4"), "0");
        assert_eq!(book.net(Currency::RWF), 0);
    });
}

#[test]
fn case_h14_each_firm_counts_its_own_invoices() {
    each_engine(|book| {
        let new = company::NewCompany {
            name: "Other Ltd".into(),
            code: Some("other".into()),
            tin: None,
            currency: Currency::RWF,
            country: "rw".into(),
            simulated: true,
        };
        let other = book.db.write(move |tx| company::init(tx, "admin", &new)).expect("a company");
        let post = |actor: &ideni::actions::Actor, on: &str| {
            let mut given = book.given("", "C1", "1000", on, "2026-12-31");
            given.number = None;
            let (actor, today) = (actor.clone(), book.today());
            book.tick(1_000_000);
            let posted = book.db.write(move |tx| invoice::issue(tx, &actor, today, &given, None));
            posted.expect("posted").number
        };
        for (on, number) in [("2026-05-01", "INV-000001"), ("2026-06-01", "INV-000002")] {
            assert_eq!([&book.actor, &other].map(|actor| post(actor, on)), [number, number]);
        }
    });
}

#[test]
fn case_n5_the_rest_in_the_company_s_currency_is_given_up() {
    each_engine_in(Currency::USD, |book| {
        book.issue("N-5", "C1", "42", "2026-01-10", "2026-02-10");
        book.receipt("R1", Some("C1"), "40", "2026-02-01");
        assert_eq!(book.apply("R1", "N-5", None), "done");
        assert_eq!(written_off(book, "N-5", "2"), "done");
        assert_eq!((book.open("N-5").as_str(), book.base_of(Account::RECEIVABLES)), ("0.00", 0));
    });
}

#[test]
fn case_n8_dollars_are_settled_by_half_as_many_euros() {
    each_engine_in(Currency::USD, |book| {
        book.rate("2026-01-01", "EUR", "2");
        book.issue("N-8", "C1", "100", "2026-01-10", "2026-02-10");
        book.receipt("R1", Some("C1"), "50 EUR", "2026-02-01");
        let given = ideni::actions::allocation::Given {
            source: "R1".into(),
            invoice: "N-8".into(),
            amount: Some(10_000),
            paid: Some(5_000),
            on: None,
            discount: Default::default(),
        };
        assert_eq!(
            told(book.act(move |tx, actor, today| ideni::actions::allocation::add(tx, actor, today, &given, None))),
            "done"
        );
        assert_eq!((book.open("N-8").as_str(), book.left("R1").as_str()), ("0.00", "0.00"));
        for account in [Account::RECEIVABLES, Account::UNAPPLIED, Account::CONVERSION, Account::EXCHANGE] {
            assert_eq!(book.base_of(account), 0, "{account:?}");
        }
    });
}
