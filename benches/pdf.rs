//! Papers printed a second by one thread, beside the floor of the same run: an empty page of the same press, laid out and
//! written as PDF/A.
//!
//!   cargo bench -p documents --bench pdf
#![allow(clippy::disallowed_methods, reason = "a benchmark measures time")]

#[path = "../crates/documents/samples/papers.rs"]
mod papers;

use std::time::{Duration, Instant};

use documents::{Document, Paper, Press};

/// How long each side runs.
const LONG: Duration = Duration::from_secs(5);

fn main() {
    let press = Press::new();
    let begun = Instant::now();
    let first = press.print(&papers::invoice(10), Paper::A4).expect("an invoice");
    println!("the first print: {} ms", begun.elapsed().as_millis());
    println!("an invoice of ten lines, payment, instalments and fiscal device: {} bytes", first.len());
    let plain = press.print(&papers::plain_invoice(10), Paper::A4).expect("an invoice");
    println!("an invoice of ten lines and payment: {} bytes", plain.len());

    let empty = press
        .with_templates([("main.typ", "#let paper(print) = []\n#let around(print, number, pages) = page([])")])
        .expect("a template");
    let floor = per_second(&empty, papers::plain_invoice(10));
    for (what, document) in [("plain", papers::plain_invoice(10)), ("full", papers::invoice(10))] {
        let ours = per_second(&press, document);
        println!("invoices of ten lines, {what}: {ours} a second, {} % of an empty page ({floor})", ours * 100 / floor);
    }
    for rows in [100, 1_000, 10_000] {
        let statement = papers::statement(rows);
        let times: Vec<(u128, usize)> = (0..5).map(|n| once(&press, numbered(&statement, n))).collect();
        let (median, bytes) = {
            let mut sorted = times.clone();
            sorted.sort_unstable();
            sorted[times.len() / 2]
        };
        println!("a statement of {rows} lines: {median} ms, {bytes} bytes");
    }
}

/// No two papers are the same, as no two invoices are.
fn numbered(document: &Document, n: usize) -> Document {
    let text = serde_json::to_string(document).expect("JSON");
    let text = text.replace("2026-00", &format!("{n:04}-00")).replace("Habimana", &format!("Habimana {n}"));
    serde_json::from_str(&text).expect("a document")
}

fn once(press: &Press, document: Document) -> (u128, usize) {
    let begun = Instant::now();
    let pdf = press.print(&document, Paper::A4).expect("a paper");
    (begun.elapsed().as_millis(), pdf.len())
}

fn per_second(press: &Press, document: Document) -> u128 {
    let different: Vec<Document> = (0..2_000).map(|n| numbered(&document, n)).collect();
    let (begun, mut done) = (Instant::now(), 0);
    while begun.elapsed() < LONG {
        std::hint::black_box(press.print(&different[done % different.len()], Paper::A4).expect("a paper"));
        done += 1;
    }
    done as u128 * 1_000_000 / begun.elapsed().as_micros().max(1)
}
