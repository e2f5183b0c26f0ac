//! `online-retail`: 320,705 invoice lines with prices of three decimals, cancellations and lines without a customer.

use std::collections::{BTreeMap, BTreeSet};

use ideni::actions::approval::Asked;
use ideni::actions::credit_note::{self, How};
use ideni::actions::import::{Status, What};
use receivables::{Refusal, Unusable};
use rust_decimal::{Decimal, RoundingStrategy};
use store::Error;

use super::{counts, refused, shipped};
use crate::support::{Book, currency, each_engine_in, reference, rows_of_csv, scaled, unpack};

const FILE: &str = "data/online-retail/lines_2010-12_to_2011-08.csv.zst";

type Row = BTreeMap<String, String>;

#[test]
fn the_whole_file_to_the_last_penny() {
    let Some(file) = reference(FILE) else { return };
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

/// A line is cancelled that nobody sold before to this customer at this price.
const NO_ORIGINAL: &str = "no such line was sold before";
/// Lines were, but of none is so much left.
const NOT_LEFT: &str = "larger than what is left";

/// Worked out from the file apart from us, of the customers whose number leaves 0, 1, … 19 when it is divided by 20:
/// cancellations; those of which each line has an original; their lines; and of these the ones that have an original, that
/// have none, and that are larger than what is left. In all 2,427, 1,713, 5,565, 4,289, 1,223 and 53.
const CANCELLED: [[usize; 6]; 20] = [
    [95, 66, 227, 173, 52, 2],
    [168, 110, 388, 288, 98, 2],
    [130, 80, 255, 179, 71, 5],
    [101, 73, 228, 151, 68, 9],
    [81, 55, 160, 111, 45, 4],
    [118, 86, 268, 207, 60, 1],
    [106, 76, 269, 225, 42, 2],
    [121, 82, 225, 169, 55, 1],
    [134, 94, 314, 240, 72, 2],
    [165, 122, 369, 302, 65, 2],
    [98, 60, 247, 151, 91, 5],
    [164, 114, 522, 427, 91, 4],
    [100, 71, 273, 196, 75, 2],
    [138, 97, 316, 245, 70, 1],
    [125, 99, 308, 273, 32, 3],
    [109, 77, 272, 228, 43, 1],
    [111, 84, 199, 161, 38, 0],
    [113, 86, 242, 205, 34, 3],
    [135, 95, 289, 200, 87, 2],
    [115, 86, 194, 158, 34, 2],
];

fn is_cancelled(row: &Row) -> bool {
    row["InvoiceNo"].starts_with('C')
}

fn csv_of<'r>(rows: impl Iterator<Item = &'r Row>) -> Vec<u8> {
    let header = ["InvoiceNo", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"];
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).expect("a row is written");
    for row in rows {
        writer.write_record(header.map(|name| row[name].as_str())).expect("a row is written");
    }
    writer.into_inner().expect("a file")
}

/// Credits so many of a line of an invoice; false where so many are not left.
fn take_back(book: &Book, invoice: &str, no: i64, quantity: Decimal) -> bool {
    let given = credit_note::Given {
        invoice: invoice.to_owned(),
        reason: "returned".into(),
        explanation: "cancelled".into(),
        how: How::Lines(vec![(no, Some(quantity))]),
    };
    match book.act(move |tx, actor, today| credit_note::post_or_ask(tx, actor, today, &given, None)) {
        Ok(Asked::Done(_)) => true,
        Err(Error::Refused(Refusal::Invalid { reason: Unusable::NotLeftOfLine { .. }, .. })) => false,
        other => panic!("line {no} of {invoice}: {other:?}"),
    }
}

