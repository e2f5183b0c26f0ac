//! The worklist in a real browser: chosen and given away in bulk, walked by keyboard, called from a telephone.

use serde_json::json;

use super::tab::{DESK, Look, TELEPHONE};
use super::{desk, rows};

#[test]
fn accounts_chosen_by_key_and_by_shift_are_given_to_a_collector() {
    let Some((folder, _browser, tab)) = desk(DESK) else { return };
    tab.go("/worklist");
    assert_eq!(tab.eval("return document.querySelector('[data-bulk]').disabled"), true);
    tab.press("j");
    tab.press("x");
    let fourth = "tbody tr:nth-child(4) [type=checkbox]";
    let shift = "dispatchEvent(new MouseEvent('click', {shiftKey: true, bubbles: true}))";
    tab.eval(&format!("document.querySelector({fourth:?}).{shift}"));
    assert_eq!(tab.count("tbody :checked"), 4);
    tab.press("j");
    tab.press("x");
    assert_eq!(tab.eval("return document.querySelector('[data-count]').textContent"), "3");
    let chosen = tab.eval("return [...document.querySelectorAll('tbody :checked')].map(box => box.value).sort()");
    tab.click("[name=collector] option[value=aline]");
    tab.click("[data-bulk]");
    tab.wait_to_see("#toasts .toast");
    let customers = rows(folder.path(), &["customer", "list"]);
    let hers = customers.iter().filter(|c| c["collector"] == "aline").map(|c| c["code"].clone());
    assert_eq!(hers.collect::<Vec<_>>(), *chosen.as_array().expect("codes"));
    tab.go("/worklist?of=aline");
    assert_eq!(tab.count("table[data-walk] tbody tr"), 3);
}

#[test]
fn the_list_is_walked_by_keys_alone_and_nobody_reached_is_one_key() {
    let Some((folder, _browser, tab)) = desk(DESK) else { return };
    let here = || tab.at().split('?').next().unwrap_or_default().to_owned();
    let goes_on = |key: &str| {
        let before = here();
        tab.press(key);
        tab.wait(&format!("another account by {key}"), || here() != before && tab.count("#call") == 1);
    };
    tab.go("/worklist");
    tab.press("j");
    tab.press_enter();
    tab.wait_to_see("body:has(#call) > #said");
    tab.eval("window.stayed = true");
    let first = here();
    goes_on(".");
    goes_on(",");
    assert_eq!(here(), first);
    for key in ["b", "o", "n"] {
        goes_on(key);
    }
    // The call, its outcome, the next date. What would be dialled is written down.
    tab.eval("addEventListener('click', (event) => event.target.protocol === 'tel:' && (window.dialled = event.target.href, event.preventDefault()))");
    for key in ["c", "i", "e"] {
        tab.press(key);
    }
    assert!(tab.eval("return window.dialled").as_str().is_some_and(|to| to.starts_with("tel:078812345")));
    assert_eq!(tab.eval("return document.activeElement.name"), "next");
    tab.fill("[name=next]", "2026-10-23");
    tab.press("\u{e00c}");
    goes_on("t");
    assert_eq!(tab.eval("return window.stayed"), true, "no page was loaded anew");
    let calls = rows(folder.path(), &["attempt", "list"]);
    let told: Vec<_> = calls.iter().map(|call| [&call["outcomes"][0], &call["next_on"]]).collect();
    assert_eq!(json!(told), json!([["inquiry", "2026-10-23"], ["no-answer", null], ["off", null], ["busy", null]]));
}

#[test]
fn an_account_on_a_telephone_in_the_dark_is_called_by_its_link() {
    let Some((_folder, _browser, tab)) = desk(Look { dark: true, ..TELEPHONE }) else { return };
    tab.go("/accounts/C1");
    tab.picture("account-telephone-dark");
    tab.fill("#call [name=note]", "ask for Keza");
    tab.eval("addEventListener('beforeunload', (event) => (window.asked = event.defaultPrevented))");
    let link = "nav.bar a[href='tel:0788123451']";
    tab.click(link);
    assert_ne!(tab.eval("return window.asked"), true, "who dials leaves nothing behind");
    assert_eq!(tab.value("#call [name=note]"), "ask for Keza");
    let place = format!("const at = document.querySelector({link:?}).getBoundingClientRect();");
    assert_eq!(
        tab.eval(&format!("{place} return [at.left >= 0, at.right <= 360, at.height >= 44]")),
        json!([true, true, true])
    );
    assert_eq!(tab.eval("return getComputedStyle(document.body).colorScheme"), "dark");
    assert_eq!((tab.sideways(), tab.inaccessible().unwrap_or_default()), (0, vec![]));
}
