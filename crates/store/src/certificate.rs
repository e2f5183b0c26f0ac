//! Certificates of tax withheld and what became of them; what an instalment has awaited is a projection of both.

use receivables::billing::certificate::State;
use receivables::collections::dispute::held;
use receivables::ids::{self, Id};
use receivables::{Currency, Date, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    GET = "SELECT f.id, f.customer, c.code, c.name, f.document, d.number, f.instalment, f.currency, f.kind, f.amount, f.awaited_on, f.state FROM certificate f JOIN customer c ON c.company = f.company AND c.id = f.customer JOIN document d ON d.company = f.company AND d.id = f.document WHERE f.company = $1 AND f.id = $2";
    PAGE = "SELECT f.id, f.customer, c.code, c.name, f.document, d.number, f.instalment, f.currency, f.kind, f.amount, f.awaited_on, f.state FROM certificate f JOIN customer c ON c.company = f.company AND c.id = f.customer JOIN document d ON d.company = f.company AND d.id = f.document WHERE f.company = $1 AND f.id > $2 ORDER BY f.id LIMIT $3";
    PAGE_OF = "SELECT f.id, f.customer, c.code, c.name, f.document, d.number, f.instalment, f.currency, f.kind, f.amount, f.awaited_on, f.state FROM certificate f JOIN customer c ON c.company = f.company AND c.id = f.customer JOIN document d ON d.company = f.company AND d.id = f.document WHERE f.company = $1 AND f.customer = $2 AND f.id > $3 ORDER BY f.id LIMIT $4";
    OF_DOCUMENT = "SELECT f.id, f.customer, c.code, c.name, f.document, d.number, f.instalment, f.currency, f.kind, f.amount, f.awaited_on, f.state FROM certificate f JOIN customer c ON c.company = f.company AND c.id = f.customer JOIN document d ON d.company = f.company AND d.id = f.document WHERE f.company = $1 AND f.document = $2 ORDER BY f.id";
    EVENTS = "SELECT state, on_day, said, movement FROM certificate_event WHERE company = $1 AND certificate = $2 ORDER BY no";
    AWAITED_OF_ITEM = "SELECT id, awaited_on, amount FROM certificate WHERE company = $1 AND document = $2 AND instalment = $3 AND state = 'awaited' ORDER BY id";
    LAST_NO = "SELECT COALESCE(MAX(no), 0) FROM certificate_event WHERE company = $1 AND certificate = $2";
    SET_STATE = "UPDATE certificate SET state = $1 WHERE company = $2 AND id = $3";
    SET_AWAITED = "UPDATE open_item SET awaited = $1 WHERE company = $2 AND document = $3 AND instalment = $4";
    OF_MOVEMENT = "SELECT certificate FROM certificate_event WHERE company = $1 AND movement = $2 AND state = 'on-file'";
}

/// A certificate as people see it.
#[derive(Clone, Debug)]
pub struct Certificate {
    pub id: Id<ids::Certificate>,
    pub customer: Id<ids::Customer>,
    pub code: String,
    pub name: String,
    pub document: Id<ids::Document>,
    pub number: String,
    pub instalment: i32,
    pub currency: Currency,
    pub kind: String,
    /// Minor units.
    pub amount: i64,
    pub awaited_on: Date,
    pub state: State,
}

/// One thing that became of a certificate.
#[derive(Clone, Debug)]
pub struct Event {
    pub state: State,
    pub on: Date,
    /// The number of the paper, the period of the return, or the reason.
    pub said: String,
    /// What it settled.
    pub movement: Option<Id<ids::Movement>>,
}

fn read(row: &Row<'_>) -> Result<Certificate, Error> {
    Ok(Certificate {
        id: row.id(0)?,
        customer: row.id(1)?,
        code: row.string(2)?,
        name: row.string(3)?,
        document: row.id(4)?,
        number: row.string(5)?,
        instalment: row.small(6)?,
        currency: row.currency(7)?,
        kind: row.string(8)?,
        amount: row.int(9)?,
        awaited_on: row.date(10)?,
        state: State::from_code(row.text(11)?)?,
    })
}

/// A certificate to be awaited.
#[derive(Clone, Copy, Debug)]
pub struct NewCertificate<'a> {
    pub customer: Id<ids::Customer>,
    pub document: Id<ids::Document>,
    pub instalment: i32,
    pub currency: Currency,
    pub kind: &'a str,
    pub amount: i64,
    pub awaited_on: Date,
}

