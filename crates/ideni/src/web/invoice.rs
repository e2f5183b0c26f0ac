//! Invoices and credit notes: the list, and one with all that hangs on it.

pub(super) mod credit;
pub(super) mod issue;
pub(super) mod reissue;

use askama::Template;
use axum::response::Response;
use receivables::{Currency, Date, Money};
use rust_decimal::Decimal;
use store::Error;
use store::document::{DocumentTax, Kind};
use store::reports::ageing::View;
use store::reports::invoice::{Deed, Dispute, Instalment, Invoice, Movement};
use store::reports::invoices::{Listed, State};
use store::reports::journal::Line;

use super::ask::{Ask, choice, day_or_none, instant_or_none, text_or_none};
use super::certificate;
use super::customer::Options;
use super::ebm;
use super::invoice_file;
use super::kept::{self, Kept};
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use crate::actions::invoice::{self, Asked};
use crate::actions::{self, Right};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/invoices", Right::Read, list),
    Route::get("/invoices/{number}", Right::Read, show),
    Route::post("/invoices/{number}/notes", Right::NoteAdd, note).again(show),
    Route::post("/invoices/{number}/papers", Right::PaperAdd, paper).again(show).files(kept::BYTES_MAX),
];

/// Documents a page shows.
const SHOWN: usize = 50;
const KINDS: [(Kind, &str); 2] = [(Kind::Invoice, "invoice"), (Kind::CreditNote, "credit_note")];

// ---- the list

/// What was asked, as it was typed.
#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Filter {
    customer: String,
    state: String,
    kind: String,
    currency: String,
    from: String,
    until: String,
    number: String,
    after: String,
}

struct Row {
    link: String,
    at: String,
    d: Listed,
    chip: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "invoices.html")]
struct List<'a> {
    p: &'a Page,
    asked: Filter,
    filtered: bool,
    /// Something was asked that stands under more.
    more: bool,
    states: Options,
    kinds: Options,
    rows: Vec<Row>,
    /// The question of the next page.
    next: Option<String>,
    /// The way was long: where the search of older ones goes on.
    walked_to: Option<String>,
}

fn list(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Filter = ask.query()?;
    let wanted = asked.read()?;
    let after = text_or_none(&asked.after);
    let page = desk.read(|tx, actor| invoice::page(tx, actor, desk.today, &wanted, after.as_deref(), SHOWN))?;
    let p = &desk.page;
    let short = page.rows.len() < SHOWN;
    let walked_to = page.next.as_deref().filter(|_| short).and_then(|next| next.split_once('~'));
    let all = || vec![(String::new(), p.t("list-all"))];
    let of = |kind: &str, code: &str| (code.to_owned(), p.t(&format!("{kind}-{}", code.replace('_', "-"))));
    let view = List {
        p,
        more: Asked { state: None, number: None, ..wanted.clone() }.is_something(),
        filtered: wanted.is_something() || after.is_some(),
        states: all().into_iter().chain(State::ALL.iter().map(|(_, code)| of("invoice-state", code))).collect(),
        kinds: all().into_iter().chain(KINDS.iter().map(|(_, code)| of("kind", code))).collect(),
        walked_to: walked_to.and_then(|(on, _)| Some(p.day(on.parse::<receivables::Date>().ok()?))),
        next: page.next.as_deref().map(|next| ask.query_with(&[("after", next)])),
        rows: page.rows.into_iter().map(|d| row(desk, d)).collect(),
        asked,
    };
    render(&view)
}

impl Filter {
    fn read(&self) -> Result<Asked, Error> {
        Ok(Asked {
            customer: text_or_none(&self.customer),
            state: choice(&self.state, "state", &State::ALL)?,
            kind: choice(&self.kind, "kind", &KINDS)?,
            currency: text_or_none(&self.currency).map(|code| code.parse()).transpose()?,
            from: day_or_none(&self.from, "from")?,
            until: day_or_none(&self.until, "until")?,
            number: text_or_none(&self.number),
        })
    }
}

fn row(desk: &Desk, d: Listed) -> Row {
    let (chip, state) = chip(&desk.page, d.state(desk.today));
    Row { link: address(&d.number), at: in_path(&d.customer), d, chip, state }
}

/// The colour and the word of a state.
fn chip(p: &Page, state: State) -> (&'static str, String) {
    let colour = match state {
        State::Settled => "good",
        State::Overdue => "bad",
        State::Disputed | State::Awaited => "wait",
        State::Open => "",
    };
    (colour, p.t(&format!("invoice-state-{}", state.code())))
}

// ---- one

/// As of when, and as known at which instant; now where nothing is said.
#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Seen {
    as_of: String,
    known_at: String,
}

/// Something that moved it, in words.
struct Moved {
    on: String,
    what: String,
    amount: String,
    instalment: i32,
    link: Option<(String, String)>,
    reason: String,
    by: String,
    /// Out of the view, or taken back.
    faded: bool,
}

