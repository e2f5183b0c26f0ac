//! Rows of a CSV or XLSX file under our field names. Two passes over the file, neither of which keeps it: the first
//! finds out how it is written (encoding, delimiter, header, decimal sign, order of dates), the second hands out rows.
//!
//! ```no_run
//! use formats::{Field, FieldKind, table};
//! static FIELDS: [Field; 2] = [
//!     Field { name: "number", kind: FieldKind::Text, required: true, synonyms: &["invoiceno", "facture"] },
//!     Field { name: "total", kind: FieldKind::Amount, required: true, synonyms: &["amount", "montant"] },
//! ];
//! let mut reader = table::open("invoices.csv".as_ref(), &FIELDS, None)?;
//! eprintln!("{}", reader.layout());
//! while let Some(row) = reader.next_row() {
//!     match row {
//!         Ok(row) => println!("{:?} {:?}", row.text(0), row.decimal(1)),
//!         Err(error) => eprintln!("{error}"),
//!     }
//! }
//! # Ok::<(), formats::FileError>(())
//! ```

mod detect;
mod records;
mod sheet;
mod source;

use std::fmt;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use encoding_rs::Encoding;
use receivables::Date;
use rust_decimal::Decimal;

use crate::amount::parse_amount;
use crate::day::{DateOrder, parse_date};
use crate::profile::Profile;
use detect::Header;
pub(crate) use detect::{Votes, by_synonym, shown};
use records::Records;
pub(crate) use records::{CellKind, Record};
pub(crate) use source::Input;
use source::{Container, Decoded};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    Date,
    /// A decimal.
    Amount,
    /// A whole number.
    Whole,
}

/// One of our fields, and the headers under which others keep it.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub name: &'static str,
    pub kind: FieldKind,
    pub required: bool,
    /// Normalised headers: lower case, accents folded, letters and figures only.
    pub synonyms: &'static [&'static str],
}

/// A file that cannot be read at all: a sentence with the line, if there is one, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    pub line: Option<u64>,
    pub message: String,
}

/// A row that is not handed out, with its line: refused, or skipped by a rule of the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    pub line: u64,
    pub field: Option<&'static str>,
    pub message: String,
    /// True if a rule of the profile leaves the row out on purpose.
    pub skipped: bool,
}

/// A cell that is not what its field needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellError {
    pub field: &'static str,
    pub value: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// How the file is written, as found or as the profile says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// `csv` or `xlsx`.
    pub kind: &'static str,
    /// The encoding's name; `UTF-8` for a workbook.
    pub encoding: &'static str,
    pub delimiter: char,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    pub decimal: char,
    /// False if nothing in the file decides the decimal sign.
    pub decimal_certain: bool,
    pub dates: DateOrder,
    /// False if every date could be read both ways, or the dates contradict each other.
    pub dates_certain: bool,
    pub header_line: u64,
    /// Field, and the header or template it is read from.
    pub columns: Vec<(String, String)>,
    /// Headers that no field uses.
    pub unused: Vec<String>,
}

/// Opens a table: detects how it is written, maps its headers to `fields`, and stands before the first row.
pub fn open(path: &Path, fields: &'static [Field], profile: Option<&Profile>) -> Result<Reader, FileError> {
    open_input(Input::File(path.to_owned()), fields, profile, false)
}

/// As [`open`], for bytes already in memory.
pub fn open_bytes(bytes: &[u8], fields: &'static [Field], profile: Option<&Profile>) -> Result<Reader, FileError> {
    open_input(Input::Bytes(bytes.into()), fields, profile, false)
}

/// As [`open_bytes`], for amounts known to be in a currency without cents.
pub(crate) fn open_francs(
    bytes: &[u8],
    fields: &'static [Field],
    profile: Option<&Profile>,
) -> Result<Reader, FileError> {
    open_input(Input::Bytes(bytes.into()), fields, profile, true)
}

/// A table being read.
pub struct Reader {
    layout: Layout,
    shape: Arc<Shape>,
    rows: Rows,
    failed: bool,
}

/// One row under our field names; `index` is the place in the fields given to [`open`].
#[derive(Debug, Clone)]
pub struct Row {
    /// The line (CSV) or row (XLSX) it begins on, counted from 1.
    pub line: u64,
    record: Record,
    computed: Vec<(usize, String)>,
    shape: Arc<Shape>,
}

