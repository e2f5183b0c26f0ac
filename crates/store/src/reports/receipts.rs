//! The list of receipts, the newest first, and those that wait for somebody, the oldest first.

use std::collections::BTreeMap;

use receivables::ids::{self, Id};
use receivables::ledger::Account;
use receivables::{Currency, Date};

use super::page::{Page, walk};
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params};

statements! {
    ALL = "SELECT received_on, id FROM receipt WHERE company = $1 AND received_on >= $2 AND (received_on, id) < ($3, $4) ORDER BY received_on DESC, id DESC LIMIT $5";
    OF_CUSTOMER = "SELECT received_on, id FROM receipt WHERE company = $1 AND customer = $2 AND received_on >= $3 AND (received_on, id) < ($4, $5) ORDER BY received_on DESC, id DESC LIMIT $6";
    UNIDENTIFIED = "SELECT received_on, id FROM receipt WHERE company = $1 AND unidentified <> 0 AND received_on >= $2 AND (received_on, id) < ($3, $4) ORDER BY received_on DESC, id DESC LIMIT $5";
    UNAPPLIED = "SELECT received_on, id FROM receipt WHERE company = $1 AND unapplied <> 0 AND +received_on >= $2 AND (+received_on, id) < ($3, $4) ORDER BY +received_on DESC, id DESC LIMIT $5";
    REFUNDED = "SELECT DISTINCT r.received_on, r.id FROM refund f CROSS JOIN receipt r WHERE r.company = f.company AND r.id = f.receipt AND f.company = $1 AND r.received_on >= $2 AND (r.received_on, r.id) < ($3, $4) ORDER BY r.received_on DESC, r.id DESC LIMIT $5";
    NOBODYS = "SELECT received_on, id FROM receipt WHERE company = $1 AND unidentified <> 0 AND (received_on, id) > ($2, $3) ORDER BY received_on, id LIMIT $4";
    ON_ACCOUNT = "SELECT received_on, id FROM receipt WHERE company = $1 AND unapplied <> 0 AND (+received_on, id) > ($2, $3) ORDER BY +received_on, id LIMIT $4";
    NOBODYS_COUNT = "SELECT COUNT(*) FROM (SELECT 1 FROM receipt WHERE company = $1 AND unidentified <> 0 LIMIT $2) x";
    ON_ACCOUNT_COUNT = "SELECT COUNT(*) FROM (SELECT 1 FROM receipt WHERE company = $1 AND unapplied <> 0 LIMIT $2) x";
    ROWS each = ("SELECT r.id, r.account, a.code, r.received_on, r.currency, r.gross, r.charges, r.payer, r.payer_ref, r.reference, r.text, r.customer, c.code, c.name, r.unidentified, r.unapplied, r.allocated, r.refunded FROM receipt r JOIN account a ON a.company = r.company AND a.no = r.account LEFT JOIN customer c ON c.company = r.company AND c.id = r.customer WHERE r.id = $1 AND r.company = $2", "SELECT r.id, r.account, a.code, r.received_on, r.currency, r.gross, r.charges, r.payer, r.payer_ref, r.reference, r.text, r.customer, c.code, c.name, r.unidentified, r.unapplied, r.allocated, r.refunded FROM receipt r JOIN account a ON a.company = r.company AND a.no = r.account LEFT JOIN customer c ON c.company = r.company AND c.id = r.customer WHERE r.id = ANY($1) AND r.company = $2");
}

/// How a receipt stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Nobody knows whose money some of it is.
    Unidentified,
    /// The customer is known, and some of it settles nothing yet.
    Unapplied,
    /// All of it settles something or went back.
    Applied,
    /// Some of it went back.
    Refunded,
}

impl State {
    pub const ALL: [(State, &'static str); 4] = [
        (State::Unidentified, "unidentified"),
        (State::Unapplied, "unapplied"),
        (State::Applied, "applied"),
        (State::Refunded, "refunded"),
    ];

    pub fn code(self) -> &'static str {
        State::ALL.iter().find(|(state, _)| *state == self).map_or("", |(_, code)| code)
    }
}

/// Which receipts are asked for; all of them where nothing is said.
#[derive(Clone, Copy, Default, Debug)]
pub struct Filter<'a> {
    pub state: Option<State>,
    pub account: Option<Account>,
    /// Those of these customers only, unless empty: of one and those merged into it.
    pub customers: &'a [Id<ids::Customer>],
    /// Received on or after.
    pub from: Option<Date>,
    /// Received on or before.
    pub until: Option<Date>,
}

/// One row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    pub id: Id<ids::Receipt>,
    pub account: Account,
    pub account_code: String,
    pub received_on: Date,
    pub currency: Currency,
    pub gross: i64,
    pub charges: i64,
    pub payer: Option<String>,
    pub payer_ref: Option<String>,
    pub reference: Option<String>,
    pub text: Option<String>,
    pub customer: Option<Id<ids::Customer>>,
    pub customer_code: Option<String>,
    pub customer_name: Option<String>,
    pub unidentified: i64,
    pub unapplied: i64,
    pub allocated: i64,
    pub refunded: i64,
}

/// Where a page begins: after the receipt of this day and id.
pub type After = (Date, Id<ids::Receipt>);

impl Listed {
    /// How people call it: the provider's reference, else its id.
    pub fn called(&self) -> String {
        self.reference.clone().unwrap_or_else(|| self.id.to_string())
    }

    /// What it is before all else: waiting, then whether some of it went back.
    pub fn state(&self) -> State {
        if self.unidentified != 0 {
            State::Unidentified
        } else if self.unapplied != 0 {
            State::Unapplied
        } else if self.allocated == 0 && self.refunded != 0 {
            State::Refunded
        } else {
            State::Applied
        }
    }
}

