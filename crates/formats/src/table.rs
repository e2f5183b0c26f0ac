//! Rows of a CSV or XLSX file under our field names. Two passes over the file, neither of which keeps it: the first
//! finds out how it is written (encoding, delimiter, header, decimal sign, order of dates), the second hands out rows.
//! Old workbooks (XLS), the pages and XML that are sent under their name, and tables printed in a PDF are read whole,
//! within bounds.
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

mod biff;
mod compound;
mod detect;
mod kept;
mod markup;
mod printed;
mod records;
mod sheet;
mod source;

use std::fmt;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use encoding_rs::Encoding;
use receivables::saying::{self, Value};
use receivables::{Date, Saying};
use rust_decimal::Decimal;

use crate::amount::parse_amount;
use crate::day::{DateOrder, parse_date};
use crate::fault::Fault;
use crate::profile::Profile;
use detect::Header;
pub(crate) use detect::{Votes, by_synonym, find as column, is_amount, is_date, shown};
use markup::Markup;
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

/// A file that cannot be read at all, and the line if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    pub line: Option<u64>,
    pub fault: Fault,
}

/// A row that is not handed out, with its line: refused, or left out by a rule of the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    pub line: u64,
    pub fault: Fault,
}

/// How the file is written, as found or as the profile says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// `csv`, `xlsx`, `xls`, `html` or `pdf`.
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
    /// Whether it is read as an ageing export.
    pub ageing: bool,
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
                    return Some(Err(RowError { line: error.line.unwrap_or_default(), fault: error.fault }));
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
    pub fn date(&self, index: usize) -> Result<Option<Date>, Fault> {
        let Some(text) = self.text(index) else { return Ok(None) };
        let read = date_of(text, self.kind(index), self.shape.dates);
        read.map(Some).map_err(|fault| self.in_field(index, fault))
    }

    /// The decimal of a field.
    pub fn decimal(&self, index: usize) -> Result<Option<Decimal>, Fault> {
        let Some(text) = self.text(index) else { return Ok(None) };
        let read = decimal_of(text, self.kind(index), self.shape.decimal);
        read.map(Some).map_err(|fault| self.in_field(index, fault))
    }

    /// The whole number of a field.
    pub fn whole(&self, index: usize) -> Result<Option<i64>, Fault> {
        let Some(decimal) = self.decimal(index)? else { return Ok(None) };
        let whole = if decimal.fract().is_zero() { i64::try_from(decimal).ok() } else { None };
        whole
            .map(Some)
            .ok_or_else(|| self.in_field(index, Fault::NotWhole { value: shown(self.text(index).unwrap_or_default()) }))
    }

    /// The name of a field.
    pub fn name(&self, index: usize) -> &'static str {
        self.shape.fields[index].name
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

    fn in_field(&self, index: usize, fault: Fault) -> Fault {
        fault.in_field(self.name(index))
    }
}

/// The date of a cell, in the order of the file's dates.
pub(crate) fn date_of(text: &str, kind: CellKind, order: DateOrder) -> Result<Date, Fault> {
    if kind == CellKind::Number
        && let Some(date) = sheet_day(text)
    {
        return Ok(date);
    }
    parse_date(text, order).ok_or_else(|| {
        let fits_other = [DateOrder::Dmy, DateOrder::Mdy].iter().any(|o| parse_date(text, *o).is_some());
        let value = shown(text);
        match fits_other {
            true => Fault::OtherDateOrder { value, dates: order.code().to_owned() },
            false => Fault::NotADate { value },
        }
    })
}

