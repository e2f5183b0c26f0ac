//! The leaves of a document: texts, numbers, days, identifiers.

use receivables::Date;
use rust_decimal::Decimal;

use super::{Identifier, Text};
use crate::fault::Fault;
use crate::table::shown;
use crate::xml::Node;

/// Digits before the decimal sign: a thousand million million is more than any invoice is about.
const WHOLE_DIGITS_MAX: usize = 15;
/// Decimals that a number can hold; programs write eighteen where two are meant.
const DECIMALS_MAX: usize = 28;

/// The trimmed text at a path, empty if the element is.
pub(super) fn text(node: &Node, path: &str) -> Text {
    node.at(path).map(own)
}

pub(super) fn own(node: &Node) -> String {
    node.text.trim().to_owned()
}

/// The texts of all children with a name.
pub(super) fn texts(node: &Node, name: &str) -> Vec<String> {
    node.all(name).map(own).collect()
}

pub(super) fn attribute(node: &Node, path: &str, name: &str) -> Text {
    node.at(path).and_then(|n| n.attribute(name)).map(str::to_owned)
}

pub(super) fn identifier(node: &Node) -> Identifier {
    Identifier { id: own(node), scheme: node.attribute("schemeID").map(str::to_owned) }
}

/// The identifiers of a name at the end of each of the paths' nodes.
pub(super) fn identifiers<'n>(parents: impl Iterator<Item = &'n Node>, name: &str) -> Vec<Identifier> {
    parents.filter_map(|parent| parent.at(name)).map(identifier).collect()
}

/// A number as written; an empty element is no number, anything else that is none is a fault.
pub(super) fn number(node: &Node, path: &str) -> Result<Option<Decimal>, Fault> {
    node.at(path).map_or(Ok(None), own_number)
}

/// The number that an element itself holds.
pub(super) fn own_number(leaf: &Node) -> Result<Option<Decimal>, Fault> {
    let written = leaf.text.trim();
    match decimal(written) {
        None if written.is_empty() => Ok(None),
        None => Err(Fault::EInvoiceNumber { element: leaf.name.clone(), value: shown(written) }),
        number => Ok(number),
    }
}

/// A decimal of XML Schema: a sign, digits, one point.
fn decimal(written: &str) -> Option<Decimal> {
    let (negative, digits) = match written.as_bytes().first()? {
        b'-' => (true, &written[1..]),
        b'+' => (false, &written[1..]),
        _ => (false, written),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = whole.trim_start_matches('0');
    let all_digits =
        digits.bytes().any(|b| b.is_ascii_digit()) && whole.bytes().chain(decimals.bytes()).all(|b| b.is_ascii_digit());
    if !all_digits || whole.len() > WHOLE_DIGITS_MAX || decimals.len() > DECIMALS_MAX {
        return None;
    }
    let mantissa: i128 = format!("{whole}{decimals}0").parse().ok()?;
    let scale = u32::try_from(decimals.len()).ok()?;
    let number = Decimal::try_from_i128_with_scale(mantissa / 10, scale).ok()?;
    Some(if negative { -number } else { number })
}

/// A day, `2026-09-15` (a time zone may follow) or, with the format 102 of UN/CEFACT, `20260915`.
pub(super) fn day(node: &Node, path: &str) -> Result<Option<Date>, Fault> {
    let Some(leaf) = node.at(path) else { return Ok(None) };
    let written = leaf.text.trim();
    if written.is_empty() {
        return Ok(None);
    }
    let compact = written.len() == 8 && written.bytes().all(|b| b.is_ascii_digit());
    let iso = if compact {
        format!("{}-{}-{}", &written[..4], &written[4..6], &written[6..])
    } else {
        written.get(..10).unwrap_or_default().to_owned()
    };
    let zone = if compact { "" } else { written.get(10..).unwrap_or("?") };
    match iso.parse() {
        Ok(day) if zone.is_empty() || zone.starts_with(['Z', '+', '-', 'T']) => Ok(Some(day)),
        _ => Err(Fault::EInvoiceDate { element: leaf.name.clone(), value: shown(written) }),
    }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn a_number_keeps_its_decimals() {
        for (written, expected) in [
            ("12.000", Some("12.000")),
            (".00", Some("0.00")),
            ("-0012.5", Some("-12.5")),
            ("+3", Some("3")),
            ("7.", Some("7")),
            ("1_000", None),
            ("1e3", None),
            ("1,5", None),
            (".", None),
            ("--1", None),
            ("١", None),
            ("10.000000000000000000", Some("10.000000000000000000")),
            ("9999999999999999", None),
            ("999999999999999.9999999999999999", None),
            (&"9".repeat(200), None),
        ] {
            assert_eq!(decimal(written).map(|d| d.to_string()).as_deref(), expected, "{written}");
        }
    }
}
