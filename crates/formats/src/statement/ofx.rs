//! OFX and QFX, as SGML (1.x) and as XML (2.x): bank, card and the cash of investment accounts. A scanner of tags that
//! needs no closing tag of an element; aggregates are closed by their own end tag or by that of one around them.

use receivables::{Currency, Date, Money};

use super::decimals::Decimals;
use super::{Direction, Line, LineStatus, Statement, StatementFile, joined, spaced, told_apart};
use crate::day::{DateOrder, parse_date};
use crate::fault::Fault;
use crate::table::{FileError, shown};

/// The aggregates that matter, with how deep they stand. None stands within another of its depth or below: where an end
/// tag was forgotten, the next one's beginning ends it.
const AGGREGATES: &[(&str, u8)] = &[
    ("OFX", 0),
    ("STATUS", 1),
    ("STMTRS", 1),
    ("CCSTMTRS", 1),
    ("INVSTMTRS", 1),
    ("BANKACCTFROM", 2),
    ("CCACCTFROM", 2),
    ("INVACCTFROM", 2),
    ("BANKTRANLIST", 2),
    ("BANKTRANLISTP", 2),
    ("LEDGERBAL", 2),
    ("AVAILBAL", 2),
    ("BAL", 2),
    ("STMTTRN", 3),
    ("STMTTRNP", 3),
    ("INVTRAN", 3),
    ("PAYEE", 4),
    ("BANKACCTTO", 4),
    ("CCACCTTO", 4),
    ("CURRENCY", 4),
    ("ORIGCURRENCY", 4),
    ("IMAGEDATA", 4),
];
const STATEMENTS: &[&str] = &["STMTRS", "CCSTMTRS", "INVSTMTRS"];
const ACCOUNTS: &[&str] = &["BANKACCTFROM", "CCACCTFROM", "INVACCTFROM"];
const TRANSACTIONS: &[&str] = &["STMTTRN", "STMTTRNP"];

/// What is read of a transaction: the aggregate within it, or none, and the element.
const ELEMENTS: &[(&str, &str)] = &[
    ("", "TRNTYPE"),
    ("", "DTPOSTED"),
    ("", "DTTRAN"),
    ("", "DTAVAIL"),
    ("", "TRNAMT"),
    ("", "FITID"),
    ("", "CORRECTFITID"),
    ("", "CORRECTACTION"),
    ("", "CHECKNUM"),
    ("", "CHKNUM"),
    ("", "REFNUM"),
    ("", "NAME"),
    ("", "EXTDNAME"),
    ("", "MEMO"),
    ("PAYEE", "NAME"),
    ("BANKACCTTO", "ACCTID"),
    ("CCACCTTO", "ACCTID"),
    ("CURRENCY", "CURSYM"),
];

/// Characters an amount may have beside its figures.
const AMOUNT_CHARACTERS: &[char] = &['+', '-', '\u{2212}', '.', ',', ' ', '\u{202f}', '\''];

/// Whether a text begins as OFX, with or without its header.
pub(super) fn fits(start: &str) -> bool {
    let upper = start.to_ascii_uppercase();
    upper.starts_with("OFXHEADER") || ["<OFX>", "<OFX ", "<?OFX"].iter().any(|mark| upper.contains(mark))
}

/// Reads one or more OFX documents.
pub(super) fn read(text: &str, currency: Currency) -> Result<StatementFile, FileError> {
    let mut reading = Reading::default();
    let mut tags = Tags { rest: text.trim_end_matches('\0') };
    while let Some(tag) = tags.next() {
        match tag {
            Tag::Definition => return Err(Fault::Definitions.into()),
            Tag::Open { name, written } => reading.open(name, written),
            Tag::Close { name } => reading.close(name),
        }
    }
    reading.finish(currency)
}

enum Tag<'t> {
    Open {
        name: &'t str,
        /// The text up to the next tag, references unresolved.
        written: &'t str,
    },
    Close {
        name: &'t str,
    },
    /// `<!DOCTYPE` and its like.
    Definition,
}

struct Tags<'t> {
    rest: &'t str,
}

