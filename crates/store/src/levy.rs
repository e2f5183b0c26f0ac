//! Lines that carry a levy: which lines of their document it is of.

use receivables::ids::{self, Id};
use receivables::{Currency, Date};

use crate::reports::journal::span;
use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, Value, params};

statements! {
    OF_DOCUMENT = "SELECT no, levy, rate_ppm, base, levied FROM levy_line WHERE company = $1 AND document = $2 ORDER BY no";
    COLLECTED = "SELECT v.levy, v.rate_ppm, d.currency, COUNT(DISTINCT d.id), CAST(SUM(v.base) AS BIGINT), CAST(SUM(l.net) AS BIGINT) FROM levy_line v JOIN document d ON d.company = v.company AND d.id = v.document JOIN document_line l ON l.company = v.company AND l.document = v.document AND l.no = v.no WHERE v.company = $1 AND d.posted_on >= $2 AND d.posted_on <= $3 GROUP BY v.levy, v.rate_ppm, d.currency ORDER BY v.levy, v.rate_ppm, d.currency";
}

/// A line with a levy; amounts have the sign of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevyLine {
    pub no: i32,
    pub levy: String,
    pub rate_ppm: i64,
    /// What the levied lines came to without tax, in minor units.
    pub base: i64,
    /// The numbers of those lines; none where the line was typed by hand.
    pub levied: Vec<i32>,
}

/// Keeps the levies of documents.
pub fn save(tx: &mut Tx<'_>, company: i64, all: &[(Id<ids::Document>, LevyLine)]) -> Result<(), Error> {
    let action = tx.action_id()?;
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(all.len() * table::LEVY_LINE.columns.len());
    let levied: Vec<String> = all.iter().map(|(_, of)| written(&of.levied)).collect();
    for ((document, of), levied) in all.iter().zip(&levied) {
        rows.extend([company.into(), (*document).into(), of.no.into(), action.into(), Value::Text(&of.levy)]);
        rows.extend([of.rate_ppm.into(), of.base.into(), Value::Text(levied)]);
    }
    tx.insert_facts(&table::LEVY_LINE, &rows)
}

fn written(numbers: &[i32]) -> String {
    numbers.iter().map(i32::to_string).collect::<Vec<_>>().join(" ")
}

/// The levies of a document.
pub fn of_document(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<Vec<LevyLine>, Error> {
    tx.all(OF_DOCUMENT, params![company, document], |row| {
        let levied = row.text(4)?.split_whitespace().map(str::parse).collect::<Result<_, _>>();
        Ok(LevyLine {
            no: row.small(0)?,
            levy: row.string(1)?,
            rate_ppm: row.int(2)?,
            base: row.int(3)?,
            levied: levied.map_err(|e| Error::failed("reading a levy", e))?,
        })
    })
}

/// What a levy came to in one currency, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collected {
    pub levy: String,
    pub rate_ppm: i64,
    pub currency: Currency,
    pub documents: i64,
    pub base: i64,
    pub amount: i64,
}

/// The levies of the documents posted in a span.
pub fn collected(
    tx: &mut Tx<'_>,
    company: i64,
    from: Option<Date>,
    until: Option<Date>,
) -> Result<Vec<Collected>, Error> {
    let (from, until) = span(from, until);
    tx.all(COLLECTED, params![company, from, until], |row| {
        Ok(Collected {
            levy: row.string(0)?,
            rate_ppm: row.int(1)?,
            currency: row.currency(2)?,
            documents: row.int(3)?,
            base: row.int(4)?,
            amount: row.int(5)?,
        })
    })
}
