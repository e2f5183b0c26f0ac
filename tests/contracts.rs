//! Recurring contracts on both engines: what is due is billed once, whoever runs it and however often.

use ideni::actions::contract::{self, Billed, Change, Given, Planned, Which};
use ideni::actions::invoice::GivenLine;
use ideni::actions::setting;
use receivables::billing::contract::{Anchor, When};
use receivables::billing::line::{Discount, Prices};
use receivables::billing::terms::Terms;

use crate::support::{Book, Browser, each_engine, each_engine_really, ideni, json, small_book, told};

pub fn rent(code: &str, customer: &str, starts_on: &str) -> Given {
    Given {
        code: code.into(),
        name: "Shop 7".into(),
        customer: customer.into(),
        currency: receivables::Currency::RWF,
        starts_on: starts_on.parse().expect("a day"),
        months: 1,
        anchor: Anchor::Calendar,
        when: When::Advance,
        prices: Prices::Net,
        terms: None,
        payable: None,
        lines: vec![GivenLine {
            description: "Rent".into(),
            quantity: "1".parse().unwrap(),
            unit: None,
            unit_price: "310000".parse().unwrap(),
            discount: Discount::NONE,
            tax_class: "B".into(),
            item: None,
        }],
    }
}

fn add(book: &Book, given: Given) -> String {
    told(book.act(move |tx, actor, _| contract::add(tx, actor, &given, None)))
}

fn run(book: &Book, which: Which) -> Vec<(String, String, String)> {
    let billed = book.act(move |tx, actor, today| contract::run(tx, actor, today, &which, None)).expect("a run");
    billed.into_iter().map(|Billed { contract, from, total, .. }| (contract, from, total)).collect()
}

fn all(book: &Book) -> Vec<(String, String, String)> {
    run(book, Which::default())
}

fn bill(code: &str, from: &str, total: &str) -> (String, String, String) {
    (code.to_owned(), from.to_owned(), total.to_owned())
}

fn change(book: &Book, no: i32, price: &str, from: &str) -> String {
    let change = Change {
        contract: "R-1".into(),
        no,
        unit_price: Some(price.parse().unwrap()),
        quantity: None,
        from_on: from.parse().unwrap(),
        reason: "indexation".into(),
    };
    told(book.act(move |tx, actor, _| contract::change(tx, actor, &change, None)))
}

fn end(book: &Book, on: &str) -> String {
    let on = on.parse().unwrap();
    told(book.act(move |tx, actor, _| contract::end(tx, actor, "R-1", on, "moved out", None)))
}

#[test]
fn each_period_is_billed_once_and_in_proportion_to_its_days() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        book.on("2026-01-10");
        assert_eq!(add(book, rent("R-1", "C1", "2026-01-22")), "done");
        assert_eq!(add(book, rent("R-1", "C1", "2026-01-22")), "exists");
        assert_eq!(all(book), []);
        book.on("2026-02-01");
        // 10 of 31 days: 100,000 and 18 %; then the whole of February.
        assert_eq!(all(book), [bill("R-1", "2026-01-22", "118000"), bill("R-1", "2026-02-01", "365800")]);
        assert_eq!(all(book), [], "the same day again");
        let documents = book.documents();
        assert_eq!(documents.iter().map(|d| d.number.as_str()).collect::<Vec<_>>(), ["INV-000001", "INV-000002"]);
        let line =
            "SELECT COUNT(*) FROM document_line WHERE company = $1 AND description LIKE 'Rent, 22 %2026 to 31 %2026'";
        assert_eq!(book.number(line), 1);
    });
}

#[test]
fn a_price_changes_from_a_day_on_and_a_contract_ends_within_a_period() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        book.on("2026-06-01");
        let mut given = rent("R-1", "C1", "2026-06-01");
        (given.lines[0].unit_price, given.terms) = ("300000".parse().unwrap(), Some(Terms::read("10").unwrap()));
        assert_eq!(add(book, given), "done");
        assert_eq!(all(book), [bill("R-1", "2026-06-01", "354000")]);
        assert_eq!(change(book, 1, "330000", "2026-06-16"), "period-billed");
        assert_eq!(change(book, 9, "330000", "2026-07-16"), "not-found");
        let nothing = Change {
            contract: "R-1".into(),
            no: 1,
            unit_price: None,
            quantity: None,
            from_on: "2026-08-01".parse().unwrap(),
            reason: "none".into(),
        };
        assert_eq!(told(book.act(move |tx, actor, _| contract::change(tx, actor, &nothing, None))), "missing");
        assert_eq!(change(book, 1, "610000", "2026-07-17"), "done");
        assert_eq!(change(book, 1, "1", "2026-08-17"), "not-found", "the old line has ended");
        // July: 16 days at 300,000 and 15 at 610,000, of 31: 154,838.71 and 295,161.29.
        let planned: Vec<(i64, Option<i64>)> = book
            .on("2026-07-01")
            .read(|tx, actor| contract::plan(tx, actor, "2026-07-01".parse().unwrap(), None))
            .into_iter()
            .map(|Planned { net, before, .. }| (net.minor, before))
            .collect();
        assert_eq!(planned, [(450_000, Some(300_000))]);
        assert_eq!(all(book), [bill("R-1", "2026-07-01", "531000")]);
        assert_eq!(end(book, "2026-07-20"), "period-billed");
        assert_eq!(end(book, "2026-08-10"), "done");
        assert_eq!(end(book, "2026-09-10"), "exists");
        book.on("2026-12-01");
        // 10 of 31 days at 610,000: 196,774.19.
        assert_eq!(all(book), [bill("R-1", "2026-08-01", "232193")]);
        assert_eq!(all(book), []);
    });
}

