//! The tax device (EBM): which document goes to it and when, and what its answers mean for the book. Nothing is called from
//! here: an action says what to call, and another takes what came of it (`jobs::fiscal` stands between).
//!
//! Every step is written down before it is taken. One document after the other is sent, and one that may have arrived is
//! never sent again: see [`receivables::billing::fiscal`].

mod buyer;
mod code;
mod day;
mod sale;
mod stock;

use std::collections::{BTreeMap, BTreeSet};

use formats::vsdc::{self, Initialise, Initialised, Label, Pack, Purpose, Request, SaveSale, Seller};
use receivables::billing::credit_note::Reason;
use receivables::billing::fiscal::{self, Advice, Ask, Event, Fault, State, Step, Submission};
use receivables::ids::{self, Id};
use receivables::{Date, Instant, Refusal, Unusable};
use store::document::{Document, DocumentLine};
use store::fiscal::{Device, Happened, New, OnItsWay, Queued};
use store::{Error, Tx, customer, reports};

use self::sale::Goods;
use super::country::Packs;
use super::setting::Setting;
use super::{Actor, Once, Right, Roles, Subject, act, needs, needs_reason, once, quarantine, text};
use crate::gateways::tax_device::{self, Call, Came};
pub use buyer::{asking_buyer, buyer_said, customer_came, customer_of};
pub(super) use code::check_item;
pub use code::{Kept, TABLES, asking_codes, codes_came, search_codes};
pub use day::{OfLabel, OfLetter, Report, close, day, not_closed, print};
pub use stock::{goods_came, stock_came};

/// Who sends what waits when nobody asked for it.
pub const MACHINE: &str = "tax device";
/// After so long an answer does not come any more: whoever waited for it is gone.
const LOST_MICROS: i64 = 2 * tax_device::ANSWER.as_micros() as i64;
/// Characters of an answer that are kept.
const SAID_MAX: usize = 4_000;
/// Characters of a tax number.
const TIN: usize = 9;
/// Characters of a purchase code.
const PURCHASE_CODE: usize = 6;
const ADDRESS_MAX: usize = 200;
const SERIAL_MAX: usize = 100;

static PACKS: Packs<Option<Pack>> = Packs::new(
    &[
        ("rw", include_str!("../../../../country/rw/vsdc.toml")),
        ("ke", include_str!("../../../../country/ke/etims.toml")),
    ],
    |text| Pack::read(text).map(Some).map_err(|fault| format!("line {}: {}", fault.line, fault.cause)),
    || None,
);

/// What devices of a country are like; `None` where it has none.
fn pack_of(country: &str) -> Result<Option<&'static Pack>, Error> {
    Ok(PACKS.of(country)?.as_ref())
}

fn pack(actor: &Actor) -> Result<&'static Pack, Error> {
    Ok(pack_of(&actor.company.country)?.ok_or(Refusal::NoDevice)?)
}

/// The program itself, at work for a company.
pub fn machine(company: store::company::Company) -> Actor {
    Actor { company, user: MACHINE.into(), roles: Roles::from(super::Role::Biller) }
}

/// Where the device of a company is.
#[derive(Clone, Debug)]
pub struct GivenDevice {
    pub way: String,
    pub address: String,
    pub branch: String,
    pub serial: String,
    pub item_class: String,
    /// Documents issued from this day on go to it.
    pub from_on: Option<Date>,
    /// `purpose=/path` where the installation differs.
    pub paths: Vec<String>,
}

