//! How far something long is, for whoever waits for it.

use std::sync::atomic::{AtomicU64, Ordering};

/// Written by the one who works, read by those who wait.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    /// 0 while nobody knows.
    total: AtomicU64,
}

impl Progress {
    pub fn at(&self, done: usize, total: usize) {
        self.total.store(total as u64, Ordering::Relaxed);
        self.done.store(done as u64, Ordering::Relaxed);
    }

    /// So many of a number that nobody knows yet.
    pub fn count(&self, done: u64) {
        self.done.store(done, Ordering::Relaxed);
    }

    /// How many are done, and of how many where that is known.
    pub fn now(&self) -> (u64, Option<u64>) {
        let total = self.total.load(Ordering::Relaxed);
        (self.done.load(Ordering::Relaxed), (total > 0).then_some(total))
    }
}