impl Reader {
    /// How the file is written.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The next row; an error in one row does not stop the file.
    pub fn next_row(&mut self) -> Option<Result<Row, RowError>> {
        while !self.failed {
            match self.rows.next() {
                Ok(Some(record)) if record.is_blank() => {}
                Ok(Some(record)) => return Some(self.shape.row(record, &self.shape)),
                Ok(None) => return None,
                Err(error) => {
                    self.failed = true;
                    let line = error.line.unwrap_or_default();
                    return Some(Err(RowError { line, field: None, message: error.message, skipped: false }));
                }
            }
        }
        None
    }
}

impl Iterator for Reader {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_row()
    }
}

impl Row {
    /// The trimmed text of a field; `None` if it is blank or the file has no such column.
    pub fn text(&self, index: usize) -> Option<&str> {
        let text = match self.computed.iter().find(|(field, _)| *field == index) {
            Some((_, text)) => text,
            None => self.record.get(self.shape.column(index)?)?,
        };
        Some(text.trim()).filter(|t| !t.is_empty())
    }

    /// The date of a field.
    pub fn date(&self, index: usize) -> Result<Option<Date>, CellError> {
        let Some(text) = self.text(index) else { return Ok(None) };
        let read = date_of(text, self.kind(index), self.shape.dates);
        read.map(Some).map_err(|message| self.cell_error(index, text, message))
    }

    /// The decimal of a field.
    pub fn decimal(&self, index: usize) -> Result<Option<Decimal>, CellError> {
        let Some(text) = self.text(index) else { return Ok(None) };
        let read = decimal_of(text, self.kind(index), self.shape.decimal);
        read.map(Some).map_err(|message| self.cell_error(index, text, message))
    }

    /// The whole number of a field.
    pub fn whole(&self, index: usize) -> Result<Option<i64>, CellError> {
        let Some(decimal) = self.decimal(index)? else { return Ok(None) };
        let whole = if decimal.fract().is_zero() { i64::try_from(decimal).ok() } else { None };
        whole.map(Some).ok_or_else(|| {
            let text = self.text(index).unwrap_or_default();
            self.cell_error(index, text, format!("“{}” is not a whole number; write it as 30", shown(text)))
        })
    }

    /// All cells as they stand in the file, mapped or not: what a digest of the row is made of.
    pub fn raw(&self) -> impl Iterator<Item = &str> {
        self.record.cells()
    }

    fn kind(&self, index: usize) -> CellKind {
        if self.computed.iter().any(|(field, _)| *field == index) {
            return CellKind::Text;
        }
        self.shape.column(index).map_or(CellKind::Text, |column| self.record.kind(column))
    }

    fn cell_error(&self, index: usize, value: &str, message: String) -> CellError {
        CellError { field: self.shape.fields[index].name, value: value.to_owned(), message }
    }
}

/// The date of a cell, in the order of the file's dates; the error says what is wrong and what to do.
pub(crate) fn date_of(text: &str, kind: CellKind, order: DateOrder) -> Result<Date, String> {
    if kind == CellKind::Number
        && let Some(date) = sheet_day(text)
    {
        return Ok(date);
    }
    parse_date(text, order).ok_or_else(|| {
        let fits_other = [DateOrder::Dmy, DateOrder::Mdy].iter().any(|o| parse_date(text, *o).is_some());
        match fits_other {
            true => format!(
                "“{}” does not fit the file's other dates, which are {order}; write it as 2026-08-31",
                shown(text)
            ),
            false => format!("“{}” is not a date; write it as 2026-08-31", shown(text)),
        }
    })
}

/// The decimal of a cell, with the file's decimal sign; the error says what is wrong and what to do.
pub(crate) fn decimal_of(text: &str, kind: CellKind, decimal: char) -> Result<Decimal, String> {
    let sign = if kind == CellKind::Number { '.' } else { decimal };
    parse_amount(text, sign).ok_or_else(|| {
        let other = if sign == '.' { ',' } else { '.' };
        match parse_amount(text, other) {
            Some(_) => {
                format!("“{}” does not fit the file's decimal sign “{sign}”; write it as 1234{sign}56", shown(text))
            }
            None => format!("“{}” is not an amount; write it as 1234{sign}56", shown(text)),
        }
    })
}

