//! The files of papers that buyers want with an invoice.

use receivables::billing::invoice_file::{Paper, Papers, State, TermFrom};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use store::{Error, Tx};

use super::ask::Ask;
use super::endpoint::endpoints;
use super::shape::{Code, CurrencyCode, Day, Line, List, Moment, Sum, Whole, known, one_of};
use crate::actions::invoice_file::{self, Asked, OnDay, SETTLED, Step};

endpoints! { "invoice-files"
    /// Files of invoices that are open (or of the latest settled ones), the longest in their state first.
    read Get "/invoice-files" Read list(query OfFiles) -> InvoiceFiles;
    /// The file of an invoice with its way so far.
    read Get "/invoice-files/{number}" Read show() -> InvoiceFileInFull;
    /// Writes down a step on the way of an invoice's file.
    write Post "/invoice-files/{number}/steps" InvoiceFileSay say(body NewStep) -> InvoiceFileInFull;
    /// What a customer wants with its invoices today.
    read Get "/invoice-file-needs/{customer}" Read need() -> InvoiceFileNeed;
    /// Says what a customer wants, for its invoices of a day and later.
    write Post "/invoice-file-needs/{customer}" InvoiceFileNeed set_need(body NewNeed) -> InvoiceFileNeed;
}

/// Letters of what is written down of a step.
const SAID_MAX: usize = 200;

fn states(_: &mut SchemaGenerator) -> Schema {
    one_of(State::ALL.iter().map(|(_, code)| *code))
}

fn shown_states(_: &mut SchemaGenerator) -> Schema {
    one_of(State::ALL.iter().map(|(_, code)| *code).chain([SETTLED]))
}

fn papers(_: &mut SchemaGenerator) -> Schema {
    one_of(Paper::ALL.iter().map(|(_, code)| *code))
}

