//! What a table of movements looks like before anybody mapped its columns: its header, its first rows, and what each column
//! seems to hold, with why. Headers that are known go first; then the values speak, in any language: dates, marks of debit and
//! credit, amounts, and above all a balance that each row proves by arithmetic.

use receivables::Currency;
use rust_decimal::Decimal;

use super::columns::{
    AMOUNT, BALANCE, COUNTERPARTY_REF, CREDIT, CURRENCY, DEBIT, FIELDS, ON, REFERENCE, SIDE, TEXT, VALUE_ON, side,
};
use crate::amount::parse_amount;
use crate::day::DateOrder;
use crate::fault::Fault;
use crate::profile::Profile;
use crate::statement::Direction;
use crate::table::{self, FieldKind, FileError, Record, is_amount, is_date};

/// The rows that are shown, and those by which columns are guessed.
const SHOWN: usize = 8;
const LOOKED_AT: usize = 500;

/// A table of movements as it was found.
#[derive(Debug, Clone)]
pub struct Look {
    /// `csv`, `xlsx`, `xls`, `html` or `pdf`.
    pub kind: &'static str,
    pub encoding: &'static str,
    pub delimiter: char,
    pub sheet: Option<String>,
    pub decimal: char,
    /// False if nothing in the file decides the decimal sign.
    pub decimal_certain: bool,
    pub dates: DateOrder,
    /// False if every date could be read both ways.
    pub dates_certain: bool,
    /// The line of the header; `None` if the table has none.
    pub header_line: Option<u64>,
    pub columns: Vec<Seen>,
    /// The first rows, each with its line.
    pub rows: Vec<(u64, Vec<String>)>,
    /// Fields without which no movement can be read: `on`, `amount`.
    pub missing: Vec<&'static str>,
    /// What the columns were taken for, and what the profile given says beside.
    pub profile: Profile,
}

/// A column, and what it seems to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Blank where the table has none.
    pub header: String,
    /// The field it is taken for, and why.
    pub field: Option<(&'static str, Why)>,
    /// What the profile calls the column: its header, or `#` and its number where that is not enough.
    spec: String,
}

/// Why a column is taken for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The profile says so.
    Profile,
    /// Its header is known.
    Header,
    /// All its values are dates.
    Dates,
    /// Each balance is the one before, with the row's movement.
    RunningBalance,
    /// The balances follow from it.
    MovesBalance,
    /// It and another column are never filled in the same row.
    OneOfTwo,
    /// All its values are amounts.
    Amounts,
    /// All its values are marks of debit or credit.
    Marks,
    /// All its values are currencies.
    Currencies,
    /// No value comes twice, and each has figures.
    Unique,
    /// Its values are telephone numbers.
    Telephones,
    /// Mostly words, more than in any other column.
    Words,
}

impl Why {
    /// The key of its sentence in `locales`.
    pub fn key(self) -> &'static str {
        match self {
            Why::Profile => "guess-profile",
            Why::Header => "guess-header",
            Why::Dates => "guess-dates",
            Why::RunningBalance => "guess-running-balance",
            Why::MovesBalance => "guess-moves-balance",
            Why::OneOfTwo => "guess-one-of-two",
            Why::Amounts => "guess-amounts",
            Why::Marks => "guess-marks",
            Why::Currencies => "guess-currencies",
            Why::Unique => "guess-unique",
            Why::Telephones => "guess-telephones",
            Why::Words => "guess-words",
        }
    }
}

/// The fields a column may be taken for.
pub fn fields() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().map(|field| field.name)
}

