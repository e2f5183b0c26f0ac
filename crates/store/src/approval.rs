//! Requests that a second person decides. Who asked and when, who decided and when, is their actions'.

use receivables::approval::{Kind, Outcome};
use receivables::ids::{self, Id};
use receivables::{Instant, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    LOCK locked = "SELECT id FROM approval WHERE company = $1 AND id = $2";
    GET = "SELECT i.id, i.kind, i.subject, i.payload, i.reason, c.code, a.actor, a.at, d.outcome, d.reason, d.alone, da.actor, da.at FROM approval i JOIN action a ON a.company = i.company AND a.id = i.action LEFT JOIN customer c ON c.company = i.company AND c.id = i.customer LEFT JOIN approval_decision d ON d.company = i.company AND d.approval = i.id LEFT JOIN action da ON da.company = d.company AND da.id = d.action WHERE i.company = $1 AND i.id = $2";
    WAITING = "SELECT i.id, i.kind, i.subject, i.payload, i.reason, c.code, a.actor, a.at, NULL, NULL, NULL, NULL, NULL FROM approval i JOIN action a ON a.company = i.company AND a.id = i.action LEFT JOIN customer c ON c.company = i.company AND c.id = i.customer WHERE i.company = $1 AND i.state = 'waiting' ORDER BY i.id";
    LIST = "SELECT i.id, i.kind, i.subject, i.payload, i.reason, c.code, a.actor, a.at, d.outcome, d.reason, d.alone, da.actor, da.at FROM approval i JOIN action a ON a.company = i.company AND a.id = i.action LEFT JOIN customer c ON c.company = i.company AND c.id = i.customer LEFT JOIN approval_decision d ON d.company = i.company AND d.approval = i.id LEFT JOIN action da ON da.company = d.company AND da.id = d.action WHERE i.company = $1 ORDER BY i.id DESC LIMIT $2";
    ALONE = "SELECT i.id, i.kind, i.subject, i.payload, i.reason, c.code, a.actor, a.at, d.outcome, d.reason, d.alone, da.actor, da.at FROM approval_decision d JOIN approval i ON i.company = d.company AND i.id = d.approval JOIN action a ON a.company = i.company AND a.id = i.action JOIN action da ON da.company = d.company AND da.id = d.action LEFT JOIN customer c ON c.company = i.company AND c.id = i.customer WHERE d.company = $1 AND d.alone = 1 ORDER BY i.id DESC LIMIT $2";
    SET_STATE = "UPDATE approval SET state = $1 WHERE company = $2 AND id = $3";
}

/// How a request was decided.
#[derive(Clone, Debug)]
pub struct Decision {
    /// A code of [`Outcome`].
    pub outcome: String,
    pub reason: String,
    /// By whoever asked, in a company of one person.
    pub alone: bool,
    pub user: String,
    pub at: Instant,
}

/// A request as people see it.
#[derive(Clone, Debug)]
pub struct Request {
    pub id: Id<ids::Approval>,
    pub kind: Kind,
    /// To which thing: an invoice, a receipt, a customer.
    pub subject: String,
    /// What will be carried out, as JSON.
    pub payload: String,
    pub reason: String,
    /// The customer's code.
    pub customer: Option<String>,
    pub asked_by: String,
    pub asked_at: Instant,
    pub decision: Option<Decision>,
}

fn read(row: &Row<'_>) -> Result<Request, Error> {
    let decision = match row.string_opt(8)? {
        None => None,
        Some(outcome) => Some(Decision {
            outcome,
            reason: row.string(9)?,
            alone: row.flag(10)?,
            user: row.string(11)?,
            at: row.instant(12)?,
        }),
    };
    Ok(Request {
        id: row.id(0)?,
        kind: Kind::from_code(row.text(1)?)?,
        subject: row.string(2)?,
        payload: row.string(3)?,
        reason: row.string(4)?,
        customer: row.string_opt(5)?,
        asked_by: row.string(6)?,
        asked_at: row.instant(7)?,
        decision,
    })
}

/// A request to be saved.
#[derive(Clone, Debug)]
pub struct NewRequest<'a> {
    pub kind: Kind,
    pub subject: &'a str,
    pub payload: &'a str,
    pub reason: &'a str,
    pub customer: Option<Id<ids::Customer>>,
}

pub fn save(tx: &mut Tx<'_>, company: i64, new: &NewRequest<'_>) -> Result<Id<ids::Approval>, Error> {
    let (id, action) = (tx.new_id(), tx.action_id()?);
    let NewRequest { kind, subject, payload, reason, customer } = *new;
    tx.insert_facts(
        &table::APPROVAL,
        params![company, id, action, kind.code(), subject, payload, reason, customer, "waiting"],
    )?;
    Ok(id)
}

/// The request of that id, locked for what follows.
pub fn locked(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<Request, Error> {
    let known = get(tx, company, name)?;
    tx.each(LOCK, params![company, known.id], |_| Ok(()))?;
    // Read again under the lock: another may have decided it meanwhile.
    get(tx, company, name)
}

/// The request of that id.
pub fn get(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<Request, Error> {
    let not_found = || Error::from(Refusal::NotFound { kind: "request".into(), name: name.into() });
    let id: Id<ids::Approval> = name.parse().map_err(|_| not_found())?;
    tx.first(GET, params![company, id], read)?.ok_or_else(not_found)
}

/// Saves how a request ended; the key keeps a second decision out.
pub fn decide(
    tx: &mut Tx<'_>,
    company: i64,
    id: Id<ids::Approval>,
    outcome: Outcome,
    reason: &str,
    alone: bool,
) -> Result<(), Error> {
    let action = tx.action_id()?;
    tx.insert_facts(&table::APPROVAL_DECISION, params![company, id, action, outcome.code(), reason, alone])?;
    tx.execute(SET_STATE, params![outcome.code(), company, id]).map(|_| ())
}

/// What waits for a decision, the oldest first.
pub fn waiting(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Request>, Error> {
    tx.all(WAITING, params![company], read)
}

/// Every request, the latest first.
pub fn list(tx: &mut Tx<'_>, company: i64, limit: i64) -> Result<Vec<Request>, Error> {
    tx.all(LIST, params![company, limit], read)
}

/// Those that whoever asked decided alone, the latest first.
pub fn alone(tx: &mut Tx<'_>, company: i64, limit: i64) -> Result<Vec<Request>, Error> {
    tx.all(ALONE, params![company, limit], read)
}
