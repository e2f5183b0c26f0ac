//! A new company's first day, and the day after, in a real browser: set up by mouse, worked by keyboard only.

use super::tab::{DESK, Look, TELEPHONE, Tab};
use crate::support::{Browser, PASSWORD, json, small_book};

/// Six firms, one invoice each, the oldest first.
const INVOICES: &str = "number,customer,customer_name,issued_on,due_on,currency,total\n\
    A-1,C1,Kigali Foods Ltd,2026-07-01,2026-07-31,RWF,900000\n\
    A-2,C2,Musanze Shop,2026-08-01,2026-08-31,RWF,450000\n\
    A-3,C3,Huye Bakery,2026-08-05,2026-09-04,RWF,300000\n\
    A-4,C4,Rubavu Lodge,2026-08-10,2026-09-09,RWF,250000\n\
    A-5,C5,Nyanza Traders,2026-08-15,2026-09-14,RWF,200000\n\
    A-6,C6,Muhanga Hardware,2026-09-01,2026-10-01,RWF,118000\n";
const STATEMENT: &str = "date,description,credit,reference\n2026-10-19,Payment A-6 Muhanga Hardware,118000,FT1\n";

/// Takes a file in on its page and waits until it is done.
fn take_in(tab: &Tab, what: &str, file: &std::path::Path) {
    tab.go(&format!("/import?what={what}"));
    tab.choose("input[type=file]", file);
    tab.click("main form.form button");
    tab.wait_to_see("#work form[action^='/import/'] button");
    tab.click("#work form[action^='/import/'] button");
    tab.wait_to_see("#work nav a");
}

#[test]
fn a_first_day_from_an_empty_book_to_five_accounts_worked_by_keyboard_and_the_day_after() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let (browser, link) = Browser::listening(at, "sqlite:ideni.db", "/setup/");
    let Some(tab) = Tab::open(&browser.host, DESK) else { return };
    tab.go(&link);
    tab.fill("[name=name]", "Umurava Ltd");
    tab.click("main button");
    tab.fill("[name=you]", "Aline Uwase");
    tab.fill("[name=password]", PASSWORD);
    tab.fill("[name=again]", PASSWORD);
    tab.click("main button");
    tab.wait("the import page", || tab.at().starts_with("/import") || tab.text().contains("/link/"));
    let (invoices, statement) = (at.join("invoices.csv"), at.join("statement.csv"));
    std::fs::write(&invoices, INVOICES).expect("written");
    std::fs::write(&statement, STATEMENT).expect("written");
    take_in(&tab, "invoices", &invoices);
    take_in(&tab, "statement", &statement);
    assert_eq!(json(at, &["invoice", "list"])["rows"].as_array().expect("rows").len(), 6);
    assert_eq!(json(at, &["receipt", "list"])["rows"].as_array().expect("rows").len(), 1);

    // From here on, keys only.
    tab.go("/");
    tab.press("g");
    tab.press("w");
    tab.wait("the worklist", || tab.at().starts_with("/worklist"));
    tab.press("j");
    tab.press_enter();
    tab.wait("the first account", || tab.at().starts_with("/accounts/"));
    let first = tab.at();
    assert!(tab.text().contains("Kigali Foods"), "{}", tab.text());
    // A promise: its part of the form, the amount, the day; then saved.
    tab.press("p");
    tab.fill("[name=amount]", "400000");
    tab.fill("[name=on]", "2026-10-21");
    tab.fill("[name=note]", "half now, half next month");
    tab.eval("document.activeElement.blur()");
    tab.press("t");
    tab.wait("the second account", || tab.at().starts_with("/accounts/") && tab.at() != first);
    // Nobody answers at the next two; one says that it is paid, one refuses.
    for key in ["n", "b"] {
        let here = tab.at();
        let before = attempts(at);
        tab.press(key);
        tab.wait("the attempt", || attempts(at) > before);
        tab.wait("the page again", || tab.count("#call") == 1);
        if tab.at().split('?').next() == here.split('?').next() {
            tab.press(".");
            tab.wait("the next account", || tab.at().split('?').next() != here.split('?').next());
        }
    }
    for key in ["s", "r"] {
        let (here, before) = (tab.at(), attempts(at));
        tab.press(key);
        tab.press("t");
        tab.wait("the attempt", || attempts(at) > before);
        tab.wait("another page", || tab.at() != here);
    }
    let worked = json(at, &["attempt", "list"]);
    assert_eq!(worked["rows"].as_array().expect("rows").len(), 5, "{worked}");
    assert_eq!(json(at, &["promise", "list"])["rows"][0]["amount"], "400000");

    // Two days later nothing has come: the promise is broken, and its account is first.
    json(at, &["--today", "2026-10-22", "day"]);
    assert_eq!(json(at, &["promise", "list"])["rows"][0]["state"], "broken");
    let list = json(at, &["--today", "2026-10-22", "worklist"]);
    assert_eq!(list["rows"][0]["customer"], "C1", "{list}");
    assert_eq!(json(at, &["verify"])["totals"]["broken"], 0);
}

fn attempts(at: &std::path::Path) -> usize {
    json(at, &["attempt", "list"])["rows"].as_array().map_or(0, Vec::len)
}

/// Without script, on a telephone, in Kinyarwanda: the same call is recorded.
#[test]
fn a_call_is_recorded_without_script_on_a_telephone_in_kinyarwanda() {
    let folder = small_book();
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let look = Look { script: false, language: "rw", ..TELEPHONE };
    let Some(tab) = Tab::open(&browser.host, look) else { return };
    tab.sign_in("admin");
    tab.go("/worklist");
    tab.click("main table a[href^='/accounts/']");
    tab.click("#call button[value='no-answer']");
    tab.wait_to_see("#call");
    let listed = json(folder.path(), &["attempt", "list"]);
    assert_eq!(listed["rows"].as_array().expect("rows").len(), 1, "{listed}");
    assert!(tab.sideways() <= 0);
}