impl Filter<'_> {
    fn fits(&self, row: &Listed) -> bool {
        let state = match self.state {
            None => true,
            Some(State::Unidentified) => row.unidentified != 0,
            Some(State::Unapplied) => row.unapplied != 0,
            Some(State::Applied) => row.unidentified == 0 && row.unapplied == 0,
            Some(State::Refunded) => row.refunded != 0,
        };
        state
            && self.account.is_none_or(|account| row.account == account)
            && (self.customers.is_empty() || row.customer.is_some_and(|of| self.customers.contains(&of)))
            && self.from.is_none_or(|from| row.received_on >= from)
            && self.until.is_none_or(|until| row.received_on <= until)
    }
}

/// One page of the list.
pub fn page(
    tx: &mut Tx<'_>,
    company: i64,
    filter: &Filter<'_>,
    after: Option<After>,
    limit: usize,
) -> Result<Page<Listed, After>, Error> {
    let end = filter.until.map_or(Date::from_day_number(i32::MAX), |until| until.plus_days(1));
    let start = after.filter(|(on, _)| *on < end).unwrap_or((end, Id::from_bytes([0; 16])));
    let fitting = |tx: &mut Tx<'_>, keys: &[After]| fitting(tx, company, filter, keys);
    walk(tx, start, limit, |tx, at, most| keys(tx, company, filter, at, most), fitting)
}

fn fitting(tx: &mut Tx<'_>, company: i64, filter: &Filter<'_>, keys: &[After]) -> Result<Vec<(After, Listed)>, Error> {
    let ids: Vec<_> = keys.iter().map(|(_, id)| *id).collect();
    let mut rows = rows(tx, company, &ids)?;
    let of_key = |key: &After| rows.remove(&key.1).filter(|row| filter.fits(row)).map(|row| (*key, row));
    Ok(keys.iter().filter_map(of_key).collect())
}

fn read_key(row: &Row<'_>) -> Result<After, Error> {
    Ok((row.date(0)?, row.id(1)?))
}

/// Keys after one, along the index that serves the filter best.
fn keys(tx: &mut Tx<'_>, company: i64, filter: &Filter<'_>, at: &After, most: i64) -> Result<Vec<After>, Error> {
    let (from, (on, id)) = (filter.from.unwrap_or(Date::from_day_number(i32::MIN)), *at);
    if !filter.customers.is_empty() {
        let mut keys = Vec::new();
        for customer in filter.customers {
            keys.extend(tx.all(OF_CUSTOMER, params![company, *customer, from, on, id, most], read_key)?);
        }
        keys.sort_unstable_by(|a, b| b.cmp(a));
        keys.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        return Ok(keys);
    }
    let sql = match filter.state {
        Some(State::Unidentified) => UNIDENTIFIED,
        Some(State::Unapplied) => UNAPPLIED,
        Some(State::Refunded) => REFUNDED,
        Some(State::Applied) | None => ALL,
    };
    tx.all(sql, params![company, from, on, id, most], read_key)
}

/// What waits: money of nobody yet, or money that its customer has on account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wait {
    Nobodys,
    OnAccount,
}

/// One page of what waits, the oldest first.
pub fn waiting(
    tx: &mut Tx<'_>,
    company: i64,
    wait: Wait,
    after: Option<After>,
    limit: usize,
) -> Result<Page<Listed, After>, Error> {
    let (sql, state) = match wait {
        Wait::Nobodys => (NOBODYS, State::Unidentified),
        Wait::OnAccount => (ON_ACCOUNT, State::Unapplied),
    };
    let filter = Filter { state: Some(state), ..Filter::default() };
    let start = after.unwrap_or((Date::from_day_number(i32::MIN), Id::from_bytes([0; 16])));
    let fitting = |tx: &mut Tx<'_>, keys: &[After]| fitting(tx, company, &filter, keys);
    walk(tx, start, limit, |tx, (on, id), most| tx.all(sql, params![company, *on, *id, most], read_key), fitting)
}

/// How many receipts wait; counting ends at `most`.
pub fn waiting_count(tx: &mut Tx<'_>, company: i64, wait: Wait, most: i64) -> Result<i64, Error> {
    let sql = if wait == Wait::Nobodys { NOBODYS_COUNT } else { ON_ACCOUNT_COUNT };
    Ok(tx.first(sql, params![company, most], |row| row.int(0))?.unwrap_or(0))
}

/// Receipts by id.
pub fn rows(
    tx: &mut Tx<'_>,
    company: i64,
    receipts: &[Id<ids::Receipt>],
) -> Result<BTreeMap<Id<ids::Receipt>, Listed>, Error> {
    let keys: Vec<Value<'_>> = receipts.iter().map(|id| Value::from(*id)).collect();
    let mut found = BTreeMap::new();
    tx.each_of(ROWS, &keys, 1, company, |row| {
        let listed = read(row)?;
        found.insert(listed.id, listed);
        Ok(())
    })?;
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<Listed, Error> {
    Ok(Listed {
        id: row.id(0)?,
        account: Account(row.small(1)?),
        account_code: row.string(2)?,
        received_on: row.date(3)?,
        currency: row.currency(4)?,
        gross: row.int(5)?,
        charges: row.int(6)?,
        payer: row.string_opt(7)?,
        payer_ref: row.string_opt(8)?,
        reference: row.string_opt(9)?,
        text: row.string_opt(10)?,
        customer: row.id_opt(11)?,
        customer_code: row.string_opt(12)?,
        customer_name: row.string_opt(13)?,
        unidentified: row.int(14)?,
        unapplied: row.int(15)?,
        allocated: row.int(16)?,
        refunded: row.int(17)?,
    })
}
