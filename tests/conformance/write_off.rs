//! Section O: giving up what will not come.

use receivables::Currency;
use receivables::ledger::{Account, MovementKind};

use crate::support::{each_engine_in, told};

const USD: Currency = Currency::USD;

/// Fineract refuses to undo a write-off for ever. Ours takes one back by a fact of its own, with a reason in the audit
/// log (DESIGN §3, insert-only): what is refused is doing so twice, and paying a debt that is closed.
#[test]
fn case_o1_what_is_left_is_written_off() {
    each_engine_in(USD, |book| {
        book.issue("O-1", "C1", "1000", "2026-01-10", "2026-02-10");
        for (reference, amount) in [("DOWN", "250"), ("R1", "100")] {
            book.receipt(reference, Some("C1"), amount, "2026-01-10");
            assert_eq!(book.apply(reference, "O-1", None), "done");
        }
        let made = book.write_off("O-1", None).expect("written off");
        assert_eq!(made.allocations[0].amount, "650.00");
        assert_eq!((book.open("O-1").as_str(), book.base_of(Account::BAD_DEBTS)), ("0.00", 65_000));
        // The write-off stands as a fact of its own, with its reason: closed by 650 given up, not by money.
        let given_up = || {
            let all = book.read(|tx, actor| ideni::actions::allocation::list(tx, actor, i64::MAX));
            let found = all.into_iter().find(|m| m.id.to_string() == made.allocations[0].id).expect("the write-off");
            (found.kind, found.invoice, found.amount, found.receipt, found.reason, found.reversed)
        };
        let expected = |reversed: bool| {
            let (number, reason) = ("O-1".to_owned(), Some("will not come".to_owned()));
            (MovementKind::WriteOff, number, -65_000i64, None::<String>, reason, reversed)
        };
        assert_eq!(given_up(), expected(false));
        // Back-dated or not, nothing more can be applied.
        book.receipt("LATE", Some("C1"), "100", "2026-01-20");
        assert_eq!(book.on("2026-01-20").apply("LATE", "O-1", Some("100")), "already-settled");
        assert_eq!(book.apply("LATE", "O-1", None), "already-settled");
        assert_eq!(told(book.write_off("O-1", None)), "already-settled");
        book.on("2026-06-30");
        assert_eq!(book.reverse(&made.allocations[0].id), "done");
        assert_eq!((book.open("O-1").as_str(), book.base_of(Account::BAD_DEBTS)), ("650.00", 0));
        assert_eq!(given_up(), expected(true));
        assert_eq!(book.reverse(&made.allocations[0].id), "already-reversed");
    });
}

/// Fineract charges a loan off as a whole and once: a second charge-off is refused. Ours gives up amounts, because a
/// customer may be let off in parts, so a second write-off is refused only for more than is open, and when nothing is.
/// Undone twice is refused by both.
#[test]
fn case_o2_a_second_write_off_and_a_second_undoing() {
    each_engine_in(USD, |book| {
        book.issue("O-2", "C1", "1000", "2026-01-10", "2026-02-10");
        let made = book.write_off("O-2", Some("400")).expect("written off");
        assert_eq!(told(book.write_off("O-2", Some("600.01"))), "exceeds-open");
        assert_eq!(told(book.write_off("O-2", Some("600"))), "done");
        assert_eq!(told(book.write_off("O-2", None)), "already-settled");
        assert_eq!(book.reverse(&made.allocations[0].id), "done");
        assert_eq!(book.reverse(&made.allocations[0].id), "already-reversed");
        assert_eq!(book.open("O-2"), "400.00");
    });
}

/// Refused by both: what is given up is what is left after the latest transaction, so it is not dated before it.
#[test]
fn case_o2_a_write_off_before_a_later_transaction() {
    each_engine_in(USD, |book| {
        book.issue("O-2", "C1", "1000", "2026-01-10", "2026-02-10");
        book.on("2026-05-01");
        book.receipt("R1", Some("C1"), "400", "2026-05-01");
        let paid = book.allocate("R1", "O-2", None).expect("applied");
        for amount in [None, Some("600"), Some("0.01")] {
            assert_eq!(told(book.on("2026-03-01").write_off("O-2", amount)), "before-movement");
        }
        assert_eq!(told(book.on("2026-04-30").write_off("O-2", None)), "before-movement");
        assert_eq!((book.open("O-2").as_str(), book.base_of(Account::BAD_DEBTS)), ("600.00", 0));
        // Taken back or not, something happened on that day.
        assert_eq!(book.on("2026-05-02").reverse(&paid.allocations[0].id), "done");
        assert_eq!(told(book.on("2026-05-01").write_off("O-2", Some("600"))), "before-movement");
        assert_eq!(told(book.on("2026-05-02").write_off("O-2", Some("600"))), "done");
        assert_eq!((book.open("O-2").as_str(), book.base_of(Account::BAD_DEBTS)), ("400.00", 60_000));
    });
}

/// Each instalment has its own latest day: a payment of the first one says nothing of the second.
#[test]
fn a_write_off_of_parts_looks_at_each_instalment() {
    each_engine_in(USD, |book| {
        book.issue_in_parts("O-2", "C1", "1000", "2026-01-10", &[("2026-02-10", 1), ("2026-03-10", 1)]);
        book.on("2026-05-01");
        book.receipt("R1", Some("C1"), "500", "2026-05-01");
        assert_eq!(book.apply("R1", "O-2", None), "done");
        assert_eq!(told(book.on("2026-04-01").write_off("O-2", None)), "done");
        assert_eq!(book.open_parts("O-2"), ["0.00", "0.00"]);
    });
}

#[test]
fn a_write_off_undone_on_an_earlier_day_takes_its_day() {
    each_engine_in(USD, |book| {
        book.issue("O-2", "C1", "1000", "2026-01-10", "2026-02-10");
        let made = book.on("2026-05-01").write_off("O-2", None).expect("written off");
        assert_eq!(book.on("2026-03-01").reverse(&made.allocations[0].id), "done");
        let early = "SELECT COUNT(*) FROM movement m JOIN movement o ON o.company = m.company AND o.id = m.reverses WHERE m.company = $1 AND m.posted_on < o.posted_on";
        assert_eq!(book.number(early), 0);
    });
}

#[test]
fn a_write_off_needs_a_reason() {
    each_engine_in(USD, |book| {
        book.issue("O-3", "C1", "10", "2026-01-10", "2026-02-10");
        let given = ideni::actions::allocation::GivenUp { invoice: "O-3".into(), amount: None, reason: " ".into() };
        let told = crate::support::told(
            book.act(move |tx, actor, today| ideni::actions::allocation::write_off(tx, actor, today, &given, None)),
        );
        assert_eq!((told.as_str(), book.open("O-3").as_str()), ("missing", "10.00"));
    });
}
