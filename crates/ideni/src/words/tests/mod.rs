//! Every sentence there is, in every language.

mod keys;

use std::collections::{BTreeMap, BTreeSet};

use formats::ageing_export::Difference;
use formats::{Fault, Field, FieldKind};
use receivables::billing::check::Check;
use receivables::billing::vat_return::Why;
use receivables::collections::worklist::Reason;
use receivables::customer::duplicate::Alike;
use receivables::insight::kpi;
use receivables::money::MoneyError;
use receivables::{Refusal, Unusable};

use super::*;
use crate::actions::note::Note;
use crate::actions::setting::Range;
use crate::actions::{Right, Role};
use crate::api::Problem;
use crate::cli::said::Said;
use crate::demo::Stage;

/// Values that choose among words and are not shown themselves.
const CHOOSING: [&str; 2] = ["dates", "piece"];
const MESSAGE_STEPS: [&str; 10] = [
    "pre-due-note",
    "reminder-1",
    "reminder-2",
    "reminder-3",
    "final-notice",
    "invoice",
    "credit-note",
    "receipt",
    "statement",
    "quote",
];
/// All but the amount, which each language writes itself.
const MESSAGE_VALUES: [(&str, &str); 9] = [
    ("number", "INV-2026-0123"),
    ("on", "01/06/2026"),
    ("customer", "Kigali Fresh Ltd"),
    ("company", "Umurava Supplies"),
    ("invoices", "INV-2026-0123, INV-2026-0130"),
    ("due_on", "30/06/2026"),
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
        let shown = if name.ends_with("_bps") { percent(Language::En, text.parse().unwrap()) } else { (*text).into() };
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
            let first = source.lines().next().unwrap_or_default().to_lowercase();
            let empty = source.lines().all(|line| line.is_empty() || line.starts_with('#'));
            let native = language == Language::En || empty || first.starts_with("# needs a native reader");
            assert!(native, "{language:?}: the first line says who must read it: {source:.80}");
            assert!(!source.contains(['‘', '’']), "{language:?}: straight apostrophes");
        }
    }
}

type All = &'static [(&'static str, &'static [&'static str])];

/// Every enum of sayings there is, and the one saying that is none.
const SAYINGS: [All; 14] = [
    Why::ALL,
    Alike::ALL,
    Check::ALL,
    Refusal::ALL,
    Unusable::ALL,
    MoneyError::ALL,
    Fault::ALL,
    Difference::ALL,
    Note::ALL,
    Said::ALL,
    Stage::ALL,
    Range::ALL,
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
    let idle = |key: &&&str| key.split('-').next().is_some_and(|kind| kinds.contains(kind)) && !said.contains(**key);
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
                _ => panic!("{name} is a text"),
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
        check(&format!("outbox-{state}"), &[]);
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
        Evidence::PayerLearned { words: "UWASE Aline".to_owned() },
        Evidence::PayerByName { words: "KIGALI FRESH".to_owned() },
        Evidence::OtherPayer { number: number() },
        Evidence::MixedCustomers { count: 2 },
        Evidence::ExactAmount { amount: 5 },
        Evidence::WithDiscount { discount: 5 },
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
    let source = include_str!("../../../../receivables/src/cash/matching/evidence.rs");
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
    let source = include_str!("../../../../receivables/src/collections/strategy.rs");
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
        Reason::LookAgain,
        Reason::Disputed { share_bps: 6_250 },
        Reason::CreditUsed { usage_bps: 12_000 },
        Reason::PaysLate { days: 9 },
    ];
    for one in &all {
        check(&format!("reason-{}", one.code()), &borrowed(&one.args()));
    }
    let source = include_str!("../../../../receivables/src/collections/worklist.rs");
    assert_eq!(all.iter().map(Reason::code).collect::<BTreeSet<_>>(), codes_in(source, "Reason::"));
    let source = include_str!("../../../../receivables/src/collections/promise.rs");
    for code in codes_in(source, "Judged::").into_iter().chain(["withdrawn"]) {
        check(&format!("judged-{code}"), &[]);
    }
}

