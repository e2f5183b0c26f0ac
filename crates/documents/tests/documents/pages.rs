//! Long papers break well: heads are repeated, pages are counted, sums are never alone.

use documents::Paper;

use crate::{papers, print, reader};

/// Pages of an invoice of so many lines, its text by page.
fn invoice(lines: usize, paper: Paper) -> Vec<String> {
    reader::texts(&print(&papers::plain_invoice(lines), paper))
}

#[test]
fn two_hundred_lines_break_with_a_head_and_a_number_on_each_page() {
    for paper in [Paper::A4, Paper::A5] {
        let texts = invoice(200, paper);
        let pages = texts.len();
        assert!((4..9).contains(&pages), "{paper:?}: {pages}");
        for (n, text) in texts.iter().enumerate() {
            assert!(text.contains(&format!("Page {} of {pages}", n + 1)), "{paper:?}, page {}: {text}", n + 1);
            assert_eq!(n > 0, text.contains("Ltd · Invoice INV-2026-0042"), "{paper:?}, page {}: {text}", n + 1);
            let lines = text.contains("Cement") || text.contains("steel bar");
            assert_eq!(lines, text.contains("Unit price"), "{paper:?}, page {}: {text}", n + 1);
        }
    }
}

/// Whatever the number of lines, the page of the sums has a line of the invoice too.
#[test]
fn sums_are_never_alone_on_a_page() {
    for lines in 18..34 {
        let texts = invoice(lines, Paper::A4);
        let sums = texts.iter().find(|text| text.contains("To pay, RWF")).expect("sums");
        let last = ["River sand", "Cement CEM", "steel bar", "iron sheet", "Delivery to"];
        assert!(last.iter().any(|goods| sums.contains(goods)), "{lines} lines: {sums}");
    }
}

#[test]
fn a_roll_is_one_page_as_long_as_it_has_to_be() {
    let short = reader::rasters(&print(&papers::plain_invoice(1), Paper::Roll80));
    let long = reader::rasters(&print(&papers::plain_invoice(40), Paper::Roll80));
    assert_eq!((short.len(), long.len()), (1, 1));
    assert!(short[0].width.abs_diff(630) < 2 && long[0].width.abs_diff(630) < 2, "80 mm are {}", long[0].width);
    assert!(long[0].height > short[0].height + 39 * 60, "{} and {}", long[0].height, short[0].height);
}

#[test]
fn an_invoice_without_lines_and_a_statement_without_rows_are_papers_too() {
    for paper in crate::PAPERS {
        print(&papers::plain_invoice(0), paper);
        print(&papers::statement(0), paper);
        print(&papers::statement(1), paper);
    }
}
