//! Insight: what the ledger says about itself. Ageing puts open items into buckets, `kpi` turns balances into ratios,
//! `provision` says what of the buckets is expected to be lost, `rank` what most of some days stay within.

pub mod ageing;
pub mod kpi;
pub mod provision;
pub mod rank;
