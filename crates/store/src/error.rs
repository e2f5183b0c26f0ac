//! What comes up from the store: a refusal (the domain said no) or a failure (disk, network, database).

use receivables::Refusal;
use receivables::money::MoneyError;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The domain said no; nothing was written.
    #[error("{}", .0.code())]
    Refused(Refusal),
    /// The disk is full; nothing was written, everything stays readable.
    #[error("the disk is full: nothing of this action was saved. Free some space and do it again")]
    DiskFull,
    /// The engine asks for another try (deadlock, lost connection before commit).
    #[error("the database asked to try again: {0}")]
    Again(String),
    /// Undone on purpose: a dry run, or all-or-none with a row refused.
    #[error("nothing was written, as asked")]
    RolledBack,
    /// Anything else, with what was being done.
    #[error("{0}")]
    Failed(String),
}

impl Error {
    pub fn failed(context: &str, cause: impl std::fmt::Display) -> Error {
        Error::Failed(format!("{context}: {cause}"))
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused(refusal)
    }
}

impl From<MoneyError> for Error {
    fn from(error: MoneyError) -> Error {
        Error::Refused(error.into())
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked, DiskFull, SystemIoFailure};
        match error.sqlite_error_code() {
            Some(DiskFull) => Error::DiskFull,
            Some(SystemIoFailure) if error.to_string().contains("full") => Error::DiskFull,
            Some(DatabaseBusy | DatabaseLocked) => Error::Again(error.to_string()),
            _ => Error::failed("SQLite", error),
        }
    }
}

impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Error {
        let Some(db) = error.as_db_error() else {
            return Error::failed("PostgreSQL", cause_chain(&error));
        };
        match db.code().code() {
            // serialization_failure, deadlock_detected; unique_violation: another was first, and trying again sees it
            "40001" | "40P01" | "23505" => Error::Again(db.message().to_owned()),
            "53100" => Error::DiskFull,
            code => Error::Failed(format!("PostgreSQL {code}: {}", db.message())),
        }
    }
}

fn cause_chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}
