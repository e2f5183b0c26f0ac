//! Disputes: what a customer contests is not asked for, and stays in the books; on both engines.

use ideni::actions::report::By;
use ideni::actions::{Role, day, dispute, outbox};
use store::Error;

use crate::support::{Book, code, each_engine, told};

pub fn disputed(book: &Book, invoice: &str, amount: Option<i64>) -> Result<Vec<dispute::Made>, Error> {
    let given =
        dispute::Given { invoice: invoice.into(), amount, reason: "quality".into(), note: "two bags were wet".into() };
    book.act(move |tx, actor, today| dispute::add(tx, actor, today, &given, None))
}

fn one(book: &Book, invoice: &str, amount: Option<i64>) -> String {
    let made = disputed(book, invoice, amount).expect("a dispute");
    made.into_iter().map(|d| d.id).next().expect("one dispute")
}

fn end(book: &Book, id: &str, outcome: &'static str) -> String {
    let id = id.to_owned();
    told(book.act(move |tx, actor, today| dispute::end(tx, actor, today, &id, outcome, "")))
}

/// State and day of the end of each dispute.
fn states(book: &Book) -> Vec<String> {
    let all = book.read(dispute::list);
    all.iter().map(|d| d.ended.as_ref().map_or("open".into(), |(how, on)| format!("{how} {on}"))).collect()
}

/// What is in dispute of each instalment.
fn parts(book: &Book, number: &str) -> Vec<i64> {
    let (company, number) = (book.actor.company.id, number.to_owned());
    let items = book.act(move |tx, _, _| {
        let document = store::document::get(tx, company, &number)?;
        store::document::items_of(tx, company, document.id)
    });
    items.expect("instalments").iter().map(|i| i.disputed).collect()
}

fn drafts(book: &Book) -> Vec<(i64, String)> {
    book.read(|tx, actor| outbox::waiting(tx, actor, 100)).into_iter().map(|m| (m.amount, m.body)).collect()
}

fn overdue(book: &Book) {
    book.customer("C1", "Ineza Shop");
    book.on("2026-06-01");
    book.issue("A", "C1", "1000", "2026-06-01", "2026-06-30");
    book.issue("B", "C1", "500", "2026-06-01", "2026-06-30");
}

#[test]
fn a_dispute_holds_back_its_amount_and_nothing_else() {
    each_engine(|book| {
        overdue(book);
        book.on("2026-07-05");
        one(book, "A", Some(300));
        one(book, "B", None);
        assert_eq!((parts(book, "A"), parts(book, "B")), (vec![300], vec![500]));
        book.act(day::turn).expect("a day");
        let drafted = drafts(book);
        assert_eq!(drafted.len(), 1);
        assert_eq!(drafted[0].0, 700);
        assert!(drafted[0].1.contains(" A ") && !drafted[0].1.contains(" B"), "B is wholly in dispute: {drafted:?}");
        // It stays in the ageing, and costs the account points.
        let ageing = book.ageing(By::Customer, "2026-07-05");
        assert_eq!(ageing.totals[0].1.total().expect("a total"), 1500);
        let list = book.act(day::worklist).expect("a list");
        let disputed = list[0].1.reasons.iter().find(|why| why.code == "disputed").expect("a reason");
        assert_eq!(disputed.args, [("share_bps".to_owned(), "5333".to_owned())]);
    });
}

#[test]
fn a_dispute_ends_once_and_its_amount_is_asked_for_again() {
    each_engine(|book| {
        overdue(book);
        book.on("2026-07-05");
        let id = one(book, "A", Some(300));
        assert_eq!(end(book, &id, "settled"), "invalid", "nobody says settled");
        assert_eq!(end(book, "nothing", "rejected"), "not-found");
        book.on("2026-07-06");
        assert_eq!(end(book, &id, "rejected"), "done");
        assert_eq!(end(book, &id, "accepted"), "dispute-ended");
        assert_eq!((parts(book, "A"), states(book)), (vec![0], vec!["rejected 2026-07-06".to_owned()]));
        book.act(day::turn).expect("a day");
        assert_eq!(drafts(book)[0].0, 1500);
    });
}

