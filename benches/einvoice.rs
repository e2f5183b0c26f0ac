//! E-invoices read, added up and checked a second, beside the floor of the same run: quick-xml going through the same
//! bytes and keeping nothing.
//!
//!   cargo bench -p formats --bench einvoice
//!
//! The documents are those of the reference data (`IDENI_REFERENCE`), else the two samples of this repository.
#![allow(clippy::disallowed_methods, reason = "a benchmark measures time")]

use std::time::{Duration, Instant};

use formats::einvoice::{self, rules, totals};
use quick_xml::Reader;
use quick_xml::events::Event;

/// How long each side runs.
const LONG: Duration = Duration::from_secs(3);

fn main() {
    let documents = documents();
    let bytes: usize = documents.iter().map(String::len).sum();
    println!("{} documents, {} kB each on average", documents.len(), bytes / documents.len() / 1000);
    let ours = per_second(&documents, |text| {
        let invoice = einvoice::read(text.as_bytes()).expect("an e-invoice");
        std::hint::black_box((rules::broken(&invoice), totals::recomputed(&invoice)));
    });
    let floor = per_second(&documents, |text| {
        let mut reader = Reader::from_str(text);
        loop {
            match reader.read_event().expect("XML") {
                Event::Eof => break,
                event => drop(std::hint::black_box(event)),
            }
        }
    });
    println!("read, added up and checked: {ours} a second");
    println!("floor, quick-xml alone: {floor} a second");
    println!("ratio {} %", ours * 100 / floor);
}

/// The documents that are e-invoices, in memory.
fn documents() -> Vec<String> {
    let root =
        std::env::var("IDENI_REFERENCE").unwrap_or(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into());
    let listed = std::fs::read_dir(format!("{root}/data/e-invoices/documents")).into_iter().flatten().flatten();
    let mut texts: Vec<String> = listed.filter_map(|entry| std::fs::read_to_string(entry.path()).ok()).collect();
    if texts.is_empty() {
        texts.push(include_str!("../crates/formats/samples/einvoice_ubl.xml").to_owned());
        texts.push(include_str!("../crates/formats/samples/einvoice_cii.xml").to_owned());
    }
    texts.retain(|text| einvoice::read(text.as_bytes()).is_ok());
    texts
}

fn per_second(documents: &[String], each: impl Fn(&str)) -> u128 {
    let (begun, mut done) = (Instant::now(), 0);
    while begun.elapsed() < LONG {
        for text in documents {
            each(text);
            done += 1;
        }
    }
    done * 1_000_000 / begun.elapsed().as_micros().max(1)
}
