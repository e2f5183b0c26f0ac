//! Tables in a page (HTML) or in the XML of Excel 2003: what banks send under the name of a workbook.

use quick_xml::events::Event;

use super::FileError;
use super::kept::{Kept, Sheet};
use super::records::{CellKind, Record};
use super::sheet::damaged;
use crate::fault::Fault;
use crate::xml;

/// A kind of file in tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Markup {
    Html,
    SpreadsheetXml,
}

/// What the namespace of Excel 2003's XML is.
const SPREADSHEET: &str = "urn:schemas-microsoft-com:office:spreadsheet";

/// Which kind the beginning of a file is of.
pub(crate) fn kind(start: &[u8]) -> Option<Markup> {
    let text = xml::decoded(start).to_ascii_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') {
        return None;
    }
    if text.contains(SPREADSHEET) && text.contains("<?xml") && !text.contains("<html") {
        return Some(Markup::SpreadsheetXml);
    }
    ["<html", "<!doctype html", "<table"].iter().any(|tag| text.contains(tag)).then_some(Markup::Html)
}

/// All tables of a file.
pub(crate) fn sheets(bytes: &[u8], markup: Markup) -> Result<Vec<Sheet>, FileError> {
    let text = xml::decoded(bytes);
    match markup {
        Markup::Html => html(&text),
        Markup::SpreadsheetXml => spreadsheet(&xml::repaired(&text)),
    }
}

/// The rows of all tables of a page, as one table: a page puts titles, rows and sums into tables of their own.
fn html(text: &str) -> Result<Vec<Sheet>, FileError> {
    let mut page = Page::default();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        page.say(before);
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let Some((tag, after)) = after.split_once('>') else { break };
        rest = after;
        let end = tag.find(|c: char| c.is_whitespace()).unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(end);
        let name = name.trim_end_matches('/').to_ascii_lowercase();
        match name.as_str() {
            "style" | "script" => rest = behind(rest, &format!("</{name}")),
            "td" | "th" => page.open(attributes)?,
            "/td" | "/th" => page.close()?,
            "tr" | "/tr" | "table" | "/table" => page.end_row()?,
            "br" | "p" | "/p" | "div" | "/div" | "li" => page.say(" "),
            _ => {}
        }
    }
    page.end_row()?;
    if page.records.is_empty() {
        return Err(Fault::PageWithoutTable.into());
    }
    Ok(vec![Sheet { name: None, records: page.records }])
}

/// What stands behind an end tag, in any case of its letters.
fn behind<'t>(text: &'t str, end: &str) -> &'t str {
    let found = text.char_indices().filter(|(_, c)| *c == '<').map(|(at, _)| &text[at..]);
    let mut ends = found.filter(|rest| rest.get(..end.len()).is_some_and(|start| start.eq_ignore_ascii_case(end)));
    ends.next().unwrap_or_default()
}

/// A page being read.
#[derive(Default)]
struct Page {
    kept: Kept,
    records: Vec<Record>,
    rows: u64,
    row: Option<Record>,
    /// The text of the open cell, and how many columns it spans.
    cell: Option<(String, usize)>,
}

impl Page {
    fn say(&mut self, text: &str) {
        if let Some((cell, _)) = &mut self.cell {
            unescape(text, cell);
        }
    }

    fn open(&mut self, attributes: &str) -> Result<(), FileError> {
        const SPAN_MAX: usize = 64;
        self.close()?;
        let attributes = attributes.to_ascii_lowercase();
        let span =
            attributes.split_once("colspan").map_or("", |(_, rest)| rest.trim_start_matches([' ', '=', '"', '\'']));
        let figures: String = span.chars().take_while(char::is_ascii_digit).take(4).collect();
        self.cell = Some((String::new(), figures.parse().unwrap_or(1).clamp(1, SPAN_MAX)));
        Ok(())
    }

