//! The words of ageing exports, English and French: buckets, totals and kinds of documents.

use super::OpenKind;
use crate::fault::Fault;
use crate::headers::{folded, normalised};
use crate::table::shown;

/// Buckets without figures.
const BUCKETS: &[&str] = &[
    "current",
    "future",
    "older",
    "courant",
    "anciens",
    "ancien",
    "plusancien",
    "plusanciens",
    "plusvieux",
    "avenir",
    "aechoir",
];
const BUCKET_STARTS: &[&str] = &["notdue", "notyetdue", "asof", "atdate", "aladate", "nonechu", "pasechu"];
/// Words beside the figures of a bucket: `91 or more days past due`, `plus de 90 jours`.
const BUCKET_WORDS: &[&str] = &[
    "d", "day", "days", "j", "jour", "jours", "month", "months", "mois", "period", "periode", "past", "due", "overdue",
    "late", "over", "above", "under", "plus", "more", "older", "than", "or", "and", "to", "a", "de", "et", "ou", "en",
    "moins", "echu", "echus", "echues", "retard",
];

/// Whether a header or heading names a bucket: `Current`, `31 - 60`, `Over 90 days`, `61-90 jours`.
pub(super) fn is_bucket(text: &str) -> bool {
    let plain = normalised(text);
    if BUCKETS.contains(&plain.as_str()) || BUCKET_STARTS.iter().any(|start| plain.starts_with(start)) {
        return true;
    }
    let text = folded(text);
    let days: Vec<Option<u32>> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|t| !t.is_empty()).map(|t| t.parse().ok()).collect();
    let plausible = match days.as_slice() {
        [Some(days)] => *days <= 365,
        [Some(from), Some(to)] => from < to && *to <= 1000,
        _ => false,
    };
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|t| !t.is_empty());
    plausible && words.all(|word| BUCKET_WORDS.contains(&word))
}

/// Words between "total" and the name of what is added up.
const CONNECTIVES: &[&str] =
    &["for", "of", "pour", "de", "du", "des", "d", "la", "le", "les", "customer", "client", "partner", "partenaire"];
/// Words of a total that is the whole file's.
const WHOLE: &[&str] = &[
    "grand",
    "report",
    "rapport",
    "general",
    "generale",
    "overall",
    "aged",
    "ageing",
    "aging",
    "ar",
    "receivable",
    "receivables",
    "debtors",
    "creances",
    "clients",
    "balance",
    "agee",
    "all",
    "due",
];

/// What a total adds up.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TotalOf {
    /// It does not say.
    Unsaid,
    Whole,
    /// One of these, in the spelling of [`normalised`].
    Named(Vec<String>),
}

/// `Aged Receivable`, `Balance âgée des clients`: the name of the report, which Odoo puts on the row of its total.
pub(super) fn names_the_report(text: &str) -> bool {
    let text = folded(text);
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.len() > 1 && words.iter().all(|word| WHOLE.contains(word) || CONNECTIVES.contains(word))
}

/// `Total for 1 - 30`, `Total général`, `Keza Ltd Total`; `None` if the text is no total.
pub(super) fn total_of(text: &str) -> Option<TotalOf> {
    let text = folded(text);
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let is_total = |word: &&str| matches!(*word, "total" | "totals" | "totaux" | "subtotal" | "soustotal");
    let rest: Vec<&str> = match words.as_slice() {
        ["sub" | "sous", "total", rest @ ..] => rest.to_vec(),
        [first, rest @ ..] if is_total(first) => rest.to_vec(),
        [rest @ .., last] if is_total(last) => rest.to_vec(),
        _ => return None,
    };
    if rest.is_empty() {
        return Some(TotalOf::Unsaid);
    }
    if rest.iter().all(|word| WHOLE.contains(word) || CONNECTIVES.contains(word)) {
        return Some(TotalOf::Whole);
    }
    let skipped = rest.iter().take_while(|word| CONNECTIVES.contains(word)).count();
    Some(TotalOf::Named((0..=skipped).map(|from| rest[from..].concat()).filter(|name| !name.is_empty()).collect()))
}

