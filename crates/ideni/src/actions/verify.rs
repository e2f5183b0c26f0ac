//! Proof: every identity of the ledger, and the seal chain.

use receivables::Instant;
use serde::{Deserialize, Serialize};
use store::verify::{self, Checked};
use store::{Db, Error, Tx, company};

use super::{Actor, Right};

/// What the last proof found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Microseconds since 1970.
    at: i64,
    pub by: String,
    pub identities: usize,
    /// Offending rows; none when everything holds.
    pub broken: usize,
}

impl Summary {
    pub fn at(&self) -> Instant {
        Instant::from_micros(self.at)
    }
}

/// Checks everything; nothing broken means no franc is lost.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Checked>, Error> {
    each(tx, actor, |_, _| {})
}

/// As `all`; `progress` hears how many identities are checked, of how many.
pub fn each(tx: &mut Tx<'_>, actor: &Actor, progress: impl FnMut(usize, usize)) -> Result<Vec<Checked>, Error> {
    actor.may(Right::Read)?;
    verify::each(tx, actor.company.id, progress)
}

/// Checks everything and remembers what was found.
pub fn run(db: &Db, actor: &Actor, progress: impl FnMut(usize, usize)) -> Result<Vec<Checked>, Error> {
    db.seal()?;
    let checked = db.read(|tx| each(tx, actor, progress))?;
    let summary = Summary {
        at: db.source().clock.now().micros(),
        by: actor.user.clone(),
        identities: checked.len(),
        broken: checked.iter().map(|c| c.broken.len()).sum(),
    };
    let (name, kept) = (kept_as(actor), serde_json::to_string(&summary).map_err(|e| Error::failed("the proof", e))?);
    // A full disk keeps no summary; the proof is told all the same.
    let _ = db.write(move |tx| company::set(tx, &name, &kept));
    Ok(checked)
}

/// What the last proof of the company found, if there was one.
pub fn last(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<Summary>, Error> {
    actor.may(Right::Read)?;
    Ok(company::setting(tx, &kept_as(actor))?.and_then(|kept| serde_json::from_str(&kept).ok()))
}

fn kept_as(actor: &Actor) -> String {
    format!("verify.last.{}", actor.company.id)
}
