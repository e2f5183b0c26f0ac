//! Insight: what the ledger says about itself. Ageing puts open items into buckets, `kpi` turns balances into ratios.

pub mod ageing;
pub mod kpi;
