//! The worklist at the desk: the day's order of work, filtered, without what was paid, put on hold or worked since; and
//! who is next.

use receivables::collections::attempt::wall_minute;
use receivables::collections::worklist::Reason;
use receivables::ids::{self, Id};
use receivables::{Currency, Date, Money, Refusal, Unusable};
use serde::{Deserialize, Serialize};
use store::worklist::{self, Listed, Wanted, Way};
use store::{Error, Tx};

use super::day::{self, Why};
use super::{Actor, Right};

/// Steps an account may wait for.
pub const STEPS: [&str; 8] = [
    "pre-due-note",
    "reminder-1",
    "reminder-2",
    "reminder-3",
    "call",
    "final-notice",
    "look-at-draft",
    "wait-for-promise",
];

/// The accounts that rest are shown on one page.
const RESTING_SHOWN: i64 = 200;
/// Where counting ends: more is said as more.
pub const COUNT_MAX: i64 = 250;
/// The longest text of a filter, in characters.
pub(crate) const TEXT_MAX: usize = 60;

/// A filter as it is asked for and kept, each part a text; an empty part asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Asked {
    /// `mine`, `nobody`, `all`, or a user's name.
    pub of: String,
    pub segment: String,
    pub currency: String,
    /// Overdue at least, in major units of the currency, or of the company's where none is named.
    pub min: String,
    /// One of [`STEPS`].
    pub step: String,
    /// A code of [`Reason`].
    pub reason: String,
    /// Part of a name or code.
    pub text: String,
    /// `resting`: those that rest after an attempt, instead of those to work.
    pub list: String,
}

/// Whose accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    All,
    Nobody,
    User(String),
}

/// A filter that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub whose: Whose,
    pub segment: Option<String>,
    pub currency: Option<Currency>,
    /// Minor units.
    pub overdue_min: i64,
    pub step: Option<String>,
    pub reason: Option<String>,
    pub text: Option<String>,
    pub resting: bool,
}

impl Asked {
    /// The parts that ask for something, by their names.
    pub fn parts(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("of", &self.of),
            ("segment", &self.segment),
            ("currency", &self.currency),
            ("min", &self.min),
            ("step", &self.step),
            ("reason", &self.reason),
            ("text", &self.text),
            ("list", &self.list),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.as_str())).collect()
    }

    /// Refused where a part cannot be understood.
    pub fn understood(&self, tx: &mut Tx<'_>, actor: &Actor) -> Result<Filter, Error> {
        let given = |field: &str, value: &str| -> Result<Option<String>, Refusal> {
            let text = super::text(field, value, TEXT_MAX)?;
            Ok((!text.is_empty()).then(|| text.to_owned()))
        };
        let currency = given("currency", &self.currency)?.map(currency).transpose()?;
        Ok(Filter {
            whose: whose(tx, actor, given("of", &self.of)?)?,
            segment: given("segment", &self.segment)?,
            overdue_min: minimum(given("min", &self.min)?, currency.unwrap_or(actor.company.currency))?,
            currency,
            step: given("step", &self.step)?.map(|code| among("step", code, &STEPS)).transpose()?,
            reason: given("reason", &self.reason)?.map(|code| among("reason", code, &Reason::CODES)).transpose()?,
            text: given("text", &self.text)?,
            resting: given("list", &self.list)?.map(|code| among("list", code, &["resting"])).transpose()?.is_some(),
        })
    }
}

fn whose(tx: &mut Tx<'_>, actor: &Actor, of: Option<String>) -> Result<Whose, Error> {
    Ok(match of.as_deref() {
        None | Some("all") => Whose::All,
        Some("nobody") => Whose::Nobody,
        Some("mine") => Whose::User(actor.user.clone()),
        Some(user) => {
            super::user::working(tx, actor, user)?;
            Whose::User(user.to_owned())
        }
    })
}

fn currency(code: String) -> Result<Currency, Refusal> {
    code.parse().map_err(|why| {
        let reason = Unusable::Money { why };
        Refusal::Invalid { field: "currency".into(), value: code, reason }
    })
}

fn minimum(text: Option<String>, currency: Currency) -> Result<i64, Refusal> {
    let Some(text) = text else { return Ok(0) };
    let wrong = || Refusal::Invalid { field: "min".into(), value: text.clone(), reason: Unusable::NotAnAmount };
    let amount = formats::parse_amount(&text, '.').ok_or_else(wrong)?;
    let minor = Money::from_major(amount, currency).map_err(|_| wrong())?.minor;
    if minor < 0 { Err(wrong()) } else { Ok(minor) }
}

fn among(field: &str, code: String, known: &[&str]) -> Result<String, Refusal> {
    if known.contains(&code.as_str()) {
        return Ok(code);
    }
    let reason = Unusable::NotAmong { known: known.join(", ") };
    Err(Refusal::Invalid { field: field.into(), value: code, reason })
}

impl Filter {
    /// Every account to work of somebody.
    pub fn of(whose: Whose) -> Filter {
        Filter {
            whose,
            segment: None,
            currency: None,
            overdue_min: 0,
            step: None,
            reason: None,
            text: None,
            resting: false,
        }
    }

    fn wanted(&self, today: Date, minute: i32) -> Wanted<'_> {
        Wanted {
            whose: match &self.whose {
                Whose::All => worklist::Whose::All,
                Whose::Nobody => worklist::Whose::Nobody,
                Whose::User(user) => worklist::Whose::User(user),
            },
            segment: self.segment.as_deref(),
            step: self.step.as_deref(),
            reason: self.reason.as_deref(),
            text: self.text.as_deref(),
            currency: self.currency,
            overdue_min: self.overdue_min,
            resting: self.resting,
            today,
            minute,
        }
    }
}

