//! Headers compared as a person would: without case, accents, spaces and punctuation.

/// Accented letters of French and its neighbours, and the plain letter.
const ACCENTS: &[(&str, &str)] = &[
    ("àâäáãå", "a"),
    ("ç", "c"),
    ("éèêë", "e"),
    ("îïíì", "i"),
    ("ñ", "n"),
    ("ôöóòõ", "o"),
    ("ùûüú", "u"),
    ("ÿý", "y"),
    ("œ", "oe"),
    ("æ", "ae"),
    ("ß", "ss"),
];

/// Lower case with accents folded away.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match ACCENTS.iter().find(|(accented, _)| accented.contains(c)) {
            Some((_, plain)) if !c.is_ascii() => out.push_str(plain),
            // A combining accent stands after its letter.
            _ if ('\u{300}'..='\u{36f}').contains(&c) => {}
            _ => out.push(c),
        }
    }
    out
}

/// A header reduced to its letters and figures: `Invoice No.`, `invoice_no` and `InvoiceNo` are one.
pub(crate) fn normalised(header: &str) -> String {
    folded(header).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_many_dresses() {
        for (header, expected) in [
            ("Invoice No.", "invoiceno"),
            ("InvoiceNo", "invoiceno"),
            ("invoice_no", "invoiceno"),
            ("Libellé", "libelle"),
            ("N° de facture", "ndefacture"),
            ("Échéance", "echeance"),
        ] {
            assert_eq!(normalised(header), expected);
        }
    }
}
