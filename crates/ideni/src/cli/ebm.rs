//! `ideni ebm`. It reads files only and needs no book.

use std::path::{Path, PathBuf};

use formats::vsdc::{self, SaveSale};
use formats::{Fault, FileError};
use serde_json::{Value, json};

use super::import::{in_file, unopened};
use super::output::Sheet;
use super::{Done, Failure, Global};

#[derive(clap::Subcommand, Debug)]
pub enum Ebm {
    /// Add up sales and refunds as they are sent to the tax device (VSDC, OSDC, JSON), and name the field that is wrong
    Read {
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

const COLUMNS: [&str; 9] =
    ["file", "invoice", "original", "receipt_type", "buyer_tin", "lines", "tax", "total", "wrong"];

impl Ebm {
    pub fn run(&self, global: &Global) -> Done {
        let Ebm::Read { files } = self;
        let mut sheet = Sheet::new(global.format, COLUMNS)?;
        let mut wrong = 0;
        for file in files {
            let sale = read(file)?;
            let fault = sale.adds_up().err();
            wrong += usize::from(fault.is_some());
            sheet.row(row(file, &sale, fault.as_ref()))?;
        }
        let read = sheet.rows();
        Ok(sheet.finish(json!({ "read": read, "wrong": wrong }))?)
    }
}

fn read(path: &Path) -> Result<SaveSale, Failure> {
    let bytes = std::fs::read(path).map_err(|e| unopened(path, e))?;
    let request = vsdc::read_request::<SaveSale>(&bytes).map_err(|fault| {
        let cause = fault.field().unwrap_or("JSON").to_owned();
        in_file(path, FileError::from(Fault::Unreadable { cause }))
    })?;
    Ok(request.message)
}

fn row(file: &Path, sale: &SaveSale, fault: Option<&vsdc::Fault>) -> Vec<Value> {
    vec![
        json!(file.display().to_string()),
        json!(sale.number),
        json!(Some(sale.original).filter(|original| *original != 0)),
        json!(sale.receipt_type),
        json!(sale.buyer_tin),
        json!(sale.lines.len()),
        json!(sale.sums.tax.to_string()),
        json!(sale.sums.total.to_string()),
        json!(fault.and_then(vsdc::Fault::field)),
    ]
}
