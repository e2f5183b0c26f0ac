//! A paper, to be kept on the reader's own machine. It is never shown within our pages.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use store::Error;

use super::ask::Ask;
use super::page::{Desk, in_path};
use super::route::Route;
use crate::actions::{Right, paper};

pub const ROUTES: &[Route] = &[Route::get("/papers/{id}", Right::Read, get).a_file()];

fn get(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let (found, content) = desk.read(|tx, actor| paper::get(tx, actor, ask.path("id")))?;
    let headers = [
        (header::CONTENT_TYPE, found.media.clone()),
        (header::CONTENT_DISPOSITION, attachment(&found.name)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, content).into_response())
}

/// A file to be kept under a name: plain for old readers, and in full (RFC 6266).
fn attachment(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' };
    let ascii: String = name.chars().map(plain).collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{}", in_path(name))
}

#[cfg(test)]
mod tests {
    use super::attachment;

    #[test]
    fn a_name_stays_within_its_header() {
        let cases = [
            ("note.pdf", "attachment; filename=\"note.pdf\"; filename*=UTF-8''note.pdf"),
            ("a\"b;c.pdf", "attachment; filename=\"a_b_c.pdf\"; filename*=UTF-8''a%22b%3Bc.pdf"),
            ("réçu 7.png", "attachment; filename=\"r__u 7.png\"; filename*=UTF-8''r%C3%A9%C3%A7u%207.png"),
        ];
        for (name, expected) in cases {
            assert_eq!(attachment(name), expected);
        }
    }
}