/// Says where the device is. What is on its way keeps its number; another branch is refused while anything is.
pub fn set_device(tx: &mut Tx<'_>, actor: &Actor, today: Date, given: &GivenDevice) -> Result<(), Error> {
    let invalid =
        |field: &str, value: &str, reason| Refusal::Invalid { field: field.into(), value: value.into(), reason };
    let pack = pack(actor)?;
    let known = pack.ways().collect::<Vec<_>>().join(", ");
    if !pack.ways().any(|way| way == given.way) {
        return Err(invalid("way", &given.way, Unusable::NotAmong { known }).into());
    }
    let address = text("address", &given.address, ADDRESS_MAX)?.trim_end_matches('/');
    if tax_device::host(address).is_none() {
        return Err(invalid("address", address, Unusable::NoDeviceAddress).into());
    }
    let digits = |field: &str, value: &str, min: usize, max: usize| {
        let fits = (min..=max).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit());
        let reason = Unusable::NotDigits { min: min.to_string(), max: max.to_string() };
        if fits { Ok(()) } else { Err(invalid(field, value, reason)) }
    };
    digits("branch", &given.branch, 2, 3)?;
    digits("item_class", &given.item_class, 8, 10)?;
    needs("serial", &given.serial)?;
    let serial = text("serial", &given.serial, SERIAL_MAX)?;
    if actor.company.tin.is_none() {
        return Err(Refusal::Missing { field: "tin".into() }.into());
    }
    for path in &given.paths {
        read_path(path).ok_or_else(|| invalid("path", path, Unusable::NoDevicePath))?;
    }
    act(tx, actor, Right::DeviceSave, Subject { name: address, cause: Some(&given.way) }, |tx| {
        let company = actor.company.id;
        let before = store::fiscal::device_locked(tx, company)?;
        let same = |d: &Device| {
            (d.way.as_str(), d.branch.as_str(), d.serial.as_str())
                == (given.way.as_str(), given.branch.as_str(), serial)
        };
        let moves = before.as_ref().is_some_and(|before| before.branch != given.branch);
        let (waiting, _) = store::fiscal::counts(tx, company)?;
        if let Some(before) = before.as_ref().filter(|_| moves && waiting > 0) {
            return Err(Refusal::BranchStays { branch: before.branch.clone(), count: waiting.to_string() }.into());
        }
        let kept = before.as_ref().filter(|d| same(d));
        let device = Device {
            way: given.way.clone(),
            address: address.to_owned(),
            branch: given.branch.clone(),
            serial: serial.to_owned(),
            item_class: given.item_class.clone(),
            from_on: given.from_on.or(before.as_ref().map(|d| d.from_on)).unwrap_or(today),
            paths: given.paths.join(" "),
            info: kept.map(|d| d.info.clone()).unwrap_or_default(),
            secret: kept.map(|d| d.secret.clone()).unwrap_or_default(),
            reached_at: kept.and_then(|d| d.reached_at),
            failed_at: None,
            offline_at: None,
        };
        store::fiscal::save_device(tx, company, &device)
    })
}

/// `save-sale=/path`.
fn read_path(text: &str) -> Option<(Purpose, &str)> {
    let (purpose, path) = text.split_once('=')?;
    let purpose = Purpose::from_code(purpose.trim())?;
    let good = path.starts_with('/') && !path.contains(|c: char| c.is_whitespace() || c.is_control());
    good.then_some((purpose, path))
}

/// The device of the company, as people see it: without its key.
pub fn device(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<Device>, Error> {
    actor.may(Right::Read)?;
    let found = store::fiscal::device(tx, actor.company.id)?;
    Ok(found.map(|device| Device { secret: String::new(), ..device }))
}

/// Clocks that the law and the device set, once they run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clocks {
    /// The authority is told of the failure by then.
    pub notice_due_at: Option<Instant>,
    /// A device without the authority stops signing then.
    pub stops_signing_at: Option<Instant>,
}

pub fn clocks(actor: &Actor, device: &Device) -> Result<Clocks, Error> {
    let limits = &pack(actor)?.limits;
    Ok(Clocks {
        notice_due_at: device.failed_at.map(|at| limits.notice_due_at(at)),
        stops_signing_at: device.offline_at.map(|at| limits.stops_signing_at(at)),
    })
}

/// What a device said of itself, without keys.
fn info(device: &Device) -> Option<vsdc::Device> {
    let answer = vsdc::read_answer::<Initialised>(device.info.as_bytes()).ok()?;
    answer.data.map(|said| said.info)
}

fn known(device: &Device) -> Result<vsdc::Device, Error> {
    Ok(info(device).ok_or(Refusal::DeviceUnknown)?)
}

/// A request to the device.
fn call<M: vsdc::Message>(
    actor: &Actor,
    device: &Device,
    purpose: Purpose,
    message: M,
) -> Result<(Call, String), Error> {
    let pack = pack(actor)?;
    let own = device.paths.split(' ').filter_map(read_path).find(|(of, _)| *of == purpose).map(|(_, path)| path);
    let path = own.or_else(|| pack.path(&device.way, purpose)).ok_or(Refusal::NoDevice)?;
    let tin = actor.company.tin.clone().unwrap_or_default();
    let key = Some(device.secret.clone()).filter(|key| !key.is_empty() && pack.is_keyed(&device.way));
    let written = |key: Option<String>, message: M| {
        let in_body = pack.identity == vsdc::Identity::Body;
        let seller = in_body.then(|| Seller { tin: tin.clone(), branch: device.branch.clone(), key });
        let body = vsdc::write_request(&Request { seller, message });
        body.map_err(|fault| Error::failed("a request to the tax device", format!("{fault:?}")))
    };
    let body = written(key.clone().filter(|_| purpose != Purpose::Initialise), message)?;
    // What is kept of it holds no key.
    let said = match &key {
        Some(key) => body.replace(key.as_str(), "…"),
        None => body.clone(),
    };
    let mut headers = Vec::new();
    if pack.identity == vsdc::Identity::Headers {
        headers = vec![("tin", tin.clone()), ("bhfId", device.branch.clone())];
        headers.extend(key.map(|key| ("cmcKey", key)));
    }
    Ok((Call { url: format!("{}{path}", device.address), headers, body }, said))
}

