//! `ideni receipt`.

use receivables::{Date, Money};
use rust_decimal::Decimal;
use serde_json::json;

use super::output::{LIST, Sheet, Target};
use super::refund::Back;
use super::{App, Done, currency_or};
use crate::actions::listing::Listing;
use crate::actions::receipt;

#[derive(clap::Subcommand, Debug)]
pub enum Receipt {
    /// Record money that came in
    Record {
        /// Amount in major units
        #[arg(long)]
        amount: Decimal,
        #[arg(long)]
        currency: Option<String>,
        #[arg(long, default_value = "bank")]
        account: String,
        #[arg(long)]
        on: Option<Date>,
        /// Whose money it is, if known
        #[arg(long)]
        customer: Option<String>,
        #[arg(long)]
        reference: Option<String>,
        #[arg(long)]
        payer: Option<String>,
        #[arg(long)]
        text: Option<String>,
        /// What the bank or wallet kept of it
        #[arg(long)]
        charges: Option<Decimal>,
    },
    /// Say whose money a receipt is
    Identify { receipt: String, customer: String },
    /// Receipts and what is left of them
    List(ReceiptList),
    #[command(flatten)]
    Back(Back),
}

#[derive(clap::Args, Debug)]
pub struct ReceiptList {
    /// How many rows
    #[arg(long, default_value_t = LIST)]
    limit: i64,
}

impl ReceiptList {
    pub fn write(&self, app: &App<'_>, target: &Target) -> Done {
        app.list(&Listing::Receipts { limit: self.limit }, target)
    }
}

impl Receipt {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Receipt::Record { amount, currency, account, on, customer, reference, payer, text, charges } => {
                let (actor, today) = app.actor()?;
                let currency = currency_or(currency.as_ref(), actor.company.currency)?;
                let charges = charges.map(|c| Money::from_major(c, currency)).transpose();
                let given = receipt::Given {
                    account: account.clone(),
                    received_on: on.unwrap_or(today),
                    received_at: None,
                    gross: Money::from_major(*amount, currency).map_err(store::Error::from)?,
                    charges: charges.map_err(store::Error::from)?.unwrap_or(Money::zero(currency)),
                    payer: payer.clone(),
                    payer_ref: None,
                    reference: reference.clone(),
                    text: text.clone(),
                    customer: customer.clone(),
                    opening_on: None,
                };
                let once = app.once(self);
                let done =
                    app.write(move |tx, actor, today| receipt::record(tx, actor, today, &given, once.as_ref()))?;
                let mut sheet = Sheet::new(app.global.format, ["id"])?;
                sheet.row(vec![json!(done.id)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Receipt::Identify { receipt: name, customer } => {
                let (name, code) = (name.clone(), customer.clone());
                app.write(move |tx, actor, today| receipt::identify(tx, actor, today, &name, &code))
            }
            Receipt::Back(back) => back.run(app),
            Receipt::List(list) => list.write(app, &Target::Print(app.global.format)),
        }
    }
}
