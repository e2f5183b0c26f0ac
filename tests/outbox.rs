//! Papers that are to be sent wait in the outbox, and reminders go out as letters, too.

use documents::Paper;
use ideni::actions::outbox;
use ideni::actions::{credit_note, day, print, setting};
use ideni::jobs;
use store::Error;
use store::notice::Listed;

use crate::billing;
use crate::ebm::{PATIENCE, known};
use crate::support::{Book, Browser, code, each_engine, json, small_book, told};

fn add(book: &Book, kind: &str, name: &str) -> Result<String, Error> {
    let (kind, name) = (kind.to_owned(), name.to_owned());
    book.act(move |tx, actor, today| outbox::add(tx, actor, today, &kind, &name, None))
}

fn waiting(book: &Book) -> Vec<Listed> {
    book.read(|tx, actor| outbox::waiting(tx, actor, 100))
}

fn decide(book: &Book, id: &str, sent: bool) -> String {
    let id = id.to_owned();
    told(book.act(move |tx, actor, _| outbox::decide(tx, actor, &id, sent)))
}

fn when_issued(book: &Book) {
    let given = setting::Given { name: "send-documents".into(), value: "when-issued".into(), ..Default::default() };
    book.act(move |tx, actor, today| setting::set(tx, actor, today, &given, None)).expect("set");
}

fn names(book: &Book) -> Vec<(String, String)> {
    waiting(book).into_iter().map(|m| (m.step, m.paper.map(|paper| paper.name).unwrap_or_default())).collect()
}

#[test]
fn a_paper_waits_once_and_says_what_it_is_in_the_customers_language() {
    each_engine(|book| {
        book.on("2026-06-01");
        book.load(ideni::actions::import::What::Customers, "code,name,language\nC1,Ineza Shop,fr\n");
        book.issue("A", "C1", "118000", "2026-06-01", "2026-06-30");
        book.receipt("R1", Some("C1"), "18000", "2026-06-01");
        for (kind, name) in [("document", "A"), ("receipt", "R1"), ("statement", "C1")] {
            let id = add(book, kind, name).expect("a draft");
            assert_eq!(code(&add(book, kind, name).unwrap_err()), "exists", "{kind}");
            assert!(waiting(book).iter().any(|m| m.id.to_string() == id));
        }
        let said: Vec<String> = waiting(book).into_iter().map(|m| m.body).collect();
        for (body, told) in said.iter().zip([
            "voici la facture A du 01/06/2026 : 118",
            "nous avons bien encaissé 18",
            "Le solde est de 100",
        ]) {
            assert!(body.contains(told), "{told}: {body}");
        }
        // Sent, it may be sent again; nobody was reminded of anything by it.
        let first = waiting(book)[0].id.to_string();
        assert_eq!(decide(book, &first, true), "done");
        assert_eq!(decide(book, &first, true), "invalid");
        add(book, "document", "A").expect("again");
        assert_eq!(book.number("SELECT COUNT(*) FROM contact WHERE company = $1"), 0);
        book.receipt("R2", None, "5", "2026-06-01");
        for (kind, name, refused) in [
            ("document", "NONE", "not-found"),
            ("statement", "NONE", "not-found"),
            ("quote", "NONE", "not-found"),
            ("letter", "A", "invalid"),
            ("receipt", "R2", "unidentified"),
        ] {
            assert_eq!(code(&add(book, kind, name).unwrap_err()), refused, "{kind} {name}");
        }
    });
}