/// What a device is asked that nobody knows yet: who it is.
pub fn initialising(tx: &mut Tx<'_>, actor: &Actor) -> Result<Call, Error> {
    actor.may(Right::DeviceSave)?;
    quarantine::check(tx)?;
    let device = store::fiscal::device(tx, actor.company.id)?.ok_or(Refusal::NoDevice)?;
    let serial = device.serial.clone();
    Ok(call(actor, &device, Purpose::Initialise, Initialise { serial })?.0)
}

/// Keeps who the device says it is. Numbers go on after the last that it knows.
pub fn initialised(tx: &mut Tx<'_>, actor: &Actor, came: &Came) -> Result<vsdc::Device, Error> {
    act(tx, actor, Right::DeviceSave, Subject { name: "initialise", cause: None }, |tx| {
        let company = actor.company.id;
        let mut device = store::fiscal::device_locked(tx, company)?.ok_or(Refusal::NoDevice)?;
        let said = said_by::<Initialised>(&device, came)?;
        let mut info = said.data.ok_or_else(|| refused(&said.code, said.message.as_deref()))?.info;
        let (ours, theirs) = (actor.company.tin.clone().unwrap_or_default(), info.tin.clone());
        if ours != theirs {
            let reason = Unusable::NotAmong { known: ours };
            return Err(Refusal::Invalid { field: "tin".into(), value: theirs, reason }.into());
        }
        store::fiscal::number_from(tx, company, &device.branch, info.last_number().unwrap_or(0))?;
        device.secret = info.key.take().unwrap_or_default();
        (info.internal_key, info.sign_key) = (None, None);
        let answer = vsdc::Answer {
            code: "000".into(),
            message: None,
            at: None,
            data: Some(Initialised { info: info.clone() }),
        };
        device.info =
            vsdc::write_answer(&answer).map_err(|fault| Error::failed("the tax device", format!("{fault:?}")))?;
        (device.reached_at, device.failed_at) = (Some(tx.now()), None);
        store::fiscal::save_device(tx, company, &device)?;
        Ok(info)
    })
}

/// The items to save with a device that was just made acquaintance with: one per tax letter, for what is in no catalogue.
pub fn first_items(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Call>, Error> {
    actor.may(Right::DeviceSave)?;
    let device = store::fiscal::device(tx, actor.company.id)?.ok_or(Refusal::NoDevice)?;
    let items = sale::items(&actor.company.country, &device.item_class, pack(actor)?, &actor.user);
    items.into_iter().map(|item| Ok(call(actor, &device, Purpose::SaveItem, item)?.0)).collect()
}

/// Refuses an answer that does not say done; an item that is there already is one.
pub fn item_saved(device: &Device, came: &Came) -> Result<(), Error> {
    let said = said_by::<vsdc::Nothing>(device, came)?;
    let there = said.code == "994";
    if there || vsdc::is_success(&said.code) {
        Ok(())
    } else {
        Err(refused(&said.code, said.message.as_deref()).into())
    }
}

fn said_by<M: vsdc::Message>(device: &Device, came: &Came) -> Result<vsdc::Answer<M>, Error> {
    let silent = |cause: String| Refusal::DeviceSilent { address: device.address.clone(), cause };
    match came {
        Came::NotSent { cause } | Came::Silence { cause } => Err(silent(cause.clone()).into()),
        Came::NoSuchPath { status } => Err(silent(status.to_string()).into()),
        Came::Answer(bytes) => {
            let read = vsdc::read_answer::<M>(bytes);
            Ok(read.map_err(|fault| silent(fault.field().unwrap_or("JSON").to_owned()))?)
        }
    }
}

fn refused(code: &str, said: Option<&str>) -> Refusal {
    Refusal::DeviceSaid { code: code.to_owned(), said: said.unwrap_or_default().to_owned() }
}

// ---- which documents go

/// A purchase code as it is kept: six letters and digits.
pub fn purchase_code(text: &str) -> Result<Option<String>, Refusal> {
    let code: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    if code.is_empty() {
        return Ok(None);
    }
    if code.len() == PURCHASE_CODE && code.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Ok(Some(code));
    }
    Err(Refusal::Invalid { field: "purchase_code".into(), value: code, reason: Unusable::NoPurchaseCode })
}

