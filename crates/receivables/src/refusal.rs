//! Refusals: what the program will not do, typed, each with the numbers a person needs to act. The sentences
//! are in `locales/*/refusals.ftl` under the refusal's code.

use crate::billing::check::Check;
use crate::date::Date;
use crate::money::{Money, MoneyError};
use crate::saying::Saying;
use crate::sayings;

sayings! {
    /// A decision that said no. Amounts and days are written in the language of whoever reads it.
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
        NoTransfer "no-transfer" { went, came },
        CreditByInvoice "credit-by-invoice",
        OtherRate "other-rate" { currency, on: Date },
        UndoTransfer "undo-transfer" { receipt },
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
        ExceedsOpen "exceeds-open" { item, open: Money, amount: Money },
        /// Nothing is open on the item any more.
        AlreadySettled "already-settled" { item },
        /// More than is left of the receipt or credit note.
        ExceedsUnapplied "exceeds-unapplied" { source, unapplied: Money, amount: Money },
        /// More than is open of the invoice and not in dispute yet.
        ExceedsUndisputed "exceeds-undisputed" { item, undisputed: Money, amount: Money },
        /// The dispute ended before.
        DisputeEnded "dispute-ended" { outcome, on: Date },
        /// A person decided about the statement line before.
        LineDecided "line-decided" { line, on: Date, reason },
        /// A person made the statement line a receipt before.
        LineRecorded "line-recorded" { line, on: Date },
        /// More than is left of the receipt to send back.
        ExceedsRefundable "exceeds-refundable" { receipt, unapplied: Money, amount: Money },
        /// More than is left of the invoice to credit.
        ExceedsCreditable "exceeds-creditable" { invoice, left: Money, amount: Money },
        /// Nothing of it is left: it was credited, or taken back.
        AllCredited "all-credited" { invoice },
        BelowZero "below-zero" { total: Money },
        NoPlainInvoice "no-plain-invoice" { number },
        /// The receipt belongs to no customer yet.
        Unidentified "unidentified" { source },
        /// The two documents belong to customers that do not settle for each other.
        OtherCustomer "other-customer" { source, item },
        /// An allocation must carry an amount above zero.
        NotPositive "not-positive" { amount: Money },
        /// The date is before the document it moves.
        BeforeDocument "before-document" { on: Date, document_on: Date, document },
        /// The date is before something that moved the item or receipt later.
        BeforeMovement "before-movement" { on: Date, item, moved_on: Date },
        /// Money cannot have left after today.
        AfterToday "after-today" { on: Date, today: Date },
        /// The money or the debt was taken up until a later day.
        BeforeReversal "before-reversal" { on: Date, reversed_on: Date },
        /// The period is closed.
        PeriodClosed "period-closed" { on: Date, closed_to: Date },
        /// No exchange rate on or before the day.
        NoRate "no-rate" { currency, on: Date },
        /// The fact was reversed already.
        AlreadyReversed "already-reversed" { what },
        /// The invoice lines and its total differ.
        TotalsDiffer "totals-differ" { number, total: Money, sum: Money },
        /// A clock that went back.
        ClockBehind "clock-behind" { now, last },
        /// A day turn dated before the last one.
        DayBefore "day-before" { today: Date, last: Date },
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
        HoldEnd "hold-end" { until: Date, today: Date },
        /// A promise must lie in the future and be positive.
        PromiseDay "promise-day" { on: Date, today: Date },
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
        /// More rows than a sheet holds.
        SheetFull "sheet-full",
        /// Too much long work runs.
        Busy "busy" { count },
        /// Work that has not ended cannot be put away.
        StillRunning "still-running",
        /// Too many files wait to be fetched.
        FilesFull "files-full" { megabytes },
        /// Somebody else decided the setting meanwhile.
        SettingMoved "setting-moved" { setting, value, by },
        /// A certificate or its key that cannot be used.
        NoCertificate "no-certificate" { file, cause },
        /// An address of the internet, for which no certificate of our own will do.
        PublicAddress "public-address" { address },
        /// The name, the password or the code is wrong; which one is not said.
        WrongSignIn "wrong-sign-in",
        /// Too many tries failed: the next one waits.
        TooManyTries "too-many-tries" { wait },
        /// The present password is wrong.
        WrongPassword "wrong-password",
        /// The code of the second factor is wrong, or was used before.
        WrongCode "wrong-code",
        /// A one-time link that was used, is over, or never was.
        LinkGone "link-gone",
        /// The roles would give one person two rights that belong in two hands.
        ConflictingDuties "conflicting-duties" { user, action, against },
        /// Somebody must be able to administer the company.
        LastAdministrator "last-administrator" { user },
        /// The person works in other companies too, whose administrators must agree.
        OtherCompanies "other-companies" { user },
        /// Somebody saved the record after it was read.
        StaleVersion "stale-version" { name, user, at },
        /// A new customer looks like one there is.
        LikelyDuplicate "likely-duplicate" { name, codes },
        /// The customer was merged into another.
        Merged "merged" { code, into },
        /// A customer is not merged into itself.
        MergeItself "merge-itself" { code },
        /// The customer is not merged into any other.
        NotMerged "not-merged" { code },
        /// Something that a second person approves.
        NeedsApproval "needs-approval" { action },
        /// Whoever asked does not decide.
        OwnRequest "own-request" { user },
        /// The one person of a company waits before deciding alone.
        OwnRequestWaits "own-request-waits" { from },
        /// The request was decided before.
        RequestDecided "request-decided" { decision, user, at },
        /// An outcome of an attempt beside others, or of people who came themselves, that goes with neither.
        OutcomeAlone "outcome-alone" { attempt },
        /// The callback was done before.
        CallbackDone "callback-done" { on: Date, by },
        /// A newer note corrects the note already.
        NoteCorrected "note-corrected" { by },
        /// A certificate that does not stand where the wanted step begins.
        CertificateIs "certificate-is" { certificate },
        /// What a certificate settled is taken back by refusing the certificate.
        OfCertificate "of-certificate" { id },
        /// A step that does not follow on the way of an invoice's file.
        InvoiceFileIs "invoice-file-is" { number, standing },
        /// A file that is handed in without a paper the buyer wants.
        PapersMissing "papers-missing" { number, papers },
        /// The country has no usual list of papers.
        NoUsualPapers "no-usual-papers" { country },
        /// A template or a logo that does not print.
        NoTemplate "no-template" { name, cause },
        /// A change of a contract within what was billed.
        PeriodBilled "period-billed" { number, until: Date },
        /// A reading below the one before it, or above the one after it.
        ReadingOrder "reading-order" { meter, reading, on: Date, other, other_on: Date },
        /// The meter was read on the day, and showed something else.
        ReadingThere "reading-there" { meter, on: Date, reading },
        /// Work that was billed or given up before.
        /// A charge that an invoice bills is credited, not taken back.
        ChargeBilled "charge-billed" { charge, invoice },
        /// A charge that was taken back before.
        ChargeWithdrawn "charge-withdrawn" { charge, reason },
        UnbilledEnded "unbilled-ended" { on: Date, became },
        NothingUnbilled "nothing-unbilled" { customer },
        /// More usage was billed before than a contract's next invoice can take back.
        CreditFirst "credit-first" { invoice, lines },
        /// An offer that does not stand any more.
        QuoteIs "quote-is" { number, quote },
        QuoteAccepted "quote-accepted" { number, invoice },
        /// A document that says too little, or what the standard of e-invoices does not take.
        NotStandard "not-standard" { number, rules },
        /// An invoice that a person should look at before it is posted.
        NeedsLook "needs-look" { check: Box<Check>, code },
        /// An invoice without a receipt of the tax device is not credited.
        NotFiscalised "not-fiscalised" { number },
        /// What the tax device has is taken back by a refund only.
        HasFiscalReceipt "has-fiscal-receipt" { number },
        /// It is not known whether the tax device has it.
        FiscalInDoubt "fiscal-in-doubt" { number },
        /// The branch of the tax device stays while documents of it are without a receipt.
        BranchStays "branch-stays" { branch, count },
        /// A message that goes with a paper of its own.
        NotALetter "not-a-letter" { name },
        /// The sums of an account are not those of the message any more.
        MessageOutdated "message-outdated" { customer },
        /// A document that does not stand where the wanted step begins.
        SubmissionIs "submission-is" { number, submission },
        /// The company has said of no tax device.
        NoDevice "no-device",
        /// The tax device has not said who it is.
        DeviceUnknown "device-unknown",
        /// The tax device refused, with a code and perhaps its words.
        DeviceSaid "device-said" { code, said },
        /// The tax device does not answer.
        DeviceSilent "device-silent" { address, cause },
        /// Money moved on an invoice that should be void.
        TooManyDrafts "too-many-drafts" { most },
        TooManyLines "too-many-lines" { most },
        NothingRevalued "nothing-revalued" { as_of: Date },
        /// Accounts without a code of the main books.
        AccountsUnmapped "accounts-unmapped" { accounts },
        /// Months are handed over one after the other.
        JournalOutOfTurn "journal-out-of-turn" { period, next },
        NoDeposit "no-deposit" { number },
        NothingToSettle "nothing-to-settle" { number },
        DepositSettled "deposit-settled" { number },
        NotVatRegistered "not-vat-registered" { class, free },
        NotUntouched "not-untouched" { number },
        /// An item that is not offered any more.
        ItemRetired "item-retired" { item },
        /// More goods go out than there are.
        NotInStock "not-in-stock" { item, left, asked },
        /// No price counts for what is sold on the day.
        NoPrice "no-price" { item, currency, quantity, on: Date },
        /// A day of the period is in a return that was filed.
        VatReturnFiled "vat-return-filed" { period, reference },
        /// A return of a period that still runs.
        VatPeriodOpen "vat-period-open" { period, until: Date },
        /// A key of the API for somebody who may do more than whoever makes it.
        KeyReachesFurther "key-reaches-further" { user, action },
    }
}

