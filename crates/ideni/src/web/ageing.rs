//! The ageing: what is open and how old it is, from a figure to the invoices behind it, on the page and as a file.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use formats::workbook::Cell;
use receivables::insight::ageing::{Aged, Buckets};
use receivables::{Currency, Date, Instant, Money, Refusal, Unusable};
use store::Error;

use super::ask::{Ask, choice, day_or_none, instant_or_none, text_or_none};
use super::chart::{self, Bar, Part};
use super::customer::Options;
use super::download::{self, Kind};
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use crate::actions::drill::{self, Drilled, Figure};
use crate::actions::report::{self, Ageing, Asked, By, Row};
use crate::actions::{Right, setting};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/ageing", Right::Read, show),
    Route::get("/ageing.csv", Right::Read, csv),
    Route::get("/ageing.xlsx", Right::Read, xlsx),
];

/// Rows a page shows.
const SHOWN: usize = 100;
/// Invoices a file holds.
const FILE_MAX: usize = 1_000_000;
const BY: [(By, &str); 4] =
    [(By::Customer, "customer"), (By::Invoice, "invoice"), (By::Segment, "segment"), (By::Currency, "currency")];
const BARS: [&str; 3] = ["ageing-1", "ageing-2", "ageing-3"];

/// What was asked, as it was typed.
#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Question {
    as_of: String,
    known_at: String,
    by: String,
    /// Upper limits in days late; the company's when empty.
    buckets: String,
    bucket: String,
    currency: String,
    customer: String,
    page: String,
    after: String,
}

/// The same, understood.
struct Read {
    asked: Asked,
    figure: Figure,
    page: usize,
}

impl Question {
    fn read(&self, desk: &Desk) -> Result<Read, Error> {
        let as_of = day_or_none(&self.as_of, "as_of")?.unwrap_or(desk.today);
        let known_at = instant_or_none(&self.known_at, "known_at", &desk.actor.company.time_zone)?;
        let buckets = match text_or_none(&self.buckets) {
            Some(text) => limits(&text)?,
            None => desk.read(|tx, actor| setting::buckets(tx, actor.company.id, desk.today))?,
        };
        let asked = Asked { as_of, known_at, by: choice(&self.by, "by", &BY)?.unwrap_or(By::Customer), buckets };
        let currency = text_or_none(&self.currency).map(|code| code.parse()).transpose()?;
        let (customer, bucket) = (text_or_none(&self.customer), text_or_none(&self.bucket));
        let page = match text_or_none(&self.page) {
            None => 1,
            Some(text) => text.parse().ok().filter(|page| *page > 0).ok_or_else(|| no_place("page", text))?,
        };
        Ok(Read { asked, figure: Figure { customer, currency, bucket }, page })
    }
}

fn no_place(field: &str, value: String) -> Refusal {
    Refusal::Invalid { field: field.into(), value, reason: Unusable::NoPlace }
}

/// `30,60,90`.
fn limits(text: &str) -> Result<Buckets, Error> {
    let wrong = || Refusal::Buckets { buckets: text.to_owned() };
    let limits: Option<Vec<i32>> = text.split(',').map(|limit| limit.trim().parse().ok()).collect();
    Ok(Buckets::new(&limits.ok_or_else(wrong)?)?)
}

fn show(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let question: Question = ask.query()?;
    let read = question.read(desk)?;
    // What was posted a moment ago is in the snapshot once it is sealed.
    desk.db.seal()?;
    if read.asked.by == By::Invoice {
        return show_invoices(desk, ask, question, &read);
    }
    let ageing = aged(desk, &read)?;
    render(&sums_page(desk, ask, question, &read, &ageing)?)
}

fn aged(desk: &Desk, read: &Read) -> Result<Arc<Ageing>, Error> {
    desk.read(|tx, actor| report::age_in_memory(tx, desk.db.snapshots(), actor, &read.asked))
}

/// Of the ageing's rows those of the figure asked for.
fn rows<'a>(ageing: &'a Ageing, read: &Read) -> Result<Vec<&'a Row>, Error> {
    let Figure { customer, currency, bucket } = &read.figure;
    let of_figure = |row: &&Row| {
        currency.is_none_or(|currency| row.currency == currency)
            && customer.as_ref().is_none_or(|code| row.key == *code)
    };
    let rows = ageing.rows.iter().filter(of_figure).collect();
    Ok(match bucket {
        Some(name) => drill::in_bucket(rows, drill::bucket(&read.asked.buckets, name)?),
        None => rows,
    })
}

