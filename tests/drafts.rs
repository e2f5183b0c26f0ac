//! Drafts on both engines: kept with whatever they say, changed by one at a time, posted once.

use ideni::actions::draft::{self, Draft, DraftLine};
use receivables::ids::{self, Id};

use crate::support::{Book, Browser, code, each_engine, each_engine_really, ideni, json, small_book, told};

fn unfinished(lines: &[[&str; 4]]) -> Draft {
    let line = |[description, quantity, unit_price, tax_class]: &[&str; 4]| DraftLine {
        description: (*description).into(),
        quantity: (*quantity).into(),
        unit_price: (*unit_price).into(),
        tax_class: (*tax_class).into(),
        ..DraftLine::default()
    };
    Draft { customer: "C1".into(), lines: lines.iter().map(line).collect(), ..Draft::default() }
}

fn keep(book: &Book, draft: &Draft, seen: Option<(Id<ids::Draft>, i32)>) -> Result<Id<ids::Draft>, String> {
    let draft = draft.clone();
    book.act(move |tx, actor, _| draft::save(tx, actor, &draft, seen)).map_err(|error| code(&error))
}

fn post(book: &Book, id: Id<ids::Draft>) -> Result<String, String> {
    let posted = book.act(move |tx, actor, today| draft::post(tx, actor, today, id, (&[], false), None));
    posted.map(|posted| posted.number).map_err(|error| code(&error))
}

fn count(book: &Book) -> usize {
    book.read(|tx, actor| draft::list(tx, actor, 100)).len()
}

#[test]
fn what_is_not_finished_is_kept_as_it_is_and_posted_once_it_can_be() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        book.on("2026-06-01");
        let strange = unfinished(&[["Rice 🍚 ريال", "ten", "", ""], ["=HYPERLINK(\"x\")", "", "3000", "B"]]);
        let id = keep(book, &Draft { due_on: "31 February".into(), ..strange.clone() }, None).expect("kept");
        let (kept, read) = book.read(|tx, actor| draft::get(tx, actor, id));
        assert_eq!((kept.version, read.lines, read.due_on.as_str()), (1, strange.lines, "31 February"));
        assert_eq!((post(book, id), count(book), book.documents().len()), (Err("invalid".into()), 1, 0));
        let right = unfinished(&[["Rice", "10", "30000", "B"], ["", "", "", ""], ["Sugar", "", "1000", ""]]);
        assert_eq!(keep(book, &right, Some((id, 1))), Ok(id));
        assert_eq!(keep(book, &right, Some((id, 1))), Err("stale-version".into()), "another changed it");
        assert_eq!(post(book, id), Ok("INV-000001".into()));
        assert_eq!((book.open("INV-000001"), count(book)), ("355180".into(), 0));
        assert_eq!(post(book, id), Err("not-found".into()));
        assert_eq!(keep(book, &right, Some((id, 2))), Err("not-found".into()));
        assert_eq!(keep(book, &Draft { customer: " ".into(), ..right.clone() }, None), Err("missing".into()));
        let id = keep(book, &right, None).expect("kept");
        let discard = || told(book.act(move |tx, actor, _| draft::discard(tx, actor, id)));
        assert_eq!((discard(), discard()), ("done".into(), "not-found".into()));
    });
}

#[test]
fn a_retry_gets_the_answer_of_the_first_and_many_at_once_post_one() {
    each_engine_really(|book, place| {
        book.customer("C1", "Ineza Shop");
        let id = keep(book, &unfinished(&[["Rice", "1", "1000", "B"]]), None).expect("kept");
        let key = || ideni::actions::Once::new("K1", "post");
        let once = || book.act(move |tx, actor, today| draft::post(tx, actor, today, id, (&[], false), Some(&key())));
        let first = once().expect("posted").number;
        assert_eq!(once().expect("the same answer").number, first);
        let id = keep(book, &unfinished(&[["Sugar", "1", "1000", "B"]]), None).expect("kept");
        let books: Vec<Book> = (0..4).map(|_| Book::reopen_real(place)).collect();
        let done: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = books.iter().map(|book| scope.spawn(move || post(book, id))).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
        });
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1, "{done:?}");
        assert_eq!(book.documents().len(), 2);
        book.verify();
    });
}

#[test]
fn a_draft_on_its_page_and_by_command() {
    let folder = small_book();
    let on = ["--today", "2026-10-10"];
    let keep = ["draft", "keep", "--customer", "C1", "--line", "Rice;2;10000;B", "--line", "Soap"];
    let id = json(folder.path(), &[&keep[..], &on].concat())["rows"][0]["id"].as_str().expect("an id").to_owned();
    let listed = json(folder.path(), &["draft", "list"]);
    assert_eq!((&listed["rows"][0]["customer"], &listed["rows"][0]["lines"]), (&"C1".into(), &"2".into()));
    assert!(!ideni(folder.path(), &[&["draft", "post", &id][..], &on].concat()).status.success(), "soap has no price");
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let at = format!("/invoices/new?draft={id}");
    assert!(browser.get("/drafts").text.contains(&id), "{}", browser.get("/drafts").text);
    let form = |done: &str, more: &[(&str, &str)]| {
        let mut form = browser.form(&at, "/invoices/new").with(more);
        form.fields.push(("do".into(), done.into()));
        browser.send(&form)
    };
    let said = |name: &str| browser.form(&at, "/invoices/new").fields.into_iter().find(|(known, _)| known == name);
    assert_eq!(said("lines[1].description").map(|(_, value)| value), Some("Soap".into()));
    assert_eq!(form("draft", &[("lines[1].unit_price", "500")]).status, 303);
    assert_eq!(said("lines[1].unit_price").map(|(_, value)| value), Some("500".into()));
    let worked = form("look", &[]);
    assert!(worked.text.contains("RWF 24,190"), "{}", worked.text);
    assert_eq!(form("post", &[]).status, 303);
    assert!(!browser.get("/drafts").text.contains(&id), "it went with the invoice");
    let again = json(folder.path(), &[&keep[..6], &on].concat())["rows"][0]["id"].as_str().expect("an id").to_owned();
    let posted = json(folder.path(), &[&["draft", "post", &again][..], &on].concat());
    assert_eq!(posted["rows"][0]["number"], "INV-000002");
    let third = json(folder.path(), &[&keep[..], &on].concat())["rows"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(browser.submit("/drafts", &format!("/drafts/{third}/discard"), &[]).status, 303);
    assert_eq!(json(folder.path(), &["draft", "list"])["rows"].as_array().map(Vec::len), Some(0));
    assert!(ideni(folder.path(), &["verify"]).status.success());
}

/// A million lines are one sentence, not an hour: of a draft and of an invoice.
#[test]
fn a_million_lines_are_refused_with_a_sentence() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        book.on("2026-06-01");
        let many = Draft { lines: vec![DraftLine::default(); 1_000_000], ..unfinished(&[]) };
        assert_eq!(keep(book, &many, None), Err("too-many-lines".into()));
        let mut given = crate::billing::ours(book, &["Rice;1;1000;B"]);
        given.lines = vec![given.lines[0].clone(); 1_000_000];
        assert_eq!(
            crate::billing::sentence(book.post(given)),
            "A document has 999 lines at most, as the tax device numbers them. Split it into several documents."
        );
        assert_eq!(book.documents().len(), 0);
    });
}
