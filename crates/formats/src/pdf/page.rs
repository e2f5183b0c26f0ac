//! The letters of a page and where they stand (ISO 32000-1, 8.3 and 9.4). Only what can be seen, and runs as most of the page
//! does: no watermark across it, no text behind a picture.

#![allow(clippy::float_arithmetic, reason = "places on paper, no money")]

use std::collections::HashMap;
use std::rc::Rc;

use super::font::Font;
use super::object::{Dict, File, Lexer, Object};
use super::{GLYPHS_MAX, Glyph, Inherited};
use crate::fault::Fault;

const FORMS_WITHIN_MAX: usize = 8;
const SAVED_MAX: usize = 64;

/// From one plane to another: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const SAME: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First this one, then the other.
    fn then(self, after: Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [m, n, o, p, q, r]) = (self.0, after.0);
        Matrix([a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r])
    }

    fn shift(x: f64, y: f64) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    fn of(items: &[Object]) -> Option<Matrix> {
        let numbers: Vec<f64> = items.iter().filter_map(Object::number).collect();
        numbers.try_into().ok().map(Matrix)
    }
}

/// What an operator may set and `q` keeps.
#[derive(Clone)]
struct State {
    plane: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    between: f64,
    between_words: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    hidden: bool,
}

/// A page, or a form within one, being read.
pub(super) struct Reading<'f, 'b> {
    file: &'f File<'b>,
    /// By the way they run: to the right, up, to the left, down.
    glyphs: [Vec<Glyph>; 4],
    fonts: HashMap<Vec<u8>, Rc<Font>>,
}

/// The letters of a page, turned so that they run to the right.
pub(super) fn glyphs(file: &File<'_>, page: &Dict, resources: Inherited<'_>) -> Result<Vec<Glyph>, Fault> {
    let mut content = Vec::new();
    match file.get(page, b"Contents") {
        Object::Array(streams) => {
            for stream in streams {
                content.extend(file.unpacked(file.resolved(stream))?);
                content.push(b'\n');
            }
        }
        stream => content = file.unpacked(stream)?,
    }
    let mut reading = Reading { file, glyphs: Default::default(), fonts: HashMap::new() };
    let nothing = Dict::new();
    let above = resources.and_then(|value| file.resolved(value).dict());
    let resources = file.dict(page, b"Resources").or(above).unwrap_or(&nothing);
    let state = State {
        plane: Matrix::SAME,
        font: None,
        size: 0.0,
        between: 0.0,
        between_words: 0.0,
        stretch: 1.0,
        leading: 0.0,
        rise: 0.0,
        hidden: false,
    };
    reading.content(&content, resources, state, 0)?;
    Ok(reading.glyphs.into_iter().max_by_key(Vec::len).unwrap_or_default())
}

impl Reading<'_, '_> {
    fn content(&mut self, content: &[u8], resources: &Dict, mut state: State, depth: usize) -> Result<(), Fault> {
        let mut lexer = Lexer::new(content, 0);
        let mut operands: Vec<Object> = Vec::new();
        let mut saved: Vec<State> = Vec::new();
        let (mut line, mut text) = (Matrix::SAME, Matrix::SAME);
        loop {
            let Some(value) = lexer.value() else {
                if lexer.is_exhausted() {
                    return Err(Fault::PdfTooLarge);
                }
                if lexer.peek().is_none() {
                    return Ok(());
                }
                // A stray bracket.
                lexer.at += 1;
                continue;
            };
            let Object::Word(word) = value else {
                operands.push(value);
                continue;
            };
            let number = |index: usize| operands.get(index).and_then(Object::number).unwrap_or(0.0);
            match word.as_slice() {
                b"q" if saved.len() < SAVED_MAX => saved.push(state.clone()),
                b"Q" => state = saved.pop().unwrap_or(state),
                b"cm" => state.plane = Matrix::of(&operands).map_or(state.plane, |m| m.then(state.plane)),
                b"BT" => (line, text) = (Matrix::SAME, Matrix::SAME),
                b"Tf" => {
                    state.size = number(1);
                    let name = operands.first().and_then(Object::name).unwrap_or_default();
                    state.font = self.font(resources, name, depth)?;
                }
                b"Tc" => state.between = number(0),
                b"Tw" => state.between_words = number(0),
                b"Tz" => state.stretch = number(0) / 100.0,
                b"TL" => state.leading = number(0),
                b"Ts" => state.rise = number(0),
                b"Tr" => state.hidden = matches!(operands.first().and_then(Object::whole), Some(3 | 7)),
                b"Tm" => {
                    line = Matrix::of(&operands).unwrap_or(line);
                    text = line;
                }
                b"Td" | b"TD" => {
                    if word == b"TD" {
                        state.leading = -number(1);
                    }
                    line = Matrix::shift(number(0), number(1)).then(line);
                    text = line;
                }
                b"T*" => {
                    line = Matrix::shift(0.0, -state.leading).then(line);
                    text = line;
                }
                b"Tj" | b"TJ" => self.show(&state, &mut text, &operands)?,
                b"'" | b"\"" => {
                    if word == b"\"" {
                        (state.between_words, state.between) = (number(0), number(1));
                    }
                    line = Matrix::shift(0.0, -state.leading).then(line);
                    text = line;
                    self.show(&state, &mut text, operands.get(operands.len().saturating_sub(1)..).unwrap_or_default())?;
                }
                b"Do" => {
                    let name = operands.first().and_then(Object::name).unwrap_or_default();
                    self.form(resources, name, &state, depth)?;
                }
                b"ID" => lexer.at = after_image(content, lexer.at),
                _ => {}
            }
            operands.clear();
        }
    }

