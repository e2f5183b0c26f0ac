//! The pages of `serve`, as a browser without script sees them.

use std::path::Path;
use std::process::Command;

use ideni::actions::{Reach, Role, Roles};
use ideni::web::{ROOMS, Verb};

use crate::support::{Answer, Browser, OURS, ideni, json, places, small_book};

#[test]
fn pages_are_for_whoever_is_signed_in() {
    let folder = small_book();
    let mut browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    for page in ["/", "/worklist", "/ageing", "/outbox", "/accounts/C1", "/holidays"] {
        assert_eq!(browser.get(page).status, 200, "{page}");
    }
    assert_eq!(browser.get("/accounts/NOBODY").status, 404);
    assert_eq!(browser.get("/nothing/here").status, 404);
    browser.cookie.clear();
    for page in ["/", "/worklist", "/accounts/C1"] {
        assert_ne!(browser.get(page).status, 200, "{page}");
    }
}

#[test]
fn a_write_comes_from_a_form_that_we_made_for_this_session() {
    let folder = small_book();
    let at = folder.path();
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let holds = "/accounts/C1/holds";
    let form = browser.form("/accounts/C1", holds).with(&[("until", "2026-11-20"), ("reason", "funeral")]);
    let key = form.fields.iter().find(|(name, _)| name == "key").map(|(_, key)| key.clone()).expect("a key");
    let body = format!("key={key}&until=2026-11-20&reason=funeral");
    for head in ["", "Sec-Fetch-Site: cross-site\r\n", "Origin: http://evil.example\r\n"] {
        assert_eq!(browser.post(holds, head, &body).status, 403, "{head}");
    }
    for key in ["", "key=&", "key=x&", "key=x-y&", &format!("key=0{key}&")] {
        assert_eq!(browser.post(holds, OURS, &format!("{key}until=2026-11-20&reason=funeral")).status, 403, "{key}");
    }
    let other = Browser::signed_in(at, "sqlite:ideni.db");
    assert_eq!(other.post(holds, OURS, &body).status, 403, "a form of another session");
    assert_eq!(json(at, &["hold", "list"])["rows"].as_array().expect("rows").len(), 0);
    assert_eq!(browser.send(&form).status, 303);
    assert_eq!(json(at, &["hold", "list"])["rows"].as_array().expect("rows").len(), 1);
}

