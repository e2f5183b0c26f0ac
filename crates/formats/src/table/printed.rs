//! A table printed in a PDF: letters become words and lines, the header's words say where the columns are, and what the
//! values leave free between them says where they end. A line without a date and without an amount goes on with the row
//! above it. What stands above the header of a page, and below its rows, is left out.

#![allow(clippy::float_arithmetic, reason = "places on paper, no money")]

use std::collections::{BTreeMap, BTreeSet};

use super::detect::{self, is_amount, is_date};
use super::kept::{Kept, Sheet};
use super::records::{CellKind, Record};
use super::{Field, FieldKind, FileError};
use crate::fault::Fault;
use crate::headers::normalised;
use crate::pdf::{self, Glyph};
use crate::profile::Profile;

/// Parts of the size of letters: what is wider parts two words, two texts within a cell, two columns.
const BETWEEN_WORDS: f64 = 0.15;
const BETWEEN_TEXTS: f64 = 0.5;
const BETWEEN_COLUMNS: [f64; 4] = [1.2, 0.9, 0.6, 0.4];
/// Lines of one row are no further apart than this.
const BETWEEN_LINES: f64 = 2.0;

/// The header is looked for in so many lines, and the ends of columns in so many rows.
const LOOKED_AT: usize = 400;

/// A word, or several that stand together.
#[derive(Debug, Clone)]
struct Words {
    left: f64,
    right: f64,
    text: String,
}

impl Words {
    fn centre(&self) -> f64 {
        f64::midpoint(self.left, self.right)
    }
}

#[derive(Debug, Clone)]
struct Line {
    page: usize,
    base: f64,
    size: f64,
    words: Vec<Words>,
}

impl Line {
    /// The words as texts, parted where the gap is wider than so many sizes.
    fn texts(&self, gap: f64) -> Vec<Words> {
        let mut texts: Vec<Words> = Vec::new();
        for word in &self.words {
            match texts.last_mut().filter(|last| word.left - last.right <= gap * self.size) {
                Some(last) => {
                    last.text.push(' ');
                    last.text.push_str(&word.text);
                    last.right = last.right.max(word.right);
                }
                None => texts.push(word.clone()),
            }
        }
        texts
    }

