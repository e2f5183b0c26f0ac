//! Who read whose file. A read is noted on the way and written later, so that no page waits for it.

use receivables::ids::{self, Id};
use store::read_log::Reads;
use store::{Error, Tx, customer, read_log};

use super::{Actor, Right};

/// Notes that the actor reads a customer's file. Whoever shows an account says so here, once.
pub(crate) fn note(tx: &Tx<'_>, actor: &Actor, customer: Id<ids::Customer>) {
    tx.noted().read(actor.company.id, &actor.user, customer, tx.now());
}

/// Who read what, the newest first; of one customer, or of all.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, code: Option<&str>, limit: i64) -> Result<Vec<Reads>, Error> {
    actor.may(Right::UserReads)?;
    let company = actor.company.id;
    let customer = match code {
        Some(code) => Some(customer::get(tx, company, code)?.id),
        None => None,
    };
    read_log::list(tx, company, customer, limit)
}
