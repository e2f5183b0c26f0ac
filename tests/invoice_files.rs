//! The files of papers that public buyers want with an invoice, on both engines: what is there and missing, the way to the treasury,
//! and what is due meanwhile.

use ideni::actions::certificate::{self, Said};
use ideni::actions::invoice_file::{self, Asked, State, Step};
use ideni::actions::report::By;
use ideni::actions::{Actor, Role, company, day, invoice, late_charge, paper, setting};
use ideni::jobs;
use receivables::Date;
use receivables::billing::invoice_file::TermFrom;
use serde_json::json;
use store::{Db, Sql};

use crate::billing::ours;
use crate::ebm::{PATIENCE, known};
use crate::support::{Book, Browser, code, each_engine, each_engine_really, ideni, json, small_book, told};

const ALL: &str = "contract,order,acceptance,clearance,ebm";

fn need(book: &Book, customer: &str, papers: Option<&str>, term: TermFrom, from: Option<&str>) -> String {
    let given = invoice_file::Given {
        customer: customer.into(),
        papers: papers.map(str::to_owned),
        term,
        from: from.map(|day| day.parse().expect("a date")),
    };
    told(book.act(move |tx, actor, today| invoice_file::need(tx, actor, today, &given, None)))
}

fn step(state: State) -> Step {
    Step { state, on: None, reference: String::new(), reason: String::new() }
}

fn say(book: &Book, number: &str, step: Step) -> String {
    let number = number.to_owned();
    told(book.act(move |tx, actor, today| invoice_file::say(tx, actor, today, &number, &step, None)))
}

fn file(book: &Book, record: &str, of: &str, kind: &str, until: Option<&str>) {
    let given = paper::Given {
        record: record.into(),
        of: of.into(),
        kind: kind.into(),
        name: format!("{kind}.pdf"),
        content: format!("%PDF-1.4 {kind} {of} {until:?}").into_bytes(),
        until: until.map(|day| day.parse().expect("a date")),
    };
    book.act(move |tx, actor, today| paper::add(tx, actor, today, &given, None)).expect("filed");
}

/// An invoice of ours of 1,180,000 to C1, issued on 1 May and due on the 31st, with the number of an order.
fn tender(book: &Book) -> String {
    book.on("2026-05-01");
    let mut given = book.given("", "C1", "1180000", "2026-05-01", "2026-05-31");
    (given.number, given.net, given.tax) = (None, Some(book.money("1000000")), Some(book.money("180000")));
    given.references = invoice::References::read(Some("PO-7"), None).expect("an order");
    book.post(given).expect("posted")
}

/// State, days in it, and what is missing of each file that is not settled.
fn files(book: &Book) -> Vec<(&'static str, i32, String)> {
    let on = book.today();
    let all = book.read(|tx, actor| invoice_file::list(tx, actor, on, &Asked::default()));
    all.into_iter().map(|one| (one.state, one.days, one.missing.text())).collect()
}

/// How many messages the day turn would write.
fn dunned(book: &Book) -> usize {
    book.act(day::plan).expect("a plan").messages.len()
}

/// How many files the page Today says are to be handed in.
fn to_hand_in(book: &Book) -> i64 {
    book.db.seal().expect("sealed");
    book.read(|tx, actor| invoice_file::count(tx, book.db.snapshots(), actor))
}

fn overdue(book: &Book, number: &str) -> bool {
    let asked = invoice::Asked { state: Some(store::reports::invoices::State::Overdue), ..Default::default() };
    let on = book.today();
    let page = book.read(|tx, actor| invoice::page(tx, actor, on, &asked, None, 50));
    page.rows.iter().any(|row| row.number == number)
}

/// What is open by bucket, of all customers.
fn aged(book: &Book) -> Vec<i64> {
    let as_of = book.today().to_string();
    let by_customer = book.ageing(By::Customer, &as_of).totals[0].1.open.clone();
    assert_eq!(book.ageing(By::Invoice, &as_of).totals[0].1.open, by_customer, "by invoice");
    by_customer
}