/// Whether a tax number is one of the device's: of nine signs. A foreign buyer has none that it knows.
fn is_tin(tin: &str) -> bool {
    tin.len() == TIN
}

/// Whether an invoice of that day needs the purchase code of a buyer with a TIN.
pub fn wants_purchase_code(tx: &mut Tx<'_>, actor: &Actor, issued_on: Date) -> Result<bool, Error> {
    let Some(pack) = pack_of(&actor.company.country)? else { return Ok(false) };
    let device = store::fiscal::device(tx, actor.company.id)?;
    Ok(pack.wants_purchase_code && device.is_some_and(|device| issued_on >= device.from_on))
}

/// Begins the way of documents that were just posted, each with the purchase code of its buyer.
pub(super) fn begin(tx: &mut Tx<'_>, actor: &Actor, posted: &[(&Document, Option<String>)]) -> Result<(), Error> {
    let Some(pack) = pack_of(&actor.company.country)? else { return Ok(()) };
    let company = actor.company.id;
    let Some(device) = store::fiscal::device(tx, company)? else { return Ok(()) };
    let mut new: Vec<New> = Vec::new();
    for (document, purchase_code) in posted.iter().filter(|(document, _)| document.issued_on >= device.from_on) {
        let amounts = sale::Amounts {
            currency: document.currency,
            total: document.total,
            total_base: document.total_base,
            base: actor.company.currency,
            issued_on: document.issued_on,
            lines: &document.lines,
            taxes: &document.taxes,
        };
        let (mut original, mut code) = (0, purchase_code.clone());
        if let Some(credited) = document.credits {
            // What was sold before there was a device, or elsewhere, is refunded where it was sold.
            let Some(sold) = store::fiscal::of(tx, company, credited)? else { continue };
            if !matches!(sold.submission.state, State::Fiscalised { .. }) {
                return Err(Refusal::NotFiscalised { number: number_of(tx, company, credited)? }.into());
            }
            (original, code) = (sold.submission.number, code.or(sold.purchase_code));
        }
        sale::lines(&amounts, &BTreeMap::new(), &actor.company.country, &device.item_class, pack)?;
        let wants = pack.wants_purchase_code && code.is_none() && original == 0;
        let held = wants && customer::by_id(tx, company, document.bill_to)?.tin.is_some_and(|tin| is_tin(&tin));
        let held = held.then_some(Ask::NewPurchaseCode);
        new.push(New { document: document.id, original, purchase_code: code, held });
    }
    store::fiscal::begin(tx, company, &device.branch, &new)
}

fn number_of(tx: &mut Tx<'_>, company: i64, document: Id<ids::Document>) -> Result<String, Error> {
    store::day::number(tx, company, document)
}

// ---- sending

/// What is to be done for a device.
#[derive(Clone, Debug)]
pub enum Next {
    /// This attempt of a document was written down; now it is sent.
    Send {
        document: Id<ids::Document>,
        attempt: u32,
        call: Call,
    },
    /// A document sells an item of the catalogue that the device does not know yet, or not as it is now.
    SaveItem {
        document: Id<ids::Document>,
        item: Id<ids::CatalogueItem>,
        version: i64,
        call: Call,
    },
    /// A document is for a customer with a tax number whom the device was not told of, or not as it is now.
    SaveCustomer {
        customer: Id<ids::Customer>,
        told: String,
        call: Call,
    },
    /// It is not known whether a document arrived: the device is asked for its counters.
    ReadCounters {
        document: Id<ids::Document>,
        call: Call,
    },
    /// Goods of a move that the device does not know yet, or not as they are now.
    SaveGoods {
        number: i64,
        item: Id<ids::CatalogueItem>,
        version: i64,
        call: Call,
    },
    /// The moves of a number, or what is left of what they moved.
    TellMove {
        number: i64,
        calls: Vec<Call>,
    },
    Wait {
        until: Instant,
    },
    Rest,
}

