//! The files of papers that buyers want with an invoice: the list, the panel on an invoice's page with the next step, and what a
//! customer wants on its page.

use askama::Template;
use axum::response::Response;
use receivables::billing::invoice_file::{Paper, TermFrom};
use store::invoice_file::Happened;
use store::{Error, Tx};

use super::ask::{Ask, day_or_none, text_or_none};
use super::customer::Options;
use super::invoice::address;
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use crate::actions::invoice_file::{self, Asked, OnDay, SETTLED, State, Step};
use crate::actions::{Actor, Right};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/invoice-files", Right::Read, list),
    Route::post("/invoices/{number}/file", Right::InvoiceFileSay, say).again(super::invoice::show),
    Route::post("/customers/{code}/invoice-file", Right::InvoiceFileNeed, need).again(super::customer::edit),
];

/// Rows the list shows.
const SHOWN: usize = 200;
/// Days in a state that the filter offers.
const DAYS: [&str; 4] = ["7", "14", "30", "60"];

/// Papers by their words, with a comma between.
pub(super) fn papers<'c>(p: &Page, codes: impl Iterator<Item = &'c str>) -> String {
    codes.map(|code| p.t(&format!("invoice-paper-{code}"))).collect::<Vec<_>>().join(", ")
}

fn chip(state: &str) -> &'static str {
    match state {
        "returned" => "bad",
        "approved" | "with-treasury" | SETTLED => "good",
        _ => "wait",
    }
}

fn standing(p: &Page, state: &str) -> String {
    p.t(&format!("standing-{state}"))
}

// ---- the list

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Filter {
    state: String,
    days: String,
    by: String,
    customer: String,
}

struct Row {
    number: String,
    link: String,
    name: String,
    at: String,
    open: String,
    chip: &'static str,
    state: String,
    since: String,
    days: i32,
    missing: String,
    ends_on: Option<String>,
    due: String,
    by: String,
}

#[derive(Template)]
#[template(path = "invoice_files.html")]
struct Files<'a> {
    p: &'a Page,
    asked: Filter,
    filtered: bool,
    states: Options,
    days: Options,
    people: Options,
    rows: Vec<Row>,
    /// How many more there are.
    more: usize,
}

fn list(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (p, typed): (_, Filter) = (&desk.page, ask.query()?);
    let asked = Asked {
        customer: text_or_none(&typed.customer),
        state: text_or_none(&typed.state),
        days: text_or_none(&typed.days).and_then(|days| days.parse().ok()),
        by: text_or_none(&typed.by),
    };
    let (mut found, people) = desk.read(|tx, actor| {
        let found = invoice_file::list(tx, actor, desk.today, &asked)?;
        Ok((found, super::customer::collectors(tx, actor)?))
    })?;
    let more = found.len().saturating_sub(SHOWN);
    found.truncate(SHOWN);
    let all = || vec![(String::new(), p.t("list-all"))];
    let states = State::ALL.iter().map(|(_, code)| *code).chain([SETTLED]);
    let at_least = |days: &str| (days.to_owned(), p.t1("invoice-file-at-least", "days", days));
    render(&Files {
        p,
        filtered: [&typed.state, &typed.days, &typed.by, &typed.customer].iter().any(|text| !text.is_empty()),
        states: all().into_iter().chain(states.map(|code| (code.to_owned(), standing(p, code)))).collect(),
        days: all().into_iter().chain(DAYS.into_iter().map(at_least)).collect(),
        people: all().into_iter().chain(people).collect(),
        rows: found.into_iter().map(|one| row(p, one)).collect(),
        more,
        asked: typed,
    })
}

fn row(p: &Page, one: OnDay) -> Row {
    Row {
        link: address(&one.of.number),
        at: in_path(&one.of.code),
        open: p.money(one.of.open, one.of.currency),
        chip: chip(one.state),
        state: standing(p, one.state),
        since: p.day(one.of.file.since_on),
        days: one.days,
        missing: papers(p, one.missing.iter().map(Paper::code)),
        ends_on: one.ends_on.map(|on| p.t1("clearance-ends-soon", "day", p.day(on))),
        due: one.falls_due_on().map_or_else(|| p.t("invoice-file-not-yet"), |on| p.day(on)),
        by: one.of.by.unwrap_or_default(),
        number: one.of.number,
        name: one.of.name,
    }
}

// ---- on the page of an invoice

/// The file of an invoice.
pub(super) struct Panel {
    pub chip: &'static str,
    pub state: String,
    pub since: String,
    /// Papers that are wanted: word, and whether each is there.
    pub papers: Vec<(String, bool)>,
    pub ends_on: Option<String>,
    /// When it falls due, where that is another day than the invoice says.
    pub due: Option<String>,
    /// The way so far: day, step, what was said, who.
    pub way: Vec<(String, String, String, String)>,
    /// The steps that can follow.
    pub next: Options,
    /// Where its form goes.
    pub here: String,
    /// The day that the form offers.
    pub today: String,
}

