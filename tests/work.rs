//! Long work: it goes on by itself, is told only to whoever asked, and is kept until it was seen; and the pages of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ideni::actions::export::Kind as FileKind;
use ideni::actions::listing::Listing;
use ideni::actions::{Actor, Role};
use ideni::jobs::work::{Asked, Kind, Outcome, State, Task, Works};
use ideni::words::Language;
use store::Error;

use crate::support::{Answer, Book, Browser, code, each_engine, ideni, json, small_book};

fn asked(key: &str, kind: Kind) -> Asked {
    Asked { key: key.into(), kind, name: "a.csv".into() }
}

/// Work that runs until it is let go.
fn held(works: &Works, actor: &Actor, key: &str) -> (Arc<Task>, Arc<AtomicBool>) {
    let go = Arc::new(AtomicBool::new(false));
    let wait = Arc::clone(&go);
    let begun = works.begin(actor, asked(key, Kind::Verify), move |progress| {
        progress.at(3, 10);
        while !wait.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(Outcome::Verify(Vec::new()))
    });
    (begun.expect("it begins"), go)
}

fn ended(task: &Task) -> State {
    task.wait(Duration::from_secs(20));
    task.state()
}

fn other(book: &Book, user: &str) -> Actor {
    Actor { user: user.into(), roles: Role::Cashier.into(), ..book.actor.clone() }
}

#[test]
fn work_goes_on_and_waits_to_be_seen() {
    each_engine(|book| {
        let works = Works::new(book.db.clone());
        let (task, go) = held(&works, &book.actor, "k1");
        while task.progress() != (3, Some(10)) {
            std::thread::sleep(Duration::from_millis(1));
        }
        assert!(task.is_running());
        assert_eq!(works.count(&book.actor), (1, 0));
        assert_eq!(code(&works.dismiss(&book.actor, "k1").expect_err("it runs")), "still-running");
        go.store(true, Ordering::SeqCst);
        assert!(matches!(ended(&task), State::Done(_)));
        assert_eq!(works.count(&book.actor), (0, 1));
        works.dismiss(&book.actor, "k1").expect("put away");
        assert_eq!(works.count(&book.actor), (0, 0));
        assert_eq!(code(&works.one(&book.actor, "k1").expect_err("gone")), "not-found");
    });
}

#[test]
fn asked_twice_under_one_key_it_begins_once() {
    each_engine(|book| {
        let works = Works::new(book.db.clone());
        let (first, go) = held(&works, &book.actor, "k1");
        let (again, _) = held(&works, &book.actor, "k1");
        assert!(Arc::ptr_eq(&first, &again));
        let told = works.begin(&book.actor, asked("k1", Kind::Cash), |_| Ok(Outcome::Verify(Vec::new())));
        assert_eq!(code(&told.expect_err("another request")), "key-reused");
        // The same key of somebody else is another's.
        let (theirs, theirs_go) = held(&works, &other(book, "keza"), "k1");
        assert!(!Arc::ptr_eq(&first, &theirs));
        go.store(true, Ordering::SeqCst);
        theirs_go.store(true, Ordering::SeqCst);
        ended(&first);
        ended(&theirs);
    });
}

#[test]
fn what_came_of_it_is_for_whoever_asked_in_that_company() {
    each_engine(|book| {
        let works = Works::new(book.db.clone());
        let (task, go) = held(&works, &book.actor, "k1");
        let keza = other(book, "keza");
        assert_eq!(works.of(&keza).len(), 1, "that something runs is no secret");
        assert_eq!(code(&works.one(&keza, "k1").expect_err("not hers")), "not-found");
        let mut elsewhere = book.actor.clone();
        elsewhere.company.id += 1;
        assert_eq!(works.of(&elsewhere).len(), 0);
        assert_eq!(code(&works.one(&elsewhere, "k1").expect_err("behind the wall")), "not-found");
        go.store(true, Ordering::SeqCst);
        ended(&task);
        assert_eq!((works.of(&keza).len(), works.of(&book.actor).len()), (0, 1));
        assert_eq!(code(&works.dismiss(&keza, "k1").expect_err("not hers")), "not-found");
    });
}

