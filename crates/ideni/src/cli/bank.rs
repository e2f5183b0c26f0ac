//! `ideni customer bank`.

use serde_json::json;

use super::output::Sheet;
use super::{App, Done, approval};
use crate::actions::bank::{self, Typed};

#[derive(clap::Subcommand, Debug)]
pub enum Bank {
    /// Ask for new bank details of a customer; they count once another person approved them
    Set {
        customer: String,
        /// bank or wallet
        #[arg(long, default_value = "bank")]
        kind: String,
        /// In whose name it is
        #[arg(long)]
        holder: String,
        /// The bank's name, or the wallet's
        #[arg(long)]
        institution: String,
        /// The account's number, or the wallet's telephone number
        #[arg(long)]
        number: String,
        /// Why, and how it was checked: who approves will read it
        #[arg(long)]
        reason: String,
    },
    /// A customer's bank details with the last four signs of their numbers, those that count first
    List { customer: String },
    /// The bank details that count, in full: for whoever sends the money
    Show { customer: String },
}

impl Bank {
    pub fn run(&self, app: &App<'_>) -> Done {
        let once = app.once(self);
        let (saved, customer) = match self {
            Bank::Set { customer, kind, holder, institution, number, reason } => {
                let (customer, reason) = (customer.clone(), reason.clone());
                let typed = Typed {
                    kind: kind.clone(),
                    holder: holder.clone(),
                    institution: institution.clone(),
                    number: number.clone(),
                };
                let id =
                    app.write(move |tx, actor, _| bank::ask(tx, actor, &customer, &typed, &reason, once.as_ref()))?;
                return approval::waits(app, &id);
            }
            Bank::List { customer } => (app.read(|tx, actor, _| bank::list(tx, actor, customer))?, customer),
            Bank::Show { customer } => {
                (app.read(|tx, actor, _| bank::full(tx, actor, customer))?.into_iter().collect(), customer)
            }
        };
        let columns =
            ["customer", "kind", "holder", "institution", "number", "at", "asked_by", "approved_by", "counts"];
        let mut sheet = Sheet::new(app.global.format, columns)?;
        for (n, one) in saved.into_iter().enumerate() {
            sheet.row(vec![
                json!(customer),
                json!(one.details.kind.code()),
                json!(one.details.holder),
                json!(one.details.institution),
                json!(one.details.number),
                json!(one.at.to_string()),
                json!(one.asked_by),
                json!(one.approved_by),
                json!(n == 0),
            ])?;
        }
        Ok(sheet.finish(json!({}))?)
    }
}
