//! A transaction and what goes through it: `Value` in, `Row` out, one SQL text for both engines.
//!
//! Parameters are `$1, $2 …` and first appear in that order, which SQLite (by appearance) and PostgreSQL (by
//! number) read alike; a test holds every text to it.
//!
//! A statement that concerns many rows is an `each` statement: SQLite runs its text once per row, PostgreSQL once with the
//! rows' columns as arrays, so that a batch costs it one journey and not thousands.

use std::collections::BTreeMap;

use bytes::BytesMut;
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use receivables::ids::{self, Id, IdMaker};
use receivables::{Currency, Date, Instant};

use crate::audit::ActionInProgress;
use crate::noted::Noted;
use crate::{Engine, Error};

/// One statement: the text for SQLite and the text for PostgreSQL, which differ in row locks and `each` statements only.
#[derive(Clone, Copy, Debug)]
pub struct Sql {
    pub lite: &'static str,
    pub pg: &'static str,
}

/// Declares a file's statements as consts and lists them in `STATEMENTS`. `NAME locked = …` takes row locks
/// on PostgreSQL (SQLite has one writer), `locked_item` those of the table called `i`; `NAME postgres = …` is for that engine alone; `NAME each = (…, …)` is run by
/// [`Tx::each_of`] or [`Tx::execute_each`].
macro_rules! statements {
    (@one $name:ident = $text:expr) => {
        pub(crate) const $name: $crate::tx::Sql = $crate::tx::Sql { lite: $text, pg: $text };
    };
    (@one $name:ident locked = $text:expr) => {
        pub(crate) const $name: $crate::tx::Sql = $crate::tx::Sql { lite: $text, pg: concat!($text, " FOR UPDATE") };
    };
    (@one $name:ident locked_item = $text:expr) => {
        pub(crate) const $name: $crate::tx::Sql =
            $crate::tx::Sql { lite: $text, pg: concat!($text, " FOR UPDATE OF i") };
    };
    (@one $name:ident each = $texts:expr) => {
        pub(crate) const $name: $crate::tx::Sql = {
            const TEXTS: (&str, &str) = $texts;
            $crate::tx::Sql { lite: TEXTS.0, pg: TEXTS.1 }
        };
    };
    (@one $name:ident postgres = $text:expr) => {
        pub(crate) const $name: $crate::tx::Sql = $crate::tx::Sql { lite: "", pg: $text };
    };
    ($($name:ident $($mode:ident)? = $text:expr;)*) => {
        $($crate::tx::statements!(@one $name $($mode)? = $text);)*
        /// This file's SQL texts by name.
        pub const STATEMENTS: &[(&str, $crate::tx::Sql)] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use statements;

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Owned(String),
    Bytes([u8; 16]),
    Blob(&'a [u8]),
    Digest([u8; 32]),
    /// Bytes of any length that nobody else holds.
    Content(Vec<u8>),
    /// One column of many rows, for PostgreSQL's arrays.
    Column(Vec<Value<'a>>),
}

macro_rules! value_from {
    ($($type:ty, $name:ident => $value:expr;)*) => {
        $(impl<'a> From<$type> for Value<'a> { fn from($name: $type) -> Value<'a> { $value } })*
    };
}
value_from! {
    i64, v => Value::Int(v);
    i32, v => Value::Int(i64::from(v));
    u32, v => Value::Int(i64::from(v));
    u8, v => Value::Int(i64::from(v));
    bool, v => Value::Int(i64::from(v));
    &'a str, v => Value::Text(v);
    &'a String, v => Value::Text(v.as_str());
    String, v => Value::Owned(v);
    Date, v => Value::Int(i64::from(v.day_number()));
    Instant, v => Value::Int(v.micros());
    Currency, v => Value::Owned(v.code().to_owned());
    &'a [u8], v => Value::Blob(v);
    &'a Vec<u8>, v => Value::Blob(v.as_slice());
    [u8; 32], v => Value::Digest(v);
    [u8; 16], v => Value::Bytes(v);
}

impl<K> From<Id<K>> for Value<'_> {
    fn from(id: Id<K>) -> Self {
        Value::Bytes(*id.bytes())
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

/// `params![a, b]`: parameters from anything that converts.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::Value::from($value)),*] };
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, ValueRef};
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(v) => ValueRef::Integer(*v),
            Value::Text(v) => ValueRef::Text(v.as_bytes()),
            Value::Owned(v) => ValueRef::Text(v.as_bytes()),
            Value::Bytes(v) => ValueRef::Blob(v),
            Value::Blob(v) => ValueRef::Blob(v),
            Value::Digest(v) => ValueRef::Blob(v),
            Value::Content(v) => ValueRef::Blob(v),
            Value::Column(_) => return Err(rusqlite::Error::ToSqlConversionFailure("SQLite takes no arrays".into())),
        }))
    }
}

