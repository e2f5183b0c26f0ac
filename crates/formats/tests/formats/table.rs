//! Tables: how they are written, what their rows say, and how they are refused.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use formats::{Field, FieldKind, Profile, Reader, table};
use rust_decimal::Decimal;

use crate::{own, reference};

const fn field(name: &'static str, kind: FieldKind, synonyms: &'static [&'static str]) -> Field {
    Field { name, kind, required: false, synonyms }
}

static INVOICES: [Field; 11] = [
    Field {
        name: "number",
        kind: FieldKind::Text,
        required: true,
        synonyms: &["ndefacture", "invoicenumber", "invoiceno"],
    },
    field("customer", FieldKind::Text, &["customerid", "client"]),
    field("kind", FieldKind::Text, &[]),
    field("issued_on", FieldKind::Date, &["invoicedate"]),
    field("due_on", FieldKind::Date, &["duedate", "echeance"]),
    field("currency", FieldKind::Text, &["devise"]),
    field("total", FieldKind::Amount, &["amount", "invoiceamount", "montantttc"]),
    field("quantity", FieldKind::Amount, &[]),
    field("unit_price", FieldKind::Amount, &[]),
    field("customer_name", FieldKind::Text, &[]),
    field("description", FieldKind::Text, &[]),
];
const NUMBER: usize = 0;
const CUSTOMER: usize = 1;
const KIND: usize = 2;
const ISSUED: usize = 3;
const DUE: usize = 4;
const TOTAL: usize = 6;
const QUANTITY: usize = 7;
const PRICE: usize = 8;

/// Every row in one line: `line number due total`, errors as their codes.
fn told(reader: Reader) -> Vec<String> {
    reader
        .map(|row| match row {
            Ok(row) => {
                let due = row.date(DUE).map(|d| d.map_or("-".to_owned(), |d| d.to_string()));
                let total = row.decimal(TOTAL).map(|d| d.map_or("-".to_owned(), |d| d.to_string()));
                format!(
                    "{} {} {} {}",
                    row.line,
                    row.text(NUMBER).unwrap_or("-"),
                    due.unwrap_or_else(|e| e.to_string()),
                    total.unwrap_or_else(|e| e.to_string())
                )
            }
            Err(error) => error.to_string(),
        })
        .collect()
}

fn check(bytes: &[u8], profile: &str, layout: &str, rows: &[&str]) {
    let profile = Profile::read(profile).unwrap();
    let reader = table::open_bytes(bytes, &INVOICES, Some(&profile)).unwrap();
    let found = reader.layout().to_string();
    assert!(found.starts_with(layout), "{found}\nshould start with\n{layout}");
    assert_eq!(told(reader), rows);
}

fn refused(bytes: &[u8], profile: &str, expected: &str) {
    let profile = Profile::read(profile).unwrap();
    match table::open_bytes(bytes, &INVOICES, Some(&profile)) {
        Ok(reader) => panic!("read as {}, not refused with {expected}", reader.layout()),
        Err(error) => assert!(error.to_string().contains(expected), "{error}\nshould contain\n{expected}"),
    }
}

#[test]
fn a_french_list_with_titles_above_its_header() {
    let bytes = std::fs::read(own("crates/formats/samples/factures.csv")).unwrap();
    let layout = "file-layout(csv, UTF-8, ;, , 3, ,, yes, dmy, yes, number ← N° de facture, customer ← Client, due_on ← Échéance, total ← Montant TTC";
    let rows = [
        "4 F-001 2026-08-31 1180000",
        "5 F-002 2026-09-05 12500",
        "6 F-003 file-in-field(due_on, file-not-a-date(31 sept. 2026)) 1234.50",
        "7 F-004 2026-09-15 file-in-field(total, file-not-an-amount(abc, ,))",
    ];
    check(&bytes, "", layout, &rows);
    let text = String::from_utf8(bytes).unwrap();
    let latin = encoding_rs_windows_1252(&text);
    check(&latin, "", "file-layout(csv, windows-1252, ;, , 3", &rows);
    let wide: Vec<u8> = [0xfeffu16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    check(&wide, "", "file-layout(csv, UTF-16LE, ;, , 3", &rows);
    let marked = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    check(&marked, "", "file-layout(csv, UTF-8, ;, , 3", &rows);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    check(&packed.finish().unwrap(), "", "file-layout(csv, UTF-8, ;, , 3", &rows);
}

/// The French letters of the sample sit in Latin-1 at their own code points.
fn encoding_rs_windows_1252(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

#[test]
fn the_file_decides_how_its_figures_are_read() {
    // Month first, because one day is above twelve.
    check(
        b"number,due_on,total\n1,4/6/2013,\"1,234\"\n2,4/16/2013,5.5\n3,16/4/2013,6\n",
        "",
        "file-layout(csv, UTF-8, ,, , 1, ., yes, dmy, no",
        &[
            "2 1 2013-06-04 1234",
            "3 2 file-in-field(due_on, file-other-date-order(4/16/2013, dmy)) 5.5",
            "4 3 2013-04-16 6",
        ],
    );
    check(
        b"number\tdue_on\ttotal\n1\t4/6/2013\t1.5\n2\t4/16/2013\t\"1.234,5\"\n3\t2013-04-20\t2.25\n",
        "",
        "file-layout(csv, UTF-8, tab, , 1, ., no, mdy, yes",
        &[
            "2 1 2013-04-06 1.5",
            "3 2 2013-04-16 file-in-field(total, file-other-sign(1.234,5, .))",
            "4 3 2013-04-20 2.25",
        ],
    );
    // A franc has no thousandths; a dollar amount with three decimals is left as written.
    check(b"number|currency|total\n1|RWF|12.500\n", "", "file-layout(csv, UTF-8, |, , 1, ,, yes", &["2 1 - 12500"]);
    check(b"number|currency|total\n1|USD|12.500\n", "", "file-layout(csv, UTF-8, |, , 1, ., no", &["2 1 - 12.500"]);
    check(
        b"number,due_on\n1,4/6/2013\n",
        "dates = \"mdy\"",
        "file-layout(csv, UTF-8, ,, , 1, ., yes, mdy, yes, ",
        &["2 1 2013-04-06 -"],
    );
    check(b"sep=;\r\nnumber;total\r\n1;1,5\r\n", "", "file-layout(csv, UTF-8, ;, , 2, ,, yes", &["3 1 - 1.5"]);
}

#[test]
fn a_bad_row_does_not_stop_the_file() {
    check(
        b"number,total\n1,5\n2,6,7,8\n\n,,\n3,7\n\"4\n4\",8,\n",
        "",
        "file-layout(csv",
        &["2 1 - 5", "file-at-line(3, file-extra-cell(4, 2, 7))", "6 3 - 7", "7 4\n4 - 8"],
    );
}

#[test]
fn files_that_are_refused_say_why() {
    for (bytes, expected) in [
        (b"".as_slice(), "file-empty"),
        (b"\n \r\n", "file-empty"),
        (b"%PDF-1.7 ...", "file-pdf-damaged(/Pages)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-workbook-damaged("),
        (b"abc\0\x01\x02def", "file-binary"),
        (b"a,b\n1,2\n", "file-at-line(1, file-headers-found(file-no-column(number), a, b))"),
        (b"PK\x03\x04junk", "file-workbook-damaged("),
        (b"\x1f\x8b\x08junk", "file-unreadable("),
        (b"number,total\n1,\"2\n3,4\n", "file-at-line(2, file-quote-open)"),
    ] {
        refused(bytes, "", expected);
    }
    refused(&b"x".repeat(3 << 20), "", "file-at-line(1, file-line-too-long)");
    refused(b"number\n1\n", "[columns]\nnumber = \"Nr\"", "file-no-profile-column(number, Nr)");
    refused(b"number\n1\n", "[constants]\nnumbr = \"1\"", "file-profile-field(numbr, number");
    refused(b"number\n1\n", "header_line = 9", "file-at-line(9, file-no-header-line)");
    let missing = table::open(Path::new("/nowhere/x.csv"), &INVOICES, None).err().unwrap();
    assert_eq!(missing.to_string(), "file-not-found(/nowhere/x.csv)");
}

/// A line without an end, as long as asked for, in no memory.
#[test]
fn an_endless_line_is_refused_in_little_memory() {
    let path = std::env::temp_dir().join(format!("ideni-endless-{}.csv", std::process::id()));
    let mut file = std::fs::File::create(&path).unwrap();
    file.write_all(b"number,total\n1,\"").unwrap();
    let chunk = vec![b'7'; 1 << 20];
    for _ in 0..200 {
        file.write_all(&chunk).unwrap();
    }
    drop(file);
    let error = table::open(&path, &INVOICES, None).err();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(error.unwrap().to_string(), "file-at-line(2, file-quote-open)");
    #[cfg(target_os = "linux")]
    {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap().trim().trim_end_matches(" kB");
        assert!(peak.parse::<u64>().unwrap() < 180_000, "peak {peak} kB");
    }
}

fn profile(name: &str) -> Profile {
    Profile::read(&std::fs::read_to_string(own(&format!("country/profiles/{name}.toml"))).unwrap()).unwrap()
}

#[test]
fn ibm_dates_are_month_first() {
    let Some(path) = reference("ibm-late-payments/invoices_2012-01_to_2013-03.csv") else { return };
    let reader = table::open(&path, &INVOICES, None).unwrap();
    let layout = reader.layout();
    assert_eq!((layout.dates, layout.dates_certain), (formats::DateOrder::Mdy, true));
    let mut rows = 0;
    for row in reader {
        let row = row.unwrap();
        let (issued, due) = (row.date(ISSUED).unwrap().unwrap(), row.date(DUE).unwrap().unwrap());
        // Outside fact: every invoice has thirty-day terms.
        assert_eq!(due.days_since(issued), 30, "line {}", row.line);
        assert!(row.decimal(TOTAL).unwrap().is_some());
        rows += 1;
    }
    assert_eq!(rows, 1594);
}

#[test]
fn highradius_rows_and_their_ids() {
    let Some(path) = reference("b2b-invoices-hr/paid_known_at_2019-11-01.csv.gz") else { return };
    let rows: Vec<_> =
        table::open(&path, &INVOICES, Some(&profile("highradius"))).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 28_418);
    let first = &rows[0];
    assert_eq!(
        (first.line, first.text(NUMBER), first.decimal(TOTAL).unwrap()),
        (2, Some("1991818786"), Some(Decimal::new(1_376_055, 2)))
    );
    let unique = table::open(&path, &INVOICES, Some(&profile("highradius-unique"))).unwrap();
    let mut numbers: Vec<String> = unique.map(|r| r.unwrap().text(NUMBER).unwrap().to_owned()).collect();
    assert_eq!(numbers[0], "1991818786/2");
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 28_418);
}

#[test]
fn online_retail_adds_up_to_the_penny() {
    let Some(path) = reference("online-retail/lines_2010-12_to_2011-08.csv.zst") else { return };
    let Ok(unpacked) = Command::new("zstd").args(["-dc"]).arg(&path).output() else {
        eprintln!("skipped: no zstd command");
        return;
    };
    let reader = table::open_bytes(&unpacked.stdout, &INVOICES, Some(&profile("online-retail"))).unwrap();
    let (mut lines, mut credit_notes, mut walk_ins, mut skipped) = (0, 0, 0, Vec::new());
    let mut total = Decimal::ZERO;
    for row in reader {
        lines += 1;
        match row {
            Ok(row) => {
                total += row.decimal(QUANTITY).unwrap().unwrap() * row.decimal(PRICE).unwrap().unwrap();
                credit_notes += usize::from(row.text(KIND) == Some("credit_note"));
                walk_ins += usize::from(row.text(CUSTOMER) == Some("walk-in"));
            }
            Err(error) => {
                assert!(error.left_out() && error.to_string().contains("Adjust bad debt: not an invoice"), "{error}");
                skipped.push(error.line);
            }
        }
    }
    // The facts of the set's README, without the three “A” rows: 11,062.06 − 2 × 11,062.06, none with a customer.
    assert_eq!((lines, credit_notes, walk_ins, skipped.len()), (320_705, 5_847, 88_652 - 3, 3));
    assert_eq!(total, Decimal::new(5_761_931_382, 3) + Decimal::new(1_106_206, 2));
}
