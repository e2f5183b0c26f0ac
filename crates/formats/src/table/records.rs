//! Records of a CSV text. Our own reader, because a record must stop at a size (one stray quotation mark would
//! otherwise swallow gigabytes) and every record must know the line it begins on.

use std::io::BufRead;

use super::FileError;
use super::source::unreadable;
use crate::fault::Fault;

/// Longest record and most cells we read: far above any table, far below what hurts.
pub(crate) const RECORD_BYTES_MAX: usize = 1 << 20;
pub(crate) const CELLS_MAX: usize = 4096;

/// What a cell was before it became text; only workbooks know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum CellKind {
    #[default]
    Text,
    /// A number, written with a point.
    Number,
    /// A date, written as ISO 8601.
    Date,
}

/// One record: its cells in one text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record {
    pub(crate) line: u64,
    text: String,
    ends: Vec<usize>,
    kinds: Vec<CellKind>,
}

impl Record {
    pub(crate) fn at(line: u64) -> Record {
        Record { line, ..Record::default() }
    }

    pub(crate) fn push(&mut self, cell: &str, kind: CellKind) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
        self.kinds.push(kind);
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        Some(&self.text[start..end])
    }

    pub(crate) fn kind(&self, index: usize) -> CellKind {
        self.kinds.get(index).copied().unwrap_or_default()
    }

    pub(crate) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|i| self.get(i))
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Reads records one after the other.
pub(crate) struct Records<R> {
    input: R,
    delimiter: u8,
    line: u64,
    after_return: bool,
    buffer: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    CellStart,
    Plain,
    Quoted,
    /// A quotation mark inside a quoted cell: its end, or the first of a pair.
    Mark,
}

impl<R: BufRead> Records<R> {
    pub(crate) fn new(input: R, delimiter: char) -> Records<R> {
        let delimiter = u8::try_from(delimiter).unwrap_or(b',');
        Records { input, delimiter, line: 1, after_return: false, buffer: Vec::new() }
    }

    /// The next record that is not an empty line; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Record>, FileError> {
        self.buffer.clear();
        let mut record = Record::at(self.line);
        let mut state = State::CellStart;
        loop {
            let chunk = self.input.fill_buf().map_err(unreadable)?;
            if chunk.is_empty() {
                if self.buffer.is_empty() && record.ends.is_empty() && state == State::CellStart {
                    return Ok(None);
                }
                if state == State::Quoted {
                    return Err(unclosed(record.line));
                }
                return self.finish(record).map(Some);
            }
            let mut used = 0;
            let mut complete = false;
            for &byte in chunk {
                used += 1;
                let second_half = byte == b'\n' && self.after_return;
                self.after_return = byte == b'\r';
                if matches!(byte, b'\n' | b'\r') && !second_half {
                    self.line += 1;
                }
                if second_half && state != State::Quoted {
                    if record.ends.is_empty() && self.buffer.is_empty() {
                        record.line = self.line;
                    }
                    continue;
                }
                state = match (state, byte) {
                    (State::Quoted, b'"') => State::Mark,
                    (State::Quoted, other) => {
                        self.buffer.push(other);
                        State::Quoted
                    }
                    (State::CellStart, b'"') => State::Quoted,
                    (State::Mark, b'"') => {
                        self.buffer.push(b'"');
                        State::Quoted
                    }
                    (State::CellStart, b'\n' | b'\r') if record.ends.is_empty() => {
                        record.line = self.line;
                        State::CellStart
                    }
                    (_, b'\n' | b'\r') => {
                        complete = true;
                        break;
                    }
                    (_, b) if b == self.delimiter => {
                        record.ends.push(self.buffer.len());
                        State::CellStart
                    }
                    (_, other) => {
                        self.buffer.push(other);
                        State::Plain
                    }
                };
            }
            self.input.consume(used);
            if complete {
                return self.finish(record).map(Some);
            }
            check_size(record.line, self.buffer.len(), record.ends.len(), state == State::Quoted)?;
        }
    }

    fn finish(&mut self, mut record: Record) -> Result<Record, FileError> {
        record.ends.push(self.buffer.len());
        check_size(record.line, self.buffer.len(), record.ends.len(), false)?;
        // The decoder only hands out UTF-8 and cells are cut at ASCII bytes.
        record.text = String::from_utf8_lossy(&self.buffer).into_owned();
        Ok(record)
    }
}

pub(crate) fn check_size(line: u64, bytes: usize, cells: usize, quoted: bool) -> Result<(), FileError> {
    if cells > CELLS_MAX {
        return Err(FileError::at(line, Fault::TooManyCells { most: CELLS_MAX.to_string() }));
    }
    match (bytes > RECORD_BYTES_MAX, quoted) {
        (true, true) => Err(unclosed(line)),
        (true, false) => Err(FileError::at(line, Fault::LineTooLong)),
        _ => Ok(()),
    }
}

fn unclosed(line: u64) -> FileError {
    FileError::at(line, Fault::QuoteOpen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(u64, &[&str])]) {
        let mut records = Records::new(text.as_bytes(), ',');
        let mut found = Vec::new();
        while let Some(record) = records.next().unwrap() {
            found.push((record.line, record.cells().map(str::to_owned).collect::<Vec<_>>()));
        }
        let expected: Vec<(u64, Vec<String>)> =
            expected.iter().map(|(line, cells)| (*line, cells.iter().map(|c| (*c).to_owned()).collect())).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn records_know_their_cells_and_their_line() {
        check("a,b\n1,2\n", &[(1, &["a", "b"]), (2, &["1", "2"])]);
        check("a,b\r\n1,2\r\n3,4", &[(1, &["a", "b"]), (2, &["1", "2"]), (3, &["3", "4"])]);
        check("a\r1\r2", &[(1, &["a"]), (2, &["1"]), (3, &["2"])]);
        check("\n\r\n\na\n\n\r\nb", &[(4, &["a"]), (7, &["b"])]);
        check(
            "\"x, y\",\"he said \"\"no\"\"\"\n5\" pipe,z",
            &[(1, &["x, y", "he said \"no\""]), (2, &["5\" pipe", "z"])],
        );
        check("\"two\r\nlines\",1\r\nnext,2", &[(1, &["two\r\nlines", "1"]), (3, &["next", "2"])]);
        check(",\n,,", &[(1, &["", ""]), (2, &["", "", ""])]);
        check("\"\"\n\"a\"b,c", &[(1, &[""]), (2, &["ab", "c"])]);
    }

    #[test]
    fn a_record_stops_at_its_size_and_says_where() {
        for (text, expected) in [
            (format!("a\n{}", "x".repeat(3 << 20)), "file-at-line(2, file-line-too-long)"),
            (format!("a\nb\n\"{}", "x\n".repeat(2 << 20)), "file-at-line(3, file-quote-open)"),
            ("a\n\"x".to_owned(), "file-at-line(2, file-quote-open)"),
            (",".repeat(5000), "file-at-line(1, file-too-many-cells(4096))"),
        ] {
            let mut records = Records::new(text.as_bytes(), ',');
            let error = loop {
                match records.next() {
                    Ok(Some(_)) => {}
                    Ok(None) => panic!("{expected}"),
                    Err(error) => break error.to_string(),
                }
            };
            assert_eq!(error, expected);
        }
    }
}
