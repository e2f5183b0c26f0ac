//! `ideni export`: the rows of a command in a file, as a spreadsheet takes them.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use formats::workbook::{self, Cell};
use receivables::Date;
use serde_json::Value;

use super::output::{Target, plain};
use super::said::Said;
use super::{App, Done, Failure, collections, invoice, receipt, report, said};
use crate::words::{self, Language};

#[derive(clap::Subcommand, Debug)]
pub enum Export {
    /// What is open and how old it is
    Ageing {
        #[command(flatten)]
        asked: report::Ageing,
        #[command(flatten)]
        to: To,
    },
    /// Posted invoices and credit notes
    Invoices {
        #[command(flatten)]
        asked: invoice::InvoiceList,
        #[command(flatten)]
        to: To,
    },
    /// Money that came in
    Receipts {
        #[command(flatten)]
        asked: receipt::ReceiptList,
        #[command(flatten)]
        to: To,
    },
    /// Every line of every entry
    Journal {
        #[command(flatten)]
        asked: report::Journal,
        #[command(flatten)]
        to: To,
    },
    /// Whom to call next; a row per currency
    Worklist {
        #[command(flatten)]
        asked: collections::Worklist,
        #[command(flatten)]
        to: To,
    },
}

#[derive(clap::Args, Debug)]
pub struct To {
    /// The file to write: its name ends in .xlsx or .csv
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
}

impl Export {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Export::Ageing { asked, to } => asked.write(app, &to.target(app, "ageing")?),
            Export::Invoices { asked, to } => asked.write(app, &to.target(app, "invoices")?),
            Export::Receipts { asked, to } => asked.write(app, &to.target(app, "receipts")?),
            Export::Journal { asked, to } => asked.write(app, &to.target(app, "journal")?),
            Export::Worklist { asked, to } => asked.write(app, &to.target(app, "worklist")?),
        }
    }
}

impl To {
    fn target(&self, app: &App<'_>, title: &'static str) -> Result<Target, Failure> {
        let file = self.to.display().to_string();
        let ending = self.to.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        let kind = match ending.as_str() {
            "xlsx" => Kind::Xlsx,
            "csv" => Kind::Csv,
            "pdf" => return Err(said(Said::ExportPdf { file })),
            _ => return Err(said(Said::ExportEnding { file })),
        };
        if self.to.exists() && !self.force {
            return Err(said(Said::ExportExists { file }));
        }
        Ok(Target::File(File { path: self.to.clone(), kind, title, language: app.global.language }))
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Xlsx,
    Csv,
}

/// A file to be written.
#[derive(Clone, Debug)]
pub struct File {
    path: PathBuf,
    kind: Kind,
    title: &'static str,
    /// Of the sentence at the end.
    language: Language,
}

/// Columns that hold words or numbers that nobody adds up; dates; what is neither is an amount or a count.
const TEXTS: &[&str] = &[
    "account",
    "account_name",
    "cause",
    "collector",
    "currency",
    "customer",
    "entry",
    "id",
    "invoice",
    "kind",
    "name",
    "number",
    "payer",
    "reasons",
    "reference",
    "segment",
    "series",
    "step",
    "text",
];
const DATES: &[&str] = &["due_on", "issued_on", "on"];

/// Rows that wait between the one who reads the book and the one who writes the file.
const AHEAD: usize = 1000;

/// A file being written, on a thread of its own.
pub struct Writing {
    rows: SyncSender<Vec<Cell>>,
    writer: JoinHandle<io::Result<()>>,
    part: PathBuf,
    path: PathBuf,
    language: Language,
}

impl File {
    /// Begins to write beside the file; it gets its name when it is whole.
    pub fn begin(&self, columns: &[String]) -> Writing {
        let (rows, received) = sync_channel::<Vec<Cell>>(AHEAD);
        let mut part = self.path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let (columns, to, kind, title) = (columns.to_vec(), part.clone(), self.kind, self.title);
        let writer = std::thread::spawn(move || {
            let headers: Vec<&str> = columns.iter().map(String::as_str).collect();
            match kind {
                Kind::Xlsx => workbook::write_xlsx(&to, title, &headers, received),
                Kind::Csv => {
                    let out = io::BufWriter::new(std::fs::File::create(&to)?);
                    workbook::write_csv(out, &headers, received)
                }
            }
        });
        Writing { rows, writer, part, path: self.path.clone(), language: self.language }
    }
}

impl Writing {
    /// One row. A writer that has failed says why at the end.
    pub fn row(&mut self, columns: &[String], values: &[Value]) -> io::Result<()> {
        let cells = columns.iter().zip(values).map(|(column, value)| cell(column, value)).collect();
        // Why it stopped is told by `finish`.
        self.rows.send(cells).map_err(|_| io::Error::other(self.path.display().to_string()))
    }

    pub fn finish(self, count: usize) -> io::Result<()> {
        drop(self.rows);
        let written = self.writer.join().unwrap_or_else(|_| Err(io::Error::other("the writer stopped")));
        let named = written.and_then(|()| std::fs::rename(&self.part, &self.path));
        if let Err(error) = named {
            let _ = std::fs::remove_file(&self.part);
            return Err(io::Error::new(error.kind(), format!("{}: {error}", self.path.display())));
        }
        let exported = Said::Exported { file: self.path.display().to_string(), count: count.to_string() };
        eprintln!("{}", words::saying(self.language, &exported));
        Ok(())
    }
}

fn cell(column: &str, value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Blank,
        Value::String(text) if text.is_empty() => Cell::Blank,
        Value::Number(number) => Cell::Number(number.to_string()),
        value => {
            let text = plain(value);
            if TEXTS.contains(&column) {
                return Cell::Text(text);
            }
            if !DATES.contains(&column) {
                return Cell::Number(text);
            }
            text.parse::<Date>().map_or(Cell::Text(text), Cell::Date)
        }
    }
}
