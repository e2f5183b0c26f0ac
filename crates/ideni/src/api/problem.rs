//! What an answer says when it is not the one asked for: one shape, with a stable code, a sentence in the caller's language,
//! and the field at fault where there is one.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use receivables::{Refusal, Saying, sayings};
use schemars::JsonSchema;
use serde::Serialize;
use store::Error;

use super::ask::Stop;
use crate::words::{self, Language};

sayings! {
    /// What is wrong with a request, before any action is asked.
    pub enum Problem in "api" {
        // 400: it cannot be read.
        NotJson "not-json" { cause },
        QueryUnreadable "query-unreadable",
        QueryUnknown "query-unknown" { field, cause },
        PathUnreadable "path-unreadable",
        BodyUnexpected "body-unexpected",
        IdempotencyKeyMissing "idempotency-key-missing",
        IdempotencyKeyInvalid "idempotency-key-invalid",
        // 401: nobody is known to ask.
        KeyMissing "key-missing",
        KeyUnknown "key-unknown",
        KeyEnded "key-ended" { on },
        KeyExpired "key-expired" { on },
        KeyOfNobody "key-of-nobody" { user },
        // 403: the key is for something else.
        OutOfScope "out-of-scope" { scope },
        // 404, 405: there is no such route.
        NoSuchPath "no-such-path" { path },
        NoSuchVerb "method-not-allowed" { method, allowed },
        // 413, 415: the body is not one.
        BodyTooLarge "body-too-large" { bytes },
        OtherType "content-type" { expected },
        // 422: a value is not what it should be.
        QueryInvalid "query-invalid" { field, cause },
        FieldUnknown "field-unknown" { field },
        FieldMissing "field-missing" { field },
        FieldInvalid "field-invalid" { field, cause },
        FileUnreadable "file-unreadable" { why: formats::FileError },
        // 428, 429.
        IfMatchMissing "if-match-missing",
        TooManyRequests "too-many-requests" { seconds },
        // 500, 503: it is not the caller's fault.
        Failed "failed",
        Busy "busy",
    }
}

impl Problem {
    /// Stable machine code; the key of the sentence without its kind.
    pub fn code(&self) -> &'static str {
        self.key().trim_start_matches("api-")
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Problem::NotJson { .. }
            | Problem::QueryUnreadable
            | Problem::QueryUnknown { .. }
            | Problem::PathUnreadable
            | Problem::BodyUnexpected
            | Problem::IdempotencyKeyMissing
            | Problem::IdempotencyKeyInvalid => StatusCode::BAD_REQUEST,
            Problem::KeyMissing
            | Problem::KeyUnknown
            | Problem::KeyEnded { .. }
            | Problem::KeyExpired { .. }
            | Problem::KeyOfNobody { .. } => StatusCode::UNAUTHORIZED,
            Problem::OutOfScope { .. } => StatusCode::FORBIDDEN,
            Problem::NoSuchPath { .. } => StatusCode::NOT_FOUND,
            Problem::NoSuchVerb { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Problem::BodyTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::OtherType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Problem::QueryInvalid { .. }
            | Problem::FieldUnknown { .. }
            | Problem::FieldMissing { .. }
            | Problem::FieldInvalid { .. }
            | Problem::FileUnreadable { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::IfMatchMissing => StatusCode::PRECONDITION_REQUIRED,
            Problem::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Problem::Failed => StatusCode::INTERNAL_SERVER_ERROR,
            Problem::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn field(&self) -> Option<String> {
        match self {
            Problem::QueryUnknown { field, .. }
            | Problem::QueryInvalid { field, .. }
            | Problem::FieldUnknown { field }
            | Problem::FieldMissing { field }
            | Problem::FieldInvalid { field, .. } => Some(field.clone()),
            Problem::IdempotencyKeyMissing | Problem::IdempotencyKeyInvalid => Some("Idempotency-Key".into()),
            Problem::IfMatchMissing => Some("If-Match".into()),
            _ => None,
        }
    }

    /// The answer that says so.
    pub fn answer(&self, language: Language) -> Response<Body> {
        let sentence = words::saying(language, self);
        let mut answer = told(self.status(), self.code(), sentence, self.field());
        let headers = answer.headers_mut();
        match self {
            Problem::NoSuchVerb { allowed, .. } => {
                headers.extend(HeaderValue::from_str(allowed).ok().map(|value| (header::ALLOW, value)));
            }
            Problem::TooManyRequests { seconds } => {
                headers.extend(HeaderValue::from_str(seconds).ok().map(|value| (header::RETRY_AFTER, value)));
            }
            Problem::Busy => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ if self.status() == StatusCode::UNAUTHORIZED => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"ideni\""));
            }
            _ => {}
        }
        answer
    }
}

