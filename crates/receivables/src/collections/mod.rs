//! Collections: which step an account is due for (`strategy`), what holds it back (`hold`), what was promised
//! (`promise`) or contested (`dispute`), whom to call first (`worklist`), and what came of it (`attempt`).

pub mod attempt;
pub mod dispute;
pub mod hold;
pub mod promise;
pub mod strategy;
pub mod worklist;
