//! Documents on their way to the tax device, through the book, its jobs and a device that answers over HTTP: on both engines,
//! one receipt per document or a person who sees it.

use std::collections::BTreeMap;
use std::time::Duration;

use ideni::actions::credit_note::{self, How};
use ideni::actions::fiscal::{self, GivenDevice};
use ideni::actions::invoice::{Given, OfItem};
use ideni::actions::report::By;
use ideni::actions::{Actor, Right, day, item};
use ideni::jobs;
use receivables::billing::item::Typed;
use store::{Clock, Db};

use crate::billing::{credited as credit, ours};
use crate::support::{
    Book, Browser, Fate, TaxDevice, currency, draw, each_engine, each_engine_really, ideni, json, places, scaled, seed,
    small_book, told,
};

/// Long enough for a device on this machine, shorter than one that is slow.
pub const PATIENCE: Duration = Duration::from_millis(700);
const SALE: &str = "/trnsSales/saveSales";

fn given(device: &TaxDevice) -> GivenDevice {
    GivenDevice {
        way: "vsdc".into(),
        address: device.address.clone(),
        branch: "00".into(),
        serial: "WIS00001010".into(),
        item_class: "5059690800".into(),
        from_on: Some("2026-06-01".parse().expect("a day")),
        paths: Vec::new(),
    }
}

fn set(book: &Book, given: GivenDevice) -> String {
    told(book.act(move |tx, actor, today| fiscal::set_device(tx, actor, today, &given)))
}

/// A book whose device is known.
pub fn known(book: &Book) -> TaxDevice {
    let device = TaxDevice::start();
    device.state().tells_counters = true;
    book.on("2026-06-01");
    assert_eq!(set(book, given(&device)), "done");
    jobs::fiscal::initialise(&book.db, &book.actor).expect("the device says who it is");
    device
}

fn send(book: &Book) -> usize {
    book.tick(1_000_000);
    jobs::fiscal::send(&book.db, &book.actor, 100, PATIENCE).expect("sent")
}

/// An invoice of ours to a buyer without a TIN.
fn issue(book: &Book, lines: &[&str]) -> String {
    book.post(ours(book, lines)).expect("posted")
}

/// Where a document stands, and whether a receipt is kept.
fn stands(book: &Book, number: &str) -> String {
    let number = number.to_owned();
    let found = book.act(move |tx, actor, _| {
        let document = store::document::get(tx, actor.company.id, &number)?.id;
        fiscal::standing(tx, actor, document)
    });
    let Some(found) = found.expect("a document") else { return "nowhere".into() };
    let state = found.way.submission.state.code();
    match (state, found.receipt) {
        ("fiscalised", None) => "fiscalised without its receipt".into(),
        ("fiscalised", Some((label, receipt))) => format!("{label} {} of {}", receipt.of_label, receipt.of_all),
        _ => state.to_owned(),
    }
}

fn release(book: &Book, number: &str, purchase_code: Option<&str>) -> String {
    let (number, code) = (number.to_owned(), purchase_code.map(str::to_owned));
    told(book.act(move |tx, actor, _| fiscal::release(tx, actor, &number, code.as_deref(), None)))
}

fn void(book: &Book, number: &str) -> String {
    let number = number.to_owned();
    told(book.act(move |tx, actor, today| credit_note::void(tx, actor, today, &number, "typed twice", None)))
}

fn dunned(book: &Book) -> bool {
    !book.act(day::plan).expect("a plan").messages.is_empty()
}

/// What is open by age; the list of invoices says the same.
fn aged(book: &Book) -> Vec<i64> {
    let today = book.today().to_string();
    let [of_customers, of_invoices] =
        [By::Customer, By::Invoice].map(|by| book.ageing(by, &today).totals[0].1.open.clone());
    assert_eq!(of_customers, of_invoices);
    of_customers
}

#[test]
fn an_invoice_gets_its_receipt_once_and_what_is_sent_adds_up() {
    each_engine(|book| {
        let device = known(book);
        let lines = ["Rice 25 kg;10;30000;B", "Delivery;1;5000;B;10%", "School books;3;4000;A"];
        let number = issue(book, &lines);
        assert_eq!(stands(book, &number), "waiting");
        assert_eq!((send(book), send(book)), (1, 0));
        assert_eq!(stands(book, &number), "NS 1 of 1");
        let state = device.state();
        let sale = &state.signed[0].request;
        let of = |name: &str| sale[name].to_string();
        assert_eq!((of("invcNo"), of("orgInvcNo"), of("rcptTyCd")), ("1".into(), "0".into(), "\"S\"".into()));
        // 359,310 + 12,000 with tax; 54,000 + 810 of tax.
        assert_eq!(
            (of("totAmt"), of("totTaxAmt"), of("taxblAmtB")),
            ("371310".into(), "54810".into(), "359310".into())
        );
        assert_eq!((of("taxblAmtA"), of("taxAmtA"), of("totItemCnt")), ("12000".into(), "0".into(), "3".into()));
        let line = |no: usize, name: &str| sale["itemList"][no][name].to_string();
        let delivery = ["prc", "splyAmt", "dcRt", "dcAmt", "taxblAmt", "taxAmt"].map(|name| line(1, name));
        assert_eq!(delivery, ["5900", "5900", "10", "590", "5310", "810"]);
        assert_eq!((line(2, "prc"), line(2, "qty"), line(2, "taxTyCd")), ("4000".into(), "3".into(), "\"A\"".into()));
        // One item per tax letter was saved before anything was sold.
        let saved: Vec<String> = state.items.iter().map(|item| item["itemCd"].to_string()).collect();
        assert_eq!(saved.len(), 4);
        assert!((0..3).all(|no| saved.contains(&line(no, "itemCd"))), "{saved:?}");
        assert!(!state.signed[0].request.to_string().contains("VERYSECRETKEY"), "the service here wants no key");
    });
}

