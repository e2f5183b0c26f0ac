//! The tax device: where it is, its clocks, what waits for it and why; and its panel on the page of a document.

use askama::Template;
use axum::response::Response;
use receivables::billing::fiscal::State;
use store::Error;
use store::fiscal::Device;

use super::ask::{Ask, day_or_none, text_or_none};
use super::invoice::address;
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use crate::actions::fiscal::{self, GivenDevice, Standing};
use crate::actions::{Right, credit_note, sales};
use crate::gateways::tax_device::ANSWER;
use crate::jobs;

pub const ROUTES: &[Route] = &[
    Route::get("/ebm", Right::Read, show),
    Route::post("/ebm/device", Right::DeviceSave, device).again(show),
    Route::post("/ebm/initialise", Right::DeviceSave, initialise).again(show),
    Route::post("/ebm/days/{on}/close", Right::FiscalSend, close).again(show),
    Route::post("/ebm/send", Right::FiscalSend, send).again(show),
    Route::post("/invoices/{number}/ebm", Right::FiscalRelease, release).again(super::invoice::show),
    Route::post("/invoices/{number}/ebm/found", Right::FiscalFind, found).again(super::invoice::show),
    Route::post("/invoices/{number}/void", Right::InvoiceVoid, void).again(super::invoice::show),
];

/// Rows the queue shows.
const SHOWN: i64 = 200;
/// Documents that one press of the button sends.
const AT_ONCE: usize = 50;
/// A first address and serial, as the form begins.
const LOCAL: &str = "http://localhost:8080";

/// A document without a receipt.
struct Waiting {
    number: String,
    link: String,
    name: String,
    at: String,
    issued_on: String,
    total: String,
    chip: &'static str,
    state: String,
    why: String,
}

/// A clock that runs.
struct Clock {
    label: String,
    at: String,
}

#[derive(Template)]
#[template(path = "ebm.html")]
struct Ebm<'a> {
    p: &'a Page,
    device: Option<Device>,
    is_known: bool,
    form: Device,
    clocks: Vec<Clock>,
    queue: Vec<Waiting>,
    counts: (i64, i64),
    today: Vec<(String, String, String, String, String)>,
    /// How many customers paid ahead of an invoice; nothing where none did.
    ahead: String,
    /// Days that are over and not closed: as they are read, and as they are sent.
    open_days: Vec<(String, String)>,
}

/// Days that are offered to be closed.
const DAYS: usize = 7;

pub(super) fn show(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let p = &desk.page;
    let (device, counts, queue, report, ahead, open_days) = desk.read(|tx, actor| {
        let (device, ahead) = (fiscal::device(tx, actor)?, sales::ahead(tx, actor)?.len());
        let queue = fiscal::queue(tx, actor, SHOWN)?;
        Ok((
            device,
            fiscal::counts(tx, actor)?,
            queue,
            fiscal::day(tx, actor, desk.today)?,
            ahead,
            fiscal::not_closed(tx, actor, desk.today, DAYS)?,
        ))
    })?;
    let own = desk.actor.company.currency;
    let empty = Device {
        way: "vsdc".into(),
        address: LOCAL.into(),
        branch: "00".into(),
        serial: String::new(),
        item_class: String::new(),
        from_on: desk.today,
        paths: String::new(),
        info: String::new(),
        secret: String::new(),
        reached_at: None,
        failed_at: None,
        offline_at: None,
    };
    let waiting = |one: &store::fiscal::Queued| {
        let (chip, state) = standing(p, &one.way.submission.state);
        Waiting {
            number: one.number.clone(),
            link: address(&one.number),
            name: one.name.clone(),
            at: in_path(&one.code),
            issued_on: p.day(one.issued_on),
            total: p.money(one.total, one.currency),
            chip,
            state,
            why: why(p, &one.way.submission.state),
        }
    };
    let mut today = Vec::new();
    for of in &report.labels {
        for letter in &of.letters {
            let (count, gross, tax) = (p.number(letter.count), p.money(letter.with_tax, own), p.money(letter.tax, own));
            today.push((of.label.clone(), letter.letter.clone(), count, gross, tax));
        }
    }
    let ahead = device.as_ref().filter(|_| ahead > 0).map(|_| p.number(ahead)).unwrap_or_default();
    render(&Ebm {
        ahead,
        open_days: open_days.into_iter().map(|on| (p.day(on), on.to_string())).collect(),
        p,
        is_known: device.as_ref().is_some_and(|device| !device.info.is_empty()),
        form: device.clone().unwrap_or(empty),
        clocks: match &device {
            Some(device) => clocks(desk, device)?,
            None => Vec::new(),
        },
        device,
        queue: queue.iter().map(waiting).collect(),
        counts,
        today,
    })
}

