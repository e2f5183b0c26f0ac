//! The audit log and its seal: one row per action with the digest of what it wrote, chained in order.
//!
//! A row's digest is SHA-256 over its fact columns; an action's digest is the sum of its rows' digests modulo
//! 2^128 twice, so the order of writing does not matter. A seal's chain is SHA-256 over the chain before it,
//! the action, its digest and the seal instant. SQLite seals in the writer; PostgreSQL's actions wait in
//! `unsealed` for `seal_waiting`.

use std::sync::Arc;

use receivables::ids::{self, Id};
use receivables::{Date, Instant, Refusal};
use sha2::{Digest, Sha256};

use crate::setting::Change;
use crate::table::{self, Table};
use crate::tx::{Cell, statements};
use crate::{Engine, Error, Tx, Value, params};

statements! {
    LAST_SEAL = "SELECT no, sealed_at, chain FROM seal WHERE company = $1 ORDER BY no DESC LIMIT 1";
    WAITING = "SELECT u.action, a.at, a.digest FROM unsealed u JOIN action a ON a.company = u.company AND a.id = u.action WHERE u.company = $1 ORDER BY u.action LIMIT 5000";
    SEALED_NOW = "DELETE FROM unsealed WHERE company = $1 AND action = $2";
    WAITING_COMPANIES = "SELECT DISTINCT company FROM unsealed ORDER BY company";
    LOCK_COMPANY locked = "SELECT id FROM company WHERE id = $1";
    WHILE_OPEN postgres = "SELECT 1 FROM (SELECT pg_advisory_xact_lock_shared(74611, CAST($1 AS INTEGER))) AS held";
}

/// What the running action has written so far.
pub(crate) struct ActionInProgress {
    pub company: i64,
    pub id: Id<ids::Action>,
    pub rows: i64,
    pub sum: RowSum,
    /// The end of the chain when it began. SQLite has one writer: nobody seals before it ends.
    last_seal: Option<Seal>,
    /// The last closed day once it was asked for: it does not move while the action runs.
    pub closed_to: Option<Option<Date>>,
    /// The company's words on its settings once they were asked for.
    pub settings: Option<Arc<[Change]>>,
}

/// Order-free sum of row digests.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct RowSum(u128, u128);

impl RowSum {
    pub fn add(&mut self, row: [u8; 32]) {
        let (high, low) = row.split_at(16);
        self.0 = self.0.wrapping_add(u128::from_be_bytes(high.try_into().expect("sixteen bytes")));
        self.1 = self.1.wrapping_add(u128::from_be_bytes(low.try_into().expect("sixteen bytes")));
    }

    pub fn bytes(self) -> [u8; 32] {
        let mut out = [0u8; 32];
        out[..16].copy_from_slice(&self.0.to_be_bytes());
        out[16..].copy_from_slice(&self.1.to_be_bytes());
        out
    }
}

/// Feeds one row's facts to SHA-256, each value with its kind and length so that no two rows look alike.
pub(crate) struct RowDigest(Sha256);

impl RowDigest {
    pub fn of(table: &Table) -> RowDigest {
        let mut hash = Sha256::new();
        hash.update(table.name.as_bytes());
        RowDigest(hash)
    }

    fn null(&mut self) {
        self.0.update([0]);
    }

    pub(crate) fn int(&mut self, value: i64) {
        self.0.update([1]);
        self.0.update(value.to_be_bytes());
    }

    pub(crate) fn text(&mut self, value: &str) {
        self.field(2, value.as_bytes());
    }

    fn bytes(&mut self, value: &[u8]) {
        self.field(3, value);
    }

    /// A value as it lies in the row.
    pub fn cell(&mut self, cell: &Cell<'_>) {
        match cell {
            Cell::Null => self.null(),
            Cell::Int(v) => self.int(*v),
            Cell::Text(v) => self.text(v),
            Cell::Bytes(v) => self.bytes(v),
        }
    }

    fn field(&mut self, kind: u8, value: &[u8]) {
        self.0.update([kind]);
        self.0.update((value.len() as u64).to_be_bytes());
        self.0.update(value);
    }

    fn value(&mut self, value: &Value<'_>) {
        match value {
            Value::Null => self.null(),
            Value::Int(v) => self.int(*v),
            Value::Text(v) => self.text(v),
            Value::Owned(v) => self.text(v),
            Value::Bytes(v) => self.bytes(v),
            Value::Blob(v) => self.bytes(v),
            Value::Digest(v) => self.bytes(v),
            Value::Content(v) => self.bytes(v),
            Value::Column(values) => values.iter().for_each(|v| self.value(v)),
        }
    }

    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// Who did what, for the audit log.
pub struct Deed<'a> {
    pub actor: &'a str,
    pub verb: &'a str,
    /// To which thing: a number, a code, a file.
    pub subject: &'a str,
    /// Why, where a reason was given.
    pub cause: Option<&'a str>,
}

