//! Plans: what a person looked at and may carry out exactly so, once.

use receivables::ids::{self, Id};
use receivables::{Date, Refusal};

use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    GET locked = "SELECT on_day, body, done_at FROM plan WHERE company = $1 AND id = $2 AND kind = $3";
    DONE = "UPDATE plan SET done_at = $1 WHERE company = $2 AND id = $3";
}

/// Keeps a plan; its id comes back.
pub fn save(tx: &mut Tx<'_>, company: i64, kind: &str, on: Date, body: &str) -> Result<Id<ids::Action>, Error> {
    let (id, now) = (tx.new_id(), tx.now());
    tx.insert_rows(&table::PLAN, params![company, id, kind, on, body, now, None::<i64>])?;
    Ok(id)
}

/// Marks a plan as carried out.
pub fn done(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<(), Error> {
    let id: Id<ids::Action> = name.parse().map_err(|_| Refusal::PlanGone { plan: name.into() })?;
    let now = tx.now();
    tx.execute(DONE, params![now, company, id]).map(|_| ())
}

/// The day and body of a plan; refuses one that is unknown or was carried out before.
pub fn get(tx: &mut Tx<'_>, company: i64, kind: &str, name: &str) -> Result<(Date, String), Error> {
    let gone = || Error::from(Refusal::PlanGone { plan: name.into() });
    let id: Id<ids::Action> = name.parse().map_err(|_| gone())?;
    let known =
        tx.first(GET, params![company, id, kind], |row| Ok((row.date(0)?, row.string(1)?, row.int_opt(2)?.is_some())))?;
    let Some((on, body, false)) = known else { return Err(gone()) };
    Ok((on, body))
}
