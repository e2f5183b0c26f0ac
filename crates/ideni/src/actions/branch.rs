//! Branches of the company: their documents are numbered in series of their own.

use receivables::{Refusal, Unusable};
use store::{Error, Tx, branch};

use super::{Actor, Right, Subject, act, needs, text};

/// The longest code and name, in characters. A code is part of the number of a document.
const CODE_MAX: usize = 8;
const NAME_MAX: usize = 100;

/// Adds a branch; its code stays what it is.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, code: &str, name: &str) -> Result<(), Error> {
    needs("code", code)?;
    needs("name", name)?;
    let (code, name) = (code.trim().to_ascii_uppercase(), text("name", name, NAME_MAX)?);
    if code.len() > CODE_MAX || !code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
        let reason = Unusable::NoBranchCode { most: CODE_MAX.to_string() };
        return Err(Refusal::Invalid { field: "code".into(), value: code, reason }.into());
    }
    act(tx, actor, Right::SettingControl, Subject { name: &code, cause: None }, |tx| {
        if branch::is_known(tx, actor.company.id, &code)? {
            return Err(Refusal::Exists { kind: "branch".into(), name: code.clone() }.into());
        }
        branch::save(tx, actor.company.id, &code, name)
    })
}

/// Code and name of each branch, by code.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(String, String)>, Error> {
    actor.may(Right::Read)?;
    branch::list(tx, actor.company.id)
}
