//! Workbooks and CSV: what is written is what is read, and nothing runs as a formula.

use formats::workbook::{Cell, write_csv, write_xlsx};
use formats::{Field, FieldKind, Profile, table};

static FIELDS: [Field; 3] = [
    Field { name: "customer", kind: FieldKind::Text, required: true, synonyms: &[] },
    Field { name: "due_on", kind: FieldKind::Date, required: false, synonyms: &["due"] },
    Field { name: "total", kind: FieldKind::Amount, required: true, synonyms: &["amount"] },
];

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn number(text: &str) -> Cell {
    Cell::Number(text.to_owned())
}

fn rows() -> Vec<Vec<Cell>> {
    let day = |text: &str| Cell::Date(text.parse().unwrap());
    vec![
        vec![text("Uwase & Fils"), day("2026-08-31"), number("1180000")],
        vec![text("=HYPERLINK(\"x\")"), Cell::Blank, number("-55.94")],
        vec![text("Keza"), text("31/08/2026"), text("1.234,56")],
        vec![text("-12"), day("2026-02-28"), number("0.1")],
        vec![text("@Ange"), day("2026-02-28"), number("123456789012345678")],
    ]
}

/// The rows as a reader sees them.
fn read(reader: table::Reader) -> Vec<String> {
    reader
        .map(|row| {
            let row = row.unwrap();
            let due = row.date(1).map_or_else(|e| e.to_string(), |d| d.map_or("-".to_owned(), |d| d.to_string()));
            let total = row.decimal(2).map_or_else(|e| e.to_string(), |d| d.map_or("-".to_owned(), |d| d.to_string()));
            format!("{} {} {due} {total}", row.line, row.text(0).unwrap_or("-"))
        })
        .collect()
}

#[test]
fn a_workbook_is_read_as_it_was_written() {
    let path = std::env::temp_dir().join(format!("ideni-workbook-{}.xlsx", std::process::id()));
    write_xlsx(&path, "Ageing: 31/08", &["Customer", "Due", "Amount"], rows()).unwrap();
    let reader = table::open(&path, &FIELDS, None).unwrap();
    assert_eq!(
        reader.layout().to_string(),
        "file-layout(xlsx, UTF-8, ,, Ageing  31 08, 1, ,, yes, dmy, yes, customer ← Customer, due_on ← Due, total ← Amount, no, , no)"
    );
    let expected = [
        "2 Uwase & Fils 2026-08-31 1180000",
        "3 =HYPERLINK(\"x\") - -55.94",
        "4 Keza 2026-08-31 1234.56",
        "5 -12 2026-02-28 0.1",
        "6 @Ange 2026-02-28 123456789012345678",
    ];
    assert_eq!(read(reader), expected);
    let bytes = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let wrong = Profile::read("sheet = \"Other\"").unwrap();
    let error = table::open_bytes(&bytes, &FIELDS, Some(&wrong)).err().unwrap();
    assert_eq!(error.to_string(), "file-no-sheet(Other, Ageing  31 08)");
    let cut = table::open_bytes(&bytes[..bytes.len() / 2], &FIELDS, None).err().unwrap();
    assert!(cut.to_string().starts_with("file-workbook-damaged("), "{cut}");
}

#[test]
fn csv_runs_no_formula() {
    let mut out = Vec::new();
    write_csv(&mut out, &["customer", "due_on", "total"], rows()).unwrap();
    let expected = "customer,due_on,total\n\
                    Uwase & Fils,2026-08-31,1180000\n\
                    \"'=HYPERLINK(\"\"x\"\")\",,-55.94\n\
                    Keza,31/08/2026,\"1.234,56\"\n\
                    -12,2026-02-28,0.1\n\
                    '@Ange,2026-02-28,123456789012345678\n";
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

/// A few kilobytes that unpack to far more than a workbook has.
#[test]
fn a_workbook_bomb_is_refused() {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let chunk = vec![b'x'; 1 << 20];
    for _ in 0..300 {
        zip.write_all(&chunk).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    let error = table::open_bytes(&bytes, &FIELDS, None).err().unwrap();
    assert_eq!(error.to_string(), "file-workbook-too-large(xl/sharedstrings.xml)");
}
