//! Code lists that the standard names (BR-CL-*), as published for EN 16931 in April 2026: one file a list.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A closed list of codes.
pub(super) struct Codes(LazyLock<HashSet<&'static str>>);

impl Codes {
    pub(super) fn has(&self, code: &str) -> bool {
        self.0.contains(code)
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $NAME:ident $file:literal,)*) => {
        $(
            $(#[$doc])*
            pub(super) static $NAME: Codes =
                Codes(LazyLock::new(|| include_str!(concat!("codes/", $file)).split_whitespace().collect()));
        )*
    };
}

codes! {
    /// UNTDID 5189.
    ALLOWANCE_REASONS "allowance-reasons.txt",
    /// UNTDID 7161.
    CHARGE_REASONS "charge-reasons.txt",
    /// ISO 3166-1, with the codes for Northern Ireland and Kosovo.
    COUNTRIES "countries.txt",
    /// ISO 4217.
    CURRENCIES "currencies.txt",
    /// UNTDID 1001, what may be an invoice or credit note.
    DOCUMENT_TYPES "document-types.txt",
    /// Electronic address schemes.
    ELECTRONIC_ADDRESSES "electronic-addresses.txt",
    /// VATEX.
    EXEMPTION_REASONS "exemption-reasons.txt",
    /// UNTDID 7143.
    ITEM_CLASSIFICATIONS "item-classifications.txt",
    /// UNTDID 4451.
    NOTE_SUBJECTS "note-subjects.txt",
    /// UNTDID 1153.
    OBJECT_SCHEMES "object-schemes.txt",
    /// ISO 6523.
    ORGANISATION_SCHEMES "organisation-schemes.txt",
    /// UNTDID 4461.
    PAYMENT_MEANS "payment-means.txt",
    /// UNTDID 5305, what the standard uses of it.
    TAX_CATEGORIES "tax-categories.txt",
    /// UN/ECE Recommendations 20 and 21.
    UNITS "units.txt",
}
