//! Cases of other projects' published tests (`conformance/peer-cases.md`), each a test with its id. Where we answer
//! differently, the test says so and why. Cases that need no book are beside their decision, in `crates/receivables`:
//! E5 E7 E8 E11 E13 E14 E16 E29, F18 to F29, G, H1 H5 H7 H8 H10 H11 H13, J1 J13 J14, L2, N7, O8 O10 O11 O13. F3 to F5 are in
//! `tests/terms.rs`.
//!
//! Not asked of us yet:
//! - E17, E19, E20, E26, E28 — mapping rules, learned keywords and matching across currencies come with the cash desk

mod ageing;
mod allocation;
mod credit_notes;
mod currency;
mod invoices;
mod kpi;
mod matching;
mod provision;
mod revaluation;
mod statements;
mod write_off;
