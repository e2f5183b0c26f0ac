//! `ideni ebm`: the tax device, and what waits for it.

use std::path::{Path, PathBuf};

use formats::vsdc::{self, SaveSale};
use formats::{Fault, FileError};
use receivables::Date;
use receivables::billing::fiscal::State;
use serde_json::{Value, json};

use super::import::{in_file, unopened};
use super::output::{LIST, Sheet, amount};
use super::{App, Done, Failure, Global};
use crate::actions::fiscal::{self, GivenDevice};
use crate::gateways::tax_device::ANSWER;
use crate::jobs;

#[derive(clap::Subcommand, Debug)]
pub enum Ebm {
    /// Add up sales and refunds as they are sent to the tax device (VSDC, OSDC, JSON), and name the field that is wrong
    Read {
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Say where the tax device is; documents issued from a day on go to it
    Device {
        /// vsdc (the service at the taxpayer) or osdc (that of the authority)
        #[arg(long)]
        way: String,
        /// For example http://localhost:8080/vsdc; one outside the house is encrypted (https)
        #[arg(long)]
        address: String,
        /// Two digits; 00 is the head office
        #[arg(long, default_value = "00")]
        branch: String,
        #[arg(long)]
        serial: String,
        /// The class of goods and services, 8 to 10 digits, of what is no item of a catalogue
        #[arg(long)]
        item_class: String,
        /// Today if left out
        #[arg(long)]
        from_on: Option<Date>,
        /// PURPOSE=/PATH where this installation differs, for example save-sale=/own/sales
        #[arg(long)]
        path: Vec<String>,
    },
    /// Make the acquaintance of the device: who it is, and where its numbers stand
    Initialise,
    /// Fetch the code tables and item classes of the device, as far as they changed since the last time
    Codes {
        /// Find an item class, a packaging or a unit among what is kept, by words or the beginning of its code
        #[arg(long)]
        search: Option<String>,
    },
    /// Ask the device who has a tax number
    Buyer { tin: String },
    /// The device, its clocks, and how much waits
    Status,
    /// Documents without a receipt: where each stands and what it waits for
    Queue {
        /// How many rows
        #[arg(long, default_value_t = LIST)]
        limit: i64,
    },
    /// Send what waits now, until nothing more can be sent
    Send,
    /// What happened to a document on its way, and its receipt
    Show { number: String },
    /// Send a document again after what was asked is done, or at once
    Release {
        number: String,
        /// The buyer's new purchase code
        #[arg(long)]
        purchase_code: Option<String>,
    },
    /// Say what stands on the authority's portal about a document of which nobody heard
    Found {
        number: String,
        /// yes or no: whether it is there
        #[arg(long, value_parser = ["yes", "no"])]
        there: String,
        #[arg(long)]
        reason: String,
    },
    /// Receipts of a day by label and tax letter: the X report of today, the Z report of a day that is over
    Day {
        /// Today if left out
        #[arg(long)]
        on: Option<Date>,
    },
    /// Close a day that is over: its report (Z) stays as it is now
    Close { on: Date },
}

/// Codes that words find.
const FOUND: usize = 100;

const COLUMNS: [&str; 9] =
    ["file", "invoice", "original", "receipt_type", "buyer_tin", "lines", "tax", "total", "wrong"];

impl Ebm {
    pub fn run(&self, app: &App<'_>) -> Done {
        match self {
            Ebm::Read { files } => read_files(files, app.global),
            Ebm::Device { way, address, branch, serial, item_class, from_on, path } => {
                let given = GivenDevice {
                    way: way.clone(),
                    address: address.clone(),
                    branch: branch.clone(),
                    serial: serial.clone(),
                    item_class: item_class.clone(),
                    from_on: *from_on,
                    paths: path.clone(),
                };
                app.write(move |tx, actor, today| fiscal::set_device(tx, actor, today, &given))
            }
            Ebm::Initialise => {
                let (actor, _) = app.actor()?;
                jobs::fiscal::initialise(&app.db, &actor)?;
                status(app)
            }
            Ebm::Codes { search: Some(text) } => found(app, text),
            Ebm::Codes { search: None } => {
                let (actor, _) = app.actor()?;
                let mut sheet = Sheet::new(app.global.format, ["tables", "came", "added", "changed"])?;
                for one in jobs::fiscal::codes(&app.db, &actor, ANSWER)? {
                    sheet.row(vec![json!(one.tables), json!(one.came), json!(one.added), json!(one.changed)])?;
                }
                Ok(sheet.finish(json!({}))?)
            }
            Ebm::Buyer { tin } => buyer(app, tin),
            Ebm::Status => status(app),
            Ebm::Queue { limit } => queue(app, *limit),
            Ebm::Send => {
                let (actor, _) = app.actor()?;
                app.write(|tx, actor, _| fiscal::hasten(tx, actor))?;
                jobs::fiscal::send(&app.db, &actor, usize::MAX, ANSWER)?;
                queue(app, LIST)
            }
            Ebm::Show { number } => show(app, number),
            Ebm::Release { number, purchase_code } => {
                let (number, code, once) = (number.clone(), purchase_code.clone(), app.once(self));
                app.write(move |tx, actor, _| fiscal::release(tx, actor, &number, code.as_deref(), once.as_ref()))
            }
            Ebm::Found { number, there, reason } => {
                let (number, there, reason, once) = (number.clone(), there == "yes", reason.clone(), app.once(self));
                app.write(move |tx, actor, _| fiscal::found(tx, actor, &number, there, &reason, once.as_ref()))
            }
            Ebm::Day { on } => day(app, *on),
            Ebm::Close { on } => {
                let on = *on;
                app.write(move |tx, actor, today| fiscal::close(tx, actor, today, on))
            }
        }
    }
}

fn found(app: &App<'_>, text: &str) -> Done {
    let all = app.read(|tx, actor, _| fiscal::search_codes(tx, actor, text, FOUND))?;
    let mut sheet = Sheet::new(app.global.format, ["class", "code", "name"])?;
    for one in all {
        sheet.row(vec![json!(one.class), json!(one.code), json!(one.name)])?;
    }
    Ok(sheet.finish(json!({}))?)
}

fn buyer(app: &App<'_>, tin: &str) -> Done {
    let (actor, _) = app.actor()?;
    let one = jobs::fiscal::buyer(&app.db, &actor, tin, ANSWER)?;
    let columns = ["tin", "name", "status", "province", "district", "sector", "location"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    sheet.row(vec![
        json!(one.tin),
        json!(one.name),
        json!(one.status),
        json!(one.province),
        json!(one.district),
        json!(one.sector),
        json!(one.location),
    ])?;
    Ok(sheet.finish(json!({}))?)
}

fn status(app: &App<'_>) -> Done {
    let (device, clocks, (waiting, stuck)) = app.read(|tx, actor, _| {
        let device = fiscal::device(tx, actor)?.ok_or(receivables::Refusal::NoDevice)?;
        let clocks = fiscal::clocks(actor, &device)?;
        Ok((device, clocks, fiscal::counts(tx, actor)?))
    })?;
    let columns = [
        "way",
        "address",
        "branch",
        "serial",
        "item_class",
        "from_on",
        "known",
        "reached_at",
        "failed_at",
        "notice_due_at",
        "stops_signing_at",
        "without_receipt",
        "for_a_person",
    ];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    let at = |at: Option<receivables::Instant>| json!(at.map(|at| at.to_string()));
    sheet.row(vec![
        json!(device.way),
        json!(device.address),
        json!(device.branch),
        json!(device.serial),
        json!(device.item_class),
        json!(device.from_on.to_string()),
        json!(!device.info.is_empty()),
        at(device.reached_at),
        at(device.failed_at),
        at(clocks.notice_due_at),
        at(clocks.stops_signing_at),
        json!(waiting),
        json!(stuck),
    ])?;
    Ok(sheet.finish(json!({}))?)
}

/// What a document waits for: a code of the device, what a person must do, a doubt, or a time.
fn waits_for(state: &State) -> Value {
    match state {
        State::Waiting { not_before } => json!(not_before.to_string()),
        State::Unknown { doubt, .. } => json!(doubt.code()),
        State::Refused { code, ask, .. } => json!(format!("{} {code}", ask.code()).trim()),
        State::Parked { code, .. } => json!(code),
        State::Sent { at } | State::Fiscalised { at, .. } | State::Void { at } => json!(at.to_string()),
    }
}

fn queue(app: &App<'_>, limit: i64) -> Done {
    let rows = app.read(|tx, actor, _| fiscal::queue(tx, actor, limit))?;
    let columns = [
        "number",
        "customer",
        "name",
        "issued_on",
        "currency",
        "total",
        "device_number",
        "state",
        "needs_person",
        "waits_for",
        "attempts",
    ];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for one in rows {
        let submission = &one.way.submission;
        sheet.row(vec![
            json!(one.number),
            json!(one.code),
            json!(one.name),
            json!(one.issued_on.to_string()),
            json!(one.currency.to_string()),
            amount(one.total, one.currency),
            json!(submission.number),
            json!(submission.state.code()),
            json!(submission.state.needs_person()),
            waits_for(&submission.state),
            json!(submission.attempts),
        ])?;
    }
    Ok(sheet.finish(json!({}))?)
}

fn show(app: &App<'_>, number: &str) -> Done {
    let standing = app.read(|tx, actor, _| {
        let document = store::document::get(tx, actor.company.id, number)?.id;
        let missing = || receivables::Refusal::NotFound { kind: "submission".into(), name: number.into() };
        Ok(fiscal::standing(tx, actor, document)?.ok_or_else(missing)?)
    })?;
    let mut sheet = Sheet::new(app.global.format, ["at", "event", "attempt", "became", "said"])?;
    for one in &standing.events {
        sheet.row(vec![
            json!(one.at.to_string()),
            json!(one.event),
            json!(one.attempt),
            json!(one.became),
            json!(one.said),
        ])?;
    }
    let receipt = standing.receipt.map(|(label, r)| {
        json!({
            "label": label, "sdc": r.sdc, "mrc": r.mrc, "of_label": r.of_label, "of_all": r.of_all,
            "internal_data": r.internal_data, "signature": r.signature, "signed_at": r.signed_at.to_string(),
        })
    });
    let state = standing.way.submission.state.code();
    Ok(sheet
        .finish(json!({ "state": state, "receipt": receipt, "between": [standing.between.0, standing.between.1] }))?)
}

fn day(app: &App<'_>, on: Option<Date>) -> Done {
    let (report, currency) =
        app.read(|tx, actor, today| Ok((fiscal::day(tx, actor, on.unwrap_or(today))?, actor.company.currency)))?;
    let columns = ["label", "receipts", "first", "last", "letter", "with_tax", "tax", "closed"];
    let mut sheet = Sheet::new(app.global.format, columns)?;
    for of in &report.labels {
        for letter in &of.letters {
            sheet.row(vec![
                json!(of.label),
                json!(letter.count),
                json!(of.first),
                json!(of.last),
                json!(letter.letter),
                amount(letter.with_tax, currency),
                amount(letter.tax, currency),
                json!(if report.closed { "yes" } else { "no" }),
            ])?;
        }
    }
    let receipts: i64 = report.labels.iter().map(|of| of.count).sum();
    Ok(sheet.finish(json!({ "receipts": receipts }))?)
}

/// Adds up files; it needs no book.
pub fn read_files(files: &[PathBuf], global: &Global) -> Done {
    let mut sheet = Sheet::new(global.format, COLUMNS)?;
    let mut wrong = 0;
    for file in files {
        let sale = read(file)?;
        let fault = sale.adds_up().err();
        wrong += usize::from(fault.is_some());
        sheet.row(row(file, &sale, fault.as_ref()))?;
    }
    let read = sheet.rows();
    Ok(sheet.finish(json!({ "read": read, "wrong": wrong }))?)
}

fn read(path: &Path) -> Result<SaveSale, Failure> {
    let bytes = std::fs::read(path).map_err(|e| unopened(path, e))?;
    let request = vsdc::read_request::<SaveSale>(&bytes).map_err(|fault| {
        let cause = fault.field().unwrap_or("JSON").to_owned();
        in_file(path, FileError::from(Fault::Unreadable { cause }))
    })?;
    Ok(request.message)
}

fn row(file: &Path, sale: &SaveSale, fault: Option<&vsdc::Fault>) -> Vec<Value> {
    vec![
        json!(file.display().to_string()),
        json!(sale.number),
        json!(Some(sale.original).filter(|original| *original != 0)),
        json!(sale.receipt_type),
        json!(sale.buyer_tin),
        json!(sale.lines.len()),
        json!(sale.sums.tax.to_string()),
        json!(sale.sums.total.to_string()),
        json!(fault.and_then(vsdc::Fault::field)),
    ]
}
