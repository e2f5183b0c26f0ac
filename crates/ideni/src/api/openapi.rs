//! The OpenAPI 3.1 document, put together from the table of routes.

use std::sync::OnceLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::endpoint::{Endpoint, Takes, Verb};
use super::problem::Told;
use super::{BASE, endpoints, me};
use crate::actions::api_key::scope_name;

/// What an error of each status means.
const ERRORS: &[(u16, &str)] = &[
    (400, "The request cannot be read: its path, its query, its JSON or its Idempotency-Key."),
    (401, "No key, or one that opens nothing: unknown, ended, expired, or of a user who is gone."),
    (403, "The key's scopes or its user's rights do not reach this."),
    (404, "There is no such thing in the key's company."),
    (409, "It exists already, was decided already, or the Idempotency-Key came with another request."),
    (412, "Somebody changed the record since it was read: read it again."),
    (413, "The body is too large."),
    (415, "The body is of another type."),
    (422, "A value is refused; nothing was written."),
    (428, "If-Match is missing: the ETag of the record as it was read."),
    (429, "Too many requests: wait as long as Retry-After says."),
    (500, "Something failed on our side; nothing was written."),
    (503, "The book is busy or its disk is full: try again as Retry-After says."),
];

/// Serves the document.
pub async fn serve() -> Response {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = TEXT.get_or_init(|| document().to_string());
    ([(header::CONTENT_TYPE, "application/json")], text.as_str()).into_response()
}

/// The document, made once.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(make)
}

/// One generator for what is taken and one for what is given: a value that may be left out is always told.
struct Schemas {
    taken: SchemaGenerator,
    given: SchemaGenerator,
}

fn make() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut schemas = Schemas {
        taken: settings.clone().for_deserialize().into_generator(),
        given: settings.for_serialize().into_generator(),
    };
    let error = schemas.given.subschema_for::<Told>().to_value();
    let mut paths: Map<String, Value> = Map::new();
    for endpoint in endpoints() {
        let row = operation(endpoint, &mut schemas);
        let path = paths.entry(endpoint.path).or_insert_with(|| json!({}));
        path[endpoint.verb.name().to_lowercase()] = row;
    }
    let mut definitions = schemas.given.take_definitions(true);
    definitions.extend(schemas.taken.take_definitions(true));
    let mut nouns: Vec<&str> = endpoints().map(|endpoint| endpoint.noun).collect();
    nouns.dedup();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Ideni",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The receivables desk for programs: the same actions as its pages and commands.",
        },
        "servers": [{ "url": BASE }],
        "security": [{ "key": [] }],
        "tags": nouns.iter().map(|noun| json!({ "name": noun })).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "schemas": definitions,
            "responses": ERRORS.iter().map(|row| (response_name(row.0), response(row, &error))).collect::<Map<_, _>>(),
            "headers": {
                "ETag": { "schema": { "type": "string" }, "description": "A tag of exactly this answer.", "required": true },
                "RetryAfter": { "schema": { "type": "string", "pattern": "^[0-9]+$" }, "description": "Seconds." },
            },
            "securitySchemes": {
                "key": { "type": "http", "scheme": "bearer", "description": "An API key, made by `ideni api-key add`." },
            },
        },
    })
}

fn response_name(status: u16) -> String {
    format!("Error{status}")
}

fn response((status, about): &(u16, &str), error: &Value) -> Value {
    let mut response = json!({ "description": about, "content": { "application/json": { "schema": error } } });
    if matches!(status, 429 | 503) {
        response["headers"] = json!({ "Retry-After": { "$ref": "#/components/headers/RetryAfter" } });
    }
    response
}

fn operation(endpoint: &Endpoint, schemas: &mut Schemas) -> Value {
    let about: Vec<&str> = endpoint.about.iter().map(|line| line.trim()).collect();
    let scope = (endpoint.noun != me::NOUN).then(|| scope_name(endpoint.noun, endpoint.verb.writes()));
    let mut row = json!({
        "operationId": operation_id(endpoint),
        "tags": [endpoint.noun],
        "summary": about.first(),
        "description": about.join(" "),
        "security": [{ "key": scope.into_iter().collect::<Vec<_>>() }],
        "x-right": endpoint.right.name(),
        "parameters": parameters(endpoint, schemas),
        "responses": responses(endpoint, schemas),
    });
    let body = match endpoint.takes {
        Takes::Nothing => return row,
        Takes::Json(schema) => ("application/json", schema(&mut schemas.taken).to_value()),
        Takes::File => ("application/octet-stream", json!({ "type": "string", "format": "binary" })),
    };
    row["requestBody"] = json!({ "required": true, "content": { body.0: { "schema": body.1 } } });
    row
}

fn operation_id(endpoint: &Endpoint) -> String {
    format!("{}-{}", endpoint.noun, endpoint.name.replace('_', "-"))
}

