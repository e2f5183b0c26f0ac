//! The day turn, promises, holds and the worklist, on both engines.

use ideni::actions::{day, hold, promise};
use receivables::{Currency, Money};
use store::Error;

use crate::support::{Book, code, each_engine, told};

fn turn(book: &Book) -> String {
    let turned = book.act(day::turn);
    match turned {
        Err(error) => code(&error),
        Ok(turned) if turned.already => "already".into(),
        Ok(turned) => {
            let done = turned.steps.iter().filter(|s| s.done > 0 && s.step != "worklist");
            let held = turned.steps.iter().flat_map(|s| s.skipped.keys().map(|reason| format!("skipped {reason}")));
            done.map(|s| format!("{} {}", s.step, s.done)).chain(held).collect::<Vec<_>>().join(", ")
        }
    }
}

fn drafts(book: &Book) -> Vec<(String, String, String)> {
    let listed = book.read(|tx, actor| day::drafts(tx, actor, 100));
    listed.into_iter().map(|m| (m.id.to_string(), m.step, m.body)).collect()
}

fn decide(book: &Book, id: &str, sent: bool) {
    let id = id.to_owned();
    book.act(move |tx, actor, _| day::decide_message(tx, actor, &id, sent)).expect("decided");
}

fn promised(book: &Book, customer: &str, amount: i64, on: &str) -> Result<String, Error> {
    let given = promise::Given {
        customer: customer.into(),
        amount: Money::new(amount, Currency::RWF),
        promised_on: on.parse().expect("a day"),
        grace_days: 0,
        note: String::new(),
    };
    book.act(move |tx, actor, today| promise::add(tx, actor, today, &given, None)).map(|made| made.id)
}

fn states(book: &Book) -> Vec<(String, i64)> {
    book.read(promise::list).into_iter().map(|p| (p.state, p.kept)).collect()
}

fn one_overdue(book: &Book) {
    book.customer("C1", "Ineza Shop");
    book.on("2026-06-01");
    book.issue("A", "C1", "1000", "2026-06-01", "2026-06-30");
}

#[test]
fn a_day_turns_once_drafts_wait_and_an_ignored_one_comes_again() {
    each_engine(|book| {
        one_overdue(book);
        book.on("2026-07-05");
        assert_eq!(turn(book), "reminder-1 1");
        assert_eq!(turn(book), "already");
        let first = drafts(book);
        assert_eq!(first.len(), 1);
        assert!(first[0].2.contains("RWF 1,000") && first[0].2.contains('A'), "{}", first[0].2);
        // A draft holds back what follows.
        book.on("2026-07-16");
        assert_eq!(turn(book), "skipped draft-waiting");
        decide(book, &first[0].0, false);
        book.on("2026-07-17");
        assert_eq!(turn(book), "reminder-1 1");
        decide(book, &drafts(book)[0].0, true);
        // A week lies between two steps, and then the next level is due.
        book.on("2026-07-18");
        assert_eq!(turn(book), "skipped not-yet");
        book.on("2026-07-24");
        assert_eq!(turn(book), "reminder-2 1");
    });
}

#[test]
fn case_a13_a_day_before_the_last_is_refused_and_missed_days_run_in_order() {
    each_engine(|book| {
        one_overdue(book);
        book.on("2026-07-05");
        turn(book);
        book.on("2026-07-04");
        let days = book.act(day::days);
        assert_eq!(code(&days.expect_err("refused")), "day-before");
        book.on("2026-07-08");
        let days = book.act(day::days).expect("days");
        assert_eq!(
            days.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["2026-07-06", "2026-07-07", "2026-07-08"]
        );
        // A slip of the pen must not lock the book for ten years.
        book.tick(0);
        let far = book.act(|tx, actor, today| day::days(tx, actor, today.plus_days(3650)));
        assert_eq!(code(&far.expect_err("refused")), "invalid");
    });
}

#[test]
fn promises_are_judged_by_what_came_in_on_time() {
    each_engine(|book| {
        one_overdue(book);
        book.on("2026-07-05");
        assert_eq!(code(&promised(book, "C1", 0, "2026-07-10").expect_err("refused")), "not-positive");
        assert_eq!(code(&promised(book, "C1", 5, "2026-07-01").expect_err("refused")), "promise-day");
        promised(book, "C1", 400, "2026-07-10").expect("promised");
        promised(book, "C1", 900, "2026-07-10").expect("promised");
        assert_eq!(turn(book), "skipped promise-open", "a promise that runs is trusted");
        book.on("2026-07-09");
        // Money counts from the day it came in, applied or not.
        book.receipt("P1", Some("C1"), "500", "2026-07-09");
        turn(book);
        assert_eq!(states(book), [("kept".into(), 400), ("open".into(), 500)]);
        book.on("2026-07-11");
        turn(book);
        assert_eq!(states(book), [("kept".into(), 400), ("partly-kept".into(), 500)]);
        promised(book, "C1", 300, "2026-07-12").expect("promised");
        book.on("2026-07-13");
        turn(book);
        assert_eq!(states(book)[2], ("broken".to_owned(), 0));
        // Paid on the very day of the promise, after the word was given: it counts.
        promised(book, "C1", 100, "2026-07-15").expect("promised");
        book.receipt("P2", Some("C1"), "100", "2026-07-13");
        book.on("2026-07-16");
        turn(book);
        assert_eq!(states(book)[3], ("kept".to_owned(), 100));
    });
}

