//! Taking a file in: upload, look at what it would do, then do it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use receivables::Refusal;
use store::Error;

use super::ask::{Ask, day_or_none};
use super::page::{Desk, Page, render, told};
use super::route::Route;
use crate::actions::Right;
use crate::actions::import::{RowReport, What};
use crate::actions::upload::{self, Failure, Outcome, Upload};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/import", Right::Read, choose),
    Route::post("/import", Right::Read, look).files(BYTES_MAX),
    Route::post("/import/{link}", Right::Read, take_in),
];

/// The largest file a page takes; larger ones go through the command line.
pub const BYTES_MAX: usize = 16 << 20;

/// What a page can take in, by the name in its form.
const KINDS: &[(&str, What)] = &[
    ("invoices", What::Invoices),
    ("customers", What::Customers),
    ("receipts", What::Receipts),
    ("rates", What::Rates),
];

#[derive(Template)]
#[template(path = "import.html")]
struct Import<'a> {
    p: &'a Page,
    /// The last step of the first run: it may be skipped.
    first: bool,
    /// Code and words.
    kinds: Vec<(&'static str, String)>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    first: Option<u8>,
}

fn choose(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Asked = ask.query()?;
    let word = |kind: &str| desk.page.t(&format!("import-{kind}"));
    let kinds = KINDS.iter().map(|(name, _)| (*name, word(name))).collect();
    render(&Import { p: &desk.page, first: asked.first.is_some(), kinds })
}

#[derive(Template)]
#[template(path = "import_look.html")]
struct Look<'a> {
    p: &'a Page,
    file: String,
    /// What the rows are, by its name in the form.
    kind: &'static str,
    outcome: Outcome,
    sentence: String,
    /// Where to say yes; `None` when it is done, or nothing would come of it.
    link: Option<String>,
}

impl Look<'_> {
    fn status(&self, report: &RowReport) -> String {
        self.p.t(&format!("import-{}-{}", self.kind, report.status.name()))
    }

    fn message(&self, report: &RowReport) -> String {
        report.message.as_ref().map(|note| words::saying(self.p.language, note)).unwrap_or_default()
    }

    fn layout(&self) -> String {
        self.outcome.layout.as_ref().map(|layout| words::saying(self.p.language, layout)).unwrap_or_default()
    }
}

fn kind(what: What) -> &'static str {
    KINDS.iter().find(|(_, known)| *known == what).map_or("invoices", |(name, _)| name)
}

fn sentence(page: &Page, kind: &str, outcome: &Outcome) -> String {
    let counts = [outcome.created, outcome.updated, outcome.duplicate, outcome.refused].map(|n| page.number(n));
    let [created, updated, duplicate, refused] = counts.each_ref().map(String::as_str);
    let args = [("created", created), ("updated", updated), ("duplicate", duplicate), ("refused", refused)];
    words::say(page.language, &format!("import-outcome-{kind}"), &args)
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    what: String,
    opening_on: String,
}

/// Reads the upload and shows what it would do; the file is kept until the next one of the same user.
fn look(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let upload = chosen(ask)?;
    let outcome = match upload::look(&desk.db, &desk.actor, desk.today, &upload, &Default::default()) {
        Ok(outcome) => outcome,
        Err(failure) => return nothing(desk, failure),
    };
    let link = (outcome.created + outcome.updated > 0).then(|| desk.web.sessions.keep(&desk.actor.user, &upload));
    let kind = kind(upload.what);
    let sentence = sentence(&desk.page, kind, &outcome);
    render(&Look { p: &desk.page, file: upload.name, kind, outcome, sentence, link })
}

fn chosen(ask: &Ask) -> Result<Upload, Error> {
    let form: Form = ask.form()?;
    let missing = |field: &str| Error::from(Refusal::Missing { field: field.into() });
    let (_, what) = KINDS.iter().find(|(name, _)| *name == form.what).ok_or_else(|| missing("what"))?;
    let file = ask.file("file").ok_or_else(|| missing("file"))?;
    let opening_on = day_or_none(&form.opening_on, "opening_on")?;
    Ok(Upload {
        name: file.name.clone(),
        bytes: file.bytes.clone().into(),
        what: *what,
        opening_on,
        account: "bank".into(),
    })
}

/// What is wrong with the file, with a way back to give another.
fn nothing(desk: &Desk, failure: Failure) -> Result<Response, Error> {
    match failure {
        Failure::Store(error) => Err(error),
        Failure::File(why) => {
            let sentence = words::saying(desk.page.language, &why);
            told(&desk.page, StatusCode::UNPROCESSABLE_ENTITY, sentence, "/import".into())
        }
    }
}

/// Takes in the file that was looked at, once.
fn take_in(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let Some(upload) = desk.web.sessions.take(&desk.actor.user, ask.path("link")) else {
        return Err(Refusal::NotFound { kind: "upload".into(), name: String::new() }.into());
    };
    let outcome = match upload::take_in(&desk.db, &desk.actor, desk.today, &upload, &Default::default()) {
        Ok(outcome) => outcome,
        Err(failure) => return nothing(desk, failure),
    };
    let kind = kind(upload.what);
    let sentence = sentence(&desk.page, kind, &outcome);
    render(&Look { p: &desk.page, file: upload.name, kind, outcome, sentence, link: None })
}
