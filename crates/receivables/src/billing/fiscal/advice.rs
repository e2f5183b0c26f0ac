//! What a device's result code asks for, why its word is in doubt, and what a person must do: each with the code it is kept
//! under. Which result code asks for what is a country pack's data.

use crate::customer::code_of;

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
        code_of(&Advice::ALL, self)
    }
}

/// Why it is not known whether the device has the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// No answer came.
    Silence,
    /// The device says that it has it (994, 924).
    Duplicate,
    /// We stopped while it was under way.
    Restart,
    /// The answer was cut off, or says done without a receipt.
    NoReceipt,
    /// It was parked after attempts that may have arrived.
    Parked,
}

impl Doubt {
    pub const ALL: [(Doubt, &'static str); 5] = [
        (Doubt::Silence, "silence"),
        (Doubt::Duplicate, "duplicate"),
        (Doubt::Restart, "restart"),
        (Doubt::NoReceipt, "no-receipt"),
        (Doubt::Parked, "parked"),
    ];

    pub fn from_code(code: &str) -> Option<Doubt> {
        Doubt::ALL.iter().find(|(_, known)| *known == code).map(|(doubt, _)| *doubt)
    }

    pub fn code(self) -> &'static str {
        code_of(&Doubt::ALL, self)
    }
}

/// What a person must do before it is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    NewPurchaseCode,
    CorrectField,
    Operator,
    Accountant,
    SendOtherFirst,
}

impl Ask {
    pub const ALL: [(Ask, &'static str); 5] = [
        (Ask::NewPurchaseCode, "new-purchase-code"),
        (Ask::CorrectField, "correct-field"),
        (Ask::Operator, "operator"),
        (Ask::Accountant, "accountant"),
        (Ask::SendOtherFirst, "send-other-first"),
    ];

    pub fn from_code(code: &str) -> Option<Ask> {
        Ask::ALL.iter().find(|(_, known)| *known == code).map(|(ask, _)| *ask)
    }

    pub fn code(self) -> &'static str {
        code_of(&Ask::ALL, self)
    }
}
