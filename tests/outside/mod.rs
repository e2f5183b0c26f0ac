//! Outside data: real and published files taken in through the program's own import, against facts worked out by others.

mod ar_ledger;
mod b2b;
mod camt;
mod cldr;
mod ibm;
mod momo;
mod online_retail;

use std::collections::BTreeMap;

use formats::Profile;
use ideni::actions::import::{RowReport, Status};

use crate::support::message;

/// How many rows became what.
fn counts(reports: &[RowReport]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for report in reports {
        *counts.entry(report.status.name()).or_default() += 1;
    }
    counts
}

/// The lines of the rows that were refused, each with a reason.
fn refused(reports: &[RowReport]) -> Vec<(u64, String)> {
    let refused = reports.iter().filter(|r| r.status == Status::Refused);
    refused.map(|r| (r.line, message(r.message.as_ref()))).collect()
}

/// One of the profiles the program ships.
fn shipped(name: &str) -> Profile {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../country/profiles").join(name);
    Profile::read(&std::fs::read_to_string(path).expect("a shipped profile")).expect("a good profile")
}
