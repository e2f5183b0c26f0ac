//! Codes that the tax device lists: those that words find, and those near to one that is not listed.

use std::cmp::Reverse;

use crate::fold;
use crate::search::{Fit, words_fit};

/// The tables that an item is written with (VSDC specification, code classes 17 and 10), and the classes of goods and services.
pub const PACKAGING: &str = "17";
pub const UNIT: &str = "10";
pub const ITEM_CLASS: &str = "item-class";
/// How many near codes are named.
const NEAR: usize = 5;

/// A code of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The number of its table, or [`ITEM_CLASS`].
    pub class: String,
    pub code: String,
    pub name: String,
    /// Whether the device still takes it.
    pub used: bool,
}

/// The codes that words find, in any order and each perhaps only begun, or that begin with what was typed; the best first.
pub fn search(typed: &str, listed: Vec<Listed>, most: usize) -> Vec<Listed> {
    let (words, code) = (fold::words(typed), typed.trim().to_uppercase());
    let fit = |one: &Listed| match () {
        () if one.code == code => Some(Fit::Exact),
        () if !code.is_empty() && one.code.starts_with(&code) => Some(Fit::Begins),
        () => words_fit(&words, &fold::words(&one.name)),
    };
    let mut found: Vec<(Fit, Listed)> =
        listed.into_iter().filter(|one| one.used).filter_map(|one| Some((fit(&one)?, one))).collect();
    found.sort_by(|(a, one), (b, other)| (a, one.name.len(), &one.code).cmp(&(b, other.name.len(), &other.code)));
    found.into_iter().take(most).map(|(_, one)| one).collect()
}

/// The codes nearest to one that is not listed: those whose name is what was typed, else those that begin like it for at
/// least half of it.
pub fn near(typed: &str, listed: Vec<Listed>) -> Vec<Listed> {
    let begins = |one: &Listed| one.code.bytes().zip(typed.bytes()).take_while(|(a, b)| a == b).count();
    let is_near = |one: &&Listed| one.code != typed && begins(one) * 2 >= typed.len().max(1);
    let mut alike: Vec<Listed> = listed.iter().filter(|one| one.used).filter(is_near).cloned().collect();
    alike.sort_by_key(|one| (Reverse(begins(one)), one.code.clone()));
    let mut found = search(typed, listed, NEAR);
    alike.retain(|one| !found.contains(one));
    found.extend(alike);
    found.truncate(NEAR);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed() -> Vec<Listed> {
        [
            ("BG", "Bag"),
            ("BX", "Box"),
            ("BA", "Barrel"),
            ("5059690800", "Rice"),
            ("5059690900", "Rice flour, milled"),
            ("5022110000", "Cereal grains"),
        ]
        .map(|(code, name)| Listed { class: UNIT.into(), code: code.into(), name: name.into(), used: code != "BA" })
        .to_vec()
    }

    fn codes(found: Vec<Listed>) -> String {
        found.into_iter().map(|one| one.code).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_find_codes_and_codes_are_found_by_their_beginning() {
        for (typed, expected) in [
            ("rice", "5059690800 5059690900"),
            ("milled ric", "5059690900"),
            ("bx", "BX"),
            ("50596908", "5059690800"),
            ("barrel", ""),
            ("", ""),
            ("coal", ""),
        ] {
            assert_eq!(codes(search(typed, listed(), 10)), expected, "{typed}");
        }
    }

    #[test]
    fn a_code_that_is_not_listed_has_near_ones() {
        for (typed, expected) in
            [("BAG", "BG"), ("BZ", "BG BX"), ("5059690801", "5059690800 5059690900"), ("Q", ""), ("BA", "BG BX")]
        {
            assert_eq!(codes(near(typed, listed())), expected, "{typed}");
        }
    }
}
