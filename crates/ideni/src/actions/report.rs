//! Reports: what is open and how old it is, and the ratios of the desk.

use std::collections::BTreeMap;

use receivables::ids::{self, Id};
use receivables::insight::ageing::{Aged, Buckets};
use receivables::insight::kpi::{self, Figures, Kpi, MonthSales};
use receivables::{Currency, Date, Instant, Refusal};
use store::customer::Customer;
use store::reports::ageing::{self, View};
use store::{Error, Tx, reports};

use super::{Actor, Right};

/// What a row of the ageing stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    Customer,
    Invoice,
    Currency,
    Segment,
}

#[derive(Clone, Debug)]
pub struct Asked {
    pub as_of: Date,
    pub known_at: Option<Instant>,
    pub by: By,
    pub buckets: Buckets,
}

/// One row: whose, in which currency, and how old.
#[derive(Clone, Debug)]
pub struct Row {
    pub key: String,
    pub name: String,
    /// For a row by invoice: the customer, issue and due dates, and days late.
    pub invoice: Option<InvoiceFacts>,
    pub currency: Currency,
    pub aged: Aged,
}

#[derive(Clone, Debug)]
pub struct InvoiceFacts {
    pub customer: String,
    pub instalment: i32,
    pub issued_on: Date,
    pub due_on: Date,
    pub total: i64,
}

/// The ageing with its totals per currency, and what came in and belongs to nobody yet.
#[derive(Clone, Debug)]
pub struct Ageing {
    pub rows: Vec<Row>,
    pub totals: Vec<(Currency, Aged)>,
    pub unidentified: Vec<(Currency, i64)>,
}

/// Ages what is open as of a day and as known at an instant.
pub fn age(tx: &mut Tx<'_>, actor: &Actor, asked: &Asked) -> Result<Ageing, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let view = View { as_of: asked.as_of, known_at: asked.known_at };
    let customers: BTreeMap<Id<ids::Customer>, Customer> =
        store::customer::list(tx, company)?.into_iter().map(|c| (c.id, c)).collect();
    let mut rows = match asked.by {
        By::Invoice => by_invoice(tx, company, asked, view, &customers)?,
        _ => by_customer(tx, company, asked, view, &customers)?,
    };
    let mut totals: BTreeMap<Currency, Aged> = BTreeMap::new();
    for row in &rows {
        let sum = totals.entry(row.currency).or_insert_with(|| Aged::new(&asked.buckets));
        sum.add_row(&row.aged)?;
    }
    if asked.by == By::Invoice {
        // Unapplied money belongs to customers, not to one invoice: it shows in the totals.
        for (_, currency, amount) in ageing::unapplied(tx, company, view)? {
            let sum = totals.entry(currency).or_insert_with(|| Aged::new(&asked.buckets));
            sum.add_unapplied(amount)?;
        }
    }
    rows.sort_by(|a, b| (&a.key, a.currency).cmp(&(&b.key, b.currency)));
    let unidentified = ageing::unidentified(tx, company, view)?;
    Ok(Ageing { rows, totals: totals.into_iter().collect(), unidentified })
}

fn by_customer(
    tx: &mut Tx<'_>,
    company: i64,
    asked: &Asked,
    view: View,
    customers: &BTreeMap<Id<ids::Customer>, Customer>,
) -> Result<Vec<Row>, Error> {
    let mut sums: BTreeMap<(Id<ids::Customer>, Currency), Aged> = BTreeMap::new();
    ageing::positions(tx, company, view, |p| {
        let aged = sums.entry((p.customer, p.currency)).or_insert_with(|| Aged::new(&asked.buckets));
        Ok(aged.add(asked.buckets.index(p.due_on, asked.as_of), p.open)?)
    })?;
    for (customer, currency, amount) in ageing::unapplied(tx, company, view)? {
        let aged = sums.entry((customer, currency)).or_insert_with(|| Aged::new(&asked.buckets));
        aged.add_unapplied(amount)?;
    }
    let mut grouped: BTreeMap<(String, Currency), Row> = BTreeMap::new();
    for ((id, currency), aged) in sums {
        let known = customers.get(&id);
        let (key, name) = match asked.by {
            By::Segment => {
                let segment = known.and_then(|c| c.segment.clone()).unwrap_or_else(|| "–".into());
                (segment.clone(), segment)
            }
            By::Currency => (currency.to_string(), currency.to_string()),
            _ => known.map_or_else(|| (id.to_string(), String::new()), |c| (c.code.clone(), c.name.clone())),
        };
        let row = grouped.entry((key.clone(), currency)).or_insert_with(|| Row {
            key,
            name,
            invoice: None,
            currency,
            aged: Aged::new(&asked.buckets),
        });
        row.aged.add_row(&aged)?;
    }
    Ok(grouped.into_values().collect())
}

