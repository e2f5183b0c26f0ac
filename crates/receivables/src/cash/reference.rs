//! Document numbers in free text, in any spelling: `INV-2026-0017` is found in “inv 2026/0017”, “Facture no INV20260017”
//! and, if no other open number ends so, “fagitire 17”.
//!
//! [`ReferenceIndex`] holds the open numbers by hashes of their tokens (runs of letters, runs of digits), so that a text
//! is read once whatever the number of invoices. A number is never a part of a longer run of digits; digits alone that
//! are short, or look like an amount or a date, count only after a word such as “invoice”.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// An open number that a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The caller's index of the number.
    pub index: usize,
    pub strength: Strength,
}

/// How surely the text names the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Its letters and digits, but for case, separators and leading zeros.
    Exact,
    /// Its last digits after a keyword, when no other open number ends so.
    Ending,
    /// Equal once O and 0, I, L and 1 are taken for the same.
    Confusable,
}

/// Finds open numbers in texts.
#[derive(Debug, Default)]
pub struct ReferenceIndex {
    entries: Vec<Entry>,
    /// Numbers as spelled, by [`spelled`].
    exact: Map,
    /// Weaker spellings: without zeros or separators, endings, confusables. `AMBIGUOUS` where two numbers share one.
    loose: Map,
    /// First tokens of numbers: a text's other words are passed over.
    starts: HashSet<u64, BuildHasherDefault<Same>>,
    digits_start: bool,
}

impl ReferenceIndex {
    /// An index of nothing, with room for so many numbers.
    pub fn with_capacity(count: usize) -> ReferenceIndex {
        ReferenceIndex {
            entries: Vec::with_capacity(count),
            exact: Map::with_capacity_and_hasher(count, Default::default()),
            loose: Map::with_capacity_and_hasher(count.saturating_mul(LOOSE_KEYS), Default::default()),
            ..ReferenceIndex::default()
        }
    }

