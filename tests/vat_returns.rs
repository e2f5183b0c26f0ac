//! Returns of the tax on what was sold, on both engines: boxes, annexes, what is filed stays, and the three-way proof.

use std::time::Duration;

use ideni::actions::certificate::{self, Said};
use ideni::actions::credit_note::{self, How};
use ideni::actions::fiscal::{self, GivenDevice};
use ideni::actions::listing::{Listing, OfPeriod, plain};
use ideni::actions::{Actor, company, vat_return};
use ideni::jobs;
use ideni::words::Language;
use receivables::billing::terms::Terms;
use receivables::billing::vat_return::Period;
use serde_json::Value;

use crate::billing::{line, ours};
use crate::support::{Book, Browser, Fate, TaxDevice, each_engine, ideni, json, places, small_book, told};

fn period(text: &str) -> Period {
    Period::read(text).expect("a period")
}

/// The rows of a report as a person reads them, and its totals in the company's currency.
fn report(book: &Book, told: OfPeriod, of: &str) -> (Vec<String>, Value) {
    report_of(book, &book.actor, told, of)
}

fn report_of(book: &Book, actor: &Actor, told: OfPeriod, of: &str) -> (Vec<String>, Value) {
    let listing = Listing::Vat { told, period: period(of) };
    let mut rows = Vec::new();
    let totals = book.db.read(|tx| {
        listing.each(tx, actor, Language::En, &mut |row| {
            assert_eq!(row.len(), listing.columns().len());
            rows.push(row.iter().map(plain).collect::<Vec<_>>().join(" | "));
            Ok(())
        })
    });
    (rows, totals.expect("totals")["RWF"].clone())
}

/// The amounts of the boxes in the order of the form.
fn boxes(book: &Book, of: &str) -> Vec<(String, String)> {
    let (rows, _) = report(book, OfPeriod::Return, of);
    let cell = |row: &str, at: usize| row.split(" | ").nth(at).unwrap_or_default().to_owned();
    rows.iter().map(|row| (cell(row, 2), cell(row, 5))).filter(|(_, amount)| amount != "0").collect()
}

fn named<const N: usize>(boxes: [(&str, &str); N]) -> Vec<(String, String)> {
    boxes.map(|(figure, amount)| (figure.to_owned(), amount.to_owned())).into()
}

/// Posts an invoice of ours on a day, which is today then.
fn sell(book: &Book, on: &str, lines: &[&str]) -> String {
    book.on(on);
    dated(book, on, lines)
}

fn dated(book: &Book, on: &str, lines: &[&str]) -> String {
    let mut given = ours(book, lines);
    given.issued_on = on.parse().expect("a day");
    given.due_on = Some(given.issued_on);
    book.post(given).expect("posted")
}

fn credit(book: &Book, number: &str, how: How) -> String {
    let given = credit_note::Given {
        invoice: number.to_owned(),
        reason: "damaged".into(),
        explanation: "wet, delivery note 17".into(),
        how,
    };
    let posted = book.act(move |tx, actor, today| credit_note::post_or_ask(tx, actor, today, &given, None));
    match posted.expect("credited") {
        ideni::actions::approval::Asked::Done(posted) => posted.number,
        ideni::actions::approval::Asked::Waits { id } => panic!("{id} waits"),
    }
}

fn file(book: &Book, of: &str, reference: &str) -> String {
    let (of, reference) = (period(of), reference.to_owned());
    told(book.act(move |tx, actor, today| vat_return::file(tx, actor, today, &of, &reference, None)))
}

/// A net of 10,000 and 1,800 of tax, made elsewhere, without lines.
fn elsewhere(book: &Book, number: &str, on: &str) {
    let mut given = book.given(number, "C1", "11800", on, on);
    (given.net, given.tax) = (Some(book.money("10000")), Some(book.money("1800")));
    book.post(given).expect("posted");
}

