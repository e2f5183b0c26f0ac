//! Meters of contracts: what their units cost, what they showed, and what was billed of that.

use std::collections::BTreeMap;

use receivables::billing::item::number;
use receivables::billing::meter::{Bill, Billed, History, Reading, Tariff};
use receivables::ids::{self, Id};
use receivables::{Date, Instant, Refusal};

use crate::table;
use crate::tx::{Row, statements};
use crate::{Error, Tx, Value, params};

statements! {
    ALL = "SELECT m.id, m.code, m.contract, x.code, m.description, m.unit, m.tax_class FROM meter m JOIN contract x ON x.company = m.company AND x.id = m.contract WHERE m.company = $1 ORDER BY m.code";
    OF = "SELECT m.id, m.code, m.contract, x.code, m.description, m.unit, m.tax_class FROM meter m JOIN contract x ON x.company = m.company AND x.id = m.contract WHERE m.company = $1 AND m.contract = $2 ORDER BY m.code";
    GET = "SELECT m.id, m.code, m.contract, x.code, m.description, m.unit, m.tax_class FROM meter m JOIN contract x ON x.company = m.company AND x.id = m.contract WHERE m.company = $1 AND m.code = $2";

    TARIFFS = "SELECT meter, from_on, blocks FROM meter_tariff WHERE company = $1 ORDER BY meter, from_on";
    READINGS = "SELECT meter, on_day, value, replaced_at FROM meter_reading WHERE company = $1 ORDER BY meter, on_day, version";
    BILLS = "SELECT meter, from_on, until_on, correction, tariff_on, used FROM usage_bill WHERE company = $1 ORDER BY meter, from_on, correction";
    BLOCKS = "SELECT meter, from_on, block, quantity FROM usage_line WHERE company = $1";
    CREDITED = "SELECT u.meter, u.from_on, u.block, l.quantity FROM usage_line u JOIN credit_note n ON n.company = u.company AND n.invoice = u.document JOIN credit_line c ON c.company = n.company AND c.document = n.document AND c.credited = u.no JOIN document_line l ON l.company = c.company AND l.document = c.document AND l.no = c.no WHERE u.company = $1 AND NOT EXISTS (SELECT 1 FROM document o JOIN document_reference f ON f.company = o.company AND f.kind = 'replaces' AND f.said = o.number WHERE o.company = u.company AND o.id = u.document)";

    TARIFFS_OF = "SELECT meter, from_on, blocks FROM meter_tariff WHERE company = $1 AND meter = $2 ORDER BY from_on";
    READINGS_OF = "SELECT meter, on_day, value, replaced_at FROM meter_reading WHERE company = $1 AND meter = $2 ORDER BY on_day, version";
    BILLS_OF = "SELECT meter, from_on, until_on, correction, tariff_on, used FROM usage_bill WHERE company = $1 AND meter = $2 ORDER BY from_on, correction";
    BLOCKS_OF = "SELECT meter, from_on, block, quantity FROM usage_line WHERE company = $1 AND meter = $2";
    CREDITED_OF = "SELECT u.meter, u.from_on, u.block, l.quantity FROM usage_line u JOIN credit_note n ON n.company = u.company AND n.invoice = u.document JOIN credit_line c ON c.company = n.company AND c.document = n.document AND c.credited = u.no JOIN document_line l ON l.company = c.company AND l.document = c.document AND l.no = c.no WHERE u.company = $1 AND u.meter = $2 AND NOT EXISTS (SELECT 1 FROM document o JOIN document_reference f ON f.company = o.company AND f.kind = 'replaces' AND f.said = o.number WHERE o.company = u.company AND o.id = u.document)";

    LINES = "SELECT d.number, u.no, u.block, u.quantity FROM usage_line u JOIN document d ON d.company = u.company AND d.id = u.document WHERE u.company = $1 AND u.meter = $2 AND u.from_on = $3 ORDER BY d.id, u.no";
    SAID = "SELECT r.on_day, r.version, r.value, r.replaced_at, r.reason, a.at, a.actor FROM meter_reading r JOIN action a ON a.company = r.company AND a.id = r.action WHERE r.company = $1 AND r.meter = $2 ORDER BY r.on_day, r.version";
    VERSION = "SELECT COUNT(*) FROM meter_reading WHERE company = $1 AND meter = $2 AND on_day = $3";
}

/// A meter of a contract, with all that is known of it.
#[derive(Clone, Debug)]
pub struct Meter {
    pub id: Id<ids::Meter>,
    pub code: String,
    pub contract: Id<ids::Contract>,
    pub contract_code: String,
    pub description: String,
    pub unit: String,
    pub tax_class: String,
    pub history: History,
}

