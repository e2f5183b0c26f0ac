//! Reads real and invented files through the public doors of `formats`.
//!
//! Cases on the shared reference data look for it under `IDENI_REFERENCE` and say so when it is absent.

use std::path::PathBuf;

mod ageing_export;
mod balance;
mod camt;
mod einvoice;
mod hostile;
mod message;
mod mt940;
mod statement;
mod table;
mod vsdc;
mod workbook;

/// A file of the reference data; `None`, with a line on stderr, when the data is not on this machine.
fn reference(path: &str) -> Option<PathBuf> {
    let fallback = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned();
    let root = std::env::var("IDENI_REFERENCE").unwrap_or(fallback);
    let file = PathBuf::from(root).join("data").join(path);
    if file.exists() {
        return Some(file);
    }
    eprintln!("skipped: {} is absent", file.display());
    None
}

/// A file of this repository, from the workspace's root.
fn own(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(path)
}
