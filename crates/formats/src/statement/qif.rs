//! QIF, what Quicken and Money exchange: records of lettered lines that end in `^`. It has no ids, no currency and no
//! rule for dates or decimals: the whole file is looked at before the first record is read.

use receivables::{Currency, Date, Money};

use super::decimals::Decimals;
use super::{Direction, Line, LineStatus, Statement, StatementFile, joined, spaced, told_apart};
use crate::day::{DateOrder, parse_date};
use crate::fault::Fault;
use crate::table::{FileError, Votes, shown};

/// Kinds of list that hold movements of money.
const MOVEMENTS: &[&str] = &["bank", "cash", "ccard", "oth a", "oth l"];

/// The kind of list that holds movements of securities.
const SECURITIES: &str = "invst";

/// What the first record is called that is no movement but the balance before all.
const OPENINGS: &[&str] = &["opening balance", "solde initial", "solde d'ouverture"];

/// Whether a text has one of the headings of QIF, with remarks before it or none.
pub(super) fn fits(start: &str) -> bool {
    start.split(['\n', '\r']).any(|line| heading(line.trim()).is_some())
}

/// Reads lists of movements.
pub(super) fn read(text: &str, currency: Currency) -> Result<StatementFile, FileError> {
    let text = text.trim_end_matches(['\0', '\u{1a}']);
    let mut reading = Reading::default();
    for line in text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()) {
        match heading(line) {
            Some(heading) => reading.heading(&heading),
            None => reading.field(line),
        }
    }
    // A record whose last line is whole lacks only its end mark.
    reading.record.broken_off = !text.ends_with(['\n', '\r']);
    reading.end_record();
    reading.finish(currency)
}

enum Heading {
    /// A list of the named kind, in small letters.
    List(String),
    Account,
    /// A switch, which begins nothing.
    Switch,
}

fn heading(line: &str) -> Option<Heading> {
    let line = line.strip_prefix('!')?.to_lowercase();
    if let Some(kind) = line.strip_prefix("type:") {
        return Some(Heading::List(kind.trim().to_owned()));
    }
    match line.trim_end() {
        "account" => Some(Heading::Account),
        other if other.starts_with("option:") || other.starts_with("clear:") => Some(Heading::Switch),
        _ => None,
    }
}

/// What the records at hand are.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum List {
    Movements,
    Accounts,
    Securities,
    /// Categories, classes, prices and what else a program remembers.
    #[default]
    Other,
}

#[derive(Default)]
struct Reading {
    list: List,
    /// The account named last.
    account: Option<String>,
    record: Record,
    records: u64,
    drafts: Vec<Draft>,
    securities: u64,
}

/// A list of movements being read.
#[derive(Default)]
struct Draft {
    account: Option<String>,
    opening: Option<String>,
    records: Vec<Record>,
}

/// A record being read, as written.
#[derive(Default)]
struct Record {
    number: u64,
    day: Option<String>,
    amount: Option<String>,
    /// `U`, the same amount in newer programs.
    amount_again: Option<String>,
    payee: String,
    memo: String,
    check: String,
    category: String,
    /// Address and parts, for a person to read.
    notes: Vec<String>,
    in_parts: bool,
    /// A second day or amount: the end mark between two records is missing.
    run_together: Option<String>,
    broken_off: bool,
}

impl Reading {
    fn heading(&mut self, heading: &Heading) {
        self.end_record();
        self.list = match heading {
            Heading::Switch => return,
            Heading::Account => List::Accounts,
            Heading::List(kind) if MOVEMENTS.contains(&kind.as_str()) => List::Movements,
            Heading::List(kind) if kind == SECURITIES => List::Securities,
            Heading::List(_) => List::Other,
        };
        if self.list == List::Movements {
            self.drafts.push(Draft { account: self.account.clone(), ..Draft::default() });
        }
    }

    fn field(&mut self, line: &str) {
        let mut letters = line.chars();
        let Some(letter) = letters.next() else { return };
        let value = letters.as_str().trim();
        match (self.list, letter) {
            (_, '^') => self.end_record(),
            (List::Movements, _) => self.record.take(letter, value),
            (List::Accounts, 'N') => self.account = Some(value.to_owned()).filter(|name| !name.is_empty()),
            (List::Securities, 'D') => self.record.take(letter, value),
            _ => {}
        }
    }

