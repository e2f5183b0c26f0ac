//! `ideni quote`.

use receivables::Date;
use receivables::billing::line::Prices;
use receivables::billing::terms::Terms;
use serde_json::json;

use super::invoice::read_line;
use super::output::{LIST, Sheet, amount};
use super::{App, Done, currency_or};
use crate::actions::invoice::{self, References};
use crate::actions::quote::{self, Kind};

#[derive(clap::Subcommand, Debug)]
#[allow(clippy::large_enum_variant, reason = "parsed once per process")]
pub enum Quote {
    /// Offer what an invoice would bill; nothing is posted
    Make {
        #[arg(long)]
        customer: String,
        /// As for `invoice issue`, once per line
        #[arg(long, required = true)]
        line: Vec<String>,
        /// quote or proforma
        #[arg(long, default_value = "quote")]
        kind: String,
        /// The last day on which it stands; 30 days if left out
        #[arg(long)]
        valid_until: Option<Date>,
        #[arg(long)]
        currency: Option<String>,
        /// net or gross: whether the prices of the lines hold the tax
        #[arg(long, default_value = "net")]
        prices: String,
        /// Terms of payment of the invoice
        #[arg(long)]
        terms: Option<String>,
        /// The number of the buyer's order
        #[arg(long)]
        order: Option<String>,
    },
    /// The latest offers, and how each stands
    List {
        /// How many rows
        #[arg(long, default_value_t = LIST)]
        limit: i64,
    },
    /// Issue the invoice of an offer that was accepted
    Accept {
        number: String,
        /// The buyer's purchase code for this seller
        #[arg(long)]
        purchase_code: Option<String>,
        /// The number of the buyer's order
        #[arg(long)]
        order: Option<String>,
    },
    /// Note that an offer was declined
    Decline {
        number: String,
        #[arg(long)]
        reason: String,
    },
}

impl Quote {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Quote::Make { .. } => self.make(app),
            Quote::List { limit } => list(app, *limit),
            Quote::Accept { number, purchase_code, order } => {
                let references = References::read(order.as_deref(), purchase_code.as_deref())?;
                let (number, once) = (number.clone(), app.once(self));
                let accept = move |tx: &mut store::Tx<'_>, actor: &crate::actions::Actor, today: Date| {
                    quote::accept(tx, actor, today, &number, &references, once.as_ref())
                };
                let posted = app.write(accept)?;
                let mut sheet = Sheet::new(app.global.format, ["number", "id"])?;
                sheet.row(vec![json!(posted.number), json!(posted.id)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Quote::Decline { number, reason } => {
                let (number, reason, once) = (number.clone(), reason.clone(), app.once(self));
                app.write(move |tx, actor, today| quote::decline(tx, actor, today, &number, &reason, once.as_ref()))
            }
        }
    }

    fn make(&self, app: &App<'_>) -> Done {
        let Quote::Make { customer, line, kind, valid_until, currency, prices, terms, order } = self else {
            return Ok(());
        };
        let (actor, today) = app.actor()?;
        let (kind, valid_until) = (Kind::from_code(kind)?, *valid_until);
        let given = invoice::Given {
            lines: line.iter().map(|text| read_line(text)).collect::<Result<_, _>>()?,
            prices: Prices::from_code(prices)?,
            terms: terms.as_deref().map(Terms::read).transpose()?,
            references: References::read(order.as_deref(), None)?,
            ..invoice::Given::to(customer.clone(), today, currency_or(currency.as_ref(), actor.company.currency)?)
        };
        let once = app.once(self);
        let make = move |tx: &mut store::Tx<'_>, actor: &crate::actions::Actor, today: Date| {
            quote::make(tx, actor, today, (kind, &given), valid_until, once.as_ref())
        };
        let number = app.write(make)?;
        let mut sheet = Sheet::new(app.global.format, ["number"])?;
        sheet.row(vec![json!(number)])?;
        Ok(sheet.finish(json!({}))?)
    }
}

fn list(app: &App<'_>, limit: i64) -> Done {
    let (rows, today) = app.read(|tx, actor, today| Ok((quote::list(tx, actor, limit)?, today)))?;
    let columns = [
        "number",
        "kind",
        "customer",
        "name",
        "issued_on",
        "valid_until",
        "currency",
        "total",
        "state",
        "invoice",
        "reason",
    ];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for one in rows {
        sheet.row(vec![
            json!(one.number),
            json!(one.kind),
            json!(one.customer),
            json!(one.name),
            json!(one.issued_on.to_string()),
            json!(one.valid_until.to_string()),
            json!(one.currency.to_string()),
            amount(one.total, one.currency),
            json!(quote::state(&one, today)),
            json!(one.invoice),
            json!(one.reason),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}
