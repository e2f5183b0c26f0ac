//! CODA, the coded statement of Belgian banks (Febelfin, versions 1 and 2): records of 128 characters. A movement may
//! stand for many that follow as its parts: it becomes them when they add up, and stays whole when they do not.

use receivables::{Currency, Date, Money};
use rust_decimal::Decimal;

use super::{Direction, Line, LineStatus, Statement, StatementFile, joined, spaced, told_apart};
use crate::day::century;
use crate::fault::Fault;
use crate::table::{FileError, shown};

/// Characters of a record.
const LENGTH: usize = 128;

/// Places of fields, counted from zero, the end not included.
type Place = (usize, usize);

/// Of a movement, record 2.1; its continuations 2.2 and 2.3; its information 3.1 to 3.3.
const SEQUENCE: Place = (2, 6);
const DETAIL: Place = (6, 10);
const REFERENCE: Place = (10, 31);
const SIGN: Place = (31, 32);
const AMOUNT: Place = (32, 47);
const VALUE_ON: Place = (47, 53);
const CODE: Place = (53, 61);
const STRUCTURED: Place = (61, 62);
const COMMUNICATION: Place = (62, 115);
const ON: Place = (115, 121);
const STANDS_FOR_OTHERS: Place = (124, 125);
const COMMUNICATION_2: Place = (10, 63);
const CUSTOMER_REFERENCE: Place = (63, 98);
const RETURN_KIND: Place = (112, 113);
const OTHER_ACCOUNT: Place = (10, 44);
const OTHER_NAME: Place = (47, 82);
/// A Belgian account ends before a blank; in version 1 it is always one, and the name is shorter.
const OTHER_BELGIAN_ACCOUNT: Place = (10, 22);
const OTHER_BLANK: Place = (22, 23);
const OTHER_NAME_1: Place = (47, 73);
const COMMUNICATION_3: Place = (82, 125);
const INFORMATION_STRUCTURED: Place = (39, 40);
const INFORMATION_KIND: Place = (40, 43);
const INFORMATION_NAME: Place = (43, 113);
const INFORMATION: [Place; 3] = [(40, 113), (10, 115), (10, 100)];

/// Of the file, records 0 and 9, and of a statement, records 1 and 8.
const VERSION: Place = (127, 128);
const OLD_SIGN: Place = (42, 43);
const OLD_BALANCE: Place = (43, 58);
const NEW_SIGN: Place = (41, 42);
const NEW_BALANCE: Place = (42, 57);
const RECORDS: Place = (16, 22);
const DEBITS: Place = (22, 37);
const CREDITS: Place = (37, 52);

/// Where account and currency stand in record 1, by the structure of the account: Belgian, foreign, IBAN of Belgium,
/// IBAN of another country. Version 1 knows the first only.
const ACCOUNTS: &[(&str, Place, Place)] =
    &[("0", (5, 17), (18, 21)), ("1", (5, 39), (39, 42)), ("2", (5, 36), (39, 42)), ("3", (5, 39), (39, 42))];

/// First figures of a movement's code: totals made by the customer or the bank, one amount that is explained, and the
/// parts of each; the last is a part of a part.
const TOTALS: &[char] = &['1', '2'];
const EXPLAINED: char = '3';
const PARTS: &[char] = &['5', '6', '7', '8', '9'];
const PART_OF_PART: char = '9';

/// Operations of every family that correct or take back an earlier one.
const CORRECTIONS: &[&str] = &["49", "99"];

/// Whether a text begins with the header of a file: zeros, a day, a bank, application 05.
pub(super) fn fits(start: &str) -> bool {
    let header = start.get(..16).filter(|header| header.bytes().all(|b| b.is_ascii_digit()));
    header.is_some_and(|header| header.starts_with("00000") && header.ends_with("05"))
}

/// Reads the statements of one or more files in one.
pub(super) fn read(text: &str, currency: Currency) -> Result<StatementFile, FileError> {
    let mut reading = Reading::of(currency);
    for line in text.split(['\n', '\r']) {
        let mut characters = line.trim_end_matches(|c: char| c.is_whitespace() || c == '\0').chars().peekable();
        // Where the ends of lines were lost, the length tells the records.
        while characters.peek().is_some() {
            reading.take(&Record(characters.by_ref().take(LENGTH).collect()))?;
        }
    }
    reading.finish()
}

