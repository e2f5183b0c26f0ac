//! `ideni receipt refund|return|write-off|refund-reverse|refunds`: money that leaves a receipt again.

use receivables::{Date, Money};
use rust_decimal::Decimal;
use serde_json::json;
use store::{Error, Tx};

use super::output::{LIST, Sheet, amount as cell};
use super::{App, Done, approval};
use crate::actions::approval::Asked;
use crate::actions::{Actor, refund};

#[derive(clap::Subcommand, Debug)]
pub enum Back {
    /// Send unapplied money of a receipt back to the customer
    Refund {
        receipt: String,
        /// Major units of the receipt's currency
        #[arg(long)]
        amount: Decimal,
        /// The money account it goes out of; the one it came to if left out
        #[arg(long)]
        account: Option<String>,
        #[arg(long)]
        on: Option<Date>,
        /// Why: the auditor will read it
        #[arg(long)]
        reason: String,
    },
    /// The bank took a payment back: open its invoices again and send the whole of it out
    Return {
        receipt: String,
        /// What the bank took for it, in major units of the receipt's currency
        #[arg(long)]
        charges: Option<Decimal>,
        #[arg(long)]
        on: Option<Date>,
        /// Why: the auditor will read it
        #[arg(long)]
        reason: String,
    },
    /// Give unapplied money that nobody claims up to income
    WriteOff {
        receipt: String,
        /// Major units of the receipt's currency; all that is unapplied if left out
        #[arg(long)]
        amount: Option<Decimal>,
        #[arg(long)]
        on: Option<Date>,
        /// Why: the auditor will read it
        #[arg(long)]
        reason: String,
    },
    /// Take a refund, a return or a write-off of a receipt back
    RefundReverse {
        id: String,
        #[arg(long)]
        reason: String,
    },
    /// What left receipts again
    Refunds {
        #[arg(long, default_value_t = LIST)]
        limit: i64,
    },
}

impl Back {
    pub fn run(&self, app: &App<'_>) -> Done {
        let once = app.once(self);
        let made = match self {
            Back::Refund { receipt, amount, account, on, reason } => {
                let (name, major) = (receipt.clone(), *amount);
                let (account, on, reason) = (account.clone(), *on, reason.clone());
                let asked = app.write(move |tx, actor, today| {
                    let amount = Some(minor(tx, actor, &name, major)?);
                    let (receipt, account, reason) = (name.clone(), account.clone(), reason.clone());
                    let given = refund::Given { receipt, amount, account, on, reason };
                    refund::add_or_ask(tx, actor, today, &given, once.as_ref())
                })?;
                match asked {
                    Asked::Done(made) => made,
                    Asked::Waits { id } => return approval::waits(app, &id),
                }
            }
            Back::Return { receipt, charges, on, reason } => {
                let (name, charges, on, reason) = (receipt.clone(), *charges, *on, reason.clone());
                app.write(move |tx, actor, today| {
                    let charges = charges.map_or(Ok(0), |major| minor(tx, actor, &name, major))?;
                    let (receipt, reason) = (name.clone(), reason.clone());
                    let given = refund::ReturnedPayment { receipt, charges, on, reason };
                    refund::return_payment(tx, actor, today, &given, once.as_ref())
                })?
            }
            Back::WriteOff { receipt, amount, on, reason } => {
                let (name, major, on, reason) = (receipt.clone(), *amount, *on, reason.clone());
                app.write(move |tx, actor, today| {
                    let amount = major.map(|major| minor(tx, actor, &name, major)).transpose()?;
                    let (receipt, reason) = (name.clone(), reason.clone());
                    let given = refund::GivenUp { receipt, amount, on, reason };
                    refund::write_off(tx, actor, today, &given, once.as_ref())
                })?
            }
            Back::RefundReverse { id, reason } => {
                let (id, reason) = (id.clone(), reason.clone());
                app.write(move |tx, actor, today| refund::reverse(tx, actor, today, &id, &reason, once.as_ref()))?
            }
            Back::Refunds { limit } => return list(app, *limit),
        };
        let mut sheet = Sheet::new(app.global.format, ["id", "receipt", "amount", "currency"])?;
        sheet.row(vec![json!(made.id), json!(made.receipt), json!(made.amount), json!(made.currency)])?;
        Ok(sheet.finish(json!({}))?)
    }
}

/// An amount in minor units of a receipt's currency.
fn minor(tx: &mut Tx<'_>, actor: &Actor, receipt: &str, major: Decimal) -> Result<i64, Error> {
    let id = store::receipt::find(tx, actor.company.id, receipt)?;
    let currency = store::receipt::get(tx, actor.company.id, id)?.currency;
    Ok(Money::from_major(major, currency)?.minor)
}

fn list(app: &App<'_>, limit: i64) -> Done {
    let rows = app.read(|tx, actor, _| refund::list(tx, actor, limit))?;
    let columns =
        ["id", "kind", "receipt", "customer", "on", "account", "currency", "amount", "charges", "reason", "reversed"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for f in rows {
        sheet.row(vec![
            json!(f.id.to_string()),
            json!(f.kind.name()),
            json!(f.receipt),
            json!(f.customer),
            json!(f.posted_on.to_string()),
            json!(f.account),
            json!(f.currency.to_string()),
            cell(f.amount, f.currency),
            cell(f.charges, f.currency),
            json!(f.reason),
            json!(f.reversed),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}
