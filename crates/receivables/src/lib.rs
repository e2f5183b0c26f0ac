//! Decides. Values in, a decision or a typed refusal out: no async, SQL, HTTP, files, clock or randomness.
//!
//! Read in this order: the kernel (`money`, `date`, `calendar`, `ids`, `saying`, `refusal`), then `ledger`, `customer`,
//! `approval`, `cash`, `collections` and `insight`.

pub mod approval;
pub mod calendar;
pub mod cash;
pub mod collections;
pub mod customer;
pub mod date;
pub mod ids;
pub mod insight;
pub mod ledger;
pub mod money;
pub mod refusal;
pub mod saying;

pub use date::{Date, Instant};
pub use ids::Id;
pub use money::{Currency, Money};
pub use refusal::{Refusal, Unusable};
pub use saying::Saying;
