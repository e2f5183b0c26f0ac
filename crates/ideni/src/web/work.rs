//! Long work: what runs, how far it is, what came of it. It goes on without its page, and its page can be left.

use std::fs::File;
use std::io::Read;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use askama::Template;
use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use receivables::{Refusal, Unusable};
use store::Error;

use super::ask::Ask;
use super::page::{Desk, Page, render};
use super::route::Route;
use super::{audit, cash, day, import};
use crate::actions::Right;
use crate::actions::progress::Progress;
use crate::actions::upload::Failure;
use crate::jobs::work::{Asked, Kind, Outcome, State, Task, Written};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/work", Right::Read, list),
    Route::get("/work/{id}", Right::Read, show),
    Route::get("/work/{id}/file", Right::Read, fetch).a_file(),
    Route::post("/work/{id}/dismiss", Right::Read, dismiss),
];

/// Most work is short: its page waits so long for the end before it shows how far it is.
pub const MOMENT: Duration = Duration::from_millis(1_200);

/// Begins work and goes to its page.
pub fn begin(
    desk: &Desk,
    key: &str,
    kind: Kind,
    name: String,
    run: impl FnOnce(&Arc<Progress>) -> Result<Outcome, Failure> + Send + 'static,
) -> Result<Response, Error> {
    let task = desk.web.works.begin(&desk.actor, Asked { key: key.to_owned(), kind, name }, run)?;
    go_to(&task)
}

/// As `begin`, for what only looks: where nothing comes of it at once, the form that asked says why.
pub fn look(
    desk: &Desk,
    key: &str,
    kind: Kind,
    name: String,
    run: impl FnOnce(&Arc<Progress>) -> Result<Outcome, Failure> + Send + 'static,
) -> Result<Response, Error> {
    let task = desk.web.works.begin(&desk.actor, Asked { key: key.to_owned(), kind, name }, run)?;
    task.wait(MOMENT);
    let State::Failed(why) = task.state() else { return go_to(&task) };
    desk.web.works.dismiss(&desk.actor, key)?;
    Err(match &*why {
        Failure::File(why) => {
            let reason = Unusable::Unreadable { why: words::saying(desk.page.language, why) };
            Refusal::InvalidEmpty { field: "file".into(), reason }.into()
        }
        Failure::Store(_) => why.as_error(),
    })
}

/// To the page of work that began, when it has ended or after a moment; to its file where that is what it made.
pub fn go_to(task: &Task) -> Result<Response, Error> {
    task.wait(MOMENT);
    let path = match task.state() {
        State::Done(outcome) if matches!(*outcome, Outcome::File(_)) => format!("/work/{}/file", task.id),
        _ => format!("/work/{}", task.id),
    };
    Ok(Redirect::to(&path).into_response())
}

/// What came of work, ready to be shown.
#[derive(Default)]
pub struct Shown {
    /// Class of the chip before the sentence.
    pub mark: &'static str,
    pub word: String,
    pub sentence: String,
    pub notes: Vec<String>,
    pub warnings: Vec<String>,
    pub figures: Vec<(String, String)>,
    pub steps: Vec<Step>,
    pub heads: Vec<Head>,
    pub rows: Vec<Vec<Cell>>,
    /// How the table is called.
    pub about: String,
    /// What to do next: address and words.
    pub links: Vec<(&'static str, String)>,
    /// Where the columns of a table are said.
    pub columns: Option<String>,
}

/// Something to say yes to.
pub struct Step {
    pub action: String,
    pub label: String,
    pub is_main: bool,
}

pub struct Head {
    pub label: String,
    pub is_number: bool,
}

#[derive(Default)]
pub struct Cell {
    pub text: String,
    /// Class of a chip, where it is one.
    pub chip: Option<&'static str>,
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }

    pub fn chip(class: &'static str, text: impl Into<String>) -> Cell {
        Cell { text: text.into(), chip: Some(class) }
    }
}

impl Head {
    pub fn text(page: &Page, key: &str) -> Head {
        Head { label: page.t(key), is_number: false }
    }

    pub fn number(page: &Page, key: &str) -> Head {
        Head { label: page.t(key), is_number: true }
    }
}

#[derive(Template)]
#[template(path = "work.html")]
struct Work<'a> {
    p: &'a Page,
    title: String,
    name: String,
    began: String,
    id: String,
    /// How far it is, where it runs: done and total.
    running: Option<(String, Option<(u64, u64)>)>,
    file: Option<(String, String)>,
    shown: Shown,
}

fn show(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let task = desk.web.works.one(&desk.actor, ask.path("id"))?;
    let p = &desk.page;
    let (mut running, mut file, mut shown) = (None, None, Shown::default());
    match task.state() {
        State::Running => running = Some(how_far(p, &task)),
        State::Failed(why) => shown = failed(p, &task, &why),
        State::Done(outcome) => match &*outcome {
            Outcome::File(written) => file = Some(ready(p, written)),
            outcome => shown = came(desk, &task, outcome),
        },
    }
    render(&Work {
        p,
        title: p.t(&format!("work-{}", task.kind.code())),
        name: task.name.clone(),
        began: p.instant(task.began_at),
        id: task.id.clone(),
        running,
        file,
        shown,
    })
}

