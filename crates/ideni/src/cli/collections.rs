//! `ideni day`, `worklist`, `promise`, `hold`, `outbox`.

use receivables::ids::{self, Id};
use receivables::{Date, Money};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::output::{Sheet, Target, amount};
use super::{App, Done, Failure, currency_or};
use crate::actions::day::{self, StepReport, run};
use crate::actions::listing::{self, Listing};
use crate::actions::progress::Progress;
use crate::actions::{Once, hold, outbox, promise, worklist};

#[derive(clap::Args, Debug)]
pub struct Day {
    /// Show the plan and its id; do nothing
    #[arg(long, conflicts_with = "plan")]
    dry_run: bool,
    /// Carry out exactly this plan, dropping and naming steps whose facts have changed
    #[arg(long, value_name = "ID")]
    plan: Option<String>,
}

impl Day {
    pub fn run(&self, app: &App<'_>) -> Done {
        if let Some(plan) = self.plan.clone() {
            let turned = app.write(move |tx, actor, _| run::carry_out_plan(tx, actor, &plan))?;
            return print(app, &turned.steps, json!({ "on": turned.on.to_string() }));
        }
        let (actor, today) = app.actor()?;
        if self.dry_run {
            let Some(kept) = run::keep_plan(&app.db, &actor, today)? else {
                return print(app, &[], json!({ "already_turned": true }));
            };
            let totals = json!({ "on": kept.on.to_string(), "plan": kept.id, "days_after": kept.days_after });
            return print(app, &day::preview(&kept.plan), totals);
        }
        let (days, steps) = run::turn_all(&app.db, &actor, today, &Progress::default())?;
        let turned: Vec<String> = days.iter().map(Date::to_string).collect();
        print(app, &steps, json!({ "days": turned, "already_turned": turned.is_empty() }))
    }
}

fn print(app: &App<'_>, steps: &[StepReport], totals: Value) -> Done {
    let mut sheet = Sheet::new(app.global.format, ["step", "planned", "done", "skipped"])?;
    for s in steps {
        let skipped: Vec<Value> =
            s.skipped.iter().map(|(reason, count)| json!({ "reason": reason, "count": count })).collect();
        sheet.row(vec![json!(s.step), json!(s.planned), json!(s.done), json!(skipped)])?;
    }
    Ok(sheet.finish(totals)?)
}

#[derive(clap::Args, Debug)]
#[group(skip)]
pub struct Worklist {
    /// Only the accounts assigned to this user
    #[arg(long, value_name = "USER")]
    collector: Option<String>,
    /// How many accounts
    #[arg(long, default_value_t = 50)]
    limit: usize,
}

impl Worklist {
    fn accounts(&self, app: &App<'_>) -> Result<Vec<(Id<ids::Customer>, day::Account)>, Failure> {
        app.read(|tx, actor, today| worklist::live(tx, actor, today, self.collector.as_deref()))
    }

    /// A row per account and currency: amounts are numbers in a file.
    pub fn write(&self, app: &App<'_>, target: &Target) -> Done {
        let (_, on) = app.actor()?;
        app.list(&Listing::Worklist { on, collector: self.collector.clone(), limit: self.limit }, target)
    }

    pub fn run(&self, app: &App<'_>) -> Done {
        let own = app.actor()?.0.company.currency;
        let accounts = self.accounts(app)?;
        let columns = ["rank", "customer", "name", "amounts", "priority", "reasons", "step", "collector"];
        let mut sheet = Sheet::new(app.global.format, columns)?;
        let count = accounts.len();
        for (rank, (_, a)) in accounts.iter().take(self.limit).enumerate() {
            let amounts: Vec<Value> =
                a.amounts.iter().map(|(c, overdue)| json!({ "currency": c, "overdue": overdue })).collect();
            let reasons = listing::reasons(app.global.language, own, &a.reasons);
            sheet.row(vec![
                json!(rank + 1),
                json!(a.code),
                json!(a.name),
                json!(amounts),
                json!(a.points),
                json!(reasons),
                json!(a.step),
                json!(a.collector),
            ])?;
        }
        Ok(sheet.finish(json!({ "accounts": count }))?)
    }
}

