//! Lets the program live through a folder, by its commands alone, and scores it against `truth.csv`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use serde_json::Value;

use crate::figures::{Allocations, Found, Owners, Report, Verdict, judge};
use crate::truth::{self, KINDS, KNOWABLE, Kind, Knowable, Row, word};

/// What to score, and how.
#[derive(Args, Debug)]
pub struct Asked {
    /// Folders that `generate make` wrote
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// The program
    #[arg(long)]
    ideni: PathBuf,
    /// The book to make, begun anew; book.db in the folder if left out
    #[arg(long)]
    book: Option<PathBuf>,
    /// Nobody works: what waits is left as it is, and what is wrong stays
    #[arg(long)]
    alone: bool,
    /// Write each wrong one here, with its line, the truth and the evidence (CSV)
    #[arg(long)]
    wrong: Option<PathBuf>,
    /// Write each one here that could be known and was not applied (CSV)
    #[arg(long)]
    missed: Option<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
}

/// Scores the folders, one after the other.
pub fn run(asked: &Asked) -> Result<()> {
    if asked.book.is_some() && asked.folders.len() > 1 {
        bail!("--book is for one folder; several have their book.db each");
    }
    let mut report = Report::default();
    let mut wrong = listed(asked.wrong.as_deref())?;
    let mut missed = listed(asked.missed.as_deref())?;
    for folder in &asked.folders {
        let book = asked.book.clone().unwrap_or_else(|| folder.join("book.db"));
        let scored = Scored::of(asked, folder, &book)?;
        for row in &scored.truth {
            let found = scored.found.get(&row.reference).cloned().unwrap_or_default();
            report.add(&scored.difficulty, row, &found, &scored.owners);
            let verdict = judge(row, &found, &scored.owners);
            if verdict == Verdict::Wrong {
                list(wrong.as_mut(), &scored, row, &found)?;
            } else if verdict == Verdict::Left && row.knowable == Knowable::Allocation {
                list(missed.as_mut(), &scored, row, &found)?;
            }
        }
    }
    for file in [wrong, missed].iter_mut().flatten() {
        file.flush()?;
    }
    match asked.format {
        Format::Table => print!("{}", report.table()),
        Format::Json => println!("{:#}", report.json()),
    }
    Ok(())
}

type Listing = csv::Writer<fs::File>;

fn listed(path: Option<&Path>) -> Result<Option<Listing>> {
    let Some(path) = path else { return Ok(None) };
    let mut out = csv::Writer::from_path(path).with_context(|| format!("writing {}", path.display()))?;
    out.write_record([
        "folder",
        "week",
        "account",
        "on",
        "amount",
        "reference",
        "kind",
        "knowable",
        "shown",
        "customer",
        "truth",
        "program",
        "proposed",
        "evidence",
    ])?;
    Ok(Some(out))
}

fn list(out: Option<&mut Listing>, scored: &Scored, row: &Row, found: &Found) -> Result<()> {
    let Some(out) = out else { return Ok(()) };
    let written = |all: &Allocations| {
        let one = |(number, amount): &(String, i64)| {
            format!("{number} {amount} of {}", scored.owners.get(number).map_or("nobody", String::as_str))
        };
        all.iter().map(one).collect::<Vec<_>>().join("; ")
    };
    let proposed: Vec<String> = found.proposed.iter().map(written).collect();
    out.write_record([
        &scored.folder,
        &row.week.to_string(),
        &row.account,
        &row.on,
        &row.amount.to_string(),
        &row.reference,
        word(KINDS, row.kind),
        word(KNOWABLE, row.knowable),
        &row.shown,
        &row.customer,
        &written(&row.allocations),
        &written(&found.applied),
        &proposed.join(" | "),
        &found.evidence.join(" "),
    ])?;
    Ok(())
}

/// The program, with a book and a day.
struct Program<'a> {
    ideni: &'a Path,
    book: String,
    today: String,
}