#[test]
fn vat_7_a_tender_is_filed_returned_approved_and_paid_with_its_certificates() {
    each_engine(|book| {
        book.customer("C1", "Ministry of Works");
        assert_eq!(need(book.on("2026-04-01"), "C1", None, TermFrom::Issue, None), "done");
        let number = tender(book);
        assert_eq!(files(book), [("not-handed-in", 0, "contract,acceptance,clearance".into())]);
        assert_eq!(to_hand_in(book), 1);
        // Long after its day nothing is due: it was not handed in.
        book.on("2026-06-10");
        assert_eq!((dunned(book), overdue(book, &number)), (0, false));
        assert_eq!(aged(book), [1_180_000, 0, 0, 0, 0]);
        assert_eq!(say(book, &number, step(State::HandedIn)), "papers-missing");
        file(book, "customer", "C1", "contract", None);
        file(book, "invoice", &number, "acceptance", None);
        file(book, "customer", "C1", "tax-clearance", Some("2026-06-20"));
        assert_eq!(say(book, &number, step(State::HandedIn)), "done");
        assert_eq!((dunned(book), overdue(book, &number)), (1, true), "it is due as it says");
        assert_eq!(to_hand_in(book), 0);
        assert_eq!(aged(book), [0, 1_180_000, 0, 0, 0]);
        book.on("2026-06-12");
        assert_eq!(say(book, &number, step(State::Stamped)), "done");
        assert_eq!(say(book, &number, step(State::Returned)), "missing", "a reason is needed");
        let returned = Step { reason: "the acceptance is not signed".into(), ..step(State::Returned) };
        assert_eq!(say(book, &number, returned), "done");
        assert_eq!((dunned(book), overdue(book, &number)), (0, false), "not while it is returned");
        assert_eq!(to_hand_in(book), 1);
        assert_eq!(aged(book), [1_180_000, 0, 0, 0, 0]);
        book.on("2026-06-15");
        assert_eq!(say(book, &number, Step { reference: "register 78".into(), ..step(State::HandedIn) }), "done");
        assert_eq!(dunned(book), 1);
        book.on("2026-06-18");
        assert_eq!(say(book, &number, step(State::Approved)), "done");
        assert_eq!(say(book, &number, step(State::WithTreasury)), "done");
        assert_eq!(files(book), [("with-treasury", 0, String::new())]);
        // Paid: what the ledger says.
        book.on("2026-06-25").receipt("R1", Some("C1"), "970000", "2026-06-25");
        assert_eq!(book.apply("R1", &number, None), "done");
        for kind in ["vat", "tender"] {
            let given = certificate::Given { invoice: number.clone(), kind: kind.into(), amount: None };
            let made = book.act(move |tx, actor, today| certificate::awaits(tx, actor, today, &given, None));
            let id = made.expect("awaited")[0].id.clone();
            let said = Said::OnFile { number: kind.into(), on: None };
            let done = book.act(move |tx, actor, today| certificate::say(tx, actor, today, &id, &said, None));
            assert_eq!(told(done), "done");
        }
        assert_eq!(book.open(&number), "0");
        assert_eq!(to_hand_in(book), 0);
        assert!(files(book).is_empty());
        let settled = Asked { state: Some(invoice_file::SETTLED.into()), ..Asked::default() };
        let on = book.today();
        assert_eq!(book.read(|tx, actor| invoice_file::list(tx, actor, on, &settled)).len(), 1);
        let (_, way) = book.read(|tx, actor| invoice_file::get(tx, actor, on, &number));
        let way: Vec<_> = way.iter().map(|one| (one.event.state.code(), one.event.on.to_string())).collect();
        let expected = [
            ("handed-in", "2026-06-10"),
            ("stamped", "2026-06-12"),
            ("returned", "2026-06-12"),
            ("handed-in", "2026-06-15"),
            ("approved", "2026-06-18"),
            ("with-treasury", "2026-06-18"),
        ];
        assert_eq!(way, expected.map(|(state, on)| (state, on.to_owned())));
        book.verify();
    });
}

