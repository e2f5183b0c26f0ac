//! SWIFT statements: MT940 and the reports of the day, MT942, as banks really send them: with and without envelopes,
//! amounts that end in their comma, fields wrapped in the middle of a word, days that no month has.
//! One statement per message; a field `:61:` is a movement, the fields `:86:` after it say what it is about.

mod details;

use receivables::money::MoneyError;
use receivables::{Currency, Date, Money};
use rust_decimal::Decimal;

use self::details::Details;
use super::{Direction, Line, LineStatus, Statement, StatementFile};
use crate::day::written_day;
use crate::fault::Fault;
use crate::table::{FileError, shown};

/// The fields there are; any other tag at the beginning of a line is text of the field before it.
const TAGS: &[&str] = &[
    "13", "13D", "20", "21", "25", "25P", "28", "28C", "34F", "60F", "60M", "61", "62F", "62M", "64", "65", "65F",
    "86", "90C", "90D", "NS", "940",
];

/// Lines in which a message must begin.
const LINES_LOOKED_AT: usize = 12;

/// What banks write where a reference is required and there is none.
const NO_REFERENCES: &[&str] = &["NONREF", "NOREF", "NOTPROVIDED"];

/// SWIFT's limit of a reference in field 61; what banks write beyond it is a name.
const REFERENCE_MAX: usize = 16;

/// SWIFT's kind of movement for an item that comes back.
const RETURNED: &str = "RTI";

/// Whether a text begins as a SWIFT message, with or without its envelope.
pub(super) fn fits(start: &str) -> bool {
    start.starts_with("{1:") || lines(start).take(LINES_LOOKED_AT).any(|line| field(line).is_some())
}

/// Reads all messages of a file; `account` is the currency of amounts whose message names none.
pub(super) fn read(text: &str, account: Currency) -> Result<StatementFile, FileError> {
    let mut messages: Vec<Message> = Vec::new();
    let mut open: Option<(&str, String)> = None;
    let mut ended = true;
    for line in lines(text) {
        if ends_message(line) {
            close(&mut messages, open.take(), account);
            ended = true;
        } else if let Some((tag, value)) = field(line) {
            close(&mut messages, open.take(), account);
            if tag == "20" || (ended && tag != "940") {
                messages.push(Message::default());
                ended = false;
            }
            open = Some((tag, value.to_owned()));
        } else if let (Some((_, value)), false) = (&mut open, line.trim().is_empty()) {
            value.push('\n');
            value.push_str(line);
        }
    }
    close(&mut messages, open, account);
    let statements = messages.into_iter().map(Message::finish).collect();
    Ok(StatementFile { format: "mt940", statements })
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r']).map(|line| line.trim_start_matches(['\u{feff}', '\u{1}', '\u{3}']))
}

/// The tag and the beginning of the value of a field that begins on this line.
fn field(line: &str) -> Option<(&str, &str)> {
    let (tag, value) = line.strip_prefix(':')?.split_once(':')?;
    TAGS.contains(&tag).then_some((tag, value))
}

/// `-}` ends the text block of an envelope, a `-` alone a message without one.
fn ends_message(line: &str) -> bool {
    line.starts_with("-}") || line.trim_end_matches(['\u{3}', ' ']) == "-" || line.starts_with("{1:")
}

fn close(messages: &mut [Message], field: Option<(&str, String)>, account: Currency) {
    if let (Some(message), Some((tag, value))) = (messages.last_mut(), field) {
        message.take(tag, value.trim_end(), account);
    }
}

/// A message being read.
#[derive(Default)]
struct Message {
    statement: Statement,
    /// The closing balance was given: what is said after it is about the message, not about a movement.
    closed: bool,
    /// Why the currency of the message cannot be had: no amount is read in another.
    unknown_currency: Option<MoneyError>,
    /// The movement that the next fields `:86:` are about.
    movement: Option<Movement>,
}

struct Movement {
    line: Line,
    details: Vec<String>,
    /// Said in the field itself, after the references.
    supplement: String,
    written: String,
}

impl Message {
    fn take(&mut self, tag: &str, value: &str, account: Currency) {
        match tag {
            "25" | "25P" => self.statement.account = named_account(value),
            "34F" => self.statement.currency = self.statement.currency.or(value.get(..3).and_then(|c| c.parse().ok())),
            "60F" | "60M" => {
                let balance = self.balance(value, account);
                self.statement.opening = self.statement.opening.or(balance);
            }
            "62F" | "62M" => {
                self.end_movement();
                self.statement.closing = self.balance(value, account);
                self.closed = true;
            }
            "90C" | "90D" => {
                self.end_movement();
                self.closed = true;
                let count = value.split(|c: char| !c.is_ascii_digit()).next().and_then(|n| n.parse::<u64>().ok());
                if let Some(count) = count {
                    let before = self.statement.lines_declared.unwrap_or(0);
                    self.statement.lines_declared = Some(before.saturating_add(count));
                }
            }
            "61" => {
                self.end_movement();
                let number = self.statement.lines.len() as u64 + 1;
                let currency = match &self.unknown_currency {
                    Some(why) => Err(why.clone()),
                    None => Ok(self.statement.currency.unwrap_or(account)),
                };
                self.movement = Some(movement(value, number, currency));
            }
            "86" | "NS" if !self.closed => match &mut self.movement {
                Some(movement) => movement.details.push(value.to_owned()),
                None if tag == "86" && !value.trim().is_empty() && self.statement.lines.is_empty() => {
                    let line = Line::unread(1, Fault::DetailsOfNothing);
                    self.statement.lines.push(Line { body: one_line(value), text: one_line(value), ..line });
                }
                None => {}
            },
            _ => {}
        }
    }

