//! Notes on records.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::shape::{Code, Day, Line, Moment, Prose, Uuid, one_of};
use crate::actions::record::{self, Given, KINDS};

endpoints! { "notes"
    /// The notes of a record, the newest first; those of a customer with those of the customer's records.
    read Get "/notes" Read list(query OfRecord) -> Notes;
    /// Writes a note down. One that corrects another names it; the other stays.
    write Post "/notes" NoteAdd add(body NewNote) -> MadeNote;
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    one_of(KINDS)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct OfRecord {
    #[schemars(schema_with = "kinds")]
    record: Code,
    /// How people call it: a code, a number, a reference or an id.
    name: Code,
}

#[derive(Serialize, JsonSchema)]
struct Notes {
    rows: Vec<Note>,
}

#[derive(Serialize, JsonSchema)]
struct Note {
    id: Uuid,
    #[schemars(schema_with = "kinds")]
    record: String,
    /// The customer it concerns, where one is known.
    customer: Option<String>,
    on: Day,
    at: Moment,
    text: String,
    by: String,
    /// The note that this one corrects.
    corrects: Option<Uuid>,
    /// Who wrote the note that corrects this one.
    corrected_by: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewNote {
    #[schemars(schema_with = "kinds")]
    record: Code,
    /// How people call it: a code, a number, a reference or an id.
    name: Code,
    text: Prose<4000>,
    /// The id of the note that this one corrects.
    corrects: Option<Code>,
}

#[derive(Serialize, JsonSchema)]
struct MadeNote {
    id: Uuid,
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &OfRecord) -> Result<Notes, Error> {
    let all = record::notes(tx, ask.actor(), asked.record.as_str(), asked.name.as_str())?;
    let rows = all.into_iter().map(|n| Note {
        id: n.id.into(),
        record: n.record_kind,
        customer: n.code,
        on: Day(n.on),
        at: Moment(n.at),
        text: n.text,
        by: n.by,
        corrects: n.corrects.map(Uuid::from),
        corrected_by: n.corrected_by,
    });
    Ok(Notes { rows: rows.collect() })
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewNote) -> Result<MadeNote, Error> {
    let given = Given {
        record: new.record.text(),
        name: new.name.text(),
        text: new.text.text(),
        corrects: new.corrects.as_ref().map(Line::text),
    };
    Ok(MadeNote { id: Uuid(record::add_note(tx, ask.actor(), ask.today(), &given, None)?.id) })
}
