//! What the script adds to every page: regions swapped, keys, and a line that breaks.

use super::tab::{DESK, Tab};
use crate::support::{Browser, small_book};

fn open() -> Option<(tempfile::TempDir, Browser, Tab)> {
    let folder = small_book();
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let tab = Tab::open(&browser.host, DESK)?;
    tab.sign_in("admin");
    tab.eval("window.stayed = true");
    Some((folder, browser, tab))
}

#[test]
fn a_place_is_two_keys_away_and_the_page_is_not_loaded_anew() {
    let Some((_folder, _browser, tab)) = open() else { return };
    tab.press("g");
    tab.press("w");
    tab.wait_to_see(r#"nav a[href="/worklist"][aria-current="page"]"#);
    assert_eq!((tab.at(), tab.eval("return window.stayed")), ("/worklist".into(), true.into()));
    assert_eq!(tab.eval("return document.activeElement.tagName"), "H1");
    tab.eval("history.back()");
    tab.wait_to_see(r#"nav a[href="/"][aria-current="page"]"#);
    assert_eq!((tab.at(), tab.eval("return window.stayed")), ("/".into(), true.into()));
}

#[test]
fn a_page_lists_its_keys_and_none_is_pressed_while_somebody_types() {
    let Some((_folder, _browser, tab)) = open() else { return };
    tab.press("?");
    tab.wait_to_see("dialog[open] kbd");
    tab.click("dialog button");
    tab.press("/");
    tab.press("gw?");
    assert_eq!(tab.eval("return document.activeElement.value"), "gw?");
    assert_eq!((tab.at(), tab.count("dialog")), ("/".into(), 0));
}

#[test]
fn a_lost_line_leaves_the_page_and_offers_to_try_again() {
    let Some((_folder, _browser, tab)) = open() else { return };
    tab.offline(true);
    tab.click(r#"nav a[href="/ageing"]"#);
    tab.wait_to_see(".toast.bad button");
    assert_eq!(tab.at(), "/");
    tab.offline(false);
    tab.click(".toast.bad button");
    tab.wait_to_see(r#"nav a[href="/ageing"][aria-current="page"]"#);
    assert_eq!((tab.at(), tab.count(".toast.bad")), ("/ageing".into(), 0));
}
