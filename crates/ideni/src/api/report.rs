//! Reports: ageing, ratios, the journal, and the proof of the book.

use std::collections::BTreeMap;
use std::sync::Arc;

use receivables::billing::vat_return::Period;
use receivables::ids::Id;
use receivables::insight::ageing::{Aged, Buckets};
use receivables::{Currency, Refusal, Unusable};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use store::{Error, Tx};

use super::ask::{Ask, Reply, Stop};
use super::cursor::{Limit, Page, Span};
use super::endpoint::endpoints;
use super::shape::{CurrencyCode, Cursor, Day, Line, Moment, Sum, Uuid, Whole};
use crate::actions::listing::{Listing, OfPeriod, plain};
use crate::actions::report::{self, Asked, By, Row};
use crate::actions::{revenue, verify};
use crate::words;

endpoints! { "reports"
    /// What is open and how old it is, as of a day and as known at a moment.
    read Get "/ageing" Read ageing(by query OfAgeing) -> Ageing;
    /// The ratios of the desk per currency, each with its formula.
    read Get "/kpis" Read kpis(query OfKpis) -> Kpis;
    /// Every line of every entry, in the order it was made.
    read Get "/journal" Read journal(query OfJournal) -> Page<JournalLine>;
    /// A report of billing by the name of its command, all its rows.
    /// `vat-return`, `vat-sales`, `vat-withheld`, `tax-withheld`, `vat-tie-out`, `revenue`, `invoice-accuracy`, `number-gaps`, `sales`, `levies`,
    /// `advances`, `unbilled`, `invoice-files`, `time-to-invoice`, `journal-out`.
    read Get "/reports/{name}" Read listed(query OfReport) -> Report;
    /// Checks every identity of the ledger and the seal chain.
    read Get "/verification" Read verification() -> Verification;
}

#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum ByWhat {
    #[default]
    Customer,
    Invoice,
    Currency,
    Segment,
}

/// Upper limits of buckets in days late, with commas.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(inline, with = "String", extend("pattern" = "^[0-9]{1,4}(,[0-9]{1,4}){0,11}$"))]
struct BucketDays(Vec<i32>);

