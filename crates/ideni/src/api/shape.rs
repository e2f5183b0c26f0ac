//! The values that cross the wire. Each type refuses in one place what it does not take, and says in the same place what the
//! OpenAPI document says of it.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use receivables::{Currency, Date, Instant, Money, Refusal, Unusable};
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Serialize, Serializer};

/// Says what the document says of a type, in place.
macro_rules! schema {
    ([$($generics:tt)*] $Type:ty, $name:literal, $schema:expr) => {
        impl<$($generics)*> JsonSchema for $Type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

/// A text of one line: no control characters, `MIN` to `MAX` characters.
#[derive(Clone, Debug)]
pub struct Line<const MIN: usize, const MAX: usize>(String);

impl<const MIN: usize, const MAX: usize> Line<MIN, MAX> {
    pub fn text(&self) -> String {
        self.0.clone()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de, const MIN: usize, const MAX: usize> Deserialize<'de> for Line<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        if !(MIN..=MAX).contains(&text.chars().count()) || text.chars().any(char::is_control) {
            return Err(de::Error::custom(format!("{MIN} to {MAX} characters in one line are needed")));
        }
        Ok(Line(text))
    }
}
schema!([const MIN: usize, const MAX: usize] Line<MIN, MAX>, "Line", json_schema!({
    "type": "string", "minLength": MIN, "maxLength": MAX, "pattern": r"^[^\x00-\x1f\x7f-\x9f]*$"
}));

/// The short name of a thing: a customer's code, an invoice's number, a receipt's reference or id.
pub type Code = Line<1, 60>;
pub type Name = Line<1, 200>;

/// A text of up to `MAX` characters, with line breaks and tabs, without other control characters.
#[derive(Clone, Debug, Default)]
pub struct Prose<const MAX: usize>(String);

impl<const MAX: usize> Prose<MAX> {
    pub fn text(&self) -> String {
        self.0.clone()
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de, const MAX: usize> Deserialize<'de> for Prose<MAX> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let strange = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        if text.chars().count() > MAX || text.chars().any(strange) {
            return Err(de::Error::custom(format!("up to {MAX} characters without control characters are needed")));
        }
        Ok(Prose(text))
    }
}
schema!([const MAX: usize] Prose<MAX>, "Prose", json_schema!({
    "type": "string", "maxLength": MAX, "pattern": r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
}));

/// Why something is done: the auditor will read it.
pub type Reason = Prose<500>;

/// Whether a text is digits with at most `decimals` of them after a point, and at most twelve before it.
fn is_decimal(text: &str, decimals: usize) -> bool {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let digits =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole, 12) && fraction.is_none_or(|fraction| digits(fraction, decimals))
}

/// An amount given in major units, zero or above: `1180000`, `55.94`.
#[derive(Clone, Debug)]
pub struct Amount(Decimal);

impl Amount {
    /// In a currency; refused with the field where the currency has fewer decimals.
    pub fn in_currency(&self, currency: Currency, field: &str) -> Result<Money, Refusal> {
        Money::from_major(self.0, currency).map_err(|why| Refusal::Invalid {
            field: field.into(),
            value: self.0.to_string(),
            reason: Unusable::Money { why },
        })
    }

    pub fn major(&self) -> Decimal {
        self.0
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let read = is_decimal(&text, 4).then(|| Decimal::from_str_exact(&text).ok()).flatten();
        read.map(Amount).ok_or_else(|| de::Error::custom("an amount in major units is needed, such as \"55.94\""))
    }
}
schema!([] Amount, "Amount", json_schema!({
    "type": "string", "description": "Major units; no more decimals than the currency has.",
    "pattern": r"^[0-9]{1,12}(\.[0-9]{1,4})?$", "examples": ["1000"]
}));

