//! QR codes can be read from a bad printer: 200 dots an inch, black or white.

use documents::{Paper, PrintError};

use crate::papers::{FISCAL_QR, PAYMENT_QR};
use crate::{PAPERS, PRESS, invoice_of, papers, print, reader};

#[test]
fn every_code_of_every_paper_is_read_at_200_dots_of_one_bit() {
    for paper in PAPERS {
        let mut read: Vec<String> =
            reader::rasters(&print(&papers::invoice(3), paper)).iter().flat_map(reader::Raster::codes).collect();
        read.sort();
        assert_eq!(read, [FISCAL_QR, PAYMENT_QR], "{paper:?}");
    }
}

#[test]
fn a_long_code_is_read_too() {
    let mut document = papers::plain_invoice(1);
    let payload = "https://pay.example/rw/".repeat(8);
    invoice_of(&mut document).payment.as_mut().and_then(|payment| payment.qr.as_mut()).expect("a code").payload =
        payload.clone();
    for paper in PAPERS {
        assert_eq!(reader::rasters(&print(&document, paper))[0].codes(), [payload.as_str()], "{paper:?}");
    }
}

#[test]
fn more_than_a_code_holds_is_refused() {
    let mut document = papers::invoice(1);
    invoice_of(&mut document).fiscal.as_mut().and_then(|fiscal| fiscal.qr.as_mut()).expect("a code").payload =
        "ü".repeat(1_200);
    assert_eq!(PRESS.print(&document, Paper::A4), Err(PrintError::QrTooLong { bytes: 2_400 }));
}
