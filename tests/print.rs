//! Papers as PDF, read back as text: what stands on them is what the book says, in the customer's language.

use documents::Paper;
use ideni::actions::print::{self, Ready};
use ideni::actions::setting;
use ideni::words::Language;
use receivables::ledger::Account;
use store::Error;

use crate::support::{Book, Browser, code, each_engine, ideni, json, small_book};

fn text(ready: &Ready, paper: Paper) -> String {
    let pdf = ready.print(paper).expect("a PDF");
    assert!(pdf.starts_with(b"%PDF-1.7"), "a PDF");
    pdf_extract::extract_text_from_mem(&pdf).expect("its text").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn decide(book: &Book, name: &str, value: &str) {
    let given = setting::Given { name: name.into(), value: value.into(), from: None, reason: String::new(), was: None };
    book.act(move |tx, actor, today| setting::set(tx, actor, today, &given, None)).expect("set");
}

fn posted(book: &Book, lines: &[(&str, &str)]) -> String {
    let mut given = book.given("", "C1", "0", "2026-06-01", "2026-06-30");
    (given.number, given.total) = (None, None);
    given.lines = lines
        .iter()
        .map(|(description, price)| ideni::actions::invoice::GivenLine {
            description: (*description).into(),
            quantity: "2".parse().unwrap(),
            unit: Some("bag".into()),
            unit_price: price.parse().unwrap(),
            discount: receivables::billing::line::Discount::NONE,
            tax_class: "B".into(),
            item: None,
        })
        .collect();
    book.post(given).expect("posted")
}

#[test]
fn an_invoice_says_what_the_book_says() {
    each_engine(|book| {
        book.on("2026-06-01");
        decide(book, "momo-pay", "012345");
        decide(book, "address", "KN 5 Road, Kigali");
        let number = posted(book, &[("Rice 25 kg", "30000"), ("=HYPERLINK(\"x\") #panic() *bold* شكرا", "500")]);
        let ready = book.read(|tx, actor| print::invoice(tx, actor, book.today(), &number, Some(Language::En)));
        for paper in [Paper::A4, Paper::A5, Paper::Roll80] {
            let text = text(&ready, paper);
            for told in
                ["Invoice", &number, "Rice 25 kg", "#panic()", "=HYPERLINK", "71,980", "10,980", "0000013", "KN 5 Road"]
            {
                assert!(text.contains(told), "{told}: {text}");
            }
        }
        assert!(text(&ready.clone().as_copy(Some(2)), Paper::A4).contains("Copy 2"));
        assert!(!text(&ready.clone().as_copy(Some(0)), Paper::A4).contains("Copy"), "the first is the original");
        let again = book.read(|tx, actor| print::invoice(tx, actor, book.today(), &number, Some(Language::En)));
        assert_eq!(again.print(Paper::A4).unwrap(), ready.print(Paper::A4).unwrap(), "the same bytes");
        let french = book.read(|tx, actor| print::invoice(tx, actor, book.today(), &number, Some(Language::Fr)));
        assert!(text(&french, Paper::A4).contains("Facture"));
    });
}

#[test]
fn a_statement_closes_with_the_ledger() {
    each_engine(|book| {
        book.issue("F-1", "C1", "100000", "2026-05-01", "2026-05-31");
        book.issue("F-2", "C1", "50000", "2026-06-02", "2026-06-30");
        book.receipt("R1", Some("C1"), "120000", "2026-06-10");
        assert_eq!(book.apply("R1", "F-1", None), "done");
        book.credit("N-1", "C1", "5000", "2026-06-15", Some("F-2"));
        let span = (Some("2026-06-01".parse().unwrap()), None);
        let ready = book.read(|tx, actor| print::statement(tx, actor, book.today(), "C1", span, Some(Language::En)));
        let text = text(&ready, Paper::A4);
        let owed = book.base_of(Account::RECEIVABLES) + book.base_of(Account::UNAPPLIED);
        assert_eq!(owed, 25_000);
        // Balances: 100,000 before, then 150,000, 30,000 and 25,000.
        for told in ["Opening balance", "100,000", "150,000", "120,000", "30,000", "25,000", "F-2", "R1", "N-1"] {
            assert!(text.contains(told), "{told}: {text}");
        }
        assert!(text.contains("Balance owed, RWF 25,000") || text.contains("25,000 Balance owed, RWF"), "{text}");
        let twisted = (Some("2026-07-01".parse().unwrap()), Some("2026-06-01".parse().unwrap()));
        let refused = book.db.read(|tx| print::statement(tx, &book.actor, book.today(), "C1", twisted, None));
        assert_eq!(code(&refused.unwrap_err()), "invalid");
    });
}

#[test]
fn a_company_edits_its_templates_and_a_broken_one_is_refused_with_its_place() {
    each_engine(|book| {
        let number = posted(book, &[("Rice", "100")]);
        let save = |name: &'static str, content: String| {
            book.act(move |tx, actor, _| print::save_template(tx, actor, name, content.as_bytes()))
        };
        let ours = book.read(print::templates);
        let parts = ours.iter().find(|(name, ..)| name == "invoice.typ").expect("a template of ours");
        let theirs = String::from_utf8(parts.1.clone()).unwrap();
        match save("invoice.typ", format!("{theirs}\n#let broken = (")) {
            Err(Error::Refused(receivables::Refusal::NoTemplate { name, cause })) => {
                assert!(name.contains("invoice.typ") && cause.contains("line"), "{name}: {cause}");
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(code(&save("logo", "no picture".into()).unwrap_err()), "no-template");
        assert_eq!(code(&save("print.typ", "x".into()).unwrap_err()), "no-template");
        assert!(book.read(print::templates).iter().all(|(.., own)| !own), "nothing was saved");
        save("invoice.typ", format!("// ours\n{theirs}")).expect("saved");
        assert_eq!(book.read(print::templates).iter().filter(|(.., own)| *own).count(), 1);
        let ready = book.read(|tx, actor| print::invoice(tx, actor, book.today(), &number, None));
        assert!(text(&ready, Paper::A4).contains(&number));
        save("invoice.typ", String::new()).expect("back");
        assert!(book.read(print::templates).iter().all(|(.., own)| !own));
    });
}

#[test]
fn papers_by_command_and_on_the_page() {
    let folder = small_book();
    let at = folder.path();
    let run = |args: &[&str]| ideni(at, args);
    assert!(run(&["print", "invoice", "A-1", "--to", "a.pdf"]).status.success());
    assert!(std::fs::read(at.join("a.pdf")).unwrap().starts_with(b"%PDF"));
    assert!(!run(&["print", "invoice", "A-1", "--to", "a.pdf"]).status.success(), "it is there already");
    assert!(!run(&["print", "invoice", "A-1", "--to", "a.txt"]).status.success());
    assert!(!run(&["print", "invoice", "A-1", "--to", "b.pdf", "--paper", "letter"]).status.success());
    assert!(run(&["print", "statement", "C1", "--to", "s.pdf", "--paper", "a5", "--in", "rw"]).status.success());
    assert!(run(&["template", "export", "own"]).status.success());
    assert!(run(&["template", "save", "own/letter.typ"]).status.success());
    let own = json(at, &["template", "list"]);
    assert_eq!(own["rows"].as_array().unwrap().iter().filter(|row| row["own"] == true).count(), 1);
    assert!(run(&["template", "reset", "letter.typ"]).status.success());
    json(
        at,
        &["receipt", "record", "--reference", "R1", "--customer", "C1", "--amount", "118000", "--account", "bank"],
    );
    assert!(run(&["print", "receipt", "R1", "--to", "r.pdf", "--paper", "roll"]).status.success());
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    for page in ["/invoices/A-1/pdf", "/accounts/C1/statement"] {
        let answer = browser.get(page);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/pdf")), "{page}");
        assert!(answer.header("content-disposition").unwrap().starts_with("inline"), "{page}");
    }
    assert_eq!(browser.get("/invoices/NONE/pdf").status, 404);
}
