//! What is wrong with a file, a row or a cell, without a language: the sentences are in `locales/*/files.ftl`.

use receivables::money::MoneyError;
use receivables::saying::{self, Value};
use receivables::{Money, Saying, sayings};

use crate::table::Layout;

sayings! {
    /// What is wrong, or why a line is left out.
    pub enum Fault in "file" {
        // The file.
        NotFound "not-found" { path },
        CannotOpen "cannot-open" { path, cause },
        IsFolder "is-folder" { path },
        Unreadable "unreadable" { cause },
        Empty "empty",
        Binary "binary",
        IsPicture "is-picture",
        IsPacked "is-packed" { packing },
        PackedTooLarge "packed-too-large",

        // Workbooks.
        WorkbookDamaged "workbook-damaged" { cause },
        WorkbookTooLarge "workbook-too-large" { part },
        WorkbookPassword "workbook-password",
        NotWorkbook "not-workbook",
        PageWithoutTable "page-without-table",

        // PDF.
        PdfWithoutText "pdf-without-text",
        PdfLettersUnknown "pdf-letters-unknown",
        PdfWithoutTable "pdf-without-table",
        PdfPassword "pdf-password",
        PdfDamaged "pdf-damaged" { cause },
        PdfTooLarge "pdf-too-large",
        NoSheet "no-sheet" { sheet, sheets },

        // Tables.
        NoHeader "no-header",
        NoHeaderLine "no-header-line",
        /// `what` is one of the next four.
        HeadersFound "headers-found" { what: Box<Fault>, headers },
        NoColumn "no-column" { field },
        NoProfileColumn "no-profile-column" { field, column },
        NoTemplateColumn "no-template-column" { template, column },
        NoRuleColumn "no-rule-column" { column },
        TooManyCells "too-many-cells" { most },
        LineTooLong "line-too-long",
        QuoteOpen "quote-open",
        ExtraCell "extra-cell" { cells, header_cells, value },

        // Profiles.
        Profile "profile" { cause },
        ProfileDecimal "profile-decimal" { sign },
        ProfileDelimiter "profile-delimiter" { delimiter },
        ProfileEncoding "profile-encoding" { encoding },
        ProfileField "profile-field" { field, known },
        TemplateOpen "template-open" { template },
        RuleFits "rule-fits" { column },
        RuleIdle "rule-idle" { column },
        /// In the words of the profile.
        LeftOut "left-out" { reason },

        // Cells.
        InField "in-field" { field, why: Box<Fault> },
        NotADate "not-a-date" { value },
        OtherDateOrder "other-date-order" { value, dates },
        NotAnAmount "not-an-amount" { value, sign },
        OtherSign "other-sign" { value, sign },
        NotWhole "not-whole" { value },
        Money "money" { why: MoneyError },

        // Ageing exports.
        TooLargeToAdd "too-large-to-add",
        NoOpenAmount "no-open-amount",
        BucketsDiffer "buckets-differ" { aged, open },
        NoCustomer "no-customer",
        NoForeignAmount "no-foreign-amount" { currency },
        UnknownKind "unknown-kind" { value },
        AboveZero "above-zero" { kind },

        // Statements.
        UnknownXml "unknown-xml",
        NoAccount "no-account" { format },
        NoStatement "no-statement" { layout: Box<Layout> },
        RowWithoutAmount "row-without-amount",
        RowWithoutDate "row-without-date",
        RowOfTotals "row-of-totals",
        DebitAndCredit "debit-and-credit",
        NeitherSide "neither-side" { value },

        // camt.
        BreaksOffAtEntry "breaks-off-at-entry" { entry, cause },
        EntryWithoutDate "entry-without-date",
        EntryBadDate "entry-bad-date",
        EntryWithoutAmount "entry-without-amount",
        EntryNegative "entry-negative" { amount },
        EntryWithoutCurrency "entry-without-currency" { amount },
        EntryWithoutSide "entry-without-side",
        EntryWithoutStatus "entry-without-status",
        EntryStatus "entry-status" { status },

        // MT940.
        Movement "movement" { value },
        DetailsOfNothing "details-of-nothing",

        // OFX, QIF, BAI2, CODA.
        EntryWithoutAccount "entry-without-account",
        BankRefused "bank-refused" { code, message },
        Definitions "definitions",
        Corrects "corrects" { reference },
        Withdrawn "withdrawn",
        Securities "securities" { count },
        TwoReadings "two-readings" { value },
        DatesGuessed "dates-guessed" { dates },
        CutOff "cut-off" { record },
        UnknownRecords "unknown-records" { count, first },
        /// `what` is `records`, `accounts`, `groups`, `sum`, `debits` or `credits`.
        ControlDiffers "control-differs" { what, said, found },
        CodaVersion "coda-version" { version },
        PartsDiffer "parts-differ" { entry, whole: Money, parts: Money },
        PartsUnread "parts-unread" { entry },
        PartsMissing "parts-missing" { entries },
        PartWithoutWhole "part-without-whole",

        // Remittance advices.
        NoRemittance "no-remittance",
        RemittanceDiffers "remittance-differs" { total: Money, sum: Money },
        RemittanceRow "remittance-row" { gross: Money, less: Money, paid: Money },

        // E-invoices.
        NotXml "not-xml",
        EInvoiceOtherRoot "einvoice-other-root" { root },
        EInvoiceTooLarge "einvoice-too-large" { most },
        EInvoiceBreaksOff "einvoice-breaks-off" { cause },
        EInvoiceNumber "einvoice-number" { element, value },
        EInvoiceDate "einvoice-date" { element, value },

        // Messages of a wallet.
        NoMessages "no-messages",
        BreaksOffAfterMessage "breaks-off-after-message" { message, cause },
        OtherSender "other-sender",
        SeveralSenders "several-senders" { senders },
        TwoAccounts "two-accounts",
        MessageWithoutDay "message-without-day",
        OneTimePassword "one-time-password",
        UnknownMessage "unknown-message",
        NamedTwice "named-twice" { piece },
        NotATime "not-a-time" { value },
        Repeats "repeats" { message },
        SameId "same-id" { message },
        Reversed "reversed",
        ReversalBegun "reversal-begun",
        MiniStatement "mini-statement",
    }
}