sayings! {
    /// Why a value cannot be used.
    pub enum Unusable in "unusable" {
        /// A day turn further ahead than a slip of the pen may go.
        TooFarAhead "too-far-ahead",
        IssuedAfterToday "issued-after-today" { today: Date },
        DueBeforeIssue "due-before-issue" { issued_on: Date },
        ReceivedAfterToday "received-after-today" { today: Date },
        ChargesAboveGross "charges-above-gross",
        ClosedAlready "closed-already" { closed_to: Date, today: Date },
        CloseAfterToday "close-after-today" { today: Date },
        NotClosed "not-closed",
        NoMoneyAccount "no-money-account",
        /// A way of reading files that cannot be read itself.
        NoProfile "no-profile",
        NoTin "no-tin",
        /// One of a few codes is needed.
        NotAmong "not-among" { known },
        PromiseDecided "promise-decided" { judged },
        MessageDecided "message-decided" { outbox },
        OtherCurrency "other-currency",
        OwnCurrency "own-currency",
        NotAnAmount "not-an-amount",
        NoQuantity "no-quantity",
        /// Stock that documents move.
        ByDocument "by-document",
        /// A service has none.
        NoStock "no-stock",
        NotADate "not-a-date",
        NotAnInstant "not-an-instant",
        HoldTooLong "hold-too-long" { days },
        StepsMustRise "steps-must-rise",
        SharedReference "shared-reference" { count },
        UploadTooLarge "upload-too-large" { megabytes },
        UploadBroken "upload-broken" { cause },
        /// A file that holds something else; what it holds is told.
        Unreadable "unreadable" { why },
        /// A form or question that no page of ours makes.
        NotUnderstood "not-understood" { cause },
        TooLong "too-long" { most },
        ControlCharacter "control-character",
        /// The first digits of several things.
        TooShort "too-short",
        NoLossRate "no-loss-rate",
        PaidBelowZero "paid-below-zero",
        /// The past sales have nothing that was never paid.
        NothingLost "nothing-lost",
        /// A place in a list that no page wrote.
        NoPlace "no-place",
        /// More rows than a spreadsheet holds.
        SheetFull "sheet-full",
        OnePerBucket "one-per-bucket" { count, buckets },
        PasswordShort "password-short" { min },
        PasswordLong "password-long" { max },
        /// Easily guessed: a common one, a pattern, a few common words.
        PasswordCommon "password-common",
        /// It holds a name that anybody would try.
        PasswordNames "password-names" { word },
        PasswordSame "password-same",
        /// The password and its repetition.
        PasswordsDiffer "passwords-differ",
        UserName "user-name" { max },
        /// The name of whoever operates the installation.
        UserNameReserved "user-name-reserved",
        Money "money" { why: MoneyError },
        WholeNumber "whole-number" { from, to },
        NotForSms "not-for-sms" { letters },
        OutOfRange "out-of-range" { from, to },
        NoPrefix "no-prefix" { max },
        BeforeToday "before-today" { today: Date },
        /// A decision that no later day can be given to.
        CountsAtOnce "counts-at-once",
        /// A prefix that numbers the other kind of document.
        OtherSeries "other-series",
        NoPhone "no-phone",
        NoEmail "no-email",
        NoTimeOfDay "no-time-of-day",
        EndsBeforeBegin "ends-before-begin" { begin },
        NoAccountNumber "no-account-number",
        ContactEnded "contact-ended",
        OutsideDays "outside-days" { from: Date, to: Date },
        NotAnHour "not-an-hour",
        TooMany "too-many" { most },
        /// A paper of a kind that is not kept.
        NoPaper "no-paper" { known },
        PaperTooLarge "paper-too-large" { megabytes },
        /// No tax class of that code on a day.
        NoTaxClass "no-tax-class" { on: Date, known },
        /// A text that several customers fit.
        SeveralCustomers "several-customers" { customers },
        /// Fields of which at most one may be given.
        OnlyOneOf "only-one-of" { fields },
        NoDiscount "no-discount",
        /// More of a line than was not credited before, or none.
        NotLeftOfLine "not-left-of-line" { no, left },
        DiscountAboveLine "discount-above-line",
        NoTerms "no-terms",
        NotDigits "not-digits" { min, max },
        /// A day before the line of a contract holds.
        BeforeLine "before-line" { from: Date },
        /// A late fee that is written another way.
        NoFee "no-fee",
        /// A percentage a year.
        NoYearlyRate "no-yearly-rate",
        /// A line that takes something off, which no tax device takes.
        NoPayableRate "no-payable-rate",
        NoBranchCode "no-branch-code" { most },
        NotOver "not-over" { today: Date },
        NoMonth "no-month",
        LineBelowZero "line-below-zero",
        DeductionWhole "deduction-whole",
        /// Six letters and digits.
        NoPurchaseCode "no-purchase-code",
        /// An address of a tax device that is none, or is far away and not encrypted.
        NoDeviceAddress "no-device-address",
        /// A path of a tax device that is written another way.
        NoDevicePath "no-device-path",
        /// A part that takes the rest before the last one.
        RestIsLast "rest-is-last",
        SharesDoNotFit "shares-do-not-fit" { percent },
        PartsAboveTotal "parts-above-total" { total: Money },
        NoVatPeriod "no-vat-period",
        /// What an item of the catalogue cannot be called.
        NoItemCode "no-item-code",
        NoCountry "no-country",
        /// A unit that the tax device has not.
        NoDeviceUnit "no-device-unit",
        /// A code that the tables of the tax device do not have; the nearest are named, where there are any.
        NotOnDevice "not-on-device" { near },
        UnknownToDevice "unknown-to-device",
        NoUnitPrice "no-unit-price",
        /// Blocks of a tariff that are written another way.
        NoTariff "no-tariff",
        /// A block that ends no later than the one before it.
        BlocksMustRise "blocks-must-rise" { up_to, before },
        NoMeterReading "no-meter-reading",
        /// Work of a day to come.
        DoneAfterToday "done-after-today" { today: Date },
        /// A change that would leave no price.
        NoIndex "no-index",
        NoRate "no-rate",
        /// A meter that was read on a day to come.
        ReadAfterToday "read-after-today" { today: Date },
    }
}

