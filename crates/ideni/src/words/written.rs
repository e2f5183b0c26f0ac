//! How amounts, days and moments look in each language: one form for each. `Money` and `Date` write themselves for
//! programs (`RWF 1,180,000`, `2026-07-05`); what is here is for people.
//!
//! The forms are those of the Unicode CLDR (`tests/outside/cldr.rs`), but for these, where people here do otherwise:
//!
//! - Currencies go by their code, `RWF` and `USD`, never by a sign: CLDR's `RF` is little used, and `$` is many dollars.
//!   In English the code stands apart from the figures, as in the other three languages.
//! - Below zero, the sign is a true minus (U+2212) beside the figures: screen readers say it, where many are silent about a
//!   hyphen, and in a column it stays next to what it changes. Programs, CSV and spreadsheets keep the hyphen of ASCII.
//! - A short day is `05/07/2026` in all four, as on the forms of the revenue authority; CLDR's Kinyarwanda is `2026-07-05`
//!   and its English of no country `7/5/26`. A long one begins with the day, or that of the week: CLDR's Kinyarwanda begins with the year.
//! - French writes `1er` for the first of a month, where CLDR has `1`.
//! - Hours are those of a 24-hour clock. Kinyarwanda and Swahili count the spoken hour from sunrise, so digits alone agree.

use std::fmt::Display;

use receivables::{Date, Instant, Money};

use super::{Language, say};

/// Keeps an amount on one line.
const NO_BREAK: char = '\u{a0}';
/// The thousands of French.
const NARROW_NO_BREAK: char = '\u{202f}';
const MINUS: char = '\u{2212}';

/// An amount with its currency: `RWF 1,180,000`, in French `1 180 000 RWF`.
pub fn money(language: Language, money: Money) -> String {
    let (figures, code) = (amount(language, money), money.currency);
    match language {
        // English is also what commands print, and a plain space can be searched for.
        Language::En => format!("{code} {figures}"),
        Language::Fr => format!("{figures}{NO_BREAK}{code}"),
        Language::Rw | Language::Sw => format!("{code}{NO_BREAK}{figures}"),
    }
}

/// An amount where the currency stands beside it already: `1,180,000`.
pub fn amount(language: Language, money: Money) -> String {
    grouped(language, &money.major_text())
}

/// A whole number: `1,234,567`, in French `1 234 567`, in Kinyarwanda `1.234.567`.
pub fn number(language: Language, number: impl Display) -> String {
    grouped(language, &number.to_string())
}

/// Basis points: 6250 are `62.5%`, in French `62,5 %`.
pub fn percent(language: Language, bps: i64) -> String {
    let sign = if bps < 0 { "-" } else { "" };
    let (whole, hundredths) = (bps.unsigned_abs() / 100, bps.unsigned_abs() % 100);
    let plain = format!("{sign}{whole}.{hundredths:02}");
    let figures = grouped(language, plain.trim_end_matches('0').trim_end_matches('.'));
    match language {
        Language::Fr => format!("{figures}{NO_BREAK}%"),
        Language::En | Language::Rw | Language::Sw => format!("{figures}%"),
    }
}

/// A day in words: `5 July 2026`.
pub fn day(language: Language, day: Date) -> String {
    let first = if language == Language::Fr && day.day() == 1 { "er" } else { "" };
    format!("{}{first} {}", day.day(), month(language, day))
}

/// A day in figures, for columns: `05/07/2026`.
pub fn day_short(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// A day in words with that of the week: `Monday, 5 July 2026`.
pub fn day_of_week(language: Language, on: Date) -> String {
    let comma = if language == Language::Fr { "" } else { "," };
    format!("{}{comma} {}", weekday(language, on), day(language, on))
}

/// The month of a day: `July 2026`.
pub fn month(language: Language, day: Date) -> String {
    format!("{} {}", say(language, &format!("month-{}", day.month()), &[]), day.year())
}

/// The day of the week: `Monday`.
pub fn weekday(language: Language, day: Date) -> String {
    say(language, &format!("weekday-{}", day.weekday()), &[])
}

/// A moment on the clock of a time zone: `5 July 2026, 14:05`. An unknown zone is that of Greenwich.
pub fn instant(language: Language, instant: Instant, zone: &str) -> String {
    let (on, hour, minute) = instant.wall_clock(zone);
    format!("{}, {hour:02}:{minute:02}", day(language, on))
}

/// A telephone number as people here dial it: `0788 123 456` for `+250788123456`; one of another country as it is.
pub fn phone(number: &str) -> String {
    match number.strip_prefix("+250").filter(|rest| rest.len() == 9 && rest.bytes().all(|b| b.is_ascii_digit())) {
        Some(rest) => format!("0{} {} {}", &rest[..3], &rest[3..6], &rest[6..]),
        None => number.to_owned(),
    }
}

/// The same without the signs that the alphabet of an SMS lacks: one of them halves how much a message holds.
pub fn for_sms(text: &str) -> String {
    text.replace([NO_BREAK, NARROW_NO_BREAK], " ").replace(MINUS, "-")
}

/// Figures of a plain decimal text with the thousands, the decimal sign and the minus of a language.
pub(super) fn grouped(language: Language, plain: &str) -> String {
    let (group, decimal) = match language {
        Language::En | Language::Sw => (',', '.'),
        Language::Fr => (NARROW_NO_BREAK, ','),
        Language::Rw => ('.', ','),
    };
    let (negative, digits) = plain.strip_prefix('-').map_or((false, plain), |digits| (true, digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = String::with_capacity(plain.len() * 2);
    if negative {
        out.push(MINUS);
    }
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n) % 3 == 0 {
            out.push(group);
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push(decimal);
        out.push_str(fraction);
    }
    out
}