impl Fault {
    pub(crate) fn in_field(self, field: &str) -> Fault {
        Fault::InField { field: field.to_owned(), why: Box::new(self) }
    }
}

impl From<MoneyError> for Fault {
    fn from(why: MoneyError) -> Fault {
        Fault::Money { why }
    }
}

impl Saying for Layout {
    fn key(&self) -> &'static str {
        "file-layout"
    }

    fn args(&self) -> Vec<(&'static str, Value<'_>)> {
        let text = |text: String| Value::Text(text.into());
        let yes = |yes: bool| Value::Text(if yes { "yes" } else { "no" }.into());
        let columns: Vec<String> = self.columns.iter().map(|(field, from)| format!("{field} ← {from}")).collect();
        let delimiter = if self.delimiter == '\t' { "tab".to_owned() } else { self.delimiter.to_string() };
        vec![
            ("container", Value::Text(self.kind.into())),
            ("encoding", Value::Text(self.encoding.into())),
            ("delimiter", text(delimiter)),
            ("sheet", text(self.sheet.clone().unwrap_or_default())),
            ("header_line", text(self.header_line.to_string())),
            ("sign", text(self.decimal.to_string())),
            ("sign_certain", yes(self.decimal_certain)),
            ("dates", Value::Text(self.dates.code().into())),
            ("dates_certain", yes(self.dates_certain)),
            ("columns", text(columns.join(", "))),
            ("has_unused", yes(!self.unused.is_empty())),
            ("unused", text(self.unused.join(", "))),
            ("ageing", yes(self.ageing)),
        ]
    }
}

impl std::fmt::Display for Layout {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        saying::write(self, f)
    }
}
