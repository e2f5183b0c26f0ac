//! How often may be asked: a bucket of tokens per key and per address, refilled steadily.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::Mutex;

use receivables::Instant;
use receivables::ids::{self, Id};

/// Requests a second that go on for ever, and how many more may come at once.
#[derive(Clone, Copy)]
struct Rate {
    per_second: i64,
    at_once: i64,
}

const OF_KEY: Rate = Rate { per_second: 100, at_once: 500 };
/// Several programs may stand behind one address.
const OF_ADDRESS: Rate = Rate { per_second: 200, at_once: 1_000 };
/// Buckets kept at a time; full ones say nothing and go first.
const KEPT: usize = 10_000;
const SECOND: i64 = 1_000_000;

/// Who asked how often of late.
#[derive(Default)]
pub struct Limits {
    keys: Buckets<Id<ids::ApiKey>>,
    addresses: Buckets<IpAddr>,
}

impl Limits {
    /// Takes a token of a key; `Err` is in how many seconds there is one.
    pub fn of_key(&self, key: Id<ids::ApiKey>, now: Instant) -> Result<(), i64> {
        self.keys.take(key, OF_KEY, now)
    }

    pub fn of_address(&self, address: IpAddr, now: Instant) -> Result<(), i64> {
        self.addresses.take(address, OF_ADDRESS, now)
    }
}

/// What is left for each, in millionths of a token, and when that was.
struct Buckets<K>(Mutex<HashMap<K, (i64, i64)>>);

impl<K> Default for Buckets<K> {
    fn default() -> Self {
        Buckets(Mutex::default())
    }
}

impl<K: Eq + Hash> Buckets<K> {
    fn take(&self, who: K, rate: Rate, now: Instant) -> Result<(), i64> {
        let now = now.micros();
        let full = rate.at_once * SECOND;
        let refilled = |(left, at): (i64, i64)| {
            // A micro-second brings `per_second` millionths of a token.
            let since = now.saturating_sub(at).clamp(0, full);
            full.min(left + since * rate.per_second)
        };
        let mut buckets = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if buckets.len() >= KEPT {
            buckets.retain(|_, bucket| refilled(*bucket) < full);
        }
        let bucket = buckets.entry(who).or_insert((full, now));
        let left = refilled(*bucket);
        if left < SECOND {
            *bucket = (left, now);
            let missing = SECOND - left;
            return Err((missing / rate.per_second / SECOND) + 1);
        }
        *bucket = (left - SECOND, now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_at_once_and_fills_steadily() {
        let buckets = Buckets::default();
        let rate = Rate { per_second: 2, at_once: 3 };
        let take = |micros: i64| buckets.take("one", rate, Instant::from_micros(micros));
        assert_eq!([take(0), take(0), take(0), take(0)], [Ok(()), Ok(()), Ok(()), Err(1)]);
        assert_eq!(buckets.take("other", rate, Instant::from_micros(0)), Ok(()));
        assert_eq!([take(400_000), take(500_000), take(600_000)], [Err(1), Ok(()), Err(1)]);
        // However long nobody asks, no more than a bucket is there; a clock that goes back brings nothing.
        let later = 3_600 * SECOND;
        assert_eq!([take(later), take(later), take(later), take(later)], [Ok(()), Ok(()), Ok(()), Err(1)]);
        assert_eq!(take(0), Err(1));
    }
}
