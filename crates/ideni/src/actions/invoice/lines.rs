//! Lines that sell items of the catalogue, written out: what they leave empty is taken from there.

use std::borrow::Cow;

use receivables::Refusal;
use receivables::billing::item::{Price, Sale, converted};
use receivables::billing::terms::Terms;
use receivables::ids::{self, Id};
use rust_decimal::Decimal;
use store::document::Kind;
use store::levy::LevyLine;
use store::{Error, Tx, customer, item};

use super::{Given, GivenLine, OfItem, Purpose, deposits, levies};
use crate::actions::{Actor, tax};

/// A document whose lines say all that is billed.
pub(super) struct WrittenOut<'g> {
    pub given: Cow<'g, Given>,
    /// The lines that sell items, counted from 1.
    pub items: Vec<(i32, Id<ids::CatalogueItem>)>,
    pub levies: Vec<LevyLine>,
}

/// The item that a line names in place of its description or before it: `@CODE`, `@CODE Rice, long grain`.
pub fn named(text: &str) -> (Option<&str>, &str) {
    let text = text.trim();
    match text.strip_prefix('@').map(|rest| rest.split_once(char::is_whitespace).unwrap_or((rest, ""))) {
        Some((code, description)) if !code.is_empty() => (Some(code), description.trim()),
        _ => (None, text),
    }
}

/// Takes from the catalogue what the lines leave out, and puts behind the lines the deposits that they settle and the levies that they carry.
pub(super) fn written_out<'g>(tx: &mut Tx<'_>, actor: &Actor, given: &'g Given) -> Result<WrittenOut<'g>, Error> {
    let mut written = from_catalogue(tx, actor, given)?;
    if let Some(terms) = usual_terms(tx, actor, given)? {
        written.given.to_mut().terms = Some(terms);
    }
    if !written.given.settles.is_empty() {
        deposits::written_out(tx, actor, written.given.to_mut())?;
    }
    if written.given.number.is_none() && levies::are_named(&written.given) {
        written.levies = levies::written_out(tx, actor, written.given.to_mut())?;
    }
    Ok(written)
}

/// The terms of the customer for an invoice that says nothing of when it falls due.
fn usual_terms(tx: &mut Tx<'_>, actor: &Actor, given: &Given) -> Result<Option<Terms>, Error> {
    let says = given.terms.is_some() || given.due_on.is_some() || !given.instalments.is_empty();
    let is_new = given.number.is_none() && given.opening_on.is_none();
    if says || !is_new || given.kind != Kind::Invoice || given.purpose != Purpose::Sale || given.deposit {
        return Ok(None);
    }
    let terms = customer::terms_of(tx, actor.company.id, &given.customer)?;
    Ok(terms.as_deref().map(Terms::read).transpose()?)
}

/// Takes from the catalogue what the lines leave out, with the prices of the day of issue for the customer billed. A price that is
/// written with tax where the document's are without, or the other way round, is converted by the rate that the line's class has
/// on that day, half up to six decimals.
pub(super) fn from_catalogue<'g>(tx: &mut Tx<'_>, actor: &Actor, given: &'g Given) -> Result<WrittenOut<'g>, Error> {
    if given.lines.iter().all(|line| line.item.is_none()) {
        return Ok(WrittenOut { given: Cow::Borrowed(given), items: Vec::new(), levies: Vec::new() });
    }
    let company = actor.company.id;
    let unknown = || Refusal::NotFound { kind: "customer".into(), name: given.customer.clone() };
    let buyer = match customer::find(tx, company, &given.customer)? {
        // A customer who is made on the way pays what everybody pays.
        None if given.customer_name.is_some() => None,
        known => Some(known.ok_or_else(unknown)?.id),
    };
    let list = match buyer {
        Some(buyer) => item::list_of(tx, company, buyer, given.issued_on)?,
        None => None,
    };
    let (mut lines, mut items) = (Vec::with_capacity(given.lines.len()), Vec::new());
    for (no, line) in (1..).zip(&given.lines) {
        let mut line = line.clone();
        if let Some(OfItem { code, is_priced }) = &line.item {
            let known = item::get(tx, company, code)?;
            if !known.active && given.kind == Kind::Invoice {
                return Err(Refusal::ItemRetired { item: code.clone() }.into());
            }
            let sale = Sale {
                customer: buyer,
                list: list.as_deref(),
                currency: given.currency,
                quantity: line.quantity,
                on: given.issued_on,
            };
            let price = if *is_priced { None } else { Some(super::super::item::price_for(tx, actor, &known, &sale)?) };
            items.push((no, known.id));
            fill(&mut line, known.item);
            if let Some(price) = price {
                line.unit_price = in_the_way_of(given, &line, &price, actor)?;
            }
        }
        lines.push(line);
    }
    Ok(WrittenOut { given: Cow::Owned(Given { lines, ..given.clone() }), items, levies: Vec::new() })
}

fn fill(line: &mut GivenLine, item: receivables::billing::item::Item) {
    if line.description.trim().is_empty() {
        line.description = item.name;
    }
    if line.tax_class.is_empty() {
        line.tax_class = item.tax_class;
    }
    line.unit = line.unit.take().or(item.unit);
}

fn in_the_way_of(given: &Given, line: &GivenLine, price: &Price, actor: &Actor) -> Result<Decimal, Error> {
    let unit_price = price.unit_price.unwrap_or_default();
    if price.prices == given.prices {
        return Ok(unit_price);
    }
    let class = tax::of_country(&actor.company.country)?.class(&line.tax_class, given.issued_on)?;
    let too_large = || Refusal::TooLarge { what: line.description.clone() };
    Ok(converted(unit_price, price.prices, given.prices, class.rate).ok_or_else(too_large)?)
}
