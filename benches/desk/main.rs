//! Throughput at size, each figure beside the machine's own floor measured in the same run.
//!
//!   cargo bench -p ideni --bench desk                         1,000,000 invoices on SQLite
//!   cargo bench -p ideni --bench desk -- 100000               fewer
//!   cargo bench -p ideni --bench desk -- 100000 postgres://…  on PostgreSQL (an empty database)
#![allow(clippy::disallowed_methods, clippy::float_arithmetic, reason = "a benchmark measures time")]

#[path = "../floor.rs"]
mod floor;
mod pages;
mod serving;
mod slow_line;
#[path = "../../tests/screens/tab.rs"]
#[allow(dead_code, reason = "the stories need more of it")]
mod tab;

/// What the tab of the stories knows of them.
mod support {
    pub use crate::serving::PASSWORD;
}

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use floor::{bare_rows, insert_into, open_floor, percent, sync_rate, time, told};
use ideni::actions::company;
use ideni::actions::report::{self, Asked, By};
use ideni::actions::{Actor, day, receipt, verify};
use receivables::insight::ageing::Buckets;
use receivables::{Currency, Date, Money};
use store::{Db, Source};

const TODAY: &str = "2026-11-22";
const CUSTOMERS: u64 = 20_000;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let rows: u64 = args.iter().find_map(|a| a.parse().ok()).unwrap_or(1_000_000);
    let postgres = args.iter().find(|a| a.starts_with("postgres")).cloned();
    let folder = tempfile::tempdir().expect("a folder");
    let url = postgres.clone().unwrap_or_else(|| format!("sqlite:{}", folder.path().join("desk.db").display()));
    println!("{rows} invoices, {CUSTOMERS} customers, {}", if postgres.is_some() { "PostgreSQL" } else { "SQLite" });
    let syncs = sync_rate(folder.path());
    println!("floor: {syncs} syncs of 4 KiB a second");

    let file = folder.path().join("invoices.csv");
    write_invoices(&file, rows);
    ideni(&url, &["init", "--name", "Bench Ltd"]);
    let imported = ideni(&url, &["--format", "json", "import", "invoices", path(&file)]);
    told("import CSV to posted", rows, imported.took);
    println!("  peak memory {} MB", imported.peak_kb / 1024);
    if postgres.is_none() {
        let floor = bare_copy(folder.path(), &folder.path().join("desk.db"));
        told("  floor: bare SQL of the same rows", rows, floor);
        println!("  ratio {} %", percent(floor, imported.took));
    }

    let (db, actor) = open(&url);
    for (name, as_of, known) in [
        ("ageing today", TODAY, false),
        ("ageing as of a past day", "2026-06-01", false),
        ("ageing known at", TODAY, true),
    ] {
        let known_at = known.then(|| last_seal(&db, &actor));
        let asked =
            Asked { as_of: as_of.parse().expect("a day"), known_at, by: By::Customer, buckets: Buckets::default() };
        let took = time(|| {
            db.read(|tx| report::age(tx, &actor, &asked)).expect("ages");
        });
        println!("{name}, by customer: {} ms", took.as_millis());
    }
    in_memory(&db, &actor);

    let lines = rows / 10;
    let statement = folder.path().join("statement.csv");
    write_statement(&statement, rows);
    let taken = ideni(&url, &["--format", "json", "statement", "import", path(&statement), "--account", "bank"]);
    // Everything is open, and every receipt waits.
    ideni(&url, &["day"]);
    pages::time_all(&url, &db, &actor, "before matching");
    let applied = ideni(&url, &["--format", "json", "cash", "apply"]);
    told("statement lines to receipts", lines, taken.took);
    told("receipts matched by reference and posted", lines, applied.took);
    told("  both", lines, taken.took + applied.took);
    if postgres.is_none() {
        let floor = bare_apply(folder.path(), &folder.path().join("desk.db"));
        told("  floor of matching: bare SQL of the same rows", lines, floor);
        println!("  ratio {} %", percent(floor, applied.took));
    }

    let took = time(|| {
        let checked = db.read(|tx| verify::all(tx, &actor)).expect("verifies");
        assert!(checked.iter().all(|c| c.broken.is_empty()), "an identity is broken");
    });
    println!("verify: {} ms", took.as_millis());

    pages::time_all(&url, &db, &actor, "after matching");

    let singles = crowd(&db, &actor);
    println!("single postings with 64 waiting clients: {singles}/s, {} x the sync rate", singles / syncs.max(1));
    day_turn(&url, folder.path(), (rows / 10).min(100_000));
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path")
}

