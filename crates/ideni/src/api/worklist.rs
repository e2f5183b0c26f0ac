//! Whom to call next, and why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::cursor::{Limit, Page, Span};
use super::endpoint::endpoints;
use super::shape::{Code, Cursor, Sum};
use crate::actions::day::{self, Account};
use crate::words;

endpoints! { "worklist"
    /// Accounts with something past due, the most pressing first, with the reasons of their priority.
    read Get "/worklist" Read list(query OfCollector) -> Page<Ranked>;
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct OfCollector {
    /// Only the accounts that this user works.
    collector: Option<Code>,
    limit: Option<Limit>,
    after: Option<Cursor>,
}

#[derive(Serialize, JsonSchema)]
struct Ranked {
    rank: u64,
    customer: String,
    name: String,
    amounts: Vec<Overdue>,
    /// The sum of its reasons' points.
    priority: i32,
    reasons: Vec<Why>,
    /// The step to take.
    step: String,
    collector: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Overdue {
    currency: String,
    overdue: Sum,
}

#[derive(Serialize, JsonSchema)]
struct Why {
    /// In the language of `Accept-Language`.
    reason: String,
    points: i32,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &OfCollector) -> Result<Page<Ranked>, Error> {
    let (actor, today) = (ask.actor(), ask.today());
    let accounts = match &asked.collector {
        None => day::worklist(tx, actor, today)?,
        Some(user) => day::worklist_of(tx, actor, today, user.as_str())?,
    };
    let ranked: Vec<(u64, Account)> = (1u64..).zip(accounts.into_iter().map(|(_, account)| account)).collect();
    let span = Span::new("worklist", asked.limit, asked.after.as_ref());
    span.cut(ranked, |(rank, _)| rank.to_be_bytes().to_vec(), |(rank, account)| shown(ask, rank, account))
}

fn shown(ask: &Ask, rank: u64, account: Account) -> Ranked {
    let why = |why: &day::Why| Why {
        reason: words::reason(ask.language(), &why.code, &why.args, ask.own()),
        points: why.points,
    };
    let overdue = |(currency, overdue): (String, String)| Overdue { currency, overdue: Sum::written(overdue) };
    Ranked {
        rank,
        reasons: account.reasons.iter().map(why).collect(),
        customer: account.code,
        name: account.name,
        amounts: account.amounts.into_iter().map(overdue).collect(),
        priority: account.points,
        step: account.step,
        collector: account.collector,
    }
}
