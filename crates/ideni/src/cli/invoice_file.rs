//! `ideni invoice-file`.

use receivables::Date;
use receivables::billing::invoice_file::TermFrom;
use serde_json::json;

use super::output::{Sheet, Target};
use super::{App, Done};
use crate::actions::invoice_file::{self, Asked, State, Step};
use crate::actions::listing::Listing;

#[derive(clap::Subcommand, Debug)]
pub enum InvoiceFile {
    /// Say which papers a customer wants with its invoices, and what the term of payment runs from
    Need {
        customer: String,
        /// contract, order, acceptance, clearance, ebm, with commas; none for none of them; what is usual in the country if left out
        papers: Option<String>,
        /// issue, or acceptance: the day on which the file is approved
        #[arg(long, value_name = "CODE", default_value = "issue")]
        term_from: String,
        /// For invoices dated on or after this day; today if left out
        #[arg(long, value_name = "DATE")]
        from: Option<Date>,
    },
    /// Write down a step on the way of an invoice's file
    Say {
        invoice: String,
        /// handed-in, stamped, returned, approved or with-treasury
        state: String,
        /// The day of the step; today if left out
        #[arg(long, value_name = "DATE")]
        on: Option<Date>,
        /// The buyer's number or name for it
        #[arg(long, value_name = "TEXT", default_value = "")]
        reference: String,
        /// Why it was returned, or is handed in without a paper
        #[arg(long, value_name = "TEXT", default_value = "")]
        reason: String,
    },
    /// The way of an invoice's file so far
    Show { invoice: String },
    /// Files of invoices that are open, the longest in their state first
    List(Files),
}

#[derive(clap::Args, Debug)]
#[group(skip)]
pub struct Files {
    /// Of this customer only
    #[arg(long, value_name = "CODE")]
    customer: Option<String>,
    /// not-handed-in, handed-in, stamped, returned, approved, with-treasury, or settled
    #[arg(long, value_name = "CODE")]
    state: Option<String>,
    /// At least so many days in this state
    #[arg(long, value_name = "N")]
    days: Option<i32>,
    /// Whose last step this user wrote down
    #[arg(long, value_name = "USER")]
    by: Option<String>,
}

impl Files {
    pub fn list(&self, app: &App<'_>, target: &Target) -> Done {
        let (_, on) = app.actor()?;
        let asked =
            Asked { customer: self.customer.clone(), state: self.state.clone(), days: self.days, by: self.by.clone() };
        app.list(&Listing::InvoiceFiles { on, asked }, target)
    }
}

impl InvoiceFile {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            InvoiceFile::Need { customer, papers, term_from, from } => {
                let given = invoice_file::Given {
                    customer: customer.clone(),
                    papers: papers.clone(),
                    term: TermFrom::from_code(term_from)?,
                    from: *from,
                };
                let once = app.once(self);
                app.write(move |tx, actor, today| invoice_file::need(tx, actor, today, &given, once.as_ref()))
            }
            InvoiceFile::Say { invoice, state, on, reference, reason } => {
                let step = Step {
                    state: State::from_code(state)?,
                    on: *on,
                    reference: reference.clone(),
                    reason: reason.clone(),
                };
                let (number, once) = (invoice.clone(), app.once(self));
                app.write(move |tx, actor, today| invoice_file::say(tx, actor, today, &number, &step, once.as_ref()))
            }
            InvoiceFile::Show { invoice } => show(app, invoice),
            InvoiceFile::List(files) => files.list(app, &Target::Print(app.global.format)),
        }
    }
}

fn show(app: &App<'_>, number: &str) -> Done {
    let (file, way) = app.read(|tx, actor, today| invoice_file::get(tx, actor, today, number))?;
    let mut sheet = Sheet::new(app.global.format, ["state", "on", "reference", "reason", "missing", "by", "at"])?;
    for one in way {
        let event = one.event;
        sheet.row(vec![
            json!(event.state.code()),
            json!(event.on.to_string()),
            json!(event.reference),
            json!(event.reason),
            json!(event.missing.text()),
            json!(one.by),
            json!(one.at.to_string()),
        ])?;
    }
    Ok(sheet.finish(json!({
        "state": file.state,
        "since": file.of.file.since_on.to_string(),
        "days": file.days,
        "wanted": file.of.file.need.papers.text(),
        "missing": file.missing.text(),
        "ends_on": file.ends_on.map(|on| on.to_string()),
        "term_from": file.of.file.need.term.code(),
        "falls_due_on": file.falls_due_on().map(|on| on.to_string()),
    }))?)
}