    fn text(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Whether the next line could belong to it.
    fn is_near(&self, below: &Line) -> bool {
        self.page == below.page && self.base - below.base <= BETWEEN_LINES * self.size.max(below.size)
    }
}

/// A column: where its words stand, and what it holds if the header says so.
struct Column {
    name: String,
    from: f64,
    to: f64,
    kind: Option<FieldKind>,
}

/// The table of a PDF as one sheet, whose first record is the header.
pub(super) fn sheet(bytes: &[u8], fields: &[Field], profile: Option<&Profile>) -> Result<Sheet, FileError> {
    let lines = lines(pdf::pages(bytes)?);
    let places = profile.map(|p| &p.places).filter(|places| !places.is_empty());
    let table = match places {
        Some(places) => placed(&lines, places),
        None => titled(&lines, fields, profile).or_else(|| untitled(&lines)).ok_or(Fault::PdfWithoutTable)?,
    };
    table.sheet(&lines, fields, profile)
}

/// The letters as lines from the top of the first page to the foot of the last.
fn lines(pages: Vec<Vec<Glyph>>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (page, mut glyphs) in pages.into_iter().enumerate() {
        glyphs.sort_by(|a, b| b.base.total_cmp(&a.base));
        let mut row: Vec<Glyph> = Vec::new();
        for glyph in glyphs {
            if row.first().is_some_and(|first| first.base - glyph.base > 0.35 * first.size.max(glyph.size)) {
                lines.extend(line(page, std::mem::take(&mut row)));
            }
            row.push(glyph);
        }
        lines.extend(line(page, row));
    }
    lines
}

fn line(page: usize, mut glyphs: Vec<Glyph>) -> Option<Line> {
    let first = glyphs.first()?;
    let (base, size) = (first.base, glyphs.iter().map(|g| g.size).fold(0.0, f64::max));
    glyphs.sort_by(|a, b| a.left.total_cmp(&b.left));
    // Bold letters are sometimes the same letter twice.
    glyphs.dedup_by(|b, a| a.text == b.text && b.left - a.left < 0.2 * a.size);
    let mut words: Vec<Words> = Vec::new();
    for glyph in glyphs {
        match words.last_mut().filter(|last| glyph.left - last.right <= BETWEEN_WORDS * glyph.size) {
            Some(last) => {
                last.text.push_str(&glyph.text);
                last.right = last.right.max(glyph.right);
            }
            None => words.push(Words { left: glyph.left, right: glyph.right, text: glyph.text }),
        }
    }
    Some(Line { page, base, size, words })
}

/// A table's columns, and the lines of its header.
struct Table {
    columns: Vec<Column>,
    header: Vec<usize>,
}

/// Columns whose places the profile gives, in points from the left.
fn placed(lines: &[Line], places: &BTreeMap<String, [u16; 2]>) -> Table {
    let mut columns: Vec<Column> = places
        .iter()
        .map(|(name, [from, to])| Column { name: name.clone(), from: f64::from(*from), to: f64::from(*to), kind: None })
        .collect();
    columns.sort_by(|a, b| a.from.total_cmp(&b.from));
    let header = lines.iter().position(|line| is_header(line, &columns)).into_iter().collect();
    Table { columns, header }
}

/// Whether a line says at least two of the columns' names and nothing else in their places.
fn is_header(line: &Line, columns: &[Column]) -> bool {
    let text = normalised(&line.text());
    columns.iter().filter(|c| !c.name.is_empty() && text.contains(&normalised(&c.name))).count() >= 2
        && !line.words.iter().any(|word| is_amount(&word.text) || is_date(&word.text))
}

/// Columns under a header whose names are known: one line, or up to three that stand close.
fn titled(lines: &[Line], fields: &[Field], profile: Option<&Profile>) -> Option<Table> {
    let needed = if profile.is_some_and(|p| !p.columns.is_empty()) { 1 } else { 2 };
    let mut best: Option<(usize, Vec<usize>, Vec<Words>)> = None;
    for first in 0..lines.len().min(LOOKED_AT) {
        let mut header = Vec::new();
        for index in first..lines.len().min(first + 3) {
            let near = index == first || lines.get(index - 1).zip(lines.get(index)).is_some_and(|(a, b)| a.is_near(b));
            if !near {
                break;
            }
            header.push(index);
            for gap in BETWEEN_COLUMNS {
                let labels = labels(&header, lines, gap);
                let names: Vec<String> = labels.iter().map(|label| label.text.clone()).collect();
                let fitting = detect::fitting(&names, fields, profile);
                let better = best
                    .as_ref()
                    .is_none_or(|(most, lines, _)| fitting > *most || (fitting == *most && header.len() < lines.len()));
                if fitting >= needed && better {
                    best = Some((fitting, header.clone(), labels));
                }
            }
        }
    }
    let (_, header, labels) = best?;
    let columns = parted(lines, &header, labels);
    Some(Table { columns, header })
}

/// The names of the columns: texts of the header's lines that stand over each other are one.
fn labels(header: &[usize], lines: &[Line], gap: f64) -> Vec<Words> {
    let mut labels: Vec<Words> = Vec::new();
    for line in header.iter().filter_map(|index| lines.get(*index)) {
        for text in line.texts(gap) {
            match labels.iter_mut().find(|label| label.left < text.right && text.left < label.right) {
                Some(label) => {
                    label.text.push(' ');
                    label.text.push_str(&text.text);
                    (label.left, label.right) = (label.left.min(text.left), label.right.max(text.right));
                }
                None => labels.push(text),
            }
        }
    }
    labels.sort_by(|a, b| a.left.total_cmp(&b.left));
    labels
}

/// Parts the columns where the fewest values stand, between the middles of two names.
fn parted(lines: &[Line], header: &[usize], labels: Vec<Words>) -> Vec<Column> {
    let last = header.last().copied().unwrap_or(0);
    let mut taken: Vec<Words> = lines
        .iter()
        .skip(last + 1)
        .filter(|line| begins_dated(line))
        .take(LOOKED_AT)
        .flat_map(|line| line.texts(BETWEEN_TEXTS))
        .collect();
    // The names themselves are not cut either.
    taken.extend(labels.iter().flat_map(|label| std::iter::repeat_n(label.clone(), 3)));
    let mut ends: Vec<f64> = labels
        .windows(2)
        .map(|pair| match pair {
            [one, next] => freest(&taken, one.centre(), next.centre()),
            _ => 0.0,
        })
        .collect();
    ends.push(f64::INFINITY);
    let mut from = f64::NEG_INFINITY;
    let mut columns = Vec::new();
    for (label, to) in labels.into_iter().zip(ends) {
        columns.push(Column { name: label.text, from, to, kind: None });
        from = to;
    }
    columns
}

/// The middle of the widest place between two others over which the fewest texts stand.
fn freest(taken: &[Words], from: f64, to: f64) -> f64 {
    let mut edges: Vec<f64> =
        taken.iter().flat_map(|text| [text.left, text.right]).filter(|x| *x > from && *x < to).collect();
    edges.extend([from, to]);
    edges.sort_by(f64::total_cmp);
    let mut best = (usize::MAX, 0.0, f64::midpoint(from, to));
    for pair in edges.windows(2) {
        let [left, right] = pair else { continue };
        let (width, middle) = (right - left, f64::midpoint(*left, *right));
        let over = taken.iter().filter(|text| text.left < middle && middle < text.right).count();
        if width > 0.1 && (over < best.0 || (over == best.0 && width > best.1)) {
            best = (over, width, middle);
        }
    }
    best.2
}

/// Columns without a known header: where the values of the lines with a date stand; the line above names them, if any.
fn untitled(lines: &[Line]) -> Option<Table> {
    let dated = (0..lines.len()).filter(|index| lines.get(*index).is_some_and(begins_dated));
    let dated: Vec<usize> = dated.take(LOOKED_AT).collect();
    let mut spans: Vec<Words> =
        dated.iter().filter_map(|index| lines.get(*index)).flat_map(|line| line.texts(BETWEEN_COLUMNS[1])).collect();
    spans.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut columns: Vec<Words> = Vec::new();
    for span in spans {
        match columns.last_mut().filter(|last| span.left < last.right) {
            Some(last) => last.right = last.right.max(span.right),
            None => columns.push(Words { text: String::new(), ..span }),
        }
    }
    if columns.len() < 2 {
        return None;
    }
    let above = dated.first().and_then(|first| first.checked_sub(1));
    let above = above.filter(|index| lines.get(*index).is_some_and(|line| line.texts(BETWEEN_COLUMNS[1]).len() > 1));
    for text in above.and_then(|index| lines.get(index)).map(|line| line.texts(BETWEEN_COLUMNS[1])).unwrap_or_default()
    {
        let apart = |column: &Words| (text.left - column.right).max(column.left - text.right).max(0.0);
        if let Some(column) = columns.iter_mut().min_by(|a, b| apart(a).total_cmp(&apart(b))) {
            let between = if column.text.is_empty() { "" } else { " " };
            column.text = format!("{}{between}{}", column.text, text.text);
        }
    }
    for (number, column) in columns.iter_mut().enumerate().filter(|(_, column)| column.text.is_empty()) {
        column.text = (number + 1).to_string();
    }
    let header: Vec<usize> = above.into_iter().collect();
    let mut ends: Vec<f64> = columns
        .windows(2)
        .map(|pair| match pair {
            [one, next] => f64::midpoint(one.right, next.left),
            _ => 0.0,
        })
        .collect();
    ends.push(f64::INFINITY);
    let mut from = f64::NEG_INFINITY;
    let mut found = Vec::new();
    for (column, to) in columns.into_iter().zip(ends) {
        found.push(Column { name: column.text, from, to, kind: None });
        from = to;
    }
    Some(Table { columns: found, header })
}

/// Whether a line begins with a date, in up to three words.
fn begins_dated(line: &Line) -> bool {
    (1..=3).any(|count| {
        let words: Vec<&str> = line.words.iter().take(count).map(|word| word.text.as_str()).collect();
        words.len() == count && is_date(&words.join(" "))
    })
}

/// A row being put together.
struct Row {
    line: u64,
    cells: Vec<String>,
}

impl Table {
    fn sheet(mut self, lines: &[Line], fields: &[Field], profile: Option<&Profile>) -> Result<Sheet, FileError> {
        self.name_kinds(fields, profile);
        let again: BTreeSet<usize> = self.repeated(lines);
        let noise = noise(lines);
        let begin = self.header.last().map_or(0, |last| last + 1);
        let titled: BTreeSet<usize> =
            again.iter().filter_map(|index| lines.get(*index)).map(|line| line.page).collect();
        let (mut rows, mut before): (Vec<Row>, Vec<Vec<String>>) = (Vec::new(), Vec::new());
        // Per page, whether its rows have begun: below its header, or with the first row where it has none.
        let mut open_page = self.header.last().and_then(|last| lines.get(*last)).map(|line| line.page);
        let mut above: Option<&Line> = self.header.last().and_then(|last| lines.get(*last));
        for (index, line) in lines.iter().enumerate().skip(begin) {
            if again.contains(&index) {
                (open_page, above) = (Some(line.page), Some(line));
                before.clear();
                continue;
            }
            let begun = open_page == Some(line.page);
            if !begun && titled.contains(&line.page) {
                continue;
            }
            let cells = self.cells(line);
            let number = index as u64 + 1;
            if self.is_row(&cells) {
                open_page = Some(line.page);
                let mut row = Row { line: number, cells };
                // Lines that stand nearer to this row than to the one before.
                for cells in before.drain(..).rev() {
                    row.go_on(cells, true);
                }
                rows.push(row);
                above = Some(line);
                continue;
            }
            let over = above.filter(|above| above.is_near(line));
            if !begun || noise.contains(&index) {
                continue;
            }
            let under = self.next_row(lines, index).filter(|next| line.is_near(next));
            let nearer_below = match (over, under) {
                (None, None) => continue,
                (over, under) => under.is_some_and(|under| {
                    over.is_none_or(|over| (line.base - under.base) * 1.4 < over.base - line.base)
                }),
            };
            above = Some(line);
            if nearer_below {
                before.push(cells);
            } else if let Some(row) = rows.last_mut() {
                row.go_on(cells, false);
            }
        }
        let mut kept = Kept::default();
        let header_line = self.header.first().map_or(0, |index| *index as u64 + 1);
        let mut records = vec![record(header_line, self.columns.iter().map(|column| column.name.as_str()), &mut kept)?];
        for row in &rows {
            records.push(record(row.line, row.cells.iter().map(String::as_str), &mut kept)?);
        }
        Ok(Sheet { name: None, records })
    }