struct Contested {
    on: String,
    amount: String,
    reason: String,
    outcome: String,
    note: String,
}

/// One line of the ledger: a debit or a credit.
pub(super) struct Posted {
    pub on: String,
    pub cause: String,
    pub account: String,
    pub customer: String,
    pub debit: String,
    pub credit: String,
}

#[derive(Template)]
#[template(path = "invoice.html")]
struct One<'a> {
    p: &'a Page,
    i: Invoice,
    at: String,
    /// The day and instant of the view, in words.
    seen: Option<String>,
    open: i64,
    disputed: i64,
    chip: &'static str,
    state: String,
    moved: Vec<Moved>,
    contested: Vec<Contested>,
    ledger: Vec<Posted>,
    by: String,
    /// Why a credit note of ours was written, and what happened.
    why: Option<(String, String)>,
    /// Each tax class with its rate, its net and its tax.
    taxes: Vec<(String, String, String)>,
    /// What paying early takes off, in words.
    offers: Vec<String>,
    /// Whether it has parts to tell apart.
    in_parts: bool,
    awaited: i64,
    /// Where the form of a new certificate goes.
    at_certificates: String,
    certificates: Vec<certificate::Shown>,
    /// Kinds of withholding to choose from; none where there is nothing open.
    kinds: Options,
    /// Of a deposit, what is not settled yet.
    deposit: Option<String>,
    /// What the buyer calls it by: name and value.
    references: Vec<(String, String)>,
    /// How it stands with the tax device; `None` where it does not go there.
    fiscal: Option<ebm::Panel>,
    at_ebm: String,
    at_found: String,
    at_void: String,
    /// The file of papers its buyer wants.
    file: Option<invoice_file::Panel>,
    kept: Kept,
}

pub(super) fn show(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Seen = ask.query()?;
    let zone = &desk.actor.company.time_zone;
    let as_of = day_or_none(&asked.as_of, "as_of")?;
    let known_at = instant_or_none(&asked.known_at, "known_at", zone)?;
    let view = (as_of.is_some() || known_at.is_some()).then(|| View { as_of: as_of.unwrap_or(desk.today), known_at });
    let number = ask.path("number");
    let here = address(number);
    let (shown, certificates, fiscal, file, kept) = desk.read(|tx, actor| {
        let shown = invoice::show(tx, actor, number, view)?;
        let certificates = actions::certificate::of_invoice(tx, actor, shown.invoice.id)?;
        let fiscal = actions::fiscal::standing(tx, actor, shown.invoice.id)?;
        let file = actions::invoice_file::of_invoice(tx, actor, desk.today, shown.invoice.id)?;
        let kept = Kept::load(tx, desk, "invoice", number, &here, "")?;
        Ok((shown, certificates, fiscal, file, kept))
    })?;
    let (p, i) = (&desk.page, shown.invoice);
    let open: i64 = i.items.iter().map(|item| item.open).sum();
    let disputed: i64 = i.items.iter().map(|item| item.disputed).sum();
    let day = view.map_or(desk.today, |view| view.as_of);
    let now = view.is_none();
    let awaited: i64 = i.items.iter().map(|item| item.awaited).sum();
    let of_item = |item: &Instalment| if now { item.open - item.awaited } else { item.open };
    let overdue = i.items.iter().any(|item| of_item(item) > 0 && item.falls_due_on.is_some_and(|on| on < day));
    let state = match (open, disputed) {
        (0, _) => State::Settled,
        (_, 1..) if now => State::Disputed,
        _ if now && awaited == open => State::Awaited,
        _ if overdue => State::Overdue,
        _ => State::Open,
    };
    let kinds = certificate::kinds(desk, i.issued_on)?;
    let (chip, state) = chip(p, state);
    let mut taxes = Vec::new();
    for of in &i.taxes {
        if !actions::tax::is_levy(&desk.actor.company.country, &of.class, i.issued_on)? {
            taxes.push(class(p, of, i.currency));
        }
    }
    let page = One {
        p,
        at: in_path(&i.payer.code),
        seen: view.map(|view| seen(p, view)),
        open,
        disputed,
        chip,
        state,
        moved: i.movements.iter().rev().map(|m| moved(p, &i, m)).collect(),
        contested: i.disputes.iter().map(|d| contested(p, &i, d)).collect(),
        ledger: ledger(p, &shown.entries),
        by: by(p, i.deed.as_ref()),
        why: i.why.as_ref().map(|why| (p.t(&format!("credit-reason-{}", why.reason)), why.explanation.clone())),
        taxes,
        offers: shown.offers.iter().map(|offer| self::offer(p, offer, i.currency)).collect(),
        in_parts: i.items.len() > 1,
        awaited,
        at_certificates: format!("{here}/certificates"),
        certificates: certificates.iter().map(|(c, events)| certificate::shown(p, &kinds, c, events)).collect(),
        deposit: shown.deposit.map(|net| p.money(net, i.currency)),
        references: shown
            .references
            .iter()
            .map(|(kind, said)| {
                let on = said.parse::<Date>().ok().filter(|_| kind == invoice::DELIVERED);
                (p.t(&format!("reference-{kind}")), on.map_or_else(|| said.clone(), |on| p.day(on)))
            })
            .collect(),
        fiscal: fiscal.as_ref().map(|standing| ebm::panel(desk, standing)).transpose()?,
        at_ebm: format!("{here}/ebm"),
        at_found: format!("{here}/ebm/found"),
        at_void: format!("{here}/void"),
        file: invoice_file::panel(desk, file.as_ref(), number),
        kinds: if open > awaited && i.kind == Kind::Invoice { kinds } else { Options::new() },
        kept,
        i,
    };
    render(&page)
}

