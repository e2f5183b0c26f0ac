//! What a person typed to find something, read in every way it may be meant, and how well a thing fits it.

use crate::cash::payer::NameWords;
use crate::fold;

/// The longest text that is looked for, in characters.
pub const TEXT_MAX: usize = 200;
/// Words of one name or text by which it is found.
const WORDS_MAX: usize = 8;
/// Characters of a word that count.
const WORD_CHARS_MAX: usize = 40;
/// Digits of a telephone number that say whose it is, whatever stands before them.
const PHONE_DIGITS: usize = 9;
/// Fewer digits than this are too many people's.
const DIGITS_MIN: usize = 4;
/// Marks that may stand between the parts of a document's number; the store folds numbers alike.
const SEPARATORS: [char; 4] = ['-', '/', ' ', '.'];

/// How well a thing fits what was typed, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fit {
    /// It is just that.
    Exact,
    /// It begins so.
    Begins,
    /// It ends so, or has it among its words.
    Part,
    /// It is spelled nearly so.
    Close,
}

/// A text as it was typed, and what it may mean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Typed {
    /// Without the spaces around it.
    pub text: String,
    /// As words of a name.
    pub words: Vec<String>,
    /// As a customer's code or tax number.
    pub code: String,
    /// As a document's number; see [`number`].
    pub number: String,
    pub email: Option<String>,
    pub phone: Option<Phone>,
}

/// A telephone number or a part of one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phone {
    /// Its digits from the first that counts.
    pub head: String,
    /// Its digits from the last to the first.
    pub tail: String,
}

impl Typed {
    pub fn new(text: &str) -> Typed {
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let text = text.trim();
        let email = text.contains('@').then(|| email(text)).filter(|email| email.len() > 1);
        Typed {
            text: text.to_owned(),
            words: name_words(text),
            code: fold::key(text, &[]),
            number: number(text),
            email,
            phone: typed_phone(text),
        }
    }
}

/// The words a name is found by: without legal forms, with its numbers.
pub fn name_words(name: &str) -> Vec<String> {
    let digits = fold::words(name).into_iter().filter(|word| is_digits(word));
    first_words(NameWords::new(name).words().iter().cloned().chain(digits))
}

/// The words a receipt is found by: of its payer's name, or where it names nobody those of its text that have more than
/// two letters.
pub fn payer_words(payer: Option<&str>, text: Option<&str>) -> Vec<String> {
    let named = payer.map(name_words).unwrap_or_default();
    if !named.is_empty() {
        return named;
    }
    let all = fold::words(text.unwrap_or_default()).into_iter();
    first_words(all.filter(|word| word.chars().count() > 2 && !is_digits(word)))
}

