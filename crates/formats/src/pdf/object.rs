//! The objects of a PDF (ISO 32000-1, 7.2 to 7.5). The file is read from its beginning to its end, and of several objects with one
//! number the last counts, as in a file that was changed: its table of places is never needed. Streams are unpacked
//! within the bounds of the file.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::ops::Range;

use crate::fault::Fault;

/// Larger files are no statement with text.
const FILE_MAX: usize = 32 << 20;
/// What all streams may unpack to.
const UNPACKED_MAX: usize = 32 << 20;
/// Values of all objects together.
const VALUES_MAX: usize = 2 << 20;
const DEPTH_MAX: usize = 32;
/// How often a file's length may be read over where its objects are damaged.
const READ_OVER_MAX: usize = 16;

pub(super) type Dict = BTreeMap<Vec<u8>, Object>;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    Null,
    Bool(bool),
    Number(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    /// A stream and where its bytes are.
    Stream(Dict, Range<usize>),
    Reference(u32),
    /// A word that is no value: an operator.
    Word(Vec<u8>),
}

impl Object {
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Object::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        match self {
            Object::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn array(&self) -> Option<&[Object]> {
        match self {
            Object::Array(items) => Some(items),
            _ => None,
        }
    }

    /// A dictionary, or that of a stream.
    pub(super) fn dict(&self) -> Option<&Dict> {
        match self {
            Object::Dict(dict) | Object::Stream(dict, _) => Some(dict),
            _ => None,
        }
    }

    pub(super) fn whole(&self) -> Option<u32> {
        whole(self.number()?)
    }
}

/// A number without a fraction; the cast saturates, and is checked.
fn whole(number: f64) -> Option<u32> {
    let cut = number as u32;
    (f64::from(cut) == number).then_some(cut)
}

/// Reads values out of bytes, one after the other.
pub(super) struct Lexer<'b> {
    pub(super) bytes: &'b [u8],
    pub(super) at: usize,
    values_left: usize,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'b> Lexer<'b> {
    pub(super) fn new(bytes: &'b [u8], at: usize) -> Lexer<'b> {
        Lexer { bytes, at, values_left: VALUES_MAX }
    }

    /// Whether it stopped because there were too many values.
    pub(super) fn is_exhausted(&self) -> bool {
        self.values_left == 0
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn starts_with(&self, text: &[u8]) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(text))
    }

    pub(super) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|b| !matches!(b, b'\n' | b'\r')) {
                    self.at += 1;
                }
            } else if !is_space(byte) {
                return;
            } else {
                self.at += 1;
            }
        }
    }

    /// The next value or word; `None` at the end or at what is neither.
    pub(super) fn value(&mut self) -> Option<Object> {
        self.nested(0)
    }

    fn nested(&mut self, depth: usize) -> Option<Object> {
        self.values_left = self.values_left.checked_sub(1)?;
        self.skip_space();
        match self.peek()? {
            _ if depth > DEPTH_MAX => None,
            b'(' => Some(Object::Text(self.literal()?)),
            b'<' if self.starts_with(b"<<") => {
                self.at += 2;
                self.dict(depth).map(Object::Dict)
            }
            b'<' => Some(Object::Text(self.hexadecimal()?)),
            b'/' => Some(Object::Name(self.name())),
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.skip_space();
                    if self.peek()? == b']' {
                        self.at += 1;
                        return Some(Object::Array(items));
                    }
                    items.push(self.nested(depth + 1)?);
                }
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => Some(self.number()),
            b')' | b'>' | b']' | b'{' | b'}' => None,
            _ => Some(self.word()),
        }
    }

    fn dict(&mut self, depth: usize) -> Option<Dict> {
        let mut dict = Dict::new();
        loop {
            self.skip_space();
            if self.starts_with(b">>") {
                self.at += 2;
                return Some(dict);
            }
            if self.peek()? != b'/' {
                return None;
            }
            let name = self.name();
            let value = self.nested(depth + 1)?;
            dict.insert(name, value);
        }
    }

    fn run(&mut self) -> &'b [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|b| is_space(*b) || is_mark(*b)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let run = self.run();
        let mut name = Vec::with_capacity(run.len());
        let mut rest = run;
        while let [first, after @ ..] = rest {
            let code = match (first, after) {
                (b'#', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
                _ => None,
            };
            name.push(code.unwrap_or(*first));
            rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
        }
        name
    }

    fn word(&mut self) -> Object {
        match self.run() {
            b"true" => Object::Bool(true),
            b"false" => Object::Bool(false),
            b"null" => Object::Null,
            word => Object::Word(word.to_vec()),
        }
    }

    /// A number, or a reference if that is what the next two are.
    fn number(&mut self) -> Object {
        let run = self.run();
        let text = std::str::from_utf8(run).unwrap_or_default();
        // Some programs write `--5` or `5-3`; a number that is none is nothing, as other readers have it.
        let number = text.parse().ok().filter(|n: &f64| n.is_finite()).unwrap_or(0.0);
        let after = self.at;
        if text.bytes().all(|b| b.is_ascii_digit())
            && let Some(referred) = whole(number)
        {
            self.skip_space();
            let generation = self.run();
            if !generation.is_empty() && generation.len() <= 5 && generation.iter().all(u8::is_ascii_digit) {
                self.skip_space();
                if self.run() == b"R" {
                    return Object::Reference(referred);
                }
            }
            self.at = after;
        }
        Object::Number(number)
    }

    fn literal(&mut self) -> Option<Vec<u8>> {
        let (mut out, mut open) = (Vec::new(), 0);
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'(' => {
                    open += 1;
                    if open > 1 {
                        out.push(byte);
                    }
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Some(out);
                    }
                    out.push(byte);
                }
                b'\\' => {
                    let escaped = self.peek()?;
                    self.at += 1;
                    match escaped {
                        b'n' => out.push(b'\n'),
                        b'r' => out.push(b'\r'),
                        b't' => out.push(b'\t'),
                        b'b' => out.push(8),
                        b'f' => out.push(12),
                        b'\r' if self.peek() == Some(b'\n') => self.at += 1,
                        b'\r' | b'\n' => {}
                        b'0'..=b'7' => out.push(self.octal(escaped)),
                        other => out.push(other),
                    }
                }
                other => out.push(other),
            }
        }
    }

    fn octal(&mut self, first: u8) -> u8 {
        let mut code = u32::from(first - b'0');
        for _ in 0..2 {
            let Some(digit @ b'0'..=b'7') = self.peek() else { break };
            code = code * 8 + u32::from(digit - b'0');
            self.at += 1;
        }
        u8::try_from(code & 0xff).unwrap_or_default()
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let rest = self.bytes.get(self.at..)?;
        let length = rest.iter().position(|b| *b == b'>')?;
        self.at += length + 1;
        let digits: Vec<u8> = rest.get(..length)?.iter().filter_map(|b| hex(*b)).collect();
        Some(digits.chunks(2).map(|pair| pair.first().unwrap_or(&0) * 16 + pair.get(1).unwrap_or(&0)).collect())
    }
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// A file whose objects were read.
pub(super) struct File<'b> {
    bytes: &'b [u8],
    objects: HashMap<u32, Object>,
    unpacked: Cell<usize>,
    /// From here on no stream has an end.
    endless_from: usize,
}

