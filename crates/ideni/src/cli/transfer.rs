//! `ideni transfer`.

use std::collections::BTreeMap;

use receivables::{Currency, Money};
use serde_json::json;

use super::output::Sheet;
use super::{App, Done};
use crate::actions::transfer;

#[derive(clap::Subcommand, Debug)]
pub enum Transfer {
    /// Money between the company's own accounts
    List {
        /// Only what is in transit: one side was seen, the other not yet
        #[arg(long)]
        open: bool,
    },
    /// What may be one movement between own accounts: of one amount, about one day
    Proposed,
    /// Say that money that went out, a receipt, or both as one, is between own accounts
    Mark {
        /// The line that money went out by, as `transfer proposed` names it, or a transfer in transit
        #[arg(long, required_unless_present = "came")]
        went: Option<String>,
        /// The receipt that is no payment, or a transfer in transit
        #[arg(long)]
        came: Option<String>,
    },
    /// Take one back: it was no transfer; money that came in is a receipt then
    Undo {
        id: String,
        /// Why: the auditor will read it
        #[arg(long)]
        reason: String,
    },
}

impl Transfer {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Transfer::List { open } => {
                let open = *open;
                let rows = app.read(move |tx, actor, today| transfer::list(tx, actor, today, open))?;
                let columns =
                    ["id", "account", "way", "on", "amount", "currency", "reference", "other", "said", "days"];
                let mut sheet = Sheet::new(app.global.format, columns)?;
                let mut in_transit: BTreeMap<Currency, i64> = BTreeMap::new();
                for side in rows {
                    if side.days.is_some() {
                        let signed = if side.out { side.amount.minor } else { -side.amount.minor };
                        *in_transit.entry(side.amount.currency).or_default() += signed;
                    }
                    sheet.row(vec![
                        json!(side.id),
                        json!(side.account),
                        json!(if side.out { "out" } else { "in" }),
                        json!(side.on.to_string()),
                        json!(side.amount.major_text()),
                        json!(side.amount.currency.to_string()),
                        json!(side.reference),
                        json!(side.other),
                        json!(side.said),
                        json!(side.days),
                    ])?;
                }
                let totals: BTreeMap<String, String> = in_transit
                    .into_iter()
                    .map(|(currency, minor)| (currency.to_string(), Money::new(minor, currency).major_text()))
                    .collect();
                Ok(sheet.finish(json!({ "in_transit": totals }))?)
            }
            Transfer::Proposed => {
                let rows = app.read(transfer::proposed)?;
                let columns = [
                    "went",
                    "went_from",
                    "went_on",
                    "went_text",
                    "came",
                    "came_to",
                    "came_on",
                    "came_text",
                    "amount",
                    "currency",
                    "likely",
                ];
                let mut sheet = Sheet::new(app.global.format, columns)?;
                for one in rows {
                    sheet.row(vec![
                        json!(one.went.name),
                        json!(one.went.account),
                        json!(one.went.on.to_string()),
                        json!(one.went.says),
                        json!(one.came.name),
                        json!(one.came.account),
                        json!(one.came.on.to_string()),
                        json!(one.came.says),
                        json!(one.amount.major_text()),
                        json!(one.amount.currency.to_string()),
                        json!(one.likely),
                    ])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
            Transfer::Mark { went, came } => {
                let (went, came, once) = (went.clone(), came.clone(), app.once(self));
                let marked = app.write(move |tx, actor, today| {
                    transfer::mark(tx, actor, today, went.as_deref(), came.as_deref(), once.as_ref())
                })?;
                let mut sheet = Sheet::new(app.global.format, ["went", "came"])?;
                sheet.row(vec![json!(marked.went), json!(marked.came)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Transfer::Undo { id, reason } => {
                let (id, reason, once) = (id.clone(), reason.clone(), app.once(self));
                app.write(move |tx, actor, today| transfer::undo(tx, actor, today, &id, &reason, once.as_ref()))
            }
        }
    }
}
