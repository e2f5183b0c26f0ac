//! MT940 and MT942.

use receivables::Currency;

use super::StatementFile;
use crate::table::FileError;

/// Whether a text begins as a SWIFT message.
pub(super) fn fits(start: &str) -> bool {
    start.starts_with(":20:") || start.starts_with("{1:")
}

pub(super) fn read(_text: &str, _currency: Currency) -> Result<StatementFile, FileError> {
    todo!()
}
