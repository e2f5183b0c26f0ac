//! The audit log as people ask for it: by when, by whom, what was done, to which thing or customer; and one action with
//! every fact it wrote.

use receivables::Instant;
use receivables::ids::{self, Id};

use crate::audit::{self, RowDigest, RowSum};
use crate::table::{self, Table};
use crate::tx::{Cell, Row, statements};
use crate::{Error, Tx, Value, params};

/// A list of the log: where its rows come from, which of them count, and the place of its limit.
macro_rules! listed {
    ($from:expr, $where:expr, $limit:literal) => {
        concat!(
            "SELECT a.id, a.at, a.actor, a.verb, a.subject, a.cause, a.row_count, s.no FROM ",
            $from,
            " LEFT JOIN seal s ON s.company = a.company AND s.action = a.id WHERE a.company = $1 AND ",
            $where,
            " ORDER BY a.at DESC, a.id DESC LIMIT ",
            $limit
        )
    };
}

/// The actions that touched a customer: id, and the code that subjects name.
macro_rules! of_customer {
    ($id:literal, $code:literal) => {
        concat!(
            "SELECT action FROM document WHERE company = $1 AND payer = ", $id,
            " UNION SELECT m.action FROM document d JOIN movement m ON m.company = d.company AND m.document = d.id WHERE d.company = $1 AND d.payer = ", $id,
            " UNION SELECT action FROM receipt WHERE company = $1 AND customer = ", $id,
            " UNION SELECT i.action FROM receipt r JOIN identification i ON i.company = r.company AND i.receipt = r.id WHERE r.company = $1 AND r.customer = ", $id,
            " UNION SELECT action FROM refund WHERE company = $1 AND customer = ", $id,
            " UNION SELECT action FROM promise WHERE company = $1 AND customer = ", $id,
            " UNION SELECT action FROM hold WHERE company = $1 AND customer = ", $id,
            " UNION SELECT action FROM outbox WHERE company = $1 AND customer = ", $id,
            " UNION SELECT action FROM attempt WHERE company = $1 AND customer = ",
            $id,
            " UNION SELECT action FROM callback WHERE company = $1 AND customer = ",
            $id,
            " UNION SELECT action FROM note WHERE company = $1 AND customer = ",
            $id,
            " UNION SELECT action FROM paper WHERE company = $1 AND customer = ",
            $id,
            " UNION SELECT action FROM dispute WHERE company = $1 AND customer = ", $id,
            " UNION SELECT e.action FROM dispute d JOIN dispute_end e ON e.company = d.company AND e.dispute = d.id WHERE d.company = $1 AND d.customer = ", $id,
            " UNION SELECT action FROM customer WHERE company = $1 AND id = ", $id,
            " UNION SELECT id FROM action WHERE company = $1 AND subject = ", $code, " AND length(subject) <= 100"
        )
    };
}

/// The actions that touched a thing: those that name it alone, and those that moved the document or receipt of that name.
macro_rules! of_thing {
    ($name:literal) => {
        concat!(
            "SELECT id AS action FROM action WHERE company = $1 AND subject = ", $name, " AND length(subject) <= 100",
            " UNION SELECT action FROM document WHERE company = $1 AND number = ", $name,
            " UNION SELECT m.action FROM document d JOIN movement m ON m.company = d.company AND m.document = d.id WHERE d.company = $1 AND d.number = ", $name,
            " UNION SELECT x.action FROM document d JOIN dispute x ON x.company = d.company AND x.document = d.id WHERE d.company = $1 AND d.number = ", $name,
            " UNION SELECT e.action FROM document d JOIN dispute x ON x.company = d.company AND x.document = d.id JOIN dispute_end e ON e.company = x.company AND e.dispute = x.id WHERE d.company = $1 AND d.number = ", $name,
            " UNION SELECT action FROM receipt WHERE company = $1 AND reference = ", $name,
            " UNION SELECT i.action FROM receipt r JOIN identification i ON i.company = r.company AND i.receipt = r.id WHERE r.company = $1 AND r.reference = ", $name,
            " UNION SELECT m.action FROM receipt r JOIN movement m ON m.company = r.company AND m.receipt = r.id WHERE r.company = $1 AND r.reference = ", $name,
            " UNION SELECT f.action FROM receipt r JOIN refund f ON f.company = r.company AND f.receipt = r.id WHERE r.company = $1 AND r.reference = ", $name
        )
    };
}

