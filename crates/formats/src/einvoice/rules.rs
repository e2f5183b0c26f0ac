//! The business rules of EN 16931, each under its published id, as tables of functions over the model. A function
//! counts the places where its rule is broken.
//!
//! Rules for what the model cannot hold at all (an element twice where one is allowed) are not here, nor are rules that
//! need a reader of meanings (BR-CO-05 to BR-CO-08: that a reason and its code say the same).

use super::{EInvoice, Text};

mod amounts;
mod codes;
mod document;
mod lines;
mod numbers;
mod peppol;
mod ubl;
mod vat;

/// A rule: its published id, and how often an invoice breaks it.
pub struct Rule {
    pub id: &'static str,
    pub breaches: fn(&EInvoice) -> usize,
}

/// The rules of the standard, for either syntax.
pub const EN16931: &[&[Rule]] = &[document::RULES, lines::RULES, amounts::RULES, vat::RULES, codes::RULES];
/// What the standard asks of UBL beyond that.
pub const UBL: &[&[Rule]] = &[ubl::RULES];
/// What Peppol BIS Billing 3 asks of its members beyond that.
pub const PEPPOL: &[&[Rule]] = &[peppol::RULES];

/// How an invoice says that it keeps to Peppol BIS Billing 3.
const PEPPOL_SPECIFICATION: &str = "urn:fdc:peppol.eu:2017:poacc:billing";

/// The ids of the rules that an invoice breaks, in the order of the tables.
pub fn broken(invoice: &EInvoice) -> Vec<&'static str> {
    tables(invoice).filter(|rule| (rule.breaches)(invoice) > 0).map(|rule| rule.id).collect()
}

/// The rules that an invoice is under: those of the standard, of its syntax, and of Peppol where it says so.
fn tables(invoice: &EInvoice) -> impl Iterator<Item = &'static Rule> {
    let nothing: &[&[Rule]] = &[];
    let ubl = if invoice.syntax == super::Syntax::Cii { nothing } else { UBL };
    let is_peppol = invoice.specification.as_ref().is_some_and(|s| s.contains(PEPPOL_SPECIFICATION));
    let peppol = if is_peppol { PEPPOL } else { nothing };
    EN16931.iter().chain(ubl).chain(peppol).flat_map(|table| table.iter())
}

fn filled(text: &Text) -> bool {
    text.as_ref().is_some_and(|t| !t.is_empty())
}

/// One breach, if it is one.
fn if_so(broken: bool) -> usize {
    usize::from(broken)
}

/// How many of some things break a rule.
fn count<'a, T: 'a>(all: impl IntoIterator<Item = &'a T>, breaks: impl Fn(&T) -> bool) -> usize {
    all.into_iter().filter(|one| breaks(one)).count()
}