/// The characters of a record.
struct Record(Vec<char>);

impl Record {
    /// A field as it stands; shorter where the record is cut off.
    fn raw(&self, (from, to): Place) -> String {
        self.0.iter().take(to).skip(from).collect()
    }

    /// A field, white space as one space and none around it.
    fn text(&self, place: Place) -> String {
        spaced(&self.raw(place))
    }

    /// A field with its blanks, so that what is continued joins where it was cut.
    fn filled(&self, place: Place) -> String {
        format!("{:<width$}", self.raw(place), width = place.1 - place.0)
    }

    fn day(&self, place: Place) -> Written {
        let raw = self.raw(place);
        if raw.trim_matches(['0', ' ']).is_empty() {
            return Written::None;
        }
        let number = |from: usize| raw.get(from..from + 2)?.parse::<i16>().ok();
        let small = |from: usize| i8::try_from(number(from)?).ok();
        let date = || Date::new(century(number(4)?), small(2)?, small(0)?);
        match raw.bytes().all(|b| b.is_ascii_digit()) {
            true => date().map_or(Written::Bad, Written::Day),
            false => Written::Bad,
        }
    }

    /// An amount: fifteen figures, three of them decimals.
    fn amount(&self, place: Place, currency: Currency) -> Result<Money, Fault> {
        Ok(Money::from_major(self.decimal(place)?, currency)?)
    }

    fn decimal(&self, place: Place) -> Result<Decimal, Fault> {
        let raw = self.raw(place);
        let whole = raw.len() == place.1 - place.0 && raw.bytes().all(|b| b.is_ascii_digit());
        let thousandths = raw.parse::<i64>().ok().filter(|_| whole);
        thousandths
            .map(|t| Decimal::new(t, 3))
            .ok_or_else(|| Fault::NotAnAmount { value: shown(&raw), sign: ",".into() })
    }

    /// An amount with the sign that stands apart; 1 is a debit.
    fn signed(&self, sign: Place, amount: Place, currency: Currency) -> Result<Money, Fault> {
        let amount = self.amount(amount, currency)?;
        match side(&self.raw(sign)).ok_or(Fault::EntryWithoutSide)? {
            Direction::Out => Ok(amount.negated()?),
            _ => Ok(amount),
        }
    }
}

/// A day of a record.
#[derive(Clone, Copy)]
enum Written {
    None,
    Bad,
    Day(Date),
}

impl Written {
    fn date(self) -> Option<Date> {
        match self {
            Written::Day(date) => Some(date),
            Written::None | Written::Bad => None,
        }
    }
}

fn side(sign: &str) -> Option<Direction> {
    match sign {
        "0" => Some(Direction::In),
        "1" => Some(Direction::Out),
        _ => None,
    }
}

/// A movement being read.
struct Movement {
    sequence: String,
    detail: String,
    code: String,
    line: Line,
    structured: bool,
    /// What up to three records say, with its blanks.
    communication: String,
    information: Vec<String>,
    /// The information at hand names the other side.
    names_other: bool,
    /// The bank says that parts follow.
    stands_for_others: bool,
}

impl Movement {
    fn is_part(&self) -> bool {
        self.detail != "0000" || self.kind().is_some_and(|kind| PARTS.contains(&kind))
    }

    fn kind(&self) -> Option<char> {
        self.code.chars().next()
    }

    /// The line, once all its records are read.
    fn finish(mut self, account: &str) -> Line {
        let message = match self.structured {
            true => structured(&self.communication, &mut self.line),
            false => spaced(&self.communication),
        };
        let line = &mut self.line;
        let information: Vec<&str> = self.information.iter().map(String::as_str).collect();
        line.text = if message.is_empty() { joined(information.iter().copied(), " ") } else { message.clone() };
        let named = line.counterparty.clone().unwrap_or_default();
        let ours = line.external_reference.clone().unwrap_or_default();
        line.body = joined([message.as_str(), named.as_str(), &ours].into_iter().chain(information), " · ");
        let day = line.on.map(|d| d.to_string()).unwrap_or_default();
        line.identity = match &line.reference {
            Some(reference) => vec![account.to_owned(), reference.clone(), line.way_and_amount(), day],
            None => vec![account.to_owned(), day, line.way_and_amount(), named, line.text.clone()],
        };
        self.line
    }
}

