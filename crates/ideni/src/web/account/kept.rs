//! What is written down about an account, and the papers filed with it.

use axum::response::Response;
use receivables::Refusal;
use store::{Error, Tx};

use super::Place;
use crate::actions::{paper, record};
use crate::web::ask::{Ask, text_or_none};
use crate::web::page::Desk;

/// Notes and papers that are shown; the history tells of all.
const SHOWN: usize = 6;

pub(super) struct Noted {
    pub id: String,
    pub when: String,
    pub by: String,
    pub lines: Vec<String>,
    pub text: String,
    /// What it is about, where that is not the account itself.
    pub about: Option<String>,
}

pub(super) struct Filed {
    pub link: String,
    pub name: String,
    pub kind: String,
    pub when: String,
    pub by: String,
    pub kilobytes: i64,
}

/// The newest notes that nothing newer corrects.
pub(super) fn notes(tx: &mut Tx<'_>, desk: &Desk, code: &str) -> Result<Vec<Noted>, Error> {
    let p = &desk.page;
    let all = record::notes(tx, &desk.actor, "customer", code)?;
    let noted = |n: store::note::Note| Noted {
        id: n.id.to_string(),
        when: p.instant(n.at),
        by: n.by,
        lines: n.text.lines().map(str::to_owned).collect(),
        text: n.text,
        about: (n.record_kind != "customer").then(|| p.t(&format!("kind-{}", n.record_kind))),
    };
    Ok(all.into_iter().filter(|n| n.corrected_by.is_none()).take(SHOWN).map(noted).collect())
}

pub(super) fn papers(tx: &mut Tx<'_>, desk: &Desk, code: &str) -> Result<Vec<Filed>, Error> {
    let p = &desk.page;
    let all = paper::of_record(tx, &desk.actor, "customer", code)?;
    let filed = |f: store::paper::Paper| Filed {
        link: format!("/papers/{}", f.id),
        name: f.name,
        kind: p.t(&format!("paper-{}", f.kind)),
        when: p.instant(f.at),
        by: f.by,
        kilobytes: f.size.saturating_add(1023) / 1024,
    };
    Ok(all.into_iter().take(SHOWN).map(filed).collect())
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct NoteForm {
    text: String,
    corrects: String,
}

pub(super) fn note(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (place, form): (_, NoteForm) = (Place::of(ask)?, ask.form()?);
    let given = record::Given {
        record: "customer".into(),
        name: place.code.clone(),
        text: form.text,
        corrects: text_or_none(&form.corrects),
    };
    let once = ask.once();
    desk.write(move |tx, actor, today| record::add_note(tx, actor, today, &given, Some(&once)))?;
    place.to(desk, "note-added")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PaperForm {
    kind: String,
}

pub(super) fn paper(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (place, form): (_, PaperForm) = (Place::of(ask)?, ask.form()?);
    let file = ask.file("file").ok_or_else(|| Refusal::Missing { field: "file".into() })?;
    let given = paper::Given {
        record: "customer".into(),
        of: place.code.clone(),
        kind: form.kind,
        name: file.name.clone(),
        content: file.bytes.clone(),
    };
    // The same content again is the paper filed before; another is another, also from the same form.
    desk.write(move |tx, actor, today| paper::add(tx, actor, today, &given, None))?;
    place.to(desk, "paper-added")
}
