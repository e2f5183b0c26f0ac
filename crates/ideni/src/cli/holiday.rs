//! `ideni holiday`.

use receivables::Date;
use serde_json::json;

use super::output::Sheet;
use super::{App, Done};
use crate::actions::holiday;
use crate::words;

#[derive(clap::Subcommand, Debug)]
pub enum Holiday {
    /// Add a holiday: a feast that was announced, or moved
    Add {
        on: Date,
        #[arg(long)]
        name: String,
    },
    /// Make a holiday a day of work: an own one, or one that was forecast wrongly
    Remove { on: Date },
    /// The country's holidays and the company's own
    List {
        /// This year if left out
        #[arg(long)]
        year: Option<i16>,
    },
}

impl Holiday {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Holiday::Add { on, name } => {
                let (on, name) = (*on, name.clone());
                app.write(move |tx, actor, _| holiday::add(tx, actor, on, &name))
            }
            Holiday::Remove { on } => {
                let on = *on;
                app.write(move |tx, actor, _| holiday::remove(tx, actor, on))
            }
            Holiday::List { year } => {
                let days = app.read(|tx, actor, today| holiday::list(tx, actor, year.unwrap_or(today.year())))?;
                let mut sheet = Sheet::new(app.global.format, ["on", "name", "source", "estimated"])?;
                for (on, day) in days {
                    let source = if day.own { "own" } else { "country" };
                    let name = words::holiday(app.global.language, &day);
                    sheet.row(vec![json!(on.to_string()), json!(name), json!(source), json!(day.estimated)])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}