/// What settles all that is open until a day, and what is taken off.
fn offer(p: &Page, offer: &invoice::EarlyOffer, currency: Currency) -> String {
    let (day, paid) = (p.day(offer.until_on), p.money(offer.taken.paid, currency));
    let off = p.money(offer.taken.settled() - offer.taken.paid, currency);
    words::say(p.language, "invoice-early-offer", &[("day", &day), ("amount", &paid), ("discount", &off)])
}

/// A tax class with its rate, its net and its tax.
fn class(p: &Page, of: &DocumentTax, currency: Currency) -> (String, String, String) {
    let rate = p.number(Decimal::new(of.rate_ppm, 4).normalize());
    (format!("{} · {rate} %", of.class), p.money(of.net, currency), p.money(of.tax, currency))
}

/// Where the page of an invoice is.
pub(super) fn address(number: &str) -> String {
    format!("/invoices/{}", in_path(number))
}

fn note(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    kept::note(desk, ask, "invoice", ask.path("number"))?;
    desk.to(&address(ask.path("number")), "note-added")
}

fn paper(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    kept::paper(desk, ask, "invoice", ask.path("number"))?;
    desk.to(&address(ask.path("number")), "paper-added")
}

pub(super) fn seen(p: &Page, view: View) -> String {
    let as_of = p.day_of_week(view.as_of);
    match view.known_at {
        None => p.t1("seen-as-of", "day", as_of),
        Some(at) => words::say(p.language, "seen-as-known", &[("day", &as_of), ("at", &p.instant(at))]),
    }
}

/// Who did it, and when.
pub(super) fn by(p: &Page, deed: Option<&Deed>) -> String {
    let Some(deed) = deed else { return String::new() };
    words::say(p.language, "done-by", &[("user", &deed.actor), ("at", &p.instant(deed.at))])
}

fn moved(p: &Page, i: &Invoice, m: &Movement) -> Moved {
    let to_receipt = m.receipt.zip(m.receipt_name.clone()).map(|(id, name)| (format!("/receipts/{id}"), name));
    let to_other = m.other.clone().map(|number| (address(&number), number));
    Moved {
        on: p.day(m.posted_on),
        what: p.t(&format!("movement-{}", m.kind.name().replace(' ', "-"))),
        amount: p.money(m.amount, i.currency),
        instalment: m.instalment,
        link: to_receipt.or(to_other),
        reason: m.reason.clone().unwrap_or_default(),
        by: by(p, m.deed.as_ref()),
        faded: !m.seen || m.reversed,
    }
}

fn contested(p: &Page, i: &Invoice, d: &Dispute) -> Contested {
    let (outcome, on) = d.ended.as_ref().map_or(("open", d.raised_on), |(outcome, _, on)| (outcome, *on));
    let ended_with = d.ended.as_ref().map(|(_, note, _)| note.clone()).unwrap_or_default();
    Contested {
        on: p.day(on),
        amount: p.money(d.amount, i.currency),
        reason: p.t(&format!("dispute-{}", d.reason)),
        outcome: p.t(&format!("outcome-{outcome}")),
        note: [d.note.as_str(), ended_with.as_str()].join(" "),
    }
}

/// Lines of the ledger for people.
pub(super) fn ledger(p: &Page, lines: &[Line]) -> Vec<Posted> {
    let side = |amount: i64, line: &Line| {
        if amount > 0 { words::money(p.language, Money::new(amount, line.currency)) } else { String::new() }
    };
    let posted = lines.iter().map(|line| Posted {
        on: p.day(line.on),
        cause: p.t(&format!("cause-{}", line.cause.replace(' ', "-"))),
        account: line.account_name.clone(),
        customer: line.customer.clone().unwrap_or_default(),
        debit: side(line.amount, line),
        credit: side(-line.amount, line),
    });
    posted.collect()
}