impl Value<'_> {
    /// The bytes PostgreSQL's binary protocol expects for a column of `kind`; `None` for NULL.
    pub(crate) fn write_binary(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, String> {
        match self {
            Value::Null => return Ok(IsNull::Yes),
            Value::Int(v) if *kind == Type::INT8 => out.extend_from_slice(&v.to_be_bytes()),
            Value::Int(v) if *kind == Type::INT4 => {
                out.extend_from_slice(&i32::try_from(*v).map_err(|e| e.to_string())?.to_be_bytes());
            }
            Value::Int(v) if *kind == Type::INT2 => {
                out.extend_from_slice(&i16::try_from(*v).map_err(|e| e.to_string())?.to_be_bytes());
            }
            Value::Int(_) => return Err(format!("a number for a column of type {kind}")),
            Value::Text(v) => out.extend_from_slice(v.as_bytes()),
            Value::Owned(v) => out.extend_from_slice(v.as_bytes()),
            Value::Bytes(v) => out.extend_from_slice(v),
            Value::Blob(v) => out.extend_from_slice(v),
            Value::Digest(v) => out.extend_from_slice(v),
            Value::Content(v) => out.extend_from_slice(v),
            Value::Column(values) => write_array(values, kind, out)?,
        }
        Ok(IsNull::No)
    }
}

/// PostgreSQL's binary array: one dimension from 1, whether there are NULLs, the type of the elements, then each with
/// its length.
fn write_array(values: &[Value<'_>], kind: &Type, out: &mut BytesMut) -> Result<(), String> {
    let postgres::types::Kind::Array(element) = kind.kind() else {
        return Err(format!("an array for a column of type {kind}"));
    };
    let count = i32::try_from(values.len()).map_err(|e| e.to_string())?;
    let nulls = i32::from(values.contains(&Value::Null));
    for head in [1, nulls] {
        out.extend_from_slice(&i32::to_be_bytes(head));
    }
    out.extend_from_slice(&element.oid().to_be_bytes());
    for head in [count, 1] {
        out.extend_from_slice(&i32::to_be_bytes(head));
    }
    values.iter().try_for_each(|value| write_field(value, element, out))
}

/// A value with its length before it; the length of NULL is −1.
pub(crate) fn write_field(value: &Value<'_>, kind: &Type, out: &mut BytesMut) -> Result<(), String> {
    let at = out.len();
    out.extend_from_slice(&(-1i32).to_be_bytes());
    if matches!(value.write_binary(kind, out)?, IsNull::No) {
        let length = i32::try_from(out.len() - at - 4).map_err(|e| e.to_string())?;
        out[at..at + 4].copy_from_slice(&length.to_be_bytes());
    }
    Ok(())
}

impl ToSql for Value<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        self.write_binary(kind, out).map_err(Into::into)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// Any PostgreSQL value in its binary form, with its type.
pub(crate) struct Raw<'r>(pub Type, pub Option<&'r [u8]>);