fn parameters(endpoint: &Endpoint, schemas: &mut Schemas) -> Vec<Value> {
    let mut all: Vec<Value> = endpoint.path_names().map(in_path).collect();
    if let Some(schema) = endpoint.query {
        all.extend(in_query(&schema(&mut schemas.taken).to_value(), &schemas.taken));
    }
    let header = |name: &str, required: bool, about: &str, schema: Value| json!({ "name": name, "in": "header", "required": required, "description": about, "schema": schema });
    if endpoint.verb.writes() {
        let about = "Made up by the caller for this write: sent again with it, the same request is carried out once.";
        let schema = json!({ "type": "string", "pattern": "^[!-~]{1,100}$" });
        all.push(header("Idempotency-Key", true, about, schema));
    }
    if endpoint.guarded {
        all.push(header("If-Match", true, "The ETag of the record as it was read.", json!({ "type": "string" })));
    }
    if endpoint.verb == Verb::Get {
        let about = "An ETag: the answer is 304 where it would be the same.";
        all.push(header("If-None-Match", false, about, json!({ "type": "string" })));
    }
    all
}

fn in_path(name: &str) -> Value {
    let schema = match name {
        "id" => json!({ "type": "string", "format": "uuid" }),
        "on" => json!({ "type": "string", "format": "date" }),
        "line" => json!({ "type": "string", "pattern": "^[0-9a-f]{10}$" }),
        _ => json!({ "type": "string", "minLength": 1, "maxLength": 60, "pattern": r"^[^\x00-\x1f\x7f-\x9f]*$" }),
    };
    json!({ "name": name, "in": "path", "required": true, "schema": schema })
}

/// The fields of a query's type as parameters; one that may be left out is not `null`, for a query knows no `null`.
fn in_query(schema: &Value, schemas: &SchemaGenerator) -> Vec<Value> {
    let whole = resolved(schema, schemas);
    let required = whole["required"].as_array().cloned().unwrap_or_default();
    let fields = whole["properties"].as_object().cloned().unwrap_or_default();
    fields
        .into_iter()
        .map(|(name, mut schema)| {
            let about = schema.as_object_mut().and_then(|fields| fields.remove("description"));
            without_null(&mut schema);
            json!({ "name": name, "in": "query", "required": required.contains(&json!(name)), "description": about.unwrap_or(json!("")), "schema": schema })
        })
        .collect()
}

fn without_null(schema: &mut Value) {
    let Some(fields) = schema.as_object_mut() else { return };
    if let Some(Value::Array(types)) = fields.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [one] = types.as_slice() {
            let one = one.clone();
            fields.insert("type".into(), one);
        }
    }
    if let Some(Value::Array(codes)) = fields.get_mut("enum") {
        codes.retain(|code| !code.is_null());
    }
    // What is left out is not given a value by the document.
    fields.remove("default");
}

/// What may be answered, beside what was asked for.
fn responses(endpoint: &Endpoint, schemas: &mut Schemas) -> Map<String, Value> {
    let schema = (endpoint.gives)(&mut schemas.given).to_value();
    let mut done = json!({ "description": "Done.", "content": { "application/json": { "schema": &schema } } });
    if endpoint.verb == Verb::Get || endpoint.guarded {
        done["headers"] = json!({ "ETag": { "$ref": "#/components/headers/ETag" } });
    }
    let mut all = Map::new();
    let links = links(endpoint, &schema, &schemas.given);
    if !links.is_empty() {
        done["links"] = Value::Object(links);
    }
    all.insert(endpoint.verb.status().to_string(), done);
    if endpoint.verb == Verb::Get {
        let tag = json!({ "ETag": { "$ref": "#/components/headers/ETag" } });
        all.insert("304".into(), json!({ "description": "As you have it.", "headers": tag }));
    }
    for (status, _) in ERRORS.iter().filter(|(status, _)| may_answer(endpoint, *status)) {
        let path = format!("#/components/responses/{}", response_name(*status));
        all.insert(status.to_string(), json!({ "$ref": path }));
    }
    all
}

/// The routes of one thing that an answer names: a list leads to its first row, a new record to what may be done with it.
fn links(endpoint: &Endpoint, gives: &Value, schemas: &SchemaGenerator) -> Map<String, Value> {
    let answer = resolved(gives, schemas);
    let rows = &answer["properties"]["rows"];
    let (record, place) = match rows.is_null() {
        true => (answer, "$response.body#"),
        false => (resolved(&rows["items"], schemas), "$response.body#/rows/0"),
    };
    let below = endpoints().filter(|other| other.path.starts_with(&format!("{}/{{", endpoint.path)));
    below
        .filter_map(|other| {
            let name = other.path_names().next()?;
            let field = [name, "id"].into_iter().find(|field| !record["properties"][*field].is_null())?;
            let link =
                json!({ "operationId": operation_id(other), "parameters": { name: format!("{place}/{field}") } });
            Some((operation_id(other), link))
        })
        .collect()
}

/// A schema itself, where it is named elsewhere.
fn resolved<'s>(schema: &'s Value, schemas: &'s SchemaGenerator) -> &'s Value {
    let name = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
    name.and_then(|name| schemas.definitions().get(name)).unwrap_or(schema)
}

fn may_answer(endpoint: &Endpoint, status: u16) -> bool {
    match status {
        404 => endpoint.path_names().next().is_some(),
        409 => endpoint.verb.writes(),
        412 | 428 => endpoint.guarded,
        413 | 415 => !matches!(endpoint.takes, Takes::Nothing),
        _ => true,
    }
}
