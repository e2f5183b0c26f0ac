//! As of a posting date, as known at an instant: an answer once given stays the same for ever.

use ideni::actions::report::{self, By};
use receivables::insight::kpi::Kpi;
use receivables::{Currency, Instant};

use crate::support::{Book, code, each_engine};

/// The last seal: up to there an answer as known then is final.
pub fn sealed_to(book: &Book) -> Instant {
    book.db.seal().expect("sealed");
    book.read(|tx, actor| store::audit::last_seal(tx, actor.company.id)).expect("something was sealed").sealed_at
}

/// Every cut of the ageing as one text.
pub fn answer(book: &Book, as_of: &str, known_at: Option<Instant>) -> String {
    let cut = |by| {
        let ageing = book.ageing_known(by, as_of, known_at).expect("an ageing");
        let rows: Vec<String> = ageing
            .rows
            .iter()
            .map(|r| format!("{} {} {:?} {}", r.key, r.currency, r.aged.open, r.aged.unapplied))
            .collect();
        format!("{rows:?} {:?} {:?}", ageing.totals, ageing.unidentified)
    };
    [By::Customer, By::Invoice, By::Currency, By::Segment].map(cut).join("\n")
}

#[test]
fn as_known_then_is_what_was_told_then() {
    each_engine(|book| {
        book.on("2026-03-31");
        book.issue("F-1", "C1", "1000", "2026-02-01", "2026-03-01");
        book.receipt("R1", Some("C1"), "400", "2026-03-10");
        book.receipt("R2", None, "70", "2026-03-11");
        assert_eq!(book.apply("R1", "F-1", Some("300")), "done");
        let then = sealed_to(book);
        let told = answer(book, "2026-03-31", None);
        assert_eq!(answer(book, "2026-03-31", Some(then)), told);
        let before_the_payment = answer(book, "2026-03-09", Some(then));

        // What is found out later, much of it dated before.
        book.tick(3_600_000_000);
        book.issue("F-2", "C2", "500", "2026-02-15", "2026-03-15");
        book.credit("N-1", "C1", "250", "2026-03-05", Some("F-1"));
        book.identify("R2", "C2");
        book.apply("R2", "F-2", None);
        let made = book.write_off("F-1", Some("50")).expect("written off");
        book.reverse(&made.allocations[0].id);
        book.refund_on("R1", "40", Some("2026-03-20")).expect("refunded");
        sealed_to(book);

        assert_ne!(answer(book, "2026-03-31", None), told, "now more is known");
        assert_eq!(answer(book, "2026-03-31", Some(then)), told, "but not then");
        assert_eq!(answer(book, "2026-03-09", Some(then)), before_the_payment);
    });
}

/// Every report that can be asked as known at an instant: sales, receipts and rates found out later do not change it.
#[test]
fn ratios_and_values_as_known_then_are_what_was_told_then() {
    each_engine(|book| {
        let day = "2026-03-31".parse().expect("a date");
        let told = |known_at: Option<Instant>| -> (Vec<String>, Vec<String>) {
            let kpis = book.read(|tx, actor| report::kpis(tx, actor, day, 90, known_at));
            let values = book.read(|tx, actor| report::revaluation(tx, actor, day, known_at));
            let ratio = |(currency, kpi): &(Currency, Kpi)| format!("{currency} {} {:?}", kpi.kpi, kpi.rounded());
            (kpis.iter().map(ratio).collect(), values.iter().map(|v| format!("{v:?}")).collect())
        };
        book.on("2026-03-31");
        book.rate("2026-01-01", "USD", "1450");
        book.issue("F-1", "C1", "1000", "2026-02-01", "2026-03-01");
        book.issue("F-2", "C1", "10 USD", "2026-02-01", "2026-03-01");
        book.receipt("R1", Some("C1"), "1000", "2026-03-10");
        book.receipt("R2", Some("C1"), "70", "2026-03-11");
        assert_eq!(book.apply_all(), 1);
        let then = sealed_to(book);
        let first = told(None);
        assert_eq!(told(Some(then)), first);

        // What is found out later, all of it dated before.
        book.tick(3_600_000_000);
        book.issue("F-3", "C2", "5000", "2026-02-15", "2026-03-15");
        book.issue("F-4", "C2", "300", "2025-12-15", "2026-01-15");
        book.issue("F-5", "C1", "70", "2026-02-15", "2026-03-15");
        book.receipt("R3", Some("C2"), "5000", "2026-03-12");
        assert_eq!(book.apply_all(), 2);
        book.rate("2026-03-20", "USD", "1500");
        sealed_to(book);

        let later = told(None);
        assert!(later.0 != first.0 && later.1 != first.1, "now more is known: {later:?}");
        assert_eq!(told(Some(then)), first, "but not then");
    });
}

