//! Names and numbers that pay for a customer, learned or said.

use std::collections::BTreeSet;

use receivables::Date;
use receivables::ids::{self, Id};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params};

statements! {
    ALL = "SELECT p.customer, p.mark FROM payer p LEFT JOIN payer_end e ON e.company = p.company AND e.payer = p.id WHERE p.company = $1 AND e.payer IS NULL ORDER BY p.id";
    OF_MARKS each = ("SELECT p.customer, p.mark FROM payer p WHERE p.mark = $1 AND p.company = $2 AND NOT EXISTS (SELECT 1 FROM payer_end e WHERE e.company = p.company AND e.payer = p.id)", "SELECT p.customer, p.mark FROM unnest($1::text[]) AS v(mark) JOIN payer p ON p.mark = v.mark WHERE p.company = $2 AND NOT EXISTS (SELECT 1 FROM payer_end e WHERE e.company = p.company AND e.payer = p.id)");
    LIST = "SELECT p.id, c.code, c.name, p.kind, p.said, r.id, r.reference FROM payer p JOIN customer c ON c.company = p.company AND c.id = p.customer LEFT JOIN receipt r ON r.company = p.company AND r.id = p.receipt WHERE p.company = $1 AND NOT EXISTS (SELECT 1 FROM payer_end e WHERE e.company = p.company AND e.payer = p.id) ORDER BY p.id";
    ENDED = "SELECT ended_on FROM payer_end WHERE company = $1 AND payer = $2";
    EXISTS = "SELECT 1 FROM payer WHERE company = $1 AND id = $2";
}

/// What pays for a customer.
#[derive(Clone, Debug)]
pub struct Payer {
    pub id: Id<ids::Payer>,
    pub customer: Id<ids::Customer>,
    /// `name` or `number`.
    pub kind: &'static str,
    /// As it is compared; see `receivables::cash::payer`.
    pub mark: String,
    /// As it was written.
    pub said: String,
    pub receipt: Option<Id<ids::Receipt>>,
}

/// One that counts, for people.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: Id<ids::Payer>,
    pub code: String,
    pub name: String,
    pub kind: String,
    pub said: String,
    /// The receipt it was learned from: its id, and its reference if it has one.
    pub receipt: Option<(Id<ids::Receipt>, Option<String>)>,
}

/// The customer and the mark of each that counts.
pub fn all(tx: &mut Tx<'_>, company: i64) -> Result<Vec<(Id<ids::Customer>, String)>, Error> {
    tx.all(ALL, params![company], |row| Ok((row.id(0)?, row.string(1)?)))
}

/// Those of some marks that count.
pub fn of_marks(
    tx: &mut Tx<'_>,
    company: i64,
    marks: &BTreeSet<String>,
) -> Result<Vec<(Id<ids::Customer>, String)>, Error> {
    let keys: Vec<Value<'_>> = marks.iter().map(|mark| mark.as_str().into()).collect();
    let mut found = Vec::new();
    tx.each_of(OF_MARKS, &keys, 1, company, |row| {
        found.push((row.id(0)?, row.string(1)?));
        Ok(())
    })?;
    Ok(found)
}

pub fn save(tx: &mut Tx<'_>, company: i64, payer: &Payer) -> Result<(), Error> {
    let action = tx.action_id()?;
    let Payer { id, customer, kind, mark, said, receipt } = payer;
    tx.insert_facts(&table::PAYER, params![company, *id, action, *customer, *kind, mark, said, *receipt])
}

/// Those that count, in the order they were learned.
pub fn list(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Listed>, Error> {
    tx.all(LIST, params![company], read)
}

fn read(row: &Row<'_>) -> Result<Listed, Error> {
    let receipt: Option<Id<ids::Receipt>> = row.id_opt(5)?;
    let reference = row.string_opt(6)?;
    Ok(Listed {
        id: row.id(0)?,
        code: row.string(1)?,
        name: row.string(2)?,
        kind: row.string(3)?,
        said: row.string(4)?,
        receipt: receipt.map(|id| (id, reference)),
    })
}

/// Whether there is one of that id, and when it was forgotten, if it was.
pub fn find(tx: &mut Tx<'_>, company: i64, id: Id<ids::Payer>) -> Result<Option<Option<Date>>, Error> {
    if tx.first(EXISTS, params![company, id], |_| Ok(()))?.is_none() {
        return Ok(None);
    }
    tx.first(ENDED, params![company, id], |row| row.date(0)).map(Some)
}

/// Forgets one; the key of the fact keeps it from being forgotten twice.
pub fn end(tx: &mut Tx<'_>, company: i64, id: Id<ids::Payer>, reason: &str, on: Date) -> Result<(), Error> {
    let action = tx.action_id()?;
    tx.insert_facts(&table::PAYER_END, params![company, id, action, reason, on])
}
