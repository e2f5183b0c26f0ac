//! What else the tax device is asked and told: its codes and item classes, who has a tax number, and the customers of documents. On
//! both engines, against a device of our own.

use ideni::actions::item::{self, Change};
use ideni::actions::{company, customer, fiscal};
use ideni::jobs;
use receivables::billing::item::Typed;
use serde_json::{Value, json};
use store::Error;

use crate::billing::ours;
use crate::ebm::{PATIENCE, at_the_counter, known};
use crate::support::{Book, Browser, Fate, TaxDevice, code, each_engine, ideni, json, small_book, told};

fn table(class: &str, codes: &[(&str, &str, &str)]) -> Value {
    let of = |(code, name, used): &(&str, &str, &str)| json!({ "cd": code, "cdNm": name, "useYn": used });
    json!({ "cdCls": class, "cdClsNm": class, "useYn": "Y", "dtlList": codes.iter().map(of).collect::<Vec<_>>() })
}

fn lists(device: &TaxDevice) {
    let class = |code: &str, name: &str| json!({ "itemClsCd": code, "itemClsNm": name, "itemClsLvl": 5, "useYn": "Y" });
    let mut state = device.state();
    state.tables = json!([
        table("17", &[("BG", "Bag", "Y"), ("BX", "Box", "Y"), ("OU", "No outer packaging", "Y"), ("NT", "Net", "Y")]),
        table("10", &[("KG", "Kilo-Gramme", "Y"), ("U", "Pieces", "Y"), ("BA", "Barrel", "N")]),
    ]);
    state.classes = json!([class("5059690800", "Rice"), class("5059690900", "Milled rice flour")]);
}

/// What came of each kind of table: `codes 7 7 0` came, were new, were changed; or why nothing did.
fn fetch(book: &Book) -> String {
    book.tick(1_000_000);
    let written = |kept: fiscal::Kept| format!("{} {} {} {}", kept.tables, kept.came, kept.added, kept.changed);
    match jobs::fiscal::codes(&book.db, &book.actor, PATIENCE) {
        Ok(all) => all.into_iter().map(written).collect::<Vec<_>>().join(", "),
        Err(error) => code(&error),
    }
}

fn found(book: &Book, text: &str) -> String {
    let found = book.read(|tx, actor| fiscal::search_codes(tx, actor, text, 10));
    found.into_iter().map(|one| format!("{} {}", one.class, one.code)).collect::<Vec<_>>().join(", ")
}

/// An item that is packed, counted and classed so: `BG KG 5059690800`.
fn typed(item: &str, says: &str) -> Typed {
    let mut words = says.split(' ').map(|word| word.replace('-', ""));
    let mut next = || words.next().unwrap_or_default();
    Typed {
        code: item.into(),
        name: "Rice".into(),
        tax_class: "B".into(),
        kind: "finished".into(),
        packaging: next(),
        quantity_unit: next(),
        class_code: next(),
        ..Typed::default()
    }
}

fn add(book: &Book, item: &str, says: &str) -> Result<(), Error> {
    let typed = typed(item, says);
    book.act(move |tx, actor, today| item::add(tx, actor, today, &typed, None, None))
}

/// The sentence of a refusal.
fn sentence(result: Result<(), Error>) -> String {
    ideni::words::failure(ideni::words::Language::En, &result.expect_err("a refusal"))
}

#[test]
fn codes_are_kept_and_an_item_is_held_against_them() {
    each_engine(|book| {
        let device = known(book);
        add(book, "BEFORE", "ZZ Q 99").expect("where nothing was fetched, all is as it was");
        lists(&device);
        assert_eq!(fetch(book), "codes 7 7 0, classes 2 2 0");
        assert_eq!(fetch(book), "codes 7 0 0, classes 2 0 0");
        let since = device.state().asked_since.clone();
        assert_eq!(since[..2], ["20180101020000"; 2]);
        assert!(since[2..].iter().all(|since| since.starts_with("20251231")), "a day before: {since:?}");
        assert_eq!(found(book, "ric"), "item-class 5059690800, item-class 5059690900");
        assert_eq!((found(book, "50596909"), found(book, "barrel")), ("item-class 5059690900".into(), String::new()));

        add(book, "RICE", "BG KG 5059690800").expect("codes that the device has");
        add(book, "SALT", "- - -").expect("the usual packaging and unit");
        for (says, field, near) in [
            ("BAG KG 5059690800", "packaging", "near it are BG (Bag)"),
            ("BG BA 5059690800", "unit of the tax device", "none near it"),
            ("BG KG 5059690801", "class code", "5059690800 (Rice), 5059690900 (Milled rice flour)"),
        ] {
            let said = sentence(add(book, "NEW", says));
            assert!(said.contains(field) && said.contains(near), "{said}");
        }
        let change = |code: &str, name: Option<&str>, packaging: Option<&str>| {
            let (name, packaging) = (name.map(str::to_owned), packaging.map(str::to_owned));
            let change = Change { code: code.into(), name, packaging, ..Change::default() };
            told(book.act(move |tx, actor, today| item::change(tx, actor, today, &change, None)))
        };
        assert_eq!(change("RICE", None, Some("BAG")), "invalid");
        assert_eq!(change("BEFORE", Some("Old rice"), None), "done", "what it said before is left in peace");
        assert_eq!(change("BEFORE", None, Some("BX")), "done");

        // Another name, and a code that is used no more.
        device.state().tables = json!([table("17", &[("BG", "Sack", "Y"), ("BX", "Box", "N")])]);
        device.state().classes = Value::Null;
        assert_eq!(fetch(book), "codes 2 0 2, classes 0 0 0");
        assert_eq!((found(book, "sack"), found(book, "box")), ("17 BG".into(), String::new()));
        assert_eq!(code(&add(book, "NEW", "BX KG 5059690800").unwrap_err()), "invalid");
    });
}