#[test]
fn a_refused_form_comes_back_as_it_was_typed_with_the_sentence_at_its_field() {
    let folder = small_book();
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let refused = browser.submit("/holidays", "/holidays/add", &[("on", "2026-13-40"), ("name", "Umuganura <b>")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("2026-13-40") && refused.text.contains("class=\"fault\""), "{}", refused.text);
    let form = refused.form("/holidays/add");
    assert!(form.fields.contains(&("name".into(), "Umuganura <b>".into())), "{form:?}");
    assert_eq!(browser.send(&form.with(&[("on", "2026-08-11")])).status, 303);
    let known = form_with(&browser, &[("on", "2026-08-11"), ("name", &"x".repeat(4_001))]);
    assert_eq!(known.status, 422);
    assert!(known.form("/holidays/add").fields.contains(&("name".into(), "x".repeat(4_001))), "{}", known.text);
    let odd = form_with(&browser, &[("on", "2026-08-11"), ("name", "a\u{0}b")]);
    assert!(odd.status == 422 && odd.form("/holidays/add").fields.contains(&("name".into(), "ab".into())), "{odd:?}");
    assert_eq!(browser.get("/holidays?year=soon").status, 422);
    assert_eq!(browser.get("/holidays?yaer=2026").status, 422, "an unknown question is not answered with another");
    assert_eq!(browser.get("/ageing?as_of=zzz").status, 422);
}

fn form_with(browser: &Browser, given: &[(&str, &str)]) -> Answer {
    browser.submit("/holidays", "/holidays/add", given)
}

/// Who may open a page or send a form is what the table of rights says, for each role and each route.
#[test]
fn every_route_obeys_the_table_of_rights_for_every_role() {
    let folder = small_book();
    let at = folder.path();
    for (_, role) in Role::ALL {
        assert!(ideni(at, &["user", "add", &format!("u-{role}"), "--role", role]).status.success());
    }
    for (role, name) in Role::ALL {
        let browser = Browser::signed_in_as(at, "sqlite:ideni.db", &format!("u-{name}"));
        let key = browser
            .get("/")
            .text
            .split("name=\"form-key\" content=\"")
            .nth(1)
            .and_then(|t| t.split('"').next().map(str::to_owned));
        let key = key.expect("every page carries a key");
        for route in ROOMS.iter().flat_map(|room| room.iter()) {
            let path = route.path.replace("{code}", "C1").replace("{", "").replace("}", "");
            if path == "/sign-out" {
                continue;
            }
            let allowed = Roles::from(role).reach(route.right) > Reach::Nothing;
            let status = match route.verb {
                Verb::Get => browser.get(&path).status,
                Verb::Post if route.files => continue,
                Verb::Post => browser.post(&path, OURS, &format!("key={key}")).status,
            };
            assert_eq!(status == 403, !allowed, "{name} {:?} {path}: {status}", route.verb);
            assert!(status < 500, "{name} {:?} {path}: {status}", route.verb);
        }
    }
}

#[test]
fn what_a_page_does_is_in_the_book() {
    let folder = small_book();
    let at = folder.path();
    let mut browser = Browser::signed_in(at, "sqlite:ideni.db");
    let done = |answer: Answer| assert_eq!(answer.status, 303, "{}", answer.text);
    done(browser.submit("/holidays?year=2026", "/holidays/add", &[("on", "2026-05-28"), ("name", "Eid al-Adha")]));
    browser.language = "fr";
    let french = browser.get("/holidays?year=2026").text;
    assert!(french.contains("Vendredi Saint") && french.contains("2026-05-28"), "{french}");
    assert!(browser.get("/worklist").text.contains("le poste le plus ancien"));
    browser.language = "en";
    let dispute = [("invoice", "A-1"), ("amount", "18,000"), ("reason", "price"), ("note", "agreed less")];
    done(browser.submit("/accounts/C1", "/accounts/C1/disputes", &dispute));
    let account = browser.get("/accounts/C1").text;
    assert!(account.contains("RWF 100,000") && account.contains("RWF 18,000"), "undisputed and disputed: {account}");
    let end = browser.form("/accounts/C1", "/accounts/C1/dispute-ends").with(&[("outcome", "rejected")]);
    done(browser.send(&end));
    assert_eq!(browser.send(&end).status, 422);
    assert_eq!(json(at, &["dispute", "list"])["rows"][0]["state"], "rejected");
    assert!(!browser.get("/worklist?of=mine").text.contains("/accounts/C2"));
    assert_eq!(json(at, &["customer", "assign", "C2", "--collector", "admin"])["rows"][0]["changed"], 1);
    assert!(browser.get("/worklist?of=mine").text.contains("/accounts/C2"));
    let list = json(at, &["--today", "2026-10-20", "worklist", "--collector", "admin"]);
    assert_eq!((list["rows"][0]["customer"].as_str(), list["totals"]["accounts"].as_u64()), (Some("C2"), Some(1)));
    // Twice the same form is one promise.
    let promise =
        browser.form("/accounts/C1", "/accounts/C1/promises").with(&[("amount", "100,000"), ("on", "2026-11-01")]);
    for _ in 0..2 {
        done(browser.send(&promise));
    }
    let promises = json(at, &["promise", "list"]);
    assert_eq!(promises["rows"].as_array().expect("rows").len(), 1);
    assert_eq!(promises["rows"][0]["amount"], "100000");
    let much = [("invoice", "A-1"), ("amount", "999999"), ("reason", "x")];
    let refused = browser.submit("/accounts/C1", "/accounts/C1/write-offs", &much);
    assert!(refused.status == 422 && refused.text.contains("118,000"), "{}", refused.text);
}

/// A message that nobody understands waits on a page of its own, and becomes a receipt there.
#[test]
fn a_statement_line_in_review_becomes_a_receipt_on_its_page() {
    let folder = small_book();
    let at = folder.path();
    let browser = Browser::signed_in(at, "sqlite:ideni.db");
    let message = "<smses count=\"1\"><sms protocol=\"0\" address=\"M-Money\" date=\"1772366405000\" type=\"1\" body=\"Wakiriye 4000\" /></smses>";
    std::fs::write(at.join("sms.xml"), message).expect("written");
    json(at, &["statement", "import", "sms.xml", "--account", "momo"]);
    assert!(browser.get("/").text.contains("/statements/review"));
    let waiting = json(at, &["statement", "review"]);
    let id = waiting["rows"][0]["id"].as_str().expect("an id").to_owned();
    let page = browser.get("/statements/review");
    let (record, clear) = (format!("/statements/review/{id}/record"), format!("/statements/review/{id}/clear"));
    let said =
        [("amount", "4,000"), ("currency", "RWF"), ("on", "2026-03-01"), ("reference", "M-1"), ("payer", "Keza")];
    let cleared = page.form(&clear).with(&[("reason", "none")]);
    assert_eq!(browser.send(&page.form(&record).with(&said)).status, 303);
    let late = browser.send(&cleared);
    assert!(late.status == 422 && late.text.contains("recorded as a receipt"), "{}", late.text);
    assert_eq!(json(at, &["receipt", "list"])["rows"][0]["gross"], "4000");
}

#[test]
fn pages_are_served_on_both_engines_and_the_server_stops_when_asked() {
    for place in places() {
        let url = place.url.as_str();
        let at = place.folder();
        std::fs::write(
            at.join("invoices.csv"),
            "number,customer,customer_name,issued_on,due_on,currency,total\nA-1,C1,Kigali Foods Ltd,2026-08-01,2026-08-31,RWF,118000\n",
        )
        .expect("written");
        for args in [&["init", "--name", "Test Ltd"][..], &["import", "invoices", "invoices.csv"]] {
            let out = ideni(at, &[&["--database", url], args].concat());
            assert!(out.status.success(), "{url}: {args:?}: {}", String::from_utf8_lossy(&out.stderr));
        }
        let mut browser = Browser::signed_in(at, url);
        for route in ROOMS.iter().flat_map(|room| room.iter()).filter(|route| route.verb == Verb::Get) {
            let path = route.path.replace("{code}", "C1").replace("{", "").replace("}", "");
            let answer = browser.get(&path);
            assert!(matches!(answer.status, 200 | 303 | 404), "{url}: {path}: {} {}", answer.status, answer.text);
        }
        let promise = [("amount", "100,000"), ("on", "2026-11-01")];
        assert_eq!(browser.submit("/accounts/C1", "/accounts/C1/promises", &promise).status, 303, "{url}");
        assert!(browser.get("/ageing").text.contains("118,000"), "{url}");
        let pid = browser.server.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().expect("kill").success());
        assert!(browser.server.wait().expect("it stops").success(), "{url}: it did not stop cleanly");
    }
}