/// One account of the list; the amounts are those of this moment.
#[derive(Clone, Debug)]
pub struct Row {
    pub customer: Id<ids::Customer>,
    pub code: String,
    pub name: String,
    pub overdue: Vec<Money>,
    /// The most telling first.
    pub reasons: Vec<Why>,
    pub points: i32,
    pub step: String,
    pub rank: i32,
    pub collector: Option<String>,
    pub contacted_on: Option<Date>,
}

/// Whether the kept list is that of the day; an empty one is not.
pub fn is_ordered(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<bool, Error> {
    actor.may(Right::Read)?;
    Ok(worklist::ordered_on(tx, actor.company.id)? == Some(today))
}

/// Works the order of the day out anew. It is an answer that is kept, not a deed: whoever may read may ask for it.
pub fn order(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<(), Error> {
    let accounts = day::worklist(tx, actor, today)?;
    day::keep(tx, actor.company.id, today, &accounts)
}

/// The accounts after a rank, at most `limit`, and whether there are more. Rank 0 is before the first. Those that rest come
/// on one page, by when they come back.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    filter: &Filter,
    after: i32,
    limit: usize,
) -> Result<(Vec<Row>, bool), Error> {
    actor.may(Right::Read)?;
    let wanted = filter.wanted(today, super::minute_now(tx, actor));
    let most = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut listed = match filter.resting {
        true => worklist::resting(tx, actor.company.id, &wanted, RESTING_SHOWN)?,
        false => worklist::from(tx, actor.company.id, &wanted, Way::Onward, after, most)?,
    };
    let limit = if filter.resting { listed.len() } else { limit };
    let more = listed.len() > limit;
    listed.truncate(limit);
    let rows = listed.into_iter().map(|one| row(tx, actor, today, one)).collect::<Result<_, _>>()?;
    Ok((rows, more))
}

fn row(tx: &mut Tx<'_>, actor: &Actor, today: Date, one: Listed) -> Result<Row, Error> {
    let kept: day::Account = serde_json::from_str(&one.body).map_err(|e| Error::failed("reading the worklist", e))?;
    let overdue = store::day::overdue(tx, actor.company.id, one.customer, today)?;
    let mut reasons = kept.reasons;
    reasons.sort_by_key(|why| std::cmp::Reverse(why.points));
    Ok(Row {
        customer: one.customer,
        code: one.code,
        name: one.name,
        overdue: overdue.into_iter().map(|(currency, minor)| Money::new(minor, currency)).collect(),
        reasons,
        points: one.points,
        step: one.step,
        rank: one.rank,
        collector: one.collector,
        contacted_on: one.contacted_on,
    })
}

/// How many accounts pass the filter; counting ends at [`COUNT_MAX`].
pub fn count(tx: &mut Tx<'_>, actor: &Actor, today: Date, filter: &Filter) -> Result<i64, Error> {
    actor.may(Right::Read)?;
    let wanted = filter.wanted(today, super::minute_now(tx, actor));
    worklist::count(tx, actor.company.id, &wanted, COUNT_MAX)
}

/// Code and name of an account.
pub type Named = (String, String);

/// The accounts before and after one on the list; of one that is not on it, what comes after is the first.
pub fn neighbours(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    filter: &Filter,
    customer: Id<ids::Customer>,
) -> Result<(Option<Named>, Option<Named>), Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let wanted = filter.wanted(today, super::minute_now(tx, actor));
    if filter.resting {
        let all = worklist::resting(tx, company, &wanted, RESTING_SHOWN)?;
        let at = all.iter().position(|one| one.customer == customer);
        let named = |at: Option<usize>| at.and_then(|at| all.get(at)).map(|one| (one.code.clone(), one.name.clone()));
        return Ok((named(at.and_then(|at| at.checked_sub(1))), named(Some(at.map_or(0, |at| at + 1)))));
    }
    let rank = worklist::stands(tx, company, customer)?.map_or(0, |one| one.rank);
    let mut nearest = |way| -> Result<Option<Named>, Error> {
        let found = worklist::from(tx, company, &wanted, way, rank, 1)?;
        Ok(found.into_iter().next().map(|one| (one.code, one.name)))
    };
    Ok((nearest(Way::Back)?, nearest(Way::Onward)?))
}

/// The account as the list has it: its step and why, whatever became of it since.
pub fn stands(tx: &mut Tx<'_>, actor: &Actor, today: Date, customer: Id<ids::Customer>) -> Result<Option<Row>, Error> {
    actor.may(Right::Read)?;
    let found = worklist::stands(tx, actor.company.id, customer)?;
    found.map(|one| row(tx, actor, today, one)).transpose()
}

/// The worklist from the facts of this moment, without the accounts that rest after an attempt.
pub fn live(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    collector: Option<&str>,
) -> Result<Vec<(Id<ids::Customer>, day::Account)>, Error> {
    let mut all = match collector {
        None => day::worklist(tx, actor, today)?,
        Some(user) => day::worklist_of(tx, actor, today, user)?,
    };
    let now = wall_minute(today, super::minute_now(tx, actor));
    let resting = store::attempt::resting(tx, actor.company.id, now)?;
    all.retain(|(customer, _)| !resting.contains(customer));
    Ok(all)
}
