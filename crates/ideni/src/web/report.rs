//! Reports: what there is, each with what it can be asked, its figures, and the very rows as a spreadsheet.

use askama::Template;
use axum::response::Response;
use receivables::billing::vat_return::Period;
use receivables::insight::provision::{LossRate, Matrix};
use receivables::{Currency, Date, Instant, Money, Refusal, Unusable};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::Error;

use super::ask::{Ask, day_or_none, text_or_none};
use super::chart::{self, Line, Point};
use super::page::{Desk, Page, in_path, render};
use super::route::Route;
use super::work;
use crate::actions::audit::hex;
use crate::actions::export::{self, Shape};
use crate::actions::listing::{First, Listing, OfPeriod, plain};
use crate::actions::report::{Asked, By, dso_by_month};
use crate::actions::{Right, invoice_file, revenue, setting};
use crate::jobs::work::{Asked as Wanted, Kind, Outcome, State};
use crate::words;

pub const ROUTES: &[Route] = &[
    Route::get("/reports", Right::Read, list),
    Route::get("/reports/{name}", Right::Read, show),
    Route::post("/reports/{name}/file", Right::Read, file).again(show),
];

/// What a report can be asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Field {
    AsOf,
    By,
    Buckets,
    Days,
    Rates,
    From,
    Until,
    Period,
    Collector,
    Customer,
    /// Out of the way: few need it.
    KnownAt,
}

impl Field {
    const ALL: [Field; 11] = [
        Field::AsOf,
        Field::By,
        Field::Buckets,
        Field::Days,
        Field::Rates,
        Field::From,
        Field::Until,
        Field::Period,
        Field::Collector,
        Field::Customer,
        Field::KnownAt,
    ];

    fn name(self) -> &'static str {
        match self {
            Field::AsOf => "as_of",
            Field::By => "by",
            Field::Buckets => "buckets",
            Field::Days => "days",
            Field::Rates => "rates",
            Field::From => "from",
            Field::Until => "until",
            Field::Period => "period",
            Field::Collector => "collector",
            Field::Customer => "customer",
            Field::KnownAt => "known_at",
        }
    }
}

/// Every report there is.
const REPORTS: &[(&str, &[Field])] = &[
    ("ageing", &[Field::AsOf, Field::By, Field::Buckets, Field::KnownAt]),
    ("kpi", &[Field::AsOf, Field::Days, Field::KnownAt]),
    ("provision", &[Field::Rates, Field::AsOf, Field::Buckets, Field::KnownAt]),
    ("revaluation", &[Field::AsOf, Field::KnownAt]),
    ("worklist", &[Field::Collector]),
    ("invoices", &[Field::Customer]),
    ("receipts", &[]),
    ("journal", &[Field::From, Field::Until]),
    ("sales", &[Field::From, Field::Until]),
    ("levies", &[Field::From, Field::Until]),
    ("advances", &[]),
    ("certificates", &[Field::Customer]),
    ("unbilled", &[Field::Customer]),
    ("invoice-files", &[Field::Customer]),
    ("revenue", &[Field::By, Field::From, Field::Until]),
    ("invoice-accuracy", &[Field::From, Field::Until]),
    ("number-gaps", &[]),
    ("time-to-invoice", &[Field::From, Field::Until]),
    ("vat-return", &[Field::Period]),
    ("vat-sales", &[Field::Period]),
    ("vat-withheld", &[Field::Period]),
    ("tax-withheld", &[Field::Period]),
    ("vat-tie-out", &[Field::Period]),
    ("journal-out", &[Field::Period]),
    ("opening-proof", &[]),
];

const BY: [(&str, By); 4] =
    [("customer", By::Customer), ("invoice", By::Invoice), ("currency", By::Currency), ("segment", By::Segment)];
/// Rows a page shows; a file has all of them.
const ROWS: usize = 300;
/// Rows of the lists of documents and receipts in a file.
const ALL: i64 = 1_000_000;
/// Months of the line of the DSO.
const MONTHS: i32 = 12;
const DAYS_MAX: u32 = 3_660;

#[derive(Template)]
#[template(path = "reports.html")]
struct Reports<'a> {
    p: &'a Page,
}

impl Reports<'_> {
    fn names(&self) -> impl Iterator<Item = &'static str> {
        REPORTS.iter().map(|(name, _)| *name)
    }
}

fn list(desk: &Desk, _: &Ask) -> Result<Response, Error> {
    render(&Reports { p: &desk.page })
}