#[test]
fn too_much_at_a_time_is_refused_and_what_fails_or_breaks_says_so() {
    each_engine(|book| {
        let works = Works::new(book.db.clone());
        let all: Vec<_> = ["a", "b", "c", "d"].map(|key| held(&works, &book.actor, key)).into();
        let fifth = works.begin(&book.actor, asked("e", Kind::Verify), |_| Ok(Outcome::Verify(Vec::new())));
        assert_eq!(code(&fifth.expect_err("four run")), "busy");
        for (task, go) in &all {
            go.store(true, Ordering::SeqCst);
            ended(task);
        }
        let fails = works.begin(&book.actor, asked("f", Kind::Cash), |_| Err(Error::Failed("no".into()).into()));
        let State::Failed(why) = ended(&fails.expect("it begins")) else { panic!("it fails") };
        assert_eq!(why.as_error().to_string(), "no");
        let breaks = works.begin(&book.actor, asked("g", Kind::Cash), |_| panic!("a mistake of ours"));
        assert!(matches!(ended(&breaks.expect("it begins")), State::Failed(_)));
        assert_eq!(works.count(&book.actor), (0, 6));
    });
}

#[test]
fn results_are_kept_for_a_day_and_no_more_than_twenty() {
    each_engine(|book| {
        let works = Works::new(book.db.clone());
        for n in 0..25 {
            let quick =
                works.begin(&book.actor, asked(&format!("k{n}"), Kind::Verify), |_| Ok(Outcome::Verify(Vec::new())));
            ended(&quick.expect("it begins"));
        }
        assert_eq!(works.count(&book.actor), (0, 20));
        assert_eq!(code(&works.one(&book.actor, "k4").expect_err("the oldest went")), "not-found");
        book.tick(25 * 3_600_000_000);
        assert_eq!(works.count(&book.actor), (0, 0));
    });
}

#[test]
fn a_file_has_exactly_the_rows_and_goes_when_it_is_put_away() {
    each_engine(|book| {
        book.customer("C1", "Ineza Shop");
        book.issue("A", "C1", "1000", "2026-06-01", "2026-06-30");
        book.issue("B", "C1", "500", "2026-06-01", "2026-06-30");
        let works = Works::new(book.db.clone());
        let listing = Listing::Invoices { customer: None, limit: 10 };
        let task = works.export(&book.actor, "k1", listing, Language::En, FileKind::Csv).expect("it begins");
        let State::Done(outcome) = ended(&task) else { panic!("{:?}", task.state()) };
        let Outcome::File(written) = &*outcome else { panic!("a file") };
        assert_eq!((written.name.as_str(), written.rows), ("invoices.csv", 2));
        let rows = crate::support::rows_of_csv(&std::fs::read(&written.path).expect("the file"));
        assert_eq!(rows.iter().map(|r| r["open"].as_str()).collect::<Vec<_>>(), ["1000", "500"]);
        let folder = written.path.parent().expect("a folder").to_owned();
        works.dismiss(&book.actor, "k1").expect("put away");
        assert!(!written.path.exists() && folder.exists());
        drop((task, outcome, works));
        // The thread that wrote it may hold it a moment longer.
        let gone = (0..200).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(10));
            !folder.exists()
        });
        assert!(gone, "the folder goes with the program");
    });
}

#[test]
fn a_right_is_asked_for_by_the_work_itself() {
    each_engine(|book| {
        let works = Works::new(book.db.clone());
        let nobody = Actor { roles: ideni::actions::Roles::default(), ..book.actor.clone() };
        let listing = Listing::Receipts { limit: 10 };
        let task = works.export(&nobody, "k1", listing, Language::En, FileKind::Xlsx).expect("it begins");
        let State::Failed(why) = ended(&task) else { panic!("refused") };
        assert_eq!(code(&why.as_error()), "not-allowed");
    });
}

// ---- its pages