#[test]
fn a_customer_who_would_get_too_many_documents_waits_for_a_person() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        book.customer("C2", "Musanze Shop");
        let two = setting::Given {
            name: "documents-a-day".into(),
            value: "2".into(),
            from: None,
            reason: "small town".into(),
            was: None,
        };
        book.act(move |tx, actor, today| setting::set(tx, actor, today, &two, None)).expect("set");
        book.on("2026-04-01");
        assert_eq!(add(book, rent("R-1", "C1", "2026-01-01")), "done");
        assert_eq!(add(book, rent("R-2", "C2", "2026-04-01")), "done");
        let billed = all(book);
        assert_eq!(billed.len(), 3, "{billed:?}");
        let parked = book.read(|tx, actor| contract::plan(tx, actor, "2026-04-01".parse().unwrap(), None));
        assert_eq!(parked.iter().map(|one| one.is_parked).collect::<Vec<_>>(), [true, true]);
        assert_eq!(all(book), []);
        assert_eq!(run(book, Which { contract: Some("R-1".into()), parked: true }).len(), 2);
        assert_eq!(book.documents().len(), 5);
    });
}

#[test]
fn a_contract_that_cannot_be_billed_is_refused() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        let refused = |change: &dyn Fn(&mut Given)| {
            let mut given = rent("R-1", "C1", "2026-01-01");
            change(&mut given);
            add(book, given)
        };
        assert_eq!(refused(&|given| given.months = 5), "invalid");
        assert_eq!(refused(&|given| given.lines.clear()), "missing");
        assert_eq!(refused(&|given| given.code = " ".into()), "missing");
        assert_eq!(refused(&|given| given.customer = "NOBODY".into()), "not-found");
        assert_eq!(refused(&|given| given.lines[0].tax_class = "Z".into()), "invalid");
        assert_eq!(refused(&|given| given.terms = Some(Terms::read("2/10; 30; tax mixed").unwrap())), "invalid");
        assert!(book.read(contract::list).is_empty());
        assert_eq!(add(book, rent("R-1", "C1", "2026-01-01")), "done");
        assert_eq!(end(book, "2025-12-31"), "invalid");
    });
}

/// Eight people press the button at once: every period is billed once, the numbers have no gap.
#[test]
fn many_runs_at_once_bill_each_period_once() {
    each_engine_really(|book, _| {
        book.customer("C1", "Kigali Foods");
        let today = book.clock.now().date_in("Africa/Kigali").expect("a day");
        for n in 0..6 {
            let starts_on = today.first_of_month().plus_months(-2).to_string();
            assert_eq!(add(book, rent(&format!("R-{n}"), "C1", &starts_on)), "done");
        }
        let ready = std::sync::Barrier::new(8);
        let billed: usize = std::thread::scope(|scope| {
            let runs: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        ready.wait();
                        let actor = book.actor.clone();
                        let which = Which { contract: None, parked: true };
                        book.db.write(move |tx| contract::run(tx, &actor, today, &which, None)).expect("a run").len()
                    })
                })
                .collect();
            runs.into_iter().map(|run| run.join().expect("no panic")).sum()
        });
        assert_eq!(billed, 18);
        let last = "SELECT last FROM number_series WHERE company = $1 AND series = 'INV'";
        assert_eq!((book.number(last), book.documents().len()), (18, 18));
        book.verify();
    });
}

#[test]
fn contracts_by_command() {
    let folder = small_book();
    let at = folder.path();
    let add = ["contract", "add", "R-1", "--customer", "C1", "--starts-on", "2026-01-15", "--line", "Rent;1;310000;B"];
    assert!(ideni(at, &add).status.success());
    let on = ["--today", "2026-02-01"];
    let plan = json(at, &[&["contract", "plan"], &on[..]].concat());
    assert_eq!((&plan["rows"][0]["net"], &plan["rows"][1]["difference"]), (&"170000".into(), &"140000".into()));
    let billed = json(at, &[&["contract", "run"], &on[..]].concat());
    assert_eq!(billed["rows"].as_array().unwrap().len(), 2);
    assert_eq!(json(at, &[&["contract", "run"], &on[..]].concat())["rows"].as_array().unwrap().len(), 0);
    let change =
        ["contract", "change", "R-1", "--line", "1", "--price", "350000", "--from", "2026-03-01", "--reason", "index"];
    assert!(ideni(at, &change).status.success());
    assert!(ideni(at, &["contract", "end", "R-1", "--on", "2026-12-31", "--reason", "moved"]).status.success());
    let listed = json(at, &["contract", "list"]);
    assert_eq!(
        (&listed["rows"][0]["last_on"], &listed["rows"][0]["ends_on"]),
        (&"2026-02-28".into(), &"2026-12-31".into())
    );
}

