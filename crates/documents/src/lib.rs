//! The papers people see, as PDF: invoices, credit notes, receipts, statements and letters, on A4, A5 and 80 mm rolls.
//!
//! A [`Document`] holds texts that are already written: words in the language of its reader, amounts and days as that
//! language writes them. A [`Press`] sets it with Typst by templates that a company can replace, and gives PDF/A-3b.
//! This crate knows no language and no sums, and neither a clock, a file nor the network: the same document gives the
//! same bytes.
//!
//! ```no_run
//! # fn example(invoice: documents::Document) -> Result<(), documents::PrintError> {
//! let press = documents::Press::new();
//! let pdf: Vec<u8> = press.print(&invoice, documents::Paper::A4)?;
//! # Ok(()) }
//! ```

mod document;
mod error;
mod factur_x;
mod labels;
mod legible;
mod order;
mod parts;
mod press;
mod qr;
mod world;

pub use document::{Applied, Body, Document, Invoice, Letter, Line, Receipt, Statement};
pub use error::{PrintError, TemplateFault};
pub use labels::Labels;
pub use order::{Attachment, Relationship};
pub use parts::{Activity, Fact, Fiscal, Instalment, OpenItem, Party, Payment, QrCode, Section, TaxClass, Total};
pub use press::{Paper, Press, TEMPLATES};
