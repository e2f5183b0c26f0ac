//! Reports: what is open and how old it is, the ratios of the desk, what is expected to be lost, and what open foreign
//! amounts are worth at the rate of a day.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use receivables::customer::merge::Groups;
use receivables::ids::{self, Id};
use receivables::insight::ageing::{Aged, Buckets};
use receivables::insight::kpi::{self, Figures, Kpi, MonthSales, Payments};
use receivables::insight::provision::{Allowance, Matrix};
use receivables::ledger::Rate;
use receivables::{Currency, Date, Instant, Money, Refusal};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use store::customer::Customer;
use store::reports::ageing::{self, View};
use store::reports::kpi::Verbs;
use store::reports::snapshot::{Named, Snapshot, Snapshots};
use store::{Error, Tx, merge, rate, reports};

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
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    pub key: String,
    pub name: String,
    /// For a row by invoice: the customer, issue and due dates, and days late.
    pub invoice: Option<InvoiceFacts>,
    pub currency: Currency,
    pub aged: Aged,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InvoiceFacts {
    pub customer: String,
    pub instalment: i32,
    pub issued_on: Date,
    pub due_on: Date,
    pub total: i64,
}

/// The ageing with its totals per currency, and what came in and belongs to nobody yet.
#[derive(Clone, PartialEq, Eq, Debug)]
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
    let groups = merge::groups_known(tx, company, asked.known_at)?;
    let mut rows = match asked.by {
        By::Invoice => by_invoice(tx, company, asked, view, &customers, &groups)?,
        _ => {
            let sums = sums(tx, company, asked, view, &groups)?;
            grouped(
                asked,
                sums.into_iter().map(|((id, currency), aged)| {
                    let named = customers.get(&id).map(|c| (c.code.as_str(), c.name.as_str(), c.segment.as_deref()));
                    (named, currency, aged)
                }),
            )?
        }
    };
    add_awaited(tx, company, asked, &mut rows, |id| {
        customers.get(&groups.survivor(id)).map(|c| (c.code.as_str(), c.name.as_str(), c.segment.as_deref()))
    })?;
    // Unapplied money belongs to customers, not to one invoice: it shows in the totals.
    let apart = if asked.by == By::Invoice { ageing::unapplied(tx, company, view)? } else { Vec::new() };
    let unidentified = ageing::unidentified(tx, company, view)?;
    totalled(asked, rows, apart.into_iter().map(|(_, currency, amount)| (currency, amount)), unidentified)
}

/// As `age`, from the snapshot in memory unless single invoices are asked for, and worked out once until something new is
/// sealed. What was not sealed yet is not in it.
pub fn age_in_memory(
    tx: &mut Tx<'_>,
    snapshots: &Snapshots,
    actor: &Actor,
    asked: &Asked,
) -> Result<Arc<Ageing>, Error> {
    if asked.by == By::Invoice {
        return age(tx, actor, asked).map(Arc::new);
    }
    actor.may(Right::Read)?;
    snapshots.of(tx, actor.company.id, |snapshot, tx| {
        snapshot.remember(tx, format!("ageing {asked:?}"), |tx| aged(tx, snapshot, actor, asked))
    })
}

fn aged(tx: &mut Tx<'_>, snapshot: &Snapshot, actor: &Actor, asked: &Asked) -> Result<Ageing, Error> {
    let sums = snapshot.age(tx, View { as_of: asked.as_of, known_at: asked.known_at }, &asked.buckets)?;
    let groups = merge::groups_known(tx, actor.company.id, asked.known_at)?;
    let survivor = |named: &'_ Named| groups.survivor(named.id);
    let rows = sums.accounts.into_iter().map(|(named, currency, aged)| {
        let named = named.map(|own| snapshot.named(survivor(own)).unwrap_or(own));
        (named.map(|c| (c.code.as_str(), c.name.as_str(), c.segment.as_deref())), currency, aged)
    });
    let mut rows = if groups.is_empty() { grouped(asked, rows)? } else { grouped(asked, together(rows)?)? };
    add_awaited(tx, actor.company.id, asked, &mut rows, |id| {
        let named = snapshot.named(groups.survivor(id)).or_else(|| snapshot.named(id))?;
        Some((named.code.as_str(), named.name.as_str(), named.segment.as_deref()))
    })?;
    totalled(asked, rows, std::iter::empty(), sums.unidentified)
}

