//! What is billed and the tax on it: tax classes, lines, credit notes.

pub mod credit_note;
pub mod line;
pub mod tax;
