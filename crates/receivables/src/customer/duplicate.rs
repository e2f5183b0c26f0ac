//! Who may be the same customer twice: an equal tax number, an equal telephone number, a name that is the same or nearly.
//! Accents, case, order of words and legal forms do not count; numbers in a name do (`Shop 1` is not `Shop 2`). It warns, a
//! person decides.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::cash::payer::NameWords;
use crate::sayings;

sayings! {
    /// Why two customers may be one.
    pub enum Alike in "alike" {
        Tin "tin" { tin },
        Phone "phone" { phone },
        /// The same words, whatever their order.
        SameName "same-name",
        /// Nearly: most of the letters, a slip of the pen in a word, or written in one word.
        NearName "near-name",
    }
}

/// What a customer is compared by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// Folded words without legal forms, in the order of the alphabet.
    words: Vec<String>,
    /// The words in the order they are written, as one.
    joined: String,
    numbers: Vec<String>,
    tin: Option<String>,
    phones: BTreeSet<String>,
}

/// Parts of a name that tell a form of business, beyond those a payment's name is read without.
const MORE_FORMS: [&str; 3] = ["sacco", "operative", "societe"];

impl Face {
    /// `phones` are in E.164.
    pub fn new<'p>(name: &str, tin: Option<&str>, phones: impl IntoIterator<Item = &'p str>) -> Face {
        let all = NameWords::new(name);
        let telling: Vec<String> =
            all.words().iter().filter(|word| !MORE_FORMS.contains(&word.as_str())).cloned().collect();
        let words = if telling.is_empty() { all.words().to_vec() } else { telling };
        let written = crate::cash::payer::words(name);
        let joined = written.into_iter().filter(|word| words.contains(word)).collect();
        let mut numbers: Vec<String> = name
            .split(|c: char| !c.is_ascii_digit())
            .filter(|digits| !digits.is_empty())
            .map(|digits| digits.trim_start_matches('0').to_owned())
            .collect();
        numbers.sort();
        let telling = |text: &str| !says_nothing(text);
        Face {
            words,
            joined,
            numbers,
            tin: tin.map(str::to_ascii_uppercase).filter(|tin| telling(tin)),
            phones: phones.into_iter().filter(|phone| telling(phone)).map(str::to_owned).collect(),
        }
    }
}

/// A number that stands for no number: empty, or one digit again and again (999999999).
fn says_nothing(text: &str) -> bool {
    let mut digits = text.chars().filter(char::is_ascii_alphanumeric);
    digits.next().is_none_or(|first| digits.all(|other| other == first))
}

/// How alike two customers are, with the reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// Basis points: 10,000 is certain.
    pub score_bps: u32,
    pub reasons: Vec<Alike>,
}

const WHOLE: u32 = 10_000;
const SAME_TIN: u32 = 9_500;
const SAME_PHONE: u32 = 8_000;
const SAME_NAME: u32 = 9_000;
/// A name of one word is shared more easily.
const SAME_WORD: u32 = 7_000;
/// Names less alike than this are no reason.
const NEAR: u32 = 8_500;
/// What a near name weighs of its share.
const NEAR_WEIGHT: u32 = 8_000;

/// Compares two customers; `None` where nothing speaks for it.
pub fn compare(one: &Face, other: &Face) -> Option<Likeness> {
    let mut reasons = Vec::new();
    let mut doubt = WHOLE;
    let mut because = |reason: Alike, weight: u32| {
        reasons.push(reason);
        doubt = doubt * (WHOLE - weight) / WHOLE;
    };
    if let Some(tin) = one.tin.as_ref().filter(|tin| other.tin.as_ref() == Some(tin)) {
        because(Alike::Tin { tin: tin.clone() }, SAME_TIN);
    }
    if let Some(phone) = one.phones.intersection(&other.phones).next() {
        because(Alike::Phone { phone: phone.clone() }, SAME_PHONE);
    }
    if one.numbers == other.numbers {
        if !one.words.is_empty() && one.words == other.words {
            because(Alike::SameName, if one.words.len() > 1 { SAME_NAME } else { SAME_WORD });
        } else if let Some(share) = Some(nearness(one, other)).filter(|share| *share >= NEAR) {
            because(Alike::NearName, share * NEAR_WEIGHT / WHOLE);
        }
    }
    (!reasons.is_empty()).then(|| Likeness { score_bps: WHOLE - doubt, reasons })
}

