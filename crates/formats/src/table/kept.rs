//! Tables of files that are read whole: old workbooks, and pages and XML under their name. What they may come to in memory
//! is bounded for the file, so that a small one cannot become a huge memory.

use super::FileError;
use super::records::{CELLS_MAX, CellKind, Record};
use super::source::{Input, unreadable};
use crate::fault::Fault;

/// Larger files are no workbooks of this kind: their sheets end at 65,536 rows.
const FILE_MAX: u64 = 64 << 20;
/// What all cells of a file may hold, and how many there may be.
const TEXT_MAX: usize = 32 << 20;
pub(crate) const CELLS_TOTAL_MAX: usize = 4 << 20;

/// One table of a file, read whole.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// `None` where the kind of file has no names for its tables.
    pub(crate) name: Option<String>,
    pub(crate) records: Vec<Record>,
}

/// All bytes of a file, if there are not too many.
pub(crate) fn whole(input: &Input, part: &str) -> Result<Vec<u8>, FileError> {
    use std::io::Read;
    let mut bytes = Vec::new();
    input.open()?.take(FILE_MAX + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > FILE_MAX {
        return Err(too_large(part));
    }
    Ok(bytes)
}

/// The refusal of a file that comes to too much.
pub(crate) fn too_large(part: &str) -> FileError {
    Fault::WorkbookTooLarge { part: part.to_owned() }.into()
}

/// What the tables of one file come to so far.
#[derive(Default)]
pub(crate) struct Kept {
    text: usize,
    cells: usize,
}

impl Kept {
    /// Puts a cell into its column; columns before it that were not written are blank.
    pub(crate) fn put(
        &mut self,
        record: &mut Record,
        column: usize,
        text: &str,
        kind: CellKind,
    ) -> Result<(), FileError> {
        super::records::check_size(record.line, record.bytes() + text.len(), column + 1, false)?;
        self.text += text.len();
        self.cells += (column + 1).saturating_sub(record.len()).max(1);
        if self.text > TEXT_MAX || self.cells > CELLS_TOTAL_MAX {
            return Err(too_large("cells"));
        }
        while record.len() < column.min(CELLS_MAX) {
            record.push("", CellKind::Text);
        }
        record.push(text, kind);
        Ok(())
    }
}
