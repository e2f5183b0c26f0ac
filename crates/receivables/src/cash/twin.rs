//! One movement told by two sources: a message and the statement after it, a notice of the bank and its statement.
//! The amount and the direction are the same already; what is compared here is everything else.

use crate::Date;
use crate::cash::payer::NameWords;

/// Sources date one movement at most so many days apart.
pub const DAYS_APART_MAX: i32 = 3;
/// Without a reference in common, a name or a number speaks for one movement no further apart than this.
const DAYS_APART_NEAR: i32 = 1;
/// Shorter references are in too many texts.
const REFERENCE_MIN: usize = 5;
/// One word in common is a first name.
const WORDS_MIN: usize = 2;
/// Digits of a whole telephone or account number, without the country's prefix.
const NUMBER_MIN: usize = 9;

/// A movement as one source tells it.
#[derive(Debug, Clone, Default)]
pub struct Told {
    pub on: Option<Date>,
    /// Ids of the provider and of the other side.
    pub references: Vec<String>,
    pub name: Option<String>,
    /// Account or telephone number of the other side.
    pub number: Option<String>,
    pub text: String,
}

/// Whether two tellings are of one movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Likeness {
    /// What both say.
    Same(String),
    /// Nothing says so but the amount and the day.
    Maybe,
    Different,
}

/// How alike two tellings of the same amount in the same direction are.
pub fn likeness(one: &Told, other: &Told) -> Likeness {
    let (Some(on), Some(other_on)) = (one.on, other.on) else { return Likeness::Different };
    let apart = on.days_since(other_on).abs();
    if apart > DAYS_APART_MAX {
        return Likeness::Different;
    }
    if let Some(reference) = shared_reference(one, other).or_else(|| shared_reference(other, one)) {
        return Likeness::Same(reference);
    }
    if apart > DAYS_APART_NEAR || numbered_apart(one, other) {
        return Likeness::Different;
    }
    if let (Some(number), Some(other_number)) = (whole(&one.number), whole(&other.number)) {
        return if number == other_number { Likeness::Same(number) } else { Likeness::Different };
    }
    match (&one.name, &other.name) {
        (Some(name), Some(other)) => by_name(name, other),
        (Some(name), None) => named_in(name, &other.text),
        (None, Some(name)) => named_in(name, &one.text),
        (None, None) => Likeness::Maybe,
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// A reference of one that the other has, too, as a reference or as a word of its text.
fn shared_reference(one: &Told, other: &Told) -> Option<String> {
    let says = |reference: &&String| {
        let wanted = letters(reference);
        let figures = wanted.chars().filter(char::is_ascii_digit).count();
        if wanted.chars().count() < REFERENCE_MIN || figures * 2 < REFERENCE_MIN {
            return false;
        }
        let words = other.text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')'));
        other.references.iter().map(String::as_str).chain(words).any(|said| letters(said) == wanted)
    };
    one.references.iter().find(says).cloned()
}

/// Whether one provider gave both a reference of its own: of one shape, and different.
fn numbered_apart(one: &Told, other: &Told) -> bool {
    let shape = |reference: &str| -> String {
        letters(reference).chars().map(|c| if c.is_ascii_digit() { '9' } else { 'A' }).collect()
    };
    let long = |reference: &&String| letters(reference).chars().count() >= REFERENCE_MIN;
    let all = |told: &Told| told.references.iter().filter(long).cloned().collect::<Vec<_>>();
    let (one, other) = (all(one), all(other));
    one.iter().any(|mine| other.iter().any(|theirs| shape(mine) == shape(theirs)))
}

/// The last digits of a number that hides none.
fn whole(number: &Option<String>) -> Option<String> {
    let number = number.as_deref().filter(|number| !number.contains(['*', 'x', 'X']))?;
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.len().checked_sub(NUMBER_MIN).map(|from| digits[from..].to_owned())
}

fn by_name(one: &str, other: &str) -> Likeness {
    let (one, other) = (NameWords::new(one), NameWords::new(other));
    let shared: Vec<&str> =
        one.words().iter().filter(|word| other.words().contains(word)).map(String::as_str).collect();
    let all = one.words().len().min(other.words().len());
    match shared.len() {
        0 if all > 0 => Likeness::Different,
        count if count >= WORDS_MIN || (count == all && all > 0) => Likeness::Same(shared.join(" ")),
        _ => Likeness::Maybe,
    }
}

fn named_in(name: &str, text: &str) -> Likeness {
    let (name, text) = (NameWords::new(name), NameWords::new(text));
    let shared: Vec<&str> =
        name.words().iter().filter(|word| text.words().contains(word)).map(String::as_str).collect();
    if shared.len() >= WORDS_MIN { Likeness::Same(shared.join(" ")) } else { Likeness::Maybe }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(on: &str, references: &[&str], name: &str, number: &str, text: &str) -> Told {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Told {
            on: Some(on.parse().unwrap()),
            references: references.iter().map(|r| (*r).to_owned()).collect(),
            name: some(name),
            number: some(number),
            text: text.to_owned(),
        }
    }

    #[test]
    fn what_two_sources_say_of_one_movement() {
        let message = told("2026-06-30", &["FT26181ABC12"], "UWASE Marie", "*********013", "INV 7");
        let same = |what: &str| Likeness::Same(what.to_owned());
        for (other, expected) in [
            // The provider's id, as a reference or within the text of the other; days apart do not matter then.
            (told("2026-07-02", &["FT26181ABC12"], "", "", ""), same("FT26181ABC12")),
            (told("2026-07-01", &[], "", "", "MOMO FT-26181-ABC12 UWASE"), same("FT26181ABC12")),
            (told("2026-07-04", &["FT26181ABC12"], "", "", ""), Likeness::Different),
            // An id of the provider's own for each: two movements, whatever the names say.
            (told("2026-06-30", &["FT26181ABC13"], "UWASE Marie", "", ""), Likeness::Different),
            // A name in another order and with more words, on the same day or the next.
            (told("2026-07-01", &["99871"], "Marie Claire UWASE", "", ""), same("marie uwase")),
            (told("2026-07-01", &[], "", "", "DEP BY MARIE UWASE 250788"), same("marie uwase")),
            (told("2026-07-02", &[], "Marie UWASE", "", ""), Likeness::Different),
            (told("2026-06-30", &[], "KEZA Ange", "", ""), Likeness::Different),
            // Nothing for it and nothing against it.
            (told("2026-06-30", &["99871"], "", "", "TRANSFER"), Likeness::Maybe),
            (told("2026-06-30", &[], "UWASE Jean", "", ""), Likeness::Maybe),
        ] {
            assert_eq!(likeness(&message, &other), expected, "{other:?}");
            assert_eq!(likeness(&other, &message) == Likeness::Different, expected == Likeness::Different, "{other:?}");
        }
        // Whole numbers decide; short or empty references say nothing.
        let by_number = |number: &str| told("2026-06-30", &["7", "RENT"], "", number, "");
        let own = told("2026-06-30", &["7", "RENT"], "", "250788000136", "");
        assert_eq!(likeness(&own, &by_number("0788000136")), same("788000136"));
        assert_eq!(likeness(&own, &by_number("0788000137")), Likeness::Different);
        assert_eq!(likeness(&own, &by_number("")), Likeness::Maybe);
        assert_eq!(likeness(&own, &Told::default()), Likeness::Different);
    }
}
