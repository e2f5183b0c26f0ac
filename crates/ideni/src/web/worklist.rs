//! The worklist: whom to call next and why, filtered, in views that people keep; accounts are given to people from here.

use askama::Template;
use axum::response::Response;
use receivables::collections::worklist::Reason;
use receivables::{Refusal, Unusable};
use store::Error;

use super::ask::{Ask, question};
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use crate::actions::day::Why;
use crate::actions::worklist::{self, Asked, COUNT_MAX, Row, STEPS};
use crate::actions::{Right, customer, user, view};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/worklist", Right::Read, show),
    Route::post("/worklist/order", Right::DayTurn, order),
    Route::post("/worklist/assign", Right::CustomerAssign, assign).again(show),
    Route::post("/worklist/views", Right::Read, keep).again(show),
    Route::post("/worklist/views/forget", Right::Read, forget),
];

/// Accounts a page shows.
const SHOWN: usize = 50;

/// What a page of the list asks: a filter, and the rank after which it begins.
#[derive(serde::Deserialize, Default)]
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
    after: String,
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

    fn rank(&self) -> Result<i32, Refusal> {
        let wrong = || Refusal::Invalid { field: "after".into(), value: self.after.clone(), reason: Unusable::NoPlace };
        if self.after.is_empty() { Ok(0) } else { self.after.parse().map_err(|_| wrong()) }
    }
}

/// One account as the list shows it.
pub(super) struct Shown {
    pub link: String,
    pub code: String,
    pub name: String,
    pub rank: i32,
    pub overdue: Vec<String>,
    /// The most telling reason.
    pub first: String,
    /// Every reason with its points.
    pub reasons: Vec<(String, i32)>,
    pub points: i32,
    pub step: String,
    pub contacted: Option<String>,
    pub collector: Option<String>,
}

/// A view to choose.
struct Tab {
    name: String,
    link: String,
    is_here: bool,
}

#[derive(Template)]
#[template(path = "worklist.html")]
struct Worklist<'a> {
    p: &'a Page,
    asked: Asked,
    /// The filter as links carry it on.
    q: String,
    is_filtered: bool,
    tabs: Vec<Tab>,
    /// The name under which this filter is kept.
    kept: Option<String>,
    count: String,
    list: Vec<Shown>,
    next: Option<String>,
    is_first: bool,
    /// Code and words.
    people: Vec<(String, String)>,
    steps: Vec<(String, String)>,
    reasons: Vec<(String, String)>,
    may_assign: bool,
    may_order: bool,
}

/// The list of the day is there before anybody looks at it.
pub(super) fn ordered(desk: &Desk) -> Result<(), Error> {
    if !desk.read(|tx, actor| worklist::is_ordered(tx, actor, desk.today))? {
        desk.write(worklist::order)?;
    }
    Ok(())
}

/// Where an account is, with the list it is walked in.
pub(super) fn account(code: &str, q: &str) -> String {
    format!("/accounts/{}{q}", in_path(code))
}

fn show(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Question = ask.query()?;
    let (after, asked) = (asked.rank()?, asked.asked());
    ordered(desk)?;
    let q = question(asked.parts());
    let (count, (rows, more), views, users) = desk.read(|tx, actor| {
        let filter = asked.understood(tx, actor)?;
        let (rows, more) = worklist::list(tx, actor, desk.today, &filter, after, SHOWN)?;
        let count = match more || after > 0 {
            true => worklist::count(tx, actor, desk.today, &filter)?,
            false => i64::try_from(rows.len()).unwrap_or(i64::MAX),
        };
        Ok((count, (rows, more), view::list(tx, actor)?, user::list(tx, actor)?))
    })?;
    let people = users.into_iter().filter(|u| u.active()).map(|u| (u.name, u.full_name)).collect::<Vec<_>>();
    let next = rows.last().filter(|_| more).map(|last| {
        let rank = last.rank.to_string();
        format!("/worklist{}", question(asked.parts().into_iter().chain([("after", rank.as_str())])))
    });
    let kept = views.iter().find(|v| v.asked == asked).map(|v| v.name.clone());
    let p = &desk.page;
    render(&Worklist {
        p,
        is_filtered: !(asked.parts().iter().all(|(name, _)| matches!(*name, "of" | "list")) || kept.is_some()),
        tabs: tabs(p, &asked, views),
        kept,
        count: p.counted(count, COUNT_MAX),
        list: rows.into_iter().map(|row| shown(desk, row, &q)).collect(),
        next,
        is_first: after == 0,
        people,
        steps: STEPS.iter().map(|code| ((*code).to_owned(), p.step(code))).collect(),
        reasons: Reason::CODES.iter().map(|code| ((*code).to_owned(), p.t(&format!("why-{code}")))).collect(),
        may_assign: p.can(Right::CustomerAssign),
        may_order: p.can(Right::DayTurn),
        q,
        asked,
    })
}

