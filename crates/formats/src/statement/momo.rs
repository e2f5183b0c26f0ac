//! MTN MoMo messages out of an “SMS Backup & Restore” file. The shapes of the messages are data
//! (`country/rw/momo-sms.toml`); a message without a shape goes to review and is never guessed.

use std::collections::HashMap;
use std::sync::LazyLock;

use quick_xml::events::Event;
use receivables::money::MoneyError;
use receivables::{Currency, Date, Instant, Money};
use regex::Regex;
use serde::Deserialize;

use super::{Direction, Line, LineStatus, Statement, StatementFile, gaps_in_order};
use crate::amount::parse_amount;
use crate::fault::Fault;
use crate::table::FileError;
use crate::xml;

/// The shapes of one provider's messages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    sender: String,
    zone: String,
    currency: String,
    /// Words that give a one-time password away, whatever the message around them.
    secret: String,
    /// Short names for the pieces of a pattern: `<amount>` and so on.
    pieces: HashMap<String, String>,
    /// Sentences that may follow the beginning in any order.
    clauses: Vec<Clause>,
    patterns: Vec<Pattern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clause {
    text: String,
    #[serde(default)]
    free: bool,
}

#[derive(Deserialize)]
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
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Way {
    In,
    Out,
    None,
}

/// Why a person must look at every message of a shape.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Review {
    Reversed,
    ReversalBegun,
    MiniStatement,
}

impl Review {
    fn fault(self) -> Fault {
        match self {
            Review::Reversed => Fault::Reversed,
            Review::ReversalBegun => Fault::ReversalBegun,
            Review::MiniStatement => Fault::MiniStatement,
        }
    }
}

/// The book with its patterns compiled.
struct Compiled {
    book: Book,
    currency: Currency,
    secret: Regex,
    begins: Vec<Regex>,
    ends: Vec<Option<Regex>>,
    clauses: Vec<Regex>,
    /// The beginnings of clauses inside a text.
    clause_starts: Vec<Regex>,
}

static RWANDA: LazyLock<Compiled> = LazyLock::new(|| {
    Compiled::of(include_str!("../../../../country/rw/momo-sms.toml")).expect("the shipped patterns are tested")
});

impl Compiled {
    fn of(text: &str) -> Result<Compiled, String> {
        let book: Book = toml::from_str(text).map_err(|e| e.to_string())?;
        let currency = book.currency.parse().map_err(|e: MoneyError| e.to_string())?;
        let anchored = |pattern: &str| compiled(&format!("^(?:{pattern})"), &book.pieces);
        let begins = book.patterns.iter().map(|p| anchored(&p.begins)).collect::<Result<_, _>>()?;
        let ends =
            book.patterns.iter().map(|p| p.ends.as_deref().map(anchored).transpose()).collect::<Result<_, _>>()?;
        let clauses = book.clauses.iter().map(|c| anchored(&c.text)).collect::<Result<_, _>>()?;
        let fixed = book.clauses.iter().filter(|c| !c.free);
        let clause_starts = fixed.map(|c| compiled(&c.text, &book.pieces)).collect::<Result<_, _>>()?;
        let secret = compiled(&book.secret, &book.pieces)?;
        Ok(Compiled { currency, secret, begins, ends, clauses, clause_starts, book })
    }
}

/// `<amount>` becomes its piece as a named group; a space means white space or none.
fn compiled(pattern: &str, pieces: &HashMap<String, String>) -> Result<Regex, String> {
    let mut out = String::from("(?is)");
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('<') {
        let Some((name, tail)) = after.split_once('>') else { return Err(format!("open < in {pattern}")) };
        let piece = pieces.get(name).ok_or_else(|| format!("no piece {name}"))?;
        out.push_str(&before.replace(' ', r"\s*"));
        out.push_str(&format!("(?P<{name}>{piece})"));
        rest = tail;
    }
    out.push_str(&rest.replace(' ', r"\s*"));
    Regex::new(&out).map_err(|e| e.to_string())
}

/// One message of the backup, before it is understood.
struct Message {
    line: u64,
    sender: String,
    body: String,
    sent_at: Option<Instant>,
}

/// Reads the repaired text of a backup.
pub(crate) fn read(text: &str) -> Result<StatementFile, FileError> {
    let book = &*RWANDA;
    let mut lines = Vec::new();
    let mut reader = xml::reader(text);
    let mut count = 0;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) if start.local_name().as_ref() == "sms" => {
                count += 1;
                lines.push(book.line(&message(count, xml::attributes(&start))));
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let fault = Fault::BreaksOffAfterMessage { message: count.to_string(), cause: error.to_string() };
                lines.push(Line::unread(count + 1, fault));
                break;
            }
        }
    }
    if count == 0 {
        return Err(Fault::NoMessages.into());
    }
    mark_repeats(&mut lines);
    Ok(StatementFile { format: "momo-sms", statements: vec![statement(lines, book.currency)] })
}

/// The wallet's balances and gaps, in the order of the messages' own times: a telephone may file them otherwise.
fn statement(lines: Vec<Line>, currency: Currency) -> Statement {
    let mut order: Vec<&Line> = lines.iter().filter(|l| l.status == LineStatus::Booked).collect();
    order.sort_by(|a, b| a.local_time.cmp(&b.local_time));
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
    Message { line, sender: take("address"), body: take("body"), sent_at }
}

impl Compiled {
    fn line(&self, message: &Message) -> Line {
        let mut line = Line::new(message.line, "unknown");
        line.at = message.sent_at;
        line.on = message.sent_at.and_then(|at| at.date_in(&self.book.zone));
        if !message.sender.trim().eq_ignore_ascii_case(&self.book.sender) {
            line.kind = "other_sender".to_owned();
            line.status = LineStatus::Dropped(Fault::OtherSender);
            return line;
        }
        let body = message.body.trim();
        let found = self.book.patterns.iter().zip(&self.begins).zip(&self.ends);
        let found = found.filter_map(|((p, begins), ends)| Some((p, begins.captures(body)?, ends))).next();
        match found {
            Some((pattern, captures, ends)) => self.understood(&mut line, body, pattern, &captures, ends.as_ref()),
            None if self.secret.is_match(body) => {
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
        line.fee = money("fee")?;
        line.balance_after = money("balance")?;
        if let Some(written) = facts.get("at") {
            let at = moment(written, &self.book.zone).ok_or_else(|| Fault::NotATime { value: written.to_owned() })?;
            (line.on, line.at) = (at.date_in(&self.book.zone), Some(at));
        }
        if let Some(day) = facts.get("day") {
            line.on = Some(day.parse::<Date>().map_err(|_| Fault::NotADate { value: day.to_owned() })?);
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
        Ok(LineStatus::Booked)
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

/// `2024-05-10 16:30:51` on the wall clocks of a zone.
fn moment(written: &str, zone: &str) -> Option<Instant> {
    let (day, time) = written.split_once(char::is_whitespace)?;
    let mut parts = time.trim().split(':').map(|p| p.parse::<i8>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    Instant::from_local(day.parse().ok()?, hour, minute, second, zone)
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
        for name in ["amount", "fee", "balance", "id", "external", "name", "ref", "at", "day"] {
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
