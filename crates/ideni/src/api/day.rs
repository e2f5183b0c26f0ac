//! The day turn.

use schemars::JsonSchema;
use serde::Serialize;
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::shape::Day;
use crate::actions::day::{self, StepReport};

endpoints! { "days"
    /// What turning the next day would do. Nothing is written.
    read Get "/day-turns/next" DayTurn next() -> NextDay;
    /// Turns the next day: promises are judged, the next steps drafted, the worklist ordered.
    /// Missed days come in order, one a request; `days_left` says how many are left.
    write Post "/day-turns" DayTurn turn() -> Turned;
}

#[derive(Serialize, JsonSchema)]
struct NextDay {
    /// The day that would be turned; `null` where today was turned.
    on: Option<Day>,
    steps: Vec<Step>,
    /// How many days would be left after it.
    days_left: usize,
}

#[derive(Serialize, JsonSchema)]
struct Turned {
    /// The day that was turned; `null` where today was turned before.
    on: Option<Day>,
    steps: Vec<Step>,
    /// How many days are left until today.
    days_left: usize,
}

#[derive(Serialize, JsonSchema)]
struct Step {
    step: String,
    planned: u64,
    done: u64,
    skipped: Vec<Skipped>,
}

#[derive(Serialize, JsonSchema)]
struct Skipped {
    reason: String,
    count: u64,
}

fn steps(all: Vec<StepReport>) -> Vec<Step> {
    let skipped = |(reason, count): (String, u64)| Skipped { reason, count };
    let step = |s: StepReport| Step {
        step: s.step,
        planned: s.planned,
        done: s.done,
        skipped: s.skipped.into_iter().map(skipped).collect(),
    };
    all.into_iter().map(step).collect()
}

fn next(tx: &mut Tx<'_>, ask: &Ask) -> Result<NextDay, Error> {
    let days = day::days(tx, ask.actor(), ask.today())?;
    let Some(on) = days.first() else { return Ok(NextDay { on: None, steps: Vec::new(), days_left: 0 }) };
    let plan = day::plan(tx, ask.actor(), *on)?;
    Ok(NextDay { on: Some(Day(*on)), steps: steps(day::preview(&plan)), days_left: days.len() - 1 })
}

fn turn(tx: &mut Tx<'_>, ask: &Ask) -> Result<Turned, Error> {
    let days = day::days(tx, ask.actor(), ask.today())?;
    let Some(on) = days.first() else { return Ok(Turned { on: None, steps: Vec::new(), days_left: 0 }) };
    let turned = day::turn(tx, ask.actor(), *on)?;
    Ok(Turned { on: Some(Day(turned.on)), steps: steps(turned.steps), days_left: days.len() - 1 })
}
