//! What one print reads besides the templates: the document as JSON, its QR codes, its attachments.

use serde::Serialize;
use serde_json::{Value, json};
use typst::foundations::Bytes;
use typst::text::FontBook;

use crate::document::Document;
use crate::error::PrintError;
use crate::press::Paper;
use crate::{legible, qr};

/// A file within the PDF, such as the e-invoice of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub name: String,
    /// The media type, such as `text/xml`.
    pub mime: String,
    pub description: String,
    pub bytes: Vec<u8>,
    pub relationship: Relationship,
    /// The conformance level of Factur-X, such as `EN 16931`, of an e-invoice; the file then says that it has one.
    pub level: Option<&'static str>,
}

/// What an attachment is to the paper (ISO 19005-3, AFRelationship).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relationship {
    /// The paper was made from it.
    Source,
    /// It holds the data of something on the paper.
    Data,
    /// It says the same as the paper: an e-invoice.
    Alternative,
    Supplement,
}

/// Files by name, and what the second frame reads of the document when the pages are counted.
pub struct Order {
    pub files: Vec<(String, Bytes)>,
    around: Value,
}

/// What the templates read, as `/print.json`; the attachments come to it.
#[derive(Serialize)]
pub struct Print<'a> {
    pub paper: Paper,
    pub logo: bool,
    pub document: &'a Document,
}

impl Order {
    pub fn new(print: Print<'_>, attachments: &[Attachment], fonts: &FontBook) -> Result<Order, PrintError> {
        let document = print.document;
        let language = document.language.as_str();
        if !matches!(language.len(), 2 | 3) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
            return Err(PrintError::Language { language: language.to_owned() });
        }
        let mut files = Vec::new();
        let mut modules = json!({});
        for (name, code) in [("payment", document.payment_qr()), ("fiscal", document.fiscal_qr())] {
            if let Some(code) = code {
                let (svg, side) = qr::svg(&code.payload)?;
                files.push((format!("{name}.svg"), Bytes::from_string(svg)));
                modules[name] = side.into();
            }
        }
        for (n, file) in attachments.iter().enumerate() {
            attachable(file, &attachments[..n])?;
            files.push((format!("attachment-{n}"), Bytes::new(file.bytes.clone())));
        }
        let mut print = serde_json::to_value(print).unwrap_or_else(|error| unreachable!("texts and lists: {error}"));
        print["modules"] = modules;
        print["attachments"] = attachments.iter().map(listed).collect();
        legible::values(&mut print, fonts);
        files.push(("print.json".to_owned(), Bytes::from_string(print.to_string())));
        print["document"]["body"] = Value::Null;
        legible::shorten(&mut print["document"]);
        Ok(Order { files, around: print })
    }

    /// What the second frame reads.
    pub fn around(mut self, pages: usize) -> Vec<(String, Bytes)> {
        self.around["pages"] = pages.into();
        vec![("around.json".to_owned(), Bytes::from_string(self.around.to_string()))]
    }
}

fn listed(file: &Attachment) -> Value {
    let Attachment { name, mime, description, relationship, bytes: _, level: _ } = file;
    json!({"name": name, "mime": mime, "description": description, "relationship": relationship})
}

/// PDF/A-3 wants a name of its own, a media type and a description of each file.
fn attachable(file: &Attachment, before: &[Attachment]) -> Result<(), PrintError> {
    let cause = match file.mime.split_once('/') {
        _ if file.name.is_empty() || file.name.contains(['/', '\\']) => "a name without slashes is needed",
        _ if before.iter().any(|other| other.name == file.name) => "there are two of this name",
        _ if file.description.trim().is_empty() => "a description is needed",
        Some((kind, of)) if !kind.is_empty() && !of.is_empty() && file.mime.is_ascii() => return Ok(()),
        _ => "a media type such as text/xml is needed",
    };
    Err(PrintError::Attachment { name: file.name.clone(), cause: cause.to_owned() })
}
