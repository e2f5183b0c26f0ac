//! Papers filed from the page of an account.

use serde_json::json;

use super::tab::{DESK, Look, Tab};
use super::{desk, rows};

const FILE: &str = "#papers [type=file]";

fn file_it(tab: &Tab) {
    tab.click("#papers form button");
    tab.wait_to_see("#toasts .toast:not(.bad)");
    tab.eval("document.querySelector('#toasts').replaceChildren()");
}

#[test]
fn a_paper_is_dropped_anywhere_on_the_page_or_chosen_and_kept_once() {
    let Some((folder, _browser, tab)) = desk(DESK) else { return };
    let at = folder.path();
    tab.go("/accounts/C1");
    for (onto, name) in [("h1", "bon.txt"), ("#papers [data-drop]", "again.txt")] {
        tab.drop_file(onto, name, "forty bags, signed");
        assert_eq!(tab.eval("return document.querySelector('#papers [type=file]').files[0].name"), name);
        file_it(&tab);
    }
    let chosen = at.join("third.txt");
    std::fs::write(&chosen, "forty bags, signed").expect("written");
    tab.choose(FILE, &chosen);
    file_it(&tab);
    let papers = rows(at, &["paper", "list", "--customer", "C1"]);
    assert_eq!((papers.len(), &papers[0]["name"]), (1, &json!("bon.txt")));
    assert_eq!(tab.count("#papers a[download]"), 1);
}

#[test]
fn what_is_too_large_or_no_paper_is_refused_with_a_sentence() {
    let Some((folder, browser, tab)) = desk(DESK) else { return };
    let at = folder.path();
    let (large, program) = (at.join("large.pdf"), at.join("program.pdf"));
    std::fs::write(&large, [b"%PDF-1.7".as_slice(), &vec![b' '; 40 << 20]].concat()).expect("written");
    std::fs::write(&program, b"MZ\x90\0\x03").expect("written");
    tab.go("/accounts/C1");
    // Nothing of it is sent.
    tab.choose(FILE, &large);
    tab.click("#papers form button");
    assert!(
        tab.eval("return document.querySelector('#papers [type=file]').validationMessage")
            .to_string()
            .contains("10 MB")
    );
    tab.choose(FILE, &program);
    tab.click("#papers form button");
    tab.wait_to_see("#papers .fault");
    tab.wait_to_read("it is no paper that is kept here");
    // Without script it is sent, and told beside the field.
    let Some(plain) = Tab::open(&browser.host, Look { script: false, ..DESK }) else { return };
    plain.sign_in("admin");
    plain.go("/accounts/C1");
    plain.click("#papers option[value=contract]");
    plain.choose(FILE, &large);
    plain.click("#papers form button");
    plain.wait_to_see("#papers .fault");
    plain.wait_to_read("larger than 10 MB");
    assert_eq!(rows(at, &["paper", "list"]).len(), 0);
}
