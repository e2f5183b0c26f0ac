//! What moved of goods, what is left of them, and what the tax device was told of it.

use std::collections::BTreeMap;

use receivables::Date;
use receivables::billing::stock::MoveKind;
use receivables::ids::{self, Id};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, params};

statements! {
    LEFT = "SELECT COALESCE(CAST(SUM(micros) AS BIGINT), 0) FROM stock_move WHERE company = $1 AND item = $2";
    BALANCES = "SELECT item, CAST(SUM(micros) AS BIGINT) FROM stock_move WHERE company = $1 GROUP BY item";
    MOVES = "SELECT m.id, m.number, m.item, m.kind, m.moved_on, m.micros, m.unit_price, d.number, m.remark, r.state, r.said FROM stock_move m LEFT JOIN document d ON d.company = m.company AND d.id = m.document LEFT JOIN stock_report r ON r.company = m.company AND r.number = m.number WHERE m.company = $1 AND m.item = $2 ORDER BY m.number DESC, m.id DESC LIMIT $3";
    OF_NUMBER = "SELECT m.id, m.number, m.item, m.kind, m.moved_on, m.micros, m.unit_price, d.number, m.remark, r.state, r.said FROM stock_move m LEFT JOIN document d ON d.company = m.company AND d.id = m.document LEFT JOIN stock_report r ON r.company = m.company AND r.number = m.number WHERE m.company = $1 AND m.number = $2 ORDER BY m.id";
    OF_DOCUMENT = "SELECT number FROM stock_move WHERE company = $1 AND document = $2 ORDER BY number LIMIT 1";
    UNSOLD = "SELECT l.item, x.quantity FROM submission s JOIN line_item l ON l.company = s.company AND l.document = s.document JOIN document_line x ON x.company = l.company AND x.document = l.document AND x.no = l.no WHERE s.company = $1 AND s.state <> 'fiscalised' AND s.state <> 'void' AND s.original = 0";
    RETURNING = "SELECT l.item, x.quantity FROM submission s JOIN credit_note n ON n.company = s.company AND n.document = s.document JOIN credit_line k ON k.company = n.company AND k.document = n.document JOIN line_item l ON l.company = n.company AND l.document = n.invoice AND l.no = k.credited JOIN document_line x ON x.company = k.company AND x.document = k.document AND x.no = k.no WHERE s.company = $1 AND s.state <> 'fiscalised' AND s.state <> 'void' AND s.original <> 0";
    NEXT_NUMBER = "INSERT INTO number_series (company, series, last) VALUES ($1, $2, 1) ON CONFLICT (company, series) DO UPDATE SET last = number_series.last + 1 RETURNING last";
    UNTOLD = "SELECT number, state FROM stock_report WHERE company = $1 AND state <> 'told' AND state <> 'refused' ORDER BY number LIMIT 1";
    SET_REPORT = "UPDATE stock_report SET state = $1, said = $2, at = $3 WHERE company = $4 AND number = $5";
    AGAIN = "UPDATE stock_report SET state = 'waiting' WHERE company = $1 AND number = $2 AND state = 'refused' RETURNING number";
}

/// The series of the numbers that moves have with the device.
const SERIES: &str = "tax device stock";

/// What moved of an item.
#[derive(Clone, Debug)]
pub struct Move {
    pub id: Id<ids::StockMove>,
    pub number: i64,
    pub item: Id<ids::CatalogueItem>,
    pub kind: MoveKind,
    pub on: Date,
    /// Millionths, above zero where it came in.
    pub micros: i64,
    pub unit_price: String,
    /// The number of the document that sold it or took it back.
    pub document: Option<String>,
    pub remark: String,
    /// What the device was told, and what it said; `None` where there is no device.
    pub told: Option<(String, String)>,
}

/// A move as it is saved.
#[derive(Clone, Debug)]
pub struct NewMove<'a> {
    pub item: Id<ids::CatalogueItem>,
    pub kind: MoveKind,
    pub on: Date,
    pub micros: i64,
    pub unit_price: &'a str,
    pub document: Option<Id<ids::Document>>,
    pub remark: &'a str,
}

