//! What contracts bill by usage and once, on both engines: meters, corrections, charges, indexation, items of the catalogue.

use ideni::actions::charge;
use ideni::actions::contract::{self, Billed, Given, Indexed, NewPrice, Which};
use ideni::actions::credit_note;
use ideni::actions::invoice::OfItem;
use ideni::actions::item::{self, GivenPrice};
use ideni::actions::meter::{self, Change, Recorded, Shown};
use ideni::words::{self, Language};
use receivables::billing::contract::{Raise, When};
use receivables::billing::item::Typed;
use receivables::billing::meter::{Reading, Tariff};

use crate::contracts::rent;
use crate::support::{Book, Browser, each_engine, each_engine_really, ideni, json, scaled, small_book, told};

const WATER: &str = "5:340,20:720,*:845";

/// A contract that bills nothing but its meter, once the month is over.
fn water(book: &Book) {
    book.customer("C1", "Kigali Foods");
    let mut given = rent("W-1", "C1", "2026-01-01");
    (given.when, given.name) = (When::Arrears, "Water".into());
    given.lines[0].description = "Meter rent".into();
    given.lines[0].unit_price = "1000".parse().unwrap();
    assert_eq!(told(book.act(move |tx, actor, _| contract::add(tx, actor, &given, None))), "done");
    assert_eq!(install(book, "M-1", "W-1", WATER, "100"), "done");
}

fn install(book: &Book, code: &str, contract: &str, blocks: &str, begins_at: &str) -> String {
    let tariff = match Tariff::read(blocks) {
        Ok(tariff) => tariff,
        Err(refusal) => return refusal.code().to_owned(),
    };
    let given = meter::Given {
        code: code.into(),
        contract: contract.into(),
        description: "Water".into(),
        unit: "m³".into(),
        tax_class: "B".into(),
        tariff,
        from_on: None,
        begins_at: begins_at.parse().unwrap(),
    };
    told(book.act(move |tx, actor, _| meter::add(tx, actor, &given, None)))
}

fn shown(on: &str, value: &str, new_meter: Option<&str>) -> Shown {
    let replaced_at = new_meter.map(|value| value.parse().unwrap());
    let reading = Reading { on: on.parse().unwrap(), value: value.parse().unwrap(), replaced_at };
    Shown { meter: "M-1".into(), reading }
}

fn read(book: &Book, on: &str, value: &str) -> String {
    let shown = shown(on, value, None);
    match book.act(move |tx, actor, today| meter::read(tx, actor, today, &shown, None)) {
        Ok(Recorded::Known) => "known".into(),
        other => told(other),
    }
}

fn correct(book: &Book, on: &str, value: &str) -> String {
    let shown = shown(on, value, None);
    told(book.act(move |tx, actor, _| meter::correct(tx, actor, &shown, "misread", None)))
}

fn run(book: &Book) -> Vec<(String, String)> {
    let billed = book.act(|tx, actor, today| contract::run(tx, actor, today, &Which::default(), None)).expect("a run");
    billed.into_iter().map(|Billed { from, total, .. }| (from, total)).collect()
}

fn bill(from: &str, total: &str) -> (String, String) {
    (from.to_owned(), total.to_owned())
}

/// The lines of an invoice: description, quantity, price, net.
fn lines(book: &Book, number: &str) -> Vec<String> {
    let of = book.read(|tx, actor| ideni::actions::invoice::show(tx, actor, number, None));
    of.invoice
        .lines
        .iter()
        .map(|l| format!("{} | {} × {} = {}", l.description, l.quantity, l.unit_price, l.net))
        .collect()
}

/// What a run would do: period, net, why not, meters without a reading.
fn planned(book: &Book) -> Vec<String> {
    let plan = book.read(|tx, actor| contract::plan(tx, actor, book.today(), None));
    let held = |why: &Option<receivables::Refusal>| why.as_ref().map(|why| words::saying(Language::En, why));
    let told = |one: &contract::Planned| {
        format!(
            "{} {} RWF {} {}",
            one.period.from,
            one.net.minor,
            held(&one.held).unwrap_or_default(),
            one.unread.join(" ")
        )
    };
    plan.iter().map(|one| told(one).trim().to_owned()).collect()
}

