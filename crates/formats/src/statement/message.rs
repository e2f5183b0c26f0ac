//! Messages of wallets and banks to a telephone: an “SMS Backup & Restore” file, or text that somebody pasted. The shapes
//! of the messages are data (`country/rw/messages`), a profile adds a company's own; a message without a shape goes to
//! review and is never guessed.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use quick_xml::events::Event;
use receivables::money::MoneyError;
use receivables::{Currency, Instant, Money};
use regex::Regex;
use serde::{Deserialize, Serialize};

use super::{Direction, Line, LineStatus, Statement, StatementFile, gaps_in_order};
use crate::amount::parse_amount;
use crate::day::{DateOrder, parse_date, written_day};
use crate::fault::Fault;
use crate::profile::Profile;
use crate::table::FileError;
use crate::xml;

/// The providers whose messages we know.
const SHIPPED: &[&str] = &[
    include_str!("../../../../country/rw/messages/mtn-momo.toml"),
    include_str!("../../../../country/rw/messages/airtel-money.toml"),
    include_str!("../../../../country/rw/messages/bank-of-kigali.toml"),
    include_str!("../../../../country/rw/messages/bpr.toml"),
];

/// What a pattern may call by a short name; a book's own pieces come first.
const COMMON: &[(&str, &str)] = &[
    ("amount", AMOUNT),
    ("fee", AMOUNT),
    ("fee2", AMOUNT),
    ("balance", AMOUNT),
    ("at", r"\d{4}-\d{2}-\d{2}\s+\d{2}:\d{2}:\d{2}"),
    ("day", r"\d{4}-\d{2}-\d{2}"),
    ("id", r"[A-Za-z0-9][A-Za-z0-9./-]{3,39}"),
    // Free text of the merchant's system, 1 to 40 characters up to the end mark.
    ("external", r"\S(?:.{0,38}?\S)??"),
    ("name", r"\S.{0,119}?"),
    // A merchant's code: leading zeros count.
    ("ref", r"[\d*+-][\d* +-]*"),
];
const AMOUNT: &str = r"\d[\d,]*(?:\.\d+)?";

/// The facts that a message may state.
const FACTS: &[&str] =
    &["amount", "fee", "fee2", "balance", "id", "external", "name", "ref", "at", "day", "yymmdd", "hhmm"];

/// Lines of a pasted text that are looked at for the beginning of a message.
const LINES_LOOKED_AT: usize = 20;

/// The shapes of one provider's messages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    /// The names that a telephone shows for the provider.
    senders: Vec<String>,
    #[serde(default = "kigali")]
    zone: String,
    #[serde(default = "franc")]
    currency: String,
    dates: DateOrder,
    /// Words that give a one-time password away, whatever the message around them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    /// Short names for the pieces of a pattern: `<amount>` and so on.
    #[serde(default)]
    pieces: BTreeMap<String, String>,
    /// Sentences that may follow the beginning in any order.
    #[serde(default)]
    clauses: Vec<Clause>,
    patterns: Vec<Pattern>,
}

fn kigali() -> String {
    "Africa/Kigali".to_owned()
}

