//! Reports: long reads over the facts.

pub mod ageing;
pub mod kpi;
pub mod opening;
pub mod snapshot;