/// Saves what is awaited of an instalment that has been read with its lock.
pub fn save(tx: &mut Tx<'_>, company: i64, c: &NewCertificate<'_>, open: i64) -> Result<Id<ids::Certificate>, Error> {
    let (id, action) = (tx.new_id(), tx.action_id()?);
    let row = params![
        company,
        id,
        action,
        c.customer,
        c.document,
        c.instalment,
        c.currency,
        c.kind,
        c.amount,
        c.awaited_on,
        State::Awaited.code()
    ];
    tx.insert_facts(&table::CERTIFICATE, row)?;
    project(tx, company, c.document, c.instalment, open)?;
    Ok(id)
}

/// Writes what became of a certificate whose instalment has been read with its lock; `open` is what is open of it now.
pub fn follow_up(tx: &mut Tx<'_>, company: i64, c: &Certificate, event: &Event, open: i64) -> Result<(), Error> {
    save_event(tx, company, c.id, event)?;
    project(tx, company, c.document, c.instalment, open)
}

fn save_event(tx: &mut Tx<'_>, company: i64, id: Id<ids::Certificate>, event: &Event) -> Result<(), Error> {
    let action = tx.action_id()?;
    let no = tx.first(LAST_NO, params![company, id], |row| row.int(0))?.unwrap_or(0) + 1;
    let row = params![company, id, no, action, event.state.code(), event.on, &event.said, event.movement];
    tx.insert_facts(&table::CERTIFICATE_EVENT, row)?;
    tx.execute(SET_STATE, params![event.state.code(), company, id]).map(|_| ())
}

/// Follows a movement of an instalment with something awaited: no more is awaited than is open, and where nothing is open it
/// was settled another way.
pub(crate) fn follow(
    tx: &mut Tx<'_>,
    company: i64,
    document: Id<ids::Document>,
    instalment: i32,
    open: i64,
    on: Date,
) -> Result<(), Error> {
    if open == 0 {
        let ending = tx.all(AWAITED_OF_ITEM, params![company, document, instalment], |row| {
            Ok((row.id::<ids::Certificate>(0)?, row.date(1)?))
        })?;
        for (id, awaited_on) in ending {
            let event = Event { state: State::Settled, on: on.max(awaited_on), said: String::new(), movement: None };
            save_event(tx, company, id, &event)?;
        }
    }
    project(tx, company, document, instalment, open)
}

/// Works the projection out: what the instalment has awaited.
fn project(
    tx: &mut Tx<'_>,
    company: i64,
    document: Id<ids::Document>,
    instalment: i32,
    open: i64,
) -> Result<(), Error> {
    let amounts = tx.all(AWAITED_OF_ITEM, params![company, document, instalment], |row| row.int(2))?;
    let awaited = held(amounts.iter().sum(), open);
    tx.execute(SET_AWAITED, params![awaited, company, document, instalment]).map(|_| ())
}

/// Certificates of a customer or of all, those after one of them.
pub fn page(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Option<Id<ids::Customer>>,
    after: Id<ids::Certificate>,
    limit: i64,
) -> Result<Vec<Certificate>, Error> {
    match customer {
        None => tx.all(PAGE, params![company, after, limit], read),
        Some(customer) => tx.all(PAGE_OF, params![company, customer, after, limit], read),
    }
}

/// The certificates of a document.
pub fn of_document(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<Vec<Certificate>, Error> {
    tx.all(OF_DOCUMENT, params![company, document], read)
}

/// What became of a certificate, in order.
pub fn events(tx: &mut Tx<'_>, company: i64, id: Id<ids::Certificate>) -> Result<Vec<Event>, Error> {
    tx.all(EVENTS, params![company, id], |row| {
        Ok(Event {
            state: State::from_code(row.text(0)?)?,
            on: row.date(1)?,
            said: row.string(2)?,
            movement: row.id_opt(3)?,
        })
    })
}

pub fn get(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<Certificate, Error> {
    let not_found = || Error::from(Refusal::NotFound { kind: "certificate".into(), name: name.into() });
    let id: Id<ids::Certificate> = name.parse().map_err(|_| not_found())?;
    tx.first(GET, params![company, id], read)?.ok_or_else(not_found)
}

/// The certificate that settled by this movement.
pub fn of_movement(
    tx: &mut Tx<'_>,
    company: i64,
    movement: Id<ids::Movement>,
) -> Result<Option<Id<ids::Certificate>>, Error> {
    tx.first(OF_MOVEMENT, params![company, movement], |row| row.id(0))
}
