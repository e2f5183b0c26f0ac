//! What a route is given: who asks, on which day, in which language, and the values of path, query, body and headers; and the
//! one transaction it runs in.

use std::sync::Arc;

use axum::body::Bytes;
use receivables::{Currency, Date, Refusal};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use store::reports::snapshot::Snapshots;
use store::{Db, Error, Tx};

use super::problem::Problem;
use super::shape::Object;
use super::{Api, frame};
use crate::actions::api_key::Bearer;
use crate::actions::{self, Actor, Once};
use crate::words::Language;

/// A request of a key that may make it.
pub struct Ask {
    pub(super) api: Arc<Api>,
    pub(super) bearer: Bearer,
    pub(super) language: Language,
    pub(super) path: Vec<(String, String)>,
    pub(super) query: String,
    pub(super) body: Bytes,
    /// Of a write.
    pub(super) once: Option<Once>,
    pub(super) if_match: Option<String>,
}

/// What a route answers: the body, as it is kept under the request's key.
pub struct Reply(pub Value);

/// Why a route did not do what was asked.
#[derive(Debug)]
pub enum Stop {
    Problem(Problem),
    Store(Error),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Stop {
        Stop::Problem(problem)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Store(error)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Stop {
        Stop::Store(refusal.into())
    }
}

impl Ask {
    pub fn actor(&self) -> &Actor {
        &self.bearer.actor
    }

    pub fn today(&self) -> Date {
        self.bearer.today
    }

    pub fn language(&self) -> Language {
        self.language
    }

    pub fn db(&self) -> &Db {
        &self.api.db
    }

    pub fn snapshots(&self) -> &Snapshots {
        self.api.db.snapshots()
    }

    pub fn bearer(&self) -> &Bearer {
        &self.bearer
    }

    /// The company's own currency.
    pub fn own(&self) -> Currency {
        self.bearer.actor.company.currency
    }

    /// A value of the path, by its name in braces.
    pub fn path(&self, name: &str) -> &str {
        self.path.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// A day of the path; what is none is not there.
    pub fn day(&self, name: &str) -> Result<Date, Refusal> {
        let text = self.path(name);
        let not_found = || Refusal::NotFound { kind: "holiday".into(), name: text.into() };
        text.parse::<Date>().ok().filter(|date| (1970..=2199).contains(&date.year())).ok_or_else(not_found)
    }

    /// The values after the question mark; what the type does not know is refused.
    pub fn query<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        if !readable(&self.query) {
            return Err(Problem::QueryUnreadable);
        }
        let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(self.query.as_bytes()));
        serde_path_to_error::deserialize(pairs).map_err(|error| {
            let (field, cause) = at_fault(&error.path().to_string(), error.inner());
            match cause.starts_with("unknown field") || cause.starts_with("duplicate field") {
                true => Problem::QueryUnknown { field, cause },
                false => Problem::QueryInvalid { field, cause },
            }
        })
    }

    /// The body as JSON; what the type does not know is refused.
    pub fn body<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let not_json = |error: &serde_json::Error| Problem::NotJson { cause: error.to_string() };
        // Whether all of it is JSON comes before what it says.
        serde_json::from_slice::<IgnoredAny>(&self.body).map_err(|error| not_json(&error))?;
        let mut json = serde_json::Deserializer::from_slice(&self.body);
        let read: Result<Object<T>, _> = serde_path_to_error::deserialize(&mut json);
        let Object(body) = read.map_err(|error| match error.inner().is_data() {
            true => field_at_fault(&error.path().to_string(), error.inner()),
            false => not_json(error.inner()),
        })?;
        Ok(body)
    }

    /// The body as it came.
    pub fn file(&self) -> &[u8] {
        &self.body
    }

    /// One unchanging view of the book.
    pub fn read<A: Serialize>(
        self: &Arc<Ask>,
        f: impl FnOnce(&mut Tx<'_>, &Ask) -> Result<A, Error>,
    ) -> Result<Reply, Stop> {
        Ok(Reply(value(&self.db().read(|tx| f(tx, self))?)?))
    }

    /// One transaction, carried out once under the request's key: the same request again gets the same answer.
    pub fn write<A: Serialize>(
        self: &Arc<Ask>,
        f: impl Fn(&mut Tx<'_>, &Ask) -> Result<A, Error> + Send + 'static,
    ) -> Result<Reply, Stop> {
        let ask = Arc::clone(self);
        let answer = self.db().write(move |tx| {
            actions::once(tx, ask.actor(), ask.once.as_ref(), |tx| {
                let answer = f(tx, &ask)?;
                value(&answer)
            })
        });
        Ok(Reply(answer?))
    }

    /// Whether a record is as the caller read it; `shown` is what a reader gets of it now.
    pub fn is_unchanged(&self, shown: &impl Serialize) -> Result<bool, Error> {
        let known = frame::etag(&serde_json::to_vec(&value(shown)?).map_err(|e| Error::failed("writing JSON", e))?);
        Ok(self.if_match.as_deref().is_some_and(|wanted| frame::names(wanted, &known)))
    }
}

fn value(answer: &impl Serialize) -> Result<Value, Error> {
    serde_json::to_value(answer).map_err(|e| Error::failed("writing JSON", e))
}

/// Whether every `%` stands before two hex digits, and what they stand for is UTF-8.
fn readable(query: &str) -> bool {
    let mut bytes = Vec::with_capacity(query.len());
    let mut rest = query.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|b| char::from(b).to_digit(16));
        let (Some(high), Some(low)) = (digit(), digit()) else { return false };
        bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
    }
    std::str::from_utf8(&bytes).is_ok()
}

fn field_at_fault(path: &str, error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    let (field, cause) = at_fault(path, error);
    if text.starts_with("unknown field") {
        return Problem::FieldUnknown { field };
    }
    if text.starts_with("missing field") {
        return Problem::FieldMissing { field };
    }
    Problem::FieldInvalid { field, cause }
}

/// The path of the value at fault, `lines[0].quantity`, and what is wrong with it. Of a field that is unknown or missing the
/// path is that of the object around it, and the message names the field.
fn at_fault(path: &str, error: &impl std::fmt::Display) -> (String, String) {
    let text = error.to_string();
    let cause = text.split(" at line ").next().unwrap_or(&text).to_owned();
    let outer = path.trim_matches('.');
    let named = ["unknown field `", "missing field `", "duplicate field `"].iter().find_map(|head| {
        let (name, _) = cause.strip_prefix(head)?.split_once('`')?;
        Some(name.to_owned())
    });
    let field = match (outer, named) {
        // The path ends with the field itself where the deserializer had read its name.
        (_, Some(name)) if outer == name || outer.ends_with(&format!(".{name}")) => outer.to_owned(),
        ("" | "?", Some(name)) => name,
        (_, Some(name)) => format!("{outer}.{name}"),
        _ => outer.to_owned(),
    };
    (field, cause)
}
