//! What is billed and the tax on it: tax classes, lines, terms of payment and what paying early takes off, credit notes, certificates of
//! tax withheld, late fees and interest, recurring contracts, meters and what was used, items and their prices, the return of the tax,
//! the files of papers that buyers want with an invoice.

pub mod certificate;
pub mod check;
pub mod contract;
pub mod credit_note;
pub mod device_code;
pub mod early;
pub mod fiscal;
pub mod invoice_file;
pub mod item;
pub mod late_charge;
pub mod line;
pub mod meter;
pub mod quote;
pub mod stock;
pub mod tax;
pub mod terms;
pub mod vat_return;
