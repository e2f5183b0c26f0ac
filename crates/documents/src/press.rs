//! The press: documents in, PDF/A-3b out.

use std::sync::Arc;

use serde::Serialize;
use typst::{World, WorldExt};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Smart};
use typst::syntax::{DiagSpan, Source};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::document::Document;
use crate::error::{PrintError, TemplateFault};
use crate::world::{self, Desk, Shelf, Sources};
use crate::{legible, qr};

/// The templates as they come, name and text: what a company starts from when it writes its own.
pub const TEMPLATES: [(&str, &str); 7] = [
    ("main.typ", include_str!("../templates/main.typ")),
    ("look.typ", include_str!("../templates/look.typ")),
    ("parts.typ", include_str!("../templates/parts.typ")),
    ("invoice.typ", include_str!("../templates/invoice.typ")),
    ("receipt.typ", include_str!("../templates/receipt.typ")),
    ("statement.typ", include_str!("../templates/statement.typ")),
    ("letter.typ", include_str!("../templates/letter.typ")),
];

/// What no company replaces: metadata, attachments and breaks within long words. It calls `paper` of `main.typ`.
const FRAME: (&str, &str) = ("print.typ", include_str!("../templates/print.typ"));

/// How many later prints a cached piece of layout outlives. What every print uses is never that old.
const CACHED_PRINTS: usize = 8;

/// What a paper is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    A4,
    A5,
    /// A roll 80 mm wide: one page, as long as it has to be.
    Roll80,
}

/// A file within the PDF, such as the e-invoice of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub name: String,
    /// The media type, such as `text/xml`.
    pub mime: String,
    pub description: String,
    pub bytes: Vec<u8>,
    pub relationship: Relationship,
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

/// Fonts, templates and a logo, ready to print. Cheap to clone; one may print on many threads at once.
#[derive(Clone)]
pub struct Press {
    shelf: Arc<Shelf>,
    sources: Arc<Sources>,
    logo: Option<Bytes>,
}

/// What the templates read, as `/print.json`.
#[derive(Serialize)]
struct Print<'a> {
    paper: Paper,
    logo: bool,
    attachments: Vec<Listed<'a>>,
    document: &'a Document,
}

#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    mime: &'a str,
    description: &'a str,
    relationship: Relationship,
}

impl Press {
    /// A press with the templates as they come. Takes some milliseconds: make one and keep it.
    #[expect(clippy::new_without_default, reason = "it is costly, and a default looks free")]
    pub fn new() -> Press {
        let press = Press { shelf: Arc::new(Shelf::new()), sources: Arc::default(), logo: None };
        let ours = TEMPLATES.into_iter().chain([FRAME]);
        press.with(ours).unwrap_or_else(|error| unreachable!("a template of ours: {error}"))
    }

