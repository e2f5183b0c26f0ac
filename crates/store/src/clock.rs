//! The one place that reads the system's clock and randomness. Demo and simulation inject theirs.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use receivables::Instant;

/// Where `now` comes from.
#[derive(Clone)]
pub enum Clock {
    System,
    /// Set by hand, for simulated companies and tests; in microseconds.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that shows `at` until it is set again.
    pub fn set_at(at: Instant) -> Clock {
        Clock::Set(Arc::new(AtomicI64::new(at.micros())))
    }

    /// Moves a set clock; the system's clock cannot be moved.
    pub fn set(&self, at: Instant) {
        if let Clock::Set(micros) = self {
            micros.store(at.micros(), Ordering::SeqCst);
        }
    }

    pub fn now(&self) -> Instant {
        match self {
            Clock::Set(micros) => Instant::from_micros(micros.load(Ordering::SeqCst)),
            Clock::System => system_now(),
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
fn system_now() -> Instant {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Instant::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

/// Clock and randomness of one program: the system's, or injected and seeded.
#[derive(Clone)]
pub struct Source {
    pub clock: Clock,
    seed: Option<u64>,
}

impl Source {
    pub fn system() -> Source {
        Source { clock: Clock::System, seed: None }
    }

    /// Ids repeat for the same seed; only for simulated companies and tests.
    pub fn seeded(clock: Clock, seed: u64) -> Source {
        Source { clock, seed: Some(seed) }
    }

    /// Sixty-four random bits, or the seed.
    pub fn random(&self) -> u64 {
        self.seed.unwrap_or_else(|| {
            let mut bytes = [0u8; 8];
            getrandom::fill(&mut bytes).expect("the system gives randomness");
            u64::from_le_bytes(bytes)
        })
    }

    /// A secret that nobody guesses: 256 random bits, or the seed four times over.
    pub fn secret(&self) -> [u8; 32] {
        let mut bytes = [0u8; 32];
        for part in bytes.chunks_mut(8) {
            part.copy_from_slice(&self.random().to_le_bytes());
        }
        bytes
    }
}

/// Random bytes for what nobody may guess: tokens, salts, keys. Always the system's, also where ids are injected.
pub fn secret<const N: usize>() -> [u8; N] {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).expect("the system gives randomness");
    bytes
}