/// Looks at any table of an account held in `currency`. A profile that names columns is taken at its word, and nothing is guessed
/// beside it.
pub fn look(bytes: &[u8], currency: Currency, profile: Option<&Profile>) -> Result<Look, FileError> {
    let seen = table::see(bytes, &FIELDS, profile, LOOKED_AT)?;
    let mut own = profile.cloned().unwrap_or_default();
    let specs = specs(&seen.headers);
    let guesses = match own.columns.is_empty() {
        true => guessed(&seen),
        false => said(&own, &seen.headers),
    };
    if own.columns.is_empty() {
        let told = specs.iter().zip(&guesses.fields).filter_map(|(spec, field)| Some((field.as_ref()?.0, spec)));
        own.columns = told.map(|(field, spec)| (FIELDS[field].name.to_owned(), spec.clone())).collect();
        // What the names of a header told, the next file tells too, wherever its header stands.
        own.header_line = own.header_line.or_else(|| (!seen.named).then_some(seen.header_line));
    }
    let reader = match currency.exponent() == 0 {
        true => table::open_francs(bytes, &FIELDS, Some(&own))?,
        false => table::open_bytes(bytes, &FIELDS, Some(&own))?,
    };
    let mut layout = reader.layout().clone();
    if let Some(sign) = guesses.sign.filter(|_| own.decimal.is_none()) {
        (layout.decimal, layout.decimal_certain) = (sign, true);
    }
    if own.decimal.is_none()
        && layout.decimal_certain
        && own.columns.keys().any(|name| is_kind(name, FieldKind::Amount))
    {
        own.decimal = Some(layout.decimal);
    }
    if own.dates.is_none() && layout.dates_certain && own.columns.keys().any(|name| is_kind(name, FieldKind::Date)) {
        own.dates = Some(layout.dates);
    }
    if layout.kind == "csv" {
        own.delimiter = own.delimiter.or(Some(layout.delimiter));
    }
    let has =
        |field: usize| own.columns.contains_key(FIELDS[field].name) || own.constants.contains_key(FIELDS[field].name);
    let needed = [("on", has(ON) || has(VALUE_ON)), ("amount", has(AMOUNT) || has(DEBIT) || has(CREDIT))];
    let missing = needed.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect();
    let columns = seen.headers.into_iter().zip(specs).zip(guesses.fields).map(|((header, spec), field)| Seen {
        header: if seen.header_line == 0 { String::new() } else { header },
        field: field.map(|(field, why)| (FIELDS[field].name, why)),
        spec,
    });
    let shown = seen.records.iter().take(SHOWN).map(|r| (r.line, r.cells().map(|c| c.trim().to_owned()).collect()));
    Ok(Look {
        kind: layout.kind,
        encoding: layout.encoding,
        delimiter: layout.delimiter,
        sheet: layout.sheet,
        decimal: layout.decimal,
        decimal_certain: layout.decimal_certain,
        dates: layout.dates,
        dates_certain: layout.dates_certain,
        header_line: Some(seen.header_line).filter(|line| *line > 0),
        columns: columns.collect(),
        rows: shown.collect(),
        missing,
        profile: own,
    })
}

impl Look {
    /// The profile with some columns taken for another field, or with an empty name for none: what a person changed. A field
    /// has one column.
    pub fn profile_with(&self, changes: &[(usize, &str)]) -> Result<Profile, Fault> {
        let mut profile = self.profile.clone();
        for (column, field) in changes {
            let known = || fields().collect::<Vec<_>>().join(", ");
            if !field.is_empty() && !fields().any(|name| name == *field) {
                return Err(Fault::ProfileField { field: (*field).to_owned(), known: known() });
            }
            let Some(seen) = self.columns.get(*column) else {
                let (field, column) = ((*field).to_owned(), (column + 1).to_string());
                return Err(Fault::NoProfileColumn { field, column });
            };
            profile.columns.retain(|name, spec| *spec != seen.spec && name != field);
            if !field.is_empty() {
                profile.columns.insert((*field).to_owned(), seen.spec.clone());
            }
        }
        Ok(profile)
    }
}

fn is_kind(name: &str, kind: FieldKind) -> bool {
    FIELDS.iter().any(|field| field.name == name && field.kind == kind)
}

/// What a profile calls each column: by its header, unless that is blank or another column's too.
fn specs(headers: &[String]) -> Vec<String> {
    let first = |header: &String| headers.iter().position(|other| other == header);
    let spec = |(index, header): (usize, &String)| match first(header) == Some(index) && !header.is_empty() {
        true => header.clone(),
        false => format!("#{}", index + 1),
    };
    headers.iter().enumerate().map(spec).collect()
}

/// Field per column with why, and the decimal sign if the balances prove it.
struct Guesses {
    fields: Vec<Option<(usize, Why)>>,
    sign: Option<char>,
}

