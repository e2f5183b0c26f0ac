//! `ideni cash`.

use receivables::cash::matching::Outcome;
use receivables::{Date, Money};
use serde_json::json;
use store::{Db, Error};

use super::output::Sheet;
use super::{App, Done, Failure};
use crate::actions::Actor;
use crate::actions::cash::{self, Done as Carried, Matched, Planned};
use crate::words;

/// Receipts per transaction.
const CHUNK: usize = 2_000;

#[derive(clap::Subcommand, Debug)]
pub enum Cash {
    /// Match what came in to what is open, and apply what explains itself
    Apply {
        /// Show the plan and its id; apply nothing
        #[arg(long, conflicts_with = "plan")]
        dry_run: bool,
        /// Carry out exactly this plan, dropping and naming steps whose facts have changed
        #[arg(long, value_name = "ID")]
        plan: Option<String>,
    },
}

const PLAN: &str = "cash apply";

impl Cash {
    pub fn run(&self, app: &App<'_>) -> Done {
        let Cash::Apply { dry_run, plan } = self;
        if let Some(plan) = plan {
            return carry_out_plan(app, plan);
        }
        if *dry_run {
            let matched = app.read(|tx, actor, _| cash::look(tx, actor))?;
            let steps: Vec<Planned> =
                matched.iter().filter(|m| m.outcome == Outcome::Applied).map(Matched::step).collect();
            let body = serde_json::to_string(&steps).map_err(|e| Error::failed("keeping the plan", e))?;
            let id = app.write(move |tx, actor, today| store::plan::save(tx, actor.company.id, PLAN, today, &body))?;
            return print(app, &matched, Some(&id.to_string()), &[]);
        }
        let (matched, dropped) = look_and_carry_out(app)?;
        print(app, &matched, None, &dropped)
    }
}

/// Matches, and has a second thread carry out each chunk while the next is matched.
fn look_and_carry_out(app: &App<'_>) -> Result<(Vec<Matched>, Vec<Carried>), Failure> {
    let (send, receive) = std::sync::mpsc::sync_channel::<Vec<Planned>>(4);
    let (db, (actor, today)) = (&app.db, app.actor()?);
    let (looked, carried) = std::thread::scope(|scope| {
        let carrying = scope.spawn(move || -> Result<Vec<Carried>, Error> {
            let mut dropped = Vec::new();
            for chunk in receive {
                dropped.extend(carry_out(db, &actor, today, chunk)?);
            }
            Ok(dropped)
        });
        let (mut all, mut chunk) = (Vec::new(), Vec::with_capacity(CHUNK));
        let looked = app.read(|tx, actor, _| {
            cash::look_each(tx, actor, |matched| {
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
fn carry_out(db: &Db, actor: &Actor, today: Date, steps: Vec<Planned>) -> Result<Vec<Carried>, Error> {
    let actor = actor.clone();
    let done = db.write(move |tx| cash::carry_out(tx, &actor, today, &steps))?;
    Ok(done.into_iter().filter(|d| d.dropped.is_some()).collect())
}

fn carry_out_plan(app: &App<'_>, plan: &str) -> Done {
    let name = plan.to_owned();
    let (_, body) = app.write(move |tx, actor, _| store::plan::get(tx, actor.company.id, PLAN, &name))?;
    let steps: Vec<Planned> = serde_json::from_str(&body).map_err(|e| Error::failed("reading the plan", e))?;
    // Done only after its last chunk: a run that was killed is carried on, and what it did is found done.
    let (actor, today) = app.actor()?;
    let mut dropped = Vec::new();
    for chunk in steps.chunks(CHUNK) {
        dropped.extend(carry_out(&app.db, &actor, today, chunk.to_vec())?);
    }
    let name = plan.to_owned();
    app.write(move |tx, actor, _| store::plan::done(tx, actor.company.id, &name))?;
    let mut sheet = Sheet::new(app.global.format, ["receipt", "outcome", "allocations", "evidence"])?;
    for step in &steps {
        let why = dropped.iter().find(|d| d.name == step.name).and_then(|d| d.dropped.as_ref());
        let invoices: Vec<&str> = step.allocations.iter().map(|(_, _, number, _)| number.as_str()).collect();
        let outcome = if why.is_some() { "dropped" } else { "applied" };
        let told: Vec<String> = why.iter().map(|r| app.say(*r)).collect();
        sheet.row(vec![json!(step.name), json!(outcome), json!(invoices), json!(told)])?;
    }
    Ok(sheet.finish(json!({ "applied": steps.len() - dropped.len(), "dropped": dropped.len() }))?)
}

fn print(app: &App<'_>, matched: &[Matched], plan: Option<&str>, dropped: &[Carried]) -> Done {
    let columns = ["receipt", "on", "amount", "currency", "outcome", "confidence", "allocations", "evidence"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    let (mut applied, mut proposed, mut unexplained) = (0, 0, 0);
    for m in matched {
        let name = m.receipt.name();
        let refusal = dropped.iter().find(|d| d.name == name).and_then(|d| d.dropped.as_ref());
        let outcome = match (m.outcome, refusal) {
            (Outcome::Applied, None) => "applied",
            (Outcome::Unexplained, _) => "unexplained",
            _ => "proposed",
        };
        match outcome {
            "applied" => applied += 1,
            "proposed" => proposed += 1,
            _ => unexplained += 1,
        }
        let money = |minor| Money::new(minor, m.receipt.currency).major_text();
        let allocations: Vec<_> =
            m.allocations.iter().map(|s| json!({ "invoice": s.invoice, "amount": money(s.amount) })).collect();
        let mut evidence: Vec<String> =
            m.evidence.iter().map(|e| words::evidence(app.global.language, e, m.receipt.currency)).collect();
        evidence.extend(refusal.iter().map(|r| app.say(*r)));
        let left = if m.receipt.customer.is_some() { m.receipt.unapplied } else { m.receipt.unidentified };
        sheet.row(vec![
            json!(name),
            json!(m.receipt.received_on.to_string()),
            json!(money(left)),
            json!(m.receipt.currency.to_string()),
            json!(outcome),
            serde_json::from_str(&format!("{}.{:04}", m.confidence_bps / 10_000, m.confidence_bps % 10_000))
                .unwrap_or_default(),
            json!(allocations),
            json!(evidence),
        ])?;
    }
    let mut totals = json!({ "applied": applied, "proposed": proposed, "unexplained": unexplained });
    if let Some(plan) = plan {
        totals["plan"] = json!(plan);
    }
    Ok(sheet.finish(totals)?)
}