#[test]
fn a_paper_is_found_where_it_is_and_a_clearance_ends() {
    each_engine(|book| {
        book.customer("C1", "Ministry of Works");
        book.customer("C2", "Ministry of Health");
        need(book.on("2026-04-01"), "C1", Some(ALL), TermFrom::Issue, None);
        let number = tender(book);
        let missing = |book: &Book| files(book)[0].2.clone();
        file(book, "customer", "C2", "contract", None);
        assert_eq!(missing(book), "contract,acceptance,clearance", "another's contract is none");
        file(book, "invoice", &number, "contract", None);
        file(book, "customer", "C1", "acceptance", None);
        assert_eq!(missing(book), "acceptance,clearance", "an acceptance is of one invoice");
        file(book, "invoice", &number, "acceptance", None);
        file(book, "customer", "C1", "tax-clearance", None);
        assert_eq!(missing(book), "clearance", "until when, nobody said");
        let id = book.read(|tx, actor| paper::of_record(tx, actor, "customer", "C1"))[0].id.to_string();
        let valid = |book: &Book, id: &str, until: &str| {
            let (id, until): (_, Date) = (id.to_owned(), until.parse().expect("a date"));
            told(book.act(move |tx, actor, _| paper::valid(tx, actor, &id, until, None)))
        };
        assert_eq!(valid(book, "0", "2026-05-20"), "not-found");
        assert_eq!(valid(book, &id, "2026-05-20"), "done");
        assert_eq!(missing(book), "");
        let ends = |book: &Book| {
            let on = book.today();
            book.read(|tx, actor| invoice_file::list(tx, actor, on, &Asked::default()))[0].ends_on
        };
        assert_eq!(ends(book.on("2026-05-05")), None);
        assert_eq!(ends(book.on("2026-05-06")), Some("2026-05-20".parse().expect("a date")));
        assert_eq!((missing(book.on("2026-05-21")), ends(book)), ("clearance".into(), None));
        assert_eq!(say(book, &number, step(State::HandedIn)), "papers-missing");
        // On a day on which it held.
        let before = Step { on: Some("2026-05-20".parse().expect("a date")), ..step(State::HandedIn) };
        assert_eq!(say(book, &number, before), "done");
        let back = Step { reason: "no stamp".into(), ..step(State::Returned) };
        assert_eq!(say(book, &number, back), "done");
        // The last word counts; and a reason hands it in without.
        assert_eq!(valid(book, &id, "2026-12-31"), "done");
        assert_eq!(missing(book), "");
        assert_eq!(valid(book, &id, "2026-05-01"), "done");
        let without = Step { reason: "they take it without".into(), ..step(State::HandedIn) };
        assert_eq!(say(book, &number, without), "done");
        let on = book.today();
        let (_, way) = book.read(|tx, actor| invoice_file::get(tx, actor, on, &number));
        assert_eq!(way.last().expect("a step").event.missing.text(), "clearance");
        book.verify();
    });
}

#[test]
fn the_receipt_of_the_tax_device_is_wanted_where_the_invoice_goes_to_one() {
    each_engine(|book| {
        book.customer("C1", "Ministry of Works");
        need(book.on("2026-06-01"), "C1", Some("ebm"), TermFrom::Issue, None);
        let before = book.post(ours(book, &["Rice;1;1000;B"])).expect("posted");
        assert_eq!(files(book), [("not-handed-in", 0, String::new())], "no device, no receipt");
        let _device = known(book);
        let number = book.post(ours(book, &["Rice;2;1000;B"])).expect("posted");
        let missing: Vec<_> = files(book).into_iter().map(|(.., missing)| missing).collect();
        assert_eq!(missing, ["", "ebm"]);
        assert_eq!(say(book, &number, step(State::HandedIn)), "papers-missing");
        book.tick(1_000_000);
        jobs::fiscal::send(&book.db, &book.actor, 100, PATIENCE).expect("sent");
        assert_eq!(say(book, &number, step(State::HandedIn)), "done");
        assert_eq!(say(book, &before, step(State::HandedIn)), "done");
        book.verify();
    });
}

