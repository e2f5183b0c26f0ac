//! Terms of payment: instalments by rule, due days that move, and discounts for paying early. On both engines.

use ideni::actions::allocation::{self, Allocated};
use ideni::actions::{customer, invoice, setting};
use receivables::Unusable;
use receivables::billing::early::Wish;
use receivables::billing::terms::Terms;
use receivables::ledger::Account;
use store::Error;

use crate::support::{Book, Browser, code, each_engine, json, small_book};

/// Posts an invoice of these terms, issued on a day; its number comes back.
fn issue(book: &Book, total: &str, on: &str, terms: &str) -> Result<String, Error> {
    let mut given = book.given("", "C1", total, on, on);
    (given.number, given.due_on, given.terms) = (None, None, Some(Terms::read(terms)?));
    book.post(given)
}

fn allocate(book: &Book, source: &str, invoice: &str, amount: Option<&str>, wish: Wish) -> Result<Allocated, Error> {
    let given = allocation::Given {
        source: source.into(),
        invoice: invoice.into(),
        amount: amount.map(|text| book.money(text).minor),
        paid: None,
        on: None,
        discount: wish,
    };
    book.act(move |tx, actor, today| allocation::add(tx, actor, today, &given, None))
}

/// Paid and taken off, for each instalment reached.
fn parts(made: Result<Allocated, Error>) -> Vec<(String, String)> {
    made.expect("allocated").allocations.into_iter().map(|part| (part.amount, part.discount)).collect()
}

fn one(paid: &str, discount: &str) -> Vec<(String, String)> {
    vec![(paid.to_owned(), discount.to_owned())]
}

/// The D365 example: three invoices of 1,000, the second 1 % in 14 days, the third 2 % in 5 and 1 % in 14.
fn three_invoices(book: &Book) -> [String; 3] {
    let each = ["10", "1/14; net 30", "2/5; 1/14; net 30"];
    each.map(|terms| issue(book, "1000.00 USD", "2026-06-25", terms).expect("posted"))
}

#[test]
fn case_f3_and_f4_one_payment_takes_the_discounts_of_its_day() {
    // The day the money came, what came, and what is taken off each.
    for (on, gross, discounts) in
        [("2026-06-29", "2970.00 USD", ["", "10.00", "20.00"]), ("2026-07-01", "2980.00 USD", ["", "10.00", "10.00"])]
    {
        each_engine(|book| {
            book.rate("2026-01-01", "USD", "1450");
            book.on("2026-06-25");
            let invoices = three_invoices(book);
            book.on("2026-07-10"); // somebody gets to it later: the day of the money counts
            book.receipt("R1", Some("C1"), gross, on);
            for (number, discount) in invoices.iter().zip(discounts) {
                let made = parts(allocate(book, "R1", number, None, Wish::Take));
                assert_eq!(made[0].1, discount, "{on} {number}");
                assert_eq!(book.open(number), "0.00", "{on} {number}");
            }
            assert_eq!(book.left("R1"), "0.00");
            assert_eq!(book.base_of(Account::RECEIVABLES), 0);
        });
    }
}

#[test]
fn case_f5_half_of_each_takes_half_of_the_discount() {
    each_engine(|book| {
        book.rate("2026-01-01", "USD", "1450");
        book.on("2026-06-25");
        let [first, second, third] = three_invoices(book);
        book.on("2026-06-29");
        book.receipt("R1", Some("C1"), "1485.00 USD", "2026-06-29");
        assert_eq!(parts(allocate(book, "R1", &first, Some("500.00 USD"), Wish::Take)), one("500.00", ""));
        assert_eq!(parts(allocate(book, "R1", &second, Some("495.00 USD"), Wish::Take)), one("495.00", "5.00"));
        assert_eq!(parts(allocate(book, "R1", &third, Some("490.00 USD"), Wish::Take)), one("490.00", "10.00"));
        assert_eq!([first, second, third].map(|number| book.open(&number)), ["500.00"; 3]);
        assert_eq!(book.left("R1"), "0.00");
    });
}

