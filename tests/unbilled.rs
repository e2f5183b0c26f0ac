//! Work that is not billed yet, on both engines: billed together and once, or given up.

use ideni::actions::contract;
use ideni::actions::invoice::References;
use ideni::actions::listing::Listing;
use ideni::actions::paper;
use ideni::actions::unbilled::{self, Given, Which};
use ideni::words::Language;

use crate::contracts::rent;
use crate::support::{Book, Browser, each_engine, each_engine_really, ideni, json, small_book, told};

fn work(customer: &str, what: &str, done_on: &str) -> Given {
    Given {
        customer: customer.into(),
        currency: receivables::Currency::RWF,
        description: what.into(),
        quantity: "3.5".parse().unwrap(),
        unit: Some("h".into()),
        unit_price: Some("12001".parse().unwrap()),
        tax_class: "B".into(),
        item: None,
        done_on: done_on.parse().unwrap(),
        proof: "job card 118".into(),
    }
}

fn add(book: &Book, given: Given) -> String {
    match book.act(move |tx, actor, today| unbilled::add(tx, actor, today, &given, None)) {
        Ok(id) => id,
        refused => told(refused),
    }
}

fn bill(book: &Book, customer: &str, only: &[&str]) -> String {
    let which = Which {
        customer: customer.into(),
        only: only.iter().map(|id| (*id).to_owned()).collect(),
        currency: receivables::Currency::RWF,
        references: References::default(),
    };
    match book.act(move |tx, actor, today| unbilled::bill(tx, actor, today, &which, None)) {
        Ok(posted) => posted.number,
        refused => told(refused),
    }
}

#[test]
fn work_is_billed_together_and_once() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        book.customer("C2", "Musanze Shop");
        book.on("2026-06-30");
        let gate = add(book, work("C1", "Repair of the gate", "2026-06-01"));
        let roof = add(book, work("C1", "Repair of the roof", "2026-04-20"));
        let other = add(book, work("C2", "Cleaning", "2026-06-30"));
        assert_eq!(bill(book, "C1", &[&other]), "not-found", "another customer's");
        assert_eq!(bill(book, "C1", &["no id"]), "not-found");
        assert_eq!(bill(book, "C1", &[&gate]), "INV-000001");
        assert_eq!(bill(book, "C1", &[&gate]), "unbilled-ended");
        assert_eq!(bill(book, "C1", &[&roof, &gate]), "unbilled-ended", "all or nothing");
        let given_up = book.act({
            let id = other.clone();
            move |tx, actor, today| unbilled::give_up(tx, actor, today, &id, "under guarantee", None)
        });
        assert_eq!(told(given_up), "done");
        assert_eq!(bill(book, "C2", &[]), "nothing-unbilled");
        assert_eq!(bill(book, "C1", &[]), "INV-000002");
        assert_eq!(bill(book, "C1", &[]), "nothing-unbilled");
        let document = book.read(|tx, actor| ideni::actions::invoice::show(tx, actor, "INV-000001", None));
        let line = &document.invoice.lines[0];
        assert_eq!(line.description, "Repair of the gate, 1 June 2026 (job card 118)");
        // 3.5 × 12,001 is 42,003.50.
        assert_eq!(line.net, 42_004);
        book.verify();
    });
}

#[test]
fn work_that_cannot_be_billed_is_refused() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        book.on("2026-06-30");
        let refused = |change: &dyn Fn(&mut Given)| {
            let mut given = work("C1", "Repair", "2026-06-01");
            change(&mut given);
            add(book, given)
        };
        assert_eq!(refused(&|given| given.customer = "NOBODY".into()), "not-found");
        assert_eq!(refused(&|given| given.proof = " ".into()), "missing");
        assert_eq!(refused(&|given| given.description = " ".into()), "missing");
        assert_eq!(refused(&|given| given.unit_price = None), "missing");
        assert_eq!(refused(&|given| given.unit_price = Some("-1".parse().unwrap())), "invalid");
        assert_eq!(refused(&|given| given.quantity = "-1".parse().unwrap()), "invalid");
        assert_eq!(refused(&|given| given.tax_class = "💧".into()), "invalid");
        assert_eq!(refused(&|given| given.done_on = "2026-07-01".parse().unwrap()), "invalid");
        assert_eq!(refused(&|given| given.item = Some("NONE".into())), "not-found");
        assert!(book.read(|tx, actor| unbilled::list(tx, actor, None)).is_empty());
    });
}

