//! Late fees and interest: what is late, and what was charged of it before.

use std::collections::BTreeMap;

use receivables::billing::late_charge::{Charge, Late};
use receivables::ids::{self, Id};
use receivables::{Currency, Date};

use crate::table;
use crate::tx::statements;
use crate::{Error, Tx, params};

statements! {
    LATE = "SELECT i.document, i.instalment, d.number, i.customer, c.code, c.name, c.language, i.currency, i.total, i.total_base, i.due_on + COALESCE(f.moved_days, 0), i.disputed + i.awaited, i.open, x.until_on, x.interest, x.fee FROM open_item i JOIN document d ON d.company = i.company AND d.id = i.document JOIN customer c ON c.company = i.company AND c.id = i.customer LEFT JOIN invoice_file f ON f.company = i.company AND f.invoice = i.document LEFT JOIN (SELECT charged, instalment, MAX(until_on) AS until_on, CAST(SUM(interest) AS BIGINT) AS interest, CAST(SUM(fee) AS BIGINT) AS fee FROM late_charge WHERE company = $1 GROUP BY charged, instalment) x ON x.charged = i.document AND x.instalment = i.instalment WHERE i.company = $1 AND i.open <> 0 AND i.open > 0 AND i.due_on < $2 AND (f.invoice IS NULL OR i.due_on + f.moved_days < $2) AND NOT EXISTS (SELECT 1 FROM late_charge l WHERE l.company = i.company AND l.document = i.document) AND i.document NOT IN (SELECT s.document FROM submission s WHERE s.company = $1 AND s.state <> 'fiscalised' AND s.state <> 'void') ORDER BY c.code, i.currency, i.due_on, d.number, i.instalment";
    MOVED = "SELECT m.document, m.instalment, m.posted_on, m.amount FROM movement m JOIN open_item i ON i.company = m.company AND i.document = m.document AND i.instalment = m.instalment WHERE m.company = $1 AND i.open <> 0 AND i.open > 0 AND i.due_on < $2 ORDER BY m.posted_on, m.id";
    IS_CHARGE = "SELECT 1 FROM late_charge WHERE company = $1 AND document = $2 LIMIT 1";
}

/// An instalment that is late, with whom it is of.
#[derive(Clone, Debug)]
pub struct LateItem {
    pub document: Id<ids::Document>,
    pub instalment: i32,
    pub number: String,
    pub customer: Id<ids::Customer>,
    pub code: String,
    pub name: String,
    /// In which the customer is written to.
    pub language: String,
    /// What is open of it today, in minor units.
    pub open: i64,
    pub late: Late,
}

/// What was due before a day and is open, by customer and currency; late charges themselves are left out.
pub fn late(tx: &mut Tx<'_>, company: i64, on: Date) -> Result<Vec<LateItem>, Error> {
    type Moved = Vec<(Date, i64)>;
    let mut moved: BTreeMap<(Id<ids::Document>, i32), Moved> = BTreeMap::new();
    tx.each(MOVED, params![company, on], |row| {
        moved.entry((row.id(0)?, row.small(1)?)).or_default().push((row.date(2)?, row.int(3)?));
        Ok(())
    })?;
    tx.all(LATE, params![company, on], |row| {
        let (document, instalment) = (row.id(0)?, row.small(1)?);
        let currency: Currency = row.currency(7)?;
        Ok(LateItem {
            document,
            instalment,
            number: row.string(2)?,
            customer: row.id(3)?,
            code: row.string(4)?,
            name: row.string(5)?,
            language: row.string(6)?,
            open: row.int(12)?,
            late: Late {
                currency,
                total: row.int(8)?,
                total_base: row.int(9)?,
                due_on: row.date(10)?,
                movements: moved.remove(&(document, instalment)).unwrap_or_default(),
                spared: row.int(11)?,
                charged_to: row.date_opt(13)?,
                interest_before: row.int_opt(14)?.unwrap_or(0),
                fee_before: row.int_opt(15)?.unwrap_or(0) != 0,
            },
        })
    })
}

/// Keeps what a document charges of an instalment, up to a day.
pub fn save(
    tx: &mut Tx<'_>,
    company: i64,
    document: Id<ids::Document>,
    of: (Id<ids::Document>, i32),
    charge: &Charge,
    until_on: Date,
) -> Result<(), Error> {
    let action = tx.action_id()?;
    let (charged, instalment) = of;
    let row =
        params![company, charged, instalment, until_on, action, document, charge.from_on, charge.interest, charge.fee];
    tx.insert_facts(&table::LATE_CHARGE, row)
}

/// Whether a document is a late charge.
pub fn is_charge(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<bool, Error> {
    Ok(tx.first(IS_CHARGE, params![company, document], |_| Ok(()))?.is_some())
}