#[test]
fn what_has_no_receipt_is_not_dunned_and_carries_no_late_charge() {
    each_engine(|book| {
        let device = known(book);
        device.will(&[Fate::Code("894")]);
        let number = issue(book, &["Rice;1;30000;B"]);
        send(book);
        assert_eq!(stands(book, &number), "waiting");
        book.on("2026-08-15");
        assert!(!dunned(book), "the buyer has no legal invoice yet");
        assert_eq!(aged(book), [35_400, 0, 0, 0, 0], "it does not age");
        let late =
            || book.act(|tx, actor, today| store::late_charge::late(tx, actor.company.id, today)).expect("read").len();
        assert_eq!(late(), 0);
        book.tick(60_000_000);
        send(book);
        assert_eq!(stands(book, &number), "NS 1 of 1");
        assert_eq!((dunned(book), late()), (true, 1));
        assert_eq!(aged(book), [0, 0, 35_400, 0, 0], "46 days late");
    });
}

#[test]
fn silence_is_resolved_by_the_counters_and_never_by_a_second_receipt() {
    each_engine(|book| {
        let device = known(book);
        device.state().stores_twice = true;
        for (fate, ends) in [
            (Fate::CutAfter, "fiscalised without its receipt"),
            (Fate::Half, "fiscalised without its receipt"),
            (Fate::Slow, "fiscalised without its receipt"),
            (Fate::CutBefore, "waiting"),
            (Fate::Page(502), "waiting"),
        ] {
            device.will(&[fate]);
            let number = issue(book, &["Rice;1;30000;B"]);
            send(book);
            assert_eq!(stands(book, &number), ends, "{fate:?}");
            book.tick(60_000_000);
            send(book);
            let after = stands(book, &number);
            assert!(after.starts_with("NS") || after == ends, "{fate:?}: {after}");
        }
        assert_eq!(device.numbers(), [1, 2, 3, 4, 5], "each once, and in order");
    });
}

#[test]
fn where_counters_are_not_told_a_person_looks_at_the_portal() {
    each_engine(|book| {
        let device = known(book);
        device.state().tells_counters = false;
        let found = |number: &str, there: bool, reason: &str| {
            let (number, reason) = (number.to_owned(), reason.to_owned());
            told(book.act(move |tx, actor, _| fiscal::found(tx, actor, &number, there, &reason, None)))
        };
        device.will(&[Fate::CutAfter]);
        let first = issue(book, &["Rice;1;30000;B"]);
        send(book);
        device.will(&[Fate::CutBefore]);
        let second = issue(book, &["Rice;1;30000;B"]);
        let third = issue(book, &["Rice;1;30000;B"]);
        send(book);
        assert_eq!([&first, &second, &third].map(|n| stands(book, n)), ["unknown", "unknown", "NS 2 of 2"]);
        assert_eq!(void(book, &first), "fiscal-in-doubt");
        assert_eq!(release(book, &first, None), "submission-is");
        assert_eq!(credit(book, &first, How::Whole), Err("not-fiscalised".into()));
        assert_eq!(found(&first, true, " "), "missing");
        assert_eq!(found(&first, true, "receipt 1 is on the portal"), "done");
        assert_eq!(found(&second, false, "no such sale on the portal"), "done");
        assert_eq!(found(&second, false, "no such sale on the portal"), "submission-is");
        send(book);
        let ends = ["fiscalised without its receipt", "NS 3 of 3", "NS 2 of 2"];
        assert_eq!([&first, &second, &third].map(|n| stands(book, n)), ends);
        assert_eq!(device.numbers(), [1, 3, 2]);
    });
}

