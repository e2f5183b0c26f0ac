//! `ideni api-key`.

use receivables::Date;
use serde_json::json;

use super::output::Sheet;
use super::said::Said;
use super::{App, Done};
use crate::actions::api_key::{self, Given, Scopes};

#[derive(clap::Subcommand, Debug)]
pub enum ApiKey {
    /// Make a key with which a program acts for a user; its text is shown once
    Add {
        /// What it is for
        name: String,
        /// The user it acts for; whoever makes it if left out
        #[arg(long = "for", value_name = "USER")]
        of: Option<String>,
        /// What it may touch: NOUN:read or NOUN:write, or all:read, all:write
        #[arg(long = "scope", value_name = "SCOPE", required = true)]
        scopes: Vec<String>,
        /// The last day on which it works
        #[arg(long, value_name = "DATE")]
        expires_on: Option<Date>,
    },
    /// The keys of the company, without their texts
    List,
    /// End a key for good
    End { id: String },
}

impl ApiKey {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            ApiKey::Add { name, of, scopes, expires_on } => {
                let given = Given {
                    name: name.clone(),
                    user: match of {
                        Some(user) => user.clone(),
                        None => app.actor()?.0.user,
                    },
                    scopes: Scopes::from_text(&scopes.join(" "))?,
                    expires_on: *expires_on,
                };
                let secret = app.db.source().secret();
                let made = app.write(move |tx, actor, today| api_key::add(tx, actor, today, &given, secret))?;
                let mut sheet = Sheet::new(app.global.format, ["id", "key"])?;
                sheet.row(vec![json!(made.id), json!(made.key)])?;
                sheet.finish(json!({}))?;
                app.tell(&Said::KeyShownOnce);
                Ok(())
            }
            ApiKey::List => {
                let rows = app.read(|tx, actor, _| api_key::list(tx, actor))?;
                let columns = ["id", "name", "user", "scopes", "created_at", "expires_on", "last_used_at", "ended_at"];
                let mut sheet = Sheet::new(app.global.format, columns)?;
                for key in rows {
                    sheet.row(vec![
                        json!(key.id.to_string()),
                        json!(key.name),
                        json!(key.user),
                        json!(key.scopes),
                        json!(key.created_at.to_string()),
                        json!(key.expires_on.map(|on| on.to_string())),
                        json!(key.last_used_at.map(|at| at.to_string())),
                        json!(key.ended_at.map(|at| at.to_string())),
                    ])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
            ApiKey::End { id } => {
                let id = id.clone();
                app.write(move |tx, actor, _| api_key::end(tx, actor, &id))
            }
        }
    }
}