fn franc() -> String {
    Currency::RWF.code().to_owned()
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Clause {
    text: String,
    #[serde(default)]
    free: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Pattern {
    kind: String,
    direction: Way,
    /// The beginning of the message.
    begins: String,
    /// What may stand after the clauses and still means something.
    #[serde(default)]
    ends: Option<String>,
    #[serde(default)]
    recorded: bool,
    #[serde(default)]
    review: Option<Review>,
    #[serde(default)]
    secret: bool,
    #[serde(default)]
    reversal: bool,
    /// The order of its dates, where it is not the book's.
    #[serde(default)]
    dates: Option<DateOrder>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Way {
    In,
    Out,
    None,
}

/// Why a person must look at every message of a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Review {
    Reversed,
    ReversalBegun,
    MiniStatement,
    TwoAccounts,
}

impl Review {
    fn fault(self) -> Fault {
        match self {
            Review::Reversed => Fault::Reversed,
            Review::ReversalBegun => Fault::ReversalBegun,
            Review::MiniStatement => Fault::MiniStatement,
            Review::TwoAccounts => Fault::TwoAccounts,
        }
    }
}

/// The book with its patterns compiled.
#[derive(Debug)]
struct Compiled {
    book: Book,
    currency: Currency,
    secret: Option<Regex>,
    begins: Vec<Regex>,
    ends: Vec<Option<Regex>>,
    clauses: Vec<Regex>,
    /// The beginnings of clauses inside a text.
    clause_starts: Vec<Regex>,
}

static KNOWN: LazyLock<Vec<Compiled>> = LazyLock::new(|| {
    let book = |text: &&str| Compiled::of(toml::from_str(text).expect("the shipped books are tested"));
    SHIPPED.iter().map(|text| book(text).expect("the shipped patterns are tested")).collect()
});

impl Book {
    /// Why a pattern of the book cannot be used, if one cannot.
    pub(crate) fn checked(&self) -> Result<(), String> {
        Compiled::of(self.clone()).map(|_| ())
    }
}

impl Compiled {
    fn of(book: Book) -> Result<Compiled, String> {
        let currency = book.currency.parse().map_err(|e: MoneyError| e.to_string())?;
        let anchored = |pattern: &str| compiled(&format!("^(?:{pattern})"), &book.pieces);
        let begins = book.patterns.iter().map(|p| anchored(&p.begins)).collect::<Result<_, _>>()?;
        let ends =
            book.patterns.iter().map(|p| p.ends.as_deref().map(anchored).transpose()).collect::<Result<_, _>>()?;
        let clauses = book.clauses.iter().map(|c| anchored(&c.text)).collect::<Result<_, _>>()?;
        let fixed = book.clauses.iter().filter(|c| !c.free);
        let clause_starts = fixed.map(|c| compiled(&c.text, &book.pieces)).collect::<Result<_, _>>()?;
        let secret = book.secret.as_deref().map(|secret| compiled(secret, &book.pieces)).transpose()?;
        Ok(Compiled { currency, secret, begins, ends, clauses, clause_starts, book })
    }

    fn has_sender(&self, sender: &str) -> bool {
        self.book.senders.iter().any(|own| letters(own) == letters(sender))
    }

    /// Whether a text begins as a message of the book; a beginning that fits nearly anything says nothing.
    fn knows(&self, text: &str) -> bool {
        let says = |(pattern, begins): (&Pattern, &Regex)| !pattern.begins.starts_with('.') && begins.is_match(text);
        self.book.patterns.iter().zip(&self.begins).any(says)
    }
}

/// A sender's name without what telephones put in between.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `<amount>` becomes its piece as a named group; a space means white space or none.
fn compiled(pattern: &str, pieces: &BTreeMap<String, String>) -> Result<Regex, String> {
    let mut out = String::from("(?is)");
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('<') {
        let Some((name, tail)) = after.split_once('>') else { return Err(format!("open < in {pattern}")) };
        let common = || COMMON.iter().find(|(common, _)| *common == name).map(|(_, piece)| *piece);
        let piece = pieces.get(name).map(String::as_str).or_else(common).ok_or_else(|| format!("no piece {name}"))?;
        out.push_str(&before.replace(' ', r"\s*"));
        out.push_str(&format!("(?P<{name}>{piece})"));
        rest = tail;
    }
    out.push_str(&rest.replace(' ', r"\s*"));
    Regex::new(&out).map_err(|e| e.to_string())
}

/// The books to read with: a company's own first.
struct Shelf {
    own: Option<Compiled>,
    wanted: Option<String>,
}

impl Shelf {
    fn of(profile: Option<&Profile>) -> Result<Shelf, Fault> {
        let own = profile.and_then(|profile| profile.messages.clone()).map(Compiled::of).transpose();
        let own = own.map_err(|cause| Fault::Profile { cause })?;
        Ok(Shelf { own, wanted: profile.and_then(|profile| profile.sender.clone()) })
    }

    fn books(&self) -> impl Iterator<Item = &Compiled> {
        self.own.iter().chain(KNOWN.iter())
    }

    /// The books of a message: those of its sender, or without a sender those that know its beginning.
    fn of_message(&self, message: &Message) -> Vec<&Compiled> {
        let fits = |book: &&Compiled| match &message.sender {
            Some(sender) => book.has_sender(sender),
            None => book.knows(message.body.trim()),
        };
        self.books().filter(fits).collect()
    }

    /// Reads messages of one provider: the one that was asked for, or the only one there is.
    fn read(&self, messages: &[Message], format: &'static str) -> Result<StatementFile, FileError> {
        let own = |message: &Message| -> Vec<&Compiled> {
            let mut books = self.of_message(message);
            if let Some(wanted) = &self.wanted {
                books.retain(|book| book.has_sender(wanted));
            }
            books
        };
        let mut providers: Vec<&str> = Vec::new();
        for message in messages {
            let name = own(message).last().and_then(|book| book.book.senders.first());
            if let Some(name) = name.filter(|name| !providers.contains(&name.as_str())) {
                providers.push(name);
            }
        }
        if providers.len() > 1 {
            return Err(Fault::SeveralSenders { senders: providers.join(", ") }.into());
        }
        let mut lines: Vec<Line> = messages.iter().map(|message| line(&own(message), message)).collect();
        mark_repeats(&mut lines);
        let currency = messages.iter().find_map(|message| own(message).first().map(|book| book.currency));
        let statement = statement(lines, currency.unwrap_or(Currency::RWF));
        Ok(StatementFile { format, statements: vec![statement] })
    }
}

/// One message, before it is understood.
struct Message {
    line: u64,
    /// `None` in pasted text.
    sender: Option<String>,
    body: String,
    sent_at: Option<Instant>,
}

/// Reads the repaired text of a backup.
pub(super) fn read_backup(text: &str, profile: Option<&Profile>) -> Result<StatementFile, FileError> {
    let shelf = Shelf::of(profile)?;
    let mut messages = Vec::new();
    let mut broken = None;
    let mut reader = xml::reader(text);
    let mut count = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) if start.local_name().as_ref() == "sms" => {
                count += 1;
                messages.push(message(count, xml::attributes(&start)));
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let fault = Fault::BreaksOffAfterMessage { message: count.to_string(), cause: error.to_string() };
                broken = Some(Line::unread(count + 1, fault));
                break;
            }
        }
    }
    if count == 0 {
        return Err(Fault::NoMessages.into());
    }
    let mut file = shelf.read(&messages, "sms")?;
    if let Some(statement) = file.statements.first_mut() {
        statement.lines.extend(broken);
    }
    Ok(file)
}

