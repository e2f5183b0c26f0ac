//! What speaks for a proposal, and against it.

/// One reason of a proposal. The sentence is in the locales under [`Evidence::code`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// The text names this open number.
    RefersTo { number: String },
    /// It names it only by its ending, or with letters that look like digits.
    RefersWeaklyTo { number: String },
    /// The text names a number that is not open any more.
    NotOpen { number: String },
    /// The payer is known by account, telephone or identity.
    PayerKnown,
    /// A person said once that payments of this name or number are the customer's.
    PayerLearned { words: String },
    /// The payer is guessed by the words of a name.
    PayerByName { words: String },
    /// The text names items of another customer than the payer.
    OtherPayer { number: String },
    /// The items named belong to several customers.
    MixedCustomers { count: usize },
    /// The amount is exactly what is open on what it settles.
    ExactAmount { amount: i64 },
    /// The amount settles it with the discount that its terms give for paying early.
    WithDiscount { discount: i64 },
    /// Several items have exactly this amount.
    SameAmount { count: usize },
    /// Only one combination of the customer's items adds up.
    OnlyCombination { count: usize },
    /// Several combinations add up; counted up to [`COMBINATIONS_MAX`].
    SeveralCombinations { count_capped: usize },
    /// Too many items to count the combinations.
    NotCounted { items: usize },
    /// The payment is more than what is open.
    Overpaid { rest: i64 },
    /// The payment is less than what it settles.
    ShortBy { missing: i64 },
    /// What is missing is within the tolerance.
    WithinTolerance { missing: i64 },
    /// The customer's payments settle the oldest items first.
    OldestFirst,
    /// The customer has nothing open.
    NothingOpen,
    /// Neither number nor payer nor amount says anything.
    NoEvidence,
}

impl Evidence {
    /// Stable code, the key of the sentence in the locales.
    pub fn code(&self) -> &'static str {
        match self {
            Evidence::RefersTo { .. } => "refers-to",
            Evidence::RefersWeaklyTo { .. } => "refers-weakly-to",
            Evidence::NotOpen { .. } => "not-open",
            Evidence::PayerKnown => "payer-known",
            Evidence::PayerLearned { .. } => "payer-learned",
            Evidence::PayerByName { .. } => "payer-by-name",
            Evidence::OtherPayer { .. } => "other-payer",
            Evidence::MixedCustomers { .. } => "mixed-customers",
            Evidence::ExactAmount { .. } => "exact-amount",
            Evidence::WithDiscount { .. } => "with-discount",
            Evidence::SameAmount { .. } => "same-amount",
            Evidence::OnlyCombination { .. } => "only-combination",
            Evidence::SeveralCombinations { .. } => "several-combinations",
            Evidence::NotCounted { .. } => "not-counted",
            Evidence::Overpaid { .. } => "overpaid",
            Evidence::ShortBy { .. } => "short-by",
            Evidence::WithinTolerance { .. } => "within-tolerance",
            Evidence::OldestFirst => "oldest-first",
            Evidence::NothingOpen => "nothing-open",
            Evidence::NoEvidence => "no-evidence",
        }
    }

    /// The values the sentence needs; `amount`, `rest` and `missing` are minor units.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Evidence::RefersTo { number }
            | Evidence::RefersWeaklyTo { number }
            | Evidence::NotOpen { number }
            | Evidence::OtherPayer { number } => vec![("number", number.clone())],
            Evidence::PayerLearned { words } | Evidence::PayerByName { words } => vec![("words", words.clone())],
            Evidence::ExactAmount { amount } => vec![("amount", amount.to_string())],
            Evidence::WithDiscount { discount } => vec![("discount", discount.to_string())],
            Evidence::MixedCustomers { count }
            | Evidence::SameAmount { count }
            | Evidence::OnlyCombination { count }
            | Evidence::SeveralCombinations { count_capped: count }
            | Evidence::NotCounted { items: count } => vec![("count", count.to_string())],
            Evidence::Overpaid { rest } => vec![("rest", rest.to_string())],
            Evidence::ShortBy { missing } | Evidence::WithinTolerance { missing } => {
                vec![("missing", missing.to_string())]
            }
            Evidence::PayerKnown | Evidence::OldestFirst | Evidence::NothingOpen | Evidence::NoEvidence => Vec::new(),
        }
    }
}