fn file(book: &Book, work: &str, name: &str) -> String {
    let given = paper::Given {
        record: "work".into(),
        of: work.into(),
        kind: "delivery-note".into(),
        name: name.into(),
        content: format!("%PDF-1.4 {name}").into_bytes(),
        until: None,
    };
    told(book.act(move |tx, actor, today| paper::add(tx, actor, today, &given, None)))
}

/// The names of the papers of a record.
fn papers(book: &Book, kind: &str, name: &str) -> Vec<String> {
    book.read(|tx, actor| paper::of_record(tx, actor, kind, name)).into_iter().map(|one| one.name).collect()
}

#[test]
fn what_proves_work_is_filed_with_it_and_stands_with_the_invoice_that_bills_it() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        book.on("2026-06-30");
        let gate = add(book, work("C1", "Repair of the gate", "2026-06-01"));
        let roof = add(book, work("C1", "Repair of the roof", "2026-04-20"));
        for (of, name, expected) in [
            (gate.as_str(), "gate.pdf", "done"),
            (&gate, "photo.pdf", "done"),
            (&roof, "roof.pdf", "done"),
            ("no id", "none.pdf", "not-found"),
            ("01890000-0000-7000-8000-000000000000", "none.pdf", "not-found"),
        ] {
            assert_eq!(file(book, of, name), expected, "{name}");
        }
        let counts: Vec<i64> =
            book.read(|tx, actor| unbilled::list(tx, actor, None)).iter().map(|one| one.papers).collect();
        assert_eq!(counts, [1, 2], "the roof is older");
        assert_eq!(bill(book, "C1", &[&gate]), "INV-000001");
        assert_eq!(papers(book, "invoice", "INV-000001"), ["photo.pdf", "gate.pdf"]);
        assert_eq!(papers(book, "work", &roof), ["roof.pdf"]);
        assert_eq!(papers(book, "customer", "C1").len(), 3);
        assert_eq!(bill(book, "C1", &[]), "INV-000002");
        assert_eq!(papers(book, "invoice", "INV-000002"), ["roof.pdf"]);
        book.verify();
    });
}

