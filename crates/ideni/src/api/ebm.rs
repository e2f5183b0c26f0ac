//! The tax device: what waits for it, and what a person does about that.

use receivables::billing::fiscal::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::shape::{CurrencyCode, Day, Line, Moment, Reason, Sum};
use crate::actions::fiscal;

endpoints! { "ebm"
    /// Item classes, packagings and units of the tax device that are kept, by words or the beginning of a code, up to 100.
    read Get "/ebm/codes" Read codes(query WhichCode) -> DeviceCodes;
    /// Documents without a receipt of the tax device, up to 200, the lowest number first.
    read Get "/ebm/queue" Read queue() -> FiscalQueue;
    /// Receipts of a day by label and tax letter; of today where no day is said.
    read Get "/ebm/day" Read day(query WhichFiscalDay) -> FiscalDay;
    /// How a document stands with the tax device, what happened to it, and its receipt.
    read Get "/ebm/documents/{number}" Read show() -> FiscalStanding;
    /// Closes a day that is over: its report stays as it is now.
    write Post "/ebm/days/{on}/close" FiscalSend close() -> FiscalDay;
    /// Sends a document again after a person did what was asked, or at once.
    write Post "/ebm/documents/{number}/release" FiscalRelease release(body NewRelease) -> FiscalState;
    /// Says what stands on the authority's portal about a document of which nobody heard.
    write Post "/ebm/documents/{number}/found" FiscalFind found(body NewFound) -> FiscalState;
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct WhichCode {
    q: Line<1, 100>,
}

#[derive(Serialize, JsonSchema)]
struct DeviceCodes {
    codes: Vec<DeviceCode>,
}

#[derive(Serialize, JsonSchema)]
struct DeviceCode {
    /// The number of the table, 17 of packagings and 10 of units, or `item-class`.
    class: String,
    code: String,
    name: String,
}

#[derive(Serialize, JsonSchema)]
struct FiscalQueue {
    documents: Vec<WithoutReceipt>,
}

#[derive(Serialize, JsonSchema)]
struct WithoutReceipt {
    number: String,
    customer: String,
    name: String,
    issued_on: Day,
    currency: CurrencyCode,
    total: Sum,
    /// Its number for the device.
    device_number: u64,
    state: &'static str,
    /// Whether only a person can do something about it.
    needs_person: bool,
    attempts: u32,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct WhichFiscalDay {
    on: Option<Day>,
}

#[derive(Serialize, JsonSchema)]
struct FiscalDay {
    on: Day,
    /// Whether it is closed: then it is read as it was closed.
    closed: bool,
    letters: Vec<SignedLetter>,
}

#[derive(Serialize, JsonSchema)]
struct SignedLetter {
    /// NS of a sale, NR of a refund.
    label: String,
    letter: String,
    receipts: i64,
    /// With tax.
    total: Sum,
    tax: Sum,
}

#[derive(Serialize, JsonSchema)]
struct FiscalStanding {
    number: String,
    state: &'static str,
    needs_person: bool,
    receipt: Option<FiscalReceipt>,
    events: Vec<FiscalEvent>,
}

#[derive(Serialize, JsonSchema)]
struct FiscalReceipt {
    label: String,
    sdc: String,
    mrc: String,
    /// Among the receipts of its label, and among all.
    of_label: u64,
    of_all: u64,
    internal_data: String,
    signature: String,
    signed_at: Moment,
}

#[derive(Serialize, JsonSchema)]
struct FiscalEvent {
    at: Moment,
    event: String,
    attempt: i32,
    /// Where it stood then.
    became: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewRelease {
    /// The buyer's new purchase code, six letters and digits.
    purchase_code: Option<Line<1, 20>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewFound {
    there: bool,
    reason: Reason,
}

#[derive(Serialize, JsonSchema)]
struct FiscalState {
    number: String,
    state: &'static str,
}

/// Rows that the queue shows, and codes that words find.
const SHOWN: i64 = 200;
const FOUND: usize = 100;

fn codes(tx: &mut Tx<'_>, ask: &Ask, which: &WhichCode) -> Result<DeviceCodes, Error> {
    let found = fiscal::search_codes(tx, ask.actor(), which.q.as_str(), FOUND)?;
    let of = |one: receivables::billing::device_code::Listed| DeviceCode {
        class: one.class,
        code: one.code,
        name: one.name,
    };
    Ok(DeviceCodes { codes: found.into_iter().map(of).collect() })
}

fn queue(tx: &mut Tx<'_>, ask: &Ask) -> Result<FiscalQueue, Error> {
    let of = |one: store::fiscal::Queued| WithoutReceipt {
        total: Sum::of(one.total, one.currency),
        state: one.way.submission.state.code(),
        needs_person: one.way.submission.state.needs_person(),
        device_number: one.way.submission.number,
        attempts: one.way.submission.attempts,
        number: one.number,
        customer: one.code,
        name: one.name,
        issued_on: Day(one.issued_on),
        currency: CurrencyCode(one.currency),
    };
    Ok(FiscalQueue { documents: fiscal::queue(tx, ask.actor(), SHOWN)?.into_iter().map(of).collect() })
}

fn day(tx: &mut Tx<'_>, ask: &Ask, asked: &WhichFiscalDay) -> Result<FiscalDay, Error> {
    let on = asked.on.map_or(ask.today(), |Day(on)| on);
    let own = ask.own();
    let mut letters = Vec::new();
    let report = fiscal::day(tx, ask.actor(), on)?;
    for of in report.labels {
        for one in of.letters {
            let (total, tax) = (Sum::of(one.with_tax, own), Sum::of(one.tax, own));
            letters.push(SignedLetter { label: of.label.clone(), letter: one.letter, receipts: one.count, total, tax });
        }
    }
    Ok(FiscalDay { on: Day(on), closed: report.closed, letters })
}

fn close(tx: &mut Tx<'_>, ask: &Ask) -> Result<FiscalDay, Error> {
    let on = ask.day("on")?;
    fiscal::close(tx, ask.actor(), ask.today(), on)?;
    day(tx, ask, &WhichFiscalDay { on: Some(Day(on)) })
}

fn standing(tx: &mut Tx<'_>, ask: &Ask, number: &str) -> Result<fiscal::Standing, Error> {
    let document = store::document::get(tx, ask.actor().company.id, number)?.id;
    let missing = || receivables::Refusal::NotFound { kind: "submission".into(), name: number.into() };
    Ok(fiscal::standing(tx, ask.actor(), document)?.ok_or_else(missing)?)
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<FiscalStanding, Error> {
    let number = ask.path("number");
    let found = standing(tx, ask, number)?;
    let state = &found.way.submission.state;
    Ok(FiscalStanding {
        number: number.to_owned(),
        state: state.code(),
        needs_person: state.needs_person(),
        receipt: found.receipt.map(|(label, r)| FiscalReceipt {
            label,
            sdc: r.sdc,
            mrc: r.mrc,
            of_label: r.of_label,
            of_all: r.of_all,
            internal_data: r.internal_data,
            signature: r.signature,
            signed_at: Moment(r.signed_at),
        }),
        events: found
            .events
            .into_iter()
            .map(|one| FiscalEvent { at: Moment(one.at), event: one.event, attempt: one.attempt, became: one.became })
            .collect(),
    })
}

fn told(tx: &mut Tx<'_>, ask: &Ask) -> Result<FiscalState, Error> {
    let number = ask.path("number");
    let state: State = standing(tx, ask, number)?.way.submission.state;
    Ok(FiscalState { number: number.to_owned(), state: state.code() })
}

fn release(tx: &mut Tx<'_>, ask: &Ask, new: &NewRelease) -> Result<FiscalState, Error> {
    let code = new.purchase_code.as_ref().map(Line::as_str);
    fiscal::release(tx, ask.actor(), ask.path("number"), code, None)?;
    told(tx, ask)
}

fn found(tx: &mut Tx<'_>, ask: &Ask, new: &NewFound) -> Result<FiscalState, Error> {
    fiscal::found(tx, ask.actor(), ask.path("number"), new.there, new.reason.as_str(), None)?;
    told(tx, ask)
}
