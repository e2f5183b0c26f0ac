//! Decides. Values in, a decision or a typed refusal out: no async, SQL, HTTP, files, clock or randomness.
//!
//! Read in this order: the kernel (`money`, `date`, `calendar`, `ids`, `fold`, `saying`, `refusal`), then `ledger`,
//! `customer`, `approval`, `billing`, `cash`, `collections`, `insight` and `search`.

pub mod approval;
pub mod billing;
pub mod calendar;
pub mod cash;
pub mod collections;
pub mod customer;
pub mod date;
pub mod fold;
pub mod ids;
pub mod insight;
pub mod ledger;
pub mod money;
pub mod refusal;
pub mod saying;
pub mod search;

pub use date::{Date, Instant};
pub use ids::Id;
pub use money::{Currency, Money};
pub use refusal::{Refusal, Unusable};
pub use saying::Saying;
