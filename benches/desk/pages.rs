//! Every kind of page at size, over HTTP as a browser asks for it: how long it takes, and what goes over the line.

use std::time::Duration;

use ideni::actions::Actor;
use store::Db;

use crate::serving::Serving;
use crate::{record, slow_line, time};

/// The pages that are timed, as large as they come.
const PAGES: &[&str] = &[
    "/",
    "/worklist",
    "/worklist?segment=business&min=100000",
    "/accounts/C00017",
    "/customers",
    "/customers?q=customer+17",
    "/customers/C00017/edit",
    "/customers/new",
    "/customers/duplicates",
    "/customers/gaps",
    "/invoices",
    "/invoices?state=overdue",
    "/invoices?state=settled",
    "/invoices?customer=C00017",
    "/invoices/INV0000017",
    "/receipts",
    "/receipts?state=unidentified",
    "/receipts?customer=C00017",
    "/exceptions",
    "/ageing",
    "/search?q=INV0000017",
    "/search?q=Customer+1999",
    "/search?q=118,000",
    "/promises",
    "/approvals",
    "/outbox",
    "/cash",
    "/day",
    "/statements/review",
    "/reports",
    "/settings",
    "/users",
    "/audit",
    "/work",
    "/me",
];
/// A browser follows these; the page that they lead to is timed by itself.
const LEADS: u16 = 303;

/// Pages with figures that are remembered until something new is posted.
const REMEMBERED: &[&str] = &["/", "/ageing", "/customers/gaps"];

/// A hundred requests per page, after three that are not counted; those that remember something also after a posting
/// each; then Today in a browser on a slow line.
pub fn time_all(url: &str, db: &Db, actor: &Actor, when: &str) {
    let serving = Serving::start(url);
    println!("pages {when}:");
    for page in PAGES {
        let bytes = (0..3).map(|_| ask(&serving, page)).max().unwrap_or_default();
        let times = (0..100).map(|_| timed(&serving, page));
        told(page, times.collect(), bytes);
    }
    for page in REMEMBERED {
        let after_posting = |n| {
            record(db, actor, format!("page-{when}-{page}-{n}"));
            timed(&serving, page)
        };
        told(&format!("{page} after a posting"), (0..100).map(after_posting).collect(), 0);
    }
    slow_line::today(&serving.host);
}

fn timed(serving: &Serving, page: &str) -> Duration {
    time(|| {
        ask(serving, page);
    })
}

/// Bytes on the line.
fn ask(serving: &Serving, page: &str) -> usize {
    let answer = serving.get(page);
    assert!(matches!(answer.status, 200 | LEADS), "{page}: {}", answer.head);
    answer.bytes
}

fn told(page: &str, mut times: Vec<Duration>, bytes: usize) {
    times.sort();
    let millis = |at: usize| times[at].as_secs_f64() * 1000.0;
    println!("  {page}: p50 {:.1} ms, p99 {:.1} ms, {:.1} kB", millis(49), millis(98), bytes as f64 / 1000.0);
}
