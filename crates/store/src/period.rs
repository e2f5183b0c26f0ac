//! Periods that close: no entry recorded after a close bears a date in it.

use receivables::ids::{self, Id};
use receivables::{Date, Instant};

use crate::table;
use crate::tx::statements;
use crate::{Engine, Error, Tx, params};

statements! {
    ALONE postgres = "SELECT 1 FROM (SELECT pg_advisory_xact_lock(74611, CAST($1 AS INTEGER))) AS held";
    LAST_ACTION = "SELECT at FROM action WHERE company = $1 ORDER BY id DESC LIMIT 1";
    LATEST = "SELECT closed_to FROM period_event WHERE company = $1 ORDER BY id DESC LIMIT 1";
    EVENTS = "SELECT closed_to, at FROM period_event WHERE company = $1 ORDER BY id";
}

/// The last closed day, if a period was ever closed. An action asks the database once: `save` alone moves it, and waits
/// for the actions in flight.
pub fn closed_to(tx: &mut Tx<'_>, company: i64) -> Result<Option<Date>, Error> {
    if let Some(known) = tx.action.as_ref().filter(|action| action.company == company).and_then(|a| a.closed_to) {
        return Ok(known);
    }
    let closed_to = tx.first(LATEST, params![company], |row| row.date(0))?;
    if let Some(action) = tx.action.as_mut().filter(|action| action.company == company) {
        action.closed_to = Some(closed_to);
    }
    Ok(closed_to)
}

/// The day a fact of `day` posts on: itself, or the first open day.
pub fn posting_day(tx: &mut Tx<'_>, company: i64, day: Date) -> Result<Date, Error> {
    Ok(closed_to(tx, company)?.map_or(day, |closed| day.max(closed.plus_days(1))))
}

/// Closes the days up to `closed_to`, or reopens those after it. The event waits for the actions in flight and is later
/// than each of them, even where another program's clock runs ahead within the slack.
pub fn save(tx: &mut Tx<'_>, company: i64, closed_to: Date) -> Result<(), Error> {
    if tx.engine() == Engine::Postgres {
        tx.execute(ALONE, params![company])?;
    }
    let last = tx.first(LAST_ACTION, params![company], |row| row.instant(0))?;
    // Ids tell the order of actions to the millisecond.
    let after = last.map_or(tx.now(), |at| at.plus_micros(1_000));
    let (action, now) = (tx.action_id()?, tx.now().max(after));
    let id: Id<ids::Action> = tx.new_id();
    tx.insert_facts(&table::PERIOD_EVENT, params![company, id, action, closed_to, now])?;
    if let Some(action) = &mut tx.action {
        action.closed_to = None;
    }
    Ok(())
}

/// Every close and reopening with its instant, in order.
pub fn events(tx: &mut Tx<'_>, company: i64) -> Result<Vec<(Date, Instant)>, Error> {
    tx.all(EVENTS, params![company], |row| Ok((row.date(0)?, row.instant(1)?)))
}