#[test]
fn the_boxes_of_a_month_part_what_was_sold_by_how_it_is_taxed() {
    each_engine(|book| {
        book.rate("2026-01-01", "USD", "1450");
        sell(book, "2026-05-31", &["Rice;1;1000;B"]);
        let number =
            sell(book, "2026-06-01", &["Rice 25 kg;10;30000;B", "Books;3;4000;A", "Coffee;1;2500;C", "Gift;1;700;D"]);
        book.on("2026-06-30");
        elsewhere(book, "E-1", "2026-06-30");
        let mut abroad = book.given("", "C2", "0 USD", "2026-06-15", "2026-06-30");
        (abroad.number, abroad.total, abroad.lines) = (None, None, vec![line("Advice;1;100;B")]);
        book.post(abroad).expect("posted");
        let note = credit(book, &number, How::Lines(vec![(1, Some(1.into()))]));
        sell(book, "2026-07-01", &["Rice;1;1000;B"]);
        let june = named([
            ("sales", "440200"),
            ("exempt", "12000"),
            ("zero-rated", "2500"),
            ("taxable", "415000"),
            ("outside", "700"),
            ("unclassed", "10000"),
            ("output-tax", "76500"),
        ]);
        assert_eq!(boxes(book, "2026-06"), june);
        let (rows, totals) = report(book, OfPeriod::Return, "2026-06");
        assert_eq!(rows[0], "2026-06 | 5 | sales | Total of sales, without VAT | RWF | 440200 | vat-sales | ");
        assert_eq!(rows[3], "2026-06 | 20 | exports | Exports | RWF | 0 | vat-sales | ");
        assert_eq!((rows.len(), &totals["documents"], &totals["late_documents"]), (11, &"4".into(), &"0".into()));
        let (annex, totals) = report(book, OfPeriod::Sales, "2026-06");
        let expected = [
            format!(
                "999999999 | C1 | Rice 25 kg (+3) | {number} | 01/06/2026 | 315200 | 12000 | 2500 | 0 | 300000 | 54000"
            ),
            "999999999 | C2 | Advice | INV-000003 | 15/06/2026 | 145000 | 0 | 0 | 0 | 145000 | 26100".into(),
            format!("999999999 | C1 | Rice 25 kg | {note} | 30/06/2026 | -30000 | 0 | 0 | 0 | -30000 | -5400"),
            "999999999 | C1 | – | E-1 | 30/06/2026 | 10000 | 0 | 0 | 0 | 0 | 1800".into(),
        ];
        assert_eq!(annex, expected);
        assert_eq!((&totals["total_without_vat"], &totals["vat"]), (&"440200".into(), &"76500".into()));
        // The quarter is its three months; what lies on the other side of an edge is there.
        assert_eq!(boxes(book, "2026-Q2")[0], ("sales".into(), "441200".into()));
        assert_eq!(boxes(book, "2026-05"), named([("sales", "1000"), ("taxable", "1000"), ("output-tax", "180")]));
        assert_eq!(boxes(book, "2026-07"), named([("sales", "1000"), ("taxable", "1000"), ("output-tax", "180")]));
        assert_eq!(boxes(book, "2026-08"), []);
    });
}

#[test]
fn a_filed_return_stays_and_what_comes_later_falls_into_the_next() {
    each_engine(|book| {
        let first = sell(book, "2026-06-10", &["Rice;1;1000;B"]);
        book.on("2026-06-30");
        assert_eq!(file(book, "2026-06", "D-1"), "vat-period-open");
        assert_eq!(file(book, "2026-Q2", "D-1"), "vat-period-open");
        book.on("2026-07-10");
        assert_eq!(file(book, "2026-06", " "), "missing");
        assert_eq!(file(book, "2026-06", "D-1"), "done");
        for again in ["2026-06", "2026-Q2"] {
            assert_eq!(file(book, again, "D-2"), "vat-return-filed", "{again}");
        }
        let filed = book.read(vat_return::filed);
        assert_eq!(
            filed.iter().map(|one| (one.period.to_string(), one.reference.as_str())).collect::<Vec<_>>(),
            [("2026-06".into(), "D-1")]
        );
        let before = (report(book, OfPeriod::Return, "2026-06"), report(book, OfPeriod::Sales, "2026-06"));
        // A customer's name, a late document and a credit note change nothing of it.
        book.act(|tx, actor, today| {
            let new = ideni::actions::customer::Given {
                code: "C1".into(),
                name: Some("Umurava Ltd".into()),
                tin: Some("100000009".into()),
                ..Default::default()
            };
            ideni::actions::customer::save(tx, actor, today, &new)
        })
        .expect("saved");
        dated(book, "2026-06-20", &["Beans;1;2000;B"]);
        credit(book, &first, How::Whole);
        assert_eq!((report(book, OfPeriod::Return, "2026-06"), report(book, OfPeriod::Sales, "2026-06")), before);
        let (july, totals) = report(book, OfPeriod::Sales, "2026-07");
        assert_eq!(july.len(), 2);
        assert!(july[0].starts_with("100000009 | Umurava Ltd | Beans | INV-000002 | 20/06/2026 | 2000"), "{july:?}");
        assert_eq!((&totals["late_documents"], &totals["vat"]), (&"1".into(), &"180".into()));
        let (rows, _) = report(book, OfPeriod::Return, "2026-07");
        assert!(rows[0].ends_with("| One document is dated in a return that was filed without it."), "{}", rows[0]);
        let (ties, _) = report(book, OfPeriod::TieOut, "2026-07");
        assert!(
            ties[0].ends_with(
                "| 0 |  | 360 | It is dated 20 June 2026, in a return that was filed without it: it is declared here."
            ),
            "{ties:?}"
        );
        let (ties, totals) = report(book, OfPeriod::TieOut, "2026-06");
        assert_eq!(totals["ledger_less_annex"], "360");
        assert!(ties[0].ends_with("| 360 |  | 0 | It belongs to the return of 1 July 2026."), "{ties:?}");
        // Filed in its turn, it says so from then on.
        book.on("2026-08-01");
        assert_eq!(file(book, "2026-07", "D-2"), "done");
        let (ties, _) = report(book, OfPeriod::TieOut, "2026-06");
        assert!(ties[0].ends_with("It is in the return of 2026-07."), "{ties:?}");
    });
}

