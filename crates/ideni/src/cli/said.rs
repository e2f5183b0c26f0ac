//! What the commands say themselves, without a language: the sentences are in `locales/*/commands.ftl`.

use formats::FileError;
use receivables::sayings;

use crate::actions::note::Note;

sayings! {
    /// Progress, advice, and why a command did not do what was asked.
    pub enum Said in "command" {
        // Any command.
        NoBook "no-book" { path },
        ZoneUnknown "zone-unknown" { zone },
        InFile "in-file" { file, why: FileError },
        InList "in-list" { file, why: Note },
        BackupWritten "backup-written" { file },
        Restored "restored" { book },
        InQuarantine "in-quarantine",
        QuarantineLifted "quarantine-lifted",

        // `ideni` alone.
        NoBookYet "no-book-yet",
        TryDemo "try-demo",
        NoInvoices "no-invoices",
        ReceiptsWaiting "receipts-waiting" { count },
        ApplyYourself "apply-yourself",
        LinesWaiting "lines-waiting" { count },
        SeeOpen "see-open",

        // invoice issue
        Instalment "instalment" { value },
        LineOfDocument "line-of-document" { value },
        CreditedLine "credited-line" { value },

        // import, statement import
        NeedsOpeningDay "needs-opening-day" { file },
        Rows "rows" { count },
        AllRefused "all-refused" { count },
        AtomicRefused "atomic-refused" { count },
        StatementTooLarge "statement-too-large" { file, bytes },
        DoesNotAddUp "does-not-add-up" { difference },
        LinesDeclared "lines-declared" { declared, found },
        MessagesMissing "messages-missing" { count },

        // export
        ExportEnding "export-ending" { file },
        ExportPdf "export-pdf" { file },
        ExportExists "export-exists" { file },
        PrintEnding "print-ending" { file },
        Exported "exported" { file, count },
        SheetFull "sheet-full",

        // setting set
        SettingSame "setting-same" { name },

        // report, verify
        OpeningDiffers "opening-differs" { file, count },
        IdentitiesBroken "identities-broken" { count },

        // api-key
        KeyShownOnce "key-shown-once",
        // write-off add, receipt refund, customer bank set
        WaitsForApproval "waits-for-approval" { id },

        // demo, serve
        MakingDemo "making-demo",
        DemoReady "demo-ready" { book },
        DemoThere "demo-there" { book },
        ListensOn "listens-on" { address },
        SignInAs "sign-in-as",
        SetUpAt "set-up-at" { address },
        StopWith "stop-with",
        TrustUs "trust-us" { file, fingerprint },
    }
}
