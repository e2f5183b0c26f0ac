//! A collector's day on the pages, as a browser without script sees it.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::{Browser, Form, ideni, json, small_book};

/// A served book with three accounts to work: C1, C2 (in dollars) and C3.
fn desk() -> (tempfile::TempDir, Browser) {
    let folder = small_book();
    let at = folder.path();
    let more = "number,customer,customer_name,issued_on,due_on,currency,total\nA-3,C3,Huye & Sons,2026-09-01,2026-09-30,RWF,5000\n";
    std::fs::write(at.join("more.csv"), more).expect("written");
    json(at, &["import", "invoices", "more.csv"]);
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    (folder, browser)
}

/// The call form of an account with one more box ticked or button pressed.
fn call(browser: &Browser, page: &str, outcomes: &[&str], given: &[(&str, &str)]) -> Form {
    let q = page.split_once('?').map_or(String::new(), |(_, q)| format!("?{q}"));
    let path = page.split('?').next().unwrap_or_default();
    let mut form = browser.form(page, &format!("{path}/attempts{q}")).with(given);
    form.fields.extend(outcomes.iter().map(|code| ("outcome".to_owned(), (*code).to_owned())));
    form
}

fn rows(at: &Path, args: &[&str]) -> Vec<serde_json::Value> {
    json(at, args)["rows"].as_array().expect("rows").clone()
}

