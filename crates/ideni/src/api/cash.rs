//! Cash application: first a plan with its evidence, then exactly that carried out.

use receivables::cash::matching::Outcome;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx, plan};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::shape::{CurrencyCode, Day, Sum, Uuid, Whole};
use crate::actions::cash::{self, Matched, Planned};
use crate::words;

endpoints! { "cash"
    /// Matches receipts to invoices and keeps what explains itself as a plan; nothing is applied.
    /// What is less sure is told with its evidence, for a person to apply.
    write Post "/cash-plans" CashApply make(body NewPlan) -> CashPlan;
    /// Carries out exactly a plan, once. A receipt whose facts have changed since is dropped and named.
    write Post "/cash-plans/{id}/execution" CashApply carry_out() -> CarriedOut;
}

/// How plans of the API are filed.
const PLAN: &str = "cash plan";
/// Receipts of a plan, at most: a plan is one transaction.
const RECEIPTS_MAX: i32 = 2_000;
const RECEIPTS: i32 = 200;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewPlan {
    /// How many receipts, those that explain themselves first; 200 if left out.
    limit: Option<Whole<1, RECEIPTS_MAX>>,
}

#[derive(Serialize, JsonSchema)]
struct CashPlan {
    /// Names the plan.
    id: Uuid,
    rows: Vec<MatchedReceipt>,
    /// How many receipts the plan applies.
    applied: usize,
    /// How many more receipts wait than are told here.
    more: usize,
}

#[derive(Serialize, JsonSchema)]
struct MatchedReceipt {
    /// Its id.
    id: Uuid,
    /// Its reference, else its id.
    receipt: String,
    on: Day,
    /// What is left of it.
    amount: Sum,
    currency: CurrencyCode,
    #[schemars(extend("enum" = ["applied", "proposed", "unexplained"]))]
    outcome: &'static str,
    /// From 0 to 1.
    #[schemars(range(min = 0, max = 1))]
    confidence: serde_json::Number,
    allocations: Vec<MatchedPart>,
    /// Sentences in the language of `Accept-Language`.
    evidence: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct MatchedPart {
    invoice: String,
    amount: Sum,
}

fn make(tx: &mut Tx<'_>, ask: &Ask, new: &NewPlan) -> Result<CashPlan, Error> {
    let limit = usize::try_from(new.limit.map_or(RECEIPTS, Whole::get)).unwrap_or_default();
    let (sure, rest): (Vec<_>, Vec<_>) =
        cash::look(tx, ask.actor())?.into_iter().partition(|m| m.outcome == Outcome::Applied);
    let steps: Vec<Planned> = sure.iter().take(limit).map(Matched::step).collect();
    let body = serde_json::to_string(&steps).map_err(|e| Error::failed("keeping the plan", e))?;
    let id = plan::save(tx, ask.actor().company.id, PLAN, ask.today(), &body)?;
    let more = (sure.len() + rest.len()).saturating_sub(limit);
    let rows = sure.into_iter().chain(rest).take(limit).map(|m| told(ask, m)).collect();
    Ok(CashPlan { id: id.into(), rows, applied: steps.len(), more })
}

fn told(ask: &Ask, m: Matched) -> MatchedReceipt {
    let currency = m.receipt.currency;
    let left = if m.receipt.customer.is_some() { m.receipt.unapplied } else { m.receipt.unidentified };
    let part =
        |share: &cash::Share| MatchedPart { invoice: share.invoice.clone(), amount: Sum::of(share.amount, currency) };
    let confidence = format!("{}.{:04}", m.confidence_bps / 10_000, m.confidence_bps % 10_000);
    MatchedReceipt {
        id: m.receipt.id.into(),
        receipt: m.receipt.name(),
        on: Day(m.receipt.received_on),
        amount: Sum::of(left, currency),
        currency: CurrencyCode(currency),
        outcome: match m.outcome {
            Outcome::Applied => "applied",
            Outcome::Proposed => "proposed",
            Outcome::Unexplained => "unexplained",
        },
        confidence: confidence.parse().unwrap_or_else(|_| 0.into()),
        allocations: m.allocations.iter().map(part).collect(),
        evidence: m.evidence.iter().map(|e| words::evidence(ask.language(), e, currency)).collect(),
    }
}

#[derive(Serialize, JsonSchema)]
struct CarriedOut {
    /// How many receipts were applied.
    applied: usize,
    dropped: Vec<Dropped>,
}

#[derive(Serialize, JsonSchema)]
struct Dropped {
    receipt: String,
    /// Why, in the language of `Accept-Language`.
    sentence: String,
}

fn carry_out(tx: &mut Tx<'_>, ask: &Ask) -> Result<CarriedOut, Error> {
    let (company, name) = (ask.actor().company.id, ask.path("id"));
    let (_, body) = plan::get(tx, company, PLAN, name)?;
    let steps: Vec<Planned> = serde_json::from_str(&body).map_err(|e| Error::failed("reading the plan", e))?;
    plan::done(tx, company, name)?;
    let done = cash::carry_out(tx, ask.actor(), ask.today(), &steps)?;
    let dropped: Vec<Dropped> = done
        .iter()
        .filter_map(|step| {
            let why = step.dropped.as_ref()?;
            Some(Dropped { receipt: step.name.clone(), sentence: words::saying(ask.language(), why) })
        })
        .collect();
    Ok(CarriedOut { applied: steps.len() - dropped.len(), dropped })
}