impl<'de> Deserialize<'de> for BucketDays {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let day = |part: &str| {
            let written = (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            written.then(|| part.parse::<i32>().ok()).flatten()
        };
        let days: Option<Vec<i32>> = text.split(',').map(day).collect();
        let days = days.filter(|days| days.len() <= 12);
        days.map(BucketDays).ok_or_else(|| serde::de::Error::custom("days with commas are needed, such as 30,60,90"))
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct OfAgeing {
    /// Facts posted on or before this day; today if left out.
    as_of: Option<Day>,
    /// Only what was sealed at or before this moment.
    known_at: Option<Moment>,
    /// What a row stands for; a customer if left out.
    by: Option<ByWhat>,
    /// Upper limits of the buckets in days late; `30,60,90` if left out.
    buckets: Option<BucketDays>,
    limit: Option<Limit>,
    after: Option<Cursor>,
}

#[derive(Serialize, JsonSchema)]
struct Ageing {
    as_of: Day,
    rows: Vec<AgeingRow>,
    /// Where the next page begins, as `after`; `null` at the end.
    next: Option<Cursor>,
    /// Of all rows, one per currency.
    totals: Vec<AgeingTotal>,
}

#[derive(Serialize, JsonSchema)]
struct AgeingRow {
    /// By customer and by invoice.
    customer: Option<String>,
    name: Option<String>,
    /// By segment; `–` where the customers have none.
    segment: Option<String>,
    /// By invoice, as the next three.
    invoice: Option<String>,
    instalment: Option<i32>,
    issued_on: Option<Day>,
    due_on: Option<Day>,
    currency: CurrencyCode,
    #[serde(flatten)]
    amounts: Amounts,
}

#[derive(Serialize, JsonSchema)]
struct AgeingTotal {
    currency: CurrencyCode,
    #[serde(flatten)]
    amounts: Amounts,
    /// What came in and belongs to nobody yet.
    unidentified: Sum,
}

#[derive(Serialize, JsonSchema)]
struct Amounts {
    buckets: Vec<BucketAmount>,
    /// The sum of the buckets.
    total: Sum,
    /// Money on account.
    unapplied: Sum,
    /// The total less what is unapplied.
    net: Sum,
    /// Of the total, what waits for a certificate of tax withheld.
    awaited: Sum,
}

#[derive(Serialize, JsonSchema)]
struct BucketAmount {
    /// `current`, `d1_30`, `d91_plus`.
    bucket: String,
    amount: Sum,
}

fn amounts(aged: &Aged, names: &[String], currency: Currency) -> Result<Amounts, Refusal> {
    let bucket =
        |(name, minor): (&String, &i64)| BucketAmount { bucket: name.clone(), amount: Sum::of(*minor, currency) };
    Ok(Amounts {
        buckets: names.iter().zip(&aged.open).map(bucket).collect(),
        total: Sum::of(aged.total()?, currency),
        unapplied: Sum::of(aged.unapplied, currency),
        net: Sum::of(aged.net()?, currency),
        awaited: Sum::of(aged.awaited, currency),
    })
}

fn ageing(ask: &Arc<Ask>) -> Result<Reply, Stop> {
    let asked: OfAgeing = ask.query()?;
    // What was posted a moment ago is in the snapshot once it is sealed.
    ask.db().seal()?;
    ask.read(move |tx, ask| aged(tx, ask, &asked))
}

fn aged(tx: &mut Tx<'_>, ask: &Ask, asked: &OfAgeing) -> Result<Ageing, Error> {
    let buckets = asked.buckets.as_ref().map(|BucketDays(days)| Buckets::new(days)).transpose()?.unwrap_or_default();
    let names = buckets.names();
    let as_of = asked.as_of.map_or(ask.today(), |Day(on)| on);
    let by = match asked.by.unwrap_or_default() {
        ByWhat::Customer => By::Customer,
        ByWhat::Invoice => By::Invoice,
        ByWhat::Currency => By::Currency,
        ByWhat::Segment => By::Segment,
    };
    let wanted = Asked { as_of, known_at: asked.known_at.map(|Moment(at)| at), by, buckets };
    let found = report::age_in_memory(tx, ask.snapshots(), ask.actor(), &wanted)?;
    let mut totals = Vec::with_capacity(found.totals.len());
    for (currency, aged) in &found.totals {
        let unidentified = found.unidentified.iter().find(|(c, _)| c == currency).map_or(0, |(_, minor)| *minor);
        totals.push(AgeingTotal {
            currency: CurrencyCode(*currency),
            amounts: amounts(aged, &names, *currency)?,
            unidentified: Sum::of(unidentified, *currency),
        });
    }
    let mut rows: Vec<(Vec<u8>, &Row)> = found.rows.iter().map(|row| (row_key(row), row)).collect();
    rows.sort_by(|(one, _), (other, _)| one.cmp(other));
    let span = Span::new("ageing", asked.limit, asked.after.as_ref());
    let page = span.cut(rows, |(key, _)| key.clone(), |(_, row)| row)?;
    let shown = page.rows.into_iter().map(|row| row_of(row, by, &names)).collect::<Result<_, _>>()?;
    Ok(Ageing { as_of: Day(as_of), rows: shown, next: page.next, totals })
}

/// Tells a row from any other, in the order of the report.
fn row_key(row: &Row) -> Vec<u8> {
    let mut key = format!("{}\0{}", row.key, row.currency).into_bytes();
    if let Some(facts) = &row.invoice {
        key.extend_from_slice(&facts.instalment.to_be_bytes());
        key.extend_from_slice(facts.customer.as_bytes());
    }
    key
}

fn row_of(row: &Row, by: By, names: &[String]) -> Result<AgeingRow, Refusal> {
    let amounts = amounts(&row.aged, names, row.currency)?;
    let facts = row.invoice.as_ref();
    let (key, name) = (Some(row.key.clone()), Some(row.name.clone()));
    let (customer, name, segment, invoice) = match by {
        By::Customer => (key, name, None, None),
        By::Invoice => (facts.map(|f| f.customer.clone()), name, None, key),
        By::Segment => (None, None, key, None),
        By::Currency => (None, None, None, None),
    };
    Ok(AgeingRow {
        customer,
        name,
        segment,
        invoice,
        instalment: facts.map(|f| f.instalment),
        issued_on: facts.map(|f| Day(f.issued_on)),
        due_on: facts.map(|f| Day(f.due_on)),
        currency: CurrencyCode(row.currency),
        amounts,
    })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct OfKpis {
    /// The last day of the span; today if left out.
    as_of: Option<Day>,
    /// Only what was sealed at or before this moment.
    known_at: Option<Moment>,
    /// Length of the span; 90 if left out.
    days: Option<Whole<1, 3660>>,
}

#[derive(Serialize, JsonSchema)]
struct Kpis {
    as_of: Day,
    rows: Vec<Kpi>,
}

#[derive(Serialize, JsonSchema)]
struct Kpi {
    kpi: String,
    currency: CurrencyCode,
    /// A decimal; `null` where there is nothing to divide by.
    value: Option<String>,
    unit: String,
    /// In the language of `Accept-Language`.
    formula: String,
}

fn kpis(tx: &mut Tx<'_>, ask: &Ask, asked: &OfKpis) -> Result<Kpis, Error> {
    let as_of = asked.as_of.map_or(ask.today(), |Day(on)| on);
    let days = asked.days.map_or(90, Whole::get).unsigned_abs();
    let known_at = asked.known_at.map(|Moment(at)| at);
    let rows = report::kpis(tx, ask.actor(), as_of, days, known_at)?.into_iter().map(|(currency, kpi)| Kpi {
        kpi: kpi.kpi.to_string(),
        currency: CurrencyCode(currency),
        value: kpi.rounded().map(|value| value.to_string()),
        unit: kpi.unit.to_string(),
        formula: words::say(ask.language(), &format!("formula-{}", kpi.kpi), &[]),
    });
    Ok(Kpis { as_of: Day(as_of), rows: rows.collect() })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct OfJournal {
    /// Entries posted on or after this day.
    from: Option<Day>,
    /// Entries posted on or before this day.
    until: Option<Day>,
    limit: Option<Limit>,
    after: Option<Cursor>,
}

#[derive(Serialize, JsonSchema)]
struct JournalLine {
    on: Day,
    entry: Uuid,
    cause: &'static str,
    line: i64,
    account: String,
    account_name: String,
    customer: Option<String>,
    currency: CurrencyCode,
    /// A debit is above zero.
    amount: Sum,
    /// In the company's currency.
    base: Sum,
}

/// Bytes of an entry's id in a cursor; the number of the line follows.
const ID: usize = 16;

fn journal(tx: &mut Tx<'_>, ask: &Ask, asked: &OfJournal) -> Result<Page<JournalLine>, Error> {
    let span = Span::new("journal", asked.limit, asked.after.as_ref());
    let after = match span.key()? {
        None => (Id::from_bytes([0; ID]), 0),
        Some(key) => {
            let (id, no) = key.split_at_checked(ID).ok_or_else(|| span.unusable())?;
            let id = id.try_into().map_err(|_| span.unusable())?;
            (Id::from_bytes(id), i64::from_be_bytes(no.try_into().map_err(|_| span.unusable())?))
        }
    };
    let days = (asked.from.map(|Day(on)| on), asked.until.map(|Day(on)| on));
    let lines = report::journal_page(tx, ask.actor(), days, after, span.limit())?;
    let key = |l: &store::reports::journal::Line| [&l.entry.bytes()[..], &l.no.to_be_bytes()].concat();
    Ok(span.page(lines, key, |l| JournalLine {
        on: Day(l.on),
        entry: l.entry.into(),
        cause: l.cause,
        line: l.no,
        account: l.account,
        account_name: l.account_name,
        customer: l.customer,
        currency: CurrencyCode(l.currency),
        amount: Sum::of(l.amount, l.currency),
        base: Sum::of(l.base, ask.own()),
    }))
}

#[derive(Serialize, JsonSchema)]
struct Verification {
    /// Whether nothing is broken.
    holds: bool,
    rows: Vec<Identity>,
}

#[derive(Serialize, JsonSchema)]
struct Identity {
    identity: &'static str,
    /// How many things were looked at.
    checked: i64,
    /// What does not hold.
    broken: Vec<String>,
}

fn verification(tx: &mut Tx<'_>, ask: &Ask) -> Result<Verification, Error> {
    let rows: Vec<Identity> = verify::all(tx, ask.actor())?
        .into_iter()
        .map(|c| Identity { identity: c.identity, checked: c.checked, broken: c.broken })
        .collect();
    Ok(Verification { holds: rows.iter().all(|row| row.broken.is_empty()), rows })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
struct OfReport {
    /// A month or a quarter (`2026-09`, `2026-Q3`); what is told of a period needs it.
    period: Option<Line<1, 20>>,
    /// From this day; of the year's first day or of the beginning if left out.
    from: Option<Day>,
    /// Until this day; today if left out.
    until: Option<Day>,
    /// Of `revenue`: a row per `customer`, `item` or `month`.
    by: Option<Line<1, 20>>,
    /// Of `unbilled` and `invoice-files`: of this customer.
    customer: Option<Line<1, 100>>,
    /// Of `journal-out`: each line of each entry instead of sums.
    detail: Option<bool>,
}

#[derive(Serialize, JsonSchema)]
struct Report {
    report: &'static str,
    /// In the order of the command of that name.
    columns: Vec<String>,
    /// A text per column; amounts are decimals, days ISO 8601 but where declarations write them otherwise, nothing is empty.
    rows: Vec<Vec<String>>,
    /// By currency, or by what the report counts.
    totals: BTreeMap<String, BTreeMap<String, String>>,
}

/// The report that is asked for, refused where it is asked what it cannot tell.
fn billing(ask: &Ask, asked: &OfReport) -> Result<Listing, Error> {
    let name = ask.path("name");
    let period = || {
        let missing = || Refusal::Missing { field: "period".into() };
        Period::read(asked.period.as_ref().ok_or_else(missing)?.as_str())
    };
    let days = (asked.from.map(|Day(on)| on), asked.until.map(|Day(on)| on));
    let (from, until) = revenue::span_or_year(days.0, days.1, ask.today());
    let of_vat = |told| Ok::<_, Refusal>(Listing::Vat { told, period: period()? });
    let (listing, takes): (Listing, &[&str]) = match name {
        "vat-return" => (of_vat(OfPeriod::Return)?, &["period"]),
        "vat-sales" => (of_vat(OfPeriod::Sales)?, &["period"]),
        "vat-withheld" => (of_vat(OfPeriod::VatWithheld)?, &["period"]),
        "tax-withheld" => (of_vat(OfPeriod::TaxWithheld)?, &["period"]),
        "vat-tie-out" => (of_vat(OfPeriod::TieOut)?, &["period"]),
        "journal-out" => {
            let detail = asked.detail.unwrap_or(false);
            (Listing::JournalOut { period: period()?, detail }, &["period", "detail"])
        }
        "revenue" => {
            let by = asked.by.as_ref().map_or(Ok(revenue::By::Customer), |by| revenue::By::from_code(by.as_str()))?;
            (Listing::Revenue { by, from, until }, &["by", "from", "until"])
        }
        "invoice-accuracy" => (Listing::InvoiceAccuracy { from, until }, &["from", "until"]),
        "time-to-invoice" => (Listing::TimeToInvoice { from, until }, &["from", "until"]),
        "sales" => (Listing::Sales { from: days.0, until: days.1 }, &["from", "until"]),
        "levies" => (Listing::Levies { from: days.0, until: days.1 }, &["from", "until"]),
        "unbilled" => {
            let customer = asked.customer.as_ref().map(|code| code.as_str().to_owned());
            (Listing::Unbilled { on: ask.today(), customer }, &["customer"])
        }
        "invoice-files" => {
            let customer = asked.customer.as_ref().map(|code| code.as_str().to_owned());
            let files = crate::actions::invoice_file::Asked { customer, ..Default::default() };
            (Listing::InvoiceFiles { on: ask.today(), asked: files }, &["customer"])
        }
        "advances" => (Listing::Advances, &[]),
        "number-gaps" => (Listing::NumberGaps, &[]),
        _ => return Err(Refusal::NotFound { kind: "report".into(), name: name.into() }.into()),
    };
    let given = [
        ("period", asked.period.is_some()),
        ("from", asked.from.is_some()),
        ("until", asked.until.is_some()),
        ("by", asked.by.is_some()),
        ("customer", asked.customer.is_some()),
        ("detail", asked.detail.is_some()),
    ];
    let strange = given.iter().find(|(field, given)| *given && !takes.contains(field));
    strange.map_or(Ok(listing), |(field, _)| {
        let reason = Unusable::NotUnderstood { cause: (*field).into() };
        Err(Refusal::Invalid { field: (*field).into(), value: name.into(), reason }.into())
    })
}

fn listed(tx: &mut Tx<'_>, ask: &Ask, asked: &OfReport) -> Result<Report, Error> {
    let listing = billing(ask, asked)?;
    let mut rows = Vec::new();
    let totals = listing.each(tx, ask.actor(), ask.language(), &mut |row| {
        rows.push(row.iter().map(plain).collect());
        Ok(())
    })?;
    let texts = |fields: &Map<String, Value>| fields.iter().map(|(name, value)| (name.clone(), plain(value))).collect();
    let totals = totals.as_object().into_iter().flatten();
    let totals = totals.filter_map(|(key, of)| Some((key.clone(), texts(of.as_object()?)))).collect();
    Ok(Report { report: listing.name(), columns: listing.columns(), rows, totals })
}
