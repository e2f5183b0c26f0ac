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
        .env_remove("IDENI_LANGUAGE")
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
    assert_eq!(names, ["ageing", "worklist", "kpi", "provision", "revaluation", "opening-proof", "journal"]);
    let shown = |language: &str| report(&["list", "--language", language])["rows"].to_string();
    let english = shown("en");
    for language in ["en", "fr", "rw", "sw"] {
        let said = shown(language);
        assert!(!said.contains("report-") && (said == english) == (language == "en"), "{said}");
    }
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
    let journal = json(at, &["report", "journal"]);
    let causes = journal["rows"].as_array().expect("rows").iter().filter(|r| r["cause"] == "refund");
    let moved: i64 =
        causes.clone().map(|r| r["base"].as_str().and_then(|b| b.parse::<i64>().ok()).expect("francs")).sum();
    assert!(causes.count() >= 8 && moved == 0, "{journal}");
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

/// What people read follows `--language`; what programs read does not, and without the flag all is English.
#[test]
fn sentences_follow_the_language_and_columns_do_not() {
    let folder = book();
    let at = folder.path();
    let nobody = ["invoice", "issue", "--customer", "NOBODY", "--total", "5"];
    for (language, expected) in [("en", "There is no"), ("fr", "Introuvable"), ("rw", "Ntibibonetse"), ("sw", "Haipo")]
    {
        let (status, said) = refused(at, &[&["--language", language], &nobody[..]].concat());
        assert!(status == 1 && said.starts_with(expected), "{language}: {said}");
    }
    let under = |variable: &str, value: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ideni"));
        let out = command.current_dir(at).env_remove("IDENI_LANGUAGE").env(variable, value).args(nobody).output();
        String::from_utf8_lossy(&out.expect("the program runs").stderr).into_owned()
    };
    assert!(under("IDENI_LANGUAGE", "rw").starts_with("Ntibibonetse"));
    assert!(under("LANG", "fr_FR.UTF-8").starts_with("There is no"));
    std::fs::write(at.join("bad.csv"), "number,customer,issued_on,total\nB-1,C1,never,10\nB-2,C1,2026-08-01,10\n")
        .expect("written");
    let rows = json(at, &["--language", "sw", "import", "invoices", "bad.csv"]);
    let row = &rows["rows"][0];
    assert_eq!((row["status"].as_str(), row["line"].as_u64()), (Some("refused"), Some(2)), "{row}");
    assert!(row["message"].as_str().is_some_and(|said| said.starts_with("issued_on: \"never\" si tarehe")), "{row}");
    json(at, &["--today", "2026-10-20", "day"]);
    for (language, expected) in [("en", "the oldest item"), ("fr", "le poste le plus ancien")] {
        let list = json(at, &["--today", "2026-10-20", "--language", language, "worklist"]);
        let said = list["rows"][0]["reasons"].to_string();
        assert!(said.contains(expected), "{language}: {said}");
    }
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

#[test]
fn a_restored_book_says_that_it_is_in_quarantine() {
    let folder = book();
    let at = folder.path();
    assert!(ideni(at, &["backup", "b.db"]).status.success());
    let restored = ["--database", "sqlite:restored.db"];
    assert!(ideni(at, &[&restored[..], &["restore", "b.db"]].concat()).status.success());
    let told = |args: &[&str]| {
        String::from_utf8_lossy(&ideni(at, &[&restored[..], args].concat()).stdout).contains("in quarantine")
    };
    assert!(told(&[]) && !String::from_utf8_lossy(&ideni(at, &[]).stdout).contains("in quarantine"));
    let server = Server::of(at, "sqlite:restored.db");
    assert!(server.ask("GET", "/", "", "").contains("in quarantine"));
    assert!(ideni(at, &[&restored[..], &["quarantine", "lift", "--reason", "in use"]].concat()).status.success());
    assert!(!told(&[]));
}