/// A number that is no money: a quantity, a price.
#[derive(Clone, Debug)]
pub struct Number(pub Decimal);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let digits = text.strip_prefix('-').unwrap_or(&text);
        let read = is_decimal(digits, 6).then(|| Decimal::from_str_exact(&text).ok()).flatten();
        read.map(Number).ok_or_else(|| de::Error::custom("a decimal number is needed, such as \"-2.5\""))
    }
}
schema!([] Number, "Number", json_schema!({ "type": "string", "pattern": r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$", "examples": ["2"] }));

/// A sum that is told, in major units with the currency's own decimals; below zero it has a minus.
#[derive(Clone, Debug)]
pub struct Sum(String);

impl Sum {
    pub fn of(minor: i64, currency: Currency) -> Sum {
        Sum(Money::new(minor, currency).major_text())
    }

    /// One that is written already.
    pub fn written(text: impl Into<String>) -> Sum {
        Sum(text.into())
    }
}

impl From<Money> for Sum {
    fn from(money: Money) -> Sum {
        Sum(money.major_text())
    }
}

impl Serialize for Sum {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}
schema!([] Sum, "Sum", json_schema!({ "type": "string", "description": "Major units.", "pattern": r"^-?[0-9]+(\.[0-9]+)?$" }));

/// A day of the calendar.
#[derive(Clone, Copy, Debug)]
pub struct Day(pub Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let written = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let read = written.then(|| text.parse::<Date>().ok()).flatten();
        // Far enough for any debt, and near enough that no sum of days leaves the calendar.
        let read = read.filter(|date| (1970..=2199).contains(&date.year()));
        read.map(Day).ok_or_else(|| de::Error::custom("a day from 1970 to 2199 is needed, such as \"2026-08-31\""))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}
schema!([] Day, "Day", json_schema!({ "type": "string", "format": "date" }));

/// A moment, RFC 3339.
#[derive(Clone, Copy, Debug)]
pub struct Moment(pub Instant);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let written = text.bytes().all(|byte| byte.is_ascii_digit() || b"-+:.TZtz".contains(&byte));
        let read = written.then(|| text.parse::<Instant>().ok()).flatten();
        read.map(Moment).ok_or_else(|| de::Error::custom("a moment is needed, such as \"2026-08-31T10:15:00Z\""))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}
schema!([] Moment, "Moment", json_schema!({ "type": "string", "format": "date-time" }));

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, Debug)]
pub struct CurrencyCode(pub Currency);

impl<'de> Deserialize<'de> for CurrencyCode {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let written = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
        let read = written.then(|| text.parse::<Currency>().ok()).flatten();
        read.map(CurrencyCode).ok_or_else(|| de::Error::custom("a currency of ISO 4217 is needed, such as \"RWF\""))
    }
}

impl Serialize for CurrencyCode {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.code().serialize(to)
    }
}
schema!([] CurrencyCode, "Currency", json_schema!({ "type": "string", "pattern": "^[A-Z]{3}$", "examples": ["RWF"] }));

/// A whole number from `MIN` to `MAX`.
#[derive(Clone, Copy, Debug)]
pub struct Whole<const MIN: i32, const MAX: i32>(i32);

impl<const MIN: i32, const MAX: i32> Whole<MIN, MAX> {
    pub fn get(self) -> i32 {
        self.0
    }
}

impl<'de, const MIN: i32, const MAX: i32> Deserialize<'de> for Whole<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let number = i32::deserialize(from)?;
        if (MIN..=MAX).contains(&number) {
            return Ok(Whole(number));
        }
        Err(de::Error::custom(format!("a whole number from {MIN} to {MAX} is needed")))
    }
}
schema!([const MIN: i32, const MAX: i32] Whole<MIN, MAX>, "Whole", json_schema!({ "type": "integer", "minimum": MIN, "maximum": MAX }));

/// `MIN` to `MAX` things.
#[derive(Clone, Debug)]
pub struct List<T, const MIN: usize, const MAX: usize>(pub Vec<T>);

impl<'de, T: Deserialize<'de>, const MIN: usize, const MAX: usize> Deserialize<'de> for List<T, MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let all = Vec::deserialize(from)?;
        if (MIN..=MAX).contains(&all.len()) {
            return Ok(List(all));
        }
        Err(de::Error::custom(format!("{MIN} to {MAX} elements are needed")))
    }
}

impl<T, const MIN: usize, const MAX: usize> Default for List<T, MIN, MAX> {
    fn default() -> Self {
        List(Vec::new())
    }
}

impl<T: JsonSchema, const MIN: usize, const MAX: usize> JsonSchema for List<T, MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "List".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let items = generator.subschema_for::<T>();
        json_schema!({ "type": "array", "items": items, "minItems": MIN, "maxItems": MAX })
    }
}

/// Where a page of a list begins.
#[derive(Clone, Debug)]
pub struct Cursor(pub String);

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        if (8..=1000).contains(&text.len()) && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Ok(Cursor(text));
        }
        Err(de::Error::custom("the `next` of the page before is needed, as it was given"))
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}
schema!([] Cursor, "Cursor", json_schema!({
    "type": "string", "description": "The `next` of the page before.", "pattern": "^[0-9a-f]{8,1000}$"
}));

/// The id of something, a UUID.
#[derive(Clone, Debug, Serialize)]
pub struct Uuid(pub String);

impl<K> From<receivables::ids::Id<K>> for Uuid {
    fn from(id: receivables::ids::Id<K>) -> Uuid {
        Uuid(id.to_string())
    }
}
schema!([] Uuid, "Uuid", json_schema!({ "type": "string", "format": "uuid" }));

/// A value that may be left out, but is not `null`: leaving out means no change.
#[derive(Clone, Debug)]
pub struct Maybe<T>(pub Option<T>);

