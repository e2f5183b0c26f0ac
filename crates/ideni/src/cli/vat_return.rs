//! `ideni vat-return`.

use receivables::billing::vat_return::Period;
use serde_json::json;

use super::output::Sheet;
use super::{App, Done};
use crate::actions::vat_return;

#[derive(clap::Subcommand, Debug)]
pub enum VatReturn {
    /// Keep a return as it was filed: what comes later falls into the first period that is not filed
    File {
        /// A month or a quarter that is over: 2026-09, 2026-Q3
        #[arg(long, value_name = "PERIOD")]
        period: String,
        /// The number under which the authority has it
        #[arg(long, value_name = "TEXT")]
        reference: String,
    },
    /// The returns that were filed
    List,
}

impl VatReturn {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            VatReturn::File { period, reference } => {
                let (period, reference, once) = (Period::read(period)?, reference.clone(), app.once(self));
                app.write(move |tx, actor, today| {
                    vat_return::file(tx, actor, today, &period, &reference, once.as_ref())
                })
            }
            VatReturn::List => {
                let filed = app.read(|tx, actor, _| vat_return::filed(tx, actor))?;
                let mut sheet = Sheet::new(app.global.format, ["period", "reference", "filed_at", "filed_by"])?;
                for one in filed {
                    sheet.row(vec![
                        json!(one.period.to_string()),
                        json!(one.reference),
                        json!(one.at.to_string()),
                        json!(one.actor),
                    ])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}
