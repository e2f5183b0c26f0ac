//! Arbitrary bytes and mutated samples: every reader ends with an answer or a sentence, never with a panic.
//!
//! `IDENI_CASES=10` runs ten times as many cases.

use std::io::Write;

use formats::{DateOrder, Field, FieldKind, Profile, einvoice, parse_amount, parse_date, remittance, statement, table};
use proptest::prelude::*;
use receivables::Currency;

use crate::own;

static FIELDS: [Field; 3] = [
    Field { name: "number", kind: FieldKind::Text, required: false, synonyms: &["ndefacture"] },
    Field { name: "due_on", kind: FieldKind::Date, required: false, synonyms: &["echeance"] },
    Field { name: "total", kind: FieldKind::Amount, required: false, synonyms: &["montantttc"] },
];

const MOMO: &str = include_str!("../../samples/messages.xml");
const CAMT: &str = include_str!("../../samples/camt.xml");
const AIRTEL: &str = "RECEIVED. TID CI260726.1522.A37452. RWF 25,000 from 733000111, UWASE Marie. Bal RWF 125,000\n";
const WALLET: &str = "You have received 5000 RWF from UWASE Aline (250788000136) at 2026-03-01 10:00:00. \
    Message from sender: INV-7. Balance:6000 RWF. FT Id: 2861344812\n";
const ALERT: &str = "Dear KEZA, your account ********4321 has been credited RWF1,180,000. Ref: FT26181ABC12 on 30-06-2026 \
    10:11:12. Txn Description: INV 7. Txn Charge: RWF0. Notification Charge: RWF20. Available Balance: RWF5,000,000.\n";
const MT940: &str = include_str!("../../samples/mt940.sta");
const UBL: &str = include_str!("../../samples/einvoice_ubl.xml");
const CII: &str = include_str!("../../samples/einvoice_cii.xml");
const BANK: &str = include_str!("../../samples/bank.csv");
const OFX: &str = include_str!("../../samples/bank.ofx");
const OFX_XML: &str = include_str!("../../samples/card.ofx");
const QIF: &str = include_str!("../../samples/bank.qif");
const BAI2: &str = include_str!("../../samples/bank.bai2");
const CODA: &str = include_str!("../../samples/bank.cod");

const PAGE: &str =
    "<html><table><tr><th>Date<th>Montant</tr><tr><td colspan=1>31/08/2026</td><td>1&nbsp;000,00</td></tr></table>";

fn cases(count: u32) -> ProptestConfig {
    let times: u32 = std::env::var("IDENI_CASES").ok().and_then(|t| t.parse().ok()).unwrap_or(1);
    ProptestConfig { cases: count.saturating_mul(times), failure_persistence: None, ..ProptestConfig::default() }
}

/// A statement, of accounts with and without cents.
fn read_statements(bytes: &[u8]) {
    if let Ok(look) = statement::look(bytes, Currency::USD, None) {
        let text = look.profile.text().unwrap();
        assert_eq!(Profile::read(&text).unwrap(), look.profile, "{text}");
    }
    for currency in [Currency::RWF, Currency::USD] {
        if let Ok(file) = statement::read(bytes, currency, None) {
            for found in &file.statements {
                // What is booked is complete: nothing half-read may be posted.
                for line in found.lines.iter().filter(|l| l.status == statement::LineStatus::Booked) {
                    assert!(line.movement().is_some() && line.on.is_some(), "{line:?}");
                    assert!(line.amount.is_some_and(|a| !a.is_negative()), "{line:?}");
                }
                let _ = found.difference();
            }
        }
    }
}

/// An advice of payment: what it says comes to something or not, and never to a panic.
fn read_advice(bytes: &[u8]) {
    for currency in [Currency::RWF, Currency::USD] {
        if let Ok(advice) = remittance::read(bytes, currency, None) {
            let _ = (advice.sum(), advice.difference());
        }
    }
}

/// Every door a file can come in by.
fn read_all(bytes: &[u8]) {
    read_statements(bytes);
    read_advice(bytes);
    if let Ok(invoice) = einvoice::read(bytes) {
        let _ = (einvoice::rules::broken(&invoice), einvoice::totals::recomputed(&invoice));
    }
    if let Ok(mut reader) = table::open_bytes(bytes, &FIELDS, None) {
        let _ = reader.layout().to_string();
        while let Some(row) = reader.next_row() {
            let Ok(row) = row else { continue };
            let _ = (row.text(0), row.date(1), row.decimal(2), row.whole(2), row.raw().count(), row.text(99));
        }
    }
}

fn workbook() -> Vec<u8> {
    let path = std::env::temp_dir().join(format!(
        "ideni-hostile-{}-{:?}.xlsx",
        std::process::id(),
        std::thread::current().id()
    ));
    let row =
        |n: u32| vec![formats::workbook::Cell::Number(n.to_string()), formats::workbook::Cell::Text(format!("t{n}"))];
    formats::workbook::write_xlsx(&path, "S", &["number", "total"], (0..20).map(row)).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    bytes
}

/// Bytes with a few places overwritten, cut or doubled.
fn mutated(sample: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0u8..4);
    prop::collection::vec(change, 1..12).prop_map(move |changes| {
        let mut bytes = sample.clone();
        for (at, byte, what) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match what {
                0 => bytes[at] = byte,
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, byte),
                _ if byte < 20 => bytes.truncate(at),
                _ => bytes.extend_from_within(at..(at + usize::from(byte)).min(bytes.len())),
            }
        }
        bytes
    })
}

