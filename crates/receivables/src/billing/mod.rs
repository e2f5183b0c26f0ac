//! What is billed and the tax on it: tax classes and lines.

pub mod line;
pub mod tax;