/// The panel of an invoice's file; none where nobody wants anything and nothing was said.
pub(super) fn panel(desk: &Desk, found: Option<&(OnDay, Vec<Happened>)>, number: &str) -> Option<Panel> {
    let p = &desk.page;
    let (one, way) = found?;
    let file = &one.of.file;
    if file.need.is_nothing() && way.is_empty() {
        return None;
    }
    let may = desk.actor.can_for(Right::InvoiceFileSay, one.of.collector.as_deref());
    let next = if may { file.state.next() } else { &[] };
    let happened = |one: &Happened| {
        let missing = papers(p, one.event.missing.iter().map(Paper::code));
        let without = if missing.is_empty() { missing } else { p.t1("invoice-file-without", "papers", missing) };
        let said = [one.event.reference.as_str(), one.event.reason.as_str(), without.as_str()];
        let said: Vec<&str> = said.into_iter().filter(|text| !text.is_empty()).collect();
        (p.day(one.event.on), standing(p, one.event.state.code()), said.join(" · "), one.by.clone())
    };
    let there = |paper: Paper| (p.t(&format!("invoice-paper-{}", paper.code())), one.of.there.has(paper, desk.today));
    let applies = |paper: &Paper| *paper != Paper::Ebm || one.of.there.ebm.is_some();
    Some(Panel {
        chip: chip(file.state.code()),
        state: standing(p, file.state.code()),
        since: words::say(
            p.language,
            "invoice-file-since",
            &[("day", &p.day(file.since_on)), ("days", &one.days.to_string())],
        ),
        papers: file.need.papers.iter().filter(applies).map(there).collect(),
        ends_on: one.ends_on.map(|on| p.t1("clearance-ends", "day", p.day(on))),
        due: (file.moved_days != Some(0))
            .then(|| one.falls_due_on().map_or_else(|| p.t("invoice-file-not-due"), |on| p.day(on))),
        way: way.iter().map(happened).collect(),
        next: next.iter().map(|state| (state.code().to_owned(), standing(p, state.code()))).collect(),
        here: format!("{}/file", address(number)),
        today: desk.today.to_string(),
    })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct StepForm {
    state: String,
    on: String,
    reference: String,
    reason: String,
}

fn say(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let StepForm { state, on, reference, reason } = ask.form()?;
    let step = Step { state: State::from_code(&state)?, on: day_or_none(&on, "on")?, reference, reason };
    let (number, once) = (ask.path("number").to_owned(), ask.once());
    desk.write(move |tx, actor, today| invoice_file::say(tx, actor, today, &number, &step, Some(&once)))?;
    desk.to(&address(ask.path("number")), "invoice-file-said")
}

// ---- on the page of a customer

/// What a customer wants.
pub(super) struct Wants {
    /// Papers to choose: code, word, and whether it is wanted today.
    pub papers: Vec<(String, String, bool)>,
    pub terms: Options,
    pub term: &'static str,
    /// Every word on it: from when, what, who.
    pub said: Vec<(String, String, String)>,
    pub is_wanted: bool,
    /// Where its form goes.
    pub here: String,
}

/// What a customer wants today; what is usual in the country is chosen beforehand where nothing was said.
pub(super) fn wants(tx: &mut Tx<'_>, desk: &Desk, actor: &Actor, code: &str) -> Result<Wants, Error> {
    let p = &desk.page;
    let (need, said) = invoice_file::wanted(tx, actor, code, desk.today)?;
    let chosen = match said.is_empty() {
        true => invoice_file::usual(actor, desk.today).unwrap_or_default(),
        false => need.papers.clone(),
    };
    let word = |one: &store::invoice_file::Said| {
        let what = papers(p, one.need.papers.iter().map(Paper::code));
        let what = if what.is_empty() { p.t("invoice-file-none-wanted") } else { what };
        (
            p.day(one.from_on),
            format!("{what} · {}", p.t(&format!("term-from-{}", one.need.term.code()))),
            one.by.clone(),
        )
    };
    Ok(Wants {
        papers: Paper::ALL
            .iter()
            .map(|(paper, code)| ((*code).to_owned(), p.t(&format!("invoice-paper-{code}")), chosen.has(*paper)))
            .collect(),
        terms: TermFrom::ALL.map(|(_, code)| (code.to_owned(), p.t(&format!("term-from-{code}")))).into(),
        term: need.term.code(),
        said: said.iter().map(word).collect(),
        is_wanted: !need.is_nothing(),
        here: format!("/customers/{}/invoice-file", in_path(code)),
    })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NeedForm {
    term_from: String,
    from_on: String,
}

/// The field of the papers that are chosen.
const PAPERS: &str = "papers";

fn need(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let NeedForm { term_from, from_on } = ask.form_beside(&[PAPERS])?;
    let papers = ask.all(PAPERS);
    let given = invoice_file::Given {
        customer: ask.path("code").to_owned(),
        papers: Some(if papers.is_empty() { "none".to_owned() } else { papers.join(",") }),
        term: TermFrom::from_code(&term_from)?,
        from: day_or_none(&from_on, "from_on")?,
    };
    let once = ask.once();
    desk.write(move |tx, actor, today| invoice_file::need(tx, actor, today, &given, Some(&once)))?;
    desk.to(&format!("/customers/{}/edit", in_path(ask.path("code"))), "invoice-file-wanted")
}
