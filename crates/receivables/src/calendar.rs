//! Working days and public holidays. The rules are a country pack's data (`country/rw/holidays.txt`), read by
//! [`rules_from_table`]; this file knows no country.
//!
//! A holiday on a weekend may give the next working day off. Substitutes are given in date order and never fall on a
//! weekend, on a holiday, or on a day given before: Christmas on Sunday and Boxing Day on Monday give Tuesday.

use std::collections::{BTreeMap, BTreeSet};

use crate::Date;

/// The holidays of a country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayRules {
    /// Days without work, Monday first. Never all seven.
    pub weekend: [bool; 7],
    /// Holidays before this day give no substitute; `None`: none ever does.
    pub substitutes_from: Option<Date>,
    pub rules: Vec<Rule>,
}

impl HolidayRules {
    /// A country without holidays, where Saturday and Sunday are free.
    pub fn none() -> HolidayRules {
        HolidayRules {
            weekend: [false, false, false, false, false, true, true],
            substitutes_from: None,
            rules: Vec::new(),
        }
    }
}

/// One holiday and the years it holds in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub when: When,
    pub moves: Moves,
    /// First and last year of the rule.
    pub years: (i16, i16),
    /// The day is a forecast (the moon has not been seen yet).
    pub estimated: bool,
    /// English, French, Kinyarwanda, Swahili.
    pub names: [String; 4],
}

/// On which day of a year a holiday falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The same day each year.
    Fixed { month: i8, day: i8 },
    /// Days from Easter Sunday of the western churches: Good Friday is −2.
    Easter { offset_days: i32 },
    /// The n-th weekday of a month (1 is Monday): the first Friday of August.
    Nth { month: i8, n: i8, weekday: i8 },
    /// One day of one year: announced feasts, days the Government adds.
    Once(Date),
}

/// Whether a holiday on a weekend gives a substitute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moves {
    /// From Saturday and from Sunday.
    Weekend,
    /// From Saturday only: the day after a holiday, whose Sunday is covered by the substitute of the day before.
    SaturdayOnly,
    Never,
}

/// A holiday on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// English, French, Kinyarwanda, Swahili.
    pub names: [String; 4],
    /// The day is the substitute of a holiday on a weekend.
    pub observed: bool,
    /// The day is a forecast.
    pub estimated: bool,
    /// The company added the day itself; its one name stands for every language.
    pub own: bool,
}

/// What a company says of single days: the name of a holiday it adds, or `None` for a holiday on which it works.
pub type OwnDays = BTreeMap<Date, Option<String>>;

/// Answers questions about working days.
#[derive(Debug, Clone)]
pub struct Calendar {
    rules: HolidayRules,
    /// The holidays of the years in `READY`, worked out once.
    ready: BTreeSet<Date>,
    own: OwnDays,
}

/// Years whose holidays a [`Calendar`] keeps at hand; others are worked out when asked.
const READY: (i16, i16) = (2010, 2050);

/// The holidays of a year by day, substitutes included.
pub fn holidays(rules: &HolidayRules, year: i16) -> BTreeMap<Date, Vec<Holiday>> {
    holidays_between(rules, year, year)
}

impl Calendar {
    pub fn new(rules: HolidayRules) -> Calendar {
        let ready = holidays_between(&rules, READY.0, READY.1).into_keys().collect();
        Calendar { rules, ready, own: OwnDays::new() }
    }

    /// The same with what a company says of single days, which wins.
    pub fn with_own(self, own: OwnDays) -> Calendar {
        Calendar { own, ..self }
    }

    /// The rules it was made from.
    pub fn rules(&self) -> &HolidayRules {
        &self.rules
    }

    /// The holidays on a day, none on most.
    pub fn holidays_on(&self, day: Date) -> Vec<Holiday> {
        self.holidays_in(day.year()).remove(&day).unwrap_or_default()
    }

    /// The holidays of a year by day, substitutes and own days included.
    pub fn holidays_in(&self, year: i16) -> BTreeMap<Date, Vec<Holiday>> {
        let mut days = holidays(&self.rules, year);
        for (day, name) in self.own.iter().filter(|(day, _)| day.year() == year) {
            match name {
                None => days.remove(day),
                Some(name) => days.insert(*day, vec![own_holiday(name)]),
            };
        }
        days
    }

    pub fn is_holiday(&self, day: Date) -> bool {
        if let Some(said) = self.own.get(&day) {
            return said.is_some();
        }
        let year = day.year();
        if (READY.0..=READY.1).contains(&year) {
            return self.ready.contains(&day);
        }
        holidays(&self.rules, year).contains_key(&day)
    }

    /// Neither weekend nor holiday.
    pub fn is_working_day(&self, day: Date) -> bool {
        !is_weekend(&self.rules, day) && !self.is_holiday(day)
    }

