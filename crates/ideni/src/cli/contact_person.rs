//! `ideni customer contact`.

use receivables::customer::contact::{Channel, Hours, Typed, clock};
use serde_json::{Value, json};

use super::output::Sheet;
use super::{App, Done};
use crate::actions::contact_person::{self, Made};

#[derive(clap::Subcommand, Debug)]
pub enum Contact {
    /// Add a person to a customer
    Add {
        customer: String,
        #[command(flatten)]
        person: Given,
    },
    /// Replace what is known of a person; the old version stays in the history
    Change {
        id: String,
        /// The version that was read; refused where somebody changed it since
        #[arg(long, value_name = "N")]
        if_version: i64,
        #[command(flatten)]
        person: Given,
    },
    /// End a contact: the person left, or asked to be left alone
    End {
        id: String,
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// The people at a customer, and at those merged into it
    List { customer: String },
    /// Every version of a person, the latest first
    History { id: String },
}

#[derive(clap::Args, Debug, Clone)]
pub struct Given {
    #[arg(long)]
    name: String,
    /// accounts-payable, manager, owner, legal or other
    #[arg(long, default_value = "other")]
    role: String,
    /// As people write it: 0788 123 456; a foreign number with its +
    #[arg(long, default_value = "")]
    phone: String,
    #[arg(long, default_value = "")]
    email: String,
    /// The language of messages to the person: en, fr, rw or sw
    #[arg(long, value_name = "CODE", default_value = "")]
    message_language: String,
    /// Days to call on: mon-fri, or mon wed
    #[arg(long, default_value = "")]
    days: String,
    /// Call from this hour on, as 08:30
    #[arg(long, value_name = "HH:MM", default_value = "")]
    from: String,
    /// Call up to this hour
    #[arg(long, value_name = "HH:MM", default_value = "")]
    to: String,
    /// How the person wants to be reached: call, sms, email, letter or visit
    #[arg(long, default_value = "")]
    channel: String,
    /// The one to ask first
    #[arg(long)]
    primary: bool,
}

impl Given {
    fn typed(&self) -> Typed {
        let Given { name, role, phone, email, message_language, days, from, to, channel, primary } = self.clone();
        Typed { name, role, phone, email, language: message_language, days, from, to, channel, primary }
    }
}

impl Contact {
    pub fn run(&self, app: &App<'_>) -> Done {
        let once = app.once(self);
        match self {
            Contact::Add { customer, person } => {
                let (customer, typed) = (customer.clone(), person.typed());
                let add = move |tx: &mut store::Tx<'_>, actor: &_, _| {
                    contact_person::add(tx, actor, &customer, &typed, once.as_ref())
                };
                print_made(app, &app.write(add)?)
            }
            Contact::Change { id, if_version, person } => {
                let (id, version, typed) = (id.clone(), *if_version, person.typed());
                let change = move |tx: &mut store::Tx<'_>, actor: &_, _| {
                    contact_person::change(tx, actor, &id, version, &typed, once.as_ref())
                };
                print_made(app, &app.write(change)?)
            }
            Contact::End { id, reason } => {
                let (id, reason) = (id.clone(), reason.clone());
                app.write(move |tx, actor, _| contact_person::end(tx, actor, &id, &reason))
            }
            Contact::List { customer } => {
                let people = app.read(|tx, actor, _| contact_person::list(tx, actor, customer))?;
                let columns = ["id", "version", "customer"].into_iter().chain(PERSON);
                let mut sheet = Sheet::new(app.global.format, columns)?;
                for (code, person) in people {
                    let head = [json!(person.id.to_string()), json!(person.version), json!(code)];
                    sheet.row(head.into_iter().chain(cells(&person.contact)).collect())?;
                }
                Ok(sheet.finish(json!({}))?)
            }
            Contact::History { id } => {
                let versions = app.read(|tx, actor, _| contact_person::history(tx, actor, id))?;
                let columns = ["version", "at", "user"].into_iter().chain(PERSON);
                let mut sheet = Sheet::new(app.global.format, columns)?;
                for version in versions {
                    let head = [json!(version.person.version), json!(version.at.to_string()), json!(version.actor)];
                    sheet.row(head.into_iter().chain(cells(&version.person.contact)).collect())?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}

const PERSON: [&str; 11] =
    ["name", "role", "phone", "email", "language", "days", "from", "to", "channel", "primary", "active"];

fn cells(c: &receivables::customer::contact::Contact) -> [Value; 11] {
    let hours = |part: fn(&Hours) -> String| json!(c.hours.as_ref().map(part));
    [
        json!(c.name),
        json!(c.role.code()),
        json!(c.phone),
        json!(c.email),
        json!(c.language),
        hours(|h| h.days.to_string()),
        hours(|h| clock(h.from)),
        hours(|h| clock(h.to)),
        json!(c.channel.map(Channel::code)),
        json!(c.primary),
        json!(c.active),
    ]
}

fn print_made(app: &App<'_>, made: &Made) -> Done {
    let mut sheet = Sheet::new(app.global.format, ["id", "version"])?;
    sheet.row(vec![json!(made.id), json!(made.version)])?;
    Ok(sheet.finish(json!({}))?)
}
