//! Money between the company's own accounts: what is in transit, what may be one movement, what was found to be.

use askama::Template;
use axum::response::Response;
use store::Error;

use super::ask::Ask;
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::Right;
use crate::actions::transfer::{self, Listed, Proposed, Shown};

pub const ROUTES: &[Route] = &[
    Route::get("/transfers", Right::Read, list),
    Route::post("/transfers", Right::TransferSave, mark).again(list),
    Route::post("/transfers/{id}/undo", Right::TransferSave, undo).again(list),
];

/// Rows of each part that a page shows; the commands list them all.
const SHOWN: usize = 50;

/// One side: `days` in transit, or what says that it is one movement with the other.
struct Row {
    undo_at: String,
    account: String,
    way: String,
    on: String,
    amount: String,
    reference: String,
    other: String,
    said: String,
}

/// Two sides that may be one.
struct Maybe {
    amount: String,
    went: Side,
    came: Side,
    likely: bool,
}

struct Side {
    name: String,
    account: String,
    on: String,
    says: String,
}

#[derive(Template)]
#[template(path = "transfers.html")]
struct Transfers<'a> {
    p: &'a Page,
    in_transit: Vec<Row>,
    maybe: Vec<Maybe>,
    found: Vec<Row>,
}

fn list(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let p = &desk.page;
    let (all, proposed) = desk.db.read(|tx| {
        let all = transfer::list(tx, &desk.actor, p.today, false)?;
        Ok((all, transfer::proposed(tx, &desk.actor, p.today)?))
    })?;
    let (mut in_transit, found): (Vec<_>, Vec<_>) = all.into_iter().partition(|side| side.days.is_some());
    in_transit.reverse();
    let rows = |sides: Vec<Listed>| sides.into_iter().take(SHOWN).map(|side| row(p, side)).collect();
    let maybe = proposed.into_iter().take(SHOWN).map(|one| maybe(p, one)).collect();
    render(&Transfers { p, in_transit: rows(in_transit), maybe, found: rows(found) })
}

fn row(p: &Page, side: Listed) -> Row {
    let said = match (side.days, &side.said) {
        (Some(days), _) => p.t1("transfer-days", "days", days),
        (None, said) => p.word("transfer-said", said.as_deref().unwrap_or_default()),
    };
    Row {
        undo_at: format!("/transfers/{}/undo", side.id),
        account: side.account,
        way: p.t(if side.out { "transfer-out" } else { "transfer-in" }),
        on: p.day(side.on),
        amount: p.money(side.amount.minor, side.amount.currency),
        reference: side.reference.unwrap_or_default(),
        other: side.other.unwrap_or_default(),
        said,
    }
}

fn maybe(p: &Page, one: Proposed) -> Maybe {
    let side = |side: Shown| Side {
        name: side.name,
        account: side.account,
        on: p.day(side.on),
        says: side.says.unwrap_or_default(),
    };
    let amount = p.money(one.amount.minor, one.amount.currency);
    Maybe { amount, went: side(one.went), came: side(one.came), likely: one.likely }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkForm {
    went: String,
    came: String,
}

fn mark(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let MarkForm { went, came } = ask.form()?;
    let once = ask.once();
    desk.write(move |tx, actor, today| {
        transfer::mark(tx, actor, today, Some(&went), Some(&came), Some(&once)).map(|_| ())
    })?;
    desk.to("/transfers", "transfer-marked")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct UndoForm {
    reason: String,
}

fn undo(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let UndoForm { reason } = ask.form()?;
    let (id, once) = (ask.path("id").to_owned(), ask.once());
    desk.write(move |tx, actor, today| transfer::undo(tx, actor, today, &id, &reason, Some(&once)))?;
    desk.to("/transfers", "transfer-undone")
}