    fn font(&mut self, resources: &Dict, name: &[u8], depth: usize) -> Result<Option<Rc<Font>>, Fault> {
        let fonts = self.file.dict(resources, b"Font");
        let Some(dict) = fonts.and_then(|fonts| self.file.dict(fonts, name)) else { return Ok(None) };
        // Forms name their fonts for themselves.
        let key = if depth == 0 { name.to_vec() } else { format!("{:p}", std::ptr::from_ref(dict)).into_bytes() };
        if let Some(font) = self.fonts.get(&key) {
            return Ok(Some(Rc::clone(font)));
        }
        let font = Rc::new(Font::read(self.file, dict)?);
        self.fonts.insert(key, Rc::clone(&font));
        Ok(Some(font))
    }

    fn form(&mut self, resources: &Dict, name: &[u8], state: &State, depth: usize) -> Result<(), Fault> {
        let forms = self.file.dict(resources, b"XObject");
        let Some(form @ Object::Stream(dict, _)) = forms.map(|forms| self.file.get(forms, name)) else { return Ok(()) };
        if self.file.get(dict, b"Subtype").name() != Some(b"Form") || depth >= FORMS_WITHIN_MAX {
            return Ok(());
        }
        let matrix = self.file.get(dict, b"Matrix").array().and_then(Matrix::of).unwrap_or(Matrix::SAME);
        let state = State { plane: matrix.then(state.plane), ..state.clone() };
        let own = self.file.dict(dict, b"Resources").unwrap_or(resources);
        self.content(&self.file.unpacked(form)?, own, state, depth + 1)
    }

    fn show(&mut self, state: &State, text: &mut Matrix, operands: &[Object]) -> Result<(), Fault> {
        let Some(font) = &state.font else { return Ok(()) };
        let items = match operands {
            [Object::Array(items)] => items.as_slice(),
            items => items,
        };
        for item in items {
            match item {
                Object::Number(back) => {
                    *text = Matrix::shift(-back / 1000.0 * state.size * state.stretch, 0.0).then(*text);
                }
                Object::Text(bytes) => {
                    for (width, space, shown) in font.shown(bytes) {
                        self.glyph(state, *text, width, shown)?;
                        let spaced = state.between + if space { state.between_words } else { 0.0 };
                        *text = Matrix::shift((width * state.size + spaced) * state.stretch, 0.0).then(*text);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn glyph(&mut self, state: &State, text: Matrix, width: f64, shown: String) -> Result<(), Fault> {
        if state.hidden || shown.trim().is_empty() {
            return Ok(());
        }
        let place = Matrix([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]);
        let [a, b, _, _, x, y] = place.then(text).then(state.plane).0;
        let (way, length, left, base) = match (a.abs() >= b.abs(), a > 0.0, b > 0.0) {
            (true, true, _) => (0, a, x, y),
            (false, _, true) => (1, b, y, -x),
            (true, false, _) => (2, -a, -x, -y),
            (false, ..) => (3, -b, -y, x),
        };
        let level = a.abs().min(b.abs()) <= length * 0.05;
        let size = length / state.stretch.abs();
        if !level || ![size, left, base].iter().all(|n| n.is_finite() && n.abs() < 1e6) {
            return Ok(());
        }
        if self.glyphs.iter().map(Vec::len).sum::<usize>() >= GLYPHS_MAX {
            return Err(Fault::PdfTooLarge);
        }
        if let Some(glyphs) = self.glyphs.get_mut(way) {
            glyphs.push(Glyph { left, right: left + width * length, base, size, text: shown });
        }
        Ok(())
    }
}

/// Where a picture within the page's content ends: behind `EI` between white space.
fn after_image(content: &[u8], from: usize) -> usize {
    let rest = content.get(from..).unwrap_or_default();
    let ends = |w: &[u8]| matches!(w, [before, b'E', b'I', after] if before.is_ascii_whitespace() && after.is_ascii_whitespace());
    rest.windows(4).position(ends).map_or(content.len(), |at| from + at + 3)
}
