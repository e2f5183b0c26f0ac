//! Pages of a list: where one goes on is a cursor that callers hand back as it is. It holds the key of the last row, the list
//! it belongs to, and a check, so that one made up or taken from another list is refused.

use receivables::ids::Id;
use receivables::{Refusal, Unusable};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::Error;

use super::shape::{Code, Cursor, Whole};

/// Rows of a page where no number is given.
const ROWS: i32 = 50;
/// The most rows of a page.
pub const ROWS_MAX: i32 = 200;
/// Digits of the check.
const CHECK: usize = 8;

/// How many rows, up to [`ROWS_MAX`].
pub type Limit = Whole<1, ROWS_MAX>;

/// Which page of a list.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct AnyPage {
    pub limit: Option<Limit>,
    pub after: Option<Cursor>,
}

/// Which page of a list, of one customer or of all.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct PageOf {
    /// Only this customer, by code.
    pub customer: Option<Code>,
    pub limit: Option<Limit>,
    pub after: Option<Cursor>,
}

impl PageOf {
    pub fn customer(&self) -> Option<&str> {
        self.customer.as_ref().map(Code::as_str)
    }

    pub fn span<'a>(&'a self, list: &'a str) -> Span<'a> {
        Span::new(list, self.limit, self.after.as_ref())
    }
}

impl AnyPage {
    pub fn span<'a>(&'a self, list: &'a str) -> Span<'a> {
        Span::new(list, self.limit, self.after.as_ref())
    }
}

/// One page of a list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{T}Page")]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// Where the next page begins, as `after`; `null` at the end.
    pub next: Option<Cursor>,
}

/// Which page of which list was asked for.
pub struct Span<'a> {
    list: &'a str,
    after: Option<&'a Cursor>,
    limit: usize,
}

impl<'a> Span<'a> {
    pub fn new(list: &'a str, limit: Option<Limit>, after: Option<&'a Cursor>) -> Span<'a> {
        let rows = limit.map_or(ROWS, Whole::get);
        Span { list, after, limit: usize::try_from(rows).unwrap_or_default() }
    }

    /// Rows to read: one more than the page has shows whether another follows.
    pub fn limit(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(i64::MAX).saturating_add(1)
    }

    /// The id of the last row of the page before; before all ids at the beginning.
    pub fn after<K>(&self) -> Result<Id<K>, Error> {
        let Some(key) = self.key()? else { return Ok(Id::from_bytes([0; 16])) };
        let bytes = key.try_into().map_err(|_| self.unusable())?;
        Ok(Id::from_bytes(bytes))
    }

    /// The key of the last row of the page before.
    pub fn key(&self) -> Result<Option<Vec<u8>>, Error> {
        let Some(Cursor(text)) = self.after else { return Ok(None) };
        let (digits, check) = text.split_at_checked(text.len().saturating_sub(CHECK)).unwrap_or_default();
        let key = unhex(digits).filter(|key| check == self.check(key)).ok_or_else(|| self.unusable())?;
        Ok(Some(key))
    }

    /// Rows of the page.
    pub fn rows(&self) -> usize {
        self.limit
    }

    /// The place where the page before said to go on, for a list that has places of its own.
    pub fn place(&self) -> Result<Option<String>, Error> {
        let Some(key) = self.key()? else { return Ok(None) };
        Ok(Some(String::from_utf8(key).map_err(|_| self.unusable())?))
    }

    /// The page of a list that has places of its own.
    pub fn of_place<R, T>(&self, page: store::reports::page::Page<R, String>, show: impl Fn(R) -> T) -> Page<T> {
        let next = page.next.map(|place| self.cursor(place.as_bytes()));
        Page { rows: page.rows.into_iter().map(show).collect(), next }
    }

    /// The page of rows that were read with [`Span::limit`], by their ids.
    pub fn by_id<R, T, K>(&self, rows: Vec<R>, id: impl Fn(&R) -> Id<K>, show: impl Fn(R) -> T) -> Page<T> {
        self.page(rows, |row| id(row).bytes().to_vec(), show)
    }

    /// The same by their keys.
    pub fn page<R, T>(&self, rows: Vec<R>, key: impl Fn(&R) -> Vec<u8>, show: impl Fn(R) -> T) -> Page<T> {
        let more = rows.len() > self.limit;
        let last = self.limit.checked_sub(1).and_then(|at| rows.get(at)).filter(|_| more);
        let next = last.map(|row| self.cursor(&key(row)));
        Page { rows: rows.into_iter().take(self.limit).map(show).collect(), next }
    }

    /// The page of a list that is in memory, in the order of its keys.
    pub fn cut<R, T>(
        &self,
        rows: Vec<R>,
        key: impl Fn(&R) -> Vec<u8>,
        show: impl Fn(R) -> T,
    ) -> Result<Page<T>, Error> {
        let after = self.key()?;
        let wanted = self.limit.saturating_add(1);
        let follows = |row: &R| after.as_ref().is_none_or(|after| key(row) > *after);
        let rows: Vec<R> = rows.into_iter().filter(follows).take(wanted).collect();
        Ok(self.page(rows, &key, show))
    }

    fn cursor(&self, key: &[u8]) -> Cursor {
        let digits: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        Cursor(digits + &self.check(key))
    }

    fn check(&self, key: &[u8]) -> String {
        let digest = Sha256::new().chain_update(self.list).chain_update([0]).chain_update(key).finalize();
        digest.iter().take(CHECK / 2).map(|byte| format!("{byte:02x}")).collect()
    }

    /// What is said of a cursor of another list, or of none.
    pub fn unusable(&self) -> Refusal {
        Refusal::InvalidEmpty { field: "after".into(), reason: Unusable::NoPlace }
    }
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    if !digits.is_ascii() {
        return None;
    }
    let pairs = digits.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    pairs.map(|pair| pair.filter(|p| p.len() == 2).and_then(|p| u8::from_str_radix(p, 16).ok())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(limit: i32, after: Option<&Cursor>) -> (Vec<u8>, Option<Cursor>) {
        let span = Span { list: "numbers", after, limit: usize::try_from(limit).unwrap() };
        let page = span.cut((1u8..=5).collect(), |n| vec![*n], |n| n).unwrap();
        (page.rows, page.next)
    }

    #[test]
    fn pages_follow_one_another_and_end() {
        let (rows, next) = numbers(2, None);
        assert_eq!(rows, [1, 2]);
        let (rows, next) = numbers(2, next.as_ref());
        assert_eq!(rows, [3, 4]);
        let (rows, next) = numbers(2, next.as_ref());
        assert_eq!((rows, next.is_none()), (vec![5], true));
        assert!(numbers(5, None).1.is_none());
    }

    #[test]
    fn a_cursor_made_up_or_of_another_list_is_refused() {
        let next = numbers(2, None).1.unwrap();
        let refused = |list: &str, text: &str| {
            let cursor = Cursor(text.to_owned());
            Span { list, after: Some(&cursor), limit: 2 }.key().is_err()
        };
        assert!(!refused("numbers", &next.0));
        assert!(refused("letters", &next.0));
        let made_up = next.0.replacen("02", "03", 1);
        for text in ["", "00", "zz00000000", made_up.as_str(), "0200000000"] {
            assert!(refused("numbers", text), "{text}");
        }
    }
}
