//! What the value of a setting may be, and how it is read.

use receivables::insight::ageing::Buckets;
use receivables::{Currency, Money, Refusal, Unusable, sayings};

/// The kind of a value, with its range.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// So many characters at most; it may be empty.
    Text {
        max: usize,
    },
    /// The same in letters that an SMS carries at one each.
    Sms {
        max: usize,
    },
    Phone,
    /// Digits, whose zeros before count; or nothing.
    Digits {
        min: usize,
        max: usize,
    },
    Whole {
        from: i32,
        to: i32,
    },
    OneOf(&'static [&'static str]),
    Buckets,
    /// Major units of the company's currency, or `none`.
    Limit,
    Prefix,
    /// Per cent a year, or `none`.
    Yearly,
    /// A late fee, by amount where it has steps, or `none`.
    Fee,
}

sayings! {
    /// What a value may be, for people.
    pub enum Range in "range" {
        Text "text" { max },
        Sms "sms" { max },
        Phone "phone",
        Digits "digits" { min, max },
        Whole "whole" { from, to },
        OneOf "one-of" { known },
        Buckets "buckets",
        Limit "limit",
        Prefix "prefix" { max },
        Yearly "yearly",
        Fee "fee",
    }
}

/// The longest reason.
pub const REASON_MAX: usize = 500;
const PREFIX_MAX: usize = 10;
const PHONE_MAX: usize = 30;
/// An ageing with more columns is not read any more.
const BUCKETS_MAX: usize = 8;
const DAYS_MAX: i32 = 3_650;
/// A limit that is none.
pub const NONE: &str = "none";

/// GSM 03.38 without the signs that cost two.
const GSM: &str = "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
                   abcdefghijklmnopqrstuvwxyzäöñüà";

impl Kind {
    pub fn range(self) -> Range {
        match self {
            Kind::Text { max } => Range::Text { max: max.to_string() },
            Kind::Sms { max } => Range::Sms { max: max.to_string() },
            Kind::Phone => Range::Phone,
            Kind::Digits { min, max } => Range::Digits { min: min.to_string(), max: max.to_string() },
            Kind::Whole { from, to } => Range::Whole { from: from.to_string(), to: to.to_string() },
            Kind::OneOf(known) => Range::OneOf { known: known.join(", ") },
            Kind::Buckets => Range::Buckets,
            Kind::Limit => Range::Limit,
            Kind::Prefix => Range::Prefix { max: PREFIX_MAX.to_string() },
            Kind::Yearly => Range::Yearly,
            Kind::Fee => Range::Fee,
        }
    }

    /// The value as it is kept, or why it cannot be.
    pub fn read(self, name: &str, text: &str, currency: Currency) -> Result<String, Refusal> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let refused = |reason| Refusal::Invalid { field: name.into(), value: text.clone(), reason };
        match self {
            Kind::Text { max } => fits(name, &text, max)?,
            Kind::Sms { max } => {
                fits(name, &text, max)?;
                let strange: String = text.chars().filter(|c| !GSM.contains(*c)).collect();
                if !strange.is_empty() {
                    return Err(refused(Unusable::NotForSms { letters: strange }));
                }
            }
            Kind::Phone => {
                fits(name, &text, PHONE_MAX)?;
                let digits = text.chars().filter(char::is_ascii_digit).count();
                if !text.is_empty() && (digits < 3 || text.chars().any(|c| !"+0123456789 ()-*#".contains(c))) {
                    return Err(refused(Unusable::NoPhone));
                }
            }
            Kind::Digits { min, max } => {
                let fits = (min..=max).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_digit());
                if !text.is_empty() && !fits {
                    return Err(refused(Unusable::NotDigits { min: min.to_string(), max: max.to_string() }));
                }
            }
            Kind::Whole { from, to } => {
                let whole = text.parse::<i32>().ok().filter(|whole| (from..=to).contains(whole));
                let outside = || refused(Unusable::OutOfRange { from: from.to_string(), to: to.to_string() });
                return Ok(whole.ok_or_else(outside)?.to_string());
            }
            Kind::OneOf(known) if known.contains(&text.as_str()) => {}
            Kind::OneOf(known) => return Err(refused(Unusable::NotAmong { known: known.join(", ") })),
            Kind::Buckets => {
                let limits = buckets(&text)?;
                let limits: Vec<String> = limits.limits().iter().map(i32::to_string).collect();
                return Ok(limits.join(","));
            }
            Kind::Limit => return Ok(limit(&text, currency)?.map_or(NONE.to_owned(), Money::major_text)),
            Kind::Yearly => {
                super::super::late_charge::yearly(&text)?;
            }
            Kind::Fee => return Ok(receivables::billing::late_charge::Fee::read(&text)?.to_string()),
            Kind::Prefix => {
                let letters = text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "-/".contains(c));
                let ends = text.starts_with(|c: char| c.is_ascii_uppercase())
                    && text.ends_with(|c: char| c.is_ascii_alphanumeric());
                if !letters || !ends || text.len() > PREFIX_MAX {
                    return Err(refused(Unusable::NoPrefix { max: PREFIX_MAX.to_string() }));
                }
            }
        }
        Ok(text)
    }
}

