//! The world outside: one file per counterparty. Bytes out, bytes in; what they mean is decided elsewhere.

pub mod tax_device;
