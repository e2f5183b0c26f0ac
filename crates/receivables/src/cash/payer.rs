//! Who paid, by the words of a name: “1234//HADDOCK-Archibald” is Archibald Haddock. Accents, case, punctuation, order
//! and legal forms do not count. A name is weaker evidence than an account or a number: see `matching`.

use crate::fold;

/// The words of a name, folded, without legal forms, sorted, each once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NameWords(Vec<String>);

/// How well a text fits a customer's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameFit {
    /// Share of the name's letters that the text has, in basis points: 10,000 is every word.
    pub score_bps: u16,
    /// The words both have, in the order of the alphabet.
    pub words: Vec<String>,
    /// The last digits of a masked telephone number agree too.
    pub phone: bool,
}

/// Forms of business and of address that are no part of a name (English, French, Rwandan use).
const LEGAL_FORMS: &[&str] = &[
    "and",
    "asbl",
    "bv",
    "co",
    "company",
    "coop",
    "cooperative",
    "corp",
    "corporation",
    "enterprise",
    "enterprises",
    "et",
    "ets",
    "group",
    "gmbh",
    "inc",
    "incorporated",
    "koperative",
    "limited",
    "llc",
    "llp",
    "ltd",
    "miss",
    "mlle",
    "mme",
    "mr",
    "mrs",
    "ms",
    "ngo",
    "plc",
    "pty",
    "sa",
    "sarl",
    "sas",
    "sasu",
    "sprl",
    "ste",
    "the",
];

impl NameWords {
    pub fn new(text: &str) -> NameWords {
        let all = words(text);
        let mut kept: Vec<String> = all.iter().filter(|word| !LEGAL_FORMS.contains(&word.as_str())).cloned().collect();
        if kept.is_empty() {
            // A firm may be called “The Group Ltd”: better its legal form than nothing.
            kept = all;
        }
        kept.sort();
        kept.dedup();
        NameWords(kept)
    }

    pub fn words(&self) -> &[String] {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same words, whatever their order.
    pub fn same_as(&self, other: &NameWords) -> bool {
        !self.is_empty() && self.0 == other.0
    }
}

/// How well the words of a text fit a customer's name. A word of one letter fits a word it begins (`J. Uwase`), for half.
pub fn name_fit(text: &NameWords, customer: &NameWords) -> NameFit {
    let letters = |word: &String| word.chars().count() * 2;
    let whole: usize = customer.0.iter().map(letters).sum();
    let mut had = 0;
    let mut shared = Vec::new();
    for word in &customer.0 {
        if text.0.binary_search(word).is_ok() {
            had += letters(word);
            shared.push(word.clone());
        } else if text.0.iter().any(|short| short.chars().count() == 1 && word.starts_with(short.as_str())) {
            had += letters(word) / 2;
        }
    }
    let share = (had * 10_000).checked_div(whole).unwrap_or(0);
    let score_bps = u16::try_from(share).unwrap_or(10_000);
    NameFit { score_bps, words: shared, phone: false }
}

/// Digits by which a telephone number is compared: those without the country's prefix.
const PHONE_DIGITS: usize = 9;
/// Shorter numbers are merchants' codes and the like, not payers'.
const NUMBER_MIN: usize = 6;
/// One word is a first name of many.
const MARK_WORDS_MIN: usize = 2;

/// What a telephone or account number that hides nothing is found by again: the last nine digits of a telephone's, the
/// letters and digits of another.
pub fn number_mark(number: &str) -> Option<String> {
    let kept: String = number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    if number.contains(['*', '•']) || !kept.is_ascii() || kept.len() < NUMBER_MIN {
        return None;
    }
    let figures = kept.bytes().all(|b| b.is_ascii_digit());
    let from = if figures { kept.len().saturating_sub(PHONE_DIGITS) } else { 0 };
    Some(format!("#{}", &kept[from..]))
}

/// What a name is found by again: its words, and beside them the digits that a masked number shows.
pub fn name_mark(name: &str, number: Option<&str>) -> Option<String> {
    let words = NameWords::new(name);
    if words.words().len() < MARK_WORDS_MIN {
        return None;
    }
    let shown = number.and_then(|number| {
        let shown: String = number[number.rfind(['*', '•'])?..].chars().filter(char::is_ascii_digit).collect();
        (shown.len() >= 3).then_some(shown)
    });
    let name = words.words().join(" ");
    Some(shown.map_or_else(|| name.clone(), |shown| format!("{name} *{shown}")))
}

/// Whether a mark names one payer only: a number does, and a name with the end of one; a name alone is many people's.
pub fn is_sure(mark: &str) -> bool {
    mark.contains(['#', '*'])
}

/// Does a masked number (`*********013`, `2507xxxxx013`) end as this telephone number does? `None` without a mask, with
/// fewer than three digits after it, or where no number is known. Three digits fit one customer in a thousand: use it beside a name only.
pub fn masked_phone_fits(masked: &str, phone: &str) -> Option<bool> {
    let mask_end = masked.rfind(['*', 'x', 'X', '•'])?;
    let shown: String = masked[mask_end..].chars().filter(char::is_ascii_digit).collect();
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    (shown.len() >= 3 && !digits.is_empty()).then(|| digits.ends_with(&shown))
}

/// The best customer for a name, with the masked number if there is one: `None` if none fits or two fit equally.
///
/// `customers` are candidates as (caller's index, name, telephone number or empty), a customer of several names once for
/// each. A name must fit by half or more.
pub fn best_payer<'a>(
    text: &NameWords,
    masked_phone: Option<&str>,
    customers: impl IntoIterator<Item = (u32, &'a NameWords, &'a str)>,
) -> Option<(u32, NameFit)> {
    let mut best: Option<(u32, NameFit)> = None;
    let mut tie = false;
    for (customer, name, phone) in customers {
        let phone_fits = masked_phone.and_then(|masked| masked_phone_fits(masked, phone));
        let mut fit = name_fit(text, name);
        if fit.score_bps < FIT_MIN_BPS || phone_fits == Some(false) {
            continue;
        }
        fit.phone = phone_fits == Some(true);
        let held = best.as_ref().map(|(_, held)| rank(held));
        match held.map(|held| rank(&fit).cmp(&held)) {
            Some(std::cmp::Ordering::Less) => {}
            // Two names of one customer are no tie.
            Some(std::cmp::Ordering::Equal) => tie |= best.as_ref().is_some_and(|(other, _)| *other != customer),
            Some(std::cmp::Ordering::Greater) | None => (best, tie) = (Some((customer, fit)), false),
        }
    }
    best.filter(|_| !tie)
}