#[test]
fn money_that_is_just_enough_with_the_discount_takes_it_and_late_money_does_not() {
    each_engine(|book| {
        book.on("2026-06-01");
        let number = issue(book, "118000", "2026-06-01", "2/10; net 30").expect("posted");
        book.on("2026-06-20");
        book.receipt("EARLY", Some("C1"), "115640", "2026-06-11");
        let made = allocate(book, "EARLY", &number, None, Wish::WhereExact).expect("allocated");
        assert_eq!((made.allocations[0].discount.as_str(), book.open(&number).as_str()), ("2360", "0"));
        assert_eq!(book.base_of(Account::DISCOUNTS), 2_360);
        // Taken back, both come back.
        assert_eq!(book.reverse(&made.allocations[0].id), "done");
        assert_eq!((book.open(&number), book.base_of(Account::DISCOUNTS)), ("118000".into(), 0));
        // Not wished, or a day late: what came is what is paid.
        assert_eq!(parts(allocate(book, "EARLY", &number, None, Wish::Leave)), one("115640", ""));
        assert_eq!(book.open(&number), "2360");
        let late = issue(book, "118000", "2026-06-01", "2/10; net 30").expect("posted");
        book.receipt("LATE", Some("C1"), "115640", "2026-06-12");
        assert_eq!(parts(allocate(book, "LATE", &late, None, Wish::Take)), one("115640", ""));
        assert_eq!(book.open(&late), "2360");
        // More than enough is not just enough; whoever wants the discount says so.
        let more = issue(book, "118000", "2026-06-01", "2/10; net 30").expect("posted");
        book.receipt("MORE", Some("C1"), "120000", "2026-06-05");
        assert_eq!(parts(allocate(book, "MORE", &more, None, Wish::WhereExact)), one("118000", ""));
        let asked = issue(book, "118000", "2026-06-01", "2/10; net 30").expect("posted");
        book.receipt("ASKED", Some("C1"), "120000", "2026-06-05");
        assert_eq!(parts(allocate(book, "ASKED", &asked, Some("117000"), Wish::Take)), one("115640", "2360"));
        assert_eq!((book.open(&asked), book.left("ASKED")), ("0".into(), "4360".into()));
    });
}

#[test]
fn terms_make_instalments_and_each_takes_its_own_discount() {
    each_engine(|book| {
        book.on("2026-06-01");
        let number = issue(book, "1000000", "2026-06-01", "5/10; 30% 30 eom; 200000 60; rest 90").expect("posted");
        let due = "SELECT due_on FROM open_item WHERE company = $1 AND instalment = 1";
        assert_eq!(book.open_parts(&number), ["300000", "200000", "500000"]);
        assert_eq!(book.number(due), i64::from("2026-07-31".parse::<receivables::Date>().unwrap().day_number()));
        book.on("2026-06-05").receipt("R1", Some("C1"), "950000", "2026-06-05");
        let made = parts(allocate(book, "R1", &number, None, Wish::Take));
        let made: Vec<_> = made.iter().map(|(paid, off)| (paid.as_str(), off.as_str())).collect();
        assert_eq!(made, [("285000", "15000"), ("190000", "10000"), ("475000", "25000")]);
        assert_eq!((book.open(&number), book.left("R1")), ("0".into(), "0".into()));
    });
}

#[test]
fn terms_that_cannot_be_are_refused() {
    each_engine(|book| {
        book.on("2026-06-01");
        let refused = |given: Result<String, Error>| code(&given.expect_err("refused"));
        assert_eq!(refused(issue(book, "1000", "2026-06-01", "2000 0; rest 30")), "invalid");
        assert_eq!(refused(issue(book, "1000", "2026-06-01", "50% 30; 40% 60")), "invalid");
        // Rwanda leaves the tax as it was charged: no other way of a discount is offered.
        match issue(book, "1000", "2026-06-01", "2/10; net 30; tax included") {
            Err(Error::Refused(receivables::Refusal::Invalid { reason: Unusable::NotAmong { known }, .. })) => {
                assert_eq!(known, "gross, excluded");
            }
            other => panic!("{other:?}"),
        }
        let mut both = book.given("", "C1", "1000", "2026-06-01", "2026-06-30");
        (both.number, both.terms) = (None, Some(Terms::read("30").unwrap()));
        assert_eq!(refused(book.post(both)), "invalid");
        assert!(book.documents().is_empty());
    });
}

#[test]
fn a_due_day_of_ours_moves_to_a_working_day_where_the_company_wishes() {
    each_engine(|book| {
        book.on("2026-06-01");
        let due = |number: &str| {
            let number = number.to_owned();
            book.read(move |tx, actor| invoice::show(tx, actor, &number, None)).invoice.due_on.to_string()
        };
        // 4 July 2026 is Liberation day and a Saturday; the Monday after it is its substitute.
        let stays = issue(book, "1000", "2026-06-04", "30").unwrap_err();
        assert_eq!(code(&stays), "invalid", "issued after today");
        book.on("2026-06-04");
        assert_eq!(due(&issue(book, "1000", "2026-06-04", "30").unwrap()), "2026-07-04");
        let next = setting::Given {
            name: "due-days".into(),
            value: "next".into(),
            from: None,
            reason: String::new(),
            was: None,
        };
        book.act(move |tx, actor, today| setting::set(tx, actor, today, &next, None)).expect("set");
        let moved = due(&issue(book, "2000", "2026-06-04", "30").unwrap());
        assert!(moved.as_str() >= "2026-07-06", "{moved}");
        let mut plain = book.given("", "C1", "3000", "2026-06-04", "2026-06-30");
        (plain.number, plain.due_on) = (None, None);
        assert_eq!(due(&book.post(plain).unwrap()), moved, "the customer's days move alike");
    });
}