/// Refuses a text that is too long, or holds what cannot be printed.
pub fn fits(name: &str, text: &str, max: usize) -> Result<(), Refusal> {
    if text.chars().count() > max {
        return Err(Refusal::InvalidEmpty { field: name.into(), reason: Unusable::TooLong { most: max.to_string() } });
    }
    if text.chars().any(char::is_control) {
        return Err(Refusal::InvalidEmpty { field: name.into(), reason: Unusable::ControlCharacter });
    }
    Ok(())
}

/// Days with commas between.
pub fn buckets(text: &str) -> Result<Buckets, Refusal> {
    let refused = || Refusal::Buckets { buckets: text.chars().take(40).collect() };
    let limits = text.split(',').map(|day| day.trim().parse::<i32>());
    let limits = limits.collect::<Result<Vec<i32>, _>>().map_err(|_| refused())?;
    if limits.len() > BUCKETS_MAX || limits.iter().any(|day| *day > DAYS_MAX) {
        return Err(refused());
    }
    Buckets::new(&limits)
}

/// An amount, or nothing where there is no limit.
pub fn limit(text: &str, currency: Currency) -> Result<Option<Money>, Refusal> {
    if text == NONE {
        return Ok(None);
    }
    let money = Money::parse_major(text, currency)?;
    if money.minor < 0 {
        return Err(Refusal::InvalidEmpty { field: "write-off-limit".into(), reason: Unusable::NotAnAmount });
    }
    Ok(Some(money))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value kept, or the code of the reason.
    fn read(kind: Kind, text: &str) -> String {
        match kind.read("x", text, Currency::RWF) {
            Ok(value) => value,
            Err(Refusal::Invalid { reason, .. } | Refusal::InvalidEmpty { reason, .. }) => {
                format!("{:?}", receivables::Saying::key(&reason))
            }
            Err(refusal) => format!("{:?}", refusal.code()),
        }
    }

    #[test]
    fn values_are_read_within_their_range() {
        let prefix = |text| read(Kind::Prefix, text);
        for (told, kept) in [
            (read(Kind::Text { max: 9 }, "  KN 5\n Rd "), "KN 5 Rd"),
            (read(Kind::Text { max: 5 }, "KN 5 Rd"), "\"unusable-too-long\""),
            (read(Kind::Text { max: 5 }, "a\0b"), "\"unusable-control-character\""),
            (read(Kind::Sms { max: 40 }, "MoMo *182*8*1*123456#"), "MoMo *182*8*1*123456#"),
            (read(Kind::Sms { max: 40 }, "MoMo → 123"), "\"unusable-not-for-sms\""),
            (read(Kind::Phone, "+250 788 123 456"), "+250 788 123 456"),
            (read(Kind::Phone, ""), ""),
            (read(Kind::Phone, "call me"), "\"unusable-no-phone\""),
            (read(Kind::Whole { from: 5, to: 30 }, "030"), "30"),
            (read(Kind::Whole { from: 5, to: 30 }, "31"), "\"unusable-out-of-range\""),
            (read(Kind::Whole { from: 5, to: 30 }, "ten"), "\"unusable-out-of-range\""),
            (read(Kind::OneOf(&["no", "yes"]), "yes"), "yes"),
            (read(Kind::OneOf(&["no", "yes"]), "Yes"), "\"unusable-not-among\""),
            (read(Kind::Buckets, "30, 60,90"), "30,60,90"),
            (read(Kind::Buckets, "30,30"), "\"buckets\""),
            (read(Kind::Buckets, "1,2,3,4,5,6,7,8,9"), "\"buckets\""),
            (read(Kind::Limit, "none"), "none"),
            (read(Kind::Limit, "50000"), "50000"),
            (read(Kind::Limit, "-1"), "\"unusable-not-an-amount\""),
            (prefix("KF-2026"), "KF-2026"),
            (prefix("kf"), "\"unusable-no-prefix\""),
            (prefix("KF-"), "\"unusable-no-prefix\""),
            (prefix(""), "\"unusable-no-prefix\""),
            (prefix("ABCDEFGHIJK"), "\"unusable-no-prefix\""),
        ] {
            assert_eq!(told, kept);
        }
    }
}
