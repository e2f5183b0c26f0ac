//! Cash: which open items a payment settles. `reference` reads document numbers out of free text, `payer` recognises
//! names, `matching` weighs the evidence and proposes allocations.

pub mod matching;
pub mod payer;
pub mod reference;