impl<'t> Tags<'t> {
    fn next(&mut self) -> Option<Tag<'t>> {
        loop {
            let (_, after) = self.rest.split_at_checked(markup(self.rest)?)?;
            let past = |end: &str| after.split_once(end).map_or("", |(_, rest)| rest);
            if after.starts_with("<!--") {
                self.rest = past("-->");
                continue;
            }
            if after.starts_with("<?") {
                self.rest = past(">");
                continue;
            }
            if after.starts_with("<!") {
                return Some(Tag::Definition);
            }
            let (inside, rest) = after.strip_prefix('<')?.split_once('>')?;
            if let Some(name) = inside.strip_prefix('/') {
                self.rest = rest;
                return Some(Tag::Close { name: name.trim() });
            }
            if inside.ends_with('/') {
                // Empty, which is as good as absent.
                self.rest = rest;
                continue;
            }
            let name = inside.split(char::is_whitespace).next().unwrap_or(inside);
            let (written, rest) = rest.split_at_checked(markup(rest).unwrap_or(rest.len()))?;
            self.rest = rest;
            return Some(Tag::Open { name, written });
        }
    }
}

/// Where the next tag, comment or declaration begins: a `<` that begins none, and CDATA, are text.
fn markup(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let at = from + rest.find('<')?;
        let inside = text.get(at + 1..)?;
        if inside.starts_with("![CDATA[") {
            from = at + inside.find("]]>")?;
            continue;
        }
        let declared = inside.strip_prefix(['!', '?']);
        if declared.is_some_and(|rest| rest.starts_with("--") || rest.starts_with(|c: char| c.is_ascii_alphabetic())) {
            return Some(at);
        }
        let named = inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        if named && inside.find(['<', '>']).is_some_and(|end| inside.get(end..).is_some_and(|t| t.starts_with('>'))) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// The text of an element: CDATA as it stands, references resolved, white space as one space.
fn text_of(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, inside)) = rest.split_once("<![CDATA[") {
        let (raw, after) = inside.split_once("]]>").unwrap_or((inside, ""));
        resolve(before, &mut out);
        out.push_str(raw);
        rest = after;
    }
    resolve(rest, &mut out);
    spaced(&out)
}

fn resolve(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once('&') {
        out.push_str(before);
        let end = inside.bytes().take(10).position(|b| b == b';');
        let found = end.and_then(|end| Some((character(inside.get(..end)?)?, inside.get(end + 1..)?)));
        out.push(found.map_or('&', |(character, _)| character));
        rest = found.map_or(inside, |(_, after)| after);
    }
    out.push_str(rest);
}

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some(' '),
            _ => None,
        };
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?).filter(|c| !c.is_control())
}

/// What is known of the documents so far.
#[derive(Default)]
struct Reading {
    /// The aggregates that are open, outermost first, with how deep they stand.
    open: Vec<(&'static str, u8)>,
    drafts: Vec<Draft>,
    entry: Option<Entry>,
    entries: u64,
    status: Status,
    /// The first error that the bank answered with.
    refused: Option<Fault>,
}

/// A statement being read.
#[derive(Default)]
struct Draft {
    currency: String,
    account: Option<String>,
    closing: String,
    entries: Vec<Entry>,
    /// Movements of securities, which are not cash.
    securities: u64,
}

/// The bank's answer to one question.
#[derive(Default)]
struct Status {
    code: String,
    severity: String,
    message: String,
}

/// A transaction being read.
#[derive(Default)]
struct Entry {
    number: u64,
    pending: bool,
    /// No statement was open.
    outside: bool,
    /// In the order of `ELEMENTS`; empty if absent.
    values: Vec<String>,
    /// Another amount after the first.
    second_amount: Option<String>,
    broken_off: bool,
}

impl Reading {
    fn open(&mut self, name: &str, written: &str) {
        let aggregate = AGGREGATES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        match aggregate.filter(|_| written.trim().is_empty()) {
            Some((aggregate, depth)) => self.begin(aggregate, *depth),
            None => self.element(name, written),
        }
    }

    fn begin(&mut self, aggregate: &'static str, depth: u8) {
        self.end(|(_, open)| open >= depth);
        if STATEMENTS.contains(&aggregate) {
            self.drafts.push(Draft::default());
        }
        if TRANSACTIONS.contains(&aggregate) {
            self.entries += 1;
            let pending = aggregate == "STMTTRNP" || self.is_open(&["BANKTRANLISTP"]);
            let outside = !self.is_open(STATEMENTS);
            let values = vec![String::new(); ELEMENTS.len()];
            self.entry = Some(Entry { number: self.entries, pending, outside, values, ..Entry::default() });
        }
        if aggregate == "INVTRAN" {
            self.draft().securities += 1;
        }
        self.open.push((aggregate, depth));
    }

    fn close(&mut self, name: &str) {
        self.end(|(open, _)| open.eq_ignore_ascii_case(name));
    }

    fn is_open(&self, aggregates: &[&str]) -> bool {
        self.open.iter().any(|(open, _)| aggregates.contains(open))
    }

