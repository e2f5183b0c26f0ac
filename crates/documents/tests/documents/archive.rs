//! What an archive wants of a PDF: PDF/A-3b, what the file says of itself, files within it, the same bytes again, few of them.

use documents::{Attachment, Paper, PrintError, Relationship};
use lopdf::{Dictionary, Object};

use crate::{PAPERS, PRESS, papers, print};

const E_INVOICE: &[u8] = b"<?xml version=\"1.0\"?><Invoice/>";

fn e_invoice() -> Attachment {
    Attachment {
        name: "factur-x.xml".into(),
        mime: "text/xml".into(),
        description: "The invoice by EN 16931".into(),
        bytes: E_INVOICE.to_vec(),
        relationship: Relationship::Alternative,
        level: Some("EN 16931"),
    }
}

fn opened(pdf: &[u8]) -> lopdf::Document {
    lopdf::Document::load_mem(pdf).expect("a PDF")
}

fn metadata(pdf: &[u8]) -> String {
    let pdf = opened(pdf);
    let place = pdf.catalog().and_then(|catalog| catalog.get(b"Metadata")).and_then(Object::as_reference);
    let stream = pdf.get_object(place.expect("metadata")).and_then(Object::as_stream).expect("a stream");
    String::from_utf8_lossy(&stream.content).into_owned()
}

#[test]
fn the_file_says_what_it_is() {
    for paper in PAPERS {
        let pdf = print(&papers::credit_note(), paper);
        let said = metadata(&pdf);
        for expected in [
            "<pdfaid:part>3</pdfaid:part>",
            "<pdfaid:conformance>B</pdfaid:conformance>",
            "Inyandiko y&apos;inguzanyo CN-2026-0007</rdf:li>",
            "Inzozi Hardware &amp; Building Ltd</rdf:li>",
            "<rdf:li>rw</rdf:li>",
            "<xmp:CreateDate>2026-11-28T00:00:00+00:00",
            "<xmp:CreatorTool>Ideni",
        ] {
            assert!(said.contains(expected), "{expected} is not in {said}");
        }
        let language = opened(&pdf).catalog().and_then(|catalog| catalog.get(b"Lang")).cloned().expect("a language");
        assert_eq!(language.as_str().expect("text"), b"rw");
    }
}

#[test]
fn an_e_invoice_travels_within_the_invoice() {
    let pdf = PRESS.print_with(&papers::invoice(2), Paper::A4, &[e_invoice()]).expect("a paper");
    let pdf = opened(&pdf);
    let listed =
        pdf.catalog().and_then(|catalog| catalog.get(b"AF")).and_then(|list| pdf.dereference(list)).expect("AF").1;
    let file = |object: &Object| -> Dictionary {
        pdf.dereference(object).expect("an object").1.as_dict().cloned().expect("a dictionary")
    };
    let [one] = listed.as_array().expect("a list").as_slice() else { panic!("{listed:?}") };
    let one = file(one);
    assert_eq!(one.get(b"AFRelationship").and_then(Object::as_name).expect("a name"), b"Alternative");
    assert_eq!(one.get(b"F").and_then(Object::as_str).expect("a text"), b"factur-x.xml");
    let embedded = one.get(b"EF").and_then(Object::as_dict).and_then(|ef| ef.get(b"F")).expect("a file");
    let stream = pdf.dereference(embedded).expect("an object").1.as_stream().expect("a stream");
    assert_eq!(stream.dict.get(b"Subtype").and_then(Object::as_name).expect("a name"), b"text/xml");
    let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    assert_eq!(bytes, E_INVOICE);
    assert_eq!(pdf.get_pages().len(), 1, "a file takes no page");
}

#[test]
fn the_file_says_that_an_e_invoice_is_in_it() {
    for lines in [1, 40] {
        let pdf = PRESS.print_with(&papers::invoice(lines), Paper::A4, &[e_invoice()]).expect("a paper");
        let said = metadata(&pdf);
        for expected in [
            "<fx:DocumentType>INVOICE</fx:DocumentType>",
            "<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>",
            "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>",
            "<pdfaSchema:prefix>fx</pdfaSchema:prefix>",
            "<pdfaid:part>3</pdfaid:part>",
        ] {
            assert!(said.contains(expected), "{expected} is not in {said}");
        }
        assert!(said.ends_with("<?xpacket end=\"r\"?>"), "the whole of it: {said}");
        // Every reference of the file still leads to the object it names.
        let read = opened(&pdf);
        let place = |entry: &lopdf::xref::XrefEntry| match entry {
            lopdf::xref::XrefEntry::Normal { offset, .. } => Some(*offset as usize),
            _ => None,
        };
        let mut seen = 0;
        for (number, offset) in read.reference_table.entries.iter().filter_map(|(n, entry)| Some((*n, place(entry)?))) {
            assert!(pdf[offset..].starts_with(format!("{number} 0 obj").as_bytes()), "object {number} at {offset}");
            seen += 1;
        }
        assert!(seen > 20, "{seen} objects");
        assert_eq!(pdf, PRESS.print_with(&papers::invoice(lines), Paper::A4, &[e_invoice()]).expect("the same"));
    }
    let without = Attachment { level: None, ..e_invoice() };
    let pdf = PRESS.print_with(&papers::invoice(1), Paper::A4, &[without]).expect("a paper");
    assert!(!metadata(&pdf).contains("fx:"), "any file but an e-invoice says nothing");
}

#[test]
fn an_attachment_that_pdf_a_does_not_allow_is_refused() {
    let with = |change: fn(&mut Attachment)| {
        let mut other = e_invoice();
        change(&mut other);
        PRESS.print_with(&papers::plain_invoice(1), Paper::A4, &[e_invoice(), other]).expect_err("refused").to_string()
    };
    for (change, cause) in [
        ((|_| ()) as fn(&mut Attachment), "two of this name"),
        (|file| file.name = "../up.xml".into(), "without slashes"),
        (|file| (file.name, file.mime) = ("b.xml".into(), "xml".into()), "a media type"),
        (|file| (file.name, file.description) = ("b.xml".into(), " ".into()), "a description"),
    ] {
        let said = with(change);
        assert!(said.contains(cause), "{said:?} does not say {cause:?}");
    }
}

#[test]
fn the_same_document_is_the_same_bytes_on_every_thread() {
    let document = papers::invoice(5);
    let printed: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| print(&document, Paper::A4))).collect();
        threads.into_iter().map(|thread| thread.join().expect("printed")).collect()
    });
    let fresh = documents::Press::new().print(&document, Paper::A4).expect("a paper");
    assert!(printed.iter().all(|pdf| *pdf == fresh));
}

#[test]
fn an_invoice_of_ten_lines_is_no_more_than_60_kb() {
    for paper in PAPERS {
        for document in [papers::plain_invoice(10), papers::invoice(10)] {
            let bytes = print(&document, paper).len();
            assert!(bytes <= 60_000, "{bytes} bytes on {paper:?}");
        }
    }
}

#[test]
fn a_day_or_language_that_is_none_is_refused() {
    for dated in ["2026-02-30", "28.11.2026", "2026-1-1", "", "2026-11-28T00:00"] {
        let document = documents::Document { dated: dated.into(), ..papers::receipt() };
        assert_eq!(PRESS.print(&document, Paper::A5), Err(PrintError::Dated { dated: dated.into() }));
    }
    for language in ["", "e", "english", "EN", "r#"] {
        let document = documents::Document { language: language.into(), ..papers::receipt() };
        assert_eq!(PRESS.print(&document, Paper::A5), Err(PrintError::Language { language: language.into() }));
    }
}
