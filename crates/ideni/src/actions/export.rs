//! Lists in files as a spreadsheet takes them: the same rows, whether a command or a page asks.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use formats::workbook::{self, Cell};
use receivables::{Date, Refusal};
use serde_json::Value;
use store::{Db, Error};

use super::Actor;
use super::listing::{Listing, plain};
use crate::words::Language;

/// What a file is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Xlsx,
    Csv,
}

impl Kind {
    /// By the ending of a file's name.
    pub fn of_ending(ending: &str) -> Option<Kind> {
        match ending {
            "xlsx" => Some(Kind::Xlsx),
            "csv" => Some(Kind::Csv),
            _ => None,
        }
    }

    pub fn ending(self) -> &'static str {
        match self {
            Kind::Xlsx => "xlsx",
            Kind::Csv => "csv",
        }
    }
}

/// A file to be written.
#[derive(Clone, Debug)]
pub struct File {
    pub path: PathBuf,
    pub kind: Kind,
    /// Of its one sheet.
    pub title: String,
}

/// Columns that hold words or numbers that nobody adds up; dates; what is neither is an amount or a count.
const TEXTS: &[&str] = &[
    "account",
    "account_name",
    "annex",
    "box",
    "bucket",
    "buyer_name",
    "buyer_tin",
    "by",
    "cause",
    "collector",
    "company_currency",
    "currency",
    "customer",
    "date",
    "delivery_date",
    "entry",
    "figure",
    "first",
    "formula",
    "found",
    "gaps",
    "id",
    "institution_name",
    "institution_tin",
    "invoice",
    "invoice_date",
    "issued_by",
    "item",
    "kind",
    "kpi",
    "last",
    "late",
    "levy",
    "missing_papers",
    "month",
    "name",
    "nature",
    "number",
    "payer",
    "period",
    "reason",
    "reasons",
    "reference",
    "remark",
    "segment",
    "series",
    "stands",
    "step",
    "text",
    "tin",
    "unit",
    "what",
    "work",
];
const DATES: &[&str] = &[
    "document_due",
    "due_on",
    "ends_on",
    "falls_due_on",
    "issued_on",
    "on",
    "posted_on",
    "received_on",
    "signed_on",
    "since",
];
/// Numbers that are no amounts.
const COUNTS: &[&str] = &[
    "count",
    "days",
    "instalment",
    "items",
    "line",
    "priority",
    "rank",
    "rate",
    "rate_percent",
    "value",
    "withholding_rate",
];

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    Text,
    Date,
    Number,
}

pub fn shape(column: &str) -> Shape {
    if TEXTS.contains(&column) {
        Shape::Text
    } else if DATES.contains(&column) {
        Shape::Date
    } else {
        Shape::Number
    }
}

/// Whether the numbers of a column are money.
pub fn is_amount(column: &str) -> bool {
    shape(column) == Shape::Number && !COUNTS.contains(&column)
}

/// Rows that wait between the one who reads the book and the one who writes the file.
const AHEAD: usize = 1000;

/// A file being written, on a thread of its own.
pub struct Writing {
    rows: SyncSender<Vec<Cell>>,
    writer: JoinHandle<io::Result<()>>,
    part: PathBuf,
    path: PathBuf,
}

impl File {
    /// Begins to write beside the file; it gets its name when it is whole.
    pub fn begin(&self, columns: &[String]) -> Writing {
        let (rows, received) = sync_channel::<Vec<Cell>>(AHEAD);
        let mut part = self.path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let (columns, to, kind, title) = (columns.to_vec(), part.clone(), self.kind, self.title.clone());
        let writer = std::thread::spawn(move || {
            let headers: Vec<&str> = columns.iter().map(String::as_str).collect();
            match kind {
                Kind::Xlsx => workbook::write_xlsx(&to, &title, &headers, received),
                Kind::Csv => {
                    let out = io::BufWriter::new(std::fs::File::create(&to)?);
                    workbook::write_csv(out, &headers, received)
                }
            }
        });
        Writing { rows, writer, part, path: self.path.clone() }
    }
}

impl Writing {
    /// One row. A writer that has failed says why at the end.
    pub fn row(&mut self, columns: &[String], values: &[Value]) -> io::Result<()> {
        let cells = columns.iter().zip(values).map(|(column, value)| cell(column, value)).collect();
        // Why it stopped is told by `finish`.
        self.rows.send(cells).map_err(|_| io::Error::other(self.path.display().to_string()))
    }

    /// Ends the file and gives it its name; what was begun goes where that fails.
    pub fn finish(self) -> io::Result<()> {
        drop(self.rows);
        let written = self.writer.join().unwrap_or_else(|_| Err(io::Error::other("the writer stopped")));
        let named = written.and_then(|()| std::fs::rename(&self.part, &self.path));
        if let Err(error) = named {
            let _ = std::fs::remove_file(&self.part);
            return Err(io::Error::new(error.kind(), format!("{}: {error}", self.path.display())));
        }
        Ok(())
    }

    /// Ends what nobody wants any more.
    pub fn forget(self) {
        drop(self.rows);
        let _ = self.writer.join();
        let _ = std::fs::remove_file(&self.part);
    }
}

/// Writes a list into a file; how many rows. `progress` hears of each.
pub fn write(
    db: &Db,
    actor: &Actor,
    listing: &Listing,
    language: Language,
    file: &File,
    mut progress: impl FnMut(u64),
) -> Result<u64, Error> {
    let columns = listing.columns();
    let mut writing = file.begin(&columns);
    let (mut count, mut stopped) = (0, false);
    let read = db.read(|tx| {
        listing.each(tx, actor, language, &mut |row| {
            writing.row(&columns, &row).map_err(|e| {
                stopped = true;
                Error::failed("writing the file", e)
            })?;
            count += 1;
            progress(count);
            Ok(())
        })
    });
    if let Err(error) = read
        && !stopped
    {
        writing.forget();
        return Err(error);
    }
    // A writer that stopped says itself why.
    writing.finish().map_err(|error| unwritten(&file.path, &error))?;
    Ok(count)
}

fn unwritten(path: &Path, error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::FileTooLarge => Refusal::SheetFull.into(),
        io::ErrorKind::StorageFull => Error::DiskFull,
        _ => Error::failed(&path.display().to_string(), error),
    }
}

fn cell(column: &str, value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Blank,
        Value::String(text) if text.is_empty() => Cell::Blank,
        Value::Number(number) => Cell::Number(number.to_string()),
        value => {
            let text = plain(value);
            match shape(column) {
                Shape::Text => Cell::Text(text),
                Shape::Number => Cell::Number(text),
                Shape::Date => text.parse::<Date>().map_or(Cell::Text(text), Cell::Date),
            }
        }
    }
}