    /// From pairs of a number and the caller's index.
    pub fn new<'a>(numbers: impl IntoIterator<Item = (&'a str, usize)>) -> ReferenceIndex {
        let mut made = ReferenceIndex::default();
        for (number, index) in numbers {
            made.insert(number, index);
        }
        made
    }

    /// The open numbers a text names, in its order, each once.
    pub fn find(&self, text: &str) -> Vec<Mention> {
        let read = Read::new(text);
        let mut found = Vec::new();
        self.find_creditor_references(&read, &mut found);
        self.find_numbers(&read, &mut found);
        if found.is_empty() {
            self.find_confusable(&read, &mut found);
        }
        found
    }

    /// Adds a number with the caller's index. It may come twice (instalments): a mention names both.
    pub fn insert(&mut self, number: &str, index: usize) {
        let read = Read::new(number);
        let tokens = &read.tokens;
        let Ok(position) = u32::try_from(self.entries.len()) else { return };
        if position >= AMBIGUOUS || !tokens.iter().any(|token| token.digits) {
            return;
        }
        let key = spelled(&read, 0, tokens.len());
        let before = self.exact.insert(key, position);
        self.entries.push(Entry { index, spelled: key, same: before.unwrap_or(NONE) });
        self.digits_start |= tokens[0].digits;
        self.starts.insert(joined(&read, 0, 1));
        self.starts.insert(confusable(&read, 0, word_end(&read, 0)));
        self.insert_loose(without_zeros(&read, 0, tokens.len()), position);
        self.insert_loose(joined(&read, 0, tokens.len()), position);
        self.insert_loose(confusable(&read, 0, tokens.len()), position);
        let letters_end = tokens.iter().rposition(|token| !token.digits).map_or(0, |last| last + 1);
        for from in letters_end..tokens.len() {
            self.insert_loose(ending(without_zeros(&read, from, tokens.len())), position);
        }
        if tokens.len() > letters_end + 1 {
            self.insert_loose(ending(joined(&read, letters_end, tokens.len())), position);
        }
    }

    fn insert_loose(&mut self, key: u64, position: u32) {
        let spelled = self.entries[position as usize].spelled;
        let held = *self.loose.entry(key).or_insert(position);
        if held != AMBIGUOUS && self.entries[held as usize].spelled != spelled {
            self.loose.insert(key, AMBIGUOUS);
        } else if held != AMBIGUOUS {
            // The latest of equal numbers is the head of their chain.
            self.loose.insert(key, position);
        }
    }

    fn find_numbers(&self, read: &Read, found: &mut Vec<Mention>) {
        let tokens = &read.tokens;
        let (mut at, mut keyword) = (0, false);
        let mut stem: Option<(usize, usize)> = None;
        while at < tokens.len() {
            // Digits after digits belong to the keyword only as a list: “17, 18”, not “17 5000”.
            let listed = tokens[at].listed || !tokens[at].digits || at == 0 || !tokens[at - 1].digits;
            keyword = tokens[at].mark || (keyword && listed);
            if let Some((count, position)) = self.longest(read, at, keyword) {
                self.push(position, Strength::Exact, found);
                stem = Some((at, at + count - 1));
                (at, keyword) = (at + count, true);
                continue;
            }
            if !tokens[at].digits {
                match role(read.word(at)) {
                    Role::Keyword => keyword = true,
                    Role::Connector => {}
                    Role::Currency | Role::Other => (keyword, stem) = (false, None),
                }
                at += 1;
                continue;
            }
            at += self.continued(read, at, stem, found).or_else(|| self.ended(read, at, keyword, found)).unwrap_or(1);
        }
    }

    /// The longest run of tokens from `at` that is an open number: how many tokens, and which.
    fn longest(&self, read: &Read, at: usize, keyword: bool) -> Option<(usize, u32)> {
        let first = &read.tokens[at];
        let may_start = if first.digits { self.digits_start } else { self.starts.contains(&joined(read, at, at + 1)) };
        // Glued to what stands before, it is part of another number; a keyword may be glued on (“inv17”).
        if !may_start || (first.glued && !keyword) {
            return None;
        }
        let last = read.tokens.len().min(at + JOIN_MAX);
        (at + 1..=last).rev().find_map(|end| {
            let position = self.number_at(read, at, end)?;
            stands_alone(read, at, end, keyword).then_some((end - at, position))
        })
    }

    fn number_at(&self, read: &Read, from: usize, to: usize) -> Option<u32> {
        let whole = read.tokens.get(to).is_none_or(|next| !next.glued);
        let run = &read.tokens[from..to];
        if !whole || !run.iter().any(|token| token.digits) || run.iter().any(|token| token.star) {
            return None;
        }
        let zeros_off = without_zeros(read, from, to);
        let exact = self.exact.get(&spelled(read, from, to)).or_else(|| self.exact.get(&zeros_off)).copied();
        exact.or_else(|| self.unambiguous(zeros_off)).or_else(|| self.unambiguous(joined(read, from, to)))
    }

    /// “INV-2026-0017, 0018”: digits that complete the number before them.
    fn continued(
        &self,
        read: &Read,
        at: usize,
        stem: Option<(usize, usize)>,
        found: &mut Vec<Mention>,
    ) -> Option<usize> {
        let (from, to) = stem.filter(|(from, to)| from < to)?;
        let connected = at > 0 && !read.tokens[at - 1].digits && matches!(role(read.word(at - 1)), Role::Connector);
        let whole = read.tokens.get(at + 1).is_none_or(|next| !next.glued);
        if !(read.tokens[at].listed || connected) || !whole || in_date(read, at) || is_money(read, at, at + 1) {
            return None;
        }
        let key = fold_without_zeros(read, at, at + 1, fold_without_zeros(read, from, to, SEED_TOKENS));
        let position = self.exact.get(&finish(key)).copied().or_else(|| self.unambiguous(finish(key)))?;
        self.push(position, Strength::Exact, found);
        Some(1)
    }

    /// “fagitire 17”: digits after a keyword that only one open number ends with.
    fn ended(&self, read: &Read, at: usize, keyword: bool, found: &mut Vec<Mention>) -> Option<usize> {
        if !keyword || read.tokens[at].star || in_date(read, at) {
            return None;
        }
        let run = read.tokens[at..].iter().take(JOIN_MAX).take_while(|token| token.digits).count();
        let (count, position) = (1..=run).rev().find_map(|count| {
            let end = at + count;
            let whole = read.tokens.get(end).is_none_or(|next| !next.glued);
            if !whole || is_money(read, at, end) {
                return None;
            }
            let position = self
                .unambiguous(ending(without_zeros(read, at, end)))
                .or_else(|| self.unambiguous(ending(joined(read, at, end))))?;
            Some((count, position))
        })?;
        self.push(position, Strength::Ending, found);
        Some(count)
    }

    /// ISO 11649 references whose body is an open number.
    fn find_creditor_references(&self, read: &Read, found: &mut Vec<Mention>) {
        for body in creditor_bodies(read) {
            let body = Read::new(&body);
            if let Some(position) = self.number_at(&body, 0, body.tokens.len()) {
                self.push(position, Strength::Exact, found);
            }
        }
    }

    fn find_confusable(&self, read: &Read, found: &mut Vec<Mention>) {
        let heads: Vec<usize> = (0..read.tokens.len()).filter(|at| !read.tokens[*at].glued).collect();
        for (word, from) in heads.iter().enumerate() {
            let first = (*from, word_end(read, *from));
            let has_digit = read.tokens[first.0..first.1].iter().any(|token| token.digits);
            if !has_digit && !self.starts.contains(&confusable(read, first.0, first.1)) {
                continue;
            }
            let last = heads.len().min(word + JOIN_MAX);
            let hit = (word + 1..=last).rev().find_map(|next| {
                let to = heads.get(next).copied().unwrap_or(read.tokens.len());
                let letters = read.tokens[*from..to].iter().any(|token| !token.digits);
                let long = read.tokens[to - 1].end - read.tokens[*from].start >= CONFUSABLE_LENGTH_MIN;
                let digits = read.tokens[*from..to].iter().any(|token| token.digits);
                if letters && digits && long { self.unambiguous(confusable(read, *from, to)) } else { None }
            });
            if let Some(position) = hit {
                self.push(position, Strength::Confusable, found);
            }
        }
    }

    fn unambiguous(&self, key: u64) -> Option<u32> {
        self.loose.get(&key).copied().filter(|position| *position != AMBIGUOUS)
    }

    /// All equal numbers, in the caller's order.
    fn push(&self, position: u32, strength: Strength, found: &mut Vec<Mention>) {
        // A loose key may lead into the middle of a chain: its head is in `exact`.
        let spelled = self.entries[position as usize].spelled;
        let mut next = self.exact.get(&spelled).copied().unwrap_or(position);
        let start = found.len();
        while next != NONE {
            let entry = &self.entries[next as usize];
            if found.iter().all(|mention| mention.index != entry.index) {
                found.push(Mention { index: entry.index, strength });
            }
            next = entry.same;
        }
        found[start..].reverse();
    }
}