/// The decimal of a cell, with the file's decimal sign.
pub(crate) fn decimal_of(text: &str, kind: CellKind, decimal: char) -> Result<Decimal, Fault> {
    let sign = if kind == CellKind::Number { '.' } else { decimal };
    parse_amount(text, sign).ok_or_else(|| {
        let other = if sign == '.' { ',' } else { '.' };
        let (value, sign) = (shown(text), sign.to_string());
        match parse_amount(text, other) {
            Some(_) => Fault::OtherSign { value, sign },
            None => Fault::NotAnAmount { value, sign },
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
                return Err(Fault::TemplateOpen { template: spec.to_owned() }.into());
            };
            parts.push(Part::Text(before.to_owned()));
            parts.push(match detect::find(&header.names, name) {
                Some(column) => Part::Column(column),
                None if name == "line" => Part::Line,
                None => {
                    let (template, column) = (spec.to_owned(), name.to_owned());
                    return Err(detect::missing(header, Fault::NoTemplateColumn { template, column }));
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
                return Err(detect::missing(header, Fault::NoColumn { field: field.name.to_owned() }));
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
            let (cells, header_cells) = (record.len().to_string(), self.header_cells.to_string());
            return Err(RowError { line, fault: Fault::ExtraCell { cells, header_cells, value: shown(extra) } });
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
                return Err(RowError { line, fault: Fault::LeftOut { reason: reason.clone() } });
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
        Fault::ProfileField { field: name.to_owned(), known: known.join(", ") }.into()
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
    let (field, column) = (name.to_owned(), spec.to_owned());
    Err(detect::missing(header, Fault::NoProfileColumn { field, column }))
}

fn bind_all(
    values: &std::collections::BTreeMap<String, String>,
    fields: &[Field],
    header: &Header,
) -> Result<Vec<(usize, Template)>, FileError> {
    values.iter().map(|(name, spec)| Ok((field_index(fields, name)?, Template::bind(spec, header)?))).collect()
}

fn bind_rule(rule: &crate::profile::Rule, fields: &[Field], header: &Header) -> Result<BoundRule, FileError> {
    let column = detect::find(&header.names, &rule.column)
        .ok_or_else(|| detect::missing(header, Fault::NoRuleColumn { column: rule.column.clone() }))?;
    Ok(BoundRule { column, set: bind_all(&rule.set, fields, header)?, rule: rule.clone() })
}

/// The records of any kind of file.
pub(crate) enum Rows {
    Text(Records<BufReader<Decoded>>),
    Sheet(sheet::Rows),
    Kept { records: Arc<[Record]>, at: usize },
}

impl Rows {
    pub(crate) fn next(&mut self) -> Result<Option<Record>, FileError> {
        match self {
            Rows::Text(records) => records.next(),
            Rows::Sheet(rows) => rows.next(),
            Rows::Kept { records, at } => {
                let record = records.get(*at).cloned();
                *at += 1;
                Ok(record)
            }
        }
    }
}

/// What is needed to start reading again from the top.
enum Origin {
    Text {
        container: Container,
        encoding: &'static Encoding,
        delimiter: char,
    },
    Sheet(String),
    /// A table of a file that was read whole.
    Kept {
        kind: &'static str,
        sheet: Option<String>,
        records: Arc<[Record]>,
    },
}

impl Origin {
    fn rows(&self, input: &Input) -> Result<Rows, FileError> {
        Ok(match self {
            Origin::Text { container, encoding, delimiter } => {
                Rows::Text(Records::new(input.text(*container, encoding)?, *delimiter))
            }
            Origin::Sheet(name) => Rows::Sheet(sheet::Rows::start(input, name)),
            Origin::Kept { records, .. } => Rows::Kept { records: Arc::clone(records), at: 0 },
        })
    }

    /// The name of its sheet, where the kind of file has such names.
    fn sheet(&self) -> Option<&str> {
        match self {
            Origin::Text { .. } => None,
            Origin::Sheet(name) => Some(name),
            Origin::Kept { sheet, .. } => sheet.as_deref(),
        }
    }

    /// What the place of a table says of how it is written.
    fn layout(&self, header_line: u64, columns: Vec<(String, String)>) -> Layout {
        let (kind, encoding, delimiter) = match self {
            Origin::Text { encoding, delimiter, .. } => ("csv", encoding.name(), *delimiter),
            Origin::Sheet(_) => ("xlsx", encoding_rs::UTF_8.name(), ','),
            Origin::Kept { kind, .. } => (*kind, encoding_rs::UTF_8.name(), ','),
        };
        Layout {
            kind,
            encoding,
            delimiter,
            sheet: self.sheet().map(str::to_owned),
            decimal: '.',
            decimal_certain: true,
            dates: DateOrder::Ymd,
            dates_certain: true,
            header_line,
            columns,
            unused: Vec::new(),
            ageing: false,
        }
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

    /// How an ageing export is written, with the columns in which its fields were found.
    pub(crate) fn layout(&self, votes: &Votes, columns: Vec<(String, String)>) -> Layout {
        let mut layout = self.origin.layout(self.header_line, columns);
        (layout.decimal, layout.decimal_certain) = votes.decimal();
        (layout.dates, layout.dates_certain) = votes.dates();
        layout.ageing = true;
        layout
    }
}

/// Whether a file can only be a table, and not a text of any kind: a workbook, or a page or XML sent as one.
pub(crate) fn is_no_text(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(source::LOOKED_AT)];
    matches!(
        Container::of(start),
        Ok(Container::Workbook | Container::OldWorkbook | Container::Pdf | Container::Markup(_))
    )
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
    let container = input.container()?;
    let sheets = match container {
        Container::Plain | Container::Gzip => return find_text(input, container, fields, profile),
        Container::Workbook => sheet::sheets(input)?.into_iter().map(Origin::Sheet).collect(),
        Container::OldWorkbook => kept("xls", biff::sheets(&kept::whole(input, "xls")?)?),
        Container::Pdf => kept("pdf", vec![printed::sheet(&kept::whole(input, "pdf")?, fields, profile)?]),
        Container::Markup(markup) => {
            let kind = if markup == Markup::Html { "html" } else { "xls" };
            kept(kind, markup::sheets(&kept::whole(input, kind)?, markup)?)
        }
    };
    find_sheet(input, sheets, fields, profile)
}

fn kept(kind: &'static str, sheets: Vec<kept::Sheet>) -> Vec<Origin> {
    let origin = |sheet: kept::Sheet| Origin::Kept { kind, sheet: sheet.name, records: sheet.records.into() };
    sheets.into_iter().map(origin).collect()
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

fn find_sheet(
    input: &Input,
    sheets: Vec<Origin>,
    fields: &[Field],
    profile: Option<&Profile>,
) -> Result<(Origin, Header), FileError> {
    let names: Vec<String> = sheets.iter().filter_map(|origin| origin.sheet().map(str::to_owned)).collect();
    let wanted = profile.and_then(|p| p.sheet.as_deref()).filter(|_| !names.is_empty());
    if let Some(wanted) = wanted.filter(|w| !names.iter().any(|n| n == w)) {
        return Err(Fault::NoSheet { sheet: wanted.to_owned(), sheets: names.join(", ") }.into());
    }
    let mut best: Option<(Origin, Header, (usize, usize))> = None;
    for origin in sheets.into_iter().filter(|origin| wanted.is_none_or(|w| origin.sheet() == Some(w))) {
        let mut rows = origin.rows(input)?;
        let mut records = Vec::new();
        while let (true, Some(record)) = (records.len() < detect::SAMPLE_RECORDS, rows.next()?) {
            records.push(record);
        }
        let Some(header) = detect::header(&records, fields, profile) else { continue };
        // Where no header is known, the sheet with most rows: the first is often a cover.
        let score = (header.fitting, if header.fitting > 0 { 0 } else { records.len() });
        if best.as_ref().is_none_or(|(_, _, most)| score > *most) {
            best = Some((origin, header, score));
        }
    }
    best.map(|(origin, header, _)| (origin, header)).ok_or_else(|| no_header(profile))
}

/// A table before its columns are mapped.
pub(crate) struct Seen {
    /// Zero if it has none.
    pub(crate) header_line: u64,
    pub(crate) headers: Vec<String>,
    /// What stands above the header.
    pub(crate) above: Vec<Record>,
    /// Whether it is the names that told the header, and not the values below.
    pub(crate) named: bool,
    /// The first rows.
    pub(crate) records: Vec<Record>,
}

/// Looks at a table whose headers may be unknown.
pub(crate) fn see(bytes: &[u8], fields: &[Field], profile: Option<&Profile>, most: usize) -> Result<Seen, FileError> {
    let input = Input::Bytes(bytes.into());
    let (origin, mut header) = find(&input, fields, profile)?;
    let named = header.fitting > 1 || profile.is_some_and(|p| p.header_line.is_some() || !p.columns.is_empty());
    let take = |rows: &mut Rows, most: usize| {
        let mut records = Vec::new();
        while let (true, Some(record)) = (records.len() < most, rows.next()?) {
            records.push(record);
        }
        Ok::<_, FileError>(records)
    };
    if !named {
        let first = take(&mut origin.rows(&input)?, detect::SAMPLE_RECORDS)?;
        header = detect::header_by_values(&first).unwrap_or(header);
    }
    let mut above = take(&mut origin.rows(&input)?, detect::SAMPLE_RECORDS)?;
    above.retain(|record| record.line < header.line);
    let mut records = take(&mut after_header(&origin, &input, header.line)?, most)?;
    records.retain(|record| !record.is_blank());
    Ok(Seen { header_line: header.line, headers: header.names, above, named, records })
}

fn no_header(profile: Option<&Profile>) -> FileError {
    match profile.and_then(|p| p.header_line) {
        Some(line) => FileError::at(line, Fault::NoHeaderLine),
        None => Fault::NoHeader.into(),
    }
}

fn after_header(origin: &Origin, input: &Input, header_line: u64) -> Result<Rows, FileError> {
    let mut rows = origin.rows(input)?;
    // A table without a header begins with its rows; only a printed one has its names before them all the same.
    if header_line == 0 && !matches!(origin, Origin::Kept { kind: "pdf", .. }) {
        return Ok(rows);
    }
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
        decimal: shape.decimal,
        decimal_certain,
        dates: shape.dates,
        dates_certain,
        unused: unused.collect(),
        ..origin.layout(header.line, columns)
    }
}

impl FileError {
    /// An error at a line.
    pub(crate) fn at(line: u64, fault: Fault) -> FileError {
        FileError { line: Some(line), fault }
    }
}

impl From<Fault> for FileError {
    fn from(fault: Fault) -> FileError {
        FileError { line: None, fault }
    }
}

impl RowError {
    /// Whether a rule of the profile leaves the row out on purpose.
    pub fn left_out(&self) -> bool {
        matches!(self.fault, Fault::LeftOut { .. })
    }
}

/// A fault at a line, or of the whole.
fn at_line<'f>(line: Option<u64>, fault: &'f Fault) -> Vec<(&'static str, Value<'f>)> {
    match line {
        Some(line) => vec![("line", Value::Text(line.to_string().into())), ("why", Value::Saying(fault))],
        None => fault.args(),
    }
}

impl Saying for FileError {
    fn key(&self) -> &'static str {
        if self.line.is_some() { "file-at-line" } else { self.fault.key() }
    }

    fn args(&self) -> Vec<(&'static str, Value<'_>)> {
        at_line(self.line, &self.fault)
    }
}

impl Saying for RowError {
    fn key(&self) -> &'static str {
        "file-at-line"
    }

    fn args(&self) -> Vec<(&'static str, Value<'_>)> {
        at_line(Some(self.line), &self.fault)
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        saying::write(self, f)
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        saying::write(self, f)
    }
}

impl std::error::Error for FileError {}
impl std::error::Error for RowError {}
