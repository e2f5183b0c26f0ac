//! `ideni branch`.

use serde_json::json;

use super::output::Sheet;
use super::{App, Done};
use crate::actions::branch;

#[derive(clap::Subcommand, Debug)]
pub enum Branch {
    /// Add a branch, whose documents get series of their own
    Add {
        /// Up to eight capital letters and digits; part of the numbers
        code: String,
        #[arg(long)]
        name: String,
    },
    /// The branches there are
    List,
}

impl Branch {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Branch::Add { code, name } => {
                let (code, name) = (code.clone(), name.clone());
                app.write(move |tx, actor, _| branch::add(tx, actor, &code, &name))
            }
            Branch::List => {
                let all = app.read(|tx, actor, _| branch::list(tx, actor))?;
                let mut sheet = Sheet::new(app.global.format, ["branch", "name"])?;
                for (code, name) in all {
                    sheet.row(vec![json!(code), json!(name)])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}
