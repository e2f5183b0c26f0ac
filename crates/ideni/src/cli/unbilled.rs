//! `ideni unbilled`.

use receivables::Date;
use receivables::insight::ageing::Buckets;
use rust_decimal::Decimal;
use serde_json::json;

use super::output::Sheet;
use super::{App, Done, currency_or};
use crate::actions::invoice::References;
use crate::actions::unbilled::{self, Given, Which};

#[derive(clap::Subcommand, Debug)]
#[allow(clippy::large_enum_variant, reason = "parsed once per process")]
pub enum Unbilled {
    /// Write down work that was done and is not billed yet
    Add {
        /// The customer's code
        customer: String,
        /// What was done; the item's name if left out
        #[arg(long, default_value = "", required_unless_present = "item")]
        description: String,
        #[arg(long, default_value_t = Decimal::ONE)]
        quantity: Decimal,
        #[arg(long)]
        unit: Option<String>,
        /// In major units; the catalogue's of the day if left out with an item
        #[arg(long, required_unless_present = "item", allow_hyphen_values = true)]
        price: Option<Decimal>,
        #[arg(long, default_value = "", required_unless_present = "item")]
        tax_class: String,
        /// An item of the catalogue
        #[arg(long)]
        item: Option<String>,
        /// The day of the work; today if left out
        #[arg(long)]
        on: Option<Date>,
        /// What proves it: a delivery note, a time sheet, a signed job card
        #[arg(long)]
        proof: String,
        #[arg(long)]
        currency: Option<String>,
    },
    /// What waits to be billed, the oldest first
    List {
        /// Of this customer only
        #[arg(long)]
        customer: Option<String>,
    },
    /// One invoice for what waits of a customer
    Bill {
        /// The customer's code
        customer: String,
        /// This work only, by its id; once per piece of work
        #[arg(long)]
        only: Vec<String>,
        #[arg(long)]
        currency: Option<String>,
        /// The number of the buyer's order
        #[arg(long)]
        order: Option<String>,
        /// The purchase code of the buyer, where a tax device wants it
        #[arg(long)]
        purchase_code: Option<String>,
    },
    /// Do not bill it
    GiveUp {
        id: String,
        #[arg(long)]
        reason: String,
    },
}

impl Unbilled {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Unbilled::Add { .. } => self.add(app),
            Unbilled::List { customer } => list(app, customer.as_deref()),
            Unbilled::Bill { customer, only, currency, order, purchase_code } => {
                let (actor, _) = app.actor()?;
                let which = Which {
                    customer: customer.clone(),
                    only: only.clone(),
                    currency: currency_or(currency.as_ref(), actor.company.currency)?,
                    references: References::read(order.as_deref(), purchase_code.as_deref())
                        .map_err(store::Error::from)?,
                };
                let once = app.once(self);
                let posted =
                    app.write(move |tx, actor, today| unbilled::bill(tx, actor, today, &which, once.as_ref()))?;
                let mut sheet = Sheet::new(app.global.format, ["number", "id"])?;
                sheet.row(vec![json!(posted.number), json!(posted.id)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Unbilled::GiveUp { id, reason } => {
                let (id, reason, once) = (id.clone(), reason.clone(), app.once(self));
                app.write(move |tx, actor, today| unbilled::give_up(tx, actor, today, &id, &reason, once.as_ref()))
            }
        }
    }

    fn add(&self, app: &App<'_>) -> Done {
        let Unbilled::Add { customer, description, quantity, unit, price, tax_class, item, on, proof, currency } = self
        else {
            return Ok(());
        };
        let (actor, today) = app.actor()?;
        let given = Given {
            customer: customer.clone(),
            currency: currency_or(currency.as_ref(), actor.company.currency)?,
            description: description.clone(),
            quantity: *quantity,
            unit: unit.clone(),
            unit_price: *price,
            tax_class: tax_class.clone(),
            item: item.clone(),
            done_on: on.unwrap_or(today),
            proof: proof.clone(),
        };
        let once = app.once(self);
        let id = app.write(move |tx, actor, today| unbilled::add(tx, actor, today, &given, once.as_ref()))?;
        let mut sheet = Sheet::new(app.global.format, ["id"])?;
        sheet.row(vec![json!(id)])?;
        Ok(sheet.finish(json!({}))?)
    }
}

fn list(app: &App<'_>, customer: Option<&str>) -> Done {
    let (buckets, (_, today)): (Buckets, _) = (app.buckets(&[])?, app.actor()?);
    let names = buckets.names();
    let all = app.read(|tx, actor, _| unbilled::list(tx, actor, customer))?;
    let columns = [
        "id",
        "customer",
        "name",
        "on",
        "days",
        "bucket",
        "description",
        "quantity",
        "unit",
        "currency",
        "price",
        "tax_class",
        "item",
        "proof",
        "papers",
    ];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for one in all {
        let days = today.days_since(one.done_on);
        sheet.row(vec![
            json!(one.id.to_string()),
            json!(one.customer),
            json!(one.name),
            json!(one.done_on.to_string()),
            json!(days),
            json!(names.get(buckets.index(one.done_on, today))),
            json!(one.description),
            json!(one.quantity),
            json!(one.unit),
            json!(one.currency.to_string()),
            json!(one.unit_price),
            json!(one.tax_class),
            json!(one.item),
            json!(one.proof),
            json!(one.papers),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}
