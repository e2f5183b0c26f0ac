//! Papers: bytes filed with a record. The same bytes are stored once, however often they are filed.

use receivables::ids::{self, Id};
use receivables::{Date, Instant, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Engine, Error, Tx, Value, params};

statements! {
    LAST_NO = "SELECT COALESCE(MAX(no), 0) FROM paper_validity WHERE company = $1 AND paper = $2";
    ALONE postgres = "SELECT 1 FROM (SELECT pg_advisory_xact_lock(74612, CAST($1 AS INTEGER))) AS held";
    KNOWN = "SELECT 1 FROM paper_content WHERE company = $1 AND digest = $2";
    CONTENT = "SELECT content FROM paper_content WHERE company = $1 AND digest = $2";
    FILED = "SELECT id FROM paper WHERE company = $1 AND record = $2 AND digest = $3 AND kind = $4";
    GET = "SELECT p.id, p.record_kind, p.record, c.code, c.collector, p.on_day, p.at, p.digest, p.name, p.kind, p.by_user, x.media, x.size, (SELECT v.until_on FROM paper_validity v WHERE v.company = p.company AND v.paper = p.id ORDER BY v.no DESC LIMIT 1) FROM paper p JOIN paper_content x ON x.company = p.company AND x.digest = p.digest LEFT JOIN customer c ON c.company = p.company AND c.id = p.customer WHERE p.company = $1 AND p.id = $2";
    LIST = "SELECT p.id, p.record_kind, p.record, c.code, c.collector, p.on_day, p.at, p.digest, p.name, p.kind, p.by_user, x.media, x.size, (SELECT v.until_on FROM paper_validity v WHERE v.company = p.company AND v.paper = p.id ORDER BY v.no DESC LIMIT 1) FROM paper p JOIN paper_content x ON x.company = p.company AND x.digest = p.digest LEFT JOIN customer c ON c.company = p.company AND c.id = p.customer WHERE p.company = $1 ORDER BY p.id DESC LIMIT $2";
    OF_RECORD = "SELECT p.id, p.record_kind, p.record, c.code, c.collector, p.on_day, p.at, p.digest, p.name, p.kind, p.by_user, x.media, x.size, (SELECT v.until_on FROM paper_validity v WHERE v.company = p.company AND v.paper = p.id ORDER BY v.no DESC LIMIT 1) FROM paper p JOIN paper_content x ON x.company = p.company AND x.digest = p.digest LEFT JOIN customer c ON c.company = p.company AND c.id = p.customer WHERE p.company = $1 AND p.record = $2 ORDER BY p.id DESC";
    OF_CUSTOMER = "SELECT p.id, p.record_kind, p.record, c.code, c.collector, p.on_day, p.at, p.digest, p.name, p.kind, p.by_user, x.media, x.size, (SELECT v.until_on FROM paper_validity v WHERE v.company = p.company AND v.paper = p.id ORDER BY v.no DESC LIMIT 1) FROM paper p JOIN paper_content x ON x.company = p.company AND x.digest = p.digest JOIN customer c ON c.company = p.company AND c.id = p.customer WHERE p.company = $1 AND p.customer = $2 ORDER BY p.on_day DESC, p.id DESC LIMIT $3";
}

/// A paper as people see it, without its bytes.
#[derive(Clone, Debug)]
pub struct Paper {
    pub id: Id<ids::Paper>,
    pub record_kind: String,
    pub record: [u8; 16],
    /// The code of the customer it concerns, where one is known, and who works that account.
    pub code: Option<String>,
    pub collector: Option<String>,
    pub on: Date,
    pub at: Instant,
    /// SHA-256 of the bytes.
    pub digest: [u8; 32],
    pub name: String,
    pub kind: String,
    pub by: String,
    /// The media type, as found in the bytes.
    pub media: String,
    pub size: i64,
    /// The last day on which it holds, where one was said.
    pub until: Option<Date>,
}

