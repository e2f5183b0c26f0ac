//! The way in, as a browser without script takes it: the sign-in page, one-time links, the own account, other people.

use std::path::Path;

use crate::support::{Answer, Browser, PASSWORD, ideni, json, small_book};

const BOOK: &str = "sqlite:ideni.db";
const NEW: &str = "amazi ashyushye cyane";

/// The path of a one-time link.
fn link_of(at: &Path, user: &str) -> String {
    let made = json(at, &["user", "link", user, "--address", "http://x"]);
    let link = made["rows"][0]["link"].as_str().expect("a link").to_owned();
    link.strip_prefix("http://x").expect("a path").to_owned()
}

fn person(at: &Path, name: &str, roles: &str) {
    let out = ideni(at, &["user", "add", name, "--role", roles]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}

fn location(answer: &Answer) -> &str {
    answer.header("location").unwrap_or_default()
}

#[test]
fn the_sign_in_page_leads_back_to_where_one_was() {
    let folder = small_book();
    let at = folder.path();
    let mut browser = Browser::signed_in(at, BOOK);
    let cookie = std::mem::take(&mut browser.cookie);
    assert_eq!(location(&browser.get("/accounts/C1?x=1")), "/sign-in?next=%2Faccounts%2FC1%3Fx%3D1");
    assert_eq!(location(&browser.get("/")), "/sign-in");
    let page = browser.get("/sign-in?next=/accounts/C1");
    assert_eq!(page.status, 200);
    assert!(page.text.contains("type=\"password\"") && page.text.contains("autocomplete=\"current-password\""));
    assert!(!page.text.contains("Test Ltd"), "a stranger learns nothing of the book");
    let form = page.form("/sign-in").with(&[("name", "admin"), ("password", PASSWORD)]);
    let entered = browser.send(&form);
    assert_eq!((entered.status, location(&entered)), (303, "/accounts/C1"));
    let set = entered.header("set-cookie").expect("a cookie");
    assert!(set.starts_with("ideni=") && set.contains("; Path=/; HttpOnly; SameSite=Strict"), "{set}");
    assert!(!set.starts_with(&cookie), "a new session");
    let away = page.form("/sign-in").with(&[("name", "admin"), ("password", PASSWORD), ("next", "//evil.example/")]);
    assert_eq!(location(&browser.send(&away)), "/", "not to other places");
    for head in ["", "Sec-Fetch-Site: cross-site\r\n"] {
        let sent = browser.post("/sign-in", head, &format!("name=admin&password={}", PASSWORD.replace(' ', "+")));
        assert_eq!(sent.status, 403, "not from other pages");
    }
}

#[test]
fn a_stranger_hears_one_sentence_and_then_waits() {
    let folder = small_book();
    let at = folder.path();
    person(at, "aline", "collector");
    let browser = Browser::serving(at, BOOK);
    let chosen = link_of(at, "aline");
    assert_eq!(browser.submit(&chosen, &chosen, &[("password", PASSWORD), ("again", PASSWORD)]).status, 303);
    let sentence = "The name, the password or the code is not right.";
    for (name, password) in [("nobody", PASSWORD), ("aline", "secret guess"), ("admin", "secret guess")] {
        let refused = browser.sign_in(name, password, "123456");
        assert_eq!(refused.status, 422, "{name}");
        assert!(refused.text.contains(sentence), "{name}: {}", refused.text);
        assert!(refused.text.contains(&format!("value=\"{name}\"")), "the name stays");
        assert!(!refused.text.contains(password), "the password does not come back");
    }
    for _ in 0..4 {
        browser.sign_in("aline", "secret guess", "");
    }
    let late = browser.sign_in("aline", PASSWORD, "");
    assert_eq!(late.status, 429);
    assert!(late.text.contains("Too many tries failed"), "{}", late.text);
}

#[test]
fn a_link_is_a_page_on_which_a_password_is_chosen() {
    let folder = small_book();
    let at = folder.path();
    person(at, "zoé.u", "biller");
    let mut browser = Browser::serving(at, BOOK);
    let link = link_of(at, "zoé.u");
    let page = browser.get(&link);
    assert!(page.text.contains("zoé.u") && page.text.contains("autocomplete=\"new-password\""), "{}", page.text);
    let choose =
        |password: &str, again: &str| browser.send(&page.form(&link).with(&[("password", password), ("again", again)]));
    for (password, again, words) in [
        ("short 7", "short 7", "at least 8"),
        ("password1", "password1", "first that somebody would try"),
        (NEW, "another one", "do not agree"),
    ] {
        let refused = choose(password, again);
        assert!(refused.status == 422 && refused.text.contains(words), "{password}: {}", refused.text);
        assert!(!refused.text.contains(&format!("value=\"{password}\"")), "never shown again");
    }
    let chosen = choose(NEW, NEW);
    assert_eq!((chosen.status, location(&chosen)), (303, "/"));
    for path in [link.as_str(), "/link/0000"] {
        let gone = browser.get(path);
        assert!(gone.status == 410 && gone.text.contains("used already"), "{path}: {}", gone.text);
    }
    assert_eq!(choose(PASSWORD, PASSWORD).status, 410);
    browser.keep_cookie(&chosen);
    assert_eq!(browser.get("/").status, 200);
    assert_eq!(browser.get("/enter/0000").status, 410, "links of a demo are for demos");
}

#[test]
fn a_person_changes_language_and_password_and_signs_out() {
    let folder = small_book();
    let at = folder.path();
    let mut browser = Browser::signed_in(at, BOOK);
    assert_eq!(browser.submit("/me", "/me/language", &[("language", "rw")]).status, 303);
    assert!(browser.get("/me").text.contains("lang=\"rw\""), "whatever the browser asks for");
    assert_eq!(browser.submit("/me", "/me/language", &[("language", "")]).status, 303);
    let entered = browser.sign_in("admin", PASSWORD, "");
    let second = std::mem::take(&mut browser.cookie);
    browser.keep_cookie(&entered);
    let change = |present: &str, new: &str| {
        browser.submit("/me", "/me/password", &[("present", present), ("password", new), ("again", new)])
    };
    let wrong = change("not it", NEW);
    assert!(wrong.status == 422 && wrong.text.contains("not your present password"), "{}", wrong.text);
    assert!(wrong.text.contains("class=\"fault\""), "at its field");
    assert_eq!(change(PASSWORD, NEW).status, 303);
    let first = std::mem::replace(&mut browser.cookie, second);
    assert_eq!(location(&browser.get("/me")), "/sign-in?next=%2Fme", "the other session has ended");
    browser.cookie = first;
    let out = browser.submit("/me", "/sign-out", &[]);
    assert_eq!((out.status, location(&out)), (303, "/sign-in"));
    assert!(out.header("set-cookie").is_some_and(|set| set.contains("Max-Age=0")), "{}", out.head);
    assert_eq!(location(&browser.get("/")), "/sign-in", "the cookie of before opens nothing");
    assert_eq!(browser.sign_in("admin", PASSWORD, "").status, 422);
    assert_eq!(browser.sign_in("admin", NEW, "").status, 303);
}

#[test]
fn a_second_factor_is_put_on_with_a_telephone_and_asked_for_from_then_on() {
    let folder = small_book();
    let at = folder.path();
    let mut browser = Browser::signed_in(at, BOOK);
    let required = ["setting", "set", "second-factor", "required", "--reason", "the bank asks"];
    assert!(ideni(at, &required).status.success());
    assert_eq!(location(&browser.get("/worklist")), "/me?done=second-factor-due", "first this");
    let begun = browser.submit("/me", "/me/second-factor", &[("present", PASSWORD)]);
    assert_eq!(location(&begun), "/me#second-factor");
    let page = browser.get("/me").text;
    assert!(page.contains("<svg class=\"qr\"") && page.contains("otpauth://totp/Ideni:admin?secret="), "{page}");
    let secret: String = page.split("?secret=").nth(1).expect("a secret").chars().take(32).collect();
    assert_eq!(browser.submit("/me", "/me/second-factor/confirm", &[("code", "000000")]).status, 422);
    let codes = browser.submit("/me", "/me/second-factor/confirm", &[("code", &shown(&secret))]);
    assert_eq!(codes.status, 200);
    let recovery = codes.text.split("<code class=\"secret\">").nth(1).and_then(|rest| rest.split('<').next());
    let recovery = recovery.expect("a code").to_owned();
    assert_eq!(browser.get("/worklist").status, 200, "and then the work");
    assert!(!browser.get("/me").text.contains(&secret), "the secret is not shown again");
    browser.cookie.clear();
    assert_eq!(browser.sign_in("admin", PASSWORD, "").status, 422);
    assert_eq!(browser.sign_in("admin", PASSWORD, &recovery).status, 303);
    assert_eq!(browser.sign_in("admin", PASSWORD, &recovery).status, 422, "once");
}

/// The code that the telephone shows.
fn shown(secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).expect("Base32");
    let totp = totp_rs::Builder::new().with_secret(secret).build().expect("a second factor");
    #[allow(clippy::disallowed_methods, reason = "the code of a telephone follows the real clock")]
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a time");
    totp.generate(now.as_secs()).to_string()
}

