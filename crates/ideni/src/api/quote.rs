//! Quotes and proforma invoices.

use receivables::billing::line::Prices;
use receivables::billing::quote::Kind;
use receivables::billing::terms::Terms;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::invoice::{NewLine, PricesWritten, read_line};
use super::shape::{Code, CurrencyCode, Day, Line, List, Object, Reason, Sum, Uuid, known, one_of};
use crate::actions::invoice::{self, LINES_MAX, References};
use crate::actions::quote;

endpoints! { "quotes"
    /// The latest 200 offers, and how each stands.
    read Get "/quotes" Read list() -> Quotes;
    /// Offers what an invoice would bill; nothing is posted.
    write Post "/quotes" QuoteMake make(body NewQuote) -> QuoteMade;
    /// Issues the invoice of an offer that was accepted, once.
    write Post "/quotes/{number}/accept" InvoiceIssue accept(body NewAcceptance) -> QuoteAccepted;
    /// Notes that an offer was declined.
    write Post "/quotes/{number}/decline" QuoteMake decline(body NewDecline) -> QuoteDeclined;
}

/// Rows that the list shows.
const SHOWN: i64 = 200;

#[derive(Serialize, JsonSchema)]
struct Quotes {
    quotes: Vec<QuoteListed>,
}

#[derive(Serialize, JsonSchema)]
struct QuoteListed {
    number: String,
    kind: String,
    customer: String,
    name: String,
    issued_on: Day,
    valid_until: Day,
    currency: CurrencyCode,
    total: Sum,
    #[schemars(extend("enum" = ["open", "expired", "accepted", "declined"]))]
    state: &'static str,
    /// The invoice that was issued of it.
    invoice: Option<String>,
    /// Why it was declined.
    reason: Option<String>,
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    one_of(Kind::ALL.iter().map(|(_, code)| *code))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewQuote {
    customer: Code,
    #[serde(default)]
    #[schemars(schema_with = "kinds")]
    kind: Option<Code>,
    lines: List<Object<NewLine>, 1, LINES_MAX>,
    /// The last day on which it stands; 30 days if left out.
    valid_until: Option<Day>,
    /// The company's if left out.
    currency: Option<CurrencyCode>,
    prices: Option<PricesWritten>,
    /// Terms of payment of the invoice.
    terms: Option<Line<1, 200>>,
    order: Option<Line<1, 60>>,
}

#[derive(Serialize, JsonSchema)]
struct QuoteMade {
    number: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewAcceptance {
    order: Option<Line<1, 60>>,
    purchase_code: Option<Line<1, 20>>,
}

#[derive(Serialize, JsonSchema)]
struct QuoteAccepted {
    /// The invoice.
    number: String,
    id: Uuid,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewDecline {
    reason: Reason,
}

#[derive(Serialize, JsonSchema)]
struct QuoteDeclined {
    number: String,
}

fn list(tx: &mut Tx<'_>, ask: &Ask) -> Result<Quotes, Error> {
    let today = ask.today();
    let of = |one: store::quote::Quote| QuoteListed {
        state: quote::state(&one, today),
        total: Sum::of(one.total, one.currency),
        number: one.number,
        kind: one.kind,
        customer: one.customer,
        name: one.name,
        issued_on: Day(one.issued_on),
        valid_until: Day(one.valid_until),
        currency: CurrencyCode(one.currency),
        invoice: one.invoice,
        reason: one.reason,
    };
    Ok(Quotes { quotes: quote::list(tx, ask.actor(), SHOWN)?.into_iter().map(of).collect() })
}

fn make(tx: &mut Tx<'_>, ask: &Ask, new: &NewQuote) -> Result<QuoteMade, Error> {
    let kind = new.kind.as_ref().map(|code| known("kind", code, &Kind::ALL)).transpose()?.unwrap_or(Kind::Quote);
    let given = invoice::Given {
        lines: new.lines.0.iter().enumerate().map(read_line).collect::<Result<_, Error>>()?,
        prices: new.prices.map_or(Prices::Net, PricesWritten::read),
        terms: new.terms.as_ref().map(|terms| Terms::read(terms.as_str())).transpose()?,
        references: References::read(new.order.as_ref().map(Line::as_str), None)?,
        ..invoice::Given::to(
            new.customer.text(),
            ask.today(),
            new.currency.map_or(ask.own(), |CurrencyCode(currency)| currency),
        )
    };
    let valid_until = new.valid_until.map(|Day(on)| on);
    Ok(QuoteMade { number: quote::make(tx, ask.actor(), ask.today(), (kind, &given), valid_until, None)? })
}

fn accept(tx: &mut Tx<'_>, ask: &Ask, new: &NewAcceptance) -> Result<QuoteAccepted, Error> {
    let references =
        References::read(new.order.as_ref().map(Line::as_str), new.purchase_code.as_ref().map(Line::as_str))?;
    let posted = quote::accept(tx, ask.actor(), ask.today(), ask.path("number"), &references, None)?;
    Ok(QuoteAccepted { number: posted.number, id: Uuid(posted.id) })
}

fn decline(tx: &mut Tx<'_>, ask: &Ask, new: &NewDecline) -> Result<QuoteDeclined, Error> {
    let number = ask.path("number");
    quote::decline(tx, ask.actor(), ask.today(), number, new.reason.as_str(), None)?;
    Ok(QuoteDeclined { number: number.to_owned() })
}
