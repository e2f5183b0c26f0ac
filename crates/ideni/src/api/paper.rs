//! Papers filed with records.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::{Ask, Reply, Stop};
use super::endpoint::endpoints;
use super::shape::{Code, Day, Moment, Name, Uuid, one_of};
use crate::actions::paper::{self, Given};
use crate::actions::record;

endpoints! { "papers"
    /// The papers of a record, the newest first; those of a customer with those of the customer's records.
    read Get "/papers" Read list(query OfRecord) -> Papers;
    /// Files a paper with a record: a PDF, a picture or what else a paper may be, found by content.
    /// The same one again, with the same record and as the same kind, is the one filed before.
    write Post "/papers" PaperAdd add(by query NewPaper, file) -> FiledPaper;
    /// One paper with its content.
    read Get "/papers/{id}" Read show() -> PaperContent;
    /// Says until when a paper holds: a tax clearance, say.
    write Post "/papers/{id}/validity" PaperAdd valid(body NewPaperValidity) -> Paper;
}

fn records(_: &mut SchemaGenerator) -> Schema {
    one_of(record::KINDS)
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    one_of(paper::KINDS)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct OfRecord {
    #[schemars(schema_with = "records")]
    record: Code,
    /// How people call it: a code, a number, a reference or an id.
    name: Code,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct NewPaper {
    #[schemars(schema_with = "records")]
    record: Code,
    /// How people call it: a code, a number, a reference or an id.
    name: Code,
    #[schemars(schema_with = "kinds")]
    kind: Code,
    /// How the file is called.
    file: Name,
    /// The last day on which it holds.
    valid_until: Option<Day>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewPaperValidity {
    /// The last day.
    until: Day,
}

#[derive(Serialize, JsonSchema)]
struct Papers {
    rows: Vec<Paper>,
}

#[derive(Serialize, JsonSchema)]
struct Paper {
    id: Uuid,
    #[schemars(schema_with = "records")]
    record: String,
    /// The customer it concerns, where one is known.
    customer: Option<String>,
    on: Day,
    at: Moment,
    #[schemars(schema_with = "kinds")]
    kind: String,
    name: String,
    by: String,
    /// As found in the content.
    media_type: String,
    /// In bytes.
    size: i64,
    /// The last day on which it holds, where one was said.
    valid_until: Option<Day>,
}

#[derive(Serialize, JsonSchema)]
struct PaperContent {
    paper: Paper,
    /// In base64 (RFC 4648, section 4).
    content: String,
}

#[derive(Serialize, JsonSchema)]
struct FiledPaper {
    id: Uuid,
    name: String,
    /// SHA-256 of the content, in hex.
    digest: String,
}

impl From<store::paper::Paper> for Paper {
    fn from(p: store::paper::Paper) -> Paper {
        Paper {
            id: p.id.into(),
            record: p.record_kind,
            customer: p.code,
            on: Day(p.on),
            at: Moment(p.at),
            kind: p.kind,
            name: p.name,
            by: p.by,
            media_type: p.media,
            size: p.size,
            valid_until: p.until.map(Day),
        }
    }
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &OfRecord) -> Result<Papers, Error> {
    let all = paper::of_record(tx, ask.actor(), asked.record.as_str(), asked.name.as_str())?;
    Ok(Papers { rows: all.into_iter().map(Paper::from).collect() })
}

fn add(ask: &Arc<Ask>) -> Result<Reply, Stop> {
    let asked: NewPaper = ask.query()?;
    ask.write(move |tx, ask| {
        let given = Given {
            record: asked.record.text(),
            of: asked.name.text(),
            kind: asked.kind.text(),
            name: asked.file.text(),
            content: ask.file().to_vec(),
            until: asked.valid_until.map(|Day(on)| on),
        };
        let filed = paper::add(tx, ask.actor(), ask.today(), &given, None)?;
        Ok(FiledPaper { id: Uuid(filed.id), name: filed.name, digest: filed.digest })
    })
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<PaperContent, Error> {
    let (found, content) = paper::get(tx, ask.actor(), ask.path("id"))?;
    Ok(PaperContent { paper: found.into(), content: STANDARD.encode(content) })
}

fn valid(tx: &mut Tx<'_>, ask: &Ask, new: &NewPaperValidity) -> Result<Paper, Error> {
    paper::valid(tx, ask.actor(), ask.path("id"), new.until.0, None)?;
    Ok(paper::get(tx, ask.actor(), ask.path("id"))?.0.into())
}
