//! Money that leaves receipts again: refunds, payments the bank returned, credits nobody claims, on both engines.

use ideni::actions::report::By;
use ideni::actions::{Actor, Role, history, refund};
use receivables::ledger::Account;
use receivables::{Currency, Date, Money};
use store::{Error, Tx};

use crate::support::{Book, each_engine, told};

const BANK: Account = Account(Account::FIRST_MONEY);

/// A customer whose money came on 10 February and is not applied.
fn paid(book: &Book, reference: &str, amount: &str) {
    if book.number("SELECT COUNT(*) FROM customer WHERE company = $1") == 0 {
        book.customer("C1", "Ineza Shop");
    }
    assert_eq!(book.receipt(reference, Some("C1"), amount, "2026-02-10"), "done");
}

/// What is on account and what is nobody's, as of a day.
fn on_account(book: &Book, as_of: &str) -> (i64, i64) {
    let ageing = book.ageing(By::Customer, as_of);
    let sum = |all: Vec<i64>| -> i64 { all.into_iter().sum() };
    let unapplied = sum(ageing.totals.iter().map(|(_, aged)| aged.unapplied).collect());
    (unapplied, sum(ageing.unidentified.iter().map(|(_, amount)| *amount).collect()))
}

#[test]
fn a_refund_in_another_currency_leaves_at_the_rate_of_its_day() {
    each_engine(|book| {
        book.rate("2026-01-01", "USD", "1450");
        book.rate("2026-06-01", "USD", "1500");
        paid(book, "R1", "100 USD");
        assert_eq!(told(book.refund_on("R1", "30 USD", Some("2026-05-31"))), "done");
        assert_eq!((book.base_of(BANK), book.base_of(Account::EXCHANGE)), (101_500, 0));
        assert_eq!(told(book.refund("R1", "70 USD")), "done");
        assert_eq!((book.base_of(BANK), book.base_of(Account::EXCHANGE)), (-3_500, 3_500));
        assert_eq!((book.left("R1").as_str(), book.base_of(Account::UNAPPLIED)), ("0.00", 0));
    });
}

#[test]
fn a_refund_may_leave_another_account_than_it_came_to() {
    each_engine(|book| {
        paid(book, "R1", "100");
        let attempt = |account: &str| {
            let (receipt, account, reason) = ("R1".to_owned(), Some(account.to_owned()), "by telephone".to_owned());
            let given = refund::Given { receipt, amount: None, account, on: None, reason };
            told(book.act(move |tx, actor, today| refund::add(tx, actor, today, &given, None)))
        };
        assert_eq!(attempt("receivables"), "invalid");
        assert_eq!(attempt("nowhere"), "not-found");
        assert_eq!(attempt("momo"), "done");
        assert_eq!((book.base_of(BANK), book.base_of(Account(Account::FIRST_MONEY + 1))), (100, -100));
    });
}

#[test]
fn a_refund_needs_a_customer_a_reason_and_a_day_that_was() {
    each_engine(|book| {
        paid(book, "R1", "100");
        book.receipt("R2", None, "100", "2026-02-10");
        assert_eq!(told(book.refund("R2", "10")), "unidentified");
        assert_eq!(told(book.give_up("R2")), "unidentified");
        assert_eq!(told(book.refund("R1", "101")), "exceeds-refundable");
        assert_eq!(told(book.refund("R1", "0")), "not-positive");
        assert_eq!(told(book.refund_on("R1", "10", Some("2026-02-09"))), "before-document");
        assert_eq!(told(book.refund_on("R1", "10", Some("2026-07-01"))), "after-today");
        let reason = " ".to_owned();
        let given = refund::Given { receipt: "R1".into(), amount: Some(10), account: None, on: None, reason };
        let without = book.act(move |tx, actor, today| refund::add(tx, actor, today, &given, None));
        assert_eq!(told(without), "missing");
        assert_eq!(book.number("SELECT COUNT(*) FROM refund WHERE company = $1"), 0);
        assert_eq!(told(book.refund_on("R1", "10", Some("2026-02-10"))), "done");
        // A late one posts on the first open day.
        assert_eq!(book.close_to("2026-03-31"), "done");
        assert_eq!(told(book.refund_on("R1", "10", Some("2026-03-15"))), "done");
        assert_eq!([on_account(book, "2026-03-31").0, on_account(book, "2026-04-01").0], [90, 80]);
    });
}

