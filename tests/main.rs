//! Stories: what the program promises, told through its actions, each on a database of its own and on both engines.
//!
//! `IDENI_TEST_POSTGRES` names a PostgreSQL server (`postgres://postgres@127.0.0.1:5432/postgres`); without it that
//! half says "skipped". `IDENI_REFERENCE` names the folder of outside data (default `../shared`). `IDENI_SCALE` is
//! the divisor of the long tests (1 = the stated counts, 20 = a twentieth, the default) and `IDENI_SEED` repeats a run.

mod support;

mod api;
mod approvals;
mod audit;
mod billing;
mod branches;
mod calls;
mod certificates;
mod collections;
mod commands;
mod conformance;
mod contacts;
mod contracts;
mod customer_pages;
mod customers;
mod database;
mod deposits;
mod design;
mod device_calls;
mod disputes;
mod drafts;
mod ebm;
mod einvoice;
mod entrance;
mod export;
mod faults;
mod fiscal;
mod house_rules;
mod import;
mod invoice_files;
mod items;
mod journal_out;
mod late_charges;
mod levies;
mod list_pages;
mod lists;
mod meters;
mod never_lost;
mod opening;
mod outbox;
mod outside;
mod pages;
mod payers;
mod people;
mod print;
mod quotes;
mod rates;
mod refunds;
mod reissue;
mod revenue;
mod review;
mod rights;
mod screens;
mod search;
mod security;
mod settings;
mod statements;
mod stock;
mod terms;
mod time_to_invoice;
mod transfers;
mod unbilled;
mod vat_returns;
mod work;
