//! Templates of a company's papers, and its logo, in all versions.

use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    LATEST = "SELECT t.name, t.content FROM template t WHERE t.company = $1 AND NOT EXISTS (SELECT 1 FROM template n WHERE n.company = t.company AND n.name = t.name AND n.id > t.id) ORDER BY t.name";
}

/// Saves a template under its name; an empty one is the program's own again.
pub fn save(tx: &mut Tx<'_>, company: i64, name: &str, content: &[u8]) -> Result<(), Error> {
    let (id, action) = (tx.new_id::<receivables::ids::Template>(), tx.action_id()?);
    tx.insert_facts(&table::TEMPLATE, params![company, id, action, name, content])
}

/// What counts now, by name.
pub fn all(tx: &mut Tx<'_>, company: i64) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let all = tx.all(LATEST, params![company], |row| Ok((row.string(0)?, row.bytes(1)?.to_vec())))?;
    Ok(all.into_iter().filter(|(_, content)| !content.is_empty()).collect())
}
