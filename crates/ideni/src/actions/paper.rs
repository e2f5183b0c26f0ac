//! Papers filed with a record: delivery notes, orders, signed plans. Known by their content, stored once.

use formats::paper::{self, Media};
use receivables::ids::Id;
use receivables::{Date, Refusal, Unusable};
use sha2::{Digest, Sha256};
use store::paper::{NewPaper, Paper};
use store::{Error, Tx};

use super::{Actor, Once, Right, Subject, act, merge, once, record};

/// What a paper may be.
pub const KINDS: [&str; 10] = [
    "delivery-note",
    "order",
    "acceptance",
    "certificate",
    "tax-clearance",
    "signed-plan",
    "contract",
    "correspondence",
    "identity",
    "other",
];

/// The largest paper.
pub const MEGABYTES_MAX: usize = 10;
pub const BYTES_MAX: usize = MEGABYTES_MAX << 20;
/// The longest name of a file, in characters.
const NAME_MAX: usize = 200;
/// Papers of a customer that are shown at once.
const SHOWN: i64 = 200;

/// A paper to be filed.
#[derive(Clone)]
pub struct Given {
    /// One of [`record::KINDS`], and its name.
    pub record: String,
    pub of: String,
    /// One of [`KINDS`].
    pub kind: String,
    /// The name of the file, which says nothing about its content.
    pub name: String,
    pub content: Vec<u8>,
    /// The last day on which it holds.
    pub until: Option<Date>,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Filed {
    pub id: String,
    pub name: String,
    /// SHA-256 of the content.
    pub digest: String,
}

/// Files a paper. The same one again, with the same record and as the same kind, is the one filed before.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &Given, key: Option<&Once>) -> Result<Filed, Error> {
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::PaperAdd, Subject { name: &given.of, cause: Some(&given.kind) }, |tx| {
            let record = record::find(tx, actor, &given.record, &given.of)?;
            record.allows(actor, Right::PaperAdd)?;
            let kind = known_kind(&given.kind)?;
            let media = checked(&given.content)?;
            let name = media.file_name(&given.name);
            let digest: [u8; 32] = Sha256::digest(&given.content).into();
            let new = NewPaper {
                record_kind: record.kind,
                record: record.id,
                customer: record.customer_id(),
                on: today,
                digest,
                media: media.name(),
                content: &given.content,
                name: super::text("file", &name, NAME_MAX)?,
                kind,
                by: &actor.user,
            };
            let id = store::paper::save(tx, actor.company.id, &new)?;
            if let Some(until) = given.until {
                hold_until(tx, actor, &id.to_string(), until)?;
            }
            Ok(Filed { id: id.to_string(), name, digest: digest.iter().map(|byte| format!("{byte:02x}")).collect() })
        })
    })
}

/// Says until when a paper holds.
pub fn valid(tx: &mut Tx<'_>, actor: &Actor, id: &str, until: Date, key: Option<&Once>) -> Result<(), Error> {
    once(tx, actor, key, |tx| {
        let cause = until.to_string();
        act(tx, actor, Right::PaperAdd, Subject { name: id, cause: Some(&cause) }, |tx| {
            let paper = store::paper::get(tx, actor.company.id, id)?;
            actor.may_for(Right::PaperAdd, paper.collector.as_deref())?;
            hold_until(tx, actor, id, until)
        })
    })
}

/// The same inside a running action. Said again, it is said already.
fn hold_until(tx: &mut Tx<'_>, actor: &Actor, id: &str, until: Date) -> Result<(), Error> {
    let paper = store::paper::get(tx, actor.company.id, id)?;
    if paper.until == Some(until) {
        return Ok(());
    }
    store::paper::save_validity(tx, actor.company.id, paper.id, until)
}

fn known_kind(kind: &str) -> Result<&'static str, Refusal> {
    KINDS.into_iter().find(|known| *known == kind).ok_or_else(|| {
        let reason = Unusable::NotAmong { known: KINDS.join(", ") };
        Refusal::Invalid { field: "kind".into(), value: kind.into(), reason }
    })
}

/// What the bytes are; refused where they are too many, none, or no paper.
fn checked(content: &[u8]) -> Result<Media, Refusal> {
    let unusable = |reason| Refusal::InvalidEmpty { field: "file".into(), reason };
    if content.is_empty() {
        return Err(Refusal::Missing { field: "file".into() });
    }
    if content.len() > BYTES_MAX {
        return Err(unusable(Unusable::PaperTooLarge { megabytes: MEGABYTES_MAX.to_string() }));
    }
    paper::media(content).ok_or_else(|| unusable(Unusable::NoPaper { known: Media::known() }))
}

/// A paper with its bytes.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, id: &str) -> Result<(Paper, Vec<u8>), Error> {
    actor.may(Right::Read)?;
    let paper = store::paper::get(tx, actor.company.id, id)?;
    let content = store::paper::content(tx, actor.company.id, paper.digest)?;
    Ok((paper, content))
}

/// The newest papers first.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, limit: i64) -> Result<Vec<Paper>, Error> {
    actor.may(Right::Read)?;
    store::paper::list(tx, actor.company.id, limit)
}

/// The papers of a record, the newest first; those of a customer with those of the customer's records, those of an invoice with
/// those of the work it bills.
pub fn of_record(tx: &mut Tx<'_>, actor: &Actor, kind: &str, name: &str) -> Result<Vec<Paper>, Error> {
    actor.may(Right::Read)?;
    let record = record::find(tx, actor, kind, name)?;
    if record.kind != "customer" {
        let company = actor.company.id;
        let mut all = store::paper::of_record(tx, company, record.id)?;
        if record.kind == "invoice" {
            for work in store::unbilled::billed_by(tx, company, Id::from_bytes(record.id))? {
                all.extend(store::paper::of_record(tx, company, *work.bytes())?);
            }
        }
        return Ok(all);
    }
    let mut all = Vec::new();
    for member in merge::group(tx, actor, name)?.members() {
        all.extend(store::paper::of_customer(tx, actor.company.id, member.id, SHOWN)?);
    }
    all.sort_by_key(|p| std::cmp::Reverse((p.on, p.id)));
    Ok(all)
}