/// Names that fit less are no evidence.
const FIT_MIN_BPS: u16 = 5_000;

fn rank(fit: &NameFit) -> (u16, bool, usize) {
    (fit.score_bps, fit.phone, fit.words.len())
}

/// Lower-case words of letters; numbers are not words. Accents are taken off.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut all = fold::words(text);
    all.retain(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(text: &str, name: &str) -> u16 {
        name_fit(&NameWords::new(text), &NameWords::new(name)).score_bps
    }

    #[test]
    fn what_a_payer_is_found_by_again() {
        for (number, expected) in [
            ("+250 788 000 136", Some("#788000136")),
            ("0788000136", Some("#788000136")),
            ("0004-0001-2345", Some("#400012345")),
            ("NL47 INGB 0000 0123", Some("#NL47INGB00000123")),
            ("012845", Some("#012845")),
            ("12845", None),
            ("*********136", None),
            ("", None),
        ] {
            assert_eq!(number_mark(number).as_deref(), expected, "{number}");
        }
        for (name, number, expected) in [
            ("UWASE Aline", Some("*********013"), Some("aline uwase *013")),
            ("Aline UWASE Ltd", None, Some("aline uwase")),
            ("UWASE Aline", Some("250788000136"), Some("aline uwase")),
            ("UWASE Aline", Some("****13"), Some("aline uwase")),
            ("UWASE", Some("*********013"), None),
        ] {
            let mark = name_mark(name, number);
            assert_eq!(mark.as_deref(), expected, "{name} {number:?}");
            assert_eq!(mark.is_some_and(|mark| is_sure(&mark)), expected.is_some_and(|e| e.contains('*')));
        }
        assert!(is_sure("#788000136"));
    }

    #[test]
    fn case_e16_words_in_any_order() {
        for text in ["1234//HADDOCK-Archibald", "Archibald+Haddock", "archibald   HADDOCK 99"] {
            assert_eq!(fit(text, "Archibald Haddock"), 10_000, "{text}");
            assert_eq!(fit(text, "Archibald + Haddock"), 10_000, "{text}");
        }
    }

    #[test]
    fn accents_and_legal_forms_do_not_count() {
        let same = [
            ("SOCIETE KIVU SARL", "Société Kivu S.A.R.L."),
            ("Inyange Industries Limited", "INYANGE INDUSTRIES LTD"),
            ("Koperative Abahuzamugambi", "ABAHUZAMUGAMBI Cooperative"),
        ];
        for (a, b) in same {
            assert!(NameWords::new(a).same_as(&NameWords::new(b)), "{a} = {b}");
        }
        assert!(!NameWords::new("").same_as(&NameWords::new("")));
        assert!(NameWords::new("The Company Ltd").same_as(&NameWords::new("Company the LTD")));
    }

    #[test]
    fn a_part_of_a_name_scores_less() {
        assert_eq!(fit("Uwase", "Uwase Marie"), 5_000);
        assert_eq!(fit("M Uwase", "Uwase Marie"), 7_500);
        assert_eq!(fit("Mugabo", "Uwase Marie"), 0);
        assert_eq!(fit("", "Uwase Marie"), 0);
    }

    #[test]
    fn a_masked_number_fits_by_its_last_digits() {
        let cases = [
            ("*********013", "+250788123013", Some(true)),
            ("*********013", "0788123014", Some(false)),
            ("2507xxxxx013", "250788123013", Some(true)),
            ("**13", "0788123013", None),
            ("0788123013", "0788123013", None),
        ];
        for (masked, phone, expected) in cases {
            assert_eq!(masked_phone_fits(masked, phone), expected, "{masked} {phone}");
        }
    }

    #[test]
    fn two_customers_of_one_name_are_told_apart_by_the_number_only() {
        let name = NameWords::new("Jean Mugabo");
        let customers = [(1, &name, "0788000013"), (2, &name, "0788000014")];
        let text = NameWords::new("MUGABO JEAN");
        assert_eq!(best_payer(&text, None, customers), None);
        let (customer, fit) = best_payer(&text, Some("*********014"), customers).unwrap();
        assert_eq!((customer, fit.phone, fit.words), (2, true, vec!["jean".to_owned(), "mugabo".to_owned()]));
    }
}
