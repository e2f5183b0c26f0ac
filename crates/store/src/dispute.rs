//! Disputes of amounts and how they ended; what an instalment has in dispute is a projection of both.

use receivables::collections::dispute::{Ended, Outcome, held};
use receivables::ids::{self, Id};
use receivables::{Currency, Date, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    LIST = "SELECT p.id, p.customer, c.code, p.document, d.number, p.instalment, p.currency, p.amount, p.reason, p.note, p.raised_on, e.outcome, e.ended_on, e.note FROM dispute p JOIN customer c ON c.company = p.company AND c.id = p.customer JOIN document d ON d.company = p.company AND d.id = p.document LEFT JOIN dispute_end e ON e.company = p.company AND e.dispute = p.id WHERE p.company = $1 ORDER BY p.id";
    OF_CUSTOMER = "SELECT p.id, p.customer, c.code, p.document, d.number, p.instalment, p.currency, p.amount, p.reason, p.note, p.raised_on, e.outcome, e.ended_on, e.note FROM dispute p JOIN customer c ON c.company = p.company AND c.id = p.customer JOIN document d ON d.company = p.company AND d.id = p.document LEFT JOIN dispute_end e ON e.company = p.company AND e.dispute = p.id WHERE p.company = $1 AND p.customer = $2 ORDER BY p.id";
    PAGE = "SELECT p.id, p.customer, c.code, p.document, d.number, p.instalment, p.currency, p.amount, p.reason, p.note, p.raised_on, e.outcome, e.ended_on, e.note FROM dispute p JOIN customer c ON c.company = p.company AND c.id = p.customer JOIN document d ON d.company = p.company AND d.id = p.document LEFT JOIN dispute_end e ON e.company = p.company AND e.dispute = p.id WHERE p.company = $1 AND p.id > $2 ORDER BY p.id LIMIT $3";
    PAGE_OF = "SELECT p.id, p.customer, c.code, p.document, d.number, p.instalment, p.currency, p.amount, p.reason, p.note, p.raised_on, e.outcome, e.ended_on, e.note FROM dispute p JOIN customer c ON c.company = p.company AND c.id = p.customer JOIN document d ON d.company = p.company AND d.id = p.document LEFT JOIN dispute_end e ON e.company = p.company AND e.dispute = p.id WHERE p.company = $1 AND p.customer = $2 AND p.id > $3 ORDER BY p.id LIMIT $4";
    GET = "SELECT p.id, p.customer, c.code, p.document, d.number, p.instalment, p.currency, p.amount, p.reason, p.note, p.raised_on, e.outcome, e.ended_on, e.note FROM dispute p JOIN customer c ON c.company = p.company AND c.id = p.customer JOIN document d ON d.company = p.company AND d.id = p.document LEFT JOIN dispute_end e ON e.company = p.company AND e.dispute = p.id WHERE p.company = $1 AND p.id = $2";
    OPEN_OF_ITEM = "SELECT id, raised_on, amount FROM dispute WHERE company = $1 AND document = $2 AND instalment = $3 AND state = 'open' ORDER BY id";
    SET_STATE = "UPDATE dispute SET state = $1 WHERE company = $2 AND id = $3";
    SET_DISPUTED = "UPDATE open_item SET disputed = $1 WHERE company = $2 AND document = $3 AND instalment = $4";
}

/// A dispute as people see it.
#[derive(Clone, Debug)]
pub struct Dispute {
    pub id: Id<ids::Dispute>,
    pub customer: Id<ids::Customer>,
    pub code: String,
    pub document: Id<ids::Document>,
    pub number: String,
    pub instalment: i32,
    pub currency: Currency,
    pub amount: i64,
    pub reason: String,
    pub note: String,
    pub raised_on: Date,
    pub ended: Ended,
    pub ended_note: String,
}

impl Dispute {
    /// `open`, or how it ended.
    pub fn state(&self) -> &str {
        self.ended.as_ref().map_or("open", |(outcome, _)| outcome)
    }
}

fn read(row: &Row<'_>) -> Result<Dispute, Error> {
    Ok(Dispute {
        id: row.id(0)?,
        customer: row.id(1)?,
        code: row.string(2)?,
        document: row.id(3)?,
        number: row.string(4)?,
        instalment: row.small(5)?,
        currency: row.currency(6)?,
        amount: row.int(7)?,
        reason: row.string(8)?,
        note: row.string(9)?,
        raised_on: row.date(10)?,
        ended: row.string_opt(11)?.zip(row.date_opt(12)?),
        ended_note: row.string_opt(13)?.unwrap_or_default(),
    })
}

