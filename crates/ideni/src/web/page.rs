//! What every page is made from: who looks, in which company, on which day, in which language.

use std::sync::Arc;

use askama::Template;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use receivables::{Date, Refusal};
use store::{Db, Error};

use super::{Web, session};
use crate::actions::{Actor, Roles, company};
use crate::words::{self, Language};

/// The frame of a page, and the words in the reader's language.
#[derive(Clone)]
pub struct Page {
    pub company: String,
    pub user: String,
    pub roles: Roles,
    pub today: String,
    pub language: Language,
}

impl Page {
    pub fn t(&self, key: &str) -> String {
        words::say(self.language, key, &[])
    }

    /// What the user is hired for.
    pub fn role(&self) -> String {
        let words: Vec<String> = self.roles.iter().map(|role| self.t(&format!("role-{}", role.name()))).collect();
        words.join(", ")
    }

    /// How a drafted message stands.
    pub fn state(&self, code: &str) -> String {
        self.t(&format!("state-{code}"))
    }

    /// A step of the ladder, or what stands in its way, in words.
    pub fn step(&self, code: &str) -> String {
        self.t(&format!("step-{code}"))
    }

    pub fn language(&self) -> &'static str {
        self.language.code()
    }

    /// A new idempotency key for one form: pressing twice does it once.
    pub fn key(&self) -> String {
        session::token()
    }
}

/// A request of somebody who is signed in.
pub struct Desk {
    pub db: Db,
    pub actor: Actor,
    pub today: Date,
    pub page: Page,
}

#[derive(Template)]
#[template(path = "said.html")]
struct Said<'a> {
    p: &'a Page,
    sentence: String,
    back: String,
}

/// Runs `f` for whoever is signed in, off the async threads, and renders what it returns.
pub async fn at_desk(
    web: Arc<Web>,
    method: Method,
    headers: HeaderMap,
    f: impl FnOnce(&Desk) -> Result<Response, Error> + Send + 'static,
) -> Response {
    let language = language(&headers);
    if !session::from_our_pages(&method, &headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some(user) = web.sessions.user(&headers) else {
        return (StatusCode::UNAUTHORIZED, words::say(language, "enter-again", &[])).into_response();
    };
    let back = headers.get("referer").and_then(|v| v.to_str().ok()).unwrap_or("/").to_owned();
    let work = move || {
        let desk = open(&web, &user, language)?;
        match f(&desk) {
            Ok(response) => Ok(response),
            Err(error) => said(&desk, &error, back),
        }
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => (StatusCode::INTERNAL_SERVER_ERROR, words::failure(language, &error)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn open(web: &Web, user: &str, language: Language) -> Result<Desk, Error> {
    let actor = web.db.read(|tx| company::actor(tx, web.company.as_deref(), Some(user)))?;
    let zone = actor.company.time_zone.clone();
    let today = web
        .today
        .or_else(|| store::Clock::System.now().date_in(&zone))
        .ok_or_else(|| Error::Failed(format!("the time zone {zone} is unknown")))?;
    let page = Page {
        company: actor.company.name.clone(),
        user: actor.user.clone(),
        roles: actor.roles,
        today: today.to_string(),
        language,
    };
    Ok(Desk { db: web.db.clone(), actor, today, page })
}

/// A refusal as a page with a way back; nothing was written.
fn said(desk: &Desk, error: &Error, back: String) -> Result<Response, Error> {
    let status = match error {
        Error::Refused(Refusal::NotAllowed { .. }) => StatusCode::FORBIDDEN,
        Error::Refused(Refusal::NotFound { .. }) => StatusCode::NOT_FOUND,
        Error::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    told(desk, status, words::failure(desk.page.language, error), back)
}

/// A sentence as a page with a way back.
pub fn told(desk: &Desk, status: StatusCode, sentence: String, back: String) -> Result<Response, Error> {
    let page = render(&Said { p: &desk.page, sentence, back })?;
    Ok((status, page).into_response())
}

/// A template as an answer.
pub fn render(template: &impl Template) -> Result<Response, Error> {
    template.render().map(|text| Html(text).into_response()).map_err(|e| Error::failed("rendering a page", e))
}

/// The first language of ours that the browser asks for.
pub fn language(headers: &HeaderMap) -> Language {
    let wanted = headers.get("accept-language").and_then(|v| v.to_str().ok()).unwrap_or_default();
    let known = |code: &str| Language::ALL.into_iter().find(|l| code.trim().starts_with(l.code()));
    wanted.split(',').find_map(known).unwrap_or_default()
}
