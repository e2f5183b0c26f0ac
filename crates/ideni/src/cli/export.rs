//! `ideni export`: the rows of a command in a file, as a spreadsheet takes them.

use std::path::{Path, PathBuf};

use super::output::Target;
use super::said::Said;
use super::{App, Done, Failure, collections, invoice, receipt, report, said};
use crate::actions::export::{File, Kind};
use crate::actions::listing::{Listing, OfPeriod};

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
    /// What was collected for the state beside the tax
    Levies {
        #[command(flatten)]
        asked: report::Span,
        #[command(flatten)]
        to: To,
    },
    /// Money that came before its invoice
    Advances {
        #[command(flatten)]
        to: To,
    },
    /// What was sold beside the year before
    Revenue {
        #[command(flatten)]
        asked: report::Revenue,
        #[command(flatten)]
        to: To,
    },
    /// Our invoices that had to be put right
    InvoiceAccuracy {
        #[command(flatten)]
        asked: report::Days,
        #[command(flatten)]
        to: To,
    },
    /// Work that was done and is not billed yet
    Unbilled {
        #[command(flatten)]
        asked: report::Unbilled,
        #[command(flatten)]
        to: To,
    },
    /// The files of papers that buyers want with an invoice
    InvoiceFiles {
        #[command(flatten)]
        asked: super::invoice_file::Files,
        #[command(flatten)]
        to: To,
    },
    /// Our own number series
    NumberGaps {
        #[command(flatten)]
        to: To,
    },
    /// The return of the VAT on what was sold, box by box
    VatReturn {
        #[command(flatten)]
        asked: report::OfVat,
        #[command(flatten)]
        to: To,
    },
    /// Its annex of sales
    VatSales {
        #[command(flatten)]
        asked: report::OfVat,
        #[command(flatten)]
        to: To,
    },
    /// Its annex of VAT withheld
    VatWithheld {
        #[command(flatten)]
        asked: report::OfVat,
        #[command(flatten)]
        to: To,
    },
    /// The annex of income tax withheld
    TaxWithheld {
        #[command(flatten)]
        asked: report::OfVat,
        #[command(flatten)]
        to: To,
    },
    /// The VAT of the ledger, of the receipts and of the return
    VatTieOut {
        #[command(flatten)]
        asked: report::OfVat,
        #[command(flatten)]
        to: To,
    },
    /// Days from the work to its invoice
    TimeToInvoice {
        #[command(flatten)]
        asked: report::Days,
        #[command(flatten)]
        to: To,
    },
    /// A month handed over to the main books
    JournalOut {
        #[command(flatten)]
        asked: report::OfMonth,
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
            Export::Levies { asked, to } => asked.levies(app, &to.target("levies")?),
            Export::Advances { to } => app.list(&Listing::Advances, &to.target("advances")?),
            Export::Revenue { asked, to } => asked.list(app, &to.target("revenue")?),
            Export::InvoiceAccuracy { asked, to } => asked.accuracy(app, &to.target("invoice-accuracy")?),
            Export::Unbilled { asked, to } => asked.list(app, &to.target("unbilled")?),
            Export::InvoiceFiles { asked, to } => asked.list(app, &to.target("invoice-files")?),
            Export::NumberGaps { to } => app.list(&Listing::NumberGaps, &to.target("number-gaps")?),
            Export::VatReturn { asked, to } => asked.list(app, OfPeriod::Return, &to.target("vat-return")?),
            Export::VatSales { asked, to } => asked.list(app, OfPeriod::Sales, &to.target("vat-sales")?),
            Export::VatWithheld { asked, to } => asked.list(app, OfPeriod::VatWithheld, &to.target("vat-withheld")?),
            Export::TaxWithheld { asked, to } => asked.list(app, OfPeriod::TaxWithheld, &to.target("tax-withheld")?),
            Export::VatTieOut { asked, to } => asked.list(app, OfPeriod::TieOut, &to.target("vat-tie-out")?),
            Export::TimeToInvoice { asked, to } => asked.time_to_invoice(app, &to.target("time-to-invoice")?),
            Export::JournalOut { asked, to } => asked.list(app, &to.target("journal-out")?),
            Export::Worklist { asked, to } => asked.write(app, &to.target("worklist")?),
        }
    }
}

impl To {
    fn target(&self, title: &str) -> Result<Target, Failure> {
        target(&self.to, self.force, title)
    }
}

/// A file beside what is printed otherwise.
#[derive(clap::Args, Debug)]
#[group(skip)]
pub struct MaybeTo {
    /// Write the rows into a file whose name ends in .xlsx or .csv
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long, requires = "to")]
    force: bool,
}

impl MaybeTo {
    pub fn target(&self, app: &App<'_>, title: &str) -> Result<Target, Failure> {
        self.to.as_deref().map_or(Ok(Target::Print(app.global.format)), |to| target(to, self.force, title))
    }
}

fn target(to: &Path, force: bool, title: &str) -> Result<Target, Failure> {
    let file = to.display().to_string();
    let ending = to.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let Some(kind) = Kind::of_ending(&ending) else {
        return Err(said(if ending == "pdf" { Said::ExportPdf { file } } else { Said::ExportEnding { file } }));
    };
    if to.exists() && !force {
        return Err(said(Said::ExportExists { file }));
    }
    Ok(Target::File(File { path: to.to_owned(), kind, title: title.to_owned() }))
}
