//! The only crate that knows SQL: SQLite and PostgreSQL behind one `Db`.
//!
//! Read `db` (opening, reading, writing), `tx` (statements and rows), `table` (every table and which of its
//! columns are facts), then a file per noun. What the engines do differently is in `dialect`.

pub mod clock;
mod db;
mod dialect;
mod error;
mod migrate;
mod noted;
pub mod table;
pub mod template;
mod tx;

pub mod api_key;
pub mod approval;
pub mod attempt;
pub mod audit;
pub mod backup;
pub mod bank_detail;
pub mod branch;
pub mod callback;
pub mod certificate;
pub mod charge;
pub mod check;
pub mod company;
pub mod contact_person;
pub mod contract;
pub mod credential;
pub mod credit_note;
pub mod customer;
pub mod customer_change;
pub mod customer_list;
pub mod day;
pub mod deposit;
pub mod device_code;
pub mod device_customer;
pub mod dispute;
pub mod document;
pub mod draft;
pub mod entry;
pub mod fiscal;
pub mod history;
pub mod hold;
pub mod holiday;
pub mod idempotency;
pub mod invoice_file;
pub mod item;
pub mod journal_out;
pub mod late_charge;
pub mod levy;
pub mod link;
pub mod merge;
pub mod meter;
pub mod movement;
pub mod note;
pub mod notice;
pub mod paper;
pub mod payer;
pub mod payment_code;
pub mod period;
pub mod plan;
pub mod promise;
pub mod quote;
pub mod rate;
pub mod read_log;
pub mod receipt;
pub mod refund;
pub mod reports;
pub mod revaluation;
pub mod search;
pub mod session;
pub mod setting;
pub mod sign_in;
pub mod statement;
pub mod stock;
pub mod transfer;
pub mod unbilled;
pub mod user;
pub mod vat_return;
pub mod verify;
pub mod view;
pub mod worklist;

pub use clock::{Clock, Source};
pub use db::{Db, Engine};
pub use error::Error;
pub use noted::Noted;
pub use tx::{Row, Sql, Tx, Value};

/// Every SQL text of this crate by file, for the test that prepares each on each engine.
pub fn statements() -> Vec<(&'static str, &'static [(&'static str, Sql)])> {
    vec![
        ("api_key", api_key::STATEMENTS),
        ("approval", approval::STATEMENTS),
        ("audit", audit::STATEMENTS),
        ("bank_detail", bank_detail::STATEMENTS),
        ("attempt", attempt::STATEMENTS),
        ("callback", callback::STATEMENTS),
        ("certificate", certificate::STATEMENTS),
        ("charge", charge::STATEMENTS),
        ("check", check::STATEMENTS),
        ("company", company::STATEMENTS),
        ("credential", credential::STATEMENTS),
        ("contact_person", contact_person::STATEMENTS),
        ("contract", contract::STATEMENTS),
        ("credit_note", credit_note::STATEMENTS),
        ("customer", customer::STATEMENTS),
        ("customer_change", customer_change::STATEMENTS),
        ("customer_list", customer_list::STATEMENTS),
        ("dispute", dispute::STATEMENTS),
        ("device_code", device_code::STATEMENTS),
        ("device_customer", device_customer::STATEMENTS),
        ("document", document::STATEMENTS),
        ("day", day::STATEMENTS),
        ("entry", entry::STATEMENTS),
        ("fiscal", fiscal::STATEMENTS),
        ("history", history::STATEMENTS),
        ("hold", hold::STATEMENTS),
        ("holiday", holiday::STATEMENTS),
        ("idempotency", idempotency::STATEMENTS),
        ("invoice_file", invoice_file::STATEMENTS),
        ("item", item::STATEMENTS),
        ("journal_out", journal_out::STATEMENTS),
        ("late_charge", late_charge::STATEMENTS),
        ("levy", levy::STATEMENTS),
        ("branch", branch::STATEMENTS),
        ("draft", draft::STATEMENTS),
        ("revaluation", revaluation::STATEMENTS),
        ("deposit", deposit::STATEMENTS),
        ("link", link::STATEMENTS),
        ("merge", merge::STATEMENTS),
        ("meter", meter::STATEMENTS),
        ("movement", movement::STATEMENTS),
        ("note", note::STATEMENTS),
        ("notice", notice::STATEMENTS),
        ("paper", paper::STATEMENTS),
        ("payer", payer::STATEMENTS),
        ("payment_code", payment_code::STATEMENTS),
        ("period", period::STATEMENTS),
        ("plan", plan::STATEMENTS),
        ("promise", promise::STATEMENTS),
        ("quote", quote::STATEMENTS),
        ("rate", rate::STATEMENTS),
        ("read_log", read_log::STATEMENTS),
        ("receipt", receipt::STATEMENTS),
        ("refund", refund::STATEMENTS),
        ("reports/ageing", reports::ageing::STATEMENTS),
        ("reports/invoice", reports::invoice::STATEMENTS),
        ("reports/invoices", reports::invoices::STATEMENTS),
        ("reports/audit", reports::audit::STATEMENTS),
        ("reports/journal", reports::journal::STATEMENTS),
        ("reports/kpi", reports::kpi::STATEMENTS),
        ("reports/opening", reports::opening::STATEMENTS),
        ("reports/receipt", reports::receipt::STATEMENTS),
        ("reports/receipts", reports::receipts::STATEMENTS),
        ("reports/revenue", reports::revenue::STATEMENTS),
        ("reports/sales", reports::sales::STATEMENTS),
        ("reports/snapshot", reports::snapshot::STATEMENTS),
        ("reports/statement", reports::statement::STATEMENTS),
        ("reports/time_to_invoice", reports::time_to_invoice::STATEMENTS),
        ("search", search::STATEMENTS),
        ("setting", setting::STATEMENTS),
        ("session", session::STATEMENTS),
        ("sign_in", sign_in::STATEMENTS),
        ("statement", statement::STATEMENTS),
        ("stock", stock::STATEMENTS),
        ("template", template::STATEMENTS),
        ("transfer", transfer::STATEMENTS),
        ("unbilled", unbilled::STATEMENTS),
        ("user", user::STATEMENTS),
        ("vat_return", vat_return::STATEMENTS),
        ("verify", verify::STATEMENTS),
        ("view", view::STATEMENTS),
        ("worklist", worklist::STATEMENTS),
    ]
}
