//! Sentences people read.
pub enum Language { En }
pub fn refusal(_: Language, refusal: &receivables::Refusal) -> String { format!("{} {:?}", refusal.code(), refusal.args()) }
pub fn say(_: Language, key: &str, args: &[(&str, &str)]) -> String { format!("{key} {args:?}") }