#[test]
fn a_first_run_makes_a_company_and_takes_a_file_in() {
    for place in places() {
        first_run(place.folder(), &place.url);
    }
}

fn first_run(at: &Path, url: &str) {
    let (mut browser, link) = Browser::listening(at, url, "/setup/");
    let refused = |answer: Answer, words: &str| {
        assert!(answer.status == 422 && answer.text.contains(words), "{words}: {} {}", answer.status, answer.text);
    };
    let post = |step: &str, form: &str| browser.post(&format!("{link}/{step}"), OURS, form);
    assert_eq!(browser.get("/setup/0123").status, 403);
    assert!(browser.get(&link).text.contains("1 / 3"));
    // Each step tells what is wrong with it, and nothing is made before the second.
    refused(post("company", "name=Umurava+Ltd&tin=12&currency=RWF"), "nine digits");
    refused(post("company", "name=Umurava+Ltd&tin=&currency=XX"), "XX");
    let company = "name=Umurava+Ltd&tin=102345678&currency=RWF";
    assert_eq!(browser.post(&format!("{link}/company"), "", company).status, 403);
    let people = post("company", company).text;
    assert!(people.contains("2 / 3") && people.contains("value=\"102345678\""), "{people}");
    let with = |rest: &str| post("people", &format!("{company}&second=Jean+Bosco&{rest}"));
    let good = "password=inyoni+itatu+ku+giti&again=inyoni+itatu+ku+giti";
    refused(with(&format!("you=+&role=collector&{good}")), "missing");
    refused(with(&format!("you=Aline+Uwase&role=chief&{good}")), "chief");
    refused(with("you=Aline+Uwase&role=collector&password=password1&again=password1"), "first that somebody would try");
    refused(with("you=Aline+Uwase&role=collector&password=aline+is+here&again=aline+is+here"), "aline");
    refused(with("you=Aline+Uwase&role=collector&password=inyoni+itatu+ku+giti&again=other"), "do not agree");
    let done = with(&format!("you=Aline+Uwase&role=collector&{good}"));
    assert_eq!(done.status, 200, "{}", done.text);
    let invited = done.text.split("http://").nth(1).and_then(|rest| rest.split('<').next()).expect("a link").to_owned();
    let invited = invited.strip_prefix(&browser.host).expect("of this server").to_owned();
    // Whoever started the program sees how the other one gets in, and no way in for the founder.
    let told: Vec<String> = browser.output.by_ref().map(|l| l.expect("a line")).take(4).collect();
    assert!(told.iter().any(|l| l.contains("jean.bosco") && l.contains("/link/")), "{told:?}");
    assert!(!told.iter().any(|l| l.contains("aline.uwase")), "{told:?}");
    // Nothing of it can be done again.
    assert_eq!(browser.get(&link).status, 403);
    assert_eq!(browser.post(&format!("{link}/people"), OURS, company).status, 403);
    let chosen = browser.submit(
        &invited,
        &invited,
        &[("password", "amazi ashyushye cyane"), ("again", "amazi ashyushye cyane")],
    );
    assert_eq!(chosen.status, 303, "the link that was handed over: {}", chosen.text);
    browser.keep_cookie(&done);
    let ask = browser.get("/import?first=1");
    assert!(ask.text.contains("3 / 3"));
    let file =
        "number,customer,issued_on,due_on,total\nA-1,C1,2026-08-01,2026-08-31,118000\nA-2,C1,never,2026-08-31,5\n";
    let upload = |text: &str| {
        let form = browser.form("/import", "/import").with(&[("what", "invoices")]);
        browser.upload(&form, "file.csv", text.as_bytes())
    };
    let page = |answer: &Answer| {
        assert_eq!(answer.status, 303, "{answer:?}");
        browser.get(answer.header("location").expect("a place"))
    };
    let look = page(&upload(file));
    assert!(
        look.text.contains("1 new, 0 changed, 0 known already, 1 refused") && look.text.contains("never"),
        "{look:?}"
    );
    let book = |args: &[&str]| json(at, &[&["--database", url], args].concat());
    assert_eq!(book(&["invoice", "list"])["rows"].as_array().expect("rows").len(), 0, "only looked at");
    let yes = look.form(&look.action("/import/"));
    let taken = page(&browser.send(&yes));
    assert!(taken.text.contains("1 refused") && taken.text.contains("Correct these in the file"), "{taken:?}");
    let good = page(&upload(&file.replace("never", "2026-08-01")));
    assert!(good.text.contains("1 new, 0 changed, 1 known already, 0 refused"), "{good:?}");
    assert!(page(&browser.send(&good.form(&good.action("/import/")))).text.contains("1 known already"));
    assert!(browser.get("/").text.contains("Umurava Ltd"));
    assert_eq!(book(&["invoice", "list"])["rows"].as_array().expect("rows").len(), 2);
    let users = book(&["user", "list"]);
    let roles: Vec<(&str, &str)> = users["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|u| (u["user"].as_str().expect("a user"), u["role"].as_str().expect("a role")))
        .collect();
    let all = "admin manager biller cashier collector credit legal auditor";
    assert_eq!(roles, [("aline.uwase", all), ("jean.bosco", "collector")]);
    // What is no table, and what is too large, is told as such.
    refused(upload("Dear Sir"), "the table has no column");
    refused(upload(&format!("number\n{}", "x".repeat(17 << 20))), "larger than 16 MB");
    assert_eq!(book(&["verify"])["totals"]["broken"], 0);
}