impl<'r> FromSql<'r> for Raw<'r> {
    fn from_sql(kind: &Type, raw: &'r [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Raw(kind.clone(), Some(raw)))
    }

    fn from_sql_null(kind: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Raw(kind.clone(), None))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// One row of an answer, read by position.
pub enum Row<'r> {
    Lite(&'r rusqlite::Row<'r>),
    Pg(&'r postgres::Row),
}

/// A value as it lies in the row.
#[derive(Debug, PartialEq)]
pub enum Cell<'r> {
    Null,
    Int(i64),
    Text(&'r str),
    Bytes(&'r [u8]),
}

impl Row<'_> {
    /// How many columns the row has.
    pub fn len(&self) -> usize {
        match self {
            Row::Lite(row) => row.as_ref().column_count(),
            Row::Pg(row) => row.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at `i`, whatever it is.
    pub fn cell(&self, i: usize) -> Result<Cell<'_>, Error> {
        match self {
            Row::Lite(row) => {
                use rusqlite::types::ValueRef;
                Ok(match row.get_ref(i)? {
                    ValueRef::Null => Cell::Null,
                    ValueRef::Integer(v) => Cell::Int(v),
                    ValueRef::Text(v) => Cell::Text(std::str::from_utf8(v).map_err(|e| wrong(i, e))?),
                    ValueRef::Blob(v) => Cell::Bytes(v),
                    ValueRef::Real(v) => return Err(wrong(i, format!("{v} is not a whole number"))),
                })
            }
            Row::Pg(row) => {
                let Raw(kind, bytes) = row.try_get(i)?;
                let Some(bytes) = bytes else { return Ok(Cell::Null) };
                Ok(match kind {
                    Type::INT8 => Cell::Int(i64::from_be_bytes(bytes.try_into().map_err(|e| wrong(i, e))?)),
                    Type::INT4 => Cell::Int(i32::from_be_bytes(bytes.try_into().map_err(|e| wrong(i, e))?).into()),
                    Type::INT2 => Cell::Int(i16::from_be_bytes(bytes.try_into().map_err(|e| wrong(i, e))?).into()),
                    Type::BOOL => Cell::Int(i64::from(bytes.first().copied().unwrap_or(0))),
                    Type::TEXT | Type::VARCHAR | Type::NAME | Type::UNKNOWN => {
                        Cell::Text(std::str::from_utf8(bytes).map_err(|e| wrong(i, e))?)
                    }
                    Type::UUID | Type::BYTEA => Cell::Bytes(bytes),
                    other => return Err(wrong(i, format!("type {other} is not read here"))),
                })
            }
        }
    }

    pub fn int_opt(&self, i: usize) -> Result<Option<i64>, Error> {
        match self.cell(i)? {
            Cell::Null => Ok(None),
            Cell::Int(v) => Ok(Some(v)),
            other => Err(wrong(i, format!("{other:?} is not a number"))),
        }
    }

    pub fn int(&self, i: usize) -> Result<i64, Error> {
        self.int_opt(i)?.ok_or_else(|| wrong(i, "empty"))
    }

    /// A whole number that fits 32 bits.
    pub fn small(&self, i: usize) -> Result<i32, Error> {
        i32::try_from(self.int(i)?).map_err(|e| wrong(i, e))
    }

    pub fn flag(&self, i: usize) -> Result<bool, Error> {
        Ok(self.int(i)? != 0)
    }

    pub fn text_opt(&self, i: usize) -> Result<Option<&str>, Error> {
        match self.cell(i)? {
            Cell::Null => Ok(None),
            Cell::Text(v) => Ok(Some(v)),
            other => Err(wrong(i, format!("{other:?} is not a text"))),
        }
    }

    pub fn text(&self, i: usize) -> Result<&str, Error> {
        self.text_opt(i)?.ok_or_else(|| wrong(i, "empty"))
    }

    pub fn string(&self, i: usize) -> Result<String, Error> {
        Ok(self.text(i)?.to_owned())
    }

    pub fn string_opt(&self, i: usize) -> Result<Option<String>, Error> {
        Ok(self.text_opt(i)?.map(str::to_owned))
    }

    pub fn bytes(&self, i: usize) -> Result<&[u8], Error> {
        match self.cell(i)? {
            Cell::Bytes(v) => Ok(v),
            other => Err(wrong(i, format!("{other:?} is not bytes"))),
        }
    }

    pub fn id_opt<K>(&self, i: usize) -> Result<Option<Id<K>>, Error> {
        match self.cell(i)? {
            Cell::Null => Ok(None),
            Cell::Bytes(v) => Ok(Some(Id::from_bytes(v.try_into().map_err(|e| wrong(i, e))?))),
            other => Err(wrong(i, format!("{other:?} is not an id"))),
        }
    }

    pub fn id<K>(&self, i: usize) -> Result<Id<K>, Error> {
        self.id_opt(i)?.ok_or_else(|| wrong(i, "empty"))
    }

    pub fn date_opt(&self, i: usize) -> Result<Option<Date>, Error> {
        self.int_opt(i)?.map(|v| i32::try_from(v).map(Date::from_day_number).map_err(|e| wrong(i, e))).transpose()
    }

    pub fn date(&self, i: usize) -> Result<Date, Error> {
        self.date_opt(i)?.ok_or_else(|| wrong(i, "empty"))
    }

    pub fn instant(&self, i: usize) -> Result<Instant, Error> {
        self.int(i).map(Instant::from_micros)
    }

    pub fn currency(&self, i: usize) -> Result<Currency, Error> {
        self.text(i)?.parse().map_err(|e| wrong(i, e))
    }
}

fn wrong(column: usize, cause: impl std::fmt::Display) -> Error {
    Error::failed(&format!("reading column {column}"), cause)
}

/// The statements prepared on one PostgreSQL connection, by text.
#[derive(Default)]
pub(crate) struct Prepared(BTreeMap<String, postgres::Statement>);

impl Prepared {
    pub(crate) fn statement(
        &mut self,
        tx: &mut postgres::Transaction<'_>,
        text: &str,
    ) -> Result<postgres::Statement, Error> {
        if let Some(statement) = self.0.get(text) {
            return Ok(statement.clone());
        }
        let statement = tx.prepare(text)?;
        self.0.insert(text.to_owned(), statement.clone());
        Ok(statement)
    }
}

pub(crate) enum Conn<'c> {
    Lite(&'c rusqlite::Connection),
    Pg(postgres::Transaction<'c>, &'c mut Prepared),
}

/// A running transaction. `now` and the ids come with it; the action in progress collects what it writes.
pub struct Tx<'c> {
    pub(crate) conn: Conn<'c>,
    pub(crate) now: Instant,
    pub(crate) ids: &'c mut IdMaker,
    pub(crate) noted: &'c Noted,
    pub(crate) action: Option<ActionInProgress>,
}