#[test]
fn as_of_a_day_leaves_out_what_came_after() {
    each_engine(|book| {
        book.on("2026-03-10");
        book.issue("F-1", "C1", "1000", "2026-02-01", "2026-03-01");
        book.receipt("R1", Some("C1"), "400", "2026-03-10");
        book.apply("R1", "F-1", Some("300"));
        let told = answer(book, "2026-03-10", None);
        book.on("2026-04-20");
        book.issue("F-2", "C1", "500", "2026-04-01", "2026-05-01");
        book.receipt("R2", Some("C1"), "600", "2026-04-10");
        book.apply("R2", "F-1", None);
        book.apply("R1", "F-2", None);
        assert_ne!(answer(book, "2026-04-20", None), told);
        assert_eq!(answer(book, "2026-03-10", None), told);
        let open =
            |day: &str| book.ageing(By::Customer, day).totals.first().map_or(0, |(_, a)| a.total().expect("a total"));
        assert_eq!(
            ["2026-01-31", "2026-02-01", "2026-03-10", "2026-04-01", "2026-04-20"].map(open),
            [0, 1000, 700, 1200, 500]
        );
    });
}

#[test]
fn a_known_at_after_the_last_seal_is_refused() {
    each_engine(|book| {
        book.issue("F-1", "C1", "1000", "2026-02-01", "2026-03-01");
        let last = sealed_to(book);
        let told = |at| book.ageing_known(By::Customer, "2026-06-30", Some(at)).map_err(|e| code(&e));
        assert!(told(last).is_ok());
        assert_eq!(told(last.plus_micros(1)).expect_err("refused"), "not-sealed-yet");
        assert_eq!(told(book.clock.now().plus_micros(86_400_000_000)).expect_err("refused"), "not-sealed-yet");
        // Before anything was known there was nothing.
        let first = told("2000-01-01T00:00:00Z".parse().unwrap()).expect("an ageing");
        assert!(first.rows.is_empty() && first.totals.is_empty());
    });
}

#[test]
fn a_clock_that_went_back_is_refused() {
    each_engine(|book| {
        book.issue("F-1", "C1", "1000", "2026-02-01", "2026-03-01");
        let now = sealed_to(book);
        book.clock.set(now.plus_micros(-3_600_000_000));
        let given = book.given("F-2", "C1", "500", "2026-02-15", "2026-03-15");
        assert_eq!(crate::support::told(book.post(given)), "clock-behind");
        assert_eq!(book.documents().len(), 1);
        book.clock.set(now);
        book.issue("F-2", "C1", "500", "2026-02-15", "2026-03-15");
        assert_eq!(book.net(Currency::RWF), 1500);
    });
}

/// Seals rise, whatever the clock shows within its slack.
#[test]
fn seal_instants_only_rise() {
    each_engine(|book| {
        for i in 0..10 {
            book.issue(&format!("F-{i}"), "C1", "10", "2026-02-01", "2026-03-01");
            book.db.seal().expect("sealed");
            book.tick(-1_400_000);
        }
        let falls = "SELECT COUNT(*) FROM seal a JOIN seal b ON b.company = a.company AND b.no = a.no + 1 WHERE a.company = $1 AND b.sealed_at < a.sealed_at";
        assert_eq!(book.number(falls), 0);
        book.tick(60_000_000);
    });
}