/// The page at the end of a redirect, once nothing runs on it any more.
fn settled(browser: &Browser, answer: &Answer) -> Answer {
    assert_eq!(answer.status, 303, "{}", answer.text);
    let to = answer.header("location").expect("a place").to_owned();
    for _ in 0..200 {
        let page = browser.get(&to);
        if !page.text.contains("data-busy") {
            return page;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{to} runs on")
}

#[test]
fn a_statement_comes_in_and_its_payments_are_applied_on_pages() {
    let folder = small_book();
    let at = folder.path();
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let form = browser.form("/import?what=statement", "/import").with(&[("what", "statement"), ("account", "bank")]);
    let file =
        "date,description,credit,balance\n2026-10-01,invoice A-1,118000,118000\n2026-10-02,SOMEBODY,100,118100\n";
    let look = settled(&browser, &browser.upload(&form, "october.csv", file.as_bytes()));
    assert!(look.text.contains("Receipts: 2") && look.text.contains("nothing saved yet"), "{}", look.text);
    assert_eq!(json(at, &["receipt", "list"])["rows"].as_array().expect("rows").len(), 0);
    let yes = look.form(&look.action("/import/"));
    let taken = settled(&browser, &browser.send(&yes));
    assert!(taken.text.contains("Receipts: 2") && taken.text.contains("href=\"/cash\""), "{}", taken.text);
    // Pressed twice it is the same work; the file again is known.
    settled(&browser, &browser.send(&yes));
    assert_eq!(json(at, &["receipt", "list"])["rows"].as_array().expect("rows").len(), 2);
    let again = settled(
        &browser,
        &browser.upload(
            &browser.form("/import", "/import").with(&[("what", "statement")]),
            "october.csv",
            file.as_bytes(),
        ),
    );
    assert!(again.text.contains("There is nothing new in it"), "{}", again.text);

    let cash = browser.get("/cash");
    assert!(cash.text.contains("not applied in full: 2"), "{}", cash.text);
    let plan = settled(&browser, &browser.submit("/cash", "/cash/look", &[]));
    assert!(plan.text.contains("would be applied: 1") && plan.text.contains("A-1"), "{}", plan.text);
    assert_eq!(json(at, &["allocation", "list"])["rows"].as_array().expect("rows").len(), 0);
    let apply = plan.form(&plan.action("/cash/"));
    let applied = settled(&browser, &browser.send(&apply));
    assert!(applied.text.contains("Receipts applied: 1"), "{}", applied.text);
    assert_eq!(json(at, &["allocation", "list"])["rows"].as_array().expect("rows").len(), 1);
    assert!(browser.get("/work").text.contains("october.csv"));
    assert_eq!(json(at, &["verify"])["totals"]["broken"], 0);
}

/// A bank whose headers nobody knows: its columns are said once, and the next file of the account is read so.
#[test]
fn a_table_nobody_knows_is_told_column_by_column() {
    let folder = small_book();
    let at = folder.path();
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let statement = [("what", "statement"), ("account", "bank")];
    let form = browser.form("/import?what=statement", "/import").with(&statement);
    let october = "Igihe;Impamvu;Ingano\n30/09/2026;FACTURE A-1;118000\n01/10/2026;UMUNTU;100\n";
    let look = settled(&browser, &browser.upload(&form, "october.csv", october.as_bytes()));
    let here = look.text.split('"').find(|part| part.ends_with("/columns")).expect("a link to its columns").to_owned();
    let page = browser.get(&here);
    assert!(page.text.contains("Igihe") && page.text.contains("FACTURE A-1"), "{}", page.text);
    let said = [("column-0", "on"), ("column-1", "text"), ("column-2", "amount")];
    let looked = settled(&browser, &browser.submit(&here, &here, &said));
    assert!(looked.text.contains("Receipts: 2"), "{}", looked.text);
    settled(&browser, &browser.send(&looked.form(&looked.action("/import/"))));
    assert_eq!(json(at, &["receipt", "list"])["rows"].as_array().expect("rows").len(), 2);
    // The next file of the account needs no word, and a column that is said wrong is told.
    let november = "Igihe;Impamvu;Ingano\n02/10/2026;FACTURE A-2;500\n";
    let next = settled(&browser, &browser.upload(&form, "november.csv", november.as_bytes()));
    assert!(next.text.contains("Receipts: 1"), "{}", next.text);
    let wrong = browser.submit(&here, &here, &[("column-0", "weather")]);
    assert_eq!(wrong.status, 422, "{}", wrong.text);
    assert_eq!(json(at, &["verify"])["totals"]["broken"], 0);
}

#[test]
fn the_day_is_looked_at_and_turned_on_a_page() {
    let folder = small_book();
    let at = folder.path();
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let look = settled(&browser, &browser.submit("/day", "/day/look", &[]));
    assert!(look.text.contains("First reminder"), "{}", look.text);
    let turn = look.form(&look.action("/day/"));
    let done = settled(&browser, &browser.send(&turn));
    assert!(done.text.contains("20 October 2026 is turned"), "{}", done.text);
    assert!(browser.get("/day").text.contains("Today was turned already"));
    assert_eq!(json(at, &["outbox", "list"])["rows"].as_array().expect("rows").len(), 2);
}

#[test]
fn a_report_is_the_page_and_the_file_of_exactly_its_rows() {
    let folder = small_book();
    let at = folder.path();
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let names = ["ageing", "kpi", "revaluation", "worklist", "invoices", "receipts", "journal", "opening-proof"];
    for name in names {
        assert_eq!(browser.get(&format!("/reports/{name}")).status, 200, "{name}");
    }
    let page = browser.get("/reports/ageing?as_of=2026-10-10&by=customer&buckets=15%2C45");
    assert!(page.text.contains("118,000") && page.text.contains("16 to 45 days"), "{}", page.text);
    let file = page.form("/reports/ageing/file");
    assert!(file.fields.contains(&("buckets".into(), "15,45".into())), "{file:?}");
    let answer = browser.send(&file.with(&[("ending", "csv")]));
    assert_eq!(answer.status, 303, "{}", answer.text);
    let fetched = browser.get(answer.header("location").expect("a place"));
    assert!(fetched.head.contains("attachment; filename=\"ageing.csv\""), "{}", fetched.head);
    let expected = ideni(at, &["--format", "csv", "ageing", "--as-of", "2026-10-10", "--buckets", "15,45"]);
    assert_eq!(fetched.text, String::from_utf8(expected.stdout).expect("text"));
    // The file is its owner's.
    assert!(ideni(at, &["user", "add", "keza", "--role", "auditor"]).status.success());
    let provision = browser.get("/reports/provision");
    assert!(provision.text.contains("Give the expected loss"), "{}", provision.text);
    assert!(browser.get("/reports/provision?rates=0,10,20,30,40").text.contains("23,600"));
}

#[test]
fn a_question_that_is_not_understood_is_refused() {
    let folder = small_book();
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    for page in [
        "/reports/ageing?as_of=zzz",
        "/reports/ageing?by=moon",
        "/reports/ageing?buckets=60,30",
        "/reports/ageing?known_at=yesterday",
        "/reports/ageing?days=5",
        "/reports/kpi?days=0",
        "/reports/kpi?nonsense=1",
        "/reports/provision?rates=1,2",
        "/reports/worklist?collector=nobody",
        "/audit?from=yesterday",
        "/audit?who=me",
        "/holidays?year=99",
    ] {
        let answer = browser.get(page);
        assert!(matches!(answer.status, 422 | 404), "{page}: {} {}", answer.status, answer.text);
    }
    assert_eq!(browser.get("/reports/moon").status, 404);
    assert_eq!(browser.get("/settings/moon").status, 404);
    assert_eq!(browser.get("/audit/moon").status, 404);
    assert_eq!(browser.get("/work/moon").status, 404);
    let form = browser.form("/import", "/import").with(&[("what", "statement"), ("account", "nowhere")]);
    let refused = browser.upload(&form, "a.csv", b"date,description,credit,balance\n2026-10-01,x,1,1\n");
    assert!(refused.status != 303 && refused.text.contains("nowhere"), "{refused:?}");
    let form = browser.form("/import", "/import").with(&[("what", "invoices")]);
    let letter = browser.upload(&form, "letter.txt", b"Dear Sir");
    assert!(letter.status == 422 && letter.text.contains("action=\"/import\""), "the form is there: {}", letter.text);
}

#[test]
fn a_setting_is_decided_and_an_action_opened_on_pages() {
    let folder = small_book();
    let at = folder.path();
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    assert!(browser.get("/settings").text.contains("Days to pay"));
    let form = browser.form("/settings/terms-days", "/settings/terms-days");
    let refused = browser.send(&form.clone().with(&[("value", "999")]));
    assert!(
        refused.status == 422 && refused.text.contains("999") && refused.text.contains("from 0 to 365"),
        "{refused:?}"
    );
    let done = browser.send(&form.clone().with(&[("value", "14")]));
    assert_eq!(done.status, 303, "{}", done.text);
    assert_eq!(json(at, &["setting", "history", "terms-days"])["rows"][0]["value"], "14");
    // The second of two people sees what the first decided.
    let stale = browser
        .send(&browser.form("/settings/terms-days", "/settings/terms-days").with(&[("value", "21"), ("was", "30")]));
    assert!(stale.status == 422 && stale.text.contains("14"), "{}", stale.text);
    let log = browser.get("/audit?verb=setting+set");
    let id =
        log.text.split("<td><a href=\"/audit/").nth(1).and_then(|t| t.split('"').next()).expect("an action").to_owned();
    let action = browser.get(&format!("/audit/{id}"));
    assert!(action.text.contains("terms-days") && action.text.contains("are what was sealed"), "{}", action.text);
    let key = browser.form("/audit", "/audit/verify");
    let proof = settled(&browser, &browser.send(&key));
    assert!(proof.text.contains("the seal chain is intact"), "{}", proof.text);
    assert!(browser.get("/audit").text.contains("The books were proven on"));
}
