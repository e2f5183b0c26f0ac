//! `ideni callback`.

use receivables::Date;
use receivables::collections::attempt::{hour_text, minute_of};
use serde_json::json;

use super::output::Sheet;
use super::{App, Done};
use crate::actions::callback;

#[derive(clap::Subcommand, Debug)]
pub enum Callback {
    /// Write down when somebody asked to be called
    Add {
        customer: String,
        #[arg(long, value_name = "DATE")]
        on: Date,
        /// The hour (16:30), in the company's time zone
        #[arg(long, value_name = "HOUR")]
        at: String,
        /// Whom to ask for
        #[arg(long, default_value = "", value_name = "NAME")]
        who: String,
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Mark a callback as done
    Done { id: String },
    /// Callbacks in the order of their hours
    List,
}

impl Callback {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Callback::Add { customer, on, at, who, note } => {
                let given = callback::Given {
                    customer: customer.clone(),
                    on: *on,
                    minute: minute_of("hour", at)?,
                    who: who.clone(),
                    note: note.clone(),
                };
                let once = app.once(self);
                let made = app.write(move |tx, actor, today| callback::add(tx, actor, today, &given, once.as_ref()))?;
                let mut sheet = Sheet::new(app.global.format, ["id"])?;
                sheet.row(vec![json!(made.id)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Callback::Done { id } => {
                let id = id.clone();
                app.write(move |tx, actor, today| callback::done(tx, actor, today, &id))
            }
            Callback::List => list(app),
        }
    }
}

fn list(app: &App<'_>) -> Done {
    let rows = app.read(|tx, actor, _| callback::list(tx, actor))?;
    let columns = ["id", "customer", "on", "at", "who", "note", "by", "done_on", "done_by"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for b in rows {
        let (done_on, done_by) = b.done.map(|(on, by)| (on.to_string(), by)).unzip();
        sheet.row(vec![
            json!(b.id.to_string()),
            json!(b.code),
            json!(b.on.to_string()),
            json!(hour_text(b.minute)),
            json!(b.who),
            json!(b.note),
            json!(b.by),
            json!(done_on),
            json!(done_by),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}
