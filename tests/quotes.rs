//! Quotes and proforma invoices on both engines: offered, accepted once, declined, over; on pages, by command and on paper.

use ideni::actions::invoice::{self, References};
use ideni::actions::quote::{self, Kind};
use store::quote::Quote;

use crate::billing::ours;
use crate::support::{Book, Browser, code, each_engine, each_engine_really, ideni, json, small_book, told};

fn offer(book: &Book, kind: Kind, lines: &[&str], valid_until: Option<&str>) -> Result<String, String> {
    let mut given = ours(book, lines);
    given.due_on = None;
    given.issued_on = book.today();
    let until = valid_until.map(|day| day.parse().expect("a day"));
    let made = book.act(move |tx, actor, today| quote::make(tx, actor, today, (kind, &given), until, None));
    made.map_err(|error| code(&error))
}

fn accept(book: &Book, number: &str) -> Result<String, String> {
    let number = number.to_owned();
    let references = References { order: Some("PO-1".into()), ..References::default() };
    let posted = book.act(move |tx, actor, today| quote::accept(tx, actor, today, &number, &references, None));
    posted.map(|posted| posted.number).map_err(|error| code(&error))
}

fn decline(book: &Book, number: &str, reason: &str) -> String {
    let (number, reason) = (number.to_owned(), reason.to_owned());
    told(book.act(move |tx, actor, today| quote::decline(tx, actor, today, &number, &reason, None)))
}

fn states(book: &Book) -> Vec<(String, &'static str)> {
    let today = book.today();
    let all: Vec<Quote> = book.read(|tx, actor| quote::list(tx, actor, 100));
    all.into_iter().rev().map(|one| (one.number.clone(), quote::state(&one, today))).collect()
}

#[test]
fn an_offer_becomes_the_invoice_it_was_once() {
    each_engine(|book| {
        book.issue("X-1", "C1", "1", "2026-01-01", "2026-01-31");
        book.on("2026-06-01");
        let lines = ["Rice 25 kg;10;30000;B;10%", "School books;3;4000;A"];
        assert_eq!(offer(book, Kind::Quote, &lines, Some("2026-06-15")), Ok("QT-000001".into()));
        assert_eq!(offer(book, Kind::Proforma, &lines, None), Ok("PF-000001".into()));
        assert_eq!(book.documents().len(), 1, "nothing is posted");
        book.on("2026-06-15");
        assert_eq!(accept(book, "QT-000001"), Ok("INV-000001".into()));
        assert_eq!(accept(book, "QT-000001"), Err("quote-accepted".into()));
        assert_eq!(decline(book, "QT-000001", "too dear"), "quote-accepted");
        // 270,000 and 18 %, and 12,000.
        assert_eq!(book.open("INV-000001"), "330600");
        let shown = book.read(|tx, actor| invoice::show(tx, actor, "INV-000001", None));
        assert_eq!((shown.invoice.issued_on.to_string(), shown.invoice.lines.len()), ("2026-06-15".into(), 2));
        let said = |kind: &str| shown.references.iter().find(|(known, _)| known == kind).map(|(_, said)| said.as_str());
        assert_eq!((said("offered"), said("order")), (Some("QT-000001"), Some("PO-1")));
        assert_eq!(decline(book, "PF-000001", " "), "missing");
        book.on("2026-08-01");
        assert_eq!(states(book), [("QT-000001".into(), "accepted"), ("PF-000001".into(), "expired")]);
        assert_eq!(accept(book, "PF-000001"), Err("quote-is".into()));
        assert_eq!(decline(book, "PF-000001", "they bought elsewhere"), "done");
        assert_eq!(states(book)[1].1, "declined");
    });
}

#[test]
fn what_cannot_be_offered_is_refused() {
    each_engine(|book| {
        book.on("2026-06-01");
        assert_eq!(offer(book, Kind::Quote, &["Rice;1;1000;B"], None), Err("not-found".into()), "nobody is C1");
        book.issue("X-1", "C1", "1", "2026-01-01", "2026-01-31");
        assert_eq!(offer(book, Kind::Quote, &[], None), Err("missing".into()));
        assert_eq!(offer(book, Kind::Quote, &["Rice;1;1000;Z"], None), Err("invalid".into()));
        assert_eq!(offer(book, Kind::Quote, &["Rice;1;1000;B"], Some("2026-05-31")), Err("invalid".into()));
        assert_eq!(accept(book, "QT-000001"), Err("not-found".into()));
        assert!(states(book).is_empty());
    });
}

#[test]
fn many_at_once_accept_an_offer_once() {
    each_engine_really(|book, place| {
        book.issue("X-1", "C1", "1", "2026-01-01", "2026-01-31");
        let number = offer(book, Kind::Quote, &["Rice;1;1000;B"], Some("2026-12-31")).expect("offered");
        let books: Vec<Book> = (0..4).map(|_| Book::reopen_real(place)).collect();
        let done: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = books.iter().map(|book| scope.spawn(|| accept(book, &number))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1, "{done:?}");
    });
}

#[test]
fn an_offer_by_command_on_its_page_and_on_paper() {
    let folder = small_book();
    let on = ["--today", "2026-10-10"];
    let make =
        ["quote", "make", "--customer", "C1", "--line", "Rice;2;10000;B", "--kind", "proforma", "--order", "PO-9"];
    let number = json(folder.path(), &[&make[..], &on].concat())["rows"][0]["number"].as_str().unwrap().to_owned();
    assert_eq!(number, "PF-000001");
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let page = browser.get("/quotes").text;
    assert!(page.contains("PF-000001") && page.contains("RWF 23,600"), "{page}");
    #[cfg(feature = "pdf")]
    {
        let print = ["print", "quote", &number, "--to", "p.pdf"];
        assert!(ideni(folder.path(), &[&print[..], &on].concat()).status.success());
        let text = pdf_extract::extract_text(folder.path().join("p.pdf")).expect("a PDF");
        for said in
            ["Proforma invoice", "PF-000001", "Valid until", "9 November 2026", "This is not an invoice", "PO-9"]
        {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert_eq!(browser.get("/quotes/PF-000001/pdf").status, 200);
    }
    let refused = browser.submit("/quotes", "/quotes/PF-000001/decline", &[("reason", "")]);
    assert_eq!(refused.status, 422, "{}", refused.text);
    let accepted = browser.submit("/quotes", "/quotes/PF-000001/accept", &[]);
    assert_eq!(accepted.status, 303, "{}", accepted.text);
    let listed = json(folder.path(), &[&["quote", "list"], &on[..]].concat());
    assert_eq!(
        (&listed["rows"][0]["state"], &listed["rows"][0]["invoice"]),
        (&"accepted".into(), &"INV-000001".into())
    );
    assert!(!ideni(folder.path(), &["quote", "decline", &number, "--reason", "late"]).status.success());
    assert!(ideni(folder.path(), &["verify"]).status.success());
}