#[test]
fn a_period_bills_what_was_used_block_by_block() {
    each_engine(|book| {
        water(book);
        book.on("2026-02-01");
        assert_eq!(read(book, "2026-01-31", "126"), "done");
        assert_eq!(read(book, "2026-01-31", "126"), "known");
        // 26 m³: 5 × 340, 15 × 720, 6 × 845 are 17,570; with the rent 18,570 and 18 %.
        assert_eq!(run(book), [bill("2026-01-01", "21913")]);
        let expected = [
            "Meter rent, 1 January 2026 to 31 January 2026 | 1 × 1000 = 1000",
            "Water, 1 January 2026: 100, 31 January 2026: 126; 0 to 5 m³ | 5 × 340 = 1700",
            "Water, 1 January 2026: 100, 31 January 2026: 126; 5 to 20 m³ | 15 × 720 = 10800",
            "Water, 1 January 2026: 100, 31 January 2026: 126; above 20 m³ | 6 × 845 = 5070",
        ];
        assert_eq!(lines(book, "INV-000001"), expected);
        assert_eq!(run(book), [], "the same day again");
        // No reading in February: the rent alone, and the plan says why. March bills both.
        book.on("2026-03-01");
        assert_eq!(planned(book), ["2026-02-01 1000 RWF  M-1"]);
        assert_eq!(run(book), [bill("2026-02-01", "1180")]);
        book.on("2026-04-01");
        assert_eq!(read(book, "2026-03-31", "129.5"), "done");
        assert_eq!(planned(book), ["2026-03-01 2190 RWF"]);
        assert_eq!(run(book), [bill("2026-03-01", "2584")]);
        assert_eq!(
            lines(book, "INV-000003")[1],
            "Water, 31 January 2026: 126, 31 March 2026: 129.5; 0 to 5 m³ | 3.5 × 340 = 1190"
        );
        book.verify();
    });
}

#[test]
fn a_correction_is_made_up_for_with_the_next_invoice() {
    each_engine(|book| {
        water(book);
        book.on("2026-02-01");
        assert_eq!(read(book, "2026-01-31", "126"), "done");
        assert_eq!(run(book), [bill("2026-01-01", "21913")]);
        assert_eq!(correct(book, "2026-01-31", "99"), "reading-order");
        assert_eq!(correct(book, "2026-01-30", "110"), "not-found");
        assert_eq!(correct(book, "2026-01-31", "122"), "done");
        assert_eq!(correct(book, "2026-01-31", "122"), "exists");
        book.on("2026-03-01");
        assert_eq!(read(book, "2026-02-28", "130"), "done");
        // 4 of the last block less (-3,380), 8 used since (5 × 340 + 3 × 720 = 3,860), and the rent: 1,480.
        assert_eq!(planned(book), ["2026-02-01 1480 RWF"]);
        assert_eq!(run(book), [bill("2026-02-01", "1746")]);
        assert_eq!(
            lines(book, "INV-000002")[1],
            "Water, correction, 1 January 2026: 100, 31 January 2026: 122; above 20 m³ | -4 × 845 = -3380"
        );
        book.on("2026-04-01");
        assert_eq!(run(book), [bill("2026-03-01", "1180")], "taken back once");
        book.verify();
    });
}

