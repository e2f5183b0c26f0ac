//! Drafts: invoices that are not finished.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::shape::{Code, Line, List, Moment, Object, Uuid};
use crate::actions::draft::{self, Draft, DraftLine};
use crate::actions::invoice::LINES_MAX;

endpoints! { "drafts"
    /// The latest 200 drafts, as they were typed.
    read Get "/drafts" InvoiceIssue list() -> Drafts;
    /// Keeps an invoice that is not finished. Nothing of it is checked before it is posted.
    write Post "/drafts" InvoiceIssue keep(body NewDraft) -> DraftKept;
    /// Posts the invoice that a draft says, once; the draft is gone then.
    write Post "/drafts/{id}/post" InvoiceIssue post(body NewDraftPosting) -> DraftPosted;
    /// Throws a draft away.
    write Delete "/drafts/{id}" InvoiceIssue discard() -> Drafts;
}

/// Rows that the list shows.
const SHOWN: i64 = 200;

#[derive(Serialize, JsonSchema)]
struct Drafts {
    rows: Vec<DraftShown>,
}

#[derive(Serialize, JsonSchema)]
struct DraftShown {
    id: Uuid,
    customer: String,
    /// How many lines it has.
    lines: usize,
    kept_by: String,
    kept_at: Moment,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewDraft {
    customer: Line<1, 100>,
    issued_on: Option<Line<0, 20>>,
    due_on: Option<Line<0, 20>>,
    terms: Option<Line<0, 200>>,
    currency: Option<Line<0, 10>>,
    order: Option<Line<0, 60>>,
    purchase_code: Option<Line<0, 20>>,
    branch: Option<Line<0, 8>>,
    /// The number it was given by hand while the tax device failed.
    hand_written: Option<Line<0, 60>>,
    delivered_on: Option<Line<0, 20>>,
    /// `net` or `gross`.
    prices: Option<Line<0, 10>>,
    #[serde(default)]
    settles: List<Code, 0, 20>,
    #[serde(default)]
    lines: List<Object<NewDraftLine>, 0, LINES_MAX>,
}

/// A line as far as it is known.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewDraftLine {
    description: Option<Line<0, 300>>,
    quantity: Option<Line<0, 40>>,
    unit: Option<Line<0, 20>>,
    unit_price: Option<Line<0, 40>>,
    discount: Option<Line<0, 20>>,
    tax_class: Option<Line<0, 20>>,
}

#[derive(Serialize, JsonSchema)]
struct DraftKept {
    id: Uuid,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewDraftPosting {
    /// Codes of checks (`needs-look`) that somebody looked at and found right.
    #[serde(default)]
    right: List<Code, 0, 10>,
    /// As a deposit: still owed to the customer until a later invoice settles it.
    #[serde(default)]
    deposit: bool,
}

#[derive(Serialize, JsonSchema)]
struct DraftPosted {
    number: String,
    id: Uuid,
}

fn said<const LEAST: usize, const MOST: usize>(line: Option<&Line<LEAST, MOST>>) -> String {
    line.map(|line| line.as_str().to_owned()).unwrap_or_default()
}

fn list(tx: &mut Tx<'_>, ask: &Ask) -> Result<Drafts, Error> {
    let mut rows = Vec::new();
    for kept in draft::list(tx, ask.actor(), SHOWN)? {
        let (kept, said) = draft::get(tx, ask.actor(), kept.id)?;
        let lines = said.lines.iter().filter(|line| !line.is_empty()).count();
        let (id, kept_at) = (kept.id.into(), Moment(kept.at));
        rows.push(DraftShown { id, customer: kept.customer, lines, kept_by: kept.by, kept_at });
    }
    Ok(Drafts { rows })
}

fn keep(tx: &mut Tx<'_>, ask: &Ask, new: &NewDraft) -> Result<DraftKept, Error> {
    let line = |Object(line): &Object<NewDraftLine>| DraftLine {
        description: said(line.description.as_ref()),
        quantity: said(line.quantity.as_ref()),
        unit: said(line.unit.as_ref()),
        unit_price: said(line.unit_price.as_ref()),
        discount: said(line.discount.as_ref()),
        tax_class: said(line.tax_class.as_ref()),
    };
    let draft = Draft {
        customer: new.customer.as_str().to_owned(),
        issued_on: said(new.issued_on.as_ref()),
        due_on: said(new.due_on.as_ref()),
        terms: said(new.terms.as_ref()),
        currency: said(new.currency.as_ref()),
        order: said(new.order.as_ref()),
        purchase_code: said(new.purchase_code.as_ref()),
        branch: said(new.branch.as_ref()),
        hand_written: said(new.hand_written.as_ref()),
        delivered_on: said(new.delivered_on.as_ref()),
        prices: said(new.prices.as_ref()),
        settles: new.settles.0.iter().map(|number| number.as_str().to_owned()).collect(),
        lines: new.lines.0.iter().map(line).collect(),
    };
    Ok(DraftKept { id: draft::save(tx, ask.actor(), &draft, None)?.into() })
}

fn post(tx: &mut Tx<'_>, ask: &Ask, new: &NewDraftPosting) -> Result<DraftPosted, Error> {
    let id = draft::id_of(ask.path("id"))?;
    let right: Vec<String> = new.right.0.iter().map(|code| code.as_str().to_owned()).collect();
    let posted = draft::post(tx, ask.actor(), ask.today(), id, (&right, new.deposit), None)?;
    Ok(DraftPosted { number: posted.number, id: Uuid(posted.id) })
}

fn discard(tx: &mut Tx<'_>, ask: &Ask) -> Result<Drafts, Error> {
    draft::discard(tx, ask.actor(), draft::id_of(ask.path("id"))?)?;
    list(tx, ask)
}