/// A date cell without a date style: days since 1899-12-30, between 1954 and 2119.
fn sheet_day(text: &str) -> Option<Date> {
    let whole = text.split('.').next()?.parse::<i32>().ok().filter(|d| (20_000..80_000).contains(d))?;
    Date::new(1899, 12, 30).map(|epoch| epoch.plus_days(whole))
}

/// Where each field's value comes from.
#[derive(Debug)]
struct Shape {
    fields: &'static [Field],
    sources: Vec<Source>,
    blank: Vec<(usize, Template)>,
    rules: Vec<BoundRule>,
    header_cells: usize,
    decimal: char,
    dates: DateOrder,
}

#[derive(Debug)]
enum Source {
    Absent,
    Column(usize),
    Template(Template),
}

#[derive(Debug)]
struct BoundRule {
    column: usize,
    rule: crate::profile::Rule,
    set: Vec<(usize, Template)>,
}

/// A text with cells in it: `{invoice_id}/{line}`.
#[derive(Debug)]
struct Template(Vec<Part>);

#[derive(Debug)]
enum Part {
    Text(String),
    Column(usize),
    Line,
}

impl Template {
    fn bind(spec: &str, header: &Header) -> Result<Template, FileError> {
        let mut parts = Vec::new();
        let mut rest = spec;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else {
                return Err(FileError::new(format!("the profile's template “{spec}” has an open brace; close it")));
            };
            parts.push(Part::Text(before.to_owned()));
            parts.push(match detect::find(&header.names, name) {
                Some(column) => Part::Column(column),
                None if name == "line" => Part::Line,
                None => {
                    return Err(detect::missing(
                        header,
                        &format!("the profile's template “{spec}” names a column “{name}” that the file lacks"),
                    ));
                }
            });
            rest = tail;
        }
        parts.push(Part::Text(rest.to_owned()));
        Ok(Template(parts))
    }

    fn fill(&self, record: &Record) -> String {
        let mut out = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Column(column) => out.push_str(record.get(*column).unwrap_or_default().trim()),
                Part::Line => out.push_str(&record.line.to_string()),
            }
        }
        out
    }
}

impl Shape {
    fn bind(header: &Header, fields: &'static [Field], profile: Option<&Profile>) -> Result<Shape, FileError> {
        let mut sources: Vec<Source> = match profile.filter(|p| !p.columns.is_empty()) {
            Some(_) => fields.iter().map(|_| Source::Absent).collect(),
            None => detect::by_synonym(&header.names, fields)
                .into_iter()
                .map(|column| column.map_or(Source::Absent, Source::Column))
                .collect(),
        };
        let (mut blank, mut rules) = (Vec::new(), Vec::new());
        if let Some(profile) = profile {
            for (name, spec) in &profile.columns {
                sources[field_index(fields, name)?] = bind_column(name, spec, header)?;
            }
            for (name, value) in &profile.constants {
                sources[field_index(fields, name)?] = Source::Template(Template(vec![Part::Text(value.clone())]));
            }
            blank = bind_all(&profile.blank, fields, header)?;
            for rule in &profile.rules {
                rules.push(bind_rule(rule, fields, header)?);
            }
        }
        let set_by_rule = |index: usize| rules.iter().any(|r| r.set.iter().any(|(field, _)| *field == index));
        for (index, field) in fields.iter().enumerate() {
            if field.required && matches!(sources[index], Source::Absent) && !set_by_rule(index) {
                return Err(detect::missing(header, &format!("the table has no column for “{}”", field.name)));
            }
        }
        Ok(Shape {
            fields,
            sources,
            blank,
            rules,
            header_cells: header.names.len(),
            decimal: '.',
            dates: DateOrder::Ymd,
        })
    }

    fn column(&self, index: usize) -> Option<usize> {
        match self.sources.get(index)? {
            Source::Column(column) => Some(*column),
            _ => None,
        }
    }

