//! Amounts as people and banks write them: `1,234.56`, `1.234,56`, `1 234,56`, `(123.45)`, `RWF 12,500`.

use receivables::money::MoneyError;
use receivables::{Currency, Money};
use rust_decimal::Decimal;

/// More digits than this is no amount of money; it keeps a hostile cell from costing anything.
const DIGITS_MAX: usize = 28;

/// Currency signs and words that are not ISO 4217 codes but stand beside amounts.
const CURRENCY_WORDS: &[&str] = &[
    "frw", "frws", "rfr", "rf", "fr", "frs", "f", "us", "ksh", "kshs", "ush", "ugx", "tsh", "tzs", "fbu", "fc", "fcfa",
];
const CURRENCY_SIGNS: &[char] = &['$', '€', '£', '¥', '₣', '₦', '₹', '₵', '₽'];

/// Spaces and marks that only ever group thousands.
const GROUP_MARKS: &[char] = &[' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'];

/// What one written amount says about the file's decimal sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// The decimal sign can only be this one.
    Decimal(char),
    /// One separator before exactly three digits: thousands or thousandths.
    Either(char),
    /// No separator, or no amount at all.
    Silent,
}

/// The decimal behind a written amount when `decimal` (`.` or `,`) is the file's decimal sign; `None` if the text is
/// no amount or does not fit that sign.
///
/// ```
/// use formats::parse_amount;
/// assert_eq!(parse_amount("RWF 12,500", '.').unwrap().to_string(), "12500");
/// assert_eq!(parse_amount("1.234,56", ',').unwrap().to_string(), "1234.56");
/// assert_eq!(parse_amount("(123.45)", '.').unwrap().to_string(), "-123.45");
/// assert_eq!(parse_amount("1.234,56", '.'), None);
/// ```
pub fn parse_amount(text: &str, decimal: char) -> Option<Decimal> {
    let written = Written::of(text)?;
    let (whole, fraction) = match written.digits.split_once(decimal) {
        Some((whole, fraction)) => (whole, fraction),
        None => (written.digits, ""),
    };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole = ungrouped(whole)?;
    let digits = whole.len() + fraction.len();
    if digits == 0 || digits > DIGITS_MAX {
        return None;
    }
    let sign = if written.negative { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    let whole = if whole.is_empty() { "0" } else { whole.as_str() };
    Decimal::from_str_exact(&format!("{sign}{whole}{point}{fraction}")).ok()
}

/// An amount of `currency` as a person typed it, in whichever way they write thousands: `1,180,000`, `1.180.000` and
/// `1 180 000` are the same francs. A lone separator before three digits marks thousands, unless the currency has three
/// decimals: then a dot marks those.
///
/// ```
/// use receivables::Currency;
/// for text in ["1180000", "1,180,000", "1.180.000", "1 180 000", "Frw 1180000"] {
///     assert_eq!(formats::parse_money(text, Currency::RWF).unwrap().minor, 1_180_000);
/// }
/// assert_eq!(formats::parse_money("5.000", Currency::RWF).unwrap().minor, 5_000);
/// ```
pub fn parse_money(text: &str, currency: Currency) -> Result<Money, MoneyError> {
    Money::from_major(parse_price(text, currency)?, currency)
}

/// A price of `currency` as a person typed it, read as an amount is, with as many decimals as it has.
pub fn parse_price(text: &str, currency: Currency) -> Result<Decimal, MoneyError> {
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    if let Some(other) = letters.parse::<Currency>().ok().filter(|other| *other != currency) {
        return Err(MoneyError::Mixed { one: other.to_string(), other: currency.to_string() });
    }
    let decimal = match evidence(text) {
        Evidence::Decimal(sign) => sign,
        Evidence::Either('.') if currency.exponent() != 3 => ',',
        Evidence::Either(_) | Evidence::Silent => '.',
    };
    parse_amount(text, decimal).ok_or_else(|| MoneyError::NotAnAmount { text: text.to_owned() })
}

/// A quantity as a person typed it. A lone dot is always the decimal sign, for a meter reads `1.250`; a lone comma before three
/// digits marks thousands.
///
/// ```
/// for (text, quantity) in [("2.5", "2.5"), ("2,5", "2.5"), ("1.250", "1.250"), ("1,250", "1250"), ("1 250,5", "1250.5")] {
///     assert_eq!(formats::parse_quantity(text).unwrap().to_string(), quantity);
/// }
/// ```
pub fn parse_quantity(text: &str) -> Option<Decimal> {
    let decimal = match evidence(text) {
        Evidence::Decimal(sign) => sign,
        Evidence::Either(_) | Evidence::Silent => '.',
    };
    parse_amount(text, decimal)
}

/// What `text` says about the decimal sign.
pub(crate) fn evidence(text: &str) -> Evidence {
    let Some(written) = Written::of(text) else { return Evidence::Silent };
    let digits = written.digits;
    let (dots, commas) = (digits.matches('.').count(), digits.matches(',').count());
    match (dots, commas) {
        (0, 0) => Evidence::Silent,
        (0, 1) => lone(digits, ','),
        (1, 0) => lone(digits, '.'),
        // A sign that comes twice groups thousands, so the other one is the decimal sign.
        (0, _) => Evidence::Decimal('.'),
        (_, 0) => Evidence::Decimal(','),
        _ => Evidence::Decimal(if digits.rfind('.') > digits.rfind(',') { '.' } else { ',' }),
    }
}

/// True if the text names the Rwandan franc, which has no cents.
pub(crate) fn names_francs(text: &str) -> bool {
    let folded = text.to_lowercase();
    folded.contains("rwf") || folded.contains("frw")
}

fn lone(digits: &str, sign: char) -> Evidence {
    let Some((whole, fraction)) = digits.split_once(sign) else { return Evidence::Silent };
    let grouped_otherwise = whole.contains(GROUP_MARKS);
    let could_group = fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    if could_group && !grouped_otherwise { Evidence::Either(sign) } else { Evidence::Decimal(sign) }
}

/// The digits of an amount with their separators, freed from sign, brackets and currency.
struct Written<'t> {
    negative: bool,
    digits: &'t str,
}

