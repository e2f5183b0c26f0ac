//! Deposits on both engines: billed with their tax, owed to the customer until they are settled, settled to the franc, put back by a
//! credit note, and told to a tax device that has no line below zero.

use ideni::actions::credit_note::How;
use ideni::actions::invoice::{self, Given};
use ideni::actions::reissue;
use ideni::jobs;
use receivables::Currency;
use receivables::billing::line::Prices;
use receivables::ledger::Account;

use crate::billing::{credited as credit, ours};
use crate::ebm::{PATIENCE, known};
use crate::support::{Book, Browser, code, each_engine, each_engine_really, json, small_book};

fn deposit(book: &Book, lines: &[&str]) -> String {
    book.post(Given { deposit: true, ..ours(book, lines) }).expect("a deposit")
}

fn settling(book: &Book, lines: &[&str], deposits: &[&str]) -> Given {
    Given { settles: deposits.iter().map(|number| (*number).to_owned()).collect(), ..ours(book, lines) }
}

fn settle(book: &Book, lines: &[&str], deposits: &[&str]) -> Result<String, String> {
    book.post(settling(book, lines, deposits)).map_err(|error| code(&error))
}

/// Revenue, output tax and deposits in the company's currency, credits above zero.
fn stands(book: &Book) -> [i64; 3] {
    [Account::REVENUE, Account::VAT_OUTPUT, Account::DEPOSITS].map(|account| -book.base_of(account))
}

fn left(book: &Book, number: &str) -> Option<i64> {
    let number = number.to_owned();
    book.read(move |tx, actor| invoice::show(tx, actor, &number, None)).deposit
}

#[test]
fn a_deposit_is_owed_until_an_invoice_settles_it_to_the_franc() {
    each_engine(|book| {
        book.on("2026-06-01");
        let first = deposit(book, &["Deposit for the roof;1;300001;B"]);
        assert_eq!((first.as_str(), book.open(&first).as_str()), ("DP-000001", "354001"));
        assert_eq!((stands(book), left(book, &first)), ([0, 54_000, 300_001], Some(300_001)));
        book.receipt("R1", Some("C1"), "354001", "2026-06-01");
        assert_eq!(book.apply("R1", &first, None), "done");
        let work = ["Roof;1;1000000;B", "Books;1;5000;A"];
        let number = settle(book, &work, &[&first]).expect("settled");
        // 1,005,000 − 300,001 and 18 % of 699,999.
        assert_eq!(book.open(&number), "830999");
        assert_eq!((stands(book), left(book, &first)), ([1_005_000, 180_000, 0], Some(0)));
        // Once.
        assert_eq!(settle(book, &work, &[&first]), Err("nothing-to-settle".into()));
        assert_eq!(credit(book, &first, How::Whole), Err("deposit-settled".into()));
        // A line that took something off is credited whole or not at all.
        let half = Some("0.5".parse().unwrap());
        assert_eq!(credit(book, &number, How::Lines(vec![(1, half), (3, half)])), Err("invalid".into()));
        // The whole invoice goes back, and the deposit is owed again; then it may be given back, too.
        credit(book, &number, How::Whole).expect("credited");
        assert_eq!((stands(book), left(book, &first)), ([0, 54_000, 300_001], Some(300_001)));
        credit(book, &first, How::Whole).expect("credited");
        assert_eq!((stands(book), left(book, &first)), ([0, 0, 0], Some(0)));
        book.verify();
    });
}

#[test]
fn an_invoice_settles_as_far_as_its_lines_go_and_the_next_one_the_rest() {
    each_engine(|book| {
        book.on("2026-06-01");
        let deposits = [deposit(book, &["Deposit;1;100000;B"]), deposit(book, &["Deposit;1;30000;B", "Books;1;900;A"])];
        let both = [deposits[0].as_str(), deposits[1].as_str()];
        let small = settle(book, &["Door;1;80000;B"], &both[..1]).expect("settled");
        assert_eq!((book.open(&small).as_str(), left(book, both[0])), ("0", Some(20_000)));
        let next = settle(book, &["Window;1;70000;B"], &both).expect("settled");
        // 70,000 − 20,000 − 30,000; the 900 of another class stay.
        assert_eq!(
            (book.open(&next).as_str(), left(book, both[0]), left(book, both[1])),
            ("23600", Some(0), Some(900))
        );
        assert_eq!(settle(book, &["Window;1;70000;B"], &both[1..]), Err("nothing-to-settle".into()));
        book.verify();
    });
}

