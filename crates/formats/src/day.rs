//! Dates as people and banks write them: `2026-08-31`, `31/08/2026`, `31 Aug 2026`, `31 août 2026`, `20260831`.

use receivables::Date;
use serde::{Deserialize, Serialize};

use crate::headers::folded;

/// The order of day, month and year where all three are figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// 2026-08-31
    Ymd,
    /// 31/08/2026
    Dmy,
    /// 8/31/2026
    Mdy,
}

impl DateOrder {
    /// As a profile writes it.
    pub fn code(self) -> &'static str {
        match self {
            DateOrder::Ymd => "ymd",
            DateOrder::Dmy => "dmy",
            DateOrder::Mdy => "mdy",
        }
    }
}

/// Month names and their short forms, English and French, accents folded.
const MONTHS: [&[&str]; 12] = [
    &["jan", "january", "janv", "janvier"],
    &["feb", "february", "fev", "fevr", "fevrier"],
    &["mar", "march", "mars"],
    &["apr", "april", "avr", "avril"],
    &["may", "mai"],
    &["jun", "june", "juin"],
    &["jul", "july", "juil", "juillet"],
    &["aug", "august", "aou", "aout"],
    &["sep", "sept", "september", "septembre"],
    &["oct", "october", "octobre"],
    &["nov", "november", "novembre"],
    &["dec", "december", "decembre"],
];

/// Words that may stand in a date without a meaning of their own.
const FILLERS: &[&str] = &[
    "st",
    "nd",
    "rd",
    "th",
    "er",
    "le",
    "mon",
    "monday",
    "tue",
    "tues",
    "tuesday",
    "wed",
    "wednesday",
    "thu",
    "thurs",
    "thursday",
    "fri",
    "friday",
    "sat",
    "saturday",
    "sun",
    "sunday",
    "lun",
    "lundi",
    "mardi",
    "mer",
    "mercredi",
    "jeu",
    "jeudi",
    "ven",
    "vendredi",
    "sam",
    "samedi",
    "dim",
    "dimanche",
];

/// Longer texts are no dates.
const LENGTH_MAX: usize = 64;

/// The civil date a text names, when `order` is the order of the file's figures; an optional time of day is ignored.
///
/// ```
/// use formats::{DateOrder, parse_date};
/// assert_eq!(parse_date("31/08/2026 10:15", DateOrder::Dmy).unwrap().to_string(), "2026-08-31");
/// assert_eq!(parse_date("31 août 2026", DateOrder::Mdy).unwrap().to_string(), "2026-08-31");
/// ```
pub fn parse_date(text: &str, order: DateOrder) -> Option<Date> {
    Written::of(text)?.date(order)
}

/// Which orders a date allows: (day first, month first); both false if the order does not matter or it is no date.
pub(crate) fn orders(text: &str) -> (bool, bool) {
    match Written::of(text) {
        Some(written @ Written::Figures { .. }) => {
            (written.date(DateOrder::Dmy).is_some(), written.date(DateOrder::Mdy).is_some())
        }
        _ => (false, false),
    }
}

/// A date taken apart, before the order is applied.
#[derive(Clone, Copy)]
enum Written {
    /// Year first, or the month by name: nothing to decide.
    Plain { year: i16, month: i8, day: i8 },
    /// Three figures whose order the file decides.
    Figures { first: i16, second: i16, last: i16, short_year: bool },
}

impl Written {
    fn of(text: &str) -> Option<Written> {
        let text = text.trim();
        if text.len() > LENGTH_MAX {
            return None;
        }
        let tokens = tokens(without_time(text)?)?;
        match tokens.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [compact] if compact.len() == 8 => Some(Written::Plain {
                year: number(&compact[..4])?,
                month: small(&compact[4..6])?,
                day: small(&compact[6..])?,
            }),
            [year, month, day] if year.len() == 4 => {
                Some(Written::Plain { year: number(year)?, month: month_of(month)?, day: small(day)? })
            }
            [first, second, last] => Written::year_last(first, second, last),
            _ => None,
        }
    }

    fn year_last(first: &str, second: &str, last: &str) -> Option<Written> {
        let short_year = last.len() == 2;
        if !short_year && last.len() != 4 {
            return None;
        }
        let year = if short_year { century(number(last)?) } else { number(last)? };
        if is_word(second) {
            return Some(Written::Plain { year, month: month_of(second)?, day: small(first)? });
        }
        if is_word(first) {
            return Some(Written::Plain { year, month: month_of(first)?, day: small(second)? });
        }
        if first.len() > 2 || second.len() > 2 {
            return None;
        }
        Some(Written::Figures { first: number(first)?, second: number(second)?, last: number(last)?, short_year })
    }

    fn date(self, order: DateOrder) -> Option<Date> {
        let (year, month, day) = match self {
            Written::Plain { year, month, day } => return Date::new(year, month, day),
            Written::Figures { first, second, last, short_year } => {
                let year = if short_year { century(last) } else { last };
                match order {
                    DateOrder::Dmy => (year, second, first),
                    DateOrder::Mdy => (year, first, second),
                    DateOrder::Ymd if short_year => (century(first), second, last),
                    DateOrder::Ymd => return None,
                }
            }
        };
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
    }
}

