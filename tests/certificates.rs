//! Tax that customers withhold, on both engines: awaited, on file, claimed, refused; never underpaid.

use ideni::actions::certificate::{self, Given, Said};
use ideni::actions::{day, invoice};
use receivables::ledger::Account;
use store::certificate::Certificate;

use crate::support::{Book, Browser, each_engine, ideni, json, small_book, told};

fn awaits(book: &Book, invoice: &str, kind: &str, amount: Option<i64>) -> Result<String, String> {
    let given = Given { invoice: invoice.into(), kind: kind.into(), amount };
    let made = book.act(move |tx, actor, today| certificate::awaits(tx, actor, today, &given, None));
    made.map(|made| made[0].id.clone()).map_err(|error| crate::support::code(&error))
}

fn say(book: &Book, id: &str, said: Said) -> String {
    let id = id.to_owned();
    told(book.act(move |tx, actor, today| certificate::say(tx, actor, today, &id, &said, None)))
}

fn on_file(number: &str) -> Said {
    Said::OnFile { number: number.into(), on: None }
}

fn refused(reason: &str) -> Said {
    Said::Refused { reason: reason.into() }
}

fn states(book: &Book) -> Vec<(String, &'static str, i64)> {
    let all = book.read(|tx, actor| certificate::page(tx, actor, None, receivables::Id::from_bytes([0; 16]), 100));
    all.into_iter().map(|c: Certificate| (c.kind, c.state.code(), c.amount)).collect()
}

/// The tender of `vat.md` §7: 1,000,000 and 180,000 of tax.
fn tender(book: &Book) -> String {
    book.on("2026-05-01");
    let mut given = book.given("", "C1", "1180000", "2026-05-01", "2026-05-31");
    (given.number, given.net, given.tax) = (None, Some(book.money("1000000")), Some(book.money("180000")));
    book.post(given).expect("posted")
}

/// What stands in *overdue* of the customer, and whether the day turn would write about the invoice.
fn dunned(book: &Book) -> bool {
    !book.act(day::plan).expect("a plan").messages.is_empty()
}

#[test]
fn vat_7_a_tender_is_settled_by_cash_and_two_certificates_and_is_never_underpaid() {
    each_engine(|book| {
        let number = tender(book);
        book.on("2026-06-05").receipt("R1", Some("C1"), "970000", "2026-06-05");
        assert_eq!(book.apply("R1", &number, None), "done");
        assert_eq!(book.open(&number), "210000");
        assert!(dunned(book), "short without a word about why");
        let vat = awaits(book, &number, "vat", None).expect("awaited");
        let plan = book.act(day::plan).expect("a plan");
        assert_eq!(plan.messages.iter().map(|m| m.amount).collect::<Vec<_>>(), [30_000], "the rest is overdue");
        let income = awaits(book, &number, "tender", None).expect("awaited");
        assert_eq!(states(book), [("vat".into(), "awaited", 180_000), ("tender".into(), "awaited", 30_000)]);
        assert!(!dunned(book), "what is awaited is not overdue");
        assert_eq!(book.open(&number), "210000", "it stays open");
        assert_eq!(awaits(book, &number, "vat", Some(1)), Err("exceeds-open".into()));
        // The papers come one after the other.
        assert_eq!(say(book, &vat, on_file("RRA/WHT/77")), "done");
        assert_eq!((book.open(&number), book.base_of(Account::VAT_WITHHELD)), ("30000".into(), 180_000));
        assert_eq!(say(book, &income, on_file("RRA/WHT/78")), "done");
        assert_eq!((book.open(&number), book.base_of(Account::TAX_WITHHELD)), ("0".into(), 30_000));
        for wrong in ["2026-13", "2026-Q5", "🙂", "June"] {
            assert_eq!(say(book, &vat, Said::Claimed { period: wrong.into() }), "invalid", "{wrong}");
        }
        assert_eq!(say(book, &vat, Said::Claimed { period: "2027-01".into() }), "after-today");
        assert_eq!(say(book, &vat, Said::Claimed { period: "2026-06".into() }), "done");
        assert_eq!(states(book), [("vat".into(), "claimed", 180_000), ("tender".into(), "on-file", 30_000)]);
        assert_eq!(book.base_of(Account::RECEIVABLES), 0);
    });
}

#[test]
fn a_certificate_that_is_refused_is_owed_again() {
    each_engine(|book| {
        let number = tender(book);
        let vat = awaits(book, &number, "vat", None).expect("awaited");
        assert_eq!(say(book, &vat, Said::Claimed { period: "2026-05".into() }), "certificate-is");
        assert_eq!(say(book, &vat, on_file(" ")), "missing");
        let tomorrow = Said::OnFile { number: "77".into(), on: Some(book.today().plus_days(1)) };
        assert_eq!(say(book, &vat, tomorrow), "after-today");
        assert_eq!(say(book, &vat, on_file("77")), "done");
        assert_eq!(say(book, &vat, on_file("77")), "certificate-is", "once is enough");
        assert_eq!(book.open(&number), "1000000");
        // What it settled is taken back by refusing the paper, not behind its back.
        let shown = {
            let number = number.clone();
            book.read(move |tx, actor| invoice::show(tx, actor, &number, None))
        };
        assert_eq!(book.reverse(&shown.invoice.movements[0].id.to_string()), "of-certificate");
        assert_eq!(say(book, &vat, refused("not in the register")), "done");
        assert_eq!((book.open(&number), book.base_of(Account::VAT_WITHHELD)), ("1180000".into(), 0));
        // One that never came.
        let again = awaits(book, &number, "vat", Some(100_000)).expect("awaited");
        assert_eq!(say(book, &again, refused("they paid the tax to nobody")), "done");
        assert_eq!(states(book), [("vat".into(), "refused", 180_000), ("vat".into(), "refused", 100_000)]);
        assert!(dunned(book.on("2026-06-20")));
    });
}

