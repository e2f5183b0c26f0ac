//! Who is signed in. Links and sessions live in memory: a restart ends them all.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use store::Source;

use super::{Web, page};
use crate::actions::upload::Upload;
use crate::words;

const COOKIE: &str = "ideni_session";

/// Tokens of links and of sessions, each with its user.
#[derive(Default)]
pub struct Sessions {
    links: Mutex<BTreeMap<String, String>>,
    open: Mutex<BTreeMap<String, String>>,
    /// The token of the first run, until the book has a company.
    setup: Mutex<Option<String>>,
    /// The file each user looked at last, with its token.
    uploads: Mutex<BTreeMap<String, (String, Upload)>>,
}

/// Files kept at a time; the first by user name goes.
const UPLOADS_MAX: usize = 8;

/// 256 random bits in hex.
pub fn token() -> String {
    let source = Source::system();
    (0..4).map(|_| format!("{:016x}", source.random())).collect()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Sessions {
    pub fn link_for(&self, user: &str) -> String {
        let token = token();
        lock(&self.links).insert(token.clone(), user.to_owned());
        token
    }

    /// The token of the first run.
    pub fn setup_link(&self) -> String {
        lock(&self.setup).get_or_insert_with(token).clone()
    }

    pub fn may_set_up(&self, link: &str) -> bool {
        lock(&self.setup).as_deref() == Some(link)
    }

    /// The first run is over: its link works no longer.
    pub fn set_up(&self) {
        *lock(&self.setup) = None;
    }

    /// Signs a user in: the cookie that no script can read and no other site can use.
    pub fn open(&self, user: &str) -> String {
        let session = token();
        lock(&self.open).insert(session.clone(), user.to_owned());
        format!("{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict")
    }

    /// Keeps a file until its user says yes, or looks at another; the token to say it with comes back.
    pub fn keep(&self, user: &str, upload: &Upload) -> String {
        let (token, mut uploads) = (token(), lock(&self.uploads));
        if uploads.len() >= UPLOADS_MAX && !uploads.contains_key(user) {
            uploads.pop_first();
        }
        uploads.insert(user.to_owned(), (token.clone(), upload.clone()));
        token
    }

    /// The file that was looked at, once.
    pub fn take(&self, user: &str, link: &str) -> Option<Upload> {
        let mut uploads = lock(&self.uploads);
        uploads.get(user).filter(|(token, _)| token == link)?;
        uploads.remove(user).map(|(_, upload)| upload)
    }

    /// The user behind a session cookie.
    pub fn user(&self, headers: &HeaderMap) -> Option<String> {
        let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
        let token = cookies.split(';').find_map(|c| c.trim().strip_prefix(COOKIE)?.strip_prefix('='))?;
        lock(&self.open).get(token).cloned()
    }
}

/// Exchanges a link for a session.
pub async fn enter(State(web): State<Arc<Web>>, headers: HeaderMap, Path(link): Path<String>) -> Response {
    let Some(user) = lock(&web.sessions.links).get(&link).cloned() else {
        return (StatusCode::FORBIDDEN, words::say(page::language(&headers), "enter-again", &[])).into_response();
    };
    let cookie = web.sessions.open(&user);
    ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response()
}

/// Whether a write comes from our own pages: the browser says so itself, or names our own address.
pub fn from_our_pages(method: &Method, headers: &HeaderMap) -> bool {
    if method == Method::GET {
        return true;
    }
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some(site), ..) => site == "same-origin",
        (None, Some(origin), Some(host)) => origin.split("://").nth(1) == Some(host),
        _ => false,
    }
}

/// What every answer says to the browser.
pub async fn harden(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
