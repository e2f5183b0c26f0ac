//! The JSON API: the actions of the desk for programs, under `/api/v1`.
//!
//! Read `endpoint` (one row per route, in the file of its noun), `frame` (what happens to a request before and after its
//! row is run), `ask` (what a row is given), then a file per noun. `shape` holds the values that cross the wire: each says in
//! one place what it takes and what the OpenAPI document says of it.

mod ask;
mod cursor;
mod ebm;
mod endpoint;
mod frame;
mod limit;
mod openapi;
mod page;
mod paper;
mod payer;
mod problem;
mod shape;

mod allocation;
mod approval;
mod attempt;
mod audit;
mod cash;
mod certificate;
mod company;
mod contact;
mod contract;
mod credit_note;
mod customer;
mod day;
mod dispute;
mod draft;
mod hold;
mod invoice;
mod invoice_file;
mod item;
mod journal_out;
mod late_charge;
mod me;
mod merge;
mod message;
mod meter;
mod note;
mod promise;
mod quote;
mod receipt;
mod refund;
mod report;
mod search;
mod setting;
mod statement;
mod stock;
mod transfer;
mod unbilled;
mod vat_return;
mod worklist;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::routing::{any, get};
use receivables::Date;
use store::Db;

use endpoint::Endpoint;
use limit::Limits;
pub use problem::Problem;

/// Where the API is.
pub const BASE: &str = "/api/v1";

/// Every route, by noun.
const ENDPOINTS: &[&[Endpoint]] = &[
    me::ENDPOINTS,
    company::ENDPOINTS,
    credit_note::ENDPOINTS,
    customer::ENDPOINTS,
    merge::ENDPOINTS,
    contact::ENDPOINTS,
    invoice::ENDPOINTS,
    certificate::ENDPOINTS,
    invoice_file::ENDPOINTS,
    contract::ENDPOINTS,
    meter::ENDPOINTS,
    unbilled::ENDPOINTS,
    item::ENDPOINTS,
    late_charge::ENDPOINTS,
    ebm::ENDPOINTS,
    quote::ENDPOINTS,
    draft::ENDPOINTS,
    receipt::ENDPOINTS,
    allocation::ENDPOINTS,
    refund::ENDPOINTS,
    promise::ENDPOINTS,
    dispute::ENDPOINTS,
    hold::ENDPOINTS,
    attempt::ENDPOINTS,
    note::ENDPOINTS,
    paper::ENDPOINTS,
    approval::ENDPOINTS,
    statement::ENDPOINTS,
    payer::ENDPOINTS,
    transfer::ENDPOINTS,
    stock::ENDPOINTS,
    cash::ENDPOINTS,
    vat_return::ENDPOINTS,
    journal_out::ENDPOINTS,
    worklist::ENDPOINTS,
    day::ENDPOINTS,
    message::ENDPOINTS,
    report::ENDPOINTS,
    search::ENDPOINTS,
    setting::ENDPOINTS,
    audit::ENDPOINTS,
];

fn endpoints() -> impl Iterator<Item = &'static Endpoint> {
    ENDPOINTS.iter().copied().flatten()
}

/// What the API needs: the book, and how often it was asked by whom.
pub struct Api {
    db: Db,
    /// Acts as on this day; today in the company's time zone when `None`.
    today: Option<Date>,
    limits: Limits,
}

impl Api {
    pub fn new(db: Db, today: Option<Date>) -> Api {
        Api { db, today, limits: Limits::default() }
    }
}

/// The routes, to be nested under [`BASE`]: the table above, its OpenAPI document, and a page to read it.
pub fn routes<S: Clone + Send + Sync + 'static>(api: Api) -> Router<S> {
    let mut paths: BTreeMap<&str, Vec<&'static Endpoint>> = BTreeMap::new();
    for endpoint in endpoints() {
        paths.entry(endpoint.path).or_default().push(endpoint);
    }
    let mut router = Router::new().route("/", get(page::page)).route("/openapi.json", get(openapi::serve));
    for (path, rows) in paths {
        let rows: Arc<[&Endpoint]> = rows.into();
        router = router.route(
            path,
            any(
                move |State(api): State<Arc<Api>>,
                      path: Result<RawPathParams, RawPathParamsRejection>,
                      request: Request| { frame::answer(api, Arc::clone(&rows), path, request) },
            ),
        );
    }
    router.fallback(frame::nowhere).with_state(Arc::new(api))
}

/// The OpenAPI document.
pub fn document() -> &'static serde_json::Value {
    openapi::document()
}
