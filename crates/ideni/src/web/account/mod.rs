//! One account: what to do next and why, a call recorded with all that came of it, what is open, what was agreed, what was
//! written down and filed, and everything that happened.

mod agreed;
mod balance;
mod call;
mod money;
mod timeline;

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use receivables::Date;
use receivables::collections::attempt::hour_text;
use store::Error;
use store::customer::Customer;

use super::ask::{Ask, question};
use super::contact_person::Contacts;
use super::kept::{self, Kept};
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use super::worklist::{account as address, first, ordered, reasons};
use crate::actions::worklist::{self, Asked, Named};
use crate::actions::{Right, attempt, contact_person, fiscal, hold, invoice_file, merge};

pub const ROUTES: &[Route] = &[
    Route::get("/accounts/{code}", Right::Read, show),
    Route::post("/accounts/{code}/attempts", Right::AttemptAdd, call::record).again(show),
    Route::post("/accounts/{code}/notes", Right::NoteAdd, note).again(show),
    Route::post("/accounts/{code}/papers", Right::PaperAdd, paper).again(show).files(kept::BYTES_MAX),
    Route::post("/accounts/{code}/callbacks", Right::CallbackDone, agreed::call_done).again(show),
    Route::post("/accounts/{code}/promises", Right::PromiseAdd, agreed::promise).again(show),
    Route::post("/accounts/{code}/withdrawals", Right::PromiseAdd, agreed::withdraw).again(show),
    Route::post("/accounts/{code}/holds", Right::HoldAdd, agreed::hold).again(show),
    Route::post("/accounts/{code}/hold-ends", Right::HoldAdd, agreed::lift).again(show),
    Route::post("/accounts/{code}/disputes", Right::DisputeAdd, agreed::dispute).again(show),
    Route::post("/accounts/{code}/dispute-ends", Right::DisputeEnd, agreed::end_dispute).again(show),
    Route::post("/accounts/{code}/allocations", Right::AllocationAdd, money::allocate).again(show),
    Route::post("/accounts/{code}/reversals", Right::AllocationReverse, money::reverse).again(show),
    Route::post("/accounts/{code}/write-offs", Right::WriteOff, money::write_off).again(show),
];

/// What the page of an account asks: the list it is walked in, and the part of its history.
#[derive(serde::Deserialize, Default, Clone)]
#[serde(deny_unknown_fields, default)]
struct Question {
    of: String,
    segment: String,
    currency: String,
    min: String,
    step: String,
    reason: String,
    text: String,
    list: String,
    topic: String,
    before: String,
}

impl Question {
    fn asked(&self) -> Asked {
        Asked {
            of: self.of.clone(),
            segment: self.segment.clone(),
            currency: self.currency.clone(),
            min: self.min.clone(),
            step: self.step.clone(),
            reason: self.reason.clone(),
            text: self.text.clone(),
            list: self.list.clone(),
        }
    }
}

/// The open items that were chosen, by number and instalment.
const ITEM: &str = "item";

/// Where an account is, and the list it is walked in.
struct Place {
    code: String,
    asked: Asked,
}

impl Place {
    fn of(ask: &Ask) -> Result<Place, Error> {
        let asked: Question = ask.query_beside(&[ITEM])?;
        Ok(Place { code: ask.path("code").to_owned(), asked: asked.asked() })
    }

    /// Back to the account, which says what was done.
    fn to(&self, desk: &Desk, done: &str) -> Result<Response, Error> {
        desk.to(&address(&self.code, &question(self.asked.parts())), done)
    }
}

/// What the list says of the account.
struct Suggested {
    step: String,
    first: String,
    reasons: Vec<(String, i32)>,
    points: i32,
}

#[derive(Template)]
#[template(path = "account.html")]
struct Account<'a> {
    p: &'a Page,
    customer: Customer,
    phone: Option<String>,
    speaks: String,
    /// The path of this page, and the list it is walked in behind it.
    here: String,
    q: String,
    list_link: String,
    before: Option<(String, String)>,
    after: Option<(String, String)>,
    suggested: Option<Suggested>,
    rests: Option<String>,
    holds: Vec<agreed::Held>,
    balances: Vec<balance::Balance>,
    items: Vec<balance::Item>,
    receipts: Vec<(String, String)>,
    call: call::Form,
    calls: Vec<agreed::Call>,
    promises: Vec<agreed::Promised>,
    disputes: Vec<agreed::Contested>,
    /// Code and words.
    reasons: Vec<(String, String)>,
    outcomes: Vec<(String, String)>,
    kept: Kept,
    timeline: timeline::Timeline,
    contacts: Contacts,
    /// Customers merged into this one: path, code and name.
    merged: Vec<(String, String, String)>,
    asked: Asked,
}

impl Account<'_> {
    /// The list that is walked, as hidden fields carry it on.
    fn list_parts(&self) -> Vec<(&'static str, &str)> {
        self.asked.parts()
    }

    /// The open invoices, each with what is open of it.
    fn invoices(&self) -> &[(String, String)] {
        self.call.invoices.get(1..).unwrap_or_default()
    }

    /// Where a form of this page is sent, without the list that is walked.
    fn to(&self, what: &str) -> String {
        under(&self.customer.code, what)
    }

    /// The same, of a form about one thing of several: only if it was the one that was refused.
    fn refused_to(&self, what: &str, field: &str, id: &str) -> String {
        self.p.refused_to(&self.to(what), field, id)
    }
}

