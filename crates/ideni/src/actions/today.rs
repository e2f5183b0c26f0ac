//! Today: what waits for a person, and how the team stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use receivables::Date;
use store::promise::Promise;
use store::reports::snapshot::Snapshots;
use store::{Error, Tx};

use super::callback::{self, Ringing};
use super::worklist::{self, Filter, Whose};
use super::{Actor, Reach, Right, approval, exception, fiscal, invoice_file, outbox, review};

/// Promises that one list shows.
const PROMISES_MAX: i64 = 500;
/// Days in which a promise counts as made by somebody.
const PROMISED_DAYS: i32 = 30;

/// Whose things Today is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    Mine,
    All,
}

impl Scope {
    /// A person who may work only their own accounts sees those first, and a manager all.
    pub fn of(actor: &Actor) -> Scope {
        if actor.roles.reach(Right::AttemptAdd) == Reach::Own { Scope::Mine } else { Scope::All }
    }

    /// The user to whom it is narrowed.
    fn user(self, actor: &Actor) -> Option<&str> {
        (self == Scope::Mine).then_some(actor.user.as_str())
    }
}

/// What waits.
#[derive(Clone, Debug)]
pub struct Today {
    /// Accounts to work; counting ends at [`worklist::COUNT_MAX`].
    pub accounts: i64,
    pub callbacks: Vec<Ringing>,
    pub promises_due: usize,
    /// Judged since the last working day.
    pub promises_broken: usize,
    /// Receipts that nobody has explained; counting ends at [`exception::COUNT_MAX`].
    pub receipts: i64,
    /// Statement lines in review.
    pub review: usize,
    pub drafts: usize,
    /// Drafts with nobody to send them to; counting ends at [`outbox::COUNT_MAX`].
    pub nowhere: i64,
    /// That the actor may decide.
    pub approvals: usize,
    /// Documents that have no receipt of the tax device before a person does something.
    pub unreceipted: i64,
    /// Files of papers that are not handed in, or were returned; counting ends at [`invoice_file::COUNT_MAX`].
    pub files: i64,
}

/// What waits for the actor, or for everybody.
pub fn of(tx: &mut Tx<'_>, snapshots: &Snapshots, actor: &Actor, today: Date, scope: Scope) -> Result<Today, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let whose = scope.user(actor).map_or(Whose::All, |user| Whose::User(user.to_owned()));
    Ok(Today {
        accounts: worklist::count(tx, actor, today, &Filter::of(whose))?,
        callbacks: callback::ringing(tx, actor, today, scope.user(actor))?,
        promises_due: promises(tx, actor, today, scope, Promises::Due)?.len(),
        promises_broken: promises(tx, actor, today, scope, Promises::Broken)?.len(),
        receipts: exception::count_all(tx, actor)?,
        review: review::count(tx, actor)?,
        drafts: store::notice::drafts(tx, company)?,
        nowhere: outbox::nowhere_count(tx, snapshots, actor)?,
        approvals: approval::count(tx, actor)?,
        unreceipted: fiscal::counts(tx, actor)?.1,
        files: invoice_file::count(tx, snapshots, actor)?,
    })
}

/// Which promises.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Promises {
    /// Open, and their day has come.
    Due,
    /// Judged broken or partly kept since the last working day.
    Broken,
}

/// Those promises, each with the customer's name; of accounts that the actor works, or of all.
pub fn promises(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    scope: Scope,
    which: Promises,
) -> Result<Vec<(Promise, String)>, Error> {
    actor.may(Right::Read)?;
    let (company, user) = (actor.company.id, scope.user(actor));
    match which {
        Promises::Due => store::promise::due(tx, company, today, user, PROMISES_MAX),
        Promises::Broken => {
            let since = super::holiday::calendar(tx, &actor.company)?.working_day_before(today);
            store::promise::broken_since(tx, company, since, user, PROMISES_MAX)
        }
    }
}

/// How one person's accounts and work stand; nobody's accounts have no name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    pub accounts: i64,
    /// In minor units of the company's currency, as the day began.
    pub overdue: i64,
    pub attempts_today: i64,
    pub attempts_week: i64,
    /// Talks with somebody who may speak for an account.
    pub talks_today: i64,
    pub talks_week: i64,
    /// In the last thirty days.
    pub promises_made: i64,
    pub promises_kept: i64,
}

/// The team by user, for whoever assigns accounts, worked out once until something new is sealed. A week begins on Monday.
pub fn team(
    tx: &mut Tx<'_>,
    snapshots: &Snapshots,
    actor: &Actor,
    today: Date,
) -> Result<Arc<BTreeMap<String, Member>>, Error> {
    actor.may(Right::CustomerAssign)?;
    let company = actor.company.id;
    // The order of the day is kept without a seal.
    let ordered_on = store::worklist::ordered_on(tx, company)?;
    snapshots.of(tx, company, |snapshot, tx| {
        snapshot.remember(tx, format!("team {today} {ordered_on:?}"), |tx| members(tx, company, today))
    })
}

fn members(tx: &mut Tx<'_>, company: i64, today: Date) -> Result<BTreeMap<String, Member>, Error> {
    let mut team: BTreeMap<String, Member> = BTreeMap::new();
    for (collector, accounts, overdue) in store::worklist::team(tx, company)? {
        let member = team.entry(collector.unwrap_or_default()).or_default();
        (member.accounts, member.overdue) = (accounts, overdue);
    }
    let monday = today.plus_days(1 - i32::from(today.weekday()));
    for tried in store::attempt::tried(tx, company, monday, today)? {
        let member = team.entry(tried.by).or_default();
        member.attempts_week += tried.attempts;
        member.talks_week += tried.talks;
        if tried.on == today {
            (member.attempts_today, member.talks_today) = (tried.attempts, tried.talks);
        }
    }
    for (by, made, kept) in store::promise::made_by(tx, company, today.plus_days(-PROMISED_DAYS))? {
        let member = team.entry(by).or_default();
        (member.promises_made, member.promises_kept) = (made, kept);
    }
    Ok(team)
}
