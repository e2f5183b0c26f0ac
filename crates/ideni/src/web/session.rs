//! Who is signed in: the cookie, the session behind it, the secret that marks the forms made for it. Sessions are in the book;
//! in memory are the links of a demo and of the first run.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use store::Error;

use super::Web;
use crate::actions::session::{self, Found};

pub use crate::actions::session::token;

/// Over TLS no other host and no plain page can set or read it; without, where nobody else listens, it has another name.
const SECURE_COOKIE: &str = "__Host-ideni";
const PLAIN_COOKIE: &str = "ideni";

/// Who is signed in, and the secret that marks the forms made for them.
#[derive(Clone)]
pub struct Session {
    pub found: Found,
    pub token: String,
    pub guard: String,
}

impl Session {
    /// Whether the key is of a form that was made for this session.
    pub fn made(&self, key: &str) -> bool {
        is_of(&self.guard, key)
    }
}

fn is_of(guard: &str, key: &str) -> bool {
    key.split_once('-').is_some_and(|(nonce, mark)| mark == marked(guard, nonce))
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

/// The token in the cookie.
pub fn token_of(web: &Web, headers: &HeaderMap) -> Option<String> {
    let name = cookie_name(web);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';'));
    pairs.find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
}

/// The session of a token, if it goes on, in the company that is served.
pub fn find(web: &Web, token: String) -> Result<Option<Session>, Error> {
    let found = web.db.read(|tx| session::find(tx, &token))?;
    let served = |found: &Found| web.company.as_ref().is_none_or(|code| found.actor.company.code == *code);
    Ok(found.filter(served).map(|found| Session { guard: marked(&token, "forms"), found, token }))
}

fn cookie_name(web: &Web) -> &'static str {
    if web.is_secure() { SECURE_COOKIE } else { PLAIN_COOKIE }
}

/// The cookie that no script can read and no other site can use.
pub fn cookie(web: &Web, token: &str) -> String {
    let secure = if web.is_secure() { "; Secure" } else { "" };
    format!("{}={token}; Path=/; HttpOnly; SameSite=Strict{secure}", cookie_name(web))
}

/// The same, gone.
pub fn no_cookie(web: &Web) -> String {
    format!("{}; Max-Age=0", cookie(web, ""))
}

/// What is kept as long as the program runs.
#[derive(Default)]
pub struct Sessions {
    /// Of a simulated company: who is signed in by a link, however often. Code of the company and name.
    links: Mutex<BTreeMap<String, (String, String)>>,
    /// The token of the first run, until the book has a company.
    setup: Mutex<Option<String>>,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Sessions {
    pub fn link_for(&self, company: &str, user: &str) -> String {
        let token = token();
        lock(&self.links).insert(token.clone(), (company.to_owned(), user.to_owned()));
        token
    }

    /// Company and user of a link.
    pub fn linked(&self, token: &str) -> Option<(String, String)> {
        lock(&self.links).get(token).cloned()
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

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use store::{Db, Source};

    use super::*;

    #[test]
    fn the_cookie_is_for_us_alone_and_encrypted_where_others_listen() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("book.db").display());
        for (origin, expected, foreign) in [
            ("https://10.0.0.5:7878", "__Host-ideni=abc; Path=/; HttpOnly; SameSite=Strict; Secure", "ideni=abc"),
            ("http://127.0.0.1:7878", "ideni=abc; Path=/; HttpOnly; SameSite=Strict", "__Host-ideni=abc"),
        ] {
            let db = Db::open(&url, Source::system()).unwrap();
            let web = Web::new(db, None, None, Box::new(|_, _| Ok(())));
            web.origin.get_or_init(|| origin.to_owned());
            assert_eq!(cookie(&web, "abc"), expected);
            assert_eq!(no_cookie(&web), format!("{}; Max-Age=0", expected.replace("abc", "")));
            let sent = |text: &str| {
                let mut headers = HeaderMap::new();
                headers.insert(header::COOKIE, HeaderValue::from_str(text).unwrap());
                token_of(&web, &headers)
            };
            let own = expected.split(';').next().unwrap();
            assert_eq!(sent(&format!("a=b; {own}; c=d")), Some("abc".to_owned()));
            assert_eq!(sent(foreign), None, "{origin}");
            assert_eq!(sent(&format!("x{own}")), None);
        }
    }

    #[test]
    fn a_key_is_good_for_the_forms_of_its_session() {
        let (mine, other) = (marked("token", "forms"), marked("another", "forms"));
        let key = form_key(&mine);
        assert!(is_of(&mine, &key) && !is_of(&other, &key) && !is_of(&mine, &format!("0{key}")) && !is_of(&mine, ""));
        assert_ne!(key, form_key(&mine));
    }
}
