//! `ideni revaluation`.

use receivables::{Date, Money};
use serde_json::json;

use super::output::Sheet;
use super::{App, Done};
use crate::actions::revaluation;

#[derive(clap::Subcommand, Debug)]
pub enum Revaluation {
    /// Book what is open in foreign currencies at the rates of a day that is over, and take it back the day after
    Post { as_of: Date },
    /// What was booked
    List,
}

impl Revaluation {
    pub fn run(&self, app: &App<'_>) -> Done {
        if let Revaluation::Post { as_of } = self {
            let (as_of, once) = (*as_of, app.once(self));
            app.write(move |tx, actor, today| revaluation::post(tx, actor, today, as_of, once.as_ref()))?;
        }
        let own = app.actor()?.0.company.currency;
        let all = app.read(|tx, actor, _| revaluation::list(tx, actor))?;
        let columns = ["as_of", "currency", "rate", "open", "booked", "difference", "taken_back_on"];
        let mut sheet = Sheet::new(app.global.format, columns)?;
        let asked = |on: Date| match self {
            Revaluation::Post { as_of } => on == *as_of,
            Revaluation::List => true,
        };
        for one in all.into_iter().filter(|one| asked(one.as_of)) {
            sheet.row(vec![
                json!(one.as_of.to_string()),
                json!(one.currency.to_string()),
                json!(one.rate.to_decimal().to_string()),
                json!(Money::new(one.open, one.currency).major_text()),
                json!(Money::new(one.booked, own).major_text()),
                json!(Money::new(one.difference, own).major_text()),
                json!(one.as_of.plus_days(1).to_string()),
            ])?;
        }
        Ok(sheet.finish(json!({}))?)
    }
}