/// A communication with a structure, for a person to read.
fn structured(communication: &str, line: &mut Line) -> String {
    let characters: Vec<char> = communication.chars().collect();
    let field = |from: usize, to: usize| spaced(&characters.iter().take(to).skip(from).collect::<String>());
    match field(0, 3).as_str() {
        // The reference of a Belgian invoice.
        "101" | "102" => {
            let figures = field(3, 15);
            if figures.len() < 12 || !figures.bytes().all(|b| b.is_ascii_digit()) {
                return field(3, characters.len());
            }
            let reference = format!("+++{}/{}/{}+++", field(3, 6), field(6, 10), field(10, 15));
            joined([reference.as_str(), &field(15, characters.len())], " ")
        }
        // A European direct debit: its day, kind, scheme and outcome, the creditor, the mandate, the message.
        "127" => {
            let (creditor, mandate, message) = (field(12, 47), field(47, 82), field(82, 144));
            line.external_reference = line.external_reference.take().or(told_apart(&mandate));
            line.reversal |= matches!(field(144, 145).as_str(), "1" | "2" | "3" | "4" | "5");
            joined([message.as_str(), &mandate, &creditor], " ")
        }
        _ => field(3, characters.len()),
    }
}

/// What the file is to hold, by its own last record.
#[derive(Default)]
struct Control {
    records: u64,
    debits: Decimal,
    credits: Decimal,
    /// A file is open: its last record is still to come.
    open: bool,
}

struct Reading {
    given: Currency,
    currency: Result<Currency, Fault>,
    control: Control,
    /// The file is of version 1.
    first_version: bool,
    statements: Vec<Statement>,
    /// The movements of the statement at hand.
    movements: Vec<Movement>,
    /// How many movements the file has had, parts aside.
    count: u64,
    /// A statement is open: its new balance is still to come.
    open: bool,
    unknown: u64,
    first_unknown: String,
}

impl Reading {
    fn of(given: Currency) -> Reading {
        Reading {
            given,
            currency: Ok(given),
            control: Control::default(),
            first_version: false,
            statements: Vec::new(),
            movements: Vec::new(),
            count: 0,
            open: false,
            unknown: 0,
            first_unknown: String::new(),
        }
    }

    fn take(&mut self, record: &Record) -> Result<(), Fault> {
        let code = record.raw((0, 2));
        if matches!(code.chars().next(), Some('1' | '2' | '3' | '8')) {
            self.control.records += 1;
        }
        match code.as_str() {
            "" => {}
            "21" => self.movement(record),
            "22" | "23" | "31" | "32" | "33" => self.continuation(&code, record),
            _ => match code.chars().next() {
                Some('0') => {
                    self.end_file();
                    self.control = Control { open: true, ..Control::default() };
                    self.first_version = match record.text(VERSION).as_str() {
                        "1" => true,
                        "" | "2" => false,
                        version => return Err(Fault::CodaVersion { version: version.to_owned() }),
                    };
                }
                Some('1') => self.begin(record),
                Some('8') => self.end(record),
                // Messages of the bank to all.
                Some('4') => {}
                Some('9') => self.check(record),
                _ => self.unknown(record),
            },
        }
        Ok(())
    }

    fn unknown(&mut self, record: &Record) {
        if self.unknown == 0 {
            self.first_unknown = shown(&record.text((0, LENGTH)));
        }
        self.unknown += 1;
    }

    /// The statement at hand.
    fn statement(&mut self) -> &mut Statement {
        if self.statements.is_empty() {
            let currency = self.currency.clone().ok();
            self.statements.push(Statement { currency, ..Statement::default() });
        }
        self.statements.last_mut().expect("one was just pushed")
    }