/// The ways in which texts may spell a number: tells in passing which of very many numbers are worth an index.
#[derive(Debug, Default)]
pub struct Spellings(HashSet<u64, BuildHasherDefault<Same>>);

impl Spellings {
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Spellings {
        let mut spellings = Spellings::default();
        for read in texts.into_iter().map(Read::new) {
            let count = read.tokens.len();
            for from in 0..count {
                for to in from + 1..=count.min(from + JOIN_MAX) {
                    if read.tokens[from..to].iter().any(|token| token.digits) {
                        spellings.0.insert(without_zeros(&read, from, to));
                        spellings.0.insert(joined(&read, from, to));
                    }
                }
            }
        }
        spellings
    }

    /// Whether one of the texts may name the number in full; false is certain.
    pub fn may_name(&self, number: &str) -> bool {
        let read = Read::new(number);
        let all = read.tokens.len();
        all > 0 && (self.0.contains(&without_zeros(&read, 0, all)) || self.0.contains(&joined(&read, 0, all)))
    }
}

/// Is this an ISO 11649 creditor reference: `RF`, two check digits, up to 21 letters and digits, remainder 1 modulo 97?
pub fn is_creditor_reference(text: &str) -> bool {
    let plain: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).map(|b| b.to_ascii_uppercase()).collect();
    let shaped =
        (5..=25).contains(&plain.len()) && plain.starts_with(b"RF") && plain[2..4].iter().all(u8::is_ascii_digit);
    if !shaped || !plain.iter().all(u8::is_ascii_alphanumeric) {
        return false;
    }
    let remainder = plain[4..].iter().chain(&plain[..4]).fold(0u32, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
    });
    remainder == 1
}