/// Adds to each row what of it is open while a certificate of tax withheld is awaited: nobody's fault.
fn add_awaited<'c>(
    tx: &mut Tx<'_>,
    company: i64,
    asked: &Asked,
    rows: &mut [Row],
    called: impl Fn(Id<ids::Customer>) -> Called<'c>,
) -> Result<(), Error> {
    let all = ageing::awaited(tx, company, View { as_of: asked.as_of, known_at: asked.known_at })?;
    if all.is_empty() {
        return Ok(());
    }
    let instalment = |row: &Row| row.invoice.as_ref().map(|facts| facts.instalment);
    let keys = rows.iter().enumerate().map(|(at, row)| ((row.key.clone(), row.currency, instalment(row)), at));
    let places: BTreeMap<_, usize> = keys.collect();
    for one in all {
        let called = called(one.customer);
        let (key, instalment) = match asked.by {
            By::Invoice => (one.number, Some(one.instalment)),
            By::Customer => (called.map(|(code, ..)| code).unwrap_or_default().to_owned(), None),
            By::Segment => (called.and_then(|(_, _, segment)| segment).unwrap_or("–").to_owned(), None),
            By::Currency => (one.currency.to_string(), None),
        };
        if let Some(at) = places.get(&(key, one.currency, instalment)) {
            rows[*at].aged.add_awaited(one.amount)?;
        }
    }
    Ok(())
}

fn totalled(
    asked: &Asked,
    mut rows: Vec<Row>,
    apart: impl Iterator<Item = (Currency, i64)>,
    unidentified: Vec<(Currency, i64)>,
) -> Result<Ageing, Error> {
    let mut totals: BTreeMap<Currency, Aged> = BTreeMap::new();
    for row in &rows {
        totals.entry(row.currency).or_insert_with(|| Aged::new(&asked.buckets)).add_row(&row.aged)?;
    }
    for (currency, amount) in apart {
        totals.entry(currency).or_insert_with(|| Aged::new(&asked.buckets)).add_unapplied(amount)?;
    }
    rows.sort_by(|a, b| (&a.key, a.currency).cmp(&(&b.key, b.currency)));
    Ok(Ageing { rows, totals: totals.into_iter().collect(), unidentified })
}

/// Rows of merged customers as one.
fn together<'c>(
    rows: impl Iterator<Item = (Called<'c>, Currency, Aged)>,
) -> Result<impl Iterator<Item = (Called<'c>, Currency, Aged)>, Error> {
    let mut sums: BTreeMap<(Called<'c>, Currency), Aged> = BTreeMap::new();
    for (called, currency, aged) in rows {
        match sums.entry((called, currency)) {
            Entry::Vacant(place) => drop(place.insert(aged)),
            Entry::Occupied(mut sum) => sum.get_mut().add_row(&aged)?,
        }
    }
    Ok(sums.into_iter().map(|((called, currency), aged)| (called, currency, aged)))
}

/// What each customer owes in each currency, by bucket, with money on account.
fn sums(
    tx: &mut Tx<'_>,
    company: i64,
    asked: &Asked,
    view: View,
    groups: &Groups,
) -> Result<BTreeMap<(Id<ids::Customer>, Currency), Aged>, Error> {
    let mut sums: BTreeMap<(Id<ids::Customer>, Currency), Aged> = BTreeMap::new();
    ageing::positions(tx, company, view, |p| {
        let customer = groups.survivor(p.customer);
        let aged = sums.entry((customer, p.currency)).or_insert_with(|| Aged::new(&asked.buckets));
        Ok(aged.add(asked.buckets.index(p.due_on, asked.as_of), p.open)?)
    })?;
    for (customer, currency, amount) in ageing::unapplied(tx, company, view)? {
        let customer = groups.survivor(customer);
        sums.entry((customer, currency)).or_insert_with(|| Aged::new(&asked.buckets)).add_unapplied(amount)?;
    }
    Ok(sums)
}

/// A customer as a row names it: code, name and segment.
type Called<'c> = Option<(&'c str, &'c str, Option<&'c str>)>;