statements! {
    BY_TIME = listed!("action a", "(a.at, a.id) < ($2, $3) AND a.at >= $4", "$5");
    BY_VERB = listed!("action a", "(a.at, a.id) < ($2, $3) AND a.at >= $4 AND a.verb = $5", "$6");
    BY_ACTOR = listed!("action a", "(a.at, a.id) < ($2, $3) AND a.at >= $4 AND a.actor = $5 AND (CAST($6 AS TEXT) IS NULL OR a.verb = $6)", "$7");
    BY_THING = listed!(concat!("(", of_thing!("$2"), ") t CROSS JOIN action a"), "a.id = t.action AND (a.at, a.id) < ($3, $4) AND a.at >= $5 AND (CAST($6 AS TEXT) IS NULL OR a.actor = $6) AND (CAST($7 AS TEXT) IS NULL OR a.verb = $7)", "$8");
    BY_CUSTOMER = listed!(concat!("(", of_customer!("$2", "$3"), ") t CROSS JOIN action a"), "a.id = t.action AND (a.at, a.id) < ($4, $5) AND a.at >= $6 AND (CAST($7 AS TEXT) IS NULL OR a.actor = $7) AND (CAST($8 AS TEXT) IS NULL OR a.verb = $8)", "$9");
    BY_BOTH = listed!(concat!("(SELECT action FROM (", of_thing!("$2"), ") x INTERSECT SELECT action FROM (", of_customer!("$3", "$4"), ") y) t CROSS JOIN action a"), "a.id = t.action AND (a.at, a.id) < ($5, $6) AND a.at >= $7 AND (CAST($8 AS TEXT) IS NULL OR a.actor = $8) AND (CAST($9 AS TEXT) IS NULL OR a.verb = $9)", "$10");
    ONE = "SELECT a.id, a.at, a.actor, a.verb, a.subject, a.cause, a.row_count, s.no, a.digest, s.sealed_at, s.chain, p.chain FROM action a LEFT JOIN seal s ON s.company = a.company AND s.action = a.id LEFT JOIN seal p ON p.company = s.company AND p.no = s.no - 1 WHERE a.company = $1 AND a.id = $2";
    MARK = "SELECT at FROM action WHERE company = $1 AND id = $2";
    SEALED_AS = "SELECT action FROM seal WHERE company = $1 AND no = $2";
}

/// The longest subject that is looked for.
pub const SUBJECT_MAX: usize = 100;
/// Rows of one table that an action is shown with; all are counted and digested.
pub const SHOWN_MAX: usize = 50;

/// Which actions; what is left out does not matter.
#[derive(Clone, Debug, Default)]
pub struct Filter<'a> {
    pub actor: Option<&'a str>,
    pub verb: Option<&'a str>,
    /// A thing by its whole name: a number, a code, a reference, the name of a file.
    pub subject: Option<&'a str>,
    /// Whatever touched the money, the promises or the data of this customer: id and code.
    pub customer: Option<(Id<ids::Customer>, &'a str)>,
    pub from: Option<Instant>,
    /// Before this instant.
    pub until: Option<Instant>,
}

/// Where a page ended: the next one begins after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub at: Instant,
    pub id: Id<ids::Action>,
}

/// One line of the audit log.
#[derive(Clone, Debug)]
pub struct Logged {
    pub id: Id<ids::Action>,
    pub at: Instant,
    pub actor: String,
    pub verb: String,
    pub subject: String,
    pub cause: Option<String>,
    pub rows: i64,
    /// Its place in the chain; none for the moment until it is sealed.
    pub seal: Option<i64>,
}

impl Logged {
    fn read(row: &Row<'_>) -> Result<Logged, Error> {
        Ok(Logged {
            id: row.id(0)?,
            at: row.instant(1)?,
            actor: row.string(2)?,
            verb: row.string(3)?,
            subject: row.string(4)?,
            cause: row.string_opt(5)?,
            rows: row.int(6)?,
            seal: row.int_opt(7)?,
        })
    }

    pub fn mark(&self) -> Mark {
        Mark { at: self.at, id: self.id }
    }
}

/// The actions of a company, the newest first; those after `mark` where a page went before.
pub fn list(
    tx: &mut Tx<'_>,
    company: i64,
    filter: &Filter<'_>,
    mark: Option<Mark>,
    limit: i64,
) -> Result<Vec<Logged>, Error> {
    let Filter { actor, verb, subject, customer, from, until } = filter;
    let end = until.unwrap_or(Instant::from_micros(i64::MAX));
    let begin = Mark { at: end, id: Id::from_bytes([0; 16]) };
    let Mark { at, id } = mark.filter(|mark| mark.at < end).unwrap_or(begin);
    let from = from.unwrap_or(Instant::from_micros(i64::MIN));
    let (sql, values) = match (subject, customer, actor, verb) {
        (Some(thing), Some((customer, code)), ..) => {
            (BY_BOTH, params![company, *thing, *customer, *code, at, id, from, *actor, *verb, limit].to_vec())
        }
        (Some(thing), None, ..) => (BY_THING, params![company, *thing, at, id, from, *actor, *verb, limit].to_vec()),
        (None, Some((customer, code)), ..) => {
            (BY_CUSTOMER, params![company, *customer, *code, at, id, from, *actor, *verb, limit].to_vec())
        }
        (None, None, Some(actor), _) => (BY_ACTOR, params![company, at, id, from, *actor, *verb, limit].to_vec()),
        (None, None, None, Some(verb)) => (BY_VERB, params![company, at, id, from, *verb, limit].to_vec()),
        (None, None, None, None) => (BY_TIME, params![company, at, id, from, limit].to_vec()),
    };
    tx.all(sql, &values, Logged::read)
}

/// Where an action stands in the list.
pub fn mark(tx: &mut Tx<'_>, company: i64, id: Id<ids::Action>) -> Result<Option<Mark>, Error> {
    tx.first(MARK, params![company, id], |row| Ok(Mark { at: row.instant(0)?, id }))
}