fn is_digits(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Some of the words, each once, none too long for a key.
fn first_words(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in words {
        let word: String = word.chars().take(WORD_CHARS_MAX).collect();
        if all.len() < WORDS_MAX && !all.contains(&word) {
            all.push(word);
        }
    }
    all
}

/// All the words of a name in the order of the alphabet, without legal forms and numbers: what two spellings of one name
/// have in common.
pub fn whole_name(name: &str) -> String {
    NameWords::new(name).words().join(" ").chars().take(2 * WORD_CHARS_MAX).collect()
}

/// A customer's code or tax number as it is compared.
pub fn code(text: &str) -> String {
    fold::key(text, &[]).chars().take(WORD_CHARS_MAX).collect()
}

/// An e-mail address as it is compared.
pub fn email(text: &str) -> String {
    fold::key(text, &['@', '.', '-', '_', '+']).chars().take(2 * WORD_CHARS_MAX).collect()
}

/// A whole telephone number; `None` for one that is masked or too short to say anything.
pub fn phone(text: &str) -> Option<Phone> {
    if text.contains('*') {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    let from = digits.len().saturating_sub(PHONE_DIGITS);
    let head = &digits[from..];
    (head.len() >= DIGITS_MIN).then(|| Phone { head: head.to_owned(), tail: head.chars().rev().collect() })
}

/// What was typed as a telephone number or its beginning or end: nothing but digits and the marks between them.
fn typed_phone(text: &str) -> Option<Phone> {
    let marks = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')' | '.' | '/' | '\u{a0}');
    if !text.chars().all(marks) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    // An ending is taken with its zeros: 0045 is not 45.
    if (DIGITS_MIN..PHONE_DIGITS).contains(&digits.len()) {
        let head = digits.trim_start_matches('0').to_owned();
        return Some(Phone { head, tail: digits.chars().rev().collect() });
    }
    phone(text)
}

/// A document's number as it is compared: ASCII letters in upper case, nothing between its parts.
pub fn number(text: &str) -> String {
    text.trim().chars().filter(|c| !SEPARATORS.contains(c)).map(|c| c.to_ascii_uppercase()).collect()
}

/// The whole numbers that documents of this number, or ending so, may end with, without leading zeros: of `20260017`
/// among others 17 and 60017, for nobody knows where the separators were.
pub fn tails(typed: &str) -> Vec<String> {
    let digits: String = typed.chars().rev().take_while(char::is_ascii_digit).collect();
    let digits: String = digits.chars().rev().collect();
    let mut all = Vec::new();
    for from in 0..digits.len().min(WORD_CHARS_MAX) {
        let tail = digits[from..].trim_start_matches('0');
        if !tail.is_empty() && !all.iter().any(|known| known == tail) {
            all.push(tail.to_owned());
        }
    }
    all
}

/// How a document's number fits what was typed.
pub fn number_fit(typed: &str, known: &str) -> Option<Fit> {
    let (typed_folded, known_folded) = (number(typed), number(known));
    if typed_folded.is_empty() {
        return None;
    }
    if typed_folded == known_folded {
        return Some(Fit::Exact);
    }
    let (typed_parts, known_parts) = (parts(typed), parts(known));
    if typed_parts == known_parts {
        return Some(Fit::Exact);
    }
    if known_folded.starts_with(&typed_folded) {
        return Some(Fit::Begins);
    }
    let ends = known_folded.ends_with(&typed_folded) && typed_folded.bytes().all(|b| b.is_ascii_digit());
    (ends || known_parts.ends_with(&typed_parts)).then_some(Fit::Part)
}

/// The runs of letters and digits of a number, without leading zeros.
fn parts(number: &str) -> Vec<String> {
    let trimmed = |word: String| {
        let bare = word.trim_start_matches('0');
        if bare.is_empty() { word } else { bare.to_owned() }
    };
    fold::words(&number.replace('.', " ")).into_iter().map(trimmed).collect()
}

/// How the words of a thing fit words that were typed, each of which may be the beginning of one of them.
pub fn words_fit(typed: &[String], known: &[String]) -> Option<Fit> {
    if typed.is_empty() || !typed.iter().all(|word| known.iter().any(|of| of.starts_with(word.as_str()))) {
        return None;
    }
    let whole = typed.iter().filter(|word| known.contains(word)).count();
    Some(match whole {
        _ if whole == typed.len() && whole == known.len() => Fit::Exact,
        _ if whole == typed.len() => Fit::Begins,
        _ => Fit::Part,
    })
}

/// How many slips of the fingers lie between two words: a letter wrong, missing, added or two swapped. One is forgiven,
/// two in a long word, none in a short one. L and R are one letter: Kinyarwanda names are written with either.
pub fn slips_between(typed: &str, word: &str) -> Option<usize> {
    let letters = |text: &str| text.chars().map(|c| if c == 'l' { 'r' } else { c }).collect::<Vec<char>>();
    let (a, b) = (letters(typed), letters(word));
    let most = match a.len() {
        0..=3 => return None,
        4..=7 => 1,
        _ => 2,
    };
    let near = a.len().abs_diff(b.len()) <= most;
    near.then(|| slips(&a, &b)).filter(|slips| *slips <= most)
}

/// The fewest slips that turn one word into the other (optimal string alignment).
fn slips(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut rows: Vec<Vec<usize>> = vec![(0..width).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i; width];
        for j in 1..width {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row[j] = best;
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_in_any_spelling_is_one() {
        for text in ["0788 123 456", "+250788123456", "00250 788-123-456", "788123456"] {
            let found = Typed::new(text).phone.map(|phone| phone.head);
            assert_eq!(found.as_deref(), Some("788123456"), "{text}");
        }
        assert_eq!(phone("*****3456"), None);
        assert_eq!(Typed::new("0045").phone.map(|phone| phone.tail).as_deref(), Some("5400"));
        for text in ["456", "INV-2026", "0788a"] {
            assert_eq!(Typed::new(text).phone, None, "{text}");
        }
    }

    #[test]
    fn a_number_in_any_spelling_is_one() {
        let cases = [
            ("INV-2026-0017", Some(Fit::Exact)),
            ("inv 2026/0017", Some(Fit::Exact)),
            ("INV20260017", Some(Fit::Exact)),
            ("inv-2026-17", Some(Fit::Exact)),
            ("INV-2026", Some(Fit::Begins)),
            ("inv2026 00", Some(Fit::Begins)),
            ("2026-0017", Some(Fit::Part)),
            ("20260017", Some(Fit::Part)),
            ("17", Some(Fit::Part)),
            ("0017", Some(Fit::Part)),
            ("7", Some(Fit::Part)),
            ("18", None),
            ("", None),
            ("-", None),
        ];
        for (typed, expected) in cases {
            assert_eq!(number_fit(typed, "INV-2026-0017"), expected, "{typed}");
        }
        assert_eq!(tails("20260017"), ["20260017", "260017", "60017", "17", "7"]);
        assert_eq!(tails("INV000"), Vec::<String>::new());
    }

    #[test]
    fn words_of_a_name_in_any_order_each_may_be_begun() {
        let fit = |typed: &str| words_fit(&name_words(typed), &name_words("Société Kivu Café 24 S.A.R.L."));
        assert_eq!(fit("kivu societe cafe 24"), Some(Fit::Exact));
        assert_eq!(fit("KIVU Sarl"), Some(Fit::Begins));
        assert_eq!(fit("caf kiv"), Some(Fit::Part));
        assert_eq!(fit("kivu 25"), None);
        assert_eq!(fit("  "), None);
    }

    #[test]
    fn one_slip_is_forgiven_and_two_in_a_long_word() {
        for (typed, word, expected) in [
            ("mugabo", "mugabo", Some(0)),
            ("mugbao", "mugabo", Some(1)),
            ("mugao", "mugabo", Some(1)),
            ("mukalugwiza", "mukarugwiza", Some(0)),
            ("hakizimna", "hakizimana", Some(1)),
            ("hakizmna", "hakizimana", Some(2)),
            ("mugisa", "mugabo", None),
            ("ana", "ani", None),
        ] {
            assert_eq!(slips_between(typed, word), expected, "{typed} {word}");
        }
    }
}
