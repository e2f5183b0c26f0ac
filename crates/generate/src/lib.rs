//! Companies with known truth. The story comes first: who decides to pay what, and how the channel garbles it; `truth.csv`
//! is that story, and the program never reads it. Nothing here knows the program but by its commands, so that it cannot share
//! its mistakes.

pub mod clerk;
pub mod company;
pub mod difficulty;
pub mod figures;
pub mod files;
pub mod names;
pub mod rng;
pub mod score;
pub mod story;
pub mod told;
pub mod truth;
