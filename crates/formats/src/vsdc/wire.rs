//! How a message is laid out on the wire: objects whose fields stand in a documented order, each with a documented length.
//!
//! Numbers never pass through a float: an object is read as the raw text of its fields (`RawValue`), a number is parsed
//! from its own digits and written from its own digits. Reading is lenient (unknown fields are ignored, a number may stand
//! in quotes, an empty text or `null` is nothing), writing checks every length.

use std::collections::HashMap;
use std::fmt::Write as _;

use jiff::civil::{DateTime, Time};
use receivables::Date;
use rust_decimal::Decimal;
use serde_json::value::RawValue;

use super::Fault;

/// A message, or an object within one.
pub trait Message: Sized {
    /// Reads the fields it knows.
    fn from_object(object: &Object) -> Result<Self, Fault>;
    /// Writes its fields in the documented order.
    fn write_fields(&self, out: &mut Fields) -> Result<(), Fault>;
}

/// The fields of an object as they were written.
pub struct Object(HashMap<String, Box<RawValue>>);

impl Object {
    pub(super) fn read(text: &str) -> Result<Object, Fault> {
        serde_json::from_str(text).map(Object).map_err(|e| Fault::NotAnObject { cause: e.to_string() })
    }

    /// The text of the first of the names that holds something.
    fn find(&self, names: &[&str]) -> Option<&str> {
        let held = names.iter().filter_map(|name| self.0.get(*name)).map(|raw| raw.get().trim());
        held.into_iter().find(|text| *text != "null" && *text != "\"\"")
    }

    /// Every name in it.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// The fields of an object being written.
#[derive(Default)]
pub struct Fields(String);

impl Fields {
    pub(super) fn push(&mut self, name: &str, json: &str) {
        let comma = if self.0.is_empty() { "" } else { "," };
        // Writing to a text cannot fail.
        let _ = write!(self.0, "{comma}\"{name}\":{json}");
    }

    pub(super) fn closed(self) -> String {
        format!("{{{}}}", self.0)
    }
}

/// What a field may hold.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// CHAR: characters at most.
    Char(usize),
    /// NUMBER: digits, and how many of them are decimals.
    Number(u32, u32),
    /// Objects, or fields that stand among those of the message.
    Object,
}

/// How a field that holds nothing is written.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Empty {
    Null,
    Out,
    Blank,
}

/// One field: its names (the first is written, all are read), what it holds, how it is left empty.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    pub names: &'a [&'a str],
    pub shape: Shape,
    pub empty: Empty,
    /// Absent is read as zero: the sister protocols leave it out.
    pub zero: bool,
}

/// CHAR of at most so many characters; `null` where there is nothing.
pub(super) const fn c(most: usize) -> Field<'static> {
    Field { names: &[], shape: Shape::Char(most), empty: Empty::Null, zero: false }
}

/// NUMBER of so many digits, of which so many decimals; `null` where there is nothing.
pub(super) const fn n(digits: u32, decimals: u32) -> Field<'static> {
    Field { names: &[], shape: Shape::Number(digits, decimals), empty: Empty::Null, zero: false }
}

/// A list of objects, an object, or a group of fields.
pub(super) const fn inner() -> Field<'static> {
    Field { names: &[], shape: Shape::Object, empty: Empty::Null, zero: false }
}

