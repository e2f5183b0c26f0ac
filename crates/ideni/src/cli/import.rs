//! `ideni import`.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};

use formats::{Profile, ageing_export, table};
use receivables::Date;
use serde_json::{Value, json};
use store::Error;

use super::output::{Format, Sheet};
use super::{App, Done, Failure};
use crate::actions::import::{self, ChunkDone, Reading, RowReport, Status, Unit, Units, What};
use crate::actions::opening;
use crate::words::{self, Language};

/// Documents per transaction.
const CHUNK: usize = 2000;

/// What a file holds, read as it is needed.
type Stream = Box<dyn Iterator<Item = Unit> + Send>;

#[derive(clap::Args, Debug)]
pub struct Import {
    /// What the file holds
    #[arg(value_enum)]
    what: Kind,
    /// CSV or XLSX
    file: PathBuf,
    /// A saved mapping for files with other headers (TOML)
    #[arg(long, value_name = "PROFILE")]
    map: Option<PathBuf>,
    /// Post as the opening load of this cut-over day, against the opening balance
    #[arg(long, value_name = "DATE")]
    opening_on: Option<Date>,
    /// All rows or none
    #[arg(long)]
    atomic: bool,
    /// Show what would happen and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Money account of receipts that name none
    #[arg(long, default_value = "bank")]
    account: String,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Kind {
    Customers,
    Invoices,
    Receipts,
    Rates,
}

impl Kind {
    fn what(self) -> What {
        match self {
            Kind::Customers => What::Customers,
            Kind::Invoices => What::Invoices,
            Kind::Receipts => What::Receipts,
            Kind::Rates => What::Rates,
        }
    }
}

/// Counts of what became of the rows.
#[derive(Default)]
struct Counts {
    created: u64,
    updated: u64,
    duplicate: u64,
    refused: u64,
}

impl Counts {
    fn add(&mut self, status: Status) {
        match status {
            Status::Created => self.created += 1,
            Status::Updated => self.updated += 1,
            Status::Duplicate => self.duplicate += 1,
            Status::Refused => self.refused += 1,
        }
    }

    fn totals(&self, dry_run: bool) -> Value {
        json!({
            "created": self.created, "updated": self.updated, "duplicate": self.duplicate,
            "refused": self.refused, "dry_run": dry_run,
        })
    }
}

impl Import {
    pub fn run(&self, app: &App<'_>) -> Done {
        let profile = self.map.as_deref().map(profile).transpose()?;
        let (actor, _) = app.actor()?;
        let reading = Reading {
            what: self.what.what(),
            file: self.file_name(),
            currency: actor.company.currency,
            opening_on: self.opening_on,
            account: self.account.clone(),
        };
        let units = self.units(app, &reading, profile.as_ref())?;
        let mut printer = Printer {
            sheet: Sheet::new(app.global.format, ["line", "status", "id", "message"])?,
            counts: Counts::default(),
            format: app.global.format,
        };
        if self.atomic || self.dry_run {
            self.whole(app, reading, units, &mut printer)?;
        } else {
            self.in_chunks(app, reading, units, &mut printer)?;
        }
        let Printer { sheet, counts, .. } = printer;
        sheet.finish(counts.totals(self.dry_run))?;
        if !self.atomic && counts.refused > 0 && counts.created + counts.updated + counts.duplicate == 0 {
            return Err(Failure::Said(format!(
                "nothing was saved: all {} rows are refused, see above",
                counts.refused
            )));
        }
        if self.atomic && counts.refused > 0 {
            return Err(Failure::Said(format!(
                "nothing was saved: {} rows are refused and --atomic asks for all or none",
                counts.refused
            )));
        }
        Ok(())
    }

    /// The units of the file: an ageing export of another program by its own rules, any other table by its columns.
    fn units(&self, app: &App<'_>, reading: &Reading, profile: Option<&Profile>) -> Result<Stream, Failure> {
        let told = |e: formats::FileError| Failure::Said(format!("{}: {e}", self.file.display()));
        if reading.what == What::Invoices
            && profile.is_none()
            && let Some(export) = ageing_export::open(&self.file).map_err(told)?
        {
            eprintln!("{}", export.layout);
            if self.opening_on.is_none() {
                return Err(Failure::Said(format!(
                    "{} is an ageing export: what was open on a day, no sales. Give the cut-over day, and it is the opening load: --opening-on YYYY-MM-DD",
                    self.file.display()
                )));
            }
            for difference in &export.differences {
                eprintln!("{difference}");
            }
            let units = app.read(|tx, actor, _| opening::units(tx, actor, reading, export))?;
            return Ok(Box::new(units.into_iter()));
        }
        let reader = table::open(&self.file, reading.what.fields(), profile).map_err(told)?;
        eprintln!("{}", reader.layout());
        Ok(Box::new(Units::new(reader, reading.clone())))
    }

