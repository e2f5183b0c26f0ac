//! The audit log.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::reports::audit::Logged;
use store::reports::page;
use store::{Error, Tx};

use super::ask::Ask;
use super::cursor::{Limit, Page, Span};
use super::endpoint::endpoints;
use super::shape::{Code, Cursor, Day, Line, Moment, Uuid};
use crate::actions::audit::{self, Asked};

endpoints! { "audit"
    /// Who did what to which thing, the newest first.
    read Get "/audit" Read list(query WhichActions) -> Page<Action>;
    /// One action, with every fact it wrote and whether they add up to its seal.
    read Get "/audit/{id}" Read show() -> ActionInFull;
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct WhichActions {
    /// Only what this user did.
    actor: Option<Code>,
    /// Only this verb, such as `promise add`.
    verb: Option<Code>,
    /// Only what was done to this thing.
    subject: Option<Line<1, 200>>,
    /// Only what touched this customer, by code.
    customer: Option<Code>,
    from: Option<Day>,
    until: Option<Day>,
    limit: Option<Limit>,
    after: Option<Cursor>,
}

#[derive(Serialize, JsonSchema)]
struct Action {
    id: Uuid,
    at: Moment,
    actor: String,
    verb: String,
    subject: String,
    cause: Option<String>,
    /// How many facts it wrote.
    facts: i64,
    /// Its place in the chain; `null` for the moment until it is sealed.
    seal: Option<i64>,
}

impl From<Logged> for Action {
    fn from(l: Logged) -> Action {
        Action {
            id: l.id.into(),
            at: Moment(l.at),
            actor: l.actor,
            verb: l.verb,
            subject: l.subject,
            cause: l.cause,
            facts: l.rows,
            seal: l.seal,
        }
    }
}

#[derive(Serialize, JsonSchema)]
struct ActionInFull {
    #[serde(flatten)]
    action: Action,
    /// SHA-256 over what it wrote.
    digest: String,
    /// Whether the facts found add up to the digest that was sealed.
    whole: bool,
    /// How many facts of each table.
    written: Vec<WrittenFacts>,
}

#[derive(Serialize, JsonSchema)]
struct WrittenFacts {
    table: String,
    facts: usize,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &WhichActions) -> Result<Page<Action>, Error> {
    let span = Span::new("audit", asked.limit, asked.after.as_ref());
    let which = Asked {
        actor: asked.actor.as_ref().map(Line::text),
        verb: asked.verb.as_ref().map(Line::text),
        subject: asked.subject.as_ref().map(Line::text),
        customer: asked.customer.as_ref().map(Line::text),
        from: asked.from.map(|Day(on)| audit::Moment::Day(on)),
        until: asked.until.map(|Day(on)| audit::Moment::Day(on)),
        after: span.place()?,
    };
    let found = audit::list(tx, ask.actor(), &which, i64::try_from(span.rows()).unwrap_or(i64::MAX))?;
    Ok(span.of_place(page::Page { rows: found.rows, next: found.after }, Action::from))
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<ActionInFull, Error> {
    let detail = audit::one(tx, ask.actor(), ask.path("id"))?;
    let mut written: Vec<WrittenFacts> = Vec::new();
    for fact in &detail.written {
        match written.iter_mut().find(|known| known.table == fact.table) {
            Some(known) => known.facts += 1,
            None => written.push(WrittenFacts { table: fact.table.to_string(), facts: 1 }),
        }
    }
    Ok(ActionInFull { digest: audit::hex(&detail.digest), whole: detail.whole, written, action: detail.logged.into() })
}
