//! The catalogue on both engines and through every door: which price counts, and what became of the lines that name an item.

use std::collections::BTreeSet;

use ideni::actions::credit_note::{self, How};
use ideni::actions::customer;
use ideni::actions::invoice::{self, Given, GivenLine, OfItem};
use ideni::actions::item::{self, Asked, Change, GivenPrice};
use ideni::actions::{Actor, Once, Role, company};
use receivables::Currency;
use receivables::billing::item::Typed;
use receivables::billing::line::{Discount, Prices};
use rust_decimal::Decimal;
use store::{Error, Tx};

use crate::support::{Book, Browser, code, each_engine, each_engine_really, ideni, json, small_book, told};

fn typed(code: &str, name: &str, tax_class: &str) -> Typed {
    Typed { code: code.into(), name: name.into(), tax_class: tax_class.into(), unit: "bag".into(), ..Typed::default() }
}

fn add(book: &Book, code: &str, name: &str, tax_class: &str) -> String {
    let typed = typed(code, name, tax_class);
    told(book.act(move |tx, actor, today| item::add(tx, actor, today, &typed, None, None)))
}

/// `WHOM DAY QUANTITY PRICE`, with the currency and `gross` after it where they are not francs without tax: `@C1` is a customer,
/// `all` everybody, any other word a price list. A price of `-` ends it.
fn given_price(text: &str) -> GivenPrice {
    let words: Vec<&str> = text.split_whitespace().collect();
    let named = Some(words[0]).filter(|whom| *whom != "all");
    GivenPrice {
        customer: named.and_then(|whom| whom.strip_prefix('@')).map(str::to_owned),
        list: named.filter(|whom| !whom.starts_with('@')).map(str::to_owned),
        currency: words.get(4).unwrap_or(&"RWF").parse().expect("a currency"),
        from_on: words[1].parse().expect("a day"),
        from_quantity: words[2].parse().expect("a quantity"),
        unit_price: (words[3] != "-").then(|| words[3].parse().expect("a price")),
        prices: if words.get(5) == Some(&"gross") { Prices::Gross } else { Prices::Net },
    }
}

fn price(book: &Book, code: &str, text: &str) -> String {
    let (code, given) = (code.to_owned(), given_price(text));
    told(book.act(move |tx, actor, _| item::price(tx, actor, &code, &given, None)))
}

fn put_on_list(book: &Book, customer: &str, list: Option<&str>, from: &str) -> String {
    let (customer, list, from) = (customer.to_owned(), list.map(str::to_owned), from.parse().expect("a day"));
    told(book.act(move |tx, actor, _| item::put_on_list(tx, actor, &customer, list.as_deref(), from, None)))
}

/// A line that leaves all but its quantity to the catalogue.
fn of_item(code: &str, quantity: &str) -> GivenLine {
    GivenLine {
        description: String::new(),
        quantity: quantity.parse().expect("a quantity"),
        unit: None,
        unit_price: Decimal::ZERO,
        discount: Discount::NONE,
        tax_class: String::new(),
        item: Some(OfItem { code: code.into(), is_priced: false }),
    }
}

/// An invoice of ours with these lines.
fn ours(book: &Book, customer: &str, on: &str, lines: Vec<GivenLine>) -> Given {
    let mut given = book.given("", customer, "0", on, "2026-12-31");
    (given.number, given.total, given.lines) = (None, None, lines);
    given
}

/// The unit price of the one line of an invoice that sells so many on a day, or why there is none.
fn billed(book: &Book, customer: &str, on: &str, code: &str, quantity: &str) -> String {
    let given = ours(book, customer, on, vec![of_item(code, quantity)]);
    match book.post(given) {
        Ok(number) => shown(book, &number).lines.remove(0).unit_price,
        Err(error) => self::code(&error),
    }
}

fn shown(book: &Book, number: &str) -> store::reports::invoice::Invoice {
    let number = number.to_owned();
    book.read(move |tx, actor| invoice::show(tx, actor, &number, None)).invoice
}