impl<'a> Field<'a> {
    /// Left out where there is nothing.
    pub const fn or_out(self) -> Field<'a> {
        Field { empty: Empty::Out, ..self }
    }

    /// An empty text where there is nothing.
    pub const fn or_blank(self) -> Field<'a> {
        Field { empty: Empty::Blank, ..self }
    }

    /// Absent is zero.
    pub const fn or_zero(self) -> Field<'a> {
        Field { zero: true, ..self }
    }

    fn name(&self) -> String {
        self.names[0].to_owned()
    }

    fn text(&self, json: &str) -> Result<String, Fault> {
        match json.as_bytes().first() {
            Some(b'"') => serde_json::from_str(json).map_err(|_| self.not_a_text(json)),
            Some(b'0'..=b'9' | b'-') => Ok(json.to_owned()),
            _ => Err(self.not_a_text(json)),
        }
    }

    fn not_a_text(&self, json: &str) -> Fault {
        Fault::NotAText { field: self.name(), value: crate::table::shown(json) }
    }

    /// The number in a text, quoted or not.
    fn number(&self, json: &str) -> Result<Decimal, Fault> {
        let text = self.text(json)?;
        let text = text.trim();
        exactly(text).ok_or_else(|| Fault::NotANumber { field: self.name(), value: crate::table::shown(text) })
    }

    fn quoted(&self, text: &str) -> Result<String, Fault> {
        if let Shape::Char(most) = self.shape {
            let length = text.chars().count();
            if length > most {
                return Err(Fault::TooLong { field: self.name(), most, length });
            }
        }
        serde_json::to_string(text).map_err(|_| Fault::NotAText { field: self.name(), value: text.to_owned() })
    }

    fn digits(&self, number: Decimal) -> Result<String, Fault> {
        let number = number.normalize();
        if let Shape::Number(digits, decimals) = self.shape {
            let whole = number.trunc().abs().to_string();
            let whole = if whole == "0" { 0 } else { whole.len() };
            if number.scale() > decimals || whole > (digits - decimals) as usize {
                return Err(Fault::TooManyDigits { field: self.name(), digits, decimals, value: number });
            }
        }
        Ok(number.to_string())
    }
}

/// A number from its digits, with or without an exponent; `None` where a decimal of 28 digits cannot hold it.
fn exactly(text: &str) -> Option<Decimal> {
    match text.split_once(['e', 'E']) {
        None => Decimal::from_str_exact(text).ok(),
        Some((digits, exponent)) => {
            let digits = Decimal::from_str_exact(digits).ok()?;
            let exponent: i32 = exponent.parse().ok().filter(|e: &i32| e.abs() <= 28)?;
            let power = 10i128.checked_pow(exponent.unsigned_abs())?;
            let power = Decimal::try_from_i128_with_scale(power, 0).ok()?;
            let number = if exponent < 0 { digits.checked_div(power)? } else { digits.checked_mul(power)? };
            let back = if exponent < 0 { number.checked_mul(power)? } else { number.checked_div(power)? };
            (back == digits).then_some(number)
        }
    }
}

/// What one field holds.
pub(super) trait Value: Sized {
    fn read(json: &str, field: &Field) -> Result<Self, Fault>;
    /// `None` where it holds nothing.
    fn write(&self, field: &Field) -> Result<Option<String>, Fault>;
    /// What stands for a field that is not there.
    fn absent(field: &Field) -> Result<Self, Fault> {
        Err(Fault::Missing { field: field.name() })
    }
}

/// A field, or several that are read and written together.
pub(super) trait Part: Sized {
    fn read(object: &Object, field: &Field) -> Result<Self, Fault>;
    fn write(&self, out: &mut Fields, field: &Field) -> Result<(), Fault>;
}

impl<V: Value> Part for V {
    fn read(object: &Object, field: &Field) -> Result<V, Fault> {
        object.find(field.names).map_or_else(|| V::absent(field), |json| V::read(json, field))
    }

    fn write(&self, out: &mut Fields, field: &Field) -> Result<(), Fault> {
        match (Value::write(self, field)?, field.empty) {
            (Some(json), _) => out.push(field.names[0], &json),
            (None, Empty::Null) => out.push(field.names[0], "null"),
            (None, Empty::Blank) => out.push(field.names[0], "\"\""),
            (None, Empty::Out) => {}
        }
        Ok(())
    }
}

impl<V: Value> Value for Option<V> {
    fn read(json: &str, field: &Field) -> Result<Option<V>, Fault> {
        V::read(json, field).map(Some)
    }

