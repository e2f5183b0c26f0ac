//! The columns of a bank's table: the first rows beside what each column seems to hold and why, changed by a person, and kept as
//! the way in which the account's files are read.

use askama::Template;
use axum::response::Response;
use formats::statement::{self, Look};
use receivables::{Refusal, Unusable};
use store::Error;

use super::ask::Ask;
use super::import;
use super::page::{Desk, Page, render};
use super::route::Route;
use crate::actions::statement::Given;
use crate::actions::{Right, account};
use crate::jobs::work::{Outcome, State};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/import/{id}/columns", Right::StatementImport, show),
    Route::post("/import/{id}/columns", Right::AccountProfile, say).again(show),
];

/// One column: its header, what it is taken for and why, and the choices.
struct Column {
    name: String,
    header: String,
    why: String,
    /// Code and words of each field, and whether it is the one.
    fields: Vec<(&'static str, String, bool)>,
}

#[derive(Template)]
#[template(path = "columns.html")]
struct Columns<'a> {
    p: &'a Page,
    here: String,
    file: String,
    account: String,
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    /// The words of what no column holds, and without which nothing can be read.
    missing: Vec<String>,
}

/// The file that was looked at, as it came.
fn given(desk: &Desk, ask: &Ask) -> Result<Given, Error> {
    let looked = desk.web.works.one(&desk.actor, ask.path("id"))?;
    let gone = || Error::from(Refusal::NotFound { kind: "upload".into(), name: looked.name.clone() });
    let State::Done(outcome) = looked.state() else { return Err(gone()) };
    match &*outcome {
        Outcome::StatementLook(given, _) | Outcome::StatementColumns(given) => Ok(given.clone()),
        _ => Err(gone()),
    }
}

fn looked(desk: &Desk, given: &Given) -> Result<Look, Error> {
    let way = desk.db.read(|tx| crate::actions::statement::way(tx, &desk.actor, &given.account))?;
    let look = statement::look(&given.bytes, desk.actor.company.currency, way.as_ref());
    look.map_err(|why| {
        let reason = Unusable::NotUnderstood { cause: words::saying(desk.page.language, &why) };
        Refusal::Invalid { field: "file".into(), value: given.name.clone(), reason }.into()
    })
}

fn show(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let p = &desk.page;
    let given = given(desk, ask)?;
    let look = looked(desk, &given)?;
    let word = |field: &str| p.t(&format!("bank-{}", field.replace('_', "-")));
    let column = |(at, seen): (usize, &statement::Seen)| {
        let taken = seen.field.map(|(field, _)| field);
        Column {
            name: format!("column-{at}"),
            header: seen.header.clone(),
            why: seen.field.map(|(_, why)| p.t(why.key())).unwrap_or_default(),
            fields: statement::fields().map(|field| (field, word(field), taken == Some(field))).collect(),
        }
    };
    render(&Columns {
        p,
        here: format!("/import/{}/columns", ask.path("id")),
        file: given.name,
        account: given.account,
        columns: look.columns.iter().enumerate().map(column).collect(),
        rows: look.rows.into_iter().map(|(_, cells)| cells).collect(),
        missing: look.missing.into_iter().map(word).collect(),
    })
}

/// Keeps what a person said of the columns, and looks at the file again.
fn say(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let given = given(desk, ask)?;
    let look = looked(desk, &given)?;
    let typed = ask.typed();
    let said = |at: usize| {
        let name = format!("column-{at}");
        typed.iter().find(|(known, _)| *known == name).map(|(_, field)| field.as_str())
    };
    let changes: Vec<(usize, &str)> = (0..look.columns.len()).filter_map(|at| Some((at, said(at)?))).collect();
    let unusable = |why: formats::Fault| {
        let reason = Unusable::NotUnderstood { cause: words::saying(desk.page.language, &why) };
        Error::from(Refusal::Invalid { field: "profile".into(), value: given.name.clone(), reason })
    };
    let text = look.profile_with(&changes).and_then(|profile| profile.text()).map_err(unusable)?;
    let account = given.account.clone();
    desk.write(move |tx, actor, _| account::set_profile(tx, actor, &account, &text))?;
    import::look_again(desk, ask, given)
}
