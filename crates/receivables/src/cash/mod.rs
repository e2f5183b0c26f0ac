//! Cash: which open items a payment settles, and what of it goes back. `reference` reads document numbers out of free
//! text, `payer` recognises names, `matching` weighs the evidence and proposes allocations, `refund` decides what leaves a
//! receipt again, `twin` knows one movement told twice, `transfer` one between the company's own accounts.

pub mod matching;
pub mod payer;
pub mod reference;
pub mod refund;
pub mod transfer;
pub mod twin;
