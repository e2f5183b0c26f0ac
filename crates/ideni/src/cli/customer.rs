//! `ideni customer`.

use serde_json::json;

use super::output::{Sheet, amount};
use super::{App, Done};
use crate::actions::{customer, history};

#[derive(clap::Subcommand, Debug)]
pub enum Customer {
    /// Add a customer, or change what is given of one
    Save {
        code: String,
        #[arg(long)]
        name: Option<String>,
        #[arg(long)]
        tin: Option<String>,
        #[arg(long)]
        phone: Option<String>,
        #[arg(long)]
        email: Option<String>,
        /// The language of messages to the customer: en, fr, rw or sw
        #[arg(long, value_name = "CODE")]
        message_language: Option<String>,
        #[arg(long)]
        terms_days: Option<i32>,
        #[arg(long)]
        segment: Option<String>,
        #[arg(long)]
        district: Option<String>,
    },
    /// Give accounts to a collector
    Assign {
        #[arg(required = true)]
        codes: Vec<String>,
        /// The user who works them
        #[arg(long, value_name = "USER", conflicts_with = "none", required_unless_present = "none")]
        collector: Option<String>,
        /// Give them to nobody
        #[arg(long)]
        none: bool,
    },
    /// One account: what is open and what happened
    Show { code: String },
    /// The customers
    List,
}

impl Customer {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Customer::Save { code, name, tin, phone, email, message_language, terms_days, segment, district } => {
                let given = customer::Given {
                    code: code.clone(),
                    name: name.clone(),
                    tin: tin.clone(),
                    phone: phone.clone(),
                    email: email.clone(),
                    language: message_language.clone(),
                    terms_days: *terms_days,
                    segment: segment.clone(),
                    district: district.clone(),
                    ..customer::Given::default()
                };
                app.write(move |tx, actor, today| customer::save(tx, actor, today, &given)).map(|_| ())
            }
            Customer::Assign { codes, collector, none: _ } => {
                let (codes, collector) = (codes.clone(), collector.clone());
                let changed =
                    app.write(move |tx, actor, _| customer::assign(tx, actor, &codes, collector.as_deref()))?;
                let mut sheet = Sheet::new(app.global.format, ["changed"])?;
                sheet.row(vec![json!(changed)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Customer::Show { code } => show(app, code),
            Customer::List => {
                let rows = app.read(|tx, actor, _| customer::list(tx, actor))?;
                let columns = [
                    "code",
                    "name",
                    "kind",
                    "tin",
                    "phone",
                    "email",
                    "language",
                    "terms_days",
                    "currency",
                    "segment",
                    "district",
                    "collector",
                ];
                let mut sheet = Sheet::new(app.global.format, columns)?;
                for c in rows {
                    sheet.row(vec![
                        json!(c.code),
                        json!(c.name),
                        json!(c.kind),
                        json!(c.tin),
                        json!(c.phone),
                        json!(c.email),
                        json!(c.language),
                        json!(c.terms_days),
                        json!(c.currency.to_string()),
                        json!(c.segment),
                        json!(c.district),
                        json!(c.collector),
                    ])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}

/// What is open of an account, oldest due first, then what happened on it.
fn show(app: &App<'_>, code: &str) -> Done {
    let (open, events) = app.read(|tx, actor, _| {
        let customer = customer::get(tx, actor, code)?;
        let open = store::document::open_of(tx, actor.company.id, customer.id)?;
        Ok((open, history::of_customer(tx, actor, code)?))
    })?;
    let mut sheet =
        Sheet::new(app.global.format, ["on", "what", "name", "due_on", "currency", "amount", "open", "disputed"])?;
    for i in open {
        sheet.row(vec![
            json!(i.posted_on.to_string()),
            json!("open item"),
            json!(i.number),
            json!(i.due_on.to_string()),
            json!(i.currency.to_string()),
            amount(i.total, i.currency),
            amount(i.open, i.currency),
            amount(i.disputed, i.currency),
        ])?;
    }
    for e in events {
        let money = amount(e.amount.minor, e.amount.currency);
        let currency = json!(e.amount.currency.to_string());
        let empty = serde_json::Value::Null;
        sheet.row(vec![
            json!(e.on.to_string()),
            json!(e.what.name()),
            json!(e.name),
            empty.clone(),
            currency,
            money,
            empty.clone(),
            empty,
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}
