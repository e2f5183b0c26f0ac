//! What happens on the way of a page and is written later, in batches: who read whose file, and which session was seen.
//! It is kept in memory until `Db::write_noted`; a power cut loses what was noted since.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use receivables::Instant;
use receivables::ids::{self, Id};

use crate::{Error, Tx, read_log, session};

/// Waits to be written; shared by all transactions of an open database.
#[derive(Default)]
pub struct Noted(Mutex<Batch>);

/// What one writing takes along.
#[derive(Clone, Debug, Default)]
pub(crate) struct Batch {
    /// By company, user and customer: when first, and how often.
    reads: BTreeMap<(i64, String, Id<ids::Customer>), (Instant, i64)>,
    /// By the digest of the session: when last.
    seen: BTreeMap<[u8; 32], Instant>,
}

impl Noted {
    fn with<T>(&self, f: impl FnOnce(&mut Batch) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A user read a customer's file.
    pub fn read(&self, company: i64, user: &str, customer: Id<ids::Customer>, at: Instant) {
        self.with(|batch| batch.reads.entry((company, user.to_owned(), customer)).or_insert((at, 0)).1 += 1);
    }

    /// A session was used.
    pub fn seen(&self, session: [u8; 32], at: Instant) {
        self.with(|batch| batch.saw(session, at));
    }

    /// When a session was used, if that is not written yet.
    pub fn last_seen(&self, session: [u8; 32]) -> Option<Instant> {
        self.with(|batch| batch.seen.get(&session).copied())
    }

    pub(crate) fn take(&self) -> Option<Batch> {
        let batch = self.with(std::mem::take);
        (!batch.reads.is_empty() || !batch.seen.is_empty()).then_some(batch)
    }

    /// What could not be written joins what was noted meanwhile.
    pub(crate) fn put_back(&self, old: Batch) {
        self.with(|batch| {
            for (key, (at, count)) in old.reads {
                let entry = batch.reads.entry(key).or_insert((at, 0));
                *entry = (entry.0.min(at), entry.1 + count);
            }
            for (session, at) in old.seen {
                batch.saw(session, at);
            }
        });
    }
}

impl Batch {
    fn saw(&mut self, session: [u8; 32], at: Instant) {
        let last = self.seen.entry(session).or_insert(at);
        *last = (*last).max(at);
    }

    pub(crate) fn save(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        for ((company, user, customer), (at, count)) in &self.reads {
            read_log::save(tx, *company, user, *customer, *at, *count)?;
        }
        for (digest, at) in &self.seen {
            session::seen(tx, *digest, *at)?;
        }
        Ok(())
    }
}
