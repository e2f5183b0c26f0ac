//! `ideni cash`.

use receivables::Money;
use receivables::cash::matching::Outcome;
use serde_json::json;

use super::output::Sheet;
use super::{App, Done};
use crate::actions::cash::{Done as Carried, Matched, run};
use crate::actions::progress::Progress;
use crate::words;

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

impl Cash {
    pub fn run(&self, app: &App<'_>) -> Done {
        let Cash::Apply { dry_run, plan } = self;
        if let Some(plan) = plan {
            return carry_out_plan(app, plan);
        }
        let (actor, today) = app.actor()?;
        if *dry_run {
            let (id, matched) = run::plan(&app.db, &actor, today)?;
            return print(app, &matched, Some(&id), &[]);
        }
        let (matched, dropped) = run::look_and_carry_out(&app.db, &actor, today)?;
        print(app, &matched, None, &dropped)
    }
}

fn carry_out_plan(app: &App<'_>, plan: &str) -> Done {
    let (actor, today) = app.actor()?;
    let (steps, dropped) = run::carry_out_plan(&app.db, &actor, today, plan, &Progress::default())?;
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