fn clocks(desk: &Desk, device: &Device) -> Result<Vec<Clock>, Error> {
    let p = &desk.page;
    let clocks = fiscal::clocks(&desk.actor, device)?;
    let all = [
        ("ebm-failed-at", device.failed_at),
        ("ebm-notice-due-at", clocks.notice_due_at),
        ("ebm-offline-at", device.offline_at),
        ("ebm-stops-signing-at", clocks.stops_signing_at),
    ];
    let shown = all.into_iter().filter_map(|(key, at)| at.map(|at| Clock { label: p.t(key), at: p.instant(at) }));
    Ok(shown.collect())
}

/// The look and the word of a state.
fn standing(p: &Page, state: &State) -> (&'static str, String) {
    let look = match state {
        State::Fiscalised { .. } => "good",
        State::Void { .. } => "",
        _ if state.needs_person() => "bad",
        _ => "wait",
    };
    (look, p.t(&format!("submission-{}", state.code())))
}

/// What a document waits for, and what to do about it.
fn why(p: &Page, state: &State) -> String {
    match state {
        State::Waiting { not_before } => p.t1("ebm-why-waiting", "at", p.instant(not_before)),
        State::Sent { at } => p.t1("ebm-why-sent", "at", p.instant(at)),
        State::Unknown { counters_cannot_tell: true, .. } => p.t("ebm-why-look"),
        State::Unknown { doubt, .. } => p.t(&format!("ebm-doubt-{}", doubt.code())),
        State::Refused { code, ask, .. } => {
            let what = p.t(&format!("ebm-ask-{}", ask.code()));
            if code.is_empty() { what } else { format!("{code}: {what}") }
        }
        State::Parked { code, .. } => p.t1("ebm-why-parked", "code", code.as_deref().unwrap_or("–")),
        State::Fiscalised { .. } | State::Void { .. } => String::new(),
    }
}

/// The panel on the page of a document.
pub(super) struct Panel {
    pub chip: &'static str,
    pub state: String,
    pub why: String,
    /// What the receipt says: name and value.
    pub receipt: Vec<(String, String)>,
    pub events: Vec<(String, String, String)>,
    /// Where the receipts before and after it leave room for one of which nobody heard.
    pub evidence: Option<String>,
    pub may_release: bool,
    pub asks_code: bool,
    pub may_find: bool,
    pub may_void: bool,
    pub is_pending: bool,
}