    fn begin(&mut self, record: &Record) {
        self.cut_off();
        let structure = if self.first_version { "0".to_owned() } else { record.raw((1, 2)) };
        let known = ACCOUNTS.iter().find(|(code, _, _)| *code == structure);
        let (account, code) = known.map_or((String::new(), String::new()), |(_, account, currency)| {
            (record.text(*account), record.text(*currency))
        });
        self.currency = if code.is_empty() { Ok(self.given) } else { code.parse().map_err(Fault::from) };
        let mut statement = Statement {
            account: Some(account).filter(|account| !account.is_empty()),
            currency: self.currency.clone().ok(),
            ..Statement::default()
        };
        match self.currency.clone().and_then(|currency| record.signed(OLD_SIGN, OLD_BALANCE, currency)) {
            Ok(opening) => statement.opening = Some(opening),
            Err(why) => statement.faults.push(why.in_field("opening")),
        }
        self.statements.push(statement);
        self.open = true;
    }

    fn end(&mut self, record: &Record) {
        let closing = self.currency.clone().and_then(|currency| record.signed(NEW_SIGN, NEW_BALANCE, currency));
        self.settle();
        self.open = false;
        let statement = self.statement();
        match closing {
            Ok(closing) => statement.closing = Some(closing),
            Err(why) => statement.faults.push(why.in_field("closing")),
        }
    }

    /// Ends a statement that has no new balance.
    fn cut_off(&mut self) {
        self.settle();
        if std::mem::take(&mut self.open) {
            self.statement().faults.push(Fault::CutOff { record: "8".to_owned() });
        }
    }

    /// Ends a file that has no last record.
    fn end_file(&mut self) {
        self.cut_off();
        if std::mem::take(&mut self.control.open) && !self.statements.is_empty() {
            self.statement().faults.push(Fault::CutOff { record: "9".to_owned() });
        }
    }

    fn movement(&mut self, record: &Record) {
        let (detail, code) = (record.raw(DETAIL), record.raw(CODE));
        let mut line = Line::new(0, if code.trim().is_empty() { "entry" } else { code.trim() });
        line.reference = told_apart(&record.raw(REFERENCE));
        line.reversal = CORRECTIONS.contains(&code.get(3..5).unwrap_or_default());
        line.status = self.fill(&mut line, record).unwrap_or_else(LineStatus::Review);
        if detail == "0000"
            && let Ok(amount) = record.decimal(AMOUNT)
        {
            let sum = match side(&record.raw(SIGN)) {
                Some(Direction::Out) => &mut self.control.debits,
                _ => &mut self.control.credits,
            };
            *sum = sum.checked_add(amount).unwrap_or(Decimal::MAX);
        }
        let movement = Movement {
            sequence: record.raw(SEQUENCE),
            detail,
            code,
            line,
            structured: record.raw(STRUCTURED) == "1",
            communication: record.filled(COMMUNICATION),
            information: Vec::new(),
            names_other: false,
            stands_for_others: !matches!(record.raw(STANDS_FOR_OTHERS).as_str(), "0" | " " | ""),
        };
        self.movements.push(movement);
    }

    fn fill(&self, line: &mut Line, record: &Record) -> Result<LineStatus, Fault> {
        if record.0.len() < ON.1 {
            let (entry, cause) = (record.raw(SEQUENCE), format!("{} < {LENGTH}", record.0.len()));
            return Err(Fault::BreaksOffAtEntry { entry, cause });
        }
        if !self.open {
            return Err(Fault::EntryWithoutAccount);
        }
        let (on, value_on) = (record.day(ON), record.day(VALUE_ON));
        (line.on, line.value_on) = (on.date().or(value_on.date()), value_on.date());
        let amount = record.amount(AMOUNT, self.currency.clone()?)?;
        let way = side(&record.raw(SIGN)).ok_or(Fault::EntryWithoutSide)?;
        (line.amount, line.direction) = (Some(amount), way);
        match (on, line.on) {
            (Written::Bad, _) => Err(Fault::EntryBadDate),
            (_, None) => Err(Fault::EntryWithoutDate),
            (_, Some(_)) => Ok(LineStatus::Booked),
        }
    }

