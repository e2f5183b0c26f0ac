//! What the codes of a font stand for, and how wide they are (ISO 32000-1, 9.6 to 9.10).

#![allow(clippy::float_arithmetic, reason = "widths of letters on paper, no money")]

use std::collections::HashMap;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

use super::object::{Dict, File, Lexer, Object};
use crate::fault::Fault;

/// What a code that stands for nothing known is shown as.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// Codes that one table of a font may name.
const CODES_MAX: usize = 1 << 16;

/// A font as far as a reader of text needs it.
pub(super) struct Font {
    /// Codes are two bytes, not one.
    wide: bool,
    texts: HashMap<u32, String>,
    /// What the table of texts does not name.
    encoding: Option<&'static Encoding>,
    widths: HashMap<u32, f64>,
    width: f64,
    /// The widths of a font that every reader has, by the character from space on.
    known: Option<&'static [u16; 95]>,
    /// How large a thousandth of the font is; fonts of drawings say it themselves.
    unit: f64,
}

impl Font {
    pub(super) fn read(file: &File<'_>, dict: &Dict) -> Result<Font, Fault> {
        let wide = file.get(dict, b"Subtype").name() == Some(b"Type0");
        let mut font = Font {
            wide,
            texts: HashMap::new(),
            encoding: (!wide).then_some(WINDOWS_1252),
            widths: HashMap::new(),
            width: if wide { 1000.0 } else { 500.0 },
            known: None,
            unit: 0.001,
        };
        match wide {
            true => font.composite(file, dict),
            false => font.simple(file, dict),
        }
        if let stream @ Object::Stream(..) = file.get(dict, b"ToUnicode") {
            font.take_texts(&file.unpacked(stream)?);
        }
        Ok(font)
    }

    fn simple(&mut self, file: &File<'_>, dict: &Dict) {
        let first = file.get(dict, b"FirstChar").whole().unwrap_or(0);
        if let Some(widths) = file.get(dict, b"Widths").array() {
            let widths = widths.iter().map(|width| file.resolved(width).number().unwrap_or(0.0));
            self.widths = (first..).zip(widths).take(CODES_MAX).collect();
        } else {
            self.known = Some(known_widths(file.get(dict, b"BaseFont").name().unwrap_or_default()));
        }
        if let Some(descriptor) = file.dict(dict, b"FontDescriptor") {
            self.width = file.get(descriptor, b"MissingWidth").number().unwrap_or(self.width);
        }
        if let Some([scale, ..]) = file.get(dict, b"FontMatrix").array() {
            self.unit = file.resolved(scale).number().filter(|s| *s > 0.0).unwrap_or(self.unit);
        }
        let encoding = file.get(dict, b"Encoding");
        let base = encoding.dict().map_or(encoding, |inner| file.get(inner, b"BaseEncoding"));
        if base.name() == Some(b"MacRomanEncoding") {
            self.encoding = Some(MACINTOSH);
        }
        let mut code = 0u32;
        let differences = encoding.dict().and_then(|inner| file.get(inner, b"Differences").array());
        for item in differences.unwrap_or_default().iter().take(CODES_MAX) {
            match file.resolved(item) {
                Object::Name(name) => {
                    self.texts.insert(code, of_name(name).unwrap_or_else(|| UNKNOWN.to_string()));
                    code = code.saturating_add(1);
                }
                other => code = other.whole().unwrap_or(code),
            }
        }
    }

