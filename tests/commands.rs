//! What others script against: commands, columns, exit codes; and the pages of `serve` over HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn ideni(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ideni"))
        .current_dir(folder)
        .env_remove("IDENI_DATABASE_URL")
        .args(args)
        .output()
        .expect("the program runs")
}

fn json(folder: &Path, args: &[&str]) -> Value {
    let out = ideni(folder, &[&["--format", "json"], args].concat());
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("one JSON object")
}

/// What the command said on its way out, and its exit code.
fn refused(folder: &Path, args: &[&str]) -> (i32, String) {
    let out = ideni(folder, args);
    (out.status.code().unwrap_or(-1), String::from_utf8_lossy(&out.stderr).trim().to_owned())
}

/// A company with two invoices, one of them in dollars, one receipt, on 2026-10-10.
fn book() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let write = |name: &str, text: &str| std::fs::write(at.join(name), text).expect("written");
    write("rates.csv", "on,currency,rate,source\n2026-01-01,USD,1450,test\n");
    write(
        "invoices.csv",
        "number,customer,customer_name,issued_on,due_on,currency,total\n\
         A-1,C1,Kigali Foods Ltd,2026-08-01,2026-08-31,RWF,118000\n\
         A-2,C2,Musanze Shop,2026-09-15,2026-10-15,USD,55.94\n",
    );
    assert!(ideni(at, &["init", "--name", "Test Ltd"]).status.success());
    json(at, &["import", "rates", "rates.csv"]);
    json(at, &["import", "invoices", "invoices.csv"]);
    folder
}

#[test]
fn answers_have_the_agreed_rows_and_totals() {
    let folder = book();
    let at = folder.path();
    let ageing = json(at, &["--today", "2026-10-10", "ageing"]);
    assert_eq!(ageing["rows"][0]["customer"], "C1");
    assert_eq!(ageing["rows"][0]["d31_60"], "118000");
    assert_eq!(ageing["rows"][1]["current"], "55.94");
    assert_eq!(ageing["totals"]["USD"]["net"], "55.94");
    assert_eq!(ageing["totals"]["RWF"]["total"], "118000");
    json(at, &["--today", "2026-10-10", "receipt", "record", "--amount", "118000", "--text", "invoice A-1"]);
    let applied = json(at, &["--today", "2026-10-10", "cash", "apply"]);
    let row = &applied["rows"][0];
    assert_eq!((row["outcome"].as_str(), row["allocations"][0]["invoice"].as_str()), (Some("applied"), Some("A-1")));
    assert!(row["confidence"].as_f64().is_some_and(|c| (0.0..=1.0).contains(&c)), "{row}");
    assert!(!row["evidence"].as_array().expect("sentences").is_empty());
    let verify = json(at, &["verify"]);
    let broken = verify["rows"].as_array().expect("rows").iter().all(|r| r["broken"] == 0 && r["checked"].is_number());
    assert!(broken, "{verify}");
    let kpi = json(at, &["--today", "2026-10-10", "report", "kpi"]);
    for column in ["kpi", "currency", "value", "unit", "formula"] {
        assert!(kpi["rows"][0].get(column).is_some(), "{column}: {kpi}");
    }
    let day = json(at, &["--today", "2026-10-20", "day"]);
    assert!(day["rows"].as_array().expect("rows").iter().all(|r| r["skipped"].is_array()), "{day}");
    let list = json(at, &["--today", "2026-10-20", "worklist"]);
    assert_eq!(list["rows"][0]["amounts"][0]["overdue"], "55.94", "{list}");
}

#[test]
fn reports_on_what_is_open_have_the_agreed_rows_and_totals() {
    let folder = book();
    let at = folder.path();
    let report = |args: &[&str]| json(at, &[&["--today", "2026-10-10", "report"], args].concat());
    let provision = report(&["provision", "--rates", "0,10,20,30,40"]);
    let late = &provision["rows"][2];
    let cells = ["currency", "bucket", "amount", "rate_percent", "allowance"].map(|c| late[c].as_str());
    assert_eq!(cells.map(Option::unwrap_or_default), ["RWF", "d31_60", "118000", "20", "23600"]);
    assert_eq!(provision["totals"]["RWF"]["allowance"], "23600");
    assert_eq!(provision["totals"]["USD"]["amount"], "55.94");
    assert_eq!(provision["totals"]["USD"]["allowance"], "0.00");
    let history = report(&["provision", "--history", "50000,27000,15000,6000,2000"]);
    assert_eq!(history["rows"][2]["rate_percent"], "8.6957");
    // 118,000 × 2,000 ÷ 23,000 = 10,260.87.
    assert_eq!(history["totals"]["RWF"]["allowance"], "10261");
    let revaluation = report(&["revaluation"]);
    let cells = ["currency", "open", "rate", "company_currency", "booked", "revalued", "difference"];
    let cells = cells.map(|c| revaluation["rows"][0][c].as_str().unwrap_or_default());
    assert_eq!(cells, ["USD", "55.94", "1450", "RWF", "81113", "81113", "0"]);
    assert_eq!(revaluation["totals"]["RWF"]["difference"], "0");
    let (status, said) = refused(at, &["report", "provision", "--rates", "1,2"]);
    assert!(status == 1 && said.contains("current, d1_30"), "{said}");
    assert_eq!(refused(at, &["report", "provision"]).0, 2);
    assert_eq!(refused(at, &["report", "provision", "--rates", "1,2,3,4,5", "--history", "1,1,1,1,1"]).0, 2);
    let listed = report(&["list"]);
    let names: Vec<_> = listed["rows"].as_array().expect("rows").iter().map(|r| &r["report"]).collect();
    assert_eq!(names, ["kpi", "provision", "revaluation", "opening-proof"]);
}