#[test]
fn what_is_more_than_the_next_invoice_is_credited_first() {
    each_engine(|book| {
        water(book);
        book.on("2026-02-01");
        assert_eq!(read(book, "2026-01-31", "126"), "done");
        assert_eq!(run(book), [bill("2026-01-01", "21913")]);
        assert_eq!(correct(book, "2026-01-31", "101"), "done");
        book.on("2026-03-01");
        let said = "Too much usage was billed before, more than this invoice can take back. Credit invoice INV-000001 first, \
                    lines 2:4,3:15,4:6 (line:quantity); then bill this.";
        // 25 of 26 back are 17,230, beside a rent of 1,000.
        assert_eq!(planned(book), [format!("2026-02-01 -16230 RWF {said} M-1")]);
        assert_eq!(run(book), [], "it waits");
        let credit = credit_note::Given {
            invoice: "INV-000001".into(),
            reason: "wrong-quantity".into(),
            explanation: "the meter was misread".into(),
            how: credit_note::How::Lines(vec![(2, "4".parse().ok()), (3, "15".parse().ok()), (4, "6".parse().ok())]),
        };
        let noted = book.act(move |tx, actor, today| credit_note::post_or_ask(tx, actor, today, &credit, None));
        assert_eq!(told(noted), "done");
        assert_eq!(run(book), [bill("2026-02-01", "1180")]);
        book.on("2026-04-01");
        assert_eq!(read(book, "2026-03-31", "105"), "done");
        // 4 × 340 and the rent.
        assert_eq!(run(book), [bill("2026-03-01", "2785")]);
        book.verify();
    });
}

#[test]
fn a_meter_is_replaced_and_its_tariff_changes_from_a_day_on() {
    each_engine(|book| {
        water(book);
        book.on("2026-02-01");
        let replaced = shown("2026-01-20", "104", Some("2"));
        assert_eq!(told(book.act(move |tx, actor, today| meter::read(tx, actor, today, &replaced, None))), "done");
        assert_eq!(read(book, "2026-01-31", "1.5"), "reading-order");
        assert_eq!(read(book, "2026-01-31", "3.5"), "done");
        assert_eq!(run(book), [bill("2026-01-01", "3611")], "5.5: 5 × 340 and 0.5 × 720, and the rent");
        assert!(lines(book, "INV-000001")[1].contains("meter replaced at 104 by one at 2"));
        let tariff = |from: &str| {
            let tariff = Tariff::read("400").unwrap();
            let from_on = from.parse().unwrap();
            let change = Change { meter: "M-1".into(), tariff, from_on, reason: "RURA".into() };
            told(book.act(move |tx, actor, _| meter::change(tx, actor, &change, None)))
        };
        assert_eq!(tariff("2026-01-15"), "period-billed");
        assert_eq!(tariff("2026-02-15"), "done");
        assert_eq!(tariff("2026-02-10"), "invalid");
        book.on("2026-04-01");
        assert_eq!(read(book, "2026-02-28", "5.5"), "done");
        assert_eq!(read(book, "2026-03-31", "6.5"), "done");
        // February still by the old tariff: 2 × 340; March by the new one: 400.
        assert_eq!(run(book), [bill("2026-02-01", "1982"), bill("2026-03-01", "1652")]);
        book.verify();
    });
}

#[test]
fn what_cannot_be_read_or_priced_is_refused() {
    each_engine(|book| {
        water(book);
        book.on("2026-02-01");
        assert_eq!(install(book, "M-1", "W-1", WATER, "0"), "exists");
        assert_eq!(install(book, "M-2", "NONE", WATER, "0"), "not-found");
        assert_eq!(install(book, " ", "W-1", WATER, "0"), "missing");
        assert_eq!(install(book, "M-2", "W-1", WATER, "-1"), "invalid");
        for blocks in ["", "5:340", "5:340,5:720,*:845", "-1", "💧"] {
            assert_eq!(install(book, "M-2", "W-1", blocks, "0"), "invalid", "{blocks}");
        }
        assert_eq!(read(book, "2026-01-31", "99"), "reading-order");
        assert_eq!(read(book, "2026-02-02", "110"), "invalid", "tomorrow");
        assert_eq!(read(book, "2025-12-31", "110"), "invalid", "before it was there");
        assert_eq!(read(book, "2026-01-31", "0.0000001"), "invalid");
        assert_eq!(read(book, "2026-01-31", "110"), "done");
        assert_eq!(read(book, "2026-01-31", "111"), "reading-there");
        assert_eq!(read(book, "2026-01-15", "111"), "reading-order", "above the later one");
        assert_eq!(correct(book, "2026-01-31", "109"), "done");
        book.verify();
    });
}

