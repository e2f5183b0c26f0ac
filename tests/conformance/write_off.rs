//! Section O: giving up what will not come.

use receivables::Currency;
use receivables::ledger::Account;

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
        // Back-dated or not, nothing more can be applied.
        book.receipt("LATE", Some("C1"), "100", "2026-01-20");
        assert_eq!(book.on("2026-01-20").apply("LATE", "O-1", Some("100")), "exceeds-open");
        assert_eq!(book.apply("LATE", "O-1", None), "exceeds-open");
        assert_eq!(told(book.write_off("O-1", None)), "exceeds-open");
        book.on("2026-06-30");
        assert_eq!(book.reverse(&made.allocations[0].id), "done");
        assert_eq!((book.open("O-1").as_str(), book.base_of(Account::BAD_DEBTS)), ("650.00", 0));
        assert_eq!(book.reverse(&made.allocations[0].id), "already-reversed");
    });
}

#[test]
fn case_o2_a_second_write_off_and_a_second_undoing() {
    each_engine_in(USD, |book| {
        book.issue("O-2", "C1", "1000", "2026-01-10", "2026-02-10");
        let made = book.write_off("O-2", Some("400")).expect("written off");
        assert_eq!(told(book.write_off("O-2", Some("600.01"))), "exceeds-open");
        assert_eq!(book.reverse(&made.allocations[0].id), "done");
        assert_eq!(book.reverse(&made.allocations[0].id), "already-reversed");
        assert_eq!(book.open("O-2"), "1000.00");
    });
}

/// The first third of O2: the reversal of a write-off is never dated before it.
#[test]
fn case_o2_undone_on_an_earlier_day_takes_the_day_of_the_write_off() {
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