impl Refusal {
    /// Stable machine code; the key of the sentence without its kind.
    pub fn code(&self) -> &'static str {
        self.key().trim_start_matches("refusal-")
    }
}

impl Refusal {
    /// The field of a form or request that is at fault, where it is one.
    pub fn field(&self) -> Option<&str> {
        match self {
            Refusal::Missing { field } | Refusal::Invalid { field, .. } | Refusal::InvalidEmpty { field, .. } => {
                Some(field)
            }
            Refusal::ExceedsOpen { .. }
            | Refusal::ExceedsUnapplied { .. }
            | Refusal::ExceedsUndisputed { .. }
            | Refusal::ExceedsRefundable { .. }
            | Refusal::ExceedsCreditable { .. }
            | Refusal::NotPositive { .. } => Some("amount"),
            Refusal::PromiseDay { .. } | Refusal::AfterToday { .. } | Refusal::PeriodClosed { .. } => Some("on"),
            Refusal::HoldEnd { .. } => Some("until"),
            Refusal::WrongPassword => Some("present"),
            Refusal::WrongCode => Some("code"),
            _ => None,
        }
    }
}

impl Refusal {
    /// The same of one line of a document, counted from 0: its field is called as in a request, `lines[0].discount`.
    #[must_use]
    pub fn in_line(self, no: usize) -> Refusal {
        let within = |field: String| format!("lines[{no}].{field}");
        match self {
            Refusal::Missing { field } => Refusal::Missing { field: within(field) },
            Refusal::Invalid { field, value, reason } => Refusal::Invalid { field: within(field), value, reason },
            Refusal::InvalidEmpty { field, reason } => Refusal::InvalidEmpty { field: within(field), reason },
            other => other,
        }
    }
}

impl From<MoneyError> for Refusal {
    fn from(why: MoneyError) -> Refusal {
        Refusal::InvalidEmpty { field: "amount".into(), reason: Unusable::Money { why } }
    }
}