impl Tx<'_> {
    /// Begins an action of a company; every fact until `end_action` is part of it. Refuses a clock that shows
    /// an earlier time than the last seal.
    pub fn begin_action(&mut self, company: i64) -> Result<Id<ids::Action>, Error> {
        let last = last_seal(self, company)?;
        if let Some(last) = &last
            && self.now < last.sealed_at
            && last.sealed_at.micros() - self.now.micros() > CLOCK_SLACK_MICROS
        {
            return Err(Refusal::ClockBehind { now: self.now.to_string(), last: last.sealed_at.to_string() }.into());
        }
        if self.engine() == Engine::Postgres {
            // No period closes while this action runs (SQLite has one writer); see `period::save`.
            self.execute(WHILE_OPEN, params![company])?;
        }
        let id = self.new_id();
        self.action = Some(ActionInProgress {
            company,
            id,
            rows: 0,
            sum: RowSum::default(),
            last_seal: last,
            closed_to: None,
            settings: None,
        });
        Ok(id)
    }

    /// Writes the audit row and, on SQLite, its seal. An action that wrote no fact leaves no trace.
    pub fn end_action(&mut self, deed: &Deed<'_>) -> Result<(), Error> {
        let Some(action) = self.action.take() else {
            return Err(Error::Failed("an action ended that never began".into()));
        };
        if action.rows == 0 {
            return Ok(());
        }
        let digest = action.sum.bytes();
        self.insert_rows(
            &table::ACTION,
            params![
                action.company,
                action.id,
                self.now,
                deed.actor,
                deed.verb,
                deed.subject,
                deed.cause,
                action.rows,
                digest
            ],
        )?;
        match self.engine() {
            Engine::Sqlite => seal(self, action.company, action.last_seal, &[(action.id, digest)]),
            Engine::Postgres => self.insert_rows(&table::UNSEALED, params![action.company, action.id]),
        }
    }

    /// Inserts rows of facts, all columns in order, and adds them to the running action's digest.
    pub(crate) fn insert_facts(&mut self, table: &Table, rows: &[Value<'_>]) -> Result<(), Error> {
        let Some(action) = &mut self.action else {
            return Err(Error::Failed(format!("a row of {} was written outside an action", table.name)));
        };
        for row in rows.chunks(table.columns.len()) {
            let mut digest = RowDigest::of(table);
            for value in &row[..table.facts] {
                digest.value(value);
            }
            action.sum.add(digest.finish());
            action.rows += 1;
        }
        self.insert_rows(table, rows)
    }

    /// Marks the action as having written something that is no fact (a customer's data), so that it is logged.
    pub(crate) fn touch(&mut self) {
        if let Some(action) = &mut self.action {
            action.rows += 1;
        }
    }
}

/// Two program instances on two machines may differ by this much without being refused.
const CLOCK_SLACK_MICROS: i64 = 5_000_000;

/// The end of a company's chain.
#[derive(Clone, Debug)]
pub struct Seal {
    pub no: i64,
    pub sealed_at: Instant,
    pub chain: [u8; 32],
}

/// The last seal, if anything was sealed.
pub fn last_seal(tx: &mut Tx<'_>, company: i64) -> Result<Option<Seal>, Error> {
    tx.first(LAST_SEAL, params![company], |row| {
        let chain = row.bytes(2)?.try_into().map_err(|e| Error::failed("reading a seal", e))?;
        Ok(Seal { no: row.int(0)?, sealed_at: row.instant(1)?, chain })
    })
}

/// The next link of the chain.
pub(crate) fn link(chain: &[u8; 32], action: Id<ids::Action>, digest: &[u8], sealed_at: Instant) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(chain);
    hash.update(action.bytes());
    hash.update(digest);
    hash.update(sealed_at.micros().to_be_bytes());
    hash.finalize().into()
}

fn seal(
    tx: &mut Tx<'_>,
    company: i64,
    last: Option<Seal>,
    actions: &[(Id<ids::Action>, [u8; 32])],
) -> Result<(), Error> {
    let mut no = last.as_ref().map_or(0, |s| s.no);
    let mut chain = last.as_ref().map_or([0; 32], |s| s.chain);
    // Later than every seal before it, so that an answer as known at an old seal never changes.
    let after = last.map_or(Instant::from_micros(0), |s| s.sealed_at.plus_micros(1));
    let sealed_at = tx.now.max(after);
    let mut rows = Vec::with_capacity(actions.len() * 5);
    for (action, digest) in actions {
        no += 1;
        chain = link(&chain, *action, digest, sealed_at);
        rows.extend([company.into(), no.into(), (*action).into(), sealed_at.into(), chain.into()]);
    }
    tx.insert_rows(&table::SEAL, &rows)
}

/// Seals what PostgreSQL's writers have committed; one sealer per company at a time. How many were sealed.
pub fn seal_waiting(tx: &mut Tx<'_>) -> Result<usize, Error> {
    let mut sealed = 0;
    for company in tx.all(WAITING_COMPANIES, &[], |row| row.int(0))? {
        tx.first(LOCK_COMPANY, params![company], |row| row.int(0))?;
        let waiting = tx.all(WAITING, params![company], |row| {
            let digest: [u8; 32] = row.bytes(2)?.try_into().map_err(|e| Error::failed("reading an action", e))?;
            Ok((row.id::<ids::Action>(0)?, digest))
        })?;
        let last = last_seal(tx, company)?;
        seal(tx, company, last, &waiting)?;
        for (action, _) in &waiting {
            tx.execute(SEALED_NOW, params![company, *action])?;
        }
        sealed += waiting.len();
    }
    Ok(sealed)
}