/// Whether a text is messages that somebody pasted.
pub(super) fn fits(start: &str, profile: Option<&Profile>) -> bool {
    let Ok(shelf) = Shelf::of(profile) else { return false };
    let lines = start.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES_LOOKED_AT);
    lines.into_iter().any(|line| shelf.books().any(|book| book.knows(line)))
}

/// Reads pasted messages: each begins where one of a known shape begins, or after an empty line.
pub(super) fn read_pasted(text: &str, profile: Option<&Profile>) -> Result<StatementFile, FileError> {
    let shelf = Shelf::of(profile)?;
    let mut bodies: Vec<(u64, String)> = Vec::new();
    let mut after_gap = true;
    for (number, line) in (1u64..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() {
            after_gap = true;
        } else if after_gap || shelf.books().any(|book| book.knows(line)) {
            bodies.push((number, line.to_owned()));
            after_gap = false;
        } else if let Some((_, body)) = bodies.last_mut() {
            body.push('\n');
            body.push_str(line);
        }
    }
    let message = |(line, body)| Message { line, sender: None, body, sent_at: None };
    let messages: Vec<Message> = bodies.into_iter().map(message).collect();
    shelf.read(&messages, "pasted")
}

/// The wallet's balances and gaps, in the order of the messages' own times: a telephone may file them otherwise.
fn statement(lines: Vec<Line>, currency: Currency) -> Statement {
    let mut order: Vec<&Line> = lines.iter().filter(|l| l.status == LineStatus::Booked).collect();
    order.sort_by_key(|line| line.at);
    let gaps = gaps_in_order(order.iter().copied());
    let mut with_balance = order.iter().filter(|l| l.balance_after.is_some());
    let opening = with_balance.clone().next().and_then(|l| l.balance_after?.minus(l.movement()?).ok());
    let closing = with_balance.next_back().and_then(|l| l.balance_after);
    Statement { currency: Some(currency), opening, closing, gaps, lines, ..Statement::default() }
}