// ---- sums per customer, segment or currency

/// An amount, and where it opens to.
struct Amount {
    text: String,
    link: Option<String>,
}

struct Line {
    name: String,
    code: String,
    at: Option<String>,
    currency: String,
    amounts: Vec<Amount>,
}

/// What all pages share: the form and the view.
struct Form {
    as_of: String,
    known_at: String,
    by: String,
    buckets: String,
    bys: Options,
    /// Which figure the page opens, in words, and the way back to all.
    figure: Vec<String>,
    /// The day, and the instant, in words.
    seen: Option<String>,
    /// The question behind a file.
    file: String,
}

#[derive(Template)]
#[template(path = "ageing.html")]
struct SumsPage<'a> {
    p: &'a Page,
    form: Form,
    bars: Vec<Bar>,
    heading: String,
    labels: Vec<String>,
    totals: Vec<Line>,
    rows: Vec<Line>,
    unidentified: Vec<String>,
    previous: Option<String>,
    next: Option<String>,
}

fn sums_page<'a>(
    desk: &'a Desk,
    ask: &Ask,
    question: Question,
    read: &Read,
    ageing: &Ageing,
) -> Result<SumsPage<'a>, Error> {
    let p = &desk.page;
    let names = read.asked.buckets.names();
    let from = (read.page - 1).saturating_mul(SHOWN);
    let rows = rows(ageing, read)?;
    let line = |row: &&Row| {
        let by_customer = read.asked.by == By::Customer;
        let to = |bucket: &str| {
            let customer = if by_customer { row.key.as_str() } else { "" };
            let to = [
                ("by", "invoice"),
                ("customer", customer),
                ("currency", row.currency.code()),
                ("bucket", bucket),
                ("page", ""),
            ];
            (by_customer || read.asked.by == By::Currency).then(|| format!("/ageing?{}", ask.query_with(&to)))
        };
        Ok(Line {
            at: by_customer.then(|| in_path(&row.key)),
            name: row.name.clone(),
            code: if by_customer { row.key.clone() } else { String::new() },
            currency: row.currency.to_string(),
            amounts: amounts(p, &row.aged, row.currency, &names, to)?,
        })
    };
    let total = |(currency, aged): &(Currency, Aged)| {
        let to = |bucket: &str| Some(bucket_link(ask, *currency, bucket));
        Ok(Line {
            name: p.t("word-total"),
            code: String::new(),
            at: None,
            currency: currency.to_string(),
            amounts: amounts(p, aged, *currency, &names, to)?,
        })
    };
    let page = |page: usize| format!("/ageing?{}", ask.query_with(&[("page", &page.to_string())]));
    let last = rows.len().div_ceil(SHOWN).max(1);
    let wanted = |(currency, _): &&(Currency, Aged)| read.figure.currency.is_none_or(|of| of == *currency);
    let shown = ageing.totals.iter().filter(wanted);
    Ok(SumsPage {
        p,
        bars: bars(p, ask, &read.asked.buckets, shown.clone()),
        heading: p.label(&format!("ageing-by-{}", code(read.asked.by))),
        labels: labels(p, &read.asked.buckets),
        totals: shown.map(total).collect::<Result<_, Error>>()?,
        rows: rows.iter().skip(from).take(SHOWN).map(line).collect::<Result<_, Error>>()?,
        unidentified: ageing.unidentified.iter().map(|(currency, amount)| p.money(amount, currency)).collect(),
        previous: (read.page > 1).then(|| page((read.page - 1).min(last))),
        next: (read.page < last).then(|| page(read.page + 1)),
        form: form(desk, ask, question, read),
    })
}

fn code(by: By) -> &'static str {
    BY.iter().find(|(known, _)| *known == by).map_or("", |(_, code)| code)
}

/// The rows of a bucket in one currency, customer by customer.
fn bucket_link(ask: &Ask, currency: Currency, bucket: &str) -> String {
    let to = [("by", "customer"), ("currency", currency.code()), ("bucket", bucket), ("page", ""), ("customer", "")];
    format!("/ageing?{}", ask.query_with(&to))
}

