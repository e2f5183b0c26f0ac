//! Receipts that wait, each beside what may be done with it; one after the other without going back.

use askama::Template;
use axum::response::Response;
use receivables::Refusal;
use receivables::cash::matching::Outcome;
use receivables::ids::{self, Id};
use store::Error;
use store::reports::invoices::Listed as Document;
use store::reports::receipts::{Listed, Wait};

use super::ask::{Ask, choice, text_or_none};
use super::page::{Desk, Page, in_path, render};
use super::receipt::name;
use super::route::Route;
use crate::actions::cash::{Planned, Share};
use crate::actions::exception::{self, Exception};
use crate::actions::{Right, allocation, receipt, review, search};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/exceptions", Right::Read, list),
    Route::post("/exceptions/{id}/proposal", Right::CashApply, apply),
    Route::post("/exceptions/{id}/invoice", Right::AllocationAdd, allocate),
    Route::post("/exceptions/{id}/customer", Right::ReceiptIdentify, identify),
];

/// Receipts a page shows.
const SHOWN: usize = 10;
const WAITS: [(Wait, &str); 2] = [(Wait::Nobodys, "nobodys"), (Wait::OnAccount, "on-account")];

/// A receipt that waits: its line, what is proposed, and who it may be of.
pub struct Waiting {
    pub id: String,
    pub name: String,
    pub on: String,
    pub account: String,
    pub amount: String,
    pub payer: String,
    pub text: String,
    /// Whose it is already, and where that opens.
    pub customer: Option<(String, String)>,
    pub parts: Vec<Part>,
    /// How sure: `good` may be applied without a person.
    pub chip: &'static str,
    pub outcome: String,
    pub evidence: Vec<String>,
    /// What is applied when the proposal is taken as it is seen.
    pub step: String,
    pub others: Vec<Other>,
    /// Who was looked for, and who was found.
    pub q: String,
    pub found: Vec<(String, String)>,
    /// The page to come back to.
    pub back: String,
}

/// A part of a proposal: an invoice, whose it is, when it was due, and how much of it.
pub struct Part {
    pub link: String,
    pub number: String,
    pub name: String,
    pub due_on: String,
    pub amount: String,
}

/// Another invoice of the same amount.
pub struct Other {
    pub link: String,
    pub number: String,
    pub name: String,
    pub due_on: String,
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Question {
    of: String,
    after: String,
    /// The receipt another customer is looked for, and what was typed.
    receipt: String,
    q: String,
}

/// A tab: where it leads, its words, how many wait, and whether it is this page.
struct Tab {
    link: String,
    word: String,
    count: String,
    current: &'static str,
}

#[derive(Template)]
#[template(path = "exceptions.html")]
struct List<'a> {
    p: &'a Page,
    tabs: Vec<Tab>,
    review: usize,
    rows: Vec<Waiting>,
    first: bool,
    next: Option<String>,
}

fn list(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let asked: Question = ask.query()?;
    let wait = choice(&asked.of, "of", &WAITS)?.unwrap_or(Wait::Nobodys);
    let after = text_or_none(&asked.after);
    desk.db.seal()?;
    let (page, counts, review) = desk.read(|tx, actor| {
        let page = exception::page(tx, desk.db.snapshots(), actor, wait, after.as_deref(), SHOWN)?;
        let counts = [exception::count(tx, actor, Wait::Nobodys)?, exception::count(tx, actor, Wait::OnAccount)?];
        Ok((page, counts, review::count(tx, actor)?))
    })?;
    let p = &desk.page;
    let tab = |((of, code), count): ((Wait, &str), i64)| Tab {
        link: format!("/exceptions?of={code}"),
        word: p.t(&format!("exceptions-{code}")),
        count: p.counted(count, exception::COUNT_MAX),
        current: if of == wait { "page" } else { "false" },
    };
    let back = ask.query_with(&[("receipt", ""), ("q", "")]);
    let back = if back.is_empty() { "/exceptions".to_owned() } else { format!("/exceptions?{back}") };
    let mut rows = Vec::with_capacity(page.rows.len());
    for exception in page.rows {
        let q = if asked.receipt == exception.receipt.id.to_string() { asked.q.as_str() } else { "" };
        rows.push(waiting(desk, exception, q, &back)?);
    }
    let view = List {
        p,
        tabs: WAITS.into_iter().zip(counts).map(tab).collect(),
        review,
        rows,
        first: after.is_none(),
        next: page.next.map(|next| ask.query_with(&[("after", &next), ("receipt", ""), ("q", "")])),
    };
    render(&view)
}

/// What may be done with a receipt; `None` where nothing of it waits.
pub fn of(desk: &Desk, id: Id<ids::Receipt>, q: &str, back: &str) -> Result<Option<Waiting>, Error> {
    desk.db.seal()?;
    let found = desk.read(|tx, actor| exception::of(tx, desk.db.snapshots(), actor, id))?;
    found.map(|exception| waiting(desk, exception, q, back)).transpose()
}