/// What was asked, as it was typed.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Typed {
    as_of: String,
    by: String,
    buckets: String,
    days: String,
    rates: String,
    from: String,
    until: String,
    period: String,
    collector: String,
    customer: String,
    known_at: String,
    /// Of a file.
    ending: String,
}

impl Typed {
    fn of(&self, field: Field) -> &str {
        match field {
            Field::AsOf => &self.as_of,
            Field::By => &self.by,
            Field::Buckets => &self.buckets,
            Field::Days => &self.days,
            Field::Rates => &self.rates,
            Field::From => &self.from,
            Field::Until => &self.until,
            Field::Period => &self.period,
            Field::Collector => &self.collector,
            Field::Customer => &self.customer,
            Field::KnownAt => &self.known_at,
        }
    }
}

fn fields_of(name: &str) -> Result<&'static [Field], Error> {
    let found = REPORTS.iter().find(|(known, _)| *known == name).map(|(_, fields)| *fields);
    found.ok_or_else(|| Refusal::NotFound { kind: "report".into(), name: name.into() }.into())
}

/// Refuses what a report cannot be asked: an answer that leaves it out would be another report's.
fn only(fields: &[Field], typed: &Typed) -> Result<(), Error> {
    let strange = Field::ALL.iter().find(|field| !fields.contains(field) && !typed.of(**field).trim().is_empty());
    strange.map_or(Ok(()), |field| {
        let reason = Unusable::NotUnderstood { cause: field.name().into() };
        Err(invalid(*field, typed.of(*field), reason))
    })
}

fn invalid(field: Field, value: &str, reason: Unusable) -> Error {
    Refusal::Invalid { field: field.name().into(), value: value.into(), reason }.into()
}

/// The list that is asked for; nothing while something is missing that no report goes without.
fn listing(desk: &Desk, name: &str, typed: &Typed, limit: i64) -> Result<Option<Listing>, Error> {
    let as_of = day_or_none(&typed.as_of, "as_of")?.unwrap_or(desk.today);
    let known_at = known_at(&typed.known_at)?;
    Ok(Some(match name {
        "ageing" => Listing::Ageing(Asked { as_of, known_at, by: by(&typed.by)?, buckets: buckets(desk, typed)? }),
        "kpi" => Listing::Kpi { as_of, known_at, days: days(&typed.days)? },
        "provision" if typed.rates.trim().is_empty() => return Ok(None),
        "provision" => {
            let matrix = Matrix::new(buckets(desk, typed)?, rates(&typed.rates)?)?;
            Listing::Provision { as_of, known_at, matrix }
        }
        "revaluation" => Listing::Revaluation { as_of, known_at },
        "opening-proof" => Listing::OpeningProof { against: None },
        "journal" => {
            let (from, until) = (day_or_none(&typed.from, "from")?, day_or_none(&typed.until, "until")?);
            Listing::Journal { from, until }
        }
        "sales" => {
            let (from, until) = (day_or_none(&typed.from, "from")?, day_or_none(&typed.until, "until")?);
            Listing::Sales { from, until }
        }
        "advances" => Listing::Advances,
        "levies" => {
            let (from, until) = (day_or_none(&typed.from, "from")?, day_or_none(&typed.until, "until")?);
            Listing::Levies { from, until }
        }
        "worklist" => {
            Listing::Worklist { on: desk.today, collector: text_or_none(&typed.collector), limit: usize::MAX }
        }
        "certificates" => Listing::Certificates { on: desk.today, customer: text_or_none(&typed.customer), limit },
        "invoice-files" => {
            let asked = invoice_file::Asked { customer: text_or_none(&typed.customer), ..Default::default() };
            Listing::InvoiceFiles { on: desk.today, asked }
        }
        "unbilled" => Listing::Unbilled { on: desk.today, customer: text_or_none(&typed.customer) },
        "revenue" => {
            let code = typed.by.trim();
            let by = if code.is_empty() { revenue::By::Customer } else { revenue::By::from_code(code)? };
            let (from, until) = year(desk, typed)?;
            Listing::Revenue { by, from, until }
        }
        "invoice-accuracy" => {
            let (from, until) = year(desk, typed)?;
            Listing::InvoiceAccuracy { from, until }
        }
        "number-gaps" => Listing::NumberGaps,
        "time-to-invoice" => {
            let (from, until) = year(desk, typed)?;
            Listing::TimeToInvoice { from, until }
        }
        "vat-return" => Listing::Vat { told: OfPeriod::Return, period: period(desk, typed)? },
        "vat-sales" => Listing::Vat { told: OfPeriod::Sales, period: period(desk, typed)? },
        "vat-withheld" => Listing::Vat { told: OfPeriod::VatWithheld, period: period(desk, typed)? },
        "tax-withheld" => Listing::Vat { told: OfPeriod::TaxWithheld, period: period(desk, typed)? },
        "vat-tie-out" => Listing::Vat { told: OfPeriod::TieOut, period: period(desk, typed)? },
        "journal-out" => Listing::JournalOut { period: period(desk, typed)?, detail: false },
        "invoices" => Listing::Invoices { customer: text_or_none(&typed.customer), limit },
        _ => Listing::Receipts { limit },
    }))
}