    fn composite(&mut self, file: &File<'_>, dict: &Dict) {
        let first = file.get(dict, b"DescendantFonts").array().and_then(<[Object]>::first);
        let Some(inner) = first.and_then(|first| file.resolved(first).dict()) else { return };
        self.width = file.get(inner, b"DW").number().unwrap_or(self.width);
        let mut items = file.get(inner, b"W").array().unwrap_or_default().iter().map(|item| file.resolved(item));
        // Either a first code and a list of widths, or a first and a last code and one width.
        while let (Some(first), Some(second)) = (items.next().and_then(Object::whole), items.next()) {
            match second {
                Object::Array(widths) => {
                    let widths = widths.iter().map(|width| file.resolved(width).number().unwrap_or(0.0));
                    self.widths.extend((first..).zip(widths).take(CODES_MAX));
                }
                last => {
                    let last = last.whole().unwrap_or(first).min(first.saturating_add(u32::from(u16::MAX)));
                    let width = items.next().and_then(Object::number).unwrap_or(self.width);
                    let left = CODES_MAX.saturating_sub(self.widths.len());
                    self.widths.extend((first..=last).map(|code| (code, width)).take(left));
                }
            }
        }
    }

    /// Takes in a table from codes to text (9.10.3).
    fn take_texts(&mut self, table: &[u8]) {
        let mut lexer = Lexer::new(table, 0);
        let mut operands: Vec<Object> = Vec::new();
        while let Some(value) = lexer.value() {
            match &value {
                Object::Word(word) => {
                    match word.as_slice() {
                        b"endbfchar" => {
                            for pair in operands.chunks_exact(2) {
                                if let [Object::Text(code), Object::Text(text)] = pair {
                                    self.text_of(code_of(code), utf16(text));
                                }
                            }
                        }
                        b"endbfrange" => operands.chunks_exact(3).for_each(|range| self.range(range)),
                        _ => {}
                    }
                    operands.clear();
                }
                _ => operands.push(value),
            }
        }
    }

    fn range(&mut self, range: &[Object]) {
        let [Object::Text(first), Object::Text(last), texts] = range else { return };
        let codes = (code_of(first)..=code_of(last)).take(CODES_MAX);
        match texts {
            Object::Array(texts) => {
                for (code, text) in codes.zip(texts) {
                    if let Object::Text(text) = text {
                        self.text_of(code, utf16(text));
                    }
                }
            }
            Object::Text(text) => {
                let begin = utf16(text);
                let mut head: Vec<char> = begin.chars().collect();
                let Some(last) = head.pop() else { return };
                let head: String = head.into_iter().collect();
                for (step, code) in (0u32..).zip(codes) {
                    let character = char::from_u32(u32::from(last).saturating_add(step)).unwrap_or(UNKNOWN);
                    self.text_of(code, format!("{head}{character}"));
                }
            }
            _ => {}
        }
    }

    fn text_of(&mut self, code: u32, text: String) {
        const LONGEST: usize = 32;
        if self.texts.len() < CODES_MAX && text.len() <= LONGEST {
            self.texts.insert(code, text);
        }
    }

    /// The codes of a text shown in the font: how wide each is at size 1, whether it is a space of one byte, and what it
    /// stands for.
    pub(super) fn shown<'s>(&'s self, bytes: &'s [u8]) -> impl Iterator<Item = (f64, bool, String)> + 's {
        bytes.chunks(if self.wide { 2 } else { 1 }).map(|bytes| {
            let code = code_of(bytes);
            let text = self.texts.get(&code).cloned().unwrap_or_else(|| match self.encoding {
                Some(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
                None => UNKNOWN.to_string(),
            });
            let known = self.known.and_then(|widths| {
                let place = text.chars().next().map(u32::from)?.checked_sub(32)?;
                widths.get(usize::try_from(place).ok()?).map(|width| f64::from(*width))
            });
            let width = self.widths.get(&code).copied().or(known).unwrap_or(self.width);
            (width * self.unit, !self.wide && code == 32, text)
        })
    }
}

fn code_of(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0u32, |code, byte| code.wrapping_shl(8) | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> =
        bytes.chunks_exact(2).filter_map(|two| Some(u16::from_be_bytes(two.try_into().ok()?))).collect();
    if units.is_empty() { bytes.iter().map(|b| char::from(*b)).collect() } else { String::from_utf16_lossy(&units) }
}

/// What a glyph's name stands for: a letter by itself, the names below, or `uni` and a number.
fn of_name(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    if let Some((_, text)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some((*text).to_owned());
    }
    if let Some(code) = name.strip_prefix("uni").and_then(|code| u32::from_str_radix(code.get(..4)?, 16).ok()) {
        return char::from_u32(code).map(String::from);
    }
    (name.len() == 1).then(|| name.to_owned())
}

fn known_widths(font: &[u8]) -> &'static [u16; 95] {
    let name = String::from_utf8_lossy(font).to_lowercase();
    if name.contains("courier") {
        return &COURIER;
    }
    if name.contains("times") { &TIMES } else { &HELVETICA }
}