    /// What the columns hold, by their names or by the profile; else by their values, later.
    fn name_kinds(&mut self, fields: &[Field], profile: Option<&Profile>) {
        let names: Vec<String> = self.columns.iter().map(|column| column.name.clone()).collect();
        let found: Vec<Option<usize>> = match profile.filter(|p| !p.columns.is_empty()) {
            Some(profile) => fields
                .iter()
                .map(|field| profile.columns.get(field.name).and_then(|header| detect::find(&names, header)))
                .collect(),
            None => detect::by_synonym(&names, fields),
        };
        for (field, column) in fields.iter().zip(found) {
            if let Some(column) = column.and_then(|index| self.columns.get_mut(index)) {
                column.kind = Some(field.kind);
            }
        }
    }

    /// The lines of the header on later pages.
    fn repeated(&self, lines: &[Line]) -> BTreeSet<usize> {
        let said: Vec<String> =
            self.header.iter().filter_map(|index| lines.get(*index)).map(|line| normalised(&line.text())).collect();
        let last = self.header.last().copied().unwrap_or(0);
        let same = |line: &Line| said.contains(&normalised(&line.text())) && !begins_dated(line);
        lines.iter().enumerate().skip(last + 1).filter(|(_, line)| same(line)).map(|(index, _)| index).collect()
    }

