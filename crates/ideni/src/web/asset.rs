//! The program's own style and script, within the program. Their names change with their content, so that a browser
//! keeps them for good.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

struct Asset {
    name: &'static str,
    kind: &'static str,
    text: &'static str,
}

const ASSETS: &[Asset] = &[
    Asset { name: "style.css", kind: "text/css; charset=utf-8", text: include_str!("../../assets/style.css") },
    Asset { name: "desk.js", kind: "text/javascript; charset=utf-8", text: include_str!("../../assets/desk.js") },
    Asset { name: "icon.svg", kind: "image/svg+xml", text: include_str!("../../assets/icon.svg") },
];

/// Each with the first bytes of its digest.
static MARKS: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    let mark = |asset: &Asset| Sha256::digest(asset.text).iter().take(6).map(|b| format!("{b:02x}")).collect();
    ASSETS.iter().map(|asset| (asset.name, mark(asset))).collect()
});

/// The path of a file of ours.
pub fn path(name: &str) -> String {
    let mark = MARKS.iter().find(|(known, _)| *known == name).map_or("", |(_, mark)| mark);
    format!("/assets/{mark}/{name}")
}

pub async fn get(Path((_, name)): Path<(String, String)>) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name) {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(asset) => {
            let headers =
                [(header::CONTENT_TYPE, asset.kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
            (headers, asset.text).into_response()
        }
    }
}