    /// The day itself if work is done on it, else the first working day after it.
    pub fn next_working_day(&self, day: Date) -> Date {
        let mut next = day;
        while !self.is_working_day(next) {
            next = next.plus_days(1);
        }
        next
    }

    /// The last working day before `day`.
    pub fn working_day_before(&self, day: Date) -> Date {
        let mut before = day.plus_days(-1);
        while !self.is_working_day(before) {
            before = before.plus_days(-1);
        }
        before
    }

    /// The `count`-th working day after `day`, which itself is not counted; 0 is [`Calendar::next_working_day`].
    pub fn add_working_days(&self, day: Date, count: u32) -> Date {
        let mut reached = self.next_working_day(day);
        if count > 0 {
            reached = day;
        }
        for _ in 0..count {
            reached = self.next_working_day(reached.plus_days(1));
        }
        reached
    }
}

/// Holidays from one year to another. A year before and after are looked at, for substitutes that cross New Year.
fn holidays_between(rules: &HolidayRules, from_year: i16, to_year: i16) -> BTreeMap<Date, Vec<Holiday>> {
    let mut dated: Vec<(Date, &Rule)> = (from_year - 1..=to_year + 1)
        .flat_map(|year| rules.rules.iter().filter_map(move |rule| rule_day(rule, year).map(|day| (day, rule))))
        .collect();
    dated.sort_by_key(|(day, _)| *day);
    let mut days: BTreeMap<Date, Vec<Holiday>> = BTreeMap::new();
    for (day, rule) in &dated {
        days.entry(*day).or_default().push(holiday(rule, false));
    }
    for (day, rule) in &dated {
        if gives_substitute(rules, rule, *day) {
            let mut free = *day;
            while is_weekend(rules, free) || days.contains_key(&free) {
                free = free.plus_days(1);
            }
            days.insert(free, vec![holiday(rule, true)]);
        }
    }
    days.retain(|day, _| (from_year..=to_year).contains(&day.year()));
    days
}

fn holiday(rule: &Rule, observed: bool) -> Holiday {
    Holiday { names: rule.names.clone(), observed, estimated: rule.estimated, own: false }
}

fn own_holiday(name: &str) -> Holiday {
    let names = [name; 4].map(str::to_owned);
    Holiday { names, observed: false, estimated: false, own: true }
}

fn rule_day(rule: &Rule, year: i16) -> Option<Date> {
    if !(rule.years.0..=rule.years.1).contains(&year) {
        return None;
    }
    match rule.when {
        When::Fixed { month, day } => Date::new(year, month, day),
        When::Easter { offset_days } => Some(easter(year)?.plus_days(offset_days)),
        When::Nth { month, n, weekday } => {
            let first = Date::new(year, month, 1)?;
            let to_weekday = (weekday - first.weekday()).rem_euclid(7);
            Some(first.plus_days(i32::from(to_weekday) + 7 * (i32::from(n) - 1))).filter(|day| day.month() == month)
        }
        When::Once(day) => (day.year() == year).then_some(day),
    }
}

fn gives_substitute(rules: &HolidayRules, rule: &Rule, day: Date) -> bool {
    let in_force = rules.substitutes_from.is_some_and(|from| day >= from);
    let moves = match rule.moves {
        Moves::Weekend => true,
        Moves::SaturdayOnly => day.weekday() == 6,
        Moves::Never => false,
    };
    in_force && moves && is_weekend(rules, day)
}

fn is_weekend(rules: &HolidayRules, day: Date) -> bool {
    usize::try_from(day.weekday() - 1).is_ok_and(|index| rules.weekend[index])
}

/// Easter Sunday of the Gregorian calendar: the anonymous algorithm of 1876 (J. Meeus, Astronomical Algorithms, ch. 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?)
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Reads a country's holidays: one rule a line, `#` begins a comment, names after `|`. The forms:
///
/// ```text
/// weekend saturday sunday
/// substitutes from 2017-02-24
/// fixed 01-01 moves | New Year's Day | Nouvel An | Ubunani | Mwaka Mpya
/// easter +1 stays from 2017 | Easter Monday | Lundi de Pâques | Ku wa mbere wa Pasika | Jumatatu ya Pasaka
/// nth 08 1 friday stays | Umuganura Day | Journée d'Umuganura | Umunsi w'Umuganura | Siku ya Umuganura
/// date 2026-03-20 moves estimated | Eid al-Fitr | Aïd el-Fitr | Eid El Fitr | Idi al-Fitri
/// ```
///
/// `moves`, `moves-saturday` or `stays` says whether a holiday on a weekend gives a substitute; `from` and `to` name years.
pub fn rules_from_table(text: &str) -> Result<HolidayRules, String> {
    let mut rules = HolidayRules { weekend: [false; 7], substitutes_from: None, rules: Vec::new() };
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        read_line(line, &mut rules).map_err(|reason| format!("line {}: {reason}: “{line}”", index + 1))?;
    }
    Ok(rules)
}