#[test]
fn the_buyers_purchase_code_is_asked_for_and_sent() {
    each_engine(|book| {
        let device = known(book);
        let business = |book: &Book, purchase_code: Option<&str>| -> Given {
            let mut given = ours(book, &["Rice;1;30000;B"]);
            given.customer = "C9".into();
            given.references.purchase_code = purchase_code.map(str::to_owned);
            given
        };
        book.act(|tx, actor, today| {
            let new = ideni::actions::customer::Given {
                code: "C9".into(),
                name: Some("Umurava Ltd".into()),
                tin: Some("100000009".into()),
                ..Default::default()
            };
            ideni::actions::customer::save(tx, actor, today, &new)
        })
        .expect("a customer");
        let without = book.post(business(book, None)).expect("posted");
        let with = book.post(business(book, Some("ABC123"))).expect("posted");
        assert_eq!(send(book), 1);
        assert_eq!((stands(book, &without), stands(book, &with)), ("refused".into(), "NS 1 of 1".into()));
        assert_eq!(device.state().signed[0].request["prcOrdCd"], "ABC123");
        assert_eq!(device.state().signed[0].request["custTin"], "100000009");
        assert_eq!(release(book, &without, None), "missing");
        assert_eq!(release(book, &without, Some("12-34")), "invalid");
        device.will(&[Fate::Code("883")]);
        assert_eq!(release(book, &without, Some("abc 124")), "done");
        assert_eq!((send(book), stands(book, &without)), (1, "refused".into()));
        assert_eq!(release(book, &without, Some("ABC125")), "done");
        assert_eq!((send(book), stands(book, &without)), (1, "NS 2 of 2".into()));
        assert_eq!(device.state().signed[1].request["prcOrdCd"], "ABC125");
        assert_eq!(device.numbers(), [2, 1]);
    });
}

#[test]
fn a_credit_note_is_a_refund_and_before_the_receipt_only_a_void() {
    each_engine(|book| {
        let device = known(book);
        let wrong = issue(book, &["Rice;1;30000;B"]);
        assert_eq!(credit(book, &wrong, How::Whole), Err("not-fiscalised".into()));
        assert_eq!(void(book, &wrong), "done");
        assert_eq!((stands(book, &wrong), book.open(&wrong)), ("void".into(), "0".into()));
        assert_eq!(stands(book, "VD-000001"), "nowhere");
        assert_eq!(void(book, &wrong), "not-untouched");
        let sold = issue(book, &["Rice;2;30000;B", "Books;1;5000;A"]);
        send(book);
        assert_eq!(stands(book, &sold), "NS 1 of 1");
        assert_eq!(void(book, &sold), "has-fiscal-receipt");
        let note = credit(book, &sold, How::Lines(vec![(1, Some("1".parse().unwrap()))])).expect("posted");
        send(book);
        assert_eq!(stands(book, &note), "NR 1 of 2");
        let rest = credit(book, &sold, How::Amount { minor: 5_900, gross: true }).expect("posted");
        send(book);
        assert_eq!(stands(book, &rest), "NR 2 of 3");
        let state = device.state();
        let of = |no: usize, name: &str| state.signed[no].request[name].to_string();
        assert_eq!((of(1, "rcptTyCd"), of(1, "orgInvcNo"), of(1, "invcNo")), ("\"R\"".into(), "2".into(), "3".into()));
        assert_eq!((of(1, "totAmt"), of(1, "rfdRsnCd")), ("35400".into(), "\"03\"".into()));
        assert_eq!(of(2, "totAmt"), "5900");
        drop(state);
        // What was sold before there was a device is refunded where it was sold.
        book.issue("OLD-1", "C1", "11800", "2026-05-01", "2026-05-31");
        let old = credit(book, "OLD-1", How::Whole).expect("posted");
        assert_eq!(stands(book, &old), "nowhere");
    });
}

#[test]
fn what_cannot_be_written_for_the_device_holds_up_nobody() {
    each_engine(|book| {
        let device = known(book);
        // The books may say it, the device has no room for it: a quantity of twelve digits.
        let large = issue(book, &["Screws;200000000000;0.01;B"]);
        let small = issue(book, &["Rice;1;30000;B"]);
        send(book);
        assert_eq!((stands(book, &large), stands(book, &small)), ("refused".into(), "NS 1 of 1".into()));
        assert_eq!(device.numbers(), [2]);
        assert_eq!(void(book, &large), "done");
        // A foreign number is none of the device's: the buyer has no purchase code to give.
        let mut abroad = ours(book, &["Rice;1;30000;B"]);
        abroad.customer = "K1".into();
        book.act(|tx, actor, today| {
            let new = ideni::actions::customer::Given {
                code: "K1".into(),
                name: Some("Nairobi Traders".into()),
                tin: Some("P051234567X".into()),
                ..Default::default()
            };
            ideni::actions::customer::save(tx, actor, today, &new)
        })
        .expect("a customer");
        let abroad = book.post(abroad).expect("posted");
        send(book);
        assert_eq!(
            (stands(book, &abroad).as_str(), &device.state().signed[1].request["custTin"]),
            ("NS 2 of 2", &serde_json::Value::Null)
        );
    });
}