    fn end_record(&mut self) {
        let mut record = std::mem::take(&mut self.record);
        if record.is_blank() {
            return;
        }
        if self.list == List::Securities {
            self.securities += 1;
            return;
        }
        let Some(draft) = self.drafts.last_mut() else { return };
        let first = draft.records.is_empty() && draft.opening.is_none();
        if first && record.is_opening() && !record.broken_off {
            let account = record.category.strip_prefix('[').and_then(|c| c.strip_suffix(']'));
            draft.account = draft.account.take().or(account.map(str::to_owned));
            draft.opening = record.amount.take().or(record.amount_again.take());
            return;
        }
        self.records += 1;
        record.number = self.records;
        draft.records.push(record);
    }

    fn finish(self, currency: Currency) -> Result<StatementFile, FileError> {
        let spelling = Spelling::of(&self.drafts, currency);
        let mut statements: Vec<Statement> = self.drafts.iter().map(|draft| draft.statement(&spelling)).collect();
        let Some(last) = statements.last_mut() else {
            return Err(Fault::NoAccount { format: "QIF".to_owned() }.into());
        };
        if self.securities > 0 {
            last.faults.push(Fault::Securities { count: self.securities.to_string() });
        }
        Ok(StatementFile { format: "qif", statements })
    }
}

impl Record {
    fn take(&mut self, letter: char, value: &str) {
        let text = || spaced(value);
        match letter {
            'S' => {
                self.in_parts = true;
                self.notes.push(text());
            }
            'E' | '$' | 'A' => self.notes.push(text()),
            // Some programs write a day of its own into a part.
            'D' if self.in_parts => {}
            'D' => once(&mut self.day, written_day(value), &mut self.run_together),
            'T' => once(&mut self.amount, text(), &mut self.run_together),
            'U' => once(&mut self.amount_again, text(), &mut self.run_together),
            'P' => self.payee = text(),
            'M' if self.memo.is_empty() => self.memo = text(),
            'M' => {
                self.memo.push(' ');
                self.memo.push_str(&text());
            }
            'N' => self.check = text(),
            'L' => self.category = text(),
            _ => {}
        }
    }

    fn is_blank(&self) -> bool {
        self.day.is_none()
            && self.amount.is_none()
            && self.amount_again.is_none()
            && self.payee.is_empty()
            && self.memo.is_empty()
    }

    fn is_opening(&self) -> bool {
        OPENINGS.contains(&self.payee.to_lowercase().as_str())
    }

    fn line(&self, spelling: &Spelling, account: &str) -> Line {
        if self.broken_off {
            let fault = Fault::BreaksOffAtEntry { entry: self.number.to_string(), cause: "^".to_owned() };
            return Line::unread(self.number, fault);
        }
        let mut line = Line::new(self.number, if self.category.is_empty() { "entry" } else { &self.category });
        line.counterparty = Some(self.payee.clone()).filter(|payee| !payee.is_empty());
        let other = self.category.strip_prefix('[').and_then(|c| c.strip_suffix(']'));
        line.counterparty_ref = other.map(str::to_owned);
        // Some write what kind of movement it is where a check has its number.
        let number = Some(&self.check).filter(|check| check.contains(|c: char| c.is_ascii_digit()));
        line.external_reference = number.and_then(|number| told_apart(number));
        line.text = if self.memo.is_empty() { self.payee.clone() } else { self.memo.clone() };
        let notes = self.notes.iter().map(String::as_str);
        line.body =
            joined([self.payee.as_str(), &self.memo, &self.check, &self.category].into_iter().chain(notes), " · ");
        line.status = self.fill(&mut line, spelling).unwrap_or_else(LineStatus::Review);
        let day = line.on.map(|d| d.to_string()).unwrap_or_default();
        let written = [&self.payee, &self.memo, &self.check].map(Clone::clone);
        line.identity = [account.to_owned(), day, line.way_and_amount()].into_iter().chain(written).collect();
        line
    }

