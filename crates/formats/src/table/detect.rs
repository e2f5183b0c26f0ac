//! Finds out how a table is written: delimiter, header, decimal sign, order of dates.

use super::records::{CellKind, Record, Records};
use super::{Field, FieldKind, FileError};
use crate::amount::{self, Evidence};
use crate::day::{self, DateOrder};
use crate::fault::Fault;
use crate::headers::normalised;
use crate::profile::Profile;

/// How many records of the beginning are looked at for the delimiter and the header.
pub(crate) const SAMPLE_RECORDS: usize = 40;
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// Where a table's header is, and how well it fits.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    pub(crate) line: u64,
    pub(crate) names: Vec<String>,
    pub(crate) fitting: usize,
}

/// The delimiter and how sure the sample makes it.
pub(crate) fn delimiter(sample: &str, whole: bool, fields: &[Field], profile: Option<&Profile>) -> char {
    if let Some(fixed) = profile.and_then(|p| p.delimiter).or_else(|| declared(sample)) {
        return fixed;
    }
    let mut best = (',', (0, 0, 0));
    for mark in DELIMITERS {
        let records = sampled(sample, whole, mark);
        let fitting = header(&records, fields, profile).map_or(0, |h| h.fitting);
        let (width, regular) = commonest_width(&records);
        let score = if width > 1 { (fitting, regular, width) } else { (0, 0, 0) };
        if score > best.1 {
            best = (mark, score);
        }
    }
    best.0
}

/// `sep=;`, the first line that Excel writes and understands.
fn declared(sample: &str) -> Option<char> {
    let line = sample.lines().next()?.trim().trim_matches('"');
    let (key, mark) = line.split_once('=')?;
    let mark = mark.chars().next().or(line.ends_with('=').then_some('\t'))?;
    (key.eq_ignore_ascii_case("sep") && DELIMITERS.contains(&mark)).then_some(mark)
}

/// The first records of a sample; the last one is left out when the sample was cut.
pub(crate) fn sampled(sample: &str, whole: bool, delimiter: char) -> Vec<Record> {
    let mut records = Records::new(sample.as_bytes(), delimiter);
    let mut found = Vec::new();
    while let (true, Ok(Some(record))) = (found.len() <= SAMPLE_RECORDS, records.next()) {
        found.push(record);
    }
    if !whole && found.len() > 1 && found.len() <= SAMPLE_RECORDS {
        found.pop();
    }
    found
}

fn commonest_width(records: &[Record]) -> (usize, usize) {
    let mut widths: Vec<usize> = records.iter().map(Record::len).collect();
    widths.sort_unstable();
    let runs = widths.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0]));
    runs.max().map_or((0, 0), |(count, width)| (width, count))
}

/// The record that names most of our fields; else the first with most cells, so that it can be shown.
pub(crate) fn header(records: &[Record], fields: &[Field], profile: Option<&Profile>) -> Option<Header> {
    let fixed = profile.and_then(|p| p.header_line);
    if fixed == Some(0) && records.first().is_some_and(|r| r.line > 0) {
        let names = numbered(records.iter().map(Record::len).max().unwrap_or(0));
        return Some(Header { line: 0, fitting: fitting(&names, fields, profile), names });
    }
    let mut best: Option<(Header, usize)> = None;
    for record in records.iter().filter(|r| fixed.is_none_or(|line| line == r.line)) {
        let names: Vec<String> = record.cells().map(|c| c.trim().to_owned()).collect();
        let fitting = fitting(&names, fields, profile);
        let filled = names.iter().filter(|n| !n.is_empty()).count();
        let better = best.as_ref().is_none_or(|(h, f)| {
            (fitting, if fitting > 0 { 0 } else { filled }) > (h.fitting, if h.fitting > 0 { 0 } else { *f })
        });
        if better {
            best = Some((Header { line: record.line, names, fitting }, filled));
        }
    }
    best.map(|(header, _)| header)
}

/// The names of columns without a header.
fn numbered(columns: usize) -> Vec<String> {
    (1..=columns).map(|number| number.to_string()).collect()
}

/// The header of a table whose headers nobody knows, by its values: the record above the first with a date and an amount, if
/// it has neither itself and names most of the columns; else there is none.
pub(crate) fn header_by_values(records: &[Record]) -> Option<Header> {
    let has = |record: &Record, is: fn(&str) -> bool| record.cells().any(|cell| is(cell.trim()));
    let first = records.iter().position(|record| {
        has(record, is_date) && record.cells().any(|cell| is_amount(cell.trim()) && !is_date(cell.trim()))
    })?;
    let above = first.checked_sub(1).and_then(|above| records.get(above));
    let filled = |record: &Record| record.cells().filter(|cell| !cell.trim().is_empty()).count();
    let named = above.filter(|above| {
        !has(above, is_date)
            && !has(above, is_amount)
            && filled(above) > 1
            && filled(above) * 2 >= filled(&records[first])
    });
    Some(match named {
        Some(above) => {
            Header { line: above.line, names: above.cells().map(|c| c.trim().to_owned()).collect(), fitting: 0 }
        }
        None => Header { line: 0, names: numbered(records.iter().map(Record::len).max().unwrap_or(0)), fitting: 0 },
    })
}

/// Whether a text is a date, in any order of its figures.
pub(crate) fn is_date(text: &str) -> bool {
    [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd].iter().any(|order| day::parse_date(text, *order).is_some())
}

/// Whether a text is an amount, with either decimal sign.
pub(crate) fn is_amount(text: &str) -> bool {
    ['.', ','].iter().any(|sign| amount::parse_amount(text, *sign).is_some())
}

