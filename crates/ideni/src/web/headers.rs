//! What every answer says to the browser: load nothing but our own files, run nothing that is written into a page, be framed
//! by nobody, keep no copy.

use axum::http::HeaderValue;
use axum::response::Response;

/// An answer that says otherwise of itself, as an asset does of its keeping, has the last word.
const SAID: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; object-src 'none'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types desk",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cache-control", "no-store"),
];

pub async fn harden(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in SAID {
        headers.entry(*name).or_insert(HeaderValue::from_static(value));
    }
    response
}
