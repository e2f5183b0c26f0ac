//! Between the book and the tax device: what the actions want called is called, and what came of it is taken. No transaction
//! is open while the device thinks.

use std::time::Duration;

use store::{Db, Error};

use crate::actions::fiscal::{self, Next};
use crate::actions::{Actor, fiscal::machine};
use crate::gateways::tax_device::{self, ANSWER};

/// Documents that one turn sends at most: others want to be served, too.
const AT_ONCE: usize = 200;

/// Sends what waits, company by company.
pub fn run(db: &Db) -> Result<(), Error> {
    for company in db.read(fiscal::served)? {
        send(db, &machine(company), AT_ONCE, ANSWER)?;
    }
    Ok(())
}

/// Sends what waits of a company until nothing more can be, and says how many documents were sent.
pub fn send(db: &Db, actor: &Actor, most: usize, patience: Duration) -> Result<usize, Error> {
    let mut sent = 0;
    // Each document may be asked about once more than it is sent.
    for _ in 0..most.saturating_mul(3) {
        let by = actor.clone();
        match db.write(move |tx| fiscal::next(tx, &by))? {
            Next::Send { document, attempt, call } => {
                let came = tax_device::call(&call, patience);
                let by = actor.clone();
                db.write(move |tx| fiscal::came(tx, &by, document, attempt, &came))?;
                sent += 1;
            }
            Next::SaveItem { document, item, version, call } => {
                let came = tax_device::call(&call, patience);
                let by = actor.clone();
                if !db.write(move |tx| fiscal::item_came(tx, &by, document, (item, version), &came))? {
                    break;
                }
            }
            Next::SaveCustomer { customer, told, call } => {
                let came = tax_device::call(&call, patience);
                let by = actor.clone();
                db.write(move |tx| fiscal::customer_came(tx, &by, customer, told.clone(), &came))?;
            }
            Next::SaveGoods { number, item, version, call } => {
                let came = tax_device::call(&call, patience);
                let by = actor.clone();
                if !db.write(move |tx| fiscal::goods_came(tx, &by, number, (item, version), &came))? {
                    break;
                }
            }
            Next::TellMove { number, calls } => {
                let came: Vec<_> = calls.iter().map(|call| tax_device::call(call, patience)).collect();
                let by = actor.clone();
                if !db.write(move |tx| fiscal::stock_came(tx, &by, number, &came))? {
                    break;
                }
            }
            Next::ReadCounters { document, call } => {
                let came = tax_device::call(&call, patience);
                let silent = !matches!(came, tax_device::Came::Answer(_));
                let by = actor.clone();
                db.write(move |tx| fiscal::counters(tx, &by, document, &came))?;
                if silent {
                    break;
                }
            }
            Next::Wait { until } if until <= db.source().clock.now() => {}
            Next::Wait { .. } | Next::Rest => break,
        }
        if sent >= most {
            break;
        }
    }
    Ok(sent)
}

/// Makes the acquaintance of a device, and saves the items with it that stand for what is in no catalogue.
pub fn initialise(db: &Db, actor: &Actor) -> Result<formats::vsdc::Device, Error> {
    let by = actor.clone();
    let call = db.read(|tx| fiscal::initialising(tx, actor))?;
    let came = tax_device::call(&call, ANSWER);
    let said = db.write(move |tx| fiscal::initialised(tx, &by, &came))?;
    let (device, items) = db.read(|tx| Ok((fiscal::device(tx, actor)?, fiscal::first_items(tx, actor)?)))?;
    let device = device.ok_or(receivables::Refusal::NoDevice)?;
    for item in items {
        fiscal::item_saved(&device, &tax_device::call(&item, ANSWER))?;
    }
    Ok(said)
}

/// Asks the device for its code tables and item classes, as far as they changed since the last time, and keeps them. What
/// came before the device fell silent stays.
pub fn codes(db: &Db, actor: &Actor, patience: Duration) -> Result<Vec<fiscal::Kept>, Error> {
    let mut kept = Vec::with_capacity(fiscal::TABLES.len());
    for tables in fiscal::TABLES {
        let (call, asked_at) = db.read(|tx| fiscal::asking_codes(tx, actor, tables))?;
        let came = tax_device::call(&call, patience);
        let by = actor.clone();
        kept.push(db.write(move |tx| fiscal::codes_came(tx, &by, tables, asked_at, &came))?);
    }
    Ok(kept)
}

/// Asks the device who has a tax number.
pub fn buyer(db: &Db, actor: &Actor, tin: &str, patience: Duration) -> Result<formats::vsdc::Taxpayer, Error> {
    let call = db.read(|tx| fiscal::asking_buyer(tx, actor, tin))?;
    let came = tax_device::call(&call, patience);
    db.read(|tx| fiscal::buyer_said(tx, actor, tin, &came))
}
