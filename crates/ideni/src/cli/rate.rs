//! `ideni rate`.

use receivables::{Currency, Date};
use rust_decimal::Decimal;
use serde_json::json;

use super::output::Sheet;
use super::{App, Done};
use crate::actions::rate;

#[derive(clap::Subcommand, Debug)]
pub enum Rate {
    /// Exchange rates by currency and day; `import rates` takes them in
    List,
    /// Put a rate right that was written wrong; what was posted at it stays
    Correct {
        currency: String,
        on: Date,
        /// What the company's currency pays for one unit
        #[arg(long)]
        rate: Decimal,
        /// Why: the auditor will read it
        #[arg(long)]
        reason: String,
    },
}

impl Rate {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Rate::List => {
                let rows = app.read(|tx, actor, _| rate::list(tx, actor))?;
                let mut sheet = Sheet::new(app.global.format, ["currency", "on", "rate", "source", "corrected"])?;
                for r in rows {
                    sheet.row(vec![
                        json!(r.currency.to_string()),
                        json!(r.on.to_string()),
                        json!(r.rate.to_decimal().normalize().to_string()),
                        json!(r.source),
                        json!(r.corrected),
                    ])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
            Rate::Correct { currency, on, rate, reason } => {
                let currency: Currency = currency.parse().map_err(store::Error::from)?;
                let (on, rate, reason, once) = (*on, *rate, reason.clone(), app.once(self));
                app.write(move |tx, actor, _| rate::correct(tx, actor, currency, on, rate, &reason, once.as_ref()))
            }
        }
    }
}
