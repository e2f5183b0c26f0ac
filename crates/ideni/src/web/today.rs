//! Today: what waits for whoever looks, each figure a way to exactly those things, and how the team stands.

use askama::Template;
use axum::response::Response;
use receivables::Refusal;
use receivables::collections::attempt::hour_text;
use store::Error;

use super::ask::Ask;
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use super::worklist::{Shown, account, ordered, shown};
use crate::actions::callback::{self, Ringing};
use crate::actions::today::{self, Member, Promises, Scope};
use crate::actions::worklist::{self, COUNT_MAX, Filter, Whose};
use crate::actions::{Right, backup, exception, invoice_file, outbox, quarantine};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/", Right::Read, show),
    Route::get("/promises", Right::Read, promises),
    Route::post("/callbacks/{id}/done", Right::CallbackDone, done).again(show),
];

/// The accounts at the head of the list.
const SHOWN: usize = 5;
/// A backup older than this is a warning.
const BACKUP_DAYS: i32 = 2;

/// A figure and where it leads.
struct Card {
    figure: String,
    label: String,
    link: String,
    look: &'static str,
}

/// A callback of today or before.
struct Call {
    id: String,
    hour: String,
    /// Where it is not of today.
    on: Option<String>,
    due: bool,
    link: String,
    name: String,
    who: String,
    /// As it is dialled, and as it is read.
    phone: Option<(String, String)>,
    note: String,
}

/// How one person stands.
struct Person {
    name: String,
    accounts: i64,
    overdue: String,
    attempts: (i64, i64),
    talks: (i64, i64),
    promises: (i64, i64),
    link: String,
}

#[derive(Template)]
#[template(path = "today.html")]
struct Today<'a> {
    p: &'a Page,
    mine: bool,
    quarantine: bool,
    backup_old: bool,
    cards: Vec<Card>,
    calls: Vec<Call>,
    list: Vec<Shown>,
    list_link: String,
    team: Vec<Person>,
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Question {
    of: String,
    list: String,
}

impl Question {
    fn scope(&self, desk: &Desk) -> Result<Scope, Refusal> {
        match self.of.as_str() {
            "" => Ok(Scope::of(&desk.actor)),
            "mine" => Ok(Scope::Mine),
            "all" => Ok(Scope::All),
            other => Err(not_among("of", other, "mine, all")),
        }
    }
}

fn not_among(field: &str, value: &str, known: &str) -> Refusal {
    let reason = receivables::Unusable::NotAmong { known: known.to_owned() };
    Refusal::Invalid { field: field.to_owned(), value: value.to_owned(), reason }
}

fn show(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let scope = ask.query::<Question>()?.scope(desk)?;
    ordered(desk)?;
    desk.db.seal()?;
    let q = if scope == Scope::Mine { "?of=mine" } else { "" };
    let whose = if scope == Scope::Mine { Whose::User(desk.actor.user.clone()) } else { Whose::All };
    let view = desk.read(|tx, actor| {
        let waits = today::of(tx, desk.db.snapshots(), actor, desk.today, scope)?;
        let (rows, _) = worklist::list(tx, actor, desk.today, &Filter::of(whose), 0, SHOWN)?;
        let good = backup::last_good(tx)?.and_then(|at| at.date_in(&actor.company.time_zone));
        let team = if actor.can(Right::CustomerAssign) {
            today::team(tx, desk.db.snapshots(), actor, desk.today)?
        } else {
            Default::default()
        };
        Ok(Today {
            p: &desk.page,
            mine: scope == Scope::Mine,
            quarantine: quarantine::is_on(tx)?,
            backup_old: good.is_none_or(|on| desk.today.days_since(on) > BACKUP_DAYS),
            cards: cards(&desk.page, &waits, q),
            calls: waits.callbacks.into_iter().map(|ringing| call(desk, ringing, q)).collect(),
            list: rows.into_iter().map(|row| shown(desk, row, q)).collect(),
            list_link: format!("/worklist{q}"),
            team: team.iter().map(|(user, member)| person(desk, user, member)).collect(),
        })
    })?;
    render(&view)
}