/// Decides what is sent next, and writes it down before it is.
pub fn next(tx: &mut Tx<'_>, actor: &Actor) -> Result<Next, Error> {
    actor.may(Right::FiscalSend)?;
    quarantine::check(tx)?;
    let company = actor.company.id;
    let Some(device) = store::fiscal::device_locked(tx, company)? else { return Ok(Next::Rest) };
    if info(&device).is_none() {
        return Ok(Next::Rest);
    }
    let (pack, now) = (pack(actor)?, tx.now());
    let queue = store::fiscal::pending(tx, company)?;
    let of = |number: u64| queue.iter().find(|one| one.submission.number == number);
    let gone = || Error::Failed("a submission that was just read is gone".into());
    let step = fiscal::next(queue.iter().map(|one| &one.submission).collect::<Vec<_>>(), now);
    if matches!(step, Step::Rest | Step::WaitUntil { .. })
        && let Some(told) = stock::next(tx, actor, &device)?
    {
        return Ok(told);
    }
    match step {
        Step::Rest => Ok(Next::Rest),
        Step::WaitUntil { at } => Ok(Next::Wait { until: at }),
        Step::AwaitAnswer { number } => {
            let one = of(number).ok_or_else(gone)?;
            let State::Sent { at } = one.submission.state else { return Err(gone()) };
            let lost_at = at.plus_micros(LOST_MICROS);
            if lost_at > now {
                return Ok(Next::Wait { until: lost_at });
            }
            happen(tx, actor, pack, one, &Event::Restarted, "")?;
            Ok(Next::Wait { until: now })
        }
        Step::ReadCounters { number } => {
            let serial = device.serial.clone();
            let call = call(actor, &device, Purpose::Initialise, Initialise { serial })?.0;
            Ok(Next::ReadCounters { document: of(number).ok_or_else(gone)?.document, call })
        }
        Step::Send { number } => {
            let one = of(number).ok_or_else(gone)?;
            if let Some(save) = buyer::next(tx, actor, &device, one.document)? {
                return Ok(save);
            }
            if let Some(save) = unknown_item(tx, actor, &device, one)? {
                return Ok(save);
            }
            let written = message(tx, actor, &device, pack, one);
            match written.and_then(|message| call(actor, &device, Purpose::SaveSale, message)) {
                Ok((call, said)) => {
                    let after = happen(tx, actor, pack, one, &Event::Send, &said)?;
                    Ok(Next::Send { document: one.document, attempt: after.attempts, call })
                }
                Err(Error::Failed(cause)) => {
                    hold_back(tx, actor, pack, one, &cause)?;
                    Ok(Next::Wait { until: now })
                }
                Err(refused) => Err(refused),
            }
        }
    }
}

/// The first item of a document that the device was not told as it is now.
fn unknown_item(tx: &mut Tx<'_>, actor: &Actor, device: &Device, one: &OnItsWay) -> Result<Option<Next>, Error> {
    let company = actor.company.id;
    for known in store::item::of_lines(tx, company, one.document)?.into_values() {
        let (no, told) = store::fiscal::device_item(tx, company, known.id)?;
        if told != known.version {
            let outside = || Error::Failed("a moment outside the calendar".into());
            let on = tx.now().date_in(&actor.company.time_zone).ok_or_else(outside)?;
            let letter = super::tax::letter(&actor.company.country, &known.item.tax_class, on)?;
            let message = Goods::of(&known.item, no, &device.item_class).message(&known.item, letter, &actor.user);
            let (item, version) = (known.id, known.version);
            let call = call(actor, device, Purpose::SaveItem, message)?.0;
            return Ok(Some(Next::SaveItem { document: one.document, item, version, call }));
        }
    }
    Ok(None)
}

/// Takes what came of saving an item. One that the device refuses holds its document back; whether to go on comes back.
pub fn item_came(
    tx: &mut Tx<'_>,
    actor: &Actor,
    document: Id<ids::Document>,
    (item, version): (Id<ids::CatalogueItem>, i64),
    came: &Came,
) -> Result<bool, Error> {
    let company = actor.company.id;
    let device = store::fiscal::device_locked(tx, company)?.ok_or(Refusal::NoDevice)?;
    match (came, item_saved(&device, came)) {
        (_, Ok(())) => store::fiscal::told_item(tx, company, item, version).map(|()| true),
        (Came::Answer(said), Err(_)) => {
            let one = store::fiscal::get(tx, company, document, "")?;
            hold_back(tx, actor, pack(actor)?, &one, &String::from_utf8_lossy(said)).map(|()| true)
        }
        _ => Ok(false),
    }
}

/// Hands a document that cannot be written as the device wants it to a person, so that it does not hold up the others.
fn hold_back(tx: &mut Tx<'_>, actor: &Actor, pack: &Pack, one: &OnItsWay, cause: &str) -> Result<(), Error> {
    let submission = happen(tx, actor, pack, one, &Event::Send, "")?;
    let attempt = submission.attempts;
    let event = Event::Answered { attempt, code: String::new(), advice: Advice::Correct, field: None };
    happen(tx, actor, pack, &OnItsWay { submission, ..one.clone() }, &event, cause).map(|_| ())
}

