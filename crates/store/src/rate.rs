//! Exchange rates: dated rows with a source.

use receivables::ids;
use receivables::ledger::Rate;
use receivables::{Currency, Date, Instant, Refusal};

use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    ON_OR_BEFORE = "SELECT COALESCE((SELECT c.rate_nano FROM rate_correction c WHERE c.company = r.company AND c.currency = r.currency AND c.on_day = r.on_day ORDER BY c.id DESC LIMIT 1), r.rate_nano), r.on_day FROM rate r WHERE r.company = $1 AND r.currency = $2 AND r.on_day <= $3 ORDER BY r.on_day DESC LIMIT 1";
    ON_AS_KNOWN = "SELECT COALESCE((SELECT c.rate_nano FROM rate_correction c WHERE c.company = r.company AND c.currency = r.currency AND c.on_day = r.on_day AND c.action IN (SELECT action FROM seal WHERE company = $1 AND sealed_at <= $2) ORDER BY c.id DESC LIMIT 1), r.rate_nano) FROM rate r WHERE r.company = $1 AND r.currency = $3 AND r.on_day <= $4 AND r.action IN (SELECT action FROM seal WHERE company = $1 AND sealed_at <= $2) ORDER BY r.on_day DESC LIMIT 1";
    LIST = "SELECT r.on_day, r.currency, COALESCE((SELECT c.rate_nano FROM rate_correction c WHERE c.company = r.company AND c.currency = r.currency AND c.on_day = r.on_day ORDER BY c.id DESC LIMIT 1), r.rate_nano), r.source, (SELECT c.reason FROM rate_correction c WHERE c.company = r.company AND c.currency = r.currency AND c.on_day = r.on_day ORDER BY c.id DESC LIMIT 1) FROM rate r WHERE r.company = $1 ORDER BY r.currency, r.on_day";
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RateRow {
    pub on: Date,
    pub currency: Currency,
    pub rate: Rate,
    pub source: String,
    /// Why it is another than was written first.
    pub corrected: Option<String>,
}

/// What the company's currency pays for one unit of `currency` on a day: the newest rate on or before it. The
/// company's own currency is always one.
pub fn on(tx: &mut Tx<'_>, company: i64, base: Currency, currency: Currency, day: Date) -> Result<Rate, Error> {
    if base == currency {
        return Ok(Rate::ONE);
    }
    tx.first(ON_OR_BEFORE, params![company, currency, day], |row| row.int(0))?
        .map(Rate::from_nano)
        .ok_or_else(|| no_rate(currency, day))
}

/// The same of a foreign currency, among the rates sealed at or before an instant: one written later for that day does
/// not change what was answered.
pub fn on_as_known(
    tx: &mut Tx<'_>,
    company: i64,
    currency: Currency,
    day: Date,
    known_at: Instant,
) -> Result<Rate, Error> {
    tx.first(ON_AS_KNOWN, params![company, known_at, currency, day], |row| row.int(0))?
        .map(Rate::from_nano)
        .ok_or_else(|| no_rate(currency, day))
}

fn no_rate(currency: Currency, day: Date) -> Error {
    Refusal::NoRate { currency: currency.to_string(), on: day }.into()
}

/// The rate written for exactly that day.
pub fn exactly(tx: &mut Tx<'_>, company: i64, currency: Currency, day: Date) -> Result<Option<Rate>, Error> {
    let newest = tx.first(ON_OR_BEFORE, params![company, currency, day], |row| Ok((row.int(0)?, row.date(1)?)))?;
    Ok(newest.filter(|(_, on)| *on == day).map(|(nano, _)| Rate::from_nano(nano)))
}

pub fn save(tx: &mut Tx<'_>, company: i64, row: &RateRow) -> Result<(), Error> {
    let action = tx.action_id()?;
    tx.insert_facts(&table::RATE, params![company, row.currency, row.on, row.rate.nano(), &row.source, action])
}

/// Puts the rate of a day right; what was posted at it stays.
pub fn correct(
    tx: &mut Tx<'_>,
    company: i64,
    currency: Currency,
    on: Date,
    rate: Rate,
    reason: &str,
) -> Result<(), Error> {
    let (id, action) = (tx.new_id::<ids::Entry>(), tx.action_id()?);
    tx.insert_facts(&table::RATE_CORRECTION, params![company, id, action, currency, on, rate.nano(), reason])
}

pub fn list(tx: &mut Tx<'_>, company: i64) -> Result<Vec<RateRow>, Error> {
    tx.all(LIST, params![company], |row| {
        Ok(RateRow {
            on: row.date(0)?,
            currency: row.currency(1)?,
            rate: Rate::from_nano(row.int(2)?),
            source: row.string(3)?,
            corrected: row.string_opt(4)?,
        })
    })
}
