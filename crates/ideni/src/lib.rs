//! The receivables desk. Doors (`cli`, `web`, `api`) parse, call one action and render; an action is one transaction.

pub mod actions;
pub mod api;
pub mod cli;
pub mod demo;
pub mod gateways;
pub mod jobs;
pub mod web;
pub mod words;
