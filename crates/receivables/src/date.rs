//! Civil dates and instants: two types that never mix. A `Date` is a day on the company's wall calendar, an
//! `Instant` a moment in UTC.

use std::fmt;
use std::str::FromStr;

use jiff::civil;
use jiff::tz::TimeZone;

/// A civil date, counted in days since 1970-01-01.
#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

/// A moment in UTC, in microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// A text that is no date or instant of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADate(pub String);

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a date; write it as 2026-08-31", self.0)
    }
}

impl std::error::Error for NotADate {}

impl Date {
    /// Year, month and day; `None` if the calendar has no such day (30 February).
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        civil::Date::new(year, month, day).ok().map(Date::from_civil)
    }

    /// From days since 1970-01-01.
    pub fn from_day_number(days: i32) -> Date {
        Date(days)
    }

    /// Days since 1970-01-01.
    pub fn day_number(self) -> i32 {
        self.0
    }

    /// The day `days` later (earlier when negative).
    pub fn plus_days(self, days: i32) -> Date {
        Date(self.0 + days)
    }

    /// Days from `earlier` to `self`; negative if `self` is before it. Due 1 April, paid 16 May: 45.
    pub fn days_since(self, earlier: Date) -> i32 {
        self.0 - earlier.0
    }

    /// The same day `months` later, or the last day of that month if it is shorter.
    pub fn plus_months(self, months: i32) -> Date {
        let span = jiff::Span::new().months(months);
        self.civil().checked_add(span).map_or(self, Date::from_civil)
    }

    pub fn first_of_month(self) -> Date {
        Date::from_civil(self.civil().first_of_month())
    }

    pub fn last_of_month(self) -> Date {
        Date::from_civil(self.civil().last_of_month())
    }

    pub fn year(self) -> i16 {
        self.civil().year()
    }

    pub fn month(self) -> i8 {
        self.civil().month()
    }

    pub fn day(self) -> i8 {
        self.civil().day()
    }

    /// 1 is Monday, 7 is Sunday.
    pub fn weekday(self) -> i8 {
        self.civil().weekday().to_monday_one_offset()
    }

    fn civil(self) -> civil::Date {
        civil::Date::constant(1970, 1, 1)
            .checked_add(jiff::Span::new().days(self.0))
            .expect("day numbers come from dates of the calendar")
    }

    fn from_civil(date: civil::Date) -> Date {
        let span = civil::Date::constant(1970, 1, 1).until(date).expect("dates of the calendar have a distance");
        Date(span.get_days())
    }
}

impl FromStr for Date {
    type Err = NotADate;

    /// ISO 8601: `2026-08-31`.
    fn from_str(text: &str) -> Result<Date, NotADate> {
        let text = text.trim();
        if text.len() != 10 {
            return Err(NotADate(text.to_owned()));
        }
        text.parse::<civil::Date>().map(Date::from_civil).map_err(|_| NotADate(text.to_owned()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.civil();
        write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Instant {
    pub fn from_micros(micros: i64) -> Instant {
        Instant(micros)
    }

    pub fn micros(self) -> i64 {
        self.0
    }

    pub fn plus_micros(self, micros: i64) -> Instant {
        Instant(self.0 + micros)
    }

    /// The civil date of this moment in a time zone such as `Africa/Kigali`; `None` for an unknown zone.
    pub fn date_in(self, zone: &str) -> Option<Date> {
        let zone = TimeZone::get(zone).ok()?;
        Some(Date::from_civil(self.timestamp().to_zoned(zone).date()))
    }

    /// The day, hour and minute of this moment on the clock of a time zone; of UTC where the zone is unknown.
    pub fn wall_clock(self, zone: &str) -> (Date, i8, i8) {
        let zoned = self.timestamp().to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC));
        (Date::from_civil(zoned.date()), zoned.hour(), zoned.minute())
    }

    /// The moment on the clock of a time zone in figures: `2026-07-05 14:05`.
    pub fn local_text(self, zone: &str) -> String {
        let (on, hour, minute) = self.wall_clock(zone);
        format!("{on} {hour:02}:{minute:02}")
    }

    /// The moment of a wall-clock time in a time zone; `None` for an unknown zone or time.
    pub fn from_local(date: Date, hour: i8, minute: i8, second: i8, zone: &str) -> Option<Instant> {
        let time = civil::Time::new(hour, minute, second, 0).ok()?;
        let zoned = date.civil().to_datetime(time).to_zoned(TimeZone::get(zone).ok()?).ok()?;
        Some(Instant(zoned.timestamp().as_microsecond()))
    }

    fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

impl FromStr for Instant {
    type Err = NotADate;

    /// RFC 3339: `2026-08-31T10:15:00Z`, or with an offset.
    fn from_str(text: &str) -> Result<Instant, NotADate> {
        let stamp: jiff::Timestamp = text.trim().parse().map_err(|_| NotADate(text.to_owned()))?;
        Ok(Instant(stamp.as_microsecond()))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.timestamp(), f)
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn test_24_days_from_due_to_paid() {
        assert_eq!(day("2026-05-16").days_since(day("2026-04-01")), 45);
    }

    #[test]
    fn texts_round_trip_and_impossible_days_are_refused() {
        for text in ["1970-01-01", "2024-02-29", "1969-12-31", "2026-12-31"] {
            assert_eq!(day(text).to_string(), text);
        }
        assert_eq!(day("1970-01-02").day_number(), 1);
        for bad in ["2026-02-30", "26-02-01", "2026/02/01", "", "2026-2-1"] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }

    #[test]
    fn months_end_where_they_end() {
        assert_eq!(day("2026-01-31").plus_months(1), day("2026-02-28"));
        assert_eq!(day("2024-02-10").last_of_month(), day("2024-02-29"));
    }

    #[test]
    fn the_day_depends_on_the_zone() {
        let late: Instant = "2026-08-31T22:30:00Z".parse().unwrap();
        assert_eq!(late.date_in("Africa/Kigali"), Some(day("2026-09-01")));
        assert_eq!(late.date_in("UTC"), Some(day("2026-08-31")));
        assert_eq!(late.date_in("Nowhere/None"), None);
        assert_eq!(late.wall_clock("Africa/Kigali"), (day("2026-09-01"), 0, 30));
        assert_eq!(late.local_text("Africa/Kigali"), "2026-09-01 00:30");
        assert_eq!(late.to_string(), "2026-08-31T22:30:00Z");
        assert_eq!(Instant::from_local(day("2026-09-01"), 0, 30, 0, "Africa/Kigali"), Some(late));
    }
}
