//! The records that papers and notes belong to, and the notes. A note is never changed: a correction is a new note that
//! names the old one.

use receivables::ids::{self, Id};
use receivables::{Date, Refusal, Unusable};
use store::customer::Customer;
use store::note::{NewNote, Note};
use store::{Error, Tx, customer, document, note};

use super::{Actor, Once, Right, Subject, act, merge, once};

/// What a note or a paper may be about.
pub const KINDS: [&str; 6] = ["customer", "invoice", "receipt", "promise", "dispute", "work"];

/// The longest note, in characters.
pub const NOTE_MAX: usize = 4_000;
/// Notes of a customer that are shown at once.
const NOTES_SHOWN: i64 = 200;

/// A record that is there.
pub(crate) struct Record {
    pub kind: &'static str,
    pub id: [u8; 16],
    /// Whose it is, where that is known.
    pub customer: Option<Customer>,
}

/// The record of a kind by the name people know it by: a code, a number, a reference or an id.
pub(crate) fn find(tx: &mut Tx<'_>, actor: &Actor, kind: &str, name: &str) -> Result<Record, Error> {
    let company = actor.company.id;
    let Some(kind) = KINDS.into_iter().find(|known| *known == kind) else {
        let reason = Unusable::NotAmong { known: KINDS.join(", ") };
        return Err(Refusal::Invalid { field: "record".into(), value: kind.into(), reason }.into());
    };
    let (id, customer): ([u8; 16], Option<Id<ids::Customer>>) = match kind {
        "customer" => {
            let customer = customer::get(tx, company, name)?;
            return Ok(Record { kind, id: *customer.id.bytes(), customer: Some(customer) });
        }
        "invoice" => {
            let known = document::get(tx, company, name)?;
            (*known.id.bytes(), Some(known.payer))
        }
        "receipt" => {
            let id = store::receipt::find(tx, company, name)?;
            (*id.bytes(), store::receipt::get(tx, company, id)?.customer)
        }
        "promise" => {
            let known = store::promise::get(tx, company, name)?;
            (*known.id.bytes(), Some(known.customer))
        }
        "work" => {
            let missing = || Refusal::NotFound { kind: "unbilled work".into(), name: name.into() };
            let id: Id<ids::Unbilled> = name.trim().parse().map_err(|_| missing())?;
            let customer = store::unbilled::customer(tx, company, id)?.ok_or_else(missing)?;
            (*id.bytes(), Some(customer))
        }
        _ => {
            let known = store::dispute::get(tx, company, name)?;
            (*known.id.bytes(), Some(known.customer))
        }
    };
    let customer = customer.map(|id| customer::by_id(tx, company, id)).transpose()?;
    Ok(Record { kind, id, customer })
}

impl Record {
    /// Refuses what the actor may not do with the account it belongs to.
    pub(crate) fn allows(&self, actor: &Actor, right: Right) -> Result<(), Error> {
        match &self.customer {
            Some(customer) => actor.may_for(right, customer.collector.as_deref()),
            None => actor.may(right),
        }
    }

    pub(crate) fn customer_id(&self) -> Option<Id<ids::Customer>> {
        self.customer.as_ref().map(|customer| customer.id)
    }
}

/// A note to be written down.
#[derive(Clone, Debug)]
pub struct Given {
    /// One of [`KINDS`].
    pub record: String,
    pub name: String,
    pub text: String,
    /// The id of the note it corrects, which must be about the same record.
    pub corrects: Option<String>,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Noted {
    pub id: String,
}

/// Writes a note down.
pub fn add_note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    given: &Given,
    key: Option<&Once>,
) -> Result<Noted, Error> {
    once(tx, actor, key, |tx| {
        let cause = given.corrects.as_deref();
        act(tx, actor, Right::NoteAdd, Subject { name: &given.name, cause }, |tx| {
            let company = actor.company.id;
            let record = find(tx, actor, &given.record, &given.name)?;
            record.allows(actor, Right::NoteAdd)?;
            super::needs("text", &given.text)?;
            let text = super::text("text", &given.text, NOTE_MAX)?;
            let corrects = given.corrects.as_deref().map(|old| correctable(tx, company, &record, old)).transpose()?;
            let new = NewNote {
                record_kind: record.kind,
                record: record.id,
                customer: record.customer_id(),
                on: today,
                text,
                corrects,
                by: &actor.user,
            };
            Ok(Noted { id: note::save(tx, company, &new)?.to_string() })
        })
    })
}

/// The note of that id, if it is about the record and nothing newer corrects it.
fn correctable(tx: &mut Tx<'_>, company: i64, record: &Record, name: &str) -> Result<Id<ids::Note>, Error> {
    let old = note::correctable(tx, company, name)?;
    if (old.record_kind.as_str(), old.record) != (record.kind, record.id) {
        return Err(Refusal::NotFound { kind: "note".into(), name: name.into() }.into());
    }
    Ok(old.id)
}

/// The notes of a record, the newest first; those of a customer with those of the customer's records.
pub fn notes(tx: &mut Tx<'_>, actor: &Actor, kind: &str, name: &str) -> Result<Vec<Note>, Error> {
    actor.may(Right::Read)?;
    let record = find(tx, actor, kind, name)?;
    if record.kind != "customer" {
        return note::of_record(tx, actor.company.id, record.id);
    }
    let mut all = Vec::new();
    for member in merge::group(tx, actor, name)?.members() {
        all.extend(note::of_customer(tx, actor.company.id, member.id, NOTES_SHOWN)?);
    }
    all.sort_by_key(|n| std::cmp::Reverse((n.on, n.id)));
    Ok(all)
}
