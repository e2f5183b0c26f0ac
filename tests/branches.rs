//! Branches number their documents in series of their own, on both engines; and invoices that were written by hand while the tax device
//! failed are entered later, once.

use ideni::actions::credit_note::How;
use ideni::actions::invoice::{Given, References};
use ideni::actions::{branch, debit_note, reissue};
use ideni::jobs;
use receivables::billing::line::Prices;

use crate::billing::{credited, line, ours};
use crate::ebm::{PATIENCE, known};
use crate::support::{Book, Browser, code, each_engine, each_engine_really, ideni, json, small_book, told};

fn add(book: &Book, code: &str) -> String {
    let code = code.to_owned();
    told(book.act(move |tx, actor, _| branch::add(tx, actor, &code, "Kigali Heights")))
}

fn of_branch(book: &Book, branch: &str) -> Given {
    let references = References { branch: Some(branch.to_owned()), ..References::default() };
    Given { references, ..ours(book, &["Rice;1;1000;B"]) }
}

fn post(book: &Book, given: Given) -> Result<String, String> {
    book.post(given).map_err(|error| code(&error))
}

#[test]
fn each_branch_counts_its_own_documents_and_what_follows_an_invoice_stays_there() {
    each_engine(|book| {
        book.on("2026-06-01");
        assert_eq!((add(book, "kgl"), add(book, "KGL")), ("done".into(), "exists".into()));
        assert_eq!(
            (add(book, "RUB"), add(book, "TOO-LONG"), add(book, "")),
            ("done".into(), "invalid".into(), "missing".into())
        );
        let mut posted = Vec::new();
        for of in ["KGL", "KGL", "RUB"] {
            posted.push(post(book, of_branch(book, of)).expect("posted"));
        }
        posted.push(post(book, ours(book, &["Rice;1;1000;B"])).expect("posted"));
        posted.push(post(book, Given { deposit: true, ..of_branch(book, "KGL") }).expect("posted"));
        assert_eq!(posted, ["INV-KGL-000001", "INV-KGL-000002", "INV-RUB-000001", "INV-000001", "DP-KGL-000001"]);
        assert_eq!(post(book, of_branch(book, "MUS")), Err("not-found".into()));
        let debit = debit_note::Given {
            invoice: posted[0].clone(),
            explanation: "the transport was left out".into(),
            lines: vec![line("Transport;1;500;B")],
            prices: Prices::Net,
            references: References::default(),
            due_on: None,
        };
        let debit = book.act(move |tx, actor, today| debit_note::post(tx, actor, today, &debit, None)).expect("posted");
        assert_eq!(debit.number, "DN-KGL-000001");
        assert_eq!(credited(book, &posted[2], How::Whole), Ok("CN-RUB-000001".into()));
        let again = reissue::Given {
            invoice: posted[1].clone(),
            reason: "wrong-price".into(),
            explanation: "the offer says another".into(),
            customer: None,
            lines: None,
            references: References::default(),
            due_on: None,
            settles_disputes: false,
        };
        let again = book.act(move |tx, actor, today| reissue::reissue(tx, actor, today, &again, None)).expect("done");
        assert_eq!(again.number, "INV-KGL-000003");
        book.verify();
    });
}

#[test]
fn many_at_once_in_two_branches_make_neither_a_gap_nor_a_double() {
    each_engine_really(|book, place| {
        book.on("2026-06-01");
        assert_eq!((add(book, "KGL"), add(book, "RUB")), ("done".into(), "done".into()));
        post(book, of_branch(book, "KGL")).expect("posted");
        let books: Vec<Book> = (0..4).map(|_| Book::reopen_real(place)).collect();
        let mut numbers: Vec<String> = std::thread::scope(|scope| {
            let each = |(no, book): (usize, &'_ Book)| {
                let of = if no % 2 == 0 { "KGL" } else { "RUB" };
                (0..5).map(|_| post(book, of_branch(book, of)).expect("posted")).collect::<Vec<_>>()
            };
            let threads: Vec<_> = books.iter().enumerate().map(|one| scope.spawn(move || each(one))).collect();
            threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
        });
        numbers.sort();
        let expected =
            (2..=11).map(|no| format!("INV-KGL-{no:06}")).chain((1..=10).map(|no| format!("INV-RUB-{no:06}")));
        assert_eq!(numbers, expected.collect::<Vec<_>>());
        book.verify();
    });
}

#[test]
fn what_was_written_by_hand_is_entered_once_and_told_to_the_device_with_its_number() {
    each_engine(|book| {
        let device = known(book);
        book.on("2026-06-03");
        let by_hand = |right: &[&str]| {
            let references = References { hand_written: Some("PAD 7/0413".into()), ..References::default() };
            let right = right.iter().map(|code| (*code).to_owned()).collect();
            Given { references, right, ..ours(book, &["Rice;1;1000;B"]) }
        };
        let number = post(book, by_hand(&[])).expect("posted");
        assert_eq!(post(book, by_hand(&[])), Err("needs-look".into()), "entered twice");
        book.tick(1_000_000);
        assert_eq!(jobs::fiscal::send(&book.db, &book.actor, 100, PATIENCE).expect("sent"), 1);
        let sale = device.state().signed[0].request.clone();
        assert_eq!((&sale["trdInvcNo"], &sale["salesDt"]), (&"PAD 7/0413".into(), &"20260601".into()), "{sale}");
        assert_eq!(book.document(&number).issued_on.to_string(), "2026-06-01", "the day it was written");
        let other = References { hand_written: Some("PAD 7/0414".into()), ..References::default() };
        assert!(post(book, Given { references: other, ..by_hand(&[]) }).is_ok());
        assert!(post(book, by_hand(&["same-hand-written"])).is_ok(), "somebody looked, and it is right");
    });
}

#[test]
fn a_branch_by_command_and_on_its_page() {
    let folder = small_book();
    assert!(ideni(folder.path(), &["branch", "add", "KGL", "--name", "Kigali Heights"]).status.success());
    assert_eq!(json(folder.path(), &["branch", "list"])["rows"][0]["name"], "Kigali Heights");
    let issue = ["invoice", "issue", "--customer", "C1", "--line", "Rice;1;1000;B", "--branch", "KGL"];
    let posted = json(folder.path(), &[&issue[..], &["--today", "2026-10-10"]].concat());
    assert_eq!(posted["rows"][0]["number"], "INV-KGL-000001");
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    assert_eq!(browser.submit("/branches", "/branches", &[("code", "rub"), ("name", "Rubavu")]).status, 303);
    let page = browser.get("/invoices/new").text;
    assert!(page.contains("Kigali Heights") && page.contains("Rubavu"), "{page}");
    assert!(browser.get("/invoices/INV-KGL-000001").text.contains("Branch"));
}