fn year(desk: &Desk, typed: &Typed) -> Result<revenue::Span, Error> {
    let (from, until) = (day_or_none(&typed.from, "from")?, day_or_none(&typed.until, "until")?);
    Ok(revenue::span_or_year(from, until, desk.today))
}

/// The month before today's where none is named.
fn period(desk: &Desk, typed: &Typed) -> Result<Period, Error> {
    if typed.period.trim().is_empty() {
        return Ok(Period::month_of(desk.today.first_of_month().plus_days(-1)));
    }
    Ok(Period::read(&typed.period)?)
}

fn known_at(text: &str) -> Result<Option<Instant>, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| invalid(Field::KnownAt, text, Unusable::NotAnInstant))
}

fn by(text: &str) -> Result<By, Error> {
    let known = BY.map(|(name, _)| name).join(", ");
    let found = BY.iter().find(|(name, _)| *name == text || (text.is_empty() && *name == "customer"));
    found.map(|(_, by)| *by).ok_or_else(|| invalid(Field::By, text, Unusable::NotAmong { known }))
}

fn buckets(desk: &Desk, typed: &Typed) -> Result<receivables::insight::ageing::Buckets, Error> {
    if typed.buckets.trim().is_empty() {
        return desk.read(|tx, actor| setting::buckets(tx, actor.company.id, desk.today));
    }
    Ok(setting::read_buckets(&typed.buckets)?)
}

fn days(text: &str) -> Result<u32, Error> {
    if text.trim().is_empty() {
        return Ok(90);
    }
    let days = text.trim().parse().ok().filter(|days| (1..=DAYS_MAX).contains(days));
    let range = Unusable::OutOfRange { from: "1".into(), to: DAYS_MAX.to_string() };
    days.ok_or_else(|| invalid(Field::Days, text, range))
}

fn rates(text: &str) -> Result<Vec<LossRate>, Error> {
    let rate = |part: &str| {
        let percent = part.trim().parse().map_err(|_| invalid(Field::Rates, text, Unusable::NoLossRate))?;
        Ok(LossRate::from_percent(percent)?)
    };
    text.split(',').map(rate).collect()
}

/// A heading or a cell of the table.
struct Cell {
    text: String,
    is_number: bool,
    link: Option<String>,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Report<'a> {
    p: &'a Page,
    name: &'static str,
    fields: &'static [Field],
    typed: Typed,
    /// The question as it was asked, for the page that is polled.
    at: String,
    running: bool,
    heads: Vec<(String, bool)>,
    rows: Vec<Vec<Cell>>,
    totals: Vec<(String, Vec<(String, String)>)>,
    count: Option<String>,
    is_whole: bool,
    chart: Option<Line>,
    by: Vec<(&'static str, String)>,
    asked: bool,
}

impl Report<'_> {
    fn value(&self, field: &Field) -> &str {
        self.typed.of(*field)
    }
}

