//! The day turn: what it would do, then exactly that, or all days that were missed.

use askama::Template;
use axum::response::Response;
use receivables::Date;
use store::Error;

use super::ask::Ask;
use super::page::{Desk, Page, render};
use super::route::Route;
use super::work::{self, Cell, Head, Shown, Step};
use crate::actions::Right;
use crate::actions::day::run::{self, Kept};
use crate::actions::day::{self, StepReport};
use crate::jobs::work::{Kind, Outcome};

pub const ROUTES: &[Route] = &[
    Route::get("/day", Right::Read, ask_first),
    Route::post("/day", Right::DayTurn, turn).again(ask_first),
    Route::post("/day/look", Right::DayTurn, look).again(ask_first),
    Route::post("/day/{plan}", Right::DayTurn, carry_out),
];

#[derive(Template)]
#[template(path = "day.html")]
struct Day<'a> {
    p: &'a Page,
    last: Option<String>,
    /// Days to be turned, today among them.
    days: usize,
    may_turn: bool,
}

fn ask_first(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let may_turn = desk.actor.can(Right::DayTurn);
    let (last, days) = desk.read(|tx, actor| {
        let days = if may_turn { day::days(tx, actor, desk.today)?.len() } else { 0 };
        Ok((store::day::last(tx, actor.company.id)?, days))
    })?;
    let last = last.map(|on| desk.page.day_of_week(on));
    render(&Day { p: &desk.page, last, days, may_turn })
}

fn look(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (db, actor, today) = (desk.db.clone(), desk.actor.clone(), desk.today);
    work::look(desk, ask.key(), Kind::DayLook, desk.page.day(today), move |_| {
        Ok(Outcome::DayLook(run::keep_plan(&db, &actor, today)?))
    })
}

fn turn(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (db, actor, today) = (desk.db.clone(), desk.actor.clone(), desk.today);
    work::begin(desk, ask.key(), Kind::Day, desk.page.day(today), move |progress| {
        let (days, steps) = run::turn_all(&db, &actor, today, progress)?;
        Ok(Outcome::Day(days, steps))
    })
}

fn carry_out(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (db, actor, plan) = (desk.db.clone(), desk.actor.clone(), ask.path("plan").to_owned());
    work::begin(desk, ask.key(), Kind::Day, String::new(), move |_| {
        let turned = db.write(move |tx| run::carry_out_plan(tx, &actor, &plan))?;
        Ok(Outcome::Day(vec![turned.on], turned.steps))
    })
}

/// What the first day to turn would do.
pub fn looked(p: &Page, kept: Option<&Kept>) -> Shown {
    let Some(kept) = kept else {
        return Shown { mark: "off", word: p.t("work-is-done"), sentence: p.t("day-turned"), ..Shown::default() };
    };
    let mut steps = vec![Step {
        action: format!("/day/{}", kept.id),
        label: p.t1("do-turn-day", "on", p.day_of_week(kept.on)),
        is_main: true,
    }];
    if kept.days_after > 0 {
        let label = p.t1("do-turn-days", "count", kept.days_after + 1);
        steps.push(Step { action: "/day".into(), label, is_main: false });
    }
    let preview = day::preview(&kept.plan);
    Shown {
        mark: "wait",
        word: p.t("work-nothing-saved"),
        sentence: p.t1("day-would", "on", p.day_of_week(kept.on)),
        steps,
        heads: vec![Head::text(p, "word-what"), Head::number(p, "day-planned"), Head::text(p, "day-held")],
        rows: preview.iter().map(|s| vec![step(p, s), Cell::text(p.number(s.planned)), held(p, s)]).collect(),
        about: p.t("day-steps"),
        ..Shown::default()
    }
}

/// What turning these days did.
pub fn done(p: &Page, days: &[Date], steps: &[StepReport]) -> Shown {
    let sentence = match days {
        [] => p.t("day-turned"),
        [one] => p.t1("day-done", "on", p.day_of_week(one)),
        several => p.t1("days-done", "count", several.len()),
    };
    let row =
        |s: &StepReport| vec![step(p, s), Cell::text(p.number(s.planned)), Cell::text(p.number(s.done)), held(p, s)];
    Shown {
        mark: "good",
        word: p.t("work-is-done"),
        sentence,
        heads: vec![
            Head::text(p, "word-what"),
            Head::number(p, "day-planned"),
            Head::number(p, "day-carried-out"),
            Head::text(p, "day-held"),
        ],
        rows: steps.iter().map(row).collect(),
        about: p.t("day-steps"),
        links: vec![("/outbox", p.t("page-outbox")), ("/worklist", p.t("page-worklist"))],
        ..Shown::default()
    }
}

fn step(p: &Page, report: &StepReport) -> Cell {
    Cell::text(p.step(&report.step.replace(' ', "-")))
}

/// Why accounts were held back, and how many.
fn held(p: &Page, report: &StepReport) -> Cell {
    let why = |(code, count): (&String, &u64)| format!("{}: {}", p.t(&format!("held-{code}")), p.number(count));
    Cell::text(report.skipped.iter().map(why).collect::<Vec<_>>().join(", "))
}