#[test]
fn the_price_of_the_day_the_customer_and_the_quantity_is_billed() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        book.customer("C2", "Musanze Shop");
        book.customer("C3", "Huye Bakery");
        assert_eq!(add(book, "RICE-25", "Rice 25 kg", "B"), "done");
        assert_eq!(billed(book, "C1", "2026-06-01", "RICE-25", "1"), "no-price");
        for text in [
            "all 2026-01-01 0 30000",
            "all 2026-01-01 10 28000",
            "all 2026-06-15 0 31000",
            "trade 2026-01-01 0 27000",
            "@C1 2026-06-10 5 25000",
            "all 2026-01-01 0 21.50 USD",
        ] {
            assert_eq!(price(book, "RICE-25", text), "done", "{text}");
        }
        assert_eq!(put_on_list(book, "C2", Some("trade"), "2026-06-10"), "done");
        assert_eq!(put_on_list(book, "C2", None, "2026-06-20"), "done");
        book.on("2026-06-30");
        for (customer, on, quantity, expected) in [
            ("C3", "2026-06-14", "9.999", "30000"),
            ("C3", "2026-06-14", "10", "28000"),
            ("C3", "2026-06-15", "9", "31000"),
            ("C3", "2026-06-15", "10", "28000"),
            ("C1", "2026-06-09", "5", "30000"),
            ("C1", "2026-06-10", "5", "25000"),
            ("C1", "2026-06-10", "4.5", "30000"),
            ("C2", "2026-06-09", "1", "30000"),
            ("C2", "2026-06-10", "100", "27000"),
            ("C2", "2026-06-20", "1", "31000"),
            ("C3", "2025-12-31", "1", "no-price"),
            ("NOBODY", "2026-06-10", "1", "not-found"),
        ] {
            // Invoices made elsewhere make their customer; ours do not.
            let mut given = ours(book, customer, on, vec![of_item("RICE-25", quantity)]);
            given.customer_name = None;
            let found = match book.post(given) {
                Ok(number) => shown(book, &number).lines.remove(0).unit_price,
                Err(error) => code(&error),
            };
            assert_eq!(found, expected, "{customer} {on} {quantity}");
        }
        assert_eq!(price(book, "RICE-25", "@C1 2026-06-25 5 -"), "done");
        assert_eq!(billed(book, "C1", "2026-06-25", "RICE-25", "5"), "31000");
        let in_dollars = ours(book, "C3", "2026-06-10", vec![of_item("RICE-25", "2")]);
        book.rate("2026-01-01", "USD", "1450");
        let number = book.post(Given { currency: Currency::USD, ..in_dollars.clone() }).expect("posted");
        assert_eq!(shown(book, &number).net, 4_300);
        book.rate("2026-01-01", "EUR", "1600");
        let no_euros = told(book.post(Given { currency: "EUR".parse().unwrap(), ..in_dollars }));
        assert_eq!(no_euros, "no-price");
    });
}

#[test]
fn what_a_line_leaves_empty_is_the_items_and_what_it_says_counts() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        add(book, "RICE-25", "Rice 25 kg", "B");
        add(book, "BOOK", "=SUM(A1)", "A");
        add(book, "RTL", "أرز ٢٥ كغ", "B");
        price(book, "RICE-25", "all 2026-01-01 0 1180 RWF gross");
        price(book, "BOOK", "all 2026-01-01 0 1000.5");
        price(book, "RTL", "all 2026-01-01 0 700");
        let own = GivenLine {
            description: "Rice, broken".into(),
            unit: Some("kg".into()),
            unit_price: "333".parse().unwrap(),
            tax_class: "A".into(),
            item: Some(OfItem { code: "RICE-25".into(), is_priced: true }),
            ..of_item("RICE-25", "3")
        };
        let lines = || vec![of_item("RICE-25", "3"), of_item("BOOK", "2"), of_item("RTL", "1"), own.clone()];
        let asked = ours(book, "C1", "2026-06-01", lines());
        let preview = book.read(|tx, actor| invoice::preview(tx, actor, book.today(), &asked));
        let number = book.post(asked).expect("posted");
        let posted = shown(book, &number);
        let told: Vec<_> = posted
            .lines
            .iter()
            .map(|l| {
                (l.description.as_str(), l.term.unit.as_deref(), l.unit_price.as_str(), l.tax_class.as_str(), l.net)
            })
            .collect();
        let bag = Some("bag");
        // 1,180 with tax is 1,000 without it.
        let expected = [
            ("Rice 25 kg", bag, "1000", "B", 3_000),
            ("=SUM(A1)", bag, "1000.5", "A", 2_001),
            ("أرز ٢٥ كغ", bag, "700", "B", 700),
            ("Rice, broken", Some("kg"), "333", "A", 999),
        ];
        assert_eq!(told, expected);
        assert_eq!((preview.net.minor, preview.total.minor), (posted.net, posted.total));
        let gross =
            book.post(Given { prices: Prices::Gross, ..ours(book, "C1", "2026-06-01", lines()) }).expect("posted");
        let prices: Vec<_> = shown(book, &gross).lines.into_iter().map(|line| line.unit_price).collect();
        assert_eq!(prices, ["1180", "1000.5", "826", "333"], "with tax: that of class A is none");
    });
}

