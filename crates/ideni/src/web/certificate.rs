//! Certificates of tax withheld: awaited, filed, claimed and refused on the invoice's page.

use axum::response::Response;
use receivables::Date;
use receivables::billing::certificate::State;
use store::Error;
use store::certificate::{Certificate, Event};

use super::ask::Ask;
use super::customer::Options;
use super::invoice::address;
use super::page::{Desk, Page};
use super::route::Route;
use crate::actions::Right;
use crate::actions::certificate::{self, Given, Said};

pub const ROUTES: &[Route] = &[
    Route::post("/invoices/{number}/certificates", Right::CertificateSave, awaits).again(super::invoice::show),
    Route::post("/invoices/{number}/certificates/{id}", Right::CertificateSave, say).again(super::invoice::show),
];

/// A certificate on the page of its invoice.
pub(super) struct Shown {
    pub kind: String,
    pub amount: String,
    pub chip: &'static str,
    pub state: String,
    /// Since when, and what was said last.
    pub said: String,
    /// Where its form goes.
    pub here: String,
    pub is_awaited: bool,
    pub is_on_file: bool,
    pub is_claimed: bool,
}

/// The kinds of withholding that count on a day, by code and name.
pub(super) fn kinds(desk: &Desk, on: Date) -> Result<Options, Error> {
    let kinds = certificate::of_country(&desk.actor.company.country)?;
    Ok(kinds.on(on).map(|kind| (kind.code.clone(), desk.page.language.of(&kind.names).to_owned())).collect())
}

pub(super) fn shown(p: &Page, kinds: &Options, certificate: &Certificate, events: &[Event]) -> Shown {
    let c = certificate;
    let chip = match c.state {
        State::Awaited => "wait",
        State::OnFile | State::Claimed => "good",
        State::Refused => "bad",
        State::Settled => "",
    };
    let said = match events.last() {
        Some(event) => format!("{} {}", p.day(event.on), event.said),
        None => p.day(c.awaited_on),
    };
    Shown {
        kind: kinds.iter().find(|(code, _)| *code == c.kind).map_or(c.kind.clone(), |(_, name)| name.clone()),
        amount: p.money(c.amount, c.currency),
        chip,
        state: p.t(&format!("certificate-{}", c.state.code())),
        said,
        here: format!("{}/certificates/{}", address(&c.number), c.id),
        is_awaited: c.state == State::Awaited,
        is_on_file: c.state == State::OnFile,
        is_claimed: c.state == State::Claimed,
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NewForm {
    kind: String,
    amount: String,
}

fn awaits(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let NewForm { kind, amount } = ask.form()?;
    let (number, once) = (ask.path("number").to_owned(), ask.once());
    let given = desk.read(|tx, actor| {
        let currency = store::document::get(tx, actor.company.id, &number)?.currency;
        let amount = match amount.trim() {
            "" => None,
            text => Some(formats::parse_money(text, currency)?.minor),
        };
        Ok(Given { invoice: number.clone(), kind: kind.clone(), amount })
    })?;
    desk.write(move |tx, actor, today| certificate::awaits(tx, actor, today, &given, Some(&once)).map(|_| ()))?;
    desk.to(&address(ask.path("number")), "certificate-saved")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SayForm {
    /// What is said, and its words.
    #[serde(rename = "do")]
    what: String,
    said: String,
}

fn say(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let SayForm { what, said } = ask.form()?;
    let said = match what.as_str() {
        "claim" => Said::Claimed { period: said },
        "refuse" => Said::Refused { reason: said },
        _ => Said::OnFile { number: said, on: None },
    };
    let (id, once) = (ask.path("id").to_owned(), ask.once());
    desk.write(move |tx, actor, today| certificate::say(tx, actor, today, &id, &said, Some(&once)))?;
    desk.to(&address(ask.path("number")), "certificate-saved")
}
