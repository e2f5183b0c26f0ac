//! Finding things: by whatever is remembered of them, only in one's own company, whatever is typed; on both engines.

use ideni::actions::import::What;
use ideni::actions::search::{self, Found, Only};
use ideni::actions::{Actor, company, contact_person, customer, receipt};
use receivables::customer::contact::Typed;
use receivables::customer::payment_code;
use receivables::{Currency, Money};
use store::{Error, Sql};

use crate::support::{Book, code, each_engine};

fn find(book: &Book, text: &str) -> Found {
    book.db.seal().expect("sealed");
    book.read(|tx, actor| search::find(tx, book.db.snapshots(), actor, text))
}

/// What was found, in order: `C1 name exact`, `INV-7 number part`, `MP-1 payer begins`.
fn told(book: &Book, text: &str) -> Vec<String> {
    let found = find(book, text);
    let said = |name: &str, fit, by: search::By| format!("{name} {} {fit:?}", by.name()).replace("Exact", "=");
    let customers = found.customers.hits.iter().map(|h| said(&h.thing.customer.code, h.fit, h.by));
    let documents = found.documents.hits.iter().map(|h| said(&h.thing.number, h.fit, h.by));
    let receipts = found.receipts.hits.iter().map(|h| said(&h.thing.called(), h.fit, h.by));
    customers.chain(documents).chain(receipts).collect()
}

#[track_caller]
fn check(book: &Book, text: &str, expected: &[&str]) {
    assert_eq!(told(book, text), expected, "{:?}: {text}", book.engine);
}

fn paid(book: &Book, reference: &str, gross: &str, payer: &str, payer_ref: &str, text: &str) {
    let gross = book.money(gross);
    let or_none = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let given = receipt::Given {
        account: "bank".into(),
        received_on: "2026-03-01".parse().expect("a date"),
        received_at: None,
        gross,
        charges: Money::zero(gross.currency),
        payer: or_none(payer),
        payer_ref: or_none(payer_ref),
        reference: or_none(reference),
        text: or_none(text),
        customer: None,
        opening_on: None,
    };
    book.act(move |tx, actor, today| receipt::record(tx, actor, today, &given, None)).expect("recorded");
}

fn people(book: &Book) {
    book.load(
        What::Customers,
        "code,name,tin,phone,email\n\
         C-001,Société Kivu Café S.A.R.L.,100000019,0788 123 456,compta@kivucafe.rw\n\
         C-002,Mukarugwiza Aline,,+250788123999,\n\
         C-003,Hakizimana Jean Bosco,120000027,,jb@mail.rw\n\
         K77,Kigali Fresh 24 Ltd,,,\n",
    );
}

#[test]
fn a_customer_is_found_by_whatever_is_remembered() {
    each_engine(|book| {
        people(book);
        for (text, expected) in [
            ("C-001", &["C-001 code ="][..]),
            ("c001", &["C-001 code ="]),
            ("C-00", &["C-001 code Begins", "C-002 code Begins", "C-003 code Begins"]),
            ("kivu", &["C-001 name Begins"]),
            ("CAFE societe kivu sarl", &["C-001 name ="]),
            ("caf kiv", &["C-001 name Part"]),
            ("kigali fresh 24", &["K77 name ="]),
            ("100000019", &["C-001 tin ="]),
            ("1000000", &["C-001 tin Begins"]),
            ("0788123456", &["C-001 phone ="]),
            ("+250 788 123 456", &["C-001 phone ="]),
            ("0788 123", &["C-001 phone Begins", "C-002 phone Begins"]),
            ("3999", &["C-002 phone Part"]),
            ("399", &[]),
            ("jb@mail.rw", &["C-003 email ="]),
            ("compta@", &["C-001 email Begins"]),
            // A slip of the fingers, and L for R.
            ("hakizimna", &["C-003 name Close"]),
            ("Mukalugwiza aline", &["C-002 name Close"]),
            ("zzzzzz", &[]),
        ] {
            let mut found = told(book, text);
            if found.iter().all(|hit| hit.ends_with("Begins")) {
                found.sort();
            }
            assert_eq!(found, expected, "{:?}: {text}", book.engine);
        }
        book.verify();
    });
}

#[test]
fn a_customer_is_found_by_the_people_there_as_long_as_they_are_there() {
    each_engine(|book| {
        people(book);
        let typed = Typed {
            name: "Keza Solange".into(),
            role: "accounts-payable".into(),
            phone: "0722 555 666".into(),
            email: "keza@kivucafe.rw".into(),
            ..Typed::default()
        };
        let made = book.act(move |tx, actor, _| contact_person::add(tx, actor, "C-001", &typed, None)).expect("added");
        for text in ["keza", "solange kez", "0722555666", "5666", "keza@kivucafe.rw"] {
            check(book, text, &["C-001 person Part"]);
        }
        book.verify();
        let id = made.id.clone();
        book.act(move |tx, actor, _| contact_person::end(tx, actor, &id, "left")).expect("ended");
        for text in ["keza", "0722555666", "keza@kivucafe.rw"] {
            check(book, text, &[]);
        }
        book.verify();
    });
}

