//! Texts are data. Whatever a customer is called, the paper is printed, says it, and stays within its margins.

use documents::{Document, Paper};
use serde_json::Value;

use crate::{PAPERS, invoice_of, papers, print, reader};

/// The document with every text (but what must be a day or a language) replaced.
fn replaced(document: &Document, with: &str) -> Document {
    fn replace(value: &mut Value, with: &str) {
        match value {
            Value::String(text) => *text = with.to_owned(),
            Value::Array(items) => items.iter_mut().for_each(|item| replace(item, with)),
            Value::Object(fields) => fields
                .iter_mut()
                .filter(|(name, _)| !["language", "dated", "kind", "payload"].contains(&name.as_str()))
                .for_each(|(_, field)| replace(field, with)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let mut value = serde_json::to_value(document).expect("JSON");
    replace(&mut value, with);
    serde_json::from_value(value).expect("a document")
}

#[test]
fn markup_is_printed_and_not_obeyed() {
    for name in [
        "#panic()",
        "#import \"look.typ\": *",
        "=HYPERLINK(\"x\")",
        "*bold* _x_ $x^2$ `raw` <label> @ref",
        "<script>alert(1)</script>",
        "\\ {{}} [] // /* */ ~ -- ---",
        "= Heading",
        "{page} of {pages} '\"' ",
    ] {
        let mut document = papers::invoice(1);
        let invoice = invoice_of(&mut document);
        (invoice.buyer.name, invoice.lines[0].description) = (name.into(), name.into());
        // Without spaces, since a reader may see one where a long word may break.
        let text: String = reader::text(&print(&document, Paper::A4)).split(' ').collect();
        let shown: String = name.split_whitespace().collect();
        assert_eq!(text.matches(&shown).count(), 2, "{name:?}:\n{text}");
    }
}

#[test]
fn every_text_may_be_anything() {
    let long = "W".repeat(200);
    let words = "word ".repeat(40);
    let texts = [
        "",
        " ",
        "\n",
        "\u{0}\u{1}\u{7}\r\n\t\u{85}x",
        "\u{202e}gpj.exe\u{202c}",
        "שלום עולם بنك كيغالي",
        "👩‍👩‍👧 😀 漢字 ß",
        "\u{feff}\u{ffff}\u{e000}\u{10ffff}",
        &long,
        &words,
    ];
    for (n, text) in texts.into_iter().enumerate() {
        for document in [papers::invoice(1), papers::receipt(), papers::statement(4), papers::letter()] {
            print(&replaced(&document, text), if n % 2 == 0 { Paper::A5 } else { Paper::Roll80 });
        }
    }
}

#[test]
fn a_text_without_end_goes_on_on_the_next_page() {
    let mut document = papers::plain_invoice(1);
    let invoice = invoice_of(&mut document);
    invoice.lines[0].description = "word ".repeat(2_000);
    invoice.notes = vec!["W".repeat(3_000)];
    let texts = reader::texts(&print(&document, Paper::A5));
    assert!(texts.len() > 2, "{}", texts.len());
    assert_eq!(texts.join(" ").matches("word").count(), 2_000);
}

#[test]
fn names_of_other_scripts_are_printed_in_them() {
    let mut document = papers::plain_invoice(1);
    let invoice = invoice_of(&mut document);
    invoice.buyer.lines = vec!["Žofia Łuczak-Ŋwaø".into(), "Ελένη Дмитрий".into(), "אבי כהן".into(), "Zoë 漢".into()];
    let text = reader::text(&print(&document, Paper::A4));
    for shown in ["Žofia Łuczak-Ŋwaø", "Ελένη Дмитрий", "Zoë □"] {
        assert!(text.contains(shown), "{shown:?} is not in {text}");
    }
    assert!(text.chars().any(|c| ('א'..='ת').contains(&c)), "{text}");
}

/// Nothing dark within 4 mm of the left and right edge, 3 mm on a roll.
#[test]
fn a_word_without_end_stays_within_the_margins() {
    let word = "MWkg".repeat(60);
    let mut document = papers::invoice(2);
    let invoice = invoice_of(&mut document);
    (invoice.buyer.name, invoice.heading, invoice.number) = (word.clone(), word.clone(), word.clone());
    invoice.lines[0].description.clone_from(&word);
    invoice.lines[1].details.clone_from(&word);
    invoice.lines[1].unit.clone_from(&word);
    invoice.notes = vec![word.clone()];
    invoice.references[0].value.clone_from(&word);
    invoice.totals[0].label.clone_from(&word);
    (document.sender.name, document.title, document.footer) = (word.clone(), word.clone(), vec![word.clone()]);
    for paper in PAPERS {
        let margin = if paper == Paper::Roll80 { 24 } else { 32 };
        let pdf = print(&document, paper);
        for (n, page) in reader::rasters(&pdf).iter().enumerate() {
            let edges = (0..margin).chain(page.width - margin..page.width);
            let spilt = edges.filter(|x| (0..page.height).any(|y| page.dark(*x, y))).collect::<Vec<_>>();
            assert_eq!(spilt, [0_usize; 0], "{paper:?}, page {}", n + 1);
        }
        let text: String = reader::text(&pdf).split(' ').collect();
        assert!(text.contains(&word), "{paper:?}: the word is whole when copied\n{text}");
    }
}