#[test]
fn a_reminder_fits_two_sms_and_never_names_the_product() {
    // GSM 03.38, without the signs that cost two.
    let gsm = "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
               abcdefghijklmnopqrstuvwxyzäöñüà";
    let amount = Money::new(1_180_000, Currency::RWF);
    for language in Language::ALL {
        let amount = for_sms(&money(language, amount));
        let values: Vec<(&str, &str)> = MESSAGE_VALUES.into_iter().chain([("amount", amount.as_str())]).collect();
        for step in MESSAGE_STEPS {
            let subject = strictly(language, &format!("message-{step}-subject"), &values);
            let body = strictly(language, &format!("message-{step}-body"), &values);
            let strange: String = body.chars().filter(|c| !gsm.contains(*c)).collect();
            assert_eq!(strange, "", "{language:?} {step}");
            assert!(body.chars().count() <= 306, "{language:?} {step}: {}", body.chars().count());
            assert!(body.contains("Aline Uwase") && body.contains(&amount), "{language:?} {step}: {body}");
            assert!(!format!("{subject}{body}").to_lowercase().contains("ideni"), "{language:?} {step}");
        }
    }
}

#[test]
fn a_sentence_as_it_is_read() {
    let francs = |minor| Money::new(minor, Currency::RWF);
    let over = Refusal::ExceedsOpen { item: "INV-7".to_owned(), open: francs(5_000), amount: francs(6_000) };
    let expected = "INV-7 has RWF 5,000 open; RWF 6,000 is more than that. Take at most RWF 5,000 of it.";
    assert_eq!(saying(Language::En, &over), expected);
    assert!(saying(Language::Fr, &over).contains("est de 5\u{202f}000\u{a0}RWF"), "{}", saying(Language::Fr, &over));
    let (on, closed_to) = (Date::new(2026, 7, 1).unwrap(), Date::new(2026, 6, 30).unwrap());
    let late = Refusal::HoldEnd { until: closed_to, today: on };
    assert_eq!(
        saying(Language::En, &late),
        "A hold must end after today (1 July 2026); 30 June 2026 does not. Give a later day."
    );
    assert!(
        saying(Language::Rw, &late).contains("(1 Nyakanga 2026); 30 Kamena 2026"),
        "{}",
        saying(Language::Rw, &late)
    );
    let missing = Refusal::NotFound { kind: "open item".to_owned(), name: "X1".to_owned() };
    assert!(saying(Language::Fr, &missing).contains("poste ouvert"), "{}", saying(Language::Fr, &missing));
    let reason = Unusable::Money { why: MoneyError::NotAnAmount { text: "x".to_owned() } };
    let within = Refusal::InvalidEmpty { field: "amount".to_owned(), reason };
    assert_eq!(
        saying(Language::En, &within),
        "\"amount\" cannot be used: \"x\" is not an amount. Correct it and try again."
    );
    let due = Refusal::Invalid {
        field: "due_on".to_owned(),
        value: closed_to.to_string(),
        reason: Unusable::DueBeforeIssue { issued_on: on },
    };
    assert_eq!(
        saying(Language::En, &due),
        "\"due date\" cannot be \"30 June 2026\": it is before the invoice's own date, 1 July 2026. Correct it and try again."
    );
    let row = Note::Needs { field: "due_on".to_owned() };
    assert_eq!(saying(Language::En, &row), "due_on: it is empty; every row needs it");
    let many = Said::Rows { count: "1048576".to_owned() };
    assert_eq!(
        Language::ALL.map(|l| saying(l, &many)),
        ["1,048,576 rows", "1\u{202f}048\u{202f}576 lignes", "imirongo 1.048.576", "mistari 1,048,576"]
    );
    let rwf = Currency::RWF;
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

#[cfg(debug_assertions)]
#[test]
#[should_panic(expected = "no words for no-such-key")]
fn a_key_without_words_is_a_mistake() {
    say(Language::Rw, "no-such-key", &[]);
}

#[test]
fn an_unknown_language_is_english() {
    let cases = [("fr", Language::Fr), ("FR-rw", Language::Fr), ("rw_RW.UTF-8", Language::Rw), ("sw", Language::Sw)];
    for (code, language) in cases.into_iter().chain([("de", Language::En), ("", Language::En)]) {
        assert_eq!(Language::from_code(code), language, "{code:?}");
    }
}
