//! The pages of search, invoices, receipts, what waits and the ageing, over HTTP as a browser without script sees them.

use crate::support::{Answer, Browser, ideni, json, small_book};

/// The page, which must be there.
#[track_caller]
fn page(browser: &Browser, path: &str) -> String {
    let answer = browser.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.text
}

#[track_caller]
fn shows(browser: &Browser, path: &str, words: &[&str]) {
    let text = page(browser, path);
    for word in words {
        assert!(text.contains(word), "{path} does not show {word}: {text}");
    }
}

/// What a link of the page leads to: the address behind the first `href` that holds all of these.
fn link(text: &str, with: &[&str]) -> String {
    let links = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let found = links.map(|link| link.replace("&amp;", "&").replace("&#38;", "&"));
    found.into_iter().find(|link| with.iter().all(|w| link.contains(w))).unwrap_or_else(|| panic!("{with:?}: {text}"))
}

#[test]
fn the_search_box_leads_to_what_it_can_only_mean() {
    let folder = small_book();
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    for (q, place) in
        [("a-1", "/invoices/A-1"), ("A 2", "/invoices/A-2"), ("c1", "/accounts/C1"), ("118000", "/invoices/A-1")]
    {
        let answer = browser.get(&format!("/search?q={}", q.replace(' ', "+")));
        assert_eq!((answer.status, answer.header("location")), (303, Some(place)), "{q}: {}", answer.text);
    }
    shows(&browser, "/search?q=kigali", &["/accounts/C1", "Kigali Foods Ltd", "RWF 118,000"]);
    shows(&browser, "/search", &["last four digits"]);
    shows(&browser, "/search?q=++", &["last four digits"]);
    shows(&browser, "/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E", &["&#60;script", "Nothing was found"]);
    assert_eq!(browser.get(&format!("/search?q={}", "x".repeat(201))).status, 422);
    assert_eq!(browser.get("/search?query=x").status, 422, "an unknown question");
}

#[test]
fn invoices_are_filtered_and_each_opens_with_its_ledger_lines() {
    let folder = small_book();
    let at = folder.path();
    std::fs::write(at.join("more.csv"), "number,customer,issued_on,due_on,total\nB/7 x,C1,2026-08-02,2026-09-01,500\n")
        .expect("written");
    json(at, &["import", "invoices", "more.csv"]);
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    shows(&browser, "/invoices", &["/invoices/A-1", "/invoices/A-2", "/invoices/B%2F7%20x", "overdue"]);
    let dollars = page(&browser, "/invoices?currency=USD&state=&kind=&from=&until=&number=&customer=");
    assert!(dollars.contains("/invoices/A-2") && !dollars.contains("/invoices/A-1"), "{dollars}");
    let begun = page(&browser, "/invoices?number=b7");
    assert!(begun.contains("B%2F7%20x") && !begun.contains("/invoices/A-1"), "{begun}");
    shows(&browser, "/invoices?state=settled", &["No invoice fits", "Clear the filter"]);
    for bad in ["state=paid", "kind=bill", "from=soon", "currency=EURO", "customer=NOBODY", "after=x", "colour=red"] {
        let status = browser.get(&format!("/invoices?{bad}")).status;
        assert!(matches!(status, 404 | 422), "{bad}: {status}");
    }
    shows(&browser, "/invoices/A-1", &["Kigali Foods Ltd", "RWF 118,000", "Receivables", "Debit", "admin"]);
    shows(&browser, "/invoices/B%2F7%20x", &["RWF 500"]);
    shows(&browser, "/invoices/A-1?as_of=2026-07-01", &["1 July 2026", "It was not there yet", "RWF 0"]);
    assert_eq!(browser.get("/invoices/A-1?as_of=2026-13-01").status, 422);
    assert_eq!(browser.get("/invoices/A-1?known_at=2099-01-01+10:00").status, 422, "later than what is sealed");
    assert_eq!(browser.get("/invoices/NONE").status, 404);
}

fn done(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.header("location").expect("a place").to_owned()
}

