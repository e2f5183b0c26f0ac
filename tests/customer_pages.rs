//! The pages of the customer master and of approvals, over HTTP.

use crate::support::{Browser, Form, ideni, json, small_book};

/// A form of a page with a box ticked.
fn ticked(mut form: Form, name: &str) -> Form {
    form.fields.push((name.to_owned(), "yes".to_owned()));
    form
}

#[test]
fn a_customer_is_made_on_a_page_and_a_likely_duplicate_needs_a_tick() {
    let folder = small_book();
    let at = folder.path();
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let new = [("code", "N 1/a"), ("name", "KIGALI FOODS Limited"), ("phone", "0788 123 456"), ("terms_days", "14")];
    let refused = browser.submit("/customers/new", "/customers/new", &new);
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("Is it one of these?") && refused.text.contains("the same name"), "{}", refused.text);
    let form = refused.form("/customers/new");
    assert!(form.fields.contains(&("phone".into(), "0788 123 456".into())), "as it was typed: {form:?}");
    let made = browser.send(&ticked(form, "anyway"));
    assert_eq!((made.status, made.header("location")), (303, Some("/customers/N%201%2Fa/edit?done=customer-saved")));
    let page = browser.get("/customers/N%201%2Fa/edit").text;
    assert!(page.contains("KIGALI FOODS Limited") && page.contains("value=\"14\""), "{page}");
    let listed = browser.get("/customers?q=0788123456").text;
    assert!(listed.contains("0788 123 456") && !listed.contains("Musanze Shop"), "{listed}");
    let pairs = browser.get("/customers/duplicates").text;
    assert!(pairs.contains("KIGALI FOODS Limited") && pairs.contains("90%"), "{pairs}");
    for (field, value) in [("name", " "), ("email", "x"), ("terms_days", "soon"), ("tin", "123"), ("phone", "12")] {
        let refused =
            browser.submit("/customers/new", "/customers/new", &[("code", "Z"), ("name", "Zed"), (field, value)]);
        assert!(refused.status == 422 && refused.text.contains("class=\"fault\""), "{field}: {}", refused.text);
    }
}

#[test]
fn who_saves_second_sees_both_versions_and_loses_nothing() {
    let folder = small_book();
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let edit = "/customers/C1/edit";
    let (first, second) = (browser.form(edit, edit), browser.form(edit, edit));
    let theirs = first.with(&[
        ("name", "Kigali Foods PLC"),
        ("district", "Gasabo"),
        ("limit", "amount"),
        ("credit_limit", "500,000"),
    ]);
    assert_eq!(browser.send(&theirs).status, 303);
    let mine = second.with(&[("name", "Kigali Fine Foods"), ("email", "a@foods.rw")]);
    let stale = browser.send(&mine);
    assert_eq!(stale.status, 422);
    for seen in ["Kigali Foods Ltd", "Kigali Foods PLC", "Kigali Fine Foods", "RWF 500,000", "both changed it"] {
        assert!(stale.text.contains(seen), "{seen}: {}", stale.text);
    }
    let form = stale.form(edit);
    let value = |name: &str| form.fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default();
    let meant = ["name", "email", "district", "credit_limit", "version"].map(value);
    assert_eq!(meant, ["Kigali Fine Foods", "a@foods.rw", "Gasabo", "500000", "2"]);
    assert_eq!(browser.send(&form).status, 303);
    let page = browser.get(edit).text;
    assert!(page.contains("Kigali Fine Foods") && page.contains("Gasabo"), "{page}");
    // The first form again, after the back button: what it wanted was done and is old.
    assert_eq!(browser.send(&browser.form(edit, edit).with(&[("version", "0"), ("name", "X")])).status, 422);
}

#[test]
fn contacts_are_kept_on_the_customers_page() {
    let folder = small_book();
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let new = "/customers/C1/contacts/new";
    let refused = browser.submit(new, new, &[("name", "Keza"), ("phone", "nine"), ("call_from", "08:30")]);
    assert!(refused.status == 422 && refused.text.contains("0788 123 456"), "{}", refused.text);
    let mut form = refused.form(new).with(&[("phone", "0788 123 456")]);
    form.fields.extend([("days".to_owned(), "mon".to_owned()), ("days".to_owned(), "fri".to_owned())]);
    assert_eq!(browser.send(&ticked(form, "primary")).status, 303);
    let page = browser.get("/customers/C1/edit").text;
    for seen in ["href=\"tel:+250788123456\"", "Monday, Friday · 08:30–24:00", "first to ask"] {
        assert!(page.contains(seen), "{seen}: {page}");
    }
    let one = page.split("href=\"/customers/C1/contacts/").nth(1).and_then(|t| t.split('"').next()).expect("a link");
    let path = format!("/customers/C1/contacts/{one}");
    let form = browser.form(&path, &path);
    assert!(
        form.fields.contains(&("days".into(), "fri".into())) && form.fields.contains(&("version".into(), "1".into()))
    );
    assert_eq!(browser.send(&form.with(&[("name", "Keza Aline")])).status, 303);
    let old = browser.get(&path).form(&path).with(&[("version", "1"), ("name", "Eric")]);
    assert_eq!(browser.send(&old).status, 422);
    assert_eq!(browser.submit(&path, &format!("{path}/end"), &[("reason", "left")]).status, 303);
    assert!(browser.get("/customers/C1/edit").text.contains("Nobody is known here yet"));
    assert_eq!(browser.get("/customers/C1/contacts/nothing").status, 404);
    assert_eq!(browser.get("/customers/NONE/contacts/new").status, 404);
}