pub(super) fn fitting(names: &[String], fields: &[Field], profile: Option<&Profile>) -> usize {
    match profile.filter(|p| !p.columns.is_empty()) {
        Some(profile) => {
            profile.columns.values().flat_map(|spec| headers_of(spec)).filter(|h| find(names, h).is_some()).count()
        }
        None => by_synonym(names, fields).iter().flatten().count(),
    }
}

/// The headers that a profile's column names: itself, or those in braces.
pub(crate) fn headers_of(spec: &str) -> Vec<&str> {
    if !spec.contains('{') {
        return vec![spec];
    }
    let inside = spec.split('{').skip(1).filter_map(|part| part.split_once('}'));
    inside.map(|(header, _)| header).filter(|h| *h != "line").collect()
}

/// The column with a header: exactly so, else by its number (`#3`), else in another dress.
pub(crate) fn find(names: &[String], header: &str) -> Option<usize> {
    let exact = names.iter().position(|n| n == header.trim());
    let numbered =
        || header.trim().strip_prefix('#')?.parse::<usize>().ok()?.checked_sub(1).filter(|n| *n < names.len());
    exact.or_else(numbered).or_else(|| {
        let wanted = normalised(header);
        names.iter().position(|n| !wanted.is_empty() && normalised(n) == wanted)
    })
}

/// Per field the column whose header is its name or a synonym; earlier synonyms win, a column serves one field.
pub(crate) fn by_synonym(names: &[String], fields: &[Field]) -> Vec<Option<usize>> {
    let headers: Vec<String> = names.iter().map(|n| normalised(n)).collect();
    let mut taken = vec![false; headers.len()];
    let mut columns = vec![None; fields.len()];
    // Own names first, so that no synonym takes the column of another field's name.
    for pass in [true, false] {
        for (field, column) in fields.iter().zip(&mut columns) {
            if column.is_some() {
                continue;
            }
            let own = normalised(field.name);
            let wanted: Vec<&str> = if pass { vec![own.as_str()] } else { field.synonyms.to_vec() };
            *column = wanted.iter().find_map(|w| (0..headers.len()).find(|i| !taken[*i] && headers[*i] == *w));
            if let Some(index) = *column {
                taken[index] = true;
            }
        }
    }
    columns
}

/// What the values of the whole file say about its decimal sign and the order of its dates.
#[derive(Debug, Default)]
pub(crate) struct Votes {
    point: u64,
    comma: u64,
    either_point: u64,
    either_comma: u64,
    francs: u64,
    other_currency: u64,
    day_first: u64,
    month_first: u64,
    either_order: u64,
}

impl Votes {
    pub(crate) fn hint_francs(&mut self) {
        self.francs += 1;
    }

    pub(crate) fn count(&mut self, field: &Field, record: &Record, column: usize) {
        let Some(cell) = record.get(column).map(str::trim).filter(|c| !c.is_empty()) else { return };
        if record.kind(column) != CellKind::Text {
            return;
        }
        match field.kind {
            FieldKind::Amount | FieldKind::Whole => self.count_amount(cell),
            FieldKind::Date => self.count_date(cell),
            FieldKind::Text if field.name == "currency" => self.count_currency(cell),
            FieldKind::Text => {}
        }
    }

    pub(crate) fn count_amount(&mut self, cell: &str) {
        match amount::evidence(cell) {
            Evidence::Decimal('.') => self.point += 1,
            Evidence::Decimal(_) => self.comma += 1,
            Evidence::Either('.') => self.either_point += 1,
            Evidence::Either(_) => self.either_comma += 1,
            Evidence::Silent => {}
        }
        if amount::names_francs(cell) {
            self.francs += 1;
        }
    }

    pub(crate) fn count_date(&mut self, cell: &str) {
        match day::orders(cell) {
            (true, true) => self.either_order += 1,
            (true, false) => self.day_first += 1,
            (false, true) => self.month_first += 1,
            (false, false) => {}
        }
    }

    pub(crate) fn count_currency(&mut self, cell: &str) {
        if amount::names_francs(cell) { self.francs += 1 } else { self.other_currency += 1 }
    }

    /// The decimal sign, and whether the file itself decides it.
    pub(crate) fn decimal(&self) -> (char, bool) {
        let only_francs = self.francs > 0 && self.other_currency == 0;
        match (self.point, self.comma) {
            (0, 0) => match (self.either_point, self.either_comma) {
                (0, 0) => ('.', true),
                // `12.500` francs: a franc has no thousandths.
                (_, 0) if only_francs => (',', true),
                (0, _) if only_francs => ('.', true),
                (_, 0) | (0, _) => ('.', false),
                _ => ('.', false),
            },
            (point, comma) => (if comma > point { ',' } else { '.' }, point == 0 || comma == 0),
        }
    }

    /// The order of dates, and whether the file itself decides it.
    pub(crate) fn dates(&self) -> (DateOrder, bool) {
        match (self.day_first, self.month_first) {
            (0, 0) if self.either_order == 0 => (DateOrder::Ymd, true),
            (0, 0) => (DateOrder::Dmy, false),
            (_, 0) => (DateOrder::Dmy, true),
            (0, _) => (DateOrder::Mdy, true),
            (day, month) => (if month > day { DateOrder::Mdy } else { DateOrder::Dmy }, false),
        }
    }
}

/// The refusal when the header lacks a column.
pub(crate) fn missing(header: &Header, what: Fault) -> FileError {
    let names: Vec<String> = header.names.iter().filter(|n| !n.is_empty()).take(60).map(|n| shown(n)).collect();
    FileError::at(header.line, Fault::HeadersFound { what: Box::new(what), headers: names.join(", ") })
}

/// A text short enough for a message.
pub(crate) fn shown(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}
