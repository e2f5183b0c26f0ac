//! Every SQL text of the store is understood by each engine it names.

use store::{Engine, Error, Sql, Value};

use crate::support::places;
use store::{Clock, Source};

/// The numbers of `$N` in the order they first appear.
fn places_in(text: &str) -> Vec<usize> {
    let mut seen = Vec::new();
    for part in text.split('$').skip(1) {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        let number: usize = digits.parse().expect("a number after the dollar");
        if !seen.contains(&number) {
            seen.push(number);
        }
    }
    seen
}

fn all() -> Vec<(String, Sql)> {
    let named = |(file, texts): (&str, &'static [(&'static str, Sql)])| {
        texts.iter().map(move |(name, sql)| (format!("{file}::{name}"), *sql)).collect::<Vec<_>>()
    };
    store::statements().into_iter().flat_map(named).collect()
}

#[test]
fn every_text_is_prepared_on_each_engine_it_names() {
    for place in places() {
        let db = place.open(Clock::System, 1);
        let mut wrong = Vec::new();
        for (name, sql) in all() {
            let text = if place.engine == Engine::Sqlite { sql.lite } else { sql.pg };
            if text.is_empty() {
                continue;
            }
            // EXPLAIN prepares the text against the real tables and runs nothing.
            let explain: &'static str = Box::leak(format!("EXPLAIN {text}").into_boxed_str());
            let params = vec![Value::Null; places_in(text).len()];
            let told = db.write(move |tx| {
                tx.each(Sql { lite: explain, pg: explain }, &params, |_| Ok(()))?;
                Err::<(), _>(Error::RolledBack)
            });
            if !matches!(told, Err(Error::RolledBack)) {
                wrong.push(format!("{name}: {told:?}"));
            }
        }
        assert!(wrong.is_empty(), "{:?}: {wrong:#?}", place.engine);
    }
}

#[test]
fn parameters_first_appear_in_order() {
    for (name, sql) in all() {
        for text in [sql.lite, sql.pg] {
            let seen = places_in(text);
            assert_eq!(seen, (1..=seen.len()).collect::<Vec<_>>(), "{name}: {text}");
        }
    }
}

#[test]
fn every_file_with_statements_is_in_the_list() {
    let listed: Vec<&str> = store::statements().into_iter().map(|(file, _)| file).collect();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../store/src");
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the store's sources") {
            let path = entry.expect("a file").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a source");
            let name = path.strip_prefix(&root).expect("inside").with_extension("").display().to_string();
            if text.contains("\nstatements! {") {
                assert!(listed.contains(&name.as_str()), "{name} declares statements that statements() does not list");
            }
        }
    }
}

#[test]
fn a_system_source_differs_every_time() {
    assert_ne!(Source::system().random(), Source::system().random());
}