#[test]
fn a_document_of_ours_waits_as_it_is_issued_and_goes_when_the_device_has_it() {
    each_engine(|book| {
        let _device = known(book);
        book.post(billing::ours(book, &["Rice;1;1000;B"])).expect("before the setting");
        assert!(waiting(book).is_empty());
        when_issued(book);
        let number = book.post(billing::ours(book, &["Rice;1;2000;B"])).expect("posted");
        assert_eq!(names(book), [("invoice".to_owned(), number.clone())]);
        let id = waiting(book)[0].id.to_string();
        assert_eq!(decide(book, &id, true), "not-fiscalised");
        book.tick(1_000_000);
        jobs::fiscal::send(&book.db, &book.actor, 100, PATIENCE).expect("sent");
        assert_eq!(decide(book, &id, true), "done");
        // One that is taken back before anybody had it is not sent; what was made elsewhere is not ours to send.
        let wrong = book.post(billing::ours(book, &["Rice;1;3000;B"])).expect("posted");
        book.issue("OLD", "C1", "1000", "2026-06-01", "2026-06-30");
        assert_eq!(names(book), [("invoice".to_owned(), wrong.clone())]);
        book.act(move |tx, actor, today| credit_note::void(tx, actor, today, &wrong, "typed twice", None))
            .expect("void");
        assert_eq!(names(book), []);
    });
}

fn text(ready: &print::Ready) -> String {
    let pdf = ready.print(Paper::A4).expect("a PDF");
    pdf_extract::extract_text_from_mem(&pdf).expect("its text").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_reminder_is_a_letter_with_what_it_asks_for_until_the_account_moves() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        book.on("2026-06-01");
        book.issue("A", "C1", "1000", "2026-06-01", "2026-06-30");
        book.issue("B", "C1", "2500", "2026-06-01", "2026-07-02");
        book.issue("LATER", "C1", "7000", "2026-06-01", "2026-09-30");
        book.on("2026-06-20").receipt("R1", Some("C1"), "300", "2026-06-20");
        book.on("2026-07-08");
        book.act(day::turn).expect("turned");
        let message = waiting(book).remove(0);
        assert_eq!((message.amount, message.paper.clone()), (3200, None));
        let id = message.id.to_string();
        let letter = |book: &Book| {
            let id = id.clone();
            book.act(move |tx, actor, today| print::letter(tx, actor, today, &id))
        };
        let told = text(&letter(book).expect("a letter"));
        for words in
            ["Ineza Shop", "friendly reminder", "A", "B", "2,500", "Kept on account", "300", "To pay, RWF 3,200"]
        {
            assert!(told.contains(words), "{words}: {told}");
        }
        assert!(!told.contains("LATER"), "{told}");
        book.apply("R1", "A", None);
        assert!(text(&letter(book).expect("the same to pay")).contains("To pay, RWF 3,200"));
        book.receipt("R2", Some("C1"), "50", "2026-07-08");
        assert_eq!(code(&letter(book).unwrap_err()), "message-outdated");
        let paper = add(book, "document", "A").expect("a draft");
        let of_paper = book.act(move |tx, actor, today| print::letter(tx, actor, today, &paper));
        assert_eq!(code(&of_paper.unwrap_err()), "not-a-letter");
    });
}

#[test]
fn papers_go_to_the_outbox_by_command_and_from_their_pages() {
    let folder = small_book();
    let at = folder.path();
    let id = json(at, &["outbox", "add", "document", "A-1"])["rows"][0]["id"].as_str().unwrap().to_owned();
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let page = browser.get("/outbox");
    assert!(page.text.contains("/invoices/A-1/pdf") && page.text.contains(&format!("/outbox/{id}")), "{}", page.text);
    let mut decision = browser.form("/outbox", &format!("/outbox/{id}"));
    decision.fields.push(("decision".into(), "sent".into()));
    let sent = browser.send(&decision);
    assert_eq!(sent.status, 303, "{}", sent.text);
    assert_eq!(json(at, &["outbox", "list"])["rows"][0]["state"], "sent");
    for from in ["/invoices/A-1", "/accounts/C1"] {
        assert_eq!(browser.send(&browser.form(from, "/outbox")).status, 303, "{from}");
    }
    assert_eq!(json(at, &["outbox", "list"])["rows"].as_array().unwrap().len(), 3);
}
