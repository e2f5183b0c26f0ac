//! What somebody types is lost to nothing: a link pressed too soon, a broken line, a second press, a colleague, a mistake.

use serde_json::{Value, json};

use super::tab::{DESK, Look};
use super::{desk, rows};

const NOTE: &str = "#notes textarea[data-draft]";
const KEEP: &str = "#notes form[data-guard] button";
const EDIT: &str = "/customers/C1/edit";
const SAVE: &str = "form[action='/customers/C1/edit'] button";

#[test]
fn what_is_typed_is_asked_about_before_it_is_lost_and_not_when_it_is_sent() {
    let Some((folder, _browser, tab)) = desk(DESK) else { return };
    let district = || rows(folder.path(), &["customer", "list"])[0]["district"].clone();
    tab.go(EDIT);
    assert!(!tab.asks_before_leaving());
    tab.fill("[name=district]", "Gasabo");
    assert!(tab.asks_before_leaving());
    tab.click("nav a[href='/worklist']");
    assert_eq!(tab.answer(false), "What you typed is not saved yet. Leave it?");
    assert_eq!((tab.at(), tab.value("[name=district]")), (EDIT.into(), "Gasabo".into()));
    tab.click(SAVE);
    tab.wait_to_see("#toasts .toast:not(.bad)");
    assert!(!tab.asks_before_leaving());
    assert_eq!(district(), "Gasabo");
    tab.fill("[name=district]", "Kicukiro");
    tab.click("nav a[href='/worklist']");
    tab.answer(true);
    tab.wait("the worklist", || tab.at() == "/worklist");
    assert_eq!(district(), "Gasabo");
}

#[test]
fn going_back_in_the_history_asks_before_it_takes_a_note_away() {
    let Some((_folder, _browser, tab)) = desk(DESK) else { return };
    tab.go("/accounts/C1");
    tab.click("nav.places a[href='/worklist']");
    tab.wait_to_see("table[data-walk]");
    tab.eval("history.back()");
    tab.wait_to_see(NOTE);
    tab.eval("history.forward()");
    tab.wait_to_see("table[data-walk]");
    tab.eval("history.back()");
    tab.wait_to_see(NOTE);
    tab.fill(NOTE, "pays on Mondays");
    tab.eval("history.forward()");
    tab.answer(false);
    assert_eq!((tab.at(), tab.value(NOTE)), ("/accounts/C1".into(), "pays on Mondays".into()));
}

#[test]
fn a_note_outlives_a_lost_line_and_a_reload_and_is_kept_once() {
    let Some((folder, _browser, tab)) = desk(DESK) else { return };
    tab.go("/accounts/C1");
    tab.fill(NOTE, "pays on Mondays");
    tab.offline(true);
    tab.click(KEEP);
    tab.wait_to_see(".toast.bad");
    tab.wait_to_read("What you typed is still here");
    assert_eq!(tab.value(NOTE), "pays on Mondays");
    tab.offline(false);
    tab.reload();
    tab.wait("the draft", || tab.value(NOTE) == "pays on Mondays");
    tab.wait_to_read("Your unsent text is back.");
    tab.click(KEEP);
    tab.wait_to_read("The note is");
    let notes = rows(folder.path(), &["note", "list", "customer", "C1"]);
    assert_eq!((notes.len(), &notes[0]["text"]), (1, &json!("pays on Mondays")));
    assert_eq!(tab.eval("return Object.keys(localStorage)"), json!([]));
    tab.reload();
    assert_eq!(tab.value(NOTE), "");
}

#[test]
fn a_call_whose_answer_is_lost_on_the_way_is_recorded_once_when_it_is_sent_again() {
    let Some((folder, _browser, tab)) = desk(DESK) else { return };
    tab.go("/accounts/C1");
    tab.press("r");
    tab.fill("#call [name=note]", "will not pay");
    tab.eval(
        "const send = fetch; window.fetch = async (...what) => { await send(...what); window.fetch = send; throw 0 }",
    );
    tab.click("#call button.main:not([name])");
    tab.wait_to_see(".toast.bad button");
    assert_eq!(tab.value("#call [name=note]"), "will not pay");
    tab.click(".toast.bad button");
    tab.wait_to_see("#toasts .toast:not(.bad)");
    let calls = rows(folder.path(), &["attempt", "list"]);
    assert_eq!((calls.len(), &calls[0]["outcomes"]), (1, &json!(["refused"])));
    assert_eq!(tab.value("#call [name=note]"), "");
}

#[test]
fn a_button_pressed_twice_does_it_once() {
    let Some((folder, _browser, tab)) = desk(DESK) else { return };
    tab.go("/accounts/C1");
    tab.press("r");
    let pages = tab.eval("return history.length");
    tab.eval("window.sent = 0; const send = fetch; window.fetch = (...what) => (window.sent += 1, send(...what))");
    tab.eval("const button = document.querySelector('#call button.main'); button.click(); button.click()");
    tab.wait_to_see("#toasts .toast:not(.bad)");
    assert_eq!(tab.eval("return window.sent"), 1);
    assert_eq!(rows(folder.path(), &["attempt", "list"]).len(), 1);
    assert_eq!(tab.eval("return history.length"), pages, "the page before is one step back");
}

#[test]
fn the_account_before_comes_back_with_an_empty_call() {
    let Some((folder, _browser, tab)) = desk(DESK) else { return };
    tab.go("/accounts/C1");
    tab.press("r");
    tab.press("t");
    tab.wait("what is next", || !tab.at().starts_with("/accounts/C1"));
    tab.eval("history.back()");
    tab.wait_to_read("Kigali Foods Ltd C1");
    assert_eq!(tab.count("#call :checked[name=outcome]"), 0);
    assert_eq!(rows(folder.path(), &["attempt", "list"]).len(), 1);
}

