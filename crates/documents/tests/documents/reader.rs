//! Reads a PDF back: its text, its pages as a printer of 200 dpi without greys makes them, its objects.

use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::{RenderCache, RenderSettings};

/// The text of each page, runs of white space as one space.
pub fn texts(pdf: &[u8]) -> Vec<String> {
    let pages = pdf_extract::extract_text_from_mem_by_pages(pdf).expect("text");
    pages.iter().map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

pub fn text(pdf: &[u8]) -> String {
    texts(pdf).join(" ")
}

/// A page of black and white dots.
pub struct Raster {
    pub width: usize,
    pub height: usize,
    dark: Vec<bool>,
}

impl Raster {
    pub fn dark(&self, x: usize, y: usize) -> bool {
        self.dark[y * self.width + x]
    }

    /// What its QR codes hold, sorted.
    pub fn codes(&self) -> Vec<String> {
        let mut image = rqrr::PreparedImage::prepare_from_bitmap(self.width, self.height, |x, y| self.dark(x, y));
        let mut read: Vec<String> =
            image.detect_grids().iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect();
        read.sort();
        read
    }
}

/// Dots a point (a 72nd of an inch) at 200 dots an inch.
const DOTS: f32 = 2.777_778;

/// Every page at 200 dots an inch, each dot black or white.
pub fn rasters(pdf: &[u8]) -> Vec<Raster> {
    let pdf = Pdf::new(Arc::new(pdf.to_vec())).expect("a PDF");
    let settings = RenderSettings { x_scale: DOTS, y_scale: DOTS, ..RenderSettings::default() };
    let cache = RenderCache::new();
    let pages = pdf.pages().iter();
    pages
        .map(|page| {
            let dots = hayro::render(page, &cache, &InterpreterSettings::default(), &settings);
            // Nothing is painted under the page, so what is dark is what has ink: opaque and not light.
            let dark = dots.data().iter().map(|dot| dot.a > 127 && dot.r < 128).collect();
            Raster { width: dots.width().into(), height: dots.height().into(), dark }
        })
        .collect()
}