#[test]
fn what_is_no_deposit_of_the_customer_settles_nothing() {
    each_engine(|book| {
        book.issue("X-1", "C2", "1", "2026-01-01", "2026-01-01");
        book.on("2026-06-01");
        let number = deposit(book, &["Deposit;1;100000;B"]);
        let plain = book.post(ours(book, &["Rice;1;1000;B"])).expect("posted");
        let before = book.documents().len();
        for (named, refused) in [(plain.as_str(), "no-deposit"), ("NONE", "not-found"), ("X-1", "no-deposit")] {
            assert_eq!(settle(book, &["Roof;1;200000;B"], &[named]), Err(refused.into()), "{named}");
        }
        let theirs = Given { customer: "C2".into(), ..settling(book, &["Roof;1;200000;B"], &[&number]) };
        assert_eq!(book.post(theirs).map_err(|error| code(&error)), Err("other-customer".into()));
        book.rate("2026-06-01", "USD", "1450");
        let dollars = Given { currency: Currency::USD, ..settling(book, &["Roof;1;900;B"], &[&number]) };
        assert_eq!(book.post(dollars).map_err(|error| code(&error)), Err("other-customer".into()));
        assert_eq!((book.documents().len(), left(book, &number)), (before, Some(100_000)));
    });
}

#[test]
fn a_deposit_in_dollars_becomes_revenue_at_the_rate_of_its_own_day() {
    each_engine(|book| {
        book.rate("2026-06-01", "USD", "1400");
        book.rate("2026-06-20", "USD", "1500");
        book.on("2026-06-01");
        let in_dollars = |given: Given| Given { currency: Currency::USD, prices: Prices::Gross, ..given };
        let deposit = Given { deposit: true, ..in_dollars(ours(book, &["Deposit;1;118;B"])) };
        let number = book.post(deposit).expect("a deposit");
        assert_eq!(stands(book), [0, 25_200, 140_000]);
        book.on("2026-06-20");
        let given = Given { issued_on: "2026-06-20".parse().unwrap(), ..settling(book, &["Roof;1;590;B"], &[&number]) };
        let settled = book.post(in_dollars(given)).expect("settled");
        assert_eq!(book.open(&settled), "472.00");
        // 100 at 1,400 and 400 at 1,500.
        assert_eq!((stands(book)[0], stands(book)[2]), (740_000, 0));
        book.verify();
    });
}

#[test]
fn a_correction_settles_again_and_a_deposit_that_was_wrong_stays_one() {
    each_engine(|book| {
        book.on("2026-06-01");
        let number = deposit(book, &["Deposit;1;100000;B"]);
        let wrong = settle(book, &["Roof;1;400000;B"], &[&number]).expect("settled");
        let again = |invoice: &str, lines: &[&str]| {
            let given = reissue::Given {
                invoice: invoice.to_owned(),
                reason: "wrong-price".into(),
                explanation: "the offer says another".into(),
                customer: None,
                lines: Some((lines.iter().map(|text| crate::billing::line(text)).collect(), Prices::Net)),
                references: invoice::References::default(),
                due_on: None,
                settles_disputes: false,
            };
            book.act(move |tx, actor, today| reissue::reissue(tx, actor, today, &given, None))
                .expect("re-issued")
                .number
        };
        let look = reissue::Given {
            invoice: wrong.clone(),
            reason: "wrong-price".into(),
            explanation: "the offer says another".into(),
            customer: None,
            lines: Some((vec![crate::billing::line("Roof;1;500000;B")], Prices::Net)),
            references: invoice::References::default(),
            due_on: None,
            settles_disputes: false,
        };
        let seen = book.read(|tx, actor| reissue::preview(tx, actor, book.today(), &look));
        assert_eq!((seen.was.minor, seen.becomes.minor, seen.settled.minor), (354_000, 472_000, -118_000));
        let right = again(&wrong, &["Roof;1;500000;B"]);
        assert_eq!((book.open(&right).as_str(), left(book, &number)), ("472000", Some(0)));
        assert_eq!(stands(book), [500_000, 90_000, 0]);
        let other = deposit(book, &["Deposit;1;7000;B"]);
        let other = again(&other, &["Deposit;1;9000;B"]);
        assert_eq!((left(book, &other), stands(book)), (Some(9_000), [500_000, 91_620, 9_000]));
        assert!(other.starts_with("DP-"), "{other}");
        book.verify();
    });
}