/// Sends at once what waits for its next attempt.
pub fn hasten(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), Error> {
    actor.may(Right::FiscalRelease)?;
    store::fiscal::device_locked(tx, actor.company.id)?;
    let now = tx.now();
    let early = |one: &OnItsWay| matches!(one.submission.state, State::Waiting { not_before } if not_before > now);
    for one in store::fiscal::pending(tx, actor.company.id)?.iter().filter(|one| early(one)) {
        happen(tx, actor, pack(actor)?, one, &Event::Released, "")?;
    }
    Ok(())
}

/// The message of a document that is on its way.
fn message(tx: &mut Tx<'_>, actor: &Actor, device: &Device, pack: &Pack, one: &OnItsWay) -> Result<SaveSale, Error> {
    let company = actor.company.id;
    let number = number_of(tx, company, one.document)?;
    let gone = || Error::Failed(format!("{number} is gone"));
    let found = reports::invoice::find(tx, company, &number, None)?.ok_or_else(gone)?;
    let buyer = customer::by_id(tx, company, found.bill_to.id)?;
    let refund = match one.original {
        0 => None,
        _ => {
            let why = found.why.as_ref().map(|why| why.reason.as_str());
            Some(why.and_then(|code| Reason::from_code(code).ok()).unwrap_or(Reason::Other))
        }
    };
    let lines: Vec<DocumentLine> = found
        .lines
        .iter()
        .map(|line| DocumentLine {
            description: line.description.clone(),
            quantity: line.quantity.clone(),
            unit_price: line.unit_price.clone(),
            tax_class: line.tax_class.clone(),
            net: line.net,
            tax: line.tax,
            term: line.term.clone(),
        })
        .collect();
    let amounts = sale::Amounts {
        currency: found.currency,
        total: found.total,
        total_base: found.total_base,
        base: actor.company.currency,
        issued_on: found.issued_on,
        lines: &lines,
        taxes: &found.taxes,
    };
    let mut goods = BTreeMap::new();
    for (no, known) in store::item::of_lines(tx, company, one.document)? {
        let (place, _) = store::fiscal::device_item(tx, company, known.id)?;
        goods.insert(no, Goods::of(&known.item, place, &device.item_class));
    }
    let lines = sale::lines(&amounts, &goods, &actor.company.country, &device.item_class, pack)?;
    let address = Setting::Address.value(tx, company, found.issued_on)?;
    let named = store::fiscal::references(tx, company, one.document)?;
    let hand_written = named.iter().find(|(kind, _)| kind == super::invoice::HAND_WRITTEN);
    let about = sale::About {
        hand_written: hand_written.map(|(_, number)| number.as_str()),
        submission: &one.submission,
        original: one.original,
        refund,
        buyer: sale::Buyer {
            name: &buyer.name,
            tin: buyer.tin.as_deref().filter(|tin| is_tin(tin)),
            phone: buyer.phone.as_deref(),
            purchase_code: one.purchase_code.as_deref(),
        },
        issued_on: found.issued_on,
        posted_at: found.deed.as_ref().map_or(tx.now(), |deed| deed.at),
        by: found.deed.as_ref().map_or(MACHINE, |deed| &deed.actor),
        trade_name: &actor.company.name,
        address: &address,
    };
    sale::message(&about, lines, pack)
}

fn label(one: &OnItsWay) -> Label {
    if one.original == 0 { Label::NormalSale } else { Label::NormalRefund }
}

/// Writes down what happened to a document, and where it stands then.
fn happen(
    tx: &mut Tx<'_>,
    actor: &Actor,
    pack: &Pack,
    one: &OnItsWay,
    event: &Event,
    said: &str,
) -> Result<Submission, Error> {
    let number = number_of(tx, actor.company.id, one.document)?;
    let after = match one.submission.after(event.clone(), tx.now(), &pack.limits) {
        Ok(after) => after,
        // A second receipt, or one of what was taken back: it changes nothing, and a person must see it.
        Err(Fault::OtherReceipt { .. } | Fault::ReceiptOfVoid { .. }) => one.submission.clone(),
        Err(fault) => return Err(not_now(&fault, &number, &one.submission).into()),
    };
    let said: String = said.chars().take(SAID_MAX).collect();
    let right = match event {
        Event::Released => Right::FiscalRelease,
        Event::Found { .. } => Right::FiscalFind,
        _ => Right::FiscalSend,
    };
    act(tx, actor, right, Subject { name: &number, cause: Some(event.code()) }, |tx| {
        store::fiscal::follow_up(tx, actor.company.id, one, &after, (event, &said), label(one).code())?;
        let signed = |state: &State| matches!(state, State::Fiscalised { .. });
        if signed(&after.state) && !signed(&one.submission.state) {
            let found = reports::invoice::find(tx, actor.company.id, &number, None)?;
            let found = found.ok_or_else(|| Error::Failed(format!("{number} is gone")))?;
            super::stock::of_document(tx, actor, &found, one.original != 0)?;
        }
        Ok(())
    })?;
    Ok(after)
}