fn charge(book: &Book, on: &str, price: &str) -> String {
    let given = charge::Given {
        contract: "R-1".into(),
        description: "Connection".into(),
        quantity: "1".parse().unwrap(),
        unit: None,
        unit_price: price.parse().unwrap(),
        tax_class: "B".into(),
        on: on.parse().unwrap(),
    };
    told(book.act(move |tx, actor, _| charge::add(tx, actor, &given, None)))
}

fn let_out(book: &Book, change: impl FnOnce(&mut Given)) {
    book.customer("C1", "Kigali Foods");
    let mut given = rent("R-1", "C1", "2026-01-01");
    change(&mut given);
    assert_eq!(told(book.act(move |tx, actor, _| contract::add(tx, actor, &given, None))), "done");
}

#[test]
fn a_charge_is_billed_once_with_the_first_invoice_from_its_day_on() {
    each_engine(|book| {
        book.on("2026-01-01");
        let_out(book, |_| {});
        assert_eq!(charge(book, "2026-01-20", "50000"), "done");
        assert_eq!(charge(book, "2026-01-20", "-1"), "invalid");
        assert_eq!(run(book), [bill("2026-01-01", "365800")], "not yet");
        book.on("2026-02-01");
        assert_eq!(planned(book), ["2026-02-01 360000 RWF"]);
        assert_eq!(run(book), [bill("2026-02-01", "424800")]);
        book.on("2026-03-01");
        assert_eq!(run(book), [bill("2026-03-01", "365800")]);
        book.verify();
    });
}

/// The charges of all contracts: id, invoice, and why it was taken back.
fn charges(book: &Book) -> Vec<(String, Option<String>, Option<String>)> {
    let all = book.read(charge::list);
    all.into_iter().map(|one| (one.id.to_string(), one.invoice, one.withdrawn)).collect()
}

fn withdraw(book: &Book, id: &str, reason: &str) -> String {
    let (id, reason) = (id.to_owned(), reason.to_owned());
    told(book.act(move |tx, actor, today| charge::withdraw(tx, actor, today, &id, &reason, None)))
}

#[test]
fn a_charge_that_is_not_billed_is_taken_back_once_and_is_never_billed() {
    each_engine(|book| {
        book.on("2026-01-01");
        let_out(book, |_| {});
        for on in ["2026-01-20", "2026-01-21"] {
            assert_eq!(charge(book, on, "50000"), "done");
        }
        let [first, second] = charges(book).try_into().expect("two charges");
        assert_eq!(
            (withdraw(book, &first.0, " "), withdraw(book, "NONE", "x")),
            ("missing".into(), "not-found".into())
        );
        assert_eq!(withdraw(book, &first.0, "typed twice"), "done");
        assert_eq!(withdraw(book, &first.0, "typed twice"), "charge-withdrawn");
        book.on("2026-02-01");
        assert_eq!(run(book)[0], bill("2026-01-01", "424800"), "one of the two");
        let [first, second] = [first.0, second.0].map(|id| charges(book).into_iter().find(|one| one.0 == id).unwrap());
        assert_eq!((&first.1, first.2.as_deref()), (&None, Some("typed twice")));
        assert_eq!((second.1.as_deref(), &second.2), (Some("INV-000001"), &None));
        assert_eq!(withdraw(book, &second.0, "typed twice"), "charge-billed");
        book.verify();
    });
}

