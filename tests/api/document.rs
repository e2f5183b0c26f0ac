//! The OpenAPI document says what the table of routes says, and the reference page too.

use std::collections::BTreeSet;
use std::path::Path;

use ideni::actions::api_key::NOUNS;
use serde_json::Value;

/// Path, verb and row of every route.
fn rows() -> Vec<(String, String, Value)> {
    let paths = ideni::api::document()["paths"].as_object().expect("paths").clone();
    let rows = paths.into_iter().flat_map(|(path, verbs)| {
        let verbs = verbs.as_object().expect("verbs").clone();
        verbs.into_iter().map(move |(verb, row)| (path.clone(), verb.to_uppercase(), row))
    });
    rows.collect()
}

fn names(row: &Value, place: &str) -> Vec<String> {
    let all = row["parameters"].as_array().expect("parameters").iter().filter(|p| p["in"] == place);
    all.map(|p| p["name"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn every_route_names_what_may_be_answered() {
    let rows = rows();
    assert!(rows.len() > 50, "{}", rows.len());
    for (path, verb, row) in &rows {
        let place = format!("{verb} {path}");
        let told: BTreeSet<&str> = row["responses"].as_object().expect("answers").keys().map(String::as_str).collect();
        let writes = verb != "GET";
        let mut wanted = vec!["400", "401", "403", "422", "429", "500", "503"];
        wanted.push(if verb == "POST" { "201" } else { "200" });
        wanted.extend(if writes { ["409"].iter() } else { ["304"].iter() });
        if path.contains('{') {
            wanted.push("404");
        }
        if !row["requestBody"].is_null() {
            wanted.extend(["413", "415"]);
        }
        let guarded = names(row, "header").contains(&"If-Match".to_owned());
        assert_eq!(guarded, verb == "PATCH", "{place}: a change of a record needs its tag");
        if guarded {
            wanted.extend(["412", "428"]);
        }
        assert_eq!(told, wanted.into_iter().collect::<BTreeSet<_>>(), "{place}");
        assert_eq!(names(row, "header").contains(&"Idempotency-Key".to_owned()), writes, "{place}");
        let in_path: Vec<&str> = path.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        assert_eq!(names(row, "path"), in_path, "{place}");
        assert!(row["summary"].as_str().is_some_and(|text| text.ends_with('.')), "{place}");
    }
}

#[test]
fn every_route_has_a_name_of_its_own_and_a_noun_that_scopes_know() {
    let mut seen = BTreeSet::new();
    let mut nouns = BTreeSet::new();
    for (path, verb, row) in rows() {
        let name = row["operationId"].as_str().expect("a name").to_owned();
        assert!(seen.insert(name.clone()), "{name} comes twice");
        let noun = row["tags"][0].as_str().expect("a noun").to_owned();
        let scope = row["security"][0]["key"][0].as_str().unwrap_or_default();
        let verb = if verb == "GET" { "read" } else { "write" };
        if noun != "me" {
            assert_eq!(scope, format!("{noun}:{verb}"), "{path}");
            nouns.insert(noun);
        }
    }
    assert_eq!(
        nouns,
        NOUNS.iter().map(|noun| (*noun).to_owned()).collect(),
        "a noun without routes, or without a scope"
    );
}

/// What may be left out is not said to be needed: a list is asked for whole.
#[test]
fn only_what_a_question_cannot_go_without_is_required() {
    let mut needed = BTreeSet::new();
    for (path, verb, row) in rows() {
        for parameter in row["parameters"].as_array().into_iter().flatten() {
            if parameter["in"] == "query" && parameter["required"] == true {
                needed.insert(format!("{verb} {path} {}", parameter["name"].as_str().expect("a name")));
            }
        }
    }
    let cannot = [
        "GET /ebm/codes q",
        "GET /notes name",
        "GET /notes record",
        "GET /papers name",
        "GET /papers record",
        "GET /search text",
        "POST /papers file",
        "POST /papers kind",
        "POST /papers name",
        "POST /papers record",
        "POST /statements account",
    ];
    assert_eq!(needed, cannot.map(str::to_owned).into());
}

/// Every `$ref` leads somewhere, what is taken knows its fields, and nothing is called by the name of another.
#[test]
fn the_document_is_whole() {
    let document = ideni::api::document();
    fn walk(value: &Value, f: &mut impl FnMut(&Value)) {
        f(value);
        match value {
            Value::Array(all) => all.iter().for_each(|one| walk(one, f)),
            Value::Object(fields) => fields.values().for_each(|one| walk(one, f)),
            _ => {}
        }
    }
    let mut leading_nowhere = Vec::new();
    walk(document, &mut |value| {
        if let Some(path) = value["$ref"].as_str()
            && document.pointer(path.trim_start_matches('#')).is_none()
        {
            leading_nowhere.push(path.to_owned());
        }
    });
    assert_eq!(leading_nowhere, Vec::<String>::new());
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let numbered: Vec<&String> = schemas.keys().filter(|name| name.ends_with(|c: char| c.is_ascii_digit())).collect();
    assert_eq!(numbered, Vec::<&String>::new(), "two types share a name");
    for (path, verb, row) in rows() {
        let Some(name) = row["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str() else { continue };
        let schema = document.pointer(name.trim_start_matches('#')).expect("a schema");
        assert_eq!(schema["additionalProperties"], false, "{verb} {path}: unknown fields are refused");
    }
}

#[test]
fn every_route_and_error_is_in_the_reference() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/api.md");
    let text = std::fs::read_to_string(page).expect("docs/reference/api.md");
    let mut missing = Vec::new();
    for (path, verb, row) in rows() {
        let scope = row["security"][0]["key"][0].as_str().unwrap_or("–");
        let about = row["summary"].as_str().expect("a sentence");
        let line = format!("| `{verb} {path}` | {scope} | {} | {about} |", row["x-right"].as_str().expect("a right"));
        if !text.contains(&line) {
            missing.push(line);
        }
    }
    for (key, _) in ideni::api::Problem::ALL {
        let code = key.trim_start_matches("api-");
        if !text.contains(&format!("| `{code}` |")) {
            missing.push(format!("| `{code}` |"));
        }
    }
    assert!(missing.is_empty(), "not in docs/reference/api.md:\n{}", missing.join("\n"));
    let told = text.lines().filter(|line| line.starts_with("| `GET ") || line.starts_with("| `POST ")).count();
    let there = rows().iter().filter(|(_, verb, _)| verb == "GET" || verb == "POST").count();
    assert_eq!(told, there, "docs/reference/api.md tells of a route that is gone");
}

/// The page without a key, in the reader's language; nothing on it comes from elsewhere.
#[test]
fn the_page_is_read_without_a_key() {
    let place = crate::support::Place::sqlite();
    super::book(&place);
    let served = super::Served::start(&place);
    let page = |language: &str| {
        let headers = format!("Accept-Language: {language}\r\n");
        let mut stream = std::net::TcpStream::connect(&served.host).expect("connects");
        use std::io::{Read, Write};
        write!(stream, "GET /api/v1 HTTP/1.1\r\nHost: {}\r\n{headers}Connection: close\r\n\r\n", served.host)
            .expect("asks");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answers");
        answer
    };
    let english = page("en");
    assert!(english.starts_with("HTTP/1.1 200") && english.contains("content-type: text/html"));
    assert!(english.contains("PATCH /customers/{code}") && english.contains("NewPromise"));
    assert!(!english.contains("<script") && !english.contains("https://"));
    assert!(page("fr").contains("Ideni pour les programmes"));
    let document = served.send("GET", "/api/v1/openapi.json", "", b"");
    assert_eq!((document.status, &document.body), (200, ideni::api::document()));
}