fn by_invoice(
    tx: &mut Tx<'_>,
    company: i64,
    asked: &Asked,
    view: View,
    customers: &BTreeMap<Id<ids::Customer>, Customer>,
) -> Result<Vec<Row>, Error> {
    let mut rows = Vec::new();
    ageing::invoices(tx, company, view, |open| {
        let mut aged = Aged::new(&asked.buckets);
        aged.add(asked.buckets.index(open.due_on, asked.as_of), open.open)?;
        let customer = customers.get(&open.customer);
        rows.push(Row {
            key: open.number,
            name: customer.map(|c| c.name.clone()).unwrap_or_default(),
            invoice: Some(InvoiceFacts {
                customer: customer.map(|c| c.code.clone()).unwrap_or_default(),
                instalment: open.instalment,
                issued_on: open.issued_on,
                due_on: open.due_on,
                total: open.total,
            }),
            currency: open.currency,
            aged,
        });
        Ok(())
    })?;
    Ok(rows)
}

/// The ratios per currency over the days up to `as_of`, in the order of the report.
pub fn kpis(
    tx: &mut Tx<'_>,
    actor: &Actor,
    as_of: Date,
    days: u32,
    known_at: Option<Instant>,
) -> Result<Vec<(Currency, Kpi)>, Error> {
    actor.may(Right::Read)?;
    let company = actor.company.id;
    let span = i32::try_from(days).map_err(|_| Refusal::TooLarge { what: "days".into() })?;
    let begin_on = as_of.plus_days(-span);
    let (end, begin) =
        (receivables_on(tx, company, as_of, known_at)?, receivables_on(tx, company, begin_on, known_at)?);
    let sales: BTreeMap<Currency, i64> = reports::kpi::sales(tx, company, begin_on, as_of)?.into_iter().collect();
    let months = months_back(tx, company, as_of)?;
    let mut out = Vec::new();
    let currencies: std::collections::BTreeSet<Currency> = end.keys().chain(sales.keys()).copied().collect();
    for currency in currencies {
        let (total, current) = end.get(&currency).copied().unwrap_or_default();
        let figures = Figures {
            begin: begin.get(&currency).copied().unwrap_or_default().0,
            sales: sales.get(&currency).copied().unwrap_or_default(),
            end: total,
            end_current: current,
            days,
            months: (days / 30).max(1),
        };
        let months: Vec<MonthSales> = months
            .iter()
            .map(|(days, sold)| MonthSales { sales: sold.get(&currency).copied().unwrap_or_default(), days: *days })
            .collect();
        out.extend(kpi::all(&figures, &months).into_iter().map(|k| (currency, k)));
    }
    Ok(out)
}

/// Open invoices per currency on a day: all of them, and those not yet due.
fn receivables_on(
    tx: &mut Tx<'_>,
    company: i64,
    on: Date,
    known_at: Option<Instant>,
) -> Result<BTreeMap<Currency, (i64, i64)>, Error> {
    let mut sums: BTreeMap<Currency, (i64, i64)> = BTreeMap::new();
    ageing::positions(tx, company, View { as_of: on, known_at }, |p| {
        let (total, current) = sums.entry(p.currency).or_default();
        *total += p.open;
        if p.due_on >= on {
            *current += p.open;
        }
        Ok(())
    })?;
    Ok(sums)
}

/// Days of a month, and what was sold in it per currency.
type MonthOfSales = (u32, BTreeMap<Currency, i64>);

/// Sales of the twelve months ending on a day, latest first; the latest may be part of a month.
fn months_back(tx: &mut Tx<'_>, company: i64, as_of: Date) -> Result<Vec<MonthOfSales>, Error> {
    let mut out = Vec::new();
    let mut to = as_of;
    for _ in 0..12 {
        let before = to.first_of_month().plus_days(-1);
        let days = u32::try_from(to.days_since(before)).unwrap_or(0);
        out.push((days, reports::kpi::sales(tx, company, before, to)?.into_iter().collect()));
        to = before;
    }
    Ok(out)
}

/// Calls `f` with each line of the journal, in the order of the days.
pub fn journal(
    tx: &mut Tx<'_>,
    actor: &Actor,
    from: Option<Date>,
    until: Option<Date>,
    f: impl FnMut(reports::journal::Line) -> Result<(), Error>,
) -> Result<(), Error> {
    actor.may(Right::Read)?;
    reports::journal::lines(tx, actor.company.id, from, until, f)
}