#[test]
fn silence_and_refusals_leave_what_was_kept() {
    each_engine(|book| {
        let device = known(book);
        lists(&device);
        device.state().desk_fates.extend([Fate::Signs, Fate::CutBefore]);
        assert_eq!(fetch(book), "device-silent");
        assert_eq!((found(book, "bag"), found(book, "rice")), ("17 BG".into(), String::new()), "what came first stays");
        for (fate, expected) in
            [(Fate::Code("894"), "device-said"), (Fate::CutBefore, "device-silent"), (Fate::Page(404), "device-silent")]
        {
            device.state().desk_fates.extend([fate]);
            assert_eq!(fetch(book), expected, "{fate:?}");
            assert_eq!(found(book, "bag"), "17 BG");
        }
        assert_eq!(fetch(book), "codes 7 0 0, classes 2 2 0");
        let since = device.state().asked_since.clone();
        assert_eq!(since.last().map(String::as_str), Some("20180101020000"), "its classes never came before");
        book.verify();
    });
}

#[test]
fn the_codes_of_another_company_are_not_seen() {
    each_engine(|book| {
        let device = known(book);
        lists(&device);
        assert_eq!(fetch(book), "codes 7 7 0, classes 2 2 0");
        let new = company::NewCompany {
            name: "Other Ltd".into(),
            code: None,
            tin: None,
            currency: book.actor.company.currency,
            country: "rw".into(),
            simulated: true,
        };
        let mut other = book.db.write(move |tx| company::init(tx, "admin", &new)).expect("a company");
        other.roles = book.actor.roles;
        let found = book.db.read(|tx| fiscal::search_codes(tx, &other, "rice", 10)).expect("read");
        assert!(found.is_empty(), "{found:?}");
        let (today, item) = (book.today(), typed("RICE", "ZZ Q 99"));
        let added = book.db.write(move |tx| item::add(tx, &other, today, &item, None, None));
        assert_eq!(told(added), "done");
    });
}

/// A customer with a tax number and a telephone.
fn with_tin(book: &Book, code: &str, name: &str, tin: &str) {
    let given = customer::Given {
        code: code.into(),
        name: Some(name.into()),
        tin: Some(tin.into()),
        phone: Some("+250788123456".into()),
        ..customer::Given::default()
    };
    book.act(move |tx, actor, today| customer::save(tx, actor, today, &given)).expect("saved");
}

fn sell(book: &Book, customer: &str) -> String {
    let mut given = ours(book, &["Rice;1;30000;B"]);
    (given.customer, given.references.purchase_code) = (customer.into(), Some("ABC123".into()));
    book.post(given).expect("posted")
}

fn send(book: &Book) -> usize {
    book.tick(1_000_000);
    jobs::fiscal::send(&book.db, &book.actor, 100, PATIENCE).expect("sent")
}

/// The names under which the device was told of customers.
fn names(device: &TaxDevice) -> Vec<String> {
    device.state().customers.iter().map(|one| one["custNm"].as_str().unwrap_or_default().to_owned()).collect()
}

/// How the device was told of a customer.
fn on_device(book: &Book, code: &str) -> String {
    let told = book.read(|tx, actor| {
        let known = store::customer::get(tx, actor.company.id, code)?;
        fiscal::customer_of(tx, actor, known.id)
    });
    told.map_or("nothing".into(), |told| told.state)
}

#[test]
fn a_customer_is_told_before_the_first_sale_once_and_again_after_a_change() {
    each_engine(|book| {
        let device = known(book);
        with_tin(book, "C7", "Huye Bakery", "101234567");
        book.customer("C8", "Nobody Known");
        sell(book, "C7");
        assert_eq!((on_device(book, "C7"), send(book)), ("nothing".into(), 1));
        let called = device.state().called.clone();
        assert_eq!(called[called.len() - 2..], ["/branches/saveBrancheCustomers", "/trnsSales/saveSales"]);
        let said = device.state().customers[0].clone();
        assert_eq!(
            (&said["custTin"], &said["telNo"], &said["useYn"]),
            (&json!("101234567"), &json!("+250788123456"), &json!("Y"))
        );
        sell(book, "C7");
        sell(book, "C8");
        assert_eq!((send(book), names(&device)), (2, vec!["Huye Bakery".to_owned()]));
        with_tin(book, "C7", "Huye Bakery Ltd", "101234567");
        sell(book, "C7");
        assert_eq!((send(book), names(&device).last().cloned()), (1, Some("Huye Bakery Ltd".into())));
        assert_eq!(
            (names(&device).len(), on_device(book, "C7"), on_device(book, "C8")),
            (2, "told".into(), "nothing".into())
        );
    });
}

