//! The day turn, promises, holds and the worklist, on both engines.

use ideni::actions::{contact_person, customer, day, hold, holiday, import, merge, outbox, promise, user, worklist};
use receivables::customer::contact;
use receivables::{Currency, Money};
use store::{Error, Sql};

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
    let listed = book.read(|tx, actor| outbox::waiting(tx, actor, 100));
    listed.into_iter().map(|m| (m.id.to_string(), m.step, m.body)).collect()
}

fn decide(book: &Book, id: &str, sent: bool) {
    let id = id.to_owned();
    book.act(move |tx, actor, _| outbox::decide(tx, actor, &id, sent)).expect("decided");
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
    book.read(promise::list).into_iter().map(|(p, _)| (p.state, p.kept)).collect()
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
        // 12 July is a Sunday: it may be paid on Monday.
        book.on("2026-07-13");
        turn(book);
        assert_eq!(states(book)[2], ("open".to_owned(), 0));
        book.on("2026-07-14");
        turn(book);
        assert_eq!(states(book)[2], ("broken".to_owned(), 0));
        // Paid on the very day of the promise, after the word was given: it counts.
        promised(book, "C1", 100, "2026-07-15").expect("promised");
        book.receipt("P2", Some("C1"), "100", "2026-07-14");
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
        book.issue("SOON", "C1", "500", "2026-06-01", "2026-07-08");
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
            assert_eq!(account.reasons.iter().map(|why| why.points).sum::<i32>(), account.points, "{account:?}");
        }
    });
}

/// Level, cycle and attempt of each step taken, in order.
fn steps_taken(book: &Book) -> Vec<(i64, String, i64)> {
    let text = "SELECT level, cycle, attempt FROM notice WHERE company = $1 ORDER BY on_day, document, attempt";
    let company = book.actor.company.id;
    book.read(|tx, _| {
        tx.all(Sql { lite: text, pg: text }, store::params![company], |row| {
            Ok((row.int(0)?, row.date(1)?.to_string(), row.int(2)?))
        })
    })
}

/// Takes an allocation back; its money pays another invoice, not due for long.
fn bounce(book: &Book, allocation: &str, receipt: &str) {
    assert_eq!(book.reverse(allocation), "done");
    book.issue(&format!("X-{receipt}"), "C1", "1000", "2026-06-01", "2026-12-31");
    assert_eq!(book.apply(receipt, &format!("X-{receipt}"), None), "done");
}

#[test]
fn a_payment_that_bounces_begins_a_new_cycle() {
    each_engine(|book| {
        one_overdue(book);
        for (day, step) in [("2026-07-05", "reminder-1 1"), ("2026-07-15", "reminder-2 1")] {
            book.on(day);
            assert_eq!(turn(book), step);
            decide(book, &drafts(book)[0].0, true);
        }
        // Part of it comes and goes back: it was overdue all the time.
        book.on("2026-07-16");
        book.receipt("P1", Some("C1"), "400", "2026-07-16");
        let part = book.allocate("P1", "A", None).expect("paid");
        bounce(book, &part.allocations[0].id, "P1");
        assert_eq!(turn(book), "skipped not-yet");
        // All of it comes, and bounces: the ladder begins again at its foot.
        book.on("2026-07-20");
        book.receipt("P2", Some("C1"), "1000", "2026-07-20");
        let paid = book.allocate("P2", "A", None).expect("paid");
        assert_eq!(turn(book), "");
        book.on("2026-07-25");
        bounce(book, &paid.allocations[0].id, "P2");
        assert_eq!(turn(book), "reminder-1 1");
        decide(book, &drafts(book)[0].0, false);
        book.on("2026-07-26");
        assert_eq!(turn(book), "reminder-1 1");
        decide(book, &drafts(book)[0].0, true);
        book.on("2026-08-02");
        assert_eq!(turn(book), "reminder-2 1");
        let taken = steps_taken(book);
        let taken: Vec<(i64, &str, i64)> = taken.iter().map(|(level, on, n)| (*level, on.as_str(), *n)).collect();
        assert_eq!(
            taken,
            [
                (1, "2026-07-01", 1),
                (2, "2026-07-01", 1),
                (1, "2026-07-25", 1),
                (1, "2026-07-25", 2),
                (2, "2026-07-25", 1)
            ]
        );
    });
}

