//! What amounts, days and numbers look like, against the Unicode CLDR. Where we differ the test says so: the reasons are in
//! `ideni::words::written`.

use ideni::words::{self, Language};
use receivables::{Currency, Date, Money};
use serde_json::Value;

use crate::support::reference;

/// What the CLDR says of a locale.
fn cldr(locale: &str) -> Option<Value> {
    let path = reference(&format!("data/cldr/{locale}.json"))?;
    serde_json::from_slice(&std::fs::read(path).expect("a readable file")).ok()
}

/// The locale of each language that is nearest to a reader here.
const LOCALES: [(Language, &str); 4] =
    [(Language::En, "en_RW"), (Language::Fr, "fr_RW"), (Language::Rw, "rw_RW"), (Language::Sw, "sw_KE")];

fn example(facts: &Value, name: &str) -> String {
    facts["examples"][name].as_str().expect("an example").to_owned()
}

fn ninth_of_march() -> Date {
    Date::new(2025, 3, 9).expect("a day")
}

#[test]
fn months_and_weekdays_are_called_as_in_the_cldr() {
    for (language, locale) in LOCALES {
        let Some(facts) = cldr(locale) else { return };
        for month in 1..=12 {
            let first = Date::new(2025, month, 1).expect("a day");
            let expected = format!("{} 2025", facts["months_wide"][month.to_string()].as_str().expect("a month"));
            assert_eq!(words::month(language, first), expected, "{locale}");
        }
        // 6 January 2025 was a Monday.
        for weekday in 0..7 {
            let day = Date::new(2025, 1, 6).expect("a day").plus_days(weekday);
            let expected = facts["days_wide_monday_is_0"][weekday.to_string()].as_str().expect("a weekday");
            assert_eq!(words::weekday(language, day), expected, "{locale}");
        }
    }
}

#[test]
fn numbers_and_per_cents_are_written_as_in_the_cldr() {
    for (language, locale) in LOCALES {
        let Some(facts) = cldr(locale) else { return };
        let half = Money::new(123_456_750, Currency::USD);
        let expected = example(&facts, "1234567.5 decimal") + "0";
        assert_eq!(words::amount(language, half), expected, "{locale}");
        assert_eq!(words::number(language, 1_234_567), expected[..expected.len() - 3], "{locale}");
        assert_eq!(words::percent(language, 1_800), example(&facts, "0.18 percent"), "{locale}");
        // Ours is a true minus; theirs an ASCII hyphen.
        assert_eq!(facts["number_symbols"]["minusSign"], "-", "{locale}");
        assert_eq!(words::number(language, -5), "\u{2212}5", "{locale}");
    }
}

#[test]
fn money_is_written_as_in_the_cldr_but_with_the_code_of_its_currency() {
    let shown = |language| words::money(language, Money::new(1_234_567, Currency::RWF));
    for (language, locale, differs) in [
        (Language::Fr, "fr", None),
        (Language::Sw, "sw", None),
        // The sign RF is little used.
        (Language::Fr, "fr_RW", Some(("RF", "RWF"))),
        (Language::Rw, "rw_RW", Some(("RF", "RWF"))),
        // The code stands apart.
        (Language::En, "en", Some(("RWF", "RWF "))),
        (Language::En, "en_RW", Some(("RF", "RWF "))),
    ] {
        let Some(facts) = cldr(locale) else { return };
        let theirs = example(&facts, "1234567 RWF");
        let expected = differs.map_or(theirs.clone(), |(sign, code)| theirs.replacen(sign, code, 1));
        assert_eq!(shown(language), expected, "{locale}");
    }
    let dollars = Money::new(123_450, Currency::USD);
    for (language, locale, sign) in
        [(Language::Fr, "fr_RW", "$US"), (Language::Rw, "rw_RW", "US$"), (Language::Sw, "sw_KE", "US$")]
    {
        let Some(facts) = cldr(locale) else { return };
        assert_eq!(words::money(language, dollars), example(&facts, "1234.5 USD").replace(sign, "USD"), "{locale}");
    }
    // Below zero the sign stays beside the figures.
    let below = Money::new(-5_594, Currency::USD);
    let all = Language::ALL.map(|language| words::money(language, below));
    assert_eq!(
        all,
        ["USD \u{2212}55.94", "\u{2212}55,94\u{a0}USD", "USD\u{a0}\u{2212}55,94", "USD\u{a0}\u{2212}55.94"]
    );
    assert_eq!(below.to_string(), "USD -55.94", "what a program reads");
}

#[test]
fn days_are_written_as_in_the_cldr_but_for_kinyarwanda() {
    let day = ninth_of_march();
    for (language, locale) in LOCALES {
        let Some(facts) = cldr(locale) else { return };
        let (long, short) = (example(&facts, "2025-03-09 long"), example(&facts, "2025-03-09 short"));
        if language == Language::Rw {
            assert_eq!((long.as_str(), short.as_str()), ("2025 Werurwe 9", "2025-03-09"));
            assert_eq!(
                (words::day(language, day).as_str(), words::day_short(day).as_str()),
                ("9 Werurwe 2025", "09/03/2025")
            );
        } else {
            assert_eq!((words::day(language, day), words::day_short(day)), (long, short), "{locale}");
            assert_eq!(words::day_of_week(language, day), example(&facts, "2025-03-09 full"), "{locale}");
        }
    }
    assert_eq!(
        words::day_of_week(Language::Rw, day),
        "Ku cyumweru, 9 Werurwe 2025",
        "CLDR: 2025 Werurwe 9, Ku cyumweru"
    );
    let first = Date::new(2025, 3, 1).expect("a day");
    assert_eq!(words::day(Language::Fr, first), "1er mars 2025", "CLDR: 1 mars 2025");
}

/// No outside truth is needed for these.
#[test]
fn moments_have_24_hours_and_telephone_numbers_begin_with_nought() {
    let at = "2026-07-05T17:05:00Z".parse().expect("an instant");
    let shown = |language| words::instant(language, at, "Africa/Kigali");
    assert_eq!(
        Language::ALL.map(shown),
        ["5 July 2026, 19:05", "5 juillet 2026, 19:05", "5 Nyakanga 2026, 19:05", "5 Julai 2026, 19:05"]
    );
    for (stored, shown) in [
        ("+250788123456", "0788 123 456"),
        ("+254711123456", "+254711123456"),
        ("+25078812345", "+25078812345"),
        ("0788123456", "0788123456"),
    ] {
        assert_eq!(words::phone(stored), shown);
    }
    let told = words::for_sms(&words::money(Language::Fr, Money::new(1_180_000, Currency::RWF)));
    assert_eq!(told, "1 180 000 RWF", "in the alphabet of an SMS");
}
