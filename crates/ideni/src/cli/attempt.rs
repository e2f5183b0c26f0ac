//! `ideni attempt`.

use receivables::collections::attempt::minute_of;
use receivables::{Date, Money, Refusal};
use rust_decimal::Decimal;
use serde_json::json;

use super::output::{LIST, Sheet};
use super::{App, Done, currency_or};
use crate::actions::attempt::{self, CallBack, Contested, Given, Promised};

#[derive(clap::Subcommand, Debug)]
pub enum Attempt {
    /// Write down a try to reach a customer and all that came of it
    Add(Box<Add>),
    /// Attempts and what came of them, the newest first
    List {
        /// Only those of this customer
        #[arg(long, value_name = "CODE")]
        customer: Option<String>,
    },
}

#[derive(clap::Args, Debug)]
pub struct Add {
    customer: String,
    /// call, sms, whatsapp, email, letter, visit or incoming
    #[arg(long, value_name = "CODE", default_value = "call")]
    channel: String,
    /// says-paid, plan-asked, inquiry, refused, wrong-number; busy, off, no-answer, left-message; may be repeated
    #[arg(long, value_name = "CODE")]
    outcome: Vec<String>,
    /// Who answered
    #[arg(long, default_value = "", value_name = "NAME")]
    answered: String,
    /// Whoever answered may speak for the account
    #[arg(long)]
    right_party: bool,
    #[arg(long, default_value = "")]
    note: String,
    /// When to look at the account again
    #[arg(long, value_name = "DATE")]
    next: Option<Date>,
    /// They promised this much, in major units
    #[arg(long, value_name = "AMOUNT", requires = "promise_on")]
    promise: Option<Decimal>,
    /// The promised day
    #[arg(long, value_name = "DATE", requires = "promise")]
    promise_on: Option<Date>,
    /// Of the promise
    #[arg(long)]
    currency: Option<String>,
    /// They contest this invoice
    #[arg(long, value_name = "INVOICE", requires = "dispute_reason")]
    dispute: Option<String>,
    /// Major units; all that is open and not in dispute if left out
    #[arg(long, value_name = "AMOUNT", requires = "dispute")]
    dispute_amount: Option<Decimal>,
    /// price, quantity, quality, not-delivered, already-paid, tax or other
    #[arg(long, value_name = "CODE", requires = "dispute")]
    dispute_reason: Option<String>,
    /// They asked to be called on this day
    #[arg(long, value_name = "DATE", requires = "call_at")]
    call_on: Option<Date>,
    /// At this hour (16:30), in the company's time zone
    #[arg(long, value_name = "HOUR", requires = "call_on")]
    call_at: Option<String>,
    /// Whom to ask for then
    #[arg(long, value_name = "NAME", default_value = "", requires = "call_on")]
    call_who: String,
}

impl Attempt {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Attempt::Add(add) => add.run(app),
            Attempt::List { customer } => list(app, customer.as_deref()),
        }
    }
}

impl Add {
    fn run(&self, app: &App<'_>) -> Done {
        let (given, once) = (self.given(app)?, app.once(self));
        let contested = self.dispute.clone().zip(self.dispute_amount);
        let made = app.write(move |tx, actor, today| {
            let mut given = given.clone();
            if let Some((invoice, major)) = &contested {
                let currency = store::document::get(tx, actor.company.id, invoice)?.currency;
                let amount = Money::from_major(*major, currency)?.minor;
                given.dispute = given.dispute.map(|dispute| Contested { amount: Some(amount), ..dispute });
            }
            attempt::add(tx, actor, today, &given, once.as_ref())
        })?;
        let mut sheet = Sheet::new(app.global.format, ["id", "promise", "disputes", "callback", "rests_until"])?;
        sheet.row(vec![
            json!(made.id),
            json!(made.promise),
            json!(made.disputes),
            json!(made.callback),
            json!(made.rests_until),
        ])?;
        Ok(sheet.finish(json!({}))?)
    }

    /// What was said, without the amount of a dispute, whose currency is the invoice's.
    fn given(&self, app: &App<'_>) -> Result<Given, super::Failure> {
        let currency = currency_or(self.currency.as_ref(), app.actor()?.0.company.currency)?;
        let promised = |(major, on): (Decimal, Date)| -> Result<Promised, Refusal> {
            Ok(Promised { amount: Money::from_major(major, currency)?, on })
        };
        let callback = |(on, hour): (Date, &String)| -> Result<CallBack, Refusal> {
            Ok(CallBack { on, minute: minute_of("hour", hour)?, who: self.call_who.clone() })
        };
        let disputed = self.dispute.clone().zip(self.dispute_reason.clone());
        Ok(Given {
            customer: self.customer.clone(),
            channel: self.channel.clone(),
            answered: self.answered.clone(),
            right_party: self.right_party,
            outcomes: self.outcome.clone(),
            note: self.note.clone(),
            next_on: self.next,
            promise: self.promise.zip(self.promise_on).map(promised).transpose()?,
            dispute: disputed.map(|(invoice, reason)| Contested { invoice, amount: None, reason }),
            callback: self.call_on.zip(self.call_at.as_ref()).map(callback).transpose()?,
        })
    }
}

fn list(app: &App<'_>, customer: Option<&str>) -> Done {
    let rows = app.read(|tx, actor, _| attempt::list(tx, actor, customer, LIST))?;
    let columns =
        ["id", "customer", "on", "at", "channel", "answered", "right_party", "outcomes", "next_on", "by", "note"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for a in rows {
        sheet.row(vec![
            json!(a.id.to_string()),
            json!(a.code),
            json!(a.on.to_string()),
            json!(a.at.to_string()),
            json!(a.channel),
            json!(a.answered),
            json!(a.right_party),
            json!(a.outcomes),
            json!(a.next_on.map(|on| on.to_string())),
            json!(a.by),
            json!(a.note),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}
