//! Reports: long reads over the facts.

pub mod ageing;
pub mod audit;
pub mod invoice;
pub mod invoices;
pub mod journal;
pub mod kpi;
pub mod opening;
pub mod page;
pub mod receipt;
pub mod receipts;
pub mod revenue;
pub mod sales;
pub mod snapshot;
pub mod statement;
pub mod time_to_invoice;