#[test]
fn a_term_from_acceptance_moves_the_due_day_everywhere() {
    each_engine(|book| {
        book.customer("C1", "Ministry of Works");
        need(book.on("2026-04-01"), "C1", Some("order"), TermFrom::Acceptance, None);
        let number = tender(book);
        for (name, value) in [("late-fee", "5000"), ("late-interest", "12")] {
            let given = setting::Given {
                name: name.into(),
                value: value.into(),
                from: None,
                reason: "agreed".into(),
                was: None,
            };
            book.act(move |tx, actor, today| setting::set(tx, actor, today, &given, None)).expect("set");
        }
        let late = |book: &Book| {
            let planned = book.act(late_charge::plan).expect("a plan");
            planned.iter().map(|one| (one.item.late.due_on.to_string(), one.charge.days)).collect::<Vec<_>>()
        };
        book.on("2026-06-20");
        assert_eq!(say(book, &number, step(State::HandedIn)), "done");
        assert_eq!(
            (dunned(book), overdue(book, &number), late(book).len()),
            (0, false, 0),
            "not before it is approved"
        );
        assert_eq!(aged(book), [1_180_000, 0, 0, 0, 0]);
        let known_at = book.clock.now();
        assert_eq!(say(book, &number, step(State::Approved)), "done");
        // 50 days after its issue: due on 20 July instead of 31 May.
        assert_eq!(dunned(book.on("2026-07-17")), 1, "the note three days ahead");
        book.on("2026-07-20");
        assert_eq!((dunned(book), overdue(book, &number), late(book).len()), (0, false, 0));
        assert_eq!(aged(book), [1_180_000, 0, 0, 0, 0]);
        book.on("2026-07-22");
        assert!(overdue(book, &number));
        assert_eq!(aged(book), [0, 1_180_000, 0, 0, 0]);
        assert_eq!(late(book), [("2026-07-20".to_owned(), 2)]);
        let listed = book.act(day::worklist).expect("a worklist");
        let why: Vec<_> = listed[0].1.reasons.iter().flat_map(|why| why.args.clone()).collect();
        assert!(why.contains(&("days".to_owned(), "2".to_owned())), "{why:?}");
        book.on("2026-07-25");
        let told = book.act(day::plan).expect("a plan").messages[0].told[0].due_on;
        assert_eq!(Date::from_day_number(told), "2026-07-20".parse().expect("a date"));
        book.on("2026-07-22");
        // An answer once given stays: as known then, the day that the invoice says.
        let then = book.ageing_known(By::Customer, "2026-07-22", Some(known_at)).expect("an ageing");
        assert_eq!(then.totals[0].1.open, [0, 0, 1_180_000, 0, 0]);
        // Returned after all, and it is not due again.
        let back = Step { reason: "wrong budget line".into(), ..step(State::Returned) };
        assert_eq!(say(book, &number, back), "done");
        assert_eq!((dunned(book), late(book).len(), aged(book)), (0, 0, vec![1_180_000, 0, 0, 0, 0]));
        book.verify();
    });
}

#[test]
fn what_is_wanted_counts_from_a_day_and_may_stop() {
    each_engine(|book| {
        let number = tender(book);
        book.on("2026-05-10");
        let second =
            book.post(invoice::Given { number: None, ..book.given("", "C1", "500", "2026-05-10", "2026-05-20") });
        let second = second.expect("posted");
        book.on("2026-06-20");
        assert!(files(book).is_empty());
        assert_eq!(need(book, "C1", Some("order"), TermFrom::Issue, Some("2026-05-05")), "done");
        assert_eq!(files(book), [("not-handed-in", 41, "order".into())], "the older one is as it was");
        assert_eq!((overdue(book, &number), overdue(book, &second)), (true, false));
        let rows = "SELECT COUNT(*) FROM invoice_file_need WHERE company = $1";
        assert_eq!(need(book, "C1", Some("order"), TermFrom::Issue, Some("2026-05-05")), "done");
        assert_eq!(book.number(rows), 1, "said once");
        assert_eq!(need(book, "C1", Some("none"), TermFrom::Issue, Some("2026-05-05")), "done");
        assert!(files(book).is_empty() && overdue(book, &second));
        book.verify();
        // Steps of an invoice of which nobody wants anything.
        assert_eq!(say(book, &number, step(State::HandedIn)), "done");
        assert_eq!(files(book), [("handed-in", 0, String::new())]);
        assert!(overdue(book, &number));
        // Both again, from the beginning of the year.
        assert_eq!(need(book, "C1", Some("contract"), TermFrom::Acceptance, Some("2026-01-01")), "done");
        assert!(!overdue(book, &number) && overdue(book, &second), "the later word of 5 May stands");
        assert_eq!(need(book, "C9", Some("order"), TermFrom::Issue, None), "not-found");
        assert_eq!(need(book, "C1", Some("stamp"), TermFrom::Issue, None), "invalid");
        assert_eq!(need(book, "C1", Some(""), TermFrom::Issue, None), "missing");
        book.verify();
    });
}