/// Loose keys a number typically has.
const LOOSE_KEYS: usize = 3;
/// Tokens that may make up one number.
const JOIN_MAX: usize = 8;
/// Digits alone, fewer than this, need a keyword.
const BARE_DIGITS_MIN: usize = 4;
/// Letters and digits a confusable number must have.
const CONFUSABLE_LENGTH_MIN: usize = 5;
const NONE: u32 = u32::MAX;
const AMBIGUOUS: u32 = u32::MAX - 1;

type Map = HashMap<u64, u32, BuildHasherDefault<Same>>;

#[derive(Debug)]
struct Entry {
    index: usize,
    spelled: u64,
    /// The entry before with the same number.
    same: u32,
}

/// A text folded to capitals and cut into tokens.
struct Read {
    folded: Vec<u8>,
    tokens: Vec<Token>,
}

/// A run of letters or a run of digits, and what stands between it and the one before.
struct Token {
    start: usize,
    end: usize,
    digits: bool,
    /// Nothing stands between.
    glued: bool,
    /// One sign that is no space stands between.
    tight: Option<char>,
    /// A sign that parts a list stands between.
    listed: bool,
    /// A number sign stands between: # ° № .
    mark: bool,
    /// A star stands between: the rest of a masked number.
    star: bool,
}

impl Read {
    fn new(text: &str) -> Read {
        let mut read = Read { folded: Vec::with_capacity(text.len()), tokens: Vec::with_capacity(text.len() / 4 + 1) };
        let mut gap = Gap::default();
        for c in text.chars() {
            match fold(c) {
                Folded::Nothing => {}
                Folded::Sign(sign) => gap.add(sign),
                Folded::Letter(letter) => read.extend(&mut gap, letter),
            }
        }
        read
    }

    fn extend(&mut self, gap: &mut Gap, letter: char) {
        let digits = letter.is_ascii_digit();
        let mut bytes = [0u8; 4];
        let start = self.folded.len();
        self.folded.extend_from_slice(letter.encode_utf8(&mut bytes).as_bytes());
        let end = self.folded.len();
        let Gap { count, first, listed, mark, star } = std::mem::take(gap);
        let glued = count == 0 && !self.tokens.is_empty();
        match self.tokens.last_mut().filter(|last| glued && last.digits == digits) {
            Some(last) => last.end = end,
            None => {
                let tight = first.filter(|_| count == 1);
                self.tokens.push(Token { start, end, digits, glued, tight, listed, mark, star });
            }
        }
    }

    fn word(&self, at: usize) -> &[u8] {
        &self.folded[self.tokens[at].start..self.tokens[at].end]
    }

    fn length(&self, at: usize) -> usize {
        self.tokens[at].end - self.tokens[at].start
    }
}

#[derive(Default)]
struct Gap {
    count: usize,
    first: Option<char>,
    listed: bool,
    mark: bool,
    star: bool,
}

impl Gap {
    fn add(&mut self, sign: char) {
        self.count += 1;
        if self.count == 1 && !sign.is_whitespace() {
            self.first = Some(sign);
        }
        self.listed |= matches!(sign, ',' | ';' | '/' | '&' | '+');
        self.mark |= matches!(sign, '#' | '°' | 'º' | '№');
        self.star |= sign == '*';
    }
}

enum Folded {
    /// Invisible: soft hyphens, zero-width signs.
    Nothing,
    Sign(char),
    Letter(char),
}

fn fold(c: char) -> Folded {
    match c {
        'A'..='Z' | '0'..='9' => Folded::Letter(c),
        'a'..='z' => Folded::Letter(c.to_ascii_uppercase()),
        'º' | 'ª' => Folded::Sign('º'),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => Folded::Nothing,
        // Full-width forms of ASCII (East Asian keyboards).
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).map_or(Folded::Sign(c), fold),
        _ if c.is_ascii() => Folded::Sign(c),
        _ if c.is_alphabetic() => Folded::Letter(c.to_uppercase().next().unwrap_or(c)),
        _ => Folded::Sign(c),
    }
}

enum Role {
    /// Says that a number follows.
    Keyword,
    /// Stands between numbers of a list.
    Connector,
    /// Says that an amount is near.
    Currency,
    Other,
}