#[test]
fn what_is_paid_in_money_after_all_awaits_nothing() {
    each_engine(|book| {
        let number = tender(book);
        awaits(book, &number, "vat", None).expect("awaited");
        let awaited = "SELECT CAST(SUM(awaited) AS BIGINT) FROM open_item WHERE company = $1";
        assert_eq!(book.number(awaited), 180_000);
        book.on("2026-06-05").receipt("R1", Some("C1"), "1180000", "2026-06-05");
        assert_eq!(book.apply("R1", &number, Some("1080000")), "done");
        assert_eq!(book.number(awaited), 100_000, "no more than is open");
        assert_eq!(book.apply("R1", &number, None), "done");
        assert_eq!((book.number(awaited), states(book)), (0, vec![("vat".into(), "settled", 180_000)]));
    });
}

#[test]
fn what_cannot_be_withheld_is_refused() {
    each_engine(|book| {
        let number = tender(book);
        assert_eq!(awaits(book, &number, "customs", None), Err("invalid".into()));
        assert_eq!(awaits(book, "NONE", "vat", None), Err("not-found".into()));
        assert_eq!(awaits(book, &number, "vat", Some(0)), Err("not-positive".into()));
        book.credit("N-1", "C1", "100", "2026-05-01", None);
        assert_eq!(awaits(book, "N-1", "vat", Some(10)), Err("sign-mismatch".into()));
        assert_eq!(say(book, "0", on_file("1")), "not-found");
        assert!(states(book).is_empty());
    });
}

#[test]
fn certificates_by_command_and_on_the_page() {
    let folder = small_book();
    let run = |args: &[&str]| json(folder.path(), args);
    let issued = ["invoice", "issue", "--customer", "C1", "--net", "1000000", "--tax", "180000"];
    let number = run(&issued)["rows"][0]["number"].as_str().unwrap().to_owned();
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let page = format!("/invoices/{number}");
    let sent = browser.submit(&page, &format!("{page}/certificates"), &[("kind", "vat")]);
    assert_eq!(sent.status, 303, "{}", sent.text);
    let listed = run(&["certificate", "list"]);
    assert_eq!(listed["rows"][0]["amount"], "180000");
    assert_eq!(listed["totals"]["RWF"]["awaited"], "180000");
    let id = listed["rows"][0]["id"].as_str().unwrap().to_owned();
    let here = format!("{page}/certificates/{id}");
    let press = |said: &str| {
        let mut form = browser.form(&page, &here).with(&[("said", said)]);
        form.fields.push(("do".into(), "file".into()));
        browser.send(&form)
    };
    let refused = press("");
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert_eq!(press("RRA 77").status, 303);
    assert!(browser.get(&page).text.contains("RRA 77"));
    let say = |args: &[&str]| ideni(folder.path(), &[&["certificate"], args].concat()).status.success();
    assert!(say(&["claim", &id, "--period", "2026-06"]));
    assert_eq!(run(&["certificate", "list", "--customer", "C1"])["rows"][0]["state"], "claimed");
    assert!(!say(&["claim", &id, "--period", "2026-06"]), "claimed once");
    assert!(say(&["refuse", &id, "--reason", "not accepted"]));
    let report = browser.get("/reports/certificates");
    assert!(report.text.contains(&number), "{}", report.text);
}

#[test]
fn the_ageing_tells_what_is_awaited_as_of_a_day_and_by_invoice() {
    use ideni::actions::report::By;

    each_engine(|book| {
        book.on("2026-06-01");
        book.issue("A-1", "C1", "1000", "2026-06-01", "2026-06-10");
        book.issue("A-2", "C2", "700", "2026-06-01", "2026-06-10");
        book.on("2026-06-05");
        let id = awaits(book, "A-1", "tender", Some(30)).expect("awaited");
        let told = |by: By, as_of: &str| {
            let found = book.ageing(by, as_of);
            let rows: Vec<_> = found.rows.iter().map(|row| (row.key.clone(), row.aged.awaited)).collect();
            (rows, found.totals[0].1.awaited, found.totals[0].1.total().expect("a total"))
        };
        let rows = |first: (&str, i64), second: (&str, i64)| {
            vec![(first.0.to_owned(), first.1), (second.0.to_owned(), second.1)]
        };
        assert_eq!(told(By::Customer, "2026-06-05"), (rows(("C1", 30), ("C2", 0)), 30, 1_700));
        assert_eq!(told(By::Invoice, "2026-06-20"), (rows(("A-1", 30), ("A-2", 0)), 30, 1_700));
        assert_eq!(told(By::Currency, "2026-06-20"), (vec![("RWF".to_owned(), 30)], 30, 1_700));
        assert_eq!(told(By::Customer, "2026-06-04"), (rows(("C1", 0), ("C2", 0)), 0, 1_700));
        book.on("2026-06-15");
        assert_eq!(say(book, &id, on_file("W-1")), "done");
        assert_eq!(told(By::Customer, "2026-06-15"), (rows(("C1", 0), ("C2", 0)), 0, 1_670));
        assert_eq!(told(By::Customer, "2026-06-14"), (rows(("C1", 30), ("C2", 0)), 30, 1_700));
        // No more is awaited than is open.
        awaits(book, "A-2", "tender", Some(21)).expect("awaited");
        book.receipt("R1", Some("C2"), "690", "2026-06-15");
        assert_eq!(book.apply("R1", "A-2", None), "done");
        assert_eq!(told(By::Customer, "2026-06-15").0, rows(("C1", 0), ("C2", 10)));
        book.verify();
    });
}