#[test]
fn which_item_a_line_sold_is_known_and_of_a_credit_note_too() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        let mut service = typed("FIX", "Repair", "B");
        service.class_code = "7810150000".into();
        told(book.act(move |tx, actor, today| item::add(tx, actor, today, &service, None, None)));
        price(book, "FIX", "all 2026-01-01 0 5000");
        let written = GivenLine {
            description: "Delivery".into(),
            tax_class: "B".into(),
            unit_price: "100".parse().unwrap(),
            item: None,
            ..of_item("FIX", "1")
        };
        book.on("2026-06-01");
        let number = book.post(ours(book, "C1", "2026-06-01", vec![written, of_item("FIX", "4")])).expect("posted");
        let items = |number: &str| {
            let found = book.read(|tx, actor| {
                let document = store::document::get(tx, actor.company.id, number)?;
                store::item::of_lines(tx, actor.company.id, document.id)
            });
            let device = |known: &store::item::Known| {
                let item = known.item.clone();
                let units = [item.class_code, item.packaging, item.quantity_unit].map(Option::unwrap_or_default);
                format!("{} {} {} {}", item.code, item.kind.code(), units.join(" "), item.origin)
            };
            found.into_iter().map(|(no, known)| (no, device(&known))).collect::<Vec<_>>()
        };
        let fix = "FIX service 7810150000 OU U RW".to_owned();
        assert_eq!(items(&number), [(2, fix.clone())]);
        let credited = credit_note::Given {
            invoice: number,
            reason: "damaged".into(),
            explanation: "it broke again, delivery note 17".into(),
            how: How::Lines(vec![(2, Some(1.into()))]),
        };
        let note = book.act(move |tx, actor, today| credit_note::post_or_ask(tx, actor, today, &credited, None));
        let Ok(ideni::actions::approval::Asked::Done(note)) = note else { panic!("{note:?}") };
        assert_eq!(items(&note.number), [(1, fix)]);
    });
}

#[test]
fn an_item_changes_in_versions_and_is_retired_but_what_was_posted_stays() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        add(book, "RICE-25", "Rice 25 kg", "B");
        price(book, "RICE-25", "all 2026-01-01 0 30000");
        let number = book.post(ours(book, "C1", "2026-06-01", vec![of_item("RICE-25", "1")])).expect("posted");
        let change = |version: Option<i64>, name: &str| {
            let change = Change { code: "RICE-25".into(), version, name: Some(name.into()), ..Change::default() };
            told(book.act(move |tx, actor, today| item::change(tx, actor, today, &change, None)))
        };
        assert_eq!(change(Some(1), "Rice, long grain"), "done");
        assert_eq!(change(Some(1), "Rice, short grain"), "stale-version");
        assert_eq!(change(None, ""), "missing");
        assert_eq!(change(None, "Rice, long grain"), "done", "the same again is no new version");
        let retire = |back: bool, reason: &str| {
            let reason = reason.to_owned();
            told(book.act(move |tx, actor, _| item::retire(tx, actor, "RICE-25", back, &reason, None)))
        };
        assert_eq!(retire(false, " "), "missing");
        assert_eq!(retire(false, "no supplier"), "done");
        assert_eq!(billed(book, "C1", "2026-06-02", "RICE-25", "1"), "item-retired");
        assert_eq!(price(book, "RICE-25", "all 2026-06-01 0 1"), "item-retired");
        assert_eq!(change(None, "Rice"), "item-retired");
        assert_eq!(add(book, "RICE-25", "Another rice", "B"), "exists", "a code is never used again");
        let listed = |retired: bool, text: &str| {
            let asked = Asked { text: text.into(), retired, limit: 10, ..Asked::default() };
            book.read(|tx, actor| item::list(tx, actor, book.today(), &asked)).0.len()
        };
        assert_eq!((listed(false, ""), listed(true, ""), listed(true, "LONG"), listed(true, "%")), (0, 1, 1, 0));
        assert_eq!(shown(book, &number).lines[0].description, "Rice 25 kg");
        assert_eq!(retire(true, "a new supplier"), "done");
        assert_eq!(billed(book, "C1", "2026-06-02", "RICE-25", "1"), "30000");
        let versions = book.read(|tx, actor| item::show(tx, actor, "RICE-25")).versions;
        let told: Vec<_> = versions
            .iter()
            .map(|v| (v.known.version, v.known.item.name.as_str(), v.known.active, v.actor.as_str()))
            .collect();
        let expected = [
            (4, "Rice, long grain", true, "admin"),
            (3, "Rice, long grain", false, "admin"),
            (2, "Rice, long grain", true, "admin"),
            (1, "Rice 25 kg", true, "admin"),
        ];
        assert_eq!(told, expected);
    });
}

