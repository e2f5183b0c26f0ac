//! Collections: which step an account is due for (`strategy`), what holds it back (`hold`), what was promised
//! (`promise`) or contested (`dispute`), and whom to call first (`worklist`).

pub mod dispute;
pub mod hold;
pub mod promise;
pub mod strategy;
pub mod worklist;