/// The codes of the accounts a page of the list shows, in their order.
fn listed(browser: &Browser, path: &str) -> Vec<String> {
    let text = browser.get(path).text;
    let table = text.split("<tbody>").nth(1).and_then(|t| t.split("</tbody>").next()).unwrap_or_default().to_owned();
    let links = table.split("<td><a href=\"/accounts/").skip(1);
    links.map(|link| link.split(['?', '"']).next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn nobody_reached_takes_one_press_and_goes_on_to_the_next_account() {
    let (folder, browser) = desk();
    let at = folder.path();
    let all = listed(&browser, "/worklist");
    assert_eq!(all.len(), 3);
    let busy = browser.send(&call(&browser, &format!("/accounts/{}", all[0]), &["busy"], &[]));
    assert_eq!(
        (busy.status, busy.header("location")),
        (303, Some(format!("/accounts/{}?done=attempt-added", all[1]).as_str()))
    );
    assert_eq!(listed(&browser, "/worklist"), all[1..]);
    assert_eq!(listed(&browser, "/worklist?list=resting"), all[..1]);
    // The list that is walked goes with it, to its end.
    let page = format!("/accounts/{}?of=nobody", all[2]);
    let off = browser.send(&call(&browser, &page, &["off"], &[]));
    assert_eq!(off.header("location"), Some("/worklist?of=nobody&done=attempt-added"));
    let attempts = rows(at, &["attempt", "list"]);
    assert_eq!(attempts.len(), 2);
    assert_eq!((attempts[0]["outcomes"][0].as_str(), attempts[0]["right_party"].as_bool()), (Some("off"), Some(false)));
}

#[test]
fn one_form_records_a_call_with_several_outcomes_once() {
    let (folder, browser) = desk();
    let at = folder.path();
    let given = [
        ("answered", "Aline Uwase"),
        ("note", "pays half\nthe rest was wet <b>"),
        ("amount", "100,000"),
        ("on", "2026-10-30"),
        ("invoice", "A-1"),
        ("reason", "quality"),
        ("disputed", "18 000"),
        ("call_on", "2026-10-28"),
        ("call_at", "16:30"),
        ("call_who", "Keza"),
        ("next", "2026-10-29"),
    ];
    let form = call(&browser, "/accounts/C1", &["inquiry"], &given);
    for _ in 0..2 {
        let done = browser.send(&form);
        assert_eq!(
            (done.status, done.header("location")),
            (303, Some("/accounts/C1?done=attempt-added")),
            "{}",
            done.text
        );
    }
    let attempts = rows(at, &["attempt", "list", "--customer", "C1"]);
    assert_eq!(attempts.len(), 1, "twice the same form is one call");
    assert_eq!(attempts[0]["outcomes"], serde_json::json!(["inquiry", "promised", "disputed", "call-back"]));
    assert_eq!(attempts[0]["right_party"], true);
    assert_eq!(rows(at, &["promise", "list"])[0]["amount"], "100000");
    assert_eq!(rows(at, &["dispute", "list"])[0]["amount"], "18000");
    assert_eq!(rows(at, &["callback", "list"])[0]["at"], "16:30");
    let account = browser.get("/accounts/C1").text;
    for shown in ["the rest was wet &#60;b&#62;", "Aline Uwase", "16:30", "RWF 18,000", "29/10/2026"] {
        assert!(account.contains(shown), "{shown}: {account}");
    }
    assert!(!listed(&browser, "/worklist").contains(&"C1".to_owned()), "it rests until the next date");
}

#[test]
fn a_refused_call_comes_back_as_it_was_and_nothing_is_written() {
    let (folder, browser) = desk();
    let refused = |outcomes: &[&str], given: &[(&str, &str)], words: &str| {
        let answer = browser.send(&call(&browser, "/accounts/C1", outcomes, given));
        assert_eq!(answer.status, 422, "{given:?}: {}", answer.text);
        assert!(answer.text.contains(words), "{words}: {}", answer.text);
        answer
    };
    let back =
        refused(&["says-paid"], &[("amount", "12,x"), ("on", "2026-10-30"), ("note", "wait <i>")], "class=\"fault\"");
    let form = back.form("/accounts/C1/attempts");
    for (name, value) in [("amount", "12,x"), ("on", "2026-10-30"), ("note", "wait <i>"), ("outcome", "says-paid")] {
        assert!(form.fields.contains(&(name.into(), value.into())), "{name}: {form:?}");
    }
    refused(&[], &[], "outcome");
    refused(&[], &[("amount", "5")], "is missing");
    refused(&[], &[("on", "2026-10-30")], "is missing");
    refused(&[], &[("disputed", "5")], "is missing");
    refused(&[], &[("call_on", "2026-10-30")], "is missing");
    refused(&[], &[("call_at", "25:00")], "not an hour");
    refused(&["busy"], &[("amount", "5"), ("on", "2026-10-30")], "stands alone");
    refused(&["inquiry"], &[("next", "2026-10-01")], "must lie between");
    refused(&["inquiry"], &[("next", "soon")], "not a date");
    refused(&[], &[("invoice", "A-1"), ("reason", "quality"), ("disputed", "118001")], "118,000");
    refused(&["weather"], &[], "weather");
    let mut unknown = call(&browser, "/accounts/C1", &["inquiry"], &[]);
    unknown.fields.push(("colour".into(), "red".into()));
    assert_eq!(browser.send(&unknown).status, 422);
    assert_eq!(rows(folder.path(), &["attempt", "list"]).len(), 0);
}

#[test]
fn every_refused_form_of_an_account_comes_back_open_and_as_it_was_typed() {
    let (folder, browser) = desk();
    let refused = [
        ("promises", &[("amount", "12,x"), ("on", "2026-10-30"), ("note", "by <phone>")][..]),
        ("holds", &[("until", "2026-10-01"), ("reason", "on <leave>")]),
        ("disputes", &[("amount", "999999"), ("reason", "quality"), ("note", "wet <bags>")]),
        ("write-offs", &[("amount", "999999"), ("reason", "gone <away>")]),
    ];
    for (what, typed) in refused {
        let action = format!("/accounts/C1/{what}");
        let back = browser.submit("/accounts/C1", &action, typed);
        assert_eq!(back.status, 422, "{what}: {}", back.text);
        let form = back.form(&action);
        for (name, value) in typed {
            assert!(form.fields.contains(&((*name).into(), (*value).into())), "{name}: {form:?}");
        }
        let before = back.text.split(&format!("action=\"{action}\"")).next().unwrap_or_default();
        assert!(before.rsplit("<details").next().is_some_and(|begun| begun.starts_with(" open")), "{what}");
    }
    assert_eq!(rows(folder.path(), &["promise", "list"]).len() + rows(folder.path(), &["hold", "list"]).len(), 0);
}

#[test]
fn chosen_items_fill_the_promise_in() {
    let (_folder, browser) = desk();
    let form = browser.form("/accounts/C1?item=A-1%2F1", "/accounts/C1/attempts");
    for (name, value) in [("amount", "118000"), ("currency", "RWF"), ("note", "A-1")] {
        assert!(form.fields.contains(&(name.into(), value.into())), "{name}: {form:?}");
    }
    let dollars = browser.form("/accounts/C2?item=A-2%2F1", "/accounts/C2/attempts");
    assert!(dollars.fields.contains(&("amount".into(), "55.94".into())), "{dollars:?}");
    let nothing = browser.form("/accounts/C1?item=NONE", "/accounts/C1/attempts");
    assert!(nothing.fields.contains(&("amount".into(), String::new())));
}

#[test]
fn the_list_is_filtered_kept_as_a_view_and_given_to_people() {
    let (folder, browser) = desk();
    let at = folder.path();
    assert!(ideni(at, &["user", "add", "aline", "--role", "collector"]).status.success());
    assert_eq!(listed(&browser, "/worklist?currency=usd"), ["C2"]);
    assert_eq!(listed(&browser, "/worklist?text=huye+%26"), ["C3"]);
    assert_eq!(listed(&browser, "/worklist?min=100,000"), ["C1"]);
    assert_eq!(listed(&browser, "/worklist?of=mine"), Vec::<String>::new());
    for bad in ["colour=red", "step=dance", "reason=x", "of=stranger", "min=x", "currency=RW", "list=x", "after=x"] {
        let status = browser.get(&format!("/worklist?{bad}")).status;
        assert!(matches!(status, 404 | 422), "{bad}: {status}");
    }
    // An account is walked in the list it was opened from.
    let account = browser.get("/accounts/C3?text=huye").text;
    assert!(account.contains("href=\"/worklist?text=huye\""), "{account}");
    let keep = browser.form("/worklist?min=100,000", "/worklist/views?min=100%2C000").with(&[("name", "Large")]);
    assert_eq!(browser.send(&keep).header("location"), Some("/worklist?min=100%2C000&done=view-kept"));
    assert!(browser.get("/worklist").text.contains(">Large</a>"));
    let nameless = browser.submit("/worklist?min=5", "/worklist/views?min=5", &[("name", " ")]);
    assert_eq!(nameless.status, 422);
    let forget = browser.form("/worklist?min=100,000", "/worklist/views/forget");
    assert_eq!((browser.send(&forget).status, browser.send(&forget).status), (303, 404));
    let mut give = browser.form("/worklist", "/worklist/assign").with(&[("collector", "aline")]);
    assert_eq!(browser.send(&give).status, 422, "nobody was chosen");
    give = browser.form("/worklist", "/worklist/assign").with(&[("collector", "aline")]);
    give.fields.extend([("code".to_owned(), "C1".to_owned()), ("code".to_owned(), "C3".to_owned())]);
    assert_eq!(browser.send(&give).status, 303);
    assert_eq!(listed(&browser, "/worklist?of=aline").len(), 2);
    assert_eq!(listed(&browser, "/worklist?of=nobody"), ["C2"]);
    assert_eq!(browser.post("/worklist/order", crate::support::OURS, "key=x").status, 403);
    assert_eq!(browser.submit("/worklist", "/worklist/order", &[]).status, 303);
}

#[test]
fn today_opens_exactly_what_waits() {
    let (folder, browser) = desk();
    let at = folder.path();
    let today = browser.get("/").text;
    assert!(today.contains("href=\"/worklist\"") && !today.contains("/promises?"), "{today}");
    json(at, &["--today", "2026-10-19", "promise", "add", "C1", "--amount", "5", "--on", "2026-10-20"]);
    json(
        at,
        &["--today", "2026-10-19", "callback", "add", "C2", "--on", "2026-10-19", "--at", "9:15", "--who", "Keza"],
    );
    let today = browser.get("/").text;
    assert!(today.contains("/promises?list=due") && today.contains("Keza") && today.contains("09:15"), "{today}");
    let due = browser.get("/promises?list=due").text;
    assert!(due.contains("Kigali Foods Ltd") && due.contains("20/10/2026"), "{due}");
    assert!(!browser.get("/promises?list=broken").text.contains("Kigali Foods Ltd"));
    for bad in ["/promises?list=x", "/promises?of=bosco", "/?of=x", "/?colour=red"] {
        assert_eq!(browser.get(bad).status, 422, "{bad}");
    }
    let done = today.split("action=\"/callbacks/").nth(1).and_then(|t| t.split('"').next()).expect("a callback");
    let done = browser.form("/", &format!("/callbacks/{done}"));
    assert_eq!((browser.send(&done).status, browser.send(&done).status), (303, 422), "done once");
    assert!(!browser.get("/").text.contains("Keza"));
    // The team is for whoever assigns accounts.
    assert!(today.contains("The team"));
    assert!(ideni(at, &["user", "add", "aline", "--role", "collector"]).status.success());
    let aline = Browser::signed_in_as(at, "sqlite:ideni.db", "aline");
    let hers = aline.get("/").text;
    assert!(!hers.contains("The team") && hers.contains("href=\"/worklist?of=mine\""), "{hers}");
}

#[test]
fn notes_and_papers_are_kept_with_the_account() {
    let (folder, browser) = desk();
    let at = folder.path();
    let note = browser.submit("/accounts/C1", "/accounts/C1/notes", &[("text", "pays on Mondys")]);
    assert_eq!(note.header("location"), Some("/accounts/C1?done=note-added"));
    assert_eq!(browser.submit("/accounts/C1", "/accounts/C1/notes", &[("text", " ")]).status, 422);
    let long = "x".repeat(4_001);
    assert_eq!(browser.submit("/accounts/C1", "/accounts/C1/notes", &[("text", &long)]).status, 422);
    let id = rows(at, &["note", "list", "customer", "C1"])[0]["id"].as_str().expect("an id").to_owned();
    let mut correct = browser.form("/accounts/C1", "/accounts/C1/notes").with(&[("text", "pays on Mondays")]);
    correct.fields.push(("corrects".into(), id));
    assert_eq!((browser.send(&correct).status, browser.send(&correct).status), (303, 303), "twice is once");
    assert_eq!(rows(at, &["note", "list", "customer", "C1"]).len(), 2);
    let form = browser.form("/accounts/C1", "/accounts/C1/papers").with(&[("kind", "delivery-note")]);
    let pdf = b"%PDF-1.7\nforty bags";
    for _ in 0..2 {
        let filed = browser.upload(&form, "../bon \u{e9}.exe", pdf);
        assert_eq!(
            (filed.status, filed.header("location")),
            (303, Some("/accounts/C1?done=paper-added")),
            "{}",
            filed.text
        );
    }
    let papers = rows(at, &["paper", "list", "--customer", "C1"]);
    assert_eq!((papers.len(), papers[0]["name"].as_str()), (1, Some("bon \u{e9}.exe.pdf")));
    let got = browser.get(&format!("/papers/{}", papers[0]["id"].as_str().expect("an id")));
    assert_eq!((got.status, got.text.as_str()), (200, "%PDF-1.7\nforty bags"));
    let disposition = got.header("content-disposition").expect("a name");
    assert!(disposition.starts_with("attachment; ") && disposition.contains("bon%20%C3%A9.exe.pdf"), "{disposition}");
    assert_eq!(
        (got.header("x-content-type-options"), got.header("content-type")),
        (Some("nosniff"), Some("application/pdf"))
    );
    for (name, bytes) in [("a.pdf", b"MZ\x90\0\x03".as_slice()), ("a.pdf", b""), ("a.html", b"\0<html>")] {
        let refused = browser.upload(&form, name, bytes);
        assert_eq!(refused.status, 422, "{name}");
    }
    let mut large = pdf.to_vec();
    large.resize((10 << 20) + 1, b' ');
    assert_eq!(browser.upload(&form, "large.pdf", &large).status, 422);
    let mut poem = form.clone();
    poem = poem.with(&[("kind", "poem")]);
    assert_eq!(browser.upload(&poem, "a.pdf", pdf).status, 422);
    assert_eq!(browser.get("/papers/nothing").status, 404);
    // What happened is told by topic.
    let filed = browser.get("/accounts/C1?topic=filed").text;
    let history = filed.split("id=\"history\"").nth(1).expect("a history");
    assert!(history.contains("bon \u{e9}.exe.pdf") && !history.contains("Invoice A-1"), "{history}");
    for bad in ["topic=gossip", "before=x", "colour=red"] {
        assert_eq!(browser.get(&format!("/accounts/C1?{bad}")).status, 422, "{bad}");
    }
}

#[test]
fn an_invoice_a_receipt_and_a_promise_keep_papers_and_notes_of_their_own() {
    let (folder, browser) = desk();
    let at = folder.path();
    std::fs::write(at.join("bank.csv"), "date,description,credit,balance\n2026-09-01,CASH,700,700\n").expect("written");
    json(at, &["statement", "import", "bank.csv", "--account", "bank"]);
    let receipt = rows(at, &["receipt", "list"])[0]["id"].as_str().expect("an id").to_owned();
    let promise = ["promise", "add", "C1", "--amount", "118000", "--on", "2026-10-30", "--today", "2026-10-20"];
    let promise = rows(at, &promise)[0]["id"].as_str().expect("an id").to_owned();
    for (n, page) in ["/invoices/A-1", &format!("/receipts/{receipt}")].into_iter().enumerate() {
        let noted = browser.submit(page, &format!("{page}/notes"), &[("text", "the stamp is <missing>")]);
        assert_eq!(noted.header("location"), Some(format!("{page}?done=note-added").as_str()), "{}", noted.text);
        let form = browser.form(page, &format!("{page}/papers")).with(&[("kind", "order")]);
        let filed = browser.upload(&form, &format!("order-{n}.pdf"), format!("%PDF-1.7\n{n}").as_bytes());
        assert_eq!(filed.header("location"), Some(format!("{page}?done=paper-added").as_str()), "{}", filed.text);
        let shown = browser.get(page).text;
        assert!(
            shown.contains(&format!("order-{n}.pdf")) && shown.contains("the stamp is &#60;missing&#62;"),
            "{shown}"
        );
        assert_eq!(browser.upload(&form, "a.pdf", b"MZ\x90").status, 422);
    }
    let form = browser.form("/accounts/C1", "/accounts/C1/papers");
    let of = |of: String| form.clone().with(&[("kind", "signed-plan"), ("of", &of)]);
    assert_eq!(browser.upload(&of(format!("promise {promise}")), "plan.pdf", b"%PDF-1.7\nplan").status, 303);
    assert_eq!(browser.upload(&of("promise nothing".into()), "plan.pdf", b"%PDF-1.7\nplan").status, 404);
    // The account has those of its records; the receipt is nobody's yet.
    let kept: BTreeSet<String> = rows(at, &["paper", "list", "--customer", "C1"])
        .iter()
        .map(|row| format!("{} {}", row["record"].as_str().unwrap_or("?"), row["name"].as_str().unwrap_or("?")))
        .collect();
    assert_eq!(kept, BTreeSet::from(["invoice order-0.pdf".to_owned(), "promise plan.pdf".to_owned()]));
    let account = browser.get("/accounts/C1").text;
    assert!(account.contains("order-0.pdf") && account.contains("plan.pdf"), "{account}");
}

#[test]
fn a_merged_customer_has_no_account_of_its_own() {
    let (folder, browser) = desk();
    let at = folder.path();
    assert!(ideni(at, &["customer", "merge", "C3", "--into", "C1", "--reason", "the same shop"]).status.success());
    assert_eq!(browser.get("/accounts/C3?of=nobody").header("location"), Some("/accounts/C1?of=nobody"));
    let account = browser.get("/accounts/C1").text;
    assert!(account.contains("A-3") && account.contains("Huye &#38; Sons"), "{account}");
    // A call about the merged one is one about the account; what only the merged one owes keeps it on the list.
    json(
        at,
        &[
            "receipt",
            "record",
            "--account",
            "bank",
            "--amount",
            "118000",
            "--on",
            "2026-10-19",
            "--customer",
            "C1",
            "--reference",
            "P1",
        ],
    );
    json(at, &["allocation", "add", "P1", "A-1"]);
    assert_eq!(browser.submit("/worklist", "/worklist/order", &[]).status, 303);
    assert_eq!(listed(&browser, "/worklist?currency=RWF"), ["C1"]);
    json(at, &["--today", "2026-10-20", "attempt", "add", "C3", "--outcome", "refused", "--right-party"]);
    assert_eq!(rows(at, &["attempt", "list"])[0]["customer"], "C1");
    assert_eq!(listed(&browser, "/worklist?currency=RWF"), Vec::<String>::new());
}
