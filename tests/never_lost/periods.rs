//! Closed days stay as they were told.

use super::two_times::answer;
use crate::support::{each_engine, told};

#[test]
fn a_late_fact_posts_on_the_first_open_day_and_keeps_its_own_date() {
    each_engine(|book| {
        book.issue("F-1", "C1", "1000", "2026-02-01", "2026-03-01");
        assert_eq!(book.close_to("2026-03-31"), "done");
        let closed = answer(book, "2026-03-31", None);
        book.issue("F-2", "C1", "500", "2026-03-15", "2026-04-15");
        book.receipt("R1", Some("C1"), "700", "2026-03-20");
        let given = ideni::actions::allocation::Given {
            source: "R1".into(),
            invoice: "F-1".into(),
            amount: None,
            paid: None,
            on: Some("2026-03-20".parse().unwrap()),
            discount: Default::default(),
        };
        let made = book.act(move |tx, actor, today| ideni::actions::allocation::add(tx, actor, today, &given, None));
        assert_eq!(told(made), "done");
        book.credit("N-1", "C1", "10", "2026-03-01", Some("F-2"));
        assert_eq!(answer(book, "2026-03-31", None), closed, "nothing moved in the closed days");
        let early = "SELECT COUNT(*) FROM entry WHERE company = $1 AND posted_on < 20544";
        assert_eq!(book.number(early), 1, "20544 is 1 April 2026; only F-1 lies before it");
        let d = book.document("F-2");
        assert_eq!((d.issued_on.to_string().as_str(), d.due_on.to_string().as_str()), ("2026-03-15", "2026-04-15"));
    });
}

#[test]
fn what_may_be_closed_and_reopened() {
    each_engine(|book| {
        book.on("2026-04-10");
        assert_eq!(book.close_to("2026-04-11"), "invalid", "after today");
        assert_eq!(book.close_to("2026-03-31"), "done");
        assert_eq!(book.close_to("2026-03-31"), "invalid", "twice");
        assert_eq!(book.close_to("2026-02-28"), "invalid", "earlier than closed");
        assert_eq!(book.reopen_to("2026-03-31"), "invalid", "nothing to reopen");
        assert_eq!(book.reopen_to("2026-02-28"), "done");
        book.issue("F-1", "C1", "1000", "2026-03-05", "2026-04-04");
        let posted = "SELECT posted_on FROM document WHERE company = $1";
        assert_eq!(book.number(posted), 20_517, "in the reopened days: 5 March 2026");
        assert_eq!(book.close_to("2026-03-31"), "done");
        let told =
            book.read(|tx, actor| store::reports::audit::list(tx, actor.company.id, &Default::default(), None, 10));
        let reopened = told.iter().find(|l| l.verb == "period reopen").expect("in the audit log");
        assert_eq!(
            (reopened.subject.as_str(), reopened.cause.as_deref()),
            ("2026-02-28", Some("found a late invoice"))
        );
    });
}

#[test]
fn a_reversal_in_closed_days_posts_after_them() {
    each_engine(|book| {
        book.on("2026-03-20");
        book.issue("F-1", "C1", "1000", "2026-02-01", "2026-03-01");
        book.receipt("R1", Some("C1"), "700", "2026-03-10");
        let made = book.allocate("R1", "F-1", None).expect("applied");
        book.close_to("2026-03-20");
        let closed = answer(book, "2026-03-20", None);
        assert_eq!(book.reverse(&made.allocations[0].id), "done");
        assert_eq!(answer(book, "2026-03-20", None), closed);
        assert_eq!(book.open("F-1"), "1000");
    });
}

/// Two programs' clocks differ by a few seconds: what was posted before the close stays before it.
#[test]
fn a_close_is_later_than_everything_before_it() {
    each_engine(|book| {
        book.issue("F-1", "C1", "1000", "2026-02-01", "2026-03-01");
        book.tick(-4_000_000);
        assert_eq!(book.close_to("2026-03-31"), "done");
        assert!(book.broken().is_empty(), "{:?}", book.broken());
        book.tick(10_000_000);
    });
}

/// What an action remembers of the last closed day is forgotten when the action itself moves it.
#[test]
fn an_action_that_closes_days_sees_them_closed() {
    each_engine(|book| {
        let (company, day): (i64, receivables::Date) = (book.actor.company.id, "2026-01-31".parse().expect("a date"));
        let told = book.db.write(move |tx| {
            tx.begin_action(company)?;
            let before = store::period::closed_to(tx, company)?;
            store::period::save(tx, company, day)?;
            let after = (store::period::closed_to(tx, company)?, store::period::posting_day(tx, company, day)?);
            assert_eq!((before, after), (None, (Some(day), day.plus_days(1))));
            Err::<(), _>(store::Error::RolledBack)
        });
        assert!(matches!(told, Err(store::Error::RolledBack)), "{told:?}");
    });
}
