//! Whole runs of the day turn: a plan that a person looks at, the carrying out of one, and all days that were missed.

use receivables::Date;
use store::{Db, Error, Tx};

use super::{Plan, StepReport, Turned, carry_out, days, plan, turn};
use crate::actions::Actor;
use crate::actions::progress::Progress;

/// What plans of this kind are kept as.
const PLAN: &str = "day turn";

/// The plan of the first day that was not turned yet.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: String,
    pub on: Date,
    /// Days that are to be turned after it.
    pub days_after: usize,
    pub plan: Plan,
}

/// Plans the first day to turn and keeps the plan; nothing where today was turned.
pub fn keep_plan(db: &Db, actor: &Actor, today: Date) -> Result<Option<Kept>, Error> {
    let days = db.read(|tx| days(tx, actor, today))?;
    let Some(on) = days.first().copied() else { return Ok(None) };
    let plan = db.read(|tx| plan(tx, actor, on))?;
    let body = serde_json::to_string(&plan).map_err(|e| Error::failed("keeping the plan", e))?;
    let company = actor.company.id;
    let id = db.write(move |tx| store::plan::save(tx, company, PLAN, on, &body))?;
    Ok(Some(Kept { id: id.to_string(), on, days_after: days.len() - 1, plan }))
}

/// Carries out exactly this plan, once.
pub fn carry_out_plan(tx: &mut Tx<'_>, actor: &Actor, id: &str) -> Result<Turned, Error> {
    let (_, body) = store::plan::get(tx, actor.company.id, PLAN, id)?;
    let looked_at: Plan = serde_json::from_str(&body).map_err(|e| Error::failed("reading the plan", e))?;
    store::plan::done(tx, actor.company.id, id)?;
    carry_out(tx, actor, &looked_at)
}

/// Turns every day that was missed, in order, and today: the days, and what was done in all of them.
pub fn turn_all(
    db: &Db,
    actor: &Actor,
    today: Date,
    progress: &Progress,
) -> Result<(Vec<Date>, Vec<StepReport>), Error> {
    let days = db.read(|tx| days(tx, actor, today))?;
    let mut steps: Vec<StepReport> = Vec::new();
    for (n, on) in days.iter().copied().enumerate() {
        progress.at(n, days.len());
        let actor = actor.clone();
        let turned = db.write(move |tx| turn(tx, &actor, on))?;
        add_up(&mut steps, turned.steps);
    }
    Ok((days, steps))
}

fn add_up(sums: &mut Vec<StepReport>, steps: Vec<StepReport>) {
    for step in steps {
        match sums.iter_mut().find(|s| s.step == step.step) {
            None => sums.push(step),
            // The worklist is rebuilt each day: the last one counts.
            Some(sum) if sum.step == "worklist" => *sum = step,
            Some(sum) => {
                sum.planned += step.planned;
                sum.done += step.done;
                for (reason, count) in step.skipped {
                    *sum.skipped.entry(reason).or_default() += count;
                }
            }
        }
    }
}