const KEYWORDS: &[&[u8]] = &[
    b"INVOICE",
    b"INVOICES",
    b"INV",
    b"INVS",
    b"INVNO",
    b"FACTURE",
    b"FACTURES",
    b"FACT",
    b"FAC",
    b"FAGITIRE",
    b"INYEMEZABUGUZI",
    b"ANKARA",
    b"NO",
    b"NOS",
    b"NR",
    b"NUM",
    b"NUMBER",
    b"NUMERO",
    "NUMÉRO".as_bytes(),
    b"REF",
    b"REFERENCE",
    b"BILL",
];
const CONNECTORS: &[&[u8]] = &[b"AND", b"ET", b"NA", b"N", b"OF"];
const CURRENCIES: &[&[u8]] = &[b"RWF", b"FRW", b"RF", b"USD", b"EUR", b"KES", b"UGX", b"TZS", b"F"];

fn role(word: &[u8]) -> Role {
    if KEYWORDS.contains(&word) {
        Role::Keyword
    } else if CONNECTORS.contains(&word) {
        Role::Connector
    } else if CURRENCIES.contains(&word) {
        Role::Currency
    } else {
        Role::Other
    }
}

/// May these tokens be read as a number where they stand? Digits alone need a keyword when they are short, apart, or
/// look like an amount or a date; a short number such as `F-1` needs one when its parts stand apart.
fn stands_alone(read: &Read, from: usize, to: usize, keyword: bool) -> bool {
    let digits_only = read.tokens[from..to].iter().all(|token| token.digits);
    if digits_only && to - from < 3 && in_date(read, from) {
        return false;
    }
    if keyword {
        return true;
    }
    let apart = read.tokens[from + 1..to].iter().any(|token| !token.glued && token.tight.is_none());
    let length: usize = (from..to).map(|at| read.length(at)).sum();
    if !digits_only {
        return !apart || length >= BARE_DIGITS_MIN;
    }
    length >= BARE_DIGITS_MIN && !apart && !is_money(read, from, to) && !is_date(read, from, to)
}

/// Beside a currency, or cut by a decimal or thousands sign.
fn is_money(read: &Read, from: usize, to: usize) -> bool {
    let currency = |at: usize| {
        read.tokens.get(at).is_some_and(|token| !token.digits) && matches!(role(read.word(at)), Role::Currency)
    };
    let digits = |at: usize| read.tokens.get(at).is_some_and(|token| token.digits);
    let cut = |at: usize| digits(at) && read.length(at) <= 3 && matches!(read.tokens[at].tight, Some('.' | ','));
    let cut_before = from > 0 && digits(from - 1) && cut(from);
    // “invoice 17 RWF 5,000”: the currency belongs to what follows it.
    let currency_after = currency(to) && !digits(to + 1);
    currency_after || (from > 0 && currency(from - 1)) || cut_before || (from + 1..=to).any(cut)
}

/// Digits that could be a date: a year, `20260831`, `31082026`, or a year with parts of one or two digits.
fn is_date(read: &Read, from: usize, to: usize) -> bool {
    let numbers: Vec<(usize, u32)> = (from..to).map(|at| (read.length(at), number(read.word(at)))).collect();
    match numbers.as_slice() {
        [(4, year)] => is_year(*year),
        [(8, day)] => {
            is_day(day / 10_000, day / 100 % 100, day % 100)
                || is_day(day % 10_000, day / 10_000 % 100, day / 1_000_000)
        }
        parts => {
            let years = parts.iter().filter(|(length, value)| *length == 4 && is_year(*value)).count();
            years == 1 && parts.iter().filter(|(length, _)| *length <= 2).count() == parts.len() - 1
        }
    }
}

/// Is this token one of three that make a date (`31/08/2026`, `2026-08-31`, `31.08.26`)?
fn in_date(read: &Read, at: usize) -> bool {
    let first = at.saturating_sub(2);
    (first..=at).any(|from| {
        let Some([a, b, c]) = read.tokens.get(from..from + 3) else { return false };
        if !(a.digits && b.digits && c.digits) || b.tight.is_none() || b.tight != c.tight {
            return false;
        }
        let [a, b, c] = [from, from + 1, from + 2].map(|at| number(read.word(at)));
        let year_last = if c < 100 { 2000 + c } else { c };
        b > 0 && (is_day(a, b, c) || is_day(year_last, b, a))
    })
}

