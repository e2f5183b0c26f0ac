//! Makes any text printable, so that what a customer is called never stops or spoils a paper.
//!
//! Control characters and the invisible ones that turn text around are left out, a character that no font has becomes
//! `□` (PDF/A allows no missing glyph), and a long run without a space gets places where it may break.

use serde_json::Value;
use typst::text::FontBook;

/// A run longer than this, in characters, may break anywhere. Account numbers, addresses and references are shorter.
const RUN_MAX: usize = 24;
/// Where a longer run may break: every so many characters, and at a hyphen when there are a few before it.
const PIECE_MAX: usize = 10;
const PIECE_MIN: usize = 4;
/// Says where, and the frames of the templates show it as a break of no width, so that copied text does not hold it.
const BREAK: char = '\u{e000}';
/// Typst shows so many of them in a text; one with more gets U+200B, which it knows but keeps in the text.
const BREAKS_MAX: usize = 64;
/// How long a text is, in characters, that is printed on every page.
const REPEATED_MAX: usize = 150;
const MISSING: char = '□';

/// Every text within a value, made printable.
pub fn values(value: &mut Value, fonts: &FontBook) {
    match value {
        Value::String(text) => {
            if text.len() > RUN_MAX || !text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
                *text = printable(text, fonts);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| values(item, fonts)),
        Value::Object(fields) => fields.values_mut().for_each(|field| values(field, fonts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Every text within a value cut to what may stand on every page.
pub fn shorten(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some((end, _)) = text.char_indices().nth(REPEATED_MAX) {
                text.truncate(end);
                text.push('…');
            }
        }
        Value::Array(items) => items.iter_mut().for_each(shorten),
        Value::Object(fields) => fields.values_mut().for_each(shorten),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A text made printable. Line breaks stay.
pub fn printable(text: &str, fonts: &FontBook) -> String {
    let mut clean = String::with_capacity(text.len());
    for word in text.split_inclusive(breaks) {
        let long = word.chars().count() > RUN_MAX;
        let mut since = 0;
        for c in word.chars().filter_map(|c| shown(c, fonts)) {
            let after_hyphen = since >= PIECE_MIN && clean.ends_with('-');
            if long && (since >= PIECE_MAX || after_hyphen) && !breaks(c) {
                clean.push(BREAK);
                since = 0;
            }
            clean.push(c);
            since += 1;
        }
    }
    if clean.chars().filter(|c| *c == BREAK).nth(BREAKS_MAX).is_some() {
        return clean.replace(BREAK, "\u{200b}");
    }
    clean
}

/// A line may break after it: a space that does not hold together what is around it.
fn breaks(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

fn shown(c: char, fonts: &FontBook) -> Option<char> {
    match c {
        '\n' => Some(c),
        '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        // Controls; marks of direction, of which the last ones turn around what follows; invisible ones; selectors.
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => None,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => None,
        '\u{ad}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}' => None,
        '\u{e000}'..='\u{f8ff}' => Some(MISSING), // what private characters mean is not known
        c if has(c, fonts) => Some(c),
        _ => Some(MISSING),
    }
}

fn has(c: char, fonts: &FontBook) -> bool {
    let mut index = 0;
    while let Some(font) = fonts.info(index) {
        if font.coverage.contains(u32::from(c)) {
            return true;
        }
        index += 1;
    }
    false
}
