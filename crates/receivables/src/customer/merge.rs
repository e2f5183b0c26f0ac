//! Customers that were said to be one: a merged customer keeps its code and all that was posted to it, and is looked at
//! together with the one it was merged into. Nothing posted changes, so a merge can be taken back.

use std::collections::BTreeMap;

use crate::Refusal;
use crate::ids::{self, Id};

type CustomerId = Id<ids::Customer>;

/// Which customer stands for which merged ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Groups(BTreeMap<CustomerId, CustomerId>);

impl Groups {
    /// From merges that hold, each (merged, into). Of a chain all stand under its end.
    pub fn of(merges: &[(CustomerId, CustomerId)]) -> Groups {
        let direct: BTreeMap<CustomerId, CustomerId> = merges.iter().copied().collect();
        let end = |from: CustomerId| {
            let mut at = from;
            // No longer than there are merges: a ring, which is refused when it is made, would not end.
            for _ in 0..direct.len() {
                match direct.get(&at) {
                    Some(next) => at = *next,
                    None => break,
                }
            }
            at
        };
        Groups(direct.keys().map(|from| (*from, end(*from))).collect())
    }

    /// From each merged customer with the one that stands for it.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (CustomerId, CustomerId)>) -> Groups {
        Groups(pairs.into_iter().collect())
    }

    /// The customer that stands for this one: itself where it is not merged.
    pub fn survivor(&self, customer: CustomerId) -> CustomerId {
        self.0.get(&customer).copied().unwrap_or(customer)
    }

    /// Whether the two are looked at as one, and may settle for each other.
    pub fn together(&self, one: CustomerId, other: CustomerId) -> bool {
        self.survivor(one) == self.survivor(other)
    }

    /// The customers that this one is looked at with, the one that stands for them first.
    pub fn members(&self, customer: CustomerId) -> Vec<CustomerId> {
        let survivor = self.survivor(customer);
        let merged = self.0.iter().filter(|(_, into)| **into == survivor).map(|(merged, _)| *merged);
        std::iter::once(survivor).chain(merged).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each merged customer with the one that stands for it.
    pub fn pairs(&self) -> impl Iterator<Item = (CustomerId, CustomerId)> {
        self.0.iter().map(|(merged, survivor)| (*merged, *survivor))
    }
}

/// A customer to be merged, or merged into.
#[derive(Debug, Clone, Copy)]
pub struct Party<'a> {
    pub code: &'a str,
    /// The code of the one it was merged into.
    pub merged_into: Option<&'a str>,
}

/// May `from` be merged into `into`? Neither may be merged already.
pub fn check(from: Party<'_>, into: Party<'_>) -> Result<(), Refusal> {
    if from.code == into.code {
        return Err(Refusal::MergeItself { code: from.code.to_owned() });
    }
    for party in [from, into] {
        if let Some(survivor) = party.merged_into {
            return Err(Refusal::Merged { code: party.code.to_owned(), into: survivor.to_owned() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> CustomerId {
        Id::from_bytes([n; 16])
    }

    #[test]
    fn a_chain_stands_under_its_end() {
        let groups = Groups::of(&[(id(1), id(2)), (id(2), id(3)), (id(5), id(3))]);
        assert_eq!([1, 2, 3, 4, 5].map(|n| groups.survivor(id(n))), [3, 3, 3, 4, 3].map(id));
        assert_eq!((groups.members(id(5)), groups.members(id(4))), ([3, 1, 2, 5].map(id).into(), vec![id(4)]));
        assert!(groups.together(id(1), id(5)) && !groups.together(id(1), id(4)));
    }

    #[test]
    fn a_merge_taken_back_gives_each_its_own_again() {
        // 2 → 3 is taken back: 1 stands under 2 as before.
        let groups = Groups::of(&[(id(1), id(2))]);
        assert_eq!([1, 2, 3].map(|n| groups.survivor(id(n))), [2, 2, 3].map(id));
    }

    #[test]
    fn a_ring_ends() {
        let groups = Groups::of(&[(id(1), id(2)), (id(2), id(1))]);
        assert!(groups.survivor(id(1)) == id(1) || groups.survivor(id(1)) == id(2));
    }

    #[test]
    fn what_is_merged_already_is_named() {
        let free = |code| Party { code, merged_into: None };
        let merged = Party { code: "A", merged_into: Some("C") };
        let told = |from, into| check(from, into).map_or_else(|refusal| refusal.to_string(), |()| "done".to_owned());
        assert_eq!(told(free("A"), free("B")), "done");
        assert_eq!(told(free("A"), free("A")), "refusal-merge-itself(A)");
        assert_eq!(told(merged, free("B")), "refusal-merged(A, C)");
        assert_eq!(told(free("B"), merged), "refusal-merged(A, C)");
    }
}
