//! Old workbooks (XLS: BIFF5 and BIFF8, MS-XLS). Our own reader, because `calamine` reserves what such a file claims to
//! hold and follows chains of sectors that run in a circle. What is no cell is passed over.

use std::collections::{BTreeMap, BTreeSet};

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};
use encoding_rs::{Encoding, WINDOWS_1252};
use rust_decimal::Decimal;

use super::FileError;
use super::compound::{Compound, u16_at, u32_at};
use super::kept::{CELLS_TOTAL_MAX, Kept, Sheet, too_large};
use super::records::{CellKind, Record};
use super::sheet::{damaged, plain, written};
use crate::fault::Fault;

// Types of records (MS-XLS 2.3).
const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
const CONTINUE: u16 = 0x003c;
const FILE_PASS: u16 = 0x002f;
const CODE_PAGE: u16 = 0x0042;
const DATE_MODE: u16 = 0x0022;
const FORMAT: u16 = 0x041e;
const XF: u16 = 0x00e0;
const BOUND_SHEET: u16 = 0x0085;
const STRINGS: u16 = 0x00fc;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const RICH_LABEL: u16 = 0x00d6;
const BOOL_OR_ERROR: u16 = 0x0205;
const FORMULA: u16 = 0x0006;
const FORMULA_TEXT: u16 = 0x0207;
const RK: u16 = 0x027e;
const SHARED_LABEL: u16 = 0x00fd;
const MANY_RK: u16 = 0x00bd;

const BIFF8: u16 = 0x0600;

const SHEETS_MAX: usize = 256;

/// What a cell shows where a formula failed.
const ERRORS: [(u8, &str); 7] = [
    (0x00, "#NULL!"),
    (0x07, "#DIV/0!"),
    (0x0f, "#VALUE!"),
    (0x17, "#REF!"),
    (0x1d, "#NAME?"),
    (0x24, "#NUM!"),
    (0x2a, "#N/A"),
];

/// All sheets of an old workbook.
pub(crate) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, FileError> {
    // Some programs write the records without the container around them.
    let stream = if is_bare(bytes) { bytes.to_vec() } else { stream_of(bytes)? };
    Book::read(&stream)?.sheets(&stream)
}

/// Whether a file begins as the records of a workbook do, without a container.
pub(crate) fn is_bare(bytes: &[u8]) -> bool {
    matches!(bytes, [0x09, 0x08, 8 | 16, 0, ..])
}

fn stream_of(bytes: &[u8]) -> Result<Vec<u8>, FileError> {
    let file = Compound::open(bytes).ok_or_else(|| damaged("OLE"))?;
    if file.has("EncryptedPackage") {
        return Err(Fault::WorkbookPassword.into());
    }
    let stream = file.stream("Workbook").or_else(|| file.stream("Book"));
    stream.ok_or_else(|| Fault::NotWorkbook.into())
}

/// A record with those that continue it.
struct Part<'b> {
    kind: u16,
    data: &'b [u8],
    more: Vec<&'b [u8]>,
}

/// The records from a place on.
struct Parts<'b> {
    stream: &'b [u8],
    at: usize,
}

impl<'b> Parts<'b> {
    fn one(&self, at: usize) -> Option<(u16, &'b [u8], usize)> {
        let (kind, length) = (u16_at(self.stream, at)?, usize::from(u16_at(self.stream, at + 2)?));
        let start = at + 4;
        let rest = self.stream.get(start..)?;
        Some((kind, rest.get(..length).unwrap_or(rest), start + length))
    }
}

impl<'b> Iterator for Parts<'b> {
    type Item = Part<'b>;

    fn next(&mut self) -> Option<Part<'b>> {
        let (kind, data, after) = self.one(self.at)?;
        self.at = after;
        let mut part = Part { kind, data, more: Vec::new() };
        while let Some((CONTINUE, data, after)) = self.one(self.at) {
            part.more.push(data);
            self.at = after;
        }
        Some(part)
    }
}

/// What the sheets of a workbook share.
struct Book {
    biff8: bool,
    encoding: &'static Encoding,
    from_1904: bool,
    /// Per style of a cell whether it shows a date.
    dated: Vec<bool>,
    strings: Vec<String>,
    /// Where each sheet begins, and its name.
    places: Vec<(usize, Option<String>)>,
}