fn how_far(p: &Page, task: &Task) -> (String, Option<(u64, u64)>) {
    match task.progress() {
        (done, Some(total)) => {
            let args = [("done", p.number(done)), ("total", p.number(total))];
            let args: Vec<(&str, &str)> = args.iter().map(|(name, text)| (*name, text.as_str())).collect();
            (words::say(p.language, "work-so-far", &args), Some((done, total)))
        }
        (0, None) => (p.t("work-runs"), None),
        (done, None) => (p.t1("work-count", "done", p.number(done)), None),
    }
}

fn failed(p: &Page, task: &Task, why: &Failure) -> Shown {
    let sentence = match why {
        Failure::Store(error) => words::failure(p.language, error),
        Failure::File(why) => words::saying(p.language, why),
    };
    let again = match task.kind {
        Kind::ImportLook | Kind::Import | Kind::StatementLook | Kind::Statement => "/import",
        Kind::CashLook | Kind::Cash => "/cash",
        Kind::DayLook | Kind::Day => "/day",
        Kind::Verify => "/audit",
        Kind::Export | Kind::Report => "/reports",
    };
    Shown {
        mark: "bad",
        word: p.t("work-failed"),
        sentence,
        links: vec![(again, p.t("work-again"))],
        ..Shown::default()
    }
}

fn ready(p: &Page, written: &Written) -> (String, String) {
    let args = [("count", written.rows.to_string()), ("kilobytes", p.number(written.bytes.div_ceil(1_000)))];
    let args: Vec<(&str, &str)> = args.iter().map(|(name, text)| (*name, text.as_str())).collect();
    (written.name.clone(), words::say(p.language, "work-file", &args))
}

fn came(desk: &Desk, task: &Task, outcome: &Outcome) -> Shown {
    match outcome {
        Outcome::ImportLook(upload, outcome) => import::looked(&desk.page, &task.id, upload.what, outcome),
        Outcome::Import(what, outcome) => import::taken_in(&desk.page, *what, outcome),
        Outcome::StatementLook(_, taken) => import::statement_looked(&desk.page, &task.id, taken),
        Outcome::StatementColumns(_) => import::statement_columns(&desk.page, &task.id),
        Outcome::Statement(taken) => import::statement_taken_in(&desk.page, taken),
        Outcome::CashLook(plan, matched) => cash::looked(&desk.page, plan, matched),
        Outcome::Cash(steps, dropped) => cash::done(&desk.page, steps, dropped),
        Outcome::DayLook(kept) => day::looked(&desk.page, kept.as_ref()),
        Outcome::Day(days, steps) => day::done(&desk.page, days, steps),
        Outcome::Verify(checked) => audit::verified(&desk.page, checked),
        // A file has its own place on the page, a report its own page.
        Outcome::File(_) | Outcome::Report(..) => Shown::default(),
    }
}

/// One row of the list.
struct Row {
    id: String,
    title: String,
    name: String,
    by: String,
    began: String,
    /// Only whoever asked sees what came of it.
    is_mine: bool,
    class: &'static str,
    word: String,
    progress: String,
}

#[derive(Template)]
#[template(path = "works.html")]
struct Works<'a> {
    p: &'a Page,
    rows: Vec<Row>,
    runs: bool,
}

fn list(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    let p = &desk.page;
    let tasks = desk.web.works.of(&desk.actor);
    let row = |task: &Arc<Task>| {
        let (class, word) = match task.state() {
            State::Running => ("wait", p.t("work-is-running")),
            State::Done(_) => ("good", p.t("work-is-done")),
            State::Failed(_) => ("bad", p.t("work-failed")),
        };
        Row {
            id: task.id.clone(),
            title: p.t(&format!("work-{}", task.kind.code())),
            name: task.name.clone(),
            by: task.by.clone(),
            began: p.instant(task.began_at),
            is_mine: task.by == desk.actor.user,
            class,
            word,
            progress: if task.is_running() { how_far(p, task).0 } else { String::new() },
        }
    };
    let rows: Vec<Row> = tasks.iter().map(row).collect();
    let runs = tasks.iter().any(|task| task.is_running());
    render(&Works { p, rows, runs })
}

fn dismiss(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    desk.web.works.dismiss(&desk.actor, ask.path("id"))?;
    desk.to("/work", "work-dismissed")
}

/// The file, to whoever asked for it.
fn fetch(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let missing = || Error::from(Refusal::NotFound { kind: "work".into(), name: String::new() });
    let task = desk.web.works.one(&desk.actor, ask.path("id"))?;
    let State::Done(outcome) = task.state() else { return Err(missing()) };
    let Outcome::File(written) = &*outcome else { return Err(missing()) };
    let file = File::open(&written.path).map_err(|_| missing())?;
    let kind = if written.name.ends_with(".csv") {
        "text/csv; charset=utf-8"
    } else {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    };
    let disposition = format!("attachment; filename=\"{}\"", written.name);
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_LENGTH, written.bytes.to_string()),
        // It is sent as it is: a spreadsheet is packed already.
        (header::CONTENT_ENCODING, "identity".to_owned()),
    ];
    Ok((headers, Body::new(Pieces { file })).into_response())
}

/// A file as a body: read piece by piece, so that memory does not grow with it.
struct Pieces {
    file: File,
}

const PIECE: usize = 64 << 10;

impl axum::body::HttpBody for Pieces {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
        let mut piece = vec![0; PIECE];
        Poll::Ready(match self.get_mut().file.read(&mut piece) {
            Ok(0) => None,
            Ok(read) => {
                piece.truncate(read);
                Some(Ok(http_body::Frame::data(piece.into())))
            }
            Err(error) => Some(Err(error)),
        })
    }
}