#[test]
fn a_document_is_found_by_its_number_in_any_spelling() {
    each_engine(|book| {
        book.issue("INV-2026-0017", "C1", "118000", "2026-02-01", "2026-03-01");
        book.issue("INV-2026-0118", "C1", "5000", "2026-02-02", "2026-03-01");
        book.credit("CN/2026/17", "C1", "2000", "2026-02-03", Some("INV-2026-0017"));
        for text in ["INV-2026-0017", "inv 2026/0017", "INV20260017", "inv-2026-17"] {
            assert_eq!(told(book, text)[0], "INV-2026-0017 number =", "{text}");
        }
        check(book, "cn 2026 17", &["CN/2026/17 number ="]);
        check(book, "INV-2026-0", &["INV-2026-0118 number Begins", "INV-2026-0017 number Begins"]);
        check(book, "17", &["CN/2026/17 number Part", "INV-2026-0017 number Part"]);
        check(book, "0118", &["INV-2026-0118 number Part"]);
        check(book, "20260118", &["INV-2026-0118 number Part"]);
        assert!(matches!(find(book, "INV-2026-0017").only(), Some(Only::Document(d)) if d.number == "INV-2026-0017"));
        assert!(find(book, "17").only().is_none(), "17 may be two documents");
    });
}

#[test]
fn a_receipt_is_found_by_its_reference_and_by_who_paid() {
    each_engine(|book| {
        paid(book, "FT26A001", "5000", "HAKIZIMANA Jean", "250788555013", "school fees");
        paid(book, "FT26A002", "7000", "", "", "Payment by Uwimana Rose for rent");
        check(book, "ft26a001", &["FT26A001 reference ="]);
        check(book, "FT26A", &["FT26A002 reference Begins", "FT26A001 reference Begins"]);
        check(book, "jean haki", &["FT26A001 payer Part"]);
        check(book, "uwimana", &["FT26A002 payer Begins"]);
        check(book, "fees", &[]);
        check(book, "0788555013", &["FT26A001 phone Begins"]);
        check(book, "5013", &["FT26A001 phone Part"]);
        let id = find(book, "FT26A002").receipts.hits[0].thing.id.to_string();
        check(book, &id, &["FT26A002 reference ="]);
        book.verify();
    });
}

#[test]
fn an_exact_amount_is_found_in_any_spelling() {
    each_engine(|book| {
        book.rate("2026-01-01", "USD", "1450");
        book.issue("A", "C1", "1180000", "2026-02-01", "2026-03-01");
        book.issue("B", "C2", "11800 USD", "2026-02-01", "2026-03-01");
        book.issue_in_parts("P", "C3", "100000", "2026-02-01", &[("2026-03-01", 30), ("2026-04-01", 70)]);
        book.credit("N", "C1", "180000", "2026-02-02", Some("A"));
        paid(book, "R-1", "1180000", "", "", "");
        for text in ["1180000", "1,180,000", "1.180.000", "1 180 000", "RWF 1,180,000", "1180000 rwf", "Frw 1,180,000"]
        {
            check(book, text, &["A amount =", "R-1 amount ="]);
        }
        check(book, "1,000,000", &["A open-amount ="]);
        check(book, "11,800.00", &["B open-amount ="]);
        check(book, "USD 11800", &["B open-amount ="]);
        check(book, "30000", &["P open-amount ="]);
        check(book, "70 000", &["P open-amount ="]);
        check(book, "100,000", &["P amount ="]);
        check(book, "180000", &["N amount ="]);
        check(book, "1180000 USD", &[]);
        check(book, "1180001", &[]);
        // Paid to the end, a document is still found by what it came to.
        book.receipt("R-2", Some("C3"), "100000", "2026-03-02");
        book.apply("R-2", "P", None);
        check(book, "30000", &["P amount ="]);
    });
}

#[test]
fn words_follow_what_they_are_of() {
    each_engine(|book| {
        people(book);
        check(book, "kigali fresh", &["K77 name Begins"]);
        let given = customer::Given {
            code: "K77".into(),
            name: Some("Nyamirambo Fresh".into()),
            phone: Some("0722000111".into()),
            ..customer::Given::default()
        };
        book.act(move |tx, actor, today| customer::save(tx, actor, today, &given)).expect("saved");
        check(book, "kigali", &[]);
        check(book, "nyamirambo", &["K77 name Begins"]);
        check(book, "0722000111", &["K77 phone ="]);
        book.verify();
        for text in [
            "DELETE FROM search_word WHERE word = 'nyamirambo'",
            "UPDATE search_word SET word = 'nyamata' WHERE word = 'nyamirambo'",
            "UPDATE customer SET name = 'Somebody else' WHERE code = 'K77'",
        ] {
            let found = book.db.write(move |tx| {
                tx.execute(Sql { lite: text, pg: text }, &[])?;
                let company = store::company::list(tx)?[0].id;
                let all = store::verify::all(tx, company)?;
                let broken: Vec<&str> = all.iter().filter(|c| !c.broken.is_empty()).map(|c| c.identity).collect();
                Err::<(), _>(Error::Failed(broken.join(", ")))
            });
            let told = found.expect_err("rolled back").to_string();
            assert!(told.contains("words to search by equal their rebuilding"), "{text}: {told}");
        }
    });
}

