//! Every sentence a person reads, from `locales/*/*.ftl`: [`say`] looks a key up in a language, then in English, and last
//! shows the key itself. Keys begin with what they are for. What the core, the formats and the actions have to say is a
//! [`Saying`], and [`saying`] says it.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use receivables::calendar::Holiday;
use receivables::cash::matching::Evidence;
use receivables::collections::promise::Judged;
use receivables::collections::strategy::SkipReason;
use receivables::insight::ageing::Buckets;
use receivables::saying::Value;
use receivables::{Currency, Money, Saying};
use store::Error;
use unic_langid::LanguageIdentifier;

/// A language of the program; English where nothing else is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, clap::ValueEnum)]
pub enum Language {
    #[default]
    En,
    Fr,
    Rw,
    Sw,
}

impl Language {
    pub const ALL: [Language; 4] = [Language::En, Language::Fr, Language::Rw, Language::Sw];

    /// ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Fr => "fr",
            Language::Rw => "rw",
            Language::Sw => "sw",
        }
    }

    /// From a code with or without a region (`fr`, `fr-RW`, `rw_RW.UTF-8`); anything else is English.
    pub fn from_code(code: &str) -> Language {
        let primary = code.trim().split(['-', '_', '.']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(primary)).unwrap_or_default()
    }
}

/// The sentence of a key. Values are already written for a reader, but for two kinds: whole numbers named in `COUNTS`
/// choose a plural, and basis points, named `…_bps`, are written in per cent.
pub fn say(language: Language, key: &str, args: &[(&str, &str)]) -> String {
    look_up(language, key, args).unwrap_or_else(|| key.to_owned())
}

/// The sentence of a saying, with those within it.
pub fn saying(language: Language, what: &dyn Saying) -> String {
    let mut args: Vec<(&str, String)> = Vec::new();
    for (name, value) in what.args() {
        let said = match value {
            Value::Text(text) => word(language, name, &text),
            Value::Saying(inner) => saying(language, inner),
        };
        args.push((name, said));
    }
    say(language, what.key(), &borrowed(&args))
}

/// Why nothing was done: a refusal, or what failed on the way, which carries its technical cause as it is.
pub fn failure(language: Language, error: &Error) -> String {
    match error {
        Error::Refused(refusal) => saying(language, refusal),
        Error::DiskFull => say(language, "failure-disk-full", &[]),
        Error::RolledBack => say(language, "failure-rolled-back", &[]),
        Error::Again(cause) => say(language, "failure-again", &[("cause", cause)]),
        Error::Failed(cause) => cause.clone(),
    }
}

/// One reason of a match; its amounts are of the line's currency.
pub fn evidence(language: Language, evidence: &Evidence, currency: Currency) -> String {
    say_amounts(language, &format!("evidence-{}", evidence.code()), evidence.args(), currency)
}

/// Why nothing is sent; its amounts are of the message's currency.
pub fn skip(language: Language, skip: &SkipReason, currency: Currency) -> String {
    say_amounts(language, &format!("skip-{}", skip.code()), skip.args(), currency)
}

/// Why an account has points; its amounts are of the company's currency.
pub fn reason(language: Language, code: &str, args: &[(String, String)], currency: Currency) -> String {
    let args = args.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    say_amounts(language, &format!("reason-{code}"), args, currency)
}

/// How a promise stands, in a word.
pub fn judged(language: Language, judged: &Judged) -> String {
    say(language, &format!("judged-{}", judged.code()), &[])
}

/// What a day without work is called; the country's names are known in English, French and Kinyarwanda.
pub fn holiday(language: Language, holiday: &Holiday) -> String {
    let [english, french, kinyarwanda] = &holiday.names;
    let name = match language {
        Language::En | Language::Sw => english,
        Language::Fr => french,
        Language::Rw => kinyarwanda,
    };
    if holiday.observed { say(language, "holiday-observed", &[("name", name)]) } else { name.clone() }
}

