//! What lines of documents sold, which invoices were wrong by our own doing, and our own number series.

use std::collections::BTreeMap;

use receivables::Date;
use receivables::ids::{self, Id};

use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    LINES = "SELECT d.id, d.net, d.tax, d.total, d.total_base, l.net, i.item, o.item, v.no FROM document d LEFT JOIN document_line l ON l.company = d.company AND l.document = d.id LEFT JOIN line_item i ON i.company = l.company AND i.document = l.document AND i.no = l.no LEFT JOIN levy_line v ON v.company = l.company AND v.document = l.document AND v.no = l.no LEFT JOIN credit_note n ON n.company = d.company AND n.document = d.id LEFT JOIN credit_line k ON k.company = l.company AND k.document = l.document AND k.no = l.no LEFT JOIN line_item o ON o.company = n.company AND o.document = n.invoice AND o.no = k.credited WHERE d.company = $1 AND d.opening = 0 AND d.posted_on >= $2 AND d.posted_on <= $3 ORDER BY d.id, l.no";
    ITEMS = "SELECT i.item, i.code, i.name FROM item i WHERE i.company = $1 AND NOT EXISTS (SELECT 1 FROM item n WHERE n.company = i.company AND n.item = i.item AND n.version > i.version)";
    ISSUED = "SELECT a.actor, COUNT(*) FROM document d JOIN action a ON a.company = d.company AND a.id = d.action WHERE d.company = $1 AND d.kind = 1 AND d.series <> 'external' AND d.issued_on >= $2 AND d.issued_on <= $3 GROUP BY a.actor ORDER BY a.actor";
    CREDITED = "SELECT DISTINCT d.id, n.reason, a.actor, (SELECT i.code FROM item i WHERE i.company = k.company AND i.item = k.item ORDER BY i.version DESC LIMIT 1) AS code FROM credit_note n JOIN document d ON d.company = n.company AND d.id = n.invoice JOIN action a ON a.company = d.company AND a.id = d.action LEFT JOIN credit_line l ON l.company = n.company AND l.document = n.document LEFT JOIN line_item k ON k.company = d.company AND k.document = d.id AND k.no = l.credited WHERE n.company = $1 AND d.series <> 'external' AND d.issued_on >= $2 AND d.issued_on <= $3 ORDER BY d.id, n.reason, code";
    DISPUTED = "SELECT DISTINCT d.id, p.reason, a.actor, NULL AS code FROM dispute p JOIN dispute_end e ON e.company = p.company AND e.dispute = p.id JOIN document d ON d.company = p.company AND d.id = p.document JOIN action a ON a.company = d.company AND a.id = d.action WHERE p.company = $1 AND e.outcome = 'accepted' AND d.series <> 'external' AND d.issued_on >= $2 AND d.issued_on <= $3 ORDER BY d.id, p.reason";
    OWN_NUMBERS = "SELECT series, number FROM document WHERE company = $1 AND series <> 'external' ORDER BY series, number";
}

/// A line with the amounts of its document.
#[derive(Clone, Debug)]
pub struct Line {
    pub document: Id<ids::Document>,
    pub net: i64,
    pub tax: i64,
    pub total: i64,
    /// In the company's currency.
    pub total_base: i64,
    /// Of the line; none where the document has no lines.
    pub of_line: Option<i64>,
    /// What it sold, or the line that it credits sold.
    pub item: Option<Id<ids::CatalogueItem>>,
    /// Collected for the state, not sold.
    pub is_levy: bool,
}

/// Calls `f` with the lines of the documents posted in a span, one document after the other.
pub fn lines(
    tx: &mut Tx<'_>,
    company: i64,
    (from, until): (Date, Date),
    mut f: impl FnMut(Line) -> Result<(), Error>,
) -> Result<(), Error> {
    tx.each(LINES, params![company, from, until], |row| {
        let item = row.id_opt(6)?;
        f(Line {
            document: row.id(0)?,
            net: row.int(1)?,
            tax: row.int(2)?,
            total: row.int(3)?,
            total_base: row.int(4)?,
            of_line: row.int_opt(5)?,
            item: if item.is_some() { item } else { row.id_opt(7)? },
            is_levy: row.int_opt(8)?.is_some(),
        })
    })
}

/// Code and name of each item as it is known now.
pub fn items(tx: &mut Tx<'_>, company: i64) -> Result<BTreeMap<Id<ids::CatalogueItem>, (String, String)>, Error> {
    let all = tx.all(ITEMS, params![company], |row| Ok((row.id(0)?, (row.string(1)?, row.string(2)?))))?;
    Ok(all.into_iter().collect())
}

/// How many invoices of ours each person issued that bear a day of a span.
pub fn issued(tx: &mut Tx<'_>, company: i64, (from, until): (Date, Date)) -> Result<BTreeMap<String, i64>, Error> {
    let all = tx.all(ISSUED, params![company, from, until], |row| Ok((row.string(0)?, row.int(1)?)))?;
    Ok(all.into_iter().collect())
}

/// An invoice of ours that somebody had to put right.
#[derive(Clone, Debug)]
pub struct Corrected {
    pub invoice: Id<ids::Document>,
    pub reason: String,
    /// Who issued it.
    pub actor: String,
    /// The code of the item whose line was credited.
    pub item: Option<String>,
}

/// Invoices of a span that were credited, each with every reason and item once.
pub fn credited(tx: &mut Tx<'_>, company: i64, (from, until): (Date, Date)) -> Result<Vec<Corrected>, Error> {
    tx.all(CREDITED, params![company, from, until], |row| {
        Ok(Corrected { invoice: row.id(0)?, reason: row.string(1)?, actor: row.string(2)?, item: row.string_opt(3)? })
    })
}

/// The same of those whose dispute was accepted.
pub fn disputed(tx: &mut Tx<'_>, company: i64, (from, until): (Date, Date)) -> Result<Vec<Corrected>, Error> {
    tx.all(DISPUTED, params![company, from, until], |row| {
        Ok(Corrected { invoice: row.id(0)?, reason: row.string(1)?, actor: row.string(2)?, item: row.string_opt(3)? })
    })
}

/// One of our own number series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    pub series: String,
    pub first: String,
    pub last: String,
    pub count: usize,
    /// Pairs of numbers between which some are missing, or that are there twice.
    pub gaps: Vec<(u64, u64)>,
}

/// Our own legal number series: the digits at the end of the numbers count up by one.
pub fn series(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Series>, Error> {
    let mut counted = BTreeMap::<String, Vec<(u64, String)>>::new();
    tx.each(OWN_NUMBERS, params![company], |row| {
        let number = row.string(1)?;
        let digits = number.bytes().rev().take_while(u8::is_ascii_digit).count();
        let counts = number[number.len() - digits..].parse().unwrap_or(0);
        counted.entry(row.string(0)?).or_default().push((counts, number));
        Ok(())
    })?;
    let of = |(series, mut numbers): (String, Vec<(u64, String)>)| {
        numbers.sort_unstable();
        let pairs = numbers.windows(2).map(|pair| (pair[0].0, pair[1].0));
        let gaps = pairs.filter(|(one, next)| *next != one + 1).collect();
        let end = |at: Option<&(u64, String)>| at.map(|(_, number)| number.clone()).unwrap_or_default();
        Series { series, first: end(numbers.first()), last: end(numbers.last()), count: numbers.len(), gaps }
    };
    Ok(counted.into_iter().map(of).collect())
}
