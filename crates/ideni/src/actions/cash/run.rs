//! Whole runs of cash application: a plan that a person looks at, and the carrying out of one, chunk by chunk.

use receivables::Date;
use receivables::cash::matching::Outcome;
use store::{Db, Error};

use super::{Done, Matched, Planned, carry_out, look, look_each};
use crate::actions::Actor;
use crate::actions::progress::Progress;

/// Receipts per transaction.
const CHUNK: usize = 2_000;
/// What plans of this kind are kept as.
const PLAN: &str = "cash apply";

/// Looks at every receipt that waits, and keeps what may be applied as a plan; its id and what was seen.
pub fn plan(db: &Db, actor: &Actor, today: Date) -> Result<(String, Vec<Matched>), Error> {
    let matched = db.read(|tx| look(tx, actor))?;
    let steps: Vec<Planned> = matched.iter().filter(|m| m.outcome == Outcome::Applied).map(Matched::step).collect();
    let body = serde_json::to_string(&steps).map_err(|e| Error::failed("keeping the plan", e))?;
    let company = actor.company.id;
    let id = db.write(move |tx| store::plan::save(tx, company, PLAN, today, &body))?;
    Ok((id.to_string(), matched))
}

/// Carries out exactly this plan: its steps, and those that were dropped because their facts have changed.
pub fn carry_out_plan(
    db: &Db,
    actor: &Actor,
    today: Date,
    plan: &str,
    progress: &Progress,
) -> Result<(Vec<Planned>, Vec<Done>), Error> {
    let (company, name) = (actor.company.id, plan.to_owned());
    let (_, body) = db.write(move |tx| store::plan::get(tx, company, PLAN, &name))?;
    let steps: Vec<Planned> = serde_json::from_str(&body).map_err(|e| Error::failed("reading the plan", e))?;
    // Done only after its last chunk: a run that was killed is carried on, and what it did is found done.
    let mut dropped = Vec::new();
    for (n, chunk) in steps.chunks(CHUNK).enumerate() {
        progress.at(n * CHUNK, steps.len());
        dropped.extend(one_chunk(db, actor, today, chunk.to_vec())?);
    }
    let name = plan.to_owned();
    db.write(move |tx| store::plan::done(tx, company, &name))?;
    Ok((steps, dropped))
}

/// Matches, and has a second thread carry out each chunk while the next is matched.
pub fn look_and_carry_out(db: &Db, actor: &Actor, today: Date) -> Result<(Vec<Matched>, Vec<Done>), Error> {
    let (send, receive) = std::sync::mpsc::sync_channel::<Vec<Planned>>(4);
    let (looked, carried) = std::thread::scope(|scope| {
        let carrying = scope.spawn(move || -> Result<Vec<Done>, Error> {
            let mut dropped = Vec::new();
            for chunk in receive {
                dropped.extend(one_chunk(db, actor, today, chunk)?);
            }
            Ok(dropped)
        });
        let (mut all, mut chunk) = (Vec::new(), Vec::with_capacity(CHUNK));
        let looked = db.read(|tx| {
            look_each(tx, actor, |matched| {
                if matched.outcome == Outcome::Applied {
                    chunk.push(matched.step());
                }
                if chunk.len() == CHUNK {
                    // A carrier that has stopped says why below.
                    let _ = send.send(std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK)));
                }
                all.push(matched);
            })
        });
        if looked.is_ok() {
            let _ = send.send(chunk);
        }
        drop(send);
        let carried = carrying.join().unwrap_or_else(|_| Err(Error::Failed("applying stopped".into())));
        (looked.map(|()| all), carried)
    });
    let mut matched = looked?;
    matched.sort_by_key(|m| m.receipt.id);
    Ok((matched, carried?))
}

/// One transaction; the steps that were dropped come back.
fn one_chunk(db: &Db, actor: &Actor, today: Date, steps: Vec<Planned>) -> Result<Vec<Done>, Error> {
    let actor = actor.clone();
    let done = db.write(move |tx| carry_out(tx, &actor, today, &steps))?;
    Ok(done.into_iter().filter(|d| d.dropped.is_some()).collect())
}