#[test]
fn a_customer_whom_the_device_does_not_take_holds_up_no_sale() {
    each_engine(|book| {
        let device = known(book);
        for (code, fate, stands) in [
            ("C1", Fate::Code("910"), "refused"),
            ("C2", Fate::Page(404), "refused"),
            ("C3", Fate::CutBefore, "silent"),
            ("C4", Fate::Code("994"), "told"),
        ] {
            with_tin(book, code, code, &format!("10123456{}", &code[1..]));
            device.state().desk_fates.extend([fate]);
            let before = device.numbers().len();
            sell(book, code);
            assert_eq!((send(book), on_device(book, code)), (1, stands.into()), "{fate:?}");
            assert_eq!(device.numbers().len(), before + 1, "{fate:?}");
        }
        // Whoever was refused stays so until something of them changes; silence is told again, after an hour.
        for code in ["C1", "C3"] {
            sell(book, code);
        }
        assert_eq!((send(book), names(&device).len()), (2, 0));
        book.tick(3_600_000_000);
        for code in ["C1", "C3"] {
            sell(book, code);
        }
        assert_eq!((send(book), names(&device)), (2, vec!["C3".to_owned()]));
        assert_eq!((on_device(book, "C1"), on_device(book, "C3")), ("refused".into(), "told".into()));
        with_tin(book, "C1", "C1 Ltd", "101234561");
        sell(book, "C1");
        assert_eq!((send(book), on_device(book, "C1")), (1, "told".into()));
        book.verify();
    });
}

/// Who has a tax number, or why that is not known.
fn buyer(book: &Book, tin: &str) -> String {
    match jobs::fiscal::buyer(&book.db, &book.actor, tin, PATIENCE) {
        Ok(one) => one.name.unwrap_or_default(),
        Err(error) => code(&error),
    }
}

fn taxpayer(tin: &str, name: &str) -> Value {
    json!({ "tin": tin, "taxprNm": name, "taxprSttsCd": "A", "prvncNm": "KIGALI CITY", "dstrtNm": "KICUKIRO" })
}

#[test]
fn the_device_says_who_has_a_tax_number() {
    each_engine(|book| {
        assert_eq!(buyer(book, "101234567"), "no-device");
        let device = known(book);
        device.state().taxpayers = vec![taxpayer("101234567", "HUYE BAKERY LTD")];
        assert_eq!(
            (buyer(book, " 101234567 "), buyer(book, "109999999")),
            ("HUYE BAKERY LTD".into(), "not-found".into())
        );
        for tin in ["", "12345678", "1234567890", "10123456A"] {
            assert_eq!(buyer(book, tin), "invalid", "{tin}");
        }
        for (fate, expected) in [(Fate::CutBefore, "device-silent"), (Fate::Code("894"), "device-said")] {
            device.state().desk_fates.extend([fate]);
            assert_eq!(buyer(book, "101234567"), expected);
        }
    });
}

#[test]
fn codes_and_buyers_by_command_and_on_the_pages() {
    let folder = small_book();
    let at = folder.path();
    let device = at_the_counter(at);
    lists(&device);
    device.state().taxpayers = vec![taxpayer("101234567", "HUYE BAKERY")];
    let fetched = json(at, &["ebm", "codes"]);
    assert_eq!((&fetched["rows"][0]["came"], &fetched["rows"][1]["added"]), (&json!(7), &json!(2)), "{fetched}");
    let found = json(at, &["ebm", "codes", "--search", "milled"]);
    assert_eq!(found["rows"][0]["code"], "5059690900", "{found}");
    assert_eq!(json(at, &["ebm", "buyer", "101234567"])["rows"][0]["name"], "HUYE BAKERY");
    let unknown = ideni(at, &["ebm", "buyer", "109999999"]);
    let said = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(!unknown.status.success() && said.contains("taxpayer") && said.contains("109999999"), "{said}");

    assert!(ideni(at, &["customer", "save", "C7", "--name", "Huye Bread", "--tin", "101234567"]).status.success());
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let asked = browser.submit("/customers/C7/edit", "/customers/C7/tax-device", &[]);
    assert_eq!(asked.status, 200, "{}", asked.text);
    for expected in ["HUYE BAKERY", "KICUKIRO, KIGALI CITY", "The name is another", "Huye Bread"] {
        assert!(asked.text.contains(expected), "{expected}: {}", asked.text);
    }
    device.state().desk_fates.extend([Fate::CutBefore]);
    let silent = browser.submit("/customers/C7/edit", "/customers/C7/tax-device", &[]);
    assert!(silent.status == 422 && silent.text.contains("does not answer"), "{}", silent.text);
    let page = browser.get("/ebm/codes?q=rice").text;
    assert!(page.contains("5059690800") && page.contains("Class code"), "{page}");
    assert_eq!(browser.submit("/ebm/codes", "/ebm/codes", &[]).status, 303);
}
