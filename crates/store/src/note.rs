//! Notes: what somebody wrote down about a record. A correction is a new note that names the old one.

use receivables::ids::{self, Id};
use receivables::{Date, Instant, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    OF_RECORD = "SELECT n.id, n.record_kind, n.record, c.code, n.on_day, n.at, n.text, n.corrects, n.by_user, (SELECT x.by_user FROM note x WHERE x.company = n.company AND x.corrects = n.id) FROM note n LEFT JOIN customer c ON c.company = n.company AND c.id = n.customer WHERE n.company = $1 AND n.record = $2 ORDER BY n.id DESC";
    OF_CUSTOMER = "SELECT n.id, n.record_kind, n.record, c.code, n.on_day, n.at, n.text, n.corrects, n.by_user, (SELECT x.by_user FROM note x WHERE x.company = n.company AND x.corrects = n.id) FROM note n JOIN customer c ON c.company = n.company AND c.id = n.customer WHERE n.company = $1 AND n.customer = $2 ORDER BY n.on_day DESC, n.id DESC LIMIT $3";
    GET locked = "SELECT id, record_kind, record, customer FROM note WHERE company = $1 AND id = $2";
    CORRECTED = "SELECT by_user FROM note WHERE company = $1 AND corrects = $2";
}

/// A note as people see it.
#[derive(Clone, Debug)]
pub struct Note {
    pub id: Id<ids::Note>,
    pub record_kind: String,
    pub record: [u8; 16],
    /// The code of the customer it concerns, where one is known.
    pub code: Option<String>,
    pub on: Date,
    pub at: Instant,
    pub text: String,
    pub corrects: Option<Id<ids::Note>>,
    pub by: String,
    /// Who wrote the note that corrects it.
    pub corrected_by: Option<String>,
}

fn read(row: &Row<'_>) -> Result<Note, Error> {
    Ok(Note {
        id: row.id(0)?,
        record_kind: row.string(1)?,
        record: row.bytes(2)?.try_into().map_err(|e| Error::failed("reading a note", e))?,
        code: row.string_opt(3)?,
        on: row.date(4)?,
        at: row.instant(5)?,
        text: row.string(6)?,
        corrects: row.id_opt(7)?,
        by: row.string(8)?,
        corrected_by: row.string_opt(9)?,
    })
}

/// A note to be saved.
#[derive(Clone, Debug)]
pub struct NewNote<'a> {
    pub record_kind: &'a str,
    pub record: [u8; 16],
    pub customer: Option<Id<ids::Customer>>,
    pub on: Date,
    pub text: &'a str,
    pub corrects: Option<Id<ids::Note>>,
    pub by: &'a str,
}

pub fn save(tx: &mut Tx<'_>, company: i64, n: &NewNote<'_>) -> Result<Id<ids::Note>, Error> {
    let (id, action, now) = (tx.new_id(), tx.action_id()?, tx.now());
    tx.insert_facts(
        &table::NOTE,
        params![company, id, action, n.record_kind, n.record, n.customer, n.on, now, n.text, n.corrects, n.by],
    )?;
    Ok(id)
}

/// The notes of one record, the newest first.
pub fn of_record(tx: &mut Tx<'_>, company: i64, record: [u8; 16]) -> Result<Vec<Note>, Error> {
    tx.all(OF_RECORD, params![company, record], read)
}

/// The notes of a customer and of the customer's records, the newest first.
pub fn of_customer(tx: &mut Tx<'_>, company: i64, customer: Id<ids::Customer>, limit: i64) -> Result<Vec<Note>, Error> {
    tx.all(OF_CUSTOMER, params![company, customer, limit], read)
}

/// What a note is about.
#[derive(Clone, Debug)]
pub struct About {
    pub id: Id<ids::Note>,
    pub record_kind: String,
    pub record: [u8; 16],
    pub customer: Option<Id<ids::Customer>>,
}

/// What a note is about; refused where a newer one corrects it already.
pub fn correctable(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<About, Error> {
    let not_found = || Error::from(Refusal::NotFound { kind: "note".into(), name: name.into() });
    let id: Id<ids::Note> = name.parse().map_err(|_| not_found())?;
    let about = tx.first(GET, params![company, id], |row| {
        let record = row.bytes(2)?.try_into().map_err(|e| Error::failed("reading a note", e))?;
        Ok(About { id: row.id(0)?, record_kind: row.string(1)?, record, customer: row.id_opt(3)? })
    })?;
    let about = about.ok_or_else(not_found)?;
    if let Some(by) = tx.first(CORRECTED, params![company, id], |row| row.string(0))? {
        return Err(Refusal::NoteCorrected { by }.into());
    }
    Ok(about)
}