#[test]
fn what_cannot_be_is_refused_and_nothing_of_it_is_kept() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        assert_eq!(add(book, "A B", "Rice", "B"), "invalid");
        assert_eq!(add(book, "RICE", "", "B"), "missing");
        assert_eq!(add(book, "RICE", "Rice", "Z"), "invalid");
        let (new, first) = (typed("RICE", "Rice", "B"), given_price("all 2026-01-01 0 -1"));
        assert_eq!(
            told(book.act(move |tx, actor, today| item::add(tx, actor, today, &new, Some(&first), None))),
            "invalid"
        );
        assert_eq!(book.number("SELECT COUNT(*) FROM item WHERE company = $1"), 0);
        assert_eq!(add(book, "RICE", "Rice", "B"), "done");
        assert_eq!(price(book, "NONE", "all 2026-01-01 0 1"), "not-found");
        assert_eq!(price(book, "RICE", "@NOBODY 2026-01-01 0 1"), "not-found");
        assert_eq!(price(book, "RICE", "all 2026-01-01 0 0.0000001"), "invalid");
        let both = GivenPrice { list: Some("trade".into()), ..given_price("@C1 2026-01-01 0 1") };
        assert_eq!(told(book.act(move |tx, actor, _| item::price(tx, actor, "RICE", &both, None))), "invalid");
        assert_eq!(put_on_list(book, "C1", Some("trdae"), "2026-01-01"), "not-found", "a list without a price");
        assert_eq!(billed(book, "C1", "2026-06-01", "NONE", "1"), "not-found");
        price(book, "RICE", "all 2026-01-01 0 999999999999");
        assert_eq!(billed(book, "C1", "2026-06-01", "RICE", "999999999999"), "invalid-empty");
    });
}

#[test]
fn the_same_request_again_is_carried_out_once() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        let once = |key: &str, body: &str| Some(Once::new(key, body));
        let (new, first) = (typed("RICE", "Rice", "B"), given_price("all 2026-01-01 0 500"));
        let adds = move |key: Option<Once>| {
            let (new, first) = (new.clone(), first.clone());
            told(book.act(move |tx, actor, today| item::add(tx, actor, today, &new, Some(&first), key.as_ref())))
        };
        assert_eq!(adds(once("k1", "rice")), "done");
        assert_eq!(adds(once("k1", "rice")), "done");
        assert_eq!(adds(once("k1", "other")), "key-reused");
        assert_eq!(adds(once("k2", "rice")), "exists");
        assert_eq!(book.number("SELECT COUNT(*) FROM item_price WHERE company = $1"), 1);
        let given = ours(book, "C1", "2026-06-01", vec![of_item("RICE", "2")]);
        let issue = |given: Given| {
            let issued = book.act(move |tx, actor, today| {
                invoice::issue(tx, actor, today, &given, Some(&Once::new("inv", "two bags of rice")))
            });
            issued.expect("issued").number
        };
        let number = issue(given.clone());
        price(book, "RICE", "all 2026-01-01 0 900");
        assert_eq!(issue(given), number, "whatever it costs by now");
        assert_eq!(book.number("SELECT COUNT(*) FROM line_item WHERE company = $1"), 1);
        assert_eq!(book.documents().len(), 1);
    });
}

/// Files are imported again and know their documents by what these say: a line without an item says what it said before.
#[test]
fn a_line_without_an_item_has_the_content_it_always_had() {
    each_engine(|book| {
        let mut given = book.given("E-1", "C1", "1179", "2026-06-01", "2026-06-30");
        given.lines = vec![GivenLine {
            description: "Rice".into(),
            unit_price: "333".parse().unwrap(),
            tax_class: "B".into(),
            item: None,
            ..of_item("RICE", "3")
        }];
        book.post(given).expect("posted");
        let known = book.read(|tx, actor| store::document::by_numbers(tx, actor.company.id, &BTreeSet::from(["E-1"])));
        let digest: String = known["E-1"].content.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, "573a73c9a6b975390ca6a597c9c58a61");
    });
}

