//! Tables as files: a spreadsheet or CSV of just what a page shows.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use formats::workbook::{self, Cell};
use receivables::{Refusal, Unusable};
use store::Error;

/// What kind of file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Csv,
    Xlsx,
}

/// A table as a file to be kept under a name.
pub fn table(kind: Kind, name: &str, headers: &[String], rows: Vec<Vec<Cell>>) -> Result<Response, Error> {
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    let (ending, media, bytes) = match kind {
        Kind::Csv => {
            let mut bytes = Vec::new();
            let written = workbook::write_csv(&mut bytes, &headers, rows);
            ("csv", "text/csv; charset=utf-8", written.map(|()| bytes))
        }
        Kind::Xlsx => {
            let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            ("xlsx", media, workbook::xlsx(name, &headers, rows))
        }
    };
    let bytes = bytes.map_err(|e| match e.kind() {
        std::io::ErrorKind::FileTooLarge => {
            Refusal::InvalidEmpty { field: "file".into(), reason: Unusable::SheetFull }.into()
        }
        _ => Error::failed("writing a file", e),
    })?;
    let kept = format!("attachment; filename=\"{name}.{ending}\"");
    Ok(([(header::CONTENT_TYPE, media.to_owned()), (header::CONTENT_DISPOSITION, kept)], bytes).into_response())
}