#[test]
fn no_more_than_what_is_open_is_in_dispute() {
    each_engine(|book| {
        overdue(book);
        let refused = |amount| code(&disputed(book, "A", amount).expect_err("refused"));
        assert_eq!(refused(Some(1001)), "exceeds-undisputed");
        assert_eq!(refused(Some(0)), "not-positive");
        one(book, "A", Some(600));
        assert_eq!(refused(Some(401)), "exceeds-undisputed");
        one(book, "A", Some(400));
        assert_eq!(refused(None), "exceeds-undisputed");
        assert_eq!(code(&disputed(book, "NONE", None).expect_err("refused")), "not-found");
        book.credit("N", "C1", "50", "2026-06-01", None);
        assert_eq!(code(&disputed(book, "N", None).expect_err("refused")), "sign-mismatch");
        let mut given = dispute::Given { invoice: "B".into(), amount: None, reason: "x".into(), note: String::new() };
        let unknown = given.clone();
        let said = book.act(move |tx, actor, today| dispute::add(tx, actor, today, &unknown, None));
        assert_eq!(code(&said.expect_err("refused")), "invalid");
        // Cash people do not record disputes.
        given.reason = "price".into();
        let said = book.act(move |tx, actor, today| {
            let clerk = ideni::actions::Actor { roles: Role::Cashier.into(), ..actor.clone() };
            dispute::add(tx, &clerk, today, &given, None)
        });
        assert_eq!(code(&said.expect_err("refused")), "not-allowed");
    });
}

#[test]
fn a_dispute_is_spread_over_instalments_the_oldest_first() {
    each_engine(|book| {
        book.on("2026-06-01");
        book.issue_in_parts("A", "C1", "300", "2026-06-01", &[("2026-07-31", 1), ("2026-06-30", 1), ("2026-08-31", 1)]);
        let made = disputed(book, "A", Some(150)).expect("disputes");
        let shares: Vec<(i32, &str)> = made.iter().map(|d| (d.instalment, d.amount.as_str())).collect();
        assert_eq!(shares, [(2, "100"), (1, "50")]);
        assert_eq!(parts(book, "A"), [50, 100, 0]);
    });
}

#[test]
fn payments_take_the_undisputed_part_first_and_settle_what_they_close() {
    each_engine(|book| {
        overdue(book);
        one(book, "A", Some(300));
        book.on("2026-07-01");
        book.receipt("P1", Some("C1"), "800", "2026-07-01");
        let paid = book.allocate("P1", "A", Some("800")).expect("paid");
        assert_eq!((parts(book, "A"), states(book)), (vec![200], vec!["open".to_owned()]), "200 open, all disputed");
        // Taken back, the whole amount is in dispute again.
        book.on("2026-07-02");
        assert_eq!(book.reverse(&paid.allocations[0].id), "done");
        assert_eq!(parts(book, "A"), [300]);
        book.apply("P1", "A", Some("800"));
        book.on("2026-07-03");
        book.receipt("P2", Some("C1"), "200", "2026-07-03");
        let rest = book.allocate("P2", "A", None).expect("paid");
        assert_eq!((parts(book, "A"), states(book)), (vec![0], vec!["settled 2026-07-03".to_owned()]));
        // The payment bounces: what was settled stays ended, and may be disputed anew.
        book.on("2026-07-04");
        assert_eq!(book.reverse(&rest.allocations[0].id), "done");
        assert_eq!(parts(book, "A"), [0]);
        one(book, "A", None);
        assert_eq!(parts(book, "A"), [200]);
        book.write_off("A", None).expect("written off");
        assert_eq!(states(book)[1], "settled 2026-07-04");
        // A credit note closes what it accepts, also in bulk.
        one(book, "B", None);
        book.credit("N", "C1", "500", "2026-07-04", Some("B"));
        assert_eq!((parts(book, "B"), states(book)[2].as_str()), (vec![0], "settled 2026-07-04"));
    });
}

#[test]
fn a_plan_drops_a_message_whose_invoice_was_disputed_since() {
    each_engine(|book| {
        overdue(book);
        book.on("2026-07-05");
        let plan = book.act(day::plan).expect("a plan");
        one(book, "A", Some(300));
        let turned = book.act(move |tx, actor, _| day::carry_out(tx, actor, &plan)).expect("carried out");
        let reminders = turned.steps.iter().find(|s| s.step == "reminder-1").expect("reminders");
        assert_eq!((reminders.done, reminders.skipped.get("changed")), (0, Some(&1)));
    });
}

#[test]
fn a_projection_bent_by_hand_is_found() {
    each_engine(|book| {
        overdue(book);
        one(book, "A", Some(300));
        for (text, identity) in [
            ("UPDATE open_item SET disputed = 299 WHERE disputed = 300", "amounts in dispute equal the open disputes"),
            ("UPDATE dispute SET state = 'rejected'", "disputes equal their rebuilding"),
        ] {
            let found = book.db.write(move |tx| {
                tx.execute(store::Sql { lite: text, pg: text }, &[])?;
                let company = store::company::list(tx)?[0].id;
                let all = store::verify::all(tx, company)?;
                let broken: Vec<&str> = all.iter().filter(|c| !c.broken.is_empty()).map(|c| c.identity).collect();
                Err::<(), _>(Error::Failed(broken.join(", ")))
            });
            assert!(found.expect_err("rolled back").to_string().contains(identity), "{text}");
        }
    });
}