/// Cuts a time of day off: `2026-08-31T10:15:00Z`, `31 Aug 2026, 10:15 AM`.
fn without_time(text: &str) -> Option<&str> {
    let Some(colon) = text.find(':') else { return Some(text) };
    let hour = text[..colon].trim_end_matches(|c: char| c.is_ascii_digit());
    if colon - hour.len() > 2 || colon == hour.len() {
        return None;
    }
    let date = hour.strip_suffix([' ', 'T', 't', ',', '-', '\u{a0}', '\u{202f}'])?;
    Some(date.trim_end_matches([' ', ',']))
}

/// Runs of figures and of letters (folded), at most three that mean something.
fn tokens(text: &str) -> Option<Vec<String>> {
    let mut runs: Vec<String> = Vec::new();
    let mut last_class = 0;
    for c in folded(text).chars() {
        let class = if c.is_ascii_digit() {
            1
        } else if c.is_ascii_alphabetic() {
            2
        } else {
            0
        };
        match (class, class == last_class) {
            (0, _) if !matches!(c, '-' | '/' | '.' | ',' | ' ' | '\u{a0}' | '\u{202f}') => return None,
            (0, _) => {}
            (_, true) => runs.last_mut()?.push(c),
            (_, false) => runs.push(c.to_string()),
        }
        last_class = class;
    }
    runs.retain(|run| !FILLERS.contains(&run.as_str()));
    (runs.len() <= 3).then_some(runs)
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn month_of(token: &str) -> Option<i8> {
    if !is_word(token) {
        return small(token);
    }
    let at = MONTHS.iter().position(|names| names.contains(&token))?;
    i8::try_from(at + 1).ok()
}

fn number(token: &str) -> Option<i16> {
    if token.len() <= 4 { token.parse().ok() } else { None }
}

fn small(token: &str) -> Option<i8> {
    if token.len() <= 2 { token.parse().ok() } else { None }
}

/// `YYMMDD`. Banks that count thirty days a month write 30 February: it is the last day of that month.
pub(crate) fn written_day(figures: &str) -> Option<Date> {
    let number = |range: std::ops::Range<usize>| figures.get(range)?.parse::<i8>().ok();
    let (year, month, day) = (number(0..2)?, number(2..4)?, number(4..6)?);
    let year = century(i16::from(year));
    Date::new(year, month, day).or_else(|| last_day(year, month).filter(|_| (29..=31).contains(&day)))
}

fn last_day(year: i16, month: i8) -> Option<Date> {
    [31, 30, 29, 28].into_iter().find_map(|day| Date::new(year, month, day))
}

/// Two-figure years: 70 to 99 are the last century, the rest this one.
pub(crate) fn century(short: i16) -> i16 {
    if short >= 70 { 1900 + short } else { 2000 + short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        for (text, order, expected) in [
            ("2026-08-31", DateOrder::Dmy, "2026-08-31"),
            ("2026/8/3", DateOrder::Dmy, "2026-08-03"),
            ("2026-08-31T10:15:00Z", DateOrder::Dmy, "2026-08-31"),
            ("2026-08-31 10:15:00.25", DateOrder::Mdy, "2026-08-31"),
            ("31/08/2026", DateOrder::Dmy, "2026-08-31"),
            ("31.08.2026", DateOrder::Dmy, "2026-08-31"),
            ("31-08-26", DateOrder::Dmy, "2026-08-31"),
            ("8/31/2026", DateOrder::Mdy, "2026-08-31"),
            ("4/6/2013", DateOrder::Mdy, "2013-04-06"),
            ("4/6/2013", DateOrder::Dmy, "2013-06-04"),
            ("26-08-31", DateOrder::Ymd, "2026-08-31"),
            ("31 Aug 2026", DateOrder::Mdy, "2026-08-31"),
            ("31-AUG-26", DateOrder::Mdy, "2026-08-31"),
            ("Aug 31, 2026", DateOrder::Dmy, "2026-08-31"),
            ("August 31st, 2026 9:05 PM", DateOrder::Dmy, "2026-08-31"),
            ("30 JUN 2026-10:15:00", DateOrder::Dmy, "2026-06-30"),
            ("31 août 2026", DateOrder::Mdy, "2026-08-31"),
            ("1er févr. 2026", DateOrder::Mdy, "2026-02-01"),
            ("mardi 1 décembre 2026", DateOrder::Mdy, "2026-12-01"),
            ("20260831", DateOrder::Mdy, "2026-08-31"),
            ("31/08/2026", DateOrder::Mdy, "none"),
            ("30/02/2026", DateOrder::Dmy, "none"),
            ("2026-13-01", DateOrder::Ymd, "none"),
            ("12345", DateOrder::Dmy, "none"),
            ("10:15", DateOrder::Dmy, "none"),
            ("31 Foo 2026", DateOrder::Dmy, "none"),
            ("31/08/02026", DateOrder::Dmy, "none"),
            ("", DateOrder::Dmy, "none"),
        ] {
            let found = parse_date(text, order).map_or_else(|| "none".to_owned(), |d| d.to_string());
            assert_eq!(found, expected, "{text:?} {order:?}");
        }
    }

    #[test]
    fn a_day_above_twelve_tells_the_order() {
        assert_eq!(orders("31/08/2026"), (true, false));
        assert_eq!(orders("8/31/2026"), (false, true));
        assert_eq!(orders("8/3/2026"), (true, true));
        assert_eq!(orders("2026-08-31"), (false, false));
        assert_eq!(orders("31 Aug 2026"), (false, false));
    }
}
