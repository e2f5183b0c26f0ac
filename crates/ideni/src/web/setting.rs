//! Settings: what the company decides for itself, each with its range, its history and what will come.

use askama::Template;
use axum::response::Response;
use receivables::Date;
use receivables::collections::strategy::{Ladder, StepKind};
use store::Error;

use super::ask::{Ask, day_or_none};
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::setting::{self, Given, Group, Kind, Setting, Shown};
use crate::actions::{Right, holiday};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/settings", Right::Read, list),
    Route::get("/settings/{name}", Right::Read, one),
    Route::post("/settings/{name}", Right::Read, set).again(one),
];

/// One setting as the list shows it.
struct Row {
    name: &'static str,
    value: String,
    since: Option<String>,
    coming: Option<(String, String)>,
}

/// One rung of the ladder.
struct Rung {
    name: String,
    when: String,
    gap: String,
}

#[derive(Template)]
#[template(path = "settings.html")]
struct Settings<'a> {
    p: &'a Page,
    groups: Vec<(&'static str, Vec<Row>)>,
    control: Vec<Row>,
    numbers: Vec<(&'static str, String)>,
    ladder: Vec<Rung>,
    holidays: usize,
}

fn list(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let (all, numbers, holidays) = desk.read(|tx, actor| {
        let all = setting::list(tx, actor, desk.today)?;
        let numbers = setting::next_numbers(tx, actor, desk.today)?;
        Ok((all, numbers, holiday::list(tx, actor, desk.today.year())?.len()))
    })?;
    let rows = |group: Group| all.iter().filter(|s| s.row.group == group).map(|s| row(&desk.page, s)).collect();
    let daily = Group::ALL.iter().filter(|(group, _)| *group != Group::Control);
    render(&Settings {
        p: &desk.page,
        groups: daily.map(|(group, name)| (*name, rows(*group))).collect(),
        control: rows(Group::Control),
        numbers: numbers.into_iter().map(|(setting, number)| (setting.row().name, number)).collect(),
        ladder: ladder(&desk.page),
        holidays,
    })
}

fn row(p: &Page, shown: &Shown) -> Row {
    let coming = shown.coming.as_ref().map(|(value, on)| (told(p, shown.row.setting, value), p.day(*on)));
    Row {
        name: shown.row.name,
        value: told(p, shown.row.setting, &shown.value),
        since: shown.since.map(|on| p.day(on)),
        coming,
    }
}

/// A value for a reader: choices have their words.
fn told(p: &Page, setting: Setting, value: &str) -> String {
    match setting.row().kind {
        Kind::OneOf(_) | Kind::Limit if words::known(p.language, &format!("choice-{value}")).is_some() => {
            p.t(&format!("choice-{value}"))
        }
        _ => value.to_owned(),
    }
}

fn ladder(p: &Page) -> Vec<Rung> {
    let ladder = Ladder::default();
    let rung = |step: &receivables::collections::strategy::Step| {
        let name = match step.kind {
            StepKind::PreDueNote => "pre-due-note".to_owned(),
            StepKind::Reminder => format!("reminder-{}", step.level),
            StepKind::Call => "call".to_owned(),
            StepKind::FinalNotice => "final-notice".to_owned(),
        };
        let key = if step.days_after_due < 0 { "ladder-before" } else { "ladder-after" };
        Rung {
            name: p.step(&name),
            when: p.t1(key, "days", step.days_after_due.abs()),
            gap: p.t1("ladder-gap", "days", step.min_gap_days),
        }
    };
    ladder.steps().iter().map(rung).collect()
}

/// A word that was said before.
struct Said {
    value: String,
    from_on: Date,
    reason: String,
    at: String,
    actor: String,
}

#[derive(Template)]
#[template(path = "setting.html")]
struct One<'a> {
    p: &'a Page,
    name: &'static str,
    at: String,
    now: String,
    was: String,
    range: String,
    coming: Option<(String, String)>,
    /// Code and words, where there are few answers.
    choices: Vec<(String, String)>,
    is_long: bool,
    at_once: bool,
    needs_reason: bool,
    may_set: bool,
    history: Vec<Said>,
}

fn one(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let p = &desk.page;
    let row = Setting::named(ask.path("name"))?;
    let (all, history) =
        desk.read(|tx, actor| Ok((setting::list(tx, actor, desk.today)?, setting::history(tx, actor, row.name)?)))?;
    let shown = all.into_iter().find(|shown| shown.row.name == row.name);
    let (value, coming) = shown.map(|shown| (shown.value, shown.coming)).unwrap_or_default();
    let choices = match row.kind {
        Kind::OneOf(known) => known.iter().map(|code| ((*code).to_owned(), told(p, row.setting, code))).collect(),
        _ => Vec::new(),
    };
    let said = |said: store::setting::Said| Said {
        value: told(p, row.setting, &said.value),
        from_on: said.from_on,
        reason: said.reason,
        at: p.instant(said.at),
        actor: said.actor,
    };
    render(&One {
        p,
        name: row.name,
        at: format!("/settings/{}", row.name),
        now: told(p, row.setting, &value),
        was: value,
        range: words::saying(p.language, &row.kind.range()),
        coming: coming.map(|(value, on)| (told(p, row.setting, &value), p.day(on))),
        choices,
        is_long: matches!(row.kind, Kind::Text { .. }),
        at_once: row.at_once(),
        needs_reason: row.needs_reason,
        may_set: desk.actor.can(row.right),
        history: history.into_iter().map(said).collect(),
    })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    value: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    reason: String,
    /// What stood there when the form was made.
    was: String,
}

fn set(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: Form = ask.form()?;
    let given = Given {
        name: ask.path("name").to_owned(),
        value: form.value,
        from: day_or_none(&form.from, "from")?,
        reason: form.reason,
        was: Some(form.was),
    };
    let once = ask.once();
    let changed = desk.write(move |tx, actor, today| setting::set(tx, actor, today, &given, Some(&once)))?;
    desk.to("/settings", if changed { "setting-set" } else { "setting-same" })
}
