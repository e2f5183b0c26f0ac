//! Meters of contracts: installed, priced, read, and corrected. What they bill is with the contract's run.

pub mod import;

use receivables::billing::meter::{Reading, Tariff, fits};
use receivables::{Date, Refusal, Unusable};
use rust_decimal::Decimal;
use store::meter::{self, Meter, NewMeter, Said};
use store::{Error, Tx, contract};

use super::contract::not_billed;
use super::{Actor, Once, Right, Subject, act, needs, needs_reason, once, tax, text};

/// The longest code, description and unit, in characters.
const CODE_MAX: usize = 40;
const DESCRIPTION_MAX: usize = 200;
const UNIT_MAX: usize = 20;

/// A meter as it is installed.
#[derive(Clone, Debug)]
pub struct Given {
    pub code: String,
    pub contract: String,
    pub description: String,
    /// What it counts: m³, kWh, copies.
    pub unit: String,
    pub tax_class: String,
    pub tariff: Tariff,
    /// The day of its first reading; the contract's first day if left out.
    pub from_on: Option<Date>,
    /// What it showed then.
    pub begins_at: Decimal,
}

/// Installs a meter: what it counts is billed with its contract from its first reading on.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, given: &Given, key: Option<&Once>) -> Result<(), Error> {
    needs("code", &given.code)?;
    needs("unit", &given.unit)?;
    let (code, unit) = (text("code", &given.code, CODE_MAX)?, text("unit", &given.unit, UNIT_MAX)?);
    let description = text("description", &given.description, DESCRIPTION_MAX)?;
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::ContractSave, Subject { name: code, cause: None }, |tx| {
            let company = actor.company.id;
            if meter::find(tx, company, code)?.is_some() {
                return Err(Refusal::Exists { kind: "meter".into(), name: code.into() }.into());
            }
            let known = contract::get(tx, company, &given.contract)?;
            contract::lock(tx, company, known.id)?;
            let on = given.from_on.unwrap_or(known.starts_on);
            let taxes = tax::of_country(&actor.company.country)?;
            if !taxes.is_empty() {
                taxes.class(&given.tax_class, on)?;
            }
            let first = Reading { on, value: given.begins_at, replaced_at: None };
            fits(code, &[], &first)?;
            let new = NewMeter {
                contract: known.id,
                code,
                description: if description.is_empty() { code } else { description },
                unit,
                tax_class: &given.tax_class,
            };
            let id = meter::save(tx, company, &new)?;
            meter::save_tariff(tx, company, id, (on, &given.tariff), None)?;
            meter::save_reading(tx, company, id, &first, None)
        })
    })
}

/// Another tariff from a day on.
#[derive(Clone, Debug)]
pub struct Change {
    pub meter: String,
    pub tariff: Tariff,
    pub from_on: Date,
    pub reason: String,
}

/// Changes the tariff of a meter from a day on; a period that was billed keeps its own.
pub fn change(tx: &mut Tx<'_>, actor: &Actor, change: &Change, key: Option<&Once>) -> Result<(), Error> {
    needs_reason(&change.reason)?;
    once(tx, actor, key, |tx| {
        let subject = Subject { name: &change.meter, cause: Some(&change.reason) };
        act(tx, actor, Right::ContractSave, subject, |tx| {
            let (company, known) = (actor.company.id, locked(tx, actor, &change.meter)?);
            not_billed(&contract::get(tx, company, &known.contract_code)?, change.from_on)?;
            if let Some((from, _)) = known.history.tariffs.iter().find(|(from, _)| *from >= change.from_on) {
                let (field, value) = ("from_on".into(), change.from_on.to_string());
                return Err(Refusal::Invalid { field, value, reason: Unusable::BeforeLine { from: *from } }.into());
            }
            meter::save_tariff(tx, company, known.id, (change.from_on, &change.tariff), Some(&change.reason))
        })
    })
}

/// What a meter showed at the end of a day.
#[derive(Clone, Debug)]
pub struct Shown {
    pub meter: String,
    pub reading: Reading,
}

/// Whether a reading was written down, or stood there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Recorded {
    New,
    Known,
}

