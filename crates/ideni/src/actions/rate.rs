//! Exchange rates.

use receivables::ledger::Rate;
use receivables::{Currency, Date, Refusal, Unusable};
use rust_decimal::Decimal;
use store::rate::{self, RateRow};
use store::{Error, Tx};

use super::{Actor, Once, Right, Subject, act, needs_reason, once, text};

/// The longest reason, in characters.
const REASON_MAX: usize = 300;

/// Saves one rate inside a running action. A day's rate is a fact: the same again is nothing, another refused.
pub(crate) fn save(tx: &mut Tx<'_>, actor: &Actor, row: &RateRow) -> Result<bool, Error> {
    if row.currency == actor.company.currency {
        let (field, value) = ("currency".into(), row.currency.to_string());
        return Err(Refusal::Invalid { field, value, reason: Unusable::OwnCurrency }.into());
    }
    match rate::exactly(tx, actor.company.id, row.currency, row.on)? {
        Some(known) if known == row.rate => Ok(false),
        Some(_) => Err(Refusal::OtherRate { currency: row.currency.to_string(), on: row.on }.into()),
        None => {
            rate::save(tx, actor.company.id, row)?;
            Ok(true)
        }
    }
}

/// Puts the rate of a day right. What was posted at the wrong one stays: its difference is settled as an exchange difference.
pub fn correct(
    tx: &mut Tx<'_>,
    actor: &Actor,
    currency: Currency,
    on: Date,
    rate: Decimal,
    reason: &str,
    key: Option<&Once>,
) -> Result<(), Error> {
    needs_reason(reason)?;
    let reason = text("reason", reason, REASON_MAX)?.to_owned();
    let unusable = || {
        let reason = Unusable::NoRate;
        Refusal::Invalid { field: "rate".into(), value: rate.to_string(), reason }
    };
    let rate = Rate::from_decimal(rate).ok_or_else(unusable)?;
    once(tx, actor, key, |tx| {
        let name = format!("{currency} {on}");
        act(tx, actor, Right::RateCorrect, Subject { name: &name, cause: Some(&reason) }, |tx| {
            let known = rate::exactly(tx, actor.company.id, currency, on)?;
            if known.is_none() {
                return Err(Refusal::NotFound { kind: "rate".into(), name: name.clone() }.into());
            }
            rate::correct(tx, actor.company.id, currency, on, rate, &reason)
        })
    })
}

pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<RateRow>, Error> {
    actor.may(Right::Read)?;
    rate::list(tx, actor.company.id)
}