#[test]
fn two_filed_returns_of_one_document_and_sums_that_are_not_theirs_are_found() {
    each_engine(|book| {
        sell(book, "2026-06-10", &["Rice;1;1000;B"]);
        book.on("2026-07-10");
        assert_eq!(file(book, "2026-06", "D-1"), "done");
        for (text, identity) in [
            (
                "INSERT INTO vat_return_box (company, vat_return, figure, action, amount) SELECT company, id, 'taxable ', action, 1 FROM vat_return",
                "facts equal what was sealed",
            ),
            (
                "INSERT INTO vat_return_document (company, vat_return, document, action, number, issued_on, name, nature, taxable, zero_rated, exempt, outside, unclassed, tax, late, public_body) SELECT company, id, id, action, 'X', 1, 'X', 'X', 7, 0, 0, 0, 0, 0, 0, 0 FROM vat_return",
                "filed returns add up to their documents",
            ),
            (
                "INSERT INTO vat_return (company, id, action, period, from_on, until_on, reference) SELECT company, document, action, '2026-Q2', issued_on, issued_on, 'X' FROM vat_return_document",
                "a document is in one filed return, and their periods do not meet",
            ),
        ] {
            let found = book.db.write(move |tx| {
                tx.execute(store::Sql { lite: text, pg: text }, &[])?;
                let company = store::company::list(tx)?[0].id;
                let all = store::verify::all(tx, company)?;
                let broken: Vec<&str> = all.iter().filter(|c| !c.broken.is_empty()).map(|c| c.identity).collect();
                Err::<(), _>(store::Error::Failed(broken.join(", ")))
            });
            assert!(found.expect_err("rolled back").to_string().contains(identity), "{text}");
        }
    });
}