#[test]
fn receipts_that_wait_are_worked_one_after_the_other() {
    let folder = small_book();
    let at = folder.path();
    let bank = "date,description,credit,balance\n\
                2026-09-01,PAYMENT A-1 THANK YOU,118000,118000\n\
                2026-09-02,CASH DEPOSIT,5000,123000\n";
    std::fs::write(at.join("bank.csv"), bank).expect("written");
    json(at, &["statement", "import", "bank.csv", "--account", "bank"]);
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    shows(&browser, "/receipts", &["payer unknown", "PAYMENT A-1", "CASH DEPOSIT"]);
    let waiting = page(&browser, "/exceptions");
    assert!(waiting.contains("The text names A-1") && waiting.contains("CASH DEPOSIT"), "{waiting}");
    let action = waiting.split("action=\"").find_map(|rest| {
        let action = rest.split('"').next()?;
        action.ends_with("/proposal").then(|| action.to_owned())
    });
    let form = browser.form("/exceptions", &action.expect("a proposal"));
    // Pressed twice it is applied once.
    for _ in 0..2 {
        assert_eq!(done(&browser.send(&form)), "/exceptions?done=receipt-applied");
    }
    let allocations = json(at, &["allocation", "list"]);
    assert_eq!(allocations["rows"].as_array().expect("rows").len(), 1);
    let left = page(&browser, "/exceptions");
    assert!(!left.contains("The text names A-1") && left.contains("CASH DEPOSIT"), "{left}");
    shows(&browser, "/invoices/A-1", &["settled", "Payment applied", "/receipts/"]);
    // Whose the other is, is searched for beside it and said; then its receipt shows what it may settle.
    let id = link(&left, &["/receipts/"]).trim_start_matches("/receipts/").to_owned();
    let found = page(&browser, &format!("/exceptions?receipt={id}&q=musanze"));
    assert!(found.contains("It is theirs") && found.contains("Musanze Shop"), "{found}");
    let whose = browser.form(&format!("/exceptions?receipt={id}&q=musanze"), &format!("/exceptions/{id}/customer"));
    assert_eq!(done(&browser.send(&whose)), format!("/receipts/{id}?done=receipt-identified"));
    shows(&browser, &format!("/receipts/{id}"), &["on account", "bank.csv", "Musanze Shop", "Payer known"]);
    shows(&browser, "/exceptions?of=on-account", &["CASH DEPOSIT"]);
    shows(&browser, "/exceptions", &["Nothing waits here"]);
    // What was seen before is refused when it is no longer so, and nothing is written.
    let stale = browser.submit(&format!("/receipts/{id}"), &format!("/exceptions/{id}/invoice"), &[("invoice", "A-1")]);
    assert!(stale.status == 422 || stale.status == 404, "{}", stale.text);
    assert_eq!(json(at, &["allocation", "list"])["rows"].as_array().expect("rows").len(), 1);
    for bad in ["/exceptions?of=yours", "/exceptions?after=x", "/receipts?state=lost", "/receipts?account=revenue"] {
        assert_eq!(browser.get(bad).status, 422, "{bad}");
    }
    assert_eq!(browser.get("/receipts/none").status, 404);
}

/// A clerk who may not apply money sees what waits, and no button.
#[test]
fn who_may_not_apply_sees_no_button() {
    let folder = small_book();
    let at = folder.path();
    std::fs::write(at.join("bank.csv"), "date,description,credit,balance\n2026-09-01,PAYMENT A-1,118000,118000\n")
        .expect("written");
    json(at, &["statement", "import", "bank.csv", "--account", "bank"]);
    assert!(ideni(at, &["user", "add", "eyes", "--role", "auditor"]).status.success());
    let browser = Browser::signed_in_as(at, "sqlite:ideni.db", "eyes");
    let text = page(&browser, "/exceptions");
    assert!(text.contains("The text names A-1") && !text.contains("action=\"/exceptions/"), "{text}");
}