/// A dispute to be saved.
#[derive(Clone, Debug)]
pub struct NewDispute<'a> {
    pub customer: Id<ids::Customer>,
    pub document: Id<ids::Document>,
    pub instalment: i32,
    pub currency: Currency,
    pub amount: i64,
    pub reason: &'a str,
    pub note: &'a str,
    pub raised_on: Date,
}

/// Saves a dispute of an instalment that has been read with its lock.
pub fn save(tx: &mut Tx<'_>, company: i64, d: &NewDispute<'_>, open: i64) -> Result<Id<ids::Dispute>, Error> {
    let (id, action) = (tx.new_id(), tx.action_id()?);
    tx.insert_facts(
        &table::DISPUTE,
        params![
            company,
            id,
            action,
            d.customer,
            d.document,
            d.instalment,
            d.currency,
            d.amount,
            d.reason,
            d.note,
            d.raised_on,
            "open"
        ],
    )?;
    project(tx, company, d.document, d.instalment, open)?;
    Ok(id)
}

/// Ends a dispute whose instalment has been read with its lock.
pub fn end(
    tx: &mut Tx<'_>,
    company: i64,
    d: &Dispute,
    outcome: Outcome,
    note: &str,
    on: Date,
    open: i64,
) -> Result<(), Error> {
    save_end(tx, company, d.id, outcome, note, on)?;
    project(tx, company, d.document, d.instalment, open)
}

fn save_end(
    tx: &mut Tx<'_>,
    company: i64,
    id: Id<ids::Dispute>,
    outcome: Outcome,
    note: &str,
    on: Date,
) -> Result<(), Error> {
    let action = tx.action_id()?;
    tx.insert_facts(&table::DISPUTE_END, params![company, id, action, outcome.code(), note, on])?;
    tx.execute(SET_STATE, params![outcome.code(), company, id]).map(|_| ())
}

/// Follows a movement of an instalment with something in dispute: what is paid is not in dispute any more, and the
/// disputes of a closed instalment are settled.
pub(crate) fn follow(
    tx: &mut Tx<'_>,
    company: i64,
    document: Id<ids::Document>,
    instalment: i32,
    open: i64,
    on: Date,
) -> Result<(), Error> {
    if open == 0 {
        let ending =
            tx.all(OPEN_OF_ITEM, params![company, document, instalment], |row| Ok((row.id(0)?, row.date(1)?)))?;
        for (id, raised_on) in ending {
            save_end(tx, company, id, Outcome::Settled, "", on.max(raised_on))?;
        }
    }
    project(tx, company, document, instalment, open)
}

/// Works the projection out: what the instalment has in dispute.
fn project(
    tx: &mut Tx<'_>,
    company: i64,
    document: Id<ids::Document>,
    instalment: i32,
    open: i64,
) -> Result<(), Error> {
    let amounts = tx.all(OPEN_OF_ITEM, params![company, document, instalment], |row| row.int(2))?;
    let disputed = held(amounts.iter().sum(), open);
    tx.execute(SET_DISPUTED, params![disputed, company, document, instalment]).map(|_| ())
}

pub fn list(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Dispute>, Error> {
    tx.all(LIST, params![company], read)
}

pub fn of_customer(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Vec<Dispute>, Error> {
    tx.all(OF_CUSTOMER, params![company, customer], read)
}

/// Disputes of a customer or of all, those after one of them.
pub fn page(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Option<Id<ids::Customer>>,
    after: Id<ids::Dispute>,
    limit: i64,
) -> Result<Vec<Dispute>, Error> {
    match customer {
        None => tx.all(PAGE, params![company, after, limit], read),
        Some(customer) => tx.all(PAGE_OF, params![company, customer, after, limit], read),
    }
}

pub fn get(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<Dispute, Error> {
    let not_found = || Error::from(Refusal::NotFound { kind: "dispute".into(), name: name.into() });
    let id: Id<ids::Dispute> = name.parse().map_err(|_| not_found())?;
    tx.first(GET, params![company, id], read)?.ok_or_else(not_found)
}