    /// A record that says more of the movement before it.
    fn continuation(&mut self, code: &str, record: &Record) {
        let (sequence, detail) = (record.raw(SEQUENCE), record.raw(DETAIL));
        // Information counts details of its own; a movement's other records repeat its own.
        let belongs = |m: &&mut Movement| m.sequence == sequence && (code.starts_with('3') || m.detail == detail);
        let first_version = self.first_version;
        let Some(movement) = self.movements.last_mut().filter(belongs) else {
            return self.unknown(record);
        };
        let known = |text: String| Some(text).filter(|text| !text.is_empty());
        let line = &mut movement.line;
        match code {
            "22" => {
                movement.communication.push_str(&record.filled(COMMUNICATION_2));
                // Version 1 has other things there.
                if !first_version {
                    line.external_reference = told_apart(&record.raw(CUSTOMER_REFERENCE));
                    line.reversal |= matches!(record.raw(RETURN_KIND).as_str(), "1" | "2" | "3" | "4" | "5");
                }
            }
            "23" => {
                let belgian = first_version || record.text(OTHER_BLANK).is_empty();
                let account = if belgian { OTHER_BELGIAN_ACCOUNT } else { OTHER_ACCOUNT };
                let name = if first_version { OTHER_NAME_1 } else { OTHER_NAME };
                line.counterparty_ref = known(record.text(account));
                line.counterparty = known(record.text(name)).or(line.counterparty.take());
                // Behind the name: an address in version 1.
                if !first_version {
                    movement.communication.push_str(&record.filled(COMMUNICATION_3));
                }
            }
            "31" => {
                let structured = record.raw(INFORMATION_STRUCTURED) == "1";
                movement.names_other = structured && record.raw(INFORMATION_KIND) == "001";
                if movement.names_other {
                    line.counterparty = line.counterparty.take().or(known(record.text(INFORMATION_NAME)));
                } else {
                    movement.information.push(record.text(INFORMATION[0]));
                }
            }
            // Behind the name of the other side stands its address.
            _ if movement.names_other => {}
            "32" => movement.information.push(record.text(INFORMATION[1])),
            _ => movement.information.push(record.text(INFORMATION[2])),
        }
    }

    /// Turns the movements at hand into lines: those that stand for others, and those others, count once.
    fn settle(&mut self) {
        let account = self.statements.last().and_then(|s| s.account.clone()).unwrap_or_default();
        let mut movements = std::mem::take(&mut self.movements).into_iter().peekable();
        let (mut lines, mut faults, mut alone) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(head) = movements.next() {
            self.count += 1;
            let mut parts = Vec::new();
            while let Some(part) = movements.next_if(|next| !head.is_part() && belongs(&head, next)) {
                parts.push(part);
            }
            if head.stands_for_others && !head.is_part() && parts.is_empty() {
                alone.push(self.count.to_string());
            }
            let of_head = lines.len();
            lines.extend(counted_once(head, parts, &account, self.count, &mut faults));
            lines.iter_mut().skip(of_head).for_each(|line: &mut Line| line.line = self.count);
        }
        if !alone.is_empty() {
            faults.push(Fault::PartsMissing { entries: shown(&alone.join(", ")) });
        }
        if !lines.is_empty() {
            let statement = self.statement();
            statement.lines.append(&mut lines);
            statement.faults.append(&mut faults);
        }
    }

    /// Compares with what the last record of the file says.
    fn check(&mut self, record: &Record) {
        self.cut_off();
        let control = std::mem::take(&mut self.control);
        let mut faults = Vec::new();
        let mut compare = |what: &str, said: String, found: String| {
            if said != found {
                faults.push(Fault::ControlDiffers { what: what.to_owned(), said, found });
            }
        };
        let records = record.raw(RECORDS);
        compare("records", records.trim_start_matches('0').to_owned(), control.records.to_string());
        for (what, place, found) in [("debits", DEBITS, control.debits), ("credits", CREDITS, control.credits)] {
            let said = record.decimal(place).map_or_else(|_| record.text(place), |said| said.normalize().to_string());
            compare(what, said, found.normalize().to_string());
        }
        if !self.statements.is_empty() {
            self.statement().faults.append(&mut faults);
        }
    }

