//! Holds on accounts.

use receivables::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::hold::Held;
use store::{Error, Tx};

use super::ask::Ask;
use super::cursor::{Page, PageOf};
use super::endpoint::endpoints;
use super::shape::{Code, Day, Reason, Uuid};
use crate::actions::hold;

endpoints! { "holds"
    /// Holds in the order they were placed.
    read Get "/holds" Read list(query PageOf) -> Page<Hold>;
    /// Leaves an account alone until a day; it resumes by itself.
    write Post "/holds" HoldAdd add(body NewHold) -> Hold;
    /// Ends a hold before its day.
    write Post "/holds/{id}/end" HoldAdd end() -> Hold;
}

#[derive(Serialize, JsonSchema)]
struct Hold {
    id: Uuid,
    customer: String,
    reason: String,
    from: Day,
    until: Day,
    /// The day a person ended it.
    lifted_on: Option<Day>,
    /// Whether it holds today.
    active: bool,
}

fn shown(h: Held, today: Date) -> Hold {
    Hold {
        id: h.id.into(),
        customer: h.code,
        active: h.hold.is_active(today),
        from: Day(h.hold.from),
        until: Day(h.hold.until),
        lifted_on: h.hold.lifted_on.map(Day),
        reason: h.hold.reason,
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewHold {
    customer: Code,
    /// The last day of the hold.
    until: Day,
    reason: Reason,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &PageOf) -> Result<Page<Hold>, Error> {
    let span = asked.span("holds");
    let rows = hold::page(tx, ask.actor(), asked.customer(), span.after()?, span.limit())?;
    Ok(span.by_id(rows, |h| h.id, |h| shown(h, ask.today())))
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewHold) -> Result<Hold, Error> {
    let (code, until) = (new.customer.as_str(), new.until.0);
    let id = hold::add(tx, ask.actor(), ask.today(), code, until, new.reason.as_str())?;
    Ok(shown(hold::get(tx, ask.actor(), &id)?, ask.today()))
}

fn end(tx: &mut Tx<'_>, ask: &Ask) -> Result<Hold, Error> {
    let name = ask.path("id");
    hold::lift(tx, ask.actor(), ask.today(), name)?;
    Ok(shown(hold::get(tx, ask.actor(), name)?, ask.today()))
}