fn read(row: &Row<'_>) -> Result<Paper, Error> {
    let wrong = |e| Error::failed("reading a paper", e);
    Ok(Paper {
        id: row.id(0)?,
        record_kind: row.string(1)?,
        record: row.bytes(2)?.try_into().map_err(wrong)?,
        code: row.string_opt(3)?,
        collector: row.string_opt(4)?,
        on: row.date(5)?,
        at: row.instant(6)?,
        digest: row.bytes(7)?.try_into().map_err(wrong)?,
        name: row.string(8)?,
        kind: row.string(9)?,
        by: row.string(10)?,
        media: row.string(11)?,
        size: row.int(12)?,
        until: row.date_opt(13)?,
    })
}

/// A paper to be filed.
#[derive(Clone, Debug)]
pub struct NewPaper<'a> {
    pub record_kind: &'a str,
    pub record: [u8; 16],
    pub customer: Option<Id<ids::Customer>>,
    pub on: Date,
    pub digest: [u8; 32],
    pub media: &'a str,
    pub content: &'a [u8],
    pub name: &'a str,
    pub kind: &'a str,
    pub by: &'a str,
}

/// Files a paper; the same one filed there before as the same kind is what comes back.
pub fn save(tx: &mut Tx<'_>, company: i64, p: &NewPaper<'_>) -> Result<Id<ids::Paper>, Error> {
    if tx.engine() == Engine::Postgres {
        // Two people may file the same bytes at once.
        tx.execute(ALONE, params![company])?;
    }
    if let Some(filed) = tx.first(FILED, params![company, p.record, p.digest, p.kind], |row| row.id(0))? {
        return Ok(filed);
    }
    let (id, action, now) = (tx.new_id(), tx.action_id()?, tx.now());
    if tx.first(KNOWN, params![company, p.digest], |row| row.int(0))?.is_none() {
        let size = i64::try_from(p.content.len()).map_err(|e| Error::failed("filing a paper", e))?;
        tx.insert_facts(
            &table::PAPER_CONTENT,
            params![company, p.digest, action, p.media, size, Value::Blob(p.content)],
        )?;
    }
    tx.insert_facts(
        &table::PAPER,
        params![company, id, action, p.record_kind, p.record, p.customer, p.on, now, p.digest, p.name, p.kind, p.by],
    )?;
    Ok(id)
}

/// Says the last day on which a paper holds; what was said before stays known.
pub fn save_validity(tx: &mut Tx<'_>, company: i64, paper: Id<ids::Paper>, until: Date) -> Result<(), Error> {
    if tx.engine() == Engine::Postgres {
        tx.execute(ALONE, params![company])?;
    }
    let action = tx.action_id()?;
    let no = tx.first(LAST_NO, params![company, paper], |row| row.int(0))?.unwrap_or(0) + 1;
    tx.insert_facts(&table::PAPER_VALIDITY, params![company, paper, no, action, until])
}

/// The paper of that id.
pub fn get(tx: &mut Tx<'_>, company: i64, name: &str) -> Result<Paper, Error> {
    let not_found = || Error::from(Refusal::NotFound { kind: "paper".into(), name: name.into() });
    let id: Id<ids::Paper> = name.parse().map_err(|_| not_found())?;
    tx.first(GET, params![company, id], read)?.ok_or_else(not_found)
}

/// The bytes of a paper.
pub fn content(tx: &mut Tx<'_>, company: i64, digest: [u8; 32]) -> Result<Vec<u8>, Error> {
    tx.first(CONTENT, params![company, digest], |row| Ok(row.bytes(0)?.to_vec()))?
        .ok_or_else(|| Error::Failed("a paper without content".into()))
}

/// The newest papers first.
pub fn list(tx: &mut Tx<'_>, company: i64, limit: i64) -> Result<Vec<Paper>, Error> {
    tx.all(LIST, params![company, limit], read)
}

/// The papers of one record, the newest first.
pub fn of_record(tx: &mut Tx<'_>, company: i64, record: [u8; 16]) -> Result<Vec<Paper>, Error> {
    tx.all(OF_RECORD, params![company, record], read)
}

/// The papers of a customer and of the customer's records, the newest first.
pub fn of_customer(
    tx: &mut Tx<'_>,
    company: i64,
    customer: Id<ids::Customer>,
    limit: i64,
) -> Result<Vec<Paper>, Error> {
    tx.all(OF_CUSTOMER, params![company, customer, limit], read)
}
