//! BAI2, the cash management format of North American banks (BAI, version 2): records of fields between commas, continued
//! by records 88, in accounts within groups within a file. Each level counts and adds up what it holds; the sums are
//! checked, and a difference is told.

use receivables::{Currency, Date, Money};

use super::{Direction, Line, LineStatus, Statement, StatementFile, spaced, told_apart};
use crate::day::century;
use crate::fault::Fault;
use crate::table::{FileError, shown};

/// Codes of balances: the ledger's own. What is available is another figure.
const OPENING: &str = "010";
const CLOSING: &str = "015";

/// Codes of totals whose counts together are the number of entries.
const TOTALS: [&str; 2] = ["100", "400"];

/// Codes of entries, and which way their money goes.
const WAYS: &[(std::ops::RangeInclusive<u16>, Direction)] =
    &[(100..=399, Direction::In), (400..=699, Direction::Out), (1..=99, Direction::None), (890..=890, Direction::None)];

/// Codes of entries that take an earlier one back: reversals, returns and rejects, of debits and of credits.
const REVERSALS: &[&str] = &["252", "255", "257", "258", "261", "266", "552", "555", "557", "558", "561", "566"];

/// Whether a text begins with the header of a file and the header of a group.
pub(super) fn fits(start: &str) -> bool {
    start.starts_with("01,") && start.split(['\n', '\r']).any(|line| line.trim_start().starts_with("02,"))
}

/// Reads the groups of a file.
pub(super) fn read(text: &str, currency: Currency) -> Result<StatementFile, FileError> {
    let mut reading = Reading::of(currency);
    let mut record: Option<Record> = None;
    for line in text.split(['\n', '\r']).map(|line| line.trim_matches(|c: char| c.is_whitespace() || c == '\0')) {
        match (Record::of(line), &mut record) {
            (_, _) if line.is_empty() => {}
            (Some(next), Some(open)) if next.code == "88" => open.continues(&next),
            (Some(next), _) if next.code != "88" => {
                let whole = record.replace(next);
                whole.into_iter().for_each(|whole| reading.take(&whole));
            }
            _ => reading.unknown(line),
        }
    }
    record.into_iter().for_each(|whole| reading.take(&whole));
    reading.finish()
}

const CODES: &[&str] = &["01", "02", "03", "16", "49", "88", "98", "99"];

/// A record with its continuations.
struct Record<'t> {
    code: &'t str,
    /// What each line holds behind its code, without the mark at its end.
    segments: Vec<&'t str>,
}

impl<'t> Record<'t> {
    fn of(line: &'t str) -> Option<Record<'t>> {
        let (code, rest) = line.split_at_checked(2)?;
        let ends = rest.is_empty() || rest.starts_with([',', '/']);
        let rest = rest.strip_prefix(',').unwrap_or(rest);
        let segments = vec![rest.strip_suffix('/').unwrap_or(rest)];
        (ends && CODES.contains(&code)).then_some(Record { code, segments })
    }

    fn continues(&mut self, next: &Record<'t>) {
        self.segments.extend(&next.segments);
    }

    fn lines(&self) -> u64 {
        self.segments.len() as u64
    }

    fn fields(&self) -> Fields<'_, 't> {
        Fields { segments: self.segments.iter(), rest: None }
    }
}

/// The fields of a record one after the other; the end of a line ends a field.
struct Fields<'r, 't> {
    segments: std::slice::Iter<'r, &'t str>,
    rest: Option<&'t str>,
}

impl<'t> Fields<'_, 't> {
    fn next(&mut self) -> Option<&'t str> {
        let segment = match self.rest.take() {
            Some(rest) => rest,
            None => self.segments.next()?,
        };
        let (field, rest) = segment.split_once(',').map_or((segment, None), |(field, rest)| (field, Some(rest)));
        self.rest = rest;
        Some(field.trim())
    }

    /// The next field; empty behind the last.
    fn field(&mut self) -> &'t str {
        self.next().unwrap_or_default()
    }

    fn skip(&mut self, count: u64) {
        (0..count).try_for_each(|_| self.next().map(|_| ())).unwrap_or_default();
    }

    /// The fields of an availability, which follow its kind: amounts by day, or the day of value, which is returned.
    fn availability(&mut self) -> Option<Date> {
        match self.field() {
            "S" => self.skip(3),
            "V" => {
                let on = day(self.field());
                self.skip(1);
                return on;
            }
            "D" => {
                let pairs: u64 = self.field().parse().unwrap_or(0);
                self.skip(pairs.saturating_mul(2));
            }
            _ => {}
        }
        None
    }

    /// All that is left is one text, commas and all.
    fn text(self) -> String {
        let parts: Vec<&str> = self.rest.into_iter().chain(self.segments.copied()).collect();
        spaced(&parts.join(" "))
    }
}

