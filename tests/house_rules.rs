//! House rules that a machine can check: layers, banned calls, lengths, documented flags.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every Rust file under a folder, by its path from the root.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(&at).into_iter().flatten() {
            let path = entry.expect("a file").path();
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(root()).expect("inside").display().to_string();
                found.push((name, std::fs::read_to_string(&path).expect("a source")));
            }
        }
    }
    assert!(!found.is_empty(), "no source in {folder}");
    found.sort();
    found
}

/// The code of a file without its unit tests and comments, each line with its number.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let body = text.split("#[cfg(test)]").next().unwrap_or(text);
    body.lines().enumerate().map(|(n, line)| (n + 1, line.split("//").next().unwrap_or(line)))
}

/// Places whose code holds one of the words.
fn places_of(folders: &[&str], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for folder in folders {
        for (name, text) in sources(folder).into_iter().filter(|(name, _)| !name.contains("/tests")) {
            for (n, line) in code(&text).filter(|(_, line)| words.iter().any(|w| line.contains(w))) {
                found.push(format!("{name}:{n}: {}", line.trim()));
            }
        }
    }
    found
}

fn dependencies(of: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join("crates").join(of).join("Cargo.toml")).expect("a manifest");
    let manifest: toml::Table = text.parse().expect("TOML");
    manifest["dependencies"].as_table().expect("dependencies").keys().cloned().collect()
}

#[test]
fn crates_depend_in_one_direction() {
    let ours = ["receivables", "formats", "documents", "store", "ideni", "generate"];
    let allowed: BTreeMap<&str, &[&str]> = [
        ("receivables", &[][..]),
        ("formats", &["receivables"]),
        ("documents", &["receivables"]),
        ("store", &["receivables"]),
        ("ideni", &["receivables", "formats", "documents", "store"]),
        // It judges the program, and must not share its mistakes.
        ("generate", &[]),
    ]
    .into();
    let there = std::fs::read_dir(root().join("crates")).expect("crates").map(|e| e.expect("a crate").file_name());
    let there: Vec<String> = there.map(|name| name.to_string_lossy().into_owned()).collect();
    for name in &there {
        assert!(ours.contains(&name.as_str()), "crates/{name} is not in the house");
        for dependency in dependencies(name).iter().filter(|d| ours.contains(&d.as_str())) {
            assert!(allowed[name.as_str()].contains(&dependency.as_str()), "{name} must not depend on {dependency}");
        }
    }
}

/// Its short list of dependencies is the proof that it only decides.
#[test]
fn receivables_decides_and_nothing_else() {
    let known = ["iso_currency", "jiff", "rust_decimal"];
    let more: Vec<_> = dependencies("receivables").into_iter().filter(|d| !known.contains(&d.as_str())).collect();
    assert!(more.is_empty(), "receivables depends on {more:?}: is it still values in, decision out?");
    let outside = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "SystemTime",
        "async fn",
        "println!",
        "::now()",
    ];
    assert_eq!(places_of(&["crates/receivables/src"], &outside), Vec::<String>::new());
}

#[test]
fn only_the_store_knows_sql() {
    for name in ["receivables", "formats", "ideni"] {
        let drivers: Vec<_> = dependencies(name).into_iter().filter(|d| d == "rusqlite" || d == "postgres").collect();
        assert!(drivers.is_empty(), "{name} depends on {drivers:?}");
    }
    let sql = ["SELECT ", "INSERT INTO", "DELETE FROM", "UPDATE OF", "BEGIN IMMEDIATE", "PRAGMA "];
    let folders = ["crates/receivables/src", "crates/formats/src", "crates/ideni/src"];
    assert_eq!(places_of(&folders, &sql), Vec::<String>::new());
}

/// What differs between the engines sits in the few files that are about the engines.
#[test]
fn the_engines_are_named_in_few_files_of_the_store() {
    let about_engines = ["db.rs", "dialect.rs", "error.rs", "migrate.rs", "tx.rs", "backup.rs", "lib.rs"];
    for (name, text) in sources("crates/store/src") {
        if about_engines.iter().any(|file| name.ends_with(&format!("src/{file}"))) {
            continue;
        }
        let drivers: Vec<_> =
            code(&text).filter(|(_, l)| l.contains("rusqlite::") || l.contains("postgres::")).collect();
        assert!(drivers.is_empty(), "{name} names a driver: {drivers:?}");
    }
}

