//! Keys: what opens nothing, how far a key reaches, and how often it may ask.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;

use ideni::actions::api_key::{self, Unfit};
use serde_json::json;

use super::{Served, book, each_place, ideni, key};
use crate::support::Place;

#[test]
fn a_key_opens_what_its_user_and_its_scopes_allow() {
    each_place(|place, served| {
        let with = |key: &str, verb: &str, path: &str| {
            let headers =
                format!("Authorization: Bearer {key}\r\nIdempotency-Key: {key}\r\nContent-Type: application/json\r\n");
            let headers = if key.is_empty() { String::new() } else { headers };
            served.send(verb, &format!("/api/v1{path}"), &headers, b"{}")
        };
        let code = |key: &str, verb: &str, path: &str| {
            let answer = with(key, verb, path);
            (answer.status, answer.code().to_owned())
        };
        let owned = |status: u16, code: &str| (status, code.to_owned());
        assert_eq!(code("", "GET", "/customers"), owned(401, "key-missing"));
        let missing = with("", "GET", "/customers");
        assert_eq!(missing.header("www-authenticate"), Some("Bearer realm=\"ideni\""), "{missing:?}");
        let good = served.key.clone();
        for bad in ["x", "ideni_1_2", &good[..good.len() - 1], &format!("{}0", &good[..good.len() - 1])] {
            if bad != good {
                assert_eq!(code(bad, "GET", "/customers"), owned(401, "key-unknown"), "{bad}");
            }
        }
        // Scopes narrow the key, rights its user.
        let reader = key(place, "manager", &["customers:read"]);
        assert_eq!(code(&reader, "GET", "/customers").0, 200);
        assert_eq!(code(&reader, "GET", "/invoices"), owned(403, "out-of-scope"));
        assert_eq!(code(&reader, "POST", "/customers"), owned(403, "out-of-scope"));
        let auditor = key(place, "auditor", &["all:write"]);
        assert_eq!(code(&auditor, "GET", "/invoices").0, 200);
        assert_eq!(code(&auditor, "POST", "/customers"), owned(403, "not-allowed"));
        let me = with(&auditor, "GET", "/me").body;
        assert_eq!(
            (&me["user"], &me["roles"][0], &me["key"]["scopes"][0]),
            (&json!("auditor"), &json!("auditor"), &json!("all:write"))
        );
        assert_eq!(me["today"], "2026-10-20");
        // A key that ended, one that is over, and what the list keeps of them.
        let list = || ideni(place, &["api-key", "list"])["rows"].clone();
        let ended = list()[1]["id"].as_str().expect("an id").to_owned();
        ideni(place, &["api-key", "end", &ended]);
        ideni(place, &["api-key", "end", &ended]);
        assert_eq!(code(&reader, "GET", "/customers"), owned(401, "key-ended"));
        let args = ["api-key", "add", "old", "--for", "biller", "--scope", "all:read", "--expires-on", "2026-10-20"];
        let last_day = ideni(place, &args)["rows"][0]["key"].as_str().expect("a key").to_owned();
        assert_eq!(code(&last_day, "GET", "/me").0, 200, "the last day counts");
        let rows = list();
        let used = rows.as_array().expect("rows").iter().filter(|row| row["last_used_at"].is_string()).count();
        assert!(used >= 2 && rows[1]["ended_at"].is_string(), "{rows}");
        assert!(!rows.to_string().contains(&good[good.len() - 64..]), "the secret is not kept");
    });
}

#[test]
fn a_key_that_is_over_or_of_nobody_opens_nothing() {
    let place = Place::sqlite();
    book(&place);
    let args = ["api-key", "add", "old", "--for", "biller", "--scope", "all:read", "--expires-on", "2026-10-20"];
    let old = ideni(&place, &args)["rows"][0]["key"].as_str().expect("a key").to_owned();
    let gone = key(&place, "cashier", &["all:read"]);
    let db = store::Db::open(&place.url, store::Source::system()).expect("opens");
    let today = |text: &str| Some(text.parse().expect("a day"));
    let told = |key: &str, day: &str| db.read(|tx| api_key::bearer(tx, key, today(day))).expect("read");
    assert!(told(&old, "2026-10-20").is_ok());
    assert_eq!(told(&old, "2026-10-21").expect_err("over"), Unfit::Expired { on: "2026-10-20".into() });
    let text = "DELETE FROM membership WHERE app_user = 'cashier'";
    db.write(move |tx| tx.execute(store::Sql { lite: text, pg: text }, &[])).expect("gone");
    assert_eq!(told(&gone, "2026-10-20").expect_err("gone"), Unfit::Nobody { user: "cashier".into() });
}

#[test]
fn only_an_administrator_makes_keys_and_says_what_they_may() {
    let place = Place::sqlite();
    book(&place);
    let refused = |args: &[&str], expected: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ideni"));
        let out = command.args(["--database", &place.url]).args(args).output().expect("the program runs");
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(!out.status.success() && said.contains(expected), "{args:?}: {said}");
    };
    let add = ["api-key", "add", "x", "--scope"];
    refused(&[&["--as", "manager"], &add[..], &["all:read"]].concat(), "manager may not make API keys");
    refused(&[&["--as", "manager"], &["api-key", "list"][..]].concat(), "manager may not make API keys");
    // An administrator has no money rights, and gets none by a key of somebody who has.
    let boss = Command::new(env!("CARGO_BIN_EXE_ideni"))
        .args(["--database", &place.url, "user", "add", "boss", "--role", "admin"])
        .output()
        .expect("the program runs");
    assert!(boss.status.success());
    for user in ["manager", "cashier"] {
        let args = ["--as", "boss", "api-key", "add", "x", "--for", user, "--scope", "all:write"];
        refused(&args, &format!("With a key for {user} you could"));
    }
    refused(&[&add[..], &["cows:read"]].concat(), "customers");
    refused(&["api-key", "add", "x"], "--scope");
    refused(&["api-key", "add", " ", "--scope", "all:read"], "name");
    refused(&[&add[..], &["all:read", "--for", "nobody"]].concat(), "nobody");
    refused(&[&add[..], &["all:read", "--expires-on", "2020-01-01"]].concat(), "must lie between");
    refused(&["api-key", "end", "00000000-0000-7000-8000-000000000000"], "API key");
}

#[test]
fn who_asks_too_often_is_told_to_wait() {
    let place = Place::sqlite();
    let served = Served::of_admin(&place);
    let mut stream = TcpStream::connect(&served.host).expect("connects");
    // One connection that stays: the limit is met before the machine is.
    let request = format!("GET /api/v1/me HTTP/1.1\r\nHost: {}\r\n{}\r\n", served.host, served.bearer());
    for _ in 0..1_200 {
        stream.write_all(request.as_bytes()).expect("asks");
    }
    stream.shutdown(std::net::Shutdown::Write).expect("done asking");
    let mut answers = String::new();
    stream.read_to_string(&mut answers).expect("answers");
    let count = |text: &str| answers.matches(text).count();
    assert!(count("HTTP/1.1 200") >= 500, "{}", count("HTTP/1.1 200"));
    assert!(count("HTTP/1.1 429") > 0 && count("retry-after: ") == count("HTTP/1.1 429"));
    assert!(answers.contains("too-many-requests"));
}
