//! Closing and reopening the books.

use receivables::{Date, Refusal, Unusable};
use store::{Error, Tx, period};

use super::{Actor, Right, Subject, act};

/// Closes every day up to `to`: nothing recorded from now on bears a date in it.
pub fn close(tx: &mut Tx<'_>, actor: &Actor, today: Date, to: Date) -> Result<(), Error> {
    let known = period::closed_to(tx, actor.company.id)?;
    if to > today || known.is_some_and(|closed| to <= closed) {
        let reason = match known {
            Some(closed_to) => Unusable::ClosedAlready { closed_to, today },
            None => Unusable::CloseAfterToday { today },
        };
        return Err(Refusal::Invalid { field: "to".into(), value: to.to_string(), reason }.into());
    }
    let name = to.to_string();
    act(tx, actor, Right::PeriodClose, Subject { name: &name, cause: None }, |tx| {
        period::save(tx, actor.company.id, to)
    })
}

/// Reopens the days after `to`, with the reason the auditor will read.
pub fn reopen(tx: &mut Tx<'_>, actor: &Actor, to: Date, reason: &str) -> Result<(), Error> {
    actor.may(Right::PeriodReopen)?;
    if reason.trim().is_empty() {
        return Err(Refusal::Missing { field: "reason".into() }.into());
    }
    if period::closed_to(tx, actor.company.id)?.is_none_or(|closed| to >= closed) {
        let (field, value) = ("to".into(), to.to_string());
        return Err(Refusal::Invalid { field, value, reason: Unusable::NotClosed }.into());
    }
    let name = to.to_string();
    act(tx, actor, Right::PeriodReopen, Subject { name: &name, cause: Some(reason) }, |tx| {
        period::save(tx, actor.company.id, to)
    })
}

/// The last closed day.
pub fn closed_to(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<Date>, Error> {
    actor.may(Right::Read)?;
    period::closed_to(tx, actor.company.id)
}