#[test]
fn two_at_once_settle_a_deposit_once() {
    each_engine_really(|book, place| {
        book.on("2026-06-01");
        let number = deposit(book, &["Deposit;1;100000;B"]);
        let books: Vec<Book> = (0..4).map(|_| Book::reopen_real(place)).collect();
        let done: Vec<_> = std::thread::scope(|scope| {
            let each = |book: &'_ Book| settle(book, &["Roof;1;100000;B"], &[&number]);
            let threads: Vec<_> = books.iter().map(|book| scope.spawn(move || each(book))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1, "{done:?}");
        assert_eq!(left(book, &number), Some(0));
        book.verify();
    });
}

#[test]
fn the_device_takes_what_was_settled_as_discounts_of_what_is_taxed_alike() {
    each_engine(|book| {
        let device = known(book);
        let number = deposit(book, &["Deposit;1;100000;B"]);
        let work = ["Roof;1;300000;B", "Gutter;1;100000;B;50%", "Books;1;5000;A"];
        let settled = settle(book, &work, &[&number]).expect("settled");
        book.tick(1_000_000);
        let sent = jobs::fiscal::send(&book.db, &book.actor, 100, PATIENCE).expect("sent");
        assert_eq!((sent, device.numbers().len()), (2, 2));
        let last = device.state().signed.last().expect("a sale").request.clone();
        assert_eq!(last["totAmt"].as_f64(), Some(300_000.0), "{last}");
        let lines = last["itemList"].as_array().expect("lines");
        let of = |line: &serde_json::Value| {
            let amount = |field: &str| line[field].as_f64().unwrap_or_default();
            (line["itemSeq"].as_u64().unwrap_or_default(), amount("splyAmt"), amount("dcAmt"), amount("totAmt"))
        };
        // 118,000 of 413,000 taxed alike: 101,143 of the roof and 16,857 of the gutter, which had a discount of its own.
        assert_eq!(
            lines.iter().map(of).collect::<Vec<_>>(),
            [(1, 354_000.0, 101_143.0, 252_857.0), (2, 118_000.0, 75_857.0, 42_143.0), (3, 5_000.0, 0.0, 5_000.0)]
        );
        assert_eq!(book.open(&settled), "300000");
        // More than there is of what is taxed alike cannot be told, and is not posted.
        let below = book.post(ours(book, &["Rice;1;1000;B", "Bag back;1;-500;A"])).map_err(|error| code(&error));
        assert_eq!(below, Err("invalid".into()));
    });
}

#[test]
fn money_ahead_of_an_invoice_is_told_with_the_last_day_of_its_month() {
    each_engine(|book| {
        book.on("2026-06-01");
        let open = book.post(ours(book, &["Rice;1;100000;B"])).expect("posted");
        book.on("2026-06-05");
        book.receipt("R1", Some("C1"), "118000", "2026-06-03");
        book.customer("C2", "Ineza Shop");
        book.receipt("R2", Some("C2"), "50000", "2026-05-20");
        book.receipt("R3", Some("C2"), "9000", "2026-06-02");
        book.receipt("R4", None, "7000", "2026-06-02");
        let ahead = |book: &Book| {
            let mut rows = Vec::new();
            let listing = ideni::actions::listing::Listing::Advances;
            let all = book.db.read(|tx| {
                listing.each(tx, &book.actor, ideni::words::Language::En, &mut |row| {
                    rows.push(row.iter().map(ideni::actions::listing::plain).collect::<Vec<_>>().join(" | "));
                    Ok(())
                })
            });
            all.expect("a report");
            rows
        };
        // What C1 paid is for what is open; whose R4 is nobody knows yet.
        assert_eq!(ahead(book), ["C2 | Ineza Shop | RWF | 59000 | 2026-05-20 | 2026-05-31"]);
        assert_eq!(book.apply("R1", &open, None), "done");
        let number = {
            let given = Given { deposit: true, customer: "C2".into(), ..ours(book, &["Deposit;1;50000;B"]) };
            book.post(given).expect("a deposit")
        };
        assert_eq!(book.apply("R2", &number, None), "done");
        assert!(ahead(book).is_empty(), "9,000 waits for the 9,000 that is open");
    });
}

#[test]
fn a_deposit_by_command_and_on_its_page() {
    let folder = small_book();
    let on = ["--today", "2026-10-10"];
    let issue = |more: &[&str]| {
        let args = [&["invoice", "issue", "--customer", "C1"], more, &on[..]].concat();
        json(folder.path(), &args)["rows"][0]["number"].as_str().expect("a number").to_owned()
    };
    let number = issue(&["--line", "Deposit;1;100000;B", "--deposit"]);
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let page = browser.get(&format!("/invoices/{number}")).text;
    assert!(page.contains("Not settled yet") && page.contains("RWF 100,000"), "{page}");
    let line = [
        ("customer", "C1"),
        ("lines[0].description", "Roof"),
        ("lines[0].quantity", "1"),
        ("lines[0].unit_price", "300000"),
        ("lines[0].tax_class", "B"),
        ("prices", "net"),
    ];
    let asked = |more: &[(&str, &str)]| {
        let mut form = browser.form("/invoices/new", "/invoices/new").with(&line);
        form.fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        browser.send(&form)
    };
    let worked = asked(&[("do", "look")]).text;
    assert!(worked.contains("Take off deposit") && worked.contains("RWF 354,000"), "{worked}");
    let worked = asked(&[("do", "look"), ("settles", &number)]).text;
    assert!(worked.contains(&format!("Less deposit {number}")) && worked.contains("RWF 236,000"), "{worked}");
    let posted = asked(&[("do", "post"), ("settles", &number)]);
    assert_eq!(posted.status, 303, "{}", posted.text);
    assert!(browser.get(&format!("/invoices/{number}")).text.contains("RWF 0"));
    assert_eq!(asked(&[("do", "deposit")]).status, 303);
    assert!(crate::support::ideni(folder.path(), &["verify"]).status.success());
}