    fn row(&self, record: Record, shared: &Arc<Shape>) -> Result<Row, RowError> {
        let line = record.line;
        if let Some(extra) = record.cells().skip(self.header_cells).find(|c| !c.trim().is_empty()) {
            let message = format!(
                "the row has {} cells but the header has {} (“{}” is one too many); put quotation marks around a value that holds the delimiter",
                record.len(),
                self.header_cells,
                shown(extra)
            );
            return Err(RowError { line, field: None, message, skipped: false });
        }
        let mut row = Row { line, record, computed: Vec::new(), shape: Arc::clone(shared) };
        for (index, source) in self.sources.iter().enumerate() {
            if let Source::Template(template) = source {
                row.computed.push((index, template.fill(&row.record)));
            }
        }
        for (index, template) in &self.blank {
            if row.text(*index).is_none() {
                let value = template.fill(&row.record);
                row.set(*index, value);
            }
        }
        for bound in &self.rules {
            if !bound.rule.fits(row.record.get(bound.column).unwrap_or_default()) {
                continue;
            }
            if let Some(reason) = &bound.rule.skip {
                return Err(RowError { line, field: None, message: reason.clone(), skipped: true });
            }
            for (index, template) in &bound.set {
                let value = template.fill(&row.record);
                row.set(*index, value);
            }
        }
        Ok(row)
    }

    fn count(&self, votes: &mut Votes, record: &Record) {
        for (field, source) in self.fields.iter().zip(&self.sources) {
            if let Source::Column(column) = source {
                votes.count(field, record, *column);
            }
        }
    }
}

impl Row {
    fn set(&mut self, index: usize, value: String) {
        self.computed.retain(|(field, _)| *field != index);
        self.computed.push((index, value));
    }
}

fn field_index(fields: &[Field], name: &str) -> Result<usize, FileError> {
    fields.iter().position(|f| f.name == name).ok_or_else(|| {
        let known: Vec<&str> = fields.iter().map(|f| f.name).collect();
        FileError::new(format!("the profile names a field “{name}”; the fields here are: {}", known.join(", ")))
    })
}

fn bind_column(name: &str, spec: &str, header: &Header) -> Result<Source, FileError> {
    // A header may itself hold braces.
    if let Some(column) = detect::find(&header.names, spec) {
        return Ok(Source::Column(column));
    }
    if spec.contains('{') {
        return Template::bind(spec, header).map(Source::Template);
    }
    Err(detect::missing(header, &format!("the profile reads “{name}” from a column “{spec}” that the file lacks")))
}

fn bind_all(
    values: &std::collections::BTreeMap<String, String>,
    fields: &[Field],
    header: &Header,
) -> Result<Vec<(usize, Template)>, FileError> {
    values.iter().map(|(name, spec)| Ok((field_index(fields, name)?, Template::bind(spec, header)?))).collect()
}

fn bind_rule(rule: &crate::profile::Rule, fields: &[Field], header: &Header) -> Result<BoundRule, FileError> {
    let column = detect::find(&header.names, &rule.column).ok_or_else(|| {
        detect::missing(
            header,
            &format!("a rule of the profile looks at a column “{}” that the file lacks", rule.column),
        )
    })?;
    Ok(BoundRule { column, set: bind_all(&rule.set, fields, header)?, rule: rule.clone() })
}

/// The records of either kind of file.
pub(crate) enum Rows {
    Text(Records<BufReader<Decoded>>),
    Sheet(sheet::Rows),
}

impl Rows {
    pub(crate) fn next(&mut self) -> Result<Option<Record>, FileError> {
        match self {
            Rows::Text(records) => records.next(),
            Rows::Sheet(rows) => rows.next(),
        }
    }
}

/// What is needed to start reading again from the top.
enum Origin {
    Text { container: Container, encoding: &'static Encoding, delimiter: char },
    Sheet(String),
}

impl Origin {
    fn rows(&self, input: &Input) -> Result<Rows, FileError> {
        Ok(match self {
            Origin::Text { container, encoding, delimiter } => {
                Rows::Text(Records::new(input.text(*container, encoding)?, *delimiter))
            }
            Origin::Sheet(name) => Rows::Sheet(sheet::Rows::start(input, name)),
        })
    }
}

/// A table whose rows are not all of one kind: the records below its header as they stand.
pub(crate) struct RecordsBelow {
    /// The line of the header.
    pub(crate) header_line: u64,
    /// The headers, trimmed.
    pub(crate) headers: Vec<String>,
    input: Input,
    origin: Origin,
}

impl RecordsBelow {
    /// Finds the header that has most of `fields`.
    pub(crate) fn open(input: Input, fields: &[Field]) -> Result<RecordsBelow, FileError> {
        let (origin, header) = find(&input, fields, None)?;
        Ok(RecordsBelow { header_line: header.line, headers: header.names, input, origin })
    }

    /// The records from the one after the header; as often as needed.
    pub(crate) fn start(&self) -> Result<Rows, FileError> {
        after_header(&self.origin, &self.input, self.header_line)
    }

