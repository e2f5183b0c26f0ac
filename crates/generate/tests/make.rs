//! What `generate make` writes: the same for the same seed, and a truth that adds up.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use generate::story::{self, Wanted};
use generate::truth::{self, Accepts, Kind, Knowable};
use generate::{difficulty, files};

fn make(folder: &Path, seed: u64, difficulty: &str, receipts: usize) {
    let difficulty = difficulty::named(difficulty).expect("a difficulty");
    let wanted = Wanted { seed, difficulty, customers: 40, receipts };
    files::write(folder, wanted, &story::live(wanted)).expect("written");
}

/// Every file under a folder, by its path.
fn all(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).expect("a folder") {
            let path = entry.expect("a file").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("inside").display().to_string();
                found.insert(name, fs::read(&path).expect("bytes"));
            }
        }
    }
    found
}

#[test]
fn the_same_seed_writes_the_same_files() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["one", "same"] {
        make(&folder.path().join(name), 7, "hard", 400);
    }
    make(&folder.path().join("other"), 8, "hard", 400);
    let [one, same, other] = ["one", "same", "other"].map(|name| all(&folder.path().join(name)));
    assert!(one.len() > 100, "{}", one.len());
    assert!(one == same);
    assert!(one != other);
}

#[test]
fn every_row_of_the_truth_adds_up() {
    for difficulty in ["easy", "fair", "hard"] {
        let folder = tempfile::tempdir().expect("a folder");
        make(folder.path(), 3, difficulty, 1_000);
        let rows = truth::read(&folder.path().join("truth.csv")).expect("the truth");
        assert_eq!(rows.len(), 1_000);
        // Number: customer and what is open, as the invoices of the weeks come in.
        let mut open: BTreeMap<String, (String, i64)> = BTreeMap::new();
        let mut references = BTreeMap::new();
        let mut last_paid: BTreeMap<String, usize> = BTreeMap::new();
        let mut week = 0;
        for row in &rows {
            while week < row.week {
                week += 1;
                let invoices = folder.path().join(format!("w{week:02}/invoices.csv"));
                for record in csv::Reader::from_path(invoices).expect("invoices").records() {
                    let record = record.expect("a row");
                    let at = |n: usize| record[n].parse::<i64>().expect("an amount");
                    assert_eq!(at(6) + at(7), at(8), "{record:?}");
                    open.insert(record[0].to_owned(), (record[1].to_owned(), at(8)));
                }
            }
            assert!(references.insert(row.reference.clone(), ()).is_none(), "twice: {row:?}");
            let paid: i64 = row.allocations.iter().map(|(_, amount)| amount).sum();
            let nobodys = row.kind == Kind::NotACustomer;
            assert_eq!(row.allocations.is_empty(), nobodys, "{row:?}");
            assert_eq!(row.customer.is_empty(), nobodys, "{row:?}");
            assert!(
                if row.kind == Kind::Overpaid { paid < row.amount } else { paid == row.amount || nobodys },
                "{row:?}"
            );
            for (number, amount) in &row.allocations {
                let (customer, left) = open.get_mut(number).expect("an invoice that was issued by then");
                assert_eq!(*customer, row.customer, "{row:?}");
                assert!(*amount > 0 && amount <= left, "{left} is open: {row:?}");
                *left -= amount;
                // What was paid in part is paid on when the clerk has worked, not before.
                let before = last_paid.insert(number.clone(), row.week);
                assert!(before.is_none_or(|week| week < row.week), "twice in a week: {row:?}");
            }
            if nobodys || row.kind == Kind::Ambiguous {
                assert_eq!((row.knowable, row.accepts), (Knowable::Nothing, Accepts::These), "{row:?}");
            }
        }
    }
}

/// The files show what the truth says of them, and the balances chain.
#[test]
fn each_payment_stands_in_a_file_of_its_week_once() {
    let folder = tempfile::tempdir().expect("a folder");
    make(folder.path(), 5, "hard", 600);
    for row in truth::read(&folder.path().join("truth.csv")).expect("the truth") {
        let files = all(&folder.path().join(format!("w{:02}", row.week)));
        let times: usize =
            files.values().map(|bytes| String::from_utf8_lossy(bytes).matches(&row.reference).count()).sum();
        assert_eq!(times, 1, "{row:?}");
    }
}

#[test]
fn difficulties_differ() {
    let mut shares = Vec::new();
    for difficulty in ["easy", "fair", "hard"] {
        let folder = tempfile::tempdir().expect("a folder");
        make(folder.path(), 1, difficulty, 1_000);
        let rows = truth::read(&folder.path().join("truth.csv")).expect("the truth");
        shares.push(rows.iter().filter(|row| row.kind == Kind::Reference).count());
    }
    assert!(shares[0] > 2 * shares[1] && shares[1] > shares[2] * 3 / 2, "{shares:?}");
}