/// The same id, or the same time, amount and balance, is the same movement told twice.
fn mark_repeats(lines: &mut [Line]) {
    let mut seen: HashMap<Vec<String>, (u64, Option<Money>)> = HashMap::new();
    for line in lines.iter_mut().filter(|l| l.status == LineStatus::Booked) {
        // Without an id, only the balance after it tells two equal payments apart.
        if line.reference.is_none() && line.balance_after.is_none() {
            continue;
        }
        match seen.get(&line.identity) {
            None => {
                seen.insert(line.identity.clone(), (line.line, line.amount));
            }
            Some((first, amount)) if *amount == line.amount => {
                line.status = LineStatus::Dropped(Fault::Repeats { message: first.to_string() });
            }
            Some((first, _)) => {
                line.status = LineStatus::Review(Fault::SameId { message: first.to_string() });
            }
        }
    }
}

fn message(line: u64, attributes: Vec<(String, String)>) -> Message {
    let take = |name: &str| attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default();
    let millis: Option<i64> = take("date").trim().parse().ok();
    // Beyond the year 9999 it is no time of a message.
    let sent_at = millis.filter(|m| (0..253_402_300_800_000).contains(m)).map(|m| Instant::from_micros(m * 1000));
    Message { line, sender: Some(take("address")), body: take("body"), sent_at }
}

/// One message as the books of its provider read it; the first that knows it is believed.
fn line(books: &[&Compiled], message: &Message) -> Line {
    let mut line = Line::new(message.line, "unknown");
    line.at = message.sent_at;
    let body = message.body.trim();
    let Some(first) = books.first() else {
        if message.sender.is_some() || KNOWN.iter().any(|book| book.knows(body)) {
            // Somebody else's, and so it is not kept.
            line.kind = "other_sender".to_owned();
            line.status = LineStatus::Dropped(Fault::OtherSender);
        } else if KNOWN.iter().any(|book| book.is_secret(body)) {
            line.kind = "otp".to_owned();
            line.status = LineStatus::Dropped(Fault::OneTimePassword);
        } else {
            // Pasted text is all meant.
            (line.text, line.body) = (body.to_owned(), body.to_owned());
            line.status = LineStatus::Review(Fault::UnknownMessage);
            line.identity = identity(&line, message);
        }
        return line;
    };
    line.on = message.sent_at.and_then(|at| at.date_in(&first.book.zone));
    let found = books.iter().find_map(|book| Some((*book, book.shape(body)?)));
    match found {
        Some((book, (pattern, captures, ends))) => book.understood(&mut line, body, pattern, &captures, ends),
        None if books.iter().any(|book| book.is_secret(body)) => {
            line.kind = "otp".to_owned();
            line.status = LineStatus::Dropped(Fault::OneTimePassword);
        }
        None => {
            line.text = body.to_owned();
            line.body = body.to_owned();
            line.status = LineStatus::Review(Fault::UnknownMessage);
        }
    }
    line.identity = identity(&line, message);
    line
}