#[test]
fn an_item_of_the_catalogue_is_told_once_before_it_is_sold_and_again_when_it_changes() {
    each_engine(|book| {
        let device = known(book);
        let saved = device.state().items.len();
        let rice = Typed {
            code: "RICE25".into(),
            name: "Rice 25 kg".into(),
            tax_class: "B".into(),
            kind: "finished".into(),
            class_code: "50221101".into(),
            packaging: "BG".into(),
            quantity_unit: "KG".into(),
            ..Typed::default()
        };
        book.act(move |tx, actor, today| item::add(tx, actor, today, &rice, None, None)).expect("an item");
        let sell = || {
            let mut given = ours(book, &["Rice;4;30000;B", "Delivery;1;5000;B"]);
            given.lines[0].item = Some(OfItem { code: "RICE25".into(), is_priced: true });
            book.post(given).expect("posted")
        };
        let first = sell();
        send(book);
        sell();
        send(book);
        assert!(stands(book, &first).starts_with("NS"));
        assert_eq!(device.state().items.len(), saved + 1, "told once");
        {
            let state = device.state();
            let told = state.items.last().expect("an item");
            let of = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
            assert_eq!(
                (of("itemCd"), of("itemClsCd"), of("itemTyCd")),
                ("RW2BGKG0000101".into(), "50221101".into(), "2".into())
            );
            let lines = &state.signed[0].request["itemList"];
            assert_eq!((&lines[0]["itemCd"], &lines[0]["qtyUnitCd"]), (&told["itemCd"], &"KG".into()));
            assert_eq!(lines[1]["itemCd"], "RW3OUU0000002", "what is in no catalogue");
        }
        let note = credit(book, &first, How::Lines(vec![(1, None)])).expect("posted");
        send(book);
        assert!(stands(book, &note).starts_with("NR"));
        assert_eq!(device.state().signed[2].request["itemList"][0]["itemCd"], "RW2BGKG0000101");
        let changed =
            item::Change { code: "RICE25".into(), name: Some("Rice, long grain".into()), ..item::Change::default() };
        book.act(move |tx, actor, today| item::change(tx, actor, today, &changed, None)).expect("changed");
        sell();
        send(book);
        assert_eq!(device.state().items.len(), saved + 2, "told again");
    });
}

#[test]
fn kenyas_device_speaks_by_the_same_client() {
    for place in places() {
        let mut book = Book::new(&place, currency("KES"));
        // No company is founded in Kenya yet: its packs are there to prove the seam.
        book.actor.company.country = "ke".into();
        let book = &book;
        let device = TaxDevice::start();
        book.on("2026-06-01");
        let given = GivenDevice { way: "oscu".into(), ..given(&device) };
        assert_eq!(set(book, given), "done");
        jobs::fiscal::initialise(&book.db, &book.actor).expect("known");
        let number = issue(book, &["Tea;2;1000.50;B", "Gas;1;500;E"]);
        assert_eq!(send(book), 1);
        assert_eq!(stands(book, &number), "NS 1 of 1");
        let state = device.state();
        assert_eq!(state.called.last().map(String::as_str), Some("/saveTrnsSalesOsdc"));
        let headers: BTreeMap<_, _> = state.headers.last().expect("headers").iter().cloned().collect();
        let of = |name: &str| headers.get(name).map(String::as_str);
        assert_eq!((of("tin"), of("bhfid"), of("cmckey")), (Some("100000001"), Some("00"), Some("VERYSECRETKEY")));
        let sale = &state.signed[0].request;
        assert!(sale.get("tin").is_none(), "its headers say whose it is");
        // 2,001 and 16 %, 500 and 8 %.
        let amounts = ["taxblAmtB", "taxAmtB", "taxblAmtE", "taxAmtE", "totAmt"].map(|name| sale[name].to_string());
        assert_eq!(amounts, ["2321.16", "320.16", "540", "40", "2861.16"]);
    }
}

#[test]
fn what_the_device_would_refuse_is_not_posted() {
    each_engine(|book| {
        known(book);
        let refused = |lines: &[&str]| told(book.post(ours(book, lines)));
        // It has no line below zero, and nothing else here is taxed as the empties are.
        assert_eq!(refused(&["Rice;1;30000;B", "Empties back;-1;1000;A"]), "invalid");
        let mut bare = ours(book, &[]);
        bare.net = Some(book.money("1000"));
        assert_eq!(told(book.post(bare)), "missing");
        assert_eq!(book.documents().len(), 0, "nothing is posted, no number is used");
        assert_eq!(issue(book, &["Given away;2;1000;B;100%", "Rice;1;30000;B;1500", "Bag;3;333.33;B"]), "INV-000001");
        assert_eq!(send(book), 1);
        assert!(stands(book, "INV-000001").starts_with("NS"));
    });
}

