//! Foreign receivables at the rate of the end of a period: booked for that day, and taken back the day after, so that settling them
//! books the whole exchange difference once (IAS 21, paragraphs 23 and 28).

use receivables::{Date, Refusal, Unusable};
use store::revaluation::{self, Booked};
use store::{Error, Tx, period};

use super::{Actor, Once, Right, Subject, act, once, report};

/// Books what is open in foreign currencies at the rates of a day that is over.
pub fn post(tx: &mut Tx<'_>, actor: &Actor, today: Date, as_of: Date, key: Option<&Once>) -> Result<(), Error> {
    once(tx, actor, key, |tx| {
        let name = as_of.to_string();
        act(tx, actor, Right::RevaluationPost, Subject { name: &name, cause: None }, |tx| {
            let company = actor.company.id;
            if as_of >= today {
                let reason = Unusable::NotOver { today };
                return Err(Refusal::Invalid { field: "as_of".into(), value: name.clone(), reason }.into());
            }
            if let Some(closed_to) = period::closed_to(tx, company)?.filter(|closed| *closed >= as_of) {
                return Err(Refusal::PeriodClosed { on: as_of, closed_to }.into());
            }
            if revaluation::is_booked(tx, company, as_of)? {
                return Err(Refusal::Exists { kind: "revaluation".into(), name: name.clone() }.into());
            }
            let found = report::revaluation(tx, actor, as_of, None)?;
            let moved = found.iter().filter(|one| one.difference != 0).map(|one| Booked {
                as_of,
                currency: one.currency,
                rate: one.rate,
                open: one.open,
                booked: one.booked,
                difference: one.difference,
            });
            let booked: Vec<Booked> = moved.collect();
            if booked.is_empty() {
                return Err(Refusal::NothingRevalued { as_of }.into());
            }
            revaluation::save(tx, company, actor.company.currency, &booked)
        })
    })
}

/// What was booked, the earliest day first.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Booked>, Error> {
    actor.may(Right::Read)?;
    revaluation::list(tx, actor.company.id)
}