/// The share of letters that two names have in common, in basis points.
fn nearness(one: &Face, other: &Face) -> u32 {
    let shortest = one.joined.chars().count().min(other.joined.chars().count());
    let spaced_otherwise = one.words.len() != other.words.len();
    if spaced_otherwise && shortest >= 8 && (one.joined == other.joined || slip(&one.joined, &other.joined)) {
        return 9_500;
    }
    let letters = |words: &[String]| words.iter().map(|word| word.chars().count()).sum::<usize>();
    let whole = letters(&one.words) + letters(&other.words);
    let mut left: Vec<&String> = other.words.iter().collect();
    let mut shared = 0;
    for word in &one.words {
        let best =
            left.iter().enumerate().map(|(at, candidate)| (word_fit(word, candidate), at)).max_by_key(|(fit, _)| *fit);
        if let Some((fit, at)) = best.filter(|(fit, _)| *fit > 0) {
            shared += fit * (word.chars().count() + left[at].chars().count());
            left.swap_remove(at);
        }
    }
    u32::try_from(shared * 100 / whole.max(1)).unwrap_or(WHOLE)
}

/// How well two words fit, of a hundred: whole, with a slip of the pen, or an initial.
fn word_fit(one: &str, other: &str) -> usize {
    if one == other {
        100
    } else if slip(one, other) {
        85
    } else {
        let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
        if short.chars().count() == 1 && long.starts_with(short) { 50 } else { 0 }
    }
}

/// Whether one is the other with one slip: in words of four letters and more a letter too many or two exchanged, in those of
/// seven and more also a wrong one (Aline is not Alice).
fn slip(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() < 4 || long.len() - short.len() > 1 {
        return false;
    }
    let head = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    let tail = |skip_short: usize, skip_long: usize| {
        short.get(head + skip_short..).is_some_and(|rest| long.get(head + skip_long..) == Some(rest))
    };
    if long.len() > short.len() {
        return tail(0, 1);
    }
    let exchanged = short.get(head) == long.get(head + 1) && short.get(head + 1) == long.get(head) && tail(2, 2);
    head == short.len() || exchanged || (short.len() >= 7 && tail(1, 1))
}

/// The known customers that a new one may be, the likeliest first: place in `known` and likeness.
pub fn find<'f>(new: &Face, known: impl IntoIterator<Item = &'f Face>) -> Vec<(usize, Likeness)> {
    let compared = known.into_iter().enumerate().filter_map(|(at, face)| Some((at, compare(new, face)?)));
    let mut found: Vec<(usize, Likeness)> = compared.collect();
    found.sort_by(|a, b| (b.1.score_bps, a.0).cmp(&(a.1.score_bps, b.0)));
    found
}

/// A word that more customers than this bear tells nothing; a whole name is looked at among more.
const WORD_COMMON: usize = 40;
const NAME_COMMON: usize = 400;

/// Every two customers that may be one, the likeliest first: their places in `faces` and the likeness. Only those that share
/// a number, a word that is not common, or a word with a slip are compared.
pub fn pairs(faces: &[Face]) -> Vec<(usize, usize, Likeness)> {
    let mut keyed: Vec<(Key, usize)> = Vec::new();
    for (at, face) in faces.iter().enumerate() {
        keyed.extend(keys(face).into_iter().map(|key| (key, at)));
    }
    keyed.sort_unstable();
    keyed.dedup();
    let mut candidates: Vec<(usize, usize)> = Vec::new();
    for places in keyed.chunk_by(|a, b| a.0 == b.0) {
        let most = if places[0].0.of_word { WORD_COMMON } else { NAME_COMMON };
        if places.len() > most {
            continue;
        }
        for (n, (_, one)) in places.iter().enumerate() {
            candidates.extend(places[n + 1..].iter().map(|(_, other)| (*one, *other)));
        }
    }
    candidates.sort_unstable();
    candidates.dedup();
    let compared =
        candidates.into_iter().filter_map(|(one, other)| Some((one, other, compare(&faces[one], &faces[other])?)));
    let mut found: Vec<(usize, usize, Likeness)> = compared.collect();
    found.sort_by(|a, b| (b.2.score_bps, a.0, a.1).cmp(&(a.2.score_bps, b.0, b.1)));
    found
}

/// What faces are brought together by: the digest of a number, a whole name, or a word or what a slip makes of it. Two that
/// share a digest by chance are compared in vain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    of_word: bool,
    digest: u64,
}

