//! Double entries. An entry's id is the id of its cause, so a cause has one entry by the key itself.

use receivables::Date;
use receivables::ids::{self, Id};
use receivables::ledger::{Account, Cause, Line, entry};

use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, Value, params};

statements! {
    HORIZON = "INSERT INTO horizon (company, posted_on) VALUES ($1, $2) ON CONFLICT (company) DO UPDATE SET posted_on = excluded.posted_on WHERE horizon.posted_on < excluded.posted_on";
    LINES = "SELECT account, customer, currency, amount, base FROM entry_line WHERE company = $1 AND entry = $2 ORDER BY no";
}

/// An entry to be saved under its cause's id.
pub struct NewEntry {
    pub id: [u8; 16],
    pub cause: Cause,
    pub posted_on: Date,
    pub lines: Vec<Line>,
}

/// Saves entries. An entry that does not balance is a fault of the program and stops the action.
pub fn save(tx: &mut Tx<'_>, company: i64, entries: &[NewEntry]) -> Result<(), Error> {
    let (action, now) = (tx.action_id()?, tx.now());
    let mut heads: Vec<Value<'_>> = Vec::with_capacity(entries.len() * 6);
    let mut lines: Vec<Value<'_>> = Vec::with_capacity(entries.len() * 27);
    for e in entries {
        if !entry::balances(&e.lines) {
            return Err(Error::Failed(format!("an entry does not balance: {:?} {:?}", e.cause, e.lines)));
        }
        heads.extend([
            company.into(),
            e.id.into(),
            action.into(),
            Value::Int(e.cause as i64),
            e.posted_on.into(),
            now.into(),
        ]);
        for (no, line) in (1i32..).zip(&e.lines) {
            lines.extend([
                company.into(),
                e.id.into(),
                no.into(),
                action.into(),
                line.account.0.into(),
                line.customer.into(),
                line.amount.currency.into(),
                line.amount.minor.into(),
                line.base.into(),
            ]);
        }
    }
    if let Some(latest) = entries.iter().map(|e| e.posted_on).max() {
        tx.execute(HORIZON, params![company, latest])?;
    }
    tx.insert_facts(&table::ENTRY, &heads)?;
    tx.insert_facts(&table::ENTRY_LINE, &lines)
}

/// The lines of one entry.
pub fn lines(tx: &mut Tx<'_>, company: i64, id: &[u8; 16]) -> Result<Vec<Line>, Error> {
    let id: Id<ids::Entry> = Id::from_bytes(*id);
    tx.all(LINES, params![company, id], |row| {
        Ok(Line {
            account: Account(row.small(0)?),
            customer: row.id_opt(1)?,
            amount: receivables::Money::new(row.int(3)?, row.currency(2)?),
            base: row.int(4)?,
        })
    })
}