/// The headings of ageing buckets, for people; programs read `Buckets::names`.
pub fn buckets(language: Language, buckets: &Buckets) -> Vec<String> {
    let mut headings = vec![say(language, "bucket-current", &[])];
    let mut over = 0;
    for to in buckets.limits() {
        let args = [("from", (over + 1).to_string()), ("to", to.to_string())];
        headings.push(say(language, "bucket-between", &borrowed(&args)));
        over = *to;
    }
    headings.push(say(language, "bucket-over", &[("over", &over.to_string())]));
    headings
}

/// Values that are whole numbers and choose a plural.
const COUNTS: [&str; 4] = ["count", "days", "days_late", "level"];
/// Values that are codes with a word of their own.
const CODES: [&str; 7] = ["action", "judged", "kind", "outcome", "source", "state", "what"];
/// Values that are minor units in `args()` of the core.
const AMOUNTS: [&str; 6] = ["amount", "disputed", "minimum", "missing", "rest", "unapplied"];

/// The files of a language, by its folder.
macro_rules! files {
    ($folder:literal) => {
        &[
            files!($folder, "refusals"),
            files!($folder, "evidence"),
            files!($folder, "skips"),
            files!($folder, "reasons"),
            files!($folder, "messages"),
            files!($folder, "words"),
            files!($folder, "pages"),
            files!($folder, "files"),
            files!($folder, "imports"),
            files!($folder, "commands"),
            files!($folder, "people"),
            files!($folder, "customers"),
            files!($folder, "contacts"),
            files!($folder, "desk"),
            files!($folder, "settings"),
            files!($folder, "api"),
        ]
    };
    ($folder:literal, $name:literal) => {
        include_str!(concat!("../../../locales/", $folder, "/", $name, ".ftl"))
    };
}

fn sources(language: Language) -> &'static [&'static str] {
    match language {
        Language::En => files!("en"),
        Language::Fr => files!("fr"),
        Language::Rw => files!("rw"),
        Language::Sw => files!("sw"),
    }
}

fn look_up(language: Language, key: &str, args: &[(&str, &str)]) -> Option<String> {
    let mut values = FluentArgs::new();
    for (name, text) in args {
        values.set(*name, value(language, name, text));
    }
    [language, Language::En].into_iter().find_map(|l| format(bundle(l), key, &values))
}

fn format(bundle: &FluentBundle<FluentResource>, key: &str, values: &FluentArgs<'_>) -> Option<String> {
    let message = bundle.get_message(key)?;
    // A value that is not given shows as its name: better than no sentence. Tests see to it that none is missing.
    let mut errors = Vec::new();
    Some(bundle.format_pattern(message.value()?, Some(values), &mut errors).into_owned())
}

/// Made once, at the first sentence in a language.
fn bundle(language: Language) -> &'static FluentBundle<FluentResource> {
    static BUNDLES: [OnceLock<FluentBundle<FluentResource>>; 4] = [const { OnceLock::new() }; 4];
    BUNDLES[language as usize].get_or_init(|| load(language))
}

fn load(language: Language) -> FluentBundle<FluentResource> {
    // CLDR has no plural rules for rw: Fluent then takes those of English, and our rw files choose by number only.
    let id: LanguageIdentifier = language.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // No invisible direction marks around values: they cost an SMS its alphabet.
    bundle.set_use_isolating(false);
    for source in sources(language) {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(readable, _)| readable);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn value<'a>(language: Language, name: &str, text: &'a str) -> FluentValue<'a> {
    match text.parse::<i64>() {
        Ok(count) if COUNTS.contains(&name) => FluentValue::from(count),
        Ok(bps) if name.ends_with("_bps") => FluentValue::from(per_cent(language, bps)),
        _ => FluentValue::from(text),
    }
}

/// 6250 basis points are `62.5`, in French and Kinyarwanda `62,5`.
fn per_cent(language: Language, bps: i64) -> String {
    let sign = if bps < 0 { "-" } else { "" };
    let (whole, hundredths) = (bps.unsigned_abs() / 100, bps.unsigned_abs() % 100);
    if hundredths == 0 {
        return format!("{sign}{whole}");
    }
    let point = match language {
        Language::En | Language::Sw => '.',
        Language::Fr | Language::Rw => ',',
    };
    let decimals = format!("{hundredths:02}");
    format!("{sign}{whole}{point}{}", decimals.trim_end_matches('0'))
}