#[test]
fn people_are_let_in_changed_and_sent_away_on_their_page() {
    let folder = small_book();
    let at = folder.path();
    let browser = Browser::signed_in(at, BOOK);
    let add = |roles: &str| {
        let form = browser.form("/users", "/users/add").with(&[("full_name", "Aline Uwase"), ("name", "")]);
        let mut body: Vec<String> = form.fields.iter().map(|(n, v)| format!("{n}={}", v.replace(' ', "+"))).collect();
        body.extend(roles.split(' ').map(|role| format!("role={role}")));
        browser.post("/users/add", crate::support::OURS, &body.join("&"))
    };
    let refused = add("cashier manager");
    assert!(refused.status == 422 && refused.text.contains("record receipts"), "{}", refused.text);
    assert!(refused.text.contains("write off") && refused.text.contains("two people"), "the pair is named");
    let added = add("cashier collector");
    assert_eq!((added.status, location(&added)), (303, "/users/aline.uwase?done=person-added"));
    let page = "/users/aline.uwase";
    let shown = browser.submit(page, "/users/aline.uwase/link", &[]);
    let link = shown.text.split("/link/").nth(1).and_then(|rest| rest.split('<').next()).expect("a link");
    let link = format!("/link/{link}");
    assert!(!browser.get(page).text.contains(&link), "shown once");
    let mut aline = Browser::serving(at, BOOK);
    let chosen = aline.submit(&link, &link, &[("password", PASSWORD), ("again", PASSWORD)]);
    assert_eq!(chosen.status, 303, "{}", chosen.text);
    aline.keep_cookie(&chosen);
    assert_eq!((aline.get("/").status, aline.get("/users").status), (200, 403));
    assert!(browser.get(page).text.contains("127.0.0.1"), "where she is signed in");
    assert_eq!(browser.submit(page, "/users/aline.uwase/end-sessions", &[]).status, 303);
    assert_eq!(aline.get("/").status, 303);
    aline.keep_cookie(&aline.sign_in("aline.uwase", PASSWORD, ""));
    let leave = |reason: &str| browser.submit(page, "/users/aline.uwase/deactivate", &[("reason", reason)]);
    assert_eq!((leave(" ").status, leave("moved to Huye").status), (422, 303));
    assert_eq!((aline.get("/").status, aline.sign_in("aline.uwase", PASSWORD, "").status), (303, 422));
    assert_eq!(browser.submit(page, "/users/aline.uwase/reactivate", &[("reason", "back")]).status, 303);
    assert_eq!(aline.sign_in("aline.uwase", PASSWORD, "").status, 303);
    let last = browser.submit("/users/admin", "/users/admin/deactivate", &[("reason", "left")]);
    assert!(last.status == 422 && last.text.contains("only administrator"), "{}", last.text);
    assert_eq!(browser.get("/users/nobody").status, 404);
}
