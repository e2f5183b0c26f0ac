//! `ideni draft`.

use serde_json::json;
use store::Tx;

use super::output::{LIST, Sheet};
use super::{App, Done};
use crate::actions::draft::{self, Draft as Said, DraftLine};
use crate::actions::{Actor, invoice};

#[derive(clap::Subcommand, Debug)]
pub enum Draft {
    /// Keep an invoice that is not finished; nothing of it is checked, and nothing is posted
    Keep {
        #[arg(long)]
        customer: String,
        /// DESCRIPTION;QUANTITY;PRICE;CLASS;DISCOUNT as far as it is known, once per line
        #[arg(long)]
        line: Vec<String>,
        #[arg(long, default_value = "")]
        due_on: String,
        #[arg(long, default_value = "")]
        terms: String,
        #[arg(long, default_value = "")]
        currency: String,
        /// The number of the buyer's order
        #[arg(long, default_value = "")]
        order: String,
        /// net or gross
        #[arg(long, default_value = "net")]
        prices: String,
        /// The day on which what it bills was delivered
        #[arg(long, value_name = "DATE", default_value = "")]
        delivered_on: String,
    },
    /// Drafts, the latest first
    List {
        /// How many rows
        #[arg(long, default_value_t = LIST)]
        limit: i64,
    },
    /// Post the invoice that a draft says; it is gone then
    Post {
        id: String,
        /// The code of a check that somebody looked at and found right, once per check
        #[arg(long, value_name = "CHECK")]
        right: Vec<String>,
        /// As a deposit: still owed to the customer until a later invoice settles it
        #[arg(long)]
        deposit: bool,
    },
    /// Throw a draft away
    Discard { id: String },
}

impl Draft {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Draft::Keep { customer, line, due_on, terms, currency, order, prices, delivered_on } => {
                let said = Said {
                    customer: customer.clone(),
                    due_on: due_on.clone(),
                    terms: terms.clone(),
                    currency: currency.clone(),
                    order: order.clone(),
                    prices: prices.clone(),
                    delivered_on: delivered_on.clone(),
                    lines: line.iter().map(|text| typed(text)).collect(),
                    ..Said::default()
                };
                let id = app.write(move |tx, actor, _| draft::save(tx, actor, &said, None))?;
                let mut sheet = Sheet::new(app.global.format, ["id"])?;
                sheet.row(vec![json!(id.to_string())])?;
                Ok(sheet.finish(json!({}))?)
            }
            Draft::List { limit } => list(app, *limit),
            Draft::Post { id, right, deposit } => {
                let (id, right, deposit, once) = (draft::id_of(id)?, right.clone(), *deposit, app.once(self));
                let post = move |tx: &mut Tx<'_>, actor: &Actor, today: receivables::Date| {
                    draft::post(tx, actor, today, id, (&right, deposit), once.as_ref())
                };
                let posted: invoice::Posted = app.write(post)?;
                let mut sheet = Sheet::new(app.global.format, ["number", "id", "told"])?;
                sheet.row(vec![json!(posted.number), json!(posted.id), json!(posted.told.join(" "))])?;
                Ok(sheet.finish(json!({}))?)
            }
            Draft::Discard { id } => {
                let id = draft::id_of(id)?;
                app.write(move |tx, actor, _| draft::discard(tx, actor, id))
            }
        }
    }
}

fn list(app: &App<'_>, limit: i64) -> Done {
    let all = app.read(|tx, actor, _| {
        let kept = draft::list(tx, actor, limit)?;
        kept.into_iter().map(|kept| draft::get(tx, actor, kept.id)).collect::<Result<Vec<_>, _>>()
    })?;
    let mut sheet = Sheet::new(app.global.format, ["id", "customer", "lines", "version", "by", "at"])?;
    for (kept, said) in all {
        let lines = said.lines.iter().filter(|line| !line.is_empty()).count();
        sheet.row(vec![
            json!(kept.id.to_string()),
            json!(kept.customer),
            json!(lines.to_string()),
            json!(kept.version.to_string()),
            json!(kept.by),
            json!(kept.at.to_string()),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}

fn typed(text: &str) -> DraftLine {
    let mut parts = text.split(';').map(|part| part.trim().to_owned());
    let mut next = || parts.next().unwrap_or_default();
    let (description, quantity, unit_price, tax_class) = (next(), next(), next(), next());
    DraftLine { description, quantity, unit_price, tax_class, discount: next(), unit: String::new() }
}
