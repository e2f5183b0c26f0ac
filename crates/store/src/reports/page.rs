//! One page of a long list: a walk along an index from where the last page ended, that passes over what does not fit and
//! goes only so far, so that no question takes long whatever it asks for.

use crate::{Error, Tx};

/// Keys looked at for one page. A page that found less than it has room for then says where to go on.
const WALK_MAX: usize = 1_200;
/// Keys read at a time, at most.
const STEP_MAX: usize = 1_000;

/// Rows, and the key after which the next page begins.
#[derive(Clone, Debug)]
pub struct Page<R, K> {
    pub rows: Vec<R>,
    pub next: Option<K>,
}

/// The rows after `start`: `keys` reads so many keys that follow one, `rows` those of them that fit.
pub(super) fn walk<R, K: Clone + PartialEq>(
    tx: &mut Tx<'_>,
    start: K,
    limit: usize,
    mut keys: impl FnMut(&mut Tx<'_>, &K, i64) -> Result<Vec<K>, Error>,
    mut rows: impl FnMut(&mut Tx<'_>, &[K]) -> Result<Vec<(K, R)>, Error>,
) -> Result<Page<R, K>, Error> {
    let mut found: Vec<(K, R)> = Vec::new();
    let (mut at, mut walked, mut step) = (start, 0, limit + 1);
    let next = loop {
        let mut stretch = keys(tx, &at, i64::try_from(step).unwrap_or(i64::MAX))?;
        let read = stretch.len();
        // Instalments of one document come one after the other.
        stretch.dedup();
        found.extend(rows(tx, &stretch)?);
        if found.len() > limit {
            found.truncate(limit);
            break found.last().map(|(key, _)| key.clone());
        }
        if read < step {
            break None;
        }
        at = stretch.pop().unwrap_or(at);
        walked += read;
        if walked >= WALK_MAX {
            break Some(at);
        }
        step = (step * 4).min(STEP_MAX);
    };
    Ok(Page { rows: found.into_iter().map(|(_, row)| row).collect(), next })
}
