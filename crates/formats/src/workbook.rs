//! Writes tables for people: XLSX and CSV, streamed row by row, with cells that a spreadsheet cannot mistake for
//! formulas.

use std::io::{self, Write};
use std::path::Path;

use receivables::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// One cell to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    /// Plain decimal text: `1180000`, `-55.94`.
    Number(String),
    Date(Date),
    Blank,
}

/// A sheet holds at most this many rows, its header included.
const SHEET_ROWS_MAX: u32 = 1_048_576;
/// A spreadsheet keeps this many figures of a number; longer ones are written as text, so that none is lost.
const FIGURES_MAX: usize = 15;
/// The longest text of a spreadsheet cell.
const TEXT_MAX: usize = 32_767;

/// Writes one sheet; rows beyond what a sheet holds are an error, not a loss.
pub fn write_xlsx(
    path: &Path,
    sheet: &str,
    headers: &[&str],
    rows: impl IntoIterator<Item = Vec<Cell>>,
) -> io::Result<()> {
    filled(sheet, headers, rows)?.save(path).map_err(told)
}

/// The same as the bytes of a file.
pub fn xlsx(sheet: &str, headers: &[&str], rows: impl IntoIterator<Item = Vec<Cell>>) -> io::Result<Vec<u8>> {
    filled(sheet, headers, rows)?.save_to_buffer().map_err(told)
}

fn filled(sheet: &str, headers: &[&str], rows: impl IntoIterator<Item = Vec<Cell>>) -> io::Result<Workbook> {
    let mut book = Workbook::new();
    let page = book.add_worksheet_with_constant_memory().map_err(told)?;
    page.set_name(sheet_name(sheet)).map_err(told)?;
    page.set_freeze_panes(1, 0).map_err(told)?;
    let styles = Styles {
        bold: Format::new().set_bold(),
        whole: Format::new().set_num_format("#,##0"),
        decimals: Format::new().set_num_format("#,##0.00######"),
        date: Format::new().set_num_format("yyyy-mm-dd"),
    };
    for (column, header) in (0u16..).zip(headers) {
        page.write_string_with_format(0, column, *header, &styles.bold).map_err(told)?;
    }
    for (row, cells) in (1u32..).zip(rows) {
        if row >= SHEET_ROWS_MAX {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        for (column, cell) in (0u16..).zip(&cells) {
            write_cell(page, (row, column), cell, &styles).map_err(told)?;
        }
    }
    Ok(book)
}

/// Writes CSV in UTF-8 with a header. Texts that a spreadsheet would run as a formula get a leading apostrophe.
pub fn write_csv(out: impl Write, headers: &[&str], rows: impl IntoIterator<Item = Vec<Cell>>) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(headers)?;
    for cells in rows {
        csv.write_record(cells.iter().map(csv_text))?;
    }
    csv.flush()
}

struct Styles {
    bold: Format,
    whole: Format,
    decimals: Format,
    date: Format,
}

fn write_cell(page: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, styles: &Styles) -> Result<(), XlsxError> {
    match cell {
        Cell::Blank => {}
        // A string cell is never run as a formula, whatever it begins with.
        Cell::Text(text) => {
            page.write_string(row, column, text.chars().take(TEXT_MAX).collect::<String>())?;
        }
        Cell::Date(date) => {
            let (year, month, day) = (date.year(), date.month(), date.day());
            let parts = (u16::try_from(year), u8::try_from(month), u8::try_from(day));
            match parts {
                (Ok(year @ 1900..), Ok(month), Ok(day)) => page.write_datetime_with_format(
                    row,
                    column,
                    ExcelDateTime::from_ymd(year, month, day)?,
                    &styles.date,
                )?,
                _ => page.write_string(row, column, date.to_string())?,
            };
        }
        Cell::Number(text) => {
            let style = if text.contains('.') { &styles.decimals } else { &styles.whole };
            match sheet_number(text) {
                Some(number) => page.write_number_with_format(row, column, number, style)?,
                None => page.write_string(row, column, text)?,
            };
        }
    }
    Ok(())
}

/// The number a sheet stores, if it can store all its figures.
fn sheet_number(text: &str) -> Option<f64> {
    let figures = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    if !is_number(text) || figures > FIGURES_MAX {
        return None;
    }
    text.parse().ok()
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

fn csv_text(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Date(date) => date.to_string(),
        Cell::Text(text) | Cell::Number(text) => guarded(text),
    }
}

/// A leading apostrophe before what a spreadsheet takes for a formula: `=`, `+`, `-`, `@`, tab and return (OWASP, CSV
/// injection). Numbers stay numbers.
fn guarded(text: &str) -> String {
    let first = text.trim_start_matches(' ').chars().next();
    let risky = matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n'));
    if risky && !is_number(text) { format!("'{text}") } else { text.to_owned() }
}

/// Excel refuses names above 31 characters and some signs.
fn sheet_name(title: &str) -> String {
    let clean: String = title.chars().map(|c| if "[]:*?/\\".contains(c) { ' ' } else { c }).take(31).collect();
    let clean = clean.trim().trim_matches('\'').to_owned();
    if clean.is_empty() { "Sheet1".to_owned() } else { clean }
}

fn told(error: XlsxError) -> io::Error {
    io::Error::other(error.to_string())
}