    fn write(&self, field: &Field) -> Result<Option<String>, Fault> {
        self.as_ref().map_or(Ok(None), |value| value.write(field))
    }

    fn absent(_: &Field) -> Result<Option<V>, Fault> {
        Ok(None)
    }
}

impl Value for String {
    fn read(json: &str, field: &Field) -> Result<String, Fault> {
        field.text(json)
    }

    fn write(&self, field: &Field) -> Result<Option<String>, Fault> {
        match self.is_empty() {
            true if field.empty == Empty::Null => Err(Fault::Missing { field: field.name() }),
            true => Ok(None),
            false => field.quoted(self).map(Some),
        }
    }
}

impl Value for Decimal {
    fn read(json: &str, field: &Field) -> Result<Decimal, Fault> {
        field.number(json)
    }

    fn write(&self, field: &Field) -> Result<Option<String>, Fault> {
        field.digits(*self).map(Some)
    }

    fn absent(field: &Field) -> Result<Decimal, Fault> {
        if field.zero { Ok(Decimal::ZERO) } else { Err(Fault::Missing { field: field.name() }) }
    }
}

/// A running number or a count.
impl Value for u64 {
    fn read(json: &str, field: &Field) -> Result<u64, Fault> {
        let number = field.number(json)?;
        let whole = number.is_integer().then(|| u64::try_from(number).ok()).flatten();
        whole.ok_or_else(|| Fault::NotANumber { field: field.name(), value: number.to_string() })
    }

    fn write(&self, field: &Field) -> Result<Option<String>, Fault> {
        field.digits(Decimal::from(*self)).map(Some)
    }

    fn absent(field: &Field) -> Result<u64, Fault> {
        if field.zero { Ok(0) } else { Err(Fault::Missing { field: field.name() }) }
    }
}

/// `Y` or `N`.
impl Value for bool {
    fn read(json: &str, field: &Field) -> Result<bool, Fault> {
        match field.text(json)?.as_str() {
            "Y" | "y" => Ok(true),
            "N" | "n" => Ok(false),
            other => Err(Fault::NotYesOrNo { field: field.name(), value: crate::table::shown(other) }),
        }
    }

    fn write(&self, _: &Field) -> Result<Option<String>, Fault> {
        Ok(Some(if *self { "\"Y\"" } else { "\"N\"" }.to_owned()))
    }
}

/// `yyyyMMdd`.
impl Value for Date {
    fn read(json: &str, field: &Field) -> Result<Date, Fault> {
        let text = field.text(json)?;
        day_from(&text).ok_or_else(|| Fault::NotADay { field: field.name(), value: crate::table::shown(&text) })
    }

    fn write(&self, _: &Field) -> Result<Option<String>, Fault> {
        Ok(Some(format!("\"{}\"", self.to_string().replace('-', ""))))
    }
}

/// `yyyyMMddHHmmss`, or `yyyy-MM-dd HH:mm:ss` where the field has 19 characters; read in either.
impl Value for DateTime {
    fn read(json: &str, field: &Field) -> Result<DateTime, Fault> {
        let text = field.text(json)?;
        time_from(&text).ok_or_else(|| Fault::NotATime { field: field.name(), value: crate::table::shown(&text) })
    }

    fn write(&self, field: &Field) -> Result<Option<String>, Fault> {
        let (day, time) = (self.date(), self.time());
        let parts = [time.hour(), time.minute(), time.second()];
        let [h, m, s] = parts.map(|part| format!("{part:02}"));
        Ok(Some(match field.shape {
            Shape::Char(19) => format!("\"{day} {h}:{m}:{s}\""),
            _ => format!("\"{}{h}{m}{s}\"", day.to_string().replace('-', "")),
        }))
    }
}