#[test]
fn every_code_of_the_device_leads_somewhere_and_nothing_loops() {
    each_engine(|book| {
        let device = known(book);
        let mut ended: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let codes = ["001", "881", "882", "883", "884", "891", "894", "895", "899", "900", "901", "902", "903", "910"];
        let more = ["911", "912", "921", "922", "924", "990", "991", "994", "995", "999", "777"];
        for told in codes.into_iter().chain(more) {
            device.will(&[Fate::Code(told)]);
            let number = issue(book, &["Rice;1;30000;B"]);
            send(book);
            let state = stands(book, &number);
            let state: &str = match state.as_str() {
                "refused" => "refused",
                "parked" => "parked",
                "waiting" => "waiting",
                other => panic!("{told}: {other}"),
            };
            ended.entry(state).or_default().push(told);
            // Out of the way of the next.
            match state {
                "waiting" => {
                    book.tick(60_000_000);
                    send(book);
                }
                _ => assert_eq!(
                    void(book, &number),
                    if state == "parked" { "fiscal-in-doubt" } else { "done" },
                    "{told}"
                ),
            }
        }
        assert_eq!(ended["parked"], ["001", "777"]);
        // What says that it is there already, and is not, is sent again once the counters prove it.
        assert_eq!(ended["waiting"], ["894", "924", "990", "991", "994", "995", "999"]);
        assert_eq!(device.numbers().len(), 7, "each that waited got its receipt");
    });
}

#[test]
fn a_program_that_stopped_while_it_waited_asks_before_it_sends_again() {
    each_engine(|book| {
        let device = known(book);
        let number = issue(book, &["Rice;1;30000;B"]);
        let next = book.act(|tx, actor, _| fiscal::next(tx, actor)).expect("a step");
        let fiscal::Next::Send { call, .. } = next else { panic!("{next:?}") };
        ideni::gateways::tax_device::call(&call, PATIENCE);
        // Its answer is lost with the program; another one waits for it as long as it may come.
        assert_eq!((send(book), stands(book, &number)), (0, "sent".into()));
        book.tick(150_000_000);
        assert_eq!((send(book), stands(book, &number)), (0, "fiscalised without its receipt".into()));
        assert_eq!(device.numbers(), [1]);
    });
}

#[test]
fn nothing_is_sent_from_a_restored_book_or_to_a_device_nobody_knows() {
    each_engine(|book| {
        let device = TaxDevice::start();
        book.on("2026-06-01");
        assert_eq!(set(book, given(&device)), "done");
        issue(book, &["Rice;1;30000;B"]);
        assert_eq!((send(book), device.state().called.len()), (0, 0));
        for (wrong, expected) in [
            (GivenDevice { way: "oscu".into(), ..given(&device) }, "invalid"),
            (GivenDevice { address: "http://api-ebm.rra.gov.rw".into(), ..given(&device) }, "invalid"),
            (GivenDevice { branch: "1".into(), ..given(&device) }, "invalid"),
            (GivenDevice { branch: "01".into(), ..given(&device) }, "branch-stays"),
            (GivenDevice { serial: " ".into(), ..given(&device) }, "missing"),
            (GivenDevice { item_class: "x".into(), ..given(&device) }, "invalid"),
            (GivenDevice { paths: vec!["sell=/x".into()], ..given(&device) }, "invalid"),
        ] {
            assert_eq!(set(book, wrong.clone()), expected, "{wrong:?}");
        }
        let own = GivenDevice { paths: vec!["save-sale=/own/sales".into()], ..given(&device) };
        assert_eq!(set(book, own), "done");
        jobs::fiscal::initialise(&book.db, &book.actor).expect("known");
        assert_eq!(send(book), 1);
        assert!(device.state().called.contains(&"/own/sales".to_owned()));
        assert!(!device.state().called.contains(&SALE.to_owned()));
        let clerk = Actor { roles: ideni::actions::Role::Cashier.into(), ..book.actor.clone() };
        assert!(!clerk.can(Right::FiscalSend) && !clerk.can(Right::FiscalRelease));
    });
}

#[test]
fn many_programs_send_each_document_once() {
    each_engine_really(|book, place| {
        let device = TaxDevice::start();
        device.state().stores_twice = true;
        book.on("2026-06-01");
        assert_eq!(set(book, given(&device)), "done");
        jobs::fiscal::initialise(&book.db, &book.actor).expect("known");
        let numbers: Vec<String> = (0..12).map(|_| issue(book, &["Rice;1;30000;B"])).collect();
        let programs: Vec<(Db, Actor)> = (0..4).map(|_| (place.open_real(), book.actor.clone())).collect();
        std::thread::scope(|scope| {
            for (db, actor) in &programs {
                scope.spawn(move || {
                    for _ in 0..200 {
                        if jobs::fiscal::send(db, actor, 100, Duration::from_secs(20)).is_err() {
                            std::thread::sleep(Duration::from_millis(20));
                        }
                        let left = db.read(|tx| fiscal::counts(tx, actor)).expect("counted").0;
                        if left == 0 {
                            break;
                        }
                        std::thread::sleep(Duration::from_millis(5));
                    }
                });
            }
        });
        assert_eq!(device.numbers(), (1..=12).collect::<Vec<u64>>());
        assert!(numbers.iter().all(|number| stands(book, number).starts_with("NS")));
    });
}