#[test]
fn two_who_add_the_same_code_at_once_make_one_item() {
    each_engine_really(|book, _| {
        book.customer("C1", "Kigali Foods");
        let ready = std::sync::Barrier::new(8);
        let outcomes: Vec<String> = std::thread::scope(|scope| {
            let adds: Vec<_> = (0..8)
                .map(|n| {
                    let ready = &ready;
                    scope.spawn(move || {
                        let (actor, today) = (book.actor.clone(), book.today());
                        let (new, first) =
                            (typed("RICE", &format!("Rice {n}"), "B"), given_price("all 2026-01-01 0 5"));
                        ready.wait();
                        told(book.db.write(move |tx| item::add(tx, &actor, today, &new, Some(&first), None)))
                    })
                })
                .collect();
            adds.into_iter().map(|add| add.join().expect("no panic")).collect()
        });
        assert_eq!(outcomes.iter().filter(|told| *told == "done").count(), 1, "{outcomes:?}");
        assert_eq!(outcomes.iter().filter(|told| *told == "exists").count(), 7, "{outcomes:?}");
        assert_eq!(book.number("SELECT COUNT(*) FROM item WHERE company = $1"), 1);
        assert_eq!(book.number("SELECT COUNT(*) FROM item_price WHERE company = $1"), 1);
        // Of changes to one version, too, one counts.
        let ready = std::sync::Barrier::new(6);
        let outcomes: Vec<String> = std::thread::scope(|scope| {
            let changes: Vec<_> = (0..6)
                .map(|n| {
                    let ready = &ready;
                    scope.spawn(move || {
                        let (actor, today, name) = (book.actor.clone(), book.today(), Some(format!("Better {n}")));
                        let change = Change { code: "RICE".into(), version: Some(1), name, ..Change::default() };
                        ready.wait();
                        told(book.db.write(move |tx| item::change(tx, &actor, today, &change, None)))
                    })
                })
                .collect();
            changes.into_iter().map(|change| change.join().expect("no panic")).collect()
        });
        assert_eq!(outcomes.iter().filter(|told| *told == "done").count(), 1, "{outcomes:?}");
        assert_eq!(outcomes.iter().filter(|told| *told == "stale-version").count(), 5, "{outcomes:?}");
    });
}

#[test]
fn a_company_sees_no_item_price_or_list_of_another() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        add(book, "RICE", "Rice", "B");
        price(book, "RICE", "trade 2026-01-01 0 500");
        let new = company::NewCompany {
            name: "Other Ltd".into(),
            code: Some("other".into()),
            tin: None,
            currency: Currency::RWF,
            country: "rw".into(),
            simulated: true,
        };
        let other = book.act(move |tx, _, _| company::init(tx, "boss", &new)).expect("a second company");
        fn by<T: Send + 'static>(
            book: &Book,
            other: &Actor,
            f: impl Fn(&mut Tx<'_>, &Actor) -> Result<T, Error> + Send + 'static,
        ) -> String {
            let other = other.clone();
            told(book.act(move |tx, _, _| f(tx, &other)))
        }
        let (today, first) = (book.today(), given_price("all 2026-01-01 0 7"));
        let sale = (Decimal::ONE, Currency::RWF, today);
        assert_eq!(by(book, &other, |tx, actor| item::show(tx, actor, "RICE")), "not-found");
        assert_eq!(by(book, &other, move |tx, actor| item::price_of(tx, actor, "RICE", None, sale)), "not-found");
        assert_eq!(by(book, &other, move |tx, actor| item::price(tx, actor, "RICE", &first, None)), "not-found");
        let asked = Asked { retired: true, limit: 10, ..Asked::default() };
        let found = book.db.read(|tx| item::list(tx, &other, today, &asked)).expect("read");
        assert!(found.0.is_empty());
        let typed = typed("RICE", "Their rice", "B");
        assert_eq!(by(book, &other, move |tx, actor| item::add(tx, actor, today, &typed, None, None)), "done");
        let theirs = customer::Given { code: "X1".into(), name: Some("X".into()), ..Default::default() };
        by(book, &other, move |tx, actor| customer::save(tx, actor, today, &theirs));
        let list = move |tx: &mut Tx<'_>, actor: &Actor| item::put_on_list(tx, actor, "X1", Some("trade"), today, None);
        assert_eq!(by(book, &other, list), "not-found");
        let ours = book.read(|tx, actor| item::show(tx, actor, "RICE"));
        assert_eq!((ours.known.item.name.as_str(), ours.prices.len()), ("Rice", 1));
    });
}