#[test]
fn the_samples_are_read_whole() {
    for (sample, lines) in
        [(MOMO, 6), (CAMT, 4), (BANK, 4), (OFX, 3), (OFX_XML, 4), (QIF, 3), (BAI2, 3), (CODA, 5), (MT940, 5)]
    {
        let file = statement::read(sample.as_bytes(), Currency::RWF, None).unwrap();
        assert_eq!(file.statements[0].lines.len(), lines, "{sample}");
        assert!(file.statements[0].difference().is_none_or(|d| d.is_zero()), "{sample}");
        assert_eq!(file.statements[0].faults, [], "{sample}");
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), start in 0usize..15) {
        let starts: [&[u8]; 15] = [br#"<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><ID>"#, br#"<CrossIndustryInvoice xmlns="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100">"#, b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"<smses><sms ", b"<BkToCstmrStmt><Ntry>", b"\xff\xfe", b"date,amount\n", b"number;total\n", b"<OFX><STMTTRN><TRNAMT>", b"!Type:Bank\n", b"01,A/\n02,B/\n03,C/\n16,", b"0000001092673505\n2100010000", b"OFXHEADER:100"];
        read_all(&[starts[start], bytes.as_slice()].concat());
    }

    #[test]
    fn mutated_samples_never_panic(
        bytes in prop_oneof![mutated(MOMO.into()), mutated(CAMT.into()), mutated(UBL.into()), mutated(CII.into()), mutated(BANK.into()), mutated(std::fs::read(own("crates/formats/samples/factures.csv")).unwrap())],
        pack in any::<bool>(),
    ) {
        read_all(&bytes);
        if pack {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(&bytes).unwrap();
            read_all(&packed.finish().unwrap());
        }
    }

    #[test]
    fn arbitrary_texts_never_panic(text in "\\PC{0,40}", profile in "[a-z=\\[\\]{}\" \n.]{0,60}") {
        for sign in ['.', ','] {
            let _ = parse_amount(&text, sign);
        }
        for order in [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy] {
            let _ = parse_date(&text, order);
        }
        let _ = Profile::read(&profile);
    }

    #[test]
    fn an_amount_survives_its_spelling(minor in -9_999_999_999i64..9_999_999_999) {
        let decimal = rust_decimal::Decimal::new(minor, 2);
        let english = receivables::money::grouped(&decimal.to_string());
        let french = english.replace(',', "\u{202f}").replace('.', ",");
        let german = english.replace('.', "#").replace(',', ".").replace('#', ",");
        prop_assert_eq!(parse_amount(&english, '.'), Some(decimal));
        prop_assert_eq!(parse_amount(&format!("RWF {english}"), '.'), Some(decimal));
        prop_assert_eq!(parse_amount(&french, ','), Some(decimal));
        prop_assert_eq!(parse_amount(&german, ','), Some(decimal));
    }
}

/// Reads a file, then the same in another dress: ends of lines, zeros behind the end.
fn read_in_dresses(bytes: &[u8]) {
    read_statements(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        read_statements(text.replace('\n', "\r").as_bytes());
        read_statements(format!("{}\0\0", text.trim_end()).as_bytes());
    }
}

/// One property per format, so that each can be run as often as one likes:
/// `IDENI_CASES=3334 cargo test -p formats mutated_coda` reads a million files.
macro_rules! mutated_files {
    ($($name:ident: $($sample:expr),+;)+) => {
        proptest! {
            #![proptest_config(cases(300))]
            $(#[test]
            fn $name(bytes in prop_oneof![$(mutated($sample.into())),+]) {
                read_in_dresses(&bytes);
            })+
        }
    };
}

mutated_files! {
    mutated_camt_never_panics: CAMT;
    mutated_mt940_never_panics: MT940;
    mutated_backups_never_panic: MOMO;
    mutated_pasted_messages_never_panic: AIRTEL, WALLET, ALERT;
    mutated_tables_never_panic: BANK;
    mutated_ofx_never_panics: OFX, OFX_XML;
    mutated_qif_never_panics: QIF;
    mutated_bai2_never_panics: BAI2;
    mutated_coda_never_panics: CODA;
    mutated_old_workbooks_never_panic: crate::old_workbook::workbook();
    mutated_pages_never_panic: PAGE;
    mutated_pdfs_never_panic: crate::printed::sample(), crate::printed::plain();
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn mutated_advices_never_panic(bytes in prop_oneof![mutated(crate::remittance::TABLE.into()), mutated(crate::remittance::MAIL.into())]) {
        read_advice(&bytes);
    }
}

/// However long a file of one mark, it is read: one for which a reader took the square of its length would not end.
#[test]
fn long_files_of_one_mark_are_read() {
    let starts = [
        "<OFX><STMTTRN><MEMO>",
        "<OFX><",
        "<OFX><!--",
        "!Type:Bank\nT",
        "01,A/\n02,B/\n03,C/\n16,",
        "01,A/\n02,B/\n03,C,USD,D,999999999999,",
        "0000001092673505\n2100010000",
        ":20:X\n:61:260805C10,NTRF\n:86:",
        "RECEIVED. TID CI260726.1522.A37452. RWF ",
    ];
    let marks = [
        "<",
        "<a",
        "<STMTTRN>",
        "&",
        "&#",
        "<![CDATA[",
        "<!--",
        "]]>",
        "^",
        "\n^",
        "T1\n",
        "M1\n",
        "\n88,",
        ",",
        "/",
        "\n16,",
        "\n2",
        "\n1",
        "\n:61:",
        "?20",
        "/NAME/",
        "RECEIVED. TID ",
        " ",
        "\0",
    ];
    for (start, mark) in starts.iter().flat_map(|start| marks.iter().map(move |mark| (start, mark))) {
        read_statements(format!("{start}{}", mark.repeat(60_000 / mark.len())).as_bytes());
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn mutated_workbooks_never_panic(bytes in mutated(workbook())) {
        read_all(&bytes);
    }
}
