//! `ideni account`.

use serde_json::json;

use super::output::Sheet;
use super::{App, Done};
use crate::actions::account;

#[derive(clap::Subcommand, Debug)]
pub enum Account {
    /// Add a money account
    Add {
        code: String,
        #[arg(long)]
        name: String,
    },
    /// The accounts
    List,
}

impl Account {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Account::Add { code, name } => {
                let (code, name) = (code.clone(), name.clone());
                app.write(move |tx, actor, _| account::add(tx, actor, &code, &name))
            }
            Account::List => {
                let rows = app.read(|tx, actor, _| account::list(tx, actor))?;
                let mut sheet = Sheet::new(app.global.format, ["code", "name", "kind"])?;
                for a in rows {
                    sheet.row(vec![json!(a.code), json!(a.name), json!(a.kind)])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}
