//! Reads and writes bytes: tables under our field names, bank and wallet statements, e-invoices, workbooks.
//! Pure: no SQL, no clock, no network.
//!
//! Read in this order: `table` (rows of a CSV or XLSX file) with `amount`, `day` and `profile`, then `ageing_export`
//! (what other programs say is open), `statement` with a reader for each format, `remittance` (what a payment is for), `einvoice` (EN 16931), `vsdc` (messages of
//! Rwanda's tax device), `workbook`, and `paper` (what kind of file somebody filed). What is wrong with a file is a `Fault`.

pub mod ageing_export;
pub mod amount;
pub mod day;
pub mod einvoice;
mod fault;
mod headers;
pub mod paper;
mod pdf;
pub mod profile;
pub mod remittance;
pub mod statement;
pub mod table;
pub mod vsdc;
pub mod workbook;
mod xml;

pub use amount::{parse_amount, parse_money, parse_price, parse_quantity};
pub use day::{DateOrder, parse_date};
pub use fault::Fault;
pub use profile::Profile;
pub use table::{Field, FieldKind, FileError, Layout, Reader, Row, RowError};
