//! The quarantine of a restored book: nothing leaves from it until an administrator says that it is the one in use.

use receivables::Refusal;
use store::{Error, Tx, backup};

use super::{Actor, Right, Subject, act};

/// Whether the book is in quarantine.
pub fn is_on(tx: &mut Tx<'_>) -> Result<bool, Error> {
    backup::in_quarantine(tx)
}

/// Refuses what would leave the book.
pub(crate) fn check(tx: &mut Tx<'_>) -> Result<(), Error> {
    if is_on(tx)? { Err(Refusal::Quarantined.into()) } else { Ok(()) }
}

/// Lifts it for the whole book, with the reason the auditor will read.
pub fn lift(tx: &mut Tx<'_>, actor: &Actor, reason: &str) -> Result<(), Error> {
    if reason.trim().is_empty() {
        return Err(Refusal::Missing { field: "reason".into() }.into());
    }
    act(tx, actor, Right::QuarantineLift, Subject { name: "book", cause: Some(reason.trim()) }, |tx| {
        if !is_on(tx)? {
            return Err(Refusal::NotQuarantined.into());
        }
        backup::lift_quarantine(tx)
    })
}