#[test]
fn rights_say_who_writes_items_and_who_prices() {
    each_engine(|book| {
        book.customer("C1", "Kigali Foods");
        add(book, "RICE", "Rice", "B");
        let by = |role: Role, f: fn(&mut Tx<'_>, &Actor) -> Result<(), Error>| {
            let actor = Actor { roles: role.into(), ..book.actor.clone() };
            told(book.act(move |tx, _, _| f(tx, &actor)))
        };
        let adds = |tx: &mut Tx<'_>, actor: &Actor| {
            let code = format!("NEW-{}", actor.roles);
            item::add(tx, actor, "2026-06-01".parse().unwrap(), &typed(&code, "New", "B"), None, None)
        };
        let prices =
            |tx: &mut Tx<'_>, actor: &Actor| item::price(tx, actor, "RICE", &given_price("trade 2026-01-01 0 5"), None);
        let adds_with_price = |tx: &mut Tx<'_>, actor: &Actor| {
            let (new, first) = (typed("PRICED", "New", "B"), given_price("all 2026-01-01 0 5"));
            item::add(tx, actor, "2026-06-01".parse().unwrap(), &new, Some(&first), None)
        };
        let lists = |tx: &mut Tx<'_>, actor: &Actor| {
            item::put_on_list(tx, actor, "C1", Some("trade"), "2026-06-01".parse().unwrap(), None)
        };
        let retires = |tx: &mut Tx<'_>, actor: &Actor| item::retire(tx, actor, "RICE", true, "none", None);
        let reads = |tx: &mut Tx<'_>, actor: &Actor| item::show(tx, actor, "RICE").map(|_| ());
        let (yes, no) = ("done", "not-allowed");
        for (role, expected) in [
            (Role::Manager, [yes, yes, yes, yes, yes, yes]),
            (Role::Biller, [yes, no, no, no, yes, yes]),
            (Role::Cashier, [no, no, no, no, no, yes]),
            (Role::Auditor, [no, no, no, no, no, yes]),
        ] {
            let told = [adds, prices, adds_with_price, lists, retires, reads].map(|f| by(role, f));
            assert_eq!(told, expected, "{role:?}");
        }
    });
}

#[test]
fn items_by_command() {
    let folder = small_book();
    let at = folder.path();
    let on = ["--today", "2026-10-20"];
    let run = |args: &[&str]| ideni(at, &[&on[..], args].concat());
    let ok = |args: &[&str]| assert!(run(args).status.success(), "{args:?}: {:?}", run(args));
    let rows = |args: &[&str]| json(at, &[&on[..], args].concat());
    let refused = |args: &[&str]| {
        let out = run(args);
        assert_eq!(out.status.code(), Some(1), "{args:?}");
        String::from_utf8_lossy(&out.stderr).into_owned()
    };
    ok(&["item", "add", "RICE-25", "--name", "Rice 25 kg", "--tax-class", "B", "--unit", "bag", "--price", "30000"]);
    ok(&["item", "price", "RICE-25", "--price", "28000", "--from-quantity", "10"]);
    ok(&["item", "price", "RICE-25", "--price", "27000", "--price-list", "trade"]);
    ok(&["item", "list-of", "C2", "--price-list", "trade"]);
    assert_eq!(rows(&["item", "list-of", "C2"])["rows"][0]["price_list"], "trade");
    let costs = |args: &[&str]| {
        let told = rows(&[&["item", "price-of", "RICE-25"], args].concat());
        (told["rows"][0]["unit_price"].to_string(), told["rows"][0]["whose"].to_string())
    };
    assert_eq!(costs(&["--quantity", "10"]), ("\"28000\"".into(), "\"everybody\"".into()));
    assert_eq!(costs(&["--customer", "C2"]), ("\"27000\"".into(), "\"trade\"".into()));
    let issue = |lines: &[&str]| {
        let mut args = vec!["invoice", "issue", "--customer", "C1"];
        lines.iter().for_each(|line| args.extend(["--line", *line]));
        rows(&args)["rows"][0]["number"].as_str().expect("a number").to_owned()
    };
    let number = issue(&["@RICE-25;2", "@RICE-25;1;29000", "@RICE-25 Rice, broken;10;;A;5%", "Delivery;1;5000;B"]);
    let listed = rows(&["invoice", "list"]);
    let posted = listed["rows"].as_array().expect("rows").iter().find(|row| row["number"] == number.as_str());
    // 60,000 + 29,000 + 266,000 + 5,000; 18 % of 94,000.
    let posted = posted.expect("posted");
    assert_eq!((&posted["net"], &posted["tax"]), (&"360000".into(), &"16920".into()));
    let said = refused(&["invoice", "issue", "--customer", "C1", "--currency", "USD", "--line", "@RICE-25;2"]);
    assert!(
        said.contains("RICE-25 has no price in USD for a quantity of 2") && said.contains("ideni item price"),
        "{said}"
    );
    assert!(refused(&["invoice", "issue", "--customer", "C1", "--line", "@NONE;2"]).contains("NONE"));
    assert!(refused(&["invoice", "issue", "--customer", "C1", "--line", "@RICE-25"]).contains("@CODE;QUANTITY"));
    assert!(refused(&["invoice", "issue", "--customer", "C1", "--line", "Rice;2"]).contains("@CODE;QUANTITY"));
    ok(&["item", "price", "RICE-25", "--ends", "--price-list", "trade"]);
    assert_eq!(costs(&["--customer", "C2"]).0, "\"30000\"");
    ok(&["item", "change", "RICE-25", "--name", "Rice, long grain", "--class-code", "5022110000"]);
    let shown = rows(&["item", "show", "RICE-25"]);
    assert_eq!(
        (&shown["rows"][0]["class_code"], &shown["rows"][1]["name"]),
        (&"5022110000".into(), &"Rice 25 kg".into())
    );
    assert_eq!(rows(&["item", "show", "RICE-25", "--prices"])["rows"].as_array().expect("rows").len(), 4);
    ok(&["item", "retire", "RICE-25", "--reason", "no supplier"]);
    assert!(
        refused(&["invoice", "issue", "--customer", "C1", "--line", "@RICE-25;2"]).contains("not offered any more")
    );
    assert_eq!(rows(&["item", "list"])["rows"].as_array().expect("rows").len(), 0);
    assert_eq!(rows(&["item", "list", "--retired", "--search", "long"])["rows"][0]["item"], "RICE-25");
    ok(&["item", "retire", "RICE-25", "--back", "--reason", "a new supplier"]);
    assert!(run(&["verify"]).status.success());
}

