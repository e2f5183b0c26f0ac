//! What every page is made from: who looks, in which company, on which day, in which language, and what was refused.

use std::borrow::Borrow;
use std::sync::Arc;

use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use receivables::{Currency, Date, Instant, Money, Refusal};
use store::{Db, Error, Tx};

use super::ask::{Ask, DONE, too_large};
use super::route::{Entrance, Route, Verb};
use super::session::{self, Session};
use super::{Web, asset};
use crate::actions::{Actor, Right, Roles};
use crate::words::{self, Language};

/// The frame of a page, and the words in the reader's language.
#[derive(Clone, Default)]
pub struct Page {
    pub company: String,
    pub user: String,
    pub roles: Roles,
    pub today: Date,
    pub language: Language,
    time_zone: String,
    /// The path of this page.
    at: String,
    /// The sentence about what was just done.
    pub done: Option<String>,
    refused: Option<Refused>,
    guard: String,
    /// Pieces of the reader's own long work: those that run, and those that ended and wait to be seen.
    pub work: (usize, usize),
}

/// A form that comes back: where it was sent, what was typed, and, where it was refused, what is wrong and with which field.
#[derive(Clone)]
struct Refused {
    action: String,
    typed: Vec<(String, String)>,
    field: Option<String>,
    sentence: Option<String>,
}

impl Page {
    /// The frame before anybody is signed in, or before there is a company.
    pub fn outside(language: Language) -> Page {
        Page { company: "Ideni".into(), language, ..Page::default() }
    }

    pub fn t(&self, key: &str) -> String {
        words::say(self.language, key, &[])
    }

    /// A word that begins a line.
    pub fn label(&self, key: &str) -> String {
        let word = self.t(key);
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// The words of a code, whose key begins with what it is of.
    pub fn word(&self, of: &str, code: &str) -> String {
        self.t(&format!("{of}-{code}"))
    }

    /// A sentence with one value in it.
    pub fn t1(&self, key: &str, name: &str, value: impl ToString) -> String {
        words::say(self.language, key, &[(name, &value.to_string())])
    }

    /// The same page with a form that was refused on it: what was typed, what is wrong and with which field.
    pub fn with_refusal(&self, ask: &Ask, refusal: &Refusal) -> Page {
        let refused = Refused {
            action: ask.at().to_owned(),
            typed: ask.typed(),
            field: refusal.field().map(str::to_owned),
            sentence: Some(words::saying(self.language, refusal)),
        };
        Page { refused: Some(refused), ..self.clone() }
    }

    /// The same page with a form on it that only asked: what was typed stays.
    pub fn with_form(&self, ask: &Ask) -> Page {
        let refused = Refused { action: ask.at().to_owned(), typed: ask.typed(), field: None, sentence: None };
        Page { refused: Some(refused), ..self.clone() }
    }

    /// The page with a form filled in, though nothing of it was refused.
    pub fn filled(&self, action: &str, typed: Vec<(String, String)>) -> Page {
        let refused = Refused { action: action.to_owned(), typed, field: None, sentence: None };
        Page { refused: Some(refused), ..self.clone() }
    }

    /// Whether somebody looks who may see the desk.
    pub fn signed_in(&self) -> bool {
        !self.user.is_empty()
    }

    /// What the user is hired for.
    pub fn role(&self) -> String {
        self.roles_of(self.roles)
    }

    /// Whether this program prints papers.
    pub fn prints(&self) -> bool {
        cfg!(feature = "pdf")
    }

    /// Roles in words.
    pub fn roles_of(&self, roles: Roles) -> String {
        if roles == Roles::all() {
            return self.t("role-all");
        }
        let words: Vec<String> = roles.iter().map(|role| self.t(&format!("role-{}", role.name()))).collect();
        words.join(", ")
    }

    pub fn can(&self, right: Right) -> bool {
        self.roles.reach(right) > crate::actions::Reach::Nothing
    }

    /// How a drafted message stands.
    pub fn state(&self, code: &str) -> String {
        self.t(&format!("outbox-{code}"))
    }

    /// A step of the ladder, or what stands in its way, in words.
    pub fn step(&self, code: &str) -> String {
        self.t(&format!("step-{code}"))
    }

    pub fn language(&self) -> &'static str {
        self.language.code()
    }

