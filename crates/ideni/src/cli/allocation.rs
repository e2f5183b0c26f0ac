//! `ideni allocation` and `ideni write-off`.

use receivables::billing::early::Wish;
use receivables::{Date, Money};
use rust_decimal::Decimal;
use serde_json::json;

use super::output::{LIST, Sheet, amount};
use super::{App, Done, approval};
use crate::actions::allocation;
use crate::actions::approval::Asked;

#[derive(clap::Subcommand, Debug)]
pub enum Allocation {
    /// Apply a receipt (reference or id) or a credit note (number) to an invoice
    Add {
        source: String,
        invoice: String,
        /// Major units of the invoice's currency; as much as both sides allow if left out
        #[arg(long)]
        amount: Option<Decimal>,
        /// Major units that leave the receipt, where its currency is another
        #[arg(long)]
        paid: Option<Decimal>,
        #[arg(long)]
        on: Option<Date>,
        /// The discount for paying early: exact (where the money is just what settles with it), take or leave
        #[arg(long, default_value = "exact")]
        discount: String,
    },
    /// Take an allocation, a credit applied or a write-off back
    Reverse {
        id: String,
        #[arg(long)]
        reason: String,
    },
    /// What moved open items
    List {
        #[arg(long, default_value_t = LIST)]
        limit: i64,
    },
}

impl Allocation {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Allocation::Add { source, invoice, amount, paid, on, discount } => {
                let (source, number, on) = (source.clone(), invoice.clone(), *on);
                let (amount, paid, once) = (*amount, *paid, app.once(self));
                let discount = Wish::from_code(discount).map_err(store::Error::from)?;
                let done = app.write(move |tx, actor, today| {
                    let invoice = store::document::get(tx, actor.company.id, &number)?;
                    let minor = |major: Decimal, currency| Money::from_major(major, currency).map(|m| m.minor);
                    let paid = match paid {
                        None => None,
                        Some(paid) => {
                            let id = store::receipt::find(tx, actor.company.id, &source)?;
                            Some(minor(paid, store::receipt::get(tx, actor.company.id, id)?.currency)?)
                        }
                    };
                    let given = allocation::Given {
                        source: source.clone(),
                        invoice: number.clone(),
                        amount: amount.map(|a| minor(a, invoice.currency)).transpose()?,
                        paid,
                        on,
                        discount,
                    };
                    allocation::add(tx, actor, today, &given, once.as_ref())
                })?;
                print_made(app, &done.allocations)
            }
            Allocation::Reverse { id, reason } => {
                let (id, reason, once) = (id.clone(), reason.clone(), app.once(self));
                let done = app.write(move |tx, actor, today| {
                    allocation::reverse(tx, actor, today, &id, &reason, once.as_ref())
                })?;
                print_made(app, &[done])
            }
            Allocation::List { limit } => {
                let rows = app.read(|tx, actor, _| allocation::list(tx, actor, *limit))?;
                let columns = ["id", "kind", "invoice", "on", "currency", "amount", "receipt", "reason", "reversed"];
                let mut sheet = Sheet::new(app.global.format, columns)?;
                for m in rows {
                    sheet.row(vec![
                        json!(m.id.to_string()),
                        json!(m.kind.name()),
                        json!(m.invoice),
                        json!(m.posted_on.to_string()),
                        json!(m.currency.to_string()),
                        amount(m.amount, m.currency),
                        json!(m.receipt),
                        json!(m.reason),
                        json!(m.reversed),
                    ])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}

fn print_made(app: &App<'_>, made: &[allocation::Made]) -> Done {
    let mut sheet = Sheet::new(app.global.format, ["id", "invoice", "amount", "currency", "discount"])?;
    for m in made {
        sheet.row(vec![json!(m.id), json!(m.invoice), json!(m.amount), json!(m.currency), json!(m.discount)])?;
    }
    Ok(sheet.finish(json!({}))?)
}

#[derive(clap::Subcommand, Debug)]
pub enum WriteOff {
    /// Write off what is open of an invoice, or part of it; more than one person may waits for a second
    Add {
        invoice: String,
        /// Major units; all that is open if left out
        #[arg(long)]
        amount: Option<Decimal>,
        /// Why: the auditor will read it
        #[arg(long)]
        reason: String,
    },
}

impl WriteOff {
    pub fn run(&self, app: &App<'_>) -> Done {
        let WriteOff::Add { invoice, amount, reason } = self;
        let (number, major, reason, once) = (invoice.clone(), *amount, reason.clone(), app.once(self));
        let done = app.write(move |tx, actor, today| {
            let currency = store::document::get(tx, actor.company.id, &number)?.currency;
            let amount = major.map(|m| Money::from_major(m, currency).map(|m| m.minor)).transpose()?;
            let given = allocation::GivenUp { invoice: number.clone(), amount, reason: reason.clone() };
            allocation::write_off_or_ask(tx, actor, today, &given, once.as_ref())
        })?;
        match done {
            Asked::Done(done) => print_made(app, &done.allocations),
            Asked::Waits { id } => approval::waits(app, &id),
        }
    }
}