/// A meter as it is saved.
#[derive(Clone, Debug)]
pub struct NewMeter<'a> {
    pub contract: Id<ids::Contract>,
    pub code: &'a str,
    pub description: &'a str,
    pub unit: &'a str,
    pub tax_class: &'a str,
}

/// A reading as it was recorded.
#[derive(Clone, Debug)]
pub struct Said {
    pub reading: Reading,
    /// From 1; the last one of a day counts.
    pub version: i32,
    pub reason: Option<String>,
    pub at: Instant,
    pub actor: String,
}

/// A line of an invoice that bills a block of a span.
#[derive(Clone, Debug)]
pub struct BilledLine {
    pub invoice: String,
    pub no: i32,
    pub block: i32,
    pub quantity: String,
}

fn read(row: &Row<'_>) -> Result<Meter, Error> {
    Ok(Meter {
        id: row.id(0)?,
        code: row.string(1)?,
        contract: row.id(2)?,
        contract_code: row.string(3)?,
        description: row.string(4)?,
        unit: row.string(5)?,
        tax_class: row.string(6)?,
        history: History { readings: Vec::new(), tariffs: Vec::new(), billed: Vec::new() },
    })
}

fn reading(row: &Row<'_>, first: usize) -> Result<Reading, Error> {
    let replaced_at = row.text_opt(first + 2)?.map(|text| number("new_meter", text)).transpose()?;
    Ok(Reading { on: row.date(first)?, value: number("value", row.text(first + 1)?)?, replaced_at })
}

/// Keeps a row of a meter in its history. The last version of a day's reading counts, and the last bill of a span.
#[derive(Clone, Copy)]
enum Part {
    Tariff,
    Reading,
    Bill,
    Block,
    Credited,
}

fn keep(history: &mut History, part: Part, row: &Row<'_>) -> Result<(), Error> {
    match part {
        Part::Tariff => history.tariffs.push((row.date(1)?, Tariff::read(row.text(2)?)?)),
        Part::Reading => {
            let new = reading(row, 1)?;
            match history.readings.last_mut().filter(|last| last.on == new.on) {
                Some(last) => *last = new,
                None => history.readings.push(new),
            }
        }
        Part::Bill => {
            let new = Billed {
                from: row.date(1)?,
                until: row.date(2)?,
                rounds: row.small(3)? + 1,
                tariff_from: row.date(4)?,
                used: number("used", row.text(5)?)?,
                quantities: BTreeMap::new(),
            };
            match history.billed.last_mut().filter(|last| last.from == new.from) {
                Some(last) => *last = new,
                None => history.billed.push(new),
            }
        }
        Part::Block | Part::Credited => {
            let (from, block, quantity) = (row.date(1)?, row.small(2)?, number("quantity", row.text(3)?)?);
            if let Some(billed) = history.billed.iter_mut().find(|billed| billed.from == from) {
                let sum = billed.quantities.entry(block).or_default();
                if matches!(part, Part::Block) { *sum += quantity } else { *sum -= quantity.abs() }
            }
        }
    }
    Ok(())
}

/// Every meter of the company, by code.
pub fn all(tx: &mut Tx<'_>, company: i64) -> Result<Vec<Meter>, Error> {
    let mut all = tx.all(ALL, params![company], read)?;
    let places: BTreeMap<Id<ids::Meter>, usize> = all.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
    let parts = [
        (TARIFFS, Part::Tariff),
        (READINGS, Part::Reading),
        (BILLS, Part::Bill),
        (BLOCKS, Part::Block),
        (CREDITED, Part::Credited),
    ];
    for (text, part) in parts {
        tx.each(text, params![company], |row| match places.get(&row.id(0)?) {
            Some(at) => keep(&mut all[*at].history, part, row),
            None => Ok(()),
        })?;
    }
    Ok(all)
}

fn complete(tx: &mut Tx<'_>, company: i64, meter: &mut Meter) -> Result<(), Error> {
    let parts = [
        (TARIFFS_OF, Part::Tariff),
        (READINGS_OF, Part::Reading),
        (BILLS_OF, Part::Bill),
        (BLOCKS_OF, Part::Block),
        (CREDITED_OF, Part::Credited),
    ];
    for (text, part) in parts {
        tx.each(text, params![company, meter.id], |row| keep(&mut meter.history, part, row))?;
    }
    Ok(())
}

