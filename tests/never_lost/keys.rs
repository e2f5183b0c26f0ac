//! The same request under the same key has one effect and one answer, however often and from wherever it comes.

use ideni::actions::{Once, allocation, invoice, receipt, refund};
use receivables::Money;
use receivables::billing::line::{Discount, Prices};
use store::Error;

use crate::support::{Book, code, each_engine, each_engine_really};

/// An invoice of ours for 118,000 francs.
pub fn ours(book: &Book, description: &str) -> invoice::Given {
    let mut given = book.given("", "C1", "118000", "2026-02-01", "2026-03-01");
    given.number = None;
    given.total = None;
    given.prices = Prices::Gross;
    given.lines = vec![invoice::GivenLine {
        description: description.to_owned(),
        quantity: 1.into(),
        unit: None,
        unit_price: 118_000.into(),
        discount: Discount::NONE,
        tax_class: "B".into(),
        item: None,
    }];
    given
}

fn issue(book: &Book, key: &str, body: &str) -> Result<invoice::Posted, Error> {
    let (given, once) = (ours(book, body), Once::new(key, body));
    book.act(move |tx, actor, today| invoice::issue(tx, actor, today, &given, Some(&once)))
}

#[test]
fn a_thousand_times_is_once() {
    each_engine(|book| {
        let first = issue(book, "order-1", "rice").expect("posted");
        for _ in 1..1000 {
            assert_eq!(issue(book, "order-1", "rice").expect("the same answer"), first);
        }
        assert_eq!(book.documents().len(), 1);
        // Money and its application alike.
        let gross = Money::new(50_000, receivables::Currency::RWF);
        let given = receipt::Given {
            account: "momo".into(),
            received_on: book.today(),
            received_at: None,
            gross,
            charges: Money::zero(gross.currency),
            payer: None,
            payer_ref: None,
            reference: Some("TX1".into()),
            text: None,
            customer: Some("C1".into()),
            opening_on: None,
        };
        let pay = allocation::Given {
            source: "TX1".into(),
            invoice: first.number.clone(),
            amount: Some(20_000),
            paid: None,
            on: None,
            discount: Default::default(),
        };
        let mut answers = std::collections::BTreeSet::new();
        for _ in 0..20 {
            let (given, pay) = (given.clone(), pay.clone());
            let recorded = book
                .act(move |tx, actor, today| receipt::record(tx, actor, today, &given, Some(&Once::new("r", "r"))))
                .expect("recorded");
            let applied = book
                .act(move |tx, actor, today| allocation::add(tx, actor, today, &pay, Some(&Once::new("a", "a"))))
                .expect("applied");
            answers.insert(format!("{} {applied:?}", recorded.id));
        }
        assert_eq!(answers.len(), 1, "{answers:?}");
        assert_eq!((book.left("TX1").as_str(), book.open(&first.number).as_str()), ("30000", "98000"));
    });
}

#[test]
fn another_body_under_the_same_key_is_refused() {
    each_engine(|book| {
        issue(book, "order-1", "rice").expect("posted");
        assert_eq!(code(&issue(book, "order-1", "beans").expect_err("refused")), "key-reused");
        assert_eq!(book.documents().len(), 1);
        // Another person's key of the same name is another key.
        let mut other = book.actor.clone();
        other.user = "mutoni".into();
        let (given, once) = (ours(book, "beans"), Once::new("order-1", "beans"));
        let today = book.today();
        let posted = book.db.write(move |tx| invoice::issue(tx, &other, today, &given, Some(&once)));
        assert_eq!(posted.expect("posted").number, "INV-000002");
    });
}

/// A request that was refused has no effect, and its key is free: with its cause gone it may succeed.
#[test]
fn a_refusal_leaves_the_key_free() {
    each_engine(|book| {
        book.issue("F-1", "C1", "100", "2026-02-01", "2026-03-01");
        let pay = allocation::Given {
            source: "R1".into(),
            invoice: "F-1".into(),
            amount: None,
            paid: None,
            on: None,
            discount: Default::default(),
        };
        let attempt = || {
            let pay = pay.clone();
            book.act(move |tx, actor, today| allocation::add(tx, actor, today, &pay, Some(&Once::new("k", "k"))))
        };
        assert_eq!(code(&attempt().expect_err("refused")), "not-found");
        book.receipt("R1", Some("C1"), "100", "2026-02-10");
        let made = attempt().expect("applied");
        assert_eq!(attempt().expect("the same answer"), made);
        assert_eq!(book.open("F-1"), "0");
    });
}

#[test]
fn a_crowd_under_one_key_is_one_request() {
    each_engine_really(|book, _| {
        book.customer("C1", "Customer One");
        let answers: Vec<String> = std::thread::scope(|scope| {
            let one = |_| scope.spawn(|| issue(book, "order-1", "rice").expect("posted").number);
            let threads: Vec<_> = (0..32).map(one).collect();
            threads.into_iter().map(|t| t.join().expect("no panic")).collect()
        });
        assert!(answers.iter().all(|a| a == "INV-000001"), "{answers:?}");
        assert_eq!(book.documents().len(), 1);
    });
}

/// Money leaves once, and a bounced cheque bounces once, however often the request comes.
#[test]
fn money_leaves_once_under_its_key() {
    each_engine(|book| {
        book.customer("C1", "Customer One");
        for reference in ["R1", "R2"] {
            book.receipt(reference, Some("C1"), "100", "2026-02-10");
        }
        let refunded = |amount: i64, body: &str| {
            let (receipt, reason) = ("R1".to_owned(), "paid twice".to_owned());
            let given = refund::Given { receipt, amount: Some(amount), account: None, on: None, reason };
            let once = Once::new("refund", body);
            book.act(move |tx, actor, today| refund::add(tx, actor, today, &given, Some(&once)))
        };
        let first = refunded(60, "60").expect("refunded");
        for _ in 0..20 {
            assert_eq!(refunded(60, "60").expect("the same answer"), first);
        }
        assert_eq!(code(&refunded(40, "40").expect_err("refused")), "key-reused");
        let returned = || {
            let (receipt, reason) = ("R2".to_owned(), "bounced".to_owned());
            let given = refund::ReturnedPayment { receipt, charges: 0, on: None, reason };
            let once = Once::new("return", "R2");
            book.act(move |tx, actor, today| refund::return_payment(tx, actor, today, &given, Some(&once)))
        };
        let first = returned().expect("returned");
        for _ in 0..20 {
            assert_eq!(returned().expect("the same answer"), first);
        }
        assert_eq!((book.left("R1").as_str(), book.left("R2").as_str()), ("40", "0"));
        assert_eq!(book.number("SELECT COUNT(*) FROM refund WHERE company = $1"), 2);
    });
}
