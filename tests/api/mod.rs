//! The JSON API over HTTP: keys, scopes and rights, writes that come once, pages, tags, errors; and the desk through it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::support::{Place, places};

mod desk;
mod document;
mod keys;
mod requests;
mod schemathesis;

fn ideni(place: &Place, args: &[&str]) -> Value {
    let out = Command::new(env!("CARGO_BIN_EXE_ideni"))
        .current_dir(place.folder())
        .env_remove("IDENI_LANGUAGE")
        .args(["--database", &place.url, "--format", "json", "--today", "2026-10-20"])
        .args(args)
        .output()
        .expect("the program runs");
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).unwrap_or_default()
}

/// A company with three customers, two invoices and a receipt, and a user of every role called by it.
fn book(place: &Place) {
    let write = |name: &str, text: &str| std::fs::write(place.folder().join(name), text).expect("written");
    write("rates.csv", "on,currency,rate,source\n2026-01-01,USD,1450,test\n");
    write("customers.csv", "code,name\nC1,Kigali Foods Ltd\nC2,Musanze Shop\nC3,Huye Bakery\n");
    write(
        "invoices.csv",
        "number,customer,issued_on,due_on,currency,total\n\
         A-1,C1,2026-08-01,2026-08-31,RWF,118000\n\
         A-2,C2,2026-09-15,2026-10-15,USD,55.94\n\
         A-3,C3,2026-07-15,2026-08-15,RWF,50000\n",
    );
    ideni(place, &["init", "--name", "Test Ltd"]);
    for what in ["customers", "rates", "invoices"] {
        ideni(place, &["import", what, &format!("{what}.csv")]);
    }
    for role in ["manager", "biller", "cashier", "collector", "credit", "legal", "auditor"] {
        ideni(place, &["user", "add", role, "--role", role]);
    }
    for (amount, reference) in [("118000", "FT1"), ("20000", "FT2")] {
        ideni(place, &["receipt", "record", "--amount", amount, "--reference", reference, "--text", "invoice A-1"]);
    }
}

/// The text of a new key of a user.
fn key(place: &Place, user: &str, scopes: &[&str]) -> String {
    let mut args = vec!["api-key", "add", "test", "--for", user];
    for scope in scopes {
        args.extend(["--scope", *scope]);
    }
    ideni(place, &args)["rows"][0]["key"].as_str().expect("a key").to_owned()
}

/// The served book.
struct Served {
    child: Child,
    host: String,
    key: String,
    /// Kept open: a program whose reader has gone cannot print.
    _output: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Value,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }

    /// Status, code and field of an error.
    fn error(&self) -> (u16, &str, &str) {
        (self.status, self.code(), self.body["error"]["field"].as_str().unwrap_or_default())
    }
}

impl Served {
    fn start(place: &Place) -> Served {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ideni"))
            .current_dir(place.folder())
            .args(["--database", &place.url, "--today", "2026-10-20", "serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("serves");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let found = lines.by_ref().find_map(|line| {
            let line = line.expect("a line");
            let rest = line.split("http://").nth(1)?;
            Some(rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ':')).collect::<String>())
        });
        let host = found.expect("an address").trim_end_matches(['.', ':']).to_owned();
        Served { child, host, key: String::new(), _output: lines }
    }

    /// With a key that reaches everything.
    fn of_admin(place: &Place) -> Served {
        book(place);
        let mut served = Served::start(place);
        served.key = key(place, "admin", &["all:write"]);
        served
    }

    fn send(&self, verb: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.host).expect("connects");
        let head = format!(
            "{verb} {path} HTTP/1.1\r\nHost: {}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.host,
            body.len()
        );
        stream.write_all(head.as_bytes()).expect("asks");
        // A body that is refused before it is read ends the connection.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let text = String::from_utf8_lossy(&answer);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or_default();
        Answer { status, head: head.to_owned(), body: serde_json::from_str(body).unwrap_or_default() }
    }

    fn bearer(&self) -> String {
        format!("Authorization: Bearer {}\r\n", self.key)
    }

    fn get(&self, path: &str) -> Answer {
        self.send("GET", &format!("/api/v1{path}"), &self.bearer(), b"")
    }

    /// A write under a key of its own.
    fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_once(path, &format!("{path}{body}"), body)
    }

    fn post_once(&self, path: &str, once: &str, body: &Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.raw("POST", path, once, body.as_bytes())
    }

    fn raw(&self, verb: &str, path: &str, once: &str, body: &[u8]) -> Answer {
        let once: String = once.chars().filter(char::is_ascii_graphic).take(100).collect();
        let headers = format!("{}Content-Type: application/json\r\nIdempotency-Key: {once}\r\n", self.bearer());
        self.send(verb, &format!("/api/v1{path}"), &headers, body)
    }
}

fn each_place(story: impl Fn(&Place, &Served)) {
    for place in places() {
        let served = Served::of_admin(&place);
        story(&place, &served);
        drop(served);
        let proof = ideni(&place, &["verify"]);
        assert_eq!(proof["totals"]["broken"], 0, "{}: {proof}", place.url);
    }
}
