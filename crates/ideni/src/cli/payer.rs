//! `ideni payer`.

use serde_json::json;

use super::output::Sheet;
use super::{App, Done};
use crate::actions::payer;

#[derive(clap::Subcommand, Debug)]
pub enum Payer {
    /// Say that a name or a number pays for a customer
    Add {
        customer: String,
        /// A name as payments write it
        #[arg(long, required_unless_present = "number", conflicts_with = "number")]
        name: Option<String>,
        /// A telephone number or an account
        #[arg(long)]
        number: Option<String>,
    },
    /// Who pays for whom, as far as somebody confirmed or said it
    List {
        /// Of one customer
        #[arg(long)]
        customer: Option<String>,
    },
    /// Take one back: later payments are not the customer's for it
    Forget {
        id: String,
        /// Why: the auditor will read it
        #[arg(long)]
        reason: String,
    },
}

impl Payer {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Payer::Add { customer, name, number } => {
                let given = payer::Given { customer: customer.clone(), name: name.clone(), number: number.clone() };
                let once = app.once(self);
                let made = app.write(move |tx, actor, _| payer::add(tx, actor, &given, once.as_ref()))?;
                let mut sheet = Sheet::new(app.global.format, ["id"])?;
                sheet.row(vec![json!(made.id)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Payer::List { customer } => {
                let rows = app.read(|tx, actor, _| payer::list(tx, actor, customer.as_deref()))?;
                let columns = ["id", "customer", "name", "kind", "said", "learned_from"];
                let mut sheet = Sheet::new(app.global.format, columns)?;
                for payer in rows {
                    let receipt = payer.receipt.map(|(id, reference)| reference.unwrap_or_else(|| id.to_string()));
                    sheet.row(vec![
                        json!(payer.id.to_string()),
                        json!(payer.code),
                        json!(payer.name),
                        json!(payer.kind),
                        json!(payer.said),
                        json!(receipt),
                    ])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
            Payer::Forget { id, reason } => {
                let (id, reason, once) = (id.clone(), reason.clone(), app.once(self));
                app.write(move |tx, actor, today| payer::forget(tx, actor, today, &id, &reason, once.as_ref()))
            }
        }
    }
}
