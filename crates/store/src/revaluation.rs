//! What foreign receivables were worth on a day, as it was booked for that day and taken back the day after.

use receivables::ids::{self, Id};
use receivables::ledger::{Account, Cause, Line, Rate};
use receivables::{Currency, Date, Money};

use crate::entry::{self, NewEntry};
use crate::table;
use crate::tx::statements;
use crate::{Engine, Error, Tx, Value, params};

statements! {
    ALONE postgres = "SELECT 1 FROM (SELECT pg_advisory_xact_lock(74613, CAST($1 AS INTEGER))) AS held";
    IS_BOOKED = "SELECT 1 FROM revaluation WHERE company = $1 AND as_of = $2 LIMIT 1";
    LIST = "SELECT as_of, currency, rate_nano, open, booked, difference FROM revaluation WHERE company = $1 AND reverses IS NULL ORDER BY as_of, currency";
}

/// What was open in a currency on a day: as it was booked, and what it was worth more than that, in the company's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    pub as_of: Date,
    pub currency: Currency,
    pub rate: Rate,
    pub open: i64,
    pub booked: i64,
    pub difference: i64,
}

/// Whether the receivables of a day were revalued, once nobody else is at it.
pub fn is_booked(tx: &mut Tx<'_>, company: i64, as_of: Date) -> Result<bool, Error> {
    if tx.engine() == Engine::Postgres {
        tx.execute(ALONE, params![company])?;
    }
    Ok(tx.first(IS_BOOKED, params![company, as_of], |_| Ok(()))?.is_some())
}

/// Books each difference for its day and takes it back the day after.
pub fn save(tx: &mut Tx<'_>, company: i64, own: Currency, all: &[Booked]) -> Result<(), Error> {
    let action = tx.action_id()?;
    let (mut rows, mut entries): (Vec<Value<'_>>, Vec<NewEntry>) = (Vec::new(), Vec::new());
    for one in all {
        let nothing = Money::zero(own);
        let lines = vec![
            Line::debit(Account::REVALUATION, nothing, one.difference),
            Line::debit(Account::EXCHANGE, nothing, -one.difference),
        ];
        let back = lines.iter().map(|line| line.reversed()).collect::<Result<Vec<_>, _>>()?;
        let (id, reversal): (Id<ids::Entry>, Id<ids::Entry>) = (tx.new_id(), tx.new_id());
        let after = one.as_of.plus_days(1);
        for (id, on, reverses, difference) in
            [(id, one.as_of, None, one.difference), (reversal, after, Some(id), -one.difference)]
        {
            rows.extend([company.into(), id.into(), action.into(), one.as_of.into(), one.currency.into()]);
            rows.extend([one.rate.nano().into(), one.open.into(), one.booked.into(), difference.into()]);
            rows.extend([on.into(), reverses.into()]);
        }
        for (id, posted_on, lines) in [(id, one.as_of, lines), (reversal, after, back)] {
            entries.push(NewEntry { id: *id.bytes(), cause: Cause::Revaluation, posted_on, lines });
        }
    }
    tx.insert_facts(&table::REVALUATION, &rows)?;
    entry::save(tx, company, &entries)
}

/// What was booked, the earliest day first.
pub fn list(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Booked>, Error> {
    tx.all(LIST, params![company], |row| {
        Ok(Booked {
            as_of: row.date(0)?,
            currency: row.currency(1)?,
            rate: Rate::from_nano(row.int(2)?),
            open: row.int(3)?,
            booked: row.int(4)?,
            difference: row.int(5)?,
        })
    })
}