/// What a level adds up and counts, and what the levels within it said of themselves.
#[derive(Default)]
struct Control {
    sum: i128,
    records: u64,
    parts: u64,
}

impl Control {
    /// Compares with the closing record of the level; the sum is handed up as it was said.
    fn check(&self, record: &Record, parts: Option<&str>, faults: &mut Vec<Fault>) -> i128 {
        let mut fields = record.fields();
        let said: Option<i128> = units(fields.field());
        let mut compare = |what: &str, said: Option<i128>, found: i128| {
            if let Some(said) = said.filter(|said| *said != found) {
                let (said, found) = (said.to_string(), found.to_string());
                faults.push(Fault::ControlDiffers { what: what.to_owned(), said, found });
            }
        };
        compare("sum", said, self.sum);
        if let Some(parts) = parts {
            compare(parts, units(fields.field()), i128::from(self.parts));
        }
        compare("records", units(fields.field()), i128::from(self.records));
        said.unwrap_or(self.sum)
    }
}

/// What the header of a group says of the accounts within.
#[derive(Default)]
struct Group {
    on: Option<Date>,
    /// A day is written, if not one that can be read.
    dated: bool,
    currency: String,
    status: String,
}

struct Reading {
    /// The currency of a file that does not say its own.
    given: Currency,
    group: Group,
    /// The currency of the account at hand.
    currency: Result<Currency, Fault>,
    statements: Vec<Statement>,
    entries: u64,
    /// The levels that are open, by the code that closes each: file, group, account.
    open: Vec<(&'static str, Control)>,
    unknown: u64,
    first_unknown: String,
    /// What is said before there is an account to say it of.
    faults: Vec<Fault>,
}

impl Reading {
    fn of(given: Currency) -> Reading {
        Reading {
            given,
            group: Group::default(),
            currency: Ok(given),
            statements: Vec::new(),
            entries: 0,
            open: Vec::new(),
            unknown: 0,
            first_unknown: String::new(),
            faults: Vec::new(),
        }
    }

    fn take(&mut self, record: &Record) {
        match record.code {
            "01" => self.begin("99", &["99", "98", "49"]),
            "02" => {
                self.begin("98", &["98", "49"]);
                self.group = group(record);
            }
            "03" => {
                self.begin("49", &["49"]);
                let statement = self.account(record);
                self.statements.push(statement);
            }
            _ => {}
        }
        self.open.iter_mut().for_each(|(_, control)| control.records += record.lines());
        match record.code {
            "16" => self.entry(record),
            "49" => self.end("49", record, None),
            "98" => self.end("98", record, Some("accounts")),
            "99" => self.end("99", record, Some("groups")),
            _ => {}
        }
    }

    /// Opens a level; those of `before` should have been closed.
    fn begin(&mut self, closed_by: &'static str, before: &[&str]) {
        self.cut_off(before);
        if let Some((_, around)) = self.open.last_mut() {
            around.parts += 1;
        }
        self.open.push((closed_by, Control::default()));
    }

    /// Tells of open levels that nothing closed.
    fn cut_off(&mut self, codes: &[&str]) {
        while let Some((code, control)) = self.open.pop_if(|(code, _)| codes.contains(code)) {
            self.faults().push(Fault::CutOff { record: code.to_owned() });
            if let Some((_, around)) = self.open.last_mut() {
                around.sum = around.sum.saturating_add(control.sum);
            }
        }
    }