    /// `CSV in UTF-8, delimiter “,”`
    pub(crate) fn written(&self) -> String {
        match &self.origin {
            Origin::Sheet(name) => format!("XLSX, sheet “{name}”"),
            Origin::Text { encoding, delimiter: '\t', .. } => format!("CSV in {}, delimiter tab", encoding.name()),
            Origin::Text { encoding, delimiter, .. } => {
                format!("CSV in {}, delimiter “{delimiter}”", encoding.name())
            }
        }
    }
}

fn open_input(
    input: Input,
    fields: &'static [Field],
    profile: Option<&Profile>,
    francs: bool,
) -> Result<Reader, FileError> {
    let (origin, header) = find(&input, fields, profile)?;
    let mut shape = Shape::bind(&header, fields, profile)?;
    let votes = votes(&mut after_header(&origin, &input, header.line)?, &shape, profile, francs)?;
    let (mut decimal, mut dates) = (votes.decimal(), votes.dates());
    if let Some(fixed) = profile.and_then(|p| p.decimal) {
        decimal = (fixed, true);
    }
    if let Some(fixed) = profile.and_then(|p| p.dates) {
        dates = (fixed, true);
    }
    (shape.decimal, shape.dates) = (decimal.0, dates.0);
    let layout = layout(&origin, &header, &shape, profile, (decimal.1, dates.1));
    let rows = after_header(&origin, &input, header.line)?;
    Ok(Reader { layout, shape: Arc::new(shape), rows, failed: false })
}

/// Where the table is in the file, and its header.
fn find(input: &Input, fields: &[Field], profile: Option<&Profile>) -> Result<(Origin, Header), FileError> {
    match input.container()? {
        Container::Workbook => find_sheet(input, fields, profile),
        container => find_text(input, container, fields, profile),
    }
}

fn find_text(
    input: &Input,
    container: Container,
    fields: &[Field],
    profile: Option<&Profile>,
) -> Result<(Origin, Header), FileError> {
    const SAMPLE_BYTES: u64 = 1 << 16;
    let found = input.encoding(container)?;
    let label = profile.and_then(|p| p.encoding.as_deref());
    let encoding = label.and_then(|l| Encoding::for_label(l.as_bytes())).unwrap_or(found);
    let mut sample = Vec::new();
    input.text(container, encoding)?.take(SAMPLE_BYTES).read_to_end(&mut sample).map_err(source::unreadable)?;
    let whole = (sample.len() as u64) < SAMPLE_BYTES;
    let sample = String::from_utf8_lossy(&sample);
    let delimiter = detect::delimiter(&sample, whole, fields, profile);
    let mut records = detect::sampled(&sample, whole, delimiter);
    let origin = Origin::Text { container, encoding, delimiter };
    if !whole && records.len() < 2 {
        // A first line longer than the sample: read it in full, which refuses it if it has no end.
        records = origin.rows(input)?.next()?.into_iter().collect();
    }
    let Some(header) = detect::header(&records, fields, profile) else {
        return Err(no_header(profile));
    };
    Ok((origin, header))
}

fn find_sheet(input: &Input, fields: &[Field], profile: Option<&Profile>) -> Result<(Origin, Header), FileError> {
    let names = sheet::sheets(input)?;
    let wanted = profile.and_then(|p| p.sheet.as_deref());
    if let Some(wanted) = wanted.filter(|w| !names.iter().any(|n| n == w)) {
        return Err(FileError::new(format!(
            "the workbook has no sheet “{wanted}”; its sheets are: {}",
            names.join(", ")
        )));
    }
    let mut best: Option<(Origin, Header)> = None;
    for name in names.iter().filter(|n| wanted.is_none_or(|w| w == *n)) {
        let mut rows = sheet::Rows::start(input, name);
        let mut records = Vec::new();
        while let (true, Some(record)) = (records.len() < detect::SAMPLE_RECORDS, rows.next()?) {
            records.push(record);
        }
        let Some(header) = detect::header(&records, fields, profile) else { continue };
        if best.as_ref().is_none_or(|(_, b)| header.fitting > b.fitting) {
            best = Some((Origin::Sheet(name.clone()), header));
        }
    }
    best.ok_or_else(|| no_header(profile))
}

fn no_header(profile: Option<&Profile>) -> FileError {
    match profile.and_then(|p| p.header_line) {
        Some(line) => {
            FileError::at(line, "the profile says the header is here, but there is no such row; correct header_line")
        }
        None => FileError::new("the table is empty: it has no header row; export it again"),
    }
}

fn after_header(origin: &Origin, input: &Input, header_line: u64) -> Result<Rows, FileError> {
    let mut rows = origin.rows(input)?;
    while let Some(record) = rows.next()? {
        if record.line == header_line {
            break;
        }
    }
    Ok(rows)
}

fn votes(rows: &mut Rows, shape: &Shape, profile: Option<&Profile>, francs: bool) -> Result<Votes, FileError> {
    let mut votes = Votes::default();
    if francs {
        votes.hint_francs();
    }
    if let Some(currency) = profile.and_then(|p| p.constants.get("currency")) {
        votes.count_currency(currency);
    }
    while let Some(record) = rows.next()? {
        shape.count(&mut votes, &record);
    }
    Ok(votes)
}

fn layout(
    origin: &Origin,
    header: &Header,
    shape: &Shape,
    profile: Option<&Profile>,
    (decimal_certain, dates_certain): (bool, bool),
) -> Layout {
    let (kind, encoding, delimiter, sheet) = match origin {
        Origin::Text { encoding, delimiter, .. } => ("csv", encoding.name(), *delimiter, None),
        Origin::Sheet(name) => ("xlsx", encoding_rs::UTF_8.name(), ',', Some(name.clone())),
    };
    let mut used = vec![false; header.names.len()];
    let mut columns = Vec::new();
    for (field, source) in shape.fields.iter().zip(&shape.sources) {
        let from = match source {
            Source::Absent => continue,
            Source::Column(column) => {
                used[*column] = true;
                header.names[*column].clone()
            }
            Source::Template(template) => {
                for part in &template.0 {
                    if let Part::Column(column) = part {
                        used[*column] = true;
                    }
                }
                profile
                    .and_then(|p| p.constants.get(field.name).or(p.columns.get(field.name)))
                    .cloned()
                    .unwrap_or_default()
            }
        };
        columns.push((field.name.to_owned(), from));
    }
    let unused = header.names.iter().zip(&used).filter(|(n, used)| !**used && !n.is_empty()).map(|(n, _)| n.clone());
    Layout {
        kind,
        encoding,
        delimiter,
        sheet,
        decimal: shape.decimal,
        decimal_certain,
        dates: shape.dates,
        dates_certain,
        header_line: header.line,
        columns,
        unused: unused.collect(),
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sheet {
            Some(sheet) => write!(f, "XLSX, sheet “{sheet}”")?,
            None if self.delimiter == '\t' => write!(f, "CSV in {}, delimiter tab", self.encoding)?,
            None => write!(f, "CSV in {}, delimiter “{}”", self.encoding, self.delimiter)?,
        }
        let assumed = |certain: bool| if certain { "" } else { " (assumed)" };
        write!(f, ", header on line {}", self.header_line)?;
        write!(f, ", decimal sign “{}”{}", self.decimal, assumed(self.decimal_certain))?;
        write!(f, ", dates {}{}", self.dates, assumed(self.dates_certain))?;
        let columns: Vec<String> = self.columns.iter().map(|(field, from)| format!("{field} ← {from}")).collect();
        write!(f, "; columns: {}", columns.join(", "))?;
        if !self.unused.is_empty() {
            write!(f, "; not used: {}", self.unused.join(", "))?;
        }
        Ok(())
    }
}

impl FileError {
    /// An error of the file as a whole.
    pub fn new(message: impl Into<String>) -> FileError {
        FileError { line: None, message: message.into() }
    }

    /// An error at a line.
    pub fn at(line: u64, message: impl Into<String>) -> FileError {
        FileError { line: Some(line), message: message.into() }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.skipped { "skipped: " } else { "" };
        match self.field {
            Some(field) => write!(f, "line {}, {field}: {what}{}", self.line, self.message),
            None => write!(f, "line {}: {what}{}", self.line, self.message),
        }
    }
}

impl fmt::Display for CellError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.message)
    }
}

impl std::error::Error for FileError {}
impl std::error::Error for RowError {}
impl std::error::Error for CellError {}

impl CellError {
    /// The row error for this cell.
    pub fn at(self, line: u64) -> RowError {
        RowError { line, field: Some(self.field), message: self.message, skipped: false }
    }
}