/// Values that are codes have a word in each language: of a kind `open item`, that under `kind-open-item`.
fn word(language: Language, name: &str, value: &str) -> String {
    let word = CODES.contains(&name).then(|| look_up(language, &format!("{name}-{}", value.replace(' ', "-")), &[]));
    word.flatten().unwrap_or_else(|| value.to_owned())
}

fn say_amounts(language: Language, key: &str, args: Vec<(&str, String)>, currency: Currency) -> String {
    let written: Vec<(&str, String)> = args
        .into_iter()
        .map(|(name, text)| match text.parse::<i64>() {
            Ok(minor) if AMOUNTS.contains(&name) => (name, Money::new(minor, currency).to_string()),
            _ => (name, text),
        })
        .collect();
    say(language, key, &borrowed(&written))
}

fn borrowed<'a>(args: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    args.iter().map(|(name, text)| (*name, text.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use formats::ageing_export::Difference;
    use formats::{Fault, Field, FieldKind};
    use receivables::collections::worklist::Reason;
    use receivables::insight::kpi;
    use receivables::money::MoneyError;
    use receivables::{Refusal, Unusable};

    use super::*;
    use crate::actions::note::Note;
    use crate::actions::{Right, Role};
    use crate::api::Problem;
    use crate::cli::said::Said;
    use crate::demo::Stage;

    /// Values that choose among words and are not shown themselves.
    const CHOOSING: [&str; 2] = ["dates", "piece"];
    const MESSAGE_STEPS: [&str; 5] = ["pre-due-note", "reminder-1", "reminder-2", "reminder-3", "final-notice"];
    const MESSAGE_VALUES: [(&str, &str); 8] = [
        ("customer", "Kigali Fresh Ltd"),
        ("company", "Umurava Supplies"),
        ("invoices", "INV-2026-0123, INV-2026-0130"),
        ("amount", "RWF 1,180,000"),
        ("due_on", "2026-06-30"),
        ("days_late", "15"),
        ("how_to_pay", "MoMo *182*8*1*123456#, ref C012"),
        ("collector", "Aline Uwase 0788123456"),
    ];

    /// Each key of a language with the variables of its sentence.
    fn sentences(language: Language) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
        let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut key = "";
        for line in sources(language).iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with('#')) {
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                key = line.split(" =").next().unwrap_or_default();
            }
            let names = line.split('$').skip(1).filter_map(|rest| rest.split([' ', '}']).next());
            found.entry(key).or_default().extend(names);
        }
        found.remove("");
        found
    }

    #[test]
    fn every_language_has_the_same_keys_and_variables() {
        let english = sentences(Language::En);
        for language in Language::ALL {
            let other = sentences(language);
            let keys = |of: &BTreeMap<&'static str, _>| of.keys().copied().collect::<BTreeSet<&str>>();
            let differing: Vec<&str> = keys(&english).symmetric_difference(&keys(&other)).copied().collect();
            assert_eq!(differing, Vec::<&str>::new(), "{language:?}: keys");
            let differing: Vec<&str> = english.keys().copied().filter(|key| english[key] != other[key]).collect();
            assert_eq!(differing, Vec::<&str>::new(), "{language:?}: variables");
        }
    }

    #[test]
    fn every_movement_and_step_has_its_words() {
        for kind in receivables::ledger::MovementKind::ALL {
            check(&format!("movement-{}", kind.name().replace(' ', "-")), &[]);
        }
        for kind in receivables::cash::refund::RefundKind::ALL {
            check(&format!("refund-{}", kind.name().replace(' ', "-")), &[]);
        }
        use receivables::collections::dispute::{Outcome, Reason};
        for (_, code) in Reason::ALL {
            check(&format!("dispute-{code}"), &[]);
        }
        for code in Outcome::ALL.iter().map(|(_, code)| *code).chain(["open"]) {
            check(&format!("outcome-{code}"), &[]);
        }
        for step in MESSAGE_STEPS.iter().chain(&["call", "look-at-draft", "wait-for-promise"]) {
            check(&format!("step-{step}"), &[]);
        }
    }

    /// The sentence in this very language, which may use no other values than these.
    #[track_caller]
    fn strictly(language: Language, key: &str, args: &[(&str, &str)]) -> String {
        let bundle = bundle(language);
        let pattern = bundle.get_message(key).and_then(|m| m.value());
        let pattern = pattern.unwrap_or_else(|| panic!("{language:?} has no {key}"));
        let mut values = FluentArgs::new();
        for (name, text) in args {
            values.set(*name, value(language, name, text));
        }
        let mut errors = Vec::new();
        let said = bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
        assert!(errors.is_empty(), "{language:?} {key}: {errors:?}");
        said
    }

    /// In every language; in English with every value, too.
    #[track_caller]
    fn check(key: &str, args: &[(&str, &str)]) {
        for language in Language::ALL {
            strictly(language, key, args);
        }
        let english = strictly(Language::En, key, args);
        for (name, text) in args.iter().filter(|(name, _)| !CHOOSING.contains(name)) {
            let shown =
                if name.ends_with("_bps") { per_cent(Language::En, text.parse().unwrap()) } else { (*text).into() };
            assert!(english.contains(&shown), "{key} does not say ${name}: {english}");
        }
    }

    /// The codes in a `code()` of the core, read from its source, so that a new one is missed here.
    fn codes_in(source: &'static str, of: &str) -> BTreeSet<&'static str> {
        let arms = source.lines().map(str::trim).filter(|line| line.starts_with(of));
        arms.filter_map(|line| line.split_once("=> \"")?.1.split_once('"')).map(|(code, _)| code).collect()
    }

    #[test]
    fn every_file_is_read_without_an_error_and_no_key_comes_twice() {
        for language in Language::ALL {
            let mut bundle = FluentBundle::new_concurrent(vec![LanguageIdentifier::default()]);
            for source in sources(language) {
                let resource = FluentResource::try_new((*source).to_owned());
                let resource = resource.unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
                assert!(bundle.add_resource(resource).is_ok(), "{language:?}: a key comes twice");
                let native = language == Language::En || source.starts_with("# needs a native reader\n");
                assert!(native, "{language:?}: the first line says who must read it");
                assert!(!source.contains(['‘', '’']), "{language:?}: straight apostrophes");
            }
        }
    }

    type All = &'static [(&'static str, &'static [&'static str])];

    /// Every enum of sayings there is, and the one saying that is none.
    const SAYINGS: [All; 10] = [
        Refusal::ALL,
        Unusable::ALL,
        MoneyError::ALL,
        Fault::ALL,
        Difference::ALL,
        Note::ALL,
        Said::ALL,
        Stage::ALL,
        Problem::ALL,
        &[("file-at-line", &["line", "why"])],
    ];

    #[test]
    fn every_saying_has_its_sentence_and_every_sentence_is_said() {
        for (key, names) in SAYINGS.into_iter().flatten() {
            let values: Vec<String> = names.iter().map(|name| format!("<{name}>")).collect();
            let args: Vec<(&str, &str)> = names.iter().copied().zip(values.iter().map(String::as_str)).collect();
            check(key, &args);
        }
        let said: BTreeSet<&str> = SAYINGS.into_iter().flatten().map(|(key, _)| *key).chain(["file-layout"]).collect();
        let kinds: BTreeSet<&str> = said.iter().filter_map(|key| key.split('-').next()).collect();
        let idle =
            |key: &&&str| key.split('-').next().is_some_and(|kind| kinds.contains(kind)) && !said.contains(**key);
        assert_eq!(sentences(Language::En).keys().filter(idle).collect::<Vec<_>>(), Vec::<&&str>::new());
    }

    #[test]
    fn how_a_file_is_written_is_said() {
        let text = "N;Le\n1;31/08/2026\n";
        static FIELDS: [Field; 1] = [Field { name: "on", kind: FieldKind::Date, required: true, synonyms: &["le"] }];
        let reader = formats::table::open_bytes(text.as_bytes(), &FIELDS, None).unwrap();
        assert_eq!(
            saying(Language::En, reader.layout()),
            "CSV in UTF-8, delimiter \";\", header on line 1, decimal sign \".\", dates day first; columns: on ← Le; not used: N"
        );
        for language in Language::ALL {
            let args: Vec<(&str, String)> = reader
                .layout()
                .args()
                .into_iter()
                .map(|(name, value)| match value {
                    Value::Text(text) => (name, text.into_owned()),
                    Value::Saying(_) => panic!("{name} is a text"),
                })
                .collect();
            assert!(strictly(language, "file-layout", &borrowed(&args)).ends_with('N'), "{language:?}");
        }
    }

    #[test]
    fn every_code_within_a_sentence_has_its_word() {
        for (right, _) in Right::TABLE {
            check(&format!("action-{}", right.name().replace(' ', "-")), &[]);
        }
        for kpi in kpi::all(
            &kpi::Figures { begin: 1, sales: 1, end: 1, end_current: 1, days: 1, months: 1 },
            &[],
            &kpi::Payments::default(),
        ) {
            check(&format!("formula-{}", kpi.kpi), &[]);
        }
        for failure in [Error::DiskFull, Error::RolledBack, Error::Again("<cause>".into())] {
            assert!(!super::failure(Language::Sw, &failure).starts_with("failure-"), "{failure:?}");
        }
        for (_, role) in Role::ALL {
            check(&format!("role-{role}"), &[]);
        }
        for state in ["draft", "sent", "ignored"] {
            check(&format!("state-{state}"), &[]);
        }
        assert_eq!(
            buckets(Language::En, &Buckets::new(&[7, 30]).unwrap()),
            ["not due", "1 to 7 days", "8 to 30 days", "over 30 days"]
        );
        let denied = Refusal::NotAllowed { user: "keza".into(), action: "write-off".into() };
        assert!(saying(Language::Fr, &denied).contains("passer en perte"), "{}", saying(Language::Fr, &denied));
    }

    #[test]
    fn every_evidence_has_its_sentence() {
        let number = || "INV-7".to_owned();
        let all = [
            Evidence::RefersTo { number: number() },
            Evidence::RefersWeaklyTo { number: number() },
            Evidence::NotOpen { number: number() },
            Evidence::PayerKnown,
            Evidence::PayerByName { words: "KIGALI FRESH".to_owned() },
            Evidence::OtherPayer { number: number() },
            Evidence::MixedCustomers { count: 2 },
            Evidence::ExactAmount { amount: 5 },
            Evidence::SameAmount { count: 3 },
            Evidence::OnlyCombination { count: 1 },
            Evidence::SeveralCombinations { count_capped: 100 },
            Evidence::NotCounted { items: 26 },
            Evidence::Overpaid { rest: 5 },
            Evidence::ShortBy { missing: 5 },
            Evidence::WithinTolerance { missing: 5 },
            Evidence::OldestFirst,
            Evidence::NothingOpen,
            Evidence::NoEvidence,
        ];
        for one in &all {
            check(&format!("evidence-{}", one.code()), &borrowed(&one.args()));
        }
        let source = include_str!("../../receivables/src/cash/matching.rs");
        assert_eq!(all.iter().map(Evidence::code).collect::<BTreeSet<_>>(), codes_in(source, "Evidence::"));
    }

    #[test]
    fn every_skip_has_its_sentence() {
        let day = receivables::Date::new(2026, 6, 30).unwrap();
        let all = [
            SkipReason::Hold { until: day },
            SkipReason::PromiseOpen { promised_on: day },
            SkipReason::Disputed { disputed: 5 },
            SkipReason::BelowMinimum { amount: 5, minimum: 6 },
            SkipReason::DraftWaiting { level: 2 },
            SkipReason::NothingNet { unapplied: 5 },
            SkipReason::NothingOpen,
            SkipReason::NotYet { on: day },
            SkipReason::LadderDone,
        ];
        for one in &all {
            check(&format!("skip-{}", one.code()), &borrowed(&one.args()));
        }
        let source = include_str!("../../receivables/src/collections/strategy.rs");
        assert_eq!(all.iter().map(SkipReason::code).collect::<BTreeSet<_>>(), codes_in(source, "SkipReason::"));
    }

    #[test]
    fn every_reason_has_its_sentence() {
        let all = [
            Reason::Overdue { amount: 5 },
            Reason::DaysLate { days: 1 },
            Reason::PromisesBroken { count: 2 },
            Reason::PromiseOpen { count: 1 },
            Reason::NeverContacted,
            Reason::NotContacted { days: 20 },
            Reason::JustContacted { days: 2 },
            Reason::Disputed { share_bps: 6_250 },
            Reason::CreditUsed { usage_bps: 12_000 },
            Reason::PaysLate { days: 9 },
        ];
        for one in &all {
            check(&format!("reason-{}", one.code()), &borrowed(&one.args()));
        }
        let source = include_str!("../../receivables/src/collections/worklist.rs");
        assert_eq!(all.iter().map(Reason::code).collect::<BTreeSet<_>>(), codes_in(source, "Reason::"));
        let source = include_str!("../../receivables/src/collections/promise.rs");
        for code in codes_in(source, "Judged::").into_iter().chain(["withdrawn"]) {
            check(&format!("judged-{code}"), &[]);
        }
    }

    #[test]
    fn a_reminder_fits_two_sms_and_never_names_the_product() {
        // GSM 03.38, without the signs that cost two.
        let gsm = "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
                   abcdefghijklmnopqrstuvwxyzäöñüà";
        for language in Language::ALL {
            for step in MESSAGE_STEPS {
                let subject = strictly(language, &format!("message-{step}-subject"), &MESSAGE_VALUES);
                let body = strictly(language, &format!("message-{step}-body"), &MESSAGE_VALUES);
                let strange: String = body.chars().filter(|c| !gsm.contains(*c)).collect();
                assert_eq!(strange, "", "{language:?} {step}");
                assert!(body.chars().count() <= 306, "{language:?} {step}: {}", body.chars().count());
                assert!(body.contains("Aline Uwase") && body.contains("RWF 1,180,000"), "{language:?} {step}: {body}");
                assert!(!format!("{subject}{body}").to_lowercase().contains("ideni"), "{language:?} {step}");
            }
        }
    }

    #[test]
    fn a_sentence_as_it_is_read() {
        let over = Refusal::ExceedsOpen {
            item: "INV-7".to_owned(),
            open: "RWF 5,000".to_owned(),
            amount: "RWF 6,000".to_owned(),
        };
        let expected = "INV-7 has RWF 5,000 open; RWF 6,000 is more than that. Take at most RWF 5,000 of it.";
        assert_eq!(saying(Language::En, &over), expected);
        let missing = Refusal::NotFound { kind: "open item".to_owned(), name: "X1".to_owned() };
        assert!(saying(Language::Fr, &missing).contains("poste ouvert"), "{}", saying(Language::Fr, &missing));
        let reason = Unusable::Money { why: MoneyError::NotAnAmount { text: "x".to_owned() } };
        let within = Refusal::InvalidEmpty { field: "amount".to_owned(), reason };
        assert_eq!(
            saying(Language::En, &within),
            "\"amount\" cannot be used: \"x\" is not an amount. Correct it and try again."
        );
        let rwf = "RWF".parse().unwrap();
        assert_eq!(
            skip(Language::En, &SkipReason::Disputed { disputed: 5_000 }, rwf),
            "All that is open is in dispute: RWF 5,000."
        );
        let say = |language: Language, reason: Reason| {
            let args: Vec<(String, String)> = reason.args().into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
            super::reason(language, reason.code(), &args, rwf)
        };
        let late = |days: i32| say(Language::En, Reason::DaysLate { days });
        assert_eq!(
            (late(1).as_str(), late(2).as_str()),
            ("the oldest item is 1 day late", "the oldest item is 2 days late")
        );
        let share = |language: Language| say(language, Reason::Disputed { share_bps: 6_250 });
        assert!(share(Language::En).starts_with("62.5% ") && share(Language::Fr).starts_with("62,5\u{a0}% "));
    }

    #[test]
    fn an_unknown_key_shows_itself_and_an_unknown_language_is_english() {
        assert_eq!(say(Language::Rw, "no-such-key", &[]), "no-such-key");
        let cases =
            [("fr", Language::Fr), ("FR-rw", Language::Fr), ("rw_RW.UTF-8", Language::Rw), ("sw", Language::Sw)];
        for (code, language) in cases.into_iter().chain([("de", Language::En), ("", Language::En)]) {
            assert_eq!(Language::from_code(code), language, "{code:?}");
        }
    }
}
