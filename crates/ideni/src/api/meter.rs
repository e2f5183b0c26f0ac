//! Meters of contracts, their tariffs and what they showed.

use receivables::billing::meter::{Reading, Tariff};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::shape::{Day, Line, Moment, Number, Reason};
use crate::actions::meter::{self, Change, Given, Shown};

endpoints! { "meters"
    /// Every meter with its tariff and readings, by code.
    read Get "/meters" Read list() -> Meters;
    /// Bills what a meter counts with a contract, from its first reading on.
    write Post "/meters" ContractSave add(body NewMeter) -> MeterInFull;
    /// One meter with everything that was recorded of it.
    read Get "/meters/{code}" Read show() -> MeterInFull;
    /// Gives its units other prices from a day on.
    write Post "/meters/{code}/tariffs" ContractSave change(body NewMeterTariff) -> MeterInFull;
    /// Records what it shows; the same reading again changes nothing.
    write Post "/meters/{code}/readings" MeterRead record(body NewReading) -> MeterInFull;
    /// Reads a day's meter again; what was billed of it is made up for with the contract's next invoice.
    write Post "/meters/{code}/corrections" MeterRead correct(body NewCorrection) -> MeterInFull;
}

#[derive(Serialize, JsonSchema)]
struct Meters {
    meters: Vec<Meter>,
}

#[derive(Serialize, JsonSchema)]
struct Meter {
    code: String,
    contract: String,
    description: String,
    unit: String,
    tax_class: String,
    tariffs: Vec<MeterTariff>,
    /// The last one, as it counts now.
    reading: Option<MeterReading>,
    /// The day of the last reading that was billed.
    billed_to: Option<Day>,
}

/// What units cost from a day on.
#[derive(Serialize, JsonSchema)]
struct MeterTariff {
    from_on: Day,
    /// `340`, or `5:340,20:720,*:845`: up to 5, up to 20, and all above, each unit in its block.
    blocks: String,
}

/// What a meter showed at the end of a day.
#[derive(Serialize, JsonSchema)]
struct MeterReading {
    on: Day,
    value: String,
    /// The first reading of the meter that was put in its place.
    new_meter: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct MeterInFull {
    #[serde(flatten)]
    meter: Meter,
    readings: Vec<RecordedReading>,
}

/// A reading as it was recorded; the last version of a day counts.
#[derive(Serialize, JsonSchema)]
struct RecordedReading {
    #[serde(flatten)]
    reading: MeterReading,
    version: i32,
    /// Why it was read again.
    reason: Option<String>,
    recorded_at: Moment,
    recorded_by: String,
}

impl From<Reading> for MeterReading {
    fn from(reading: Reading) -> MeterReading {
        MeterReading {
            on: Day(reading.on),
            value: reading.value.to_string(),
            new_meter: reading.replaced_at.map(|value| value.to_string()),
        }
    }
}

impl From<store::meter::Meter> for Meter {
    fn from(m: store::meter::Meter) -> Meter {
        let tariffs = m.history.tariffs.iter();
        Meter {
            code: m.code,
            contract: m.contract_code,
            description: m.description,
            unit: m.unit,
            tax_class: m.tax_class,
            tariffs: tariffs.map(|(on, t)| MeterTariff { from_on: Day(*on), blocks: t.to_string() }).collect(),
            reading: m.history.readings.last().copied().map(MeterReading::from),
            billed_to: m.history.billed.last().map(|billed| Day(billed.until)),
        }
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewMeter {
    code: Line<1, 40>,
    /// The contract's code.
    contract: Line<1, 40>,
    /// What its lines say; the code if left out.
    description: Option<Line<0, 200>>,
    /// What it counts: m³, kWh, copies.
    unit: Line<1, 20>,
    tax_class: Line<0, 20>,
    /// `340`, or `5:340,20:720,*:845`: up to 5, up to 20, and all above, each unit in its block.
    blocks: Line<1, 500>,
    /// The day of its first reading; the contract's first day if left out.
    from_on: Option<Day>,
    /// What it shows then; 0 if left out.
    begins_at: Option<Number>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewMeterTariff {
    blocks: Line<1, 500>,
    from_on: Day,
    reason: Reason,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewReading {
    /// Today if left out.
    on: Option<Day>,
    value: Number,
    /// The meter was replaced on this day: the value is the last of the old one, this the first of the new one.
    new_meter: Option<Number>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewCorrection {
    /// The day of the reading.
    on: Day,
    value: Number,
    new_meter: Option<Number>,
    reason: Reason,
}

fn list(tx: &mut Tx<'_>, ask: &Ask) -> Result<Meters, Error> {
    Ok(Meters { meters: meter::list(tx, ask.actor())?.into_iter().map(Meter::from).collect() })
}

fn one(tx: &mut Tx<'_>, ask: &Ask, code: &str) -> Result<MeterInFull, Error> {
    let (known, said) = meter::show(tx, ask.actor(), code.trim())?;
    let of = |one: store::meter::Said| RecordedReading {
        reading: one.reading.into(),
        version: one.version,
        reason: one.reason,
        recorded_at: Moment(one.at),
        recorded_by: one.actor,
    };
    Ok(MeterInFull { meter: known.into(), readings: said.into_iter().map(of).collect() })
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<MeterInFull, Error> {
    one(tx, ask, ask.path("code"))
}

fn add(tx: &mut Tx<'_>, ask: &Ask, new: &NewMeter) -> Result<MeterInFull, Error> {
    let given = Given {
        code: new.code.text(),
        contract: new.contract.text(),
        description: new.description.as_ref().map(Line::text).unwrap_or_default(),
        unit: new.unit.text(),
        tax_class: new.tax_class.text(),
        tariff: Tariff::read(new.blocks.as_str())?,
        from_on: new.from_on.map(|Day(on)| on),
        begins_at: new.begins_at.as_ref().map(|value| value.0).unwrap_or_default(),
    };
    meter::add(tx, ask.actor(), &given, None)?;
    one(tx, ask, &given.code)
}

fn change(tx: &mut Tx<'_>, ask: &Ask, new: &NewMeterTariff) -> Result<MeterInFull, Error> {
    let (meter, tariff) = (ask.path("code").to_owned(), Tariff::read(new.blocks.as_str())?);
    let change = Change { meter, tariff, from_on: new.from_on.0, reason: new.reason.text() };
    meter::change(tx, ask.actor(), &change, None)?;
    one(tx, ask, ask.path("code"))
}

fn shown(ask: &Ask, on: receivables::Date, value: &Number, new_meter: Option<&Number>) -> Shown {
    let reading = Reading { on, value: value.0, replaced_at: new_meter.map(|value| value.0) };
    Shown { meter: ask.path("code").to_owned(), reading }
}

fn record(tx: &mut Tx<'_>, ask: &Ask, new: &NewReading) -> Result<MeterInFull, Error> {
    let on = new.on.map_or(ask.today(), |Day(on)| on);
    meter::read(tx, ask.actor(), ask.today(), &shown(ask, on, &new.value, new.new_meter.as_ref()), None)?;
    one(tx, ask, ask.path("code"))
}

fn correct(tx: &mut Tx<'_>, ask: &Ask, new: &NewCorrection) -> Result<MeterInFull, Error> {
    let shown = shown(ask, new.on.0, &new.value, new.new_meter.as_ref());
    meter::correct(tx, ask.actor(), &shown, new.reason.as_str(), None)?;
    one(tx, ask, ask.path("code"))
}