#[test]
fn a_payment_that_comes_back_does_not_keep_a_promise() {
    each_engine(|book| {
        one_overdue(book);
        book.on("2026-07-05");
        promised(book, "C1", 400, "2026-07-10").expect("promised");
        book.on("2026-07-09");
        book.receipt("P1", Some("C1"), "400", "2026-07-09");
        turn(book);
        assert_eq!(states(book), [("kept".into(), 400)]);
        // The cheque bounces after the day, and is good after all.
        let returned = book.on("2026-07-14").return_payment("P1").expect("returned");
        assert_eq!(states(book), [("broken".into(), 0)]);
        assert_eq!(book.reverse_refund(&returned.id), "done");
        assert_eq!(states(book), [("kept".into(), 400)]);
        // What is refunded was not paid in the end.
        book.on("2026-07-15");
        promised(book, "C1", 300, "2026-07-16").expect("promised");
        book.receipt("P2", Some("C1"), "300", "2026-07-15");
        assert_eq!(told(book.refund("P2", "300")), "done");
        book.on("2026-07-17");
        turn(book);
        assert_eq!(states(book)[1], ("broken".to_owned(), 0));
        // What nobody claims was.
        promised(book, "C1", 200, "2026-07-21").expect("promised");
        book.receipt("P3", Some("C1"), "200", "2026-07-17");
        assert_eq!(told(book.give_up("P3")), "done");
        book.on("2026-07-22");
        turn(book);
        assert_eq!(states(book)[2], ("kept".to_owned(), 200));
    });
}

#[test]
fn a_hold_leaves_an_account_alone_and_resumes_by_itself() {
    each_engine(|book| {
        one_overdue(book);
        book.on("2026-07-05");
        let until = "2026-07-07".parse().expect("a day");
        let hold =
            |reason: &'static str| book.act(move |tx, actor, today| hold::add(tx, actor, today, "C1", until, reason));
        assert_eq!(code(&hold(" ").expect_err("refused")), "missing");
        hold("funeral in the family").expect("held");
        assert_eq!(turn(book), "skipped hold");
        assert!(book.act(day::worklist).expect("a list").is_empty());
        book.on("2026-07-08");
        assert_eq!(turn(book), "reminder-1 1, holds ended 1");
    });
}

#[test]
fn a_plan_is_carried_out_as_it_was_looked_at_without_what_has_changed() {
    each_engine(|book| {
        one_overdue(book);
        book.customer("C2", "Keza Hotel");
        book.customer("C3", "Isano Clinic");
        book.issue("B", "C2", "700", "2026-06-01", "2026-06-30");
        book.issue("C", "C3", "300", "2026-06-01", "2026-06-30");
        book.on("2026-07-05");
        let plan = book.act(day::plan).expect("a plan");
        assert_eq!(plan.messages.len(), 3);
        book.receipt("P", Some("C2"), "700", "2026-07-05");
        book.apply("P", "B", None);
        promised(book, "C3", 300, "2026-07-20").expect("promised");
        let turned = book.act(move |tx, actor, _| day::carry_out(tx, actor, &plan)).expect("carried out");
        let reminders = turned.steps.iter().find(|s| s.step == "reminder-1").expect("reminders");
        assert_eq!((reminders.planned, reminders.done, reminders.skipped.get("changed")), (3, 1, Some(&2)));
        assert_eq!(drafts(book).len(), 1);
    });
}

#[test]
fn a_message_asks_for_exactly_the_invoices_it_names() {
    each_engine(|book| {
        one_overdue(book);
        book.issue("SOON", "C1", "500", "2026-06-20", "2026-07-08");
        book.on("2026-07-05");
        turn(book);
        let body = &drafts(book)[0].2;
        // What is only due soon waits while something is late.
        assert!(body.contains("RWF 1,000") && !body.contains("SOON"), "{body}");
    });
}

#[test]
fn the_worklist_gives_each_point_its_reason() {
    each_engine(|book| {
        one_overdue(book);
        book.customer("C2", "Keza Hotel");
        book.issue("B", "C2", "9000000", "2026-02-01", "2026-03-01");
        book.on("2026-07-05");
        let list = book.act(day::worklist).expect("a list");
        let codes: Vec<&str> = list.iter().map(|(_, a)| a.code.as_str()).collect();
        assert_eq!(codes, ["C2", "C1"]);
        for (_, account) in &list {
            assert_eq!(account.reasons.iter().map(|(_, points)| points).sum::<i32>(), account.points, "{account:?}");
        }
    });
}