    fn close(&mut self) -> Result<(), FileError> {
        let Some((text, span)) = self.cell.take() else { return Ok(()) };
        if self.row.is_none() {
            self.rows += 1;
        }
        let row = self.row.get_or_insert_with(|| Record::at(self.rows));
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.kept.put(row, row.len(), &text, CellKind::Text)?;
        // What a cell spans beside its own column is blank.
        for _ in 1..span {
            self.kept.put(row, row.len(), "", CellKind::Text)?;
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), FileError> {
        self.close()?;
        self.records.extend(self.row.take());
        Ok(())
    }
}

/// Letters that pages write by name.
const NAMED: [(&str, &str); 28] = [
    ("nbsp", " "),
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("rsquo", "'"),
    ("ndash", "-"),
    ("minus", "-"),
    ("euro", "€"),
    ("pound", "£"),
    ("deg", "°"),
    ("agrave", "à"),
    ("acirc", "â"),
    ("ccedil", "ç"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("ecirc", "ê"),
    ("euml", "ë"),
    ("icirc", "î"),
    ("iuml", "ï"),
    ("ocirc", "ô"),
    ("ugrave", "ù"),
    ("ucirc", "û"),
    ("Agrave", "À"),
    ("Eacute", "É"),
    ("Egrave", "È"),
    ("Ccedil", "Ç"),
];

fn unescape(text: &str, out: &mut String) {
    const NAME_MAX: usize = 10;
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.bytes().take(NAME_MAX).position(|b| b == b';');
        let known = end.and_then(|end| Some((character(after.get(..end)?)?, after.get(end + 1..)?)));
        match known {
            Some((character, after)) => {
                out.push_str(&character);
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
}

fn character(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return NAMED.iter().find(|(known, _)| *known == name).map(|(_, character)| (*character).to_owned());
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?).filter(|c| !c.is_control()).map(String::from)
}

/// The sheets of Excel 2003's XML.
fn spreadsheet(text: &str) -> Result<Vec<Sheet>, FileError> {
    let mut reader = xml::reader(text);
    let (mut kept, mut sheets) = (Kept::default(), Vec::<Sheet>::new());
    let mut line = 0;
    loop {
        let event = reader.read_event().map_err(|e| damaged(&e.to_string()))?;
        let start = match &event {
            Event::Start(start) | Event::Empty(start) => start,
            Event::Eof => return Ok(sheets),
            _ => continue,
        };
        let whole = matches!(event, Event::Empty(_));
        match start.local_name().as_ref() {
            "Worksheet" => {
                let name = xml::Node::of(start).attribute("Name").map(str::to_owned);
                sheets.push(Sheet { name, records: Vec::new() });
                line = 0;
            }
            "Row" => {
                let row = match whole {
                    true => xml::Node::of(start),
                    false => xml::subtree(&mut reader, start).map_err(|e| damaged(&e))?,
                };
                line = place(&row).unwrap_or(line + 1);
                let record = record(&row, line, &mut kept)?;
                if let Some(sheet) = sheets.last_mut() {
                    sheet.records.push(record);
                }
            }
            _ => {}
        }
    }
}

/// The row or column an element says it stands in.
fn place(node: &xml::Node) -> Option<u64> {
    node.attribute("Index")?.parse().ok().filter(|index| (1..=1 << 20).contains(index))
}

fn record(row: &xml::Node, line: u64, kept: &mut Kept) -> Result<Record, FileError> {
    let mut record = Record::at(line);
    let mut column = 0;
    for cell in row.all("Cell") {
        column = place(cell).and_then(|index| usize::try_from(index - 1).ok()).unwrap_or(column).max(record.len());
        let data = cell.at("Data");
        let text = data.map(|data| data.text.trim()).unwrap_or_default();
        let (text, kind) = match data.and_then(|data| data.attribute("Type")) {
            Some("Number") => (text, CellKind::Number),
            Some("DateTime") => (text.strip_suffix("T00:00:00.000").unwrap_or(text), CellKind::Date),
            _ => (text, CellKind::Text),
        };
        kept.put(&mut record, column, text, kind)?;
        let across = cell.attribute("MergeAcross").and_then(|across| across.parse::<usize>().ok()).unwrap_or(0);
        column += 1 + across.min(256);
    }
    Ok(record)
}
