//! `ideni export`: the rows of a command in a file, as a spreadsheet takes them.

use std::path::PathBuf;

use super::output::Target;
use super::said::Said;
use super::{App, Done, Failure, collections, invoice, receipt, report, said};
use crate::actions::export::{File, Kind};

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
        asked: report::Span,
        #[command(flatten)]
        to: To,
    },
    /// What was billed, by how it is taxed
    Sales {
        #[command(flatten)]
        asked: report::Span,
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
            Export::Ageing { asked, to } => asked.write(app, &to.target("ageing")?),
            Export::Invoices { asked, to } => asked.write(app, &to.target("invoices")?),
            Export::Receipts { asked, to } => asked.write(app, &to.target("receipts")?),
            Export::Journal { asked, to } => asked.journal(app, &to.target("journal")?),
            Export::Sales { asked, to } => asked.sales(app, &to.target("sales")?),
            Export::Worklist { asked, to } => asked.write(app, &to.target("worklist")?),
        }
    }
}

impl To {
    fn target(&self, title: &str) -> Result<Target, Failure> {
        let file = self.to.display().to_string();
        let ending = self.to.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        let Some(kind) = Kind::of_ending(&ending) else {
            return Err(said(if ending == "pdf" { Said::ExportPdf { file } } else { Said::ExportEnding { file } }));
        };
        if self.to.exists() && !self.force {
            return Err(said(Said::ExportExists { file }));
        }
        Ok(Target::File(File { path: self.to.clone(), kind, title: title.to_owned() }))
    }
}