/// The one shape of an error.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Error")]
pub struct Told {
    pub error: TheError,
}

#[derive(Serialize, JsonSchema)]
pub struct TheError {
    /// Stable; see the list of codes.
    pub code: String,
    /// What happened, to which thing, and what to do next, in the language of `Accept-Language`.
    pub sentence: String,
    /// The field, parameter or header at fault.
    pub field: Option<String>,
}

fn told(status: StatusCode, code: &str, sentence: String, field: Option<String>) -> Response<Body> {
    let error = Told { error: TheError { code: code.to_owned(), sentence, field } };
    let body = serde_json::to_vec(&error).unwrap_or_default();
    let mut answer = Response::new(Body::from(body));
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}

/// The answer to a request that was not done; `of_path` says whether a name was part of the path.
pub fn stopped(stop: &Stop, language: Language, of_path: impl Fn(&str) -> bool) -> Response<Body> {
    match stop {
        Stop::Problem(problem) => problem.answer(language),
        Stop::Store(Error::Refused(refusal)) => {
            let sentence = words::saying(language, refusal);
            told(status(refusal, of_path), refusal.code(), sentence, field(refusal))
        }
        Stop::Store(Error::DiskFull) => {
            let sentence = words::failure(language, &Error::DiskFull);
            told(StatusCode::SERVICE_UNAVAILABLE, "disk-full", sentence, None)
        }
        Stop::Store(Error::Again(_)) => Problem::Busy.answer(language),
        Stop::Store(Error::RolledBack | Error::Failed(_)) => Problem::Failed.answer(language),
    }
}

fn status(refusal: &Refusal, of_path: impl Fn(&str) -> bool) -> StatusCode {
    match refusal {
        Refusal::NotAllowed { .. }
        | Refusal::OtherPortfolio { .. }
        | Refusal::OwnRequest { .. }
        | Refusal::OwnRequestWaits { .. } => StatusCode::FORBIDDEN,
        Refusal::NotFound { name, .. } | Refusal::PlanGone { plan: name } if of_path(name) => StatusCode::NOT_FOUND,
        Refusal::Exists { .. }
        | Refusal::OtherContent { .. }
        | Refusal::KeyReused { .. }
        | Refusal::AlreadyReversed { .. }
        | Refusal::AlreadySettled { .. }
        | Refusal::DisputeEnded { .. }
        | Refusal::LineDecided { .. }
        | Refusal::LineRecorded { .. }
        | Refusal::LikelyDuplicate { .. }
        | Refusal::Merged { .. }
        | Refusal::NotMerged { .. }
        | Refusal::RequestDecided { .. }
        | Refusal::CallbackDone { .. }
        | Refusal::NoteCorrected { .. }
        | Refusal::SettingMoved { .. } => StatusCode::CONFLICT,
        Refusal::StaleVersion { .. } => StatusCode::PRECONDITION_FAILED,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// The field a refusal is about, as requests call it.
fn field(refusal: &Refusal) -> Option<String> {
    let field = match refusal {
        Refusal::NotFound { kind, .. } => return Some(kind.replace(' ', "_")),
        Refusal::BeforeDocument { .. } | Refusal::BeforeMovement { .. } => "on",
        Refusal::PromiseDay { .. } => "promised_on",
        Refusal::NotSealedYet { .. } => "known_at",
        Refusal::Buckets { .. } => "buckets",
        Refusal::NoRate { .. } => "currency",
        Refusal::KeyReused { .. } => "Idempotency-Key",
        Refusal::StaleVersion { .. } => "If-Match",
        other => return other.field().map(str::to_owned),
    };
    Some(field.to_owned())
}
