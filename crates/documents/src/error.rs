//! Why a paper could not be printed.

use std::fmt;

/// Why nothing was printed. Most of them are for whoever edits the company's templates.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// A template does not work; each fault names its place.
    #[error("{}", .0.iter().map(TemplateFault::to_string).collect::<Vec<_>>().join("\n"))]
    Templates(Vec<TemplateFault>),
    /// A name of a template that Typst cannot take as a path, such as one with `..`.
    #[error("`{name}` cannot be the name of a template")]
    TemplateName { name: String },
    /// The logo is no picture that can be printed.
    #[error("the logo cannot be printed: {cause}")]
    Logo { cause: String },
    /// More text than a QR code holds.
    #[error("{bytes} bytes are too many for a QR code")]
    QrTooLong { bytes: usize },
    /// `dated` is no day of the calendar in ISO 8601.
    #[error("`{dated}` is not a day such as 2026-11-28")]
    Dated { dated: String },
    /// `language` is not of two or three small letters.
    #[error("`{language}` is not a language such as rw")]
    Language { language: String },
    /// Two attachments of one name, or a media type that is none.
    #[error("the attachment `{name}` cannot be added: {cause}")]
    Attachment { name: String, cause: String },
}

/// A place in a template and what Typst says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// Name of the template; empty if the fault belongs to no place.
    pub file: String,
    /// Counted from 1; 0 if the fault belongs to no place.
    pub line: usize,
    /// Characters, counted from 1; 0 if the fault belongs to no place.
    pub column: usize,
    /// In English, as Typst words it.
    pub message: String,
    pub hints: Vec<String>,
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.file.is_empty() {
            write!(f, "{}, line {}, column {}: ", self.file, self.line, self.column)?;
        }
        write!(f, "{}", self.message)?;
        self.hints.iter().try_for_each(|hint| write!(f, " ({hint})"))
    }
}