#[test]
fn a_payment_that_bounces_on_the_day_of_a_step_begins_a_new_cycle_too() {
    each_engine(|book| {
        one_overdue(book);
        book.on("2026-07-05");
        assert_eq!(turn(book), "reminder-1 1");
        book.receipt("P", Some("C1"), "1000", "2026-07-05");
        let paid = book.allocate("P", "A", None).expect("paid");
        bounce(book, &paid.allocations[0].id, "P");
        // The draft of the old cycle asks for the same money: it is decided first.
        book.on("2026-07-12");
        assert_eq!(turn(book), "skipped draft-waiting");
        decide(book, &drafts(book)[0].0, true);
        book.on("2026-07-13");
        assert_eq!(turn(book), "reminder-1 1");
        assert_eq!(steps_taken(book)[1], (1, "2026-07-05".to_owned(), 1));
    });
}

#[test]
fn a_payment_that_bounces_before_the_due_day_changes_nothing() {
    each_engine(|book| {
        one_overdue(book);
        book.on("2026-06-28");
        assert_eq!(turn(book), "pre-due-note 1");
        decide(book, &drafts(book)[0].0, true);
        book.receipt("P", Some("C1"), "1000", "2026-06-28");
        let paid = book.allocate("P", "A", None).expect("paid");
        bounce(book, &paid.allocations[0].id, "P");
        book.on("2026-06-29");
        assert_eq!(turn(book), "skipped not-yet");
        book.on("2026-07-05");
        assert_eq!(turn(book), "reminder-1 1");
        assert_eq!(steps_taken(book)[1], (1, "2026-07-01".to_owned(), 1));
    });
}

#[test]
fn a_promise_for_a_holiday_is_judged_on_the_next_working_day() {
    each_engine(|book| {
        one_overdue(book);
        let last_days =
            || book.read(promise::list).into_iter().map(|(_, last_day)| last_day.to_string()).collect::<Vec<_>>();
        let (eid, moved) = ("2026-05-27".parse().expect("a day"), "2026-05-28".parse().expect("a day"));
        book.on("2026-05-20");
        // Eid al-Adha is forecast for the Wednesday.
        promised(book, "C1", 100, "2026-05-27").expect("promised");
        promised(book, "C1", 100, "2026-05-28").expect("promised");
        assert_eq!(last_days(), ["2026-05-28", "2026-05-28"]);
        // The moon is seen a day later than forecast.
        let add = move |on, name: &'static str| told(book.act(move |tx, actor, _| holiday::add(tx, actor, on, name)));
        let remove = |on| told(book.act(move |tx, actor, _| holiday::remove(tx, actor, on)));
        assert_eq!((add(eid, "Eid"), add(moved, " ")), ("exists".into(), "missing".into()));
        assert_eq!(remove(moved), "not-found");
        assert_eq!((remove(eid), remove(eid)), ("done".into(), "not-found".into()));
        assert_eq!(add(moved, "Eid al-Adha"), "done");
        assert_eq!(last_days(), ["2026-05-27", "2026-05-29"]);
        book.on("2026-05-28");
        turn(book);
        assert_eq!(states(book), [("broken".to_owned(), 0), ("open".to_owned(), 0)]);
        book.on("2026-05-29");
        book.receipt("P", Some("C1"), "100", "2026-05-29");
        turn(book);
        assert_eq!(states(book)[1], ("kept".to_owned(), 100));
        let year = book.read(|tx, actor| holiday::list(tx, actor, 2026));
        let of_may: Vec<String> = year
            .iter()
            .filter(|(on, _)| on.month() == 5)
            .map(|(on, day)| format!("{on} {} {}", day.names[1], day.own))
            .collect();
        assert_eq!(of_may, ["2026-05-01 Journée du Travail false", "2026-05-28 Eid al-Adha true"]);
        // Struck off and added again, and struck off again.
        assert_eq!((remove(moved), add(moved, "Eid"), remove(moved)), ("done".into(), "done".into(), "done".into()));
        let collector = book.act(move |tx, actor, _| {
            let collector = ideni::actions::Actor { roles: ideni::actions::Role::Collector.into(), ..actor.clone() };
            holiday::add(tx, &collector, eid, "Eid")
        });
        assert_eq!(told(collector), "not-allowed");
    });
}