fn bars<'t>(p: &Page, ask: &Ask, buckets: &Buckets, totals: impl Iterator<Item = &'t (Currency, Aged)>) -> Vec<Bar> {
    let (names, words) = (buckets.names(), words::buckets(p.language, buckets));
    let bar = |((currency, aged), id): (&(Currency, Aged), &&'static str)| {
        let part = |(bucket, value): (usize, &i64)| Part {
            label: words[bucket].clone(),
            value: *value,
            shown: p.money(value, currency),
            link: Some(bucket_link(ask, *currency, &names[bucket])),
        };
        let parts: Vec<Part> = aged.open.iter().enumerate().map(part).collect();
        chart::bar(p.language, id, p.t1("account-ageing", "currency", currency), &parts)
    };
    totals.zip(&BARS).map(bar).collect()
}

/// What the amounts of a row are, in their order.
fn labels(p: &Page, buckets: &Buckets) -> Vec<String> {
    let sums = ["word-total", "word-unapplied", "word-net", "word-awaited"].map(|key| p.t(key));
    words::buckets(p.language, buckets).into_iter().chain(sums).collect()
}

fn amounts(
    p: &Page,
    aged: &Aged,
    currency: Currency,
    names: &[String],
    to: impl Fn(&str) -> Option<String>,
) -> Result<Vec<Amount>, Error> {
    // Nothing is left empty: among many figures those that are some stand out.
    let text = |minor: i64| if minor == 0 { String::new() } else { p.amount(minor, currency) };
    let of_bucket =
        |(minor, name): (&i64, &String)| Amount { text: text(*minor), link: to(name).filter(|_| *minor != 0) };
    let mut out: Vec<Amount> = aged.open.iter().zip(names).map(of_bucket).collect();
    let total = Amount { text: p.amount(aged.total()?, currency), link: to("") };
    let net = Amount { text: p.amount(aged.net()?, currency), link: None };
    let awaited = Amount { text: text(aged.awaited), link: None };
    out.extend([total, Amount { text: text(aged.unapplied), link: None }, net, awaited]);
    Ok(out)
}

fn form(desk: &Desk, ask: &Ask, question: Question, read: &Read) -> Form {
    let p = &desk.page;
    let Figure { customer, currency, bucket } = &read.figure;
    let bucket = bucket.as_ref().and_then(|name| read.asked.buckets.names().iter().position(|known| known == name));
    let bucket = bucket.map(|at| words::buckets(p.language, &read.asked.buckets)[at].clone());
    let past = read.asked.as_of != desk.today || read.asked.known_at.is_some();
    Form {
        as_of: read.asked.as_of.to_string(),
        known_at: question.known_at,
        by: code(read.asked.by).to_owned(),
        buckets: question.buckets,
        bys: BY.iter().map(|(_, code)| ((*code).to_owned(), p.t(&format!("ageing-by-{code}")))).collect(),
        figure: [customer.clone(), currency.map(|c| c.to_string()), bucket].into_iter().flatten().collect(),
        seen: past.then(|| seen(p, read.asked.as_of, read.asked.known_at)),
        file: ask.query_with(&[("page", ""), ("after", "")]),
    }
}

fn seen(p: &Page, as_of: Date, known_at: Option<Instant>) -> String {
    super::invoice::seen(p, store::reports::ageing::View { as_of, known_at })
}

// ---- single invoices

struct Item {
    link: String,
    number: String,
    instalment: i32,
    at: String,
    name: String,
    issued_on: String,
    due_on: String,
    days_late: String,
    total: String,
    open: String,
}

#[derive(Template)]
#[template(path = "ageing_items.html")]
struct ItemsPage<'a> {
    p: &'a Page,
    form: Form,
    /// How many there are of a currency, and what they come to.
    totals: Vec<String>,
    rows: Vec<Item>,
    /// Back to the sums.
    back: String,
    first: bool,
    next: Option<String>,
}

fn drilled(desk: &Desk, read: &Read, after: Option<&str>, limit: usize) -> Result<Drilled, Error> {
    desk.read(|tx, actor| drill::invoices(tx, desk.db.snapshots(), actor, &read.asked, &read.figure, after, limit))
}

