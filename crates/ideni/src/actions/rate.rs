//! Exchange rates.

use receivables::{Refusal, Unusable};
use store::rate::{self, RateRow};
use store::{Error, Tx};

use super::{Actor, Right};

/// Saves one rate inside a running action. A day's rate is a fact: the same again is nothing, another refused.
pub(crate) fn save(tx: &mut Tx<'_>, actor: &Actor, row: &RateRow) -> Result<bool, Error> {
    if row.currency == actor.company.currency {
        let (field, value) = ("currency".into(), row.currency.to_string());
        return Err(Refusal::Invalid { field, value, reason: Unusable::OwnCurrency }.into());
    }
    match rate::exactly(tx, actor.company.id, row.currency, row.on)? {
        Some(known) if known == row.rate => Ok(false),
        Some(_) => Err(Refusal::OtherContent { number: format!("{} {}", row.currency, row.on) }.into()),
        None => {
            rate::save(tx, actor.company.id, row)?;
            Ok(true)
        }
    }
}

pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<RateRow>, Error> {
    actor.may(Right::Read)?;
    rate::list(tx, actor.company.id)
}
