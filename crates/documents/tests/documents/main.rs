//! The papers as their readers get them: text, pages, pictures and the marks of PDF/A, read back out of the PDF.

mod archive;
mod codes;
mod hostile;
mod pages;
mod reader;
mod templates;
mod words;

#[path = "../../samples/papers.rs"]
mod papers;

use std::sync::LazyLock;

use documents::{Body, Document, Invoice, Paper, Press};

static PRESS: LazyLock<Press> = LazyLock::new(Press::new);

const PAPERS: [Paper; 3] = [Paper::A4, Paper::A5, Paper::Roll80];

fn print(document: &Document, paper: Paper) -> Vec<u8> {
    PRESS.print(document, paper).unwrap_or_else(|error| panic!("{}, {paper:?}: {error}", document.title))
}

fn invoice_of(document: &mut Document) -> &mut Invoice {
    match &mut document.body {
        Body::Invoice(invoice) => invoice,
        other => panic!("no invoice: {other:?}"),
    }
}
