//! A file given on a page: first what its rows would do, then the same done, a chunk a transaction.

use std::sync::{Arc, Mutex};

use formats::{FileError, Layout, ageing_export, table};
use receivables::Date;
use store::{Db, Error};

use super::import::{self, Reading, RowReport, Status, Unit, Units, What};
use super::progress::Progress;
use super::{Actor, opening};

/// Documents per transaction.
const CHUNK: usize = 2000;
/// Rows that a page can tell about.
const TOLD_MAX: usize = 100;

/// A file and what it is said to hold.
#[derive(Clone, Debug)]
pub struct Upload {
    pub name: String,
    pub bytes: Arc<[u8]>,
    pub what: What,
    /// The cut-over day, for history from another program.
    pub opening_on: Option<Date>,
    /// Of receipts that name none.
    pub account: String,
}

/// Why nothing came of a file.
#[derive(Debug)]
pub enum Failure {
    Store(Error),
    /// It cannot be read.
    File(FileError),
}

impl Failure {
    /// The same for whoever knows errors of the book only.
    pub fn as_error(&self) -> Error {
        match self {
            Failure::Store(Error::Refused(refusal)) => Error::Refused(refusal.clone()),
            Failure::Store(Error::DiskFull) => Error::DiskFull,
            Failure::Store(error) => Error::Failed(error.to_string()),
            Failure::File(error) => Error::Failed(error.to_string()),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Store(error)
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Failure {
        Failure::File(error)
    }
}

/// What became of the rows, or would.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// How the file is written.
    pub layout: Option<Layout>,
    pub created: usize,
    pub updated: usize,
    pub duplicate: usize,
    pub refused: usize,
    /// The first rows that did not simply go in.
    pub told: Vec<RowReport>,
}

impl Outcome {
    fn add(&mut self, reports: Vec<RowReport>) {
        for report in reports {
            match report.status {
                Status::Created => self.created += 1,
                Status::Updated => self.updated += 1,
                Status::Duplicate => self.duplicate += 1,
                Status::Refused => self.refused += 1,
            }
            let plain = report.status == Status::Created && report.message.is_none();
            if !plain && self.told.len() < TOLD_MAX {
                self.told.push(report);
            }
        }
    }
}

/// What the file would do. Nothing is written.
pub fn look(
    db: &Db,
    actor: &Actor,
    today: Date,
    upload: &Upload,
    progress: &Arc<Progress>,
) -> Result<Outcome, Failure> {
    let (layout, chunks) = read(db, actor, upload)?;
    let progress = Arc::clone(progress);
    let outcome = Arc::new(Mutex::new(Outcome::default()));
    let (seen, actor, reading) = (Arc::clone(&outcome), actor.clone(), reading(actor, upload));
    let looked = db.write(move |tx| {
        let mut all = Outcome::default();
        let mut known = import::Known::new();
        for (n, units) in chunks.iter().enumerate() {
            progress.at(n, chunks.len());
            let done = import::chunk(tx, &actor, today, &reading, units, known)?;
            known = done.known;
            all.add(done.reports);
        }
        *seen.lock().map_err(|e| Error::failed("the report", e))? = all;
        Err::<(), _>(Error::RolledBack)
    });
    match looked {
        Ok(()) | Err(Error::RolledBack) => {}
        Err(error) => return Err(error.into()),
    }
    let outcome = outcome.lock().map_err(|e| Error::failed("the report", e))?.clone();
    Ok(Outcome { layout: Some(layout), ..outcome })
}

/// Takes the file in. What was taken in before is a duplicate, so that doing it again is safe.
pub fn take_in(db: &Db, actor: &Actor, today: Date, upload: &Upload, progress: &Progress) -> Result<Outcome, Failure> {
    let (layout, chunks) = read(db, actor, upload)?;
    let mut outcome = Outcome { layout: Some(layout), ..Outcome::default() };
    let mut known = import::Known::new();
    let count = chunks.len();
    for (n, units) in chunks.into_iter().enumerate() {
        progress.at(n, count);
        let (actor, reading, before) = (actor.clone(), reading(actor, upload), std::mem::take(&mut known));
        let done = db.write(move |tx| import::chunk(tx, &actor, today, &reading, &units, before.clone()))?;
        known = done.known;
        outcome.add(done.reports);
    }
    Ok(outcome)
}

fn reading(actor: &Actor, upload: &Upload) -> Reading {
    Reading {
        what: upload.what,
        file: upload.name.clone(),
        currency: actor.company.currency,
        opening_on: upload.opening_on,
        account: upload.account.clone(),
    }
}

/// The layout of the file and its units in chunks: an ageing export by its own rules, any other table by its columns.
fn read(db: &Db, actor: &Actor, upload: &Upload) -> Result<(Layout, Vec<Vec<Unit>>), Failure> {
    let reading = reading(actor, upload);
    let export = match upload.what {
        What::Invoices => ageing_export::read(&upload.bytes)?,
        _ => None,
    };
    let (layout, units) = match export {
        Some(export) => {
            let layout = export.layout.clone();
            (layout, db.read(|tx| opening::units(tx, actor, &reading, export))?)
        }
        None => {
            let reader = table::open_bytes(&upload.bytes, upload.what.fields(), None)?;
            (reader.layout().clone(), Units::new(reader, reading).collect())
        }
    };
    Ok((layout, units.chunks(CHUNK).map(<[Unit]>::to_vec).collect()))
}