#[test]
fn steps_that_do_not_follow_are_refused() {
    each_engine(|book| {
        book.customer("C1", "Ministry of Works");
        need(book.on("2026-04-01"), "C1", Some("order"), TermFrom::Issue, None);
        let number = tender(book);
        let on = |day: &str, state| Step { on: Some(day.parse().expect("a date")), ..step(state) };
        assert_eq!(say(book, &number, step(State::Stamped)), "invoice-file-is");
        assert_eq!(say(book, &number, step(State::WithTreasury)), "invoice-file-is");
        book.on("2026-05-10");
        assert_eq!(say(book, &number, on("2026-04-30", State::HandedIn)), "invalid", "before the invoice");
        assert_eq!(say(book, &number, on("2026-05-11", State::HandedIn)), "invalid", "in the future");
        assert_eq!(say(book, &number, on("2026-05-05", State::HandedIn)), "done");
        assert_eq!(say(book, &number, step(State::HandedIn)), "invoice-file-is", "once is enough");
        assert_eq!(say(book, &number, on("2026-05-04", State::Stamped)), "invalid", "before the step before it");
        assert_eq!(say(book, "NONE", step(State::HandedIn)), "not-found");
        book.credit("N-1", "C1", "100", "2026-05-10", None);
        assert_eq!(say(book, "N-1", step(State::HandedIn)), "not-found");
        let long = Step { reference: "x".repeat(201), ..step(State::Stamped) };
        assert_eq!(say(book, &number, long), "invalid-empty");
        assert_eq!(files(book), [("handed-in", 5, String::new())]);
        book.verify();
    });
}

#[test]
fn a_plan_drops_what_came_back_since() {
    each_engine(|book| {
        book.customer("C1", "Ministry of Works");
        need(book.on("2026-04-01"), "C1", Some("order"), TermFrom::Issue, None);
        let number = tender(book);
        book.on("2026-06-10");
        assert_eq!(say(book, &number, step(State::HandedIn)), "done");
        let plan = book.act(day::plan).expect("a plan");
        assert_eq!(plan.messages.len(), 1);
        let back = Step { reason: "a page is missing".into(), ..step(State::Returned) };
        assert_eq!(say(book, &number, back), "done");
        let turned = book.act(move |tx, actor, _| day::carry_out(tx, actor, &plan)).expect("turned");
        let changed: u64 = turned.steps.iter().filter_map(|step| step.skipped.get("changed")).sum();
        assert_eq!(changed, 1);
    });
}

