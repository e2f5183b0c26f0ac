//! What a person will be told, without a language: the key of a sentence and its values. The sentences are in
//! `locales/*/*.ftl`.

use std::borrow::Cow;
use std::fmt;

use crate::{Date, Money};

/// Something that has a sentence in every language.
pub trait Saying: fmt::Debug {
    /// The key of the sentence.
    fn key(&self) -> &'static str;

    /// The named values of the sentence.
    fn args(&self) -> Vec<(&'static str, Value<'_>)>;
}

/// A value of a sentence.
pub enum Value<'a> {
    /// Written for a reader already, or a code that has a word.
    Text(Cow<'a, str>),
    /// An amount, written as the reader's language does.
    Money(Money),
    /// A day, written as the reader's language does.
    Day(Date),
    /// A sentence within the sentence.
    Saying(&'a dyn Saying),
}

/// What may stand in a saying.
pub trait Part {
    fn value(&self) -> Value<'_>;
}

impl Part for String {
    fn value(&self) -> Value<'_> {
        Value::Text(self.into())
    }
}

impl Part for Money {
    fn value(&self) -> Value<'_> {
        Value::Money(*self)
    }
}

impl Part for Date {
    fn value(&self) -> Value<'_> {
        Value::Day(*self)
    }
}

impl<T: Saying> Part for T {
    fn value(&self) -> Value<'_> {
        Value::Saying(self)
    }
}

/// Declares an enum of sayings: its kind, then each case with its code and the values of its sentence. A value is a
/// `String` unless its type is given: an amount, a day or another saying.
///
/// ```
/// receivables::sayings! {
///     pub enum Fault in "fault" {
///         Empty "empty",
///         NotADate "not-a-date" { value },
///         AtLine "at-line" { line, why: Box<Fault> },
///     }
/// }
/// use receivables::Saying;
/// let fault = Fault::AtLine { line: "7".into(), why: Box::new(Fault::NotADate { value: "x".into() }) };
/// assert_eq!(fault.key(), "fault-at-line");
/// assert_eq!(fault.to_string(), "fault-at-line(7, fault-not-a-date(x))");
/// ```
#[macro_export]
macro_rules! sayings {
    (@type) => { String };
    (@type $type:ty) => { $type };
    ($(#[$meta:meta])* $vis:vis enum $Name:ident in $kind:literal {
        $($(#[$doc:meta])* $Case:ident $code:literal $({ $($field:ident $(: $type:ty)?),* })?,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $vis enum $Name {
            $($(#[$doc])* $Case $({ $($field: $crate::sayings!(@type $($type)?)),* })?,)*
        }

        impl $Name {
            /// Every key there is, with the names of its values.
            pub const ALL: &'static [(&'static str, &'static [&'static str])] =
                &[$((concat!($kind, "-", $code), &[$($(stringify!($field)),*)?])),*];
        }

        impl $crate::Saying for $Name {
            fn key(&self) -> &'static str {
                match self { $($Name::$Case { .. } => concat!($kind, "-", $code),)* }
            }

            fn args(&self) -> Vec<(&'static str, $crate::saying::Value<'_>)> {
                match self {
                    $($Name::$Case $({ $($field),* })? => {
                        vec![$($((stringify!($field), $crate::saying::Part::value($field))),*)?]
                    })*
                }
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::saying::write(self, f)
            }
        }
    };
}

/// The key with the values in brackets: for logs and tests, not for readers.
pub fn write(saying: &dyn Saying, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(saying.key())?;
    for (n, (_, value)) in saying.args().iter().enumerate() {
        f.write_str(if n == 0 { "(" } else { ", " })?;
        match value {
            Value::Text(text) => f.write_str(text)?,
            Value::Money(money) => write!(f, "{money}")?,
            Value::Day(day) => write!(f, "{day}")?,
            Value::Saying(inner) => write(*inner, f)?,
        }
    }
    if saying.args().is_empty() { Ok(()) } else { f.write_str(")") }
}

impl<T: Saying + ?Sized> Saying for Box<T> {
    fn key(&self) -> &'static str {
        (**self).key()
    }

    fn args(&self) -> Vec<(&'static str, Value<'_>)> {
        (**self).args()
    }
}