#[test]
fn a_charge_is_billed_or_taken_back_where_both_are_tried_at_once() {
    each_engine(|book| {
        book.on("2026-01-01");
        let_out(book, |_| {});
        for month in 1..=scaled(40).max(4) {
            let on = book.today();
            assert_eq!(charge(book, &on.to_string(), "50000"), "done");
            let id = charges(book).pop().expect("a charge").0;
            let ready = std::sync::Barrier::new(2);
            let (billed, withdrawn) = std::thread::scope(|scope| {
                let billed = scope.spawn(|| {
                    ready.wait();
                    run(book)
                });
                let withdrawn = scope.spawn(|| {
                    ready.wait();
                    withdraw(book, &id, "a test")
                });
                (billed.join().expect("a run"), withdrawn.join().expect("an answer"))
            });
            let last = charges(book).pop().expect("a charge");
            let expected = if last.1.is_some() { ("424800", "charge-billed") } else { ("365800", "done") };
            assert_eq!((billed[0].1.as_str(), withdrawn.as_str()), expected, "month {month}");
            assert!(last.1.is_some() != last.2.is_some(), "{last:?}");
            book.on(&on.plus_months(1).to_string());
        }
        book.verify();
    });
}

#[test]
fn a_charge_is_taken_back_by_command_and_on_the_page_of_its_contract() {
    let folder = small_book();
    let at = folder.path();
    let agreed = ["contract", "add", "R-1", "--customer", "C1", "--starts-on", "2026-06-01", "--line", "Rent;1;1000;B"];
    assert!(ideni(at, &agreed).status.success());
    let add = |what: &str| {
        let of = ["contract", "charge", "R-1", "--description", what, "--amount", "25000", "--tax-class", "B"];
        json(at, &of)["rows"][0]["id"].as_str().expect("an id").to_owned()
    };
    let (first, second) = (add("Connection"), add("Key"));
    assert!(ideni(at, &["contract", "charge-withdraw", &first, "--reason", "not made"]).status.success());
    assert_eq!(json(at, &["contract", "charges"])["rows"][0]["withdrawn"], "not made");
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let here = format!("/contracts/R-1/charges/{second}/withdraw");
    assert_eq!(browser.submit("/contracts/R-1", &here, &[("reason", "lost")]).status, 303);
    let page = browser.get("/contracts/R-1").text;
    assert!(page.contains("not made") && page.contains("lost") && page.contains("taken back"), "{page}");
    let open = json(at, &["report", "unbilled"]).to_string();
    assert!(!open.contains("Connection") && !open.contains("Key"), "{open}");
}

#[test]
fn all_lines_are_raised_by_an_index_from_a_day_on() {
    each_engine(|book| {
        book.on("2026-01-01");
        let_out(book, |given| {
            let parking = given.lines[0].clone();
            given.lines.push(parking);
            (given.lines[1].description, given.lines[1].unit_price) = ("Parking".into(), "1010".parse().unwrap());
        });
        assert_eq!(run(book).len(), 1);
        let indexed = |raise: Raise, from: &str| Indexed {
            contract: "R-1".into(),
            raise,
            from_on: from.parse().unwrap(),
            reason: "CPI".into(),
        };
        let five = Raise::Percent("5".parse().unwrap());
        let preview = book.read(|tx, actor| contract::index_preview(tx, actor, &indexed(five, "2026-02-01")));
        let told_of = |one: &NewPrice| format!("{} {} {}", one.line, one.was, one.becomes);
        assert_eq!(preview.iter().map(told_of).collect::<Vec<_>>(), ["1 310000 325500", "2 1010 1061"]);
        let index = |raise: Raise, from: &str| {
            let indexed = indexed(raise, from);
            told(book.act(move |tx, actor, _| contract::index(tx, actor, &indexed, None)))
        };
        assert_eq!(index(five, "2026-01-15"), "period-billed");
        assert_eq!(index(Raise::Percent("-100".parse().unwrap()), "2026-02-01"), "invalid");
        assert_eq!(index(five, "2026-02-01"), "done");
        book.on("2026-02-01");
        assert_eq!(run(book), [bill("2026-02-01", "385342")], "326,561 and 18 %");
        let ratio = Raise::Index { old: "112.3".parse().unwrap(), new: "118.9".parse().unwrap() };
        assert_eq!(index(ratio, "2026-03-01"), "done");
        book.on("2026-03-01");
        assert_eq!(planned(book), ["2026-03-01 345753 RWF"], "344,630 and 1,123");
        book.verify();
    });
}

