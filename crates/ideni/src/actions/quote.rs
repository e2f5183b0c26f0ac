//! Quotes and proforma invoices: offered, then accepted (the invoice is issued as it was offered) or declined. Nothing is posted
//! before, and nothing goes to the tax device.

use receivables::billing::line::{Discount, Prices};
pub use receivables::billing::quote::Kind;
use receivables::billing::terms::Terms;
use receivables::{Date, Refusal, Unusable};
use rust_decimal::Decimal;
use store::document::{self};
use store::quote::{self, NewQuote, Quote, QuoteLine};
use store::{Error, Tx, customer};

use super::invoice::{self, GivenLine, OfItem, Outcome, Posted, Poster, Preview, References};
use super::setting::Setting;
use super::{Actor, Once, Right, Subject, act, needs_reason, once, text};

fn prefix(kind: Kind) -> Setting {
    match kind {
        Kind::Quote => Setting::QuotePrefix,
        Kind::Proforma => Setting::ProformaPrefix,
    }
}

/// Days for which an offer stands where nothing is said.
const DAYS: i32 = 30;
/// The longest reason, in characters.
const REASON_MAX: usize = 300;

/// How an offer stands on a day.
pub fn state(quote: &Quote, on: Date) -> &'static str {
    receivables::billing::quote::state(quote.invoice.is_some(), quote.ended_on, quote.valid_until, on)
}

/// Offers what an invoice would bill; its number comes back.
pub fn make(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    (kind, given): (Kind, &invoice::Given),
    valid_until: Option<Date>,
    key: Option<&Once>,
) -> Result<String, Error> {
    let valid_until = valid_until.unwrap_or_else(|| given.issued_on.plus_days(DAYS));
    if valid_until < today {
        let reason = Unusable::BeforeToday { today };
        return Err(Refusal::Invalid { field: "valid_until".into(), value: valid_until.to_string(), reason }.into());
    }
    if given.lines.is_empty() {
        return Err(Refusal::Missing { field: "lines".into() }.into());
    }
    once(tx, actor, key, |tx| {
        let subject = Subject { name: &given.customer, cause: Some(kind.code()) };
        act(tx, actor, Right::QuoteMake, subject, |tx| {
            let written = invoice::written_out(tx, actor, given)?;
            let total = invoice::worked_out(actor, &written)?.total;
            let number = invoice::next_number(tx, actor, today, prefix(kind), None)?.0;
            let line = |line: &GivenLine| QuoteLine {
                description: line.description.clone(),
                quantity: line.quantity.normalize().to_string(),
                unit: line.unit.clone(),
                unit_price: line.unit_price.normalize().to_string(),
                discount: line.discount.to_string(),
                tax_class: line.tax_class.clone(),
                item: line.item.as_ref().map(|item| item.code.clone()),
            };
            let new = NewQuote {
                kind: kind.code(),
                number: number.clone(),
                customer: customer::get(tx, actor.company.id, &given.customer)?.id,
                currency: given.currency,
                issued_on: given.issued_on,
                valid_until,
                gross: given.prices == Prices::Gross,
                terms: given.terms.as_ref().map(Terms::to_string),
                order: given.references.order.clone(),
                total: total.minor,
                lines: written.lines.iter().map(line).collect(),
            };
            quote::save(tx, actor.company.id, &new)?;
            Ok(number)
        })
    })
}

/// The invoice that an offer becomes on a day.
fn becomes(quote: &Quote, lines: &[QuoteLine], on: Date, references: References) -> Result<invoice::Given, Error> {
    let number = |text: &str| text.parse::<Decimal>().map_err(|e| Error::failed("reading a quote", e));
    let line = |line: &QuoteLine| {
        Ok(GivenLine {
            description: line.description.clone(),
            quantity: number(&line.quantity)?,
            unit: line.unit.clone(),
            unit_price: number(&line.unit_price)?,
            discount: Discount::read(&line.discount)?,
            tax_class: line.tax_class.clone(),
            item: line.item.clone().map(|code| OfItem { code, is_priced: true }),
        })
    };
    Ok(invoice::Given {
        lines: lines.iter().map(line).collect::<Result<_, Error>>()?,
        prices: if quote.gross { Prices::Gross } else { Prices::Net },
        terms: quote.terms.as_deref().map(Terms::read).transpose()?,
        references: References { order: references.order.or_else(|| quote.order.clone()), ..references },
        about: vec![(invoice::OFFERED, quote.number.clone())],
        ..invoice::Given::to(quote.customer.clone(), on, quote.currency)
    })
}

/// Issues the invoice of an offer that was accepted, once.
pub fn accept(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    number: &str,
    references: &References,
    key: Option<&Once>,
) -> Result<Posted, Error> {
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::InvoiceIssue, Subject { name: number, cause: Some("accepted") }, |tx| {
            let company = actor.company.id;
            let (quote, lines) = open(tx, actor, today, number)?;
            let given = becomes(&quote, &lines, today, references.clone())?;
            let mut poster = Poster::default();
            let outcome = poster.add(tx, actor, today, &given)?;
            poster.save(tx, actor)?;
            let Outcome::Created(posted) = outcome else { return Err(invoice::exists(number.to_owned())) };
            let document = document::get(tx, company, &posted.number)?.id;
            quote::end(tx, company, quote.id, Some(document), "", today)?;
            Ok(posted)
        })
    })
}

/// Notes that an offer was declined, and why.
pub fn decline(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    number: &str,
    reason: &str,
    key: Option<&Once>,
) -> Result<(), Error> {
    needs_reason(reason)?;
    let reason = text("reason", reason, REASON_MAX)?;
    once(tx, actor, key, |tx| {
        act(tx, actor, Right::QuoteMake, Subject { name: number, cause: Some(reason) }, |tx| {
            // One that is over may be declined, too.
            let last = quote::get(tx, actor.company.id, number)?.0.valid_until;
            let (quote, _) = open(tx, actor, today.min(last), number)?;
            quote::end(tx, actor.company.id, quote.id, None, reason, today)
        })
    })
}

/// An offer that stands on a day, locked.
fn open(tx: &mut Tx<'_>, actor: &Actor, on: Date, number: &str) -> Result<(Quote, Vec<QuoteLine>), Error> {
    quote::lock(tx, actor.company.id, number)?;
    let (found, lines) = quote::get(tx, actor.company.id, number)?;
    match state(&found, on) {
        "open" => Ok((found, lines)),
        _ if found.invoice.is_some() => {
            let invoice = found.invoice.unwrap_or_default();
            Err(Refusal::QuoteAccepted { number: number.into(), invoice }.into())
        }
        state => Err(Refusal::QuoteIs { number: number.into(), quote: state.into() }.into()),
    }
}

/// The latest offers.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, limit: i64) -> Result<Vec<Quote>, Error> {
    actor.may(Right::Read)?;
    quote::list(tx, actor.company.id, limit)
}

/// An offer, and what it comes to as it was offered.
pub fn show(tx: &mut Tx<'_>, actor: &Actor, number: &str) -> Result<(Quote, Preview), Error> {
    actor.may(Right::Read)?;
    let (found, lines) = quote::get(tx, actor.company.id, number)?;
    let given = becomes(&found, &lines, found.issued_on, References::default())?;
    let preview = invoice::previewed(tx, actor, found.issued_on, &given)?;
    Ok((found, preview))
}
