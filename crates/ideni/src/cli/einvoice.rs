//! `ideni einvoice`. Reading needs no book.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use formats::einvoice::{self, rules, totals};
use formats::{FileError, einvoice::EInvoice};
use receivables::Currency;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::import::{in_file, unopened};
use super::output::Sheet;
use super::said::Said;
use super::{App, Done, Failure, Global, said};
use crate::{actions, words};

#[derive(clap::Subcommand, Debug)]
pub enum Einvoice {
    /// Add up e-invoices (EN 16931, in UBL or CII) from their lines, and name the rules they break
    Read {
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Write an invoice or credit note of ours as an e-invoice (EN 16931)
    Write {
        number: String,
        /// ubl or cii
        #[arg(long, default_value = "ubl")]
        syntax: String,
        /// The file to write
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Write over a file that is there
        #[arg(long)]
        force: bool,
    },
}

const COLUMNS: [&str; 15] = [
    "file",
    "syntax",
    "id",
    "currency",
    "lines",
    "line_total",
    "allowances",
    "charges",
    "tax_exclusive",
    "tax_total",
    "tax_inclusive",
    "prepaid",
    "rounding",
    "payable",
    "broken",
];

impl Einvoice {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Einvoice::Read { files } => read_files(files, app.global),
            Einvoice::Write { number, syntax, to, force } => {
                if to.exists() && !force {
                    return Err(said(Said::ExportExists { file: to.display().to_string() }));
                }
                let written = app.read(|tx, actor, _| actions::einvoice::write(tx, actor, number, syntax))?;
                let failed = |e| store::Error::failed(&to.display().to_string(), e);
                Ok(std::fs::write(to, written.xml).map_err(failed)?)
            }
        }
    }
}

/// Adds up files; it needs no book.
pub fn read_files(files: &[PathBuf], global: &Global) -> Done {
    let mut sheet = Sheet::new(global.format, COLUMNS)?;
    let (mut breaking, mut unread) = (0, Vec::new());
    for file in files {
        match read(file) {
            Ok(invoice) => {
                let broken = rules::broken(&invoice);
                breaking += usize::from(!broken.is_empty());
                sheet.row(row(file, &invoice, &broken))?;
            }
            Err(failure) => unread.push(failure),
        }
    }
    let read = sheet.rows();
    sheet.finish(json!({ "read": read, "breaking_rules": breaking, "unread": unread.len() }))?;
    let last = unread.pop();
    for failure in &unread {
        if let Failure::Said(what) = failure {
            eprintln!("{}", words::saying(global.language, &**what));
        }
    }
    last.map_or(Ok(()), Err)
}

fn read(path: &Path) -> Result<EInvoice, Failure> {
    let mut bytes = Vec::new();
    // One byte more than is read tells that there is too much.
    let mut file = File::open(path).map_err(|e| unopened(path, e))?.take(einvoice::BYTES_MAX as u64 + 1);
    file.read_to_end(&mut bytes).map_err(|e| unopened(path, e))?;
    einvoice::read(&bytes).map_err(|fault| in_file(path, FileError::from(fault)))
}

fn row(file: &Path, invoice: &EInvoice, broken: &[&str]) -> Vec<Value> {
    let sum = totals::recomputed(invoice);
    let decimals = invoice.currency.as_deref().and_then(|c| c.parse::<Currency>().ok()).map_or(2, |c| c.exponent());
    let amounts = [
        sum.line_total,
        sum.allowances,
        sum.charges,
        sum.tax_exclusive,
        sum.tax_total,
        sum.tax_inclusive,
        sum.prepaid,
        sum.rounding,
        sum.payable,
    ];
    let mut cells = vec![
        json!(file.display().to_string()),
        json!(invoice.syntax.name()),
        json!(invoice.number),
        json!(invoice.currency),
        json!(invoice.lines.len()),
    ];
    cells.extend(amounts.map(|amount| json!(major(amount, decimals))));
    cells.push(json!(broken));
    cells
}

/// An amount with the decimals of its currency, and more where it has them.
fn major(amount: Decimal, decimals: u32) -> String {
    let mut amount = amount.normalize();
    amount.rescale(amount.scale().max(decimals));
    amount.to_string()
}