fn price(book: &Book, from: &str, price: &str) {
    let given = GivenPrice {
        customer: None,
        list: None,
        currency: receivables::Currency::RWF,
        from_on: from.parse().unwrap(),
        from_quantity: "0".parse().unwrap(),
        unit_price: Some(price.parse().unwrap()),
        prices: receivables::billing::line::Prices::Net,
    };
    assert_eq!(told(book.act(move |tx, actor, _| item::price(tx, actor, "GUARD", &given, None))), "done");
}

#[test]
fn a_line_of_the_catalogue_costs_what_it_costs_on_the_first_day_of_the_period() {
    each_engine(|book| {
        book.on("2026-01-01");
        let guard = Typed {
            code: "GUARD".into(),
            name: "Security guard".into(),
            tax_class: "B".into(),
            kind: "service".into(),
            unit: "month".into(),
            ..Typed::default()
        };
        assert_eq!(told(book.act(move |tx, actor, today| item::add(tx, actor, today, &guard, None, None))), "done");
        price(book, "2026-01-01", "100000");
        price(book, "2026-02-15", "120000");
        let_out(book, |given| {
            let line = &mut given.lines[0];
            (line.description, line.tax_class) = (String::new(), String::new());
            line.item = Some(OfItem { code: "GUARD".into(), is_priced: false });
        });
        book.on("2026-03-01");
        assert_eq!(
            run(book),
            [bill("2026-01-01", "118000"), bill("2026-02-01", "118000"), bill("2026-03-01", "141600")]
        );
        assert_eq!(lines(book, "INV-000003"), ["Security guard, 1 March 2026 to 31 March 2026 | 1 × 120000 = 120000"]);
        let sold = "SELECT COUNT(*) FROM line_item WHERE company = $1";
        assert_eq!(book.number(sold), 3);
        // What is not offered any more holds its contract up, and no other.
        let retired = book.act(|tx, actor, _| item::retire(tx, actor, "GUARD", false, "no guards left", None));
        assert_eq!(told(retired), "done");
        let other = rent("R-2", "C1", "2026-04-01");
        assert_eq!(told(book.act(move |tx, actor, _| contract::add(tx, actor, &other, None))), "done");
        book.on("2026-04-01");
        assert_eq!(run(book), [bill("2026-04-01", "365800")]);
        assert!(planned(book)[0].starts_with("2026-04-01 0 RWF"), "{:?}", planned(book));
        book.verify();
    });
}

/// Eight runs at once, of a contract with a meter and a charge.
#[test]
fn many_runs_at_once_bill_usage_and_charges_once() {
    each_engine_really(|book, _| {
        book.customer("C1", "Kigali Foods");
        let today = book.clock.now().date_in("Africa/Kigali").expect("a day");
        let first = today.first_of_month().plus_months(-3);
        let mut given = rent("R-1", "C1", &first.to_string());
        given.when = When::Arrears;
        assert_eq!(told(book.act(move |tx, actor, _| contract::add(tx, actor, &given, None))), "done");
        assert_eq!(install(book, "M-1", "R-1", WATER, "0"), "done");
        for (n, value) in [(1, "10"), (2, "25"), (3, "60")] {
            let on = first.plus_months(n).plus_days(-1);
            let reading = Reading { on, value: value.parse().unwrap(), replaced_at: None };
            let shown = Shown { meter: "M-1".into(), reading };
            assert_eq!(told(book.act(move |tx, actor, _| meter::read(tx, actor, today, &shown, None))), "done");
        }
        assert_eq!(charge(book, &first.to_string(), "50000"), "done");
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
        assert_eq!(billed, 3);
        assert_eq!(book.number("SELECT COUNT(*) FROM usage_bill WHERE company = $1"), 3);
        assert_eq!(book.number("SELECT COUNT(*) FROM charge_bill WHERE company = $1"), 1);
        book.verify();
    });
}