struct Ran {
    took: Duration,
    peak_kb: u64,
}

/// Runs the program as a user does, its answer thrown away.
fn ideni(url: &str, args: &[&str]) -> Ran {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_ideni"))
        .args(["--database", url, "--today", TODAY])
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let mut peak_kb = 0;
    loop {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let peak =
            status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse().ok());
        peak_kb = peak.unwrap_or(peak_kb);
        if let Some(done) = child.try_wait().expect("waits") {
            assert!(done.success(), "ideni {args:?} failed");
            return Ran { took: start.elapsed(), peak_kb };
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn open(url: &str) -> (Db, Actor) {
    let db = Db::open(url, Source::system()).expect("opens");
    db.seal().expect("seals");
    let actor = db.read(|tx| company::actor(tx, None, None)).expect("one company");
    (db, actor)
}

fn last_seal(db: &Db, actor: &Actor) -> receivables::Instant {
    db.read(|tx| store::audit::last_seal(tx, actor.company.id)).expect("reads").expect("sealed").sealed_at
}

fn amount(i: u64) -> u64 {
    // Spread without repeating too soon; whole hundreds of francs.
    (i * 7919 % 49_900 + 100) * 100
}

fn number(i: u64) -> String {
    format!("INV{i:07}")
}

fn write_invoices(file: &Path, rows: u64) {
    let mut out = std::io::BufWriter::new(std::fs::File::create(file).expect("a file"));
    writeln!(out, "number,customer,customer_name,kind,issued_on,due_on,currency,net,tax,total,credits")
        .expect("writes");
    let first: Date = "2025-01-01".parse().expect("a day");
    for i in 0..rows {
        let on = first.plus_days(i32::try_from(i * 660 / rows).expect("days"));
        let (customer, net) = (i % CUSTOMERS, amount(i));
        let tax = net * 18 / 100;
        writeln!(
            out,
            "{},C{customer:05},Customer {customer},invoice,{on},{},RWF,{net},{tax},{},",
            number(i),
            on.plus_days(30),
            net + tax
        )
        .expect("writes");
    }
}

fn write_statement(file: &Path, rows: u64) {
    let mut out = std::io::BufWriter::new(std::fs::File::create(file).expect("a file"));
    writeln!(out, "Date,Description,Reference,Credit,Debit,Balance").expect("writes");
    let mut balance = 0;
    for i in (0..rows).step_by(10) {
        let total = amount(i) + amount(i) * 18 / 100;
        balance += total;
        writeln!(out, "2026-11-20,Payment {} thank you,FT{i:08},{total},,{balance}", number(i)).expect("writes");
    }
}

/// The tables that an import fills, and those that matching fills, with the rows of it.
const IMPORTED: [&str; 4] =
    ["SELECT * FROM document", "SELECT * FROM open_item", "SELECT * FROM entry", "SELECT * FROM entry_line"];
const APPLIED: [&str; 4] = [
    "SELECT * FROM identification",
    "SELECT * FROM movement",
    "SELECT e.* FROM entry e WHERE EXISTS (SELECT 1 FROM identification n WHERE n.company = e.company AND n.id = e.id) OR EXISTS (SELECT 1 FROM movement m WHERE m.company = e.company AND m.id = e.id)",
    "SELECT l.* FROM entry_line l WHERE EXISTS (SELECT 1 FROM identification n WHERE n.company = l.company AND n.id = l.entry) OR EXISTS (SELECT 1 FROM movement m WHERE m.company = l.company AND m.id = l.entry)",
];

fn floor_file(folder: &Path) -> PathBuf {
    folder.join("floor.db")
}

/// The same rows into the same tables by prepared statements alone, with the same indexes, guards and syncs.
fn bare_copy(folder: &Path, from: &Path) -> Duration {
    let to = floor_file(folder);
    drop(Db::open(path(&to), Source::system()).expect("opens"));
    let (source, target) = (rusqlite::Connection::open(from).expect("opens"), open_floor(&to));
    IMPORTED.iter().map(|rows| bare_rows(&source, &target, rows, &insert_into(&source, rows))).sum()
}

/// What carrying out the matches wrote and moved, by prepared statements alone.
fn bare_apply(folder: &Path, from: &Path) -> Duration {
    let (source, target) = (rusqlite::Connection::open(from).expect("opens"), open_floor(&floor_file(folder)));
    let receipts = "SELECT * FROM receipt";
    bare_rows(&source, &target, receipts, &insert_into(&source, receipts));
    target
        .execute_batch("UPDATE receipt SET customer = NULL, unidentified = gross, unapplied = 0, allocated = 0")
        .expect("as before");
    let inserted: Duration =
        APPLIED.iter().map(|rows| bare_rows(&source, &target, rows, &insert_into(&source, rows))).sum();
    let moved = [
        (
            "SELECT customer, allocated, company, id FROM receipt WHERE allocated <> 0",
            "UPDATE receipt SET customer = ?, unidentified = 0, unapplied = 0, allocated = ? WHERE company = ? AND id = ?",
        ),
        (
            "SELECT open, open_base, company, document, instalment FROM open_item WHERE open <> total",
            "UPDATE open_item SET open = ?, open_base = ? WHERE company = ? AND document = ? AND instalment = ?",
        ),
    ];
    inserted + moved.iter().map(|(rows, update)| bare_rows(&source, &target, rows, update)).sum::<Duration>()
}

/// Records one receipt.
fn record(db: &Db, actor: &Actor, reference: String) {
    let today: Date = TODAY.parse().expect("a day");
    let given = receipt::Given {
        account: "bank".into(),
        received_on: today,
        received_at: None,
        gross: Money::new(1_000, Currency::RWF),
        charges: Money::zero(Currency::RWF),
        payer: None,
        payer_ref: None,
        reference: Some(reference),
        text: None,
        customer: None,
        opening_on: None,
    };
    let actor = actor.clone();
    db.write(move |tx| receipt::record(tx, &actor, today, &given, None)).expect("records");
}

/// 64 threads, each recording one receipt after the other for three seconds.
fn crowd(db: &Db, actor: &Actor) -> u64 {
    let done = Arc::new(AtomicU64::new(0));
    let until = Instant::now() + Duration::from_secs(3);
    std::thread::scope(|scope| {
        for client in 0..64u64 {
            let (db, actor, done) = (db.clone(), actor.clone(), Arc::clone(&done));
            scope.spawn(move || {
                let mut n = 0u64;
                while Instant::now() < until {
                    n += 1;
                    record(&db, &actor, format!("crowd-{client}-{n}"));
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    done.load(Ordering::Relaxed) / 3
}

/// A second company whose accounts have one overdue invoice each: the first turn drafts for all, the second finds
/// nothing to do.
fn day_turn(url: &str, folder: &Path, accounts: u64) {
    let file: PathBuf = folder.join("accounts.csv");
    let mut out = std::io::BufWriter::new(std::fs::File::create(&file).expect("a file"));
    writeln!(out, "number,customer,issued_on,due_on,total").expect("writes");
    for i in 0..accounts {
        writeln!(out, "D{i},C{i:06},2026-09-01,2026-10-01,{}", amount(i)).expect("writes");
    }
    drop(out);
    ideni(url, &["init", "--name", "Day Ltd", "--code", "day"]);
    ideni(url, &["--company", "day", "import", "invoices", path(&file)]);
    let db = Db::open(url, Source::system()).expect("opens");
    let actor = db.read(|tx| company::actor(tx, Some("day"), None)).expect("a company");
    let today: Date = TODAY.parse().expect("a day");
    for turn in ["day turn", "day turn, second run"] {
        let actor = actor.clone();
        let took = time(|| {
            db.write(move |tx| day::turn(tx, &actor, today)).expect("turns");
        });
        println!("{turn}, {accounts} overdue accounts: {} ms", took.as_millis());
    }
}

/// The ageing from the snapshot in memory, each time after something new was posted and sealed.
fn in_memory(db: &Db, actor: &Actor) {
    let asked =
        Asked { as_of: TODAY.parse().expect("a day"), known_at: None, by: By::Customer, buckets: Buckets::default() };
    let age = || {
        db.seal().expect("seals");
        db.read(|tx| report::age_in_memory(tx, db.snapshots(), actor, &asked)).expect("ages")
    };
    let took = time(|| drop(age()));
    println!("ageing in memory, read for the first time: {} ms", took.as_millis());
    let mut times: Vec<Duration> = (0..20)
        .map(|n| {
            record(db, actor, format!("memory-{n}"));
            time(|| drop(age()))
        })
        .collect();
    times.sort();
    println!(
        "ageing in memory after a posting, catch-up included: p50 {} ms, longest {} ms",
        times[10].as_millis(),
        times[19].as_millis()
    );
}