impl<'b> File<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<File<'b>, Fault> {
        if bytes.len() > FILE_MAX {
            return Err(Fault::PdfTooLarge);
        }
        let mut file = File { bytes, objects: HashMap::new(), unpacked: Cell::new(0), endless_from: bytes.len() };
        file.scan()?;
        Ok(file)
    }

    fn scan(&mut self) -> Result<(), Fault> {
        let (mut at, mut read, mut values) = (0, 0usize, 0usize);
        while let Some((start, kind)) = next_object(self.bytes, at) {
            let mut lexer = Lexer::new(self.bytes, start);
            let value = lexer.value();
            read += lexer.at - start;
            values += VALUES_MAX - lexer.values_left;
            if read > self.bytes.len() * READ_OVER_MAX || values > VALUES_MAX {
                return Err(Fault::PdfTooLarge);
            }
            at = start;
            let Some(value) = value else { continue };
            at = lexer.at;
            if value.dict().is_some_and(|dict| dict.contains_key(b"Encrypt".as_slice())) && says_where(&value, kind) {
                return Err(Fault::PdfPassword);
            }
            let Found::Numbered(number) = kind else { continue };
            lexer.skip_space();
            let value = match value {
                Object::Dict(dict) if lexer.starts_with(b"stream") => {
                    let Some(range) = self.stream_range(&dict, lexer.at + 6) else { continue };
                    at = range.end;
                    Object::Stream(dict, range)
                }
                other => other,
            };
            if is_a(&value, b"ObjStm") {
                values += self.within(&value)?;
            }
            self.objects.insert(number, value);
        }
        Ok(())
    }

    /// Where the bytes of a stream are, by its length if that holds, else by its end.
    fn stream_range(&mut self, dict: &Dict, after_word: usize) -> Option<Range<usize>> {
        let start = match self.bytes.get(after_word..)? {
            [b'\r', b'\n', ..] => after_word + 2,
            [b'\r' | b'\n', ..] => after_word + 1,
            _ => after_word,
        };
        let said = dict.get(b"Length".as_slice()).and_then(Object::whole).and_then(|l| start.checked_add(l as usize));
        if let Some(end) = said {
            let mut lexer = Lexer::new(self.bytes, end);
            lexer.skip_space();
            if end <= self.bytes.len() && lexer.starts_with(b"endstream") {
                return Some(start..end);
            }
        }
        if start >= self.endless_from {
            return None;
        }
        let length = find(self.bytes.get(start..)?, b"endstream");
        self.endless_from = if length.is_none() { start } else { self.endless_from };
        Some(start..start + length?)
    }

    /// Takes in the objects within a stream, and says how many values they are.
    fn within(&mut self, stream: &Object) -> Result<usize, Fault> {
        let Some(dict) = stream.dict() else { return Ok(0) };
        let entry = |name: &[u8]| dict.get(name).and_then(Object::whole).map(|n| n as usize);
        let (Some(count), Some(first)) = (entry(b"N"), entry(b"First")) else { return Ok(0) };
        let unpacked = self.unpacked(stream)?;
        let mut places = Lexer::new(&unpacked, 0);
        let mut values = 0;
        for _ in 0..count.min(unpacked.len()) {
            let (number, offset) = (places.value(), places.value());
            let (Some(number), Some(offset)) = (number.and_then(|n| n.whole()), offset.and_then(|o| o.whole())) else {
                break;
            };
            let mut lexer = Lexer::new(&unpacked, first.saturating_add(offset as usize));
            lexer.values_left = VALUES_MAX - values;
            let value = lexer.value();
            values = VALUES_MAX - lexer.values_left;
            match value {
                Some(value) => drop(self.objects.insert(number, value)),
                None if values >= VALUES_MAX => return Err(Fault::PdfTooLarge),
                None => {}
            }
        }
        Ok(values)
    }

    /// What a reference stands for; any other value is itself.
    pub(super) fn resolved<'o>(&'o self, value: &'o Object) -> &'o Object {
        let mut value = value;
        for _ in 0..DEPTH_MAX {
            let Object::Reference(number) = value else { return value };
            value = self.objects.get(number).unwrap_or(&Object::Null);
        }
        &Object::Null
    }

    /// The value under a name.
    pub(super) fn get<'o>(&'o self, dict: &'o Dict, name: &[u8]) -> &'o Object {
        dict.get(name).map_or(&Object::Null, |value| self.resolved(value))
    }

    /// The dictionary under a name.
    pub(super) fn dict<'o>(&'o self, dict: &'o Dict, name: &[u8]) -> Option<&'o Dict> {
        self.get(dict, name).dict()
    }

    /// All objects that say they are of a kind, by their numbers.
    pub(super) fn of_kind(&self, kind: &[u8]) -> Vec<&Dict> {
        let mut found: Vec<(&u32, &Dict)> =
            self.objects.iter().filter(|(_, o)| is_a(o, kind)).filter_map(|(n, o)| Some((n, o.dict()?))).collect();
        found.sort_unstable_by_key(|(number, _)| **number);
        found.into_iter().map(|(_, dict)| dict).collect()
    }

    /// The bytes of a stream, unpacked.
    pub(super) fn unpacked(&self, stream: &Object) -> Result<Vec<u8>, Fault> {
        let Object::Stream(dict, range) = stream else { return Ok(Vec::new()) };
        let mut bytes = self.bytes.get(range.clone()).unwrap_or_default().to_vec();
        self.count(bytes.len())?;
        let filters = match self.get(dict, b"Filter") {
            Object::Array(filters) => filters.iter().map(|f| self.resolved(f).clone()).collect(),
            Object::Null => Vec::new(),
            one => vec![one.clone()],
        };
        for filter in filters.iter().take(4) {
            bytes = match filter.name().unwrap_or_default() {
                b"FlateDecode" | b"Fl" => self.inflated(&bytes)?,
                b"ASCII85Decode" | b"A85" => ascii85(&bytes),
                b"ASCIIHexDecode" | b"AHx" => {
                    let digits: Vec<u8> = bytes.iter().take_while(|b| **b != b'>').filter_map(|b| hex(*b)).collect();
                    digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |sum, digit| sum * 16 + digit)).collect()
                }
                other => return Err(Fault::PdfDamaged { cause: String::from_utf8_lossy(other).into_owned() }),
            };
        }
        Ok(bytes)
    }

    fn count(&self, bytes: usize) -> Result<(), Fault> {
        self.unpacked.set(self.unpacked.get().saturating_add(bytes));
        if self.unpacked.get() > UNPACKED_MAX { Err(Fault::PdfTooLarge) } else { Ok(()) }
    }

    fn inflated(&self, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
        let left = UNPACKED_MAX.saturating_sub(self.unpacked.get());
        let mut out = Vec::new();
        // Without the two bytes of its head and the sum at its end, which some programs write wrongly.
        let packed = flate2::read::DeflateDecoder::new(bytes.get(2..).unwrap_or_default());
        let read = packed.take(left as u64 + 1).read_to_end(&mut out);
        if out.len() > left {
            return Err(Fault::PdfTooLarge);
        }
        self.count(out.len())?;
        read.map_err(|e| Fault::PdfDamaged { cause: e.to_string() })?;
        Ok(out)
    }
}