#[test]
fn two_customers_are_compared_merged_and_taken_apart_on_pages() {
    let folder = small_book();
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let look = browser.get("/customers/C2/merge?into=C1").text;
    assert!(look.contains("Kigali Foods Ltd") && look.contains("RWF 118,000") && look.contains("USD 55.94"), "{look}");
    let merge = "/customers/C2/merge";
    let attempt = |into: &str, reason: &str| browser.submit(merge, merge, &[("into", into), ("reason", reason)]).status;
    assert_eq!([attempt("NONE", "x"), attempt("C2", "x"), attempt("C1", " ")], [404, 422, 422]);
    assert_eq!(attempt("C1", "one shop"), 303);
    assert_eq!(attempt("C1", "one shop"), 422);
    let page = browser.get("/customers/C2/edit").text;
    assert!(page.contains("This customer is looked at under"), "{page}");
    // The old code leads to the one account, which shows the items of both, each with its own code.
    let moved = browser.get("/accounts/C2");
    assert_eq!((moved.status, moved.header("location")), (303, Some("/accounts/C1")));
    let account = browser.get("/accounts/C1").text;
    assert!(account.contains("A-1") && account.contains("A-2</a> <span class=\"chip off\">C2</span>"), "{account}");
    let ageing = browser.get("/ageing").text;
    assert!(ageing.contains("Kigali Foods Ltd") && !ageing.contains("Musanze Shop"), "{ageing}");
    assert!(browser.get("/customers/C1/edit").text.contains("Musanze Shop"));
    let unmerge = "/customers/C2/unmerge";
    assert_eq!(browser.submit("/customers/C2/edit", unmerge, &[("reason", "two after all")]).status, 303);
    assert!(browser.get("/ageing").text.contains("Musanze Shop"));
    assert!(browser.get("/customers/duplicates").text.contains("taken back"));
}

#[test]
fn what_one_asks_for_another_approves_on_a_page() {
    let folder = small_book();
    let at = folder.path();
    for (name, role) in [("keza", "cashier"), ("mutesi", "manager")] {
        assert!(ideni(at, &["user", "add", name, "--role", role]).status.success());
    }
    let keza = Browser::signed_in_as(at, "sqlite:ideni.db", "keza");
    let bank = [("holder", "Kigali Foods"), ("institution", "BK"), ("number", "00400123456"), ("reason", "a letter")];
    let short = keza.submit(
        "/customers/C1/edit",
        "/customers/C1/bank",
        &[&bank[..2], &[("number", "1"), ("reason", "x")]].concat(),
    );
    assert!(
        short.status == 422 && short.text.contains("5 to 34") && short.text.contains("value=\"BK\""),
        "{}",
        short.text
    );
    assert_eq!(keza.submit("/customers/C1/edit", "/customers/C1/bank", &bank).status, 303);
    let seen = keza.get("/approvals").text;
    assert!(seen.contains("•••• 3456") && !seen.contains("00400123456"), "{seen}");
    assert!(seen.contains("Take back") && !seen.contains("/approve\""), "{seen}");
    drop(keza);
    let mutesi = Browser::signed_in_as(at, "sqlite:ideni.db", "mutesi");
    let page = mutesi.get("/approvals");
    assert!(page.text.contains("00400123456"), "who decides sees the whole number: {}", page.text);
    let approve = page.form(&page.action("/approvals/"));
    assert_eq!(mutesi.send(&approve).status, 303);
    assert_eq!(mutesi.send(&approve).status, 303, "pressed twice is done once");
    let again = Form {
        fields: approve
            .fields
            .iter()
            .map(|(n, v)| (n.clone(), if n == "reason" { "again".into() } else { v.clone() }))
            .collect(),
        ..approve
    };
    assert_eq!(mutesi.send(&again).status, 422);
    assert!(mutesi.get("/customers/C1/edit").text.contains("00400123456"));
    let listed = json(at, &["customer", "bank", "list", "C1"]);
    assert_eq!(listed["rows"][0]["number"], "•••• 3456");
    assert_eq!(json(at, &["approval", "list"])["rows"].as_array().map(Vec::len), Some(0));
    assert_eq!(json(at, &["approval", "list", "--all"])["rows"][0]["state"], "approved");
}

#[test]
fn what_is_missing_is_on_a_page() {
    let folder = small_book();
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let page = browser.get("/customers/gaps").text;
    assert!(page.contains("RWF 118,000") && page.contains("USD 55.94"), "{page}");
    let first = page.find("Kigali Foods Ltd").expect("C1");
    assert!(page.find("Musanze Shop").is_some_and(|second| second > first), "the larger debt first");
    assert_eq!(browser.get("/customers/gaps?only=shoes").status, 422);
    assert_eq!(browser.get("/customers?gap=shoes").status, 422);
    assert!(browser.get("/customers/gaps?only=tin").text.contains("Musanze Shop"));
    assert!(browser.get("/customers?gap=tin&q=kigali").text.contains("C1"));
}