#[test]
fn meters_and_charges_by_command() {
    let folder = small_book();
    let at = folder.path();
    let done = |args: &[&str]| {
        let out = ideni(at, args);
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    };
    let refused = |args: &[&str]| {
        let out = ideni(at, args);
        assert!(!out.status.success(), "{args:?}");
        String::from_utf8_lossy(&out.stderr).into_owned()
    };
    done(&[
        "contract",
        "add",
        "W-1",
        "--customer",
        "C1",
        "--starts-on",
        "2026-01-01",
        "--bills",
        "arrears",
        "--line",
        "Rent;1;1000;B",
    ]);
    done(&["meter", "add", "M-1", "--contract", "W-1", "--unit", "m3", "--tax-class", "B", "--blocks", WATER]);
    let on = ["--today", "2026-02-01"];
    done(&[&["meter", "read", "M-1", "--on", "2026-01-10", "--value", "2"], &on[..]].concat());
    assert!(
        refused(&[&["meter", "read", "M-1", "--on", "2026-02-31", "--value", "2"], &on[..]].concat())
            .contains("2026-02-31")
    );
    assert!(
        refused(&[&["meter", "read", "NONE", "--value", "2"], &on[..]].concat()).contains("There is no meter \"NONE\"")
    );
    let below = refused(&[&["meter", "read", "M-1", "--value", "1"], &on[..]].concat());
    assert!(below.contains("Meter M-1 cannot show 1 on 1 February 2026: it showed 2 on 10 January 2026"), "{below}");
    assert!(
        refused(&["meter", "tariff", "M-1", "--blocks=-5", "--from", "2026-03-01", "--reason", "x"]).contains("-5")
    );
    std::fs::write(
        at.join("readings.csv"),
        "meter,on,value,quantity\nM-1,2026-01-20,7,\n💧,2026-01-31,8,\nM-1,2026-02-31,9,\nM-1,2026-01-31,,5.5\nM-1,2026-01-30,1,\n,2026-01-31,3,\n",
    )
    .unwrap();
    let import = [&["usage", "import", "readings.csv"], &on[..]].concat();
    let rows = |out: serde_json::Value| -> Vec<String> {
        let rows = out["rows"].as_array().unwrap().clone();
        rows.iter().map(|row| format!("{} {}", row["line"], row["status"].as_str().unwrap())).collect()
    };
    let first = rows(json(at, &import));
    assert_eq!(first, ["2 created", "3 refused", "4 refused", "5 created", "6 refused", "7 refused"]);
    let again = rows(json(at, &import));
    assert_eq!(again, ["2 duplicate", "3 refused", "4 refused", "5 duplicate", "6 refused", "7 refused"]);
    done(&[
        "contract",
        "charge",
        "W-1",
        "--description",
        "Connection",
        "--amount",
        "25000",
        "--tax-class",
        "B",
        "--on",
        "2026-01-15",
    ]);
    let plan = json(at, &[&["contract", "plan"], &on[..]].concat());
    // 12.5: 5 × 340 and 7.5 × 720 are 7,100; rent and charge 26,000.
    assert_eq!((&plan["rows"][0]["net"], &plan["rows"][0]["unread"]), (&"33100".into(), &"".into()));
    assert_eq!(json(at, &[&["contract", "run"], &on[..]].concat())["rows"].as_array().unwrap().len(), 1);
    assert_eq!(json(at, &["contract", "charges"])["rows"][0]["invoice"], "INV-000001");
    assert_eq!(json(at, &["meter", "list"])["rows"][0]["billed_to"], "2026-01-31");
    done(&["meter", "correct", "M-1", "--on", "2026-01-31", "--value", "12", "--reason", "misread"]);
    assert_eq!(json(at, &["meter", "show", "M-1"])["rows"].as_array().unwrap().len(), 5);
    let raised = json(
        at,
        &["contract", "index", "W-1", "--from", "2026-03-01", "--percent", "4.5", "--reason", "CPI", "--dry-run"],
    );
    assert_eq!(raised["rows"][0]["becomes"], "1045");
    done(&[
        "contract",
        "index",
        "W-1",
        "--from",
        "2026-03-01",
        "--old-index",
        "100",
        "--new-index",
        "104.5",
        "--reason",
        "CPI",
    ]);
    done(&["verify"]);
}