impl<M: Message> Value for M {
    fn read(json: &str, field: &Field) -> Result<M, Fault> {
        let within = |fault: Fault| fault.within(field.names[0]);
        Object::read(json).and_then(|object| M::from_object(&object)).map_err(within)
    }

    fn write(&self, field: &Field) -> Result<Option<String>, Fault> {
        let mut fields = Fields::default();
        self.write_fields(&mut fields).map_err(|fault| fault.within(field.names[0]))?;
        Ok(Some(fields.closed()))
    }
}

impl<M: Message> Value for Vec<M> {
    fn read(json: &str, field: &Field) -> Result<Vec<M>, Fault> {
        let all: Vec<Box<RawValue>> =
            serde_json::from_str(json).map_err(|_| Fault::NotAList { field: field.name() })?;
        let within = |no: usize| move |fault: Fault| fault.within(&format!("{}[{no}]", field.names[0]));
        let one = |(no, raw): (usize, Box<RawValue>)| {
            Object::read(raw.get()).and_then(|object| M::from_object(&object)).map_err(within(no))
        };
        (1..).zip(all).map(one).collect()
    }

    fn write(&self, field: &Field) -> Result<Option<String>, Fault> {
        let within = |no: usize| move |fault: Fault| fault.within(&format!("{}[{no}]", field.names[0]));
        let one = |(no, message): (usize, &M)| {
            let mut fields = Fields::default();
            message.write_fields(&mut fields).map_err(within(no))?;
            Ok(fields.closed())
        };
        let all = (1..).zip(self).map(one).collect::<Result<Vec<_>, Fault>>()?;
        Ok(Some(format!("[{}]", all.join(","))))
    }

    fn absent(_: &Field) -> Result<Vec<M>, Fault> {
        Ok(Vec::new())
    }
}

/// A day of `yyyyMMdd`.
pub(super) fn day_from(text: &str) -> Option<Date> {
    let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let part = |from: usize, to: usize| text.get(from..to)?.parse().ok();
    if !digits {
        return None;
    }
    let (month, day): (i16, i16) = (part(4, 6)?, part(6, 8)?);
    Date::new(part(0, 4)?, month as i8, day as i8)
}

/// A moment of `yyyyMMddHHmmss`, whatever stands between its parts.
pub(super) fn time_from(text: &str) -> Option<DateTime> {
    let between = |c: &char| !matches!(c, '-' | ':' | ' ');
    let digits: String = text.chars().filter(between).collect();
    if digits.len() != 14 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize| digits.get(from..from + 2)?.parse().ok();
    let time = Time::new(part(8)?, part(10)?, part(12)?, 0).ok()?;
    let day = day_from(digits.get(..8)?)?;
    Some(jiff::civil::Date::new(day.year(), day.month(), day.day()).ok()?.to_datetime(time))
}

/// Declares messages: each field with its type, its names on the wire (the first is written) and what it holds.
macro_rules! messages {
    ($($(#[$about:meta])* pub struct $name:ident {
        $($(#[$what:meta])* $field:ident: $kind:ty = $($wire:literal)|+, $spec:expr;)*
    })*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $($(#[$what])* pub $field: $kind,)*
        }

        impl $crate::vsdc::Message for $name {
            fn from_object(object: &$crate::vsdc::wire::Object) -> Result<$name, $crate::vsdc::Fault> {
                Ok($name {
                    $($field: $crate::vsdc::wire::Part::read(
                        object,
                        &$crate::vsdc::wire::Field { names: &[$($wire),+], ..$spec },
                    )?,)*
                })
            }

            fn write_fields(&self, out: &mut $crate::vsdc::wire::Fields) -> Result<(), $crate::vsdc::Fault> {
                $($crate::vsdc::wire::Part::write(
                    &self.$field,
                    out,
                    &$crate::vsdc::wire::Field { names: &[$($wire),+], ..$spec },
                )?;)*
                Ok(())
            }
        }
    )*};
}
pub(super) use messages;