/// The meters of a contract, by code.
pub fn of(tx: &mut Tx<'_>, company: i64, contract: Id<ids::Contract>) -> Result<Vec<Meter>, Error> {
    let mut all = tx.all(OF, params![company, contract], read)?;
    for meter in &mut all {
        complete(tx, company, meter)?;
    }
    Ok(all)
}

pub fn find(tx: &mut Tx<'_>, company: i64, code: &str) -> Result<Option<Meter>, Error> {
    let mut found = tx.first(GET, params![company, code], read)?;
    if let Some(meter) = &mut found {
        complete(tx, company, meter)?;
    }
    Ok(found)
}

/// The meter of a code, or a refusal that names it.
pub fn get(tx: &mut Tx<'_>, company: i64, code: &str) -> Result<Meter, Error> {
    find(tx, company, code)?.ok_or_else(|| Refusal::NotFound { kind: "meter".into(), name: code.into() }.into())
}

/// What was recorded of a meter, by day; corrections after what they correct.
pub fn said(tx: &mut Tx<'_>, company: i64, meter: Id<ids::Meter>) -> Result<Vec<Said>, Error> {
    tx.all(SAID, params![company, meter], |row| {
        let replaced_at = row.text_opt(3)?.map(|text| number("new_meter", text)).transpose()?;
        Ok(Said {
            reading: Reading { on: row.date(0)?, value: number("value", row.text(2)?)?, replaced_at },
            version: row.small(1)?,
            reason: row.string_opt(4)?,
            at: row.instant(5)?,
            actor: row.string(6)?,
        })
    })
}

/// The lines of invoices that bill a span, the oldest first.
pub fn lines(tx: &mut Tx<'_>, company: i64, meter: Id<ids::Meter>, from: Date) -> Result<Vec<BilledLine>, Error> {
    tx.all(LINES, params![company, meter, from], |row| {
        Ok(BilledLine { invoice: row.string(0)?, no: row.small(1)?, block: row.small(2)?, quantity: row.string(3)? })
    })
}

pub fn save(tx: &mut Tx<'_>, company: i64, new: &NewMeter<'_>) -> Result<Id<ids::Meter>, Error> {
    let (id, action) = (tx.new_id(), tx.action_id()?);
    let row = params![company, id, action, new.contract, new.code, new.description, new.unit, new.tax_class];
    tx.insert_facts(&table::METER, row)?;
    Ok(id)
}

pub fn save_tariff(
    tx: &mut Tx<'_>,
    company: i64,
    meter: Id<ids::Meter>,
    (from_on, tariff): (Date, &Tariff),
    reason: Option<&str>,
) -> Result<(), Error> {
    let action = tx.action_id()?;
    tx.insert_facts(&table::METER_TARIFF, params![company, meter, from_on, action, &tariff.to_string(), reason])
}

/// Keeps a reading, or another version of the day's.
pub fn save_reading(
    tx: &mut Tx<'_>,
    company: i64,
    meter: Id<ids::Meter>,
    new: &Reading,
    reason: Option<&str>,
) -> Result<(), Error> {
    let action = tx.action_id()?;
    let before = tx.first(VERSION, params![company, meter, new.on], |row| row.int(0))?.unwrap_or(0);
    let (value, replaced_at) = (new.value.to_string(), new.replaced_at.map(|value| value.to_string()));
    let row = params![company, meter, new.on, before + 1, action, &value, replaced_at.as_deref(), reason];
    tx.insert_facts(&table::METER_READING, row)
}

/// Keeps what an invoice bills of a meter; each part with the number of its line.
pub fn save_bill(
    tx: &mut Tx<'_>,
    company: i64,
    meter: Id<ids::Meter>,
    bill: &Bill,
    document: Id<ids::Document>,
    lines: &[i32],
) -> Result<(), Error> {
    let action = tx.action_id()?;
    let (old, new, used) = (bill.from.value.to_string(), bill.until.value.to_string(), bill.used.to_string());
    let (from, until) = (bill.from.on, bill.until.on);
    let row = params![company, meter, from, bill.round, action, until, bill.tariff_from, &old, &new, &used, document];
    tx.insert_facts(&table::USAGE_BILL, row)?;
    let quantities: Vec<String> = bill.parts.iter().map(|part| part.quantity.to_string()).collect();
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(lines.len() * table::USAGE_LINE.columns.len());
    for ((no, part), quantity) in lines.iter().zip(&bill.parts).zip(&quantities) {
        rows.extend([company.into(), document.into(), (*no).into(), action.into(), meter.into(), from.into()]);
        rows.extend([part.block.into(), quantity.into()]);
    }
    if rows.is_empty() { Ok(()) } else { tx.insert_facts(&table::USAGE_LINE, &rows) }
}