#[test]
fn certificates_are_claimed_in_a_period_and_stand_in_its_annex() {
    each_engine(|book| {
        book.rate("2026-01-01", "USD", "1450");
        book.on("2026-06-05");
        let mut tender = book.given("", "C1", "1180000", "2026-06-05", "2026-07-05");
        (tender.number, tender.net, tender.tax) = (None, Some(book.money("1000000")), Some(book.money("180000")));
        let number = book.post(tender).expect("posted");
        let mut abroad = book.given("", "C1", "0 USD", "2026-06-05", "2026-07-05");
        (abroad.number, abroad.total, abroad.lines) = (None, None, vec![line("Advice;1;100;B")]);
        let dollars = book.post(abroad).expect("posted");
        let awaits = |invoice: &str, kind: &str| {
            let given = certificate::Given { invoice: invoice.into(), kind: kind.into(), amount: None };
            let made = book.act(move |tx, actor, today| certificate::awaits(tx, actor, today, &given, None));
            made.expect("awaited")[0].id.clone()
        };
        let say = |id: &str, said: Said| {
            let id = id.to_owned();
            told(book.act(move |tx, actor, today| certificate::say(tx, actor, today, &id, &said, None)))
        };
        let (vat, income, foreign) = (awaits(&number, "vat"), awaits(&number, "tender"), awaits(&dollars, "vat"));
        for id in [&vat, &income, &foreign] {
            assert_eq!(say(id, Said::OnFile { number: "77".into(), on: None }), "done");
        }
        let (rows, totals) = report(book, OfPeriod::Return, "2026-06");
        assert!(rows[9].contains("| 76 | public-bodies |") && rows[9].contains("| 1145000 |"), "{}", rows[9]);
        assert!(rows[10].contains("| 80 | vat-withheld |") && rows[10].contains("| 0 |"), "{}", rows[10]);
        assert_eq!(totals["claimable"], "206100");
        assert_eq!(report(book, OfPeriod::VatWithheld, "2026-06").0.len(), 0);
        assert_eq!(say(&vat, Said::Claimed { period: "2026-06".into() }), "done");
        let annex = || report(book, OfPeriod::VatWithheld, "2026-06");
        let expected = format!("999999999 | C1 | – | {number} | 05/06/2026 |  | 1000000 | 180000");
        assert_eq!(annex().0, std::slice::from_ref(&expected));
        let (rows, totals) = report(book, OfPeriod::Return, "2026-06");
        assert!(rows[10].contains("| 180000 |") && totals["claimable"] == "26100", "{}", rows[10]);
        let (rows, totals) = report(book, OfPeriod::TaxWithheld, "2026-06");
        assert_eq!(rows, [format!("999999999 | C1 | {number} | 05/06/2026 | – | 1000000 | 3 | 30000")]);
        assert_eq!(totals["amount"], "30000");
        assert_eq!(report(book, OfPeriod::TaxWithheld, "2026-07").0.len(), 0);
        book.on("2026-07-10");
        assert_eq!(file(book, "2026-06", "D-1"), "done");
        assert_eq!(say(&foreign, Said::Claimed { period: "2026-06".into() }), "vat-return-filed");
        assert_eq!(say(&foreign, Said::Claimed { period: "2026-07".into() }), "done");
        assert_eq!(say(&vat, Said::Refused { reason: "not accepted".into() }), "done");
        assert_eq!(annex().0, [expected], "filed is filed");
        assert_eq!(boxes(book, "2026-06").last(), Some(&("vat-withheld".into(), "180000".into())));
        let (rows, _) = report(book, OfPeriod::VatWithheld, "2026-07");
        assert_eq!(rows, [format!("999999999 | C1 | Advice | {dollars} | 05/06/2026 |  | 145000 | 26100")]);
    });
}

/// A book whose device is known.
fn with_device(book: &Book) -> TaxDevice {
    let device = TaxDevice::start();
    device.state().tells_counters = true;
    let given = GivenDevice {
        way: "vsdc".into(),
        address: device.address.clone(),
        branch: "00".into(),
        serial: "WIS00001010".into(),
        item_class: "5059690800".into(),
        from_on: Some("2026-06-01".parse().expect("a day")),
        paths: Vec::new(),
    };
    book.on("2026-06-01");
    book.act(move |tx, actor, today| fiscal::set_device(tx, actor, today, &given)).expect("set");
    jobs::fiscal::initialise(&book.db, &book.actor).expect("the device says who it is");
    device
}

/// Documents go to the device, whose clock says so.
fn send_at(book: &Book, device: &TaxDevice, clock: &'static str) {
    device.state().signs_at = Some(clock);
    book.tick(1_000_000);
    jobs::fiscal::send(&book.db, &book.actor, 100, Duration::from_millis(700)).expect("sent");
}

