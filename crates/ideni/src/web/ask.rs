//! What a request asks: its path, its question, its form and its files, read once and checked for what no field may hold.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::body::{Body, to_bytes};
use axum::extract::multipart::MultipartError;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Multipart, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use receivables::{Date, Instant, Refusal, Unusable};
use serde::de::DeserializeOwned;
use store::Error;

use crate::actions::Once;
use crate::actions::sign_in::Origin;

/// The longest text a field may hold, in characters.
const TEXT_MAX: usize = 4_000;
/// The hidden field that makes a form ours, and its action happen once.
pub const KEY: &str = "key";
/// In the question of the page that is shown after an action: what was done.
pub const DONE: &str = "done";

type Pairs = Vec<(String, String)>;

/// A file that came with a form.
#[derive(Clone, Debug)]
pub struct File {
    pub field: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// One request, read.
#[derive(Debug)]
pub struct Ask {
    at: String,
    path: Pairs,
    query: Pairs,
    form: Pairs,
    pub files: Vec<File>,
    pub headers: HeaderMap,
    /// Where it comes from.
    pub address: IpAddr,
    /// What no field or file of a form may be. The form is refused for it on its own page, with what was typed.
    unfit: Option<Refusal>,
}

/// What may come with a request, in bytes at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Takes {
    Nothing,
    Form(usize),
    Files(usize),
}

impl Ask {
    /// Reads the request; what cannot be read is refused with a sentence.
    pub async fn read(takes: Takes, request: Request) -> Result<Ask, Error> {
        let (mut parts, body) = request.into_parts();
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let mut ask = Ask {
            at: parts.uri.path().to_owned(),
            path: path_of(&mut parts).await,
            query: pairs(parts.uri.query().unwrap_or_default().as_bytes()),
            form: Pairs::new(),
            files: Vec::new(),
            headers: parts.headers.clone(),
            address: peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
            unfit: None,
        };
        match takes {
            Takes::Nothing => {}
            Takes::Form(most) => {
                let bytes = to_bytes(body, most).await.map_err(|_| too_large(most))?;
                ask.form = pairs(&bytes);
            }
            Takes::Files(most) => ask.take_parts(parts, body, most).await?,
        }
        checked(&ask.path)?;
        checked(&ask.query)?;
        if let Err(unfit) = checked(&ask.form) {
            ask.unfit.get_or_insert(unfit);
            ask.form.iter_mut().for_each(|(_, text)| text.retain(can_be_typed));
        }
        Ok(ask)
    }

    async fn take_parts(&mut self, parts: Parts, body: Body, most: usize) -> Result<(), Error> {
        let broken = |cause: String| refused("file", Unusable::UploadBroken { cause });
        let limited = Request::from_parts(parts, Body::new(http_body_util::Limited::new(body, most)));
        let mut fields = Multipart::from_request(limited, &()).await.map_err(|e| broken(e.body_text()))?;
        if let Err(error) = self.take_fields(&mut fields).await {
            let large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
            let unfit = if large { too_large(most) } else { broken(error.body_text()) };
            // What came before the file, its key above all, is enough to show the form again.
            if self.key().is_empty() {
                return Err(unfit.into());
            }
            self.unfit = Some(unfit);
        }
        Ok(())
    }

    async fn take_fields(&mut self, fields: &mut Multipart) -> Result<(), MultipartError> {
        while let Some(field) = fields.next_field().await? {
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                Some(file) => self.files.push(File { field: name, name: file, bytes: field.bytes().await?.to_vec() }),
                None => self.form.push((name, field.text().await?)),
            }
        }
        Ok(())
    }

    /// Whether every field and file of the form is one that may come at all.
    pub fn fit(&self) -> Result<(), Error> {
        self.unfit.clone().map_or(Ok(()), |unfit| Err(unfit.into()))
    }

    /// From where, and by what.
    pub fn origin(&self) -> Origin {
        let agent = self.headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
        Origin { address: self.address, agent: agent.to_owned() }
    }

    /// The path that was asked for.
    pub fn at(&self) -> &str {
        &self.at
    }

    /// A part of the path, by its name in the table of routes.
    pub fn path(&self, name: &str) -> &str {
        value(&self.path, name).unwrap_or_default()
    }

    /// The question behind the path. Fields that `T` does not know are refused.
    pub fn query<T: DeserializeOwned>(&self) -> Result<T, Error> {
        read_as(self.query.iter().filter(|(name, _)| name != DONE))
    }

    /// The question without the fields that may come several times; [`Ask::asked`] has those.
    pub fn query_beside<T: DeserializeOwned>(&self, lists: &[&str]) -> Result<T, Error> {
        read_as(self.query.iter().filter(|(name, _)| name != DONE && !lists.contains(&name.as_str())))
    }

    /// Every value of a field of the question.
    pub fn asked(&self, name: &str) -> Vec<String> {
        self.query.iter().filter(|(known, _)| known == name).map(|(_, text)| text.clone()).collect()
    }

    /// The question as it was written, without what was done before; empty where there is none.
    pub fn query_text(&self) -> String {
        written(self.query.iter().filter(|(name, _)| name != DONE))
    }

    /// The question with some fields said otherwise; an empty one goes.
    pub fn query_with(&self, changed: &[(&str, &str)]) -> String {
        let kept = self.query.iter().filter(|(name, text)| {
            name != DONE && !text.is_empty() && !changed.iter().any(|(changed, _)| changed == name)
        });
        let new = changed.iter().filter(|(_, text)| !text.is_empty());
        let new = new.map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        written(kept.cloned().chain(new).collect::<Pairs>().iter())
    }

    /// The form. Fields that `T` does not know are refused.
    pub fn form<T: DeserializeOwned>(&self) -> Result<T, Error> {
        self.form_beside(&[])
    }

    /// The form without the fields that may come several times; [`Ask::all`] has those.
    pub fn form_beside<T: DeserializeOwned>(&self, lists: &[&str]) -> Result<T, Error> {
        read_as(self.form.iter().filter(|(name, _)| name != KEY && !lists.contains(&name.as_str())))
    }

    /// Every value of a field of the form.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.form.iter().filter(|(known, _)| known == name).map(|(_, text)| text.clone()).collect()
    }

    /// A file that was chosen; an empty choice is none.
    pub fn file(&self, field: &str) -> Option<&File> {
        self.files.iter().find(|file| file.field == field && !file.bytes.is_empty())
    }

    /// The hidden key of the form.
    pub fn key(&self) -> &str {
        value(&self.form, KEY).unwrap_or_default()
    }

    /// The key under which this very request is carried out once.
    pub fn once(&self) -> Once {
        Once::new(self.key(), &format!("{} {}", self.at, written(self.form.iter().filter(|(name, _)| name != KEY))))
    }

    /// What was done before this page was asked for, as a code.
    pub(super) fn done(&self) -> Option<&str> {
        value(&self.query, DONE)
    }

    /// What was typed, to be shown again.
    pub(super) fn typed(&self) -> Pairs {
        self.form.iter().filter(|(name, _)| name != KEY).cloned().collect()
    }
}

