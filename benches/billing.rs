//! The invoice run: contracts of ten lines priced, taxed, numbered and posted, beside the machine's own floor.
//!
//!   cargo bench -p ideni --bench billing             7,000 contracts on SQLite with full sync
//!   cargo bench -p ideni --bench billing -- 1000     fewer
#![allow(clippy::disallowed_methods, clippy::float_arithmetic, reason = "a benchmark measures time")]

mod floor;

use std::time::Duration;

use floor::{bare_rows, insert_into, open_floor, percent, sync_rate, time, told};
use ideni::actions::contract::{self, Which};
use ideni::actions::invoice::GivenLine;
use ideni::actions::{Actor, company, verify};
use receivables::billing::contract::{Anchor, When};
use receivables::billing::line::{Discount, Prices};
use receivables::{Currency, Date};
use rust_decimal::Decimal;
use store::{Db, Source};

const LINES: i64 = 10;
/// What one invoice of the run writes.
const WRITTEN: [&str; 7] = [
    "SELECT * FROM document",
    "SELECT * FROM document_line",
    "SELECT * FROM document_tax",
    "SELECT * FROM open_item",
    "SELECT * FROM entry",
    "SELECT * FROM entry_line",
    "SELECT * FROM contract_bill",
];

fn main() {
    let contracts = std::env::args().skip(1).find_map(|a| a.parse::<u64>().ok()).unwrap_or(7_000);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("billing.db");
    let db = Db::open(&format!("sqlite:{}", file.display()), Source::system()).expect("opens");
    println!(
        "{contracts} contracts of {LINES} lines, SQLite; floor: {} syncs of 4 KiB a second",
        sync_rate(folder.path())
    );
    let new = company::NewCompany {
        name: "Bench Ltd".into(),
        code: None,
        tin: None,
        currency: Currency::RWF,
        country: "rw".into(),
        simulated: true,
    };
    let actor = db.write(move |tx| company::init(tx, "admin", &new)).expect("a company");
    agree(&db, &actor, contracts);
    let today: Date = "2026-11-27".parse().expect("a day");
    let mut billed = 0;
    let took = time(|| {
        loop {
            let by = actor.clone();
            let step = db.write(move |tx| contract::run(tx, &by, today, &Which::default(), None)).expect("billed");
            if step.is_empty() {
                break;
            }
            billed += step.len() as u64;
        }
    });
    assert_eq!(billed, contracts);
    told("invoice run, ten lines each, priced to posted", billed, took);
    drop(db);
    let to = folder.path().join("floor.db");
    let url = format!("sqlite:{}", to.display());
    drop(Db::open(&url, Source::system()).expect("opens"));
    let source = rusqlite::Connection::open(&file).expect("opens");
    let target = open_floor(&to);
    let bare: Duration =
        WRITTEN.iter().map(|rows| bare_rows(&source, &target, rows, &insert_into(&source, rows))).sum();
    told("  floor: bare SQL of the same rows", billed, bare);
    println!("  ratio {} %", percent(bare, took));
    drop(source);
    let db = Db::open(&format!("sqlite:{}", file.display()), Source::system()).expect("opens");
    db.seal().expect("seals");
    let broken =
        db.read(|tx| verify::all(tx, &actor)).expect("verified").into_iter().filter(|one| !one.broken.is_empty());
    assert_eq!(broken.count(), 0, "every identity holds");
}

/// One contract per customer, from this month on.
fn agree(db: &Db, actor: &Actor, contracts: u64) {
    let starts_on: Date = "2026-11-01".parse().expect("a day");
    for first in (0..contracts).step_by(200) {
        let by = actor.clone();
        let last = (first + 200).min(contracts);
        db.write(move |tx| {
            for i in first..last {
                let code = format!("C{i:05}");
                let customer = ideni::actions::customer::Given {
                    code: code.clone(),
                    name: Some(format!("Customer {i}")),
                    ..Default::default()
                };
                ideni::actions::customer::save(tx, &by, starts_on, &customer)?;
                contract::add(tx, &by, &given(&code, starts_on, i), None)?;
            }
            Ok(())
        })
        .expect("agreed");
    }
}

fn given(customer: &str, starts_on: Date, i: u64) -> contract::Given {
    let line = |no: i64| GivenLine {
        description: format!("Service {no}"),
        quantity: Decimal::new(10 + no, 1),
        unit: None,
        unit_price: Decimal::from(1_000 + i % 977 + u64::try_from(no).expect("small") * 37),
        discount: Discount::NONE,
        tax_class: if no % 4 == 0 { "A" } else { "B" }.into(),
        item: None,
    };
    contract::Given {
        payable: None,
        code: format!("K-{customer}"),
        name: "Monthly services".into(),
        customer: customer.to_owned(),
        currency: Currency::RWF,
        starts_on,
        months: 1,
        anchor: Anchor::Calendar,
        when: When::Advance,
        prices: Prices::Net,
        terms: None,
        lines: (1..=LINES).map(line).collect(),
    }
}