#[test]
fn money_short_by_the_discount_of_its_day_is_applied_without_a_person() {
    each_engine(|book| {
        book.on("2026-06-01");
        let [first, second, late] =
            ["100000", "250000", "300000"].map(|total| issue(book, total, "2026-06-01", "2/10; 30").expect("posted"));
        book.on("2026-06-20");
        book.receipt("R1", Some("C1"), "98000", "2026-06-05");
        book.receipt("R2", None, "245000", "2026-06-11");
        book.receipt("R3", Some("C1"), "294000", "2026-06-12"); // a day after the offer
        assert_eq!(book.match_of("R1"), format!("applied {first} 98000.00").replace(".00", "").to_lowercase());
        assert_eq!(book.match_of("R3"), format!("proposed {first} 100000, {second} 194000").to_lowercase());
        assert_eq!(book.apply_all(), 1);
        assert_eq!(
            (book.open(&first), book.open(&second), book.open(&late)),
            ("0".into(), "250000".into(), "300000".into())
        );
        assert_eq!(book.base_of(Account::DISCOUNTS), 2000);
        // Nobody is known to have paid the second: an amount alone says nothing of a discount.
        assert_eq!(book.match_of("R2"), "unexplained");
        book.identify("R2", "C1");
        assert_eq!((book.apply_all(), book.open(&second), book.left("R2")), (1, "0".into(), "0".into()));
        assert_eq!(book.base_of(Account::DISCOUNTS), 7000);
        // A part is applied by hand before the plan is carried out: the discount goes with the whole only.
        let steps: Vec<_> = book.look().iter().map(ideni::actions::cash::Matched::step).collect();
        book.apply("R3", &late, Some("294000"));
        let done = book
            .act(move |tx, actor, today| ideni::actions::cash::carry_out(tx, actor, today, &steps))
            .expect("a plan");
        assert!(done.iter().all(|one| one.dropped.is_some()));
        assert_eq!(book.base_of(Account::DISCOUNTS), 7000);
    });
}

#[test]
fn a_customers_own_terms_hold_where_an_invoice_says_nothing() {
    each_engine(|book| {
        book.on("2026-06-01");
        let save = |terms: &str| {
            let given =
                customer::Given { code: "C1".into(), terms: Some(terms.to_owned()), ..customer::Given::default() };
            book.act(move |tx, actor, today| customer::save(tx, actor, today, &given))
        };
        for (terms, reason) in
            [("40% 30; 40% 60", "invalid"), ("2/10; 30; tax included", "invalid"), ("soon", "invalid")]
        {
            assert_eq!(code(&save(terms).unwrap_err()), reason, "{terms}");
        }
        save(" 2/10;30% 30 eom ; rest 60").expect("saved");
        let plain = |total: &str, f: &dyn Fn(&mut invoice::Given)| {
            let mut given = book.given("", "C1", total, "2026-06-01", "2026-06-30");
            (given.number, given.due_on) = (None, None);
            f(&mut given);
            book.post(given).expect("posted")
        };
        let due = |number: &str| {
            let number = number.to_owned();
            let shown = book.read(move |tx, actor| invoice::show(tx, actor, &number, None));
            shown.invoice.items.iter().map(|item| (item.due_on.to_string(), item.total)).collect::<Vec<_>>()
        };
        let usual = plain("1000", &|_| {});
        assert_eq!(due(&usual), [("2026-07-31".into(), 300), ("2026-07-31".into(), 700)]);
        let other = plain("2000", &|given| given.terms = Some(Terms::read("7").unwrap()));
        assert_eq!(due(&other), [("2026-06-08".into(), 2000)]);
        let dated = plain("3000", &|given| given.due_on = "2026-06-15".parse().ok());
        assert_eq!(due(&dated), [("2026-06-15".into(), 3000)]);
        // What was made elsewhere, and a deposit, say their own day or are due by the days.
        let deposit = plain("4000", &|given| given.deposit = true);
        assert_eq!(due(&deposit), [("2026-07-01".into(), 4000)]);
        // The offer of the customer's terms is taken as one of the invoice's own.
        book.on("2026-06-05").receipt("R1", Some("C1"), "980", "2026-06-05");
        assert_eq!(parts(allocate(book, "R1", &usual, None, Wish::Take)).len(), 2);
        assert_eq!(book.open(&usual), "0");
        save("").expect("taken away");
        assert_eq!(due(&plain("5000", &|_| {})), [("2026-07-01".into(), 5000)]);
    });
}

#[test]
fn terms_go_in_by_command_and_are_told_on_the_page() {
    let folder = small_book();
    let run = |args: &[&str]| json(folder.path(), args);
    let issued = ["invoice", "issue", "--customer", "C1", "--total", "118000", "--terms", "2/10; net 30", "--today"];
    let number = run(&[&issued[..], &["2026-06-01"]].concat())["rows"][0]["number"].as_str().unwrap().to_owned();
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let page = browser.get(&format!("/invoices/{number}"));
    for told in ["2/10; net 30", "115,640", "2,360"] {
        assert!(page.text.contains(told), "{told}: {}", page.text);
    }
}
