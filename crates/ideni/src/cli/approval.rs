//! `ideni approval`.

use serde_json::json;

use super::output::{LIST, Sheet, amount_opt};
use super::said::Said;
use super::{App, Done};
use crate::actions::approval::{self, Listed, What};

#[derive(clap::Subcommand, Debug)]
pub enum Approval {
    /// What waits for a second person
    List {
        /// Also what was decided, the latest first
        #[arg(long)]
        all: bool,
        /// Only what one person asked for and approved alone, in a company of one person
        #[arg(long = "self", conflicts_with = "all")]
        alone: bool,
        #[arg(long, default_value_t = LIST)]
        limit: i64,
    },
    /// Approve a request; what it asks for is carried out at once
    Approve {
        id: String,
        /// Required where you asked yourself
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Turn a request down, or take your own back
    Reject {
        id: String,
        #[arg(long)]
        reason: String,
    },
}

impl Approval {
    pub fn run(&self, app: &App<'_>) -> Done {
        let once = app.once(self);
        match self {
            Approval::List { all, alone, limit } => {
                let listed = app.read(|tx, actor, _| match (all, alone) {
                    (true, _) => approval::list(tx, actor, *limit),
                    (_, true) => approval::alone(tx, actor, *limit),
                    _ => approval::waiting(tx, actor),
                })?;
                print(app, listed)
            }
            Approval::Approve { id, reason } => {
                let (id, reason) = (id.clone(), reason.clone());
                app.write(move |tx, actor, today| approval::approve(tx, actor, today, &id, &reason, once.as_ref()))
            }
            Approval::Reject { id, reason } => {
                let (id, reason) = (id.clone(), reason.clone());
                app.write(move |tx, actor, _| approval::reject(tx, actor, &id, &reason, once.as_ref()))
            }
        }
    }
}

fn print(app: &App<'_>, listed: Vec<Listed>) -> Done {
    let columns = [
        "id",
        "kind",
        "subject",
        "customer",
        "currency",
        "amount",
        "details",
        "reason",
        "asked_by",
        "asked_at",
        "state",
        "decided_by",
        "decided_at",
        "decision_reason",
        "alone",
    ];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for Listed { request, what, .. } in listed {
        let money = what.amount();
        let decision = request.decision.as_ref();
        sheet.row(vec![
            json!(request.id.to_string()),
            json!(request.kind.code()),
            json!(request.subject),
            json!(request.customer),
            json!(money.map(|money| money.currency.to_string())),
            amount_opt(money),
            json!(details(&what)),
            json!(request.reason),
            json!(request.asked_by),
            json!(request.asked_at.to_string()),
            json!(decision.map_or("waiting", |d| d.outcome.as_str())),
            json!(decision.map(|d| &d.user)),
            json!(decision.map(|d| d.at.to_string())),
            json!(decision.map(|d| &d.reason)),
            json!(decision.is_some_and(|d| d.alone)),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}

/// Bank details with the last four signs of the number, or the account a refund leaves from.
fn details(what: &What) -> Option<String> {
    match what {
        What::BankDetails(details) => {
            let number = receivables::customer::bank::masked(&details.number);
            Some(format!("{} {} {number}", details.holder, details.institution))
        }
        What::WriteOff(_) => None,
        What::Refund(asked) => asked.account.clone(),
        What::CreditNote(asked) => Some(asked.given.reason.clone()),
    }
}

/// Says that something waits for a second person, under which id.
pub(super) fn waits(app: &App<'_>, id: &str) -> Done {
    app.tell(&Said::WaitsForApproval { id: id.to_owned() });
    let mut sheet = Sheet::new(app.global.format, ["approval"])?;
    sheet.row(vec![json!(id)])?;
    Ok(sheet.finish(json!({}))?)
}
