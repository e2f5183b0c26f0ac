//! Every kind of page at size, over HTTP as a browser asks for it: how long it takes, and what goes over the line.

use std::time::Duration;

use crate::serving::Serving;
use crate::{ideni, slow_line, time};

/// The pages that are timed, as large as they come.
const PAGES: &[&str] = &[
    "/",
    "/worklist",
    "/worklist?segment=business&min=100000",
    "/accounts/C00017",
    "/customers",
    "/customers?text=customer+17",
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
    "/reports/kpi",
    "/settings",
    "/users",
    "/audit",
    "/work",
    "/me",
];
/// A browser follows these; the page that they lead to is timed by itself.
const LEADS: u16 = 303;

/// A hundred requests per page, after three that are not counted; then Today in a browser on a slow line.
pub fn time_all(url: &str, when: &str) {
    ideni(url, &["day"]);
    let serving = Serving::start(url);
    println!("pages {when}:");
    for page in PAGES {
        let ask = || {
            let answer = serving.get(page);
            assert!(matches!(answer.status, 200 | LEADS), "{page}: {}", answer.head);
            answer.bytes
        };
        let bytes = (0..3).map(|_| ask()).max().unwrap_or_default();
        let mut times: Vec<Duration> = (0..100)
            .map(|_| {
                time(|| {
                    ask();
                })
            })
            .collect();
        times.sort();
        let millis = |at: usize| times[at].as_micros().div_ceil(100);
        let (p50, p99) = (millis(49), millis(98));
        println!(
            "  {page}: p50 {}.{} ms, p99 {}.{} ms, {}.{} kB",
            p50 / 10,
            p50 % 10,
            p99 / 10,
            p99 % 10,
            bytes / 1000,
            bytes % 1000 / 100
        );
    }
    slow_line::today(&serving.host);
}