#[test]
fn what_is_due_is_billed_from_its_page() {
    let folder = small_book();
    let at = folder.path();
    let started =
        ["contract", "add", "R-1", "--customer", "C1", "--starts-on", "2026-01-15", "--line", "Rent;1;310000;B"];
    assert!(ideni(at, &started).status.success());
    assert!(ideni(at, &["setting", "set", "late-fee", "5000", "--today", "2026-08-01"]).status.success());
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let page = browser.get("/billing").text;
    assert!(page.contains("R-1") && page.contains("A-1"), "{page}");
    assert_eq!(browser.submit("/billing", "/billing/contracts", &[]).status, 303);
    assert_eq!(browser.submit("/billing", "/billing/late-charges", &[]).status, 303);
    let after = browser.get("/billing").text;
    assert!(!after.contains("/billing/contracts\"") && !after.contains("/billing/late-charges\""), "{after}");
    let listed = json(at, &["invoice", "list"]);
    let series: Vec<&str> =
        listed["rows"].as_array().unwrap().iter().map(|row| row["series"].as_str().unwrap()).collect();
    assert!(series.iter().filter(|series| **series == "INV").count() >= 10);
    assert_eq!(series.iter().filter(|series| **series == "LC").count(), 2);
}

#[test]
fn a_rent_in_dollars_is_billed_in_francs_at_its_own_rate_or_that_of_the_day() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        book.rate("2026-06-01", "USD", "1450.5");
        book.on("2026-06-15");
        let in_dollars = |code: &str, rate: &str| {
            let mut given = rent(code, "C1", "2026-06-01");
            given.currency = receivables::Currency::USD;
            given.payable = Some(contract::payable(rate).expect("a rate"));
            given.lines[0].unit_price = "250.10".parse().unwrap();
            given.lines[0].discount = Discount::Amount("10".parse().unwrap());
            given
        };
        assert_eq!(add(book, in_dollars("D-1", "1400")), "done");
        assert_eq!(add(book, in_dollars("D-2", "day")), "done");
        let billed =
            book.act(|tx, actor, today| contract::run(tx, actor, today, &Which::default(), None)).expect("a run");
        let billed: Vec<_> =
            billed.iter().map(|one| (one.contract.as_str(), one.total.as_str(), one.currency.as_str())).collect();
        // 240.10 at 1,400 is 336,140, and at 1,450.50 it is 348,265.05; 18 % on both.
        assert_eq!(billed, [("D-1", "396645", "RWF"), ("D-2", "410953", "RWF")]);
        let line = book.read(|tx, actor| ideni::actions::invoice::show(tx, actor, "INV-000001", None)).invoice.lines[0]
            .clone();
        assert_eq!(line.description, "Rent, 1 June 2026 to 30 June 2026, USD 250.1 at USD 1 = RWF 1400");
        let own = Given { currency: receivables::Currency::RWF, ..in_dollars("D-3", "1400") };
        assert_eq!(add(book, own), "invalid");
        for wrong in ["0", "-1", "abc", ""] {
            assert!(contract::payable(wrong).is_err(), "{wrong}");
        }
        book.verify();
    });
}

/// The bank has no rate for one of them: the others are billed, and the plan says what that one waits for.
#[test]
fn a_contract_without_a_rate_holds_itself_back_and_no_other() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        book.on("2026-06-15");
        let pounds = |code: &str, payable: Option<&str>| {
            let mut given = rent(code, "C1", "2026-06-01");
            given.currency = "GBP".parse().expect("a currency");
            given.payable = payable.map(|rate| contract::payable(rate).expect("a rate"));
            given
        };
        assert_eq!(add(book, pounds("G-1", None)), "done");
        assert_eq!(add(book, pounds("G-2", Some("day"))), "done");
        assert_eq!(add(book, pounds("G-3", Some("1900"))), "done");
        assert_eq!(add(book, rent("R-1", "C1", "2026-06-01")), "done");
        let plan = book.read(|tx, actor| contract::plan(tx, actor, book.today(), None));
        let held: Vec<_> =
            plan.iter().map(|one| (one.contract.as_str(), one.held.as_ref().map(|why| why.code()))).collect();
        assert_eq!(held, [("G-1", Some("no-rate")), ("G-2", Some("no-rate")), ("G-3", None), ("R-1", None)]);
        let billed: Vec<String> = all(book).into_iter().map(|(code, ..)| code).collect();
        assert_eq!(billed, ["G-3", "R-1"]);
        book.rate("2026-06-01", "GBP", "1900");
        let billed: Vec<String> = all(book).into_iter().map(|(code, ..)| code).collect();
        assert_eq!(billed, ["G-1", "G-2"]);
        book.verify();
    });
}
