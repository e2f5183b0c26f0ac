//! Prints sample papers into a folder, to look at: `cargo run -p documents --example samples -- FOLDER [TEMPLATES]`.
//! The files of a second folder, if one is given, replace the templates of their names.

#[path = "../samples/papers.rs"]
mod papers;

use std::path::Path;

use documents::{Paper, Press};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut folders = std::env::args().skip(1);
    let folder = folders.next().ok_or("which folder?")?;
    let mut press = Press::new();
    if let Some(templates) = folders.next() {
        for entry in std::fs::read_dir(templates)? {
            let entry = entry?;
            let text = std::fs::read_to_string(entry.path())?;
            press = press.with_templates([(entry.file_name().to_string_lossy(), text)])?;
        }
    }
    let logo = press.with_logo(include_bytes!("../samples/logo.svg").to_vec())?;
    for (name, press, document) in [
        ("invoice", &press, papers::invoice(10)),
        ("invoice-plain", &logo, papers::plain_invoice(3)),
        ("invoice-long", &logo, papers::invoice(40)),
        ("credit-note", &logo, papers::credit_note()),
        ("receipt", &logo, papers::receipt()),
        ("statement", &logo, papers::statement(40)),
        ("letter", &logo, papers::letter()),
    ] {
        for (size, paper) in [("a4", Paper::A4), ("a5", Paper::A5), ("80mm", Paper::Roll80)] {
            let pdf = press.print(&document, paper)?;
            std::fs::write(Path::new(&folder).join(format!("{name}-{size}.pdf")), pdf)?;
        }
    }
    Ok(())
}
