//! `ideni dispute`.

use receivables::Money;
use rust_decimal::Decimal;
use serde_json::json;

use super::output::{Sheet, amount};
use super::{App, Done};
use crate::actions::dispute;

#[derive(clap::Subcommand, Debug)]
pub enum Dispute {
    /// Write down that a customer contests an invoice, or part of it
    Add {
        invoice: String,
        /// Major units; all that is open and not in dispute if left out
        #[arg(long)]
        amount: Option<Decimal>,
        /// price, quantity, quality, not-delivered, already-paid, tax or other
        #[arg(long, value_name = "CODE")]
        reason: String,
        /// What they say
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Decide a dispute
    End {
        id: String,
        /// accepted, rejected or withdrawn
        #[arg(long)]
        outcome: String,
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Disputes and how they stand
    List,
}

impl Dispute {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Dispute::Add { invoice, amount, reason, note } => {
                let (number, major, once) = (invoice.clone(), *amount, app.once(self));
                let (reason, note) = (reason.clone(), note.clone());
                let made = app.write(move |tx, actor, today| {
                    let currency = store::document::get(tx, actor.company.id, &number)?.currency;
                    let amount = major.map(|m| Money::from_major(m, currency).map(|m| m.minor)).transpose()?;
                    let (invoice, reason, note) = (number.clone(), reason.clone(), note.clone());
                    let given = dispute::Given { invoice, amount, reason, note };
                    dispute::add(tx, actor, today, &given, once.as_ref())
                })?;
                let columns = ["id", "invoice", "instalment", "amount", "currency"];
                let mut sheet = Sheet::new(app.global.format, columns)?;
                for d in made {
                    let cells =
                        vec![json!(d.id), json!(d.invoice), json!(d.instalment), json!(d.amount), json!(d.currency)];
                    sheet.row(cells)?;
                }
                Ok(sheet.finish(json!({}))?)
            }
            Dispute::End { id, outcome, note } => {
                let (id, outcome, note) = (id.clone(), outcome.clone(), note.clone());
                app.write(move |tx, actor, today| dispute::end(tx, actor, today, &id, &outcome, &note))
            }
            Dispute::List => list(app),
        }
    }
}

fn list(app: &App<'_>) -> Done {
    let rows = app.read(|tx, actor, _| dispute::list(tx, actor))?;
    let columns = [
        "id",
        "customer",
        "invoice",
        "instalment",
        "currency",
        "amount",
        "reason",
        "note",
        "raised_on",
        "state",
        "ended_on",
        "ended_note",
    ];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for d in rows {
        let state = d.state().to_owned();
        sheet.row(vec![
            json!(d.id.to_string()),
            json!(d.code),
            json!(d.number),
            json!(d.instalment),
            json!(d.currency.to_string()),
            amount(d.amount, d.currency),
            json!(d.reason),
            json!(d.note),
            json!(d.raised_on.to_string()),
            json!(state),
            json!(d.ended.map(|(_, on)| on.to_string())),
            json!(d.ended_note),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}