#[test]
fn a_meter_is_read_corrected_and_billed_on_the_page_of_its_contract() {
    let folder = small_book();
    let at = folder.path();
    let agreed = ["contract", "add", "W/1", "--customer", "C1", "--starts-on", "2026-06-01", "--bills", "arrears"];
    assert!(ideni(at, &[&agreed[..], &["--line", "Rent;1;1000;B"]].concat()).status.success());
    let tariff = ["--unit", "m³", "--tax-class", "B", "--blocks", WATER];
    assert!(ideni(at, &[&["meter", "add", "M 1", "--contract", "W/1"][..], &tariff].concat()).status.success());
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    assert!(browser.get("/contracts").text.contains("/contracts/W%2F1"));
    let here = "/contracts/W%2F1";
    let page = browser.get(here).text;
    assert!(page.contains("not read: M 1") && page.contains("5:340,20:720,*:845"), "{page}");
    let readings = "/contracts/W%2F1/meters/M%201/readings";
    let refused = browser.submit(here, readings, &[("on", "2026-06-30"), ("value", "💧")]);
    assert!(refused.status == 422 && refused.text.contains("💧"), "{}", refused.status);
    let said = browser.submit(here, readings, &[("on", "2026-06-30"), ("value", "26")]);
    assert_eq!(said.status, 303);
    let corrections = "/contracts/W%2F1/meters/M%201/corrections";
    let changes = [("on", "2026-06-30"), ("value", "12"), ("reason", "misread")];
    assert_eq!(browser.submit(here, corrections, &changes).status, 303);
    assert_eq!(browser.submit(here, "/contracts/W%2F1/run", &[]).status, 303);
    let after = browser.get(here).text;
    // 5 × 340 and 7 × 720, and the rent.
    assert!(after.contains("INV-000001") && after.contains("7,740"), "{after}");
}

/// No tax device takes a line below zero: what is taken back is credited, even where the invoice would stay above zero.
#[test]
fn with_a_tax_device_a_correction_is_credited_and_not_billed() {
    let folder = small_book();
    let at = folder.path();
    let done = |args: &[&str]| assert!(ideni(at, args).status.success(), "{args:?}");
    let agreed = ["contract", "add", "W-1", "--customer", "C1", "--starts-on", "2026-01-01", "--bills", "arrears"];
    done(&[&agreed[..], &["--line", "Rent;1;100000;B"]].concat());
    let tariff = ["--unit", "m3", "--tax-class", "B", "--blocks", WATER];
    done(&[&["meter", "add", "M-1", "--contract", "W-1"][..], &tariff].concat());
    done(&["meter", "read", "M-1", "--on", "2026-01-31", "--value", "26"]);
    done(&["contract", "run", "--today", "2026-02-01"]);
    done(&["meter", "correct", "M-1", "--on", "2026-01-31", "--value", "22", "--reason", "misread"]);
    let plan = || json(at, &["contract", "plan", "--today", "2026-03-01"]);
    assert_eq!((&plan()["rows"][0]["net"], &plan()["rows"][0]["held"]), (&"96620".into(), &serde_json::Value::Null));
    let _device = crate::ebm::at_the_counter(at);
    let held = plan()["rows"][0]["held"].to_string();
    assert!(held.contains("Credit invoice INV-000001 first, lines 4:4"), "{held}");
}