#[test]
fn refunds_and_returns_have_the_agreed_rows() {
    let folder = book();
    let at = folder.path();
    let receipt = |args: &[&str]| json(at, &[&["--today", "2026-10-10", "receipt"], args].concat());
    receipt(&["record", "--amount", "118000", "--reference", "FT1", "--customer", "C1"]);
    receipt(&["record", "--amount", "5000", "--reference", "FT2", "--customer", "C1"]);
    json(at, &["--today", "2026-10-10", "allocation", "add", "FT1", "A-1"]);
    let row =
        |answer: &Value| ["receipt", "amount", "currency"].map(|c| answer["rows"][0][c].as_str().map(str::to_owned));
    let cells = |text: [&str; 3]| text.map(|t| Some(t.to_owned()));
    let sent = receipt(&["refund", "FT2", "--amount", "2000", "--account", "momo", "--reason", "paid twice"]);
    assert_eq!(row(&sent), cells(["FT2", "2000", "RWF"]));
    let given_up = receipt(&["write-off", "FT2", "--amount", "500", "--reason", "nobody claims it"]);
    assert_eq!(row(&given_up), cells(["FT2", "500", "RWF"]));
    let (status, said) = refused(at, &["receipt", "refund", "FT1", "--amount", "1", "--reason", "no"]);
    assert!(status == 1 && said.contains("FT1 has RWF 0 unapplied"), "{said}");
    assert_eq!(refused(at, &["receipt", "refund", "FT2", "--amount", "1"]).0, 2, "a reason is needed");
    let once = ["--key", "bounce-1", "return", "FT1", "--reason", "bounced", "--charges", "1500"];
    let returned = receipt(&once);
    assert_eq!(row(&returned), cells(["FT1", "118000", "RWF"]));
    assert_eq!(receipt(&once), returned, "the same answer under the same key");
    assert_eq!(json(at, &["--today", "2026-10-10", "ageing"])["rows"][0]["d31_60"], "118000");
    let id = returned["rows"][0]["id"].as_str().expect("an id");
    assert_eq!(row(&receipt(&["refund-reverse", id, "--reason", "good after all"])), cells(["FT1", "-118000", "RWF"]));
    let listed = receipt(&["refunds"]);
    let column = |answer: &Value, name: &str| -> Vec<String> {
        let rows = answer["rows"].as_array().expect("rows");
        rows.iter().map(|r| r[name].as_str().map_or_else(|| r[name].to_string(), str::to_owned)).collect()
    };
    assert_eq!(column(&listed, "kind"), ["refund", "credit written off", "returned payment", "refund reversal"]);
    assert_eq!(column(&listed, "amount"), ["2000", "500", "118000", "-118000"]);
    assert_eq!(column(&listed, "charges"), ["0", "0", "1500", "-1500"]);
    assert_eq!(column(&listed, "account"), ["momo", "unclaimed", "bank", "bank"]);
    assert_eq!(column(&listed, "reversed"), ["false", "false", "true", "false"]);
    assert_eq!(column(&listed, "customer"), ["C1"; 4]);
    let receipts = receipt(&["list"]);
    assert_eq!(column(&receipts, "refunded"), ["0", "2500"]);
    assert_eq!(column(&receipts, "unapplied"), ["118000", "2500"]);
    let shown = column(&json(at, &["customer", "show", "C1"]), "what");
    assert!(shown.contains(&"returned payment".to_owned()), "{shown:?}");
    let verify = json(at, &["verify"]);
    assert_eq!(verify["totals"]["broken"], 0, "{verify}");
}

#[test]
fn exit_codes_say_done_refused_or_misused() {
    let folder = book();
    let at = folder.path();
    assert_eq!(refused(at, &["ageing", "--no-such-flag"]).0, 2);
    let (status, said) = refused(at, &["invoice", "issue", "--customer", "NOBODY", "--total", "5"]);
    assert_eq!(status, 1);
    assert!(said.contains("NOBODY"), "{said}");
    let (status, said) = refused(at, &["ageing", "--database", "sqlite:typo.db"]);
    assert_eq!(status, 1);
    assert!(said.contains("typo.db") && !at.join("typo.db").exists(), "{said}");
    let (status, said) = refused(at, &["import", "invoices", "nothing.csv"]);
    assert!(status == 1 && said.contains("nothing.csv"), "{said}");
}

