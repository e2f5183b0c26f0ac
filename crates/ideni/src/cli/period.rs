//! `ideni period`.

use receivables::Date;
use serde_json::json;

use super::output::Sheet;
use super::{App, Done};
use crate::actions::period;

#[derive(clap::Subcommand, Debug)]
pub enum Period {
    /// Close every day up to this one
    Close { to: Date },
    /// Reopen the days after this one
    Reopen {
        to: Date,
        #[arg(long)]
        reason: String,
    },
    /// The last closed day
    List,
}

impl Period {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Period::Close { to } => {
                let to = *to;
                app.write(move |tx, actor, today| period::close(tx, actor, today, to))
            }
            Period::Reopen { to, reason } => {
                let (to, reason) = (*to, reason.clone());
                app.write(move |tx, actor, _| period::reopen(tx, actor, to, &reason))
            }
            Period::List => {
                let closed = app.read(|tx, actor, _| period::closed_to(tx, actor))?;
                let mut sheet = Sheet::new(app.global.format, ["closed_to"])?;
                if let Some(closed) = closed {
                    sheet.row(vec![json!(closed.to_string())])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}
