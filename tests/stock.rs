//! The stock of goods, and what the tax device is told of it. On both engines, against a device of our own.

use ideni::actions::credit_note::{self, Given as Credit, How};
use ideni::actions::invoice::{OfItem, References};
use ideni::actions::{item, reissue, setting, stock};
use ideni::jobs;
use receivables::billing::item::Typed;
use receivables::billing::line::Prices;
use receivables::billing::stock::quantity;
use store::Error;

use crate::billing::ours;
use crate::ebm::{PATIENCE, known};
use crate::support::{Book, Browser, TaxDevice, code, each_engine, ideni, json, small_book, told};

/// A book whose device is known, with rice in bags of which so many came in.
fn with_rice(book: &Book, came_in: &str) -> TaxDevice {
    let device = known(book);
    for (code, kind) in [("RICE", "finished"), ("HELP", "service")] {
        let typed = Typed {
            code: code.into(),
            name: format!("{code} 25 kg"),
            tax_class: "B".into(),
            kind: kind.into(),
            packaging: "BG".into(),
            quantity_unit: "KG".into(),
            ..Typed::default()
        };
        book.act(move |tx, actor, today| item::add(tx, actor, today, &typed, None, None)).expect("an item");
    }
    keep(book, "yes");
    if !came_in.is_empty() {
        moved(book, "RICE", came_in, "purchase").expect("in stock");
    }
    device
}

fn keep(book: &Book, value: &str) {
    let given =
        setting::Given { name: "stock".into(), value: value.into(), reason: "a test".into(), ..Default::default() };
    book.act(move |tx, actor, today| setting::set(tx, actor, today, &given, None)).expect("set");
}

fn moved(book: &Book, item: &str, quantity: &str, kind: &str) -> Result<i64, Error> {
    let given = stock::Given {
        item: item.into(),
        kind: kind.into(),
        quantity: quantity.parse().expect("a quantity"),
        unit_price: "20000".parse().expect("a price"),
        on: None,
        remark: String::new(),
    };
    book.act(move |tx, actor, today| stock::add(tx, actor, today, &given, None))
}

fn sell(book: &Book, quantity: &str) -> Result<String, Error> {
    let mut given = ours(book, &[&format!("Rice;{quantity};30000;B"), "Delivery;1;5000;B"]);
    given.lines[0].item = Some(OfItem { code: "RICE".into(), is_priced: true });
    book.post(given)
}

fn send(book: &Book) {
    book.tick(1_000_000);
    jobs::fiscal::send(&book.db, &book.actor, 100, PATIENCE).expect("sent");
}

/// What is left, and each move: kind, quantity and what the device was told.
fn rice(book: &Book) -> (String, Vec<String>) {
    let (left, moves) = book.read(|tx, actor| stock::of(tx, actor, "RICE", 100));
    let said = moves.into_iter().rev().map(|one| {
        let told = one.told.map(|(told, _)| told).unwrap_or_default();
        format!("{} {} {told}", one.kind.code(), quantity(one.micros))
    });
    (left.to_string(), said.collect())
}

/// What the device was told of stock: the number, kind and quantity of a move, or what is left.
fn heard(device: &TaxDevice) -> Vec<String> {
    let said = |(path, request): &(String, serde_json::Value)| match path.as_str() {
        "/stock/saveStockItems" => {
            let line = &request["itemList"][0];
            format!("{} {} {} of {}", request["sarNo"], request["sarTyCd"], line["qty"], request["orgSarNo"])
        }
        _ => format!("left {}", request["rsdQty"]),
    };
    device.state().stock.iter().map(said).collect()
}

#[test]
fn a_sale_moves_stock_when_the_device_has_it_and_the_device_hears_of_it_once() {
    each_engine(|book| {
        let device = with_rice(book, "10");
        let number = sell(book, "4").expect("posted");
        assert_eq!(rice(book), ("10".into(), vec!["purchase 10 waiting".into()]), "not sold before the receipt");
        send(book);
        assert_eq!(rice(book), ("6".into(), vec!["purchase 10 told".into(), "sale -4 told".into()]));
        assert_eq!(heard(&device), ["1 \"02\" 10 of 0", "left 6", "2 \"11\" 4 of 0", "left 6"].map(String::from));
        let line = device.state().stock[2].1["itemList"][0].clone();
        assert_eq!(
            (line["prc"].as_f64(), line["totAmt"].as_f64(), line["taxTyCd"].as_str()),
            (Some(35400.0), Some(141600.0), Some("B"))
        );
        send(book);
        assert_eq!(heard(&device).len(), 4, "told once");
        // What is taken back comes in again, and names the move it takes back.
        let back = Credit {
            invoice: number,
            reason: "returned".into(),
            explanation: "two bags wet".into(),
            how: How::Lines(vec![(1, "2".parse().ok())]),
        };
        book.act(move |tx, actor, today| credit_note::post_or_ask(tx, actor, today, &back, None)).expect("credited");
        send(book);
        assert_eq!(rice(book).0, "8");
        assert_eq!(heard(&device)[4..], ["3 \"03\" 2 of 2", "left 8"].map(String::from));
    });
}

