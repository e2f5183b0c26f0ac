//! `ideni audit`.

use serde_json::{Map, Value, json};

use super::output::Sheet;
use super::{App, Done};
use crate::actions::audit::{self, Asked, Moment, hex, plain};

#[derive(clap::Subcommand, Debug)]
pub enum Audit {
    /// Who did what, the newest first
    List {
        /// Only what this user did
        #[arg(long, value_name = "USER")]
        actor: Option<String>,
        /// Only actions of this kind, as the column verb names them
        #[arg(long)]
        verb: Option<String>,
        /// Only what touched this thing: a number, a code, a reference, the name of a file
        #[arg(long)]
        subject: Option<String>,
        /// Only what touched the money, the promises or the data of this customer
        #[arg(long, value_name = "CODE")]
        customer: Option<String>,
        /// Done on or after this day or instant
        #[arg(long, value_name = "WHEN")]
        from: Option<Moment>,
        /// Done on or before this day or instant
        #[arg(long, value_name = "WHEN")]
        until: Option<Moment>,
        /// The page that follows this action
        #[arg(long, value_name = "ID")]
        after: Option<String>,
        /// How many rows
        #[arg(long, default_value_t = 50)]
        limit: i64,
    },
    /// One action by its id or the number of its seal: every fact it wrote, and its place in the chain
    Show { action: String },
}

impl Audit {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Audit::List { actor, verb, subject, customer, from, until, after, limit } => {
                let asked = Asked {
                    actor: actor.clone(),
                    verb: verb.clone(),
                    subject: subject.clone(),
                    customer: customer.clone(),
                    from: *from,
                    until: *until,
                    after: after.clone(),
                };
                list(app, &asked, *limit)
            }
            Audit::Show { action } => show(app, action),
        }
    }
}

fn list(app: &App<'_>, asked: &Asked, limit: i64) -> Done {
    let page = app.read(|tx, actor, _| audit::list(tx, actor, asked, limit.max(1)))?;
    let columns = ["seal", "at", "actor", "verb", "subject", "cause", "rows", "id"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for row in &page.rows {
        sheet.row(vec![
            json!(row.seal),
            json!(row.at.to_string()),
            json!(row.actor),
            json!(row.verb),
            json!(row.subject),
            json!(row.cause),
            json!(row.rows),
            json!(row.id.to_string()),
        ])?;
    }
    let totals = page.after.map_or_else(|| json!({}), |after| json!({ "after": after }));
    Ok(sheet.finish(totals)?)
}

fn show(app: &App<'_>, action: &str) -> Done {
    let found = app.read(|tx, actor, _| audit::one(tx, actor, action))?;
    let mut sheet = Sheet::new(app.global.format, ["table", "row", "column", "value"])?;
    for written in &found.written {
        for (no, row) in written.rows.iter().enumerate() {
            for (column, value) in written.columns.iter().zip(row).filter(|(c, _)| **c != "company" && **c != "action")
            {
                sheet.row(vec![json!(written.table), json!(no + 1), json!(column), json!(plain(column, value))])?;
            }
        }
    }
    let logged = &found.logged;
    let mut totals: Map<String, Value> = Map::new();
    let mut tell = |name: &str, value: Value| totals.insert(name.into(), value);
    tell("id", json!(logged.id.to_string()));
    tell("at", json!(logged.at.to_string()));
    tell("actor", json!(logged.actor));
    tell("verb", json!(logged.verb));
    tell("subject", json!(logged.subject));
    tell("cause", json!(logged.cause));
    tell("rows", json!(logged.rows));
    tell("digest", json!(hex(&found.digest)));
    tell("facts_add_up", json!(found.whole));
    if let Some(seal) = &found.seal {
        tell("seal", json!(seal.no));
        tell("sealed_at", json!(seal.at.to_string()));
        tell("chain", json!(hex(&seal.chain)));
        tell("follows", json!(seal.follows));
    }
    Ok(sheet.finish(Value::Object(totals))?)
}
