//! Who read a customer's file: a row per batch, user and customer, with how often.

use receivables::Instant;
use receivables::ids::{self, Id};

use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    SAVE = "INSERT INTO read_log (company, at, app_user, customer, reads) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (company, at, app_user, customer) DO UPDATE SET reads = read_log.reads + excluded.reads";
    LIST = "SELECT r.at, r.app_user, c.code, r.reads FROM read_log r JOIN customer c ON c.company = r.company AND c.id = r.customer WHERE r.company = $1 ORDER BY r.at DESC, r.app_user, c.code LIMIT $2";
    OF_CUSTOMER = "SELECT r.at, r.app_user, c.code, r.reads FROM read_log r JOIN customer c ON c.company = r.company AND c.id = r.customer WHERE r.company = $1 AND r.customer = $2 ORDER BY r.at DESC, r.app_user LIMIT $3";
}

/// A user read a customer's file, once or several times from an instant on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reads {
    pub at: Instant,
    pub user: String,
    /// The customer's code.
    pub customer: String,
    pub count: i64,
}

pub(crate) fn save(
    tx: &mut Tx<'_>,
    company: i64,
    user: &str,
    customer: Id<ids::Customer>,
    at: Instant,
    count: i64,
) -> Result<(), Error> {
    tx.execute(SAVE, params![company, at, user, customer, count]).map(|_| ())
}

/// The newest first; of one customer, or of all.
pub fn list(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Option<Id<ids::Customer>>,
    limit: i64,
) -> Result<Vec<Reads>, Error> {
    let read = |row: &crate::Row<'_>| {
        Ok(Reads { at: row.instant(0)?, user: row.string(1)?, customer: row.string(2)?, count: row.int(3)? })
    };
    match customer {
        Some(customer) => tx.all(OF_CUSTOMER, params![company, customer, limit], read),
        None => tx.all(LIST, params![company, limit], read),
    }
}