    fn end(&mut self, code: &'static str, record: &Record, parts: Option<&str>) {
        let within: &[&str] = match code {
            "99" => &["98", "49"],
            "98" => &["49"],
            _ => &[],
        };
        self.cut_off(within);
        let Some((_, control)) = self.open.pop_if(|(open, _)| *open == code) else {
            return self.unknown(record.code);
        };
        let mut faults = Vec::new();
        let sum = control.check(record, parts, &mut faults);
        self.faults().append(&mut faults);
        if let Some((_, around)) = self.open.last_mut() {
            around.sum = around.sum.saturating_add(sum);
        }
    }

    fn add(&mut self, amount: &str) {
        if let Some((_, control)) = self.open.last_mut() {
            control.sum = control.sum.saturating_add(units(amount).unwrap_or(0));
        }
    }

    fn faults(&mut self) -> &mut Vec<Fault> {
        self.statements.last_mut().map_or(&mut self.faults, |statement| &mut statement.faults)
    }

    fn unknown(&mut self, line: &str) {
        if self.unknown == 0 {
            self.first_unknown = shown(line);
        }
        self.unknown += 1;
    }

    /// An account, its balances and the number of its entries.
    fn account(&mut self, record: &Record) -> Statement {
        let mut fields = record.fields();
        let account = Some(fields.field()).filter(|account| !account.is_empty());
        let written = [fields.field(), &self.group.currency].into_iter().find(|code| !code.is_empty());
        self.currency = written.map_or(Ok(self.given), |code| code.parse().map_err(Fault::from));
        let mut statement = Statement {
            account: account.map(str::to_owned),
            currency: self.currency.clone().ok(),
            ..Statement::default()
        };
        let mut counts = [None; TOTALS.len()];
        while let Some(code) = fields.next() {
            // Empty groups of fields, and commas at the end of a line, say nothing.
            if code.is_empty() {
                continue;
            }
            let (amount, count) = (fields.field(), fields.field());
            fields.availability();
            self.add(amount);
            let balance = match code {
                OPENING => Some(&mut statement.opening),
                CLOSING => Some(&mut statement.closing),
                _ => None,
            };
            if let Some(balance) = balance.filter(|_| !amount.is_empty()) {
                match self.currency.clone().and_then(|currency| money(amount, currency)) {
                    Ok(money) => *balance = balance.or(Some(money)),
                    Err(why) => {
                        statement.faults.push(why.in_field(if code == OPENING { "opening" } else { "closing" }))
                    }
                }
            }
            if let Some((_, place)) = TOTALS.iter().zip(&mut counts).find(|(total, _)| **total == code) {
                *place = count.parse::<u64>().ok();
            }
        }
        statement.lines_declared = counts.into_iter().try_fold(0u64, |sum, count| sum.checked_add(count?));
        statement
    }

    fn entry(&mut self, record: &Record) {
        self.entries += 1;
        let mut fields = record.fields();
        let (code, amount) = (fields.field(), fields.field());
        self.add(amount);
        let mut line = Line::new(self.entries, if code.is_empty() { "entry" } else { code });
        line.value_on = fields.availability();
        line.reference = told_apart(fields.field());
        line.external_reference = told_apart(fields.field());
        line.text = fields.text();
        line.body.clone_from(&line.text);
        line.on = self.group.on;
        line.reversal = REVERSALS.contains(&code);
        line.status = self.fill(&mut line, amount).unwrap_or_else(LineStatus::Review);
        let account = self.statements.last().and_then(|statement| statement.account.clone());
        let written = |text: &Option<String>| text.clone().unwrap_or_default();
        line.identity = vec![
            account.unwrap_or_default(),
            written(&line.reference),
            line.way_and_amount(),
            line.on.map(|d| d.to_string()).unwrap_or_default(),
            written(&line.external_reference),
            line.text.clone(),
        ];
        if self.statements.is_empty() {
            let currency = self.currency.clone().ok();
            self.statements.push(Statement { currency, ..Statement::default() });
        }
        if let Some(statement) = self.statements.last_mut() {
            statement.lines.push(line);
        }
    }

