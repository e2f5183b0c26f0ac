//! `ideni paper`.

use std::path::{Path, PathBuf};

use receivables::{Date, Refusal};
use serde_json::json;
use store::Error;

use super::output::{LIST, Sheet};
use super::{App, Done, Failure};
use crate::actions::paper;

#[derive(clap::Subcommand, Debug)]
pub enum Paper {
    /// File a paper with a record
    Add {
        /// customer, invoice, receipt, promise, dispute or work
        record: String,
        /// Its code, number, reference or id
        name: String,
        file: PathBuf,
        /// delivery-note, order, acceptance, certificate, tax-clearance, signed-plan, contract, correspondence, identity or other
        #[arg(long, value_name = "CODE", default_value = "other")]
        kind: String,
        /// The last day on which it holds: of a tax clearance
        #[arg(long, value_name = "DATE")]
        valid_until: Option<Date>,
    },
    /// Say until when a paper holds
    Valid {
        id: String,
        /// The last day
        #[arg(long, value_name = "DATE")]
        until: Date,
    },
    /// Papers, the newest first
    List {
        /// Only those of this customer and of the customer's records
        #[arg(long, value_name = "CODE")]
        customer: Option<String>,
    },
    /// Write a paper into a file, which is not overwritten
    Get {
        id: String,
        /// The file; its own name in this folder if left out
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
}

impl Paper {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Paper::Add { record, name, file, kind, valid_until } => {
                let given = paper::Given {
                    record: record.clone(),
                    of: name.clone(),
                    kind: kind.clone(),
                    name: file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
                    content: read(file)?,
                    until: *valid_until,
                };
                let once = app.once(self);
                let filed = app.write(move |tx, actor, today| paper::add(tx, actor, today, &given, once.as_ref()))?;
                let mut sheet = Sheet::new(app.global.format, ["id", "name", "digest"])?;
                sheet.row(vec![json!(filed.id), json!(filed.name), json!(filed.digest)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Paper::Valid { id, until } => {
                let (id, until, once) = (id.clone(), *until, app.once(self));
                app.write(move |tx, actor, _| paper::valid(tx, actor, &id, until, once.as_ref()))
            }
            Paper::List { customer } => list(app, customer.as_deref()),
            Paper::Get { id, to } => {
                let (found, content) = app.read(|tx, actor, _| paper::get(tx, actor, id))?;
                let to = to.clone().unwrap_or_else(|| PathBuf::from(&found.name));
                write(&to, &content)?;
                let mut sheet = Sheet::new(app.global.format, ["file", "media", "size"])?;
                sheet.row(vec![json!(to.display().to_string()), json!(found.media), json!(found.size)])?;
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    if !file.is_file() {
        return Err(Refusal::FileMissing { file: file.display().to_string() }.into());
    }
    Ok(std::fs::read(file).map_err(|e| Error::failed(&format!("reading {}", file.display()), e))?)
}

fn write(file: &Path, content: &[u8]) -> Done {
    if file.exists() {
        return Err(Refusal::FileExists { file: file.display().to_string() }.into());
    }
    Ok(std::fs::write(file, content).map_err(|e| Error::failed(&format!("writing {}", file.display()), e))?)
}

fn list(app: &App<'_>, customer: Option<&str>) -> Done {
    let rows = app.read(|tx, actor, _| match customer {
        None => paper::list(tx, actor, LIST),
        Some(code) => paper::of_record(tx, actor, "customer", code),
    })?;
    let columns =
        ["id", "record", "customer", "kind", "name", "media", "size", "on", "at", "by", "digest", "valid_until"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for p in rows {
        let digest: String = p.digest.iter().map(|byte| format!("{byte:02x}")).collect();
        sheet.row(vec![
            json!(p.id.to_string()),
            json!(p.record_kind),
            json!(p.code),
            json!(p.kind),
            json!(p.name),
            json!(p.media),
            json!(p.size),
            json!(p.on.to_string()),
            json!(p.at.to_string()),
            json!(p.by),
            json!(digest),
            json!(p.until.map(|on| on.to_string())),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}