/// A browser without script shows the page before as it was, with the key of its form.
#[test]
fn the_page_before_sent_again_promises_nothing_twice() {
    let Some((folder, _browser, tab)) = desk(Look { script: false, ..DESK }) else { return };
    let form = "form[action='/accounts/C1/promises']";
    let [amount, on, button] = ["[name=amount]", "[name=on]", "button"].map(|part| format!("{form} {part}"));
    tab.go("/accounts/C1");
    tab.click(&format!("details:has(> {form}) summary"));
    tab.fill(&amount, "50000");
    tab.fill(&on, "2026-10-30");
    tab.click(&button);
    tab.wait("the promise", || tab.at().contains("done="));
    tab.back();
    tab.wait("the page before", || !tab.at().contains("done="));
    if tab.value(&amount) == "50000" {
        tab.click(&button);
        tab.wait("the promise again", || tab.at().contains("done="));
    }
    assert_eq!(rows(folder.path(), &["promise", "list"]).len(), 1);
}

#[test]
fn who_saves_a_customer_second_sees_both_versions_and_loses_nothing() {
    let Some((folder, browser, tab)) = desk(DESK) else { return };
    tab.go(EDIT);
    let theirs = [("name", "Kigali Foods PLC"), ("district", "Gasabo")];
    assert_eq!(browser.submit(EDIT, EDIT, &theirs).status, 303);
    tab.fill("[name=name]", "Kigali Fine Foods");
    tab.fill("[name=email]", "info@foods.example");
    tab.click(SAVE);
    tab.wait_to_see("section[role=alert] table");
    for seen in ["Kigali Foods Ltd", "Kigali Foods PLC", "Kigali Fine Foods", "both changed it", "Gasabo"] {
        tab.wait_to_read(seen);
    }
    let meant = ["name", "email", "district"].map(|name| tab.value(&format!("[name={name}]")));
    assert_eq!(meant, ["Kigali Fine Foods", "info@foods.example", "Gasabo"]);
    assert!(tab.asks_before_leaving(), "nothing of it is saved yet");
    tab.click(SAVE);
    tab.wait_to_see("#toasts .toast:not(.bad)");
    let saved = &rows(folder.path(), &["customer", "list"])[0];
    let kept = ["name", "email", "district", "version"].map(|field| saved[field].clone());
    assert_eq!(Value::from(kept.to_vec()), json!(["Kigali Fine Foods", "info@foods.example", "Gasabo", 4]));
}

#[test]
fn a_mistake_is_told_beside_its_field_and_the_rest_stays_as_it_was_typed() {
    for look in [DESK, Look { script: false, ..DESK }] {
        let Some((folder, _browser, tab)) = desk(look) else { return };
        tab.go("/accounts/C1");
        tab.click("#call details:has([name=amount]) summary");
        tab.fill("#call [name=amount]", "12,x");
        tab.fill("#call [name=on]", "2026-10-30");
        tab.fill("#call [name=note]", "half now");
        tab.click("#call button.main");
        tab.wait_to_see("label:has([name=amount][aria-invalid]) .fault");
        let typed = ["amount", "on", "note"].map(|name| tab.value(&format!("#call [name={name}]")));
        assert_eq!(typed, ["12,x", "2026-10-30", "half now"]);
        // Longer than any field takes: browsers keep a person from it, other programs do not.
        tab.fill("#call [name=amount]", "50000");
        tab.eval(
            "const who = document.querySelector('[name=answered]'); who.maxLength = 9999; who.value = 'k'.repeat(4001)",
        );
        tab.click("#call button.main");
        tab.wait_to_see("label:has([name=answered][aria-invalid]) .fault");
        tab.wait_to_read("no more than 4000 characters");
        assert_eq!(
            (tab.value("#call [name=answered]").len(), tab.value("#call [name=note]")),
            (4001, "half now".into())
        );
        tab.fill("#call [name=answered]", "Keza");
        tab.click("#call button.main");
        tab.wait_to_read("RWF 50,000");
        assert_eq!(rows(folder.path(), &["promise", "list"]).len(), 1);
        assert_eq!(rows(folder.path(), &["attempt", "list"])[0]["note"], "half now");
    }
}

/// Also where little is typed: the page stays, and the press can be repeated.
#[test]
fn a_lost_line_takes_no_page_away() {
    let Some((_folder, _browser, tab)) = desk(DESK) else { return };
    let kept = [
        ("/worklist", "[name=name]", "Big ones", "form[action^='/worklist/views'] button"),
        ("/users", "[name=full_name]", "Keza Uwase", "form[action='/users/add'] button"),
        ("/users/aline", "[name=full_name]", "Aline K.", "form[action$='/rename'] button"),
        ("/me", "[name=password]", "not yet a good one", "form[action='/me/password'] button"),
        ("/holidays", "[name=name]", "Inventory", "form[action='/holidays/add'] button"),
    ];
    for (path, field, typed, press) in kept {
        tab.go(path);
        tab.eval("document.querySelectorAll('details').forEach((one) => (one.open = true))");
        tab.eval("document.querySelectorAll('main [required]').forEach((field) => (field.required = false))");
        tab.fill(field, typed);
        tab.offline(true);
        tab.click(press);
        tab.wait_to_see(".toast.bad");
        assert_eq!((tab.at(), tab.value(field)), (path.to_owned(), typed.to_owned()));
        tab.offline(false);
        tab.eval("document.querySelectorAll('form').forEach((form) => form.removeAttribute('data-guard'))");
    }
}
