//! One row per route. What a row takes, gives and runs is written once, so that the OpenAPI document cannot say otherwise.

use std::sync::Arc;

use schemars::{Schema, SchemaGenerator};

use super::ask::{Ask, Reply, Stop};
use crate::actions::Right;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    Get,
    Post,
    Patch,
    Delete,
}

impl Verb {
    pub fn name(self) -> &'static str {
        match self {
            Verb::Get => "GET",
            Verb::Post => "POST",
            Verb::Patch => "PATCH",
            Verb::Delete => "DELETE",
        }
    }

    pub fn writes(self) -> bool {
        self != Verb::Get
    }

    /// What is answered when it is done.
    pub fn status(self) -> u16 {
        if self == Verb::Post { 201 } else { 200 }
    }
}

/// The schema of a type.
pub type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// What a route takes as its body.
#[derive(Clone, Copy)]
pub enum Takes {
    Nothing,
    Json(SchemaOf),
    /// A file as it is.
    File,
}

/// One route.
pub struct Endpoint {
    pub verb: Verb,
    pub path: &'static str,
    /// The noun of the scope it needs; none for what every key may ask.
    pub noun: &'static str,
    pub right: Right,
    /// The handler's name.
    pub name: &'static str,
    /// One sentence or two.
    pub about: &'static [&'static str],
    pub query: Option<SchemaOf>,
    pub takes: Takes,
    pub gives: SchemaOf,
    /// Changes a record that must be as the caller read it: `If-Match` is needed.
    pub guarded: bool,
    pub run: fn(&Arc<Ask>) -> Result<Reply, Stop>,
}

impl Endpoint {
    /// The names in braces of its path.
    pub fn path_names(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('{').skip(1).filter_map(|part| part.split('}').next())
    }
}

/// Declares the routes of a noun: verb, path, right, handler, what it takes and what it gives. A handler runs in one
/// transaction, `(tx, ask, query or body)`; one written `by` does its own reading and writing.
macro_rules! endpoints {
    (@run read $handler:ident) => { |ask| ask.read($handler) };
    (@run read $handler:ident query $Query:ty) => {
        |ask| { let query: $Query = ask.query()?; ask.read(move |tx, ask| $handler(tx, ask, &query)) }
    };
    (@run write $handler:ident) => { |ask| ask.write($handler) };
    (@run write $handler:ident body $Body:ty) => {
        |ask| { let body: $Body = ask.body()?; ask.write(move |tx, ask| $handler(tx, ask, &body)) }
    };
    (@run write $handler:ident guarded $Body:ty) => {
        |ask| { let body: $Body = ask.body()?; ask.write(move |tx, ask| $handler(tx, ask, &body)) }
    };
    (@run $mode:ident $handler:ident by $($rest:tt)*) => { $handler };

    (@query query $Query:ty) => { Some(|g| g.subschema_for::<$Query>()) };
    (@query by query $Query:ty) => { Some(|g| g.subschema_for::<$Query>()) };
    (@query by query $Query:ty, file) => { Some(|g| g.subschema_for::<$Query>()) };
    (@query $($rest:tt)*) => { None };

    (@takes body $Body:ty) => { $crate::api::endpoint::Takes::Json(|g| g.subschema_for::<$Body>()) };
    (@takes guarded $Body:ty) => { $crate::api::endpoint::Takes::Json(|g| g.subschema_for::<$Body>()) };
    (@takes by query $Query:ty, file) => { $crate::api::endpoint::Takes::File };
    (@takes $($rest:tt)*) => { $crate::api::endpoint::Takes::Nothing };

    (@guarded guarded $($rest:tt)*) => { true };
    (@guarded $($rest:tt)*) => { false };

    ($noun:literal $($(#[doc = $about:literal])* $mode:ident $verb:ident $path:literal $right:ident $handler:ident ($($takes:tt)*) -> $Gives:ty;)*) => {
        pub const ENDPOINTS: &[$crate::api::endpoint::Endpoint] = &[$($crate::api::endpoint::Endpoint {
            verb: $crate::api::endpoint::Verb::$verb,
            path: $path,
            noun: $noun,
            right: $crate::actions::Right::$right,
            name: stringify!($handler),
            about: &[$($about),*],
            query: $crate::api::endpoint::endpoints!(@query $($takes)*),
            takes: $crate::api::endpoint::endpoints!(@takes $($takes)*),
            gives: |g| g.subschema_for::<$Gives>(),
            guarded: $crate::api::endpoint::endpoints!(@guarded $($takes)*),
            run: $crate::api::endpoint::endpoints!(@run $mode $handler $($takes)*),
        }),*];
    };
}
pub(super) use endpoints;