fn is_year(value: u32) -> bool {
    (1990..2100).contains(&value)
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    is_year(year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// The value of a run of digits, as far as it fits.
fn number(digits: &[u8]) -> u32 {
    digits
        .iter()
        .fold(0u32, |value, digit| value.saturating_mul(10).saturating_add(u32::from(digit.wrapping_sub(b'0'))))
}

/// Bodies of the valid creditor references in a text; they are often written in groups of four.
fn creditor_bodies(read: &Read) -> Vec<String> {
    let tokens = &read.tokens;
    let mut bodies = Vec::new();
    for at in 0..tokens.len() {
        if read.word(at) != b"RF"
            || tokens[at].glued
            || !tokens.get(at + 1).is_some_and(|next| next.glued && next.digits)
        {
            continue;
        }
        let start = tokens[at].start;
        let ends = tokens[at + 1..].iter().map(|token| token.end).take_while(|end| end - start <= 25);
        let texts = ends.filter_map(|end| std::str::from_utf8(&read.folded[start..end]).ok());
        bodies.extend(texts.filter(|text| is_creditor_reference(text)).map(|text| text[4..].to_owned()));
    }
    bodies
}

/// The end of the run of glued tokens that begins at `from`.
fn word_end(read: &Read, from: usize) -> usize {
    from + 1 + read.tokens[from + 1..].iter().take_while(|token| token.glued).count()
}

// Keys. A key is a 64-bit hash of a run of tokens under one way of writing them.

const SEED_TOKENS: u64 = 0xcbf2_9ce4_8422_2325;
const SEED_JOINED: u64 = 0x9ae1_6a3b_2f90_404f;
const SEED_CONFUSABLE: u64 = 0xc3a5_c85c_97cb_3127;
const SEED_ENDING: u64 = 0xb492_b66f_be98_f273;

/// The tokens as they are, a mark after each: `INV|2026|0017|`.
fn spelled(read: &Read, from: usize, to: usize) -> u64 {
    finish((from..to).fold(SEED_TOKENS, |hash, at| mix(read.word(at).iter().fold(hash, |hash, b| mix(hash, *b)), 0)))
}

/// The tokens without leading zeros: `INV|2026|17|`. Equal to [`spelled`] of a number that has none.
fn without_zeros(read: &Read, from: usize, to: usize) -> u64 {
    finish(fold_without_zeros(read, from, to, SEED_TOKENS))
}

fn fold_without_zeros(read: &Read, from: usize, to: usize, seed: u64) -> u64 {
    (from..to).fold(seed, |hash, at| {
        let word = read.word(at);
        let zeros = if read.tokens[at].digits { word.iter().take_while(|b| **b == b'0').count() } else { 0 };
        mix(word[zeros.min(word.len() - 1)..].iter().fold(hash, |hash, b| mix(hash, *b)), 0)
    })
}

/// All letters and digits in one run: `INV20260017`.
fn joined(read: &Read, from: usize, to: usize) -> u64 {
    finish((from..to).fold(SEED_JOINED, |hash, at| read.word(at).iter().fold(hash, |hash, b| mix(hash, *b))))
}

/// As [`joined`], with letters that look like digits taken for them.
fn confusable(read: &Read, from: usize, to: usize) -> u64 {
    let alike = |byte: u8| match byte {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    finish((from..to).fold(SEED_CONFUSABLE, |hash, at| read.word(at).iter().fold(hash, |hash, b| mix(hash, alike(*b)))))
}

fn ending(key: u64) -> u64 {
    finish(key ^ SEED_ENDING)
}

/// One step of FNV-1a.
fn mix(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// Spreads a hash over all its bits (the last step of splitmix64).
fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// Keys are hashes already.
#[derive(Debug, Default, Clone, Copy)]
struct Same(u64);

impl Hasher for Same {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| mix(hash, *byte));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The open numbers of most cases.
    const OPEN: [&str; 7] = ["INV-2026-0017", "INV-2026-0018", "FAC/25/0200", "12", "100234", "A1", "5390-0754-7034"];

    fn check_in(open: &[&str], text: &str, expected: &[&str]) {
        let index = ReferenceIndex::new(open.iter().enumerate().map(|(i, number)| (*number, i)));
        let found: Vec<&str> = index.find(text).iter().map(|mention| open[mention.index]).collect();
        assert_eq!(found, expected, "{text}");
    }

    fn check(text: &str, expected: &[&str]) {
        check_in(&OPEN, text, expected);
    }

    #[test]
    fn spellings_pass_over_only_what_no_text_names() {
        let spellings = Spellings::of(["paid inv 2026/17 and FAC250200 thanks", "nothing"]);
        for (number, may) in [
            ("INV-2026-0017", true),
            ("FAC/25/0200", true),
            ("INV-2026-0018", false),
            ("INV-2026", true),
            ("2026-17", true),
            ("A1", false),
            ("", false),
        ] {
            assert_eq!(spellings.may_name(number), may, "{number}");
        }
    }

    #[test]
    fn any_spelling_of_a_number_is_found() {
        for text in [
            "INV-2026-0017",
            "inv 2026/0017",
            "Facture no INV20260017",
            "payment for (Inv.2026.17), thanks",
            "INV-2026-017",
            "ＩＮＶ－２０２６－００１７",
            "invoice n° 2026-0017",
            "fagitire 17",
            "Fagitire #17 Uwase",
            "ankara 2026 17",
            "INV-2O26-OO17",
            "inv17",
        ] {
            check(text, &["INV-2026-0017"]);
        }
    }

    #[test]
    fn lists_share_what_stands_before() {
        check("INV-2026-0017, 0018", &["INV-2026-0017", "INV-2026-0018"]);
        check("INV-2026-0018 and INV-2026-0017", &["INV-2026-0018", "INV-2026-0017"]);
        check("factures 17 et 18", &["INV-2026-0017", "INV-2026-0018"]);
        check("INV-2026-0017/INV-2026-0017", &["INV-2026-0017"]);
    }

    #[test]
    fn parts_amounts_and_dates_are_not_numbers() {
        for text in [
            "91234",
            "paid 12 boxes",
            "RWF 100234",
            "100234 FRW",
            "100234.00",
            "12/08/2026",
            "invoice of 12/08/2026",
            "INV-2026-00170",
            "XINV-2026-0017X",
            "from *********012",
            "inv *********012",
            "tel 1002345",
            "A 1 thanks",
            "",
        ] {
            check(text, &[]);
        }
        check_in(&["2026", "20260831"], "rent 2026 paid 20260831 or 31-08-2026", &[]);
        check_in(&["2026", "20260831"], "invoice 20260831", &["20260831"]);
    }

    #[test]
    fn digits_alone_are_found_where_they_can_be_nothing_else() {
        check("pay 100234 school fees", &["100234"]);
        check("invoice 12", &["12"]);
        check("A1 thanks", &["A1"]);
    }

    #[test]
    fn an_ending_that_two_numbers_share_names_neither() {
        check_in(&["INV-2025-17", "INV-2026-17"], "invoice 17", &[]);
        check_in(&["INV-2025-17", "INV-2026-17"], "invoice 2025-17", &["INV-2025-17"]);
        check_in(&["INV-1", "INV-01"], "inv-01 and inv-1", &["INV-01", "INV-1"]);
        check_in(&["INV-1-12", "INV-11-2"], "INV112", &[]);
        // The same number twice is one document in instalments: both are named, in the caller's order.
        check_in(&["INV-7001", "INV-7001"], "inv 7001", &["INV-7001", "INV-7001"]);
    }

    #[test]
    fn strength_tells_how_the_number_was_found() {
        let index = ReferenceIndex::new([("INV-2026-0017", 5)]);
        for (text, strength) in
            [("inv2026-17", Strength::Exact), ("no 17", Strength::Ending), ("1NV-2026-OO17", Strength::Confusable)]
        {
            assert_eq!(index.find(text), [Mention { index: 5, strength }], "{text}");
        }
    }

    #[test]
    fn test_27_creditor_references() {
        assert!(is_creditor_reference("RF18 5390 0754 7034"));
        assert!(is_creditor_reference("RF18539007547034"));
        assert!(is_creditor_reference("RF18 5390 0754 70Y"));
        assert!(!is_creditor_reference("RF17 5390 0754 7034"));
        assert!(!is_creditor_reference("RF18"));
        check("pmt RF18 5390 0754 7034 thanks", &["5390-0754-7034"]);
        check("pmt RF17 5390 0754 7034 thanks", &[]);
    }

    #[test]
    fn case_e29_a_creditor_reference_names_a_customer() {
        // An index of customer codes reads them the same way.
        assert!(is_creditor_reference("RF92CUST001"));
        check_in(&["CUST-001", "CUST-002"], "RF92CUST001", &["CUST-001"]);
    }
}
