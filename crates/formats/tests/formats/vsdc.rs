//! The samples of Rwanda's tax device and of the sister protocol, read into our types and written again; arithmetic, the
//! printed receipt, and the packs of both countries.

use std::collections::BTreeMap;
use std::fs;

use formats::vsdc::{self, *};
use receivables::billing::fiscal::Advice;
use receivables::billing::tax::Taxes;
use receivables::{Date, Instant};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::{own, reference};

fn pack(path: &str) -> Pack {
    Pack::read(&fs::read_to_string(own(path)).unwrap()).unwrap()
}

fn rwanda() -> Pack {
    pack("country/rw/vsdc.toml")
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

type Again = fn(&[u8]) -> Result<String, Fault>;

fn request<M: Message>(bytes: &[u8]) -> Result<String, Fault> {
    write_request(&read_request::<M>(bytes)?)
}

fn answer<M: Message>(bytes: &[u8]) -> Result<String, Fault> {
    write_answer(&read_answer::<M>(bytes)?)
}

/// Each sample by its purpose: how its request and its answer are read and written again.
const SAMPLES: [(&str, Purpose, Again, Again); 19] = [
    ("branches_save-branch-customer", Purpose::SaveCustomer, request::<Customer>, answer::<Nothing>),
    ("branches_save-branch-insurance", Purpose::SaveInsurer, request::<Insurer>, answer::<Nothing>),
    ("branches_save-branch-user", Purpose::SaveUser, request::<User>, answer::<Nothing>),
    ("branches_select-branches", Purpose::Branches, request::<Since>, answer::<Branches>),
    ("customers_select-customer", Purpose::Taxpayer, request::<LookUpTaxpayer>, answer::<Taxpayers>),
    ("imports_select-imported-items", Purpose::Imports, request::<Since>, answer::<Imports>),
    ("imports_update-imported-item", Purpose::UpdateImport, request::<UpdateImport>, answer::<Nothing>),
    ("initialization", Purpose::Initialise, request::<Initialise>, answer::<Initialised>),
    ("items_save-item", Purpose::SaveItem, request::<SaveItem>, answer::<Nothing>),
    ("items_select-item-classes", Purpose::Classes, request::<Since>, answer::<Classes>),
    ("items_select-items", Purpose::Items, request::<Since>, answer::<Items>),
    ("purchases_save-purchase", Purpose::SavePurchase, request::<SavePurchase>, answer::<Nothing>),
    ("purchases_save-sales-transaction", Purpose::SaveSale, request::<SaveSale>, answer::<Signed>),
    ("purchases_select-purchases", Purpose::Purchases, request::<Since>, answer::<ReportedSales>),
    ("select-code-list", Purpose::Codes, request::<Since>, answer::<Codes>),
    ("select-notice-list", Purpose::Notices, request::<Since>, answer::<Notices>),
    ("stock_save-stock-io", Purpose::SaveMove, request::<SaveMove>, answer::<Nothing>),
    ("stock_save-stock-master", Purpose::SaveBalance, request::<SaveBalance>, answer::<Nothing>),
    ("stock_select-stock-movement", Purpose::Moves, request::<Since>, answer::<StockMoves>),
];

/// What differs between two messages, as `path: was → is`; a field that is absent is `-`.
fn differences(was: &Value, is: &Value, path: &str, found: &mut Vec<String>) {
    match (was, is) {
        (Value::Object(a), Value::Object(b)) => {
            let names: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for name in names {
                let path = format!("{path}.{name}");
                match (a.get(name), b.get(name)) {
                    (Some(a), Some(b)) => differences(a, b, &path, found),
                    (a, b) => {
                        let text = |v: Option<&Value>| v.map_or("-".to_owned(), Value::to_string);
                        found.push(format!("{path}: {} → {}", text(a), text(b)));
                    }
                }
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (no, (a, b)) in a.iter().zip(b).enumerate() {
                differences(a, b, &format!("{path}[{no}]"), found);
            }
        }
        (a, b) if a == b => {}
        (a, b) => found.push(format!("{path}: {a} → {b}")),
    }
}

fn samples(folder: &str) -> Option<Vec<(String, Purpose, Again, Vec<u8>)>> {
    reference(folder)?;
    let each = SAMPLES.iter().flat_map(|(name, purpose, asked, answered)| {
        [("request", asked), ("response", answered)].map(|(kind, again)| {
            let file = format!("{name}.{kind}.json");
            let bytes = fs::read(reference(&format!("{folder}/{file}")).unwrap()).unwrap();
            (file, *purpose, *again, bytes)
        })
    });
    Some(each.collect())
}

#[test]
fn every_sample_is_read_and_written_again_the_same() {
    let Some(samples) = samples("rra-ebm-vsdc/samples") else { return };
    let (mut same, mut other) = (0, Vec::new());
    for (file, _, again, bytes) in &samples {
        let written = again(bytes).unwrap_or_else(|fault| panic!("{file}: {fault:?}"));
        let mut found = Vec::new();
        let (was, is) = (serde_json::from_slice(bytes).unwrap(), serde_json::from_str(&written).unwrap());
        differences(&was, &is, "", &mut found);
        if found.is_empty() {
            same += 1;
        } else {
            other.push(format!("{file} {}", found.join("; ")));
        }
    }
    eprintln!("{same} of {} samples are the same written again; otherwise: {other:#?}", samples.len());
    // The misprint of the specification is read, and written in the right spelling.
    let spelt = "initialization.response.json .data.info.sdcId: - → \"SDC013000001\"; \
                 .data.info.sdicId: \"SDC013000001\" → -";
    assert_eq!(other, [spelt]);
    assert_eq!((samples.len(), same), (38, 37));
}

#[test]
fn samples_of_the_sister_protocol_are_read_by_the_same_types() {
    let Some(samples) = samples("rra-ebm-vsdc/kenya-etims-oscu/samples") else { return };
    let kenya = pack("country/ke/etims.toml");
    let (mut same, mut other) = (0, BTreeMap::new());
    for (file, purpose, again, bytes) in &samples {
        assert!(kenya.path("oscu", *purpose).is_some(), "{purpose:?}");
        match again(bytes) {
            Err(fault) => other.insert(file.as_str(), format!("{fault:?}")),
            Ok(written) => {
                let mut found = Vec::new();
                let (was, is) = (serde_json::from_slice(bytes).unwrap(), serde_json::from_str(&written).unwrap());
                differences(&was, &is, "", &mut found);
                match found.len() {
                    0 => {
                        same += 1;
                        None
                    }
                    many => other.insert(file.as_str(), format!("{many} fields")),
                }
            }
        };
    }
    eprintln!("{same} of {} are the same written again; otherwise: {other:#?}", samples.len());
    assert_eq!(samples.len(), 38);
}