impl Book {
    fn read(stream: &[u8]) -> Result<Book, FileError> {
        let mut book = Book {
            biff8: false,
            encoding: WINDOWS_1252,
            from_1904: false,
            dated: Vec::new(),
            strings: Vec::new(),
            places: Vec::new(),
        };
        let (mut formats, mut styles) = (BTreeMap::new(), Vec::new());
        for part in (Parts { stream, at: 0 }) {
            match part.kind {
                BOF => book.biff8 = u16_at(part.data, 0) == Some(BIFF8),
                FILE_PASS => return Err(Fault::WorkbookPassword.into()),
                CODE_PAGE => book.encoding = u16_at(part.data, 0).and_then(code_page).unwrap_or(WINDOWS_1252),
                DATE_MODE => book.from_1904 = u16_at(part.data, 0) == Some(1),
                FORMAT => {
                    let mut text = Text::of(&part, 2);
                    let written = if book.biff8 { text.long() } else { text.bytes(1, book.encoding) };
                    formats.extend(u16_at(part.data, 0).zip(written.map(|format| shows_date(&format))));
                }
                XF => styles.extend(u16_at(part.data, 2)),
                BOUND_SHEET if book.places.len() < SHEETS_MAX => book.places.extend(book.place(&part)),
                STRINGS => book.strings = shared(&part),
                EOF => break,
                _ => {}
            }
        }
        let dated = |format: u16| formats.get(&format).copied().unwrap_or_else(|| is_date_format(format));
        book.dated = styles.into_iter().map(dated).collect();
        Ok(book)
    }

    /// A sheet of cells; charts and macros are none.
    fn place(&self, part: &Part<'_>) -> Option<(usize, Option<String>)> {
        let at = u32_at(part.data, 0)? as usize;
        if part.data.get(5)? & 0x0f != 0 {
            return None;
        }
        let mut text = Text::of(part, 6);
        let name = if self.biff8 { text.short() } else { text.bytes(1, self.encoding) };
        Some((at, Some(name?)))
    }

    fn sheets(&self, stream: &[u8]) -> Result<Vec<Sheet>, FileError> {
        // Records without a container are one sheet and have no list of sheets.
        let bare = [(0, None)];
        let places = if self.places.is_empty() { &bare[..] } else { &self.places };
        let (mut kept, mut begun, mut sheets) = (Kept::default(), BTreeSet::new(), Vec::new());
        // Sheets stand one after the other; those that overlap could be read without an end.
        let mut bytes_left = stream.len();
        for (at, name) in places {
            if !begun.insert(*at) {
                continue;
            }
            let mut cells = Cells { book: self, found: BTreeMap::new(), formula: None };
            let mut parts = Parts { stream, at: *at };
            cells.read(&mut parts)?;
            bytes_left = bytes_left
                .checked_sub(parts.at.min(stream.len()).saturating_sub(*at))
                .ok_or_else(|| damaged("sheets"))?;
            sheets.push(Sheet { name: name.clone(), records: cells.records(&mut kept)? });
        }
        Ok(sheets)
    }
}

/// The cells of one sheet by row and column, whatever the order they are written in.
struct Cells<'k> {
    book: &'k Book,
    found: BTreeMap<(u16, u16), Value>,
    /// A formula whose text comes with the next record.
    formula: Option<(u16, u16)>,
}

enum Value {
    Text(String),
    Shared(usize),
    Number { number: f64, style: u16 },
}

