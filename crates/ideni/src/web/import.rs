//! Taking a file in: upload, look at what it would do, then do it.

use std::sync::Arc;

use askama::Template;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use receivables::{Refusal, Unusable};
use store::Error;

use super::account::day;
use super::page::{Desk, Page, at_desk, render, told};
use super::{Web, session};
use crate::actions::import::{RowReport, What};
use crate::actions::upload::{self, Failure, Outcome, Upload};
use crate::words;

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
pub struct Asked {
    first: Option<u8>,
}

pub async fn ask(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    at_desk(web, method, headers, move |desk| {
        let word = |kind: &str| words::say(desk.page.language, &format!("import-{kind}"), &[]);
        let kinds = KINDS.iter().map(|(name, _)| (*name, word(name))).collect();
        render(&Import { p: &desk.page, first: asked.first.is_some(), kinds })
    })
    .await
}

#[derive(Template)]
#[template(path = "import_look.html")]
struct Look<'a> {
    p: &'a Page,
    file: String,
    outcome: Outcome,
    sentence: String,
    /// Where to say yes; `None` when it is done, or nothing would come of it.
    link: Option<String>,
}

impl Look<'_> {
    fn status(&self, report: &RowReport) -> String {
        self.p.t(&format!("import-{}", report.status.name()))
    }

    fn message(&self, report: &RowReport) -> String {
        report.message.as_ref().map(|note| words::saying(self.p.language, note)).unwrap_or_default()
    }

    fn layout(&self) -> String {
        self.outcome.layout.as_ref().map(|layout| words::saying(self.p.language, layout)).unwrap_or_default()
    }
}

fn sentence(page: &Page, outcome: &Outcome) -> String {
    let counts = [outcome.created, outcome.updated, outcome.duplicate, outcome.refused].map(|n| n.to_string());
    let [created, updated, duplicate, refused] = counts.each_ref().map(String::as_str);
    let args = [("created", created), ("updated", updated), ("duplicate", duplicate), ("refused", refused)];
    words::say(page.language, "import-outcome", &args)
}

/// Reads the upload and shows what it would do; the file is kept until the next one of the same user.
pub async fn look(State(web): State<Arc<Web>>, method: Method, headers: HeaderMap, parts: Multipart) -> Response {
    // Nothing is read from whoever is not signed in.
    if web.sessions.user(&headers).is_none() || !session::from_our_pages(&method, &headers) {
        return at_desk(web, method, headers, |_| Ok(StatusCode::FORBIDDEN.into_response())).await;
    }
    let given = Parts::read(parts).await;
    let uploads = Arc::clone(&web);
    at_desk(web, method, headers, move |desk| {
        let upload = given.map_err(unreadable)?.upload()?;
        let outcome = match upload::look(&desk.db, &desk.actor, desk.today, &upload) {
            Ok(outcome) => outcome,
            Err(failure) => return nothing(desk, failure),
        };
        let link = (outcome.created + outcome.updated > 0).then(|| uploads.sessions.keep(&desk.actor.user, &upload));
        let sentence = sentence(&desk.page, &outcome);
        render(&Look { p: &desk.page, file: upload.name, outcome, sentence, link })
    })
    .await
}

fn unreadable(error: MultipartError) -> Error {
    let reason = if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Unusable::UploadTooLarge { megabytes: (BYTES_MAX >> 20).to_string() }
    } else {
        Unusable::UploadBroken { cause: error.body_text() }
    };
    Refusal::InvalidEmpty { field: "file".into(), reason }.into()
}

/// What is wrong with the file, with a way back to give another.
fn nothing(desk: &Desk, failure: Failure) -> Result<Response, Error> {
    match failure {
        Failure::Store(error) => Err(error),
        Failure::File(why) => {
            let sentence = words::saying(desk.page.language, &why);
            told(desk, StatusCode::UNPROCESSABLE_ENTITY, sentence, "/import".into())
        }
    }
}

/// The fields of the form.
#[derive(Default)]
struct Parts {
    name: String,
    bytes: Vec<u8>,
    what: String,
    opening_on: String,
}

impl Parts {
    async fn read(mut parts: Multipart) -> Result<Parts, MultipartError> {
        let mut given = Parts::default();
        while let Some(part) = parts.next_field().await? {
            match part.name().unwrap_or_default() {
                "file" => {
                    given.name = part.file_name().unwrap_or_default().to_owned();
                    given.bytes = part.bytes().await?.to_vec();
                }
                "what" => given.what = part.text().await?,
                "opening_on" => given.opening_on = part.text().await?,
                _ => {}
            }
        }
        Ok(given)
    }

    fn upload(self) -> Result<Upload, Error> {
        let missing = |field: &str| Error::from(Refusal::Missing { field: field.into() });
        let (_, what) = KINDS.iter().find(|(name, _)| *name == self.what).ok_or_else(|| missing("what"))?;
        if self.bytes.is_empty() {
            return Err(missing("file"));
        }
        let opening_on = self.opening_on.trim();
        Ok(Upload {
            name: self.name,
            bytes: self.bytes.into(),
            what: *what,
            opening_on: (!opening_on.is_empty()).then(|| day(opening_on, "opening_on")).transpose()?,
        })
    }
}

/// Takes in the file that was looked at, once.
pub async fn take_in(
    State(web): State<Arc<Web>>,
    method: Method,
    headers: HeaderMap,
    Path(link): Path<String>,
) -> Response {
    let uploads = Arc::clone(&web);
    at_desk(web, method, headers, move |desk| {
        let Some(upload) = uploads.sessions.take(&desk.actor.user, &link) else {
            return Err(Refusal::NotFound { kind: "upload".into(), name: String::new() }.into());
        };
        let outcome = match upload::take_in(&desk.db, &desk.actor, desk.today, &upload) {
            Ok(outcome) => outcome,
            Err(failure) => return nothing(desk, failure),
        };
        if outcome.refused == 0 {
            return Ok(Redirect::to("/").into_response());
        }
        let sentence = sentence(&desk.page, &outcome);
        render(&Look { p: &desk.page, file: upload.name, outcome, sentence, link: None })
    })
    .await
}