fn show(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Question = ask.query_beside(&[ITEM])?;
    ordered(desk)?;
    let (code, p) = (ask.path("code").to_owned(), &desk.page);
    let filter = asked.asked();
    let q = question(filter.parts());
    let named = |one: Option<Named>| one.map(|(code, name)| (address(&code, &q), name));
    let coded = |prefix: &str, codes: &[&str]| {
        let words = codes.iter().map(|code| ((*code).to_owned(), p.t(&format!("{prefix}-{code}"))));
        words.collect::<Vec<_>>()
    };
    let group = desk.read(|tx, actor| merge::group(tx, actor, &code))?;
    if group.survivor.code != code {
        // A merged customer has no account of its own.
        return Ok(Redirect::to(&address(&group.survivor.code, &q)).into_response());
    }
    let view = desk.read(|tx, actor| {
        let customer = group.survivor.clone();
        let understood = filter.understood(tx, actor)?;
        let (before, after) = worklist::neighbours(tx, actor, desk.today, &understood, customer.id)?;
        let stands = worklist::stands(tx, actor, desk.today, customer.id)?;
        let rests = attempt::rests_until(tx, actor, desk.today, customer.id)?;
        let (mut open, mut funds) = (Vec::new(), Vec::new());
        for member in group.members() {
            open.extend(store::document::open_of(tx, actor.company.id, member.id)?);
            funds.extend(store::receipt::unapplied_of(tx, actor.company.id, member.id)?);
        }
        let mut pending = fiscal::pending(tx, actor)?;
        // Due when the files of papers let it be.
        let moved = invoice_file::moved(tx, actor)?;
        for item in &mut open {
            match moved.get(&item.document) {
                Some(Some(days)) => item.due_on = item.due_on.plus_days(*days),
                Some(None) => pending.extend([item.document]),
                None => {}
            }
        }
        open.sort_by_key(|item| item.due_on);
        let chosen = ask.asked(ITEM);
        let held = hold::active(tx, actor, desk.today, &group)?;
        let people = contact_person::list(tx, actor, &code)?;
        let (promises, disputes) = (agreed::promises(tx, desk, &group)?, agreed::disputes(tx, desk, &group)?);
        let mut kept = Kept::load(tx, desk, "customer", &code, &address(&code, ""), &q)?;
        kept.others = agreed::records(p, &promises, &disputes);
        Ok(Account {
            p,
            here: address(&code, ""),
            list_link: format!("/worklist{q}"),
            before: named(before),
            after: named(after),
            suggested: stands.filter(|row| !row.overdue.is_empty()).map(|row| suggested(desk, row)),
            rests: rests.map(|(on, minute)| moment(desk, on, minute)),
            holds: held.into_iter().map(|h| agreed::held(p, h)).collect(),
            balances: balance::balances(desk, &open, &funds, &pending),
            items: balance::items(desk, &open, &chosen, &group, &pending),
            receipts: funds
                .iter()
                .map(|f| (f.receipt.to_string(), format!("{} · {}", f.name, p.money(f.unapplied, f.currency))))
                .collect(),
            call: call::form(desk, ask, &customer, &open, &chosen),
            calls: agreed::calls(tx, desk, &group)?,
            promises,
            disputes,
            merged: group.merged.iter().map(|c| (in_path(&c.code), c.code.clone(), c.name.clone())).collect(),
            reasons: agreed::reasons(p),
            outcomes: coded("outcome", &["rejected", "accepted", "withdrawn"]),
            kept,
            timeline: timeline::timeline(tx, desk, &code, &asked, &q)?,
            contacts: Contacts::load(p, &code, people),
            phone: customer.phone.as_deref().map(crate::words::phone),
            speaks: p.t(&format!("language-{}", customer.language)),
            customer,
            q: q.clone(),
            asked: filter.clone(),
        })
    })?;
    render(&view)
}

fn note(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let place = Place::of(ask)?;
    kept::note(desk, ask, "customer", &place.code)?;
    place.to(desk, "note-added")
}

fn paper(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let place = Place::of(ask)?;
    kept::paper(desk, ask, "customer", &place.code)?;
    place.to(desk, "paper-added")
}

fn suggested(desk: &Desk, row: worklist::Row) -> Suggested {
    Suggested {
        step: desk.page.step(&row.step),
        first: first(desk, &row.reasons),
        reasons: reasons(desk, &row.reasons),
        points: row.points,
    }
}

/// A day and an hour of it; today's hour alone.
fn moment(desk: &Desk, on: Date, minute: i32) -> String {
    match (on == desk.today, minute) {
        (true, _) => hour_text(minute),
        (false, 0) => desk.page.day(on),
        _ => format!("{}, {}", desk.page.day(on), hour_text(minute)),
    }
}

/// The path of something that belongs to an account.
fn under(code: &str, what: &str) -> String {
    format!("/accounts/{}/{what}", in_path(code))
}