/// A pattern, what its beginning found, and its ending.
type Shape<'b, 't> = (&'b Pattern, regex::Captures<'t>, Option<&'b Regex>);

impl Compiled {
    fn is_secret(&self, body: &str) -> bool {
        self.secret.as_ref().is_some_and(|secret| secret.is_match(body))
    }

    /// The first pattern that a message begins with.
    fn shape<'b, 't>(&'b self, body: &'t str) -> Option<Shape<'b, 't>> {
        let found = self.book.patterns.iter().zip(&self.begins).zip(&self.ends);
        found.filter_map(|((p, begins), ends)| Some((p, begins.captures(body)?, ends.as_ref()))).next()
    }

    fn understood(
        &self,
        line: &mut Line,
        body: &str,
        pattern: &Pattern,
        begins: &regex::Captures<'_>,
        ends: Option<&Regex>,
    ) {
        line.kind.clone_from(&pattern.kind);
        if pattern.secret {
            line.status = LineStatus::Dropped(Fault::OneTimePassword);
            return;
        }
        line.body = body.to_owned();
        let mut facts = Facts::default();
        facts.add(begins);
        let rest = self.clauses(&body[begins.get(0).map_or(0, |m| m.end())..], &mut facts);
        if let Some(captures) = ends.and_then(|e| e.captures(rest.trim_start_matches([' ', '.']))) {
            facts.add(&captures);
        }
        line.status = self.filled(line, pattern, facts).unwrap_or_else(LineStatus::Review);
    }

    /// Takes the sentences after the beginning; returns what is left (mostly advertising).
    fn clauses<'t>(&self, text: &'t str, facts: &mut Facts) -> &'t str {
        let mut rest = text;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '.');
            let found = self.book.clauses.iter().zip(&self.clauses);
            let Some((clause, captures)) = found.filter_map(|(c, r)| Some((c, r.captures(rest)?))).next() else {
                return rest;
            };
            let end = captures.get(0).map_or(0, |m| m.end());
            if !clause.free {
                facts.add(&captures);
                rest = &rest[end..];
                continue;
            }
            let after = &rest[end..];
            let stop = self.free_end(after);
            facts.put("message", after[..stop].trim().trim_end_matches('.').trim());
            rest = &after[stop..];
        }
    }

    /// Where a payer's free text ends: at the first clause of the provider. What a payer writes may look like such a
    /// clause; then the clause comes twice, which sends the message to review.
    fn free_end(&self, text: &str) -> usize {
        let clause = self.clause_starts.iter().filter_map(|r| r.find(text)).map(|m| m.start()).min();
        clause
            .or_else(|| text.rfind('*').and_then(|_| text.find("*EN#").or_else(|| text.find("*RW#"))))
            .unwrap_or(text.len())
    }

    fn filled(&self, line: &mut Line, pattern: &Pattern, facts: Facts) -> Result<LineStatus, Fault> {
        if let Some(piece) = facts.twice {
            return Err(Fault::NamedTwice { piece });
        }
        let money = |name: &str| -> Result<Option<Money>, Fault> {
            let Some(text) = facts.get(name) else { return Ok(None) };
            let major = parse_amount(text, '.').ok_or_else(|| MoneyError::NotAnAmount { text: text.to_owned() })?;
            Ok(Some(Money::from_major(major, self.currency)?))
        };
        let text = |name: &str| facts.get(name).map(str::to_owned);
        line.counterparty = text("name");
        line.counterparty_ref = text("ref");
        line.reference = text("id");
        line.external_reference = text("external");
        line.text = text("message").unwrap_or_default();
        line.reversal = pattern.reversal;
        line.local_time = text("at").or_else(|| text("day"));
        line.amount = money("amount")?;
        line.fee = match (money("fee")?, money("fee2")?) {
            (Some(one), Some(other)) => Some(one.plus(other)?),
            (one, other) => one.or(other),
        };
        line.balance_after = money("balance")?;
        if let Some(at) = self.moment(&facts, pattern.dates.unwrap_or(self.book.dates))? {
            (line.on, line.at) = (at.date_in(&self.book.zone), Some(at));
        }
        if let Some(day) = facts.get("day") {
            let order = pattern.dates.unwrap_or(self.book.dates);
            line.on = Some(parse_date(day, order).ok_or_else(|| Fault::NotADate { value: day.to_owned() })?);
        }
        if let Some(review) = pattern.review {
            return Err(review.fault());
        }
        if pattern.recorded {
            return Ok(LineStatus::Pending);
        }
        line.direction = match pattern.direction {
            Way::In => Direction::In,
            Way::Out => Direction::Out,
            Way::None => return Ok(LineStatus::Pending),
        };
        if line.amount.is_none() || line.on.is_none() {
            line.direction = Direction::None;
            return Err(if line.on.is_none() { Fault::MessageWithoutDay } else { Fault::EntryWithoutAmount });
        }
        Ok(LineStatus::Booked)
    }

    /// When a message says that it happened: on the wall clocks of the provider's zone.
    fn moment(&self, facts: &Facts, order: DateOrder) -> Result<Option<Instant>, Fault> {
        let zone = &self.book.zone;
        let (written, at) = match (facts.get("at"), facts.get("yymmdd"), facts.get("hhmm")) {
            (Some(written), ..) => (written.to_owned(), moment(written, order, zone)),
            (None, Some(day), Some(time)) => {
                let clock = || Some((time.get(..2)?.parse().ok()?, time.get(2..)?.parse().ok()?));
                let at = clock().and_then(|(h, m)| Instant::from_local(written_day(day)?, h, m, 0, zone));
                (format!("{day} {time}"), at)
            }
            _ => return Ok(None),
        };
        at.map(Some).ok_or(Fault::NotATime { value: written })
    }
}

