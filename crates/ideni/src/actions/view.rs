//! Views: filters of the worklist that people keep under a name, each person their own.

use receivables::{Refusal, Unusable};
use store::{Error, Tx};

use super::worklist::{Asked, TEXT_MAX};
use super::{Actor, Right};

/// Views one person may keep.
const VIEWS_MAX: usize = 50;

/// A filter kept under a name.
#[derive(Clone, Debug)]
pub struct View {
    pub name: String,
    pub asked: Asked,
}

/// The views of the actor; one that this program cannot read any more is left out.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<View>, Error> {
    actor.may(Right::Read)?;
    let kept = store::view::of_user(tx, actor.company.id, &actor.user)?;
    let read = |(name, filter): (String, String)| Some(View { name, asked: serde_json::from_str(&filter).ok()? });
    Ok(kept.into_iter().filter_map(read).collect())
}

/// Keeps a view of the actor's own, in place of the one of that name. It is nobody else's and changes nothing, so that the
/// audit log does not tell of it.
pub fn save(tx: &mut Tx<'_>, actor: &Actor, name: &str, asked: &Asked) -> Result<(), Error> {
    actor.may(Right::Read)?;
    super::needs("name", name)?;
    let name = super::text("name", name, TEXT_MAX)?;
    asked.understood(tx, actor)?;
    let known = store::view::of_user(tx, actor.company.id, &actor.user)?;
    if known.len() >= VIEWS_MAX && !known.iter().any(|(other, _)| other == name) {
        let reason = Unusable::TooMany { most: VIEWS_MAX.to_string() };
        return Err(Refusal::Invalid { field: "name".into(), value: name.into(), reason }.into());
    }
    let filter = serde_json::to_string(asked).map_err(|e| Error::failed("keeping a view", e))?;
    store::view::save(tx, actor.company.id, &actor.user, name, &filter)
}

/// Forgets a view of the actor's own.
pub fn forget(tx: &mut Tx<'_>, actor: &Actor, name: &str) -> Result<(), Error> {
    actor.may(Right::Read)?;
    if store::view::forget(tx, actor.company.id, &actor.user, name)? {
        return Ok(());
    }
    Err(Refusal::NotFound { kind: "view".into(), name: name.into() }.into())
}