impl<'t> Written<'t> {
    fn of(text: &'t str) -> Option<Written<'t>> {
        let mut negative = false;
        let mut rest = text.trim();
        if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
            (negative, rest) = (true, inner.trim());
        }
        let (mut signed, mut named) = (negative, false);
        loop {
            let before = rest;
            rest = rest.trim();
            if let Some(bare) = without_sign(rest) {
                // A second sign (`--5`, `(-5)`) is not an amount a person meant.
                if signed {
                    return None;
                }
                (signed, negative, rest) = (true, bare.0, bare.1);
            } else if let Some(bare) = without_currency(rest) {
                if named {
                    return None;
                }
                (named, rest) = (true, bare);
            } else if let Some(debit) = rest.strip_suffix("DR").or_else(|| rest.strip_suffix("Dr")) {
                if signed {
                    return None;
                }
                (signed, negative, rest) = (true, true, debit);
            } else if let Some(credit) = rest.strip_suffix("CR").or_else(|| rest.strip_suffix("Cr")) {
                if signed {
                    return None;
                }
                (signed, rest) = (true, credit);
            }
            if rest == before {
                break;
            }
        }
        let allowed = |c: char| c.is_ascii_digit() || c == '.' || c == ',' || GROUP_MARKS.contains(&c);
        let has_digit = rest.bytes().any(|b| b.is_ascii_digit());
        (has_digit && rest.chars().all(allowed)).then_some(Written { negative, digits: rest })
    }
}

/// Takes one leading or trailing sign away; true is minus.
fn without_sign(text: &str) -> Option<(bool, &str)> {
    for (sign, negative) in [('-', true), ('−', true), ('–', true), ('+', false)] {
        if let Some(rest) = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)) {
            return Some((negative, rest));
        }
    }
    None
}

/// Takes one currency sign or word away from either end.
fn without_currency(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(CURRENCY_SIGNS).or_else(|| text.strip_suffix(CURRENCY_SIGNS)) {
        return Some(rest);
    }
    let head = text.len() - text.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    if head > 0 {
        let rest = &text[head..];
        // `US$ 5`, `Frw. 500`
        let rest = rest.strip_prefix(CURRENCY_SIGNS).unwrap_or(rest);
        let rest = rest.strip_prefix(". ").unwrap_or(rest);
        return is_currency(&text[..head]).then_some(rest);
    }
    let bare = text.strip_suffix('.').unwrap_or(text);
    let tail = bare.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let word = &bare[tail.len()..];
    (!word.is_empty() && is_currency(word)).then_some(tail)
}

fn is_currency(word: &str) -> bool {
    let folded = word.to_lowercase();
    CURRENCY_WORDS.contains(&folded.as_str()) || (word.len() == 3 && word.parse::<Currency>().is_ok())
}