    fn fill(&self, line: &mut Line, spelling: &Spelling) -> Result<LineStatus, Fault> {
        if let Some(second) = &self.run_together {
            return Err(Fault::TwoReadings { value: shown(second) });
        }
        line.on = self.day.as_deref().map(|day| spelling.day(day)).transpose()?;
        let (first, again) = (self.amount.as_deref(), self.amount_again.as_deref());
        let signed = spelling.amount(first.or(again).ok_or(Fault::EntryWithoutAmount)?)?;
        if let (Some(first), Some(again)) = (first, again)
            && spelling.amount(again)? != signed
        {
            return Err(Fault::TwoReadings { value: shown(&format!("{first} / {again}")) });
        }
        line.direction = if signed.is_negative() { Direction::Out } else { Direction::In };
        line.amount = Some(if signed.is_negative() { signed.negated()? } else { signed });
        if line.on.is_none() {
            return Err(Fault::EntryWithoutDate);
        }
        Ok(LineStatus::Booked)
    }
}

/// Keeps the first value; another is told.
fn once(place: &mut Option<String>, value: String, run_together: &mut Option<String>) {
    match place {
        None => *place = Some(value).filter(|value| !value.is_empty()),
        Some(first) => *run_together = Some(format!("{first} / {value}")),
    }
}

impl Draft {
    fn statement(&self, spelling: &Spelling) -> Statement {
        let mut statement =
            Statement { account: self.account.clone(), currency: Some(spelling.currency), ..Statement::default() };
        match self.opening.as_deref().map(|opening| spelling.amount(opening)).transpose() {
            Ok(opening) => statement.opening = opening,
            Err(why) => statement.faults.push(why.in_field("opening")),
        }
        let account = self.account.as_deref().unwrap_or_default();
        statement.lines = self.records.iter().map(|record| record.line(spelling, account)).collect();
        if spelling.guessed {
            statement.faults.push(Fault::DatesGuessed { dates: spelling.dates.code().to_owned() });
        }
        statement
    }
}

/// `2/10'20` is the tenth of February 2020: the apostrophe says that the century is this one. Spaces fill up figures.
fn written_day(value: &str) -> String {
    let Some((before, year)) = value.split_once('\'') else { return unfilled(value) };
    let year = year.trim();
    let century = if year.len() <= 2 { "20" } else { "" };
    unfilled(&format!("{before}/{century}{year:0>2}"))
}

/// `1/ 1/00` as `1/1/00`.
fn unfilled(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.trim().chars() {
        if c == ' ' && out.ends_with(['/', '-', '.']) {
            continue;
        }
        if matches!(c, '/' | '-' | '.') {
            out.truncate(out.trim_end_matches(' ').len());
        }
        out.push(c);
    }
    out
}

/// How the file writes days and amounts.
struct Spelling {
    currency: Currency,
    decimals: Decimals,
    dates: DateOrder,
    /// The order of dates matters and the file does not tell it.
    guessed: bool,
}

impl Spelling {
    fn of(drafts: &[Draft], currency: Currency) -> Spelling {
        let records = || drafts.iter().flat_map(|draft| &draft.records);
        let amounts = records().flat_map(|r| [&r.amount, &r.amount_again]).chain(drafts.iter().map(|d| &d.opening));
        let decimals = Decimals::of(amounts.flatten().map(String::as_str), currency);
        let mut votes = Votes::default();
        records().filter_map(|r| r.day.as_deref()).for_each(|day| votes.count_date(day));
        let (mut dates, dates_certain) = votes.dates();
        let mut guessed = false;
        if !dates_certain {
            let days = |order| records().filter_map(|r| parse_date(r.day.as_deref()?, order)).collect::<Vec<Date>>();
            let (day_first, month_first) = (days(DateOrder::Dmy), days(DateOrder::Mdy));
            if day_first.len() == month_first.len() && in_order(&month_first) && !in_order(&day_first) {
                dates = DateOrder::Mdy;
            }
            guessed = day_first != month_first;
        }
        Spelling { currency, decimals, dates, guessed }
    }

    fn day(&self, written: &str) -> Result<Date, Fault> {
        let value = || shown(written);
        parse_date(written, self.dates).ok_or_else(|| match [DateOrder::Dmy, DateOrder::Mdy] {
            others if others.iter().any(|order| parse_date(written, *order).is_some()) => {
                Fault::OtherDateOrder { value: value(), dates: self.dates.code().to_owned() }
            }
            _ => Fault::NotADate { value: value() },
        })
    }

    fn amount(&self, written: &str) -> Result<Money, Fault> {
        self.decimals.read(written, self.currency)
    }
}

/// Whether days run one way, the oldest or the newest first.
fn in_order(days: &[Date]) -> bool {
    days.is_sorted() || days.is_sorted_by(|one, next| one >= next)
}
