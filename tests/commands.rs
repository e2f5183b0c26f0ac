//! What others script against: commands, columns, exit codes.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::{Browser, ideni, json, small_book};

/// What the command said on its way out, and its exit code.
fn refused(folder: &Path, args: &[&str]) -> (i32, String) {
    let out = ideni(folder, args);
    (out.status.code().unwrap_or(-1), String::from_utf8_lossy(&out.stderr).trim().to_owned())
}

#[test]
fn answers_have_the_agreed_rows_and_totals() {
    let folder = small_book();
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
    let folder = small_book();
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
    assert_eq!(
        names,
        [
            "ageing",
            "worklist",
            "kpi",
            "provision",
            "revaluation",
            "opening-proof",
            "journal",
            "sales",
            "advances",
            "levies",
            "revenue",
            "invoice-accuracy",
            "unbilled",
            "invoice-files",
            "number-gaps",
            "vat-return",
            "vat-sales",
            "vat-withheld",
            "tax-withheld",
            "vat-tie-out",
            "time-to-invoice",
            "journal-out"
        ]
    );
    let shown = |language: &str| report(&["list", "--language", language])["rows"].to_string();
    let english = shown("en");
    for language in ["en", "fr", "rw", "sw"] {
        let said = shown(language);
        assert!(!said.contains("report-") && (said == english) == (language == "en"), "{said}");
    }
}

#[test]
fn refunds_and_returns_have_the_agreed_rows() {
    let folder = small_book();
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
    let folder = small_book();
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
    let folder = small_book();
    let at = folder.path();
    let nobody = ["invoice", "issue", "--customer", "NOBODY", "--total", "5"];
    for (language, expected) in [("en", "There is no"), ("fr", "Introuvable"), ("rw", "Ntibibonetse"), ("sw", "Hakipo")]
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
    let folder = small_book();
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
    let folder = small_book();
    let at = folder.path();
    for (user, role) in [("aud", "auditor"), ("col", "collector")] {
        assert!(ideni(at, &["user", "add", user, "--role", role]).status.success());
    }
    let denied: &[(&str, &[&str])] = &[
        ("aud", &["promise", "add", "C1", "--amount", "5", "--on", "2030-01-01"]),
        ("aud", &["backup", "b.db"]),
        ("aud", &["write-off", "add", "A-1", "--reason", "x"]),
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
    let folder = small_book();
    let at = folder.path();
    assert!(ideni(at, &["backup", "b.db"]).status.success());
    let restored = ["--database", "sqlite:restored.db"];
    assert!(ideni(at, &[&restored[..], &["restore", "b.db"]].concat()).status.success());
    let told = |args: &[&str]| {
        String::from_utf8_lossy(&ideni(at, &[&restored[..], args].concat()).stdout).contains("in quarantine")
    };
    assert!(told(&[]) && !String::from_utf8_lossy(&ideni(at, &[]).stdout).contains("in quarantine"));
    let browser = Browser::signed_in(at, "sqlite:restored.db");
    assert!(browser.get("/").text.contains("in quarantine"));
    assert!(ideni(at, &[&restored[..], &["quarantine", "lift", "--reason", "in use"]].concat()).status.success());
    assert!(!told(&[]));
}

/// Two gigabytes (a twentieth in a short run) that are no table, and files of that size that are no text at all: each is
/// refused with its line or its reason, in little memory, and the book stays as it was.
#[test]
fn a_file_of_two_gigabytes_is_refused_with_line_and_reason() {
    const MIB: usize = 1 << 20;
    let folder = small_book();
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

/// What says nothing, or lies ahead, is refused by the action and changes nothing.
#[test]
fn empty_names_empty_reasons_and_days_to_come_are_refused() {
    let folder = small_book();
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