/// A question as a path carries it behind it; nothing where nothing is asked.
pub fn question<'a>(parts: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(parts).finish();
    if text.is_empty() { text } else { format!("?{text}") }
}

/// A day as typed.
pub fn day(text: &str, field: &str) -> Result<Date, Error> {
    text.trim()
        .parse()
        .map_err(|_| Refusal::Invalid { field: field.into(), value: text.into(), reason: Unusable::NotADate }.into())
}

/// A day where one was typed.
pub fn day_or_none(text: &str, field: &str) -> Result<Option<Date>, Error> {
    if text.trim().is_empty() { Ok(None) } else { day(text, field).map(Some) }
}

/// An instant where one was typed: in RFC 3339, or as a clock in the time zone shows it.
pub fn instant_or_none(text: &str, field: &str, zone: &str) -> Result<Option<Instant>, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let read = text.parse().ok().or_else(|| local(text, zone));
    let (field, value) = (field.to_owned(), text.to_owned());
    read.map(Some).ok_or_else(|| Refusal::Invalid { field, value, reason: Unusable::NotADate }.into())
}

/// `2026-06-30T17:05`, with seconds or without.
fn local(text: &str, zone: &str) -> Option<Instant> {
    let (on, clock) = text.split_once(['T', ' '])?;
    let mut parts = clock.split(':').map(|part| part.parse::<i8>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    Instant::from_local(on.parse().ok()?, hour, minute, second, zone)
}

/// The value of a code, where one was chosen.
pub fn choice<T: Copy>(text: &str, field: &str, all: &[(T, &str)]) -> Result<Option<T>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let known = all.iter().find(|(_, code)| *code == text).map(|(value, _)| Some(*value));
    known.ok_or_else(|| {
        let reason = Unusable::NotAmong { known: all.iter().map(|(_, code)| *code).collect::<Vec<_>>().join(", ") };
        Refusal::Invalid { field: field.into(), value: text.into(), reason }.into()
    })
}

/// A text where one was typed.
pub fn text_or_none(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

async fn path_of(parts: &mut Parts) -> Pairs {
    let Ok(params) = RawPathParams::from_request_parts(parts, &()).await else { return Pairs::new() };
    params.iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

fn pairs(bytes: &[u8]) -> Pairs {
    form_urlencoded::parse(bytes).into_owned().collect()
}

fn written<'a>(pairs: impl Iterator<Item = &'a (String, String)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn value<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
}

fn read_as<'a, T: DeserializeOwned>(pairs: impl Iterator<Item = &'a (String, String)>) -> Result<T, Error> {
    serde_urlencoded::from_str(&written(pairs))
        .map_err(|e| refused("form", Unusable::NotUnderstood { cause: e.to_string() }).into())
}

/// No text is longer than any field may be, or holds characters that nobody can type.
fn checked(pairs: &Pairs) -> Result<(), Refusal> {
    for (name, text) in pairs {
        let reason = if text.chars().count() > TEXT_MAX {
            Unusable::TooLong { most: TEXT_MAX.to_string() }
        } else if !text.chars().all(can_be_typed) {
            Unusable::ControlCharacter
        } else {
            continue;
        };
        return Err(refused(name, reason));
    }
    Ok(())
}

fn can_be_typed(c: char) -> bool {
    !c.is_control() || matches!(c, '\n' | '\r' | '\t')
}

fn refused(field: &str, reason: Unusable) -> Refusal {
    Refusal::InvalidEmpty { field: field.into(), reason }
}

/// A file has more bytes than `most`; those of the form around it are not told.
pub fn too_large(most: usize) -> Refusal {
    refused("file", Unusable::UploadTooLarge { megabytes: (most >> 20).max(1).to_string() })
}
