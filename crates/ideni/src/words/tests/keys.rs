//! Keys and who names them: none is missing, none is idle.

use super::*;

/// Keys that are never written out: the words they begin with, before a code that is.
const BEGINNINGS: &[&str] = &[
    "action-",
    "ageing-by-",
    "attempt-",
    "by-",
    "cash-",
    "cause-",
    "certificate-",
    "channel-",
    "choice-",
    "column-",
    "customer-",
    "customer-device-",
    "day-",
    "bank-",
    "transfer-said-",
    "decision-",
    "dispute-",
    "ebm-ask-",
    "ebm-doubt-",
    "ebm-event-",
    "submission-",
    "document-",
    "done-",
    "evidence-",
    "exceptions-",
    "field-",
    "figure-",
    "formula-",
    "formula-time-to-invoice-",
    "found-",
    "found-by-",
    "gap-",
    "held-",
    "import-",
    "import-outcome-",
    "invoice-paper-",
    "invoice-state-",
    "item-",
    "judged-",
    "kind-",
    "credit-reason-",
    "prices-",
    "kpi-",
    "language-",
    "line-",
    "movement-",
    "outbox-",
    "outcome-",
    "paper-",
    "position-",
    "proof-",
    "proposal-",
    "purse-",
    "reason-",
    "receipt-state-",
    "print-",
    "quote-",
    "quote-kind-",
    "reference-",
    "refund-",
    "report-",
    "request-",
    "role-",
    "setting-",
    "setting-group-",
    "setting-what-",
    "skip-",
    "source-",
    "standing-",
    "state-",
    "step-",
    "stock-",
    "stock-is-",
    "term-from-",
    "title-",
    "topic-",
    "unit-",
    "what-",
    "why-",
    "work-",
    "work-",
];

/// Keys made of a number or of two parts.
fn made_up() -> BTreeSet<String> {
    let months = (1..=12).map(|n| format!("month-{n}"));
    let weekdays = (1..=7).map(|n| format!("weekday-{n}"));
    let messages = MESSAGE_STEPS.iter().chain(&["call"]).flat_map(|step| {
        ["subject", "body"].map(|part| format!("message-{step}-{part}")).into_iter().chain([format!("step-{step}")])
    });
    let reports =
        ["ageing", "worklist", "kpi", "provision", "revaluation", "opening-proof", "journal", "sales", "certificates"];
    let reports = reports.iter().map(|command| format!("report-{command}"));
    let rows = ["invoices", "customers", "receipts", "rates"]
        .into_iter()
        .flat_map(|kind| ["created", "updated", "duplicate", "refused"].map(|done| format!("import-{kind}-{done}")));
    months.chain(weekdays).chain(messages).chain(reports).chain(rows).collect()
}

/// The code of the program without its tests, and its templates.
fn program() -> String {
    let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders = vec![crates];
    let mut text = String::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
            if path.is_dir() && !path.ends_with("tests") {
                folders.push(path);
            } else if matches!(ending, "rs" | "html") && !path.ends_with("tests.rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                text.push_str(source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default());
            }
        }
    }
    text
}

#[test]
fn every_key_is_used() {
    let program = program();
    let literals: BTreeSet<String> =
        program.split('"').map(|text| text.trim_start_matches('#').replace([' ', '_'], "-")).collect();
    let (made_up, sayings) = (made_up(), SAYINGS.into_iter().flatten().map(|(key, _)| *key).collect::<BTreeSet<_>>());
    let coded = |key: &str| {
        BEGINNINGS.iter().any(|first| key.strip_prefix(first).is_some_and(|c| literals.contains(&c.replace('_', "-"))))
    };
    let idle = |key: &&&str| {
        !literals.contains(&key.replace('_', "-"))
            && !sayings.contains(**key)
            && !made_up.contains(**key)
            && !coded(key)
    };
    assert_eq!(sentences(Language::En).keys().filter(idle).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn every_key_that_is_named_is_there() {
    let (program, known) = (program(), sentences(Language::En));
    let after = |call: &str| {
        let calls = program.match_indices(call).map(|(at, _)| &program[at + call.len()..]);
        calls.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect::<BTreeSet<String>>()
    };
    let done = program.lines().filter(|line| line.contains("desk.to(")).filter_map(|line| line.rsplit('"').nth(1));
    let plain = |code: &&str| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let done: BTreeSet<String> = done.filter(plain).map(|code| format!("done-{code}")).collect();
    assert!(done.len() > 5, "{done:?}");
    let named: BTreeSet<String> =
        [".t(\"", "say(language, \"", "say(desk.page.language, \""].map(after).into_iter().flatten().collect();
    assert!(named.len() > 100, "{named:?}");
    let named = named.union(&done);
    assert_eq!(named.filter(|key| !known.contains_key(key.as_str())).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn every_field_a_refusal_names_has_its_word() {
    let (program, known) = (program(), sentences(Language::En));
    let mut missing = BTreeSet::new();
    for before in ["field: \"", "let (field, value) = (\"", "needs(\"", "missing(\""] {
        for (at, _) in program.match_indices(before) {
            let field = program[at + before.len()..].split('"').next().unwrap_or_default();
            let refused = !program[..at].lines().next_back().unwrap_or_default().contains("Note::");
            if refused && !known.contains_key(format!("field-{}", field.replace(['_', ' '], "-")).as_str()) {
                missing.insert(field);
            }
        }
    }
    assert_eq!(missing, BTreeSet::new());
}
