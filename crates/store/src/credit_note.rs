//! Credit notes: why, of which lines, and what they took of an invoice together.

use receivables::ids::{self, Id};

use crate::document::DocumentTax;
use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, Value, params};

statements! {
    SUM = "SELECT CAST(COALESCE(SUM(net), 0) AS BIGINT), CAST(COALESCE(SUM(tax), 0) AS BIGINT), CAST(COALESCE(SUM(total_base), 0) AS BIGINT) FROM document WHERE company = $1 AND credits = $2 AND credits IS NOT NULL";
    CLASSES = "SELECT t.class, t.rate_ppm, CAST(SUM(t.net) AS BIGINT), CAST(SUM(t.tax) AS BIGINT) FROM document d JOIN document_tax t ON t.company = d.company AND t.document = d.id WHERE d.company = $1 AND d.credits = $2 AND d.credits IS NOT NULL GROUP BY t.class, t.rate_ppm ORDER BY t.class";
    LINES = "SELECT c.credited, l.quantity, l.net FROM credit_note n JOIN credit_line c ON c.company = n.company AND c.document = n.document JOIN document_line l ON l.company = c.company AND l.document = c.document AND l.no = c.no WHERE n.company = $1 AND n.invoice = $2 ORDER BY c.credited";
    WHY = "SELECT reason, explanation FROM credit_note WHERE company = $1 AND document = $2";
    LOCK locked = "SELECT id FROM document WHERE company = $1 AND id = $2";
}

/// What all notes took of an invoice, in minor units below zero.
#[derive(Clone, Debug)]
pub struct Credited {
    pub net: i64,
    pub tax: i64,
    /// In the company's currency, tax included.
    pub base: i64,
    /// By class, of those notes that say it.
    pub classes: Vec<DocumentTax>,
    /// Of each line that was named, its number in the invoice, the quantity as it is written, and the net.
    pub lines: Vec<(i64, String, i64)>,
}

/// Makes whoever else credits the invoice wait.
pub fn lock(tx: &mut Tx<'_>, company: i64, invoice: Id<ids::Document>) -> Result<(), Error> {
    tx.first(LOCK, params![company, invoice], |_| Ok(())).map(|_| ())
}

/// What the notes of an invoice took of it so far.
pub fn credited(tx: &mut Tx<'_>, company: i64, invoice: Id<ids::Document>) -> Result<Credited, Error> {
    let of = params![company, invoice];
    let sums = tx.first(SUM, of, |row| Ok((row.int(0)?, row.int(1)?, row.int(2)?)))?;
    let (net, tax, base) = sums.unwrap_or_default();
    let classes = tx.all(CLASSES, of, |row| {
        Ok(DocumentTax { class: row.string(0)?, rate_ppm: row.int(1)?, net: row.int(2)?, tax: row.int(3)? })
    })?;
    let lines = tx.all(LINES, of, |row| Ok((row.int(0)?, row.string(1)?, row.int(2)?)))?;
    Ok(Credited { net, tax, base, classes, lines })
}

/// Why a document credits an invoice: a code, and what happened.
#[derive(Clone, Debug)]
pub struct Why {
    pub reason: String,
    pub explanation: String,
}

/// Keeps why a note was written, and of each of its lines from 1 on which line of the invoice it takes back.
pub fn save(
    tx: &mut Tx<'_>,
    company: i64,
    note: Id<ids::Document>,
    invoice: Id<ids::Document>,
    why: &Why,
    lines: &[i64],
) -> Result<(), Error> {
    let action = tx.action_id()?;
    let row = params![company, note, action, invoice, &why.reason, &why.explanation];
    tx.insert_facts(&table::CREDIT_NOTE, row)?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(lines.len() * table::CREDIT_LINE.columns.len());
    for (no, credited) in (1i64..).zip(lines) {
        rows.extend([company.into(), note.into(), no.into(), action.into(), (*credited).into()]);
    }
    tx.insert_facts(&table::CREDIT_LINE, &rows)
}

/// Why a note of ours was written; `None` for one made elsewhere.
pub fn why(tx: &mut Tx<'_>, company: i64, note: Id<ids::Document>) -> Result<Option<Why>, Error> {
    tx.first(WHY, params![company, note], |row| Ok(Why { reason: row.string(0)?, explanation: row.string(1)? }))
}
