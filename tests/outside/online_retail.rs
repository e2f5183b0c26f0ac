//! `online-retail`: 320,705 invoice lines with prices of three decimals, cancellations and lines without a customer.

use std::collections::BTreeMap;

use ideni::actions::import::{Status, What};
use rust_decimal::{Decimal, RoundingStrategy};

use super::{counts, refused, shipped};
use crate::support::{currency, each_engine_in, reference, rows_of_csv, unpack};

#[test]
fn the_whole_file_to_the_last_penny() {
    let Some(file) = reference("data/online-retail/lines_2010-12_to_2011-08.csv.zst") else { return };
    let bytes = unpack(&file);
    // Worked out here from the rows themselves: each document's exact sum, and rounded once.
    let mut exact: BTreeMap<String, Decimal> = BTreeMap::new();
    for row in rows_of_csv(&bytes) {
        let (quantity, price): (Decimal, Decimal) =
            (row["Quantity"].parse().unwrap(), row["UnitPrice"].parse().unwrap());
        *exact.entry(row["InvoiceNo"].clone()).or_default() += quantity * price;
    }
    let whole: Decimal = exact.values().sum();
    assert_eq!(whole.normalize().to_string(), "5761931.382");
    let adjusted: Decimal = exact.iter().filter(|(number, _)| number.starts_with('A')).map(|(_, sum)| *sum).sum();
    let pence = |sum: &Decimal| {
        let rounded = sum.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        i64::try_from(rounded * Decimal::ONE_HUNDRED).expect("pence")
    };
    let posted: i64 = exact.iter().filter(|(number, _)| !number.starts_with('A')).map(|(_, sum)| pence(sum)).sum();

    each_engine_in(currency("GBP"), |book| {
        let reports = book.import_with(What::Invoices, &bytes, Some(&shipped("online-retail.toml")), None);
        let skipped = refused(&reports);
        assert_eq!(skipped.len(), 3, "{skipped:?}");
        assert!(skipped.iter().all(|(_, message)| message.contains("Adjust bad debt")), "{skipped:?}");
        assert_eq!(counts(&reports), [("created", 16_456), ("refused", 3)].into());
        let ours = book.number("SELECT CAST(SUM(total) AS BIGINT) FROM document WHERE company = $1");
        assert_eq!(ours, posted);
        let difference = Decimal::new(ours, 2) - (whole - adjusted);
        assert_eq!(difference.normalize().to_string(), "-0.002", "rounded once for each document");
        eprintln!(
            "online-retail: before rounding {whole}, adjustments not posted {adjusted}, posted {}, rounding {difference}",
            Decimal::new(ours, 2)
        );
        // 2,617 documents without a customer stand under the walk-in customer; one of them is an adjustment.
        let walk_in = "SELECT COUNT(*) FROM document d JOIN customer c ON c.company = d.company AND c.id = d.payer WHERE d.company = $1 AND c.code = 'walk-in'";
        assert_eq!(book.number(walk_in), 2_614);
        // What comes to nothing is closed at once.
        assert_eq!(book.number("SELECT COUNT(*) FROM document WHERE company = $1 AND total = 0"), 1_408);
        assert_eq!(book.number("SELECT COUNT(*) FROM open_item WHERE company = $1 AND total = 0 AND open <> 0"), 0);
        // Cancellations are credit notes; a line has the sign of its document.
        assert_eq!(book.number("SELECT COUNT(*) FROM document WHERE company = $1 AND kind = 2"), 2_554);
        assert_eq!(book.number("SELECT COUNT(*) FROM document WHERE company = $1 AND kind = 2 AND total > 0"), 0);
        assert_eq!(book.number("SELECT COUNT(*) FROM document_line WHERE company = $1"), 320_702);
        let sign = "SELECT COUNT(*) FROM document d WHERE d.company = $1 AND ABS((SELECT SUM(l.net) FROM document_line l WHERE l.company = d.company AND l.document = d.id) - d.net) > 50";
        assert_eq!(book.number(sign), 0, "the lines of a document come to its net, but for the rounding of each");
        let created: Vec<_> = reports.iter().filter(|r| r.status == Status::Created).collect();
        assert_eq!(created[0].id, "536365");
    });
}
