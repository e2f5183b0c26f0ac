//! What a device's result code asks for. Which code asks for what is a country pack's data.

/// What a result code asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Done: keep the receipt.
    Store,
    /// Nothing found: an empty list, and no answer to a sale.
    EmptyList,
    /// Ask the buyer for a new purchase code.
    AskPurchaseCode,
    /// Correct the field.
    Correct,
    /// The device or its installation is wrong.
    Operator,
    /// The period is declared already.
    Accountant,
    /// Something else must be sent first.
    Reorder,
    /// Try again later, as long as it takes.
    BackOff,
    /// Try again a few times, then park.
    FewTimes,
    /// It is there already, and the answer has no receipt: the counters decide.
    Reconcile,
    /// A person looks.
    Park,
}

impl Advice {
    pub const ALL: [(Advice, &'static str); 11] = [
        (Advice::Store, "store"),
        (Advice::EmptyList, "empty-list"),
        (Advice::AskPurchaseCode, "ask-purchase-code"),
        (Advice::Correct, "correct"),
        (Advice::Operator, "operator"),
        (Advice::Accountant, "accountant"),
        (Advice::Reorder, "reorder"),
        (Advice::BackOff, "back-off"),
        (Advice::FewTimes, "few-times"),
        (Advice::Reconcile, "reconcile"),
        (Advice::Park, "park"),
    ];

    pub fn from_code(code: &str) -> Option<Advice> {
        Advice::ALL.iter().find(|(_, known)| *known == code).map(|(advice, _)| *advice)
    }

    pub fn code(self) -> &'static str {
        Advice::ALL.iter().find(|(advice, _)| *advice == self).map_or("", |(_, code)| code)
    }
}
