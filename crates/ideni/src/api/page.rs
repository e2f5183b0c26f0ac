//! The page at the root of the API: what there is, as people read it. It is made from the OpenAPI document.

use std::sync::OnceLock;

use askama::Template;
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Response};
use serde_json::{Map, Value};

use super::BASE;
use super::openapi::document;
use crate::web::language;
use crate::words::{self, Language};

#[derive(Template)]
#[template(path = "api.html")]
struct Reference {
    p: Words,
    base: &'static str,
    nouns: Vec<Noun>,
    types: Vec<Type>,
    errors: Vec<(String, String)>,
}

/// The words of the page around the document's own.
struct Words(Language);

impl Words {
    fn t(&self, key: &str) -> String {
        words::say(self.0, key, &[])
    }

    fn code(&self) -> &'static str {
        self.0.code()
    }
}

struct Noun {
    name: String,
    routes: Vec<Route>,
}

struct Route {
    anchor: String,
    verb: String,
    path: String,
    about: String,
    scope: String,
    right: String,
    parameters: Vec<Field>,
    /// The type of the body, and of the answer.
    takes: String,
    gives: String,
}

struct Type {
    name: String,
    about: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    place: String,
    kind: String,
    needed: bool,
    about: String,
}

/// Shows the page, in the reader's language; what comes from the document is English, as names and codes are.
pub async fn page(headers: HeaderMap) -> Response {
    static PAGES: [OnceLock<String>; 4] = [const { OnceLock::new() }; 4];
    let reader = language(&headers);
    let text = PAGES[reader as usize].get_or_init(|| reference(reader).render().unwrap_or_default());
    Html(text.as_str()).into_response()
}

fn reference(language: Language) -> Reference {
    let document = document();
    let mut nouns: Vec<Noun> = Vec::new();
    for (path, verb, row) in rows(document) {
        let name = text(&row["tags"][0]);
        let route = route(path, verb, row);
        match nouns.iter_mut().find(|noun| noun.name == name) {
            Some(noun) => noun.routes.push(route),
            None => nouns.push(Noun { name, routes: vec![route] }),
        }
    }
    let schemas = document["components"]["schemas"].as_object().into_iter().flatten();
    let types = schemas.map(|(name, schema)| Type {
        name: name.clone(),
        about: text(&schema["description"]),
        fields: fields(schema),
    });
    let errors = document["components"]["responses"].as_object().into_iter().flatten();
    let errors = errors.map(|(name, told)| (name.replace("Error", ""), text(&told["description"])));
    Reference { p: Words(language), base: BASE, nouns, types: types.collect(), errors: errors.collect() }
}

/// Path, verb and row of each route of the document.
fn rows(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, verbs)| {
        verbs.as_object().into_iter().flatten().map(|(verb, row)| (path.as_str(), verb.as_str(), row))
    })
}

fn route(path: &str, verb: &str, row: &Value) -> Route {
    let parameters = row["parameters"].as_array().into_iter().flatten().map(|p| Field {
        name: text(&p["name"]),
        place: text(&p["in"]),
        kind: kind(&p["schema"]),
        needed: p["required"] == true,
        about: text(&p["description"]),
    });
    let body = row["requestBody"]["content"].as_object().and_then(|kinds| kinds.values().next());
    let done = ["200", "201"].iter().find_map(|status| row["responses"].get(status));
    Route {
        anchor: text(&row["operationId"]),
        verb: verb.to_uppercase(),
        path: path.to_owned(),
        about: text(&row["description"]),
        scope: text(&row["security"][0]["key"][0]),
        right: text(&row["x-right"]),
        parameters: parameters.collect(),
        takes: body.map(|body| kind(&body["schema"])).unwrap_or_default(),
        gives: done.map(|done| kind(&done["content"]["application/json"]["schema"])).unwrap_or_default(),
    }
}

fn fields(schema: &Value) -> Vec<Field> {
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let fields = schema["properties"].as_object().into_iter().flatten();
    let field = |(name, schema): (&String, &Value)| Field {
        name: name.clone(),
        place: String::new(),
        kind: kind(schema),
        needed: required.iter().any(|known| known == name),
        about: text(&schema["description"]),
    };
    fields.map(field).collect()
}

/// What a schema takes, in a few words: its type with format, length, range or codes.
fn kind(schema: &Value) -> String {
    if let Some(path) = schema["$ref"].as_str() {
        return path.rsplit('/').next().unwrap_or_default().to_owned();
    }
    if let Some(all) = schema["anyOf"].as_array() {
        return all.iter().map(kind).collect::<Vec<_>>().join(" | ");
    }
    if let Some(codes) = schema["enum"].as_array() {
        return codes.iter().map(text).collect::<Vec<_>>().join(" | ");
    }
    let names = match &schema["type"] {
        Value::Array(names) => names.iter().map(text).collect::<Vec<_>>().join(" | "),
        one => text(one),
    };
    if names == "array" {
        return format!("[{}]", kind(&schema["items"]));
    }
    let facts = schema.as_object().map(facts).unwrap_or_default();
    if facts.is_empty() { names } else { format!("{names} ({facts})") }
}

fn facts(schema: &Map<String, Value>) -> String {
    let told = ["format", "minLength", "maxLength", "minimum", "maximum"];
    let told = told.iter().filter_map(|name| Some(format!("{name} {}", text(schema.get(*name)?))));
    told.collect::<Vec<_>>().join(", ")
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