#[test]
fn two_who_say_the_same_step_at_once_write_one() {
    each_engine_really(|book, place| {
        book.customer("C1", "Ministry of Works");
        need(book.on("2026-04-01"), "C1", Some("order"), TermFrom::Issue, None);
        let number = tender(book);
        let books: Vec<Book> = (0..4).map(|_| Book::reopen_real(place)).collect();
        let said: Vec<String> = std::thread::scope(|scope| {
            let each = |book: &Book| say(book.on("2026-05-03"), &number, step(State::HandedIn));
            let threads: Vec<_> = books.iter().map(|book| scope.spawn(move || each(book))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        assert_eq!(said.iter().filter(|told| *told == "done").count(), 1, "{said:?}");
        assert!(said.iter().all(|told| told == "done" || told == "invoice-file-is"), "{said:?}");
        assert_eq!(book.number("SELECT COUNT(*) FROM invoice_file_event WHERE company = $1"), 1);
    });
}

#[test]
fn rights_and_companies_keep_files_apart() {
    each_engine(|book| {
        book.customer("C1", "Ministry of Works");
        need(book.on("2026-04-01"), "C1", Some("order"), TermFrom::Issue, None);
        let number = tender(book);
        let as_role = |db: &Db, role: Role, state| {
            let actor = Actor { roles: role.into(), ..book.actor.clone() };
            let (number, today, step) = (number.clone(), book.today(), step(state));
            told(db.write(move |tx| invoice_file::say(tx, &actor, today, &number, &step, None)))
        };
        assert_eq!(as_role(&book.db, Role::Cashier, State::HandedIn), "not-allowed");
        assert_eq!(as_role(&book.db, Role::Auditor, State::HandedIn), "not-allowed");
        assert_eq!(as_role(&book.db, Role::Collector, State::HandedIn), "done");
        let new = company::NewCompany {
            name: "Musanze Shops Ltd".into(),
            code: None,
            tin: None,
            currency: book.actor.company.currency,
            country: "rw".into(),
            simulated: true,
        };
        let other = book.db.write(move |tx| company::init(tx, "eve", &new)).expect("a company");
        let (theirs, today) = (number.clone(), book.today());
        let said = book.db.write(move |tx| invoice_file::say(tx, &other, today, &theirs, &step(State::Stamped), None));
        assert_eq!(code(&said.expect_err("another company's")), "not-found");
        book.verify();
    });
}

#[test]
fn files_by_command_on_the_pages_and_through_reports() {
    let folder = small_book();
    let on = ["--today", "2026-10-20"];
    let run = |args: &[&str]| json(folder.path(), &[args, &on].concat());
    let does = |args: &[&str]| ideni(folder.path(), &[args, &on].concat()).status.success();
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    // What the customer wants, on its page.
    let page = "/customers/C1/edit";
    let mut form = browser.form(page, "/customers/C1/invoice-file").with(&[("term_from", "acceptance")]);
    form.fields.retain(|(name, _)| name != "papers");
    form.fields.extend([("papers".into(), "order".into()), ("papers".into(), "acceptance".into())]);
    let sent = browser.send(&form);
    assert_eq!(sent.status, 303, "{}", sent.text);
    let issued = ["invoice", "issue", "--customer", "C1", "--net", "1000", "--tax", "180"];
    let number = run(&issued)["rows"][0]["number"].as_str().expect("a number").to_owned();
    let listed = run(&["invoice-file", "list", "--customer", "C1", "--state", "not-handed-in"]);
    assert_eq!(listed["rows"][0]["missing_papers"], "order,acceptance");
    assert_eq!(listed["totals"]["RWF"]["not_handed_in"], "1180");
    assert!(!does(&["invoice-file", "say", &number, "handed-in"]), "papers are missing");
    let shown = browser.get("/invoice-files?state=not-handed-in&days=").text;
    assert!(shown.contains(&number) && shown.contains("acceptance"), "{shown}");
    assert!(!browser.get("/invoice-files?days=7").text.contains(&number));
    let here = format!("/invoices/{number}");
    let panel = browser.get(&here).text;
    assert!(panel.contains("order: missing") && panel.contains("not before the file goes on"), "{panel}");
    let refused = browser.submit(&here, &format!("{here}/file"), &[("state", "handed-in")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("lacks papers its buyer wants: order, acceptance"), "{}", refused.text);
    let with = [("state", "handed-in"), ("reference", "register 77"), ("reason", "they take it without")];
    let sent = browser.submit(&here, &format!("{here}/file"), &with);
    assert_eq!(sent.status, 303, "{}", sent.text);
    assert!(browser.get(&here).text.contains("register 77"));
    assert!(does(&["invoice-file", "say", &number, "stamped", "--reference", "S-1"]));
    assert!(does(&["invoice-file", "say", &number, "approved"]));
    let way = run(&["invoice-file", "show", &number]);
    let states: Vec<_> = way["rows"].as_array().expect("rows").iter().map(|row| &row["state"]).collect();
    assert_eq!(states, ["handed-in", "stamped", "approved"]);
    assert_eq!(
        (&way["rows"][0]["missing"], &way["totals"]["term_from"]),
        (&json!("order,acceptance"), &json!("acceptance"))
    );
    assert_eq!(run(&["report", "invoice-files"])["rows"][0]["stands"], "approved");
    let report = browser.get("/reports/invoice-files").text;
    assert!(report.contains(&number) && report.contains("order, acceptance"), "{report}");
    assert!(does(&["export", "invoice-files", "--to", "files.csv"]));
    assert!(does(&["invoice-file", "need", "C1", "none"]));
    assert!(does(&["verify"]));
}

#[test]
fn a_file_that_is_not_what_its_facts_give_is_found() {
    each_engine(|book| {
        book.customer("C1", "Ministry of Works");
        need(book.on("2026-04-01"), "C1", Some("order"), TermFrom::Acceptance, None);
        let number = tender(book);
        book.on("2026-05-21");
        assert_eq!(say(book, &number, step(State::HandedIn)), "done");
        assert_eq!(say(book, &number, step(State::Approved)), "done");
        book.verify();
        for (wrong, right, identity) in [
            (
                "state = 'with-treasury'",
                "state = 'approved'",
                "files of invoices stand where their last event left them",
            ),
            (
                "since_on = since_on - 1",
                "since_on = since_on + 1",
                "files of invoices stand where their last event left them",
            ),
            (
                "papers = ''",
                "papers = 'order'",
                "files of invoices want what their customer wanted on the day of the invoice",
            ),
            ("moved_days = 0", "moved_days = 20", "due days moved by files are those their events give"),
            ("moved_days = NULL", "moved_days = 20", "due days moved by files are those their events give"),
        ] {
            let write = |set: &str| {
                let text: &'static str = format!("UPDATE invoice_file SET {set}").leak();
                book.db.write(move |tx| tx.execute(Sql { lite: text, pg: text }, &[])).expect("written");
            };
            write(wrong);
            assert_eq!(book.broken().into_keys().collect::<Vec<_>>(), [identity], "{wrong}");
            write(right);
        }
        book.verify();
    });
}
