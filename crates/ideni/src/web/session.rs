//! Who is signed in. Links and sessions live in memory: a restart ends them all.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use sha2::{Digest, Sha256};
use store::Source;

use super::{Web, page};
use crate::words::{self, Language};

const COOKIE: &str = "ideni_session";

/// Who is signed in, and the secret that marks the forms made for them.
#[derive(Clone)]
pub struct Session {
    pub user: String,
    pub guard: String,
}

impl Session {
    /// Whether the key is of a form that was made for this session.
    pub fn made(&self, key: &str) -> bool {
        key.split_once('-').is_some_and(|(nonce, mark)| mark == marked(&self.guard, nonce))
    }
}

/// A new key of a form, under the guard of a session.
pub fn form_key(guard: &str) -> String {
    let nonce = token();
    format!("{nonce}-{}", marked(guard, &nonce))
}

fn marked(guard: &str, nonce: &str) -> String {
    let digest = Sha256::digest(format!("{guard} {nonce}"));
    digest.iter().take(16).map(|b| format!("{b:02x}")).collect()
}

/// Tokens of links and of sessions, each with its user.
#[derive(Default)]
pub struct Sessions {
    links: Mutex<BTreeMap<String, String>>,
    open: Mutex<BTreeMap<String, Session>>,
    /// The token of the first run, until the book has a company.
    setup: Mutex<Option<String>>,
}

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
        lock(&self.open).insert(session.clone(), Session { user: user.to_owned(), guard: token() });
        format!("{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict")
    }

    /// The session behind the cookie.
    pub fn find(&self, headers: &HeaderMap) -> Option<Session> {
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
pub fn from_our_pages(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    match (text("sec-fetch-site"), text("origin"), text("host")) {
        (Some(site), ..) => site == "same-origin",
        (None, Some(origin), Some(host)) => origin.split("://").nth(1) == Some(host),
        _ => false,
    }
}

/// The answer to whoever is not signed in, or no longer.
pub fn ended(language: Language) -> Response {
    (StatusCode::UNAUTHORIZED, words::say(language, "enter-again", &[])).into_response()
}
