//! What happens to every request before its route is run and after: who asks, how often, whether the key and its user may, that
//! a write comes once, and how the answer is written.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{ConnectInfo, RawPathParams, Request};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use sha2::{Digest, Sha256};

use super::ask::{Ask, Reply, Stop};
use super::endpoint::{Endpoint, Takes, Verb};
use super::problem::{Problem, stopped};
use super::{Api, BASE, me};
use crate::actions::api_key::{self, Bearer, Unfit};
use crate::actions::{Once, Right};
use crate::web::language;
use crate::words::Language;

/// The largest JSON body, and the largest file.
const JSON_MAX: usize = 256 << 10;
const FILE_MAX: usize = 32 << 20;
/// The longest value of a path; nothing has a longer name.
const PATH_VALUE_MAX: usize = 200;
const KEY_MAX: usize = 100;

pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Answers a request to a path: one of its rows, or says why not.
pub async fn answer(
    api: Arc<Api>,
    rows: Arc<[&'static Endpoint]>,
    path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response<Body> {
    let reader = language(request.headers());
    let place = format!("{} {}", request.method(), request.uri().path());
    let mut values = Vec::new();
    let done = carry_out(&api, &rows, path, request, reader, &mut values).await;
    done.unwrap_or_else(|stop| {
        if let Stop::Store(store::Error::Failed(cause)) = &stop {
            eprintln!("{place}: {cause}");
        }
        stopped(&stop, reader, |name| values.iter().any(|(_, value)| value == name))
    })
}

/// A path that no route has.
pub async fn nowhere(headers: HeaderMap, uri: Uri) -> Response<Body> {
    let path = BASE.chars().chain(uri.path().chars()).take(PATH_VALUE_MAX).collect();
    Problem::NoSuchPath { path }.answer(language(&headers))
}

async fn carry_out(
    api: &Arc<Api>,
    rows: &[&'static Endpoint],
    path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
    language: Language,
    values: &mut Vec<(String, String)>,
) -> Result<Response<Body>, Stop> {
    let (parts, body) = request.into_parts();
    let now = api.db.source().clock.now();
    let endpoint = row_of(rows, &parts.method)?;
    api.limits.of_address(address(&parts.extensions), now).map_err(too_many)?;
    *values = path_values(path)?;
    let bearer = authenticate(Arc::clone(api), &parts.headers).await?;
    api.limits.of_key(bearer.id, now).map_err(too_many)?;
    may(endpoint, &bearer)?;
    let key = once_key(endpoint, &parts.headers)?;
    let if_match = if_match(endpoint, &parts.headers)?;
    let body = body_of(endpoint, &parts.headers, body).await?;
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let once = key.map(|key| Once::new(key, &said(endpoint, parts.uri.path(), &query, &body)));
    let path = values.clone();
    let ask = Arc::new(Ask { api: Arc::clone(api), bearer, language, path, query, body, once, if_match });
    let reply = blocking(move || (endpoint.run)(&ask)).await??;
    Ok(written(endpoint, &parts.headers, reply))
}

/// Runs what talks to the book on a thread that may wait.
async fn blocking<T: Send + 'static>(f: impl FnOnce() -> T + Send + 'static) -> Result<T, Stop> {
    tokio::task::spawn_blocking(f).await.map_err(|_| Stop::Problem(Problem::Failed))
}

fn row_of(rows: &[&'static Endpoint], method: &Method) -> Result<&'static Endpoint, Problem> {
    let wanted = if method == Method::HEAD { "GET" } else { method.as_str() };
    rows.iter().copied().find(|row| row.verb.name() == wanted).ok_or_else(|| {
        let mut allowed: Vec<&str> = rows.iter().map(|row| row.verb.name()).collect();
        if allowed.contains(&"GET") {
            allowed.push("HEAD");
        }
        Problem::NoSuchVerb { method: method.as_str().chars().take(20).collect(), allowed: allowed.join(", ") }
    })
}

/// Where a request comes from; all of those that do not say so share one place.
fn address(extensions: &axum::http::Extensions) -> IpAddr {
    let known = extensions.get::<ConnectInfo<SocketAddr>>();
    known.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(at)| at.ip())
}

fn too_many(seconds: i64) -> Problem {
    Problem::TooManyRequests { seconds: seconds.to_string() }
}

fn path_values(path: Result<RawPathParams, RawPathParamsRejection>) -> Result<Vec<(String, String)>, Problem> {
    let values = path.map_err(|_| Problem::PathUnreadable)?;
    let values: Vec<_> = values.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let fits = |value: &str| value.chars().count() <= PATH_VALUE_MAX && !value.chars().any(char::is_control);
    if values.iter().all(|(_, value)| fits(value)) { Ok(values) } else { Err(Problem::PathUnreadable) }
}

/// Who the key of a request acts for.
async fn authenticate(api: Arc<Api>, headers: &HeaderMap) -> Result<Bearer, Stop> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, text) = given.and_then(|text| text.split_once(' ')).ok_or(Problem::KeyMissing)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Problem::KeyMissing.into());
    }
    let text = text.trim().to_owned();
    let bearer = blocking(move || -> Result<_, store::Error> {
        let today = api.today;
        let found = api.db.read(|tx| api_key::bearer(tx, &text, today))?;
        if let Ok(Bearer { id, stale: true, .. }) = found {
            api.db.write(move |tx| api_key::used(tx, id))?;
        }
        Ok(found)
    })
    .await??;
    Ok(bearer.map_err(|unfit| match unfit {
        Unfit::Unknown => Problem::KeyUnknown,
        Unfit::Ended { on } => Problem::KeyEnded { on },
        Unfit::Expired { on } => Problem::KeyExpired { on },
        Unfit::Nobody { user } => Problem::KeyOfNobody { user },
    })?)
}