fn read_line(line: &str, rules: &mut HolidayRules) -> Result<(), String> {
    let mut parts = line.split('|').map(str::trim);
    let words: Vec<&str> = parts.next().unwrap_or_default().split_whitespace().collect();
    let names: Vec<String> = parts.map(str::to_owned).collect();
    match words.as_slice() {
        ["weekend", days @ ..] => rules.weekend = read_weekend(days)?,
        ["substitutes", "from", day] => rules.substitutes_from = Some(read_date(day)?),
        ["fixed", day, rest @ ..] => rules.rules.push(read_rule(read_fixed(day)?, rest, names)?),
        ["easter", offset, rest @ ..] => {
            let offset_days = read_number(offset.trim_start_matches('+'))?;
            rules.rules.push(read_rule(When::Easter { offset_days }, rest, names)?);
        }
        ["nth", month, n, weekday, rest @ ..] => {
            let when = When::Nth { month: read_number(month)?, n: read_number(n)?, weekday: read_weekday(weekday)? };
            rules.rules.push(read_rule(when, rest, names)?);
        }
        ["date", day, rest @ ..] => rules.rules.push(read_rule(When::Once(read_date(day)?), rest, names)?),
        _ => return Err("not a rule".to_owned()),
    }
    Ok(())
}

fn read_rule(when: When, words: &[&str], names: Vec<String>) -> Result<Rule, String> {
    let names: [String; 4] = names.try_into().map_err(|_| "four names are needed".to_owned())?;
    let (first, mut rest) = words.split_first().ok_or("moves, moves-saturday or stays is missing")?;
    let moves = match *first {
        "moves" => Moves::Weekend,
        "moves-saturday" => Moves::SaturdayOnly,
        "stays" => Moves::Never,
        other => return Err(format!("“{other}” is not moves, moves-saturday or stays")),
    };
    let mut rule = Rule { when, moves, years: (i16::MIN, i16::MAX), estimated: false, names };
    loop {
        rest = match rest {
            [] => return Ok(rule),
            ["estimated", more @ ..] => {
                rule.estimated = true;
                more
            }
            ["from", year, more @ ..] => {
                rule.years.0 = read_number(year)?;
                more
            }
            ["to", year, more @ ..] => {
                rule.years.1 = read_number(year)?;
                more
            }
            [other, ..] => return Err(format!("“{other}” is not understood")),
        };
    }
}

fn read_weekend(days: &[&str]) -> Result<[bool; 7], String> {
    let mut weekend = [false; 7];
    for day in days {
        let index = WEEKDAYS.iter().position(|name| name == day).ok_or(format!("“{day}” is not a weekday"))?;
        weekend[index] = true;
    }
    if weekend.iter().all(|off| *off) {
        return Err("a week needs a working day".to_owned());
    }
    Ok(weekend)
}

fn read_fixed(text: &str) -> Result<When, String> {
    let (month, day) = text.split_once('-').ok_or(format!("“{text}” is not a month and day such as 07-04"))?;
    let (month, day) = (read_number(month)?, read_number(day)?);
    // 2024 has a 29 February.
    Date::new(2024, month, day).ok_or(format!("“{text}” is not a day of the year"))?;
    Ok(When::Fixed { month, day })
}

fn read_weekday(text: &str) -> Result<i8, String> {
    let index = WEEKDAYS.iter().position(|name| *name == text).ok_or(format!("“{text}” is not a weekday"))?;
    i8::try_from(index + 1).map_err(|error| error.to_string())
}

fn read_date(text: &str) -> Result<Date, String> {
    text.parse::<Date>().map_err(|error| error.to_string())
}