#[derive(clap::Subcommand, Debug)]
pub enum Promise {
    /// Write down what a customer promised
    Add {
        customer: String,
        /// Major units
        #[arg(long)]
        amount: Decimal,
        #[arg(long)]
        currency: Option<String>,
        /// The promised day
        #[arg(long)]
        on: Date,
        /// Days after it that still keep the promise
        #[arg(long, default_value_t = 0)]
        grace_days: i32,
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Take a promise back at the customer's word
    Withdraw {
        id: String,
        #[arg(long)]
        reason: String,
    },
    /// Promises and how they stand
    List,
}

impl Promise {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Promise::Add { customer, amount, currency, on, grace_days, note } => {
                let (actor, _) = app.actor()?;
                let currency = currency_or(currency.as_ref(), actor.company.currency)?;
                let given = promise::Given {
                    customer: customer.clone(),
                    amount: Money::from_major(*amount, currency).map_err(store::Error::from)?,
                    promised_on: *on,
                    grace_days: *grace_days,
                    note: note.clone(),
                };
                let once = app.once(self);
                let made = app.write(move |tx, actor, today| promise::add(tx, actor, today, &given, once.as_ref()))?;
                let mut sheet = Sheet::new(app.global.format, ["id"])?;
                sheet.row(vec![json!(made.id)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Promise::Withdraw { id, reason } => {
                let (id, reason) = (id.clone(), reason.clone());
                app.write(move |tx, actor, today| promise::withdraw(tx, actor, today, &id, &reason))
            }
            Promise::List => {
                let rows = app.read(|tx, actor, _| promise::list(tx, actor))?;
                let columns = [
                    "id",
                    "customer",
                    "currency",
                    "amount",
                    "promised_on",
                    "made_on",
                    "state",
                    "kept",
                    "note",
                    "last_day",
                ];
                let mut sheet = Sheet::new(app.global.format, columns)?;
                for (p, last_day) in rows {
                    sheet.row(vec![
                        json!(p.id.to_string()),
                        json!(p.code),
                        json!(p.currency.to_string()),
                        amount(p.amount, p.currency),
                        json!(p.promised_on.to_string()),
                        json!(p.made_on.to_string()),
                        json!(p.state),
                        amount(p.kept, p.currency),
                        json!(p.note),
                        json!(last_day.to_string()),
                    ])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}

#[derive(clap::Subcommand, Debug)]
pub enum Hold {
    /// Leave an account alone until a day
    Add {
        customer: String,
        /// The last day of the hold
        #[arg(long)]
        until: Date,
        #[arg(long)]
        reason: String,
    },
    /// End a hold before its day
    Lift { id: String },
    /// Holds
    List,
}

impl Hold {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Hold::Add { customer, until, reason } => {
                let (code, until, reason) = (customer.clone(), *until, reason.clone());
                let id = app.write(move |tx, actor, today| hold::add(tx, actor, today, &code, until, &reason))?;
                let mut sheet = Sheet::new(app.global.format, ["id"])?;
                sheet.row(vec![json!(id)])?;
                Ok(sheet.finish(json!({}))?)
            }
            Hold::Lift { id } => {
                let id = id.clone();
                app.write(move |tx, actor, today| hold::lift(tx, actor, today, &id))
            }
            Hold::List => {
                let rows = app.read(|tx, actor, today| Ok((hold::list(tx, actor)?, today)))?;
                let mut sheet = Sheet::new(app.global.format, ["id", "customer", "reason", "from", "until", "active"])?;
                for h in rows.0 {
                    sheet.row(vec![
                        json!(h.id.to_string()),
                        json!(h.code),
                        json!(h.hold.reason),
                        json!(h.hold.from.to_string()),
                        json!(h.hold.until.to_string()),
                        json!(h.hold.is_active(rows.1)),
                    ])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
        }
    }
}

#[derive(clap::Subcommand, Debug)]
pub enum Outbox {
    /// Messages drafted and decided
    List,
    /// Put a paper that is to be sent beside them: a document, receipt, statement or quote
    Add {
        /// document, receipt, statement or quote
        kind: String,
        /// Its number or reference; of a statement the customer
        name: String,
    },
    /// Mark a draft as sent by a person
    Sent { id: String },
    /// Ignore a draft: the same level is proposed again
    Ignore { id: String },
}

impl Outbox {
    pub fn run(&self, app: &App<'_>) -> Done {
        let (id, sent) = match self {
            Outbox::Sent { id } => (id.clone(), true),
            Outbox::Ignore { id } => (id.clone(), false),
            Outbox::List => return list_outbox(app),
            Outbox::Add { kind, name } => return add_paper(app, kind, name, app.once(self)),
        };
        app.write(move |tx, actor, _| outbox::decide(tx, actor, &id, sent))
    }
}

fn add_paper(app: &App<'_>, kind: &str, name: &str, once: Option<Once>) -> Done {
    let (kind, name) = (kind.to_owned(), name.to_owned());
    let id = app.write(move |tx, actor, today| outbox::add(tx, actor, today, &kind, &name, once.as_ref()))?;
    let mut sheet = Sheet::new(app.global.format, ["id"])?;
    sheet.row(vec![json!(id)])?;
    Ok(sheet.finish(json!({}))?)
}

fn list_outbox(app: &App<'_>) -> Done {
    let rows = app.read(|tx, actor, _| outbox::list(tx, actor))?;
    let columns =
        ["id", "on", "customer", "step", "language", "amount", "currency", "state", "paper", "subject", "body"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for m in rows {
        sheet.row(vec![
            json!(m.id.to_string()),
            json!(m.on.to_string()),
            json!(m.customer),
            json!(m.step),
            json!(m.language),
            amount(m.amount, m.currency),
            json!(m.currency.to_string()),
            json!(m.state),
            json!(m.paper.map(|paper| paper.name)),
            json!(m.subject),
            json!(m.body),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}