/// One row per customer, currency or segment, in each currency.
fn grouped<'c>(asked: &Asked, sums: impl Iterator<Item = (Called<'c>, Currency, Aged)>) -> Result<Vec<Row>, Error> {
    let row = |key: &str, name: &str, currency, aged| Row {
        key: key.to_owned(),
        name: name.to_owned(),
        invoice: None,
        currency,
        aged,
    };
    if asked.by == By::Customer {
        let of_customer = |(called, currency, aged): (Called<'c>, Currency, Aged)| {
            let (code, name, _) = called.unwrap_or_default();
            row(code, name, currency, aged)
        };
        return Ok(sums.map(of_customer).collect());
    }
    let mut groups: BTreeMap<(String, Currency), Aged> = BTreeMap::new();
    for (called, currency, aged) in sums {
        let key = match asked.by {
            By::Segment => called.and_then(|(_, _, segment)| segment).unwrap_or("–").to_owned(),
            _ => currency.to_string(),
        };
        groups.entry((key, currency)).or_insert_with(|| Aged::new(&asked.buckets)).add_row(&aged)?;
    }
    Ok(groups.into_iter().map(|((key, currency), aged)| row(&key, &key, currency, aged)).collect())
}

fn by_invoice(
    tx: &mut Tx<'_>,
    company: i64,
    asked: &Asked,
    view: View,
    customers: &BTreeMap<Id<ids::Customer>, Customer>,
    groups: &Groups,
) -> Result<Vec<Row>, Error> {
    let mut rows = Vec::new();
    ageing::invoices(tx, company, view, |open| {
        let mut aged = Aged::new(&asked.buckets);
        let bucket = if open.is_pending { 0 } else { asked.buckets.index(open.due_on, asked.as_of) };
        aged.add(bucket, open.open)?;
        let customer = customers.get(&groups.survivor(open.customer));
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
    let view = View { as_of, known_at };
    let (end, begin) =
        (receivables_on(tx, company, view)?, receivables_on(tx, company, View { as_of: begin_on, known_at })?);
    let sales: BTreeMap<Currency, i64> = reports::kpi::sales(tx, company, begin_on, view)?.into_iter().collect();
    let verbs = Verbs { applies: Right::CashApply.name(), identifies: Right::ReceiptIdentify.name() };
    let payments: BTreeMap<Currency, Payments> =
        reports::kpi::payments(tx, company, begin_on, view, verbs)?.into_iter().collect();
    let months = months_back(tx, company, view)?;
    let mut out = Vec::new();
    let currencies: std::collections::BTreeSet<Currency> =
        end.keys().chain(sales.keys()).chain(payments.keys()).copied().collect();
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
        let payments = payments.get(&currency).copied().unwrap_or_default();
        out.extend(kpi::all(&figures, &months, &payments).into_iter().map(|k| (currency, k)));
    }
    Ok(out)
}

/// The DSO of the company's currency at the end of each of the last months and on the last day, in tenths of a day, the
/// earliest first; `None` where nothing was sold. From the snapshot in memory.
pub fn dso_by_month(
    tx: &mut Tx<'_>,
    snapshots: &Snapshots,
    actor: &Actor,
    last: Date,
    days: u32,
    months: i32,
) -> Result<Vec<(Date, Option<i64>)>, Error> {
    actor.may(Right::Read)?;
    let (company, own) = (actor.company.id, actor.company.currency);
    let span = i32::try_from(days).map_err(|_| Refusal::TooLarge { what: "days".into() })?;
    let ends: Vec<Date> = (1..months).rev().map(|n| last.plus_months(-n).last_of_month()).chain([last]).collect();
    let Some(first) = ends.first() else { return Ok(Vec::new()) };
    let sales = reports::kpi::sales_by_day(tx, company, own, first.plus_days(-span), last)?;
    snapshots.of(tx, company, |snapshot, tx| {
        let mut out = Vec::with_capacity(ends.len());
        for on in &ends {
            let sums = snapshot.age(tx, View { as_of: *on, known_at: None }, &Buckets::default())?;
            let mut end = 0;
            for (_, _, aged) in sums.accounts.iter().filter(|(_, currency, _)| *currency == own) {
                end += aged.total()?;
            }
            let within = sales.iter().filter(|(day, _)| *day > on.plus_days(-span) && *day <= *on);
            let sold: i64 = within.map(|(_, sold)| sold).sum();
            let figures = Figures { begin: 0, sales: sold, end, end_current: 0, days, months: 1 };
            let tenths = kpi::dso(&figures).value.map(|days| (days * Decimal::TEN).round());
            out.push((*on, tenths.and_then(|tenths| tenths.to_i64())));
        }
        Ok(out)
    })
}

/// Open invoices per currency on a day: all of them, and those not yet due.
fn receivables_on(tx: &mut Tx<'_>, company: i64, view: View) -> Result<BTreeMap<Currency, (i64, i64)>, Error> {
    let mut sums: BTreeMap<Currency, (i64, i64)> = BTreeMap::new();
    ageing::positions(tx, company, view, |p| {
        let (total, current) = sums.entry(p.currency).or_default();
        *total += p.open;
        if p.due_on >= view.as_of {
            *current += p.open;
        }
        Ok(())
    })?;
    Ok(sums)
}

/// Days of a month, and what was sold in it per currency.
type MonthOfSales = (u32, BTreeMap<Currency, i64>);

/// Sales of the twelve months ending on a day, latest first; the latest may be part of a month.
fn months_back(tx: &mut Tx<'_>, company: i64, view: View) -> Result<Vec<MonthOfSales>, Error> {
    let mut out = Vec::new();
    let mut to = view.as_of;
    for _ in 0..12 {
        let before = to.first_of_month().plus_days(-1);
        let days = u32::try_from(to.days_since(before)).unwrap_or(0);
        let sold = reports::kpi::sales(tx, company, before, View { as_of: to, ..view })?;
        out.push((days, sold.into_iter().collect()));
        to = before;
    }
    Ok(out)
}

/// What is expected to be lost of one currency.
#[derive(Clone, Debug)]
pub struct Provision {
    pub currency: Currency,
    /// What is open by bucket, as the ageing has it.
    pub aged: Aged,
    pub allowance: Allowance,
}

/// The allowance of what is open as of a day and as known at an instant. Nothing is posted.
pub fn provision(
    tx: &mut Tx<'_>,
    actor: &Actor,
    as_of: Date,
    known_at: Option<Instant>,
    matrix: &Matrix,
) -> Result<Vec<Provision>, Error> {
    let asked = Asked { as_of, known_at, by: By::Currency, buckets: matrix.buckets().clone() };
    let mut out = Vec::new();
    for (currency, aged) in age(tx, actor, &asked)?.totals {
        let allowance = matrix.allowance(&aged)?;
        out.push(Provision { currency, aged, allowance });
    }
    Ok(out)
}

/// What is open in a foreign currency, and what it is worth; `booked`, `revalued` and `difference` are minor units of
/// the company's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revalued {
    pub currency: Currency,
    pub open: i64,
    pub booked: i64,
    pub rate: Rate,
    pub revalued: i64,
    /// Above zero: worth more than booked.
    pub difference: i64,
}