/// Doors parse, call one action and render. What they read from the store themselves is listed; writing is not, but for
/// the plans a person looks at, which are a door's own memory.
#[test]
fn doors_do_not_write_to_the_store() {
    let reads = [
        "company::list",
        "day::last",
        "dispute::of_customer",
        "document::any",
        "document::get",
        "document::list",
        "document::open_of",
        "plan::get",
        "receipt::find",
        "receipt::get",
        "receipt::unapplied_of",
        "receipt::waiting",
        "reports::invoices",
        "reports::journal",
        "reports::page",
    ];
    let plans = ["plan::save", "plan::done"];
    let mut folders = vec!["crates/ideni/src/cli", "crates/ideni/src/api"];
    if root().join("crates/ideni/src/web").exists() {
        folders.push("crates/ideni/src/web");
    }
    let mut wrong = Vec::new();
    for place in places_of(&folders, &["store::"]) {
        for (at, _) in place.match_indices("store::") {
            let path: String =
                place[at + 7..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == ':').collect();
            let function = path.contains("::")
                && path.rsplit("::").next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_lowercase()));
            if function
                && !reads.contains(&path.as_str())
                && !plans.contains(&path.as_str())
                && !path.ends_with("::from")
                && !path.contains("Error::")
                && !path.contains("Clock::")
            {
                wrong.push(place.clone());
            }
        }
    }
    assert!(wrong.is_empty(), "through an action, please, or add the read to the list: {wrong:#?}");
}

#[test]
fn nothing_unfinished_and_nothing_that_may_panic_by_design() {
    let folders = ["crates/receivables/src", "crates/formats/src", "crates/store/src", "crates/ideni/src"];
    for words in [&["todo!(", "unimplemented!(", "dbg!("][..], &[".unwrap()"]] {
        assert_eq!(places_of(&folders, words), Vec::<String>::new());
    }
}