impl<T> Default for Maybe<T> {
    fn default() -> Self {
        Maybe(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::deserialize(from).map(|value| Maybe(Some(value)))
    }
}

impl<T: JsonSchema> JsonSchema for Maybe<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// A value that may be left out, for no change, or `null`, which takes away what was there.
#[derive(Clone, Debug)]
pub struct OrNothing<T>(Option<Option<T>>);

impl<T> OrNothing<T> {
    /// What is given, if anything: a value, or that there is none any more.
    pub fn given<R>(&self, read: impl FnOnce(&T) -> R) -> Option<Option<R>> {
        self.0.as_ref().map(|given| given.as_ref().map(read))
    }
}

impl<T> Default for OrNothing<T> {
    fn default() -> Self {
        OrNothing(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OrNothing<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Option::deserialize(from).map(|given| OrNothing(Some(given)))
    }
}

impl<T: JsonSchema> JsonSchema for OrNothing<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "OrNothing".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(generator)
    }
}

/// A `T` from a JSON object only: serde would take an array of its fields as well.
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct OfMap<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for OfMap<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
                T::deserialize(de::value::MapAccessDeserializer::new(map))
            }
        }

        from.deserialize_map(OfMap(PhantomData)).map(Object)
    }
}

impl<T: JsonSchema> JsonSchema for Object<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// What a code stands for; refused with the codes there are.
pub fn known<T: Copy>(field: &str, code: &Code, all: &[(T, &'static str)]) -> Result<T, Refusal> {
    let found = all.iter().find(|(_, known)| *known == code.as_str()).map(|(value, _)| *value);
    found.ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|(_, code)| *code).collect();
        let reason = Unusable::NotAmong { known: known.join(", ") };
        Refusal::Invalid { field: field.into(), value: code.text(), reason }
    })
}

/// One of a few codes, listed where they are made.
pub fn one_of(codes: impl IntoIterator<Item = &'static str>) -> Schema {
    let codes: Vec<&str> = codes.into_iter().collect();
    json_schema!({ "type": "string", "enum": codes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken<T: de::DeserializeOwned>(json: &str) -> bool {
        serde_json::from_str::<T>(json).is_ok()
    }

    #[test]
    fn texts_have_their_length_and_no_control_characters() {
        for (json, good) in [
            (r#""C1""#, true),
            (r#""""#, false),
            (r#""ab\u0000""#, false),
            (r#""ab\ncd""#, false),
            (r#""éèàçö""#, true),
            (r#""abcdef""#, false),
            (r#""\ud800""#, false),
            ("5", false),
        ] {
            assert_eq!(taken::<Line<1, 5>>(json), good, "{json}");
        }
        for (json, good) in [(r#""""#, true), (r#""a\n\tb""#, true), (r#""a\u0008b""#, false), (r#""123456""#, false)] {
            assert_eq!(taken::<Prose<5>>(json), good, "{json}");
        }
    }

    #[test]
    fn amounts_are_plain_decimals() {
        for (json, good) in [
            (r#""0""#, true),
            (r#""999999999999.9999""#, true),
            (r#""1000000000000""#, false),
            (r#""1.""#, false),
            (r#"".5""#, false),
            (r#""-5""#, false),
            (r#""1e3""#, false),
            (r#"" 5""#, false),
            (r#""٣""#, false),
            ("5", false),
        ] {
            assert_eq!(taken::<Amount>(json), good, "{json}");
        }
        let amount: Amount = serde_json::from_str(r#""10.5""#).unwrap();
        assert!(amount.in_currency(Currency::USD, "total").is_ok());
        let refused = amount.in_currency(Currency::RWF, "total").unwrap_err();
        assert!(matches!(refused, Refusal::Invalid { field, .. } if field == "total"));
        assert!(taken::<Number>(r#""-2.500000""#) && !taken::<Number>(r#""--2""#));
    }

    #[test]
    fn days_and_moments_are_of_the_calendar() {
        for (json, good) in [
            (r#""2026-08-31""#, true),
            (r#""2026-02-30""#, false),
            (r#""9999-12-31""#, false),
            (r#"" 2026-08-31""#, false),
            (r#""2026-8-31""#, false),
        ] {
            assert_eq!(taken::<Day>(json), good, "{json}");
        }
        assert!(taken::<Moment>(r#""2026-08-31T10:15:00+02:00""#));
        assert!(!taken::<Moment>(r#""2026-08-31""#) && !taken::<Moment>(r#""2026-08-31 10:15Z""#));
    }

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Given {
        #[serde(default)]
        name: Maybe<Line<1, 9>>,
    }

    #[test]
    fn an_object_is_no_array_and_left_out_is_not_null() {
        let given = |json: &str| serde_json::from_str::<Object<Given>>(json).map(|Object(g)| g.name.0.is_some());
        assert!(given(r#"{"name":"x"}"#).is_ok_and(|there| there));
        assert!(given("{}").is_ok_and(|there| !there));
        for bad in [r#"["x"]"#, "[]", r#"{"name":null}"#, r#"{"nome":"x"}"#, r#"{"name":"x","name":"y"}"#, "null"] {
            assert!(given(bad).is_err(), "{bad}");
        }
    }
}
