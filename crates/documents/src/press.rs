//! The press: documents in, PDF/A-3b out.

use std::sync::Arc;

use serde::Serialize;
use typst::diag::SourceDiagnostic;
use typst::ecow::EcoVec;
use typst::foundations::{Bytes, Datetime, Smart};
use typst::layout::Point;
use typst::model::{Document as _, DocumentInfo};
use typst::syntax::{DiagSpan, Source};
use typst::{World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::document::Document;
use crate::error::{PrintError, TemplateFault};
use crate::factur_x;
use crate::order::{Attachment, Order, Print};
use crate::world::{self, Desk, Shelf, Sources};

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
/// As `FRAME`, for what stands around the paper on each page. It calls `around` of `main.typ`.
const AROUND: (&str, &str) = ("around.typ", include_str!("../templates/around.typ"));

/// How many later prints a cached piece of layout outlives. What every print uses is never that old.
const CACHED_PRINTS: usize = 2;

/// What a paper is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    A4,
    A5,
    /// A roll 80 mm wide: one page, as long as it has to be.
    Roll80,
}

/// Fonts, templates and a logo, ready to print. Cheap to clone; one may print on many threads at once.
#[derive(Clone)]
pub struct Press {
    shelf: Arc<Shelf>,
    sources: Arc<Sources>,
    logo: Option<Bytes>,
}

impl Press {
    /// A press with the templates as they come. Takes some milliseconds: make one and keep it.
    #[expect(clippy::new_without_default, reason = "it is costly, and a default looks free")]
    pub fn new() -> Press {
        let press = Press { shelf: Arc::new(Shelf::new()), sources: Arc::default(), logo: None };
        let ours = TEMPLATES.into_iter().chain([FRAME, AROUND]);
        press.with(ours).unwrap_or_else(|error| unreachable!("a template of ours: {error}"))
    }

    /// The same press with templates of a company: one with a name of [`TEMPLATES`] replaces ours, any other can be
    /// imported by them. A fault within them shows when they print.
    pub fn with_templates<N: AsRef<str>, T: Into<String>>(
        &self,
        templates: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Press, PrintError> {
        let templates: Vec<(N, T)> = templates.into_iter().collect();
        let frames = [world::place(FRAME.0), world::place(AROUND.0)];
        if let Some((name, _)) = templates.iter().find(|(name, _)| frames.contains(&world::place(name.as_ref()))) {
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
        let trial = press.with([alone])?.desk(FRAME.0, Vec::new());
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
        let print = Print { paper, logo: self.logo.is_some(), document };
        let order = Order::new(print, attachments, self.shelf.book())?;
        let printed = self.set(order, paper, dated);
        typst::comemo::evict(CACHED_PRINTS);
        let pdf = printed.map_err(PrintError::Templates)?;
        match attachments.iter().find_map(|file| Some((file, file.level?))) {
            None => Ok(pdf),
            Some((file, level)) => factur_x::declared(&pdf, &file.name, level).ok_or_else(|| PrintError::Attachment {
                name: file.name.clone(),
                cause: "the metadata of the file are not where they were".to_owned(),
            }),
        }
    }

    /// Lays the paper out, then what stands around it on as many pages, and writes both as one.
    fn set(&self, mut order: Order, paper: Paper, dated: Option<Timestamp>) -> Result<Vec<u8>, Vec<TemplateFault>> {
        let desk = self.desk(FRAME.0, std::mem::take(&mut order.files));
        let mut pages = compile(&desk)?;
        if paper != Paper::Roll80 {
            let around = compile(&self.desk(AROUND.0, order.around(pages.pages().len())))?;
            pages = overlaid(&pages, &around);
        }
        export(&desk, &pages, dated)
    }

    fn desk(&self, main: &str, mut files: Vec<(String, Bytes)>) -> Desk {
        files.extend(self.logo.clone().map(|logo| ("logo".to_owned(), logo)));
        let place = |name: &str| world::place(name).unwrap_or_else(|| unreachable!("{name} is a name of ours"));
        Desk {
            shelf: self.shelf.clone(),
            sources: self.sources.clone(),
            main: place(main),
            files: files.into_iter().map(|(name, bytes)| (place(&name), bytes)).collect(),
        }
    }
}

/// Midnight UTC of an ISO 8601 day.
fn day(dated: &str) -> Option<Timestamp> {
    let mut parts = dated.splitn(3, '-');
    let mut part = |digits| parts.next().filter(|part: &&str| part.len() == digits)?.parse::<u16>().ok();
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    let at = Datetime::from_ymd_hms(i32::from(year), month.try_into().ok()?, day.try_into().ok()?, 0, 0, 0)?;
    Some(Timestamp::new_utc(at))
}

/// The pages with those of the same number laid over them.
fn overlaid(pages: &PagedDocument, over: &PagedDocument) -> PagedDocument {
    let mut both = EcoVec::with_capacity(pages.pages().len());
    for (page, over) in pages.pages().iter().zip(over.pages()) {
        let mut page = page.clone();
        page.frame.push_frame(Point::zero(), over.frame.clone());
        both.push(page);
    }
    let mut document = PagedDocument::new(both, DocumentInfo::default());
    document.info_mut().clone_from(pages.info());
    document
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
        // Tags would double the size of a paper, and cannot be laid over each other.
        tagged: false,
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