fn not_now(fault: &Fault, number: &str, one: &Submission) -> Refusal {
    match fault {
        Fault::HasReceipt => Refusal::HasFiscalReceipt { number: number.into() },
        Fault::InDoubt => Refusal::FiscalInDoubt { number: number.into() },
        _ => Refusal::SubmissionIs { number: number.into(), submission: one.state.code().into() },
    }
}

/// Takes what came of an attempt. An answer that comes twice, or too late, changes nothing more.
pub fn came(
    tx: &mut Tx<'_>,
    actor: &Actor,
    document: Id<ids::Document>,
    attempt: u32,
    came: &Came,
) -> Result<State, Error> {
    let company = actor.company.id;
    let mut device = store::fiscal::device_locked(tx, company)?.ok_or(Refusal::NoDevice)?;
    let (pack, now) = (pack(actor)?, tx.now());
    let (event, said) = match came {
        Came::NotSent { cause } => (Event::NotSent { attempt }, cause.clone()),
        Came::Silence { cause } => (Event::Silence { attempt }, cause.clone()),
        Came::NoSuchPath { status } => {
            let (code, advice) = (status.to_string(), Advice::Operator);
            (Event::Answered { attempt, code: code.clone(), advice, field: None }, code)
        }
        Came::Answer(bytes) => {
            let said = String::from_utf8_lossy(bytes).into_owned();
            (vsdc::outcome(bytes, attempt, &known(&device)?, pack), said)
        }
    };
    let answered = matches!(came, Came::Answer(_));
    let offline = matches!(&event, Event::Answered { advice: Advice::BackOff, .. });
    if answered {
        (device.reached_at, device.failed_at) = (Some(now), None);
        device.offline_at = if offline { device.offline_at.or(Some(now)) } else { None };
    } else {
        device.failed_at = device.failed_at.or(Some(now));
    }
    store::fiscal::save_device(tx, company, &device)?;
    let one = store::fiscal::get(tx, company, document, "")?;
    match happen(tx, actor, pack, &one, &event, &said) {
        Ok(after) => Ok(after.state),
        Err(Error::Refused(_)) => Ok(one.submission.state),
        Err(failed) => Err(failed),
    }
}

/// Takes what the device says of its counters, where it says anything.
pub fn counters(tx: &mut Tx<'_>, actor: &Actor, document: Id<ids::Document>, came: &Came) -> Result<State, Error> {
    let company = actor.company.id;
    store::fiscal::device_locked(tx, company)?;
    let Came::Answer(bytes) = came else {
        return Ok(store::fiscal::get(tx, company, document, "")?.submission.state);
    };
    let last = vsdc::read_answer::<Initialised>(bytes).ok().and_then(|answer| answer.data?.info.last_number());
    let event = last.map_or(Event::CountersHidden, |last| Event::CountersSeen { last });
    let one = store::fiscal::get(tx, company, document, "")?;
    let said = last.map(|last| last.to_string()).unwrap_or_default();
    match happen(tx, actor, pack(actor)?, &one, &event, &said) {
        Ok(after) => Ok(after.state),
        Err(Error::Refused(_)) => Ok(one.submission.state),
        Err(failed) => Err(failed),
    }
}

// ---- what a person does

/// How a document stands with the device, what happened to it, and what was signed.
#[derive(Clone, Debug)]
pub struct Standing {
    pub way: OnItsWay,
    pub events: Vec<Happened>,
    /// The label of the receipt, and the receipt.
    pub receipt: Option<(String, fiscal::Receipt)>,
    /// The receipts before and after it, as the device counts all: evidence where nobody heard.
    pub between: (Option<i64>, Option<i64>),
}