#[test]
fn a_returned_payment_opens_every_invoice_it_paid() {
    each_engine(|book| {
        for number in ["F-1", "F-2"] {
            book.issue(number, "C1", "100", "2026-02-01", "2026-03-01");
        }
        book.issue_in_parts("F-3", "C1", "100", "2026-02-01", &[("2026-03-01", 1), ("2026-04-01", 1)]);
        book.receipt("R1", Some("C1"), "270", "2026-02-10");
        let first = book.on("2026-02-20").allocate("R1", "F-1", None).expect("applied").allocations[0].id.clone();
        assert_eq!(book.apply("R1", "F-3", Some("70")), "done");
        // Not everything stands any more when the cheque bounces.
        assert_eq!(book.on("2026-03-05").reverse(&first), "done");
        assert_eq!(book.apply("R1", "F-2", Some("60")), "done");
        book.on("2026-03-20");
        assert_eq!(told(book.return_with("R1", 5, Some("2026-03-04"))), "before-movement");
        assert_eq!(told(book.return_with("R1", 5, Some("2026-03-21"))), "after-today");
        assert_eq!(told(book.return_with("R1", -5, None)), "not-positive");
        assert_eq!(["F-1", "F-2", "F-3"].map(|n| book.open(n)), ["100", "40", "30"], "a refusal leaves no trace");
        let returned = book.return_with("R1", 5, Some("2026-03-15")).expect("returned");
        assert_eq!((returned.receipt.as_str(), returned.amount.as_str()), ("R1", "270"));
        assert_eq!(["F-1", "F-2", "F-3"].map(|n| book.open(n)), ["100", "100", "100"]);
        assert_eq!(book.open_parts("F-3"), ["50", "50"]);
        assert_eq!((book.base_of(BANK), book.base_of(Account::CHARGES), book.left("R1").as_str()), (-5, 5, "0"));
        // On the days before it the money was there, and the invoices paid.
        let open = |day: &str| {
            let ageing = book.ageing(By::Customer, day);
            ageing.totals.iter().map(|(_, aged)| aged.total().expect("a total")).sum::<i64>()
        };
        assert_eq!((open("2026-03-14"), on_account(book, "2026-03-14")), (170, (140, 0)));
        assert_eq!((open("2026-03-15"), on_account(book, "2026-03-15")), (300, (0, 0)));
        assert_eq!(book.on("2026-03-20").apply("R1", "F-1", Some("10")), "exceeds-unapplied");
        // Taken back, the money waits and may be applied again; what it cost comes back too.
        assert_eq!(book.reverse_refund(&returned.id), "done");
        assert_eq!((book.base_of(BANK), book.base_of(Account::CHARGES), book.left("R1").as_str()), (270, 0, "270"));
        assert_eq!(book.apply("R1", "F-1", None), "done");
        assert_eq!(told(book.return_payment("R1")), "done", "and it may bounce again");
    });
}

#[test]
fn a_payment_may_come_back_before_anybody_knew_whose_it_was() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        book.issue("F-1", "C1", "100", "2026-02-01", "2026-03-01");
        book.receipt("R1", None, "100", "2026-02-10");
        let returned = book.on("2026-03-01").return_payment("R1").expect("returned");
        assert_eq!((book.left("R1").as_str(), book.base_of(BANK), book.base_of(Account::UNIDENTIFIED)), ("0", 0, 0));
        assert_eq!([on_account(book, "2026-02-28"), on_account(book, "2026-03-01")], [(0, 100), (0, 0)]);
        assert_eq!(book.identify("R1", "C1"), "exceeds-unapplied");
        assert_eq!(book.apply("R1", "F-1", None), "exceeds-unapplied");
        assert_eq!(book.apply_all(), 0);
        assert_eq!(book.on("2026-03-02").reverse_refund(&returned.id), "done");
        assert_eq!((book.left("R1").as_str(), on_account(book, "2026-03-02")), ("100", (0, 100)));
        assert_eq!(book.identify("R1", "C1"), "done");
        assert_eq!(told(book.return_payment("R1")), "done");
        assert_eq!(on_account(book, "2026-03-02"), (0, 0));
    });
}