#[test]
fn the_tie_out_names_each_document_in_which_ledger_receipts_and_return_differ() {
    each_engine(|book| {
        let device = with_device(book);
        let signed = sell(book, "2026-06-10", &["Rice;1;1000;B"]);
        send_at(book, &device, "20260610110000");
        // Half an hour after midnight in Kigali; it is still 30 June in UTC.
        let next_month = sell(book, "2026-06-30", &["Beans;1;2000;B"]);
        send_at(book, &device, "20260701003000");
        device.will(&[Fate::Code("910"), Fate::Code("910")]);
        let waits = dated(book, "2026-06-30", &["Oil;1;3000;B"]);
        send_at(book, &device, "20260701003100");
        elsewhere(book, "E-1", "2026-06-29");
        book.on("2026-07-05");
        assert_eq!(book.close_to("2026-06-30"), "done");
        let late = dated(book, "2026-06-28", &["Salt;1;4000;B"]);
        let (rows, totals) = report(book, OfPeriod::TieOut, "2026-06");
        let of = |name: &str| totals[name].as_str().unwrap_or_default().to_owned();
        // 180 + 360 + 540 + 1,800 are posted in June, 720 in July.
        assert_eq!(
            (of("ledger"), of("annex_vat"), of("ledger_less_annex")),
            ("2880".into(), "3600".into(), "-720".into())
        );
        assert_eq!(
            (of("receipts"), of("unsigned"), of("receipts_less_annex")),
            ("180".into(), "3060".into(), "-3420".into())
        );
        let row =
            |number: &str| rows.iter().find(|row| row.starts_with(&format!("{number} |"))).cloned().unwrap_or_default();
        assert_eq!(row(&signed), "", "they agree");
        let said = row(&next_month);
        assert!(said.ends_with("| 2026-07-01 | 360 | 0 | 360 | Its receipt was signed on 1 July 2026."), "{said}");
        assert!(row(&waits).ends_with("| 540 | 0 | 540 | It has no receipt of the tax device yet."), "{}", row(&waits));
        let said = row("E-1");
        assert!(said.ends_with("1800 | It does not go to the tax device: it was made elsewhere, or before there was one. It says no tax classes."), "{said}");
        let said = row(&late);
        assert!(said.contains("| 0 | 0 | 720 | It was posted on 1 July 2026, another day than its own."), "{said}");
        assert_eq!(rows.len(), 4, "{rows:?}");
        let (rows, totals) = report(book, OfPeriod::TieOut, "2026-07");
        assert_eq!(
            (&totals["ledger"], &totals["receipts"], &totals["annex_vat"]),
            (&"720".into(), &"360".into(), &"0".into())
        );
        assert_eq!(rows.len(), 2, "{rows:?}");
        // Where the device signed it, the annex names the document as declarations do.
        let (annex, _) = report(book, OfPeriod::Sales, "2026-06");
        let receipt = annex.iter().find(|row| row.contains("| Rice |")).expect("a row");
        assert!(receipt.contains("| SDC010000005/1 |"), "{receipt}");
        assert!(annex.iter().any(|row| row.contains(&format!("| Oil | {waits} |"))), "{annex:?}");
    });
}

#[test]
fn without_a_tax_device_there_is_no_difference_of_receipts() {
    each_engine(|book| {
        sell(book, "2026-06-10", &["Rice;1;1000;B"]);
        let (rows, totals) = report(book, OfPeriod::TieOut, "2026-06");
        assert_eq!((rows.len(), &totals["receipts"]), (0, &"no tax device".into()));
        assert_eq!((&totals["ledger"], &totals["annex_vat"]), (&"180".into(), &"180".into()));
        assert_eq!(totals["receipts_less_annex"], Value::Null);
    });
}

#[test]
fn a_discount_that_takes_tax_along_is_named_in_the_tie_out() {
    for place in places() {
        let mut book = Book::new(&place, receivables::Currency::RWF);
        // Where no pack says how, every way of a discount is allowed.
        book.actor.company.country = "xx".into();
        let mut given = book.given("", "C1", "118000", "2026-06-01", "2026-06-30");
        (given.number, given.due_on) = (None, None);
        (given.net, given.tax) = (Some(book.money("100000")), Some(book.money("18000")));
        given.terms = Some(Terms::read("2/10; net 30; tax included").expect("terms"));
        let number = book.post(given).expect("posted");
        book.on("2026-06-05").receipt("R1", Some("C1"), "115640", "2026-06-05");
        assert_eq!(book.apply("R1", &number, None), "done");
        assert_eq!(book.open(&number), "0");
        let (rows, totals) = report(&book, OfPeriod::TieOut, "2026-06");
        let said = format!("| -360 |  | 0 | The tax followed a discount on {number}; no credit note declares that.");
        assert!(rows.last().is_some_and(|row| row.ends_with(&said)), "{rows:?}");
        assert_eq!((&totals["ledger"], &totals["ledger_less_annex"]), (&"17640".into(), &"-360".into()));
        book.verify();
    }
}

