//! `ideni import`.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};

use formats::{Fault, FileError, Profile, ageing_export, table};
use receivables::Date;
use serde_json::{Value, json};
use store::Error;

use super::output::{Format, Sheet};
use super::said::Said;
use super::{App, Done, Failure, said};
use crate::actions::import::{self, ChunkDone, Reading, RowReport, Status, Unit, Units, What};
use crate::actions::opening;

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
        let mut printer = Printer::new(app)?;
        if self.atomic || self.dry_run {
            self.whole(app, reading, units, &mut printer)?;
        } else {
            self.in_chunks(app, reading, units, &mut printer)?;
        }
        let refused = printer.counts.refused;
        if self.atomic && refused > 0 {
            printer.sheet.finish(printer.counts.totals(self.dry_run))?;
            return Err(said(Said::AtomicRefused { count: refused.to_string() }));
        }
        printer.finish(self.dry_run)
    }

    /// The units of the file: an ageing export of another program by its own rules, any other table by its columns.
    fn units(&self, app: &App<'_>, reading: &Reading, profile: Option<&Profile>) -> Result<Stream, Failure> {
        let told = |why| in_file(&self.file, why);
        if reading.what == What::Invoices
            && profile.is_none()
            && let Some(export) = ageing_export::open(&self.file).map_err(told)?
        {
            app.tell(&export.layout);
            if self.opening_on.is_none() {
                return Err(said(Said::NeedsOpeningDay { file: self.file.display().to_string() }));
            }
            for difference in &export.differences {
                app.tell(difference);
            }
            let units = app.read(|tx, actor, _| opening::units(tx, actor, reading, export))?;
            return Ok(Box::new(units.into_iter()));
        }
        let reader = table::open(&self.file, reading.what.fields(), profile).map_err(told)?;
        app.tell(reader.layout());
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
                app.db.write(move |tx| import::chunk(tx, &actor, today, &reading, &units, before.clone()))?;
            known = done.known;
            printer.print(app, &done.reports)?;
            if std::io::stderr().is_terminal() {
                eprint!("\r{}", app.say(&Said::Rows { count: rows.to_string() }));
            }
        }
        if std::io::stderr().is_terminal() {
            eprintln!();
        }
        parser.join().map_err(|_| Error::Failed("reading the file stopped".into()))?;
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
                units.lock().ok().and_then(|mut u| u.take()).ok_or_else(|| Error::Again("import".into()))?;
            let mut known = import::Known::new();
            let mut refused = false;
            loop {
                let chunk: Vec<Unit> = units.by_ref().take(CHUNK).collect();
                if chunk.is_empty() {
                    break;
                }
                let done = import::chunk(tx, &actor, today, &reading, &chunk, known)?;
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
        printer.print(app, &reports)
    }
}

/// What is wrong with a file, after its name.
pub fn in_file(file: &Path, why: FileError) -> Failure {
    said(Said::InFile { file: file.display().to_string(), why })
}

/// A file that the system does not hand out.
pub fn unopened(file: &Path, error: std::io::Error) -> Failure {
    let (path, cause) = (file.display().to_string(), error.to_string());
    said(FileError::from(Fault::CannotOpen { path, cause }))
}

pub fn profile(path: &Path) -> Result<Profile, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| unopened(path, e))?;
    Profile::read(&text).map_err(|fault| in_file(path, fault.into()))
}

/// Prints what became of each row.
pub(super) struct Printer {
    sheet: Sheet,
    counts: Counts,
    format: Format,
}

impl Printer {
    pub fn new(app: &App<'_>) -> Result<Printer, Failure> {
        Ok(Printer {
            sheet: Sheet::new(app.global.format, ["line", "status", "id", "message"])?,
            counts: Counts::default(),
            format: app.global.format,
        })
    }

    pub fn print(&mut self, app: &App<'_>, reports: &[RowReport]) -> Done {
        for report in reports {
            self.counts.add(report.status);
            // A person wants to see what did not simply go in.
            if self.format == Format::Table && report.status == Status::Created && report.message.is_none() {
                continue;
            }
            self.sheet.row(vec![
                json!(report.line),
                json!(report.status.name()),
                json!(report.id),
                json!(app.note(report.message.as_ref())),
            ])?;
        }
        Ok(())
    }

    /// Ends the report; fails where every row was refused.
    pub fn finish(self, dry_run: bool) -> Done {
        let Printer { sheet, counts, .. } = self;
        sheet.finish(counts.totals(dry_run))?;
        if counts.refused > 0 && counts.created + counts.updated + counts.duplicate == 0 {
            return Err(said(Said::AllRefused { count: counts.refused.to_string() }));
        }
        Ok(())
    }
}