struct Server {
    child: std::process::Child,
    /// Kept open: a program whose reader has gone cannot print.
    output: std::io::Lines<BufReader<std::process::ChildStdout>>,
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
        Server::of(folder, "sqlite:ideni.db")
    }

    fn of(folder: &Path, database: &str) -> Server {
        let (mut server, path) = Server::listening(folder, database, "/enter/");
        let answer = server.ask("GET", &path, "", "");
        server.sign_in(&answer);
        server
    }

    fn sign_in(&mut self, answer: &str) {
        let cookie = answer.lines().find_map(|l| l.strip_prefix("set-cookie: ")).expect("a cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    }

    /// A server, and the path of the first link of that kind that it prints.
    fn listening(folder: &Path, database: &str, kind: &str) -> (Server, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ideni"))
            .current_dir(folder)
            .env_remove("IDENI_DATABASE_URL")
            .env_remove("IDENI_LANGUAGE")
            .args(["--database", database, "--today", "2026-10-20", "serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("serves");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let link = lines
            .by_ref()
            .find_map(|l| l.expect("a line").split("http://").nth(1).filter(|l| l.contains(kind)).map(str::to_owned));
        let link = link.expect("a link");
        let (host, path) = link.split_once('/').expect("a path");
        (Server { child, output: lines, host: host.to_owned(), cookie: String::new() }, format!("/{path}"))
    }

    fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> String {
        let headers = format!("{headers}Content-Type: application/x-www-form-urlencoded\r\n");
        self.send(method, path, &headers, body)
    }

    /// Sends a file as a form does.
    fn upload(&self, path: &str, what: &str, file: &str) -> String {
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"what\"\r\n\r\n{what}\r\n--x\r\nContent-Disposition: form-data; name=\"opening_on\"\r\n\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file.csv\"\r\nContent-Type: text/csv\r\n\r\n{file}\r\n--x--\r\n"
        );
        self.send("POST", path, &format!("{OURS}Content-Type: multipart/form-data; boundary=x\r\n"), &body)
    }

    fn send(&self, method: &str, path: &str, headers: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.host).expect("connects");
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}",
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
    for page in ["/", "/worklist", "/ageing", "/outbox", "/accounts/C1", "/holidays"] {
        assert_eq!(server.status("GET", page, "", ""), "200", "{page}");
    }
    let reasons = server.ask("GET", "/worklist", "Accept-Language: fr\r\n", "");
    assert!(reasons.contains("le poste le plus ancien"), "{reasons}");
    assert_eq!(server.status("POST", "/holidays/remove", OURS, "on=2026-05-27"), "303");
    assert_eq!(server.status("POST", "/holidays/add", OURS, "on=2026-05-28&name=Eid+al-Adha"), "303");
    let french = server.ask("GET", "/holidays?year=2026", "Accept-Language: fr\r\n", "");
    assert!(french.contains("Vendredi Saint") && french.contains("2026-05-28") && !french.contains("2026-05-27"));
    assert_eq!(server.status("GET", "/accounts/NOBODY", "", ""), "404");
    let hold = "until=2026-11-20&reason=funeral";
    assert_eq!(server.status("POST", "/accounts/C1/holds", "", hold), "403", "no word on where it comes from");
    assert_eq!(server.status("POST", "/accounts/C1/holds", "Sec-Fetch-Site: cross-site\r\n", hold), "403");
    assert_eq!(server.status("POST", "/accounts/C1/holds", "Origin: http://evil.example\r\n", hold), "403");
    assert_eq!(json(folder.path(), &["hold", "list"])["rows"].as_array().expect("rows").len(), 0);
    assert_eq!(server.status("POST", "/accounts/C1/holds", OURS, hold), "303");
    let dispute = "key=k0&invoice=A-1&amount=18%2C000&reason=price&note=agreed+less";
    assert_eq!(server.status("POST", "/accounts/C1/disputes", OURS, dispute), "303");
    let account = server.ask("GET", "/accounts/C1", "", "");
    assert!(account.contains("RWF 100,000") && account.contains("RWF 18,000"), "undisputed and disputed: {account}");
    let listed = json(folder.path(), &["dispute", "list"]);
    let end = format!("id={}&outcome=rejected&note=", listed["rows"][0]["id"].as_str().expect("an id"));
    assert_eq!(server.status("POST", "/accounts/C1/dispute-ends", OURS, &end), "303");
    assert_eq!(server.status("POST", "/accounts/C1/dispute-ends", OURS, &end), "422");
    assert_eq!(json(folder.path(), &["dispute", "list"])["rows"][0]["state"], "rejected");
    assert!(!server.ask("GET", "/worklist?of=mine", "", "").contains("/accounts/C2"));
    assert_eq!(json(folder.path(), &["customer", "assign", "C2", "--collector", "admin"])["rows"][0]["changed"], 1);
    assert!(server.ask("GET", "/worklist?of=mine", "", "").contains("/accounts/C2"));
    let list = json(folder.path(), &["--today", "2026-10-20", "worklist", "--collector", "admin"]);
    assert_eq!((list["rows"][0]["customer"].as_str(), list["totals"]["accounts"].as_u64()), (Some("C2"), Some(1)));
    json(folder.path(), &["customer", "assign", "C2", "--none"]);
    assert!(!server.ask("GET", "/worklist?of=mine", "", "").contains("/accounts/C2"));
    // A message that nobody understands waits on a page of its own, and becomes a receipt there.
    let message = "<smses count=\"1\"><sms protocol=\"0\" address=\"M-Money\" date=\"1772366405000\" type=\"1\" body=\"Wakiriye 4000\" /></smses>";
    std::fs::write(folder.path().join("sms.xml"), message).expect("written");
    json(folder.path(), &["statement", "import", "sms.xml", "--account", "momo"]);
    assert!(server.ask("GET", "/", "", "").contains("/statements/review"));
    let waiting = json(folder.path(), &["statement", "review"]);
    let id = waiting["rows"][0]["id"].as_str().expect("an id").to_owned();
    assert!(server.ask("GET", "/statements/review", "", "").contains(&id));
    let said = "key=r&amount=4%2C000&currency=RWF&on=2026-03-01&reference=M-1&payer=Keza";
    assert_eq!(server.status("POST", &format!("/statements/review/{id}/record"), OURS, said), "303");
    let clear = server.ask("POST", &format!("/statements/review/{id}/clear"), OURS, "key=c&reason=none");
    assert!(clear.starts_with("HTTP/1.1 422") && clear.contains("recorded as a receipt"), "{clear}");
    assert_eq!(json(folder.path(), &["receipt", "list"])["rows"][0]["gross"], "4000");
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

/// Two gigabytes (a twentieth in a short run) that are no table, and files of that size that are no text at all: each is
/// refused with its line or its reason, in little memory, and the book stays as it was.
#[test]
fn a_file_of_two_gigabytes_is_refused_with_line_and_reason() {
    const MIB: usize = 1 << 20;
    let folder = book();
    let at = folder.path();
    let before = json(at, &["--today", "2026-10-10", "ageing"]);
    let mut file = std::fs::File::create(at.join("endless.csv")).expect("a file");
    file.write_all(b"number,customer,issued_on,due_on,total\nB-1,C1,2026-01-01,2026-02-01,100\nB-2,").expect("written");
    let letters = vec![b'x'; MIB];
    for _ in 0..crate::support::scaled(2_048) {
        file.write_all(&letters).expect("written");
    }
    drop(file);
    for (name, head) in [
        ("zeros.csv", "number,customer,total\n"),
        ("zeros.xlsx", "PK"),
        ("zeros.xml", "<?xml version='1.0'?><Document>"),
    ] {
        let mut file = std::fs::File::create(at.join(name)).expect("a file");
        file.write_all(head.as_bytes()).expect("written");
        // The rest takes no room on the disk and reads as zeros.
        file.set_len(2_048 * MIB as u64).expect("lengthened");
    }
    for (command, file, reason) in [
        (&["import", "invoices"][..], "endless.csv", "endless.csv: line 3: the line is longer than 1 MiB"),
        (&["import", "invoices"], "zeros.csv", "zeros.csv: the file is not text but binary data"),
        (&["import", "receipts"], "zeros.xlsx", "zeros.xlsx: "),
        (&["statement", "import", "--account", "bank"], "zeros.xml", "zeros.xml has 2147483648 bytes, more than"),
        (&["statement", "import", "--account", "bank"], "zeros.csv", "zeros.csv has 2147483648 bytes, more than"),
    ] {
        let (code, said) = refused(at, &[command, &[file]].concat());
        assert!(code == 1 && said.starts_with(reason), "{command:?} {file}: {code} {said}");
    }
    assert_eq!(json(at, &["--today", "2026-10-10", "ageing"]), before);
    assert!(ideni(at, &["verify"]).status.success());
}

#[test]
fn pages_are_served_on_both_engines_and_the_server_stops_when_asked() {
    for place in crate::support::places() {
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
        let mut server = Server::of(at, url);
        for page in ["/", "/worklist", "/ageing", "/outbox", "/accounts/C1", "/statements/review"] {
            assert_eq!(server.status("GET", page, "", ""), "200", "{url}: {page}");
        }
        let promise = "key=k1&amount=100%2C000&currency=RWF&on=2026-11-01&note=";
        assert_eq!(server.status("POST", "/accounts/C1/promises", OURS, promise), "303", "{url}");
        assert!(server.ask("GET", "/ageing", "", "").contains("118,000"), "{url}");
        let pid = server.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().expect("kill").success());
        assert!(server.child.wait().expect("it stops").success(), "{url}: it did not stop cleanly");
    }
}

#[test]
fn a_first_run_makes_a_company_and_takes_a_file_in() {
    for place in crate::support::places() {
        first_run(place.folder(), &place.url);
    }
}

fn first_run(at: &Path, url: &str) {
    let (mut server, link) = Server::listening(at, url, "/setup/");
    let refused = |answer: String, words: &str| {
        assert!(answer.starts_with("HTTP/1.1 422") && answer.contains(words), "{words}: {answer}");
    };
    let post = |step: &str, form: &str| server.ask("POST", &format!("{link}/{step}"), OURS, form);
    assert_eq!(server.status("GET", "/setup/0123", "", ""), "403");
    assert!(server.ask("GET", &link, "", "").contains("1 / 3"));
    // Each step tells what is wrong with it, and nothing is made before the second.
    refused(post("company", "name=Umurava+Ltd&tin=12&currency=RWF"), "nine digits");
    refused(post("company", "name=Umurava+Ltd&tin=&currency=XX"), "XX");
    assert_eq!(server.status("POST", &format!("{link}/company"), "", "name=Umurava+Ltd&tin=&currency=RWF"), "403");
    let people = post("company", "name=Umurava+Ltd&tin=102345678&currency=RWF");
    assert!(people.contains("2 / 3") && people.contains("value=\"102345678\""), "{people}");
    let company = "name=Umurava+Ltd&tin=102345678&currency=RWF";
    refused(post("people", &format!("{company}&you=+&second=&role=")), "missing");
    refused(post("people", &format!("{company}&you=Aline+Uwase&second=Jean+Bosco&role=chief")), "chief");
    let done = post("people", &format!("{company}&you=Aline+Uwase&second=Jean+Bosco&role=collector"));
    assert!(done.starts_with("HTTP/1.1 303") && done.contains("location: /import?first=1"), "{done}");
    // Whoever started the program sees how both sign in.
    let told = server.output.by_ref().map(|l| l.expect("a line")).take(5);
    let told: Vec<String> = told.collect();
    assert!(told.iter().any(|l| l.contains("jean.bosco") && l.contains("/enter/")), "{told:?}");
    // Nothing of it can be done again.
    assert_eq!(server.status("GET", &link, "", ""), "403");
    assert_eq!(server.status("POST", &format!("{link}/people"), OURS, company), "403");
    server.sign_in(&done);
    assert!(server.ask("GET", "/import?first=1", "", "").contains("3 / 3"));
    let file =
        "number,customer,issued_on,due_on,total\nA-1,C1,2026-08-01,2026-08-31,118000\nA-2,C1,never,2026-08-31,5\n";
    let look = server.upload("/import", "invoices", file);
    assert!(look.contains("1 new, 0 changed, 0 known already, 1 refused") && look.contains("never"), "{look}");
    let book = |args: &[&str]| json(at, &[&["--database", url], args].concat());
    assert_eq!(book(&["invoice", "list"])["rows"].as_array().expect("rows").len(), 0, "only looked at");
    let yes = look.split("action=\"/import/").nth(1).expect("a form").split('"').next().expect("a link").to_owned();
    let taken = server.ask("POST", &format!("/import/{yes}"), OURS, "");
    assert!(taken.starts_with("HTTP/1.1 200") && taken.contains("1 refused"), "{taken}");
    assert_eq!(server.status("POST", &format!("/import/{yes}"), OURS, ""), "404", "once");
    let good = server.upload("/import", "invoices", &file.replace("never", "2026-08-01"));
    assert!(good.contains("1 new, 0 changed, 1 known already, 0 refused"), "{good}");
    let yes = good.split("action=\"/import/").nth(1).expect("a form").split('"').next().expect("a link").to_owned();
    let today = server.ask("POST", &format!("/import/{yes}"), OURS, "");
    assert!(today.starts_with("HTTP/1.1 303") && today.contains("location: /\r\n"), "{today}");
    assert!(server.ask("GET", "/", "", "").contains("Umurava Ltd"));
    assert_eq!(book(&["invoice", "list"])["rows"].as_array().expect("rows").len(), 2);
    let users = book(&["user", "list"]);
    let roles: Vec<(&str, &str)> = users["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|u| (u["user"].as_str().expect("a user"), u["role"].as_str().expect("a role")))
        .collect();
    assert_eq!(roles, [("aline.uwase", "admin"), ("jean.bosco", "collector")]);
    // What is no table, and what is too large, is told as such.
    refused(server.upload("/import", "invoices", "Dear Sir"), "the table has no column");
    let large = format!("number\n{}", "x".repeat(17 << 20));
    refused(server.upload("/import", "invoices", &large), "larger than 16 MB");
    assert_eq!(book(&["verify"])["totals"]["broken"], 0);
}

/// What says nothing, or lies ahead, is refused by the action and changes nothing.
#[test]
fn empty_names_empty_reasons_and_days_to_come_are_refused() {
    let folder = book();
    let at = folder.path();
    fn today<'a>(args: &[&'a str]) -> Vec<&'a str> {
        [&["--today", "2026-10-10"], args].concat()
    }
    json(at, &today(&["receipt", "record", "--amount", "1000", "--reference", "FT1", "--customer", "C1"]));
    let made = json(at, &today(&["allocation", "add", "FT1", "A-1"]));
    let allocation = made["rows"][0]["id"].as_str().expect("an id");
    let made = json(at, &today(&["promise", "add", "C1", "--amount", "500", "--on", "2026-10-20"]));
    let promise = made["rows"][0]["id"].as_str().expect("an id");
    std::fs::write(
        at.join("ahead.csv"),
        "number,customer,issued_on,due_on,total\nA-3,C1,2026-10-11,2026-11-11,100\nA-4,C1,2026-10-10,2026-11-11,100\n",
    )
    .expect("written");
    std::fs::write(at.join("no-book.db"), "this is no book").expect("written");
    for (args, expected) in [
        (&["user", "add", "", "--role", "cashier"][..], "name"),
        (&["customer", "save", "", "--name", "x"], "code"),
        (&["allocation", "reverse", allocation, "--reason", " "], "reason"),
        (&["promise", "withdraw", promise, "--reason", ""], "reason"),
        (&["--company", "zz", "ageing"], "no company \"zz\" in this book"),
        (&["--database", "sqlite:new.db", "restore", "no-book.db"], "no-book.db is not a book"),
    ] {
        let (code, said) = refused(at, &today(args));
        assert!(code == 1 && said.contains(expected), "{args:?}: {code} {said}");
    }
    let rows = json(at, &today(&["import", "invoices", "ahead.csv"]));
    let status = |row: usize| rows["rows"][row]["status"].as_str().expect("a status");
    assert_eq!((status(0), status(1)), ("refused", "created"), "{rows}");
    assert_eq!(json(at, &["user", "list"])["rows"].as_array().expect("rows").len(), 1);
    let shown = json(at, &today(&["customer", "show", "C1"])).to_string();
    assert!(shown.contains("FT1"), "the payment itself is part of the history: {shown}");
}