#[test]
fn every_figure_of_the_ageing_opens_and_is_taken_as_a_file() {
    let folder = small_book();
    let at = folder.path();
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let ageing = page(&browser, "/ageing?as_of=2026-09-20");
    assert!(ageing.contains("118,000") && ageing.contains("20 September 2026"), "{ageing}");
    let drill = link(&ageing, &["by=invoice", "customer=C1", "bucket=d1_30", "as_of=2026-09-20"]);
    let items = page(&browser, &drill);
    assert!(items.contains("1 open instalment, RWF 118,000") && !items.contains("/invoices/A-2"), "{items}");
    let invoice = link(&items, &["/invoices/A-1", "as_of=2026-09-20"]);
    shows(&browser, &invoice, &["20 September 2026", "Receivables"]);
    let bucket = link(&ageing, &["by=customer", "bucket=d1_30", "currency=RWF"]);
    let customers = page(&browser, &bucket);
    assert!(customers.contains("Kigali Foods Ltd") && !customers.contains("Musanze Shop"), "{customers}");
    // The file has the rows of the page, under its headings.
    let csv = page(&browser, "/ageing.csv?as_of=2026-09-20");
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].starts_with("Code,Customer,Currency,") && lines.len() == 3, "{csv}");
    assert!(lines[1].starts_with("C1,Kigali Foods Ltd,RWF,0,118000,0,0,0,118000,0,118000"), "{csv}");
    let csv = page(&browser, &drill.replace("/ageing?", "/ageing.csv?"));
    assert!(
        csv.lines().count() == 2 && csv.contains("A-1,1,C1,Kigali Foods Ltd,2026-08-01,2026-08-31,20,RWF"),
        "{csv}"
    );
    let xlsx = browser.get("/ageing.xlsx?by=segment");
    assert_eq!(xlsx.status, 200);
    assert!(xlsx.header("content-disposition").is_some_and(|kept| kept.contains("ageing-2026-10-20.xlsx")));
    for by in ["segment", "currency", "invoice", "customer"] {
        page(&browser, &format!("/ageing?by={by}"));
    }
    shows(&browser, "/ageing?as_of=2020-01-01", &["Nothing is open here"]);
    shows(&browser, "/ageing?buckets=10,20&as_of=2026-09-20", &["118,000"]);
    for bad in [
        "as_of=zzz",
        "by=colour",
        "bucket=d2_3",
        "page=0",
        "page=x",
        "buckets=9,3",
        "buckets=a",
        "after=x&by=invoice",
        "known_at=yesterday",
        "known_at=2099-01-01T00:00:00Z",
        "currency=RW",
    ] {
        assert_eq!(browser.get(&format!("/ageing?{bad}")).status, 422, "{bad}");
    }
    assert_eq!(browser.get("/ageing?by=invoice&customer=NOBODY").status, 404);
}

#[test]
fn a_draft_opens_in_the_program_that_sends_it_and_says_where_no_address_is_known() {
    let folder = small_book();
    let at = folder.path();
    assert!(ideni(at, &["day"]).status.success());
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    shows(&browser, "/outbox", &["Neither telephone nor e-mail is known", "/customers/C1/edit"]);
    shows(&browser, "/", &["/outbox?only=nowhere", "drafted messages with nobody to send them to"]);
    shows(&browser, "/outbox?only=nowhere", &["/customers/C1/edit"]);
    assert_eq!(browser.get("/outbox?only=gossip").status, 422);
    let save = ["customer", "save", "C1", "--phone", "0788300101", "--email", "accounts@kigali.example"];
    assert!(ideni(at, &save).status.success());
    assert!(!page(&browser, "/outbox?only=nowhere").contains("/customers/C1/edit"));
    let text = page(&browser, "/outbox");
    assert!(link(&text, &["sms:", "788300101?body="]).contains("%20"), "{text}");
    assert!(link(&text, &["mailto:accounts%40kigali.example?subject="]).contains("&body="), "{text}");
    let id =
        text.split("action=\"/outbox/").nth(1).and_then(|rest| rest.split('"').next()).expect("a draft").to_owned();
    let mut press = browser.form("/outbox", &format!("/outbox/{id}"));
    press.fields.push(("decision".into(), "sent".into()));
    let sent = browser.send(&press);
    assert_eq!(sent.header("location"), Some("/outbox?done=message-sent"));
    let again = browser.get(&format!("/outbox?after={id}"));
    assert!(again.status == 200 && !again.text.contains(&id), "{}", again.text);
    assert_eq!(browser.get("/outbox?after=nothing").status, 404);
}