    fn cells(&self, line: &Line) -> Vec<String> {
        let mut cells = vec![String::new(); self.columns.len()];
        for word in &line.words {
            let centre = word.centre();
            let column = self.columns.iter().position(|column| column.from <= centre && centre < column.to);
            if let Some(cell) = column.and_then(|index| cells.get_mut(index)) {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&word.text);
            }
        }
        cells
    }

    /// Whether a line begins a row: it has a date where dates stand, or an amount where amounts do.
    fn is_row(&self, cells: &[String]) -> bool {
        let known = self.columns.iter().any(|column| column.kind.is_some());
        self.columns.iter().zip(cells).any(|(column, cell)| match column.kind {
            Some(FieldKind::Date) => is_date(cell),
            Some(FieldKind::Amount | FieldKind::Whole) => is_amount(cell),
            Some(FieldKind::Text) => false,
            None => !known && (is_date(cell) || is_amount(cell)),
        })
    }

    /// The line with which the next row on the page begins, if it comes soon.
    fn next_row<'l>(&self, lines: &'l [Line], index: usize) -> Option<&'l Line> {
        let page = lines.get(index)?.page;
        let mut next = lines.iter().skip(index + 1).take(4).take_while(|next| next.page == page);
        next.find(|next| self.is_row(&self.cells(next)))
    }
}

impl Row {
    fn go_on(&mut self, cells: Vec<String>, ahead: bool) {
        for (cell, more) in self.cells.iter_mut().zip(cells).filter(|(_, more)| !more.is_empty()) {
            *cell = match (cell.is_empty(), ahead) {
                (true, _) => more,
                (false, true) => format!("{more} {cell}"),
                (false, false) => format!("{cell} {more}"),
            };
        }
    }
}

/// Lines that stand at the same height of several pages and say the same but for figures: heads and feet of pages.
fn noise(lines: &[Line]) -> BTreeSet<usize> {
    let mut found: BTreeMap<(i64, String), Vec<usize>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        let masked: String = line.text().chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
        found.entry((line.base.round() as i64, masked)).or_default().push(index);
    }
    found.into_values().filter(|same| same.len() > 1).flatten().collect()
}

fn record<'c>(line: u64, cells: impl Iterator<Item = &'c str>, kept: &mut Kept) -> Result<Record, FileError> {
    let mut record = Record::at(line);
    for (column, cell) in cells.enumerate() {
        kept.put(&mut record, column, cell, CellKind::Text)?;
    }
    Ok(record)
}
