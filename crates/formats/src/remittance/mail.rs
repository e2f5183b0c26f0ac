//! An advice as the text of an e-mail: lines with the number of a document and an amount, in any order of the two. Replies
//! quoted below and signatures are left out.

use std::sync::LazyLock;

use receivables::{Currency, Money};
use regex::Regex;

use super::columns::{PAYERS, REFERENCES};
use super::{Advice, Row};
use crate::amount::parse_money;
use crate::fault::Fault;
use crate::headers::{folded, normalised};
use crate::table::is_date;

/// Longer texts are no e-mail that a person wrote.
const TEXT_MAX: usize = 1 << 20;
const LINE_MAX: usize = 2_000;

/// A number of a document: letters and figures together, or what stands behind its name.
static DOCUMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix) \b (?<mixed> [a-z]{1,8} [/_-]? [0-9] [a-z0-9]* (?: [/_-] [a-z0-9]+ )*
            | [a-z]{1,8} [/_-] [a-z]{1,8} [/_-] [0-9] [a-z0-9]* (?: [/_-] [a-z0-9]+ )*
            | [0-9]+ [/_-] [a-z]{1,8} [/_-]? [0-9]+ (?: [/_-] [a-z0-9]+ )* ) \b
        | \b (?: invoices? | inv | factures? | fact | bill | credit\s+note | note\s+de\s+cr[ée]dit | avoir | document | doc ) \b
          [\s.:\#-]* (?: (?: no | n[°º] | nr | number | num[ée]ro ) [\s.:\#]* )?
          (?<named> [a-z0-9]* [0-9] [a-z0-9]* (?: [/_-] [a-z0-9]+ )* ) \b",
    )
});

/// What has figures and is neither an amount nor a document.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix) \b [0-9]{1,4} [-/.] [0-9]{1,2} [-/.] [0-9]{2,4} \b
        | \b [0-9]{1,2} (?: st | nd | rd | th | er )? [\s-] (?: jan | feb | f[ée]v | mar | apr | avr | may | mai | jun | juin | jul | juil | aug | ao[uû] | sep | oct | nov | d[eé]c ) [\p{L}]* \.? [\s,-]* [0-9]{2,4} \b
        | [0-9]+ (?: [.,] [0-9]+ )? \s? %
        | \+ [0-9] [0-9\ ()-]{7,} [0-9]",
    )
});