impl Cells<'_> {
    fn read(&mut self, parts: &mut Parts<'_>) -> Result<(), FileError> {
        let mut depth = 0;
        for part in parts {
            if self.found.len() > CELLS_TOTAL_MAX {
                return Err(too_large("cells"));
            }
            match (part.kind, depth) {
                (BOF, _) => depth += 1,
                (EOF, 0 | 1) => break,
                (EOF, _) => depth -= 1,
                // A chart within the sheet has cells of its own.
                (_, 2..) => {}
                _ => {
                    // A record that is too short for what it should hold says nothing.
                    let _ = self.take(&part);
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, part: &Part<'_>) -> Option<()> {
        let data = part.data;
        let place = || Some((u16_at(data, 0)?, u16_at(data, 2)?));
        let style = || u16_at(data, 4);
        let (place, value) = match part.kind {
            NUMBER => (place()?, Value::Number { number: float(data, 6)?, style: style()? }),
            RK => (place()?, Value::Number { number: rk(u32_at(data, 6)?)?, style: style()? }),
            MANY_RK => return self.many(data),
            LABEL | RICH_LABEL => {
                let mut text = Text::of(part, 6);
                let text = if self.book.biff8 { text.long() } else { text.bytes(2, self.book.encoding) };
                (place()?, Value::Text(text?))
            }
            SHARED_LABEL => (place()?, Value::Shared(u32_at(data, 6)? as usize)),
            BOOL_OR_ERROR => (place()?, Value::Text(bool_or_error(*data.get(6)?, *data.get(7)? != 0))),
            FORMULA => match (u16_at(data, 12)?, *data.get(6)?) {
                (0xffff, 0) => {
                    self.formula = Some(place()?);
                    return None;
                }
                (0xffff, kind @ (1 | 2)) => (place()?, Value::Text(bool_or_error(*data.get(8)?, kind == 2))),
                (0xffff, _) => return None,
                _ => (place()?, Value::Number { number: float(data, 6)?, style: style()? }),
            },
            FORMULA_TEXT => {
                let mut text = Text::of(part, 0);
                let text = if self.book.biff8 { text.long() } else { text.bytes(2, self.book.encoding) };
                (self.formula.take()?, Value::Text(text?))
            }
            _ => return None,
        };
        self.found.insert(place, value);
        Some(())
    }

    fn many(&mut self, data: &[u8]) -> Option<()> {
        let (row, first) = (u16_at(data, 0)?, u16_at(data, 2)?);
        let pairs = data.get(4..data.len().checked_sub(2)?)?.chunks_exact(6);
        for (column, pair) in (first..=u16::MAX).zip(pairs) {
            let value = Value::Number { number: rk(u32_at(pair, 2)?)?, style: u16_at(pair, 0)? };
            self.found.insert((row, column), value);
        }
        Some(())
    }

    fn records(self, kept: &mut Kept) -> Result<Vec<Record>, FileError> {
        let mut records: Vec<Record> = Vec::new();
        for ((row, column), value) in &self.found {
            let Some((text, kind)) = self.shown(value) else { continue };
            let line = u64::from(*row) + 1;
            if records.last().is_none_or(|record| record.line != line) {
                records.push(Record::at(line));
            }
            if let Some(record) = records.last_mut() {
                kept.put(record, usize::from(*column), &text, kind)?;
            }
        }
        Ok(records)
    }

    fn shown(&self, value: &Value) -> Option<(String, CellKind)> {
        match value {
            Value::Text(text) => Some((text.clone(), CellKind::Text)),
            Value::Shared(index) => Some((self.book.strings.get(*index)?.clone(), CellKind::Text)),
            Value::Number { number, style } => {
                // The last day that a sheet shows as a date is that of the year 9999.
                let date =
                    self.book.dated.get(usize::from(*style)) == Some(&true) && (0.0..2_958_466.0).contains(number);
                written(&match date {
                    true => {
                        DataRef::DateTime(ExcelDateTime::new(*number, ExcelDateTimeType::DateTime, self.book.from_1904))
                    }
                    false => DataRef::Float(*number),
                })
            }
        }
    }
}

/// A text within a record and those that continue it.
struct Text<'p> {
    pieces: Vec<&'p [u8]>,
    piece: usize,
    at: usize,
}

impl<'p> Text<'p> {
    fn of(part: &Part<'p>, at: usize) -> Text<'p> {
        Text { pieces: std::iter::once(part.data).chain(part.more.iter().copied()).collect(), piece: 0, at }
    }

    fn left(&self) -> &'p [u8] {
        self.pieces.get(self.piece).and_then(|piece| piece.get(self.at..)).unwrap_or_default()
    }

    /// Goes on in the next record where one ends.
    fn turn(&mut self) -> Option<()> {
        if self.left().is_empty() {
            self.piece += 1;
            self.at = 0;
        }
        (self.piece < self.pieces.len()).then_some(())
    }

    fn take(&mut self, length: usize) -> Option<&'p [u8]> {
        self.turn()?;
        let bytes = self.left().get(..length)?;
        self.at += length;
        Some(bytes)
    }

    fn skip(&mut self, mut length: usize) -> Option<()> {
        while length > 0 {
            self.turn()?;
            let step = self.left().len().min(length);
            self.at += step;
            length -= step;
        }
        Some(())
    }

    /// A text of BIFF8 whose length is written in one byte.
    fn short(&mut self) -> Option<String> {
        let length = *self.take(1)?.first()?;
        self.characters(usize::from(length))
    }

    /// A text of BIFF8 whose length is written in two bytes.
    fn long(&mut self) -> Option<String> {
        let length = u16_at(self.take(2)?, 0)?;
        self.characters(usize::from(length))
    }

    /// A text of BIFF5, in the workbook's encoding, behind a length of so many bytes.
    fn bytes(&mut self, of_length: usize, encoding: &'static Encoding) -> Option<String> {
        let length = self.take(of_length)?;
        let length = u16_at(length, 0).or_else(|| length.first().copied().map(u16::from))?;
        let left = self.left();
        let bytes = left.get(..usize::from(length)).unwrap_or(left);
        Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
    }

    fn characters(&mut self, mut count: usize) -> Option<String> {
        let flags = *self.take(1)?.first()?;
        let runs = if flags & 8 != 0 { u16_at(self.take(2)?, 0)? } else { 0 };
        let extra = if flags & 4 != 0 { u32_at(self.take(4)?, 0)? } else { 0 };
        let mut wide = flags & 1 != 0;
        let mut units: Vec<u16> = Vec::new();
        while count > 0 {
            if self.left().is_empty() {
                self.turn()?;
                // Where a text goes on in the next record, that says its width anew.
                wide = *self.take(1)?.first()? & 1 != 0;
            }
            let width = if wide { 2 } else { 1 };
            let here = (self.left().len() / width).min(count);
            if here == 0 {
                return None;
            }
            let bytes = self.take(here * width)?;
            match wide {
                true => units.extend(bytes.chunks_exact(2).filter_map(|two| u16_at(two, 0))),
                false => units.extend(bytes.iter().copied().map(u16::from)),
            }
            count -= here;
        }
        self.skip(usize::from(runs) * 4 + extra as usize);
        Some(String::from_utf16_lossy(&units))
    }
}