fn read(row: &Row<'_>) -> Result<Move, Error> {
    Ok(Move {
        id: row.id(0)?,
        number: row.int(1)?,
        item: row.id(2)?,
        kind: MoveKind::from_code(row.text(3)?)?,
        on: row.date(4)?,
        micros: row.int(5)?,
        unit_price: row.string(6)?,
        document: row.string_opt(7)?,
        remark: row.string(8)?,
        told: row.string_opt(9)?.zip(row.string_opt(10)?),
    })
}

/// Saves moves under one number, to be told to the device where there is one.
pub fn save(tx: &mut Tx<'_>, company: i64, moves: &[NewMove<'_>], device: bool) -> Result<i64, Error> {
    let (action, now) = (tx.action_id()?, tx.now());
    let number = tx.first(NEXT_NUMBER, params![company, SERIES], |row| row.int(0))?;
    let number = number.ok_or_else(|| Error::Failed("a series that was just raised has no number".into()))?;
    for m in moves {
        let id: Id<ids::StockMove> = tx.new_id();
        let (kind, on, micros) = (m.kind.code(), m.on, m.micros);
        let row = params![company, id, action, number, m.item, kind, on, micros, m.unit_price, m.document, m.remark];
        tx.insert_facts(&table::STOCK_MOVE, row)?;
    }
    if device {
        tx.insert_rows(&table::STOCK_REPORT, params![company, number, "waiting", "", now])?;
    }
    Ok(number)
}

/// What is left of an item, in millionths.
pub fn left(tx: &mut Tx<'_>, company: i64, item: Id<ids::CatalogueItem>) -> Result<i64, Error> {
    Ok(tx.first(LEFT, params![company, item], |row| row.int(0))?.unwrap_or(0))
}

/// What is left of every item that ever moved, in millionths.
pub fn balances(tx: &mut Tx<'_>, company: i64) -> Result<BTreeMap<Id<ids::CatalogueItem>, i64>, Error> {
    Ok(tx.all(BALANCES, params![company], |row| Ok((row.id(0)?, row.int(1)?)))?.into_iter().collect())
}

/// The latest moves of an item.
pub fn moves(tx: &mut Tx<'_>, company: i64, item: Id<ids::CatalogueItem>, limit: i64) -> Result<Vec<Move>, Error> {
    tx.all(MOVES, params![company, item, limit], read)
}

/// The moves of a number.
pub fn of_number(tx: &mut Tx<'_>, company: i64, number: i64) -> Result<Vec<Move>, Error> {
    tx.all(OF_NUMBER, params![company, number], read)
}

/// The number under which a document moved stock.
pub fn of_document(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<Option<i64>, Error> {
    tx.first(OF_DOCUMENT, params![company, document], |row| row.int(0))
}

/// What documents sell that the device has no receipt of yet: each item with a quantity as it is written on its line.
pub fn unsold(tx: &mut Tx<'_>, company: i64) -> Result<Vec<(Id<ids::CatalogueItem>, String)>, Error> {
    tx.all(UNSOLD, params![company], |row| Ok((row.id(0)?, row.string(1)?)))
}

/// What documents take back that the device has no receipt of yet, each item with a quantity as it is written on its line.
pub fn returning(tx: &mut Tx<'_>, company: i64) -> Result<Vec<(Id<ids::CatalogueItem>, String)>, Error> {
    tx.all(RETURNING, params![company], |row| Ok((row.id(0)?, row.string(1)?)))
}

/// The first number of which the device was not told all, and how far it was.
pub fn untold(tx: &mut Tx<'_>, company: i64) -> Result<Option<(i64, String)>, Error> {
    tx.first(UNTOLD, params![company], |row| Ok((row.int(0)?, row.string(1)?)))
}

/// Keeps what the device was told, and what it said.
pub fn set_report(tx: &mut Tx<'_>, company: i64, number: i64, state: &str, said: &str) -> Result<(), Error> {
    let now = tx.now();
    tx.touch();
    tx.execute(SET_REPORT, params![state, said, now, company, number]).map(|_| ())
}

/// Tells a number again that the device refused; false where there is none.
pub fn again(tx: &mut Tx<'_>, company: i64, number: i64) -> Result<bool, Error> {
    tx.touch();
    Ok(tx.first(AGAIN, params![company, number], |_| Ok(()))?.is_some())
}
