//! Holds: accounts that nobody writes to or calls for a time.

use receivables::collections::hold;
use receivables::ids::{self, Id};
use receivables::{Date, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    LIST = "SELECT h.id, h.customer, c.code, h.reason, h.from_on, h.until_on, h.ended_on FROM hold h JOIN customer c ON c.company = h.company AND c.id = h.customer WHERE h.company = $1 ORDER BY h.id";
    OF_CUSTOMER = "SELECT h.id, h.customer, c.code, h.reason, h.from_on, h.until_on, h.ended_on FROM hold h JOIN customer c ON c.company = h.company AND c.id = h.customer WHERE h.company = $1 AND h.customer = $2 AND h.until_on >= $3 ORDER BY h.id";
    ACTIVE = "SELECT h.id, h.customer, c.code, h.reason, h.from_on, h.until_on, h.ended_on FROM hold h JOIN customer c ON c.company = h.company AND c.id = h.customer WHERE h.company = $1 AND h.until_on >= $2 ORDER BY h.id";
    PAGE = "SELECT h.id, h.customer, c.code, h.reason, h.from_on, h.until_on, h.ended_on FROM hold h JOIN customer c ON c.company = h.company AND c.id = h.customer WHERE h.company = $1 AND h.id > $2 ORDER BY h.id LIMIT $3";
    PAGE_OF = "SELECT h.id, h.customer, c.code, h.reason, h.from_on, h.until_on, h.ended_on FROM hold h JOIN customer c ON c.company = h.company AND c.id = h.customer WHERE h.company = $1 AND h.customer = $2 AND h.id > $3 ORDER BY h.id LIMIT $4";
    GET = "SELECT h.id, h.customer, c.code, h.reason, h.from_on, h.until_on, h.ended_on FROM hold h JOIN customer c ON c.company = h.company AND c.id = h.customer WHERE h.company = $1 AND h.id = $2";
    CUSTOMER_OF = "SELECT customer FROM hold WHERE company = $1 AND id = $2";
    END = "UPDATE hold SET ended_on = $1 WHERE company = $2 AND id = $3 AND ended_on IS NULL";
}

/// A hold of one customer.
#[derive(Clone, Debug)]
pub struct Held {
    pub id: Id<ids::Hold>,
    pub customer: Id<ids::Customer>,
    pub code: String,
    pub hold: hold::Hold,
}

fn read(row: &Row<'_>) -> Result<Held, Error> {
    Ok(Held {
        id: row.id(0)?,
        customer: row.id(1)?,
        code: row.string(2)?,
        hold: hold::Hold {
            reason: row.string(3)?,
            from: row.date(4)?,
            until: row.date(5)?,
            lifted_on: row.date_opt(6)?,
        },
    })
}

pub fn save(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Id<ids::Customer>,
    hold: &hold::Hold,
) -> Result<Id<ids::Hold>, Error> {
    let (id, action) = (tx.new_id(), tx.action_id()?);
    tx.insert_facts(
        &table::HOLD,
        params![company, id, action, customer, &hold.reason, hold.from, hold.until, hold.lifted_on],
    )?;
    Ok(id)
}

pub fn list(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Held>, Error> {
    tx.all(LIST, params![company], read)
}

/// Holds of a customer or of all, those after one of them.
pub fn page(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Option<Id<ids::Customer>>,
    after: Id<ids::Hold>,
    limit: i64,
) -> Result<Vec<Held>, Error> {
    match customer {
        None => tx.all(PAGE, params![company, after, limit], read),
        Some(customer) => tx.all(PAGE_OF, params![company, customer, after, limit], read),
    }
}

pub fn get(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<Held, Error> {
    let not_found = || Error::from(Refusal::NotFound { kind: "hold".into(), name: name.into() });
    let id: Id<ids::Hold> = name.parse().map_err(|_| not_found())?;
    tx.first(GET, params![company, id], read)?.ok_or_else(not_found)
}

/// The holds of a customer that had not run out before a day; some may have been lifted.
pub fn of_customer(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>, on: Date) -> Result<Vec<Held>, Error> {
    tx.all(OF_CUSTOMER, params![company, customer, on], read)
}

/// Holds that had not run out before a day; some may have been lifted.
pub fn ending_from(tx: &mut Tx<'_>, company: i64, on: Date) -> Result<Vec<Held>, Error> {
    tx.all(ACTIVE, params![company, on], read)
}

/// Whose hold it is.
pub fn customer_of(tx: &mut Tx<'_>, company: i64, id: Id<ids::Hold>) -> Result<Option<Id<ids::Customer>>, Error> {
    tx.first(CUSTOMER_OF, params![company, id], |row| row.id(0))
}

/// Lifts a hold; false if it was lifted before or is unknown.
pub fn lift(tx: &mut Tx<'_>, company: i64, id: Id<ids::Hold>, on: Date) -> Result<bool, Error> {
    let lifted = tx.execute(END, params![on, company, id])? > 0;
    if lifted {
        tx.touch();
    }
    Ok(lifted)
}
