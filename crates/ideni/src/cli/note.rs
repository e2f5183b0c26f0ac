//! `ideni note`.

use serde_json::json;

use super::output::Sheet;
use super::{App, Done};
use crate::actions::record;

#[derive(clap::Subcommand, Debug)]
pub enum Note {
    /// Write something down about a record
    Add {
        /// customer, invoice, receipt, promise, dispute or work
        record: String,
        /// Its code, number, reference or id
        name: String,
        text: String,
        /// The id of the note that this one corrects
        #[arg(long, value_name = "ID")]
        corrects: Option<String>,
    },
    /// The notes of a record, the newest first; those of a customer with those of the customer's records
    List {
        /// customer, invoice, receipt, promise, dispute or work
        record: String,
        name: String,
    },
}

impl Note {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Note::Add { record, name, text, corrects } => {
                let given = record::Given {
                    record: record.clone(),
                    name: name.clone(),
                    text: text.clone(),
                    corrects: corrects.clone(),
                };
                let once = app.once(self);
                let made =
                    app.write(move |tx, actor, today| record::add_note(tx, actor, today, &given, once.as_ref()))?;
                let mut sheet = Sheet::new(app.global.format, ["id"])?;
                sheet.row(vec![json!(made.id)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Note::List { record, name } => list(app, record, name),
        }
    }
}

fn list(app: &App<'_>, record: &str, name: &str) -> Done {
    let rows = app.read(|tx, actor, _| record::notes(tx, actor, record, name))?;
    let columns = ["id", "record", "customer", "on", "at", "by", "text", "corrects", "corrected_by"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for n in rows {
        sheet.row(vec![
            json!(n.id.to_string()),
            json!(n.record_kind),
            json!(n.code),
            json!(n.on.to_string()),
            json!(n.at.to_string()),
            json!(n.by),
            json!(n.text),
            json!(n.corrects.map(|id| id.to_string())),
            json!(n.corrected_by),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}
