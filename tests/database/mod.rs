//! What the store promises on each engine: its texts, its keys, its guards, its values, its durability.

mod durability;
mod guards;
mod keys;
mod migrations;
mod statements;
mod values;