fn read_number<N: std::str::FromStr>(text: &str) -> Result<N, String> {
    text.parse::<N>().map_err(|_| format!("“{text}” is not a number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RWANDA: &str = include_str!("../../../country/rw/holidays.txt");

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn rwanda() -> HolidayRules {
        rules_from_table(RWANDA).unwrap()
    }

    /// The English names of a day, as the reference table writes them.
    fn shown(on: &[Holiday]) -> String {
        let mut names: Vec<String> = on
            .iter()
            .map(|h| match (h.observed, h.estimated) {
                (false, false) => h.names[0].clone(),
                (true, false) => format!("{} (observed)", h.names[0]),
                (false, true) => format!("{} (estimated)", h.names[0]),
                (true, true) => format!("{} (observed, estimated)", h.names[0]),
            })
            .collect();
        names.sort();
        names.join("; ")
    }

    #[test]
    fn rwanda_2015_to_2030_equals_the_reference() {
        let reference = std::env::var("IDENI_REFERENCE")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
        let path = format!("{reference}/data/holidays/rwanda_public_holidays_2015-2030.csv");
        let Ok(text) = std::fs::read_to_string(&path) else {
            println!("skipped: {path} is absent");
            return;
        };
        // date,weekday,name_en,…: a name with a comma is in quotes.
        let expected: Vec<(String, String)> = text
            .lines()
            .skip(1)
            .map(|line| {
                let mut fields = line.splitn(3, ',');
                let (date, names) = (fields.next().unwrap(), fields.nth(1).unwrap());
                let name =
                    names.strip_prefix('"').map_or_else(|| names.split(',').next(), |quoted| quoted.split('"').next());
                (date.to_owned(), name.unwrap().to_owned())
            })
            .collect();
        let rules = rwanda();
        let ours: Vec<(String, String)> = (2015..=2030)
            .flat_map(|year| holidays(&rules, year))
            .map(|(date, on)| (date.to_string(), shown(&on)))
            .collect();
        assert_eq!(ours, expected);
    }

    #[test]
    fn substitutes_follow_the_rwandan_order() {
        let calendar = Calendar::new(rwanda());
        let cases = [
            ("2027-12-27", "Christmas Day (observed)"),
            ("2027-12-28", ""),
            ("2028-01-03", "New Year's Day (observed)"),
            ("2023-01-03", "New Year's Day (observed)"),
            ("2022-05-03", "Labor Day (observed)"),
            ("2024-04-08", ""),
            ("2017-01-03", ""),
            ("2023-04-07", "Good Friday; Memorial Day of Genocide perpetrated against the Tutsi in 1994"),
            ("2027-05-17", "Eid al-Adha (observed, estimated)"),
        ];
        for (on, expected) in cases {
            assert_eq!(shown(&calendar.holidays_on(day(on))), expected, "{on}");
        }
    }

    #[test]
    fn working_days_pass_over_weekends_and_holidays() {
        let calendar = Calendar::new(rwanda());
        assert!(calendar.is_working_day(day("2026-07-03")));
        assert!(!calendar.is_working_day(day("2026-07-06")), "Liberation Day, moved from Saturday");
        assert_eq!(calendar.next_working_day(day("2026-07-04")), day("2026-07-07"));
        assert_eq!(calendar.next_working_day(day("2026-07-03")), day("2026-07-03"));
        let after = [(0, "2026-07-03"), (1, "2026-07-07"), (2, "2026-07-08")];
        for (count, expected) in after {
            assert_eq!(calendar.add_working_days(day("2026-07-03"), count), day(expected), "{count}");
        }
        assert!(!calendar.is_working_day(day("2061-12-26")), "beyond the years at hand");
    }

    #[test]
    fn own_days_are_added_and_days_of_the_country_struck_off() {
        // Eid al-Adha of 2026 was forecast for Wednesday 27 May; the moon was seen a day later.
        let moved = [(day("2026-05-27"), None), (day("2026-05-28"), Some("Eid al-Adha".to_owned()))];
        let calendar = Calendar::new(rwanda()).with_own(moved.into());
        assert!(calendar.is_working_day(day("2026-05-27")) && calendar.holidays_on(day("2026-05-27")).is_empty());
        assert!(!calendar.is_working_day(day("2026-05-28")));
        assert_eq!(calendar.next_working_day(day("2026-05-28")), day("2026-05-29"));
        let on = calendar.holidays_on(day("2026-05-28"));
        assert_eq!((shown(&on).as_str(), on[0].own), ("Eid al-Adha", true));
        let before = Calendar::new(rwanda());
        assert_eq!(before.next_working_day(day("2026-05-27")), day("2026-05-28"));
        assert_eq!(calendar.holidays_in(2026).len(), before.holidays_in(2026).len());
    }

    #[test]
    fn easter_is_where_the_church_puts_it() {
        for (year, expected) in [(1818, "1818-03-22"), (2000, "2000-04-23"), (2025, "2025-04-20"), (2038, "2038-04-25")]
        {
            assert_eq!(easter(year), Some(day(expected)));
        }
    }

    #[test]
    fn a_bad_line_says_which_and_why() {
        let cases = [
            ("fixed 02-30 moves | a | b | c | d", "line 1: “02-30” is not a day of the year"),
            ("# fine\nfixed 02-01 hops | a | b | c | d", "line 2: “hops” is not moves, moves-saturday or stays"),
            ("fixed 02-01 moves | a | b | c", "line 1: four names are needed"),
            ("weekend monday tuesday wednesday thursday friday saturday sunday", "line 1: a week needs a working day"),
            ("holiday 02-01", "line 1: not a rule"),
        ];
        for (text, expected) in cases {
            let said = rules_from_table(text).unwrap_err();
            assert!(said.starts_with(expected), "{said}");
        }
    }
}