    fn file_name(&self) -> String {
        self.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Reading runs ahead of writing; each chunk is one commit.
    fn in_chunks(&self, app: &App<'_>, reading: Reading, units: Stream, printer: &mut Printer) -> Done {
        let (send, receive) = sync_channel::<Vec<Unit>>(2);
        let parser = std::thread::spawn(move || {
            let mut units = units;
            loop {
                let chunk: Vec<Unit> = units.by_ref().take(CHUNK).collect();
                // The writer has failed and says why itself.
                if chunk.is_empty() || send.send(chunk).is_err() {
                    return;
                }
            }
        });
        let (actor, today) = app.actor()?;
        let mut known = import::Known::new();
        let mut rows = 0usize;
        for units in receive {
            rows += units.len();
            let (actor, reading) = (actor.clone(), reading.clone());
            let before = std::mem::take(&mut known);
            let done: ChunkDone =
                app.db.write(move |tx| import::chunk(tx, &actor, today, &reading, &units, before.clone(), &explain))?;
            known = done.known;
            printer.print(&done.reports)?;
            if std::io::stderr().is_terminal() {
                eprint!("\r{rows} rows");
            }
        }
        if std::io::stderr().is_terminal() {
            eprintln!();
        }
        parser.join().map_err(|_| Failure::Said("reading the file stopped".into()))?;
        Ok(())
    }

    /// All of the file in one transaction, kept only if nothing is refused and it is no dry run.
    fn whole(&self, app: &App<'_>, reading: Reading, units: Stream, printer: &mut Printer) -> Done {
        let (actor, today) = app.actor()?;
        let dry_run = self.dry_run;
        let reports: Arc<Mutex<Vec<RowReport>>> = Arc::default();
        let collected = Arc::clone(&reports);
        let units = Mutex::new(Some(units));
        let result = app.db.write(move |tx| {
            let mut units =
                units.lock().ok().and_then(|mut u| u.take()).ok_or_else(|| {
                    Error::Failed("the database asked to try again; start the import once more".into())
                })?;
            let mut known = import::Known::new();
            let mut refused = false;
            loop {
                let chunk: Vec<Unit> = units.by_ref().take(CHUNK).collect();
                if chunk.is_empty() {
                    break;
                }
                let done = import::chunk(tx, &actor, today, &reading, &chunk, known, &explain)?;
                known = done.known;
                refused |= done.reports.iter().any(|r| r.status == Status::Refused);
                if let Ok(mut all) = collected.lock() {
                    all.extend(done.reports);
                }
            }
            if refused || dry_run { Err(Error::RolledBack) } else { Ok(()) }
        });
        match result {
            Ok(()) | Err(Error::RolledBack) => {}
            Err(error) => return Err(error.into()),
        }
        let reports = reports.lock().map(|all| all.clone()).unwrap_or_default();
        printer.print(&reports)
    }
}

/// A refusal as the sentence of its row.
pub fn explain(refusal: &receivables::Refusal) -> String {
    words::refusal(Language::En, refusal)
}

pub fn profile(path: &Path) -> Result<Profile, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| Failure::Said(format!("the profile {} cannot be read: {e}", path.display())))?;
    Profile::read(&text).map_err(|e| Failure::Said(format!("the profile {}: {e}", path.display())))
}

struct Printer {
    sheet: Sheet,
    counts: Counts,
    format: Format,
}

impl Printer {
    fn print(&mut self, reports: &[RowReport]) -> Done {
        for report in reports {
            self.counts.add(report.status);
            // A person wants to see what did not simply go in.
            if self.format == Format::Table && report.status == Status::Created && report.message.is_empty() {
                continue;
            }
            self.sheet.row(vec![
                json!(report.line),
                json!(report.status.name()),
                json!(report.id),
                json!(report.message),
            ])?;
        }
        Ok(())
    }
}
