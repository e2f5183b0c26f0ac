//! `b2b-invoices-hr`: invoices of a distributor in the United States and Canada, with their repeated rows.

use ideni::actions::import::{Status, What};
use ideni::actions::report::By;
use receivables::Money;

use super::{counts, refused, shipped};
use crate::support::{Book, currency, each_engine_in, reference, unpack};

const OPEN: &str = "data/b2b-invoices-hr/open_at_2019-11-01_outcome_withheld.csv.gz";
const PAID: &str = "data/b2b-invoices-hr/paid_known_at_2019-11-01.csv.gz";
const AS_OF: &str = "2019-11-01";

/// A company in dollars that knows what a Canadian dollar is worth.
fn each_book(story: impl Fn(&Book)) {
    each_engine_in(currency("USD"), |book| {
        book.rate("2018-01-01", "CAD", "0.76");
        story(book);
    });
}

fn totals(book: &Book) -> Vec<String> {
    let total = |(c, aged): &(_, receivables::insight::ageing::Aged)| {
        format!("{:?}", Money::new(aged.total().expect("a total"), *c))
    };
    book.ageing(By::Customer, AS_OF).totals.iter().map(total).collect()
}

#[test]
fn repeated_rows_are_reported_and_not_posted() {
    let Some(open) = reference(OPEN) else { return };
    each_book(|book| {
        let reports = book.import_with(What::Invoices, &unpack(&open), Some(&shipped("highradius.toml")), None);
        assert_eq!(counts(&reports), [("created", 1920), ("duplicate", 45)].into());
        assert_eq!(totals(book), ["CAD 7848172.54", "USD 52516925.66"]);
        // The file again changes nothing.
        let reports = book.import_with(What::Invoices, &unpack(&open), Some(&shipped("highradius.toml")), None);
        assert_eq!(counts(&reports), [("duplicate", 1965)].into());
        assert_eq!(totals(book), ["CAD 7848172.54", "USD 52516925.66"]);
    });
}

#[test]
fn with_a_number_for_each_row_the_buckets_are_the_published_ones() {
    let Some(open) = reference(OPEN) else { return };
    let Some(published) = reference("data/b2b-invoices-hr/reference_ageing.json") else { return };
    let published: serde_json::Value = serde_json::from_slice(&unpack(&published)).expect("the published ageing");
    each_book(|book| {
        let reports = book.import_with(What::Invoices, &unpack(&open), Some(&shipped("highradius-unique.toml")), None);
        assert_eq!(counts(&reports), [("created", 1965)].into());
        let ageing = book.ageing(By::Invoice, AS_OF);
        let mut told = serde_json::json!({});
        for (code, total) in &ageing.totals {
            for (bucket, name) in ["not_due", "1-30", "31-60", "61-90", "91+"].into_iter().enumerate() {
                let amount = total.open[bucket];
                let count = ageing.rows.iter().filter(|r| r.currency == *code && r.aged.open[bucket] != 0).count();
                if count > 0 {
                    told[code.to_string()][name] =
                        serde_json::json!({ "count": count, "amount": Money::new(amount, *code).major_text() });
                }
            }
        }
        assert_eq!(told, published["aging"]);
        let by_customer = book.ageing(By::Customer, AS_OF);
        for ((c, a), (d, b)) in ageing.totals.iter().zip(&by_customer.totals) {
            assert_eq!((c, &a.open), (d, &b.open), "by customer and by invoice are two cuts of one sum");
        }
    });
}

#[test]
fn blank_ids_are_refused_with_their_reason() {
    let Some(paid) = reference(PAID) else { return };
    each_book(|book| {
        let bytes = unpack(&paid);
        let reports = book.import_with(What::Invoices, &bytes, Some(&shipped("highradius.toml")), None);
        assert_eq!(counts(&reports), [("created", 28_418 - 618 - 6), ("duplicate", 618), ("refused", 6)].into());
        let lines: Vec<&str> = std::str::from_utf8(&bytes).expect("text").lines().collect();
        for (line, message) in refused(&reports) {
            let row = lines[usize::try_from(line).expect("a line") - 1];
            assert_eq!(row.split(',').nth(3), Some(""), "line {line} of the file: {row}");
            assert!(message.starts_with("number:") && message.contains("profile"), "{message}");
        }
        let numbers: std::collections::BTreeSet<&str> =
            reports.iter().filter(|r| r.status == Status::Created).map(|r| r.id.as_str()).collect();
        assert_eq!(numbers.len(), 27_794);
    });
}
