//! The text of a PDF by its place on the page: enough of ISO 32000-1 for the statements of banks. Our own reader, because what
//! there is unpacks streams without a bound or follows a tree of pages that is a circle. Fonts are read for what their
//! codes stand for and how wide they are; pictures, forms to fill in and notes are not read.

mod font;
mod object;
mod page;

use std::collections::HashSet;

use object::{Dict, File, Object};

use crate::fault::Fault;

/// A text of more pages, or of more letters, is no statement.
const PAGES_MAX: usize = 1000;
const GLYPHS_MAX: usize = 1 << 20;

/// A letter (or what one code stands for), in points from the lower left.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) left: f64,
    pub(crate) right: f64,
    /// The line it stands on.
    pub(crate) base: f64,
    pub(crate) size: f64,
    pub(crate) text: String,
}

/// The letters of each page.
pub(crate) fn pages(bytes: &[u8]) -> Result<Vec<Vec<Glyph>>, Fault> {
    let file = File::open(bytes)?;
    let pages = in_order(&file)?;
    if pages.is_empty() {
        return Err(Fault::PdfDamaged { cause: "/Pages".to_owned() });
    }
    let (mut found, mut letters) = (Vec::new(), 0);
    for (page, inherited) in pages {
        let glyphs = page::glyphs(&file, page, inherited)?;
        letters += glyphs.len();
        if letters > GLYPHS_MAX {
            return Err(Fault::PdfTooLarge);
        }
        found.push(glyphs);
    }
    let unknown = found.iter().flatten().filter(|glyph| glyph.text.contains(font::UNKNOWN)).count();
    match letters {
        0 => Err(Fault::PdfWithoutText),
        // Its fonts do not say what their codes stand for.
        _ if unknown * 4 > letters => Err(Fault::PdfLettersUnknown),
        _ => Ok(found),
    }
}

/// The resources that a page may have from the nodes above it.
type Inherited<'f> = Option<&'f Object>;

/// The pages as they follow each other, each with what it inherits.
fn in_order<'f>(file: &'f File<'_>) -> Result<Vec<(&'f Dict, Inherited<'f>)>, Fault> {
    let root = file.of_kind(b"Catalog").into_iter().rev().find_map(|catalog| file.dict(catalog, b"Pages"));
    let mut left: Vec<(&Dict, Inherited<'_>)> = root.map(|root| (root, None)).into_iter().collect();
    let (mut pages, mut seen) = (Vec::new(), HashSet::new());
    while let Some((node, above)) = left.pop() {
        if !seen.insert(std::ptr::from_ref(node)) {
            continue;
        }
        let Some(kids) = file.get(node, b"Kids").array() else {
            pages.push((node, above));
            if pages.len() > PAGES_MAX {
                return Err(Fault::PdfTooLarge);
            }
            continue;
        };
        let inherited = node.get(b"Resources".as_slice()).or(above);
        left.extend(kids.iter().rev().filter_map(|kid| Some((file.resolved(kid).dict()?, inherited))));
    }
    if pages.is_empty() {
        pages = file.of_kind(b"Page").into_iter().take(PAGES_MAX).map(|page| (page, None)).collect();
    }
    Ok(pages)
}