    fn end_movement(&mut self) {
        if let Some(movement) = self.movement.take() {
            self.statement.lines.push(movement.finish());
        }
    }

    /// `C260831RWF1000,`: side, day, currency, amount. A balance that cannot be read is none.
    fn balance(&mut self, value: &str, account: Currency) -> Option<Money> {
        let mut cursor = Cursor(value.trim());
        let side = cursor.one_of(&["C", "D"])?;
        cursor.figures(6)?;
        let currency = match cursor.letters(3) {
            Some(code) => code.parse::<Currency>().map_err(|why| self.unknown_currency = Some(why)).ok()?,
            None => self.statement.currency.unwrap_or(account),
        };
        self.statement.currency = self.statement.currency.or(Some(currency));
        let amount = Money::from_major(cursor.amount()?, currency).ok()?;
        if side == "D" { amount.negated().ok() } else { Some(amount) }
    }

    fn finish(mut self) -> Statement {
        self.end_movement();
        self.statement
    }
}

/// An account as `:25:` names it: alone, or after its bank's code; a currency may stand behind it.
fn named_account(value: &str) -> Option<String> {
    let own = value.rsplit('/').next().unwrap_or(value).trim();
    let without_currency = own.strip_suffix(|c: char| c.is_ascii_uppercase()).and_then(|_| {
        let at = own.len().checked_sub(3)?;
        let (number, code) = (own.get(..at)?, own.get(at..)?);
        (number.ends_with(|c: char| c.is_ascii_digit()) && code.parse::<Currency>().is_ok()).then_some(number)
    });
    let account = without_currency.unwrap_or(own).trim();
    (!account.is_empty()).then(|| account.to_owned())
}

/// Field 61. What cannot be read waits for a person, with its details.
fn movement(value: &str, number: u64, currency: Result<Currency, MoneyError>) -> Movement {
    let written = value.to_owned();
    match filled(value, number, currency) {
        Ok((line, supplement)) => Movement { line, details: Vec::new(), supplement, written },
        Err(fault) => {
            Movement { line: Line::unread(number, fault), details: Vec::new(), supplement: String::new(), written }
        }
    }
}

fn filled(value: &str, number: u64, currency: Result<Currency, MoneyError>) -> Result<(Line, String), Fault> {
    let unreadable = || Fault::Movement { value: shown(&one_line(value)) };
    let mut cursor = Cursor(value);
    let day = cursor.figures(6).ok_or_else(unreadable)?;
    let value_on = written_day(day);
    let entry = cursor.figures(4);
    if entry.is_none() {
        cursor.skip_spaces();
    }
    let mark = cursor.one_of(&["RC", "RD", "EC", "ED", "C", "D"]).ok_or_else(unreadable)?;
    // The third letter of the currency may stand between the mark and the amount.
    cursor.letters(1);
    cursor.skip_spaces();
    let major = cursor.amount().ok_or_else(unreadable)?;
    cursor.skip_spaces();
    let kind = cursor.kind();
    let mut line = Line::new(number, kind.as_deref().unwrap_or("movement"));
    line.value_on = value_on;
    line.on = entry.and_then(|entry| near(entry, value_on?)).or(value_on);
    line.direction = if matches!(mark, "C" | "RD" | "EC") { Direction::In } else { Direction::Out };
    line.reversal = mark.starts_with('R') || kind.is_some_and(|kind| kind.ends_with(RETURNED));
    line.status = if mark.starts_with('E') { LineStatus::Pending } else { LineStatus::Booked };
    let supplement = references(&mut line, cursor.0);
    match currency.and_then(|currency| Money::from_major(major, currency)) {
        Ok(amount) => line.amount = Some(amount),
        Err(why) => line.status = LineStatus::Review(why.into()),
    }
    if line.on.is_none() {
        line.status = LineStatus::Review(Fault::NotADate { value: day.to_owned() });
    }
    if matches!(line.status, LineStatus::Review(_)) {
        line.direction = Direction::None;
    }
    Ok((line, supplement))
}