#[test]
fn a_file_of_items_is_taken_row_by_row() {
    let folder = small_book();
    let at = folder.path();
    let text = "code,name,unit,tax_class,price,currency,gross\n\
        RICE,Rice 25 kg,bag,B,30000,,\n\
        SUGAR,\"Sugar, 50 kg\",bag,B,\"62,500\",RWF,yes\n\
        BAD 1,Bad,,B,1,,\n\
        BAD2,Bad,,Z,1,,\n\
        BAD3,Bad,,B,-1,,\n\
        BAD4,,,B,1,,\n\
        BAD5,Bad,,B,1,XXZ,\n\
        BAD6,Bad,,B,1,,maybe\n\
        HELP,=1+1,,A,,,\n\
        RICE,Rice 25 kg,bag,B,30000,,\n";
    std::fs::write(at.join("items.csv"), text).expect("written");
    let import = || json(at, &["--today", "2026-10-20", "item", "import", "items.csv"]);
    let first = import();
    let told = |answer: &serde_json::Value| -> Vec<String> {
        let rows = answer["rows"].as_array().expect("rows").iter();
        rows.map(|row| format!("{} {}", row["line"], row["status"].as_str().unwrap_or_default())).collect()
    };
    let expected = [
        "2 created",
        "3 created",
        "4 refused",
        "5 refused",
        "6 refused",
        "7 refused",
        "8 refused",
        "9 refused",
        "10 created",
        "11 duplicate",
    ];
    assert_eq!(told(&first), expected, "{first}");
    let why = |at: usize| first["rows"][at]["message"].as_str().unwrap_or_default().to_owned();
    assert!(why(2).contains("BAD 1") && why(3).contains("A, B, C, D") && why(4).contains("-1"), "{first}");
    assert!(why(5).contains("name") && why(6).contains("XXZ") && why(7).contains("maybe"), "{first}");
    let items = json(at, &["item", "list"]);
    let listed: Vec<_> = items["rows"].as_array().expect("rows").iter().map(|r| r["item"].to_string()).collect();
    assert_eq!(listed, ["\"HELP\"", "\"RICE\"", "\"SUGAR\""], "nothing of a refused row is kept");
    assert!(told(&import()).iter().all(|row| row.ends_with("duplicate") || row.ends_with("refused")));
    std::fs::write(
        at.join("items.csv"),
        "code,name,tax_class,price\nRICE,Rice,B,31000\nSUGAR,\"Sugar, 50 kg\",B,62500\n",
    )
    .expect("written");
    assert_eq!(told(&import()), ["2 updated", "3 updated"]);
    let sugar = json(at, &["item", "show", "SUGAR", "--prices"]);
    assert_eq!((&sugar["rows"][0]["prices"], &sugar["rows"][1]["prices"]), (&"gross".into(), &"net".into()));
    std::fs::write(at.join("bad.csv"), "code,name,tax_class\nX Y,Bad,B\n").expect("written");
    assert_eq!(ideni(at, &["item", "import", "bad.csv"]).status.code(), Some(1));
}