#[test]
fn papers_of_work_by_command_and_on_the_page_of_its_invoice() {
    let folder = small_book();
    let at = folder.path();
    std::fs::write(at.join("card.pdf"), b"%PDF-1.4 job card 118").expect("a file");
    let add = ["unbilled", "add", "C1", "--description", "Repair", "--price", "1000", "--tax-class", "B"];
    let added = json(at, &[&add[..], &["--proof", "job card 118"]].concat());
    let id = added["rows"][0]["id"].as_str().expect("an id").to_owned();
    let filed = json(at, &["paper", "add", "work", &id, "card.pdf", "--kind", "delivery-note"]);
    let paper = filed["rows"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(json(at, &["unbilled", "list"])["rows"][0]["papers"], 1);
    assert_eq!(json(at, &["report", "unbilled"])["rows"][0]["papers"], 1);
    let billed = json(at, &["unbilled", "bill", "C1"]);
    let number = billed["rows"][0]["number"].as_str().expect("a number").to_owned();
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let page = browser.get(&format!("/invoices/{number}")).text;
    assert!(page.contains("card.pdf") && page.contains("work that was done"), "{page}");
    assert_eq!(browser.get(&format!("/papers/{paper}")).status, 200);
}

/// Rows of the report: customer, kind, days, bucket, amount.
fn report(book: &Book) -> Vec<String> {
    let listing = Listing::Unbilled { on: book.today(), customer: None };
    let first = book.read(|tx, actor| listing.first(tx, actor, Language::En, 100));
    let text = |row: &[serde_json::Value], at: usize| ideni::actions::listing::plain(&row[at]);
    first.rows.iter().map(|row| [0, 2, 6, 7, 9].map(|at| text(row, at)).join(" ")).collect()
}

#[test]
fn the_report_has_all_that_is_not_billed_by_customer_and_age() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        book.customer("C2", "Musanze Shop");
        book.on("2026-06-30");
        add(book, work("C2", "Cleaning", "2026-06-30"));
        add(book, work("C1", "Repair of the roof", "2026-04-20"));
        let given = rent("R-1", "C1", "2026-06-01");
        assert_eq!(told(book.act(move |tx, actor, _| contract::add(tx, actor, &given, None))), "done");
        let expected = ["C1 work 71 d61_90 42004", "C1 period 29 d1_30 310000", "C2 work 0 current 42004"];
        assert_eq!(report(book), expected);
        let which = contract::Which::default();
        let run = book.act(move |tx, actor, today| contract::run(tx, actor, today, &which, None));
        assert_eq!(run.expect("a run").len(), 1);
        assert_eq!(bill(book, "C2", &[]), "INV-000002");
        assert_eq!(report(book), ["C1 work 71 d61_90 42004"]);
    });
}

/// Eight people bill the same customer at once: one invoice has all of it.
#[test]
fn many_bills_at_once_take_each_work_once() {
    each_engine_really(|book, _| {
        book.customer("C1", "Kigali Foods");
        let today = book.clock.now().date_in("Africa/Kigali").expect("a day");
        for n in 0..5 {
            let given = work("C1", &format!("Job {n}"), &today.to_string());
            let added = book.act(move |tx, actor, _| unbilled::add(tx, actor, today, &given, None));
            assert_eq!(told(added), "done");
        }
        let ready = std::sync::Barrier::new(8);
        let billed: usize = std::thread::scope(|scope| {
            let runs: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        ready.wait();
                        let actor = book.actor.clone();
                        let which = Which {
                            customer: "C1".into(),
                            only: Vec::new(),
                            currency: receivables::Currency::RWF,
                            references: References::default(),
                        };
                        let done = book.db.write(move |tx| unbilled::bill(tx, &actor, today, &which, None));
                        usize::from(done.is_ok())
                    })
                })
                .collect();
            runs.into_iter().map(|run| run.join().expect("no panic")).sum()
        });
        assert_eq!((billed, book.documents().len()), (1, 1));
        assert_eq!(book.number("SELECT COUNT(*) FROM unbilled_end WHERE company = $1"), 5);
        book.verify();
    });
}

#[test]
fn work_by_command() {
    let folder = small_book();
    let at = folder.path();
    let on = ["--today", "2026-10-20"];
    let add = ["unbilled", "add", "C1", "--description", "Repair", "--quantity", "2", "--price", "5000"];
    let more = ["--tax-class", "B", "--on", "2026-10-14", "--proof", "job card 118"];
    let added = json(at, &[&add[..], &more, &on].concat());
    let id = added["rows"][0]["id"].as_str().unwrap().to_owned();
    let listed = json(at, &[&["unbilled", "list"][..], &on].concat());
    assert_eq!((&listed["rows"][0]["days"], &listed["rows"][0]["bucket"]), (&6.into(), &"d1_30".into()));
    assert_eq!(json(at, &[&["report", "unbilled"][..], &on].concat())["totals"]["RWF"]["total"], "10000");
    let billed = json(at, &[&["unbilled", "bill", "C1", "--only", &id][..], &on].concat());
    assert_eq!(billed["rows"][0]["number"], "INV-000001");
    assert!(!ideni(at, &[&["unbilled", "bill", "C1"][..], &on].concat()).status.success());
    assert!(ideni(at, &["verify"]).status.success());
}