/// The file does not say which sale a cancellation takes back. It is taken to be the latest line before it of the same
/// customer, stock code and unit price of which so many are left: what comes back comes back soon. (The oldest first has the
/// same counts.) How many are left is for the product to say: each is credited by line, and it refuses.
#[test]
fn cancellations_are_matched_to_their_originals_and_the_rest_is_listed() {
    let Some(file) = reference(FILE) else { return };
    let rows = rows_of_csv(&unpack(&file));
    let nobodys = rows.iter().filter(|row| is_cancelled(row) && row["CustomerID"].is_empty());
    let nobodys: Vec<&str> = nobodys.map(|row| row["InvoiceNo"].as_str()).collect();
    let documents: BTreeSet<&str> = nobodys.iter().copied().collect();
    assert_eq!((documents.len(), nobodys.len()), (127, 282), "without a customer nothing tells whose line it was");

    let parts = scaled(20);
    let is_ours = |row: &Row| row["CustomerID"].parse::<u32>().is_ok_and(|customer| customer % 20 < parts);
    let rows: Vec<&Row> = rows.iter().filter(|row| is_ours(row)).collect();
    let sold = csv_of(rows.iter().copied().filter(|row| !is_cancelled(row)));
    let mut profile = shipped("online-retail.toml");
    // What says its tax class is credited by line.
    profile.constants.insert("tax_class".into(), "D".into());
    let mut expected = [0usize; 6];
    for of_part in CANCELLED.iter().take(usize::try_from(parts).expect("up to 20")) {
        for (sum, count) in expected.iter_mut().zip(of_part) {
            *sum += count;
        }
    }

    each_engine_in(currency("GBP"), |book| {
        let reports = book.import_with(What::Invoices, &sold, Some(&profile), None);
        assert!(refused(&reports).is_empty(), "{:?}", refused(&reports));
        let mut lines: BTreeMap<&str, i64> = BTreeMap::new();
        let mut originals: BTreeMap<[&str; 3], Vec<(&str, i64)>> = BTreeMap::new();
        let mut cancelled: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
        let mut credited: BTreeSet<&str> = BTreeSet::new();
        let mut taken_back = Decimal::ZERO;
        let mut rest: Vec<(&str, &str, &str)> = Vec::new();
        for row in rows.iter().copied() {
            let number = row["InvoiceNo"].as_str();
            let key = ["CustomerID", "StockCode", "UnitPrice"].map(|name| row[name].as_str());
            if !is_cancelled(row) {
                let no = lines.entry(number).or_insert(0);
                *no += 1;
                originals.entry(key).or_default().push((number, *no));
                continue;
            }
            book.on(&row["InvoiceDate"][..10]);
            let quantity = -row["Quantity"].parse::<Decimal>().expect("a quantity");
            let price: Decimal = row["UnitPrice"].parse().expect("a price");
            let before = originals.get(&key).map_or(&[][..], Vec::as_slice);
            let original = before.iter().rev().find(|(invoice, no)| take_back(book, invoice, *no, quantity));
            cancelled.entry(number).or_default().push(original.is_some());
            match original {
                Some(&(invoice, _)) => {
                    credited.insert(invoice);
                    taken_back += quantity * price;
                }
                None => rest.push((number, key[1], if before.is_empty() { NO_ORIGINAL } else { NOT_LEFT })),
            }
        }

        for (number, code, why) in &rest {
            eprintln!("online-retail: {number} {code}: {why}");
        }
        let all: usize = cancelled.values().map(Vec::len).sum();
        let matched = all - rest.len();
        let whole = cancelled.values().filter(|lines| lines.iter().all(|has_original| *has_original)).count();
        let because = |why: &str| rest.iter().filter(|(_, _, of)| *of == why).count();
        let found = [cancelled.len(), whole, all, matched, because(NO_ORIGINAL), because(NOT_LEFT)];
        assert_eq!(found, expected, "of the customers of {parts} parts in 20");

        assert_eq!(
            usize::try_from(book.number("SELECT COUNT(*) FROM document WHERE company = $1 AND kind = 2")),
            Ok(matched)
        );
        let sum = "SELECT CAST(COALESCE(SUM(total), 0) AS BIGINT) FROM document WHERE company = $1 AND kind = 2";
        assert_eq!(Decimal::new(-book.number(sum), 2), taken_back);
        let over = "SELECT COUNT(*) FROM document d WHERE d.company = $1 AND d.kind = 1 AND d.total + (SELECT COALESCE(SUM(n.total), 0) FROM document n WHERE n.company = d.company AND n.credits = d.id AND n.credits IS NOT NULL) < 0";
        assert_eq!(book.number(over), 0, "no invoice is credited above what it is");
        for invoice in credited {
            let (_, left) = book.read(|tx, actor| credit_note::left(tx, actor, invoice));
            let below = left.lines.iter().find(|line| line.quantity < Decimal::ZERO || line.net < 0);
            assert!(below.is_none(), "{invoice}: {below:?}");
        }
    });
}