#[test]
fn what_is_of_another_company_is_never_found() {
    each_engine(|book| {
        people(book);
        book.issue("INV-2026-0017", "C-001", "118000", "2026-02-01", "2026-03-01");
        paid(book, "FT26A001", "5000", "HAKIZIMANA Jean", "250788555013", "");
        let new = company::NewCompany {
            name: "Other Ltd".into(),
            code: Some("other".into()),
            tin: None,
            currency: Currency::RWF,
            country: "rw".into(),
            simulated: true,
        };
        let other = book.act(move |tx, _, _| company::init(tx, "boss", &new)).expect("a second company");
        book.db.seal().expect("sealed");
        for text in
            ["C-001", "kivu", "0788123456", "3456", "100000019", "compta@kivucafe.rw", "INV-2026-0017", "17", "118000"]
        {
            let of =
                |actor: &Actor| book.db.read(|tx| search::find(tx, book.db.snapshots(), actor, text)).expect("read");
            assert!(of(&other).is_empty(), "{:?}: {text}", book.engine);
            assert!(!of(&book.actor).is_empty(), "{:?}: {text}", book.engine);
        }
        for text in ["FT26A001", "jean", "hakizimna"] {
            let found = book.db.read(|tx| search::find(tx, book.db.snapshots(), &other, text)).expect("read");
            assert!(found.is_empty(), "{:?}: {text}", book.engine);
        }
    });
}

#[test]
fn whatever_is_typed_is_an_answer_or_a_sentence() {
    each_engine(|book| {
        people(book);
        book.issue("50%_OFF'1", "C-001", "118000", "2026-02-01", "2026-03-01");
        book.customer("AR", "شركة النور للتجارة");
        for text in
            ["", "   ", "%", "_", "'", "\"", "--", "\\", ";", "*", "(", "🙂", "\u{202e}", "\u{10ffff}", "a\0b", "\t\n"]
        {
            assert!(find(book, text).is_empty(), "{:?}: {text:?}", book.engine);
        }
        check(book, "50%_off'1", &["50%_OFF'1 number ="]);
        check(book, "النور", &["AR name Begins"]);
        check(book, "\u{202e}kivu", &["C-001 name Begins"]);
        for text in ["9999999999999999999999999999", "1e9", "0x10", "-0", "+250", "1..2", "1,,2"] {
            find(book, text);
        }
        let long = "kivu ".repeat(2_000);
        let refused = book.db.read(|tx| search::find(tx, book.db.snapshots(), &book.actor, &long));
        assert_eq!(code(&refused.expect_err("refused")), "invalid-empty");
        find(book, &"7".repeat(200));
    });
}

#[test]
fn no_more_than_eight_of_a_kind_and_it_says_so() {
    each_engine(|book| {
        let rows: String = (0..30).map(|n| format!("S{n:02},Simba Shop {n},\n")).collect();
        book.load(What::Customers, &format!("code,name,phone\n{rows}"));
        let found = find(book, "simba");
        assert_eq!((found.customers.hits.len(), found.customers.more), (8, true));
        check(book, "simba shop 17", &["S17 name ="]);
        assert!(!find(book, "simba shop 17").customers.more);
    });
}

#[test]
fn a_payment_code_finds_its_customer_and_says_who_paid() {
    each_engine(|book| {
        book.issue("A-1", "C1", "70000", "2026-05-01", "2026-05-31");
        book.issue("B-1", "C2", "50000", "2026-05-01", "2026-05-31");
        book.issue("B-2", "C2", "90000", "2026-05-01", "2026-06-15");
        let (one, two) = (payment_code::of(1), payment_code::of(2));
        check(book, &two, &["C2 payment-code ="]);
        check(book, &format!("{} {}", &two[..3], &two[3..]), &["C2 payment-code ="]);
        check(book, "0000012", &[]);
        // Part of what is open, of a payer nobody knows: the code says whose it is.
        book.receipt(&format!("rent {two}"), None, "50000", "2026-06-01");
        book.receipt(&format!("{one} and {two}"), None, "90000", "2026-06-01");
        book.receipt("0000012", None, "70000", "2026-06-01");
        assert_eq!(book.match_of(&format!("rent {two}")), "applied b-1 50000");
        assert_eq!(book.match_of(&format!("{one} and {two}")), "proposed b-2 90000", "two codes say nothing");
        assert_eq!(book.match_of("0000012"), "proposed a-1 70000", "a slip of a code is none");
        assert_eq!(book.apply_all(), 1);
        book.verify();
    });
}