/// Only what is there to do; the list of accounts always.
fn cards(p: &Page, waits: &today::Today, q: &str) -> Vec<Card> {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let and = if q.is_empty() { "" } else { "&of=mine" };
    let due = waits.callbacks.iter().filter(|ringing| ringing.due).count();
    let all = [
        (waits.accounts, "today-accounts", format!("/worklist{q}"), ""),
        (count(due), "today-callbacks", "#callbacks".to_owned(), "bad"),
        (count(waits.promises_due), "today-promises-due", format!("/promises?list=due{and}"), ""),
        (count(waits.promises_broken), "today-promises-broken", format!("/promises?list=broken{and}"), "bad"),
        (waits.receipts, "today-receipts-waiting", "/exceptions".to_owned(), "wait"),
        (count(waits.review), "today-lines-review", "/statements/review".to_owned(), "wait"),
        (count(waits.approvals), "today-approvals", "/approvals".to_owned(), "wait"),
        (waits.unreceipted, "today-unreceipted", "/ebm".to_owned(), "bad"),
        (waits.files, "today-files", "/invoice-files".to_owned(), "wait"),
        (waits.nowhere, "today-nowhere", "/outbox?only=nowhere".to_owned(), "bad"),
        (count(waits.drafts), "today-drafts", "/outbox".to_owned(), ""),
    ];
    let shown = all.into_iter().filter(|(count, label, ..)| *label == "today-accounts" || *count > 0);
    shown
        .map(|(count, label, link, look)| Card {
            figure: match label {
                "today-accounts" => p.counted(count, COUNT_MAX),
                "today-nowhere" => p.counted(count, outbox::COUNT_MAX),
                "today-files" => p.counted(count, invoice_file::COUNT_MAX),
                "today-receipts-waiting" => p.counted(count, exception::COUNT_MAX),
                _ => words::number(p.language, count),
            },
            label: p.t(label),
            link,
            look,
        })
        .collect()
}

fn call(desk: &Desk, ringing: Ringing, q: &str) -> Call {
    let b = ringing.callback;
    Call {
        id: b.id.to_string(),
        hour: hour_text(b.minute),
        on: (b.on != desk.today).then(|| desk.page.day(b.on)),
        due: ringing.due,
        link: account(&b.code, q),
        name: b.name,
        who: b.who,
        phone: b.phone.map(|phone| (phone.clone(), words::phone(&phone))),
        note: b.note,
    }
}

fn person(desk: &Desk, user: &str, m: &Member) -> Person {
    let nobody = user.is_empty();
    Person {
        name: if nobody { desk.page.t("worklist-nobody") } else { user.to_owned() },
        accounts: m.accounts,
        overdue: desk.page.money(m.overdue, desk.actor.company.currency),
        attempts: (m.attempts_today, m.attempts_week),
        talks: (m.talks_today, m.talks_week),
        promises: (m.promises_made, m.promises_kept),
        link: format!("/worklist?of={}", if nobody { "nobody".to_owned() } else { in_path(user) }),
    }
}

fn done(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let id = ask.path("id").to_owned();
    let _: Nothing = ask.form()?;
    desk.write(move |tx, actor, today| callback::done(tx, actor, today, &id))?;
    desk.to("/", "callback-done")
}

/// A form without fields of its own.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// A promise of a list.
struct Promised {
    link: String,
    name: String,
    code: String,
    amount: String,
    on: String,
    state: String,
    kept: Option<String>,
    note: String,
}

#[derive(Template)]
#[template(path = "promises.html")]
struct List<'a> {
    p: &'a Page,
    title: String,
    broken: bool,
    /// Whose, as links carry it on.
    of: &'static str,
    list: Vec<Promised>,
}

fn promises(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Question = ask.query()?;
    let scope = asked.scope(desk)?;
    let which = match asked.list.as_str() {
        "" | "due" => Promises::Due,
        "broken" => Promises::Broken,
        other => return Err(not_among("list", other, "due, broken").into()),
    };
    let (p, q) = (&desk.page, if scope == Scope::Mine { "?of=mine" } else { "" });
    let found = desk.read(|tx, actor| today::promises(tx, actor, desk.today, scope, which))?;
    let list = found.into_iter().map(|(promise, name)| Promised {
        link: account(&promise.code, q),
        name,
        amount: p.money(promise.amount, promise.currency),
        on: p.day(promise.promised_on),
        state: p.t(&format!("judged-{}", promise.state)),
        kept: (promise.kept != 0).then(|| p.money(promise.kept, promise.currency)),
        note: promise.note,
        code: promise.code,
    });
    let of = if scope == Scope::Mine { "&of=mine" } else { "&of=all" };
    let broken = which == Promises::Broken;
    let title = p.t(if broken { "today-promises-broken" } else { "today-promises-due" });
    render(&List { p, title, broken, of, list: list.collect() })
}
