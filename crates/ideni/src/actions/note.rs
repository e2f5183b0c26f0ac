//! What is said of a row of a file, without a language: the sentences are in `locales/*/imports.ftl`.

use formats::Fault;
use receivables::money::MoneyError;
use receivables::{Money, Refusal, sayings};

sayings! {
    /// What became of a row, or why nothing did.
    pub enum Note in "row" {
        // Done, or nothing to do.
        Twin "twin" { number },
        Applied "applied" { amount: Money, number },
        NothingApplied "nothing-applied" { number },
        /// The money is in; only its application waits for a person.
        LeftUnapplied "left-unapplied" { why: Refusal },
        SameCustomer "same-customer",
        SameItem "same-item",
        SameReading "same-reading",
        SameRate "same-rate",
        SameInvoice "same-invoice" { number },
        SameReceipt "same-receipt",
        SameLine "same-line",
        /// Told by a line of another file, too: of which format, and what both say.
        SameMovement "same-movement" { format, said },
        MaybeSameMovement "maybe-same-movement" { format },
        /// Money of the company's own: the other side was seen in that account, or is waited for.
        OwnTransfer "own-transfer" { account },
        InTransit "in-transit",

        // Not done.
        Refused "refused" { why: Refusal },
        Unread "unread" { why: Fault },
        AtLine "at-line" { line, why: Box<Note> },
        /// A line of a document that is refused whole.
        LineOfDocument "line-of-document" { line, why: Box<Note> },
        Needs "needs" { field },
        NoNumber "no-number",
        NoLine "no-line",
        /// A contract that has no meter, or several.
        WhichMeter "which-meter" { contract, count },
        OtherContract "other-contract" { meter, contract, of },
        Money "money" { field, why: MoneyError },
        Language "language" { value },
        TermsDays "terms-days" { value },
        CreditLimit "credit-limit" { value },
        Rate "rate" { value },
        Kind "kind" { value },
        /// Of an ageing export.
        NoOpenNumber "no-open-number",
        NoDate "no-date",
        SharedName "shared-name" { name },
        /// Of a statement.
        OwnMoneyBack "own-money-back",
    }
}

impl Note {
    pub(crate) fn at_line(self, line: u64) -> Note {
        Note::AtLine { line: line.to_string(), why: Box::new(self) }
    }
}

impl From<Fault> for Note {
    fn from(why: Fault) -> Note {
        Note::Unread { why }
    }
}

impl From<Refusal> for Note {
    fn from(why: Refusal) -> Note {
        Note::Refused { why }
    }
}