    /// Ends the outermost aggregate that is meant, and all within.
    fn end(&mut self, meant: impl FnMut((&'static str, u8)) -> bool) {
        let Some(at) = self.open.iter().copied().position(meant) else { return };
        let closed = self.open.split_off(at);
        if closed.iter().any(|(aggregate, _)| TRANSACTIONS.contains(aggregate)) {
            self.keep_entry();
        }
        if closed.iter().any(|(aggregate, _)| *aggregate == "STATUS") {
            let status = std::mem::take(&mut self.status);
            if status.severity.eq_ignore_ascii_case("ERROR") {
                let refused = Fault::BankRefused { code: shown(&status.code), message: shown(&status.message) };
                self.refused.get_or_insert(refused);
            }
        }
    }

    fn keep_entry(&mut self) {
        if let Some(entry) = self.entry.take() {
            self.draft().entries.push(entry);
        }
    }

    /// The statement at hand; a transaction before any begins one.
    fn draft(&mut self) -> &mut Draft {
        if self.drafts.is_empty() {
            self.drafts.push(Draft::default());
        }
        self.drafts.last_mut().expect("one was just pushed")
    }

    fn element(&mut self, name: &str, written: &str) {
        let within = self.open.last().map_or("", |(aggregate, _)| aggregate);
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
        if within == "STATUS" {
            let status = &mut self.status;
            let places =
                [("CODE", &mut status.code), ("SEVERITY", &mut status.severity), ("MESSAGE", &mut status.message)];
            if let Some((_, place)) = places.into_iter().find(|(element, _)| is(element)) {
                *place = text_of(written);
            }
            return;
        }
        if let Some(entry) = &mut self.entry {
            let of = |within: &str| ELEMENTS.iter().position(|(outer, element)| *outer == within && is(element));
            // An aggregate left empty and open does not swallow what follows, but for the name it may have.
            let own = || of("").filter(|_| TRANSACTIONS.contains(&within) || !is("NAME"));
            if let Some(at) = of(within).or_else(own) {
                entry.take(at, text_of(written));
            }
            return;
        }
        if !self.is_open(STATEMENTS) {
            return;
        }
        let draft = self.draft();
        if is("CURDEF") {
            draft.currency = text_of(written);
        } else if is("ACCTID") && ACCOUNTS.contains(&within) {
            draft.account = draft.account.take().or(Some(text_of(written)).filter(|id| !id.is_empty()));
        } else if is("BALAMT") && within == "LEDGERBAL" {
            draft.closing = text_of(written);
        }
    }

    fn finish(mut self, currency: Currency) -> Result<StatementFile, FileError> {
        let cut_off = self.is_open(&["OFX"]);
        if let Some(entry) = &mut self.entry {
            entry.broken_off = true;
            self.keep_entry();
        }
        let refused = self.refused.take();
        let mut statements: Vec<Statement> = self.drafts.into_iter().map(|draft| draft.finish(currency)).collect();
        let Some(last) = statements.last_mut() else {
            return Err(refused.unwrap_or_else(|| Fault::NoAccount { format: "OFX".to_owned() }).into());
        };
        last.faults.extend(refused);
        last.faults.extend(cut_off.then(|| Fault::CutOff { record: "</OFX>".to_owned() }));
        Ok(StatementFile { format: "ofx", statements })
    }
}

impl Draft {
    fn finish(self, given: Currency) -> Statement {
        let currency = if self.currency.is_empty() { Ok(given) } else { self.currency.parse().map_err(Fault::from) };
        let amounts = self.entries.iter().filter_map(|entry| entry.text("", "TRNAMT"));
        let amounts = amounts.chain(std::iter::once(self.closing.as_str()));
        let decimals = Decimals::of(amounts, currency.clone().unwrap_or(given));
        let mut statement = Statement { currency: currency.clone().ok(), ..Statement::default() };
        if !self.closing.is_empty() {
            match currency.clone().and_then(|currency| amount(&self.closing, &decimals, currency)) {
                Ok(closing) => statement.closing = Some(closing),
                Err(why) => statement.faults.push(why.in_field("closing")),
            }
        }
        if self.securities > 0 {
            statement.faults.push(Fault::Securities { count: self.securities.to_string() });
        }
        let account = self.account.clone().unwrap_or_default();
        statement.lines = self.entries.iter().map(|entry| entry.line(&currency, &decimals, &account)).collect();
        statement.account = self.account;
        statement
    }
}

impl Entry {
    fn take(&mut self, at: usize, text: String) {
        let Some(place) = self.values.get_mut(at) else { return };
        if place.is_empty() {
            *place = text;
        } else if ELEMENTS.get(at) == Some(&("", "TRNAMT")) && *place != text {
            self.second_amount = Some(text);
        }
    }

    /// The text of an element of `ELEMENTS`; `None` if it is absent or empty.
    fn text(&self, within: &str, element: &str) -> Option<&str> {
        let at = ELEMENTS.iter().position(|known| *known == (within, element))?;
        self.values.get(at).map(String::as_str).filter(|text| !text.is_empty())
    }

    fn line(&self, currency: &Result<Currency, Fault>, decimals: &Decimals, account: &str) -> Line {
        if self.broken_off {
            let fault = Fault::BreaksOffAtEntry { entry: self.number.to_string(), cause: "<STMTTRN>".to_owned() };
            return Line::unread(self.number, fault);
        }
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let own = |element: &str| self.text("", element);
        let mut line = Line::new(self.number, own("TRNTYPE").unwrap_or("entry"));
        let check = own("CHECKNUM").or(own("CHKNUM"));
        line.reference = own("FITID").and_then(told_apart);
        line.external_reference = check.or(own("REFNUM")).and_then(told_apart);
        line.counterparty = owned(self.text("PAYEE", "NAME").or(own("EXTDNAME")).or(own("NAME")));
        line.counterparty_ref = owned(self.text("BANKACCTTO", "ACCTID").or(self.text("CCACCTTO", "ACCTID")));
        line.text = own("MEMO").or(own("NAME")).unwrap_or_default().to_owned();
        let named = line.counterparty.clone().unwrap_or_default();
        let memo = own("MEMO").filter(|memo| *memo != named).unwrap_or_default();
        line.body = joined([named.as_str(), memo, check.unwrap_or_default()], " · ");
        line.status = self.fill(&mut line, currency, decimals).unwrap_or_else(LineStatus::Review);
        line.identity = match &line.reference {
            Some(id) => vec![account.to_owned(), id.clone(), line.way_and_amount()],
            None => {
                let day = line.on.map(|d| d.to_string()).unwrap_or_default();
                let number = check.unwrap_or_default().to_owned();
                vec![account.to_owned(), day, line.way_and_amount(), named, line.text.clone(), number]
            }
        };
        line
    }

    fn fill(
        &self,
        line: &mut Line,
        currency: &Result<Currency, Fault>,
        decimals: &Decimals,
    ) -> Result<LineStatus, Fault> {
        if self.outside {
            return Err(Fault::EntryWithoutAccount);
        }
        let posted = self.text("", "DTPOSTED").or(self.text("", "DTTRAN"));
        (line.on, line.value_on) = (posted.and_then(day), self.text("", "DTAVAIL").and_then(day));
        let written = self.text("", "TRNAMT").ok_or(Fault::EntryWithoutAmount)?;
        if let Some(other) = &self.second_amount {
            return Err(Fault::TwoReadings { value: shown(&format!("{written} / {other}")) });
        }
        let own = self.text("CURRENCY", "CURSYM").map(|code| code.parse().map_err(Fault::from));
        let signed = amount(written, decimals, own.unwrap_or_else(|| currency.clone())?)?;
        line.direction = if signed.is_negative() { Direction::Out } else { Direction::In };
        line.amount = Some(if signed.is_negative() { signed.negated()? } else { signed });
        if let Some(reference) = self.text("", "CORRECTFITID").or(self.text("", "CORRECTACTION")) {
            return Err(Fault::Corrects { reference: shown(reference) });
        }
        if self.pending || line.kind.eq_ignore_ascii_case("HOLD") {
            return Ok(LineStatus::Pending);
        }
        match (line.on, posted) {
            (Some(_), _) => Ok(LineStatus::Booked),
            (None, Some(_)) => Err(Fault::EntryBadDate),
            (None, None) => Err(Fault::EntryWithoutDate),
        }
    }
}

/// The day as the bank wrote it, whatever the hour and the zone behind it.
fn day(text: &str) -> Option<Date> {
    match text.get(..8).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit())) {
        Some(digits) => parse_date(digits, DateOrder::Ymd),
        None => parse_date(text, DateOrder::Ymd),
    }
}

/// The standard knows one decimal sign, a point or a comma, and no thousands; banks write thousands all the same. A
/// currency beside the amount would contradict the statement's.
fn amount(text: &str, decimals: &Decimals, currency: Currency) -> Result<Money, Fault> {
    if !text.chars().all(|c| c.is_ascii_digit() || AMOUNT_CHARACTERS.contains(&c)) {
        return Err(Fault::NotAnAmount { value: shown(text), sign: ".".to_owned() });
    }
    decimals.read(text, currency)
}