/// The lists everybody has, then the views that the reader keeps.
fn tabs(p: &Page, asked: &Asked, views: Vec<view::View>) -> Vec<Tab> {
    let of = |of: &str, list: &str| Asked { of: of.into(), list: list.into(), ..Asked::default() };
    let own = [
        (p.t("worklist-mine"), of("mine", "")),
        (p.t("worklist-nobody"), of("nobody", "")),
        (p.t("worklist-all"), of("", "")),
        (p.t("worklist-resting"), of("mine", "resting")),
    ];
    let all = own.into_iter().chain(views.into_iter().map(|v| (v.name, v.asked)));
    all.map(|(name, view)| Tab { name, link: format!("/worklist{}", question(view.parts())), is_here: view == *asked })
        .collect()
}

/// One account, with amounts and reasons in words.
pub(super) fn shown(desk: &Desk, row: Row, q: &str) -> Shown {
    let p = &desk.page;
    let reasons = reasons(desk, &row.reasons);
    Shown {
        link: account(&row.code, q),
        code: row.code,
        name: row.name,
        rank: row.rank,
        overdue: row.overdue.iter().map(|m| p.money(m.minor, m.currency)).collect(),
        first: first(desk, &row.reasons),
        reasons,
        points: row.points,
        step: p.step(&row.step),
        contacted: row.contacted_on.map(|on| p.day(on)),
        collector: row.collector,
    }
}

/// Why an account is where it is, in one sentence: the most telling reason but the amount, which stands beside it.
pub(super) fn first(desk: &Desk, all: &[Why]) -> String {
    let telling = all.iter().find(|why| why.code != "overdue" && why.points > 0).or(all.first());
    telling.map(|why| reason(desk, why)).unwrap_or_default()
}

fn reason(desk: &Desk, why: &Why) -> String {
    words::reason(desk.page.language, &why.code, &why.args, desk.actor.company.currency)
}

/// Sentences with their points.
pub(super) fn reasons(desk: &Desk, all: &[Why]) -> Vec<(String, i32)> {
    all.iter().map(|why| (reason(desk, why), why.points)).collect()
}

fn back(ask: &Ask) -> Result<String, Error> {
    let asked: Question = ask.query()?;
    Ok(format!("/worklist{}", question(asked.asked().parts())))
}

fn order(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    desk.write(worklist::order)?;
    desk.to(&back(ask)?, "worklist-ordered")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AssignForm {
    /// Empty: nobody.
    collector: String,
}

fn assign(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: AssignForm = ask.form_beside(&["code"])?;
    let codes = ask.all("code");
    if codes.is_empty() {
        return Err(Refusal::Missing { field: "code".into() }.into());
    }
    let collector = Some(form.collector).filter(|user| !user.is_empty());
    desk.write(move |tx, actor, _| customer::assign(tx, actor, &codes, collector.as_deref()))?;
    desk.to(&back(ask)?, "accounts-assigned")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ViewForm {
    name: String,
}

fn keep(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (form, asked): (ViewForm, Question) = (ask.form()?, ask.query()?);
    let asked = asked.asked();
    desk.write(move |tx, actor, _| view::save(tx, actor, &form.name, &asked))?;
    desk.to(&back(ask)?, "view-kept")
}

fn forget(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: ViewForm = ask.form()?;
    desk.write(move |tx, actor, _| view::forget(tx, actor, &form.name))?;
    desk.to("/worklist", "view-forgotten")
}