impl Tx<'_> {
    /// The recorded instant of everything this transaction writes.
    pub fn now(&self) -> Instant {
        self.now
    }

    pub fn engine(&self) -> Engine {
        match self.conn {
            Conn::Lite(_) => Engine::Sqlite,
            Conn::Pg(..) => Engine::Postgres,
        }
    }

    /// A new id of its kind, later than every id this program made before.
    pub fn new_id<K>(&mut self) -> Id<K> {
        self.ids.next(self.now)
    }

    /// What is written later, in batches: also by a transaction that only reads.
    pub fn noted(&self) -> &Noted {
        self.noted
    }

    /// The action all facts of this transaction belong to.
    pub fn action_id(&self) -> Result<Id<ids::Action>, Error> {
        self.action.as_ref().map(|a| a.id).ok_or_else(|| Error::Failed("a fact was written outside an action".into()))
    }

    /// Runs a statement; how many rows it touched.
    pub fn execute(&mut self, sql: Sql, params: &[Value<'_>]) -> Result<u64, Error> {
        match &mut self.conn {
            Conn::Lite(conn) => {
                let mut statement = conn.prepare_cached(sql.lite)?;
                Ok(statement.execute(rusqlite::params_from_iter(params))? as u64)
            }
            Conn::Pg(tx, prepared) => {
                let statement = prepared.statement(tx, sql.pg)?;
                Ok(tx.execute(&statement, &as_refs(params))?)
            }
        }
    }

    /// Calls `f` with each row in turn; memory does not grow with the answer.
    pub fn each(
        &mut self,
        sql: Sql,
        params: &[Value<'_>],
        mut f: impl FnMut(&Row<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        match &mut self.conn {
            Conn::Lite(conn) => {
                let mut statement = conn.prepare_cached(sql.lite)?;
                let mut rows = statement.query(rusqlite::params_from_iter(params))?;
                while let Some(row) = rows.next()? {
                    f(&Row::Lite(row))?;
                }
            }
            Conn::Pg(tx, prepared) => {
                use postgres::fallible_iterator::FallibleIterator;
                let statement = prepared.statement(tx, sql.pg)?;
                let mut rows = tx.query_raw(&statement, params.iter())?;
                while let Some(row) = rows.next()? {
                    f(&Row::Pg(&row))?;
                }
            }
        }
        Ok(())
    }

    /// Calls `f` with the rows an `each` statement finds for `keys`, `width` columns a row; `company` is its last parameter.
    pub fn each_of(
        &mut self,
        sql: Sql,
        keys: &[Value<'_>],
        width: usize,
        company: i64,
        mut f: impl FnMut(&Row<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let last = Value::Int(company);
        if let Conn::Lite(conn) = self.conn {
            let mut statement = conn.prepare_cached(sql.lite)?;
            for key in keys.chunks(width) {
                let mut rows = statement.query(rusqlite::params_from_iter(key.iter().chain([&last])))?;
                while let Some(row) = rows.next()? {
                    f(&Row::Lite(row))?;
                }
            }
            return Ok(());
        }
        if keys.is_empty() {
            return Ok(());
        }
        self.each(sql, &as_columns(keys, width, last), f)
    }

    /// Runs an `each` statement for `rows`, `width` columns a row; `company` is its last parameter.
    pub fn execute_each(&mut self, sql: Sql, rows: &[Value<'_>], width: usize, company: i64) -> Result<(), Error> {
        let last = Value::Int(company);
        if let Conn::Lite(conn) = self.conn {
            let mut statement = conn.prepare_cached(sql.lite)?;
            for row in rows.chunks(width) {
                statement.execute(rusqlite::params_from_iter(row.iter().chain([&last])))?;
            }
            return Ok(());
        }
        if rows.is_empty() {
            return Ok(());
        }
        self.execute(sql, &as_columns(rows, width, last)).map(|_| ())
    }

    /// All rows of a short answer.
    pub fn all<T>(
        &mut self,
        sql: Sql,
        params: &[Value<'_>],
        mut f: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut out = Vec::new();
        self.each(sql, params, |row| {
            out.push(f(row)?);
            Ok(())
        })?;
        Ok(out)
    }

    /// The first row, if there is one.
    pub fn first<T>(
        &mut self,
        sql: Sql,
        params: &[Value<'_>],
        mut f: impl FnMut(&Row<'_>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let mut out = None;
        self.each(sql, params, |row| {
            if out.is_none() {
                out = Some(f(row)?);
            }
            Ok(())
        })?;
        Ok(out)
    }
}

/// The columns of rows as arrays, and the parameter that all rows share.
fn as_columns<'v>(rows: &[Value<'v>], width: usize, last: Value<'v>) -> Vec<Value<'v>> {
    let column = |at| Value::Column(rows.iter().skip(at).step_by(width).cloned().collect());
    (0..width).map(column).chain([last]).collect()
}

fn as_refs<'a>(params: &'a [Value<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    params.iter().map(|v| v as &(dyn ToSql + Sync)).collect()
}