static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix) (?<sign> [−-] )? (?: (?<before> rwf | frw | usd | eur | gbp | kes | ugx | tzs | \$ | € | £ ) \.? \s? )?
          (?<figures> [0-9]{1,3} (?: [\ \u{a0}\u{202f}.,'’] [0-9]{3} )+ (?: [.,] [0-9]{1,2} )? | [0-9]+ (?: [.,] [0-9]{1,3} )? )
          (?: \s? (?<after> rwf | frw | usd | eur | gbp | kes | ugx | tzs | \$ | € | £ ) \b )? (?: \s? /= )?",
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the patterns of this file are tested")
}

/// What an amount is, by the words before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Gross,
    Discount,
    Withheld,
    Deduction,
    Paid,
}

/// Words, folded; the first kind with one of its words is taken.
const WORDS: [(Part, &[&str]); 5] = [
    (Part::Withheld, &["withh", "wht", "retenu", "tds", "tax deducted", "ras "]),
    (Part::Discount, &["discount", "escompte", "remise", "rabais"]),
    (
        Part::Deduction,
        &[
            "deduct",
            "less",
            "penalt",
            "damage",
            "short",
            "claim",
            "moins",
            "retention",
            "adjust",
            "ajuste",
            "chargeback",
        ],
    ),
    (Part::Paid, &["paid", "net", "pay", "regle", "vire", "transfer", "remit", "vers"]),
    (Part::Gross, &["gross", "brut", "invoice amount", "original", "ttc", "amount due", "montant de la facture"]),
];
const TOTALS: [&str; 5] = ["total", "somme", "sum of", "igiteranyo", "jumla"];

/// Where a reply begins that is quoted below.
const QUOTES: [&str; 8] = [
    "-----original message",
    "----- original message",
    "-----message d'origine",
    "________________________________",
    "begin forwarded message",
    "---------- forwarded message",
    "-----message original",
    "----- forwarded message",
];
/// How people sign.
const SIGNED: [&str; 19] = [
    "regards",
    "best regards",
    "kind regards",
    "warm regards",
    "with regards",
    "best",
    "sincerely",
    "yours sincerely",
    "yours faithfully",
    "yours truly",
    "thanks",
    "many thanks",
    "thank you",
    "thanks and regards",
    "cordialement",
    "bien cordialement",
    "salutations",
    "murakoze",
    "asante",
];

/// Reads the text of an e-mail; `None` if it names no document with an amount.
pub(super) fn read(text: &str, currency: Currency) -> Option<Advice> {
    if text.len() > TEXT_MAX {
        return None;
    }
    let mut reading = Reading { currency, advice: Advice { format: "mail", ..Advice::default() }, totals: Vec::new() };
    // The head of an e-mail goes on to its first blank line.
    let (mut heading, mut headed) = (true, false);
    for (number, line) in (1u64..).zip(text.lines()) {
        let line = line.trim();
        let plain = folded(line);
        if plain.starts_with('>') || line.len() > LINE_MAX {
            continue;
        }
        if ends(&plain) {
            break;
        }
        if line.is_empty() {
            heading = heading && !headed;
            continue;
        }
        // Further down it begins what is answered.
        if !heading && ["from:", "de:", "de :"].iter().any(|from| plain.starts_with(from)) {
            break;
        }
        if reading.named(line, heading) {
            headed = true;
            continue;
        }
        heading = false;
        reading.line(number, line);
    }
    let Reading { mut advice, totals, .. } = reading;
    advice.total = totals.iter().rev().find(|(paid, _)| *paid).or(totals.last()).map(|(_, total)| *total);
    settle_loose(&mut advice);
    let says_something = advice.rows.iter().any(|row| !row.document.is_empty())
        && (advice.total.is_some() || advice.rows.iter().any(|row| row.paid.is_some() || row.gross.is_some()));
    says_something.then_some(advice)
}

/// Deductions that name no document: of the only document, or taken off all, if the total says so. Was the total paid without
/// them, they are what the amounts were lessened by already. Where nothing tells, what they do to the sum stays open.
fn settle_loose(advice: &mut Advice) {
    let (mut loose, mut rows): (Vec<Row>, Vec<Row>) =
        std::mem::take(&mut advice.rows).into_iter().partition(|row| row.document.is_empty());
    if let ([only], None) = (rows.as_mut_slice(), advice.total) {
        for row in loose.drain(..) {
            for (place, more) in [
                (&mut only.discount, row.discount),
                (&mut only.withheld, row.withheld),
                (&mut only.deduction, row.deduction),
            ] {
                *place = place.or(more);
            }
            if only.reason.is_empty() {
                only.reason = row.reason;
            }
        }
    }
    if let (Some(total), false) = (advice.total, loose.is_empty()) {
        let whole = super::paid(&rows) == Some(total);
        for row in &mut loose {
            let kept = row.discount.or(row.withheld).or(row.deduction);
            row.paid = kept.and_then(|kept| if whole { Some(Money::zero(kept.currency)) } else { kept.negated().ok() });
        }
    }
    rows.extend(loose);
    rows.sort_by_key(|row| row.line);
    advice.rows = rows;
}

/// Whether what follows is no longer the message: a signature, or what it answers.
fn ends(plain: &str) -> bool {
    let words = plain.trim_matches(|c: char| !c.is_alphanumeric());
    let wrote = (plain.starts_with("on ") && plain.ends_with("wrote:"))
        || (plain.starts_with("le ") && plain.trim_end_matches(':').trim_end().ends_with("a ecrit"));
    plain == "--" || wrote || SIGNED.contains(&words) || QUOTES.iter().any(|quote| plain.starts_with(quote))
}

struct Reading {
    currency: Currency,
    advice: Advice,
    /// Totals, and whether each is called what was paid.
    totals: Vec<(bool, Money)>,
}

/// An amount in a line, with the words before it.
struct Said {
    part: Option<Part>,
    money: Result<Money, Fault>,
    /// A number that may be a year: it has no currency and no mark.
    year: bool,
    /// A small number before a word, as in `3 bags`.
    count: bool,
    /// A word of a total stands between the last document and it.
    total: bool,
    at: usize,
    words: String,
}

impl Reading {
    /// Takes a line such as `From: Keza Ltd <pay@keza.rw>`; the other lines of an e-mail's head say nothing.
    fn named(&mut self, line: &str, heading: bool) -> bool {
        const HEAD: [&str; 9] = ["to", "cc", "date", "sent", "subject", "objet", "a", "envoye", "de"];
        let Some((name, value)) = line.split_once(':') else { return false };
        let (name, value) = (normalised(name), value.trim());
        let sender = heading && matches!(name.as_str(), "from" | "de");
        if value.is_empty() {
            return false;
        }
        if sender || PAYERS.contains(&name.as_str()) {
            let payer = value.split('<').next().unwrap_or_default().trim().trim_matches('"').trim();
            self.advice.payer = self.advice.payer.take().or_else(|| Some(payer.to_owned()).filter(|p| !p.is_empty()));
            return true;
        }
        if REFERENCES.contains(&name.as_str()) {
            self.advice.reference = self.advice.reference.take().or_else(|| Some(value.to_owned()));
            return true;
        }
        heading && HEAD.contains(&name.as_str())
    }

    fn line(&mut self, number: u64, line: &str) {
        let blanked = blanked(line);
        let documents = documents(&blanked, self.currency);
        let spans: Vec<(usize, usize)> = documents.iter().map(|(start, end, _)| (*start, *end)).collect();
        // `INV-77 115,000` is no amount of 77 millions.
        let mut without = blanked.clone();
        for (start, end) in &spans {
            without.replace_range(*start..*end, &" ".repeat(end - start));
        }
        let amounts = self.amounts(&without, &spans);
        let plain = folded(line);
        let amounts = match documents.is_empty() {
            true => amounts,
            false => {
                let (totals, own): (Vec<Said>, Vec<Said>) = amounts.into_iter().partition(|said| said.total);
                self.total(&plain, totals);
                own
            }
        };
        match documents.as_slice() {
            [] if TOTALS.iter().any(|total| plain.contains(total)) => self.total(&plain, amounts),
            [] => self.loose(number, line, amounts),
            [(.., document)] => {
                let row = self.row(number, document, line, amounts);
                self.advice.rows.push(row);
            }
            several => self.several(number, line, several, amounts),
        }
    }

    fn total(&mut self, plain: &str, amounts: Vec<Said>) {
        let paid = amounts.iter().any(|said| said.part == Some(Part::Paid))
            || ["net", "paid", "pay"].iter().any(|w| plain.contains(w));
        let last = amounts.into_iter().rev().find(|said| !said.year);
        match last.map(|said| said.money) {
            Some(Ok(total)) => self.totals.push((paid, total)),
            Some(Err(fault)) => self.advice.faults.push(fault),
            None => {}
        }
    }

    /// Amounts without a document: they belong to the document above if that has none yet; a deduction below documents that
    /// are paid is a row of its own.
    fn loose(&mut self, number: u64, line: &str, amounts: Vec<Said>) {
        for said in amounts.into_iter().filter(|said| !said.year) {
            let begun = !self.advice.rows.is_empty();
            let open = self.advice.rows.last_mut().filter(|row| row.paid.is_none());
            match (open, said.part, said.money) {
                (Some(row), part, Ok(money)) => set(row, part.unwrap_or(Part::Paid), money, &said.words),
                (Some(row), _, Err(fault)) => row.fault = Some(fault),
                (None, Some(part @ (Part::Discount | Part::Withheld | Part::Deduction)), Ok(money)) if begun => {
                    let mut row = Row { line: number, ..Row::default() };
                    let kept = if money.is_negative() { money.negated() } else { Ok(money) };
                    if let Ok(kept) = kept {
                        set(&mut row, part, kept, line.trim());
                    }
                    self.advice.rows.push(row);
                }
                // `We have transferred 1,500,000 RWF`: what all documents together come to.
                (None, Some(Part::Paid), Ok(money)) => self.totals.push((true, money)),
                _ => {}
            }
        }
    }

    fn row(&self, number: u64, document: &str, line: &str, amounts: Vec<Said>) -> Row {
        let mut row = Row { line: number, document: document.to_owned(), ..Row::default() };
        let alone = amounts.iter().filter(|said| !said.year).count() > 0;
        let amounts: Vec<Said> = amounts.into_iter().filter(|said| !(alone && said.year)).collect();
        let unnamed: Vec<usize> =
            (0..amounts.len()).filter(|i| amounts.get(*i).is_some_and(|said| said.part.is_none())).collect();
        for (index, said) in amounts.into_iter().enumerate() {
            let money = match said.money {
                Ok(money) => money,
                Err(fault) => {
                    row.fault = Some(fault);
                    continue;
                }
            };
            // Of amounts without a name the last is what was paid, and the first the gross one.
            let part = said.part.unwrap_or(if unnamed.last() == Some(&index) && row.paid.is_none() {
                Part::Paid
            } else if unnamed.first() == Some(&index) {
                Part::Gross
            } else {
                Part::Deduction
            });
            set(&mut row, part, money, &said.words);
        }
        // `INV-7 1,180,000 less discount 5,000`: the one that has no name is the gross amount.
        if row.gross.is_none() && row.kept_back_alone() && row.paid.is_some() && !folded(line).contains("paid") {
            row.gross = row.paid.take();
            row.paid = row.rest();
        }
        row
    }

    /// Several documents in one line: each has what stands behind it, unless there is one amount for all.
    fn several(&mut self, number: u64, line: &str, documents: &[(usize, usize, String)], amounts: Vec<Said>) {
        let first = documents.first().map_or(0, |(start, ..)| *start);
        let (before, behind): (Vec<Said>, Vec<Said>) =
            amounts.into_iter().filter(|said| !said.year).partition(|said| said.at < first);
        let single = before.len() + behind.len() == 1;
        let mut behind = behind;
        for (index, (start, _, document)) in documents.iter().enumerate() {
            let end = documents.get(index + 1).map_or(usize::MAX, |(start, ..)| *start);
            let (own, rest): (Vec<Said>, Vec<Said>) =
                behind.into_iter().partition(|said| (*start..end).contains(&said.at) && !single);
            behind = rest;
            let row = self.row(number, document, line, own);
            self.advice.rows.push(row);
        }
        for said in before.into_iter().chain(behind) {
            match said.money {
                Ok(total) => self.totals.push((said.part == Some(Part::Paid), total)),
                Err(fault) => self.advice.faults.push(fault),
            }
        }
    }

    fn amounts(&self, line: &str, documents: &[(usize, usize)]) -> Vec<Said> {
        let mut from = 0;
        let mut found = Vec::new();
        for captures in AMOUNT.captures_iter(line) {
            let (Some(whole), Some(figures)) = (captures.get(0), captures.name("figures")) else { continue };
            let touches = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric());
            let before = line.get(..whole.start()).and_then(|text| text.chars().next_back());
            let after = line.get(whole.end()..).and_then(|text| text.chars().next());
            if touches(before) || touches(after) {
                continue;
            }
            let words = line.get(from..whole.start()).unwrap_or_default();
            let behind = line.get(whole.end()..).unwrap_or_default();
            let behind = behind.split([',', ';', '+', '=']).next().unwrap_or_default();
            let sign = captures.name("before").or(captures.name("after")).map(|mark| mark.as_str().to_uppercase());
            let currency = sign.as_deref().and_then(currency_of).unwrap_or(self.currency);
            let named = part(words).or_else(|| part(behind).filter(|_| !AMOUNT.is_match(behind)));
            let money = parse_money(figures.as_str(), currency).map_err(Fault::from);
            let below = captures.name("sign").is_some();
            let money = money.and_then(|money| if below { Ok(money.negated()?) } else { Ok(money) });
            let year = sign.is_none() && figures.as_str().parse().is_ok_and(|year: u32| (2015..2040).contains(&year));
            let plain = sign.is_none() && figures.as_str().bytes().all(|b| b.is_ascii_digit());
            let count = plain
                && figures.len() <= 3
                && behind.starts_with(' ')
                && behind.trim_start().starts_with(char::is_alphabetic);
            let last = documents.last().map_or(from, |(_, end)| from.max(*end));
            let since = folded(line.get(last..whole.start()).unwrap_or_default());
            let total = TOTALS.iter().any(|total| since.contains(total));
            // What is counted is part of the words.
            from = if count { from } else { whole.end() };
            found.push(Said { part: named, money, year, count, total, at: whole.start(), words: words.to_owned() });
        }
        if found.iter().any(|said| !said.count) {
            found.retain(|said| !said.count);
        }
        found
    }
}

