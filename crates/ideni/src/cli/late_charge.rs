//! `ideni late-charge`.

use receivables::Date;
use serde_json::json;

use super::output::{Sheet, amount};
use super::{App, Done};
use crate::actions::late_charge;

#[derive(clap::Subcommand, Debug)]
pub enum LateCharge {
    /// What would be charged of each late invoice
    Plan {
        /// The last day of interest; today if left out
        #[arg(long)]
        on: Option<Date>,
    },
    /// Raise it: one document per customer and currency
    Raise {
        /// The last day of interest, not after today; today if left out
        #[arg(long)]
        on: Option<Date>,
    },
    /// Waive what is open of a late charge; `allocation reverse` brings it back
    Waive {
        number: String,
        #[arg(long)]
        reason: String,
    },
}

impl LateCharge {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            LateCharge::Plan { on } => plan(app, *on),
            LateCharge::Raise { on } => raise(app, *on),
            LateCharge::Waive { number, reason } => {
                let (number, reason, once) = (number.clone(), reason.clone(), app.once(self));
                app.write(move |tx, actor, today| late_charge::waive(tx, actor, today, &number, &reason, once.as_ref()))
            }
        }
    }
}

fn plan(app: &App<'_>, on: Option<Date>) -> Done {
    let rows = app.read(|tx, actor, today| late_charge::plan(tx, actor, on.unwrap_or(today)))?;
    let columns = [
        "customer",
        "name",
        "invoice",
        "instalment",
        "currency",
        "open",
        "due_on",
        "from_on",
        "days",
        "interest",
        "fee",
    ];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for late_charge::Planned { item, charge } in rows {
        let currency = item.late.currency;
        sheet.row(vec![
            json!(item.code),
            json!(item.name),
            json!(item.number),
            json!(item.instalment),
            json!(currency.to_string()),
            amount(item.open, currency),
            json!(item.late.due_on.to_string()),
            json!(charge.from_on.to_string()),
            json!(charge.days),
            amount(charge.interest, currency),
            amount(charge.fee, currency),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}

/// Goes on until nothing is left: each step is whole, and a run that was cut short goes on where it stopped.
fn raise(app: &App<'_>, on: Option<Date>) -> Done {
    let mut sheet = Sheet::new(app.global.format, ["number", "customer", "currency", "total"])?;
    loop {
        let raised =
            app.write(move |tx, actor, today| late_charge::raise(tx, actor, today, on.unwrap_or(today), None))?;
        if raised.is_empty() {
            return Ok(sheet.finish(json!({}))?);
        }
        for one in raised {
            sheet.row(vec![json!(one.number), json!(one.customer), json!(one.currency), json!(one.total)])?;
        }
    }
}
