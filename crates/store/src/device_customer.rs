//! Which customers the tax device was told of, and what it said.

use receivables::Instant;
use receivables::ids::{self, Id};

use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    OF = "SELECT told, state, said, at FROM device_customer WHERE company = $1 AND customer = $2";
    SET = "INSERT INTO device_customer (company, customer, told, state, said, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (company, customer) DO UPDATE SET told = excluded.told, state = excluded.state, said = excluded.said, at = excluded.at";
}

/// What the device was told of a customer last.
#[derive(Clone, Debug)]
pub struct Told {
    /// What was said of the customer.
    pub told: String,
    /// `told`, `refused` or `silent`.
    pub state: String,
    /// What the device answered where it refused.
    pub said: String,
    pub at: Instant,
}

pub fn of(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Option<Told>, Error> {
    tx.first(OF, params![company, customer], |row| {
        Ok(Told { told: row.string(0)?, state: row.string(1)?, said: row.string(2)?, at: row.instant(3)? })
    })
}

pub fn set(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>, one: &Told) -> Result<(), Error> {
    tx.touch();
    tx.execute(SET, params![company, customer, &one.told, &one.state, &one.said, one.at]).map(|_| ())
}
