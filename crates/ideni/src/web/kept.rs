//! What is written down about a record, and the papers filed with it: the same two panels on the page of an account, an
//! invoice and a receipt.

use receivables::Refusal;
use store::{Error, Tx};

use super::ask::{Ask, day_or_none, text_or_none};
use super::page::Desk;
use crate::actions::{paper, record};

/// The largest form with a paper, in bytes: the paper and the fields around it.
pub(super) const BYTES_MAX: usize = paper::BYTES_MAX + (64 << 10);
/// Notes and papers that are shown of an account; its history tells of all.
const SHOWN: usize = 6;

/// The notes and papers of a record, and where the forms for more go.
pub(super) struct Kept {
    pub to_notes: String,
    pub to_papers: String,
    /// What the page was asked, which both forms carry on.
    pub q: String,
    /// The name of the draft of a note, the record's own.
    pub draft: String,
    pub notes: Vec<Noted>,
    pub papers: Vec<Filed>,
    /// Code and words.
    pub kinds: Vec<(String, String)>,
    /// What a paper may belong to besides the record itself: kind and id, and words.
    pub others: Vec<(String, String)>,
}

pub(super) struct Noted {
    pub id: String,
    pub when: String,
    pub by: String,
    pub lines: Vec<String>,
    pub text: String,
    /// What it is about, where that is not the record itself.
    pub about: Option<String>,
}

pub(super) struct Filed {
    pub link: String,
    pub name: String,
    pub kind: String,
    /// What it belongs to, where that is not the record itself.
    pub about: Option<String>,
    /// The last day on which it holds.
    pub until: Option<String>,
    pub when: String,
    pub by: String,
    pub kilobytes: i64,
}

impl Kept {
    /// What is kept with the record `name` of a kind, whose page is at `here` and was asked `q`.
    pub fn load(tx: &mut Tx<'_>, desk: &Desk, kind: &str, name: &str, here: &str, q: &str) -> Result<Kept, Error> {
        let p = &desk.page;
        let about = |of: &str| {
            // `kind-work` is long work of the program.
            let of_kind = if of == "work" { "work-done" } else { of };
            (of != kind).then(|| p.t(&format!("kind-{of_kind}")))
        };
        let notes = record::notes(tx, &desk.actor, kind, name)?;
        let noted = |n: store::note::Note| Noted {
            id: n.id.to_string(),
            when: p.instant(n.at),
            by: n.by,
            lines: n.text.lines().map(str::to_owned).collect(),
            text: n.text,
            about: about(&n.record_kind),
        };
        let papers = paper::of_record(tx, &desk.actor, kind, name)?;
        let filed = |f: store::paper::Paper| Filed {
            link: format!("/papers/{}", f.id),
            name: f.name,
            kind: p.t(&format!("paper-{}", f.kind)),
            about: about(&f.record_kind),
            until: f.until.map(|on| p.day(on)),
            when: p.instant(f.at),
            by: f.by,
            kilobytes: f.size.saturating_add(1023) / 1024,
        };
        Ok(Kept {
            to_notes: format!("{here}/notes"),
            to_papers: format!("{here}/papers"),
            q: q.to_owned(),
            draft: format!("note-{kind}-{name}"),
            notes: notes.into_iter().filter(|n| n.corrected_by.is_none()).take(SHOWN).map(noted).collect(),
            papers: papers.into_iter().take(SHOWN).map(filed).collect(),
            kinds: paper::KINDS.iter().map(|kind| ((*kind).to_owned(), p.t(&format!("paper-{kind}")))).collect(),
            others: Vec::new(),
        })
    }
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct NoteForm {
    text: String,
    corrects: String,
}

/// Writes down the note that a form brings.
pub(super) fn note(desk: &Desk, ask: &Ask, kind: &str, name: &str) -> Result<(), Error> {
    let form: NoteForm = ask.form()?;
    let corrects = text_or_none(&form.corrects);
    let given = record::Given { record: kind.into(), name: name.into(), text: form.text, corrects };
    let once = ask.once();
    desk.write(move |tx, actor, today| record::add_note(tx, actor, today, &given, Some(&once)))?;
    Ok(())
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PaperForm {
    kind: String,
    /// Kind and id of what it belongs to, where that is not the record of the page.
    #[serde(default)]
    of: String,
    /// The last day on which it holds, where it ends.
    #[serde(default)]
    until: String,
}

/// Files the paper that a form brings. The same content again is the paper filed before; another is another, also from
/// the same form.
pub(super) fn paper(desk: &Desk, ask: &Ask, kind: &str, name: &str) -> Result<(), Error> {
    let form: PaperForm = ask.form()?;
    let file = ask.file("file").ok_or_else(|| Refusal::Missing { field: "file".into() })?;
    let (record, of) = form.of.split_once(' ').unwrap_or((kind, name));
    let given = paper::Given {
        record: record.into(),
        of: of.into(),
        kind: form.kind,
        name: file.name.clone(),
        content: file.bytes.clone(),
        until: day_or_none(&form.until, "until")?,
    };
    desk.write(move |tx, actor, today| paper::add(tx, actor, today, &given, None))?;
    Ok(())
}