/// The table of texts that cells share; it ends where it cannot be read.
fn shared(part: &Part<'_>) -> Vec<String> {
    let mut text = Text::of(part, 8);
    std::iter::from_fn(|| text.long()).take(CELLS_TOTAL_MAX).collect()
}

fn code_page(number: u16) -> Option<&'static Encoding> {
    let label = match number {
        874 | 1250..=1258 => format!("windows-{number}"),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10_000 => "macintosh".to_owned(),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The formats of dates that every workbook has (MS-XLS 2.5.165).
fn is_date_format(format: u16) -> bool {
    matches!(format, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether a format written by the workbook shows a date: a letter of one outside of quotes and brackets.
fn shows_date(format: &str) -> bool {
    let (mut quoted, mut bracket, mut escaped) = (false, false, false);
    for c in format.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' if !quoted => bracket = false,
            ';' if !quoted && !bracket => return false,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' if !quoted && !bracket => return true,
            _ => {}
        }
    }
    false
}

fn bool_or_error(value: u8, error: bool) -> String {
    match (error, value) {
        (false, 0) => "false".to_owned(),
        (false, _) => "true".to_owned(),
        (true, code) => ERRORS.iter().find(|(known, _)| *known == code).map_or("#", |(_, shown)| shown).to_owned(),
    }
}

fn float(data: &[u8], at: usize) -> Option<f64> {
    let eight = data.get(at..at.checked_add(8)?)?;
    Some(f64::from_le_bytes(eight.try_into().ok()?)).filter(|number| number.is_finite())
}

/// A number in four bytes: whole, or the upper half of a float; either perhaps in hundredths (MS-XLS 2.5.217).
fn rk(written: u32) -> Option<f64> {
    let number = match written & 2 {
        0 => f64::from_bits(u64::from(written & !3) << 32),
        _ => f64::from(written.cast_signed() >> 2),
    };
    if written & 1 == 0 {
        return Some(number).filter(|n| n.is_finite());
    }
    // By decimals, so that 1234 hundredths are 12.34 and nothing beside it.
    let whole: Decimal = plain(number).parse().ok()?;
    whole.checked_div(Decimal::ONE_HUNDRED)?.normalize().to_string().parse().ok()
}