const INVOICES: &[&str] = &[
    "invoice",
    "inv",
    "si",
    "salesinvoice",
    "customerinvoice",
    "receivableinvoice",
    "arinvoice",
    "facture",
    "factureclient",
    "facturedevente",
    "facturevente",
    "fac",
    "debitnote",
    "debitmemo",
    "notededebit",
    "financecharge",
    "statementcharge",
    "charge",
    "fraisfinanciers",
    "openingbalance",
    "soldedouverture",
];
const CREDIT_NOTES: &[&str] = &[
    "creditmemo",
    "creditnote",
    "credit",
    "cm",
    "cn",
    "sc",
    "salescredit",
    "salescreditnote",
    "customercreditnote",
    "receivablecreditnote",
    "arcreditnote",
    "avoir",
    "avoirclient",
    "facturedavoir",
    "notedecredit",
];
const PAYMENTS: &[&str] = &[
    "payment",
    "pmt",
    "pymt",
    "customerpayment",
    "receipt",
    "sr",
    "sa",
    "unappliedcash",
    "unappliedcashpayment",
    "unappliedpayment",
    "paymentonaccount",
    "overpayment",
    "prepayment",
    "receivableoverpayment",
    "receivableprepayment",
    "deposit",
    "paiement",
    "paiementclient",
    "reglement",
    "reglementclient",
    "encaissement",
    "versement",
    "acompte",
    "acompteclient",
    "depot",
    "paiementnonapplique",
    "paiementnonaffecte",
    "reglementnonaffecte",
    "encaissementnonaffecte",
];
const JOURNALS: &[&str] = &[
    "journal",
    "journalentry",
    "generaljournal",
    "generaljournalentry",
    "je",
    "adjustment",
    "ajustement",
    "ecriture",
    "ecriturecomptable",
    "ecrituredejournal",
    "operationdiverse",
    "operationsdiverses",
    "od",
];
/// How numbers of payments begin where no column says the kind: Odoo's bank and cash journals, receipts.
const PAYMENT_STARTS: &[&str] = &[
    "bnk", "bnq", "pbnk", "bank", "csh", "pcsh", "cust", "pay", "payment", "pmt", "rcpt", "receipt", "rec", "rg",
    "reg", "enc", "chq",
];

/// The kind of a document from its word, or from its number where the file has no words; the sign of what is open
/// must agree.
pub(super) fn kind_of(word: Option<&str>, number: Option<&str>, below_zero: bool) -> Result<OpenKind, Fault> {
    let credit = || {
        let start: String = folded(number.unwrap_or_default()).chars().take_while(char::is_ascii_alphabetic).collect();
        let paid = number.is_none() || PAYMENT_STARTS.contains(&start.as_str());
        if paid { OpenKind::Payment } else { OpenKind::CreditNote }
    };
    let Some(word) = word else {
        return Ok(if below_zero { credit() } else { OpenKind::Invoice });
    };
    let plain = normalised(word);
    let among = |words: &[&str]| words.contains(&plain.as_str());
    if among(INVOICES) {
        return Ok(if below_zero { OpenKind::CreditNote } else { OpenKind::Invoice });
    }
    if among(JOURNALS) {
        return Ok(if below_zero { credit() } else { OpenKind::Invoice });
    }
    let kind = if among(CREDIT_NOTES) {
        OpenKind::CreditNote
    } else if among(PAYMENTS) {
        OpenKind::Payment
    } else {
        return Err(Fault::UnknownKind { value: shown(word) });
    };
    if below_zero {
        return Ok(kind);
    }
    Err(Fault::AboveZero { kind: kind.name().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_that_are_buckets() {
        for text in [
            "Current",
            "0 - 30",
            "1-30",
            "31 - 60",
            "Over 90 days",
            "91 or more days past due",
            "30",
            "> 90",
            "90+",
            "Older",
            "Not Due / At Date",
            "As of: 08/31/2026",
            "Non échu",
            "31-60 jours",
            "plus de 90 jours",
            "< 1 Month",
            "d1_30",
            "d91_plus",
            "Period 1",
            "Plus ancien",
        ] {
            assert!(is_bucket(text), "{text}");
        }
        for text in ["Date", "Total", "2026", "Line 1", "Q1 2026", "Keza 30 Ltd", "", "Amount", "60-30", "Due date"] {
            assert!(!is_bucket(text), "{text}");
        }
    }

    #[test]
    fn what_a_total_adds_up() {
        let named = |names: &[&str]| Some(TotalOf::Named(names.iter().map(|n| (*n).to_owned()).collect()));
        for (text, expected) in [
            ("TOTAL", Some(TotalOf::Unsaid)),
            ("Sous-total", Some(TotalOf::Unsaid)),
            ("Grand Total", Some(TotalOf::Whole)),
            ("Total général", Some(TotalOf::Whole)),
            ("Report Total", Some(TotalOf::Whole)),
            ("Total Aged Receivable", Some(TotalOf::Whole)),
            ("Total for 1 - 30 days past due", named(&["for130dayspastdue", "130dayspastdue"])),
            ("Total 1 - 30", named(&["130"])),
            ("Keza Ltd Total", named(&["kezaltd"])),
            ("Total Client Services", named(&["clientservices", "services"])),
            ("TotalEnergies Rwanda", None),
            ("Keza Ltd", None),
        ] {
            assert_eq!(total_of(text), expected, "{text}");
        }
    }
}
