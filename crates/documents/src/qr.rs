//! A QR code as a picture of lines: one path, no pixels, sharp at any size.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

use crate::error::PrintError;

/// Modules of white around the code: ISO/IEC 18004 asks for four.
const QUIET: usize = 4;

/// The code as SVG of one unit a module, and how many modules its side has, both with the quiet zone. Error correction M,
/// which survives 15 % of damage.
pub fn svg(payload: &str) -> Result<(String, usize), PrintError> {
    let too_long = || PrintError::QrTooLong { bytes: payload.len() };
    let code = QRBuilder::new(payload).ecl(ECL::M).build().map_err(|_| too_long())?;
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in (0..code.size).map(|y| (y, &code[y])) {
        let mut x = 0;
        while x < code.size {
            let dark = row[x..code.size].iter().take_while(|module| module.value()).count();
            if dark > 0 {
                let _ = write!(path, "M{} {}h{dark}v1h-{dark}z", x + QUIET, y + QUIET);
            }
            x += dark + 1;
        }
    }
    let svg =
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>"#);
    Ok((svg, side))
}