#[test]
fn a_dry_run_writes_nothing_and_atomic_is_all_or_nothing() {
    let folder = book();
    let at = folder.path();
    let text = "number,customer,issued_on,due_on,total\nB-1,C1,2026-08-01,2026-08-31,10\nB-2,C1,never,2026-08-31,10\n";
    std::fs::write(at.join("more.csv"), text).expect("written");
    let plan = json(at, &["import", "invoices", "more.csv", "--dry-run"]);
    assert_eq!((plan["totals"]["created"].as_u64(), plan["totals"]["refused"].as_u64()), (Some(1), Some(1)));
    assert_eq!(refused(at, &["import", "invoices", "more.csv", "--atomic"]).0, 1);
    assert_eq!(json(at, &["invoice", "list"])["rows"].as_array().expect("rows").len(), 2);
    json(at, &["import", "invoices", "more.csv"]);
    assert_eq!(json(at, &["invoice", "list"])["rows"].as_array().expect("rows").len(), 3);
}

#[test]
fn rights_narrow_every_door() {
    let folder = book();
    let at = folder.path();
    for (user, role) in [("aud", "auditor"), ("col", "collector")] {
        assert!(ideni(at, &["user", "add", user, "--role", role]).status.success());
    }
    let denied: &[(&str, &[&str])] = &[
        ("aud", &["promise", "add", "C1", "--amount", "5", "--on", "2030-01-01"]),
        ("aud", &["backup", "b.db"]),
        ("col", &["write-off", "add", "A-1", "--reason", "x"]),
        ("col", &["receipt", "return", "FT1", "--reason", "x"]),
        ("nobody", &["ageing"]),
    ];
    for (user, args) in denied {
        let (status, said) = refused(at, &[&["--as", user], *args].concat());
        assert_eq!(status, 1, "{user} {args:?}: {said}");
    }
    assert!(ideni(at, &["--as", "aud", "ageing"]).status.success());
    assert!(!at.join("b.db").exists());
}

struct Server {
    child: std::process::Child,
    host: String,
    cookie: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(folder: &Path) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ideni"))
            .current_dir(folder)
            .env_remove("IDENI_DATABASE_URL")
            .args(["--today", "2026-10-20", "serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("serves");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let link = lines.find_map(|l| {
            l.expect("a line").split("http://").nth(1).filter(|l| l.contains("/enter/")).map(str::to_owned)
        });
        let link = link.expect("a sign-in link");
        let (host, path) = link.split_once('/').expect("a path");
        let mut server = Server { child, host: host.to_owned(), cookie: String::new() };
        let answer = server.ask("GET", &format!("/{path}"), "", "");
        let cookie = answer.lines().find_map(|l| l.strip_prefix("set-cookie: ")).expect("a cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        server.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        server
    }

    fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.host).expect("connects");
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n{headers}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}",
            self.host, self.cookie
        )
        .expect("asks");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answers");
        answer
    }

    fn status(&self, method: &str, path: &str, headers: &str, body: &str) -> String {
        self.ask(method, path, headers, body).split_whitespace().nth(1).unwrap_or_default().to_owned()
    }
}

const OURS: &str = "Sec-Fetch-Site: same-origin\r\n";

#[test]
fn pages_are_for_whoever_is_signed_in_and_writes_come_from_our_own_pages() {
    let folder = book();
    let mut server = Server::start(folder.path());
    for page in ["/", "/worklist", "/ageing", "/outbox", "/accounts/C1"] {
        assert_eq!(server.status("GET", page, "", ""), "200", "{page}");
    }
    assert_eq!(server.status("GET", "/accounts/NOBODY", "", ""), "404");
    let hold = "until=2026-11-20&reason=funeral";
    assert_eq!(server.status("POST", "/accounts/C1/holds", "", hold), "403", "no word on where it comes from");
    assert_eq!(server.status("POST", "/accounts/C1/holds", "Sec-Fetch-Site: cross-site\r\n", hold), "403");
    assert_eq!(server.status("POST", "/accounts/C1/holds", "Origin: http://evil.example\r\n", hold), "403");
    assert_eq!(json(folder.path(), &["hold", "list"])["rows"].as_array().expect("rows").len(), 0);
    assert_eq!(server.status("POST", "/accounts/C1/holds", OURS, hold), "303");
    // Twice the same form is one promise.
    let promise = "key=k1&amount=100%2C000&currency=RWF&on=2026-11-01&note=";
    for _ in 0..2 {
        assert_eq!(server.status("POST", "/accounts/C1/promises", OURS, promise), "303");
    }
    let promises = json(folder.path(), &["promise", "list"]);
    assert_eq!(promises["rows"].as_array().expect("rows").len(), 1);
    assert_eq!(promises["rows"][0]["amount"], "100000");
    let refused = server.ask("POST", "/accounts/C1/write-offs", OURS, "key=k2&invoice=A-1&amount=999999&reason=x");
    assert!(refused.starts_with("HTTP/1.1 422") && refused.contains("118,000"), "{refused}");
    server.cookie.clear();
    assert_eq!(server.status("GET", "/", "", ""), "401");
}