fn show(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let name = ask.path("name");
    let fields = fields_of(name)?;
    let name = REPORTS.iter().find(|(known, _)| *known == name).map_or("", |(name, _)| name);
    let typed: Typed = ask.query()?;
    only(fields, &typed)?;
    let limit = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
    let listing = match listing(desk, name, &typed, limit) {
        // A file that was refused comes back to its page: the page says why, and asks again.
        Err(Error::Refused(_)) if desk.page.refusal().is_some() => None,
        other => other?,
    };
    let codes: Vec<&str> =
        if name == "revenue" { revenue::By::ALL.map(|(_, code)| code).into() } else { BY.map(|(code, _)| code).into() };
    let by = codes.into_iter().map(|code| (code, desk.page.t(&format!("by-{code}")))).collect();
    let question = ask.query_text();
    let at = if question.is_empty() { format!("/reports/{name}") } else { format!("/reports/{name}?{question}") };
    let mut view = Report {
        p: &desk.page,
        name,
        fields,
        typed,
        at,
        running: false,
        heads: Vec::new(),
        rows: Vec::new(),
        totals: Vec::new(),
        count: None,
        is_whole: true,
        chart: None,
        by,
        asked: listing.is_some(),
    };
    if let Some(listing) = listing {
        match found(desk, &view.at, listing)? {
            None => view.running = true,
            Some(outcome) => {
                if let Outcome::Report(first, months) = &*outcome {
                    fill(desk, &mut view, first, months);
                }
            }
        }
    }
    render(&view)
}

/// What the question finds, worked out beside the page; nothing while that still runs.
fn found(desk: &Desk, at: &str, listing: Listing) -> Result<Option<std::sync::Arc<Outcome>>, Error> {
    let works = &desk.web.works;
    let key = hex(&Sha256::digest(format!("{} {at}", desk.actor.user)));
    let (db, actor, language, today) = (desk.db.clone(), desk.actor.clone(), desk.page.language, desk.today);
    let wanted = Wanted { key: key.clone(), kind: Kind::Report, name: listing.name().to_owned() };
    let task = works.begin(&desk.actor, wanted, move |_| {
        db.seal()?;
        let first = db.read(|tx| listing.first(tx, &actor, language, ROWS))?;
        let months = match listing {
            Listing::Kpi { as_of, days, known_at: None } => {
                db.read(|tx| dso_by_month(tx, db.snapshots(), &actor, as_of.min(today), days, MONTHS))?
            }
            _ => Vec::new(),
        };
        Ok(Outcome::Report(first, months))
    })?;
    task.wait(work::MOMENT);
    match task.state() {
        State::Running => Ok(None),
        State::Done(outcome) => {
            works.dismiss(&desk.actor, &key)?;
            Ok(Some(outcome))
        }
        State::Failed(why) => {
            works.dismiss(&desk.actor, &key)?;
            Err(why.as_error())
        }
    }
}

fn fill(desk: &Desk, view: &mut Report<'_>, first: &First, months: &[(Date, Option<i64>)]) {
    let p = &desk.page;
    view.heads = first.columns.iter().map(|column| (heading(p, column), is_number(column))).collect();
    view.rows = first.rows.iter().map(|row| cells(desk, &first.columns, row)).collect();
    view.is_whole = first.count == Some(first.rows.len());
    view.count = first.count.map(|count| p.number(count));
    view.totals = totals(p, &first.totals);
    view.chart = (!months.is_empty()).then(|| line_of_dso(p, months));
}

/// The DSO at the end of each month, in tenths of a day.
fn line_of_dso(p: &Page, months: &[(Date, Option<i64>)]) -> Line {
    let point = |(on, tenths): &(Date, Option<i64>)| {
        tenths.map(|tenths| Point {
            label: words::month(p.language, *on),
            value: tenths,
            shown: p.t1("chart-days", "number", p.number(format!("{}.{}", tenths / 10, (tenths % 10).abs()))),
        })
    };
    let points: Vec<Point> = months.iter().filter_map(point).collect();
    chart::line(p.language, "dso", p.t("chart-dso"), &points)
}

fn heading(p: &Page, column: &str) -> String {
    let limits = column.strip_prefix('d').and_then(|days| days.split_once('_'));
    match limits {
        Some((from, "plus")) if from.parse::<i32>().is_ok() => {
            let over = from.parse::<i32>().unwrap_or(1) - 1;
            p.t1("bucket-over", "over", over)
        }
        Some((from, to)) if from.parse::<i32>().is_ok() => {
            words::say(p.language, "bucket-between", &[("from", from), ("to", to)])
        }
        _ if column == "current" => p.t("bucket-current"),
        _ => p.t(&format!("column-{}", column.replace('_', "-"))),
    }
}

fn is_number(column: &str) -> bool {
    export::shape(column) == Shape::Number
}