const COURIER: [u16; 95] = [600; 95];

/// The widths of Helvetica, from space to tilde.
#[rustfmt::skip]
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
    556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556,
    556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
    500, 500, 500, 334, 260, 334, 584,
];

/// The widths of Times, from space to tilde.
#[rustfmt::skip]
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722,
    611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444,
    500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722,
    500, 500, 444, 480, 200, 480, 541,
];

/// The names of glyphs that are not the letter itself.
const NAMES: [(&str, &str); 114] = [
    ("space", " "),
    ("nbspace", " "),
    ("nonbreakingspace", " "),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("quoteright", "’"),
    ("quoteleft", "‘"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("minus", "−"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("asciicircum", "^"),
    ("underscore", "_"),
    ("grave", "`"),
    ("braceleft", "{"),
    ("bar", "|"),
    ("braceright", "}"),
    ("asciitilde", "~"),
    ("endash", "–"),
    ("emdash", "—"),
    ("bullet", "•"),
    ("ellipsis", "…"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("degree", "°"),
    ("Euro", "€"),
    ("sterling", "£"),
    ("yen", "¥"),
    ("section", "§"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("periodcentered", "·"),
    ("Agrave", "À"),
    ("Aacute", "Á"),
    ("Acircumflex", "Â"),
    ("Atilde", "Ã"),
    ("Adieresis", "Ä"),
    ("Aring", "Å"),
    ("AE", "Æ"),
    ("Ccedilla", "Ç"),
    ("Egrave", "È"),
    ("Eacute", "É"),
    ("Ecircumflex", "Ê"),
    ("Edieresis", "Ë"),
    ("Iacute", "Í"),
    ("Icircumflex", "Î"),
    ("Idieresis", "Ï"),
    ("Ntilde", "Ñ"),
    ("Oacute", "Ó"),
    ("Ocircumflex", "Ô"),
    ("Odieresis", "Ö"),
    ("OE", "Œ"),
    ("Ugrave", "Ù"),
    ("Uacute", "Ú"),
    ("Ucircumflex", "Û"),
    ("Udieresis", "Ü"),
    ("germandbls", "ß"),
    ("agrave", "à"),
    ("aacute", "á"),
    ("acircumflex", "â"),
    ("atilde", "ã"),
    ("adieresis", "ä"),
    ("aring", "å"),
    ("ae", "æ"),
    ("ccedilla", "ç"),
    ("egrave", "è"),
    ("eacute", "é"),
    ("ecircumflex", "ê"),
    ("edieresis", "ë"),
    ("iacute", "í"),
    ("icircumflex", "î"),
    ("idieresis", "ï"),
    ("ntilde", "ñ"),
    ("oacute", "ó"),
    ("ocircumflex", "ô"),
    ("odieresis", "ö"),
    ("oe", "œ"),
    ("ugrave", "ù"),
    ("uacute", "ú"),
    ("ucircumflex", "û"),
    ("udieresis", "ü"),
    ("ydieresis", "ÿ"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_glyphs_stand_for_text() {
        for (name, text) in [("A", "A"), ("five", "5"), ("eacute", "é"), ("uni20AC", "€"), ("fi", "fi")] {
            assert_eq!(of_name(name.as_bytes()).as_deref(), Some(text));
        }
        assert_eq!(of_name(b"g37"), None);
    }
}
