//! `ideni user`.

use serde_json::json;

use super::output::Sheet;
use super::{App, Done};
use crate::actions::company;

#[derive(clap::Subcommand, Debug)]
pub enum User {
    /// Add a person: admin, manager, biller, cashier, collector, credit, legal or auditor
    Add {
        name: String,
        #[arg(long)]
        role: String,
        #[arg(long)]
        full_name: Option<String>,
    },
    /// The people of the company
    List,
}

impl User {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            User::Add { name, role, full_name } => {
                let (name, role) = (name.clone(), role.clone());
                let full_name = full_name.clone().unwrap_or_else(|| name.clone());
                app.write(move |tx, actor, _| company::add_user(tx, actor, &name, &full_name, &role))
            }
            User::List => {
                let rows = app.read(|tx, actor, _| store::company::users(tx, actor.company.id))?;
                let mut sheet = Sheet::new(app.global.format, ["user", "full_name", "role"])?;
                for (name, full_name, role) in rows {
                    sheet.row(vec![json!(name), json!(full_name), json!(role)])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}