/// What people read is in `locales`: a line is printed from there, never written in the code.
#[test]
fn no_words_are_printed_that_are_not_in_the_locales() {
    let mut wrong = Vec::new();
    for place in
        places_of(&["crates/ideni/src", "crates/formats/src", "crates/store/src"], &["print!(\"", "println!(\""])
    {
        let literal = place.split_once("!(\"").map_or("", |(_, rest)| rest);
        let literal = literal.split('"').next().unwrap_or_default();
        let words = literal.split('{').map(|part| part.rsplit('}').next().unwrap_or_default());
        if words.flat_map(|words| words.replace("\\r", "").chars().collect::<Vec<_>>()).any(char::is_alphabetic) {
            wrong.push(place);
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Formats say what is wrong as a `Fault`, in no language.
#[test]
fn formats_hold_no_sentences() {
    // What payers write in letters is looked for, and shown to nobody.
    const LOOKED_FOR: &str = "crates/formats/src/remittance/mail.rs";
    let mut wrong = Vec::new();
    for (name, text) in sources("crates/formats/src").into_iter().filter(|(name, _)| name != LOOKED_FOR) {
        let for_programmers = |line: &str| line.contains("expect(") || line.contains("reason = ");
        for (n, line) in code(&text).filter(|(_, line)| !for_programmers(line)) {
            let plain = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
            let words = |literal: &str| literal.split(' ').filter(plain).count();
            if line.split('"').skip(1).step_by(2).any(|literal| words(literal) > 2) {
                wrong.push(format!("{name}:{n}: {}", line.trim()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// The kinds of things that refusals name have a word in every language.
#[test]
fn every_kind_a_refusal_names_has_its_word() {
    let files = std::fs::read_dir(root().join("locales/en")).expect("locales/en");
    let words: String =
        files.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("sentences") + "\n").collect();
    let mut seen = 0;
    for place in places_of(&["crates/receivables/src", "crates/store/src", "crates/ideni/src"], &["Refusal::"]) {
        let Some((_, rest)) = place.split_once("kind: \"") else { continue };
        let kind = rest.split('"').next().unwrap_or_default().replace(' ', "-");
        assert!(words.contains(&format!("\nkind-{kind} = ")), "kind-{kind}: {place}");
        seen += 1;
    }
    assert!(seen > 10, "{seen}");
}

/// One place reads the system's clock and one its randomness (`store::clock`); clippy bans the calls, this the ways round.
#[test]
fn clock_and_randomness_have_one_place() {
    let calls =
        ["SystemTime::now", "Instant::now()", "Timestamp::now", "Zoned::now", "getrandom::", "rand::", "thread_rng"];
    let folders = ["crates/receivables/src", "crates/formats/src", "crates/store/src", "crates/ideni/src"];
    let found: Vec<String> =
        places_of(&folders, &calls).into_iter().filter(|p| !p.starts_with("crates/store/src/clock.rs")).collect();
    assert_eq!(found, Vec::<String>::new());
}

/// Files longer than this have two subjects, unless a reason is listed.
const LINES_MAX: usize = 900;
const LONG: &[(&str, &str)] = &[];

#[test]
fn no_file_is_longer_than_it_has_a_reason_to_be() {
    for (name, text) in sources("crates").into_iter().chain(sources("tests")) {
        let lines = text.lines().count();
        let reason = LONG.iter().find(|(long, _)| *long == name);
        assert!(lines <= LINES_MAX || reason.is_some(), "{name} has {lines} lines: look for the seam");
        assert!(lines > LINES_MAX || reason.is_none(), "{name} is short again: take it off the list");
    }
}

#[test]
fn every_refusal_is_in_the_reference() {
    let text = std::fs::read_to_string(root().join("docs/reference/refusals.md")).expect("the page");
    let codes = receivables::Refusal::ALL.iter().map(|(key, _)| key.trim_start_matches("refusal-"));
    let missing: Vec<&str> = codes.filter(|code| !text.contains(&format!("\n| `{code}`"))).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

// ---- every flag is documented

fn help(path: &[String]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_ideni")).args(path).arg("--help").output().expect("ideni --help");
    String::from_utf8(done.stdout).expect("text")
}

/// Every command with the long flags its help names.
fn flags(path: &[String], out: &mut BTreeMap<String, BTreeSet<String>>) {
    let text = help(path);
    let flag = |word: &str| -> Option<String> {
        let word = word.strip_prefix("--")?;
        let name: String = word.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        (!name.is_empty() && name != "help" && name != "version").then(|| format!("--{name}"))
    };
    let options = text.lines().filter(|l| l.trim_start().starts_with('-'));
    out.insert(path.join(" "), options.flat_map(|l| l.split_whitespace().filter_map(flag)).collect());
    let commands = text.lines().skip_while(|l| *l != "Commands:").skip(1).take_while(|l| !l.trim().is_empty());
    for line in commands.filter(|l| l.starts_with("  ") && !l.starts_with("   ")) {
        let name = line.split_whitespace().next().unwrap_or_default();
        if name != "help" {
            flags(&[path, &[name.to_owned()]].concat(), out);
        }
    }
}

#[test]
fn every_flag_is_in_the_reference() {
    let folder = root().join("docs/reference");
    let mut text = String::new();
    for entry in std::fs::read_dir(&folder).into_iter().flatten() {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|e| e == "md") {
            text.push_str(&std::fs::read_to_string(path).expect("a page"));
        }
    }
    let mut all = BTreeMap::new();
    flags(&[], &mut all);
    assert!(all.len() > 10, "the commands were not found: {all:?}");
    if text.is_empty() {
        eprintln!("skipped: {} holds no page yet", folder.display());
        return;
    }
    let missing: Vec<String> = all
        .iter()
        .flat_map(|(command, flags)| {
            flags.iter().filter(|f| !text.contains(f.as_str())).map(move |f| format!("{command} {f}"))
        })
        .collect();
    assert!(missing.is_empty(), "flags that no page of docs/reference names: {missing:#?}");
    let unnamed: Vec<&String> = all.keys().filter(|c| !c.is_empty() && !text.contains(c.as_str())).collect();
    assert!(unnamed.is_empty(), "commands that no page of docs/reference names: {unnamed:?}");
}

/// A file that no module names is compiled by nobody.
#[test]
fn every_test_file_is_run() {
    let all = sources("tests");
    let names = |file: &str, module: &str| {
        all.iter()
            .any(|(name, text)| name == file && text.lines().any(|line| line.ends_with(&format!("mod {module};"))))
    };
    let lost = all.iter().filter_map(|(name, _)| {
        let (folder, file) = name.rsplit_once('/')?;
        let module = file.strip_suffix(".rs").filter(|module| *module != "main")?;
        let (at, module) = match module {
            "mod" => folder.rsplit_once('/')?,
            _ => (folder, module),
        };
        let known = ["main.rs", "mod.rs"].iter().any(|parent| names(&format!("{at}/{parent}"), module));
        (!known).then_some(name)
    });
    assert_eq!(lost.collect::<Vec<_>>(), Vec::<&String>::new(), "add it to the modules of its folder");
}