#[test]
fn items_are_kept_on_their_pages_and_offered_on_a_new_invoice() {
    let folder = small_book();
    let at = folder.path();
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    assert!(!browser.get("/invoices/new").text.contains("datalist"));
    assert!(browser.get("/invoices").text.contains("href=\"/items\""));
    let added = browser.submit(
        "/items",
        "/items",
        &[("code", "RICE/25"), ("name", "Rice <25 kg>"), ("tax_class", "A"), ("unit", "bag"), ("price", "30,000")],
    );
    assert_eq!(added.header("location"), Some("/items/RICE%2F25?done=item-added"), "{}", added.text);
    let again = browser.submit("/items", "/items", &[("code", "RICE/25"), ("name", "Other"), ("tax_class", "B")]);
    assert!(again.status != 303 && again.text.contains("RICE/25") && again.text.contains("Other"), "{}", again.text);
    let page = "/items/RICE%2F25";
    let priced = |given: &[(&str, &str)]| browser.submit(page, &format!("{page}/prices"), given);
    assert_eq!(priced(&[("unit_price", "25000"), ("customer", "C1"), ("from_quantity", "10")]).status, 303);
    assert_eq!(priced(&[]).status, 422);
    let shown = browser.get(page).text;
    assert!(
        shown.contains("Rice &#60;25 kg&#62;") && shown.contains("RWF 25,000") && shown.contains("everybody"),
        "{shown}"
    );
    assert_eq!(browser.submit(page, page, &[("name", "Rice, long grain")]).status, 303);
    let list = browser.get("/items?q=LONG").text;
    assert!(list.contains("Rice, long grain") && list.contains("RWF 30,000"), "{list}");
    let mut form = browser.form("/invoices/new", "/invoices/new");
    let text = browser.get("/invoices/new").text;
    assert!(text.contains("<datalist id=\"items\">") && text.contains("@RICE/25 Rice, long grain"), "{text}");
    let mut set = |name: &str, text: &str| {
        form.fields.retain(|(known, _)| known != name);
        form.fields.push((name.to_owned(), text.to_owned()));
    };
    set("customer", "C1");
    set("lines[0].description", "@RICE/25 Rice, long grain");
    set("lines[0].quantity", "10");
    set("lines[1].description", "Delivery");
    set("lines[1].unit_price", "5000");
    let looked = browser.send(&form);
    // 250,000 in class A; 5,000 + 900 in the usual class.
    for text in ["Rice, long grain · 25,000 · A", "RWF 255,000", "RWF 255,900"] {
        assert!(looked.text.contains(text), "{text}: {}", looked.text);
    }
    form.fields.push(("do".into(), "post".into()));
    let posted = browser.send(&form);
    assert_eq!(posted.status, 303, "{}", posted.text);
    let retired = browser.submit(page, &format!("{page}/retirement"), &[("reason", "no supplier")]);
    assert_eq!(retired.status, 303, "{}", retired.text);
    form.fields.retain(|(name, _)| name != "key");
    let fresh = browser.form("/invoices/new", "/invoices/new");
    form.fields.extend(fresh.fields.into_iter().filter(|(name, _)| name == "key"));
    let refused = browser.send(&form);
    assert!(refused.status == 422 && refused.text.contains("RICE/25 is not offered any more"), "{}", refused.text);
    assert_eq!(browser.submit(page, &format!("{page}/retirement"), &[("reason", "a new supplier")]).status, 303);
    // A price list is chosen on the customer's page, once there is one.
    let customer = "/customers/C1/edit";
    assert!(!browser.get(customer).text.contains("price-list"));
    assert_eq!(priced(&[("unit_price", "20000"), ("price_list", "trade <1>")]).status, 303);
    let chosen = browser.submit(customer, "/customers/C1/price-list", &[("price_list", "trade <1>")]);
    assert_eq!(chosen.header("location"), Some("/customers/C1/edit?done=customer-on-list"), "{}", chosen.text);
    assert!(browser.get(customer).text.contains("<bdi>trade &#60;1&#62;</bdi>"));
    assert!(json(at, &["verify"])["totals"]["broken"] == 0);
}
