//! Old workbooks (XLS), and what is sent under their name: pages, the XML of Excel 2003, texts with tabs.

use receivables::Currency;

use crate::told;

/// A record of a workbook.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// A text of BIFF8 in one byte a letter, behind a length of two bytes.
fn text(text: &str) -> Vec<u8> {
    [&words(&[u16::try_from(text.len()).unwrap()]), &[0][..], text.as_bytes()].concat()
}

fn shared(row: u16, column: u16, index: u32) -> Vec<u8> {
    record(0x00fd, &[words(&[row, column, 0]), index.to_le_bytes().to_vec()].concat())
}

fn number(row: u16, column: u16, style: u16, value: f64) -> Vec<u8> {
    record(0x0203, &[words(&[row, column, style]), value.to_le_bytes().to_vec()].concat())
}

fn rk(row: u16, column: u16, written: u32) -> Vec<u8> {
    record(0x027e, &[words(&[row, column, 0]), written.to_le_bytes().to_vec()].concat())
}

const BOF: [u16; 4] = [0x0600, 5, 0, 0];

/// A container with one stream, or what a reader should take for one.
pub(crate) fn container(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut padded = stream.to_vec();
    padded.resize(stream.len().max(4096).next_multiple_of(512), 0);
    let sectors = u32::try_from(padded.len() / 512).unwrap();
    assert!(sectors < 126, "one sector of the table is enough");
    let mut header = vec![0u8; 512];
    header[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    for (at, value) in [(26, 3u16), (30, 9), (32, 6)] {
        header[at..at + 2].copy_from_slice(&value.to_le_bytes());
    }
    for (at, value) in [(44, 1u32), (48, 1), (56, 4096), (60, u32::MAX - 1), (68, u32::MAX - 1), (76, 0)] {
        header[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    header[80..].fill(0xff);
    let mut table: Vec<u32> = vec![u32::MAX - 2, u32::MAX - 1];
    table.extend((1..sectors).map(|n| n + 2));
    table.push(u32::MAX - 1);
    table.resize(128, u32::MAX);
    let entry = |name: &str, kind: u8, start: u32, length: usize| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(128, 0);
        entry[66] = kind;
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&u32::try_from(length).unwrap().to_le_bytes());
        entry
    };
    let mut directory = [entry("Root Entry", 5, u32::MAX - 1, 0), entry(name, 2, 2, padded.len())].concat();
    directory.resize(512, 0);
    [header, table.iter().flat_map(|id| id.to_le_bytes()).collect(), directory, padded].concat()
}

/// A statement as old programs write it: shared texts, one of which goes on in a second record, dates by their style,
/// whole numbers, hundredths, a formula.
pub(crate) fn workbook() -> Vec<u8> {
    let continued = text("Versement UWASE INV-7");
    let (first, second) = continued.split_at(12);
    let strings = ["Date", "Libelle", "Debit", "Credit", "Solde", "BANQUE DE TEST"].map(text).concat();
    let table = [6u32.to_le_bytes().to_vec(), 8u32.to_le_bytes().to_vec(), strings, first.to_vec()].concat();
    // What goes on says anew that a letter is one byte; then a text of two bytes a letter.
    let accents: Vec<u8> = "Frais été".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let rest = [&[0][..], second, &words(&[9]), &[1], &accents].concat();
    let formula = [words(&[4, 4, 0]), 1_097.5f64.to_le_bytes().to_vec(), vec![0; 8]].concat();
    let sheet = [
        record(0x0809, &words(&BOF)),
        shared(0, 0, 5),
        shared(2, 0, 0),
        shared(2, 1, 1),
        shared(2, 2, 2),
        shared(2, 3, 3),
        shared(2, 4, 4),
        // 2 August 2026 by a date of the workbook, the next day by one that every workbook has.
        number(3, 0, 1, 46_236.0),
        shared(3, 1, 6),
        rk(3, 3, (1_000 << 2) | 2),
        number(3, 4, 0, 1_100.0),
        number(4, 0, 2, 46_237.0),
        shared(4, 1, 7),
        rk(4, 2, (250 << 2) | 3),
        record(0x0006, &formula),
        record(0x000a, &[]),
    ]
    .concat();
    let globals = |place: usize| {
        let place = u32::try_from(place).unwrap().to_le_bytes().to_vec();
        [
            record(0x0809, &words(&BOF)),
            record(0x0042, &words(&[1200])),
            record(0x041e, &[words(&[164]), text("dd/mm/yyyy")].concat()),
            record(0x00e0, &words(&[0, 0, 0])),
            record(0x00e0, &words(&[0, 164, 0])),
            record(0x00e0, &words(&[0, 14, 0])),
            record(0x0085, &[place, vec![0, 0, 6, 0], b"Releve".to_vec()].concat()),
            record(0x00fc, &table),
            record(0x003c, &rest),
            record(0x000a, &[]),
        ]
        .concat()
    };
    container("Workbook", &[globals(globals(0).len()), sheet].concat())
}

const STATEMENT: &str = "- : USD 100.00 → USD 1,097.50\n\
    4 2026-08-02/- row in USD 1,000.00 booked id - ext - from - - | Versement UWASE INV-7\n\
    5 2026-08-03/- row out USD 2.50 booked id - ext - from - - | Frais été";

fn check(bytes: &[u8], format: &str, expected: &str) {
    let found = told(bytes, Currency::USD);
    assert_eq!(found, expected.replacen("- :", &format!("{format} -:"), 1));
}

#[test]
fn a_statement_in_an_old_workbook_is_read() {
    check(&workbook(), "xls", STATEMENT);
    let layout = formats::table::open_bytes(&workbook(), &[], None).unwrap().layout().clone();
    assert_eq!((layout.kind, layout.sheet.as_deref()), ("xls", Some("Releve")));
}

/// Programs that write the records alone, in the letters of the system.
#[test]
fn records_without_a_container_are_read() {
    let label = |row: u16, column: u16, text: &[u8]| {
        record(0x0204, &[words(&[row, column, 0, u16::try_from(text.len()).unwrap()]), text.to_vec()].concat())
    };
    let bytes = [
        record(0x0809, &words(&[0, 0x10, 0, 0])),
        label(0, 0, b"Date"),
        label(0, 1, b"Libell\xe9"),
        label(0, 2, b"Montant"),
        label(1, 0, b"31/08/2026"),
        label(1, 1, b"Loyer ao\xfbt"),
        number(1, 2, 0, -12.5),
        record(0x000a, &[]),
    ]
    .concat();
    check(&bytes, "xls", "- : - → -\n2 2026-08-31/- row out USD 12.50 booked id - ext - from - - | Loyer août");
}

#[test]
fn locked_and_foreign_files_are_refused() {
    let locked = [record(0x0809, &words(&BOF)), record(0x002f, &words(&[1, 1, 1]))].concat();
    for (bytes, expected) in [
        (container("Workbook", &locked), "refused: file-workbook-password"),
        (container("EncryptedPackage", b"x"), "refused: file-workbook-password"),
        (container("WordDocument", b"x"), "refused: file-not-workbook"),
    ] {
        assert_eq!(told(&bytes, Currency::USD), expected);
    }
}

/// A chain of sectors in a circle, and a sheet that claims more cells than there is memory.
#[test]
fn what_has_no_end_is_bounded() {
    let mut bytes = workbook();
    // The directory's next sector is itself.
    bytes[512 + 4..512 + 8].copy_from_slice(&1u32.to_le_bytes());
    check(&bytes, "xls", STATEMENT);
    let many: Vec<u8> = [record(0x0809, &words(&BOF))]
        .into_iter()
        .chain((0..20_000).map(|row| number(row, 4_000, 0, 1.0)))
        .flatten()
        .collect();
    assert_eq!(told(&many, Currency::USD), "refused: file-workbook-too-large(cells)");
}

/// One long text of a small file, in each of its cells, is no memory of gigabytes.
#[test]
fn a_text_that_many_cells_share_is_counted_each_time() {
    let long = text(&"x".repeat(8_000));
    let cells: Vec<u8> = (0..8_000).flat_map(|row| shared(row, 0, 0)).collect();
    let globals = |place: usize| {
        let place = u32::try_from(place).unwrap().to_le_bytes().to_vec();
        [
            record(0x0809, &words(&BOF)),
            record(0x0085, &[place, vec![0, 0, 1, 0], b"S".to_vec()].concat()),
            record(0x00fc, &[1u32.to_le_bytes().to_vec(), 1u32.to_le_bytes().to_vec(), long.clone()].concat()),
            record(0x000a, &[]),
        ]
        .concat()
    };
    let stream = [globals(globals(0).len()), record(0x0809, &words(&BOF)), cells].concat();
    assert_eq!(told(&stream, Currency::USD), "refused: file-workbook-too-large(cells)");
}

#[test]
fn pages_under_the_name_of_a_workbook_are_read() {
    let page = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta charset=utf-8>\
        <style>td { mso-number-format:\"<td>\" }</style></head><body>\
        <table><tr><td colspan=5>BANQUE&nbsp;DE TEST</td></tr></table>\
        <!-- <table><tr><td>Date</td></tr></table> -->\
        <TABLE BORDER=1><TR><TH>Date</TH><TH>Libell&eacute;</TH><TH>D&#233;bit<TH>Cr&#xe9;dit</TH><TH>Solde</TH></TR>\
        <tr><td>02/08/2026<td>Versement<br/>UWASE &amp; Fils</td><td></td><td>1 000,00</td><td>1 100,00</td>\
        <tr><td>31/08/2026</td><td>Frais &bogus; 5 &lt; 6</td><td>2,50</td><td>&nbsp;</td><td>1 097,50</td></tr>";
    let expected = "- : USD 100.00 → USD 1,097.50\n\
        3 2026-08-02/- row in USD 1,000.00 booked id - ext - from - - | Versement UWASE & Fils\n\
        4 2026-08-31/- row out USD 2.50 booked id - ext - from - - | Frais &bogus; 5 < 6";
    check(page.as_bytes(), "html", expected);
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(page.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    check(&utf16, "html", expected);
}

#[test]
fn the_xml_of_excel_2003_is_read() {
    let xml = "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\
        <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
        <Worksheet ss:Name=\"Cover\"><Table><Row><Cell><Data ss:Type=\"String\">BANK</Data></Cell></Row></Table></Worksheet>\
        <Worksheet ss:Name=\"Moves\"><Table><Row ss:Index=\"3\"><Cell><Data ss:Type=\"String\">Date</Data></Cell>\
        <Cell ss:MergeAcross=\"1\"><Data ss:Type=\"String\">Narration</Data></Cell>\
        <Cell><Data ss:Type=\"String\">Amount</Data></Cell></Row>\
        <Row><Cell><Data ss:Type=\"DateTime\">2026-08-31T00:00:00.000</Data></Cell>\
        <Cell><Data ss:Type=\"String\">Rent &amp; light</Data></Cell>\
        <Cell ss:Index=\"4\"><Data ss:Type=\"Number\">-12.5</Data></Cell></Row><Row/></Table></Worksheet></Workbook>";
    check(
        xml.as_bytes(),
        "xls",
        "- : - → -\n4 2026-08-31/- row out USD 12.50 booked id - ext - from - - | Rent & light",
    );
}

/// Half of the banks send a text with tabs under this name.
#[test]
fn a_text_under_the_name_of_a_workbook_is_a_text() {
    let text = "Date\tNarration\tAmount\tBalance\r\n31/08/2026\tRent\t-12.50\t87.50\r\n";
    check(
        text.as_bytes(),
        "csv",
        "- : USD 100.00 → USD 87.50\n2 2026-08-31/- row out USD 12.50 booked id - ext - from - - | Rent",
    );
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    check(
        &utf16,
        "csv",
        "- : USD 100.00 → USD 87.50\n2 2026-08-31/- row out USD 12.50 booked id - ext - from - - | Rent",
    );
}