impl Program<'_> {
    /// Carries out a command and reads what it prints.
    fn run(&self, words: &[&str]) -> Result<Value> {
        let mut command = Command::new(self.ideni);
        command
            .args(["--database", &self.book, "--today", &self.today, "--format", "json", "--language", "en"])
            .args(words);
        let out = command.output().with_context(|| format!("running {}", self.ideni.display()))?;
        if !out.status.success() {
            bail!("{}: {}", words.join(" "), String::from_utf8_lossy(&out.stderr).trim());
        }
        if out.stdout.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&out.stdout).with_context(|| format!("reading what {} printed", words.join(" ")))
    }

    fn rows(&self, words: &[&str]) -> Result<Vec<Value>> {
        let mut answer = self.run(words)?;
        Ok(answer.get_mut("rows").and_then(Value::as_array_mut).map(std::mem::take).unwrap_or_default())
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn items<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn allocations(value: &Value) -> Allocations {
    let one = |one: &Value| Some((text(one, "invoice").to_owned(), text(one, "amount").parse().ok()?));
    items(value, "allocations").iter().filter_map(one).collect()
}

/// A folder that the program has lived through.
struct Scored {
    folder: String,
    difficulty: String,
    truth: Vec<Row>,
    owners: Owners,
    found: BTreeMap<String, Found>,
}

impl Scored {
    fn of(asked: &Asked, folder: &Path, book: &Path) -> Result<Scored> {
        let about =
            fs::read(folder.join("about.json")).with_context(|| format!("{} has no about.json", folder.display()))?;
        let about: Value = serde_json::from_slice(&about)?;
        let mut scored = Scored {
            folder: folder.display().to_string(),
            difficulty: text(&about, "difficulty").to_owned(),
            truth: truth::read(&folder.join("truth.csv"))?,
            owners: Owners::new(),
            found: BTreeMap::new(),
        };
        for ending in ["", "-wal", "-shm"] {
            let old = PathBuf::from(format!("{}{ending}", book.display()));
            if old.exists() {
                fs::remove_file(&old)?;
            }
        }
        let mut program = Program {
            ideni: &asked.ideni,
            book: format!("sqlite:{}", book.display()),
            today: text(&about, "founded_on").to_owned(),
        };
        program.run(&["init", "--name", "Isuzuma Ltd"])?;
        program.run(&["account", "add", "bank2", "--name", "Second bank"])?;
        program.run(&["import", "customers", &path(folder, "customers.csv")])?;
        let mut payers = csv::Reader::from_path(folder.join("payers.csv"))?;
        for record in payers.records() {
            let record = record?;
            let (customer, number) = (record.get(0).unwrap_or_default(), record.get(2).unwrap_or_default());
            program.run(&["payer", "add", customer, "--number", number])?;
        }
        for (n, week) in items(&about, "weeks").iter().enumerate() {
            program.today = text(week, "until").to_owned();
            scored.week(&program, folder, week)?;
            scored.look(&program)?;
            if !asked.alone {
                scored.settle(&program, n + 1)?;
            }
            eprintln!("{}: week {} of {}", scored.folder, n + 1, items(&about, "weeks").len());
        }
        scored.read_back(&program, asked.alone)?;
        Ok(scored)
    }

    /// Takes in what a week brought, and lets the program apply.
    fn week(&mut self, program: &Program, folder: &Path, week: &Value) -> Result<()> {
        let invoices = path(folder, text(week, "invoices"));
        for record in csv::Reader::from_path(&invoices)?.records() {
            let record = record?;
            self.owners
                .insert(record.get(0).unwrap_or_default().to_owned(), record.get(1).unwrap_or_default().to_owned());
        }
        for row in program.rows(&["import", "invoices", &invoices])? {
            if text(&row, "status") != "created" {
                eprintln!("{invoices}: {row}");
            }
        }
        for statement in items(week, "statements") {
            let file = path(folder, text(statement, "file"));
            let answer = program.run(&["statement", "import", &file, "--account", text(statement, "account")])?;
            let totals = answer.get("totals").cloned().unwrap_or_default();
            if text(&totals, "difference") != "0" {
                eprintln!("{file}: difference {}", text(&totals, "difference"));
            }
            for row in
                items(&answer, "rows").iter().filter(|row| !["receipt", "recorded"].contains(&text(row, "status")))
            {
                eprintln!("{file}: {row}");
            }
        }
        for row in program.rows(&["cash", "apply"])? {
            let found = self.found.entry(text(&row, "receipt").to_owned()).or_default();
            // The rest of a payment that a person has applied, on the next invoice of the same customer.
            let whose = |(number, _): &(String, i64)| self.owners.get(number) == found.settled.as_ref();
            if found.settled.is_some() && allocations(&row).iter().all(whose) {
                continue;
            }
            let evidence = items(&row, "evidence").iter().filter_map(Value::as_str).map(str::to_owned).collect();
            if text(&row, "outcome") == "applied" {
                found.applied.extend(allocations(&row));
                found.evidence = evidence;
            } else if found.applied.is_empty() {
                // The answers beside the first, where the program tells of them.
                let others = items(&row, "candidates").iter().map(allocations);
                found.proposed =
                    std::iter::once(allocations(&row)).chain(others).filter(|one| !one.is_empty()).collect();
                found.proposed.dedup();
                found.evidence = evidence;
            }
        }
        Ok(())
    }

    /// Whose money the program says the receipts are, before a person says so.
    fn look(&mut self, program: &Program) -> Result<()> {
        for receipt in program.rows(&["receipt", "list"])? {
            let found = self.found.entry(text(&receipt, "reference").to_owned()).or_default();
            // What a person recorded again was lost all the same.
            if found.settled.is_none() {
                found.receipt = true;
                found.customer = receipt.get("customer").and_then(Value::as_str).map(str::to_owned);
            }
        }
        Ok(())
    }

    /// What an honest clerk does at the end of a week, who has asked the customers about what could not be known.
    fn settle(&mut self, program: &Program, week: usize) -> Result<()> {
        let mut failed = Vec::new();
        let mut settled = Vec::new();
        for row in self.truth.iter().filter(|row| row.week == week) {
            let found = self.found.entry(row.reference.clone()).or_default();
            let verdict = judge(row, found, &self.owners);
            if verdict != Verdict::Right {
                let theirs = found.applied.iter().all(|(number, _)| self.owners.get(number) == Some(&row.customer));
                settled.push((row, verdict == Verdict::Wrong, theirs, found.receipt));
            }
        }
        let moves = match settled.iter().any(|(_, wrong, theirs, _)| *wrong && *theirs) {
            true => program.rows(&["allocation", "list"])?,
            false => Vec::new(),
        };
        // First everything wrong is taken back, so that its invoices are open again.
        for (row, wrong, theirs, _) in &settled {
            let (wrong, theirs) = (*wrong, *theirs);
            if wrong && theirs {
                let of_it = |one: &&Value| text(one, "receipt") == row.reference && text(one, "kind") == "allocation";
                for one in moves.iter().filter(of_it) {
                    failed
                        .extend(program.run(&["allocation", "reverse", text(one, "id"), "--reason", "mistaken"]).err());
                }
            } else if wrong {
                // Whose money it is cannot be taken back: the receipt goes, and comes again as another.
                failed.extend(
                    program.run(&["receipt", "return", &row.reference, "--reason", "not the customer's"]).err(),
                );
            }
        }
        for (row, wrong, theirs, receipt) in settled {
            let reference = format!("{}{}", row.reference, if wrong && !theirs { "-2" } else { "" });
            if (!receipt || (wrong && !theirs)) && !row.customer.is_empty() {
                let amount = row.amount.to_string();
                let words = ["receipt", "record", "--amount", &amount, "--account", &row.account, "--on", &row.on];
                let more = ["--customer", &row.customer, "--reference", &reference];
                failed.extend(program.run(&[words.as_slice(), more.as_slice()].concat()).err());
            }
            for (number, amount) in &row.allocations {
                let amount = amount.to_string();
                failed.extend(program.run(&["allocation", "add", &reference, number, "--amount", &amount]).err());
            }
            if let Some(found) = self.found.get_mut(&row.reference).filter(|_| wrong || !row.customer.is_empty()) {
                found.settled = Some(row.customer.clone());
            }
        }
        // Tax withheld and charges: nobody will pay the rest of these invoices.
        let less = [Kind::Withholding, Kind::FeeNetted];
        for row in self.truth.iter().filter(|row| row.week == week && less.contains(&row.kind)) {
            for (number, _) in &row.allocations {
                failed.extend(program.run(&["write-off", "add", number, "--reason", "withheld, or a charge"]).err());
            }
        }
        for error in failed {
            eprintln!("{}: week {week}: the clerk could not: {error}", self.folder);
        }
        Ok(())
    }

    /// That the lines became receipts, and that what was told is what is in the book.
    fn read_back(&self, program: &Program, alone: bool) -> Result<()> {
        let mut there = BTreeMap::new();
        for receipt in program.rows(&["receipt", "list"])? {
            there.insert(text(&receipt, "reference").to_owned(), receipt);
        }
        let mut booked: BTreeMap<String, i64> = BTreeMap::new();
        for one in program.rows(&["allocation", "list"])?.iter().filter(|one| text(one, "kind") == "allocation") {
            *booked.entry(text(one, "receipt").to_owned()).or_default() -=
                text(one, "amount").parse::<i64>().unwrap_or(0);
        }
        for row in &self.truth {
            let Some(receipt) = there.get(&row.reference) else {
                eprintln!("{}: {} of {} is no receipt: {}", self.folder, row.reference, row.on, row.shown);
                continue;
            };
            if text(receipt, "gross") != row.amount.to_string() || text(receipt, "on") != row.on {
                eprintln!("{}: {} is not {} of {}: {receipt}", self.folder, row.reference, row.amount, row.on);
            }
            let told: i64 =
                self.found.get(&row.reference).iter().flat_map(|found| &found.applied).map(|(_, amount)| amount).sum();
            let in_book = booked.get(&row.reference).copied().unwrap_or(0);
            if alone && told != in_book {
                eprintln!(
                    "{}: {} was told to be applied with {told}, the book has {in_book}",
                    self.folder, row.reference
                );
            }
        }
        Ok(())
    }
}

fn path(folder: &Path, file: &str) -> String {
    folder.join(file).display().to_string()
}
