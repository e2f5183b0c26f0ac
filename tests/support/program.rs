//! The program as a user calls it.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// Runs a command in a folder.
pub fn ideni(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ideni"))
        .current_dir(folder)
        .env_remove("IDENI_DATABASE_URL")
        .env_remove("IDENI_LANGUAGE")
        .args(args)
        .output()
        .expect("the program runs")
}

/// The rows and totals that a command answers with.
pub fn json(folder: &Path, args: &[&str]) -> Value {
    let out = ideni(folder, &[&["--format", "json"], args].concat());
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("one JSON object")
}

/// A company with two invoices, one of them in dollars, in a folder of its own.
pub fn small_book() -> tempfile::TempDir {
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
    assert!(ideni(at, &["init", "--name", "Test Ltd", "--tin", "100000001"]).status.success());
    json(at, &["import", "rates", "rates.csv"]);
    json(at, &["import", "invoices", "invoices.csv"]);
    folder
}