fn keys(face: &Face) -> Vec<Key> {
    let digest = |kind: char, letters: &mut dyn Iterator<Item = char>| {
        let mut hash = DefaultHasher::new();
        kind.hash(&mut hash);
        letters.for_each(|letter| letter.hash(&mut hash));
        Key { of_word: kind == 'w', digest: hash.finish() }
    };
    let mut keys: Vec<Key> = face.phones.iter().map(|phone| digest('p', &mut phone.chars())).collect();
    keys.extend(face.tin.iter().map(|tin| digest('t', &mut tin.chars())));
    keys.push(digest('n', &mut face.words.join(" ").chars()));
    for word in face.words.iter().chain([&face.joined]) {
        let letters: Vec<char> = word.chars().collect();
        keys.push(digest('w', &mut letters.iter().copied()));
        for gone in (0..letters.len()).filter(|_| letters.len() >= 4) {
            let shorter = letters.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, letter)| *letter);
            keys.push(digest('w', &mut { shorter }));
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `name|tin|phone`.
    fn face(text: &str) -> Face {
        let mut parts = text.split('|');
        let name = parts.next().unwrap_or_default();
        let mut part = || parts.next().filter(|text| !text.is_empty());
        let (tin, phone) = (part(), part());
        Face::new(name, tin, phone)
    }

    #[track_caller]
    fn check(one: &str, other: &str, expected: &str) {
        let told = |one: &str, other: &str| match compare(&face(one), &face(other)) {
            None => "–".to_owned(),
            Some(found) => {
                let reasons: Vec<String> = found.reasons.iter().map(ToString::to_string).collect();
                format!("{} {}", found.score_bps / 100, reasons.join(" "))
            }
        };
        assert_eq!(told(one, other), expected, "{one} / {other}");
        assert_eq!(told(other, one), expected, "{other} / {one}");
    }

    #[test]
    fn the_same_name_however_it_is_written() {
        let same = "90 alike-same-name";
        check("Société Kivu Café SARL", "KIVU CAFE Sarl", "90 alike-same-name");
        check("Umurenge SACCO Kacyiru", "Kacyiru Umurenge", same);
        check("Co-operative Abahuza Mugambi", "Koperative Mugambi Abahuza", same);
        check("Uwase Marie Aline", "ALINE  MARIE, UWASE", same);
        check("Ineza Ltd", "Ineza Limited", "70 alike-same-name");
    }

    #[test]
    fn a_name_with_a_slip_is_near() {
        check("Inyange Industries", "Inyange Industris", "73 alike-near-name");
        check("Kigali Wholesale", "Kigali Wholeslae", "72 alike-near-name");
        check("Simba Supermarket", "Simbasupermarket", "76 alike-near-name");
        check("Uwase Aline", "Uwase Alice", "–");
        check("Kigali Foods", "Kigali Fresh Foods", "–");
        check("Kigali Trading", "Musanze Trading", "–");
        check("Shop 1", "Shop 2", "–");
        check("Depot 07 Ineza", "Ineza Depot 7", "90 alike-same-name");
    }

    #[test]
    fn numbers_tell_more_than_names() {
        check("A Ltd|100000001", "B Ltd|100000001", "95 alike-tin(100000001)");
        check("A Ltd||+250788123456", "B Ltd||+250788123456", "80 alike-phone(+250788123456)");
        check(
            "Ineza Foods|100000001|+250788123456",
            "Foods Ineza|100000001|+250788123456",
            "99 alike-tin(100000001) alike-phone(+250788123456) alike-same-name",
        );
        check("A Ltd|999999999|000000000", "B Ltd|999999999|000000000", "–");
        check("|", "|", "–");
    }

    #[test]
    fn the_likeliest_comes_first() {
        let known = ["Musanze Trading", "Ineza Fods", "Foods Ineza|100000001"].map(face);
        let found = find(&face("Ineza Foods|100000001"), &known);
        assert_eq!(found.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn pairs_are_those_that_comparing_all_finds() {
        let names = [
            "Kigali Wholesale",
            "Kigali Wholeslae",
            "Wholesale Kigali Ltd",
            "Simba Supermarket",
            "Simbasupermarket",
            "Uwase Aline",
            "Aline Uwase",
            "Uwase Alice",
            "Musanze Traders|100000001",
            "Volcano Traders|100000001",
            "A||+250788123456",
            "B||+250788123456",
            "Depot 1",
            "Depot 2",
            "Inyange Industries",
            "Inyange Industris",
        ];
        let faces = names.map(face);
        let found: BTreeSet<(usize, usize)> = pairs(&faces).iter().map(|(a, b, _)| (*a, *b)).collect();
        let all = (0..faces.len()).flat_map(|a| (a + 1..faces.len()).map(move |b| (a, b)));
        let expected: BTreeSet<(usize, usize)> =
            all.filter(|(a, b)| compare(&faces[*a], &faces[*b]).is_some()).collect();
        assert_eq!(found, expected);
        assert_eq!(expected.len(), 8, "{expected:?}");
    }
}