#[test]
fn a_collector_sees_the_accounts_assigned_to_them() {
    each_engine(|book| {
        for code in ["C1", "C2", "C3"] {
            book.issue(code, code, "1000", "2026-06-01", "2026-06-30");
        }
        for user in ["aline", "bosco"] {
            book.act(move |tx, actor, _| user::add(tx, actor, user, user, "collector")).expect("a user");
        }
        let assign = |codes: &[&str], collector: Option<&'static str>| {
            let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
            book.act(move |tx, actor, _| customer::assign(tx, actor, &codes, collector))
        };
        assert_eq!(code(&assign(&["C1"], Some("nobody")).expect_err("refused")), "not-found");
        assert_eq!(code(&assign(&["C1", "C9"], Some("aline")).expect_err("refused")), "not-found");
        book.on("2026-07-05");
        let of_aline = || -> Vec<String> {
            let list = book.act(|tx, actor, today| day::worklist_of(tx, actor, today, "aline")).expect("a list");
            list.into_iter().map(|(_, account)| account.code).collect()
        };
        assert!(of_aline().is_empty(), "all of the codes or none");
        assert_eq!(assign(&["C1", "C3", "C1"], Some("aline")).expect("assigned"), 2);
        assert_eq!(assign(&["C2"], Some("bosco")).expect("assigned"), 1);
        assert_eq!(of_aline(), ["C1", "C3"]);
        turn(book);
        let aline = worklist::Filter::of(worklist::Whose::User("aline".into()));
        let (kept, more) = book.read(|tx, actor| worklist::list(tx, actor, book.today(), &aline, 0, 10));
        assert_eq!(kept.iter().map(|r| r.code.as_str()).collect::<Vec<_>>(), ["C1", "C3"]);
        assert_eq!((more, book.read(|tx, actor| worklist::count(tx, actor, book.today(), &aline))), (false, 2));
        assert_eq!(assign(&["C1"], None).expect("taken away"), 1);
        assert_eq!(assign(&["C1"], None).expect("said twice"), 0);
        assert_eq!(of_aline(), ["C3"]);
        // A file may say it too; what it leaves empty stays.
        let rows = book.import(import::What::Customers, "code,name,collector\nC2,C2,aline\nC3,C3,\nC1,C1,nobody\n");
        let told: Vec<_> = rows.iter().map(|r| format!("{:?}", r.status)).collect();
        assert_eq!(told, ["Updated", "Duplicate", "Refused"]);
        assert_eq!(of_aline(), ["C2", "C3"]);
        let unknown = book.act(|tx, actor, today| day::worklist_of(tx, actor, today, "nobody"));
        assert_eq!(code(&unknown.expect_err("refused")), "not-found");
    });
}

#[test]
fn a_draft_goes_nowhere_until_the_customer_or_somebody_there_can_be_reached() {
    each_engine(|book| {
        for code in ["C1", "C2", "C3"] {
            book.customer(code, code);
        }
        book.on("2026-06-01");
        for (number, customer) in [("A", "C1"), ("B", "C2"), ("D", "C3")] {
            book.issue(number, customer, "1000", "2026-06-01", "2026-06-30");
        }
        book.on("2026-07-05");
        assert_eq!(turn(book), "reminder-1 3");
        let nowhere = || {
            book.db.seal().expect("sealed");
            let count = book.read(|tx, actor| outbox::nowhere_count(tx, book.db.snapshots(), actor));
            let listed = book.read(|tx, actor| outbox::nowhere(tx, actor, None, 10));
            // One by one, page after page.
            let (mut walked, mut last) = (Vec::new(), None);
            while let Some(next) = book.read(|tx, actor| outbox::nowhere(tx, actor, last, 1)).pop() {
                last = Some(next.id);
                walked.push(next.customer);
            }
            for message in book.read(|tx, actor| outbox::waiting(tx, actor, 10)) {
                let to = book.read(|tx, actor| outbox::recipient(tx, actor, &message.customer));
                assert_eq!(to == outbox::Recipient::default(), walked.contains(&message.customer), "{message:?}");
            }
            assert_eq!((count, listed.len()), (i64::try_from(walked.len()).expect("few"), walked.len()));
            walked.sort();
            walked.concat()
        };
        assert_eq!(nowhere(), "C1C2C3");
        let keza = contact::Typed {
            name: "Keza".into(),
            role: "accounts-payable".into(),
            phone: "0788 123 456".into(),
            ..contact::Typed::default()
        };
        let made = book.act(move |tx, actor, _| contact_person::add(tx, actor, "C1", &keza, None)).expect("saved");
        assert_eq!(nowhere(), "C2C3");
        book.act(|tx, actor, _| merge::merge(tx, actor, "C1", "C2", "one shop", None)).expect("merged");
        assert_eq!(nowhere(), "C3", "the people of either can be asked");
        book.act(move |tx, actor, _| contact_person::end(tx, actor, &made.id, "wants no calls")).expect("ended");
        assert_eq!(nowhere(), "C1C2C3", "who asked to be left alone gets nothing");
    });
}
