//! Promises to pay: a fact when made; its state is judged against the ledger.

use receivables::ids::{self, Id};
use receivables::{Currency, Date, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    LIST = "SELECT p.id, p.customer, c.code, p.currency, p.amount, p.promised_on, p.made_on, p.grace_days, p.note, p.state, p.kept, p.judged_on FROM promise p JOIN customer c ON c.company = p.company AND c.id = p.customer WHERE p.company = $1 ORDER BY p.id";
    RUNNING = "SELECT p.id, p.customer, c.code, p.currency, p.amount, p.promised_on, p.made_on, p.grace_days, p.note, p.state, p.kept, p.judged_on FROM promise p JOIN customer c ON c.company = p.company AND c.id = p.customer WHERE p.company = $1 AND (p.state = 'open' OR p.promised_on >= $2) ORDER BY p.id";
    OF_CUSTOMER = "SELECT p.id, p.customer, c.code, p.currency, p.amount, p.promised_on, p.made_on, p.grace_days, p.note, p.state, p.kept, p.judged_on FROM promise p JOIN customer c ON c.company = p.company AND c.id = p.customer WHERE p.company = $1 AND p.customer = $2 ORDER BY p.id";
    PAGE = "SELECT p.id, p.customer, c.code, p.currency, p.amount, p.promised_on, p.made_on, p.grace_days, p.note, p.state, p.kept, p.judged_on FROM promise p JOIN customer c ON c.company = p.company AND c.id = p.customer WHERE p.company = $1 AND p.id > $2 ORDER BY p.id LIMIT $3";
    PAGE_OF = "SELECT p.id, p.customer, c.code, p.currency, p.amount, p.promised_on, p.made_on, p.grace_days, p.note, p.state, p.kept, p.judged_on FROM promise p JOIN customer c ON c.company = p.company AND c.id = p.customer WHERE p.company = $1 AND p.customer = $2 AND p.id > $3 ORDER BY p.id LIMIT $4";
    GET = "SELECT p.id, p.customer, c.code, p.currency, p.amount, p.promised_on, p.made_on, p.grace_days, p.note, p.state, p.kept, p.judged_on FROM promise p JOIN customer c ON c.company = p.company AND c.id = p.customer WHERE p.company = $1 AND p.id = $2";
    DUE = "SELECT p.id, p.customer, c.code, p.currency, p.amount, p.promised_on, p.made_on, p.grace_days, p.note, p.state, p.kept, p.judged_on, c.name FROM promise p JOIN customer c ON c.company = p.company AND c.id = p.customer WHERE p.company = $1 AND p.state = 'open' AND p.promised_on <= $2 AND (CAST($3 AS TEXT) IS NULL OR c.collector = $3) ORDER BY p.promised_on, p.id LIMIT $4";
    BROKEN = "SELECT p.id, p.customer, c.code, p.currency, p.amount, p.promised_on, p.made_on, p.grace_days, p.note, p.state, p.kept, p.judged_on, c.name FROM promise p JOIN customer c ON c.company = p.company AND c.id = p.customer WHERE p.company = $1 AND p.state IN ('broken', 'partly-kept') AND p.judged_on >= $2 AND (CAST($3 AS TEXT) IS NULL OR c.collector = $3) ORDER BY p.judged_on DESC, p.id LIMIT $4";
    MADE = "SELECT a.actor, COUNT(*), CAST(SUM(CASE WHEN p.state = 'kept' THEN 1 ELSE 0 END) AS BIGINT) FROM promise p JOIN action a ON a.company = p.company AND a.id = p.action WHERE p.company = $1 AND p.made_on >= $2 GROUP BY a.actor";
    JUDGE = "UPDATE promise SET state = $1, kept = $2, judged_on = $3 WHERE company = $4 AND id = $5";
    PAID = "SELECT received_on, CAST(SUM(gross - sent_back) AS BIGINT) FROM (SELECT r.received_on, r.gross, COALESCE((SELECT CAST(SUM(f.amount) AS BIGINT) FROM refund f WHERE f.company = r.company AND f.receipt = r.id AND f.kind IN (1, 2) AND NOT EXISTS (SELECT 1 FROM refund x WHERE x.company = f.company AND x.reverses = f.id)), 0) AS sent_back FROM receipt r WHERE r.company = $1 AND r.customer = $2 AND r.received_on >= $3 AND r.currency = $4) x GROUP BY received_on ORDER BY received_on";
}