    /// The same press with templates of a company: one with a name of [`TEMPLATES`] replaces ours, any other can be
    /// imported by them. A fault within them shows when they print.
    pub fn with_templates<N: AsRef<str>, T: Into<String>>(
        &self,
        templates: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Press, PrintError> {
        let templates: Vec<(N, T)> = templates.into_iter().collect();
        if let Some((name, _)) = templates.iter().find(|(name, _)| world::place(name.as_ref()) == world::place(FRAME.0)) {
            return Err(PrintError::TemplateName { name: name.as_ref().to_owned() });
        }
        self.with(templates)
    }

    fn with<N: AsRef<str>, T: Into<String>>(
        &self,
        templates: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Press, PrintError> {
        let mut sources = Sources::clone(&self.sources);
        for (name, text) in templates {
            let name = name.as_ref();
            let place = world::place(name).ok_or_else(|| PrintError::TemplateName { name: name.to_owned() })?;
            sources.insert(place, Source::new(place, text.into()));
        }
        Ok(Press { sources: Arc::new(sources), ..self.clone() })
    }

    /// The same press with the logo of a company: the bytes of a PNG, JPEG, GIF, WebP or SVG.
    pub fn with_logo(&self, picture: Vec<u8>) -> Result<Press, PrintError> {
        let alone = (FRAME.0, "#set page(width: auto, height: auto)\n#image(\"/logo\", alt: \"\")");
        let press = Press { logo: Some(Bytes::new(picture)), ..self.clone() };
        let trial = press.with([alone])?.desk(Vec::new());
        compile(&trial).and_then(|pages| export(&trial, &pages, day("2000-01-01"))).map_err(|faults| {
            let said = faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>();
            PrintError::Logo { cause: said.join("; ") }
        })?;
        Ok(press)
    }

    /// Prints a document: the bytes of a PDF/A-3b, of which the same document gives the same.
    pub fn print(&self, document: &Document, paper: Paper) -> Result<Vec<u8>, PrintError> {
        self.print_with(document, paper, &[])
    }

    /// Prints a document with files inside.
    pub fn print_with(
        &self,
        document: &Document,
        paper: Paper,
        attachments: &[Attachment],
    ) -> Result<Vec<u8>, PrintError> {
        let dated = Some(day(&document.dated).ok_or_else(|| PrintError::Dated { dated: document.dated.clone() })?);
        let desk = self.desk(self.files(document, paper, attachments)?);
        let printed = compile(&desk).and_then(|pages| export(&desk, &pages, dated));
        typst::comemo::evict(CACHED_PRINTS);
        printed.map_err(PrintError::Templates)
    }

    /// What the templates read besides themselves, by name.
    fn files(
        &self,
        document: &Document,
        paper: Paper,
        attachments: &[Attachment],
    ) -> Result<Vec<(String, Bytes)>, PrintError> {
        let language = document.language.as_str();
        if !matches!(language.len(), 2 | 3) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
            return Err(PrintError::Language { language: language.to_owned() });
        }
        let mut files = Vec::new();
        for (name, code) in [("payment.svg", document.payment_qr()), ("fiscal.svg", document.fiscal_qr())] {
            if let Some(code) = code {
                files.push((name.to_owned(), Bytes::from_string(qr::svg(&code.payload)?)));
            }
        }
        for (n, file) in attachments.iter().enumerate() {
            attachable(file, &attachments[..n])?;
            files.push((format!("attachment-{n}"), Bytes::new(file.bytes.clone())));
        }
        let print = Print { paper, logo: self.logo.is_some(), attachments: listed(attachments), document };
        let mut print = serde_json::to_value(print).unwrap_or_else(|error| unreachable!("texts and lists: {error}"));
        legible::values(&mut print, self.shelf.book());
        files.push(("print.json".to_owned(), Bytes::from_string(print.to_string())));
        Ok(files)
    }

    fn desk(&self, mut files: Vec<(String, Bytes)>) -> Desk {
        files.extend(self.logo.clone().map(|logo| ("logo".to_owned(), logo)));
        let place = |name: &str| world::place(name).unwrap_or_else(|| unreachable!("{name} is a name of ours"));
        Desk {
            shelf: self.shelf.clone(),
            sources: self.sources.clone(),
            main: place("print.typ"),
            files: files.into_iter().map(|(name, bytes)| (place(&name), bytes)).collect(),
        }
    }
}

fn listed(attachments: &[Attachment]) -> Vec<Listed<'_>> {
    attachments
        .iter()
        .map(|file| Listed {
            name: &file.name,
            mime: &file.mime,
            description: &file.description,
            relationship: file.relationship,
        })
        .collect()
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

/// Midnight UTC of an ISO 8601 day.
fn day(dated: &str) -> Option<Timestamp> {
    let mut parts = dated.splitn(3, '-');
    let mut part = |digits| parts.next().filter(|part: &&str| part.len() == digits)?.parse::<u16>().ok();
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    let at = Datetime::from_ymd_hms(i32::from(year), month.try_into().ok()?, day.try_into().ok()?, 0, 0, 0)?;
    Some(Timestamp::new_utc(at))
}

fn compile(desk: &Desk) -> Result<PagedDocument, Vec<TemplateFault>> {
    typst::compile::<PagedDocument>(desk).output.map_err(|said| faults(desk, &said))
}

fn export(desk: &Desk, pages: &PagedDocument, dated: Option<Timestamp>) -> Result<Vec<u8>, Vec<TemplateFault>> {
    let standards = PdfStandards::new(&[PdfStandard::A_3b]).unwrap_or_else(|_| unreachable!("one standard alone"));
    let options = PdfOptions {
        creator: Smart::Custom(Some("Ideni".to_owned())),
        timestamp: dated,
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(pages, &options).map_err(|said| faults(desk, &said))
}

fn faults(desk: &Desk, said: &[SourceDiagnostic]) -> Vec<TemplateFault> {
    said.iter().map(|one| fault(desk, one)).collect()
}

/// The place is that of the fault, or of the nearest call that led to it.
fn fault(desk: &Desk, said: &SourceDiagnostic) -> TemplateFault {
    let calls = said.trace.iter().map(|call| call.span.into());
    let found = std::iter::once(said.span).chain(calls).find_map(|span: DiagSpan| {
        let (id, range) = (span.id()?, desk.range(span)?);
        let (line, column) = desk.source(id).ok()?.lines().byte_to_line_column(range.start)?;
        Some((id.get().vpath().get_without_slash().to_owned(), line + 1, column + 1))
    });
    let (file, line, column) = found.unwrap_or_default();
    let hints = said.hints.iter().map(|hint| hint.v.to_string()).collect();
    TemplateFault { file, line, column, message: said.message.to_string(), hints }
}