impl Row {
    /// Whether something was kept back, with its name.
    fn kept_back_alone(&self) -> bool {
        self.discount.is_some() || self.withheld.is_some() || self.deduction.is_some()
    }
}

fn set(row: &mut Row, part: Part, money: Money, words: &str) {
    let place = match part {
        Part::Gross => &mut row.gross,
        Part::Discount => &mut row.discount,
        Part::Withheld => &mut row.withheld,
        Part::Deduction => &mut row.deduction,
        Part::Paid => &mut row.paid,
    };
    match place {
        None => *place = Some(money),
        Some(first) if part != Part::Paid && part != Part::Gross => *place = first.plus(money).ok(),
        Some(_) => row.fault = Some(Fault::TwoReadings { value: row.document.clone() }),
    }
    if part == Part::Deduction && row.reason.is_empty() {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        row.reason = words.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    }
}

/// What words say of the amount behind them; the part of the sentence it stands in goes first.
fn part(words: &str) -> Option<Part> {
    let words = folded(words);
    let said =
        |words: &str| WORDS.iter().find(|(_, known)| known.iter().any(|w| words.contains(w))).map(|(part, _)| *part);
    words.rsplit([',', ';', '.']).next().and_then(said).or_else(|| said(&words))
}

fn currency_of(mark: &str) -> Option<Currency> {
    const MARKS: [(&str, &str); 4] = [("FRW", "RWF"), ("$", "USD"), ("€", "EUR"), ("£", "GBP")];
    let code = MARKS.iter().find(|(known, _)| *known == mark).map_or(mark, |(_, code)| code);
    code.parse().ok()
}

