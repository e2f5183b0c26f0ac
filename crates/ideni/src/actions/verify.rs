//! Proof: every identity of the ledger, and the seal chain.

use store::verify::{self, Checked};
use store::{Error, Tx};

use super::{Actor, Right};

/// Checks everything; nothing broken means no franc is lost.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Checked>, Error> {
    actor.may(Right::Read)?;
    verify::all(tx, actor.company.id)
}