/// Whatever the device does over the line, a document gets one receipt, or stands there for a person.
#[test]
fn scripts_over_the_line_end_with_one_receipt_or_a_person() {
    /// Scripts with one book and one device.
    const IN_A_BOOK: u32 = 200;
    let first = seed("tax device scripts");
    let mut place = crate::support::Place::sqlite();
    let mut book = Book::new(&place, receivables::Currency::RWF);
    let mut device = known(&book);
    let fates = [
        Fate::Signs,
        Fate::CutBefore,
        Fate::CutAfter,
        Fate::Half,
        Fate::Page(500),
        Fate::Code("894"),
        Fate::Code("999"),
        Fate::Code("994"),
        Fate::Code("910"),
        Fate::Code("777"),
        Fate::SignsAndSays("994"),
        Fate::SignsAndSays("000"),
    ];
    let mut ends: BTreeMap<String, u32> = BTreeMap::new();
    let mut dice = first | 1;
    for script in 0..scaled(10_000) {
        if script > 0 && script % IN_A_BOOK == 0 {
            book.verify();
            drop(book);
            place = crate::support::Place::sqlite();
            book = Book::new(&place, receivables::Currency::RWF);
            device = known(&book);
        }
        let played: Vec<Fate> = (0..1 + script % 4)
            .map(|_| {
                draw(&mut dice);
                fates[(dice >> 33) as usize % fates.len()]
            })
            .collect();
        draw(&mut dice);
        // A device that says 999 and has stored is not played as one that stores twice: nobody could use it safely.
        device.state().stores_twice = dice & 1 == 0 && !played.contains(&Fate::SignsAndSays("994"));
        device.will(&played);
        let number = issue(&book, &["Rice;1;30000;B"]);
        let before = device.numbers().len();
        for _ in 0..8 {
            let waits = book.read(fiscal::counts).0 > 0;
            send(&book);
            book.tick(3_600_000_000);
            // Once more after the end: nothing is sent then.
            if !waits {
                break;
            }
        }
        let signed = device.numbers().len() - before;
        let end = stands(&book, &number);
        let told = format!("seed {first}, script {script}: {played:?} ends {end} with {signed} receipts");
        match end.as_str() {
            "unknown" | "refused" | "parked" => assert!(signed <= 1, "{told}"),
            _ => assert!(signed == 1 && !matches!(end.as_str(), "waiting" | "sent"), "{told}"),
        }
        *ends.entry(end.split(' ').next().unwrap_or_default().to_owned()).or_default() += 1;
        if matches!(end.as_str(), "refused" | "parked" | "unknown") {
            // A person sees to it, so that the next script begins with an empty queue.
            let there = signed == 1;
            let number = number.clone();
            device.will(&[]);
            let _ = release(&book, &number, None);
            send(&book);
            if stands(&book, &number) == "unknown" {
                let number = number.clone();
                let found = book.act(move |tx, actor, _| fiscal::found(tx, actor, &number, there, "seen", None));
                found.expect("decided");
            }
            book.tick(3_600_000_000);
            send(&book);
        }
        assert_eq!(book.read(fiscal::counts).0, 0, "{told}");
        assert_eq!(device.numbers().len() - before, 1, "{told}");
    }
    assert!(ends.contains_key("NS") && ends.contains_key("fiscalised"), "{ends:?}");
    book.verify();
}

#[test]
fn a_moment_of_the_clock_is_not_part_of_what_is_sent() {
    each_engine(|book| {
        let device = known(book);
        device.will(&[Fate::Code("894"), Fate::Code("894")]);
        issue(book, &["Rice;1;30000;B"]);
        for _ in 0..3 {
            send(book);
            book.tick(3_600_000_000);
        }
        assert!(matches!(book.clock, Clock::Set(_)));
        let company = book.actor.company.id;
        let sent = book.act(move |tx, _, _| {
            let document = store::document::get(tx, company, "INV-000001")?.id;
            let events = store::fiscal::events(tx, company, document)?;
            Ok(events.into_iter().filter(|e| e.event == "send").map(|e| e.said).collect::<Vec<_>>())
        });
        let sent = sent.expect("events");
        assert_eq!(sent.len(), 3);
        assert!(sent.iter().all(|said| *said == sent[0]), "{sent:#?}");
    });
}