fn terms(_: &mut SchemaGenerator) -> Schema {
    one_of(TermFrom::ALL.iter().map(|(_, code)| *code))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct OfFiles {
    customer: Option<Code>,
    #[serde(default)]
    #[schemars(schema_with = "shown_states")]
    state: Option<Code>,
    /// At least so many days in the state.
    days: Option<Whole<0, 36_525>>,
    /// Whose last step this user wrote down.
    by: Option<Code>,
}

#[derive(Serialize, JsonSchema)]
struct InvoiceFiles {
    rows: Vec<InvoiceFile>,
}

/// A paper a buyer may want.
#[derive(Serialize, JsonSchema)]
#[serde(transparent)]
struct PaperCode(#[schemars(schema_with = "papers")] &'static str);

fn codes(papers: &Papers) -> Vec<PaperCode> {
    papers.iter().map(|paper| PaperCode(paper.code())).collect()
}

#[derive(Serialize, JsonSchema)]
struct InvoiceFile {
    number: String,
    customer: String,
    name: String,
    currency: CurrencyCode,
    total: Sum,
    open: Sum,
    /// `settled` where nothing is open of the invoice.
    #[schemars(schema_with = "shown_states")]
    state: &'static str,
    since: Day,
    days: i32,
    wanted: Vec<PaperCode>,
    missing: Vec<PaperCode>,
    /// The last day of a tax clearance that ends within 14 days.
    clearance_ends_on: Option<Day>,
    #[schemars(schema_with = "terms")]
    term_from: &'static str,
    /// From when its term runs; nothing while the file holds it up.
    falls_due_on: Option<Day>,
    /// Who wrote the last step down.
    by: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct InvoiceFileInFull {
    #[serde(flatten)]
    file: InvoiceFile,
    steps: Vec<InvoiceFileStep>,
}

#[derive(Serialize, JsonSchema)]
struct InvoiceFileStep {
    #[schemars(schema_with = "states")]
    state: &'static str,
    on: Day,
    reference: String,
    reason: String,
    /// What was missing when it was handed in.
    missing: Vec<PaperCode>,
    by: String,
    at: Moment,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewStep {
    #[schemars(schema_with = "states")]
    state: Code,
    /// The day of the step; today if left out.
    on: Option<Day>,
    /// The buyer's number or name for it.
    reference: Option<Line<0, SAID_MAX>>,
    /// Why it was returned, or is handed in without a paper.
    reason: Option<Line<0, SAID_MAX>>,
}

#[derive(Serialize, JsonSchema)]
struct InvoiceFileNeed {
    customer: String,
    papers: Vec<PaperCode>,
    #[schemars(schema_with = "terms")]
    term_from: &'static str,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewNeed {
    /// None of them where it is empty; what is usual in the country if left out.
    #[serde(default)]
    #[schemars(schema_with = "paper_list")]
    papers: Option<List<Code, 0, 5>>,
    #[serde(default)]
    #[schemars(schema_with = "terms")]
    term_from: Option<Code>,
    /// For invoices dated on or after this day; today if left out.
    from: Option<Day>,
}

fn paper_list(generator: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({ "type": "array", "maxItems": 5, "items": papers(generator) })
}

impl From<OnDay> for InvoiceFile {
    fn from(one: OnDay) -> InvoiceFile {
        let falls_due_on = one.falls_due_on().map(Day);
        let of = one.of;
        InvoiceFile {
            number: of.number,
            customer: of.code,
            name: of.name,
            currency: CurrencyCode(of.currency),
            total: Sum::of(of.total, of.currency),
            open: Sum::of(of.open, of.currency),
            state: one.state,
            since: Day(of.file.since_on),
            days: one.days,
            wanted: codes(&of.file.need.papers),
            missing: codes(&one.missing),
            clearance_ends_on: one.ends_on.map(Day),
            term_from: of.file.need.term.code(),
            falls_due_on,
            by: of.by,
        }
    }
}

fn list(tx: &mut Tx<'_>, ask: &Ask, asked: &OfFiles) -> Result<InvoiceFiles, Error> {
    let text = |code: &Option<Code>| code.as_ref().map(Code::text);
    let asked = Asked {
        customer: text(&asked.customer),
        state: text(&asked.state),
        days: asked.days.map(Whole::get),
        by: text(&asked.by),
    };
    let found = invoice_file::list(tx, ask.actor(), ask.today(), &asked)?;
    Ok(InvoiceFiles { rows: found.into_iter().map(InvoiceFile::from).collect() })
}

fn show(tx: &mut Tx<'_>, ask: &Ask) -> Result<InvoiceFileInFull, Error> {
    let (file, way) = invoice_file::get(tx, ask.actor(), ask.today(), ask.path("number"))?;
    let step = |one: store::invoice_file::Happened| InvoiceFileStep {
        state: one.event.state.code(),
        on: Day(one.event.on),
        missing: codes(&one.event.missing),
        reference: one.event.reference,
        reason: one.event.reason,
        by: one.by,
        at: Moment(one.at),
    };
    Ok(InvoiceFileInFull { file: file.into(), steps: way.into_iter().map(step).collect() })
}

fn say(tx: &mut Tx<'_>, ask: &Ask, new: &NewStep) -> Result<InvoiceFileInFull, Error> {
    let text = |line: &Option<Line<0, SAID_MAX>>| line.as_ref().map(Line::text).unwrap_or_default();
    let step = Step {
        state: known("state", &new.state, &State::ALL)?,
        on: new.on.map(|Day(on)| on),
        reference: text(&new.reference),
        reason: text(&new.reason),
    };
    invoice_file::say(tx, ask.actor(), ask.today(), ask.path("number"), &step, None)?;
    show(tx, ask)
}

fn need(tx: &mut Tx<'_>, ask: &Ask) -> Result<InvoiceFileNeed, Error> {
    let customer = ask.path("customer");
    let (need, _) = invoice_file::wanted(tx, ask.actor(), customer, ask.today())?;
    Ok(InvoiceFileNeed { customer: customer.to_owned(), papers: codes(&need.papers), term_from: need.term.code() })
}

fn set_need(tx: &mut Tx<'_>, ask: &Ask, new: &NewNeed) -> Result<InvoiceFileNeed, Error> {
    let papers = new.papers.as_ref().map(|List(papers)| match papers.as_slice() {
        [] => "none".to_owned(),
        papers => papers.iter().map(Code::text).collect::<Vec<_>>().join(","),
    });
    let term = new.term_from.as_ref().map(|code| known("term_from", code, &TermFrom::ALL)).transpose()?;
    let given = invoice_file::Given {
        customer: ask.path("customer").to_owned(),
        papers,
        term: term.unwrap_or_default(),
        from: new.from.map(|Day(on)| on),
    };
    invoice_file::need(tx, ask.actor(), ask.today(), &given, None)?;
    need(tx, ask)
}
