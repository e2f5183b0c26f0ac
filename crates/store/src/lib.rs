//! The only crate that knows SQL: SQLite and PostgreSQL behind one `Db`.
//!
//! Read `db` (opening, reading, writing), `tx` (statements and rows), `table` (every table and which of its
//! columns are facts), then a file per noun. What the engines do differently is in `dialect`.

pub mod clock;
mod db;
mod dialect;
mod error;
mod migrate;
pub mod table;
mod tx;

pub mod api_key;
pub mod audit;
pub mod backup;
pub mod company;
pub mod customer;
pub mod day;
pub mod dispute;
pub mod document;
pub mod entry;
pub mod hold;
pub mod holiday;
pub mod idempotency;
pub mod movement;
pub mod notice;
pub mod period;
pub mod plan;
pub mod promise;
pub mod rate;
pub mod receipt;
pub mod refund;
pub mod reports;
pub mod statement;
pub mod verify;

pub use clock::{Clock, Source};
pub use db::{Db, Engine};
pub use error::Error;
pub use tx::{Row, Sql, Tx, Value};

/// Every SQL text of this crate by file, for the test that prepares each on each engine.
pub fn statements() -> Vec<(&'static str, &'static [(&'static str, Sql)])> {
    vec![
        ("api_key", api_key::STATEMENTS),
        ("audit", audit::STATEMENTS),
        ("company", company::STATEMENTS),
        ("customer", customer::STATEMENTS),
        ("dispute", dispute::STATEMENTS),
        ("document", document::STATEMENTS),
        ("day", day::STATEMENTS),
        ("entry", entry::STATEMENTS),
        ("hold", hold::STATEMENTS),
        ("holiday", holiday::STATEMENTS),
        ("idempotency", idempotency::STATEMENTS),
        ("movement", movement::STATEMENTS),
        ("notice", notice::STATEMENTS),
        ("period", period::STATEMENTS),
        ("plan", plan::STATEMENTS),
        ("promise", promise::STATEMENTS),
        ("rate", rate::STATEMENTS),
        ("receipt", receipt::STATEMENTS),
        ("refund", refund::STATEMENTS),
        ("reports/ageing", reports::ageing::STATEMENTS),
        ("reports/journal", reports::journal::STATEMENTS),
        ("reports/kpi", reports::kpi::STATEMENTS),
        ("reports/opening", reports::opening::STATEMENTS),
        ("reports/snapshot", reports::snapshot::STATEMENTS),
        ("statement", statement::STATEMENTS),
        ("verify", verify::STATEMENTS),
    ]
}
