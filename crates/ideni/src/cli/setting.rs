//! `ideni setting`.

use receivables::Date;
use serde_json::json;

use super::output::Sheet;
use super::said::Said;
use super::{App, Done};
use crate::actions::setting::{self, Given};

#[derive(clap::Subcommand, Debug)]
pub enum Setting {
    /// Everything the company decides for itself, as it stands
    List,
    /// Decide one
    Set {
        name: String,
        /// As `setting list` tells its range
        #[arg(allow_hyphen_values = true)]
        value: String,
        /// The day from which it counts; today if left out
        #[arg(long, value_name = "DATE")]
        from: Option<Date>,
        /// Why: the auditor will read it
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Every word on one, the latest first
    History { name: String },
}

impl Setting {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Setting::List => list(app),
            Setting::Set { name, value, from, reason } => {
                let given =
                    Given { name: name.clone(), value: value.clone(), from: *from, reason: reason.clone(), was: None };
                let once = app.once(self);
                let changed =
                    app.write(move |tx, actor, today| setting::set(tx, actor, today, &given, once.as_ref()))?;
                if !changed {
                    app.tell(&Said::SettingSame { name: name.clone() });
                }
                Ok(())
            }
            Setting::History { name } => history(app, name),
        }
    }
}

fn list(app: &App<'_>) -> Done {
    let (all, next) =
        app.read(|tx, actor, today| Ok((setting::list(tx, actor, today)?, setting::next_numbers(tx, actor, today)?)))?;
    let columns = ["setting", "value", "since", "coming", "coming_on", "default", "range"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for one in &all {
        let (coming, on) = one.coming.as_ref().map_or((None, None), |(value, on)| (Some(value), Some(on.to_string())));
        sheet.row(vec![
            json!(one.row.name),
            json!(one.value),
            json!(one.since.map(|day| day.to_string())),
            json!(coming),
            json!(on),
            json!(one.row.default),
            json!(app.say(&one.row.kind.range())),
        ])?;
    }
    let mut totals = serde_json::Map::new();
    for (setting, number) in &next {
        let name = setting.row().name.trim_end_matches("-prefix").replace('-', "_");
        totals.insert(format!("next_{name}"), json!(number));
    }
    Ok(sheet.finish(totals.into())?)
}

fn history(app: &App<'_>, name: &str) -> Done {
    let all = app.read(|tx, actor, _| setting::history(tx, actor, name))?;
    let mut sheet = Sheet::new(app.global.format, ["from", "value", "reason", "at", "actor"])?;
    for said in &all {
        sheet.row(vec![
            json!(said.from_on.to_string()),
            json!(said.value),
            json!(said.reason),
            json!(said.at.to_string()),
            json!(said.actor),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}