fn show_invoices(desk: &Desk, ask: &Ask, question: Question, read: &Read) -> Result<Response, Error> {
    let p = &desk.page;
    let after = text_or_none(&question.after);
    let found = drilled(desk, read, after.as_deref(), SHOWN)?;
    let total = |(currency, count, sum): &(Currency, usize, i64)| {
        let args = [("count", &count.to_string() as &str), ("amount", &p.money(sum, currency))];
        words::say(p.language, "ageing-items", &args)
    };
    // The invoice is shown as of the same day and as known at the same instant.
    let view = ask.query_with(&[
        ("by", ""),
        ("buckets", ""),
        ("bucket", ""),
        ("currency", ""),
        ("customer", ""),
        ("page", ""),
        ("after", ""),
    ]);
    let mark = if view.is_empty() { "" } else { "?" };
    let item = |row: &drill::Open| Item {
        link: format!("/invoices/{}{mark}{view}", in_path(&row.number)),
        number: row.number.clone(),
        instalment: row.instalment,
        at: in_path(&row.customer),
        name: row.name.clone(),
        issued_on: p.day(row.issued_on),
        due_on: p.day(row.due_on),
        days_late: if row.days_late > 0 { p.number(row.days_late) } else { String::new() },
        total: p.money(row.total, row.currency),
        open: p.money(row.open, row.currency),
    };
    let page = ItemsPage {
        p,
        totals: found.totals.iter().map(total).collect(),
        rows: found.rows.iter().map(item).collect(),
        back: ask.query_with(&[("by", ""), ("customer", ""), ("after", "")]),
        first: after.is_none(),
        next: found.next.as_deref().map(|next| ask.query_with(&[("after", next)])),
        form: form(desk, ask, question, read),
    };
    render(&page)
}

// ---- files

fn csv(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    file(desk, ask, Kind::Csv)
}

fn xlsx(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    file(desk, ask, Kind::Xlsx)
}

/// The rows of the page with the same question, all of them, under the same headings.
fn file(desk: &Desk, ask: &Ask, kind: Kind) -> Result<Response, Error> {
    let question: Question = ask.query()?;
    let read = question.read(desk)?;
    desk.db.seal()?;
    let (headers, rows) = if read.asked.by == By::Invoice { item_cells(desk, &read)? } else { sum_cells(desk, &read)? };
    download::table(kind, &format!("ageing-{}", read.asked.as_of), &headers, rows)
}

fn number(minor: i64, currency: Currency) -> Cell {
    Cell::Number(Money::new(minor, currency).major_text())
}

type Table = (Vec<String>, Vec<Vec<Cell>>);

fn sum_cells(desk: &Desk, read: &Read) -> Result<Table, Error> {
    let p = &desk.page;
    let ageing = aged(desk, read)?;
    let by_customer = read.asked.by == By::Customer;
    let heads = [p.label("field-code"), p.label(&format!("ageing-by-{}", code(read.asked.by))), p.t("word-currency")];
    let headers = heads.into_iter().skip(usize::from(!by_customer)).chain(labels(p, &read.asked.buckets)).collect();
    let cells = |row: &Row| {
        let mut cells =
            vec![Cell::Text(row.key.clone()), Cell::Text(row.name.clone()), Cell::Text(row.currency.to_string())];
        cells.drain(..usize::from(!by_customer));
        let sums = [row.aged.total()?, row.aged.unapplied, row.aged.net()?, row.aged.awaited];
        cells.extend(row.aged.open.iter().chain(&sums).map(|minor| number(*minor, row.currency)));
        Ok(cells)
    };
    Ok((headers, rows(&ageing, read)?.into_iter().map(cells).collect::<Result<_, Error>>()?))
}

fn item_cells(desk: &Desk, read: &Read) -> Result<Table, Error> {
    let p = &desk.page;
    let headers = [
        p.label("field-number"),
        p.t("invoice-instalment-head"),
        p.label("field-code"),
        p.t("word-customer"),
        p.t("invoice-issued-on"),
        p.t("word-due-on"),
        p.t("word-days-late"),
        p.t("word-currency"),
        p.t("word-total"),
        p.t("word-open"),
    ];
    let cells = |row: drill::Open| {
        vec![
            Cell::Text(row.number),
            Cell::Number(row.instalment.to_string()),
            Cell::Text(row.customer),
            Cell::Text(row.name),
            Cell::Date(row.issued_on),
            Cell::Date(row.due_on),
            Cell::Number(row.days_late.max(0).to_string()),
            Cell::Text(row.currency.to_string()),
            number(row.total, row.currency),
            number(row.open, row.currency),
        ]
    };
    let found = drilled(desk, read, None, FILE_MAX)?;
    Ok((headers.into(), found.rows.into_iter().map(cells).collect()))
}