    fn finish(mut self) -> Result<StatementFile, FileError> {
        self.end_file();
        if self.statements.is_empty() {
            return Err(Fault::NoAccount { format: "CODA".to_owned() }.into());
        }
        if self.unknown > 0 {
            let (count, first) = (self.unknown.to_string(), std::mem::take(&mut self.first_unknown));
            self.statement().faults.push(Fault::UnknownRecords { count, first });
        }
        Ok(StatementFile { format: "coda", statements: self.statements })
    }
}

/// Whether a movement is a part of the one before: by its sequence, or by its code where a bank numbers parts anew.
fn belongs(head: &Movement, next: &Movement) -> bool {
    let same = next.detail != "0000" && next.sequence == head.sequence;
    let stands_for_others = head.kind().is_some_and(|kind| TOTALS.contains(&kind) || kind == EXPLAINED);
    same || (next.is_part() && stands_for_others)
}

/// The lines of a movement and its parts: the parts if they add up to it, else the movement, and a word of it.
fn counted_once(
    head: Movement,
    parts: Vec<Movement>,
    account: &str,
    number: u64,
    faults: &mut Vec<Fault>,
) -> Vec<Line> {
    if head.is_part() {
        let mut line = head.finish(account);
        line.status = LineStatus::Review(Fault::PartWithoutWhole);
        return vec![line];
    }
    let explained = head.kind() == Some(EXPLAINED);
    let mut whole = head.finish(account);
    if parts.is_empty() {
        return vec![whole];
    }
    let kinds: Vec<bool> = parts.iter().map(|part| part.kind() == Some(PART_OF_PART)).collect();
    let parts: Vec<Line> = parts.into_iter().map(|part| part.finish(account)).collect();
    let sum = added(parts.iter().zip(&kinds).filter(|(_, deeper)| !**deeper).map(|(line, _)| line));
    let adds_up = sum.is_some() && sum == whole.movement();
    if adds_up && !explained && whole.status == LineStatus::Booked {
        return deepest(parts, &kinds, &whole);
    }
    if !explained {
        faults.push(match (whole.movement(), sum) {
            (Some(whole), Some(parts)) => Fault::PartsDiffer { entry: number.to_string(), whole, parts },
            _ => Fault::PartsUnread { entry: number.to_string() },
        });
    }
    let said: Vec<&str> = parts.iter().map(|part| part.body.as_str()).collect();
    whole.body = joined(std::iter::once(whole.body.as_str()).chain(said), " · ");
    if whole.text.is_empty() {
        whole.text = joined(parts.iter().map(|part| part.text.as_str()), " ");
    }
    if let [only] = parts.as_slice() {
        whole.counterparty = whole.counterparty.take().or(only.counterparty.clone());
        whole.counterparty_ref = whole.counterparty_ref.take().or(only.counterparty_ref.clone());
    }
    vec![whole]
}

/// The sum of lines that are all booked.
fn added<'l>(lines: impl Iterator<Item = &'l Line>) -> Option<Money> {
    let mut sum: Option<Money> = None;
    for line in lines {
        let movement = line.movement().filter(|_| line.status == LineStatus::Booked)?;
        sum = Some(match sum {
            Some(sum) => sum.plus(movement).ok()?,
            None => movement,
        });
    }
    sum
}

/// The parts, each replaced by its own parts where those add up to it.
fn deepest(parts: Vec<Line>, deeper: &[bool], whole: &Line) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut left = parts.into_iter().zip(deeper.iter().copied()).peekable();
    while let Some((part, _)) = left.next() {
        let mut own = Vec::new();
        while let Some((line, _)) = left.next_if(|(_, deeper)| *deeper) {
            own.push(line);
        }
        let replaced = !own.is_empty() && added(own.iter()) == part.movement();
        out.extend(if replaced { own } else { vec![part] });
    }
    for (index, line) in out.iter_mut().enumerate() {
        line.reversal |= whole.reversal;
        line.identity.push(format!("part {}", index + 1));
    }
    out
}