#[test]
fn another_company_sees_nothing_of_it() {
    each_engine(|book| {
        sell(book, "2026-06-10", &["Rice;1;1000;B"]);
        book.on("2026-07-10");
        assert_eq!(file(book, "2026-06", "D-1"), "done");
        let new = company::NewCompany {
            name: "Other Ltd".into(),
            code: Some("other".into()),
            tin: None,
            currency: receivables::Currency::RWF,
            country: "rw".into(),
            simulated: true,
        };
        let other = book.db.write(move |tx| company::init(tx, "admin", &new)).expect("a company");
        assert_eq!(book.db.read(|tx| vat_return::filed(tx, &other)).expect("read"), []);
        for told in [OfPeriod::Sales, OfPeriod::VatWithheld, OfPeriod::TaxWithheld, OfPeriod::TieOut] {
            assert_eq!(report_of(book, &other, told, "2026-06").0, Vec::<String>::new(), "{told:?}");
        }
        let june = period("2026-06");
        let today = book.today();
        let filed = book.db.write(move |tx| vat_return::file(tx, &other, today, &june, "D-9", None));
        assert!(filed.is_ok(), "it files its own");
        assert_eq!(book.read(vat_return::filed).len(), 1);
    });
}

#[test]
fn a_return_is_read_and_filed_by_command_and_read_on_its_page() {
    let folder = small_book();
    let at = folder.path();
    let run = |args: &[&str]| json(at, &[&["--today", "2026-10-10"], args].concat());
    run(&[
        "invoice",
        "issue",
        "--customer",
        "C1",
        "--line",
        "Rice;1;1000;B",
        "--issued-on",
        "2026-09-30",
        "--due-on",
        "2026-10-30",
    ]);
    let found = run(&["report", "vat-return", "--period", "2026-09"]);
    let row = |n: usize, name: &str| found["rows"][n][name].as_str().unwrap_or_default().to_owned();
    assert_eq!((row(0, "box"), row(0, "amount"), row(0, "annex")), ("5".into(), "82113".into(), "vat-sales".into()));
    let annex = run(&["report", "vat-sales", "--period", "2026-Q3"]);
    assert_eq!(annex["rows"].as_array().map(Vec::len), Some(3), "{annex}");
    for name in ["vat-withheld", "tax-withheld", "vat-tie-out"] {
        run(&["report", name, "--period", "2026-09"]);
    }
    let refused = ideni(at, &["report", "vat-return", "--period", "September"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("such as 2026-09 or 2026-Q3"), "{said}");
    let done =
        ideni(at, &["--today", "2026-10-10", "vat-return", "file", "--period", "2026-09", "--reference", "RRA-1"]);
    assert!(done.status.success(), "{done:?}");
    let again =
        ideni(at, &["--today", "2026-10-10", "vat-return", "file", "--period", "2026-Q3", "--reference", "RRA-2"]);
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(said.contains("The VAT return of 2026-09 is filed already, with the reference RRA-1"), "{said}");
    let listed = run(&["vat-return", "list"]);
    assert_eq!((&listed["rows"][0]["period"], &listed["rows"][0]["reference"]), (&"2026-09".into(), &"RRA-1".into()));
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let page = browser.get("/reports/vat-return?period=2026-09").text;
    assert!(page.contains("/reports/vat-sales?period=2026-09") && page.contains("RRA-1"), "{page}");
    assert!(browser.get("/reports/vat-sales?period=2026-09").text.contains("30/09/2026"));
    assert_eq!(browser.get("/reports/vat-sales?period=soon").status, 422);
    // The year is over when the pages are read: its third quarter is filed in part.
    let sent = browser.submit("/vat-returns", "/vat-returns", &[("period", "2026-Q3"), ("reference", "RRA-3")]);
    assert!(sent.status == 422 && sent.text.contains("RRA-1"), "{}", sent.text);
    let sent = browser.submit("/vat-returns", "/vat-returns", &[("period", "2026-08"), ("reference", "RRA-3")]);
    assert_eq!(sent.status, 303, "{}", sent.text);
    assert!(browser.get("/vat-returns").text.contains("RRA-3"));
    assert!(ideni(at, &["verify"]).status.success());
}