fn waiting(desk: &Desk, exception: Exception, q: &str, back: &str) -> Result<Waiting, Error> {
    let (p, r, m) = (&desk.page, &exception.receipt, &exception.matched);
    let chip = match m.outcome {
        Outcome::Applied => "good",
        Outcome::Proposed => "wait",
        Outcome::Unexplained => "off",
    };
    let of_account = |code: &String| format!("/accounts/{}", in_path(code));
    Ok(Waiting {
        id: r.id.to_string(),
        name: name(p, r),
        on: p.day(r.received_on),
        account: r.account_code.clone(),
        amount: p.money(r.unidentified + r.unapplied, r.currency),
        payer: payer(r),
        text: r.text.clone().unwrap_or_default(),
        customer: r.customer_code.as_ref().map(of_account).zip(r.customer_name.clone()),
        parts: parts(p, &exception),
        chip,
        outcome: p.t(&format!("proposal-{}", word(m.outcome))),
        evidence: m.evidence.iter().map(|e| words::evidence(p.language, e, r.currency)).collect(),
        step: serde_json::to_string(&m.step()).map_err(|e| Error::failed("writing a proposal", e))?,
        others: exception.others.iter().map(|d| other(p, d)).collect(),
        found: found(desk, q)?,
        q: q.to_owned(),
        back: back.to_owned(),
    })
}

fn payer(r: &Listed) -> String {
    let payer_ref = r.payer_ref.as_deref().map(words::phone);
    [r.payer.clone(), payer_ref].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn parts(p: &Page, exception: &Exception) -> Vec<Part> {
    let part = |share: &Share| {
        let invoice = exception.invoices.get(&share.document);
        Part {
            link: format!("/invoices/{}", in_path(&share.invoice)),
            number: share.invoice.clone(),
            name: invoice.map(|i| i.name.clone()).unwrap_or_default(),
            due_on: invoice.map(|i| p.day(i.due_on)).unwrap_or_default(),
            amount: p.money(share.amount, exception.receipt.currency),
        }
    };
    exception.matched.allocations.iter().map(part).collect()
}

fn other(p: &Page, d: &Document) -> Other {
    Other {
        link: format!("/invoices/{}", in_path(&d.number)),
        number: d.number.clone(),
        name: d.name.clone(),
        due_on: p.day(d.due_on),
    }
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Applied => "sure",
        Outcome::Proposed => "proposed",
        Outcome::Unexplained => "none",
    }
}

/// Customers that fit what was typed: code and name.
fn found(desk: &Desk, q: &str) -> Result<Vec<(String, String)>, Error> {
    if q.trim().is_empty() {
        return Ok(Vec::new());
    }
    let found = desk.read(|tx, actor| search::find(tx, desk.db.snapshots(), actor, q))?;
    let customers = found.customers.hits.into_iter().map(|hit| hit.thing.customer);
    Ok(customers.map(|customer| (customer.code, customer.name)).collect())
}

// ---- what a person does

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ProposalForm {
    step: String,
    back: String,
}

fn apply(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: ProposalForm = ask.form()?;
    let once = ask.once();
    let gone = || Refusal::NotFound { kind: "receipt".into(), name: ask.path("id").to_owned() };
    let step: Planned = serde_json::from_str(&form.step).map_err(|_| gone())?;
    if step.receipt != ask.path("id") {
        return Err(gone().into());
    }
    desk.write(move |tx, actor, today| exception::apply(tx, actor, today, &step, Some(&once)))?;
    desk.to(ours(&form.back), "receipt-applied")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct InvoiceForm {
    invoice: String,
    back: String,
}

fn allocate(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: InvoiceForm = ask.form()?;
    let once = ask.once();
    let given = allocation::Given {
        source: ask.path("id").to_owned(),
        invoice: form.invoice.trim().to_owned(),
        amount: None,
        paid: None,
        on: None,
        discount: Default::default(),
    };
    desk.write(move |tx, actor, today| allocation::add(tx, actor, today, &given, Some(&once)).map(|_| ()))?;
    desk.to(ours(&form.back), "receipt-applied")
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CustomerForm {
    customer: String,
}

fn identify(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let form: CustomerForm = ask.form()?;
    let (id, code) = (ask.path("id").to_owned(), form.customer.trim().to_owned());
    desk.write(move |tx, actor, today| receipt::identify(tx, actor, today, &id, &code))?;
    // It waits on the customer's account now, beside what it may settle there.
    desk.to(&format!("/receipts/{}", ask.path("id")), "receipt-identified")
}

/// A page of ours to come back to; no other address.
fn ours(back: &str) -> &str {
    if back.starts_with("/exceptions") || back.starts_with("/receipts/") { back } else { "/exceptions" }
}