/// Records a reading. The same one again changes nothing.
pub fn read(tx: &mut Tx<'_>, actor: &Actor, today: Date, shown: &Shown, key: Option<&Once>) -> Result<Recorded, Error> {
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::MeterRead, Subject { name: &shown.meter, cause: None }, |tx| {
            let known = locked(tx, actor, &shown.meter)?;
            record(tx, actor, today, &known, &shown.reading)
        })
    })
}

fn record(tx: &mut Tx<'_>, actor: &Actor, today: Date, known: &Meter, reading: &Reading) -> Result<Recorded, Error> {
    let readings = &known.history.readings;
    if let Some(there) = readings.iter().find(|one| one.on == reading.on) {
        if there == reading {
            return Ok(Recorded::Known);
        }
        let (meter, reading) = (known.code.clone(), there.value.to_string());
        return Err(Refusal::ReadingThere { meter, on: there.on, reading }.into());
    }
    not_before_first(readings, reading)?;
    not_after(today, reading)?;
    fits(&known.code, readings, reading)?;
    meter::save_reading(tx, actor.company.id, known.id, reading, None)?;
    Ok(Recorded::New)
}

/// Reads a day's meter again: what was recorded stays, and what was billed of it is made up for with the contract's next invoice.
pub fn correct(tx: &mut Tx<'_>, actor: &Actor, shown: &Shown, reason: &str, key: Option<&Once>) -> Result<(), Error> {
    needs_reason(reason)?;
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::MeterRead, Subject { name: &shown.meter, cause: Some(reason) }, |tx| {
            let known = locked(tx, actor, &shown.meter)?;
            let (there, others): (Vec<Reading>, Vec<Reading>) =
                known.history.readings.iter().partition(|one| one.on == shown.reading.on);
            let missing = || Refusal::NotFound { kind: "reading".into(), name: shown.reading.on.to_string() };
            let there = there.first().ok_or_else(missing)?;
            let reading = Reading { replaced_at: shown.reading.replaced_at.or(there.replaced_at), ..shown.reading };
            if reading == *there {
                return Err(Refusal::Exists { kind: "reading".into(), name: reading.value.to_string() }.into());
            }
            fits(&known.code, &others, &reading)?;
            meter::save_reading(tx, actor.company.id, known.id, &reading, Some(reason))
        })
    })
}

/// The meter, while whoever else reads or bills it waits.
fn locked(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<Meter, Error> {
    let company = actor.company.id;
    let contract = meter::get(tx, company, code)?.contract;
    contract::lock(tx, company, contract)?;
    meter::get(tx, company, code)
}

/// Nothing is billed of what a meter counted before its first reading.
fn not_before_first(readings: &[Reading], reading: &Reading) -> Result<(), Refusal> {
    match readings.first().filter(|first| reading.on < first.on) {
        None => Ok(()),
        Some(first) => {
            let (field, value, reason) = ("on".into(), reading.on.to_string(), Unusable::BeforeLine { from: first.on });
            Err(Refusal::Invalid { field, value, reason })
        }
    }
}

fn not_after(today: Date, reading: &Reading) -> Result<(), Refusal> {
    if reading.on <= today {
        return Ok(());
    }
    let (field, value) = ("on".into(), reading.on.to_string());
    Err(Refusal::Invalid { field, value, reason: Unusable::ReadAfterToday { today } })
}

/// Every meter, by code.
pub fn list(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Meter>, Error> {
    actor.may(Right::Read)?;
    meter::all(tx, actor.company.id)
}

/// The meters of a contract, by code.
pub fn of(tx: &mut Tx<'_>, actor: &Actor, contract: &contract::Contract) -> Result<Vec<Meter>, Error> {
    actor.may(Right::Read)?;
    meter::of(tx, actor.company.id, contract.id)
}

/// A meter, and everything that was recorded of it.
pub fn show(tx: &mut Tx<'_>, actor: &Actor, code: &str) -> Result<(Meter, Vec<Said>), Error> {
    actor.may(Right::Read)?;
    let known = meter::get(tx, actor.company.id, code)?;
    let said = meter::said(tx, actor.company.id, known.id)?;
    Ok((known, said))
}