/// What stands after the kind: the customer's reference, `//` and the bank's, then free text on a line of its own.
/// Some banks give the other side's account as the reference, and its name behind it.
fn references(line: &mut Line, rest: &str) -> String {
    let (first, more) = rest.split_once('\n').unwrap_or((rest, ""));
    let (customer, bank) = first.split_once("//").map_or((first, None), |(customer, bank)| (customer, Some(bank)));
    let mut supplement: Vec<&str> = Vec::new();
    let mut customer = customer.trim();
    if customer.chars().count() > REFERENCE_MAX
        && let Some((reference, name)) = customer.split_once("  ")
    {
        (customer, line.counterparty) = (reference, Some(name.trim().to_owned()));
    }
    if is_account(customer) {
        line.counterparty_ref = Some(customer.to_owned());
    } else {
        line.external_reference = reference(customer);
    }
    line.reference = bank.and_then(reference);
    let more = more.trim();
    if line.counterparty_ref.is_none() && is_account(more) {
        line.counterparty_ref = Some(more.to_owned());
    } else if !more.is_empty() {
        supplement.push(more);
    }
    one_line(&supplement.join(" "))
}

fn reference(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && !NO_REFERENCES.contains(&text.to_uppercase().as_str())).then(|| text.to_owned())
}

/// An IBAN: two letters, two figures, and at least eleven more of either.
fn is_account(text: &str) -> bool {
    let bytes = text.as_bytes();
    (15..=34).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..4].iter().all(u8::is_ascii_digit)
        && bytes.iter().all(u8::is_ascii_alphanumeric)
}

impl Movement {
    fn finish(self) -> Line {
        let Movement { mut line, details, supplement, written } = self;
        let said = Details::of(&details);
        let text = [said.text.as_str(), supplement.as_str()];
        let text: Vec<&str> = text.into_iter().filter(|t| !t.is_empty() && !NO_REFERENCES.contains(t)).collect();
        line.text = text.first().map(|t| (*t).to_owned()).unwrap_or_default();
        line.counterparty = said.name.or(line.counterparty);
        line.counterparty_ref = said.account.or(line.counterparty_ref);
        line.external_reference = said.end_to_end.as_deref().and_then(reference).or(line.external_reference);
        line.body = one_line(&[vec![written], details].concat().join(" · "));
        line.identity = identity(&line);
        line
    }
}

/// A bank's reference need not be its own for ever, so the day and the amount belong to the identity.
fn identity(line: &Line) -> Vec<String> {
    let day = line.on.map(|d| d.to_string()).unwrap_or_default();
    let amount = format!("{:?} {}", line.direction, line.amount.map(|m| format!("{m:?}")).unwrap_or_default());
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    match &line.reference {
        Some(reference) => vec![day, amount, reference.clone()],
        None => vec![day, amount, text(&line.external_reference), text(&line.counterparty), line.body.clone()],
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The day `MMDD` that lies nearest to another: an entry of January may have its value in December.
fn near(figures: &str, value_on: Date) -> Option<Date> {
    let (month, day) = (figures.get(..2)?.parse::<i8>().ok()?, figures.get(2..)?.parse::<i8>().ok()?);
    let year = value_on.year();
    [year, year - 1, year + 1]
        .into_iter()
        .filter_map(|year| Date::new(year, month, day))
        .min_by_key(|on| on.days_since(value_on).abs())
}

/// What is left of a field.
struct Cursor<'t>(&'t str);

impl<'t> Cursor<'t> {
    /// Exactly `count` characters of a class, all ASCII.
    fn exactly(&mut self, count: usize, class: fn(&u8) -> bool) -> Option<&'t str> {
        let found = self.0.get(..count).filter(|found| found.as_bytes().iter().all(class))?;
        self.0 = &self.0[count..];
        Some(found)
    }

    fn figures(&mut self, count: usize) -> Option<&'t str> {
        self.exactly(count, u8::is_ascii_digit)
    }

    fn letters(&mut self, count: usize) -> Option<&'t str> {
        self.exactly(count, u8::is_ascii_alphabetic)
    }

    fn one_of(&mut self, words: &[&'static str]) -> Option<&'static str> {
        let word = *words.iter().find(|word| self.0.starts_with(**word))?;
        self.0 = &self.0[word.len()..];
        Some(word)
    }

    fn skip_spaces(&mut self) {
        self.0 = self.0.trim_start_matches([' ', '\n']);
    }

    /// Figures with one decimal sign, a comma or a point, which may stand at the end.
    fn amount(&mut self) -> Option<Decimal> {
        let end = self.0.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(self.0.len());
        let (figures, rest) = self.0.split_at(end);
        let (whole, part) = figures.split_once([',', '.']).unwrap_or((figures, ""));
        if whole.is_empty() || part.contains([',', '.']) {
            return None;
        }
        self.0 = rest;
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        let written = if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") };
        Decimal::from_str_exact(&written).ok()
    }

    /// A letter and three more of the kind of movement, unless a reference follows at once.
    fn kind(&mut self) -> Option<String> {
        let kind = self.0.get(..4).filter(|kind| {
            kind.starts_with(|c: char| c.is_ascii_uppercase())
                && kind.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ')
        })?;
        self.0 = &self.0[4..];
        Some(kind.trim_end().to_owned())
    }
}
