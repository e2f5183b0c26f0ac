//! `ideni print` and `ideni template`: papers as PDF, and the templates that set them.

use std::path::{Path, PathBuf};

use receivables::Date;
use serde_json::json;

use super::output::Sheet;
use super::said::Said;
use super::{App, Done, Failure, said};
use crate::actions;
use crate::actions::fiscal;
use crate::actions::print::{self, Ready};
use crate::words::Language;

#[derive(clap::Subcommand, Debug)]
pub enum Print {
    /// An invoice, credit note or late charge
    Invoice {
        number: String,
        /// Attach it as an e-invoice, too (EN 16931 in CII)
        #[arg(long)]
        einvoice: bool,
        #[command(flatten)]
        to: To,
    },
    /// A quote or proforma invoice
    Quote {
        number: String,
        #[command(flatten)]
        to: To,
    },
    /// Money that came in, by its reference or id
    Receipt {
        reference: String,
        #[command(flatten)]
        to: To,
    },
    /// A reminder of the outbox as a letter, with what is open
    Letter {
        message: String,
        #[command(flatten)]
        to: To,
    },
    /// What happened on a customer's account, and what is open
    Statement {
        customer: String,
        /// The first day of the month if left out
        #[arg(long)]
        from: Option<Date>,
        /// Today if left out
        #[arg(long)]
        until: Option<Date>,
        #[command(flatten)]
        to: To,
    },
}

#[derive(clap::Args, Debug)]
pub struct To {
    /// The file to write: its name ends in .pdf
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// a4, a5 or roll (80 mm wide)
    #[arg(long, default_value = "a4")]
    paper: String,
    /// en, fr, rw or sw; the customer's if left out
    #[arg(long = "in", value_name = "LANGUAGE")]
    written_in: Option<String>,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
}

impl Print {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Print::Invoice { number, einvoice, to } => to.write(|language| {
                let counted = number.clone();
                let before = app.write(move |tx, actor, _| fiscal::print(tx, actor, &counted))?;
                app.read(|tx, actor, today| {
                    let ready = print::invoice(tx, actor, today, number, language)?.as_copy(before);
                    if !einvoice {
                        return Ok(ready);
                    }
                    Ok(ready.with_einvoice(actions::einvoice::write(tx, actor, number, "cii")?.xml))
                })
            }),
            Print::Quote { number, to } => {
                to.write(|language| app.read(|tx, actor, today| print::quote(tx, actor, today, number, language)))
            }
            Print::Receipt { reference, to } => {
                to.write(|language| app.read(|tx, actor, today| print::receipt(tx, actor, today, reference, language)))
            }
            // In the language the reminder was written in: its words are there already.
            Print::Letter { message, to } => {
                to.write(|_| app.read(|tx, actor, today| print::letter(tx, actor, today, message)))
            }
            Print::Statement { customer, from, until, to } => to.write(|language| {
                app.read(|tx, actor, today| print::statement(tx, actor, today, customer, (*from, *until), language))
            }),
        }
    }
}

impl To {
    fn write(&self, ready: impl FnOnce(Option<Language>) -> Result<Ready, Failure>) -> Done {
        let file = self.to.display().to_string();
        if !self.to.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf")) {
            return Err(said(Said::PrintEnding { file }));
        }
        if self.to.exists() && !self.force {
            return Err(said(Said::ExportExists { file }));
        }
        let paper = print::paper(&self.paper).map_err(store::Error::from)?;
        let pdf = ready(self.written_in.as_deref().map(Language::from_code))?.print(paper)?;
        write(&self.to, &pdf)
    }
}

fn write(path: &Path, bytes: &[u8]) -> Done {
    std::fs::write(path, bytes).map_err(|e| store::Error::failed(&path.display().to_string(), e).into())
}

#[derive(clap::Subcommand, Debug)]
pub enum Template {
    /// Write the templates that count into a folder, to start from
    Export { folder: PathBuf },
    /// Save a template under its file's name, or a logo (PNG, JPEG, SVG) under `logo`; it must print a sample
    Save {
        file: PathBuf,
        /// Another name than the file's
        #[arg(long)]
        name: Option<String>,
    },
    /// Back to the program's own
    Reset { name: String },
    /// The templates that count, and whose they are
    List,
}

impl Template {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Template::Export { folder } => {
                std::fs::create_dir_all(folder).map_err(|e| store::Error::failed(&folder.display().to_string(), e))?;
                for (name, content, _) in app.read(|tx, actor, _| print::templates(tx, actor))? {
                    write(&folder.join(&name), &content)?;
                }
                Ok(())
            }
            Template::Save { file, name } => {
                let missing = |e: std::io::Error| store::Error::failed(&file.display().to_string(), e);
                let content = std::fs::read(file).map_err(missing)?;
                let of_file = || file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                let name = name.clone().unwrap_or_else(of_file);
                app.write(move |tx, actor, _| print::save_template(tx, actor, &name, &content))
            }
            Template::Reset { name } => {
                let name = name.clone();
                app.write(move |tx, actor, _| print::save_template(tx, actor, &name, &[]))
            }
            Template::List => {
                let all = app.read(|tx, actor, _| print::templates(tx, actor))?;
                let mut sheet = Sheet::new(app.global.format, ["template", "bytes", "own"])?;
                for (name, content, own) in all {
                    sheet.row(vec![json!(name), json!(content.len()), json!(own)])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}
