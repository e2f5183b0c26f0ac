//! Every word, amount and day of a paper is in its text, on every size.

use documents::{Document, Fact, Paper, Party};

use crate::{PAPERS, invoice_of, papers, print, reader};

fn check(document: &Document, expected: &[&str]) {
    for paper in PAPERS {
        let text = reader::text(&print(document, paper));
        for words in expected {
            assert!(text.contains(words), "{} on {paper:?} lacks {words:?}:\n{text}", document.title);
        }
    }
}

#[test]
fn an_invoice_shows_what_the_law_asks_for() {
    check(
        &papers::invoice(3),
        &[
            "Inzozi Hardware & Building Ltd",
            "KN 5 Road, Kacyiru",
            "TIN 101234567",
            "Invoice",
            "INV-2026-0042",
            "Billed to",
            "Habimana & Sons Construction Ltd",
            "TIN 109876543",
            "28 November 2026",
            "28 December 2026",
            "Purchase code",
            "X7K2QP",
            "Deformed steel bar 12 mm × 12 m",
            "Batch 4471-B",
            "5,050",
            "105,150",
            "5%",
            "VAT 18%",
            "282,860",
            "To pay, RWF",
            "1,854,300",
            "Class",
            "1,571,440",
            "1 of 2",
            "28 January 2027",
            "927,150",
            "How to pay",
            "Payment code",
            "C0007-3",
            "402155, Inzozi Hardware",
            "*182*8*1*402155#",
            "Scan to pay",
            "Goods stay ours",
            "SDC information",
            "SDC010012345",
            "123/4567 NS",
            "V249-J39C-FJ48-HE2W",
            "IDE00000042",
            "Registered in Rwanda",
        ],
    );
}

#[test]
fn a_credit_note_names_its_invoice_and_says_that_it_is_a_copy() {
    let expected = ["Inyandiko y'inguzanyo", "CN-2026-0007", "Fagitire y'umwimerere", "INV-2026-0042", "KOPI — iyi si"];
    check(&papers::credit_note(), &expected);
}

#[test]
fn a_receipt_shows_what_was_paid_and_what_it_settled() {
    check(
        &papers::receipt(),
        &[
            "RCT-2026-0311",
            "Received from",
            "RWF 2,000,000",
            "Two million Rwandan francs",
            "MTN MoMo",
            "INV-2026-0051",
            "145,700",
            "81,300",
            "Left on account",
        ],
    );
}

#[test]
fn a_statement_shows_activity_open_items_and_ages_of_each_currency() {
    check(
        &papers::statement(16),
        &[
            "Statement of account",
            "1 – 30 November 2026",
            "RWF",
            "USD",
            "Opening balance",
            "RCT-2026-0003",
            "Open items",
            "INV-2026-0042",
            "By age",
            "Over 90",
            "18,750",
            "Balance",
            "1,873,050",
            "C0007-3",
        ],
    );
}

#[test]
fn a_letter_shows_its_words_and_the_open_items() {
    check(
        &papers::letter(),
        &[
            "Kigali, 12 January 2027",
            "Second reminder: RWF 1,108,950 is overdue",
            "Dear Mr Habimana,",
            "INV-2026-0044",
            "Late payment charge",
            "we will find a way together",
            "Yours sincerely",
            "Accounts receivable",
        ],
    );
}

#[test]
fn what_no_line_has_gets_no_column_and_what_is_empty_no_place() {
    let mut document = papers::plain_invoice(2);
    let invoice = invoice_of(&mut document);
    for line in &mut invoice.lines {
        (line.discount, line.tax) = (String::new(), String::new());
    }
    (invoice.payment, invoice.taxes, invoice.due) = (None, vec![], String::new());
    for paper in PAPERS {
        let text = reader::text(&print(&document, paper));
        for label in ["Discount", "Tax", "Due", "Class", "Instalments", "How to pay", "SDC", "Notes"] {
            assert!(!text.contains(label), "{paper:?} has {label:?}:\n{text}");
        }
    }
}

#[test]
fn goods_may_go_elsewhere() {
    let mut document = papers::plain_invoice(1);
    let site =
        Party { name: "Site Rebero".into(), lines: vec!["KK 541 Street".into()], facts: vec![Fact::new("", "Eric")] };
    invoice_of(&mut document).delivered_to = Some(site);
    check(&document, &["Delivered to", "Site Rebero", "KK 541 Street", "Eric"]);
}

#[test]
fn a_document_kept_as_json_prints_the_same() {
    let document = papers::statement(6);
    let kept = serde_json::to_string(&document).expect("JSON");
    let again: Document = serde_json::from_str(&kept).expect("a document");
    assert_eq!(print(&document, Paper::A4), print(&again, Paper::A4));
}