/// Open items of each foreign currency at the rate of a day. Nothing is posted: a difference is booked when money
/// settles the item.
pub fn revaluation(
    tx: &mut Tx<'_>,
    actor: &Actor,
    as_of: Date,
    known_at: Option<Instant>,
) -> Result<Vec<Revalued>, Error> {
    actor.may(Right::Read)?;
    let (company, own) = (actor.company.id, actor.company.currency);
    let mut sums: BTreeMap<Currency, (i64, i64)> = BTreeMap::new();
    ageing::positions(tx, company, View { as_of, known_at }, |p| {
        if p.currency != own {
            let (open, booked) = sums.entry(p.currency).or_default();
            *open += p.open;
            *booked += p.open_base;
        }
        Ok(())
    })?;
    let mut out = Vec::new();
    for (currency, (open, booked)) in sums {
        let rate = match known_at {
            None => rate::on(tx, company, own, currency, as_of)?,
            Some(known_at) => rate::on_as_known(tx, company, currency, as_of, known_at)?,
        };
        let revalued = rate.to_base(Money::new(open, currency), own)?;
        let difference = Money::new(revalued, own).minus(Money::new(booked, own))?.minor;
        out.push(Revalued { currency, open, booked, rate, revalued, difference });
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

/// Lines of the journal posted in the span in the order they were made, those after a line of an entry.
pub fn journal_page(
    tx: &mut Tx<'_>,
    actor: &Actor,
    span: (Option<Date>, Option<Date>),
    after: (Id<ids::Entry>, i64),
    limit: i64,
) -> Result<Vec<reports::journal::Line>, Error> {
    actor.may(Right::Read)?;
    reports::journal::page(tx, actor.company.id, span, after, limit)
}