    fn fill(&self, line: &mut Line, amount: &str) -> Result<LineStatus, Fault> {
        if !self.open.iter().any(|(closed_by, _)| *closed_by == "49") {
            return Err(Fault::EntryWithoutAccount);
        }
        let code: u16 = line.kind.parse().unwrap_or(0);
        let way = WAYS.iter().find(|(codes, _)| codes.contains(&code)).map(|(_, way)| *way);
        if way == Some(Direction::None) {
            return Ok(LineStatus::Pending);
        }
        if amount.is_empty() {
            return Err(Fault::EntryWithoutAmount);
        }
        let money = money(amount, self.currency.clone()?)?;
        if money.is_negative() {
            return Err(Fault::EntryNegative { amount: money.to_string() });
        }
        line.amount = Some(money);
        // Codes of loans and a bank's own: the standard does not say which way.
        line.direction = way.ok_or(Fault::EntryWithoutSide)?;
        match self.group.status.as_str() {
            // A test, which is no money.
            "4" => return Ok(LineStatus::Pending),
            // A deletion or a correction of what was sent before.
            "2" | "3" => return Err(Fault::Withdrawn),
            _ => {}
        }
        match line.on {
            Some(_) => Ok(LineStatus::Booked),
            None if self.group.dated => Err(Fault::EntryBadDate),
            None => Err(Fault::EntryWithoutDate),
        }
    }

    fn finish(mut self) -> Result<StatementFile, FileError> {
        self.cut_off(&["99", "98", "49"]);
        if self.unknown > 0 {
            let (count, first) = (self.unknown.to_string(), std::mem::take(&mut self.first_unknown));
            self.faults().push(Fault::UnknownRecords { count, first });
        }
        let Some(last) = self.statements.last_mut() else {
            return Err(Fault::NoAccount { format: "BAI2".to_owned() }.into());
        };
        last.faults.append(&mut self.faults);
        Ok(StatementFile { format: "bai2", statements: self.statements })
    }
}

fn group(record: &Record) -> Group {
    let mut fields = record.fields();
    let (_receiver, _originator) = (fields.next(), fields.next());
    let status = fields.field().to_owned();
    let written = fields.field();
    let _time = fields.next();
    Group { on: day(written), dated: !written.is_empty(), currency: fields.field().to_owned(), status }
}

/// `YYMMDD`, or with the century before.
fn day(written: &str) -> Option<Date> {
    let number = |from: usize, to: usize| written.get(from..to)?.parse::<i16>().ok();
    let figures = written.bytes().all(|b| b.is_ascii_digit());
    let (year, at) = match written.len() {
        6 if figures => (century(number(0, 2)?), 2),
        8 if figures => (number(0, 4)?, 4),
        _ => return None,
    };
    let small = |from: usize| i8::try_from(number(from, from + 2)?).ok();
    Date::new(year, small(at)?, small(at + 2)?)
}

/// A whole number with or without a sign.
fn units(written: &str) -> Option<i128> {
    // More figures are no amount of money; sums of so many as a file can hold still fit.
    const FIGURES_MAX: usize = 24;
    let figures = written.strip_prefix(['+', '-']).unwrap_or(written);
    let whole = !figures.is_empty() && figures.len() <= FIGURES_MAX && figures.bytes().all(|b| b.is_ascii_digit());
    if whole { written.parse().ok() } else { None }
}

/// An amount in minor units; its decimals are those of the currency.
fn money(written: &str, currency: Currency) -> Result<Money, Fault> {
    let minor = units(written).and_then(|units| i64::try_from(units).ok());
    let minor = minor.ok_or_else(|| Fault::NotAnAmount { value: shown(written), sign: String::new() })?;
    Ok(Money::new(minor, currency))
}