/// The columns that a profile names.
fn said(profile: &Profile, headers: &[String]) -> Guesses {
    let mut fields = vec![None; headers.len()];
    for (index, field) in FIELDS.iter().enumerate() {
        let column = profile.columns.get(field.name).and_then(|spec| table::column(headers, spec));
        if let Some(place) = column.and_then(|column| fields.get_mut(column)) {
            *place = Some((index, Why::Profile));
        }
    }
    Guesses { fields, sign: None }
}

/// What the values of a column are.
struct Values<'r> {
    cells: Vec<&'r str>,
}

impl<'r> Values<'r> {
    fn of(records: &'r [Record], column: usize) -> Values<'r> {
        Values { cells: records.iter().map(|record| record.get(column).unwrap_or_default().trim()).collect() }
    }

    fn filled(&self) -> impl Iterator<Item = &'r str> + '_ {
        self.cells.iter().copied().filter(|cell| !cell.is_empty())
    }

    /// Whether nearly all values are so: a row of totals or a remark may be not.
    fn are(&self, so: impl Fn(&str) -> bool) -> bool {
        let (count, fitting) = (self.filled().count(), self.filled().filter(|cell| so(cell)).count());
        count > 0 && fitting * 10 >= count * 9
    }

    fn distinct(&self) -> usize {
        let mut cells: Vec<&str> = self.filled().collect();
        cells.sort_unstable();
        cells.dedup();
        cells.len()
    }

    /// Each as a decimal under a decimal sign; blank is zero. `None` if one is no such amount.
    fn amounts(&self, sign: char) -> Vec<Option<Decimal>> {
        let read = |cell: &&str| if cell.is_empty() { Some(Decimal::ZERO) } else { parse_amount(cell, sign) };
        self.cells.iter().map(read).collect()
    }
}

fn is_telephone(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')')).collect();
    let digits = plain.trim_start_matches('+');
    let known =
        plain.starts_with('+') || ["07", "2507", "2547", "2557", "2567"].iter().any(|start| digits.starts_with(start));
    known && (9..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_number_of_something(text: &str) -> bool {
    text.len() >= 3 && !text.contains(char::is_whitespace) && text.bytes().any(|b| b.is_ascii_digit())
}

/// An amount as money is written: no long run of figures without a mark, no date.
fn is_money(text: &str) -> bool {
    const FIGURES_MAX: usize = 9;
    let bare = text.bytes().all(|b| b.is_ascii_digit());
    is_amount(text)
        && !is_date(text)
        && !(bare && (text.len() > FIGURES_MAX || (text.len() > 1 && text.starts_with('0'))))
}

fn guessed(seen: &table::Seen) -> Guesses {
    let records = &seen.records;
    let values: Vec<Values<'_>> = (0..seen.headers.len()).map(|column| Values::of(records, column)).collect();
    let mut guesses = Guesses { fields: vec![None; values.len()], sign: None };
    by_headers(&seen.headers, &values, &mut guesses);
    by_dates(&values, &mut guesses);
    by_kind(&values, &mut guesses);
    by_arithmetic(&values, &mut guesses);
    by_amounts(&values, &mut guesses);
    by_words(&values, &mut guesses);
    guesses
}

impl Guesses {
    fn free(&self, column: usize) -> bool {
        self.fields.get(column).is_some_and(Option::is_none)
    }

    fn column(&self, field: usize) -> Option<usize> {
        self.fields.iter().position(|guess| guess.is_some_and(|(f, _)| f == field))
    }

    /// Takes a column for a field, unless either is taken.
    fn take(&mut self, column: usize, field: usize, why: Why) {
        if self.column(field).is_none()
            && let Some(place @ None) = self.fields.get_mut(column)
        {
            *place = Some((field, why));
        }
    }
}

/// Known headers, where the values do not speak against them.
fn by_headers(headers: &[String], values: &[Values<'_>], guesses: &mut Guesses) {
    for (field, column) in table::by_synonym(headers, &FIELDS).into_iter().enumerate() {
        let Some((column, values)) = column.and_then(|column| Some((column, values.get(column)?))) else { continue };
        let fits = match FIELDS[field].kind {
            FieldKind::Date => values.are(is_date),
            FieldKind::Amount | FieldKind::Whole => values.are(is_amount),
            FieldKind::Text => true,
        };
        if fits || values.filled().next().is_none() {
            guesses.take(column, field, Why::Header);
        }
    }
}

fn by_dates(values: &[Values<'_>], guesses: &mut Guesses) {
    for (column, _) in values.iter().enumerate().filter(|(_, values)| values.are(is_date)) {
        if guesses.free(column) {
            let field = if guesses.column(ON).is_none() { ON } else { VALUE_ON };
            guesses.take(column, field, Why::Dates);
        }
    }
}

fn by_kind(values: &[Values<'_>], guesses: &mut Guesses) {
    for (column, values) in values.iter().enumerate() {
        if !guesses.free(column) {
            continue;
        }
        if values.are(|cell| side(cell).is_some()) && values.distinct() <= 4 {
            guesses.take(column, SIDE, Why::Marks);
        } else if values.are(|cell| cell.len() == 3 && cell.parse::<Currency>().is_ok()) {
            guesses.take(column, CURRENCY, Why::Currencies);
        } else if values.are(is_telephone) {
            guesses.take(column, COUNTERPARTY_REF, Why::Telephones);
        }
    }
}

/// How the rows move a balance.
#[derive(Clone, Copy)]
enum Moves {
    By(usize),
    /// By an amount and the column of its mark.
    Marked(usize, usize),
    /// Out of the first, into the second.
    Pair(usize, usize),
}

/// Looks for a balance: a column whose differences are another one, or two others, row by row, from the oldest or from the
/// newest. It also proves the decimal sign.
fn by_arithmetic(values: &[Values<'_>], guesses: &mut Guesses) {
    const COLUMNS_MAX: usize = 8;
    let may = |column: usize, wanted: &[usize]| match guesses.fields.get(column) {
        Some(Some((field, Why::Header))) => wanted.contains(field),
        Some(None) => values.get(column).is_some_and(|values| values.are(is_money)),
        _ => false,
    };
    let amounts: Vec<usize> =
        (0..values.len()).filter(|c| may(*c, &[BALANCE, AMOUNT, DEBIT, CREDIT])).take(COLUMNS_MAX).collect();
    let mark = guesses.column(SIDE);
    for sign in ['.', ','] {
        let read: Vec<(usize, Vec<Option<Decimal>>)> =
            amounts.iter().filter_map(|column| Some((*column, values.get(*column)?.amounts(sign)))).collect();
        let of = |column: usize| {
            read.iter().find(|(c, _)| *c == column).map(|(_, amounts)| amounts.as_slice()).unwrap_or_default()
        };
        let moved = |moves: Moves, row: usize| -> Option<Decimal> {
            let at = |column: usize| of(column).get(row).copied().flatten();
            match moves {
                Moves::By(column) => at(column),
                Moves::Marked(column, mark) => match side(values.get(mark)?.cells.get(row)?)? {
                    Direction::Out => at(column).map(|amount| -amount.abs()),
                    _ => at(column).map(|amount| amount.abs()),
                },
                Moves::Pair(out, into) => at(into)?.abs().checked_sub(at(out)?.abs()),
            }
        };
        for (balance, balances) in &read {
            let others = || read.iter().map(|(column, _)| *column).filter(|column| column != balance);
            // A column whose header is known stays what it is.
            let may_be = |column: usize, field: usize| {
                guesses.fields.get(column).copied().flatten().is_none_or(|(known, _)| known == field)
            };
            if !may_be(*balance, BALANCE) {
                continue;
            }
            let singles = others()
                .filter(|column| may_be(*column, AMOUNT))
                .flat_map(|column| [Some(Moves::By(column)), mark.map(|mark| Moves::Marked(column, mark))])
                .flatten();
            let outs = others().filter(|column| may_be(*column, DEBIT));
            let pairs = outs.flat_map(|out| {
                let ins = others().filter(move |into| *into != out && may_be(*into, CREDIT));
                ins.map(move |into| Moves::Pair(out, into))
            });
            let proven = singles.chain(pairs).find(|moves| proves(balances, |row| moved(*moves, row)));
            let Some(moves) = proven else { continue };
            guesses.sign = tells_sign(values, *balance).then_some(sign);
            // What the arithmetic proves goes before what a header says.
            let mut set = |column: usize, field: usize, why: Why| {
                if guesses.fields.get(column).copied().flatten() == Some((field, Why::Header)) {
                    return;
                }
                guesses.fields.iter_mut().filter(|g| g.is_some_and(|(f, _)| f == field)).for_each(|g| *g = None);
                if let Some(place) = guesses.fields.get_mut(column) {
                    *place = Some((field, why));
                }
            };
            set(*balance, BALANCE, Why::RunningBalance);
            match moves {
                Moves::By(column) | Moves::Marked(column, _) => set(column, AMOUNT, Why::MovesBalance),
                Moves::Pair(out, into) => {
                    set(out, DEBIT, Why::MovesBalance);
                    set(into, CREDIT, Why::MovesBalance);
                }
            }
            return;
        }
    }
}

/// Whether the values say anything about the decimal sign at all.
fn tells_sign(values: &[Values<'_>], column: usize) -> bool {
    values.get(column).is_some_and(|values| values.filled().any(|cell| cell.contains(['.', ','])))
}

/// Whether nine of ten steps from one balance to the next, and at least two that move something, are the rows' movements: in
/// the order of the file or against it.
fn proves(balances: &[Option<Decimal>], moved: impl Fn(usize) -> Option<Decimal>) -> bool {
    const STEPS_MIN: usize = 2;
    let counted = |newest_first: bool| {
        let (mut steps, mut right) = (0, 0);
        for (row, pair) in balances.windows(2).enumerate() {
            let [Some(above), Some(below)] = pair else { continue };
            let (step, row) =
                if newest_first { (above.checked_sub(*below), row) } else { (below.checked_sub(*above), row + 1) };
            let Some(movement) = moved(row).filter(|movement| !movement.is_zero()) else { continue };
            steps += 1;
            right += usize::from(step == Some(movement));
        }
        right >= STEPS_MIN && right * 10 >= steps * 9
    };
    counted(false) || counted(true)
}

/// Amounts that no balance proves: two columns of which each row has one, or a lone one.
fn by_amounts(values: &[Values<'_>], guesses: &mut Guesses) {
    if [AMOUNT, DEBIT, CREDIT].iter().any(|field| guesses.column(*field).is_some()) {
        return;
    }
    let free: Vec<usize> =
        (0..values.len()).filter(|c| guesses.free(*c) && values.get(*c).is_some_and(|v| v.are(is_money))).collect();
    let filled = |column: usize, row: usize| {
        values
            .get(column)
            .and_then(|v| v.cells.get(row))
            .is_some_and(|cell| !cell.is_empty() && cell.bytes().any(|b| (b'1'..=b'9').contains(&b)))
    };
    let rows = values.first().map_or(0, |values| values.cells.len());
    let never_both = |one: usize, two: usize| {
        let count = |column: usize| (0..rows).filter(|row| filled(column, *row)).count();
        count(one) > 0 && count(two) > 0 && (0..rows).all(|row| !(filled(one, row) && filled(two, row)))
    };
    let pair = free
        .iter()
        .flat_map(|one| free.iter().map(move |two| (*one, *two)))
        .find(|(one, two)| one < two && never_both(*one, *two));
    match (pair, free.first()) {
        // Banks put what went out first.
        (Some((out, into)), _) => {
            guesses.take(out, DEBIT, Why::OneOfTwo);
            guesses.take(into, CREDIT, Why::OneOfTwo);
        }
        (None, Some(first)) => guesses.take(*first, AMOUNT, Why::Amounts),
        (None, None) => {}
    }
}

fn by_words(values: &[Values<'_>], guesses: &mut Guesses) {
    const ROWS_MIN: usize = 3;
    for (column, values) in values.iter().enumerate() {
        let unique = values.filled().count() >= ROWS_MIN && values.distinct() == values.filled().count();
        if guesses.free(column) && unique && values.are(is_number_of_something) && !values.are(is_date) {
            guesses.take(column, REFERENCE, Why::Unique);
        }
    }
    let letters = |values: &Values<'_>| {
        values.filled().map(|cell| cell.chars().filter(|c| c.is_alphabetic()).count()).sum::<usize>()
    };
    let free = values.iter().enumerate().filter(|(column, _)| guesses.free(*column));
    let most = free
        .map(|(column, values)| (letters(values), column))
        .filter(|(letters, _)| *letters > 0)
        .max_by_key(|(letters, column)| (*letters, std::cmp::Reverse(*column)));
    if let Some((_, column)) = most {
        guesses.take(column, TEXT, Why::Words);
    }
}