#[test]
fn what_is_not_in_stock_is_not_sold() {
    each_engine(|book| {
        let _device = with_rice(book, "10");
        assert_eq!(code(&sell(book, "11").unwrap_err()), "not-in-stock");
        sell(book, "6").expect("posted");
        assert_eq!(code(&moved(book, "RICE", "5", "discarding").unwrap_err()), "not-in-stock");
        // Six are promised, though the device has not signed for them.
        assert_eq!(code(&sell(book, "5").unwrap_err()), "not-in-stock");
        sell(book, "4").expect("the last");
        send(book);
        assert_eq!(rice(book).0, "0");
        assert_eq!(code(&sell(book, "1").unwrap_err()), "not-in-stock");
        let mut service = ours(book, &["Help;9;1000;B"]);
        service.lines[0].item = Some(OfItem { code: "HELP".into(), is_priced: true });
        book.post(service).expect("a service has no stock");
        keep(book, "no");
        sell(book, "1").expect("where no stock is kept");
    });
}

#[test]
fn many_at_once_do_not_sell_a_bag_twice() {
    each_engine(|book| {
        let _device = with_rice(book, "3");
        let sold = std::thread::scope(|scope| {
            let sellers: Vec<_> = (0..6).map(|_| scope.spawn(|| sell(book, "1").is_ok())).collect();
            sellers.into_iter().map(|seller| seller.join().expect("sold or refused")).filter(|sold| *sold).count()
        });
        assert_eq!(sold, 3);
        send(book);
        assert_eq!(rice(book).0, "0");
    });
}

#[test]
fn a_device_that_is_silent_or_refuses_is_told_again() {
    each_engine(|book| {
        let device = with_rice(book, "10");
        device.state().stock_says.extend(["894"]);
        send(book);
        assert_eq!(rice(book).1, ["purchase 10 waiting"], "it does not reach the authority");
        device.state().stock_says.extend(["000", "910"]);
        send(book);
        assert_eq!(rice(book).1, ["purchase 10 refused"]);
        assert_eq!(heard(&device), ["1 \"02\" 10 of 0"]);
        let again = |number: i64| told(book.act(move |tx, actor, _| stock::tell_again(tx, actor, number)));
        assert_eq!((again(99), again(1), again(1)), ("not-found".into(), "done".into(), "not-found".into()));
        send(book);
        // It has the number already, and says so: then it is told, and what is left after it.
        assert_eq!(rice(book).1, ["purchase 10 told"]);
        assert_eq!(heard(&device), ["1 \"02\" 10 of 0", "left 10"].map(String::from));
    });
}

#[test]
fn a_move_that_cannot_be_is_refused() {
    each_engine(|book| {
        let _device = with_rice(book, "10");
        for (item, quantity, kind, refused) in [
            ("RICE", "1", "sale", "invalid"),
            ("RICE", "1", "return", "invalid"),
            ("RICE", "1", "theft", "invalid"),
            ("RICE", "0", "purchase", "invalid"),
            ("RICE", "-1", "purchase", "invalid"),
            ("RICE", "0.0000001", "purchase", "invalid"),
            ("RICE", "11", "discarding", "not-in-stock"),
            ("HELP", "1", "purchase", "invalid"),
            ("NONE", "1", "purchase", "not-found"),
        ] {
            assert_eq!(code(&moved(book, item, quantity, kind).unwrap_err()), refused, "{item} {quantity} {kind}");
        }
        moved(book, "RICE", "2.5", "adjustment-out").expect("counted less");
        assert_eq!(rice(book).0, "7.5");
    });
}

#[test]
fn stock_by_command_and_on_the_page_of_an_item() {
    let folder = small_book();
    let at = folder.path();
    let run = |args: &[&str]| assert!(ideni(at, args).status.success(), "{args:?}");
    run(&["item", "add", "RICE", "--name", "Rice", "--tax-class", "B", "--kind", "finished"]);
    run(&["setting", "set", "stock", "yes", "--reason", "we sell goods"]);
    assert_eq!(json(at, &["stock", "move", "RICE", "12.5", "--kind", "purchase"])["rows"][0]["number"], 1);
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let form = browser.form("/items/RICE", "/items/RICE/stock");
    let form = form.with(&[("kind", "discarding"), ("quantity", "0.5"), ("remark", "wet")]);
    assert_eq!(browser.send(&form).status, 303);
    assert_eq!(json(at, &["stock", "list"])["rows"][0]["left"], "12");
    let page = browser.get("/items/RICE").text;
    assert!(page.contains("wet") && page.contains("thrown away"), "{page}");
    assert_eq!(json(at, &["stock", "moves", "RICE"])["rows"].as_array().unwrap().len(), 2);
}

#[test]
fn what_stands_in_the_place_of_an_invoice_sells_what_comes_back_and_no_more() {
    each_engine(|book| {
        let _device = with_rice(book, "10");
        let number = sell(book, "10").expect("posted");
        send(book);
        let reissue = |quantity: &str| {
            let mut lines = ours(book, &[&format!("Rice;{quantity};28000;B")]).lines;
            lines[0].item = Some(OfItem { code: "RICE".into(), is_priced: true });
            let given = reissue::Given {
                invoice: number.clone(),
                reason: "wrong-price".into(),
                explanation: "the agreed price is another".into(),
                customer: None,
                lines: Some((lines, Prices::Net)),
                references: References::default(),
                due_on: None,
                settles_disputes: false,
            };
            told(book.act(move |tx, actor, today| reissue::reissue(tx, actor, today, &given, None)))
        };
        assert_eq!(reissue("15"), "not-in-stock");
        assert_eq!(rice(book).0, "0", "nothing of it is done");
        assert_eq!(reissue("10"), "done");
        send(book);
        assert_eq!(rice(book).0, "0");
        book.verify();
    });
}
