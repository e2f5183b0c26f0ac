//! Texts as they are compared: without case, accents and punctuation.

/// The words of a text, folded, in their order: runs of letters and runs of digits.
pub fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut word = String::new();
    let mut digits = false;
    for c in text.chars().chain([' ']) {
        // `S.A.R.L.` and `d'Or` are one word each; accents may be written apart.
        if matches!(c, '.' | '\'' | '’' | '\u{300}'..='\u{36f}') {
            continue;
        }
        let part = c.is_alphabetic() || c.is_ascii_digit();
        if !word.is_empty() && (!part || digits != c.is_ascii_digit()) {
            found.push(std::mem::take(&mut word));
        }
        if part {
            digits = c.is_ascii_digit();
            letter(c, &mut word);
        }
    }
    found
}

/// A code or address as it is compared: its letters and digits, and `keep`, folded.
pub fn key(text: &str, keep: &[char]) -> String {
    let mut out = String::new();
    for c in text.chars().filter(|c| c.is_alphanumeric() || keep.contains(c)) {
        letter(c, &mut out);
    }
    out
}

/// A lower-case letter without its accent (Latin; others are only made lower-case).
fn letter(c: char, into: &mut String) {
    for lower in c.to_lowercase() {
        match lower {
            'à'..='å' | 'ā' | 'ă' | 'ą' => into.push('a'),
            'æ' => into.push_str("ae"),
            'ç' | 'ć' | 'č' => into.push('c'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' => into.push('e'),
            'ì'..='ï' | 'ī' => into.push('i'),
            'ñ' | 'ń' => into.push('n'),
            'ò'..='ö' | 'ø' | 'ō' => into.push('o'),
            'œ' => into.push_str("oe"),
            'ß' => into.push_str("ss"),
            'š' | 'ś' => into.push('s'),
            'ù'..='ü' | 'ū' => into.push('u'),
            'ý' | 'ÿ' => into.push('y'),
            'ž' | 'ź' | 'ż' => into.push('z'),
            other => into.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_words_apart() {
        assert_eq!(words("Société d'Or S.A.R.L. n°24B"), ["societe", "dor", "sarl", "n", "24", "b"]);
        assert_eq!(words("  \u{65}\u{301}cole  "), ["ecole"]);
        assert_eq!(words("%_'\" "), Vec::<String>::new());
        assert_eq!(words("شركة النور"), ["شركة", "النور"]);
    }

    #[test]
    fn a_key_keeps_what_it_is_told_to() {
        assert_eq!(key("C-00 17/Ä", &[]), "c0017a");
        assert_eq!(key("Finance@Inyange.RW ", &['@', '.']), "finance@inyange.rw");
    }
}