/// A device, told to the book in a folder by command, and made acquaintance with.
pub fn at_the_counter(folder: &std::path::Path) -> TaxDevice {
    let device = TaxDevice::start();
    device.state().tells_counters = true;
    let set = [
        "ebm",
        "device",
        "--way",
        "vsdc",
        "--address",
        &device.address,
        "--serial",
        "WIS00001010",
        "--item-class",
        "5059690800",
        "--from-on",
        "2026-01-01",
    ];
    assert!(ideni(folder, &set).status.success());
    let known = json(folder, &["ebm", "initialise"]);
    assert_eq!(known["rows"][0]["known"], true, "{known}");
    device
}

#[test]
fn the_device_by_command_and_on_paper() {
    let folder = small_book();
    let run = |args: &[&str]| json(folder.path(), args);
    let silent = [
        "ebm",
        "device",
        "--way",
        "vsdc",
        "--address",
        "http://127.0.0.1:9",
        "--serial",
        "X",
        "--item-class",
        "5059690800",
    ];
    assert!(ideni(folder.path(), &silent).status.success());
    let refused = ideni(folder.path(), &["ebm", "initialise"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("http://127.0.0.1:9 does not answer"), "{said}");
    let device = at_the_counter(folder.path());
    let issue = |line: &str| {
        let order = if line.starts_with("Rice") { "PO-77" } else { "PO-78" };
        let told = ["--order", order, "--today", "2026-10-10", "--right", "same-order"];
        let issued = run(&[&["invoice", "issue", "--customer", "C1", "--line", line], &told[..]].concat());
        issued["rows"][0]["number"].as_str().unwrap().to_owned()
    };
    let number = issue("Rice;2;10000;B");
    device.will(&[Fate::Code("777")]);
    let queue = run(&["ebm", "send"]);
    assert_eq!((&queue["rows"][0]["state"], &queue["rows"][0]["waits_for"]), (&"parked".into(), &"777".into()));
    assert_eq!(run(&["ebm", "status"])["rows"][0]["for_a_person"], 1);
    assert!(ideni(folder.path(), &["ebm", "release", &number]).status.success());
    run(&["ebm", "send"]);
    std::thread::sleep(Duration::from_millis(10));
    assert!(ideni(folder.path(), &["ebm", "release", &number]).status.success(), "not waiting for its next attempt");
    assert_eq!(run(&["ebm", "send"])["rows"].as_array().map(Vec::len), Some(0));
    let shown = run(&["ebm", "show", &number]);
    assert_eq!((&shown["totals"]["state"], &shown["totals"]["receipt"]["label"]), (&"fiscalised".into(), &"NS".into()));
    assert!(!shown.to_string().contains("VERYSECRETKEY"));
    let signed = run(&["ebm", "day", "--on", "2026-07-01"]);
    assert_eq!((&signed["totals"]["receipts"], &signed["rows"][0]["with_tax"]), (&1.into(), &"23600".into()));
    let wrong = issue("Sugar;1;500;B");
    assert!(ideni(folder.path(), &["invoice", "void", &wrong, "--reason", "typed twice"]).status.success());
    assert!(!ideni(folder.path(), &["invoice", "void", &number, "--reason", "typed twice"]).status.success());
    #[cfg(feature = "pdf")]
    {
        let paper = folder.path().join("paper.pdf");
        let out = paper.display().to_string();
        assert!(ideni(folder.path(), &["print", "invoice", &number, "--to", &out]).status.success());
        let text = pdf_extract::extract_text(&paper).expect("a PDF").replace("- ", "-");
        for said in ["SDC010000005", "1/1 NS", "INTE-RNAL-DATA", "WIS00001010", "PO-77"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(!text.contains("not an EBM receipt") && !text.contains("Copy"), "{text}");
    }
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let page = browser.get(&format!("/invoices/{number}")).text;
    assert!(page.contains("1/1 NS") && page.contains("PO-77") && !page.contains("VERYSECRETKEY"), "{page}");
    let nothing = browser.get("/ebm").text;
    assert!(nothing.contains("Every document has its receipt."), "{nothing}");
    assert!(!nothing.contains("VERYSECRETKEY"));
    // The pages are served, and with them documents go by themselves.
    device.will(&[Fate::Code("910"), Fate::Code("910")]);
    let late = issue("Oil;1;900;B");
    let page = format!("/invoices/{late}");
    let here = format!("{page}/void");
    let sent = browser.submit(&page, &here, &[("reason", "")]);
    assert_eq!(sent.status, 422, "{}", sent.text);
    let sent = browser.submit(&page, &here, &[("reason", "wrong customer")]);
    assert_eq!(sent.status, 303, "{}", sent.text);
    assert!(ideni(folder.path(), &["verify"]).status.success());
}

#[test]
fn clocks_run_while_the_device_is_silent_or_cut_off_and_stop_when_it_answers() {
    each_engine(|book| {
        let device = known(book);
        let clocks = || {
            let device = book.read(fiscal::device).expect("a device");
            let clocks = fiscal::clocks(&book.actor, &device).expect("clocks");
            let hours = |from: Option<receivables::Instant>, to: Option<receivables::Instant>| {
                Some((to?.micros() - from?.micros()) / 3_600_000_000)
            };
            (hours(device.failed_at, clocks.notice_due_at), hours(device.offline_at, clocks.stops_signing_at))
        };
        assert_eq!(clocks(), (None, None));
        device.will(&[Fate::Code("894"), Fate::CutBefore, Fate::Code("894")]);
        issue(book, &["Rice;1;30000;B"]);
        send(book);
        assert_eq!(clocks(), (None, Some(24)), "it answers, without the authority");
        let since = book.read(fiscal::device).expect("a device").offline_at;
        book.tick(3_600_000_000);
        send(book);
        assert_eq!(clocks(), (Some(6), Some(24)), "it does not answer");
        book.tick(3_600_000_000);
        send(book);
        book.tick(3_600_000_000);
        assert_eq!(book.read(fiscal::device).expect("a device").offline_at, since, "since the first");
        // Who does not want to wait for the next attempt sends it now.
        book.act(|tx, actor, _| fiscal::hasten(tx, actor)).expect("hastened");
        send(book);
        assert_eq!((clocks(), stands(book, "INV-000001").as_str()), ((None, None), "NS 1 of 1"));
    });
}

#[test]
fn what_is_told_of_a_document_and_bent_by_hand_is_found() {
    each_engine(|book| {
        known(book);
        let sold = issue(book, &["Rice;2;30000;B"]);
        send(book);
        credit(book, &sold, How::Lines(vec![(1, Some("1".parse().unwrap()))])).expect("posted");
        for (text, identity) in [
            ("UPDATE submission SET attempts = 7 WHERE state = 'waiting'", "where their last event left them"),
            ("UPDATE submission SET state = 'void' WHERE state = 'fiscalised'", "is of a document that has one"),
            ("UPDATE submission SET state = 'unknown' WHERE state = 'fiscalised'", "where their last event left them"),
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
fn a_day_is_closed_once_and_stays_and_prints_after_the_first_are_copies() {
    each_engine(|book| {
        known(book);
        book.rate("2026-01-01", "USD", "1450");
        let number = issue(book, &["Rice;1;1000;B", "Coffee;1;300;X", "Books;1;20;A"]);
        let dollars = Given { currency: currency("USD"), ..ours(book, &["Advice;1;100;B"]) };
        book.post(dollars).expect("posted");
        let print = |book: &Book| {
            let number = number.clone();
            book.act(move |tx, actor, _| fiscal::print(tx, actor, &number)).expect("counted")
        };
        assert_eq!(print(book), None, "it has no receipt yet");
        assert_eq!(send(book), 2);
        assert_eq!((print(book), print(book)), (Some(0), Some(0)), "looked at twice in a minute");
        book.tick(61_000_000);
        assert_eq!(print(book), Some(1));
        let mut other = book.actor.clone();
        other.user = "ineza".into();
        let of_other = number.clone();
        let second = book.db.write(move |tx| fiscal::print(tx, &other, &of_other));
        assert_eq!(second.expect("counted"), Some(2), "another person is another print");
        let signed = book.act(|tx, actor, _| {
            Ok(store::fiscal::signed_at(tx, actor.company.id)?
                .iter()
                .filter_map(|at| at.date_in("Africa/Kigali"))
                .max())
        });
        let on = signed.expect("read").expect("signed");
        let report = |book: &Book| book.read(|tx, actor| fiscal::day(tx, actor, on));
        let letters = |report: &fiscal::Report| {
            let of = |one: &fiscal::OfLetter| format!("{} {} {} {}", one.letter, one.count, one.with_tax, one.tax);
            report.labels.iter().flat_map(|label| label.letters.iter().map(of)).collect::<Vec<_>>()
        };
        // 118 dollars are 171,100 francs; the export goes as C.
        let expected = ["A 1 20 0", "B 2 172280 26280", "C 1 300 0"];
        assert_eq!((letters(&report(book)), report(book).closed), (expected.map(str::to_owned).into(), false));
        let close = |book: &Book, on: receivables::Date| {
            told(book.act(move |tx, actor, today| fiscal::close(tx, actor, today, on)))
        };
        book.on(&on.to_string());
        assert_eq!(close(book, on), "invalid", "the day is not over");
        book.on(&on.plus_days(1).to_string());
        let open = |book: &Book| book.read(|tx, actor| fiscal::not_closed(tx, actor, book.today(), 7));
        assert_eq!(open(book), [on]);
        assert_eq!((close(book, on), close(book, on)), ("done".into(), "exists".into()));
        assert_eq!((letters(&report(book)), report(book).closed), (expected.map(str::to_owned).into(), true));
        assert!(open(book).is_empty());
        book.verify();
    });
}