/// Whether key and user reach the route.
fn may(endpoint: &Endpoint, bearer: &Bearer) -> Result<(), Stop> {
    let writes = endpoint.verb.writes();
    if endpoint.noun != me::NOUN && !bearer.scopes.allow(endpoint.noun, writes) {
        return Err(Problem::OutOfScope { scope: api_key::scope_name(endpoint.noun, writes) }.into());
    }
    bearer.actor.may(endpoint.right)?;
    // A route that reads takes the right to read for granted; one that writes reads as well.
    Ok(bearer.actor.may(Right::Read)?)
}

fn once_key(endpoint: &Endpoint, headers: &HeaderMap) -> Result<Option<String>, Problem> {
    if !endpoint.verb.writes() {
        return Ok(None);
    }
    let given = headers.get(IDEMPOTENCY_KEY).ok_or(Problem::IdempotencyKeyMissing)?;
    let text = given.to_str().map_err(|_| Problem::IdempotencyKeyInvalid)?;
    if (1..=KEY_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(Some(text.to_owned()));
    }
    Err(Problem::IdempotencyKeyInvalid)
}

fn if_match(endpoint: &Endpoint, headers: &HeaderMap) -> Result<Option<String>, Problem> {
    if !endpoint.guarded {
        return Ok(None);
    }
    let given = headers.get(header::IF_MATCH).ok_or(Problem::IfMatchMissing)?;
    Ok(Some(String::from_utf8_lossy(given.as_bytes()).into_owned()))
}

async fn body_of(endpoint: &Endpoint, headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    let (limit, expected) = match endpoint.takes {
        Takes::Nothing => (0, ""),
        Takes::Json(_) => (JSON_MAX, "application/json"),
        Takes::File => (FILE_MAX, "application/octet-stream"),
    };
    if limit == 0 {
        // What a route reads is its path and its query; a reader's body means nothing.
        let empty = axum::body::to_bytes(body, JSON_MAX).await.is_ok_and(|body| body.is_empty());
        return if empty || !endpoint.verb.writes() { Ok(Bytes::new()) } else { Err(Problem::BodyUnexpected) };
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case(expected) {
        return Err(Problem::OtherType { expected: expected.to_owned() });
    }
    let too_large = |_| Problem::BodyTooLarge { bytes: limit.to_string() };
    axum::body::to_bytes(body, limit).await.map_err(too_large)
}

/// All that a write says, for telling it from another under the same key.
fn said(endpoint: &Endpoint, path: &str, query: &str, body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    format!("{} {path}?{query} {digest:x?}", endpoint.verb.name())
}

/// Of what is told of one record: a digest of it.
pub fn etag(body: &[u8]) -> String {
    let digits: String = Sha256::digest(body).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{digits}\"")
}

/// Whether a header of entity tags names one of them; any of them is `*`.
pub fn names(tags: &str, known: &str) -> bool {
    tags.split(',').any(|tag| matches!(tag.trim(), "*") || tag.trim() == known)
}

fn written(endpoint: &Endpoint, asked: &HeaderMap, Reply(value): Reply) -> Response<Body> {
    let Ok(body) = serde_json::to_vec(&value) else { return Problem::Failed.answer(language(asked)) };
    // A tag of what is told of a record, by who reads it or has just changed it.
    let tag = (endpoint.verb == Verb::Get || endpoint.guarded).then(|| etag(&body));
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let unchanged = endpoint.verb == Verb::Get
        && !known.is_empty()
        && tag.as_ref().is_some_and(|tag| names(&known.replace("W/", ""), tag));
    let mut answer = Response::new(if unchanged { Body::empty() } else { Body::from(body) });
    if unchanged {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        *answer.status_mut() = StatusCode::from_u16(endpoint.verb.status()).unwrap_or_default();
        answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    let tag = tag.and_then(|tag| HeaderValue::from_str(&tag).ok());
    answer.headers_mut().extend(tag.map(|tag| (header::ETAG, tag)));
    answer
}
