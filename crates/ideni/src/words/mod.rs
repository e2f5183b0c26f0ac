//! Every sentence a person reads, from `locales/*/*.ftl`: [`say`] looks a key up in a language, then in English, and last
//! shows the key itself. Keys begin with what they are for. What the core, the formats and the actions have to say is a
//! [`Saying`], and [`saying`] says it. How amounts, days and moments look in each language is in `written`.

#[cfg(test)]
mod tests;
mod written;

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use receivables::calendar::Holiday;
use receivables::cash::matching::Evidence;
use receivables::collections::promise::Judged;
use receivables::collections::strategy::SkipReason;
use receivables::insight::ageing::Buckets;
use receivables::saying::Value;
use receivables::{Currency, Date, Money, Saying};
use store::Error;
use unic_langid::LanguageIdentifier;

pub use written::{
    amount, day, day_of_week, day_short, for_sms, instant, money, month, number, percent, phone, weekday,
};

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

    /// Of names in English, French, Kinyarwanda and Swahili, as country packs write them, the one in this language.
    pub fn of(self, names: &[String; 4]) -> &str {
        &names[self as usize]
    }

    /// From a code with or without a region (`fr`, `fr-RW`, `rw_RW.UTF-8`); anything else is English.
    pub fn from_code(code: &str) -> Language {
        let primary = code.trim().split(['-', '_', '.']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(primary)).unwrap_or_default()
    }
}

/// The sentence of a key. Values are already written for a reader, but for two kinds: whole numbers named in `COUNTS`
/// choose a plural and are written with the language's thousands, and basis points, named `…_bps`, in per cent.
pub fn say(language: Language, key: &str, args: &[(&str, &str)]) -> String {
    let found = look_up(language, key, args);
    debug_assert!(found.is_some(), "there are no words for {key}");
    found.unwrap_or_else(|| key.to_owned())
}

/// The sentence of a key, where there is one.
pub fn known(language: Language, key: &str) -> Option<String> {
    look_up(language, key, &[])
}

/// The sentence of a saying, with those within it.
pub fn saying(language: Language, what: &dyn Saying) -> String {
    let mut args: Vec<(&str, String)> = Vec::new();
    for (name, value) in what.args() {
        let said = match value {
            Value::Text(text) => word(language, what, name, text),
            Value::Money(amount) => money(language, amount),
            Value::Day(on) => day(language, on),
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

/// What a day without work is called.
pub fn holiday(language: Language, holiday: &Holiday) -> String {
    let [english, french, kinyarwanda, swahili] = &holiday.names;
    let name = match language {
        Language::En => english,
        Language::Fr => french,
        Language::Rw => kinyarwanda,
        Language::Sw => swahili,
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
const CODES: [&str; 14] = [
    "action",
    "attempt",
    "certificate",
    "decision",
    "judged",
    "kind",
    "outbox",
    "outcome",
    "quote",
    "source",
    "standing",
    "state",
    "submission",
    "what",
];
/// Values that are minor units in `args()` of the core.
const AMOUNTS: [&str; 7] = ["amount", "discount", "disputed", "minimum", "missing", "rest", "unapplied"];

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
            files!($folder, "fields"),
            files!($folder, "calendar"),
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
            files!($folder, "print"),
            files!($folder, "fiscal"),
            files!($folder, "quotes"),
            files!($folder, "deposits"),
            files!($folder, "items"),
            files!($folder, "stock"),
            files!($folder, "transfers"),
            files!($folder, "returns"),
            files!($folder, "usage"),
            files!($folder, "invoice_files"),
        ]
    };
    ($folder:literal, $name:literal) => {
        include_str!(concat!("../../../../locales/", $folder, "/", $name, ".ftl"))
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
    match language {
        Language::En => bundle.set_formatter(Some(|value, _| counted(Language::En, value))),
        Language::Fr => bundle.set_formatter(Some(|value, _| counted(Language::Fr, value))),
        Language::Rw => bundle.set_formatter(Some(|value, _| counted(Language::Rw, value))),
        Language::Sw => bundle.set_formatter(Some(|value, _| counted(Language::Sw, value))),
    }
    for source in sources(language) {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(readable, _)| readable);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// A whole number within a sentence.
fn counted(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(count) => Some(written::grouped(language, &count.as_string())),
        _ => None,
    }
}

fn value<'a>(language: Language, name: &str, text: &'a str) -> FluentValue<'a> {
    match text.parse::<i64>() {
        Ok(count) if COUNTS.contains(&name) => FluentValue::from(count),
        Ok(bps) if name.ends_with("_bps") => FluentValue::from(percent(language, bps)),
        _ => FluentValue::from(text),
    }
}

/// Values that are codes have a word in each language: of a kind `open item`, that under `kind-open-item`. So has the
/// field of a refusal, but not that of a row of a file, whose columns are called as they are.
fn word(language: Language, within: &dyn Saying, name: &str, value: Cow<'_, str>) -> String {
    // The other of two rights.
    let name = if name == "against" { "action" } else { name };
    if name == "field"
        && let Some((no, field)) = value.strip_prefix("lines[").and_then(|rest| rest.split_once("]."))
        && let Ok(no) = no.parse::<usize>()
    {
        let field = word(language, within, name, Cow::Borrowed(field));
        return say(language, "field-in-line", &[("no", &(no + 1).to_string()), ("field", &field)]);
    }
    if name == "papers" {
        let paper = |code: &str| look_up(language, &format!("invoice-paper-{code}"), &[]);
        let papers = value.split(',').map(|code| paper(code).unwrap_or_else(|| code.to_owned()));
        return papers.collect::<Vec<_>>().join(", ");
    }
    let coded = CODES.contains(&name) || (name == "field" && within.key().starts_with("refusal-"));
    if coded && let Some(word) = look_up(language, &format!("{name}-{}", value.replace([' ', '_'], "-")), &[]) {
        return word;
    }
    match value.parse::<Date>() {
        Ok(on) if name == "value" => day(language, on),
        _ => value.into_owned(),
    }
}

fn say_amounts(language: Language, key: &str, args: Vec<(&str, String)>, currency: Currency) -> String {
    let written: Vec<(&str, String)> = args
        .into_iter()
        .map(|(name, text)| match (text.parse::<i64>(), text.parse::<Date>()) {
            (Ok(minor), _) if AMOUNTS.contains(&name) => (name, money(language, Money::new(minor, currency))),
            (_, Ok(on)) => (name, day(language, on)),
            _ => (name, text),
        })
        .collect();
    say(language, key, &borrowed(&written))
}

fn borrowed<'a>(args: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    args.iter().map(|(name, text)| (*name, text.as_str())).collect()
}