    /// An amount with its currency.
    pub fn money(&self, minor: impl Borrow<i64>, currency: impl Borrow<Currency>) -> String {
        words::money(self.language, Money::new(*minor.borrow(), *currency.borrow()))
    }

    /// An amount where its currency stands beside it already.
    pub fn amount(&self, minor: impl Borrow<i64>, currency: impl Borrow<Currency>) -> String {
        words::amount(self.language, Money::new(*minor.borrow(), *currency.borrow()))
    }

    /// A count that ended at `most`: what may be more says so.
    pub fn counted(&self, count: i64, most: i64) -> String {
        let more = if count < most { "" } else { "+" };
        format!("{}{more}", words::number(self.language, count))
    }

    /// A count.
    pub fn number(&self, number: impl std::fmt::Display) -> String {
        words::number(self.language, number)
    }

    /// A day in figures, as columns have it.
    pub fn day(&self, day: impl Borrow<Date>) -> String {
        words::day_short(*day.borrow())
    }

    /// A day in words with that of the week, for the head of a page.
    pub fn day_of_week(&self, day: impl Borrow<Date>) -> String {
        words::day_of_week(self.language, *day.borrow())
    }

    /// Day and hour in the company's time zone.
    pub fn instant(&self, at: impl Borrow<Instant>) -> String {
        words::instant(self.language, *at.borrow(), &self.time_zone)
    }

    /// `page` where the link leads to the room of this page, for `aria-current`.
    pub fn current(&self, path: &str) -> &'static str {
        let inside = if path == "/" { self.at == "/" } else { self.at.starts_with(path) };
        if inside { "page" } else { "false" }
    }

    /// Where a file of the program's own is, under a name that changes with its content.
    pub fn asset(&self, name: &str) -> String {
        asset::path(name)
    }

    /// A new key for one form: it is ours, and pressing twice does it once.
    pub fn key(&self) -> String {
        session::form_key(&self.guard)
    }

    /// What to show in a field: what was typed into this form before it was refused, or else `value`.
    pub fn typed(&self, action: &str, field: &str, value: &str) -> String {
        let refused = self.refused.as_ref().filter(|refused| refused.action == action);
        let typed = refused.and_then(|refused| refused.typed.iter().find(|(name, _)| name == field));
        typed.map_or(value, |(_, text)| text).to_owned()
    }

    /// What is said of a file of more bytes than these.
    pub fn too_large(&self, most: impl Borrow<usize>) -> String {
        words::saying(self.language, &too_large(*most.borrow()))
    }

    /// What is wrong with a field of this form.
    pub fn fault(&self, action: &str, field: &str) -> Option<&str> {
        let refused = self.refused.as_ref().filter(|refused| refused.action == action);
        refused
            .filter(|refused| refused.field.as_deref() == Some(field))
            .and_then(|refused| refused.sentence.as_deref())
    }

    /// Whether this form was refused: it holds what was typed, and nothing of it is saved.
    pub fn refused_at(&self, action: &str) -> bool {
        self.refused.as_ref().is_some_and(|refused| refused.action == action)
    }

    /// Of several forms to one action, which differ in a field: `action` for the one that was refused, nothing for the others.
    pub fn refused_to(&self, action: &str, field: &str, value: &str) -> String {
        if self.typed(action, field, "") == value { action.to_owned() } else { String::new() }
    }

    /// What was refused on this page, whichever form it was.
    pub fn refusal(&self) -> Option<&str> {
        self.refused.as_ref().and_then(|refused| refused.sentence.as_deref())
    }
}

/// A request of somebody who is signed in.
pub struct Desk {
    pub web: Arc<Web>,
    pub db: Db,
    pub actor: Actor,
    pub today: Date,
    pub page: Page,
    pub session: Session,
}

impl Desk {
    /// One unchanging view.
    pub fn read<T>(&self, f: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T, Error>) -> Result<T, Error> {
        self.db.read(|tx| f(tx, &self.actor))
    }

    /// One transaction of the actor.
    pub fn write<T: Send + 'static>(
        &self,
        mut f: impl FnMut(&mut Tx<'_>, &Actor, Date) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (actor, today) = (self.actor.clone(), self.today);
        self.db.write(move |tx| f(tx, &actor, today))
    }

