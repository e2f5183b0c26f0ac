//! `ideni user`.

use receivables::Instant;
use serde_json::{Value, json};

use super::output::{LIST, Sheet};
use super::{App, Done};
use crate::actions::session::Shown;
use crate::actions::{duty, link, reads, session, user};

#[derive(clap::Subcommand, Clone, Debug)]
pub enum User {
    /// Add a person with roles: admin, manager, biller, cashier, collector, credit, legal, auditor
    Add {
        name: String,
        /// One role, or several with a comma between
        #[arg(long)]
        role: String,
        #[arg(long)]
        full_name: Option<String>,
    },
    /// The people of the company, those who left too
    List,
    /// Give a person these roles and no others
    Role {
        name: String,
        /// One role, or several with a comma between
        roles: String,
    },
    /// Change how a person is called
    Rename {
        name: String,
        #[arg(long)]
        full_name: String,
    },
    /// A person works here no longer; sessions end, what was done stays
    Deactivate {
        name: String,
        #[arg(long)]
        reason: String,
    },
    /// A person works here again
    Reactivate {
        name: String,
        #[arg(long)]
        reason: String,
    },
    /// Make a link, good once and for a day, with which a person chooses a password
    Link {
        name: String,
        /// Where the pages are
        #[arg(long, default_value = "http://127.0.0.1:7878")]
        address: String,
    },
    /// Where a person is signed in
    Sessions { name: String },
    /// End the sessions of a person
    EndSessions { name: String },
    /// Take off the second factor of a person whose telephone is lost
    ForgetSecondFactor {
        name: String,
        #[arg(long)]
        reason: String,
    },
    /// Who holds duties that belong in two hands
    Duties,
    /// Who read which customer's file
    Reads {
        /// Only of this customer
        #[arg(long, value_name = "CODE")]
        customer: Option<String>,
        #[arg(long)]
        limit: Option<i64>,
    },
}

impl User {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self.clone() {
            User::Add { name, role, full_name } => {
                let full_name = full_name.unwrap_or_else(|| name.clone());
                app.write(move |tx, actor, _| user::add(tx, actor, &name, &full_name, &role))
            }
            User::List => list(app),
            User::Role { name, roles } => app.write(move |tx, actor, _| user::set_roles(tx, actor, &name, &roles)),
            User::Rename { name, full_name } => {
                app.write(move |tx, actor, _| user::set_full_name(tx, actor, &name, &full_name))
            }
            User::Deactivate { name, reason } => {
                app.write(move |tx, actor, _| user::deactivate(tx, actor, &name, &reason))
            }
            User::Reactivate { name, reason } => {
                app.write(move |tx, actor, _| user::reactivate(tx, actor, &name, &reason))
            }
            User::Link { name, address } => make_link(app, name, &address),
            User::Sessions { name } => sessions(app, &name),
            User::EndSessions { name } => {
                let ended = app.write(move |tx, actor, _| session::end_of_user(tx, actor, &name))?;
                let mut sheet = Sheet::new(app.global.format, ["ended"])?;
                sheet.row(vec![json!(ended)])?;
                Ok(sheet.finish(json!({}))?)
            }
            User::ForgetSecondFactor { name, reason } => {
                app.write(move |tx, actor, _| user::forget_second_factor(tx, actor, &name, &reason))
            }
            User::Duties => duties(app),
            User::Reads { customer, limit } => read_by(app, customer.as_deref(), limit.unwrap_or(LIST)),
        }
    }
}

fn instant(at: Option<Instant>) -> Value {
    at.map_or(Value::Null, |at| json!(at.to_string()))
}

fn list(app: &App<'_>) -> Done {
    let columns = ["user", "full_name", "role", "active", "language", "password_set", "second_factor"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for u in app.read(|tx, actor, _| user::list(tx, actor))? {
        sheet.row(vec![
            json!(u.name),
            json!(u.full_name),
            json!(u.roles),
            json!(u.active()),
            json!(u.language),
            instant(u.password_at),
            json!(u.second_factor_since.is_some()),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}

fn make_link(app: &App<'_>, name: String, address: &str) -> Done {
    let made = app.write(move |tx, actor, _| link::make(tx, actor, &name))?;
    let mut sheet = Sheet::new(app.global.format, ["user", "link", "expires_at"])?;
    let url = format!("{}/link/{}", address.trim_end_matches('/'), made.token);
    sheet.row(vec![json!(made.user), json!(url), json!(made.expires_at.to_string())])?;
    Ok(sheet.finish(json!({}))?)
}

fn sessions(app: &App<'_>, name: &str) -> Done {
    let mut sheet = Sheet::new(app.global.format, ["started_at", "seen_at", "address", "agent"])?;
    for Shown { started_at, seen_at, address, agent, .. } in
        app.read(|tx, actor, _| session::of_user(tx, actor, name))?
    {
        sheet.row(vec![json!(started_at.to_string()), json!(seen_at.to_string()), json!(address), json!(agent)])?;
    }
    Ok(sheet.finish(json!({}))?)
}

fn duties(app: &App<'_>) -> Done {
    let mut sheet = Sheet::new(app.global.format, ["user", "full_name", "role", "right", "against"])?;
    for h in app.read(|tx, actor, _| duty::list(tx, actor))? {
        sheet.row(vec![
            json!(h.user),
            json!(h.full_name),
            json!(h.roles.to_string()),
            json!(h.first.name()),
            json!(h.second.name()),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}

fn read_by(app: &App<'_>, customer: Option<&str>, limit: i64) -> Done {
    let mut sheet = Sheet::new(app.global.format, ["at", "user", "customer", "reads"])?;
    for r in app.read(|tx, actor, _| reads::list(tx, actor, customer, limit))? {
        sheet.row(vec![json!(r.at.to_string()), json!(r.user), json!(r.customer), json!(r.count)])?;
    }
    Ok(sheet.finish(json!({}))?)
}