pub(super) fn panel(desk: &Desk, standing: &Standing) -> Result<Panel, Error> {
    let p = &desk.page;
    let state = &standing.way.submission.state;
    let (chip, said) = self::standing(p, state);
    let receipt = match &standing.receipt {
        Some((label, receipt)) => fiscal::printed(&desk.actor, label, receipt)?,
        None => None,
    };
    let receipt = receipt.map(|r| {
        vec![
            (p.t("print-sdc-receipt"), r.count.to_string()),
            (p.t("print-sdc-id"), r.sdc),
            (p.t("print-sdc-date"), format!("{} {}", r.day, r.time)),
            (p.t("print-sdc-internal"), r.internal_data),
            (p.t("print-sdc-signature"), r.signature),
            (p.t("print-sdc-mrc"), r.mrc),
        ]
    });
    let unknown = matches!(state, State::Unknown { .. });
    let evidence = match standing.between {
        (Some(before), Some(after)) if unknown => {
            let room = (after - before - 1).to_string();
            let (before, after) = (before.to_string(), after.to_string());
            let args = [("before", before.as_str()), ("after", after.as_str()), ("room", room.as_str())];
            Some(crate::words::say(p.language, "ebm-evidence", &args))
        }
        _ => None,
    };
    let event = |one: &store::fiscal::Happened| {
        (p.instant(one.at), p.t(&format!("ebm-event-{}", one.event)), one.said.chars().take(300).collect())
    };
    Ok(Panel {
        chip,
        state: said,
        why: why(p, state),
        receipt: receipt.unwrap_or_default(),
        events: standing.events.iter().rev().map(event).collect(),
        evidence,
        may_release: matches!(state, State::Waiting { .. } | State::Refused { .. } | State::Parked { .. }),
        asks_code: matches!(state, State::Refused { ask: receivables::billing::fiscal::Ask::NewPurchaseCode, .. }),
        may_find: unknown,
        may_void: matches!(state, State::Waiting { .. } | State::Refused { .. }) && standing.way.submission.open == 0,
        is_pending: state.is_pending(),
    })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DeviceForm {
    way: String,
    address: String,
    branch: String,
    serial: String,
    item_class: String,
    from_on: String,
    paths: String,
}

fn device(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: DeviceForm = ask.form()?;
    let given = GivenDevice {
        way: form.way.trim().to_owned(),
        address: form.address,
        branch: form.branch.trim().to_owned(),
        serial: form.serial,
        item_class: form.item_class.trim().to_owned(),
        from_on: day_or_none(&form.from_on, "from_on")?,
        paths: form.paths.split_whitespace().map(str::to_owned).collect(),
    };
    desk.write(move |tx, actor, today| fiscal::set_device(tx, actor, today, &given))?;
    desk.to("/ebm", "device-saved")
}

fn initialise(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    jobs::fiscal::initialise(&desk.db, &desk.actor)?;
    desk.to("/ebm", "device-known")
}

fn send(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    desk.write(|tx, actor, _| fiscal::hasten(tx, actor))?;
    jobs::fiscal::send(&desk.db, &desk.actor, AT_ONCE, ANSWER)?;
    desk.to("/ebm", "ebm-sent")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ReleaseForm {
    #[serde(default)]
    purchase_code: String,
}

fn release(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let ReleaseForm { purchase_code } = ask.form()?;
    let (number, once) = (ask.path("number").to_owned(), ask.once());
    let code = text_or_none(&purchase_code);
    desk.write(move |tx, actor, _| fiscal::release(tx, actor, &number, code.as_deref(), Some(&once)))?;
    desk.to(&address(ask.path("number")), "ebm-released")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct FoundForm {
    /// `yes` or `no`.
    there: String,
    reason: String,
}

fn found(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let FoundForm { there, reason } = ask.form()?;
    let (number, once) = (ask.path("number").to_owned(), ask.once());
    desk.write(move |tx, actor, _| fiscal::found(tx, actor, &number, there == "yes", &reason, Some(&once)))?;
    desk.to(&address(ask.path("number")), "ebm-found")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct VoidForm {
    reason: String,
}

fn void(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let VoidForm { reason } = ask.form()?;
    let (number, once) = (ask.path("number").to_owned(), ask.once());
    desk.write(move |tx, actor, today| credit_note::void(tx, actor, today, &number, &reason, Some(&once)).map(|_| ()))?;
    desk.to(&address(ask.path("number")), "invoice-void")
}

fn close(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let on = ask.path("on");
    let none = || receivables::Refusal::NotFound { kind: "fiscal-day".into(), name: on.to_owned() };
    let on: receivables::Date = on.parse().map_err(|_| none())?;
    desk.write(move |tx, actor, today| fiscal::close(tx, actor, today, on))?;
    desk.to("/ebm", "day-closed")
}