#[derive(Clone, Copy)]
enum Found {
    Numbered(u32),
    Trailer,
}

/// Whether a dictionary is one that says how the file is locked: the trailer, or the stream that stands for it.
fn says_where(value: &Object, kind: Found) -> bool {
    matches!(kind, Found::Trailer) || is_a(value, b"XRef")
}

fn is_a(value: &Object, kind: &[u8]) -> bool {
    value.dict().and_then(|dict| dict.get(b"Type".as_slice())).and_then(Object::name) == Some(kind)
}

/// The next object from a place on: where its value begins.
fn next_object(bytes: &[u8], from: usize) -> Option<(usize, Found)> {
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        let found = rest.iter().position(|b| matches!(b, b'o' | b't'))?;
        at += found;
        let here = bytes.get(at..)?;
        if here.starts_with(b"trailer") {
            return Some((at + 7, Found::Trailer));
        }
        if here.starts_with(b"obj")
            && let Some(number) = number_before(bytes.get(..at)?)
        {
            return Some((at + 3, Found::Numbered(number)));
        }
        at += 1;
    }
}

/// The number in `7 0 ` at the end of some bytes.
fn number_before(bytes: &[u8]) -> Option<u32> {
    const LONGEST: usize = 24;
    let tail = bytes.get(bytes.len().saturating_sub(LONGEST)..)?;
    let mut words = tail.rsplit(|b| is_space(*b)).filter(|word| !word.is_empty());
    let (generation, number) = (words.next()?, words.next()?);
    let digits = |word: &[u8]| word.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    if digits(generation) != generation.len() {
        return None;
    }
    let number = number.get(number.len() - digits(number)..)?;
    std::str::from_utf8(number).ok()?.parse().ok()
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

fn ascii85(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut group: Vec<u32> = Vec::new();
    let put = |group: &[u32], out: &mut Vec<u8>| {
        let padded = group.iter().copied().chain(std::iter::repeat(84)).take(5);
        let value = padded.fold(0u32, |sum, digit| sum.wrapping_mul(85).wrapping_add(digit));
        out.extend(value.to_be_bytes().iter().take(group.len().saturating_sub(1)));
    };
    for byte in bytes.iter().take_while(|b| **b != b'~') {
        match byte {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            _ => {}
        }
        if group.len() == 5 {
            put(&group, &mut out);
            group.clear();
        }
    }
    put(&group, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read() {
        let text = b"<< /A (a\\(b\\)\\101(c)) /B#20C [1 -2.5 <4a4B5> 7 0 R true null] >> Tj %x\n% y";
        let mut lexer = Lexer::new(text, 0);
        let value = lexer.value().unwrap();
        let dict = value.dict().unwrap();
        assert_eq!(dict[b"A".as_slice()], Object::Text(b"a(b)A(c)".to_vec()));
        let items = [
            Object::Number(1.0),
            Object::Number(-2.5),
            Object::Text(b"JKP".to_vec()),
            Object::Reference(7),
            Object::Bool(true),
            Object::Null,
        ];
        assert_eq!(dict[b"B C".as_slice()], Object::Array(items.to_vec()));
        assert_eq!(lexer.value(), Some(Object::Word(b"Tj".to_vec())));
        assert_eq!(lexer.value(), None);
        assert_eq!(Lexer::new(&b"[".repeat(10_000), 0).value(), None);
    }

    #[test]
    fn streams_in_letters_are_unpacked() {
        assert_eq!(ascii85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(ascii85(b"z5sb~>"), b"\0\0\0\0AB");
    }
}