/// What the bank takes is the whole payment: a part that was sent back before is taken back first.
#[test]
fn a_payment_partly_refunded_is_not_returned_as_a_whole() {
    each_engine(|book| {
        paid(book, "R1", "100");
        let sent = book.refund("R1", "20").expect("refunded");
        assert_eq!(told(book.return_payment("R1")), "exceeds-refundable");
        assert_eq!(book.left("R1"), "80");
        assert_eq!(book.reverse_refund(&sent.id), "done");
        assert_eq!(told(book.return_payment("R1")), "done");
        assert_eq!(told(book.refund("R1", "1")), "exceeds-refundable");
    });
}

/// What somebody of a role is told.
fn told_as<T: Send + 'static>(
    book: &Book,
    role: Role,
    f: impl Fn(&mut Tx<'_>, &Actor, Date) -> Result<T, Error> + Send + 'static,
) -> String {
    let (actor, today) = (Actor { roles: role.into(), ..book.actor.clone() }, book.today());
    told(book.db.write(move |tx| f(tx, &actor, today)))
}

/// Each attempt lacks the right, or asks for too much: none leaves a trace.
#[test]
fn money_out_needs_a_manager_and_a_bounced_cheque_a_cash_specialist() {
    each_engine(|book| {
        paid(book, "R1", "100");
        let sent = book.refund("R1", "10").expect("refunded");
        assert_eq!(book.reverse_refund(&sent.id), "done");
        assert_eq!(told(book.refund("R1", "10")), "done");
        let attempts = |role: Role| {
            let (receipt, reason) = (|| "R1".to_owned(), || "a reason".to_owned());
            let given =
                refund::Given { receipt: receipt(), amount: Some(1_000), account: None, on: None, reason: reason() };
            let returned = refund::ReturnedPayment { receipt: receipt(), charges: 0, on: None, reason: reason() };
            let given_up = refund::GivenUp { receipt: receipt(), amount: Some(1_000), on: None, reason: reason() };
            let id = sent.id.clone();
            [
                told_as(book, role, move |tx, actor, today| refund::add(tx, actor, today, &given, None)),
                told_as(book, role, move |tx, actor, today| refund::return_payment(tx, actor, today, &returned, None)),
                told_as(book, role, move |tx, actor, today| refund::write_off(tx, actor, today, &given_up, None)),
                told_as(book, role, move |tx, actor, today| refund::reverse(tx, actor, today, &id, "a reason", None)),
            ]
        };
        let (no, much, twice) = ("not-allowed", "exceeds-refundable", "already-reversed");
        assert_eq!(attempts(Role::Manager), [much, much, much, twice]);
        assert_eq!(attempts(Role::Cashier), [no, much, no, no]);
        for role in [Role::Biller, Role::Collector, Role::Auditor] {
            assert_eq!(attempts(role), [no; 4], "{role:?}");
        }
        assert_eq!(book.left("R1"), "90");
    });
}

/// The account's history shows them, and undoes them by the same button as an allocation.
#[test]
fn the_history_of_an_account_shows_and_undoes_what_left() {
    each_engine(|book| {
        book.issue("F-1", "C1", "100", "2026-02-01", "2026-03-01");
        book.receipt("R1", Some("C1"), "150", "2026-02-10");
        assert_eq!(book.apply("R1", "F-1", None), "done");
        assert_eq!(told(book.refund("R1", "30")), "done");
        let events = || book.read(|tx, actor| history::of_customer(tx, actor, "C1"));
        let undo = |what: &str| {
            let event = events().into_iter().find(|e| e.what.name() == what && e.undo.is_some());
            let id = event.and_then(|e| e.undo).expect("it may be taken back");
            told(book.act(move |tx, actor, today| history::undo(tx, actor, today, &id, "a mistake")))
        };
        let refund = events().into_iter().find(|e| e.what.name() == "refund").expect("the refund");
        assert_eq!((refund.name.as_str(), refund.amount), ("R1", Some(Money::new(30, Currency::RWF))));
        assert_eq!((undo("refund"), book.left("R1").as_str()), ("done".to_owned(), "50"));
        assert_eq!((undo("allocation"), book.left("R1").as_str()), ("done".to_owned(), "150"));
        assert!(events().iter().any(|e| e.what.name() == "refund reversal" && e.undo.is_none()));
        let unknown = book.act(|tx, actor, today| history::undo(tx, actor, today, "nothing", "a mistake"));
        assert_eq!(told(unknown), "not-found");
    });
}