/// How a document stands; `None` where it does not go to a device.
pub fn standing(tx: &mut Tx<'_>, actor: &Actor, document: Id<ids::Document>) -> Result<Option<Standing>, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let Some(way) = store::fiscal::of(tx, company, document)? else { return Ok(None) };
    let events = store::fiscal::events(tx, company, document)?;
    let receipt = store::fiscal::receipt(tx, company, document)?;
    let between = store::fiscal::between(tx, company, way.submission.number)?;
    Ok(Some(Standing { way, events, receipt, between }))
}

/// The receipt of a document as it is printed.
pub fn printed(actor: &Actor, label: &str, receipt: &fiscal::Receipt) -> Result<Option<vsdc::Printed>, Error> {
    let label = Label::ALL.iter().find(|(_, code)| *code == label).map(|(label, _)| *label);
    let pack = pack(actor)?;
    Ok(label.and_then(|label| vsdc::Printed::of(receipt, label, pack)))
}

/// Documents without a receipt, the lowest number first.
pub fn queue(tx: &mut Tx<'_>, actor: &Actor, limit: i64) -> Result<Vec<Queued>, Error> {
    actor.may(Right::Read)?;
    store::fiscal::queue(tx, actor.company.id, limit)
}

/// Documents without a receipt: they do not age.
pub fn pending(tx: &mut Tx<'_>, actor: &Actor) -> Result<BTreeSet<Id<ids::Document>>, Error> {
    actor.may(Right::Read)?;
    store::fiscal::pending_ids(tx, actor.company.id)
}

/// How many documents have no receipt, and how many of them wait for a person.
pub fn counts(tx: &mut Tx<'_>, actor: &Actor) -> Result<(i64, i64), Error> {
    actor.may(Right::Read)?;
    store::fiscal::counts(tx, actor.company.id)
}

/// Sends a document again after a person did what was asked, perhaps with a new purchase code; or at once, where it waits
/// for its next attempt.
pub fn release(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: &str,
    code: Option<&str>,
    key: Option<&Once>,
) -> Result<(), Error> {
    let code = code.map(purchase_code).transpose()?.flatten();
    actor.may(Right::FiscalRelease)?;
    once(tx, actor, key, |tx| {
        let company = actor.company.id;
        store::fiscal::device_locked(tx, company)?;
        let document = store::document::get(tx, company, number)?.id;
        let one = store::fiscal::get(tx, company, document, number)?;
        let asks = matches!(one.submission.state, State::Refused { ask: Ask::NewPurchaseCode, .. });
        if asks && code.is_none() {
            return Err(Refusal::Missing { field: "purchase_code".into() }.into());
        }
        let event = Event::Released;
        let said = code.as_deref().unwrap_or_default();
        happen(tx, actor, pack(actor)?, &one, &event, said)?;
        match &code {
            Some(code) => store::fiscal::set_purchase_code(tx, company, document, code),
            None => Ok(()),
        }
    })
}

/// Says what a person saw at the authority's portal of a document of which nobody heard: there, or not.
pub fn found(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: &str,
    there: bool,
    reason: &str,
    key: Option<&Once>,
) -> Result<(), Error> {
    needs_reason(reason)?;
    actor.may(Right::FiscalFind)?;
    once(tx, actor, key, |tx| {
        let company = actor.company.id;
        store::fiscal::device_locked(tx, company)?;
        let document = store::document::get(tx, company, number)?.id;
        let one = store::fiscal::get(tx, company, document, number)?;
        happen(tx, actor, pack(actor)?, &one, &Event::Found { there }, reason.trim()).map(|_| ())
    })
}

/// Takes a document back before the device has it; within the action that does so in the ledger.
pub(super) fn void(tx: &mut Tx<'_>, actor: &Actor, document: Id<ids::Document>, number: &str) -> Result<(), Error> {
    let company = actor.company.id;
    let Some(pack) = pack_of(&actor.company.country)? else { return Ok(()) };
    store::fiscal::device_locked(tx, company)?;
    let Some(one) = store::fiscal::of(tx, company, document)? else { return Ok(()) };
    let after = one.submission.after(Event::Void, tx.now(), &pack.limits);
    let after = after.map_err(|fault| not_now(&fault, number, &one.submission))?;
    store::fiscal::follow_up(tx, company, &one, &after, (&Event::Void, ""), "")
}

/// The company of a device that is to be served, if nothing keeps its documents back.
pub fn served(tx: &mut Tx<'_>) -> Result<Vec<store::company::Company>, Error> {
    if quarantine::is_on(tx)? {
        return Ok(Vec::new());
    }
    let mut served = Vec::new();
    for company in store::company::list(tx)? {
        if store::fiscal::device(tx, company.id)?.is_some_and(|device| !device.info.is_empty()) {
            served.push(company);
        }
    }
    Ok(served)
}