    /// To another page, which says what was done: `done` names a sentence `done-…`.
    pub fn to(&self, path: &str, done: &str) -> Result<Response, Error> {
        let (path, place) = path.split_once('#').map_or((path, String::new()), |(path, id)| (path, format!("#{id}")));
        let mark = if path.contains('?') { '&' } else { '?' };
        Ok(Redirect::to(&format!("{path}{mark}{DONE}={done}{place}")).into_response())
    }
}

#[derive(Template)]
#[template(path = "said.html")]
struct Said<'a> {
    p: &'a Page,
    sentence: String,
    back: String,
}

/// Answers one request: who asks, may they, and then what they ask for, off the async threads.
pub async fn answer(web: Arc<Web>, route: &'static Route, request: Request) -> Response {
    let language = language(request.headers());
    if route.verb == Verb::Post && !session::from_our_pages(request.headers()) {
        return (StatusCode::FORBIDDEN, words::say(language, "page-not-ours", &[])).into_response();
    }
    // Nothing is read from whoever is not signed in.
    let session = match session::token_of(&web, request.headers()) {
        Some(token) => {
            let web = web.clone();
            tokio::task::spawn_blocking(move || session::find(&web, token)).await
        }
        None => Ok(Ok(None)),
    };
    let session = match session {
        Ok(Ok(Some(session))) => session,
        Ok(Ok(None)) => return sign_in_first(route, &request, language),
        Ok(Err(error)) => return failed(language, &error),
        Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    let language = session.found.language.unwrap_or(language);
    let from = back(request.headers());
    let ask = Ask::read(route.takes(), request).await;
    let work = move || {
        let ask = match ask {
            Ok(ask) => ask,
            Err(error) => return said(&open(web, session, language, None)?, &error, from),
        };
        let made = session.made(ask.key());
        let due = session.found.needs_second_factor && !OPEN_WITHOUT_SECOND_FACTOR.contains(&route.path);
        let desk = open(web, session, language, Some(&ask))?;
        if route.verb == Verb::Post && !made {
            let sentence = desk.page.t("page-too-old");
            return told(&desk.page, StatusCode::FORBIDDEN, sentence, back(&ask.headers));
        }
        if due {
            return desk.to("/me", "second-factor-due");
        }
        match desk.actor.may(route.right).and_then(|()| ask.fit()).and_then(|()| (route.run)(&desk, &ask)) {
            Ok(response) => Ok(response),
            Err(error) => again(desk, &ask, route, &error),
        }
    };
    finish(tokio::task::spawn_blocking(work).await, language)
}

/// Where a person goes who still has to put a second factor on.
const OPEN_WITHOUT_SECOND_FACTOR: &[&str] = &[
    "/me",
    "/me/language",
    "/me/password",
    "/me/second-factor",
    "/me/second-factor/confirm",
    "/me/company",
    "/sign-out",
];

/// Answers whoever comes to the door, off the async threads.
pub async fn answer_at_door(web: Arc<Web>, row: &'static Entrance, request: Request) -> Response {
    let language = language(request.headers());
    if row.verb == Verb::Post && !session::from_our_pages(request.headers()) {
        return (StatusCode::FORBIDDEN, words::say(language, "page-not-ours", &[])).into_response();
    }
    let ask = Ask::read(row.takes(), request).await;
    let work = move || {
        let mut page = Page::outside(language);
        let ask = ask?;
        page.at = ask.at().to_owned();
        match ask.fit().and_then(|()| (row.run)(&web, &page, &ask)) {
            Err(error @ Error::Refused(_)) => {
                told(&page, status(&error), words::failure(language, &error), back(&ask.headers))
            }
            answered => answered,
        }
    };
    finish(tokio::task::spawn_blocking(work).await, language)
}

fn finish(done: Result<Result<Response, Error>, tokio::task::JoinError>, language: Language) -> Response {
    match done {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => failed(language, &error),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn failed(language: Language, error: &Error) -> Response {
    (status(error), words::failure(language, error)).into_response()
}

/// To the page where one signs in, which leads back to where one was.
fn sign_in_first(route: &Route, request: &Request, language: Language) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let (status, path) = match route.verb {
        Verb::Get => (StatusCode::SEE_OTHER, path.to_owned()),
        Verb::Post => (StatusCode::UNAUTHORIZED, back(request.headers())),
    };
    let to = match path.as_str() {
        "/" => "/sign-in".to_owned(),
        path => format!("/sign-in?next={}", form_urlencoded::byte_serialize(path.as_bytes()).collect::<String>()),
    };
    if status == StatusCode::SEE_OTHER {
        return Redirect::to(&to).into_response();
    }
    let page = Page::outside(language);
    let sentence = page.t("enter-again");
    told(&page, status, sentence, to).unwrap_or_else(|_| status.into_response())
}

fn open(web: Arc<Web>, session: Session, language: Language, ask: Option<&Ask>) -> Result<Desk, Error> {
    let actor = session.found.actor.clone();
    let zone = actor.company.time_zone.clone();
    let today = web
        .today
        .or_else(|| store::Clock::System.now().date_in(&zone))
        .ok_or_else(|| Error::Failed(format!("the time zone {zone} is unknown")))?;
    let done = ask.and_then(Ask::done).filter(|code| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
    let work = web.works.count(&actor);
    let page = Page {
        work,
        company: actor.company.name.clone(),
        user: actor.user.clone(),
        roles: actor.roles,
        today,
        language,
        time_zone: zone,
        at: ask.map_or_else(String::new, |ask| ask.at().to_owned()),
        done: done.and_then(|code| words::known(language, &format!("done-{code}"))),
        refused: None,
        guard: session.guard.clone(),
    };
    Ok(Desk { db: web.db.clone(), web, actor, today, page, session })
}

/// A refused form on its page again with what was typed; any other refusal as a page with a way back. Nothing was written.
fn again(mut desk: Desk, ask: &Ask, route: &Route, error: &Error) -> Result<Response, Error> {
    let (Some(page), Error::Refused(refusal)) = (route.again, error) else {
        return said(&desk, error, back(&ask.headers));
    };
    if matches!(refusal, Refusal::NotAllowed { .. } | Refusal::OtherPortfolio { .. }) {
        return said(&desk, error, back(&ask.headers));
    }
    desk.page = desk.page.with_refusal(ask, refusal);
    match page(&desk, ask) {
        Ok(page) => Ok((status(error), page).into_response()),
        Err(_) => said(&desk, error, back(&ask.headers)),
    }
}

fn status(error: &Error) -> StatusCode {
    match error {
        Error::Refused(refusal) => status_of(refusal),
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn status_of(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NotAllowed { .. } | Refusal::OtherPortfolio { .. } => StatusCode::FORBIDDEN,
        Refusal::NotFound { .. } => StatusCode::NOT_FOUND,
        Refusal::LinkGone => StatusCode::GONE,
        Refusal::TooManyTries { .. } => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// A page on which something was refused.
pub fn refused(refusal: &Refusal, page: Result<Response, Error>) -> Result<Response, Error> {
    page.map(|page| (status_of(refusal), page).into_response())
}

fn said(desk: &Desk, error: &Error, back: String) -> Result<Response, Error> {
    told(&desk.page, status(error), words::failure(desk.page.language, error), back)
}

/// Where the reader came from, if that was one of our pages.
fn back(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let path = referer.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()));
    path.unwrap_or_else(|| "/".into())
}

/// There is no such page.
pub async fn nothing_here(headers: HeaderMap) -> Response {
    let page = Page::outside(language(&headers));
    let sentence = page.t("page-nothing-here");
    told(&page, StatusCode::NOT_FOUND, sentence, "/".into()).unwrap_or_else(|_| StatusCode::NOT_FOUND.into_response())
}

/// A sentence as a page with a way back.
pub fn told(page: &Page, status: StatusCode, sentence: String, back: String) -> Result<Response, Error> {
    let page = render(&Said { p: page, sentence, back })?;
    Ok((status, page).into_response())
}

/// A code as a part of a path.
pub fn in_path(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    for byte in code.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// A template as an answer.
pub fn render(template: &impl Template) -> Result<Response, Error> {
    template.render().map(|text| Html(text).into_response()).map_err(|e| Error::failed("rendering a page", e))
}

/// The first language of ours that the browser asks for.
pub fn language(headers: &HeaderMap) -> Language {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let known = |code: &str| Language::ALL.into_iter().find(|l| code.trim().starts_with(l.code()));
    wanted.split(',').find_map(known).unwrap_or_default()
}
