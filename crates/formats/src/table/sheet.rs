//! Rows of a workbook (XLSX), streamed by a thread of their own: the workbook library lends its cells out of the
//! open archive, and it may panic on a damaged one; a thread keeps both to itself.

use std::io::{Read, Seek};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use calamine::{DataRef, Reader as _, Xlsx};
use rust_decimal::Decimal;

use super::FileError;
use super::records::{CELLS_MAX, CellKind, RECORD_BYTES_MAX, Record};
use super::source::{Input, unreadable};
use crate::fault::Fault;

/// Unpacked sizes we accept. Shared strings stay in memory while a sheet is read, the sheet itself does not.
const SHARED_STRINGS_MAX: u64 = 256 << 20;
const SHEET_MAX: u64 = 8 << 30;
const OTHER_PART_MAX: u64 = 64 << 20;

type Message = Result<Option<Record>, FileError>;

/// The rows of one sheet.
pub(crate) struct Rows {
    rows: Receiver<Message>,
    ended: bool,
}

impl Rows {
    pub(crate) fn start(input: &Input, sheet: &str) -> Rows {
        let (send, rows) = sync_channel(256);
        let (input, sheet) = (input.clone(), sheet.to_owned());
        thread::spawn(move || {
            let end = send_rows(&input, &sheet, &send).map(|()| None);
            // Nobody listens any more: nothing to tell.
            let _ = send.send(end);
        });
        Rows { rows, ended: false }
    }

    pub(crate) fn next(&mut self) -> Result<Option<Record>, FileError> {
        if self.ended {
            return Ok(None);
        }
        let message = self.rows.recv().unwrap_or_else(|_| Err(damaged("cells")));
        self.ended = !matches!(message, Ok(Some(_)));
        message
    }
}

/// The names of the sheets, after the sizes of all parts were checked.
pub(crate) fn sheets(input: &Input) -> Result<Vec<String>, FileError> {
    let input = input.clone();
    let names = thread::spawn(move || {
        check_parts(&input)?;
        Ok(workbook(&input)?.sheet_names())
    });
    names.join().unwrap_or_else(|_| Err(damaged("parts")))
}

fn workbook(input: &Input) -> Result<Xlsx<impl Read + Seek + use<>>, FileError> {
    Xlsx::new(std::io::BufReader::new(input.open()?)).map_err(|e| damaged(&e.to_string()))
}

pub(super) fn damaged(cause: &str) -> FileError {
    Fault::WorkbookDamaged { cause: cause.to_owned() }.into()
}

/// Unpacks every part once without keeping it, so that a small archive cannot become a huge memory.
fn check_parts(input: &Input) -> Result<(), FileError> {
    let mut archive = zip::ZipArchive::new(input.open()?).map_err(|e| damaged(&e.to_string()))?;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|e| damaged(&e.to_string()))?;
        let name = part.name().map_err(|e| damaged(&e.to_string()))?.to_lowercase();
        let is_sheet = name.contains("worksheets/");
        let most = match (is_sheet, name.contains("sharedstrings")) {
            (true, _) => SHEET_MAX,
            (_, true) => SHARED_STRINGS_MAX,
            _ => OTHER_PART_MAX,
        };
        let longest_max = if is_sheet { RECORD_BYTES_MAX } else { usize::MAX };
        check_part(&mut part, &name, most, longest_max)?;
    }
    Ok(())
}

fn check_part(part: &mut impl Read, name: &str, most: u64, longest_max: usize) -> Result<(), FileError> {
    let (mut total, mut run) = (0u64, 0usize);
    let mut chunk = vec![0u8; 1 << 16];
    loop {
        let length = part.read(&mut chunk).map_err(unreadable)?;
        if length == 0 {
            return Ok(());
        }
        total += length as u64;
        run = match chunk[..length].iter().rposition(|b| *b == b'<') {
            Some(at) => length - at,
            None => run + length,
        };
        if total > most || run > longest_max {
            return Err(Fault::WorkbookTooLarge { part: name.to_owned() }.into());
        }
    }
}

fn send_rows(input: &Input, sheet: &str, send: &SyncSender<Message>) -> Result<(), FileError> {
    let mut book = workbook(input)?;
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|e| damaged(&e.to_string()))?;
    let mut record = Record::default();
    while let Some(cell) = cells.next_cell().map_err(|e| damaged(&e.to_string()))? {
        let (row, column) = cell.get_position();
        let line = u64::from(row) + 1;
        let Some((text, kind)) = written(cell.get_value()) else { continue };
        if line != record.line {
            let complete = std::mem::replace(&mut record, Record::at(line));
            if complete.len() > 0 && send.send(Ok(Some(complete))).is_err() {
                return Ok(());
            }
        }
        let column = column as usize;
        super::records::check_size(line, record.bytes() + text.len(), column + 1, false)?;
        while record.len() < column.min(CELLS_MAX) {
            record.push("", CellKind::Text);
        }
        record.push(&text, kind);
    }
    if record.len() > 0 {
        // As above: without a listener there is nothing to do.
        let _ = send.send(Ok(Some(record)));
    }
    Ok(())
}

/// A cell as text; `None` for an empty one.
pub(super) fn written(cell: &DataRef<'_>) -> Option<(String, CellKind)> {
    Some(match cell {
        DataRef::Empty => return None,
        DataRef::Int(whole) => (whole.to_string(), CellKind::Number),
        DataRef::Float(float) => (plain(*float), CellKind::Number),
        DataRef::String(text) => (text.clone(), CellKind::Text),
        DataRef::SharedString(text) => ((*text).to_owned(), CellKind::Text),
        DataRef::Bool(true) => ("true".to_owned(), CellKind::Text),
        DataRef::Bool(false) => ("false".to_owned(), CellKind::Text),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let midnight = (hour, minute, second) == (0, 0, 0);
            let time = if midnight { String::new() } else { format!(" {hour:02}:{minute:02}:{second:02}") };
            (format!("{year:04}-{month:02}-{day:02}{time}"), CellKind::Date)
        }
        DataRef::DateTime(span) => (plain(span.as_f64()), CellKind::Number),
        DataRef::DateTimeIso(text) => (text.clone(), CellKind::Date),
        DataRef::DurationIso(text) => (text.clone(), CellKind::Text),
        DataRef::Error(error) => (error.to_string(), CellKind::Text),
    })
}

/// The decimal text a person sees in the cell. A sheet keeps 15 significant figures; what is behind them is dust of
/// its binary arithmetic (`0.1 + 0.2` is stored as `0.30000000000000004`).
pub(super) fn plain(float: f64) -> String {
    let shortest = format!("{float}");
    if shortest.bytes().filter(u8::is_ascii_digit).count() <= 15 {
        return shortest;
    }
    match Decimal::from_scientific(&format!("{float:.14e}")) {
        Ok(decimal) => decimal.normalize().to_string(),
        Err(_) => shortest,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_are_what_the_cell_shows() {
        for (stored, shown) in
            [(0.30000000000000004, "0.3"), (1180000.0, "1180000"), (-55.94, "-55.94"), (1e16, "10000000000000000")]
        {
            assert_eq!(super::plain(stored), shown);
        }
    }
}
