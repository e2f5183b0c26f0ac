//! Refusals: what the program will not do, typed, each with the numbers a person needs to act. The sentences
//! are in `locales/*/refusals.ftl` under the refusal's code.

use crate::money::MoneyError;
use crate::saying::Saying;
use crate::sayings;

sayings! {
    /// A decision that said no. Field values are already written for a reader.
    pub enum Refusal in "refusal" {
        /// The role lacks the right to this action.
        NotAllowed "not-allowed" { user, action },
        /// The account is worked by somebody else.
        OtherPortfolio "other-portfolio" { user, action, collector },
        /// No such thing in this company.
        NotFound "not-found" { kind, name },
        /// No such company in this book.
        NoCompany "no-company" { name },
        /// A thing of that name exists already.
        Exists "exists" { kind, name },
        /// The same number was posted before with other content.
        OtherContent "other-content" { number },
        /// The key was used before for another request.
        KeyReused "key-reused" { key },
        /// A value is missing.
        Missing "missing" { field },
        /// A value cannot be used.
        Invalid "invalid" { field, value, reason: Unusable },
        /// The same where there is nothing to quote.
        InvalidEmpty "invalid-empty" { field, reason: Unusable },
        /// More than is open on the item.
        ExceedsOpen "exceeds-open" { item, open, amount },
        /// Nothing is open on the item any more.
        AlreadySettled "already-settled" { item },
        /// More than is left of the receipt or credit note.
        ExceedsUnapplied "exceeds-unapplied" { source, unapplied, amount },
        /// More than is open of the invoice and not in dispute yet.
        ExceedsUndisputed "exceeds-undisputed" { item, undisputed, amount },
        /// The dispute ended before.
        DisputeEnded "dispute-ended" { outcome, on },
        /// A person decided about the statement line before.
        LineDecided "line-decided" { line, on, reason },
        /// A person made the statement line a receipt before.
        LineRecorded "line-recorded" { line, on },
        /// More than is left of the receipt to send back.
        ExceedsRefundable "exceeds-refundable" { receipt, unapplied, amount },
        /// The receipt belongs to no customer yet.
        Unidentified "unidentified" { source },
        /// The two documents belong to customers that do not settle for each other.
        OtherCustomer "other-customer" { source, item },
        /// An allocation must carry an amount above zero.
        NotPositive "not-positive" { amount },
        /// The date is before the document it moves.
        BeforeDocument "before-document" { on, document_on, document },
        /// The date is before something that moved the item or receipt later.
        BeforeMovement "before-movement" { on, item, moved_on },
        /// Money cannot have left after today.
        AfterToday "after-today" { on, today },
        /// The money or the debt was taken up until a later day.
        BeforeReversal "before-reversal" { on, reversed_on },
        /// The period is closed.
        PeriodClosed "period-closed" { on, closed_to },
        /// No exchange rate on or before the day.
        NoRate "no-rate" { currency, on },
        /// The fact was reversed already.
        AlreadyReversed "already-reversed" { what },
        /// The invoice lines and its total differ.
        TotalsDiffer "totals-differ" { number, total, sum },
        /// A clock that went back.
        ClockBehind "clock-behind" { now, last },
        /// A day turn dated before the last one.
        DayBefore "day-before" { today, last },
        /// Known-at later than the last seal.
        NotSealedYet "not-sealed-yet" { known_at, last },
        /// A plan's id is unknown or was carried out.
        PlanGone "plan-gone" { plan },
        /// The credit note belongs on the other side.
        SignMismatch "sign-mismatch" { number },
        /// Buckets must rise and be above zero.
        Buckets "buckets" { buckets },
        /// A book whose company has not been chosen.
        WhichCompany "which-company" { count, codes },
        /// Nothing is open to act on.
        NothingOpen "nothing-open" { customer },
        /// A hold must have an end after today.
        HoldEnd "hold-end" { until, today },
        /// A promise must lie in the future and be positive.
        PromiseDay "promise-day" { on, today },
        /// The number does not fit.
        TooLarge "too-large" { what },
        /// A restored book from which nothing leaves yet.
        Quarantined "quarantined",
        /// There is no quarantine to lift.
        NotQuarantined "not-quarantined",
        /// A backup never overwrites.
        FileExists "file-exists" { file },
        FileMissing "file-missing" { file },
        /// A backup that is not what it was made from.
        BackupBroken "backup-broken" { cause },
        /// Only an empty book is filled from a backup.
        BookNotEmpty "book-not-empty",
        /// A file that is no book.
        NoBook "no-book" { file, cause },
        /// A book of a newer program.
        NewerBook "newer-book" { number, ours },
        /// A server that answers before the data is on disk.
        NotDurable "not-durable" { setting, value },
        /// An address that cannot be listened on.
        NoAddress "no-address" { address, cause },
        /// Somebody else saved the record since it was read.
        ChangedMeanwhile "changed-meanwhile" { kind, name },
    }
}

sayings! {
    /// Why a value cannot be used.
    pub enum Unusable in "unusable" {
        /// A day turn further ahead than a slip of the pen may go.
        TooFarAhead "too-far-ahead",
        IssuedAfterToday "issued-after-today" { today },
        DueBeforeIssue "due-before-issue" { issued_on },
        ReceivedAfterToday "received-after-today" { today },
        ChargesAboveGross "charges-above-gross",
        ClosedAlready "closed-already" { closed_to, today },
        CloseAfterToday "close-after-today" { today },
        NotClosed "not-closed",
        NoMoneyAccount "no-money-account",
        NoTin "no-tin",
        /// One of a few codes is needed.
        NotAmong "not-among" { known },
        PromiseDecided "promise-decided" { judged },
        MessageDecided "message-decided" { state },
        OtherCurrency "other-currency",
        OwnCurrency "own-currency",
        NotAnAmount "not-an-amount",
        NotADate "not-a-date",
        HoldTooLong "hold-too-long" { days },
        StepsMustRise "steps-must-rise",
        SharedReference "shared-reference" { count },
        UploadTooLarge "upload-too-large" { megabytes },
        UploadBroken "upload-broken" { cause },
        /// The first digits of several things.
        TooShort "too-short",
        NoLossRate "no-loss-rate",
        PaidBelowZero "paid-below-zero",
        /// The past sales have nothing that was never paid.
        NothingLost "nothing-lost",
        OnePerBucket "one-per-bucket" { count, buckets },
        Money "money" { why: MoneyError },
        InThePast "in-the-past" { today },
        /// Where a list goes on is told by the list itself.
        NoCursor "no-cursor",
    }
}

impl Refusal {
    /// Stable machine code; the key of the sentence without its kind.
    pub fn code(&self) -> &'static str {
        self.key().trim_start_matches("refusal-")
    }
}

impl From<MoneyError> for Refusal {
    fn from(why: MoneyError) -> Refusal {
        Refusal::InvalidEmpty { field: "amount".into(), reason: Unusable::Money { why } }
    }
}
