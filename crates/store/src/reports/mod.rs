//! Reports: long reads over the facts.

pub mod ageing;
pub mod audit;
pub mod journal;
pub mod kpi;
pub mod opening;
pub mod snapshot;