/// How an action stands in the chain.
#[derive(Clone, Debug)]
pub struct Sealed {
    pub no: i64,
    pub at: Instant,
    pub chain: [u8; 32],
    /// Whether the link follows from the one before it.
    pub follows: bool,
}

/// The longest bytes that are shown; of longer ones only their length.
const BYTES_SHOWN: usize = 64;

/// A value as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
    /// A file: how many bytes.
    Long(usize),
}

/// What an action wrote into one table.
#[derive(Clone, Debug)]
pub struct Written {
    pub table: &'static str,
    pub columns: &'static [&'static str],
    /// The first of them.
    pub rows: Vec<Vec<Told>>,
    pub count: u64,
}

/// One action with what it wrote.
#[derive(Clone, Debug)]
pub struct Detail {
    pub logged: Logged,
    pub digest: [u8; 32],
    pub seal: Option<Sealed>,
    pub written: Vec<Written>,
    /// Whether the facts found add up to the digest that was sealed.
    pub whole: bool,
}

/// The action of a place in the chain.
pub fn sealed_as(tx: &mut Tx<'_>, company: i64, no: i64) -> Result<Option<Id<ids::Action>>, Error> {
    tx.first(SEALED_AS, params![company, no], |row| row.id(0))
}

/// One action with every fact that names it.
pub fn one(tx: &mut Tx<'_>, company: i64, id: Id<ids::Action>) -> Result<Option<Detail>, Error> {
    let found = tx.first(ONE, params![company, id], |row| {
        let logged = Logged::read(row)?;
        let digest = digest(row, 8)?.unwrap_or_default();
        let seal = match (logged.seal, self::digest(row, 10)?) {
            (Some(no), Some(chain)) => {
                let (at, before) = (row.instant(9)?, self::digest(row, 11)?.unwrap_or_default());
                Some(Sealed { no, at, chain, follows: audit::link(&before, id, &digest, at) == chain })
            }
            _ => None,
        };
        Ok((logged, digest, seal))
    })?;
    let Some((logged, digest, seal)) = found else { return Ok(None) };
    let (written, sum) = written(tx, company, id)?;
    Ok(Some(Detail { logged, digest, seal, written, whole: sum.bytes() == digest }))
}

fn digest(row: &Row<'_>, i: usize) -> Result<Option<[u8; 32]>, Error> {
    match row.cell(i)? {
        Cell::Bytes(v) => v.try_into().map(Some).map_err(|e| Error::failed("reading a digest", e)),
        _ => Ok(None),
    }
}

/// The facts of an action by table, and their sum.
fn written(tx: &mut Tx<'_>, company: i64, id: Id<ids::Action>) -> Result<(Vec<Written>, RowSum), Error> {
    let (mut all, mut sum) = (Vec::new(), RowSum::default());
    for table in table::ALL.iter().copied().filter(|t| t.facts > 0 && t.action.is_some()) {
        let mut found =
            Written { table: table.name, columns: &table.columns[..table.facts], rows: Vec::new(), count: 0 };
        let values = of_action(table, company, id);
        tx.each(table.facts_of_action_sql(), &values, |row| {
            let mut digest = RowDigest::of(table);
            for i in 0..table.facts {
                digest.cell(&row.cell(i)?);
            }
            sum.add(digest.finish());
            found.count += 1;
            if found.rows.len() < SHOWN_MAX {
                found.rows.push((0..table.facts).map(|i| told(row, i)).collect::<Result<_, _>>()?);
            }
            Ok(())
        })?;
        if found.count > 0 {
            all.push(found);
        }
    }
    Ok((all, sum))
}

/// The parameters of [`Table::facts_of_action_sql`].
fn of_action(table: &Table, company: i64, id: Id<ids::Action>) -> Vec<Value<'static>> {
    if !table.made_with_its_action() {
        return vec![company.into(), id.into()];
    }
    let (first, after) = same_moment(id);
    vec![company.into(), first.into(), after.into(), id.into()]
}

/// An action makes its ids at one instant, so they lie between these: the first of its millisecond, and one beyond the
/// next.
fn same_moment(id: Id<ids::Action>) -> ([u8; 16], [u8; 16]) {
    let mut ms = [0u8; 8];
    ms[2..].copy_from_slice(&id.bytes()[..6]);
    let ms = u64::from_be_bytes(ms);
    let edge = |ms: u64| {
        let mut bytes = [0u8; 16];
        bytes[..6].copy_from_slice(&ms.to_be_bytes()[2..]);
        bytes
    };
    (edge(ms), edge(ms + 2))
}

fn told(row: &Row<'_>, i: usize) -> Result<Told, Error> {
    Ok(match row.cell(i)? {
        Cell::Null => Told::Null,
        Cell::Int(v) => Told::Int(v),
        Cell::Text(v) => Told::Text(v.to_owned()),
        Cell::Bytes(v) if v.len() > BYTES_SHOWN => Told::Long(v.len()),
        Cell::Bytes(v) => Told::Bytes(v.to_vec()),
    })
}