#[derive(Clone, Debug)]
pub struct Promise {
    pub id: Id<ids::Promise>,
    pub customer: Id<ids::Customer>,
    pub code: String,
    pub currency: Currency,
    pub amount: i64,
    pub promised_on: Date,
    pub made_on: Date,
    pub grace_days: i32,
    pub note: String,
    /// open, kept, partly-kept, broken or withdrawn.
    pub state: String,
    /// Paid in time, as last judged.
    pub kept: i64,
    pub judged_on: Option<Date>,
}

fn read(row: &Row<'_>) -> Result<Promise, Error> {
    Ok(Promise {
        id: row.id(0)?,
        customer: row.id(1)?,
        code: row.string(2)?,
        currency: row.currency(3)?,
        amount: row.int(4)?,
        promised_on: row.date(5)?,
        made_on: row.date(6)?,
        grace_days: row.small(7)?,
        note: row.string(8)?,
        state: row.string(9)?,
        kept: row.int(10)?,
        judged_on: row.date_opt(11)?,
    })
}

pub fn save(tx: &mut Tx<'_>, company: i64, p: &Promise) -> Result<(), Error> {
    let action = tx.action_id()?;
    tx.insert_facts(
        &table::PROMISE,
        params![
            company,
            p.id,
            action,
            p.customer,
            p.currency,
            p.amount,
            p.promised_on,
            p.made_on,
            p.grace_days,
            &p.note,
            &p.state,
            p.kept,
            p.judged_on
        ],
    )
}

pub fn list(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Promise>, Error> {
    tx.all(LIST, params![company], read)
}

/// Promises that are open, or whose day was `since` or later.
pub fn running(tx: &mut Tx<'_>, company: i64, since: Date) -> Result<Vec<Promise>, Error> {
    tx.all(RUNNING, params![company, since], read)
}

pub fn of_customer(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>) -> Result<Vec<Promise>, Error> {
    tx.all(OF_CUSTOMER, params![company, customer], read)
}

/// Promises of a customer or of all, those after one of them.
pub fn page(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Option<Id<ids::Customer>>,
    after: Id<ids::Promise>,
    limit: i64,
) -> Result<Vec<Promise>, Error> {
    match customer {
        None => tx.all(PAGE, params![company, after, limit], read),
        Some(customer) => tx.all(PAGE_OF, params![company, customer, after, limit], read),
    }
}

pub fn get(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<Promise, Error> {
    let not_found = || Error::from(Refusal::NotFound { kind: "promise".into(), name: name.into() });
    let id: Id<ids::Promise> = name.parse().map_err(|_| not_found())?;
    tx.first(GET, params![company, id], read)?.ok_or_else(not_found)
}

/// Open promises whose day has come, each with the customer's name; only of accounts that `user` works where one is named.
pub fn due(
    tx: &mut Tx<'_>,
    company: i64,
    until: Date,
    user: Option<&str>,
    limit: i64,
) -> Result<Vec<(Promise, String)>, Error> {
    tx.all(DUE, params![company, until, user, limit], |row| Ok((read(row)?, row.string(12)?)))
}

/// Promises judged broken or partly kept on a day or since, the latest first, likewise.
pub fn broken_since(
    tx: &mut Tx<'_>,
    company: i64,
    since: Date,
    user: Option<&str>,
    limit: i64,
) -> Result<Vec<(Promise, String)>, Error> {
    tx.all(BROKEN, params![company, since, user, limit], |row| Ok((read(row)?, row.string(12)?)))
}

/// How many promises each person wrote down since a day, and how many of those were kept.
pub fn made_by(tx: &mut Tx<'_>, company: i64, since: Date) -> Result<Vec<(String, i64, i64)>, Error> {
    tx.all(MADE, params![company, since], |row| Ok((row.string(0)?, row.int(1)?, row.int(2)?)))
}

/// Sets what a promise is judged to be: the projection.
pub fn set_state(
    tx: &mut Tx<'_>,
    company: i64,
    id: Id<ids::Promise>,
    state: &str,
    kept: i64,
    on: Date,
) -> Result<(), Error> {
    tx.execute(JUDGE, params![state, kept, on, company, id])?;
    tx.touch();
    Ok(())
}

/// What a customer paid per day since a day, by the day the money came in, applied or not, less what was refunded or
/// returned of it.
pub fn paid_since(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Id<ids::Customer>,
    currency: Currency,
    since: Date,
) -> Result<Vec<(Date, i64)>, Error> {
    tx.all(PAID, params![company, customer, since, currency], |row| Ok((row.date(0)?, row.int(1)?)))
}
