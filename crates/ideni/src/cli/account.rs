//! `ideni account`.

use std::path::PathBuf;

use serde_json::json;

use super::import::{profile, unopened};
use super::output::Sheet;
use super::{App, Done};
use crate::actions::{account, transfer};

#[derive(clap::Subcommand, Debug)]
pub enum Account {
    /// Add a money account
    Add {
        code: String,
        #[arg(long)]
        name: String,
    },
    /// How the files of a money account are read: shown, or said from now on
    Profile {
        code: String,
        /// A profile (TOML): columns of a table, whose messages of a backup, shapes of messages
        #[arg(long, value_name = "PROFILE", conflicts_with = "none")]
        set: Option<PathBuf>,
        /// Read them by what is in them again
        #[arg(long)]
        none: bool,
    },
    /// The numbers by which banks and wallets call a money account: shown, or said from now on
    Number {
        code: String,
        /// All of them: account, IBAN, telephone or merchant code
        #[arg(conflicts_with = "none")]
        numbers: Vec<String>,
        /// It has none
        #[arg(long)]
        none: bool,
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
            Account::Profile { code, set: None, none: false } => {
                let code = code.clone();
                let text = app.read(move |tx, actor, _| account::profile(tx, actor, &code))?;
                let mut sheet = Sheet::new(app.global.format, ["profile"])?;
                if let Some(text) = text {
                    sheet.row(vec![json!(text)])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
            Account::Profile { code, set, .. } => {
                let text = match set {
                    // Read here, so that what is wrong with it is told of the file.
                    Some(file) => {
                        profile(file).and_then(|_| std::fs::read_to_string(file).map_err(|e| unopened(file, e)))?
                    }
                    None => String::new(),
                };
                let code = code.clone();
                app.write(move |tx, actor, _| account::set_profile(tx, actor, &code, &text))
            }
            Account::Number { code, numbers, none: false } if numbers.is_empty() => {
                let code = code.clone();
                let numbers = app.read(move |tx, actor, _| transfer::numbers(tx, actor, &code))?;
                let mut sheet = Sheet::new(app.global.format, ["number"])?;
                for number in numbers {
                    sheet.row(vec![json!(number)])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
            Account::Number { code, numbers, .. } => {
                let (code, numbers) = (code.clone(), numbers.clone());
                app.write(move |tx, actor, _| transfer::set_numbers(tx, actor, &code, &numbers))
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