/// The id if there is one (the same id twice is the same payment), else time, amount, balance after and text.
fn identity(line: &Line, message: &Message) -> Vec<String> {
    if let Some(id) = &line.reference {
        return vec![id.clone()];
    }
    let shown = |money: Option<Money>| money.map(|m| format!("{m:?}")).unwrap_or_default();
    let time = line.local_time.clone().or_else(|| message.sent_at.map(|at| at.to_string()));
    vec![time.unwrap_or_default(), shown(line.amount), shown(line.balance_after), line.body.clone()]
}

/// `2024-05-10 16:30:51`, `6/30/26, 4:05 PM` and their like on the wall clocks of a zone.
fn moment(written: &str, order: DateOrder, zone: &str) -> Option<Instant> {
    static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([AP]M)?\s*$").expect("a pattern of ours")
    });
    let time = CLOCK.captures(written)?;
    let part = |index: usize| time.get(index).map_or(Some(0), |part| part.as_str().parse::<i8>().ok());
    let (hour, minute, second) = (part(1)?, part(2)?, part(3)?);
    let hour = match time.get(4).map(|half| half.as_str().to_ascii_uppercase()) {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + if half == "PM" { 12 } else { 0 },
        None => hour,
    };
    Instant::from_local(parse_date(written, order)?, hour, minute, second, zone)
}

/// What a message says, by the names of the pieces.
#[derive(Default)]
struct Facts {
    found: Vec<(String, String)>,
    twice: Option<String>,
}

impl Facts {
    fn add(&mut self, captures: &regex::Captures<'_>) {
        // The names of a pattern's groups are few; asking for each is cheaper than keeping them.
        for name in FACTS {
            if let Some(found) = captures.name(name) {
                self.put(name, found.as_str().trim());
            }
        }
    }

    fn put(&mut self, name: &str, value: &str) {
        if self.get(name).is_some() {
            self.twice = Some(name.to_owned());
        } else if !value.is_empty() {
            self.found.push((name.to_owned(), value.to_owned()));
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.found.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}
