//! Applying payments: what would be applied, with its evidence; then exactly that.

use askama::Template;
use axum::response::Response;
use receivables::cash::matching;
use store::Error;

use super::ask::Ask;
use super::page::{Desk, Page, render};
use super::route::Route;
use super::work::{self, Cell, Head, Shown, Step};
use crate::actions::cash::{Done, Matched, Planned, run};
use crate::actions::{Right, exception};
use crate::jobs::work::{Kind, Outcome};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/cash", Right::Read, ask_first),
    Route::post("/cash/look", Right::CashApply, look).again(ask_first),
    Route::post("/cash/{plan}", Right::CashApply, carry_out),
];

/// Receipts a page tells about.
const TOLD_MAX: usize = 300;

#[derive(Template)]
#[template(path = "cash.html")]
struct Cash<'a> {
    p: &'a Page,
    /// How many receipts.
    waiting: String,
    nothing: bool,
    may_apply: bool,
}

fn ask_first(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let (waiting, p) = (desk.read(exception::count_all)?, &desk.page);
    render(&Cash {
        p,
        waiting: p.counted(waiting, exception::COUNT_MAX),
        nothing: waiting == 0,
        may_apply: desk.actor.can(Right::CashApply),
    })
}

fn look(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (db, actor, today) = (desk.db.clone(), desk.actor.clone(), desk.today);
    work::look(desk, ask.key(), Kind::CashLook, String::new(), move |_| {
        let (plan, matched) = run::plan(&db, &actor, today)?;
        Ok(Outcome::CashLook(plan, matched))
    })
}

fn carry_out(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (db, actor, today, plan) = (desk.db.clone(), desk.actor.clone(), desk.today, ask.path("plan").to_owned());
    work::begin(desk, ask.key(), Kind::Cash, String::new(), move |progress| {
        let (steps, dropped) = run::carry_out_plan(&db, &actor, today, &plan, progress)?;
        Ok(Outcome::Cash(steps, dropped))
    })
}

/// What was seen: what would be applied first, then what a person decides.
pub fn looked(p: &Page, plan: &str, matched: &[Matched]) -> Shown {
    let of = |outcome| matched.iter().filter(move |m: &&Matched| m.outcome == outcome);
    let order = [matching::Outcome::Applied, matching::Outcome::Proposed, matching::Outcome::Unexplained];
    let counts = order.map(|outcome| of(outcome).count());
    let [applied, proposed, unexplained] = counts;
    let rows: Vec<Vec<Cell>> = order.into_iter().flat_map(of).take(TOLD_MAX).map(|m| row(p, m)).collect();
    let mut shown = Shown {
        mark: if applied > 0 { "wait" } else { "off" },
        word: p.t("work-nothing-saved"),
        sentence: p.t1("cash-would-apply", "count", applied),
        figures: vec![
            (p.t("cash-applied"), p.number(applied)),
            (p.t("cash-proposed"), p.number(proposed)),
            (p.t("cash-unexplained"), p.number(unexplained)),
        ],
        heads: vec![
            Head::text(p, "word-receipt"),
            Head::text(p, "word-on"),
            Head::number(p, "word-amount"),
            Head::text(p, "word-outcome"),
            Head::number(p, "cash-confidence"),
            Head::text(p, "word-invoice"),
            Head::text(p, "word-why"),
        ],
        about: about(p, "cash-seen", rows.len(), matched.len()),
        rows,
        ..Shown::default()
    };
    if applied > 0 {
        let label = p.t1("do-apply-these", "count", applied);
        shown.steps.push(Step { action: format!("/cash/{plan}"), label, is_main: true });
    }
    if proposed + unexplained > 0 {
        shown.notes.push(p.t("cash-rest"));
    }
    shown
}

/// How a table is called that may be cut.
pub fn about(p: &Page, key: &str, shown: usize, all: usize) -> String {
    if shown == all {
        return p.t(key);
    }
    let (shown, all) = (p.number(shown), p.number(all));
    let part = words::say(p.language, "work-part", &[("shown", &shown), ("all", &all)]);
    format!("{} ({part})", p.t(key))
}

fn row(p: &Page, m: &Matched) -> Vec<Cell> {
    let currency = m.receipt.currency;
    let left = if m.receipt.customer.is_some() { m.receipt.unapplied } else { m.receipt.unidentified };
    let (class, word) = match m.outcome {
        matching::Outcome::Applied => ("good", "cash-applied"),
        matching::Outcome::Proposed => ("wait", "cash-proposed"),
        matching::Outcome::Unexplained => ("off", "cash-unexplained"),
    };
    let invoice =
        |share: &crate::actions::cash::Share| format!("{}: {}", share.invoice, p.money(share.amount, currency));
    let evidence = m.evidence.iter().map(|e| words::evidence(p.language, e, currency));
    vec![
        Cell::text(m.receipt.name()),
        Cell::text(p.day(m.receipt.received_on)),
        Cell::text(p.money(left, currency)),
        Cell::chip(class, p.t(word)),
        Cell::text(words::percent(p.language, i64::from(m.confidence_bps))),
        Cell::text(m.allocations.iter().map(invoice).collect::<Vec<_>>().join(", ")),
        Cell::text(evidence.collect::<Vec<_>>().join(" ")),
    ]
}

/// What was applied; what was dropped says why.
pub fn done(p: &Page, steps: &[Planned], dropped: &[Done]) -> Shown {
    let why = |done: &Done| done.dropped.as_ref().map(|why| words::saying(p.language, why)).unwrap_or_default();
    Shown {
        mark: "good",
        word: p.t("work-is-done"),
        sentence: p.t1("cash-done", "count", steps.len().saturating_sub(dropped.len())),
        warnings: if dropped.is_empty() { Vec::new() } else { vec![p.t1("cash-dropped", "count", dropped.len())] },
        heads: vec![Head::text(p, "word-receipt"), Head::text(p, "word-why")],
        rows: dropped.iter().map(|d| vec![Cell::text(&d.name), Cell::text(why(d))]).collect(),
        about: p.t("cash-dropped-why"),
        links: vec![("/cash", p.t("page-cash")), ("/ageing", p.t("page-ageing"))],
        ..Shown::default()
    }
}
