//! Exports: exactly the rows of the command, as a spreadsheet takes them.

use std::path::Path;
use std::process::{Command, Output};

use formats::{Field, FieldKind, table};
use serde_json::Value;

fn ideni(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ideni"))
        .current_dir(folder)
        .env_remove("IDENI_DATABASE_URL")
        .args(["--today", "2026-10-20"])
        .args(args)
        .output()
        .expect("the program runs")
}

fn rows(folder: &Path, args: &[&str]) -> Vec<Value> {
    let out = ideni(folder, &[&["--format", "json"], args].concat());
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    let answer: Value = serde_json::from_slice(&out.stdout).expect("one JSON object");
    answer["rows"].as_array().expect("rows").clone()
}

fn said(folder: &Path, args: &[&str]) -> (bool, String) {
    let out = ideni(folder, args);
    (out.status.success(), String::from_utf8_lossy(&out.stderr).trim().to_owned())
}

/// Two customers, one of them with a name that a spreadsheet would run; francs, dollars and a receipt.
fn book() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    write("rates.csv", "on,currency,rate,source\n2026-01-01,USD,1450,test\n");
    write(
        "invoices.csv",
        "number,customer,customer_name,issued_on,due_on,currency,total\n\
         0017,C1,\"=HYPERLINK(\"\"http://evil.example\"\"),x\",2026-08-01,2026-08-31,RWF,118000\n\
         A-2,C2,Musanze Shop,2026-09-15,2026-10-15,USD,55.94\n\
         A-3,C1,,2026-09-15,2026-10-15,USD,10.00\n",
    );
    for args in [
        &["init", "--name", "Test Ltd"][..],
        &["import", "rates", "rates.csv"],
        &["import", "invoices", "invoices.csv"],
        &["receipt", "record", "--amount", "18000", "--reference", "+250", "--customer", "C1", "--on", "2026-10-01"],
        &["allocation", "add", "+250", "0017"],
    ] {
        let (done, said) = said(folder.path(), args);
        assert!(done, "{args:?}: {said}");
    }
    folder
}

fn csv_of(folder: &Path, name: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    crate::support::rows_of_csv(&std::fs::read(folder.join(name)).expect("the file"))
}

#[test]
fn a_file_has_exactly_the_rows_of_the_command() {
    let folder = book();
    let at = folder.path();
    let exports: &[(&str, &[&str], &[&str])] = &[
        ("ageing", &["ageing"], &[]),
        ("ageing", &["ageing"], &["--by", "invoice", "--as-of", "2026-09-30"]),
        ("ageing", &["ageing"], &["--by", "segment", "--buckets", "10,20"]),
        ("invoices", &["invoice", "list"], &["--customer", "C1"]),
        ("receipts", &["receipt", "list"], &["--limit", "5"]),
        ("journal", &["report", "journal"], &["--from", "2026-09-01"]),
    ];
    for (what, command, options) in exports {
        let expected = rows(at, &[*command, *options].concat());
        let (done, told) = said(at, &[&["export", what, "--to", "out.csv", "--force"], *options].concat());
        assert!(done && told.starts_with(&format!("out.csv: {} row", expected.len())), "{what}: {told}");
        let written = csv_of(at, "out.csv");
        assert_eq!(written.len(), expected.len(), "{what}");
        for (row, wanted) in written.iter().zip(&expected) {
            for (column, value) in wanted.as_object().expect("a row") {
                let wanted = match value {
                    Value::Null => String::new(),
                    Value::String(text) if text.starts_with(['=', '+']) => format!("'{text}"),
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(row[column], wanted, "{what} {column}");
            }
        }
    }
    let worklist = csv_of_worklist(at);
    let accounts = rows(at, &["worklist"]);
    let amounts: usize = accounts.iter().map(|a| a["amounts"].as_array().expect("amounts").len()).sum();
    assert_eq!(worklist.len(), amounts, "a row per account and currency");
    assert_eq!((accounts.len(), amounts), (2, 3));
}

fn csv_of_worklist(at: &Path) -> Vec<std::collections::BTreeMap<String, String>> {
    assert!(said(at, &["export", "worklist", "--to", "work.csv"]).0);
    csv_of(at, "work.csv")
}

#[test]
fn a_spreadsheet_has_numbers_dates_and_texts_as_such() {
    static FIELDS: &[Field] = &[
        Field { name: "number", kind: FieldKind::Text, required: true, synonyms: &["number"] },
        Field { name: "issued_on", kind: FieldKind::Date, required: true, synonyms: &["issuedon"] },
        Field { name: "open", kind: FieldKind::Amount, required: true, synonyms: &["open"] },
        Field { name: "name", kind: FieldKind::Text, required: true, synonyms: &["name"] },
    ];
    let folder = book();
    let at = folder.path();
    let (done, told) = said(at, &["export", "invoices", "--to", "out.xlsx"]);
    assert!(done && told == "out.xlsx: 3 rows", "{told}");
    let mut reader = table::open(&at.join("out.xlsx"), FIELDS, None).expect("a spreadsheet");
    let row = reader.next_row().expect("a row").expect("readable");
    assert_eq!(row.text(0), Some("0017"), "a number that nobody adds up keeps its zeros");
    assert_eq!(row.date(1).expect("a date"), Some("2026-08-01".parse().expect("a day")));
    assert_eq!(row.decimal(2).expect("an amount"), Some(100_000.into()));
    assert!(row.text(3).expect("a name").starts_with("=HYPERLINK"), "a text cell is never run");
    let bytes = std::fs::read(at.join("out.xlsx")).expect("the file");
    assert!(bytes.starts_with(b"PK") && !at.join("out.xlsx.part").exists());
}

#[test]
fn nothing_is_written_over_and_other_endings_are_refused() {
    let folder = book();
    let at = folder.path();
    std::fs::write(at.join("mine.csv"), "precious").expect("written");
    let (done, told) = said(at, &["export", "ageing", "--to", "mine.csv"]);
    assert!(!done && told.contains("mine.csv") && told.contains("--force"), "{told}");
    assert_eq!(std::fs::read_to_string(at.join("mine.csv")).expect("there"), "precious");
    for (name, words) in [("a.pdf", "no PDF"), ("a", ".xlsx or .csv"), ("nowhere/a.csv", "nowhere/a.csv")] {
        let (done, told) = said(at, &["export", "ageing", "--to", name]);
        assert!(!done && told.contains(words), "{told}");
        assert!(!at.join(name).exists());
    }
    assert!(said(at, &["export", "ageing", "--to", "mine.csv", "--force"]).0);
    assert!(csv_of(at, "mine.csv")[0].contains_key("d31_60"));
    let (done, told) = said(at, &["--as", "nobody", "export", "journal", "--to", "j.csv"]);
    assert!(!done && told.contains("nobody") && !at.join("j.csv").exists(), "{told}");
}

#[test]
fn the_list_of_reports_names_them_all() {
    let folder = book();
    let named = rows(folder.path(), &["report", "list"]);
    let named: Vec<&str> = named.iter().map(|r| r["report"].as_str().expect("a name")).collect();
    for report in ["ageing", "worklist", "kpi", "journal", "opening-proof"] {
        assert!(named.contains(&report), "{report}: {named:?}");
    }
}
