//! The ledger: accounts, double entries, open items and what settles them.

pub mod account;
pub mod entry;
pub mod item;
pub mod posting;
pub mod rate;
pub mod settlement;

pub use account::Account;
pub use entry::{Cause, Line};
pub use item::{Item, MovementKind, reopened_on};
pub use rate::Rate;