/// The whole part without its thousands marks; refuses groups that are no thousands (`12,50`).
fn ungrouped(whole: &str) -> Option<String> {
    let is_mark = |c: char| !c.is_ascii_digit();
    let Some(mark) = whole.chars().find(|c| is_mark(*c)) else { return Some(whole.to_owned()) };
    let groups: Vec<&str> = whole.split(mark).collect();
    let (first, rest) = groups.split_first()?;
    let (last, middle) = rest.split_last()?;
    // 1,234,567 everywhere; 12,34,567 in India.
    let sizes_fit =
        (1..=3).contains(&first.len()) && last.len() == 3 && middle.iter().all(|g| matches!(g.len(), 2 | 3));
    let all_digits = groups.iter().all(|g| g.bytes().all(|b| b.is_ascii_digit()));
    (sizes_fit && all_digits).then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, decimal: char, expected: &str) {
        let found = parse_amount(text, decimal).map_or_else(|| "none".to_owned(), |d| d.to_string());
        assert_eq!(found, expected, "{text:?} with {decimal:?}");
    }

    #[test]
    fn amounts_as_people_write_them() {
        for (text, expected) in [
            ("1,234.56", "1234.56"),
            ("1234.5", "1234.5"),
            ("1 234.56", "1234.56"),
            ("1'234.50", "1234.50"),
            ("12,34,567.00", "1234567.00"),
            ("(123.45)", "-123.45"),
            ("123.45-", "-123.45"),
            ("-123.45", "-123.45"),
            ("−5", "-5"),
            ("+7.00", "7.00"),
            ("RWF 12,500", "12500"),
            ("12,500 Frw", "12500"),
            ("Frw. 500", "500"),
            ("$1,200.00", "1200.00"),
            ("-$1,200.00", "-1200.00"),
            ("$-1,200.00", "-1200.00"),
            ("US$ 5", "5"),
            ("2000Rwf", "2000"),
            ("100.", "100"),
            (".5", "0.5"),
            ("1,500.00 DR", "-1500.00"),
            ("1,500.00CR", "1500.00"),
            ("1.234,56", "none"),
            ("12,50", "none"),
            ("1,2345", "none"),
            ("1.2.3", "none"),
            ("--5", "none"),
            ("(-5)", "none"),
            ("abc 5", "none"),
            ("5 apples", "none"),
            ("", "none"),
            ("-", "none"),
            ("RWF", "none"),
            ("123456789012345678901234567890", "none"),
        ] {
            check(text, '.', expected);
        }
        for (text, expected) in [
            ("1.234,56", "1234.56"),
            ("1 234,56", "1234.56"),
            ("1\u{202f}234\u{a0}567,8", "none"),
            ("1\u{202f}234\u{202f}567,8", "1234567.8"),
            ("12.500 Frw", "12500"),
            ("100,", "100"),
            ("1,234.56", "none"),
        ] {
            check(text, ',', expected);
        }
    }

    #[test]
    fn a_person_types_an_amount_in_any_of_the_ways() {
        let typed = |text: &str, code: &str| parse_money(text, code.parse().unwrap()).map(|money| money.minor);
        for (text, code, minor) in [
            ("1,234,567", "RWF", 1_234_567),
            ("1.234.567", "RWF", 1_234_567),
            ("1 234 567", "RWF", 1_234_567),
            ("1\u{202f}234\u{202f}567", "RWF", 1_234_567),
            ("1234567", "RWF", 1_234_567),
            ("1,180", "RWF", 1_180),
            ("1.180", "RWF", 1_180),
            ("RWF 5.000", "RWF", 5_000),
            ("5.000 Frw", "RWF", 5_000),
            ("\u{2212}5.000", "RWF", -5_000),
            ("5000.00", "RWF", 5_000),
            ("1,234", "USD", 123_400),
            ("1.234", "USD", 123_400),
            ("1,234.5", "USD", 123_450),
            ("1.234,50", "USD", 123_450),
            ("12,5", "USD", 1_250),
            ("$12.50", "USD", 1_250),
            ("1.234", "KWD", 1_234),
            ("1,234", "KWD", 1_234_000),
        ] {
            assert_eq!(typed(text, code), Ok(minor), "{text:?} {code}");
        }
        for (text, code) in [("12.50", "RWF"), ("1.2345", "USD"), ("0.125", "USD")] {
            assert!(matches!(typed(text, code), Err(MoneyError::TooPrecise { .. })), "{text:?} {code}");
        }
        for text in ["", "a lot", "1.23.4", "12,50,1", "5 apples", "--5"] {
            assert!(matches!(typed(text, "RWF"), Err(MoneyError::NotAnAmount { .. })), "{text:?}");
        }
        assert!(matches!(typed("USD 500", "RWF"), Err(MoneyError::Mixed { .. })));
    }

    #[test]
    fn what_an_amount_says_about_its_decimal_sign() {
        for (text, expected) in [
            ("1,234.56", Evidence::Decimal('.')),
            ("1.234,56", Evidence::Decimal(',')),
            ("1.234.567", Evidence::Decimal(',')),
            ("1,234,567", Evidence::Decimal('.')),
            ("12.5", Evidence::Decimal('.')),
            ("0.125", Evidence::Decimal('.')),
            ("1234,567", Evidence::Decimal(',')),
            ("1 234,567", Evidence::Decimal(',')),
            ("1,234", Evidence::Either(',')),
            ("12.500", Evidence::Either('.')),
            ("1234", Evidence::Silent),
            ("n/a", Evidence::Silent),
        ] {
            assert_eq!(evidence(text), expected, "{text}");
        }
    }
}