fn cells(desk: &Desk, columns: &[String], row: &[Value]) -> Vec<Cell> {
    let own = desk.actor.company.currency;
    let currency = columns.iter().position(|c| c == "currency").and_then(|at| row[at].as_str());
    let currency = currency.and_then(|code| code.parse().ok()).unwrap_or(own);
    let period = columns.iter().position(|c| c == "period").and_then(|at| row[at].as_str());
    let annex = |text: &str| period.map(|period| format!("/reports/{text}?period={}", in_path(period)));
    let one = |(column, value): (&String, &Value)| {
        let mut cell = cell(desk, column, value, currency);
        if column == "annex" {
            cell.link = annex(&cell.text);
            cell.text = desk.page.word("title", &cell.text);
        }
        cell
    };
    columns.iter().zip(row).map(one).collect()
}

/// Columns of a row in which an amount is of the company's currency.
const OWN: [&str; 6] = ["base", "booked", "revalued", "difference", "debit", "credit"];
/// Columns of codes that have a word, with what their keys begin with.
const CODED: [(&str, &str); 9] = [
    ("work", "work"),
    ("kpi", "kpi"),
    ("unit", "unit"),
    ("step", "step"),
    ("kind", "document"),
    ("cause", "cause"),
    ("bucket", "bucket"),
    ("state", "certificate"),
    ("stands", "standing"),
];

fn cell(desk: &Desk, column: &str, value: &Value, currency: Currency) -> Cell {
    let p = &desk.page;
    let is_number = is_number(column);
    let text = plain(value);
    let link = (column == "customer" && !text.is_empty()).then(|| format!("/accounts/{}", in_path(&text)));
    let shown = match (export::shape(column), text.parse::<Date>()) {
        _ if column == "bucket" => heading(p, &text),
        (Shape::Date, Ok(on)) => p.day(on),
        _ if column == "missing_papers" => {
            super::invoice_file::papers(p, text.split(',').filter(|code| !code.is_empty()))
        }
        (Shape::Text, _) => match CODED.iter().find(|(coded, _)| *coded == column) {
            Some((_, first)) if !text.is_empty() => p.t(&format!("{first}-{}", text.replace([' ', '_'], "-"))),
            _ => text,
        },
        (Shape::Number, _) if !export::is_amount(column) => p.number(text),
        (Shape::Number, _) => {
            let own = OWN.contains(&column) && currency != desk.actor.company.currency;
            let currency = if own { desk.actor.company.currency } else { currency };
            Money::parse_major(&text, currency).map_or(text, |money| words::amount(p.language, money))
        }
        _ => text,
    };
    Cell { text: shown, is_number, link }
}

/// Totals that are no money, though they stand under a currency.
const NO_MONEY: &[&str] = &[
    "count",
    "documents",
    "filed_on",
    "issued",
    "late_documents",
    "points",
    "reference",
    "share_percent",
    "unsigned",
    "wrong",
];

/// Totals per currency: name and amount; or per kind of work: name and figure.
fn totals(p: &Page, totals: &Value) -> Vec<(String, Vec<(String, String)>)> {
    let Value::Object(all) = totals else { return Vec::new() };
    let of = |currency: &str, sums: &Value| {
        let money = currency.parse::<Currency>().ok();
        let Value::Object(sums) = sums else { return Vec::new() };
        let amount = |name: &str, text: String| {
            let money =
                money.filter(|_| !NO_MONEY.contains(&name)).and_then(|money| Money::parse_major(&text, money).ok());
            money.map_or(text, |m| words::money(p.language, m))
        };
        let one = |(name, value): (&String, &Value)| (heading(p, name), amount(name, plain(value)));
        sums.iter().filter(|(_, value)| !value.is_null()).map(one).collect()
    };
    let title = |key: &str| if key.parse::<Currency>().is_ok() { key.to_owned() } else { p.word("work", key) };
    all.iter().map(|(key, sums)| (title(key), of(key, sums))).collect()
}

/// The very rows of the page, all of them, in a file.
fn file(desk: &Desk, ask: &Ask) -> Result<Response, Error> {
    let name = ask.path("name");
    let fields = fields_of(name)?;
    let typed: Typed = ask.form()?;
    let kind = export::Kind::of_ending(&typed.ending);
    let kind = kind.ok_or_else(|| Error::from(Refusal::Missing { field: "file".into() }))?;
    let listing = listing(desk, name, &typed, ALL)?;
    let listing = listing.ok_or_else(|| Error::from(Refusal::Missing { field: Field::Rates.name().into() }))?;
    only(fields, &typed)?;
    let task = desk.web.works.export(&desk.actor, ask.key(), listing, desk.page.language, kind)?;
    work::go_to(&task)
}
