//! `ideni certificate`.

use receivables::{Date, Money};
use rust_decimal::Decimal;
use serde_json::json;

use super::output::{LIST, Sheet, Target};
use super::{App, Done};
use crate::actions::certificate::{self, Said};
use crate::actions::listing::Listing;

#[derive(clap::Subcommand, Debug)]
pub enum Certificate {
    /// Write down that a customer withheld tax from an invoice and owes the certificate
    Await {
        invoice: String,
        /// vat (all of it, by a public body), tender (3 %) or unregistered (15 %)
        #[arg(long)]
        kind: String,
        /// Major units; what the kind takes of the invoice if left out
        #[arg(long)]
        amount: Option<Decimal>,
    },
    /// The certificate is here: it settles its part of the invoice
    File {
        id: String,
        /// The number on the paper
        #[arg(long)]
        number: String,
        /// The day the paper bears
        #[arg(long)]
        on: Option<Date>,
    },
    /// It was set off in the tax return of a period
    Claim {
        id: String,
        /// For example 2026-09
        #[arg(long)]
        period: String,
    },
    /// There is none, or it was not accepted: the customer owes the amount again
    Refuse {
        id: String,
        #[arg(long)]
        reason: String,
    },
    /// Certificates, how they stand and for how long
    List {
        /// Only this customer
        #[arg(long)]
        customer: Option<String>,
        #[arg(long, default_value_t = LIST)]
        limit: i64,
    },
}

impl Certificate {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Certificate::Await { invoice, kind, amount } => {
                let (number, kind, major, once) = (invoice.clone(), kind.clone(), *amount, app.once(self));
                let made = app.write(move |tx, actor, today| {
                    let currency = store::document::get(tx, actor.company.id, &number)?.currency;
                    let amount = major.map(|m| Money::from_major(m, currency).map(|m| m.minor)).transpose()?;
                    let given = certificate::Given { invoice: number.clone(), kind: kind.clone(), amount };
                    certificate::awaits(tx, actor, today, &given, once.as_ref())
                })?;
                let columns = ["id", "invoice", "instalment", "amount", "currency"];
                let mut sheet = Sheet::new(app.global.format, columns)?;
                for c in made {
                    let cells =
                        vec![json!(c.id), json!(c.invoice), json!(c.instalment), json!(c.amount), json!(c.currency)];
                    sheet.row(cells)?;
                }
                Ok(sheet.finish(json!({}))?)
            }
            Certificate::File { id, number, on } => self.say(app, id, Said::OnFile { number: number.clone(), on: *on }),
            Certificate::Claim { id, period } => self.say(app, id, Said::Claimed { period: period.clone() }),
            Certificate::Refuse { id, reason } => self.say(app, id, Said::Refused { reason: reason.clone() }),
            Certificate::List { customer, limit } => {
                let listing = Listing::Certificates {
                    on: app.read(|_, _, today| Ok(today))?,
                    customer: customer.clone(),
                    limit: *limit,
                };
                app.list(&listing, &Target::Print(app.global.format))
            }
        }
    }

    fn say(&self, app: &App<'_>, id: &str, said: Said) -> Done {
        let (id, once) = (id.to_owned(), app.once(self));
        app.write(move |tx, actor, today| certificate::say(tx, actor, today, &id, &said, once.as_ref()))
    }
}