/// A line with its dates, percentages and telephone numbers made blank, everything else at its place.
fn blanked(line: &str) -> String {
    let blank = |found: &regex::Captures<'_>| {
        let found = found.get(0).map_or("", |found| found.as_str());
        let other = found.contains(['%', '+']) || found.contains(char::is_alphabetic) || is_date(found);
        if other { " ".repeat(found.len()) } else { found.to_owned() }
    };
    OTHER.replace_all(line, blank).into_owned()
}

/// The numbers of documents in a line: where each begins and ends.
fn documents(line: &str, own: Currency) -> Vec<(usize, usize, String)> {
    let is_money = |text: &str| {
        let letters = text.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_uppercase();
        letters == "FRW" || letters == own.code() || CODES.contains(&letters.as_str())
    };
    let found = DOCUMENT.captures_iter(line).filter_map(|captures| {
        if let Some(mixed) = captures.name("mixed") {
            let text = mixed.as_str();
            let told = text.contains(['/', '_', '-']) || text.bytes().filter(u8::is_ascii_digit).count() > 2;
            return Some(mixed).filter(|_| told && !is_money(text));
        }
        // `invoice 500,000`: an amount.
        let named = captures.name("named")?;
        let behind = line.get(named.end()..).unwrap_or_default();
        let grouped = behind.starts_with([',', '.', '\'', '\u{a0}', '\u{202f}'])
            && behind.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        Some(named).filter(|_| !grouped && !is_money(named.as_str()))
    });
    found.map(|found| (found.start(), found.end(), found.as_str().to_owned())).collect()
}

/// Currencies that stand before figures without a space.
const CODES: [&str; 7] = ["RWF", "USD", "EUR", "GBP", "KES", "UGX", "TZS"];
